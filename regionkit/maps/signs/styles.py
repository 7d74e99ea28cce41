"""Faces, hatches and greys that areas and zones are drawn with."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from regionkit.maps.signs.layers import AreaLayer
    from regionkit.maps.signs.theme import Theme

__all__ = [
    "PATTERNS",
    "ZONE_HATCHES",
    "ZONE_HATCH_PT",
    "entry_style",
    "overlap_groups",
    "zone_face",
    "zone_hatch",
    "zone_hatch_colour",
]


# Patterns that tell classes apart without colour, light to dense.
PATTERNS = ("", "....", "///", "xxx", "+++", "ooo", "\\\\\\", "***", "|||", "---")

# Stripes of a second zone's own colour on the first's: 3 mm apart, and half as wide in colour, so
# that both colours have the same share. Their direction goes by the order of the zones.
ZONE_HATCHES = ("//", "\\\\")

ZONE_HATCH_PT = 4.25

_ZONE_GREYS = ("#ffffff", "#dcdcdc", "#bcbcbc", "#9c9c9c")

_LIGHTEST, _DARKEST = 1.0, 0.55

_KIND_GREYS = ("#ffffff", "#e4e4e4", "#c8c8c8")


def entry_style(layer: AreaLayer, number: int, theme: Theme) -> tuple[str, str, str]:
    """Return the fill, pattern and pattern's colour of one of a layer's entries.

    In black and white kinds take greys and patterns in place of their hues; classes keep the
    order of their greys and take a pattern each.
    """
    from matplotlib.colors import to_hex

    entry = layer.entries[number]
    if not theme.use_patterns:
        colour = theme.no_data if entry.kind == "no-data" else entry.colour
        return colour, entry.hatch, theme.muted
    if entry.kind != "class":
        return "#ffffff", entry.hatch, theme.muted
    pattern = PATTERNS[number % len(PATTERNS)]
    if layer.classes is not None:
        # Pale enough for a black pattern on the darkest.
        share = number / max(layer.classes.k - 1, 1)
        grey = _LIGHTEST + (_DARKEST - _LIGHTEST) * share
        colour = to_hex((grey, grey, grey))
    else:
        # No kind is plain white: that is left to what has no value.
        patterned = PATTERNS[1:]
        colour = _KIND_GREYS[number // len(patterned) % len(_KIND_GREYS)]
        pattern = patterned[number % len(patterned)]
    return colour, pattern, "#000000"


def overlap_groups(zones: gpd.GeoDataFrame, counties: gpd.GeoDataFrame) -> pd.Series:
    """Return the tuple of zones each county is in, of those zones that are drawn."""
    return counties["zone_ids"].map(lambda mine: tuple(z for z in mine if z in zones.index))


def zone_face(zones: gpd.GeoDataFrame, zone_id: str, theme: Theme) -> str:
    """Return the fill of a zone: its colour, or a grey in black and white."""
    if theme.use_patterns:
        return _ZONE_GREYS[list(zones.index).index(zone_id) % len(_ZONE_GREYS)]
    return str(zones.loc[zone_id, "colour"])


def zone_hatch(zones: gpd.GeoDataFrame, zone_id: str) -> str:
    """Return the bands that show a zone where a county is in another one first.

    Their direction is the zone's own, as on the page, and tells it without colour, too.
    """
    number = list(zones.index).index(zone_id)
    return ZONE_HATCHES[number % len(ZONE_HATCHES)]


def zone_hatch_colour(zones: gpd.GeoDataFrame, zone_id: str, theme: Theme) -> str:
    """Return the colour of the bands that show a county's second zone."""
    return "#000000" if theme.use_patterns else str(zones.loc[zone_id, "colour"])
