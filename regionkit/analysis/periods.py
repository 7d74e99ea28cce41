"""Months, quarters and years as lists of projects write them."""

from __future__ import annotations

import datetime as dt
import re
from typing import NamedTuple

__all__ = ["Period", "month_of", "parse_period", "parse_span"]

_YEAR = r"((?:19|20)\d{2})"
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
# What stands behind a date says nothing of when: 底 is its end, as every due date is.
_TAIL = r"(?:[底末初]|前|之前|以前|内|份|竣工|完工|完成|建成|投产|开工|启动|投用)*"
_MONTHS = re.compile(
    rf"^{_YEAR}(?:年|[-./])\s*(\d{{1,2}})(?:月|(?:月|[-./])\d{{1,2}}[日号]?)?{_TAIL}$"
)
_COMPACT = re.compile(rf"^{_YEAR}(0[1-9]|1[0-2])$")
_QUARTER = re.compile(rf"^{_YEAR}年?\s*(?:第?([一二三四1-4])季度?|[Qq]([1-4])){_TAIL}$")
_HALF = re.compile(rf"^{_YEAR}年?\s*([上下])半年{_TAIL}$")
_WHOLE = re.compile(rf"^{_YEAR}年?(?:度|年)?{_TAIL}$")
_SPAN = re.compile(r"\s*(?:[-—–―~～至到]+)\s*")


class Period(NamedTuple):
    """A month, quarter or year.

    Attributes
    ----------
    first, last : int
        Its first and last month, as :func:`month_of` counts them.
    """

    first: int
    last: int

    def __str__(self) -> str:
        """Return it as 2026-03, 2026Q1 or 2026; any other span as first and last month."""
        year, month = divmod(self.first, 12)
        length = self.last - self.first + 1
        if length == 1:
            return f"{year}-{month + 1:02d}"
        if (length, month % 3) == (3, 0):
            return f"{year}Q{month // 3 + 1}"
        if (length, month) == (12, 0):
            return str(year)
        return f"{Period(self.first, self.first)}/{Period(self.last, self.last)}"


def month_of(year: int, month: int) -> int:
    """Return a month as a number that grows by one a month.

    Examples
    --------
    >>> month_of(2027, 1) - month_of(2026, 12)
    1
    """
    return year * 12 + month - 1


def parse_period(cell: object) -> Period | None:  # noqa: PLR0911 - one a form of date
    """Return the months that a cell names, None where it names none that is clear.

    2026.1 as a number may be January or October, and is not taken.

    Examples
    --------
    >>> [str(parse_period(text)) for text in ("2026年3月底前", "2026.10", "2026年二季度", "2027")]
    ['2026-03', '2026-10', '2026Q2', '2027']
    >>> str(parse_period("2026年上半年")), parse_period(2026.1), parse_period("年底")
    ('2026-01/2026-06', None, None)
    """
    if isinstance(cell, dt.date):
        return Period(month_of(cell.year, cell.month), month_of(cell.year, cell.month))
    if isinstance(cell, float) and type(cell) is float and not cell.is_integer():
        return None
    text = str(int(cell)) if isinstance(cell, float) and type(cell) is float else str(cell)
    text = re.sub(r"\s+", "", text)
    for pattern in (_MONTHS, _COMPACT):
        if match := pattern.match(text):
            month = int(match[2])
            if not 1 <= month <= 12:
                return None
            found = month_of(int(match[1]), month)
            return Period(found, found)
    if match := _QUARTER.match(text):
        first = month_of(int(match[1]), 3 * _QUARTERS[match[2] or match[3]] - 2)
        return Period(first, first + 2)
    if match := _HALF.match(text):
        first = month_of(int(match[1]), 1 if match[2] == "上" else 7)
        return Period(first, first + 5)
    if match := _WHOLE.match(text):
        first = month_of(int(match[1]), 1)
        return Period(first, first + 11)
    return None


def parse_span(cell: object) -> tuple[Period, Period] | None:
    """Return beginning and end of a span of years or months, None where it is none.

    Examples
    --------
    >>> [str(end) for end in parse_span("2024-2027年")]
    ['2024', '2027']
    >>> [str(end) for end in parse_span("2024年3月至2026年底")]
    ['2024-03', '2026']
    """
    if not isinstance(cell, str):
        return None
    parts = _SPAN.split(cell.strip())
    if len(parts) != 2:
        # 2024-03—2026-12: the longer strokes part the ends.
        parts = re.split(r"\s*(?:——?|–|―|~|～|至|到)\s*", cell.strip())
    if len(parts) != 2:
        return None
    first, last = parse_period(parts[0]), parse_period(parts[1])
    if first is None or last is None or last.last < first.first:
        return None
    return first, last
