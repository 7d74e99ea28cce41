"""Datum shifts against published points, a scalar second implementation, and themselves."""

import math

import numpy as np
import pytest

from regionkit.errors import InputError
from regionkit.places.datum import (
    bd09_to_gcj02,
    gcj02_to_bd09,
    gcj02_to_wgs84,
    to_wgs84,
    wgs84_to_gcj02,
)

# WGS-84 and GCJ-02 (lat, lon) of the test suite of eviltransform (github.com/googollee).
PUBLISHED = [
    ((31.1774276, 121.5272106), (31.17530398364597, 121.531541859215)),
    ((22.543847, 113.912316), (22.540796131694766, 113.9171764808363)),
    ((39.911954, 116.377817), (39.91334545536069, 116.38404722455657)),
]
LIAONING = (118.8, 38.7, 125.8, 43.5)


def grid(step=0.05):
    west, south, east, north = LIAONING
    lon, lat = np.meshgrid(np.arange(west, east, step), np.arange(south, north, step))
    return lon.ravel(), lat.ravel()


def metres(lon, lat, other_lon, other_lat):
    east = (np.asarray(other_lon) - lon) * 111_320 * np.cos(np.radians(lat))
    return np.hypot(east, (np.asarray(other_lat) - lat) * 111_200)


def shifted_slowly(lon, lat):
    """One point at a time, as the formula was first published."""
    pi, a, ee = math.pi, 6378245.0, 0.00669342162296594323
    x, y = lon - 105.0, lat - 35.0
    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * math.sqrt(abs(x))
    north += (20.0 * math.sin(6.0 * x * pi) + 20.0 * math.sin(2.0 * x * pi)) * 2.0 / 3.0
    north += (20.0 * math.sin(y * pi) + 40.0 * math.sin(y / 3.0 * pi)) * 2.0 / 3.0
    north += (160.0 * math.sin(y / 12.0 * pi) + 320.0 * math.sin(y * pi / 30.0)) * 2.0 / 3.0
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * math.sqrt(abs(x))
    east += (20.0 * math.sin(6.0 * x * pi) + 20.0 * math.sin(2.0 * x * pi)) * 2.0 / 3.0
    east += (20.0 * math.sin(x * pi) + 40.0 * math.sin(x / 3.0 * pi)) * 2.0 / 3.0
    east += (150.0 * math.sin(x / 12.0 * pi) + 300.0 * math.sin(x / 30.0 * pi)) * 2.0 / 3.0
    phi = lat / 180.0 * pi
    magic = 1 - ee * math.sin(phi) ** 2
    return (
        lon + east * 180.0 / (a / math.sqrt(magic) * math.cos(phi) * pi),
        lat + north * 180.0 / (a * (1 - ee) / (magic * math.sqrt(magic)) * pi),
    )


@pytest.mark.parametrize(("wgs84", "gcj02"), PUBLISHED)
def test_published_points(wgs84, gcj02):
    lon, lat = wgs84_to_gcj02([wgs84[1]], [wgs84[0]])
    assert (lat[0], lon[0]) == pytest.approx(gcj02, abs=1e-12)
    lon, lat = gcj02_to_wgs84([gcj02[1]], [gcj02[0]])
    assert (lat[0], lon[0]) == pytest.approx(wgs84, abs=1e-9)


def test_array_code_is_the_scalar_formula():
    lon, lat = grid(step=0.5)
    slow = np.array([shifted_slowly(x, y) for x, y in zip(lon, lat, strict=True)])
    fast = np.column_stack(wgs84_to_gcj02(lon, lat))
    assert np.abs(fast - slow).max() < 1e-12


def test_round_trip_over_the_province_is_far_below_a_tenth_of_a_metre():
    lon, lat = grid()
    there = gcj02_to_wgs84(*wgs84_to_gcj02(lon, lat))
    assert metres(lon, lat, *there).max() < 0.001
    back = wgs84_to_gcj02(*gcj02_to_wgs84(lon, lat))
    assert metres(lon, lat, *back).max() < 0.001


def test_one_step_would_not_do():
    # The reason for the iteration: the common shortcut errs by metres.
    lon, lat = grid()
    gcj = wgs84_to_gcj02(lon, lat)
    shifted = wgs84_to_gcj02(*gcj)
    once = [2 * g - s for g, s in zip(gcj, shifted, strict=True)]
    assert 1 < metres(lon, lat, *once).max() < 5


def test_shift_over_the_province_is_hundreds_of_metres():
    lon, lat = grid()
    off = metres(lon, lat, *wgs84_to_gcj02(lon, lat))
    assert 300 < off.min() < off.max() < 800


def test_bd09_round_trip():
    lon, lat = grid()
    there = to_wgs84(*gcj02_to_bd09(*wgs84_to_gcj02(lon, lat)), "BD-09")
    assert metres(lon, lat, *there).max() < 1
    back = bd09_to_gcj02(*gcj02_to_bd09(lon, lat))
    assert metres(lon, lat, *back).max() < 1


def test_missing_positions_stay_missing_and_harm_no_others():
    lon, lat = gcj02_to_wgs84([123.4, np.nan, np.inf], [41.8, 41.8, np.nan])
    alone = gcj02_to_wgs84([123.4], [41.8])
    assert (lon[0], lat[0]) == (alone[0][0], alone[1][0])
    assert np.isnan(lon[1])
    assert gcj02_to_wgs84([], [])[0].shape == (0,)


@pytest.mark.parametrize("datum", ["WGS-84", "CGCS2000"])
def test_equal_datums_are_left_alone(datum):
    lon, lat = to_wgs84([123.4], [41.8], datum)
    assert (lon[0], lat[0]) == (123.4, 41.8)


def test_unknown_datum():
    with pytest.raises(InputError, match=r"Datum 'Mars' is not known. Use one of WGS-84, CGCS2000"):
        to_wgs84([123.4], [41.8], "Mars")


def test_shapes_that_differ():
    with pytest.raises(InputError, match=r"lon has shape \(2,\) and lat \(1,\)"):
        wgs84_to_gcj02([1, 2], [1])
