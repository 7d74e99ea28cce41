"""Legend lines of what a map shows: classes and kinds, zones, sizes of symbols."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from regionkit.errors import InputError
from regionkit.maps.signs.legend_item import LegendItem
from regionkit.maps.signs.strokes import zone_stroke
from regionkit.maps.signs.styles import (
    ZONE_HATCH_PT,
    entry_style,
    overlap_groups,
    zone_face,
    zone_hatch,
    zone_hatch_colour,
)
from regionkit.maps.signs.words import counted
from regionkit.region.names import names_in
from regionkit.words.message import join, msg, say

if TYPE_CHECKING:
    import geopandas as gpd

    from regionkit.maps.signs.layers import AreaLayer
    from regionkit.maps.signs.theme import Theme

__all__ = [
    "layer_items",
    "overlap_items",
    "size_items",
    "symbol_sizes_pt",
    "zone_fill_items",
    "zone_items",
    "zone_legend",
]

# Diameters of proportional symbols, in sizes of body text.
_LARGEST, _LEAST = 2.8, 0.5


def layer_items(
    layer: AreaLayer,
    theme: Theme,
    *,
    counted_as: str = "",
    alpha: float = 1.0,
    lang: str = "zh",
) -> list[LegendItem]:
    """Return the legend of a layer: limits, unit, number of units in each class.

    Parameters
    ----------
    layer : AreaLayer
    theme : Theme
    counted_as : str
        What the numbers in brackets count, for the heading.
    alpha : float
        Of the areas on the map.
    lang : {"zh", "en"}
    """
    counts = say("in brackets {units}", lang=lang, units=counted_as) if counted_as else ""
    told = [words for words in (layer.unit, counts) if words]
    heading = (
        counted(layer.title, join(told, "clauses").render(lang), lang) if told else layer.title
    )
    items = [LegendItem(heading, "heading")]
    for number, entry in enumerate(layer.entries):
        colour, pattern, ink = entry_style(layer, number, theme)
        items.append(
            LegendItem(
                counted(entry.label, entry.count, lang),
                "swatch",
                colour,
                hatch=pattern,
                hatch_colour=ink,
                alpha=alpha,
            )
        )
    if layer.note:
        items.append(LegendItem(layer.note, "note"))
    return items


def zone_items(
    zones: gpd.GeoDataFrame, theme: Theme, *, is_quiet: bool = False, lang: str = "zh"
) -> list[LegendItem]:
    """Return a legend entry for each zone: its outline.

    Parameters
    ----------
    zones : GeoDataFrame
        Columns ``name, colour``; ``name_en`` for English.
    theme : Theme
    is_quiet : bool
        Whether routes are drawn over the outlines.
    lang : {"zh", "en"}
    """
    named = zip(names_in(zones, lang), zones["colour"], strict=True)
    return [
        LegendItem(name, "line", stroke=zone_stroke(colour, number, theme, is_quiet=is_quiet))
        for number, (name, colour) in enumerate(named)
    ]


def zone_legend(
    zones: gpd.GeoDataFrame, theme: Theme, *, is_quiet: bool = False, lang: str = "zh"
) -> list[LegendItem]:
    """Return the outlines of zones below their heading; nothing where there are none.

    Parameters
    ----------
    zones, theme, is_quiet, lang
        As of :func:`zone_items`.
    """
    items = zone_items(zones, theme, is_quiet=is_quiet, lang=lang)
    return [LegendItem(say("Zones", lang=lang), "heading"), *items] if items else []


def zone_fill_items(
    zones: gpd.GeoDataFrame, counties: gpd.GeoDataFrame, theme: Theme, *, lang: str = "zh"
) -> list[LegendItem]:
    """Return the legend of filled zones: each zone's units, then each overlap's.

    Parameters
    ----------
    zones : GeoDataFrame
        Columns ``name, short_name, colour``; ``name_en`` for English.
    counties : GeoDataFrame
        With a column ``zone_ids``.
    theme : Theme
    lang : {"zh", "en"}
    """
    groups = overlap_groups(zones, counties)
    items = [
        LegendItem(
            say("Zones (county-level units, overlaps counted in each)", lang=lang), "heading"
        )
    ]
    for number, (zone_id, name) in enumerate(names_in(zones, lang).items()):
        outline = zone_stroke(zones.loc[zone_id, "colour"], number, theme)
        count = int(groups.map(lambda mine, z=zone_id: z in mine).sum())
        items.append(
            LegendItem(
                counted(name, count, lang),
                "swatch",
                zone_face(zones, zone_id, theme),
                # Across its grey the zone's outline as on the map.
                stroke=replace(outline, width_pt=1.5) if theme.use_patterns else None,
            )
        )
    return items + overlap_items(zones, counties, theme, lang=lang)


def overlap_items(
    zones: gpd.GeoDataFrame,
    counties: gpd.GeoDataFrame,
    theme: Theme,
    *,
    names: pd.Series | None = None,
    lang: str = "zh",
) -> list[LegendItem]:
    """Return a legend entry for each pair of zones that share counties.

    Parameters
    ----------
    zones, counties, theme, lang
        As of :func:`zone_fill_items`.
    names : Series of str, optional
        Of the counties: they are listed under their pair.
    """
    groups = overlap_groups(zones, counties)
    short = names_in(zones, lang, column="short_name")
    overlaps = [mine for mine in sorted(set(groups)) if len(mine) > 1]
    if not overlaps:
        return []
    items = [LegendItem(say("Overlaps (county-level units)", lang=lang), "heading")]
    for mine in overlaps:
        words = join(short.loc[list(mine)], "sum").render(lang)
        items.append(
            LegendItem(
                counted(words, int((groups == mine).sum()), lang),
                "swatch",
                zone_face(zones, mine[0], theme),
                hatch=zone_hatch(zones, mine[1]),
                hatch_colour=zone_hatch_colour(zones, mine[1], theme),
                hatch_width=1.0 if theme.use_patterns else ZONE_HATCH_PT,
            )
        )
        if names is not None:
            listed = names.reindex(groups.index[groups == mine]).dropna()
            items.append(LegendItem(join(listed).render(lang), "note"))
    return items


def symbol_sizes_pt(frame: gpd.GeoDataFrame, column: str, theme: Theme) -> pd.Series:
    """Return the diameter of each symbol, points: its area is in proportion to the value.

    Raises
    ------
    InputError
        There is no such column, or it holds text, negative or infinite values, or none at all.
    """
    import numpy as np

    from regionkit.maps.signs.classify import as_numbers

    if column not in frame.columns:
        raise InputError(
            msg("There is no column {column!r} to size symbols by.", column=column),
            mend=msg("Columns: {columns}.", columns=tuple(map(str, frame.columns))),
        )
    values = as_numbers(frame[column])
    if np.isnan(values).all():
        raise InputError(
            msg(
                "Column {column!r} has no values at all, so symbols cannot be sized by it.",
                column=column,
            ),
            mend=msg("Choose another column."),
        )
    if (values < 0).any():
        at = frame.index[values < 0][0]
        raise InputError(
            msg("Column {column!r} is negative at {at}.", column=column, at=at),
            mend=msg("A size cannot be; draw it with rk.choropleth or choose another column."),
        )
    most = np.nanmax(values)
    share = np.sqrt(values / most) if most > 0 else np.zeros(len(values))
    sizes = np.fmax(share * theme.base_size * _LARGEST, theme.base_size * _LEAST)
    return pd.Series(np.where(np.isnan(values), theme.base_size * _LEAST, sizes), index=frame.index)


def size_items(values: pd.Series, label: str, theme: Theme) -> list[LegendItem]:
    """Return the legend of proportional symbols: up to three values as circles of their size.

    The values are round, and none is smaller than those on the map; few different ones stand for
    themselves.
    """
    import numpy as np

    from regionkit.analysis.targets import format_number
    from regionkit.maps.signs.classify import as_numbers

    most = float(np.nanmax(as_numbers(values)))
    items = [LegendItem(label, "heading")]
    if most <= 0:
        return items
    numbers = as_numbers(values)
    distinct = set(numbers[numbers > 0].tolist())
    marks = {round_down(most * share) for share in (1.0, 0.4, 0.1)}
    if len(distinct) <= len(marks):
        marks = distinct
    else:
        marks = {mark for mark in marks if mark >= round_down(min(distinct))}
    return items + [
        LegendItem(
            format_number(mark),
            "circle",
            "#c9c9c9",
            size=max(float(np.sqrt(mark / most)) * _LARGEST, _LEAST) * theme.base_size,
        )
        for mark in sorted(marks, reverse=True)
    ]


def round_down(value: float) -> float:
    """Return the largest of 1, 2 and 5 times a power of ten that is no more than a value.

    Examples
    --------
    >>> round_down(7300.0), round_down(0.24)
    (5000.0, 0.2)
    """
    from math import floor, log10

    power = 10.0 ** floor(log10(value))
    return float(f"{max(m for m in (1, 2, 5) if m * power <= value * (1 + 1e-12)) * power:.6g}")
