"""A region's projects: where they stand, which lie where, and what was said of them."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd
import shapely

from regionkit.errors import AmbiguousPlaceError, InputError, UnknownPlaceError
from regionkit.places.names import normalise_name
from regionkit.query import projects as project_queries
from regionkit.query import summaries
from regionkit.region.geography import Geography

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from shapely.geometry.base import BaseGeometry

__all__ = ["Projects"]

_WGS84 = "EPSG:4326"


class Projects(Geography):
    """Projects with their geometry, and the questions asked of them."""

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
        >>> import regionkit as rk
        >>> ln = rk.load("liaoning")
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
        parts = [part.strip() for part in name.split("+") if part.strip()]
        areas = [self._one_area(part) for part in parts]
        if not areas:
            raise InputError(f"{name!r} names no area. Give a zone, city or county.")
        common = areas[0]
        for area in areas[1:]:
            common = common.intersection(area)
        # Neighbours share a line, which is no overlap.
        polygons = [part for part in shapely.get_parts(common) if part.area > 0]
        if not polygons:
            raise InputError(f"{' and '.join(parts)} do not overlap.")
        return shapely.union_all(polygons)

    def _one_area(self, name: str) -> BaseGeometry:
        try:
            zone_id = self.resolve_zone(name)
        except UnknownPlaceError:
            return self.locate_name(name)
        frame = self.zones if zone_id in self.zones.index else self.groupings
        area = frame.geometry[zone_id]
        if area is None or area.is_empty:
            raise InputError(
                f"{frame.loc[zone_id, 'name']} has no recorded members, so it has no area. "
                "Name its cities or counties instead."
            )
        return area

    def projects_within(self, area: str | BaseGeometry) -> gpd.GeoDataFrame:
        """Return the projects with a part inside a polygon, or an area by name.

        Parameters
        ----------
        area : str or polygon
            A polygon in degrees, or a name as of :meth:`area_of` ("辽西+沈阳都市圈" is the
            overlap of the two zones).
        """
        polygon = self.area_of(area) if isinstance(area, str) else area
        return project_queries.projects_within(self.projects, polygon)

    def projects_along(self, line: str | BaseGeometry, *, km: float) -> gpd.GeoDataFrame:
        """Return the projects within so many kilometres of a line, in order along it.

        Parameters
        ----------
        line : str or LineString
            A line in degrees, a line project by name, or a corridor by name: of a corridor,
            which is an area, the projects in it and so far from it, nearest first.
        km : float
            Kilometres either side, on the ellipsoid.
        """
        if isinstance(line, str) and not self._is_route(line):
            area = self.area_of(line)
            return project_queries.projects_near(self.projects, area, km=km)
        course = self.locate_name(line) if isinstance(line, str) else line
        return project_queries.projects_along(self.projects, course, km=km)

    def _is_route(self, name: str) -> bool:
        """Return whether a name is a line project's."""
        try:
            return bool(self.locate_name(name).geom_type == "LineString")
        except UnknownPlaceError:
            return False

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

    def stalled_projects(self, *, min_years: int = 4) -> pd.DataFrame:
        """Return the projects that documents years apart name without their getting under way.

        Parameters
        ----------
        min_years : int
            Least number of years between the first and the last mention with a stage.

        Returns
        -------
        DataFrame indexed by project_id
            ``name, first_year, first_stage, last_year, last_stage, years``, longest first.
        """
        table = summaries.stalled_projects(self.mentions, min_years=min_years)
        table.insert(0, "name", self.projects["name"].reindex(table.index))
        return table

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


def _tuples(values: pd.Series, index: pd.Index) -> list[tuple[str, ...]]:
    """Return the tuple of each key of an index, () where there is none."""
    return [values.get(key, ()) for key in index]


def _each(words: str | Collection[str] | None, find: Callable[[str], str]) -> list[str] | None:
    """Return what each of one or several words means, None for None."""
    if words is None:
        return None
    listed = [words] if isinstance(words, str) else list(words)
    return [find(word) for word in listed]
