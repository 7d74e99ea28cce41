"""The numbered list of sources that a briefing's rows point to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from regionkit.briefing.model import Citation, Source

if TYPE_CHECKING:
    from regionkit.region import Region

__all__ = ["Register"]


class Register:
    """Numbers sources in the order of their first use and gathers the places cited."""

    def __init__(self, region: Region) -> None:
        self._region = region
        self._table = region.sources
        self._cited: dict[str, list[str]] = {}

    def cite(self, source_id: object, locator: object, basis: object = "") -> Citation:
        """Return the citation of a row and enter it in the list."""
        key, where = str(source_id), text(locator)
        places = self._cited.setdefault(key, [])
        if where and where not in places:
            places.append(where)
        return Citation(list(self._cited).index(key) + 1, key, where, text(basis))

    def cite_row(self, row: Any) -> Citation:
        """Return the citation of a table's row with ``source_id, locator, basis``."""
        return self.cite(row.source_id, row.locator, row.basis)

    @property
    def newest(self) -> str:
        """Short title and date of the newest document cited, "" where none has a date."""
        dated = [
            (text(self._table.loc[s, "issued_on"]), text(self._table.loc[s, "short_title"]))
            for s in self._cited
        ]
        dated = [pair for pair in dated if pair[0]]
        return "{1}，{0}".format(*max(dated)) if dated else ""

    def sources(self, lang: str) -> tuple[Source, ...]:
        """Return the numbered list."""
        kinds = self._region.labels("sources", "kind", lang)
        return tuple(
            Source(
                number,
                source_id,
                text(row["title"]),
                text(row["issuer"]),
                text(row["issued_on"]),
                kinds.get(row["kind"], ""),
                text(row["licence"]),
                text(row["note"]),
                tuple(self._cited[source_id]),
            )
            for number, source_id in enumerate(self._cited, start=1)
            for row in [self._table.loc[source_id]]
        )


def text(cell: Any) -> str:
    """Return a cell as text, "" where it is missing."""
    return "" if cell is None or pd.isna(cell) else str(cell)
