"""Maps of projects on Axes: discs and lines by family and stage over units."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from regionkit.errors import InputError
from regionkit.maps.paper.axes import figure_of, new_axes, settle, unmoved
from regionkit.maps.paper.axes_legend import axes_legend, write_title
from regionkit.maps.paper.compose import draw_ground
from regionkit.maps.paper.far_islands import draw_maritime_line
from regionkit.maps.paper.free_space import FreeSpace
from regionkit.maps.paper.map_names import take_units, write_names
from regionkit.maps.paper.marks import DrawnProjects, draw_projects
from regionkit.maps.paper.point_symbols import draw_symbol
from regionkit.maps.paper.surroundings import surround
from regionkit.maps.signs.found_units import found_unit
from regionkit.maps.signs.label_seats import box_about
from regionkit.maps.signs.layer_items import (
    size_items,
    symbol_sizes_pt,
    zone_items,
)
from regionkit.maps.signs.legend_item import LegendItem
from regionkit.maps.signs.look import Look, check_colour
from regionkit.maps.signs.monochrome import GREY
from regionkit.maps.signs.own_zones import take_zones
from regionkit.maps.signs.project_items import check_project_columns, project_items
from regionkit.maps.signs.theme import Theme, drawing, get_theme
from regionkit.maps.signs.words import counted
from regionkit.places.extent import find_extent
from regionkit.places.frames import clean_column, column_name, place_frame
from regionkit.places.positions import warn_far
from regionkit.places.projection import map_crs
from regionkit.words.message import join, msg, say

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.typing import ColorType

    from regionkit.maps.signs.label_seats import Box

__all__ = ["symbols"]

# Past the units' frame by more than this share a symbol is not seen.
_SEEN = 0.1
# What tells a project from a point; a point's colour where none is given.
_PROJECT_COLUMNS = ("kind", "domain", "stage", "location_basis")
_COLOUR = "#8a4a6e"


def symbols(
    projects: gpd.GeoDataFrame,
    *,
    size: str | None = None,
    size_label: str = "",
    colour: str = "",
    label: str = "",
    base: gpd.GeoDataFrame | None = None,
    zones: gpd.GeoDataFrame | None = None,
    labels: str | None = None,
    title: str = "",
    legend: bool = True,
    theme: str | Theme = "print",
    ax: Axes | None = None,
    figsize: tuple[float, float] | None = None,
    edgecolor: ColorType | None = None,
    linewidth: float | None = None,
    alpha: float = 1.0,
    labels_of: Mapping[str, Mapping[str, str]] | None = None,
    ground: bool = True,
    lang: str = "zh",
) -> Axes:
    """Return Axes with projects drawn by family and stage, or any points in one colour, over units.

    Parameters
    ----------
    projects : GeoDataFrame
        As of ``Region.projects``; or any points, without the columns ``kind, domain, stage,
        location_basis``. Rows without geometry are left out.
    size : str, optional
        A numeric column: the area of a symbol is in proportion to its value; a project without
        one is drawn at the least size.
    size_label : str
        What the sizes show, with its unit, for the legend; where not given the column's name, and
        the unit that the joined table states.
    colour, label : str
        Of points that are no projects: their colour, and what they are, for the legend.
    base : GeoDataFrame, optional
        Units drawn beneath.
    zones : GeoDataFrame, optional
        Outlines drawn over the units and told in the legend, such as ``ln.zones``.
    labels : str, optional
        Column of the units whose text is written at each.
    labels_of : mapping, optional
        ``{"kind": {...}, "domain": {...}, "stage": {...}}``: words for the legend in place of
        those of the embedded pack.
    figsize, edgecolor, linewidth, alpha
        As of :func:`choropleth`, of the symbols.
    ground : bool
        Whether sea, coast and neighbours are drawn about the units, where they are known.
    lang : {"zh", "en"}

    Raises
    ------
    InputError
        No project has a geometry; labels without units to write them at; the size column is
        missing, or holds text, negative or infinite values, or none at all.

    Examples
    --------
    >>> import regionkit as rk
    >>> ln = rk.load("liaoning")
    >>> ax = rk.symbols(ln.select_projects(kind="nuclear"), base=ln.cities)
    >>> ax.get_title()
    ''
    """
    theme = get_theme(theme)
    look = Look(edgecolor, linewidth, alpha, figsize)
    size, zones = None if size is None else column_name(size), take_zones(zones)
    given = projects
    is_plain = not set(_PROJECT_COLUMNS) <= set(projects.columns)
    projects = place_frame(projects) if is_plain else check_project_columns(projects)
    placed = projects[~(projects.geometry.is_empty | projects.geometry.isna())]
    if placed.empty:
        raise InputError(
            msg(
                "None of the {n} projects has a position, so there is nothing to draw.",
                n=len(projects),
            ),
            mend=msg("List them with print(projects['name'])."),
        )
    base, labels = take_units(base, labels)
    if size is not None and size in placed.columns:
        placed = clean_column(placed, size)
    if is_plain:
        _check_points(placed, colour)
    elif colour or label:
        raise InputError(
            msg("Projects have the colours and words of their families and stages."),
            mend=msg("Leave colour= and label= out, or drop the column: {call}.",
                     call="frame.drop(columns='kind')"),
        )  # fmt: skip
    extent = base if base is not None else placed
    if base is not None:
        warn_far(placed.geometry, find_extent(base).bounds, share=_SEEN)
    crs = map_crs(extent.geometry)
    with drawing(theme), unmoved(ax):
        ax = ax if ax is not None else new_axes(look.figsize)
        draw_ground(ax, extent, crs, theme, base=base, zones=zones)
        sizes = symbol_sizes_pt(placed, size, theme) if size is not None else None
        if title:
            write_title(ax, title)
        if legend:
            if is_plain:
                words = counted(label or say("Points drawn", lang=lang), len(placed), lang)
                ink = GREY if theme.use_patterns else colour or _COLOUR
                items = [LegendItem(words, "symbol", ink)]
            else:
                items = project_items(placed, labels_of, is_grey=theme.use_patterns, lang=lang)
            items = [replace(item, alpha=look.alpha) for item in items]
            if size is not None:
                stated = found_unit(given, size)
                words = size_label or (counted(size, stated, lang) if stated else size)
                items += size_items(placed[size], words, theme)
            if zones is not None:
                items += zone_items(zones, theme, lang=lang)
            axes_legend(ax, items, theme)
        settle(ax)
        drawn = (
            DrawnProjects()
            if is_plain
            else draw_projects(
                ax,
                placed,
                crs,
                size_pt=theme.base_size * 0.75,
                sizes_pt=sizes,
                is_grey=theme.use_patterns,
                labels_of=labels_of,
                look=look,
                space=None if sizes is not None else FreeSpace(ax, extent.geometry.to_crs(crs)),
            )
        )
        if is_plain:
            ink = GREY if theme.use_patterns else colour or _COLOUR
            boxes = _draw_points(ax, placed.geometry.to_crs(crs), sizes, ink, look, theme)
        else:
            boxes = list(drawn.boxes)
        if base is not None and labels is not None:
            boxes += write_names(ax, base, labels, crs, theme, keep_out=boxes)
        draw_maritime_line(ax, crs, theme)
        if ground:
            surround(ax, extent, crs, theme, keep_out=boxes, lang=lang)
    return ax


def _check_points(placed: gpd.GeoDataFrame, colour: str) -> None:
    """Refuse what is no point, and no colour.

    Raises
    ------
    InputError
        A row is no point; the colour is none.
    """
    other = ~placed.geom_type.isin(["Point", "MultiPoint"])
    if other.any():
        raise InputError(
            msg(
                "{n} of {total} rows are no points but {kinds}.",
                n=int(other.sum()),
                total=len(placed),
                kinds=join(sorted(set(placed.geom_type[other]))),
            ),
            mend=msg(
                "Give points: frame.set_geometry(frame.representative_point()); or projects with "
                "the columns {columns}.",
                columns=join(_PROJECT_COLUMNS),
            ),
        )
    if colour:
        check_colour(colour)


def _draw_points(
    ax: Axes,
    points: gpd.GeoSeries,
    sizes: pd.Series | None,
    colour: str,
    look: Look,
    theme: Theme,
) -> list[Box]:
    """Draw a disc at each point, large ones beneath; return what they cover, in pixels."""
    boxes: list[Box] = []
    point = figure_of(ax).dpi / 72
    order = points.index if sizes is None else sizes.sort_values(ascending=False).index
    for key in order:
        spot = points[key].centroid
        size = theme.base_size * 0.75 if sizes is None else float(sizes[key])
        draw_symbol(ax, spot.x, spot.y, "circle", colour, "solid", size, look=look, gid="point")
        x, y = ax.transData.transform((spot.x, spot.y))
        boxes.append(box_about(float(x), float(y), size * point, size * point))
    return boxes
