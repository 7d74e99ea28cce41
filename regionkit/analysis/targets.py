"""Planned targets in words: the one wording for sheets, pages, slides and reports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from regionkit.region.names import name_in
from regionkit.words.facts import fact_in
from regionkit.words.message import Words, join, msg

if TYPE_CHECKING:
    from regionkit.region import Region

__all__ = [
    "describe_baseline",
    "describe_target",
    "describe_targets",
    "format_number",
    "format_quantity",
    "number_rules",
]

_MEASURES = {
    "yearly growth": msg("yearly growth"),
    "total growth": msg("total growth"),
    "five-year sum": msg("five-year sum"),
    "period sum": msg("period sum"),
}
_RANK = "位"
# Of 年 a larger figure is a year, not a span of years.
_LONGEST_SPAN = 1000
# Rates are stated of a number of persons: 1/10万.
_PER = "1/"
_YEAR = "年"
# Units that stand close behind their number.
_CLOSE = ("%",)
_DECIMALS = 4


def describe_target(region: Region, target: Any, lang: str = "zh") -> str:
    """Return a target's value in words: bound, value, unit, or what it is measured against.

    Parameters
    ----------
    region : Region
        Whose indicators the target names.
    target : row of ``region.targets``
        As of ``itertuples`` or ``iterrows``.
    lang : {"zh", "en"}

    Examples
    --------
    >>> import regionkit as rk
    >>> ln = rk.load("liaoning")
    >>> row = ln.targets.loc["p26-liaoning-gdp-growth"]
    >>> describe_target(ln, row), describe_target(ln, row, "en")
    ('年均增长5%左右', 'yearly growth about 5%')
    """
    return _words(region, target, lang).render(lang)


def _words(region: Region, target: Any, lang: str) -> Words:
    if target.is_to_be_set:
        return msg("to be set by the state")
    if pd.isna(target.value):
        relative = target.relative_to
        if not isinstance(relative, str):
            return msg("no figure stated")
        if relative in region.indicators.index:
            relative = name_in(region.indicators.loc[relative], lang)
        if target.bound in {"none", "equal"}:
            return msg("relative to {other}", other=relative)
        return _bounded(target.bound, relative)
    return _with_measure(region, target, _figure(target), lang)


def describe_targets(region: Region, targets: pd.DataFrame, lang: str = "zh") -> pd.Series:
    """Return the words of :func:`describe_target` for each row of a table of targets."""
    words = [describe_target(region, row, lang) for row in targets.itertuples()]
    return pd.Series(words, index=targets.index, dtype=object)


def describe_baseline(region: Region, target: Any, lang: str = "zh") -> str:
    """Return the value a target starts from, with its year and measure; "" where it has none.

    Parameters
    ----------
    region : Region
    target : row of ``region.targets``
    lang : {"zh", "en"}

    Examples
    --------
    >>> import regionkit as rk
    >>> ln = rk.load("liaoning")
    >>> row = ln.targets.loc["p26-liaoning-urbanisation-rate"]
    >>> describe_baseline(ln, row), describe_baseline(ln, row, "en")
    ('2025年 74.63%', '2025: 74.63%')
    """
    value, year, measure = target.baseline_value, target.baseline_year, target.baseline_measure
    if pd.isna(value):
        return ""
    told = _number(value, target.unit)
    if pd.notna(measure):
        label = region.labels("targets", "baseline_measure").get(str(measure), "")
        told = msg("{figure} ({measure})", figure=told, measure=fact_in(lang, label, str(measure)))
    if pd.notna(year):
        told = msg("{calendar_year}: {figure}", calendar_year=int(year), figure=told)
    return told.render(lang)


def _figure(target: Any) -> Words:
    """Return a target's value with its unit and bound."""
    if pd.isna(target.value_high):
        return _with_bound(target.bound, float(target.value), target.unit)
    low, high = format_number(target.value), _number(target.value_high, target.unit)
    return _bounded(target.bound, msg("{low}–{high}", low=low, high=high))


def _with_measure(region: Region, target: Any, figure: Words, lang: str) -> Words:
    """Return a figure with what it measures, where the indicator's name does not say it."""
    measure = _MEASURES.get(target.measure)
    known = target.indicator_id in region.indicators.index
    indicator = name_in(region.indicators.loc[target.indicator_id], lang) if known else ""
    if measure is None or measure.render(lang) in indicator.lower():
        return figure
    return msg("{measure} {figure}", measure=measure, figure=figure)


def _with_bound(bound: str, value: float, unit: Any) -> Words:
    """Return a value with its bound as it is said.

    Examples
    --------
    >>> def said(*target):
    ...     return _with_bound(*target).render("zh"), _with_bound(*target).render("en")
    >>> said("about", 3000, "亿元"), said("at least", 100, "%")
    (('3,000亿元左右', 'about 3,000 亿元'), ('100%', '100%'))
    >>> said("at most", 5, "位"), said("equal", 1, "位")
    (('前5位', 'among the first 5'), ('第1位', 'rank 1'))
    >>> said("at most", 2030, "年"), said("at most", 43, "1/10万")
    (('不晚于2030年', 'no later than 2030'), ('不超过43/10万', 'at most 43/10万'))
    """
    number = _number(value, unit)
    if unit == _RANK and bound in {"at most", "equal", "none"}:
        # A rank is one of the first, not a number that is not exceeded.
        rank = format_number(value)
        is_range = bound == "at most" and value != 1
        return (
            msg("among the first {rank}", rank=rank) if is_range else msg("rank {rank}", rank=rank)
        )
    if (bound, value, unit) == ("at least", 100, "%"):
        return number
    if _is_year(value, unit) and bound in {"at most", "at least"}:
        if bound == "at most":
            return msg("no later than {figure}", figure=number)
        return msg("no earlier than {figure}", figure=number)
    return _bounded(bound, number)


def _bounded(bound: str, figure: Words | str) -> Words:
    """Return a figure, or what stands for one, with its bound."""
    told: dict[str, Words] = {
        "at least": msg("at least {figure}", figure=figure),
        "about": msg("about {figure}", figure=figure),
        "more than": msg("more than {figure}", figure=figure),
        "at most": msg("at most {figure}", figure=figure),
        "in step": msg("in step with {figure}", figure=figure),
    }
    return told.get(bound) or join([figure])


def _number(value: float, unit: Any) -> Words:
    """Return a value with its unit: in Chinese they touch, English parts them."""
    unit = unit if isinstance(unit, str) else ""
    if _is_year(value, unit):
        return msg("{calendar_year}", calendar_year=round(value))
    if unit in {"", "%"} or unit.startswith(_PER):
        return join([format_quantity(value, unit)])
    return msg("{number} {unit}", number=format_number(value), unit=unit)


def _is_year(value: float, unit: Any) -> bool:
    """Return whether a figure is a year, which has no mark between its thousands."""
    return bool(unit == _YEAR and value > _LONGEST_SPAN)


def format_quantity(value: float, unit: str) -> str:
    """Return a number with its unit as maps print it.

    Examples
    --------
    >>> format_quantity(1234, "亿元"), format_quantity(75.0, "%"), format_quantity(3, "")
    ('1,234 亿元', '75%', '3')
    >>> format_quantity(2030, "年"), format_quantity(11.7, "年")
    ('2030年', '11.7 年')
    >>> format_quantity(43, "1/10万")
    '43/10万'
    """
    if _is_year(value, unit):
        return f"{value:.0f}{unit}"
    if unit.startswith(_PER):
        return f"{format_number(float(value))}{unit.removeprefix('1')}"
    gap = " " if unit and unit not in _CLOSE else ""
    return f"{format_number(value)}{gap}{unit}"


def format_number(value: float, digits: int | None = None) -> str:
    """Return a number as maps print it: thousands separated, no needless zeros.

    Examples
    --------
    >>> format_number(9070093), format_number(74.630), format_number(5.0, 1)
    ('9,070,093', '74.63', '5.0')
    >>> format_number(112101230012345678)
    '112,101,230,012,345,678'
    """
    if digits is None and isinstance(value, int):
        # As it is: floats hold fifteen digits.
        return f"{value:,}"
    if digits is not None:
        return f"{value:,.{digits}f}"
    text = f"{value:,.{_DECIMALS}f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def number_rules() -> dict[str, Any]:
    """Return the rules of :func:`format_quantity` as plain data, for a page's script.

    Examples
    --------
    >>> number_rules()
    {'decimals': 4, 'year_unit': '年', 'longest_span': 1000, 'per': '1/', 'close': ['%']}
    """
    return {
        "decimals": _DECIMALS,
        "year_unit": _YEAR,
        "longest_span": _LONGEST_SPAN,
        "per": _PER,
        "close": list(_CLOSE),
    }
