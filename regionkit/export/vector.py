"""GeoJSON, FlatGeobuf and GeoParquet: the whole layer in one file, tables beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd

from regionkit.export.content import Content, Written
from regionkit.export.spreadsheet import write_beside

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["write_flatgeobuf", "write_geojson", "write_geoparquet"]


def write_geojson(content: Content, path: Path) -> Written:
    """Write GeoJSON after RFC 7946: WGS-84, seven decimals (a centimetre)."""
    import pyogrio

    pyogrio.write_dataframe(
        _with_null(content.layer), path, driver="GeoJSON", RFC7946="YES", COORDINATE_PRECISION="7"
    )
    return Written(notes=tuple(write_beside(path, content.tables)))


def write_flatgeobuf(content: Content, path: Path) -> Written:
    """Write FlatGeobuf, with its index where every row has a position."""
    import pyogrio

    layer = _with_null(content.layer)
    unplaced = bool(layer.geometry.isna().any())
    pyogrio.write_dataframe(
        layer, path, driver="FlatGeobuf", SPATIAL_INDEX="NO" if unplaced else "YES"
    )
    return Written(notes=tuple(write_beside(path, content.tables)))


def _with_null(layer: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return a layer whose rows without a position have no geometry, not an empty one.

    Readers take a line without coordinates for a fault, and its extent for that of the layer.
    """
    empty = layer.geometry.is_empty.to_numpy()
    if not empty.any():
        return layer
    shapes = layer.geometry.to_numpy().copy()
    shapes[empty] = None
    return layer.set_geometry(gpd.GeoSeries(shapes, layer.index, crs=layer.crs))


def write_geoparquet(content: Content, path: Path) -> Written:
    """Write GeoParquet."""
    content.layer.to_parquet(path, index=False)
    return Written(notes=tuple(write_beside(path, content.tables)))
