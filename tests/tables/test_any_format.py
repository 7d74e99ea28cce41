"""A law: a table written in any format, with any decoration, reads back as the values it was made
from, or is refused."""

from dataclasses import dataclass
from html import escape

import openpyxl
import pytest
import xlwt
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from regionkit.errors import TableError
from regionkit.tables.join import join_table

NAMES = ["康平县", "法库县", "海城市", "庄河市"]
CODES = ["210123", "210124", "210381", "210283"]
FORMATS = ["xlsx", "xls", "fods", "html", "xml", "csv"]

# How a column shows its numbers: the stored number of a shown one, its format, and its unit.
KINDS = {
    "plain": (lambda v: v, "General", ""),
    "percent": (lambda v: float(f"{v}e-2"), "0.0%", "%"),
    "sign": (lambda v: v, '0.0"%"', "%"),
    "unit": (lambda v: v, '0.0"亿元"', "亿元"),
    "wan": (lambda v: float(f"{v}e4"), "0\\.0,", ""),
    "million": (lambda v: float(f"{v}e6"), '#,##0.0,,"百万元"', "百万元"),
}
# The same in OpenDocument: the parts of a style.
ODS = {
    "plain": '<number:number number:min-integer-digits="1"/>',
    "percent": '<number:number number:decimal-places="1"/><number:text>%</number:text>',
    "sign": '<number:number number:decimal-places="1"/><number:text>%</number:text>',
    "unit": '<number:number number:decimal-places="1"/><number:text>亿元</number:text>',
    "wan": '<number:number number:decimal-places="0" number:min-integer-digits="2" '
    'number:display-factor="1000"><number:embedded-text number:position="1">.'
    "</number:embedded-text></number:number>",
    "million": '<number:number number:decimal-places="1" number:display-factor="1000000"/>'
    "<number:text>百万元</number:text>",
}
# What is done to a cell, and whether it can still be told what it says.
MARKS = ["", "raised", "¹", "①", "*", "[1]", "注1"]
SPOILED = {"two": "{0} {0}", "lines": "{0}\n{0}", "error": "#DIV/0!", "about": "约{0}"}


@dataclass(frozen=True)
class Cell:
    """A number of a column of a kind, with a mark, or spoiled."""

    value: float
    kind: str
    mark: str = ""
    spoiled: str = ""

    @property
    def number(self):
        """The stored number, None where only a text can say it."""
        return None if self.mark or self.spoiled else KINDS[self.kind][0](self.value)

    @property
    def form(self):
        return KINDS[self.kind][1]

    @property
    def shown(self):
        """What a person sees, marks of a raised kind apart."""
        text = f"{self.value:.1f}{KINDS[self.kind][2]}"
        if self.spoiled:
            return SPOILED[self.spoiled].format(text)
        return text + ("" if self.mark == "raised" else self.mark)

    @property
    def raised(self):
        return "1" if self.mark == "raised" and not self.spoiled else ""


@st.composite
def tables(draw):
    kind = draw(st.sampled_from(sorted(KINDS)))
    values = draw(st.lists(st.integers(1, 9999).map(lambda n: n / 10), min_size=4, max_size=4))
    cells = [
        Cell(
            value,
            kind,
            draw(st.sampled_from(MARKS)),
            draw(st.sampled_from(["", "", "", "", "", *SPOILED])),
        )
        for value in values
    ]
    hidden = draw(st.sampled_from([None, 0, 3]))
    return cells, hidden


def write_xlsx(path, cells, hidden):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["县（市）", "数值"])
    for r, (name, cell) in enumerate(zip(NAMES, cells, strict=True), 2):
        sheet.cell(r, 1).value = name
        target = sheet.cell(r, 2)
        if cell.number is not None:
            target.value, target.number_format = cell.number, cell.form
        elif cell.raised:
            block = TextBlock(InlineFont(vertAlign="superscript"), cell.raised)
            target.value = CellRichText(cell.shown, block)
        else:
            target.value = cell.shown
    if hidden is not None:
        sheet.row_dimensions[hidden + 2].hidden = True
    book.save(path)


def write_xls(path, cells, hidden):
    book = xlwt.Workbook()
    sheet = book.add_sheet("表")
    sheet.write(0, 0, "县（市）")
    sheet.write(0, 1, "数值")
    up = xlwt.easyfont("escapement superscript")
    for r, (name, cell) in enumerate(zip(NAMES, cells, strict=True), 1):
        sheet.write(r, 0, name)
        if cell.number is not None:
            sheet.write(r, 1, cell.number, xlwt.easyxf(num_format_str=cell.form))
        elif cell.raised:
            sheet.write_rich_text(r, 1, [cell.shown, (cell.raised, up)])
        else:
            sheet.write(r, 1, cell.shown)
    if hidden is not None:
        sheet.row(hidden + 1).hidden = True
    book.save(str(path))


FODS = """<?xml version="1.0" encoding="UTF-8"?><office:document
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 office:mimetype="application/vnd.oasis.opendocument.spreadsheet"><office:automatic-styles>
<number:{tag}-style style:name="n">{parts}</number:{tag}-style>
<style:style style:name="c" style:family="table-cell" style:data-style-name="n"/>
<style:style style:name="up" style:family="text"><style:text-properties
 style:text-position="super 58%"/></style:style></office:automatic-styles>
<office:body><office:spreadsheet><table:table table:name="表">{rows}</table:table>
</office:spreadsheet></office:body></office:document>"""


def _ods_row(name, inner, attributes=""):
    first = f'<table:table-cell office:value-type="string"><text:p>{name}</text:p>'
    return f"<table:table-row{attributes}>{first}</table:table-cell>{inner}</table:table-row>"


def write_fods(path, cells, hidden):
    head = '<table:table-cell office:value-type="string"><text:p>数值</text:p></table:table-cell>'
    rows = [_ods_row("县（市）", head)]
    for r, (name, cell) in enumerate(zip(NAMES, cells, strict=True)):
        if cell.number is not None:
            kind = "percentage" if cell.kind == "percent" else "float"
            inner = f'<table:table-cell table:style-name="c" office:value-type="{kind}" '
            inner += f'office:value="{cell.number!r}"><text:p>{cell.shown}</text:p>'
        else:
            lines = "</text:p><text:p>".join(cell.shown.split("\n"))
            up = f'<text:span text:style-name="up">{cell.raised}</text:span>' if cell.raised else ""
            inner = f'<table:table-cell office:value-type="string"><text:p>{lines}{up}</text:p>'
        hides = ' table:visibility="collapse"' if r == hidden else ""
        rows.append(_ods_row(name, f"{inner}</table:table-cell>", hides))
    tag = "percentage" if cells[0].kind == "percent" else "number"
    text = FODS.format(tag=tag, parts=ODS[cells[0].kind], rows="".join(rows))
    path.write_text(text, encoding="utf-8")


def write_html(path, cells, hidden):
    rows = ["<tr><td>县（市）</td><td>数值</td></tr>"]
    for r, (name, cell) in enumerate(zip(NAMES, cells, strict=True)):
        up = f"<sup>{cell.raised}</sup>" if cell.raised else ""
        shown = escape(cell.shown).replace("\n", "<br>")
        junk = "<span style='display:none'>70041205</span>"
        style = ' style="display:none"' if r == hidden else ""
        rows.append(f"<tr{style}><td>{name}</td><td>{junk}{shown}{up}</td></tr>")
    page = f"<html><body><table>{''.join(rows)}</table></body></html>"
    path.write_text(page, encoding="utf-8")


def write_xml(path, cells, hidden):
    rows = ['<Row><Cell><Data ss:Type="String">县（市）</Data></Cell><Cell><Data ss:Type="String">'
            "数值</Data></Cell></Row>"]  # fmt: skip
    for r, (name, cell) in enumerate(zip(NAMES, cells, strict=True)):
        if cell.number is not None:
            inner = f'<Cell ss:StyleID="s"><Data ss:Type="Number">{cell.number!r}</Data></Cell>'
        else:
            up = f'<Sup xmlns="http://www.w3.org/TR/REC-html40">{cell.raised}</Sup>'
            shown = escape(cell.shown).replace("\n", "&#10;")
            inner = f'<Cell><ss:Data ss:Type="String">{shown}{up if cell.raised else ""}'
            inner += "</ss:Data></Cell>"
        hides = ' ss:Hidden="1"' if r == hidden else ""
        rows.append(f'<Row{hides}><Cell><Data ss:Type="String">{name}</Data></Cell>{inner}</Row>')
    form = escape(cells[0].form)
    path.write_text(
        '<?xml version="1.0" encoding="UTF-8"?><Workbook '
        'xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Styles><Style ss:ID="s">'
        f'<NumberFormat ss:Format="{form}"/></Style></Styles><Worksheet ss:Name="表"><Table>'
        f"{''.join(rows)}</Table></Worksheet></Workbook>",
        encoding="utf-8",
    )


def write_csv(path, cells, _hidden):
    lines = ["县（市）,数值"]
    for name, cell in zip(NAMES, cells, strict=True):
        shown = cell.shown + ("¹" if cell.raised else "")
        lines.append(f'{name},"{shown}"')
    path.write_text("\n".join(lines), encoding="utf-8")


WRITERS = {
    "xlsx": write_xlsx,
    "xls": write_xls,
    "fods": write_fods,
    "html": write_html,
    "xml": write_xml,
    "csv": write_csv,
}


@pytest.mark.parametrize("kind", FORMATS)
@given(table=tables())
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_a_table_of_any_format_reads_back_or_is_refused(region, tmp_path, kind, table):
    cells, hidden = table
    path = tmp_path / f"a.{kind}"
    WRITERS[kind](path, cells, hidden)
    spoiled = any(cell.spoiled for cell in cells)
    try:
        result = join_table(region.counties, region.resolver, path, value="数值")
    except TableError:
        # Nothing is refused where no cell is spoiled.
        if not spoiled:
            raise
        return
    read = result.frame["数值"].dropna().to_dict()
    if result.report.columns.loc["数值", "kind"] == "text":
        # Nearly all spoiled: the column is words, and shows them.
        assert sum(bool(cell.spoiled) for cell in cells) >= 2
        return
    assert not spoiled
    expected = {code: cell.value for code, cell in zip(CODES, cells, strict=True)}
    assert read == pytest.approx(expected, rel=1e-12)
    unit = result.report.columns.loc["数值", "unit"]
    assert unit == KINDS[cells[0].kind][2]
    report = str(result.report)
    assert ("footnote mark" in report) == any(cell.mark for cell in cells)
    assert ("hidden" in report) == (hidden is not None and kind != "csv")
