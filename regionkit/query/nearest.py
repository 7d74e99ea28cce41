"""The nearest of some points, for one point or for millions, measured on the ellipsoid.

The metric projection is the geocentric one (EPSG:4978, metres in three dimensions): it holds
for every place on earth, and the straight chord between two points tells their distance
along the ellipsoid within known bounds. A k-d tree (scipy's) finds candidates by chord;
wherever the chords do not decide, :class:`pyproj.Geod` does.

For many points a table of cells goes first. A cell of radius r holds every point that can be
nearest to some place in it: those no more than 2 r farther from its centre than the
nearest one. Most cells have one to three such points, and no tree is walked at all.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pyproj
from scipy.spatial import cKDTree

from regionkit.errors import InputError
from regionkit.query.locate import as_coordinates

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]
    Positions = NDArray[np.intp]

__all__ = ["Nearest", "Outline", "PointIndex", "geocentric"]

_POLE_LAT = 90.0
_GEOD = pyproj.Geod(ellps="WGS84")
_A = _GEOD.a
_E2 = _GEOD.es
#: Radii of curvature on the ellipsoid lie between a (1 - e^2) and a^2 / b (here with a margin).
_LARGEST_RADIUS = _A * _A / _GEOD.b * 1.001
_SMALLEST_RADIUS = _A * (1 - _E2)
#: Two chords of c metres differ from their geodesics alike, within _SPREAD c^3 metres.
_SPREAD = (_SMALLEST_RADIUS**-2 - _LARGEST_RADIUS**-2) / 24 * 1.05
#: Up to here the chord and the curvature give the geodesic to a millimetre.
_CHORD_FORMULA_M = 100_000.0
#: Rounding of coordinates and of the formula, metres.
_ROUNDING_M = 1e-3
#: Beyond this chord the bounds above are not relied on.
_LONGEST_CHORD_M = 1_000_000.0
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
            msg = f"k={k}: at least one nearest point must be asked for. Give k=1 or more."
            raise InputError(msg)
        if not max_km >= 0:
            msg = f"max_km={max_km}: a distance is 0 or more. Leave max_km out for no limit."
            raise InputError(msg)
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
            point = _Frame.at(lon[rest], lat[rest])
            chord, candidate = self._tree.query(point.xyz(), k=np.arange(1, asked + 1))
            length = np.empty_like(chord)
            for rank in range(asked):
                length[:, rank] = point.geodesic_m(self._xyz, candidate[:, rank], chord[:, rank])
            unsure = (length > _CHORD_FORMULA_M).any(axis=1)
            unsure |= (np.diff(np.sort(length)) < 2 * _ROUNDING_M).any(axis=1)
            row = np.flatnonzero(unsure)
            there = self._places[candidate[row]]
            length[row] = _geod_inverse_m(
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
            bound = _shortest_geodesic_m(chord[:, -1]) - _ROUNDING_M
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
        radius = _LARGEST_RADIUS * np.hypot(
            np.radians(lat_step) / 2,
            np.cos(np.radians(nearest_equator)) * np.radians(lon_step) / 2,
        )
        radius = np.repeat(radius, side) * (1 + 1e-9) + _ROUNDING_M
        reach = chord[:, 0] + 2 * radius
        reach += _SPREAD * reach**3 + _ROUNDING_M
        n_candidates = (chord <= reach[:, None]).sum(axis=1).astype(np.int8)
        # Too many, or too far for the bounds: the tree decides.
        n_candidates[(n_candidates > _CANDIDATES) | (reach > _LONGEST_CHORD_M)] = 0
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
        point = _Frame.at(lon, lat)
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
            margin = 2 * (_SPREAD * larger**1.5 + _ROUNDING_M) * np.sqrt(larger)
            tied[more] |= np.abs(other_square - square_here) <= margin
            place[more[closer]] = other[closer]
            square[more[closer]] = other_square[closer]
        distance_m = point.geodesic_m(self._xyz, place, np.sqrt(square))
        far = np.flatnonzero((distance_m > _CHORD_FORMULA_M) & ~tied & ~missing)
        if far.size:
            there = self._places[place[far]]
            distance_m[far] = _geod_inverse_m(lon[far], lat[far], there[:, 0], there[:, 1])
        tied = np.flatnonzero(tied & ~missing)
        if tied.size:
            by_tree = self._nearest_by_tree(lon[tied], lat[tied], 1)
            place[tied], distance_m[tied] = by_tree[0][:, 0], by_tree[1][:, 0]
        place[missing] = -1
        return place, distance_m


class Outline:
    """Edges, straight in lon and lat, that can be asked how far the nearest one is.

    Parameters
    ----------
    lon1, lat1, lon2, lat2 : ndarray of float, shape (m,), degrees
        Ends of the edges.

    Examples
    --------
    >>> equator = Outline(*(np.array([value]) for value in (0.0, 0.0, 10.0, 0.0)))
    >>> equator.distance_km(np.array([5.0]), np.array([1.0])).round(3)
    array([110.574])
    """

    #: Edges are cut to this length: there the chord leaves the edge by less than a centimetre.
    _longest_m = 500.0

    def __init__(self, lon1: Floats, lat1: Floats, lon2: Floats, lat2: Floats) -> None:
        ends = np.column_stack([lon1, lat1]), np.column_stack([lon2, lat2])
        length = np.linalg.norm(geocentric(*ends[1].T) - geocentric(*ends[0].T), axis=1)
        pieces = np.maximum(np.ceil(length / self._longest_m), 1).astype(np.intp)
        edge = np.repeat(np.arange(len(pieces)), pieces)
        number = np.arange(len(edge)) - np.repeat(np.cumsum(pieces) - pieces, pieces)
        step = (ends[1] - ends[0])[edge] / pieces[edge, None]
        self._start = ends[0][edge] + number[:, None] * step
        self._step = step
        self._start_xyz = geocentric(*self._start.T)
        end_xyz = geocentric(*(self._start + step).T)
        self._step_xyz = end_xyz - self._start_xyz
        self._length2 = np.maximum((self._step_xyz**2).sum(axis=1), 1e-12)
        self._half_m = float(np.sqrt(self._length2.max())) / 2
        self._tree = cKDTree((self._start_xyz + end_xyz) / 2)

    def distance_km(self, lon: Floats, lat: Floats) -> Floats:
        """Return the distance from each point to the nearest edge, kilometres."""
        distance_m = np.empty(len(lon))
        rest = np.arange(len(lon))
        asked = min(8, len(self._start))
        while rest.size:
            xyz = geocentric(lon[rest], lat[rest])
            middle_m, edge = self._tree.query(xyz, k=np.arange(1, asked + 1))
            offset = xyz[:, None, :] - self._start_xyz[edge]
            along = (offset * self._step_xyz[edge]).sum(axis=-1) / self._length2[edge]
            along = along.clip(0, 1)[..., None]
            chord = np.linalg.norm(offset - along * self._step_xyz[edge], axis=-1)
            # Geodesics are taken for all edges that the chords do not tell apart.
            limit = chord.min(axis=1)
            limit = limit + _SPREAD * limit**3 + 0.1
            row, column = np.nonzero(chord <= limit[:, None])
            foot = (self._start[edge] + along * self._step[edge])[row, column]
            length = _geod_inverse_m(lon[rest[row]], lat[rest[row]], foot[:, 0], foot[:, 1])
            distance_m[rest] = np.inf
            np.minimum.at(distance_m, rest[row], length)
            if asked == len(self._start):
                break
            # An edge not asked for has its middle at least as far as the last one's.
            rest = rest[middle_m[:, -1] - self._half_m <= limit]
            asked = min(4 * asked, len(self._start))
        return distance_m / 1000


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


@dataclass(frozen=True)
class _Frame:
    """Points in geocentric metres, with what the curvature under them needs."""

    x: Floats
    y: Floats
    z: Floats
    cos_lon: Floats = field(repr=False)
    sin_lon: Floats = field(repr=False)
    #: 1 - e^2 sin^2(latitude)
    flattening: Floats = field(repr=False)

    @classmethod
    def at(cls, lon: Floats, lat: Floats) -> _Frame:
        """Return the frame of points in degrees; not-a-number where one is missing."""
        with np.errstate(invalid="ignore"):
            lam, phi = np.radians(lon), np.radians(lat)
            sin_lat, sin_lon, cos_lon = np.sin(phi), np.sin(lam), np.cos(lam)
            flattening = 1 - _E2 * sin_lat * sin_lat
            normal = _A / np.sqrt(flattening)
            parallel = normal * np.cos(phi)
            z = normal * (1 - _E2) * sin_lat
        return cls(parallel * cos_lon, parallel * sin_lon, z, cos_lon, sin_lon, flattening)

    def at_rows(self, rows: Positions) -> _Frame:
        """Return the frame of some of the points; only their coordinates are read."""
        empty = self.x[:0]
        return _Frame(self.x[rows], self.y[rows], self.z[rows], empty, empty, empty)

    def xyz(self) -> Floats:
        """Return the coordinates, shape (n, 3), metres."""
        return np.column_stack([self.x, self.y, self.z])

    def squared_chord_m2(self, xyz: Floats, place: Positions) -> Floats:
        """Return the squared chord from each point to its place."""
        square = (xyz[:, 0].take(place) - self.x) ** 2
        square += (xyz[:, 1].take(place) - self.y) ** 2
        square += (xyz[:, 2].take(place) - self.z) ** 2
        return square

    def geodesic_m(self, xyz: Floats, place: Positions, chord_m: Floats) -> Floats:
        """Return the geodesic of each chord, right to a millimetre below a hundred kilometres.

        The geodesic is taken as an arc of the normal section, whose curvature follows from
        the azimuth by Euler's formula.
        """
        east = (xyz[:, 1].take(place) - self.y) * self.cos_lon
        east -= (xyz[:, 0].take(place) - self.x) * self.sin_lon
        with np.errstate(invalid="ignore", divide="ignore"):
            sin2_azimuth = np.nan_to_num((east / chord_m) ** 2)
        root = np.sqrt(self.flattening)
        across, meridian = root / _A, root * self.flattening / (_A * (1 - _E2))
        turn2 = (chord_m * (meridian + sin2_azimuth * (across - meridian))) ** 2
        return chord_m * (1 + turn2 / 24 * (1 + turn2 * (9 / 80)))


def geocentric(lon: Floats, lat: Floats) -> Floats:
    """Return geocentric coordinates (EPSG:4978) of points on the ellipsoid.

    Parameters
    ----------
    lon, lat : ndarray of float, shape (n,), degrees

    Returns
    -------
    ndarray of float, shape (n, 3), metres

    Examples
    --------
    >>> geocentric(np.array([0.0, 90.0]), np.array([0.0, 0.0])).round(1)
    array([[6378137.,       0.,       0.],
           [      0., 6378137.,       0.]])
    """
    return _Frame.at(lon, lat).xyz()


def _geod_inverse_m(lon1: Floats, lat1: Floats, lon2: Floats, lat2: Floats) -> Floats:
    """Return geodesics by pyproj, metres."""
    length: Floats = _GEOD.inv(lon1, lat1, lon2, lat2, return_back_azimuth=False)[2]
    return np.asarray(length, dtype=np.float64)


def _shortest_geodesic_m(chord_m: Floats) -> Floats:
    """Return a lower bound for geodesics of these chords: the arc of the largest radius."""
    half: Floats = np.minimum(chord_m / (2 * _LARGEST_RADIUS), 1)
    return 2 * _LARGEST_RADIUS * np.arcsin(half)


def _checked(lon: ArrayLike, lat: ArrayLike) -> tuple[Floats, Floats]:
    """Return coordinates as float64 arrays of one length with latitudes on the globe."""
    x, y = (np.asarray(values, dtype=np.float64) for values in as_coordinates(lon, lat))
    beyond = np.abs(y) > _POLE_LAT
    if beyond.any():
        position = int(np.flatnonzero(beyond)[0])
        msg = (
            f"lat[{position}]={y[position]:g} is beyond a pole; expected -90 to 90. "
            "Perhaps lon and lat are swapped, or the coordinates are projected."
        )
        raise InputError(msg)
    return x, y
