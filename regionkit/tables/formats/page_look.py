"""What of a web page is seen: hidden elements taken out, raised text told from the digits."""

from __future__ import annotations

import re
from typing import Any

from regionkit.tables.grammar.marks import raise_text

__all__ = ["hidden_columns", "is_hidden_row", "leave_what_is_seen"]

_HIDDEN_ROW = "data-not-seen"
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_SIMPLE = re.compile(r"^(?:[a-z]+)?([.#][\w-]+)$", re.IGNORECASE)
_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_HIDES = re.compile(
    r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all)"
    r"\s*(?:!important)?\s*(?:;|$)",
    re.IGNORECASE,
)
_RAISES = re.compile(r"(?:^|;)\s*vertical-align\s*:\s*super", re.IGNORECASE)
_ROWS = {"tr", "tbody", "thead", "tfoot"}
_MOST_COLUMNS = 16_384


def leave_what_is_seen(root: Any) -> None:
    """Take hidden elements out of a page, mark hidden rows, and write raised text as such.

    Hidden are ``display:none``, ``visibility:hidden``, the attribute ``hidden``, and classes and
    ids to which the page's own style sheet gives these.
    """
    hiding, raising = _selectors(root)
    for node in list(root.iter()):
        if not isinstance(node.tag, str) or node.tag in {"html", "body"}:
            continue
        if _is(node, _HIDES, hiding) or node.get("hidden") is not None:
            if node.tag in _ROWS:
                for row in [node] if node.tag == "tr" else node.iter("tr"):
                    row.set(_HIDDEN_ROW, "1")
            elif node.tag not in {"col", "colgroup"} and node.getparent() is not None:
                node.drop_tree()
        elif node.tag == "sup" or (node.tag in {"span", "font"} and _is(node, _RAISES, raising)):
            text = node.text_content()
            for child in list(node):
                node.remove(child)
            node.text = raise_text(text)


def is_hidden_row(row: Any) -> bool:
    """Return whether a row was found hidden."""
    return row.get(_HIDDEN_ROW) is not None


def hidden_columns(table: Any) -> set[int]:
    """Return the places of the columns that a table's own ``col`` elements hide."""
    found: set[int] = set()
    place = 0
    for child in table:
        columns = [child] if child.tag == "col" else []
        if child.tag == "colgroup":
            columns = [node for node in child if node.tag == "col"] or [child]
        for column in columns:
            text = (column.get("span") or "1").strip()
            span = min(int(text), _MOST_COLUMNS) if text.isdecimal() and len(text) < 7 else 1
            if _HIDES.search(column.get("style") or "") or column.get("hidden") is not None:
                found |= set(range(place, min(place + span, _MOST_COLUMNS)))
            place += span
    return found


def _is(node: Any, wanted: re.Pattern[str], selectors: set[str]) -> bool:
    if wanted.search(node.get("style") or ""):
        return True
    if not selectors:
        return False
    names = {f".{name}" for name in (node.get("class") or "").split()}
    return bool(selectors & (names | {f"#{node.get('id')}"}))


def _selectors(root: Any) -> tuple[set[str], set[str]]:
    """Return the classes and ids that the page's style sheets hide, and those they raise."""
    hiding: set[str] = set()
    raising: set[str] = set()
    for style in root.iter("style"):
        text = _COMMENT.sub("", style.text_content() or "")
        # What holds only for print or small screens says nothing of the page.
        text = re.sub(r"@media[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", "", text)
        for heads, body in _RULE.findall(text):
            for selector in heads.split(","):
                name = _SIMPLE.match(selector.strip())
                if name and _HIDES.search(body):
                    hiding.add(name.group(1))
                elif name and _RAISES.search(body):
                    raising.add(name.group(1))
    return hiding, raising
