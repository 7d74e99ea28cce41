"""A cell read as a person sees it: blank, a mark for no data, a number with its unit, a text.

A value is read as it stands, in the unit it stands in: 12.3亿 is 12.3 with the unit 亿, never
1,230,000,000, for the column may as well be in 亿元. What can be read in two ways is a fault.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from dataclasses import dataclass, replace
from functools import lru_cache

import pandas as pd

from regionkit.tables.grammar.marks import fold_width, has_folding_digit, split_marks
from regionkit.tables.grammar.shown import ShownNumber, as_shown
from regionkit.tables.grammar.units import is_unit, tidy_unit
from regionkit.words.message import Words, msg

__all__ = [
    "Number",
    "is_blank",
    "is_identifier",
    "is_spreadsheet_error",
    "parse_number",
    "plain_text",
]

# No data, in the marks that yearbooks print.
_MISSING = re.compile(
    r"^(?:[-–—―－─…⋯.·]{1,6}|/|n/?a|n\.a\.|nan|none|null|不详|暂无|暂缺|缺|未公布|x{3,})$"
)
_NUMBER = re.compile(r"^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$")
_GROUPED = re.compile(r"^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?$")
_UNIT = re.compile(r"^(?P<number>[+-]?[\d.,]+)(?P<unit>[^\d.,].*)$")
_DIGITS = re.compile(r"^[+-]?[\d.,]+$")
_MINUS = str.maketrans("−–—－", "----")
_ERROR = re.compile(
    r"^(?:#(?:N/A|REF!|DIV/0!|VALUE!|NAME\?|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA|FIELD!|BLOCKED!|"
    r"CONNECT!|UNKNOWN!)|Err:\d{3})$",
    re.IGNORECASE,
)
# Longer texts are read each time, so that what is kept stays small.
_KEPT_LENGTH = 200
_ZERO_WIDTH = re.compile("[\u200b\u200c\u200d\u2060\ufeff]")
# What most cells of figures are: read without a look at marks and units.
_PLAIN_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,11})(?:\.[0-9]{1,12})?")
# These part thousands where a typist means it; a plain blank may as well part two numbers.
_GROUP_SPACE = re.compile("(?<=\\d)[\u00a0\u202f\u2009](?=\\d{3}(?:\\D|$))")
_TWO_NUMBERS = re.compile(r"[\d.,%]\s+[+-]?[\d.]")
_POWER = re.compile(r"(?:^|[×x*·])\s*10$", re.IGNORECASE)
# km², m³
_OF_UNIT = re.compile("(?<=[mM])[²³]")
_LEADING_ZERO = re.compile(r"^0\d+$")
_LONG_CODE = re.compile(r"^\d{15,}[\dxX]?$")
# Of a spreadsheet that keeps a code from being taken for a number.
_TEXT_FORMULA = re.compile(r'^="([^"]*)"$')


@dataclass(frozen=True)
class Number:
    """A cell read as a number.

    Attributes
    ----------
    value : float
        NaN where the cell is blank, marked as missing, or at fault.
    unit : str
        Unit in the cell itself (%, 亿, 万人), "" for none.
    mark : str
        The mark that stands for no data, "" for none.
    note : words or ""
        What was taken off (a footnote mark) or is hidden (another stored number), "" for nothing.
    what, mend : words or ""
        The fault, "" for none, and its remedy.
    is_spoilt : bool
        Whether what is at fault is a number all the same, which went wrong: 27,5, or two in one
        cell.
    """

    value: float = math.nan
    unit: str = ""
    mark: str = ""
    note: Words | str = ""
    what: Words | str = ""
    mend: Words | str = ""
    is_spoilt: bool = False


def plain_text(cell: object) -> str:  # noqa: PLR0911 - one a kind of cell
    """Return a cell as text: half-width, without zero-width marks, spaces inside single.

    A whole number comes back without a decimal point, so that codes stay codes; a number with
    a format as it is shown; raised and circled characters stay what they are.

    Examples
    --------
    >>> plain_text(210102.0), plain_text("　沈河区 "), plain_text(None), plain_text("注①")
    ('210102', '沈河区', '', '注①')
    """
    if type(cell) is str:
        # What most cells are, and a blank one comes out as "".
        if cell.isascii():
            return " ".join(cell.split())
        return _plain(cell) if len(cell) < _KEPT_LENGTH else _plain.__wrapped__(cell)
    if is_blank(cell):
        return ""
    if isinstance(cell, ShownNumber):
        return as_shown(float(cell), cell.form).text
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, dt.datetime) and cell.time() == dt.time():
        return cell.date().isoformat()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 2**63 else f"{cell:.15g}"
    text = str(cell)
    return _plain(text) if len(text) < _KEPT_LENGTH else _plain.__wrapped__(text)


# Names and figures of a long table repeat; very long texts are not kept.
@lru_cache(100_000)
def _plain(text: str) -> str:
    return " ".join(fold_width(_ZERO_WIDTH.sub("", text)).split())


def is_blank(cell: object) -> bool:
    """Return whether a cell holds nothing, or only spaces.

    Examples
    --------
    >>> is_blank("　"), is_blank(float("nan")), is_blank(0)
    (True, True, False)
    """
    if type(cell) is str:
        return not (cell if cell.isascii() else _ZERO_WIDTH.sub("", cell)).strip()
    if cell is None or cell is pd.NaT or cell is pd.NA:
        return True
    if isinstance(cell, float):
        return math.isnan(cell)
    return isinstance(cell, str) and not _ZERO_WIDTH.sub("", cell).strip()


def is_spreadsheet_error(cell: object) -> bool:
    """Return whether a cell shows an error of Excel, WPS or LibreOffice.

    Examples
    --------
    >>> is_spreadsheet_error("#DIV/0!"), is_spreadsheet_error("Err:502")
    (True, True)
    """
    return isinstance(cell, str) and _ERROR.match(cell.strip()) is not None


def is_identifier(cell: object) -> bool:
    """Return whether a cell can only be a code: a zero before digits, or more than a number holds.

    Examples
    --------
    >>> is_identifier("024"), is_identifier("0.5"), is_identifier("112101230012345678")
    (True, False, True)
    """
    if isinstance(cell, bool) or is_blank(cell):
        return False
    if isinstance(cell, int) or (isinstance(cell, float) and not isinstance(cell, ShownNumber)):
        return math.isfinite(cell) and abs(cell) >= 10**15
    text = plain_text(cell).removeprefix("'")
    return bool(_LEADING_ZERO.match(text) or _LONG_CODE.match(text))


def parse_number(cell: object) -> Number:  # noqa: PLR0911 - one a kind of cell
    """Return a cell as a number with its unit, or with what is wrong with it.

    Parameters
    ----------
    cell : object
        As a reader of spreadsheets gives it.

    Examples
    --------
    >>> parse_number("１２，３４５．６").value, str(parse_number("32.1¹").note)
    (12345.6, 'footnote mark ¹ taken off')
    >>> parse_number("6.2%").unit, parse_number("…").mark
    ('%', '…')
    >>> print(parse_number("约120").what)
    '约120' is no plain number.
    """
    if is_blank(cell):
        return Number()
    if isinstance(cell, bool):
        return Number(
            what=msg("{value} is no number.", value=cell),
            mend=msg("Write 1 or 0, or leave the column out."),
        )
    if isinstance(cell, dt.date | dt.time | dt.timedelta):
        shown = cell.isoformat() if isinstance(cell, dt.date) else str(cell)
        return Number(
            what=msg("{date} is a date, not a number.", date=shown),
            mend=msg(
                "The spreadsheet took a number such as 1-2 or 3.10 for a date: format the column "
                "as a number and type the value again."
            ),
        )
    if isinstance(cell, ShownNumber):
        return _shown(cell)
    if not isinstance(cell, str):
        try:
            number = float(cell)  # type: ignore[arg-type]
        except (TypeError, ValueError, OverflowError):
            return Number(
                what=msg("{value} is no number.", value=repr(cell)),
                mend=msg("Write a plain number."),
            )
        return _infinite() if math.isinf(number) else Number(number)
    if _PLAIN_NUMBER.fullmatch(cell):
        return Number(float(cell))
    return _parse_text(cell) if len(cell) < _KEPT_LENGTH else _parse_text.__wrapped__(cell)


def _infinite() -> Number:
    return Number(what=msg("is infinite."), mend=msg("Leave the cell blank."))


def _shown(cell: ShownNumber) -> Number:
    if not math.isfinite(cell):
        return _infinite()
    shown = as_shown(float(cell), cell.form)
    if shown.what:
        return Number(
            what=shown.what,
            mend=msg("Show the number (format the cell as a number), or clear it."),
            is_spoilt=True,
        )
    return Number(shown.value, shown.unit, note=shown.note)


@lru_cache(100_000)
def _parse_text(cell: str) -> Number:  # noqa: PLR0911 - one a kind of text
    raw = cell.strip()
    # However often a text is wrapped in a formula that spells it.
    while wrapped := _TEXT_FORMULA.match(raw):
        raw = wrapped.group(1).strip()
    if is_spreadsheet_error(raw):
        return Number(
            what=msg("{error} is an error of the spreadsheet.", error=raw),
            mend=msg("Mend the formula, or leave blank."),
        )
    # Marks are looked up before NFKC, which makes ... of … and so hides what was typed.
    if _MISSING.match(_ZERO_WIDTH.sub("", raw).casefold()):
        return Number(mark=raw)
    body, mark = split_marks(_ZERO_WIDTH.sub("", raw))
    note = msg("footnote mark {mark} taken off", mark=mark) if mark else ""
    if mark and _POWER.search(body.strip()) and mark[0] in "⁰¹²³⁴⁵⁶⁷⁸⁹⁻":
        return Number(
            what=msg("{text!r} may be a power of ten or a footnote.", text=raw),
            mend=msg("Write the number in full, or set the footnote's number apart."),
            is_spoilt=True,
        )
    if has_folding_digit(_OF_UNIT.sub("", body)):
        return Number(
            what=msg("{text!r} holds a digit that is raised, circled or a fraction.", text=raw),
            mend=msg("Write the number alone, in plain digits."),
            is_spoilt=True,
        )
    text = fold_width(_GROUP_SPACE.sub(",", body)).translate(_MINUS).strip()
    if _TWO_NUMBERS.search(text):
        return Number(
            what=msg("{text!r} is two numbers in a cell.", text=_one_line(raw)),
            mend=msg("Leave the one that is meant; thousands are parted by commas."),
            is_spoilt=True,
        )
    text = "".join(text.split()).removeprefix("'")
    if not text or _MISSING.match(text.casefold()):
        return Number(mark=raw, note=note)
    return replace(_number(text, raw), note=note) if note else _number(text, raw)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _misplaced_comma(raw: str) -> Number:
    return Number(
        what=msg("{text!r} has a comma that does not part thousands.", text=raw),
        mend=msg("Write 1234.5 or 1,234.5."),
        is_spoilt=True,
    )


def _number(text: str, raw: str) -> Number:
    """Return a number of plain half-width text."""
    raw = _one_line(raw)
    number, unit = text, ""
    if not (_NUMBER.match(text.casefold()) or _GROUPED.match(text)):
        split = _UNIT.match(text)
        if "," in text and _DIGITS.match(text):
            return _misplaced_comma(raw)
        if split is None or not is_unit(split["unit"]):
            return Number(
                what=msg("{text!r} is no plain number.", text=raw),
                mend=msg(
                    "Write the number alone; a range, an estimate or a remark has no one value."
                ),
            )
        number, unit = split["number"], split["unit"]
    if "," in number:
        if not _GROUPED.match(number):
            return _misplaced_comma(raw)
        number = number.replace(",", "")
    if not _NUMBER.match(number.casefold()):
        return Number(
            what=msg("{text!r} is no plain number.", text=raw),
            mend=msg("Write the number alone."),
        )
    value = float(number)
    if math.isinf(value):
        return Number(
            what=msg("{text!r} is too large a number.", text=raw),
            mend=msg("Leave the cell blank."),
        )
    return Number(value, tidy_unit(unit))
