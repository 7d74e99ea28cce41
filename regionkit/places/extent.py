"""What of a region a map is framed to: its main land; far islands stand in an inset."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

__all__ = ["Extent", "find_extent", "follow_extent"]

# Land is far where leaving it out takes so much off the frame of the map, and at most so much of
# that off the land (the atolls of 三沙 are a seventh of 海南 in the data, with their lagoons).
_LEAST_SAVED = 0.2
_MOST_LAND = 0.2
# Gaps that part far islands from the rest.
_GAPS_KM = (200.0, 100.0, 60.0)
_KM_PER_DEGREE = 111.2
# A page's worth of land, to which tolerances and sizes of the usual map are made.
_USUAL_KM = 800.0


@dataclass(frozen=True)
class Extent:
    """The main land of a map and what lies far from it.

    Attributes
    ----------
    bounds : tuple of float
        Of the main land: west, south, east, north.
    far : tuple of float or None
        Of the islands far from it, None where there are none.
    """

    bounds: tuple[float, float, float, float]
    far: tuple[float, float, float, float] | None = None


def find_extent(layer: gpd.GeoSeries | gpd.GeoDataFrame) -> Extent:
    """Return the main land of a layer and its far islands.

    Far are islands without which the frame of the map is a fifth smaller or more, and the land
    hardly, such as 三沙 of 海南.

    Parameters
    ----------
    layer : GeoSeries or GeoDataFrame in any CRS

    Examples
    --------
    >>> import geopandas as gpd
    >>> land = gpd.GeoSeries(
    ...     [shapely.box(108, 18, 111, 20), shapely.box(112, 9, 112.1, 9.1)], crs="EPSG:4326"
    ... )
    >>> found = find_extent(land)
    >>> found.bounds, found.far[3]
    ((108.0, 18.0, 111.0, 20.0), 9.1)
    """
    geometry = layer.geometry
    total = _as_bounds(geometry.total_bounds)
    shapes = geometry.to_numpy()
    parts = shapely.get_parts(shapes[~shapely.is_missing(shapes)])
    parts = parts[shapely.get_dimensions(parts) == 2]
    if len(parts) < 2:
        return Extent(total)
    boxes = shapely.bounds(parts)
    km = 1 / 1000
    squeeze = 1.0
    if geometry.crs is not None and geometry.crs.is_geographic:
        # Degrees of longitude count as they are long.
        km, squeeze = _KM_PER_DEGREE, float(np.cos(np.radians((total[1] + total[3]) / 2)))
    scaled = boxes * [km * squeeze, km, km * squeeze, km]
    areas = shapely.area(parts)
    best, most = Extent(total), _LEAST_SAVED
    for gap in _GAPS_KM:
        groups = _groups(scaled, gap)
        is_main = groups == np.bincount(groups, weights=areas).argmax()
        # What lies within the frame all the same is not far.
        is_far = ~is_main & ~_within(boxes, _around(boxes[is_main]))
        if not is_far.any():
            continue
        saved = 1 - _size(_around(boxes[~is_far])) / _size(total)
        if saved >= most and areas[is_far].sum() <= _MOST_LAND * saved * areas.sum():
            best, most = Extent(_around(boxes[~is_far]), _around(boxes[is_far])), saved
    return best


def follow_extent(layer: gpd.GeoSeries | gpd.GeoDataFrame) -> float:
    """Return how many times larger than usual the land of a lon/lat layer is, 1 at least.

    Tolerances of simplification, least parts and distances on a map follow it.

    Examples
    --------
    >>> import geopandas as gpd
    >>> land = gpd.GeoSeries([shapely.box(108, 18, 111, 20)], crs="EPSG:4326")
    >>> follow_extent(land)
    1.0
    """
    west, south, east, north = find_extent(layer).bounds
    squeeze = np.cos(np.radians((south + north) / 2))
    reach = np.hypot((east - west) * squeeze, north - south) * _KM_PER_DEGREE
    return max(1.0, round(float(reach) / _USUAL_KM, 1))


def _groups(boxes: NDArray[np.float64], gap: float) -> NDArray[np.intp]:
    """Return the number of the group of each box; boxes nearer than about a gap are of one group.

    Told by the cells of a grid, half a gap wide: all boxes of the country are no burden so.
    """
    low = boxes[:, :2].min(axis=0)
    first = np.floor((boxes[:, :2] - low) / (gap / 2)).astype(int)
    last = np.floor((boxes[:, 2:] - low) / (gap / 2)).astype(int)
    grid = np.zeros(last.max(axis=0) + 1, dtype=bool)
    for (x0, y0), (x1, y1) in np.unique(np.stack([first, last], axis=1), axis=0):
        grid[x0 : x1 + 1, y0 : y1 + 1] = True
    groups: NDArray[np.intp] = _label(grid)[first[:, 0], first[:, 1]]
    return groups


def _label(grid: NDArray[np.bool_]) -> NDArray[np.intp]:
    """Return the number of the patch of each cell that is set, cells at a corner being one patch.

    The grid is small, and scipy's labelling takes longer to be imported than most questions take.
    """
    # A column of none parts the end of a row from the start of the next.
    width = grid.shape[1] + 1
    left = set(np.flatnonzero(np.pad(grid, ((0, 0), (0, 1)))).tolist())
    steps = (1, width - 1, width, width + 1)
    numbers = np.zeros(grid.shape, dtype=np.intp)
    patch = 0
    while left:
        front = [min(left)]
        left.discard(front[0])
        while front:
            cell = front.pop()
            numbers[divmod(cell, width)] = patch
            near = {cell + step for step in steps} | {cell - step for step in steps}
            near &= left
            left -= near
            front.extend(near)
        patch += 1
    return numbers


def _around(boxes: NDArray[np.float64]) -> tuple[float, float, float, float]:
    return _as_bounds([*boxes[:, :2].min(axis=0), *boxes[:, 2:].max(axis=0)])


def _as_bounds(values: NDArray[np.float64] | list[float]) -> tuple[float, float, float, float]:
    west, south, east, north = (float(value) for value in values)
    return west, south, east, north


def _within(
    boxes: NDArray[np.float64], frame: tuple[float, float, float, float]
) -> NDArray[np.bool_]:
    west, south, east, north = frame
    inside: NDArray[np.bool_] = (
        (boxes[:, 0] >= west)
        & (boxes[:, 1] >= south)
        & (boxes[:, 2] <= east)
        & (boxes[:, 3] <= north)
    )
    return inside


def _size(bounds: tuple[float, float, float, float]) -> float:
    west, south, east, north = bounds
    return (east - west) * (north - south)
