"""The cells of one sheet, whatever file they come from."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from regionkit.errors import Fault, TableError
from regionkit.limits import raise_limit, raised
from regionkit.words.message import join, msg

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from regionkit.words.message import Words

__all__ = [
    "FORMATS",
    "LOCKED",
    "MAX_CELLS",
    "MAX_ROWS",
    "RAW_FORMULAS",
    "SAVE_AS_XLSX",
    "Grid",
    "check_cell_count",
    "check_gap",
    "check_repeats",
    "check_row_count",
    "check_span",
    "column_letter",
    "excel_serial_date",
    "frame_grid",
    "refuse",
    "trim_grid",
    "visible_grid",
]

FORMATS = msg("Use .xlsx, .xls, .ods, .et, .csv, .tsv or .parquet.")
SAVE_AS_XLSX = msg("Open it in a spreadsheet program, save it as .xlsx, and use that.")
LOCKED = msg("is protected by a password.")
MAX_CELLS = 5_000_000
# No sheet has more.
MAX_ROWS = 1_048_576
# So many blank rows before a filled one, or the same row so often, is no table of anything.
_MAX_ALIKE = 100_000
# So many formulas that all give zero were written by a library and never calculated.
RAW_FORMULAS = 3


def column_letter(at: int) -> str:
    """Return the letters that a spreadsheet has for a column, counted from 0.

    openpyxl has such a function too, and takes longer to be imported than most tables to be read.

    Examples
    --------
    >>> column_letter(0), column_letter(25), column_letter(26), column_letter(16383)
    ('A', 'Z', 'AA', 'XFD')
    """
    letters = ""
    while at >= 0:
        at, letter = divmod(at, 26)
        letters = chr(ord("A") + letter) + letters
        at -= 1
    return letters


@dataclass(frozen=True)
class Grid:
    """The cells of one sheet.

    Attributes
    ----------
    file : str or words
        Name of the file, or what stands for one.
    sheet : str
        "" for formats without sheets.
    rows : list of list
        Cell values, rectangular; a number with a format is a ``ShownNumber``, raised digits of a
        text are superscripts.
    numbers : list of int
        Row of each in the file, from 1.
    merged : list of (top, left, bottom, right)
        Merged blocks, as places in ``rows``, inclusive.
    uncomputed : set of (row, column)
        Formulas without a stored result.
    hidden_rows, hidden_columns : frozenset of int
        Places in ``rows`` of what the sheet does not show.
    is_filtered : bool
        Whether a filter hides the rows.
    covered : tuple of (row, column, text)
        What stood in cells that a merged block covers, which nobody sees; it is left out.
    encoding : str
        Of a text file.
    widths : tuple of int
        Cells of each line of a text file, up to its last filled one.
    has_header : bool
        Whether the first row holds the column names for certain (Parquet).
    above, below : list of (row, text)
        Lines of a page that stand outside its tables: above this one, and below it.
    note : words or ""
        What the file really is, where its ending says something else.
    """

    file: Words | str
    sheet: str
    rows: list[list[Any]]
    numbers: list[int]
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    uncomputed: set[tuple[int, int]] = field(default_factory=set)
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    is_filtered: bool = False
    covered: tuple[tuple[int, int, str], ...] = ()
    encoding: str = ""
    widths: tuple[int, ...] = ()
    has_header: bool = False
    above: list[tuple[int, str]] = field(default_factory=list)
    below: list[tuple[int, str]] = field(default_factory=list)
    note: Words | str = ""

    @property
    def label(self) -> Words:
        """Return the file, with its sheet, as messages name it."""
        sheet = [msg("sheet {sheet!r}", sheet=self.sheet)] if self.sheet else []
        return join([self.file, *sheet], "places")


def refuse(file: Words | str, what: Words, mend: Words | str, *, sheet: str = "") -> TableError:
    """Return the error of a file, or a sheet of it, that cannot be read."""
    return TableError(msg("The table cannot be read:"), [Fault(file, 0, "", what, mend, sheet)])


def check_cell_count(n_cells: int, file: str, sheet: str) -> None:
    """Refuse a sheet that would fill the memory; called while it grows."""
    # The variable is looked at only where it matters: this is asked for each row.
    if n_cells > MAX_CELLS and n_cells > raised(MAX_CELLS):
        raise refuse(
            file,
            msg("has more than {n:,} cells.", n=raised(MAX_CELLS)),
            join([msg("Export the columns that are needed."), raise_limit()], "sentences"),
            sheet=sheet,
        )


def check_row_count(n_rows: int, file: str, sheet: str) -> None:
    """Refuse a sheet with a row that no spreadsheet has; called while it grows."""
    if n_rows > MAX_ROWS and n_rows > raised(MAX_ROWS):
        raise refuse(
            file,
            msg("has more than {n:,} rows.", n=raised(MAX_ROWS)),
            join([msg("Delete the stray cell far off at its bottom."), raise_limit()], "sentences"),
            sheet=sheet,
        )


def check_gap(n_blank: int, file: str, sheet: str) -> None:
    """Refuse a sheet with a filled row far below the others; called before it is read."""
    if n_blank > _MAX_ALIKE and n_blank > raised(_MAX_ALIKE):
        raise refuse(
            file,
            msg("has {n:,} blank rows before a filled one.", n=n_blank),
            join([msg("Delete the stray cell far off at its bottom."), raise_limit()], "sentences"),
            sheet=sheet,
        )


def check_repeats(n_times: int, file: str, sheet: str) -> None:
    """Refuse a sheet that stores one filled row for a great many; called before it is spelled."""
    if n_times > raised(_MAX_ALIKE):
        raise refuse(
            file,
            msg("repeats one row {n:,} times.", n=n_times),
            join([msg("Delete the rows below the table."), raise_limit()], "sentences"),
            sheet=sheet,
        )


def check_span(n_rows: int, n_columns: int, file: str, sheet: str) -> None:
    """Refuse a sheet whose filled cells lie so far apart that what is between fills the memory."""
    if n_rows * n_columns > MAX_CELLS and n_rows * n_columns > raised(MAX_CELLS):
        raise refuse(
            file,
            msg(
                "spans {n_rows:,} rows and {n_columns:,} columns.",
                n_rows=n_rows,
                n_columns=n_columns,
            ),
            join(
                [msg("Delete the stray cell far off at its right or bottom."), raise_limit()],
                "sentences",
            ),
            sheet=sheet,
        )


def excel_serial_date(value: float) -> dt.date:
    """Return the day that a spreadsheet stores as a number.

    Examples
    --------
    >>> excel_serial_date(45292).isoformat()
    '2024-01-01'
    """
    return dt.date(1899, 12, 30) + dt.timedelta(days=int(value))


def frame_grid(frame: pd.DataFrame, label: Words | str) -> Grid:
    """Return a DataFrame as a grid: its column names are the first row, numbered 1.

    A named index becomes columns, for adcodes often stand there.
    """
    table = frame.reset_index() if any(name is not None for name in frame.index.names) else frame
    rows: list[list[Any]] = [[str(column) for column in table.columns]]
    rows += [[_python_value(cell) for cell in row] for row in table.itertuples(index=False)]
    if len(rows) == 1:
        raise refuse(label, msg("has no rows."), msg("Is it the right table?"))
    return Grid(label, "", rows, list(range(1, len(rows) + 1)), has_header=True)


def _python_value(cell: Any) -> Any:
    if isinstance(cell, float | int | str | bool):
        return cell.item() if hasattr(cell, "item") else cell
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
    *,
    hidden_rows: Collection[int] = (),
    hidden_columns: Collection[int] = (),
    is_filtered: bool = False,
) -> Grid:
    """Return a rectangular grid without blank rows at its end and blank columns at its right.

    What a merged block covers is taken out: nobody sees it.
    """
    last = next((i for i in range(len(rows) - 1, -1, -1) if any(map(_is_filled, rows[i]))), -1)
    formula_rows = max((r for r, _ in uncomputed), default=-1)
    last = max(last, min(formula_rows, len(rows) - 1))
    rows = rows[: last + 1]
    width = 0
    for row in rows:
        if len(row) > width:
            # Only what lies farther right than anything so far can widen the table.
            filled = (c + 1 for c in range(len(row) - 1, width - 1, -1) if _is_filled(row[c]))
            width = next(filled, width)
    width = max([width, *(c + 1 for r, c in uncomputed if r <= last)])
    check_span(len(rows), width, file, sheet)
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
        frozenset(r for r in hidden_rows if r <= last and any(map(_is_filled, square[r]))),
        frozenset(
            c for c in hidden_columns if c < width and any(_is_filled(row[c]) for row in square)
        ),
        is_filtered,
        tuple(_uncover(square, inside)),
    )


def _uncover(
    rows: list[list[Any]], merged: list[tuple[int, int, int, int]]
) -> Iterator[tuple[int, int, str]]:
    """Take out what merged blocks cover, and tell it."""
    for top, left, bottom, right in merged:
        first = rows[top][left]
        for r in range(top, bottom + 1):
            for c in range(left, right + 1):
                if (r, c) != (top, left) and _is_filled(rows[r][c]):
                    # Filled with the value that is shown, as some programs do, it hides nothing.
                    if rows[r][c] != first:
                        yield r, c, str(rows[r][c])
                    rows[r][c] = None


def visible_grid(grid: Grid) -> Grid:
    """Return a grid without the rows and columns that the sheet hides."""
    if not grid.hidden_rows and not grid.hidden_columns:
        return grid
    rows = [r for r in range(len(grid.rows)) if r not in grid.hidden_rows]
    width = len(grid.rows[0]) if grid.rows else 0
    columns = [c for c in range(width) if c not in grid.hidden_columns]
    row_place = {r: place for place, r in enumerate(rows)}
    column_place = {c: place for place, c in enumerate(columns)}
    kept = [[grid.rows[r][c] for c in columns] for r in rows]
    merged = []
    for top, left, bottom, right in grid.merged:
        down = [row_place[r] for r in range(top, bottom + 1) if r in row_place]
        across = [column_place[c] for c in range(left, right + 1) if c in column_place]
        if down and across:
            merged.append((down[0], across[0], down[-1], across[-1]))
            kept[down[0]][across[0]] = grid.rows[top][left]
    return replace(
        grid,
        rows=kept,
        numbers=[grid.numbers[r] for r in rows],
        merged=merged,
        uncomputed={
            (row_place[r], column_place[c])
            for r, c in grid.uncomputed
            if r in row_place and c in column_place
        },
        hidden_rows=frozenset(),
        hidden_columns=frozenset(),
        is_filtered=False,
        covered=(),
    )
