"""Rules on a province's own words: kinds of projects, and everyday words for values."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from regionkit.errors import Fault
from regionkit.pack.rows import numbered_rows
from regionkit.words.message import msg

if TYPE_CHECKING:
    from collections.abc import Iterator

    from regionkit.pack.schema import Descriptor

    Tables = dict[str, pd.DataFrame]

__all__ = ["unclear_kinds", "unknown_words"]


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
    """Yield everyday words for columns that have no fixed values, or for none of their values."""
    file = descriptor.tables["words"].path
    for line, row in numbered_rows(tables["words"]):
        table = descriptor.tables.get(row["table"])
        columns = {one.name: one.labels for one in table.fields} if table else {}
        for name in table.words_of if table else ():
            columns[name] = descriptor.labels(row["table"], name)
        labels = columns.get(row["column"])
        if not labels:
            named = f"{row['table']}.{row['column']}"
            yield Fault(
                file,
                line,
                "column" if table else "table",
                msg(
                    '"{cell}" is no column of fixed values.',
                    cell=named,
                ),
                msg(
                    "Name a table and one of its columns that is an enumeration, such as projects "
                    "and stage."
                ),
            )
            continue
        for value in row["values"]:
            if value not in labels:
                yield Fault(
                    file,
                    line,
                    "values",
                    msg(
                        '"{cell}" is none of the values of {column}.',
                        cell=value,
                        column=row["column"],
                    ),
                    msg("Use one of: {allowed}.", allowed=list(labels)),
                )
        if not row["values"]:
            yield Fault(file, line, "values", msg("is empty."), msg("Say what the word means."))
