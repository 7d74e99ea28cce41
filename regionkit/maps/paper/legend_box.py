"""The legend as a box in the map, where nothing else stands."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from regionkit.maps.paper.axes import figure_of
from regionkit.maps.paper.legend import draw_legend, legend_height
from regionkit.maps.signs.wrap import text_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

    from regionkit.maps.paper.free_space import FreeSpace
    from regionkit.maps.signs.label_seats import Box
    from regionkit.maps.signs.legend_item import LegendItem
    from regionkit.maps.signs.theme import Theme

__all__ = ["draw_box_legend"]

# Of its words, in sizes of body text; air about them and the most it may be high, millimetres.
_SIZE, _PAD_MM, _AIR_MM, _MOST_MM = 0.88, 2.0, 0.4, 60.0
# Lower right, lower left, upper left, upper right.
_CORNERS = ((1.0, 0.0), (0.0, 0.0), (0.0, 1.0), (1.0, 1.0))


def draw_box_legend(
    ax: Axes, items: Sequence[LegendItem], theme: Theme, space: FreeSpace
) -> Box | None:
    """Draw a legend in a free part of a map, nearest to a corner; return its pixels, or None.

    Parameters
    ----------
    ax : Axes, settled
    items : sequence of LegendItem
    theme : Theme
    space : FreeSpace
        What it takes is taken from there.
    """
    small = replace(theme, base_size=theme.base_size * _SIZE)
    per_mm = figure_of(ax).dpi / 25.4
    mm = small.base_size * 0.353
    longest = max(text_width(item.label) for item in items) * mm * 1.04 + mm * 5.6 + 1.0
    window = ax.get_window_extent()
    found: list[tuple[float, Box, float, float, int]] = []
    # Two columns side by side, or one where that stands nearer to a corner.
    for columns, wide in ((2, min(longest * 2, 72.0)), (1, min(longest, 56.0)), (1, 33.0)):
        high = legend_height(list(items), small, wide, _MOST_MM, columns=columns)
        across, up = (wide + 2 * _PAD_MM) * per_mm, (high + 2 * _PAD_MM) * per_mm
        for corner in _CORNERS:
            box = space.find(across, up, towards=corner, margin=_AIR_MM * per_mm, is_taken=False)
            if box is not None:
                far = abs(box[0] - window.x0 - corner[0] * (window.width - across))
                far += abs(box[1] - window.y0 - corner[1] * (window.height - up))
                found.append((round(far / per_mm / 4), box, wide, high, columns))
    if not found:
        return None
    _, box, wide, high, columns = min(found, key=lambda one: one[0])
    space.block(box)
    share = 1 / window.width, 1 / window.height
    own = ax.inset_axes(
        (
            (box[0] - window.x0) * share[0],
            (box[1] - window.y0) * share[1],
            (box[2] - box[0]) * share[0],
            (box[3] - box[1]) * share[1],
        ),
        zorder=8.5,
    )
    own.set_xticks([])
    own.set_yticks([])
    own.set_facecolor("#ffffff")
    for spine in own.spines.values():
        spine.set_edgecolor(theme.city_edge)
        spine.set_linewidth(0.5)
    own.set_gid("legend-box")
    own.set_xlim(-_PAD_MM, wide + _PAD_MM)
    own.set_ylim(-high - _PAD_MM, _PAD_MM)
    inner = own.inset_axes((_PAD_MM / (wide + 2 * _PAD_MM), _PAD_MM / (high + 2 * _PAD_MM),
                            wide / (wide + 2 * _PAD_MM), high / (high + 2 * _PAD_MM)))  # fmt: skip
    inner.set_xlim(0, wide)
    inner.set_ylim(-high, 0)
    inner.set_axis_off()
    inner.set_gid("legend-words")
    draw_legend(inner, list(items), small, columns=columns)
    return box
