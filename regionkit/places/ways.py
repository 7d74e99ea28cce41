"""Ways over land: how a route known by its stops alone is drawn without crossing the sea.

A leg between two stops runs straight where that lies on land. Where it would cross the sea it takes
the shortest way over land, on a grid whose cells cost less the farther they lie from the coast; the
way is then pulled tight, and the whole route is smoothed through its stops. It tells what a route
joins, not where it runs.

References
----------
Catmull, E. & Rom, R. (1974), A class of local interpolating splines; knots after Yuksel, C.,
Schaefer, S. & Keyser, J. (2011), Parameterization and applications of Catmull-Rom curves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from regionkit.places.lands import land_content, land_within
from regionkit.places.projection import GEOD, local_projection

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    Floats = NDArray[np.float64]

__all__ = ["SEA_KM", "is_joined_by_land", "sea_length_km", "trace_way", "ways_content"]

# Raise it when ways are made otherwise, so that kept ones are not read.
_MADE = 2
#: A route at sea for no more than this crosses none: a quay, a pier, the width of a coastline.
SEA_KM = 0.5
# A leg straight across less sea than this is left straight: several of them make one route.
_LEG_SEA_KM = 0.1
# Side of the grid's cells, m; finer ones are tried where the first find no way, as long as there
# are not more of them than this. A box too large for the first has larger ones.
_CELLS_M = (4000.0, 2000.0, 1000.0)
_MOST_CELLS = 400_000
# How far about a leg its way is looked for, as a share of its length and at least degrees.
_REACH = (0.4, 1.2, 4.0)
_LEAST_REACH = 0.5
# Beside the coast a cell costs this many times one inland, and half of the rest each so many m.
_COAST_COST, _COAST_M = 2.0, 8000.0
# A way pulled tight keeps this far off the coast where there is room, m.
_OFF_COAST_M = 4000.0
# Of the coast that ways are traced by, metres.
_TOLERANCE_M = 100.0
# Points of a curve between two of its knots, and how far they may be thinned, degrees.
_CURVE, _THIN = 12, 0.001
# A line is looked at piece by piece, so that the land about each is small, degrees.
_PIECE = 4.0


def ways_content() -> str:
    """Return what names ways, and the land they keep to, in the cache folder.

    Examples
    --------
    >>> ways_content().startswith(land_content())
    True
    """
    return f"{land_content()}-{_MADE}"


def trace_way(
    stops: Sequence[shapely.Point], is_at_sea: Sequence[bool] | None = None
) -> BaseGeometry:
    """Return a schematic line through stops that keeps to the land.

    Parameters
    ----------
    stops : sequence of Point, lon/lat degrees
    is_at_sea : sequence of bool, optional
        Whether the route comes to each stop over the sea: such a leg is straight.

    Returns
    -------
    LineString
        Empty for fewer than two stops. Every stop is one of its vertices. Where no way over land
        joins two stops it runs straight between them.

    Examples
    --------
    >>> yingkou, xingcheng = shapely.Point(122.23, 40.67), shapely.Point(120.7, 40.62)
    >>> straight = shapely.LineString([yingkou, xingcheng])
    >>> way = trace_way([yingkou, xingcheng])
    >>> sea_length_km(straight) > 50, sea_length_km(way) < 0.5
    (True, True)
    """
    at = [(point.x, point.y) for point in stops]
    over_sea = list(is_at_sea) if is_at_sea is not None else [False] * len(at)
    # A stop given twice running makes no leg.
    kept = [n for n in range(len(at)) if n == 0 or at[n] != at[n - 1]]
    at, over_sea = [at[n] for n in kept], [over_sea[n] for n in kept]
    if len(at) < 2:
        return shapely.LineString()
    over_sea = over_sea[1:]
    # There and back is one way.
    is_turned = at[0] > at[-1]
    if is_turned:
        at, over_sea = at[::-1], over_sea[::-1]
    legs = [
        np.array([start, end]) if sea else _leg(start, end)
        for start, end, sea in zip(at[:-1], at[1:], over_sea, strict=True)
    ]
    way = _smooth(legs, over_sea)
    return way.reverse() if is_turned else way


def sea_length_km(line: BaseGeometry) -> float:
    """Return how much of a line in lon/lat degrees lies at sea, kilometres.

    Examples
    --------
    >>> round(sea_length_km(shapely.LineString([(120.5, 39.8), (120.8, 39.8)])))
    26
    """
    return (
        sum(
            float(GEOD.geometry_length(piece.difference(land_within(*_box(piece)))))
            for piece in _pieces(line)
        )
        / 1000
    )


def is_joined_by_land(start: shapely.Point, end: shapely.Point) -> bool:
    """Return whether a way over land joins two points in lon/lat degrees.

    Examples
    --------
    >>> dalian, changhai = shapely.Point(121.6, 38.92), shapely.Point(122.58, 39.27)
    >>> is_joined_by_land(dalian, shapely.Point(122.23, 40.67)), is_joined_by_land(dalian, changhai)
    (True, False)
    """
    straight = shapely.LineString([start, end])
    if straight.length == 0 or sea_length_km(straight) <= SEA_KM:
        return True
    return _way_over_land((start.x, start.y), (end.x, end.y))[1] <= SEA_KM


def _pieces(line: BaseGeometry) -> list[BaseGeometry]:
    """Return a line cut at the cells that land is asked for by."""
    pieces = []
    for part in shapely.get_parts(line):
        if part.is_empty or part.geom_type != "LineString":
            continue
        west, south, east, north = part.bounds
        for x in np.arange(np.floor(west / _PIECE), np.floor(east / _PIECE) + 1):
            for y in np.arange(np.floor(south / _PIECE), np.floor(north / _PIECE) + 1):
                cut = shapely.clip_by_rect(
                    part, x * _PIECE, y * _PIECE, (x + 1) * _PIECE, (y + 1) * _PIECE
                )
                if cut.length:
                    pieces.append(cut)
    return pieces


def _box(piece: BaseGeometry) -> tuple[float, float, float, float]:
    """Return the cell of the grid of land that a piece lies in."""
    middle = shapely.box(*piece.bounds).centroid
    x, y = np.floor(middle.x / _PIECE) * _PIECE, np.floor(middle.y / _PIECE) * _PIECE
    return float(x), float(y), float(x + _PIECE), float(y + _PIECE)


def _leg(start: tuple[float, float], end: tuple[float, float]) -> Floats:
    """Return the vertices of a leg: its two ends, or the way over land between them."""
    straight = np.array([start, end])
    sea_km = sea_length_km(shapely.LineString(straight))
    if sea_km <= _LEG_SEA_KM:
        return straight
    # A stop off the coast leaves the last of the way at sea.
    way, least_km = _way_over_land(start, end)
    return way if least_km < sea_km else straight


def _way_over_land(start: tuple[float, float], end: tuple[float, float]) -> tuple[Floats, float]:
    """Return the vertices of a way over land, pulled tight, and how much of it is at sea, km.

    Infinitely much where there is no way.
    """
    import geopandas as gpd
    import pyproj

    ends = shapely.LineString([start, end])
    best, least_km = np.array([start, end]), np.inf
    for reach in _REACH:
        around = max(reach * ends.length, _LEAST_REACH)
        box = ends.buffer(around).bounds
        crs = local_projection(gpd.GeoSeries([shapely.box(*box)], crs="EPSG:4326"))
        forth = pyproj.Transformer.from_crs(4326, crs, always_xy=True)
        back = pyproj.Transformer.from_crs(crs, 4326, always_xy=True)
        land = shapely.make_valid(
            shapely.transform(land_within(*box), forth.transform, interleaved=False)
        ).simplify(_TOLERANCE_M)
        a, b = (np.array(forth.transform(*one)) for one in (start, end))
        if land.is_empty or _shore(land, a) != _shore(land, b):
            continue
        west, south, east, north = land.bounds
        least = np.sqrt((east - west) * (north - south) / _MOST_CELLS)
        for cell in [one for one in _CELLS_M if one >= least] or [float(least)]:
            rough = _cross_cells(land, a, b, cell)
            if rough is None:
                continue
            tight = _pull_tight(land, rough, cell)
            lon, lat = back.transform(*tight.T)
            way = np.column_stack([lon, lat])
            way[0], way[-1] = start, end
            sea_km = sea_length_km(shapely.LineString(way))
            if sea_km < least_km:
                best, least_km = way, sea_km
            if sea_km <= SEA_KM:
                return best, least_km
        if np.isfinite(least_km):
            break
    return best, least_km


def _shore(land: BaseGeometry, spot: Floats) -> int:
    """Return which island or mainland a point lies on or nearest to."""
    return int(shapely.distance(shapely.get_parts(land), shapely.Point(spot)).argmin())


def _cross_cells(land: BaseGeometry, a: Floats, b: Floats, cell: float) -> Floats | None:
    """Return the cheapest way over the cells of the land, its ends at two points; None for none."""
    from scipy.ndimage import distance_transform_edt
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import dijkstra

    west, south, east, north = land.bounds
    x = np.arange(west + cell / 2, east, cell)
    y = np.arange(south + cell / 2, north, cell)
    if not len(x) or not len(y):
        return None
    shapely.prepare(land)
    is_land = shapely.contains_xy(land, *np.meshgrid(x, y))
    if not is_land.any():
        return None
    # The edge of the box is no coast.
    inland = distance_transform_edt(np.pad(is_land, 1, mode="edge"))[1:-1, 1:-1] * cell
    cost = 1 + (_COAST_COST - 1) * 0.5 ** ((inland - cell) / _COAST_M)
    number = np.full(is_land.shape, -1)
    number[is_land] = np.arange(is_land.sum())
    spots = np.column_stack([axis[is_land] for axis in np.meshgrid(x, y)])
    steps = []
    # To the eight cells about it and, so that ways are not bound to eight directions, the eight
    # a knight's move off.
    for dy, dx in ((0, 1), (1, 0), (1, 1), (1, -1), (1, 2), (2, 1), (2, -1), (1, -2)):
        here, there = _shifted(number, dy, dx)
        price, other = _shifted(cost, dy, dx)
        both = (here >= 0) & (there >= 0)
        steps.append(
            np.column_stack([here[both], there[both], (price + other)[both] / 2 * np.hypot(dx, dy)])
        )
    step = np.concatenate(steps)
    # Older scipy takes 32-bit numbers of cells alone.
    here, there = step[:, 0].astype(np.int32), step[:, 1].astype(np.int32)
    # A step from land to land may yet cross an inlet, near the coast alone.
    off_coast = inland[is_land]
    near = np.flatnonzero(np.minimum(off_coast[here], off_coast[there]) <= 2 * cell)
    strokes = shapely.linestrings(np.stack([spots[here[near]], spots[there[near]]], axis=1))
    is_open = np.ones(len(step), dtype=bool)
    is_open[near] = shapely.covers(land, strokes)
    graph = coo_array(
        (step[is_open, 2], (here[is_open], there[is_open])), shape=(len(spots), len(spots))
    ).tocsr()
    first, last = (int(np.hypot(*(spots - one).T).argmin()) for one in (a, b))
    length, before = dijkstra(graph, directed=False, indices=first, return_predecessors=True)
    if not np.isfinite(length[last]):
        return None
    way = [last]
    while way[-1] != first:
        way.append(int(before[way[-1]]))
    return np.vstack([a, spots[way[::-1]], b])


def _shifted(grid: NDArray[np.float64], dy: int, dx: int) -> tuple[Floats, Floats]:
    """Return a grid's values and those a step away, where both are in it."""
    height, width = grid.shape
    left, right = max(-dx, 0), width - max(dx, 0)
    return grid[: height - dy, left:right], grid[dy:, left + dx : right + dx]


def _pull_tight(land: BaseGeometry, way: Floats, cell: float) -> Floats:
    """Return a way over cells with the vertices that it can do without gone."""
    # It keeps its distance from the coast where it had one.
    room = shapely.union_all(
        [land.buffer(-_OFF_COAST_M, quad_segs=2), shapely.LineString(way).buffer(cell)]
    ).intersection(land)
    ends = shapely.union_all(shapely.points(way[[0, -1]])).buffer(cell)
    room = shapely.union_all([room, ends])
    shapely.prepare(room)
    kept, here = [0], 0
    while here < len(way) - 1:
        # The farthest vertex in sight; the next one at least.
        ahead = np.arange(here + 1, len(way))
        strokes = shapely.linestrings(
            np.stack([np.broadcast_to(way[here], (len(ahead), 2)), way[ahead]], axis=1)
        )
        seen = ahead[shapely.covers(room, strokes)]
        here = int(seen.max()) if len(seen) else here + 1
        kept.append(here)
    return way[kept]


def _smooth(legs: list[Floats], over_sea: Sequence[bool]) -> shapely.LineString:
    """Return legs as one curve through their vertices; a leg that it would lead to sea stays."""
    knots = np.vstack([legs[0][:1], *(leg[1:] for leg in legs)])
    if len(knots) < 3:
        return shapely.LineString(knots)
    owner = np.repeat(np.arange(len(legs)), [len(leg) - 1 for leg in legs])
    share = np.array([np.cos(np.radians(knots[:, 1].mean())), 1.0])
    parts = [knots[:1]]
    for number, curve in enumerate(_curves(knots * share)):
        bent = curve / share
        stroke = knots[number : number + 2]
        sea_km, least_km = (sea_length_km(shapely.LineString(one)) for one in (bent, stroke))
        if over_sea[owner[number]] or sea_km > least_km:
            bent = stroke
        # Thinned by itself, so that every stop stays a vertex.
        thin = shapely.get_coordinates(shapely.LineString(bent).simplify(_THIN))
        thin = thin.round(6)
        thin[0], thin[-1] = stroke
        parts.append(thin[1:])
    return shapely.LineString(np.vstack(parts))


def _curves(knots: Floats) -> list[Floats]:
    """Return a centripetal Catmull-Rom curve between each two knots running, ends included."""
    ends = 2 * knots[[0, -1]] - knots[[1, -2]]
    points = np.vstack([ends[:1], knots, ends[1:]])
    step = np.maximum(np.sqrt(np.hypot(*np.diff(points, axis=0).T)), 1e-9)
    at = np.concatenate([[0.0], np.cumsum(step)])
    curves = []
    for n in range(1, len(knots)):
        t = np.linspace(at[n], at[n + 1], _CURVE + 1)[:, None]
        level = [points[n - 1 + k] for k in range(4)]
        times = at[n - 1 : n + 3]
        # Neville's scheme: three rounds of mixing neighbours, each over one knot more.
        a = [_mix(t, times[k], times[k + 1], level[k], level[k + 1]) for k in range(3)]
        b = [_mix(t, times[k], times[k + 2], a[k], a[k + 1]) for k in range(2)]
        curves.append(_mix(t, times[1], times[2], b[0], b[1]))
    return curves


def _mix(t: Floats, start: float, end: float, first: Floats, second: Floats) -> Floats:
    return (end - t) / (end - start) * first + (t - start) / (end - start) * second
