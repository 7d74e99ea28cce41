"""Find room on a map: where a scale bar, an inset or a list hides neither land nor lines."""

from __future__ import annotations

from copy import copy
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

if TYPE_CHECKING:
    from collections.abc import Iterable

    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    from regionkit.maps.signs.label_seats import Box

__all__ = ["FreeSpace"]

_CELLS = 130


class FreeSpace:
    """The parts of Axes that hold nothing yet, on a grid of about 130 cells a side.

    Parameters
    ----------
    ax : Axes
        Settled, with its limits set.
    shapes : iterable of polygons or lines, in data units
        What is drawn already.
    """

    def __init__(self, ax: Axes, shapes: Iterable[Any] = ()) -> None:
        ax.apply_aspect()
        self.ax = ax
        window = ax.get_window_extent()
        self.left, self.bottom = window.x0, window.y0
        self.cell = max(window.width, window.height) / _CELLS
        self.columns = max(int(window.width / self.cell), 1)
        self.rows = max(int(window.height / self.cell), 1)
        self.taken: NDArray[np.bool_] = np.zeros((self.rows, self.columns), dtype=bool)
        self.crossed = self.taken.copy()
        self.block_shapes(shapes)

    @cached_property
    def _cells(self) -> Any:
        """Middles of the cells in data units, row by row, to be searched."""
        columns, rows = np.meshgrid(np.arange(self.columns), np.arange(self.rows))
        x = self.left + (columns.ravel() + 0.5) * self.cell
        y = self.bottom + (rows.ravel() + 0.5) * self.cell
        back = self.ax.transData.inverted()
        return shapely.STRtree(shapely.points(back.transform(np.column_stack([x, y]))))

    def copy(self) -> FreeSpace:
        """Return the same room, of which other things can be taken."""
        made = copy(self)
        made.taken, made.crossed = self.taken.copy(), self.crossed.copy()
        return made

    def block_shapes(self, shapes: Iterable[Any], *, is_soft: bool = False) -> None:
        """Take the cells that shapes cover; soft ones give way where nothing else is free."""
        parts = [shape for shape in shapes if shape is not None and not shape.is_empty]
        if not parts:
            return
        back = self.ax.transData.inverted()
        size = abs(back.transform((self.cell, 0.0))[0] - back.transform((0.0, 0.0))[0])
        # A cell's half diagonal catches islands and lines that miss every centre.
        rough = shapely.simplify(parts, size * 0.3)
        hits = self._cells.query(rough, predicate="dwithin", distance=size * 0.71)
        (self.crossed if is_soft else self.taken).ravel()[hits[1]] = True

    def block(self, box: Box) -> None:
        """Take a box of pixels (left, bottom, right, top)."""
        first = max(int((box[0] - self.left) / self.cell), 0)
        last = max(int(np.ceil((box[2] - self.left) / self.cell)), 0)
        low = max(int((box[1] - self.bottom) / self.cell), 0)
        high = max(int(np.ceil((box[3] - self.bottom) / self.cell)), 0)
        self.taken[low:high, first:last] = True

    def find(
        self,
        width: float,
        height: float,
        towards: tuple[float, float] = (0.0, 0.0),
        margin: float = 0.0,
        *,
        is_taken: bool = True,
    ) -> Box | None:
        """Return the free box of a size nearest to a point, or None.

        Parameters
        ----------
        width, height : float, pixels
        towards : (x, y)
            Shares of the Axes: (0, 0) is the lower left corner.
        margin : float, pixels
            Air about the box.
        is_taken : bool
            Whether the box is no longer free afterwards.
        """
        wide = int(np.ceil((width + 2 * margin) / self.cell))
        high = int(np.ceil((height + 2 * margin) / self.cell))
        if wide > self.columns or high > self.rows:
            return None
        for grid in (self.taken | self.crossed, self.taken):
            total = np.zeros((self.rows + 1, self.columns + 1), dtype=int)
            total[1:, 1:] = grid.cumsum(0).cumsum(1)
            inside = (
                total[high:, wide:]
                - total[:-high, wide:]
                - total[high:, :-wide]
                + total[:-high, :-wide]
            )
            rows, columns = np.nonzero(inside == 0)
            if len(rows):
                break
        else:
            return None
        aim_x = towards[0] * (self.columns - wide)
        aim_y = towards[1] * (self.rows - high)
        best = int(np.argmin((columns - aim_x) ** 2 + (rows - aim_y) ** 2))
        left = self.left + columns[best] * self.cell + margin
        bottom = self.bottom + rows[best] * self.cell + margin
        box = (float(left), float(bottom), float(left + width), float(bottom + height))
        if is_taken:
            self.block(
                (left - margin, bottom - margin, left + width + margin, bottom + height + margin)
            )
        return box
