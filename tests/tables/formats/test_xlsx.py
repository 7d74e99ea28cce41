"""Workbooks of Excel, as far as other tests do not write them."""

import io
import re
import zipfile

import openpyxl
import pytest

from regionkit.tables.cells import read_grids
from regionkit.tables.read import read_table


def test_what_a_merged_block_covers_is_told_and_left_out(tmp_path):
    """A value below a merged cell is seen by nobody, and stands in the file still."""
    book = openpyxl.Workbook()
    for row in (["市", "县", "值"], ["沈阳市", "康平县", 1], ["大连市", "法库县", 2]):
        book.active.append(row)
    book.save(tmp_path / "plain.xlsx")
    with zipfile.ZipFile(tmp_path / "plain.xlsx") as package:
        parts = {name: package.read(name) for name in package.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = parts[sheet].replace(
        b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="A2:A3"/></mergeCells>'
    )
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    table = read_table(tmp_path / "a.xlsx")
    assert table.frame["市"].tolist() == ["沈阳市", "沈阳市"]
    assert "1 cells that merged blocks cover hold values nobody sees" in str(table.notes[0])
    assert "(row 3, column A: 大连市)" in str(table.notes[0])


@pytest.mark.parametrize(
    ("results", "asks", "is_raw"),
    [
        (("0", "0", "0"), False, True),
        (("0", "0"), False, False),
        (("0",), True, True),
        (("0", "5", "0"), True, False),
        (("0", "0", ""), False, True),
    ],
)
def test_formulas_that_all_give_nothing(tmp_path, results, asks, is_raw):
    """One zero among results is a result; zeros everywhere are what a library wrote."""
    book, buffer = openpyxl.Workbook(), io.BytesIO()
    book.active.append(["县", "值"])
    for number in range(len(results)):
        book.active.append([f"县{number}", "=1+1"])
    book.save(buffer)
    with zipfile.ZipFile(buffer) as package, zipfile.ZipFile(tmp_path / "a.xlsx", "w") as made:
        for name in package.namelist():
            content = package.read(name).decode()
            if name == "xl/worksheets/sheet1.xml":
                for result in results:
                    content = content.replace("<v></v>", f"<v >{result}</v>", 1)
                # A formula whose result is an empty text says that it is a text.
                content = re.sub(
                    r"<c (r=.B\d+.)>(<f>1\+1</f><v ></v>)", r'<c \1 t="str">\2', content
                )
            if not asks:
                content = content.replace(' fullCalcOnLoad="1"', "")
            made.writestr(name, content)
    (grid,) = read_grids(tmp_path / "a.xlsx")
    assert bool(grid.uncomputed) is is_raw


def test_an_empty_result_of_a_formula_is_one(tmp_path):
    """Excel writes an empty text where IF gives nothing."""
    path = tmp_path / "a.xlsx"
    test_formulas_that_all_give_nothing(tmp_path, ("7", "", "3"), False, False)
    assert read_grids(path)[0].rows[1:] == [["县0", 7], ["县1", None], ["县2", 3]]
