"""The polygons of a coverage, put in order of adcode and seen to be one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from regionkit.errors import CrsError, InputError
from regionkit.words.message import msg

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

__all__ = ["check_coverage", "sorted_units"]


def sorted_units(coverage: gpd.GeoDataFrame) -> tuple[list[str], NDArray[np.object_]]:
    """Return adcodes and polygons in ascending order of adcode, checked one by one."""
    if coverage.crs is None:
        raise CrsError(
            msg("The coverage has no CRS, expected EPSG:4326."),
            mend=msg(
                "Name the one it is in with coverage.set_crs(...), then coverage.to_crs(4326)."
            ),
        )
    if not coverage.crs.equals("EPSG:4326", ignore_axis_order=True):
        raise CrsError(
            msg("The coverage is in {crs}, expected EPSG:4326.", crs=coverage.crs.name),
            mend=msg("Use {option}.", option="coverage.to_crs(4326)"),
        )
    if coverage.empty:
        raise InputError(
            msg("The coverage has no rows: there is no unit to locate points in."),
            mend=msg("Give its polygons."),
        )
    adcodes = coverage.index.astype(str)
    if adcodes.has_duplicates:
        repeated = list(adcodes[adcodes.duplicated()].unique()[:5])
        raise InputError(
            msg("The coverage's index repeats {units}: one row a unit is needed.", units=repeated),
            mend=msg('Merge its parts first, coverage.dissolve("adcode").'),
        )
    order = np.argsort(adcodes.to_numpy(dtype=str), kind="stable")
    adcodes = adcodes[order]
    polygons = np.asarray(coverage.geometry.array, dtype=object)[order]
    kinds = shapely.get_type_id(polygons)
    unfit = ~np.isin(kinds, (shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON))
    unfit |= shapely.is_empty(polygons)
    if unfit.any():
        raise InputError(
            msg(
                "{n} of {n_units} units have no polygon: {units}.",
                n=int(unfit.sum()),
                n_units=len(adcodes),
                units=list(adcodes[unfit][:5]),
            ),
            mend=msg("Drop them or give their boundaries."),
        )
    return list(adcodes), shapely.force_2d(polygons)


def check_coverage(adcodes: list[str], polygons: NDArray[np.object_]) -> None:
    """Raise where polygons overlap or do not share their vertices."""
    if shapely.coverage_is_valid(polygons):
        return
    faulty = ~shapely.is_empty(shapely.coverage_invalid_edges(polygons))
    raise InputError(
        msg(
            "The polygons are not a coverage: {n} of {n_units} units overlap a neighbour or miss "
            "its vertices, among them {units}.",
            n=int(faulty.sum()),
            n_units=len(adcodes),
            units=list(np.array(adcodes)[faulty][:5]) or msg("some unit"),
        ),
        mend=msg(
            "Clean them with a tool that keeps shared borders shared (QGIS: Fix geometries, Snap "
            "geometries to layer), and simplify only with GeoSeries.simplify_coverage."
        ),
    )
