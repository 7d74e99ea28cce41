"""Cells of a workbook come out as openpyxl reads them, and rows where they say they stand."""

import datetime as dt
import io
import zipfile

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from regionkit.errors import TableError
from regionkit.tables.cells import read_grids
from regionkit.tables.grammar.shown import ShownNumber

VALUES = [
    ("甲", "General"),
    ("  两边有空 ", "General"),
    (3, "General"),
    (-0.5, "0.0%"),
    (1e20, "General"),
    (True, "General"),
    ("#N/A", "General"),
    (dt.datetime(2024, 2, 29), "yyyy-mm-dd"),  # noqa: DTZ001 - cells have no zone
    (dt.datetime(2024, 2, 29, 13, 30), 'yyyy"年"m"月" h:mm'),  # noqa: DTZ001
    (dt.time(8, 15), "h:mm"),
    (dt.timedelta(hours=30), "[h]:mm"),
    (45292, "m/d/yy"),
    (-4.5, "yyyy-mm-dd"),
]


@pytest.mark.filterwarnings("ignore:Cell .* is marked as a date")
@pytest.mark.parametrize("epoch", [None, CALENDAR_MAC_1904])
def test_values_are_those_of_openpyxl(tmp_path, epoch):
    book = openpyxl.Workbook()
    if epoch:
        book.epoch = epoch
    for number, (value, form) in enumerate(VALUES, start=1):
        cell = book.active.cell(number, 2, value)
        cell.number_format = form
        book.active.cell(number, 1, number)
    path = tmp_path / "a.xlsx"
    book.save(path)
    (grid,) = read_grids(path)
    other = openpyxl.load_workbook(path, data_only=True).active
    for row, cells in zip(grid.rows, other.iter_rows(), strict=True):
        assert [*row] == [cell.value for cell in cells]
        shown = row[1].form if isinstance(row[1], ShownNumber) else "General"
        assert shown in {cells[1].number_format, "General"}
    assert isinstance(grid.rows[3][1], ShownNumber)


def edited(change):
    made = io.BytesIO()
    book = openpyxl.Workbook()
    book.active.append(["县", "值"])
    book.save(made)
    out = io.BytesIO()
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return out.getvalue()


def test_rows_out_of_order_and_hidden_sheets(tmp_path):
    rows = (
        '<row r="4"><c r="A4" t="inlineStr"><is><r><t>丁</t></r><rPh><t>x</t></rPh></is></c>'
        '<c r="B4"><v>4</v></c></row><row r="3"><c r="A3" t="str"><v>丙</v></c></row></sheetData>'
    )
    path = tmp_path / "a.xlsx"
    path.write_bytes(edited(lambda _, part: part.replace(b"</sheetData>", rows.encode())))
    (grid,) = read_grids(path)
    assert grid.rows == [["县", "值"], [None, None], ["丙", None], ["丁", 4]]


@pytest.mark.parametrize(
    "row",
    [
        '<row r="0"><c r="A1"><v>1</v></c></row>',
        '<row r="-5"><c r="A1"><v>1</v></c></row>',
        '<row r="2"><c r="A2" t="s"><v>-1</v></c></row>',
        '<row r="2"><c r="A2" t="s"><v>99</v></c></row>',
        '<row r="2"><c r="?2"><v>1</v></c></row>',
        '<row r="2"><c r="A2" s="x"><v>1</v></c></row>',
        '<row r="2"><c r="A2" t="b"><v>?</v></c></row>',
    ],
)
def test_a_cell_that_is_nowhere_is_told(tmp_path, row):
    path = tmp_path / "a.xlsx"
    end = f"{row}</sheetData>".encode()
    path.write_bytes(edited(lambda _, part: part.replace(b"</sheetData>", end)))
    with pytest.raises(TableError, match="cannot be read as a spreadsheet"):
        read_grids(path)


def test_a_style_that_is_missing_shows_nothing(tmp_path):
    path = tmp_path / "a.xlsx"
    end = b'<row r="2"><c r="A2" s="999"><v>1.5</v></c></row></sheetData>'
    path.write_bytes(edited(lambda _, part: part.replace(b"</sheetData>", end)))
    (grid,) = read_grids(path)
    assert grid.rows[1] == [1.5, None]
