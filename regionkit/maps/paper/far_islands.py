"""The inset of islands far from a map's main land, and the dashed line of the South China Sea."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import shapely

from regionkit.maps.paper.areas import draw_areas, draw_edges
from regionkit.maps.paper.axes import figure_of
from regionkit.places.extent import find_extent
from regionkit.places.maritime import load_maritime_line

if TYPE_CHECKING:
    import geopandas as gpd
    import pyproj
    from matplotlib.axes import Axes

    from regionkit.maps.paper.free_space import FreeSpace
    from regionkit.maps.signs.label_seats import Box
    from regionkit.maps.signs.layers import AreaLayer
    from regionkit.maps.signs.theme import Theme

__all__ = ["draw_far_islands", "draw_maritime_line", "far_frame", "make_room"]

# Shares of the map's width and height that the inset takes at most.
_WIDE, _HIGH = 0.2, 0.36
_LINE_PT = 1.1
# By how much of its width a map is widened at most so that the inset has its corner, and the gap.
_MOST_WIDER, _GAP = 0.25, 0.015
# Dashes of the line that make a map one of the South China Sea.
_FEWEST_DASHES = 2


def far_frame(shown: gpd.GeoDataFrame | gpd.GeoSeries, crs: pyproj.CRS) -> Box | None:
    """Return what the inset of a map's far islands shows, in the map's units; None for none.

    In the South China Sea that is all within its dashed line; of a small main land it is seen too.
    """
    local = shown.geometry.to_crs(crs)
    found = find_extent(local)
    if found.far is None:
        return None
    box = shapely.box(*found.far)
    dashes = load_maritime_line().to_crs(crs)
    if dashes.intersects(shapely.box(*local.total_bounds)).sum() >= _FEWEST_DASHES:
        box = box.union(shapely.box(*dashes.total_bounds)).envelope
    main = shapely.box(*found.bounds)
    if main.area < box.area:
        box = box.union(main).envelope
    west, south, east, north = box.bounds
    pad = 0.03 * max(east - west, north - south)
    return west - pad, south - pad, east + pad, north + pad


def make_room(ax: Axes, shown: gpd.GeoDataFrame | gpd.GeoSeries, crs: pyproj.CRS) -> None:
    """Widen a map to the east until land leaves its lower right corner to the inset.

    There published maps of China have 南海诸岛. Where that would take too much of the width the
    frame stays, and the inset stands where there is room.
    """
    bounds = far_frame(shown, crs)
    if bounds is None:
        return
    (west, east), (south, north) = ax.get_xlim(), ax.get_ylim()
    aspect = (bounds[3] - bounds[1]) / (bounds[2] - bounds[0])
    wide = min(_WIDE * (east - west), _HIGH * (north - south) / aspect)
    corner = shapely.box(east - wide, south, east, south + wide * aspect)
    land = shapely.intersection(shown.geometry.to_crs(crs).make_valid().to_numpy(), corner)
    reach = shapely.total_bounds(land)[2]
    missing = reach - corner.bounds[0] + _GAP * (east - west)
    if np.isfinite(missing) and 0 < missing <= _MOST_WIDER * (east - west):
        ax.set_xlim(west, east + missing)


def draw_maritime_line(ax: Axes, crs: pyproj.CRS, theme: Theme, *, width: float = _LINE_PT) -> None:
    """Draw the dashes of the line that the Axes' limits hold a part of."""
    (west, east), (south, north) = ax.get_xlim(), ax.get_ylim()
    frame = shapely.box(west, south, east, north)
    for dash in load_maritime_line().to_crs(crs):
        if frame.intersects(dash):
            x, y = dash.xy
            ax.plot(
                x,
                y,
                color=theme.text,
                linewidth=width,
                solid_capstyle="butt",
                scalex=False,
                scaley=False,
                zorder=2.6,
                gid="maritime-line",
            )


def draw_far_islands(
    ax: Axes,
    shown: gpd.GeoDataFrame | gpd.GeoSeries,
    crs: pyproj.CRS,
    theme: Theme,
    *,
    layer: AreaLayer | None = None,
    space: FreeSpace | None = None,
) -> Axes | None:
    """Draw the far islands of a map in a frame at its edge, in the map's own colours.

    Parameters
    ----------
    ax : Axes, settled
    shown : GeoDataFrame or GeoSeries
        What the map is of.
    layer : AreaLayer, optional
        Drawn in the inset; the outlines alone where not given.
    space : FreeSpace, optional
        Room on the map; the inset takes the free place nearest to the lower right corner.

    Returns
    -------
    Axes of the inset, or None where no island is far
    """
    bounds = far_frame(shown, crs)
    if bounds is None:
        return None
    west, south, east, north = bounds
    window = ax.get_window_extent()
    aspect = (north - south) / (east - west)
    wide = min(_WIDE * window.width, _HIGH * window.height / aspect)
    box = None
    if space is not None:
        for share in (1.0, 0.85, 0.7):
            box = space.find(wide * share, wide * share * aspect, towards=(1.0, 0.0), margin=2.0)
            if box is not None:
                break
    if box is None:
        # The corner, though it may cover something: islands that are not drawn are worse.
        gap = 0.01 * window.width
        right, low = window.x1 - gap, window.y0 + gap
        box = (right - wide, low, right, low + wide * aspect)
        if space is not None:
            space.block(box)
    small = ax.inset_axes(
        (
            (box[0] - window.x0) / window.width,
            (box[1] - window.y0) / window.height,
            (box[2] - box[0]) / window.width,
            (box[3] - box[1]) / window.height,
        ),
        zorder=6.5,
    )
    small.set_gid("far-islands")
    small.set_facecolor(theme.water)
    small.set_xticks([])
    small.set_yticks([])
    for spine in small.spines.values():
        spine.set_edgecolor(theme.muted)
        spine.set_linewidth(0.7)
    small.set_xlim(west, east)
    small.set_ylim(south, north)
    if layer is not None:
        is_seen = layer.frame.geometry.to_crs(crs).intersects(shapely.box(*bounds)).to_numpy()
        seen = replace(layer, frame=layer.frame[is_seen], codes=layer.codes[is_seen])
        draw_areas(small, seen, theme, crs).set_gid(None)
    else:
        draw_edges(
            small,
            shown.geometry,
            crs,
            colour=theme.county_edge,
            width=0.3,
            fill=theme.land,
            zorder=0.3,
        )
    scale = (box[2] - box[0]) / figure_of(ax).dpi / 1.6
    draw_maritime_line(small, crs, theme, width=_LINE_PT * max(min(scale, 1.0), 0.6))
    # Drawing may have widened them.
    small.set_xlim(west, east)
    small.set_ylim(south, north)
    return small
