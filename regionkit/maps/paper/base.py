"""Draw the user's own base over the ground, under what a map is of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import shapely

from regionkit.maps.paper.areas import draw_edges, draw_lines
from regionkit.maps.signs.base_layers import BASE_STYLES, GREY_BASE, read_base

if TYPE_CHECKING:
    import pyproj
    from matplotlib.axes import Axes

    from regionkit.maps.signs.base_layers import Base

__all__ = ["draw_base"]

_PT_PER_MM = 72 / 25.4


def draw_base(ax: Axes, base: Base, crs: pyproj.CRS, *, is_grey: bool = False) -> None:
    """Draw a user's own base within the limits of Axes.

    Parameters
    ----------
    ax : Axes
        With its limits set.
    base : path, GeoDataFrame, sequence or mapping
        As of :func:`~regionkit.maps.signs.base_layers.read_base`, which tells what it refuses.
    crs : CRS of the Axes
    is_grey : bool
        Whether the map is in black and white.
    """
    (west, east), (south, north) = ax.get_xlim(), ax.get_ylim()
    frame = shapely.segmentize(shapely.box(west, south, east, north), (east - west) / 12)
    bounds = gpd.GeoSeries([frame], crs=crs).to_crs(4326).total_bounds
    for layer in read_base(base, bounds):
        style = BASE_STYLES[layer.kind]
        line = GREY_BASE if is_grey else style.line
        local = layer.shapes.to_crs(crs)
        is_area = local.geom_type.str.endswith("Polygon")
        if is_area.any():
            draw_edges(
                ax,
                local[is_area],
                crs,
                colour=line,
                width=style.width_mm * _PT_PER_MM,
                fill="none" if is_grey else style.fill,
                zorder=2.05,
            )
        draw_lines(
            ax,
            local[~is_area],
            colour=line,
            width=style.width_mm * _PT_PER_MM,
            dashes=style.dashes_mm,
            zorder=2.1,
            gid=f"base-{layer.kind}",
        )
