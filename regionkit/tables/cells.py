"""The sheets of a spreadsheet file, whatever its format, ending and encoding.

What a file is, its first bytes say; its ending may lie. Nothing is unpacked or parsed before its
size is known.
"""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from regionkit.errors import TableError
from regionkit.limits import raise_limit, raised
from regionkit.places.archive import DeclaredError, bomb_fault, is_locked, xml_in_utf8
from regionkit.tables.grid import FORMATS, LOCKED, SAVE_AS_XLSX, refuse
from regionkit.words.message import Option, join, msg

if TYPE_CHECKING:
    from collections.abc import Iterable

    from regionkit.tables.grid import Grid
    from regionkit.words.message import Words

__all__ = ["read_grids"]

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# The first record of a workbook of Excel 2 to 95 that stands in no OLE container.
_BARE_XLS = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00", b"\x09\x08")
_MAX_BYTES = 400_000_000
_PICTURE = msg("a picture")
_ARCHIVE = msg("a packed archive")
_APPLE = msg("a workbook of Apple Numbers, Pages or Keynote")
_NOT_SHEETS = {
    b"%PDF": msg("a PDF"),
    b"\x89PNG": _PICTURE,
    b"\xff\xd8\xff": _PICTURE,
    b"GIF8": _PICTURE,
    b"BM": _PICTURE,
    b"II*\x00": _PICTURE,
    b"MM\x00*": _PICTURE,
    b"RIFF": _PICTURE,
    b"{\\rtf": msg("a text document"),
    b"SQLite format 3": msg("a database (a GeoPackage?)"),
    b"Rar!": _ARCHIVE,
    b"7z\xbc\xaf": _ARCHIVE,
    b"\x1f\x8b": _ARCHIVE,
}
# What else is packed as a zip, by a part that only it has.
_OTHER_PACKAGES = {
    "word/document.xml": msg("a Word document"),
    "ppt/presentation.xml": msg("a presentation"),
    "Index/Document.iwa": _APPLE,
    "Index.zip": _APPLE,
    "OFD.xml": msg("an OFD document"),
    "doc.kml": msg("a KMZ file, of places and not of rows"),
}
_PAGE_STARTS = (
    *(b"<!doctype html", b"<html", b"<head", b"<meta", b"<body", b"<title", b"<style", b"<script"),
    *(b"<table", b"<div", b"<center", b"<font", b"<h1", b"<h2", b"<h3", b"<p>", b"<tr"),
)
_ODS_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
_XLSX = msg("an .xlsx workbook")
_ODS = msg("an OpenDocument spreadsheet")
_XLS = msg("an .xls workbook")
_XML2003 = msg("an XML spreadsheet of Excel 2003")
_PAGE = msg("a web page (HTML)")
_MHTML = msg("a web page in one file (MHTML)")
_PARQUET = msg("a Parquet file")
# What a file is, and the endings under which nobody is surprised to find it.
_ENDINGS: dict[Words, set[str]] = {
    _XLSX: {".xlsx", ".xlsm", ".xltx", ".xltm"},
    _ODS: {".ods", ".ots", ".fods"},
    _XLS: {".xls", ".xlt", ".et", ".ett"},
    _XML2003: {".xml"},
    _PAGE: {".html", ".htm", ".xhtml"},
    _MHTML: {".mht", ".mhtml"},
    _PARQUET: {".parquet", ".geoparquet"},
}
_TEXT_ENDINGS = {".csv", ".tsv", ".txt", ".tab", ""}
_DELIMITERS = {
    ",": msg("commas"),
    "\t": msg("tabs"),
    ";": msg("semicolons"),
    "|": msg("bars"),
}


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
        raise refuse(str(path), msg("does not exist."), _look_again(path))
    size = path.stat().st_size
    if size == 0:
        raise refuse(
            path.name, msg("is empty (0 bytes)."), msg("Save it again from the spreadsheet.")
        )
    if size > raised(_MAX_BYTES):
        raise refuse(
            path.name,
            msg("is {size:,.0f} MB, more than a table of units can be.", size=size / 1e6),
            join([msg("Export the columns that are needed."), raise_limit()], "sentences"),
        )
    from defusedxml import DefusedXmlException

    try:
        kind, grids = _read_any(path)
        chosen = _chosen(path, kind, grids, sheet)
    except TableError:
        raise
    except (DeclaredError, DefusedXmlException) as error:
        raise refuse(
            path.name,
            msg("declares XML entities, which no spreadsheet program does."),
            msg("It is not read. Ask for a clean copy."),
        ) from error
    except Exception as error:
        # Readers of broken files raise whatever they trip over.
        raise refuse(
            path.name,
            msg(
                "cannot be read as a spreadsheet ({error}).",
                error=msg("{word}: {text}", word=type(error).__name__, text=str(error)),
            ),
            SAVE_AS_XLSX,
        ) from error
    ending = path.suffix.lower()
    if ending in _ENDINGS.get(kind, _TEXT_ENDINGS):
        return chosen
    note = msg(
        "the file is {kind}, whatever its ending {ending} says",
        kind=kind,
        ending=ending or msg("(none)"),
    )
    return [replace(grid, note=note) for grid in chosen]


def _look_again(path: Path) -> Words:
    """Return how to mend a path at which there is no file."""
    import difflib

    check = msg("Check the path.")
    if not path.parent.is_dir():
        return check
    names = [entry.name for entry in path.parent.iterdir() if entry.is_file()]
    near = difflib.get_close_matches(path.name, names, n=2)
    if not near:
        return check
    return join([check, msg("There is {names}.", names=join(near, "and"))], "sentences")


def _read_any(path: Path) -> tuple[Words, Iterable[Grid]]:
    """Return what a file is, and its sheets."""
    with path.open("rb") as file:
        head = file.read(4096)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _read_package(path)
    if head.startswith((_OLE, *_BARE_XLS)):
        from regionkit.tables.formats.xls import read_xls

        return _XLS, read_xls(path)
    if head.startswith(b"PAR1"):
        from regionkit.tables.formats.parquet import read_parquet

        return _PARQUET, [read_parquet(path)]
    for magic, name in _NOT_SHEETS.items():
        # A text may begin with these letters too, but holds no zero byte.
        if head.startswith(magic) and (not magic.isalpha() or b"\x00" in head):
            raise refuse(path.name, msg("is {kind}, not a spreadsheet.", kind=name), FORMATS)
    found = _read_markup(path, head)
    if found is not None:
        return found
    from regionkit.tables.formats.text import read_text

    grid, delimiter = read_text(path)
    kind = msg(
        "text separated by {separator}, in {encoding}",
        separator=_DELIMITERS[delimiter],
        encoding=grid.encoding,
    )
    return kind, [grid]


def _read_markup(path: Path, head: bytes) -> tuple[Words, Iterable[Grid]] | None:
    """Return what a file of HTML or XML is, and its sheets; None for any other text."""
    # UTF-16 puts a zero byte beside each letter.
    start = head.replace(b"\x00", b"").lstrip(b"\xff\xfe\xef\xbb\xbf \t\r\n").lower()
    while start.startswith(b"<!--") and b"-->" in start:
        start = start.partition(b"-->")[2].lstrip()
    if start.startswith(b"mime-version:") and b"multipart/related" in start:
        from regionkit.tables.formats.html import read_mhtml

        return _MHTML, read_mhtml(path)
    is_xml = start.startswith(b"<?xml")
    if start.startswith(_PAGE_STARTS) or (is_xml and b"<html" in start):
        from regionkit.tables.formats.html import read_page

        return _PAGE, read_page(path)
    if not is_xml and not start.startswith((b"<workbook", b"<office:document", b"<ss:workbook")):
        return None
    content = xml_in_utf8(path.read_bytes())
    if b"urn:schemas-microsoft-com:office:spreadsheet" in start:
        from regionkit.tables.formats.xml2003 import read_xml2003

        return _XML2003, read_xml2003(content, path.name)
    if b"office:document" in start and _ODS_TYPE in start:
        from regionkit.tables.formats.ods import read_flat_ods

        return _ODS, read_flat_ods(content, path.name)
    raise refuse(
        path.name,
        msg("is XML that is no spreadsheet."),
        msg(
            "Open it in a spreadsheet program and save it as .xlsx. Places in KML are read as "
            "points."
        ),
    )


def _read_package(path: Path) -> tuple[Words, Iterable[Grid]]:
    """Return what a zip is, and its sheets, once nothing in it can do harm."""
    with zipfile.ZipFile(path) as package:
        fault = bomb_fault(package)
        if fault:
            raise refuse(
                path.name,
                fault,
                msg("Nothing was unpacked. Copy the cells into a new workbook."),
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
                (word for part, word in _OTHER_PACKAGES.items() if part in names),
                msg("a zip archive"),
            )
            raise refuse(path.name, msg("is {kind}, not a spreadsheet.", kind=kind), FORMATS)
        if "xl/workbook.bin" in names:
            raise refuse(
                path.name,
                msg("is a binary workbook (.xlsb), which is not read."),
                SAVE_AS_XLSX,
            )
        if is_locked_package:
            raise refuse(path.name, LOCKED, msg("Save it without a password."))
    if is_ods:
        from regionkit.tables.formats.ods import read_ods

        return _ODS, read_ods(path)
    from regionkit.tables.formats.xlsx import read_xlsx

    return _XLSX, read_xlsx(path)


def _chosen(path: Path, kind: Words, grids: Iterable[Grid], sheet: str | int | None) -> list[Grid]:
    """Return the named sheet, or all that hold something."""
    import difflib

    found = list(grids)
    if kind not in _ENDINGS:
        # Text, which has one table.
        if sheet is not None and sheet != 0:
            raise refuse(
                path.name,
                msg("is text and has no sheet {sheet!r}.", sheet=sheet),
                msg("Leave {option} out.", option=Option("sheet")),
            )
        sheet = None
    if sheet is None:
        filled = [grid for grid in found if grid.rows]
        if not filled:
            raise refuse(
                path.name, msg("has no cell with anything in it."), msg("Is it the right file?")
            )
        return filled
    names = [grid.sheet for grid in found]
    if isinstance(sheet, int) and not isinstance(sheet, bool) and 0 <= sheet < len(found):
        grid = found[sheet]
    elif str(sheet) in names:
        grid = found[names.index(str(sheet))]
    else:
        near = difflib.get_close_matches(str(sheet), names, n=1, cutoff=0.3)
        what = [msg("has no sheet {sheet!r}.", sheet=sheet)]
        what += [msg("Nearest is {name!r}.", name=name) for name in near]
        there = [msg("{name!r}", name=name) for name in names]
        raise refuse(path.name, join(what, "sentences"), msg("Sheets are: {names}.", names=there))
    if not grid.rows:
        raise refuse(path.name, msg("is empty."), msg("Name another sheet."), sheet=grid.sheet)
    return [grid]
