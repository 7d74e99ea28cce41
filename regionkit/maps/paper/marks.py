"""Draw projects on Axes: symbols by kind and stage, spread or listed where they crowd."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from regionkit.maps.paper.declutter import draw_crowd, find_crowds
from regionkit.maps.paper.free_space import data_per_point, figure_of
from regionkit.maps.paper.point_symbols import draw_symbol
from regionkit.maps.paper.routes import draw_route
from regionkit.maps.signs.monochrome import grey_symbol
from regionkit.maps.signs.symbols import stage_fill, symbol_of
from regionkit.maps.signs.words import project_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd
    import pandas as pd
    import pyproj
    from matplotlib.axes import Axes

    from regionkit.maps.paper.free_space import Box, FreeSpace

__all__ = ["DrawnProjects", "draw_projects", "spread_points"]


@dataclass
class DrawnProjects:
    """Where projects were drawn.

    Attributes
    ----------
    boxes : list of (left, bottom, right, top), pixels
        What symbols and lists cover, so that labels keep out of it.
    listed : list
        Index values of the projects that stand in a list, not on the map.
    spots : dict of int to (x, y), data units
        Where each list's number stands.
    places : list of (index value, x, y), data units
        Where each symbol stands, moved aside or not.
    """

    boxes: list[Box] = field(default_factory=list)
    listed: list[Any] = field(default_factory=list)
    spots: dict[int, tuple[float, float]] = field(default_factory=dict)
    places: list[tuple[Any, float, float]] = field(default_factory=list)


def spread_points(x: np.ndarray, y: np.ndarray, gap: float) -> tuple[np.ndarray, np.ndarray]:
    """Return points moved apart so that none is hidden: those at one spot form a ring.

    Parameters
    ----------
    x, y : arrays of float, shape (n,)
    gap : float
        Least distance between two points, in the same unit.

    Examples
    --------
    >>> x, y = spread_points(np.array([0.0, 0.0]), np.array([0.0, 0.0]), 1.0)
    >>> bool(np.hypot(x[0] - x[1], y[0] - y[1]) >= 0.99)
    True
    """
    new_x, new_y = x.astype(float).copy(), y.astype(float).copy()
    if len(x) < 2:
        return new_x, new_y
    # A point moves along a spiral of seats about its own spot until one is free.
    taken: list[tuple[float, float]] = []
    for index in range(len(x)):
        for step in range(600):
            ring = int((np.sqrt(12 * step + 9) - 3) / 6 + 1e-9)
            seats = max(6 * ring, 1)
            turn = 2 * np.pi * (step - 3 * ring * (ring - 1) - 1) / seats if ring else 0.0
            px = x[index] + ring * gap * np.sin(turn)
            py = y[index] + ring * gap * np.cos(turn)
            if all((px - tx) ** 2 + (py - ty) ** 2 >= (gap * 0.98) ** 2 for tx, ty in taken):
                break
        taken.append((px, py))
        new_x[index], new_y[index] = px, py
    return new_x, new_y


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
    lang: str = "zh",
) -> DrawnProjects:
    """Draw projects: a symbol by kind, its fill by stage; routes as lines.

    A point known only by county or city has a ring about it. With ``space`` a crowd of such
    points is listed in a box beside the land, kind by kind with its stages and numbers.

    Parameters
    ----------
    projects : GeoDataFrame
        Columns ``kind, domain, stage, location_basis``.
    size_pt : float
        Size of a symbol, points.
    space : FreeSpace, optional
        Room for lists of crowds; without it every symbol stands at its spot.
    sizes_pt : Series of float, optional
        Size of each project's symbol, points.
    is_grey : bool
        Whether kinds are told apart by shape and mark alone, for black and white.
    labels_of : mapping, optional
        Words for kinds and domains in lists; those of the embedded pack where not given.
    lang : {"zh", "en"}
    """
    shown = projects[~projects.geometry.is_empty].to_crs(crs)
    lines = shown[shown.geom_type == "LineString"]
    for row in lines.itertuples():
        draw_route(
            ax,
            np.array(row.geometry.coords)[:, :2],
            symbol_of(row.kind, row.domain),
            size_pt,
            fill=stage_fill(row.stage),
            is_grey=is_grey,
            gid=f"project-{row.Index}",
        )
    if space is not None:
        space.block_shapes(lines.geometry, is_soft=True)
    drawn = DrawnProjects()
    points = shown[shown.geom_type == "Point"]
    if points.empty:
        return drawn
    if space is not None:
        labels = project_words(labels_of, lang)
        for crowd in find_crowds(points):
            box = draw_crowd(
                ax,
                points.loc[crowd],
                len(drawn.boxes) + 1,
                size_pt,
                space,
                labels,
                is_grey=is_grey,
                lang=lang,
            )
            if box is not None:
                drawn.boxes.append(box)
                drawn.listed += crowd
                first = points.geometry[crowd[0]]
                drawn.spots[len(drawn.boxes)] = (float(first.x), float(first.y))
        points = points.drop(drawn.listed)
    sizes = (
        np.full(len(points), size_pt)
        if sizes_pt is None
        else sizes_pt.reindex(points.index).fillna(size_pt).to_numpy()
    )
    dot = figure_of(ax).dpi / 72
    drawn.places = _draw_points(ax, points, size_pt, sizes, is_grey=is_grey)
    for (_, x, y), size, basis in zip(drawn.places, sizes, points["location_basis"], strict=True):
        px, py = ax.transData.transform((x, y))
        half = size * dot * (0.58 if basis == "site" else 0.76)
        drawn.boxes.append((px - half, py - half, px + half, py + half))
    return drawn


def _draw_points(
    ax: Axes,
    points: gpd.GeoDataFrame,
    size_pt: float,
    sizes: np.ndarray,
    *,
    is_grey: bool,
) -> list[tuple[Any, float, float]]:
    """Draw a symbol at each point, moved apart where they would hide each other; return where."""
    per_point = data_per_point(ax)
    old_x, old_y = points.geometry.x.to_numpy(), points.geometry.y.to_numpy()
    if np.ptp(sizes) == 0 if len(sizes) else True:
        x, y = spread_points(old_x, old_y, gap=size_pt * 1.25 * per_point)
    else:
        # Symbols of different sizes keep their spots, the large ones beneath.
        x, y = old_x, old_y
    for px, py, ox, oy in zip(x, y, old_x, old_y, strict=True):
        if np.hypot(px - ox, py - oy) > size_pt * 1.6 * per_point:
            ax.plot([ox, px], [oy, py], color="#555555", linewidth=0.4, zorder=4.5)
    order = np.argsort(-sizes, kind="stable")
    rows = list(points.itertuples())
    for rank, number in enumerate(order):
        row, size = rows[number], float(sizes[number])
        symbol = symbol_of(row.kind, row.domain)
        symbol = grey_symbol(symbol) if is_grey else symbol
        draw_symbol(
            ax,
            x[number],
            y[number],
            symbol.shape,
            symbol.colour,
            stage_fill(row.stage),
            size,
            is_site=row.location_basis == "site",
            gid=f"project-{row.Index}",
            zorder=5.0 + rank * 1e-4,
        )
    return list(zip(points.index, x.tolist(), y.tolist(), strict=True))
