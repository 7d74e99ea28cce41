"""How the page draws and prints what paper does too: data for its script, decided here."""

from __future__ import annotations

from typing import Any

from regionkit.analysis.targets import number_rules
from regionkit.maps.page.badges import BADGES
from regionkit.maps.signs.stages import UNKNOWN_FACE, stage_strokes
from regionkit.maps.signs.styles import ZONE_HATCHES
from regionkit.maps.signs.theme import Theme

__all__ = ["page_signs"]

# The angle of a hatch in a style sheet, by its direction on the canvas.
_ANGLES = {"/": 135, "\\": 45, "-": 0, "|": 90}
# Lines of the hatch of what has no value lie this far apart, px.
_HATCH_PX = 6
# Routes are this wide, px; the chosen one, and one in the legend.
_ROUTE_PX = {"map": 1.4, "chosen": 4.0, "legend": 2.0}

# What only a screen has: the white of symbols, the edge about names and what is chosen, the edge
# of the user's own areas, the ring about what is chosen, and samples of a legend.
_PAGE_COLOURS = {
    "face": "#ffffff",
    "halo": "#ffffffe0",
    "own_edge": "#555555",
    "chosen": "#111111",
    "sample": "#444444",
}


def page_signs() -> dict[str, Any]:
    """Return how the script draws: the keys are those of ``contract.SIGNS``.

    Returns
    -------
    dict
        ``colours`` by what they stand for; ``strokes`` of the stages in the order of the legend,
        in widths of the usual line, and ``routes``, how wide that is; ``hatch`` of what has no
        value and ``zone_hatches``, each with its angle; ``badges`` by overlay; ``numbers``, the
        rules by which numbers are printed.

    Examples
    --------
    >>> signs = page_signs()
    >>> signs["strokes"]["hollow"], signs["numbers"]["decimals"]
    ({'dashes': [3.0, 2.0], 'width': 1.0}, 4)
    """
    theme = Theme()
    hatch = ZONE_HATCHES[0]
    return {
        "colours": {
            "land": theme.land,
            "text": theme.text,
            "county": theme.county_edge,
            "city": theme.city_edge,
            "unstated": UNKNOWN_FACE,
            **_PAGE_COLOURS,
        },
        "strokes": stage_strokes(),
        "routes": dict(_ROUTE_PX),
        "hatch": {
            "hatch": hatch,
            "angle": _ANGLES[hatch],
            "colour": theme.muted,
            "size": _HATCH_PX,
        },
        "zone_hatches": [{"hatch": way, "angle": _ANGLES[way]} for way in ZONE_HATCHES],
        "badges": {overlay: dict(look) for overlay, look in BADGES.items()},
        "numbers": number_rules(),
    }
