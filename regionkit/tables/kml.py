"""Points of a KML or KMZ file, as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from regionkit.errors import Fault, InputError, TableError
from regionkit.places.kml import kml_data, kml_local, kml_placemarks
from regionkit.words.message import msg

if TYPE_CHECKING:
    from pathlib import Path
    from xml.etree import ElementTree as ET

    from regionkit.words.message import Words

__all__ = ["read_kml_points"]


def _refuse(path: Path, what: Words | str, mend: Words | str) -> TableError:
    return TableError(msg("The KML file cannot be read:"), [Fault(path.name, 0, "", what, mend)])


def read_kml_points(path: Path) -> tuple[pd.DataFrame, list[Words]]:
    """Return the points of a file, and notes of what else it holds.

    Returns
    -------
    DataFrame
        A row a point: name, description, own data, ``lon, lat`` as text, and ``height_m`` where
        any has one. A placemark of several points has a row for each.
    list of words
        Placemarks that are lines and areas, which are left out, and those of several points.

    Raises
    ------
    TableError
        Missing, damaged, no KML, with entities or a document type, or without a point.
    """
    try:
        marks = kml_placemarks(path)
    except InputError as error:
        raise _refuse(path, error.what, error.mend) from error
    rows: list[dict[str, str]] = []
    others: list[Words] = []
    several: list[Words] = []
    for mark in marks:
        points = _points(mark)
        data = kml_data(mark)
        name = data.get("name", "") or msg("(no name)")
        rows += [{**data, **point} for point in points]
        if len(points) > 1:
            several.append(msg("{name} ({what})", name=name, what=len(points)))
        kinds = {kml_local(node.tag) for node in mark.iter()} & {"LineString", "Polygon"}
        if kinds:
            others.append(msg("{name} ({what})", name=name, what=sorted(kinds)))
    if not rows:
        raise _refuse(
            path,
            msg("has no placemark with a point."),
            msg("Lines and areas are not read here."),
        )
    notes: list[Words] = []
    if several:
        notes.append(
            msg("placemarks of several points have a row for each: {names}", names=several)
        )
    if others:
        notes.append(
            msg(
                "{n} placemarks hold lines or areas, left out: {names}",
                n=len(others),
                names=others,
            )
        )
    frame = pd.DataFrame(rows)
    if not frame["height_m"].str.strip("0.").any():
        frame = frame.drop(columns="height_m")
    return frame, notes


def _points(mark: ET.Element) -> list[dict[str, str]]:
    """Return the coordinates of each point of a placemark, as text."""
    found = []
    for node in mark.iter():
        if kml_local(node.tag) == "Point":
            text = next((c.text or "" for c in node if kml_local(c.tag) == "coordinates"), "")
            parts = [*(part.strip() for part in text.strip().split(",")), "", "", ""]
            found.append({"lon": parts[0], "lat": parts[1], "height_m": parts[2]})
    return found
