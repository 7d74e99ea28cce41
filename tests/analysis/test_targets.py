"""The wording of targets."""

import pytest

from regionkit.analysis.targets import describe_baseline, describe_target, describe_targets


def changed(ln, **changes):
    row = ln.targets.loc["p26-liaoning-grain-capacity"].copy()
    for name, value in changes.items():
        row[name] = value
    return row


@pytest.mark.parametrize(
    ("changes", "chinese", "english"),
    [
        ({}, "2,631.5万吨左右", "about 2,631.5 万吨"),
        ({"bound": "equal", "value": 3.0, "unit": None}, "3", "3"),
        ({"bound": "equal", "value": 2.0, "value_high": 5.0}, "2—5万吨", "2–5 万吨"),
        ({"bound": "about", "value": 2.0, "value_high": 5.0}, "2—5万吨左右", "about 2–5 万吨"),
        ({"bound": "at most", "value": 5.0, "unit": "位"}, "前5位", "among the first 5"),
        ({"bound": "at most", "value": 2030.0, "unit": "年"}, "不晚于2030年", "no later than 2030"),
        ({"bound": "at least", "value": 12.0, "unit": "年"}, "不低于12年", "at least 12 年"),
        (
            {"bound": "in step", "value": None, "relative_to": "gdp-growth"},
            "与地区生产总值增速同步",
            "in step with Growth of gross regional product",
        ),
        (
            {"bound": "none", "value": None, "relative_to": "全国平均水平"},
            "相对全国平均水平",
            "relative to 全国平均水平",
        ),
        ({"value": None}, "未载明数值", "no figure stated"),
        ({"is_to_be_set": True}, "待国家审核衔接后确定", "to be set by the state"),
    ],
)
def test_a_target_in_both_languages(ln, changes, chinese, english):
    row = changed(ln, **changes)
    assert (describe_target(ln, row), describe_target(ln, row, "en")) == (chinese, english)


def test_every_target_of_the_pack_can_be_said(ln):
    for lang in ("zh", "en"):
        words = describe_targets(ln, ln.targets, lang)
        assert (words.str.len() > 0).all()
        assert not words.str.contains("nan|None").any()
    english = describe_targets(ln, ln.targets, "en")
    # Units and what a document compares with stay as it has them; our own words are English.
    own = ("不低于", "左右", "高于", "不超过", "同步", "年均增长", "累计", "待国家")
    assert not [text for text in english if any(word in text for word in own)]


def test_a_baseline_has_its_year_and_measure(ln):
    row = changed(ln, baseline_value=20.0, baseline_year=2025, baseline_measure="yearly growth")
    assert describe_baseline(ln, row) == "2025年 20万吨（年增长）"
    assert describe_baseline(ln, row, "en") == "2025: 20 万吨 (yearly growth)"
    row = changed(ln, baseline_value=20.0, baseline_year=None, baseline_measure=None)
    assert describe_baseline(ln, row) == "20万吨"
    assert describe_baseline(ln, changed(ln, baseline_value=None)) == ""
