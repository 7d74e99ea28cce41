"""The names of zones, for tables with a row a zone."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from regionkit.errors import UnknownPlaceError
from regionkit.places.names import NameMatch, normalise_name
from regionkit.places.place import Place
from regionkit.words.message import msg

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["ZoneNames"]


class ZoneNames:
    """Finds the zone that a name means: its id, name, short name or English name, in full.

    Parameters
    ----------
    zones : GeoDataFrame indexed by zone_id
        Columns ``name``, and ``short_name`` and ``name_en`` where there are such.

    Examples
    --------
    >>> import geopandas as gpd
    >>> zones = gpd.GeoDataFrame({"name": ["沿海经济带"]}, index=["coastal-belt"], geometry=[None])
    >>> ZoneNames(zones).explain("沿海经济带")[0].place.adcode
    'coastal-belt'
    """

    def __init__(self, zones: gpd.GeoDataFrame) -> None:
        self._by_name: dict[str, list[NameMatch]] = {}
        self._labels: dict[str, str] = {}
        for zone_id, row in zones.iterrows():
            place = Place(str(zone_id), str(row["name"]), "zone")
            words = {str(zone_id): "zone id", str(row["name"]): "full name"}
            for column, how in (("short_name", "short name"), ("name_en", "English name")):
                if isinstance(row.get(column), str):
                    words.setdefault(row[column], how)
            for word, how in words.items():
                self._by_name.setdefault(normalise_name(word), []).append(NameMatch(place, how))
                self._labels[normalise_name(word)] = word

    def explain(self, name: str) -> list[NameMatch]:
        """Return every zone of that name; empty for none."""
        return list(self._by_name.get(normalise_name(name), []))

    def candidates(self, name: str) -> list[Place]:
        """Return every zone of that name, without how it leads to it."""
        return [match.place for match in self.explain(name)]

    def nearest_names(self, name: str) -> list[str]:
        """Return the names most like one, best first."""
        keys = difflib.get_close_matches(normalise_name(name), self._labels, n=5, cutoff=0.4)
        return [self._labels[key] for key in keys]

    def by_adcode(self, adcode: str) -> Place:
        """Return the zone with an id."""
        found = self.candidates(adcode)
        if not found:
            raise UnknownPlaceError(msg("No zone has the id {zone_id!r}.", zone_id=adcode))
        return found[0]
