"""XML spreadsheets of Excel 2003."""

import contextlib
import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from regionkit.errors import TableError
from regionkit.tables.cells import read_grids
from regionkit.tables.grammar.cell import Number, parse_number
from regionkit.tables.read import read_table

FIXTURE = [HealthCheck.function_scoped_fixture]
BOOK = (
    '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
    'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"><Styles><Style ss:ID="p">'
    '<NumberFormat ss:Format="Percent"/></Style></Styles>{}</Workbook>'
)
SHEET = '<Worksheet ss:Name="{}"><Table>{}</Table>{}</Worksheet>'


def cell(value, kind="String", extra=""):
    return f'<Cell{extra}><Data ss:Type="{kind}">{value}</Data></Cell>'


@pytest.fixture
def read(tmp_path):
    def run(*sheets, head=""):
        path = tmp_path / "a.xml"
        path.write_text(BOOK.format("".join(sheets)).replace("?>", f"?>{head}"), encoding="utf-8")
        return read_grids(path)

    return run


def test_values_places_and_merges(read):
    rows = (
        "<Row>"
        + cell("甲", extra=' ss:MergeAcross="1" ss:MergeDown="1"')
        + cell(0.062, "Number", ' ss:StyleID="p"')
        + '</Row><Row ss:Index="3">'
        + cell("1", "Boolean")
        + cell("2024-01-02T00:00:00.000", "DateTime", ' ss:Index="3"')
        + cell("x", "Number")
        + cell("#N/A", "Error")
        + '<Cell ss:Formula="=A1"/></Row>'
    )
    hidden = "<WorksheetOptions xmlns='urn:schemas-microsoft-com:office:excel'><Visible>SheetHidden"
    hidden += "</Visible></WorksheetOptions>"
    (grid,) = read(SHEET.format("藏", "<Row/>", hidden), SHEET.format("表", rows, ""))
    day = dt.datetime(2024, 1, 2)  # noqa: DTZ001 - a spreadsheet has no zone
    assert grid.rows == [
        ["甲", None, 0.062, None, None, None],
        [None] * 6,
        [True, None, day, "x", "#N/A", None],
    ]
    assert parse_number(grid.rows[0][2]) == Number(6.2, "%")
    assert grid.merged == [(0, 0, 1, 1)]
    assert grid.uncomputed == {(2, 5)}
    assert (grid.sheet, grid.note) == ("表", "")


@pytest.mark.parametrize("encoding", ["gb2312", "GBK", "utf-8", "utf-16"])
def test_encodings(tmp_path, encoding):
    path = tmp_path / "a.xls"
    page = BOOK.format(SHEET.format("表", f"<Row>{cell('县')}{cell('值')}</Row>", ""))
    named = page.replace('version="1.0"', f'version="1.0" encoding="{encoding}"')
    path.write_bytes(named.encode(encoding))
    assert read_grids(path)[0].rows == [["县", "值"]]
    path.write_bytes(named.replace(encoding, "GB2312").encode("utf-8"))
    assert read_grids(path)[0].rows == [["县", "值"]]
    entity = named.replace("?>", '?><!DOCTYPE a [<!ENTITY b "c">]>', 1)
    path.write_bytes(entity.encode(encoding))
    with pytest.raises(TableError, match="declares XML entities"):
        read_grids(path)


def test_what_is_refused(read):
    with pytest.raises(TableError, match=r"declares XML entities"):
        read(SHEET.format("表", "", ""), head='<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/x">]>')
    with pytest.raises(TableError, match="has no cell with anything in it"):
        read(SHEET.format("表", "<Row/>", ""))
    with pytest.raises(TableError, match=r"cannot be read as a spreadsheet .ParseError"):
        read("<Worksheet>")
    far = cell("a", extra=" ss:Index='16384'")
    wide = f"<Row>{far}</Row>" * 1300
    with pytest.raises(TableError, match="spans 306 rows and 16,384 columns"):
        read(SHEET.format("表", wide, ""))


PARTS = [cell("县"), cell("康平县"), cell("1", "Number"), "<Cell/>", "</Row><Row>", "<Row/>"]
PARTS += [
    cell("2", extra=' ss:Index="1"'),
    cell("3", extra=' ss:MergeDown="9"'),
    "<Cell ss:x='1'/>",
]
PARTS += ['</Row><Row ss:Index="2">', cell("x", "DateTime"), cell("y", extra=' ss:Index="-4"')]


@given(st.lists(st.sampled_from(PARTS), max_size=20))
@settings(max_examples=150, suppress_health_check=FIXTURE)
def test_no_sheet_breaks_the_reader(tmp_path, parts):
    path = tmp_path / "fuzz.xls"
    path.write_text(BOOK.format(SHEET.format("表", f"<Row>{''.join(parts)}</Row>", "")), "utf-8")
    with contextlib.suppress(TableError):
        found = read_table(path, is_place=lambda words: words.endswith("县"))
        assert found.frame.index.is_unique
