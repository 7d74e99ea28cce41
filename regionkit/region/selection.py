"""Conditions on projects, from words to the projects that meet them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from regionkit.errors import InputError
from regionkit.query.projects import filter_projects
from regionkit.region.everyday import Everyday, Label, Meaning
from regionkit.region.words import find_source, find_values

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    import pandas as pd

    from regionkit.pack.pack import Pack
    from regionkit.region.geography import Geography

__all__ = ["CONDITIONS", "Selection"]

CONDITIONS = ("zone", "place", "domain", "kind", "stage", "source")
_VALUES = ("domain", "kind", "stage")


@dataclass(frozen=True)
class Selection:
    """Looks words up, and chooses the projects that meet them.

    Attributes
    ----------
    pack : Pack
    geography : Geography
    sources : DataFrame indexed by source_id
    """

    pack: Pack
    geography: Geography
    sources: pd.DataFrame

    def look_up(self, condition: str, word: str) -> Meaning:
        """Return what a word of a condition means; no project is looked at.

        Raises
        ------
        UnknownPlaceError, AmbiguousPlaceError, InputError
            The word is not known, or several things have it.
        """
        if condition == "zone":
            return self._zone(word)
        if condition == "place":
            return Meaning(word, (self._recorded_unit(word),))
        if condition == "source":
            return Meaning(word, (find_source(self.sources, word),))
        labels = {name: self.pack.labels("projects", name) for name in _VALUES}
        own = labels.pop(condition)
        return find_values(self.everyday, own, "projects", condition, word, others=labels)

    @property
    def everyday(self) -> Everyday:
        """The everyday words of the region."""
        return self.geography.everyday

    def explain(self, words: dict[str, str | Collection[str] | None]) -> tuple[str, ...]:
        """Return how everyday words of the conditions are taken, in sentences."""
        told = [
            self.look_up(name, word).tell()
            for name in (*_VALUES, "zone")
            for word in _listed(words[name])
        ]
        return tuple(str(one) for one in told if one)

    def choose(
        self,
        projects: pd.DataFrame,
        words: dict[str, str | Collection[str] | None],
        *,
        year: int | None,
        text: str | None,
    ) -> pd.DataFrame:
        """Return the projects that meet every condition; of a frame with geometry, with it."""
        meant = {name: _each(words[name], name, self.look_up) for name in CONDITIONS}
        zone_ids, places = meant["zone"], meant["place"]
        if zone_ids is not None and not set(zone_ids) <= set(self.geography.zones.strategic_ids):
            members = [m for z in zone_ids for m in self.geography.zones.members_of(z)]
            projects = filter_projects(projects, adcodes=self._inside(members))
            zone_ids = None
        adcodes = None if places is None else self._inside(places)
        return filter_projects(
            projects,
            adcodes=adcodes,
            zone_ids=zone_ids,
            year=year,
            text=text,
            source_ids=meant["source"],
            **{name: meant[name] for name in _VALUES},
        )

    def _inside(self, adcodes: Collection[str]) -> set[str]:
        """Return units with all that lie in them."""
        return {code for outer in adcodes for code in self.geography.parts.get(outer, ())}

    def _zone(self, word: str) -> Meaning:
        names = self.geography.zones.table["name"].to_dict()
        meant = self.everyday.meaning("zones", "zone_id", word, names)
        if meant is None:
            zone_id = self.geography.find_zone(word).zone_id
            meant = Meaning(word, (zone_id,), (Label(zone_id, names[zone_id]),))
        for zone_id in meant.values:
            self.require_members(zone_id)
        return meant

    def require_members(self, zone_id: str) -> None:
        """Refuse a zone that is only a name: nothing can be said of what lies in it."""
        if not self.geography.zones.members_of(zone_id):
            name = self.geography.zones.table.loc[zone_id, "name"]
            raise InputError(
                f"{name} has no recorded members, so it has no area. "
                "Name its cities or counties instead."
            )

    def _recorded_unit(self, name: str) -> str:
        """Return the adcode of a unit; refuse places inside one, which projects do not name."""
        place = self.geography.resolve(name)
        if place.place_id:
            unit = self.geography.distinct_names.get(place.adcode, "")
            instead = f"Name the unit it lies in, place={unit!r}, or ask" if unit else "Ask"
            raise InputError(
                f"{place.name} is a {place.level} and no unit, and projects are recorded by unit. "
                f"{instead} what lies near it: projects_near({name!r}, km=10)."
            )
        return place.adcode


def _listed(words: str | Collection[str] | None) -> list[str]:
    if words is None:
        return []
    return [words] if isinstance(words, str) else list(words)


def _each(
    words: str | Collection[str] | None, condition: str, find: Callable[[str, str], Meaning]
) -> list[str] | None:
    """Return what each of one or several words means, None for None."""
    if words is None:
        return None
    return [value for word in _listed(words) for value in find(condition, word).values]
