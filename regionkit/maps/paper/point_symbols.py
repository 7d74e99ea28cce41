"""One symbol of a project: its shape in its colour, filled by its stage."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import shapely

from regionkit.maps.paper.routes import marker_path
from regionkit.maps.signs.look import Look
from regionkit.maps.signs.shapes import shape_points
from regionkit.maps.signs.stages import symbol_face

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.path import Path

__all__ = ["draw_symbol", "lower_half"]


def draw_symbol(
    ax: Axes,
    x: float,
    y: float,
    shape: str,
    colour: str,
    fill: str,
    size_pt: float,
    *,
    is_site: bool = True,
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
        One of ``FILLS``: full with a white point where built, full,
        its lower half full, empty, with a point, or grey where no stage is stated.
    size_pt : float, points
    is_site : bool
        False draws a ring about it: known by its unit only.
    look : Look, optional
        Its edge and transparency where the caller sets them.
    """
    look = look or Look()
    place: dict[str, Any] = {"linestyle": "none"}
    if not is_site:
        ax.plot(
            [x],
            [y],
            marker="o",
            markersize=min(size_pt * 1.5, size_pt + 3.2),
            markerfacecolor="#ffffff",
            markeredgecolor="#6e6e6e",
            markeredgewidth=0.5,
            alpha=0.8,
            zorder=zorder - 0.1,
            gid="rough-ring",
            **place,
        )
    width = 0.6 if fill in {"dotted", "unknown"} else 0.9
    ax.plot(
        [x],
        [y],
        marker=marker_path(shape),
        markersize=size_pt,
        markerfacecolor=symbol_face(colour, fill),
        markeredgecolor=colour if look.edgecolor is None else look.edgecolor,
        markeredgewidth=width if look.linewidth is None else look.linewidth,
        alpha=look.alpha if look.alpha < 1 else None,
        zorder=zorder,
        gid=gid or None,
        **place,
    )
    if fill == "half":
        ax.plot(
            [x],
            [y],
            marker=lower_half(shape),
            markersize=size_pt,
            markerfacecolor=colour,
            markeredgewidth=0.0,
            zorder=zorder + 2e-5,
            gid="symbol-half",
            **place,
        )
    elif fill in {"dotted", "done"}:
        ax.plot(
            [x],
            [y],
            marker="o",
            markersize=size_pt * (0.28 if fill == "dotted" else 0.34),
            markerfacecolor=colour if fill == "dotted" else "#ffffff",
            markeredgewidth=0.0,
            zorder=zorder + 2e-5,
            gid="symbol-point",
            **place,
        )


def lower_half(shape: str) -> Path:
    """Return the lower half of a shape as a matplotlib marker, to the scale of the whole."""
    from matplotlib.path import Path

    corners = shape_points(shape)
    half = shapely.Polygon(corners).intersection(shapely.box(-2.0, -2.0, 2.0, 0.0))
    # matplotlib scales a marker by its farthest corner: that of the whole goes along unseen.
    farthest = max(corners, key=lambda point: max(abs(point[0]), abs(point[1])))
    points, codes = [farthest], [Path.MOVETO]
    for part in shapely.get_parts(half):
        if part.geom_type != "Polygon":
            continue
        ring = part.exterior.coords[:]
        points += ring
        codes += [Path.MOVETO, *[Path.LINETO] * (len(ring) - 2), Path.CLOSEPOLY]
    return Path(points, codes)
