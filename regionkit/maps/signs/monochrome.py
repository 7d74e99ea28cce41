"""Symbols and routes for black and white: shapes and marks alone, no two alike, in greys.

Kinds of transport and energy have a shape each; those of other domains share their domain's, since
so many shapes are not told apart without colour.
"""

from __future__ import annotations

from dataclasses import dataclass

from regionkit.maps.signs.symbols import DOMAIN_KINDS, REST, Symbol, symbol_of

__all__ = ["GREY", "GreyRoute", "grey_route", "grey_symbol"]

GREY = "#262626"
_PALE = "#8c8c8c"

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
    "safety": "shield",
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
    """Return shapes and routes by the symbol that a kind has in colour."""
    shapes, routes = {}, {}
    for domain, kinds in DOMAIN_KINDS.items():
        for kind in kinds:
            own = _KINDS.get(kind) if domain in {"transport", "energy"} else None
            symbol = symbol_of(kind, domain)
            shapes[symbol] = own or _DOMAINS[domain]
            routes[symbol] = _ROUTES.get(kind if own else domain, GreyRoute(mark=shapes[symbol]))
    return shapes, routes


_BY_SYMBOL, _ROUTE_BY_SYMBOL = _tables()
# Kinds that only a pack knows share the shape of their domain, whose colour they have.
_BY_COLOUR = {symbol_of(REST, domain).colour: shape for domain, shape in _DOMAINS.items()}


def grey_symbol(symbol: Symbol) -> Symbol:
    """Return the symbol that stands for one in colour where there is none.

    Examples
    --------
    >>> from regionkit.maps.signs.symbols import symbol_of
    >>> grey_symbol(symbol_of("wind", "energy")).shape
    'spark'
    >>> grey_symbol(symbol_of("solar", "energy")).shape
    'dome'
    """
    shared = _BY_COLOUR.get(symbol.colour, symbol.shape)
    return Symbol(_BY_SYMBOL.get(symbol, shared), GREY)


def grey_route(symbol: Symbol) -> GreyRoute:
    """Return how a route is drawn without colour, by the symbol of its kind.

    Examples
    --------
    >>> from regionkit.maps.signs.symbols import symbol_of
    >>> grey_route(symbol_of("railway", "transport")).mark
    'tick'
    """
    return _ROUTE_BY_SYMBOL.get(symbol, GreyRoute())
