"""Print tables on a terminal, or write them to a file."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click
import numpy as np
import pandas as pd

from regionkit.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

__all__ = ["TABLE_ENDINGS", "check_folder", "check_output", "check_table_output", "show_table"]

# Headings of years and codes.
_LABELS = re.compile(r"年份|年度|^年$|年$|代码|编码|编号|year|code|_id$", re.IGNORECASE)
TABLE_ENDINGS = (".csv", ".xlsx")


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
    check_output(path, TABLE_ENDINGS)


def show_table(
    table: pd.DataFrame, output: str | None = None, *, notes: Mapping[str, str] | None = None
) -> None:
    """Print a table, or write it as .csv or .xlsx.

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
        click.echo(f"{_write_table(table, output, notes or {})}")


def _write_table(table: pd.DataFrame, output: str, notes: Mapping[str, str]) -> Path:
    from regionkit.files import write_aside
    from regionkit.tables.sheets import neutralise

    check_table_output(output)
    words = table.map(lambda cell: "、".join(map(str, cell)) if isinstance(cell, tuple) else cell)
    if Path(output).suffix.lower() == ".csv":
        text = neutralise(words).to_csv(index=False, lineterminator="\n")
        return write_aside(output, "\ufeff" + text)
    from regionkit.tables.sheets import workbook_bytes

    sheets = {"数据": words}
    if notes:
        sheets["说明"] = pd.DataFrame({"项": list(notes), "内容": list(notes.values())})
    return write_aside(output, workbook_bytes(sheets))


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
        drawn.add_row(
            *[
                escape(_text(cell, is_label=bool(_LABELS.search(str(column)))))
                for column, cell in zip(table.columns, row, strict=True)
            ]
        )
    console = Console(highlight=False)
    if not console.is_terminal:
        # A pipe has no width to fit to.
        console = Console(highlight=False, width=400)
    console.print(drawn)


def _text(cell: object, *, is_label: bool = False) -> str:
    if cell is None or cell is pd.NA or (isinstance(cell, float) and pd.isna(cell)):
        return ""
    if isinstance(cell, float):
        # A year or a code is no amount: 2026, and not 2,026.
        shown = f"{cell:.4f}" if is_label else f"{cell:,.4f}"
        return shown.rstrip("0").rstrip(".")
    if isinstance(cell, bool | np.bool_):
        return "是" if cell else "否"
    if isinstance(cell, tuple):
        return "、".join(map(str, cell))
    return str(cell)
