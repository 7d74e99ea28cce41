"""Workbooks of Excel before 2007 and of WPS (.xls, .et)."""

from __future__ import annotations

import io
import struct
from typing import TYPE_CHECKING, Any

from regionkit.tables.formats.xls_records import read_records
from regionkit.tables.grammar.marks import raise_text
from regionkit.tables.grammar.shown import show_number
from regionkit.tables.grid import FORMATS, LOCKED, RAW_FORMULAS, SAVE_AS_XLSX, refuse, trim_grid
from regionkit.words.message import join, msg

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from regionkit.tables.grid import Grid

__all__ = ["read_xls"]

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# What else stands in such a container, by the stream that only it has.
_OTHERS = {
    "WordDocument": msg("a Word document (.doc)"),
    "PowerPoint Document": msg("a presentation (.ppt)"),
    "VisioDocument": msg("a drawing (.vsd)"),
    "HwpSummaryInformation": msg("a text document (.hwp)"),
    "FileHeader": msg("a text document (.hwp)"),
}
_BOOKS = ("Workbook", "Book", "WORKBOOK", "BOOK")


def read_xls(path: Path) -> Iterator[Grid]:
    """Yield the visible sheets of a workbook of Excel 97 to 2003, or of WPS (.et)."""
    import xlrd

    content = path.read_bytes()
    _check_streams(content, path)
    try:
        # On demand, the records stay in memory beside the cells.
        book = xlrd.open_workbook(
            file_contents=content, formatting_info=True, logfile=io.StringIO(), on_demand=True
        )
        sheets = [book.sheet_by_index(number) for number in range(book.nsheets)]
    except xlrd.XLRDError as error:
        if "encrypt" in str(error).lower() or "password" in str(error).lower():
            raise _locked(path) from error
        raise refuse(
            path.name,
            msg("is no .xls spreadsheet ({error}).", error=str(error)),
            join(
                [
                    msg("If it is WPS's own format, open it in WPS and save it as .xlsx."),
                    FORMATS,
                ],
                "sentences",
            ),
        ) from error
    records = [read_records(book, number) for number in range(len(sheets))]
    results = [is_zero for found in records for is_zero in found.zeros.values()]
    # Written by a library and never opened: every formula holds the zero it was made with.
    is_raw = len(results) >= RAW_FORMULAS and all(results)
    for sheet, found in zip(sheets, records, strict=True):
        if sheet.visibility:
            continue
        rows = [
            [_xls_value(book, sheet, r, c) for c in range(sheet.row_len(r))]
            for r in range(sheet.nrows)
        ]
        merged = [
            (top, left, bottom - 1, right - 1) for top, bottom, left, right in sheet.merged_cells
        ]
        yield trim_grid(
            path.name,
            sheet.name,
            rows,
            merged,
            found.uncomputed | (set(found.zeros) if is_raw else set()),
            hidden_rows={r for r, info in sheet.rowinfo_map.items() if info.hidden},
            hidden_columns={c for c, info in sheet.colinfo_map.items() if info.hidden},
            is_filtered=found.is_filtered,
        )


def _locked(path: Path) -> Exception:
    return refuse(
        path.name,
        LOCKED,
        msg("Open it, remove the password (File, Info, Protect Workbook), and save it."),
    )


def _check_streams(content: bytes, path: Path) -> None:
    """Refuse what stands in the same container and is no workbook, by its directory."""
    from xlrd.compdoc import CompDoc, CompDocError

    if not content.startswith(_OLE):
        return
    try:
        streams = [entry.name for entry in CompDoc(content, logfile=io.StringIO()).dirlist]
    except (CompDocError, AssertionError, IndexError, struct.error, ValueError) as error:
        raise refuse(
            path.name,
            msg("is a damaged .xls workbook ({error}).", error=str(error) or type(error).__name__),
            SAVE_AS_XLSX,
        ) from error
    if "EncryptedPackage" in streams:
        raise _locked(path)
    if any(name in _BOOKS for name in streams):
        return
    for stream, kind in _OTHERS.items():
        if any(name.lstrip("\x05") == stream for name in streams):
            raise refuse(path.name, msg("is {kind}, not a spreadsheet.", kind=kind), FORMATS)
    if any(name.startswith("__substg1.0_") for name in streams):
        mail = msg("a mail (.msg)")
        raise refuse(path.name, msg("is {kind}, not a spreadsheet.", kind=mail), FORMATS)


def _xls_value(book: Any, sheet: Any, row: int, column: int) -> Any:  # noqa: PLR0911 - one a type of cell
    import xlrd

    cell = sheet.cell(row, column)
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
        return show_number(cell.value, form)
    runs = sheet.rich_text_runlist_map.get((row, column))
    return _with_raised(book, cell.value, runs) if runs else cell.value


def _with_raised(book: Any, text: str, runs: list[tuple[int, int]]) -> str:
    """Return a rich text with its raised characters as such; a run lasts to the next."""
    ends = [start for start, _ in runs[1:]] + [len(text)]
    pieces = [text[: runs[0][0]]]
    for (start, font), end in zip(runs, ends, strict=True):
        is_raised = font < len(book.font_list) and book.font_list[font].escapement == 1
        pieces.append(raise_text(text[start:end]) if is_raised else text[start:end])
    return "".join(pieces)
