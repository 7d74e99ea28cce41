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
    colour: str,
    lang: str = "zh",
) -> list[Box]:
    """Write at the map's edge where each route that leaves it goes; return the words' boxes.

    A word that finds no free place by its route is left out; yet a route that only passes
    through, both of its ends beyond the map, is never left without a word: where its ends have
    no place its name stands on it.
    """
    figure = figure_of(ax)
    renderer = figure.canvas.get_renderer()  # type: ignore[attr-defined]
    (west, east), (south, north) = ax.get_xlim(), ax.get_ylim()
    frame = shapely.box(west, south, east, north)
    shown = projects[~projects.geometry.is_empty].to_crs(crs)
    routes = shown[shown.geom_type == "LineString"]
    seats = _Seats(ax, renderer, boxes, _in_pixels(ax, routes.intersection(frame)), size, colour)
    done: list[tuple[str, np.ndarray]] = []
    for row in routes.itertuples():
        inside = shapely.intersection(row.geometry, frame)
        parts = [
            p for p in shapely.get_parts(inside) if p.geom_type == "LineString" and not p.is_empty
        ]
        tips = [shapely.Point(row.geometry.coords[end]) for end in (0, -1)]
        leaves = [not frame.covers(tip) for tip in tips]
        if not parts or not any(leaves):
            continue
        ends = route_ends(str(row.name))
        has_word = False
        for number, (part, at) in enumerate(((parts[0], 0), (parts[-1], -1))):
            if ends is None or not leaves[number]:
                continue
            word = ends[number]
            crossing = ax.transData.transform(part.coords[at])
            inner = ax.transData.transform(part.coords[1 if at == 0 else -2])
            if any(
                word == other and np.hypot(*(crossing - spot)) < size * 8 for other, spot in done
            ):
                has_word = True
                continue
            if seats.write(say("to", lang, place=word), crossing, inner):
                done.append((word, crossing))
                has_word = True
        name = _plain_name(str(row.name))
        if has_word or (not all(leaves) and len(name) > _LONG_NAME):
            continue
        longest = max(parts, key=lambda part: part.length)
        first, last = (ax.transData.transform(longest.coords[end]) for end in (0, -1))
        if all(leaves):
            seats.write(name, (first + last) / 2, last, is_forced=True)
        else:
            seats.write(name, *((first, last) if leaves[0] else (last, first)))
    return seats.placed


def _plain_name(name: str) -> str:
    """Return a route's name without what stands in brackets."""
    return re.sub("（[^（）]*）", "", name) or name


def _in_pixels(ax: Axes, lines: gpd.GeoSeries) -> Any:
    """Return lines in pixels as one geometry."""
    return shapely.transform(shapely.union_all(lines.to_numpy()), ax.transData.transform)


class _Seats:
    """Free places for words beside routes."""

    def __init__(
        self, ax: Axes, renderer: Any, boxes: list[Box], routes: Any, size: float, colour: str
    ) -> None:
        self.ax, self.renderer, self.boxes, self.routes = ax, renderer, boxes, routes
        self.style: dict[str, Any] = {"fontsize": size, "color": colour}
        self.page = ax.get_window_extent(renderer).extents
        self.placed: list[Box] = []

    def write(
        self, words: str, crossing: np.ndarray, inner: np.ndarray, *, is_forced: bool = False
    ) -> bool:
        """Write words by a line that leaves the page at ``crossing``; False where none fits."""
        from regionkit.maps.halo import add_halo_text

        text = add_halo_text(
            self.ax, 0, 0, words, ha="center", va="center", zorder=8, gid="route-exit", **self.style
        )
        extent = text.get_window_extent(self.renderer)
        seat = self._seat(crossing, inner, extent.width, extent.height)
        if seat is None and is_forced:
            half = np.array([extent.width, extent.height]) / 2
            seat = np.clip(crossing, self.page[:2] + half, self.page[2:] - half)
        if seat is None:
            text.remove()
            return False
        text.set_position(to_data(self.ax, seat))
        self.placed.append(_around(seat, extent.width, extent.height))
        return True

    def _seat(
        self, crossing: np.ndarray, inner: np.ndarray, width: float, height: float
    ) -> np.ndarray | None:
        """Return a free place beside a line near where it leaves; off other routes if it can."""
        along = (inner - crossing) / max(np.hypot(*(inner - crossing)), 1e-9)
        across = np.array([-along[1], along[0]])
        off = (abs(across[0]) * width + abs(across[1]) * height) / 2 + height * 0.2
        page = self.page
        near, far = (1.0, -1.0), (1.0, -1.0, 1.8, -1.8, 2.6, -2.6)
        for clear, sides in ((True, far), (False, near)):
            for step in (0.8, 1.6, 2.4, 3.4, 4.6, 6.0):
                for side in sides:
                    seat = crossing + along * height * step + across * off * side
                    box = _around(seat, width, height)
                    if box[0] < page[0] or box[1] < page[1] or box[2] > page[2] or box[3] > page[3]:
                        continue
                    if any(
                        box[0] < b[2] and b[0] < box[2] and box[1] < b[3] and b[1] < box[3]
                        for b in (*self.boxes, *self.placed)
                    ):
                        continue
                    if not clear or not self.routes.intersects(shapely.box(*box)):
                        return np.asarray(seat)
        return None


def _around(seat: np.ndarray, width: float, height: float) -> Box:
    return (
        float(seat[0] - width / 2 - 1),
        float(seat[1] - height / 2),
        float(seat[0] + width / 2 + 1),
        float(seat[1] + height / 2),
    )
