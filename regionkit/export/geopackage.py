"""GeoPackage: a layer a kind of geometry, coloured when QGIS opens it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

import geopandas as gpd
import pandas as pd

from regionkit.export.content import Content, Written, parts_by_kind
from regionkit.export.qml import qml
from regionkit.words.message import msg

if TYPE_CHECKING:
    from pathlib import Path

    from regionkit.export.style import LayerStyle

__all__ = ["write_geopackage"]

_Frame = TypeVar("_Frame", bound=pd.DataFrame)


def write_geopackage(content: Content, path: Path) -> Written:
    """Write a GeoPackage: a layer a kind of geometry, each with its default style, and sources."""
    import pyogrio

    layer, renamed = _sql_names(content.layer)
    style = replace(content.style, column=renamed.get(content.style.column, content.style.column))
    parts = parts_by_kind(layer)
    names, notes = {}, []
    for kind, part in parts.items():
        name = path.stem if len(parts) == 1 else f"{path.stem}_{kind or 'unplaced'}"
        names[kind] = name
        if kind:
            pyogrio.write_dataframe(
                part,
                path,
                driver="GPKG",
                layer=name,
                promote_to_multi=kind == "polygon",
                geometry_name="geom",
            )
        else:
            pyogrio.write_dataframe(
                pd.DataFrame(part.drop(columns=part.geometry.name)), path, driver="GPKG", layer=name
            )
            notes.append(
                msg(
                    "rows without a position: {n}; they stand in the table {table}",
                    n=len(part),
                    table=name,
                )
            )
    if len(parts) > 1:
        notes.append(msg("the layers are {names}", names=list(names.values())))
    for name, table in content.tables.items():
        plain = _sql_names(table)[0].astype("str")
        pyogrio.write_dataframe(plain, path, driver="GPKG", layer=name)
    _write_styles(path, {kind: name for kind, name in names.items() if kind}, style)
    return Written(renamed, tuple(notes))


def _sql_names(table: _Frame) -> tuple[_Frame, dict[str, str]]:
    """Return a table with names that a database keeps apart, and those that had to change.

    It does not tell GDP from gdp, and names the row (fid) and the shape (geom) itself.
    """
    geometry = table.geometry.name if isinstance(table, gpd.GeoDataFrame) else None
    taken, renamed = {"fid", "geom"}, {}
    for column in map(str, table.columns):
        if column == geometry:
            continue
        name, number = column, 2
        while name.casefold() in taken:
            name, number = f"{column}_{number}", number + 1
        taken.add(name.casefold())
        if name != column:
            renamed[column] = name
    return table.rename(columns=renamed), renamed


def _write_styles(path: Path, names: dict[str, str], style: LayerStyle) -> None:
    """Add QGIS's table of styles; the default one colours the layer when it is opened."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(
            "CREATE TABLE layer_styles (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, "
            "f_table_catalog TEXT(256), f_table_schema TEXT(256), f_table_name TEXT(256), "
            "f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT, styleSLD TEXT, "
            "useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30), "
            "update_time DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')))"
        )
        # QGIS finds the table only where the contents list it.
        connection.execute(
            "INSERT INTO gpkg_contents (table_name, data_type, identifier, description) "
            "VALUES ('layer_styles', 'attributes', 'layer_styles', 'QGIS styles')"
        )
        for kind, name in names.items():
            connection.execute(
                "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, "
                "f_geometry_column, styleName, styleQML, styleSLD, useAsDefault, description, "
                "owner, ui) VALUES ('', '', ?, 'geom', ?, ?, '', 1, ?, '', '')",
                (name, (style.title or name)[:30], qml(style, kind), style.title or name),
            )
