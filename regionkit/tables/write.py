"""Tables as .csv and .xlsx: no cell is ever a formula, and Excel reads the Chinese."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from regionkit.errors import InputError
from regionkit.files import write_aside
from regionkit.words.message import join, msg, say

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import pandas as pd

__all__ = [
    "MAX_CELL",
    "TABLE_FORMATS",
    "TableFormat",
    "book_bytes",
    "csv_bytes",
    "fill_sheet",
    "neutralise",
    "without_controls",
    "write_table",
]

# A spreadsheet takes a text that begins so for a formula.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
# Characters that XML, of which workbooks and KML are made, cannot hold.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
MAX_CELL = 32_767
_MAX_WIDTH = 40
# A spreadsheet keeps fifteen digits of a number.
_EXACT = 10**15
_YES_NO = {True: "是", False: "否"}


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
    import numpy as np

    n_changed = 0

    def safe(value: Any) -> Any:
        nonlocal n_changed
        if isinstance(value, bool | np.bool_):
            return _YES_NO[bool(value)]
        if isinstance(value, str) and value.startswith(_FORMULA_STARTS):
            n_changed += 1
            return f"'{value}"
        return value

    named = table.set_axis([safe(str(name)) for name in table.columns], axis=1)
    made = named.apply(lambda column: column.map(safe) if column.dtype.kind not in "if" else column)
    return made, n_changed


def csv_bytes(table: pd.DataFrame) -> tuple[bytes, int]:
    r"""Return a table as CSV, and how many texts have a ``'`` before them.

    In UTF-8 with the mark that Excel needs to see it.

    Examples
    --------
    >>> import pandas as pd
    >>> csv_bytes(pd.DataFrame({"a": ["=1"]}))
    (b"\xef\xbb\xbfa\n'=1\n", 1)
    """
    safe, n_changed = neutralise(table)
    text = safe.to_csv(index=False, lineterminator="\n")
    return text.encode("utf-8-sig"), n_changed


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
    to_bytes: Callable[[pd.DataFrame, Mapping[str, str]], bytes]


def _csv(table: pd.DataFrame, _notes: Mapping[str, str]) -> bytes:
    return csv_bytes(table)[0]


def _xlsx(table: pd.DataFrame, notes: Mapping[str, str]) -> bytes:
    sheets = {say("Data"): table}
    if notes:
        import pandas as pd

        sheets[say("Notes")] = pd.DataFrame(
            {say("Item"): list(notes), say("Content"): list(notes.values())}
        )
    return workbook_bytes(sheets)


# The one list of them: commands take their help, checks and messages from it.
TABLE_FORMATS: dict[str, TableFormat] = {
    one.ending: one
    for one in (
        TableFormat(".csv", "text that Excel opens", _csv),
        TableFormat(".xlsx", "workbook with what the table is of", _xlsx),
    )
}


def write_table(
    table: pd.DataFrame, path: str | Path, *, notes: Mapping[str, str] | None = None
) -> Path:
    r"""Write a table in the format its file ending names, and return the path.

    Parameters
    ----------
    table : DataFrame
        Its index is not written. Several words in a cell (a tuple) are joined by 、.
    path : path
        .csv or .xlsx.
    notes : mapping, optional
        What the table is of; stands on a sheet of its own in a workbook.

    Raises
    ------
    InputError
        An unknown ending.
    OutputError
        The file cannot be written; an older one stays as it was.

    Examples
    --------
    >>> import tempfile
    >>> import pandas as pd
    >>> table = pd.DataFrame({"市": ["沈阳市"], "区": [("和平区", "沈河区")]})
    >>> path = write_table(table, Path(tempfile.mkdtemp()) / "a.csv")
    >>> path.read_text(encoding="utf-8-sig")
    '市,区\n沈阳市,和平区、沈河区\n'
    """
    path = Path(path)
    found = TABLE_FORMATS.get(path.suffix.lower())
    if found is None:
        raise InputError(
            msg("{path} does not end in {known}.", path=path, known=join(TABLE_FORMATS, "or")),
            mend=msg("Name the file so."),
        )
    words = table.map(lambda cell: "、".join(map(str, cell)) if isinstance(cell, tuple) else cell)
    return write_aside(path, found.to_bytes(words, notes or {}))


def without_controls(text: str) -> str:
    r"""Return a text without the control characters that XML cannot hold.

    Examples
    --------
    >>> without_controls("a\x07b")
    'ab'
    """
    return _CONTROLS.sub("", text)


def fill_sheet(sheet: Any, header: list[str], table: pd.DataFrame) -> int:
    """Write a table to a sheet, and return how many texts had to be cut."""
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    cut = 0
    widths = [len(name) for name in header]
    for r, row in enumerate([header, *table.itertuples(index=False)], 1):
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
    if isinstance(value, bool):
        return _YES_NO[value]
    if isinstance(value, int) and abs(value) >= _EXACT:
        return str(value)
    if isinstance(value, pd.Timestamp):
        return value.tz_localize(None).to_pydatetime()
    return value
