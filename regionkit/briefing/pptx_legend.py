"""The legend of a presentation's map, as shapes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from regionkit.briefing.pptx_page import count_lines
from regionkit.briefing.pptx_shapes import (
    add_badge,
    add_symbol,
    fill_shape,
    line_shape,
    name_shape,
    paint_symbol,
)
from regionkit.words.message import say

if TYPE_CHECKING:
    from regionkit.briefing.pptx_page import Deck
    from regionkit.maps.signs.legend_item import LegendItem

__all__ = ["draw_legend"]

_EMU_PER_MM = 36000
_MM_PER_PT = 0.3528
# Width of a route, points: thinner than on the map, so that the short line shows its dashes more
# than once.
_ROUTE_PT = 1.2


def draw_legend(
    deck: Deck,
    slide: Any,
    items: tuple[LegendItem, ...],
    start_mm: float,
    width_mm: float,
    height_mm: float,
    lang: str,
) -> None:
    """Draw the legend in one column, or two where it is long, as small as it must be."""
    for size, columns in ((10.0, 1), (9.0, 1), (9.0, 2), (8.0, 2), (7.0, 2), (6.0, 2), (5.0, 2)):
        column_mm = (width_mm - 3.0 * (columns - 1)) / columns
        placed = _flow(items, size, column_mm, height_mm, columns)
        if placed is not None:
            break
    else:
        placed = _flow(items, size, column_mm, 1e9, 1) or []
    for item, column, top, high in placed:
        x_mm = start_mm + column * (column_mm + 3.0)
        _legend_line(deck, slide, item, x_mm, top, column_mm, high, size, lang)


def _indent(item: LegendItem, mm: float) -> float:
    """Return how far a line's words stand in: a stage has its line beside its symbol."""
    return mm * {"heading": 0.0, "note": 0.0, "stage": 5.0}.get(item.kind, 2.6)


def _item_height(item: LegendItem, size: float, column_mm: float) -> float:
    mm = size * _MM_PER_PT
    indent = _indent(item, mm)
    # A bracket with its number is not broken, which may cost a character more a line.
    room_pt = (column_mm - indent) / _MM_PER_PT - size * 0.9
    # Bold letters are a little wider.
    lines = count_lines(item.label, room_pt, size * (1.05 if item.kind == "heading" else 1.0))
    return lines * mm * 1.28 + {"heading": mm * 0.9, "note": mm * 0.5}.get(item.kind, mm * 0.3)


def _flow(
    items: tuple[LegendItem, ...], size: float, column_mm: float, height_mm: float, columns: int
) -> list[tuple[LegendItem, int, float, float]] | None:
    """Return each line with its column and depth, None where they do not fit."""
    placed, column, depth = [], 0, 0.0
    for number, item in enumerate(items):
        high = _item_height(item, size, column_mm)
        # A heading stays with the line below it.
        ahead = high
        if item.kind == "heading" and number + 1 < len(items):
            ahead += _item_height(items[number + 1], size, column_mm)
        if depth + ahead > height_mm:
            column, depth = column + 1, 0.0
            if column >= columns or ahead > height_mm:
                return None
        placed.append((item, column, depth, high))
        depth += high
    return placed


def _legend_line(
    deck: Deck,
    slide: Any,
    item: LegendItem,
    x_mm: float,
    top_mm: float,
    column_mm: float,
    high_mm: float,
    size: float,
    lang: str,
) -> None:
    mm = size * _MM_PER_PT
    left = deck.content_left + round(x_mm * _EMU_PER_MM)
    gap = {"heading": mm * 0.9, "note": mm * 0.5}.get(item.kind, mm * 0.3)
    top = deck.content_top + round((top_mm + gap) * _EMU_PER_MM)
    indent = _indent(item, mm)
    name = say("Legend: {label}", lang=lang, label=item.label)
    deck.text(
        slide,
        item.label,
        left + round(indent * _EMU_PER_MM),
        top,
        round((column_mm - indent) * _EMU_PER_MM),
        round((high_mm - gap) * _EMU_PER_MM),
        size_pt=size,
        bold=item.kind == "heading",
        muted=item.kind == "note",
        name=name,
    )
    middle = top + round(mm * 0.64 * _EMU_PER_MM)
    for shape in _sample(slide, item, left, middle, mm):
        name_shape(shape, name, item.label)


def _sample(slide: Any, item: LegendItem, left: int, middle: int, mm: float) -> list[Any]:
    """Draw what stands before a legend's words; return the shapes."""
    shapes: list[Any] = []

    def at(share: float) -> int:
        return left + round(mm * share * _EMU_PER_MM)

    if item.kind == "swatch":
        from pptx.enum.shapes import MSO_SHAPE

        high = round(mm * 0.95 * _EMU_PER_MM)
        box = slide.shapes.add_shape(
            MSO_SHAPE.RECTANGLE, left, middle - high // 2, round(mm * 2.0 * _EMU_PER_MM), high
        )
        fill_shape(box, item.colour)
        line_shape(box, "777777", 0.5)
        shapes.append(box)
    if item.stroke is not None:
        start, end = (2.4, 4.4) if item.kind == "stage" else (0.0, 2.0)
        line = slide.shapes.add_connector(1, at(start), middle, at(end), middle)
        line_shape(line, item.stroke.colour, _ROUTE_PT * item.stroke.share, item.stroke.dashes)
        shapes.append(line)
    if item.kind in {"symbol", "stage"}:
        symbol = add_symbol(slide, item.shape, at(1.0), middle, mm)
        paint_symbol(symbol, item.colour, item.fill)
        shapes.append(symbol)
    if item.kind == "badge":
        shapes.append(add_badge(slide, "+n", item.colour, at(1.0), middle, mm))
    return shapes
