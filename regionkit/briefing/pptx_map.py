"""The native maps of a presentation: a freeform a county, numbers as discs."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

from regionkit.briefing.office import EMU_PER_MM, EMU_PER_PT
from regionkit.briefing.pptx_shapes import add_badge, fill_shape, line_shape, name_shape, write_in
from regionkit.briefing.scene import build_scene
from regionkit.words.message import say

if TYPE_CHECKING:
    from regionkit.briefing.model import MapView
    from regionkit.briefing.pptx_page import Deck
    from regionkit.briefing.scene import Area, Disc, Label, Line

__all__ = ["draw_cover", "draw_map"]

_MM_PER_PT = 25.4 / 72
_LABEL_PT = 14.0
_PT_PER_MM = 72 / 25.4


def draw_map(deck: Deck, slide: Any, view: MapView, wide: float, high: float, lang: str) -> None:
    """Draw a map at the left below the title, points."""
    _draw(deck, slide, view, 0.0, wide, high, lang)


def draw_cover(
    deck: Deck, slide: Any, view: MapView, x: float, wide: float, high: float, lang: str
) -> None:
    """Draw the map of the first page at a place below the title, points."""
    _draw(deck, slide, view, x, wide, high, lang)


def _draw(
    deck: Deck, slide: Any, view: MapView, x: float, wide: float, high: float, lang: str
) -> None:
    # Shape ids are else sought anew for each of the hundreds of shapes.
    slide.shapes.turbo_add_enabled = True
    scene = build_scene(view, wide * _MM_PER_PT, high * _MM_PER_PT, font_pt=_LABEL_PT, lang=lang)
    left = deck.content_left + int(x * EMU_PER_PT)
    pen = _Pen(deck, slide, left, deck.content_top, lang)
    ground = pen.box(scene.width, scene.height)
    name_shape(ground, view.caption, view.caption)
    fill_shape(ground, scene.water)
    line_shape(ground, "c9ccc9", 0.5)
    for area in scene.areas:
        pen.area(area)
    for _, alike in itertools.groupby(scene.lines, key=_look_of):
        pen.line(tuple(alike))
    for dot in scene.dots:
        pen.dot(dot)
    for label in scene.labels:
        pen.label(label)
    for disc in scene.discs:
        pen.disc(disc)


class _Pen:
    """Draws shapes on a slide at a place."""

    def __init__(self, deck: Deck, slide: Any, left: int, top: int, lang: str) -> None:
        self.deck, self.slide, self.left, self.top, self.lang = deck, slide, left, top, lang

    def _at(self, x: float, y: float) -> tuple[int, int]:
        return self.left + round(x * EMU_PER_MM), self.top + round(y * EMU_PER_MM)

    def box(self, width: float, height: float) -> Any:
        """Add the frame of the map."""
        from pptx.enum.shapes import MSO_SHAPE

        return self.slide.shapes.add_shape(
            MSO_SHAPE.RECTANGLE,
            self.left,
            self.top,
            round(width * EMU_PER_MM),
            round(height * EMU_PER_MM),
        )

    def area(self, area: Area) -> None:
        """Add an area as one freeform with a contour a ring."""
        contours = [_distinct([self._at(x, y) for x, y in ring]) for ring in area.rings]
        contours = [points for points in contours if len(points) > 2]
        if not contours:
            # An island smaller than a dot still has its shape, so that no county is missing.
            x, y = self._at(*area.rings[0][0])
            contours = [[(x, y), (x + 9000, y), (x, y + 9000)]]
        shape = _add_freeform(self.slide, contours, is_closed=True)
        words = area.name or say("Neighbouring counties", lang=self.lang)
        told = f"{area.name} ({area.unit_id})" if area.name and area.unit_id else words
        name_shape(shape, words, told)
        fill_shape(shape, area.fill)
        if area.edge:
            line_shape(shape, area.edge, area.edge_mm * _PT_PER_MM)
        else:
            shape.line.fill.background()

    def line(self, lines: tuple[Line, ...]) -> None:
        """Add borders that look alike, or a route, as one shape."""
        contours = [_distinct([self._at(x, y) for x, y in line.points]) for line in lines]
        contours = [points for points in contours if len(points) > 1]
        if not contours:
            return
        line = lines[0]
        shape = _add_freeform(self.slide, contours, is_closed=False)
        words = line.name or say("Border", lang=self.lang)
        name_shape(shape, words, words)
        shape.fill.background()
        dashes = tuple(one / line.width_mm for one in line.dashes)
        line_shape(shape, line.colour, line.width_mm * _PT_PER_MM, dashes)

    def dot(self, dot: Disc) -> None:
        """Add the ring of a seat."""
        shape = self._oval(dot)
        name_shape(shape, dot.name, dot.name)
        fill_shape(shape, dot.fill)
        line_shape(shape, dot.edge, 1.0)

    def disc(self, disc: Disc) -> None:
        """Add a number or a badge."""
        if disc.is_badge:
            box = add_badge(
                self.deck, self.slide, disc.text, disc.fill, *self._at(disc.x, disc.y), disc.size
            )
            words = say("Known by unit only: {count}", lang=self.lang, count=disc.text.lstrip("+"))
            name_shape(box, words, words)
            return
        shape = self._oval(disc)
        name_shape(shape, f"{disc.text} {disc.name}", disc.name)
        fill_shape(shape, disc.fill)
        line_shape(shape, disc.edge, 1.5)
        write_in(self.deck, shape, disc.text, disc.size * 0.6 * _PT_PER_MM, disc.colour)

    def _oval(self, disc: Disc) -> Any:
        from pptx.enum.shapes import MSO_SHAPE

        wide = round(disc.size * EMU_PER_MM)
        x, y = self._at(disc.x, disc.y)
        return self.slide.shapes.add_shape(MSO_SHAPE.OVAL, x - wide // 2, y - wide // 2, wide, wide)

    def label(self, label: Label) -> None:
        """Add a name."""
        x, y = self._at(label.x - label.width / 2, label.y - label.height / 2)
        self.deck.text(
            self.slide,
            label.text,
            x,
            y,
            int(label.width * EMU_PER_MM),
            int(label.height * EMU_PER_MM),
            size_pt=label.size_pt,
            bold=label.is_bold,
            colour=label.colour,
            centred=True,
            wrap=False,
            halo=True,
            name=say("Name {name}", lang=self.lang, name=label.text),
        )


def _look_of(line: Line) -> tuple[object, ...]:
    return line.name, line.colour, line.width_mm, line.dashes


def _add_freeform(slide: Any, contours: list[list[tuple[int, int]]], *, is_closed: bool) -> Any:
    """Add one freeform of several contours.

    The library's builder makes the shape; it needs the square of their number for many corners,
    so that it is given two and the path is written here.
    """
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls

    x = [point[0] for points in contours for point in points]
    y = [point[1] for points in contours for point in points]
    left, top = min(x), min(y)
    builder = slide.shapes.build_freeform(left, top)
    builder.add_line_segments([(max(x), max(y))], close=False)
    shape = builder.convert_to_shape()
    path = shape._element.xpath(".//a:path")[0]  # noqa: SLF001
    for child in list(path):
        path.remove(child)
    steps = []
    for points in contours:
        for number, (px, py) in enumerate(points):
            tag = "lnTo" if number else "moveTo"
            steps.append(f'<a:{tag}><a:pt x="{px - left}" y="{py - top}"/></a:{tag}>')
        if is_closed:
            steps.append("<a:close/>")
    path.extend(parse_xml(f"<a:path {nsdecls('a')}>{''.join(steps)}</a:path>"))
    return shape


def _distinct(points: list[tuple[int, int]]) -> list[tuple[int, int]]:
    return [p for n, p in enumerate(points) if n == 0 or p != points[n - 1]]
