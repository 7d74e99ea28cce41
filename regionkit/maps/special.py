"""Maps of two columns at once, of flows, of several columns side by side, and of density."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from regionkit.errors import CrsError, InputError
from regionkit.maps.classify import NO_DATA, as_numbers, classify, format_number, sample_colours
from regionkit.maps.draw import (
    draw_areas,
    draw_edges,
    draw_zones,
    entry_style,
    frame_axes,
    luminance,
    map_crs,
)
from regionkit.maps.items import axes_legend, layer_items, round_down, zone_items
from regionkit.maps.layers import AreaLayer, LegendEntry, check_frame, choropleth_layer
from regionkit.maps.layout import LegendItem, Sheet
from regionkit.maps.palette import check_palette
from regionkit.maps.static import draw_map, new_axes
from regionkit.maps.theme import Theme, drawing, get_theme

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matplotlib.axes import Axes

__all__ = ["BIVARIATE_COLOURS", "bivariate", "bivariate_layer", "dots", "flows",
           "small_multiples"]

# Corners of the two-way scale: low-low, high x, high y, high-high. Blue against orange keeps
# apart for readers with any of the common colour deficiencies.
BIVARIATE_COLOURS = ("#f1f1ec", "#e08214", "#5a9bd4", "#3b2a4a")
_MOST_BIVARIATE = 4
_WIDEST_PT = 7.0
_THINNEST_PT = 0.5
_MOST_DOTS = 20_000


def bivariate_layer(
    frame: gpd.GeoDataFrame, x: str, y: str, *, k: int = 3, scheme: str = "quantiles",
    colours: Sequence[str] = BIVARIATE_COLOURS, title: str = "", lang: str = "zh",
) -> AreaLayer:
    """Return the layer of two numeric columns in k by k classes.

    Entry ``row * k + column`` holds the units in class ``column`` of ``x`` and ``row`` of ``y``;
    a last one those without either value.

    Parameters
    ----------
    frame : GeoDataFrame
    x, y : str
        Numeric columns.
    k : {2, 3, 4}
    scheme : str
        As of :func:`regionkit.choropleth`, for both columns.
    colours : sequence of four str
        Corners of the scale: low-low, high x, high y, high-high.

    Raises
    ------
    InputError
        k is not 2, 3 or 4; there are not four colours; a column cannot be classed, or has too few
        different values for k classes.

    Examples
    --------
    >>> import regionkit as rk
    >>> from regionkit.maps.special import bivariate_layer
    >>> ln = rk.load("liaoning")
    >>> counties = ln.counties.join(ln.statistic("share-65plus", year=2020)).join(
    ...     ln.statistic("share-0-14", year=2020)
    ... )
    >>> layer = bivariate_layer(counties, "share-65plus", "share-0-14")
    >>> sum(entry.count for entry in layer.entries) == len(counties)
    True
    """
    if isinstance(k, bool) or not isinstance(k, int) or not 2 <= k <= _MOST_BIVARIATE:
        raise InputError(f"k={k!r} does not suit two columns. Give 2, 3 or 4: more than 16 colours "
                         "cannot be told apart.")
    four = 4
    if len(colours) != four:
        raise InputError(f"{len(colours)} colours are given. Give four: low-low, high x, high y, "
                         "high-high.")
    frame = check_frame(frame, x)
    check_frame(frame, y)
    codes = []
    for column in (x, y):
        made = classify(frame[column], scheme=scheme, k=k)
        if made.k != k:
            raise InputError(
                f"Column {column!r} makes {made.k} classes by {scheme}, not k={k}. Choose a "
                "smaller k or another scheme."
            )
        codes.append(made)
    across, up = codes
    has_both = (across.codes >= 0) & (up.codes >= 0)
    place = np.where(has_both, up.codes * k + across.codes, k * k)
    grid = _mix(colours, k)
    entries = [
        LegendEntry(f"{x} {across.labels[column]}；{y} {up.labels[row]}", grid[row][column],
                    int((place == row * k + column).sum()))
        for row in range(k) for column in range(k)
    ]
    missing = int((~has_both).sum())
    if missing:
        entries.append(LegendEntry("无数据" if lang == "zh" else "No data", "#e2e2e2", missing))
    series = pd.Series(place, index=frame.index)
    return AreaLayer(
        layer_id=f"{x}-{y}", title=title or f"{x} × {y}", unit="", frame=frame, codes=series,
        entries=tuple(entries), value_labels=series.map(lambda code: entries[code].label),
        values=frame[x],
    )


def _mix(colours: Sequence[str], k: int) -> tuple[tuple[str, ...], ...]:
    """Return k rows of k colours between four corners, the lowest row first."""
    from matplotlib.colors import to_hex, to_rgb

    low, high_x, high_y, both = (np.array(to_rgb(colour)) for colour in colours)
    shares = np.linspace(0, 1, k)
    return tuple(
        tuple(to_hex(np.clip((1 - v) * ((1 - u) * low + u * high_x)
                             + v * ((1 - u) * high_y + u * both), 0, 1)) for u in shares)
        for v in shares
    )


def bivariate(
    frame: gpd.GeoDataFrame,
    x: str,
    y: str,
    *,
    k: int = 3,
    scheme: str = "quantiles",
    colours: Sequence[str] = BIVARIATE_COLOURS,
    x_label: str = "",
    y_label: str = "",
    zones: gpd.GeoDataFrame | None = None,
    title: str = "",
    legend: bool = True,
    theme: str | Theme = "print",
    ax: Axes | None = None,
    lang: str = "zh",
) -> Axes:
    """Return Axes with units coloured by two columns at once: k classes of each, k by k colours.

    Parameters
    ----------
    frame : GeoDataFrame
    x, y : str
        Numeric columns; a unit that lacks either is drawn as without data.
    k : {2, 3, 4}
    scheme : str
        A scheme of :func:`regionkit.choropleth`, for both columns.
    colours : sequence of four str
        Corners of the scale: low-low, high x, high y, high-high.
    x_label, y_label : str
        Words for the legend; the columns' names where not given.
    zones, title, legend, theme, ax, lang
        As of :func:`regionkit.choropleth`.

    Raises
    ------
    InputError
        As of :func:`bivariate_layer`.

    Examples
    --------
    >>> import regionkit as rk
    >>> from regionkit.maps.special import bivariate
    >>> ln = rk.load("liaoning")
    >>> counties = ln.counties.join(ln.statistic("share-65plus", year=2020)).join(
    ...     ln.statistic("share-0-14", year=2020)
    ... )
    >>> ax = bivariate(counties, "share-65plus", "share-0-14", x_label="65岁及以上比重（%）")
    >>> len(ax.child_axes)  # the legend
    1
    """
    theme = get_theme(theme)
    layer = bivariate_layer(frame, x, y, k=k, scheme=scheme, colours=colours, title=title,
                            lang=lang)
    check_palette([entry.colour for entry in layer.entries[: k * k]])
    crs = map_crs(layer.frame.geometry)
    with drawing(theme):
        ax = ax if ax is not None else new_axes()
        frame_axes(ax, layer.frame, crs)
        draw_areas(ax, layer, theme, crs)
        if zones is not None:
            draw_zones(ax, zones, crs, theme)
        if title:
            ax.set_title(title)
        if legend:
            _draw_two_way(ax, layer, k, (x_label or x, y_label or y), theme,
                          zone_items(zones) if zones is not None else [])
    return ax


def _draw_two_way(
    ax: Axes, layer: AreaLayer, k: int, words: tuple[str, str], theme: Theme,
    more: list[LegendItem],
) -> None:
    """Draw the square legend beside the map, the number of units in each colour."""
    from matplotlib.patches import Rectangle

    small = ax.inset_axes((1.06, 0.36, 0.24, 0.28))
    small.set_gid("legend-two-way")
    small.set_aspect("equal")
    for number, entry in enumerate(layer.entries[: k * k]):
        row, column = divmod(number, k)
        face, pattern, ink = entry_style(layer, number, theme)
        small.add_patch(Rectangle((column, row), 1, 1, facecolor=face, edgecolor=ink,
                                  hatch=pattern or None, linewidth=0.0))
        small.add_patch(Rectangle((column, row), 1, 1, facecolor="none", edgecolor="#ffffff",
                                  linewidth=0.8))
        dark = 0.3
        small.text(column + 0.5, row + 0.5, str(entry.count), ha="center", va="center",
                   fontsize=theme.base_size * 0.85, gid="legend-count",
                   color="#ffffff" if luminance(face) < dark else theme.text)
    small.set_xlim(0, k)
    small.set_ylim(0, k)
    small.set_xticks([])
    small.set_yticks([])
    for side in small.spines.values():
        side.set_visible(False)
    small.set_xlabel(f"{words[0]} →", fontsize=theme.base_size * 0.9)
    small.set_ylabel(f"{words[1]} →", fontsize=theme.base_size * 0.9)
    notes = list(more)
    if len(layer.entries) > k * k:
        last = layer.entries[-1]
        notes.insert(0, LegendItem(f"{last.label}（{last.count}）", "swatch", last.colour))
    if notes:
        axes_legend(ax, notes, theme)
        # Under the square; matplotlib would set it at the middle.
        ax.get_legend().set_loc("upper left")  # type: ignore[union-attr]
        ax.get_legend().set_bbox_to_anchor((1.02, 0.26), transform=ax.transAxes)  # type: ignore[union-attr]


def flows(
    lines: gpd.GeoDataFrame,
    *,
    width: str | None = None,
    colour: str = "#9a3412",
    width_label: str = "",
    base: gpd.GeoDataFrame | None = None,
    zones: gpd.GeoDataFrame | None = None,
    title: str = "",
    legend: bool = True,
    theme: str | Theme = "print",
    ax: Axes | None = None,
) -> Axes:
    """Return Axes with corridors and routes, the width of each in proportion to its value.

    Parameters
    ----------
    lines : GeoDataFrame
        Lines, or projects, whose points are left out.
    width : str, optional
        A numeric column; a line without a value is drawn thin and dotted. All lines are equally
        wide where not given.
    colour : str
    width_label : str
        What the widths show, with its unit.
    base : GeoDataFrame, optional
        Units drawn beneath.
    zones, title, legend, theme, ax
        As of :func:`regionkit.choropleth`.

    Raises
    ------
    InputError
        There are no lines; the column is missing, or holds text, negative or infinite values, or
        none at all; the colour is none.
    CrsError
        The frame has no CRS.

    Examples
    --------
    >>> import regionkit as rk
    >>> from regionkit.maps.special import flows
    >>> ln = rk.load("liaoning")
    >>> routes = ln.select_projects(kind="expressway")
    >>> ax = flows(routes, base=ln.cities, title="高速公路")
    >>> ax.get_title()
    '高速公路'
    """
    from matplotlib.colors import is_color_like

    theme = get_theme(theme)
    if not is_color_like(colour):
        raise InputError(f"colour={colour!r} is no colour. Write it like '#1b6ca8'.")
    _check_crs(lines)
    kept = lines[lines.geom_type.isin(["LineString", "MultiLineString"])
                 & ~lines.geometry.is_empty]
    if kept.empty:
        raise InputError(f"None of the {len(lines)} rows is a line, so there is no flow to draw. "
                         "Draw points with rk.symbols or rk.dots.")
    widths = _widths(kept, width)
    extent = base if base is not None else kept
    crs = map_crs(extent.geometry)
    with drawing(theme):
        ax = ax if ax is not None else new_axes()
        frame_axes(ax, extent, crs)
        if base is not None:
            draw_edges(ax, base.geometry, crs, colour=theme.county_edge, width=0.4,
                       fill=theme.land, zorder=0.4)
        if zones is not None:
            draw_zones(ax, zones, crs, theme)
        local = kept.geometry.to_crs(crs)
        # Wide beneath narrow, so that none is hidden.
        for index in widths.sort_values(ascending=False, kind="stable").index:
            points = float(widths[index])
            is_known = width is None or pd.notna(kept.loc[index, width])
            for part in shapely.get_parts(local[index]):
                x, y = part.xy
                ax.plot(x, y, color="#ffffff", linewidth=points + 1.0, zorder=4, alpha=0.8,
                        solid_capstyle="round")
                ax.plot(x, y, color=colour, linewidth=points, zorder=4.1, gid=f"flow-{index}",
                        solid_capstyle="round", linestyle="-" if is_known else (0, (1, 2)))
        if title:
            ax.set_title(title)
        if legend:
            axes_legend(ax, _width_items(kept, width, width_label, colour), theme)
    return ax


def _check_crs(frame: gpd.GeoDataFrame) -> None:
    if not isinstance(frame, gpd.GeoDataFrame):
        raise InputError(f"A {type(frame).__name__} has no geometry. Give a GeoDataFrame.")
    if frame.crs is None:
        raise CrsError("The GeoDataFrame has no CRS. Set the one its coordinates are in: "
                       "frame.set_crs('EPSG:4326').")


def _widths(lines: gpd.GeoDataFrame, column: str | None) -> pd.Series:
    """Return the width of each line, points."""
    if column is None:
        return pd.Series(1.8, index=lines.index)
    if column not in lines.columns:
        raise InputError(f"There is no column {column!r} for the widths. Columns: "
                         f"{', '.join(map(str, lines.columns))}.")
    values = as_numbers(lines[column])
    if np.isnan(values).all():
        raise InputError(f"Column {column!r} has no values at all, so widths cannot show it. "
                         "Choose another column, or leave width out.")
    if (values < 0).any():
        raise InputError(f"Column {column!r} is negative at {lines.index[values < 0][0]}. A width "
                         "cannot be: draw the two directions apart.")
    most = np.nanmax(values)
    points = values / most * _WIDEST_PT if most > 0 else values
    return pd.Series(np.fmax(np.nan_to_num(points, nan=_THINNEST_PT), _THINNEST_PT),
                     index=lines.index)


def _width_items(
    lines: gpd.GeoDataFrame, column: str | None, label: str, colour: str
) -> list[LegendItem]:
    if column is None:
        return [LegendItem(f"{label or '线路'}（{len(lines)}）", "line", colour)]
    values = as_numbers(lines[column])
    items = [LegendItem(label or column, "heading")]
    most = float(np.nanmax(values))
    if most > 0:
        marks = sorted({round_down(most * share) for share in (1.0, 0.5, 0.1)}, reverse=True)
        items += [LegendItem(format_number(mark), "line", colour,
                             size=max(mark / most * _WIDEST_PT, _THINNEST_PT)) for mark in marks]
    missing = int(np.isnan(values).sum())
    if missing:
        items.append(LegendItem(f"无数据（{missing}）", "line", colour, style=(0, (1, 2)),
                                size=_THINNEST_PT))
    return items


def small_multiples(
    frame: gpd.GeoDataFrame,
    columns: Sequence[str],
    *,
    titles: Mapping[str, str] | None = None,
    title: str = "",
    subtitle: str = "",
    scheme: str = "fisherjenks",
    k: int = 5,
    bins: Sequence[float] | None = None,
    cmap: str | None = None,
    unit: str = "",
    zones: gpd.GeoDataFrame | None = None,
    size: str | tuple[float, float] = "A4",
    source: str = "",
    date: str = "",
    approval_number: str = "",
    institution: str = "",
    theme: str | Theme = "print",
    lang: str = "zh",
) -> Sheet:
    """Return a sheet with a map for each column, all in the classes of one common scale.

    Parameters
    ----------
    frame : GeoDataFrame
    columns : sequence of str, two to twelve
        Numeric columns in one unit, such as years or targets.
    titles : mapping of column to str, optional
        Words over the maps.
    scheme, k, bins, cmap, unit, zones
        As of :func:`regionkit.choropleth`; the classes are made of all columns' values together.
    title, subtitle, size, source, date, approval_number, institution, theme
        As of :func:`regionkit.layout`.

    Raises
    ------
    InputError
        Fewer than two columns or more than twelve, one twice or missing, or one that cannot be
        classed.

    Examples
    --------
    >>> import regionkit as rk
    >>> from regionkit.maps.special import small_multiples
    >>> ln = rk.load("liaoning")
    >>> table = ln.statistic("share-65plus", year=2020).to_frame("2020")
    >>> counties = ln.counties.join(table.assign(**{"2010": table["2020"] - 6}))
    >>> sheet = small_multiples(counties, ["2010", "2020"], title="65岁及以上比重", unit="%")
    >>> len(sheet.axes)
    2
    """
    theme = get_theme(theme)
    columns = list(columns)
    least, most = 2, 12
    if not least <= len(columns) <= most or isinstance(columns, str):
        raise InputError(f"{len(columns)} columns are given. Give {least} to {most}; draw one with "
                         "rk.choropleth.")
    twice = sorted({column for column in columns if columns.count(column) > 1})
    if twice:
        raise InputError(f"Columns {', '.join(twice)} are given twice. Give each once.")
    for column in columns:
        check_frame(frame, column)
    pooled = pd.Series(np.concatenate([as_numbers(frame[column]) for column in columns]),
                       name="、".join(columns))
    common = classify(pooled, scheme=scheme, k=k, bins=bins, cmap=cmap or theme.cmap)
    if cmap is not None:
        check_palette(cmap, common.k)
    layers = [_on_scale(frame, column, common.limits, cmap or theme.cmap, unit, title, lang)
              for column in columns]
    crs = map_crs(layers[0].frame.geometry)
    with drawing(theme):
        sheet = Sheet(title=title, subtitle=subtitle, size=size, theme=theme, source=source,
                      date=date, approval_number=approval_number, institution=institution,
                      n_maps=len(columns))
        for number, (ax, column, layer) in enumerate(zip(sheet.axes, columns, layers,
                                                         strict=True)):
            draw_map(ax, layer, crs=crs, theme=theme, zones=zones, scale_bar=number == 0)
            ax.set_title((titles or {}).get(column, column), fontsize=theme.base_size * 1.1)
        items = layer_items(_pool(layers), theme)
        sheet.add_legend(items)
        note = "各图用同一分级，括号内为各图单位数之和。"
        sheet.add_legend([LegendItem(note, "note")])
        if zones is not None:
            sheet.add_legend([LegendItem("分区", "heading"), *zone_items(zones)])
        return sheet.finish(crs)


def _on_scale(
    frame: gpd.GeoDataFrame, column: str, limits: tuple[float, ...], cmap: str, unit: str,
    title: str, lang: str,
) -> AreaLayer:
    """Return the layer of a column in classes that were made for several."""
    frame = check_frame(frame, column)
    values = as_numbers(frame[column])
    n_classes = len(limits) - 1
    codes = np.searchsorted(np.array(limits[1:]), values, side="left")
    codes[np.isnan(values)] = NO_DATA
    if (codes >= 0).any():
        made = choropleth_layer(frame, column, bins=list(limits[1:]), cmap=cmap, unit=unit,
                                title=title or column, lang=lang)
    else:
        made = choropleth_layer(frame.assign(**{column: limits[-1]}), column, bins=[limits[-1]],
                                cmap=cmap, unit=unit, title=title or column, lang=lang)
    colours = sample_colours(cmap, n_classes)
    words = classify(pd.Series([limits[0], *limits[1:]]), bins=list(limits[1:])).labels
    entries = [LegendEntry(word, colour, int((codes == number).sum()))
               for number, (word, colour) in enumerate(zip(words, colours, strict=True))]
    entries.append(LegendEntry("无数据" if lang == "zh" else "No data", "#e2e2e2",
                               int((codes == NO_DATA).sum())))
    places = pd.Series(np.where(codes == NO_DATA, n_classes, codes), index=frame.index)
    return replace(made, codes=places, entries=tuple(entries), values=frame[column])


def _pool(layers: list[AreaLayer]) -> AreaLayer:
    """Return a layer for the legend whose counts are those of all maps."""
    entries = [
        replace(entry, count=sum(layer.entries[number].count for layer in layers))
        for number, entry in enumerate(layers[0].entries)
    ]
    if entries[-1].count == 0:
        entries.pop()
    return replace(layers[0], entries=tuple(entries))


def dots(
    points: gpd.GeoDataFrame,
    *,
    value: str | None = None,
    per_dot: float = 1.0,
    base: gpd.GeoDataFrame | None = None,
    colour: str = "#a4133c",
    size_pt: float = 2.4,
    label: str = "",
    title: str = "",
    legend: bool = True,
    seed: int = 0,
    theme: str | Theme = "print",
    ax: Axes | None = None,
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
    colour, size_pt
        Of a dot.
    label : str
        What a dot is, for the legend.
    seed : int

    Raises
    ------
    InputError
        No row has a position; polygons without ``value``; the column is missing, or holds text,
        negative or infinite values; per_dot is not above 0 or makes more than 20,000 dots.
    CrsError
        The frame has no CRS.

    Examples
    --------
    >>> import regionkit as rk
    >>> from regionkit.maps.special import dots
    >>> ln = rk.load("liaoning")
    >>> ax = dots(ln.projects, base=ln.cities, label="项目")
    >>> ax.get_legend().get_texts()[0].get_text().startswith("项目（")
    True
    """
    theme = get_theme(theme)
    _check_crs(points)
    placed = points[~(points.geometry.is_empty | shapely.is_missing(points.geometry.to_numpy()))]
    if placed.empty:
        raise InputError(f"None of the {len(points)} rows has a position, so there is nothing to "
                         "draw.")
    is_area = placed.geom_type.isin(["Polygon", "MultiPolygon"]).all()
    if is_area and base is None:
        base = placed
    extent = base if base is not None else placed
    crs = map_crs(extent.geometry)
    if is_area:
        spots = _lots(placed.to_crs(crs), value, per_dot, seed)
        each = f"每点 {format_number(per_dot)}"
        words = f"{label}：{each}" if label else f"{value}：{each}"
    else:
        local = placed.geometry.to_crs(crs)
        spots = np.array([
            (shape.interpolate(0.5, normalized=True) if shape.geom_type == "LineString"
             else shape.centroid).coords[0]
            for shape in local
        ])
        words = f"{label or '点'}（{len(placed)}）"
    with drawing(theme):
        ax = ax if ax is not None else new_axes()
        frame_axes(ax, extent, crs)
        if base is not None:
            draw_edges(ax, base.geometry, crs, colour=theme.county_edge, width=0.4,
                       fill=theme.land, zorder=0.4)
        # See-through, so that many at one place are darker than one.
        ax.plot(spots[:, 0], spots[:, 1], linestyle="none", marker="o", markersize=size_pt,
                markerfacecolor=colour, markeredgewidth=0.0, alpha=0.6, zorder=5, gid="dots")
        if title:
            ax.set_title(title)
        if legend:
            axes_legend(ax, [LegendItem(words, "circle", colour, size=size_pt * 1.6)], theme)
    return ax


def _lots(
    areas: gpd.GeoDataFrame, value: str | None, per_dot: float, seed: int
) -> np.ndarray:
    """Return places drawn by lot, as many in each polygon as its value asks for."""
    if value is None:
        raise InputError("Polygons need value=, the column whose amount the dots show. For their "
                         "middles give frame.set_geometry(frame.representative_point()).")
    if value not in areas.columns:
        raise InputError(f"There is no column {value!r}. Columns: "
                         f"{', '.join(map(str, areas.columns))}.")
    values = np.nan_to_num(as_numbers(areas[value]))
    if not per_dot > 0:
        raise InputError(f"per_dot={per_dot!r} is not above 0.")
    if (values < 0).any():
        raise InputError(f"Column {value!r} is negative at {areas.index[values < 0][0]}. Dots "
                         "cannot show it; use rk.choropleth.")
    counts = np.floor(values / per_dot + 0.5).astype(int)
    if counts.sum() > _MOST_DOTS:
        raise InputError(f"per_dot={per_dot:g} makes {counts.sum():,} dots, more than "
                         f"{_MOST_DOTS:,}. Give a larger per_dot, such as "
                         f"{round_down(values.sum() / 2000):g}.")
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
