"""Insets of far islands, and the dashed line of the South China Sea."""

import geopandas as gpd
import pytest
import shapely

import regionkit as rk


@pytest.fixture(scope="module")
def hainan():
    region = rk.load("海南")
    return region.counties.set_geometry(region.simplified())


def test_a_sheet_has_far_islands_in_an_inset_of_its_colours(hainan):
    sheet = rk.layout(hainan, "area_km2", title="面积", labels="name")
    ax = sheet.axes[0]
    (inset,) = [one for one in ax.child_axes if one.get_gid() == "far-islands"]
    areas = next(one for one in ax.collections if str(one.get_gid()).startswith("areas-"))
    assert (inset.collections[0].get_facecolor() == areas.get_facecolor()).all()
    assert len([one for one in inset.lines if one.get_gid() == "maritime-line"]) == 10
    # The main land fills its map.
    west, east = ax.get_xlim()
    assert east - west < 700_000


def test_a_choropleth_has_it_too(hainan):
    ax = rk.choropleth(hainan, "area_km2")
    assert [one.get_gid() for one in ax.child_axes] == ["far-islands"]


def test_no_name_of_the_map_stands_beneath_the_inset():
    shapes = [shapely.box(80, 25, 100, 45), shapely.box(100, 24, 120, 45)]
    shapes.append(shapely.box(112, 8, 113, 9))
    frame = gpd.GeoDataFrame({"a": [1, 2, 3]}, geometry=shapes, crs=4326)
    ax = rk.choropleth(frame, "a", k=3, figsize=(9, 6))
    (inset,) = ax.child_axes
    box = inset.get_window_extent()
    assert ax.texts
    assert not [one.get_text() for one in ax.texts if one.get_window_extent().overlaps(box)]


def test_an_inset_draws_no_unit_that_it_does_not_show(hainan):
    ax = rk.choropleth(hainan, "area_km2")
    (inset,) = ax.child_axes
    areas = next(one for one in ax.collections if str(one.get_gid()).startswith("areas-"))
    drawn = inset.collections[0].get_paths()
    (west, east), (south, north) = inset.get_xlim(), inset.get_ylim()
    assert len(areas.get_paths()) == len(hainan)
    for path in drawn:
        x0, y0, x1, y1 = path.get_extents().extents
        assert shapely.box(x0, y0, x1, y1).intersects(shapely.box(west, south, east, north))


def test_a_map_without_far_islands_has_none(ln):
    ax = rk.choropleth(ln.counties.set_geometry(ln.simplified()), "area_km2")
    assert not ax.child_axes
    assert not [one for one in ax.lines if one.get_gid() == "maritime-line"]


@pytest.mark.parametrize("ground", [False, True])
@pytest.mark.parametrize("draw", ["choropleth", "bivariate", "dots"])
def test_each_dash_is_drawn_once(hainan, draw, ground):
    data = hainan[hainan["city_adcode"] == "460300"]
    data = data.assign(more=range(1, len(data) + 1))
    if draw == "choropleth":
        ax = rk.choropleth(data, "area_km2", k=2, ground=ground)
    elif draw == "bivariate":
        ax = rk.bivariate(data, "area_km2", "more", k=2, ground=ground)
    else:
        points = data.set_geometry(data.representative_point())
        ax = rk.dots(points, base=data, ground=ground)
    drawn = [one for one in ax.get_children() if one.get_gid() == "maritime-line"]
    dashes = {tuple(one.get_xdata()) for one in drawn}
    assert len(dashes) == len(drawn) > 0
