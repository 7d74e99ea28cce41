"""How large a page may be."""

from __future__ import annotations

import gzip
import warnings

__all__ = ["GZIP_LIMIT_BYTES", "SIZE_LIMIT_BYTES", "warn_size"]

# What a mail gateway and an old laptop take without complaint.
SIZE_LIMIT_BYTES = 760_000
GZIP_LIMIT_BYTES = 260_000


def warn_size(data: bytes, name: str) -> None:
    """Warn of a page larger than the limits, and say what makes it smaller."""
    packed = len(gzip.compress(data, 6, mtime=0))
    if len(data) > SIZE_LIMIT_BYTES or packed > GZIP_LIMIT_BYTES:
        warnings.warn(
            f"{name} has {len(data) / 1000:.0f} KB ({packed / 1000:.0f} KB gzipped), more than "
            f"{SIZE_LIMIT_BYTES // 1000} and {GZIP_LIMIT_BYTES // 1000}. Pass columns=[...] with "
            "the few columns readers need, simplify the geometry first "
            "(gdf.simplify_coverage(0.001)), or leave layers out.",
            UserWarning,
            stacklevel=3,
        )
