"""A pack's tables as texts: the cells of each file as they stand there, not yet typed."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from regionkit.errors import Fault
from regionkit.words.message import Words, msg

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from regionkit.pack.model import Table

__all__ = [
    "Doubt",
    "Origin",
    "Texts",
    "name_columns",
    "no_header",
    "parse_texts",
    "read_contents",
    "without_blanks",
]

#: What is wrong with a cell, and how to mend it.
Doubt = tuple[Words | str, Words | str]


@dataclass(frozen=True)
class Origin:
    """Where rows come from, as their maker knows it.

    Attributes
    ----------
    file : str
    sheet : str
        Of a workbook; "" for none.
    said_as : dict of str to str
        What a column is called there, where that is another name.
    """

    file: str
    sheet: str = ""
    said_as: dict[str, str] = field(default_factory=dict)

    def fault(self, line: int, column: str, what: Words | str, mend: Words | str) -> Fault:
        """Return a fault, told as the file has it."""
        named = ", ".join(self.said_as.get(one, one) for one in column.split(", "))
        return Fault(self.file, line, named, what, mend, self.sheet)


# Characters of a cell; what the csv module takes where nobody asks it for more.
_LONGEST = 131_072
_FOREIGN = re.compile(r"[^\x00-\x7f]+")
# Letters before these take two bytes in UTF-8, as Chinese does in GBK.
_CHINESE = re.compile("[\u0800-\U0010ffff]")


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
    sheet : str
        Sheet of a workbook that it was read from; "" for none.
    origins : list of Origin
        Where each row comes from; [] where all come from the table's own file and sheet.
    doubts : dict of (int, str) to Doubt
        Cells, by index of the row and column, that cannot be read one way only.
    unread : list of str
        Columns of the file that are retired, as they are called there.
    """

    file: str
    header: list[str]
    rows: list[list[str]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    problem: tuple[()] | Doubt = ()
    said_as: dict[str, str] = field(default_factory=dict)
    sheet: str = ""
    origins: list[Origin] = field(default_factory=list)
    doubts: dict[tuple[int, str], Doubt] = field(default_factory=dict)
    unread: list[str] = field(default_factory=list)

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

    def origin_of(self, index: int) -> Origin:
        """Return where a row of the table comes from."""
        return self.origins[index] if self.origins else self.own_origin

    @property
    def own_origin(self) -> Origin:
        """The table's own file and sheet."""
        return Origin(self.file, self.sheet, self.said_as)

    def fault(self, index: int, column: str, what: Words | str, mend: Words | str) -> Fault:
        """Return a fault of a row of the table, told as the file has it."""
        return self.origin_of(index).fault(self.line_of(index), column, what, mend)

    def select(self, indexes: Sequence[int]) -> Texts:
        """Return the table with some of its rows, in the order given."""
        at = {old: new for new, old in enumerate(indexes)}
        return replace(
            self,
            rows=[self.rows[i] for i in indexes],
            lines=[self.line_of(i) for i in indexes],
            origins=[self.origins[i] for i in indexes] if self.origins else [],
            doubts={(at[i], name): said for (i, name), said in self.doubts.items() if i in at},
        )


def read_contents(folder: Path, paths: Iterable[str]) -> dict[str, bytes | None]:
    """Return the bytes of files of a folder by path; None where one cannot be read."""
    contents: dict[str, bytes | None] = {}
    for path in paths:
        try:
            file = folder / path
            # A pipe would be waited for.
            contents[path] = file.read_bytes() if file.is_file() else None
        except (OSError, ValueError):
            contents[path] = None
    return contents


def parse_texts(
    tables: Mapping[str, Table], contents: Mapping[str, bytes | None]
) -> dict[str, Texts]:
    """Return the tables as texts by name."""
    return {name: _parse_table(contents.get(table.path), table) for name, table in tables.items()}


def _parse_table(content: bytes | None, table: Table) -> Texts:
    if content is None and table.is_optional:
        return Texts(table.path, list(table.columns))
    return name_columns(_parse(content, table.path), table)


def name_columns(texts: Texts, table: Table) -> Texts:
    """Return a table with its columns called as the schema calls them, not by their titles.

    Columns that are retired are left out, and named.
    """
    texts = _without_retired(texts, table)
    titles = {one.title: one.name for one in table.fields if one.title}
    header = [titles.get(name.strip(), name.strip()) for name in texts.header]
    said_as = {new: old for new, old in zip(header, texts.header, strict=True) if new != old}
    doubts = {(i, titles.get(name.strip(), name)): d for (i, name), d in texts.doubts.items()}
    return replace(texts, header=header, said_as=texts.said_as | said_as, doubts=doubts)


def _without_retired(texts: Texts, table: Table) -> Texts:
    retired = {*table.retired, *table.retired.values()}
    kept = [k for k, name in enumerate(texts.header) if name.strip() not in retired]
    if len(kept) == len(texts.header):
        return texts
    # Cells beyond the header stay a fault of their row.
    beyond = len(texts.header)
    return replace(
        texts,
        header=[texts.header[k] for k in kept],
        rows=[[*(row[k] for k in kept if k < len(row)), *row[beyond:]] for row in texts.rows],
        unread=[name for k, name in enumerate(texts.header) if k not in kept],
    )


def _parse(content: bytes | None, file: str) -> Texts:
    if content is None:
        mend = msg("Add it, with its header row at least.")
        return Texts(file, [], problem=(msg("is missing."), mend))
    text = _decode(content)
    if text is None:
        what = msg("is neither in UTF-8 nor in GBK.")
        return Texts(file, [], problem=(what, msg("Save the file as UTF-8.")))
    try:
        rows = list(csv.reader(io.StringIO(text, newline="")))
    except csv.Error as error:
        return _no_csv(file, error)
    # The limit of the csv module is one for the whole process, and others raise it.
    if len(text) > _LONGEST and any(max(map(len, row), default=0) > _LONGEST for row in rows):
        return _too_long(file, _LONGEST)
    if not rows or not any(rows[0]):
        return Texts(file, [], problem=no_header())
    return without_blanks(Texts(file, rows[0], rows[1:]))


def no_header() -> Doubt:
    """Return what is wrong with a table without a header, and how to mend it."""
    return msg("has no header."), msg("Write the names of the columns in its first row.")


def _no_csv(file: str, error: csv.Error) -> Texts:
    if "field limit" in str(error):
        return _too_long(file, csv.field_size_limit())
    what = msg("is no CSV ({error}).", error=str(error))
    return Texts(file, [], problem=(what, msg("Save it as CSV again.")))


def _too_long(file: str, limit: int) -> Texts:
    what = msg("is no CSV: a cell has more than {n:,} characters.", n=limit)
    return Texts(file, [], problem=(what, msg("Save it as CSV again.")))


def _decode(content: bytes) -> str | None:
    """Return a text in UTF-8, with a mark or without, or in GBK; None for neither.

    A few words in GBK, such as 食品, are sound UTF-8 by chance, of letters that no pack is written
    in. Letters with accents stand alone between others; words in GBK stand in runs.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        loose = content.decode("utf-8", errors="replace")
        broken = loose.count("\ufffd")
        sound = sum(letter > "\x7f" for letter in loose) - broken
        # A damaged file in UTF-8 could be read as GBK, into other words.
        return None if sound > broken or b"\0" in content else _decode_gbk(content)
    if _CHINESE.search(text):
        return text
    runs = _FOREIGN.findall(text)
    if runs and min(map(len, runs)) > 1:
        try:
            return content.decode("gb2312")
        except UnicodeDecodeError:
            return text
    return text


def _decode_gbk(content: bytes) -> str | None:
    try:
        return content.decode("gb18030")
    except UnicodeDecodeError:
        return None


def without_blanks(texts: Texts) -> Texts:
    """Return a table without empty rows, and without columns of no header and no cell."""
    width = len(texts.header)
    # As tables mostly are: told without a look at every cell.
    if all(map(str.strip, texts.header)) and all(
        len(row) <= width and any(map(str.strip, row)) for row in texts.rows
    ):
        return texts
    widest = max((_width(row) for row in texts.rows), default=0)
    empty = {
        at
        for at, name in enumerate(texts.header)
        if not name.strip() and not any(row[at].strip() for row in texts.rows if len(row) > at)
    }
    kept = [i for i, row in enumerate(texts.rows) if any(cell.strip() for cell in row)]
    if len(kept) == len(texts.rows) and not empty and widest <= width:
        return texts
    header = [name for at, name in enumerate(texts.header) if at not in empty]
    rows = [
        [cell for at, cell in enumerate(row[: max(width, _width(row))]) if at not in empty]
        for row in texts.rows
    ]
    return replace(texts, header=header, rows=rows).select(kept)


def _width(row: list[str]) -> int:
    """Return how many cells a row has up to its last one that is not blank."""
    return next((at for at in range(len(row), 0, -1) if row[at - 1].strip()), 0)
