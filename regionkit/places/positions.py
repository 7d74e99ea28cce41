"""Whether coordinates are places on Earth: what they look like where they are none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from regionkit.errors import CrsError, InputError
from regionkit.places.datum import gauss_kruger_epsg
from regionkit.words.message import msg

if TYPE_CHECKING:
    import geopandas as gpd
    import pyproj
    from numpy.typing import NDArray

    from regionkit.words.message import Words

__all__ = ["check_degrees", "in_degrees", "warn_far"]

_WGS84 = "EPSG:4326"
# China with a margin: longitudes and latitudes.
_CHINA = ((73.0, 136.0), (3.0, 54.0))
# Web Mercator's eastings of China, above which an easting is a zone's.
_MERCATOR = (8.0e6, 15.2e6)
# How far a layer may reach past the area that its projection is for, degrees.
_PAST = (10.0, 6.0)
_ZONE = 1e6
_FALSE_EASTING = "False easting"
_MOST_NAMED = 5


def check_degrees(xy: NDArray[np.float64], *, where: Words | str = "") -> None:
    """Refuse coordinates that are no degrees of longitude and latitude.

    Parameters
    ----------
    xy : array of float, shape (n, 2), degrees
    where : words, optional
        What they are of.

    Raises
    ------
    InputError
        One lies outside the Earth's degrees, or is no number; what would fit is named.

    Examples
    --------
    >>> check_degrees(np.array([[40.8, 121.07]]))
    Traceback (most recent call last):
    ...
    regionkit.errors.InputError: 40.8, 121.07 has latitude 121.07, outside -90 to 90: the axes look
    swapped. Longitude comes first: 121.07, 40.8.
    """
    is_off = ~((np.abs(xy[:, 0]) <= 180) & (np.abs(xy[:, 1]) <= 90))
    if not is_off.any():
        return
    x, y = (float(value) for value in xy[is_off][0])
    if abs(x) <= 90 and abs(y) <= 180:
        raise InputError(
            msg(
                "{x:g}, {y:g} has latitude {y:g}, outside -90 to 90: the axes look swapped.",
                x=x,
                y=y,
            ),
            where=where,
            mend=msg("Longitude comes first: {lon:g}, {lat:g}.", lon=y, lat=x),
        )
    fit = _fitting(x, y)
    general = msg(
        "Give degrees WGS-84, longitude (-180 to 180) first, then latitude (-90 to 90); "
        "reproject metres to EPSG:4326 before."
    )
    raise InputError(
        msg("{x:.9g}, {y:.9g} is no position on Earth.", x=x, y=y),
        where=where,
        mend=_as_metres(fit) if fit else general,
    )


def _as_metres(epsg: int) -> Words:
    call = f"frame.set_crs({epsg}, allow_override=True).to_crs(4326)"
    return msg("As metres they fit EPSG:{epsg}: {call}.", epsg=epsg, call=call)


def _fitting(x: float, y: float) -> int:
    """Return the EPSG code of metres that would lie in China, 0 where none is certain."""
    if not (np.isfinite(x) and np.isfinite(y)):
        return 0
    if _MERCATOR[0] < x < _MERCATOR[1]:
        return 3857
    for easting, northing in ((x, y), (y, x)):
        if easting > _MERCATOR[1] and 0 < northing < 7e6:
            return gauss_kruger_epsg(int(easting // _ZONE))
    return 0


def in_degrees(geometry: gpd.GeoSeries, label: Words | str | None = None) -> gpd.GeoSeries:
    """Return shapes in EPSG:4326; refuse those whose place on Earth is not known.

    Parameters
    ----------
    geometry : GeoSeries, in any CRS
        Missing and empty shapes are let through.
    label : words, optional
        What messages call it.

    Raises
    ------
    CrsError
        There is no CRS, or one that is tied to no place on Earth.
    InputError
        A coordinate is no number, or no position on Earth; axes that are swapped and zones that
        stand before an easting are named.

    Examples
    --------
    >>> import geopandas as gpd
    >>> wells = gpd.GeoSeries([shapely.Point(40530000, 4630000)], crs="EPSG:4549")
    >>> in_degrees(wells)
    Traceback (most recent call last):
    ...
    regionkit.errors.InputError: 40530000, 4630000 is no position in CGCS2000 / 3-degree
    Gauss-Kruger CM 120E: the 40 before the easting is the number of a zone. It is EPSG:4528 then:
    frame.set_crs(4528, allow_override=True).
    """
    import pyproj

    named = label if label is not None else msg("the GeoDataFrame")
    crs = geometry.crs
    if crs is None:
        raise CrsError(
            msg("The GeoDataFrame has no CRS.")
            if label is None
            else msg("{layer} has no CRS.", layer=label),
            mend=msg(
                "Set the one its coordinates are in: {call}.", call="frame.set_crs('EPSG:4326')"
            ),
        )
    if not (crs.is_geographic or crs.is_projected):
        raise _tied_to_nothing(crs, named)
    shapes = geometry.to_numpy()
    xy, row = shapely.get_coordinates(shapes, return_index=True)
    _check_finite(geometry, xy, row, label)
    try:
        made = geometry.to_crs(_WGS84)
    except pyproj.exceptions.ProjError as error:
        raise _tied_to_nothing(crs, named) from error
    degrees = shapely.get_coordinates(made.to_numpy())
    where = "" if label is None else label
    if crs.is_projected:
        _check_projected(crs, xy, degrees, where)
    else:
        check_degrees(degrees, where=where)
    return made


def _tied_to_nothing(crs: pyproj.CRS, label: Words | str) -> CrsError:
    return CrsError(
        msg("{layer} is in {crs}, which is tied to no place on Earth.", layer=label, crs=crs.name),
        mend=msg(
            "Say which CRS its numbers are in, such as {call}, or georeference the drawing in QGIS "
            "first.",
            call="frame.set_crs('EPSG:4549', allow_override=True)",
        ),
    )


def _check_finite(
    geometry: gpd.GeoSeries,
    xy: NDArray[np.float64],
    row: NDArray[np.intp],
    label: Words | str | None,
) -> None:
    is_bad = ~np.isfinite(xy).all(axis=1)
    if not is_bad.any():
        return
    rows = np.unique(row[is_bad])
    raise InputError(
        msg(
            "{n} of {total} rows have a coordinate that is no number or infinite ({choices}).",
            n=len(rows),
            total=len(geometry),
            choices=tuple(str(geometry.index[one]) for one in rows[:_MOST_NAMED]),
        ),
        where="" if label is None else label,
        mend=msg(
            "Complete them, or leave them out: {call}.",
            call="frame[[np.isfinite(shapely.get_coordinates(g)).all() for g in frame.geometry]]",
        ),
    )


def _check_projected(
    crs: pyproj.CRS,
    xy: NDArray[np.float64],
    degrees: NDArray[np.float64],
    where: Words | str,
) -> None:
    """Refuse metres that lie nowhere, or far from where their projection is for, and why."""
    if not len(xy):
        return
    is_on = (np.abs(degrees[:, 0]) <= 180) & (np.abs(degrees[:, 1]) <= 90)
    is_far = ~_in_use(crs, degrees)
    if is_on.all() and not is_far.all():
        return
    at = int(np.argmin(is_on)) if not is_on.all() else 0
    x, y = (float(value) for value in xy[at])
    reason, mend = _why_off(crs, x, y)
    if reason is None and is_on.all():
        # Far from its use, but a place all the same: the map tells what it does not show.
        return
    raise InputError(
        reason or msg("{x:.9g}, {y:.9g} is no position in {crs}.", x=x, y=y, crs=crs.name),
        where=where,
        mend=mend or msg("Give the CRS that the coordinates are in."),
    )


def _in_use(crs: pyproj.CRS, degrees: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Return which places lie in the area that a projection is for, or near it."""
    use = crs.area_of_use
    if use is None:
        return np.ones(len(degrees), dtype=bool)
    lon, lat = degrees[:, 0], degrees[:, 1]
    across, up = _PAST
    near: NDArray[np.bool_] = (
        (lon >= use.west - across)
        & (lon <= use.east + across)
        & (lat >= use.south - up)
        & (lat <= use.north + up)
    )
    return near


def _why_off(crs: pyproj.CRS, x: float, y: float) -> tuple[Words | None, Words | None]:
    """Return what a projected position looks like instead, and how to say so; None for nothing."""
    import pyproj

    operation = crs.coordinate_operation
    false_easting = next(
        (
            float(one.value)
            for one in (operation.params if operation is not None else [])
            if one.name == _FALSE_EASTING
        ),
        0.0,
    )
    zone = int(x // _ZONE)
    if false_easting < _ZONE and gauss_kruger_epsg(zone) and x > _MERCATOR[1]:
        epsg = gauss_kruger_epsg(zone)
        return (
            msg(
                "{x:.9g}, {y:.9g} is no position in {crs}: the {zone} before the easting is the "
                "number of a zone.",
                x=x,
                y=y,
                crs=crs.name,
                zone=zone,
            ),
            _say_crs(epsg),
        )
    if false_easting > _ZONE and 0 < x < _ZONE:
        zone = int(false_easting // _ZONE)
        # The same zone without its number before the easting.
        epsg = gauss_kruger_epsg(zone) + (21 if zone >= 25 else 11)
        return (
            msg(
                "{x:.9g}, {y:.9g} is no position in {crs}, whose eastings begin with the zone "
                "{zone}.",
                x=x,
                y=y,
                crs=crs.name,
                zone=zone,
            ),
            _say_crs(epsg),
        )
    to_degrees = pyproj.Transformer.from_crs(crs, _WGS84, always_xy=True)
    lon, lat = to_degrees.transform(y, x)
    if np.isfinite(lon) and _in_use(crs, np.array([[lon, lat]]))[0]:
        return (
            msg(
                "{x:.9g}, {y:.9g} is no place of {crs}: the axes look swapped.",
                x=x,
                y=y,
                crs=crs.name,
            ),
            msg("The easting comes first: {call}.", call=_SWAP),
        )
    return None, None


_SWAP = "frame.set_geometry(shapely.transform(frame.geometry, lambda xy: xy[:, ::-1]))"


def _say_crs(epsg: int) -> Words:
    call = f"frame.set_crs({epsg}, allow_override=True)"
    return msg("It is EPSG:{epsg} then: {call}.", epsg=epsg, call=call)


def warn_far(
    geometry: gpd.GeoSeries,
    bounds: tuple[float, float, float, float],
    *,
    share: float = 1.0,
    label: Words | str = "",
) -> None:
    """Tell how many shapes lie far outside what a map shows; refuse a layer of swapped axes.

    Parameters
    ----------
    geometry : GeoSeries, EPSG:4326
    bounds : (west, south, east, north), degrees
        Of what the map is of.
    share : float
        Far is what lies past the bounds by this share of their longer side.
    label : words, optional
        What messages call the layer.

    Warns
    -----
    UserWarning
        With the count and the first of them.

    Raises
    ------
    InputError
        All are far, and with their axes swapped none is.

    Examples
    --------
    >>> import geopandas as gpd
    >>> warn_far(gpd.GeoSeries.from_xy([43.8], [87.6], crs=4326), (80, 40, 90, 48))
    Traceback (most recent call last):
    ...
    regionkit.errors.InputError: 43.8, 87.6 lies far outside the map, and 87.6, 43.8 within it: the
    axes look swapped. Put longitude first: frame.set_geometry(shapely.transform(frame.geometry,
    lambda xy: xy[:, ::-1])).
    """
    import warnings

    known = geometry[~(geometry.isna() | geometry.is_empty)]
    if known.empty:
        return
    boxes = known.bounds.to_numpy()
    is_far = _is_far(boxes, bounds, share)
    if not is_far.any():
        return
    if is_far.all() and not _is_far(boxes[:, [1, 0, 3, 2]], bounds, share).any():
        x, y = boxes[0, :2]
        raise InputError(
            msg(
                "{x:g}, {y:g} lies far outside the map, and {y:g}, {x:g} within it: the axes look "
                "swapped.",
                x=float(x),
                y=float(y),
            ),
            where=label,
            mend=msg("Put longitude first: {call}.", call=_SWAP),
        )
    first = known.index[is_far][:_MOST_NAMED]
    text = msg(
        "{n} of {total} rows lie far outside the map and are not seen on it ({choices}). Check "
        "their coordinates.",
        n=int(is_far.sum()),
        total=len(geometry),
        choices=tuple(map(str, first)),
    )
    told = msg("{where}: {what}", where=label, what=text) if label else text
    warnings.warn(str(told), UserWarning, stacklevel=3)


def _is_far(
    boxes: NDArray[np.float64], bounds: tuple[float, float, float, float], share: float
) -> Any:
    west, south, east, north = bounds
    pad = share * max(east - west, north - south)
    return (
        (boxes[:, 2] < west - pad)
        | (boxes[:, 0] > east + pad)
        | (boxes[:, 3] < south - pad)
        | (boxes[:, 1] > north + pad)
    )
