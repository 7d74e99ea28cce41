"""Text of a cell as it is drawn or shown: no control characters, lines parted one way."""

from __future__ import annotations

import re

__all__ = ["drawn_text"]

_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")


def drawn_text(text: object) -> str:
    r"""Return a text as it can be drawn: every end of a line is ``\n``, a tab a blank.

    Other control characters, of which no font has a sign, are left out.

    Examples
    --------
    >>> drawn_text("甲厂\r\n乙厂\t丙厂\x07"), drawn_text(2024)
    ('甲厂\n乙厂 丙厂', '2024')
    """
    told = _LINE_ENDS.sub("\n", str(text)).replace("\t", " ")
    return _CONTROLS.sub("", told)
