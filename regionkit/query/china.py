"""The index over all counties of China, built once and kept in the cache folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regionkit.places.boundaries import load_boundaries
from regionkit.places.cache import cached_file
from regionkit.places.units import COUNTRY, embedded_content
from regionkit.query.locate import CoverageIndex

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["load_china_index"]

# Raise it when the index file's form changes, so that old ones are not read.
_CACHE_FORMAT = 2


def load_china_index() -> CoverageIndex:
    """Return the index over China's counties, from the cache after the first time.

    台湾省, which has no counties in the data, is one unit. The first time takes half a minute and
    writes a file of about 150 MB; later loads take about a second.
    """

    def make(path: Path) -> None:
        # Converted as one, the outlines of 香港 and 澳门 share their vertices with 广东's.
        CoverageIndex.from_coverage(load_boundaries(COUNTRY)).save(path)

    name = f"locate-china-{embedded_content(COUNTRY)}-{_CACHE_FORMAT}.npz"
    return CoverageIndex.load(cached_file(name, make))
