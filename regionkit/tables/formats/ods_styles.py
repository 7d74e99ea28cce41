"""Number formats and raised characters of an OpenDocument spreadsheet, from its styles."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xml.etree import ElementTree as ET

__all__ = ["OdsStyles"]

_URN = "{urn:oasis:names:tc:opendocument:xmlns:"
_STYLE, _NUMBER, _TABLE = (f"{_URN}{part}:1.0}}" for part in ("style", "datastyle", "table"))
_DATA_STYLES = {
    f"{_NUMBER}{kind}-style" for kind in ("number", "percentage", "currency", "text", "boolean")
}
# Digits beyond these say nothing; a file may ask for a million.
_MOST_DIGITS = 30


class OdsStyles:
    """What the styles of a document say of its cells."""

    def __init__(self) -> None:
        self.hidden_tables: set[str] = set()
        self.raised: set[str] = set()
        self._forms: dict[str, str] = {}
        self._maps: dict[str, list[tuple[str, str]]] = {}
        self._data_of_cell: dict[str, str] = {}
        self._parent_of_cell: dict[str, str] = {}

    def add(self, node: ET.Element) -> bool:
        """Take in an element that is a style; return whether it was one."""
        name = node.get(f"{_STYLE}name", "")
        if node.tag in _DATA_STYLES:
            self._forms[name] = _form(node)
            self._maps[name] = [
                (m.get(f"{_STYLE}condition", ""), m.get(f"{_STYLE}apply-style-name", ""))
                for m in node.findall(f"{_STYLE}map")
            ]
            return True
        if node.tag != f"{_STYLE}style":
            return False
        shown = node.find(f"{_STYLE}table-properties")
        if shown is not None and shown.get(f"{_TABLE}display") == "false":
            self.hidden_tables.add(name)
        text = node.find(f"{_STYLE}text-properties")
        position = text.get(f"{_STYLE}text-position", "") if text is not None else ""
        if position.startswith("super") or (position[:1].isdigit() and position[:2] != "0%"):
            self.raised.add(name)
        if node.get(f"{_STYLE}data-style-name"):
            self._data_of_cell[name] = node.get(f"{_STYLE}data-style-name", "")
        if node.get(f"{_STYLE}parent-style-name"):
            self._parent_of_cell[name] = node.get(f"{_STYLE}parent-style-name", "")
        return True

    def form_of(self, cell_style: str) -> str:
        """Return the number format of a cell's style, as a spreadsheet program writes it."""
        seen = set()
        while cell_style and cell_style not in self._data_of_cell and cell_style not in seen:
            seen.add(cell_style)
            cell_style = self._parent_of_cell.get(cell_style, "")
        name = self._data_of_cell.get(cell_style, "")
        own = self._forms.get(name, "")
        sections = [
            f"[{condition.removeprefix('value()').replace('!=', '<>')}]{self._forms[other]}"
            for condition, other in self._maps.get(name, [])
            if condition.startswith("value()") and self._forms.get(other)
        ]
        return ";".join([*sections, own]) if own else ""


def _form(style: ET.Element) -> str:
    pieces = []
    for node in style:
        if node.tag in {f"{_NUMBER}text", f"{_NUMBER}currency-symbol"}:
            pieces.append(_literal(node.text or ""))
        elif node.tag == f"{_NUMBER}number":
            pieces.append(_digits(node))
        elif node.tag == f"{_NUMBER}scientific-number":
            pieces.append("0.00E+00")
        elif node.tag == f"{_NUMBER}fraction":
            pieces.append("# ?/?")
        elif node.tag == f"{_NUMBER}text-content":
            pieces.append("@")
    form = "".join(pieces)
    if style.tag == f"{_NUMBER}percentage-style":
        # The sign is a text of the style, and what makes it a percentage is the style's kind.
        return form.replace('"%"', "%") if '"%"' in form else f"{form}%"
    return form


def _literal(text: str) -> str:
    """Return a text of a format, its % apart from the rest of it."""
    return "".join('"%"' if part == "%" else f'"{part}"' for part in _parted(text) if part)


def _parted(text: str) -> list[str]:
    before, sign, after = text.partition("%")
    return [before, *([sign, *_parted(after)] if sign else [])]


def _digits(node: ET.Element) -> str:
    decimals = _whole(node, "decimal-places", 0)
    integers = max(1, _whole(node, "min-integer-digits", 1))
    literals = {
        _whole(part, "position", 0): part.text or ""
        for part in node.findall(f"{_NUMBER}embedded-text")
    }
    integers = max([integers, *(position + 1 for position in literals if position < _MOST_DIGITS)])
    text = ""
    for place in range(integers, 0, -1):
        text += "0"
        if literals.get(place - 1):
            text += f'"{literals[place - 1]}"'
    factor = node.get(f"{_NUMBER}display-factor", "1")
    commas = {"1000": 1, "1000000": 2, "1000000000": 3, "1000000000000": 4}.get(factor, 0)
    if node.get(f"{_NUMBER}decimal-places") is None and node.get(f"{_NUMBER}grouping") is None:
        return "General" if not commas and integers == 1 else text + "," * commas
    return text + ("." + "0" * decimals if decimals else "") + "," * commas


def _whole(node: ET.Element, name: str, otherwise: int) -> int:
    text = node.get(f"{_NUMBER}{name}", "")
    return min(int(text), _MOST_DIGITS) if text.isdecimal() and len(text) < 9 else otherwise
