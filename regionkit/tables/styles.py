"""Colours of a layer, and how QGIS and KML are told of them."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pandas as pd

from regionkit.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import geopandas as gpd

__all__ = ["LayerStyle", "StyleClass", "auto_style", "category_style", "graduated_style", "qml"]

# ColorBrewer YlGnBu and Set2, which readers with colour deficiencies can tell apart.
_RAMP = ("#ffffcc", "#a1dab4", "#41b6c4", "#2c7fb8", "#253494")
_KINDS = (
    "#66c2a5",
    "#fc8d62",
    "#8da0cb",
    "#e78ac3",
    "#a6d854",
    "#ffd92f",
    "#e5c494",
    "#b3b3b3",
    "#1b9e77",
    "#d95f02",
    "#7570b3",
    "#e7298a",
    "#66a61e",
    "#e6ab02",
    "#a6761d",
    "#666666",
)
_NO_DATA = "#e2e2e2"
_EDGE = "90,90,90,255"
# Zones overlap by design.
_SEE_THROUGH = 0.6
_LIKELY_KINDS = ("domain", "kind", "sector", "sector_id", "stage", "city")


@dataclass(frozen=True)
class StyleClass:
    """A class of a style: its label and colour, and the value or the limits it stands for."""

    label: str
    colour: str
    value: str = ""
    lower: float = math.nan
    upper: float = math.nan


@dataclass(frozen=True)
class LayerStyle:
    """How a layer is coloured.

    Attributes
    ----------
    column : str
        Column that decides the colour, "" for one colour.
    classes : tuple of StyleClass
    title : str
    opacity : float
        From 0 to 1; below 1 where areas overlap.
    """

    column: str
    classes: tuple[StyleClass, ...]
    title: str = ""
    opacity: float = 1.0

    @property
    def is_graduated(self) -> bool:
        """Whether classes are ranges of numbers."""
        return any(not math.isnan(one.upper) for one in self.classes)

    def class_of(self, value: object) -> int | None:
        """Return the place of the class a value belongs to, None for none."""
        for place, one in enumerate(self.classes):
            if not self.column:
                return place
            if not self.is_graduated:
                if not pd.isna(value) and str(value) == one.value:
                    return place
            elif (
                isinstance(value, int | float)
                and value <= one.upper
                and (value > one.lower or (place == 0 and value >= one.lower))
            ):
                return place
        return None


def graduated_style(
    column: str,
    limits: Sequence[float],
    colours: Sequence[str],
    labels: Sequence[str] | None = None,
    *,
    title: str = "",
) -> LayerStyle:
    """Return a style by ranges of a number: the limits, colours and labels of a legend.

    Parameters
    ----------
    column : str
    limits : sequence of float, length k + 1
        Ascending; a class holds its upper limit.
    colours : sequence of str, length k
        "#rrggbb".
    labels : sequence of str, length k, optional
    title : str

    Raises
    ------
    InputError
        Lengths do not fit.

    Examples
    --------
    >>> graduated_style("gdp", [0, 10, 20], ["#ffffff", "#000000"]).class_of(10)
    0
    """
    named = labels or [f"{low:g} – {high:g}" for low, high in itertools.pairwise(limits)]
    if not len(limits) - 1 == len(colours) == len(named):
        raise InputError(
            f"{len(limits)} limits need {len(limits) - 1} colours and labels, not {len(colours)} "
            f"and {len(named)}. Give one colour a class."
        )
    return LayerStyle(
        column,
        tuple(
            StyleClass(label, colour, lower=float(low), upper=float(high))
            for label, colour, low, high in zip(
                named, colours, limits[:-1], limits[1:], strict=True
            )
        ),
        title,
    )


def category_style(
    column: str,
    colours: Mapping[str, str],
    labels: Mapping[str, str] | None = None,
    *,
    title: str = "",
    opacity: float = 1.0,
) -> LayerStyle:
    """Return a style by kinds: the colour of each value of a column.

    Examples
    --------
    >>> category_style("domain", {"energy": "#fc8d62"}, {"energy": "能源"}).classes[0].label
    '能源'
    """
    words = labels or {}
    return LayerStyle(
        column,
        tuple(
            StyleClass(words.get(value, value), colour, value) for value, colour in colours.items()
        ),
        title,
        opacity,
    )


def auto_style(frame: gpd.GeoDataFrame, column: str | None = None) -> LayerStyle:
    """Return a style by a column: five quantiles of a number, a colour a kind, else one colour.

    Parameters
    ----------
    frame : GeoDataFrame
    column : str, optional
        By default the first column that a join added; else the name where the rows have a
        ``colour`` of their own, as zones have; else one that tells kinds.

    Raises
    ------
    InputError
        There is no such column.
    """
    if column is not None and column not in frame.columns:
        import difflib

        near = difflib.get_close_matches(column, [str(c) for c in frame.columns], n=3, cutoff=0.3)
        raise InputError(
            f"There is no column {column!r} to colour by. Nearest: "
            f"{', '.join(near) or 'none'}. Columns: {', '.join(map(str, frame))}."
        )
    if column is None:
        joined = [c for c in frame.attrs.get("value_columns", []) if c in frame.columns]
        if not joined and _has_own_colours(frame):
            own = dict(zip(frame["name"], frame["colour"], strict=True))
            return category_style("name", own, opacity=_SEE_THROUGH)
        column = next(iter([*joined, *(c for c in _LIKELY_KINDS if c in frame.columns)]), None)
    if column is None or frame[column].dropna().empty:
        return LayerStyle("", (StyleClass("", _RAMP[2]),))
    values = frame[column].dropna()
    if pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_bool_dtype(values):
        limits = sorted(set(values.astype(float).quantile([0, 0.2, 0.4, 0.6, 0.8, 1]).tolist()))
        if len(limits) == 1:
            limits = [limits[0], limits[0]]
        k = len(limits) - 1
        colours = [_RAMP[round(i * (len(_RAMP) - 1) / max(1, k - 1))] for i in range(k)]
        return graduated_style(column, limits, colours, title=column)
    # The commonest kinds have colours of their own; the rest share the colour of no data.
    kinds = values.astype(str).value_counts().index[: len(_KINDS)]
    return category_style(column, dict(zip(sorted(kinds), _KINDS, strict=False)), title=column)


def _has_own_colours(frame: gpd.GeoDataFrame) -> bool:
    if not {"name", "colour"} <= set(frame.columns) or frame.empty or not frame["name"].is_unique:
        return False
    return bool(frame["colour"].astype(str).str.fullmatch(r"#[0-9a-fA-F]{6}").all())


def qml(style: LayerStyle, geometry_kind: str) -> str:
    """Return a style in QGIS's own XML.

    Parameters
    ----------
    style : LayerStyle
    geometry_kind : {"polygon", "line", "point"}

    Examples
    --------
    >>> "graduatedSymbol" in qml(graduated_style("a", [0, 1], ["#ff0000"]), "polygon")
    True
    """
    root = ET.Element("qgis", version="3.28.0", styleCategories="Symbology")
    kind = (
        "singleSymbol"
        if not style.column
        else ("graduatedSymbol" if style.is_graduated else "categorizedSymbol")
    )
    attributes = {"type": kind, "forceraster": "0", "symbollevels": "0", "enableorderby": "0"}
    if style.column:
        attributes["attr"] = style.column
    renderer = ET.SubElement(root, "renderer-v2", attributes)
    symbols = [one.colour for one in style.classes]
    if style.is_graduated:
        renderer.set("graduatedMethod", "GraduatedColor")
        ranges = ET.SubElement(renderer, "ranges")
        for number, one in enumerate(style.classes):
            ET.SubElement(
                ranges,
                "range",
                lower=repr(one.lower),
                upper=repr(one.upper),
                symbol=str(number),
                label=one.label,
                render="true",
            )
    elif style.column:
        categories = ET.SubElement(renderer, "categories")
        for number, one in enumerate(style.classes):
            ET.SubElement(
                categories,
                "category",
                value=one.value,
                symbol=str(number),
                label=one.label,
                render="true",
                type="string",
            )
        # The category without a value takes all the others.
        ET.SubElement(
            categories,
            "category",
            value="",
            symbol=str(len(symbols)),
            label="",
            render="true",
            type="string",
        )
        symbols.append(_NO_DATA)
    holder = ET.SubElement(renderer, "symbols")
    for number, colour in enumerate(symbols):
        _symbol(holder, str(number), colour, geometry_kind, style.opacity)
    if style.is_graduated:
        _symbol(ET.SubElement(renderer, "source-symbol"), "0", _NO_DATA, geometry_kind)
    text = ET.tostring(root, encoding="unicode")
    return f"<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n{text}"


def _symbol(parent: ET.Element, name: str, colour: str, kind: str, opacity: float = 1.0) -> None:
    rgba = ",".join(str(int(colour[i : i + 2], 16)) for i in (1, 3, 5)) + ",255"
    symbol_type, layer_class, options = {
        "polygon": (
            "fill",
            "SimpleFill",
            {
                "color": rgba,
                "outline_color": _EDGE,
                "outline_width": "0.1",
                "outline_width_unit": "MM",
                "outline_style": "solid",
                "style": "solid",
            },
        ),
        "line": (
            "line",
            "SimpleLine",
            {
                "line_color": rgba,
                "line_width": "0.7",
                "line_width_unit": "MM",
                "line_style": "solid",
                "capstyle": "round",
                "joinstyle": "round",
            },
        ),
        "point": (
            "marker",
            "SimpleMarker",
            {
                "name": "circle",
                "color": rgba,
                "outline_color": "255,255,255,255",
                "size": "2.6",
                "size_unit": "MM",
                "outline_width": "0.2",
                "outline_style": "solid",
            },
        ),
    }[kind]
    symbol = ET.SubElement(
        parent,
        "symbol",
        type=symbol_type,
        name=name,
        alpha=f"{opacity:g}",
        clip_to_extent="1",
        force_rhr="0",
    )
    layer = ET.SubElement(
        symbol, "layer", {"class": layer_class, "enabled": "1", "locked": "0", "pass": "0"}
    )
    held = ET.SubElement(layer, "Option", type="Map")
    for key, value in options.items():
        ET.SubElement(held, "Option", type="QString", name=key, value=value)
