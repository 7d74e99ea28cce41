"""Rules on a province's own words: kinds of projects, and everyday words for values."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

import pandas as pd

from regionkit.errors import Fault
from regionkit.pack.rows import numbered_rows
from regionkit.words.message import msg

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from regionkit.pack.schema import Descriptor

    Tables = dict[str, pd.DataFrame]

__all__ = ["unclear_kinds", "unknown_words"]

_NEAREST = 5
_MOST_LISTED = 20


def unclear_kinds(descriptor: Descriptor, tables: Tables) -> Iterator[Fault]:
    """Yield kinds whose domain has no row, that have two labels, and domains without a family."""
    file = descriptor.tables["kinds"].path
    kinds = tables["kinds"]
    domains = set(kinds.loc[kinds["kind"].isna(), "domain"])
    labels: dict[str, tuple[str, str]] = {}
    for line, row in numbered_rows(kinds):
        domain, kind, label = row["domain"], row["kind"], row["label"]
        if pd.isna(kind):
            if pd.isna(row["family"]):
                yield Fault(
                    file,
                    line,
                    "family",
                    msg("of a domain is empty."),
                    msg("Say what it is drawn with."),
                )
            continue
        if pd.notna(domain) and domain not in domains:
            yield Fault(
                file,
                line,
                "domain",
                msg('"{cell}" has no row that names it.', cell=domain),
                msg("Add a row with this domain, its label, and the kind left empty."),
            )
        first, other = labels.setdefault(kind, (label, domain))
        if pd.notna(label) and pd.notna(first) and label != first:
            yield Fault(
                file,
                line,
                "label",
                msg(
                    '"{cell}" is not the "{first}" that {kind} is called in {other}.',
                    cell=label,
                    first=first,
                    kind=kind,
                    other=other,
                ),
                msg("Give one kind one label in all domains, or another id."),
            )


def unknown_words(descriptor: Descriptor, tables: Tables) -> Iterator[Fault]:
    """Yield everyday words for columns without fixed values or ids, or for none of their values."""
    file = descriptor.tables["words"].path
    for line, row in numbered_rows(tables["words"]):
        known = _values_of(descriptor, tables, row["table"], row["column"])
        if known is None:
            yield Fault(
                file,
                line,
                "column" if row["table"] in descriptor.tables else "table",
                msg(
                    "{column!r} is no column of fixed values and no id.",
                    column=".".join((row["table"], row["column"])),
                ),
                msg(
                    "Name a table and one of its columns that is an enumeration, such as projects "
                    "and stage, or the table's id, such as zones and zone_id."
                ),
            )
            continue
        for value in row["values"]:
            if value not in known:
                near = get_close_matches(value, known, n=_NEAREST) or list(known)[:_MOST_LISTED]
                yield Fault(
                    file,
                    line,
                    "values",
                    msg("{value!r} is none of the values of {column}.", value=value,
                        column=row["column"]),
                    msg("Use one of {choices}.", choices=near),
                )  # fmt: skip
        if not row["values"]:
            yield Fault(file, line, "values", msg("is empty."), msg("Say what the word means."))


def _values_of(
    descriptor: Descriptor, tables: Tables, table: str, column: str
) -> Collection[str] | None:
    """Return the fixed values of a column, or the ids of a table; None for other columns."""
    if table not in descriptor.tables:
        return None
    model = descriptor.tables[table]
    if tuple(model.primary_key) == (column,):
        return dict.fromkeys(tables[table][column].dropna())
    if column in model.words_of:
        return descriptor.labels(table, column)
    labels = {one.name: one.labels for one in model.fields}.get(column)
    return labels or None
