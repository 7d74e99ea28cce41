"""Convert between WGS-84 and the shifted datums of Chinese web maps, GCJ-02 and BD-09.

The shift is a smooth function of the WGS-84 position, published in many open
implementations since 2013. It has no closed inverse: the one-step inverse errs by up to
3 m in Liaoning, so the inverse here iterates until it stands still.

References
----------
https://en.wikipedia.org/wiki/Restrictions_on_geographic_data_in_China
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

import numpy as np

from regionkit.errors import InputError
from regionkit.words.message import msg

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    FloatArray = NDArray[np.float64]

Datum = Literal["WGS-84", "CGCS2000", "GCJ-02", "BD-09"]

# Krasovsky 1940, as the published formula has it.
_SEMI_MAJOR_M = 6378245.0
_ECCENTRICITY_SQ = 0.00669342162296594323
_BD_ANGLE = np.pi * 3000.0 / 180.0
# 1e-10 degrees is a hundredth of a millimetre.
_CONVERGED_DEG = 1e-10
_MAX_ITERATIONS = 30


# A position that is not finite stays so; it is for the caller to tell of.
@np.errstate(invalid="ignore")
def _shift(lon: FloatArray, lat: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return GCJ-02 minus WGS-84 in degrees at WGS-84 positions."""
    x, y = lon - 105.0, lat - 35.0
    root = np.sqrt(np.abs(x))
    wave = 20.0 * np.sin(6.0 * x * np.pi) + 20.0 * np.sin(2.0 * x * np.pi)
    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root
    north += 2.0 / 3.0 * (wave + 20.0 * np.sin(y * np.pi) + 40.0 * np.sin(y / 3.0 * np.pi))
    north += 2.0 / 3.0 * (160.0 * np.sin(y / 12.0 * np.pi) + 320.0 * np.sin(y * np.pi / 30.0))
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root
    east += 2.0 / 3.0 * (wave + 20.0 * np.sin(x * np.pi) + 40.0 * np.sin(x / 3.0 * np.pi))
    east += 2.0 / 3.0 * (150.0 * np.sin(x / 12.0 * np.pi) + 300.0 * np.sin(x / 30.0 * np.pi))
    phi = np.radians(lat)
    magic = 1.0 - _ECCENTRICITY_SQ * np.sin(phi) ** 2
    meridian_m = _SEMI_MAJOR_M * (1.0 - _ECCENTRICITY_SQ) / magic**1.5
    parallel_m = _SEMI_MAJOR_M / np.sqrt(magic) * np.cos(phi)
    return np.degrees(east / parallel_m), np.degrees(north / meridian_m)


def _as_arrays(lon: ArrayLike, lat: ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Return the two coordinates as float arrays of one shape."""
    x, y = np.asarray(lon, dtype=float), np.asarray(lat, dtype=float)
    if x.shape != y.shape:
        raise InputError(
            msg("lon has shape {x} and lat {y}.", x=str(x.shape), y=str(y.shape)),
            mend=msg("Give one value each a point."),
        )
    return x, y


def wgs84_to_gcj02(lon: ArrayLike, lat: ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Return GCJ-02 positions of WGS-84 ones.

    Parameters
    ----------
    lon, lat : array-like of float, shape (n,), degrees
        Positions in China; outside it the shift is not defined.

    Returns
    -------
    lon, lat : arrays of float, shape (n,), degrees

    Examples
    --------
    >>> lon, lat = wgs84_to_gcj02([123.42917], [41.81667])
    >>> f"{lon[0]:.5f} {lat[0]:.5f}"
    '123.43531 41.81910'
    """
    x, y = _as_arrays(lon, lat)
    dx, dy = _shift(x, y)
    return x + dx, y + dy


def gcj02_to_wgs84(lon: ArrayLike, lat: ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Return WGS-84 positions of GCJ-02 ones, exact to less than a millimetre.

    Parameters
    ----------
    lon, lat : array-like of float, shape (n,), degrees

    Returns
    -------
    lon, lat : arrays of float, shape (n,), degrees

    Examples
    --------
    >>> lon, lat = gcj02_to_wgs84(*wgs84_to_gcj02([123.42917], [41.81667]))
    >>> f"{lon[0]:.5f} {lat[0]:.5f}"
    '123.42917 41.81667'
    """
    target_x, target_y = _as_arrays(lon, lat)
    x, y = target_x.copy(), target_y.copy()
    for _ in range(_MAX_ITERATIONS):
        dx, dy = _shift(x, y)
        next_x, next_y = target_x - dx, target_y - dy
        step = max(_largest(next_x - x), _largest(next_y - y))
        x, y = next_x, next_y
        if step < _CONVERGED_DEG:
            break
    return x, y


def _largest(values: FloatArray) -> float:
    """Return the largest absolute finite value, 0 for none."""
    finite = np.abs(values[np.isfinite(values)])
    return float(finite.max()) if finite.size else 0.0


def bd09_to_gcj02(lon: ArrayLike, lat: ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Return GCJ-02 positions of BD-09 (Baidu) ones, good to about half a metre.

    Examples
    --------
    >>> lon, lat = bd09_to_gcj02(*gcj02_to_bd09([123.4], [41.8]))
    >>> f"{lon[0]:.4f} {lat[0]:.4f}"
    '123.4000 41.8000'
    """
    x, y = _as_arrays(lon, lat)
    x, y = x - 0.0065, y - 0.006
    radius = np.hypot(x, y) - 0.00002 * np.sin(y * _BD_ANGLE)
    angle = np.arctan2(y, x) - 0.000003 * np.cos(x * _BD_ANGLE)
    return radius * np.cos(angle), radius * np.sin(angle)


def gcj02_to_bd09(lon: ArrayLike, lat: ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Return BD-09 (Baidu) positions of GCJ-02 ones.

    Examples
    --------
    >>> lon, lat = gcj02_to_bd09([123.4], [41.8])
    >>> f"{lon[0]:.4f} {lat[0]:.4f}"
    '123.4066 41.8058'
    """
    x, y = _as_arrays(lon, lat)
    radius = np.hypot(x, y) + 0.00002 * np.sin(y * _BD_ANGLE)
    angle = np.arctan2(y, x) + 0.000003 * np.cos(x * _BD_ANGLE)
    return radius * np.cos(angle) + 0.0065, radius * np.sin(angle) + 0.006


def to_wgs84(lon: ArrayLike, lat: ArrayLike, datum: str) -> tuple[FloatArray, FloatArray]:
    """Return WGS-84 positions of positions in any supported datum.

    CGCS2000 differs from WGS-84 by centimetres and is taken as equal.

    Examples
    --------
    >>> lon, lat = to_wgs84([123.4], [41.8], "CGCS2000")
    >>> f"{lon[0]:.1f} {lat[0]:.1f}"
    '123.4 41.8'
    """
    if datum in ("WGS-84", "CGCS2000"):
        return _as_arrays(lon, lat)
    if datum == "GCJ-02":
        return gcj02_to_wgs84(lon, lat)
    if datum == "BD-09":
        return gcj02_to_wgs84(*bd09_to_gcj02(lon, lat))
    raise InputError(
        msg("Datum {datum!r} is not known.", datum=datum),
        mend=msg("Use one of {choices}.", choices=get_args(Datum)),
    )


def gauss_kruger_epsg(zone: int) -> int:
    """Return the EPSG code of the CGCS2000 Gauss-Kruger zone that a prefix names, 0 for none.

    Parameters
    ----------
    zone : int
        13 to 23 are the 6-degree zones, 25 to 45 the 3-degree ones; no number is both in China.

    Examples
    --------
    >>> gauss_kruger_epsg(41), gauss_kruger_epsg(21)
    (4529, 4499)
    """
    if 13 <= zone <= 23:
        return 4478 + zone
    if 25 <= zone <= 45:
        return 4488 + zone
    return 0
