"""Values that their column's name or its other values make impossible, or unlikely.

What is refused, and only that: a share (占比, 比重, 城镇化率, 覆盖率 and the like) outside 0 to
100, people, households or an area below zero, and a column of such a rate under % in which every
value is 1 or less. Growth, net and change (增速, 自然增长, 净迁入, 增减, 自给率) may be any number.

What is told, and joined: in a column of at least three values above zero, up to a third of them
that are more than 30 times the largest, or less than a thirtieth of the smallest, of the others;
under %, one below 1 where the others are 10 and more, and a column with no value above 1. A whole
column is taken as it is with ``accept=`` (``--accept``); the report keeps the remark.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from regionkit.tables.grammar.units import same_unit
from regionkit.words.message import Option, Words, msg

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from regionkit.tables.values import CellFault

__all__ = ["Sense", "judge_column"]

_FREE = re.compile(
    "增长|增速|增幅|增加|增减|降幅|变化|变动|净|差额|之差|差距|[顺逆]差|盈|自给|流[入出]|迁|[比较]上年|同比|环比|提高|下降|升降|缺口"
)
_SHARE = re.compile(
    "占比|比重|占.{0,10}(?:比例|百分比|的比)|城镇化率|城市化率|覆盖率|普及率|入学率|绿化率|达标率|合格率|完成率$"
)
# More than all can be done of a plan.
_MAY_EXCEED = re.compile("完成率|入学率|毛入学|充足率")
_RATE_OF_MANY = re.compile("城镇化率|城市化率|普及率|入学率")
_NEVER_BELOW_ZERO = re.compile("人口|人数|户数|户籍|从业人员|面积|耕地")
_FACTOR = 30.0
_FEWEST = 3


@dataclass(frozen=True)
class Sense:
    """What there is to say about the values of a column.

    Attributes
    ----------
    faults : tuple of (row, what, mend)
        What the name of the column makes impossible.
    remarks : tuple of words
        What is unlikely.
    """

    faults: tuple[CellFault, ...] = ()
    remarks: tuple[Words, ...] = ()


def judge_column(name: str, unit: str, values: pd.Series, rows: Sequence[int]) -> Sense:
    """Return which values of a column cannot be, and which are unlikely.

    Parameters
    ----------
    name, unit : str
    values : Series of float, length n
    rows : sequence of int, length n
        Row of each in the file.

    Examples
    --------
    >>> import pandas as pd
    >>> print(judge_column("城镇化率", "%", pd.Series([51.2, 141.0]), [2, 3]).faults[0][1])
    is 141, but 城镇化率 cannot lie outside 0 to 100.
    >>> print(
    ...     *judge_column("GDP", "亿元", pd.Series([130.2, 98, 75, 1402000]), [2, 3, 4, 5]).remarks
    ... )
    row 5 is 1402000, far above all others (75 to 130.2): is it in another unit?
    """
    known = [(row, float(v)) for row, v in zip(rows, values, strict=True) if v == v]  # noqa: PLR0124 - NaN
    if not known:
        return Sense()
    is_percent = bool(unit) and same_unit(unit, "%")
    faults: list[CellFault] = []
    remarks: list[Words] = []
    is_free = bool(_FREE.search(name))
    if not is_free and _SHARE.search(name) and (is_percent or not unit):
        top = float("inf") if _MAY_EXCEED.search(name) else 100.0
        faults += [
            (
                row,
                msg("is {v:.12g}, but {name} cannot lie outside 0 to 100.", v=v, name=name),
                _MEND,
            )
            for row, v in known
            if not 0 <= v <= top
        ]
    elif not is_free and not is_percent and _NEVER_BELOW_ZERO.search(name):
        faults += [
            (row, msg("is {v:.12g}, but {name} cannot be below zero.", v=v, name=name), _MEND)
            for row, v in known
            if v < 0
        ]
    sizes = [v for _, v in known]
    if is_percent and len(known) > 1 and max(map(abs, sizes)) <= 1 and any(sizes):
        if not is_free and _RATE_OF_MANY.search(name):
            faults += [
                (row, msg("is {v:.12g} under %: it may be a share of one.", v=v), _SHARE_MEND)
                for row, v in known
            ]
        else:
            remarks.append(
                msg(
                    "all {n} values are 1 or less under %: they may be shares of one (rows {first} "
                    "to {last})",
                    n=len(known),
                    first=known[0][0],
                    last=known[-1][0],
                )
            )
    elif is_percent:
        remarks += _small_shares(known)
    if not remarks and not is_free:
        remarks += _far_out(known)
    return Sense(tuple(faults), tuple(remarks))


_MEND = msg("Correct it, or take the column as it is with {option}.", option=Option("accept"))
_SHARE_MEND = msg(
    "Write the column in percent, or take it as it is with {option}.", option=Option("accept")
)


def _small_shares(known: list[tuple[int, float]]) -> list[Words]:
    small = [(row, v) for row, v in known if 0 < abs(v) < 1]
    others = [abs(v) for _, v in known if abs(v) >= 1]
    if not small or len(small) * 2 >= len(known) or len(known) < 3 or min(others) < 10:
        return []
    return [
        msg(
            "row {row} is {v:.12g} under % where the others are {least:.12g} and more: it may be a "
            "share of one",
            row=row,
            v=v,
            least=min(others),
        )
        for row, v in small
    ]


def _far_out(known: list[tuple[int, float]]) -> list[Words]:
    """Return remarks on the few values that a gap parts from all others."""
    positive = sorted((v, row) for row, v in known if v > 0)
    if len(positive) < _FEWEST:
        return []
    remarks: list[Words] = []
    for place in range(1, len(positive)):
        (below, _), (above, _) = positive[place - 1], positive[place]
        if above <= _FACTOR * below:
            continue
        few, many = positive[:place], positive[place:]
        is_above = len(few) > len(many)
        if is_above:
            few, many = many, few
        if len(few) * _FEWEST > len(positive):
            continue
        remarks += [
            _far_off(row, v, many[0][0], many[-1][0], is_above=is_above)
            for v, row in sorted(few, key=lambda pair: pair[1])
        ]
    return remarks


def _far_off(row: int, v: float, low: float, high: float, *, is_above: bool) -> Words:
    if is_above:
        return msg(
            "row {row} is {v:.12g}, far above all others ({low:.12g} to {high:.12g}): is it in "
            "another unit?",
            row=row,
            v=v,
            low=low,
            high=high,
        )
    return msg(
        "row {row} is {v:.12g}, far below all others ({low:.12g} to {high:.12g}): is it in another "
        "unit?",
        row=row,
        v=v,
        low=low,
        high=high,
    )
