"""Maps of two columns, of several columns on one scale, of dots."""

from __future__ import annotations

from types import SimpleNamespace

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from matplotlib.colors import to_hex
from matplotlib.text import Text

from regionkit.errors import InputError
from regionkit.maps.paper.area_maps import choropleth
from regionkit.maps.paper.bivariate import BIVARIATE_COLOURS, bivariate, bivariate_layer
from regionkit.maps.paper.dots import dots
from regionkit.maps.paper.multiples import small_multiples
from regionkit.maps.paper.symbol_maps import symbols
from regionkit.maps.signs.palette import NO_DATA_COLOUR, palette_faults
from regionkit.places.projection import map_crs


@pytest.fixture
def grid():
    """Nine squares: x rises to the east, y to the north."""
    rows = [(i, j) for j in range(3) for i in range(3)]
    return gpd.GeoDataFrame(
        {
            "name": [f"格{i}{j}" for i, j in rows],
            "x": [float(i) for i, _ in rows],
            "y": [float(10 * j) for _, j in rows],
        },
        geometry=[
            shapely.box(122 + i / 10, 41 + j / 10, 122.1 + i / 10, 41.1 + j / 10) for i, j in rows
        ],
        crs=4326,
    )


@pytest.fixture
def routes():
    return gpd.GeoDataFrame(
        {"name": ["甲", "乙", "丙", "点"], "value": [100.0, 50.0, np.nan, 1.0]},
        geometry=[
            shapely.LineString([(122, 41), (122.3, 41.3)]),
            shapely.LineString([(122.3, 41), (122, 41.3)]),
            shapely.LineString([(122, 41.1), (122.3, 41.1)]),
            shapely.Point(122, 41),
        ],
        crs=4326,
        index=list("abcp"),
    )


def test_bivariate_classes_are_rows_and_columns(grid):
    layer = bivariate_layer(grid, "x", "y", k=3)
    assert layer.codes.tolist() == list(range(9))
    assert [entry.count for entry in layer.entries] == [1] * 9
    corners = [layer.entries[n].colour for n in (0, 2, 6, 8)]
    assert corners == list(BIVARIATE_COLOURS)
    assert layer.entries[5].label == "x 2；y 1–10"


def test_bivariate_draws_colours_counts_and_gaps(grid):
    ax = bivariate(
        grid.assign(x=grid["x"].where(grid["name"] != "格00")),
        "x",
        "y",
        x_label="甲（%）",
        title="图",
    )
    layer = bivariate_layer(grid.assign(x=grid["x"].where(grid["name"] != "格00")), "x", "y")
    assert [to_hex(c) for c in ax.collections[0].get_facecolor()] == layer.colours.tolist()
    legend = ax.child_axes[0]
    assert legend.get_xlabel() == "甲（%） →"
    counts = [int(t.get_text()) for t in legend.texts]
    assert sum(counts) == 8
    assert [t.get_text() for t in ax.get_legend().get_texts()] == ["无数据（1）"]


@pytest.mark.parametrize("k", [2, 3, 4])
def test_bivariate_colours_are_told_apart(k):
    from regionkit.maps.paper.bivariate import _mix

    assert palette_faults([colour for row in _mix(BIVARIATE_COLOURS, k) for colour in row]) == []


def test_bivariate_refuses(grid):
    for k in (1, 5, True, 2.5):
        with pytest.raises(InputError, match="does not suit two columns"):
            bivariate(grid, "x", "y", k=k)
    with pytest.raises(InputError, match="3 colours are given"):
        bivariate(grid, "x", "y", colours=["r", "g", "b"])
    with pytest.raises(InputError, match="'x' makes 1 classes by quantiles, not k=3"):
        bivariate(grid.assign(x=1.0), "x", "y")
    with pytest.raises(InputError, match="holds text"):
        bivariate(grid, "x", "name")
    with pytest.raises(InputError, match="no column 'z'"):
        bivariate(grid, "x", "z")


def test_small_multiples_share_one_scale(grid):
    frame = grid.assign(a=grid["x"], b=grid["x"] * 10, c=np.nan)
    sheet = small_multiples(
        frame,
        ["a", "b", "c"],
        titles={"a": "2010"},
        bins=[1, 5, 20],
        title="图",
        unit="%",
        ground=False,
    )
    assert [ax.get_title() for ax in sheet.axes] == ["2010", "b", "c"]
    colours = [[to_hex(c) for c in ax.collections[0].get_facecolor()] for ax in sheet.axes]
    low, high = colours[0][0], colours[1][2]
    assert colours[1][0] == low
    assert high not in colours[0]
    assert set(colours[2]) == {NO_DATA_COLOUR}
    labels = [item.label for item in sheet.items if item.kind == "swatch"]
    assert labels == ["0–1（9）", "2–5（3）", "6–20（6）", "无数据（9）"]
    assert (
        len([ax for ax in sheet.axes if any(p.get_gid() == "scale-bar" for p in ax.patches)]) == 1
    )


def test_small_multiples_refuse(grid):
    for columns, message in (
        (["x"], "1 columns are given"),
        (["x", "x"], "given twice"),
        (["x", "name"], "holds text"),
        (["x", "q"], "no column 'q'"),
        ([f"c{i}" for i in range(13)], "13 columns are given"),
    ):
        with pytest.raises(InputError, match=message):
            small_multiples(grid, columns)


def test_dots_count_and_stay_inside(grid):
    frame = grid.assign(people=[0.0, 100, 200, np.nan, 0, 0, 0, 0, 1000])
    ax = dots(frame, value="people", per_dot=100, label="人口")
    line = next(line for line in ax.lines if line.get_gid() == "dots")
    assert len(line.get_xdata()) == 13
    again = dots(frame, value="people", per_dot=100)
    np.testing.assert_array_equal(
        line.get_xydata(),
        next(line for line in again.lines if line.get_gid() == "dots").get_xydata(),
    )
    from regionkit.places.projection import map_crs

    local = frame.to_crs(map_crs(frame))
    inside = [int(shapely.contains_xy(shape, line.get_xydata()).sum()) for shape in local.geometry]
    assert inside == [0, 1, 2, 0, 0, 0, 0, 0, 10]
    assert ax.get_legend().get_texts()[0].get_text() == "人口：每点 100"


def test_dots_of_points_and_lines(routes, grid):
    ax = dots(routes, base=grid)
    assert len(next(line for line in ax.lines if line.get_gid() == "dots").get_xdata()) == 4
    assert ax.get_legend().get_texts()[0].get_text() == "点（4）"


def test_dots_refuse(grid):
    with pytest.raises(InputError, match="Polygons need value="):
        dots(grid)
    with pytest.raises(InputError, match="no column 'q'"):
        dots(grid, value="q")
    with pytest.raises(InputError, match="is not above 0"):
        dots(grid, value="x", per_dot=0)
    with pytest.raises(InputError, match="Give a larger per_dot"):
        dots(grid, value="x", per_dot=1e-5)
    with pytest.raises(InputError, match="is negative at 0"):
        dots(grid.assign(x=-1.0), value="x")
    with pytest.raises(InputError, match="rows has a position"):
        dots(grid.set_geometry([shapely.Point()] * 9, crs=4326))


def with_units(frame, **units):
    """Return a frame whose columns are in units, as a joined table states them."""
    made = frame.copy()
    made.attrs["report"] = SimpleNamespace(
        columns=pd.DataFrame({"unit": list(units.values())}, index=list(units))
    )
    return made


def test_columns_in_different_units_have_classes_and_a_legend_each(grid):
    frame = with_units(grid, x="万人", y="亿元")
    sheet = small_multiples(frame, ["x", "y"], k=3)
    legends = [ax for ax in sheet.figure.axes if ax.get_gid() == "legend-below"]
    words = [[text.get_text() for text in ax.texts] for ax in legends]
    assert [lines[0] for lines in words] == ["x（万人）", "y（亿元）"]
    assert any("各列单位不同（万人、亿元）" in line for line in words[-1])
    # Each column's largest third has the darkest colour; on one scale all of x would be pale.
    for ax in sheet.axes:
        (areas,) = [one for one in ax.collections if str(one.get_gid()).startswith("areas-")]
        assert len({to_hex(face) for face in areas.get_facecolor()}) == 3


def test_columns_in_one_unit_share_its_classes_and_say_it(grid):
    sheet = small_multiples(with_units(grid, x="万人", y="万人"), ["x", "y"], k=3)
    labels = [item.label for item in sheet.items]
    assert labels[0] == "x（万人）" or "万人" in labels[0]
    assert any("各图共用" in label or "同一" in label for label in labels)


def test_limits_for_columns_in_different_units_are_refused(grid):
    with pytest.raises(InputError, match="are in 万人, 亿元"):
        small_multiples(with_units(grid, x="万人", y="亿元"), ["x", "y"], bins=[1, 2, 30])


def test_dots_and_symbols_say_the_unit_that_the_table_states(grid):
    frame = with_units(grid, y="万人")
    (words,) = dots(frame, value="y", per_dot=5).get_legend().get_texts()
    assert words.get_text() == "y：每点 5 万人"
    points = frame.set_geometry(frame.representative_point())[["name", "y", "geometry"]]
    points.attrs = frame.attrs
    ax = symbols(points, size="y", base=grid, labels="name")
    assert "y（万人）" in [text.get_text() for text in ax.figure.findobj(Text)]


@pytest.mark.parametrize("draw", [dots, symbols])
def test_what_is_no_colour_is_refused(grid, draw):
    points = grid.set_geometry(grid.representative_point())
    with pytest.raises(InputError, match='colour="blurple" is no colour'):
        draw(points, colour="blurple")


def test_names_keep_off_discs_of_points(grid):
    points = grid.set_geometry(grid.representative_point())
    ax = symbols(points, size="y", base=grid, labels="name", ground=False)
    discs = [line for line in ax.lines if line.get_gid() == "point"]
    names = [text for text in ax.texts if text.get_text().startswith("格") and text.get_visible()]
    assert discs
    assert names
    for name in names:
        box = name.get_window_extent()
        for disc in discs:
            x, y = ax.transData.transform((disc.get_xdata()[0], disc.get_ydata()[0]))
            assert not (box.x0 < x < box.x1 and box.y0 < y < box.y1)


@pytest.mark.parametrize("labels", [None, "name"])
def test_cities_are_marked_and_named_at_their_seats_where_they_are_given(ln, labels):
    frame = ln.counties[ln.counties["city_adcode"].isin(["210800", "211100"])]
    frame = frame.assign(a=range(len(frame)), b=range(1, len(frame) + 1))
    one = choropleth(frame, "a", k=3, labels=labels, seats=ln.seats)
    several = small_multiples(frame, ["a", "b"], k=3, labels=labels, seats=ln.seats)
    for ax in (one, *several.axes):
        rings = [line for line in ax.lines if line.get_gid() == "seat"]
        names = [text.get_text() for text in ax.texts if text.get_visible()]
        assert len(rings) == 2
        assert {"营口", "盘锦"} <= set(names)
        seat = ln.seats.loc["210800"].geometry
        at = gpd.GeoSeries([seat], crs=4326).to_crs(map_crs(frame.geometry)).iloc[0]
        assert min(np.hypot(r.get_xdata()[0] - at.x, r.get_ydata()[0] - at.y) for r in rings) < 1
