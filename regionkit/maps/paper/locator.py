"""The region drawn small in a corner of a map, with the map's place in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import shapely

from regionkit.maps.paper.areas import draw_edges, frame_axes

if TYPE_CHECKING:
    import pyproj
    from matplotlib.axes import Axes

    from regionkit.maps.paper.free_space import FreeSpace
    from regionkit.maps.signs.label_seats import Box
    from regionkit.maps.signs.theme import Theme

__all__ = ["draw_locator"]


def draw_locator(
    ax: Axes,
    region: gpd.GeoSeries | gpd.GeoDataFrame,
    shown: gpd.GeoSeries | gpd.GeoDataFrame,
    crs: pyproj.CRS,
    theme: Theme,
    space: FreeSpace,
) -> Box | None:
    """Draw the region small in a free corner, what the map shows filled dark; return its pixels."""
    whole = region.geometry.to_crs(crs)
    west, south, east, north = whole.total_bounds
    window = ax.get_window_extent()
    aspect = (north - south) / (east - west)
    for share in (0.17, 0.15, 0.13, 0.11):
        wide = share * max(window.width, window.height)
        box = space.find(wide, wide * aspect, towards=(0.0, 1.0), margin=theme.base_size * 0.6)
        if box is not None:
            break
    else:
        return None
    small = ax.inset_axes(
        (
            (box[0] - window.x0) / window.width,
            (box[1] - window.y0) / window.height,
            wide / window.width,
            wide * aspect / window.height,
        ),
        zorder=6.5,
    )
    frame_axes(small, whole, crs)
    small.set_gid("locator")
    draw_edges(small, whole, crs, colour=theme.county_edge, width=0.3, fill=theme.land)
    here = gpd.GeoSeries([shapely.union_all(shown.geometry.to_crs(crs).to_numpy())], crs=crs)
    draw_edges(small, here, crs, colour=theme.city_edge, width=0.4, fill=theme.muted)
    return box
