"""Where land is and where sea, for questions and ways: what :mod:`regionkit.places.lands` reads."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import shapely

from regionkit.places.lands import lands_about
from regionkit.places.units import DATA_VERSION

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

__all__ = ["LAND", "land_within", "province_at"]

#: What the land is known of, degrees; beyond it nothing is said to be sea.
_KNOWN = (70.0, 0.0, 140.0, 56.0)
# As fine as the coast of a city's map, degrees.
_GRAIN = 0.001
# Raise it when the land is made otherwise, so that ways made with it are not read.
_MADE = 3
#: Names the land in the cache folder, for what is made with it.
LAND = f"{DATA_VERSION}-{_MADE}"


@lru_cache(maxsize=256)
def land_within(west: float, south: float, east: float, north: float) -> BaseGeometry:
    """Return the land within bounds: provinces of China and the countries about it.

    Parameters
    ----------
    west, south, east, north : float, degrees

    Returns
    -------
    MultiPolygon, EPSG:4326
        Empty at sea; beyond 70 to 140 degrees east and 0 to 56 north all is land. Lakes are land.

    Examples
    --------
    >>> land = land_within(120.0, 38.0, 123.0, 41.0)
    >>> sea, town = shapely.Point(120.8, 39.8), shapely.Point(122.5, 40.64)
    >>> land.contains(sea), land.contains(town)
    (False, True)
    """
    lands = lands_about((west, south, east, north), tolerance=_GRAIN)
    unknown = shapely.box(west, south, east, north).difference(shapely.box(*_KNOWN))
    land = shapely.union_all([*lands.geometry, unknown])
    # Slits between lands that were simplified apart are no sea; nor is what land encloses.
    closed = land.buffer(_GRAIN, quad_segs=1).buffer(-_GRAIN, quad_segs=1)
    whole = shapely.clip_by_rect(shapely.union(land, closed), west, south, east, north)
    return shapely.multipolygons(
        [
            shapely.polygons(part.exterior)
            for part in shapely.get_parts(whole)
            if part.geom_type == "Polygon"
        ]
    )


def province_at(point: shapely.Point) -> str | None:
    """Return the name of the province that a point in lon/lat degrees lies in, None for none.

    Examples
    --------
    >>> province_at(shapely.Point(126.55, 43.84)), province_at(shapely.Point(122.0, 39.0))
    ('吉林省', None)
    """
    lands = lands_about(point.buffer(_GRAIN).bounds, tolerance=_GRAIN)
    mine = lands[(lands["kind"] == "province") & lands.covers(point)]
    return str(mine["name"].iloc[0]) if len(mine) else None
