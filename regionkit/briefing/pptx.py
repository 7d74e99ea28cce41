"""A briefing as a PowerPoint presentation: native map, legend and tables."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from regionkit.briefing.model import Column
from regionkit.briefing.office import legal_xml, save_stable
from regionkit.briefing.pptx_map import draw_map_slide
from regionkit.briefing.pptx_page import EMU_PER_PT, LINE, Deck, count_lines
from regionkit.briefing.words import basis_line, basis_word, source_cells, source_heads
from regionkit.words.message import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from regionkit.briefing.model import Briefing, Table

__all__ = ["render_pptx"]

_BODY_PT = 10.0
_NOTE_PT = 8.0
_LEAD_PT = 12.0
_CAPTION_PT = 11.0
_SIDE_PT = 5.5
_EDGE_PT = 3.0
_GAP_PT = 9.0
# Rows that a table begun low on a slide must have there beside its head.
_LEAST_ROWS = 2
_FEW_ROWS = 3


def render_pptx(facts: Briefing, presentation: Any, *, own: bool) -> bytes:
    """Return the presentation's bytes.

    Parameters
    ----------
    facts : Briefing
    presentation : pptx.presentation.Presentation
        Opened from a template; its slides are left out.
    own : bool
        Whether the template is the user's, whose look is then kept as it is.
    """
    lang = facts.lang
    deck = Deck(presentation, lang, own=own)
    deck.title_slide(
        facts.title,
        facts.subtitle,
        basis_line(lang),
    )
    draw_map_slide(deck, facts, lang)
    number = 0
    for section in facts.sections:
        flow = _Flow(deck, section.title, lang)
        flow.lead("\n".join(section.lead))
        for table in section.tables:
            number += 1
            flow.table(_filled(table, lang), number)
    flow = _Flow(deck, say("Sources", lang=lang), lang)
    flow.table(_sources(facts, lang), number + 1)
    return save_stable(presentation, title=facts.title, subject=facts.subtitle, lang=facts.lang)


@dataclass(frozen=True)
class _Grid:
    """A table as texts."""

    name: str
    caption: str
    columns: tuple[Column, ...]
    texts: list[list[str]] = field(repr=False)
    notes: list[str] = field(repr=False)


def _filled(table: Table, lang: str) -> _Grid:
    """Return a table's texts with source and basis in their columns."""
    texts = []
    for row in table.rows:
        cited = (
            []
            if row.citation is None
            else [str(row.citation), basis_word(row.citation.basis, lang)]
        )
        texts.append([*row.cells, *cited])
    return _Grid(
        table.table_id, table.caption, table.columns, texts, [row.note for row in table.rows]
    )


def _sources(facts: Briefing, lang: str) -> _Grid:
    shares = (0.05, 0.22, 0.11, 0.09, 0.28, 0.25)
    columns = tuple(
        Column(head, share) for head, share in zip(source_heads(lang), shares, strict=True)
    )
    texts = [list(source_cells(source, lang)) for source in facts.sources]
    return _Grid("sources", say("Sources", lang=lang), columns, texts, [""] * len(texts))


class _Flow:
    """Fills slides of a section from the top, notes from the foot; opens the next when full."""

    def __init__(self, deck: Deck, title: str, lang: str) -> None:
        self.deck, self.title, self.lang = deck, title, lang
        self.pages = 0
        self._open()

    def _open(self) -> None:
        self.pages += 1
        more = say(" (continued)", lang=self.lang) if self.pages > 1 else ""
        self.slide = self.deck.content_slide(self.title + more)
        self.used = 0.0
        self.notes: list[str] = []
        self._notes_box: Any = None

    def _room(self, notes: Sequence[str]) -> float:
        """Return the height that is left above the notes, points."""
        return self.deck.content_height_pt - self.used - self._notes_height(notes)

    def _notes_height(self, notes: Sequence[str]) -> float:
        if not notes:
            return 0.0
        width = self.deck.content_width_pt
        lines = sum(
            count_lines(self._note(n, text), width, _NOTE_PT)
            for n, text in enumerate(notes, start=1)
        )
        return lines * _NOTE_PT * LINE + 6.0

    def _note(self, number: int, text: str) -> str:
        return say("Remark {number}  {text}", lang=self.lang, number=number, text=text)

    def lead(self, text: str) -> None:
        """Write the section's sentences."""
        if not text:
            return
        lines = count_lines(text, self.deck.content_width_pt, _LEAD_PT)
        self._text(text, lines * _LEAD_PT * LINE, _LEAD_PT, "lead")
        self.used += 5.0

    def _text(
        self, text: str, height: float, size: float, name: str, *, bold: bool = False
    ) -> None:
        deck = self.deck
        deck.text(
            self.slide,
            text,
            deck.content_left,
            deck.content_top + int(self.used * EMU_PER_PT),
            deck.content_width,
            int(height * EMU_PER_PT),
            size_pt=size,
            bold=bold,
            name=name,
        )
        self.used += height

    def table(self, grid: _Grid, number: int) -> None:
        """Write a table, over as many slides as it needs."""
        total = sum(column.share for column in grid.columns)
        width = self.deck.content_width_pt
        widths = [width * column.share / total for column in grid.columns]
        heights = [_row_height(cells, widths) for cells in grid.texts]
        head = _row_height([column.name for column in grid.columns], widths)
        caption = say("Table", lang=self.lang) + f" {number}  {grid.caption}"
        start, part = 0, 1
        while start < len(grid.texts):
            label = (
                caption
                if part == 1
                else caption + say(" (continued {part})", lang=self.lang, part=part)
            )
            label_height = count_lines(label, width, _CAPTION_PT) * _CAPTION_PT * LINE + 2.0
            end = self._fit(grid, heights, start, label_height + head)
            rest = len(grid.texts) - start
            if self.used and end - start < min(_LEAST_ROWS, rest):
                self._open()
                continue
            end = max(end, start + 1)
            self._text(label, label_height, _CAPTION_PT, "caption", bold=True)
            self._grid(grid, label, widths, [head, *heights[start:end]], start, end)
            start, part = end, part + 1
            if start < len(grid.texts):
                self._open()

    def _fit(self, grid: _Grid, heights: list[float], start: int, before: float) -> int:
        """Return the row before which the slide is full, notes of the rows counted."""
        notes, depth, end = list(self.notes), before, start
        while end < len(grid.texts):
            note = grid.notes[end]
            trial = [*notes, note] if note and note not in notes else notes
            if depth + heights[end] > self._room(trial):
                break
            depth, notes, end = depth + heights[end], trial, end + 1
        # A last slide of a row or two looks lost: it takes some from the one before.
        rest = len(grid.texts) - end
        if 0 < rest < _FEW_ROWS and end - start > 2 * _FEW_ROWS:
            end -= _FEW_ROWS - rest
        return end

    def _grid(
        self,
        grid: _Grid,
        label: str,
        widths: list[float],
        heights: list[float],
        start: int,
        end: int,
    ) -> None:
        deck = self.deck
        frame = self.slide.shapes.add_table(
            end - start + 1,
            len(grid.columns),
            deck.content_left,
            deck.content_top + int(self.used * EMU_PER_PT),
            deck.content_width,
            int(sum(heights) * EMU_PER_PT),
        )
        frame.name = say("Table", lang=self.lang) + f" {grid.name}"
        frame._element.nvGraphicFramePr.cNvPr.set("descr", legal_xml(label))  # noqa: SLF001
        table = frame.table
        for column, width in zip(table.columns, widths, strict=True):
            column.width = int(width * EMU_PER_PT)
        for row, height in zip(table.rows, heights, strict=True):
            row.height = int(height * EMU_PER_PT)
        for place, column in enumerate(grid.columns):
            _write_cell(deck, table.cell(0, place), column.name, column, bold=True)
        for number in range(start, end):
            note = grid.notes[number]
            if note and note not in self.notes:
                self.notes.append(note)
            texts = grid.texts[number] + [""] * (len(grid.columns) - len(grid.texts[number]))
            for place, (column, text) in enumerate(zip(grid.columns, texts, strict=True)):
                mark = self.notes.index(note) + 1 if note and place == 0 else None
                _write_cell(deck, table.cell(number - start + 1, place), text, column, mark=mark)
        self.used += sum(heights) + _GAP_PT
        self._write_notes()

    def _write_notes(self) -> None:
        """Write the slide's notes at its foot, anew when a further table adds some."""
        if not self.notes:
            return
        if self._notes_box is not None:
            self._notes_box._element.getparent().remove(self._notes_box._element)  # noqa: SLF001
        deck = self.deck
        height = int((self._notes_height(self.notes) - 4.0) * EMU_PER_PT)
        lines = "\n".join(self._note(n, text) for n, text in enumerate(self.notes, start=1))
        self._notes_box = deck.text(
            self.slide,
            lines,
            deck.content_left,
            deck.content_top + deck.content_height - height,
            deck.content_width,
            height,
            size_pt=_NOTE_PT,
            muted=True,
            name=say("Remark", lang=self.lang),
        )


def _row_height(cells: Sequence[str], widths: Sequence[float]) -> float:
    """Return the height of a row, points."""
    lines = max(
        count_lines(cell, width - 2 * _SIDE_PT, _BODY_PT)
        for cell, width in zip(cells, widths, strict=False)
    )
    return lines * _BODY_PT * LINE + 2 * _EDGE_PT


def _write_cell(
    deck: Deck,
    cell: Any,
    text: str,
    column: Column,
    *,
    bold: bool = False,
    mark: int | None = None,
) -> None:
    from pptx.enum.text import PP_ALIGN

    cell.margin_left = cell.margin_right = int(_SIDE_PT * EMU_PER_PT)
    cell.margin_top = cell.margin_bottom = int(_EDGE_PT * EMU_PER_PT)
    deck.fill_text(cell.text_frame, text, size_pt=_BODY_PT, bold=bold)
    for paragraph in cell.text_frame.paragraphs:
        paragraph.alignment = PP_ALIGN.RIGHT if column.align == "right" else PP_ALIGN.LEFT
    if mark is not None:
        run = cell.text_frame.paragraphs[-1].add_run()
        run.text = str(mark)
        deck.style_run(run, size_pt=_BODY_PT)
        run._r.get_or_add_rPr().set("baseline", "30000")  # noqa: SLF001 - superscript
