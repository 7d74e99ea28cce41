"""Chords and geodesics between points on the WGS-84 ellipsoid.

The metric projection is the geocentric one (EPSG:4978, metres in three dimensions): it holds
for every place on earth, and the straight chord between two points tells their distance
along the ellipsoid within known bounds.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pyproj

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Positions = NDArray[np.intp]

__all__ = [
    "CHORD_FORMULA_M",
    "LARGEST_RADIUS",
    "LONGEST_CHORD_M",
    "ROUNDING_M",
    "SPREAD",
    "Frame",
    "geocentric",
    "geod_inverse_m",
    "shortest_geodesic_m",
]

_GEOD = pyproj.Geod(ellps="WGS84")
_A = _GEOD.a
_E2 = _GEOD.es
#: Radii of curvature on the ellipsoid lie between a (1 - e^2) and a^2 / b (here with a margin).
LARGEST_RADIUS = _A * _A / _GEOD.b * 1.001
_SMALLEST_RADIUS = _A * (1 - _E2)
#: Two chords of c metres differ from their geodesics alike, within SPREAD c^3 metres.
SPREAD = (_SMALLEST_RADIUS**-2 - LARGEST_RADIUS**-2) / 24 * 1.05
#: Up to here the chord and the curvature give the geodesic to a millimetre.
CHORD_FORMULA_M = 100_000.0
#: Rounding of coordinates and of the formula, metres.
ROUNDING_M = 1e-3
#: Beyond this chord the bounds above are not relied on.
LONGEST_CHORD_M = 1_000_000.0


@dataclass(frozen=True)
class Frame:
    """Points in geocentric metres, with what the curvature under them needs."""

    x: Floats
    y: Floats
    z: Floats
    cos_lon: Floats = field(repr=False)
    sin_lon: Floats = field(repr=False)
    #: 1 - e^2 sin^2(latitude)
    flattening: Floats = field(repr=False)

    @classmethod
    def at(cls, lon: Floats, lat: Floats) -> Frame:
        """Return the frame of points in degrees; not-a-number where one is missing."""
        with np.errstate(invalid="ignore"):
            lam, phi = np.radians(lon), np.radians(lat)
            sin_lat, sin_lon, cos_lon = np.sin(phi), np.sin(lam), np.cos(lam)
            flattening = 1 - _E2 * sin_lat * sin_lat
            normal = _A / np.sqrt(flattening)
            parallel = normal * np.cos(phi)
            z = normal * (1 - _E2) * sin_lat
        return cls(parallel * cos_lon, parallel * sin_lon, z, cos_lon, sin_lon, flattening)

    def at_rows(self, rows: Positions) -> Frame:
        """Return the frame of some of the points; only their coordinates are read."""
        empty = self.x[:0]
        return Frame(self.x[rows], self.y[rows], self.z[rows], empty, empty, empty)

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
    return Frame.at(lon, lat).xyz()


def geod_inverse_m(lon1: Floats, lat1: Floats, lon2: Floats, lat2: Floats) -> Floats:
    """Return geodesics by pyproj, metres."""
    length: Floats = _GEOD.inv(lon1, lat1, lon2, lat2, return_back_azimuth=False)[2]
    return np.asarray(length, dtype=np.float64)


def shortest_geodesic_m(chord_m: Floats) -> Floats:
    """Return a lower bound for geodesics of these chords: the arc of the largest radius."""
    half: Floats = np.minimum(chord_m / (2 * LARGEST_RADIUS), 1)
    return 2 * LARGEST_RADIUS * np.arcsin(half)
