"""Ways over land: straight where they may be, about the sea where they must."""

import numpy as np
import pytest
import shapely
import shapely.ops

from regionkit.places.lands import land_within
from regionkit.places.ways import SEA_KM, is_joined_by_land, sea_length_km, trace_way

QINHUANGDAO = shapely.Point(119.6, 39.94)
YINGKOU = shapely.Point(122.23, 40.67)
DALIAN = shapely.Point(121.61, 38.92)
DANDONG = shapely.Point(124.38, 40.13)
SHENYANG = shapely.Point(123.43, 41.80)
CHANGHAI = shapely.Point(122.58, 39.27)
SEOUL = shapely.Point(126.98, 37.57)


@pytest.mark.parametrize(
    ("stops", "least_km"),
    [
        ((YINGKOU, QINHUANGDAO), 100),
        ((DALIAN, QINHUANGDAO), 100),
        ((SHENYANG, DALIAN), 3),
        ((QINHUANGDAO, YINGKOU, DALIAN, DANDONG), 150),
        # Through another country, whose border is not China's to the metre.
        ((DALIAN, SEOUL), 200),
    ],
)
def test_a_way_keeps_to_the_land(stops, least_km):
    assert sea_length_km(shapely.LineString(stops)) > least_km
    way = trace_way(stops)
    assert sea_length_km(way) <= SEA_KM
    vertices = {tuple(xy) for xy in way.coords}
    assert all((stop.x, stop.y) in vertices for stop in stops)
    # A way about the sea, not a tour: no more than thrice the straight one.
    assert way.length < 3 * shapely.LineString(stops).length


def test_what_lies_on_land_runs_straight():
    assert list(trace_way([SHENYANG, DANDONG]).coords) == [
        (SHENYANG.x, SHENYANG.y), (DANDONG.x, DANDONG.y),
    ]  # fmt: skip


def test_three_stops_are_joined_by_a_curve_without_a_corner():
    way = trace_way([shapely.Point(121, 41.6), shapely.Point(122, 42), shapely.Point(123, 41.6)])
    step = np.diff(shapely.get_coordinates(way), axis=0)
    turn = np.degrees(np.diff(np.unwrap(np.arctan2(step[:, 1], step[:, 0]))))
    # The straight strokes turn by 44 degrees at once.
    assert np.abs(turn).max() < 20


def test_there_and_back_is_one_way():
    stops = [QINHUANGDAO, YINGKOU, DALIAN]
    assert trace_way(stops[::-1]).equals_exact(trace_way(stops).reverse())
    seas = [False, True, False]
    back = trace_way(stops[::-1], [False, False, True])
    assert back.equals_exact(trace_way(stops, seas).reverse())


def test_a_leg_over_the_sea_is_straight_and_no_other():
    way = trace_way([YINGKOU, QINHUANGDAO, DALIAN], [False, False, True])
    at = way.project(QINHUANGDAO)
    there = shapely.ops.substring(way, 0, at)
    back = shapely.ops.substring(way, at, way.length)
    assert sea_length_km(there) <= SEA_KM
    assert len(back.coords) == 2


def test_an_island_is_not_joined_by_land_and_told_so():
    assert not is_joined_by_land(DALIAN, CHANGHAI)
    assert not is_joined_by_land(CHANGHAI, SEOUL)
    assert is_joined_by_land(DALIAN, DANDONG)
    # No way, so the straight stroke it has to be.
    assert len(trace_way([DALIAN, CHANGHAI]).coords) == 2


@pytest.mark.parametrize("stops", [[], [DALIAN], [DALIAN, DALIAN]])
def test_one_place_makes_no_way(stops):
    assert trace_way(stops).is_empty


def test_beyond_what_is_known_nothing_is_sea():
    # 莫斯科, of which the land is not known, by the steppe.
    way = trace_way([SHENYANG, shapely.Point(37.6, 55.8)])
    assert len(way.coords) == 2


@pytest.mark.parametrize(
    ("lon", "lat"),
    [(124.0, 40.47), (118.6, 42.0), (131.1, 44.0), (127.5, 50.0), (80.4, 44.2), (107.0, 22.0)],
)
def test_no_strip_of_sea_lies_along_a_border(lon, lat):
    land = land_within(lon - 0.4, lat - 0.4, lon + 0.4, lat + 0.4)
    box = shapely.box(lon - 0.3, lat - 0.3, lon + 0.3, lat + 0.3)
    assert box.difference(land).area < 1e-6


def test_a_stop_off_the_coast_is_come_to_by_land_as_far_as_it_goes():
    # Off 营口, from the other side of the bay.
    off = shapely.Point(121.95, 40.55)
    assert sea_length_km(shapely.LineString([off, QINHUANGDAO])) > 100
    assert SEA_KM < sea_length_km(trace_way([off, QINHUANGDAO])) < 25
    assert not is_joined_by_land(off, QINHUANGDAO)
