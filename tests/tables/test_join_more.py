"""More ugly spreadsheets: formats that only offices use, and pages out of yearbooks."""

import zipfile

import openpyxl
import pandas as pd
import pytest
import xlwt

from regionkit.errors import TableError


def filled(result, column):
    return result.frame[column].dropna().to_dict()


@pytest.mark.parametrize("encoding", ["gbk", "utf-8"])
def test_page_of_a_statistics_system(tmp_path, join, encoding):
    """直报系统 "导出Excel": a page in GBK that calls itself .xls; a table of who filled it in, the
    title across the whole table, a header in two rows, the city merged down, a foot after it."""
    page = """<html><head><meta http-equiv=Content-Type content="text/html; charset=gb2312">
    <style>td{mso-number-format:"\\@"}</style><title>导出</title></head><body>
    <table width=100%><tr><td>填报单位：某市统计局</td><td>单位：万元</td></tr></table><br>
    <table border=1>
    <tr><td colspan=4 align=center><b>2024年县域主要指标</b></td></tr>
    <tr><th rowspan=2>市</th><th rowspan=2>县&nbsp;区</th><th colspan=2>工业总产值</th></tr>
    <tr><th>本年</th><th>增速<br>（%）</th></tr>
    <tr><td rowspan=2>鞍山市</td><td>铁西区</td><td align=right x:num="1234567.8">1,234,568</td>
        <td>6.2</td></tr>
    <tr><td>岫岩县</td><td>2,345</td><td>-1.1</td></tr>
    <tr><td>沈阳市</td><td>铁西区</td><td>3</td><td>…</td></tr>
    </table><p>注：本表为快报数。</p><script>alert("x")</script></body></html>"""
    path = tmp_path / "导出.xls"
    path.write_bytes(page.encode(encoding))
    result = join(path)
    assert filled(result, "工业总产值/本年") == {"210303": 1234567.8, "210323": 2345, "210106": 3}
    assert filled(result, "工业总产值/增速") == {"210303": 6.2, "210323": -1.1}
    report = result.report
    assert report.columns["unit"].to_dict() == {"工业总产值/本年": "万元", "工业总产值/增速": "%"}
    assert str(report.notes[0]) == "the file is a web page (HTML), whatever its ending .xls says"
    assert report.set_aside["text"].tolist() == [
        "填报单位：某市统计局",
        "单位：万元",
        "2024年县域主要指标",
        "注：本表为快报数。",
    ]
    assert "alert" not in str(report)


def test_page_with_two_tables(tmp_path, join):
    """政务平台: two tables of one page, each under its own heading and with its own unit."""
    page = """<html><body><h3>表一 人口</h3><p>单位：万人</p>
    <table><tr><td>县</td><td>人口</td></tr><tr><td>康平</td><td>27</td></tr></table>
    <h3>表二 产值</h3><p>单位：亿元</p>
    <table><tr><td>县</td><td>产值</td></tr><tr><td>法库</td><td>99</td></tr></table>
    </body></html>"""
    path = tmp_path / "a.xls"
    path.write_text(page, encoding="utf-8")
    with pytest.raises(TableError, match=r"has 2 sheets with a table: 'table 1', 'table 2'. Name"):
        join(path)
    result = join(path, sheet="table 2")
    assert filled(result, "产值") == {"210124": 99}
    assert result.report.columns.loc["产值", "unit"] == "亿元"
    assert filled(join(path, sheet=0), "人口") == {"210123": 27}


ODS = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">
<office:body><office:spreadsheet><table:table table:name="县域">
{rows}
<table:table-row table:number-rows-repeated="1048000"><table:table-cell
 table:number-columns-repeated="16384"/></table:table-row>
</table:table></office:spreadsheet></office:body></office:document-content>"""


def test_opendocument_with_a_header_in_two_rows(tmp_path, join):
    """国产化 office suites save .ods: two rows of header with spans, a comment on a cell, and a
    million blank rows at the end."""

    def text(words, spans=""):
        return f'<table:table-cell office:value-type="string"{spans}>{words}</table:table-cell>'

    def number(kind, value, shown):
        return (
            f'<table:table-cell office:value-type="{kind}" office:value="{value}">'
            f"<text:p>{shown}</text:p></table:table-cell>"
        )

    down, across = ' table:number-rows-spanned="2"', ' table:number-columns-spanned="2"'
    covered = "<table:covered-table-cell/>"
    rows = [
        text("<text:p>县<text:s text:c='2'/>区</text:p>", down)
        + text("<text:p>粮食产量</text:p>", across)
        + covered,
        covered
        + text(
            "<office:annotation><text:p>问老王</text:p></office:annotation><text:p>万吨</text:p>"
        )
        + text("<text:p>增速</text:p>"),
        text("<text:p>康平</text:p>")
        + number("float", 51.25, "51.3")
        + number("percentage", 0.062, "6%"),
        text("<text:p>法库</text:p>") + number("float", 61, "61") + "<table:table-cell/>",
    ]
    content = ODS.format(rows="".join(f"<table:table-row>{row}</table:table-row>" for row in rows))
    path = tmp_path / "a.ods"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", content)
    result = join(path)
    assert filled(result, "粮食产量") == {"210123": 51.25, "210124": 61}
    assert filled(result, "粮食产量/增速") == {"210123": 6.2}
    assert result.report.columns["unit"].to_dict() == {"粮食产量": "万吨", "粮食产量/增速": "%"}


def test_yearbook_page_with_years_across(tmp_path, join):
    """A page of the yearbook: years as columns, the unit in the corner where the name of the first
    column should stand, names spread with spaces, the note in the last row."""
    book = openpyxl.Workbook()
    for row in [
        ["3-5 各县（市、区）年末常住人口"],
        ["单位：万人", 2020, 2021, 2022],
        ["康 平 县", 27.1, 26.8, 26.5],
        ["法 库 县", "33.0", "—", 32.1],
        ["注：2020年为第七次人口普查数。"],
    ]:
        book.active.append(row)
    book.active.merge_cells("A1:D1")
    path = tmp_path / "a.xlsx"
    book.save(path)
    result = join(path)
    assert filled(result, "2022") == {"210123": 26.5, "210124": 32.1}
    assert filled(result, "2021") == {"210123": 26.8}
    assert set(result.report.columns["unit"]) == {"万人"}
    assert result.report.set_aside["why"].map(str).tolist() == ["above the header", "remark"]


def test_excel_that_is_text_in_gbk(tmp_path, join):
    """A system writes tabs, sets Content-Type: application/vnd.ms-excel, and calls it Excel."""
    path = tmp_path / "2024年统计.xls"
    lines = [
        "行政区划代码\t县（市）\t工业增加值(亿元)\t",
        "210123\t康平县\t12.5\t",
        "210124\t法库县\t\t",
    ]
    path.write_bytes("\r\n".join(lines).encode("gbk"))
    result = join(path)
    assert filled(result, "工业增加值") == {"210123": 12.5}
    note = "the file is text separated by tabs, in gb18030, whatever its ending .xls says"
    assert tuple(map(str, result.report.notes)) == (note,)


def test_sub_rows_and_footnotes(tmp_path, join):
    """其中 rows below a city and below a county, footnotes in several rows, a 表号 block above."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("表1")
    for r, row in enumerate(
        [
            ["表号：", "辽统01表", None],
            ["制定机关：辽宁省统计局", None, None],
            ["地区", "户数（万户）", "从业人员（万人）"],
            ["鞍山市", 100.5, 50],
            ["　海城市", 30, 20],
            ["　　其中：开发区", 3, 2],
            ["　台安县", 10, 5],
            ["注：1.本表按注册地统计。", None, None],
            ["　　2.因四舍五入，分项之和与合计可能略有出入，以原始调查资料为准。", None, None],
            ["资料来源：辽宁统计调查年鉴", None, None],
        ]
    ):
        for c, value in enumerate(row):
            sheet.write(r, c, value)
    path = tmp_path / "a.et"
    book.save(str(path))
    result = join(path)
    assert filled(result, "户数") == {"210381": 30, "210321": 10}
    assert result.report.rows["status"].to_dict() == {
        4: "total",
        5: "matched",
        6: "total",
        7: "matched",
    }
    assert result.report.set_aside.index.tolist() == [1, 2, 8, 9, 10]
    assert result.report.notes == ()


def test_xml_spreadsheet(tmp_path, join):
    """An old system's XML 表格 2003 under the ending .xls: cells by their number, a merged city."""
    path = tmp_path / "a.xls"
    path.write_text(
        """<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
    <Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
     xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Styles>
     <Style ss:ID="p"><NumberFormat ss:Format="0.0%"/></Style></Styles>
    <Worksheet ss:Name="表"><Table>
    <Row><Cell ss:MergeAcross="3"><Data ss:Type="String">县域指标</Data></Cell></Row>
    <Row ss:Index="3"><Cell><Data ss:Type="String">市</Data></Cell>
     <Cell><Data ss:Type="String">县</Data></Cell><Cell><Data ss:Type="String">增速</Data></Cell>
     <Cell><Data ss:Type="String">日期</Data></Cell></Row>
    <Row><Cell ss:MergeDown="1"><Data ss:Type="String">鞍山市</Data></Cell>
     <Cell><Data ss:Type="String">铁西区</Data></Cell>
     <Cell ss:StyleID="p"><Data ss:Type="Number">0.062</Data></Cell>
     <Cell><Data ss:Type="DateTime">2024-01-02T00:00:00.000</Data></Cell></Row>
    <Row><Cell ss:Index="2"><Data ss:Type="String">岫岩</Data></Cell>
     <Cell ss:StyleID="p"><Data ss:Type="Number">-0.011</Data></Cell></Row>
    </Table></Worksheet></Workbook>""",
        encoding="utf-8",
    )
    result = join(path)
    assert filled(result, "增速") == {"210303": 6.2, "210323": -1.1}
    assert result.report.rows.index.tolist() == [4, 5]
    assert str(result.report.notes[0]).startswith("the file is an XML spreadsheet of Excel 2003")


def test_xlsx_under_another_name(tmp_path, join):
    """Renamed .xls so that an old system takes it; and a .csv that somebody saved wrongly."""
    book = openpyxl.Workbook()
    book.active.append(["县", "值"])
    book.active.append(["康平", 1])
    for name in ("a.xls", "a.csv", "a"):
        path = tmp_path / name
        book.save(path)
        result = join(path)
        assert filled(result, "值") == {"210123": 1}
        assert "the file is an .xlsx workbook, whatever its ending" in str(result.report)
    assert pd.isna(result.frame.loc["210124", "值"])
