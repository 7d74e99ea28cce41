"""Parquet files of values."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from regionkit.limits import raise_limit, raised
from regionkit.places.layer_source import judge_parquet
from regionkit.tables.grid import MAX_CELLS, Grid, frame_grid, refuse
from regionkit.words.message import join, msg

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
    fault = judge_parquet(path, columns)
    if fault is not None:
        raise refuse(path.name, fault, raise_limit())
    if rows_in_file * max(1, len(columns)) > raised(MAX_CELLS):
        raise refuse(
            path.name,
            msg("has {n:,} rows, more than a table of units can have.", n=rows_in_file),
            join(
                [msg("Points in such numbers are for `regionkit locate`."), raise_limit()],
                "sentences",
            ),
        )
    return frame_grid(pd.read_parquet(path, columns=columns), path.name)
