"""Geometry of a page in few bytes: each border once, as differences of whole numbers.

A coverage becomes arcs (pieces of border between the points where three or more borders meet)
and, for each unit, the rings of arcs that bound it. Neighbours share the very arc, so their
borders coincide exactly on the screen, and larger units (cities, zones) need no geometry of
their own: their outline is made of the arcs that bound their counties an odd number of times.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import geopandas as gpd
    from numpy.typing import NDArray

__all__ = [
    "LETTERS",
    "OWN_SCALE",
    "POINT_SCALE",
    "decode_numbers",
    "encode_coverage",
    "encode_line",
    "encode_numbers",
]

# Digits of a number, 0 to 63.
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
# Steps of a point's grid to a degree: 11 m.
POINT_SCALE = 10_000
# Steps to a degree of what a user gives: 0.1 m, so that no parcel, post or line moves by metres.
OWN_SCALE = 1_000_000
# A character carries five bits of a number and one that tells whether more follow.
_BITS = 5
_MORE = 1 << _BITS
# Grid steps to a degree that are tried: about 110 m, then finer until the coverage holds.
_SCALES = (1_000, 2_500, 5_000, 10_000, 100_000, 1_000_000, 10_000_000)
# The page reads an arc walked backwards as its bitwise complement, as TopoJSON does.


def encode_numbers(numbers: Iterable[int]) -> str:
    """Return whole numbers as text, small ones in one character.

    Examples
    --------
    >>> encode_numbers([0, 1, -1, 100])
    'ACBoG'
    """
    out = []
    for number in numbers:
        rest = number << 1 if number >= 0 else ~(number << 1)
        while rest >= _MORE:
            out.append(LETTERS[_MORE | (rest & (_MORE - 1))])
            rest >>= _BITS
        out.append(LETTERS[rest])
    return "".join(out)


def decode_numbers(text: str) -> list[int]:
    """Return the numbers of :func:`encode_numbers`.

    Examples
    --------
    >>> decode_numbers("ACBoG")
    [0, 1, -1, 100]
    """
    numbers, value, shift = [], 0, 0
    for letter in text:
        code = LETTERS.index(letter)
        value |= (code & (_MORE - 1)) << shift
        shift += _BITS
        if code < _MORE:
            numbers.append(~(value >> 1) if value & 1 else value >> 1)
            value, shift = 0, 0
    return numbers


def encode_line(grid: NDArray[np.int64]) -> str:
    """Return a line on a grid as the differences of its points.

    Parameters
    ----------
    grid : array of int, shape (n, 2)
    """
    steps = np.diff(grid, axis=0, prepend=np.zeros((1, 2), dtype=grid.dtype))
    return encode_numbers(steps.reshape(-1).tolist())


def grid_scale(
    coverage: NDArray[np.object_], *, most_off: float | None = None, least: int = 0
) -> int:
    """Return the fewest grid steps to a degree on which a coverage stays valid, and true.

    Parameters
    ----------
    coverage : array of polygons
    most_off : float, optional
        Share by which the area of any ring, a hole or an islet too, may change.
    least : int
        Steps that it has at least.
    """
    is_coverage = shapely.coverage_is_valid(coverage)
    scales = [scale for scale in _SCALES if scale >= least]
    for scale in scales if is_coverage else scales[-2:]:
        grid = shapely.transform(coverage, lambda xy, scale=scale: np.round(xy * scale) / scale)
        try:
            moved = shapely.remove_repeated_points(grid)
        except shapely.errors.GEOSException:
            # A ring smaller than a step has too few points left.
            continue
        is_whole = shapely.is_valid(moved).all() and shapely.coverage_is_valid(moved)
        if is_coverage and not is_whole:
            continue
        if most_off is None or _most_off(coverage, grid) <= most_off:
            return scale
    return _SCALES[-1]


def _most_off(coverage: NDArray[np.object_], grid: NDArray[np.object_]) -> float:
    """Return the largest share by which the area of a ring differs on a grid."""
    before, after = (
        shapely.area(shapely.polygons(shapely.get_rings(shapely.get_parts(shapes))))
        for shapes in (coverage, grid)
    )
    return float(np.max(np.abs(after - before) / before, initial=0.0))


def to_grid(xy: NDArray[np.float64], scale: int) -> NDArray[np.int64]:
    """Return coordinates as whole numbers of grid steps."""
    return np.round(xy * scale).astype(np.int64)


def encode_coverage(
    coverage: gpd.GeoSeries,
    *,
    scale: int | None = None,
    most_off: float | None = None,
    least: int = 0,
) -> dict[str, Any]:
    """Return a coverage as arcs and rings.

    Parameters
    ----------
    coverage : GeoSeries of polygons, lon/lat degrees
        Neighbours share every vertex of their border.
    scale : int, optional
        Grid steps to a degree; the fewest that keep the coverage valid, from 1000 (110 m).
    most_off : float, optional
        Share by which the area of any ring may change on the grid.
    least : int
        Steps that the grid has at least, where it is found: of a step of 0.1 m nothing moves far.

    Returns
    -------
    dict
        ``scale``; ``arcs``, one text a piece of border; ``rings``, for each unit its rings,
        each a list of arc numbers (``~n`` is arc n walked backwards). Filled by the even-odd
        rule the rings are the unit.

    Examples
    --------
    >>> import geopandas as gpd
    >>> squares = gpd.GeoSeries([shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)])
    >>> made = encode_coverage(squares)
    >>> len(made["arcs"]), made["rings"]
    (3, [[[0, 1]], [[-1, 2]]])
    """
    # All rings run one way, so that the arcs of an outline follow each other.
    array = shapely.orient_polygons(coverage.to_numpy())
    scale = grid_scale(array, most_off=most_off, least=least) if scale is None else scale
    points, rings = _read_rings(array, scale)
    corners = _junctions(rings, len(points))
    numbers: dict[tuple[int, ...], int] = {}
    units = [[_name_arcs(ring, corners, numbers) for ring in unit] for unit in rings]
    return {
        "scale": scale,
        "arcs": [encode_line(points[list(arc)]) for arc in numbers],
        "rings": units,
    }


def _read_rings(
    array: NDArray[np.object_], scale: int
) -> tuple[NDArray[np.int64], list[list[list[int]]]]:
    """Return the distinct points on the grid, and each unit's rings as numbers of points."""
    xy, owner = shapely.get_coordinates(
        shapely.get_rings(shapely.get_parts(array)), return_index=True
    )
    grid = to_grid(xy, scale)
    points, ids = np.unique(grid, axis=0, return_inverse=True)
    ids = ids.reshape(-1)
    # Parts and rings keep the order of the units they come from.
    parts, unit_of_part = shapely.get_parts(array, return_index=True)
    _, part_of_ring = shapely.get_rings(parts, return_index=True)
    units: list[list[list[int]]] = [[] for _ in array]
    ends = np.flatnonzero(np.diff(owner)) + 1
    for number, ring in enumerate(np.split(ids, ends)):
        distinct = _without_repeats(ring.tolist())
        if len(distinct) > 2:
            units[unit_of_part[part_of_ring[number]]].append(distinct)
    return points, units


def _without_repeats(ring: Sequence[int]) -> list[int]:
    """Return a ring opened, and without points that stand twice in a row."""
    kept = [p for i, p in enumerate(ring) if i == 0 or p != ring[i - 1]]
    return kept[:-1] if len(kept) > 1 and kept[0] == kept[-1] else kept


def _junctions(units: list[list[list[int]]], n_points: int) -> NDArray[np.bool_]:
    """Return which points have other than two neighbours: there borders meet or part."""
    neighbours: list[set[int]] = [set() for _ in range(n_points)]
    for unit in units:
        for ring in unit:
            for here, there in zip(ring, ring[1:] + ring[:1], strict=True):
                neighbours[here].add(there)
                neighbours[there].add(here)
    return np.array([len(near) != 2 for near in neighbours])


def _name_arcs(
    ring: list[int], corners: NDArray[np.bool_], numbers: dict[tuple[int, ...], int]
) -> list[int]:
    """Return a ring as numbers of arcs, new arcs entered under the next number."""
    cuts = [i for i, point in enumerate(ring) if corners[point]]
    if not cuts:
        # An island, or an enclave whose hole is the same ring: begin both at the same point.
        start = ring.index(min(ring))
        cuts = [start]
    turned = ring[cuts[0] :] + ring[: cuts[0]]
    turned.append(turned[0])
    stops = [cut - cuts[0] for cut in cuts] + [len(ring)]
    found = []
    for start, stop in pairwise(stops):
        arc = tuple(turned[start : stop + 1])
        if arc in numbers:
            found.append(numbers[arc])
        elif arc[::-1] in numbers:
            found.append(~numbers[arc[::-1]])
        else:
            numbers[arc] = len(numbers)
            found.append(numbers[arc])
    return found
