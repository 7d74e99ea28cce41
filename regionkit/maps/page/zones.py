"""A kind of layer: zones and other groupings of the region's counties, as the page reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from regionkit.maps.page.columns import cited
from regionkit.maps.signs.colours import zone_look
from regionkit.region.names import names_in

if TYPE_CHECKING:
    from regionkit.region import Region

__all__ = ["zone_table"]

# Of a grouping that has no colour.
_NO_COLOUR = "#555555"


def zone_table(region: Region, lang: str) -> dict[str, Any]:
    """Return strategic zones, then every other grouping, with their counties as places."""
    counties = {code: number for number, code in enumerate(region.counties.index)}
    members: dict[str, list[int]] = {}
    for code, number in counties.items():
        for zone in region.zones_of(code, kind=None):
            members.setdefault(zone, []).append(number)
    table = pd.concat([region.zones, region.groupings])
    return cited(
        table.reset_index().assign(
            id=table.index,
            name=names_in(table, lang).to_numpy(),
            short=names_in(table, lang, column="short_name").to_numpy(),
            colour=[_outline(colour) for colour in table["colour"]],
            counties=[members.get(zone, []) for zone in table.index],
            km2=table["area_km2"].fillna(0).round().astype(int).to_numpy(),
        ),
        ["id", "name", "short", "kind", "colour", "counties", "km2", "note"],
    )


def _outline(colour: Any) -> str:
    """Return the colour of a zone's outline; grey for a grouping that has none."""
    return zone_look(colour).edge if isinstance(colour, str) else _NO_COLOUR
