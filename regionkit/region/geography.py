"""A region's units, zones and places: their names, their outlines, and who belongs to whom."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import pandas as pd

from regionkit.places.cache import cached_file
from regionkit.places.names import Resolver
from regionkit.places.units import list_parts, list_units
from regionkit.region.everyday import Everyday
from regionkit.region.names import whole_word
from regionkit.region.outlines import Outlines
from regionkit.region.zone_names import STRATEGIC, ZoneMatch, find_zone
from regionkit.region.zones import Zones

if TYPE_CHECKING:
    from pathlib import Path

    import geopandas as gpd
    import shapely

    from regionkit.pack.pack import Pack
    from regionkit.places.place import Place
    from regionkit.query.locate import CoverageIndex

__all__ = ["Geography"]

_WGS84 = "EPSG:4326"
_OUTSIDE = "outside unit"
# Raise it when the file of an index changes, so that old ones are not read.
_INDEX = 1


class Geography:
    """Where things are in a region. Nothing is read or dissolved before it is asked for.

    Parameters
    ----------
    pack : Pack
    counties : GeoDataFrame indexed by adcode, EPSG:4326, optional
        As of :class:`Outlines`.

    Attributes
    ----------
    units : DataFrame indexed by adcode
        ``level, name, city_adcode``.
    """

    def __init__(self, pack: Pack, counties: gpd.GeoDataFrame | None = None) -> None:
        self._pack = pack
        self.given = counties
        self.units = list_units(pack.unit_codes, name=pack.name)
        self._zones_found: dict[str, ZoneMatch] = {}

    @cached_property
    def parts(self) -> dict[str, frozenset[str]]:
        """Each unit with all that lie in it, itself among them."""
        return list_parts(self.units)

    @cached_property
    def zones(self) -> Zones:
        """Which unit belongs to which zone."""
        return Zones(
            self._pack.table("zones"), self._pack.table("memberships"), self.units, self.parts
        )

    @cached_property
    def outlines(self) -> Outlines:
        """Outlines of units and zones."""
        return Outlines(
            self._pack.unit_codes, self._pack.adcode, self.units, self.zones, self.given
        )

    @cached_property
    def index(self) -> CoverageIndex:
        """Index over the counties that settles which one a point lies in."""
        import shapely

        from regionkit.query.locate import CoverageIndex

        def make(path: Path) -> None:
            raw = self.outlines.raw
            # A layer that is no true coverage has been warned of when it was read.
            is_coverage = bool(shapely.coverage_is_valid(raw.geometry.to_numpy()))
            CoverageIndex.from_coverage(raw, validate=not is_coverage).save(path)

        name = f"locate-{self.outlines.content}-{_INDEX}.npz"
        return CoverageIndex.load(cached_file(name, make))

    @cached_property
    def resolver(self) -> Resolver:
        """Finds the unit that a name means; never guesses."""
        places = self._pack.table("places")
        return Resolver(
            self.units,
            self._pack.table("aliases"),
            places[places["kind"] != _OUTSIDE],
            self.zones.strategic_by_unit,
            self._pack.table("changes"),
        )

    @cached_property
    def distinct_names(self) -> pd.Series:
        """Names of the units, with the city before those that several counties have."""
        units = self.units
        names = units["name"]
        city, province = units["city_adcode"], units["province_adcode"]
        is_inner = city.notna() & (city != units.index)
        told = names.where(
            ~names.duplicated(keep=False), city.map(names).where(is_inner, "") + names
        )
        # Over several provinces cities have namesakes too, 朝阳区 of 北京 no city.
        is_outer = province.notna() & (province != units.index)
        longer = province.map(names).where(is_outer, "") + told
        return told.where(~told.duplicated(keep=False), longer)

    def resolve(self, name: str, *, level: str | None = None, within: str | None = None) -> Place:
        """Return the place that a name, alias or adcode means."""
        return self.resolver.resolve(self.full_name(name), level=level, within=within)

    @cached_property
    def everyday(self) -> Everyday:
        """What a planner of the region says for zones, places and values."""
        return Everyday(self._pack.table("words"))

    def full_name(self, word: str) -> str:
        """Return the name of the place that an everyday word means, or the word itself."""
        name = str(self.units.loc[self._pack.adcode, "name"])
        # 全市 of a municipality and 全域 of several provinces are no words of all regions.
        if self.everyday.find("units", "adcode", word) or word.strip() == whole_word(name, "zh"):
            return name
        meant = self.everyday.find("places", "place_id", word)
        if meant is None:
            return word
        places = self._pack.table("places")
        return str(places.loc[places["place_id"] == meant[0][0], "name"].iloc[0])

    def find_zone(self, name: str) -> ZoneMatch:
        """Return the zone that a word means, and whether the word is its name or a part of it."""
        if name not in self._zones_found:
            self._zones_found[name] = self._find_zone(name)
        return self._zones_found[name]

    def _find_zone(self, name: str) -> ZoneMatch:
        meant = self.everyday.find("zones", "zone_id", name)
        if meant is not None and len(meant[0]) == 1:
            (zone_id,) = meant[0]
            return ZoneMatch(zone_id, str(self.zones.table.loc[zone_id, "name"]), False)
        return find_zone(self._pack.table("zones"), name, self._places_named)

    def _places_named(self, word: str) -> list[Place]:
        # The resolver is not made before it is needed.
        return self.resolver.candidates(word)

    def zones_of(self, place: str, kind: str | None = STRATEGIC) -> tuple[str, ...]:
        """Return the zones that a unit, by adcode or name, belongs to as a whole."""
        adcode = place if place in self.parts else self.resolve(place).adcode
        return self.zones.of_unit(adcode, kind)

    def changes_of(self, place: str) -> pd.DataFrame:
        """Return the changes that a unit came from or took part in, oldest first."""
        adcode = self.resolve(place).adcode
        changes = self._pack.table("changes")
        is_its_own, is_boundary = changes["adcode"] == adcode, changes["kind"] == "boundary"
        # A unit that gave is named by the code it had then.
        codes = {adcode, *changes.loc[is_its_own & ~is_boundary, "former_code"]}
        mine = changes[is_its_own | (is_boundary & changes["former_code"].isin(codes))]
        return mine.sort_values("date", kind="stable", na_position="last").reset_index(drop=True)

    @cached_property
    def places(self) -> gpd.GeoDataFrame:
        """Named places as points: their own, else their unit's, else empty."""
        import geopandas as gpd
        import shapely

        table = self._pack.table("places").set_index("place_id")
        points = []
        for lon, lat, adcode in zip(table["lon"], table["lat"], table["adcode"], strict=True):
            if pd.notna(lon) and pd.notna(lat):
                points.append(shapely.Point(lon, lat))
            else:
                points.append(self.unit_point(adcode))
        return gpd.GeoDataFrame(table, geometry=points, crs=_WGS84)

    @cached_property
    def seats(self) -> gpd.GeoDataFrame:
        """Where the seats of units stand on maps, indexed by adcode; only those the pack has.

        ``name, level, is_capital``; a point where the name stands, which is not the seat itself
        where a city's office has left its old town.
        """
        import geopandas as gpd

        table = self._pack.table("seats").set_index("adcode")
        table = table[table.index.isin(self.units.index)]
        cities = self.units.index[self.units["level"] == "city"]
        units = self.units.loc[table.index, ["name", "level"]]
        return gpd.GeoDataFrame(
            # A province's capital is the first of its cities by code.
            units.assign(is_capital=(table.index == min(cities, default="")) & (len(cities) > 1)),
            geometry=gpd.GeoSeries.from_xy(
                table["label_lon"].fillna(table["lon"]),
                table["label_lat"].fillna(table["lat"]),
                index=table.index,
                crs=_WGS84,
            ),
        )

    @cached_property
    def _seat_points(self) -> dict[str, shapely.Point]:
        return dict(self.seats.geometry.items())

    def unit_point(self, adcode: object) -> shapely.Point:
        """Return a unit's seat; without one a point in a county, or in a city's first district.

        Empty for others.
        """
        import shapely

        if not isinstance(adcode, str):
            return shapely.Point()
        seat = self._seat_points.get(adcode)
        if seat is not None:
            return seat
        return self.outlines.unit_points.get(adcode, shapely.Point())

    def stop_point(self, place_id: object, adcode: object) -> shapely.Point:
        """Return the point of a waypoint: its place's, else its unit's seat, else empty.

        A seat is where the unit's name stands; a unit without one has a point in it.
        """
        if isinstance(place_id, str):
            point: shapely.Point = self._place_points[place_id]
            if not point.is_empty:
                return point
        return self.unit_point(adcode)

    @cached_property
    def _place_points(self) -> dict[str, shapely.Point]:
        return dict(self.places.geometry.items())
