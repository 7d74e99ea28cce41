"""Which columns of a planner's table name its units, their cities, and its values."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from regionkit.errors import Fault, TableError
from regionkit.tables.match import names_a_unit, read_name
from regionkit.tables.read import find_column
from regionkit.tables.values import is_blank, parse_number, plain_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from regionkit.places.names import Resolver
    from regionkit.tables.read import SheetTable

__all__ = [
    "filled_down",
    "find_parent_column",
    "is_name_column",
    "name_column",
    "value_columns",
]

_LIKELY = 0.5
_CITY_SHARE = 0.8


def name_column(table: SheetTable, resolver: Resolver, level: str) -> str:
    """Return the column that names units of the level; of several the one that fits best."""
    hits = {
        column: sum(names_a_unit(cell, resolver, level) for cell in table.frame[column])
        for column in table.frame
    }
    best = max(hits.values())
    first: list[str] = [column for column, n in hits.items() if n == best]
    # Codes say more than names.
    codes = [
        column
        for column in first
        if all(
            read_name(cell).isdecimal()
            for cell in table.frame[column]
            if names_a_unit(cell, resolver)
        )
    ]
    if best:
        return (codes or first)[0]
    other = next(
        (
            word
            for word in ("city", "county")
            if word != level
            and any(
                names_a_unit(cell, resolver, word)
                for column in table.frame
                for cell in table.frame[column]
            )
        ),
        "",
    )
    likely = [column for column in table.frame if _mostly_text(table.frame[column])]
    sample = "、".join(plain_text(c) for c in table.frame[likely[0]].head(5)) if likely else ""
    near = resolver.nearest_names(plain_text(table.frame[likely[0]].iloc[0])) if likely else []
    mend = (
        f'The rows are of level {other}: pass level="{other}" and the layer of that level.'
        if other
        else "Is it of another province? Else name the column with on=, and correct the "
        "names" + (f"; nearest to the first: {'、'.join(near)}." if near else ".")
    )
    raise TableError(
        "The table cannot be joined:",
        [
            Fault(
                table.label,
                0,
                likely[0] if likely else "",
                f"no column names a {level} of the region"
                + (f" (values are {sample})." if sample else "."),
                mend,
            )
        ],
    )


def _mostly_text(cells: pd.Series) -> bool:
    filled = [cell for cell in cells if not is_blank(cell)]
    texts = sum(pd.isna(parse_number(cell).value) for cell in filled)
    return bool(filled) and texts * 2 > len(filled)


def find_parent_column(table: SheetTable, others: list[str], resolver: Resolver) -> str:
    """Return the column of cities, "" for none."""
    for column in others:
        cells = [read_name(cell) for cell in table.frame[column] if not is_blank(cell)]
        cells = [cell for cell in cells if not cell.isdecimal()]
        hits = sum(names_a_unit(cell, resolver, "city") for cell in cells)
        if cells and hits >= _CITY_SHARE * len(cells):
            return column
    return ""


def filled_down(cells: pd.Series) -> tuple[list[object], list[str]]:
    """Return a column of cities with each blank taken from above, and a note of it."""
    filled: list[object] = []
    taken = []
    last: object = None
    for row, cell in cells.items():
        if is_blank(cell):
            if last is not None:
                taken.append(str(row))
            filled.append(last)
        else:
            last = cell
            filled.append(cell)
    note = f"blank cities taken from the row above in rows {', '.join(taken)}" if taken else ""
    return filled, [note] if note else []


def value_columns(
    table: SheetTable,
    value: str | Sequence[str] | None,
    names: set[str],
    resolver: Resolver,
    level: str,
) -> list[str]:
    """Return the columns to join: those asked for, else all that name no unit and count no row."""
    if value is not None:
        listed = [value] if isinstance(value, str) else list(value)
        return [find_column(table, column) for column in listed]
    return [
        column
        for column in table.frame
        if column not in names
        and not is_name_column(table.frame[column], resolver, level)
        and not _is_serial_number(column)
    ]


def _is_serial_number(column: str) -> bool:
    return column in {"序号", "编号", "No", "No.", "排名序号"}


def is_name_column(cells: pd.Series, resolver: Resolver, level: str) -> bool:
    """Return whether most cells of a column name units of a level."""
    filled = [cell for cell in cells if not is_blank(cell)]
    hits = sum(names_a_unit(cell, resolver, level) for cell in filled)
    return bool(filled) and hits > _LIKELY * len(filled)
