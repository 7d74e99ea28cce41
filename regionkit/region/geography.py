"""A region's units and zones as geometry, and the names they are found by."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from regionkit.errors import InputError
from regionkit.places.boundaries import dissolve_coverage
from regionkit.places.cache import cached_file
from regionkit.places.names import Resolver
from regionkit.places.projection import local_projection
from regionkit.places.simplify import simplify_coverage
from regionkit.region.tables import PackTables
from regionkit.region.zone_names import STRATEGIC, ZoneMatch, find_zone

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from regionkit.places.place import Place

__all__ = ["Geography"]

_WGS84 = "EPSG:4326"


class Geography(PackTables):
    """Counties, cities and zones joined to their outlines, and found by name."""

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
    def province(self) -> gpd.GeoDataFrame:
        """The whole region as one row: ``name, area_km2``, indexed by adcode."""
        whole = pd.Series(self.adcode, self._raw_counties.index)
        geometry = dissolve_coverage(self._raw_counties, whole)
        columns = {"name": self.name, "area_km2": self._area_km2(geometry)}
        return gpd.GeoDataFrame(columns, geometry=geometry, crs=_WGS84).rename_axis("adcode")

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

    @property
    def places(self) -> gpd.GeoDataFrame:
        """Functional areas, ports, stations and other named places, indexed by place_id.

        One known only by its county stands at the county's representative point
        (``location_basis`` says so); where not even that is known the geometry is empty.
        """
        return self._with_points(self.table("places").set_index("place_id"))

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
        """Return places as points: their own, else their unit's, else empty."""
        points = []
        for row in table.itertuples():
            if pd.notna(row.lon) and pd.notna(row.lat):
                points.append(shapely.Point(row.lon, row.lat))
            elif isinstance(row.adcode, str):
                points.append(self._unit_point(row.adcode))
            else:
                points.append(shapely.Point())
        return gpd.GeoDataFrame(table, geometry=points, crs=_WGS84)

    @cached_property
    def resolver(self) -> Resolver:
        """Finds the unit that a name means; never guesses."""
        places = self.table("places") if "places" in self.tables else None
        if places is not None:
            places = places[places["kind"] != "outside unit"]
        zones = {code: self.zones_of(code) for code in self.units.index}
        return Resolver(self.units, self.aliases, places, zones, self.tables.get("changes"))

    def changes_of(self, place: str) -> pd.DataFrame:
        """Return the changes of units that a unit of today came from or took part in.

        Parameters
        ----------
        place : str
            Name, alias or adcode.

        Returns
        -------
        DataFrame
            Rows of ``changes``, oldest first, those without a date last. Transfers of townships
            stand at the unit that gave and at the one that received.

        Examples
        --------
        >>> import regionkit as rk
        >>> changes = rk.load("liaoning").changes_of("普兰店区")
        >>> changes[["date", "former_name", "new_name", "document"]].iloc[0].tolist()
        ['1991-11-30', '新金县', '普兰店市', '民行批〔1991〕75号']
        """
        adcode = self.resolve(place).adcode
        changes = self.changes
        is_its_own, is_boundary = changes["adcode"] == adcode, changes["kind"] == "boundary"
        # A unit that gave is named by the code it had then.
        codes = {adcode, *changes.loc[is_its_own & ~is_boundary, "former_code"]}
        mine = changes[is_its_own | (is_boundary & changes["former_code"].isin(codes))]
        return mine.sort_values("date", kind="stable", na_position="last").reset_index(drop=True)

    def resolve(self, name: str, *, level: str | None = None, within: str | None = None) -> Place:
        """Return the place that a name, alias or adcode means.

        Raises
        ------
        UnknownPlaceError, AmbiguousPlaceError
            With the nearest names, or every candidate.

        Examples
        --------
        >>> import regionkit as rk
        >>> rk.load("liaoning").resolve("喀左").name
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
        >>> import regionkit as rk
        >>> rk.load("liaoning").zones_of("210900")
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
        """Return the zone_id of a zone's id, name or short name, or of a part that one name has.

        Raises
        ------
        UnknownPlaceError, AmbiguousPlaceError
            As of :meth:`find_zone`.

        Examples
        --------
        >>> import regionkit as rk
        >>> rk.load("liaoning").resolve_zone("辽西")
        'liaoxi'
        """
        return self.find_zone(name).zone_id

    def find_zone(self, name: str) -> ZoneMatch:
        """Return the zone that a word means, and whether the word is its name or a part of it.

        Raises
        ------
        UnknownPlaceError
            No zone has the name, or it is a city's or county's.
        AmbiguousPlaceError
            It is a part of several zones' names.

        Examples
        --------
        >>> import regionkit as rk
        >>> rk.load("liaoning").find_zone("辽西").name
        '辽西融入京津冀协同发展战略先导区'
        """
        return find_zone(self.table("zones"), name, self.resolver.candidates(name))

    @cached_property
    def distinct_names(self) -> pd.Series:
        """Names of the units by adcode, with the city before those that several counties have.

        Examples
        --------
        >>> import regionkit as rk
        >>> rk.load("liaoning").distinct_names[["210103", "210303"]].tolist()
        ['沈河区', '鞍山市铁西区']
        """
        units = self.units
        cities = units["city_adcode"].map(units["name"]).where(units["level"] == "county", "")
        shared = units["name"].duplicated(keep=False)
        return units["name"].where(~shared, cities + units["name"])
