"""Numbers as statistics bureaus type them.

A value is read as it stands, in the unit it stands in: 12.3亿 is 12.3 with the unit 亿, never
1,230,000,000, for the column may as well be in 亿元. What can be read in two ways is a fault.
"""

from __future__ import annotations

import datetime as dt
import math
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "EXCEL_ERRORS",
    "ColumnValues",
    "Number",
    "is_blank",
    "is_unit",
    "parse_column",
    "parse_number",
    "plain_text",
]

# No data, in the marks that yearbooks print.
_MISSING = re.compile(
    r"^(?:[-–—―－─…⋯.·]{1,6}|/|n/?a|n\.a\.|nan|none|null|不详|暂无|暂缺|缺|未公布|x{3,})$"
)
_NUMBER = re.compile(r"^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$")
_GROUPED = re.compile(r"^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?$")
_UNIT = re.compile(r"^(?P<number>[+-]?[\d.,]+)(?P<unit>[^\d.,].*)$")
_DIGITS = re.compile(r"^[+-]?[\d.,]+$")
_COMMA = "has a comma that does not part thousands."
_FOOTNOTE = re.compile(r"[\u2460-\u2473*※]+$")
_MINUS = str.maketrans("−–—－", "----")
EXCEL_ERRORS = frozenset(
    {"#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"}
)
_ZERO_WIDTH = re.compile("[\u200b\u200c\u200d\u2060\ufeff]")


@dataclass(frozen=True)
class Number:
    """A cell read as a number.

    Attributes
    ----------
    value : float
        NaN where the cell is blank, marked as missing, or at fault.
    unit : str
        Unit in the cell itself (%, 亿, 万人), "" for none.
    mark : str
        The mark that stands for no data, "" for none.
    note : str
        What was taken off (a footnote mark), "" for nothing.
    what, mend : str
        The fault, "" for none, and its remedy.
    """

    value: float = math.nan
    unit: str = ""
    mark: str = ""
    note: str = ""
    what: str = ""
    mend: str = ""


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
    """

    numbers: pd.Series
    unit: str
    marks: dict[str, int]
    notes: tuple[str, ...]
    faults: tuple[tuple[int, str, str], ...]


def plain_text(cell: object) -> str:
    """Return a cell as text: half-width, without zero-width marks, spaces inside single.

    A whole number comes back without a decimal point, so that codes stay codes.

    Examples
    --------
    >>> plain_text(210102.0), plain_text("　沈河区 "), plain_text(None)
    ('210102', '沈河区', '')
    """
    if is_blank(cell):
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    text = _ZERO_WIDTH.sub("", unicodedata.normalize("NFKC", str(cell)))
    return " ".join(text.split())


def is_blank(cell: object) -> bool:
    """Return whether a cell holds nothing, or only spaces.

    Examples
    --------
    >>> is_blank("　"), is_blank(float("nan")), is_blank(0)
    (True, True, False)
    """
    if cell is None or cell is pd.NaT or cell is pd.NA:
        return True
    if isinstance(cell, float):
        return math.isnan(cell)
    return isinstance(cell, str) and not _ZERO_WIDTH.sub("", cell).strip()


def parse_number(cell: object) -> Number:  # noqa: PLR0911 - one a kind of cell
    """Return a cell as a number with its unit, or with what is wrong with it.

    Parameters
    ----------
    cell : object
        As a reader of spreadsheets gives it.

    Examples
    --------
    >>> parse_number("１２，３４５．６").value
    12345.6
    >>> parse_number("6.2%").unit, parse_number("…").mark
    ('%', '…')
    >>> parse_number("约120").what
    "'约120' is no plain number."
    """
    if is_blank(cell):
        return Number()
    if isinstance(cell, bool):
        return Number(what=f"{cell} is no number.", mend="Write 1 or 0, or leave the column out.")
    if isinstance(cell, dt.date | dt.time | dt.timedelta):
        shown = cell.isoformat() if isinstance(cell, dt.date) else str(cell)
        return Number(
            what=f"{shown} is a date, not a number.",
            mend="The spreadsheet took a number such as 1-2 or 3.10 for a date: format the column "
            "as a number and type the value again.",
        )
    if not isinstance(cell, str):
        try:
            number = float(cell)  # type: ignore[arg-type]
        except (TypeError, ValueError, OverflowError):
            return Number(what=f"{cell!r} is no number.", mend="Write a plain number.")
        if math.isinf(number):
            return Number(what="is infinite.", mend="Leave the cell blank.")
        return Number(number)
    return _parse_text(cell)


def _parse_text(cell: str) -> Number:  # noqa: PLR0911 - one a kind of text
    raw = cell.strip()
    if raw.upper() in EXCEL_ERRORS:
        return Number(
            what=f"{raw} is an error of the spreadsheet.", mend="Mend the formula, or leave blank."
        )
    # Marks are looked up before NFKC, which makes ... of … and so hides what was typed.
    if _MISSING.match(_ZERO_WIDTH.sub("", raw).casefold()):
        return Number(mark=raw)
    footnote = _FOOTNOTE.search(raw)
    note = f"footnote mark {footnote.group()} taken off" if footnote else ""
    body = raw[: footnote.start()] if footnote else raw
    text = unicodedata.normalize("NFKC", _ZERO_WIDTH.sub("", body))
    text = "".join(text.split()).removeprefix("'").translate(_MINUS)
    if not text or _MISSING.match(text.casefold()):
        return Number(mark=raw, note=note)
    number, unit = text, ""
    if not (_NUMBER.match(text.casefold()) or _GROUPED.match(text)):
        split = _UNIT.match(text)
        if "," in text and _DIGITS.match(text):
            return Number(what=f"{raw!r} {_COMMA}", mend="Write 1234.5 or 1,234.5.")
        if split is None or not is_unit(split["unit"]):
            return Number(
                what=f"{raw!r} is no plain number.",
                mend="Write the number alone; a range, an estimate or a remark has no one value.",
            )
        number, unit = split["number"], split["unit"]
    if "," in number:
        if not _GROUPED.match(number):
            return Number(
                what=f"{raw!r} {_COMMA}",
                mend="Write 1234.5 or 1,234.5.",
            )
        number = number.replace(",", "")
    if not _NUMBER.match(number.casefold()):
        return Number(what=f"{raw!r} is no plain number.", mend="Write the number alone.")
    value = float(number)
    if math.isinf(value):
        return Number(what=f"{raw!r} is too large a number.", mend="Leave the cell blank.")
    return Number(value, unit, note=note)


_UNIT_WORDS = re.compile(
    r"^(?:%|‰|个百分点|(?:千|万|百万|千万|亿|万亿)?(?:元|美元|人|户|吨|亩|公顷|平方公里|km2|公里|km|"
    r"千瓦|千瓦时|度|个|家|件|辆|套|张|所|立方米|平方米|米|m|吨标准煤|标准箱|teu|mw|kw)?"
    r"(?:/(?:人|年|天|日|平方公里|km2|亩|公顷))?)$"
)


def is_unit(text: str) -> bool:
    """Return whether a text is a unit of measurement and no remark (左右, 以上, 余).

    Examples
    --------
    >>> is_unit("万元"), is_unit("元/人"), is_unit("左右")
    (True, True, False)
    """
    return bool(text) and _UNIT_WORDS.match(text.casefold()) is not None


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
    faults, notes = [], []
    first: tuple[int, str] | None = None
    values = []
    bare = 0
    for cell, row, number in zip(cells, rows, numbers, strict=True):
        if number.mark:
            marks[number.mark] = marks.get(number.mark, 0) + 1
        if number.what:
            faults.append((row, number.what, number.mend))
        if number.note:
            notes.append(f"row {row}: {number.note}")
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
    if first and bare and not unit and first[1] in {"%", "‰"}:
        faults += _shares_of_one(numbers, rows, first)
    if first and bare and not unit and first[1] not in {"%", "‰"}:
        # 3.2亿 beside 4500: nobody can say in what the bare ones are.
        faults.append(
            (
                first[0],
                f"is in {first[1]}, but {bare} other cells name no unit.",
                "Write the unit in the header and plain numbers below it.",
            )
        )
    elif first and bare and not unit:
        notes.append(f"{bare} cells without {first[1]} stand beside cells with it, taken alike")
    return ColumnValues(
        pd.Series(values, dtype=float),
        unit or (first[1] if first else ""),
        marks,
        tuple(notes),
        tuple(faults),
    )


def _shares_of_one(
    numbers: Sequence[Number], rows: Sequence[int], first: tuple[int, str]
) -> list[tuple[int, str, str]]:
    """Return plain 0.10 beside 12%: it may be 10 % or a tenth of one."""
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
    ]


def _unit_conflict(unit: str, header: str, first: tuple[int, str] | None) -> str:
    """Return what a cell's unit disagrees with, "" for nothing."""
    if header:
        # 12.3亿 below (亿元) says the same thing shorter.
        return "" if header.startswith(unit) else f"the header says {header}"
    if first and first[1] != unit:
        return f"row {first[0]} is in {first[1]}"
    return ""
