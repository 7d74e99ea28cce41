"""How the page draws and prints what paper does too: data for its script, decided here."""

from __future__ import annotations

from typing import Any

from regionkit.analysis.targets import number_rules
from regionkit.maps.page.badges import BADGES
from regionkit.maps.signs.badges import BADGE_COLOUR
from regionkit.maps.signs.stages import STAGE_STROKES, stage_strokes
from regionkit.maps.signs.theme import Theme

__all__ = ["page_signs"]

# Lines of the hatch of what has no value lie this far apart, px.
_HATCH_PX = 6
# Routes are this wide, px; the chosen one, and one in the legend.
_ROUTE_PX = {"map": 2.2, "chosen": 4.0, "legend": 2.0}

# What only a screen has: the white of symbols, the edge about names and what is chosen, the edge
# of the user's own areas, the ring about what is chosen.
_PAGE_COLOURS = {
    "face": "#ffffff",
    "halo": "#ffffffe0",
    "own_edge": "#555555",
    "chosen": "#111111",
    "circle": "#4489a0",
}
# Stripes of two zones, along the screen's rows: six pixels across, at 45 degrees.
_STRIPE_PX = 8.5
# Radius of the largest circle of counts, px.
_CIRCLE_PX = 30
# Widths and dashes of lines, px.
_LINES = {
    "shore": 9,
    "coast": 0.9,
    "border": 0.8,
    "border_dashes": [6, 2],
    "province": 1.4,
    "city": 0.8,
    "county": 0.7,
    "zone": 2.4,
    "zone_dashes": [7, 4],
}
# Sizes of names by the width of the window, px; 0 is not written. A name is never under 11.
_NAMES: dict[str, dict[str, Any]] = {
    "phone": {"zone": 12.5, "seat": 11.5, "county": 11, "land": 11, "sea": 11},
    "embed": {"zone": 15, "seat": 12, "county": 11, "land": 13, "sea": 13},
    "usual": {"zone": 18, "seat": 14, "county": 12, "land": 14, "sea": 14},
    "room": {"zone": 24, "seat": 18, "county": 15, "land": 18, "sea": 18},
}
# Counties are named from this zoom on.
_COUNTY_ZOOM = 9


def page_signs() -> dict[str, Any]:
    """Return how the script draws: the keys are those of ``contract.SIGNS``.

    Returns
    -------
    dict
        ``colours`` by what they stand for; ``strokes`` of the stages in the order of the legend,
        in widths of the usual line, and ``routes``, how wide that is; ``hatch`` of what has no
        value with its angle; ``stripes``, the width of one along a row; ``lines`` and
        ``names``, widths and sizes; ``badges`` by overlay; ``numbers``, the
        rules by which numbers are printed.

    Examples
    --------
    >>> signs = page_signs()
    >>> signs["strokes"]["hollow"], signs["numbers"]["decimals"]
    ({'dashes': [4.4, 2.2], 'width': 1.0, 'core': 0.0}, 4)
    """
    theme = Theme()
    return {
        "colours": {
            "land": theme.land,
            "text": theme.text,
            "county": theme.county_edge,
            "city": theme.city_edge,
            "province": theme.province_edge,
            "water": theme.water,
            "shore": theme.shore,
            "coast": theme.coast,
            "neighbour": theme.neighbour,
            "rest": theme.rest,
            "badge": BADGE_COLOUR,
            **_PAGE_COLOURS,
        },
        "strokes": {
            fill: {**stroke, "core": STAGE_STROKES[fill].core}
            for fill, stroke in stage_strokes().items()
        },
        "routes": dict(_ROUTE_PX),
        "hatch": {"hatch": "/", "angle": 135, "colour": theme.muted, "size": _HATCH_PX},
        "stripes": _STRIPE_PX,
        "circle_px": _CIRCLE_PX,
        "lines": dict(_LINES),
        "names": {size: dict(sizes) for size, sizes in _NAMES.items()},
        "county_zoom": _COUNTY_ZOOM,
        "badges": {overlay: dict(look) for overlay, look in BADGES.items()},
        "numbers": number_rules(),
    }
