"""Words along lines: turned with their own line, close beside it and in its colour."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from regionkit.maps.paper.axes import figure_of, to_data
from regionkit.maps.signs.line_seats import find_line_seat

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from regionkit.maps.signs.label_seats import Box

__all__ = ["LineLabels"]


@dataclass
class LineLabels:
    """Places for words along lines that are drawn on Axes.

    Attributes
    ----------
    ax : Axes
        Settled.
    boxes : list of (left, bottom, right, top), pixels
        What no word may cover.
    lines : dict of LineString, pixels
        All lines of the map, by key; a word keeps off those it does not belong to.
    size : float
        Of the words, points.
    placed : list of (left, bottom, right, top), pixels
        What the words cover, as a row of small boxes each.
    """

    ax: Axes
    boxes: list[Box]
    lines: dict[Any, Any]
    size: float
    placed: list[Box] = field(default_factory=list)
    _taken: list[Any] = field(default_factory=list, repr=False)

    def write(self, key: Any, words: str, line: Any, colour: str, *, inner: bool = False) -> bool:
        """Write words along a line from its start on; False where there is no room.

        Parameters
        ----------
        key : hashable
            Of the line in ``lines``.
        words : str
        line : LineString, pixels
            The part within the map, from the end that the words tell of.
        colour : str
        inner : bool
            Whether any place along the line serves, as for its own name.
        """
        from regionkit.maps.paper.text_halo import add_halo_text

        figure = figure_of(self.ax)
        renderer = figure.canvas.get_renderer()  # type: ignore[attr-defined]
        text = add_halo_text(
            self.ax,
            0,
            0,
            words,
            ha="center",
            va="center",
            zorder=8,
            gid="route-exit",
            fontsize=self.size,
            color=colour,
            rotation_mode="anchor",
        )
        extent = text.get_window_extent(renderer)
        page = self.ax.get_window_extent()
        seat = find_line_seat(
            line,
            extent.width,
            extent.height,
            page=(page.x0, page.y0, page.x1, page.y1),
            taken=[*map(shapely.box, *np.array(self.boxes).reshape(-1, 4).T), *self._taken],
            lines=[other_line for other, other_line in self.lines.items() if other != key],
            inner=inner,
        )
        if seat is None:
            text.remove()
            return False
        text.set_position(to_data(self.ax, (seat.x, seat.y)))
        text.set_rotation(seat.turn)
        self._taken.append(seat.outline)
        self.placed += seat.boxes
        return True
