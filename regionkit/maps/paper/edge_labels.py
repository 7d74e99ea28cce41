"""Where routes that leave the map or its land go: the words at their ends."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from regionkit.maps.paper.line_labels import LineLabels
from regionkit.maps.signs.monochrome import GREY
from regionkit.maps.signs.styles import darker
from regionkit.maps.signs.symbols import symbol_of
from regionkit.maps.signs.words import say

if TYPE_CHECKING:
    import geopandas as gpd
    import pyproj
    from matplotlib.axes import Axes

    from regionkit.maps.paper.free_space import Box

__all__ = ["label_exits", "route_ends"]

# Of a route that is named by itself where it leaves, characters.
_LONG_NAME = 10

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
    land: Any = None,
    is_grey: bool = False,
    lang: str = "zh",
) -> list[Box]:
    """Write where each route goes that leaves the map or its land; return the words' boxes.

    The words stand along their own line, in its colour, at the end they tell of. A route that only
    passes through, both of its ends beyond the map, has its name anywhere on it where its ends
    have no place. What finds no room is left out.

    Parameters
    ----------
    ax : Axes
    projects : GeoDataFrame
    crs : CRS of the Axes
    boxes : list of (left, bottom, right, top), pixels
        What no word may cover.
    size : float, points
    land : Polygon or MultiPolygon, optional, data units
        What the map is of: a line that ends beyond it ends on blank paper, and says where.
    is_grey : bool
    lang : {"zh", "en"}
    """
    (west, east), (south, north) = ax.get_xlim(), ax.get_ylim()
    frame = shapely.box(west, south, east, north)
    shown = projects[~projects.geometry.is_empty].to_crs(crs)
    routes = shown[shown.geom_type == "LineString"]
    to_pixels = ax.transData.transform
    inside = routes.intersection(frame)
    pixels = {key: shapely.transform(line, to_pixels) for key, line in inside.items()}
    labels = LineLabels(ax, boxes, pixels, size)
    done: list[tuple[str, np.ndarray]] = []
    for row in routes.itertuples():
        parts = [
            part
            for part in shapely.get_parts(pixels[row.Index])
            if part.geom_type == "LineString" and not part.is_empty
        ]
        if not parts:
            continue
        tips = [shapely.Point(row.geometry.coords[end]) for end in (0, -1)]
        leaves = [not frame.covers(tip) for tip in tips]
        is_told = [
            out or (land is not None and not land.covers(tip))
            for out, tip in zip(leaves, tips, strict=True)
        ]
        if not any(is_told):
            continue
        colour = GREY if is_grey else darker(symbol_of(row.kind, row.domain).colour, 0.8)
        ends, has_word = route_ends(str(row.name)), False
        for number, part in ((0, parts[0]), (1, parts[-1].reverse())):
            if ends is None or not is_told[number]:
                continue
            word, tip = ends[number], np.array(part.coords[0])
            if any(word == other and np.hypot(*(tip - spot)) < size * 8 for other, spot in done):
                has_word = True
            elif labels.write(row.Index, say("to", lang, place=word), part, colour):
                done.append((word, tip))
                has_word = True
        name = _plain_name(str(row.name))
        if has_word or (not all(leaves) and len(name) > _LONG_NAME):
            continue
        longest = max(parts, key=lambda part: part.length)
        labels.write(
            row.Index,
            name,
            longest if is_told[0] else longest.reverse(),
            colour,
            inner=all(leaves),
        )
    return labels.placed


def _plain_name(name: str) -> str:
    """Return a route's name without what stands in brackets."""
    return re.sub("（[^（）]*）", "", name) or name
