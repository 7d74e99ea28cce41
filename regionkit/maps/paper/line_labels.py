"""Words along lines: turned with their own line, close beside it and in its colour."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from shapely.affinity import rotate, translate

from regionkit.maps.paper.free_space import figure_of, to_data

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from regionkit.maps.paper.free_space import Box

__all__ = ["LineLabels"]

# Where a word begins along its line, in heights of the word, from the end it tells of.
_STEPS = (0.4, 1.2, 2.2, 3.4, 5.0, 7.0, 10.0, 14.0)
# A word that spans a bend would leave its line: its ends stand on a chord at least this straight.
_STRAIGHT = 0.985


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
        seat = self._seat(key, line, extent.width, extent.height, inner=inner)
        if seat is None:
            text.remove()
            return False
        middle, turn, shape = seat
        text.set_position(to_data(self.ax, middle))
        text.set_rotation(turn)
        self._taken.append(shape)
        self.placed += _chunks(middle, turn, extent.width, extent.height)
        return True

    def _seat(
        self, key: Any, line: Any, wide: float, high: float, *, inner: bool
    ) -> tuple[tuple[float, float], float, Any] | None:
        """Return a free place as middle, angle in degrees and outline in pixels."""
        page = self.ax.get_window_extent()
        window = shapely.box(page.x0, page.y0, page.x1, page.y1)
        solid = shapely.union_all([shapely.box(*box) for box in self.boxes])
        others = shapely.union_all([line for other, line in self.lines.items() if other != key])
        starts: list[float] = [step * high for step in _STEPS]
        if inner:
            room = max(line.length - wide, 0.0)
            starts += [room * share for share in (0.5, 0.35, 0.65, 0.2, 0.8)]
        for start in starts:
            chord = _chord(line, start, start + wide)
            if chord is None:
                continue
            middle, turn = chord
            up = np.array([-np.sin(np.radians(turn)), np.cos(np.radians(turn))])
            for side in (1.0, -1.0):
                at = middle + up * side * high * 0.72
                shape = shapely.box(-wide / 2 - 1, -high * 0.45, wide / 2 + 1, high * 0.45)
                shape = translate(rotate(shape, turn, origin=(0, 0)), *at)
                if (
                    window.covers(shape)
                    and not shape.intersects(solid)
                    and not shape.intersects(others)
                    and not any(shape.intersects(taken) for taken in self._taken)
                ):
                    return (float(at[0]), float(at[1])), turn, shape
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
