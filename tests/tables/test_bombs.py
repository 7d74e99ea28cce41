"""Small files that unpack to giants: each ends in one message, soon and in little memory."""

import io
import zipfile

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from regionkit.briefing.office import open_template
from regionkit.errors import InputError, TableError
from regionkit.limits import FACTOR, raised
from regionkit.tables.cells import read_grids
from regionkit.tables.grammar.cell import parse_number
from regionkit.tables.read import read_table


def workbook(end):
    """Return a workbook with something put at the end of its sheet's rows."""
    made = io.BytesIO()
    book = openpyxl.Workbook()
    book.active.append(["县", "值"])
    book.save(made)
    out = io.BytesIO()
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name).replace(b"</sheetData>", end.encode() + b"</sheetData>")
            new.writestr(name, part)
    return out.getvalue()


def spreadsheet(rows):
    """Return an OpenDocument spreadsheet with rows as they stand in its XML."""
    urn = "urn:oasis:names:tc:opendocument:xmlns"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        made.writestr(
            "content.xml",
            f'<o:document-content xmlns:o="{urn}:office:1.0" xmlns:t="{urn}:table:1.0" '
            f'xmlns:x="{urn}:text:1.0"><o:body><o:spreadsheet><t:table t:name="a">{rows}'
            "</t:table></o:spreadsheet></o:body></o:document-content>",
        )
    return out.getvalue()


def repeated():
    """Return a Parquet file that stores a long text once and has it 10^5 times."""
    texts = pa.DictionaryArray.from_arrays(
        pa.array([0] * 100_000, pa.int32()), pa.array(["x" * 100_000])
    )
    out = io.BytesIO()
    pq.write_table(pa.table({"县": texts}).replace_schema_metadata(None), out, store_schema=False)
    return out.getvalue()


CELL = '<t:table-cell t:number-columns-repeated="16384" o:value-type="string"><x:p>x</x:p>'
ONE_CELL = '<t:table-cell o:value-type="string"><x:p>x</x:p></t:table-cell>'
BOMBS = {
    "a row at 10^9.xlsx": (lambda: workbook('<row r="1000000000"/>'), "more than 1,048,576 rows"),
    "the last cell.xlsx": (
        lambda: workbook('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
        "spans 1,048,576 rows and 16,384 columns",
    ),
    "wide rows.xlsx": (
        lambda: workbook(
            "".join(f'<row r="{n}"><c r="XFD{n}"><v>1</v></c></row>' for n in range(2, 400))
        ),
        "spans 306 rows",
    ),
    "far below.xlsx": (
        lambda: workbook('<row r="200001"><c r="A200001"><v>1</v></c></row>'),
        "has 199,999 blank rows before a filled one",
    ),
    "far below.ods": (
        lambda: spreadsheet(
            '<t:table-row t:number-rows-repeated="200000"><t:table-cell/></t:table-row>'
            f"<t:table-row>{ONE_CELL}</t:table-row>"
        ),
        "has 200,000 blank rows before a filled one",
    ),
    "a row repeated.ods": (
        lambda: spreadsheet(
            f'<t:table-row t:number-rows-repeated="1000000">{ONE_CELL}</t:table-row>'
        ),
        "repeats one row 1,000,000 times",
    ),
    "wide.ods": (
        lambda: spreadsheet(
            f'<t:table-row t:number-rows-repeated="400">{CELL}</t:table-cell></t:table-row>'
        ),
        "more than 5,000,000 cells",
    ),
    "repeated.parquet": (repeated, "unpacks to"),
    "commas.csv": (lambda: "县,值\n".encode() + b"," * 6_000_000, "more than 5,000,000 cells"),
    "lines.csv": (lambda: "县,值\n".encode() + b"\n" * 1_100_000, "more than 1,048,576 rows"),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_giant_in_a_small_file_is_refused(tmp_path, name):
    make, told = BOMBS[name]
    path = tmp_path / name
    path.write_bytes(make())
    with pytest.raises(TableError, match=rf"{told}.*raise every limit fourfold with {FACTOR}=4"):
        read_grids(path)


@pytest.mark.parametrize(
    "end",
    [
        # Rows that are formatted, or hidden, down to the foot of the sheet.
        "".join(f'<row r="{n}" hidden="1"/>' for n in range(3, 3000)),
        "".join(f'<row r="{n}"><c r="A{n}" s="0"/></row>' for n in range(3, 3000)),
        '<row r="1048576" hidden="1"/>',
    ],
)
def test_blank_rows_below_a_table_are_not_read(tmp_path, end):
    path = tmp_path / "a.xlsx"
    path.write_bytes(workbook('<row r="2"><c r="A2"><v>1</v></c></row>' + end))
    (grid,) = read_grids(path)
    assert len(grid.rows) == 2


def test_cells_without_a_name_follow_those_that_are_only_formatted(tmp_path):
    path = tmp_path / "a.xlsx"
    cells = '<c r="A2"><v>1</v></c><c r="C2" s="0"/><c s="0"/><c><f>1+1</f></c>'
    path.write_bytes(workbook(f'<row r="2">{cells}</row>'))
    (grid,) = read_grids(path)
    assert grid.uncomputed == {(1, 4)}


def test_columns_hidden_to_the_right_edge_do_not_count_as_filled(tmp_path):
    book = openpyxl.Workbook()
    for number in range(400):
        book.active.append([f"县{number}", number])
    book.active.column_dimensions.group("E", "XFD", hidden=True)
    path = tmp_path / "a.xlsx"
    book.save(path)
    (grid,) = read_grids(path)
    assert (len(grid.rows), len(grid.rows[0])) == (400, 2)


@pytest.mark.parametrize(
    ("said", "limit"), [("4", 40), ("0.5", 10), ("x", 10), ("nan", 10), ("-1", 10), ("", 10)]
)
def test_limits_are_raised_and_never_lowered(monkeypatch, said, limit):
    monkeypatch.setenv(FACTOR, said)
    assert raised(10) == limit


def test_a_table_of_far_more_rows_than_units_is_refused_with_its_count(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("县,值\n" + "康平县,1\n法库县,2\n" * 50, encoding="utf-8")
    with pytest.raises(
        TableError,
        match=r"has 101 rows; a table of units may have 99. Names that stand more than once: 2 "
        r"\(康平县 50; 法库县 50\)",
    ):
        read_table(path, most_rows=99, is_place=lambda text: text.endswith("县"))
    assert len(read_table(path, most_rows=101).frame) == 100


@pytest.mark.parametrize("form", ["pptx", "docx"])
def test_a_template_that_unpacks_to_a_giant_is_refused(tmp_path, form):
    path = tmp_path / f"a.{form}"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("[Content_Types].xml", "")
        made.writestr("media.bin", bytes(60_000_000))
    with pytest.raises(InputError, match=rf"unpacks from .*{FACTOR}=4"):
        open_template(f".{form}", path)


def test_a_formula_wrapped_in_formulas_is_no_number():
    assert parse_number('="5"').value == 5
    assert "is no plain number" in str(parse_number('="' * 30_000 + '"' * 30_000).what)
