"""What a briefing is about: a unit, zone, cluster, domain, place, polygon, or a query."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal

import geopandas as gpd
from shapely.geometry.base import BaseGeometry

from regionkit.errors import InputError
from regionkit.places.names import normalise_name
from regionkit.places.projection import map_crs
from regionkit.query.projects import named_now
from regionkit.region.names import called_units, name_in, names_in
from regionkit.words.message import Call, Option, msg, say

if TYPE_CHECKING:
    from regionkit.region import Region

__all__ = ["AROUND_KM", "Kind", "Subject", "find_subject"]

Kind = Literal["province", "city", "county", "zone", "cluster", "domain", "place", "area", "query"]
# What lies so near a port or another place is told with it.
AROUND_KM = 30
# What a word can name, in the order in which it is looked for.
_KINDS = ("zone", "unit", "place", "project", "cluster")
_QUERY_COLUMNS = ("name", "domain", "kind", "stage", "adcodes")


@dataclass(frozen=True)
class Subject:
    """What a briefing is about.

    Attributes
    ----------
    kind : {"province", "city", "county", "zone", "cluster", "domain", "place", "area", "query"}
    place_id : str
        Adcode, zone_id, cluster_id or domain; "" for others.
    name : str
    counties : tuple of str
        Adcodes of its counties; for projects those that they touch.
    members : tuple of str
        Units whose own facts are told: itself with its counties, or the members of a zone or
        cluster.
    projects : GeoDataFrame
        Of every document.
    called : str
        What the messages call it: its short name where it has one.
    outline : geometry, optional
        The place's point, or the user's polygon.
    """

    kind: Kind
    place_id: str
    name: str
    counties: tuple[str, ...]
    members: tuple[str, ...]
    projects: gpd.GeoDataFrame = field(repr=False)
    called: str = ""
    outline: BaseGeometry | None = field(default=None, repr=False)

    @property
    def is_of_projects(self) -> bool:
        """Whether it is chosen by its projects, and no unit has facts of its own to tell."""
        return self.kind in {"domain", "place", "area", "query"}

    @cached_property
    def counted(self) -> gpd.GeoDataFrame:
        """The projects that a headline counts: those the current plan names; of a query all."""
        if self.kind == "query" or self.projects.empty:
            return self.projects
        return named_now(self.projects)


def find_subject(
    region: Region,
    place: str | gpd.GeoDataFrame | BaseGeometry,
    *,
    title: str = "",
    lang: str = "zh",
) -> Subject:
    """Return what a name, an id, a polygon or a query's result means.

    Raises
    ------
    UnknownPlaceError, AmbiguousPlaceError
        Nothing, or several things, have that name.
    InputError
        The GeoDataFrame is not one of this region's projects, or holds none.
    """
    if isinstance(place, gpd.GeoDataFrame):
        return _query_subject(region, place, title, lang)
    if isinstance(place, BaseGeometry):
        return _area_subject(region, place, title, lang)
    if not isinstance(place, str) or not place.strip():
        raise InputError(
            msg("{option} is no place.", option=Option("place", place)),
            mend=Call(
                msg(
                    "Give the name or id of a city, county, zone, cluster, domain or port, a "
                    "polygon, or the GeoDataFrame of a query such as "
                    "region.select_projects(domain='energy')."
                ),
                command=msg("Give the name or id of a city, county, zone, cluster or domain."),
            ),
        )
    return _named_subject(region, place, title, lang)


def _named_subject(region: Region, place: str, title: str, lang: str) -> Subject:
    """Return what a name or an id means."""
    domain = _domain_named(region, place)
    if domain is not None:
        return _domain_subject(region, domain, lang)
    noun = region.find(place, _KINDS)
    if noun.kind == "unit":
        return _unit_subject(region, noun.id)
    if noun.kind == "zone":
        return _zone_subject(region, noun.id, lang)
    if noun.kind == "cluster":
        return _cluster_subject(region, noun.id, lang)
    if noun.kind == "project":
        projects = region.projects
        chosen = projects[projects.index == noun.id]
        return _query_subject(region, chosen, title or noun.name, lang)
    return _place_subject(region, noun.name, lang)


def _domain_named(region: Region, name: str) -> str | None:
    wanted = normalise_name(name)
    for lang in ("zh", "en"):
        for domain, label in region.labels("projects", "domain", lang).items():
            if wanted in {normalise_name(domain), normalise_name(label)}:
                return domain
    return None


def _unit_subject(region: Region, adcode: str) -> Subject:
    units = region.units
    kind: Kind = str(units.loc[adcode, "level"])  # type: ignore[assignment]
    parts = region.unit_parts[adcode]
    inside = tuple(code for code in region.counties.index if code in parts)
    members = (adcode, *(inside if kind == "city" else ()))
    if kind not in {"city", "county"}:
        members = tuple(code for code in region.units_at("city") if code in parts)
        # What is told of a province is told of a region of several, and of the country.
        kind = "province"
    # Of the region itself every project is told, those that no document ties to a unit as well.
    projects = region.select_projects(place=None if adcode == region.adcode else adcode)
    name = str(called_units(region, "zh")[adcode])
    return Subject(kind, adcode, name, inside, members, projects, name)


def _zone_subject(region: Region, zone_id: str, lang: str) -> Subject:
    table = region.table("zones").set_index("zone_id")
    rows = region.memberships[region.memberships["zone_id"] == zone_id]
    members = tuple(dict.fromkeys(rows["adcode"]))
    inside = _counties_of(region, members)
    projects = region.select_projects(zone=zone_id)
    called = str(names_in(table, lang, column="short_name")[zone_id])
    name = str(table.loc[zone_id, "name"])
    return Subject("zone", zone_id, name, inside, members, projects, called)


def _cluster_subject(region: Region, cluster_id: str, lang: str) -> Subject:
    mine = region.cluster_places[region.cluster_places["cluster_id"] == cluster_id]
    members = tuple(dict.fromkeys(mine["adcode"]))
    inside = _counties_of(region, members)
    name = name_in(region.clusters.loc[cluster_id], lang)
    # No document says which project belongs to a cluster, and it is not guessed.
    return Subject("cluster", cluster_id, name, inside, members, region.projects.iloc[:0], name)


def _domain_subject(region: Region, domain: str, lang: str) -> Subject:
    projects = region.select_projects(domain=domain)
    name = region.labels("projects", "domain", lang)[domain]
    inside = tuple(region.counties.index)
    return Subject("domain", domain, name, inside, (), projects, name)


def _place_subject(region: Region, name: str, lang: str) -> Subject:
    point = region.locate_name(name)
    projects = region.projects_near(point, km=AROUND_KM)
    called = say("{km} km about {name}", lang=lang, km=AROUND_KM, name=name)
    crs = map_crs(region.counties)
    near = region.counties.geometry.to_crs(crs).distance(
        gpd.GeoSeries([point], crs=4326).to_crs(crs).iloc[0]
    )
    inside = tuple(region.counties.index[near <= AROUND_KM * 1000])
    return Subject("place", "", name, inside, (), projects, called, point)


def _area_subject(region: Region, area: BaseGeometry, title: str, lang: str) -> Subject:
    name = title.strip() or say("Own area", lang=lang)
    counties = region.counties
    inside = tuple(counties.index[counties.geometry.intersects(area)])
    projects = region.projects_within(area)
    return Subject("area", "", name, inside, (), projects, name, area)


def _counties_of(region: Region, units: tuple[str, ...]) -> tuple[str, ...]:
    parts = region.unit_parts
    within: frozenset[str] = frozenset().union(*(parts[unit] for unit in units))
    return tuple(code for code in region.counties.index if code in within)


def _touched(region: Region, projects: gpd.GeoDataFrame) -> tuple[str, ...]:
    """Return the counties that some projects touch, those of a city where only it is named."""
    touched = {code for codes in projects["adcodes"] for code in codes}
    city_of = region.counties["city_adcode"]
    return tuple(code for code, city in city_of.items() if not {code, city}.isdisjoint(touched))


def _query_subject(region: Region, frame: gpd.GeoDataFrame, title: str, lang: str) -> Subject:
    missing = [column for column in _QUERY_COLUMNS if column not in frame.columns]
    if missing:
        raise InputError(
            msg(
                "The GeoDataFrame has no column {choices}, so its rows are no projects.",
                choices=tuple(missing),
            ),
            mend=msg("Give what region.select_projects or region.projects_near returns."),
        )
    if frame.empty:
        raise InputError(
            msg("The query holds no project, so there is nothing to brief on."),
            mend=msg("Widen its conditions."),
        )
    strange = frame.index.difference(region.projects.index)
    if len(strange):
        raise InputError(
            msg(
                "{n} rows are no projects of {name} ({choices}).",
                n=len(strange),
                name=region.name,
                choices=tuple(map(str, strange[:5])),
            ),
            mend=msg("Keep the index of project ids as the query returned it."),
        )
    name = title.strip() or say("Projects found", lang=lang)
    return Subject("query", "", name, _touched(region, frame), (), frame, name)
