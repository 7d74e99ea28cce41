"""What the table tests share: the region, its join, and makers of files no library writes."""

import datetime as dt
import struct
import zipfile

import pytest

import regionkit as rk
from regionkit.tables.join import join_table

_ERRORS = {"#DIV/0!": 0x07, "#N/A": 0x2A}
_XLSB_TYPES = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/>
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
{sheets}<Override PartName="/xl/styles.bin" ContentType="application/vnd.ms-excel.styles"/>
<Override PartName="/xl/sharedStrings.bin" ContentType="application/vnd.ms-excel.sharedStrings"/>
</Types>"""
_RELS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    "{}</Relationships>"
)
_REL = (
    '<Relationship Id="{}" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/{}" Target="{}"/>'
)


def _record(number, content=b""):
    kind = bytes([number]) if number < 0x80 else bytes([number & 0x7F | 0x80, number >> 7])
    length, size = b"", len(content)
    while size > 0x7F:
        length += bytes([size & 0x7F | 0x80])
        size >>= 7
    return kind + length + bytes([size]) + content


def _wide(text):
    return struct.pack("<I", len(text.encode("utf-16-le")) // 2) + text.encode("utf-16-le")


def _cell(column, value, texts):  # noqa: PLR0911 - one a kind of cell
    """A cell as Excel packs it: style 1 is a percentage, style 2 a date of Chinese Excel."""
    if isinstance(value, str) and value.endswith("%"):
        number = float(value[:-1]) / 100
        return _record(5, struct.pack("<IId", column, 1, number))
    if isinstance(value, dt.date):
        days = (value - dt.date(1899, 12, 30)).days
        return _record(5, struct.pack("<IId", column, 2, days))
    if value in _ERRORS:
        return _record(3, struct.pack("<IIB", column, 0, _ERRORS[value]))
    if isinstance(value, str) and value.startswith("="):
        # A formula whose result is a text: the text, flags, and an empty formula.
        return _record(8, struct.pack("<II", column, 0) + _wide(value[1:]) + b"\0" * 10)
    if isinstance(value, str):
        texts.append(value)
        return _record(7, struct.pack("<III", column, 0, len(texts) - 1))
    if isinstance(value, bool):
        return _record(4, struct.pack("<IIB", column, 0, value))
    if isinstance(value, int) and abs(value) < 2**28:
        return _record(2, struct.pack("<IIi", column, 0, value << 2 | 2))
    if abs(value) < 2**20 and float(value * 100).is_integer():
        return _record(2, struct.pack("<IIi", column, 0, round(value * 100) << 2 | 3))
    return _record(5, struct.pack("<IId", column, 0, value))


@pytest.fixture(scope="module")
def region():
    return rk.load("liaoning")


@pytest.fixture
def join(region):
    def run(source, **options):
        return join_table(region.counties, region.resolver, source, **options)

    return run


@pytest.fixture
def write_xlsb():
    """Write a binary workbook: sheets of rows, with merged blocks (first row, last row, ...)."""

    def write(path, sheets, *, merged=(), hidden=()):
        texts: list[str] = []
        parts = {}
        book = _record(131) + _record(153, struct.pack("<II", 0x10020, 0) + _wide(""))
        book += _record(143)
        for number, (name, rows) in enumerate(sheets.items(), 1):
            content = _record(129)
            width = max(map(len, rows), default=1)
            content += _record(148, struct.pack("<IIII", 0, max(0, len(rows) - 1), 0, width - 1))
            content += _record(145)
            for r, row in enumerate(rows):
                content += _record(0, struct.pack("<IIHBBBI", r, 0, 300, 0, 0, 0, 0))
                for c, value in enumerate(row):
                    if value is not None:
                        content += _cell(c, value, texts)
            content += _record(146)
            if merged and number == 1:
                content += _record(177, struct.pack("<I", len(merged)))
                for block in merged:
                    content += _record(176, struct.pack("<IIII", *block))
                content += _record(178)
            parts[f"xl/worksheets/sheet{number}.bin"] = content + _record(130)
            state = 1 if name in hidden else 0
            book += _record(
                156, struct.pack("<II", state, number) + _wide(f"rId{number}") + _wide(name)
            )
        book += _record(144) + _record(132)
        shared = _record(159, struct.pack("<II", len(texts), len(texts)))
        for text in texts:
            shared += _record(19, b"\0" + _wide(text))
        shared += _record(160)
        relations = [
            _REL.format(f"rId{n}", "worksheet", f"worksheets/sheet{n}.bin")
            for n in range(1, len(sheets) + 1)
        ]
        relations += [
            _REL.format("rId98", "styles", "styles.bin"),
            _REL.format("rId99", "sharedStrings", "sharedStrings.bin"),
        ]
        types = "".join(
            f'<Override PartName="/{part}" ContentType="application/vnd.ms-excel.worksheet"/>'
            for part in parts
        )
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
            package.writestr("[Content_Types].xml", _XLSB_TYPES.format(sheets=types))
            package.writestr(
                "_rels/.rels",
                _RELS.format(_REL.format("rId1", "officeDocument", "xl/workbook.bin")),
            )
            package.writestr("xl/workbook.bin", book)
            package.writestr("xl/_rels/workbook.bin.rels", _RELS.format("".join(relations)))
            package.writestr("xl/styles.bin", _styles())
            package.writestr("xl/sharedStrings.bin", shared)
            for part, content in parts.items():
                package.writestr(part, content)
        return path

    return write


def _styles():
    """Three cell styles: general, 0.0%, and the built-in 31 (yyyy年m月d日)."""
    formats = _record(615, struct.pack("<I", 1))
    formats += _record(44, struct.pack("<H", 164) + _wide("0.0%")) + _record(616)
    styles = b""
    for form in (0, 164, 31):
        styles += _record(47, struct.pack("<HHHHHBBBBH", 0, form, 0, 0, 0, 0, 0, 0, 0, 0))
    cells = _record(617, struct.pack("<I", 3)) + styles + _record(618)
    parents = _record(626, struct.pack("<I", 1))
    parents += _record(47, struct.pack("<HHHHHBBBBH", 0xFFFF, 0, 0, 0, 0, 0, 0, 0, 0, 0))
    return _record(278) + formats + parents + _record(627) + cells + _record(279)
