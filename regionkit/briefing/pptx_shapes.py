"""Colours, lines and names of shapes, and the symbols of projects, on a slide."""

from __future__ import annotations

from typing import Any

from regionkit.briefing.office import legal_xml
from regionkit.maps.signs.shapes import shape_points
from regionkit.maps.signs.stages import flat_face

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


def line_shape(shape: Any, colour: str, width_pt: float, dashes: tuple[float, ...] = ()) -> None:
    """Set the line of a shape or connector.

    Parameters
    ----------
    shape : shape or connector
    colour : str
    width_pt : float
    dashes : tuple of float
        Lengths of dash, gap, dash, gap ... in widths of the line; () for an unbroken one.
    """
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls

    shape.line.color.rgb = _rgb(colour)
    shape.line.width = int(width_pt * _EMU_PER_PT)
    if dashes:
        # The library knows only the preset dashes; the format takes any, in thousandths of a
        # per cent of the line's width.
        steps = "".join(
            f'<a:ds d="{round(dash * 100_000)}" sp="{round(gap * 100_000)}"/>'
            for dash, gap in zip(dashes[::2], dashes[1::2], strict=True)
        )
        line = shape.line._get_or_add_ln()  # noqa: SLF001
        own = parse_xml(f"<a:custDash {nsdecls('a')}>{steps}</a:custDash>")
        # The order of a line's parts is fixed: the fill, then the dashes.
        line.find("{*}solidFill").addnext(own)


def paint_symbol(shape: Any, colour: str, fill: str) -> None:
    """Fill a symbol by its project's stage."""
    fill_shape(shape, flat_face(colour, fill))
    # What is built has a dark edge, so that it stands apart from what is under way.
    edge = "1b1b1b" if fill == "done" else colour
    line_shape(shape, edge, 1.0, (1.0, 1.0) if fill == "dotted" else ())
