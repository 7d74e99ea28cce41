"""Find room on a map: where a scale bar, an inset or a list hides neither land nor lines."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

import numpy as np
import shapely

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from numpy.typing import NDArray

__all__ = ["FreeSpace", "data_per_point", "figure_of", "fill_box", "settle", "to_data"]

Box = tuple[float, float, float, float]
_CELLS = 130


def settle(ax: Axes) -> None:
    """Give Axes the place they will have when drawn, so that pixels can be counted."""
    figure = figure_of(ax)
    if figure.get_layout_engine() is not None:
        # A layout engine moves Axes only when the figure is drawn.
        figure.draw_without_rendering()
    ax.apply_aspect()


def fill_box(ax: Axes) -> None:
    """Widen the limits of Axes of equal lengths until they fill their box on the page.

    Routes then run to the edge of the map's area, and the room beside the land can be used.
    """
    figure = figure_of(ax)
    box = ax.get_position(original=True)
    page_wide, page_high = figure.get_size_inches()
    wanted = (box.width * page_wide) / (box.height * page_high)
    (west, east), (south, north) = ax.get_xlim(), ax.get_ylim()
    wide, high = east - west, north - south
    if wide / high < wanted:
        more = (high * wanted - wide) / 2
        ax.set_xlim(west - more, east + more)
    else:
        more = (wide / wanted - high) / 2
        ax.set_ylim(south - more, north + more)


def figure_of(ax: Axes) -> Figure:
    """Return the figure that Axes stand on, also where they are an inset."""
    return cast("Figure", ax.get_figure(root=True))


def to_data(ax: Axes, pixel: Sequence[float] | NDArray[np.float64]) -> tuple[float, float]:
    """Return the place in data units of a pixel."""
    x, y = ax.transData.inverted().transform((float(pixel[0]), float(pixel[1])))
    return float(x), float(y)


def data_per_point(ax: Axes) -> float:
    """Return how many data units a typographic point is long on the Axes."""
    ax.apply_aspect()
    figure = figure_of(ax)
    (west, east) = ax.get_xlim()
    return float((east - west) / (ax.get_window_extent().width / figure.dpi * 72))


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
    ) -> Box | None:
        """Return the free box of a size nearest to a point, or None; take it.

        Parameters
        ----------
        width, height : float, pixels
        towards : (x, y)
            Shares of the Axes: (0, 0) is the lower left corner.
        margin : float, pixels
            Air about the box.
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
        self.block(
            (left - margin, bottom - margin, left + width + margin, bottom + height + margin)
        )
        return box
