"""Old workbooks, those of WPS, and what begins like them."""

import io

import pytest
import xlwt

from regionkit.errors import TableError
from regionkit.tables.cells import read_grids

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(("name", "noted"), [("a.xls", False), ("a.et", False), ("a.xlsx", True)])
def test_by_content_and_not_by_ending(tmp_path, name, noted):
    book = xlwt.Workbook()
    sheet = book.add_sheet("表")
    sheet.write_merge(0, 1, 0, 0, "县")
    sheet.write(0, 1, 0.062, xlwt.easyxf(num_format_str="0.0%"))
    path = tmp_path / name
    book.save(str(path))
    (grid,) = read_grids(path)
    assert grid.rows[0] == ["县", 0.062]
    assert grid.rows[0][1].form == "0.0%"
    note = "the file is an .xls workbook, whatever its ending .xlsx says"
    assert str(grid.note) == (note if noted else "")


@pytest.mark.parametrize(
    ("stream", "match"),
    [
        ("WordDocument", r"a.xls: is a Word document .\.doc., not a spreadsheet. Use .xlsx"),
        ("PowerPoint Document", "is a presentation"),
        ("VisioDocument", "is a drawing"),
        ("__substg1.0_", "is a mail"),
        ("HwpSummaryInformation", "is a text document"),
        ("EncryptedPackage", "is protected by a password. Open it, remove the password"),
        ("Nothing", "is no .xls spreadsheet"),
    ],
)
def test_other_files_of_that_beginning(tmp_path, compound_file, stream, match):
    path = tmp_path / "a.xls"
    path.write_bytes(compound_file(stream))
    with pytest.raises(TableError, match=match):
        read_grids(path)


def test_a_damaged_container_is_told(tmp_path):
    path = tmp_path / "a.xls"
    path.write_bytes(OLE + bytes(1500) + "Workbook".encode("utf-16-le"))
    with pytest.raises(TableError, match=r"is a damaged .xls workbook .*save it as .xlsx"):
        read_grids(path)


def test_a_cell_that_speaks_of_passwords_is_no_password(tmp_path):
    book = xlwt.Workbook()
    sheet = book.add_sheet("表")
    sheet.write(0, 0, "县")
    sheet.write(1, 0, "EncryptedPackage WordDocument")
    book.save(str(tmp_path / "a.xls"))
    assert read_grids(tmp_path / "a.xls")[0].rows[1] == ["EncryptedPackage WordDocument"]


def test_what_xls_hides_and_filters(tmp_path):
    book = xlwt.Workbook()
    sheet = book.add_sheet("表")
    for r, row in enumerate([["县", "值", "旧"], ["康平县", 1, 9], ["法库县", 2, 8]]):
        for c, value in enumerate(row):
            sheet.write(r, c, value)
    sheet.row(2).hidden = True
    sheet.col(2).hidden = True
    book.save(str(tmp_path / "a.xls"))
    (grid,) = read_grids(tmp_path / "a.xls")
    assert (grid.hidden_rows, grid.hidden_columns) == ({2}, {2})


@pytest.mark.parametrize(
    ("formulas", "expected"),
    [
        (['IF(B2>5;"高";"低")'], True),
        (['CONCATENATE(A2;"x")'], True),
        (["A2&A2"], True),
        (["VLOOKUP(A2;A1:B2;1)"], True),
        (["B2-B2"], False),
        (["SUM(B2:B2)"], False),
    ],
)
def test_a_zero_where_a_formula_may_give_a_text(tmp_path, formulas, expected):
    """LibreOffice writes the zero and no text; a formula of numbers may well give zero."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("表")
    for c, value in enumerate(["县", "值", "果"]):
        sheet.write(0, c, value)
    for r, formula in enumerate(formulas, 1):
        sheet.write(r, 0, "康平县")
        sheet.write(r, 1, 3)
        sheet.write(r, 2, xlwt.Formula(formula))
    stream = io.BytesIO()
    book.save(stream)
    # xlwt writes an empty text as the result; LibreOffice the number zero.
    content = stream.getvalue().replace(b"\x03\0\0\0\0\0\xff\xff", bytes(8))
    (tmp_path / "a.xls").write_bytes(content)
    (grid,) = read_grids(tmp_path / "a.xls")
    assert grid.rows[1][2] == 0
    assert ((1, 2) in grid.uncomputed) is expected
