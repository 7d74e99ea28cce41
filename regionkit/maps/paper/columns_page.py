"""Fill the columns of a sheet with lines of a legend, in the largest words that have room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regionkit.maps.paper.index_columns import draw_columns, flow_items

if TYPE_CHECKING:
    from collections.abc import Sequence

    from regionkit.maps.paper.index_columns import Column
    from regionkit.maps.paper.sheet import Sheet
    from regionkit.maps.signs.legend_item import LegendItem

__all__ = ["fill_columns"]

# Sizes of words, as shares of body text; on an A4 sheet none is under 6.5 points.
_SIZES = (1.0, 0.94, 0.875, 0.8125)


def fill_columns(
    sheet: Sheet, items: Sequence[LegendItem], columns: Sequence[Column]
) -> list[LegendItem]:
    """Draw items in a sheet's columns; return what had no room at the smallest size.

    Parameters
    ----------
    sheet : Sheet
        Its map is drawn.
    items : sequence of LegendItem
    columns : sequence of Column
    """
    base = sheet.theme.base_size
    for share in _SIZES:
        placed, rest = flow_items(items, columns, base * share)
        if not rest or share == _SIZES[-1]:
            draw_columns(sheet.columns_axes(), placed, base * share, sheet.theme)
            break
    return rest
