"""Draw projects on Axes: symbols by kind and stage, spread or listed where they crowd."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from regionkit.maps.greys import grey_symbol
from regionkit.maps.routes import draw_route, marker_path
from regionkit.maps.space import data_per_point, figure_of, to_data
from regionkit.maps.symbols import Symbol, stage_fill, symbol_of
from regionkit.maps.words import say

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd
    import pyproj
    from matplotlib.axes import Axes

    from regionkit.maps.space import Box, FreeSpace

__all__ = [
    "draw_projects",
    "draw_route",
    "draw_symbol",
    "lighter",
    "marker_path",
    "spread_points",
]

# More symbols than these about one spot hide the map: they are counted in a list beside it.
_CROWD = 14
_STYLES: dict[str, Any] = {
    "solid": "-",
    "half": (0, (6, 1.5)),
    "hollow": (0, (3, 2)),
    "dotted": (0, (1, 2)),
}


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
    lang: str = "zh",
) -> list[Box]:
    """Draw projects: a symbol by kind, its fill by stage; routes as lines.

    A point known only by county or city has a pale ring about it. With ``space`` a crowd of such
    points is listed in a box beside the land, a symbol for each kind and stage with its number.

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
    lang : {"zh", "en"}

    Returns
    -------
    list of (left, bottom, right, top), pixels
        What the symbols cover, so that labels keep out of it.
    """
    shown = projects[~projects.geometry.is_empty].to_crs(crs)
    lines = shown[shown.geom_type == "LineString"]
    for row in lines.itertuples():
        draw_route(
            ax,
            np.array(row.geometry.coords)[:, :2],
            symbol_of(row.kind, row.domain),
            size_pt,
            style=_STYLES[stage_fill(row.stage)],
            is_grey=is_grey,
            gid=f"project-{row.Index}",
        )
    if space is not None:
        space.block_shapes(lines.geometry, is_soft=True)
    points = shown[shown.geom_type == "Point"]
    if points.empty:
        return []
    figure = figure_of(ax)
    dot = figure.dpi / 72
    boxes: list[Box] = []
    if space is not None:
        for crowd in _crowds(points):
            box = _draw_crowd(ax, points.loc[crowd], size_pt, space, is_grey=is_grey, lang=lang)
            if box is not None:
                boxes.append(box)
                points = points.drop(crowd)
    sizes = (
        np.full(len(points), size_pt)
        if sizes_pt is None
        else sizes_pt.reindex(points.index).fillna(size_pt).to_numpy()
    )
    boxes += _draw_points(ax, points, size_pt, sizes, dot, is_grey=is_grey)
    return boxes


def _draw_points(
    ax: Axes,
    points: gpd.GeoDataFrame,
    size_pt: float,
    sizes: np.ndarray,
    dot: float,
    *,
    is_grey: bool,
) -> list[Box]:
    """Draw a symbol at each point, moved apart where they would hide each other."""
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
    boxes: list[Box] = []
    order = np.argsort(-sizes, kind="stable")
    rows = list(points.itertuples())
    for rank, number in enumerate(order):
        row, size = rows[number], float(sizes[number])
        symbol = _symbol(row.kind, row.domain, is_grey=is_grey)
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
        px, py = ax.transData.transform((x[number], y[number]))
        half = size * dot * (0.58 if row.location_basis == "site" else 0.74)
        boxes.append((px - half, py - half, px + half, py + half))
    return boxes


def _crowds(points: gpd.GeoDataFrame) -> list[list[Any]]:
    """Return the points known only by their unit that stand at one spot in great number."""
    rough = points[points["location_basis"] != "site"]
    spots = rough.groupby([rough.geometry.x.round(1), rough.geometry.y.round(1)], sort=True)
    return [list(mine.index) for _, mine in spots if len(mine) >= _CROWD]


def _symbol(kind: str, domain: str, *, is_grey: bool) -> Symbol:
    symbol = symbol_of(kind, domain)
    return grey_symbol(symbol) if is_grey else symbol


def _draw_crowd(
    ax: Axes,
    points: gpd.GeoDataFrame,
    size_pt: float,
    space: FreeSpace,
    *,
    is_grey: bool,
    lang: str,
) -> Box | None:
    """List a crowd in a box beside the land, tied to its spot; None where there is no room."""
    from matplotlib.patches import FancyBboxPatch

    figure = figure_of(ax)
    dot = figure.dpi / 72
    cells: dict[tuple[str, str, str], int] = {}
    for row in points.sort_values(["domain", "kind"]).itertuples():
        symbol = _symbol(row.kind, row.domain, is_grey=is_grey)
        key = (symbol.shape, symbol.colour, stage_fill(row.stage))
        cells[key] = cells.get(key, 0) + 1
    spot = (float(points.geometry.x.iloc[0]), float(points.geometry.y.iloc[0]))
    anchor = ax.transData.transform(spot)
    (low, high), (bottom, top) = ax.get_xlim(), ax.get_ylim()
    towards = ((spot[0] - low) / (high - low), (spot[1] - bottom) / (top - bottom))
    wide, tall, pad = size_pt * 3.3 * dot, size_pt * 1.75 * dot, size_pt * 0.7 * dot
    # Shapes from square to slim; the first that finds room beside the land is taken.
    for columns in sorted(
        {min(n, len(cells)) for n in (6, 5, 7, 4, 8, 3, 10, 2)}, key=lambda n: abs(n - 5.6)
    ):
        lines = -(-len(cells) // columns)
        width = max(columns * wide, size_pt * 9.4 * dot) + 2 * pad
        height = lines * tall + 2 * pad + size_pt * 1.5 * dot
        box = space.find(width, height, towards=towards, margin=size_pt * 0.6 * dot)
        if box is not None:
            break
    else:
        return None
    (x0, y0), (x1, y1) = to_data(ax, box[:2]), to_data(ax, box[2:])
    ax.add_patch(
        FancyBboxPatch(
            (x0, y0),
            x1 - x0,
            y1 - y0,
            boxstyle="square,pad=0",
            facecolor="#ffffff",
            edgecolor="#777777",
            linewidth=0.5,
            zorder=6.0,
            gid="crowd",
        )
    )
    edge = (min(max(anchor[0], box[0]), box[2]), min(max(anchor[1], box[1]), box[3]))
    end = to_data(ax, edge)
    ax.plot([spot[0], end[0]], [spot[1], end[1]], color="#555555", linewidth=0.6, zorder=4.6)
    ax.plot(
        *spot,
        marker="o",
        markersize=size_pt * 0.7,
        markerfacecolor="#ffffff",
        markeredgecolor="#555555",
        markeredgewidth=0.8,
        linestyle="none",
        zorder=4.7,
    )
    ax.text(
        *to_data(ax, (box[0] + pad, box[3] - pad * 0.8)),
        say("crowd", lang, count=len(points)),
        fontsize=size_pt * 1.02,
        va="top",
        zorder=6.2,
        gid="crowd-title",
    )
    for number, ((shape, colour, fill), count) in enumerate(cells.items()):
        line, column = divmod(number, columns)
        x = box[0] + pad + column * wide + size_pt * 0.7 * dot
        y = box[3] - pad - size_pt * 1.5 * dot - (line + 0.5) * tall
        draw_symbol(
            ax, *to_data(ax, (x, y)), shape, colour, fill, size_pt, gid="crowd-symbol", zorder=6.1
        )
        ax.text(
            *to_data(ax, (x + size_pt * 0.85 * dot, y)),
            f"{count}",
            fontsize=size_pt * 1.02,
            va="center_baseline",
            zorder=6.2,
            gid="crowd-count",
        )
    # The ring at the spot is no symbol, yet no name may cover it.
    half = size_pt * 0.5 * dot
    space.block((anchor[0] - half, anchor[1] - half, anchor[0] + half, anchor[1] + half))
    return box


def draw_symbol(
    ax: Axes,
    x: float,
    y: float,
    shape: str,
    colour: str,
    fill: str,
    size_pt: float,
    *,
    is_site: bool = True,
    gid: str = "",
    zorder: float = 5.0,
) -> None:
    """Draw one symbol in data coordinates."""
    marker = marker_path(shape)
    if not is_site:
        ax.plot(
            [x],
            [y],
            marker="o",
            markersize=min(size_pt * 1.45, size_pt + 3.0),
            markerfacecolor="#ffffff",
            markeredgecolor="#999999",
            markeredgewidth=0.4,
            alpha=0.75,
            linestyle="none",
            zorder=zorder - 0.1,
        )
    face = {
        "solid": colour,
        "half": lighter(colour, 0.55),
        "hollow": "#ffffff",
        "dotted": "#ffffff",
    }[fill]
    ax.plot(
        [x],
        [y],
        marker=marker,
        markersize=size_pt,
        markerfacecolor=face,
        markeredgecolor=colour,
        markeredgewidth=0.9 if fill != "dotted" else 0.6,
        linestyle="none",
        zorder=zorder,
        gid=gid or None,
    )
    if fill == "dotted":
        ax.plot(
            [x],
            [y],
            marker="o",
            markersize=size_pt * 0.28,
            color=colour,
            linestyle="none",
            zorder=zorder + 0.1,
        )


def lighter(colour: str, share: float) -> str:
    """Return a colour mixed with white."""
    from matplotlib.colors import to_hex, to_rgb

    red, green, blue = (channel * (1 - share) + share for channel in to_rgb(colour))
    return to_hex((red, green, blue))
