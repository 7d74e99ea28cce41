"""Planned targets in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

if TYPE_CHECKING:
    from regionkit.region import Region

__all__ = ["describe_target", "format_number"]

_BOUNDS = {
    "at least": "不低于",
    "about": "左右",
    "more than": "高于",
    "at most": "不超过",
    "equal": "",
    "in step": "同步",
    "none": "",
}
_MEASURES = {
    "yearly growth": "年均增长",
    "total growth": "累计增长",
    "five-year sum": "五年累计",
    "period sum": "期间累计",
    "level": "",
    "share": "",
}


def describe_target(region: Region, target: Any) -> str:
    """Return a target's value in words: bound, value, unit, or what it is measured against."""
    if target.is_to_be_set:
        return "待国家审核衔接后确定"
    if pd.isna(target.value):
        relative = target.relative_to
        if not isinstance(relative, str):
            return "未载明数值"
        if relative in region.indicators.index:
            relative = region.indicators.loc[relative, "name"]
        bound = _BOUNDS[target.bound]
        return f"与{relative}同步" if bound == "同步" else f"{bound or '相对'}{relative}"
    measure = _MEASURES[target.measure]
    indicator = str(region.indicators["name"].get(target.indicator_id, ""))
    measure = "" if measure and measure in indicator else measure
    value = format_number(target.value)
    if pd.notna(target.value_high):
        value += f"—{format_number(target.value_high)}"
    unit = target.unit if isinstance(target.unit, str) else ""
    return f"{measure}{_with_bound(target.bound, value, unit)}"


def _with_bound(bound: str, value: str, unit: str) -> str:
    """Return a value with its bound as it is said in Chinese.

    Examples
    --------
    >>> _with_bound("about", "3,000", "亿元"), _with_bound("at most", "5", "位")
    ('3,000亿元左右', '前5位')
    >>> _with_bound("at least", "100", "%"), _with_bound("equal", "1", "位")
    ('100%', '第1位')
    """
    if unit == "位" and bound in {"at most", "equal", "none"}:
        # A rank is one of the first, not a number that is not exceeded.
        return f"前{value}位" if bound == "at most" else f"第{value}位"
    if (bound, value, unit) == ("at least", "100", "%"):
        return "100%"
    word = _BOUNDS[bound]
    return f"{value}{unit}{word}" if word == "左右" else f"{word}{value}{unit}"


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
