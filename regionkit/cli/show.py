"""Print tables on a terminal, or write them to a file."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from regionkit.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    import pandas as pd

__all__ = ["TABLE_ENDINGS", "check_folder", "check_output", "check_table_output", "show_table"]

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
    import pandas as pd

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
    import pandas as pd

    from regionkit.cli.box import draw_table

    right = {
        number
        for number, column in enumerate(table.columns)
        if pd.api.types.is_numeric_dtype(table[column])
    }
    rows = [[_text(cell) for cell in row] for row in table.itertuples(index=False)]
    width = _terminal_width()
    heads = [str(column) for column in table.columns]
    click.echo(draw_table(heads, rows, right=right, width=width, is_bold=width is not None))


def _terminal_width() -> int | None:
    """Return the columns of the terminal, None for a file or pipe, which has no width to fit to."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def _text(cell: object) -> str:
    import pandas as pd

    if cell is None or cell is pd.NA or (isinstance(cell, float) and pd.isna(cell)):
        return ""
    if isinstance(cell, float):
        return f"{cell:,.4f}".rstrip("0").rstrip(".")
    if isinstance(cell, tuple):
        return "、".join(map(str, cell))
    return str(cell)
