"""A place: a unit, functional area or named place of a region."""

from __future__ import annotations

from dataclasses import dataclass, field

from regionkit.words.html import html_facts
from regionkit.words.message import Words, join, msg, say

__all__ = ["Place", "level_words"]

_LEVELS = {
    "nation": msg("country"),
    "region": msg("region"),
    "province": msg("province"),
    "city": msg("city"),
    "county": msg("county"),
    "functional area": msg("functional area"),
    "site": msg("site"),
    "zone": msg("zone"),
}


def level_words(level: str) -> Words | str:
    """Return what a level is called.

    Examples
    --------
    >>> level_words("county").render("zh")
    '县级'
    """
    return _LEVELS.get(level, level)


@dataclass(frozen=True, order=True)
class Place(Words):
    """A unit, a functional area, or another named site.

    Attributes
    ----------
    adcode : str
        Six digits; of a functional area or site (port, station, airport) the county it lies in.
    name : str
        Full official name.
    level : {"nation", "region", "province", "city", "county", "functional area", "site"}
    city : str
        Name of the city a county lies in, "" for others.
    zone_ids : tuple of str
        Every zone it belongs to.
    place_id : str
        Of a functional area or site its id, else "".
    lon, lat : float or None
        Position of a functional area or site, degrees WGS-84; None where it is not known.
    outer_adcodes : tuple of str
        Codes of the units of the region that it lies in, its own unit's among them.
    levels : tuple of str
        Every level that the unit stands at: one directly under the province is a city and a
        county at once.
    """

    adcode: str
    name: str
    level: str
    city: str = ""
    zone_ids: tuple[str, ...] = ()
    place_id: str = ""
    lon: float | None = None
    lat: float | None = None
    outer_adcodes: tuple[str, ...] = field(default=(), compare=False, repr=False)
    levels: tuple[str, ...] = field(default=(), compare=False, repr=False)

    def stands_at(self, level: str) -> bool:
        """Return whether the place is a unit of a level, or of several and that among them."""
        return level == self.level or level in self.levels

    def lies_in(self, outer: Place) -> bool:
        """Return whether the place lies in a unit, or is that."""
        return outer.adcode == self.adcode or outer.adcode in self.outer_adcodes

    def _put(self, lang: str, door: str) -> str:
        """Return the name with city and code, as messages show it."""
        name = f"{self.city} {self.name}" if self.city else self.name
        level = level_words(self.level)
        told = msg("{name} ({code}, {level})", name=name, code=self.adcode, level=level)
        return told.render(lang, door)

    def _repr_html_(self) -> str:
        """Return the place as a table, for a notebook."""
        known = self.lon is not None and self.lat is not None
        facts = [
            (say("Level"), _LEVELS[self.level]),
            (say("City"), self.city),
            (say("Code"), self.adcode),
            (say("Id"), self.place_id),
            (say("Position"), f"{self.lon:.4f}, {self.lat:.4f}" if known else ""),
            (say("Zones"), join(self.zone_ids) if self.zone_ids else ""),
        ]
        return html_facts(self.name, facts)
