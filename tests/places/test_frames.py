"""The door for frames: shapes, columns, units and positions."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from regionkit.errors import CrsError, InputError
from regionkit.places.frames import check_units_once, need_column, open_frame, place_frame
from regionkit.places.positions import in_degrees, warn_far

LOCAL = 'LOCAL_CS["x",UNIT["metre",1]]'


def points(*xy, crs=4326):
    return gpd.GeoSeries([shapely.Point(one) for one in xy], crs=crs)


@pytest.mark.parametrize(
    ("xy", "crs", "error", "words"),
    [
        ((41.8, 123.4), 4326, InputError, "axes look swapped. Longitude comes first: 123.4, 41.8"),
        ((13736395, 5130685), 4326, InputError, "they fit EPSG:3857"),
        ((41530000, 4630000), 4326, InputError, "they fit EPSG:4529"),
        ((40530000, 4630000), 4549, InputError, "the 40 before the easting .* EPSG:4528"),
        ((530000, 4630000), 4528, InputError, "begin with the zone 40. It is EPSG:4549"),
        ((4630000, 530000), 4549, InputError, "axes look swapped. The easting comes first"),
        ((1e9, 1e9), 4549, InputError, "is no position in"),
        ((np.nan, 41.8), 4326, InputError, "1 of 1 rows have a coordinate that is no number"),
        ((np.inf, 41.8), 4326, InputError, "1 of 1 rows have a coordinate that is no number"),
        ((1, 1), LOCAL, CrsError, "is tied to no place on Earth"),
        ((1, 1), None, CrsError, "has no CRS"),
    ],
)
def test_a_position_that_is_none_is_refused_with_what_would_fit(xy, crs, error, words):
    with pytest.raises(error, match=words):
        in_degrees(points(xy, crs=crs))


@pytest.mark.parametrize("crs", [4326, 4490, 4549, 4528, 4529, 4510, 32651, 3857])
def test_a_position_is_taken_in_any_crs_of_the_earth(crs):
    (place,) = in_degrees(points((121.1, 41.1)).to_crs(crs))
    assert (place.x, place.y) == pytest.approx((121.1, 41.1), abs=1e-5)


def test_what_lies_far_off_is_told_and_swapped_axes_are_refused():
    bounds = (80, 40, 90, 48)
    with pytest.warns(UserWarning, match=r"1 of 2 rows lie far outside .* \(1\)"):
        warn_far(points((87.6, 43.8), (113.3, 23.1)), bounds)
    with pytest.raises(InputError, match=r"43.8, 87.6 lies far outside .* axes look swapped"):
        warn_far(points((43.8, 87.6)), bounds)
    warn_far(points((87.6, 43.8)), bounds)


def test_shapes_are_found_where_they_are(tiny):
    renamed = tiny.rename(columns={"geometry": "形状"})
    lost = pd.DataFrame(tiny)
    second = tiny.assign(buffer=tiny.geometry)
    levels = pd.concat([lost, lost[["geometry"]]], axis=1)
    for frame in (renamed, lost, second, levels, tiny.geometry):
        made = place_frame(frame)
        assert made.geometry.geom_equals(tiny.geometry).all()
        assert made.crs == tiny.crs
    assert open_frame(renamed).geometry.name == "形状"
    assert open_frame(tiny) is tiny
    with pytest.raises(InputError, match=r"several columns of shapes \(geometry, buffer\)"):
        open_frame(pd.DataFrame(second))
    with pytest.raises(InputError, match="A GeoDataFrame has no geometry"):
        open_frame(gpd.GeoDataFrame({"a": [1]}))
    twice = pd.concat([lost, pd.DataFrame({"geometry": tiny.boundary})], axis=1)
    with pytest.raises(InputError, match="Column 'geometry' stands 2 times, with different shapes"):
        open_frame(twice)


def test_columns_are_named_by_text_and_each_once(tiny):
    levels = pd.DataFrame({("产值", "sum"): range(4), ("产值", ""): range(4)}, index=tiny.index)
    frame = pd.concat([tiny[["geometry"]], levels, tiny[["population"]], tiny[["name"]]], axis=1)
    frame[2024] = 1.0
    made = open_frame(frame)
    assert list(made) == ["geometry", "产值/sum", "产值", "population", "name", "2024"]
    assert need_column(made, ("产值", "sum"), frame) == "产值/sum"
    alike = pd.concat([tiny, tiny[["population"]]], axis=1)
    assert list(open_frame(alike)) == list(tiny)
    other = pd.concat([tiny, tiny[["population"]] * 2], axis=1)
    assert list(open_frame(other))[-1] == "population (2)"
    with pytest.raises(InputError, match="'population' stands 2 times, with different values"):
        need_column(open_frame(other), "population", other)


def test_units_that_stand_twice_are_refused_and_one_shape_is_told(tiny):
    joined = pd.concat([tiny, tiny.iloc[:1].assign(population=99)])
    for frame in (joined, joined.reset_index()):
        with pytest.raises(InputError, match=r"2 rows are of units that stand more than once"):
            check_units_once(frame)
    with pytest.raises(InputError, match="stand more than once"):
        check_units_once(tiny.set_axis(["a", "a", "b", "c"], axis=0))
    with pytest.warns(UserWarning, match="2 rows have a shape that another has too"):
        check_units_once(joined.set_axis(list("abcde"), axis=0))
    # Two files of parcels, one below the other.
    check_units_once(tiny.set_axis([0, 1, 0, 1], axis=0))
