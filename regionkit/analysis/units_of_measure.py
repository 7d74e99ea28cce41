"""Units of measure as plans and bureaus write them, and what one is in another."""

from __future__ import annotations

import re

__all__ = ["convert", "is_money"]

_SCALES = {"万亿": 1e12, "千亿": 1e11, "百亿": 1e10, "十亿": 1e9, "亿": 1e8, "千万": 1e7}
_SCALES |= {"百万": 1e6, "十万": 1e5, "万": 1e4}
# A base unit by its name: the thing measured, and how many of the first name of that thing.
_BASES = {
    "元": ("money", 1.0),
    "人": ("persons", 1.0),
    "人次": ("visits", 1.0),
    "户": ("households", 1.0),
    "吨": ("mass", 1.0),
    # Grain is counted in 斤: 1亿斤 is 5万吨.
    "公斤": ("mass", 1e-3),
    "千克": ("mass", 1e-3),
    "斤": ("mass", 5e-4),
    "千瓦": ("power", 1.0),
    "兆瓦": ("power", 1e3),
    "吉瓦": ("power", 1e6),
    "千瓦时": ("energy", 1.0),
    "度": ("energy", 1.0),
    "公顷": ("area", 1e4),
    "亩": ("area", 1e4 / 15),
    "平方公里": ("area", 1e6),
    "平方千米": ("area", 1e6),
    "平方米": ("area", 1.0),
    "公里": ("length", 1e3),
    "千米": ("length", 1e3),
    "米": ("length", 1.0),
    "立方米": ("volume", 1.0),
    "方": ("volume", 1.0),
    "%": ("per cent", 1.0),
    "％": ("per cent", 1.0),
    "‰": ("per cent", 0.1),
}
_NUMBER = re.compile(f"^({'|'.join(_SCALES)})?(.*)$")


def _parts(unit: str) -> tuple[str, float]:
    """Return what a unit measures and its size; a unit of its own where it is not known."""
    per = ""
    text = unit.strip()
    if "/" in text:
        text, per = text.split("/", 1)
    match = _NUMBER.match(text)
    scale, base = (match[1], match[2]) if match else (None, text)
    # 万 alone counts things without a name.
    kind, size = _BASES.get(base, (base, 1.0))
    return f"{kind}/{per}", size * _SCALES.get(scale or "", 1.0)


def convert(value: float, unit: str, to: str) -> float | None:
    """Return a value in another unit of the same kind; None where there is no such step.

    Examples
    --------
    >>> convert(3.3, "万亿元", "亿元"), convert(15, "亩", "公顷")
    (33000.0, 1.0)
    >>> convert(5, "百分点", "%") is None
    True
    """
    if unit == to:
        return value
    (kind, size), (wanted, target) = _parts(unit), _parts(to)
    # Sixteen digits hold no more of a quotient than this.
    return float(f"{value * size / target:.12g}") if kind == wanted else None


def is_money(unit: str) -> bool:
    """Return whether a unit counts money, whose growth needs constant prices.

    Examples
    --------
    >>> is_money("亿元"), is_money("万人")
    (True, False)
    """
    return _parts(unit)[0] == "money/"
