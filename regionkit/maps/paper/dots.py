"""Maps of density: a dot for each point, or for each so many of what a unit has."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from regionkit.analysis.targets import format_quantity
from regionkit.errors import InputError
from regionkit.maps.paper.axes import new_axes, unmoved
from regionkit.maps.paper.axes_legend import axes_legend, write_title
from regionkit.maps.paper.compose import draw_ground
from regionkit.maps.paper.far_islands import draw_maritime_line
from regionkit.maps.paper.map_names import take_units, write_names
from regionkit.maps.paper.surroundings import surround
from regionkit.maps.signs.classify import as_numbers
from regionkit.maps.signs.found_units import found_unit
from regionkit.maps.signs.layer_items import round_down, zone_items
from regionkit.maps.signs.legend_item import LegendItem
from regionkit.maps.signs.look import check_colour
from regionkit.maps.signs.monochrome import GREY
from regionkit.maps.signs.own_zones import take_zones
from regionkit.maps.signs.theme import Theme, drawing, get_theme
from regionkit.maps.signs.words import counted
from regionkit.places.extent import find_extent
from regionkit.places.frames import (
    check_units_once,
    clean_column,
    drop_unplaced,
    need_column,
    place_frame,
)
from regionkit.places.positions import warn_far
from regionkit.places.projection import map_crs
from regionkit.words.message import Option, join, msg, say

if TYPE_CHECKING:
    import geopandas as gpd
    from matplotlib.axes import Axes

    from regionkit.maps.signs.label_seats import Box

__all__ = ["dots"]

_MOST_DOTS = 20_000
# Past the units' frame by more than this share a dot is not seen.
_SEEN = 0.1


def dots(
    points: gpd.GeoDataFrame,
    *,
    value: str | None = None,
    per_dot: float = 1.0,
    base: gpd.GeoDataFrame | None = None,
    zones: gpd.GeoDataFrame | None = None,
    labels: str | None = None,
    colour: str = "#a4133c",
    size_pt: float = 2.4,
    label: str = "",
    title: str = "",
    legend: bool = True,
    seed: int = 0,
    theme: str | Theme = "print",
    ax: Axes | None = None,
    ground: bool = True,
    lang: str = "zh",
) -> Axes:
    """Return Axes with a dot for each point, or for each so many of a units' value.

    Points are drawn where they are. Polygons with ``value`` get a dot for each ``per_dot`` of it,
    at places drawn by lot within the polygon; the same seed gives the same map.

    Parameters
    ----------
    points : GeoDataFrame
        Points, or projects whose lines stand at their middle; or polygons with ``value``.
    value : str, optional
        For polygons: a numeric column.
    per_dot : float
        How much of the value one dot stands for.
    base : GeoDataFrame, optional
        Units drawn beneath; polygons themselves where not given.
    zones : GeoDataFrame, optional
        Outlines drawn over the units and told in the legend, such as ``ln.zones``.
    labels : str, optional
        Column of the units whose text is written at each.
    colour, size_pt
        Of a dot.
    label : str
        What a dot is, for the legend.
    seed : int
    ground : bool
        Whether sea, coast and neighbours are drawn about the units, where they are known.
    lang : {"zh", "en"}

    Raises
    ------
    InputError
        No row has a position; points with an option of polygons; labels without units to write
        them at; polygons without ``value``; the column is missing, or holds text, negative or
        infinite values; per_dot is not above 0 or makes more than 20,000 dots; the colour is none.
    CrsError
        The frame has no CRS.

    Examples
    --------
    >>> import regionkit as rk
    >>> from regionkit.maps.paper.dots import dots
    >>> ln = rk.load("liaoning")
    >>> ax = dots(ln.projects, base=ln.cities, label="项目")
    >>> ax.get_legend().get_texts()[0].get_text().startswith("项目（")
    True
    """
    theme = get_theme(theme)
    if theme.use_patterns:
        colour = GREY
    check_colour(colour)
    zones = take_zones(zones)
    opened = place_frame(points)
    if value is not None and not opened.empty:
        value = need_column(opened, value, points)
        opened = clean_column(opened, value)
    placed = drop_unplaced(opened)
    if placed.empty:
        raise InputError(
            msg("None of the {n} rows has a position, so there is nothing to draw.", n=len(points))
        )
    are_areas = placed.geom_type.isin(["Polygon", "MultiPolygon"])
    is_area = bool(are_areas.all())
    if not is_area:
        _refuse_ignored(int(are_areas.sum()), value, per_dot, seed)
    if is_area and base is None:
        base = placed
    base, labels = take_units(base, labels)
    if is_area:
        check_units_once(placed)
    extent = base if base is not None else placed
    if base is not None:
        warn_far(placed.geometry, find_extent(base).bounds, share=_SEEN)
    crs = map_crs(extent.geometry)
    if is_area:
        spots = _lots(placed.to_crs(crs), value, per_dot, seed)
        amount = format_quantity(per_dot, "" if value is None else found_unit(points, value))
        each = say("one dot is {amount}", lang=lang, amount=amount)
        words = say("{label}: {text}", lang=lang, label=label or value, text=each)
    else:
        local = placed.geometry.to_crs(crs)
        spots = np.array(
            [
                (
                    shape.interpolate(0.5, normalized=True)
                    if shape.geom_type == "LineString"
                    else shape.centroid
                ).coords[0]
                for shape in local
            ]
        )
        words = counted(label or say("Points drawn", lang=lang), len(placed), lang)
    with drawing(theme), unmoved(ax):
        ax = ax if ax is not None else new_axes()
        draw_ground(ax, extent, crs, theme, base=base, zones=zones)
        # See-through, so that many at one place are darker than one.
        ax.plot(
            spots[:, 0],
            spots[:, 1],
            linestyle="none",
            marker="o",
            markersize=size_pt,
            markerfacecolor=colour,
            markeredgewidth=0.0,
            alpha=0.6,
            zorder=5,
            gid="dots",
        )
        if title:
            write_title(ax, title)
        if legend:
            items = [LegendItem(words, "circle", colour, size=size_pt * 1.6)]
            if zones is not None:
                items += zone_items(zones, theme, lang=lang)
            axes_legend(ax, items, theme)
        boxes: list[Box] = []
        if base is not None and labels is not None:
            boxes = write_names(ax, base, labels, crs, theme)
        draw_maritime_line(ax, crs, theme)
        if ground:
            surround(ax, extent, crs, theme, keep_out=boxes, lang=lang)
    return ax


def _refuse_ignored(n_areas: int, value: str | None, per_dot: float, seed: int) -> None:
    """Refuse what a map of a dot for each point would pass over.

    Raises
    ------
    InputError
        Polygons stand among the points; or an option is of polygons alone.
    """
    if n_areas:
        raise InputError(
            msg("{n} rows are polygons and the others are not.", n=n_areas),
            mend=msg("Draw them apart: polygons need value=, points and lines do not."),
        )
    given = [
        option
        for option, is_given in (
            (Option("value", value), value is not None),
            (Option("per_dot", per_dot), per_dot != 1.0),
            (Option("seed", seed), seed != 0),
        )
        if is_given
    ]
    if given:
        raise InputError(
            msg("Each point is one dot, so {options} would be ignored.", options=join(given)),
            mend=msg("Leave it out, give polygons, or size the points with rk.symbols(size=...)."),
        )


def _lots(areas: gpd.GeoDataFrame, value: str | None, per_dot: float, seed: int) -> np.ndarray:
    """Return places drawn by lot, as many in each polygon as its value asks for."""
    if value is None:
        raise InputError(
            msg("Polygons need value=, the column whose amount the dots show."),
            mend=msg("For their middles give frame.set_geometry(frame.representative_point())."),
        )
    values = np.nan_to_num(as_numbers(areas[value]))
    if not per_dot > 0:
        raise InputError(msg("{option} is not above 0.", option=Option("per_dot", per_dot)))
    if (values < 0).any():
        raise InputError(
            msg(
                "Column {value!r} is negative at {row}.",
                value=value,
                row=areas.index[values < 0][0],
            ),
            mend=msg("Dots cannot show it; use rk.choropleth."),
        )
    counts = np.floor(values / per_dot + 0.5).astype(int)
    if counts.sum() > _MOST_DOTS:
        raise InputError(
            msg(
                "per_dot={per_dot:g} makes {n:,} dots, more than {most:,}.",
                per_dot=per_dot,
                n=counts.sum(),
                most=_MOST_DOTS,
            ),
            mend=msg(
                "Give a larger per_dot, such as {more:g}.",
                more=round_down(values.sum() / 2000),
            ),
        )
    lot = np.random.default_rng(seed)
    spots = [np.empty((0, 2))]
    for shape, count in zip(areas.geometry, counts, strict=True):
        west, south, east, north = shape.bounds
        shapely.prepare(shape)
        found = np.empty((0, 2))
        while len(found) < count:
            tries = lot.uniform((west, south), (east, north), (max(count * 3, 50), 2))
            found = np.concatenate([found, tries[shapely.contains_xy(shape, tries)]])
        spots.append(found[:count])
    return np.concatenate(spots)
