"""What stands on a map beside its content: scale bar, north arrow, graticule."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyproj

from regionkit.maps.paper.axes import figure_of, to_data
from regionkit.maps.signs.label_seats import box_about
from regionkit.places.projection import GEOD
from regionkit.words.message import say

if TYPE_CHECKING:
    import geopandas as gpd
    from matplotlib.axes import Axes

    from regionkit.maps.paper.free_space import FreeSpace
    from regionkit.maps.signs.label_seats import Box
    from regionkit.maps.signs.legend_item import LegendItem
    from regionkit.maps.signs.theme import Theme

__all__ = [
    "Furniture",
    "draw_graticule",
    "draw_north_arrow",
    "draw_scale_bar",
    "graticule_step",
    "scale_bar_km",
]

# Length of a bar, in sizes of body text, that takes three numbers.
_ROOM_FOR_THREE = 7.5


@dataclass(frozen=True)
class Furniture:
    """What stands on a map beside its content.

    Attributes
    ----------
    scale_bar, graticule : bool
    north_arrow : bool or None
        None for where there is room.
    inset : bool
        Whether groups of units too small for their names are drawn larger where there is room.
    locator : GeoSeries or GeoDataFrame, optional
        The whole region, drawn small with what the map shows marked in it.
    legend : tuple of LegendItem
        Set in the emptiest corner where it has room there.

    Examples
    --------
    >>> Furniture(north_arrow=True).scale_bar
    True
    """

    scale_bar: bool = True
    north_arrow: bool | None = False
    graticule: bool = False
    inset: bool = True
    locator: gpd.GeoSeries | gpd.GeoDataFrame | None = None
    legend: tuple[LegendItem, ...] = ()


def scale_bar_km(
    ax: Axes, crs: pyproj.CRS, *, at: tuple[float, float] | None = None
) -> tuple[float, float]:
    """Return a round length for a scale bar and how long it is in data units there.

    The length is measured on the ellipsoid along the bar's own place on the map.

    Parameters
    ----------
    ax : Axes
    crs : CRS of the Axes
    at : (x, y), optional
        Where the bar begins, in data units; near the lower left corner where not given.

    Returns
    -------
    km : float
    length : float, units of the Axes
    """
    (west, east), (south, north) = ax.get_xlim(), ax.get_ylim()
    x0, y0 = at or (west + 0.06 * (east - west), south + 0.05 * (north - south))
    back = pyproj.Transformer.from_crs(crs, 4326, always_xy=True).transform
    probe = 0.2 * (east - west)
    (lon0, lat0), (lon1, lat1) = back(x0, y0), back(x0 + probe, y0)
    km_per_unit = GEOD.inv(lon0, lat0, lon1, lat1)[2] / 1000 / probe
    wanted = 0.22 * (east - west) * km_per_unit
    magnitude = 10 ** np.floor(np.log10(wanted))
    km = float(max(m for m in (1, 2, 5, 10) if m * magnitude <= wanted) * magnitude)
    return km, km / km_per_unit


def draw_scale_bar(
    ax: Axes, crs: pyproj.CRS, theme: Theme, *, space: FreeSpace | None = None
) -> Box | None:
    """Draw a scale bar in the lower left of a map, or where it hides no land; return its pixels.

    Parameters
    ----------
    space : FreeSpace, optional
        Room on the map; the bar takes the free place nearest to the lower left corner.
    """
    from matplotlib.patches import Rectangle

    (west, east), (south, north) = ax.get_xlim(), ax.get_ylim()
    x0, y0 = west + 0.02 * (east - west), south + 0.03 * (north - south)
    box = None
    if space is not None:
        _, length = scale_bar_km(ax, crs)
        scale = ax.transData.transform((1.0, 0.0))[0] - ax.transData.transform((0.0, 0.0))[0]
        figure = figure_of(ax)
        point = figure.dpi / 72
        # The words stand over the bar and reach past its right end.
        end = theme.base_size * 2.0 * point
        box = space.find(
            length * scale + 2 * end,
            theme.base_size * 2.7 * point,
            towards=(0.0, 0.0),
            margin=theme.base_size * 0.5 * point,
        )
        if box is not None:
            x0, y0 = ax.transData.inverted().transform((box[0] + end * 0.5, box[1]))
    km, length = scale_bar_km(ax, crs, at=(x0, y0))
    high = 0.008 * (north - south)
    for part in range(4):
        ax.add_patch(
            Rectangle(
                (x0 + part * length / 4, y0),
                length / 4,
                high,
                linewidth=0.6,
                edgecolor=theme.text,
                facecolor=theme.text if part % 2 == 0 else "#ffffff",
                zorder=9,
                gid="scale-bar",
            )
        )
    scale = abs(ax.transData.transform((length, 0.0))[0] - ax.transData.transform((0.0, 0.0))[0])
    room = scale / (figure_of(ax).dpi / 72) / theme.base_size
    # On a short bar the middle number would run into its neighbours.
    for share in (0.0, 0.5, 1.0) if room > _ROOM_FOR_THREE else (0.0, 1.0):
        unit = " km" if share == 1.0 else ""
        ax.text(
            x0 + share * length,
            y0 + high * 1.6,
            f"{km * share:g}{unit}",
            ha="center",
            va="bottom",
            fontsize=theme.small_size,
            zorder=9,
            color=theme.text,
            gid="scale-bar-label",
        )
    return box


def draw_north_arrow(
    ax: Axes,
    theme: Theme,
    crs: pyproj.CRS | None = None,
    *,
    space: FreeSpace | None = None,
    only_in_room: bool = False,
    lang: str = "zh",
) -> Box | None:
    """Draw an arrow to true north in the upper left of a map, or where there is room.

    Parameters
    ----------
    crs : CRS, optional
        Of the Axes: turns the arrow to the meridian at its place.
    only_in_room : bool
        Whether it is left out where the space has no room for it.

    Returns
    -------
    Box or None
        What it covers, in pixels; None where it is left out.
    """
    figure = figure_of(ax)
    reach = theme.base_size * 2.6 * figure.dpi / 72
    ax.apply_aspect()
    window = ax.get_window_extent()
    middle = (window.x0 + reach, window.y1 - reach)
    if space is not None:
        box = space.find(reach * 1.2, reach * 1.6, towards=(0.0, 1.0), margin=reach * 0.2)
        if box is not None:
            middle = ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
        elif only_in_room:
            return None
    turn = np.array([0.0, 1.0])
    if crs is not None:
        place = to_data(ax, middle)
        to_degrees = pyproj.Transformer.from_crs(crs, 4326, always_xy=True)
        lon, lat = to_degrees.transform(*place)
        ahead = np.array(to_degrees.transform(lon, lat + 0.05, direction="INVERSE")) - place
        turn = ahead / np.hypot(*ahead)
    tail, head = np.array(middle) - turn * reach * 0.25, np.array(middle) + turn * reach * 0.8
    ax.annotate(
        "",
        xy=to_data(ax, head),
        xytext=to_data(ax, tail),
        zorder=9,
        arrowprops={
            "arrowstyle": "-|>",
            "color": theme.text,
            "lw": 0.9,
            "shrinkA": 0,
            "shrinkB": 0,
        },
        gid="north-arrow",
    )
    ax.text(
        *to_data(ax, np.array(middle) - turn * reach * 0.5),
        say("N", lang=lang),
        ha="center",
        va="center",
        fontsize=theme.base_size,
        color=theme.text,
        zorder=9,
        gid="north-arrow",
    )
    return box_about(middle[0], middle[1], reach * 1.2, reach * 1.6)


def graticule_step(degrees: float) -> float:
    """Return the step between meridians that gives three to seven lines over an extent.

    Examples
    --------
    >>> graticule_step(6.5), graticule_step(1.2)
    (1.0, 0.25)
    """
    steps = (0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0)
    return next((step for step in steps if degrees / step <= 7), 10.0)


def draw_graticule(ax: Axes, crs: pyproj.CRS, theme: Theme) -> None:
    """Draw meridians and parallels, their degrees along the lower and the left edge."""
    (west, east), (south, north) = ax.get_xlim(), ax.get_ylim()
    to_degrees = pyproj.Transformer.from_crs(crs, 4326, always_xy=True)
    edge = np.linspace(0, 1, 25)
    frame_x = np.concatenate(
        [west + edge * (east - west)] * 2 + [np.full(25, west), np.full(25, east)]
    )
    frame_y = np.concatenate(
        [np.full(25, south), np.full(25, north)] + [south + edge * (north - south)] * 2
    )
    lon, lat = to_degrees.transform(frame_x, frame_y)
    step = graticule_step(max(lon.max() - lon.min(), lat.max() - lat.min()))
    small = theme.small_size
    style: dict[str, Any] = {"color": theme.muted, "linewidth": 0.3, "alpha": 0.6, "zorder": 2.2}
    for degree in np.arange(np.ceil(lon.min() / step), np.floor(lon.max() / step) + 1) * step:
        along = np.linspace(lat.min(), lat.max(), 60)
        x, y = to_degrees.transform(np.full(60, degree), along, direction="INVERSE")
        ax.plot(x, y, gid="graticule", **style)
        at = float(np.interp(south, y, x))
        if west + 0.02 * (east - west) < at < east - 0.02 * (east - west):
            ax.text(
                at,
                south,
                f"{degree:g}°E",
                fontsize=small,
                ha="center",
                va="bottom",
                color=theme.muted,
                zorder=9,
                gid="graticule-label",
            )
    for degree in np.arange(np.ceil(lat.min() / step), np.floor(lat.max() / step) + 1) * step:
        along = np.linspace(lon.min(), lon.max(), 60)
        x, y = to_degrees.transform(along, np.full(60, degree), direction="INVERSE")
        ax.plot(x, y, gid="graticule", **style)
        at = float(np.interp(west, x, y))
        if south + 0.03 * (north - south) < at < north - 0.02 * (north - south):
            ax.text(
                west,
                at,
                f"{degree:g}°N",
                fontsize=small,
                ha="left",
                va="center",
                color=theme.muted,
                zorder=9,
                gid="graticule-label",
            )
    ax.set_xlim(west, east)
    ax.set_ylim(south, north)
