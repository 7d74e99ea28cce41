"""Routes that share a corridor beside each other, so that none hides another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from shapely.ops import substring

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    Floats = NDArray[np.float64]

__all__ = ["GAP_MM", "find_lanes", "lay_beside", "shift_line"]

#: From one line to the next beside it on paper, millimetres.
GAP_MM = 1.15
# Lines that run within a gap of each other for more than this share of their way hide each other.
_SHARED = 0.3
# A shifted line is back at its true ends over so many gaps; where more than two run side by side
# over more, so that they part one after another.
_TAPER, _TAPER_BUNDLE = 8.0, 22.0
# A short line is back over this share of its length.
_TAPER_SHARE = 0.25
# Lines are shifted at points so many gaps apart, along the normals of so many of them about each.
_STEP, _WINDOW = 1.5, 5
# Where a line may go: as it is, beside it on either side, and farther.
_LANES = (0, 1, -1, 2, -2, 3, -3)
# A length at sea is worse than one on another line, and a lane farther off costs a little.
_SEA, _FARTHER = 2.0, 0.05


def find_lanes(
    lines: Mapping[Any, BaseGeometry],
    gap: float,
    *,
    frame: BaseGeometry | None = None,
    sea: BaseGeometry | None = None,
) -> dict[Any, tuple[int, float]]:
    """Return how far beside itself each line is drawn, so that none hides another.

    Parameters
    ----------
    lines, gap, frame, sea
        As of :func:`lay_beside`.

    Returns
    -------
    dict of key to (int, float)
        The lane, to the left of the line's own direction where it is above 0, and over what
        length the line tapers back to its true ends, for :func:`shift_line`. Lines that share no
        more than 30 % of their way with another stay in lane 0.

    Examples
    --------
    >>> line = shapely.LineString([(0, 0), (100, 0)])
    >>> lanes = find_lanes({"road": line, "rail": line.reverse()}, gap=1.0)
    >>> lanes["road"], lanes["rail"]
    ((0, 8.0), (1, 8.0))
    >>> shift_line(line.reverse(), 1.0 * lanes["rail"][0], lanes["rail"][1]).interpolate(50).y
    -1.0
    """
    return _lay(lines, gap, frame, sea, ())[0]


def lay_beside(
    lines: Mapping[Any, BaseGeometry],
    gap: float,
    *,
    frame: BaseGeometry | None = None,
    sea: BaseGeometry | None = None,
    fixed: Collection[Any] = (),
) -> dict[Any, BaseGeometry]:
    """Return lines side by side where they share a corridor, so that none hides another.

    Parameters
    ----------
    lines : mapping of key to LineString, in units of the drawing (mm, pixels)
        In the order of their weight: the first ones keep their place.
    gap : float, units of the drawing
        From one line to the next.
    frame : Polygon, optional
        What is drawn; what lies outside it is not looked at.
    sea : Polygon or MultiPolygon, optional
        Where no line should be shifted to.
    fixed : collection of key
        Lines that stay where they are: the others give way to them.

    Examples
    --------
    >>> line = shapely.LineString([(0, 0), (100, 0)])
    >>> beside = lay_beside({"road": line, "rail": line}, gap=1.0)
    >>> beside["road"] is line, beside["rail"].interpolate(50).y
    (True, 1.0)
    """
    return _lay(lines, gap, frame, sea, fixed)[1]


def _lay(
    lines: Mapping[Any, BaseGeometry],
    gap: float,
    frame: BaseGeometry | None,
    sea: BaseGeometry | None,
    fixed: Collection[Any],
) -> tuple[dict[Any, tuple[int, float]], dict[Any, BaseGeometry]]:
    """Return the lane and taper of each line, and each as it is drawn."""
    inside = {
        key: line if frame is None else line.intersection(frame) for key, line in lines.items()
    }
    inside = {key: line for key, line in inside.items() if line.length > 2 * gap}
    mates = _sharers(inside, gap)
    found: dict[Any, tuple[int, float]] = {}
    placed: dict[Any, BaseGeometry] = {key: lines[key] for key in fixed if key in lines}
    for key, line in lines.items():
        others = [placed[mate] for mate in mates.get(key, ()) if mate in placed]
        taper = gap * (_TAPER if len(mates.get(key, ())) < 2 else _TAPER_BUNDLE)
        taper = min(taper, _TAPER_SHARE * line.length)
        if key in fixed:
            found[key] = 0, taper
            continue
        best, least = 0, np.inf
        about = shapely.union_all(others).buffer(0.8 * gap, quad_segs=2) if others else None
        # Towards its ends every lane comes back to where the line is.
        core = substring(line, taper, line.length - taper)
        own_sea = 0.0 if sea is None or about is None else _length(core, frame, sea)
        for lane in _LANES if about is not None else ():
            moved = shift_line(core, lane * gap, 0.0)
            cost = _length(moved, frame, about) + _FARTHER * abs(lane) * line.length
            if sea is not None and lane:
                cost += _SEA * max(_length(moved, frame, sea) - own_sea, 0.0)
            if cost < least:
                best, least = lane, cost
        found[key] = best, taper
        placed[key] = shift_line(line, best * gap, taper, sea=sea)
    return found, placed


def shift_line(
    line: BaseGeometry, offset: float, taper: float, *, sea: BaseGeometry | None = None
) -> BaseGeometry:
    """Return a line moved to its left by an offset, back at its true ends over a length.

    Parameters
    ----------
    line : LineString
    offset : float, units of the line
        To the left of its direction; to the right where it is below 0.
    taper : float, units of the line
        0 moves the ends as well; a line shorter than two of it reaches less than the whole offset.
    sea : Polygon or MultiPolygon, optional
        Where the moved line would lie in it and the line itself does not, it keeps its own way.

    Examples
    --------
    >>> moved = shift_line(shapely.LineString([(0, 0), (100, 0)]), 1.0, 10.0)
    >>> moved.coords[0], moved.interpolate(50).y, moved.coords[-1]
    ((0.0, 0.0), 1.0, (100.0, 0.0))
    """
    length = line.length
    if not offset or not length:
        return line
    n = max(int(np.ceil(length / (abs(offset) * _STEP))), 8)
    at = np.linspace(0, length, n + 1)
    # Its own vertices stay among the points, so that it bends where it did.
    own = shapely.line_locate_point(line, shapely.points(shapely.get_coordinates(line)))
    at = np.unique(np.concatenate([at, own]))
    xy = shapely.get_coordinates(shapely.line_interpolate_point(line, at))
    heading = np.gradient(xy, at, axis=0)
    # The normals turn slowly at a corner, or the moved line would cross itself.
    weights = np.ones(_WINDOW) / _WINDOW
    padded = np.pad(heading, ((_WINDOW // 2, _WINDOW // 2), (0, 0)), mode="edge")
    smooth = np.column_stack([np.convolve(padded[:, k], weights, "valid") for k in (0, 1)])
    size = np.maximum(np.hypot(*smooth.T), 1e-12)
    normal = np.column_stack([-smooth[:, 1], smooth[:, 0]]) / size[:, None]
    share = np.clip(np.minimum(at, length - at) / taper, 0, 1) if taper else np.ones(len(at))
    # Without a corner where the taper begins and ends.
    share = share * share * (3 - 2 * share)
    if sea is not None:
        share = share * _ashore(xy, xy + offset * share[:, None] * normal, sea)
    return shapely.LineString(xy + offset * share[:, None] * normal)


def _ashore(xy: Floats, moved: Floats, sea: BaseGeometry) -> Floats:
    """Return by point how much of the offset is kept: none where it alone leads into the sea."""
    shapely.prepare(sea)
    at_sea = shapely.contains_xy(sea, *moved.T) & ~shapely.contains_xy(sea, *xy.T)
    # So far about each of them the offset is gone and comes again.
    padded = np.pad(at_sea, _WINDOW)
    near = np.convolve(padded, np.ones(2 * _WINDOW + 1), "valid") > 0
    weights = np.ones(_WINDOW) / _WINDOW
    kept: Floats = np.convolve(np.pad(~near, _WINDOW // 2, mode="edge"), weights, "valid")
    return np.where(at_sea, 0.0, kept)


def _length(line: BaseGeometry, frame: BaseGeometry | None, area: BaseGeometry) -> float:
    """Return how much of a line lies in an area, within what is drawn."""
    part = line.intersection(area)
    return float((part if frame is None else part.intersection(frame)).length)


def _sharers(lines: Mapping[Any, BaseGeometry], gap: float) -> dict[Any, list[Any]]:
    """Return for each line those that share more of the way of either than may be."""
    keys = list(lines)
    shapes = np.array([lines[key] for key in keys], dtype=object)
    near = shapely.buffer(shapes, gap, quad_segs=2)
    one, two = shapely.STRtree(shapes).query(near, predicate="intersects")
    one, two = one[one != two], two[one != two]
    # Of line two, what lies about line one.
    shared = shapely.length(shapely.intersection(shapes[two], near[one])) / shapely.length(
        shapes[two]
    )
    mates: dict[Any, list[Any]] = {}
    for a, b in zip(one[shared > _SHARED].tolist(), two[shared > _SHARED].tolist(), strict=True):
        for mine, mate in ((keys[a], keys[b]), (keys[b], keys[a])):
            if mate not in mates.setdefault(mine, []):
                mates[mine].append(mate)
    return mates
