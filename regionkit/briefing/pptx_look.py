"""The look of a presentation: a user's template emptied, or the plain one dressed."""

from __future__ import annotations

from typing import Any

__all__ = ["dress", "drop_slides", "layout_kinds", "placeholder_kind"]

_WIDE = (12192000, 6858000)
_OWN_FONT = "微软雅黑"
_OWN_COLOURS = {
    "dk1": "1F2A33",
    "dk2": "1F2A33",
    "accent1": "0B4A86",
    "accent2": "4489A0",
    "accent3": "5B7000",
    "accent4": "C77700",
    "accent5": "7B2CBF",
    "accent6": "5C5C5C",
}


def placeholder_kind(holder: Any) -> str:
    """Return the kind of a placeholder, such as "TITLE"."""
    return str(getattr(holder.placeholder_format.type, "name", ""))


def layout_kinds(layout: Any) -> set[str]:
    """Return the kinds of a layout's placeholders."""
    return {placeholder_kind(holder) for holder in layout.placeholders}


def drop_slides(presentation: Any) -> None:
    """Leave out the slides that a template holds; masters and layouts stay."""
    listed = presentation.slides._sldIdLst  # noqa: SLF001
    for entry in list(listed):
        presentation.part.drop_rel(entry.rId)
        listed.remove(entry)
    # Sections name slides by id; without slides they would make PowerPoint repair the file.
    extensions = presentation._element.find(  # noqa: SLF001
        "{http://schemas.openxmlformats.org/presentationml/2006/main}extLst"
    )
    if extensions is not None:
        for entry in list(extensions):
            if b"sectionLst" in _xml(entry):
                extensions.remove(entry)
        if len(extensions) == 0:
            presentation._element.remove(extensions)  # noqa: SLF001


def _xml(element: Any) -> bytes:
    from lxml import etree

    return bytes(etree.tostring(element))


def dress(presentation: Any) -> None:
    """Give the library's plain presentation a wide page, sober colours and a Chinese font."""
    from pptx.oxml.ns import qn
    from pptx.util import Pt

    stretch = _WIDE[0] / presentation.slide_width
    squeeze = _WIDE[1] / presentation.slide_height
    presentation.slide_width, presentation.slide_height = _WIDE
    master = presentation.slide_master
    for page in (master, *presentation.slide_layouts):
        for shape in page.placeholders:
            if shape._element.spPr.xfrm is None:  # noqa: SLF001 - inherits its place
                continue
            shape.left, shape.width = int(shape.left * stretch), int(shape.width * stretch)
            shape.top, shape.height = int(shape.top * squeeze), int(shape.height * squeeze)
    for layout in presentation.slide_layouts:
        if "CENTER_TITLE" not in layout_kinds(layout):
            continue
        for shape in layout.placeholders:
            if placeholder_kind(shape) == "CENTER_TITLE":
                shape.left, shape.top, shape.width, shape.height = (
                    762000,
                    2057400,
                    10668000,
                    1143000,
                )
            elif placeholder_kind(shape) == "SUBTITLE":
                shape.left, shape.top, shape.width, shape.height = (
                    762000,
                    3352800,
                    10668000,
                    1371600,
                )
                for level in shape._element.iter(qn("a:lvl1pPr")):  # noqa: SLF001
                    level.set("algn", "l")
    for shape in master.placeholders:
        if placeholder_kind(shape) == "TITLE":
            shape.left, shape.top, shape.width, shape.height = 457200, 180000, 11277600, 830000
    style = master._element.find(qn("p:txStyles")).find(qn("p:titleStyle"))  # noqa: SLF001
    level = style.find(qn("a:lvl1pPr"))
    level.set("algn", "l")
    run = level.find(qn("a:defRPr"))
    run.set("sz", str(int(Pt(26).pt * 100)))
    run.set("b", "1")
    for fill in run.findall(qn("a:solidFill")):
        for colour in fill:
            fill.remove(colour)
        fill.append(fill.makeelement(qn("a:schemeClr"), {"val": "tx1"}))
    _dress_theme(master)


def _dress_theme(master: Any) -> None:
    """Set the theme's colours and East Asian fonts."""
    from lxml import etree
    from pptx.opc.constants import RELATIONSHIP_TYPE
    from pptx.oxml.ns import qn

    part = master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme = etree.fromstring(part.blob)
    for name, value in _OWN_COLOURS.items():
        for holder in theme.iter(qn(f"a:{name}")):
            for child in list(holder):
                holder.remove(child)
            etree.SubElement(holder, qn("a:srgbClr")).set("val", value)
    for font in ("majorFont", "minorFont"):
        for holder in theme.iter(qn(f"a:{font}")):
            holder.find(qn("a:ea")).set("typeface", _OWN_FONT)
            for entry in holder.findall(qn("a:font")):
                if entry.get("script") == "Hans":
                    entry.set("typeface", _OWN_FONT)
    part._blob = etree.tostring(  # noqa: SLF001
        theme,
        xml_declaration=True,
        encoding="UTF-8",
        standalone=True,
    )
