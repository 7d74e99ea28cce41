"""A font of few characters, made once: what many sheets are written in.

A Chinese font holds 65 000 glyphs in cubic outlines. matplotlib reads all of it for each page of a
PDF, and :mod:`regionkit.maps.paper.pdf_fonts` turns each page's glyphs into quadratic ones: more
than half of the time that a sheet takes to write.
"""

from __future__ import annotations

import hashlib
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from regionkit.maps.paper.pdf_fonts import quadratic_font
from regionkit.places.cache import cached_file

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["add_text_fonts", "make_text_fonts"]

# Raise it when the making of the files changes.
_MADE = 1
_WEIGHTS = ("normal", "bold")


def make_text_fonts(family: str, characters: Iterable[str]) -> tuple[str, ...]:
    """Return the files of a font with some characters only, regular and bold, made if missing.

    Parameters
    ----------
    family : str
        Of a font that matplotlib knows.
    characters : iterable of str
        What is written in it; words may be given whole.

    Returns
    -------
    tuple of str
        Paths of TrueType files in the cache folder, to be given to :func:`add_text_fonts`. Empty
        where the family is no font of files that can be read.

    Examples
    --------
    >>> from regionkit.maps.signs.theme import cjk_font_family
    >>> files = make_text_fonts(cjk_font_family(), ["沈阳", "大连"])
    >>> len({Path(file).suffix for file in files})
    1
    """
    from matplotlib import font_manager

    wanted = "".join(sorted({one for words in characters for one in words}))
    faces = []
    for weight in _WEIGHTS:
        properties = font_manager.FontProperties(family=[family], weight=weight)
        found = font_manager.findfont(properties, fallback_to_default=False)
        about = Path(found).stat()
        number = int(getattr(found, "face_index", 0))
        faces.append((str(found), number, about.st_size, about.st_mtime_ns))
    faces = list(dict.fromkeys(faces))
    digest = hashlib.blake2b(repr((_MADE, faces, wanted)).encode(), digest_size=12).hexdigest()
    return tuple(
        str(
            cached_file(
                f"font-{digest}-{number}.ttf",
                partial(_write_subset, path, face, wanted, f"regionkit {digest}"),
            )
        )
        for number, (path, face, *_) in enumerate(faces)
    )


def _write_subset(path: str, face: int, wanted: str, family: str, target: Path) -> None:
    target.write_bytes(_subset(path, face, wanted, family))


def _subset(path: str, face: int, wanted: str, family: str) -> bytes:
    """Return a font's glyphs of some characters as a TrueType font of another family name."""
    import io

    from fontTools import subset
    from fontTools.ttLib import TTFont

    options = subset.Options(
        font_number=face, layout_features=[], notdef_outline=True, name_IDs=["*"], hinting=False
    )
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "BASE", "vhea", "vmtx", "VORG"]
    buffer = io.BytesIO()
    # It reads what it needs of the file as it goes.
    with subset.load_font(path, options) as font:
        cut = subset.Subsetter(options)
        cut.populate(text=wanted)
        cut.subset(font)
        font.save(buffer)
    data = buffer.getvalue()
    if data.startswith(b"OTTO"):
        data = quadratic_font(data)
    named = TTFont(io.BytesIO(data), recalcTimestamp=False)
    # The name that a PDF shows stays, the one that it is asked for by is its own.
    for name_id in (1, 16):
        for record in list(named["name"].names):
            if record.nameID == name_id:
                record.string = family
    out = io.BytesIO()
    named.save(out)
    return out.getvalue()


@cache
def add_text_fonts(files: tuple[str, ...]) -> str:
    """Make files of one font known to matplotlib in this process; return their family."""
    from matplotlib import font_manager

    for file in files:
        font_manager.fontManager.addfont(file)
    return str(font_manager.FontProperties(fname=files[0]).get_name())
