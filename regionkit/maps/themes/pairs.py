"""Pairs of maps that a page offers to show side by side: two years, plan and actual, two plans."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from regionkit.words.message import msg, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from regionkit.maps.themes.theme_layer import ThemeLayer
    from regionkit.region import Region

__all__ = ["ready_pairs"]

# A document that names but a few projects makes no map.
_FEWEST_PROJECTS = 20
# How a year is named by what its layer shows.
_YEARS = {
    "": lambda year: msg("{year}", year=year),
    "target": lambda year: msg("{year} target", year=year),
    "baseline": lambda year: msg("{year} baseline", year=year),
    "actual": lambda year: msg("{year} actual", year=year),
}


def ready_pairs(
    layers: Sequence[ThemeLayer], region: Region | None = None, *, lang: str = "zh"
) -> list[dict[str, Any]]:
    """Return the pairs that the page's layers and the documents allow.

    Parameters
    ----------
    layers : sequence of ThemeLayer
        Within a series: target and actual of the same year, and its first and last year.
    region : Region, optional
        The two newest of its documents that name many projects make a pair.
    lang : {"zh", "en"}

    Returns
    -------
    list of dict
        ``title``, and of the left and the right map ``left``, ``right`` (ids of layers) or
        ``leftDocument``, ``rightDocument`` (ids of sources).
    """
    series: dict[str, list[ThemeLayer]] = {}
    for layer in layers:
        if layer.series and layer.year is not None:
            series.setdefault(layer.series, []).append(layer)
    found = []
    for mine in series.values():
        found += [_pair(left, right, lang) for left, right in _planned_and_actual(mine)]
        first, last = min(mine, key=_order), max(mine, key=_order)
        if first.year != last.year:
            found.append(_pair(first, last, lang))
    return found if region is None else found + _two_documents(region, lang)


def _order(layer: ThemeLayer) -> tuple[int, bool]:
    """Sort by year; of one year what is planned comes last."""
    return layer.year or 0, layer.nature == "target"


def _planned_and_actual(mine: Sequence[ThemeLayer]) -> list[tuple[ThemeLayer, ThemeLayer]]:
    return [
        (planned, actual)
        for planned in mine
        for actual in mine
        if (planned.nature, actual.nature) == ("target", "actual") and planned.year == actual.year
    ]


def _pair(left: ThemeLayer, right: ThemeLayer, lang: str) -> dict[str, Any]:
    named = [_YEARS[layer.nature](layer.year) for layer in (left, right)]
    return {
        "title": say(
            "{title}: {left} and {right}",
            lang=lang,
            title=left.series_title,
            left=named[0],
            right=named[1],
        ),
        "left": left.layer.layer_id,
        "right": right.layer.layer_id,
    }


def _two_documents(region: Region, lang: str) -> list[dict[str, Any]]:
    mentions, sources = region.mentions, region.sources
    counts = mentions.groupby("source_id")["project_id"].nunique()
    rich = sources.loc[counts.index[counts >= _FEWEST_PROJECTS]]
    newest = rich[rich["issued_on"].notna()].sort_values("issued_on").tail(2)
    if len(newest) < 2:
        return []
    (older, newer), names = newest.index, newest["short_title"]
    return [
        {
            "title": say(
                "{title}: {left} and {right}",
                lang=lang,
                title=say("Plan projects", lang=lang),
                left=names[older],
                right=names[newer],
            ),
            "leftDocument": older,
            "rightDocument": newer,
        }
    ]
