"""Projects known only by their city or county: one badge with their number at the seat.

A symbol each would say that something is known of where they stand, and hide what is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from regionkit.query.summaries import APPROXIMATE

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

__all__ = ["BADGE_COLOUR", "gather_badges", "is_approximate"]

BADGE_COLOUR = "#1f2a33"


def is_approximate(projects: pd.DataFrame) -> pd.Series:
    """Return which projects are known by their city or county alone.

    Examples
    --------
    >>> import regionkit as rk
    >>> projects = rk.load("liaoning").projects
    >>> bool(is_approximate(projects).sum() == projects["location_basis"].isin(APPROXIMATE).sum())
    True
    """
    return projects["location_basis"].isin(APPROXIMATE)


def gather_badges(projects: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return a badge for each seat at which projects are known only by city or county.

    Parameters
    ----------
    projects : GeoDataFrame
        Columns ``location_basis``; in any CRS.

    Returns
    -------
    GeoDataFrame
        ``ids`` (tuple of the projects' index values), ``count`` and the seat as ``geometry``; the
        fullest first.

    Examples
    --------
    >>> import regionkit as rk
    >>> ln = rk.load("liaoning")
    >>> badges = gather_badges(ln.projects)
    >>> int(badges["count"].sum()) == int(is_approximate(ln.projects).sum())
    True
    """
    import geopandas as gpd

    rough = projects[is_approximate(projects) & ~projects.geometry.is_empty]
    spots: dict[tuple[float, float], list[object]] = {}
    for key, point in rough.geometry.items():
        spots.setdefault((point.x, point.y), []).append(key)
    order = sorted(spots.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    return gpd.GeoDataFrame(
        {"ids": [tuple(ids) for _, ids in order], "count": [len(ids) for _, ids in order]},
        geometry=gpd.GeoSeries.from_xy(
            [at[0] for at, _ in order], [at[1] for at, _ in order], crs=projects.crs
        ),
    )
