"""Edges of polygons: which are a border of one alone, and which cells of a grid they touch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import shapely

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Integers = NDArray[np.signedinteger[Any]]

__all__ = ["Edges"]

#: Cell numbers carry a rounding error near 1e-11 of a cell; an edge therefore claims every
#: cell within this margin, so a point settled by the table cannot lie on an edge.
_MARGIN = 1e-7


class Edges(NamedTuple):
    """Edges of polygons: ends and the code of the polygon, one entry a ring and edge.

    Ends are in degrees, or in units of fine cells, as ``touched_cells`` and ``crossings`` take
    them (:meth:`regionkit.query.cells.Grid.in_cells`).
    """

    x1: Floats
    y1: Floats
    x2: Floats
    y2: Floats
    unit: Integers

    @classmethod
    def of(cls, polygons: NDArray[np.object_]) -> Edges:
        """Return all edges, a shared one once for each of its polygons."""
        parts, part_unit = shapely.get_parts(polygons, return_index=True)
        rings, ring_part = shapely.get_rings(parts, return_index=True)
        coordinates, ring = shapely.get_coordinates(rings, return_index=True)
        inside = ring[1:] == ring[:-1]
        start, end = coordinates[:-1][inside], coordinates[1:][inside]
        unit = part_unit[ring_part[ring[1:][inside]]]
        # Both copies of a shared edge run upwards, so that they are computed alike.
        down = (start[:, 1] > end[:, 1]) | ((start[:, 1] == end[:, 1]) & (start[:, 0] > end[:, 0]))
        lower = np.where(down[:, None], end, start)
        upper = np.where(down[:, None], start, end)
        return cls(lower[:, 0], lower[:, 1], upper[:, 0], upper[:, 1], unit)

    def unshared(self) -> tuple[Floats, Floats, Floats, Floats]:
        """Return the ends of the edges that one polygon alone has."""
        ends = np.column_stack(self[:4])
        order = np.lexsort(ends.T)
        twin = (ends[order[1:]] == ends[order[:-1]]).all(axis=1)
        alone = np.ones(len(ends), bool)
        alone[order[1:][twin]] = False
        alone[order[:-1][twin]] = False
        return self.x1[alone], self.y1[alone], self.x2[alone], self.y2[alone]

    def touched_cells(self) -> tuple[Integers, Integers, Integers]:
        """Return (row, column, unit) of every fine cell within the margin of an edge."""
        left = np.minimum(self.x1, self.x2)
        right = np.maximum(self.x1, self.x2)
        first = np.floor(left - _MARGIN).astype(np.int32)
        last = np.floor(right + _MARGIN).astype(np.int32)
        edge, column = _ranges(first, last)
        width = self.x2 - self.x1
        slope = np.divide(self.y2 - self.y1, width, out=np.zeros_like(width), where=width != 0)
        # The stretch of the edge inside the column; all of an upright edge.
        x1, y1, slope = self.x1[edge], self.y1[edge], slope[edge]
        enter = y1 + (np.maximum(left[edge], column - _MARGIN) - x1) * slope
        leave = y1 + (np.minimum(right[edge], column + (1 + _MARGIN)) - x1) * slope
        upright = width[edge] == 0
        leave[upright] = self.y2[edge[upright]]
        bottom = np.floor(np.minimum(enter, leave) - _MARGIN).astype(np.int32)
        top = np.floor(np.maximum(enter, leave) + _MARGIN).astype(np.int32)
        stretch, row = _ranges(bottom, top)
        return row, column[stretch], self.unit[edge[stretch]]

    def crossings(self) -> tuple[Integers, Integers, Integers]:
        """Return (row, column, unit) where an edge crosses the middle line of a row."""
        first = np.ceil(self.y1 - 0.5).astype(np.int32)
        last = np.ceil(self.y2 - 0.5).astype(np.int32) - 1
        edge, row = _ranges(first, last)
        x1, y1 = self.x1[edge], self.y1[edge]
        slope = (self.x2[edge] - x1) / (self.y2[edge] - y1)
        column = np.floor(x1 + (row + 0.5 - y1) * slope).astype(np.int32)
        return row, column, self.unit[edge]


def _ranges(first: Integers, last: Integers) -> tuple[Integers, Integers]:
    """Return (position, number) for every number of every range first[i]..last[i]."""
    length = np.maximum(last - first + 1, 0)
    position = np.repeat(np.arange(len(length), dtype=np.int32), length)
    before = np.cumsum(length, dtype=np.int32) - length
    number = np.arange(len(position), dtype=np.int32)
    number -= np.repeat(before - first, length)
    return position, number
