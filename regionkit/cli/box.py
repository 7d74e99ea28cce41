"""A table drawn with lines, as wide as the terminal or as its cells need."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

__all__ = ["draw_table"]

# Narrower than one wide character no cell can be.
_LEAST = 2
_BOLD = ("\x1b[1m", "\x1b[0m")


def draw_table(
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    right: Collection[int] = (),
    width: int | None = None,
    is_bold: bool = False,
) -> str:
    """Return a table as lines of text.

    Parameters
    ----------
    heads : sequence of str
    rows : sequence of sequences of str
    right : collection of int
        Columns that stand at the right, as numbers do.
    width : int, optional
        Columns of the terminal. Where the cells need more they go on in the next line; nothing is
        cut. A file has no width to fit to.
    is_bold : bool
        Whether the heads are bold.

    Examples
    --------
    >>> print(draw_table(["名称", "值"], [["甲县", "10"], ["乙市", "9"]], right={1}))
    ┏━━━━━┳━━━┓
    ┃名称 ┃ 值┃
    ┡━━━━━╇━━━┩
    │甲县 │ 10│
    │乙市 │  9│
    └─────┴───┘
    """
    columns = zip(heads, *rows, strict=True)
    widths = [max(_LEAST, *map(_width, column)) for column in columns]
    if width is not None:
        # A line between columns has a blank on either side of it, an outer one has none.
        _narrow(widths, width - 3 * len(widths) + 1)
    bold = _BOLD if is_bold else ("", "")
    return "\n".join(
        [
            _rule(widths, "┏", "━", "┳", "┓"),
            *_lines(heads, widths, right, "┃", bold),
            _rule(widths, "┡", "━", "╇", "┩"),
            *(line for row in rows for line in _lines(row, widths, right, "│", ("", ""))),
            _rule(widths, "└", "─", "┴", "┘"),
        ]
    )


def _narrow(widths: list[int], room: int) -> None:
    """Make the widest columns narrower, until all fit or none can be."""
    while sum(widths) > room and max(widths) > _LEAST:
        widths[widths.index(max(widths))] -= 1


def _rule(widths: Sequence[int], left: str, line: str, cross: str, right: str) -> str:
    last = len(widths) - 1
    cells = [line * (width + (number > 0) + (number < last)) for number, width in enumerate(widths)]
    return left + cross.join(cells) + right


def _lines(
    cells: Sequence[str],
    widths: Sequence[int],
    right: Collection[int],
    bar: str,
    bold: tuple[str, str],
) -> Iterator[str]:
    """Yield the lines of a row, as many as its longest cell needs."""
    folded = [_fold(cell, width) for cell, width in zip(cells, widths, strict=True)]
    for number in range(max(map(len, folded))):
        drawn = []
        for column, (parts, width) in enumerate(zip(folded, widths, strict=True)):
            text = parts[number] if number < len(parts) else ""
            blanks = " " * (width - _width(text))
            text = f"{bold[0]}{text}{bold[1]}" if text else ""
            drawn.append(blanks + text if column in right else text + blanks)
        yield bar + f" {bar} ".join(drawn) + bar


def _fold(cell: str, width: int) -> list[str]:
    """Return a cell in pieces that are no wider; a break in it stays one."""
    if _width(cell) <= width and "\n" not in cell:
        return [cell]
    pieces = []
    for line in cell.split("\n"):
        start = used = 0
        for position, character in enumerate(line):
            wide = _width(character)
            if used + wide > width:
                pieces.append(line[start:position])
                start, used = position, 0
            used += wide
        pieces.append(line[start:])
    return pieces


# Stages, kinds and documents stand in many rows.
@lru_cache(maxsize=4096)
def _width(text: str) -> int:
    """Return how many columns of a terminal a text takes: two for a Chinese character."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in text
    )
