"""Tables as .csv, .xlsx and .docx: no cell is ever a formula, and Excel reads the Chinese."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from regionkit.errors import InputError
from regionkit.files import write_aside
from regionkit.tables.controls import without_controls
from regionkit.words.message import Words, join, msg, say

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import pandas as pd

__all__ = [
    "MAX_CELL",
    "TABLE_FORMATS",
    "About",
    "TableFormat",
    "WrittenTable",
    "book_bytes",
    "check_table_format",
    "csv_bytes",
    "fill_sheet",
    "neutralise",
    "notes_table",
    "write_table",
]

# A spreadsheet takes a text that begins so for a formula; Chinese input methods type the wide ones.
_FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")
MAX_CELL = 32_767
_MAX_WIDTH = 40
# A spreadsheet keeps fifteen digits of a number: codes and account numbers are longer.
_EXACT = 10**15


def neutralise(table: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    """Return a table whose texts no spreadsheet takes for formulas, and how many were changed.

    A ``'`` stands before each such text, in the header as well.

    Examples
    --------
    >>> import pandas as pd
    >>> safe, n = neutralise(pd.DataFrame({"a": ["=1+1", "沈阳"], "b": [-1, 2]}))
    >>> safe["a"].tolist(), safe["b"].tolist(), n
    (["'=1+1", '沈阳'], [-1, 2], 1)
    """
    n_changed = 0

    def safe(value: Any) -> Any:
        nonlocal n_changed
        if isinstance(value, str) and value.startswith(_FORMULA_STARTS):
            n_changed += 1
            return f"'{value}"
        return value

    named = table.set_axis([safe(str(name)) for name in table.columns], axis=1)
    made = named.apply(lambda column: column.map(safe) if column.dtype.kind not in "if" else column)
    return made, n_changed


def csv_bytes(table: pd.DataFrame) -> tuple[bytes, int]:
    r"""Return a table as CSV, and how many texts have a ``'`` before them.

    In UTF-8 with the mark that Excel needs to see it; lines end in CR LF. A cell with a line break
    of any kind, a quote or a comma is quoted.

    Examples
    --------
    >>> import pandas as pd
    >>> csv_bytes(pd.DataFrame({"a": ["=1", "b\rc"]}))
    (b'\xef\xbb\xbfa\r\n\'=1\r\n"b\rc"\r\n', 1)
    """
    safe, n_changed = neutralise(_plain_table(table))
    # Only the characters of the line's end are quoted, so it has to be both of them.
    text = safe.to_csv(index=False, lineterminator="\r\n")
    return text.encode("utf-8-sig"), n_changed


def _plain_table(table: pd.DataFrame, *, keep_truths: bool = False) -> pd.DataFrame:
    """Return a table with yes and no in words, lists joined, and midnights as days."""
    import pandas as pd

    words: dict[bool, object] = {True: say("yes"), False: say("no")}
    if keep_truths:
        words = {True: True, False: False}

    def plain(cell: Any) -> Any:
        if isinstance(cell, tuple | list):
            return "、".join(map(str, cell))
        if isinstance(cell, pd.Timestamp) and cell.tzinfo is None and cell == cell.normalize():
            return cell.date()
        return words[bool(cell)] if type(cell).__name__ in {"bool", "bool_"} else cell

    made = {
        n: column if column.dtype.kind in "if" else column.astype(object).map(plain)
        for n, (_, column) in enumerate(table.items())
    }
    return type(table)(made, index=table.index).set_axis(table.columns, axis=1)


def workbook_bytes(sheets: Mapping[str, pd.DataFrame]) -> bytes:
    """Return a workbook of plain tables, a sheet each, as the bytes of an .xlsx file."""
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, table in sheets.items():
        fill_sheet(book.create_sheet(title), [str(column) for column in table], table)
    return book_bytes(book)


def book_bytes(book: Any) -> bytes:
    """Return the bytes of an openpyxl workbook; openpyxl cannot stop cleanly on a full disk."""
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@dataclass(frozen=True)
class TableFormat:
    """A format that tables are written in.

    Attributes
    ----------
    ending : str
    label : str
        What it is called in help and messages.
    to_bytes : callable
        Takes the table and what it is of, and returns the file.
    """

    ending: str
    label: str
    to_bytes: Callable[[pd.DataFrame, About], bytes]
    require: Callable[[], object] = lambda: None


@dataclass(frozen=True)
class About:
    """What a table is of.

    Attributes
    ----------
    title : str
    notes : mapping of str to str
        What its reader has to know: the conditions, how to read it.
    sources : DataFrame, optional
        The documents and data it was made from, with a title each.
    """

    title: str = ""
    notes: Mapping[str, str] = field(default_factory=dict)
    sources: pd.DataFrame | None = None


@dataclass(frozen=True)
class WrittenTable(Words):
    """What was written.

    Attributes
    ----------
    path : Path
    n_rows : int
    sheets : tuple of str
        Of a workbook.
    """

    path: Path
    n_rows: int
    sheets: tuple[str, ...] = ()

    def __fspath__(self) -> str:
        """Return the path."""
        return str(self.path)

    def _put(self, lang: str, door: str) -> str:
        if self.sheets:
            told = msg("Rows written: {n}; sheets: {sheets}.", n=self.n_rows, sheets=self.sheets)
        else:
            told = msg("Rows written: {n}.", n=self.n_rows)
        return told.render(lang, door)


def _csv(table: pd.DataFrame, _about: About) -> bytes:
    return csv_bytes(table)[0]


def _docx(table: pd.DataFrame, about: About) -> bytes:
    from regionkit.tables.document import document_bytes

    sources = [] if about.sources is None else list(about.sources.iloc[:, 0].astype(str))
    return document_bytes(
        _plain_table(table), title=about.title, notes=about.notes, sources=sources
    )


def _require_docx() -> object:
    from regionkit.tables.document import require_docx

    return require_docx()


def _xlsx(table: pd.DataFrame, about: About) -> bytes:
    return workbook_bytes(_sheets_of(table, about))


def _sheets_of(table: pd.DataFrame, about: About) -> dict[str, pd.DataFrame]:
    """Return the sheets of a workbook: the table, its sources, and what it is of."""
    sheets = {say("Data"): table}
    if about.sources is not None and len(about.sources):
        sheets[say("Sources")] = about.sources
    notes = {say("Title"): about.title, **about.notes} if about.title else about.notes
    if notes:
        sheets[say("Notes")] = notes_table(notes)
    return sheets


def notes_table(notes: Mapping[str, str]) -> pd.DataFrame:
    """Return what a reader has to know as a table of two columns."""
    import pandas as pd

    return pd.DataFrame({say("Item"): list(notes), say("Content"): list(notes.values())})


# The one list of them: commands take their help, checks and messages from it.
TABLE_FORMATS: dict[str, TableFormat] = {
    one.ending: one
    for one in (
        TableFormat(".csv", "text that Excel opens", _csv),
        TableFormat(".xlsx", "workbook with sources and notes", _xlsx),
        TableFormat(".docx", "Word document with sources and notes", _docx, _require_docx),
    )
}


def write_table(
    table: pd.DataFrame,
    path: str | Path,
    *,
    title: str = "",
    notes: Mapping[str, str] | None = None,
    sources: pd.DataFrame | None = None,
) -> WrittenTable:
    r"""Write a table in the format its file ending names, and return what was written.

    Parameters
    ----------
    table : DataFrame
        Its index is not written. Several words in a cell (a tuple) are joined by 、.
    path : path
        .csv, .xlsx or .docx.
    title : str
        Above the table of a document, among the notes of a workbook.
    notes : mapping, optional
        What the table is of; a sheet of its own in a workbook, below the table in a document.
    sources : DataFrame, optional
        What it was made from, a title in its first column; as the notes are.

    Raises
    ------
    InputError
        An unknown ending.
    MissingDependencyError
        .docx without python-docx.
    OutputError
        The file cannot be written; an older one stays as it was.

    Examples
    --------
    >>> import tempfile
    >>> import pandas as pd
    >>> table = pd.DataFrame({"市": ["沈阳市"], "区": [("和平区", "沈河区")]})
    >>> written = write_table(table, Path(tempfile.mkdtemp()) / "a.csv")
    >>> written.path.read_text(encoding="utf-8-sig")
    '市,区\n沈阳市,和平区、沈河区\n'
    """
    path = Path(path)
    form = check_table_format(path)
    about = About(title, notes or {}, sources)
    write_aside(path, form.to_bytes(table, about))
    sheets = tuple(_sheets_of(table, about)) if form.ending == ".xlsx" else ()
    return WrittenTable(path, len(table), sheets)


def check_table_format(path: str | Path) -> TableFormat:
    """Return the format that a file ending names, if this computer can write it.

    Raises
    ------
    InputError, MissingDependencyError
        As of :func:`write_table`.
    """
    found = TABLE_FORMATS.get(Path(path).suffix.lower())
    if found is None:
        raise InputError(
            msg("{path} does not end in {known}.", path=path, known=join(TABLE_FORMATS, "or")),
            mend=msg("Name the file so."),
        )
    found.require()
    return found


def fill_sheet(
    sheet: Any, header: list[str], table: pd.DataFrame, *, keep_truths: bool = False
) -> int:
    """Write a table to a sheet, and return how many texts had to be cut.

    Yes and no are words, or with ``keep_truths`` the spreadsheet's own truth values.
    """
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    rows = _plain_table(table, keep_truths=keep_truths).itertuples(index=False)
    cut = 0
    widths = [len(name) for name in header]
    for r, row in enumerate([header, *rows], 1):
        for c, value in enumerate(row, 1):
            cell = sheet.cell(r, c)
            plain = _cell(value)
            if isinstance(plain, str):
                text = without_controls(plain)
                cut += len(text) > MAX_CELL
                cell.value = text[:MAX_CELL]
                # openpyxl takes a leading = for a formula; the type says it is text, and the
                # quote prefix keeps it text when somebody edits the cell.
                cell.data_type = "s"
                if text.startswith(_FORMULA_STARTS):
                    cell.quotePrefix = True
                widths[c - 1] = max(widths[c - 1], min(len(text), _MAX_WIDTH))
            else:
                cell.value = plain
            if r == 1:
                cell.font = Font(bold=True)
    for c, width in enumerate(widths, 1):
        # A Chinese character is as wide as two digits.
        sheet.column_dimensions[get_column_letter(c)].width = min(width * 1.8 + 2, _MAX_WIDTH)
    sheet.freeze_panes = "A2"
    return cut


def _cell(value: Any) -> Any:
    import numpy as np
    import pandas as pd

    if value is None or value is pd.NA or value is pd.NaT:
        return None
    if isinstance(value, float | np.floating):
        return float(value) if np.isfinite(value) else None
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, int) and abs(value) >= _EXACT:
        return str(value)
    if isinstance(value, pd.Timestamp):
        return value.tz_localize(None).to_pydatetime()
    return value
