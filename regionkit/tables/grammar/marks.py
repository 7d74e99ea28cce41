"""Footnote marks, told from the digits and letters beside them.

A reader of a format with raised characters hands them on as the Unicode superscripts that look
alike (``32150`` with a raised 1 is ``32150¹``), so that one grammar serves every format.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

__all__ = ["fold_width", "has_folding_digit", "raise_text", "split_marks"]

_RAISED = str.maketrans(
    "0123456789+-()abcdefghijklmnoprstuvwxyz",
    "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ",
)
_SUPER = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ"
# Numbers and letters in circles and brackets, and with a full stop of their own.
_CIRCLED = "\u2460-\u24ff\u2776-\u2793\u3251-\u325f\u32b1-\u32bf"
_STARS = "*※#†‡§"
_NOTE = "[注註][\u2460-\u24ff\u2776-\u2793\u3251-\u325f\u32b1-\u32bf\\d]{1,3}"
_SQUARE = rf"[\[［〔【]\s*(?:[注註]\s*)?[\d{_CIRCLED}]{{1,3}}\s*[\]］〕】]"
_ROUND = rf"[（(]\s*(?:[注註]\s*[\d{_CIRCLED}]{{1,3}}|[{_CIRCLED}]+)\s*[)）]"
# A raised 2 or 3 behind m is of a unit: km².
_RAISED_TAIL = rf"(?:[注註]\s*)?(?:(?<![mM])[{_SUPER}]|[{_SUPER}]{{2,}})[{_SUPER},，、]*"
_TAIL = re.compile(
    rf"\s*(?:{_RAISED_TAIL}|[{_CIRCLED}{_STARS}]+|{_NOTE}|{_SQUARE}|{_ROUND})\s*$", re.IGNORECASE
)
_HEAD = re.compile(rf"^\s*(?:[{_CIRCLED}{_STARS}]+|{_SQUARE})\s*(?=\S)")
# What half-width would turn into a plain digit or letter, and so hide.
_KEPT = re.compile(rf"[{_SUPER}₀-₉{_CIRCLED}]")


def raise_text(text: str) -> str:
    """Return text that stands raised in a cell, in Unicode's own raised characters.

    Examples
    --------
    >>> raise_text("1"), raise_text("注2"), raise_text("*")
    ('¹', '注²', '*')
    """
    return text.translate(_RAISED)


def split_marks(text: str) -> tuple[str, str]:
    """Return a text without the footnote marks at its ends, and these marks.

    Examples
    --------
    >>> split_marks("32.1¹"), split_marks("123㉑"), split_marks("27.5[注1]*")
    (('32.1', '¹'), ('123', '㉑'), ('27.5', '[注1]*'))
    >>> split_marks("km²"), split_marks("①")
    (('km²', ''), ('①', ''))
    """
    body, marks = text, ""
    while (found := _TAIL.search(body)) and body[: found.start()].strip():
        marks = found.group().strip() + marks
        body = body[: found.start()]
    found = _HEAD.match(body)
    if found:
        marks = found.group().strip() + marks
        body = body[found.end() :]
    return body, marks


def fold_width(text: str) -> str:
    """Return a text half-width; raised and circled characters stay what they are.

    Examples
    --------
    >>> fold_width("１２（①）²")
    '12(①)²'
    """
    if text.isascii():
        return text
    if not _KEPT.search(text):
        return unicodedata.normalize("NFKC", text)
    pieces, last = [], 0
    for found in _KEPT.finditer(text):
        pieces += [unicodedata.normalize("NFKC", text[last : found.start()]), found.group()]
        last = found.end()
    return "".join([*pieces, unicodedata.normalize("NFKC", text[last:])])


def has_folding_digit(text: str) -> bool:
    """Return whether a text holds a character that only folding makes a digit: ¹ ⒈ ½ but not ㎡.

    Examples
    --------
    >>> has_folding_digit("3½"), has_folding_digit("３"), has_folding_digit("㎡")
    (True, False, False)
    """
    return not text.isascii() and any(map(_folds_to_digit, text))


@cache
def _folds_to_digit(char: str) -> bool:
    if char.isascii() or char.isdecimal():
        return False
    folded = unicodedata.normalize("NFKC", char)
    return any(map(str.isdigit, folded)) and not any(c.isascii() and c.isalpha() for c in folded)
