"""Layers as files of geographic information systems."""

from __future__ import annotations

import math
import re
import sqlite3
import zipfile
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar
from xml.etree import ElementTree as ET

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from regionkit.errors import InputError
from regionkit.tables.sheets import write_text
from regionkit.tables.styles import LayerStyle, auto_style, qml

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

    from regionkit.tables.sheets import Tables

__all__ = [
    "plain_columns",
    "write_flatgeobuf",
    "write_geojson",
    "write_gpkg",
    "write_kml",
    "write_kmz",
    "write_parquet",
    "write_shapefile",
]

_Frame = TypeVar("_Frame", bound=pd.DataFrame)
Written = tuple[dict[str, str], list[str]]
_KINDS = {
    "Point": "point",
    "MultiPoint": "point",
    "LineString": "line",
    "MultiLineString": "line",
    "Polygon": "polygon",
    "MultiPolygon": "polygon",
}
_DBF_NAME, _DBF_TEXT = 10, 254
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_KML = "http://www.opengis.net/kml/2.2"


def plain_columns(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return a layer with its index as a column, lists as text, and no second geometry."""
    layer = frame.copy()
    attrs = {key: frame.attrs[key] for key in ("units", "value_columns") if key in frame.attrs}
    if layer.index.name is not None and layer.index.name not in layer.columns:
        layer = layer.reset_index()
    other = [
        c for c in layer.columns if c != layer.geometry.name and layer[c].dtype.name == "geometry"
    ]
    layer = layer.drop(columns=other)
    layer.columns = [str(column) for column in layer.columns]
    for column in layer.columns.drop(layer.geometry.name):
        if layer[column].dtype == object or isinstance(layer[column].dtype, pd.CategoricalDtype):
            values = layer[column].astype(object)
            layer[column] = pd.Series(
                [_plain(value) for value in values],
                index=layer.index,
                dtype=None
                if values.dropna().map(lambda v: isinstance(v, int | float)).all()
                else "str",
            )
    # A report in attrs is no part of a file, and GeoParquet cannot hold it.
    layer.attrs = attrs
    return layer


def _plain(value: object) -> object:
    if isinstance(value, list | tuple | set | frozenset):
        return "、".join(str(item) for item in value)
    if value is None or (not isinstance(value, str) and pd.isna(value)):
        return None
    return value if isinstance(value, int | float | str) else str(value)


def _by_kind(layer: gpd.GeoDataFrame) -> dict[str, gpd.GeoDataFrame]:
    """Return the parts of a layer by kind of geometry: polygon, line, point, "" for none."""
    empty = layer.geometry.isna() | layer.geometry.is_empty
    kinds = layer.geometry.geom_type.map(_KINDS).where(~empty, "")
    strange = layer.geometry.geom_type[kinds.isna()]
    if len(strange):
        raise InputError(f"A {strange.iloc[0]} cannot be written. Explode it: frame.explode().")
    return {
        str(kind): layer[kinds == kind]
        for kind in ("polygon", "line", "point", "")
        if (kinds == kind).any()
    }


# GeoPackage -----------------------------------------------------------------------------------


def write_gpkg(
    layer: gpd.GeoDataFrame, path: Path, style: LayerStyle | None, tables: Tables
) -> Written:
    """Write a GeoPackage: a layer a kind of geometry, each with its default style, and sources."""
    import pyogrio

    used = style or auto_style(layer)
    layer, renamed = _sql_names(layer)
    used = replace(used, column=renamed.get(used.column, used.column))
    parts = _by_kind(layer)
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
            notes.append(f"{len(part)} rows have no position and stand in the table {name}")
    if len(parts) > 1:
        notes.append("the layers are " + ", ".join(names.values()))
    for name, table in tables.items():
        pyogrio.write_dataframe(_sql_names(table)[0].astype("str"), path, driver="GPKG", layer=name)
    _write_styles(path, {kind: name for kind, name in names.items() if kind}, used)
    return renamed, notes


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


# Shapefile ------------------------------------------------------------------------------------


def write_shapefile(
    layer: gpd.GeoDataFrame, path: Path, _style: LayerStyle | None, tables: Tables
) -> Written:
    """Write a Shapefile a kind of geometry, UTF-8, and a table of what its short names mean."""
    import pyogrio

    renamed, names = _short_names(layer)
    renamed, notes = _short_texts(renamed)
    parts = _by_kind(renamed)
    unplaced = parts.pop("", None)
    if not parts:
        raise InputError("No row has a position, so a Shapefile cannot be written. Use .xlsx.")
    if unplaced is not None:
        notes.append(
            f"{len(unplaced)} rows have no position and are left out: "
            f"{'、'.join(str(row.iloc[0]) for _, row in unplaced.head(20).iterrows())}"
            f"{'等' if len(unplaced) > 20 else ''}"
        )
    for kind, part in parts.items():
        file = path if len(parts) == 1 else path.with_name(f"{path.stem}_{kind}.shp")
        # A Shapefile holds points or multipoints, and takes lines and areas of either kind.
        is_mixed = kind == "point" and len(set(part.geometry.geom_type)) > 1
        pyogrio.write_dataframe(
            part, file, driver="ESRI Shapefile", encoding="UTF-8", promote_to_multi=is_mixed
        )
        file.with_suffix(".cpg").write_text("UTF-8", encoding="ascii")
    listed = pd.DataFrame({"field": list(names.values()), "column": list(names)})
    units = layer.attrs.get("units", {})
    listed["unit"] = [units.get(column, "") for column in names]
    listed.to_csv(path.with_name(f"{path.stem}-fields.csv"), index=False, encoding="utf-8-sig")
    write_beside(path, tables)
    return {old: new for old, new in names.items() if old != new}, notes


def _short_names(layer: gpd.GeoDataFrame) -> tuple[gpd.GeoDataFrame, dict[str, str]]:
    """Return the layer with names of at most ten plain letters: pinyin initials of Chinese."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for column in layer.columns.drop(layer.geometry.name):
        short = _short_name(str(column))
        name, number = short[:_DBF_NAME], 2
        while name.upper() in taken:
            tail = f"_{number}"
            name, number = short[: _DBF_NAME - len(tail)] + tail, number + 1
        taken.add(name.upper())
        names[str(column)] = name
    return layer.rename(columns=names), names


def _short_name(column: str) -> str:
    if len(column) <= _DBF_NAME and re.fullmatch("[A-Za-z][A-Za-z0-9_]*", column):
        return column
    text = column
    if not column.isascii():
        from pypinyin import Style, lazy_pinyin

        text = "".join(lazy_pinyin(column, style=Style.FIRST_LETTER))
    text = re.sub("[^A-Za-z0-9_]", "", text.encode("ascii", "ignore").decode())
    return text if text[:1].isalpha() else f"F{text}"


def _short_texts(layer: gpd.GeoDataFrame) -> tuple[gpd.GeoDataFrame, list[str]]:
    """Return the layer with texts of at most 254 bytes, cut between characters, and a note."""
    notes = []
    for column in layer.columns.drop(layer.geometry.name):
        if not pd.api.types.is_string_dtype(layer[column]):
            continue
        long = layer[column].map(lambda v: isinstance(v, str) and len(v.encode()) > _DBF_TEXT)
        if long.any():
            layer[column] = layer[column].map(
                lambda v: (
                    v.encode()[:_DBF_TEXT].decode(errors="ignore") if isinstance(v, str) else v
                )
            )
            notes.append(
                f"{int(long.sum())} texts of field {column} are cut at the {_DBF_TEXT} "
                "bytes a Shapefile holds"
            )
    return layer, notes


# Other formats --------------------------------------------------------------------------------


def write_geojson(
    layer: gpd.GeoDataFrame, path: Path, _style: LayerStyle | None, tables: Tables
) -> Written:
    """Write GeoJSON after RFC 7946: WGS-84, seven decimals (a centimetre)."""
    import pyogrio

    pyogrio.write_dataframe(layer, path, driver="GeoJSON", RFC7946="YES", COORDINATE_PRECISION="7")
    return {}, write_beside(path, tables)


def write_flatgeobuf(
    layer: gpd.GeoDataFrame, path: Path, _style: LayerStyle | None, tables: Tables
) -> Written:
    """Write FlatGeobuf, with its index where every row has a position."""
    import pyogrio

    unplaced = bool((layer.geometry.isna() | layer.geometry.is_empty).any())
    pyogrio.write_dataframe(
        layer, path, driver="FlatGeobuf", SPATIAL_INDEX="NO" if unplaced else "YES"
    )
    return {}, write_beside(path, tables)


def write_parquet(
    layer: gpd.GeoDataFrame, path: Path, _style: LayerStyle | None, tables: Tables
) -> Written:
    """Write GeoParquet."""
    layer.attrs = {}
    layer.to_parquet(path, index=False)
    return {}, write_beside(path, tables)


def write_beside(path: Path, tables: Tables) -> list[str]:
    """Write the tables that a format has no room for as CSV files; return notes of them."""
    notes = []
    for name, table in tables.items():
        beside = path.with_name(f"{path.stem}-{name}.csv")
        write_text(table, beside)
        notes.append(f"the {name} stand in {beside.name}")
    return notes


# KML ------------------------------------------------------------------------------------------


def write_kml(
    layer: gpd.GeoDataFrame, path: Path, style: LayerStyle | None, tables: Tables
) -> Written:
    """Write KML with colours, and the columns as data of each placemark."""
    used = style or auto_style(layer)
    root = ET.Element("kml", xmlns=_KML)
    document = ET.SubElement(root, "Document")
    ET.SubElement(document, "name").text = _clean(path.stem)
    if "sources" in tables:
        listed = tables["sources"]
        title = "title" if "title" in listed else listed.columns[0]
        ET.SubElement(document, "description").text = _clean(
            "；".join(str(value) for value in listed[title])
        )
    for number, colour in [*enumerate(c.colour for c in used.classes), (-1, "#e2e2e2")]:
        _kml_style(document, f"c{number}", colour)
    label = next((c for c in ("name", "名称", "项目名称") if c in layer), None)
    n_unplaced = 0
    values = layer[used.column] if used.column in layer else pd.Series(None, index=layer.index)
    columns = list(layer.columns.drop(layer.geometry.name))
    for place, geometry in enumerate(layer.geometry):
        row = layer.iloc[place]
        mark = ET.SubElement(document, "Placemark")
        ET.SubElement(mark, "name").text = _clean(row[label] if label else row.iloc[0])
        found = used.class_of(values.iloc[place])
        ET.SubElement(mark, "styleUrl").text = f"#c{-1 if found is None else found}"
        data = ET.SubElement(mark, "ExtendedData")
        for column in columns:
            item = ET.SubElement(data, "Data", name=_clean(column))
            ET.SubElement(item, "value").text = _clean(row[column])
        if geometry is None or geometry.is_empty:
            n_unplaced += 1
        else:
            _kml_geometry(mark, geometry)
    ET.ElementTree(root).write(path, encoding="utf-8", xml_declaration=True)
    return {}, [f"{n_unplaced} rows have no position"] if n_unplaced else []


def write_kmz(
    layer: gpd.GeoDataFrame, path: Path, style: LayerStyle | None, tables: Tables
) -> Written:
    """Write KML packed as a KMZ, the same bytes each time."""
    plain = path.with_suffix(".kml")
    written = write_kml(layer, plain, style, tables)
    # A time in the archive would make every export differ.
    member = zipfile.ZipInfo("doc.kml", (1980, 1, 1, 0, 0, 0))
    member.compress_type = zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(path, "w") as package:
        package.writestr(member, plain.read_bytes())
    plain.unlink()
    return written


def _kml_style(document: ET.Element, name: str, colour: str) -> None:
    style = ET.SubElement(document, "Style", id=name)
    # KML writes alpha, blue, green, red.
    abgr = colour[5:7] + colour[3:5] + colour[1:3]
    icon = ET.SubElement(style, "IconStyle")
    ET.SubElement(icon, "color").text = f"ff{abgr}"
    line = ET.SubElement(style, "LineStyle")
    ET.SubElement(line, "color").text = f"ff{abgr}"
    ET.SubElement(line, "width").text = "2"
    area = ET.SubElement(style, "PolyStyle")
    ET.SubElement(area, "color").text = f"b0{abgr}"


def _clean(value: object) -> str:
    if value is None or (not isinstance(value, str) and pd.isna(value)):
        return ""
    if isinstance(value, bool | np.bool_):
        return "是" if value else "否"
    if isinstance(value, float) and math.isfinite(value):
        return f"{value:.12g}"
    return _CONTROL.sub("", str(value))


def _parts(geometry: BaseGeometry) -> Iterator[BaseGeometry]:
    if hasattr(geometry, "geoms"):
        for part in geometry.geoms:
            yield from _parts(part)
    else:
        yield geometry


def _kml_geometry(mark: ET.Element, geometry: BaseGeometry) -> None:
    """Write a geometry: on the ground, bent along it, or at its heights where it has any."""
    parts = list(_parts(geometry))
    holder = mark if len(parts) == 1 else ET.SubElement(mark, "MultiGeometry")
    for part in parts:
        if part.geom_type == "Polygon":
            area = ET.SubElement(holder, "Polygon")
            _kml_heights(area, part)
            _kml_ring(ET.SubElement(area, "outerBoundaryIs"), part.exterior)
            for ring in part.interiors:
                _kml_ring(ET.SubElement(area, "innerBoundaryIs"), ring)
        else:
            kind = "Point" if part.geom_type == "Point" else "LineString"
            node = ET.SubElement(holder, kind)
            _kml_heights(node, part)
            _kml_coordinates(node, part)


def _kml_heights(node: ET.Element, geometry: BaseGeometry) -> None:
    if geometry.has_z:
        ET.SubElement(node, "altitudeMode").text = "absolute"
    elif geometry.geom_type != "Point":
        # Without it a long line runs straight through the ground.
        ET.SubElement(node, "tessellate").text = "1"


def _kml_ring(parent: ET.Element, ring: BaseGeometry) -> None:
    _kml_coordinates(ET.SubElement(parent, "LinearRing"), ring)


def _kml_coordinates(parent: ET.Element, geometry: BaseGeometry) -> None:
    if geometry.has_z:
        xyz = shapely.get_coordinates(geometry, include_z=True)
        text = " ".join(f"{x:.7f},{y:.7f},{0 if math.isnan(z) else z:.12g}" for x, y, z in xyz)
    else:
        xy = shapely.get_coordinates(geometry)
        text = " ".join(f"{x:.7f},{y:.7f}" for x, y in xy)
    ET.SubElement(parent, "coordinates").text = text
