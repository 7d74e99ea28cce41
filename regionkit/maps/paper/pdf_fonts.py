"""Fonts of a PDF as TrueType, which every reader and printer draws.

matplotlib puts the cubic outlines of an .otf where the format wants TrueType ones: some readers
make up for it, others (Ghostscript, and so many printers) draw no letter at all.
"""

from __future__ import annotations

import io
from typing import Any

__all__ = ["quadratic_font", "with_true_type"]

# Where a font of cubic outlines begins.
_CUBIC = b"OTTO"
# How far a quadratic outline may stray, in units of the font: a thousandth of its size.
_MOST_OFF = 1.0


def with_true_type(pdf: bytes) -> bytes:
    """Return a PDF whose fonts of cubic outlines are TrueType; the same bytes where it has none.

    Parameters
    ----------
    pdf : bytes
        As matplotlib writes it with ``pdf.fonttype`` 42.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> from regionkit.maps.signs.theme import drawing, get_theme
    >>> buffer = io.BytesIO()
    >>> with drawing(get_theme("print")):
    ...     figure = Figure()
    ...     written = figure.text(0.1, 0.5, "沈阳 1.0")
    ...     figure.savefig(buffer, format="pdf")
    >>> b"OTTO" in with_true_type(buffer.getvalue())
    False
    """
    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import NameObject, NumberObject

    reader = PdfReader(io.BytesIO(pdf))
    writer = PdfWriter(clone_from=reader)
    n_changed = 0
    for held in writer._objects:  # noqa: SLF001 - pypdf lists a file's objects nowhere else
        if not isinstance(held, dict) or "/FontFile2" not in held:
            continue
        stream = held["/FontFile2"].get_object()
        data = stream.get_data()
        if not data.startswith(_CUBIC):
            continue
        font = quadratic_font(data)
        stream.set_data(font)
        stream[NameObject("/Length1")] = NumberObject(len(font))
        n_changed += 1
    if not n_changed:
        return pdf
    writer.metadata = reader.metadata
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def quadratic_font(data: bytes) -> bytes:
    """Return a font of cubic outlines with quadratic ones, its glyphs in their order."""
    from fontTools.pens.cu2quPen import Cu2QuPen
    from fontTools.pens.ttGlyphPen import TTGlyphPen
    from fontTools.ttLib import TTFont, newTable

    font = TTFont(io.BytesIO(data), recalcTimestamp=False)
    glyphs, order = font.getGlyphSet(), font.getGlyphOrder()
    made: dict[str, Any] = {}
    for name in order:
        pen = TTGlyphPen(None)
        glyphs[name].draw(Cu2QuPen(pen, _MOST_OFF, reverse_direction=True))
        made[name] = pen.glyph()
    font["loca"] = newTable("loca")
    font["glyf"] = glyf = newTable("glyf")
    glyf.glyphOrder, glyf.glyphs = order, made
    for table in ("CFF ", "CFF2", "VORG", "GSUB", "GPOS", "GDEF", "BASE"):
        if table in font:
            del font[table]
    for name in order:
        made[name].recalcBounds(glyf)
        font["hmtx"][name] = (font["hmtx"][name][0], getattr(made[name], "xMin", 0))
    most = font["maxp"]
    most.tableVersion = 0x00010000
    for name in (
        *("maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs"),
        *("maxStackElements", "maxSizeOfInstructions", "maxComponentElements"),
        *("maxPoints", "maxContours", "maxCompositePoints", "maxCompositeContours"),
        "maxComponentDepth",
    ):
        setattr(most, name, 0)
    most.maxZones = 1
    if "post" in font:
        font["post"].formatType = 3.0
    font.sfntVersion = "\000\001\000\000"
    buffer = io.BytesIO()
    font.save(buffer, reorderTables=True)
    return buffer.getvalue()
