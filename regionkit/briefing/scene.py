"""The map as plain shapes in millimetres, which PowerPoint and the page both draw."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import shapely

from regionkit.briefing.map_view import frame_box
from regionkit.maps.signs.badges import BADGE_COLOUR, gather_badges, is_approximate
from regionkit.maps.signs.displacement import spread_points
from regionkit.maps.signs.label_seats import REACH, box_about, find_seat
from regionkit.maps.signs.stages import stage_fill
from regionkit.maps.signs.strokes import route_stroke
from regionkit.maps.signs.symbols import symbol_of
from regionkit.maps.signs.wrap import text_width
from regionkit.places.projection import map_crs

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd

    from regionkit.briefing.model import MapView
    from regionkit.maps.signs.label_seats import Box
    from regionkit.maps.signs.strokes import Stroke

__all__ = ["Area", "Label", "Mark", "Route", "Scene", "build_scene"]

Point = tuple[float, float]
_MM_PER_PT = 0.3528
# Of the distances that a name may take from its point; a leader ties it.
_FARTHEST = 8


@dataclass(frozen=True)
class Area:
    """A county: rings of corners, outer ones and holes, largest first."""

    unit_id: str
    name: str
    value: str
    colour: str
    rings: tuple[tuple[Point, ...], ...] = field(repr=False)


@dataclass(frozen=True)
class Route:
    """A line project."""

    project_id: str
    name: str
    kind: str
    stroke: Stroke
    points: tuple[Point, ...] = field(repr=False)


@dataclass(frozen=True)
class Mark:
    """A point project; or a badge at a seat: how many are known to be of its city or county."""

    project_id: str
    name: str
    kind: str
    shape: str
    colour: str
    fill: str
    x: float
    y: float
    size: float
    count: int = 0


@dataclass(frozen=True)
class Label:
    """A name with the middle of its box; ``anchor`` is set where a leader is drawn."""

    text: str
    x: float
    y: float
    width: float
    height: float
    anchor: Point | None


@dataclass(frozen=True)
class Scene:
    """A map in millimetres from its upper left corner.

    Attributes
    ----------
    width, height : float, millimetres
    areas, ground, outline : tuple of Area
    routes : tuple of Route
    marks : tuple of Mark
    labels : tuple of Label
    """

    width: float
    height: float
    areas: tuple[Area, ...]
    ground: tuple[Area, ...]
    outline: tuple[Area, ...]
    routes: tuple[Route, ...]
    marks: tuple[Mark, ...]
    labels: tuple[Label, ...]


def build_scene(view: MapView, width: float, height: float, *, font_pt: float = 8.0) -> Scene:
    """Return a map's shapes fitted into a box, its proportions kept.

    Parameters
    ----------
    view : MapView
    width, height : float, millimetres
        Of the box; the scene is as large as fits.
    font_pt : float
        Size of the names.
    """
    west, south, east, north = frame_box(view.layer)
    scale = min(width / (east - west), height / (north - south))
    crs = map_crs(view.layer.frame)

    def to_mm(geometry: gpd.GeoSeries) -> gpd.GeoSeries:
        return geometry.to_crs(crs).affine_transform(
            [scale, 0.0, 0.0, -scale, -west * scale, north * scale]
        )

    frame = view.layer.frame
    wide, high = (east - west) * scale, (north - south) * scale
    areas = _areas(
        to_mm(frame.geometry),
        frame["name"].to_dict(),
        view.layer.colours.to_dict(),
        view.layer.value_labels.to_dict(),
    )
    placed = (
        view.projects.set_geometry(to_mm(view.projects.geometry))
        if len(view.projects)
        else (view.projects)
    )
    marks = _marks(placed, view.signs, wide, high, font_pt)
    anchors = to_mm(view.label_points)
    return Scene(
        wide,
        high,
        areas,
        _areas(to_mm(view.ground), {}, {}, {}),
        _areas(to_mm(view.outline), {}, {}, {}),
        _routes(placed, view.signs, wide, high),
        marks,
        _labels(view.labels, anchors, marks, wide, high, font_pt),
    )


def _areas(
    shapes: gpd.GeoSeries, names: dict[str, str], colours: dict[str, str], values: dict[str, str]
) -> tuple[Area, ...]:
    """Return units as rings, the largest unit first so that one inside another stays on top."""
    order = shapes.area.sort_values(ascending=False, kind="stable").index
    return tuple(
        Area(
            str(code),
            str(names.get(code, code)),
            str(values.get(code, "")),
            str(colours.get(code, "")),
            _rings(shapes[code]),
        )
        for code in order
    )


def _rings(shape: shapely.Geometry) -> tuple[tuple[Point, ...], ...]:
    parts = [p for p in shapely.get_parts(shape) if p.geom_type == "Polygon" and not p.is_empty]
    parts.sort(key=lambda part: -part.area)
    rings = [ring for part in parts for ring in (part.exterior, *part.interiors)]
    return tuple(
        tuple((round(float(x), 3), round(float(y), 3)) for x, y in ring.coords[:-1])
        for ring in rings
    )


def _routes(
    placed: gpd.GeoDataFrame, signs: Mapping[str, Mapping[str, str]], wide: float, high: float
) -> tuple[Route, ...]:
    """Return the line projects cut at the frame; a cut line may be several routes."""
    lines = placed[placed.geom_type == "LineString"] if len(placed) else placed
    box = shapely.box(0.0, 0.0, wide, high)
    return tuple(
        Route(
            str(row.Index),
            str(row.name_),
            str(row.kind),
            route_stroke(symbol_of(row.kind, row.domain, signs), stage_fill(row.stage)),
            tuple((round(float(x), 3), round(float(y), 3)) for x, y in part.coords),
        )
        for row in lines.rename(columns={"name": "name_"}).itertuples()
        for part in shapely.get_parts(row.geometry.intersection(box))
        if part.geom_type == "LineString" and part.length > 0
    )


def _marks(
    placed: gpd.GeoDataFrame,
    signs: Mapping[str, Mapping[str, str]],
    wide: float,
    high: float,
    font_pt: float,
) -> tuple[Mark, ...]:
    """Return the point projects, moved apart where several stand at one spot."""
    points = placed[placed.geom_type == "Point"] if len(placed) else placed
    if points.empty:
        return ()
    badges = gather_badges(points)
    points = points[~is_approximate(points)]
    crowd = 1.0 if len(points) <= 40 else 0.8 if len(points) <= 100 else 0.62
    size = font_pt * _MM_PER_PT * 0.95 * crowd
    half = size * 0.75
    counted = [
        Mark(
            f"badge-{number}",
            f"+{badge.count_}",
            "",
            "circle",
            BADGE_COLOUR,
            "solid",
            round(float(badge.geometry.x), 3),
            round(float(badge.geometry.y), 3),
            round(font_pt * _MM_PER_PT * 1.3, 3),
            badge.count_,
        )
        for number, badge in enumerate(badges.rename(columns={"count": "count_"}).itertuples(), 1)
    ]
    if points.empty:
        return tuple(counted)
    x, y = spread_points(
        points.geometry.x.to_numpy(), points.geometry.y.to_numpy(), gap=size * 1.15
    )
    x, y = np.clip(x, half, wide - half), np.clip(y, half, high - half)
    marks = []
    for px, py, row in zip(
        x, y, points.rename(columns={"name": "name_"}).itertuples(), strict=True
    ):
        symbol = symbol_of(row.kind, row.domain, signs)
        marks.append(
            Mark(
                str(row.Index),
                str(row.name_),
                str(row.kind),
                symbol.shape,
                symbol.colour,
                stage_fill(row.stage),
                round(float(px), 3),
                round(float(py), 3),
                round(size, 3),
            )
        )
    return (*marks, *counted)


def _labels(
    names: tuple[str, ...],
    anchors: gpd.GeoSeries,
    marks: tuple[Mark, ...],
    wide: float,
    high: float,
    font_pt: float,
) -> tuple[Label, ...]:
    """Return names at free seats; one that finds none covers symbols rather than names."""
    size = font_pt * _MM_PER_PT
    symbols = [box_about(m.x, m.y, m.size, m.size) for m in marks]
    taken: list[Box] = []
    labels = []
    for name, anchor in zip(names, anchors, strict=True):
        width, height = text_width(name) * size + 1.0, size * 1.25
        # On a slide every name is written: where no seat is free it covers symbols, not names.
        seat = find_seat(
            (anchor.x, anchor.y),
            width,
            height,
            page=(0.0, 0.0, wide, high),
            taken=taken,
            soft=symbols,
            reach=REACH[:_FARTHEST],
        )
        taken.append(box_about(seat.x, seat.y, width, height))
        moved = float(np.hypot(seat.x - anchor.x, seat.y - anchor.y))
        labels.append(
            Label(
                name,
                round(seat.x, 3),
                round(seat.y, 3),
                round(width, 3),
                round(height, 3),
                (round(anchor.x, 3), round(anchor.y, 3)) if moved > height * 1.6 else None,
            )
        )
    return tuple(labels)
