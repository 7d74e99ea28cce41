"""The lines of a sheet's legend as they are drawn: swatches, symbols, lines, words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from regionkit.maps.paper.badges import LEAST_BADGE_PT, draw_badge
from regionkit.maps.paper.number_discs import DISC_PT, draw_disc
from regionkit.maps.paper.point_symbols import draw_symbol
from regionkit.maps.paper.routes import draw_route, line_style

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from regionkit.maps.signs.legend_item import LegendItem
    from regionkit.maps.signs.strokes import Stroke
    from regionkit.maps.signs.theme import Theme

__all__ = ["draw_row", "indent_mm", "text_scale"]


def indent_mm(kind: str, mm: float) -> float:
    """Return how far a line's words stand in from its left, millimetres."""
    if kind in {"disc", "dot"}:
        # Names of an index stand in one line, whatever stands before them.
        return DISC_PT * 0.353 + mm * 0.55
    return mm * {"heading": 0.0, "note": 0.0, "grid": 0.0, "circle": 3.6, "stage": 5.2}.get(
        kind, 2.8
    )


def text_scale(kind: str, size: float) -> float:
    """Return the size of a line's words as a share of a legend's; notes keep to 7 points.

    Examples
    --------
    >>> text_scale("note", 8.0), text_scale("note", 7.0)
    (0.88, 1.0)
    """
    if kind == "note":
        return max(0.88, min(7.0 / size, 1.0))
    return 1.06 if kind == "heading" else 1.0


def draw_row(
    ax: Axes,
    item: LegendItem,
    lines: list[str],
    high: float,
    x: float,
    y: float,
    *,
    size: float,
    theme: Theme,
) -> None:
    """Draw a line of a legend with what stands before its words, in millimetres.

    Parameters
    ----------
    ax : Axes
    item : LegendItem
    lines : list of str
        Its words, wrapped.
    high : float
    x, y : float
        Its upper left corner.
    size : float, points
    theme : Theme
    """
    from matplotlib.patches import Rectangle

    mm = size * 0.353
    if item.kind == "grid":
        _draw_grid(ax, item, x, y, size, theme)
        return
    scale = text_scale(item.kind, size)
    middle = y - (high / 2 if item.kind == "circle" else mm * 0.66)
    ax.text(
        x + indent_mm(item.kind, mm),
        middle if item.kind == "circle" else y,
        "\n".join(lines),
        fontsize=size * scale,
        va="center" if item.kind == "circle" else "top",
        linespacing=1.22,
        color=_word_colour(item, theme),
        fontweight="bold" if item.kind == "heading" else "normal",
        gid=f"legend-{item.kind}",
    )
    if item.kind == "swatch":
        for hatch in ("", item.hatch):
            patch = Rectangle(
                (x, middle - mm * 0.55),
                mm * 2.0,
                mm * 1.1,
                linewidth=0.5,
                facecolor=item.colour if not hatch else "none",
                alpha=item.alpha if item.alpha < 1 else None,
                edgecolor=theme.muted if not hatch else item.hatch_colour,
                hatch=hatch or None,
            )
            if hatch:
                patch.set_hatch_linewidth(item.hatch_width)
            ax.add_patch(patch)
        if item.stroke is not None:
            _draw_line(ax, item.stroke, (x, x + mm * 2.0), middle, size)
        # A hatch's own edge is in its colour; the box keeps the common one.
        ax.add_patch(
            Rectangle(
                (x, middle - mm * 0.55),
                mm * 2.0,
                mm * 1.1,
                linewidth=0.5,
                facecolor="none",
                edgecolor=theme.muted,
            )
        )
    elif item.kind in {"symbol", "stage"}:
        if item.kind == "symbol" and item.stroke is not None:
            _draw_line(ax, item.stroke, (x - mm * 0.15, x + mm * 2.15), middle, size)
        if item.kind == "stage" and item.stroke is not None:
            _draw_line(ax, item.stroke, (x + mm * 2.2, x + mm * 4.6), middle, size)
        draw_symbol(
            ax,
            x + mm,
            middle,
            item.shape,
            item.colour,
            item.fill,
            size * 0.9,
        )
    elif item.kind == "disc":
        draw_disc(
            ax, (x + DISC_PT * 0.1765, middle), item.number, item.shape, item.colour, item.fill
        )
    elif item.kind == "dot":
        draw_symbol(
            ax, x + DISC_PT * 0.1765, middle, item.shape, item.colour, item.fill, size * 0.5
        )
    elif item.kind == "badge":
        draw_badge(ax, (x + mm, middle), "+n", max(size * 0.9, LEAST_BADGE_PT), colour=item.colour)
    elif item.kind == "circle":
        ax.plot(
            [x + mm * 1.6],
            [middle],
            marker="o",
            markersize=item.size,
            linestyle="none",
            markerfacecolor=item.colour,
            markeredgecolor=theme.text,
            markeredgewidth=0.5,
            alpha=0.75,
        )
    elif item.kind == "line" and item.stroke is not None:
        reach = 2.0 if item.stroke.width_pt else 2.2
        _draw_line(ax, item.stroke, (x, x + mm * reach), middle, size)


def _word_colour(item: LegendItem, theme: Theme) -> str:
    """Return the colour of a line's words: a heading has its own where it has one."""
    if item.kind == "note":
        return theme.muted
    is_own = item.kind == "heading" and item.colour != "#000000"
    return item.colour if is_own else theme.text


def _draw_line(
    ax: Axes, stroke: Stroke, ends: tuple[float, float], middle: float, size: float
) -> None:
    """Draw a line as on the map; a mark of a route behind a symbol gives way to it."""
    if stroke.width_pt:
        ax.plot(
            ends,
            [middle, middle],
            color=stroke.colour,
            linestyle=line_style(stroke),
            linewidth=stroke.width_pt,
            solid_capstyle="butt",
        )
        return
    line = np.array([(ends[0], middle), (ends[1], middle)])
    draw_route(ax, line, stroke, size * 0.72, spacing=99.0)


def _draw_grid(ax: Axes, item: LegendItem, x: float, y: float, size: float, theme: Theme) -> None:
    """Draw the legend of two columns at once: a square of colours between two arrows."""
    from matplotlib.patches import Rectangle

    mm = size * 0.353
    side = mm * 2.1
    k = len(item.grid)
    x0, y0 = x + mm * 1.8, y - side * k - mm * 0.3
    for row, colours in enumerate(item.grid):
        for column, colour in enumerate(colours):
            ax.add_patch(
                Rectangle(
                    (x0 + column * side, y0 + row * side),
                    side,
                    side,
                    facecolor=colour,
                    edgecolor="#ffffff",
                    linewidth=0.6,
                    gid="legend-grid",
                )
            )
    arrow = {"arrowstyle": "-|>", "color": theme.text, "lw": 0.7, "shrinkA": 0, "shrinkB": 0}
    ax.annotate(
        "", xy=(x0 + side * k, y0 - mm * 0.45), xytext=(x0, y0 - mm * 0.45), arrowprops=arrow
    )
    ax.annotate(
        "", xy=(x0 - mm * 0.45, y0 + side * k), xytext=(x0 - mm * 0.45, y0), arrowprops=arrow
    )
    ax.text(
        x0,
        y0 - mm * 0.8,
        item.axis_labels[0],
        fontsize=size * 0.9,
        va="top",
        ha="left",
        color=theme.text,
        gid="legend-grid-x",
    )
    ax.text(
        x0 - mm * 0.8,
        y0,
        item.axis_labels[1],
        fontsize=size * 0.9,
        va="bottom",
        ha="right",
        rotation=90,
        color=theme.text,
        gid="legend-grid-y",
    )
