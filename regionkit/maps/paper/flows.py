"""Maps of flows: lines as wide as their values."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely

from regionkit.analysis.targets import format_number
from regionkit.errors import InputError
from regionkit.maps.paper.axes import new_axes, unmoved
from regionkit.maps.paper.axes_legend import axes_legend, write_title
from regionkit.maps.paper.compose import draw_ground
from regionkit.maps.paper.dots import check_crs
from regionkit.maps.signs.classify import as_numbers
from regionkit.maps.signs.layer_items import round_down
from regionkit.maps.signs.legend_item import LegendItem
from regionkit.maps.signs.monochrome import GREY
from regionkit.maps.signs.strokes import Stroke
from regionkit.maps.signs.theme import Theme, drawing, get_theme
from regionkit.maps.signs.words import counted
from regionkit.places.projection import map_crs
from regionkit.words.message import Option, msg, say

if TYPE_CHECKING:
    import geopandas as gpd
    from matplotlib.axes import Axes

__all__ = ["flows"]

_WIDEST_PT = 7.0
_THINNEST_PT = 0.5
# Of a line without a value, in widths of it.
_UNKNOWN_DASHES = (1.0, 2.0)


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
    lang: str = "zh",
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
    zones, title, legend, theme, ax, lang
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
    >>> from regionkit.maps.paper.flows import flows
    >>> ln = rk.load("liaoning")
    >>> routes = ln.select_projects(kind="expressway")
    >>> ax = flows(routes, base=ln.cities, title="高速公路")
    >>> ax.get_title()
    '高速公路'
    """
    from matplotlib.colors import is_color_like

    theme = get_theme(theme)
    if not is_color_like(colour):
        raise InputError(
            msg("{option} is no colour.", option=Option("colour", colour)),
            mend=msg("Write it like '#1b6ca8'."),
        )
    if theme.use_patterns:
        colour = GREY
    check_crs(lines)
    kept = lines[lines.geom_type.isin(["LineString", "MultiLineString"]) & ~lines.geometry.is_empty]
    if kept.empty:
        raise InputError(
            msg("None of the {n} rows is a line, so there is no flow to draw.", n=len(lines)),
            mend=msg("Draw points with rk.symbols or rk.dots."),
        )
    widths = _widths(kept, width)
    extent = base if base is not None else kept
    crs = map_crs(extent.geometry)
    with drawing(theme), unmoved(ax):
        ax = ax if ax is not None else new_axes()
        draw_ground(ax, extent, crs, theme, base=base, zones=zones)
        local = kept.geometry.to_crs(crs)
        # Wide beneath narrow, so that none is hidden.
        for index in widths.sort_values(ascending=False, kind="stable").index:
            points = float(widths[index])
            is_known = width is None or pd.notna(kept.loc[index, width])
            for part in shapely.get_parts(local[index]):
                x, y = part.xy
                ax.plot(
                    x,
                    y,
                    color="#ffffff",
                    linewidth=points + 1.0,
                    zorder=4,
                    alpha=0.8,
                    solid_capstyle="round",
                )
                ax.plot(
                    x,
                    y,
                    color=colour,
                    linewidth=points,
                    zorder=4.1,
                    gid=f"flow-{index}",
                    solid_capstyle="round",
                    linestyle="-" if is_known else (0, _UNKNOWN_DASHES),
                )
        if title:
            write_title(ax, title)
        if legend:
            axes_legend(ax, _width_items(kept, width, width_label, colour, lang), theme)
    return ax


def _widths(lines: gpd.GeoDataFrame, column: str | None) -> pd.Series:
    """Return the width of each line, points."""
    if column is None:
        return pd.Series(1.8, index=lines.index)
    if column not in lines.columns:
        raise InputError(
            msg("There is no column {column!r} for the widths.", column=column),
            mend=msg("Columns: {columns}.", columns=tuple(map(str, lines.columns))),
        )
    values = as_numbers(lines[column])
    if np.isnan(values).all():
        raise InputError(
            msg("Column {column!r} has no values at all, so widths cannot show it.", column=column),
            mend=msg("Choose another column, or leave width out."),
        )
    if (values < 0).any():
        raise InputError(
            msg(
                "Column {column!r} is negative at {row}.",
                column=column,
                row=lines.index[values < 0][0],
            ),
            mend=msg("A width cannot be: draw the two directions apart."),
        )
    most = np.nanmax(values)
    points = values / most * _WIDEST_PT if most > 0 else values
    return pd.Series(
        np.fmax(np.nan_to_num(points, nan=_THINNEST_PT), _THINNEST_PT), index=lines.index
    )


def _width_items(
    lines: gpd.GeoDataFrame, column: str | None, label: str, colour: str, lang: str
) -> list[LegendItem]:
    if column is None:
        return [
            LegendItem(
                counted(label or say("Routes", lang=lang), len(lines), lang),
                "line",
                stroke=Stroke(colour, width_pt=1.8),
            )
        ]
    values = as_numbers(lines[column])
    items = [LegendItem(label or column, "heading")]
    most = float(np.nanmax(values))
    if most > 0:
        marks = sorted({round_down(most * share) for share in (1.0, 0.5, 0.1)}, reverse=True)
        items += [
            LegendItem(
                format_number(mark),
                "line",
                stroke=Stroke(colour, width_pt=max(mark / most * _WIDEST_PT, _THINNEST_PT)),
            )
            for mark in marks
        ]
    missing = int(np.isnan(values).sum())
    if missing:
        items.append(
            LegendItem(
                counted(say("No data", lang=lang), missing, lang),
                "line",
                stroke=Stroke(colour, width_pt=_THINNEST_PT, dashes=_UNKNOWN_DASHES),
            )
        )
    return items
