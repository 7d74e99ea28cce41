"""The sheet of gaps: each unit's difference, each judged target's state, the whole's way to go."""

import pytest
from matplotlib.colors import to_hex

import regionkit as rk
from regionkit.maps.atlas.data import AtlasData
from regionkit.maps.atlas.gap_page import draw_gap_page
from regionkit.maps.atlas.province import province_sheets
from regionkit.maps.page.goals import compared_targets, gap_layer, list_gaps, signed_number
from regionkit.maps.paper.text_halo import HaloText
from regionkit.maps.signs.colours import GAP_COLOURS
from regionkit.maps.signs.shades import luminance
from regionkit.maps.signs.theme import get_theme


@pytest.fixture(scope="module")
def data(ln):
    return AtlasData(ln, get_theme("print"))


@pytest.fixture(scope="module")
def sheet(data):
    (one,) = list_gaps(data.region)
    return draw_gap_page(data, one=one)


def texts_of(sheet):
    return [text.get_text() for ax in sheet.figure.axes for text in ax.texts]


def test_each_target_that_units_are_held_against_has_a_sheet_behind_its_map(ln):
    ids = [one.sheet_id for one in province_sheets(ln)]
    assert ids[ids.index("urbanisation") + 1] == "gap-urbanisation"


def test_each_unit_has_its_difference_from_the_target_written_in_it(ln, data, sheet):
    values = ln.statistic("urbanisation-rate", level="city")
    limit = ln.targets.loc["p26-liaoning-urbanisation-rate", "value"]
    told = texts_of(sheet)
    for adcode, value in values.items():
        assert f"{data.cities['short'][adcode]}\n{signed_number(value - limit)}" in told
    below = int((values < limit).sum())
    assert f"{len(values)} 个市中 {below} 个低于全省 2030 年目标 75%" in sheet.subtitle


def test_targets_of_units_with_a_value_have_value_target_difference_and_state(ln, sheet):
    judged = rk.progress(ln.targets.loc[["z22-dalian-gdp"]], ln.statistics).iloc[0]
    told = texts_of(sheet)
    assert judged["state"] == "missed"
    assert {"大连市地区生产总值", "2024 年 9,516.9 亿元 → 高于10,000亿元"} <= set(told)
    assert {"−483.1 亿元（−4.83%）", "○ 未实现"} <= set(told)


def test_the_whole_regions_targets_stand_by_the_way_from_where_they_start(ln, sheet):
    rows = ln.targets
    rows = rows[
        (rows["scope_id"] == ln.adcode)
        & (rows["source_id"] == ln.current_plan)
        & rows["value"].notna()
        & rows["baseline_value"].gt(0)
        & rows["baseline_measure"].isna()
        & rows["measure"].isin(["level", "share"])
    ]
    way = (rows["value"] / rows["baseline_value"] - 1).abs().sort_values(ascending=False)
    names = [name.split(" ", 1)[-1].replace("\n", "") for name in texts_of(sheet)]
    places = [
        names.index(ln.indicators.loc[key, "name"]) for key in rows.loc[way.index, "indicator_id"]
    ]
    assert places == sorted(places)
    assert f"（{len(rows)} 项有起点值）" in "".join(texts_of(sheet))


def test_a_sheet_says_which_targets_its_units_can_be_held_against(ln, sheet):
    comparable, other, n_unreported = compared_targets(ln)
    assert comparable == ["p26-liaoning-urbanisation-rate"]
    words = "".join(texts_of(sheet)).replace("\n", "")
    n = len(comparable) + len(other) + n_unreported
    assert f"全省有数值的目标 {n} 项，能逐单位对照的 {len(comparable)} 项。" in words
    assert "地区生产总值增速有分单位的数值，但目标是总量或多年平均" in words
    assert f"其余 {n_unreported} 项没有分单位的数值。" in words


def test_names_in_the_darkest_class_can_be_read(sheet):
    inside = [
        text
        for text in sheet.axes[0].texts
        if isinstance(text, HaloText) and text.halo in GAP_COLOURS
    ]
    assert {text.halo for text in inside} == set(GAP_COLOURS)
    for text in inside:
        low, high = sorted([luminance(text.halo), luminance(text.get_color())])
        assert (high + 0.05) / (low + 0.05) >= 4.5, text.get_text()


def test_what_is_still_to_go_has_the_colour_of_what_is_missing_on_the_map(sheet):
    (bars,) = [ax for ax in sheet.figure.axes if ax.get_gid() == "columns"]
    faces = {to_hex(patch.get_facecolor()) for patch in bars.patches}
    assert GAP_COLOURS[1] in faces
    assert "#4f9aa0" not in faces


def test_a_further_sheet_lists_the_units_by_their_gap(data):
    (one,) = list_gaps(data.region)
    made, goal, _, _ = gap_layer(data.region, one)
    told = texts_of(draw_gap_page(data, one=one, is_first=False))
    worst = made.layer.frame["name"].iloc[min(range(14), key=lambda n: goal["values"][n])]
    names = [name for name in told if name in set(made.layer.frame["name"])]
    assert len(names) == len(made.layer.frame)
    assert names[0] == worst == "朝阳市"


def test_no_words_of_the_sheet_lie_on_one_another(sheet):
    (columns,) = [ax for ax in sheet.figure.axes if ax.get_gid() == "columns"]
    rows = [text for text in columns.texts if text.get_gid() in {"row", "heading", "note"}]
    boxes = [text.get_window_extent().shrunk(0.98, 0.8) for text in rows]
    for number, box in enumerate(boxes):
        for other, text in zip(boxes[number + 1 :], rows[number + 1 :], strict=True):
            assert not box.overlaps(other), (rows[number].get_text(), text.get_text())
