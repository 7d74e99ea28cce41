"""Simplify a coverage so that neighbours keep one common border."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import shapely

from regionkit.errors import InputError
from regionkit.places.projection import local_projection
from regionkit.words.message import msg

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["list_islets", "simplify_coverage"]

# Islets so far from all larger land stay.
_FAR_OUT_M = 60_000.0
_LEAST_FAR_KM2 = 0.02


def simplify_coverage(
    coverage: gpd.GeoSeries, *, tolerance_m: float, digits: int = 4, min_part_km2: float = 0.0
) -> gpd.GeoSeries:
    """Return the coverage with fewer vertices, still valid, borders still shared exactly.

    Parameters
    ----------
    coverage : GeoSeries of polygons, lon/lat degrees
        A valid coverage.
    tolerance_m : float, metres
        A corner whose triangle with its neighbours is smaller than the square of this goes
        (Visvalingam-Whyatt).
    digits : int
        Decimals of a degree that are kept; 4 is about 10 m. Where rounding would break the
        coverage one more is kept, until it holds.
    min_part_km2 : float
        Islands smaller than this are left out; a unit's largest part always stays.

    Returns
    -------
    GeoSeries indexed like coverage

    Raises
    ------
    InputError
        No number of decimals up to 9 keeps the coverage valid.

    Examples
    --------
    >>> squares = gpd.GeoSeries(
    ...     [shapely.box(123, 41, 124, 42), shapely.box(124, 41, 125, 42)], crs="EPSG:4326"
    ... )
    >>> float(simplify_coverage(squares, tolerance_m=100).union_all().area)
    2.0
    """
    metric = coverage.to_crs(local_projection(coverage))
    if min_part_km2:
        metric = gpd.GeoSeries(_drop_islets(metric, min_part_km2), metric.index, crs=metric.crs)
    simple = shapely.coverage_simplify(metric.to_numpy(), tolerance_m)
    back = gpd.GeoSeries(simple, coverage.index, crs=metric.crs).to_crs(coverage.crs)
    for decimals in range(digits, 10):
        try:
            rounded = _round(back, decimals)
        except shapely.GEOSException:
            # An islet is smaller than the last decimal.
            continue
        if rounded.is_valid.all() and shapely.coverage_is_valid(rounded.to_numpy()):
            return rounded
    raise InputError(
        msg("A simplification by {metres} m breaks the borders between units.", metres=tolerance_m),
        mend=msg("Use a smaller tolerance, or check that the layer is a valid coverage."),
    )


def _round(geometry: gpd.GeoSeries, decimals: int) -> gpd.GeoSeries:
    """Return the geometries with rounded coordinates, doubled vertices gone."""
    # A function of the coordinate alone, so shared vertices stay shared.
    rounded = shapely.transform(geometry.to_numpy(), lambda xy: np.round(xy, decimals))
    rounded = shapely.remove_repeated_points(rounded)
    return gpd.GeoSeries(rounded, geometry.index, crs=geometry.crs)


def list_islets(coverage: gpd.GeoSeries, min_part_km2: float) -> gpd.GeoSeries:
    """Return the islands that :func:`simplify_coverage` leaves out, an island a row.

    Parameters
    ----------
    coverage : GeoSeries of polygons, lon/lat degrees
    min_part_km2 : float

    Examples
    --------
    >>> unit = shapely.union(shapely.box(123, 41, 124, 42), shapely.box(125, 41, 125.001, 41.001))
    >>> len(list_islets(gpd.GeoSeries([unit], crs="EPSG:4326"), 1.0))
    1
    """
    parts, is_kept = _part_islets(coverage.to_crs(local_projection(coverage)), min_part_km2)
    return parts[~is_kept].to_crs(coverage.crs)


def _part_islets(metric: gpd.GeoSeries, min_part_km2: float) -> tuple[gpd.GeoSeries, np.ndarray]:
    """Return the parts of all units, and which of them are no islets."""
    parts = metric.explode()
    area = parts.area / 1e6
    largest = area.groupby(level=0).transform("max")
    # A part that touches another unit is land, not an islet: dropping it would leave a hole.
    is_kept = ((area >= min_part_km2) | (area == largest)).to_numpy().copy()
    small = np.flatnonzero(~is_kept)
    # Asked of the small ones alone: between large units it takes seconds.
    here, there = shapely.STRtree(parts.to_numpy()).query(
        parts.to_numpy()[small], predicate="touches"
    )
    is_kept[small[here[small[here] != there]]] = True
    # An islet far out (钓鱼岛, 赤尾屿) is no rest of a coast but the only land there is.
    near = shapely.STRtree(parts.to_numpy()[is_kept]).query(
        parts.to_numpy()[~is_kept], predicate="dwithin", distance=_FAR_OUT_M
    )[0]
    is_far = area.to_numpy()[~is_kept] >= _LEAST_FAR_KM2
    is_far[near] = False
    is_kept[np.flatnonzero(~is_kept)[is_far]] = True
    return parts, is_kept


def _drop_islets(metric: gpd.GeoSeries, min_part_km2: float) -> pd.Series:
    """Return the units without their smallest parts."""
    parts, is_kept = _part_islets(metric, min_part_km2)
    kept = parts[is_kept]
    return kept.groupby(level=0).agg(lambda polygons: shapely.multipolygons(polygons.to_list()))[
        metric.index
    ]
