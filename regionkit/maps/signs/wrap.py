"""Break words into lines of so many Chinese characters."""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = ["text_width", "wrap_text"]

_WIDE = 0x2E80
_OVERLONG = 1.5


def text_width(text: str) -> float:
    """Return the width of a text in full-width characters; a Latin letter counts for 0.58.

    Examples
    --------
    >>> text_width("沈阳")
    2.0
    """
    return sum(0.58 if ord(char) < _WIDE else 1.0 for char in text)


def wrap_text(text: str, per_line: float) -> list[str]:
    """Return a text in lines of so many full-width characters.

    A count in brackets at the end keeps company: it never stands alone on a line.

    Examples
    --------
    >>> wrap_text("沈阳现代化都市圈（54）", 9)
    ['沈阳现代化', '都市圈（54）']
    >>> wrap_text("a" * 12, 4)
    ['aaaaaa', 'aaaaaa']
    """
    return list(_wrap(text, per_line))


@lru_cache(maxsize=4096)
def _wrap(text: str, per_line: float) -> tuple[str, ...]:
    """Return the lines; a legend tries the same words at several widths over and over."""
    lines, line, used = [], "", 0.0
    for piece in _pieces(text):
        word = piece
        length = text_width(word)
        while length > per_line * _OVERLONG:
            # No blank in it for a line and a half: it is broken where the line ends.
            if line:
                lines.append(line.rstrip())
                line, used = "", 0.0
            fitting = max(int(len(word) * per_line / length), 1)
            lines.append(word[:fitting])
            word = word[fitting:]
            length = text_width(word)
        if used + length > per_line and line:
            lines.append(line.rstrip())
            line, used = "", 0.0
            word = word.lstrip()
        line += word
        used += length
    return (*lines, line) if line else tuple(lines) or ("",)


def _pieces(text: str) -> list[str]:
    """Return the pieces a line may be broken between: Chinese characters, Latin words."""
    tail = re.search(r".{0,3}(（[\d,]+）|\([\d,]+\))$", text)
    last = tail.group() if tail and len(text) > len(tail.group()) else ""
    pieces: list[str] = []
    for char in text[: len(text) - len(last)]:
        is_wide = ord(char) >= _WIDE
        closes = char in "，。；：、）》」】〉％%" or (
            pieces and "（" in pieces[-1] and ("）" not in pieces[-1]) and len(pieces[-1]) < 6
        )
        opened = pieces and pieces[-1][-1] in "（《「“"
        joins = (
            pieces
            and not is_wide
            and ord(pieces[-1][-1]) < _WIDE
            and not (pieces[-1].endswith(" "))
        )
        if pieces and (closes or joins or opened):
            pieces[-1] += char
        else:
            pieces.append(char)
    return [*pieces, last] if last else pieces
