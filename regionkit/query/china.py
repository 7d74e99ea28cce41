"""The index over all counties of China, built once and kept in the cache folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd

from regionkit.places.boundaries import load_boundaries
from regionkit.places.cache import cached_file
from regionkit.places.units import DATA_VERSION, list_provinces
from regionkit.query.locate import CoverageIndex

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["load_china_counties", "load_china_index"]

# Raise it when the index file's form changes, so that old ones are not read.
_CACHE_FORMAT = 2
# In the data the outlines of 香港 and 澳门 overlap their neighbours' in 广东, so the whole would be
# no coverage and a point there could lie in two units.
_OVERLAPPING = ("810000", "820000")


def load_china_counties(*, progress: bool = False) -> gpd.GeoDataFrame:
    """Return the counties of every province that the boundary data hold.

    Parameters
    ----------
    progress : bool
        Whether to show a progress bar on standard error.

    Returns
    -------
    GeoDataFrame indexed by adcode, EPSG:4326
        Columns ``name`` and ``city_adcode``; a province without county boundaries is one row, and
        those whose boundaries overlap a neighbour's are named in ``attrs["left_out"]``.
    """
    from tqdm import tqdm

    frames, left_out = [], []
    provinces = list_provinces()["name"]
    for adcode, name in tqdm(
        provinces.items(),
        total=len(provinces),
        desc="boundaries",
        unit="省",
        leave=False,
        # None shows the bar on a terminal only.
        disable=None if progress else True,
    ):
        if adcode in _OVERLAPPING:
            left_out.append(str(name))
            continue
        frames.append(load_boundaries(str(adcode)))
    counties = gpd.GeoDataFrame(pd.concat(frames), crs=frames[0].crs)
    counties.attrs["left_out"] = tuple(left_out)
    return counties


def load_china_index(*, progress: bool = False) -> CoverageIndex:
    """Return the index over China's counties, from the cache after the first time.

    The first time takes a minute or two and writes a file of about 150 MB; later loads take
    about a second.

    Parameters
    ----------
    progress : bool
        Whether to show a progress bar while it is built.
    """

    def make(path: Path) -> None:
        CoverageIndex.from_coverage(load_china_counties(progress=progress)).save(path)

    return CoverageIndex.load(cached_file(f"locate-china-{DATA_VERSION}-{_CACHE_FORMAT}.npz", make))
