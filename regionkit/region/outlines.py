"""Outlines of a region's units and zones: read, dissolved and simplified when asked for."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import pandas as pd

from regionkit.errors import InputError
from regionkit.places.units import at_level, embedded_content
from regionkit.region.zone_names import STRATEGIC
from regionkit.words.message import Option, msg

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from pathlib import Path

    import geopandas as gpd
    import numpy as np
    import shapely
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from regionkit.region.zones import Zones

__all__ = ["Outlines"]

_WGS84 = "EPSG:4326"
_LEVELS = ("county", "city", "province", "zone", "grouping")
# Where maps leave islets out: of a region of usual size those smaller than this.
_LEAST_ISLAND_KM2 = 1.0
# Raise it when the projection of areas changes, so that old caches are not read.
_AREAS = 1


class Outlines:
    """Counties and what is dissolved from them.

    Parameters
    ----------
    codes : sequence of str
        The units that the region is made of.
    adcode : str
        Of the whole region.
    units : DataFrame indexed by adcode
        ``name, level, city_adcode``.
    zones : Zones
    counties : GeoDataFrame indexed by adcode, EPSG:4326, optional
        Columns ``name`` and ``city_adcode``; the embedded boundaries where not given, read when
        they are first needed.
    """

    def __init__(
        self,
        codes: Sequence[str],
        adcode: str,
        units: pd.DataFrame,
        zones: Zones,
        counties: gpd.GeoDataFrame | None = None,
    ) -> None:
        self._codes = tuple(codes)
        self._adcode = adcode
        self._units = units
        self._zones = zones
        self.given = counties
        self._shapes: dict[str, BaseGeometry] = {}
        self._simplified: dict[tuple[str, float], gpd.GeoSeries] = {}

    @cached_property
    def raw(self) -> gpd.GeoDataFrame:
        """Counties with their outlines, as they were given or read."""
        from regionkit.places.boundaries import load_boundaries

        return self.given if self.given is not None else load_boundaries(self._codes)

    @cached_property
    def counties(self) -> gpd.GeoDataFrame:
        """Counties: ``name, city_adcode, city, zone_ids, area_km2``."""
        counties = self.raw.copy()
        counties.insert(2, "city", counties["city_adcode"].map(self._units["name"]))
        counties.insert(3, "zone_ids", [self._zones.of_unit(code) for code in counties.index])
        counties.insert(4, "area_km2", self._county_areas_km2())
        return counties

    def _county_areas_km2(self) -> NDArray[np.float64]:
        """Return the areas of the counties, in their order: computed once, kept in the cache."""
        import numpy as np

        from regionkit.places.cache import cached_file

        def write(path: Path) -> None:
            with path.open("wb") as file:
                np.save(file, self._area_km2(self.raw.geometry).to_numpy(), allow_pickle=False)

        name = f"areas-{self.content}-{_AREAS}.npy"
        areas: NDArray[np.float64] = np.load(cached_file(name, write), allow_pickle=False)
        return areas

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
    def provinces(self) -> gpd.GeoDataFrame:
        """The provinces: ``name, area_km2``; none where the region lies in one."""
        import geopandas as gpd

        geometry = self._dissolve(self._province_of(self.raw.index))
        columns = {
            "name": geometry.index.map(self._units["name"]),
            "area_km2": self._area_km2(geometry),
        }
        return gpd.GeoDataFrame(columns, geometry=geometry, crs=_WGS84).rename_axis("adcode")

    def _province_of(self, counties: pd.Index) -> pd.Series:
        """Return the province of each county, of those that have one in the region."""
        return self._units["province_adcode"].reindex(counties).dropna()

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

    @cached_property
    def content(self) -> str:
        """What tells these counties from others, so that a user's own layer is kept apart."""
        if self.given is None:
            return embedded_content(self._codes)
        from regionkit.places.shape_cache import content_of

        return content_of(self.given.geometry.to_numpy(), *self.given.index)

    def _dissolve(self, by: pd.Series) -> gpd.GeoSeries:
        """Return the unions of the counties by group: made once and kept in the cache folder."""
        import geopandas as gpd

        from regionkit.places.boundaries import dissolve_coverage
        from regionkit.places.shape_cache import cached_shapes, content_of

        pairs = [part for pair in by.items() for part in pair]
        shapes = cached_shapes(
            f"dissolved-{content_of((), self.content, *pairs)}",
            lambda: dict(dissolve_coverage(self.raw, by).items()),
        )
        return gpd.GeoSeries(list(shapes.values()), index=list(shapes), crs=_WGS84)

    def of_unit(self, adcode: str, parts: Collection[str]) -> BaseGeometry:
        """Return the outline of a unit that is made of others, or of one that is not."""
        if adcode in self.raw.index:
            return self.raw.geometry[adcode]
        if adcode not in self._shapes:
            inside = self.raw.index[self.raw.index.isin(list(parts))]
            self._shapes[adcode] = self._dissolve(pd.Series(adcode, inside)).loc[adcode]
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

    @cached_property
    def scale(self) -> float:
        """How many times larger than usual the region is, 1 at least."""
        from regionkit.places.extent import follow_extent

        return follow_extent(self.raw)

    @property
    def least_island_km2(self) -> float:
        """Islands smaller than this are left out of simplified outlines, and counted."""
        return _LEAST_ISLAND_KM2 * self.scale

    def simplified(self, level: str, tolerance_m: float) -> gpd.GeoSeries:
        """Return the units' outlines with fewer vertices, borders still shared."""
        if level not in _LEVELS:
            raise InputError(
                msg("{option} is not known.", option=Option("level", level)),
                mend=msg("Use one of {choices}.", choices=_LEVELS),
            )
        if (level, tolerance_m) not in self._simplified:
            self._simplified[level, tolerance_m] = self._simplify(level, tolerance_m)
        return self._simplified[level, tolerance_m]

    def _simplify(self, level: str, tolerance_m: float) -> gpd.GeoSeries:
        import geopandas as gpd

        from regionkit.places.boundaries import dissolve_coverage

        if level == "county":
            return self._simplify_counties(tolerance_m)
        counties = gpd.GeoDataFrame(
            self.raw[["city_adcode"]], geometry=self.simplified("county", tolerance_m), crs=_WGS84
        )
        if level == "city":
            return dissolve_coverage(counties, counties["city_adcode"])
        if level == "province":
            return dissolve_coverage(counties, self._province_of(counties.index))
        is_own = level == "zone"
        index = pd.Index(
            self._zones.ids(lambda kind: (kind == STRATEGIC) == is_own), name="zone_id", dtype="str"
        )
        members = self._zones.county_members
        members = members[members.isin(index)]
        return gpd.GeoSeries(dissolve_coverage(counties, members).reindex(index), crs=_WGS84)

    def _simplify_counties(self, tolerance_m: float) -> gpd.GeoSeries:
        import geopandas as gpd
        import shapely

        from regionkit.places.shape_cache import cached_shapes

        def make() -> dict[str, BaseGeometry]:
            from regionkit.places.simplify import simplify_coverage

            simple = simplify_coverage(
                self.raw.geometry,
                tolerance_m=tolerance_m,
                min_part_km2=self.least_island_km2,
            )
            return {
                code: shapely.multipolygons(shapely.get_parts(shape))
                for code, shape in simple.items()
            }

        shapes = cached_shapes(f"simplified-{self.content}-{tolerance_m:g}", make)
        index = pd.Index(list(shapes), name="adcode", dtype="str")
        return gpd.GeoSeries(list(shapes.values()), index=index, crs=_WGS84, name="geometry")

    @cached_property
    def islets(self) -> shapely.MultiPoint:
        """A point in each island that simplified outlines leave out, of whatever tolerance."""
        import shapely

        from regionkit.places.shape_cache import cached_shapes

        def make() -> dict[str, BaseGeometry]:
            from regionkit.places.simplify import list_islets

            islets = list_islets(self.raw.geometry, self.least_island_km2)
            # shapely 2.0 makes no points of an empty list.
            points = islets.representative_point().to_list()
            return {"islets": shapely.multipoints(points) if points else shapely.MultiPoint()}

        points: Any = cached_shapes(f"islets-{self.content}", make)["islets"]
        return points

    @cached_property
    def unit_points(self) -> dict[str, shapely.Point]:
        """A point in each county, and in each city's central district."""
        from regionkit.places.shape_cache import cached_shapes

        points: dict[str, Any] = cached_shapes(
            f"points-{self.content}",
            lambda: dict(self.raw.geometry.representative_point().items()),
        )
        counties = self._units.loc[at_level(self._units, "county")]
        for city, members in counties.groupby("city_adcode").groups.items():
            # The middle of a city's land is farmland; its first district by code holds its seat.
            points.setdefault(city, points[min(members)])
        return points
