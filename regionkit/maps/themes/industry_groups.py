"""Groups of industries that maps are coloured by: fewer than there are sectors, and ours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from regionkit.maps.signs.colours import INDUSTRY_GROUPS, sector_colours
from regionkit.region.names import names_in
from regionkit.words.labels import labels_in

if TYPE_CHECKING:
    from regionkit.region import Region

__all__ = ["IndustryGroups", "industry_groups"]


@dataclass(frozen=True)
class IndustryGroups:
    """How sectors are grouped on maps; a sector without a group is one of its own.

    Attributes
    ----------
    of_sector : dict of sector_id to group
    colours, labels : dict by group, in the order of a legend
    """

    of_sector: dict[str, str]
    colours: dict[str, str]
    labels: dict[str, str]


def industry_groups(region: Region, lang: str = "zh") -> IndustryGroups:
    """Return the groups of a region's sectors.

    Examples
    --------
    >>> import regionkit as rk
    >>> groups = industry_groups(rk.load("liaoning"))
    >>> groups.labels[groups.of_sector["magnesite"]]
    '原材料'
    """
    sectors = region.sectors
    group = sectors["group"].where(sectors["group"].isin(list(INDUSTRY_GROUPS)))
    alone = group.isna()
    own = sector_colours(sectors)
    labels = labels_in(region.labels("sectors", "group"), lang)
    return IndustryGroups(
        dict(group.where(~alone, sectors.index)),
        {**INDUSTRY_GROUPS, **{sector: own[sector] for sector in sectors.index[alone]}},
        {**labels, **dict(names_in(sectors[alone], lang))},
    )
