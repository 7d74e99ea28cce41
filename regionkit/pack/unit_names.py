"""Units that a person writes by name: found, or told as what they may mean; never guessed."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

import pandas as pd

from regionkit.pack.texts import Texts
from regionkit.places.names import Resolver
from regionkit.places.units import list_levels, list_units
from regionkit.words.message import join, msg

if TYPE_CHECKING:
    from collections.abc import Sequence

    from regionkit.pack.texts import Doubt
    from regionkit.places.place import Place

__all__ = ["UnitNames"]

_DIGITS = re.compile(r"\d+")
_SCOPES = {"province", "city", "county"}


class UnitNames:
    """The names of a region's units, those that its pack adds among them.

    Parameters
    ----------
    region : str or sequence of str
        Codes of the units that the region is made of.
    aliases : Texts
        The pack's table of that name.

    Examples
    --------
    >>> from regionkit.pack.texts import Texts
    >>> names = UnitNames("220000", Texts("aliases.csv", ["alias", "adcode"]))
    >>> names.find("梨树县"), names.find("220322")
    ('220322', '220322')
    """

    def __init__(self, region: str | Sequence[str], aliases: Texts, *, name: str = "") -> None:
        self._codes = region
        self._name = name
        self._aliases = aliases

    @cached_property
    def units(self) -> pd.DataFrame:
        """The units of the region, by adcode."""
        return list_units(self._codes, name=self._name)

    @property
    def region(self) -> str:
        """Name of the region."""
        return self._name or str(self.units["name"].iloc[0])

    def without_aliases(self) -> UnitNames:
        """Return the names that units have without the pack's aliases."""
        return UnitNames(self._codes, Texts("", ["alias", "adcode", "kind"]), name=self._name)

    @cached_property
    def _resolver(self) -> Resolver:
        plain = Resolver(self.units)
        cells = self._aliases.columns(("alias", "adcode", "kind"))
        rows = []
        for alias, unit, kind in zip(*cells.values(), strict=True):
            meant = [unit] if unit in self.units.index else _codes(plain.candidates(unit))
            if alias.strip() and len(meant) == 1:
                rows.append((alias, meant[0], kind.strip()))
        aliases = pd.DataFrame(rows, columns=["alias", "adcode", "kind"], dtype="str")
        former = aliases["kind"].isin(["former", "曾用名", "旧称", "旧名", "原名"])
        self._former = set(aliases.loc[former, "alias"])
        return Resolver(self.units, aliases.drop(columns="kind"))

    def find(self, name: str, level: str | None = None) -> str | Doubt:
        """Return the code of the one unit that a name means, else what is wrong with it.

        Digits are taken as they stand: the check tells which are no unit.
        """
        name = name.strip()
        if _DIGITS.fullmatch(name):
            return name
        level = level if level in _SCOPES else None
        found = self._resolver.candidates(name, level=level)
        if len(found) == 1 and name not in self._former:
            return found[0].adcode
        if found:
            if len(found) == 1:
                what = msg("{name!r} is a former name of {place}.", name=name, place=found[0])
                return what, msg("Write the unit of today.")
            what = msg("{name!r} is the name of several units: {places}.", name=name, places=found)
            return what, msg("Write the full name, its city's before it, or the six digits.")
        near = self._resolver.nearest_names(name)
        what = msg("{name!r} is no unit of {region}.", name=name, region=self.region)
        told = [msg("Write a unit's name, or its six digits.")]
        if near:
            told.append(msg("Nearest are: {near}.", near=near))
        return what, join(told, "sentences")

    def is_ambiguous(self, name: str) -> bool:
        """Return whether several units have a name."""
        return len(self._resolver.candidates(name)) > 1

    def level_of(self, code: str) -> str:
        """Return the level of a unit by its code; "" for what is none."""
        return str(self.units.loc[code, "level"]) if code in self.units.index else ""

    def levels_of(self, code: str) -> tuple[str, ...]:
        """Return every level that a unit stands at, by its code; none for what is no unit."""
        return self._levels.get(code, ())

    @cached_property
    def _levels(self) -> dict[str, tuple[str, ...]]:
        return list_levels(self.units)

    def label_of(self, code: str) -> str:
        """Return a name of a unit that means it alone: its own, or with its city's before it."""
        name = str(self.units.loc[code, "name"])
        if self.find(name) == code:
            return name
        city = self.units.loc[code, "city_adcode"]
        longer = f"{self.units.loc[city, 'name']}{name}" if isinstance(city, str) else name
        return longer if self.find(longer) == code else code


def _codes(places: list[Place]) -> list[str]:
    return [place.adcode for place in places]
