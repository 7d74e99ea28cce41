"""A map as plain shapes in millimetres, which slide, picture and page all draw."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import shapely
import shapely.affinity

from regionkit.maps.signs.badges import BADGE_COLOUR
from regionkit.maps.signs.displacement import spread_points
from regionkit.maps.signs.label_seats import REACH, box_about, find_seat
from regionkit.maps.signs.shades import lighter
from regionkit.maps.signs.stages import STAGE_STROKES
from regionkit.maps.signs.theme import get_theme
from regionkit.maps.signs.wrap import text_width
from regionkit.places.ground import ground_about
from regionkit.places.maritime import maritime_dashes
from regionkit.places.projection import map_crs
from regionkit.words.facts import fact_in

if TYPE_CHECKING:
    from regionkit.briefing.model import MapView
    from regionkit.maps.signs.label_seats import Box

__all__ = ["Area", "Disc", "Label", "Line", "Scene", "build_scene"]

Point = tuple[float, float]
_MM_PER_PT = 0.3528
_PAD = 0.05
# Of the distances that a name may take from its point.
_FARTHEST, _NEAR = 6, 3
# Half the height of a name is the least that it needs about its middle.
_SNUG = 0.55
_STRIPE_MM = 1.5
_DASHES = (2.6, 1.5)
_ROUTE_MM = 0.7
_DASH_MM = 0.4
_GRAIN_MM = 0.08
# Of a name from its point, in heights of it; air about a ring; how finely lines are kept clear.
_CLOSE, _RING_AIR_MM, _LINE_STEP_MM = 0.4, 0.3, 1.2


@dataclass(frozen=True)
class Area:
    """An area: rings of corners, outer ones and holes."""

    unit_id: str
    name: str
    fill: str
    edge: str
    edge_mm: float
    rings: tuple[tuple[Point, ...], ...] = field(repr=False)


@dataclass(frozen=True)
class Line:
    """A line, broken where ``dashes`` are given, in millimetres."""

    name: str
    colour: str
    width_mm: float
    dashes: tuple[float, ...]
    points: tuple[Point, ...] = field(repr=False)


@dataclass(frozen=True)
class Disc:
    """A number, or a badge: a dark box with how many are known by a seat only."""

    text: str
    name: str
    x: float
    y: float
    size: float
    fill: str
    edge: str
    colour: str
    is_badge: bool = False


@dataclass(frozen=True)
class Label:
    """A name with the middle of its box."""

    text: str
    x: float
    y: float
    width: float
    height: float
    size_pt: float
    colour: str
    is_bold: bool = True


@dataclass(frozen=True)
class Scene:
    """A map in millimetres from its upper left corner.

    Attributes
    ----------
    width, height : float, millimetres
    water : str
        Colour of what nothing covers.
    areas : tuple of Area
    lines : tuple of Line
    dots : tuple of Disc
        Small rings at the seats.
    discs : tuple of Disc
    labels : tuple of Label
    """

    width: float
    height: float
    water: str
    areas: tuple[Area, ...]
    lines: tuple[Line, ...]
    dots: tuple[Disc, ...]
    discs: tuple[Disc, ...]
    labels: tuple[Label, ...]


class _Frame:
    """From degrees to millimetres in a box that is filled wholly."""

    def __init__(self, view: MapView, width: float, height: float) -> None:
        self.crs = map_crs(view.areas)
        shown = view.areas.geometry.to_crs(self.crs)
        boxes = [shown.total_bounds]
        if view.is_whole and len(view.rest):
            boxes.append(view.rest.to_crs(self.crs).total_bounds)
        if len(view.edges):
            boxes.append(view.edges.geometry.to_crs(self.crs).total_bounds)
        west, south = np.min([box[:2] for box in boxes], axis=0)
        east, north = np.max([box[2:] for box in boxes], axis=0)
        pad = _PAD * max(east - west, north - south)
        self.scale = min(width / (east - west + 2 * pad), height / (north - south + 2 * pad))
        self.width, self.height = width, height
        self.x0 = (west + east) / 2 - width / self.scale / 2
        self.y1 = (south + north) / 2 + height / self.scale / 2
        self.box = shapely.box(0.0, 0.0, width, height)

    def to_mm(self, geometry: gpd.GeoSeries) -> gpd.GeoSeries:
        """Return shapes in millimetres, y downwards."""
        s = self.scale
        return geometry.to_crs(self.crs).affine_transform(
            [s, 0.0, 0.0, -s, -self.x0 * s, self.y1 * s]
        )

    def degrees(self) -> tuple[float, float, float, float]:
        """Return the frame's bounds in degrees."""
        west, north = self.x0, self.y1
        box = shapely.box(
            west, north - self.height / self.scale, west + self.width / self.scale, north
        )
        bounds = gpd.GeoSeries([shapely.segmentize(box, 50_000)], crs=self.crs).to_crs(4326)
        west, south, east, north = (float(one) for one in bounds.total_bounds)
        return west, south, east, north


def build_scene(
    view: MapView, width: float, height: float, *, font_pt: float = 8.0, lang: str = "zh"
) -> Scene:
    """Return a map's shapes in a box that they fill, cut at it.

    Parameters
    ----------
    view : MapView
    width, height : float, millimetres
    font_pt : float
        Size of the names.
    lang : {"zh", "en"}
        Of the neighbours' names.
    """
    theme = get_theme("print")
    frame = _Frame(view, width, height)
    everything = gpd.GeoSeries([*view.areas.geometry, *view.rest], crs=view.areas.crs)
    ground = ground_about(everything, frame.degrees())
    areas: list[Area] = []
    names: list[tuple[str, Point, str]] = []
    if ground is not None:
        # Far from the middle of the map a projection may fold a land over itself.
        lands = frame.to_mm(ground.lands.geometry).make_valid()
        for row, shape in zip(ground.lands.itertuples(), lands, strict=True):
            cut = shapely.intersection(shape, frame.box)
            areas += _areas(str(row.Index), str(row.name), cut, theme.neighbour, "", 0.0)
            if cut.area > 0.012 * width * height:
                inner = shapely.intersection(shape, shapely.box(14, 6, width - 14, height - 6))
                if not inner.is_empty:
                    at = shapely.maximum_inscribed_circle(_largest(inner), tolerance=1.0).coords[0]
                    english = row.name_en if isinstance(row.name_en, str) else str(row.name)
                    names.append(
                        (
                            fact_in(lang, _short_land(str(row.name)), english),
                            at,
                            theme.neighbour_name,
                        )
                    )
    for key, shape in frame.to_mm(view.rest).items():
        areas += _areas(str(key), "", _cut(shape, frame), theme.rest, theme.county_edge, 0.12)
    areas += _subject_areas(view, frame, theme)
    edges, routes = _edges(view, frame), _routes(view, frame)
    lines = [*_borders(frame.to_mm(view.cities), frame, theme.city_edge, 0.2), *edges, *routes]
    if ground is not None:
        outer = frame.to_mm(gpd.GeoSeries([ground.coast, ground.border], crs=4326))
        for shape, colour in zip(outer, (theme.coast, theme.city_edge), strict=True):
            lines += [Line("", colour, 0.2, (), part) for part in _parts(_cut(shape, frame))]
    for dash in frame.to_mm(maritime_dashes(frame.degrees())):
        colour = theme.province_edge
        lines += [Line("", colour, _DASH_MM, (), part) for part in _parts(_cut(dash, frame))]
    dots, discs = _dots(view, frame, theme), _discs(view, frame, font_pt)
    labels = _labels(view, frame, dots, discs, names, font_pt, theme, [*edges, *routes])
    return Scene(
        width, height, theme.water, tuple(areas), tuple(lines), tuple(dots), tuple(discs), labels
    )


def _short_land(name: str) -> str:
    """Return a neighbour's name as maps print it small: 内蒙古, 河北, 朝鲜."""
    for end in ("维吾尔自治区", "壮族自治区", "回族自治区", "自治区", "特别行政区", "省", "市"):
        if name.endswith(end) and len(name) > len(end) + 1:
            return name.removesuffix(end)
    return name


def _largest(shape: Any) -> Any:
    parts = [one for one in shapely.get_parts(shape) if one.geom_type == "Polygon"]
    return max(parts, key=lambda one: one.area, default=shape)


def _cut(shape: Any, frame: _Frame) -> Any:
    return shapely.intersection(shapely.make_valid(shapely.simplify(shape, _GRAIN_MM)), frame.box)


def _areas(key: str, name: str, shape: Any, fill: str, edge: str, edge_mm: float) -> list[Area]:
    rings = _rings(shape)
    return [Area(key, name, fill, edge, edge_mm, rings)] if rings else []


def _rings(shape: Any) -> tuple[tuple[Point, ...], ...]:
    parts = [p for p in shapely.get_parts(shape) if p.geom_type == "Polygon" and not p.is_empty]
    parts.sort(key=lambda part: -part.area)
    rings = [ring for part in parts for ring in (part.exterior, *part.interiors)]
    return tuple(
        tuple((round(float(x), 2), round(float(y), 2)) for x, y in ring.coords[:-1])
        for ring in rings
    )


def _parts(shape: Any) -> list[tuple[Point, ...]]:
    lines = shapely.line_merge(shape) if not shape.is_empty else shape
    return [
        tuple((round(float(x), 2), round(float(y), 2)) for x, y in part.coords)
        for part in shapely.get_parts(lines)
        if part.geom_type == "LineString" and part.length > 0
    ]


def _subject_areas(view: MapView, frame: _Frame, theme: Any) -> list[Area]:
    areas: list[Area] = []
    shapes = frame.to_mm(view.areas.geometry)
    for row, shape in zip(view.areas.itertuples(), shapes, strict=True):
        cut = _cut(shape, frame)
        edge = theme.county_edge if row.colour in {theme.land, theme.rest} else "#ffffff"
        areas += _areas(str(row.Index), str(row.name), cut, str(row.colour), edge, 0.15)
    striped = view.areas[view.areas["second"] != ""]
    if len(striped):
        mm = shapes.loc[striped.index]
        for (_, second), same in striped.groupby(["colour", "second"]):
            whole = shapely.union_all(shapely.make_valid(mm.loc[same.index].to_numpy()))
            cut = shapely.intersection(_cut(whole, frame), _stripes(frame))
            areas += _areas("", "", cut, str(second), "", 0.0)
    return areas


def _stripes(frame: _Frame) -> Any:
    """Return stripes at 45 degrees over the frame."""
    reach, step = frame.width + frame.height, _STRIPE_MM * 2 * np.sqrt(2)
    bands = [
        shapely.Polygon(
            [
                (start, frame.height),
                (start + step / 2, frame.height),
                (start + step / 2 + frame.height, 0),
                (start + frame.height, 0),
            ]
        )
        for start in np.arange(-frame.height, reach, step)
    ]
    return shapely.MultiPolygon(bands)


def _borders(shapes: gpd.GeoSeries, frame: _Frame, colour: str, width: float) -> list[Line]:
    edges = shapely.union_all(shapely.boundary(shapes.to_numpy()))
    return [Line("", colour, width, (), part) for part in _parts(_cut(edges, frame))]


def _edges(view: MapView, frame: _Frame) -> list[Line]:
    lines = []
    for row, shape in zip(view.edges.itertuples(), frame.to_mm(view.edges.geometry), strict=True):
        # Borders of zones lie on each other: each is drawn just inside its own.
        inner = shapely.buffer(shapely.make_valid(shape), -0.3)
        parts = [one for one in shapely.get_parts(inner) if one.area > 1.0]
        dashes = _DASHES if row.is_inferred else ()
        for part in parts:
            lines += [
                Line(str(row.name), str(row.colour), 0.6, dashes, points)
                for points in _parts(_cut(part.exterior, frame))
            ]
    return lines


def _routes(view: MapView, frame: _Frame) -> list[Line]:
    lines = []
    for spot in view.spots:
        for shape in frame.to_mm(spot.geometry):
            if shape.geom_type == "Point":
                continue
            stroke = STAGE_STROKES[spot.fill]
            dashes = tuple(length * _ROUTE_MM for length in stroke.dashes)
            colour = lighter(spot.colour, stroke.paled) if stroke.paled else spot.colour
            lines += [
                Line(spot.text, colour, _ROUTE_MM, dashes, part)
                for part in _parts(_cut(shape, frame))
            ]
    return lines


def _dots(view: MapView, frame: _Frame, theme: Any) -> list[Disc]:
    inside = frame.box.buffer(-1.0)
    return [
        Disc("", str(row.name), float(p.x), float(p.y), 1.6, "#ffffff", theme.text, theme.text)
        for row, p in zip(view.seats.itertuples(), frame.to_mm(view.seats.geometry), strict=True)
        if inside.contains(p)
    ]


def _anchor(spot: Any, frame: _Frame) -> Point:
    shape = frame.to_mm(spot.geometry).iloc[0]
    if shape.geom_type == "Point":
        return float(shape.x), float(shape.y)
    cut = shapely.intersection(shape, frame.box)
    longest = max(shapely.get_parts(cut), key=lambda one: one.length, default=shape)
    point = longest.interpolate(0.5, normalized=True)
    return float(point.x), float(point.y)


def _discs(view: MapView, frame: _Frame, font_pt: float) -> list[Disc]:
    """Return numbers and badges, moved apart where they would cover each other."""
    size = font_pt * _MM_PER_PT * 1.35
    at = [_anchor(spot, frame) for spot in view.spots]
    at += [(float(p.x), float(p.y)) for p in frame.to_mm(view.badges.geometry)]
    if not at:
        return []
    x, y = spread_points(np.array([p[0] for p in at]), np.array([p[1] for p in at]), gap=size * 1.2)
    x = np.clip(x, size * 0.7, frame.width - size * 0.7)
    y = np.clip(y, size * 0.7, frame.height - size * 0.7)
    discs = [
        Disc(
            str(spot.number),
            spot.text,
            round(float(px), 2),
            round(float(py), 2),
            round(size, 2),
            spot.colour if spot.is_solid else "#ffffff",
            spot.colour,
            "#ffffff" if spot.is_solid else get_theme("print").text,
        )
        for spot, px, py in zip(view.spots, x, y, strict=False)
    ]
    n = len(view.spots)
    discs += [
        Disc(
            str(row.name),
            str(row.name),
            round(float(px), 2),
            round(float(py), 2),
            round(size * 0.95, 2),
            BADGE_COLOUR,
            "#ffffff",
            "#ffffff",
            is_badge=True,
        )
        for row, px, py in zip(view.badges.itertuples(), x[n:], y[n:], strict=True)
    ]
    return discs


def _labels(
    view: MapView,
    frame: _Frame,
    dots: list[Disc],
    discs: list[Disc],
    lands: list[tuple[str, Point, str]],
    font_pt: float,
    theme: Any,
    lines: list[Line],
) -> tuple[Label, ...]:
    """Return the names that find a free seat: seats, zones, neighbours; the others are dropped.

    Each seat's name stands beside its own ring, off edges and routes where it can; the name of a
    zone where the zone is widest.
    """
    page = (0.0, 0.0, frame.width, frame.height)
    taken: list[Box] = [
        box_about(d.x, d.y, d.size * (1.6 if d.is_badge else 1.05), d.size) for d in discs
    ]
    taken += [box_about(d.x, d.y, d.size + _RING_AIR_MM, d.size + _RING_AIR_MM) for d in dots]
    crossed = [
        box_about(float(x), float(y), _LINE_STEP_MM, _LINE_STEP_MM)
        for line in lines
        for x, y in shapely.get_coordinates(
            shapely.segmentize(shapely.LineString(line.points), _LINE_STEP_MM)
        )
    ]
    made: list[Label] = []

    def put(text: str, at: Point, size_pt: float, colour: str, *, is_bold: bool, far: int) -> None:
        size = size_pt * _MM_PER_PT
        width, height = text_width(text) * size + 0.8, size * 1.2
        # Off the lines only as far as beside the point; else on them rather than far away.
        for near, soft in ((REACH[1:_NEAR], crossed), (REACH[1:far], [])):
            seat = find_seat(
                at, width, height, page=page, taken=taken, soft=soft, reach=(0.0, _CLOSE, *near)
            )
            if seat.is_free:
                break
        box = box_about(seat.x, seat.y, width, height)
        if any(_meet(box, other) for other in taken):
            return
        taken.append(box)
        made.append(
            Label(
                text, round(seat.x, 2), round(seat.y, 2), round(width, 2), round(height, 2),
                size_pt, colour, is_bold,
            )
        )  # fmt: skip

    for dot in dots:
        put(dot.name, (dot.x, dot.y), font_pt, theme.text, is_bold=True, far=_FARTHEST)
    shapes = frame.to_mm(view.edges.geometry)
    whole = shapely.make_valid(shapes.to_numpy())
    for number, row in enumerate(view.edges.itertuples()):
        if not row.name:
            continue
        size = font_pt * 1.1
        point = _roomiest(
            shapely.intersection(whole[number], frame.box),
            shapely.union_all(np.delete(whole, number)),
            [shapely.box(*box) for box in taken],
            (text_width(str(row.name)) * size * _MM_PER_PT, size * _MM_PER_PT),
        )
        if point is not None:
            put(str(row.name), point, size, str(row.ink), is_bold=True, far=_FARTHEST)
    for text, at, colour in lands:
        put(text, at, font_pt, colour, is_bold=False, far=2)
    return tuple(made)


def _roomiest(shape: Any, others: Any, taken: list[Any], room: tuple[float, float]) -> Point | None:
    """Return where a name has most room within a shape: where it is its alone, else anywhere.

    Squeezed by the shape of the name, the widest circle is where its box fits best.
    """
    squeeze = room[1] / room[0]
    best, most = None, 0.0
    for part in (shape.difference(others), shape):
        # What other names cover is no room for this one.
        free = part.difference(shapely.union_all(taken))
        flat = _largest(shapely.affinity.scale(free, squeeze, 1.0, origin=(0.0, 0.0)))
        if flat.is_empty:
            continue
        circle = shapely.maximum_inscribed_circle(flat, tolerance=0.2)
        # What is its own alone is preferred to all but twice the room.
        if circle.length > most * 2.0:
            x, y = circle.coords[0]
            best, most = (float(x) / squeeze, float(y)), circle.length
        if circle.length >= room[1] * _SNUG:
            break
    return best


def _meet(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
