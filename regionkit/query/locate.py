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
import uuid
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from zipfile import BadZipFile

import numpy as np
import pandas as pd
import shapely

from regionkit.errors import CrsError, InputError, OutputError

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator, Sequence

    import geopandas as gpd
    from numpy.typing import ArrayLike, NDArray

    from regionkit.query.nearest import Outline

    Floats = NDArray[np.float64]
    Integers = NDArray[np.signedinteger[Any]]

__all__ = ["CoverageIndex", "as_coordinates", "written_aside"]

_FORMAT = "regionkit.CoverageIndex/1"
#: A coarse cell that a border crosses is cut into 8 x 8 fine cells.
_SHIFT = 3
_SIDE = 1 << _SHIFT
#: Cell numbers carry a rounding error near 1e-11 of a cell; an edge therefore claims every
#: cell within this margin, so a point settled by the table cannot lie on an edge.
_MARGIN = 1e-7
#: Points in one pass: its work arrays stay in the processor's second-level cache.
_PASS = 1 << 16
#: Points tested against polygons in one call.
_EXACT_BATCH = 1 << 18
#: Table entries: 0.. is a unit's code, _OUTSIDE is outside, _CROSSED - i is crossed cell i.
_OUTSIDE = -1
_CROSSED = -2


@dataclass(frozen=True)
class _Grid:
    """A grid of fine cells in lon and lat, with a ring of coarse cells around the coverage.

    Attributes
    ----------
    west, south : float
        Corner of the ring, degrees.
    per_lon, per_lat : float
        Fine cells in a degree.
    columns, rows : int
        Coarse cells each way, the ring included.
    """

    west: float
    south: float
    per_lon: float
    per_lat: float
    columns: int
    rows: int

    @classmethod
    def around(cls, bounds: Floats, cells: int) -> _Grid:
        """Return a grid of about so many coarse cells, near square on the ground."""
        west, south, east, north = (float(bound) for bound in bounds)
        height = max(north - south, 1e-9)
        width = max(east - west, 1e-9)
        shrink = max(float(np.cos(np.radians((south + north) / 2))), 0.01)
        columns = int(np.clip(np.sqrt(cells * width * shrink / height), 1, cells))
        rows = max(cells // columns, 1)
        lon_step = width / columns
        lat_step = height / rows
        # Half a coarse cell of play on every side keeps all edges off the ring's outer rim.
        return cls(
            west=west - 1.5 * lon_step,
            south=south - 1.5 * lat_step,
            per_lon=_SIDE / lon_step,
            per_lat=_SIDE / lat_step,
            columns=columns + 3,
            rows=rows + 3,
        )


class _Table(NamedTuple):
    """Answers by cell, and for crossed fine cells the units to test, lowest code first."""

    coarse: NDArray[np.int32]
    fine: NDArray[np.int32]
    starts: NDArray[np.int32]
    candidates: Integers


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
        self, adcodes: Sequence[str], polygons: NDArray[np.object_], grid: _Grid, table: _Table
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
        adcodes, polygons = _sorted_units(coverage)
        if validate:
            _check_coverage(adcodes, polygons)
        if cells is None:
            vertices = int(shapely.get_num_coordinates(polygons).sum())
            cells = min(max(4 * vertices, 1 << 10), 1 << 22)
        elif cells < 1:
            msg = f"cells={cells}: the table needs at least one. Leave cells out for a good size."
            raise InputError(msg)
        grid = _Grid.around(shapely.total_bounds(polygons), cells)
        edges = _Edges.of(polygons)
        table = _build_table(grid, edges.in_cells(grid), len(adcodes))
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
        codes = np.empty(len(lon), _code_dtype(len(self), np.int8))
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
        codes = np.empty(len(lon), _code_dtype(len(self), np.int16))
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
        for start in range(0, len(away), _PASS):
            some = away[start : start + _PASS]
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
        arrays: dict[str, NDArray[Any]] = dict(zip(_Table._fields, self._table, strict=True))
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
                table = _Table(*(stored[name] for name in _Table._fields))
            grid = _Grid(**header[_FORMAT])
        except (OSError, ValueError, LookupError, TypeError, EOFError, BadZipFile) as error:
            msg = (
                f"{path}: this is not an index that this version of regionkit can read "
                f"({type(error).__name__}: {error}). Delete it and build it again with "
                "CoverageIndex.from_coverage(...).save(path)."
            )
            raise InputError(msg) from error
        return cls(header["adcodes"], polygons, grid, table)

    def _fill(self, lon: Floats, lat: Floats, codes: Integers) -> None:
        """Write the code of every point into ``codes``."""
        grid, table = self._grid, self._table
        size = min(len(lon), _PASS)
        scaled, columns, rows = np.empty(size), np.empty(size, np.int32), np.empty(size, np.int32)
        coarse_column, cell = np.empty(size, np.int32), np.empty(size, np.int32)
        waiting: list[tuple[NDArray[np.intp], Integers]] = []
        n_waiting = 0
        for start in range(0, len(lon), _PASS):
            stop = min(start + _PASS, len(lon))
            view = slice(0, stop - start)
            column, row = columns[view], rows[view]
            work = scaled[view]
            _cell_numbers(
                lon[start:stop],
                grid.west,
                grid.per_lon,
                grid.columns,
                scaled=work,
                out=column,
            )
            _cell_numbers(
                lat[start:stop], grid.south, grid.per_lat, grid.rows, scaled=work, out=row
            )
            np.right_shift(row, _SHIFT, out=cell[view])
            np.multiply(cell[view], grid.columns, out=cell[view])
            np.right_shift(column, _SHIFT, out=coarse_column[view])
            np.add(cell[view], coarse_column[view], out=cell[view])
            answer = table.coarse.take(cell[view])
            part = codes[start:stop]
            np.copyto(part, answer, casting="unsafe")
            refined = np.flatnonzero(answer <= _CROSSED)
            if not refined.size:
                continue
            answer = table.fine.take(
                _fine_position(_CROSSED - answer[refined], row[refined], column[refined])
            )
            part[refined] = answer
            crossed = answer <= _CROSSED
            waiting.append((refined[crossed] + start, _CROSSED - answer[crossed]))
            n_waiting += len(waiting[-1][0])
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
        found = np.full(len(position), _OUTSIDE, codes.dtype)
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
        from regionkit.query.nearest import Outline

        return Outline(*_Edges.of(self._polygons).unshared())


class _Edges(NamedTuple):
    """Edges of polygons: ends and the code of the polygon, one entry a ring and edge."""

    x1: Floats
    y1: Floats
    x2: Floats
    y2: Floats
    unit: Integers

    @classmethod
    def of(cls, polygons: NDArray[np.object_]) -> _Edges:
        """Return all edges, a shared one once for each of its polygons."""
        parts, part_unit = shapely.get_parts(polygons, return_index=True)
        rings, ring_part = shapely.get_rings(parts, return_index=True)
        coordinates, ring = shapely.get_coordinates(rings, return_index=True)
        inside = ring[1:] == ring[:-1]
        start, end = coordinates[:-1][inside], coordinates[1:][inside]
        unit = part_unit[ring_part[ring[1:][inside]]]
        # Both copies of a shared edge run upwards, so that they are computed alike.
        down = (start[:, 1] > end[:, 1]) | ((start[:, 1] == end[:, 1]) & (start[:, 0] > end[:, 0]))
        lower = np.where(down[:, None], end, start)
        upper = np.where(down[:, None], start, end)
        return cls(lower[:, 0], lower[:, 1], upper[:, 0], upper[:, 1], unit)

    def in_cells(self, grid: _Grid) -> _Edges:
        """Return the edges in units of fine cells."""
        return _Edges(
            (self.x1 - grid.west) * grid.per_lon,
            (self.y1 - grid.south) * grid.per_lat,
            (self.x2 - grid.west) * grid.per_lon,
            (self.y2 - grid.south) * grid.per_lat,
            self.unit,
        )

    def unshared(self) -> tuple[Floats, Floats, Floats, Floats]:
        """Return the ends of the edges that one polygon alone has."""
        ends = np.column_stack(self[:4])
        order = np.lexsort(ends.T)
        twin = (ends[order[1:]] == ends[order[:-1]]).all(axis=1)
        alone = np.ones(len(ends), bool)
        alone[order[1:][twin]] = False
        alone[order[:-1][twin]] = False
        return self.x1[alone], self.y1[alone], self.x2[alone], self.y2[alone]

    def touched_cells(self) -> tuple[Integers, Integers, Integers]:
        """Return (row, column, unit) of every fine cell within the margin of an edge."""
        left = np.minimum(self.x1, self.x2)
        right = np.maximum(self.x1, self.x2)
        first = np.floor(left - _MARGIN).astype(np.int32)
        last = np.floor(right + _MARGIN).astype(np.int32)
        edge, column = _ranges(first, last)
        width = self.x2 - self.x1
        slope = np.divide(self.y2 - self.y1, width, out=np.zeros_like(width), where=width != 0)
        # The stretch of the edge inside the column; all of an upright edge.
        x1, y1, slope = self.x1[edge], self.y1[edge], slope[edge]
        enter = y1 + (np.maximum(left[edge], column - _MARGIN) - x1) * slope
        leave = y1 + (np.minimum(right[edge], column + (1 + _MARGIN)) - x1) * slope
        upright = width[edge] == 0
        leave[upright] = self.y2[edge[upright]]
        bottom = np.floor(np.minimum(enter, leave) - _MARGIN).astype(np.int32)
        top = np.floor(np.maximum(enter, leave) + _MARGIN).astype(np.int32)
        stretch, row = _ranges(bottom, top)
        return row, column[stretch], self.unit[edge[stretch]]

    def crossings(self) -> tuple[Integers, Integers, Integers]:
        """Return (row, column, unit) where an edge crosses the middle line of a row."""
        first = np.ceil(self.y1 - 0.5).astype(np.int32)
        last = np.ceil(self.y2 - 0.5).astype(np.int32) - 1
        edge, row = _ranges(first, last)
        x1, y1 = self.x1[edge], self.y1[edge]
        slope = (self.x2[edge] - x1) / (self.y2[edge] - y1)
        column = np.floor(x1 + (row + 0.5 - y1) * slope).astype(np.int32)
        return row, column, self.unit[edge]


@contextmanager
def written_aside(path: str | os.PathLike[str]) -> Iterator[Path]:
    """Yield a temporary name beside the path; at the end it becomes the path, or vanishes.

    A reader sees the whole file or none, also when the process is killed in the middle, and
    of two writers of the same content it does not matter which one is last.

    Raises
    ------
    OutputError
        When the file cannot be written.
    """
    target = Path(path)
    aside = target.with_name(f".{target.name}.{uuid.uuid4().hex}")
    try:
        yield aside
        aside.replace(target)
    except OSError as error:
        msg = f"{target}: cannot be written ({error}). Choose a folder that exists and is yours."
        raise OutputError(msg) from error
    finally:
        aside.unlink(missing_ok=True)


def as_coordinates(lon: ArrayLike, lat: ArrayLike) -> tuple[Floats, Floats]:
    """Return the two as arrays of numbers of one length, not copied where they are arrays.

    Raises
    ------
    InputError
        When the two differ in length, have more than one dimension or are not numbers.

    Examples
    --------
    >>> as_coordinates(123.4, 41.8)
    (array([123.4]), array([41.8]))
    """
    x, y = _numbers("lon", lon), _numbers("lat", lat)
    if len(x) != len(y):
        msg = f"lon has {len(x)} values and lat has {len(y)}: give one of each for every point."
        raise InputError(msg)
    return x, y


def _numbers(name: str, values: ArrayLike) -> Floats:
    """Return the values as a one-dimensional array of floats."""
    try:
        array = np.asarray(values)
        if array.dtype != np.float32:
            array = np.asarray(array, dtype=np.float64)
    except (TypeError, ValueError) as error:
        msg = f"{name} holds something that is not a number ({error}). Give decimal degrees."
        raise InputError(msg) from error
    if array.ndim > 1:
        msg = f"{name} has shape {array.shape}: give one dimension, for example {name}.ravel()."
        raise InputError(msg)
    return np.atleast_1d(array)


def _code_dtype(n_units: int, smallest: type[np.int8 | np.int16]) -> np.dtype[Any]:
    """Return the narrowest signed integer, no narrower than told, that holds the codes."""
    kinds: tuple[type[np.int8 | np.int16 | np.int32], ...] = (np.int8, np.int16, np.int32)
    return next(
        np.dtype(kind)
        for kind in kinds
        if np.iinfo(kind).bits >= np.iinfo(smallest).bits and n_units <= np.iinfo(kind).max
    )


def _sorted_units(coverage: gpd.GeoDataFrame) -> tuple[list[str], NDArray[np.object_]]:
    """Return adcodes and polygons in ascending order of adcode, checked one by one."""
    if coverage.crs is None:
        msg = (
            "The coverage has no CRS, expected EPSG:4326. "
            "Name the one it is in with coverage.set_crs(...), then coverage.to_crs(4326)."
        )
        raise CrsError(msg)
    if not coverage.crs.equals("EPSG:4326", ignore_axis_order=True):
        name = coverage.crs.name
        msg = f"The coverage is in {name}, expected EPSG:4326. Use coverage.to_crs(4326)."
        raise CrsError(msg)
    if coverage.empty:
        msg = "The coverage has no rows: there is no unit to locate points in. Give its polygons."
        raise InputError(msg)
    adcodes = coverage.index.astype(str)
    if adcodes.has_duplicates:
        repeated = ", ".join(adcodes[adcodes.duplicated()].unique()[:5])
        msg = (
            f"The coverage's index repeats {repeated}: one row a unit is needed. "
            'Merge its parts first, coverage.dissolve("adcode").'
        )
        raise InputError(msg)
    order = np.argsort(adcodes.to_numpy(dtype=str), kind="stable")
    adcodes = adcodes[order]
    polygons = np.asarray(coverage.geometry.array, dtype=object)[order]
    kinds = shapely.get_type_id(polygons)
    unfit = ~np.isin(kinds, (shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON))
    unfit |= shapely.is_empty(polygons)
    if unfit.any():
        named = ", ".join(adcodes[unfit][:5])
        msg = (
            f"{int(unfit.sum())} of {len(adcodes)} units have no polygon: {named}. "
            "Drop them or give their boundaries."
        )
        raise InputError(msg)
    return list(adcodes), shapely.force_2d(polygons)


def _check_coverage(adcodes: list[str], polygons: NDArray[np.object_]) -> None:
    """Raise where polygons overlap or do not share their vertices."""
    if shapely.coverage_is_valid(polygons):
        return
    faulty = ~shapely.is_empty(shapely.coverage_invalid_edges(polygons))
    named = ", ".join(np.array(adcodes)[faulty][:5]) or "some unit"
    msg = (
        f"The polygons are not a coverage: {int(faulty.sum())} of {len(adcodes)} units overlap "
        f"a neighbour or miss its vertices, among them {named}. Clean them with a tool that "
        "keeps shared borders shared (QGIS: Fix geometries, Snap geometries to layer), and "
        "simplify only with GeoSeries.simplify_coverage."
    )
    raise InputError(msg)


def _build_table(grid: _Grid, edges: _Edges, n_units: int) -> _Table:
    """Return the answers by cell for edges in units of fine cells."""
    row, column, unit = edges.touched_cells()
    coarse_cell = (row >> _SHIFT) * grid.columns + (column >> _SHIFT)
    is_crossed = np.zeros(grid.rows * grid.columns, bool)
    is_crossed[coarse_cell] = True
    blocks = np.flatnonzero(is_crossed)
    block_of = np.zeros(len(is_crossed), np.int32)
    block_of[blocks] = np.arange(len(blocks), dtype=np.int32)

    coarse, fine = _fill_cells(grid, edges, blocks, block_of, n_units)
    coarse[blocks] = _CROSSED - np.arange(len(blocks), dtype=np.int32)

    # One number for (fine cell, unit): sorted, the units of a cell stand together, ascending.
    position = _fine_position(block_of[coarse_cell], row, column)
    pairs = position.astype(np.int64) * n_units + unit
    pairs.sort()
    pairs = pairs[np.flatnonzero(np.diff(pairs, prepend=-1))]
    position, candidates = np.divmod(pairs, n_units)
    starts = np.flatnonzero(np.diff(position, prepend=-1))
    fine[position[starts]] = _CROSSED - np.arange(len(starts), dtype=np.int32)
    return _Table(
        coarse=coarse,
        fine=fine,
        starts=np.append(starts, len(position)).astype(np.int32),
        candidates=candidates.astype(_code_dtype(n_units, np.int16)),
    )


def _fill_cells(
    grid: _Grid,
    edges: _Edges,
    blocks: NDArray[np.intp],
    block_of: NDArray[np.int32],
    n_units: int,
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return the unit of every coarse cell and of every fine cell of the crossed ones.

    Walking a row's middle line eastwards, each crossing of an edge of unit u enters or leaves
    u: with XOR the state (code + 1, 0 outside) needs no orientation of the rings, and the two
    copies of a shared border change it from one neighbour to the other. The state is right in
    every cell that no edge touches, and only those are read.
    """
    row, column, unit = edges.crossings()
    label = (unit + 1).astype(np.uint16 if n_units < 1 << 16 else np.uint32)
    block_column = column >> _SHIFT
    # State at the western side of each coarse column, for every fine row.
    state = np.zeros((grid.columns + 1, grid.rows * _SIDE), label.dtype)
    np.bitwise_xor.at(state, (block_column + 1, row), label)
    for west in range(grid.columns):
        state[west + 1] ^= state[west]
    coarse = state[:-1, _SIDE // 2 :: _SIDE].T.astype(np.int32).ravel() - 1

    block_rows = (blocks // grid.columns)[:, None] * _SIDE + np.arange(_SIDE)
    inner = np.zeros((len(blocks), _SIDE, _SIDE), label.dtype)
    inner[:, :, 0] = state[(blocks % grid.columns)[:, None], block_rows]
    place = column & (_SIDE - 1)
    stays = place < _SIDE - 1
    block = block_of[(row >> _SHIFT) * grid.columns + block_column]
    np.bitwise_xor.at(
        inner.ravel(),
        _fine_position(block, row, column)[stays] + 1,
        label[stays],
    )
    for step in range(1, _SIDE):
        inner[:, :, step] ^= inner[:, :, step - 1]
    return coarse, inner.astype(np.int32).ravel() - 1


def _fine_position(block: Integers, row: Integers, column: Integers) -> Integers:
    """Return the position in the fine table of the cell at (row, column) in its block."""
    inside = ((row & (_SIDE - 1)) << _SHIFT) | (column & (_SIDE - 1))
    return (block << (2 * _SHIFT)) | inside


def _cell_numbers(
    degrees: Floats,
    origin: float,
    per_degree: float,
    coarse_cells: int,
    *,
    scaled: Floats,
    out: NDArray[np.int32],
) -> None:
    """Write fine column or row numbers; beyond the grid, or missing, the ring around it."""
    with np.errstate(over="ignore"):
        np.subtract(degrees, origin, out=scaled, dtype=np.float64)
        np.multiply(scaled, per_degree, out=scaled)
    # fmax and fmin pass over NaN, so that a missing coordinate falls on the ring: outside.
    np.fmax(scaled, 0.0, out=scaled)
    np.fmin(scaled, float(coarse_cells * _SIDE - 1), out=scaled)
    np.copyto(out, scaled, casting="unsafe")


def _ranges(first: Integers, last: Integers) -> tuple[Integers, Integers]:
    """Return (position, number) for every number of every range first[i]..last[i]."""
    length = np.maximum(last - first + 1, 0)
    position = np.repeat(np.arange(len(length), dtype=np.int32), length)
    before = np.cumsum(length, dtype=np.int32) - length
    number = np.arange(len(position), dtype=np.int32)
    number -= np.repeat(before - first, length)
    return position, number
