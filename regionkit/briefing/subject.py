"""What a briefing is about: a province, city, county, zone, or the projects of a query."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

import geopandas as gpd

from regionkit.errors import InputError
from regionkit.region.names import called_units
from regionkit.words.message import Call, Option, msg

if TYPE_CHECKING:
    from regionkit.region import Region

__all__ = ["Subject", "find_subject"]

Kind = Literal["province", "city", "county", "zone", "query"]
# What a briefing can be asked of, in the order in which a word is looked for.
_KINDS = ("zone", "unit", "place", "project", "cluster")
_QUERY_COLUMNS = ("name", "domain", "kind", "stage", "adcodes")


@dataclass(frozen=True)
class Subject:
    """What a briefing is about.

    Attributes
    ----------
    kind : {"province", "city", "county", "zone", "query"}
    place_id : str
        Adcode or zone_id; "" for a query.
    name : str
    counties : tuple of str
        Adcodes of its counties; for a query those its projects touch.
    members : tuple of str
        Units whose own facts are told: itself with its counties, or a zone's members.
    projects : GeoDataFrame
    """

    kind: Kind
    place_id: str
    name: str
    counties: tuple[str, ...]
    members: tuple[str, ...]
    projects: gpd.GeoDataFrame = field(repr=False)


def find_subject(region: Region, place: str | gpd.GeoDataFrame, *, title: str = "") -> Subject:
    """Return what a name, an id or a query's result means.

    Raises
    ------
    UnknownPlaceError, AmbiguousPlaceError
        No unit or zone, or several, have that name.
    InputError
        The GeoDataFrame is not one of this region's projects, or holds none.
    """
    if isinstance(place, gpd.GeoDataFrame):
        return _query_subject(region, place, title)
    if not isinstance(place, str) or not place.strip():
        raise InputError(
            msg("{option} is no place.", option=Option("place", place)),
            mend=Call(
                msg(
                    "Give the name or id of a city, county or zone, or the GeoDataFrame of a query "
                    "such as region.select_projects(domain='energy')."
                ),
                command=msg("Give the name or id of a city, county or zone."),
            ),
        )
    noun = region.find(place, _KINDS)
    if noun.kind == "zone":
        return _zone_subject(region, noun.id)
    if noun.kind == "project":
        projects = region.projects
        return _query_subject(region, projects[projects.index == noun.id], title or noun.name)
    if noun.kind == "unit":
        return _unit_subject(region, noun.id)
    if noun.kind == "cluster":
        raise InputError(
            msg(
                "{name} is a cluster, and a briefing is of a place or of projects.", name=noun.name
            ),
            mend=msg("Its facts are given by: regionkit profile {name}", name=noun.name),
        )
    raise InputError(
        msg(
            "{place!r} is a place inside {unit} ({adcode}), no unit.",
            place=place,
            unit=region.units["name"].get(noun.adcode, "?"),
            adcode=noun.adcode,
        ),
        mend=msg(
            "A briefing is of a city, county or zone: name that unit, or give the "
            "projects near it: {call}.",
            call=Call(
                f"region.projects_near({place!r}, km=30)",
                command=f"regionkit query --near {place} --km 30",
            ),
        ),
    )


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
    projects = region.select_projects(place=adcode)
    return Subject(kind, adcode, str(called_units(region, "zh")[adcode]), inside, members, projects)


def _zone_subject(region: Region, zone_id: str) -> Subject:
    table = region.table("zones").set_index("zone_id")
    rows = region.memberships[region.memberships["zone_id"] == zone_id]
    members = tuple(dict.fromkeys(rows["adcode"]))
    parts = region.unit_parts
    within = frozenset().union(*(parts[member] for member in members))
    inside = tuple(code for code in region.counties.index if code in within)
    projects = region.select_projects(zone=zone_id)
    return Subject("zone", zone_id, str(table.loc[zone_id, "name"]), inside, members, projects)


def _query_subject(region: Region, frame: gpd.GeoDataFrame, title: str) -> Subject:
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
    touched = {code for codes in frame["adcodes"] for code in codes}
    city_of = region.counties["city_adcode"]
    inside = tuple(code for code, city in city_of.items() if not {code, city}.isdisjoint(touched))
    return Subject("query", "", title.strip() or "项目查询结果", inside, (), frame)
