"""Maps of two columns at once: k by k classes in k by k colours."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from regionkit.errors import InputError
from regionkit.maps.paper.areas import draw_areas, draw_zones, frame_axes, seen_outlines
from regionkit.maps.paper.axes import figure_of, new_axes, unmoved
from regionkit.maps.paper.axes_legend import (
    axes_legend,
    ink_on,
    is_within,
    make_room,
    write_title,
)
from regionkit.maps.paper.far_islands import draw_maritime_line
from regionkit.maps.paper.map_names import label_column, write_names
from regionkit.maps.paper.surroundings import surround
from regionkit.maps.signs.classify import classify
from regionkit.maps.signs.layer_items import zone_items
from regionkit.maps.signs.layers import (
    AreaLayer,
    LegendEntry,
    check_areas,
    no_data_entry,
)
from regionkit.maps.signs.legend_item import LegendItem
from regionkit.maps.signs.own_zones import take_zones
from regionkit.maps.signs.palette import check_palette
from regionkit.maps.signs.shades import luminance
from regionkit.maps.signs.styles import entry_style
from regionkit.maps.signs.theme import Theme, drawing, get_theme
from regionkit.maps.signs.words import counted
from regionkit.places.frames import column_name
from regionkit.places.projection import map_crs
from regionkit.words.message import Option, join, msg
from regionkit.words.plain import drawn_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    import geopandas as gpd
    from matplotlib.axes import Axes

    from regionkit.maps.signs.classify import Classes

__all__ = ["BIVARIATE_COLOURS", "bivariate", "bivariate_layer"]

# Corners of the two-way scale: low-low, high x, high y, high-high. Blue against orange keeps
# apart for readers with any of the common colour deficiencies.
BIVARIATE_COLOURS = ("#f1f1ec", "#e08214", "#5a9bd4", "#3b2a4a")
_MOST_BIVARIATE = 4
# Of a limit that is written upwards beneath the legend's square, characters.
_LONG_LIMIT = 5


def bivariate_layer(
    frame: gpd.GeoDataFrame,
    x: str,
    y: str,
    *,
    k: int = 3,
    scheme: str = "quantiles",
    colours: Sequence[str] = BIVARIATE_COLOURS,
    title: str = "",
    lang: str = "zh",
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
    >>> from regionkit.maps.paper.bivariate import bivariate_layer
    >>> ln = rk.load("liaoning")
    >>> counties = ln.counties.join(ln.statistic("share-65plus", year=2020)).join(
    ...     ln.statistic("share-0-14", year=2020)
    ... )
    >>> layer = bivariate_layer(counties, "share-65plus", "share-0-14")
    >>> sum(entry.count for entry in layer.entries) == len(counties)
    True
    """
    if isinstance(k, bool) or not isinstance(k, int) or not 2 <= k <= _MOST_BIVARIATE:
        raise InputError(
            msg("{option} does not suit two columns.", option=Option("k", k)),
            mend=msg("Give 2, 3 or 4: more than 16 colours cannot be told apart."),
        )
    four = 4
    if len(colours) != four:
        raise InputError(
            msg("{n} colours are given.", n=len(colours)),
            mend=msg("Give four: low-low, high x, high y, high-high."),
        )
    x, y = column_name(x), column_name(y)
    frame = seen_outlines(check_areas(frame, x, y))
    codes = []
    for column in (x, y):
        made = classify(frame[column], scheme=scheme, k=k)
        if made.k != k:
            raise InputError(
                msg(
                    "Column {column!r} makes {k} classes by {scheme}, not k={wanted}.",
                    column=column,
                    k=made.k,
                    scheme=scheme,
                    wanted=k,
                ),
                mend=msg("Choose a smaller k or another scheme."),
            )
        codes.append(made)
    across, up = codes
    has_both = (across.codes >= 0) & (up.codes >= 0)
    place = np.where(has_both, up.codes * k + across.codes, k * k)
    grid = _mix(colours, k)
    entries = [
        LegendEntry(
            join([f"{x} {across.labels[column]}", f"{y} {up.labels[row]}"], "clauses").render(lang),
            grid[row][column],
            int((place == row * k + column).sum()),
        )
        for row in range(k)
        for column in range(k)
    ]
    missing = int((~has_both).sum())
    if missing:
        entries.append(no_data_entry(missing, lang))
    series = pd.Series(place, index=frame.index)
    return AreaLayer(
        layer_id=f"{x}-{y}",
        title=title or f"{x} × {y}",
        unit="",
        frame=frame,
        codes=series,
        entries=tuple(entries),
        value_labels=series.map(lambda code: entries[code].label),
        values=frame[x],
    )


def _mix(colours: Sequence[str], k: int) -> tuple[tuple[str, ...], ...]:
    """Return k rows of k colours between four corners, the lowest row first."""
    from matplotlib.colors import to_hex, to_rgb

    low, high_x, high_y, both = (np.array(to_rgb(colour)) for colour in colours)
    shares = np.linspace(0, 1, k)
    return tuple(
        tuple(
            to_hex(
                np.clip(
                    (1 - v) * ((1 - u) * low + u * high_x) + v * ((1 - u) * high_y + u * both), 0, 1
                )
            )
            for u in shares
        )
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
    labels: str | None = None,
    title: str = "",
    legend: bool = True,
    theme: str | Theme = "print",
    ax: Axes | None = None,
    ground: bool = True,
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
    zones : GeoDataFrame, optional
        Outlines drawn over the units and told in the legend, such as ``ln.zones``.
    labels : str, optional
        Column of the units whose text is written at each.
    title, legend, theme, ax, lang
        As of :func:`regionkit.choropleth`.
    ground : bool
        Whether sea, coast and neighbours are drawn about the units, where they are known.

    Raises
    ------
    InputError
        As of :func:`bivariate_layer`.

    Examples
    --------
    >>> import regionkit as rk
    >>> from regionkit.maps.paper.bivariate import bivariate
    >>> ln = rk.load("liaoning")
    >>> counties = ln.counties.join(ln.statistic("share-65plus", year=2020)).join(
    ...     ln.statistic("share-0-14", year=2020)
    ... )
    >>> ax = bivariate(counties, "share-65plus", "share-0-14", x_label="65岁及以上比重（%）")
    >>> len(ax.child_axes)  # the legend
    1
    """
    theme = get_theme(theme)
    x, y, labels = column_name(x), column_name(y), label_column(frame, labels)
    zones = take_zones(zones)
    layer = bivariate_layer(
        frame, x, y, k=k, scheme=scheme, colours=colours, title=title, lang=lang
    )
    check_palette([entry.colour for entry in layer.entries[: k * k]])
    crs = map_crs(layer.frame.geometry)
    with drawing(theme), unmoved(ax):
        ax = ax if ax is not None else new_axes()
        frame_axes(ax, layer.frame, crs)
        draw_areas(ax, layer, theme, crs)
        if zones is not None:
            draw_zones(ax, zones, crs, theme)
        if title:
            write_title(ax, title)
        if legend:
            made = [classify(layer.frame[column], scheme=scheme, k=k) for column in (x, y)]
            _draw_two_way(
                ax,
                layer,
                (made[0], made[1]),
                (x_label or x, y_label or y),
                theme,
                zone_items(zones, theme, lang=lang) if zones is not None else [],
                lang,
            )
        boxes = write_names(ax, layer.frame, labels, crs, theme) if labels is not None else []
        draw_maritime_line(ax, crs, theme)
        if ground:
            surround(ax, layer.frame, crs, theme, keep_out=boxes, lang=lang)
    return ax


def _draw_two_way(
    ax: Axes,
    layer: AreaLayer,
    classes: tuple[Classes, Classes],
    words: tuple[str, str],
    theme: Theme,
    more: list[LegendItem],
    lang: str,
) -> None:
    """Draw the square legend beside the map: limits of classes, number of units in each colour."""
    from matplotlib.patches import Rectangle

    k = classes[0].k
    # Within the Axes the square and its words take two fifths of the width.
    inside = is_within(ax)
    small = ax.inset_axes((0.66, 0.36, 0.2, 0.24) if inside else (1.06, 0.36, 0.24, 0.28))
    small.set_gid("legend-two-way")
    small.set_aspect("equal")
    for number, entry in enumerate(layer.entries[: k * k]):
        row, column = divmod(number, k)
        face, pattern, ink = entry_style(layer, number, theme)
        small.add_patch(
            Rectangle(
                (column, row),
                1,
                1,
                facecolor=face,
                edgecolor=ink,
                hatch=pattern or None,
                linewidth=0.0,
            )
        )
        small.add_patch(
            Rectangle((column, row), 1, 1, facecolor="none", edgecolor="#ffffff", linewidth=0.8)
        )
        dark = 0.3
        small.text(
            column + 0.5,
            row + 0.5,
            str(entry.count),
            ha="center",
            va="center",
            fontsize=theme.base_size * 0.85,
            gid="legend-count",
            color="#ffffff" if luminance(face) < dark else theme.text,
        )
    small.set_xlim(0, k)
    small.set_ylim(0, k)
    ticks = [made.printed_limits for made in classes]
    is_long = max(map(len, ticks[0])) > _LONG_LIMIT
    small.set_xticks(range(k + 1), ticks[0], rotation=90 if is_long else 0)
    small.set_yticks(range(k + 1), ticks[1])
    # The numbers stand on the outer side, the words on the map's.
    small.yaxis.tick_right()
    ink = ink_on(ax)
    small.tick_params(length=0, pad=2.0, labelsize=theme.small_size, labelcolor=ink)
    for side in small.spines.values():
        side.set_visible(False)
    small.set_xlabel(f"{drawn_text(words[0])} →", fontsize=theme.base_size * 0.9, color=ink)
    small.set_ylabel(f"{drawn_text(words[1])} →", fontsize=theme.base_size * 0.9, color=ink)
    notes = list(more)
    if len(layer.entries) > k * k:
        last, colour = layer.entries[-1], entry_style(layer, k * k, theme)[0]
        notes.insert(0, LegendItem(counted(last.label, last.count, lang), "swatch", colour))
    if notes:
        axes_legend(ax, notes, theme)
        # Under the square; matplotlib would set it at the middle.
        ax.get_legend().set_loc("upper left")  # type: ignore[union-attr]
        at = (0.6, 0.24) if inside else (1.02, 0.26)
        ax.get_legend().set_bbox_to_anchor(at, transform=ax.transAxes)  # type: ignore[union-attr]
    if inside:
        small.set_zorder(20)
        ax.add_patch(
            Rectangle(
                *((0.6, 0.22), 0.395, 0.42),
                transform=ax.transAxes,
                facecolor=figure_of(ax).get_facecolor(),
                edgecolor="none",
                zorder=19,
                gid="legend-ground",
            )
        )
        make_room(ax, ax.get_window_extent().width * 0.4)
