"""KML and KMZ: placemarks with colours, and the columns as data of each."""

from __future__ import annotations

import math
import zipfile
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import numpy as np
import pandas as pd
import shapely

from regionkit.export.content import Content, Written
from regionkit.places.frames import kind_text
from regionkit.tables.controls import without_controls
from regionkit.words.message import msg

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

__all__ = ["write_kml", "write_kmz"]

_KML = "http://www.opengis.net/kml/2.2"


def write_kml(content: Content, path: Path) -> Written:
    """Write KML with colours, and the columns as data of each placemark."""
    layer, used, tables = content.layer, content.style, content.tables
    root = ET.Element("kml", xmlns=_KML)
    document = ET.SubElement(root, "Document")
    ET.SubElement(document, "name").text = _clean(path.stem)
    if "sources" in tables:
        listed = tables["sources"]
        title = "title" if "title" in listed else listed.columns[0]
        ET.SubElement(document, "description").text = _clean(
            "；".join(str(value) for value in listed[title])
        )
    for number, colour in [*enumerate(c.colour for c in used.classes), (-1, used.no_data)]:
        _kml_style(document, f"c{number}", colour)
    label = next((c for c in ("name", "名称", "项目名称") if c in layer), None)
    n_unplaced = 0
    values = layer[used.column] if used.column in layer else pd.Series(None, index=layer.index)
    columns = list(layer.columns.drop(layer.geometry.name))
    for position, geometry in enumerate(layer.geometry):
        row = layer.iloc[position]
        mark = ET.SubElement(document, "Placemark")
        ET.SubElement(mark, "name").text = _clean(row[label] if label else row.iloc[0])
        found = used.class_of(values.iloc[position])
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
    return Written(notes=(msg("rows without a position: {n}", n=n_unplaced),) if n_unplaced else ())


def write_kmz(content: Content, path: Path) -> Written:
    """Write KML packed as a KMZ, the same bytes each time."""
    plain = path.with_suffix(".kml")
    written = write_kml(content, plain)
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
    if isinstance(value, pd.Timestamp):
        return kind_text(value)
    if isinstance(value, float) and math.isfinite(value):
        return f"{value:.12g}"
    return without_controls(str(value))


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
