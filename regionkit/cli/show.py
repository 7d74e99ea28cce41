"""Print tables on a terminal, or write them to a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
import pandas as pd

from regionkit.errors import InputError

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["show_table", "write_hits"]


def show_table(table: pd.DataFrame, output: str | None = None) -> None:
    """Print a table, or write it as .csv."""
    if output is not None:
        from regionkit.maps.output import neutralise, write_aside

        if Path(output).suffix.lower() != ".csv":
            raise InputError(f"{output} does not end in .csv. Name the file so.")
        text = neutralise(table).to_csv(index=False, lineterminator="\n")
        click.echo(f"{write_aside(output, '﻿' + text)}")
        return
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    drawn = Table(show_header=True, header_style="bold", show_lines=False, pad_edge=False)
    for column in table.columns:
        is_number = pd.api.types.is_numeric_dtype(table[column])
        drawn.add_column(escape(str(column)), justify="right" if is_number else "left")
    for row in table.itertuples(index=False):
        drawn.add_row(*[escape(_text(cell)) for cell in row])
    console = Console(highlight=False)
    if not console.is_terminal:
        # A pipe has no width to fit to.
        console = Console(highlight=False, width=400)
    console.print(drawn)


def _text(cell: object) -> str:
    if cell is None or cell is pd.NA or (isinstance(cell, float) and pd.isna(cell)):
        return ""
    if isinstance(cell, float):
        return f"{cell:,.4f}".rstrip("0").rstrip(".")
    if isinstance(cell, tuple):
        return "、".join(map(str, cell))
    return str(cell)


def write_hits(hits: gpd.GeoDataFrame, output: str, sources: pd.DataFrame) -> str:
    """Write projects to a file by its ending; return the path."""
    from regionkit.tables.export import export_layer

    return str(export_layer(hits, output, sources=sources))
