"""XML spreadsheets of Excel 2003 (XML 电子表格), which systems save under the ending .xls."""

from __future__ import annotations

import datetime as dt
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

    from regionkit.tables.grid import Grid

__all__ = ["read_xml2003"]

_SS = "{urn:schemas-microsoft-com:office:spreadsheet}"
_HIDDEN = "{urn:schemas-microsoft-com:office:excel}Visible"
_MAX_ROWS, _MAX_COLUMNS = 1_048_576, 16_384


def read_xml2003(content: bytes, file: str) -> Iterator[Grid]:
    """Yield the visible sheets of XML that was checked for entities."""
    root = ET.fromstring(content)  # noqa: S314 - entities refused
    percents = set()
    for style in root.iter(f"{_SS}Style"):
        form = style.find(f"{_SS}NumberFormat")
        shown = form.get(f"{_SS}Format", "") if form is not None else ""
        if is_percent_format(shown) or shown == "Percent":
            percents.add(style.get(f"{_SS}ID"))
    for sheet in root.iter(f"{_SS}Worksheet"):
        state = next((node.text for node in sheet.iter(_HIDDEN)), "")
        if state in {"SheetHidden", "SheetVeryHidden"}:
            continue
        name = sheet.get(f"{_SS}Name", "")
        rows, merged, uncomputed = _cells(sheet, percents, (file, name))
        yield trim_grid(file, name, rows, merged, uncomputed)


def _cells(
    sheet: ET.Element, percents: set[str | None], where: tuple[str, str]
) -> tuple[list[list[Any]], list[tuple[int, int, int, int]], set[tuple[int, int]]]:
    """Return the rows, the merged blocks and the formulas without a result."""
    rows: list[list[Any]] = []
    merged, uncomputed = [], set()
    n_cells = 0
    for row in sheet.iter(f"{_SS}Row"):
        # A row or cell without a number follows the last one.
        number = _number(row, "Index", len(rows) + 1, _MAX_ROWS) - 1
        rows += [[] for _ in range(number + 1 - len(rows))]
        cells: list[Any] = rows[number]
        for cell in row.iter(f"{_SS}Cell"):
            column = _number(cell, "Index", len(cells) + 1, _MAX_COLUMNS) - 1
            across = _number(cell, "MergeAcross", 0, _MAX_COLUMNS)
            down = _number(cell, "MergeDown", 0, _MAX_ROWS)
            if across or down:
                merged.append((number, column, number + down, column + across))
            cells += [None] * (column + 1 + across - len(cells))
            check_cell_count(n_cells + len(cells), *where)
            value = _value(cell, percents)
            if value is None and cell.get(f"{_SS}Formula"):
                uncomputed.add((number, column))
            cells[column] = value
        n_cells += len(cells)
    return rows, merged, uncomputed


def _number(node: ET.Element, name: str, otherwise: int, most: int) -> int:
    text = node.get(f"{_SS}{name}", "")
    return min(int(text[:8]), most) if text.isascii() and text.isdigit() else otherwise


def _value(cell: ET.Element, percents: set[str | None]) -> Any:
    data = cell.find(f"{_SS}Data")
    text = "".join(data.itertext()) if data is not None else ""
    if data is None or not text.strip():
        return None
    kind = data.get(f"{_SS}Type", "String")
    try:
        if kind == "Number":
            number = float(text)
            return percent_text(number) if cell.get(f"{_SS}StyleID") in percents else number
        if kind == "DateTime":
            return dt.datetime.fromisoformat(text)
    except ValueError:
        return text
    return text.strip() == "1" if kind == "Boolean" else text
