"""A table while it is read: cells that can be changed, each row with where it comes from."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from regionkit.pack.typed import is_of_type

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from regionkit.pack.model import Table
    from regionkit.pack.texts import Doubt, Texts

__all__ = ["Draft"]


class Draft:
    """A table's texts, to be changed cell by cell.

    Rows that are too short or too long keep what they have, for the check to tell of.

    Parameters
    ----------
    table : Table
    texts : Texts
    """

    def __init__(self, table: Table, texts: Texts) -> None:
        self.table = table
        self._texts = replace(texts, doubts=dict(texts.doubts))
        self._rows = [list(row) for row in texts.rows]
        self._at = {name: texts.header.index(name) for name in dict.fromkeys(texts.header)}

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self._rows)

    def __contains__(self, name: str) -> bool:
        """Return whether the table has a column."""
        return name in self._at

    @property
    def header(self) -> set[str]:
        """Names of the columns."""
        return set(self._at)

    def get(self, index: int, name: str) -> str:
        """Return a cell; "" where the row has none."""
        at = self._at.get(name)
        row = self._rows[index]
        return row[at] if at is not None and at < len(row) else ""

    def put(self, index: int, name: str, cell: str) -> None:
        """Change a cell, where the row has it."""
        at = self._at.get(name)
        if at is not None and at < len(self._rows[index]):
            self._rows[index][at] = cell

    def doubt(self, index: int, name: str, said: Doubt) -> None:
        """Empty a cell that cannot be read one way only, and say why."""
        self._texts.doubts.setdefault((index, name), said)
        self.put(index, name, "")

    def is_doubted(self, index: int, name: str) -> bool:
        """Return whether a cell was emptied for a doubt."""
        return (index, name) in self._texts.doubts

    def change(self, name: str, read: Callable[[str], str | Doubt]) -> None:
        """Read every cell of a column that holds something; equal cells are read once."""
        at = self._at.get(name)
        if at is None:
            return
        cells = {row[at] for row in self._rows if at < len(row)} - {""}
        changed = {cell: new for cell in cells if (new := read(cell)) != cell}
        if not changed:
            return
        for index, row in enumerate(self._rows):
            meant = changed.get(row[at]) if at < len(row) else None
            if isinstance(meant, str):
                row[at] = meant
            elif meant is not None:
                self.doubt(index, name, meant)

    def column(self, name: str) -> list[str]:
        """Return the cells of a column."""
        at = self._at.get(name)
        if at is None:
            return [""] * len(self)
        return [row[at] if at < len(row) else "" for row in self._rows]

    def spread(self, pieces: Iterable[tuple[int, dict[str, str]]]) -> Draft:
        """Return the table with its rows taken by index, some cells changed."""
        pieces = list(pieces)
        if [index for index, cells in pieces if not cells] == list(range(len(self))):
            return self
        texts = replace(self._texts, rows=self._rows).select([index for index, _ in pieces])
        draft = Draft(self.table, texts)
        for index, (_, cells) in enumerate(pieces):
            for name, cell in cells.items():
                draft.put(index, name, cell)
        return draft

    def finish(self) -> Texts:
        """Return the table's texts, sorted by its key."""
        texts = replace(self._texts, rows=self._rows)
        key = [(self.column(name), self.table[name].type) for name in self.table.primary_key]
        keys = [
            tuple(_sortable(cells[i], kind) for cells, kind in key) for i in range(len(texts.rows))
        ]
        order = sorted(range(len(keys)), key=keys.__getitem__)
        return texts if order == list(range(len(order))) else texts.select(order)


def _sortable(cell: str, kind: str) -> tuple[int, int, str]:
    """Return what a cell of a key is sorted by: blanks first, whole numbers by their size."""
    if not cell:
        return 0, 0, ""
    if kind == "integer" and is_of_type(cell, kind):
        return 1, int(cell), ""
    return 2, 0, cell
