"""Maps of two columns, of several columns on one scale, of dots."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
import shapely
from matplotlib.colors import to_hex

from regionkit.errors import InputError
from regionkit.maps.paper.bivariate import BIVARIATE_COLOURS, bivariate, bivariate_layer
from regionkit.maps.paper.dots import dots
from regionkit.maps.paper.multiples import small_multiples
from regionkit.maps.signs.palette import NO_DATA_COLOUR, palette_faults


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
