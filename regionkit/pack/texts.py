"""A pack's tables as texts: the cells of each file as they stand there, not yet typed."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from regionkit.errors import Fault
from regionkit.words.message import msg

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from regionkit.pack.model import Table
    from regionkit.words.message import Words

__all__ = ["Texts", "parse_texts", "read_contents"]

# Characters of a cell; what the csv module takes where nobody asks it for more.
_LONGEST = 131_072


@dataclass(frozen=True)
class Texts:
    """A table as texts.

    Attributes
    ----------
    file : str
        The file it was read from.
    header : list of str
        Names of the columns; [] where the file cannot be read.
    rows : list of list of str
        As they stand in the file, which may be too short or too long.
    lines : list of int
        Row of the file in which each stands, counted from 1 as a spreadsheet shows it.
    problem : tuple of two words
        Why the file cannot be read and how to mend it; () where it can be.
    said_as : dict of str to str
        What a column is called in the file, where that is another name.
    """

    file: str
    header: list[str]
    rows: list[list[str]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    problem: tuple[()] | tuple[Words, Words] = ()
    said_as: dict[str, str] = field(default_factory=dict)

    def columns(self, names: Iterable[str]) -> dict[str, list[str]]:
        """Return the cells of columns by name; "" where the file has none."""
        width = len(self.header)
        rows = [[*row, *[""] * (width - len(row))] for row in self.rows]
        # The first of two columns of one name counts; the check names the second.
        at = {name: self.header.index(name) for name in names if name in self.header}
        return {
            name: [row[at[name]] for row in rows] if name in at else [""] * len(rows)
            for name in names
        }

    def records(self) -> list[dict[str, str]]:
        """Return the rows as mappings of column to cell."""
        cells = self.columns(self.header)
        return [{name: cells[name][i] for name in self.header} for i in range(len(self.rows))]

    def line_of(self, index: int) -> int:
        """Return the row of the file in which a row of the table stands."""
        return self.lines[index] if self.lines else index + 2

    def fault(self, index: int, column: str, what: Words, mend: Words) -> Fault:
        """Return a fault of a row of the table, told as the file has it."""
        named = ", ".join(self.said_as.get(one, one) for one in column.split(", "))
        return Fault(self.file, self.line_of(index), named, what, mend)


def read_contents(folder: Path, paths: Iterable[str]) -> dict[str, bytes | None]:
    """Return the bytes of files of a folder by path; None where one cannot be read."""
    contents: dict[str, bytes | None] = {}
    for path in paths:
        try:
            contents[path] = (folder / path).read_bytes()
        except OSError:
            contents[path] = None
    return contents


def parse_texts(
    tables: Mapping[str, Table], contents: Mapping[str, bytes | None]
) -> dict[str, Texts]:
    """Return the tables as texts by name."""
    return {name: _parse(contents.get(table.path), table.path) for name, table in tables.items()}


def _parse(content: bytes | None, file: str) -> Texts:
    if content is None:
        mend = msg("Add it, with its header row at least.")
        return Texts(file, [], problem=(msg("is missing."), mend))
    try:
        # A byte order mark is what Excel writes before UTF-8.
        text = content.decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(text, newline="")))
    except UnicodeDecodeError:
        return Texts(file, [], problem=(msg("is not in UTF-8."), msg("Save the file as UTF-8.")))
    except csv.Error as error:
        return _no_csv(file, error)
    # The limit of the csv module is one for the whole process, and others raise it.
    if len(text) > _LONGEST and any(len(cell) > _LONGEST for row in rows for cell in row):
        return _too_long(file, _LONGEST)
    if not rows or not any(rows[0]):
        mend = msg("Write the names of the columns in its first row.")
        return Texts(file, [], problem=(msg("has no header."), mend))
    return Texts(file, rows[0], rows[1:])


def _no_csv(file: str, error: csv.Error) -> Texts:
    if "field limit" in str(error):
        return _too_long(file, csv.field_size_limit())
    what = msg("is no CSV ({error}).", error=str(error))
    return Texts(file, [], problem=(what, msg("Save it as CSV again.")))


def _too_long(file: str, limit: int) -> Texts:
    what = msg("is no CSV: a cell has more than {n:,} characters.", n=limit)
    return Texts(file, [], problem=(what, msg("Save it as CSV again.")))
