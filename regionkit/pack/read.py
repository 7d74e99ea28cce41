"""Read a plan pack's tables into DataFrames with the types its descriptor gives."""

from __future__ import annotations

import csv
import hashlib
from typing import TYPE_CHECKING

import pandas as pd

from regionkit.errors import Fault, PackError

if TYPE_CHECKING:
    from pathlib import Path

    from regionkit.pack.schema import Descriptor, Table

__all__ = ["pack_digest", "read_header", "read_tables", "read_tables_leniently"]

# As the Table Schema has them; spreadsheets write TRUE.
_TRUE = ("true", "True", "TRUE", "1")


def read_tables(descriptor: Descriptor) -> dict[str, pd.DataFrame]:
    """Return every table of a pack by name.

    Columns are ``str`` (missing is NaN), ``Int64``, ``float``, ``bool`` or, for lists, tuples of
    str; rows stand in the order of the file. The values are taken as checked:
    :func:`regionkit.pack.check.check_pack` tells of faults.

    Raises
    ------
    PackError
        A file or column is missing, or a cell is not of its column's type.
    """
    tables, faults = {}, []
    for table in descriptor.tables.values():
        path = descriptor.folder / table.path
        if not path.is_file():
            faults.append(
                Fault(table.path, 0, "", "is missing.", "Add it, with its header row at least.")
            )
            continue
        try:
            text = _read_text(path, lenient=False)
            tables[table.name] = _typed(text, table, lenient=False)
        except (ValueError, TypeError, KeyError, csv.Error) as error:
            faults.append(
                Fault(
                    table.path,
                    0,
                    "",
                    f"cannot be read ({error}).",
                    "`regionkit check` names the row and column.",
                )
            )
    if faults:
        raise PackError(f"The pack in {descriptor.folder} cannot be read:", faults)
    return tables


def read_tables_leniently(descriptor: Descriptor) -> tuple[dict[str, pd.DataFrame], set[str]]:
    """Return every table by name, with what cannot be read left missing, and the broken tables.

    For the search for faults, which looks at everything that can be read at all. Broken is a
    table whose file or one of whose columns is not there.
    """
    tables, broken = {}, set()
    for table in descriptor.tables.values():
        names = [field.name for field in table.fields]
        try:
            text = _read_text(descriptor.folder / table.path, lenient=True)
        except (OSError, ValueError, csv.Error):
            text = pd.DataFrame(columns=names, dtype=str)
            broken.add(table.name)
        if not set(names) <= set(text.columns):
            broken.add(table.name)
        tables[table.name] = _typed(text.reindex(columns=names, fill_value=""), table, lenient=True)
    return tables, broken


def read_header(path: Path) -> list[str]:
    """Return the first row of a CSV file, [] where it cannot be read."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return next(csv.reader(file), [])
    except (OSError, ValueError, csv.Error):
        return []


def _read_text(path: Path, *, lenient: bool) -> pd.DataFrame:
    """Return a CSV file as texts, a row a line; leniently with rows cut or filled to its width."""
    # A byte order mark is what Excel writes before UTF-8.
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    if not rows:
        raise ValueError("it has no header")
    header, *body = rows
    if len(set(header)) < len(header):
        if not lenient:
            raise ValueError("two columns have one name")
        # The first of them counts; the check names the second.
        header = [
            name if name not in header[:i] else f"{name} {i}" for i, name in enumerate(header)
        ]
    for line, row in enumerate(body, 2):
        if len(row) != len(header):
            if not lenient:
                raise ValueError(f"row {line} has {len(row)} cells, not {len(header)}")
            row[:] = [*row, *[""] * len(header)][: len(header)]
    return pd.DataFrame(body, columns=header, dtype=str)


def _typed(text: pd.DataFrame, table: Table, *, lenient: bool) -> pd.DataFrame:
    """Return a table of texts as its columns' types."""
    typed = {}
    for field in table.fields:
        column = text[field.name]
        if field.type in {"integer", "number"}:
            number = pd.to_numeric(
                column.where(column != ""), errors="coerce" if lenient else "raise"
            ).astype(float)
            if field.type == "integer" and lenient:
                number = number.where(number % 1 == 0)
            typed[field.name] = number.astype("Int64") if field.type == "integer" else number
        elif field.type == "boolean":
            typed[field.name] = column.isin(_TRUE)
        elif field.type == "list":
            typed[field.name] = pd.Series(
                [
                    tuple(item.strip() for item in cell.split(field.delimiter) if item.strip())
                    for cell in column
                ],
                index=column.index,
                dtype=object,
            )
        else:
            typed[field.name] = column.where(column != "").astype("str")
    return pd.DataFrame(typed)


def pack_digest(descriptor: Descriptor) -> str:
    """Return a digest of all files of a pack: the same for the same content."""
    digest = hashlib.sha256()
    for name in ["datapackage.json", *(table.path for table in descriptor.tables.values())]:
        path = descriptor.folder / name
        content = path.read_bytes() if path.is_file() else b""
        # With its length, so that no text can pass from one file to the next unseen.
        digest.update(f"{name} {len(content)} ".encode())
        digest.update(content)
    return digest.hexdigest()[:24]
