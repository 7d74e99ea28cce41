"""Longitudes and latitudes as the questions take them: two arrays of numbers of one length."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from regionkit.errors import InputError

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]

__all__ = ["as_coordinates"]


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
        msg = f"lon has {len(x)} values and lat has {len(y)}: give one of each for every point."
        raise InputError(msg)
    return x, y


def _numbers(name: str, values: ArrayLike) -> Floats:
    """Return the values as a one-dimensional array of floats."""
    try:
        array = np.asarray(values)
        if array.dtype != np.float32:
            array = np.asarray(array, dtype=np.float64)
    except (TypeError, ValueError) as error:
        msg = f"{name} holds something that is not a number ({error}). Give decimal degrees."
        raise InputError(msg) from error
    if array.ndim > 1:
        msg = f"{name} has shape {array.shape}: give one dimension, for example {name}.ravel()."
        raise InputError(msg)
    return np.atleast_1d(array)
