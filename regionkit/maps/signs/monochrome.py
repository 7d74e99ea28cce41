"""Symbols and routes for black and white: a shape or mark for each family, in greys."""

from __future__ import annotations

from dataclasses import dataclass

from regionkit.maps.signs.symbols import FAMILIES, REST_COLOUR, Symbol

__all__ = ["GREY", "GreyRoute", "grey_route", "grey_symbol"]

GREY = "#262626"
_PALE = "#8c8c8c"

# Of the families that one map tells apart no two share a shape; in colour all are discs.
_SHAPES = {
    "transport-logistics": "circle",
    "energy": "square",
    "nature": "triangle",
    "industry": "diamond",
    "society": "cross",
    "rail": "circle",
    "road": "square",
    "water": "triangle",
    "air-hub": "diamond",
}
_REST = "hexagon"


@dataclass(frozen=True)
class GreyRoute:
    """How a family of routes is drawn without colour; its dashes show its stage.

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
    "transport-logistics": GreyRoute(),
    "rail": GreyRoute(mark="tick"),
    "road": GreyRoute(width=1.7, colour=_PALE),
}
_SHAPE_OF = {FAMILIES[family]: shape for family, shape in _SHAPES.items()} | {REST_COLOUR: _REST}
_ROUTE_OF = {
    FAMILIES[family]: _ROUTES.get(family, GreyRoute(mark=shape))
    for family, shape in _SHAPES.items()
} | {REST_COLOUR: GreyRoute(mark=_REST)}


def grey_symbol(symbol: Symbol) -> Symbol:
    """Return the symbol that stands for one in colour where there is none.

    Examples
    --------
    >>> from regionkit.maps.signs.symbols import symbol_of
    >>> grey_symbol(symbol_of("wind", "energy")).shape
    'square'
    >>> grey_symbol(symbol_of("hospital", "social")).shape
    'cross'
    """
    return Symbol(_SHAPE_OF.get(symbol.colour, symbol.shape), GREY)


def grey_route(symbol: Symbol) -> GreyRoute:
    """Return how a route is drawn without colour, by the symbol of its family.

    Examples
    --------
    >>> from regionkit.maps.signs.symbols import FAMILIES
    >>> grey_route(Symbol("circle", FAMILIES["rail"])).mark
    'tick'
    """
    return _ROUTE_OF.get(symbol.colour, GreyRoute())
