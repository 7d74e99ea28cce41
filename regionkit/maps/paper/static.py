"""Static maps with matplotlib: one call a map, Axes out; and finished sheets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regionkit.errors import InputError
from regionkit.maps.paper.areas import draw_areas, draw_zones, frame_axes, map_crs
from regionkit.maps.paper.axes_legend import axes_legend, write_title
from regionkit.maps.paper.compose import draw_ground
from regionkit.maps.paper.free_space import FreeSpace, settle
from regionkit.maps.paper.map_names import write_names
from regionkit.maps.paper.marks import draw_projects
from regionkit.maps.signs.classify import sample_colours
from regionkit.maps.signs.layer_items import (
    layer_items,
    size_items,
    symbol_sizes_pt,
    zone_items,
)
from regionkit.maps.signs.layers import AreaLayer, category_layer, check_frame, choropleth_layer
from regionkit.maps.signs.palette import SAFE_KINDS, check_palette
from regionkit.maps.signs.project_items import project_items
from regionkit.maps.signs.theme import Theme, drawing, get_theme

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import geopandas as gpd
    import pandas as pd
    from matplotlib.axes import Axes

__all__ = ["categorical", "choropleth", "new_axes", "symbols"]


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
    title: str = "",
    legend: bool = True,
    theme: str | Theme = "print",
    ax: Axes | None = None,
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
        Outlines drawn over the units, such as ``ln.zones``.
    labels : str, optional
        Column whose text is written at each unit.
    unit : str
        Unit of the values, for the legend.
    title : str
    legend : bool
    theme : {"print", "projector", "bw"} or Theme
    ax : Axes, optional
        Drawn into; a new figure where not given.
    lang : {"zh", "en"}

    Raises
    ------
    InputError
        The column is missing, holds text or infinite values, or no value at all; the scheme or
        colormap is not known; k is below 1.
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
    layer = choropleth_layer(
        frame,
        column,
        scheme=scheme,
        k=k,
        bins=bins,
        cmap=cmap or theme.cmap,
        unit=unit,
        title=title or column,
        lang=lang,
    )
    if cmap is not None:
        check_palette(cmap, layer.classes.k if layer.classes else k)
    return _draw_alone(
        layer, theme, ax=ax, zones=zones, labels=labels, legend=legend, title=title, lang=lang
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
    lang: str = "zh",
) -> Axes:
    """Return Axes with the units of a GeoDataFrame coloured by kind.

    Parameters
    ----------
    frame, column, zones, labels, title, legend, theme, ax, lang
        As of :func:`choropleth`.
    colours : mapping of value to "#rrggbb", optional
        In the order of the legend; taken from ``cmap`` where not given.
    cmap : str, optional
        A matplotlib colormap; where not given seven colours that all readers can tell apart,
        and tab20 for more kinds.
    category_labels : mapping, optional
        Words for the values.

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
    checked = check_frame(frame, column)
    if colours is None:
        colours = _colours_of(checked[column], cmap)
    layer = category_layer(checked, column, colours=colours, labels=category_labels, lang=lang)
    return _draw_alone(
        layer, theme, ax=ax, zones=zones, labels=labels, legend=legend, title=title, lang=lang
    )


def _colours_of(values: pd.Series, cmap: str | None) -> dict[str, str]:
    """Return a colour for each value, in order: of a colormap, else such as all can tell apart."""
    import matplotlib as mpl
    from matplotlib.colors import to_hex

    kinds = sorted(values.dropna().unique(), key=str)
    if not kinds:
        raise InputError(
            f"Column {values.name!r} has no values at all. Join the data first, or "
            "choose another column."
        )
    if cmap is None:
        if len(kinds) < len(SAFE_KINDS):
            return dict(zip(kinds, SAFE_KINDS, strict=False))
        cmap = "tab20"
    if cmap not in mpl.colormaps:
        raise InputError(f"cmap={cmap!r} is no matplotlib colormap. Try tab20 or Set3.")
    table = mpl.colormaps[cmap]
    continuous = 64
    if continuous <= table.N:
        return dict(zip(kinds, sample_colours(cmap, len(kinds)), strict=True))
    return {kind: to_hex(table(number % table.N)) for number, kind in enumerate(kinds)}


def symbols(
    projects: gpd.GeoDataFrame,
    *,
    size: str | None = None,
    size_label: str = "",
    base: gpd.GeoDataFrame | None = None,
    zones: gpd.GeoDataFrame | None = None,
    title: str = "",
    legend: bool = True,
    theme: str | Theme = "print",
    ax: Axes | None = None,
    labels_of: Mapping[str, Mapping[str, str]] | None = None,
    lang: str = "zh",
) -> Axes:
    """Return Axes with projects drawn by kind and stage over units.

    Parameters
    ----------
    projects : GeoDataFrame
        As of ``Region.projects``; rows without geometry are left out.
    size : str, optional
        A numeric column: the area of a symbol is in proportion to its value; a project without
        one is drawn at the least size.
    size_label : str
        What the sizes show, with its unit, for the legend; the column's name where not given.
    base : GeoDataFrame, optional
        Units drawn beneath.
    labels_of : mapping, optional
        ``{"kind": {...}, "domain": {...}, "stage": {...}}``: words for the legend in place of
        those of the embedded pack.
    lang : {"zh", "en"}

    Raises
    ------
    InputError
        No project has a geometry; the size column is missing, or holds text, negative or
        infinite values, or none at all.

    Examples
    --------
    >>> import regionkit as rk
    >>> ln = rk.load("liaoning")
    >>> ax = rk.symbols(ln.select_projects(kind="nuclear"), base=ln.cities)
    >>> ax.get_title()
    ''
    """
    theme = get_theme(theme)
    placed = projects[~projects.geometry.is_empty]
    if placed.empty:
        raise InputError(
            f"None of the {len(projects)} projects has a position, so there is "
            "nothing to draw. List them with print(projects['name'])."
        )
    extent = base if base is not None else placed
    crs = map_crs(extent.geometry)
    with drawing(theme):
        ax = ax if ax is not None else new_axes()
        draw_ground(ax, extent, crs, theme, base=base, zones=zones)
        sizes = symbol_sizes_pt(placed, size, theme) if size is not None else None
        if title:
            write_title(ax, title)
        if legend:
            items = project_items(placed, labels_of, is_grey=theme.use_patterns, lang=lang)
            if size is not None:
                items += size_items(placed[size], size_label or size, theme)
            axes_legend(ax, items, theme)
        settle(ax)
        draw_projects(
            ax,
            placed,
            crs,
            size_pt=theme.base_size * 0.75,
            sizes_pt=sizes,
            is_grey=theme.use_patterns,
            labels_of=labels_of,
            lang=lang,
            space=None if sizes is not None else FreeSpace(ax, extent.geometry.to_crs(crs)),
        )
    return ax


def _draw_alone(
    layer: AreaLayer,
    theme: Theme,
    *,
    ax: Axes | None,
    zones: gpd.GeoDataFrame | None,
    labels: str | None,
    legend: bool,
    title: str,
    lang: str,
) -> Axes:
    """Return Axes with one layer, its zones, labels and legend."""
    crs = map_crs(layer.frame.geometry)
    with drawing(theme):
        ax = ax if ax is not None else new_axes()
        frame_axes(ax, layer.frame, crs)
        draw_areas(ax, layer, theme, crs)
        items = layer_items(layer, theme, lang=lang)
        if zones is not None:
            draw_zones(ax, zones, crs, theme)
            items += zone_items(zones, lang=lang)
        if title:
            write_title(ax, title)
        if legend:
            axes_legend(ax, items, theme)
        if labels is not None:
            # Last: the legend takes room from the map, and names are placed by the pixel.
            write_names(ax, layer.frame, labels, crs, theme)
    return ax


def new_axes() -> Axes:
    """Return Axes on a new figure of pyplot, as geopandas does, so that notebooks show it."""
    import matplotlib.pyplot as plt

    return plt.subplots(figsize=(8, 7), layout="constrained")[1]
