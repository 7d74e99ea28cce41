"""Text in the columns of a terminal: how wide it is, where it may break, tables of it."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["cell_width", "lay_out_table", "pad", "plain_table", "wrap_cells"]

_GUTTER = "  "
# A line does not begin with these, nor end with those.
_CLOSING = "，。、；：！？）》」』】〕〉”’％%)]}°℃"
_OPENING = "（《「『【〔〈“‘([{"
# What is read in one: a number with its sign, points and unit, a word, a code, an option.
_TIGHT = re.compile(r"[\x21-\x7e±×÷·–—−²³]+")
# What plans count in; of two that begin alike the longer stands first.
_UNIT = (
    "[十百千万亿]*(?:千瓦时|千瓦|千伏安|千伏|平方公里|平方米|公里|公顷|立方米|千克|微克|毫克|公斤"
    "|吨标准煤|载重吨|吨|标箱|亩次|亩|个百分点|百分点|人次|人|户|元|小时|分钟|天|年|月|日|个|项"
    "|件|部|张|名|类|家|场次|场|条|份|所|套|座|处|位|岁|倍|米|辆|架|艘|班|床|只|头)"
    "|[十百千万亿]+"
)
# Figures stay with what they count: 5 项, 15%, 2024年, 100亿元, 3.2万元/人, 43/10万.
_COUNTED = re.compile(
    rf"[-+−±]?\d[\d.,:/–—−]*\s?(?:[%％‰℃°]|(?P<unit>(?:{_UNIT})(?:/(?:\d*(?:{_UNIT})))?))?"
)
# A column of words is still read at this width.
_NARROWEST = 8


def cell_width(text: str) -> int:
    """Return how many columns of a terminal a text takes.

    Examples
    --------
    >>> cell_width("锦州港 50 km")
    12
    """
    return len(text) if text.isascii() else sum(map(_char_width, text))


@cache
def _char_width(char: str) -> int:
    return 0 if unicodedata.combining(char) else 1 + (unicodedata.east_asian_width(char) in "WF")


def pad(text: str, width: int, *, right: bool = False) -> str:
    """Return a text filled up to a width, its end at the right where that is asked."""
    blank = " " * max(0, width - cell_width(text))
    return blank + text if right else text + blank


def _pieces(text: str) -> list[str]:
    """Return the pieces that a line may be broken between, each with the blanks behind it."""
    pieces: list[str] = []
    position = 0
    while position < len(text):
        found = _COUNTED.match(text, position) or _TIGHT.match(text, position)
        is_whole = found is not None and found.re is _COUNTED and found["unit"]
        if found and not is_whole and (tight := _TIGHT.match(text, found.end())):
            # 1211GW, 2024-03: the whole of it.
            found = _TIGHT.match(text, position) or found
            end = max(found.end(), tight.end())
        else:
            end = found.end() if found else position + 1
        piece = text[position:end]
        while end < len(text) and text[end] == " ":
            piece += " "
            end += 1
        joins = pieces and (piece[0] in _CLOSING or pieces[-1].rstrip()[-1:] in _OPENING)
        if joins and pieces[-1].rstrip():
            pieces[-1] += piece
        else:
            pieces.append(piece)
        position = end
    return pieces


def wrap_cells(text: str, width: int) -> list[str]:
    """Return a text in lines of at most so many columns; numbers and Latin words stay whole.

    Only a piece that is wider than the line by itself is cut.

    Examples
    --------
    >>> wrap_cells("年均增长不低于15%", 16)
    ['年均增长不低于', '15%']
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        if cell_width(paragraph.rstrip()) <= width:
            lines.append(paragraph.rstrip())
            continue
        line = ""
        for whole in _pieces(paragraph):
            piece = whole
            if line and cell_width((line + piece).rstrip()) > width:
                lines.append(line.rstrip())
                line = ""
            while cell_width(piece.rstrip()) > width:
                head = _head(piece, width)
                lines.append(head)
                piece = piece[len(head) :]
            line += piece
        lines.append(line.rstrip())
    return lines


def _head(text: str, width: int) -> str:
    """Return as much of the beginning of a text as fits, one character at least."""
    for end in range(len(text), 1, -1):
        if cell_width(text[:end]) <= width:
            return text[:end]
    return text[:1]


def plain_table(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a table for a program: a line a row, cells parted by tabs."""
    return "\n".join("\t".join(cells) for cells in (headers, *rows))


def lay_out_table(
    headers: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    is_number: Sequence[bool],
    width: int | None,
) -> list[str]:
    """Return the lines of a table that fits a window; the first is the header.

    Parameters
    ----------
    headers : sequence of str, shape (n_columns,)
    rows : sequence of sequences of str, shape (n_rows, n_columns)
    is_number : sequence of bool, shape (n_columns,)
        Columns that end at the right.
    width : int or None, columns of the terminal
        None where there is no window to fit, as in a pipe. Where the columns do not fit beside
        each other, each row is told line by line, a column a line.

    Examples
    --------
    >>> table = lay_out_table(
    ...     ["名称", "数"], [["锦州港", "5"]], is_number=[False, True], width=None
    ... )
    >>> print(*table, sep="|")
    名称    数|------  --|锦州港   5
    """
    columns = list(zip(headers, *rows, strict=True))
    natural = [max(cell_width(part) for cell in c for part in cell.split("\n")) for c in columns]
    widths = natural if width is None else _fit(columns, natural, width, is_number)
    if widths is None:
        return _line_by_line(headers, rows, width or 0)
    drawn = _row(headers, widths, is_number)
    drawn.append(_GUTTER.join("-" * w for w in widths))
    for row in rows:
        drawn += _row(row, widths, is_number)
    return drawn


def _row(cells: Sequence[str], widths: list[int], is_number: Sequence[bool]) -> list[str]:
    """Return the lines of one row."""
    wrapped = [wrap_cells(cell, w) for cell, w in zip(cells, widths, strict=True)]
    return [
        _GUTTER.join(
            pad(lines[n] if n < len(lines) else "", w, right=right)
            for lines, w, right in zip(wrapped, widths, is_number, strict=True)
        ).rstrip()
        for n in range(max(map(len, wrapped), default=0))
    ]


def _fit(
    columns: list[tuple[str, ...]], natural: list[int], width: int, is_number: Sequence[bool]
) -> list[int] | None:
    """Return widths that fit a window: the widest columns give way first; None where none do."""
    least = [
        w if number else min(w, max(_NARROWEST, _longest_piece(cells)))
        for cells, w, number in zip(columns, natural, is_number, strict=True)
    ]
    room = width - len(_GUTTER) * (len(columns) - 1)
    if sum(least) > room:
        return None
    widths = list(natural)
    while (over := sum(widths) - room) > 0:
        # The widest gives way until it is as wide as the next one.
        open_ = [n for n, w in enumerate(widths) if w > least[n]]
        widest = max(open_, key=lambda n: widths[n])
        others = [widths[n] for n in open_ if n != widest]
        down_to = max(least[widest], min(max(others, default=0), widths[widest] - 1))
        widths[widest] = max(down_to, widths[widest] - over)
    return widths


def _longest_piece(cells: tuple[str, ...]) -> int:
    """Return the width of the longest piece of a column that should stay whole."""
    # An address or a file name may be longer than any window and is cut.
    pieces = (piece for cell in cells for line in cell.split("\n") for piece in _pieces(line))
    return min(max((cell_width(piece.rstrip()) for piece in pieces), default=0), 24)


def _line_by_line(headers: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> list[str]:
    """Return each row as lines of a column and its cell, for a window too narrow for a table."""
    first = max(map(cell_width, headers))
    lines = ["-" * min(width, first + _NARROWEST)]
    for row in rows:
        for header, cell in zip(headers, row, strict=True):
            if not cell:
                continue
            room = max(_NARROWEST, width - first - len(_GUTTER))
            for n, part in enumerate(wrap_cells(cell, room)):
                lines.append(pad("" if n else header, first) + _GUTTER + part)
        lines.append(lines[0])
    return lines
