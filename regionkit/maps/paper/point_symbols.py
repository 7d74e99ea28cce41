"""One symbol of a project: its shape in its colour, filled by its stage."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from regionkit.maps.paper.routes import marker_path
from regionkit.maps.signs.look import Look
from regionkit.maps.signs.monochrome import GREY
from regionkit.maps.signs.stages import symbol_edge, symbol_face

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["draw_symbol"]

# Width of a disc's ring: 0.32 mm.
_RING_PT = 0.9


def draw_symbol(
    ax: Axes,
    x: float,
    y: float,
    shape: str,
    colour: str,
    fill: str,
    size_pt: float,
    *,
    look: Look | None = None,
    gid: str = "",
    zorder: float = 5.0,
) -> None:
    """Draw one symbol in data coordinates.

    Parameters
    ----------
    ax : Axes
    x, y : float, data units
    shape, colour : str
        As of :class:`regionkit.maps.signs.symbols.Symbol`.
    fill : str
        One of ``FILLS``; in black and white what is built has a white point.
    size_pt : float, points
    look : Look, optional
        Its edge and transparency where the caller sets them.
    """
    look = look or Look()
    place: dict[str, Any] = {"linestyle": "none"}
    edge = symbol_edge(colour, fill)
    ax.plot(
        [x],
        [y],
        marker=marker_path(shape),
        markersize=size_pt,
        markerfacecolor=symbol_face(colour, fill),
        markeredgecolor=edge if look.edgecolor is None else look.edgecolor,
        markeredgewidth=_RING_PT if look.linewidth is None else look.linewidth,
        alpha=look.alpha if look.alpha < 1 else None,
        zorder=zorder,
        gid=gid or None,
        **place,
    )
    if fill == "done" and colour == GREY:
        ax.plot(
            [x],
            [y],
            marker="o",
            markersize=size_pt * 0.34,
            markerfacecolor="#ffffff",
            markeredgewidth=0.0,
            zorder=zorder + 2e-5,
            gid="symbol-point",
            **place,
        )
