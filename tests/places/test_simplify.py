"""Simplification keeps a coverage a coverage."""

import geopandas as gpd
import numpy as np
import pytest
import shapely

import regionkit as rk
from regionkit.errors import InputError
from regionkit.places.boundaries import dissolve_coverage
from regionkit.places.simplify import simplify_coverage


def edge_vertices(geometry):
    return {tuple(xy) for xy in shapely.get_coordinates(list(geometry))}


@pytest.mark.parametrize("tolerance_m", [100, 500, 2000])
def test_the_provinces_counties_stay_a_coverage_and_nest(ln, tolerance_m):
    raw = ln.counties.geometry
    simple = simplify_coverage(raw, tolerance_m=tolerance_m, min_part_km2=1.0)
    assert simple.index.equals(raw.index)
    assert simple.is_valid.all()
    assert not simple.is_empty.any()
    assert shapely.coverage_is_valid(simple.to_numpy())
    assert shapely.get_num_coordinates(simple.to_numpy()).sum() < (
        shapely.get_num_coordinates(raw.to_numpy()).sum() / 3
    )
    # Rounded to the digits asked for or a few more.
    xy = shapely.get_coordinates(simple.to_numpy())
    assert np.array_equal(xy, xy.round(7))
    # The cities made of them are a coverage too, of the same vertices and the same ground.
    frame = gpd.GeoDataFrame(ln.counties[["city_adcode"]], geometry=simple, crs=4326)
    cities = dissolve_coverage(frame, frame["city_adcode"])
    assert shapely.coverage_is_valid(cities.to_numpy())
    assert edge_vertices(cities) <= edge_vertices(simple)
    assert shapely.area(cities.to_numpy()).sum() == pytest.approx(
        shapely.area(simple.to_numpy()).sum(), rel=1e-12
    )
    province = shapely.coverage_union_all(simple.to_numpy())
    assert shapely.normalize(province) == shapely.normalize(
        shapely.coverage_union_all(cities.to_numpy())
    )


def test_the_ground_changes_little(ln):
    simple = ln.simplified("county", tolerance_m=500)
    crs = 4526
    before, after = ln.counties.geometry.to_crs(crs), simple.to_crs(crs)
    assert after.area.sum() == pytest.approx(before.area.sum(), rel=0.002)
    # How far a border moves on the average: less than half the tolerance.
    assert (after.symmetric_difference(before).area / before.length).max() < 250


def test_small_islands_go_and_the_largest_part_stays():
    def islet(x, size):
        return shapely.box(x, 41, x + size, 41 + size)

    # About 93 km2 and 0.9 km2. The second unit is one islet; the third has an islet in the sea
    # and a part of the same size that touches the first, which is land.
    # The coast has a corner where that part ends, as neighbours in a coverage have.
    main = shapely.Polygon(
        [(123.0, 41.0), (123.1, 41.0), (123.1, 41.01), (123.1, 41.1), (123.0, 41.1)]
    )
    units = gpd.GeoSeries(
        [
            shapely.multipolygons([main, islet(123.5, 0.01)]),
            islet(124.0, 0.01),
            shapely.multipolygons([islet(124.5, 0.1), islet(123.1, 0.01), islet(124.8, 0.01)]),
        ],
        index=["main", "islet", "parts"],
        crs=4326,
    )
    kept = simplify_coverage(units, tolerance_m=1, min_part_km2=1.0)
    parts = shapely.get_num_geometries(kept.to_numpy())
    assert parts.tolist() == [1, 1, 2]
    assert kept["main"].bounds[2] == pytest.approx(123.1)
    assert kept["parts"].bounds[0] == pytest.approx(123.1)
    everything = simplify_coverage(units, tolerance_m=1)
    assert shapely.get_num_geometries(everything.to_numpy()).tolist() == [2, 1, 3]


def test_islands_that_are_left_out_are_counted(ln):
    before = shapely.get_num_geometries(ln.counties.geometry.to_numpy()).sum()
    after = shapely.get_num_geometries(ln.simplified("county", tolerance_m=400).to_numpy()).sum()
    assert ln.n_islands_left_out == before - after == 103
    assert (
        ln.drawn_boundaries("zh")
        == f"{ln.boundaries_label}；辽宁省 1 平方千米以下的岛屿 103 个未画出"
    )
    # The count is kept with the outlines, and of boundaries of one's own it is their own.
    own = ln.counties[["name", "geometry"]].reset_index()
    own.geometry = own.geometry.map(lambda shape: max(shapely.get_parts(shape), key=shapely.area))
    whole = rk.load("liaoning", boundaries=own)
    assert whole.n_islands_left_out == 0
    assert whole.drawn_boundaries("en") == whole.boundaries_label


def test_more_digits_are_kept_where_rounding_would_break_a_unit():
    # A unit thinner than the rounding: at four decimals it would have no area.
    strip = shapely.box(123.0, 41.0, 123.00002, 41.1)
    units = gpd.GeoSeries([strip, shapely.box(123.00002, 41.0, 123.1, 41.1)], crs=4326)
    kept = simplify_coverage(units, tolerance_m=0, digits=4)
    assert kept.is_valid.all()
    assert shapely.area(kept[0]) == pytest.approx(shapely.area(strip), rel=0.01)


def test_a_layer_that_is_no_coverage_is_refused():
    overlapping = gpd.GeoSeries(
        [shapely.box(123, 41, 124, 42), shapely.box(123.5, 41, 124.5, 42)], crs=4326
    )
    with pytest.raises(InputError, match=r"A simplification by 100 m breaks the borders.*smaller"):
        simplify_coverage(overlapping, tolerance_m=100)
