"""Names on a map, and the small maps in it: districts enlarged, the region about the place."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import shapely

from regionkit.maps.draw import draw_areas, draw_edges, frame_axes
from regionkit.maps.labels import place_labels
from regionkit.maps.layers import check_frame
from regionkit.maps.legend import text_width
from regionkit.maps.marks import draw_projects
from regionkit.maps.space import FreeSpace, data_per_point, figure_of
from regionkit.maps.words import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyproj
    from matplotlib.axes import Axes

    from regionkit.maps.layers import AreaLayer
    from regionkit.maps.space import Box
    from regionkit.maps.theme import Theme

__all__ = ["crowded_groups", "draw_insets", "draw_locator", "inset_boxes", "write_names"]

_MAX_INSETS = 2
_LEAST_ZOOM = 1.7
_LEAST_GROUP = 3
# Share of a map that names may cover.
_MOST_INK, _SMALLER = 0.15, 0.75


def write_names(
    ax: Axes,
    frame: gpd.GeoDataFrame,
    column: str,
    crs: pyproj.CRS,
    theme: Theme,
    *,
    scale: float = 0.85,
    weight: str = "normal",
    keep_out: Sequence[Box] = (),
) -> None:
    """Write a column's text at the units, largest first; units without text are passed over."""
    named = check_frame(frame, column).to_crs(crs)
    named = named[named[column].notna()]
    named = named.assign(_area=named.area).sort_values("_area", ascending=False, kind="stable")
    points = named.representative_point()
    size = theme.base_size * scale
    # On a small map all the names would hide it: they are set smaller, and only where they fit.
    window = ax.get_window_extent()
    ink = named[column].astype(str).map(text_width).sum() * (size * figure_of(ax).dpi / 72) ** 2
    is_full = ink > _MOST_INK * window.width * window.height
    place_labels(
        ax,
        named[column].astype(str).tolist(),
        points.x.tolist(),
        points.y.tolist(),
        size=size * (_SMALLER if is_full else 1.0),
        colour=theme.text,
        weights=[weight] * len(named),
        keep_out=keep_out,
        has_leaders=not is_full,
        # Among patterns a name needs clear ground.
        halo_share=0.6 if theme.use_patterns else 0.22,
    )


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


def draw_insets(
    ax: Axes,
    layer: AreaLayer | None,
    names: gpd.GeoDataFrame,
    column: str,
    projects: gpd.GeoDataFrame | None,
    crs: pyproj.CRS,
    theme: Theme,
    space: FreeSpace,
    lang: str = "zh",
) -> set[Any]:
    """Draw groups of small units larger beside the land; return the units named there."""
    local = check_frame(names, column).to_crs(crs)
    window = ax.get_window_extent()
    scale = ax.transData.transform((1.0, 0.0))[0] - ax.transData.transform((0.0, 0.0))[0]
    (left, right), (low, high) = ax.get_xlim(), ax.get_ylim()
    done: set[Any] = set()
    count = 0
    for group in crowded_groups(ax, local, column, theme.base_size * 0.85):
        west, south, east, north = local.geometry.loc[group].total_bounds
        pad = 0.06 * max(east - west, north - south)
        west, south, east, north = west - pad, south - pad, east + pad, north + pad
        aspect = (north - south) / (east - west)
        towards = (
            ((west + east) / 2 - left) / (right - left),
            ((south + north) / 2 - low) / (high - low),
        )
        for share in (0.36, 0.31, 0.26, 0.21, 0.17):
            wide = min(share * window.width, share * 1.3 * window.height / aspect)
            zoom = wide / ((east - west) * scale)
            if zoom < _LEAST_ZOOM:
                break
            box = space.find(wide, wide * aspect, towards=towards, margin=theme.base_size * 0.8)
            if box is not None:
                count += 1
                small = _open_inset(
                    ax, box, (west, south, east, north), theme, zoom, "ABC"[count - 1], lang
                )
                _fill_inset(small, layer, local, group, column, projects, crs, theme)
                done |= set(group)
                break
        if count == _MAX_INSETS:
            break
    return done


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
        fontsize=theme.base_size * 0.85,
        fontweight="bold",
        ha="left",
        va="bottom",
        zorder=7,
        color=theme.text,
        gid="inset-tag",
    )
    small.set_title(
        say("inset", lang, tag=tag, zoom=f"{zoom:.1f}"),
        fontsize=theme.base_size * 0.78,
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
    crs: pyproj.CRS,
    theme: Theme,
) -> None:
    """Draw units, projects and names in an inset."""
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
        local_projects = projects[~projects.geometry.is_empty].to_crs(crs)
        # All that stands in the box on the map, lines and points known by their unit included.
        inside = local_projects[local_projects.geometry.intersects(frame)]
        keep_out = draw_projects(
            small, inside, crs, size_pt=theme.base_size * 0.72, is_grey=theme.use_patterns
        ).boxes
        for line in small.lines:
            line.set_gid(None)
    # Neighbours that are cut by the frame are named too where enough of them is seen.
    rest = names[~names.index.isin(group) & names.intersects(frame)]
    words, shapes = list(names.loc[group, column]), list(names.geometry.loc[group])
    per_point = data_per_point(small)
    for word, shape in zip(rest[column], rest.intersection(frame), strict=True):
        circle = shapely.maximum_inscribed_circle(shape, tolerance=per_point * 2)
        if 2 * shapely.length(circle) > text_width(str(word)) * theme.base_size * per_point:
            words.append(word)
            # The name stands where the part that is seen is widest.
            shapes.append(shapely.Point(circle.coords[0]).buffer(per_point))
    named = gpd.GeoDataFrame({column: words}, geometry=shapes, crs=crs)
    write_names(small, named, column, crs, theme, weight="bold", keep_out=keep_out)
    small.set_xlim(west, east)
    small.set_ylim(south, north)


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


def _ring(
    across: tuple[float, float], up: tuple[float, float]
) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Return the corners of a box as x and y."""
    return (across[0], across[1], across[1], across[0]), (up[0], up[0], up[1], up[1])


def draw_locator(
    ax: Axes,
    region: gpd.GeoSeries | gpd.GeoDataFrame,
    shown: gpd.GeoSeries | gpd.GeoDataFrame,
    crs: pyproj.CRS,
    theme: Theme,
    space: FreeSpace,
) -> None:
    """Draw the region small in a free corner, what the map shows filled dark."""
    whole = region.geometry.to_crs(crs)
    west, south, east, north = whole.total_bounds
    window = ax.get_window_extent()
    aspect = (north - south) / (east - west)
    for share in (0.2, 0.17, 0.14, 0.11):
        wide = share * max(window.width, window.height)
        box = space.find(wide, wide * aspect, towards=(0.0, 1.0), margin=theme.base_size * 0.6)
        if box is not None:
            break
    else:
        return
    small = ax.inset_axes(
        (
            (box[0] - window.x0) / window.width,
            (box[1] - window.y0) / window.height,
            wide / window.width,
            wide * aspect / window.height,
        ),
        zorder=6.5,
    )
    frame_axes(small, whole, crs)
    small.set_gid("locator")
    # Meridians of the map beneath do not run through it.
    ground = small.get_xlim(), small.get_ylim()
    small.fill(*_ring(*ground), facecolor=theme.water, edgecolor="none", zorder=0)
    draw_edges(small, whole, crs, colour=theme.county_edge, width=0.3, fill=theme.land)
    here = gpd.GeoSeries([shapely.union_all(shown.geometry.to_crs(crs).to_numpy())], crs=crs)
    draw_edges(small, here, crs, colour=theme.city_edge, width=0.4, fill=theme.muted)
