"""What a page opens on, its story, its policy, and the words that stand before its script."""

import base64
import hashlib
import re

import pandas as pd
import pytest

from regionkit.analysis.messages import (
    gap_message,
    kinds_message,
    projects_message,
    stage_parts,
    zones_message,
)
from regionkit.errors import InputError
from regionkit.maps.page.columns import unpack_column
from regionkit.maps.page.webmap import webmap
from regionkit.query.projects import named_now


@pytest.fixture(scope="module")
def page(ln):
    return webmap(ln)


@pytest.fixture(scope="module")
def document(page):
    return page.document()


@pytest.fixture(scope="module")
def text(page):
    return page.to_html()


def test_a_page_opens_on_the_zones_without_projects(document):
    assert document.view == "zones"
    first = document.presets[0]
    assert first["overlays"] == ["zones"]
    assert "projects" not in document.overlays


def test_the_message_of_the_zones_counts_what_the_tables_hold(ln, document):
    counties = [set(rows) for rows in unpack_column(document.tables["zones"]["counties"])][:4]
    covered = set().union(*counties)
    shared = {row for row in covered if sum(row in rows for rows in counties) > 1}
    assert (
        zones_message(ln)
        == f"4 个分区覆盖辽宁省 {len(covered)} 个县（市、区），其中 {len(shared)} 个同属两个分区。"
    )


def test_the_parts_of_a_message_add_up(ln):
    told = projects_message(ln, "energy")
    n = len(named_now(ln.projects[ln.projects["domain"] == "energy"]))
    assert f"列 {n} 项：" in told
    head = told.split("；")[0].split("：")[1]
    assert sum(int(one) for one in re.findall(r"(\d+) 项", head)) == n


def test_rules_whose_facts_are_missing_say_nothing():
    assert kinds_message("产业", pd.Series({"甲": 3}), 0) == ""
    assert stage_parts(pd.Series([None, "completed"])) == "已建成 1 项、阶段未载明 1 项"
    told = gap_message(
        2020,
        n=2,
        below=1,
        level="county",
        whole="全省",
        target=(2030, "5%"),
        base=(2025, "4%", "1"),
    )
    assert (
        told == "2020 年 2 个县（市、区）中 1 个低于全省 2030 年目标 5%；全省 2025 年为 4%，差 1。"
    )


def test_counts_of_zones_are_those_of_the_query(ln, document):
    cards = unpack_column(document.tables["zones"]["card"])
    assert cards[0] == "7 市 · 54 个县（市、区）"
    current = unpack_column(document.tables["projects"]["current"])
    assert sum(current) == len(named_now(ln.projects))


def test_a_page_that_asks_for_layers_opens_on_them(ln):
    assert webmap(ln, layers=["over-65"]).document().view == ""
    assert webmap(ln, overlays=["zones"]).document().view == ""


def test_gaps_have_the_sign_and_class_of_their_difference(ln, document):
    layer = next(one for one in document.layers if one["id"] == "gap-urbanisation")
    goal, ids = layer["goal"], list(ln.cities.index)
    at = ids.index("210100")
    assert goal["gaps"][at] == "+9.52"
    assert not goal["isShort"][at]
    low = ids.index("211300")
    assert goal["gaps"][low].startswith("−25")
    assert layer["entries"][layer["codes"][low]][0] == "低 20 以上"
    # The whole region's figure of the same year leads the list.
    assert goal["whole"] == ["全省", 72.14, "−2.86", 1]


def test_maps_say_target_value_difference_and_state_of_every_unit_that_has_them(ln, document):
    told = {one["id"]: unpack_column(one.get("judged", [])) for one in document.layers}
    dalian = list(ln.cities.index).index("210200")
    assert told["gdp-2024-target-city"][dalian] == (
        "高于10,000亿元；2024 年 9,516.9 亿元；−483.1 亿元；○ 未实现"
    )
    assert told["gdp-2024-actual-city"][dalian] == (
        "9,516.9 亿元；2024 年目标高于10,000亿元；−483.1 亿元；○ 未实现"
    )
    # The whole has a state; its parts are held against it and have none.
    assert told["urbanisation-2030-target-province"] == [
        "75%左右；2023 年 73.51%；−1.49 百分点；– 尚无法判断"
    ]
    county = list(ln.counties.index).index("210123")
    assert told["urbanisation"][county] == "34.03%；2030 年全省目标75%左右；−40.97 百分点"
    assert told["gdp-2024-target-city"].count(None) == 12


# The story ---------------------------------------------------------------------------------------


def test_the_pack_tells_a_story_of_its_own(document):
    first, *chapters, last = document.story
    assert (first["kind"], last["kind"]) == ("start", "end")
    assert first["title"] == document.title
    assert [one["title"] for one in chapters][:2] == ["分区", "沈阳都市圈"]
    assert all(one["text"] and one["state"] for one in chapters)
    # None keeps the choropleth of the chapter before it.
    assert all("l=" in one["state"] for one in document.story)


def test_a_story_is_read_from_a_table(ln, tmp_path):
    path = tmp_path / "chapters.csv"
    path.write_text(
        "title,sentence,theme,zone,stage,place\n辽西的能源,一句话,energy,辽西,,\n大连,二,,,,大连市\n",
        encoding="utf-8",
    )
    _, *told, _ = webmap(ln, layers=[]).story(path).document().story
    assert told[0]["state"] == ("p=energy&l=-&o=counties,cities,projects&domain=energy&zone=liaoxi")
    assert "s=city:210200" in told[1]["state"]


def test_all_faults_of_a_story_are_told_at_once(ln):
    told = pd.DataFrame(
        {"title": ["a", "b"], "theme": ["nowhere", ""], "place": ["", "乌有县"], "view": ["", "x"]}
    )
    with pytest.raises(InputError, match="3 cells of the chapters") as caught:
        webmap(ln, layers=[]).story(told)
    assert "row 2" in str(caught.value)
    assert "row 3" in str(caught.value)
    with pytest.raises(InputError, match="Chapters have the columns"):
        webmap(ln, layers=[]).story(pd.DataFrame({"titel": ["a"]}))
    with pytest.raises(InputError, match="cannot be read as a table of chapters"):
        webmap(ln, layers=[]).story("nowhere.csv")


def test_frames_without_panels(ln):
    page = webmap(ln, layers=[])
    assert 'src="a.html#panels=none"' in page.embed(src="a.html", panels="none")
    with pytest.raises(InputError, match="panels"):
        page.embed(src="a.html", panels="some")


# Words first, and the policy ---------------------------------------------------------------------


def test_words_and_a_picture_stand_before_the_script(text):
    standing = text[text.index('id="rk-static"') : text.index("rk-base")]
    assert "4 个分区覆盖辽宁省" in standing
    assert "<svg" in standing
    assert "浏览器" in standing
    assert "辽宁沿海经济带：6 市 · 39 个县（市、区）" in standing


def test_the_policy_names_each_script_by_its_hash(text):
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text)[1]
    scripts = re.findall(r"<script>(.*?)</script>", text, re.DOTALL)
    assert scripts
    for code in scripts:
        digest = base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy
    assert "unsafe-inline" not in policy.split("script-src")[1].split(";")[0]
    assert "http" not in policy


def test_a_basemap_is_the_only_host_that_a_policy_allows(ln):
    text = webmap(ln, layers=[], basemap="amap").to_html()
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text)[1]
    assert set(re.findall(r"https?://\S+?(?=[ ;])", policy)) == {"https://*.is.autonavi.com"}


OLD = (
    r"\?\.",
    r"\?\?",
    r"\.replaceAll\(",
    r"\.replaceChildren\(",
    r"\.at\(-?\d",
    r"Object\.fromEntries",
    r"\.matchAll\(",
    r"structuredClone",
    r"#\w+ = ",
    r"static \{",
)


@pytest.mark.parametrize("newer", OLD)
def test_the_script_holds_nothing_newer_than_its_oldest_browser(newer):
    from regionkit.maps.page.script import join_modules

    code = re.sub(r"//[^\n]*|/\*.*?\*/|\"(?:[^\"\\\n]|\\.)*\"", "", join_modules(), flags=re.DOTALL)
    assert not re.search(newer, code)
