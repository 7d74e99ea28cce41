"""Rules on where things are: positions that are whole, have a source and lie in their units."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

import pandas as pd

from regionkit.errors import Fault
from regionkit.pack.rows import numbered_rows
from regionkit.places.units import list_parts
from regionkit.words.message import msg, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from regionkit.pack.schema import Descriptor

    Tables = dict[str, pd.DataFrame]

__all__ = [
    "half_positions",
    "is_too_far",
    "point_faults",
    "sea_faults",
    "seas_before_routes",
    "short_tracks",
    "unplaced_projects",
]

_FEWEST_STOPS = 2
# A point may lie this far off the coast of the county it belongs to (offshore wind, anchorages,
# and islands and new land that the boundary data do not have).
OFFSHORE_KM = 60.0
# Farther out, up to the 200 nautical miles of the exclusive economic zone, gas fields lie: told,
# and not refused.
ECONOMIC_ZONE_KM = 370.4
# A point on land may stand this far outside the county its document names: the precision of the
# gazetteers it is read from.
GAZETTEER_KM = 2.0


def half_positions(descriptor: Descriptor, tables: Tables) -> Iterator[Fault]:
    """Yield positions of which one coordinate is missing."""
    for name, lon, lat in (
        ("projects", "lon", "lat"),
        ("places", "lon", "lat"),
        ("seats", "lon", "lat"),
        ("seats", "label_lon", "label_lat"),
        ("zone_waypoints", "lon", "lat"),
    ):
        for line, row in numbered_rows(tables[name]):
            if pd.notna(row[lon]) != pd.notna(row[lat]):
                yield Fault(
                    descriptor.tables[name].path,
                    line,
                    lon,
                    msg("and {lat} are not both given.", lat=lat),
                    msg("Give both or neither."),
                )


def short_tracks(descriptor: Descriptor, tables: Tables) -> Iterator[Fault]:
    """Yield tracks of zones that make no line: of one point, or with a point that is nowhere."""
    rows = tables["zone_waypoints"]
    file = descriptor.tables["zone_waypoints"].path
    counts = rows["zone_id"].value_counts()
    for line, row in numbered_rows(rows):
        if counts.get(row["zone_id"], _FEWEST_STOPS) < _FEWEST_STOPS:
            yield Fault(
                file,
                line,
                "zone_id",
                msg("has one waypoint, which makes no track."),
                msg("Add the other end, or record members in memberships.csv."),
            )
        if all(pd.isna(row[name]) for name in ("adcode", "place_id", "lon")):
            yield Fault(
                file,
                line,
                "adcode",
                msg("is empty, and so are place_id and the position."),
                msg("Give one of them, or leave the waypoint out."),
            )


def unplaced_projects(descriptor: Descriptor, tables: Tables) -> Iterator[Fault]:
    """Yield projects whose geometry, places and basis do not agree."""
    placed = set(tables["project_places"]["project_id"])
    routes = tables["waypoints"]["project_id"].value_counts()
    mentioned = set(tables["mentions"]["project_id"])
    file = descriptor.tables["projects"].path
    for line, row in numbered_rows(tables["projects"]):
        has_point = pd.notna(row["lon"]) and pd.notna(row["lat"])
        kind = row["geometry_kind"]
        if kind == "line" and routes.get(row["project_id"], 0) < _FEWEST_STOPS:
            yield Fault(
                file,
                line,
                "geometry_kind",
                msg("is line, with fewer than two waypoints."),
                msg("Add its route to waypoints.csv, or set point or none."),
            )
        if kind == "point" and row["project_id"] not in placed:
            yield Fault(
                file,
                line,
                "geometry_kind",
                msg("is point, in no unit of project_places."),
                msg("Add the county or city it lies in."),
            )
        if has_point and (kind != "point" or pd.isna(row["location_source"])):
            yield Fault(
                file,
                line,
                "location_source",
                msg("is empty or the project is no point, yet a position is given."),
                msg("Name the gazetteer or dataset the position is from."),
            )
        if row["location_basis"] == "site" and not has_point:
            yield Fault(
                file,
                line,
                "location_basis",
                msg("is site, without a position."),
                msg("Give lon and lat with their source, or the basis county or city."),
            )
        if (
            kind == "none"
            and row["location_basis"] == "none"
            and pd.isna(row["note"])
            and not (row["is_bundle"])
        ):
            yield Fault(
                file,
                line,
                "note",
                msg("is empty, and so is the place."),
                msg("Say why the place is not known."),
            )
        if row["project_id"] not in mentioned:
            yield Fault(
                file,
                line,
                "project_id",
                msg("has no mention."),
                msg("Add what the document says of it to mentions.csv."),
            )


def is_too_far(off_km: float, *, is_on_land: bool) -> bool:
    """Return whether a point so far outside its unit contradicts what is said of it.

    Examples
    --------
    >>> is_too_far(130, is_on_land=False), is_too_far(30, is_on_land=True)
    (False, True)
    """
    return off_km > (GAZETTEER_KM if is_on_land else ECONOMIC_ZONE_KM)


def point_faults(descriptor: Descriptor, tables: Tables) -> Iterator[Fault]:
    """Yield points that do not lie in a unit they are said to lie in."""
    # Points need boundaries, which the other rules do without.
    import geopandas as gpd

    from regionkit.places.boundaries import is_land, load_boundaries
    from regionkit.places.projection import local_projection

    counties = load_boundaries(descriptor.unit_codes)
    metric = counties.geometry.to_crs(local_projection(counties))
    coast = metric.union_all()
    parts = list_parts(descriptor.units)
    for name, units_of in (
        ("projects", tables["project_places"].groupby("project_id")["adcode"].agg(list)),
        ("places", _own_units(tables["places"], "place_id")),
        ("seats", _cities_of(tables["seats"], descriptor.units)),
    ):
        frame = tables[name]
        key = descriptor.tables[name].primary_key[0]
        placed = frame[frame["lon"].notna() & frame[key].isin(units_of.index)]
        points = gpd.GeoSeries.from_xy(placed["lon"], placed["lat"], index=placed.index, crs=4326)
        for index, point in points.to_crs(metric.crs).items():
            adcodes = units_of[frame.loc[index, key]]
            if descriptor.region["adcode"] in adcodes:
                continue
            inner = {code for unit in adcodes for code in parts.get(unit, ())}
            mine = metric[counties.index.isin(inner)]
            off_km = mine.distance(point).min() / 1000
            if off_km <= GAZETTEER_KM:
                continue
            lon, lat = frame.loc[index, ["lon", "lat"]]
            is_on_land = coast.contains(point) or (
                off_km > OFFSHORE_KM and is_land(float(lon), float(lat))
            )
            if not is_on_land and OFFSHORE_KM < off_km <= ECONOMIC_ZONE_KM:
                warnings.warn(
                    say(
                        "{file}, row {row}: the point lies at sea, {km:.0f} km off {units}. It is "
                        "taken as it is; look at it again.",
                        file=descriptor.tables[name].path,
                        row=int(index) + 2,
                        km=off_km,
                        units=[counties["name"].get(a, a) for a in adcodes],
                    ),
                    stacklevel=2,
                )
            if is_too_far(off_km, is_on_land=is_on_land):
                yield Fault(
                    descriptor.tables[name].path,
                    int(index) + 2,
                    "lon",
                    msg(
                        "the point lies {km:.1f} km outside {units}.",
                        km=off_km,
                        units=[counties["name"].get(a, a) for a in adcodes],
                    ),
                    msg("Correct the position or the unit."),
                )


def sea_faults(descriptor: Descriptor, tables: Tables) -> Iterator[Fault]:
    """Yield stops that a route cannot come to over land, though no sea is recorded before them."""
    import shapely

    from regionkit.places.ways import is_joined_by_land

    spots: dict[object, shapely.Point] = {}
    for name, key in (("seats", "adcode"), ("places", "place_id")):
        frame = tables[name][tables[name]["lon"].notna()]
        points = shapely.points(frame["lon"], frame["lat"])
        spots |= dict(zip(frame[key], points, strict=True))
    last: dict[str, tuple[str, shapely.Point]] = {}
    rows = sorted(
        numbered_rows(tables["waypoints"]), key=lambda one: (one[1]["project_id"], one[1]["order"])
    )
    for line, row in rows:
        spot = spots.get(row["place_id"], spots.get(row["adcode"]))
        if spot is None:
            continue
        before = last.get(row["project_id"])
        last[row["project_id"]] = row["name"], spot
        if before is None or row["is_at_sea"] is True or is_joined_by_land(before[1], spot):
            continue
        yield Fault(
            descriptor.tables["waypoints"].path,
            line,
            "is_at_sea",
            msg(
                "is empty, and no way over land leads from {before} to {name}.",
                before=before[0],
                name=row["name"],
            ),
            msg("Write true where the route crosses the sea there, else correct a position."),
        )


def seas_before_routes(descriptor: Descriptor, tables: Tables) -> Iterator[Fault]:
    """Yield first stops that are said to be reached over the sea."""
    rows = tables["waypoints"]
    first = rows.groupby("project_id")["order"].transform("min")
    for line, row in numbered_rows(rows.assign(first=first)):
        if row["is_at_sea"] is True and row["order"] == row["first"]:
            yield Fault(
                descriptor.tables["waypoints"].path,
                line,
                "is_at_sea",
                msg("is true of {name}, where the route begins.", name=row["name"]),
                msg("Write it at the stop that the route comes to over the sea."),
            )


def _own_units(frame: pd.DataFrame, key: str) -> pd.Series:
    """Return the unit of each row of a table as a list, by the row's key."""
    named = frame[frame["adcode"].notna()]
    return pd.Series([[code] for code in named["adcode"]], index=named[key], dtype=object)


def _cities_of(seats: pd.DataFrame, units: pd.DataFrame) -> pd.Series:
    """Return the city of each seat's unit as a list: a county's seat may lie in a district."""
    cities = units["city_adcode"].fillna("").to_dict()
    return pd.Series([[cities.get(c) or c] for c in seats["adcode"]], seats["adcode"], dtype=object)
