"""A briefing as a Word document of at most six pages: message, contents, charts, map, tables."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from regionkit.briefing.docx_page import LINE_SHARE, Paper
from regionkit.briefing.model import Column, Row, Table
from regionkit.briefing.office import EMU_PER_MM, save_stable
from regionkit.briefing.picture import chart_picture, map_picture
from regionkit.briefing.pptx_chart import chart_words
from regionkit.briefing.pptx_page import count_lines
from regionkit.briefing.scene import build_scene
from regionkit.briefing.widths import fit_widths
from regionkit.briefing.words import source_cells, source_heads
from regionkit.imprint import current_imprint
from regionkit.maps.signs.words import counted
from regionkit.words.message import join, say

if TYPE_CHECKING:
    from regionkit.briefing.model import Board, Briefing, Chart, MapView

__all__ = ["MOST_PAGES", "render_docx"]

MOST_PAGES = 6
_PT_PER_MM = 72 / 25.4
_CELL_PT = 9.0
_ROW_EDGE = 3.0
_HEADING_PT, _CAPTION_PT = 34.0, 24.0
# What is reckoned of a page's height: fonts and templates differ.
_FILLED = 0.92
_LEAST_ROWS = 3


def render_docx(facts: Briefing, document: Any, *, own: bool, beside: str = "") -> bytes:
    """Return the document's bytes.

    Parameters
    ----------
    facts : Briefing
    document : docx.document.Document
        Opened from a template; its text is left out.
    own : bool
        Whether the template is the user's, whose look is then kept as it is.
    beside : str
        Name of the workbook that holds every table in full.
    """
    writer = _Writer(Paper(document, facts.lang, own=own), facts, beside)
    writer.write()
    return save_stable(document, title=facts.title, subject=facts.subtitle, lang=facts.lang)


class _Writer:
    """Writes the pages; which table begins where is reckoned first, for the contents."""

    def __init__(self, paper: Paper, facts: Briefing, beside: str) -> None:
        self.paper, self.facts, self.beside, self.lang = paper, facts, beside, facts.lang
        self.width_mm = paper.text_width / EMU_PER_MM
        self.height_pt = paper.text_height / EMU_PER_MM * _PT_PER_MM * _FILLED
        # A map of zones opens the document of a whole region; else that of its own projects does.
        self.has_zones = facts.digest.cover.opens

    def write(self) -> None:
        """Write all pages."""
        lang, paper, digest = self.lang, self.paper, self.facts.digest
        pages = self._plan()
        charts, map_ = say("Charts", lang=lang), say("Map", lang=lang)
        contents = [(charts, 2)] if digest.charts else []
        if self.has_zones:
            contents.append((map_, 2 + bool(digest.charts)))
        first = 2 + len(contents)
        for number, page in enumerate(pages, first):
            contents += [(heading, number) for heading, _, _ in page if heading]
        self._first_page(contents)
        if digest.charts:
            paper.paragraph(charts, "Heading 1", new_page=True)
            for chart in digest.charts:
                self._chart(chart)
        if self.has_zones:
            paper.paragraph(map_, "Heading 1", new_page=True)
            self._map()
        for page in pages:
            for at, (heading, board, tables) in enumerate(page):
                if heading:
                    paper.paragraph(heading, "Heading 1", new_page=at == 0)
                if board is not None:
                    paper.paragraph(board.title)
                for table, n in tables:
                    self._table(table, n)

    def _first_page(self, contents: list[tuple[str, int]]) -> None:
        lang, paper, digest = self.lang, self.paper, self.facts.digest
        paper.paragraph(self.facts.title, "Subtitle")
        paper.paragraph(digest.message, "Title")
        rows = [
            (f"{one.value} {one.unit}".strip(), one.label, one.remark) for one in digest.figures
        ]
        heads = (
            say("Numeric value", lang=lang),
            say("Indicator", lang=lang),
            say("Rank or target", lang=lang),
        )
        columns = [
            Column(head, 1.0, "right" if at == 0 else "left") for at, head in enumerate(heads)
        ]
        paper.caption("table", say("Key figures", lang=lang))
        paper.table(columns, rows)
        paper.contents(contents)
        lines = count_lines(digest.message, self.width_mm * _PT_PER_MM, 18.0)
        room = self.height_pt / _PT_PER_MM - 44 - lines * 8 - len(contents) * 4.8 - len(rows) * 5.4
        if not self.has_zones:
            self._map(room)
            paper.paragraph(self.facts.subtitle, paper.remark_style)
            return
        self._picture(digest.cover, max(min(room, self.width_mm * 0.72), 50.0))
        notes = join([*digest.cover.notes, self.facts.subtitle], "clauses").render(lang)
        paper.paragraph(notes, paper.remark_style)

    def _picture(self, view: MapView, high_mm: float) -> None:
        scene = build_scene(view, self.width_mm, high_mm, font_pt=8.5, lang=self.lang)
        told = [view.caption, *(f"{spot.number} {spot.text}" for spot in view.spots), *view.notes]
        self.paper.picture(
            io.BytesIO(map_picture(scene, view.caption)),
            int(self.width_mm * EMU_PER_MM),
            view.caption,
            join(told, "clauses").render(self.lang),
        )
        is_main = view is self.facts.digest.map
        line = counted(view.caption, current_imprint().line(self.lang), self.lang)
        self.paper.caption("figure", line if is_main else view.caption)

    def _chart(self, chart: Chart) -> None:
        bars = len(chart.labels) * (1 if chart.is_stacked else len(chart.series))
        high = min(max(30.0, 12.0 + bars * 6.0), 92.0)
        self.paper.picture(
            io.BytesIO(chart_picture(chart, (self.width_mm, high))),
            int(self.width_mm * EMU_PER_MM),
            chart.title,
            chart_words(chart),
        )
        title = chart.title
        if chart.unit and chart.unit != "%":
            title = counted(title, chart.unit, self.lang)
        self.paper.caption("figure", title)
        if chart.note:
            self.paper.paragraph(chart.note, self.paper.remark_style)

    def _map(self, room_mm: float | None = None) -> None:
        """Write the map of numbers and what they are, in two columns; on what room is left."""
        paper, view = self.paper, self.facts.digest.map
        names = [
            f"{'●' if spot.is_solid else '○'} {spot.number}  {spot.text}" for spot in view.spots
        ]
        half = self.width_mm * _PT_PER_MM / 2 - 12.0
        rows = -(-len(names) // 2)
        n_lines = sum(
            max(count_lines(one, half, _CELL_PT) for one in names[at::rows]) for at in range(rows)
        )
        told = [*view.notes, view.source]
        n_lines += sum(count_lines(one, half * 2, _CELL_PT) for one in told)
        if room_mm is None:
            room_mm = self.height_pt / _PT_PER_MM - 24.0
        high = min(self.width_mm * 0.8, room_mm - n_lines * _CELL_PT * 0.48 - 8.0)
        self._picture(view, max(high, 66.0))
        paper.columns(names)
        for note in view.notes:
            paper.paragraph(note, paper.remark_style)
        paper.paragraph(view.source, paper.remark_style)

    def _table(self, table: Table, n: int) -> None:
        caption = table.caption
        if n < len(table.rows):
            words = {"n": n, "whole": len(table.rows), "file": self.beside}
            told = (
                say("{n} of {whole} rows; all in {file}", lang=self.lang, **words)
                if self.beside
                else say("{n} of {whole} rows", lang=self.lang, **words)
            )
            caption = counted(caption, told, self.lang)
        self.paper.caption("table", caption)
        self.paper.table(table.columns, [row.cells for row in table.rows[:n]])

    def _plan(self) -> list[list[tuple[str, Board | None, list[tuple[Table, int]]]]]:
        """Return for each page the headings and the tables with how many rows stand there."""
        lang = self.lang
        heads = source_heads(lang)
        columns = tuple(Column(heads[at], 1.0) for at in (0, 1, 2, 3))
        rows = tuple(
            Row(tuple(cells[:4]))
            for cells in (source_cells(one, lang) for one in self.facts.sources)
        )
        sources = Table("sources", say("Sources", lang=lang), columns, rows)
        appendix = say("Appendix: sources", lang=lang)
        blocks: list[tuple[str, Board | None, tuple[Table, ...]]] = [
            (board.heading, board, board.tables) for board in self.facts.digest.boards
        ]
        blocks.append((appendix, None, (sources,)))
        n_first = 1 + self.has_zones + bool(self.facts.digest.charts)
        n_pages = min(MOST_PAGES - n_first, len(blocks))
        pages = []
        for at in range(n_pages):
            mine = blocks[at * len(blocks) // n_pages : (at + 1) * len(blocks) // n_pages]
            pages.append(self._fill_page(mine))
        return [page for page in pages if page]

    def _fill_page(
        self, blocks: list[tuple[str, Board | None, tuple[Table, ...]]]
    ) -> list[tuple[str, Board | None, list[tuple[Table, int]]]]:
        """Return what stands on a page: the low blocks whole, the others share what is left."""
        needs = [self._fill(board, tables, 1e9)[0] for _, board, tables in blocks]
        room, budgets = self.height_pt, [0.0] * len(blocks)
        order = sorted(range(len(blocks)), key=lambda at: needs[at])
        for number, at in enumerate(order):
            budgets[at] = min(needs[at], room / (len(blocks) - number))
            room -= budgets[at]
        page = []
        for (heading, board, tables), budget in zip(blocks, budgets, strict=True):
            chosen = self._fill(board, tables, budget + 0.1)[1]
            if chosen:
                page.append((heading, board, chosen))
        if page and len(page) < len(blocks):
            # What has no room for a few rows leaves its own to the others.
            kept = [heading for heading, _, _ in page]
            return self._fill_page([block for block in blocks if block[0] in kept])
        return page

    def _fill(
        self, board: Board | None, tables: tuple[Table, ...], budget: float
    ) -> tuple[float, list[tuple[Table, int]]]:
        """Return the height and the tables with their rows that fit in a budget of points."""
        width = self.width_mm * _PT_PER_MM
        used, chosen = _HEADING_PT + (30.0 if board is not None else 0.0), []
        for table in tables:
            texts = [[column.name for column in table.columns], *(row.cells for row in table.rows)]
            widths = fit_widths(texts, width, _CELL_PT)
            heights = [
                max(count_lines(c, w - 12.0, _CELL_PT) for c, w in zip(cells, widths, strict=True))
                * _CELL_PT
                * LINE_SHARE
                + _ROW_EDGE
                for cells in texts
            ]
            high, n = used + _CAPTION_PT + 14.0 + heights[0], 0
            while n < len(table.rows) and high + heights[n + 1] <= budget:
                high += heights[n + 1]
                n += 1
            if n < min(_LEAST_ROWS, len(table.rows)):
                continue
            chosen.append((table, n))
            used = high
        return used, chosen
