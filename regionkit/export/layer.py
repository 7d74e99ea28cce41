"""A layer written in the formats that planners' programs open; each file appears whole or not."""

from __future__ import annotations

import errno
import os
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pandas as pd
import pyproj

from regionkit.errors import CrsError, InputError, OutputError, RegionkitError
from regionkit.export.content import Content, plain_columns
from regionkit.export.formats import LAYER_FORMATS, LayerFormat
from regionkit.export.style import LayerStyle
from regionkit.files import files_aside
from regionkit.places.frames import open_frame
from regionkit.places.positions import in_degrees
from regionkit.words.message import Option, Words, join, msg

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd

    from regionkit.maps.signs.layers import AreaLayer

__all__ = ["ExportResult", "export_layer"]

_WGS84 = pyproj.CRS.from_epsg(4326)


@dataclass(frozen=True)
class ExportResult(Words):
    """What was written.

    Attributes
    ----------
    paths : tuple of Path
        The files, the main one first.
    field_names : dict of str to str
        Column -> name in the file, where a format forced another.
    notes : tuple of words
        What else the reader of the file should know: text cut, rows without a position ...
    """

    paths: tuple[Path, ...]
    field_names: dict[str, str]
    notes: tuple[Words, ...] = ()

    def _put(self, lang: str, door: str) -> str:
        """Return files, names and notes, a line each."""
        fields = [
            msg("field {new} is {old}", new=new, old=old) for old, new in self.field_names.items()
        ]
        notes = [msg("Note: {note}.", note=note) for note in self.notes]
        files = "\n".join(str(path) for path in self.paths)
        return join([files, *fields, *notes], "lines").render(lang, door)


def export_layer(
    layer: gpd.GeoDataFrame | AreaLayer,
    path: str | Path,
    *,
    crs: str | int | None = None,
    style: LayerStyle | AreaLayer | str | None = None,
    sources: pd.DataFrame | None = None,
    tables: Mapping[str, pd.DataFrame] | None = None,
) -> ExportResult:
    """Write a layer in the format its file ending names, and return what was written.

    The file is written aside and then moved, so that a fault leaves an older file as it was.

    Parameters
    ----------
    layer : GeoDataFrame with a CRS, or AreaLayer
        Areas, points, lines; or a layer of a map, such as :func:`choropleth_layer` returns, with
        its classes and colours.
    path : path
        .gpkg, .shp, .geojson, .fgb, .parquet, .kml, .kmz, .xlsx or .csv.
    crs : str or int, optional
        To write in, such as "EPSG:4490" (CGCS2000) or "EPSG:4549" (a 3-degree zone); EPSG:4326
        where it is not given. CGCS2000 is taken as equal to WGS-84, from which it differs by
        centimetres.
    style : AreaLayer, LayerStyle or str, optional
        Colours for GeoPackage, KML and KMZ: those of a map's layer, or the column to colour by as
        a map does; without it the first column that a join added, else one that tells kinds.
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
    >>> import regionkit as rk
    >>> cities = rk.load("liaoning").cities
    >>> cities["n"] = range(len(cities))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     written = export_layer(rk.choropleth_layer(cities, "n"), f"{folder}/cities.gpkg")
    >>> written.paths[0].name
    'cities.gpkg'
    """
    target = Path(path)
    form = _format_of(target)
    frame: gpd.GeoDataFrame = getattr(layer, "frame", layer)
    made = _checked(frame, form, crs)
    if not target.parent.is_dir():
        raise OutputError(
            msg("The folder {folder} does not exist.", folder=target.parent),
            mend=msg("Make it first."),
        )
    if style is None and frame is not layer:
        style = cast("AreaLayer", layer)
    # What a join told of its columns stands in the frame's attrs here, at the public door, alone.
    known = frame.attrs
    joined = tuple(known.get("value_columns", ()))
    beside = {"sources": sources, **(tables or {})}
    content = Content(
        layer=made,
        style=_style(frame, style, joined) if form.is_coloured else LayerStyle("", ()),
        units=known.get("units", {}),
        tables={
            name: pd.DataFrame(table.reset_index() if table.index.name else table)
            for name, table in beside.items()
            if table is not None and len(table)
        },
    )
    _refuse_open_database(target)
    with files_aside(target.parent) as aside:
        try:
            written = form.write(content, aside / target.name)
            _bring_together(aside)
        except RegionkitError:
            raise
        except _driver_errors() as error:
            raise OutputError(
                msg("{path} cannot be written ({error}).", path=target, error=str(error)),
                mend=msg("Nothing was changed. Check the free space."),
            ) from error
        made_files = sorted(aside.iterdir(), key=lambda file: (file.name != target.name, file.name))
        paths = tuple(target.parent / file.name for file in made_files)
    return ExportResult(paths, written.field_names, written.notes)


def _holds_pages(log: Path) -> bool:
    """Return whether a log of a database has anything; one whose name is too long is none."""
    try:
        return log.stat().st_size > 0
    except OSError:
        return False


def _refuse_open_database(target: Path) -> None:
    """Refuse to replace a database that another program is writing, or has left half written.

    What stands in the log beside it would be read into the new one.
    """
    for ending in ("-wal", "-journal"):
        log = target.with_name(target.name + ending)
        if target.suffix.lower() == ".gpkg" and _holds_pages(log):
            raise OutputError(
                msg(
                    "{path} is open in another program: {log} stands beside it.",
                    path=target,
                    log=log.name,
                ),
                mend=msg(
                    "Close it there (in QGIS, remove its layers), or write another file. Where no "
                    "program has it open, {log} is a leftover: delete it.",
                    log=log.name,
                ),
            )


def _bring_together(aside: Path) -> None:
    """Refuse files that a driver left without a word of the disk that was full."""
    if not any(aside.iterdir()):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _format_of(target: Path) -> LayerFormat:
    """Return the format that a file ending names."""
    ending = target.suffix.lower()
    if ending not in LAYER_FORMATS:
        known = [
            msg("{value} ({label})", value=form.ending, label=form.label)
            for form in LAYER_FORMATS.values()
        ]
        raise InputError(
            msg("The ending {ending!r} is no format.", ending=ending),
            mend=msg("Use one of: {allowed}.", allowed=known),
        )
    return LAYER_FORMATS[ending]


def _style(
    frame: gpd.GeoDataFrame, style: LayerStyle | AreaLayer | str | None, joined: tuple[str, ...]
) -> LayerStyle:
    if isinstance(style, LayerStyle):
        return style
    from regionkit.export.map_style import style_by_column, style_of_layer

    if style is None or isinstance(style, str):
        return style_by_column(frame, style, joined=joined)
    return style_of_layer(style)


def _driver_errors() -> tuple[type[Exception], ...]:
    """Return the errors by which drivers tell that a disk is full."""
    import pyarrow as pa
    from pyogrio.errors import (
        DataLayerError,
        DataSourceError,
        FeatureError,
        FieldError,
        GeometryError,
    )

    return (
        sqlite3.Error,
        DataSourceError,
        DataLayerError,
        FeatureError,
        FieldError,
        GeometryError,
        pa.ArrowException,
    )


def _checked(frame: gpd.GeoDataFrame, form: LayerFormat, crs: str | int | None) -> gpd.GeoDataFrame:
    """Return the layer as it is to be written: in its CRS, with plain columns."""
    frame = open_frame(frame)
    if frame.empty:
        raise InputError(msg("The layer has no rows, so there is nothing to write."))
    if frame.crs is None:
        raise CrsError(
            msg("The layer has no CRS."),
            mend=msg(
                "Set the one its coordinates are in: {call}.", call="frame.set_crs('EPSG:4326')"
            ),
        )
    # Only looked at: what is written comes from the coordinates as they are.
    in_degrees(frame.geometry, msg("the layer"))
    try:
        wanted = pyproj.CRS.from_user_input(crs) if crs is not None else _WGS84
    except pyproj.exceptions.CRSError as error:
        raise CrsError(
            msg("{option} is no coordinate reference system.", option=Option("crs", crs)),
            mend=msg('Give an EPSG code such as "EPSG:4490".'),
        ) from error
    if form.wgs84_by and wanted != _WGS84:
        raise InputError(
            msg(
                "{ending} is in WGS-84 by its standard ({standard}), not in {crs}.",
                ending=form.ending,
                standard=form.wgs84_by,
                crs=wanted.to_string(),
            ),
            mend=msg(
                "Leave {option} out, or write .gpkg, .shp, .fgb or .parquet.", option=Option("crs")
            ),
        )
    return plain_columns(frame).to_crs(wanted)
