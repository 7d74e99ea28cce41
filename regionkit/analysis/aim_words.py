"""A target as bureaus write it in a cell: 不低于34, 60以上, 5左右, 年均5, 累计13.5, 75—80."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace

from regionkit.tables.grammar.cell import parse_number, plain_text
from regionkit.tables.grammar.units import is_unit
from regionkit.words.message import Words, msg

__all__ = ["Aim", "read_aim"]

_BOUNDS = (
    # Longer words first: 不低于 holds 低于.
    ("at least", r"不(?:低于|少于|小于|短于)|大于等于|≥|>=|至少|(?:及|或)?以上"),
    ("at most", r"不(?:高于|超过|多于|大于|突破)|小于等于|≤|<=|至多|(?:及|或)?(?:以内|以下|之内)"),
    ("more than", r"高于|超过|突破|大于|多于|>"),
    ("at most", r"低于|小于|少于|<"),
    ("about", r"左右|上下|大约|约"),
)
_SUM = re.compile(r"五年(?:累计|合计|共)|累计|合计")
_AVERAGE = re.compile(r"(?:五年)?(?:年均|平均每年)")
_GROWTH = re.compile(r"增长|递增|提高|增加|下降|降低|减少")
# In the tables of five-year plans what stands in brackets is the sum of the years.
_BRACKETS = re.compile(r"^[\[〔【［](.+)[\]〕】］]$")
_FILLERS = re.compile(
    r"当年|同比|力争|确保|预计|(?:提高|提升|增加|增长|降低|下降|减少)[到至]|"
    r"达到?|保持在?|稳定在?|控制在?|降[到至]|完成"
)
_TO_BE_SET = re.compile(r"(?:国家|上级|省|市)(?:[^\d]{0,6})(?:下达|核定|考核|要求)")
_IN_STEP = re.compile(r"^(?:力争|保持)?(?:与|和|同)([^\d]+?)(?:基本)?(?:同步|一致)(?:增长)?$")
_BEYOND = re.compile(r"^(?:力争|保持)?(?:高于|快于|超过)([^\d]{3,}?)$")
_NOT_BELOW = re.compile(r"^(?:力争|保持)?不(?:低于|慢于)([^\d]{3,}?)$")
_RANK = re.compile(r"(前|第)([\d一二三四五六七八九十]{1,3})(?:位|名)?$")
_DIGITS = "零一二三四五六七八九十"
_RANGE = re.compile(r"^([\d.,]+)\s*[%％]?\s*(?:[—–\-－~～]{1,2}|至|到)\s*([\d.,]+)(.*)$")
_NUMBER_AND_WORD = re.compile(r"^([\d.,]+)(\D+)$")


@dataclass(frozen=True)
class Aim:
    """What a cell says is aimed at.

    Attributes
    ----------
    bound, measure : str
        As of ``region.targets``; measure "" where the words do not say.
    value, high : float
        Missing where there is no number.
    unit : str
        As the cell says, "" where it does not.
    relative_to : str
        What it is measured against, as the cell names it.
    is_to_be_set : bool
        Whether the state has yet to set it.
    what, mend : words or ""
        The fault, "" for none, and its remedy.
    """

    bound: str = "equal"
    value: float = math.nan
    high: float = math.nan
    unit: str = ""
    measure: str = ""
    relative_to: str = ""
    is_to_be_set: bool = False
    what: Words | str = ""
    mend: Words | str = ""


def read_aim(  # noqa: PLR0911 - one a kind of cell
    cell: object, *, heading: str = ""
) -> Aim | None:
    """Return what a cell aims at, with its fault where it cannot be read; None without a target.

    Parameters
    ----------
    cell : object
    heading : str
        Of the column: 年均 or 累计 in it are said of its cells, unless it names both.

    Examples
    --------
    >>> def told(text, heading=""):
    ...     aim = read_aim(text, heading=heading)
    ...     return aim.bound, aim.value, aim.unit, aim.measure
    >>> told("不低于34"), told("60%以上"), told("控制在5.5%以内")
    (('at least', 34.0, '', ''), ('at least', 60.0, '%', ''), ('at most', 5.5, '%', ''))
    >>> told("年均增长5%左右"), told("〔13.5〕"), told(3, "五年累计")
    (('about', 5.0, '%', 'yearly growth'), ('equal', 13.5, '', 'sum'), ('equal', 3.0, '', 'sum'))
    >>> read_aim("75—80").high, read_aim("与经济增长同步").relative_to, read_aim("前5位").unit
    (80.0, '经济增长', '位')
    >>> read_aim("—") is None
    True
    >>> print(read_aim("进一步提高").what)
    '进一步提高' is no target that can be read.
    """
    number = parse_number(cell)
    if number.mark:
        return None
    if not number.what:
        return _measured(Aim(value=number.value, unit=number.unit), "", heading)
    text = re.sub(r"\s", "", plain_text(cell))
    if bracketed := _BRACKETS.match(text):
        text = f"累计{bracketed[1]}"
    against = _against(text)
    if against is not None:
        return against
    ranked = _RANK.search(text)
    if ranked is not None:
        bound = "at most" if ranked[1] == "前" else "equal"
        return Aim(bound=bound, value=float(_count(ranked[2])), unit="位", measure="level")
    bound, rest = "equal", text
    for name, words in _BOUNDS:
        if re.search(words, rest):
            bound, rest = name, re.sub(words, "", rest)
            break
    rest = _FILLERS.sub("", rest)
    is_growth = bool(_GROWTH.search(rest))
    bare = _GROWTH.sub("", _AVERAGE.sub("", _SUM.sub("", rest)))
    span = _RANGE.match(bare)
    if span is not None:
        low, high = parse_number(span[1]), parse_number(span[2] + span[3])
        if not low.what and not high.what and low.value < high.value:
            unit = high.unit or low.unit
            return _measured(Aim(bound, low.value, high.value, unit), text, heading)
        return _unreadable(text)
    number = parse_number(bare)
    timed = _NUMBER_AND_WORD.match(bare)
    if number.what and timed is not None and is_unit(timed[2], in_header=True):
        # 78.5岁: in other cells it might be a date.
        number = replace(parse_number(timed[1]), unit=timed[2])
    if number.what or math.isnan(number.value):
        return _unreadable(text)
    return _measured(Aim(bound, number.value, unit=number.unit), text, heading, is_growth=is_growth)


def _unreadable(text: str) -> Aim:
    return Aim(
        what=msg("{text!r} is no target that can be read.", text=text),
        mend=msg("Write such as 34, 不低于34, 60以上, 5左右, 75—80, 年均增长5%, 累计13.5, 前5位."),
    )


def _count(text: str) -> int:
    if text.isdecimal():
        return int(text)
    tens, _, ones = text.rpartition("十")
    if "十" not in text:
        return _DIGITS.index(text[-1])
    return 10 * (_DIGITS.index(tens) if tens else 1) + (_DIGITS.index(ones) if ones else 0)


def _against(text: str) -> Aim | None:
    """Return a target without a number: set by others, or beside another indicator."""
    if any(character.isdecimal() for character in text):
        return None
    if _TO_BE_SET.search(text):
        if "国家" in text:
            return Aim(bound="none", is_to_be_set=True)
        return Aim(bound="none", relative_to=text)
    for pattern, bound in ((_IN_STEP, "in step"), (_NOT_BELOW, "in step"), (_BEYOND, "more than")):
        found = pattern.match(text)
        if found:
            return Aim(bound=bound, relative_to=found[1], measure="yearly growth")
    return None


def _measured(aim: Aim, text: str, heading: str, *, is_growth: bool = False) -> Aim:
    """Return an aim with the measure that its words, else its column's, say."""
    # A column 年均/累计 leaves it to its cells.
    of_column = heading if not (_SUM.search(heading) and _AVERAGE.search(heading)) else ""
    words = text if _SUM.search(text) or _AVERAGE.search(text) else of_column
    if _AVERAGE.search(words):
        return replace(aim, measure="yearly growth")
    if _SUM.search(words):
        return replace(aim, measure="total growth" if _is_rise(text) else "sum")
    return replace(aim, measure="growth") if is_growth else aim


def _is_rise(text: str) -> bool:
    return bool(re.search(r"累计(?:增长|提高|增加)", text))
