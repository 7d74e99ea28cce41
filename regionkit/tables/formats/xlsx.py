"""Workbooks of Excel since 2007 (.xlsx, .xlsm)."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field
from functools import lru_cache
from typing import IO, TYPE_CHECKING, Any

from regionkit.places.archive import iterate_xml, parse_xml
from regionkit.tables.grammar.marks import raise_text
from regionkit.tables.grammar.shown import show_number
from regionkit.tables.grid import (
    RAW_FORMULAS,
    check_cell_count,
    check_gap,
    check_row_count,
    check_span,
    trim_grid,
)

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator
    from pathlib import Path
    from xml.etree import ElementTree as ET

    from regionkit.tables.grid import Grid

__all__ = ["read_xlsx"]

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ROW, _CELL = f"{_MAIN}row", f"{_MAIN}c"
_VALUE, _FORMULA, _INLINE = f"{_MAIN}v", f"{_MAIN}f", f"{_MAIN}is"
_MERGED, _COLUMN, _FILTER = f"{_MAIN}mergeCell", f"{_MAIN}col", f"{_MAIN}filterColumn"
_OF_SHEET = frozenset({_ROW, _MERGED, _COLUMN, _FILTER})
_STRING = f"{_MAIN}si"
_RUN, _TEXT = f"{_MAIN}r", f"{_MAIN}t"
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"
# Strict Open XML names the same elements in other namespaces.
_STRICT = b"http://purl.oclc.org/ooxml/"
_TRANSITIONAL = {
    b"http://purl.oclc.org/ooxml/spreadsheetml/main": (
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    ),
    b"http://purl.oclc.org/ooxml/drawingml/main": (
        b"http://schemas.openxmlformats.org/drawingml/2006/main"
    ),
    b"http://purl.oclc.org/ooxml/officeDocument/": (
        b"http://schemas.openxmlformats.org/officeDocument/2006/"
    ),
}
_RAISED = "superscript"


@dataclass(frozen=True)
class _Book:
    """What the cells of every sheet refer to."""

    strings: list[str]
    # Number format of each style, and which of them show a day or a length of time.
    forms: list[str]
    days: frozenset[int]
    spans: frozenset[int]
    epoch: dt.datetime


@dataclass
class _Sheet:
    """A sheet as it is read, in one pass.

    openpyxl makes a cell for each place of a merged block, however large; streamed it gives neither
    merged nor hidden cells nor formulas beside results, and parses in Python.
    """

    rows: list[list[Any]] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    # Formulas without a stored result, and those whose result is zero or an empty text.
    uncomputed: set[tuple[int, int]] = field(default_factory=set)
    zeros: set[tuple[int, int]] = field(default_factory=set)
    n_results: int = 0
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    is_filtered: bool = False


def read_xlsx(path: Path) -> Iterator[Grid]:
    """Yield the visible sheets of a workbook that was checked as a package."""
    with _transitional(path) as file, zipfile.ZipFile(file) as package:
        parts, book, recalculates = _read_book(package)
        sheets = {
            title: _read_sheet(package, part, book, (path.name, title))
            for title, part in parts.items()
        }
        # Written by a library and never opened: every formula holds the zero it was made with.
        n_results = sum(sheet.n_results for sheet in sheets.values())
        n_zeros = sum(len(sheet.zeros) for sheet in sheets.values())
        is_raw = n_zeros == n_results and (recalculates or n_zeros >= RAW_FORMULAS)
        for title, found in sheets.items():
            yield trim_grid(
                path.name,
                title,
                found.rows,
                found.merged,
                found.uncomputed | (found.zeros if is_raw else set()),
                hidden_rows=found.hidden_rows,
                hidden_columns=found.hidden_columns,
                is_filtered=found.is_filtered,
            )


def _transitional(path: Path) -> IO[bytes]:
    """Return a workbook as a file; one in strict Open XML is rewritten in memory."""
    with zipfile.ZipFile(path) as package:
        if _STRICT not in package.read("xl/workbook.xml"):
            # By its content: openpyxl refuses endings that it does not know.
            return path.open("rb")
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w") as copy:
            for name in package.namelist():
                content = package.read(name)
                for strict, plain in _TRANSITIONAL.items():
                    content = content.replace(strict, plain)
                copy.writestr(name, content)
    made.seek(0)
    return made


def _read_book(package: zipfile.ZipFile) -> tuple[dict[str, str], _Book, bool]:
    """Return the part of each visible sheet, what they refer to, and whether to calculate it."""
    from openpyxl.styles.numbers import is_date_format, is_timedelta_format
    from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900

    root = parse_xml(package.read("xl/workbook.xml"))
    rels = parse_xml(package.read("xl/_rels/workbook.xml.rels"))
    names = set(package.namelist())
    targets, kinds = {}, {}
    for rel in rels.iter(f"{_PACKAGE}Relationship"):
        target = rel.get("Target", "")
        part = target[1:] if target.startswith("/") else f"xl/{target}"
        kind = rel.get("Type", "").rpartition("/")[2]
        targets[rel.get("Id")] = (kind, part)
        kinds[kind] = part
    parts = {}
    for sheet in root.iter(f"{_MAIN}sheet"):
        kind, part = targets.get(sheet.get(f"{_REL}id"), ("", ""))
        # A sheet that is a chart, a macro or a dialogue holds no cells.
        if kind == "worksheet" and part in names and sheet.get("state", "visible") == "visible":
            parts[sheet.get("name", "")] = part
    calculation = root.find(f"{_MAIN}calcPr")
    recalculates = calculation is not None and _is_on(calculation.get("fullCalcOnLoad"))
    about = root.find(f"{_MAIN}workbookPr")
    is_1904 = about is not None and _is_on(about.get("date1904"))
    forms = _number_formats(package, kinds.get("styles", ""))
    book = _Book(
        _shared_strings(package, kinds.get("sharedStrings", "")),
        forms,
        frozenset(i for i, form in enumerate(forms) if is_date_format(form)),
        frozenset(i for i, form in enumerate(forms) if is_timedelta_format(form)),
        CALENDAR_MAC_1904 if is_1904 else CALENDAR_WINDOWS_1900,
    )
    return parts, book, recalculates


def _number_formats(package: zipfile.ZipFile, part: str) -> list[str]:
    """Return the number format of each style of cells."""
    from openpyxl.styles.numbers import BUILTIN_FORMATS

    if part not in package.namelist():
        return []
    root = parse_xml(package.read(part))
    codes: dict[int, str] = dict(BUILTIN_FORMATS)
    for form in root.iter(f"{_MAIN}numFmt"):
        codes[int(form.get("numFmtId", "0"))] = form.get("formatCode", "")
    styles = root.find(f"{_MAIN}cellXfs")
    used = [] if styles is None else styles.findall(f"{_MAIN}xf")
    shown = [codes.get(int(style.get("numFmtId", "0")), "") for style in used]
    return ["" if form == "General" else form for form in shown]


def _is_on(value: str | None) -> bool:
    return value in {"1", "true"}


def _shared_strings(package: zipfile.ZipFile, part: str) -> list[str]:
    """Return the texts that cells share, by number."""
    texts: list[str] = []
    if part not in package.namelist():
        return texts
    with package.open(part) as stream:
        for _, node in iterate_xml(stream):
            if node.tag == _STRING:
                texts.append(_text_of(node).replace("x005F_", ""))
                node.clear()
    return texts


def _text_of(item: ET.Element) -> str:
    """Return a text without how it is spoken, its raised characters as such."""
    text = item.findtext(_TEXT) or ""
    for run in item.findall(_RUN):
        part = run.findtext(_TEXT) or ""
        is_raised = run.find(f"{_MAIN}rPr/{_MAIN}vertAlign[@val='{_RAISED}']") is not None
        text += raise_text(part) if is_raised else part
    return text


def _read_sheet(package: zipfile.ZipFile, part: str, book: _Book, where: tuple[str, str]) -> _Sheet:
    """Return the cells of a sheet, and what it merges, hides, and has not calculated."""
    from openpyxl.utils.cell import range_boundaries

    found = _Sheet()
    row_number = n_cells = width = 0
    with package.open(part) as stream:
        for _, node in iterate_xml(stream):
            if node.tag not in _OF_SHEET:
                continue
            if node.tag == _ROW:
                row_number = int(node.get("r") or row_number + 1)
                check_row_count(row_number, *where)
                if row_number < 1:
                    raise IndexError(row_number)
                if _is_on(node.get("hidden")):
                    found.hidden_rows.add(row_number - 1)
                if len(node):
                    n_cells += len(node)
                    check_cell_count(n_cells, *where)
                    cells = _cells(node, row_number, found, book)
                    if cells:
                        width = max(width, len(cells))
                        check_span(row_number, width, *where)
                        blank = row_number - len(found.rows) - 1
                        check_gap(blank, *where)
                        found.rows.extend([] for _ in range(blank + 1))
                        found.rows[row_number - 1] = cells
                # A million rows without cells would be kept otherwise.
                node.clear()
            elif node.tag == _MERGED:
                left, top, right, bottom = range_boundaries(node.get("ref", "A1"))
                found.merged.append((top - 1, left - 1, bottom - 1, right - 1))
            elif node.tag == _FILTER:
                found.is_filtered = True
            elif _is_on(node.get("hidden")):
                first, end = int(node.get("min", "1")), int(node.get("max", "1"))
                found.hidden_columns |= set(range(first - 1, min(end, 16_384)))
    while found.rows and not any(value is not None for value in found.rows[-1]):
        found.rows.pop()
    return found


def _cells(row: ET.Element, row_number: int, found: _Sheet, book: _Book) -> list[Any]:
    """Return the values of a row up to the last cell that holds anything; formulas are noted."""
    values: list[Any] = []
    column = 0
    before = ""
    for node in row:
        if node.tag != _CELL:
            continue
        column += 1
        name = node.get("r") or ""
        if not len(node):
            # Only formatted, as a million may be: where it stands is read if the next needs it.
            if name:
                before, column = name, 0
            continue
        if name or before:
            column = _column_of(name or before) + (0 if name else column)
            before = ""
        kind = node.get("t", "n")
        text = inline = None
        is_formula = False
        for part in node:
            if part.tag == _VALUE:
                text = part.text or ""
            elif part.tag == _FORMULA:
                is_formula = True
            elif part.tag == _INLINE:
                inline = part
        if is_formula:
            place = (row_number - 1, column - 1)
            if not text and not (kind == "str" and text is not None):
                found.uncomputed.add(place)
            else:
                found.n_results += 1
                if not text or (text == "0" and kind == "n"):
                    found.zeros.add(place)
        if len(values) < column:
            values.extend([None] * (column - len(values)))
        if kind == "inlineStr":
            values[column - 1] = None if inline is None else _text_of(inline)
        elif text:
            values[column - 1] = _value(text, kind, int(node.get("s", "0")), book)
    return values


def _column_of(name: str) -> int:
    """Return the column, from 1, of a cell such as AB12."""
    return _column_number(name.rstrip("0123456789"))


@lru_cache(maxsize=20_000)
def _column_number(letters: str) -> int:
    from openpyxl.utils.cell import column_index_from_string

    return int(column_index_from_string(letters.replace("$", "")))


def _value(text: str, kind: str, style: int, book: _Book) -> Any:  # noqa: PLR0911 - one a kind of cell
    """Return what a cell holds: a number with its format, a day, a text."""
    if kind == "s":
        place = int(text)
        if place < 0:
            # Python would count from the end.
            raise IndexError(place)
        return book.strings[place]
    if kind == "n":
        number = float(text) if "." in text or "E" in text or "e" in text else int(text)
        if style in book.days:
            from openpyxl.utils.datetime import from_excel

            try:
                return from_excel(number, book.epoch, timedelta=style in book.spans)
            except (OverflowError, ValueError):
                return "#VALUE!"
        return show_number(number, book.forms[style] if style < len(book.forms) else "")
    if kind == "b":
        return bool(int(text))
    if kind == "d":
        from openpyxl.utils.datetime import from_ISO8601

        return from_ISO8601(text)
    return text
