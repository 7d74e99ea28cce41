"""How far the nearest of some edges is: for points outside all units."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.spatial import cKDTree

from regionkit.query.ellipsoid import SPREAD, geocentric, geod_inverse_m

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

__all__ = ["Outline"]


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
            limit = limit + SPREAD * limit**3 + 0.1
            row, column = np.nonzero(chord <= limit[:, None])
            foot = (self._start[edge] + along * self._step[edge])[row, column]
            length = geod_inverse_m(lon[rest[row]], lat[rest[row]], foot[:, 0], foot[:, 1])
            distance_m[rest] = np.inf
            np.minimum.at(distance_m, rest[row], length)
            if asked == len(self._start):
                break
            # An edge not asked for has its middle at least as far as the last one's.
            rest = rest[middle_m[:, -1] - self._half_m <= limit]
            asked = min(4 * asked, len(self._start))
        return distance_m / 1000
