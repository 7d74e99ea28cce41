"""What a number format shows of a number: a percentage, another scale, a unit, or nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Self

from regionkit.tables.grammar.marks import fold_width, split_marks
from regionkit.tables.grammar.units import is_unit
from regionkit.words.message import Words, join, msg

__all__ = ["Shown", "ShownNumber", "as_shown", "show_number"]

_EXACT = 2**53
_COLOUR = re.compile(
    r"^\[(?:black|blue|cyan|green|magenta|red|white|yellow|color\s*\d+|dbnum\d|h+|m+|s+|\$-[^\]]*)\]$",
    re.IGNORECASE,
)
_CONDITION = re.compile(r"^\[(<=|>=|<>|<|>|=)\s*(-?[\d.]+)\]$")
_CURRENCY = re.compile(r"^\[\$([^\-\]]*)(?:-[^\]]*)?\]$")
_GENERAL = re.compile(r"^(?:general|g/通用格式|standard|常规)", re.IGNORECASE)
# Before a number these say nothing that the number does not.
_SILENT = re.compile(r"^[\s¥￥$€£()（）+\-−'’]*$")


class ShownNumber(float):
    """A number of a spreadsheet with the format it is shown in.

    Examples
    --------
    >>> ShownNumber(0.062, "0.0%") == 0.062, ShownNumber(0.062, "0.0%").form
    (True, '0.0%')
    """

    form: str

    def __new__(cls, value: float, form: str) -> Self:
        """Make the number."""
        made = super().__new__(cls, value)
        made.form = form
        return made

    def __getnewargs__(self) -> tuple[float, str]:  # type: ignore[override]
        """Return what a copy is made of."""
        return float(self), self.form


@dataclass(frozen=True)
class Shown:
    """A number as its format shows it.

    Attributes
    ----------
    value : float
        In the scale that is shown, with all its decimals.
    unit : str
        That the format prints behind it, "" for none.
    text : str
        As it is shown, with as many decimals and leading zeros as the format prints.
    note : words or ""
        What the format hides: that the cell holds another number.
    what : words or ""
        Why nothing is shown, "" where something is.
    """

    value: float
    unit: str = ""
    text: str = ""
    note: Words | str = ""
    what: Words | str = ""


@dataclass(frozen=True)
class _Section:
    """One of the up to four parts of a format."""

    condition: tuple[str, float] | None
    prefix: str
    suffix: str
    power: int
    hundreds: int
    integers: int
    decimals: int
    has_number: bool


def show_number(value: float, form: str) -> float | ShownNumber:
    """Return a number with its format, where that says more than the number itself.

    Examples
    --------
    >>> show_number(27.5, "General"), type(show_number(56780, "0!.0,")).__name__
    (27.5, 'ShownNumber')
    """
    if not form or _GENERAL.fullmatch(form) or form == "@" or abs(value) >= _EXACT:
        return value
    return ShownNumber(value, form)


def as_shown(value: float, form: str) -> Shown:
    r"""Return a number as a format shows it.

    A literal point between digits (``0!.0,`` in Chinese Excel) moves the decimal point, commas
    behind the digits divide by thousands, and a % on a line of its own below the cell's edge
    multiplies by a hundred unseen.

    Examples
    --------
    >>> as_shown(0.062, "0.0%").value, as_shown(0.062, "0.0%").unit
    (6.2, '%')
    >>> as_shown(56780, "0!.0,").value, as_shown(567800000, '0.00,,"万元"\n%').value
    (5.678, 56780.0)
    >>> as_shown(123, "00000").text, as_shown(2023.1, "0.00").text
    ('00123', '2023.10')
    """
    section = _section_of(value, form)
    if section is None or not section.has_number:
        words = "" if section is None else f"{section.prefix}{section.suffix}".strip()
        if value == 0:
            # Zero is often shown as a dash or as nothing.
            return Shown(0.0, text=words or "0")
        what = msg(
            "holds {value:.12g}, which its number format shows as {words!r}.",
            value=value,
            words=words,
        )
        return Shown(value, text=words, what=what)
    scaled = value
    if section.power or section.hundreds:
        # Through decimal digits: 0.062 times a hundred is 6.2, not 6.200000000000001.
        digits = Decimal(f"{value:.15g}")
        scaled = float(digits.scaleb(2 * section.hundreds - section.power))
    first_line = section.suffix.split("\n")[0]
    suffix, mark = split_marks(first_line.strip())
    unit = ""
    if is_unit(suffix.strip(), in_header=True):
        unit = fold_width(suffix.strip())
    elif not _SILENT.match(suffix):
        mark = first_line.strip()
    notes = []
    if scaled != value and unit != "%":
        notes.append(
            msg(
                "shows {shown:.12g}{unit}, the cell holds {value:.12g}",
                shown=scaled,
                unit=unit,
                value=value,
            )
        )
    if mark:
        notes.append(msg("is shown with {mark}", mark=mark))
    if not _SILENT.match(section.prefix):
        notes.append(
            msg("is shown as {before}{shown:.12g}", before=section.prefix.strip(), shown=scaled)
        )
    whole, _, rest = f"{abs(scaled):.{section.decimals}f}".partition(".")
    whole = whole.zfill(section.integers)
    text = ("-" if scaled < 0 else "") + whole + (f".{rest}" if rest else "")
    if section.decimals == 0 and scaled != int(scaled) and section.integers <= 1:
        text = f"{scaled:.12g}"
    return Shown(scaled, unit, text + unit, join(notes, "clauses") if notes else "")


def _section_of(value: float, form: str) -> _Section | None:
    sections = _parse(form)
    if any(section.condition for section in sections):
        for section in sections:
            if section.condition is None or _holds(value, section.condition):
                return section
        return sections[-1]
    numbers = sections[:3]
    if len(numbers) == 1:
        return numbers[0]
    if value < 0:
        return numbers[1]
    if value == 0 and len(numbers) > 2:
        return numbers[2]
    return numbers[0]


def _holds(value: float, condition: tuple[str, float]) -> bool:
    sign, limit = condition
    return {
        "<": value < limit,
        ">": value > limit,
        "<=": value <= limit,
        ">=": value >= limit,
        "=": value == limit,
        "<>": value != limit,
    }[sign]


@lru_cache(maxsize=2048)
def _parse(form: str) -> tuple[_Section, ...]:
    return tuple(_section(tokens) for tokens in _sections(form))


def _sections(form: str) -> list[list[tuple[str, str]]]:
    """Return the tokens of each section: digit, point, comma, percent, literal, condition."""
    sections: list[list[tuple[str, str]]] = [[]]
    place = 0
    while place < len(form):
        char = form[place]
        tokens = sections[-1]
        general = _GENERAL.match(form[place:])
        if char == '"':
            end = form.find('"', place + 1)
            end = len(form) if end < 0 else end
            tokens.append(("literal", form[place + 1 : end]))
            place = end + 1
        elif char in "\\!":
            tokens.append(("literal", form[place + 1 : place + 2]))
            place += 2
        elif char in "_*":
            place += 2
        elif char == "[":
            end = form.find("]", place)
            end = len(form) - 1 if end < 0 else end
            word = form[place : end + 1]
            condition, currency = _CONDITION.match(word), _CURRENCY.match(word)
            if condition:
                tokens.append(("condition", word))
            elif not _COLOUR.match(word) and currency:
                tokens.append(("literal", currency.group(1)))
            place = end + 1
        elif general:
            tokens.append(("general", ""))
            place += general.end()
        elif char == ";":
            sections.append([])
            place += 1
        else:
            kind = {"0": "digit", "#": "digit", "?": "digit", ".": "point", ",": "comma"}
            named = {"%": "percent", "@": "general"}
            tokens.append((kind.get(char) or named.get(char) or "literal", char))
            place += 1
    return sections


def _section(tokens: list[tuple[str, str]]) -> _Section:
    condition = None
    places = [i for i, (kind, _) in enumerate(tokens) if kind in {"digit", "general"}]
    first, last = (places[0], places[-1]) if places else (len(tokens), -1)
    prefix = suffix = ""
    power = hundreds = integers = decimals = 0
    seen_point, is_moved, moved = False, False, 0
    for i, (kind, word) in enumerate(tokens):
        if kind == "condition":
            found = _CONDITION.match(word)
            condition = (found.group(1), float(found.group(2))) if found else None
        elif kind == "digit":
            if seen_point:
                decimals += 1
            else:
                integers += word == "0" and not is_moved
                moved += is_moved
        elif kind == "point":
            seen_point = seen_point or first < i
        elif kind == "comma":
            follows = next((k for k, _ in tokens[i + 1 :] if k != "comma"), "")
            if first < i and (i > last or follows == "point"):
                power += 3
        elif kind == "percent":
            hundreds += 1
            if i < first:
                prefix += "%"
            else:
                suffix += "%"
        elif kind == "literal":
            if first < i < last and word == "." and not seen_point:
                is_moved = True
            elif i < first:
                prefix += word
            elif i > last:
                suffix += word
    return _Section(
        condition,
        prefix,
        suffix,
        power + moved,
        hundreds,
        integers,
        decimals or moved,
        has_number=bool(places),
    )
