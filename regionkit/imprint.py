"""Who answers for what is written: approval number, institution, author, date.

They are given once, in a settings file or by the options of a command, and printed by every sheet,
slide, page and workbook.
"""

from __future__ import annotations

import os
import tomllib
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING

from regionkit.errors import InputError
from regionkit.words.message import join, msg, say

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["SETTINGS", "Imprint", "current_imprint", "imprinting", "read_settings"]

SETTINGS = "regionkit.toml"
_VARIABLE = "REGIONKIT_SETTINGS"
_current: ContextVar[Imprint | None] = ContextVar("imprint", default=None)


@dataclass(frozen=True)
class Imprint:
    """What is printed beside a map, and stands in the properties of a document.

    Attributes
    ----------
    approval_number : str
        审图号 of the base map; without one a map is called 示意图.
    institution, author, date : str
    logo : str
        Path of the institution's picture (.png, .jpg), drawn in the upper right of sheets.
    """

    approval_number: str = ""
    institution: str = ""
    author: str = ""
    date: str = ""
    logo: str = ""

    def mark(self, lang: str | None = None) -> str:
        """Return the approval number in words, or that the map is a schematic one.

        Examples
        --------
        >>> Imprint().mark("zh"), Imprint("辽S〔2026〕1号").mark("zh")
        ('示意图', '审图号：辽S〔2026〕1号')
        """
        if self.approval_number:
            return say("Map approval no. {number}", lang=lang, number=self.approval_number)
        return say("Schematic map", lang=lang)

    def signature(self, lang: str | None = None) -> list[str]:
        """Return institution, author and date, those that are given."""
        drawn = say("drawn by {author}", lang=lang, author=self.author) if self.author else ""
        return [part for part in (self.institution, drawn, self.date) if part]

    def line(self, lang: str | None = None) -> str:
        """Return the mark with what is signed, in one line."""
        return join([self.mark(lang), *self.signature(lang)], "places").render(lang)

    def notes(self, *, with_map: bool = True) -> dict[str, str]:
        """Return what a sheet of notes says of it, by name; of tables without shapes no mark."""
        told = {
            say("Map"): self.mark() if with_map else "",
            say("Institution"): self.institution,
            say("Author"): self.author,
            say("Date"): self.date,
        }
        return {name: text for name, text in told.items() if text}


def read_settings() -> Imprint:
    """Return the imprint of the settings file; an empty one where there is no file.

    The file is ``regionkit.toml`` in the working folder, or the one that REGIONKIT_SETTINGS names:
    ``approval_number``, ``institution``, ``author``, ``date`` and ``logo``, each a text in quotes;
    the logo's path is told from the file's own folder.

    Raises
    ------
    InputError
        The file that the variable names is not there; it is no TOML, or has another key.
    """
    named = os.environ.get(_VARIABLE)
    path = Path(named or SETTINGS)
    if not named and not path.is_file():
        return Imprint()
    try:
        held = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(
            msg("The settings cannot be read: {reason}.", reason=str(error)),
            where=str(path),
            mend=msg('Write lines such as institution = "..." in UTF-8.'),
        ) from error
    known = [field.name for field in fields(Imprint)]
    for key, value in held.items():
        if key not in known or not isinstance(value, str):
            raise InputError(
                msg("{key!r} is no setting, or its value is no text.", key=key),
                where=str(path),
                mend=msg("Settings are texts in quotes: {known}.", known=join(known)),
            )
    if held.get("logo"):
        held["logo"] = str(path.parent / held["logo"])
    return Imprint(**held)


def current_imprint() -> Imprint:
    """Return the imprint of the moment: what :func:`imprinting` was given, else the settings'."""
    return _current.get() or read_settings()


@contextmanager
def imprinting(imprint: Imprint) -> Iterator[Imprint]:
    """Print an imprint on everything that is written inside.

    Examples
    --------
    >>> with imprinting(Imprint(institution="某院")):
    ...     current_imprint().institution
    '某院'
    """
    token = _current.set(imprint)
    try:
        yield imprint
    finally:
        _current.reset(token)
