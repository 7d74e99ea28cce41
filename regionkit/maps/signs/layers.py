"""What a map shows: layers that the static and the interactive renderer both read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

import pandas as pd
import shapely

from regionkit.errors import InputError
from regionkit.maps.signs.classify import NO_DATA, TO_BE_SET, classify, number_column
from regionkit.maps.signs.colours import SEQUENTIAL
from regionkit.maps.signs.naming_numbers import is_boolean, quantity_label, yes_or_no
from regionkit.maps.signs.palette import NO_DATA_COLOUR
from regionkit.maps.signs.words import check_lang
from regionkit.places.frames import (
    check_units_once,
    clean_column,
    column_name,
    kind_text,
    leave_out_unplaced,
    need_column,
    place_frame,
)
from regionkit.words.message import join, msg, say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import geopandas as gpd

    from regionkit.maps.signs.classify import Classes

__all__ = [
    "AreaLayer",
    "LegendEntry",
    "category_layer",
    "check_areas",
    "check_frame",
    "choropleth_layer",
    "no_data_entry",
]

# Dimensions of an area.
_AREA = 2


@dataclass(frozen=True)
class LegendEntry:
    """A line of a legend.

    Attributes
    ----------
    label : str
    colour : str
        "#rrggbb".
    count : int
        Number of units in the class.
    hatch : str
        matplotlib hatch, "" for none.
    kind : {"class", "to-be-set", "no-data"}
        What the units have: a value, one that is yet to be set, or none.
    """

    label: str
    colour: str
    count: int
    hatch: str = ""
    kind: Literal["class", "to-be-set", "no-data"] = "class"


@dataclass(frozen=True)
class AreaLayer:
    """Units coloured by a value or a kind.

    Attributes
    ----------
    layer_id, title, unit : str
    frame : GeoDataFrame, EPSG:4326, indexed by unit id
        Column ``name`` names the units.
    codes : Series of int, indexed like frame
        Place of each unit's entry in ``entries``.
    entries : tuple of LegendEntry
    value_labels : Series of str, indexed like frame
        What a reader is shown as the unit's value.
    values : Series, indexed like frame
        The values themselves, for tables.
    source : str
        Document and place in it, as the source line prints it.
    note : str
    citations : Series of str, optional
        Source of each unit's own value where they differ.
    """

    layer_id: str
    title: str
    unit: str
    frame: gpd.GeoDataFrame = field(repr=False)
    codes: pd.Series = field(repr=False)
    entries: tuple[LegendEntry, ...]
    value_labels: pd.Series = field(repr=False)
    values: pd.Series = field(repr=False)
    source: str = ""
    note: str = ""
    citations: pd.Series | None = field(default=None, repr=False)
    classes: Classes | None = field(default=None, repr=False)

    @property
    def colours(self) -> pd.Series:
        """Colour of each unit."""
        return self.codes.map(lambda code: self.entries[code].colour)


def no_data_entry(count: int, lang: str = "zh", label: str = "") -> LegendEntry:
    """Return the entry of units without a value; a theme may give it a colour of its own."""
    return LegendEntry(label or say("No data", lang=lang), NO_DATA_COLOUR, count, kind="no-data")


def check_frame(frame: gpd.GeoDataFrame, column: str, *columns: str) -> gpd.GeoDataFrame:
    """Return a frame in EPSG:4326 that has the columns; refuse what cannot be drawn.

    Its columns are named by text, as of :func:`regionkit.places.frames.column_name`; in those
    asked for, blank texts are missing. Rows without a geometry are left out and told.

    Raises
    ------
    CrsError
        The frame has no CRS, or one that is tied to no place on Earth.
    InputError
        It is empty, has no geometry or no such column, or a position is none on Earth.

    Warns
    -----
    UserWarning
        Rows have no geometry.
    """
    made = place_frame(frame)
    if made.empty:
        raise InputError(msg("The GeoDataFrame has no rows, so there is nothing to draw."))
    names = [need_column(made, one, frame) for one in (column, *columns)]
    return clean_column(leave_out_unplaced(made), *names)


def check_areas(frame: gpd.GeoDataFrame, column: str, *columns: str) -> gpd.GeoDataFrame:
    """Return a frame as of :func:`check_frame` whose rows are all areas, each once.

    Raises
    ------
    CrsError, InputError
        As of :func:`check_frame`; a row is a point or a line, or a unit stands twice.
    """
    checked = check_frame(frame, column, *columns)
    is_flat = shapely.get_dimensions(checked.geometry.to_numpy()) < _AREA
    if is_flat.any():
        kinds = join(sorted(set(checked.geom_type[is_flat])))
        at = join(checked.index[is_flat][:5])
        raise InputError(
            msg(
                "{n} of {total} rows are no areas but {kinds} ({at}), which cannot be filled "
                "with colour.",
                n=int(is_flat.sum()),
                total=len(checked),
                kinds=kinds,
                at=at,
            ),
            mend=msg(
                "Draw points and lines with rk.dots, projects with rk.symbols, or join the "
                "column to areas first."
            ),
        )
    check_units_once(checked)
    return checked


def choropleth_layer(
    frame: gpd.GeoDataFrame,
    column: str,
    *,
    title: str = "",
    unit: str = "",
    scheme: str = "fisherjenks",
    k: int = 5,
    bins: Sequence[float] | None = None,
    cmap: str = SEQUENTIAL,
    to_be_set: pd.Series | None = None,
    source: str = "",
    note: str = "",
    citations: pd.Series | None = None,
    value_labels: pd.Series | None = None,
    layer_id: str = "",
    lang: str = "zh",
) -> AreaLayer:
    """Return the layer of a numeric column in classes.

    Parameters
    ----------
    frame : GeoDataFrame
    column : str
    scheme, k, bins, cmap, to_be_set
        As of :func:`regionkit.maps.signs.classify.classify`.
    value_labels : Series of str, optional
        Words for the values; the formatted number and unit where not given.

    Raises
    ------
    InputError, CrsError
        The frame or column cannot be drawn.
    """
    check_lang(lang)
    column = column_name(column)
    frame = check_areas(frame, column)
    values = number_column(frame[column])
    classes = classify(values, scheme=scheme, k=k, bins=bins, cmap=cmap, to_be_set=to_be_set)
    entries = [
        LegendEntry(label, colour, count)
        for label, colour, count in zip(
            classes.labels, classes.colours, classes.counts, strict=True
        )
    ]
    codes = pd.Series(classes.codes, index=frame.index)
    to_set, missing = (int((classes.codes == code).sum()) for code in (TO_BE_SET, NO_DATA))
    if to_set:
        codes = codes.mask(codes == TO_BE_SET, len(entries))
        label = say("To be set", lang=lang)
        entries.append(LegendEntry(label, "#ffffff", to_set, "////", "to-be-set"))
    if missing:
        codes = codes.mask(codes == NO_DATA, len(entries))
        entries.append(no_data_entry(missing, lang))
    shown = pd.Series(
        [
            quantity_label(v, unit, is_naming=classes.is_naming)
            if pd.notna(v)
            else entries[code].label
            for v, code in zip(values, codes, strict=True)
        ],
        index=frame.index,
    )
    if value_labels is not None:
        shown = value_labels.reindex(frame.index).fillna(shown)
    return AreaLayer(
        layer_id=layer_id or str(column),
        title=title or str(column),
        unit=unit,
        frame=frame,
        codes=codes,
        entries=tuple(entries),
        value_labels=shown,
        values=values,
        source=source,
        note=note,
        citations=citations,
        classes=classes,
    )


def category_layer(
    frame: gpd.GeoDataFrame,
    column: str,
    *,
    colours: Mapping[str, str],
    category_labels: Mapping[str, str] | None = None,
    title: str = "",
    value_labels: pd.Series | None = None,
    source: str = "",
    note: str = "",
    citations: pd.Series | None = None,
    missing_label: str = "",
    layer_id: str = "",
    lang: str = "zh",
) -> AreaLayer:
    """Return the layer of a column of kinds.

    Parameters
    ----------
    frame : GeoDataFrame
    column : str
    colours : mapping of value to "#rrggbb"
        In the order of the legend.
    category_labels : mapping, optional
        Words for the values.
    missing_label : str
        Words for units without a value.

    Raises
    ------
    InputError
        A value has no colour.
    """
    check_lang(lang)
    column = column_name(column)
    frame = check_areas(frame, column)
    values = frame[column]
    texts = pd.Series(
        [None if pd.isna(v) else kind_text(v) for v in values.astype(object)],
        index=frame.index,
        dtype=object,
    )
    shades = {kind_text(kind): colour for kind, colour in colours.items()}
    unknown = sorted(set(texts.dropna()) - set(shades))
    if unknown:
        raise InputError(
            msg(
                "Column {column!r} has values without a colour: {choices}.",
                column=column,
                choices=tuple(unknown[:10]),
            ),
            mend=msg("Add them to colours=."),
        )
    truths = {str(v): yes_or_no(v, lang) for v in (True, False)} if is_boolean(values) else {}
    words = truths | {kind_text(kind): word for kind, word in (category_labels or {}).items()}
    counts = texts.value_counts()
    used = [text for text in shades if text in counts]
    entries = [LegendEntry(words.get(t, t), shades[t], int(counts[t])) for t in used]
    place = {text: number for number, text in enumerate(used)}
    codes = texts.map(lambda text: place.get(text, len(entries)))
    if values.isna().any():
        entries.append(no_data_entry(int(values.isna().sum()), lang, missing_label))
    shown = pd.Series([entries[code].label for code in codes], index=frame.index)
    if value_labels is not None:
        shown = value_labels.reindex(frame.index).fillna(shown)
    return AreaLayer(
        layer_id=layer_id or str(column),
        title=title or str(column),
        unit="",
        frame=frame,
        codes=codes.astype(int),
        entries=tuple(entries),
        value_labels=shown,
        values=values,
        source=source,
        note=note,
        citations=citations,
    )
