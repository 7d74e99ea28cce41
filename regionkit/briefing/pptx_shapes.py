"""Colours, lines and names of shapes, and the numbers and badges of a map, on a slide."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from regionkit.briefing.office import EMU_PER_MM, EMU_PER_PT, legal_xml

if TYPE_CHECKING:
    from regionkit.briefing.model import Spot
    from regionkit.briefing.pptx_page import Deck

__all__ = ["add_badge", "add_disc", "fill_shape", "line_shape", "name_shape", "rgb", "write_in"]

_DISC_PT = 18.0


def add_disc(deck: Deck, slide: Any, spot: Spot, x: float, y: float) -> Any:
    """Add the disc of a number in a list, its middle at a place below the title, points."""
    from pptx.enum.shapes import MSO_SHAPE

    left = deck.content_left + int((x - _DISC_PT / 2) * EMU_PER_PT)
    top = deck.content_top + int((y - _DISC_PT / 2) * EMU_PER_PT)
    wide = int(_DISC_PT * EMU_PER_PT)
    shape = slide.shapes.add_shape(MSO_SHAPE.OVAL, left, top, wide, wide)
    name_shape(shape, f"{spot.number}", spot.text)
    fill_shape(shape, spot.colour if spot.is_solid else "ffffff")
    line_shape(shape, spot.colour, 1.5)
    write_in(deck, shape, str(spot.number), 11.0, "#ffffff" if spot.is_solid else "#1f2a33")
    return shape


def write_in(deck: Deck, shape: Any, words: str, size_pt: float, colour: str) -> None:
    """Write a short text in the middle of a shape, in the template's font."""
    from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
    from pptx.util import Emu

    frame = shape.text_frame
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = Emu(0)
    frame.word_wrap = False
    frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    paragraph = frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.CENTER
    run = paragraph.add_run()
    run.text = legal_xml(words)
    deck.style_run(run, size_pt=round(size_pt, 1), bold=True)
    run.font.color.rgb = rgb(colour)


def add_badge(
    deck: Deck, slide: Any, words: str, colour: str, x: int, y: int, high_mm: float
) -> Any:
    """Add a number in a dark box with round corners, its middle at a place."""
    from pptx.enum.shapes import MSO_SHAPE

    high = round(high_mm * EMU_PER_MM)
    wide = round(high * (len(words) * 0.55 + 0.6))
    box = slide.shapes.add_shape(
        MSO_SHAPE.ROUNDED_RECTANGLE, x - wide // 2, y - high // 2, wide, high
    )
    fill_shape(box, colour)
    line_shape(box, "ffffff", 0.4)
    size = round(high_mm * 0.72 / 25.4 * 72, 1)
    write_in(deck, box, words, size, "#ffffff")
    return box


def rgb(colour: str) -> Any:
    """Return a colour for the library, from "#rrggbb" or "rrggbb"."""
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
    shape.fill.fore_color.rgb = rgb(colour)


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

    shape.line.color.rgb = rgb(colour)
    shape.line.width = int(width_pt * EMU_PER_PT)
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
