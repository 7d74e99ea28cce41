"""A briefing as a Word document: styles, numbered captions, footnotes, a table of sources."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from regionkit.briefing.docx_notes import Footnotes
from regionkit.briefing.docx_page import Paper
from regionkit.briefing.model import Column
from regionkit.briefing.office import save_stable
from regionkit.briefing.picture import map_picture
from regionkit.briefing.words import basis_line, basis_word, source_cells, source_heads
from regionkit.maps.signs.words import counted
from regionkit.words.message import join, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from regionkit.briefing.model import Briefing, Section, Table

__all__ = ["render_docx"]

_PICTURE_SHAPE = 1.12
_MM_PER_EMU = 1 / 36000


def render_docx(facts: Briefing, document: Any, *, own: bool) -> bytes:
    """Return the document's bytes.

    Parameters
    ----------
    facts : Briefing
    document : docx.document.Document
        Opened from a template; its text is left out.
    own : bool
        Whether the template is the user's, whose look is then kept as it is.
    """
    lang = facts.lang
    paper = Paper(document, lang, own=own)
    notes = Footnotes(document)
    paper.paragraph(facts.title, "Title")
    paper.paragraph(facts.subtitle, "Subtitle")
    paper.paragraph(
        basis_line(lang),
        paper.remark_style,
    )
    _map(paper, facts, lang)
    for section in facts.sections:
        _section(paper, section, notes, lang)
    paper.paragraph(say("Sources", lang=lang), "Heading 1")
    shares = (0.06, 0.24, 0.13, 0.11, 0.24, 0.22)
    columns = [Column(head, share) for head, share in zip(source_heads(lang), shares, strict=True)]
    paper.caption("table", say("Sources", lang=lang))
    paper.table(columns, [source_cells(source, lang) for source in facts.sources])
    notes.finish()
    return save_stable(document, title=facts.title, subject=facts.subtitle, lang=facts.lang)


def _map(paper: Paper, facts: Briefing, lang: str) -> None:
    """Write the section with the map."""
    paper.paragraph(say("Map", lang=lang), "Heading 1")
    width_mm = min(paper.text_width * _MM_PER_EMU, 175.0)
    high_mm = min(width_mm * _PICTURE_SHAPE, paper.text_height * _MM_PER_EMU * 0.78)
    picture = map_picture(facts.map, (width_mm, high_mm))
    paper.picture(
        io.BytesIO(picture),
        int(width_mm / _MM_PER_EMU),
        facts.map.caption,
        _description(facts, lang),
    )
    paper.caption("figure", counted(facts.map.caption, say("Schematic map", lang=lang), lang))
    paper.paragraph(facts.map.source, paper.remark_style)


def _description(facts: Briefing, lang: str) -> str:
    """Return the picture's alternative text: each class with its counties."""
    layer = facts.map.layer
    parts = []
    for number, entry in enumerate(layer.entries):
        names = layer.frame.loc[layer.codes == number, "name"].tolist()
        parts.append(
            say("{label}: {text}", lang=lang, label=entry.label, text=join(names).render(lang))
        )
    return say(
        "{caption}. {title}: {classes}.",
        lang=lang,
        caption=facts.map.caption,
        title=layer.title,
        classes=join(parts, "clauses"),
    )


def _section(paper: Paper, section: Section, notes: Footnotes, lang: str) -> None:
    paper.paragraph(section.title, "Heading 1")
    for line in section.lead:
        paper.paragraph(line)
    for table in section.tables:
        paper.caption("table", table.caption)
        paper.table(table.columns, _texts(table, lang), [row.note for row in table.rows], notes)


def _texts(table: Table, lang: str) -> list[Sequence[str]]:
    """Return a table's cells with source and basis in their columns."""
    return [
        (
            *row.cells,
            *(
                ()
                if row.citation is None
                else (str(row.citation), basis_word(row.citation.basis, lang))
            ),
        )
        for row in table.rows
    ]
