"""Words of a pack in the reader's language: enumerations, names, documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regionkit.words.message import join
from regionkit.words.voice import current_language

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from regionkit.region import Region
    from regionkit.region.names import RegionNames

__all__ = ["cited_documents", "cited_rows", "labels_of", "list_words", "names_of"]


def labels_of(ln: Region, table: str, column: str) -> dict[str, str]:
    """Return the word of each value of a column: its label, or in English the id where none is."""
    return ln.labels(table, column, current_language())


def names_of(ln: Region) -> RegionNames:
    """Return what units, zones and indicators are called in the reader's language."""
    # A help text loads no region.
    from regionkit.region.names import RegionNames

    return RegionNames(ln)


def cited_rows(ln: Region, rows: pd.DataFrame) -> list[str]:
    """Return the document of each row with its place in it."""
    return [ln.cite(key, at) for key, at in zip(rows["source_id"], rows["locator"], strict=True)]


def cited_documents(ln: Region, source_ids: Iterable[str], lang: str) -> str:
    """Return the documents that a map rests on, each once."""
    return join(dict.fromkeys(ln.cite(key) for key in source_ids)).render(lang)


def list_words(labels: dict[str, str]) -> list[str]:
    """Return the words an option takes, those of the reader's language first.

    Examples
    --------
    >>> list_words({"energy": "能源"})
    ['energy (能源)']
    """
    pairs = labels.items() if _is_chinese() else ((label, value) for value, label in labels.items())
    return [f"{label} ({value})" for value, label in pairs]


def _is_chinese() -> bool:
    # The one place outside of the catalogue that asks: these words are facts of the pack.
    return current_language() == "zh"
