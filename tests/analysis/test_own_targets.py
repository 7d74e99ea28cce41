"""A bureau's own targets, in its words and under its headings, judged beside the plan's."""

import pickle

import openpyxl
import pandas as pd
import pytest

import regionkit as rk
from regionkit.analysis.aim_words import read_aim
from regionkit.analysis.judged import judged_table
from regionkit.analysis.monitoring import read_monitoring, take_baselines
from regionkit.analysis.own_aims import tell_contradictions
from regionkit.errors import InputError, TableError

HEAD = (
    ["序号", "指标名称", "单位", "属性", "2025年", "2026年", None, "2027年", "2030年", "年均/累计"],
    [None, None, None, None, "基期值", "目标值", "完成值", "完成值", "目标值", None],
)
MERGED = ("A1:J1", "A2:A3", "B2:B3", "C2:C3", "D2:D3", "F2:G2", "J2:J3")
ROWS = (
    ["一", "经济发展", None, None, None, None, None, None, None, None],
    [1, "地区生产总值", "亿元", "预期性", 850.2, 890, 901.5, "—", 1100, None],
    [2, "地区生产总值增长", "%", "预期性", 4.1, "5左右", 5.2, 5.4, None, "年均5左右"],
    [3, "常住人口城镇化率", "%", "预期性", 57.5, None, 58.3, 58.6, "60以上", None],
    ["二", "绿色生态", None, None, None, None, None, None, None, None],
    [4, "森林覆盖率", "%", "约束性", 33.1, "33.2", 33.2, 33.2, "不低于34", None],
    [5, "单位地区生产总值能源消耗降低", "%", "约束性", None, 3, 2.1, 2.0, None, "累计13.5"],
    [6, "城镇调查失业率", "%", "预期性", 5.1, None, 5.0, 4.9, "控制在5.5以内", None],
    [7, "粮食综合生产能力", "亿斤", "约束性", 70, None, 71, 72, "75—80", None],
    [8, "高铁站数", "座", "预期性", 2, None, 2, 2, 3, None],
)


@pytest.fixture
def bureau(tmp_path):
    """Return a table as a bureau keeps it: a title, merged headings, groups of rows."""
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (["铁岭市“十五五”规划主要指标监测表"], *HEAD, *ROWS):
        sheet.append(row)
    for block in MERGED:
        sheet.merge_cells(block)
    path = tmp_path / "监测表.xlsx"
    book.save(path)
    return path


def judge(source, ln, *, scope="铁岭市", as_of=2027):
    found = read_monitoring(source, ln, scope=scope)
    mine = found.added_to(ln)
    targets, _ = take_baselines(mine.targets.loc[found.targets.index], found.actuals)
    return found, mine, rk.progress(targets, found.actuals, as_of=as_of)


@pytest.mark.usefixtures("chinese")
def test_own_targets_are_judged_by_the_same_rules(ln, bureau):
    found, mine, judged = judge(bureau, ln)
    told = judged_table(mine, judged)
    shown = ["指标", "目标年", "目标", "现状值", "状态"]
    assert [tuple(map(str, row)) for row in told[shown].to_numpy()] == [
        ("地区生产总值", "2026", "890亿元（自有）", "901.5 亿元", "● 已实现"),
        ("地区生产总值", "2030", "1,100亿元（自有）", "901.5 亿元", "◐ 基本符合预期"),
        ("地区生产总值增速", "2026", "5%左右（自有）", "5.2%", "● 已实现"),
        ("地区生产总值增速", "2030", "年均增长5%左右（自有）", "5.3%", "◐ 基本符合预期"),
        ("常住人口城镇化率", "2030", "不低于60%（自有）", "58.6%", "◐ 基本符合预期"),
        ("森林覆盖率", "2026", "33.2%（自有）", "33.2%", "● 已实现"),
        ("森林覆盖率", "2030", "不低于34%（自有）", "33.2%", "◔ 滞后"),
        ("单位地区生产总值能耗累计下降", "2026", "3%（自有）", "2.1%", "○ 未实现"),
        (
            "单位地区生产总值能耗累计下降",
            *("2030", "五年累计13.5%（自有）", "4.06%", "◐ 基本符合预期"),
        ),
        ("城镇调查失业率", "2030", "不超过5.5%（自有）", "4.9%", "◐ 基本符合预期"),
        ("粮食综合生产能力", "2030", "75—80亿斤（自有）", "72 亿斤", "◐ 基本符合预期"),
        # No indicator of the catalogue at all.
        ("高铁站数", "2030", "3座（自有）", "2 座", "◔ 滞后"),
    ]
    assert told["目标出处"].iloc[-1].endswith("第 13 行，列“2030年/目标值”")
    assert set(told["属性"]) == {"预期性", "约束性"}
    assert found.unjudged_names == ()
    assert [str(note) for note in found.notes] == [
        "列“年均/累计”没有年份，按最后的目标年 2030 年读取。"
    ]


@pytest.mark.usefixtures("chinese")
def test_what_contradicts_the_plan_is_told_with_both_and_what_repeats_it_once(ln):
    table = pd.DataFrame(
        {
            "指标": ["常住人口城镇化率", "森林覆盖率", "能源综合生产能力", "粮食综合生产能力"],
            "单位": ["%", "%", "亿吨标准煤", "亿斤"],
            "2027年": [74.9, 36, 0.81, 515],
            # 0.91 亿吨 are the plan's 9,100 万吨; 75 is its 75 左右.
            "2030年目标": ["75", "不低于42.5", "0.91", "不低于530"],
        }
    )
    found = read_monitoring(table, ln)
    assert found.targets["indicator_id"].tolist() == ["forest-coverage", "grain-capacity"]
    assert "自有目标中有 2 项与规划文件所定相同，只列一次。" in map(str, found.notes)
    told = [str(words) for words in tell_contradictions(found.added_to(ln), found.targets)]
    assert told == [
        "森林覆盖率，2030 年：自有目标不低于42.5%，辽宁“十五五”规划纲要 专栏1为35.7%，"
        "二者分别判断。",
        "粮食综合生产能力，2030 年：自有目标不低于530亿斤，辽宁“十五五”规划纲要 专栏1为"
        "2,631.5万吨左右，二者分别判断。",
    ]


@pytest.mark.parametrize(
    ("heading", "cell", "expected"),
    [
        # A growth as the pack measures it: the plan's is yearly, that of one year a level.
        ("2030年目标", "5左右", ("yearly growth", "about", 5, 2030)),
        ("2026年目标", "5左右", ("level", "about", 5, 2026)),
        ("“十五五”规划目标", "年均5以上", ("yearly growth", "at least", 5, 2030)),
        ("2026—2030年累计", "28", ("five-year sum", "equal", 28, 2030)),
        ("2026-2028年累计目标", "15", ("period sum", "equal", 15, 2028)),
        ("2030年目标", "〔28〕", ("five-year sum", "equal", 28, 2030)),
        ("2030年目标", "累计增长28%", ("total growth", "equal", 28, 2030)),
        ("2026年计划", "前3位", ("level", "at most", 3, 2026)),
        ("2026年目标", "与经济增长同步", ("yearly growth", "in step", None, 2026)),
    ],
)
def test_words_and_headings_say_measure_bound_and_year(ln, heading, cell, expected):
    table = pd.DataFrame({"指标": ["地区生产总值增速"], "单位": ["%"], heading: [cell]})
    (row,) = read_monitoring(table, ln, scope="铁岭市").targets.to_dict("records")
    value = None if pd.isna(row["value"]) else row["value"]
    assert (row["measure"], row["bound"], value, row["target_year"]) == expected


def test_a_row_a_value_has_the_target_of_its_year(ln):
    table = pd.DataFrame(
        {
            "指标": ["森林覆盖率"] * 2,
            "年份": [2026, 2027],
            "目标值": ["≥33.2%", "≥33.4%"],
            "实际值": [33.2, 33.3],
        }
    )
    _, _, judged = judge(table, ln)
    assert judged[["target_year", "value", "state"]].to_numpy().tolist() == [
        [2026, 33.2, "met"],
        [2027, 33.4, "missed"],
    ]


@pytest.mark.parametrize(
    ("first", "aim", "now", "state", "reason"),
    [
        # Which way is wanted follows from the words, else from the first value.
        (10, "不超过8", 9.2, "on track", ""),
        (10, "8", 7, "met early", ""),
        (10, "12", 12, "met early", ""),
        (None, "12", 13, "undecided", "no direction"),
        (None, "不低于12", 13, "met early", ""),
    ],
)
def test_an_indicator_of_ones_own(ln, first, aim, now, state, reason):
    table = pd.DataFrame(
        {"指标": ["本县自设指标"], "2025年": [first], "2027年": [now], "2030年目标": [aim]}
    )
    _, _, judged = judge(table, ln)
    assert judged[["state", "reason"]].to_numpy().tolist() == [[state, reason]]


@pytest.mark.parametrize(
    ("columns", "told"),
    [
        ({"2030年目标": ["进一步提高"]}, "'进一步提高' is no target that can be read. Write"),
        ({"2030年目标": ["增长30%"]}, "does not say whether a year or in all"),
        ({"2030年目标": ["43"], "2030年规划目标": ["44"]}, "is given 2 times, first in row"),
        ({"2030年目标": ["12公里"]}, "'%' cannot be converted to 公里"),
    ],
)
def test_targets_that_cannot_be_read_are_told_with_row_and_column(ln, columns, told):
    table = pd.DataFrame({"指标": ["森林覆盖率"], "单位": ["%"], "2027年": [36.0], **columns})
    with pytest.raises(TableError) as raised:
        read_monitoring(table, ln)
    assert told in str(raised.value)
    assert all(fault.row for fault in raised.value.faults)


def test_targets_without_a_year_are_told_and_not_guessed(ln):
    table = pd.DataFrame({"指标": ["森林覆盖率"], "2027年": [36.0], "目标值": ["43"]})
    found, _, judged = judge(table, ln, scope=None)
    assert "Column 目标值 names no year" in str(found.notes[0])
    assert judged[["state", "reason"]].to_numpy().tolist() == [["undecided", "no year"]]


def test_what_follows_from_other_columns_is_no_second_value(ln):
    table = pd.DataFrame(
        {"指标": ["森林覆盖率"], "2026年完成": [36.0], "2026年同比": [0.2], "2026年完成率": [98]}
    )
    found = read_monitoring(table, ln)
    assert found.actuals["value"].tolist() == [36.0]
    assert "2026年同比" in str(found.notes[0])
    assert "2026年完成率" in str(found.notes[0])


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("78.5岁", ("equal", 78.5, "岁")),
        ("突破1万亿元", ("more than", 1.0, "万亿元")),
        ("力争达到1,100", ("equal", 1100.0, "")),
        ("＜5", ("at most", 5.0, "")),
        ("第十二位", ("equal", 12.0, "位")),
        ("75%-80%", ("equal", 75.0, "%")),
    ],
)
def test_numbers_in_words(cell, expected):
    aim = read_aim(cell)
    assert (aim.bound, aim.value, aim.unit) == expected


def test_rows_of_ones_own_stay_with_their_region(ln):
    mine = ln.with_rows(
        {
            "sources": pd.DataFrame({"source_id": ["own"], "short_title": ["监测表"]}),
            "indicators": pd.DataFrame({"indicator_id": ["own:x"], "name": ["甲"]}),
        }
    )
    again = pickle.loads(pickle.dumps(mine))  # noqa: S301 - our own bytes
    assert again.cite("own", "第3行") == "监测表 第3行"
    assert again.indicators["name"]["own:x"] == "甲"
    assert "own" not in ln.sources.index
    assert mine.current_plan == ln.current_plan
    with pytest.raises(InputError, match="Rows of zones cannot be added"):
        ln.with_rows({"zones": pd.DataFrame()})
