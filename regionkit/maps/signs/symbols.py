"""Symbols of projects: a drawing for each kind in its domain, the same on paper and screen.

Colour tells the domain, shape the kind within it. Kinds of transport and energy that run as lines
have colours of their own, since the dashes of a line tell its stage. No two rows of a legend look
alike: what has no drawing of its own is drawn, counted and named as the rest of its domain.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = [
    "DOMAIN_KINDS",
    "REST",
    "Symbol",
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
# Shapes of each domain's kinds, those of other domains that occur in it included.
DOMAIN_KINDS: dict[str, dict[str, str]] = {
    "transport": {
        "high-speed-railway": "right", "railway": "aitch", "intercity-railway": "egg",
        "expressway": "slant", "road": "ell", "bridge-tunnel": "bow", "airport": "triangle",
        "general-airport": "chevron", "port": "inverted", "waterway": "wide", "metro": "hexagon",
        "hub": "pentagon", "border-port": "house", "designation": "spark", REST: "circle",
    },
    "energy": {
        "nuclear": "star", "thermal": "square", "pumped-storage": "drop", "wind": "burst",
        "solar": "spark", "biomass": "left", "energy-storage": "tall", "transmission": "diamond",
        "oil-gas-field": "inverted", "pipeline": "hourglass", "lng-terminal": "hexagon",
        "oil-gas-storage": "circle", "hydrogen": "pentagon", "coal": "wedge",
        "energy-base": "cross", "heating": "house", "industrial-base": "slant", REST: "arrow",
    },
    "water": {
        "reservoir": "square", "water-transfer": "arrow", "flood-control": "triangle",
        "irrigation": "diamond", "restoration": "burst", "digital-platform": "hexagon",
        "water-supply": "wide", REST: "drop",
    },
    "digital": {
        "network": "saltire", "data-center": "square", "digital-platform": "hexagon",
        "innovation-platform": "star", "open-platform": "diamond", "industrial-base": "cross",
        "park": "pentagon", "pilot": "chevron", REST: "circle",
    },
    "innovation": {
        "laboratory": "triangle", "science-facility": "diamond", "innovation-platform": "star",
        "science-town": "house", "data-center": "square", "industrial-base": "cross",
        "park": "hexagon", REST: "pentagon",
    },
    "industry": {
        "industrial-project": "diamond", "industrial-base": "square", "park": "hexagon",
        "mine": "inverted", "designation": "egg", REST: "circle",
    },
    "logistics": {
        "logistics-hub": "pentagon", "logistics-park": "wide", "cold-chain": "saltire",
        REST: "circle",
    },
    "opening": {
        "bonded-zone": "square", "free-trade-zone": "star", "open-platform": "diamond",
        "border-port": "house", "new-area": "cross", "park": "wide", "circular-economy": "burst",
        "digital-platform": "hexagon", "designation": "egg", "pilot": "chevron", REST: "circle",
    },
    "tourism": {
        "scenic-area": "triangle", "heritage": "house", "cultural-venue": "diamond",
        "sports-venue": "circle", "trail": "slant", "digital-platform": "hexagon",
        "sea-route": "wide", "designation": "egg", REST: "inverted",
    },
    "agriculture": {
        "farmland": "square", "agri-base": "triangle", "fishery": "inverted", "seed": "drop",
        "irrigation": "slant", "industrial-project": "diamond", "park": "wide",
        "digital-platform": "hexagon", REST: "circle",
    },
    "ecology": {
        "restoration": "burst", "protected-area": "triangle", "pollution-control": "inverted",
        "circular-economy": "hexagon", "innovation-platform": "star", "park": "wide",
        "designation": "egg", "pilot": "chevron", REST: "circle",
    },
    "urban": {
        "new-area": "square", "urban-renewal": "diamond", "utility": "pentagon",
        "designation": "egg", REST: "cross",
    },
    "social": {
        "hospital": "cross", "school": "triangle", "care": "diamond", "cultural-venue": "house",
        "digital-platform": "hexagon", "innovation-platform": "star", "laboratory": "burst",
        "seed": "drop", "housing": "square", "pilot": "chevron", REST: "circle",
    },
    "safety": {
        "emergency-rescue": "cross", "emergency-supplies": "square", "weather-service": "spark",
        "hazard-prevention": "triangle", "digital-platform": "hexagon", "laboratory": "burst",
        "innovation-platform": "star", REST: "circle",
    },
}  # fmt: skip
_PLAIN = Symbol("circle", "#111111")


def row_of(kind: str, domain: str) -> tuple[str, str]:
    """Return the row of a legend that a project stands in, as domain and kind.

    Examples
    --------
    >>> row_of("hospital", "social"), row_of("nuclear", "social")
    (('social', 'hospital'), ('social', 'other'))
    """
    return domain, kind if kind in DOMAIN_KINDS.get(domain, {}) else REST


def symbol_of(kind: str, domain: str) -> Symbol:
    """Return the symbol of a kind of project in its domain, else that of the domain's rest.

    Examples
    --------
    >>> symbol_of("nuclear", "energy").shape
    'star'
    """
    if domain not in DOMAIN_KINDS:
        return _PLAIN
    _, kind = row_of(kind, domain)
    colour = _LINE_COLOURS.get(kind, _DOMAIN_COLOURS[domain])
    return Symbol(DOMAIN_KINDS[domain][kind], colour)


def row_labels(
    rows: Iterable[tuple[str, str]],
    labels_of: Mapping[str, Mapping[str, str]],
    *,
    colon: str = "：",
) -> dict[tuple[str, str], str]:
    """Return the words of a legend's rows; one that would repeat another carries its domain.

    Parameters
    ----------
    rows : iterable of (domain, kind)
        As of :func:`row_of`.
    labels_of : mapping
        ``{"kind": {...}, "domain": {...}}``: words for ids.
    colon : str

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
        (domain, kind): f"{domains.get(domain, domain)}{colon}{word}"
        if kind == REST or plain.count(word) > 1
        else word
        for (domain, kind), word in zip(rows, plain, strict=True)
    }
