"""Symbols of projects: a drawing for each kind in its domain, the same on paper and screen.

Colour tells the domain, shape the kind within it. Kinds of transport and energy that run as lines
have colours of their own, since the dashes of a line tell its stage. No two rows of a legend look
alike: what has no drawing of its own is drawn, counted and named as the rest of its domain.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from regionkit.maps.signs.shapes import SHAPES
from regionkit.pack.model import known_kinds
from regionkit.words.message import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd

__all__ = [
    "DOMAIN_KINDS",
    "REST",
    "Symbol",
    "kind_symbols",
    "row_labels",
    "row_of",
    "symbol_of",
]

# The kind that stands for all kinds of a domain without a drawing of their own.
REST = "other"


@dataclass(frozen=True, order=True)
class Symbol:
    """How a kind of project is drawn.

    Attributes
    ----------
    shape : str
        A shape of :func:`shape_points`.
    colour : str
        "#rrggbb".
    """

    shape: str
    colour: str


_DOMAIN_COLOURS = {
    "transport": "#1d4ed8",
    "energy": "#a4133c",
    "water": "#0096c7",
    "digital": "#7b2cbf",
    "innovation": "#d6249f",
    "industry": "#4d4d4d",
    "logistics": "#8c4a00",
    "opening": "#00786f",
    "tourism": "#e07a00",
    "agriculture": "#7f8c00",
    "ecology": "#1b6b2f",
    "urban": "#8a94a6",
    "social": "#ef6f6c",
    "safety": "#ffc300",
}
_LINE_COLOURS = {
    "high-speed-railway": "#e3001b",
    "railway": "#14213d",
    "intercity-railway": "#ff7f50",
    "expressway": "#3cb54a",
    "road": "#9c7a5b",
    "pipeline": "#c9a000",
    "transmission": "#5c0a1f",
}
# What draws a domain that only a pack knows, by the family it belongs to.
_FAMILY_COLOURS = {
    "transport-logistics": "#5271c4",
    "rail": "#5271c4",
    "road": "#5271c4",
    "water": "#5271c4",
    "air-hub": "#5271c4",
    "energy": "#8f3b52",
    "grid": "#8f3b52",
    "nuclear-thermal": "#8f3b52",
    "wind-solar-hydrogen": "#8f3b52",
    "pumped-storage": "#8f3b52",
    "oil-gas": "#8f3b52",
    "nature": "#4a8f5c",
    "industry": "#6b5b7b",
    "society": "#b5838d",
}


def _shapes_by_domain() -> dict[str, dict[str, str]]:
    shapes: dict[str, dict[str, str]] = {}
    for row in known_kinds():
        if row["kind"]:
            shapes.setdefault(row["domain"], {})[row["kind"]] = row["symbol"]
    return shapes


# Shapes of each domain's kinds, those of other domains that occur in it included.
DOMAIN_KINDS = _shapes_by_domain()
_PLAIN = Symbol("circle", "#111111")


def kind_symbols(kinds: pd.DataFrame) -> dict[str, str]:
    """Return how each kind of a pack is drawn: shape and colour by "domain/kind".

    A kind without an icon has the first one that no other kind of its colour has.

    Parameters
    ----------
    kinds : DataFrame
        The pack's table ``kinds``.

    Examples
    --------
    >>> import pandas as pd
    >>> row = {"domain": "transport", "kind": "spaceport", "family": "air-hub", "symbol": "tall"}
    >>> kind_symbols(pd.DataFrame([row]))
    {'transport/spaceport': 'tall #1d4ed8'}
    """
    rows = kinds.astype(object).where(kinds.notna(), "").sort_values(["domain", "kind"])
    families = {row.domain: row.family for row in rows.itertuples() if not row.kind}
    mine = [row for row in rows.itertuples() if row.kind]
    colours = [
        _colour_of(row.kind, row.domain, row.family or families.get(row.domain, "")) for row in mine
    ]
    taken = {(row.symbol, colour) for row, colour in zip(mine, colours, strict=True)}
    drawn = {}
    for row, colour in zip(mine, colours, strict=True):
        free = (shape for shape in SHAPES if (shape, colour) not in taken)
        shape = row.symbol or next(free, "circle")
        taken.add((shape, colour))
        drawn[f"{row.domain}/{row.kind}"] = f"{shape} {colour}"
    return drawn


def _colour_of(kind: str, domain: str, family: str) -> str:
    own = _LINE_COLOURS.get(kind) if domain in {"transport", "energy"} else None
    return own or _DOMAIN_COLOURS.get(domain) or _FAMILY_COLOURS.get(family, _PLAIN.colour)


def row_of(
    kind: str, domain: str, labels_of: Mapping[str, Mapping[str, str]] | None = None
) -> tuple[str, str]:
    """Return the row of a legend that a project stands in, as domain and kind.

    Parameters
    ----------
    kind, domain : str
    labels_of : mapping, optional
        As of :func:`symbol_of`.

    Examples
    --------
    >>> row_of("hospital", "social"), row_of("nuclear", "social")
    (('social', 'hospital'), ('social', 'other'))
    """
    is_known = kind in DOMAIN_KINDS.get(domain, {}) or _told(kind, domain, labels_of)
    return domain, kind if is_known else REST


def symbol_of(
    kind: str, domain: str, labels_of: Mapping[str, Mapping[str, str]] | None = None
) -> Symbol:
    """Return the symbol of a kind of project in its domain, else that of the domain's rest.

    Parameters
    ----------
    kind, domain : str
    labels_of : mapping, optional
        With an entry "symbol", as of :func:`kind_symbols`: how a pack draws its kinds.

    Examples
    --------
    >>> symbol_of("nuclear", "energy").shape
    'star'
    """
    told = _told(kind, domain, labels_of)
    if told:
        return Symbol(*told.split())
    if domain not in DOMAIN_KINDS:
        return _PLAIN
    _, kind = row_of(kind, domain)
    return Symbol(DOMAIN_KINDS[domain][kind], _colour_of(kind, domain, ""))


def _told(kind: str, domain: str, labels_of: Mapping[str, Mapping[str, str]] | None) -> str:
    return (labels_of or {}).get("symbol", {}).get(f"{domain}/{kind}", "")


def row_labels(
    rows: Iterable[tuple[str, str]],
    labels_of: Mapping[str, Mapping[str, str]],
    *,
    lang: str = "zh",
) -> dict[tuple[str, str], str]:
    """Return the words of a legend's rows; one that would repeat another carries its domain.

    Parameters
    ----------
    rows : iterable of (domain, kind)
        As of :func:`row_of`.
    labels_of : mapping
        ``{"kind": {...}, "domain": {...}}``: words for ids.
    lang : {"zh", "en"}

    Examples
    --------
    >>> words = {"kind": {"park": "园区", "other": "其他"}, "domain": {"opening": "开放"}}
    >>> list(row_labels([("opening", "park"), ("opening", "other")], words).values())
    ['园区', '开放：其他']
    """
    rows = list(dict.fromkeys(rows))
    kinds, domains = labels_of.get("kind", {}), labels_of.get("domain", {})
    plain = [kinds.get(kind, kind) for _, kind in rows]
    return {
        (domain, kind): say(
            "{label}: {text}", lang=lang, label=domains.get(domain, domain), text=word
        )
        if kind == REST or plain.count(word) > 1
        else word
        for (domain, kind), word in zip(rows, plain, strict=True)
    }
