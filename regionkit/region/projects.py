"""A region's projects: where they stand, and those that meet given conditions."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd
import shapely

from regionkit.errors import InputError
from regionkit.query import projects as project_queries
from regionkit.region.geography import Geography

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from shapely.geometry.base import BaseGeometry

__all__ = ["Projects"]

_WGS84 = "EPSG:4326"


class Projects(Geography):
    """Projects with their geometry, chosen by conditions."""

    @cached_property
    def projects(self) -> gpd.GeoDataFrame:
        """Projects, indexed by project_id: Point, LineString or empty geometry.

        Beside the columns of the pack: ``adcodes`` (units it touches, in order), ``zone_ids``
        (every strategic zone one of them is in), ``source_ids`` and ``years`` (of its mentions),
        ``waypoint_names`` (of the places that its line joins, in order).
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
            waypoint_names=_tuples(
                pd.Series(
                    {
                        project_id: tuple(name for name, point in route if not point.is_empty)
                        for project_id, route in self._routes.items()
                    },
                    dtype=object,
                ),
                table.index,
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
            points = [point for _, point in route if not point.is_empty]
            return shapely.LineString(points) if len(points) > 1 else shapely.LineString()
        return shapely.Point()

    @cached_property
    def _routes(self) -> dict[str, list[tuple[str, shapely.Point]]]:
        """Waypoints of each line project in order: name and point, empty where not known."""
        places = self.places.geometry
        routes: dict[str, list[tuple[str, shapely.Point]]] = {}
        for stop in self.waypoints.sort_values(["project_id", "order"]).itertuples():
            point = shapely.Point()
            if isinstance(stop.place_id, str):
                point = places.loc[stop.place_id]
            if point.is_empty and isinstance(stop.adcode, str):
                point = self._unit_point(stop.adcode)
            routes.setdefault(str(stop.project_id), []).append((str(stop.name), point))
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
            A document that mentions the project, by source_id or title.
        year : int, optional
            A year that a document ties to it.
        text : str, optional
            Part of its name or note.

        Raises
        ------
        UnknownPlaceError, AmbiguousPlaceError
            A word is no zone or unit, or several.
        InputError
            A word of another condition is not known; a place is no unit that projects are
            recorded for, or a zone has no recorded members.

        Examples
        --------
        >>> import regionkit as rk
        >>> ln = rk.load("liaoning")
        >>> hits = ln.select_projects(zone="liaoxi", domain="energy", stage="under construction")
        >>> "xudapu-nuclear-1-4" in hits.index
        True
        """
        zone_ids = _each(zone, self.resolve_zone)
        adcodes = _each(place, self._recorded_unit)
        for zone_id in zone_ids or ():
            self._require_members(zone_id)
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
            source_ids=_each(source, self.resolve_source),
        )

    def _members_of(self, zone_id: str) -> tuple[str, ...]:
        return tuple(self.memberships.loc[self.memberships["zone_id"] == zone_id, "adcode"])

    def _require_members(self, zone_id: str) -> None:
        """Refuse a zone that is only a name: nothing can be said of what lies in it."""
        if not self._members_of(zone_id):
            names = self.table("zones").set_index("zone_id")["name"]
            raise InputError(
                f"{names[zone_id]} has no recorded members, so it has no area. "
                "Name its cities or counties instead."
            )

    def _recorded_unit(self, name: str) -> str:
        """Return the adcode of a unit; refuse places inside one, which projects do not name."""
        place = self.resolve(name)
        if place.place_id:
            unit = self.distinct_names.get(place.adcode, "")
            instead = f"Name the unit it lies in, place={unit!r}, or ask" if unit else "Ask"
            raise InputError(
                f"{place.name} is a {place.level} and no unit, and projects are recorded by unit. "
                f"{instead} what lies near it: projects_near({name!r}, km=10)."
            )
        return place.adcode


def _tuples(values: pd.Series, index: pd.Index) -> list[tuple[str, ...]]:
    """Return the tuple of each key of an index, () where there is none."""
    return [values.get(key, ()) for key in index]


def _each(words: str | Collection[str] | None, find: Callable[[str], str]) -> list[str] | None:
    """Return what each of one or several words means, None for None."""
    if words is None:
        return None
    listed = [words] if isinstance(words, str) else list(words)
    return [find(word) for word in listed]
