"""Rows of a pack's tables by what they are called."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from regionkit.places.names import normalise_name
from regionkit.words.message import msg

if TYPE_CHECKING:
    from regionkit.pack.draft import Draft
    from regionkit.pack.texts import Doubt

__all__ = ["Names"]

# What rows of a table are called, the surest first.
_NAMES = ("name", "title", "short_name", "short_title", "aliases")


class Names:
    """Rows of tables by their ids and by what they are called.

    Parameters
    ----------
    drafts : dict of str to Draft
        The tables by name.
    """

    def __init__(self, drafts: dict[str, Draft]) -> None:
        self._drafts = drafts
        self._ids: dict[str, set[str]] = {}
        self._meant: dict[str, list[dict[str, set[str]]]] = {}
        self._rows: dict[str, dict[str, int]] = {}

    def ids(self, table: str) -> set[str]:
        """Return the ids of a table."""
        if table not in self._ids:
            draft = self._drafts.get(table)
            cells = draft.column(draft.table.primary_key[0]) if draft else []
            self._ids[table] = set(cells) - {""}
        return self._ids[table]

    def meant(self, table: str, name: str) -> set[str]:
        """Return the ids of the rows that are called so, by the surest of their names."""
        if name in self.ids(table):
            return {name}
        if table not in self._meant:
            self._meant[table] = self._gather(table)
        wanted = normalise_name(name)
        return next((names[wanted] for names in self._meant[table] if wanted in names), set())

    def _gather(self, table: str) -> list[dict[str, set[str]]]:
        draft = self._drafts.get(table)
        gathered = []
        for column in _NAMES if draft else ():
            names: dict[str, set[str]] = defaultdict(set)
            if draft and column in draft:
                ids = draft.column(draft.table.primary_key[0])
                for one, cell in zip(ids, draft.column(column), strict=True):
                    for item in cell.split(";") if column == "aliases" else [cell]:
                        if one and item:
                            names[normalise_name(item)].add(one)
            gathered.append(names)
        return gathered

    def label(self, table: str, one: str) -> str:
        """Return the name of a row that means it alone; its id where none does."""
        if table not in self._meant:
            self._meant[table] = self._gather(table)
        draft = self._drafts[table]
        if table not in self._rows:
            ids = draft.column(draft.table.primary_key[0])
            self._rows[table] = {own: index for index, own in enumerate(ids)}
        index = self._rows[table].get(one)
        if index is None:
            return one
        for column in _NAMES[:-1]:
            name = draft.get(index, column)
            if name and self.meant(table, name) == {one}:
                return name
        return one

    def find(self, cell: str, table: str) -> str | Doubt:
        """Return the id that a cell means; the cell itself where no row is called so."""
        meant = self.meant(table, cell)
        if len(meant) == 1:
            return next(iter(meant))
        if meant:
            what = msg(
                "{cell!r} is the name of several rows of {table}: {ids}.",
                cell=cell,
                table=self._drafts[table].table.title,
                ids=sorted(meant),
            )
            return what, msg("Write the id of the one that is meant.")
        return cell
