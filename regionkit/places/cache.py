"""The user's cache folder: things computed once from installed data.

Each file has its checksum beside it (``x.npz.sum``), held against it whenever it is read: one that
a full disk cut, or in which a bit has flipped, is made anew.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
import warnings
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

from regionkit.files import files_aside
from regionkit.words.message import say

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["cache_folder", "cached_file", "is_sealed", "seal"]

_SUM = ".sum"


def cache_folder() -> Path:
    """Return the folder of cached files; ``REGIONKIT_CACHE`` overrides the user's default."""
    named = os.environ.get("REGIONKIT_CACHE")
    return Path(named) if named else Path(platformdirs.user_cache_dir("regionkit", appauthor=False))


def seal(path: Path) -> Path:
    """Write the checksum of a file beside it, and return the file of the checksum.

    Examples
    --------
    >>> path = Path(tempfile.mkdtemp()) / "a"
    >>> _ = path.write_text("content")
    >>> is_sealed(path), seal(path).name, is_sealed(path)
    (False, 'a.sum', True)
    """
    beside = path.with_name(path.name + _SUM)
    beside.write_text(_checksum(path), encoding="ascii")
    return beside


def is_sealed(path: Path) -> bool:
    """Return whether a file is there and is what it was when it was sealed."""
    try:
        told = path.with_name(path.name + _SUM).read_text(encoding="ascii")
        return told == _checksum(path)
    except (OSError, UnicodeDecodeError):
        return False


def _checksum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=16)).hexdigest()


def cached_file(name: str, make: Callable[[Path], None]) -> Path:
    """Return the cached file of that name, made first where it is missing or damaged.

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

    Warns
    -----
    UserWarning
        The file was not what had been written, and was made anew.
    """
    target = cache_folder() / name
    if is_sealed(target):
        return target
    is_damaged = target.with_name(name + _SUM).exists() and target.exists()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with files_aside(target.parent) as aside:
            made = aside / name
            make(made)
            kept = {made, seal(made)}
            for other in set(aside.iterdir()) - kept:
                # Left by a driver.
                other.unlink()
    except OSError:
        # A read-only home folder, or a full one, costs time, not the result.
        target = Path(_own_folder().name) / name
        make(target)
    if is_damaged:
        warnings.warn(
            say("The cached file {name} was damaged and has been made anew.", name=name),
            stacklevel=2,
        )
    return target


@cache
def _own_folder() -> tempfile.TemporaryDirectory[str]:
    """Return a folder of this process's own, which goes when it ends."""
    return tempfile.TemporaryDirectory(prefix="regionkit-", ignore_cleanup_errors=True)
