"""Longitudes and latitudes as the questions take them: two arrays of numbers of one length."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from regionkit.errors import InputError
from regionkit.places.positions import check_degrees
from regionkit.words.message import msg

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]

__all__ = ["as_coordinates", "check_some_position"]


def as_coordinates(lon: ArrayLike, lat: ArrayLike) -> tuple[Floats, Floats]:
    """Return the two as arrays of numbers of one length, not copied where they are arrays.

    Raises
    ------
    InputError
        When the two differ in length, have more than one dimension or are not numbers.

    Examples
    --------
    >>> as_coordinates(123.4, 41.8)
    (array([123.4]), array([41.8]))
    """
    x, y = _numbers("lon", lon), _numbers("lat", lat)
    if len(x) != len(y):
        raise InputError(
            msg("lon has {n_lon} values and lat has {n_lat}.", n_lon=len(x), n_lat=len(y)),
            mend=msg("Give one of each for every point."),
        )
    return x, y


def check_some_position(lon: ArrayLike, lat: ArrayLike) -> None:
    """Refuse coordinates of which not one is a position on Earth: metres, or the axes swapped.

    One that is none among others is outside, as a missing one is.

    Raises
    ------
    InputError
        With what would fit.

    Examples
    --------
    >>> check_some_position([123.4, np.nan], [41.8, 41.8])
    >>> check_some_position([41.8], [123.4])
    Traceback (most recent call last):
    ...
    regionkit.errors.InputError: 41.8, 123.4 has latitude 123.4, outside -90 to 90: the axes look
    swapped. Longitude comes first: 123.4, 41.8.
    """
    x, y = as_coordinates(lon, lat)
    if not len(x) or (abs(x[0]) <= 180 and abs(y[0]) <= 90):
        return
    is_known = np.isfinite(x) & np.isfinite(y)
    is_on = (np.abs(x) <= 180) & (np.abs(y) <= 90)
    if is_known.any() and not is_on.any():
        at = int(np.argmax(is_known))
        check_degrees(np.array([[x[at], y[at]]], dtype=np.float64))


def _numbers(name: str, values: ArrayLike) -> Floats:
    """Return the values as a one-dimensional array of floats."""
    try:
        array = np.asarray(values)
        if array.dtype != np.float32:
            array = np.asarray(array, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise InputError(
            msg(
                "{name} holds something that is not a number ({error}).",
                name=name,
                error=str(error),
            ),
            mend=msg("Give decimal degrees."),
        ) from error
    if array.ndim > 1:
        raise InputError(
            msg("{name} has shape {shape}.", name=name, shape=str(array.shape)),
            mend=msg("Give one dimension, for example {call}.", call=name + ".ravel()"),
        )
    return np.atleast_1d(array)
