"""Rows of a pack's tables, with the line on which each stands in its file."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

__all__ = ["numbered_rows"]


def numbered_rows(table: pd.DataFrame) -> Iterator[tuple[int, pd.Series]]:
    """Yield the rows with their line in the file."""
    for line, (_, row) in enumerate(table.iterrows(), 2):
        yield line, row
