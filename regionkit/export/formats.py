"""The formats that layers are written in: the one list of them.

Commands take their help, checks and messages from it, :func:`export_layer` what to call.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from regionkit.words.message import Words, msg

if TYPE_CHECKING:
    from pathlib import Path

    from regionkit.export.content import Content, Written

__all__ = ["LAYER_FORMATS", "LayerFormat"]


@dataclass(frozen=True)
class LayerFormat:
    """A format that layers are written in.

    Attributes
    ----------
    ending : str
    label : words
    writer : str
        Module of this room and function in it; loaded when a file is written, so that a help
        text costs nothing.
    is_coloured : bool
        Whether the file holds colours.
    wgs84_by : str
        The standard that leaves no choice of coordinates, "" where there is one.
    """

    ending: str
    label: Words | str
    writer: str
    is_coloured: bool = False
    wgs84_by: str = ""

    def write(self, content: Content, path: Path) -> Written:
        """Write the content to the path, in a folder of its own; return what is to be told."""
        module, function = self.writer.split(".")
        written: Written = getattr(import_module(f"regionkit.export.{module}"), function)(
            content, path
        )
        return written


LAYER_FORMATS: dict[str, LayerFormat] = {
    one.ending: one
    for one in (
        LayerFormat(
            ".gpkg",
            msg("GeoPackage, coloured in QGIS"),
            "geopackage.write_geopackage",
            is_coloured=True,
        ),
        LayerFormat(".shp", "Shapefile", "shapefile.write_shapefile"),
        LayerFormat(".geojson", "GeoJSON", "vector.write_geojson", wgs84_by="RFC 7946"),
        LayerFormat(".fgb", "FlatGeobuf", "vector.write_flatgeobuf"),
        LayerFormat(".parquet", "GeoParquet", "vector.write_geoparquet"),
        LayerFormat(
            ".kml",
            msg("KML for Google Earth and 奥维"),
            "kml.write_kml",
            is_coloured=True,
            wgs84_by="OGC KML 2.2",
        ),
        LayerFormat(
            ".kmz", msg("KML, packed"), "kml.write_kmz", is_coloured=True, wgs84_by="OGC KML 2.2"
        ),
        LayerFormat(".xlsx", msg("spreadsheet with the sources"), "spreadsheet.write_xlsx"),
        LayerFormat(".csv", msg("text, with the position as lon and lat"), "spreadsheet.write_csv"),
    )
}
