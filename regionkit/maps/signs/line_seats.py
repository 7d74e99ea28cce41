"""Seats for words along lines: turned with their own line, close beside it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from shapely.affinity import rotate, translate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from regionkit.maps.signs.label_seats import Box

__all__ = ["LineSeat", "find_line_seat"]

# Where a word begins along its line, in heights of the word, from the end it tells of.
_STEPS = (0.4, 1.2, 2.2, 3.4, 5.0, 7.0, 10.0, 14.0)
# A word that spans a bend would leave its line: its ends stand on a chord at least this straight.
_STRAIGHT = 0.985


@dataclass(frozen=True)
class LineSeat:
    """Where a word may stand along a line.

    Attributes
    ----------
    x, y : float
        Its middle.
    turn : float, degrees
    outline : Polygon
    boxes : tuple of Box
        Upright boxes that cover the word.
    """

    x: float
    y: float
    turn: float
    outline: Any = field(repr=False)
    boxes: tuple[Box, ...] = field(repr=False)


def find_line_seat(
    line: Any,
    width: float,
    height: float,
    *,
    page: Box,
    taken: Sequence[Any],
    lines: Sequence[Any],
    inner: bool = False,
) -> LineSeat | None:
    """Return the first free seat for a word along a line from its start on, or None.

    Parameters
    ----------
    line : LineString
        From the end that the word tells of.
    width, height : float
        Of the word.
    page : Box
    taken : sequence of Polygon
        What it may not cover.
    lines : sequence of LineString
        Others, which it keeps off as well.
    inner : bool
        Whether any place along the line serves, as for its own name.

    Examples
    --------
    >>> line = shapely.LineString([(0, 50), (100, 50)])
    >>> seat = find_line_seat(line, 20, 10, page=(0, 0, 100, 100), taken=[], lines=[])
    >>> seat.turn, round(seat.y, 1)
    (0.0, 57.2)
    """
    window, solid = shapely.box(*page), shapely.STRtree([*taken, *lines])
    starts: list[float] = [step * height for step in _STEPS]
    if inner:
        room = max(line.length - width, 0.0)
        starts += [room * share for share in (0.5, 0.35, 0.65, 0.2, 0.8)]
    for start in starts:
        chord = _chord(line, start, start + width)
        if chord is None:
            continue
        middle, turn = chord
        up = np.array([-np.sin(np.radians(turn)), np.cos(np.radians(turn))])
        for side in (1.0, -1.0):
            at = middle + up * side * height * 0.72
            shape = shapely.box(-width / 2 - 1, -height * 0.45, width / 2 + 1, height * 0.45)
            shape = translate(rotate(shape, turn, origin=(0, 0)), *at)
            if window.covers(shape) and not len(solid.query(shape, "intersects")):
                x, y = float(at[0]), float(at[1])
                return LineSeat(x, y, turn, shape, tuple(_chunks((x, y), turn, width, height)))
    return None


def _chord(line: Any, start: float, end: float) -> tuple[np.ndarray, float] | None:
    """Return the middle and the angle of a stretch of a line; None past its end or over a bend."""
    if end > line.length:
        return None
    first, last = (np.array(line.interpolate(at).coords[0]) for at in (start, end))
    chord = last - first
    if np.hypot(*chord) < _STRAIGHT * (end - start):
        return None
    turn = float(np.degrees(np.arctan2(chord[1], chord[0])))
    # Words are read from the left, never upside down.
    turn = (turn + 90.0) % 180.0 - 90.0
    return (first + last) / 2, turn


def _chunks(middle: tuple[float, float], turn: float, wide: float, high: float) -> list[Box]:
    """Return upright boxes that cover a turned word."""
    along = np.array([np.cos(np.radians(turn)), np.sin(np.radians(turn))])
    count = max(int(np.ceil(wide / high)), 1)
    half = high * 0.55
    return [
        (float(x - half), float(y - half), float(x + half), float(y + half))
        for x, y in (
            np.array(middle) + along * wide * ((number + 0.5) / count - 0.5)
            for number in range(count)
        )
    ]
