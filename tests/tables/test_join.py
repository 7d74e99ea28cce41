"""Ugly spreadsheets, made the way statistics bureaus make them, joined to Liaoning's counties."""

import datetime as dt

import openpyxl
import pandas as pd
import pytest
import xlwt
from openpyxl.styles import Alignment

from regionkit.errors import CrsError, InputError, TableError
from regionkit.tables.join import join_table


def workbook(path, rows, *, merged=(), title="Sheet1"):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    for block in merged:
        sheet.merge_cells(block)
    book.save(path)
    return path


# Twelve and more ugly tables ------------------------------------------------------------------


def test_yearbook_page(tmp_path, join):
    """A yearbook page: merged title, unit at the right, header in two rows, total row, a foot."""
    path = workbook(
        tmp_path / "县域经济2024.xlsx",
        [
            ["2-1  2024年各县（市）主要经济指标"],
            [None, None, None, "单位：万元"],
            ["县 （市）", "地区生产总值", None, "粮食产量（吨）"],
            [None, "绝对值", "增速（%）", None],
            ["全 省", "9,999,999", 5.1, 100],
            ["　康 平 县", "1,234,567", 5.2, 10],
            ["　法 库 县", "２，３４５，６７８", "6.2%", "…"],
            ["注：本表按初步核算数。"],
        ],
        merged=["A1:D1", "A3:A4", "B3:C3", "D3:D4"],
    )
    result = join(path, on="县（市）")
    frame, report = result.frame, result.report
    assert frame.loc["210123", "地区生产总值/绝对值"] == 1_234_567
    assert frame.loc["210124", "地区生产总值/绝对值"] == 2_345_678
    assert frame.loc["210124", "地区生产总值/增速"] == 6.2
    assert pd.isna(frame.loc["210124", "粮食产量"])
    assert report.columns["unit"].to_dict() == {
        "地区生产总值/绝对值": "万元",
        "地区生产总值/增速": "%",
        "粮食产量": "吨",
    }
    assert report.columns.loc["粮食产量", "marks"] == "… × 1"
    assert report.counts == {"total": 1, "matched": 2}
    assert list(report.set_aside["why"].map(str)) == [
        "above the header",
        "above the header",
        "remark",
    ]
    assert len(frame) == len(report.missing) + 2
    assert "Row 8, 注:本表按初步核算数。: set aside, remark." in str(report)


def test_cities_as_subtotals_with_counties_below(tmp_path, join):
    """One column: each city in bold with its sum, its districts below it. 铁西区 stands twice."""
    path = workbook(
        tmp_path / "a.xlsx",
        [
            ["地区", "人口（万人）"],
            ["沈阳市", 900],
            ["和平区", 70],
            ["铁西区", 90],
            ["鞍山市", 300],
            ["铁西区", 30],
            ["海城市", 100],
            ["　其中：市区", 5],
        ],
    )
    result = join(path)
    assert result.frame.loc["210106", "人口"] == 90
    assert result.frame.loc["210303", "人口"] == 30
    rows = result.report.rows
    assert rows.loc[6, "how"] == "full name"
    assert str(rows.loc[6, "within"]) == "below the row of 鞍山市"
    assert list(rows["status"]) == [
        "total",
        "matched",
        "matched",
        "total",
        "matched",
        "matched",
        "total",
    ]


def test_city_row_gives_no_context_where_the_block_is_mixed(tmp_path, join):
    """Cities first, then counties of all of them: the last city is nobody's city."""
    path = workbook(
        tmp_path / "a.xlsx",
        [
            ["地区", "人口"],
            ["沈阳市", 1],
            ["鞍山市", 2],
            ["铁西区", 3],
            ["康平县", 4],
            ["海城市", 5],
        ],
    )
    with pytest.raises(TableError, match=r"'铁西区' is both 沈阳市 铁西区 .210106, county. and"):
        join(path)


def test_merged_city_column(tmp_path, join):
    """市 and 县 columns, the city merged over its counties, names short."""
    path = workbook(
        tmp_path / "a.xlsx",
        [
            ["市", "县区", "产值（亿元）"],
            ["鞍山", "铁西", 1],
            [None, "岫岩", 2],
            ["朝阳", "朝阳", 3],
            [None, "喀左", 4],
            [None, "小计", 7],
        ],
        merged=["A2:A3", "A4:A6"],
    )
    result = join(path)
    values = result.frame["产值"].dropna().to_dict()
    assert values == {"210303": 1, "210323": 2, "211321": 3, "211324": 4}
    assert result.report.parent == "市"
    assert result.report.rows.loc[4, "how"] == "short name"
    assert str(result.report.rows.loc[4, "within"]) == "within 朝阳市"


def test_csv_saved_from_a_merged_sheet(tmp_path, join):
    """The same saved as CSV from Excel in Chinese: GBK, and blanks where the merge was."""
    path = tmp_path / "a.csv"
    text = "城市,县区,产值(亿元)\r\n鞍山市,铁西区,1\r\n,岫岩,2\r\n沈阳市,铁西区,3\r\n"
    path.write_bytes(text.encode("gbk"))
    result = join(path)
    assert result.frame["产值"].dropna().to_dict() == {"210303": 1, "210323": 2, "210106": 3}
    assert tuple(map(str, result.report.notes)) == (
        "blank cities taken from the row above in rows 3",
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_encodings(tmp_path, join, encoding):
    """Whatever the office suite saved it in; 喆 and 䶮 stand in no GB2312."""
    path = tmp_path / "a.tsv"
    path.write_bytes("县\t联系人\t人口\n康平\t王喆\t1\n法库\t李\t2\n".encode(encoding))
    result = join(path)
    assert result.frame.loc["210123", "联系人"] == "王喆"
    assert result.frame.loc["210124", "人口"] == 2


def test_old_xls(tmp_path, join):
    """An .xls of 2003: numbers as text, a percent format, a hidden sheet of drafts."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("汇总")
    for c, text in enumerate(["行政区划代码", "单位名称", "增速", "户数"]):
        sheet.write(0, c, text)
    percent = xlwt.easyxf(num_format_str="0.0%")
    for r, (code, name, rate, n) in enumerate(
        [(210123, "康平县", 0.062, "1,234"), (210124, "法库县", -0.011, "5\u00a0678")], 1
    ):
        sheet.write(r, 0, code)
        sheet.write(r, 1, name)
        sheet.write(r, 2, rate, percent)
        sheet.write(r, 3, n)
    draft = book.add_sheet("草稿")
    draft.write(0, 0, "x")
    draft.visibility = 1
    path = tmp_path / "a.xls"
    book.save(str(path))
    result = join(path)
    assert result.report.on == "行政区划代码"
    assert result.frame["增速"].dropna().tolist() == [6.2, -1.1]
    assert result.frame["户数"].dropna().tolist() == [1234, 5678]
    assert result.report.columns.loc["增速", "unit"] == "%"


def test_code_and_name_disagree(tmp_path, join):
    """Somebody sorted the names and not the codes."""
    path = workbook(
        tmp_path / "a.xlsx", [["代码", "县", "值"], [210123, "法库县", 1], ["210124", "法库县", 2]]
    )
    with pytest.raises(TableError, match="the code 210123 is 康平县, but column 县 says '法库县'"):
        join(path)


def test_twelve_digit_codes_and_townships(tmp_path, join):
    """Codes of the statistics bureau: twelve digits, a township slipped in."""
    path = workbook(tmp_path / "a.xlsx", [["代码", "值"], [210123000000, 1], ["210124000", 2]])
    assert join(path).frame["值"].dropna().to_dict() == {"210123": 1, "210124": 2}
    bad = workbook(tmp_path / "b.xlsx", [["代码", "值"], ["210123100000", 1], ["210124", 2]])
    with pytest.raises(TableError, match="210123100000 is the code of a township or village"):
        join(bad)


def test_statistical_form_with_numbered_columns(tmp_path, join):
    """A report form: 表号 block, columns numbered 甲 1 2, footnote marks, signatures."""
    path = workbook(
        tmp_path / "a.xlsx",
        [
            ["规模以上工业企业", None, "表    号：B204-1"],
            ["编制单位：某局", None, "2024年"],
            ["地区名称", "企业数（家）", "产值（亿元）"],
            ["甲", 1, 2],
            ["瓦房店市①", 10, 1.5],
            ["庄河市", 20, "2.5*"],
            ["单位负责人：", "统计负责人："],
        ],
    )
    result = join(path)
    assert result.frame.loc["210281", "企业数"] == 10
    assert result.frame.loc["210283", "产值"] == 2.5
    assert "numbers of the columns" in set(result.report.set_aside["why"].map(str))
    assert tuple(map(str, result.report.notes)) == (
        "column 产值, row 6: footnote mark * taken off",
    )


def test_bilingual_header_and_pages(tmp_path, join):
    """Chinese and English headers below each other, and the header again on each page."""
    path = workbook(
        tmp_path / "a.xlsx",
        [
            ["地区", "年末人口"],
            ["Region", "Population"],
            ["康平县", 1],
            ["地区", "年末人口"],
            ["Faku County", 2],
            ["续表"],
            ["Zhangwu", 3],
        ],
    )
    result = join(path)
    assert result.report.on == "地区/Region"
    assert result.frame["年末人口/Population"].dropna().to_dict() == {
        "210123": 1,
        "210124": 2,
        "210922": 3,
    }
    assert result.report.rows.loc[7, "how"] == "pinyin"
    assert list(result.report.set_aside["why"].map(str)) == ["the header repeated", "remark"]


def test_years_as_columns(tmp_path, join):
    """Years side by side are a header, not data."""
    path = workbook(
        tmp_path / "a.xlsx", [["县", 2020, 2021, "2022年"], ["康平", 1, 2, 3], ["法库", 4, "—", 6]]
    )
    frame = join(path).frame
    assert frame.loc["210123", ["2020", "2021", "2022年"]].tolist() == [1, 2, 3]
    assert pd.isna(frame.loc["210124", "2021"])


def test_long_table(tmp_path, join):
    """A row a county and year: every county is there twice."""
    path = workbook(
        tmp_path / "a.xlsx",
        [["县", "年份", "值"], ["康平", 2020, 1], ["康平县", 2021, 2], ["法库", 2021, 3]],
    )
    with pytest.raises(TableError, match=r"has 2 rows. Keep one row a unit. Of a table with a row"):
        join(path)
    result = join(path, strict=False)
    assert result.frame["值"].dropna().to_dict() == {"210124": 3}
    assert result.report.counts == {"duplicate": 2, "matched": 1}
    assert len(result.report.faults) == 2


def test_a_number_merged_over_several_counties(tmp_path, join):
    """One budget for two counties, merged over both rows: it is not each one's."""
    path = workbook(
        tmp_path / "a.xlsx",
        [["县", "预算（万元）"], ["康平", 100], ["法库", None], ["新民", 7]],
        merged=["B2:B3"],
    )
    with pytest.raises(TableError, match="is one merged cell over rows 2 to 3"):
        join(path)
    assert join(path, strict=False).frame["预算"].dropna().to_dict() == {"210181": 7}


def test_functional_areas_beside_counties(tmp_path, join):
    """长兴岛 reports beside 瓦房店, which it lies in; its value is not 瓦房店's."""
    path = workbook(
        tmp_path / "a.xlsx",
        [["地区", "值"], ["瓦房店市", 1], ["长兴岛经济区", 2], ["沈抚示范区", 3]],
    )
    with pytest.raises(TableError, match="长兴岛 is no unit of its own but a functional area in"):
        join(path)
    result = join(path, on_unmatched="keep")
    assert result.frame["值"].dropna().to_dict() == {"210281": 1}
    assert len(result.report.unmatched) == 2
    assert list(result.report.unmatched["地区"]) == ["长兴岛经济区", "沈抚示范区"]


def test_former_names(tmp_path, join):
    """A table of 2014: counties that have since become districts."""
    path = workbook(
        tmp_path / "a.xlsx", [["县", "值"], ["普兰店市", 1], ["大洼县", 2], ["辽中县", 3]]
    )
    result = join(path)
    assert set(result.report.rows["status"]) == {"former name"}
    assert result.frame.loc["211104", "match"] == "former name"
    assert "taken for 大洼区" in str(result.report)
    with pytest.raises(TableError, match=r"'大洼县' is a former name .*today there is 大洼区"):
        join(path, former="none")
    # The report tells that townships moved; who wants none of that says so.
    assert "四街道划归金州区" in str(result.report)
    assert "townships have come or gone since" in str(result.report)
    with pytest.raises(TableError, match="had another area than today's unit") as caught:
        join(path, former="unchanged")
    assert "'普兰店市'" in str(caught.value)
    assert "'辽中县'" not in str(caught.value)


def test_codes_of_before(tmp_path, join):
    """A yearbook of 2010 by adcode: 普兰店市, 辽中县, and a county that stayed."""
    path = workbook(
        tmp_path / "a.xlsx", [["代码", "值"], ["210282", 1], ["210122", 2], ["210123", 3]]
    )
    result = join(path, on="代码")
    assert result.frame["值"].dropna().to_dict() == {"210115": 2, "210123": 3, "210214": 1}
    rows = result.report.rows
    assert rows["how"].tolist() == ["former code", "former code", "adcode"]


def test_merged_unit_is_refused_unless_asked(tmp_path, join):
    """锦西县 was larger than any unit of today."""
    path = workbook(tmp_path / "a.xlsx", [["县", "值"], ["锦西县", 1], ["绥中县", 2]])
    with pytest.raises(TableError, match="'锦西县' was a unit of another area"):
        join(path)
    assert join(path, former="all").frame.loc["211402", "值"] == 1


def test_units_in_cells(tmp_path, join):
    """Values typed with their own units, not all the same."""
    path = workbook(
        tmp_path / "a.xlsx",
        [["县", "投资"], ["康平", "3.2亿"], ["法库", "4500万"], ["新民", "约2亿"]],
    )
    with pytest.raises(TableError) as caught:
        join(path, value="投资")
    text = str(caught.value)
    assert "'4500万' is in 万, but row 2 is in 亿. Bring the column to one unit" in text
    assert "'约2亿' is no plain number" in text
    assert len(caught.value.faults) == 2


def test_a_table_over_several_sheets(tmp_path, join):
    """A cover, a note and one sheet with counties: that one. Two: the planner says which."""
    book = openpyxl.Workbook()
    book.active.append(["封面"])
    for name in ("2023", "2024"):
        sheet = book.create_sheet(name)
        sheet.append(["县", "值"])
        sheet.append(["康平", int(name)])
    path = tmp_path / "a.xlsx"
    book.save(path)
    assert join(path, sheet="2024").frame.loc["210123", "值"] == 2024
    assert join(path, sheet=1).frame.loc["210123", "值"] == 2023
    with pytest.raises(TableError, match="has 2 sheets with a table: '2023', '2024'"):
        join(path)
    with pytest.raises(TableError, match=r"has no sheet '2025'. Nearest is '202"):
        join(path, sheet="2025")
    del book["2023"]
    book.save(path)
    label = join(path).report.label
    assert str(label) == "a.xlsx, sheet '2024'"
    assert label.render("zh") == "a.xlsx，工作表“2024”"


def test_centred_over_its_group_without_merging(tmp_path, join):
    """跨列居中 looks merged and is not."""
    path = tmp_path / "a.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["县", "工业", None, "农业", None])
    sheet.append([None, "产值", "增速", "产值", "增速"])
    sheet.append(["康平", 1, 2, 3, 4])
    sheet["B1"].alignment = Alignment(horizontal="centerContinuous")
    book.save(path)
    frame = join(path).frame
    assert frame.loc["210123", ["工业/产值", "工业/增速", "农业/产值", "农业/增速"]].tolist() == [
        1,
        2,
        3,
        4,
    ]


def test_report_travels_with_the_frame(tmp_path, join):
    import copy
    import pickle

    result = join(pd.DataFrame({"县": ["康平"], "值": [1]}))
    result.frame.attrs["report"] = result.report
    result.frame.to_parquet(tmp_path / "a.parquet")
    again = pickle.loads(pickle.dumps(result.report))  # noqa: S301 - our own
    assert again == result.report
    assert again.rows.equals(result.report.rows)
    assert copy.deepcopy(result.report) is result.report
    assert copy.copy(result.report) is result.report
    assert result.frame.to_crs(4490).attrs["report"].counts == {"matched": 1}


# Bad input ------------------------------------------------------------------------------------


def test_every_fault_at_once(tmp_path, join):
    path = workbook(
        tmp_path / "a.xlsx",
        [["县", "值"], ["朝阳", 1], ["康平县", "约5"], ["喀佐", 3], [None, 4], ["法库", "#REF!"]],
        title="2024",
    )
    with pytest.raises(TableError) as caught:
        join(path)
    faults = caught.value.faults
    assert [fault.row for fault in faults] == [2, 3, 4, 5, 6]
    assert str(faults[0]) == (
        "a.xlsx, sheet '2024', row 2, column 县: '朝阳' is both 朝阳市 (211300, city) and 朝阳市 "
        "朝阳县 (211321, county). Write the full name or the adcode, or give the column of cities "
        "with parent=."
    )
    assert "no unit is named '喀佐'. Nearest: 喀左" in str(faults[2])
    assert "has values but no name" in str(faults[3])
    assert "#REF! is an error of the spreadsheet" in str(faults[4])


def test_column_that_is_not_there(tmp_path, join):
    path = workbook(tmp_path / "a.xlsx", [["县（市）", "总人口（人）"], ["康平", 1]])
    with pytest.raises(TableError, match=r"has no column '人口'. Nearest: 总人口"):
        join(path, value="人口")
    with pytest.raises(TableError, match="Columns are: 县（市）, 总人口"):
        join(path, on="乡镇")


def test_every_name_unknown(tmp_path, join):
    path = workbook(tmp_path / "a.xlsx", [["县", "值"], ["永吉县", 1], ["磐石市", 2]])
    with pytest.raises(TableError, match=r"no column names a county of the region .values are"):
        join(path)
    with pytest.raises(TableError, match="Not one name is known: is the table of another prov"):
        join(path, on="县")


def test_cities_joined_as_counties(tmp_path, region, join):
    path = workbook(tmp_path / "a.xlsx", [["市", "值"], ["沈阳市", 1], ["大连", 2]])
    with pytest.raises(TableError, match='of level city: pass level="city"'):
        join(path)
    with pytest.raises(TableError, match='Pass level="city"'):
        join(path, on="市")
    result = join_table(region.cities, region.resolver, path, level="city")
    assert result.frame["值"].dropna().to_dict() == {"210100": 1, "210200": 2}


def test_counties_joined_as_cities(tmp_path, region):
    path = workbook(tmp_path / "a.xlsx", [["市", "值"], ["沈阳市", 1], ["庄河市", 2]])
    with pytest.raises(TableError, match=r"庄河市 .210283, county. is no city"):
        join_table(region.cities, region.resolver, path, level="city")


def test_wrong_city(tmp_path, join):
    path = workbook(
        tmp_path / "a.xlsx",
        [
            ["市", "县", "值"],
            ["大连市", "康平县", 1],
            ["大连市", "庄河市", 2],
            ["大连市", "长海县", 2],
            ["大连市", "甘井子区", 2],
            ["长春市", "法库县", 2],
        ],
    )
    with pytest.raises(TableError) as caught:
        join(path, on="县", parent="市")
    assert "'康平县' is not in 大连市; there is 沈阳市 康平县" in str(caught.value)
    assert "its city '长春市' is none of the region" in str(caught.value)


def test_dates_where_numbers_should_be(tmp_path, join):
    path = workbook(
        tmp_path / "a.xlsx",
        [["县", "比例（%）"], ["康平", dt.date(2024, 3, 10)], ["法库", 3.1]],
    )
    with pytest.raises(TableError, match="2024-03-10T00:00:00 is a date, not a number"):
        join(path)


def test_dates_as_day_numbers_are_told(tmp_path, join):
    path = workbook(tmp_path / "a.xlsx", [["县", "开工日期"], ["康平", 45292], ["法库", 45300]])
    assert "45292 is 2024-01-01" in str(join(path).report.notes[0])


def test_formula_without_result(tmp_path, join):
    path = workbook(tmp_path / "a.xlsx", [["县", "值"], ["康平", "=1+1"], ["法库", 3]])
    with pytest.raises(TableError, match="is a formula whose result the file does not hold"):
        join(path)


def test_units_across(tmp_path, join):
    path = workbook(tmp_path / "a.xlsx", [["康平县", "法库县", "新民市"], [1, 2, 3]])
    with pytest.raises(TableError, match="the units run across"):
        join(path)
    path = workbook(tmp_path / "b.xlsx", [["康平县", 2], ["法库县", 2]])
    with pytest.raises(TableError, match="the table has no header row"):
        join(path)


def test_only_totals(tmp_path, join):
    path = workbook(tmp_path / "a.xlsx", [["地区", "值"], ["合计", 2]])
    with pytest.raises(TableError, match="no row names a county, only totals"):
        join(path, on="地区")


def test_arguments(region, join):
    table = pd.DataFrame({"县": ["康平"], "值": [1]})
    with pytest.raises(InputError, match='on_unmatched="drop" is not known'):
        join(table, on_unmatched="drop")
    with pytest.raises(InputError, match='level="town" is not known'):
        join(table, level="town")
    with pytest.raises(InputError, match='former="some" is not known'):
        join(table, former="some")
    with pytest.raises(InputError, match="A DataFrame has no geometry"):
        join_table(pd.DataFrame(), region.resolver, table)
    bare = region.counties.set_crs(None, allow_override=True)
    with pytest.raises(CrsError, match="The units have no CRS"):
        join_table(bare, region.resolver, table)


def test_layer_is_copied_and_order_of_rows_does_not_matter(region, join):
    table = pd.DataFrame({"县": ["康平", "法库", "新民"], "name": ["a", "b", "c"], "值": [1, 2, 3]})
    before = region.counties.copy()
    one, other = join(table), join(table.iloc[::-1])
    pd.testing.assert_frame_equal(one.frame, other.frame)
    pd.testing.assert_frame_equal(region.counties, before)
    assert one.frame.loc["210123", "name (table)"] == "a"
    assert "is called name (table)" in str(one.report.notes[0])


def test_unit_that_the_layer_lacks(region):
    table = pd.DataFrame({"县": ["康平", "法库"], "值": [1, 2]})
    with pytest.raises(TableError, match=r"法库县 .210124, county. is not in the layer of units"):
        join_table(region.counties.loc[["210123"]], region.resolver, table)


def test_two_blocks_side_by_side_are_refused(tmp_path, join):
    """Saved on paper: the second half of the counties at the right of the first."""
    rows = [
        ["县", "GDP", None, "县", "GDP"],
        ["新民市", 1, None, "法库县", 3],
        ["康平县", 2, None, "庄河市", 4],
    ]
    path = workbook(tmp_path / "a.xlsx", rows)
    with pytest.raises(TableError, match="names 法库县 where column 县 names 新民市: two tables"):
        join(path)


def test_column_without_a_header_is_kept_and_told(tmp_path, join):
    """Someone typed notes beside the table."""
    path = workbook(
        tmp_path / "a.xlsx", [["县", "GDP", None], ["新民市", 1, 55], ["康平县", 2, 66]]
    )
    result = join(path)
    assert result.frame.loc["210181", "未命名列C"] == 55
    assert "without a header, but with cells: 未命名列C" in str(result.report)


def test_formulas_that_nobody_calculated(tmp_path, join):
    """Written by a program and never opened in Excel."""
    path = workbook(
        tmp_path / "a.xlsx", [["县", "a", "b"], ["新民市", 1, "=B2*2"], ["康平县", 2, "=B3*2"]]
    )
    with pytest.raises(TableError, match="column b: is a formula whose result"):
        join(path)


def test_column_named_adcode_leaves_the_official_one(tmp_path, join):
    path = workbook(tmp_path / "a.xlsx", [["县", "adcode"], ["新民市", "x"], ["康平县", "y"]])
    result = join(path)
    assert result.frame.loc["210181", "adcode (table)"] == "x"
    assert result.frame.index.name == "adcode"


def test_share_of_one_beside_percents_is_a_fault(tmp_path, join):
    """One cell formatted as percent, the other not: 12.0% and 0.10."""
    path = workbook(tmp_path / "a.xlsx", [["县", "占比"], ["新民市", "12.0%"], ["康平县", 0.10]])
    with pytest.raises(TableError, match=r"is 0\.1 without %, beside cells with it"):
        join(path)
    alike = workbook(tmp_path / "b.xlsx", [["县", "占比"], ["新民市", "12.0%"], ["康平县", 10.5]])
    assert join(alike).frame.loc["210123", "占比"] == 10.5


def test_suburb_is_no_silent_sub_total(tmp_path, join):
    """A yearbook of the eighties had 郊区 of several cities."""
    path = workbook(tmp_path / "a.xlsx", [["县", "v"], ["新民市", 1], ["郊区", 5]])
    with pytest.raises(TableError, match="'郊区' was a district of several cities"):
        join(path)
