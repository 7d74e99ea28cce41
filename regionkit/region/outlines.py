"""Outlines of a region's units and zones: read, dissolved and simplified when asked for."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import pandas as pd

from regionkit.errors import InputError
from regionkit.places.cache import cached_file
from regionkit.region.zones import STRATEGIC

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import geopandas as gpd
    import shapely
    from shapely.geometry.base import BaseGeometry

    from regionkit.region.zones import Zones

__all__ = ["Outlines"]

_WGS84 = "EPSG:4326"


class Outlines:
    """Counties and what is dissolved from them.

    Parameters
    ----------
    region_id, adcode : str
        Of the province.
    units : DataFrame indexed by adcode
        ``name, level, city_adcode``.
    zones : Zones
    counties : GeoDataFrame indexed by adcode, EPSG:4326, optional
        Columns ``name`` and ``city_adcode``; the embedded boundaries where not given, read when
        they are first needed.
    """

    def __init__(
        self,
        region_id: str,
        adcode: str,
        units: pd.DataFrame,
        zones: Zones,
        counties: gpd.GeoDataFrame | None = None,
    ) -> None:
        self._id = region_id
        self._adcode = adcode
        self._units = units
        self._zones = zones
        self.given = counties
        self._shapes: dict[str, BaseGeometry] = {}

    @cached_property
    def raw(self) -> gpd.GeoDataFrame:
        """Counties with their outlines, as they were given or read."""
        from regionkit.places.boundaries import load_boundaries

        return self.given if self.given is not None else load_boundaries(self._adcode)

    @cached_property
    def counties(self) -> gpd.GeoDataFrame:
        """Counties: ``name, city_adcode, city, zone_ids, area_km2``."""
        counties = self.raw.copy()
        counties.insert(2, "city", counties["city_adcode"].map(self._units["name"]))
        counties.insert(3, "zone_ids", [self._zones.of_unit(code) for code in counties.index])
        counties.insert(4, "area_km2", self._area_km2(counties.geometry))
        return counties

    @cached_property
    def cities(self) -> gpd.GeoDataFrame:
        """Cities: ``name, zone_ids, partial_zone_ids, area_km2``."""
        import geopandas as gpd

        geometry = self._dissolve(self.raw["city_adcode"])
        members = self.raw["city_adcode"].groupby(self.raw["city_adcode"]).groups
        whole, partial = [], []
        for city in geometry.index:
            mine = self._zones.of_unit(city)
            of_parts = {zone for county in members[city] for zone in self._zones.of_unit(county)}
            whole.append(mine)
            partial.append(
                tuple(z for z in self._zones.strategic_ids if z in of_parts and z not in mine)
            )
        cities = gpd.GeoDataFrame(
            {
                "name": geometry.index.map(self._units["name"]),
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
    def province(self) -> gpd.GeoDataFrame:
        """The whole region as one row: ``name, area_km2``."""
        import geopandas as gpd

        geometry = self._dissolve(pd.Series(self._adcode, self.raw.index))
        columns = {
            "name": self._units.loc[self._adcode, "name"],
            "area_km2": self._area_km2(geometry),
        }
        return gpd.GeoDataFrame(columns, geometry=geometry, crs=_WGS84).rename_axis("adcode")

    @cached_property
    def zones(self) -> gpd.GeoDataFrame:
        """The plan's own zones."""
        return self._zone_frame(lambda kind: kind == STRATEGIC)

    @cached_property
    def groupings(self) -> gpd.GeoDataFrame:
        """Every other grouping."""
        return self._zone_frame(lambda kind: kind != STRATEGIC)

    def _zone_frame(self, wanted: Callable[[str], bool]) -> gpd.GeoDataFrame:
        import geopandas as gpd

        table = self._zones.table.loc[list(self._zones.ids(wanted))]
        members = self._zones.county_members
        members = members[members.isin(table.index)]
        geometry = self._dissolve(members).reindex(table.index)
        frame = gpd.GeoDataFrame(table, geometry=gpd.GeoSeries(geometry, crs=_WGS84))
        frame["member_adcodes"] = [self._zones.members_of(zone) for zone in frame.index]
        frame["n_counties"] = members.value_counts().reindex(frame.index).fillna(0).astype(int)
        frame["area_km2"] = self._area_km2(frame.geometry)
        return frame

    def _dissolve(self, by: pd.Series) -> gpd.GeoSeries:
        from regionkit.places.boundaries import dissolve_coverage

        return dissolve_coverage(self.raw, by)

    def of_city(self, adcode: str) -> BaseGeometry:
        """Return the outline of one city."""
        if adcode not in self._shapes:
            city_of = self.raw["city_adcode"]
            self._shapes[adcode] = self._dissolve(city_of[city_of == adcode]).loc[adcode]
        return self._shapes[adcode]

    def of_zone(self, zone_id: str) -> BaseGeometry:
        """Return the area of one zone or grouping that has members."""
        if zone_id not in self._shapes:
            members = self._zones.county_members
            self._shapes[zone_id] = self._dissolve(members[members == zone_id]).loc[zone_id]
        return self._shapes[zone_id]

    def _area_km2(self, geometry: gpd.GeoSeries) -> pd.Series:
        from regionkit.places.projection import local_projection

        return geometry.to_crs(local_projection(self.raw)).area / 1e6

    def simplified(self, level: str, tolerance_m: float) -> gpd.GeoSeries:
        """Return the units' outlines with fewer vertices, borders still shared."""
        import geopandas as gpd

        from regionkit.places.boundaries import dissolve_coverage

        if level not in {"county", "city", "zone", "grouping"}:
            raise InputError(f"level={level!r} is not known. Use county, city, zone or grouping.")
        counties = self._simplified_counties(tolerance_m)
        if level == "county":
            return counties.geometry
        if level == "city":
            return dissolve_coverage(counties, counties["city_adcode"])
        is_own = level == "zone"
        index = pd.Index(
            self._zones.ids(lambda kind: (kind == STRATEGIC) == is_own), name="zone_id", dtype="str"
        )
        members = self._zones.county_members
        members = members[members.isin(index)]
        return gpd.GeoSeries(dissolve_coverage(counties, members).reindex(index), crs=_WGS84)

    def _simplified_counties(self, tolerance_m: float) -> gpd.GeoDataFrame:
        import geopandas as gpd
        import numpy as np
        import shapely

        # Named by content, so that a user's own layer has its own.
        wkb = shapely.to_wkb(self.raw.geometry.to_numpy())
        key = f"{pd.util.hash_array(np.asarray(wkb, dtype=object)).sum():x}-{tolerance_m:g}"

        def make(path: Path) -> None:
            from regionkit.places.simplify import simplify_coverage

            simple = simplify_coverage(self.raw.geometry, tolerance_m=tolerance_m, min_part_km2=1.0)
            frame = gpd.GeoDataFrame(geometry=simple).reset_index()
            frame.to_file(path, driver="FlatGeobuf", SPATIAL_INDEX="NO")

        cached = gpd.read_file(cached_file(f"simplified-{self._id}-{key}.fgb", make))
        geometry = cached.set_index("adcode").geometry
        return gpd.GeoDataFrame(self.raw[["city_adcode"]], geometry=geometry, crs=_WGS84)

    @cached_property
    def unit_points(self) -> dict[str, shapely.Point]:
        """A point in each county, and in each city's central district."""
        points = dict(self.raw.geometry.representative_point().items())
        for city, members in self.raw.groupby("city_adcode"):
            # The middle of a city's land is farmland; its first district by code holds its seat.
            points.setdefault(city, points[members.index.min()])
        return points
