"""Which units lie in two zones, and which zones a place is in."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import pandas as pd

from regionkit.region.marks import mark

if TYPE_CHECKING:
    from regionkit.region import Region

__all__ = ["list_zones_of", "zone_overlaps"]


def zone_overlaps(region: Region, *, kind: str | None = "strategic") -> pd.DataFrame:
    """Return the units that lie in two zones, by pair: whole units of the largest level.

    Parameters
    ----------
    region : Region
    kind : str or None
        Kind of the zones; the plan's own where not given, None for every grouping.

    Returns
    -------
    DataFrame
        One row a pair and unit: ``zone_id, zone, other_id, other, adcode, name, level``. A city
        stands for its counties where it is in both zones as a whole.

    Examples
    --------
    >>> import regionkit as rk
    >>> table = zone_overlaps(rk.load("liaoning"))
    >>> pair = table[(table["zone_id"] == "shenyang-metro") & (table["other_id"] == "liaoxi")]
    >>> pair["name"].tolist()
    ['阜新市']
    """
    zones = region.zone_table
    zones = zones if kind is None else zones[zones["kind"] == kind]
    parts, units, names = region.unit_parts, region.units, region.distinct_names
    rows = region.memberships
    inside = {
        zone: {code for m in rows.loc[rows["zone_id"] == zone, "adcode"] for code in parts[m]}
        for zone in zones.index
    }
    found = []
    for zone, other in combinations(zones.index, 2):
        both = inside[zone] & inside[other]
        covered = {c for code in both for c in parts[code] if c != code}
        found += [
            (zone, zones.loc[zone, "name"], other, zones.loc[other, "name"], code, names[code],
             units.loc[code, "level"])
            for code in sorted(both - covered)
        ]  # fmt: skip
    columns = ["zone_id", "zone", "other_id", "other", "adcode", "name", "level"]
    return mark(pd.DataFrame(found, columns=columns), region)


def list_zones_of(region: Region, place: str) -> pd.DataFrame:
    """Return the zones and groupings that a unit is in, whole or in part, with their documents.

    Parameters
    ----------
    region : Region
    place : str
        City or county.

    Returns
    -------
    DataFrame indexed by zone_id, in the plan's order
        ``name, kind, through`` (the recorded members that put it there), ``is_whole``,
        ``source_id, locator``.

    Raises
    ------
    UnknownPlaceError, AmbiguousPlaceError
        No unit, or several, have the name.

    Examples
    --------
    >>> import regionkit as rk
    >>> zones = list_zones_of(rk.load("liaoning"), "阜新市")
    >>> zones.index[zones["kind"] == "strategic"].tolist()
    ['shenyang-metro', 'liaoxi']
    """
    adcode = region.find(place, ["unit"]).id
    parts, names = region.unit_parts, region.distinct_names
    zones, rows = region.zone_table, region.memberships
    counties = parts[adcode] - {adcode} or {adcode}
    found = []
    for zone_id, mine in rows.groupby("zone_id", sort=False):
        # Through the unit itself, one that it lies in, or parts of it.
        through = [m for m in mine["adcode"] if adcode in parts[m] or m in parts[adcode]]
        if not through:
            continue
        covered = {code for member in through for code in parts[member]}
        first = mine[mine["adcode"].isin(through)].iloc[0]
        found.append(
            (zone_id, zones.loc[zone_id, "name"], zones.loc[zone_id, "kind"],
             "、".join(names[m] for m in dict.fromkeys(through)),
             adcode in covered or counties <= covered, first["source_id"], first["locator"])
        )  # fmt: skip
    columns = ["zone_id", "name", "kind", "through", "is_whole", "source_id", "locator"]
    table = pd.DataFrame(found, columns=columns).set_index("zone_id")
    ordered = table.loc[[zone for zone in zones.index if zone in table.index]]
    return mark(ordered, region, "zones")
