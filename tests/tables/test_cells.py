"""Files that are what they seem, and files that are not."""

import contextlib
import io
import string
import zipfile

import msoffcrypto
import openpyxl
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msoffcrypto.format.ooxml import OOXMLFile

from regionkit.errors import TableError
from regionkit.tables.cells import read_grids
from regionkit.tables.read import find_column, read_table

FIXTURE = [HealthCheck.function_scoped_fixture]


def workbook_bytes(rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def replaced(content, name, make):
    """The package with one part changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for item in old.namelist():
            data = old.read(item)
            new.writestr(item, make(data) if item == name else data)
    return out.getvalue()


def test_password_protected(tmp_path):
    assert msoffcrypto.OfficeFile
    plain = io.BytesIO(workbook_bytes([["县", "值"], ["康平", 1]]))
    path = tmp_path / "a.xlsx"
    with path.open("wb") as locked:
        OOXMLFile(plain).encrypt("1234", locked)
    with pytest.raises(TableError, match=r"a.xlsx: is protected by a password. Open it, remove"):
        read_grids(path)


def test_zip_bomb(tmp_path):
    content = workbook_bytes([["县", "值"], ["康平", 1]])
    bomb = replaced(content, "xl/worksheets/sheet1.xml", lambda data: data + b" " * 50_000_000)
    path = tmp_path / "a.xlsx"
    path.write_bytes(bomb)
    assert len(bomb) < 200_000
    with pytest.raises(TableError, match=r"unpacks from 0.0. MB to 50 MB .*Nothing was unpacked"):
        read_grids(path)


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml"])
def test_entities_in_a_workbook(tmp_path, part):
    content = workbook_bytes([["县", "值"], ["康平", 1]])
    path = tmp_path / "a.xlsx"
    path.write_bytes(replaced(content, part, lambda data: b'<!DOCTYPE x [<!ENTITY a "b">]>' + data))
    with pytest.raises(TableError, match="declares XML entities"):
        read_grids(path)


def test_a_cell_far_off_and_a_huge_merge(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["县", "值"])
    book.active.append(["康平", 1])
    book.active["XFD9999"] = "x"
    path = tmp_path / "a.xlsx"
    book.save(path)
    with pytest.raises(TableError, match=r"spans 9,999 rows and 16,384 columns. Delete the stray"):
        read_grids(path)
    merge = b'<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells></worksheet>'
    content = workbook_bytes([["县", "值"], ["康平", 1]])
    path.write_bytes(
        replaced(
            content, "xl/worksheets/sheet1.xml", lambda data: data.replace(b"</worksheet>", merge)
        )
    )
    assert read_grids(path)[0].merged == [(0, 0, 1, 1)]


@pytest.mark.parametrize(
    ("content", "match"),
    [
        (b"", "is empty .0 bytes."),
        (b"%PDF-1.7 ...", "is a PDF, not a spreadsheet"),
        (b"\x89PNG\r\n\x1a\n", "is a picture"),
        (b"<html><table><tr><td>1", "is a web page without a table of rows. Open it in a browser"),
        (b"<?xml version='1.0'?><gpx/>", "is XML that is no spreadsheet"),
        (b"BM\x36\x00\x00\x00\x00\x00", "is a picture"),
        (b"RIFF\x00\x00\x00\x00WEBP", "is a picture"),
        (b"PK\x05\x06" + bytes(18), "is a zip archive, not a spreadsheet"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "is no .xls spreadsheet|cannot be r"),
        (b"a\x00b\x01c", "holds bytes that no text has"),
        (b"a,b\n\x01\x02,c", "holds control characters"),
        (b"\xff\xff\xff,\xff", "is neither UTF-8 nor GB18030"),
        (b"PK\x03\x04broken", "cannot be read as a spreadsheet"),
        (b"PAR1broken", "cannot be read as a spreadsheet"),
        (b"\n , ,\n", "has no cell with anything in it"),
        (b"SQLite format 3\x00", "is a database"),
    ],
)
def test_not_a_spreadsheet(tmp_path, content, match):
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    with pytest.raises(TableError, match=match):
        read_grids(path)


def test_other_archives_and_sheets(tmp_path):
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    with pytest.raises(TableError, match=r"is a Word document, not a spreadsheet. Use .xlsx, .xls"):
        read_grids(path)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("Index/Document.iwa", b"x")
    with pytest.raises(
        TableError, match=r"is a workbook of Apple Numbers, Pages or Keynote, not a"
    ):
        read_grids(path)
    with pytest.raises(
        TableError, match=r"b.xlsx does not exist|does not exist. Check the path. T"
    ):
        read_grids(tmp_path / "b.xlsx")
    path.write_bytes(workbook_bytes([]))
    with pytest.raises(TableError, match="has no cell with anything in it"):
        read_grids(path)
    with pytest.raises(TableError, match="sheet 'Sheet': is empty"):
        read_grids(path, "Sheet")
    text = tmp_path / "a.csv"
    text.write_text("a,b\n1,2\n")
    with pytest.raises(TableError, match="is text and has no sheet 'x'"):
        read_grids(text, "x")
    path.write_bytes(workbook_bytes([["县", "值"]]))
    with pytest.raises(TableError, match=r"has a header and no rows below|no header row"):
        read_table(path)
    with pytest.raises(TableError, match="the DataFrame: has no rows"):
        read_table(pd.DataFrame({"a": []}))


def test_parquet_with_an_index(tmp_path):
    frame = pd.DataFrame({"值": [1.5]}, index=pd.Index(["210123"], name="adcode"))
    path = tmp_path / "a.parquet"
    frame.to_parquet(path)
    assert read_table(path).frame.loc[2].tolist() == ["210123", 1.5]


def test_column_named_twice():
    table = read_table(pd.DataFrame([["康平", 1, 2]], columns=["县", "增速", "增速"]))
    assert list(table.frame) == ["县", "增速", "增速 (2)"]
    with pytest.raises(TableError, match=r"'增速' is the header of several: 增速, 增速 .2."):
        find_column(table, "增速")


@given(st.binary(max_size=400))
@settings(max_examples=200, deadline=None, suppress_health_check=FIXTURE)
def test_no_bytes_break_the_reader(tmp_path, content):
    path = tmp_path / "fuzz"
    path.write_bytes(content)
    with contextlib.suppress(TableError):
        assert read_table(path).frame is not None


@given(st.integers(0, 5000), st.binary(min_size=1, max_size=20))
@settings(max_examples=80, deadline=None, suppress_health_check=FIXTURE)
def test_no_damaged_workbook_breaks_the_reader(tmp_path, at, noise):
    content = workbook_bytes([["县", "值"], ["康平", 1]])
    path = tmp_path / "fuzz.xlsx"
    path.write_bytes(
        content[: at % len(content)] + noise + content[at % len(content) + len(noise) :]
    )
    with contextlib.suppress(TableError):
        assert read_table(path).frame is not None


CELL = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**9), 10**9),
    st.dates(),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.text(string.ascii_letters + "县市区全省合计万元%—…１２，（）：注=-@ ", max_size=8),
)


@given(st.lists(st.lists(CELL, min_size=1, max_size=5), min_size=1, max_size=8))
@settings(max_examples=60, deadline=None, suppress_health_check=FIXTURE)
def test_no_sheet_breaks_the_reader(tmp_path, rows):
    path = tmp_path / "fuzz.xlsx"
    path.write_bytes(workbook_bytes(rows))
    try:
        table = read_table(path, is_place=lambda text: text.endswith(("县", "市")))
    except TableError:
        return
    assert table.frame.index.is_unique
    assert table.frame.columns.is_unique
    assert set(table.frame.index) <= set(range(1, len(rows) + 1))
