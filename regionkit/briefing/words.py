"""What the forms of a briefing say alike: how a fact is known, and the list of sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regionkit.words.message import join, msg, say

if TYPE_CHECKING:
    from regionkit.briefing.model import Source

__all__ = ["basis_line", "basis_word", "source_cells", "source_heads"]

_BASES = {
    "stated": msg("stated"),
    "derived": msg("derived"),
    "inferred": msg("inferred"),
    "external": msg("external"),
}


def basis_word(basis: object, lang: str) -> str:
    """Return how a fact is known, "" where that is not said.

    Examples
    --------
    >>> basis_word("stated", "zh"), basis_word("", "zh")
    ('载明', '')
    """
    word = _BASES.get(str(basis))
    return word.render(lang) if word else ""


def basis_line(lang: str) -> str:
    """Return what the words for how a fact is known mean."""
    return say(
        "Basis: stated = the document says it; derived = computed from stated figures; inferred = "
        "the editors' reading; external = another source. What is not known is left out.",
        lang=lang,
    )


def source_heads(lang: str) -> tuple[str, ...]:
    """Return the columns of the list of sources."""
    return (
        say("No.", lang=lang),
        say("Document title", lang=lang),
        say("Issuer", lang=lang),
        say("Date of issue", lang=lang),
        say("Places cited", lang=lang),
        say("Remarks", lang=lang),
    )


def source_cells(source: Source, lang: str) -> tuple[str, ...]:
    """Return a source as the texts of a row: number, title, issuer, date, places, remarks."""
    title = source.title
    if source.kind:
        title = say("{label} ({count})", lang=lang, label=title, count=source.kind)
    licence = [say("Licence: {licence}.", lang=lang, licence=source.licence)]
    remarks = [*(licence if source.licence else ()), *([source.note] if source.note else ())]
    return (
        f"[{source.number}]",
        title,
        source.issuer,
        source.issued_on,
        join(source.locators, "clauses").render(lang) if source.locators else "",
        join(remarks, "sentences").render(lang) if remarks else "",
    )
