"""The user's own rivers, railways and roads on a page: as paper draws them, or refused."""

import geopandas as gpd
import numpy as np
import pytest
import shapely

from regionkit.errors import BoundaryError, CrsError, InputError
from regionkit.maps.page.base import page_base
from regionkit.maps.page.webmap import webmap
from regionkit.maps.signs.base_layers import BASE_STYLES

FRAME = (118.0, 38.0, 126.0, 44.0)
CENTRE = np.array([122.0, 41.0])


def lines(n=1, **columns):
    shapes = [shapely.LineString([(122.0, 41.0 + k), (123.0, 41.5 + k)]) for k in range(n)]
    return gpd.GeoDataFrame(columns, geometry=shapes, crs=4326)


def test_kinds_have_the_style_of_paper():
    lake = gpd.GeoSeries([shapely.box(123, 41, 124, 42)], crs=4326)
    made = page_base({"湖泊": lake, "铁路": lines(2)}, FRAME)
    assert [(len(one["lines"]), len(one["areas"])) for one in made] == [(0, 1), (2, 0)]
    styles = [BASE_STYLES["river"], BASE_STYLES["railway"]]
    assert [(one["line"], one["fill"]) for one in made] == [(s.line, s.fill) for s in styles]
    assert made[1]["dashes"] == [round(mm * 96 / 25.4, 1) for mm in styles[1].dashes_mm]


@pytest.mark.parametrize(
    ("base", "error", "said"),
    [
        (lines().set_crs(None, allow_override=True), CrsError, "no coordinate reference system"),
        (gpd.GeoSeries([shapely.Point(123, 41)], crs=4326), InputError, "points, which are no"),
        ("none.gpkg", BoundaryError, "does not exist"),
    ],
)
def test_what_is_no_base_is_told_where_it_is_given(ln, base, error, said):
    with pytest.raises(error, match=said):
        webmap(ln, layers=[], base=base)


def test_a_large_base_is_thinned_and_told():
    turns = np.random.default_rng(1).normal(0, 0.03, (120, 300, 2)).cumsum(axis=1)
    roads = gpd.GeoSeries([shapely.LineString(one + CENTRE) for one in turns], crs=4326)
    with pytest.warns(UserWarning, match=r"thinned to what shows from \d+\.\d km on"):
        (made,) = page_base({"roads": roads}, FRAME)
    assert 5_000 < sum(map(len, made["lines"])) <= 90_000


def test_a_base_that_no_page_can_hold_is_told():
    ends = np.random.default_rng(1).uniform((119, 39), (125, 43), (30_000, 2, 2))
    roads = gpd.GeoSeries(shapely.linestrings(ends), crs=4326)
    with pytest.raises(InputError, match=r"too large for a page: [\d,]+ corners"):
        page_base({"roads": roads}, FRAME)


def test_a_page_of_any_frame_takes_a_base():
    areas = gpd.GeoDataFrame({"v": [1, 2]}, geometry=[shapely.box(122, 41, 123, 42),
                             shapely.box(123, 41, 124, 42)], crs=4326)  # fmt: skip
    (river,) = webmap(areas, "v", base={"rivers": lines()}).document().under
    assert len(river["lines"]) == 1
