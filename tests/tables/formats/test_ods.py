"""OpenDocument spreadsheets."""

import contextlib
import datetime as dt
import io
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from regionkit.errors import TableError
from regionkit.tables.cells import read_grids
from regionkit.tables.grammar.cell import Number, parse_number
from regionkit.tables.read import read_table

FIXTURE = [HealthCheck.function_scoped_fixture]
TYPE = "application/vnd.oasis.opendocument.spreadsheet"
NAMES = " ".join(
    f'xmlns:{part}="urn:oasis:names:tc:opendocument:xmlns:{part}:1.0"'
    for part in ("office", "table", "text", "style")
)
CONTENT = (
    f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {NAMES}>'
    "{styles}<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
    "</office:document-content>"
)


def table(*rows, name="表", style="s"):
    return (
        f'<table:table table:name="{name}" table:style-name="{style}">{"".join(rows)}</table:table>'
    )


def row(*cells, repeated=1):
    return (
        f'<table:table-row table:number-rows-repeated="{repeated}">{"".join(cells)}'
        "</table:table-row>"
    )


def text(words, **options):
    return cell(f"<text:p>{words}</text:p>", kind="string", **options)


def cell(content="", *, kind="", value="", repeated=1, extra=""):
    typed = f' office:value-type="{kind}"' if kind else ""
    name = {"date": "date-value", "boolean": "boolean-value"}.get(kind, "value")
    valued = f' office:{name}="{value}"' if value else ""
    return (
        f'<table:table-cell table:number-columns-repeated="{repeated}"{typed}{valued}{extra}>'
        f"{content}</table:table-cell>"
    )


def package(tables, *, styles="", manifest="", kind=TYPE):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("mimetype", kind)
        made.writestr("content.xml", CONTENT.format(styles=styles, tables=tables))
        made.writestr("META-INF/manifest.xml", f"<manifest>{manifest}</manifest>")
    return buffer.getvalue()


@pytest.fixture
def read(tmp_path):
    def run(content, name="a.ods", **options):
        path = tmp_path / name
        path.write_bytes(content)
        return read_grids(path, **options)

    return run


def test_values(read):
    (grid,) = read(
        package(
            table(
                row(
                    cell("<text:p>1,234.5</text:p>", kind="float", value="1234.5"),
                    cell("<text:p>6%</text:p>", kind="percentage", value="0.062"),
                    cell("<text:p>￥3</text:p>", kind="currency", value="3"),
                    cell("<text:p>真</text:p>", kind="boolean", value="true"),
                    cell("<text:p>1月2日</text:p>", kind="date", value="2024-01-02"),
                    cell("<text:p>前221年</text:p>", kind="date", value="-0221-01-01"),
                    cell("<text:p>#N/A</text:p>", kind="string"),
                    text("甲<text:s text:c='3'/>乙<text:span>丙<text:tab/></text:span>丁"),
                    cell("<text:p>一</text:p><text:p>二</text:p>", kind="string"),
                )
            )
        )
    )
    day = dt.datetime(2024, 1, 2)  # noqa: DTZ001 - a spreadsheet has no zone
    expected = [1234.5, 0.062, 3, True, day, "前221年", "#N/A", "甲   乙丙\t丁", "一\n二"]
    assert grid.rows == [expected]
    assert parse_number(grid.rows[0][1]) == Number(6.2, "%")
    assert (grid.sheet, grid.note) == ("表", "")


def test_repeats_and_blanks(read):
    filled = row(cell(repeated=2), text("a", repeated=2), cell(repeated=16380))
    (grid,) = read(package(table(row(cell(), repeated=2), filled, row(cell(), repeated=1_048_573))))
    assert grid.rows == [[None] * 4] * 2 + [[None, None, "a", "a"]]
    (grid,) = read(package(table(row(text("a"), repeated=3))))
    assert grid.rows == [["a"]] * 3


def test_repeats_that_would_fill_the_memory(read):
    for content, told in (
        (table(row(text("a", repeated=16_384), repeated=1_048_576)), "one row 1,048,576 times"),
        (table(*[row(text("a", repeated=16_384), repeated=100)] * 20), "more than 5,000,000 cells"),
        (
            table(row(text("a")), row(cell(), repeated=1_000_000), row(text("a", repeated=16_384))),
            "1,000,000",
        ),
        (table(*[row(cell(), repeated=1_048_576)] * 1000, row(text("a"))), "1,048,576"),
    ):
        with pytest.raises(TableError, match=told):
            read(package(content))
    (grid,) = read(package(table(row(text("a", repeated="9" * 30)))))
    assert grid.rows == [["a"]]


def test_merged_cells_and_what_they_cover(read):
    spans = ' table:number-rows-spanned="2" table:number-columns-spanned="2"'
    covered = "<table:covered-table-cell><text:p>hidden</text:p></table:covered-table-cell>"
    (grid,) = read(
        package(
            table(
                row(text("a", extra=spans), covered, text("b")),
                row(covered, covered, text("c")),
            )
        )
    )
    assert grid.rows == [["a", None, "b"], [None, None, "c"]]
    assert grid.merged == [(0, 0, 1, 1)]


def test_formulas_without_a_result(read):
    formula = ' table:formula="of:=[.A1]"'
    (grid,) = read(
        package(
            table(
                row(text("县"), text("值")),
                row(text("康平"), cell(extra=formula)),
                row(text("法库"), cell("<text:p>2</text:p>", kind="float", value="2")),
            )
        )
    )
    assert grid.uncomputed == {(1, 1)}
    assert grid.rows[2][1] == 2


def test_hidden_sheets_and_tables_in_cells(read):
    styles = (
        '<office:automatic-styles><style:style style:name="h" style:family="table">'
        '<style:table-properties table:display="false"/></style:style></office:automatic-styles>'
    )
    inner = table(row(text("x"), text("y")), name="内")
    first, second = read(
        package(
            table(row(text("草稿")), name="草", style="h")
            + table(row(text("a"), cell(inner)), row(text("b"))),
            styles=styles,
        )
    )
    assert (first.sheet, first.rows) == ("内", [["x", "y"]])
    assert (second.sheet, second.rows) == ("表", [["a"], ["b"]])


def test_flat_file(read):
    content = CONTENT.format(styles="", tables=table(row(text("a"), text("b"))))
    flat = content.replace(
        "<office:document-content ", f'<office:document office:mimetype="{TYPE}" '
    ).replace("</office:document-content>", "</office:document>")
    (grid,) = read(flat.encode(), "a.fods")
    assert (grid.rows, grid.note) == ([["a", "b"]], "")
    with pytest.raises(TableError, match=r"declares XML entities"):
        read(flat.replace("?>", '?><!DOCTYPE a [<!ENTITY b "c">]>', 1).encode(), "a.fods")


def test_what_is_refused(read):
    fine = table(row(text("a")))
    with pytest.raises(TableError, match=r"is protected by a password. Open it, save it without"):
        read(package(fine, manifest="<encryption-data/>"))
    with pytest.raises(TableError, match="is a zip archive, not a spreadsheet"):
        read(package(fine, kind="application/vnd.oasis.opendocument.text"))
    with pytest.raises(TableError, match=r"declares XML entities"):
        read(package_with_doctype(fine))
    with pytest.raises(TableError, match="unpacks from"):
        read(package(fine + " " * 40_000_000))
    with pytest.raises(TableError, match="has no cell with anything in it"):
        read(package(table()))
    with pytest.raises(TableError, match="has no sheet '别的'"):
        read(package(fine), sheet="别的")
    with pytest.raises(TableError, match=r"cannot be read as a spreadsheet .ParseError"):
        read(package(fine + "<broken"))


def package_with_doctype(tables):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        made.writestr("mimetype", TYPE)
        content = CONTENT.format(styles="", tables=tables)
        made.writestr("content.xml", content.replace("?>", '?><!DOCTYPE a [<!ENTITY b "c">]>', 1))
    return buffer.getvalue()


@given(st.integers(0, 5000), st.binary(min_size=1, max_size=20))
@settings(max_examples=80, suppress_health_check=FIXTURE)
def test_no_damage_breaks_the_reader(tmp_path, at, noise):
    content = package(table(row(text("县"), text("值")), row(text("康平"), text("1"))))
    at %= len(content)
    path = tmp_path / "fuzz.ods"
    path.write_bytes(content[:at] + noise + content[at + len(noise) :])
    with contextlib.suppress(TableError):
        assert read_table(path).frame is not None


PARTS = [text("县"), text("康平县"), text("1", repeated=3), cell(repeated=2), "<text:p>x</text:p>"]
PARTS += [cell("<text:p>y</text:p>", kind="float", value="no number"), "<table:table-row/>"]
PARTS += [cell(kind="percentage", value="0.5"), cell(kind="date", value="x"), row(), table()]
PARTS += [row(text("a"), text("b")), text("m", extra=' table:number-rows-spanned="3"')]


@given(st.lists(st.lists(st.sampled_from(PARTS), max_size=5), max_size=6))
@settings(max_examples=150, suppress_health_check=FIXTURE)
def test_no_sheet_breaks_the_reader(tmp_path, rows):
    path = tmp_path / "fuzz.ods"
    path.write_bytes(package(table(*[row(*cells) for cells in rows])))
    with contextlib.suppress(TableError):
        found = read_table(path, is_place=lambda words: words.endswith("县"))
        assert found.frame.index.is_unique
        assert found.frame.columns.is_unique
