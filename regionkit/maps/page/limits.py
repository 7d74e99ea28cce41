"""How large a page may be."""

from __future__ import annotations

import gzip
import warnings

from regionkit.words.message import say

__all__ = ["GZIP_LIMIT_BYTES", "SIZE_LIMIT_BYTES", "warn_size"]

# What a mail gateway and an old laptop take without complaint.
SIZE_LIMIT_BYTES = 700_000
GZIP_LIMIT_BYTES = 240_000


def warn_size(data: bytes, name: str) -> None:
    """Warn of a page larger than the limits, and say what makes it smaller."""
    packed = len(gzip.compress(data, 6, mtime=0))
    if len(data) > SIZE_LIMIT_BYTES or packed > GZIP_LIMIT_BYTES:
        warnings.warn(
            say(
                "{name} has {size:.0f} KB ({packed:.0f} KB gzipped), more than {most} and "
                "{most_packed}. Pass columns=[...] with the few columns readers need, simplify "
                "the geometry first (gdf.simplify_coverage(0.001)), or leave layers out.",
                name=name,
                size=len(data) / 1000,
                packed=packed / 1000,
                most=SIZE_LIMIT_BYTES // 1000,
                most_packed=GZIP_LIMIT_BYTES // 1000,
            ),
            UserWarning,
            stacklevel=3,
        )
