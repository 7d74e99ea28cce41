"""Symbols and routes for black and white: a shape for each kind, no two alike, in greys."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from regionkit.maps.symbols import Symbol, shape_points, symbol_of

if TYPE_CHECKING:
    from regionkit.maps.symbols import Points

__all__ = ["GREY", "GreyRoute", "grey_points", "grey_route", "grey_symbol"]

GREY = "#262626"
_PALE = "#8c8c8c"

# Shapes beside those in colour, which use twelve and tell the rest apart by hue.
_SHAPES: dict[str, Points] = {
    "tall": ((-0.5, -1.1), (-0.5, 1.1), (0.5, 1.1), (0.5, -1.1)),
    "left": ((-1.0, 0.0), (0.75, 1.0), (0.75, -1.0)),
    "right": ((1.0, 0.0), (-0.75, -1.0), (-0.75, 1.0)),
    "bow": ((-1.1, -0.8), (-1.1, 0.8), (0.0, 0.15), (1.1, 0.8), (1.1, -0.8), (0.0, -0.15)),
    "hourglass": ((-0.8, -1.1), (0.8, -1.1), (0.15, 0.0), (0.8, 1.1), (-0.8, 1.1), (-0.15, 0.0)),
    "saltire": (
        (-0.9, -0.5), (-0.5, -0.9), (0.0, -0.4), (0.5, -0.9), (0.9, -0.5), (0.4, 0.0),
        (0.9, 0.5), (0.5, 0.9), (0.0, 0.4), (-0.5, 0.9), (-0.9, 0.5), (-0.4, 0.0),
    ),
    "spark": (
        (0.0, 1.25), (0.3, 0.3), (1.25, 0.0), (0.3, -0.3),
        (0.0, -1.25), (-0.3, -0.3), (-1.25, 0.0), (-0.3, 0.3),
    ),
    "dome": (
        (-1.0, -0.5), (-0.94, -0.08), (-0.71, 0.31), (-0.38, 0.55), (0.0, 0.62),
        (0.38, 0.55), (0.71, 0.31), (0.94, -0.08), (1.0, -0.5),
    ),
    "bowl": (
        (-1.0, 0.5), (-0.94, 0.08), (-0.71, -0.31), (-0.38, -0.55), (0.0, -0.62),
        (0.38, -0.55), (0.71, -0.31), (0.94, 0.08), (1.0, 0.5),
    ),
    "trapezoid": ((-1.1, -0.7), (-0.5, 0.7), (0.5, 0.7), (1.1, -0.7)),
    "slant": ((-1.15, -0.6), (-0.45, 0.6), (1.15, 0.6), (0.45, -0.6)),
    "arrow": (
        (0.0, 1.15), (0.95, 0.1), (0.36, 0.1), (0.36, -1.0), (-0.36, -1.0), (-0.36, 0.1),
        (-0.95, 0.1),
    ),
    "chevron": (
        (0.0, 0.9), (1.05, -0.25), (1.05, -0.9), (0.0, 0.15), (-1.05, -0.9), (-1.05, -0.25),
    ),
    "needle": ((0.0, 1.3), (0.5, 0.0), (0.0, -1.3), (-0.5, 0.0)),
    "tee": (
        (-1.0, 0.95), (1.0, 0.95), (1.0, 0.3), (0.33, 0.3), (0.33, -0.95), (-0.33, -0.95),
        (-0.33, 0.3), (-1.0, 0.3),
    ),
    "ell": ((-0.85, 0.95), (-0.2, 0.95), (-0.2, -0.3), (0.9, -0.3), (0.9, -0.95), (-0.85, -0.95)),
    "cup": (
        (-0.95, 0.9), (-0.35, 0.9), (-0.35, -0.3), (0.35, -0.3), (0.35, 0.9), (0.95, 0.9),
        (0.95, -0.9), (-0.95, -0.9),
    ),
    "aitch": (
        (-0.95, 0.95), (-0.35, 0.95), (-0.35, 0.3), (0.35, 0.3), (0.35, 0.95), (0.95, 0.95),
        (0.95, -0.95), (0.35, -0.95), (0.35, -0.3), (-0.35, -0.3), (-0.35, -0.95), (-0.95, -0.95),
    ),
    "flag": ((-0.8, 1.1), (0.95, 0.55), (-0.35, 0.0), (-0.35, -1.1), (-0.8, -1.1)),
    "stairs": (
        (-0.95, -0.9), (-0.95, -0.25), (-0.32, -0.25), (-0.32, 0.35), (0.32, 0.35), (0.32, 0.95),
        (0.95, 0.95), (0.95, -0.9),
    ),
    "egg": (
        (0.0, 0.62), (0.58, 0.54), (1.0, 0.31), (1.15, 0.0), (1.0, -0.31), (0.58, -0.54),
        (0.0, -0.62), (-0.58, -0.54), (-1.0, -0.31), (-1.15, 0.0), (-1.0, 0.31), (-0.58, 0.54),
    ),
    "quarter": ((-0.8, -0.8), (-0.8, 0.9), (-0.15, 0.77), (0.4, 0.4), (0.77, -0.15), (0.9, -0.8)),
    "wedge": ((-0.95, -0.8), (0.95, 0.8), (0.95, -0.8)),
    "house": (
    (-0.8, -0.95),
    (-0.8, 0.1),
    (-1.1, 0.1),
    (0.0, 1.15),
    (1.1, 0.1),
    (0.8, 0.1),
    (0.8, -0.95),
),
    "plus": (
    (-0.2, -1.1), (-0.2, -0.2), (-1.1, -0.2), (-1.1, 0.2), (-0.2, 0.2), (-0.2, 1.1), (0.2, 1.1),
    (0.2, 0.2), (1.1, 0.2), (1.1, -0.2), (0.2, -0.2), (0.2, -1.1),
),
}  # fmt: skip

# The commonest kinds keep the shape they have in colour.
_KINDS = {
    "high-speed-railway": "right",
    "railway": "aitch",
    "intercity-railway": "egg",
    "expressway": "slant",
    "road": "ell",
    "metro": "hexagon",
    "airport": "triangle",
    "general-airport": "chevron",
    "port": "inverted",
    "waterway": "wide",
    "hub": "pentagon",
    "bridge-tunnel": "bow",
    "nuclear": "star",
    "thermal": "trapezoid",
    "pumped-storage": "cup",
    "wind": "spark",
    "solar": "dome",
    "transmission": "needle",
    "oil-gas-field": "wedge",
    "pipeline": "hourglass",
    "lng-terminal": "bowl",
    "oil-gas-storage": "quarter",
    "hydrogen": "tall",
    "energy-base": "cross",
}
_DOMAINS = {
    "transport": "circle",
    "energy": "arrow",
    "water": "drop",
    "digital": "saltire",
    "innovation": "flag",
    "industry": "square",
    "logistics": "stairs",
    "opening": "diamond",
    "tourism": "tee",
    "agriculture": "left",
    "ecology": "burst",
    "urban": "house",
    "social": "plus",
}


@dataclass(frozen=True)
class GreyRoute:
    """How a kind of route is drawn without colour; its dashes show its stage.

    Attributes
    ----------
    width : float
        As a share of that in colour.
    colour : str
    core : float
        Width of a white line within it, as a share of its own; 0 for none.
    mark : str
        Shape set along it, "tick" for strokes across it, "" for none.
    """

    width: float = 1.0
    colour: str = GREY
    core: float = 0.0
    mark: str = ""


_ROUTES = {
    "high-speed-railway": GreyRoute(width=1.9, core=0.5),
    "railway": GreyRoute(mark="tick"),
    "intercity-railway": GreyRoute(width=1.3, mark="circle"),
    "expressway": GreyRoute(width=1.7, colour=_PALE),
    "road": GreyRoute(width=0.6),
    "transport": GreyRoute(),
}


def _tables() -> tuple[dict[Symbol, str], dict[Symbol, GreyRoute]]:
    """Return shapes and routes by the symbol that a kind or domain has in colour."""
    named = {symbol_of("", domain): (domain, shape) for domain, shape in _DOMAINS.items()}
    named |= {symbol_of(kind, ""): (kind, shape) for kind, shape in _KINDS.items()}
    shapes = {symbol: shape for symbol, (_, shape) in named.items()}
    routes = {
        symbol: _ROUTES.get(kind, GreyRoute(mark=shape)) for symbol, (kind, shape) in named.items()
    }
    return shapes, routes


_BY_SYMBOL, _ROUTE_BY_SYMBOL = _tables()


def grey_symbol(symbol: Symbol) -> Symbol:
    """Return the symbol that stands for one in colour where there is none.

    Examples
    --------
    >>> from regionkit.maps.symbols import symbol_of
    >>> grey_symbol(symbol_of("wind", "energy")).shape
    'spark'
    >>> grey_symbol(symbol_of("solar", "energy")).shape
    'dome'
    """
    return Symbol(_BY_SYMBOL.get(symbol, symbol.shape), GREY)


def grey_route(symbol: Symbol) -> GreyRoute:
    """Return how a route is drawn without colour, by the symbol of its kind.

    Examples
    --------
    >>> from regionkit.maps.symbols import symbol_of
    >>> grey_route(symbol_of("railway", "transport")).mark
    'tick'
    """
    return _ROUTE_BY_SYMBOL.get(symbol, GreyRoute())


def grey_points(shape: str) -> Points:
    """Return the corners of a shape, also of those that only black and white needs.

    Examples
    --------
    >>> len(grey_points("needle"))
    4
    """
    return _SHAPES[shape] if shape in _SHAPES else shape_points(shape)
