"""Several columns side by side: in the classes of one scale where their units agree."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from regionkit.errors import InputError
from regionkit.imprint import Imprint
from regionkit.maps.paper.areas import seen_outlines
from regionkit.maps.paper.compose import draw_map
from regionkit.maps.paper.furniture import Furniture
from regionkit.maps.paper.map_names import city_seats, label_column
from regionkit.maps.paper.map_parts import MapParts
from regionkit.maps.paper.sheet import Sheet
from regionkit.maps.signs.classed import classed_layer
from regionkit.maps.signs.classify import NO_DATA, as_numbers, classify
from regionkit.maps.signs.found_units import found_unit
from regionkit.maps.signs.layer_items import layer_items, zone_legend
from regionkit.maps.signs.layers import (
    AreaLayer,
    LegendEntry,
    check_areas,
    no_data_entry,
)
from regionkit.maps.signs.legend_item import LegendItem
from regionkit.maps.signs.options import Caption, Classing
from regionkit.maps.signs.own_zones import take_zones
from regionkit.maps.signs.palette import check_palette, sample_colours
from regionkit.maps.signs.theme import Theme, drawing, get_theme
from regionkit.maps.signs.words import projection_words
from regionkit.places.frames import column_name, place_frame
from regionkit.places.projection import map_crs
from regionkit.words.message import Option, join, msg, say
from regionkit.words.plain import drawn_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import geopandas as gpd

    from regionkit.maps.signs.classify import Classes

__all__ = ["small_multiples"]


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
    labels: str | None = None,
    size: str | tuple[float, float] = "A4",
    source: str = "",
    date: str = "",
    approval_number: str = "",
    institution: str = "",
    theme: str | Theme = "print",
    seats: gpd.GeoDataFrame | None = None,
    ground: bool = True,
    lang: str = "zh",
) -> Sheet:
    """Return a sheet with a map for each column, in the classes of one common scale.

    Columns whose units differ, as the joined table states them, have classes and a legend each; the
    sheet says so.

    Parameters
    ----------
    frame : GeoDataFrame
    columns : sequence of str, two to twelve
        Numeric columns, such as years or targets.
    titles : mapping of column to str, optional
        Words over the maps.
    scheme, k, bins, cmap, unit
        As of :func:`regionkit.choropleth`; the classes are made of all columns' values together.
        ``unit`` is that of all; those which the joined table states where not given.
    zones : GeoDataFrame, optional
        Outlines drawn over the units and told in the legend, such as ``ln.zones``.
    labels : str, optional
        Column of the units whose text is written at each.
    title, subtitle, size, source, date, approval_number, institution, theme
        As of :func:`regionkit.layout`.
    seats : GeoDataFrame, optional
        Cities are marked and named there, as of ``ln.seats``.
    ground : bool
        Whether sea, coast and neighbours are drawn about the units, where they are known.

    Raises
    ------
    InputError
        Fewer than two columns or more than twelve, one twice or missing, or one that cannot be
        classed; ``bins`` for columns in different units.

    Examples
    --------
    >>> import regionkit as rk
    >>> from regionkit.maps.paper.multiples import small_multiples
    >>> ln = rk.load("liaoning")
    >>> table = ln.statistic("share-65plus", year=2020).to_frame("2020")
    >>> counties = ln.counties.join(table.assign(**{"2010": table["2020"] - 6}))
    >>> sheet = small_multiples(counties, ["2010", "2020"], title="65岁及以上比重", unit="%")
    >>> len(sheet.axes)
    2
    """
    theme = get_theme(theme)
    columns = columns if isinstance(columns, str) else [column_name(one) for one in columns]
    least, most = 2, 12
    if not least <= len(columns) <= most or isinstance(columns, str):
        raise InputError(
            msg("{n} columns are given.", n=len(columns)),
            mend=msg(
                "Give {least} to {most}; draw one with rk.choropleth.", least=least, most=most
            ),
        )
    twice = sorted({column for column in columns if columns.count(column) > 1})
    if twice:
        raise InputError(
            msg("Columns {choices} are given twice.", choices=tuple(twice)),
            mend=msg("Give each once."),
        )
    labels, zones = label_column(frame, labels), take_zones(zones)
    units = {column: unit or found_unit(frame, column) for column in columns}
    titles = {column_name(column): str(words) for column, words in (titles or {}).items()}
    needed = [*columns, *([labels] if labels is not None else [])]
    frame = seen_outlines(check_areas(frame, *needed))
    crs = map_crs(frame.geometry)
    seats = None if seats is None else place_frame(seats)
    named, name_column = (None, "") if labels is None else (frame, labels)
    if named is None and seats is not None:
        named, name_column = city_seats(seats, None, "name", frame.geometry.to_crs(crs)), "name"
    is_shared = len({one for one in units.values() if one}) < 2
    if not is_shared and bins is not None:
        raise InputError(
            msg(
                "{option} are limits in one unit, and the columns are in {units}.",
                option=Option("bins"),
                units=join(dict.fromkeys(units.values())),
            ),
            mend=msg("Leave them out, or draw columns of one unit."),
        )
    own_zones = [] if zones is None else zone_legend(zones, theme, lang=lang)
    items: list[LegendItem] = []
    if is_shared:
        told = next((one for one in units.values() if one), "")
        layers = _in_common_classes(
            frame, columns, Classing(scheme, k, bins, cmap or theme.cmap),
            Caption(title, told), has_own_colours=cmap is not None, lang=lang,
        )  # fmt: skip
        items = [
            *layer_items(_pool(layers), theme, lang=lang),
            LegendItem(
                say(
                    "All maps share one scale; in brackets the units of all maps together.",
                    lang=lang,
                ),
                "note",
            ),
            *own_zones,
        ]
    else:
        layers = [
            classed_layer(
                frame,
                column,
                Classing(scheme, k, None, cmap or theme.cmap),
                Caption(titles.get(column, column), units[column]),
                has_own_colours=cmap is not None,
                lang=lang,
            )
            for column in columns
        ]
    with drawing(theme):
        sheet = Sheet(
            title=title,
            subtitle=subtitle,
            size=size,
            theme=theme,
            source=source,
            imprint=Imprint(approval_number, institution, date=date),
            n_maps=len(columns),
            lang=lang,
            items=items,
            legend_mm=None if is_shared else 0.0,
        )
        if not is_shared:
            legends = [layer_items(layer, theme, lang=lang) for layer in layers]
            words = say(
                "The columns are in different units ({units}): each map has its own classes.",
                lang=lang,
                units=join(dict.fromkeys(units.values())),
            )
            note = LegendItem(words, "note")
            projected = LegendItem(projection_words(crs, lang), "note")
            legends[-1] += [*own_zones, note, projected]
            sheet.add_legends_below(legends)
        for number, (ax, column, layer) in enumerate(zip(sheet.axes, columns, layers, strict=True)):
            draw_map(
                ax,
                layer,
                MapParts(
                    zones=zones,
                    names=named,
                    name_column=name_column,
                    seats=seats,
                    has_ground=ground,
                    furniture=Furniture(scale_bar=number == 0),
                ),
                crs=crs,
                theme=theme,
                lang=lang,
            )
            ax.set_title(drawn_text(titles.get(column, column)), fontsize=theme.base_size * 1.1)
        return sheet.finish(crs)


def _in_common_classes(
    frame: gpd.GeoDataFrame,
    columns: Sequence[str],
    classing: Classing,
    caption: Caption,
    *,
    has_own_colours: bool,
    lang: str,
) -> list[AreaLayer]:
    """Return a layer of each column in classes that are made of all their values together."""
    pooled = pd.Series(
        np.concatenate([as_numbers(frame[column]) for column in columns]), name="、".join(columns)
    )
    cmap = classing.cmap
    common = classify(pooled, scheme=classing.scheme, k=classing.k, bins=classing.bins, cmap=cmap)
    if has_own_colours:
        check_palette(cmap, common.k)
    return [
        _on_scale(frame, column, common, cmap, Caption(caption.title or column, caption.unit), lang)
        for column in columns
    ]


def _on_scale(
    frame: gpd.GeoDataFrame,
    column: str,
    common: Classes,
    cmap: str,
    caption: Caption,
    lang: str,
) -> AreaLayer:
    """Return the layer of a column in classes that were made for several."""
    values = as_numbers(frame[column])
    limits = common.limits
    n_classes = common.k
    codes = np.searchsorted(np.array(limits[1:]), values, side="left")
    codes[np.isnan(values)] = NO_DATA
    if (codes >= 0).any():
        classing = Classing(bins=list(limits[1:]), cmap=cmap)
        made = classed_layer(frame, column, classing, caption, lang=lang)
    else:
        classing = Classing(bins=[limits[-1]], cmap=cmap)
        filled = frame.assign(**{column: limits[-1]})
        made = classed_layer(filled, column, classing, caption, lang=lang)
    colours = sample_colours(cmap, n_classes)
    entries = [
        LegendEntry(word, colour, int((codes == number).sum()))
        for number, (word, colour) in enumerate(zip(common.labels, colours, strict=True))
    ]
    entries.append(no_data_entry(int((codes == NO_DATA).sum()), lang))
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
