"""A layer over years, as paper and page both take it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from regionkit.maps.signs.layers import AreaLayer
    from regionkit.region import Region

__all__ = ["LEVELS", "NATURES", "PageLayer", "layer_level", "level_units"]


LEVELS = ("county", "city", "zone", "province")

NATURES = ("", "target", "baseline", "actual")


@dataclass(frozen=True)
class PageLayer:
    """A choropleth of a page.

    Attributes
    ----------
    layer : AreaLayer
    series, series_title : str
        Layers of one series show the same thing in different years; the slider moves in it.
    year : int, optional
    nature : {"", "target", "baseline", "actual"}
        Whether the values are planned, what the plan starts from, or reported. The slider shows
        a target until its year, and what was reported from its year on.
    is_main : bool
        Whether the series opens on this layer; on the newest where none is marked.
    ramp : tuple of str
        Colours of a continuous scale from the lowest value to the highest; () for classes.
    """

    layer: AreaLayer
    series: str = ""
    series_title: str = ""
    year: int | None = None
    nature: str = ""
    is_main: bool = False
    ramp: tuple[str, ...] = ()
    extra: dict[str, Any] = field(default_factory=dict)


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
    frames = {"county": "counties", "city": "cities", "zone": "zones", "province": "province"}
    units: gpd.GeoDataFrame = getattr(region, frames[level])
    return units
