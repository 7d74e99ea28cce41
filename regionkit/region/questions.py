"""Questions asked of a region's projects: which lie where, and what was said of them."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

import shapely

from regionkit.errors import AmbiguousPlaceError, InputError, UnknownPlaceError
from regionkit.places.names import normalise_name
from regionkit.query import projects as project_queries
from regionkit.query import summaries
from regionkit.region.projects import Projects

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd
    from shapely.geometry.base import BaseGeometry

__all__ = ["Questions"]

_NEAREST = 5


class Questions(Projects):
    """Projects, and the questions of place and time asked of them."""

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
        try:
            place = self.resolve(name)
        except UnknownPlaceError as error:
            raise self._with_projects(error, name) from None
        if place.place_id:
            return self._known_geometry(self.places.geometry[place.place_id], name)
        if place.level == "county":
            return self.counties.geometry[place.adcode]
        if place.level == "city":
            return self.cities.geometry[place.adcode]
        return self.counties.geometry.union_all()

    def _with_projects(self, error: UnknownPlaceError, word: str) -> UnknownPlaceError:
        """Return an error of an unknown name with the projects whose names hold the word."""
        wanted, names = normalise_name(word), self.projects["name"]
        holding = names[names.map(lambda name: wanted in normalise_name(name)).astype(bool)]
        listed = holding.head(_NEAREST).tolist()
        if not wanted or not listed:
            return error
        return UnknownPlaceError(
            f"{error} Projects with the word in their names: {'、'.join(listed)}.",
            [*error.nearest, *listed],
        )

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
        for part, area in zip(parts, areas, strict=True):
            if not area.area:
                shape = "point" if area.geom_type == "Point" else "line"
                raise InputError(
                    f"{part} is a {shape} and has no inside. Name a zone, city or county, or ask "
                    f"what lies near it: projects_near({part!r}, km=10)."
                )
        if not polygons:
            raise InputError(f"{' and '.join(parts)} do not overlap.")
        return shapely.union_all(polygons)

    def _one_area(self, name: str) -> BaseGeometry:
        try:
            zone_id = self.resolve_zone(name)
        except UnknownPlaceError:
            return self.locate_name(name)
        self._require_members(zone_id)
        frame = self.zones if zone_id in self.zones.index else self.groupings
        return frame.geometry[zone_id]

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
        """Return what each document says of a project, by the year it speaks of.

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
        # A plan says on one day what is to be done in several years.
        return rows.sort_values(["year", "issued_on", "locator"])[columns].reset_index(drop=True)

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
        near = difflib.get_close_matches(project, names.tolist(), n=_NEAREST, cutoff=0.3)
        hint = f" Nearest are: {'、'.join(near)}." if near else ""
        raise UnknownPlaceError(
            f"No project is named {project!r}.{hint} Give a part of its name or its id, or "
            "choose projects by place or zone.",
            near,
        )
