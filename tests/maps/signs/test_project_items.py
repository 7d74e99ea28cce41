"""The legend of projects: lines as lines, dashes beside fills, what is not known by itself."""

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from regionkit.maps.paper.sheet import Sheet
from regionkit.maps.signs.project_items import project_items
from regionkit.maps.signs.stages import STAGE_STROKES, stage_strokes

ROWS = [
    ("高速公路", "expressway", "transport", "completed", [(123.0, 41.0), (123.2, 41.2)]),
    ("互通", "expressway", "transport", "new", (123.05, 41.15)),
    ("铁路", "railway", "transport", "planned", [(123.0, 41.2), (123.2, 41.0)]),
    ("港口", "port", "transport", None, (123.15, 41.05)),
    ("园区", "park", "industry", "advancing", (123.1, 41.15)),
    ("物流园", "park", "opening", "study", (123.1, 41.05)),
    ("其他", "other", "opening", "completed", (123.02, 41.05)),
]


@pytest.fixture
def projects():
    table = pd.DataFrame(
        [row[:4] for row in ROWS], columns=["name", "kind", "domain", "stage"]
    ).assign(location_basis="site")
    shapes = [
        shapely.LineString(row[4]) if isinstance(row[4], list) else shapely.Point(row[4])
        for row in ROWS
    ]
    return gpd.GeoDataFrame(table, geometry=shapes, crs="EPSG:4326")


def section(items, start):
    at = next(n for n, item in enumerate(items) if item.label.startswith(start))
    rest = items[at + 1 :]
    stop = next((n for n, item in enumerate(rest) if item.kind in {"heading", "note"}), len(rest))
    return rest[:stop]


def test_kinds_show_a_line_a_symbol_or_both(projects):
    rows = {item.label: item for item in section(project_items(projects), "类型")}
    assert list(rows) == ["普速铁路（1）", "高速公路（2）", "港口码头（1）", "产业：园区（1）",
                          "开放：园区（1）", "开放：其他（1）"]  # fmt: skip
    assert (rows["普速铁路（1）"].kind, rows["普速铁路（1）"].stroke is None) == ("line", False)
    assert (rows["高速公路（2）"].kind, rows["高速公路（2）"].stroke is None) == ("symbol", False)
    assert (rows["港口码头（1）"].kind, rows["港口码头（1）"].stroke is None) == ("symbol", True)


def test_stages_show_fills_and_dashes(projects):
    rows = section(project_items(projects), "阶段")
    assert [(item.label, item.fill) for item in rows] == [
        ("已建成", "done"),
        ("推进建设", "solid"),
        ("新建", "half"),
        ("规划建设", "hollow"),
        ("研究论证", "dotted"),
        ("未载明", "unknown"),
    ]
    assert {item.kind for item in rows} == {"stage"}
    points = projects[projects.geom_type == "Point"]
    assert {item.kind for item in section(project_items(points), "阶段")} == {"symbol"}
    lines = projects[projects.geom_type == "LineString"]
    assert {item.kind for item in section(project_items(lines), "阶段")} == {"line"}


def test_the_legend_draws_what_the_rows_say(projects):
    sheet = Sheet(title="项目", size=(178.0, 120.0), items=project_items(projects))
    sheet.finish()
    drawn = sheet.legend_axes.lines
    dashes = [
        line.get_linestyle() for line in drawn if len(line.get_xdata()) == 2
        and line.get_color() == "#444444"
    ]  # fmt: skip
    assert dashes == ["-", "-", *["--"] * 4]
    gids = [line.get_gid() for line in drawn]
    assert gids.count("symbol-half") == 1
    assert gids.count("symbol-point") == 2
    # The line of a kind of lines and points stands behind its symbol.
    green = [line for line in drawn if line.get_color() == "#3cb54a" or
             line.get_markeredgecolor() == "#3cb54a"]  # fmt: skip
    assert {len(line.get_xdata()) for line in green} == {1, 2}


def test_every_stage_has_a_dash_or_width_of_its_own():
    looks = list(STAGE_STROKES.values())
    assert len(set(looks)) == len(looks)


def test_the_stages_of_a_page_are_those_of_paper_in_its_own_unit():
    data = stage_strokes(0.5)
    assert list(data) == list(STAGE_STROKES)
    for fill, stroke in STAGE_STROKES.items():
        width = 0.5 * stroke.share
        assert data[fill]["width"] == pytest.approx(width)
        assert data[fill]["dashes"] == pytest.approx([length * width for length in stroke.dashes])


def test_words_come_with_the_package_or_from_the_caller(projects):
    own = project_items(projects, {"kind": {"port": "港"}})
    assert "港（1）" in [item.label for item in own]
    assert "推进建设" in [item.label for item in own]
    english = [item.label for item in project_items(projects, lang="en")]
    assert "Opening: Park (1)" in english
    assert "Under construction" not in english
    assert "Advancing" in english
