"""Draw projects on Axes: discs and routes by family and stage, a badge where a unit is known."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from regionkit.maps.paper.areas import draw_lines
from regionkit.maps.paper.axes import data_per_point, figure_of
from regionkit.maps.paper.badges import draw_badges
from regionkit.maps.paper.number_discs import DISC_PT, draw_disc, number_routes
from regionkit.maps.paper.point_symbols import draw_symbol
from regionkit.maps.paper.routes import draw_route, set_beside
from regionkit.maps.signs.badges import BADGE_COLOUR, gather_badges, is_approximate
from regionkit.maps.signs.displacement import spread_points
from regionkit.maps.signs.look import Look
from regionkit.maps.signs.monochrome import GREY, grey_symbol
from regionkit.maps.signs.stages import stage_fill
from regionkit.maps.signs.strokes import OLDER_STROKE, route_stroke
from regionkit.maps.signs.symbols import OLDER_COLOUR, families_of_map, symbol_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import geopandas as gpd
    import pandas as pd
    import pyproj
    from matplotlib.axes import Axes

    from regionkit.maps.paper.free_space import FreeSpace
    from regionkit.maps.signs.label_seats import Box
    from regionkit.maps.signs.symbols import Symbol

__all__ = ["DrawnProjects", "draw_older", "draw_projects"]


@dataclass
class DrawnProjects:
    """Where projects were drawn.

    Attributes
    ----------
    boxes : list of (left, bottom, right, top), pixels
        What symbols and badges cover, so that labels keep out of it.
    badged : list
        Index values of the projects that a badge counts.
    places : list of (index value, x, y), data units
        Where each symbol stands, moved aside or not.
    labels_of : mapping or None
        The words and families that they were drawn with.
    routes : GeoSeries or None, in the CRS of the Axes
        The routes as drawn, side by side where they share a corridor.
    strokes : dict of index value to (Symbol, fill)
        Of the routes.
    """

    boxes: list[Box] = field(default_factory=list)
    badged: list[Any] = field(default_factory=list)
    places: list[tuple[Any, float, float]] = field(default_factory=list)
    labels_of: Mapping[str, Mapping[str, str]] | None = None
    routes: gpd.GeoSeries | None = None
    strokes: dict[Any, tuple[Symbol, str]] = field(default_factory=dict)

    def number_routes(
        self,
        ax: Axes,
        numbers: Mapping[Any, str],
        taken: list[Box],
        *,
        least_pt: float = 0.0,
        land: Any = None,
    ) -> list[Box]:
        """Set the routes' numbers on them where they cover least; return what they cover."""
        if self.routes is None:
            return []
        routes = {key: (line, *self.strokes[key]) for key, line in self.routes.items()}
        return number_routes(ax, routes, numbers, taken, least_pt=least_pt, land=land)

    def with_routes(self, projects: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
        """Return projects in the CRS of the Axes with their routes where they were drawn."""
        if self.routes is None:
            return projects
        geometry = projects.geometry.copy()
        geometry.loc[self.routes.index] = self.routes
        return projects.set_geometry(geometry)


def draw_projects(
    ax: Axes,
    projects: gpd.GeoDataFrame,
    crs: pyproj.CRS,
    *,
    size_pt: float = 6.0,
    space: FreeSpace | None = None,
    sizes_pt: pd.Series | None = None,
    is_grey: bool = False,
    labels_of: Mapping[str, Mapping[str, str]] | None = None,
    look: Look | None = None,
    numbers: Mapping[Any, str] | None = None,
    enlarged: Sequence[Any] = (),
    seats: gpd.GeoSeries | None = None,
) -> DrawnProjects:
    """Draw projects: a disc by family, its fill by stage; routes as lines.

    Those of which only the city or county is known are counted in a badge at its seat.

    Parameters
    ----------
    projects : GeoDataFrame
        Columns ``kind, domain, stage, location_basis``.
    size_pt : float
        Size of a symbol, points.
    space : FreeSpace, optional
        What is drawn later keeps off the lines.
    sizes_pt : Series of float, optional
        Size of each project's symbol, points.
    is_grey : bool
        Whether families are told apart by shape and mark alone, for black and white.
    labels_of : mapping, optional
        With "family_of", how a pack groups its kinds.
    look : Look, optional
        Edges and transparency of the symbols.
    numbers : mapping of index value to str, optional
        In the discs of those that stand at a point; routes are numbered by
        :meth:`DrawnProjects.number_routes` when all else stands.
    enlarged : sequence of polygon, data units
        Parts of the map that an inset shows: there a disc is a dot without its number.
    seats : GeoSeries of points, optional
        Where rings of seats are drawn later: numbered discs stand off them, on a leader.
    """
    labels_of = families_of_map(projects, labels_of)
    shown = projects[~projects.geometry.is_empty].to_crs(crs)
    lines = shown[shown.geom_type == "LineString"]
    lines = lines.set_geometry(set_beside(ax, lines.geometry))
    strokes: dict[Any, tuple[Symbol, str]] = {}
    for row in lines.itertuples():
        symbol, fill = symbol_of(row.kind, row.domain, labels_of), stage_fill(row.stage)
        strokes[row.Index] = (grey_symbol(symbol) if is_grey else symbol, fill)
        draw_route(
            ax,
            np.array(row.geometry.coords)[:, :2],
            route_stroke(symbol, fill, is_grey=is_grey),
            size_pt,
            gid=f"project-{row.Index}",
        )
    if space is not None:
        space.block_shapes(lines.geometry, is_soft=True)
    drawn = DrawnProjects(labels_of=labels_of, routes=lines.geometry, strokes=strokes)
    points = shown[(shown.geom_type == "Point") & ~is_approximate(shown)]
    badges = gather_badges(shown[shown.geom_type == "Point"])
    ink = GREY if is_grey else BADGE_COLOUR
    drawn.badged = [key for ids in badges["ids"] for key in ids]
    if points.empty:
        drawn.boxes += draw_badges(ax, badges, size_pt, drawn.boxes, colour=ink)
        return drawn
    sizes = (
        np.full(len(points), size_pt)
        if sizes_pt is None
        else sizes_pt.reindex(points.index).fillna(size_pt).to_numpy()
    )
    dot = figure_of(ax).dpi / 72
    in_inset = np.array([any(box.covers(spot) for box in enlarged) for spot in points.geometry])
    if numbers is not None:
        # A disc is as large as its number needs, a dot in what an inset shows.
        sizes = np.where(in_inset, size_pt * 0.5, DISC_PT)
    fullness = _fullness(ax, len(points), size_pt * 1.25) if numbers is None else 0.0
    if fullness > 1:
        size_pt, sizes = size_pt / fullness**0.5, sizes / fullness**0.5
    drawn.places = _draw_points(
        ax, points, size_pt, sizes, look or Look(), labels_of,
        is_grey=is_grey, is_crowded=fullness > 1, numbers=numbers,
        rings=[] if seats is None else [(spot.x, spot.y) for spot in seats.to_crs(crs)],
    )  # fmt: skip
    for (_, x, y), size in zip(drawn.places, sizes, strict=True):
        px, py = ax.transData.transform((x, y))
        half = size * dot * 0.58
        drawn.boxes.append((px - half, py - half, px + half, py + half))
    drawn.boxes += draw_badges(ax, badges, size_pt, drawn.boxes, colour=ink)
    return drawn


def draw_older(
    ax: Axes, projects: gpd.GeoDataFrame, crs: pyproj.CRS, *, size_pt: float = 6.0
) -> None:
    """Draw projects that only older documents name: grey dots and lines under everything else.

    Those of which only the city or county is known are listed and not drawn.

    Parameters
    ----------
    projects : GeoDataFrame
        As of :func:`draw_projects`.
    size_pt : float
        Size of a symbol of the others, points.
    """
    shown = projects[~projects.geometry.is_empty & ~is_approximate(projects)].to_crs(crs)
    lines = shown[shown.geom_type == "LineString"].geometry
    stroke = OLDER_STROKE
    draw_lines(ax, lines, colour=stroke.colour, width=stroke.width_pt, zorder=3.9, gid="older")
    points = shown[shown.geom_type == "Point"].geometry
    ax.plot(
        points.x, points.y, linestyle="", marker="o", markersize=size_pt * 0.5,
        markerfacecolor=OLDER_COLOUR, markeredgecolor="#ffffff", markeredgewidth=0.4,
        zorder=3.95, gid="older",
    )  # fmt: skip


def _fullness(ax: Axes, count: int, gap_pt: float) -> float:
    """Return how full symbols make a map, a square each: 1 at a fifth of its area."""
    (left, right), (low, high) = ax.get_xlim(), ax.get_ylim()
    gap = gap_pt * data_per_point(ax)
    return float(count * gap**2 / (abs((right - left) * (high - low)) * 0.2))


def _draw_points(
    ax: Axes,
    points: gpd.GeoDataFrame,
    size_pt: float,
    sizes: np.ndarray,
    look: Look,
    labels_of: Mapping[str, Mapping[str, str]] | None,
    *,
    is_grey: bool,
    is_crowded: bool,
    numbers: Mapping[Any, str] | None = None,
    rings: Sequence[tuple[float, float]] = (),
) -> list[tuple[Any, float, float]]:
    """Draw a symbol at each point, moved apart where they would hide each other; return where."""
    per_point = data_per_point(ax)
    old_x, old_y = points.geometry.x.to_numpy(), points.geometry.y.to_numpy()
    x, y = old_x.copy(), old_y.copy()
    if numbers is not None:
        full = sizes >= DISC_PT
        gap = DISC_PT * 1.12 * per_point
        x[full], y[full] = spread_points(old_x[full], old_y[full], gap, rings)
        size_pt = DISC_PT * 0.5
    elif not is_crowded and (np.ptp(sizes) == 0 if len(sizes) else True):
        x, y = spread_points(old_x, old_y, gap=size_pt * 1.25 * per_point)
    else:
        # Symbols of different sizes keep their spots, the large ones beneath; so do those of which
        # there are too many, which would come to stand in the sea and in the next province.
        x, y = old_x, old_y
    for px, py, ox, oy in zip(x, y, old_x, old_y, strict=True):
        if np.hypot(px - ox, py - oy) > size_pt * 1.6 * per_point:
            ax.plot([ox, px], [oy, py], color="#555555", linewidth=0.4, zorder=4.5)
    order = np.argsort(-sizes, kind="stable")
    rows = list(points.itertuples())
    for rank, number in enumerate(order):
        row, size = rows[number], float(sizes[number])
        symbol = symbol_of(row.kind, row.domain, labels_of)
        symbol = grey_symbol(symbol) if is_grey else symbol
        if numbers is not None and size >= DISC_PT and row.Index in numbers:
            draw_disc(
                ax, (x[number], y[number]), numbers[row.Index], symbol.shape, symbol.colour,
                stage_fill(row.stage), gid=f"project-{row.Index}", zorder=5.0 + rank * 1e-4,
            )  # fmt: skip
            continue
        draw_symbol(
            ax,
            x[number],
            y[number],
            symbol.shape,
            symbol.colour,
            stage_fill(row.stage),
            size,
            look=look,
            gid=f"project-{row.Index}",
            zorder=5.0 + rank * 1e-4,
        )
    return list(zip(points.index, x.tolist(), y.tolist(), strict=True))
