"""Seats for names about a point, as boxes: the search that paper and slide share.

Units are the caller's own (pixels, millimetres); boxes are (left, low, right, high) with low < high
whichever way the axis points.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["REACH", "Box", "Seat", "box_about", "find_seat"]

Box = tuple[float, float, float, float]
# Distances from a point that a name may take, in heights of it, near ones first.
REACH = (0.0, 0.8, 1.4, 2.1, 2.9, 3.8, 4.8, 6.0, 7.5, 9.0, 11.0, 13.5, 16.5)
_TURNS = 16
# What a name costs beyond the page, and over another name; over a symbol it costs its area.
_OUTSIDE, _COVERED = 1e9, 1e3


@dataclass(frozen=True)
class Seat:
    """Where a name may stand: the middle of its box.

    Attributes
    ----------
    x, y : float
    is_free : bool
        Whether it stands on the page and covers nothing.
    """

    x: float
    y: float
    is_free: bool


def box_about(x: float, y: float, width: float, height: float) -> Box:
    """Return the box about a middle."""
    return (x - width / 2, y - height / 2, x + width / 2, y + height / 2)


def find_seat(
    anchor: tuple[float, float],
    width: float,
    height: float,
    *,
    page: Box,
    taken: Sequence[Box],
    soft: Sequence[Box] = (),
    reach: Sequence[float] = REACH,
    air: tuple[float, float] = (0.0, 0.0),
) -> Seat:
    """Return the nearest free seat to a point; where none is free, the one that covers least.

    Parameters
    ----------
    anchor : (x, y)
    width, height : float
        Of the name.
    page : Box
    taken, soft : sequence of Box
        What no name may cover, and what it covers rather than that.
    reach : sequence of float
        Distances tried, in heights of the name.
    air : (float, float)
        Added to the width and the height so that neighbours do not touch.

    Examples
    --------
    >>> page = (0.0, 0.0, 100.0, 100.0)
    >>> find_seat((50, 50), 20, 10, page=page, taken=[])
    Seat(x=50.0, y=50.0, is_free=True)
    >>> find_seat((50, 50), 20, 10, page=page, taken=[(45, 45, 55, 55)]).is_free
    True
    >>> find_seat((50, 50), 20, 10, page=page, taken=[page]).is_free
    False
    """
    hard_boxes, soft_boxes = _stack(taken), _stack(soft)
    best, least = Seat(float(anchor[0]), float(anchor[1]), is_free=False), math.inf
    for x, y in _seats(anchor, width, height, reach):
        box = box_about(x, y, width + air[0], height + air[1])
        outside = box[0] < page[0] or box[1] < page[1] or box[2] > page[2] or box[3] > page[3]
        cost = _OUTSIDE * outside + _COVERED * _overlap(box, hard_boxes) + _overlap(box, soft_boxes)
        if cost == 0:
            return Seat(x, y, is_free=True)
        if cost < least - 1e-9:
            best, least = Seat(x, y, is_free=False), cost
    return best


def _seats(
    anchor: tuple[float, float], width: float, height: float, reach: Sequence[float]
) -> Iterator[tuple[float, float]]:
    """Yield middles about a point, near ones first: a name stands beside it, not on it."""
    for ring in reach:
        for turn in range(_TURNS if ring else 1):
            angle = 2 * math.pi * turn / _TURNS
            across = math.cos(angle) * (width * 0.5 + height * ring * 0.8) if ring else 0.0
            along = math.sin(angle) * height * (0.5 + ring * 0.8) if ring else 0.0
            yield float(anchor[0] + across), float(anchor[1] + along)


def _stack(boxes: Sequence[Box]) -> np.ndarray:
    return np.array(boxes, dtype=float).reshape(-1, 4)


def _overlap(box: Box, others: np.ndarray) -> float:
    """Return the area that a box shares with others."""
    wide = np.minimum(box[2], others[:, 2]) - np.maximum(box[0], others[:, 0])
    high = np.minimum(box[3], others[:, 3]) - np.maximum(box[1], others[:, 1])
    return float((np.clip(wide, 0, None) * np.clip(high, 0, None)).sum())
