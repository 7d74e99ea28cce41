"""The native map of a presentation: a freeform a county, legend as shapes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from regionkit.briefing.pptx_legend import draw_legend
from regionkit.briefing.pptx_shapes import (
    add_badge,
    add_symbol,
    fill_shape,
    line_shape,
    name_shape,
    paint_symbol,
)
from regionkit.briefing.scene import build_scene
from regionkit.imprint import current_imprint
from regionkit.maps.signs.words import counted
from regionkit.words.message import join, say

if TYPE_CHECKING:
    from regionkit.briefing.model import Briefing
    from regionkit.briefing.pptx_page import Deck
    from regionkit.briefing.scene import Area, Mark, Route, Scene

__all__ = ["draw_map_slide"]

_EMU_PER_MM = 36000
_EMU_PER_PT = 12700
_LEGEND_SHARE = 0.33
_SOURCE_MM = 9.0
_LABEL_PT = 9.0
# Width of a route, points.
_ROUTE_PT = 1.9


def draw_map_slide(deck: Deck, facts: Briefing, lang: str) -> None:
    """Add the slide with the map and its legend."""
    view = facts.map
    slide = deck.content_slide(view.caption)
    # Shape ids are else sought anew for each of the hundreds of shapes.
    slide.shapes.turbo_add_enabled = True
    width_mm = deck.content_width / _EMU_PER_MM
    height_mm = deck.content_height / _EMU_PER_MM - _SOURCE_MM
    map_mm = width_mm * (1 - _LEGEND_SHARE) - 4.0
    scene = build_scene(view, map_mm, height_mm, font_pt=_LABEL_PT)
    left = deck.content_left + int((map_mm - scene.width) / 2 * _EMU_PER_MM)
    _Pen(deck, slide, left, deck.content_top, lang).draw(scene, view.layer.title)
    # The legend takes what room a narrow map leaves.
    start = width_mm * (1 - _LEGEND_SHARE)
    draw_legend(deck, slide, view.legend, start, width_mm - start, height_mm, lang)
    deck.text(
        slide,
        say("Figure", lang=lang)
        + " 1 "
        + join(
            [counted(view.caption, current_imprint().line(lang), lang), view.source], "sentences"
        ).render(lang),
        deck.content_left,
        deck.content_top + int((height_mm + 1.5) * _EMU_PER_MM),
        deck.content_width,
        int((_SOURCE_MM - 2) * _EMU_PER_MM),
        size_pt=9,
        muted=True,
        name=say("Figure", lang=lang),
    )


class _Pen:
    """Draws a scene on a slide at a place."""

    def __init__(self, deck: Deck, slide: Any, left: int, top: int, lang: str) -> None:
        self.deck, self.slide, self.left, self.top, self.lang = deck, slide, left, top, lang

    def _at(self, x: float, y: float) -> tuple[int, int]:
        return self.left + round(x * _EMU_PER_MM), self.top + round(y * _EMU_PER_MM)

    def draw(self, scene: Scene, title: str) -> None:
        """Draw ground, counties, borders, projects and names, in this order."""
        ground = [ring for area in scene.ground for ring in area.rings]
        if ground:
            shape = self._rings(tuple(ground))
            name_shape(
                shape,
                say("Neighbouring counties", lang=self.lang),
                say("Neighbouring counties", lang=self.lang),
            )
            fill_shape(shape, "f4f1ea")
            line_shape(shape, "d5d2ca", 0.5)
        for area in scene.areas:
            self._area(area, title)
        for area in scene.outline:
            shape = self._rings(area.rings)
            border = say("Border {name}", lang=self.lang, name=area.unit_id)
            name_shape(shape, border, border)
            shape.fill.background()
            line_shape(shape, "2b2b2b", 1.5 if len(scene.outline) == 1 else 1.0)
        for route in scene.routes:
            self._route(route)
        for mark in scene.marks:
            self._mark(mark)
        for label in scene.labels:
            if label.anchor:
                leader = self.slide.shapes.add_connector(
                    1, *self._at(*label.anchor), *self._at(label.x, label.y)
                )
                name_shape(
                    leader, say("Leader {name}", lang=self.lang, name=label.text), label.text
                )
                line_shape(leader, "333333", 0.5)
        for label in scene.labels:
            x, y = self._at(label.x - label.width / 2, label.y - label.height / 2)
            self.deck.text(
                self.slide,
                label.text,
                x,
                y,
                int(label.width * _EMU_PER_MM),
                int(label.height * _EMU_PER_MM),
                size_pt=_LABEL_PT,
                bold=True,
                centred=True,
                wrap=False,
                halo=True,
                name=say("Name {name}", lang=self.lang, name=label.text),
            )

    def _rings(self, rings: tuple[tuple[tuple[float, float], ...], ...]) -> Any:
        """Add one freeform with a contour a ring."""
        contours = [_distinct([self._at(x, y) for x, y in ring]) for ring in rings]
        contours = [points for points in contours if len(points) > 2]
        if not contours:
            # An island smaller than a dot still has its shape, so that no county is missing.
            x, y = self._at(*rings[0][0])
            contours = [[(x, y), (x + 9000, y), (x, y + 9000)]]
        return _add_freeform(self.slide, contours, is_closed=True)

    def _area(self, area: Area, title: str) -> None:
        shape = self._rings(area.rings)
        name_shape(
            shape,
            area.name,
            say(
                "{name} ({code}) {title}: {value}",
                lang=self.lang,
                name=area.name,
                code=area.unit_id,
                title=title,
                value=area.value,
            ),
        )
        fill_shape(shape, area.colour)
        line_shape(shape, "8a8a8a", 0.5)

    def _route(self, route: Route) -> None:
        points = _distinct([self._at(x, y) for x, y in route.points])
        if len(points) < 2:
            return
        shape = _add_freeform(self.slide, [points], is_closed=False)
        name_shape(shape, say("Route {name}", lang=self.lang, name=route.name), route.name)
        shape.fill.background()
        line_shape(shape, route.stroke.colour, _ROUTE_PT * route.stroke.share, route.stroke.dashes)

    def _mark(self, mark: Mark) -> None:
        if mark.count:
            left, top = self._at(mark.x, mark.y)
            badge = add_badge(self.slide, mark.name, mark.colour, left, top, mark.size)
            words = say("Known by unit only: {count}", lang=self.lang, count=mark.count)
            name_shape(badge, words, words)
            return
        shape = self._symbol(mark.shape, mark.x, mark.y, mark.size)
        name_shape(shape, say("Project {name}", lang=self.lang, name=mark.name), mark.name)
        paint_symbol(shape, mark.colour, mark.fill)

    def _symbol(self, shape: str, x: float, y: float, size: float) -> Any:
        left, top = self._at(x, y)
        return add_symbol(self.slide, shape, left, top, size)


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
