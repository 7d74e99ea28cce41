"""Tables that are written read back as they were, and no cell is a formula or breaks a row."""

import csv
import io
import re
import sys
import zipfile

import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regionkit.errors import InputError, MissingDependencyError
from regionkit.tables.write import MAX_CELL, TABLE_FORMATS, csv_bytes, write_table

STARTS = "=+-@＝＋－＠\t\r\n"
TEXT = st.text(
    st.one_of(st.sampled_from("=＝＋－＠,;\"'\r\n\t"), st.characters(exclude_categories=["Cs"])),
    max_size=12,
)
SOURCES = pd.DataFrame({"名称": ["某规划"], "编号": ["a"]})


@pytest.fixture
def table():
    return pd.DataFrame(
        {
            "县": ["康平县", "=1+1", None],
            "代码": ["210123", "210124", "210181"],
            "值": [1.5, None, 3.0],
            "数": pd.array([1, None, 10**16], dtype="Int64"),
            "是": [True, False, True],
            "区": [("甲", "乙"), (), ("丙",)],
        }
    )


@given(st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=5))
def test_csv_reads_back_row_by_row(rows):
    content, n_changed = csv_bytes(pd.DataFrame(rows, columns=["a", "b"]))
    assert content.startswith(b"\xef\xbb\xbf")
    text = content.decode("utf-8-sig")
    expected = [["'" + c if c.startswith(tuple(STARTS)) else c for c in row] for row in rows]
    read = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    assert read == [["a", "b"], *expected]
    assert n_changed == sum(c.startswith(tuple(STARTS)) for row in rows for c in row)


@given(st.lists(TEXT, min_size=1, max_size=4))
def test_no_line_break_stands_outside_of_quotes(cells):
    text = csv_bytes(pd.DataFrame({"a": cells, "b": "x"}))[0].decode("utf-8-sig")
    bare = re.sub(r'"(?:[^"]|"")*"', "", text)
    ends = len(cells) + 1
    assert (bare.count("\r\n"), bare.count("\r"), bare.count("\n")) == (ends, ends, ends)


def test_a_workbook_has_data_sources_and_notes(table, tmp_path):
    path = tmp_path / "a.xlsx"
    written = write_table(table, path, title="题", notes={"条件": "全部"}, sources=SOURCES)
    assert (written.path, written.n_rows) == (path, 3)
    assert written.sheets == ("Data", "Sources", "Notes")
    book = openpyxl.load_workbook(path)
    assert tuple(book.sheetnames) == written.sheets
    rows = list(book["Data"].iter_rows(values_only=True))
    assert rows[0] == ("县", "代码", "值", "数", "是", "区")
    assert rows[1] == ("康平县", "210123", 1.5, 1, "yes", "甲、乙")
    assert rows[3][2:4] == (3, "10000000000000000")
    assert book["Data"]["A3"].data_type == "s"
    assert ("Title", "题") in list(book["Notes"].iter_rows(values_only=True))


@pytest.mark.usefixtures("chinese")
def test_sheets_and_yes_and_no_are_in_the_readers_language(table, tmp_path):
    written = write_table(table, tmp_path / "a.xlsx", notes={"条件": "全部"}, sources=SOURCES)
    assert written.sheets == ("数据", "来源", "说明")
    assert str(written) == "已写 3 行；工作表：数据、来源、说明。"
    write_table(table, tmp_path / "a.csv")
    assert "是" in (tmp_path / "a.csv").read_text(encoding="utf-8-sig")


def test_a_document_is_a_ruled_table_with_sources_below(table, tmp_path):
    docx = pytest.importorskip("docx")
    path = tmp_path / "a.docx"
    write_table(table, path, title="题", notes={"条件": "全部"}, sources=SOURCES)
    document = docx.Document(path)
    (made,) = document.tables
    assert [cell.text for cell in made.rows[0].cells] == list(table.columns)
    assert [cell.text for cell in made.rows[1].cells][:3] == ["康平县", "210123", "1.5"]
    assert made.rows[3].cells[0].text == ""
    assert "w:tblHeader" in made.rows[0]._tr.xml
    assert "w:tblHeader" not in made.rows[1]._tr.xml
    said = [paragraph.text for paragraph in document.paragraphs]
    assert said[0] == "题"
    assert said.index("条件: 全部") < said.index("某规划")
    section = document.sections[0]
    assert section.page_width > section.page_height


def test_a_narrow_table_stands_upright(table, tmp_path):
    docx = pytest.importorskip("docx")
    write_table(table[["县", "值"]], tmp_path / "a.docx")
    section = docx.Document(tmp_path / "a.docx").sections[0]
    assert section.page_width < section.page_height


def test_a_document_without_its_package_is_refused_before_any_work(table, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.raises(MissingDependencyError, match=r"regionkit\[briefing\]"):
        write_table(table, tmp_path / "a.docx")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("ending", [".pdf", ".xls", ""])
def test_other_endings_are_refused(table, tmp_path, ending):
    with pytest.raises(InputError, match=r"does not end in .csv, .xlsx or .docx"):
        write_table(table, tmp_path / f"a{ending}")


def test_a_long_text_is_cut_in_a_workbook_and_no_cell_is_a_formula(tmp_path):
    wide = pd.DataFrame({"＝a": ["＝1+1", "x" * (MAX_CELL + 5)]})
    write_table(wide, tmp_path / "a.xlsx")
    with zipfile.ZipFile(tmp_path / "a.xlsx") as book:
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").active
    assert sheet["A2"].quotePrefix
    assert len(sheet["A3"].value) == MAX_CELL
    assert set(TABLE_FORMATS) == {".csv", ".xlsx", ".docx"}
