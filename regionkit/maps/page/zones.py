"""A kind of layer: zones and other groupings of the region's counties, as the page reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
import shapely

from regionkit.maps.page.columns import cited
from regionkit.maps.page.topology import POINT_SCALE, to_grid
from regionkit.maps.signs.colours import zone_look
from regionkit.maps.signs.zone_doubt import inferred_counties, membership_doubt
from regionkit.region.names import names_in
from regionkit.words.message import say

if TYPE_CHECKING:
    from regionkit.region import Region

__all__ = ["zone_table"]

# Of a grouping that has no colour.
_NO_COLOUR = "#555555"


def zone_table(region: Region, lang: str, shift: Any = None) -> dict[str, Any]:
    """Return strategic zones, then every other grouping, with their counties as places."""
    counties = {code: number for number, code in enumerate(region.counties.index)}
    members: dict[str, list[int]] = {}
    for code, number in counties.items():
        for zone in region.zones_of(code, kind=None):
            members.setdefault(zone, []).append(number)
    table = pd.concat([region.zones, region.groupings])
    looks = [zone_look(one if isinstance(one, str) else _NO_COLOUR) for one in table["colour"]]
    return cited(
        table.reset_index().assign(
            id=table.index,
            name=names_in(table, lang).to_numpy(),
            short=names_in(table, lang, column="short_name").to_numpy(),
            colour=[look.edge for look in looks],
            fill=[look.fill for look in looks],
            ink=[look.name for look in looks],
            name_at=_name_points(region, table.index, shift),
            inferred=[
                [counties[code] for code in inferred_counties(region, zone)] for zone in table.index
            ],
            card=[_card(region, zone, len(members.get(zone, [])), lang) for zone in table.index],
            doubt=[membership_doubt(region, zone, lang) or None for zone in table.index],
            counties=[members.get(zone, []) for zone in table.index],
            km2=table["area_km2"].fillna(0).round().astype(int).to_numpy(),
        ),
        [
            "id",
            "name",
            "short",
            "kind",
            "colour",
            "fill",
            "ink",
            "name_at",
            "inferred",
            "card",
            "doubt",
            "counties",
            "km2",
            "note",
        ],
    )


def _rows(region: Region, zone: str) -> pd.DataFrame:
    return region.memberships[region.memberships["zone_id"] == zone]


def _card(region: Region, zone: str, n_counties: int, lang: str) -> str:
    """Return what a zone is made of: cities where they are its members, and counties."""
    n_cities = int(_rows(region, zone)["adcode"].isin(region.cities.index).sum())
    counties = say("{n} counties", lang=lang, n=n_counties)
    if not n_cities:
        return counties
    return say("{a} · {b}", lang=lang, a=say("{n} cities", lang=lang, n=n_cities), b=counties)


def _name_points(region: Region, zones: pd.Index, shift: Any) -> list[list[int] | None]:
    """Return where a zone's name stands: in the middle of what is its own, else of all of it."""
    known = region.zones.geometry
    found: list[list[int] | None] = []
    for zone in zones:
        if zone not in known.index or known[zone] is None or known[zone].is_empty:
            found.append(None)
            continue
        others = shapely.union_all(known.drop(zone).to_numpy())
        own = shapely.difference(known[zone], others, grid_size=1e-4)
        shape = own if own.area > known[zone].area / 4 else known[zone]
        largest = max(shapely.get_parts(shape), key=lambda part: part.area)
        xy = shapely.get_coordinates(
            shapely.maximum_inscribed_circle(shapely.simplify(largest, 0.01), tolerance=0.02)
        )[:1]
        found.append(to_grid(xy if shift is None else shift(xy), POINT_SCALE)[0].tolist())
    return found
