"""Marks of projects: a disc in the colour of its family, the same on paper, page and slide.

Colour tells the family, fill and line tell the stage; what a mark is of in particular is said by
its number or name. A map of one domain tells that domain's own families apart, others the five that
all domains belong to.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from regionkit.pack.model import known_kinds
from regionkit.words.message import msg

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

__all__ = [
    "COLOUR_WORDS",
    "FAMILIES",
    "OLDER_COLOUR",
    "REST",
    "REST_COLOUR",
    "Symbol",
    "families_of_map",
    "family_of",
    "kind_families",
    "symbol_of",
]

# What belongs to no family that a map tells apart.
REST = "rest"
REST_COLOUR = "#55606a"
# Of projects that only older documents name, where they are asked for.
OLDER_COLOUR = "#9a9fa3"
# In the order of a legend: the five of all domains, those of transport, those of energy.
FAMILIES = {
    "transport-logistics": "#0b4a86",
    "energy": "#b85a0a",
    "nature": "#2a7a52",
    "industry": "#8a4a6e",
    "society": "#3a3733",
    "rail": "#1f3f66",
    "road": "#b8501a",
    "water": "#0b7c8c",
    "air-hub": "#9a3d6b",
    "grid": "#0b4a86",
    "nuclear-thermal": "#b85a0a",
    "wind-solar-hydrogen": "#2a7a52",
    "pumped-storage": "#8a4a6e",
    "oil-gas": "#3a3733",
}
# What these colours are called, where there is no room for a legend.
COLOUR_WORDS = {
    "transport-logistics": msg("blue"),
    "energy": msg("orange"),
    "nature": msg("green"),
    "industry": msg("purple"),
    "society": msg("black"),
    "rail": msg("dark blue"),
    "road": msg("orange"),
    "water": msg("teal"),
    "air-hub": msg("purple"),
    "grid": msg("blue"),
    "nuclear-thermal": msg("orange"),
    "wind-solar-hydrogen": msg("green"),
    "pumped-storage": msg("purple"),
    "oil-gas": msg("black"),
}
_SHAPE = "circle"


@dataclass(frozen=True, order=True)
class Symbol:
    """How a project is drawn.

    Attributes
    ----------
    shape : str
        A shape of :func:`shape_points`.
    colour : str
        "#rrggbb".
    """

    shape: str
    colour: str


def kind_families(kinds: pd.DataFrame) -> dict[str, str]:
    """Return the family of each domain, and of each "domain/kind" that has one of its own.

    Parameters
    ----------
    kinds : DataFrame
        The pack's table ``kinds``.

    Examples
    --------
    >>> import pandas as pd
    >>> rows = [
    ...     {"domain": "transport", "kind": None, "family": "transport-logistics"},
    ...     {"domain": "transport", "kind": "spaceport", "family": "air-hub"},
    ... ]
    >>> kind_families(pd.DataFrame(rows))
    {'transport': 'transport-logistics', 'transport/spaceport': 'air-hub'}
    """
    rows = kinds.astype(object).where(kinds.notna(), "")
    return {
        f"{row.domain}/{row.kind}" if row.kind else row.domain: row.family
        for row in rows.sort_values(["domain", "kind"]).itertuples()
        if row.family
    }


@cache
def _starting() -> dict[str, str]:
    """Return the families of what is known without a pack's saying."""
    return {
        f"{row['domain']}/{row['kind']}" if row["kind"] else row["domain"]: row["family"]
        for row in known_kinds()
        if row["family"]
    }


def families_of_map(
    projects: pd.DataFrame, labels_of: Mapping[str, Mapping[str, str]] | None = None
) -> dict[str, Mapping[str, str]]:
    """Return words and families for a map of projects: an entry "row", family by "domain/kind".

    Parameters
    ----------
    projects : DataFrame
        Columns ``domain, kind``: all that the map is of.
    labels_of : mapping, optional
        With an entry "family_of", as of :func:`kind_families`: a pack's own. What has an entry
        "row" already comes back as it is.

    Examples
    --------
    >>> import pandas as pd
    >>> lines = pd.DataFrame({"domain": "transport", "kind": ["railway", "road"]})
    >>> families_of_map(lines)["row"]
    {'transport/railway': 'rail', 'transport/road': 'road'}
    >>> lines.loc[2] = ["energy", "nuclear"]
    >>> families_of_map(lines)["row"]["transport/road"]
    'transport-logistics'
    """
    given = dict(labels_of or {})
    if "row" in given:
        return given
    told = {**_starting(), **given.get("family_of", {})}
    pairs = sorted(set(zip(projects["domain"], projects["kind"], strict=True)))
    own = {f"{domain}/{kind}": told.get(f"{domain}/{kind}", "") for domain, kind in pairs}
    is_fine = len({domain for domain, _ in pairs}) == 1 and any(own.values())
    row = own if is_fine else {key: told.get(key.partition("/")[0], "") for key in own}
    return {**given, "row": {key: family or REST for key, family in row.items()}}


def family_of(
    kind: str, domain: str, labels_of: Mapping[str, Mapping[str, str]] | None = None
) -> str:
    """Return the family that a project is drawn as.

    Parameters
    ----------
    kind, domain : str
    labels_of : mapping, optional
        As of :func:`families_of_map`; without an entry "row" the family of the domain.

    Examples
    --------
    >>> family_of("nuclear", "energy"), family_of("gate", "a-domain-of-its-own")
    ('energy', 'rest')
    """
    given = labels_of or {}
    found = given.get("row", {}).get(f"{domain}/{kind}")
    return found or given.get("family_of", {}).get(domain) or _starting().get(domain, REST)


def symbol_of(
    kind: str, domain: str, labels_of: Mapping[str, Mapping[str, str]] | None = None
) -> Symbol:
    """Return the symbol of a kind of project in its domain.

    Parameters
    ----------
    kind, domain, labels_of
        As of :func:`family_of`.

    Examples
    --------
    >>> symbol_of("nuclear", "energy")
    Symbol(shape='circle', colour='#b85a0a')
    """
    return Symbol(_SHAPE, FAMILIES.get(family_of(kind, domain, labels_of), REST_COLOUR))
