"""Tracks of axes, corridors, channels and rings: a line for each zone that has waypoints."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    import geopandas as gpd

    from regionkit.pack.pack import Pack
    from regionkit.region.geography import Geography

__all__ = ["list_unplaced_zones", "trace_zones"]

_WGS84 = "EPSG:4326"


def trace_zones(pack: Pack, geography: Geography) -> gpd.GeoDataFrame:
    """Return the track of each zone that has waypoints, in the plan's order.

    The track runs straight from one waypoint to the next. A waypoint without a position of its own
    stands at its place; a city or county that is named stands at its town, where maps write its
    name, else at its unit's point. One that has none of them is left out.

    Returns
    -------
    GeoDataFrame indexed by zone_id, EPSG:4326
        ``name``, ``kind``, ``waypoints`` and ``bases`` (tuples: their names, in order, and how each
        is known), ``basis`` ("stated" where all of them are, else "inferred"), ``n_unplaced``, and
        a LineString, empty where fewer than two have a position.
    """
    import geopandas as gpd
    import shapely

    stops = pack.table("zone_waypoints").sort_values(["zone_id", "order"], kind="stable")
    zones = geography.zones.table
    zones = zones.loc[zones.index.isin(stops["zone_id"]), ["name", "kind"]]
    own = stops["lon"].notna() & stops["lat"].notna()
    towns = _town_points(pack)

    def stop(place_id: object, adcode: object) -> shapely.Point:
        if not isinstance(place_id, str) and adcode in towns.index:
            return towns[adcode]
        return geography.stop_point(place_id, adcode)

    points = [
        shapely.Point(lon, lat) if has_own else stop(place_id, adcode)
        for has_own, lon, lat, place_id, adcode in zip(
            own, stops["lon"], stops["lat"], stops["place_id"], stops["adcode"], strict=True
        )
    ]
    rows = stops.assign(point=points, is_unplaced=[point.is_empty for point in points])
    lines, columns = [], []
    for zone_id in zones.index:
        mine = rows[rows["zone_id"] == zone_id]
        placed = mine.loc[~mine["is_unplaced"], "point"].tolist()
        lines.append(shapely.LineString(placed if len(placed) > 1 else None))
        is_stated = (mine["basis"] == "stated").all()
        columns.append(
            (
                tuple(mine["name"]),
                tuple(mine["basis"]),
                "stated" if is_stated else "inferred",
                int(mine["is_unplaced"].sum()),
            )
        )
    names = ["waypoints", "bases", "basis", "n_unplaced"]
    told = pd.DataFrame(columns, columns=names, index=zones.index)
    return gpd.GeoDataFrame(zones.join(told), geometry=lines, crs=_WGS84)


def _town_points(pack: Pack) -> pd.Series:
    """Return where the names of units stand: the seat, or the old town where that is another."""
    import shapely

    seats = pack.table("seats").set_index("adcode")
    lon = seats["label_lon"].fillna(seats["lon"]).astype(float)
    lat = seats["label_lat"].fillna(seats["lat"]).astype(float)
    return pd.Series(shapely.points(lon, lat), index=seats.index, dtype=object)


def list_unplaced_zones(pack: Pack, geography: Geography) -> pd.DataFrame:
    """Return the zones that have neither members nor a track: names only, in the plan's order.

    Returns
    -------
    DataFrame indexed by zone_id
        ``name``, ``kind``, ``source_id``, ``locator``, ``note``.
    """
    placed = {
        zone_id
        for table in ("memberships", "zone_places", "zone_waypoints")
        for zone_id in pack.table(table)["zone_id"]
    }
    zones = geography.zones.table
    return zones.loc[~zones.index.isin(placed), ["name", "kind", "source_id", "locator", "note"]]
