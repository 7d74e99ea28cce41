"""Title and legend beside a map: words wrapped, kinds and stages in Chinese, rings drawn."""

import geopandas as gpd
import pytest
import shapely
from matplotlib.figure import Figure

import regionkit as rk
from regionkit.maps.paper.axes_legend import axes_legend, write_title
from regionkit.maps.signs.legend_item import LegendItem
from regionkit.maps.signs.theme import drawing, get_theme


def test_a_long_title_stays_on_the_figure():
    figure = Figure(figsize=(8, 7), layout="constrained")
    ax = figure.add_subplot()
    write_title(ax, "很长的标题" * 14 + "$x_1$")
    lines = ax.get_title().split("\n")
    assert len(lines) == 3
    assert ax.get_title().endswith("$x_1$")
    assert ax.title.get_parse_math() is False


def test_long_words_are_wrapped_and_badges_are_drawn():
    ax = Figure().add_subplot()
    items = [
        LegendItem("标题" * 12, "heading"),
        LegendItem("一个很长的类别名称" * 3, "swatch", "#ff0000"),
        LegendItem("只知所在县", "badge", "#1f2a33"),
        LegendItem("拟建", "symbol", fill="hollow"),
    ]
    theme = get_theme("print")
    with drawing(theme):
        axes_legend(ax, items, theme)
    legend = ax.get_legend()
    assert "\n" in legend.get_title().get_text()
    assert max(len(t.get_text().split("\n")[0]) for t in legend.get_texts()) <= 16
    marks = [line.get_markerfacecolor() for line in legend.get_lines()]
    assert {"#ffffff", "#1f2a33"} <= set(marks)


def test_symbols_name_families_and_stages_in_chinese_by_themselves(ln):
    ax = rk.symbols(ln.select_projects(domain="energy"), base=ln.cities)
    words = [text.get_text() for text in ax.get_legend().get_texts()]
    assert any(word.startswith("核电火电（") for word in words)
    assert "阶段（符号填充、线型）" in words
    assert "未载明阶段" in words
    assert not any("oil-gas" in word for word in words)


@pytest.fixture
def grid():
    return gpd.GeoDataFrame(
        {"x": [0.5, 1.5, 2.5] * 3, "y": [10.25] * 3 + [20.5] * 3 + [31.0] * 3},
        geometry=[
            shapely.box(122 + c, 41 + r, 123 + c, 42 + r) for r in range(3) for c in range(3)
        ],
        crs="EPSG:4326",
    )


def test_the_legend_of_two_columns_has_the_limits_of_its_classes(grid):
    ax = rk.bivariate(grid, "x", "y", k=3)
    (small,) = ax.child_axes
    assert [t.get_text() for t in small.get_xticklabels()] == ["0.5", "0.5", "1.5", "2.5"]
    assert [t.get_text() for t in small.get_yticklabels()] == ["10.25", "10.25", "20.5", "31.0"]
