"""Points of a KML file, read with nothing fetched."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pandas as pd

from regionkit.errors import Fault, TableError

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["read_kml_points"]

_MAX_BYTES = 100_000_000


def _refuse(path: Path, what: str, mend: str) -> TableError:
    return TableError("The KML file cannot be read:", [Fault(path.name, 0, "", what, mend)])


def read_kml_points(path: Path) -> pd.DataFrame:
    """Return the point placemarks of a KML file: name, description, own data, lon, lat as text.

    Raises
    ------
    TableError
        Missing, packed, no KML, with entities or a document type, or without a point.
    """
    if not path.is_file():
        raise _refuse(path, "does not exist.", "Check the path.")
    content = path.read_bytes()[: _MAX_BYTES + 1]
    if content.startswith(b"PK"):
        raise _refuse(path, "is packed (.kmz).", "Unpack it, and use the doc.kml inside.")
    if len(content) > _MAX_BYTES:
        raise _refuse(path, "is larger than 100 MB.", "Export the points alone.")
    # In any encoding: UTF-16 puts a zero byte beside each letter.
    bare = content.replace(b"\x00", b"").upper()
    if b"<!DOCTYPE" in bare or b"<!ENTITY" in bare:
        raise _refuse(
            path,
            "declares entities or a document type, which can draw in other files.",
            "Nothing was fetched. Export it again from Google Earth or 奥维.",
        )
    try:
        root = ET.fromstring(content)  # noqa: S314 - entities are refused above
    except ET.ParseError as error:
        raise _refuse(path, f"is not well-formed XML ({error}).", "Export it again.") from error
    if _local(root.tag) != "kml":
        raise _refuse(path, f"is XML of another kind ({_local(root.tag)}).", "Give a KML file.")
    rows = [
        row for mark in root.iter() if _local(mark.tag) == "Placemark" for row in _placemark(mark)
    ]
    if not rows:
        raise _refuse(path, "has no placemark with a point.", "Lines and areas are not read here.")
    return pd.DataFrame(rows)


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _placemark(mark: ET.Element) -> list[dict[str, str]]:
    row = {}
    for node in mark:
        if _local(node.tag) in {"name", "description"}:
            row[_local(node.tag)] = (node.text or "").strip()
    for node in mark.iter():
        if _local(node.tag) == "Data" and node.get("name"):
            value = next((child.text for child in node if _local(child.tag) == "value"), "")
            row[str(node.get("name"))] = (value or "").strip()
        elif _local(node.tag) == "SimpleData" and node.get("name"):
            row[str(node.get("name"))] = (node.text or "").strip()
    for node in mark.iter():
        if _local(node.tag) == "Point":
            text = next((c.text or "" for c in node if _local(c.tag) == "coordinates"), "")
            parts = [*text.strip().split(","), "", ""]
            return [{**row, "lon": parts[0], "lat": parts[1]}]
    return []
