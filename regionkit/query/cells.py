"""The table that answers by cell which unit a point lies in.

Coarse cells cover the coverage; one that a border crosses is cut into 8 x 8 fine cells. A cell
that no edge touches lies in one unit or outside, and its entry says which. A fine cell that an
edge touches is crossed: it names the units to test its points against.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from regionkit.query.edges import Edges

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Integers = NDArray[np.signedinteger[Any]]

__all__ = ["OUTSIDE", "PASS", "Grid", "Table", "build_table", "code_dtype", "look_up"]

#: A coarse cell that a border crosses is cut into 8 x 8 fine cells.
_SHIFT = 3
_SIDE = 1 << _SHIFT
#: Points in one pass: its work arrays stay in the processor's second-level cache.
PASS = 1 << 16
#: Table entries: 0.. is a unit's code, OUTSIDE is outside, _CROSSED - i is crossed cell i.
OUTSIDE = -1
_CROSSED = -2


@dataclass(frozen=True)
class Grid:
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
    def around(cls, bounds: Floats, cells: int) -> Grid:
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

    def in_cells(self, edges: Edges) -> Edges:
        """Return edges that are in degrees in units of fine cells."""
        return Edges(
            (edges.x1 - self.west) * self.per_lon,
            (edges.y1 - self.south) * self.per_lat,
            (edges.x2 - self.west) * self.per_lon,
            (edges.y2 - self.south) * self.per_lat,
            edges.unit,
        )


class Table(NamedTuple):
    """Answers by cell, and for crossed fine cells the units to test, lowest code first."""

    coarse: NDArray[np.int32]
    fine: NDArray[np.int32]
    starts: NDArray[np.int32]
    candidates: Integers


def look_up(
    grid: Grid, table: Table, lon: Floats, lat: Floats, codes: Integers
) -> Iterator[tuple[NDArray[np.intp], Integers]]:
    """Write the code of every point that its cell settles into ``codes``; yield the others.

    Yields, pass by pass, the positions of points in crossed fine cells and the number of the
    cell of each: its candidates are ``table.candidates[starts[cell] : starts[cell + 1]]``.
    """
    size = min(len(lon), PASS)
    scaled, columns, rows = np.empty(size), np.empty(size, np.int32), np.empty(size, np.int32)
    coarse_column, cell = np.empty(size, np.int32), np.empty(size, np.int32)
    for start in range(0, len(lon), PASS):
        stop = min(start + PASS, len(lon))
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
        _cell_numbers(lat[start:stop], grid.south, grid.per_lat, grid.rows, scaled=work, out=row)
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
        yield refined[crossed] + start, _CROSSED - answer[crossed]


def build_table(grid: Grid, edges: Edges, n_units: int) -> Table:
    """Return the answers by cell for edges in degrees."""
    edges = grid.in_cells(edges)
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
    return Table(
        coarse=coarse,
        fine=fine,
        starts=np.append(starts, len(position)).astype(np.int32),
        candidates=candidates.astype(code_dtype(n_units, np.int16)),
    )


def _fill_cells(
    grid: Grid,
    edges: Edges,
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


def code_dtype(n_units: int, smallest: type[np.int8 | np.int16]) -> np.dtype[Any]:
    """Return the narrowest signed integer, no narrower than told, that holds the codes."""
    kinds: tuple[type[np.int8 | np.int16 | np.int32], ...] = (np.int8, np.int16, np.int32)
    return next(
        np.dtype(kind)
        for kind in kinds
        if np.iinfo(kind).bits >= np.iinfo(smallest).bits and n_units <= np.iinfo(kind).max
    )
