"""Lines of routes and zones as they are drawn, decided once for map and legend."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from regionkit.maps.signs.colours import zone_look
from regionkit.maps.signs.monochrome import grey_route
from regionkit.maps.signs.shades import lighter
from regionkit.maps.signs.stages import STAGE_STROKES
from regionkit.maps.signs.symbols import OLDER_COLOUR

if TYPE_CHECKING:
    import geopandas as gpd

    from regionkit.maps.signs.symbols import Symbol
    from regionkit.maps.signs.theme import Theme

__all__ = ["OLDER_STROKE", "Stroke", "has_routes", "route_stroke", "zone_stroke"]

# Outlines of zones in black and white, in widths of the line.
_ZONE_DASHES: tuple[tuple[float, ...], ...] = ((), (5, 1.5), (5, 1.5, 1, 1.5), (1, 1.2))
# Outlines of zones in black and white where routes are drawn over them.
_QUIET = "#808080"
_ZONE_PT = 1.8


@dataclass(frozen=True)
class Stroke:
    """How a line is drawn.

    Attributes
    ----------
    colour : str
    share : float
        Width as a share of that of a route on the same map.
    width_pt : float
        Width in points where it is not that of a route, else 0.
    dashes : tuple of float
        Lengths of dash, gap, dash, gap ... in widths of the line; () for an unbroken one.
    core : float
        Width of a white line within it, as a share of its own; 0 for none.
    mark : str
        Shape set along it, "tick" for strokes across it, "" for none.
    """

    colour: str
    share: float = 1.0
    width_pt: float = 0.0
    dashes: tuple[float, ...] = ()
    core: float = 0.0
    mark: str = ""


# Routes that only older documents name.
OLDER_STROKE = Stroke(OLDER_COLOUR, width_pt=0.7)


def route_stroke(symbol: Symbol, fill: str = "solid", *, is_grey: bool = False) -> Stroke:
    """Return the line of a route: its family's colour, or in grey its mark; stage dashes.

    Parameters
    ----------
    symbol : Symbol
        As in colour.
    fill : str
        One of ``FILLS``.
    is_grey : bool
        Whether the map is in black and white.

    Examples
    --------
    >>> from regionkit.maps.signs.symbols import symbol_of
    >>> route_stroke(symbol_of("railway", "transport"), "hollow").dashes
    (4.4, 2.2)
    >>> route_stroke(symbol_of("railway", "transport"), "done").core
    0.36
    """
    stage = STAGE_STROKES[fill]
    if not is_grey:
        colour = lighter(symbol.colour, stage.paled) if stage.paled else symbol.colour
        return Stroke(colour, stage.share, dashes=stage.dashes, core=stage.core)
    route = grey_route(symbol)
    return Stroke(
        route.colour,
        stage.share * route.width,
        dashes=stage.dashes,
        core=max(route.core, stage.core),
        mark=route.mark,
    )


def zone_stroke(colour: str, number: int, theme: Theme, *, is_quiet: bool = False) -> Stroke:
    """Return the outline of a zone: darker than its fill, or in black and white a pattern.

    Parameters
    ----------
    colour : str
        The zone's fill.
    number : int
        Its place among the zones of the map.
    theme : Theme
    is_quiet : bool
        Whether routes are drawn over it: in black and white it is grey then.
    """
    if not theme.use_patterns:
        return Stroke(zone_look(colour).edge, width_pt=_ZONE_PT)
    return Stroke(
        _QUIET if is_quiet else theme.text,
        width_pt=_ZONE_PT,
        dashes=_ZONE_DASHES[number % len(_ZONE_DASHES)],
    )


def has_routes(projects: gpd.GeoDataFrame | None) -> bool:
    """Return whether any of a map's projects is a line."""
    return projects is not None and bool((projects.geom_type == "LineString").any())
