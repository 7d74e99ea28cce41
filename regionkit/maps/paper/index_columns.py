"""An index in columns: beside the map, below it, and on further pages where it does not end."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from regionkit.maps.paper.legend import LegendRow, measure_row
from regionkit.maps.paper.legend_rows import draw_row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

    from regionkit.maps.signs.legend_item import LegendItem
    from regionkit.maps.signs.theme import Theme

__all__ = ["Column", "draw_columns", "flow_items", "items_height"]

# (left, top, width, height), millimetres from the lower left corner of the page.
Column = tuple[float, float, float, float]


def items_height(items: Sequence[LegendItem], size: float, wide: float) -> float:
    """Return how high items are in one column, millimetres.

    Parameters
    ----------
    items : sequence of LegendItem
    size : float, points
    wide : float, millimetres
    """
    before, high = None, 0.0
    for item in items:
        row = measure_row(item, size, wide, before)
        high += row.height + (row.gap if high else 0.0)
        before = item.kind
    return high


def flow_items(
    items: Sequence[LegendItem], columns: Sequence[Column], size: float
) -> tuple[list[tuple[LegendRow, float, float]], list[LegendItem]]:
    """Return rows with their places in columns, one filled after another, and what has no room.

    Parameters
    ----------
    items : sequence of LegendItem
    columns : sequence of Column
    size : float, points
    """
    placed: list[tuple[LegendRow, float, float]] = []
    rest = list(items)
    heading: LegendItem | None = None
    highest = max((high for _, _, _, high in columns), default=0.0)
    for left, top, wide, high in columns:
        depth, before = 0.0, None
        while rest:
            row = measure_row(rest[0], size, wide, before)
            if row.height > highest:
                row = _cut_row(row, highest)
            gap = row.gap if depth else 0.0
            keep = row.height
            if rest[0].kind == "heading" and len(rest) > 1:
                # A heading is not parted from the first row below it.
                below = measure_row(rest[1], size, wide, "heading")
                keep = min(keep + below.gap + below.height, highest)
            if depth + gap + keep > high + 1e-6:
                break
            if rest[0].kind == "heading":
                heading = rest[0]
            placed.append((row, left, top - depth - gap))
            depth += gap + row.height
            before = rest[0].kind
            rest.pop(0)
    is_parted = bool(rest) and bool(placed) and rest[0].kind not in {"heading", "note"}
    return placed, ([heading, *rest] if is_parted and heading is not None else rest)


def _cut_row(row: LegendRow, high: float) -> LegendRow:
    """Return a row that fills a column, for one that no column has room for."""
    fitting = max(int(len(row.lines) * high / row.height), 1)
    lines = row.lines[:fitting]
    if len(lines) < len(row.lines):
        lines[-1] = f"{lines[-1]}…"
    return replace(row, lines=lines, height=high)


def draw_columns(
    ax: Axes, placed: Sequence[tuple[LegendRow, float, float]], size: float, theme: Theme
) -> None:
    """Draw rows of an index on Axes that are measured in millimetres."""
    for row, x, y in placed:
        draw_row(ax, row.item, row.lines, row.height, x, y, size=size, theme=theme)
