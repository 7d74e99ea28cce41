"""Legend lines of projects: families, stages as fills and dashes, how places are known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import shapely

from regionkit.errors import InputError
from regionkit.maps.signs.badges import BADGE_COLOUR, is_approximate
from regionkit.maps.signs.legend_item import LegendItem
from regionkit.maps.signs.monochrome import GREY, grey_symbol
from regionkit.maps.signs.stages import FILLS, fill_words, stage_fill
from regionkit.maps.signs.strokes import route_stroke
from regionkit.maps.signs.symbols import (
    FAMILIES,
    REST,
    REST_COLOUR,
    Symbol,
    families_of_map,
    family_of,
)
from regionkit.maps.signs.words import counted, project_words
from regionkit.places.frames import place_frame
from regionkit.words.message import msg, say

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd

__all__ = ["check_project_columns", "project_items"]

_NEEDED = ("kind", "domain", "stage", "location_basis")
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


def check_project_columns(projects: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return projects in EPSG:4326 if they say of themselves what symbols and legends need.

    None and empty shapes are one thing: such projects have no position.

    Raises
    ------
    InputError, CrsError
        As of :func:`regionkit.places.frames.place_frame`; a column is missing.

    Examples
    --------
    >>> import regionkit as rk
    >>> len(check_project_columns(rk.load("liaoning").projects)) > 0
    True
    """
    made = place_frame(projects)
    missing = [column for column in _NEEDED if column not in made.columns]
    if missing:
        raise InputError(
            msg("These are no projects of a region: they lack {columns}.", columns=tuple(missing)),
            mend=msg(
                "Choose projects with ln.select_projects(...); draw other points with rk.dots."
            ),
        )
    gone = made.geometry.isna()
    if gone.any():
        made = made.set_geometry(made.geometry.where(~gone, shapely.Point()))
    return made


def project_items(
    projects: gpd.GeoDataFrame,
    labels_of: Mapping[str, Mapping[str, str]] | None = None,
    *,
    is_grey: bool = False,
    has_index: bool = False,
    lang: str = "zh",
) -> list[LegendItem]:
    """Return the legend of projects: families with counts, then stages, then the badge.

    Parameters
    ----------
    projects : GeoDataFrame
        Columns ``kind, domain, stage, location_basis``.
    labels_of : mapping, optional
        ``{"kind": {...}, "domain": {...}, "stage": {...}}``: words for ids; those of the embedded
        pack where not given. With "family_of" also how a pack groups its kinds, as of
        ``project_signs``.
    is_grey : bool
        Whether the map is in black and white.
    has_index : bool
        Whether an index beside the map names what is not drawn, by the colours of its families.
    lang : {"zh", "en"}
        In English the ids, which are English, are the words.
    """
    words = families_of_map(projects, project_words(labels_of, lang))
    placed = projects[~projects.geometry.is_empty]
    is_line = placed.geom_type.eq("LineString").to_numpy()
    is_rough = is_approximate(placed).to_numpy() & ~is_line
    drawn = placed[~is_rough]
    has_line = is_line[~is_rough]
    items = []
    if len(drawn):
        items.append(LegendItem(say("Group (number of projects)", lang=lang), "heading"))
        items += _family_items(drawn, has_line, words, is_grey=is_grey, lang=lang)
        if has_index:
            rest = projects[~projects.index.isin(drawn.index)]
            items += _listed_items(rest, drawn, words, is_grey=is_grey, lang=lang)
        items += _stage_items(drawn, has_line, is_grey=is_grey, lang=lang)
    if is_rough.any():
        label = say(
            "Number of projects of which only the city or county is known ({count} in all)",
            lang=lang,
            count=int(is_rough.sum()),
        )
        items.append(LegendItem(label, "badge", GREY if is_grey else BADGE_COLOUR))
    if (is_line & placed["location_basis"].eq("endpoints").to_numpy()).any():
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


def _family_items(
    drawn: gpd.GeoDataFrame,
    has_line: object,
    words: Mapping[str, Mapping[str, str]],
    *,
    is_grey: bool,
    lang: str,
) -> list[LegendItem]:
    """Return a row for each family: a line, a disc, or both where it has both."""
    table = pd.DataFrame({"family": _families(drawn, words), "is_line": has_line})
    items = []
    for family in [*FAMILIES, REST]:
        mine = table[table["family"] == family]
        if mine.empty:
            continue
        symbol = Symbol("circle", FAMILIES.get(family, REST_COLOUR))
        shown = grey_symbol(symbol) if is_grey else symbol
        items.append(
            LegendItem(
                counted(_family_label(family, words, lang), len(mine), lang),
                "line" if mine["is_line"].all() else "symbol",
                shown.colour,
                shown.shape,
                stroke=route_stroke(symbol, is_grey=is_grey) if mine["is_line"].any() else None,
            )
        )
    return items


def _families(projects: pd.DataFrame, words: Mapping[str, Mapping[str, str]]) -> list[str]:
    pairs = zip(projects["kind"], projects["domain"], strict=True)
    return [family_of(kind, domain, words) for kind, domain in pairs]


def _family_label(family: str, words: Mapping[str, Mapping[str, str]], lang: str) -> str:
    return words["family"].get(family, "") or say("Other", lang=lang)


def _listed_items(
    rest: pd.DataFrame,
    drawn: pd.DataFrame,
    words: Mapping[str, Mapping[str, str]],
    *,
    is_grey: bool,
    lang: str,
) -> list[LegendItem]:
    """Return a row for each family that stands in the index alone."""
    listed = set(_families(rest, words)) - set(_families(drawn, words))
    items = []
    for family in [*FAMILIES, REST]:
        if family not in listed:
            continue
        symbol = Symbol("circle", FAMILIES.get(family, REST_COLOUR))
        shown = grey_symbol(symbol) if is_grey else symbol
        label = say("{name} (listed only)", lang=lang, name=_family_label(family, words, lang))
        items.append(LegendItem(label, "symbol", shown.colour, shown.shape))
    return items


def _stage_items(
    drawn: gpd.GeoDataFrame, has_line: object, *, is_grey: bool, lang: str
) -> list[LegendItem]:
    """Return a row for each fill on the map, with the dashes that lines of these stages have."""
    ink = _ink(is_grey=is_grey)
    table = pd.DataFrame({"stage": drawn["stage"].to_numpy(), "is_line": has_line})
    table["fill"] = table["stage"].map(stage_fill)
    if not table["stage"].notna().any():
        return []
    points, lines = not table["is_line"].all(), bool(table["is_line"].any())
    kind = "stage" if points and lines else "line" if lines else "symbol"
    items = [LegendItem(_STAGES[kind].render(lang), "heading")]
    items += [
        LegendItem(
            fill_words(fill).render(lang),
            kind,  # type: ignore[arg-type]
            ink.colour,
            fill=fill,
            stroke=route_stroke(ink, fill, is_grey=is_grey) if lines else None,
        )
        for fill in FILLS
        if (table["fill"] == fill).any()
    ]
    return items
