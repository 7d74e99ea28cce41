"""Tables that a notebook shows: escaped, in the reader's language."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["html_facts", "html_rows"]


def html_facts(heading: object, facts: Iterable[tuple[object, object]]) -> str:
    """Return a heading and a table of facts, a line each; a blank one is left out.

    Examples
    --------
    >>> html_facts("锦州港", [("Level", "<site>"), ("City", "")])
    '<table><caption>锦州港</caption><tr><th>Level</th><td>&lt;site&gt;</td></tr></table>'
    """
    rows = "".join(
        f"<tr><th>{escape(str(name))}</th><td>{escape(str(value))}</td></tr>"
        for name, value in facts
        if str(value)
    )
    return f"<table><caption>{escape(str(heading))}</caption>{rows}</table>"


def html_rows(
    headers: Sequence[object],
    rows: Iterable[Sequence[object]],
    *,
    below: Sequence[object] = (),
) -> str:
    """Return a table with a header; ``below`` stands in small letters under each name.

    Examples
    --------
    >>> html_rows(["a"], [["<b>"]])
    '<table><tr><th>a</th></tr><tr><td>&lt;b&gt;</td></tr></table>'
    """
    small = [f"<br><small>{escape(str(name))}</small>" for name in below] or [""] * len(headers)
    head = "".join(
        f"<th>{escape(str(name))}{under}</th>" for name, under in zip(headers, small, strict=True)
    )
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(str(cell))}</td>" for cell in row) + "</tr>" for row in rows
    )
    return f"<table><tr>{head}</tr>{body}</table>"
