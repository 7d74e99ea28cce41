"""Colours, lines and names of shapes, and the symbols of projects, on a slide."""

from __future__ import annotations

from typing import Any

from regionkit.briefing.office import legal_xml
from regionkit.maps.signs.shapes import shape_points
from regionkit.maps.signs.styles import UNKNOWN_FACE, lighter

__all__ = ["add_symbol", "fill_shape", "line_shape", "name_shape", "paint_symbol"]

_EMU_PER_MM = 36000
_EMU_PER_PT = 12700
_SHAPES = {
    "circle": "OVAL",
    "square": "RECTANGLE",
    "triangle": "ISOSCELES_TRIANGLE",
    "inverted": "FLOWCHART_MERGE",
    "diamond": "DIAMOND",
    "pentagon": "REGULAR_PENTAGON",
    "hexagon": "HEXAGON",
    "star": "STAR_5_POINT",
    "burst": "STAR_8_POINT",
    "cross": "CROSS",
    "wide": "RECTANGLE",
    "drop": "TEAR",
}


def add_symbol(slide: Any, shape: str, x: int, y: int, size_mm: float) -> Any:
    """Add an autoshape, or a polygon where there is none, with its middle at a place."""
    from pptx.enum.shapes import MSO_SHAPE

    if shape not in _SHAPES:
        half = size_mm * _EMU_PER_MM / 2
        corners = [(x + px * half, y - py * half) for px, py in shape_points(shape)]
        builder = slide.shapes.build_freeform(*corners[0])
        builder.add_line_segments(corners[1:], close=True)
        return builder.convert_to_shape()
    wide = round(size_mm * _EMU_PER_MM)
    high = round(wide * (0.6 if shape == "wide" else 1.0))
    added = slide.shapes.add_shape(
        getattr(MSO_SHAPE, _SHAPES[shape]), x - wide // 2, y - high // 2, wide, high
    )
    if shape == "drop":
        # The autoshape's tip points to the upper right; a drop's points up.
        added.rotation = -45.0
    return added


def _rgb(colour: str) -> Any:
    from pptx.dml.color import RGBColor

    return RGBColor(*bytes.fromhex(colour.removeprefix("#")))  # type: ignore[no-untyped-call]


def name_shape(shape: Any, name: str, description: str) -> None:
    """Set the name in the selection pane and the alternative text; drop the theme's effects."""
    shape.name = legal_xml(name)
    element = shape._element  # noqa: SLF001
    element.xpath(".//p:cNvPr")[0].set("descr", legal_xml(description))
    # The style would cast the theme's shadow on every county.
    for style in element.xpath("./p:style"):
        element.remove(style)


def fill_shape(shape: Any, colour: str) -> None:
    """Fill a shape with one colour."""
    shape.fill.solid()
    shape.fill.fore_color.rgb = _rgb(colour)


def line_shape(shape: Any, colour: str, width_pt: float, dash: str | None = None) -> None:
    """Set the line of a shape or connector."""
    from pptx.enum.dml import MSO_LINE

    shape.line.color.rgb = _rgb(colour)
    shape.line.width = int(width_pt * _EMU_PER_PT)
    if dash:
        shape.line.dash_style = getattr(MSO_LINE, dash)


def paint_symbol(shape: Any, colour: str, fill: str) -> None:
    """Fill a symbol by its project's stage."""
    face = {
        "done": colour,
        "solid": colour,
        "half": lighter(colour, 0.55),
        "dotted": lighter(colour, 0.88),
        "unknown": UNKNOWN_FACE,
    }
    fill_shape(shape, face.get(fill, "ffffff"))
    # What is built has a dark edge, so that it stands apart from what is under way.
    edge = "1b1b1b" if fill == "done" else colour
    line_shape(shape, edge, 1.0, "ROUND_DOT" if fill == "dotted" else None)
