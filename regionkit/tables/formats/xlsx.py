"""Workbooks of Excel since 2007 (.xlsx, .xlsm)."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field
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
    from collections.abc import Iterator
    from pathlib import Path
    from xml.etree import ElementTree as ET

    from regionkit.tables.grid import Grid

__all__ = ["read_xlsx"]

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ROW, _CELL = f"{_MAIN}row", f"{_MAIN}c"
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


@dataclass
class _Structure:
    """What openpyxl does not give while it streams a sheet.

    Unstreamed it makes a cell for each place of a merged block, however large.
    """

    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    # Formulas without a stored result, and those whose result is zero or an empty text.
    uncomputed: set[tuple[int, int]] = field(default_factory=set)
    zeros: set[tuple[int, int]] = field(default_factory=set)
    n_results: int = 0
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    is_filtered: bool = False
    # Texts with raised characters, by place.
    raised: dict[tuple[int, int], str] = field(default_factory=dict)
    # The last that holds anything, from 1.
    last_row: int = 0


def read_xlsx(path: Path) -> Iterator[Grid]:
    """Yield the visible sheets of a workbook that was checked as a package."""
    import warnings

    import openpyxl

    with _transitional(path) as file, zipfile.ZipFile(file) as package:
        parts, recalculates = _sheet_parts(package)
        shared = _raised_strings(package)
        structures = {
            title: _structure(package, part, shared, (path.name, title))
            for title, part in parts.items()
        }
        # Written by a library and never opened: every formula holds the zero it was made with.
        n_results = sum(s.n_results for s in structures.values())
        n_zeros = sum(len(s.zeros) for s in structures.values())
        is_raw = n_zeros == n_results and (recalculates or n_zeros >= RAW_FORMULAS)
        with warnings.catch_warnings():
            # It warns of extensions it drops (data validation, slicers); none bears on cells.
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(file, read_only=True, data_only=True)
            try:
                for sheet in book.worksheets:
                    if sheet.sheet_state != "visible":
                        continue
                    found = structures.get(sheet.title, _Structure())
                    rows = _xlsx_rows(sheet, path.name, found.last_row)
                    for (r, c), text in found.raised.items():
                        if r < len(rows) and c < len(rows[r]):
                            rows[r][c] = text
                    uncomputed = found.uncomputed | (found.zeros if is_raw else set())
                    yield trim_grid(
                        path.name,
                        sheet.title,
                        rows,
                        found.merged,
                        uncomputed,
                        hidden_rows=found.hidden_rows,
                        hidden_columns=found.hidden_columns,
                        is_filtered=found.is_filtered,
                    )
            finally:
                book.close()


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


def _xlsx_rows(sheet: Any, file: str, last_row: int) -> list[list[Any]]:
    if not last_row:
        return []
    # The stated dimension can be wrong in either direction; the cells themselves count.
    sheet.reset_dimensions()
    rows, cells, blank = [], 0, 0
    for row in sheet.iter_rows(max_row=last_row):
        values = [_xlsx_value(cell) for cell in row]
        while values and values[-1] is None:
            values.pop()
        cells += len(values)
        check_cell_count(cells, file, sheet.title)
        blank = 0 if values else blank + 1
        rows.append(values)
    return rows[: len(rows) - blank] if blank else rows


def _xlsx_value(cell: Any) -> Any:
    value = cell.value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return show_number(value, getattr(cell, "number_format", "") or "")
    return value


def _sheet_parts(package: zipfile.ZipFile) -> tuple[dict[str, str], bool]:
    """Return the part that holds each sheet, and whether the book asks to be calculated."""
    book = parse_xml(package.read("xl/workbook.xml"))
    rels = parse_xml(package.read("xl/_rels/workbook.xml.rels"))
    targets = {rel.get("Id"): rel.get("Target", "") for rel in rels.iter(f"{_PACKAGE}Relationship")}
    parts = {}
    for sheet in book.iter(f"{_MAIN}sheet"):
        target = targets.get(sheet.get(f"{_REL}id"), "")
        part = target[1:] if target.startswith("/") else f"xl/{target}"
        parts[sheet.get("name", "")] = part
    calculation = book.find(f"{_MAIN}calcPr")
    recalculates = calculation is not None and _is_on(calculation.get("fullCalcOnLoad"))
    return parts, recalculates


def _is_on(value: str | None) -> bool:
    return value in {"1", "true"}


def _raised_strings(package: zipfile.ZipFile) -> dict[int, str]:
    """Return the shared strings that have raised characters, by number."""
    name = next((n for n in package.namelist() if n.lower() == "xl/sharedstrings.xml"), "")
    found: dict[int, str] = {}
    if not name:
        return found
    number = 0
    with package.open(name) as stream:
        for _, node in iterate_xml(stream):
            if node.tag == f"{_MAIN}si":
                text = _raised_text(node)
                if text is not None:
                    found[number] = text
                number += 1
                node.clear()
    return found


def _raised_text(item: ET.Element) -> str | None:
    """Return a rich text with its raised characters as such, None where it has none."""
    runs = item.findall(f"{_MAIN}r")
    raised = [
        run.find(f"{_MAIN}rPr/{_MAIN}vertAlign[@val='{_RAISED}']") is not None for run in runs
    ]
    if not any(raised):
        return None
    texts = [run.findtext(f"{_MAIN}t") or "" for run in runs]
    return "".join(raise_text(text) if up else text for text, up in zip(texts, raised, strict=True))


def _structure(
    package: zipfile.ZipFile, part: str, shared: dict[int, str], where: tuple[str, str]
) -> _Structure:
    """Return what a sheet merges, hides, raises, and has not calculated."""
    from openpyxl.utils.cell import range_boundaries

    found = _Structure()
    if part not in package.namelist():
        return found
    row_number = n_cells = width = 0
    with package.open(part) as stream:
        for _, node in iterate_xml(stream):
            if node.tag == _ROW:
                row_number = int(node.get("r") or row_number + 1)
                check_row_count(row_number, *where)
                if _is_on(node.get("hidden")):
                    found.hidden_rows.add(row_number - 1)
                if len(node):
                    n_cells += len(node)
                    check_cell_count(n_cells, *where)
                    last = _cells(node, row_number, found, shared)
                    if last:
                        width = max(width, last)
                        check_span(row_number, width, *where)
                        check_gap(row_number - found.last_row - 1, *where)
                        found.last_row = row_number
                # A million rows without cells would be kept otherwise.
                node.clear()
            elif node.tag == f"{_MAIN}mergeCell":
                left, top, right, bottom = range_boundaries(node.get("ref", "A1"))
                found.merged.append((top - 1, left - 1, bottom - 1, right - 1))
            elif node.tag == f"{_MAIN}col" and _is_on(node.get("hidden")):
                first, end = int(node.get("min", "1")), int(node.get("max", "1"))
                found.hidden_columns |= set(range(first - 1, min(end, 16_384)))
            elif node.tag == f"{_MAIN}filterColumn":
                found.is_filtered = True
    return found


def _cells(row: ET.Element, row_number: int, found: _Structure, shared: dict[int, str]) -> int:
    """Take in the cells of a row, and return the column of the last that is filled, 0 for none."""
    from openpyxl.utils.cell import column_index_from_string, coordinate_from_string

    column_number = last = 0
    before = ""
    for node in row.iter(_CELL):
        column_number += 1
        name = node.get("r") or ""
        if not len(node):
            # Only formatted, as a million may be: where it stands is read if the next needs it.
            if name:
                before, column_number = name, 0
            continue
        if name or before:
            letters, _ = coordinate_from_string(name or before)
            column_number = column_index_from_string(letters) + (0 if name else column_number)
            before = ""
        place = (row_number - 1, column_number - 1)
        value = node.findtext(f"{_MAIN}v")
        last = column_number
        if node.find(f"{_MAIN}f") is not None:
            is_text = node.get("t") == "str"
            if not value and not (is_text and value is not None):
                found.uncomputed.add(place)
            else:
                found.n_results += 1
                if not value or (value == "0" and node.get("t", "n") == "n"):
                    found.zeros.add(place)
        if node.get("t") == "s" and shared and value and value.strip().isdecimal():
            if int(value) in shared:
                found.raised[place] = shared[int(value)]
        elif node.get("t") == "inlineStr":
            inline = node.find(f"{_MAIN}is")
            text = _raised_text(inline) if inline is not None else None
            if text is not None:
                found.raised[place] = text
    return last
