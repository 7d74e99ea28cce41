"""Paragraphs, captions and tables in the styles of a Word document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from regionkit.briefing.model import Column
from regionkit.briefing.office import EMU_PER_PT, legal_xml
from regionkit.briefing.widths import fit_widths
from regionkit.words.message import msg

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import IO


__all__ = ["LINE_SHARE", "Paper"]

# Of a cell at its left, twentieths of a point.
_CELL_MARGIN = 108
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_BODY_FONT, _HEAD_FONT, _LATIN_FONT = "宋体", "黑体", "Times New Roman"
_HEAD_SHADE = "DCE6F1"
_A4 = (7560310, 10692130)
_MARGIN = 792000
_EMU_PER_TWIP = 635
_CELL_PT = 9.0
# Lines of small text, in sizes of its letters.
LINE_SHARE = 1.32
_CELL_STYLE, _REMARK_STYLE = "regionkit table text", "regionkit remark"


# What a caption calls the thing that it numbers.
_NUMBERED = {"table": msg("Table"), "figure": msg("Figure")}


class Paper:
    """A document that paragraphs are added to.

    Parameters
    ----------
    document : docx.document.Document
    lang : {"zh", "en"}
    own : bool
        Whether the template is the user's: then its page, styles and fonts are left alone.

    Attributes
    ----------
    text_width, text_height : int, EMU
        Of the page between its margins.
    remark_style : str
        Style of small remarks.
    """

    def __init__(self, document: Any, lang: str, *, own: bool) -> None:
        self.document, self.lang = document, lang
        if own:
            _clear(document)
        else:
            _dress(document)
        section = document.sections[-1]
        # A template may leave the page's size to Word; A4 then.
        width = section.page_width or _A4[0]
        height = section.page_height or _A4[1]
        self.text_width = int(
            width - (section.left_margin or 0) - (section.right_margin or 0) - (section.gutter or 0)
        )
        self.text_height = int(height - (section.top_margin or 0) - (section.bottom_margin or 0))
        self.remark_style = _small_style(document, _REMARK_STYLE, 9.0)
        self._cell_style = _small_style(document, _CELL_STYLE, _CELL_PT)
        self._numbers = {"figure": 0, "table": 0}
        self._n_headings = 0

    def paragraph(self, text: str, style: str = "Normal", *, new_page: bool = False) -> Any:
        """Add a paragraph in a style, the default one where the template has none such."""
        paragraph = self.document.add_paragraph(style=self._style(style))
        if new_page:
            paragraph.paragraph_format.page_break_before = True
        if style == "Heading 1" and text:
            return self._heading(paragraph, text)
        if not text:
            return paragraph
        paragraph.add_run(legal_xml(text))
        return paragraph

    def _heading(self, paragraph: Any, text: str) -> Any:
        """Fill a heading with a bookmark about it, which the contents list leads to."""
        from docx.oxml import parse_xml

        self._n_headings += 1
        number = self._n_headings
        element = _element(paragraph)
        element.append(
            parse_xml(
                f'<w:bookmarkStart xmlns:w="{_W}" w:id="{number}" w:name="_Toc{number:06d}"/>'
            )
        )
        paragraph.add_run(legal_xml(text))
        element.append(parse_xml(f'<w:bookmarkEnd xmlns:w="{_W}" w:id="{number}"/>'))
        return paragraph

    def contents(self, entries: Sequence[tuple[str, int]]) -> None:
        """Add the list of contents: a field that Word can renew, filled with links and pages.

        Parameters
        ----------
        entries : sequence of (str, int)
            Headings in the order in which they will be added, with their pages.
        """
        from xml.sax.saxutils import escape

        from docx.oxml import parse_xml

        right = self.text_width // _EMU_PER_TWIP
        for at, (heading, page) in enumerate(entries):
            paragraph = self.document.add_paragraph(style=self.remark_style)
            element = _element(paragraph)
            element.get_or_add_pPr().append(
                parse_xml(
                    f'<w:tabs xmlns:w="{_W}"><w:tab w:val="right" w:leader="dot" '
                    f'w:pos="{right}"/></w:tabs>'
                )
            )
            if at == 0:
                for part in (
                    '<w:fldChar w:fldCharType="begin"/>',
                    '<w:instrText xml:space="preserve"> TOC \\o "1-1" \\h \\z </w:instrText>',
                    '<w:fldChar w:fldCharType="separate"/>',
                ):
                    element.append(parse_xml(f'<w:r xmlns:w="{_W}">{part}</w:r>'))
            element.append(
                parse_xml(
                    f'<w:hyperlink xmlns:w="{_W}" w:anchor="_Toc{at + 1:06d}"><w:r><w:t>'
                    f"{escape(legal_xml(heading))}</w:t></w:r><w:r><w:tab/></w:r>"
                    f"<w:r><w:t>{page}</w:t></w:r></w:hyperlink>"
                )
            )
            if at == len(entries) - 1:
                element.append(
                    parse_xml(f'<w:r xmlns:w="{_W}"><w:fldChar w:fldCharType="end"/></w:r>')
                )

    def _style(self, name: str) -> Any:
        """Return a paragraph style by name; a heading that is missing is added."""
        from docx.enum.style import WD_STYLE_TYPE
        from docx.shared import Pt

        styles = self.document.styles
        for style in styles:
            if style.type == WD_STYLE_TYPE.PARAGRAPH and style.name.lower() == name.lower():
                return style
        if name == "Normal":
            return styles.default(WD_STYLE_TYPE.PARAGRAPH)
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=True)
        style.base_style = styles.default(WD_STYLE_TYPE.PARAGRAPH)
        sizes = {"Title": 22.0, "Heading 1": 15.0, "Subtitle": 12.0, "Caption": 9.0}
        style.font.size = Pt(sizes.get(name, 11.0))
        style.font.bold = name in {"Title", "Heading 1", "Caption"}
        if name == "Heading 1":
            # Word's navigation pane and tables of contents go by the outline level.
            level = style.element.get_or_add_pPr().makeelement(
                f"{{{_W}}}outlineLvl", {f"{{{_W}}}val": "0"}
            )
            style.element.get_or_add_pPr().append(level)
        return style

    def caption(self, kind: str, text: str) -> None:
        """Add a caption with a number that Word counts."""
        from docx.oxml import parse_xml

        self._numbers[kind] += 1
        word = _NUMBERED[kind].render(self.lang)
        paragraph = self.document.add_paragraph(style=self._style("Caption"))
        paragraph.add_run(f"{word} ")
        _element(paragraph).append(
            parse_xml(
                f'<w:fldSimple xmlns:w="{_W}" w:instr=" SEQ {word} \\* ARABIC ">'
                f"<w:r><w:t>{self._numbers[kind]}</w:t></w:r></w:fldSimple>"
            )
        )
        paragraph.add_run(f"  {legal_xml(text)}")
        paragraph.paragraph_format.keep_with_next = kind == "table"

    def picture(self, image: IO[bytes], width: int, name: str, description: str) -> None:
        """Add a picture with its alternative text."""
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.shared import Pt

        paragraph = self.document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.keep_with_next = True
        paragraph.paragraph_format.space_before = Pt(6)
        shape = paragraph.add_run().add_picture(image, width=width)
        inline = shape._inline  # noqa: SLF001
        # Without them some programs set the picture an eighth of an inch off its line.
        for side in ("distT", "distB", "distL", "distR"):
            inline.set(side, "0")
        properties = inline.docPr
        properties.set("name", legal_xml(name))
        properties.set("descr", legal_xml(description))

    def columns(self, lines: Sequence[str]) -> None:
        """Add lines of small text in two columns, the first half at the left."""
        if not lines:
            return
        rows = -(-len(lines) // 2)
        table = self.document.add_table(rows, 2)
        table.autofit = False
        width = self.text_width // 2
        for column in table.columns:
            column.width = width
        for at, element in enumerate(_element(table).tr_lst):
            _row_properties(element, is_head=False)
            for place, cell in enumerate(element.tc_lst):
                cell.width = width
                number = at + place * rows
                text = lines[number] if number < len(lines) else ""
                self._fill(cell, text, Column("", 1.0), is_head=False)

    def table(
        self,
        columns: Sequence[Column],
        texts: Sequence[Sequence[str]],
    ) -> None:
        """Add a table: its head is repeated on every page, a row is not broken."""
        heads = [column.name for column in columns]
        whole = [[*cells, *[""] * (len(heads) - len(cells))] for cells in texts]
        total = self.text_width / EMU_PER_PT
        fitted = fit_widths([heads, *whole], total, _CELL_PT)
        widths = [int(one * EMU_PER_PT) for one in fitted]
        table = self.document.add_table(len(texts) + 1, len(columns))
        self._frame(table)
        table.autofit = False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        rows = [[column.name for column in columns], *texts]
        for number, (element, cells) in enumerate(zip(_element(table).tr_lst, rows, strict=True)):
            _row_properties(element, is_head=number == 0)
            filled = [*cells, *[""] * (len(columns) - len(cells))]
            for place, (cell, text) in enumerate(zip(element.tc_lst, filled, strict=True)):
                cell.width = widths[place]
                self._fill(cell, text, columns[place], is_head=number == 0)
        self.document.add_paragraph(style=self.remark_style)

    def _frame(self, table: Any) -> None:
        """Set the table's place and style; lines of its own where the template has no grid."""
        from docx.oxml import parse_xml

        # Else the first cell's words stand at the margin, and its border outside of it.
        indent = f'<w:tblInd xmlns:w="{_W}" w:w="{_CELL_MARGIN}" w:type="dxa"/>'
        _element(table).tblPr.find(f"{{{_W}}}tblW").addnext(parse_xml(indent))
        for style in self.document.styles:
            if style.name.lower() == "table grid":
                table.style = style
                return
        sides = "".join(
            f'<w:{side} w:val="single" w:sz="4" w:color="808080"/>'
            for side in ("top", "left", "bottom", "right", "insideH", "insideV")
        )
        _element(table).tblPr.append(
            parse_xml(f'<w:tblBorders xmlns:w="{_W}">{sides}</w:tblBorders>')
        )

    def _fill(self, cell: Any, text: str, column: Column, *, is_head: bool) -> Any:
        """Write a cell, a paragraph a line; return its last paragraph's element."""
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn
        from docx.text.paragraph import Paragraph

        element = cell.p_lst[0]
        for number, line in enumerate(legal_xml(text).split("\n")):
            if number:
                element = OxmlElement("w:p")
                cell.append(element)
            paragraph = Paragraph(element, self.document)
            paragraph.style = self._cell_style
            if column.align == "right":
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            if line:
                paragraph.add_run(line).bold = is_head or None
        if is_head:
            shade = OxmlElement("w:shd")
            for name, value in (("val", "clear"), ("color", "auto"), ("fill", _HEAD_SHADE)):
                shade.set(qn(f"w:{name}"), value)
            cell.get_or_add_tcPr().append(shade)
        return element


def _element(holder: Any) -> Any:
    """Return the XML element of a paragraph or table."""
    return holder._element  # noqa: SLF001 - python-docx has no other way to fields


def _row_properties(row: Any, *, is_head: bool) -> None:
    from docx.oxml import OxmlElement

    properties = row.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if is_head:
        properties.append(OxmlElement("w:tblHeader"))


def _small_style(document: Any, name: str, size_pt: float) -> str:
    """Return the name of a paragraph style for small text in the template's own font."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Pt

    if name not in [style.name for style in document.styles]:
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles.default(WD_STYLE_TYPE.PARAGRAPH)
        style.font.size = Pt(size_pt)
        form = style.paragraph_format
        form.space_before = form.space_after = Pt(1)
        # Exact, or a cell of figures alone stands higher than its neighbour in Chinese.
        form.line_spacing = Pt(round(size_pt * LINE_SHARE, 1))
        form.first_line_indent = Pt(0)
    return name


def _clear(document: Any) -> None:
    """Leave out a template's text; the last section with its header and footer stays."""
    body = document.element.body
    for element in list(body):
        if not element.tag.endswith("}sectPr"):
            body.remove(element)


def _dress(document: Any) -> None:
    """Give the library's plain document an A4 page, Chinese fonts and page numbers."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import parse_xml
    from docx.shared import Pt, RGBColor

    section = document.sections[0]
    section.page_width, section.page_height = _A4
    section.left_margin = section.right_margin = _MARGIN
    section.top_margin = section.bottom_margin = _MARGIN
    sizes = {"Normal": 10.5, "Title": 18.0, "Subtitle": 11.0, "Heading 1": 15.0, "Caption": 9.5}
    for name, size in sizes.items():
        style = document.styles[name]
        style.font.size = Pt(size)
        is_head = name != "Normal"
        _set_fonts(style, _HEAD_FONT if is_head else _BODY_FONT)
        style.font.italic = False
        if is_head:
            is_title = name in {"Title", "Heading 1"}
            style.font.color.rgb = RGBColor.from_string("1F2A33" if is_title else "55606A")
            style.font.bold = is_title
    caption = document.styles["Caption"].paragraph_format
    caption.space_before, caption.space_after = Pt(6), Pt(3)
    document.styles["Heading 1"].paragraph_format.space_after = Pt(4)
    language = document.styles.element.xpath("./w:docDefaults/w:rPrDefault/w:rPr/w:lang")
    for one in language:
        one.set(f"{{{_W}}}eastAsia", "zh-CN")
        one.set(f"{{{_W}}}val", "en-US")
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _element(footer).append(
        parse_xml(
            f'<w:fldSimple xmlns:w="{_W}" w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
        )
    )


def _set_fonts(style: Any, east_asian: str) -> None:
    """Set a style's fonts; names of the theme would else come first."""
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for name, value in (
        ("ascii", _LATIN_FONT),
        ("hAnsi", _LATIN_FONT),
        ("cs", _LATIN_FONT),
        ("eastAsia", east_asian),
    ):
        fonts.set(f"{{{_W}}}{name}", value)
