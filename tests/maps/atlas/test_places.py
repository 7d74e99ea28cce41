"""Sheets of zones and cities: documents, members, neighbours, insets, sizes of words."""

import numpy as np
import pandas as pd
import pytest

from regionkit.maps.atlas.data import AtlasData
from regionkit.maps.atlas.documents import project_documents
from regionkit.maps.atlas.places import draw_city_sheet, draw_zone_sheet
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


def test_the_subtitle_names_documents_years_and_what_is_old(ln, jinzhou, liaodong):
    for sheet, chosen in (
        (jinzhou, ln.select_projects(place="210700")),
        (liaodong, ln.select_projects(zone="liaodong")),
    ):
        now = named_now(chosen)
        assert f"（2026年）所列项目 {len(now)} 项" in sheet.subtitle
        assert f"另有 {len(chosen) - len(now)} 项只见于以前的文件，未画" in sheet.subtitle
        drawn = {
            str(line.get_gid()).removeprefix("project-")
            for line in sheet.axes[0].lines
            if str(line.get_gid()).startswith("project-")
        }
        assert drawn
        assert drawn <= set(now.index)
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


def test_neighbours_are_drawn_named_and_in_the_legend(jinzhou, liaodong):
    for sheet, names in ((jinzhou, {"朝阳市", "阜新市"}), (liaodong, {"沈阳市", "铁岭市"})):
        words = {text.get_text() for text in sheet.axes[0].texts if text.get_visible()}
        assert names <= words
        assert "本图范围以外" in [item.label for item in sheet.items]


def test_no_words_are_under_seven_points(data, jinzhou, liaodong):
    for sheet in (jinzhou, liaodong, draw_zone_sheet(data, "shenyang-metro")):
        axes = [*sheet.axes, sheet.legend_axes, *sheet.axes[0].child_axes]
        texts = [*sheet.figure.texts, *(text for ax in axes for text in ax.texts)]
        sizes = [text.get_fontsize() for text in texts if text.get_visible()]
        assert min(sizes) >= 7.0, min(sizes)
        low = min(text.get_window_extent().y0 for text in sheet.legend_axes.texts)
        assert low >= sheet.legend_axes.get_window_extent().y0 - 1


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
