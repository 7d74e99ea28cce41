"""Counts are circles, never filled areas: a large county is not more people."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from regionkit.analysis.targets import format_number

if TYPE_CHECKING:
    from regionkit.maps.signs.layers import AreaLayer

__all__ = ["circle_spec", "is_count"]

# Units of measure whose values add up over areas.
_COUNTED = frozenset({"人", "万人", "户", "元", "万元", "亿元", "个", "家", "项", "吨", "万吨"})
_TEN_THOUSAND = 10_000
# Of a large sample in a legend: its smaller ones, as shares of it.
_SAMPLES = (1.0, 0.4, 0.1)


def is_count(layer: AreaLayer) -> bool:
    """Return whether a layer's values are counts or sums, which add up over areas.

    Examples
    --------
    >>> import regionkit as rk
    >>> from regionkit.maps.themes.plan import default_layers
    >>> made = {one.layer.layer_id: one.layer for one in default_layers(rk.load("liaoning"))}
    >>> is_count(made["population-2020"]), is_count(made["over-65"])
    (True, False)
    """
    return layer.classes is not None and layer.unit in _COUNTED


def circle_spec(layer: AreaLayer) -> dict[str, Any] | None:
    """Return how a layer of counts is drawn: the largest value, and samples with their words.

    Parameters
    ----------
    layer : AreaLayer

    Returns
    -------
    dict or None
        ``most``, the value of the largest circle; ``samples``, each a value and its label. None
        for what is no count.
    """
    if not is_count(layer):
        return None
    most = float(layer.values.max())
    if not most > 0:
        return None
    return {
        "most": most,
        "samples": [[value, _told(value, layer.unit)] for value in _round_samples(most)],
    }


def _round_samples(most: float) -> list[float]:
    """Return round values at and below the largest.

    Examples
    --------
    >>> _round_samples(950.0)
    [900.0, 300.0, 90.0]
    """
    found = []
    for share in _SAMPLES:
        value = most * share
        step = 10 ** math.floor(math.log10(value))
        found.append(float(max(1, math.floor(value / step)) * step))
    return list(dict.fromkeys(found))


def _told(value: float, unit: str) -> str:
    if unit == "人" and value >= _TEN_THOUSAND:
        return f"{format_number(round(value / _TEN_THOUSAND, 1))} 万人"
    return f"{format_number(value)} {unit}"
