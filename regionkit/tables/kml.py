"""Points of a KML or KMZ file, as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from regionkit.errors import Fault, InputError, TableError
from regionkit.places.kml import kml_data, kml_local, kml_placemarks

if TYPE_CHECKING:
    from pathlib import Path
    from xml.etree import ElementTree as ET

__all__ = ["read_kml_points"]


def _refuse(path: Path, what: str, mend: str) -> TableError:
    return TableError("The KML file cannot be read:", [Fault(path.name, 0, "", what, mend)])


def read_kml_points(path: Path) -> pd.DataFrame:
    """Return the point placemarks of a file: name, description, own data, lon, lat as text.

    Raises
    ------
    TableError
        Missing, damaged, no KML, with entities or a document type, or without a point.
    """
    try:
        marks = kml_placemarks(path)
    except InputError as error:
        raise _refuse(path, str(error).removeprefix(f"{path.name}: "), "") from error
    rows = [row for mark in marks for row in _placemark(mark)]
    if not rows:
        raise _refuse(path, "has no placemark with a point.", "Lines and areas are not read here.")
    return pd.DataFrame(rows)


def _placemark(mark: ET.Element) -> list[dict[str, str]]:
    for node in mark.iter():
        if kml_local(node.tag) == "Point":
            text = next((c.text or "" for c in node if kml_local(c.tag) == "coordinates"), "")
            parts = [*text.strip().split(","), "", ""]
            return [{**kml_data(mark), "lon": parts[0], "lat": parts[1]}]
    return []
