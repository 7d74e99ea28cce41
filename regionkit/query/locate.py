"""Which unit a point lies in, for one point or for a hundred million.

:class:`CoverageIndex` answers it exactly, totally and uniquely. A point inside a unit goes
to that unit, a point on a border or a vertex to the lowest adcode among the units that
touch it, and a point outside all of them is missing.

How it is quick: a table of coarse cells, refined where a border runs, holds the answer for
every cell that no border crosses; those points cost a few array operations. Only points in
cells that a border crosses (about half a per cent in Liaoning) are tested against the
polygons, with GEOS's exact predicate.
"""

from __future__ import annotations

import hashlib
import json
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

import numpy as np
import pandas as pd
import shapely

from regionkit.errors import InputError
from regionkit.files import written_aside
from regionkit.query.cells import (
    OUTSIDE,
    PASS,
    Grid,
    Table,
    build_table,
    code_dtype,
    look_up,
)
from regionkit.query.coordinates import as_coordinates
from regionkit.query.coverage import check_coverage, sorted_units
from regionkit.query.edges import Edges
from regionkit.words.message import Option, join, msg

if TYPE_CHECKING:
    import os
    from collections.abc import Sequence

    import geopandas as gpd
    from numpy.typing import ArrayLike, NDArray

    from regionkit.query.outline import Outline

    Floats = NDArray[np.float64]
    Integers = NDArray[np.signedinteger[Any]]

__all__ = ["CoverageIndex"]

_FORMAT = "regionkit.CoverageIndex/1"
#: Points tested against polygons in one call.
_EXACT_BATCH = 1 << 18


class CoverageIndex:
    """Units of a coverage by position; built once, asked for any number of points.

    Build one with :meth:`from_coverage` or :meth:`load`. It is read-only, may be shared
    between threads and pickles.

    Attributes
    ----------
    adcodes : tuple of str
        The units, ascending; ``adcodes[code]`` is the unit of a code.

    Examples
    --------
    Two squares that share the meridian 1°E:

    >>> import geopandas as gpd, shapely
    >>> squares = gpd.GeoDataFrame(
    ...     geometry=[shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)],
    ...     index=["210101", "210102"],
    ...     crs="EPSG:4326",
    ... )
    >>> index = CoverageIndex.from_coverage(squares)
    >>> list(index.locate([0.5, 1.0, 1.5, 9.0], [0.5, 0.5, 0.5, 0.5]))
    ['210101', '210101', '210102', nan]
    """

    def __init__(
        self, adcodes: Sequence[str], polygons: NDArray[np.object_], grid: Grid, table: Table
    ) -> None:
        self.adcodes: tuple[str, ...] = tuple(adcodes)
        self._polygons = polygons
        self._grid = grid
        self._table = table
        shapely.prepare(polygons)
        # GEOS builds the search tree of a prepared polygon at its second question, and not
        # safely from two threads: ask each one twice about a vertex of its own now.
        vertex = shapely.get_coordinates(
            shapely.get_point(shapely.get_exterior_ring(shapely.get_geometry(polygons, 0)), 0)
        )
        for _ in range(2):
            shapely.intersects_xy(polygons, vertex[:, 0], vertex[:, 1])

    @classmethod
    def from_coverage(
        cls, coverage: gpd.GeoDataFrame, *, cells: int | None = None, validate: bool = True
    ) -> CoverageIndex:
        """Return the index of a coverage.

        Parameters
        ----------
        coverage : GeoDataFrame
            Polygons that neither overlap nor miss each other's vertices, indexed by adcode,
            in EPSG:4326. Rows in any order.
        cells : int, optional
            Coarse cells of the table; more make a larger table and fewer exact tests. By
            default four to a vertex, at most four million.
        validate : bool, default True
            Check that the polygons are a coverage (a third of the time of building). Turn it
            off only for polygons that have been checked.

        Returns
        -------
        CoverageIndex
            The index; it keeps the polygons and does not refer to the GeoDataFrame.

        Raises
        ------
        CrsError
            When the GeoDataFrame is in no CRS or in another than EPSG:4326.
        InputError
            When it is empty, an adcode is repeated, a geometry is not a polygon, or the
            polygons overlap or do not share their vertices.
        """
        adcodes, polygons = sorted_units(coverage)
        if validate:
            check_coverage(adcodes, polygons)
        if cells is None:
            vertices = int(shapely.get_num_coordinates(polygons).sum())
            cells = min(max(4 * vertices, 1 << 10), 1 << 22)
        elif cells < 1:
            raise InputError(
                msg("{option}: the table needs at least one.", option=Option("cells", cells)),
                mend=msg("Leave it out for a good size."),
            )
        grid = Grid.around(shapely.total_bounds(polygons), cells)
        table = build_table(grid, Edges.of(polygons), len(adcodes))
        return cls(adcodes, polygons, grid, table)

    def __len__(self) -> int:
        """Return the number of units."""
        return len(self.adcodes)

    def __repr__(self) -> str:
        """Return a short description."""
        return (
            f"CoverageIndex({len(self)} units, {self.adcodes[0]} to {self.adcodes[-1]}, "
            f"{self.nbytes / 1e6:.1f} MB)"
        )

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle the parts; preparation is done again where they are unpickled."""
        return CoverageIndex, (self.adcodes, self._polygons, self._grid, self._table)

    @property
    def nbytes(self) -> int:
        """Size of the tables, without the polygons, in bytes."""
        return sum(array.nbytes for array in self._table)

    @cached_property
    def fingerprint(self) -> str:
        """A digest of the units and their vertices; equal exactly for equal coverages."""
        digest = hashlib.blake2b("\n".join(self.adcodes).encode(), digest_size=16)
        _, coordinates, offsets = shapely.to_ragged_array(self._polygons)
        for array in (coordinates, *offsets):
            digest.update(np.ascontiguousarray(array).data)
        return digest.hexdigest()

    def locate(self, lon: ArrayLike, lat: ArrayLike) -> pd.Categorical:
        """Return the adcode of the unit that each point lies in.

        Parameters
        ----------
        lon, lat : array-like of float, shape (n,), or two floats, degrees
            WGS-84. A point with a missing coordinate is outside.

        Returns
        -------
        pandas.Categorical
            Shape (n,), its categories all units in ascending order; a point outside is missing.

        Raises
        ------
        InputError
            When the two differ in length, have more than one dimension or are not numbers.
        """
        lon, lat = as_coordinates(lon, lat)
        dtype = pd.CategoricalDtype(pd.Index(self.adcodes))
        # The width that pandas would narrow to: filled directly, it costs no second array.
        codes = np.empty(len(lon), code_dtype(len(self), np.int8))
        self._fill(lon, lat, codes)
        return pd.Categorical.from_codes(codes, dtype=dtype, validate=False)

    def codes(self, lon: ArrayLike, lat: ArrayLike) -> Integers:
        """Return the code of the unit that each point lies in: a position in ``adcodes``.

        Parameters
        ----------
        lon, lat : array-like of float, shape (n,), or two floats, degrees
            As for :meth:`locate`.

        Returns
        -------
        ndarray of int16, or int32 from 32,768 units, shape (n,)
            -1 for a point outside.
        """
        lon, lat = as_coordinates(lon, lat)
        codes = np.empty(len(lon), code_dtype(len(self), np.int16))
        self._fill(lon, lat, codes)
        return codes

    def distance_km(self, lon: ArrayLike, lat: ArrayLike) -> Floats:
        """Return the distance from each point to the nearest unit: 0 inside the coverage.

        Parameters
        ----------
        lon, lat : array-like of float, shape (n,), or two floats, degrees
            As for :meth:`locate`.

        Returns
        -------
        ndarray of float, shape (n,), kilometres
            Along the WGS-84 ellipsoid, right to a centimetre; NaN where a coordinate is missing.

        Examples
        --------
        >>> import geopandas as gpd, shapely
        >>> square = gpd.GeoDataFrame(geometry=[shapely.box(0, 0, 1, 1)], index=["1"], crs=4326)
        >>> CoverageIndex.from_coverage(square).distance_km([0.5, 2.0], [0.5, 0.0]).round(3)
        array([  0.   , 111.319])
        """
        lon, lat = as_coordinates(lon, lat)
        distance_km = np.zeros(len(lon))
        distance_km[~(np.isfinite(lon) & np.isfinite(lat))] = np.nan
        away = np.flatnonzero((self.codes(lon, lat) < 0) & ~np.isnan(distance_km))
        for start in range(0, len(away), PASS):
            some = away[start : start + PASS]
            distance_km[some] = self._outline.distance_km(
                lon[some].astype(np.float64), lat[some].astype(np.float64)
            )
        return distance_km

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the index to a file that :meth:`load` reads; whole or not at all.

        Raises
        ------
        OutputError
            When the file cannot be written.
        """
        _, coordinates, offsets = shapely.to_ragged_array(self._as_multipolygons())
        header = {"adcodes": self.adcodes, _FORMAT: vars(self._grid)}
        arrays: dict[str, NDArray[Any]] = dict(zip(Table._fields, self._table, strict=True))
        arrays |= {f"offsets_{level}": offset for level, offset in enumerate(offsets)}
        arrays |= {"header": np.array(json.dumps(header)), "coordinates": coordinates}
        with written_aside(path) as aside, aside.open("wb") as file:
            np.savez(file, allow_pickle=False, **arrays)

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> CoverageIndex:
        """Return the index that :meth:`save` wrote.

        Raises
        ------
        InputError
            When the file is missing, is not such an index, or is of another version.
        """
        try:
            with Path(path).open("rb") as file, np.load(file, allow_pickle=False) as stored:
                header = json.loads(str(stored["header"]))
                offsets = tuple(stored[f"offsets_{level}"] for level in range(3))
                polygons = shapely.from_ragged_array(
                    shapely.GeometryType.MULTIPOLYGON, stored["coordinates"], offsets
                )
                table = Table(*(stored[name] for name in Table._fields))
            grid = Grid(**header[_FORMAT])
        except (OSError, ValueError, LookupError, TypeError, EOFError, BadZipFile) as error:
            raise InputError(
                msg(
                    "this is not an index that this version of regionkit can read ({error}).",
                    error=join([type(error).__name__, str(error)], "places"),
                ),
                where=str(path),
                mend=msg(
                    "Delete it and build it again with CoverageIndex.from_coverage(...).save(path)."
                ),
            ) from error
        return cls(header["adcodes"], polygons, grid, table)

    def _fill(self, lon: Floats, lat: Floats, codes: Integers) -> None:
        """Write the code of every point into ``codes``."""
        waiting: list[tuple[NDArray[np.intp], Integers]] = []
        n_waiting = 0
        for crossed in look_up(self._grid, self._table, lon, lat, codes):
            waiting.append(crossed)
            n_waiting += len(crossed[0])
            if n_waiting >= _EXACT_BATCH:
                self._settle(lon, lat, waiting, codes)
                waiting, n_waiting = [], 0
        if n_waiting:
            self._settle(lon, lat, waiting, codes)

    def _settle(
        self,
        lon: Floats,
        lat: Floats,
        waiting: list[tuple[NDArray[np.intp], Integers]],
        codes: Integers,
    ) -> None:
        """Test the waiting points of crossed cells against the polygons there, exactly."""
        position = np.concatenate([positions for positions, _ in waiting])
        cell = np.concatenate([cells for _, cells in waiting])
        x = lon[position].astype(np.float64, copy=False)
        y = lat[position].astype(np.float64, copy=False)
        trial, end = self._table.starts[cell], self._table.starts[cell + 1]
        found = np.full(len(position), OUTSIDE, codes.dtype)
        rest = np.arange(len(position))
        while rest.size:
            unit = self._table.candidates[trial[rest]]
            # Polygon by polygon: its search tree stays in the processor's cache.
            by_unit = np.argsort(unit, kind="stable")
            rest, unit = rest[by_unit], unit[by_unit]
            hit = shapely.intersects_xy(self._polygons[unit], x[rest], y[rest])
            found[rest[hit]] = unit[hit]
            rest = rest[~hit]
            trial[rest] += 1
            rest = rest[trial[rest] < end[rest]]
        codes[position] = found

    def _as_multipolygons(self) -> NDArray[np.object_]:
        """Return the polygons, each a MultiPolygon: one kind in the file."""
        parts, unit = shapely.get_parts(self._polygons, return_index=True)
        return np.asarray(shapely.multipolygons(parts, indices=unit), dtype=object)

    @cached_property
    def _outline(self) -> Outline:
        """The edges that only one unit has: what a point outside can be nearest to."""
        from regionkit.query.outline import Outline

        return Outline(*Edges.of(self._polygons).unshared())
