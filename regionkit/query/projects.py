"""Which projects lie where: by attribute, near, within and along.

All functions take and return the GeoDataFrame of projects (``Region.projects``). Distances are
lengths of geodesics on the WGS-84 ellipsoid. Projects without a geometry cannot be near
anything; their number is told in ``result.attrs["n_unplaced"]``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import shapely

from regionkit.errors import CrsError, InputError
from regionkit.places.positions import check_degrees
from regionkit.words.message import Call, Option, msg

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    import geopandas as gpd
    import pyproj
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

__all__ = [
    "ZONE_LINKS",
    "area_within",
    "check_position",
    "filter_projects",
    "geodesic_km",
    "link_to_zones",
    "named_now",
    "placed_projects",
    "projects_along",
    "projects_near",
    "projects_within",
]

WGS84 = "EPSG:4326"
#: How a project or task belongs to a zone, in words.
ZONE_LINKS = {"said": msg("said of it"), "touches": msg("touches a member")}


def filter_projects(
    projects: pd.DataFrame,
    *,
    adcodes: Collection[str] | None = None,
    zone_ids: Collection[str] | None = None,
    year: int | None = None,
    text: str | None = None,
    **values: Collection[str] | None,
) -> pd.DataFrame:
    """Return the projects that meet every condition; a condition that is None holds for all.

    Parameters
    ----------
    projects : DataFrame or GeoDataFrame
        As of ``Region.projects``.
    adcodes : collection of str, optional
        Units that a project is recorded for; a city's counties are named beside it, as
        ``Region.unit_parts`` lists them.
    zone_ids : collection of str, optional
        The plan's own zones; a project is in one if it is said of it or any unit it touches is.
    year : int, optional
        A year that a document ties to the project, or between its start and end.
    text : str, optional
        Part of the name or the note.
    **values : collection of str
        Allowed values of a column (domain, kind, stage, source_ids ...).
    """
    keep = pd.Series(data=True, index=projects.index)
    if adcodes is not None:
        keep &= _shares(projects["adcodes"], adcodes)
    if zone_ids is not None:
        keep &= _shares(projects["zone_ids"], zone_ids)
    for column, allowed in values.items():
        if allowed is None:
            continue
        if column not in projects.columns:
            raise InputError(
                msg("Projects have no column {column!r}.", column=column),
                mend=msg("There are: {known}.", known=list(projects.columns)),
            )
        keep &= _shares(projects[column], allowed)
    if year is not None:
        between = (projects["start_year"] <= year) & (year <= projects["end_year"])
        named = projects["years"].map(lambda years: year in years).astype(bool)
        keep &= between.fillna(value=False).astype(bool) | named
    if text is not None:
        found = projects["name"].str.contains(text, case=False, regex=False)
        found |= projects["note"].fillna("").str.contains(text, case=False, regex=False)
        keep &= found
    return projects[keep]


def link_to_zones(
    projects: pd.DataFrame,
    zone_ids: Collection[str],
    inside_zone: Callable[[str], Collection[str]],
) -> pd.Series:
    """Return how each project belongs to one of some zones: "said", "touches", or "" for none.

    Parameters
    ----------
    projects : DataFrame or GeoDataFrame
        As of ``Region.projects``.
    zone_ids : collection of str
    inside_zone : callable
        Members of a zone with all that lie in them, by its id.

    Examples
    --------
    >>> projects = pd.DataFrame(
    ...     {
    ...         "adcodes": [("1",), ("2",), ("3",)],
    ...         "zone_ids": [()] * 3,
    ...         "said_zone_ids": [("z",), (), ()],
    ...     }
    ... )
    >>> link_to_zones(projects, ["z"], lambda zone: ["1", "2"]).tolist()
    ['said', 'touches', '']
    """
    members = {code for zone in zone_ids for code in inside_zone(zone)}
    touches = _shares(projects["zone_ids"], zone_ids) | _shares(projects["adcodes"], members)
    # Frames of one's own making may not have it.
    said = projects.get("said_zone_ids", pd.Series([()] * len(projects), index=projects.index))
    is_said = _shares(said, zone_ids)
    links = np.where(is_said, "said", np.where(touches, "touches", ""))
    return pd.Series(links, index=projects.index, name="zone_link", dtype="str")


def _shares(cells: pd.Series, wanted: Collection[str]) -> np.ndarray:
    """Return whether each cell is one of the words wanted, or a tuple with one of them."""
    words = frozenset(wanted)
    return np.array(
        [
            not words.isdisjoint(cell) if isinstance(cell, tuple) else cell in words
            for cell in cells
        ],
        dtype=bool,
    )


def projects_near(
    projects: gpd.GeoDataFrame,
    origin: BaseGeometry,
    *,
    km: float | None = None,
    k: int | None = None,
) -> gpd.GeoDataFrame:
    """Return the projects within a distance of a geometry, nearest first.

    Parameters
    ----------
    projects : GeoDataFrame, EPSG:4326
    origin : shapely geometry, lon/lat degrees
        A point, line or polygon; inside a polygon the distance is 0.
    km : float, optional
        Largest distance, kilometres.
    k : int, optional
        Largest number of projects.

    Returns
    -------
    GeoDataFrame with a column ``distance_km``

    Raises
    ------
    InputError
        Neither km nor k is given, or one is negative; the origin is no position on Earth.
    CrsError
        The projects are not in EPSG:4326.

    Examples
    --------
    >>> import geopandas as gpd
    >>> points = gpd.GeoDataFrame(
    ...     {"name": ["a", "b"]},
    ...     geometry=gpd.points_from_xy([121.1, 123.4], [41.1, 41.8]),
    ...     crs="EPSG:4326",
    ... )
    >>> projects_near(points, shapely.Point(121.0, 41.1), km=10)["distance_km"].round(1).tolist()
    [8.4]
    """
    if km is None and k is None:
        raise InputError(
            msg(
                "Say how near: give {km} (kilometres) or {k} (how many).",
                km=Option("km"),
                k=_how_many(),
            )
        )
    for value, option in ((km, Option("km", km)), (k, _how_many(k))):
        if value is not None and not (_is_number(value) and value >= 0):
            raise InputError(
                msg("{option} is negative or no number.", option=option),
                mend=msg("Give 0 or more."),
            )
    check_position(origin)
    placed = placed_projects(projects)
    near = placed.assign(distance_km=geodesic_km(placed.geometry, origin))
    if km is not None:
        near = near[near["distance_km"] <= km]
    near = near.sort_values("distance_km", kind="stable")
    near = near if k is None else near.head(k)
    near.attrs["n_unplaced"] = len(projects) - len(placed)
    return near


def _is_number(value: object) -> bool:
    return isinstance(value, int | float | np.number) and not isinstance(value, bool)


def _how_many(k: int | None = None) -> Option:
    return Option("k", k, "--nearest")


def check_position(origin: object) -> None:
    """Refuse what is no geometry in degrees of longitude and latitude.

    Raises
    ------
    InputError
        No geometry, an empty one, or one that lies outside the Earth's degrees.

    Examples
    --------
    >>> check_position(shapely.Point(40.8, 121.07))
    Traceback (most recent call last):
    ...
    regionkit.errors.InputError: 40.8, 121.07 has latitude 121.07, outside -90 to 90: the axes look
    swapped. Longitude comes first: 121.07, 40.8.
    """
    if not isinstance(origin, shapely.Geometry):
        raise InputError(
            msg("{origin} is no position.", origin=repr(origin)),
            mend=msg("Give a name, a (longitude, latitude) in degrees, or a shapely geometry."),
        )
    xy = shapely.get_coordinates(origin)
    if not len(xy):
        raise InputError(
            msg("The geometry is empty, so nothing is near it."),
            mend=msg("Give one with a position."),
        )
    check_degrees(xy)


def named_now(projects: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the projects that the plan in force names: what maps show and counts count.

    Those that only older documents name are a set of their own, counted apart and drawn on
    request. A pack without a plan in force has no such set.

    Parameters
    ----------
    projects : DataFrame or GeoDataFrame
        As of ``Region.projects``.

    Examples
    --------
    >>> import regionkit as rk
    >>> ln = rk.load("liaoning")
    >>> len(named_now(ln.projects)) < len(ln.projects)
    True
    """
    return projects[projects["is_in_current_plan"]]


def area_within(origin: BaseGeometry, km: float) -> BaseGeometry:
    """Return the area that lies within a distance of a geometry, for drawing.

    Examples
    --------
    >>> from regionkit.places.projection import GEOD
    >>> circle = area_within(shapely.Point(121.0, 41.0), 10)
    >>> round(GEOD.geometry_area_perimeter(circle)[1] / 1000, 1)
    62.8
    """
    check_position(origin)
    local = _centred_on(origin)
    area = shapely.buffer(_projected(origin, local), km * 1000.0, quad_segs=32)
    drawn: BaseGeometry = _projected(area, local, inverse=True)
    return drawn


def projects_within(projects: gpd.GeoDataFrame, polygon: BaseGeometry) -> gpd.GeoDataFrame:
    """Return the projects that have a part inside a polygon, its border included.

    Raises
    ------
    InputError
        The geometry is no valid polygon, or lies outside the Earth's degrees.
    """
    check_position(polygon)
    if polygon.geom_type not in {"Polygon", "MultiPolygon"}:
        raise InputError(
            msg("A {kind} has no inside.", kind=polygon.geom_type),
            mend=msg("Give a Polygon or MultiPolygon."),
        )
    if not polygon.is_valid:
        raise InputError(
            msg("The polygon is not valid ({reason}).", reason=shapely.is_valid_reason(polygon)),
            mend=Call(
                msg("Mend it, for example with shapely.make_valid(polygon)."),
                msg('Mend it, for example in QGIS with "Fix geometries".'),
            ),
        )
    placed = placed_projects(projects)
    inside = placed[placed.intersects(polygon)].copy()
    inside.attrs["n_unplaced"] = len(projects) - len(placed)
    return inside


def projects_along(
    projects: gpd.GeoDataFrame, line: BaseGeometry, *, km: float
) -> gpd.GeoDataFrame:
    """Return the projects within a distance of a line, in order along it.

    Returns
    -------
    GeoDataFrame with columns ``distance_km`` and ``position`` (0 at the start, 1 at the end)

    Raises
    ------
    InputError
        The geometry is no line, or km is negative.
    """
    if not isinstance(line, shapely.Geometry):
        check_position(line)
    if line.geom_type not in {"LineString", "MultiLineString"} or line.is_empty:
        raise InputError(
            msg("A {kind} has no course.", kind=line.geom_type), mend=msg("Give a LineString.")
        )
    near = projects_near(projects, line, km=km)
    parts = shapely.line_merge(line)
    course = parts if parts.geom_type == "LineString" else shapely.get_parts(parts)[0]
    middles = near.geometry.map(
        lambda g: g.interpolate(0.5, normalized=True) if g.geom_type == "LineString" else g.centroid
    )
    near["position"] = shapely.line_locate_point(course, middles.to_numpy(), normalized=True)
    return near.sort_values("position", kind="stable")


def placed_projects(projects: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the projects that have a geometry; refuse those not in EPSG:4326."""
    if projects.crs is None or not projects.crs.equals(WGS84):
        raise CrsError(
            msg(
                "The projects are in {crs}, not EPSG:4326.",
                crs=msg("no CRS") if projects.crs is None else projects.crs.to_string(),
            ),
            mend=msg("Reproject and rerun: projects.to_crs(4326)."),
        )
    return projects[~(projects.geometry.is_empty | projects.geometry.isna())].copy()


def geodesic_km(
    geometry: gpd.GeoSeries | NDArray[np.object_], origin: BaseGeometry
) -> NDArray[np.float64]:
    """Return the ellipsoidal distances of geometries from one, in kilometres."""
    from regionkit.places.projection import GEOD

    shapes = np.asarray(geometry, dtype=object)
    if not len(shapes):
        return np.empty(0)
    # In this projection nearest points come out right near the origin; the length between them
    # is then measured on the ellipsoid.
    local = _centred_on(origin)
    lines = shapely.shortest_line(_projected(shapes, local), _projected(origin, local))
    xy = shapely.get_coordinates(_projected(lines, local, inverse=True)).reshape(-1, 4)
    metres = GEOD.inv(xy[:, 0], xy[:, 1], xy[:, 2], xy[:, 3])[2]
    return np.asarray(metres) / 1000.0


def _centred_on(origin: BaseGeometry) -> pyproj.Proj:
    """Return the projection that keeps distances from a geometry's middle.

    A bare projection, which is made a hundred times as fast as a step from one CRS to another.
    """
    import pyproj

    centre = origin.centroid
    return pyproj.Proj(proj="aeqd", lat_0=centre.y, lon_0=centre.x, datum="WGS84", units="m")


def _projected(shapes: Any, local: pyproj.Proj, *, inverse: bool = False) -> Any:
    """Return geometries, one or an array, in a projection, or from it in degrees."""
    return shapely.transform(
        shapes, lambda xy: np.column_stack(local(xy[:, 0], xy[:, 1], inverse=inverse))
    )
