"""Pairs of maps that a page offers to show side by side: two years, plan and actual, two plans."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from regionkit.maps.themes.series import PageLayer

__all__ = ["ready_pairs"]

_WORDS = {
    "": ("", ""),
    "target": ("目标", "target"),
    "baseline": ("基期", "baseline"),
    "actual": ("实际", "actual"),
}
# A document that names but a few projects makes no map.
_FEWEST_PROJECTS = 20


def ready_pairs(
    layers: Sequence[PageLayer], mentions: pd.DataFrame, sources: pd.DataFrame, *, lang: str = "zh"
) -> list[dict[str, Any]]:
    """Return the pairs that the page's layers and the documents allow.

    Parameters
    ----------
    layers : sequence of PageLayer
        Within a series: target and actual of the same year, and its first and last year.
    mentions, sources : DataFrame
        As of a region; the two newest documents that name many projects make a pair.
    lang : {"zh", "en"}

    Returns
    -------
    list of dict
        ``title``, and of the left and the right map ``left``, ``right`` (ids of layers) or
        ``leftDocument``, ``rightDocument`` (ids of sources).
    """
    english = lang == "en"
    series: dict[str, list[PageLayer]] = {}
    for layer in layers:
        if layer.series and layer.year is not None:
            series.setdefault(layer.series, []).append(layer)
    found = []
    for mine in series.values():
        found += [_pair(left, right, english) for left, right in _planned_and_actual(mine)]
        first, last = min(mine, key=_order), max(mine, key=_order)
        if first.year != last.year:
            found.append(_pair(first, last, english))
    return found + _two_documents(mentions, sources, english)


def _order(layer: PageLayer) -> tuple[int, bool]:
    """Sort by year; of one year what is planned comes last."""
    return layer.year or 0, layer.nature == "target"


def _planned_and_actual(mine: Sequence[PageLayer]) -> list[tuple[PageLayer, PageLayer]]:
    return [
        (planned, actual)
        for planned in mine
        for actual in mine
        if (planned.nature, actual.nature) == ("target", "actual") and planned.year == actual.year
    ]


def _pair(left: PageLayer, right: PageLayer, english: bool) -> dict[str, Any]:  # noqa: FBT001
    def named(layer: PageLayer) -> str:
        word = _WORDS.get(layer.nature, _WORDS[""])[english]
        return f"{layer.year}{' ' if english else '年'}{word}"

    between, colon = (" and ", ": ") if english else ("与", "：")
    return {
        "title": f"{left.series_title}{colon}{named(left)}{between}{named(right)}",
        "left": left.layer.layer_id,
        "right": right.layer.layer_id,
    }


def _two_documents(
    mentions: pd.DataFrame,
    sources: pd.DataFrame,
    english: bool,  # noqa: FBT001
) -> list[dict[str, Any]]:
    counts = mentions.groupby("source_id")["project_id"].nunique()
    rich = sources.loc[counts.index[counts >= _FEWEST_PROJECTS]]
    newest = rich[rich["issued_on"].notna()].sort_values("issued_on").tail(2)
    if len(newest) < 2:
        return []
    (older, newer), names = newest.index, newest["short_title"]
    between, what = (" and ", "Projects: ") if english else ("与", "项目：")
    return [
        {
            "title": f"{what}{names[older]}{between}{names[newer]}",
            "leftDocument": older,
            "rightDocument": newer,
        }
    ]
