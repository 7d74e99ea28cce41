"""Map projections for the area shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyproj

from regionkit.places.extent import find_extent
from regionkit.words.message import join, msg

if TYPE_CHECKING:
    import geopandas as gpd

    from regionkit.words.message import Words

__all__ = ["GEOD", "local_projection", "map_crs", "projection_label"]

GEOD = pyproj.Geod(ellps="WGS84")


def local_projection(layer: gpd.GeoSeries | gpd.GeoDataFrame) -> pyproj.CRS:
    """Return an equal-area conic projection with its standard parallels in the layer's extent.

    Areas are true everywhere; over a province lengths err by less than half a percent.

    Parameters
    ----------
    layer : GeoSeries or GeoDataFrame, lon/lat degrees

    Examples
    --------
    >>> import geopandas as gpd
    >>> points = gpd.GeoSeries.from_xy([119, 125], [38.8, 43.4], crs="EPSG:4326")
    >>> local_projection(points).coordinate_operation.method_name
    'Albers Equal Area'
    """
    # Far islands would draw the parallels away from the land.
    west, south, east, north = find_extent(layer).bounds
    # A sixth of the height from either edge spreads the distortion evenly.
    lat_1, lat_2 = south + (north - south) / 6, north - (north - south) / 6
    if lat_2 - lat_1 < 0.01:
        lat_1, lat_2 = lat_1 - 0.01, lat_2 + 0.01
    return pyproj.CRS.from_dict(
        {
            "proj": "aea",
            "lat_1": round(lat_1, 3),
            "lat_2": round(lat_2, 3),
            "lat_0": round((south + north) / 2, 3),
            "lon_0": round((west + east) / 2, 3),
            "datum": "WGS84",
            "units": "m",
        }
    )


def map_crs(layer: gpd.GeoSeries | gpd.GeoDataFrame) -> pyproj.CRS:
    """Return the projection that maps of a layer in any CRS are drawn in.

    Examples
    --------
    >>> import geopandas as gpd
    >>> points = gpd.GeoSeries.from_xy([119, 125], [38.8, 43.4], crs="EPSG:4326")
    >>> map_crs(points) == map_crs(points.to_crs(3857))
    True
    """
    return local_projection(layer.to_crs(4326))


def projection_label(crs: pyproj.CRS) -> Words:
    """Return how a map states its projection.

    Examples
    --------
    >>> import geopandas as gpd
    >>> points = gpd.GeoSeries.from_xy([119, 125], [38.8, 43.4], crs="EPSG:4326")
    >>> projection_label(local_projection(points)).render("zh")
    '阿尔伯斯等积圆锥投影（标准纬线 39.57°N、42.63°N，中央经线 122.00°E）'
    """
    operation = crs.coordinate_operation
    if operation is None or operation.method_name != "Albers Equal Area":
        return join([crs.name])
    value = {parameter.name: parameter.value for parameter in operation.params}
    return msg(
        "Albers equal-area conic (standard parallels {south:.2f}°N and {north:.2f}°N, central "
        "meridian {meridian:.2f}°E)",
        south=value["Latitude of 1st standard parallel"],
        north=value["Latitude of 2nd standard parallel"],
        meridian=value["Longitude of false origin"],
    )
