"""A region's projects: what is known of them, and where they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from regionkit.region.project_places import list_project_places

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import geopandas as gpd
    import shapely
    from shapely.geometry.base import BaseGeometry

    from regionkit.pack.pack import Pack
    from regionkit.region.geography import Geography

__all__ = ["describe_projects", "place_projects"]

_WGS84 = "EPSG:4326"


def describe_projects(pack: Pack, geography: Geography) -> pd.DataFrame:
    """Return what is known of each project beside its geometry, indexed by project_id.

    The pack's columns with ``adcodes`` (units it touches, in order), ``source_ids`` and ``years``
    (of its mentions), ``said_zone_ids`` (zones of any kind that it is said of) and ``zone_ids``
    (the plan's own zones that it is said of or that one of its units is in). ``units`` and
    ``zones`` are the names of ``adcodes`` and ``zone_ids`` as text.
    """
    table = pack.table("projects").set_index("project_id")
    places = list_project_places(pack, geography).sort_values("order", kind="stable")
    said = pack.table("project_zones")
    mentions = pack.table("mentions")
    told = mentions[mentions["year"].notna()]
    adcodes = _by_project(places["project_id"], places["adcode"], table.index)
    # Many projects are of the same units.
    zones = {codes: _zones_of(geography, codes, pack.adcode) for codes in set(adcodes)}
    said_zones = [
        tuple(dict.fromkeys(mine))
        for mine in _by_project(said["project_id"], said["zone_id"], table.index)
    ]
    zone_ids = [
        tuple(z for z in geography.zones.strategic_ids if z in zones[codes] or z in mine)
        for codes, mine in zip(adcodes, said_zones, strict=True)
    ]
    return table.assign(
        adcodes=adcodes,
        units=_told(adcodes, geography.distinct_names),
        source_ids=[
            tuple(sorted(set(mine)))
            for mine in _by_project(mentions["project_id"], mentions["source_id"], table.index)
        ],
        years=[
            tuple(sorted({int(year) for year in mine}))
            for mine in _by_project(told["project_id"], told["year"], table.index)
        ],
        said_zone_ids=said_zones,
        zone_ids=zone_ids,
        zones=_told(zone_ids, geography.zones.table["name"]),
    )


def _told(ids: Iterable[tuple[str, ...]], names: pd.Series) -> list[str]:
    """Return names joined by 、 as text, "" for none: tuples cannot be searched as text."""
    known = names.to_dict()
    return ["、".join(known.get(one, one) for one in mine) for mine in ids]


def _by_project(projects: pd.Series, values: pd.Series, index: pd.Index) -> list[tuple[str, ...]]:
    """Return the values of each project of an index, in the order of the rows."""
    found: dict[str, list[str]] = {}
    for project_id, value in zip(projects, values, strict=True):
        found.setdefault(project_id, []).append(value)
    return [tuple(found.get(project_id, ())) for project_id in index]


def _zones_of(geography: Geography, codes: Iterable[str], province: str) -> frozenset[str]:
    """Return the zones that one of some units is in; the province stands for none of its own."""
    inside = (geography.zones.of_unit(code) for code in codes if code != province)
    return frozenset(zone for mine in inside for zone in mine)


def place_projects(
    projects: pd.DataFrame,
    pack: Pack,
    geography: Geography,
    alignments: Mapping[str, BaseGeometry] | None = None,
) -> gpd.GeoDataFrame:
    """Return projects with their geometry: Point, LineString or empty.

    ``waypoint_names`` holds the names of the places that a line joins, in order.
    A project known only by county or city stands at its seat, as of ``Geography.unit_point``; a
    line is a schematic way over land through its waypoints, as of
    :func:`regionkit.places.ways.trace_way`, unless there is an alignment of it.
    """
    import geopandas as gpd
    import shapely

    stops_of = _stops(pack, geography) if (projects["geometry_kind"] == "line").any() else {}
    ways = _trace_ways(stops_of) | dict(alignments or {})
    shapes: list[BaseGeometry] = []
    names: list[tuple[str, ...]] = []
    columns = ("geometry_kind", "lon", "lat", "adcodes")
    for project_id, kind, lon, lat, codes in zip(
        projects.index, *(projects[column] for column in columns), strict=True
    ):
        stops = stops_of.get(project_id, []) if kind == "line" else []
        names.append(tuple(stop.name for stop in stops))
        if kind == "point" and pd.notna(lon):
            shapes.append(shapely.Point(lon, lat))
        elif kind == "point":
            units = [code for code in codes if code != pack.adcode]
            shapes.append(geography.unit_point(units[0]) if units else shapely.Point())
        elif kind == "line":
            shapes.append(ways.get(project_id, shapely.LineString()))
        else:
            shapes.append(shapely.Point())
    named = projects.assign(waypoint_names=names)
    return gpd.GeoDataFrame(named, geometry=shapes, crs=_WGS84)


class _Stop(NamedTuple):
    """A waypoint that has a position."""

    name: str
    point: shapely.Point
    is_at_sea: bool


def _stops(pack: Pack, geography: Geography) -> dict[str, list[_Stop]]:
    """Return the waypoints of each line project that have a position, in order."""
    stops: dict[str, list[_Stop]] = {}
    table = pack.table("waypoints").sort_values(["project_id", "order"])
    columns = ("project_id", "place_id", "adcode", "name", "is_at_sea")
    for project_id, place_id, adcode, name, is_at_sea in zip(
        *(table[column] for column in columns), strict=True
    ):
        point = geography.stop_point(place_id, adcode)
        if not point.is_empty:
            stop = _Stop(str(name), point, pd.notna(is_at_sea) and bool(is_at_sea))
            stops.setdefault(project_id, []).append(stop)
    return stops


def _trace_ways(stops_of: dict[str, list[_Stop]]) -> dict[str, BaseGeometry]:
    """Return the line of each project with two stops, traced once and kept in the cache folder."""
    from regionkit.places.shape_cache import cached_shapes, content_of
    from regionkit.places.ways import trace_way, ways_content

    known = {key: stops for key, stops in stops_of.items() if len(stops) > 1}
    if not known:
        return {}
    content = content_of(
        (stop.point for stops in known.values() for stop in stops),
        *(f"{key} {stop.is_at_sea}" for key, stops in known.items() for stop in stops),
    )

    def trace() -> dict[str, BaseGeometry]:
        return {
            key: trace_way([one.point for one in stops], [one.is_at_sea for one in stops])
            for key, stops in known.items()
        }

    return cached_shapes(f"ways-{ways_content()}-{content}", trace)
