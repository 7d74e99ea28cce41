"""Widths of a table's columns from what stands in them: no number and no short word is broken."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from regionkit.maps.signs.wrap import text_width

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["fit_widths"]

_WORD = re.compile(r"[^\u2e80-\uffff\s]+")
# A cell no longer than this stays on one line, in full-width characters.
_SHORT = 5.0
# Bold heads are wider, and fonts differ.
_SPARE = 1.08
_MOST_SHARE = 0.5


def fit_widths(
    rows: Sequence[Sequence[str]], total: float, size_pt: float, *, side: float = 6.0
) -> list[float]:
    """Return the widths of columns, points, that add up to a total.

    Parameters
    ----------
    rows : sequence of rows of str
        The head among them.
    total : float, points
    size_pt : float
        Of the letters.
    side : float, points
        Margin at either side of a cell.

    Examples
    --------
    >>> [round(one) for one in fit_widths([["指标", "值"], ["城镇化率", "74.63%"]], 200.0, 10.0)]
    [105, 95]
    """
    n = max(len(row) for row in rows)
    natural, least = [0.0] * n, [0.0] * n
    for row in rows:
        for at, cell in enumerate(row):
            for line in cell.split("\n"):
                wide = text_width(line)
                natural[at] = max(natural[at], wide)
                whole = (
                    wide
                    if wide <= _SHORT
                    else max(map(text_width, _WORD.findall(line)), default=2.0)
                )
                least[at] = max(least[at], whole)
    most = total * (_MOST_SHARE if n > 2 else 0.8)
    # Lines are reckoned a little narrower than their column, see count_lines.
    side += size_pt * 0.2
    least = [one * size_pt * _SPARE + 2 * side for one in least]
    natural = [
        max(min(one * size_pt * _SPARE + 2 * side, most), low)
        for one, low in zip(natural, least, strict=True)
    ]
    if sum(natural) <= total:
        return [one * total / sum(natural) for one in natural]
    if sum(least) >= total:
        return [one * total / sum(least) for one in least]
    share = (total - sum(least)) / (sum(natural) - sum(least))
    return [low + (one - low) * share for one, low in zip(natural, least, strict=True)]
