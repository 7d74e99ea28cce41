"""Maps of areas on Axes, one call each: by the classes of a number or by kind."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import geopandas as gpd
import shapely

from regionkit.maps.paper.areas import (
    draw_areas,
    draw_edges,
    draw_province_borders,
    draw_zones,
    frame_axes,
    seen_outlines,
)
from regionkit.maps.paper.axes import new_axes, settle, unmoved
from regionkit.maps.paper.axes_legend import axes_legend, write_title
from regionkit.maps.paper.base import draw_base
from regionkit.maps.paper.far_islands import draw_far_islands, draw_maritime_line, make_room
from regionkit.maps.paper.free_space import FreeSpace
from regionkit.maps.paper.insets import inset_boxes
from regionkit.maps.paper.map_names import city_seats, label_column, write_names
from regionkit.maps.paper.surroundings import surround
from regionkit.maps.signs.base_layers import base_about, base_items
from regionkit.maps.signs.classed import classed_layer
from regionkit.maps.signs.found_units import found_unit
from regionkit.maps.signs.layer_items import (
    layer_items,
    zone_items,
)
from regionkit.maps.signs.layers import AreaLayer, category_layer, check_areas
from regionkit.maps.signs.look import Look
from regionkit.maps.signs.options import Caption, Classing
from regionkit.maps.signs.own_zones import take_zones
from regionkit.maps.signs.palette import colours_by_kind, warn_near_no_data
from regionkit.maps.signs.theme import Theme, drawing, get_theme
from regionkit.places.extent import find_extent
from regionkit.places.frames import column_name, place_frame
from regionkit.places.projection import map_crs

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pyproj
    from matplotlib.axes import Axes
    from matplotlib.typing import ColorType

    from regionkit.maps.signs.base_layers import Base
    from regionkit.maps.signs.label_seats import Box

__all__ = ["categorical", "choropleth"]


def choropleth(
    frame: gpd.GeoDataFrame,
    column: str,
    *,
    scheme: str = "fisherjenks",
    k: int = 5,
    bins: Sequence[float] | None = None,
    cmap: str | None = None,
    zones: gpd.GeoDataFrame | None = None,
    labels: str | None = None,
    unit: str = "",
    title: str | None = None,
    legend: bool = True,
    theme: str | Theme = "print",
    ax: Axes | None = None,
    figsize: tuple[float, float] | None = None,
    edgecolor: ColorType | None = None,
    linewidth: float | None = None,
    alpha: float = 1.0,
    seats: gpd.GeoDataFrame | None = None,
    base: Base | None = None,
    ground: bool = True,
    lang: str = "zh",
) -> Axes:
    """Return Axes with the units of a GeoDataFrame coloured by the classes of a column.

    Drawn in an equal-area projection chosen for the extent; the classes are those of mapclassify.

    Parameters
    ----------
    frame : GeoDataFrame
        In any CRS.
    column : str
        A numeric column; missing values form a class of their own.
    scheme, k, bins : str, int, sequence
        As in ``GeoDataFrame.plot``; "userdefined" with ``bins`` (upper limits).
    cmap : str, optional
        A matplotlib colormap; the theme's where not given. One that colour-blind readers cannot
        tell apart gives a PaletteWarning.
    zones : GeoDataFrame, optional
        Outlines drawn over the units and told in the legend, such as ``ln.zones``.
    labels : str, optional
        Column of the units whose text is written at each.
    unit : str
        Unit of the values, for the legend; that which the joined table states where not given.
    title : str, optional
        The column's name where not given, "" for none.
    legend : bool
    theme : {"print", "projector", "bw"} or Theme
    ax : Axes, optional
        Drawn into; a new figure where not given.
    figsize, edgecolor, linewidth, alpha
        As in ``GeoDataFrame.plot``: size of a new figure in inches, edges of the units and their
        width in points, transparency of the units from 0 to 1.
    seats : GeoDataFrame, optional
        Cities are marked and named there, as of ``ln.seats``.
    base : path, GeoDataFrame, sequence of them, or mapping of kind to one, optional
        Your own rivers, railways, roads and areas, drawn quietly by kind: the mapping's key, else
        what a column ``kind`` or the file's name tells.
    ground : bool
        Whether sea, coast and neighbours are drawn about the units, where they are known.
    lang : {"zh", "en"}

    Raises
    ------
    InputError
        The column is missing, holds text or infinite values, or no value at all; the scheme or
        colormap is not known; k is below 1; the rows are points or lines; the edge colour is none,
        or a width or transparency is out of range.
    CrsError
        The frame has no CRS.
    FontError
        No font with Chinese glyphs is installed.

    Examples
    --------
    >>> import regionkit as rk
    >>> ln = rk.load("liaoning")
    >>> counties = ln.counties.join(ln.statistic("share-65plus", year=2020))
    >>> ax = rk.choropleth(counties, "share-65plus", k=5, zones=ln.zones)
    >>> len(ax.get_legend().get_texts())
    9
    """
    theme = get_theme(theme)
    look = Look(edgecolor, linewidth, alpha, figsize)
    seats = None if seats is None else place_frame(seats)
    column, labels, zones = column_name(column), label_column(frame, labels), take_zones(zones)
    title = column if title is None else str(title)
    layer = classed_layer(
        frame,
        column,
        Classing(scheme, k, bins, cmap or theme.cmap),
        Caption(title or column, unit or found_unit(frame, column)),
        has_own_colours=cmap is not None,
        lang=lang,
    )
    return _draw_alone(
        layer,
        theme,
        look,
        ax=ax,
        zones=zones,
        labels=labels,
        legend=legend,
        title=title,
        seats=seats,
        base=base,
        ground=ground,
        lang=lang,
    )


def categorical(
    frame: gpd.GeoDataFrame,
    column: str,
    *,
    colours: Mapping[str, str] | None = None,
    category_labels: Mapping[str, str] | None = None,
    cmap: str | None = None,
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
    seats: gpd.GeoDataFrame | None = None,
    base: Base | None = None,
    ground: bool = True,
    lang: str = "zh",
) -> Axes:
    """Return Axes with the units of a GeoDataFrame coloured by kind.

    Parameters
    ----------
    frame, column, title, legend, theme, ax, lang
        As of :func:`choropleth`.
    figsize, edgecolor, linewidth, alpha
        As of :func:`choropleth`.
    colours : mapping of value to "#rrggbb", optional
        In the order of the legend; taken from ``cmap`` where not given. One that looks like that
        of "no data" gives a PaletteWarning where units have none.
    cmap : str, optional
        A matplotlib colormap; where not given sixteen colours that all readers can tell apart,
        which come again, with a warning, for more kinds.
    category_labels : mapping, optional
        Words for the values.
    zones : GeoDataFrame, optional
        Outlines drawn over the units and told in the legend, such as ``ln.zones``.
    labels : str, optional
        Column of the units whose text is written at each.
    seats : GeoDataFrame, optional
        Cities are marked and named there, as of ``ln.seats``.
    base : path, GeoDataFrame, sequence of them, or mapping of kind to one, optional
        Your own rivers, railways, roads and areas, drawn quietly by kind: the mapping's key, else
        what a column ``kind`` or the file's name tells.
    ground : bool
        Whether sea, coast and neighbours are drawn about the units, where they are known.

    Raises
    ------
    InputError
        The column is missing or empty, a value has no colour, or the colormap is not known.
    CrsError
        The frame has no CRS.

    Examples
    --------
    >>> import regionkit as rk
    >>> ln = rk.load("liaoning")
    >>> ax = rk.categorical(ln.cities, "name", cmap="tab20")
    >>> len(ax.get_legend().get_texts())
    14
    """
    theme = get_theme(theme)
    look = Look(edgecolor, linewidth, alpha, figsize)
    seats = None if seats is None else place_frame(seats)
    column, labels, zones = column_name(column), label_column(frame, labels), take_zones(zones)
    title = str(title)
    checked = check_areas(frame, column)
    if colours is None:
        colours = colours_by_kind(checked[column], cmap)
    else:
        warn_near_no_data(colours, checked[column])
    layer = category_layer(
        checked, column, colours=colours, category_labels=category_labels, lang=lang
    )
    return _draw_alone(
        layer,
        theme,
        look,
        ax=ax,
        zones=zones,
        labels=labels,
        legend=legend,
        title=title,
        seats=seats,
        base=base,
        ground=ground,
        lang=lang,
    )


def _draw_cities(ax: Axes, frame: gpd.GeoDataFrame, crs: pyproj.CRS, theme: Theme) -> None:
    """Draw the borders of the cities that counties lie in, over the counties' own."""
    if "city_adcode" not in frame.columns or frame["city_adcode"].nunique() < 2:
        return
    shapes = frame.geometry.to_numpy()
    cities = [
        shapely.union_all(shapes[(frame["city_adcode"] == city).to_numpy()])
        for city in frame["city_adcode"].dropna().unique()
    ]
    whole = gpd.GeoSeries(cities, crs=frame.crs)
    draw_edges(ax, whole, crs, colour=theme.city_edge, width=0.7, zorder=2.5)


def _draw_alone(
    layer: AreaLayer,
    theme: Theme,
    look: Look,
    *,
    ax: Axes | None,
    zones: gpd.GeoDataFrame | None,
    labels: str | None,
    legend: bool,
    title: str,
    seats: gpd.GeoDataFrame | None,
    base: Base | None,
    ground: bool,
    lang: str,
) -> Axes:
    """Return Axes with one layer, its zones, labels and legend."""
    layer = replace(layer, frame=seen_outlines(layer.frame))
    crs = map_crs(layer.frame.geometry)
    with drawing(theme), unmoved(ax):
        ax = ax if ax is not None else new_axes(look.figsize)
        frame_axes(ax, layer.frame, crs)
        make_room(ax, layer.frame, crs)
        draw_areas(ax, layer, theme, crs, look)
        _draw_cities(ax, layer.frame, crs, theme)
        draw_province_borders(ax, layer.frame, crs, theme)
        layers = [] if base is None else base_about(base, layer.frame.geometry)
        items = layer_items(layer, theme, alpha=look.alpha, lang=lang)
        if zones is not None:
            draw_zones(ax, zones, crs, theme)
            items += zone_items(zones, theme, lang=lang)
        items += base_items(layers, layer.frame.geometry, is_grey=theme.use_patterns, lang=lang)
        if title:
            write_title(ax, title)
        if legend:
            axes_legend(ax, items, theme)
        draw_maritime_line(ax, crs, theme)
        if find_extent(layer.frame).far is not None:
            settle(ax)
            space = FreeSpace(ax, layer.frame.geometry.to_crs(crs))
            draw_far_islands(ax, layer.frame, crs, theme, layer=layer, space=space)
        draw_base(ax, layers, crs, is_grey=theme.use_patterns)
        boxes: list[Box] = inset_boxes(ax, theme)
        if labels is not None:
            # Last: the legend takes room from the map, and names are placed by the pixel.
            boxes += write_names(ax, layer.frame, labels, crs, theme, seats=seats, keep_out=boxes)
        elif seats is not None:
            there = city_seats(seats, None, "name", layer.frame.geometry.to_crs(crs))
            if len(there):
                boxes += write_names(ax, there, "name", crs, theme, seats=seats, keep_out=boxes)
        if ground:
            surround(ax, layer.frame, crs, theme, keep_out=boxes, lang=lang)
    return ax
