"""Print tables on a terminal, or write them to a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
import pandas as pd

from regionkit.errors import InputError
from regionkit.tables.write import TABLE_FORMATS, write_table

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

__all__ = ["check_folder", "check_output", "check_table_output", "show_table"]


def check_output(path: str | None, endings: Collection[str]) -> None:
    """Refuse a file that could not be written at the end, before anything is.

    Raises
    ------
    InputError
        Its ending is none of those, or its folder does not exist.
    """
    if path is None:
        return
    if Path(path).suffix.lower() not in endings:
        *most, last = endings
        known = f"{', '.join(most)} or {last}" if most else last
        raise InputError(f"{path} does not end in {known}. Name the file so.")
    check_folder(path)


def check_folder(path: str) -> None:
    """Refuse a file in a folder that does not exist."""
    folder = Path(path).parent
    if not folder.is_dir():
        raise InputError(f"The folder {folder} does not exist. Make it first.")


def check_table_output(path: str | None) -> None:
    """Refuse a file that no table can be written to."""
    check_output(path, TABLE_FORMATS)


def show_table(
    table: pd.DataFrame, output: str | None = None, *, notes: Mapping[str, str] | None = None
) -> None:
    """Print a table, or write it in the format of the file's ending.

    Parameters
    ----------
    table : DataFrame
    output : str, optional
    notes : mapping, optional
        What the table is of; stands on a sheet of its own in a workbook.
    """
    if output is None:
        _print_table(table)
    else:
        click.echo(f"{write_table(table, output, notes=notes)}")


def _print_table(table: pd.DataFrame) -> None:
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    drawn = Table(show_header=True, header_style="bold", show_lines=False, pad_edge=False)
    for column in table.columns:
        is_number = pd.api.types.is_numeric_dtype(table[column])
        # A name that is cut cannot be asked for; it goes on in the next line.
        drawn.add_column(
            escape(str(column)), justify="right" if is_number else "left", overflow="fold"
        )
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
