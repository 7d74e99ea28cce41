"""Slides in the look of a template: which layout, where the content goes, how text is set."""

from __future__ import annotations

import copy
import re
from typing import Any

from regionkit.briefing.office import EMU_PER_PT, legal_xml
from regionkit.briefing.pptx_look import dress, drop_slides, layout_kinds, placeholder_kind
from regionkit.briefing.pptx_shapes import rgb
from regionkit.maps.signs.wrap import text_width
from regionkit.words.voice import language_tag, other_language

__all__ = ["LINE", "Deck", "count_lines"]

# Lines are set this many sizes apart, whatever the font, so that heights can be reckoned.
LINE = 1.26
_GAP = 91440
# Text stands so far inside its box: tables begin below a title's first letter.
_INSET = 91440
# Below this size a title stands on two lines.
_LEAST_TITLE_PT = 22.0
# Kinds of placeholder that a title-only layout may have beside its title.
_FURNITURE = frozenset({"DATE", "FOOTER", "SLIDE_NUMBER"})


def count_lines(text: str, width_pt: float, size_pt: float) -> int:
    """Return how many lines a text takes in a width: a Chinese character may end a line anywhere.

    Examples
    --------
    >>> count_lines("铁岭市", 40.0, 10.0), count_lines("铁岭市", 25.0, 10.0)
    (1, 2)
    """
    # Punctuation that may not begin a line costs about half a character a line.
    room = max(width_pt - size_pt * 0.35, size_pt)
    lines = 0
    for part in text.split("\n"):
        used, lines = 0.0, lines + 1
        for word in re.findall(r"[^\u2e80-\uffff\s]+\s*|.", part):
            wide = text_width(word) * size_pt
            while used + wide > room and used:
                lines, used = lines + 1, 0.0
            lines += int(wide // room) if wide > room else 0
            used += wide % room if wide > room else wide
    return lines


class Deck:
    """A presentation that slides are added to.

    Parameters
    ----------
    presentation : pptx.presentation.Presentation
    lang : {"zh", "en"}
    own : bool
        Whether the template is the user's: then its size, colours and fonts are left alone.

    Attributes
    ----------
    content_left, content_top, content_width, content_height : int, EMU
        Where a content slide has room below its title.
    """

    def __init__(self, presentation: Any, lang: str, *, own: bool) -> None:
        self.presentation = presentation
        self.lang = lang
        if own:
            drop_slides(presentation)
        else:
            dress(presentation)
        layouts = list(presentation.slide_layouts)
        self._content_layout = _content_layout(layouts)
        self._measure()

    def _measure(self) -> None:
        """Find the room below the title and above the footer."""
        width, height = self.presentation.slide_width, self.presentation.slide_height
        self.content_left, right = int(width * 0.045), int(width * 0.955)
        self.content_top, bottom = int(height * 0.16), int(height * 0.95)
        for holder in self._content_layout.placeholders:
            kind = placeholder_kind(holder)
            if kind in {"TITLE", "CENTER_TITLE"} and holder.width:
                self.content_left = max(int(holder.left) + _INSET, int(width * 0.02))
                right = min(int(holder.left + holder.width) - _INSET, int(width * 0.98))
                end = int(holder.top + holder.height)
                # A title in the middle or at the foot leaves the room that it leaves.
                self.content_top = end + _GAP // 2 if end < height * 0.4 else int(height * 0.06)
                if end >= height * 0.4:
                    bottom = min(bottom, int(holder.top) - _GAP)
            elif kind in _FURNITURE and holder.top and holder.top > height * 0.8:
                bottom = min(bottom, int(holder.top) - _GAP // 4)
        if right - self.content_left < width * 0.5:
            self.content_left, right = int(width * 0.045), int(width * 0.955)
        self.content_width, self.content_height = (
            right - self.content_left,
            (bottom - self.content_top),
        )

    @property
    def content_width_pt(self) -> float:
        """Width of the room, points."""
        return self.content_width / EMU_PER_PT

    @property
    def content_height_pt(self) -> float:
        """Height of the room, points."""
        return self.content_height / EMU_PER_PT

    def rule(self, slide: Any, x: float, y: float, wide: float) -> None:
        """Draw a thin rule at a place below the title, points."""
        left, top = self.content_left + int(x * EMU_PER_PT), self.content_top + int(y * EMU_PER_PT)
        line = slide.shapes.add_connector(1, left, top, left + int(wide * EMU_PER_PT), top)
        line.line.color.rgb = rgb("c9ccc9")
        line.line.width = int(0.75 * EMU_PER_PT)
        line.name = "rule"

    def content_slide(self, title: str) -> Any:
        """Add a slide with a title and room for content; return it."""
        slide = self.presentation.slides.add_slide(self._content_layout)
        for holder in list(slide.placeholders):
            if placeholder_kind(holder) in {"TITLE", "CENTER_TITLE"}:
                self.fill_text(holder.text_frame, title)
                self._fit_title(holder, title)
            else:
                _remove(holder)
        if slide.shapes.title is None:
            self.text(
                slide,
                title,
                self.content_left,
                max(self.content_top - 640000, 0),
                self.content_width,
                500000,
                size_pt=24,
                bold=True,
                name="title",
            )
        self._add_number(slide)
        return slide

    def _fit_title(self, holder: Any, title: str) -> None:
        """Set a title smaller where it would not stand on one line, on two where it is long."""
        from pptx.util import Pt

        master = self.presentation.slide_master._element  # noqa: SLF001
        sizes = master.xpath("./p:txStyles/p:titleStyle/a:lvl1pPr/a:defRPr/@sz")
        size = int(sizes[0]) / 100 if sizes else 44.0
        room, wide = self.content_width_pt * 0.95, text_width(title) * 1.04
        if wide * size <= room:
            return
        fitting = room / wide
        if fitting < _LEAST_TITLE_PT:
            high = (holder.height or 594360) / EMU_PER_PT - 8.0
            fitting = min(2 * room / (wide + 2), high / 2.45, size)
        for run in holder.text_frame.paragraphs[0].runs:
            run.font.size = Pt(max(int(fitting), 14))

    def _add_number(self, slide: Any) -> None:
        """Show the slide's number where the layout has a place for it."""
        for holder in self._content_layout.placeholders:
            if placeholder_kind(holder) == "SLIDE_NUMBER":
                element = copy.deepcopy(holder._element)  # noqa: SLF001
                slide.shapes._spTree.append(element)  # noqa: SLF001
                ids = [int(i) for i in slide.shapes._spTree.xpath("//p:cNvPr/@id")]  # noqa: SLF001
                element.nvSpPr.cNvPr.set("id", str(max(ids) + 1))

    def text(
        self,
        slide: Any,
        text: str,
        left: int,
        top: int,
        width: int,
        height: int,
        *,
        size_pt: float,
        bold: bool = False,
        muted: bool = False,
        accent: bool = False,
        colour: str = "",
        name: str = "",
        centred: bool = False,
        wrap: bool = True,
        halo: bool = False,
    ) -> Any:
        """Add a text box; return its shape."""
        from pptx.enum.text import MSO_ANCHOR, PP_ALIGN

        box = slide.shapes.add_textbox(left, top, width, height)
        box.name = name or "text"
        frame = box.text_frame
        frame.word_wrap = wrap
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        self.fill_text(frame, text, size_pt=size_pt, bold=bold, muted=muted)
        if accent or colour:
            _colour(frame, colour)
        if halo:
            for paragraph in frame.paragraphs:
                for run in paragraph.runs:
                    _add_halo(run)
        if centred:
            frame.vertical_anchor = MSO_ANCHOR.MIDDLE
            for paragraph in frame.paragraphs:
                paragraph.alignment = PP_ALIGN.CENTER
        return box

    def fill_text(
        self,
        frame: Any,
        text: str,
        *,
        size_pt: float | None = None,
        bold: bool | None = None,
        muted: bool = False,
    ) -> None:
        """Write a text into a frame, a paragraph a line."""
        from pptx.oxml.ns import qn
        from pptx.util import Pt

        for number, line in enumerate(legal_xml(text).split("\n")):
            paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
            if size_pt is not None:
                paragraph.line_spacing = Pt(round(size_pt * LINE, 1))
                # An empty line would else have the height of the default size.
                end = paragraph._p.makeelement(  # noqa: SLF001
                    qn("a:endParaRPr"), {"sz": str(round(size_pt * 100))}
                )
                paragraph._p.append(end)  # noqa: SLF001
            if not line:
                continue
            run = paragraph.add_run()
            run.text = line
            self.style_run(run, size_pt=size_pt, bold=bold, muted=muted)

    def style_run(
        self,
        run: Any,
        *,
        size_pt: float | None = None,
        bold: bool | None = None,
        muted: bool = False,
    ) -> None:
        """Set size, language and the East Asian font of the theme on a run."""
        from pptx.enum.dml import MSO_THEME_COLOR
        from pptx.oxml.ns import qn
        from pptx.util import Pt

        properties = run._r.get_or_add_rPr()  # noqa: SLF001
        if size_pt is not None:
            run.font.size = Pt(size_pt)
        if bold is not None:
            run.font.bold = bold
        if muted:
            run.font.color.theme_color = MSO_THEME_COLOR.TEXT_1
            run.font.color.brightness = 0.35
        properties.set("lang", language_tag(self.lang, with_country=True))
        properties.set("altLang", language_tag(other_language(self.lang), with_country=True))
        is_title = size_pt is None
        # The theme's own East Asian face, so that a template's font is kept.
        east = properties.makeelement(qn("a:ea"), {"typeface": "+mj-ea" if is_title else "+mn-ea"})
        latin = properties.find(qn("a:latin"))
        if latin is not None:
            latin.addnext(east)
        else:
            properties.append(east)


def _colour(frame: Any, colour: str) -> None:
    """Set the colour of a text, the template's first accent where none is given."""
    from pptx.enum.dml import MSO_THEME_COLOR

    for paragraph in frame.paragraphs:
        for run in paragraph.runs:
            if colour:
                run.font.color.rgb = rgb(colour)
            else:
                run.font.color.theme_color = MSO_THEME_COLOR.ACCENT_1


def _add_halo(run: Any) -> None:
    """Set a white glow about the letters, so that they are read over lines."""
    from pptx.oxml.ns import qn

    east = run._r.get_or_add_rPr().find(qn("a:ea"))  # noqa: SLF001
    effects = east.makeelement(qn("a:effectLst"), {})
    glow = effects.makeelement(qn("a:glow"), {"rad": "25400"})
    colour = glow.makeelement(qn("a:srgbClr"), {"val": "FFFFFF"})
    colour.append(colour.makeelement(qn("a:alpha"), {"val": "85000"}))
    glow.append(colour)
    effects.append(glow)
    east.addprevious(effects)


def _content_layout(layouts: list[Any]) -> Any:
    """Return the layout with a title and little else: title only, else the emptiest with one."""
    titled = [one for one in layouts if "TITLE" in layout_kinds(one)]
    bare = [one for one in titled if not layout_kinds(one) - _FURNITURE - {"TITLE"}]
    if bare:
        return bare[0]
    if titled:
        return min(titled, key=lambda one: len(list(one.placeholders)))
    return layouts[-1]


def _remove(shape: Any) -> None:
    shape._element.getparent().remove(shape._element)  # noqa: SLF001
