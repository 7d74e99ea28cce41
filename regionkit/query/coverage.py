"""The polygons of a coverage, put in order of adcode and seen to be one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from regionkit.errors import CrsError, InputError

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

__all__ = ["check_coverage", "sorted_units"]


def sorted_units(coverage: gpd.GeoDataFrame) -> tuple[list[str], NDArray[np.object_]]:
    """Return adcodes and polygons in ascending order of adcode, checked one by one."""
    if coverage.crs is None:
        msg = (
            "The coverage has no CRS, expected EPSG:4326. "
            "Name the one it is in with coverage.set_crs(...), then coverage.to_crs(4326)."
        )
        raise CrsError(msg)
    if not coverage.crs.equals("EPSG:4326", ignore_axis_order=True):
        name = coverage.crs.name
        msg = f"The coverage is in {name}, expected EPSG:4326. Use coverage.to_crs(4326)."
        raise CrsError(msg)
    if coverage.empty:
        msg = "The coverage has no rows: there is no unit to locate points in. Give its polygons."
        raise InputError(msg)
    adcodes = coverage.index.astype(str)
    if adcodes.has_duplicates:
        repeated = ", ".join(adcodes[adcodes.duplicated()].unique()[:5])
        msg = (
            f"The coverage's index repeats {repeated}: one row a unit is needed. "
            'Merge its parts first, coverage.dissolve("adcode").'
        )
        raise InputError(msg)
    order = np.argsort(adcodes.to_numpy(dtype=str), kind="stable")
    adcodes = adcodes[order]
    polygons = np.asarray(coverage.geometry.array, dtype=object)[order]
    kinds = shapely.get_type_id(polygons)
    unfit = ~np.isin(kinds, (shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON))
    unfit |= shapely.is_empty(polygons)
    if unfit.any():
        named = ", ".join(adcodes[unfit][:5])
        msg = (
            f"{int(unfit.sum())} of {len(adcodes)} units have no polygon: {named}. "
            "Drop them or give their boundaries."
        )
        raise InputError(msg)
    return list(adcodes), shapely.force_2d(polygons)


def check_coverage(adcodes: list[str], polygons: NDArray[np.object_]) -> None:
    """Raise where polygons overlap or do not share their vertices."""
    if shapely.coverage_is_valid(polygons):
        return
    faulty = ~shapely.is_empty(shapely.coverage_invalid_edges(polygons))
    named = ", ".join(np.array(adcodes)[faulty][:5]) or "some unit"
    msg = (
        f"The polygons are not a coverage: {int(faulty.sum())} of {len(adcodes)} units overlap "
        f"a neighbour or miss its vertices, among them {named}. Clean them with a tool that "
        "keeps shared borders shared (QGIS: Fix geometries, Snap geometries to layer), and "
        "simplify only with GeoSeries.simplify_coverage."
    )
    raise InputError(msg)
