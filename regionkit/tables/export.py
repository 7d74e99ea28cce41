"""A layer written in the formats that planners' programs open; each file appears whole or not."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd
import pyproj

from regionkit.errors import CrsError, InputError, OutputError
from regionkit.tables import writers
from regionkit.tables.styles import LayerStyle, auto_style

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["FORMATS", "ExportResult", "export_layer"]

_WGS84 = pyproj.CRS.from_epsg(4326)
FORMATS: dict[str, str] = {
    ".gpkg": "GeoPackage, coloured in QGIS",
    ".shp": "Shapefile",
    ".geojson": "GeoJSON",
    ".fgb": "FlatGeobuf",
    ".parquet": "GeoParquet",
    ".kml": "KML for Google Earth and 奥维",
    ".kmz": "KML, packed",
    ".xlsx": "spreadsheet with the sources",
    ".csv": "text, with the position as lon and lat",
}
# Their standards leave no choice of coordinates.
_WGS84_ONLY = {".geojson": "RFC 7946", ".kml": "OGC KML 2.2", ".kmz": "OGC KML 2.2"}


@dataclass(frozen=True)
class ExportResult:
    """What was written.

    Attributes
    ----------
    paths : tuple of Path
        The files, the main one first.
    field_names : dict of str to str
        Column -> name in the file, where a format forced another.
    notes : tuple of str
        What else the reader of the file should know: text cut, rows without a position ...
    """

    paths: tuple[Path, ...]
    field_names: dict[str, str]
    notes: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Return files, names and notes, a line each."""
        lines = [str(path) for path in self.paths]
        lines += [f"  field {new} is {old}" for old, new in self.field_names.items()]
        return "\n".join(lines + [f"  Note: {note}." for note in self.notes])


def export_layer(
    frame: gpd.GeoDataFrame,
    path: str | Path,
    *,
    crs: str | int | None = None,
    style: LayerStyle | str | None = None,
    sources: pd.DataFrame | None = None,
    tables: Mapping[str, pd.DataFrame] | None = None,
) -> ExportResult:
    """Write a layer in the format its file ending names, and return what was written.

    The file is written aside and then moved, so that a fault leaves an older file as it was.

    Parameters
    ----------
    frame : GeoDataFrame with a CRS
    path : path
        .gpkg, .shp, .geojson, .fgb, .parquet, .kml, .kmz, .xlsx or .csv.
    crs : str or int, optional
        To write in, such as "EPSG:4490" (CGCS2000) or "EPSG:4549" (a 3-degree zone); EPSG:4326
        where it is not given. CGCS2000 is taken as equal to WGS-84, from which it differs by
        centimetres.
    style : LayerStyle or str, optional
        Colours for GeoPackage, KML and KMZ, or the column to colour by.
    sources : DataFrame, optional
        Written beside the layer: a sheet, a table, or a second CSV.
    tables : mapping of name to DataFrame, optional
        Further tables written like the sources, such as the rows of a join that matched no unit.

    Raises
    ------
    InputError
        No GeoDataFrame, no rows, an unknown ending, or a CRS that the format does not allow.
    CrsError
        The layer has no CRS, or ``crs`` is none.
    OutputError
        The file cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> layer = gpd.GeoDataFrame(
    ...     {"name": ["沈阳站"]}, geometry=gpd.points_from_xy([123.4], [41.8]), crs="EPSG:4326"
    ... )
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     written = export_layer(layer, f"{folder}/stations.geojson")
    >>> written.paths[0].name
    'stations.geojson'
    """
    target = Path(path)
    ending = target.suffix.lower()
    layer = _checked(frame, ending, crs)
    if ending not in {".gpkg", ".kml", ".kmz"}:
        used = None
    else:
        used = style if isinstance(style, LayerStyle) else auto_style(frame, style)
    write = _writer(ending)
    if not target.parent.is_dir():
        raise OutputError(f"The folder {target.parent} does not exist. Make it first.")
    beside = {"sources": sources, **(tables or {})}
    listed = {
        name: pd.DataFrame(table.reset_index() if table.index.name else table)
        for name, table in beside.items()
        if table is not None and len(table)
    }
    aside: Path | None = None
    try:
        aside = Path(tempfile.mkdtemp(prefix=".writing-", dir=target.parent))
        names, notes = write(layer, aside / target.name, used, listed)
        made = sorted(aside.iterdir(), key=lambda p: (p.name != target.name, p.name))
        paths = []
        for file in made:
            file.replace(target.parent / file.name)
            paths.append(target.parent / file.name)
    except OSError as error:
        raise OutputError(
            f"{target} cannot be written ({error}). Is it open in another program, or the folder "
            "read-only?"
        ) from error
    finally:
        if aside is not None:
            shutil.rmtree(aside, ignore_errors=True)
    return ExportResult(tuple(paths), names, tuple(notes))


def _writer(
    ending: str,
) -> Callable[
    [gpd.GeoDataFrame, Path, LayerStyle | None, Mapping[str, pd.DataFrame]],
    tuple[dict[str, str], list[str]],
]:
    if ending == ".xlsx":
        from regionkit.tables.sheets import write_xlsx

        return write_xlsx
    if ending == ".csv":
        from regionkit.tables.sheets import write_csv

        return write_csv
    return {
        ".gpkg": writers.write_gpkg,
        ".shp": writers.write_shapefile,
        ".geojson": writers.write_geojson,
        ".fgb": writers.write_flatgeobuf,
        ".parquet": writers.write_parquet,
        ".kml": writers.write_kml,
        ".kmz": writers.write_kmz,
    }[ending]


def _checked(frame: gpd.GeoDataFrame, ending: str, crs: str | int | None) -> gpd.GeoDataFrame:
    """Return the layer as it is to be written: in its CRS, with plain columns."""
    if ending not in FORMATS:
        known = ", ".join(f"{key} ({word})" for key, word in FORMATS.items())
        raise InputError(f"The ending {ending!r} is no format. Use one of: {known}.")
    if not isinstance(frame, gpd.GeoDataFrame):
        raise InputError(f"A {type(frame).__name__} has no geometry. Give a GeoDataFrame.")
    if frame.empty:
        raise InputError("The layer has no rows, so there is nothing to write.")
    if frame.crs is None:
        raise CrsError(
            "The layer has no CRS. Set the one its coordinates are in: frame.set_crs('EPSG:4326')."
        )
    try:
        wanted = pyproj.CRS.from_user_input(crs) if crs is not None else _WGS84
    except pyproj.exceptions.CRSError as error:
        raise CrsError(
            f'crs={crs!r} is no coordinate reference system. Give an EPSG code such as "EPSG:4490".'
        ) from error
    if ending in _WGS84_ONLY and wanted != _WGS84:
        raise InputError(
            f"{ending} is in WGS-84 by its standard ({_WGS84_ONLY[ending]}), not in "
            f"{wanted.to_string()}. Leave crs= out, or write .gpkg, .shp, .fgb or .parquet."
        )
    return writers.plain_columns(frame).to_crs(wanted)
