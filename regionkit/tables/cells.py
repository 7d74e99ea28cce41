"""The cells of a spreadsheet file, whatever its format and encoding.

What a file is, its first bytes say; its ending may lie. Nothing is unpacked or parsed before its
size is known.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pandas as pd

from regionkit.errors import Fault, TableError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Grid", "decode_text", "read_grids"]

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MAX_BYTES = 400_000_000
# What an .xlsx may unpack to. Real ones shrink to a tenth; a bomb to a thousandth.
_MAX_UNPACKED = 600_000_000
_MAX_RATIO = 200
_SMALL_UNPACKED = 20_000_000
_MAX_CELLS = 20_000_000
_MAX_MEMBERS = 5_000
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_FORMATS = "Use .xlsx, .xls, .csv, .tsv or .parquet."
_NOT_SHEETS = {
    b"%PDF": "a PDF",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"{\\rtf": "a text document",
    b"SQLite format 3": "a database (a GeoPackage?)",
    b"Rar!": "a packed archive",
    b"7z\xbc\xaf": "a packed archive",
    b"\x1f\x8b": "a packed archive",
}


@dataclass(frozen=True)
class Grid:
    """The cells of one sheet.

    Attributes
    ----------
    file, sheet : str
        ``sheet`` is "" for formats without sheets.
    rows : list of list
        Cell values, rectangular; a percent-formatted number is text such as "12.3%".
    numbers : list of int
        Row of each in the file, from 1.
    merged : list of (top, left, bottom, right)
        Merged blocks, as places in ``rows``, inclusive.
    uncomputed : set of (row, column)
        Formulas without a stored result.
    encoding : str
        Of a text file.
    has_header : bool
        Whether the first row holds the column names for certain (Parquet).
    """

    file: str
    sheet: str
    rows: list[list[Any]]
    numbers: list[int]
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    uncomputed: set[tuple[int, int]] = field(default_factory=set)
    encoding: str = ""
    has_header: bool = False

    @property
    def label(self) -> str:
        """Return the file, with its sheet, as messages name it."""
        return f'{self.file}, sheet "{self.sheet}"' if self.sheet else self.file


def _refuse(file: str, what: str, mend: str) -> TableError:
    return TableError("The table cannot be read:", [Fault(file, 0, "", what, mend)])


def read_grids(source: str | Path, sheet: str | int | None = None) -> list[Grid]:
    """Return the cells of every sheet that holds any, or of the one that is named.

    Parameters
    ----------
    source : path
        .xlsx, .xls, .csv, .tsv or .parquet.
    sheet : str or int, optional
        Name, or place from 0.

    Raises
    ------
    TableError
        Missing, empty, no spreadsheet, password-protected, unpacking to an unreasonable size,
        or without that sheet.
    """
    path = Path(source)
    if not path.is_file():
        near = _files_like(path)
        raise _refuse(str(path), "does not exist.", f"Check the path.{near}")
    size = path.stat().st_size
    if size == 0:
        raise _refuse(path.name, "is empty (0 bytes).", "Save it again from the spreadsheet.")
    if size > _MAX_BYTES:
        raise _refuse(
            path.name,
            f"is {size / 1e6:,.0f} MB, more than a table of units can be.",
            "Export the columns that are needed.",
        )
    try:
        return _read_any(path, sheet)
    except TableError:
        raise
    except Exception as error:
        # Readers of broken files raise whatever they trip over.
        raise _refuse(
            path.name,
            f"cannot be read as a spreadsheet ({type(error).__name__}: {error}).",
            "Open it in a spreadsheet program, save it as .xlsx, and use that.",
        ) from error


def _files_like(path: Path) -> str:
    import difflib

    if not path.parent.is_dir():
        return ""
    names = [entry.name for entry in path.parent.iterdir() if entry.is_file()]
    near = difflib.get_close_matches(path.name, names, n=2)
    return f" There is {' and '.join(near)}." if near else ""


def _read_any(path: Path, sheet: str | int | None) -> list[Grid]:
    with path.open("rb") as file:
        head = file.read(4096)
    if head.startswith(b"PK\x03\x04"):
        _check_package(path)
        return _chosen(path, _xlsx_sheets(path), sheet)
    if head.startswith(_OLE):
        return _chosen(path, _xls_sheets(path), sheet)
    if head.startswith(b"PAR1"):
        return [_parquet_grid(path)]
    for magic, name in _NOT_SHEETS.items():
        if head.startswith(magic):
            raise _refuse(path.name, f"is {name}, not a spreadsheet.", _FORMATS)
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:200].lower()
    if start.startswith((b"<html", b"<!doctype html", b"<table", b"<?xml", b"<head")):
        raise _refuse(
            path.name,
            "is a web page or XML under a spreadsheet's name.",
            "Open it in a spreadsheet program and save it as .xlsx.",
        )
    grid = _text_grid(path)
    if sheet is not None and sheet != 0:
        raise _refuse(path.name, f"is text and has no sheet {sheet!r}.", "Leave sheet= out.")
    return _chosen(path, iter([grid]), None)


def _chosen(path: Path, grids: Iterator[Grid], sheet: str | int | None) -> list[Grid]:
    """Return the named sheet, or all that hold something."""
    import difflib

    found = list(grids)
    if sheet is None:
        filled = [grid for grid in found if grid.rows]
        if not filled:
            raise _refuse(path.name, "has no cell with anything in it.", "Is it the right file?")
        return filled
    names = [grid.sheet for grid in found]
    if isinstance(sheet, int) and not isinstance(sheet, bool) and 0 <= sheet < len(found):
        grid = found[sheet]
    elif str(sheet) in names:
        grid = found[names.index(str(sheet))]
    else:
        near = difflib.get_close_matches(str(sheet), names, n=1, cutoff=0.3)
        hint = f" Nearest is {near[0]!r}." if near else ""
        raise _refuse(
            path.name,
            f"has no sheet {sheet!r}.{hint}",
            f"Sheets are: {', '.join(map(repr, names))}.",
        )
    if not grid.rows:
        raise _refuse(f'{path.name}, sheet "{grid.sheet}"', "is empty.", "Name another sheet.")
    return [grid]


# Excel, .xlsx ---------------------------------------------------------------------------------


def _check_package(path: Path) -> None:
    """Refuse a zip that is no workbook, unpacks to too much, or holds entities."""
    with zipfile.ZipFile(path) as package:
        members = package.infolist()
        unpacked = sum(member.file_size for member in members)
        packed = max(1, sum(member.compress_size for member in members))
        too_much = unpacked > _MAX_UNPACKED or (
            unpacked > _SMALL_UNPACKED and unpacked / packed > _MAX_RATIO
        )
        if too_much or len(members) > _MAX_MEMBERS:
            raise _refuse(
                path.name,
                f"unpacks from {packed / 1e6:,.2f} MB to {unpacked / 1e6:,.0f} MB in "
                f"{len(members)} parts: it is damaged, or made to fill the memory.",
                "Nothing was unpacked. Copy the cells into a new workbook.",
            )
        names = {member.filename for member in members}
        if "xl/workbook.xml" not in names:
            kind = (
                "a Word document"
                if "word/document.xml" in names
                else ("a presentation" if "ppt/presentation.xml" in names else "a zip archive")
            )
            if "xl/workbook.bin" in names:
                kind = "a binary workbook (.xlsb)"
            raise _refuse(path.name, f"is {kind}, not an .xlsx spreadsheet.", _FORMATS)
        if any(member.flag_bits & 1 for member in members):
            raise _refuse(path.name, "is protected by a password.", "Save it without a password.")
        for member in members:
            if member.filename.endswith((".xml", ".rels")):
                with package.open(member) as part:
                    start = part.read(2048)
                if b"<!DOCTYPE" in start or b"<!ENTITY" in start:
                    raise _refuse(
                        path.name,
                        f"declares XML entities in {member.filename}, which no "
                        "spreadsheet program does.",
                        "It is not read. Ask for a clean copy.",
                    )


def _xlsx_sheets(path: Path) -> Iterator[Grid]:
    import warnings

    import openpyxl

    with warnings.catch_warnings():
        # It warns of extensions it drops (data validation, slicers); none bears on cells.
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        try:
            parts = _sheet_parts(path)
            for sheet in book.worksheets:
                hidden = sheet.sheet_state != "visible"
                if hidden:
                    continue
                merged, uncomputed = _sheet_structure(path, parts.get(sheet.title, ""))
                rows = _xlsx_rows(sheet, path.name)
                yield _trim(path.name, sheet.title, rows, merged, uncomputed)
        finally:
            book.close()


def _xlsx_rows(sheet: Any, file: str) -> list[list[Any]]:
    # The stated dimension can be wrong in either direction; the cells themselves count.
    sheet.reset_dimensions()
    rows, cells, blank = [], 0, 0
    for row in sheet.iter_rows():
        values = [_xlsx_value(cell) for cell in row]
        while values and values[-1] is None:
            values.pop()
        cells += len(values)
        if cells > _MAX_CELLS:
            raise _refuse(
                f'{file}, sheet "{sheet.title}"',
                f"has more than {_MAX_CELLS:,} cells.",
                "Export the columns that are needed.",
            )
        blank = 0 if values else blank + 1
        rows.append(values)
    return rows[: len(rows) - blank] if blank else rows


def _xlsx_value(cell: Any) -> Any:
    value = cell.value
    if isinstance(value, int | float) and not isinstance(value, bool):
        form = getattr(cell, "number_format", "") or ""
        if _is_percent(form):
            return _percent(value)
    return value


def _is_percent(form: str) -> bool:
    """Return whether a number format shows percent."""
    return "%" in re.sub(r'"[^"]*"|\\.|\[[^\]]*\]', "", form)


def _percent(value: float) -> str:
    """Return a number as a percent format shows it, without what float arithmetic adds."""
    return f"{float(f'{value * 100:.12g}'):.12g}%"


def _sheet_parts(path: Path) -> dict[str, str]:
    """Return the part of the package that holds each sheet."""
    with zipfile.ZipFile(path) as package:
        book = ET.fromstring(package.read("xl/workbook.xml"))  # noqa: S314 - entities refused
        rels = ET.fromstring(package.read("xl/_rels/workbook.xml.rels"))  # noqa: S314 - as above
    targets = {rel.get("Id"): rel.get("Target", "") for rel in rels.iter(f"{_PACKAGE}Relationship")}
    parts = {}
    for sheet in book.iter(f"{_MAIN}sheet"):
        target = targets.get(sheet.get(f"{_REL}id"), "")
        part = target[1:] if target.startswith("/") else f"xl/{target}"
        parts[sheet.get("name", "")] = part
    return parts


def _sheet_structure(
    path: Path, part: str
) -> tuple[list[tuple[int, int, int, int]], set[tuple[int, int]]]:
    """Return the merged blocks of a sheet and its formulas without a stored result.

    openpyxl gives neither while it streams, and unstreamed it makes a cell for each place of a
    merged block, however large.
    """
    from openpyxl.utils.cell import (
        column_index_from_string,
        coordinate_from_string,
        range_boundaries,
    )

    merged, uncomputed = [], set()
    with zipfile.ZipFile(path) as package:
        if part not in package.namelist():
            return [], set()
        with package.open(part) as stream:
            for _, node in ET.iterparse(stream):  # noqa: S314 - entities refused
                if node.tag == f"{_MAIN}mergeCell":
                    left, top, right, bottom = range_boundaries(node.get("ref", "A1"))
                    merged.append((top - 1, left - 1, bottom - 1, right - 1))
                elif node.tag == f"{_MAIN}c":
                    value = node.find(f"{_MAIN}v")
                    no_result = value is None or value.text is None
                    if no_result and node.find(f"{_MAIN}f") is not None:
                        column, row = coordinate_from_string(node.get("r", "A1"))
                        uncomputed.add((row - 1, column_index_from_string(column) - 1))
                elif node.tag == f"{_MAIN}row":
                    node.clear()
    return merged, uncomputed


# Excel, .xls ----------------------------------------------------------------------------------


def _xls_sheets(path: Path) -> Iterator[Grid]:
    import xlrd

    content = path.read_bytes()
    if _ENCRYPTED in content:
        raise _refuse(
            path.name,
            "is protected by a password.",
            "Open it, remove the password (File, Info, Protect Workbook), and save it.",
        )
    try:
        book = xlrd.open_workbook(
            file_contents=content, formatting_info=True, logfile=io.StringIO()
        )
    except xlrd.XLRDError as error:
        if "encrypt" in str(error).lower() or "password" in str(error).lower():
            raise _refuse(
                path.name, "is protected by a password.", "Remove the password and save it."
            ) from error
        raise _refuse(
            path.name,
            f"is no .xls spreadsheet ({error}).",
            "A Word document has the same beginning. " + _FORMATS,
        ) from error
    for sheet in book.sheets():
        if sheet.visibility:
            continue
        rows = [
            [_xls_value(book, sheet.cell(r, c)) for c in range(sheet.row_len(r))]
            for r in range(sheet.nrows)
        ]
        merged = [
            (top, left, bottom - 1, right - 1) for top, bottom, left, right in sheet.merged_cells
        ]
        yield _trim(path.name, sheet.name, rows, merged, set())


def _xls_value(book: Any, cell: Any) -> Any:  # noqa: PLR0911 - one a type of cell
    import xlrd

    if cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
        return None
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return xlrd.error_text_from_code.get(cell.value, "#N/A")
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    if cell.ctype == xlrd.XL_CELL_DATE:
        try:
            return xlrd.xldate_as_datetime(cell.value, book.datemode)
        except (xlrd.XLDateError, OverflowError, ValueError):
            return cell.value
    if cell.ctype == xlrd.XL_CELL_NUMBER:
        form = book.format_map[book.xf_list[cell.xf_index].format_key].format_str
        return _percent(cell.value) if _is_percent(form) else cell.value
    return cell.value


# Text and Parquet -----------------------------------------------------------------------------


def decode_text(content: bytes) -> tuple[str, str]:
    """Return the text of a file and its encoding.

    A byte-order mark decides; else UTF-8 where it reads, for text in GBK all but never does;
    else GB18030, of which GBK and GB2312 are parts.

    Raises
    ------
    UnicodeDecodeError
        It is in neither.

    Examples
    --------
    >>> decode_text("康平县".encode("gbk"))
    ('康平县', 'gb18030')
    """
    for mark, name in (
        (b"\xef\xbb\xbf", "utf-8-sig"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if content.startswith(mark):
            return content.decode(name), name
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return content.decode("gb18030"), "gb18030"


def _text_grid(path: Path) -> Grid:
    content = path.read_bytes()
    is_utf16 = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    if not is_utf16 and b"\x00" in content:
        raise _refuse(path.name, "holds bytes that no text has; it is no spreadsheet.", _FORMATS)
    try:
        text, encoding = decode_text(content)
    except UnicodeDecodeError as error:
        raise _refuse(
            path.name,
            f"is neither UTF-8 nor GB18030 (byte {error.start}).",
            "Save it as .xlsx, or as CSV in UTF-8.",
        ) from error
    control = any(c < " " and c not in "\t\r\n\f" for c in text[:20_000])
    if control:
        raise _refuse(path.name, "holds control characters; it is no table of text.", _FORMATS)
    delimiter = _delimiter(text)
    csv.field_size_limit(10_000_000)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows: list[list[Any]] = []
    numbers = []
    line = 1
    for row in reader:
        rows.append([_text_value(value) for value in row])
        numbers.append(line)
        line = reader.line_num + 1
    grid = _trim(path.name, "", rows, [], set())
    kept = numbers[: len(grid.rows)]
    return Grid(grid.file, "", grid.rows, kept, encoding=encoding)


def _text_value(value: str) -> str | None:
    """Return a cell of a text file; the mark that keeps = + - @ from being a formula is none."""
    if value[:1] == "'" and value[1:2] in {"=", "+", "-", "@"}:
        return value[1:]
    return value if value.strip() else None


def _delimiter(text: str) -> str:
    """Return the separator that cuts the lines into the most columns of one width."""
    lines = [line for line in text.splitlines()[:200] if line.strip()]
    best, best_score = ",", 0.0
    for delimiter in (",", "\t", ";", "|"):
        widths = [len(row) for row in csv.reader(lines, delimiter=delimiter)]
        if not widths:
            continue
        common = max(set(widths), key=widths.count)
        score = (common - 1) * widths.count(common)
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _parquet_grid(path: Path) -> Grid:
    import pyarrow.parquet as pq

    schema = pq.read_schema(path)
    # Geometry is bytes; a table of values has no use for it.
    columns = [name for name in schema.names if str(schema.field(name).type) != "binary"]
    rows_in_file = pq.read_metadata(path).num_rows
    if rows_in_file * max(1, len(columns)) > _MAX_CELLS:
        raise _refuse(
            path.name,
            f"has {rows_in_file:,} rows, more than a table of units can have.",
            "Points in such numbers are for `regionkit locate`.",
        )
    return frame_grid(pd.read_parquet(path, columns=columns), path.name)


def frame_grid(frame: pd.DataFrame, label: str) -> Grid:
    """Return a DataFrame as a grid: its column names are the first row, numbered 1.

    A named index becomes columns, for adcodes often stand there.
    """
    table = frame.reset_index() if any(name is not None for name in frame.index.names) else frame
    rows: list[list[Any]] = [[str(column) for column in table.columns]]
    rows += [[_python_value(cell) for cell in row] for row in table.itertuples(index=False)]
    if len(rows) == 1:
        raise _refuse(label, "has no rows.", "Is it the right table?")
    return Grid(label, "", rows, list(range(1, len(rows) + 1)), has_header=True)


def _python_value(cell: Any) -> Any:
    if isinstance(cell, pd.Timestamp):
        return cell.to_pydatetime()
    if cell is None or cell is pd.NaT or cell is pd.NA:
        return None
    return cell.item() if hasattr(cell, "item") and getattr(cell, "ndim", 0) == 0 else cell


def _trim(
    file: str,
    sheet: str,
    rows: list[list[Any]],
    merged: list[tuple[int, int, int, int]],
    uncomputed: set[tuple[int, int]],
) -> Grid:
    """Return a rectangular grid without blank rows at its end and blank columns at its right."""

    def filled(value: Any) -> bool:
        return value is not None and not (isinstance(value, str) and not value.strip())

    last = max((i for i, row in enumerate(rows) if any(map(filled, row))), default=-1)
    formula_rows = max((r for r, _ in uncomputed), default=-1)
    last = max(last, min(formula_rows, len(rows) - 1))
    rows = rows[: last + 1]
    width = max(
        (c + 1 for row in rows for c in range(len(row) - 1, -1, -1) if filled(row[c])), default=0
    )
    width = max([width, *(c + 1 for r, c in uncomputed if r <= last)])
    if len(rows) * width > _MAX_CELLS:
        raise _refuse(
            f'{file}, sheet "{sheet}"',
            f"spans {len(rows):,} rows and {width:,} columns.",
            "Delete the stray cell far off at its right or bottom.",
        )
    square = [[*row[:width], *[None] * (width - len(row))] for row in rows]
    inside = [
        (top, left, min(bottom, last), min(right, width - 1))
        for top, left, bottom, right in merged
        if top <= last and left < width
    ]
    return Grid(
        file,
        sheet,
        square,
        list(range(1, len(square) + 1)),
        inside,
        {cell for cell in uncomputed if cell[0] <= last},
    )


def excel_serial_date(value: float) -> dt.date:
    """Return the day that a spreadsheet stores as a number.

    Examples
    --------
    >>> excel_serial_date(45292).isoformat()
    '2024-01-01'
    """
    return dt.date(1899, 12, 30) + dt.timedelta(days=int(value))
