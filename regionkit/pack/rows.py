"""Rows of a pack's tables, with the line on which each stands in its file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

__all__ = ["numbered_rows"]


def numbered_rows(table: pd.DataFrame) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the rows, as mappings of column to cell, with their line in the file."""
    yield from enumerate(table.to_dict("records"), 2)
