"""What in a pack's tables is against the schema: columns, types, values, keys.

The format is that of the Frictionless Table Schema; the checks are these few, on whole columns of
texts. They hold each table against the schema of the package, never against one that the pack
brings. Libraries were looked at in November 2026: frictionless brings 25 packages more, tableschema
22, dplib-py 21 (it judges descriptors, not rows), pandera 8 (it reads Table Schemas through
frictionless).
"""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING

from regionkit.pack.model import ForeignKey, list_tables
from regionkit.pack.typed import is_of_type, split_list
from regionkit.words.message import Words, join, msg

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from regionkit.errors import Fault
    from regionkit.pack.model import Field, Table
    from regionkit.pack.texts import Doubt, Texts

__all__ = ["is_whole", "schema_faults"]

_MOST_HINTS = 20
# What a pattern asks for, in words.
_FORMS = {
    "[a-z0-9]+(-[a-z0-9]+)*": msg("small letters, digits and hyphens, such as coastal-belt"),
    r"[1-9]\d{5}": msg("the six digits of an adcode, such as 210100"),
    r"\d{6}": msg("the six digits of a code, such as 210100"),
    r"\d{4}(-\d{2}(-\d{2})?)?": msg("YYYY, YYYY-MM or YYYY-MM-DD"),
    "#[0-9a-f]{6}": msg("a colour as # and six digits or small letters, such as #0b4a86"),
}


def is_whole(texts: Texts, table: Table) -> bool:
    """Return whether a table can be read and has every column, so that its keys can be trusted."""
    return not texts.problem and set(table.columns) <= set(texts.header)


def schema_faults(texts: dict[str, Texts]) -> Iterator[Fault]:
    """Yield every fault of tables, by name, against the schema."""
    for table in list_tables().values():
        mine = texts[table.name]
        if mine.problem:
            yield mine.own_origin.fault(0, "", *mine.problem)
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


def _header_faults(texts: Texts, table: Table) -> Iterator[Fault]:
    """Yield the columns that a header lacks, has twice or should not have."""
    origin = texts.own_origin
    for name in table.columns:
        if name not in texts.header:
            yield origin.fault(1, name, msg("is missing."), msg("Add the column to the header."))
    for name in dict.fromkeys(texts.header):
        if name not in table.columns:
            known = [origin.said_as.get(one, one) for one in table.columns]
            mend = msg("Remove the column, or name it as one of: {known}.", known=known)
            yield origin.fault(1, name, msg("is no column of this table."), mend)
        if texts.header.count(name) > 1:
            yield origin.fault(
                1, name, msg("stands twice in the header."), msg("Remove one of them.")
            )


def _row_faults(texts: Texts) -> Iterator[Fault]:
    """Yield rows that are empty, too short or too long."""
    width = len(texts.header)
    for index, row in enumerate(texts.rows):
        if len(row) > width:
            what = msg(
                "has {n} cells, more than the {width} of the header.", n=len(row), width=width
            )
            yield texts.fault(index, "", what, msg("Quote cells that hold commas."))
        elif len(row) < width:
            what = msg(
                "has {n} cells, fewer than the {width} of the header.", n=len(row), width=width
            )
            yield texts.fault(index, "", what, msg("Give the row as many cells as the header."))


def _cell_faults(texts: Texts, column: Field, cells: list[str]) -> Iterator[Fault]:
    """Yield cells of a column that are empty, of another type, or not among what it may hold."""
    # Most cells are sound and repeat: each value is judged once.
    judged = {cell: _judge(cell, column) for cell in set(cells)}
    if not any(judged.values()):
        return
    at = texts.header.index(column.name)
    for index, cell in enumerate(cells):
        verdict = judged[cell]
        # A cell that is not there has been told of with its row.
        if verdict and any(texts.rows[index]) and len(texts.rows[index]) > at:
            yield texts.fault(index, column.name, *verdict)


def _judge(cell: str, column: Field) -> Doubt | None:
    """Return what is wrong with a cell and how to mend it, None for nothing."""
    if not cell:
        return (msg("is empty."), msg("Every row needs it.")) if column.required else None
    if not is_of_type(cell, column.type):
        return _wrong_type(cell, column.type)
    if column.labels and cell not in column.labels:
        allowed = [
            msg("{value} ({label})", value=value, label=label)
            for value, label in column.labels.items()
        ]
        return (
            msg('"{cell}" is none of its values.', cell=cell),
            msg("Use one of: {allowed}.", allowed=allowed),
        )
    if column.pattern and re.fullmatch(column.pattern, cell) is None:
        form = _FORMS.get(column.pattern) or msg("what matches {pattern}", pattern=column.pattern)
        return (
            msg('"{cell}" is not written as it has to be.', cell=cell),
            msg("Write {form}.", form=form),
        )
    return _judge_limits(float(cell), column) if column.type in {"integer", "number"} else None


def _wrong_type(cell: str, wanted: str) -> Doubt:
    """Return what is wrong with a cell that is not of its column's type, and how to mend it."""
    if wanted == "boolean":
        return (
            msg('"{cell}" is neither true nor false.', cell=cell),
            msg("Write true or false."),
        )
    if wanted == "integer":
        return (
            msg('"{cell}" is no whole number.', cell=cell),
            msg("Write digits only; leave it empty where it is not known."),
        )
    return (
        msg('"{cell}" is no number.', cell=cell),
        msg("Write digits and a point; leave it empty where it is not known."),
    )


def _judge_limits(number: float, column: Field) -> Doubt | None:
    """Return what is wrong with a figure's size and how to mend it, None for nothing."""
    mend = msg("Correct the figure.")
    if column.minimum is not None and number < column.minimum:
        return msg("{number:g} is below {limit:g}.", number=number, limit=column.minimum), mend
    if column.maximum is not None and number > column.maximum:
        return msg("{number:g} is above {limit:g}.", number=number, limit=column.maximum), mend
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
                msg('"{cell}" stands in row {row} too.', cell=key, row=texts.line_of(earlier)),
                msg("Remove or rename the second row."),
            )


def _reference_faults(
    texts: Texts, table: Table, cells: dict[str, list[str]], others: dict[str, Texts]
) -> Iterator[Fault]:
    """Yield cells, or items of lists, that the table they refer to does not have."""
    for key in table.foreign_keys:
        rows = list(enumerate(zip(*(cells[name] for name in key.columns), strict=True)))
        yield from _unknown(texts, key, rows, others)
    for column in table.fields:
        if column.type == "list" and column.references:
            name, other_column = column.references.split(".")
            items = [
                (index, (item,))
                for index, cell in enumerate(cells[column.name])
                for item in split_list(cell, column.delimiter)
            ]
            key = ForeignKey((column.name,), name, (other_column,))
            yield from _unknown(texts, key, items, others)


def _unknown(
    texts: Texts,
    key: ForeignKey,
    rows: Sequence[tuple[int, tuple[str, ...]]],
    others: dict[str, Texts],
) -> Iterator[Fault]:
    """Yield the values, by index of their row, that no row of the other table has together."""
    other = others[key.table]
    if not is_whole(other, list_tables()[key.table]):
        # Without that table every id would be a fault.
        return
    add = msg("Add it to {file}, or correct the id.", file=other.sheet or other.file)
    of_other = other.columns(key.other_columns)
    known = set(zip(*(of_other[name] for name in key.other_columns), strict=True))
    hints: dict[tuple[str, ...], list[Words]] = {}
    called = [other.said_as.get(one, one) for one in key.other_columns]
    for index, values in rows:
        if not all(values) or values in known:
            continue
        # To look for what is near takes time; a column that is wrong throughout needs no hint.
        if values not in hints and len(hints) < _MOST_HINTS:
            hints[values] = _nearest(values, known)
        yield texts.fault(
            index,
            ", ".join(key.columns),
            msg(
                '"{cell}" is no {columns} of {table}.',
                cell=values,
                columns=called,
                table=other.sheet or key.table,
            ),
            join([add, *hints.get(values, [])], "sentences"),
        )


def _nearest(values: tuple[str, ...], known: set[tuple[str, ...]]) -> list[Words]:
    """Return what is spelled nearest, as a sentence; [] where nothing is near."""
    spelled = sorted(", ".join(one) for one in known)
    near = difflib.get_close_matches(", ".join(values), spelled, 3)
    return [msg("Nearest are: {places}.", places=join(near, "clauses"))] if near else []
