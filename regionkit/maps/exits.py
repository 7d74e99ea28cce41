"""Where routes that leave the map go: the words at its edge."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from regionkit.maps.space import figure_of, to_data
from regionkit.maps.words import say

if TYPE_CHECKING:
    import geopandas as gpd
    import pyproj
    from matplotlib.axes import Axes

    from regionkit.maps.space import Box

__all__ = ["label_exits", "route_ends"]

_GENERIC = re.compile(
    "(段|国家高速公路|高速公路|高速铁路|高速|高铁|城际|市域|铁路|公路|客运专线|联络线|通道|运输通道|旅游|滨海|"
    r"\d+千伏|输变电|特高压|天然气|成品油|原油|输油|输氢|输绿氢|输水|管道|支线|扩能|改造|改扩建|过境|海底光缆|"
    "（|快速|产业|科技|创新|走廊|经济|工程|中部|东部|西部|沿线).*$"
)


def route_ends(name: str) -> tuple[str, str] | None:
    """Return the two ends that a route's name tells, or None where it tells none.

    Examples
    --------
    >>> route_ends("丹东至通化高铁"), route_ends("G4515赤峰至绥中国家高速公路")
    (('丹东', '通化'), ('赤峰', '绥中'))
    >>> route_ends("京沈高铁") is None
    True
    """
    plain = re.sub(r"^[A-Z]\d+", "", name)
    # A way round stands in brackets: 沈阳（佳木斯）至丹东.
    plain = re.sub("（[^（）]*）", "", plain)
    parts = [part for part in re.split("[至—－~-]+", plain) if part]
    if len(parts) < 2:
        return None
    # What stands before the first end is the road's own name: 丹阜高速新民至阜新段.
    first = re.sub("[（）].*$|^.*(高速公路|高速|高铁|铁路|线)", "", parts[0])
    last = _GENERIC.sub("", parts[-1])
    longest = 6
    if not (1 < len(first) <= longest and 1 < len(last) <= longest):
        return None
    return first, last


def label_exits(
    ax: Axes,
    projects: gpd.GeoDataFrame,
    crs: pyproj.CRS,
    boxes: list[Box],
    *,
    size: float,
    colour: str,
    lang: str = "zh",
) -> list[Box]:
    """Write at the map's edge where each route that leaves it goes; return the words' boxes.

    A word that finds no free place by its route is left out.
    """
    from regionkit.maps.halo import add_halo_text

    figure = figure_of(ax)
    renderer = figure.canvas.get_renderer()  # type: ignore[attr-defined]
    (west, east), (south, north) = ax.get_xlim(), ax.get_ylim()
    frame = shapely.box(west, south, east, north)
    window = ax.get_window_extent(renderer)
    shown = projects[~projects.geometry.is_empty].to_crs(crs)
    placed: list[Box] = []
    done: list[tuple[str, np.ndarray]] = []
    for row in shown[shown.geom_type == "LineString"].itertuples():
        ends = route_ends(str(row.name))
        if ends is None:
            continue
        inside = shapely.intersection(row.geometry, frame)
        parts = [p for p in shapely.get_parts(inside) if p.geom_type == "LineString"]
        if not parts:
            continue
        for word, tip, part, at in (
            (ends[0], row.geometry.coords[0], parts[0], 0),
            (ends[1], row.geometry.coords[-1], parts[-1], -1),
        ):
            if frame.covers(shapely.Point(tip)):
                continue
            crossing = ax.transData.transform(part.coords[at])
            inner = ax.transData.transform(part.coords[1 if at == 0 else -2])
            if any(
                word == other and np.hypot(*(crossing - spot)) < size * 8 for other, spot in done
            ):
                continue
            text = add_halo_text(
                ax,
                0,
                0,
                say("to", lang, place=word),
                fontsize=size,
                color=colour,
                ha="center",
                va="center",
                zorder=8,
                gid="route-exit",
            )
            extent = text.get_window_extent(renderer)
            seat = _seat_by_line(
                crossing, inner, extent.width, extent.height, window.extents, [*boxes, *placed]
            )
            if seat is None:
                text.remove()
                continue
            text.set_position(to_data(ax, seat))
            placed.append(_around(seat, extent.width, extent.height))
            done.append((word, crossing))
    return placed


def _around(seat: Any, width: float, height: float) -> Box:
    return (
        float(seat[0] - width / 2 - 1),
        float(seat[1] - height / 2),
        float(seat[0] + width / 2 + 1),
        float(seat[1] + height / 2),
    )


def _seat_by_line(
    crossing: np.ndarray,
    inner: np.ndarray,
    width: float,
    height: float,
    page: Any,
    boxes: list[Box],
) -> tuple[float, float] | None:
    """Return a free place for a word beside a line, near where it leaves the page."""
    along = (inner - crossing) / max(np.hypot(*(inner - crossing)), 1e-9)
    across = np.array([-along[1], along[0]])
    off = (abs(across[0]) * width + abs(across[1]) * height) / 2 + height * 0.2
    for step in (0.8, 1.6, 2.4, 3.4, 4.6, 6.0):
        for side in (1, -1):
            seat = crossing + along * height * step + across * off * side
            box = _around(seat, width, height)
            if box[0] < page[0] or box[1] < page[1] or box[2] > page[2] or box[3] > page[3]:
                continue
            if all(
                box[2] <= b[0] or b[2] <= box[0] or box[3] <= b[1] or b[3] <= box[1] for b in boxes
            ):
                return float(seat[0]), float(seat[1])
    return None
