"""The tables of a region's plan pack, by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from regionkit.errors import InputError
from regionkit.places.names import normalise_name
from regionkit.places.units import list_units

if TYPE_CHECKING:
    import geopandas as gpd

    from regionkit.pack.schema import Descriptor

__all__ = ["PackTables"]


class PackTables:
    """A plan pack's tables and words, with the counties they are joined to.

    Parameters
    ----------
    descriptor : Descriptor
    tables : dict of str to DataFrame
    counties : GeoDataFrame indexed by adcode, EPSG:4326
        Columns ``name`` and ``city_adcode``.
    boundaries_label : str
        What the boundaries are called in a map's source line.
    """

    def __init__(
        self,
        descriptor: Descriptor,
        tables: dict[str, pd.DataFrame],
        counties: gpd.GeoDataFrame,
        *,
        boundaries_label: str,
    ) -> None:
        self.descriptor = descriptor
        self.tables = tables
        self.boundaries_label = boundaries_label
        self.units = list_units(self.adcode)
        self._raw_counties = counties

    @property
    def id(self) -> str:
        """Id of the region, such as "liaoning"."""
        return self.descriptor.region["id"]

    @property
    def adcode(self) -> str:
        """Adcode of the province."""
        return self.descriptor.region["adcode"]

    @property
    def name(self) -> str:
        """Chinese name of the province."""
        return self.descriptor.region["name"]

    def table(self, name: str) -> pd.DataFrame:
        """Return a table of the pack by name.

        Raises
        ------
        InputError
            The pack has no such table.
        """
        if name not in self.tables:
            raise InputError(f"The pack has no table {name!r}. It has: {', '.join(self.tables)}.")
        return self.tables[name]

    @property
    def sources(self) -> pd.DataFrame:
        """Documents and data sources, indexed by source_id."""
        return self.table("sources").set_index("source_id")

    @property
    def outline(self) -> pd.DataFrame:
        """Numbered parts of the documents."""
        return self.table("outline")

    @property
    def aliases(self) -> pd.DataFrame:
        """Other names of units."""
        return self.table("aliases")

    @property
    def changes(self) -> pd.DataFrame:
        """Changes of units: one row a former unit and a successor."""
        return self.table("changes")

    @property
    def memberships(self) -> pd.DataFrame:
        """Which unit belongs to which zone, as recorded; a city stands for its counties."""
        return self.table("memberships")

    @property
    def profiles(self) -> pd.DataFrame:
        """Official positioning of cities and counties."""
        return self.table("profiles")

    @property
    def sectors(self) -> pd.DataFrame:
        """Our grouping of industries, indexed by sector_id, in order."""
        return self.table("sectors").set_index("sector_id").sort_values("order")

    @property
    def industries(self) -> pd.DataFrame:
        """Industries that units are to develop."""
        return self.table("industries")

    @property
    def clusters(self) -> pd.DataFrame:
        """Planned industry clusters, indexed by cluster_id."""
        return self.table("clusters").set_index("cluster_id")

    @property
    def cluster_places(self) -> pd.DataFrame:
        """Units where clusters stand."""
        return self.table("cluster_places")

    @property
    def project_places(self) -> pd.DataFrame:
        """Units that projects touch, in order along the route."""
        return self.table("project_places")

    @property
    def waypoints(self) -> pd.DataFrame:
        """Named places on the routes of line projects."""
        return self.table("waypoints")

    @property
    def mentions(self) -> pd.DataFrame:
        """What each document says of each project."""
        return self.table("mentions")

    @property
    def indicators(self) -> pd.DataFrame:
        """What targets and statistics measure, indexed by indicator_id."""
        return self.table("indicators").set_index("indicator_id")

    @property
    def targets(self) -> pd.DataFrame:
        """Planned values, indexed by target_id."""
        return self.table("targets").set_index("target_id")

    @property
    def statistics(self) -> pd.DataFrame:
        """Reported values, one row an indicator, unit and year."""
        return self.table("statistics")

    @property
    def organizations(self) -> pd.DataFrame:
        """Bodies responsible for tasks, indexed by org_id."""
        return self.table("organizations").set_index("org_id")

    @property
    def tasks(self) -> pd.DataFrame:
        """Tasks with those responsible, indexed by task_id."""
        return self.table("tasks").set_index("task_id")

    def labels(self, table: str, column: str) -> dict[str, str]:
        """Return the Chinese label of each value of an enumeration."""
        return self.descriptor.labels(table, column)

    def resolve_word(self, table: str, column: str, word: str) -> str:
        """Return the value of an enumeration from itself or its Chinese label.

        Examples
        --------
        >>> import regionkit as rk
        >>> rk.load("liaoning").resolve_word("projects", "stage", "续建")
        'under construction'
        """
        labels = self.labels(table, column)
        for value, label in labels.items():
            if normalise_name(word) in {normalise_name(value), normalise_name(label)}:
                return value
        known = "、".join(f"{label} ({value})" for value, label in labels.items())
        raise InputError(f"{column}={word!r} is not known. Use one of: {known}.")

    def resolve_source(self, word: str) -> str:
        """Return the source_id of a source's id, title or short title, or of a part one title has.

        Raises
        ------
        InputError
            No source, or several, have it.

        Examples
        --------
        >>> import regionkit as rk
        >>> rk.load("liaoning").resolve_source("辽宁“十五五”规划纲要")
        'liaoning-15fyp'
        """
        sources = self.sources
        names = pd.DataFrame(
            {"id": sources.index, "short": sources["short_title"], "title": sources["title"]},
            index=sources.index,
        ).map(lambda cell: _bare(cell) if isinstance(cell, str) else "")
        wanted = _bare(word)
        same = sources.index[(names == wanted).any(axis=1)]
        # One character stands in many titles.
        part = names.map(lambda cell: wanted in cell).any(axis=1) & (len(wanted) > 1)
        found = same if len(same) else sources.index[part.astype(bool)]
        if len(found) == 1:
            return str(found[0])
        if len(found):
            raise InputError(
                f"{word!r} stands in the titles of {len(found)} sources: "
                f"{self._listed_sources(found)}. Write the id of one."
            )
        raise InputError(
            f"No source has the id or title {word!r}. There are: "
            f"{self._listed_sources(sources.index)}."
        )

    def _listed_sources(self, ids: pd.Index) -> str:
        titles = self.sources["short_title"]
        return "、".join(f"{titles[source_id]} ({source_id})" for source_id in ids)

    def cite(self, source_id: str, locator: object = "") -> str:
        """Return a source's short title with the place in it."""
        title = str(self.sources.loc[source_id, "short_title"])
        return f"{title} {locator}" if isinstance(locator, str) and locator else title


def _bare(title: str) -> str:
    """Return a title as it is compared: also without the quotes that keyboards differ in."""
    return normalise_name(title).translate(dict.fromkeys(map(ord, '“”"「」《》')))
