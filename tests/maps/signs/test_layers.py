"""Layers: the same classes, colours and words for paper and screen."""

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from regionkit.errors import CrsError, InputError
from regionkit.maps.signs.layers import (
    NO_DATA_COLOUR,
    category_layer,
    check_frame,
    choropleth_layer,
)


def test_a_choropleth_of_four_counties(tiny):
    tiny["population"] = tiny["population"].astype("Int64")
    tiny.loc["990201", "population"] = pd.NA
    layer = choropleth_layer(tiny, "population", k=2, scheme="equalinterval", unit="人")
    assert [(e.label, e.count) for e in layer.entries] == [
        ("10–25", 2),
        ("26–40", 1),
        ("无数据", 1),
    ]
    assert layer.codes.to_dict() == {"990101": 0, "990102": 0, "990201": 2, "990202": 1}
    assert layer.value_labels.tolist() == ["10 人", "20 人", "无数据", "40 人"]
    assert layer.colours["990201"] == NO_DATA_COLOUR
    assert layer.colours["990101"] == layer.entries[0].colour
    assert (layer.layer_id, layer.title, layer.unit) == ("population", "population", "人")


def test_what_is_yet_to_be_set_is_hatched_and_named(tiny):
    tiny["share"] = [1.5, None, None, 2.0]
    layer = choropleth_layer(
        tiny, "share", unit="%", to_be_set=pd.Series({"990102": True}), lang="en"
    )
    assert [(e.label, e.count, bool(e.hatch)) for e in layer.entries[-2:]] == [
        ("To be set", 1, True),
        ("No data", 1, False),
    ]
    assert layer.value_labels.tolist() == ["1.5%", "To be set", "No data", "2%"]


def test_own_words_for_values(tiny):
    layer = choropleth_layer(tiny, "population", value_labels=pd.Series({"990101": "about 10"}))
    assert layer.value_labels["990101"] == "about 10"
    assert layer.value_labels["990102"] == "20"


def test_kinds_in_the_order_of_their_colours(tiny):
    tiny["kind"] = ["b", "a", None, "b"]
    layer = category_layer(
        tiny, "kind", colours={"c": "#000000", "b": "#111111", "a": "#222222"},
        category_labels={"a": "甲"},
        missing_label="未列",
    )  # fmt: skip
    assert [(e.label, e.colour, e.count) for e in layer.entries] == [
        ("b", "#111111", 2),
        ("甲", "#222222", 1),
        ("未列", NO_DATA_COLOUR, 1),
    ]
    assert layer.colours.tolist() == ["#111111", "#222222", NO_DATA_COLOUR, "#111111"]
    assert layer.value_labels.tolist() == ["b", "甲", "未列", "b"]


def test_counts_of_a_real_layer_add_up(ln):
    counties = ln.counties.join(ln.statistic("resident-population", year=2020))
    layer = choropleth_layer(counties, "resident-population", k=5)
    assert sum(entry.count for entry in layer.entries) == len(layer.codes) == 100
    assert layer.codes.value_counts().sort_index().tolist() == [e.count for e in layer.entries]


def test_a_kind_without_colour(tiny):
    tiny["kind"] = ["b", "a", None, "z"]
    with pytest.raises(InputError, match=r"Column 'kind' has values without a colour: a, z. Add"):
        category_layer(tiny, "kind", colours={"b": "#111111"})


@pytest.mark.parametrize("make", [choropleth_layer, category_layer])
def test_an_unknown_language(tiny, make):
    options = {} if make is choropleth_layer else {"colours": {}}
    with pytest.raises(InputError, match=r'lang="de" is not known. Use one of zh, en'):
        make(tiny, "population", lang="de", **options)


def test_frames_in_other_projections_are_moved(tiny):
    moved = check_frame(tiny.to_crs(4526), "population")
    assert moved.crs == "EPSG:4326"
    shift = shapely.get_coordinates(moved.geometry) - shapely.get_coordinates(tiny.geometry)
    assert abs(shift).max() < 1e-9


def test_what_cannot_be_drawn_is_refused(tiny):
    with pytest.raises(InputError, match=r"A DataFrame has no geometry. Give a GeoDataFrame"):
        check_frame(pd.DataFrame(tiny.drop(columns="geometry")), "population")
    with pytest.raises(InputError, match="The GeoDataFrame has no rows"):
        check_frame(tiny.iloc[:0], "population")
    with pytest.raises(CrsError, match=r"has no CRS. .*set_crs\('EPSG:4326'\)"):
        check_frame(tiny.set_crs(None, allow_override=True), "population")
    with pytest.raises(
        InputError, match=r"no column 'populaton'. Did you mean 'population'. Columns"
    ):
        check_frame(tiny, "populaton")
    with pytest.raises(InputError, match=r"There is no column '产值'. Columns: name, "):
        check_frame(tiny, "产值")
    holes = tiny.copy()
    holes.loc["990101", "geometry"] = None
    holes.loc["990102", "geometry"] = shapely.Polygon()
    with pytest.warns(UserWarning, match=r"2 of 4 rows have no geometry .*\(990101, 990102\)"):
        assert list(check_frame(holes, "population").index) == ["990201", "990202"]
    with pytest.raises(InputError, match="None of the 2 rows has a geometry"):
        check_frame(holes.iloc[:2], "population")


def test_the_frame_is_not_changed(tiny):
    before = tiny.copy()
    choropleth_layer(tiny, "population")
    category_layer(tiny, "name", colours=dict.fromkeys(tiny["name"], "#000000"))
    assert gpd.GeoDataFrame.equals(tiny, before)


def test_a_theme_sets_the_colour_of_no_data(tiny):
    from matplotlib.colors import to_hex

    from regionkit.maps.paper.area_maps import categorical, choropleth
    from regionkit.maps.paper.bivariate import bivariate
    from regionkit.maps.signs.theme import theme

    own = theme("print", no_data="#123456")
    frame = tiny.assign(
        share=[1.0, None, 3.0, 4.0], other=[4.0, 1.0, 3.0, 2.0], kind=["a", None, "b", "a"]
    )
    for ax in (
        choropleth(frame, "share", k=2, theme=own),
        categorical(frame, "kind", theme=own),
        bivariate(frame, "share", "other", k=2, theme=own),
    ):
        areas = next(c for c in ax.collections if str(c.get_gid()).startswith("areas-"))
        assert to_hex(areas.get_facecolors()[1]) == "#123456"
        assert "#123456" in {to_hex(p.get_facecolor()) for p in ax.get_legend().get_patches()}


def test_no_data_is_known_by_its_kind_and_not_by_its_colour(tiny):
    """A kind that happens to have the colour of no data keeps its pattern in black and white."""
    from regionkit.maps.signs.palette import NO_DATA_COLOUR
    from regionkit.maps.signs.styles import entry_style
    from regionkit.maps.signs.theme import get_theme

    frame = tiny.assign(kind=["a", "b", "a", "b"])
    layer = category_layer(frame, "kind", colours={"a": "#cc3311", "b": NO_DATA_COLOUR})
    assert [entry.kind for entry in layer.entries] == ["class", "class"]
    assert entry_style(layer, 1, get_theme("bw"))[1] != ""
