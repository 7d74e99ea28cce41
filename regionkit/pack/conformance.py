"""What in a pack's tables is against the schema: columns, types, values, keys.

The format is that of the Frictionless Table Schema; the checks are these few, on whole columns of
texts, so that a pack needs no engine of many parts. They hold each table against the schema of the
package, never against one that the pack brings.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from regionkit.errors import Fault
from regionkit.pack.model import list_tables
from regionkit.pack.typed import is_of_type, split_list

if TYPE_CHECKING:
    from collections.abc import Iterator

    from regionkit.pack.model import Field, Table
    from regionkit.pack.texts import Texts

__all__ = ["is_whole", "schema_faults"]

_TYPE_WORDS = {
    "integer": ("no whole number", "Write digits only; leave it empty where it is not known."),
    "number": ("no number", "Write digits and a point; leave it empty where it is not known."),
    "boolean": ("neither true nor false", "Write true or false."),
}


def is_whole(texts: Texts, table: Table) -> bool:
    """Return whether a table can be read and has every column, so that its keys can be trusted."""
    return not texts.problem and set(table.columns) <= set(texts.header)


def schema_faults(texts: dict[str, Texts]) -> Iterator[Fault]:
    """Yield every fault of tables, by name, against the schema."""
    for table in list_tables().values():
        mine = texts[table.name]
        if mine.problem:
            yield _unreadable(mine)
            continue
        yield from _header_faults(mine, table)
        yield from _row_faults(mine)
        cells = mine.columns(table.columns)
        for column in table.fields:
            if column.name in mine.header:
                yield from _cell_faults(mine, column, cells[column.name])
        if set(table.primary_key) <= set(mine.header):
            yield from _key_faults(mine, table, cells)
        yield from _reference_faults(mine, table, cells, texts)


def _unreadable(texts: Texts) -> Fault:
    mends = {
        "is missing.": "Add it, with its header row at least.",
        "is not in UTF-8.": "Save the file as UTF-8.",
        "has no header.": "Write the names of the columns in its first row.",
    }
    mend = mends.get(texts.problem, "Save it as CSV again.")
    return Fault(texts.file, 0, "", texts.problem, mend)


def _header_faults(texts: Texts, table: Table) -> Iterator[Fault]:
    """Yield the columns that a header lacks, has twice or should not have."""
    for name in table.columns:
        if name not in texts.header:
            yield Fault(texts.file, 1, name, "is missing.", "Add the column to the header.")
    for name in dict.fromkeys(texts.header):
        if name not in table.columns:
            known = ", ".join(table.columns)
            yield Fault(
                texts.file, 1, name, "is no column of this table.",
                f"Remove the column, or name it as one of: {known}.",
            )  # fmt: skip
        if texts.header.count(name) > 1:
            yield Fault(texts.file, 1, name, "stands twice in the header.", "Remove one of them.")


def _row_faults(texts: Texts) -> Iterator[Fault]:
    """Yield rows that are empty, too short or too long."""
    width = len(texts.header)
    for index, row in enumerate(texts.rows):
        if not any(row):
            yield texts.fault(index, "", "is empty.", "Remove the empty row.")
        elif len(row) > width:
            what = f"has {len(row)} cells, more than the {width} of the header."
            yield texts.fault(index, "", what, "Quote cells that hold commas.")
        elif len(row) < width:
            what = f"has {len(row)} cells, fewer than the {width} of the header."
            yield texts.fault(index, "", what, "Give the row as many cells as the header.")


def _cell_faults(texts: Texts, column: Field, cells: list[str]) -> Iterator[Fault]:
    """Yield cells of a column that are empty, of another type, or not among what it may hold."""
    # Most cells are sound and repeat: each value is judged once.
    judged = {cell: _judge(cell, column) for cell in set(cells)}
    if not any(judged.values()):
        return
    for index, cell in enumerate(cells):
        verdict = judged[cell]
        # An empty row has been told of as a whole.
        if verdict and any(texts.rows[index]):
            yield texts.fault(index, column.name, *verdict)


def _judge(cell: str, column: Field) -> tuple[str, str] | None:
    """Return what is wrong with a cell and how to mend it, None for nothing."""
    if not cell:
        return ("is empty.", "Every row needs it.") if column.required else None
    if not is_of_type(cell, column.type):
        what, mend = _TYPE_WORDS[column.type]
        return f'"{cell}" is {what}.', mend
    if column.labels and cell not in column.labels:
        allowed = ", ".join(f"{value} ({label})" for value, label in column.labels.items())
        return f'"{cell}" is none of its values.', f"Use one of: {allowed}."
    if column.pattern and re.fullmatch(column.pattern, cell) is None:
        return f'"{cell}" is not written as it has to be.', f"Its form is {column.pattern}."
    return _judge_limits(float(cell), column) if column.type in {"integer", "number"} else None


def _judge_limits(number: float, column: Field) -> tuple[str, str] | None:
    """Return what is wrong with a figure's size and how to mend it, None for nothing."""
    if column.minimum is not None and number < column.minimum:
        return f"{number:g} is below {column.minimum:g}.", "Correct the figure."
    if column.maximum is not None and number > column.maximum:
        return f"{number:g} is above {column.maximum:g}.", "Correct the figure."
    return None


def _key_faults(texts: Texts, table: Table, cells: dict[str, list[str]]) -> Iterator[Fault]:
    """Yield rows whose key an earlier row has."""
    first: dict[tuple[str, ...], int] = {}
    keys = zip(*(cells[name] for name in table.primary_key), strict=True)
    for index, key in enumerate(keys):
        earlier = first.setdefault(key, index)
        # Rows without a key are faults of their own.
        if earlier != index and any(key):
            yield texts.fault(
                index,
                ", ".join(table.primary_key),
                f'"{", ".join(key)}" stands in row {texts.line_of(earlier)} too.',
                "Remove or rename the second row.",
            )


def _reference_faults(
    texts: Texts, table: Table, cells: dict[str, list[str]], others: dict[str, Texts]
) -> Iterator[Fault]:
    """Yield cells, or items of lists, that the table they refer to does not have."""
    for key in table.foreign_keys:
        other = others[key.table]
        if not is_whole(other, list_tables()[key.table]):
            # Without that table every id would be a fault.
            continue
        of_other = other.columns(key.other_columns)
        known = set(zip(*(of_other[name] for name in key.other_columns), strict=True))
        mine = zip(*(cells[name] for name in key.columns), strict=True)
        for index, values in enumerate(mine):
            if all(values) and values not in known:
                yield texts.fault(
                    index,
                    ", ".join(key.columns),
                    f'"{", ".join(values)}" is no {", ".join(key.other_columns)} of {key.table}.',
                    f"Add it to {other.file}, or correct the id.",
                )
    for column in table.fields:
        if column.type != "list" or not column.references:
            continue
        name, other_column = column.references.split(".")
        if not is_whole(others[name], list_tables()[name]):
            continue
        known_items = set(others[name].columns([other_column])[other_column])
        for index, cell in enumerate(cells[column.name]):
            for item in split_list(cell, column.delimiter):
                if item not in known_items:
                    yield texts.fault(
                        index,
                        column.name,
                        f'"{item}" is no {other_column} of {name}.',
                        f"Add it to {others[name].file}, or correct the id.",
                    )
