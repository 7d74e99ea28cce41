"""Files made after public reports of misread tables: each is read right, refused, or told."""

import datetime as dt
import math
from pathlib import Path

import geopandas as gpd
import openpyxl
import pandas as pd
import pytest

from regionkit.errors import TableError
from regionkit.export.layer import export_layer
from regionkit.tables.read import read_table

CASES = Path(__file__).parent / "cases"
KANGPING, FAKU, HAICHENG, ZHUANGHE = "210123", "210124", "210381", "210283"


def values(frame, column):
    known = frame[column].dropna()
    return known.to_dict()


def three(first, second, third):
    return {KANGPING: first, FAKU: second, HAICHENG: third}


def two(first, second):
    return {KANGPING: first, FAKU: second}


@pytest.mark.parametrize(
    ("file", "column", "expected", "unit", "told"),
    [
        ("a1-rich-superscript.xlsx", "常住人口", three(275000, 32150, 1010500), "人", "¹"),
        ("a1b-rich-superscript-value.xlsx", "常住人口", three(275000, 32150, 1010500), "人", "¹"),
        ("a1b-rich-superscript-value.xls", "常住人口", three(275000, 32150, 1010500), "人", "¹"),
        ("a1b-rich-superscript-value.ods", "常住人口", three(275000, 32150, 1010500), "人", "¹"),
        ("a2-unicode-superscript.xlsx", "常住人口", three(27.5, 32.1, 101.0), "万人", "²"),
        ("a4-html-sup-and-hidden-sortkey.xls", "GDP", three(120.5, 98.7, 560), "亿元", "web page"),
        ("a4-html-sup-and-hidden-sortkey.xls", "常住人口", three(275000, 32150, 1010500), "人",
         "row 3: footnote mark ¹ taken off"),
        ("b3-format-scales-to-wan.xlsx", "地方财政收入", three(5.678, 12.3456, 123.4567), "万元",
         "row 2: shows 5.678, the cell holds 56780"),
        ("b3b-format-scales-to-million.xlsx", "地方财政收入", three(56.78, 123.456, 1234.567),
         "百万元", "the cell holds 56780000"),
        ("b7-percent-trick-unit.xlsx", "地方财政收入", three(56780, 123456, 234567), "万元",
         "the cell holds 567800000"),
        ("b7b-percent-trick-nounit.xlsx", "地方财政收入", three(56780, 123456, 234567), "万元",
         "shows 56780万元"),
        ("b8-yi-literal.xlsx", "地方财政收入", two(5.678, 12.3456), "亿元", "shows 5.678亿元"),
        ("b9-hidden-sheet.xlsx", "人口", {KANGPING: 27.5}, "", ""),
        ("c9-sci.xlsx", "总产值", two(1.25e9, 9.8e8), "元", ""),
        ("c10-csv-codes.csv", "人口", two(27.5, 32.1), "", ""),
        ("c11-float-codes.csv", "value", two(27.5, 32.1), "", ""),
        ("c12-excel-text-formula.csv", "人口", two(27.5, 32.1), "", ""),
        ("c13-tab-suffix.csv", "人口", three(27.5, 32.1, 101.5), "", ""),
        ("c14-sep-line.csv", "人口", two(27.5, 32.1), "", ""),
        ("c15-utf16-nobom.csv", "人口", two(27.5, 32.1), "", ""),
        ("c19-tab-with-commas.tsv", "人口", two(275000, 321000), "", ""),
        ("d1-merged-group-then-own-column.xlsx", "面积", two(2175, 2281), "平方公里", ""),
        ("d1-merged-group-then-own-column.xlsx", "2022年/人口", two(27.5, 32.1), "万人", ""),
        ("d4-three-levels.xlsx", "2022年/GDP/增速", two(4.5, 4), "%", ""),
        ("d4-three-levels.xlsx", "2023年/人口/总数", two(27.5, 32.1), "万人", ""),
        ("d5-unit-row-mixed.xlsx", "GDP", two(120, 98), "亿元", ""),
        ("d6-unit-line-applies-to-all.xlsx", "常住人口", two(275000, 321000), "人", ""),
        ("d6b-unit-line-applied-to-population.xlsx", "常住人口", two(275000, 321000), "",
         "that unit is not given to 常住人口, 乡镇数"),
        ("d6b-unit-line-applied-to-population.xlsx", "财政收入", two(56780, 61200), "万元", ""),
        ("d7-year-header-only.xlsx", "2022", two(2010, 2015), "", ""),
        ("d9-total-words.xlsx", "人口", two(27.5, 32.1), "", "total of 沈阳市"),
        ("d10-centre-unmerged.xlsx", "男", two(14, 16), "", ""),
        ("d10-centre-unmerged.xlsx", "人口/女", two(13.5, 16.1), "", ""),
        ("d10-centre-unmerged.xlsx", "GDP/总量", two(120, 98), "", ""),
        ("d11-leading-blank-col-index.xlsx", "人口", two(27.5, 32.1), "", ""),
        ("d11-leading-blank-col-index.xlsx", "其中:/乡村", two(18.5, 21.1), "", ""),
        ("x3-unit-row-below-title-right.xlsx", "GDP", two(120, 98), "",
         "gives the unit 亿元、万人"),
        ("p5-comment-repeat.fods", "2021", two(27.5, 32.1), "%", "1 cells without %"),
        ("p5-comment-repeat.fods", "2022", two(27.5, 33), "", ""),
        ("p0.xlsx", "人口（万人）", two(27.5, 32.1), "万人", ""),
        ("p1-strict.xlsx", "人口", two(27.5, 32.1), "万人", ""),
        ("p2-phonetic.xlsx", "人口", two(27.5, 32.1), "万人", ""),
        ("p4-x-prefix.xlsx", "人口", two(27.5, 32.1), "万人", ""),
        ("x1-unit-in-every-header-form.xlsx", "人口", two(27.5, 32.1), "万人", ""),
        ("x1-unit-in-every-header-form.xlsx", "产值", two(120, 98), "亿元", ""),
        ("x1-unit-in-every-header-form.xlsx", "能耗", two(0.62, 0.58), "吨标准煤/万元", ""),
        ("x1-unit-in-every-header-form.xlsx", "增幅", two(-0.4, 1.2), "百分点", ""),
        ("x4-unit-line-and-footnoted-unit.xlsx", "地区生产总值", two(120, 98), "亿元", ""),
        ("x4-unit-line-and-footnoted-unit.xlsx", "常住人口", two(27.5, 32.1), "万人", ""),
        ("x4-unit-line-and-footnoted-unit.xlsx", "耕地", two(150, 160), "万亩", ""),
    ],
)  # fmt: skip
def test_numbers_are_read_as_they_are_seen(join, file, column, expected, unit, told):
    result = join(CASES / file, value=column)
    (name,) = result.report.columns.index
    found = values(result.frame, name)
    assert found == pytest.approx(expected, rel=1e-12)
    assert result.report.columns.loc[name, "unit"] == unit
    assert told in str(result.report)


@pytest.mark.parametrize(
    ("file", "column", "expected"),
    [
        ("c1-year-month-text.xlsx", "开工时间", three("2023.9", "2023.10", "2023.1")),
        ("c1b-year-month-number-format.xlsx", "建成时间", three("2023.9", "2023.10", "2023.1")),
        ("c2-codes-leading-zero.xlsx", "电话区号", three("024", "024", "0412")),
        ("c2-codes-leading-zero.xlsx", "邮政编码", three("110500", "110400", "114200")),
        (
            "c2-codes-leading-zero.xlsx",
            "统一社会信用代码",
            three("112101230012345678", "112101240012345671", "112103810012345679"),
        ),
        ("c3-date-columns.xlsx", "批复日期", three("2023-05-01", "2024-03-02", "2024-05-06")),
        ("c5-rank-as-text.xlsx", "位次", two("第3", "第5")),
        ("c10-csv-codes.csv", "单位代码", two("00123", "00124")),
    ],
)
def test_codes_dates_and_words_stay_what_they_are(join, file, column, expected):
    result = join(CASES / file, value=column)
    assert result.report.columns.loc[column, "kind"] == "text"
    assert values(result.frame, column) == expected


def test_truth_values_stay_truth_values(join):
    result = join(CASES / "c7-bool-yesno.xlsx", value="是否省管县")
    assert result.report.columns.loc["是否省管县", "kind"] == "truth"
    assert result.frame["是否省管县"].dropna().tolist() == [True, False]


@pytest.mark.parametrize(
    ("file", "match"),
    [
        ("a3-two-values-in-a-cell.xlsx", r"row 3.*'120 135' is two numbers in a cell[\s\S]*row 4"),
        (
            "b3c-format-unit-literal-mixed.xlsx",
            "row 4.*'123.4万元' is in 万元, but row 2 is in 亿元",
        ),
        ("b4-xlsxwriter-formula.xlsx", "row 2, column 合计值: is a formula whose result"),
        ("b5-xlwt-formula.xls", "row 2, column 合计值: is a formula whose result"),
        ("b6-openpyxl-formula.xlsx", "row 2, column 合计值: is a formula whose result"),
        ("p6-text-formula.xls", "row 2, column 等级: is a formula whose result"),
        ("p6-text-formula-src.xls", "row 2, column 等级: is a formula whose result"),
        ("c4-date-autoconverted.xlsx", "row 2, column 排名: is the date or time 2024-03-14"),
        ("c6-percent-mixed.xlsx", "row 4, column 增速: is 0.043 without %.*Write 0.043% or 4.3%"),
        ("c6b-share-as-percent-header.xlsx", "row 2, column 城镇化率: is 0.452 under %"),
        ("c16-mixed-encoding.csv", "is neither UTF-8 nor GB18030"),
        ("c17-decimal-comma.csv", "row 2, column 人口: '27,5' has a comma"),
        ("c18-unquoted-thousands.csv", r"row 2: has 4 cells, the header 3[\s\S]*row 4: has 5"),
        ("d3-stacked-other-header.xlsx", "row 5.*is the header of another table .GDP"),
        ("d8-vertical-merge-value.xlsx", "row 2.*is one merged cell over rows 2 to 3"),
        ("p3-matrix-hidden.fods", "row 4, column 倍数: Err:502 is an error of the spreadsheet"),
        ("x2-cell-unit-vs-header.xlsx", "'27.5万千瓦' is in 万千瓦, but the header says 万千瓦时"),
        ("b10-two-years.xlsx", "has 2 sheets with a table"),
    ],
)
def test_what_cannot_be_told_is_refused(join, file, match):
    with pytest.raises(TableError, match=match):
        join(CASES / file)


def test_a_second_table_is_none_of_the_first_ones_columns(ln):
    # Rows that match no unit were kept, and the second table's GDP was taken for people.
    with pytest.raises(TableError, match=r"row 5.*is the header of another table"):
        ln.join_table(CASES / "d3-stacked-other-header.xlsx", on_unmatched="keep")


def test_a_header_in_another_order_is_followed(join):
    result = join(CASES / "d2-repeated-header-other-order.xlsx")
    assert result.frame.loc[HAICHENG, ["人口", "GDP"]].tolist() == [101.5, 560]
    assert result.frame.loc[KANGPING, ["人口", "GDP"]].tolist() == [27.5, 120]
    assert "row 4 repeats the header in another order" in str(result.report)


def test_hidden_rows_and_columns_are_told(join):
    path = CASES / "b1-hidden-row-column.xlsx"
    result = join(path)
    assert "1 rows of the sheet are hidden (4) and were read too" in str(result.report)
    assert "1 columns of the sheet are hidden (C)" in str(result.report)
    seen = join(path, visible_only=True)
    assert list(seen.report.columns.index) == ["地区生产总值"]
    assert values(seen.frame, "地区生产总值") == {KANGPING: 120, FAKU: 98, ZHUANGHE: 700}
    assert "hidden (4) and were left out" in str(seen.report)


def test_a_filter_by_year_is_told_and_followed(join):
    path = CASES / "b2-filtered-year.xlsx"
    with pytest.raises(TableError, match=r"2 rows\.[\s\S]*visible_only=True"):
        join(path)
    seen = join(path, visible_only=True)
    assert values(seen.frame, "常住人口") == {KANGPING: 27.5, FAKU: 32.1}
    assert "hidden by a filter (2, 4) and were left out" in str(seen.report)


def test_hidden_rows_of_a_page(join):
    result = join(CASES / "a5-html-sup-hidden.xls")
    assert "1 rows of the sheet are hidden (5) and were read too" in str(result.report)
    seen = join(CASES / "a5-html-sup-hidden.xls", visible_only=True)
    assert values(seen.frame, "GDP") == {KANGPING: 120.5, FAKU: 98.7, HAICHENG: 560}


def test_a_value_that_no_merged_block_covers_is_read(join):
    seen = join(CASES / "p3-matrix-hidden.fods", visible_only=True)
    assert values(seen.frame, "倍数") == {KANGPING: 55, FAKU: 64.2}
    table = read_table(CASES / "p3-matrix-hidden.fods")
    assert "2 rows of the sheet are hidden by a filter (4, 5)" in " ".join(map(str, table.notes))


def test_years_stay_whole_numbers(join):
    result = join(CASES / "c8-year-value.xlsx")
    assert values(result.frame, "设立年份") == {KANGPING: 1989, FAKU: 1990}
    assert not math.isnan(result.frame.loc[KANGPING, "面积"])


def test_a_code_cut_short_is_told(join):
    report = str(join(CASES / "c10-csv-codes.csv").report)
    assert "row 3: the code 2.10124E+11 was cut short by a spreadsheet" in report


@pytest.mark.parametrize(
    ("heading", "cells", "kind"),
    [
        ("电话用户数", [120, 98], "number"),
        ("邮政业务总量", [120, 98], "number"),
        ("联系电话", ["02487654321", "87654321"], "text"),
        ("手机", [13912345678, 13987654321], "text"),
        ("证书编号", [1, 2], "text"),
        ("序列", ["001", "002"], "text"),
        ("节点", ["2023.10", "2023.9"], "text"),
        ("开工时间", ["2023.10", "—"], "text"),
        ("面积", [2010.5, 2033.1], "number"),
        ("建成区面积（平方公里）", [2010.1, 2033.1], "number"),
        ("设立年份", [1989, 1990], "number"),
    ],
)
def test_codes_and_months_are_told_from_amounts(join, heading, cells, kind):
    result = join(pd.DataFrame({"县": ["康平县", "法库县"], heading: cells}))
    assert result.report.columns["kind"].tolist() == [kind]
    assert "day numbers" not in str(result.report)


def test_a_code_among_numbers_and_a_time_of_day_are_refused(join):
    names = ["康平县", "法库县", "海城市"]
    with pytest.raises(TableError, match="row 3, column 值: '007' is spelled like a code, and the"):
        join(pd.DataFrame({"县": names, "值": ["12", "007", "15"]}))
    times = pd.DataFrame({"县": names, "师生比": [dt.time(1, 12), dt.time(1, 13), dt.time(1, 9)]})
    with pytest.raises(TableError, match="row 2, column 师生比: is the date or time 01:12:00"):
        join(times)


@pytest.mark.parametrize("numbers", [["甲", 1, 2], ["甲", "①", "②"], ["甲", "(1)", "(2)"]])
def test_a_row_that_numbers_the_columns_is_none_of_data(tmp_path, join, numbers):
    book = openpyxl.Workbook()
    for row in (["县", "人口", "GDP"], numbers, ["康平县", 27.5, 120], ["法库县", 32.1, 98]):
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    result = join(tmp_path / "a.xlsx")
    assert values(result.frame, "GDP") == {KANGPING: 120, FAKU: 98}
    assert result.report.set_aside["why"].map(str).tolist() == ["numbers of the columns"]


@pytest.mark.parametrize(
    ("file", "renamed"),
    [
        ("f1-fid", {"FID": "FID_2", "gdp": "gdp_2", "geom": "geom_2"}),
        ("f1a-fid-dup", {"FID": "FID_2"}),
        ("f1b-fid-unique", {"FID": "FID_2"}),
        ("f1c", {"FID": "FID_2"}),
        ("f2-case", {"gdp": "gdp_2"}),
        ("f3-geom", {"geom": "geom_2"}),
        ("f3b-geometry", {"geometry (table)": "geometry (table)"}),
    ],
)
def test_columns_that_a_geopackage_has_names_of_its_own_for_are_written(
    ln, tmp_path, file, renamed
):
    joined = ln.join_table(CASES / f"{file}.csv")
    path = tmp_path / "joined.gpkg"
    told = export_layer(joined, path)
    back = gpd.read_file(path, layer="joined").set_index("adcode")
    for column, name in renamed.items():
        expected = joined[column].dropna().to_dict()
        assert back[name].dropna().to_dict() == pytest.approx(expected)
        assert column == name or f"{name} is {column}" in str(told)


def test_points_nowhere_and_half_of_a_position_are_refused_together(ln):
    with pytest.raises(
        TableError, match=r"row 5, column lon: \(0, 0\) is not in China[\s\S]*row 6"
    ):
        ln.read_points(CASES / "k11.csv")
