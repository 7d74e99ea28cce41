"""Text of a cell as it is drawn or shown: no control characters, lines parted one way."""

from __future__ import annotations

import re

__all__ = ["cut_text", "drawn_text", "without_turns"]

_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
# They turn the direction of the letters after them as well.
_TURNS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def drawn_text(text: object) -> str:
    r"""Return a text as it can be drawn: every end of a line is ``\n``, a tab a blank.

    Other control characters, of which no font has a sign, are left out.

    Examples
    --------
    >>> drawn_text("甲厂\r\n乙厂\t丙厂\x07"), drawn_text(2024)
    ('甲厂\n乙厂 丙厂', '2024')
    """
    told = _LINE_ENDS.sub("\n", str(text)).replace("\t", " ")
    return _CONTROLS.sub("", without_turns(told))


def without_turns(text: str) -> str:
    r"""Return a text without the marks that turn the direction of what follows them.

    Examples
    --------
    >>> without_turns("\u202e甲厂")
    '甲厂'
    """
    return _TURNS.sub("", text)


def cut_text(text: str, most: int) -> str:
    """Return a text of so many letters at most; what is longer ends in an ellipsis.

    Examples
    --------
    >>> cut_text("沈阳现代化都市圈", 5), cut_text("沈阳", 5)
    ('沈阳现代…', '沈阳')
    """
    return text if len(text) <= most else f"{text[: most - 1]}…"
