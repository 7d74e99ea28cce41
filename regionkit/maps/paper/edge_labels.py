"""Where routes that leave the map or its land go: the words at their ends."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from regionkit.maps.paper.line_labels import LineLabels
from regionkit.maps.signs.monochrome import GREY
from regionkit.maps.signs.shades import darker
from regionkit.maps.signs.symbols import families_of_map, symbol_of
from regionkit.words.message import say

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd
    import pyproj
    from matplotlib.axes import Axes

    from regionkit.maps.signs.label_seats import Box

__all__ = ["label_exits", "route_ends"]

# Of a route that is named by itself where it leaves, characters.
_LONG_NAME = 10


def route_ends(project: Any) -> tuple[str, str] | None:
    """Return the places that a route begins and ends at, or None where they are not recorded.

    Parameters
    ----------
    project : row of ``Region.projects``
        ``waypoint_names`` holds the places that its line joins, in order.

    Examples
    --------
    >>> import regionkit as rk
    >>> route_ends(rk.load("liaoning").projects.loc["jing-shen-hsr"])
    ('北京', '沈阳')
    """
    names = getattr(project, "waypoint_names", ())
    return (names[0], names[-1]) if isinstance(names, tuple) and len(names) > 1 else None


def label_exits(
    ax: Axes,
    projects: gpd.GeoDataFrame,
    crs: pyproj.CRS,
    boxes: list[Box],
    *,
    size: float,
    land: Any = None,
    is_grey: bool = False,
    labels_of: Mapping[str, Mapping[str, str]] | None = None,
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
        With a column ``waypoint_names`` the ends are told by their names.
    crs : CRS of the Axes
    boxes : list of (left, bottom, right, top), pixels
        What no word may cover.
    size : float, points
    land : Polygon or MultiPolygon, optional, data units
        What the map is of: a line that ends beyond it ends on blank paper, and says where.
    is_grey : bool
    labels_of : mapping, optional
        With "family_of", how a pack groups its kinds.
    lang : {"zh", "en"}
    """
    labels_of = families_of_map(projects, labels_of)
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
        colour = GREY if is_grey else darker(symbol_of(row.kind, row.domain, labels_of).colour, 0.8)
        ends, has_word = route_ends(row), False
        for number, part in ((0, parts[0]), (1, parts[-1].reverse())):
            if ends is None or not is_told[number]:
                continue
            word, tip = ends[number], np.array(part.coords[0])
            if any(word == other and np.hypot(*(tip - spot)) < size * 8 for other, spot in done):
                has_word = True
            elif labels.write(row.Index, say("to {place}", lang=lang, place=word), part, colour):
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
