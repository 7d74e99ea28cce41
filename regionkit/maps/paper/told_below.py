"""What is told of units, written small below their names where their own land has room."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import shapely

from regionkit.maps.paper.axes import figure_of
from regionkit.maps.signs.label_seats import box_about
from regionkit.maps.signs.wrap import text_width, wrap_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import geopandas as gpd
    from matplotlib.axes import Axes

    from regionkit.maps.signs.label_seats import Box
    from regionkit.maps.signs.theme import Theme

__all__ = ["TOLD", "write_below"]

#: What the gid of such words begins with; the unit's index value follows.
TOLD = "told-"
# Of the words, in sizes of body text; letters of a line, and most lines.
_SIZE, _LINE_SPACING = 0.8125, 1.2
_WIDTHS, _MOST_LINES = (11.0, 8.0, 14.0), 4
# Where words are tried about a name: shares of its room to either side, and below or above it.
_ASIDE = (0.0, 0.3, -0.3, 0.55, -0.55)
_LEAST_OWN = 0.8
# An item of a list with the mark behind it.
_ITEM = re.compile("[^、]+、?")


def write_below(
    ax: Axes,
    names: gpd.GeoDataFrame,
    column: str,
    told: Mapping[Any, str],
    theme: Theme,
    *,
    keep_out: Sequence[Box] = (),
) -> list[Box]:
    """Write words at the names that stand on a map; return what they cover, in pixels.

    Words that would lie on a name, a symbol, a route or another unit's land are left out: their
    place is the list beside the map.

    Parameters
    ----------
    ax : Axes
        With its names written.
    names : GeoDataFrame, in the Axes' units
    column : str
        Of the names.
    told : mapping of index value to str
    theme : Theme
    keep_out : sequence of Box, pixels
        What the words never cover: names, symbols, routes.
    """
    from regionkit.maps.paper.text_halo import add_halo_text

    size = theme.base_size * _SIZE
    point = figure_of(ax).dpi / 72
    written = {text.get_text(): text for text in ax.texts if text.get_visible()}
    shapes = dict(
        zip(
            names.index,
            shapely.transform(names.geometry.to_numpy(), ax.transData.transform),
            strict=True,
        )
    )
    page = ax.get_window_extent()
    done: list[Box] = []
    for unit, words in told.items():
        name = written.get(str(names[column].get(unit, "")))
        if name is None:
            continue
        extent = name.get_window_extent()
        others = shapely.union_all([shape for key, shape in shapes.items() if key != unit])
        # The sea between its islands is its own.
        own = shapely.convex_hull(shapes[unit])
        spot = _spot(words, extent, [*keep_out, *done], (own, others), page, size * point)
        if spot is None:
            continue
        lines, box = spot
        x, y = ax.transData.inverted().transform(((box[0] + box[2]) / 2, (box[1] + box[3]) / 2))
        add_halo_text(
            ax, float(x), float(y), "\n".join(lines), halo=theme.land, halo_share=0.24,
            fontsize=size, color=theme.muted, ha="center", va="center", zorder=7.9,
            linespacing=_LINE_SPACING, gid=f"{TOLD}{unit}",
        )  # fmt: skip
        done.append(box)
    return done


def _spot(
    words: str, name: Any, taken: Sequence[Box], lands: tuple[Any, Any], page: Any, size: float
) -> tuple[list[str], Box] | None:
    """Return lines and box of words below or above a name where nothing else is; None without."""
    middle, half = (name.x0 + name.x1) / 2, 0.15 * size
    for width in _WIDTHS:
        lines = _lines(words, width)
        if len(lines) > _MOST_LINES:
            continue
        wide = max(map(text_width, lines)) * size * 1.02
        high = len(lines) * size * _LINE_SPACING
        for y in (name.y0 - half - high / 2, name.y1 + half + high / 2):
            for aside in _ASIDE:
                box = box_about(middle + aside * wide, y, wide, high)
                if _is_free(box, taken, page) and _is_own(shapely.box(*box), *lands):
                    return lines, box
    return None


def _lines(words: str, width: float) -> list[str]:
    """Return words in lines of about one length, broken behind the items of a list.

    Examples
    --------
    >>> _lines("轴承、绿色石化、船舶与海工装备", 11)
    ['轴承、绿色石化、', '船舶与海工装备']
    """
    lines = _broken(words, width)
    while len(lines) > 1:
        width -= 0.5
        closer = _broken(words, width)
        if len(closer) > len(lines) or max(map(text_width, closer)) > width:
            break
        lines = closer
    return lines


def _broken(words: str, width: float) -> list[str]:
    lines: list[str] = []
    for item in _ITEM.findall(words):
        if lines and text_width(lines[-1] + item.rstrip("、")) <= width:
            lines[-1] += item
        else:
            lines += wrap_text(item, width)
    return lines


def _is_own(box: Any, own: Any, others: Any) -> bool:
    """Return whether a box lies on a unit's own land, nearly all, and on no other's."""
    return bool(
        shapely.area(shapely.intersection(box, own)) >= _LEAST_OWN * box.area
        and not others.intersects(box)
    )


def _is_free(box: Box, taken: Sequence[Box], page: Any) -> bool:
    left, bottom, right, top = box
    if left < page.x0 or right > page.x1 or bottom < page.y0 or top > page.y1:
        return False
    return not any(
        left < other[2] and right > other[0] and bottom < other[3] and top > other[1]
        for other in taken
    )
