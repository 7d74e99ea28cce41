"""Find every fault of a plan pack: file, row, column, mend.

First the tables are held against the schema (:mod:`regionkit.pack.conformance`), then what a
schema cannot say is checked by the rules of :mod:`regionkit.pack.rules`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from regionkit.pack.conformance import is_whole, schema_faults
from regionkit.pack.contents import read_pack_texts
from regionkit.pack.points import point_faults, sea_faults
from regionkit.pack.rules import RULES
from regionkit.pack.typed import type_table
from regionkit.words.message import msg

if TYPE_CHECKING:
    from pathlib import Path

    from regionkit.errors import Fault
    from regionkit.pack.schema import Descriptor
    from regionkit.pack.texts import Texts
    from regionkit.words.message import Words

__all__ = ["check_pack", "find_faults", "tell_unread"]

# The row of a file that follows its header.
_FIRST_LINE = 2
# What is made, where it is blank, from another cell of the row.
_MADE_FROM = {("projects", "kind"): "domain"}


def check_pack(pack: str | Path, *, places: bool = True) -> list[Fault]:
    """Return every fault of a pack, in order of file and row; none means the pack is sound.

    Parameters
    ----------
    pack : str or Path
        Id of an embedded pack, or a folder.
    places : bool
        Whether to test points against boundaries as well, which takes a second.

    Raises
    ------
    PackError
        The descriptor itself cannot be used.

    Examples
    --------
    >>> check_pack("liaoning")
    []
    """
    descriptor, texts, _ = read_pack_texts(pack)
    return find_faults(descriptor, texts, places=places)


def tell_unread(pack: str | Path) -> list[Words]:
    """Return which columns of a pack are of an earlier form and no longer read.

    Examples
    --------
    >>> tell_unread("liaoning")
    []
    """
    _, texts, _ = read_pack_texts(pack)
    return [
        msg(
            "{file}: the column {column} is no longer read. {command} takes it out.",
            file=mine.file, column=column, command="regionkit check --tidy",
        )
        for mine in texts.values()
        for column in mine.unread
    ]  # fmt: skip


def find_faults(
    descriptor: Descriptor, texts: dict[str, Texts], *, places: bool = True
) -> list[Fault]:
    """Return every fault of a pack's tables, given as texts in today's form."""
    doubts = {
        mine.fault(index, name, *said)
        for mine in texts.values()
        for (index, name), said in mine.doubts.items()
    }
    faults = [*doubts, *schema_faults(texts)]
    by_path = {table.path: texts[name] for name, table in descriptor.tables.items()}
    tables = {name: type_table(texts[name], table) for name, table in descriptor.tables.items()}
    broken = {n for n, table in descriptor.tables.items() if not is_whole(texts[n], table)}
    for rule, needed in RULES.items():
        # A table that is not there would make every id that points to it a fault.
        if broken.isdisjoint(needed):
            faults.extend(_as_told(fault, by_path) for fault in rule(descriptor, tables))
    if places and not faults:
        for rule in (point_faults, sea_faults):
            faults.extend(_as_told(fault, by_path) for fault in rule(descriptor, tables))
    # A cell with two readings is blank for the rules: they would ask for what is there.
    doubted = {(f.file, f.sheet, f.row, f.column) for f in faults if f in doubts}
    # Nor is what would have been made from it asked for: the domain of a kind that is none.
    for (table, column), made in _MADE_FROM.items():
        unmade = [
            texts[table].fault(i, made, "", "") for i, c in texts[table].doubts if c == column
        ]
        doubted |= {(f.file, f.sheet, f.row, f.column) for f in unmade}
    kept = [f for f in faults if f in doubts or (f.file, f.sheet, f.row, f.column) not in doubted]
    return sorted(set(kept))


def _as_told(fault: Fault, by_path: dict[str, Texts]) -> Fault:
    """Return a fault of a rule, which counts rows as read, told as the file has it."""
    texts = by_path.get(str(fault.file))
    if texts is None or fault.row < _FIRST_LINE:
        return fault
    return texts.fault(fault.row - _FIRST_LINE, fault.column, fault.what, fault.mend)
