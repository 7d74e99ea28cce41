"""The formats that layers are written in: the one list of them.

Commands take their help, checks and messages from it, :func:`export_layer` what to call.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from regionkit.export.geopackage import write_geopackage
from regionkit.export.kml import write_kml, write_kmz
from regionkit.export.shapefile import write_shapefile
from regionkit.export.spreadsheet import write_csv, write_xlsx
from regionkit.export.vector import write_flatgeobuf, write_geojson, write_geoparquet

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from regionkit.export.content import Content, Written

__all__ = ["LAYER_FORMATS", "LayerFormat"]


@dataclass(frozen=True)
class LayerFormat:
    """A format that layers are written in.

    Attributes
    ----------
    ending, label : str
    write : callable
        Takes the content and the path, in a folder of its own, and tells what it wrote.
    is_coloured : bool
        Whether the file holds colours.
    wgs84_by : str
        The standard that leaves no choice of coordinates, "" where there is one.
    """

    ending: str
    label: str
    write: Callable[[Content, Path], Written]
    is_coloured: bool = False
    wgs84_by: str = ""


LAYER_FORMATS: dict[str, LayerFormat] = {
    one.ending: one
    for one in (
        LayerFormat(".gpkg", "GeoPackage, coloured in QGIS", write_geopackage, is_coloured=True),
        LayerFormat(".shp", "Shapefile", write_shapefile),
        LayerFormat(".geojson", "GeoJSON", write_geojson, wgs84_by="RFC 7946"),
        LayerFormat(".fgb", "FlatGeobuf", write_flatgeobuf),
        LayerFormat(".parquet", "GeoParquet", write_geoparquet),
        LayerFormat(
            ".kml",
            "KML for Google Earth and 奥维",
            write_kml,
            is_coloured=True,
            wgs84_by="OGC KML 2.2",
        ),
        LayerFormat(".kmz", "KML, packed", write_kmz, is_coloured=True, wgs84_by="OGC KML 2.2"),
        LayerFormat(".xlsx", "spreadsheet with the sources", write_xlsx),
        LayerFormat(".csv", "text, with the position as lon and lat", write_csv),
    )
}
