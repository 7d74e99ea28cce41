"""Which projects touch areas of the user's own, how far they lie in them, and what is not known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import shapely

from regionkit.errors import InputError
from regionkit.query.projects import placed_projects
from regionkit.words.message import Option, msg

if TYPE_CHECKING:
    import geopandas as gpd
    from shapely.geometry.base import BaseGeometry

__all__ = ["CERTAINTY", "CERTAINTY_WORDS", "as_area", "projects_overlapping"]

_WGS84 = "EPSG:4326"
#: What a position's quality lets one tell of an overlap.
CERTAINTY = {
    "site": "known site",
    "town": "near, known by its town",
    "county": "not to be told",
    "city": "not to be told",
    "endpoints": "schematic line",
}
CERTAINTY_WORDS = {
    "known site": msg("its site is known"),
    "near, known by its town": msg("near it: known by its town"),
    "schematic line": msg("by a schematic line: to be checked"),
    "not to be told": msg("not to be told: known by its city or county only"),
}


def as_area(layer: BaseGeometry | gpd.GeoSeries | gpd.GeoDataFrame) -> BaseGeometry:
    """Return the union of a layer in degrees WGS-84, or a geometry as it is.

    Raises
    ------
    CrsError
        The layer names no coordinate reference system.

    Examples
    --------
    >>> import geopandas as gpd
    >>> as_area(gpd.GeoSeries([shapely.box(0, 0, 1, 1)], crs=4326)).area
    1.0
    """
    if isinstance(layer, shapely.Geometry):
        return layer
    if not hasattr(layer, "geometry"):
        raise InputError(
            msg("{given} is no area.", given=repr(layer)),
            mend=msg("Give a polygon, a GeoDataFrame or GeoSeries, or a name."),
        )
    from regionkit.places.layer_file import check_crs

    check_crs(layer, msg("the layer"))
    return layer.geometry.to_crs(_WGS84).union_all()


def projects_overlapping(
    projects: gpd.GeoDataFrame,
    areas: gpd.GeoDataFrame,
    *,
    buffer_m: float = 0.0,
    name: str | None = None,
) -> pd.DataFrame:
    """Return which projects touch which areas, by length or area, and how surely.

    Parameters
    ----------
    projects : GeoDataFrame, EPSG:4326
        As of ``Region.projects``.
    areas : GeoDataFrame, in any CRS
        Control lines and areas, polygons or lines.
    buffer_m : float, metres
        Kept clear about the areas: what lies so near counts as touching.
    name : str, optional
        Column that names the areas; the index where not given.

    Returns
    -------
    DataFrame
        One row a project and area, the surest first: ``project_id, area`` (its name), ``length_km``
        and ``length_share`` (of a line, inside), ``area_km2`` (of a project that is an area),
        ``distance_m`` (to the area without the buffer; 0 inside), ``location_basis`` and
        ``certainty``: a value of :data:`CERTAINTY`. Borders count as touching. ``attrs`` hold
        ``n_unplaced``: projects without a position, which cannot be told.

    Raises
    ------
    InputError
        The buffer is negative, or the areas are empty.
    CrsError
        The areas name no coordinate reference system.

    Examples
    --------
    >>> import geopandas as gpd
    >>> projects = gpd.GeoDataFrame(
    ...     {"location_basis": ["site", "endpoints"]},
    ...     geometry=[shapely.Point(121.5, 41.5), shapely.LineString([(121, 41.5), (123, 41.5)])],
    ...     index=pd.Index(["mine", "road"], name="project_id"),
    ...     crs=4326,
    ... )
    >>> areas = gpd.GeoDataFrame(geometry=[shapely.box(121, 41, 122, 42)], crs=4326)
    >>> table = projects_overlapping(projects, areas)
    >>> table["project_id"].tolist(), table["length_share"].round(2).tolist()
    (['mine', 'road'], [nan, 0.5])
    """
    if not buffer_m >= 0:
        raise InputError(
            msg(
                "{option} is negative or no number.",
                option=Option("buffer_m", buffer_m, "--buffer"),
            ),
            mend=msg("Give 0 or more."),
        )
    if areas.crs is None:
        as_area(areas)
    if not len(areas) or areas.geometry.is_empty.all():
        raise InputError(msg("The areas are empty."), mend=msg("Give a layer with geometries."))
    placed = placed_projects(projects)
    rows = []
    names = areas[name] if name is not None else areas.index.to_series()
    for label, shape in zip(names, areas.geometry.to_crs(_WGS84), strict=True):
        if shape is None or shape.is_empty:
            continue
        rows += [(key, str(label), *found) for key, found in _touching(placed, shape, buffer_m)]
    columns = ["project_id", "area", "length_km", "length_share", "area_km2", "distance_m"]
    table = pd.DataFrame(rows, columns=columns)
    basis = placed["location_basis"].reindex(table["project_id"]).to_numpy()
    table["location_basis"] = basis
    table["certainty"] = [CERTAINTY.get(one, "not to be told") for one in basis]
    order = {word: at for at, word in enumerate(dict.fromkeys(CERTAINTY.values()))}
    order |= {"schematic line": 1.5, "not to be told": 2}  # type: ignore[dict-item]
    table = table.sort_values(
        "certainty", key=lambda column: column.map(order), kind="stable", ignore_index=True
    )
    table.attrs["n_unplaced"] = len(projects) - len(placed)
    return table


def _touching(
    placed: gpd.GeoDataFrame, shape: BaseGeometry, buffer_m: float
) -> list[tuple[object, tuple[float, float, float, float]]]:
    """Return the projects that touch a shape or its buffer, measured in its own projection."""
    import geopandas as gpd
    import pyproj

    centre = shape.centroid
    local = pyproj.CRS.from_dict(
        {"proj": "laea", "lat_0": centre.y, "lon_0": centre.x, "datum": "WGS84", "units": "m"}
    )
    # A degree is no less than 60 km wide here: what lies farther away is not measured.
    reach = buffer_m / 60_000 + 1e-6
    box = shapely.box(*shape.bounds).buffer(reach)
    near = placed[placed.intersects(box)]
    if near.empty:
        return []
    (here,) = gpd.GeoSeries([shape], crs=_WGS84).to_crs(local)
    here = shapely.make_valid(here)
    wide = here.buffer(buffer_m) if buffer_m else here
    found = []
    for key, geometry in near.geometry.to_crs(local).items():
        if not geometry.intersects(wide):
            continue
        inside = geometry.intersection(wide)
        is_line, is_area = geometry.length > 0 and not geometry.area, geometry.area > 0
        found.append(
            (
                key,
                (
                    inside.length / 1000 if is_line else float("nan"),
                    inside.length / geometry.length if is_line else float("nan"),
                    inside.area / 1e6 if is_area else float("nan"),
                    geometry.distance(here),
                ),
            )
        )
    return found
