"""What lies about a region, as the page draws it: sea, neighbours, borders and their names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from regionkit.maps.page.topology import encode_line, to_grid
from regionkit.places.extent import find_extent
from regionkit.places.ground import ground_about
from regionkit.places.lands import sea_names
from regionkit.places.maritime import maritime_dashes
from regionkit.words.facts import fact_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    import geopandas as gpd

__all__ = ["padded_bounds", "page_ground"]

# Steps to a degree: 900 m, finer than lands about a region are read.
_STEPS = 120
# How far beyond the region the ground reaches, as a share of its longer side: a wide screen shows
# it all the same.
_WIDE, _HIGH = 0.62, 0.38
# Names of neighbours stand within this share of the longer side about the region.
_NAMED = 0.16
# Pieces smaller than this share of the frame are left out.
_LEAST = 2e-6


def page_ground(units: gpd.GeoSeries, *, lang: str = "zh") -> dict[str, Any] | None:
    """Return what lies about units, None where they lie on no land that is known.

    Parameters
    ----------
    units : GeoSeries of polygons, lon/lat degrees
    lang : {"zh", "en"}
        Of the names of seas.

    Returns
    -------
    dict
        ``scale`` of coordinates; ``lands`` and ``rest`` (of the land the units lie in), ``coast``,
        ``border``, ``own_border`` and ``dashes``, lines as text; ``names``, each its text, point
        and kind ("land" or "sea").

    Examples
    --------
    >>> import regionkit as rk
    >>> ground = page_ground(rk.load("liaoning").cities.geometry)
    >>> sorted(name for name, _, kind in ground["names"] if kind == "sea")
    ['渤海', '渤海湾', '西朝鲜湾', '辽东湾', '黄海']
    """
    bounds = tuple(float(side) for side in units.total_bounds)
    frame = padded_bounds(bounds)
    ground = ground_about(units, frame)
    if ground is None:
        return None
    box = shapely.box(*frame)
    own = ground.lands["is_own"].to_numpy()
    shapes = ground.lands.geometry
    return {
        "scale": _STEPS,
        "lands": _rings(shapes[~own], box),
        "rest": _rings(shapes[own], box),
        "coast": _lines([ground.coast], box),
        "border": _lines([ground.border], box),
        "own_border": _lines([ground.own_border], box),
        "dashes": _lines(maritime_dashes(frame), box),
        "names": _names(ground, bounds, find_extent(units).bounds, lang),
    }


def padded_bounds(bounds: Sequence[float]) -> tuple[float, ...]:
    """Return how far a page reaches beyond what it is of, degrees."""
    return _padded(bounds, _WIDE, _HIGH)


def _padded(bounds: Sequence[float], wide: float, high: float) -> tuple[float, ...]:
    west, south, east, north = bounds
    longer = max(east - west, north - south)
    return (
        west - wide * longer,
        max(-85.0, south - high * longer),
        east + wide * longer,
        min(85.0, north + high * longer),
    )


def _rings(shapes: gpd.GeoSeries, box: Any) -> list[str]:
    """Return the outlines of areas within a frame, holes among them."""
    least = _LEAST * box.area
    found = []
    for shape in shapes:
        for part in shapely.get_parts(shapely.make_valid(shape).intersection(box)):
            if part.geom_type != "Polygon" or part.area < least:
                continue
            found += [
                _encode(ring)[0] for ring in (part.exterior, *part.interiors) if _encode(ring)
            ]
    return found


def _lines(shapes: Sequence[Any], box: Any) -> list[str]:
    found: list[str] = []
    for shape in shapes:
        merged = shapely.line_merge(shape) if shape.geom_type == "MultiLineString" else shape
        for part in shapely.get_parts(merged.intersection(box)):
            if "Line" in part.geom_type:
                found += _encode(part)
    return found


def _encode(line: Any) -> list[str]:
    """Return a line as text, once where it has a length on the grid."""
    grid = to_grid(np.asarray(shapely.get_coordinates(shapely.simplify(line, 2 / _STEPS))), _STEPS)
    moved = np.ones(len(grid), dtype=bool)
    moved[1:] = (np.diff(grid, axis=0) != 0).any(axis=1)
    grid = grid[moved]
    return [encode_line(grid)] if len(grid) > 1 else []


def _names(
    ground: Any, bounds: Sequence[float], main: Sequence[float], lang: str
) -> list[list[Any]]:
    """Return names of neighbours and seas with a point of each.

    The first view is of the main land: how wide that is decides on bays and straits.
    """
    seen = shapely.box(*_padded(bounds, _NAMED, _NAMED / 2))
    found: list[list[Any]] = []
    lands = ground.lands[~ground.lands["is_own"]]
    for name, shape in zip(lands["name"], lands.geometry, strict=True):
        part = shapely.make_valid(shape).intersection(seen)
        if part.is_empty or part.area < _LEAST * seen.area * 2e3:
            continue
        point = shapely.maximum_inscribed_circle(part, tolerance=0.05).coords[0]
        found.append([name, _point(point), "land"])
    named: set[str] = set()
    for one in sea_names(main):
        at = shapely.Point(one.lon, one.lat)
        if one.name in named or not seen.contains(at) or ground.land.contains(at):
            continue
        named.add(one.name)
        found.append([fact_in(lang, one.name, one.name_en), _point((one.lon, one.lat)), "sea"])
    return found


def _point(at: Sequence[float]) -> list[int]:
    point: list[int] = to_grid(np.array([[at[0], at[1]]]), _STEPS)[0].tolist()
    return point
