"""Footnotes of a Word document, which python-docx does not write itself."""

from __future__ import annotations

from typing import Any

from regionkit.briefing.office import legal_xml

__all__ = ["Footnotes"]

_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_EMPTY = f"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:footnotes xmlns:w="{_W}">
<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>
<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p>
</w:footnote>
</w:footnotes>""".encode()
_TEXT_STYLE, _MARK_STYLE = "footnote text", "footnote reference"


class Footnotes:
    """The footnotes of a document: :meth:`mark` adds one where it is called.

    A text that was a footnote before is referred to again by its number.

    Parameters
    ----------
    document : docx.document.Document
    """

    def __init__(self, document: Any) -> None:
        from lxml import etree

        self._part = _notes_part(document)
        self._root = etree.fromstring(self._part.blob)
        # What a template's own text had is left out with that text.
        for note in self._root.findall(f"{{{_W}}}footnote"):
            if note.get(f"{{{_W}}}type") is None:
                self._root.remove(note)
        listed = [int(i) for i in self._root.xpath("./w:footnote/@w:id", namespaces={"w": _W})]
        self._next = max([0, *listed]) + 1
        self._numbers: dict[str, int] = {}
        self._text_style = _style_id(document, _TEXT_STYLE, is_character=False)
        self._mark_style = _style_id(document, _MARK_STYLE, is_character=True)

    def __len__(self) -> int:
        """Return how many footnotes there are."""
        return len(self._numbers)

    def mark(self, paragraph: Any, text: str) -> None:
        """Add a footnote with a text at the end of a paragraph (a ``w:p`` element)."""
        from docx.oxml import parse_xml

        number = self._numbers.get(text)
        style = f'<w:rPr><w:rStyle w:val="{self._mark_style}"/><w:vertAlign w:val="superscript"/>'
        if number is not None:
            paragraph.append(
                parse_xml(
                    f'<w:fldSimple xmlns:w="{_W}" w:instr=" NOTEREF note{number} \\f \\h ">'
                    f"<w:r>{style}</w:rPr><w:t>{number}</w:t></w:r></w:fldSimple>"
                )
            )
            return
        number = self._numbers[text] = len(self._numbers) + 1
        key = self._next
        self._next += 1
        for piece in (
            f'<w:bookmarkStart xmlns:w="{_W}" w:id="{key}" w:name="note{number}"/>',
            f'<w:r xmlns:w="{_W}">{style}</w:rPr><w:footnoteReference w:id="{key}"/></w:r>',
            f'<w:bookmarkEnd xmlns:w="{_W}" w:id="{key}"/>',
        ):
            paragraph.append(parse_xml(piece))
        note = parse_xml(
            f'<w:footnote xmlns:w="{_W}" w:id="{key}"><w:p><w:pPr><w:pStyle '
            f'w:val="{self._text_style}"/></w:pPr><w:r>{style}</w:rPr><w:footnoteRef/></w:r>'
            '<w:r><w:t xml:space="preserve"> </w:t></w:r></w:p></w:footnote>'
        )
        next(note.iter(f"{{{_W}}}t")).text = f" {legal_xml(text)}"
        self._root.append(note)

    def finish(self) -> None:
        """Write the footnotes into their part of the document."""
        from lxml import etree

        self._part._blob = etree.tostring(  # noqa: SLF001
            self._root, xml_declaration=True, encoding="UTF-8", standalone=True
        )


def _notes_part(document: Any) -> Any:
    """Return the document's part for footnotes, made where it has none."""
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    for relation in document.part.rels.values():
        if relation.reltype == _RELATION:
            return relation.target_part
    part = Part(PackURI("/word/footnotes.xml"), _CONTENT_TYPE, _EMPTY, document.part.package)
    document.part.relate_to(part, _RELATION)
    return part


def _style_id(document: Any, name: str, *, is_character: bool) -> str:
    """Return the id of a style by name, added where the document has none."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Pt

    for style in document.styles:
        if style.name.lower() == name:
            return str(style.style_id)
    kind = WD_STYLE_TYPE.CHARACTER if is_character else WD_STYLE_TYPE.PARAGRAPH
    style = document.styles.add_style(name, kind, builtin=True)
    if is_character:
        style.font.superscript = True
    else:
        style.base_style = document.styles.default(kind)
        style.font.size = Pt(8)
        style.paragraph_format.space_after = Pt(0)
    return str(style.style_id)
