"""A column of cells as numbers in one unit, with every fault."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from regionkit.tables.grammar.cell import Number, parse_number, plain_text
from regionkit.tables.grammar.units import same_unit
from regionkit.words.message import Words, msg

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["CellFault", "ColumnValues", "parse_column"]

# Row in the file, what is wrong, and how to mend it.
CellFault = tuple[int, Words | str, Words | str]

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
    notes : tuple of words
    faults : tuple of (row, what, mend)
    doubts : tuple of (row, what, mend)
        Faults that a planner may wave through: values that may be in another unit.
    """

    numbers: pd.Series
    unit: str
    marks: dict[str, int]
    notes: tuple[Words, ...]
    faults: tuple[CellFault, ...]
    doubts: tuple[CellFault, ...] = ()


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
    >>> print(parse_column(["3.2亿", "4500万"], [3, 4]).faults[0][1])
    '4500万' is in 万, but row 3 is in 亿.
    """
    numbers = [parse_number(cell) for cell in cells]
    marks: dict[str, int] = {}
    faults: list[CellFault] = []
    said: list[tuple[int, Words | str]] = []
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
            conflict = _unit_conflict(plain_text(cell), number.unit, unit, first)
            if conflict is not None:
                mend = msg("Bring the column to one unit; values are not converted by guess.")
                faults.append((row, conflict, mend))
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
                msg("is in {unit}, but {n} other cells name no unit.", unit=first[1], n=bare),
                msg("Write the unit in the header and plain numbers below it."),
            )
        )
    elif first and bare and not unit and not doubts:
        notes.append(
            msg(
                "{n} cells without {unit} stand beside cells with it, taken alike",
                n=bare,
                unit=first[1],
            )
        )
    return ColumnValues(
        pd.Series(values, dtype=float),
        unit or (first[1] if first else ""),
        marks,
        tuple(notes),
        tuple(faults),
        tuple(doubts),
    )


def _together(said: Sequence[tuple[int, Words | str]]) -> list[Words]:
    """Return the notes of a column's rows, of many alike the first and how many more there are."""
    alike: dict[str, list[tuple[int, Words | str]]] = {}
    for row, note in said:
        text = note.render("en") if isinstance(note, Words) else note
        alike.setdefault(_AMOUNT.sub("", text), []).append((row, note))
    notes: list[Words] = []
    for group in alike.values():
        shown = group if len(group) <= _MOST_ALIKE else group[:1]
        for row, note in shown:
            more = len(group) - len(shown)
            notes.append(
                msg("row {row}: {note} (and {n} more rows alike)", row=row, note=note, n=more)
                if more
                else msg("row {row}: {note}", row=row, note=note)
            )
    return notes


def _shares_of_one(
    numbers: Sequence[Number], rows: Sequence[int], first: tuple[int, str]
) -> list[CellFault]:
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
            msg(
                "is {value:g} without {unit}, beside cells with it: it may be a share of one.",
                value=value,
                unit=first[1],
            ),
            msg(
                "Write {one:g}{unit} or {hundred:g}{unit}, whichever is meant.",
                one=value,
                hundred=value * 100,
                unit=first[1],
            ),
        )
        for row, value in bare
        if value
    ]


def _unit_conflict(
    text: str, unit: str, header: str, first: tuple[int, str] | None
) -> Words | None:
    """Return what a cell's unit disagrees with, None for nothing."""
    if header and not same_unit(unit, header):
        return msg(
            "{text!r} is in {unit}, but the header says {header}.",
            text=text,
            unit=unit,
            header=header,
        )
    if not header and first and not (same_unit(unit, first[1]) or same_unit(first[1], unit)):
        return msg(
            "{text!r} is in {unit}, but row {row} is in {other}.",
            text=text,
            unit=unit,
            row=first[0],
            other=first[1],
        )
    return None
