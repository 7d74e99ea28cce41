"""Planned targets in words: the one wording for sheets, pages, slides and reports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from regionkit.region.names import name_in

if TYPE_CHECKING:
    from regionkit.region import Region

__all__ = [
    "describe_baseline",
    "describe_target",
    "describe_targets",
    "format_number",
    "format_quantity",
]

# Chinese, then English; of "about" the Chinese word follows its figure.
_BOUNDS = {
    "at least": ("不低于", "at least"),
    "about": ("左右", "about"),
    "more than": ("高于", "more than"),
    "at most": ("不超过", "at most"),
    "equal": ("", ""),
    "in step": ("同步", "in step with"),
    "none": ("", ""),
}
_MEASURES = {
    "yearly growth": ("年均增长", "yearly growth"),
    "total growth": ("累计增长", "total growth"),
    "five-year sum": ("五年累计", "five-year sum"),
    "period sum": ("期间累计", "period sum"),
    "level": ("", ""),
    "share": ("", ""),
}
_TO_BE_SET = ("待国家审核衔接后确定", "to be set by the state")
_NO_FIGURE = ("未载明数值", "no figure stated")
_RELATIVE = ("相对", "relative to")
_RANK = "位"
# Of 年 a larger figure is a year, not a span of years.
_LONGEST_SPAN = 1000
_YEAR_BOUNDS = {"at most": ("不晚于", "no later than"), "at least": ("不早于", "no earlier than")}


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
    english = int(lang == "en")
    if target.is_to_be_set:
        return _TO_BE_SET[english]
    if pd.isna(target.value):
        relative = target.relative_to
        if not isinstance(relative, str):
            return _NO_FIGURE[english]
        if relative in region.indicators.index:
            relative = name_in(region.indicators.loc[relative], lang)
        word = _BOUNDS[target.bound][english]
        if english:
            return f"{word or _RELATIVE[1]} {relative}"
        return f"与{relative}同步" if word == "同步" else f"{word or _RELATIVE[0]}{relative}"
    return _with_measure(region, target, _figure(target, lang), lang)


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
    when = "" if pd.isna(year) else f"{int(year)}: " if lang == "en" else f"{int(year)}年 "
    said = "" if pd.isna(measure) else str(measure)
    if lang != "en":
        said = region.labels("targets", "baseline_measure").get(said, "")
    within = "" if not said else f" ({said})" if lang == "en" else f"（{said}）"
    return f"{when}{_number(value, target.unit, lang)}{within}"


def _figure(target: Any, lang: str) -> str:
    """Return a target's value with its unit and bound."""
    english = lang == "en"
    if pd.isna(target.value_high):
        return _with_bound(target.bound, float(target.value), target.unit, lang)
    low = format_number(target.value)
    high = _number(target.value_high, target.unit, lang)
    word = _BOUNDS[target.bound][int(english)]
    text = f"{low}{'–' if english else '—'}{high}"
    if english:
        return f"{word} {text}".strip()
    return f"{text}{word}" if word == "左右" else f"{word}{text}"


def _with_measure(region: Region, target: Any, figure: str, lang: str) -> str:
    """Return a figure with what it measures, where the indicator's name does not say it."""
    word = _MEASURES[target.measure][int(lang == "en")]
    known = target.indicator_id in region.indicators.index
    indicator = name_in(region.indicators.loc[target.indicator_id], lang) if known else ""
    if not word or word in indicator.lower():
        return figure
    return f"{word} {figure}" if lang == "en" else f"{word}{figure}"


def _with_bound(bound: str, value: float, unit: Any, lang: str) -> str:
    """Return a value with its bound as it is said.

    Examples
    --------
    >>> _with_bound("about", 3000, "亿元", "zh"), _with_bound("at most", 5, "位", "zh")
    ('3,000亿元左右', '前5位')
    >>> _with_bound("at least", 100, "%", "zh"), _with_bound("equal", 1, "位", "zh")
    ('100%', '第1位')
    >>> _with_bound("at most", 5, "位", "en"), _with_bound("equal", 1, "位", "en")
    ('among the first 5', 'rank 1')
    >>> _with_bound("at most", 2030, "年", "zh"), _with_bound("at most", 2030, "年", "en")
    ('不晚于2030年', 'no later than 2030')
    """
    number = _number(value, unit, lang)
    if unit == _RANK and bound in {"at most", "equal", "none"}:
        # A rank is one of the first, not a number that is not exceeded.
        rank = format_number(value)
        if lang == "en":
            is_range = bound == "at most" and value != 1
            return f"among the first {rank}" if is_range else f"rank {rank}"
        return f"前{number}" if bound == "at most" else f"第{number}"
    if (bound, value, unit) == ("at least", 100, "%"):
        return "100%"
    bounds = {**_BOUNDS, **_YEAR_BOUNDS} if _is_year(value, unit) else _BOUNDS
    word = bounds[bound][int(lang == "en")]
    if lang == "en":
        return f"{word} {number}".strip()
    return f"{number}{word}" if word == "左右" else f"{word}{number}"


def _number(value: float, unit: Any, lang: str) -> str:
    """Return a value with its unit: in Chinese they touch, English parts them."""
    unit = unit if isinstance(unit, str) else ""
    if _is_year(value, unit):
        return f"{value:.0f}" if lang == "en" else f"{value:.0f}{unit}"
    return format_quantity(value, unit) if lang == "en" else f"{format_number(value)}{_after(unit)}"


def _is_year(value: float, unit: Any) -> bool:
    """Return whether a figure is a year, which has no mark between its thousands."""
    return bool(unit == "年" and value > _LONGEST_SPAN)


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
    gap = " " if unit and unit != "%" and not _is_rate(unit) else ""
    return f"{format_number(float(value))}{gap}{_after(unit)}"


def _is_rate(unit: str) -> bool:
    """Return whether a unit is one in so many, as 1/10万."""
    return unit.startswith("1/")


def _after(unit: str) -> str:
    """Return a unit as it stands after a number: 43/10万, not 431/10万."""
    return unit[1:] if _is_rate(unit) else unit


def format_number(value: float, digits: int | None = None) -> str:
    """Return a number as maps print it: thousands separated, no needless zeros.

    Examples
    --------
    >>> format_number(9070093), format_number(74.630), format_number(5.0, 1)
    ('9,070,093', '74.63', '5.0')
    """
    if digits is not None:
        return f"{value:,.{digits}f}"
    text = f"{value:,.4f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
