"""The legend of a sheet: its lines, how they wrap, and how they fit their box."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from regionkit.maps.paper.legend_rows import draw_row, indent_mm, text_scale
from regionkit.maps.paper.number_discs import DISC_PT
from regionkit.maps.signs.wrap import wrap_text

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from regionkit.maps.signs.legend_item import LegendItem
    from regionkit.maps.signs.theme import Theme

__all__ = [
    "LEAST_SHRINK",
    "LegendRow",
    "draw_legend",
    "legend_fits",
    "legend_height",
    "measure_row",
]

_SHRINKS = (1.0, 0.94, 0.88, 0.82, 0.76, 0.7, 0.64, 0.58, 0.52)
# Lines of a row in a column of half the width.
_MOST_LINES = 2
# Shorter sections stay in one column; three need this much room.
_LEAST_ROWS = 5
_ROOM_FOR_THREE_MM = 86.0
# Share of a section's height that two columns may take, so that they are worth it.
_LEAST_SAVING = 0.72
# Below this share of full size words on an A4 sheet are under 7 points.
LEAST_SHRINK = 0.88


@dataclass(frozen=True)
class LegendRow:
    """A line of a legend, wrapped: its height and the gap above it, millimetres."""

    item: LegendItem
    lines: list[str]
    height: float
    gap: float


def draw_legend(ax: Axes, items: list[LegendItem], theme: Theme, *, columns: int = 1) -> float:
    """Draw legend lines on Axes measured in millimetres; return the share of full size used.

    What is too long is set in two columns within a section where its words are short, before
    anything is made smaller.

    Parameters
    ----------
    ax : Axes
        x from 0 to its width, y from minus its height to 0, millimetres.
    items : list of LegendItem
    columns : int
        Columns the whole legend flows in.
    """
    wide, high = ax.get_xlim()[1], -ax.get_ylim()[0]
    placed: list[tuple[LegendRow, float, float]] = []
    size = theme.base_size
    for shrink in _SHRINKS:
        size = theme.base_size * shrink
        for abreast in _abreast(wide / columns):
            placed, fits = _place(items, size, wide / columns, high, columns, abreast=abreast)
            if fits:
                break
        if fits:
            if columns > 1:
                placed = _level(items, size, wide / columns, high, columns) or placed
            break
    for row, x, y in placed:
        draw_row(ax, row.item, row.lines, row.height, x, y, size=size, theme=theme)
    return size / theme.base_size


def legend_height(
    items: list[LegendItem], theme: Theme, wide: float, most: float, *, columns: int = 1
) -> float:
    """Return the height that a legend takes in columns of equal height, millimetres.

    Parameters
    ----------
    items : list of LegendItem
    theme : Theme
    wide : float
        Of all columns together, millimetres.
    most : float
        What is returned where the legend needs more.
    columns : int
    """
    # Whole sections side by side if they fit at all; else as they flow.
    for whole in (True, False):
        for step in range(4, 41):
            high = most * step / 40
            if _place(
                items, theme.base_size, wide / columns, high, columns, abreast=1, whole=whole
            )[1]:
                return high
    return most


def legend_fits(items: list[LegendItem], theme: Theme, wide: float, high: float) -> bool:
    """Return whether a legend fits a box, in millimetres, at a size that is read with ease."""
    return any(
        _place(items, theme.base_size * shrink, wide, high, 1, abreast=abreast)[1]
        for shrink in _SHRINKS
        if shrink >= LEAST_SHRINK
        for abreast in _abreast(wide)
    )


def _level(
    items: list[LegendItem], size: float, wide: float, high: float, columns: int
) -> list[tuple[LegendRow, float, float]] | None:
    """Return rows in columns as equal in height as may be, or None."""
    steps = 12
    # Whole sections together, if that makes no column much longer.
    for whole in (True, False):
        for step in range(1, steps + 1):
            placed, fits = _place(
                items, size, wide, high * step / steps, columns, abreast=1, whole=whole
            )
            if fits:
                return placed
    return None


def _place(
    items: list[LegendItem],
    size: float,
    wide: float,
    high: float,
    columns: int,
    *,
    abreast: int,
    whole: bool = False,
) -> tuple[list[tuple[LegendRow, float, float]], bool]:
    """Return rows with their places, and whether all of them fit; ``whole`` parts no section."""
    placed: list[tuple[LegendRow, float, float]] = []
    depth, column = 0.0, 0
    fits = True
    blocks = _blocks(items, size, wide, abreast)
    for number_of_block, block in enumerate(blocks):
        block_high = max(row.height for row in block) + block[0].gap
        # A heading alone at a column's foot is parted from what it heads.
        is_heading = block[0].item.kind == "heading"
        keep = block_high * (2.2 if is_heading else 1.0)
        if whole:
            keep = _section_height(blocks, number_of_block) if is_heading else 0.0
        if depth and depth + keep > high and column < columns - 1:
            depth, column = 0.0, column + 1
        top = depth + (block[0].gap if depth else 0.0)
        for number, row in enumerate(block):
            placed.append((row, column * wide + number * wide / abreast, -top))
        depth = top + block_high - block[0].gap
        fits &= depth <= high + 1e-6
    return placed, fits


def _section_height(blocks: list[list[LegendRow]], start: int) -> float:
    """Return the height of a heading and all that stands under it."""
    high = 0.0
    for number in range(start, len(blocks)):
        if number > start and blocks[number][0].item.kind == "heading":
            break
        high += max(row.height for row in blocks[number]) + blocks[number][0].gap
    return high


def _blocks(
    items: list[LegendItem], size: float, wide: float, abreast: int
) -> list[list[LegendRow]]:
    """Return rows one by one, or several abreast where a section's words are short enough."""
    blocks: list[list[LegendRow]] = []
    pending: list[LegendItem] = []

    def flush() -> None:
        blocks.extend(_section(pending, size, wide, abreast))
        pending.clear()

    before = None
    for item in items:
        if item.kind in {"swatch", "symbol", "line", "stage", "badge"}:
            pending.append(item)
        else:
            flush()
            blocks.append([measure_row(item, size, wide, before)])
        before = item.kind
    flush()
    return blocks


def _section(
    items: list[LegendItem], size: float, wide: float, abreast: int
) -> list[list[LegendRow]]:
    """Return a section's rows: one under another, or in columns that are read down in turn.

    Long rows at the end stand across the columns; one among the others keeps the section whole.
    """
    whole = [measure_row(item, size, wide, None) for item in items]
    narrow = [measure_row(item, size, wide / abreast, None) for item in items]
    fitting = len(narrow)
    while fitting and len(narrow[fitting - 1].lines) > _MOST_LINES:
        fitting -= 1
    is_long = any(len(row.lines) > _MOST_LINES for row in narrow[:fitting])
    if abreast == 1 or fitting < _LEAST_ROWS or is_long:
        return [[row] for row in whole]
    deep = -(-fitting // abreast)
    blocks = [narrow[number:fitting:deep] for number in range(deep)]
    # Rows that wrap in a narrow column may save nothing.
    most = sum(row.height for row in whole[:fitting]) * _LEAST_SAVING
    if sum(max(row.height for row in block) for block in blocks) > most:
        return [[row] for row in whole]
    return [*blocks, *([row] for row in whole[fitting:])]


def _abreast(wide: float) -> range:
    """Return in how many columns a section of a legend of some width may be set."""
    return range(1, 4 if wide > _ROOM_FOR_THREE_MM else 3)


def measure_row(item: LegendItem, size: float, wide: float, before: str | None) -> LegendRow:
    """Return a legend line wrapped to a width, with its height in millimetres."""
    mm = size * 0.353
    if item.kind == "grid":
        side = mm * 2.1 * max(len(item.grid), 1)
        return LegendRow(item, [], side + mm * 3.2, mm * 0.5)
    scale = text_scale(item.kind, size)
    lines = wrap_text(item.label, max(4.0, (wide - indent_mm(item.kind, mm) - 1) / (mm * scale)))
    if item.kind in {"disc", "dot"}:
        least = DISC_PT * 0.353 * 1.02 if item.kind == "disc" else 0.0
        return LegendRow(item, lines, max(len(lines) * mm * scale * 1.26, least), mm * 0.06)
    # Notes that follow one another are a list; the first stands apart from what is above it.
    gap = {"heading": mm * 0.95, "note": mm * (0.25 if before in {"note", "heading"} else 0.55)}
    least = item.size * 0.353 * 1.08 if item.kind == "circle" else 0.0
    high = max(len(lines) * mm * scale * 1.28, least)
    return LegendRow(item, lines, high, gap.get(item.kind, mm * 0.2))
