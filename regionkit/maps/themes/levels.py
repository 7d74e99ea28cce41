"""The levels that a region's layers colour: its counties, cities, zones or provinces."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from regionkit.region import Region

__all__ = ["LEVELS", "is_of_whole", "layer_level", "level_units"]

LEVELS = ("county", "city", "zone", "province")


def layer_level(region: Region, frame: pd.DataFrame) -> str | None:
    """Return which units a frame is indexed by: county, city, zone, province; None for others."""
    if not frame.index.is_unique:
        return None
    for level in LEVELS:
        if frame.index.isin(level_units(region, level).index).all():
            return level
    return None


def level_units(region: Region, level: str) -> gpd.GeoDataFrame:
    """Return the units of a level with names and outlines."""
    frames = {"county": "counties", "city": "cities", "zone": "zones", "province": "provinces"}
    units: gpd.GeoDataFrame = getattr(region, frames[level])
    return units


def is_of_whole(region: Region, level: str) -> bool:
    """Return whether the one unit of a level is the region: the province of 辽宁, the city of 沈阳.

    Examples
    --------
    >>> import regionkit as rk
    >>> ln, three = rk.load("liaoning"), rk.load(["辽宁", "吉林"], name="辽吉")
    >>> is_of_whole(ln, "province"), is_of_whole(ln, "city"), is_of_whole(three, "province")
    (True, False, False)
    """
    return bool(level_units(region, level).index.tolist() == [region.adcode])
