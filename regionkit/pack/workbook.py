"""Read a pack that is one workbook: a sheet a table, as :mod:`regionkit.pack.sheets` writes it.

The file may come from a stranger: what it may unpack to is limited, links to other files are
dropped, and formulas are not worked out.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import re
import warnings
import zipfile
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from regionkit.errors import Fault, PackError
from regionkit.pack.model import list_tables
from regionkit.pack.register import REGISTER, register_fields
from regionkit.pack.texts import Texts, name_columns, no_header, without_blanks
from regionkit.words.message import msg

if TYPE_CHECKING:
    from collections.abc import Iterator

    from regionkit.pack.model import Table
    from regionkit.pack.texts import Doubt

__all__ = [
    "ABOUT",
    "ABOUT_WORDS",
    "CHOICES",
    "HELP_MARK",
    "UNITS",
    "Workbook",
    "is_workbook",
    "read_workbook",
]

#: Sheets beside those of the tables: what the pack is, and lists to choose from.
ABOUT, UNITS, CHOICES = "说明", "单位", "选项"
#: What cells of the line of help begin with.
HELP_MARK = "〔"
#: What the keys of a descriptor are called on its sheet.
ABOUT_WORDS = {
    "region.name": "地区",
    "region.adcode": "地区代码",
    "region.units": "所含单位代码",
    "region.id": "地区编号",
    "region.name_en": "地区英文名",
    "region.current_plan": "现行规划",
    "name": "包名",
    "title": "标题",
    "description": "简介",
    "licenses": "许可",
    "words": "本地用语",
    "schema_version": "格式版本",
}
_PLAIN = {"region.name", "region.adcode", "region.id", "region.name_en", "name", "title"}
_PLAIN |= {"description", "region.current_plan"}
_ENDINGS = {".xlsx", ".xlsm"}
_MOST_BYTES = 300_000_000
_MOST_PARTS = 2_000
_MOST_CELLS = 20_000_000
_FORBIDDEN = re.compile(rb"<!(DOCTYPE|ENTITY)")
_NOT_CODES = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')
_WIDEST_WHOLE = 1e15


@dataclass
class Workbook:
    """What a workbook holds.

    Attributes
    ----------
    raw : dict
        The descriptor.
    texts : dict of str to Texts
    register : Texts
        The sheet 登记.
    """

    raw: dict[str, Any]
    texts: dict[str, Texts]
    register: Texts


@dataclass
class _Sheet:
    """A sheet's cells as texts, and those that are none."""

    rows: list[list[str]] = field(default_factory=list)
    doubts: dict[tuple[int, int], Doubt] = field(default_factory=dict)


def is_workbook(path: str | Path) -> bool:
    """Return whether a path is named as a workbook.

    Examples
    --------
    >>> is_workbook("吉林.xlsx"), is_workbook("jilin")
    (True, False)
    """
    return Path(path).suffix.lower() in _ENDINGS


def read_workbook(content: bytes, file: str) -> Workbook:
    """Return what a workbook holds.

    Parameters
    ----------
    content : bytes
    file : str
        Its name, as faults tell it.

    Raises
    ------
    PackError
        It is no workbook, is too large, or has sheets that are none of a pack's.
    """
    _check_package(content, file)
    sheets = _read_sheets(content, file)
    faults = []
    tables = list_tables()
    by_title = {name: table for table in tables.values() for name in (table.title, table.name)}
    texts: dict[str, Texts] = {}
    for title, sheet in sheets.items():
        table = by_title.get(title.strip())
        if table is None:
            if title.strip() not in {ABOUT, UNITS, CHOICES, REGISTER}:
                known = [ABOUT, REGISTER, *(one.title for one in tables.values())]
                what = msg("is no sheet of a pack.")
                mend = msg("Remove it, or name it as one of: {known}.", known=known)
                faults.append(Fault(file, 0, "", what, mend, title))
        elif table.name in texts:
            what = msg("holds a table that another sheet holds too.")
            faults.append(Fault(file, 0, "", what, msg("Keep one of the two."), title))
        else:
            texts[table.name] = _table_texts(sheet, table, file, title)
    if ABOUT not in sheets:
        what = msg("is missing.")
        mend = msg("Copy it from a workbook that `regionkit new-pack` makes.")
        faults.append(Fault(file, 0, "", what, mend, ABOUT))
    register = _register_texts(sheets.get(REGISTER, _Sheet()), file)
    faults += [register.fault(r, name, *said) for (r, name), said in register.doubts.items()]
    known_columns = {one.name for one, *_ in register_fields()}
    for name in dict.fromkeys(register.header):
        if name not in known_columns or register.header.count(name) > 1:
            titles = [one.title for one, *_ in register_fields()]
            what = msg("is no column of this sheet, or stands twice.")
            mend = msg("Its columns are: {titles}.", titles=titles)
            faults.append(Fault(file, 1, register.said_as.get(name, name), what, mend, REGISTER))
    if faults:
        raise PackError(msg("Faults in {path}: {n}.", path=file, n=len(faults)), faults)
    for name, table in tables.items():
        texts.setdefault(name, Texts(file, list(table.columns), sheet=table.title))
    return Workbook(_read_about(sheets[ABOUT]), texts, register)


def _check_package(content: bytes, file: str) -> None:
    """Refuse what is no workbook, and what unpacks to more than a pack can be."""
    mend = msg("Save it as .xlsx with a spreadsheet program, without a password.")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = package.infolist()
            if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _MOST_BYTES:
                raise PackError(
                    msg("{path} unpacks to more than a pack can be.", path=file),
                    mend=msg("Keep the sheets of the pack only."),
                )
            for part in parts:
                if part.filename.endswith((".xml", ".rels")):
                    text = package.read(part)
                    if text[:2] in {b"\xff\xfe", b"\xfe\xff"} or _FORBIDDEN.search(text):
                        raise PackError(
                            msg("{path} holds what no workbook holds.", path=file), mend=mend
                        )
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError) as error:
        what = msg("{path} is no workbook of the form .xlsx.", path=file)
        raise PackError(what, mend=mend) from error


def _read_sheets(content: bytes, file: str) -> dict[str, _Sheet]:
    """Return the sheets by title, their cells as texts."""
    book = _load(content, file, data_only=False)
    try:
        cells = {sheet.title: list(_rows(sheet, file)) for sheet in book.worksheets}
    finally:
        book.close()
    has_formulas = any(
        cell.data_type == "f" for rows in cells.values() for row in rows for cell in row
    )
    stored: dict[str, list[list[Any]]] = {}
    if has_formulas:
        values = _load(content, file, data_only=True)
        try:
            stored = {sheet.title: list(_rows(sheet, file)) for sheet in values.worksheets}
        finally:
            values.close()
    sheets = {}
    for title, rows in cells.items():
        sheet = sheets[title] = _Sheet()
        for r, row in enumerate(rows):
            sheet.rows.append([])
            for c, cell in enumerate(row):
                is_formula = cell.data_type == "f"
                shown = stored[title][r][c] if is_formula else cell
                said = _cell_text(shown, is_formula=is_formula)
                if not isinstance(said, str):
                    sheet.doubts[r, c] = said
                sheet.rows[-1].append(said if isinstance(said, str) else "")
    return sheets


def _load(content: bytes, file: str, *, data_only: bool) -> Any:
    import openpyxl

    try:
        with warnings.catch_warnings():
            # It warns of extensions that it drops; none bears on cells.
            warnings.simplefilter("ignore")
            return openpyxl.load_workbook(
                io.BytesIO(content), read_only=True, data_only=data_only, keep_links=False
            )
    except Exception as error:
        raise PackError(
            msg("{path} cannot be read as a workbook ({error}).", path=file, error=str(error)),
            mend=msg("Save it anew with a spreadsheet program."),
        ) from error


def _rows(sheet: Any, file: str) -> Iterator[list[Any]]:
    """Yield the rows of a sheet."""
    # The stated dimension can be wrong in either direction; the cells themselves count.
    sheet.reset_dimensions()
    count = 0
    for row in sheet.iter_rows():
        count += len(row) + 1
        if count > _MOST_CELLS:
            raise PackError(
                msg("Sheet {sheet!r} has more than {n:,} cells.", sheet=sheet.title, n=_MOST_CELLS),
                where=file,
                mend=msg("Delete the rows and columns that are empty but formatted."),
            )
        yield list(row)


def _cell_text(  # noqa: PLR0911 - one for each type
    cell: Any, *, is_formula: bool
) -> str | Doubt:
    """Return a cell as text, as it is shown; a doubt for what has no value."""
    value = cell.value
    if value is None:
        if is_formula:
            return msg("holds a formula without its result."), msg("Type the value itself.")
        return ""
    if cell.data_type == "e":
        return msg("shows the error {error}.", error=value), msg("Type the value itself.")
    form = _NOT_CODES.sub("", str(cell.number_format or "")).lower()
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dt.datetime | dt.date):
        # 2026年5月 is a month, whatever day the program keeps behind it.
        has_day = "d" in form or not {"m", "y"} & set(form)
        return value.isoformat()[: 10 if has_day else 7 if "m" in form else 4]
    if isinstance(value, int | float):
        if "%" in form:
            return f"{value * 100:.12g}%"
        is_whole = float(value).is_integer() and abs(value) < _WIDEST_WHOLE
        return str(int(value)) if is_whole else f"{value:.15g}"
    return str(value)


def _table_texts(sheet: _Sheet, table: Table, file: str, title: str) -> Texts:
    """Return a sheet as the texts of a table; columns that no row must have may be absent."""
    texts = _sheet_texts(sheet, file, title)
    if texts.problem:
        return texts
    texts = name_columns(texts, table)
    titles = {one.name: one.title for one in table.fields}
    absent = [one.name for one in table.fields if not one.required and one.name not in texts.header]
    width = len(texts.header)
    rows = [[*row, *[""] * (width - len(row)), *[""] * len(absent)] for row in texts.rows]
    return replace(
        texts, header=[*texts.header, *absent], rows=rows, said_as=titles | texts.said_as
    )


def _register_texts(sheet: _Sheet, file: str) -> Texts:
    fields = [one for one, *_ in register_fields()]
    titles = {one.title: one.name for one in fields}
    texts = _sheet_texts(sheet, file, REGISTER)
    header = [titles.get(name.strip(), name) for name in texts.header]
    said_as = {one.name: one.title for one in fields}
    absent = [one.name for one in fields if one.name not in header]
    rows = [[*row, *[""] * (len(header) - len(row)), *[""] * len(absent)] for row in texts.rows]
    doubts = {(r, titles.get(name.strip(), name)): said for (r, name), said in texts.doubts.items()}
    return replace(
        texts, header=[*header, *absent], rows=rows, said_as=said_as, doubts=doubts, problem=()
    )


def _sheet_texts(sheet: _Sheet, file: str, title: str) -> Texts:
    """Return a sheet's texts: its header, then the rows without the line of help."""
    if not sheet.rows or not any(cell.strip() for cell in sheet.rows[0]):
        return Texts(file, [], problem=no_header(), sheet=title)
    header, *rows = sheet.rows
    first = 1
    if rows and any(rows[0]) and all(cell[:1] in {"", HELP_MARK} for cell in rows[0]):
        first = 2
        rows = rows[1:]
    lines = [first + 1 + index for index in range(len(rows))]
    doubts = {
        (r - first, header[c]): said
        for (r, c), said in sheet.doubts.items()
        if r >= first and c < len(header)
    }
    # A cell in doubt is no blank: its row is kept.
    marked = [list(row) for row in rows]
    for r, name in doubts:
        marked[r][header.index(name)] = "?"
    texts = without_blanks(Texts(file, header, marked, lines, sheet=title, doubts=doubts))
    for r, name in texts.doubts:
        texts.rows[r][header.index(name)] = ""
    return texts


def _read_about(sheet: _Sheet) -> dict[str, Any]:
    """Return the descriptor that a sheet of keys and values holds."""
    keys = {word: key for key, word in ABOUT_WORDS.items()}
    raw: dict[str, Any] = {}
    for row in sheet.rows:
        key, value = ([cell.strip() for cell in row] + ["", ""])[:2]
        key = keys.get(key, key)
        if not key or not value or key.startswith(HELP_MARK):
            continue
        said: Any = value
        if key not in _PLAIN:
            try:
                said = json.loads(value)
            except (ValueError, RecursionError):
                said = value
        if key.startswith("region."):
            raw.setdefault("region", {})[key.removeprefix("region.")] = said
        else:
            raw[key] = said
    return raw
