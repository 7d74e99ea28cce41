"""Workbooks of Excel before 2007 and of WPS (.xls, .et)."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from regionkit.tables.grid import FORMATS, is_percent_format, percent_text, refuse, trim_grid

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from regionkit.tables.grid import Grid

__all__ = ["read_xls"]

_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
# What else begins like an old workbook, by the stream that only it has.
_OTHERS = {
    "WordDocument": "a Word document (.doc)",
    "PowerPoint Document": "a presentation (.ppt)",
    "VisioDocument": "a drawing (.vsd)",
    "__substg1.0_": "a mail (.msg)",
    "HwpSummaryInformation": "a text document (.hwp)",
}


def read_xls(path: Path) -> Iterator[Grid]:
    """Yield the visible sheets of a workbook of Excel 97 to 2003, or of WPS (.et)."""
    import xlrd

    content = path.read_bytes()
    if _ENCRYPTED in content:
        raise refuse(
            path.name,
            "is protected by a password.",
            "Open it, remove the password (File, Info, Protect Workbook), and save it.",
        )
    if not any(name.encode("utf-16-le") in content for name in ("Workbook", "Book")):
        for stream, kind in _OTHERS.items():
            if stream.encode("utf-16-le") in content:
                raise refuse(path.name, f"is {kind}, not a spreadsheet.", FORMATS)
    try:
        book = xlrd.open_workbook(
            file_contents=content, formatting_info=True, logfile=io.StringIO()
        )
    except xlrd.XLRDError as error:
        if "encrypt" in str(error).lower() or "password" in str(error).lower():
            raise refuse(
                path.name, "is protected by a password.", "Remove the password and save it."
            ) from error
        raise refuse(
            path.name,
            f"is no .xls spreadsheet ({error}).",
            "If it is WPS's own format, open it in WPS and save it as .xlsx. " + FORMATS,
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
        yield trim_grid(path.name, sheet.name, rows, merged, set())


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
        return percent_text(cell.value) if is_percent_format(form) else cell.value
    return cell.value
