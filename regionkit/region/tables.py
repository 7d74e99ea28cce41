"""A plan pack's tables, each read when it is first asked for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from regionkit.errors import InputError
from regionkit.pack.read import read_tables

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import pandas as pd

    from regionkit.pack.schema import Descriptor

__all__ = ["PackTables"]


class PackTables:
    """A plan pack: its tables by name, and what it says of itself.

    Parameters
    ----------
    descriptor : Descriptor
    tables : mapping of str to DataFrame, optional
        Tables in place of those in the pack's folder.
    """

    def __init__(
        self, descriptor: Descriptor, tables: Mapping[str, pd.DataFrame] | None = None
    ) -> None:
        self.descriptor = descriptor
        self._tables = dict(tables or {})

    @property
    def id(self) -> str:
        """Id of the region, such as "liaoning"."""
        return self.descriptor.region["id"]

    @property
    def adcode(self) -> str:
        """Adcode of the province."""
        return self.descriptor.region["adcode"]

    @property
    def name(self) -> str:
        """Chinese name of the province."""
        return self.descriptor.region["name"]

    @property
    def folder(self) -> Path:
        """Folder of the pack."""
        return self.descriptor.folder

    @property
    def table_names(self) -> tuple[str, ...]:
        """Names of the tables, in the pack's order."""
        return tuple(self.descriptor.tables)

    def table(self, name: str) -> pd.DataFrame:
        """Return a table by name, typed once.

        Raises
        ------
        InputError
            The pack has no such table.
        """
        if name not in self.descriptor.tables:
            known = ", ".join(self.table_names)
            raise InputError(f"The pack has no table {name!r}. It has: {known}.")
        if name not in self._tables:
            alone = replace(self.descriptor, tables={name: self.descriptor.tables[name]})
            self._tables.update(read_tables(alone))
        return self._tables[name]

    def labels(self, table: str, column: str) -> dict[str, str]:
        """Return the Chinese label of each value of an enumeration."""
        return self.descriptor.labels(table, column)
