"""A column of cells as numbers in one unit, with every fault."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from regionkit.tables.grammar.cell import Number, parse_number, plain_text
from regionkit.tables.grammar.units import same_unit

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["ColumnValues", "parse_column"]

_MOST_ALIKE = 3
_AMOUNT = re.compile(r"[-\d.e+]+")
_PERCENT = frozenset({"%", "‰"})


@dataclass(frozen=True)
class ColumnValues:
    """A column read as numbers.

    Attributes
    ----------
    numbers : Series of float
    unit : str
        Unit that all cells share, "" for none.
    marks : dict of str to int
        How often each mark for no data stands there.
    notes : tuple of str
    faults : tuple of (row, what, mend)
    doubts : tuple of (row, what, mend)
        Faults that a planner may wave through: values that may be in another unit.
    """

    numbers: pd.Series
    unit: str
    marks: dict[str, int]
    notes: tuple[str, ...]
    faults: tuple[tuple[int, str, str], ...]
    doubts: tuple[tuple[int, str, str], ...] = ()


def parse_column(cells: Sequence[object], rows: Sequence[int], *, unit: str = "") -> ColumnValues:
    """Return a column of cells as numbers, with every fault.

    Parameters
    ----------
    cells : sequence, length n
    rows : sequence of int, length n
        Row of each cell in the file.
    unit : str
        Unit in the header, "" for none.

    Returns
    -------
    ColumnValues
        ``numbers`` indexed 0 to n - 1.

    Examples
    --------
    >>> column = parse_column(["1,234.5", "—", "2"], [3, 4, 5])
    >>> column.numbers.tolist(), column.marks
    ([1234.5, nan, 2.0], {'—': 1})
    >>> parse_column(["3.2亿", "4500万"], [3, 4]).faults[0][1]
    "'4500万' is in 万, but row 3 is in 亿."
    """
    numbers = [parse_number(cell) for cell in cells]
    marks: dict[str, int] = {}
    faults = []
    said: list[tuple[int, str]] = []
    first: tuple[int, str] | None = None
    values = []
    bare = 0
    for cell, row, number in zip(cells, rows, numbers, strict=True):
        if number.mark:
            marks[number.mark] = marks.get(number.mark, 0) + 1
        if number.what:
            faults.append((row, number.what, number.mend))
        if number.note:
            said.append((row, number.note))
        value = number.value
        if number.unit:
            other = _unit_conflict(number.unit, unit, first)
            if other:
                faults.append(
                    (
                        row,
                        f"{plain_text(cell)!r} is in {number.unit}, but {other}.",
                        "Bring the column to one unit; values are not converted by guess.",
                    )
                )
                value = math.nan
            elif first is None:
                first = (row, number.unit)
        elif not math.isnan(value):
            bare += 1
        values.append(value)
    notes = _together(said)
    doubts = _shares_of_one(numbers, rows, first) if first and bare else []
    if first and bare and not unit and first[1] not in _PERCENT:
        # 3.2亿 beside 4500: nobody can say in what the bare ones are.
        faults.append(
            (
                first[0],
                f"is in {first[1]}, but {bare} other cells name no unit.",
                "Write the unit in the header and plain numbers below it.",
            )
        )
    elif first and bare and not unit and not doubts:
        notes.append(f"{bare} cells without {first[1]} stand beside cells with it, taken alike")
    return ColumnValues(
        pd.Series(values, dtype=float),
        unit or (first[1] if first else ""),
        marks,
        tuple(notes),
        tuple(faults),
        tuple(doubts),
    )


def _together(said: Sequence[tuple[int, str]]) -> list[str]:
    """Return the notes of a column's rows, of many alike the first and how many more there are."""
    alike: dict[str, list[tuple[int, str]]] = {}
    for row, note in said:
        alike.setdefault(_AMOUNT.sub("", note), []).append((row, note))
    notes = []
    for group in alike.values():
        shown = group if len(group) <= _MOST_ALIKE else group[:1]
        for row, note in shown:
            more = len(group) - len(shown)
            notes.append(f"row {row}: {note}" + (f" (and {more} more rows alike)" if more else ""))
    return notes


def _shares_of_one(
    numbers: Sequence[Number], rows: Sequence[int], first: tuple[int, str]
) -> list[tuple[int, str, str]]:
    """Return plain 0.10 beside 12%: it may be 10 % or a tenth of one."""
    if first[1] not in _PERCENT:
        return []
    known = [(row, n) for row, n in zip(rows, numbers, strict=True) if not math.isnan(n.value)]
    bare = [(row, n.value) for row, n in known if not n.unit]
    with_unit = [abs(n.value) for _, n in known if n.unit]
    if max(abs(value) for _, value in bare) > 1 or max(with_unit) <= 1:
        return []
    return [
        (
            row,
            f"is {value:g} without {first[1]}, beside cells with it: it may be a share of one.",
            f"Write {value:g}{first[1]} or {value * 100:g}{first[1]}, whichever is meant.",
        )
        for row, value in bare
        if value
    ]


def _unit_conflict(unit: str, header: str, first: tuple[int, str] | None) -> str:
    """Return what a cell's unit disagrees with, "" for nothing."""
    if header:
        return "" if same_unit(unit, header) else f"the header says {header}"
    if first and not (same_unit(unit, first[1]) or same_unit(first[1], unit)):
        return f"row {first[0]} is in {first[1]}"
    return ""
