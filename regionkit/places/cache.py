"""The user's cache folder: things computed once from installed data."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

from regionkit.files import written_aside

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["cache_folder", "cached_file"]


def cache_folder() -> Path:
    """Return the folder of cached files; ``REGIONKIT_CACHE`` overrides the user's default."""
    named = os.environ.get("REGIONKIT_CACHE")
    return Path(named) if named else Path(platformdirs.user_cache_dir("regionkit", appauthor=False))


def cached_file(name: str, make: Callable[[Path], None]) -> Path:
    """Return the cached file of that name, made first where it is missing.

    Parameters
    ----------
    name : str
        File name; it must hold everything the content depends on (data version, tolerance).
    make : callable
        Writes the file to the path it is given. It is moved into place only when whole, so a
        reader never sees half a file and two processes may make it at once.

    Returns
    -------
    Path
        The file; a temporary one where the cache folder cannot be written.
    """
    target = cache_folder() / name
    if target.exists():
        return target
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with written_aside(target) as aside:
            make(aside)
    except OSError:
        # A read-only home folder, or a full one, costs time, not the result.
        target = Path(tempfile.mkdtemp(prefix="regionkit-")) / name
        make(target)
    return target
