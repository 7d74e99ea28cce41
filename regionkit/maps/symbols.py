"""Symbols of projects: shape and colour by kind, fill by stage, the same on paper and screen."""

from __future__ import annotations

import math
from dataclasses import dataclass

__all__ = ["KIND_SYMBOLS", "STAGE_FILLS", "Symbol", "shape_points", "stage_fill", "symbol_of"]

Points = tuple[tuple[float, float], ...]


@dataclass(frozen=True, order=True)
class Symbol:
    """How a kind of project is drawn.

    Attributes
    ----------
    shape : str
        A shape of :func:`shape_points`.
    colour : str
        "#rrggbb".
    """

    shape: str
    colour: str


def _polygon(corners: int, turn: float = 0.0, radius: float = 1.0) -> Points:
    return tuple(
        (
            round(radius * math.sin(2 * math.pi * i / corners + turn), 4),
            round(radius * math.cos(2 * math.pi * i / corners + turn), 4),
        )
        for i in range(corners)
    )


def _star(points: int, inner: float) -> Points:
    outer, inside = _polygon(points), _polygon(points, math.pi / points, inner)
    return tuple(p for pair in zip(outer, inside, strict=True) for p in pair)


_ARM = 0.36
_SHAPES: dict[str, Points] = {
    "circle": _polygon(24, radius=0.92),
    "square": ((-0.82, -0.82), (-0.82, 0.82), (0.82, 0.82), (0.82, -0.82)),
    "triangle": _polygon(3, radius=1.15),
    "inverted": _polygon(3, math.pi, 1.15),
    "diamond": _polygon(4, radius=1.12),
    "pentagon": _polygon(5, radius=1.05),
    "hexagon": _polygon(6, radius=1.02),
    "star": _star(5, 0.45),
    "burst": _star(8, 0.6),
    "cross": (
        (-_ARM, -1),
        (-_ARM, -_ARM),
        (-1, -_ARM),
        (-1, _ARM),
        (-_ARM, _ARM),
        (-_ARM, 1),
        (_ARM, 1),
        (_ARM, _ARM),
        (1, _ARM),
        (1, -_ARM),
        (_ARM, -_ARM),
        (_ARM, -1),
    ),
    "wide": ((-1.1, -0.6), (-1.1, 0.6), (1.1, 0.6), (1.1, -0.6)),
    "drop": (*_polygon(12, radius=0.7)[1:12], (0.0, 1.25)),
}

_DOMAIN_COLOURS = {
    "transport": "#8c4a00",
    "energy": "#a4133c",
    "water": "#0b6fb8",
    "digital": "#5a3fa0",
    "innovation": "#5a3fa0",
    "industry": "#4d4d4d",
    "logistics": "#8c4a00",
    "opening": "#006d77",
    "tourism": "#2d6a4f",
    "agriculture": "#5b7000",
    "ecology": "#2d6a4f",
    "urban": "#4d4d4d",
    "social": "#006d77",
}
_DOMAIN_SHAPES = {
    "transport": "circle",
    "energy": "star",
    "water": "drop",
    "digital": "hexagon",
    "innovation": "pentagon",
    "industry": "square",
    "logistics": "wide",
    "opening": "diamond",
    "tourism": "triangle",
    "agriculture": "inverted",
    "ecology": "burst",
    "urban": "cross",
    "social": "cross",
}
KIND_SYMBOLS: dict[str, Symbol] = {
    # Lines of transport take their colour alone; their shape serves where only a point is known.
    "high-speed-railway": Symbol("circle", "#c1121f"),
    "railway": Symbol("circle", "#343a40"),
    "intercity-railway": Symbol("circle", "#e85d04"),
    "expressway": Symbol("circle", "#2b9348"),
    "road": Symbol("circle", "#8a817c"),
    "metro": Symbol("hexagon", "#7b2cbf"),
    "airport": Symbol("triangle", "#1d4ed8"),
    "general-airport": Symbol("triangle", "#60a5fa"),
    "port": Symbol("inverted", "#0e7490"),
    "waterway": Symbol("wide", "#0e7490"),
    "hub": Symbol("pentagon", "#9a3412"),
    "bridge-tunnel": Symbol("wide", "#9a3412"),
    "nuclear": Symbol("star", "#7209b7"),
    "thermal": Symbol("square", "#6c584c"),
    "pumped-storage": Symbol("drop", "#0077b6"),
    "wind": Symbol("burst", "#2a9d8f"),
    "solar": Symbol("burst", "#e9a800"),
    "transmission": Symbol("diamond", "#d00000"),
    "oil-gas-field": Symbol("inverted", "#3d2b1f"),
    "pipeline": Symbol("diamond", "#b08900"),
    "lng-terminal": Symbol("hexagon", "#bc6c25"),
    "oil-gas-storage": Symbol("circle", "#3d2b1f"),
    "hydrogen": Symbol("pentagon", "#38a3a5"),
    "energy-base": Symbol("cross", "#a4133c"),
}

STAGE_FILLS: dict[str, str] = {
    "completed": "solid",
    "under construction": "solid",
    "advancing": "solid",
    "new": "half",
    "expansion": "half",
    "planned": "hollow",
    "preparatory": "hollow",
    "study": "dotted",
}


def shape_points(shape: str) -> Points:
    """Return the corners of a shape about the origin, y upwards, radius about 1.

    Examples
    --------
    >>> len(shape_points("square"))
    4
    """
    return _SHAPES[shape]


def symbol_of(kind: str, domain: str) -> Symbol:
    """Return the symbol of a kind of project, else that of its domain.

    Examples
    --------
    >>> symbol_of("nuclear", "energy").shape
    'star'
    """
    if kind in KIND_SYMBOLS:
        return KIND_SYMBOLS[kind]
    return Symbol(_DOMAIN_SHAPES.get(domain, "circle"), _DOMAIN_COLOURS.get(domain, "#4d4d4d"))


def stage_fill(stage: object) -> str:
    """Return how a stage fills a symbol: solid, half, hollow or dotted; hollow where unknown.

    Examples
    --------
    >>> stage_fill("study")
    'dotted'
    """
    return STAGE_FILLS.get(stage, "hollow") if isinstance(stage, str) else "hollow"
