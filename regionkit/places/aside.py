"""Files that other code writes, seen whole or not at all."""

from __future__ import annotations

import uuid
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from regionkit.errors import OutputError

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator

__all__ = ["written_aside"]


@contextmanager
def written_aside(path: str | os.PathLike[str]) -> Iterator[Path]:
    """Yield a temporary name beside the path; at the end it becomes the path, or vanishes.

    A reader sees the whole file or none, also when the process is killed in the middle, and
    of two writers of the same content it does not matter which one is last.

    Raises
    ------
    OutputError
        When the file cannot be written.
    """
    target = Path(path)
    aside = target.with_name(f".{target.name}.{uuid.uuid4().hex}")
    try:
        yield aside
        aside.replace(target)
    except OSError as error:
        msg = f"{target}: cannot be written ({error}). Choose a folder that exists and is yours."
        raise OutputError(msg) from error
    finally:
        aside.unlink(missing_ok=True)
