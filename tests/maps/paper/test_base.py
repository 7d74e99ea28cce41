"""The user's own base: told apart by kind, cut to the frame, refused where it cannot be placed."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from matplotlib.text import Text

import regionkit as rk
from regionkit.errors import BoundaryError, CrsError, InputError
from regionkit.maps.signs import base_layers
from regionkit.maps.signs.base_layers import read_base

FRAME = (122.9, 40.9, 123.3, 41.3)


def lines(*names, crs="EPSG:4326", **columns):
    shapes = [
        shapely.LineString([(123.0, 41.0 + 0.05 * n), (123.2, 41.1)]) for n in range(len(names))
    ]
    return gpd.GeoDataFrame({"name": list(names), **columns}, geometry=shapes, crs=crs)


def kinds(base):
    return {layer.kind: len(layer.shapes) for layer in read_base(base, FRAME)}


def test_kinds_are_told_by_key_column_name_and_form(tmp_path):
    assert kinds({"河流": lines("a"), "roads": lines("b", "c")}) == {"river": 1, "road": 2}
    assert kinds(lines("a", "b", kind=["railway", "river"])) == {"river": 1, "railway": 1}
    assert kinds(lines("a", highway=["primary"])) == {"road": 1}
    path = tmp_path / "全省铁路.gpkg"
    lines("a").to_file(path)
    assert kinds(str(path)) == kinds([path]) == {"railway": 1}
    parks = gpd.GeoSeries([shapely.box(123.0, 41.0, 123.1, 41.1)], crs=4326)
    assert kinds([parks, lines("a")]) == {"area": 1, "line": 1}


def test_another_crs_and_what_lies_elsewhere():
    assert kinds(lines("a").to_crs(3857)) == {"line": 1}
    assert kinds(lines("a").translate(10, 0)) == {}


def test_what_cannot_be_placed_is_told(tmp_path):
    with pytest.raises(CrsError, match="no coordinate reference system"):
        read_base({"rivers": lines("a", crs=None)}, FRAME)
    points = gpd.GeoSeries([shapely.Point(123, 41)], crs=4326)
    with pytest.raises(InputError, match="points, which are no base"):
        read_base(points, FRAME)
    with pytest.warns(UserWarning, match="1 points are left out"):
        assert (
            len(read_base([gpd.GeoSeries([*lines("a").geometry, *points], crs=4326)], FRAME)) == 1
        )
    with pytest.raises(BoundaryError, match="does not exist"):
        read_base(tmp_path / "no.gpkg", FRAME)
    with pytest.raises(InputError, match="is no layer"):
        read_base(7, FRAME)


def test_a_great_many_corners_are_thinned():
    x = np.linspace(122.9, 123.3, 100_000)
    wave = shapely.LineString(np.column_stack([x, 41.1 + 1e-5 * np.sin(x * 9e4)]))
    (layer,) = read_base(gpd.GeoSeries([wave], crs=4326), FRAME)
    assert shapely.get_num_coordinates(layer.shapes.iloc[0]) < 20_000


@pytest.mark.parametrize("theme", ["print", "bw"])
def test_it_is_drawn_over_the_units(tiny, theme):
    ax = rk.choropleth(tiny, "population", k=2, base={"railways": lines("a")}, theme=theme)
    assert "base-railway" in {collection.get_gid() for collection in ax.collections}
    sheet = rk.layout(
        tiny, "population", k=2, title="图", base={"railways": lines("a")}, theme=theme
    )
    assert "base-railway" in {collection.get_gid() for collection in sheet.axes[0].collections}


def test_layers_put_together_by_hand_have_rows_of_one_label():
    both = pd.concat([lines("a", kind=["river"]), lines("b", "c", kind=["road", "railway"])])
    assert both.index.has_duplicates
    assert kinds(both) == {"river": 1, "railway": 1, "road": 1}


def test_kinds_of_a_base_stand_in_the_legend_and_are_read_once(ln, monkeypatch):
    read = []
    first = base_layers.read_base

    def counted(base, bounds):
        read.append(base)
        return first(base, bounds)

    monkeypatch.setattr(base_layers, "read_base", counted)
    parks = gpd.GeoSeries([shapely.box(123.0, 41.0, 123.1, 41.1)], crs=4326)
    base = {"河流": lines("a"), "公园": parks, "公路": lines("b").translate(5, 0)}
    ax = rk.choropleth(ln.cities, "area_km2", base=base, lang="en")
    said = [text.get_text().replace("\n", " ") for text in ax.figure.findobj(Text)]
    assert {"Rivers and lakes", "Woods, parks and other areas"} <= set(said)
    # The road lies in 吉林.
    assert "Roads" not in said
    sheet = rk.layout(ln.cities, "area_km2", title="a", base=base, lang="en")
    assert "Rivers and lakes" in [item.label for item in sheet.items]
    assert sum(one is base for one in read) == 2
