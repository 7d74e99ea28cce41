"""Our readers beside LibreOffice and calamine, cell by cell, on the same files."""

import csv
import datetime as dt
import shutil
import subprocess
import unicodedata
from pathlib import Path

import openpyxl
import pytest
import python_calamine
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from regionkit.tables.cells import read_grids

CASES = Path(__file__).parents[1] / "cases"
OFFICE = shutil.which("soffice")
# Quotes around texts, UTF-8, values with all their decimals.
CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false"

XML_2003 = """<?xml version="1.0" encoding="UTF-8"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Styles>
<Style ss:ID="p"><NumberFormat ss:Format="0.0%"/></Style>
<Style ss:ID="w"><NumberFormat ss:Format="0\\.0,"/></Style>
<Style ss:ID="u"><NumberFormat ss:Format="0.0&quot;亿元&quot;"/></Style></Styles>
<Worksheet ss:Name="表"><Table>
<Row><Cell><Data ss:Type="String">县（市）</Data></Cell>
<Cell><Data ss:Type="String">增速</Data></Cell>
<Cell><Data ss:Type="String">收入</Data></Cell><Cell><Data ss:Type="String">投资</Data></Cell></Row>
<Row><Cell><Data ss:Type="String">康平县</Data></Cell>
<Cell ss:StyleID="p"><Data ss:Type="Number">0.062</Data></Cell>
<Cell ss:StyleID="w"><Data ss:Type="Number">56780</Data></Cell>
<Cell ss:StyleID="u"><Data ss:Type="Number">5.6</Data></Cell></Row>
<Row ss:Index="4"><Cell ss:MergeAcross="1"><Data ss:Type="String">法库县</Data></Cell>
<Cell ss:Index="4" ss:StyleID="u"><Data ss:Type="Number">12.3</Data></Cell></Row>
</Table></Worksheet></Workbook>"""


TEXTS = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2" office:version="1.3"
 office:mimetype="application/vnd.oasis.opendocument.spreadsheet"><office:body>
<office:spreadsheet><table:table table:name="表">{rows}</table:table></office:spreadsheet>
</office:body></office:document>"""
ROW = """<table:table-row><table:table-cell office:value-type="float" office:value="{0}">
<text:p>{0}</text:p></table:table-cell><table:table-cell office:value-type="string"
 table:formula="of:=IF([.A{1}]&gt;5;&quot;高&quot;;&quot;低&quot;)" office:string-value="{2}">
<text:p>{2}</text:p></table:table-cell></table:table-row>"""


@pytest.fixture(scope="module")
def workbook(tmp_path_factory):
    """A table with what offices put into one: formats, raised marks, merges, hidden rows."""
    path = tmp_path_factory.mktemp("oracle") / "a.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    marked = CellRichText("32.1", TextBlock(InlineFont(vertAlign="superscript"), "1"))
    day = dt.datetime(2024, 1, 2)  # noqa: DTZ001 - a spreadsheet has no zone
    for row in (
        ["县（市）", "人口（万人）", "增速", "收入", "投资", "日期", "备注", "码"],
        ["康平县", 27.5, 0.062, 56780, 567800000, day, "甲", "00123"],
        ["法库县", marked, -0.011, 123456, 1234560000, day, "乙\n丙", "00124"],
        ["海城市", 101.5, 0.5, 1234567, 2345670000, None, None, "00125"],
        ["庄河市", 80.25, 0.005, 7, 100000, None, "x", None],
    ):
        sheet.append(row)
    for r in range(2, 6):
        sheet.cell(r, 3).number_format = "0.0%"
        sheet.cell(r, 4).number_format = "0\\.0,"
        sheet.cell(r, 5).number_format = '0.00,,"百万元"'
        sheet.cell(r, 6).number_format = "yyyy-mm-dd"
    sheet.row_dimensions[4].hidden = True
    sheet.column_dimensions["G"].hidden = True
    sheet.merge_cells("A7:B8")
    sheet["A7"] = "合并"
    book.save(path)
    return path


@pytest.fixture(scope="module")
def convert(tmp_path_factory):
    if OFFICE is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    folder = tmp_path_factory.mktemp("office")

    def run(path, kind):
        out = folder / kind.partition(":")[0]
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = [OFFICE, profile, "--headless", "--convert-to", kind, "--outdir", out, path]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
        made = out / f"{path.stem}.{kind.partition(':')[0]}"
        assert made.exists()
        return made

    return run


def same(ours, theirs):
    """Whether a cell of ours is what another reader has: a number, a day, or a text."""
    if ours is None:
        return theirs in {"", None}
    if isinstance(ours, dt.datetime):
        return str(theirs)[:10] == ours.date().isoformat()
    if isinstance(ours, bool):
        return str(theirs).upper() == str(ours).upper()
    if isinstance(ours, int | float):
        share = isinstance(theirs, str) and theirs.endswith("%")
        number = float(theirs.removesuffix("%")) / 100 if share else float(theirs)
        return number == pytest.approx(ours, rel=1e-9)
    return unicodedata.normalize("NFKC", ours) == unicodedata.normalize("NFKC", str(theirs))


def compare(grid, rows):
    wrong = []
    for r, row in enumerate(grid.rows):
        for c, ours in enumerate(row):
            theirs = rows[r][c] if r < len(rows) and c < len(rows[r]) else None
            if not same(ours, theirs):
                wrong.append((r + 1, c + 1, ours, theirs))
    return wrong


@pytest.mark.oracle
@pytest.mark.parametrize("kind", ["xlsx", "ods", "fods", "xls"])
def test_what_libreoffice_writes_and_reads(workbook, convert, kind):
    path = workbook if kind == "xlsx" else convert(workbook, kind)
    (grid,) = read_grids(path)
    with convert(path, CSV).open(encoding="utf-8", newline="") as file:
        assert compare(grid, list(csv.reader(file))) == []
    (own,) = read_grids(workbook)
    # And what LibreOffice does not put into text: formats, merges, what is hidden, what is raised.
    assert grid.merged == own.merged
    assert (grid.hidden_rows, grid.hidden_columns) == (own.hidden_rows, own.hidden_columns)
    assert grid.rows[2][1] == "32.1¹"
    assert [parse(cell) for cell in grid.rows[1]] == [parse(cell) for cell in own.rows[1]]


def parse(cell):
    from regionkit.tables.grammar.cell import parse_number

    number = parse_number(cell)
    return (None if number.value != number.value else number.value, number.unit)


@pytest.mark.oracle
def test_a_page_that_libreoffice_writes(workbook, convert):
    (grid,) = read_grids(convert(workbook, "html"))
    shown = [parse(cell) for cell in grid.rows[1]]
    # It leaves out what is hidden, and shows 5.678 as 5.7.
    assert shown[1:5] == [(27.5, ""), (6.2, "%"), (5.7, ""), (567.8, "百万元")]
    assert len(grid.rows[1]) == 7
    assert "海城市" not in str(grid.rows)


@pytest.mark.oracle
def test_xml_of_2003_as_libreoffice_reads_it(tmp_path, convert):
    path = tmp_path / "b.xml"
    path.write_text(XML_2003, encoding="utf-8")
    (grid,) = read_grids(path)
    with convert(path, CSV).open(encoding="utf-8", newline="") as file:
        assert compare(grid, list(csv.reader(file))) == []
    assert [parse(cell) for cell in grid.rows[1][1:]] == [(6.2, "%"), (5.678, ""), (5.6, "亿元")]


@pytest.mark.parametrize(
    "file",
    sorted(
        path.name
        for path in CASES.glob("*")
        # Pages under the name .xls are none, and calamine reads no strict Open XML.
        if path.suffix in {".xlsx", ".xls", ".ods"} and path.name[:2] not in {"a4", "a5", "p1"}
    ),
)
def test_the_same_values_as_calamine(file):
    """Formats, marks and hidden state are ours alone; the stored values must agree."""
    grids = read_grids(CASES / file)
    other = python_calamine.CalamineWorkbook.from_path(str(CASES / file))
    for grid in grids:
        sheet = other.get_sheet_by_name(grid.sheet)
        rows = sheet.to_python(skip_empty_area=False)
        wrong = [
            one
            for one in compare(grid, rows)
            # Nobody calculated these, and calamine gives zeros and blanks for them.
            if (one[0] - 1, one[1] - 1) not in grid.uncomputed
        ]
        assert wrong == []


@pytest.mark.oracle
@pytest.mark.parametrize("kind", ["xlsx", "ods", "xls"])
def test_formulas_that_give_a_text(tmp_path, convert, kind):
    """LibreOffice leaves the texts of formulas out of .xls: a zero there is no result."""
    path = tmp_path / "c.fods"
    rows = ROW.format(3, 1, "低") + ROW.format(12, 2, "高")
    path.write_text(TEXTS.format(rows=rows), encoding="utf-8")
    (grid,) = read_grids(convert(path, kind))
    if kind == "xls" and grid.rows[0][1] == 0:
        assert grid.uncomputed == {(0, 1), (1, 1)}
    else:
        assert [row[1] for row in grid.rows] == ["低", "高"]
        assert not grid.uncomputed
