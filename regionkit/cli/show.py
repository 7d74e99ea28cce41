"""Print tables on a terminal, or write them to a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from regionkit.cli import terminal
from regionkit.errors import InputError
from regionkit.imprint import current_imprint
from regionkit.tables.face import cell_text
from regionkit.tables.grammar.heading import names_codes, names_years
from regionkit.tables.write import TABLE_FORMATS, check_table_format, write_table
from regionkit.words.message import join, msg, say

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    import pandas as pd

__all__ = ["add_codes", "check_folder", "check_output", "check_table_output", "show_table"]


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
    check_output(path, TABLE_FORMATS)
    if path is not None:
        check_table_format(path)


def show_table(
    table: pd.DataFrame,
    output: str | None = None,
    *,
    title: str = "",
    notes: Mapping[str, str] | None = None,
    sources: pd.DataFrame | None = None,
) -> None:
    """Print a table, or write it in the format of the file's ending and tell what was written.

    Parameters
    ----------
    table : DataFrame
    output : str, optional
    title : str
    notes : mapping, optional
        What the table is of; stands on a sheet of its own in a workbook.
    sources : DataFrame, optional
        As of ``Region.sources``: what the table was made from; on a sheet of its own as well.
    """
    if output is None:
        _print_table(table)
        return
    listed = None if sources is None else _source_sheet(sources)
    told = {**(notes or {}), **current_imprint().notes(with_map=False)}
    written = write_table(table, output, title=title, notes=told, sources=listed)
    terminal.tell(written.path)
    terminal.tell(written, err=True)


def add_codes(table: pd.DataFrame, codes: Mapping[str, Collection[object]]) -> pd.DataFrame:
    """Return a table with codes in columns behind those they belong to, where they are asked for.

    Parameters
    ----------
    table : DataFrame
    codes : mapping of column to its codes
        A column that the table does not have stands first: the id of its rows.
    """
    if not terminal.has_codes():
        return table
    made = table.copy()
    for column, own in codes.items():
        if column in made:
            name = say("{name} code", name=column)
            made.insert(int(made.columns.get_loc(column)) + 1, name, list(own))
        else:
            made.insert(0, column, list(own))
    return made


def _source_sheet(sources: pd.DataFrame) -> pd.DataFrame:
    """Return sources as a reader has them; the title stands first."""
    columns = {
        "title": say("Title"),
        "issuer": say("Issuer"),
        "issued_on": say("Issued on"),
        "licence": say("Licence"),
        "note": say("Note"),
    }
    table = sources[list(columns)].rename(columns=columns)
    table.insert(1, say("Id"), sources.index)
    return table


def _print_table(table: pd.DataFrame) -> None:
    from pandas.api.types import is_numeric_dtype

    terminal.print_table(
        [str(column) for column in table.columns],
        [
            [
                cell_text(
                    cell,
                    for_program=terminal.is_plain(),
                    is_label=names_codes(str(column)) or names_years(str(column)),
                )
                for column, cell in zip(table.columns, row, strict=True)
            ]
            for row in table.itertuples(index=False)
        ],
        is_number=[is_numeric_dtype(table[column]) for column in table.columns],
    )
