"""Points moved apart so that each is seen: displacement about the spot they share."""

from __future__ import annotations

import numpy as np

__all__ = ["spread_points"]


def spread_points(x: np.ndarray, y: np.ndarray, gap: float) -> tuple[np.ndarray, np.ndarray]:
    """Return points moved apart so that none is hidden: those at one spot form a ring.

    Parameters
    ----------
    x, y : arrays of float, shape (n,)
    gap : float
        Least distance between two points, in the same unit.

    Examples
    --------
    >>> x, y = spread_points(np.array([0.0, 0.0]), np.array([0.0, 0.0]), 1.0)
    >>> bool(np.hypot(x[0] - x[1], y[0] - y[1]) >= 0.99)
    True
    """
    new_x, new_y = x.astype(float).copy(), y.astype(float).copy()
    if len(x) < 2:
        return new_x, new_y
    # A point moves along a spiral of seats about its own spot until one is free.
    taken: list[tuple[float, float]] = []
    for index in range(len(x)):
        for step in range(600):
            ring = int((np.sqrt(12 * step + 9) - 3) / 6 + 1e-9)
            seats = max(6 * ring, 1)
            turn = 2 * np.pi * (step - 3 * ring * (ring - 1) - 1) / seats if ring else 0.0
            px = x[index] + ring * gap * np.sin(turn)
            py = y[index] + ring * gap * np.cos(turn)
            if all((px - tx) ** 2 + (py - ty) ** 2 >= (gap * 0.98) ** 2 for tx, ty in taken):
                break
        taken.append((px, py))
        new_x[index], new_y[index] = px, py
    return new_x, new_y
