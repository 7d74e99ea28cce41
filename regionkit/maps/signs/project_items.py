"""Legend lines of projects: kinds, stages as fills and dashes, how places are known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from regionkit.maps.signs.legend_item import LegendItem
from regionkit.maps.signs.monochrome import grey_symbol
from regionkit.maps.signs.stages import FILLS, stage_fill
from regionkit.maps.signs.strokes import route_stroke
from regionkit.maps.signs.symbols import REST, Symbol, row_labels, row_of, symbol_of
from regionkit.maps.signs.words import counted, project_words
from regionkit.words.message import join, msg, say

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd

__all__ = ["project_items"]

# Headings of the stages by what is on the map: symbols, lines, or both.
_STAGES = {
    "symbol": msg("Stage (fill)"),
    "line": msg("Stage (dashes)"),
    "stage": msg("Stage (fill, dashes)"),
}


def _ink(*, is_grey: bool) -> Symbol:
    """Return the symbol that stands for those of all kinds."""
    plain = Symbol("circle", "#444444")
    return grey_symbol(plain) if is_grey else plain


def project_items(
    projects: gpd.GeoDataFrame,
    labels_of: Mapping[str, Mapping[str, str]] | None = None,
    *,
    is_grey: bool = False,
    lang: str = "zh",
) -> list[LegendItem]:
    """Return the legend of projects: kinds with counts, then stages, then how points are known.

    No two rows look alike or read alike: kinds drawn alike are one row.

    Parameters
    ----------
    projects : GeoDataFrame
        Columns ``kind, domain, stage, location_basis``.
    labels_of : mapping, optional
        ``{"kind": {...}, "domain": {...}, "stage": {...}}``: words for ids; those of the embedded
        pack where not given. With "symbol" also how kinds are drawn, as of ``project_signs``.
    is_grey : bool
        Whether the map is in black and white, where kinds of a domain are drawn alike.
    lang : {"zh", "en"}
        In English the ids, which are English, are the words.
    """
    words = project_words(labels_of, lang)
    placed = projects[~projects.geometry.is_empty]
    has_line = placed.geom_type.eq("LineString").to_numpy()
    items = [LegendItem(say("Kind (number of projects)", lang=lang), "heading")]
    items += _kind_items(placed, has_line, words, is_grey=is_grey, lang=lang)
    items += _stage_items(placed, has_line, words["stage"], is_grey=is_grey, lang=lang)
    rough = placed[~has_line & (placed["location_basis"] != "site").to_numpy()]
    if len(rough):
        label = say(
            "In a ring: known only by county or city, set at its representative point ({count})",
            lang=lang,
            count=len(rough),
        )
        items.append(LegendItem(label, "symbol", _ink(is_grey=is_grey).colour, is_site=False))
    if (has_line & placed["location_basis"].eq("endpoints").to_numpy()).any():
        items.append(
            LegendItem(
                say(
                    "Routes are schematic: through the places named, between them the shortest "
                    "way over land.",
                    lang=lang,
                ),
                "note",
            )
        )
    missing = projects.loc[projects.geometry.is_empty, "location_basis"]
    # A route whose ends are named but not known to the gazetteer has a stated place.
    n_named = int((missing == "endpoints").sum())
    if len(missing) > n_named:
        items.append(
            LegendItem(
                say(
                    "{count} more have no stated place and are not drawn.",
                    lang=lang,
                    count=len(missing) - n_named,
                ),
                "note",
            )
        )
    if n_named:
        items.append(
            LegendItem(
                say(
                    "{count} more have ends that are named but not located, and are not drawn.",
                    lang=lang,
                    count=n_named,
                ),
                "note",
            )
        )
    return items


def _kind_items(
    placed: gpd.GeoDataFrame,
    has_line: object,
    words: Mapping[str, Mapping[str, str]],
    *,
    is_grey: bool,
    lang: str,
) -> list[LegendItem]:
    """Return a row for each drawing: a line, a symbol, or both where a kind has both."""
    rows = [row_of(k, d, words) for k, d in zip(placed["kind"], placed["domain"], strict=True)]
    symbols = [symbol_of(kind, domain, words) for domain, kind in rows]
    looks = [
        (grey_symbol(symbol), route_stroke(symbol, is_grey=True)) if is_grey else symbol
        for symbol in symbols
    ]
    drawn = pd.DataFrame({"look": pd.factorize(pd.Series(looks, dtype=object))[0]}).assign(
        row=pd.Series(rows, dtype=object),
        symbol=pd.Series(symbols, dtype=object),
        is_line=has_line,
    )
    groups = [mine for _, mine in drawn.groupby("look", sort=False)]
    # Kinds drawn alike are the rest of their domain.
    keys = [
        mine["row"].iloc[0] if len(set(mine["row"])) == 1 else (mine["row"].iloc[0][0], "")
        for mine in groups
    ]
    named = {**words, "kind": {**words["kind"], "": ""}}
    labels = row_labels([key for key in keys if key[1]], named, lang=lang)
    domains, kinds = list(words["domain"]), [*words["kind"], REST]

    def order(place: int) -> tuple[int, int]:
        domain, kind = groups[place]["row"].iloc[0]
        return (
            domains.index(domain) if domain in domains else len(domains),
            kinds.index(kind) if kind in kinds else len(kinds),
        )

    items = []
    for place in sorted(range(len(groups)), key=order):
        mine, (domain, kind) = groups[place], keys[place]
        symbol = mine["symbol"].iloc[0]
        shown = grey_symbol(symbol) if is_grey else symbol
        items.append(
            LegendItem(
                counted(
                    labels[domain, kind] if kind else words["domain"].get(domain, domain),
                    len(mine),
                    lang,
                ),
                "line" if mine["is_line"].all() else "symbol",
                shown.colour,
                shown.shape,
                stroke=route_stroke(symbol, is_grey=is_grey) if mine["is_line"].any() else None,
            )
        )
    return items


def _stage_items(
    placed: gpd.GeoDataFrame,
    has_line: object,
    stages: Mapping[str, str],
    *,
    is_grey: bool,
    lang: str,
) -> list[LegendItem]:
    """Return a row for each fill on the map, with the dashes that lines of these stages have."""
    ink = _ink(is_grey=is_grey)
    table = pd.DataFrame({"stage": placed["stage"].to_numpy(), "is_line": has_line})
    table["fill"] = table["stage"].map(stage_fill)
    if not table["stage"].notna().any():
        return []
    points, lines = not table["is_line"].all(), bool(table["is_line"].any())
    kind = "stage" if points and lines else "line" if lines else "symbol"
    items = [LegendItem(_STAGES[kind].render(lang), "heading")]
    for fill in FILLS:
        here = set(table.loc[table["fill"] == fill, "stage"].dropna())
        words = [label for stage, label in stages.items() if stage in here]
        if fill == "unknown" and (table["fill"] == fill).any():
            words.append(say("not stated", lang=lang))
        if words:
            items.append(
                LegendItem(
                    join(words).render(lang),
                    kind,  # type: ignore[arg-type]
                    ink.colour,
                    fill=fill,
                    stroke=route_stroke(ink, fill, is_grey=is_grey) if lines else None,
                )
            )
    return items
