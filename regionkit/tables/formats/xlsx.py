"""Workbooks of Excel since 2007 (.xlsx, .xlsm)."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from regionkit.tables.grid import (
    check_cell_count,
    is_percent_format,
    percent_text,
    trim_grid,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from regionkit.tables.grid import Grid

__all__ = ["read_xlsx"]

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"


def read_xlsx(path: Path) -> Iterator[Grid]:
    """Yield the visible sheets of a workbook that was checked as a package."""
    import warnings

    import openpyxl

    # By its content: openpyxl refuses endings that it does not know.
    with path.open("rb") as file, warnings.catch_warnings():
        # It warns of extensions it drops (data validation, slicers); none bears on cells.
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(file, read_only=True, data_only=True)
        try:
            parts = _sheet_parts(path)
            for sheet in book.worksheets:
                hidden = sheet.sheet_state != "visible"
                if hidden:
                    continue
                merged, uncomputed = _sheet_structure(path, parts.get(sheet.title, ""))
                rows = _xlsx_rows(sheet, path.name)
                yield trim_grid(path.name, sheet.title, rows, merged, uncomputed)
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
        check_cell_count(cells, file, sheet.title)
        blank = 0 if values else blank + 1
        rows.append(values)
    return rows[: len(rows) - blank] if blank else rows


def _xlsx_value(cell: Any) -> Any:
    value = cell.value
    if isinstance(value, int | float) and not isinstance(value, bool):
        form = getattr(cell, "number_format", "") or ""
        if is_percent_format(form):
            return percent_text(value)
    return value


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
