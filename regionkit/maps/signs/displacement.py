"""Points moved apart so that each is seen: displacement about the spot they share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["spread_points"]

_SEATS = 600
# A square and those beside it; where one is taken, it is mostly the square itself.
_AROUND = ((0, 0), (-1, 0), (1, 0), (0, -1), (0, 1), (-1, -1), (-1, 1), (1, -1), (1, 1))


def spread_points(
    x: np.ndarray,
    y: np.ndarray,
    gap: float,
    kept_free: Sequence[tuple[float, float]] = (),
) -> tuple[np.ndarray, np.ndarray]:
    """Return points moved apart so that none is hidden: those at one spot form a ring.

    Parameters
    ----------
    x, y : arrays of float, shape (n,)
    gap : float
        Least distance between two points, in the same unit.
    kept_free : sequence of (x, y), optional
        Spots of other marks, which no point may stand on: as far off as from another point.

    Examples
    --------
    >>> x, y = spread_points(np.array([0.0, 0.0]), np.array([0.0, 0.0]), 1.0)
    >>> bool(np.hypot(x[0] - x[1], y[0] - y[1]) >= 0.99)
    True
    """
    new_x, new_y = x.astype(float).copy(), y.astype(float).copy()
    x, y = new_x.tolist(), new_y.tolist()
    if len(x) + len(kept_free) < 2:
        return new_x, new_y
    # A point moves along a spiral of seats about its own spot until one is free. What is nearer
    # than the gap stands in the same square of that side or in one beside it.
    seats = _seats(gap)
    side, least = gap * 0.98 or 1.0, (gap * 0.98) ** 2
    taken: dict[tuple[int, int], list[tuple[float, float]]] = {}
    for px, py in kept_free:
        taken.setdefault((int(px // side), int(py // side)), []).append((px, py))
    for index in range(len(x)):
        for right, up in seats:
            px, py = x[index] + right, y[index] + up
            column, row = int(px // side), int(py // side)
            near = (taken.get((column + c, row + r)) for c, r in _AROUND)
            if not any(
                (px - tx) ** 2 + (py - ty) ** 2 < least
                for found in near
                if found
                for tx, ty in found
            ):
                break
        taken.setdefault((column, row), []).append((px, py))
        new_x[index], new_y[index] = px, py
    return new_x, new_y


def _seats(gap: float) -> list[tuple[float, float]]:
    """Return how far each seat lies from the middle of a spiral, right and up."""
    made = []
    for step in range(_SEATS):
        ring = int((np.sqrt(12 * step + 9) - 3) / 6 + 1e-9)
        seats = max(6 * ring, 1)
        turn = 2 * np.pi * (step - 3 * ring * (ring - 1) - 1) / seats if ring else 0.0
        made.append((float(ring * gap * np.sin(turn)), float(ring * gap * np.cos(turn))))
    return made
