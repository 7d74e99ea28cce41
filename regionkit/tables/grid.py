"""The cells of one sheet, whatever file they come from."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from regionkit.errors import Fault, TableError

__all__ = [
    "FORMATS",
    "MAX_CELLS",
    "Grid",
    "check_cell_count",
    "excel_serial_date",
    "frame_grid",
    "is_percent_format",
    "percent_text",
    "refuse",
    "trim_grid",
]

FORMATS = "Use .xlsx, .xls, .xlsb, .ods, .et, .csv, .tsv or .parquet."
MAX_CELLS = 20_000_000


@dataclass(frozen=True)
class Grid:
    """The cells of one sheet.

    Attributes
    ----------
    file, sheet : str
        ``sheet`` is "" for formats without sheets.
    rows : list of list
        Cell values, rectangular; a percent-formatted number is text such as "12.3%".
    numbers : list of int
        Row of each in the file, from 1.
    merged : list of (top, left, bottom, right)
        Merged blocks, as places in ``rows``, inclusive.
    uncomputed : set of (row, column)
        Formulas without a stored result.
    encoding : str
        Of a text file.
    has_header : bool
        Whether the first row holds the column names for certain (Parquet).
    above, below : list of (row, text)
        Lines of a page that stand outside its tables: above this one, and below it.
    note : str
        What the file really is, where its ending says something else.
    """

    file: str
    sheet: str
    rows: list[list[Any]]
    numbers: list[int]
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    uncomputed: set[tuple[int, int]] = field(default_factory=set)
    encoding: str = ""
    has_header: bool = False
    above: list[tuple[int, str]] = field(default_factory=list)
    below: list[tuple[int, str]] = field(default_factory=list)
    note: str = ""

    @property
    def label(self) -> str:
        """Return the file, with its sheet, as messages name it."""
        return f'{self.file}, sheet "{self.sheet}"' if self.sheet else self.file


def refuse(file: str, what: str, mend: str) -> TableError:
    """Return the error of a file that cannot be read."""
    return TableError("The table cannot be read:", [Fault(file, 0, "", what, mend)])


def check_cell_count(n_cells: int, file: str, sheet: str) -> None:
    """Refuse a sheet that would fill the memory; called while it grows."""
    if n_cells > MAX_CELLS:
        raise refuse(
            f'{file}, sheet "{sheet}"' if sheet else file,
            f"has more than {MAX_CELLS:,} cells.",
            "Export the columns that are needed.",
        )


def is_percent_format(form: str) -> bool:
    """Return whether a number format shows percent.

    Examples
    --------
    >>> is_percent_format("0.0%"), is_percent_format('0"%"')
    (True, False)
    """
    return "%" in re.sub(r'"[^"]*"|\\.|\[[^\]]*\]', "", form)


def percent_text(value: float) -> str:
    """Return a number as a percent format shows it, without what float arithmetic adds.

    Examples
    --------
    >>> percent_text(0.062)
    '6.2%'
    """
    return f"{float(f'{value * 100:.12g}'):.12g}%"


def excel_serial_date(value: float) -> dt.date:
    """Return the day that a spreadsheet stores as a number.

    Examples
    --------
    >>> excel_serial_date(45292).isoformat()
    '2024-01-01'
    """
    return dt.date(1899, 12, 30) + dt.timedelta(days=int(value))


def frame_grid(frame: pd.DataFrame, label: str) -> Grid:
    """Return a DataFrame as a grid: its column names are the first row, numbered 1.

    A named index becomes columns, for adcodes often stand there.
    """
    table = frame.reset_index() if any(name is not None for name in frame.index.names) else frame
    rows: list[list[Any]] = [[str(column) for column in table.columns]]
    rows += [[_python_value(cell) for cell in row] for row in table.itertuples(index=False)]
    if len(rows) == 1:
        raise refuse(label, "has no rows.", "Is it the right table?")
    return Grid(label, "", rows, list(range(1, len(rows) + 1)), has_header=True)


def _python_value(cell: Any) -> Any:
    if isinstance(cell, pd.Timestamp):
        return cell.to_pydatetime()
    if cell is None or cell is pd.NaT or cell is pd.NA:
        return None
    return cell.item() if hasattr(cell, "item") and getattr(cell, "ndim", 0) == 0 else cell


def _is_filled(value: Any) -> bool:
    return value is not None and not (isinstance(value, str) and not value.strip())


def trim_grid(
    file: str,
    sheet: str,
    rows: list[list[Any]],
    merged: list[tuple[int, int, int, int]],
    uncomputed: set[tuple[int, int]],
) -> Grid:
    """Return a rectangular grid without blank rows at its end and blank columns at its right."""
    last = max((i for i, row in enumerate(rows) if any(map(_is_filled, row))), default=-1)
    formula_rows = max((r for r, _ in uncomputed), default=-1)
    last = max(last, min(formula_rows, len(rows) - 1))
    rows = rows[: last + 1]
    width = max(
        (c + 1 for row in rows for c in range(len(row) - 1, -1, -1) if _is_filled(row[c])),
        default=0,
    )
    width = max([width, *(c + 1 for r, c in uncomputed if r <= last)])
    if len(rows) * width > MAX_CELLS:
        raise refuse(
            f'{file}, sheet "{sheet}"',
            f"spans {len(rows):,} rows and {width:,} columns.",
            "Delete the stray cell far off at its right or bottom.",
        )
    square = [[*row[:width], *[None] * (width - len(row))] for row in rows]
    inside = [
        (top, left, min(bottom, last), min(right, width - 1))
        for top, left, bottom, right in merged
        if top <= last and left < width
    ]
    return Grid(
        file,
        sheet,
        square,
        list(range(1, len(square) + 1)),
        inside,
        {cell for cell in uncomputed if cell[0] <= last},
    )
