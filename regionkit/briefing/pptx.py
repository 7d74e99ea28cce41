"""A briefing as a presentation of at most twelve slides: message, charts, map, short tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from regionkit.briefing.model import Column, Row, Table
from regionkit.briefing.office import EMU_PER_PT, legal_xml, save_stable
from regionkit.briefing.pptx_chart import add_chart
from regionkit.briefing.pptx_map import draw_cover, draw_map
from regionkit.briefing.pptx_page import LINE, Deck, count_lines
from regionkit.briefing.pptx_shapes import add_disc
from regionkit.briefing.tidy import shortened
from regionkit.briefing.widths import fit_widths
from regionkit.briefing.words import source_cells, source_heads
from regionkit.imprint import current_imprint
from regionkit.maps.signs.words import counted
from regionkit.maps.signs.wrap import text_width
from regionkit.words.message import join, say

if TYPE_CHECKING:
    from regionkit.briefing.model import Board, Briefing

__all__ = ["MOST_SLIDES", "render_pptx"]

MOST_SLIDES = 12
_BODY_PT = 14.0
_HEAD_PT = 16.0
_FIGURE_PT = 26.0
_SIDE_PT, _EDGE_PT, _GAP_PT = 6.0, 3.0, 8.0
_MAP_SHARE = 0.52
# A table that is begun low on a slide has at least these rows there, or all of its own.
_LEAST_ROWS = 3
_LONGEST_CELL = 46


def render_pptx(facts: Briefing, presentation: Any, *, own: bool, beside: str = "") -> bytes:
    """Return the presentation's bytes.

    Parameters
    ----------
    facts : Briefing
    presentation : pptx.presentation.Presentation
        Opened from a template; its slides are left out.
    own : bool
        Whether the template is the user's, whose look is then kept as it is.
    beside : str
        Name of the workbook that holds every table in full.
    """
    deck = Deck(presentation, facts.lang, own=own)
    writer = _Writer(deck, facts, beside)
    writer.cover()
    writer.charts()
    writer.map()
    for board in facts.digest.boards:
        writer.board(board)
    writer.sources()
    return save_stable(presentation, title=facts.title, subject=facts.subtitle, lang=facts.lang)


class _Writer:
    """Adds the slides of a briefing one after the other."""

    def __init__(self, deck: Deck, facts: Briefing, beside: str) -> None:
        self.deck, self.facts, self.lang, self.beside = deck, facts, facts.lang, beside
        digest = facts.digest
        # Slides that tables may go on to: the cover, the map and the sources have one each.
        self.spare = MOST_SLIDES - 3 - bool(digest.charts) - len(digest.boards)

    def _text(self, slide: Any, text: str, x: float, y: float, wide: float, **look: Any) -> float:
        """Write a text at a place below the title, points; return its height."""
        deck = self.deck
        size = look.setdefault("size_pt", _BODY_PT)
        high = count_lines(text, wide, size * (1.05 if look.get("bold") else 1.0)) * size * LINE
        deck.text(
            slide,
            text,
            deck.content_left + int(x * EMU_PER_PT),
            deck.content_top + int(y * EMU_PER_PT),
            int(wide * EMU_PER_PT),
            int(high * EMU_PER_PT),
            **look,
        )
        return float(high)

    def _foot(self, slide: Any, text: str) -> float:
        """Write a muted line at the foot of the content; return how high it begins, points."""
        deck = self.deck
        high = count_lines(text, deck.content_width_pt, _BODY_PT) * _BODY_PT * LINE
        top = deck.content_height_pt - high
        name = say("Remark", lang=self.lang)
        self._text(slide, text, 0.0, top, deck.content_width_pt, muted=True, name=name)
        return top - 4.0

    def cover(self) -> None:
        """Add the message with five numbers and a map."""
        deck, facts, lang = self.deck, self.facts, self.lang
        slide = deck.content_slide(facts.digest.message)
        foot = join([facts.title, facts.subtitle, *facts.digest.cover.notes], "clauses")
        bottom = self._foot(slide, foot.render(lang)) - 4.0
        left = deck.content_width_pt * 0.55
        step = bottom / max(len(facts.digest.figures), 4)
        wide = left * 0.36
        for number, figure in enumerate(facts.digest.figures):
            y = number * step
            deck.rule(slide, 0.0, y, left)
            y += 5.0
            size = min(_FIGURE_PT, (wide - 4) / max(len(figure.value) * 0.6, 1))
            self._text(
                slide,
                figure.value,
                0.0,
                y,
                wide,
                size_pt=round(max(size, 18.0), 1),
                bold=True,
                accent=True,
                name=figure.label,
            )
            after = text_width(figure.value) * max(size, 18.0) * 1.18 + 4.0
            fits = after + text_width(figure.unit) * _BODY_PT * 1.1 <= wide
            at = (after, y + 12.0) if fits else (0.0, y + _FIGURE_PT * LINE - 2)
            self._text(slide, figure.unit, *at, wide - at[0] + 4.0, muted=True, name=figure.label)
            x = wide + 8.0
            high = self._text(slide, figure.label, x, y, left - x, bold=True, name=figure.label)
            if figure.remark:
                self._text(
                    slide, figure.remark, x, y + high, left - x, muted=True, name=figure.label
                )
        start = left + 16.0
        draw_cover(
            deck, slide, facts.digest.cover, start, deck.content_width_pt - start, bottom, lang
        )

    def charts(self) -> None:
        """Add a slide with the charts side by side, each below what it shows."""
        charts, deck, lang = self.facts.digest.charts, self.deck, self.lang
        if not charts:
            return
        title = say("{name} in two charts", lang=lang, name=self.facts.digest.called)
        if len(charts) == 1:
            title = charts[0].title
        slide = deck.content_slide(title)
        gap = 24.0
        wide = (deck.content_width_pt - gap * (len(charts) - 1)) / len(charts)
        tall = 0.0
        for number, chart in enumerate(charts):
            head = chart.title if len(charts) > 1 else chart.unit.strip("%")
            if head:
                high = self._text(
                    slide,
                    head,
                    number * (wide + gap),
                    0.0,
                    wide,
                    size_pt=_HEAD_PT,
                    bold=True,
                    name=head,
                )
                tall = max(tall, high)
        notes = join([one.note for one in charts if one.note], "clauses").render(lang)
        bottom = self._foot(slide, notes) if notes else deck.content_height_pt
        for number, chart in enumerate(charts):
            add_chart(
                deck, slide, chart, number * (wide + gap), tall + 4.0, wide, bottom - tall - 8.0
            )

    def map(self) -> None:
        """Add the map with its numbers and their list beside it."""
        deck, facts, lang = self.deck, self.facts, self.lang
        view = facts.digest.map
        slide = deck.content_slide(view.caption)
        line = counted(view.caption, current_imprint().line(lang), lang)
        foot = join([f"{say('Figure', lang=lang)} 1  {line}", view.source], "sentences")
        bottom = self._foot(slide, foot.render(lang)) - 2.0
        wide = deck.content_width_pt * _MAP_SHARE
        draw_map(deck, slide, view, wide, bottom, lang)
        x, y = wide + 14.0, 0.0
        room = deck.content_width_pt - x
        notes = [(text, count_lines(text, room, _BODY_PT) * _BODY_PT * LINE) for text in view.notes]
        most = bottom - sum(high for _, high in notes) - 6.0
        if view.spots:
            head = say("Numbers on the map", lang=lang)
            y += self._text(slide, head, x, y, room, size_pt=_HEAD_PT, bold=True, name=head) + 2.0
        indent = 26.0
        left = 0
        for spot in view.spots:
            high = count_lines(spot.text, room - indent, _BODY_PT) * _BODY_PT * LINE + 2.0
            if y + high > most - (_BODY_PT * LINE if spot is not view.spots[-1] else 0):
                left += 1
                continue
            add_disc(deck, slide, spot, x + 9.0, y + _BODY_PT * LINE / 2)
            self._text(slide, spot.text, x + indent, y, room - indent, name=spot.text)
            y += high
        if left:
            y += self._text(
                slide,
                say("{n} more are in the workbook", lang=lang, n=left),
                x,
                y,
                room,
                muted=True,
                name="more",
            )
        y += 6.0
        for text, _high in notes:
            y += self._text(slide, text, x, y, room, muted=True, name=say("Remark", lang=lang))

    def board(self, board: Board) -> None:
        """Add a slide with as many rows of each table as it holds, and one for those not begun."""
        slide = self.deck.content_slide(board.title)
        left = self._tables(slide, board.tables, may_go_on=self.spare > 0)
        if left and self.spare > 0:
            self.spare -= 1
            title = say(
                "{name}: {title}",
                lang=self.lang,
                name=self.facts.digest.called,
                title=left[0].caption,
            )
            self._tables(self.deck.content_slide(title), left)

    def sources(self) -> None:
        """Add the documents, those that most rows cite first in the workbook's numbering."""
        lang = self.lang
        heads = source_heads(lang)
        columns = tuple(Column(heads[at], 1.0) for at in (0, 1, 3))
        rows = tuple(
            Row((cells[0], cells[1], cells[3]))
            for cells in (source_cells(one, lang) for one in self.facts.sources)
        )
        slide = self.deck.content_slide(say("Appendix: sources", lang=lang))
        self._tables(slide, (Table("sources", say("Sources", lang=lang), columns, rows),))

    def _tables(
        self, slide: Any, tables: tuple[Table, ...], *, may_go_on: bool = False
    ) -> tuple[Table, ...]:
        """Fill a slide with tables; return those that it has no room to begin."""
        deck, lang = self.deck, self.lang
        width = deck.content_width_pt
        limit = deck.content_height_pt - _BODY_PT * LINE * 2 - 4.0
        y, left, later = 0.0, [], []
        is_full = False
        for table in tables:
            if is_full:
                later.append(table)
                continue
            texts = [[column.name for column in table.columns]]
            texts += [[shortened(cell, _LONGEST_CELL) for cell in row.cells] for row in table.rows]
            widths = fit_widths(texts, width, _BODY_PT, side=_SIDE_PT)
            heights = [_row_height(cells, widths) for cells in texts]
            caption = count_lines(table.caption, width, _BODY_PT * 1.05) * _BODY_PT * LINE
            used, n = y + caption + 2.0 + heights[0], 0
            while n < len(table.rows) and used + heights[n + 1] <= limit:
                used += heights[n + 1]
                n += 1
            if n < min(_LEAST_ROWS, len(table.rows)) and y:
                later.append(table)
                continue
            self._text(slide, table.caption, 0.0, y, width, bold=True, name=table.caption)
            self._grid(slide, table, texts[: n + 1], widths, heights[: n + 1], y + caption + 2.0)
            y = used + _GAP_PT
            if n < len(table.rows):
                left.append(
                    say(
                        "{table}: {n} of {whole} rows shown",
                        lang=lang,
                        table=table.caption,
                        n=n,
                        whole=len(table.rows),
                    )
                )
                is_full = True
        if later and not (may_go_on and self._is_worth_a_slide(later)):
            left += [f"{table.caption} {len(table.rows)}" for table in later]
            later = []
        if left:
            told = join(left, "clauses").render(lang)
            words = say("In full in {file}: {told}", lang=lang, file=self.beside, told=told)
            words = words if self.beside else told
            if count_lines(words, width, _BODY_PT) > 2:
                words = (
                    say("In full in {file}", lang=lang, file=self.beside)
                    if self.beside
                    else left[0]
                )
            self._foot(slide, words)
        return tuple(later)

    @staticmethod
    def _is_worth_a_slide(tables: list[Table]) -> bool:
        """Return whether some tables have rows enough that a slide does not look lost."""
        return sum(len(table.rows) for table in tables) > _LEAST_ROWS

    def _grid(
        self,
        slide: Any,
        table: Table,
        texts: list[list[str]],
        widths: list[float],
        heights: list[float],
        y: float,
    ) -> None:
        deck = self.deck
        frame = slide.shapes.add_table(
            len(texts),
            len(table.columns),
            deck.content_left,
            deck.content_top + int(y * EMU_PER_PT),
            deck.content_width,
            int(sum(heights) * EMU_PER_PT),
        )
        frame.name = f"{say('Table', lang=self.lang)} {table.table_id}"
        frame._element.nvGraphicFramePr.cNvPr.set("descr", legal_xml(table.caption))  # noqa: SLF001
        grid = frame.table
        for column, width in zip(grid.columns, widths, strict=True):
            column.width = int(width * EMU_PER_PT)
        for row, height in zip(grid.rows, heights, strict=True):
            row.height = int(height * EMU_PER_PT)
        for r, cells in enumerate(texts):
            for c, (column, text) in enumerate(zip(table.columns, cells, strict=True)):
                _write_cell(deck, grid.cell(r, c), text, column, bold=r == 0)


def _row_height(cells: list[str], widths: list[float]) -> float:
    """Return the height of a row, points."""
    lines = max(
        count_lines(cell, width - 2 * _SIDE_PT, _BODY_PT)
        for cell, width in zip(cells, widths, strict=True)
    )
    return lines * _BODY_PT * LINE + 2 * _EDGE_PT


def _write_cell(deck: Deck, cell: Any, text: str, column: Column, *, bold: bool) -> None:
    from pptx.enum.text import PP_ALIGN

    cell.margin_left = cell.margin_right = int(_SIDE_PT * EMU_PER_PT)
    cell.margin_top = cell.margin_bottom = int(_EDGE_PT * EMU_PER_PT)
    deck.fill_text(cell.text_frame, text, size_pt=_BODY_PT, bold=bold)
    for paragraph in cell.text_frame.paragraphs:
        paragraph.alignment = PP_ALIGN.RIGHT if column.align == "right" else PP_ALIGN.LEFT
