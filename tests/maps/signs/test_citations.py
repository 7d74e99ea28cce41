"""Source lines: parts in their order, as a planner writes them."""

import pandas as pd
import pytest
import shapely

from regionkit.briefing.facts import place_facts
from regionkit.maps.atlas.data import AtlasData
from regionkit.maps.page.webmap import webmap
from regionkit.maps.signs.citations import (
    cite_rows,
    credit_positions,
    join_numbers,
    name_parts,
    position_sources,
)
from regionkit.maps.signs.theme import get_theme


@pytest.mark.parametrize(
    ("heads", "words"),
    [
        (["三", "一", "六", "二"], "第一至三、六部分"),
        (["第二十章", "第九章", "第十一章"], "第九、十一、二十章"),
        (["专栏3", "专栏18", "专栏19"], "专栏3、18、19"),
        (["县级数据"], "县级数据"),
        ([], ""),
    ],
)
def test_parts_are_sorted_and_neighbours_are_a_run(heads, words):
    assert name_parts(heads) == words


def test_many_numbers_are_cut_with_a_word():
    assert join_numbers(range(1, 40, 2)) == "1、3、5、7、9、11等"


def test_the_latest_plan_stands_first_and_a_page_names_no_part(ln):
    rows = pd.DataFrame(
        [
            ("liaoning-zones-2022", "四/（一）"),
            ("public-pages", "网页"),
            ("liaoning-15fyp", "专栏21"),
            ("liaoning-zones-2022", "三"),
        ],
        columns=["source_id", "locator"],
    )
    text = "辽宁“十五五”规划纲要 专栏21；一圈一带两区行动方案 第三、四部分；公开网页"
    assert cite_rows(ln, rows) == text
    assert cite_rows(ln, rows.head(0)) == ""


def test_who_measured_the_stations_is_named_where_lines_run_through_them(ln):
    by_rail = ln.projects.loc[["jing-shen-hsr"]]
    assert position_sources(ln, by_rail) == ["osm-stations"]
    assert credit_positions(ln, by_rail, lang="en").endswith("© OpenStreetMap 贡献者 (ODbL-1.0)")
    assert credit_positions(ln, ln.select_projects(domain="safety")) == ""
    # What is not drawn shows nobody's positions.
    assert position_sources(ln, by_rail.set_geometry([shapely.Point()], crs=by_rail.crs)) == []


def test_every_surface_names_them(ln):
    credit = credit_positions(ln)
    assert credit in webmap(ln, layers=[]).document().source
    data = AtlasData(ln, get_theme("print"))
    rail = ln.select_projects(kind="railway")
    assert credit in data.sheet("", "", "", projects=rail).source
    assert credit not in data.sheet("", "", "").source
    facts = place_facts(ln, "阜新市")
    number = next(one.number for one in facts.sources if one.source_id == "osm-stations")
    assert f"{credit} [{number}]" in facts.digest.map.source
