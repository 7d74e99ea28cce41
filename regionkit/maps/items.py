"""Legend lines of what a map shows: classes and kinds, zones, projects."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from regionkit.errors import InputError
from regionkit.maps.draw import (
    ZONE_HATCH_PT,
    ZONE_STYLES,
    darker,
    entry_style,
    lighter,
    marker_path,
    overlap_groups,
    zone_face,
    zone_hatch,
    zone_hatch_colour,
)
from regionkit.maps.greys import GREY, grey_route, grey_symbol
from regionkit.maps.legend import LegendItem
from regionkit.maps.routes import marker_stroke
from regionkit.maps.symbols import KIND_SYMBOLS, Symbol, stage_fill, symbol_of
from regionkit.maps.words import counted, joined, say

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd
    from matplotlib.axes import Axes

    from regionkit.maps.layers import AreaLayer
    from regionkit.maps.theme import Theme

__all__ = [
    "axes_legend",
    "layer_items",
    "project_items",
    "size_items",
    "symbol_sizes_pt",
    "zone_fill_items",
    "zone_items",
]

# Diameters of proportional symbols, in sizes of body text.
_LARGEST, _LEAST = 2.8, 0.5


def layer_items(layer: AreaLayer, theme: Theme, *, lang: str = "zh") -> list[LegendItem]:
    """Return the legend of a layer: limits, unit, number of units in each class."""
    heading = counted(layer.title, layer.unit, lang) if layer.unit else layer.title
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
            )
        )
    if layer.note:
        items.append(LegendItem(layer.note, "note"))
    return items


def zone_items(
    zones: gpd.GeoDataFrame, *, filled: bool = False, lang: str = "zh"
) -> list[LegendItem]:
    """Return a legend entry for each zone: a line, or a swatch where zones are filled."""
    named = list(zip(_zone_names(zones, lang), zones["colour"], strict=True))
    if filled:
        return [LegendItem(name, "swatch", colour) for name, colour in named]
    return [
        LegendItem(name, "line", darker(colour, 0.72), zone_number=number)
        for number, (name, colour) in enumerate(named)
    ]


def _zone_names(zones: gpd.GeoDataFrame, lang: str, column: str = "name") -> pd.Series:
    """Return the zones' names, in English where they have one and it is asked for."""
    if lang == "en" and "name_en" in zones.columns:
        return zones["name_en"].fillna(zones[column])
    return zones[column]


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
    items = [LegendItem(say("zones-counted", lang), "heading")]
    for zone_id, name in _zone_names(zones, lang).items():
        count = int(groups.map(lambda mine, z=zone_id: z in mine).sum())
        items.append(
            LegendItem(
                counted(name, count, lang),
                "swatch",
                zone_face(zones, zone_id, theme),
                zone_number=list(zones.index).index(zone_id),
            )
        )
    short = _zone_names(zones, lang, "short_name")
    overlaps = [mine for mine in sorted(set(groups)) if len(mine) > 1]
    if overlaps:
        items.append(LegendItem(say("overlaps", lang), "heading"))
    for mine in overlaps:
        words = joined(list(short.loc[list(mine)]), lang, sign="sum")
        items.append(
            LegendItem(
                counted(words, int((groups == mine).sum()), lang),
                "swatch",
                zone_face(zones, mine[0], theme),
                hatch=zone_hatch(zones, mine, 1, theme),
                hatch_colour=zone_hatch_colour(zones, mine[1], theme),
                hatch_width=1.0 if theme.use_patterns else ZONE_HATCH_PT,
            )
        )
    return items


def project_items(
    projects: gpd.GeoDataFrame,
    labels_of: Mapping[str, Mapping[str, str]],
    *,
    lang: str = "zh",
) -> list[LegendItem]:
    """Return the legend of projects: kinds with counts, then stages, then how points are known.

    In English the ids of kinds and stages, which are English, are the words.
    """
    if lang == "en":
        labels_of = {
            column: {key: str(key).replace("-", " ").capitalize() for key in words}
            for column, words in labels_of.items()
        }
    kinds = labels_of.get("kind", {})
    stages = labels_of.get("stage", {})
    items = [LegendItem(say("kinds", lang), "heading")]
    placed = projects[~projects.geometry.is_empty]
    domains = labels_of.get("domain", {})
    drawn = pd.DataFrame(
        {
            "symbol": [
                symbol_of(k, d) for k, d in zip(placed["kind"], placed["domain"], strict=True)
            ],
            # Kinds without a symbol of their own share that of their domain.
            "label": [
                kinds.get(k, k) if k in KIND_SYMBOLS else domains.get(d, d)
                for k, d in zip(placed["kind"], placed["domain"], strict=True)
            ],
            "is_line": placed.geom_type.eq("LineString").to_numpy(),
            "order": [list(kinds).index(k) if k in kinds else len(kinds) for k in placed["kind"]],
        }
    )
    for (symbol, label), mine in sorted(
        drawn.groupby(["symbol", "label"]), key=lambda pair: pair[1]["order"].min()
    ):
        text = counted(label, len(mine), lang)
        if mine["is_line"].all():
            items.append(LegendItem(text, "line", symbol.colour, symbol.shape, is_route=True))
        else:
            # A kind that has routes as well as points shows both where colour does not tie them.
            has_route = bool(mine["is_line"].any())
            items.append(
                LegendItem(text, "symbol", symbol.colour, symbol.shape, is_route=has_route)
            )
    present = [stage for stage in stages if (placed["stage"] == stage).any()]
    if present:
        items.append(LegendItem(say("stages", lang), "heading"))
        for fill in ("solid", "half", "hollow", "dotted"):
            words = [f"{stages[s]}" for s in present if stage_fill(s) == fill]
            if fill == "hollow" and placed["stage"].isna().any():
                words.append(say("stage-unknown", lang))
            if words:
                items.append(LegendItem(joined(words, lang), "symbol", "#444444", "circle", fill))
    rough = placed[(placed.geom_type == "Point") & (placed["location_basis"] != "site")]
    if len(rough):
        items.append(
            LegendItem(
                say("rough", lang, count=len(rough)),
                "symbol",
                "#444444",
                "circle",
                "hollow",
                is_site=False,
            )
        )
    if (placed.geom_type == "LineString").any():
        items.append(LegendItem(say("routes", lang), "note"))
    missing = len(projects) - len(placed)
    if missing:
        items.append(LegendItem(say("not-drawn", lang, count=missing), "note"))
    return items


def symbol_sizes_pt(frame: gpd.GeoDataFrame, column: str, theme: Theme) -> pd.Series:
    """Return the diameter of each symbol, points: its area is in proportion to the value.

    Raises
    ------
    InputError
        There is no such column, or it holds text, negative or infinite values, or none at all.
    """
    import numpy as np

    from regionkit.maps.classify import as_numbers

    if column not in frame.columns:
        raise InputError(
            f"There is no column {column!r} to size symbols by. Columns: "
            f"{', '.join(map(str, frame.columns))}."
        )
    values = as_numbers(frame[column])
    if np.isnan(values).all():
        raise InputError(
            f"Column {column!r} has no values at all, so symbols cannot be sized by "
            "it. Choose another column."
        )
    if (values < 0).any():
        at = frame.index[values < 0][0]
        raise InputError(
            f"Column {column!r} is negative at {at}. A size cannot be; draw it with "
            "rk.choropleth or choose another column."
        )
    most = np.nanmax(values)
    share = np.sqrt(values / most) if most > 0 else np.zeros(len(values))
    sizes = np.fmax(share * theme.base_size * _LARGEST, theme.base_size * _LEAST)
    return pd.Series(np.where(np.isnan(values), theme.base_size * _LEAST, sizes), index=frame.index)


def size_items(values: pd.Series, label: str, theme: Theme) -> list[LegendItem]:
    """Return the legend of proportional symbols: three round values as circles of their size."""
    import numpy as np

    from regionkit.maps.classify import as_numbers, format_number

    most = float(np.nanmax(as_numbers(values)))
    items = [LegendItem(label, "heading")]
    if most <= 0:
        return items
    marks = sorted({round_down(most * share) for share in (1.0, 0.4, 0.1)}, reverse=True)
    return items + [
        LegendItem(
            format_number(mark),
            "circle",
            "#c9c9c9",
            size=max(float(np.sqrt(mark / most)) * _LARGEST, _LEAST) * theme.base_size,
        )
        for mark in marks
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


def axes_legend(ax: Axes, items: list[LegendItem], theme: Theme) -> None:
    """Draw legend items with matplotlib's own legend, beside the map."""
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    handles: list[Any] = []
    for item in items:
        if item.kind in {"heading", "note", "grid"}:
            continue
        if item.kind == "swatch":
            handles.append(
                Patch(
                    facecolor=item.colour,
                    edgecolor=item.hatch_colour,
                    hatch=item.hatch or None,
                    linewidth=0.4,
                    label=item.label,
                )
            )
        elif item.kind == "line":
            dash, colour, width, mark = item.style, item.colour, item.size or 1.8, None
            if theme.use_patterns and item.is_route:
                route = grey_route(Symbol(item.shape, item.colour))
                colour, width = route.colour, width * route.width
                if route.mark:
                    mark = marker_stroke() if route.mark == "tick" else marker_path(route.mark)
            elif theme.use_patterns and item.zone_number < 0:
                colour = GREY
            if theme.use_patterns and item.zone_number >= 0:
                dash, colour = ZONE_STYLES[item.zone_number % len(ZONE_STYLES)], theme.text
            handles.append(
                Line2D(
                    [],
                    [],
                    color=colour,
                    linestyle=dash,
                    linewidth=width,
                    marker=mark,
                    markersize=theme.base_size * 0.6,
                    markerfacecolor="#ffffff",
                    markeredgecolor=GREY,
                    label=item.label,
                )
            )
        elif item.kind == "circle":
            handles.append(
                Line2D(
                    [],
                    [],
                    linestyle="none",
                    marker="o",
                    alpha=0.75,
                    markerfacecolor=item.colour,
                    markeredgecolor=theme.text,
                    markeredgewidth=0.5,
                    markersize=item.size,
                    label=item.label,
                )
            )
        else:
            symbol = Symbol(item.shape, item.colour)
            if theme.use_patterns:
                symbol = grey_symbol(symbol)
            face = {"solid": symbol.colour, "half": lighter(symbol.colour, 0.55)}.get(
                item.fill, "#ffffff"
            )
            handles.append(
                Line2D(
                    [],
                    [],
                    linestyle="none",
                    marker=marker_path(symbol.shape),
                    markerfacecolor=face,
                    markeredgecolor=symbol.colour,
                    markersize=theme.base_size * 0.9,
                    label=item.label,
                )
            )
    heading = next((item.label for item in items if item.kind == "heading"), None)
    style: dict[str, Any] = {
        "frameon": False,
        "fontsize": theme.base_size,
        "title_fontsize": theme.base_size,
        "alignment": "left",
    }
    circles = [item for item in items if item.kind == "circle"]
    largest = max((item.size for item in circles), default=0.0)
    if circles and largest > theme.base_size and len(circles) < len(handles):
        # Circles larger than a line of words need a legend with wider spacing.
        rest = [
            handle
            for handle in handles
            if handle.get_label() not in {item.label for item in circles}
        ]
        label = [item.label for item in items if item.kind == "heading"][-1]
        own = ax.legend(
            handles=[h for h in handles if h not in rest],
            title=label,
            loc="upper left",
            bbox_to_anchor=(1.0, 0.26),
            handletextpad=1.6,
            labelspacing=largest / theme.base_size * 0.55,
            **style,
        )
        ax.add_artist(own)
        ax.legend(
            handles=rest, title=heading, loc="lower left", bbox_to_anchor=(1.0, 0.28), **style
        )
        return
    ax.legend(handles=handles, title=heading, loc="center left", bbox_to_anchor=(1.0, 0.5), **style)
