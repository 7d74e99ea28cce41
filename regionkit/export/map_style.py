"""The style of a layer as the maps draw it: their classes, their colours, their words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from regionkit.errors import InputError
from regionkit.export.style import LayerStyle, StyleClass, category_style, graduated_style
from regionkit.words.message import join, msg

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import geopandas as gpd

    from regionkit.maps.signs.layers import AreaLayer

__all__ = ["style_by_column", "style_of_domains", "style_of_layer"]

# Zones overlap by design.
_SEE_THROUGH = 0.6
_ONE_COLOUR = "#41b6c4"
_LIKELY_KINDS = ("domain", "kind", "sector", "sector_id", "stage", "city")


def style_of_layer(layer: AreaLayer) -> LayerStyle:
    """Return the style of a map's layer: the classes, colours and words of its legend.

    Examples
    --------
    >>> import regionkit as rk
    >>> cities = rk.load("liaoning").cities
    >>> cities["n"] = range(len(cities))
    >>> layer = rk.choropleth_layer(cities, "n", scheme="equalinterval", k=2)
    >>> [(one.label, one.colour) for one in style_of_layer(layer).classes]
    [('0–6', '#eff1e3'), ('7–13', '#1c4e73')]
    """
    from regionkit.maps.signs.layer_classes import layer_classes

    found = layer_classes(layer)
    if found.is_graduated:
        classes = [
            StyleClass(one.label, one.colour, lower=one.lower, upper=one.upper)
            for one in found.classes
        ]
    else:
        classes = [
            StyleClass(one.label, one.colour, str(value))
            for one in found.classes
            for value in one.values
        ]
    return LayerStyle(found.column, tuple(classes), found.title, no_data=found.no_data.colour)


def style_of_domains(column: str, labels: Mapping[str, str]) -> LayerStyle:
    """Return the style of projects by domain, in the colours their symbols have on maps.

    Parameters
    ----------
    column : str
        Holds the words of the domains.
    labels : mapping of domain to word

    Examples
    --------
    >>> style_of_domains("领域", {"energy": "能源"}).classes[0].colour
    '#b85a0a'
    """
    from regionkit.maps.signs.symbols import symbol_of

    colours = {word: symbol_of("", domain).colour for domain, word in labels.items()}
    return category_style(column, colours, title=column)


def style_by_column(
    frame: gpd.GeoDataFrame, column: str | None = None, *, joined: Sequence[str] = ()
) -> LayerStyle:
    """Return the style that a map of a column has by default, else one colour.

    Parameters
    ----------
    frame : GeoDataFrame
    column : str, optional
        By default the first column that a join added; else the name where the rows have a
        ``colour`` of their own, as zones have; else one that tells kinds.
    joined : sequence of str
        Columns of numbers that a join added.

    Raises
    ------
    InputError
        There is no such column.
    """
    from regionkit.maps.signs.classify import classify
    from regionkit.maps.signs.palette import colours_by_kind

    if column is not None and column not in frame.columns:
        import difflib

        near = difflib.get_close_matches(column, [str(c) for c in frame.columns], n=3, cutoff=0.3)
        raise InputError(
            msg("There is no column {column!r} to colour by.", column=column),
            mend=join(
                [
                    *([msg("Nearest are: {places}.", places=near)] if near else []),
                    msg("There are: {known}.", known=list(frame)),
                ],
                "sentences",
            ),
        )
    if column is None:
        added = [c for c in joined if c in frame.columns]
        if not added and _has_own_colours(frame):
            own = dict(zip(frame["name"], frame["colour"], strict=True))
            return category_style("name", own, opacity=_SEE_THROUGH)
        column = next(iter([*added, *(c for c in _LIKELY_KINDS if c in frame.columns)]), None)
    if column is None or frame[column].dropna().empty:
        return LayerStyle("", (StyleClass("", _ONE_COLOUR),))
    values = frame[column].dropna()
    if pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_bool_dtype(values):
        finite = values[np.isfinite(values.astype(float))]
        if finite.empty:
            return LayerStyle("", (StyleClass("", _ONE_COLOUR),))
        classes = classify(finite)
        return graduated_style(
            column, classes.limits, classes.colours, classes.labels, title=column
        )
    colours = {str(kind): colour for kind, colour in colours_by_kind(values).items()}
    return category_style(column, colours, title=column)


def _has_own_colours(frame: gpd.GeoDataFrame) -> bool:
    if not {"name", "colour"} <= set(frame.columns) or frame.empty or not frame["name"].is_unique:
        return False
    return bool(frame["colour"].astype(str).str.fullmatch(r"#[0-9a-fA-F]{6}").all())
