"""Shapes of symbols as polygons about the origin, told apart at the size of a letter."""

from __future__ import annotations

import math

__all__ = ["SHAPES", "shape_points"]

Points = tuple[tuple[float, float], ...]


def _polygon(corners: int, turn: float = 0.0, radius: float = 1.0) -> Points:
    return tuple(
        (
            round(radius * math.sin(2 * math.pi * i / corners + turn), 4),
            round(radius * math.cos(2 * math.pi * i / corners + turn), 4),
        )
        for i in range(corners)
    )


_ARM = 0.36
SHAPES: dict[str, Points] = {
    "circle": _polygon(24, radius=0.92),
    "square": ((-0.82, -0.82), (-0.82, 0.82), (0.82, 0.82), (0.82, -0.82)),
    "triangle": _polygon(3, radius=1.15),
    "diamond": _polygon(4, radius=1.12),
    "hexagon": _polygon(6, radius=1.02),
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
}


def shape_points(shape: str) -> Points:
    """Return the corners of a shape about the origin, y upwards, radius about 1.

    Examples
    --------
    >>> len(shape_points("square"))
    4
    """
    return SHAPES[shape]
