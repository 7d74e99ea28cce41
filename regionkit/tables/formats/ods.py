"""OpenDocument spreadsheets (.ods, .fods) of LibreOffice and WPS."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import IO, TYPE_CHECKING, Any

from regionkit.places.archive import iterate_xml
from regionkit.tables.formats.ods_styles import OdsStyles
from regionkit.tables.grammar.marks import raise_text
from regionkit.tables.grammar.shown import show_number
from regionkit.tables.grid import (
    LOCKED,
    RAW_FORMULAS,
    check_cell_count,
    check_gap,
    check_repeats,
    check_row_count,
    check_span,
    refuse,
    trim_grid,
)
from regionkit.words.message import msg

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from xml.etree import ElementTree as ET

    from regionkit.tables.grid import Grid

__all__ = ["read_flat_ods", "read_ods"]

_URN = "{urn:oasis:names:tc:opendocument:xmlns:"
_TABLE, _OFFICE, _TEXT = (f"{_URN}{part}:1.0}}" for part in ("table", "office", "text"))
_CELL, _COVERED = f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"
# No sheet has more; programs fill up to it with one repeated blank row.
_MAX_ROWS = 1_048_576


def read_ods(path: Path) -> Iterator[Grid]:
    """Yield the visible sheets of a spreadsheet that was checked as a package."""
    with zipfile.ZipFile(path) as package:
        if "META-INF/manifest.xml" in package.namelist() and (
            b"encryption-data" in package.read("META-INF/manifest.xml")
        ):
            raise refuse(
                path.name,
                LOCKED,
                msg("Open it, save it without a password (File, Save As), and use that."),
            )
        styles = OdsStyles()
        if "styles.xml" in package.namelist():
            with package.open("styles.xml") as stream:
                for _, node in iterate_xml(stream):
                    styles.add(node)
        with package.open("content.xml") as stream:
            yield from _sheets(stream, path.name, styles)


def read_flat_ods(content: bytes, file: str) -> Iterator[Grid]:
    """Yield the visible sheets of a spreadsheet in one XML file, checked for entities."""
    yield from _sheets(io.BytesIO(content), file, OdsStyles())


def _sheets(stream: IO[bytes], file: str, styles: OdsStyles) -> Iterator[Grid]:
    # A table can stand in a cell of another: innermost last.
    open_tables: list[_Sheet] = []
    for event, node in iterate_xml(stream, ("start", "end")):
        if event == "start":
            if node.tag == f"{_TABLE}table":
                name = node.get(f"{_TABLE}name", "")
                is_hidden = node.get(f"{_TABLE}style-name") in styles.hidden_tables
                open_tables.append(_Sheet(file, name, styles, is_visible=not is_hidden))
        elif styles.add(node):
            continue
        elif node.tag == f"{_TABLE}table-column" and open_tables:
            open_tables[-1].add_column(node)
        elif node.tag == f"{_TABLE}table-row" and open_tables:
            open_tables[-1].add(node)
            node.clear()
        elif node.tag == f"{_TABLE}table":
            sheet = open_tables.pop()
            node.clear()
            if sheet.is_visible:
                yield trim_grid(
                    file,
                    sheet.name,
                    sheet.rows,
                    sheet.merged,
                    sheet.uncomputed | (sheet.zeros if sheet.is_raw else set()),
                    hidden_rows=sheet.hidden_rows,
                    hidden_columns=sheet.hidden_columns,
                    is_filtered=sheet.is_filtered,
                )


class _Sheet:
    """A sheet while it is read, row by row."""

    def __init__(self, file: str, name: str, styles: OdsStyles, *, is_visible: bool) -> None:
        self.file, self.name, self.is_visible = file, name, is_visible
        self._styles = styles
        self._column_styles: list[str] = []
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.is_filtered = False
        # Formulas whose result is zero, and how many have a result.
        self.zeros: set[tuple[int, int]] = set()
        self._n_results = 0
        self.rows: list[list[Any]] = []
        self.merged: list[tuple[int, int, int, int]] = []
        self.uncomputed: set[tuple[int, int]] = set()
        self._blank = 0
        self._width = 0
        self._n_cells = 0

    @property
    def is_raw(self) -> bool:
        """Whether a library wrote every formula with a zero, and no program calculated them."""
        return len(self.zeros) == self._n_results >= RAW_FORMULAS

    def add_column(self, node: ET.Element) -> None:
        """Take in columns: the style of their cells, and whether they are shown."""
        number = _count(node, "number-columns-repeated", 16_384)
        first = len(self._column_styles)
        self._column_styles += [node.get(f"{_TABLE}default-cell-style-name", "")] * min(
            number, 16_384 - first
        )
        if node.get(f"{_TABLE}visibility", "visible") != "visible":
            self.hidden_columns |= set(range(first, len(self._column_styles)))

    def add(self, node: ET.Element) -> None:
        """Add a row, as often as it is repeated; blank ones only once a filled one follows."""
        n_rows = _count(node, "number-rows-repeated", _MAX_ROWS)
        number = len(self.rows) + self._blank
        row_style = node.get(f"{_TABLE}default-cell-style-name", "")
        visibility = node.get(f"{_TABLE}visibility", "visible")
        cells: list[Any] = []
        blank = 0
        merged, uncomputed = [], []
        for cell in node:
            if cell.tag not in {_CELL, _COVERED}:
                continue
            n_columns = _count(cell, "number-columns-repeated", 16_384)
            across = _count(cell, "number-columns-spanned", 16_384)
            down = _count(cell, "number-rows-spanned", _MAX_ROWS)
            place = len(cells) + blank
            if across * down > 1 and cell.tag == _CELL:
                merged.append((number, place, number + down - 1, place + across - 1))
            value = _value(cell, self._styles, self._form(cell, row_style, place))
            is_uncomputed = value is None and _is_formula_without_result(cell)
            if cell.get(f"{_TABLE}formula") is not None and not is_uncomputed:
                self._n_results += 1
                if value == 0 and not isinstance(value, bool):
                    self.zeros.add((number, place))
            if is_uncomputed:
                uncomputed.append((number, place))
            elif value is None:
                blank += n_columns
                continue
            n_cells = blank + n_columns
            check_cell_count(self._n_cells + len(cells) + n_cells, self.file, self.name)
            cells += [None] * blank + [value] * n_columns
            blank = 0
        if not cells:
            self._blank += n_rows
            # A merge may begin in a row that shows nothing.
            self.merged += merged
            return
        check_row_count(number + n_rows, self.file, self.name)
        check_gap(self._blank, self.file, self.name)
        check_repeats(n_rows, self.file, self.name)
        self._n_cells += len(cells) * n_rows
        check_cell_count(self._n_cells, self.file, self.name)
        self._width = max(self._width, len(cells))
        check_span(number + n_rows, self._width, self.file, self.name)
        self.rows += [[] for _ in range(self._blank)]
        self.rows += [list(cells) for _ in range(n_rows)]
        self._blank = 0
        self.merged += merged
        self.uncomputed |= set(uncomputed)
        if visibility != "visible":
            self.hidden_rows |= set(range(number, number + n_rows))
            self.is_filtered = self.is_filtered or visibility == "filter"

    def _form(self, cell: ET.Element, row_style: str, column: int) -> str:
        style = cell.get(f"{_TABLE}style-name", "") or row_style
        if not style and column < len(self._column_styles):
            style = self._column_styles[column]
        return self._styles.form_of(style)


def _count(node: ET.Element, name: str, most: int) -> int:
    text = node.get(f"{_TABLE}{name}", "1")
    return min(max(int(text), 1), most) if text.isdecimal() and len(text) < 10 else 1


def _is_formula_without_result(cell: ET.Element) -> bool:
    has_formula = cell.get(f"{_TABLE}formula") is not None
    return has_formula and cell.get(f"{_OFFICE}value-type") is None


def _value(cell: ET.Element, styles: OdsStyles, form: str) -> Any:
    """Return what stands in a cell."""
    kind = cell.get(f"{_OFFICE}value-type", "")
    number = cell.get(f"{_OFFICE}value")
    if number is not None and kind in {"float", "currency", "percentage"}:
        if kind == "percentage" and "%" not in form:
            form = "0.00%"
        return show_number(float(number), form)
    if kind == "boolean":
        return cell.get(f"{_OFFICE}boolean-value") == "true"
    text = _text(cell, styles)
    if kind == "date":
        day = cell.get(f"{_OFFICE}date-value", "")
        try:
            return dt.datetime.fromisoformat(day)
        except ValueError:
            # A year that no calendar of Python has.
            return text or day or None
    return text or cell.get(f"{_OFFICE}string-value") or None


def _text(cell: ET.Element, styles: OdsStyles) -> str:
    """Return the paragraphs of a cell, without the comment that hangs on it."""
    return "\n".join(_spelled(node, styles) for node in cell if node.tag == f"{_TEXT}p")


def _spelled(node: ET.Element, styles: OdsStyles) -> str:
    text = node.text or ""
    for child in node:
        if child.tag == f"{_TEXT}s":
            text += " " * min(_count_of_spaces(child), 1000)
        elif child.tag == f"{_TEXT}tab":
            text += "\t"
        elif child.tag == f"{_TEXT}line-break":
            text += "\n"
        elif child.tag not in {f"{_OFFICE}annotation", f"{_TEXT}note", f"{_TEXT}ruby-text"}:
            spelled = _spelled(child, styles)
            is_raised = child.get(f"{_TEXT}style-name", "") in styles.raised
            text += raise_text(spelled) if is_raised else spelled
        text += child.tail or ""
    return text


def _count_of_spaces(node: ET.Element) -> int:
    number = node.get(f"{_TEXT}c", "1")
    return int(number) if number.isdecimal() and len(number) < 5 else 1
