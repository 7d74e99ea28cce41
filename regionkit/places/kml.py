"""What a KML or KMZ file holds, read with nothing fetched and nothing unpacked to the disk."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import geopandas as gpd
import numpy as np
import shapely

from regionkit.errors import InputError
from regionkit.places.archive import (
    DeclaredError,
    bomb_fault,
    is_locked,
    parse_xml,
    xml_in_utf8,
)
from regionkit.words.message import join, msg

if TYPE_CHECKING:
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

    from regionkit.words.message import Words

__all__ = ["KML_ENDINGS", "kml_data", "kml_local", "kml_placemarks", "read_kml_layer"]

KML_ENDINGS = frozenset({".kml", ".kmz"})
_MAX_BYTES = 100_000_000
_AGAIN = msg("Export it again.")
_SHAPES = {"Point": shapely.Point, "LineString": shapely.LineString}


def kml_local(tag: str) -> str:
    """Return the name of an element without its namespace, which differs by KML version."""
    return tag.rpartition("}")[2]


def kml_placemarks(path: Path) -> list[ET.Element]:
    """Return the placemarks of a KML file, or of the one in a KMZ.

    What is packed is told by the first bytes, not by the ending. Of a KMZ only its main KML is
    read, in memory: names in it are never paths, and links lead nowhere.

    Raises
    ------
    InputError
        Missing, too large, a zip bomb, without a KML inside, no KML, or with a document type.
    """
    if not path.is_file():
        raise _refused(path, msg("does not exist."), msg("Check the path."))
    with path.open("rb") as file:
        content = file.read(_MAX_BYTES + 1)
    if content.startswith(b"PK"):
        content = _unpacked(path)
    if len(content) > _MAX_BYTES:
        raise _refused(path, msg("is larger than 100 MB."), msg("Export less at once."))
    try:
        content = xml_in_utf8(content)
    except UnicodeDecodeError as error:
        what = msg("is not in the encoding it names (byte {n}).", n=error.start)
        raise _refused(path, what, _AGAIN) from error
    try:
        root = parse_xml(content)
    except DeclaredError as error:
        raise _refused(
            path,
            msg(
                "declares entities or a document type, which can draw in other files. Nothing was "
                "fetched."
            ),
            msg("Export it again from Google Earth or 奥维."),
        ) from error
    except (ET.ParseError, ValueError, LookupError) as error:
        what = msg("is not well-formed XML ({error}).", error=str(error))
        raise _refused(path, what, _AGAIN) from error
    if kml_local(root.tag) != "kml":
        what = msg("is XML of another kind ({kind}).", kind=kml_local(root.tag))
        raise _refused(path, what, msg("Give a KML file."))
    return [node for node in root.iter() if kml_local(node.tag) == "Placemark"]


def _refused(path: Path, what: Words, mend: Words) -> InputError:
    """Return the error of a file that cannot be read."""
    return InputError(what, where=path.name, mend=mend)


def _unpacked(path: Path) -> bytes:
    """Return the main KML of a KMZ."""
    try:
        with zipfile.ZipFile(path) as package:
            return _main_kml(package, path)
    except InputError:
        raise
    except Exception as error:
        # A damaged archive raises whatever its reader trips over.
        told = f"{type(error).__name__}: {error}"
        raise _refused(path, msg("is a damaged .kmz ({error}).", error=told), _AGAIN) from error


def _main_kml(package: zipfile.ZipFile, path: Path) -> bytes:
    """Return doc.kml, else the first KML of a package, as Google Earth takes it."""
    fault = bomb_fault(package)
    if fault:
        raise _refused(path, join([fault, msg("Nothing was unpacked.")], "sentences"), _AGAIN)
    if is_locked(package):
        raise _refused(path, msg("is protected by a password."), msg("Pack it again without one."))
    names = [name for name in package.namelist() if name.lower().endswith(".kml")]
    if not names:
        what = msg("is a zip archive without a KML inside.")
        raise _refused(path, what, msg("Give a .kmz or .kml."))
    main = next((name for name in names if name.lower() == "doc.kml"), names[0])
    with package.open(main) as part:
        return part.read(_MAX_BYTES + 1)


def kml_data(mark: ET.Element) -> dict[str, str]:
    """Return the name, the description and the own data of a placemark."""
    row = {}
    for node in mark:
        if kml_local(node.tag) in {"name", "description"}:
            row[kml_local(node.tag)] = (node.text or "").strip()
    for node in mark.iter():
        if kml_local(node.tag) == "Data" and node.get("name"):
            value = next((child.text for child in node if kml_local(child.tag) == "value"), "")
            row[str(node.get("name"))] = (value or "").strip()
        elif kml_local(node.tag) == "SimpleData" and node.get("name"):
            row[str(node.get("name"))] = (node.text or "").strip()
    return row


def read_kml_layer(path: Path) -> gpd.GeoDataFrame:
    """Return the placemarks of a KML or KMZ file as a layer: points, lines and polygons.

    Returns
    -------
    GeoDataFrame, one row a placemark with a geometry, EPSG:4326
        Columns ``name``, ``description`` and the placemarks' own data, all text.

    Raises
    ------
    InputError
        As of :func:`kml_placemarks`, or no placemark has a geometry, or one that cannot be.
    """
    rows, shapes = [], []
    for number, mark in enumerate(kml_placemarks(path), 1):
        row = kml_data(mark)
        try:
            shape = _geometry(mark)
        except (ValueError, shapely.errors.ShapelyError) as error:
            mark_told = msg("placemark {n} ({name})", n=number, name=row.get("name", ""))
            raise InputError(
                msg("its coordinates are none ({error}).", error=str(error)),
                where=join([path.name, mark_told], "places"),
                mend=msg("Write lon,lat pairs with a space between them."),
            ) from error
        if shape is not None:
            rows.append(row)
            shapes.append(shape)
    if not rows:
        raise _refused(
            path,
            msg("has no placemark with a geometry."),
            msg("Layers it only links to are not fetched: save them into the file."),
        )
    return gpd.GeoDataFrame(rows, geometry=shapes, crs="EPSG:4326")


def _geometry(mark: ET.Element) -> BaseGeometry | None:
    """Return the geometry of a placemark, its parts together."""
    parts: list[BaseGeometry] = []
    for node in mark.iter():
        kind = kml_local(node.tag)
        if kind in _SHAPES:
            pairs = _coordinates(node)
            if len(pairs):
                parts.append(_SHAPES[kind](pairs[0] if kind == "Point" else pairs))
        elif kind == "Polygon":
            rings: dict[str, list[np.ndarray]] = {"outerBoundaryIs": [], "innerBoundaryIs": []}
            for child in node:
                if kml_local(child.tag) in rings:
                    # Some programs put every hole into one element.
                    rings[kml_local(child.tag)] += [
                        _coordinates(ring) for ring in child if kml_local(ring.tag) == "LinearRing"
                    ]
            if rings["outerBoundaryIs"]:
                parts.append(shapely.Polygon(rings["outerBoundaryIs"][0], rings["innerBoundaryIs"]))
    if len(parts) < 2:
        return parts[0] if parts else None
    kinds = {part.geom_type for part in parts}
    if kinds == {"Polygon"}:
        return shapely.MultiPolygon(parts)
    if kinds == {"LineString"}:
        return shapely.MultiLineString(parts)
    return shapely.MultiPoint(parts) if kinds == {"Point"} else shapely.GeometryCollection(parts)


def _coordinates(node: ET.Element) -> np.ndarray:
    """Return longitude and latitude of an element's own coordinates, the altitude left out."""
    text = next((c.text or "" for c in node if kml_local(c.tag) == "coordinates"), "")
    pairs = [[float(number) for number in item.split(",")[:2]] for item in text.split()]
    if any(len(pair) != 2 for pair in pairs) or not np.isfinite(pairs).all():
        raise ValueError(f"{text.strip()[:40]!r}")
    return np.array(pairs, dtype=float)
