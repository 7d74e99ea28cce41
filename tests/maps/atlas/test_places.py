"""Sheets of zones and cities: documents, members, neighbours, insets, sizes of words."""

import re
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from pypdf import PdfReader

from regionkit.maps.atlas.data import AtlasData
from regionkit.maps.atlas.documents import project_documents
from regionkit.maps.atlas.places import draw_city_sheet, draw_zone_sheet
from regionkit.maps.atlas.province import province_sheets
from regionkit.maps.signs.badges import is_approximate
from regionkit.maps.signs.symbols import OLDER_COLOUR
from regionkit.maps.signs.theme import get_theme
from regionkit.query.projects import named_now


@pytest.fixture(scope="module")
def data(ln):
    return AtlasData(ln, get_theme("print"))


@pytest.fixture(scope="module")
def jinzhou(data):
    return draw_city_sheet(data, "210700")


@pytest.fixture(scope="module")
def liaodong(data):
    return draw_zone_sheet(data, "liaodong")


def test_the_message_counts_what_has_a_place_and_the_source_names_the_plan(ln, jinzhou, liaodong):
    mine = named_now(ln.select_projects(place="210700"))
    bare = int(mine.geometry.is_empty.sum())
    assert f"列 {len(mine)} 项：" in jinzhou.subtitle
    assert f"未载位置 {bare} 项。" in jinzhou.subtitle
    notes = [item.label for item in jinzhou.items]
    older = len(ln.select_projects(place="210700")) - len(mine)
    assert any(note.startswith(f"另有 {older} 项只见于以前的文件") for note in notes)
    assert "十三五" not in liaodong.source


def test_a_city_is_what_the_newest_document_says(ln, jinzhou):
    said = ln.profiles[ln.profiles["adcode"] == "210700"].set_index("source_id")["positioning"]
    assert set(said["liaoning-zones-2022"]) - set(said["liaoning-15fyp"])
    labels = [item.label for item in jinzhou.items]
    assert labels[labels.index("定位") + 1] == "、".join(said["liaoning-15fyp"])


def test_documents_without_a_date_are_older(ln):
    rows = pd.DataFrame(
        [("a", "liaoning-13fyp-tasks"), ("b", "liaoning-15fyp")],
        columns=["project_id", "source_id"],
    )
    assert project_documents(ln, rows) == "2026年 2 份规划文件所列项目 2 项"
    assert "年" not in project_documents(ln, rows.head(1))
    assert project_documents(ln, rows.head(0)) == ""


def test_members_that_no_document_states_are_told(data, jinzhou, liaodong):
    words = [item.label for item in liaodong.items if item.kind == "note"]
    assert any(word.startswith("编者推断的成员（文件未列）：岫岩") for word in words)
    assert any(word.startswith("据外部来源的成员：") for word in words)
    assert not any("推断的成员" in item.label for item in jinzhou.items)
    fuxin = draw_city_sheet(data, "210900")
    assert any(item.label.endswith("：阜新市。") for item in fuxin.items)


def test_neighbours_are_drawn_and_named(jinzhou, liaodong):
    for sheet, names in ((jinzhou, {"朝阳市", "阜新市"}), (liaodong, {"沈阳市", "铁岭市"})):
        words = {text.get_text() for text in sheet.axes[0].texts if text.get_visible()}
        assert names <= words


def texts_of(page):
    axes = [*page.figure.axes]
    for ax in page.figure.axes:
        axes += ax.child_axes
        axes += [inner for child in ax.child_axes for inner in child.child_axes]
    return [*page.figure.texts, *(text for ax in axes for text in ax.texts)]


def test_no_words_are_under_six_and_a_half_points(data, jinzhou, liaodong):
    for sheet in (jinzhou, liaodong, draw_zone_sheet(data, "shenyang-metro")):
        for page in sheet.pages:
            sizes = [text.get_fontsize() for text in texts_of(page) if text.get_visible()]
            assert min(sizes) >= 6.5 - 1e-9, min(sizes)
            foot = page.body_mm[1] / page.page_mm[1] * page.figure.bbox.height
            low = min(text.get_window_extent().y0 for text in page.legend_axes.texts)
            assert low >= foot - 2


@pytest.mark.parametrize("place", ["210700", "211200", "shenyang-metro"])
def test_every_project_of_a_sheet_is_in_its_index_once(ln, data, place, tmp_path):
    is_city = place.isdigit()
    sheet = draw_city_sheet(data, place) if is_city else draw_zone_sheet(data, place)
    mine = named_now(ln.select_projects(place=place) if is_city else ln.select_projects(zone=place))
    assert sorted(sheet.index) == sorted(mine.index)
    # What is drawn has a number on the map and the same number before its name.
    drawn = mine[~mine.geometry.is_empty & ~is_approximate(mine)]
    maps = [page for page in sheet.pages if page.axes]
    names, n_badged = [], 0
    for page in maps:
        listed = {item.number: item.label for item in page.items if item.kind == "disc"}
        assert list(listed) == [str(number) for number in range(1, len(listed) + 1)]
        names += listed.values()
        numbers = [
            text.get_text()
            for ax in (page.axes[0], *page.axes[0].child_axes)
            for text in ax.texts
            if text.get_gid() == "number"
        ]
        assert set(numbers) == set(listed)
        badges = [int(text.get_text()) for text in page.axes[0].texts if text.get_gid() == "badge"]
        n_badged += sum(badges)
    assert sorted(names) == sorted(drawn["name"])
    assert n_badged == int((is_approximate(mine) & ~mine.geometry.is_empty).sum())
    pages = PdfReader(sheet.save(tmp_path / "sheet.pdf")).pages
    assert len(pages) == len(sheet.pages)
    text = "".join(page.extract_text() for page in pages).replace("\n", "").replace(" ", "")
    for name in mine["name"]:
        assert name.replace(" ", "") in text, name


def test_a_list_that_goes_on_says_so_on_both_pages(data, tmp_path):
    sheet = draw_city_sheet(data, "210200")
    first, second = PdfReader(sheet.save(tmp_path / "dalian.pdf")).pages
    assert re.search(r"只知在大连市（续下页）", first.extract_text())
    assert re.search(r"只知在大连市（续）", second.extract_text())
    assert "续下页" not in second.extract_text()


def test_what_the_maps_of_a_zone_have_no_room_for_shares_one_page(ln, data, tmp_path):
    sheet = draw_zone_sheet(data, "coastal-belt")
    assert [bool(page.axes) for page in sheet.pages] == [True, True, False]
    pages = PdfReader(sheet.save(tmp_path / "coast.pdf")).pages
    first, second, last = (page.extract_text() for page in pages)
    text = last.replace("\n", "").replace(" ", "")
    assert "辽宁沿海经济带（续）" in text
    # A list that goes over whole is not said to be continued.
    assert "续末页" not in first
    assert re.search(r"交通物流、能源：未载位置15(?!（续）)", text)
    assert re.search(r"未载位置 ?54（续下页）", second)
    assert re.search(r"民生文旅城建：未载位置54（续）", text)
    assert text.count("阿尔伯斯等积圆锥投影") == 1
    mine = named_now(ln.select_projects(zone="coastal-belt"))
    assert sorted(sheet.index) == sorted(mine.index)
    whole = (first + second + last).replace("\n", "").replace(" ", "")
    for name in mine["name"]:
        assert name.replace(" ", "") in whole, name


@pytest.mark.parametrize("place", ["210100", "liaoxi"])
def test_a_little_that_is_over_stands_below_the_map(data, place):
    is_city = place.isdigit()
    sheet = draw_city_sheet(data, place) if is_city else draw_zone_sheet(data, place)
    assert len(sheet.pages) == 1
    box = sheet.axes[0].get_position()
    high = sheet.page_mm[1]
    assert box.y0 * high > sheet.body_mm[1] + 20


def test_routes_that_run_on_beyond_a_place_are_listed_apart(data):
    sheet = draw_city_sheet(data, "211200")
    labels = [item.label for item in sheet.items]
    start = next(n for n, label in enumerate(labels) if label.startswith("延伸或经过"))
    assert "哈尔滨至北京高速铁路通道" in labels[start:]
    assert "哈尔滨至北京高速铁路通道" not in labels[:start]


def test_insets_repeat_what_is_in_their_box(data):
    sheet = draw_zone_sheet(data, "coastal-belt")
    ax = sheet.axes[0]
    assert ax.child_axes
    symbols = [line for line in ax.lines if str(line.get_gid()).startswith("project-")]
    points = np.array(
        [
            (line.get_xdata()[0], line.get_ydata()[0])
            for line in symbols
            if len(line.get_xdata()) < 2
        ]
    )
    for small in ax.child_axes:
        if small.get_gid() != "inset":
            continue
        (west, east), (south, north) = small.get_xlim(), small.get_ylim()
        x, y = points.T
        inside = int(((west < x) & (x < east) & (south < y) & (y < north)).sum())
        there = [line for line in small.lines if line.get_gid() == "inset-symbol"]
        assert sum(len(line.get_xdata()) < 2 for line in there) >= inside > 0


@pytest.mark.parametrize("adcode", ["210700", "211300"])
def test_each_countys_industries_stand_on_its_own_land_or_in_the_list(ln, data, adcode):
    sheet = draw_city_sheet(data, adcode)
    (ax,) = [ax for ax in sheet.figure.axes if ax is sheet.axes[0]]
    counties = data.counties[data.counties["city_adcode"] == adcode].to_crs(data.crs)
    told = {
        text.get_gid().removeprefix("told-"): text
        for text in ax.texts
        if str(text.get_gid()).startswith("told-")
    }
    labels = [item.label for item in sheet.items]
    rows = ln.industries[ln.industries["adcode"].isin(counties.index)]
    assert told
    for unit, mine in rows.groupby("adcode"):
        words = "、".join(mine.sort_values("rank")["industry"].head(4))
        if unit in told:
            assert told[unit].get_text().replace("\n", "") == words
        else:
            assert f"{counties['name'][unit]}：{words}" in labels[labels.index("县域产业") :]
    names = [text for text in ax.texts if text.get_visible() and text not in told.values()]
    for text in told.values():
        box = text.get_window_extent().shrunk(0.95, 0.9)
        assert not any(box.overlaps(name.get_window_extent().shrunk(0.9, 0.7)) for name in names)


def test_a_target_with_a_value_says_it_and_how_it_stands(data):
    sheet = draw_city_sheet(data, "210200")
    words = [item.label for item in sheet.items]
    assert (
        words[words.index("目标") + 1]
        == "地区生产总值：2024年高于10,000亿元；2024年 9,516.9亿元；○ 未实现"
    )


def test_a_zone_of_very_many_projects_is_drawn_by_groups_of_domains(ln, data):
    mine = named_now(ln.select_projects(zone="shenyang-metro"))
    sheet = draw_zone_sheet(data, "shenyang-metro")
    maps = [page for page in sheet.pages if page.axes]
    assert len(mine) > 150
    assert [page.title for page in maps] == [
        "沈阳现代化都市圈：交通物流、能源、水利生态农业",
        "沈阳现代化都市圈：产业创新开放、民生文旅城建",
    ]
    assert sorted(sheet.index) == sorted(mine.index)
    counts = [int(re.search(r"其中本图 (\d+) 项。", page.subtitle)[1]) for page in maps]
    assert sum(counts) == len(mine)
    assert all(f"列 {len(mine)} 项：" in page.subtitle for page in maps)


def test_a_citys_seat_is_ringed_and_named_in_the_inset_that_enlarges_it(data):
    sheet = draw_city_sheet(data, "210200")
    (inset,) = [ax for ax in sheet.axes[0].child_axes if ax.get_gid() == "inset"]
    assert [line for line in inset.lines if line.get_gid() == "seat"]
    assert "大连" in [text.get_text() for text in inset.texts if text.get_visible()]


@pytest.mark.parametrize("sheet_id", ["transport", "city-210200"])
def test_older_projects_are_grey_and_apart_where_they_are_asked_for(ln, data, sheet_id):
    city = sheet_id.removeprefix("city-")
    draw = {one.sheet_id: one.draw for one in province_sheets(ln)}.get(
        sheet_id, lambda data: draw_city_sheet(data, city)
    )
    plain, both = draw(data), draw(replace(data, with_older=True))
    now = set(plain.index)
    everything = ln.select_projects(place="210200") if sheet_id[0] == "c" else ln.projects
    if sheet_id == "transport":
        everything = everything[everything["domain"] == "transport"]
    older = everything[~everything["is_in_current_plan"]]
    assert now == set(everything.index) - set(older.index)
    assert set(both.index) == set(everything.index)
    # Numbers are those of the plan in force, on both.
    assert numbers_of(plain) == numbers_of(both)
    heading = f"只见于以前的文件（{len(older)} 项）"
    assert heading in [item.label for item in both.items]
    assert heading not in [item.label for item in plain.items]
    at = max(n for n, item in enumerate(both.items) if item.label == heading)
    named = both.items[at + 1 : at + 1 + len(older)]
    assert [item.label for item in named] == older["name"].tolist()
    assert {item.colour for item in named} == {OLDER_COLOUR}
    marks = [line for line in both.axes[0].lines if line.get_gid() == "older"]
    sited = older[(older.geom_type == "Point") & (older["location_basis"] == "site")]
    assert sum(len(line.get_xdata()) for line in marks) >= len(sited)
    assert not [line for line in plain.axes[0].lines if line.get_gid() == "older"]


def numbers_of(sheet):
    """Return the numbers of a sheet's index with the names beside them."""
    return {item.number: item.label for item in sheet.items if item.number}
