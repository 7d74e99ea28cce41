"""The planner's own points: which unit and zones each lies in, and how many lie where."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from regionkit.errors import InputError
from regionkit.region.marks import mark
from regionkit.words.message import Option, join, msg

if TYPE_CHECKING:
    import geopandas as gpd

    from regionkit.region import Region

__all__ = [
    "check_column",
    "count_points",
    "label_points",
    "numbers_of",
    "points_near",
    "points_within",
]

_LEVELS = ("county", "city", "zone")


def label_points(region: Region, points: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return points with the county, city and zones that each lies in.

    Parameters
    ----------
    region : Region
    points : GeoDataFrame of points, EPSG:4326
        As of :meth:`Region.read_points`; rows without a point keep their place.

    Returns
    -------
    GeoDataFrame
        With ``county_adcode``, ``county``, ``city`` and ``zones`` (the plan's own, joined by 、)
        after the columns of the table; missing outside the region. A point on a border belongs to
        the lowest adcode.

    Examples
    --------
    >>> import regionkit as rk
    >>> ln = rk.load("liaoning")
    >>> table = pd.DataFrame({"名称": ["沈阳站"], "经度": [123.396], "纬度": [41.793]})
    >>> label_points(ln, ln.read_points(table))["county"].tolist()
    ['和平区']
    """
    is_there = ~(points.geometry.is_empty | points.geometry.isna())
    lon = np.where(is_there, points.geometry.x, np.nan)
    lat = np.where(is_there, points.geometry.y, np.nan)
    codes = pd.Series(region.locate(lon, lat), index=points.index).astype(object)
    units, names, zones = region.units, region.distinct_names, region.zone_table["name"]
    made = points.copy()
    made["county_adcode"] = codes
    made["county"] = codes.map(names)
    made["city"] = codes.map(units["city_adcode"]).map(names)
    of = {
        code: "、".join(zones[z] for z in region.zones_of(code)) for code in codes.dropna().unique()
    }
    made["zones"] = codes.map(of)
    made.attrs.update(points.attrs)
    return made


def points_near(
    region: Region, points: gpd.GeoDataFrame, near: str, *, km: float
) -> gpd.GeoDataFrame:
    """Return the points within a distance of a place, nearest first, with ``distance_km``.

    A city or county means its seat; the distance runs in a straight line on the ellipsoid.

    Raises
    ------
    UnknownPlaceError, AmbiguousPlaceError
        As of :meth:`Region.origin_of`.

    Examples
    --------
    >>> import regionkit as rk
    >>> ln = rk.load("liaoning")
    >>> table = pd.DataFrame({"名称": ["沈阳站"], "经度": [123.396], "纬度": [41.793]})
    >>> points_near(ln, ln.read_points(table), "沈阳市", km=20)["distance_km"].round().tolist()
    [14.0]
    """
    from regionkit.query.projects import projects_near

    return projects_near(points, region.origin_of(near)[0], km=km)


def points_within(region: Region, points: gpd.GeoDataFrame, area: str) -> gpd.GeoDataFrame:
    """Return the points inside an area by name, its border included.

    Examples
    --------
    >>> import regionkit as rk
    >>> ln = rk.load("liaoning")
    >>> table = pd.DataFrame({"名称": ["沈阳站"], "经度": [123.396], "纬度": [41.793]})
    >>> len(points_within(ln, ln.read_points(table), "沈阳市"))
    1
    """
    from regionkit.query.projects import projects_within

    return projects_within(points, region.area_of(area))


def count_points(
    region: Region,
    points: gpd.GeoDataFrame,
    level: str,
    *,
    by: str | None = None,
    size: str | None = None,
) -> pd.DataFrame:
    """Return how many points lie in each unit or zone, and the sum of a column.

    Parameters
    ----------
    region : Region
    points : GeoDataFrame
        As of :func:`label_points`.
    level : {"county", "city", "zone"}
    by : str, optional
        Column whose values part the counts.
    size : str, optional
        Column of numbers to add up.

    Returns
    -------
    DataFrame indexed by adcode or zone_id
        ``name``, ``points``, one column a value of ``by``, and ``size``'s sum under its own name;
        units without a point are left out. A point counts in every zone it lies in:
        ``attrs["n_points"]`` tells how many different ones there are, ``attrs["n_outside"]`` how
        many lie in no unit.

    Raises
    ------
    InputError
        The level or a column is not known; the column holds no numbers.

    Examples
    --------
    >>> import regionkit as rk
    >>> ln = rk.load("liaoning")
    >>> table = pd.DataFrame({"名称": ["沈阳站"], "经度": [123.396], "纬度": [41.793]})
    >>> points = label_points(ln, ln.read_points(table))
    >>> count_points(ln, points, "city")[["name", "points"]].values.tolist()
    [['沈阳市', 1]]
    """
    if level not in _LEVELS:
        raise InputError(
            msg("{option} is not known.", option=Option("level", level)),
            mend=msg("Use one of {choices}.", choices=_LEVELS),
        )
    for column in (by, size):
        check_column(points, column)
    codes = points["county_adcode"].dropna()
    if level == "zone":
        pairs = [(row, zone) for row, code in codes.items() for zone in region.zones_of(code)]
        names = region.zone_table["name"]
    elif level == "city":
        city_of = region.units["city_adcode"]
        pairs = [(row, city_of[code]) for row, code in codes.items()]
        names = region.distinct_names
    else:
        pairs, names = list(codes.items()), region.distinct_names
    rows = pd.DataFrame(pairs, columns=["row", "unit"]).set_index("row")
    mine = rows.join(points.drop(columns="geometry"))
    counts = mine.groupby("unit").size()
    table = pd.DataFrame({"name": names.reindex(counts.index), "points": counts})
    if by is not None:
        table = table.join(pd.crosstab(mine["unit"], mine[by].fillna("").astype(str)))
    if size is not None:
        table[size] = numbers_of(mine[size]).groupby(mine["unit"]).sum(min_count=1)
    order = [key for key in names.index if key in table.index]
    table = table.loc[order].rename_axis("zone_id" if level == "zone" else "adcode")
    table.attrs.update(n_points=len(codes), n_outside=int(len(points) - len(codes)))
    return mark(table, region)


def check_column(points: pd.DataFrame, column: str | None) -> None:
    """Refuse a column that the table does not have.

    Raises
    ------
    InputError
    """
    if column is not None and column not in points.columns:
        own = [name for name in points.columns if name != "geometry"]
        raise InputError(
            msg("The table has no column {column!r}.", column=column),
            mend=msg("There are: {known}.", known=join(own)),
        )


def numbers_of(column: pd.Series) -> pd.Series:
    """Return a column as numbers; refuse one that holds other text.

    Raises
    ------
    InputError
    """
    told = column.dropna()
    text = told.astype(str).str.replace(",", "").str.strip()
    numbers = pd.to_numeric(text.where(text != ""), errors="coerce")
    wrong = told[numbers.isna() & (text != "")]
    if len(wrong):
        raise InputError(
            msg("The column {column!r} holds text: {values}.", column=column.name,
                values=join(wrong.astype(str).unique()[:3])),
            mend=msg("Name a column of numbers."),
        )  # fmt: skip
    return numbers.reindex(column.index).astype(float)
