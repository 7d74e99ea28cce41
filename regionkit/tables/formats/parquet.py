"""Parquet files of values."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from regionkit.tables.grid import MAX_CELLS, Grid, frame_grid, refuse
from regionkit.words.message import msg

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["read_parquet"]


def read_parquet(path: Path) -> Grid:
    """Return the values of a Parquet file, geometries left out."""
    import pyarrow.parquet as pq

    schema = pq.read_schema(path)
    # Geometry is bytes; a table of values has no use for it.
    columns = [name for name in schema.names if str(schema.field(name).type) != "binary"]
    rows_in_file = pq.read_metadata(path).num_rows
    if rows_in_file * max(1, len(columns)) > MAX_CELLS:
        raise refuse(
            path.name,
            msg("has {n:,} rows, more than a table of units can have.", n=rows_in_file),
            msg("Points in such numbers are for `regionkit locate`."),
        )
    return frame_grid(pd.read_parquet(path, columns=columns), path.name)
