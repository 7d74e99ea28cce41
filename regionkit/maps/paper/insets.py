"""Small maps in a map: groups of units too small for their names, drawn larger."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import shapely

from regionkit.maps.paper.areas import draw_areas, draw_edges
from regionkit.maps.paper.axes import figure_of
from regionkit.maps.paper.map_names import seen_parts, write_names
from regionkit.maps.paper.marks import draw_projects
from regionkit.maps.signs.layers import check_frame
from regionkit.maps.signs.wrap import text_width
from regionkit.words.message import say

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pyproj
    from matplotlib.axes import Axes

    from regionkit.maps.paper.free_space import FreeSpace
    from regionkit.maps.paper.marks import DrawnProjects
    from regionkit.maps.signs.label_seats import Box
    from regionkit.maps.signs.layers import AreaLayer
    from regionkit.maps.signs.theme import Theme

__all__ = ["Inset", "crowded_groups", "fill_insets", "inset_boxes", "open_insets"]

_MAX_INSETS = 2
_LEAST_ZOOM = 1.6
_LEAST_GROUP = 3
# Shares of a map's side that the inset of a full core takes.
_LARGE = (0.52, 0.46, 0.41)
# A route that is seen for less has no number in an inset, points.
_LEAST_ROUTE_PT = 40.0


def crowded_groups(ax: Axes, names: gpd.GeoDataFrame, column: str, size: float) -> list[list[Any]]:
    """Return groups of neighbouring units that are too small for their names.

    Parameters
    ----------
    ax : Axes, settled
    names : GeoDataFrame, in the Axes' units
    column : str
    size : float
        Of the names, points.

    Returns
    -------
    list of list
        Index values, the largest group first; groups of three units or more.
    """
    figure = figure_of(ax)
    scale = ax.transData.transform((1.0, 0.0))[0] - ax.transData.transform((0.0, 0.0))[0]
    point = figure.dpi / 72
    label = names[column].astype(str).map(text_width) * size * point
    side = np.sqrt(names.area) * scale
    small = names[side < label * 1.15].geometry
    if small.empty:
        return []
    near = shapely.union_all(
        shapely.buffer(small.simplify(2 / scale).to_numpy(), size * 0.5 * point / scale)
    )
    groups = []
    for part in shapely.get_parts(near):
        mine = small[small.representative_point().within(part)]
        if len(mine) >= _LEAST_GROUP:
            groups.append(list(mine.index))
    return sorted(groups, key=lambda group: (-len(group), str(group[0])))


@dataclass(frozen=True)
class Inset:
    """A small map in a map.

    Attributes
    ----------
    axes : Axes
    group : list
        The units that it is for.
    frame : polygon, data units of the map
        What it enlarges.
    """

    axes: Axes
    group: list[Any]
    frame: Any


def open_insets(
    ax: Axes,
    names: gpd.GeoDataFrame,
    column: str,
    crs: pyproj.CRS,
    theme: Theme,
    space: FreeSpace,
    lang: str = "zh",
    *,
    is_large: bool = False,
) -> list[Inset]:
    """Open a small map beside the land for each group of units that are too small for names.

    ``is_large``: where there is room it takes half of the map, for a core full of projects.
    """
    local = check_frame(names, column).to_crs(crs)
    window = ax.get_window_extent()
    scale = ax.transData.transform((1.0, 0.0))[0] - ax.transData.transform((0.0, 0.0))[0]
    (left, right), (low, high) = ax.get_xlim(), ax.get_ylim()
    opened: list[Inset] = []
    for group in crowded_groups(ax, local, column, theme.base_size * 0.9):
        west, south, east, north = local.geometry.loc[group].total_bounds
        pad = 0.06 * max(east - west, north - south)
        west, south, east, north = west - pad, south - pad, east + pad, north + pad
        aspect = (north - south) / (east - west)
        towards = (
            ((west + east) / 2 - left) / (right - left),
            ((south + north) / 2 - low) / (high - low),
        )
        for share in (*(_LARGE if is_large else ()), 0.36, 0.31, 0.26, 0.21, 0.17):
            wide = min(share * window.width, share * 1.3 * window.height / aspect)
            zoom = wide / ((east - west) * scale)
            if zoom < _LEAST_ZOOM:
                break
            box = space.find(wide, wide * aspect, towards=towards, margin=theme.base_size * 0.8)
            if box is not None:
                bounds = (west, south, east, north)
                small = _open_inset(ax, box, bounds, theme, zoom, "ABC"[len(opened)], lang)
                opened.append(Inset(small, group, shapely.box(*bounds)))
                break
        if len(opened) == _MAX_INSETS:
            break
    return opened


def fill_insets(
    insets: list[Inset],
    layer: AreaLayer | None,
    names: gpd.GeoDataFrame,
    column: str,
    projects: gpd.GeoDataFrame | None,
    drawn: DrawnProjects,
    crs: pyproj.CRS,
    theme: Theme,
    numbers: Mapping[Any, str] | None = None,
    seats: gpd.GeoDataFrame | None = None,
) -> set[Any]:
    """Draw what stands in the boxes that insets enlarge; return the units named there.

    An inset repeats all that stands in its box: symbols, lines, badges.
    """
    local = check_frame(names, column).to_crs(crs)
    for inset in insets:
        _fill_inset(
            inset.axes,
            layer,
            local,
            inset.group,
            column,
            projects,
            drawn,
            crs,
            theme,
            numbers,
            seats,
        )
    return {unit for inset in insets for unit in inset.group}


def _open_inset(
    ax: Axes,
    box: Box,
    bounds: tuple[float, ...],
    theme: Theme,
    zoom: float,
    tag: str,
    lang: str,
) -> Axes:
    """Return framed Axes in a box of pixels, and mark on the map what they enlarge."""
    from matplotlib.patches import Rectangle

    window = ax.get_window_extent()
    small = ax.inset_axes(
        (
            (box[0] - window.x0) / window.width,
            (box[1] - window.y0) / window.height,
            (box[2] - box[0]) / window.width,
            (box[3] - box[1]) / window.height,
        ),
        zorder=6.5,
    )
    west, south, east, north = bounds
    small.set_xlim(west, east)
    small.set_ylim(south, north)
    small.set_xticks([])
    small.set_yticks([])
    small.set_facecolor(theme.water)
    small.set_gid("inset")
    for spine in small.spines.values():
        spine.set_edgecolor(theme.muted)
        spine.set_linewidth(0.7)
    ax.add_patch(
        Rectangle(
            (west, south),
            east - west,
            north - south,
            facecolor="none",
            edgecolor=theme.text,
            linewidth=0.8,
            linestyle=(0, (4, 2)),
            zorder=5.9,
            gid="inset-frame",
        )
    )
    ax.text(
        west,
        north,
        tag,
        fontsize=theme.base_size * 0.9,
        fontweight="bold",
        ha="left",
        va="bottom",
        zorder=7,
        color=theme.text,
        gid="inset-tag",
    )
    small.set_title(
        say("{tag}  enlarged {zoom:.1f} times", lang=lang, tag=tag, zoom=zoom),
        fontsize=theme.small_size,
        pad=2.0,
        loc="left",
        color=theme.muted,
    )
    return small


def _fill_inset(
    small: Axes,
    layer: AreaLayer | None,
    names: gpd.GeoDataFrame,
    group: list[Any],
    column: str,
    projects: gpd.GeoDataFrame | None,
    drawn: DrawnProjects,
    crs: pyproj.CRS,
    theme: Theme,
    numbers: Mapping[Any, str] | None,
    seats: gpd.GeoDataFrame | None,
) -> None:
    """Draw units, projects, seats and names in an inset."""
    (west, east), (south, north) = small.get_xlim(), small.get_ylim()
    frame = shapely.box(west, south, east, north)
    if layer is not None:
        local = layer.frame.to_crs(crs)
        near = local.geometry.intersects(frame).to_numpy()
        cut = replace(layer, frame=layer.frame[near], codes=layer.codes[near])
        draw_areas(small, cut, theme, crs).set_gid(None)
    else:
        draw_edges(small, names.geometry, crs, colour=theme.county_edge, width=0.4, fill=theme.land)
    keep_out: list[Box] = []
    if projects is not None:
        inside = _in_box(projects[~projects.geometry.is_empty].to_crs(crs), drawn, frame)
        size = theme.base_size * 0.72
        there = draw_projects(
            small,
            inside,
            crs,
            size_pt=size,
            is_grey=theme.use_patterns,
            labels_of=drawn.labels_of,
            numbers=numbers,
            seats=None if seats is None else seats[seats["level"] == "city"].geometry,
        )
        keep_out = there.boxes
        if numbers is not None:
            keep_out += there.number_routes(small, numbers, keep_out, least_pt=_LEAST_ROUTE_PT)
        for line in small.lines:
            # Once on the page is an id enough.
            if str(line.get_gid()).startswith("project-"):
                line.set_gid("inset-symbol")
    # Neighbours that are cut by the frame are named too where enough of them is seen.
    rest = names[~names.index.isin(group) & names.intersects(frame)]
    parts = seen_parts(small, rest, column, theme)
    named = gpd.GeoDataFrame(
        {column: [*names.loc[group, column], *parts[column]]},
        geometry=[*names.geometry.loc[group], *parts.geometry],
        index=[*group, *parts.index],
        crs=crs,
    )
    write_names(
        small, named, column, crs, theme, weight="bold", keep_out=keep_out, seats=seats,
        area=frame.intersection(shapely.union_all(names.geometry.to_numpy())),
        grounds=None if layer is None or theme.use_patterns else layer.colours,
    )  # fmt: skip
    small.set_xlim(west, east)
    small.set_ylim(south, north)


def _in_box(projects: gpd.GeoDataFrame, drawn: DrawnProjects, frame: Any) -> gpd.GeoDataFrame:
    """Return the projects whose spot or symbol is in a box; a symbol moved into it stands there."""
    is_in = projects.geometry.intersects(frame)
    moved = {
        index: shapely.Point(x, y)
        for index, x, y in drawn.places
        if frame.covers(shapely.Point(x, y)) and not is_in.get(index, default=True)
    }
    shown = projects[is_in | projects.index.isin(moved)]
    return shown.set_geometry(
        [moved.get(index, shape) for index, shape in zip(shown.index, shown.geometry, strict=True)],
        crs=shown.crs,
    )


def inset_boxes(ax: Axes, theme: Theme) -> list[Box]:
    """Return the pixels that insets, their titles and marks cover, for names to keep out of."""
    boxes = []
    line = theme.base_size * 1.1 * figure_of(ax).dpi / 72
    for child in ax.child_axes:
        child.apply_aspect()
        extent = child.get_window_extent()
        boxes.append(
            (float(extent.x0), float(extent.y0), float(extent.x1), float(extent.y1) + line)
        )
    for text in ax.texts:
        if text.get_gid() in {"inset-tag", "scale-bar-label", "graticule-label"}:
            extent = text.get_window_extent()
            boxes.append((float(extent.x0), float(extent.y0), float(extent.x1), float(extent.y1)))
    return boxes
