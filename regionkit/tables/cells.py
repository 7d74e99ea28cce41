"""The sheets of a spreadsheet file, whatever its format, ending and encoding.

What a file is, its first bytes say; its ending may lie. Nothing is unpacked or parsed before its
size is known.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from regionkit.errors import TableError
from regionkit.places.archive import bomb_fault, declares_entities, is_locked, xml_in_utf8
from regionkit.tables.grid import FORMATS, refuse

if TYPE_CHECKING:
    from collections.abc import Iterable

    from regionkit.tables.grid import Grid

__all__ = ["read_grids"]

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# The first record of a workbook of Excel 2 to 95 that stands in no OLE container.
_BARE_XLS = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00", b"\x09\x08")
_MAX_BYTES = 400_000_000
_NOT_SHEETS = {
    b"%PDF": "a PDF",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"BM": "a picture",
    b"II*\x00": "a picture",
    b"MM\x00*": "a picture",
    b"RIFF": "a picture",
    b"{\\rtf": "a text document",
    b"SQLite format 3": "a database (a GeoPackage?)",
    b"Rar!": "a packed archive",
    b"7z\xbc\xaf": "a packed archive",
    b"\x1f\x8b": "a packed archive",
}
# What else is packed as a zip, by a part that only it has.
_OTHER_PACKAGES = {
    "word/document.xml": "a Word document",
    "ppt/presentation.xml": "a presentation",
    "Index/Document.iwa": "a workbook of Apple Numbers, Pages or Keynote",
    "Index.zip": "a workbook of Apple Numbers, Pages or Keynote",
    "OFD.xml": "an OFD document",
    "doc.kml": "a KMZ file, of places and not of rows",
}
_PAGE_STARTS = (
    *(b"<!doctype html", b"<html", b"<head", b"<meta", b"<body", b"<title", b"<style", b"<script"),
    *(b"<table", b"<div", b"<center", b"<font", b"<h1", b"<h2", b"<h3", b"<p>", b"<tr"),
)
_ODS_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
# What a file is, and the endings under which nobody is surprised to find it.
_ENDINGS = {
    "an .xlsx workbook": {".xlsx", ".xlsm", ".xltx", ".xltm"},
    "an OpenDocument spreadsheet": {".ods", ".ots", ".fods"},
    "an .xls workbook": {".xls", ".xlt", ".et", ".ett"},
    "an XML spreadsheet of Excel 2003": {".xml"},
    "a web page (HTML)": {".html", ".htm", ".xhtml"},
    "a web page in one file (MHTML)": {".mht", ".mhtml"},
    "a Parquet file": {".parquet", ".geoparquet"},
}
_TEXT_ENDINGS = {".csv", ".tsv", ".txt", ".tab", ""}
_DELIMITERS = {",": "commas", "\t": "tabs", ";": "semicolons", "|": "bars"}


def read_grids(source: str | Path, sheet: str | int | None = None) -> list[Grid]:
    """Return the cells of every sheet that holds any, or of the one that is named.

    Parameters
    ----------
    source : path
        .xlsx, .xls, .ods, .et, .csv, .tsv, .parquet, or a web page; known by its content.
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
        raise refuse(str(path), "does not exist.", f"Check the path.{near}")
    size = path.stat().st_size
    if size == 0:
        raise refuse(path.name, "is empty (0 bytes).", "Save it again from the spreadsheet.")
    if size > _MAX_BYTES:
        raise refuse(
            path.name,
            f"is {size / 1e6:,.0f} MB, more than a table of units can be.",
            "Export the columns that are needed.",
        )
    try:
        kind, grids = _read_any(path)
        chosen = _chosen(path, kind, grids, sheet)
    except TableError:
        raise
    except Exception as error:
        # Readers of broken files raise whatever they trip over.
        raise refuse(
            path.name,
            f"cannot be read as a spreadsheet ({type(error).__name__}: {error}).",
            "Open it in a spreadsheet program, save it as .xlsx, and use that.",
        ) from error
    ending = path.suffix.lower()
    if ending in _ENDINGS.get(kind, _TEXT_ENDINGS):
        return chosen
    note = f"the file is {kind}, whatever its ending {ending or '(none)'} says"
    return [replace(grid, note=note) for grid in chosen]


def _files_like(path: Path) -> str:
    import difflib

    if not path.parent.is_dir():
        return ""
    names = [entry.name for entry in path.parent.iterdir() if entry.is_file()]
    near = difflib.get_close_matches(path.name, names, n=2)
    return f" There is {' and '.join(near)}." if near else ""


def _read_any(path: Path) -> tuple[str, Iterable[Grid]]:
    """Return what a file is, and its sheets."""
    with path.open("rb") as file:
        head = file.read(4096)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _read_package(path)
    if head.startswith((_OLE, *_BARE_XLS)):
        from regionkit.tables.formats.xls import read_xls

        return "an .xls workbook", read_xls(path)
    if head.startswith(b"PAR1"):
        from regionkit.tables.formats.parquet import read_parquet

        return "a Parquet file", [read_parquet(path)]
    for magic, name in _NOT_SHEETS.items():
        # A text may begin with these letters too, but holds no zero byte.
        if head.startswith(magic) and (not magic.isalpha() or b"\x00" in head):
            raise refuse(path.name, f"is {name}, not a spreadsheet.", FORMATS)
    found = _read_markup(path, head)
    if found is not None:
        return found
    from regionkit.tables.formats.text import read_text

    grid, delimiter = read_text(path)
    return f"text separated by {_DELIMITERS[delimiter]}, in {grid.encoding}", [grid]


def _read_markup(path: Path, head: bytes) -> tuple[str, Iterable[Grid]] | None:
    """Return what a file of HTML or XML is, and its sheets; None for any other text."""
    # UTF-16 puts a zero byte beside each letter.
    start = head.replace(b"\x00", b"").lstrip(b"\xff\xfe\xef\xbb\xbf \t\r\n").lower()
    while start.startswith(b"<!--") and b"-->" in start:
        start = start.partition(b"-->")[2].lstrip()
    if start.startswith(b"mime-version:") and b"multipart/related" in start:
        from regionkit.tables.formats.html import read_mhtml

        return "a web page in one file (MHTML)", read_mhtml(path)
    is_xml = start.startswith(b"<?xml")
    if start.startswith(_PAGE_STARTS) or (is_xml and b"<html" in start):
        from regionkit.tables.formats.html import read_page

        return "a web page (HTML)", read_page(path)
    if not is_xml and not start.startswith((b"<workbook", b"<office:document", b"<ss:workbook")):
        return None
    content = xml_in_utf8(path.read_bytes())
    if declares_entities(io.BytesIO(content)):
        raise _entities(path.name, path.name)
    if b"urn:schemas-microsoft-com:office:spreadsheet" in start:
        from regionkit.tables.formats.xml2003 import read_xml2003

        return "an XML spreadsheet of Excel 2003", read_xml2003(content, path.name)
    if b"office:document" in start and _ODS_TYPE in start:
        from regionkit.tables.formats.ods import read_flat_ods

        return "an OpenDocument spreadsheet", read_flat_ods(content, path.name)
    raise refuse(
        path.name,
        "is XML that is no spreadsheet.",
        "Open it in a spreadsheet program and save it as .xlsx. Places in KML are read as points.",
    )


def _read_package(path: Path) -> tuple[str, Iterable[Grid]]:
    """Return what a zip is, and its sheets, once nothing in it can do harm."""
    with zipfile.ZipFile(path) as package:
        fault = bomb_fault(package)
        if fault:
            raise refuse(
                path.name, str(fault), "Nothing was unpacked. Copy the cells into a new workbook."
            )
        names = set(package.namelist())
        is_locked_package = is_locked(package)
        is_ods = (
            "content.xml" in names
            and "mimetype" in names
            and not is_locked_package
            and package.read("mimetype").strip().startswith(_ODS_TYPE)
        )
        if not is_ods and not names & {"xl/workbook.xml", "xl/workbook.bin"}:
            kind = next(
                (word for part, word in _OTHER_PACKAGES.items() if part in names), "a zip archive"
            )
            raise refuse(path.name, f"is {kind}, not a spreadsheet.", FORMATS)
        if "xl/workbook.bin" in names:
            raise refuse(
                path.name,
                "is a binary workbook (.xlsb), which is not read.",
                "Open it in a spreadsheet program, save it as .xlsx, and use that.",
            )
        if is_locked_package:
            raise refuse(path.name, "is protected by a password.", "Save it without a password.")
        for name in sorted(names):
            if name.endswith((".xml", ".rels")):
                with package.open(name) as part:
                    if declares_entities(part):
                        raise _entities(path.name, name)
    if is_ods:
        from regionkit.tables.formats.ods import read_ods

        return "an OpenDocument spreadsheet", read_ods(path)
    from regionkit.tables.formats.xlsx import read_xlsx

    return "an .xlsx workbook", read_xlsx(path)


def _entities(file: str, part: str) -> TableError:
    return refuse(
        file,
        f"declares XML entities in {part}, which no spreadsheet program does.",
        "It is not read. Ask for a clean copy.",
    )


def _chosen(path: Path, kind: str, grids: Iterable[Grid], sheet: str | int | None) -> list[Grid]:
    """Return the named sheet, or all that hold something."""
    import difflib

    found = list(grids)
    if kind.startswith("text"):
        if sheet is not None and sheet != 0:
            raise refuse(path.name, f"is text and has no sheet {sheet!r}.", "Leave sheet= out.")
        sheet = None
    if sheet is None:
        filled = [grid for grid in found if grid.rows]
        if not filled:
            raise refuse(path.name, "has no cell with anything in it.", "Is it the right file?")
        return filled
    names = [grid.sheet for grid in found]
    if isinstance(sheet, int) and not isinstance(sheet, bool) and 0 <= sheet < len(found):
        grid = found[sheet]
    elif str(sheet) in names:
        grid = found[names.index(str(sheet))]
    else:
        near = difflib.get_close_matches(str(sheet), names, n=1, cutoff=0.3)
        hint = f" Nearest is {near[0]!r}." if near else ""
        raise refuse(
            path.name,
            f"has no sheet {sheet!r}.{hint}",
            f"Sheets are: {', '.join(map(repr, names))}.",
        )
    if not grid.rows:
        raise refuse(f'{path.name}, sheet "{grid.sheet}"', "is empty.", "Name another sheet.")
    return [grid]
