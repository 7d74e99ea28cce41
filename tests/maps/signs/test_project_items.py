"""The legend of projects: lines as lines, dashes beside fills, what is not known by itself."""

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from regionkit.maps.paper.sheet import Sheet
from regionkit.maps.signs.project_items import project_items
from regionkit.maps.signs.stages import DONE_COLOUR, STAGE_STROKES, stage_strokes

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


def test_families_show_a_line_a_symbol_or_both(projects):
    rows = {item.label: item for item in section(project_items(projects), "项目类别")}
    assert list(rows) == ["交通物流（4）", "产业创新开放（3）"]
    assert (rows["交通物流（4）"].kind, rows["交通物流（4）"].stroke is None) == ("symbol", False)
    assert rows["产业创新开放（3）"].stroke is None
    transport = projects[projects["domain"] == "transport"]
    rows = {item.label: item for item in section(project_items(transport), "项目类别")}
    assert {label: item.kind for label, item in rows.items()} == {
        "铁路（1）": "line",
        "公路（2）": "symbol",
        "水运（1）": "symbol",
    }


def test_families_of_an_index_alone_have_their_colour_in_the_legend_too(projects):
    away = projects["domain"] == "opening"
    projects.loc[away, "domain"] = "water"
    projects = projects.set_geometry(projects.geometry.where(~away, shapely.Point()))
    rows = [item.label for item in section(project_items(projects, has_index=True), "项目类别")]
    assert rows == ["交通物流（4）", "产业创新开放（1）", "水利生态农业（仅列名）"]
    assert rows[:2] == [item.label for item in section(project_items(projects), "项目类别")]


def test_stages_show_fills_and_dashes(projects):
    rows = section(project_items(projects), "阶段")
    assert [(item.label, item.fill) for item in rows] == [
        ("在建", "solid"),
        ("拟建", "hollow"),
        ("已建成", "done"),
        ("未载明阶段", "unknown"),
    ]
    assert {item.kind for item in rows} == {"stage"}
    points = projects[projects.geom_type == "Point"]
    assert {item.kind for item in section(project_items(points), "阶段")} == {"symbol"}
    lines = projects[projects.geom_type == "LineString"]
    assert {item.kind for item in section(project_items(lines), "阶段")} == {"line"}


def test_projects_known_by_unit_only_are_one_badge(projects):
    basis = ["site", "city", "site", "county", "site", "site", "site"]
    items = project_items(projects.assign(location_basis=basis))
    (badge,) = [item for item in items if item.kind == "badge"]
    assert badge.label == "只知所在市县的项目数（共 2 项）"
    assert "交通物流（2）" in [item.label for item in items]
    alone = project_items(projects.assign(location_basis=basis).iloc[[1, 3]])
    assert [item.kind for item in alone] == ["badge"]


def test_the_legend_draws_what_the_rows_say(projects):
    items = project_items(projects.assign(location_basis=["site", "city", *["site"] * 5]))
    sheet = Sheet(title="项目", size=(178.0, 120.0), items=items)
    sheet.finish()
    drawn = sheet.legend_axes.lines
    faces = [line.get_markerfacecolor() for line in drawn if line.get_marker() is not None]
    assert DONE_COLOUR in faces
    assert "+n" in [text.get_text() for text in sheet.legend_axes.texts]
    assert "route-core" in [line.get_gid() for line in drawn]


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
    own = project_items(projects, {"family": {"industry": "工业"}})
    assert "工业（3）" in [item.label for item in own]
    english = [item.label for item in project_items(projects, lang="en")]
    assert "Transport logistics (4)" in english
    assert "in progress" in english
