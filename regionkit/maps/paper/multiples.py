"""Several columns side by side, all in the classes of one scale."""

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
from regionkit.maps.paper.map_names import label_column
from regionkit.maps.paper.map_parts import MapParts
from regionkit.maps.paper.sheet import Sheet
from regionkit.maps.signs.classed import classed_layer
from regionkit.maps.signs.classify import NO_DATA, as_numbers, classify
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
from regionkit.places.frames import column_name
from regionkit.places.projection import map_crs
from regionkit.words.message import msg, say
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
    ground: bool = True,
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
    scheme, k, bins, cmap, unit
        As of :func:`regionkit.choropleth`; the classes are made of all columns' values together.
    zones : GeoDataFrame, optional
        Outlines drawn over the units and told in the legend, such as ``ln.zones``.
    labels : str, optional
        Column of the units whose text is written at each.
    title, subtitle, size, source, date, approval_number, institution, theme
        As of :func:`regionkit.layout`.
    ground : bool
        Whether sea, coast and neighbours are drawn about the units, where they are known.

    Raises
    ------
    InputError
        Fewer than two columns or more than twelve, one twice or missing, or one that cannot be
        classed.

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
    titles = {column_name(column): str(words) for column, words in (titles or {}).items()}
    needed = [*columns, *([labels] if labels is not None else [])]
    frame = seen_outlines(check_areas(frame, *needed))
    pooled = pd.Series(
        np.concatenate([as_numbers(frame[column]) for column in columns]), name="、".join(columns)
    )
    common = classify(pooled, scheme=scheme, k=k, bins=bins, cmap=cmap or theme.cmap)
    if cmap is not None:
        check_palette(cmap, common.k)
    layers = [
        _on_scale(frame, column, common, cmap or theme.cmap, Caption(title or column, unit), lang)
        for column in columns
    ]
    crs = map_crs(layers[0].frame.geometry)
    items = layer_items(_pool(layers), theme, lang=lang)
    items.append(
        LegendItem(
            say("All maps share one scale; in brackets the units of all maps together.", lang=lang),
            "note",
        )
    )
    if zones is not None:
        items += zone_legend(zones, theme, lang=lang)
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
        )
        for number, (ax, column, layer) in enumerate(zip(sheet.axes, columns, layers, strict=True)):
            draw_map(
                ax,
                layer,
                MapParts(
                    zones=zones,
                    names=layer.frame if labels is not None else None,
                    name_column=labels or "",
                    has_ground=ground,
                    furniture=Furniture(scale_bar=number == 0),
                ),
                crs=crs,
                theme=theme,
                lang=lang,
            )
            ax.set_title(drawn_text(titles.get(column, column)), fontsize=theme.base_size * 1.1)
        return sheet.finish(crs)


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
