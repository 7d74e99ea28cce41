"""The ground that maps of a region stand on: lands about it, their borders, coasts, the sea.

One home for sheet, page and slide. Everything is in degrees and kept in the cache: what is asked
for again, by another sheet with nearly the same frame, is read.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from regionkit.places.lands import land_content, lands_about, tolerance_for
from regionkit.places.shape_cache import cached_shapes, content_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    import geopandas as gpd
    from shapely.geometry.base import BaseGeometry

__all__ = ["Ground", "ground_about"]

# Raise it when the making of the ground changes, so that old caches are not read.
_GROUND = 4
_WGS84 = "EPSG:4326"
# Degrees that frames are widened to, so that those of nearly the same size share their ground.
_STEPS = (0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0)
_STEPS_A_FRAME = 6
# A layer that lies mostly on no known land is of another part of the world, or of none.
_LEAST_ON_LAND = 0.5
# Of a land or of the units of the map: neighbours whose outlines differ share less.
_LEAST_SHARED = 0.03
# Segments of a coast that are widened together.
_PIECE = 30


@dataclass(frozen=True, eq=False)
class Ground:
    """What lies about units, in degrees.

    Attributes
    ----------
    lands : GeoDataFrame, indexed by ``code``
        ``name, name_en``; ``is_own``, whether the units lie in it; what of it is not of the
        units. It reaches a little beneath them.
    land : Polygon or MultiPolygon
        All of it, the units among it: what it does not cover is sea.
    coast : lines
        Where the lands about the units meet the sea; theirs is their own outline.
    border : lines
        Between the lands about the units.
    own_border, outer_border : lines
        Where the units border on land; and where they and those of the context do.
    bounds : (west, south, east, north)
        How far it is known.
    """

    lands: gpd.GeoDataFrame
    land: BaseGeometry
    coast: BaseGeometry
    border: BaseGeometry
    own_border: BaseGeometry
    outer_border: BaseGeometry
    bounds: tuple[float, float, float, float]


def ground_about(
    units: gpd.GeoSeries,
    bounds: Sequence[float],
    *,
    context: gpd.GeoSeries | None = None,
) -> Ground | None:
    """Return what lies about units within a frame; None where they lie on no land that is known.

    Parameters
    ----------
    units : GeoSeries of polygons, lon/lat degrees
    bounds : (west, south, east, north), degrees
        At least these are covered.
    context : GeoSeries of polygons, lon/lat degrees, optional
        More units that are drawn by their own outlines, ``units`` among them.

    Examples
    --------
    >>> import regionkit as rk
    >>> cities = rk.load("liaoning").cities.geometry
    >>> ground = ground_about(cities, (118, 38, 126, 44))
    >>> list(ground.lands["name"])
    ['天津市', '河北省', '内蒙古自治区', '吉林省', '山东省', '朝鲜']
    >>> [bool(ground.land.contains(shapely.Point(at))) for at in [(121, 40.4), (124.5, 40.4)]]
    [False, True]
    """
    import geopandas as gpd

    frame = _widened(bounds)
    grain = tolerance_for(frame)
    subject = shapely.simplify(_outline(units, frame), grain / 4)
    own = subject if context is None else shapely.simplify(_outline(context, frame), grain / 4)
    words = (land_content(), *(f"{side:g}" for side in frame), f"{grain:g}")
    name = f"ground-{_GROUND}-{content_of([subject, own], *words)}"
    shapes = cached_shapes(name, lambda: _make(subject, own, frame, grain))
    if not shapes:
        return None
    codes = [key.partition(":")[2] for key in shapes if ":" in key]
    lands = lands_about(frame, tolerance=grain).loc[codes, ["name", "name_en"]]
    return Ground(
        gpd.GeoDataFrame(
            lands.assign(is_own=[f"own:{code}" in shapes for code in codes]),
            geometry=[shapes[key] for key in shapes if ":" in key],
            crs=_WGS84,
        ),
        shapes["land"],
        shapes["coast"],
        shapes["border"],
        shapes["own-border"],
        shapes["outer-border"],
        frame,
    )


def _widened(bounds: Sequence[float]) -> tuple[float, float, float, float]:
    """Return a frame widened to round degrees."""
    west, south, east, north = (float(side) for side in bounds)
    wide = max(east - west, north - south)
    step = max((one for one in _STEPS if one <= wide / _STEPS_A_FRAME), default=_STEPS[0])
    return (
        math.floor(west / step) * step,
        math.floor(south / step) * step,
        math.ceil(east / step) * step,
        math.ceil(north / step) * step,
    )


def _outline(shapes: gpd.GeoSeries, frame: Sequence[float]) -> Any:
    """Return what a frame holds of units as one shape."""
    areas = shapes[shapes.geom_type.isin(("Polygon", "MultiPolygon"))].to_numpy()
    if len(areas) and shapely.coverage_is_valid(areas):
        whole = shapely.coverage_union_all(areas)
    else:
        whole = shapely.union_all(shapely.make_valid(areas))
    return shapely.make_valid(shapely.clip_by_rect(whole, *frame))


def _make(subject: Any, own: Any, frame: Sequence[float], grain: float) -> dict[str, BaseGeometry]:
    """Return the parts of the ground by name; none where the units lie on no known land."""
    lands = lands_about(frame, tolerance=grain)
    subject, own = shapely.make_valid(shapely.simplify([subject, own], grain / 2))
    # Lands lie over one another by a hair's breadth only.
    shared = shapely.area(shapely.intersection(lands.geometry.to_numpy(), own))
    if shared.sum() < _LEAST_ON_LAND * own.area:
        return {}
    # Units of China lie in no country about it, whose outline reaches a little beneath them.
    foreign = lands["kind"].to_numpy() == "country"
    if shared[~foreign].sum() >= _LEAST_ON_LAND * own.area:
        shared[foreign] = 0.0
    beneath, hair = _wider(own, 3 * grain), _wider(own, grain)
    shapely.prepare(hair)
    found: dict[str, BaseGeometry] = {}
    for (code, shape), common in zip(lands.geometry.items(), shared, strict=True):
        if hair.covers(shape):
            # Of a land that the units fill nothing is left, and finding that out takes long.
            continue
        rest, is_own = shape, False
        if shape.intersects(beneath):
            is_own = common > _LEAST_SHARED * min(own.area, shape.area)
            rest = _without(shape, own, beneath, hair, grain)
        if not rest.is_empty:
            found[f"{'own' if is_own else 'land'}:{code}"] = rest
    about = list(found.values())
    # Slits between lands that were simplified apart are no sea.
    land = _wider(_wider(shapely.union_all([own, *about]), grain), -grain)
    border = shapely.union_all(shapely.boundary(about)) if about else shapely.MultiLineString()
    outer = _apart(own.boundary, land.boundary, 2.5 * grain)
    is_all = subject.equals_exact(own)
    return {
        **found,
        "land": land,
        "coast": land.boundary.difference(_wider(own, 2.5 * grain)),
        "border": _apart(border, land.boundary, 2 * grain).difference(_wider(own, 4 * grain)),
        "own-border": outer if is_all else _apart(subject.boundary, land.boundary, 2.5 * grain),
        "outer-border": outer,
    }


def _apart(lines: Any, others: Any, distance: float) -> Any:
    """Return what of lines is further than a distance from other lines.

    These are widened piece by piece, those alone that are near: as one line the coasts of a
    continent take five times as long.
    """
    pieces = [
        shapely.linestrings(ends[start : start + _PIECE + 1])
        for ends in map(shapely.get_coordinates, shapely.get_parts(others))
        for start in range(0, len(ends) - 1, _PIECE)
    ]
    near = shapely.STRtree(pieces).query(
        shapely.get_parts(lines), predicate="dwithin", distance=distance
    )[1]
    kept = np.array(pieces, dtype=object)[np.unique(near)]
    return lines.difference(shapely.union_all(shapely.buffer(kept, distance, quad_segs=2)))


def _wider(shape: Any, distance: float) -> Any:
    return shape.buffer(distance, quad_segs=2)


def _without(shape: Any, own: Any, beneath: Any, hair: Any, grain: float) -> Any:
    """Return a land without the units of a map, which it reaches a little beneath.

    What is left of it as a sliver along the units' own coast is the same coast, drawn by another
    hand, and goes; far from them a narrow cape stays as it is.
    """
    rest = shape.difference(own)
    opened = _wider(_wider(rest, -1.5 * grain), 1.5 * grain)
    lap = _wider(opened, 3 * grain).intersection(hair)
    return shapely.union_all([rest.difference(beneath), opened.intersection(rest), lap])
