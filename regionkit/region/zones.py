"""Which unit belongs to which zone, as the pack records it; no geometry."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import pandas as pd

from regionkit.places.units import at_level
from regionkit.region.zone_names import STRATEGIC

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Zones"]

# Tol, P. (2021). Colour schemes (SRON/EPS/TN/09-002), scheme "light": labels are read on each, and
# readers with a colour deficiency tell them apart.
_COLOURS = (
    "#ee8866", "#77aadd", "#eedd88", "#44bb99", "#ffaabb", "#99ddff", "#bbcc33", "#aaaa00",
)  # fmt: skip


def _coloured(table: pd.DataFrame) -> pd.DataFrame:
    """Return zones of which each of the plan's own has a colour: its own, else one that is free."""
    bare = table.index[(table["kind"] == STRATEGIC) & table["colour"].isna()]
    if bare.empty:
        return table
    free = [colour for colour in _COLOURS if colour not in set(table["colour"])] or list(_COLOURS)
    given = pd.Series([free[n % len(free)] for n in range(len(bare))], index=bare, dtype="str")
    return table.assign(colour=table["colour"].fillna(given))


class Zones:
    """Zones and their members.

    Parameters
    ----------
    table : DataFrame
        The pack's table of zones.
    memberships : DataFrame
        ``zone_id, adcode``; a city, or the province, stands for its counties.
    units : DataFrame indexed by adcode
        ``level, city_adcode``.
    parts : dict of str to set of str
        Each unit with all that lie in it, as of :func:`regionkit.places.units.list_parts`.
    """

    def __init__(
        self,
        table: pd.DataFrame,
        memberships: pd.DataFrame,
        units: pd.DataFrame,
        parts: dict[str, frozenset[str]],
    ) -> None:
        self.table = _coloured(table.set_index("zone_id").sort_values("order", kind="stable"))
        self._memberships = memberships
        self._units = units
        self._parts = parts

    @cached_property
    def _recorded(self) -> dict[str, tuple[str, ...]]:
        """Members of each zone as recorded, in the pack's order."""
        recorded: dict[str, list[str]] = {str(zone_id): [] for zone_id in self.table.index}
        for zone_id, adcode in zip(
            self._memberships["zone_id"], self._memberships["adcode"], strict=True
        ):
            recorded.setdefault(zone_id, []).append(adcode)
        return {zone_id: tuple(adcodes) for zone_id, adcodes in recorded.items()}

    def members_of(self, zone_id: str) -> tuple[str, ...]:
        """Return the members of a zone as recorded: counties, cities, the province."""
        return self._recorded.get(zone_id, ())

    def ids(self, wanted: Callable[[str], bool]) -> tuple[str, ...]:
        """Return the zones whose kind is wanted, in the plan's order."""
        return tuple(
            str(zone_id)
            for zone_id, kind in zip(self.table.index, self.table["kind"], strict=True)
            if wanted(kind)
        )

    @cached_property
    def strategic_ids(self) -> tuple[str, ...]:
        """The plan's own zones, in its order."""
        return self.ids(lambda kind: kind == STRATEGIC)

    @cached_property
    def _by_unit(self) -> dict[str, frozenset[str]]:
        """Every grouping a unit belongs to, itself or with its city or province."""
        found: dict[str, set[str]] = {str(code): set() for code in self._units.index}
        for zone_id, members in self._recorded.items():
            for member in members:
                for code in self._parts.get(member, ()):
                    found[code].add(zone_id)
        return {code: frozenset(zone_ids) for code, zone_ids in found.items()}

    @cached_property
    def strategic_by_unit(self) -> dict[str, tuple[str, ...]]:
        """The plan's own zones of each unit, in its order."""
        return {
            code: tuple(zone for zone in self.strategic_ids if zone in mine)
            for code, mine in self._by_unit.items()
        }

    def of_unit(self, adcode: str, kind: str | None = STRATEGIC) -> tuple[str, ...]:
        """Return the zones a unit belongs to as a whole, in order; None is for every kind."""
        if kind == STRATEGIC:
            return self.strategic_by_unit[adcode]
        mine = self._by_unit[adcode]
        return tuple(z for z in self.ids(lambda one: kind in {None, one}) if z in mine)

    @cached_property
    def county_members(self) -> pd.Series:
        """Zone of each county of each zone: adcode of the county -> zone_id, with repeats."""
        counties = set(at_level(self._units, "county"))
        distinct = sorted(
            {
                (county, zone_id)
                for zone_id, members in self._recorded.items()
                for member in members
                for county in self._parts.get(member, frozenset()) & counties
            }
        )
        return pd.Series([z for _, z in distinct], index=[c for c, _ in distinct], dtype=object)
