"""Geometries kept in the cache folder, exact to the last digit, and read without a driver."""

from __future__ import annotations

import hashlib
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import shapely

from regionkit.places.cache import cached_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

__all__ = ["cached_shapes", "content_of"]


def cached_shapes(
    name: str, make: Callable[[], Mapping[str, BaseGeometry]]
) -> dict[str, BaseGeometry]:
    """Return the geometries kept under a name, by key; made first where they are not kept.

    Parameters
    ----------
    name : str
        It must hold everything that they depend on, as of
        :func:`regionkit.places.cache.cached_file`.
    make : callable
        Makes them.
    """

    def write(path: Path) -> None:
        shapes = make()
        wkb = [shapely.to_wkb(shape) for shape in shapes.values()]
        with path.open("wb") as file:
            np.savez(
                file,
                allow_pickle=False,
                keys=np.array(list(shapes), dtype=str),
                ends=np.cumsum([len(one) for one in wkb], dtype=np.int64),
                wkb=np.frombuffer(b"".join(wkb), dtype=np.uint8),
            )

    with np.load(cached_file(f"{name}.npz", write), allow_pickle=False) as stored:
        keys, ends, wkb = stored["keys"], stored["ends"], stored["wkb"].tobytes()
    bounds = [0, *ends.tolist()]
    shapes = [shapely.from_wkb(wkb[start:end]) for start, end in pairwise(bounds)]
    return dict(zip(keys.tolist(), shapes, strict=True))


def content_of(shapes: Iterable[BaseGeometry], *words: str) -> str:
    """Return a digest of geometries and words, to name what is made of them.

    Examples
    --------
    >>> content_of([shapely.Point(0, 0)]) == content_of([shapely.Point(0, 0)])
    True
    >>> content_of([shapely.Point(0, 0)]) == content_of([shapely.Point(0, 1)])
    False
    """
    digest = hashlib.blake2b(digest_size=12)
    for shape in shapes:
        digest.update(shapely.to_wkb(shape))
    for word in words:
        # With its length, so that no letter can pass from one word to the next unseen.
        digest.update(f"{len(word)} {word}".encode())
    return digest.hexdigest()
