"""Monitoring tables as bureaus keep them, read into reported values."""

import pandas as pd
import pytest

import regionkit as rk
from regionkit.analysis.monitoring import find_indicators, read_monitoring
from regionkit.errors import TableError

ACROSS = pd.DataFrame(
    [
        ("一、经济发展", None, None, None, None),
        ("1. 地区生产总值", "万亿元", 3.3, "3.4", 4),
        ("（二）常住人口 城镇化率（%）", None, "74.6%", 75.0, 75),
        ("森林覆盖率", "%", 42.3, "…", 43),
        ("没有的指标", "个", 1, 2, 3),
    ],
    columns=["指标名称", "计量单位", "2025年", "2026年完成", "2030年目标"],
)


def values(found):
    return found.actuals[["indicator_id", "scope_id", "year", "value", "unit"]].to_numpy().tolist()


def test_years_across(ln):
    found = read_monitoring(ACROSS, ln)
    assert values(found) == [
        ["gdp", "210000", 2025, 3.3, "万亿元"],
        ["gdp", "210000", 2026, 3.4, "万亿元"],
        ["urbanisation-rate", "210000", 2025, 74.6, "%"],
        ["urbanisation-rate", "210000", 2026, 75.0, "%"],
        ["forest-coverage", "210000", 2025, 42.3, "%"],
        # No indicator of the catalogue, but the table sets it a target.
        ["own:没有的指标", "210000", 2025, 1.0, "个"],
        ["own:没有的指标", "210000", 2026, 2.0, "个"],
    ]
    # Of GDP the table sets the target that no document sets; a heading of a group is no indicator.
    assert set(found.untargeted["indicator_id"]) == set()
    assert found.targets["indicator_id"].tolist() == ["gdp", "forest-coverage", "own:没有的指标"]
    without = read_monitoring(ACROSS.drop(columns="2030年目标"), ln)
    assert set(without.untargeted["indicator_id"]) == {"gdp"}
    assert "没有的指标" in set(found.unknown["name"])


def test_a_row_a_value(ln):
    table = pd.DataFrame(
        {
            "地区": ["大连", "沈阳市"],
            "指标": ["地区生产总值"] * 2,
            "年份": ["2024年", 2024],
            "数值": [9516.9, 9027.1],
            "单位": "亿元",
        }
    )
    assert values(read_monitoring(table, ln)) == [
        ["gdp", "210200", 2024, 9516.9, "亿元"],
        ["gdp", "210100", 2024, 9027.1, "亿元"],
    ]


def test_a_row_a_year(ln):
    table = pd.DataFrame({"年份": [2025, 2026], "森林覆盖率（%）": [42.3, 42.4]})
    found = read_monitoring(table, ln, scope="抚顺市")
    assert values(found) == [
        ["forest-coverage", "210400", 2025, 42.3, "%"],
        ["forest-coverage", "210400", 2026, 42.4, "%"],
    ]


def test_values_of_a_workbook_are_judged(ln, tmp_path):
    path = tmp_path / "监测表.xlsx"
    ACROSS.to_excel(path, index=False)
    found = read_monitoring(path, ln)
    judged = rk.progress(ln.targets, found.actuals, as_of=2027)
    row = judged.loc["p26-liaoning-urbanisation-rate"]
    assert (row["actual_value"], row["actual_year"], row["state"]) == (75.0, 2026, "met early")


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("forest-coverage", ["forest-coverage"]),
        ("二、森林覆盖率（%）", ["forest-coverage"]),
        ("GDP", ["gdp"]),
        ("Forest coverage", ["forest-coverage"]),
        ("覆盖", []),
    ],
)
def test_an_indicator_by_name(ln, name, found):
    assert find_indicators(ln.indicators, name)[0] == found


def test_an_unknown_name_tells_the_nearest(ln):
    found, nearest = find_indicators(ln.indicators, "森林的覆盖率")
    assert found == []
    assert "森林覆盖率" in nearest


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"年份": ["去年", 2025]}, "'去年' is no year"),
        ({"年份": [2025, 2025]}, "is given 2 times, first in row"),
        ({"地区": ["长春市", "沈阳市"]}, "长春市"),
        ({"数值": ["约九千", 1]}, "约九千"),
        ({"单位": ["公里", "亿元"]}, "'公里' cannot be converted to 亿元"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_row(ln, change, told):
    table = pd.DataFrame(
        {
            "地区": ["沈阳市", "沈阳市"],
            "指标": ["地区生产总值"] * 2,
            "年份": [2024, 2025],
            "数值": [9027.1, 9100.0],
            "单位": "亿元",
        }
    ).assign(**change)
    with pytest.raises(TableError) as raised:
        read_monitoring(table, ln)
    assert told in str(raised.value)
    assert all(fault.row for fault in raised.value.faults)


def test_a_table_without_a_year(ln):
    with pytest.raises(TableError, match="does not say of which year"):
        read_monitoring(pd.DataFrame({"指标": ["森林覆盖率"], "数值": [1.0]}), ln)


@pytest.mark.parametrize(
    ("name", "unit", "value", "expected"),
    [
        # Taken in 万吨标准煤, 0.81 was far behind 9100.
        ("能源综合生产能力（亿吨标准煤）", None, 0.81, 8100),
        ("能源综合生产能力", "万吨标准煤", 8100, 8100),
        ("粮食综合生产能力（亿斤）", None, 521, 2605),
    ],
)
def test_a_unit_in_the_name_of_an_indicator_counts(ln, name, unit, value, expected):
    table = pd.DataFrame({"指标": [name], "单位": [unit], "2027年": [value]})
    judged = rk.progress(ln.targets, read_monitoring(table, ln).actuals, as_of=2028)
    found = judged.loc[judged["source_id"] == "liaoning-15fyp", "actual_value"].dropna()
    assert found.tolist() == pytest.approx([expected])


def test_a_name_against_its_column_of_units_is_told(ln):
    table = pd.DataFrame({"指标": ["森林覆盖率（‰）"], "单位": ["%"], "2027年": [35.7]})
    with pytest.raises(TableError, match="The name says ‰, the column of units %"):
        read_monitoring(table, ln)


def test_growth_is_named_in_two_ways(ln):
    table = pd.DataFrame({"指标": ["1.地区生产总值增长"], "单位": ["%"], "2027年": [5.2]})
    assert read_monitoring(table, ln).actuals["indicator_id"].tolist() == ["gdp-growth"]


@pytest.mark.parametrize("group", [["一", "经济发展"], ["（一）", "经济发展"], ["经济发展"]])
def test_the_heading_of_a_group_is_no_part_of_the_header(ln, tmp_path, group):
    import openpyxl

    book = openpyxl.Workbook()
    for row in (
        ["序号", "指标名称", "单位", "2026年"],
        group,
        [1, "森林覆盖率", "%", 36.1],
        ["生态"],
        [2, "地区生产总值", "亿元", 33000],
    ):
        book.active.append(row)
    path = tmp_path / "监测表.xlsx"
    book.save(path)
    assert values(read_monitoring(path, ln)) == [
        ["forest-coverage", "210000", 2026, 36.1, "%"],
        ["gdp", "210000", 2026, 33000.0, "亿元"],
    ]
