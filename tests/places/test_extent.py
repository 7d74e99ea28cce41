"""The main land of a region, and the islands far from it."""

import geopandas as gpd
import pytest
import shapely

from regionkit.places.boundaries import load_boundaries
from regionkit.places.extent import find_extent, follow_extent
from regionkit.places.maritime import load_maritime_line
from regionkit.places.projection import local_projection


@pytest.mark.parametrize(
    ("province", "main", "far_south"),
    [
        ("460000", (108.583, 18.144, 111.274, 20.166), 3.838),
        ("210000", (118.839, 38.719, 125.786, 43.489), None),
        ("210200", None, None),
        ("710000", (119.314, 21.754, 122.117, 25.634), 25.721),
    ],
)
def test_main_land_and_far_islands(province, main, far_south):
    counties = load_boundaries(province)
    found = find_extent(counties)
    if main is not None:
        assert found.bounds == pytest.approx(main, abs=0.001)
    assert (found.far is None) == (far_south is None)
    if found.far is None:
        assert found.bounds == pytest.approx(counties.total_bounds)
    else:
        assert found.far[1] == pytest.approx(far_south, abs=0.001)


def test_a_frame_of_points_or_of_nothing_far_is_the_whole():
    points = gpd.GeoSeries.from_xy([100, 120], [20, 40], crs="EPSG:4326")
    assert find_extent(points).bounds == (100, 20, 120, 40)
    halves = gpd.GeoSeries([shapely.box(110, 30, 112, 32), shapely.box(116, 36, 118, 38)], crs=4326)
    assert find_extent(halves).far is None


def test_metres_and_degrees_agree():
    hainan = load_boundaries("460000")
    local = hainan.to_crs(local_projection(hainan))
    assert find_extent(local).far is not None
    assert follow_extent(hainan) == 1.0


def test_far_islands_do_not_draw_the_parallels_away():
    operation = local_projection(load_boundaries("460000")).coordinate_operation
    value = {one.name: one.value for one in operation.params}
    assert value["Latitude of 1st standard parallel"] == pytest.approx(18.48, abs=0.01)


def test_the_dashed_line():
    dashes = load_maritime_line()
    assert len(dashes) == 10
    assert dashes.total_bounds == pytest.approx([108.2, 3.41, 122.79, 24.57], abs=0.02)
