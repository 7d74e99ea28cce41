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

A message says what is wrong, where, and how to mend it. The command line prints the
message alone and exits with status 2.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

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


class Candidate(Protocol):
    """What a name may mean: a place, as far as an error tells of it."""

    @property
    def adcode(self) -> str:
        """Code of the unit."""

    @property
    def name(self) -> str:
        """Full name."""


class RegionkitError(Exception):
    """Base of all errors that regionkit raises on purpose."""

    def __str__(self) -> str:
        """Return the bare message (KeyError would print its repr)."""
        return str(self.args[0]) if self.args else ""


@dataclass(frozen=True, order=True)
class Fault:
    """One fault of a table: where it stands, what is wrong, how to mend it.

    Attributes
    ----------
    file : str
        Name of the file.
    row : int
        Line in the file, counted from 1 as an editor or a spreadsheet shows it;
        0 where the fault is of the whole file.
    column : str
        Column, or "" where the fault is of the whole row.
    what, mend : str
        The fault and its remedy.
    """

    file: str
    row: int
    column: str
    what: str
    mend: str

    def __str__(self) -> str:
        """Return the fault on one line."""
        where = self.file
        if self.row:
            where += f", row {self.row}"
        if self.column:
            where += f", column {self.column}"
        return f"{where}: {self.what} {self.mend}".rstrip()


class UnknownPlaceError(RegionkitError, KeyError):
    """A name that no unit of the region has; ``nearest`` holds the closest names."""

    def __init__(self, message: str, nearest: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.nearest = tuple(nearest)


class AmbiguousPlaceError(RegionkitError, ValueError):
    """A name that several units have; ``candidates`` holds them all."""

    def __init__(self, message: str, candidates: Sequence[Candidate] = ()) -> None:
        super().__init__(message)
        self.candidates = tuple(candidates)


class _FaultsError(RegionkitError, ValueError):
    """An error that carries every fault found, not only the first."""

    def __init__(self, message: str, faults: Sequence[Fault] = ()) -> None:
        super().__init__(message)
        self.faults = tuple(faults)

    def __str__(self) -> str:
        """Return the message and every fault, a line each."""
        return "\n".join([str(self.args[0]), *(f"  {fault}" for fault in self.faults)])


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
