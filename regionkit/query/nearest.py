"""The nearest of some points, for one point or for millions, measured on the ellipsoid.

A k-d tree (scipy's) of geocentric coordinates finds candidates by the chord;
:mod:`regionkit.query.ellipsoid` says how far chords can be trusted, and wherever they do not
decide, :class:`pyproj.Geod` does.

For many points a table of cells goes first. A cell of radius r holds every point that can be
nearest to some place in it: those no more than 2 r farther from its centre than the
nearest one. Most cells have one to three such points, and no tree is walked at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from scipy.spatial import cKDTree

from regionkit.errors import InputError
from regionkit.query.coordinates import as_coordinates
from regionkit.query.ellipsoid import (
    CHORD_FORMULA_M,
    LARGEST_RADIUS,
    LONGEST_CHORD_M,
    ROUNDING_M,
    SPREAD,
    Frame,
    geocentric,
    geod_inverse_m,
    shortest_geodesic_m,
)
from regionkit.words.message import Option, msg

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]
    Positions = NDArray[np.intp]

__all__ = ["Nearest", "PointIndex"]

_POLE_LAT = 90.0
_PASS = 1 << 15
#: Points from which a table of cells pays, and the candidates that a cell keeps.
_TABLE_FROM = 50_000
_CANDIDATES = 4
#: Cells to a place, within bounds of points to a cell; measured with 300 to 30,000 places.
_CELLS_PER_PLACE = 48
_POINTS_PER_CELL = (6, 48)


class Nearest(NamedTuple):
    """The nearest points of a search.

    Attributes
    ----------
    position : ndarray of intp, shape (n, k)
        Position in the searched points, nearest first; -1 where there is none.
    distance_km : ndarray of float, shape (n, k), kilometres
        Along the WGS-84 ellipsoid; NaN where there is none.
    """

    position: Positions
    distance_km: Floats


class PointIndex:
    """Points that can be asked which of them is nearest.

    Parameters
    ----------
    lon, lat : array-like of float, shape (m,), degrees
        WGS-84. Points with a missing coordinate are never found.

    Raises
    ------
    InputError
        When the two differ in length or are not numbers, or when a latitude is beyond a pole.

    Examples
    --------
    >>> ports = PointIndex([121.6, 122.2, 121.0], [38.9, 40.7, 40.8])
    >>> found = ports.nearest([121.1, 122.0], [40.9, 39.5])
    >>> found.position[:, 0], found.distance_km[:, 0].round(2)
    (array([2, 0]), array([13.94, 75.04]))
    """

    def __init__(self, lon: ArrayLike, lat: ArrayLike) -> None:
        x, y = _checked(lon, lat)
        present = np.flatnonzero(np.isfinite(x) & np.isfinite(y))
        # Projects located by their county share its point: the tree holds each place once.
        places, place_of = np.unique(
            np.column_stack([x[present], y[present]]), axis=0, return_inverse=True
        )
        self._places = places.reshape(-1, 2)
        by_place = np.argsort(place_of, kind="stable")
        self._members: Positions = present[by_place]
        self._n_members = np.bincount(place_of, minlength=len(self._places))
        self._first_member = np.cumsum(self._n_members) - self._n_members
        # Column by column, as the searches read it.
        self._xyz = np.asfortranarray(geocentric(self._places[:, 0], self._places[:, 1]))
        self._tree = cKDTree(self._xyz)

    def __len__(self) -> int:
        """Return the number of points that can be found."""
        return len(self._members)

    def nearest(
        self, lon: ArrayLike, lat: ArrayLike, k: int = 1, *, max_km: float = np.inf
    ) -> Nearest:
        """Return the k nearest points to each of the points given, nearest first.

        Parameters
        ----------
        lon, lat : array-like of float, shape (n,), or two floats, degrees
            WGS-84. Points with a missing coordinate have no nearest.
        k : int, default 1
            How many to find.
        max_km : float, optional, kilometres
            Points farther than this are not found.

        Returns
        -------
        Nearest
            Positions and distances, shape (n, k). Of points at the same place the one that
            stands first comes first.

        Raises
        ------
        InputError
            When k is below 1, max_km is negative, the two differ in length or are not
            numbers, or a latitude is beyond a pole.
        """
        if k < 1:
            raise InputError(
                msg(
                    "{option}: at least one nearest point must be asked for.", option=Option("k", k)
                ),
                mend=msg("Give 1 or more."),
            )
        if not max_km >= 0:
            raise InputError(
                msg("{option}: a distance is 0 or more.", option=Option("max_km", max_km)),
                mend=msg("Leave it out for no limit."),
            )
        x, y = _checked(lon, lat)
        found = Nearest(np.full((len(x), k), -1, np.intp), np.full((len(x), k), np.nan))
        if len(self) == 0:
            return found
        if k == 1 and len(x) >= max(_TABLE_FROM, _POINTS_PER_CELL[0] * len(self._places)):
            self._nearest_by_table(x, y, found)
        else:
            asked = np.flatnonzero(np.isfinite(x) & np.isfinite(y))
            for start in range(0, len(asked), _PASS):
                some = asked[start : start + _PASS]
                place, distance_m = self._nearest_by_tree(x[some], y[some], k)
                found.position[some], distance_m = self._expand(place, distance_m, k)
                found.distance_km[some] = distance_m / 1000
        if np.isfinite(max_km):
            far = ~(found.distance_km <= max_km)
            found.position[far] = -1
            found.distance_km[far] = np.nan
        return found

    def _expand(self, place: Positions, distance_m: Floats, k: int) -> tuple[Positions, Floats]:
        """Return points and distances for places: a place counts once for each of its points."""
        filled = np.where(place >= 0, self._n_members[place], 0).cumsum(axis=1)
        position = np.full((len(place), k), -1, np.intp)
        distance = np.full((len(place), k), np.nan)
        for slot in range(k):
            rank = (filled <= slot).sum(axis=1)
            row = np.flatnonzero(rank < place.shape[1])
            rank = rank[row]
            here = place[row, rank]
            before = filled[row, rank] - self._n_members[here]
            position[row, slot] = self._members[self._first_member[here] + slot - before]
            distance[row, slot] = distance_m[row, rank]
        return position, distance

    def _nearest_by_tree(self, lon: Floats, lat: Floats, k: int) -> tuple[Positions, Floats]:
        """Return the k nearest places and their geodesics in metres, -1 and NaN beyond the last."""
        k = min(k, len(self._places))
        place = np.full((len(lon), k), -1, np.intp)
        distance_m = np.full((len(lon), k), np.nan)
        rest = np.arange(len(lon))
        asked = min(k + 1, len(self._places))
        while rest.size:
            point = Frame.at(lon[rest], lat[rest])
            chord, candidate = self._tree.query(point.xyz(), k=np.arange(1, asked + 1))
            length = np.empty_like(chord)
            for rank in range(asked):
                length[:, rank] = point.geodesic_m(self._xyz, candidate[:, rank], chord[:, rank])
            unsure = (length > CHORD_FORMULA_M).any(axis=1)
            unsure |= (np.diff(np.sort(length)) < 2 * ROUNDING_M).any(axis=1)
            row = np.flatnonzero(unsure)
            there = self._places[candidate[row]]
            length[row] = geod_inverse_m(
                np.broadcast_to(lon[rest[row], None], there.shape[:2]),
                np.broadcast_to(lat[rest[row], None], there.shape[:2]),
                there[..., 0],
                there[..., 1],
            )
            order = np.lexsort((self._members[self._first_member[candidate]], length), axis=-1)
            best = order[:, :k]
            place[rest] = np.take_along_axis(candidate, best, axis=1)
            distance_m[rest] = np.take_along_axis(length, best, axis=1)
            if asked == len(self._places):
                break
            # Every place not asked for is at least this far.
            bound = shortest_geodesic_m(chord[:, -1]) - ROUNDING_M
            rest = rest[bound <= distance_m[rest, k - 1]]
            asked = min(2 * asked, len(self._places))
        return place, distance_m

    def _nearest_by_table(self, lon: Floats, lat: Floats, found: Nearest) -> None:
        """Write the nearest point of each into ``found``, by a table of cells."""
        table = self._table_for(lon, lat)
        if table is None:
            return
        for start in range(0, len(lon), _PASS):
            part = slice(start, start + _PASS)
            place, distance_m = self._nearest_in_cells(table, lon[part], lat[part])
            known = np.flatnonzero(place >= 0)
            members = self._members[self._first_member[place[known]]]
            found.position[part, 0][known] = members
            found.distance_km[part, 0][known] = distance_m[known] / 1000

    def _table_for(self, lon: Floats, lat: Floats) -> _CellTable | None:
        """Return the table of cells over the points asked about, None where all are missing."""
        west, east = np.fmin.reduce(lon), np.fmax.reduce(lon)
        south, north = np.fmin.reduce(lat), np.fmax.reduce(lat)
        if not np.isfinite([west, south, east, north]).all():
            # An infinite coordinate, or none at all: the grid spans what is finite.
            finite = np.isfinite(lon) & np.isfinite(lat)
            if not finite.any():
                return None
            west, east = lon[finite].min(), lon[finite].max()
            south, north = lat[finite].min(), lat[finite].max()
        most, least = (len(lon) / points for points in _POINTS_PER_CELL)
        side = int(np.sqrt(np.clip(_CELLS_PER_PLACE * len(self._places), least, most)))
        lon_step = max((east - west) / side, 1e-9)
        lat_step = max((north - south) / side, 1e-9)
        centre_lat = south + (np.arange(side) + 0.5) * lat_step
        centre_lon = west + (np.arange(side) + 0.5) * lon_step
        xyz = geocentric(np.tile(centre_lon, side), np.repeat(centre_lat, side))
        asked = min(_CANDIDATES + 1, len(self._places))
        chord, place = self._tree.query(xyz, k=np.arange(1, asked + 1))

        # A bound for the chord from the centre to anywhere in the cell (Haversine form).
        nearest_equator = np.maximum(np.abs(centre_lat) - lat_step, 0)
        radius = LARGEST_RADIUS * np.hypot(
            np.radians(lat_step) / 2,
            np.cos(np.radians(nearest_equator)) * np.radians(lon_step) / 2,
        )
        radius = np.repeat(radius, side) * (1 + 1e-9) + ROUNDING_M
        reach = chord[:, 0] + 2 * radius
        reach += SPREAD * reach**3 + ROUNDING_M
        n_candidates = (chord <= reach[:, None]).sum(axis=1).astype(np.int8)
        # Too many, or too far for the bounds: the tree decides.
        n_candidates[(n_candidates > _CANDIDATES) | (reach > LONGEST_CHORD_M)] = 0
        return _CellTable(
            west, south, 1 / lon_step, 1 / lat_step, side, place.T.copy(), n_candidates
        )

    def _nearest_in_cells(
        self, table: _CellTable, lon: Floats, lat: Floats
    ) -> tuple[Positions, Floats]:
        """Return the nearest place and its geodesic in metres, -1 for a missing point."""
        missing = ~(np.isfinite(lon) & np.isfinite(lat))
        cell = table.cell_of(lon, lat)
        n_candidates = table.n_candidates.take(cell)
        point = Frame.at(lon, lat)
        place = table.places[0].take(cell)
        square = point.squared_chord_m2(self._xyz, place)
        tied = n_candidates == 0
        for rank in range(1, len(table.places)):
            more = np.flatnonzero(n_candidates > rank)
            if not more.size:
                break
            other = table.places[rank].take(cell[more])
            other_square = point.at_rows(more).squared_chord_m2(self._xyz, other)
            square_here = square[more]
            closer = other_square < square_here
            # sqrt(a) - sqrt(b) <= s  is  a - b <= 2 s sqrt(a) - s^2; the last is left off.
            larger = np.maximum(other_square, square_here)
            margin = 2 * (SPREAD * larger**1.5 + ROUNDING_M) * np.sqrt(larger)
            tied[more] |= np.abs(other_square - square_here) <= margin
            place[more[closer]] = other[closer]
            square[more[closer]] = other_square[closer]
        distance_m = point.geodesic_m(self._xyz, place, np.sqrt(square))
        far = np.flatnonzero((distance_m > CHORD_FORMULA_M) & ~tied & ~missing)
        if far.size:
            there = self._places[place[far]]
            distance_m[far] = geod_inverse_m(lon[far], lat[far], there[:, 0], there[:, 1])
        tied = np.flatnonzero(tied & ~missing)
        if tied.size:
            by_tree = self._nearest_by_tree(lon[tied], lat[tied], 1)
            place[tied], distance_m[tied] = by_tree[0][:, 0], by_tree[1][:, 0]
        place[missing] = -1
        return place, distance_m


@dataclass(frozen=True)
class _CellTable:
    """A grid of cells with the places that can be nearest to a point in each."""

    west: float
    south: float
    per_lon: float
    per_lat: float
    side: int
    places: Positions
    n_candidates: NDArray[np.int8]

    def cell_of(self, lon: Floats, lat: Floats) -> Positions:
        """Return the cell of each point; any cell for a missing one."""
        cell = self._number(lat, self.south, self.per_lat) * self.side
        cell += self._number(lon, self.west, self.per_lon)
        return cell

    def _number(self, degrees: Floats, origin: float, per_degree: float) -> Positions:
        with np.errstate(over="ignore"):
            scaled = (degrees - origin) * per_degree
        np.fmax(scaled, 0.0, out=scaled)
        np.fmin(scaled, float(self.side - 1), out=scaled)
        return scaled.astype(np.intp)


def _checked(lon: ArrayLike, lat: ArrayLike) -> tuple[Floats, Floats]:
    """Return coordinates as float64 arrays of one length with latitudes on the globe."""
    x, y = (np.asarray(values, dtype=np.float64) for values in as_coordinates(lon, lat))
    beyond = np.abs(y) > _POLE_LAT
    if beyond.any():
        position = int(np.flatnonzero(beyond)[0])
        raise InputError(
            msg(
                "lat[{position}]={lat:g} is beyond a pole; expected -90 to 90.",
                position=position,
                lat=y[position],
            ),
            mend=msg("Perhaps lon and lat are swapped, or the coordinates are projected."),
        )
    return x, y
