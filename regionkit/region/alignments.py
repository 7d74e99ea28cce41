"""A user's own alignments: surveyed lines in place of the schematic routes of projects."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from regionkit.errors import Fault, InputError, TableError
from regionkit.places.names import normalise_name
from regionkit.words.message import join, msg, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import geopandas as gpd
    import shapely
    from shapely.geometry.base import BaseGeometry

    from regionkit.pack.pack import Pack
    from regionkit.words.message import Words

__all__ = ["Alignments", "mark_surveyed", "read_alignments"]

# Parts of one line are joined over gaps of no more than this; wider ones are told.
_MOST_GAP_KM = 2.0
_MOST_NEAREST = 3

Alignments = dict[str, "BaseGeometry"]


def read_alignments(
    source: str | Path | gpd.GeoDataFrame,
    pack: Pack,
    *,
    region: BaseGeometry,
    schematic: Mapping[str, BaseGeometry],
    datum: str | None = None,
) -> Alignments:
    """Return a user's own lines by project_id, in WGS-84.

    Parameters
    ----------
    source : path or GeoDataFrame
        Lines; a column holds the project's id or a name that a document gives it. Several rows of
        one project are the parts of its line.
    pack : Pack
    region : Polygon or MultiPolygon, EPSG:4326
        The region's land.
    schematic : mapping of project_id to LineString, EPSG:4326
        The lines that stand where none of one's own is given.
    datum : {"WGS-84", "CGCS2000", "GCJ-02", "BD-09"}, optional
        What the coordinates are in; read from the CRS where it is not given.

    Raises
    ------
    TableError
        Rows that match no project or several, are no lines, leave gaps, or lie wholly outside the
        region; all of them are told.
    CrsError, BoundaryError
        The layer names no CRS, or cannot be read.

    Warns
    -----
    UserWarning
        A line crosses the sea, which its waypoints do not say.
    """
    from regionkit.places.boundaries import layer_in_wgs84
    from regionkit.places.layer_file import read_layer

    label: Words | str
    if isinstance(source, str | Path):
        label, layer = Path(source).name, read_layer(Path(source))
    else:
        label, layer = msg("the GeoDataFrame"), source
    if getattr(layer, "geometry", None) is None or layer.empty:
        raise InputError(
            msg("{layer} has no lines.", layer=label),
            mend=msg("Give a layer with one line a project."),
        )
    layer = layer.reset_index(drop=layer.index.name is None or layer.index.name in layer.columns)
    faults = list(_unlike_lines(layer, label))
    layer = layer[_are_lines(layer)]
    matched, unmatched = _match_projects(layer, pack, label)
    faults += unmatched
    layer = layer.loc[matched.index]
    if layer.empty:
        raise TableError(_head(label), sorted(faults))
    geometry = layer_in_wgs84(layer, label, datum)
    lines: Alignments = {}
    names = pack.table("projects").set_index("project_id")["name"]
    for project_id, rows in matched.groupby(matched, sort=False).groups.items():
        line, gap_km = _join_parts(geometry.loc[rows])
        row, name = int(rows[0]) + 1, names[project_id]
        if gap_km > _MOST_GAP_KM:
            faults.append(
                Fault(
                    label,
                    row,
                    "geometry",
                    msg("the parts of {name} lie {km:.1f} km apart.", name=name, km=gap_km),
                    msg("Join them, or give the parts that are missing."),
                )
            )
        old = schematic.get(project_id)
        if not line.intersects(region) and (old is None or old.intersects(region)):
            faults.append(_outside(label, row, name, line))
        lines[project_id] = line
    if faults:
        raise TableError(_head(label), sorted(faults))
    _warn_of_sea(lines, pack, names)
    return lines


def mark_surveyed(
    projects: pd.DataFrame, alignments: Alignments | None, label: str
) -> pd.DataFrame:
    """Return projects, those with a line of one's own known by it and not by their ends."""
    if not alignments:
        return projects
    own = projects.index.isin(list(alignments))
    return projects.assign(
        geometry_kind=projects["geometry_kind"].mask(own, "line"),
        location_basis=projects["location_basis"].mask(own, "site"),
        location_source=projects["location_source"].mask(own, label),
    )


def _head(label: Words | str) -> Words:
    return msg("The alignments of {layer} cannot be used:", layer=label)


def _are_lines(layer: gpd.GeoDataFrame) -> pd.Series:
    kinds = layer.geometry.geom_type.isin(["LineString", "MultiLineString"])
    return kinds & ~layer.geometry.is_empty


def _unlike_lines(layer: gpd.GeoDataFrame, label: Words | str) -> Iterable[Fault]:
    """Yield the rows that hold no line."""
    for row in layer.index[~_are_lines(layer)]:
        shape = layer.geometry[row]
        kind = say("empty") if shape is None or shape.is_empty else shape.geom_type
        yield Fault(
            label,
            int(row) + 1,
            "geometry",
            msg("is {kind}, no line.", kind=kind),
            msg("Give lines alone."),
        )


def _match_projects(
    layer: gpd.GeoDataFrame, pack: Pack, label: Words | str
) -> tuple[pd.Series, list[Fault]]:
    """Return the project of each row that names one, and the faults of the others."""
    projects, mentions = pack.table("projects"), pack.table("mentions")
    ids = set(projects["project_id"])
    named: dict[str, set[str]] = {}
    same = mentions[mentions["match"] == "same"]
    pairs = [
        *zip(projects["name"], projects["project_id"], strict=True),
        *zip(same["named_as"], same["project_id"], strict=True),
    ]
    for name, project_id in pairs:
        if isinstance(name, str):
            named.setdefault(normalise_name(name), set()).add(project_id)
    own = dict(zip(map(normalise_name, projects["name"]), projects["project_id"], strict=True))
    found: dict[int, str] = {}
    faults: list[Fault] = []
    cells = layer.drop(columns=layer.geometry.name).astype(object)
    for row, values in zip(cells.index, cells.to_numpy(), strict=True):
        words = [str(value).strip() for value in values if isinstance(value, str) and value.strip()]
        mine = {word for word in words if word in ids}
        # A project's own name before what a document calls another one.
        mine = mine or {own[key] for key in map(normalise_name, words) if key in own}
        mine = mine or {one for word in words for one in named.get(normalise_name(word), ())}
        if len(mine) == 1:
            found[row] = mine.pop()
        else:
            faults.append(_unmatched(label, int(row) + 1, words, mine, own, projects))
    return pd.Series(found, dtype=object), faults


def _unmatched(
    label: Words | str,
    row: int,
    words: list[str],
    mine: set[str],
    own: Mapping[str, str],
    projects: pd.DataFrame,
) -> Fault:
    import difflib

    names = projects.set_index("project_id")["name"]
    said = "、".join(words)[:60]
    if mine:
        meant = [f"{names[one]} {one}" for one in sorted(mine)]
        return Fault(
            label,
            row,
            "",
            msg("{name!r} is several projects: {meant}.", name=said, meant=meant),
            msg("Write the project_id in a column."),
        )
    near = dict.fromkeys(
        names[own[key]]
        for word in words
        for key in difflib.get_close_matches(normalise_name(word), own, _MOST_NEAREST, 0.5)
    )
    again: Words = msg("Write the project_id or the name in a column; regionkit query lists them.")
    if near:
        nearest = msg("Nearest are: {places}.", places=list(near)[:_MOST_NEAREST])
        again = join([nearest, again], "sentences")
    return Fault(label, row, "", msg("{name!r} is no project of the pack.", name=said), again)


def _join_parts(shapes: gpd.GeoSeries) -> tuple[shapely.LineString, float]:
    """Return the parts of a line joined end to end, and the widest gap between them, kilometres."""
    import shapely

    from regionkit.places.projection import GEOD

    merged = shapely.line_merge(shapely.union_all(shapely.force_2d(shapes.to_numpy())))
    parts = [shapely.get_coordinates(part) for part in shapely.get_parts(merged)]
    parts.sort(key=len, reverse=True)
    line, widest = parts.pop(0), 0.0
    while parts:
        # The part whose end is nearest to one of the line's, turned so that it goes on from there.
        turned = [
            (_gap(tail[end], part[own]), number, end, own)
            for number, part in enumerate(parts)
            for tail, end in ((line, 0), (line, -1))
            for own in (0, -1)
        ]
        _, number, end, own = min(turned)
        part = parts.pop(number)
        (x, y), (u, v) = line[end], part[own]
        widest = max(widest, float(GEOD.inv(x, y, u, v)[2]) / 1000)
        if end == 0:
            line = np.vstack([part if own == -1 else part[::-1], line])
        else:
            line = np.vstack([line, part if own == 0 else part[::-1]])
    return shapely.LineString(line), widest


def _gap(one: np.ndarray, two: np.ndarray) -> float:
    return float(np.hypot(*(one - two)))


def _outside(label: Words | str, row: int, name: str, line: BaseGeometry) -> Fault:
    """Return the fault of a line that does not reach the region."""
    from regionkit.places.lands import province_at

    middle = line.interpolate(0.5, normalized=True)
    there = province_at(middle) or f"{middle.x:.2f}, {middle.y:.2f}"
    return Fault(
        label,
        row,
        "geometry",
        msg("{name} lies wholly outside the region, in {there}.", name=name, there=there),
        msg("Check the project, and the coordinates of the line."),
    )


def _warn_of_sea(lines: Alignments, pack: Pack, names: pd.Series) -> None:
    from regionkit.places.ways import SEA_KM, sea_length_km

    stops = pack.table("waypoints")
    over_sea = set(stops.loc[stops["is_at_sea"].fillna(value=False).astype(bool), "project_id"])
    wet = {key: sea_length_km(line) for key, line in lines.items() if key not in over_sea}
    told = [
        msg("{name} {km:.1f} km", name=names[key], km=km) for key, km in wet.items() if km > SEA_KM
    ]
    if told:
        warnings.warn(
            say(
                "Alignments of your own cross the sea: {told}. Is it a bridge or a tunnel? Else "
                "check their coordinates.",
                told=join(told),
            ),
            stacklevel=4,
        )
