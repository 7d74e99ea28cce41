"""The stamp of a pack found sound: a digest of its files, and of the schema it was held against."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from regionkit.pack.model import schema_files
from regionkit.pack.schema import embedded_packs

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["STAMP", "digest_of", "is_embedded", "is_stamped"]

STAMP = "checked.txt"
# Raise it when a rule of the check changes, so that packs are checked anew.
_CHECK_FORMAT = 4


def digest_of(contents: Mapping[str, bytes | None]) -> str:
    """Return a digest of a pack's files: the same for the same content and the same schema."""
    digest = hashlib.sha256(f"{_CHECK_FORMAT}".encode())
    for files in (schema_files(), contents):
        for name, content in sorted(files.items()):
            # With its length, so that no text can pass from one file to the next unseen.
            digest.update(f"{name} {-1 if content is None else len(content)} ".encode())
            digest.update(content or b"")
    return digest.hexdigest()[:32]


def is_embedded(folder: Path) -> bool:
    """Return whether a folder is that of a pack that comes with regionkit."""
    return folder.resolve() in {path.resolve() for path in embedded_packs().values()}


def is_stamped(folder: Path | None, digest: str) -> bool:
    """Return whether the stamp of an embedded pack is that of its content.

    Only packs that come with regionkit are believed; others are checked on this machine once.
    """
    if folder is None or not is_embedded(folder):
        return False
    try:
        return (folder / STAMP).read_text(encoding="utf-8").strip() == digest
    except OSError:
        return False
