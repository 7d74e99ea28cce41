"""A briefing as a Word document: styles, numbered captions, footnotes, a table of sources."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from regionkit.briefing.docx_notes import Footnotes
from regionkit.briefing.docx_page import Paper
from regionkit.briefing.model import Column
from regionkit.briefing.office import save_stable
from regionkit.briefing.picture import map_picture
from regionkit.briefing.words import Words, source_cells
from regionkit.imprint import current_imprint

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
    words = Words(facts.lang)
    paper = Paper(document, words, own=own)
    notes = Footnotes(document)
    paper.paragraph(facts.title, "Title")
    paper.paragraph(facts.subtitle, "Subtitle")
    paper.paragraph(words("basis_line"), paper.remark_style)
    _map(paper, facts, words)
    for section in facts.sections:
        _section(paper, section, notes, words)
    paper.paragraph(words("s_sources"), "Heading 1")
    names = ("number", "document", "issuer", "issued", "cited", "remark")
    shares = (0.06, 0.24, 0.13, 0.11, 0.24, 0.22)
    columns = [Column(words(n), share) for n, share in zip(names, shares, strict=True)]
    paper.caption("table", words("s_sources"))
    paper.table(columns, [source_cells(source, words) for source in facts.sources])
    notes.finish()
    return save_stable(document, title=facts.title, subject=facts.subtitle, lang=facts.lang)


def _map(paper: Paper, facts: Briefing, words: Words) -> None:
    """Write the section with the map."""
    paper.paragraph(words("s_map"), "Heading 1")
    width_mm = min(paper.text_width * _MM_PER_EMU, 175.0)
    high_mm = min(width_mm * _PICTURE_SHAPE, paper.text_height * _MM_PER_EMU * 0.78)
    picture = map_picture(facts.map, (width_mm, high_mm))
    paper.picture(
        io.BytesIO(picture),
        int(width_mm / _MM_PER_EMU),
        facts.map.caption,
        _description(facts, words),
    )
    paper.caption("figure", f"{facts.map.caption}（{current_imprint().line(words.lang)}）")
    paper.paragraph(facts.map.source, paper.remark_style)


def _description(facts: Briefing, words: Words) -> str:
    """Return the picture's alternative text: each class with its counties."""
    layer = facts.map.layer
    parts = []
    for number, entry in enumerate(layer.entries):
        names = layer.frame.loc[layer.codes == number, "name"].tolist()
        parts.append(f"{entry.label}：{words.join(names)}")
    return f"{facts.map.caption}。{layer.title}：" + "；".join(parts) + "。"


def _section(paper: Paper, section: Section, notes: Footnotes, words: Words) -> None:
    paper.paragraph(section.title, "Heading 1")
    for line in section.lead:
        paper.paragraph(line)
    for table in section.tables:
        paper.caption("table", table.caption)
        paper.table(table.columns, _texts(table, words), [row.note for row in table.rows], notes)


def _texts(table: Table, words: Words) -> list[Sequence[str]]:
    """Return a table's cells with source and basis in their columns."""
    return [
        (
            *row.cells,
            *(() if row.citation is None else (str(row.citation), words.basis(row.citation.basis))),
        )
        for row in table.rows
    ]
