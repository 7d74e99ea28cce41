"""Binary workbooks of Excel (.xlsb).

A part is a row of records: number, length, content. Only those that hold cells, merged blocks,
number formats and sheet names are read; the numbers are those of [MS-XLSB].
"""

from __future__ import annotations

import struct
import zipfile
from typing import IO, TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from regionkit.tables.grid import (
    check_cell_count,
    is_percent_format,
    percent_text,
    refuse,
    trim_grid,
)

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator
    from pathlib import Path

    from regionkit.tables.grid import Grid

__all__ = ["read_xlsb"]

_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_ROW, _BLANK, _RK, _ERROR, _BOOL, _REAL, _TEXT, _SHARED = range(8)
_FORMULA_TEXT, _FORMULA_REAL, _FORMULA_BOOL, _FORMULA_ERROR, _RICH = 8, 9, 10, 11, 62
_SHARED_ITEM, _FORMAT, _STYLE, _WORKBOOK, _SHEET, _MERGE = 19, 44, 47, 153, 156, 176
_STYLES_BEGIN, _STYLES_END, _SHEET_END = 617, 618, 130
_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}
# Dates of Chinese Excel (yyyy年m月d日 and its like), which the file does not spell out.
_CHINESE_DATES = frozenset((*range(27, 37), *range(50, 59)))
_LAST_ROW, _LAST_COLUMN = 1_048_575, 16_383


def read_xlsb(path: Path) -> Iterator[Grid]:
    """Yield the visible sheets of a workbook that was checked as a package."""
    with zipfile.ZipFile(path) as package:
        parts = _sheet_parts(package)
        names = set(package.namelist())
        epoch, sheets = _sheets(package)
        texts = list(_shared_texts(package)) if "xl/sharedStrings.bin" in names else []
        kinds = _style_kinds(package) if "xl/styles.bin" in names else []
        for name, relation, is_visible in sheets:
            part = parts.get(relation)
            if part is None or not is_visible:
                # Charts and macros stand among the sheets; they have no part with cells.
                continue
            with package.open(part) as stream:
                rows, merged = _cells(stream, texts, kinds, epoch, (path.name, name))
            yield trim_grid(path.name, name, rows, merged, set())


def _records(stream: IO[bytes]) -> Iterator[tuple[int, bytes]]:
    """Yield the number and the content of each record."""
    while True:
        first = stream.read(1)
        if not first:
            return
        number = first[0]
        if number & 0x80:
            number = (number & 0x7F) | (_byte(stream) & 0x7F) << 7
        length = 0
        for shift in (0, 7, 14, 21):
            byte = _byte(stream)
            length |= (byte & 0x7F) << shift
            if not byte & 0x80:
                break
        content = stream.read(length)
        if len(content) < length:
            raise EOFError(f"record {number} is cut off")
        yield number, content


def _byte(stream: IO[bytes]) -> int:
    byte = stream.read(1)
    if not byte:
        raise EOFError("a record is cut off")
    return byte[0]


def _wide(content: bytes, at: int) -> tuple[str, int]:
    """Return a text and where it ends."""
    (length,) = struct.unpack_from("<I", content, at)
    end = at + 4 + 2 * length
    if length == 0xFFFFFFFF:
        return "", at + 4
    if end > len(content):
        raise EOFError("a text is cut off")
    return content[at + 4 : end].decode("utf-16-le", errors="replace"), end


def _sheet_parts(package: zipfile.ZipFile) -> dict[str, str]:
    """Return the part of each worksheet by its relation."""
    root = ET.fromstring(package.read("xl/_rels/workbook.bin.rels"))  # noqa: S314 - entities refused
    parts = {}
    for node in root.iter(_RELATION):
        target = node.get("Target", "")
        if node.get("Type", "").endswith("/worksheet"):
            parts[node.get("Id", "")] = target[1:] if target.startswith("/") else f"xl/{target}"
    return parts


def _sheets(package: zipfile.ZipFile) -> tuple[dt.datetime, list[tuple[str, str, bool]]]:
    """Return the day that days count from, and name, relation and visibility of each sheet."""
    from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900

    epoch, sheets = CALENDAR_WINDOWS_1900, []
    with package.open("xl/workbook.bin") as stream:
        for number, content in _records(stream):
            if number == _WORKBOOK:
                epoch = CALENDAR_MAC_1904 if content[0] & 1 else CALENDAR_WINDOWS_1900
            elif number == _SHEET:
                (state,) = struct.unpack_from("<I", content, 0)
                relation, end = _wide(content, 8)
                sheets.append((_wide(content, end)[0], relation, state == 0))
    return epoch, sheets


def _shared_texts(package: zipfile.ZipFile) -> Iterator[str]:
    with package.open("xl/sharedStrings.bin") as stream:
        for number, content in _records(stream):
            if number == _SHARED_ITEM:
                yield _wide(content, 1)[0]


def _style_kinds(package: zipfile.ZipFile) -> list[str]:
    """Return what each cell style shows numbers as: "percent", "date" or ""."""
    from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format

    forms: dict[int, str] = dict(BUILTIN_FORMATS)
    kinds = []
    is_cell_style = False
    with package.open("xl/styles.bin") as stream:
        for number, content in _records(stream):
            if number == _FORMAT:
                (key,) = struct.unpack_from("<H", content, 0)
                forms[key] = _wide(content, 2)[0]
            elif number in {_STYLES_BEGIN, _STYLES_END}:
                is_cell_style = number == _STYLES_BEGIN
            elif number == _STYLE and is_cell_style:
                (key,) = struct.unpack_from("<H", content, 2)
                form = forms.get(key, "")
                is_date = is_date_format(form) if form else key in _CHINESE_DATES
                kinds.append("percent" if is_percent_format(form) else ("date" if is_date else ""))
    return kinds


def _cells(
    stream: IO[bytes],
    texts: list[str],
    kinds: list[str],
    epoch: dt.datetime,
    where: tuple[str, str],
) -> tuple[list[list[Any]], list[tuple[int, int, int, int]]]:
    """Return the rows and the merged blocks of a sheet."""
    rows: list[list[Any]] = []
    merged = []
    row = n_cells = number = 0
    for number, content in _records(stream):
        if number == _ROW:
            (row,) = struct.unpack_from("<I", content, 0)
        elif _BLANK < number <= _FORMULA_ERROR or number == _RICH:
            column, style = struct.unpack_from("<II", content, 0)
            if row > _LAST_ROW or column > _LAST_COLUMN:
                raise refuse(
                    f'{where[0]}, sheet "{where[1]}"',
                    f"has a cell in row {row + 1:,}, column {column + 1:,}, where no sheet has "
                    "one; it is damaged.",
                    "Open it in Excel or WPS, let it be repaired, and save it as .xlsx.",
                )
            value = _value(number, content, texts)
            # The upper byte of the style holds flags.
            kind = kinds[style & 0xFFFFFF] if (style & 0xFFFFFF) < len(kinds) else ""
            rows.extend([] for _ in range(row + 1 - len(rows)))
            cells = rows[row]
            grown = max(0, column + 1 - len(cells))
            n_cells += grown
            check_cell_count(n_cells, *where)
            cells.extend([None] * grown)
            cells[column] = _shown(value, kind, epoch)
        elif number == _MERGE:
            top, bottom, left, right = struct.unpack_from("<IIII", content, 0)
            merged.append((top, left, bottom, right))
    if number != _SHEET_END:
        raise EOFError("the sheet is cut off")
    return rows, merged


def _value(number: int, content: bytes, texts: list[str]) -> Any:
    """Return what stands in a cell, a formula's stored result."""
    if number == _RK:
        return _packed_number(content)
    if number in {_REAL, _FORMULA_REAL}:
        return struct.unpack_from("<d", content, 8)[0]
    if number == _SHARED:
        return texts[struct.unpack_from("<I", content, 8)[0]] or None
    if number in {_TEXT, _FORMULA_TEXT, _RICH}:
        return _wide(content, 9 if number == _RICH else 8)[0] or None
    if number in {_BOOL, _FORMULA_BOOL}:
        return bool(content[8])
    return _ERRORS.get(content[8], "#N/A")


def _packed_number(content: bytes) -> float:
    """Return a number in four bytes: a whole one or the upper half of a double, or a hundredth."""
    (packed,) = struct.unpack_from("<i", content, 8)
    if packed & 2:
        value: float = packed >> 2
    else:
        (value,) = struct.unpack("<d", b"\0\0\0\0" + struct.pack("<i", packed & ~3))
    return value / 100 if packed & 1 else value


def _shown(value: Any, kind: str, epoch: dt.datetime) -> Any:
    """Return a number as its format shows it: a percentage as text, a day as a date."""
    if not kind or isinstance(value, bool | str) or value is None:
        return value
    if kind == "percent":
        return percent_text(value)
    from openpyxl.utils.datetime import from_excel

    try:
        return from_excel(value, epoch)
    except (OverflowError, ValueError):
        return value
