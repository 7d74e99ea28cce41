"""Draw routes: lines with their dashes, cores and the marks along them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from regionkit.maps.paper.axes import data_per_point, figure_of, to_data
from regionkit.maps.signs.lanes import GAP_MM, lay_beside
from regionkit.maps.signs.monochrome import GREY
from regionkit.maps.signs.shapes import shape_points
from regionkit.places.lands import lands_about

if TYPE_CHECKING:
    import geopandas as gpd
    from matplotlib.axes import Axes
    from matplotlib.path import Path

    from regionkit.maps.signs.strokes import Stroke

__all__ = ["draw_route", "line_style", "marker_path", "marker_stroke", "set_beside"]

# Width of a route, in sizes of a symbol on the same map.
_USUAL = 0.29


def line_style(stroke: Stroke) -> Any:
    """Return a stroke's dashes as matplotlib writes them."""
    return (0, stroke.dashes) if stroke.dashes else "-"


def marker_path(shape: str) -> Path:
    """Return a symbol's shape as a matplotlib marker."""
    from matplotlib.path import Path

    corners = [*shape_points(shape), (0.0, 0.0)]
    kinds = [Path.MOVETO, *[Path.LINETO] * (len(corners) - 2), Path.CLOSEPOLY]
    return Path(corners, kinds)


def set_beside(ax: Axes, lines: gpd.GeoSeries) -> gpd.GeoSeries:
    """Return routes as they are drawn on Axes: side by side where they share a corridor.

    Parameters
    ----------
    ax : Axes
        Settled.
    lines : GeoSeries of LineString, in the CRS of the Axes
    """
    import geopandas as gpd

    if len(lines) < 2 or lines.crs is None:
        return lines
    (west, east), (south, north) = ax.get_xlim(), ax.get_ylim()
    frame = shapely.box(west, south, east, north)
    # What bends in the projection is cut with room to spare.
    about = gpd.GeoSeries([frame.segmentize((east - west) / 8)], crs=lines.crs).to_crs(4326)
    land = shapely.union_all(lands_about(about.total_bounds).to_crs(lines.crs).geometry.to_numpy())
    sea = frame.difference(shapely.make_valid(land))
    gap = GAP_MM / 25.4 * 72 * data_per_point(ax)
    beside = lay_beside(dict(lines.items()), gap, frame=frame, sea=sea)
    moved = [beside[key] for key in lines.index]
    return gpd.GeoSeries(moved, index=lines.index, crs=lines.crs)


def draw_route(
    ax: Axes,
    line: np.ndarray,
    stroke: Stroke,
    size_pt: float,
    *,
    gid: str = "",
    spacing: float = 9.0,
) -> None:
    """Draw a route: its line on a white one, its core and its marks.

    Parameters
    ----------
    ax : Axes
    line : array of float, shape (n, 2), data units
    stroke : Stroke
    size_pt : float
        Size of symbols on the map, points.
    gid : str
    spacing : float
        Between marks, in sizes of a symbol.
    """
    width = size_pt * _USUAL * stroke.share
    x, y = line[:, 0], line[:, 1]
    ax.plot(
        x,
        y,
        color="#ffffff",
        linewidth=width + size_pt * 0.21,
        zorder=4,
        solid_capstyle="round",
        alpha=0.8,
    )
    ax.plot(
        x,
        y,
        color=stroke.colour,
        linewidth=width,
        linestyle=line_style(stroke),
        zorder=4.1,
        gid=gid or None,
    )
    if stroke.core:
        ax.plot(
            x,
            y,
            color="#ffffff",
            linewidth=width * stroke.core,
            solid_capstyle="butt",
            zorder=4.11,
            gid="route-core",
        )
    if stroke.mark:
        _draw_marks(ax, line, stroke.mark, size_pt, spacing)


def _draw_marks(ax: Axes, line: np.ndarray, mark: str, size_pt: float, spacing: float) -> None:
    """Set a route's marks along it, within the map."""
    from matplotlib.transforms import Affine2D

    pixels = ax.transData.transform(line)
    steps = np.hypot(*np.diff(pixels, axis=0).T)
    along = np.concatenate([[0.0], np.cumsum(steps)])
    gap = size_pt * spacing * figure_of(ax).dpi / 72
    count = max(int(along[-1] // gap), 1)
    at = (np.arange(count) + 0.5) * along[-1] / count
    spots = np.column_stack([np.interp(at, along, pixels[:, side]) for side in (0, 1)])
    part = np.clip(np.searchsorted(along, at) - 1, 0, len(steps) - 1)
    heading = np.diff(pixels, axis=0)[part]
    window = ax.get_window_extent()
    for (px, py), (dx, dy) in zip(spots, heading, strict=True):
        if not window.contains(px, py):
            continue
        marker: Any = (
            # A stroke is upright where the line is level.
            marker_stroke().transformed(Affine2D().rotate(np.arctan2(dy, dx)))
            if mark == "tick"
            else marker_path(mark)
        )
        px_data, py_data = to_data(ax, (px, py))
        ax.plot(
            [px_data],
            [py_data],
            marker=marker,
            markersize=size_pt * 0.8,
            markerfacecolor="none" if mark == "tick" else "#ffffff",
            markeredgecolor=GREY,
            markeredgewidth=0.9 if mark == "tick" else 0.7,
            linestyle="none",
            zorder=4.12,
            gid="route-mark",
        )


def marker_stroke() -> Path:
    """Return a stroke across a level line as a matplotlib marker."""
    from matplotlib.path import Path

    return Path([(0.0, -1.0), (0.0, 1.0)], [Path.MOVETO, Path.LINETO])
