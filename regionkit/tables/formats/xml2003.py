"""XML spreadsheets of Excel 2003 (XML 电子表格), which systems save under the ending .xls."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from regionkit.places.archive import parse_xml
from regionkit.tables.grammar.marks import raise_text
from regionkit.tables.grammar.shown import show_number
from regionkit.tables.grid import check_cell_count, check_span, trim_grid

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree import ElementTree as ET

    from regionkit.tables.grid import Grid

__all__ = ["read_xml2003"]

_SS = "{urn:schemas-microsoft-com:office:spreadsheet}"
_EXCEL = "{urn:schemas-microsoft-com:office:excel}"
_HIDDEN = f"{_EXCEL}Visible"
_NAMED = {
    "Percent": "0.00%",
    "Fixed": "0.00",
    "Standard": "#,##0.00",
    "Scientific": "0.00E+00",
    "General Number": "",
    "General": "",
}
_MAX_ROWS, _MAX_COLUMNS = 1_048_576, 16_384


def read_xml2003(content: bytes, file: str) -> Iterator[Grid]:
    """Yield the visible sheets of XML that was checked for entities."""
    root = parse_xml(content)
    forms: dict[str | None, str] = {}
    for style in root.iter(f"{_SS}Style"):
        shown = style.find(f"{_SS}NumberFormat")
        parent = style.get(f"{_SS}Parent", "Default")
        form = shown.get(f"{_SS}Format", "") if shown is not None else forms.get(parent, "")
        forms[style.get(f"{_SS}ID")] = _NAMED.get(form, form)
    for sheet in root.iter(f"{_SS}Worksheet"):
        state = next((node.text for node in sheet.iter(_HIDDEN)), "")
        if state in {"SheetHidden", "SheetVeryHidden"}:
            continue
        name = sheet.get(f"{_SS}Name", "")
        read = _Sheet(forms)
        read.add(sheet, (file, name))
        yield trim_grid(
            file,
            name,
            read.rows,
            read.merged,
            read.uncomputed,
            hidden_rows=read.hidden_rows,
            hidden_columns=read.hidden_columns,
            is_filtered=sheet.find(f"{_EXCEL}AutoFilter/{_EXCEL}AutoFilterColumn") is not None,
        )


class _Sheet:
    """A sheet while it is read: rows, merged blocks, formulas without a result, what is hidden."""

    def __init__(self, forms: dict[str | None, str]) -> None:
        self._forms = forms
        self.rows: list[list[Any]] = []
        self.merged: list[tuple[int, int, int, int]] = []
        self.uncomputed: set[tuple[int, int]] = set()
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()

    def add(self, sheet: ET.Element, where: tuple[str, str]) -> None:
        """Read the columns and the rows of a sheet."""
        column_forms: dict[int, str] = {}
        place = 0
        for node in sheet.iter(f"{_SS}Column"):
            place = _number(node, "Index", place + 1, _MAX_COLUMNS) - 1
            span = range(place, min(place + 1 + _number(node, "Span", 0, 9999), _MAX_COLUMNS))
            if node.get(f"{_SS}Hidden") == "1":
                self.hidden_columns |= set(span)
            if node.get(f"{_SS}StyleID"):
                form = self._forms.get(node.get(f"{_SS}StyleID"), "")
                column_forms.update(dict.fromkeys(span, form))
            place = span.stop
        n_cells = 0
        for row in sheet.iter(f"{_SS}Row"):
            # A row or cell without a number follows the last one.
            number = _number(row, "Index", len(self.rows) + 1, _MAX_ROWS) - 1
            self.rows += [[] for _ in range(number + 1 - len(self.rows))]
            if row.get(f"{_SS}Hidden") == "1":
                span_down = _number(row, "Span", 0, _MAX_ROWS)
                self.hidden_rows |= set(range(number, number + 1 + span_down))
            cells: list[Any] = self.rows[number]
            for cell in row.iter(f"{_SS}Cell"):
                column = _number(cell, "Index", len(cells) + 1, _MAX_COLUMNS) - 1
                across = _number(cell, "MergeAcross", 0, _MAX_COLUMNS)
                down = _number(cell, "MergeDown", 0, _MAX_ROWS)
                if across or down:
                    self.merged.append((number, column, number + down, column + across))
                check_span(number + 1, column + 1 + across, *where)
                cells += [None] * (column + 1 + across - len(cells))
                check_cell_count(n_cells + len(cells), *where)
                style = cell.get(f"{_SS}StyleID") or row.get(f"{_SS}StyleID")
                form = self._forms.get(style, "") if style else column_forms.get(column, "")
                value = _value(cell, form)
                if value is None and cell.get(f"{_SS}Formula"):
                    self.uncomputed.add((number, column))
                cells[column] = value
            n_cells += len(cells)
            # A row that spans stands for blank ones below it too.
            below = min(_number(row, "Span", 0, _MAX_ROWS), _MAX_ROWS - len(self.rows))
            self.rows += [[] for _ in range(below)]


def _number(node: ET.Element, name: str, otherwise: int, most: int) -> int:
    text = node.get(f"{_SS}{name}", "")
    return min(int(text[:8]), most) if text.isascii() and text.isdigit() else otherwise


def _value(cell: ET.Element, form: str) -> Any:
    data = cell.find(f"{_SS}Data")
    if data is None:
        # A rich text stands in an element of the same name in Excel's other namespace.
        data = next((node for node in cell if node.tag.endswith("}Data")), None)
    text = _spelled(data) if data is not None else ""
    if data is None or not text.strip():
        return None
    kind = data.get(f"{_SS}Type", "String")
    try:
        if kind == "Number":
            return show_number(float(text), form)
        if kind == "DateTime":
            return dt.datetime.fromisoformat(text)
    except ValueError:
        return text
    return text.strip() == "1" if kind == "Boolean" else text


def _spelled(node: ET.Element) -> str:
    """Return a text; what is raised in it (<Sup>) as raised characters."""
    text = node.text or ""
    for child in node:
        spelled = _spelled(child)
        text += raise_text(spelled) if child.tag.rpartition("}")[2] == "Sup" else spelled
        text += child.tail or ""
    return text
