"""What targets are set for: the whole of a region, a part of it, or more than it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from regionkit.region import Region

__all__ = ["are_of_larger", "are_of_whole", "scope_parts"]

_LARGER = ("region", "nation")


def are_of_whole(region: Region) -> pd.Series:
    """Return which targets are set for the whole region, be it a province, a city or several.

    Returns
    -------
    Series of bool, shape (n_targets,), indexed by target_id

    Examples
    --------
    >>> import regionkit as rk
    >>> ln = rk.load("liaoning")
    >>> ln.targets.loc[are_of_whole(ln), "scope_id"].unique().tolist()
    ['210000']
    """
    return region.targets["scope_id"] == region.adcode


def are_of_larger(region: Region) -> pd.Series:
    """Return which targets are set for more than the region holds: no figure of a place in it.

    Returns
    -------
    Series of bool, shape (n_targets,), indexed by target_id

    Examples
    --------
    >>> import regionkit as rk
    >>> ln = rk.load("liaoning")
    >>> set(ln.targets.loc[are_of_larger(ln), "scope_kind"]) <= {"region", "nation"}
    True
    """
    return region.targets["scope_kind"].isin(_LARGER) & ~are_of_whole(region)


def scope_parts(region: Region) -> dict[str, frozenset[str]]:
    """Return the units that each scope of a target covers: a unit, zone, place or cluster, by id.

    Examples
    --------
    >>> import regionkit as rk
    >>> parts = scope_parts(rk.load("liaoning"))
    >>> parts["jinpu-new-area"] <= parts["210200"], parts["jinpu-new-area"] <= parts["210100"]
    (True, False)
    """
    parts = region.unit_parts
    found = dict(parts)
    places = region.places["adcode"].dropna()
    found |= {str(key): parts.get(code, frozenset([code])) for key, code in places.items()}
    for rows, key in (
        (region.memberships, "zone_id"),
        (region.cluster_places, "cluster_id"),
    ):
        for scope, codes in rows.groupby(key)["adcode"]:
            found[str(scope)] = frozenset().union(*(parts.get(code, ()) for code in codes))
    # A larger scope covers the region with all that lies in it.
    whole = frozenset().union(*parts.values())
    for scope in region.targets.loc[are_of_larger(region), "scope_id"].unique():
        found[str(scope)] = whole | {str(scope)}
    return found
