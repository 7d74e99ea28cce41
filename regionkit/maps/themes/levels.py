"""The levels that a region's layers colour: its counties, cities, zones or provinces."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from regionkit.region import Region

__all__ = ["LEVELS", "layer_level", "level_units"]

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
