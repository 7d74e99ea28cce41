"""Conditions on projects, from words to the projects that meet them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from regionkit.errors import InputError
from regionkit.places.place import level_words
from regionkit.places.units import at_level
from regionkit.query.projects import filter_projects, link_to_zones
from regionkit.region.everyday import Everyday, Label, Meaning
from regionkit.region.names import names_in
from regionkit.region.questions import near_call
from regionkit.region.words import find_source, find_values
from regionkit.words.message import Option, msg

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
        across: bool = False,
    ) -> pd.DataFrame:
        """Return the projects that meet every condition; of a frame with geometry, with it.

        Those of a zone have a column ``zone_link``: "said" where a document says them of it, else
        "touches", where one of their units is in it.
        """
        meant = {name: _each(words[name], name, self.look_up) for name in CONDITIONS}
        places = meant["place"]
        if meant["zone"] is not None:
            projects = self._in_zones(projects, meant["zone"])
        if across:
            projects = projects[self._n_cities(projects) > 1]
        return filter_projects(
            projects,
            adcodes=None if places is None else self._inside(places),
            year=year,
            text=text,
            source_ids=meant["source"],
            **{name: meant[name] for name in _VALUES},
        )

    def _in_zones(self, projects: pd.DataFrame, zone_ids: Collection[str]) -> pd.DataFrame:
        """Return the projects of zones, with how they belong to them in ``zone_link``."""
        links = link_to_zones(projects, zone_ids, self.inside_zone)
        return projects[links != ""].assign(zone_link=links[links != ""])

    def _n_cities(self, projects: pd.DataFrame) -> pd.Series:
        """Return how many cities each project touches."""
        cities, parts = at_level(self.geography.units, "city"), self.geography.parts
        city_of = {code: city for city in cities for code in parts[city]}
        return projects["adcodes"].map(
            lambda codes: len({city_of[code] for code in codes if code in city_of})
        )

    def inside_zone(self, zone_id: str) -> set[str]:
        """Return the members of a zone with all that lie in them."""
        return self._inside(self.geography.zones.members_of(zone_id))

    def _inside(self, adcodes: Collection[str]) -> set[str]:
        """Return units with all that lie in them."""
        return {code for outer in adcodes for code in self.geography.parts.get(outer, ())}

    def _zone(self, word: str) -> Meaning:
        table = self.geography.zones.table
        names = table["name"].to_dict()
        meant = self.everyday.meaning("zones", "zone_id", word, names)
        if meant is None:
            meant = Meaning(word, (self.geography.find_zone(word).zone_id,))
        english = names_in(table, "en")
        labels = tuple(Label(one, names[one], english[one]) for one in meant.values)
        return replace(meant, labels=labels)

    def require_members(self, zone_id: str) -> None:
        """Refuse the area of a zone that has none: one without members."""
        if not self.geography.zones.members_of(zone_id):
            name = self.geography.zones.table.loc[zone_id, "name"]
            raise InputError(
                msg("{name} has no recorded members, so it has no area.", name=name),
                mend=msg("Name its cities or counties instead."),
            )

    def _recorded_unit(self, name: str) -> str:
        """Return the adcode of a unit; refuse places inside one, which projects do not name."""
        place = self.geography.resolve(name)
        if place.place_id:
            unit = self.geography.distinct_names.get(place.adcode, "")
            call = near_call(name)
            raise InputError(
                msg(
                    "{name} is a {level} and no unit, and projects are recorded by unit.",
                    name=place.name,
                    level=level_words(place.level),
                ),
                mend=msg(
                    "Name the unit it lies in, {place}, or ask what lies near it: {call}.",
                    place=Option("place", unit),
                    call=call,
                )
                if unit
                else msg("Ask what lies near it: {call}.", call=call),
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
