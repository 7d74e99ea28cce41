"""Every error that regionkit raises on purpose.

::

    RegionkitError
    +-- UnknownPlaceError    (KeyError)     a name that no unit of the region has
    +-- AmbiguousPlaceError  (ValueError)   a name that several units have
    +-- PackError            (ValueError)   a plan pack with faults; carries all of them
    +-- TableError           (ValueError)   a planner's table with faults; carries all of them
    +-- BoundaryError        (ValueError)   a boundary file that cannot be used
    +-- CrsError             (ValueError)   a GeoDataFrame in no, or an unsuitable, CRS
    +-- InputError           (ValueError)   an argument out of its range
    +-- FontError            (OSError)      no font with Chinese glyphs
    +-- OutputError          (OSError)      a file or folder that cannot be written
    +-- MissingDependencyError (ImportError) an extra that is not installed

An error has three parts, each a message: what is wrong, where, and how to mend it. It is put into
words where it is shown: in Chinese or English, with arguments for Python and options for the
command, which prints the error alone and exits with status 2.

>>> from regionkit.words.message import Option, msg
>>> error = InputError(
...     msg("{path} holds no geometry.", path="a.csv"),
...     mend=msg("Use one of {choices}.", choices=(".gpkg", ".geojson")),
... )
>>> print(error.render("zh"))
a.csv 中没有图形。请使用以下之一：.gpkg、.geojson。
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from regionkit.words.message import Words, join, msg

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "AmbiguousPlaceError",
    "BoundaryError",
    "CrsError",
    "Fault",
    "FontError",
    "InputError",
    "MissingDependencyError",
    "OutputError",
    "PackError",
    "RegionkitError",
    "TableError",
    "UnknownPlaceError",
]


# Faults that a message tells one by one; all of them are in ``faults``.
_MOST_SHOWN = 500


class Candidate(Protocol):
    """What a name may mean: a place, as far as an error tells of it."""

    @property
    def adcode(self) -> str:
        """Code of the unit."""

    @property
    def name(self) -> str:
        """Full name."""


class RegionkitError(Words, Exception):
    """Base of all errors that regionkit raises on purpose.

    Parameters
    ----------
    what : words
        What is wrong. Text of a user's own is taken as it is.
    where : words or str, optional
        The file, sheet, row or column, where ``what`` does not name it.
    mend : words or str, optional
        How to mend it.
    """

    def __init__(
        self, what: Words | str = "", *, where: Words | str = "", mend: Words | str = ""
    ) -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.mend = mend

    def _put(self, lang: str, door: str) -> str:
        """Return the parts in one sentence after another."""
        told = _told(self.where, self.what, self.mend)
        return told.render(lang, door)


def _told(where: Words | str, what: Words | str, mend: Words | str) -> Words:
    """Return an error's parts as they are read: where, what, and how to mend it."""
    said = join([part for part in (what, mend) if part], "sentences")
    return msg("{where}: {what}", where=where, what=said) if where else said


@dataclass(frozen=True)
class Fault(Words):
    """One fault of a table: where it stands, what is wrong, how to mend it.

    Attributes
    ----------
    file : str or words
        Name of the file, or what stands for one.
    row : int
        Line in the file, counted from 1 as an editor or a spreadsheet shows it;
        0 where the fault is of the whole file.
    column : str
        Column, or "" where the fault is of the whole row.
    what, mend : words or str
        The fault and its remedy.
    sheet : str
        Sheet of a workbook, "" for none.
    """

    file: Words | str
    row: int
    column: str
    what: Words | str
    mend: Words | str = ""
    sheet: str = ""

    def _put(self, lang: str, door: str) -> str:
        """Return the fault on one line."""
        where: list[Words | str] = [self.file] if self.file else []
        if self.sheet:
            where.append(msg("sheet {sheet!r}", sheet=self.sheet))
        if self.row:
            where.append(msg("row {row}", row=self.row))
        if self.column:
            where.append(msg("column {column}", column=self.column))
        return _told(join(where, "places") if where else "", self.what, self.mend).render(
            lang, door
        )

    def __lt__(self, other: Fault) -> bool:
        """Return whether it stands before another: by file, sheet, row and column."""
        mine, others = self._place(), other._place()
        # What is told of one place stands in one order, whatever the language.
        return mine < others if mine != others else self.render("en") < other.render("en")

    def _place(self) -> tuple[str, str, int, str]:
        return str(self.file), self.sheet, self.row, self.column


class UnknownPlaceError(RegionkitError, KeyError):
    """A name that no unit of the region has; ``nearest`` holds the closest names."""

    def __init__(
        self,
        what: Words | str = "",
        nearest: Sequence[str] = (),
        *,
        where: Words | str = "",
        mend: Words | str = "",
    ) -> None:
        super().__init__(what, where=where, mend=mend)
        self.nearest = tuple(nearest)


class AmbiguousPlaceError(RegionkitError, ValueError):
    """A name that several units have; ``candidates`` holds them all."""

    def __init__(
        self,
        what: Words | str = "",
        candidates: Sequence[Candidate] = (),
        *,
        where: Words | str = "",
        mend: Words | str = "",
    ) -> None:
        super().__init__(what, where=where, mend=mend)
        self.candidates = tuple(candidates)


class _FaultsError(RegionkitError, ValueError):
    """An error that carries every fault found, not only the first."""

    def __init__(
        self,
        what: Words | str = "",
        faults: Sequence[Fault] = (),
        *,
        where: Words | str = "",
        mend: Words | str = "",
    ) -> None:
        super().__init__(what, where=where, mend=mend)
        self.faults = tuple(faults)

    def _put(self, lang: str, door: str) -> str:
        """Return the message and its faults, a line each; of very many the first."""
        shown: list[Words | str] = [super()._put(lang, door), *self.faults[:_MOST_SHOWN]]
        if len(self.faults) > _MOST_SHOWN:
            shown.append(msg("... and {n:,} more faults.", n=len(self.faults) - _MOST_SHOWN))
        return join(shown, "lines").render(lang, door)


class PackError(_FaultsError):
    """A plan pack with faults."""


class TableError(_FaultsError):
    """A planner's table that cannot be used as it stands."""


class BoundaryError(RegionkitError, ValueError):
    """A boundary file that cannot be used."""


class CrsError(RegionkitError, ValueError):
    """A GeoDataFrame without a CRS, or in one that does not suit."""


class InputError(RegionkitError, ValueError):
    """An argument out of its range or of the wrong kind."""


class FontError(RegionkitError, OSError):
    """No font with Chinese glyphs can be found."""


class OutputError(RegionkitError, OSError):
    """A file or folder that cannot be written."""


class MissingDependencyError(RegionkitError, ImportError):
    """An optional dependency that is not installed."""
