"""A table as a Word document: ruled, its header on every page, sources and notes below it."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pandas as pd

from regionkit.errors import MissingDependencyError
from regionkit.words.message import msg, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["document_bytes", "require_docx"]

# From so many columns, or so much text in a row, a page lies on its side.
_WIDE_COLUMNS = 6
_WIDE_TEXT = 80
_NARROWEST, _WIDEST = 4, 30
_FONT = "宋体"
_LATIN = "Times New Roman"


def require_docx() -> Any:
    """Return the module that writes documents, or tell how to install it.

    Raises
    ------
    MissingDependencyError
    """
    try:
        import docx
    except ImportError as error:
        raise MissingDependencyError(
            msg("A .docx needs the package python-docx, which is not installed."),
            mend=msg('Install it: python -m pip install "regionkit[briefing]"'),
        ) from error
    return docx


def document_bytes(
    table: pd.DataFrame,
    *,
    title: str = "",
    notes: Mapping[str, str] | None = None,
    sources: Iterable[str] = (),
) -> bytes:
    """Return a table as the bytes of a .docx file.

    Parameters
    ----------
    table : DataFrame
        Its index is not written; blank is unknown.
    title : str
        Stands above the table.
    notes : mapping, optional
        What the table is of; a line each below it.
    sources : iterable of str
        A line each below the notes.

    Raises
    ------
    MissingDependencyError
        python-docx is not installed.
    """
    docx = require_docx()
    from docx.enum.section import WD_ORIENT
    from docx.shared import Pt

    document = docx.Document()
    _set_font(document.styles["Normal"], Pt(9))
    cells = [[_text(cell) for cell in row] for row in table.itertuples(index=False)]
    header = [str(column) for column in table.columns]
    weights = [
        min(max([len(name), *(len(row[c]) for row in cells), _NARROWEST]), _WIDEST)
        for c, name in enumerate(header)
    ]
    section = document.sections[0]
    if len(header) >= _WIDE_COLUMNS or sum(weights) > _WIDE_TEXT:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = section.page_height, section.page_width
    for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
        setattr(section, side, docx.shared.Mm(20))
    if title:
        document.add_paragraph(title).runs[0].bold = True
    room = section.page_width - section.left_margin - section.right_margin
    _fill(document, header, cells, [int(room * w / sum(weights)) for w in weights], _numbers(table))
    for name, text in (notes or {}).items():
        document.add_paragraph(say("{word}: {text}", word=name, text=text))
    listed = list(sources)
    if listed:
        document.add_paragraph(say("{word}: {text}", word=say("Sources"), text=""))
        for source in listed:
            document.add_paragraph(source)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _numbers(table: pd.DataFrame) -> list[bool]:
    return [pd.api.types.is_numeric_dtype(dtype) for dtype in table.dtypes]


def _set_font(style: Any, size: Any) -> None:
    from docx.oxml.ns import qn

    style.font.name, style.font.size = _LATIN, size
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), _FONT)


def _fill(
    document: Any,
    header: list[str],
    cells: list[list[str]],
    widths: list[int],
    is_number: list[bool],
) -> None:
    """Add the table: a header that every page repeats, and rows that no page parts."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement

    made = document.add_table(rows=0, cols=len(header), style="Table Grid")
    made.autofit = False
    for column, width in zip(made.columns, widths, strict=True):
        column.width = width
    for number, words in enumerate([header, *cells]):
        row = made.add_row()
        properties = row._tr.get_or_add_trPr()  # noqa: SLF001 - python-docx has no other door
        properties.append(OxmlElement("w:cantSplit"))
        if not number:
            properties.append(OxmlElement("w:tblHeader"))
        for cell, text, width, right in zip(row.cells, words, widths, is_number, strict=True):
            cell.width = width
            paragraph = cell.paragraphs[0]
            run = paragraph.add_run(text)
            run.bold = not number
            if right and number:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _text(cell: Any) -> str:
    from regionkit.tables.controls import without_controls

    if cell is None or (not isinstance(cell, str) and pd.isna(cell)):
        return ""
    if isinstance(cell, float):
        return f"{cell:,.4f}".rstrip("0").rstrip(".")
    if isinstance(cell, int):
        return str(cell)
    return without_controls(str(cell))
