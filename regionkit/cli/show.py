"""Print tables on a terminal, or write them to a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from regionkit.cli import terminal
from regionkit.errors import InputError
from regionkit.words.message import join, msg, say

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
        known = join(endings, "or")
        raise InputError(
            msg("{path} does not end in {known}.", path=path, known=known),
            mend=msg("Name the file so."),
        )
    check_folder(path)


def check_folder(path: str) -> None:
    """Refuse a file in a folder that does not exist."""
    folder = Path(path).parent
    if not folder.is_dir():
        raise InputError(
            msg("The folder {folder} does not exist.", folder=folder), mend=msg("Make it first.")
        )


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
        terminal.tell(_write_table(table, output, notes or {}))


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

    sheets = {say("Data"): words}
    if notes:
        sheets[say("Notes")] = pd.DataFrame(
            {say("Item"): list(notes), say("Content"): list(notes.values())}
        )
    return write_aside(output, workbook_bytes(sheets))


def _print_table(table: pd.DataFrame) -> None:
    from pandas.api.types import is_numeric_dtype

    terminal.print_table(
        [str(column) for column in table.columns],
        [
            [_text(cell, for_program=terminal.is_plain()) for cell in row]
            for row in table.itertuples(index=False)
        ],
        is_number=[is_numeric_dtype(table[column]) for column in table.columns],
    )


def _text(cell: object, *, for_program: bool = False) -> str:
    """Return a cell as it is printed; blank is unknown."""
    import pandas as pd

    if cell is None or cell is pd.NA or (isinstance(cell, float) and pd.isna(cell)):
        return ""
    if isinstance(cell, float):
        return f"{cell:.15g}" if for_program else f"{cell:,.4f}".rstrip("0").rstrip(".")
    if isinstance(cell, tuple):
        return "、".join(map(str, cell))
    return str(cell)
