"""A style in QGIS's own XML."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from regionkit.export.style import LayerStyle

__all__ = ["qml"]

_EDGE = "90,90,90,255"


def qml(style: LayerStyle, geometry_kind: str) -> str:
    """Return a style in QGIS's own XML.

    Parameters
    ----------
    style : LayerStyle
    geometry_kind : {"polygon", "line", "point"}

    Examples
    --------
    >>> from regionkit.export.style import graduated_style
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
        symbols.append(style.no_data)
    holder = ET.SubElement(renderer, "symbols")
    for number, colour in enumerate(symbols):
        _symbol(holder, str(number), colour, geometry_kind, style.opacity)
    if style.is_graduated:
        _symbol(ET.SubElement(renderer, "source-symbol"), "0", style.no_data, geometry_kind)
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
