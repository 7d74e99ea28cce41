"""The palette of regionkit's maps: what each set of colours stands for.

Chosen together, so that readers with a colour deficiency tell each set apart and most of it stays
apart in grey; a number, a word or a pattern repeats what a colour says.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from regionkit.maps.signs.shades import darker

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "DIVERGING",
    "GAP_COLOURS",
    "GAP_LIMITS",
    "INDUSTRY_GROUPS",
    "NOT_LISTED",
    "RAMPS",
    "SEQUENTIAL",
    "STRUCTURE",
    "ZONES",
    "StructureLook",
    "ZoneLook",
    "sector_colours",
    "zone_look",
]

#: Of a unit of which nothing is listed: nearly the land's own.
NOT_LISTED = "#f4f2ec"
#: Names of the ramps that maps are drawn in where no colormap is chosen.
SEQUENTIAL = "regionkit"
DIVERGING = "regionkit-diverging"
#: Colours by their place from 0 to 1. What diverges jumps at the middle: below a target, and above.
RAMPS: dict[str, tuple[tuple[float, str], ...]] = {
    SEQUENTIAL: (
        (0.0, "#eff1e3"),
        (0.25, "#c3dccf"),
        (0.5, "#86bdbd"),
        (0.75, "#4489a0"),
        (1.0, "#1c4e73"),
    ),
    DIVERGING: (
        (0.0, "#93501b"),
        (0.2, "#d39b5c"),
        (0.4, "#f2e3c8"),
        (0.5, "#f2e3c8"),
        (0.5, "#a9d2d2"),
        (0.6, "#a9d2d2"),
        (1.0, "#2e7d84"),
    ),
}
#: How far a value falls short of its target: the classes' lower limits, then what reaches it.
GAP_LIMITS = (20.0, 10.0, 5.0, 0.0)
GAP_COLOURS = ("#93501b", "#c98a4b", "#e6c196", "#f6ebd6", "#a9d2d2")


#: Groups of the sectors of industry, in the order of a legend; and what belongs to none.
INDUSTRY_GROUPS = {
    "materials": "#b1b5d8",
    "food": "#c6dfc1",
    "consumer": "#ebc0d2",
    "energy-port": "#f8e3a0",
    "equipment": "#84a8b3",
}
_UNGROUPED = "#b9b4a8"


def sector_colours(sectors: pd.DataFrame) -> dict[str, str]:
    """Return the colour of each sector: its group's, else its own.

    Parameters
    ----------
    sectors : DataFrame indexed by sector_id
        As of ``Region.sectors``.

    Examples
    --------
    >>> import regionkit as rk
    >>> sector_colours(rk.load("liaoning").sectors)["magnesite"]
    '#b1b5d8'
    """
    return {
        str(sector): INDUSTRY_GROUPS.get(group, own if isinstance(own, str) else _UNGROUPED)
        for sector, group, own in zip(
            sectors.index, sectors["group"], sectors["colour"], strict=True
        )
    }


@dataclass(frozen=True)
class ZoneLook:
    """Colours of a zone.

    Attributes
    ----------
    fill, edge, name : str
        "#rrggbb".
    """

    fill: str
    edge: str
    name: str


#: In the order of a region's own zones; the first four are checked as a set.
ZONES = (
    ZoneLook("#eeb8a0", "#9d4325", "#9d4325"),
    ZoneLook("#96bcd5", "#23527f", "#23527f"),
    ZoneLook("#f7e7af", "#b9811a", "#8a5e0c"),
    ZoneLook("#bee0d0", "#0e8c6f", "#0a6e57"),
)


def zone_look(fill: str) -> ZoneLook:
    """Return the colours of a zone by its fill: those chosen together, else darker ones of it.

    Examples
    --------
    >>> zone_look("#96bcd5").edge, zone_look("#cccccc").edge
    ('#23527f', '#818181')
    """
    known = {look.fill: look for look in ZONES}
    dark, darkest = darker(fill, 0.63), darker(fill, 0.5)
    return known.get(fill.lower(), ZoneLook(fill, dark, darkest))


@dataclass(frozen=True)
class StructureLook:
    """How a line of the spatial structure is drawn.

    Attributes
    ----------
    colour : str
    dashes_mm : tuple of float
        Lengths of dash and gap; () for an unbroken line.
    is_ring : bool
        Whether it is drawn about a place.
    """

    colour: str
    dashes_mm: tuple[float, ...] = ()
    is_ring: bool = False


STRUCTURE = {
    "axis": StructureLook("#1f3f66"),
    "corridor": StructureLook("#8a4a6e", (3.2, 1.3)),
    "channel": StructureLook("#0b7c8c", (6.0, 1.6)),
    "core": StructureLook("#a63a1e", is_ring=True),
    "ring": StructureLook("#b8501a", (3.2, 1.3), is_ring=True),
    "wing": StructureLook("#55606a"),
    "ecological": StructureLook("#2a7a52", (1.4, 1.2)),
}
