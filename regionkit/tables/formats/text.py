"""Tables as text: separated by commas, tabs, semicolons or bars, in whatever encoding."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from regionkit.limits import raise_limit, raised
from regionkit.tables.grid import (
    FORMATS,
    Grid,
    check_cell_count,
    check_row_count,
    refuse,
    trim_grid,
)
from regionkit.words.message import join, msg

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["decode_text", "read_text"]

# A cell that keeps its text from being taken for a number, as Excel writes it.
_TEXT_FORMULA = re.compile(r'^="((?:[^"]|"")*)"$')
# Text takes up to eight times its bytes while it is read.
_MAX_BYTES = 100_000_000
# Enough to tell what separates the columns.
_SAMPLE = 1_000_000
_STATED = re.compile(r'^"?sep=(\\t|.)"?\s*[,;\t]*$', re.IGNORECASE)


def decode_text(content: bytes) -> tuple[str, str]:
    """Return the text of a file and its encoding.

    A byte-order mark decides; else UTF-16 where every other byte of the separators is zero; else
    UTF-8 where it reads, for text in GBK all but never does; else GB18030, of which GBK and GB2312
    are parts.

    Raises
    ------
    UnicodeDecodeError
        It is in neither.

    Examples
    --------
    >>> decode_text("康平县".encode("gbk"))
    ('康平县', 'gb18030')
    """
    for mark, name in (
        (b"\xef\xbb\xbf", "utf-8-sig"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if content.startswith(mark):
            return content.decode(name), name
    wide = _utf_16(content)
    if wide:
        return content.decode(wide), wide
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return content.decode("gb18030"), "gb18030"


def _utf_16(content: bytes) -> str:
    """Return the byte order of UTF-16 without its mark, "" for another encoding."""
    if b"\x00" not in content or len(content) % 2:
        return ""
    for name in ("utf-16-le", "utf-16-be"):
        try:
            text = content.decode(name)
        except UnicodeDecodeError:
            continue
        plain = sum(char in "\r\n\t,;|0123456789" for char in text)
        if "\n" in text and "\x00" not in text and plain * 20 >= len(text):
            return name
    return ""


def read_text(path: Path) -> tuple[Grid, str]:
    """Return the table of a text file, and what separates its columns."""
    size = path.stat().st_size
    if size > raised(_MAX_BYTES):
        raise refuse(
            path.name,
            msg("is {size:,.0f} MB, more than a table of units can be.", size=size / 1e6),
            join([msg("Export the columns that are needed."), raise_limit()], "sentences"),
        )
    content = path.read_bytes()
    is_utf16 = content.startswith((b"\xff\xfe", b"\xfe\xff")) or bool(_utf_16(content))
    if not is_utf16 and b"\x00" in content:
        raise refuse(path.name, msg("holds bytes that no text has; it is no spreadsheet."), FORMATS)
    try:
        text, encoding = decode_text(content)
    except UnicodeDecodeError as error:
        raise refuse(
            path.name,
            msg("is neither UTF-8 nor GB18030 (byte {n}).", n=error.start),
            msg("Save it as .xlsx, or as CSV in UTF-8."),
        ) from error
    control = any(c < " " and c not in "\t\r\n\f" for c in text[:20_000])
    if control:
        raise refuse(path.name, msg("holds control characters; it is no table of text."), FORMATS)
    check_row_count(text.count("\n"), path.name, "")
    csv.field_size_limit(10_000_000)
    delimiter = _delimiter(text[:_SAMPLE])
    check_cell_count(text.count(delimiter), path.name, "")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows: list[list[Any]] = []
    numbers = []
    line = 1
    for row in reader:
        rows.append([_text_value(value) for value in row])
        numbers.append(line)
        line = reader.line_num + 1
    widths = tuple(_width(row) for row in rows)
    grid = trim_grid(path.name, "", rows, [], set())
    kept = numbers[: len(grid.rows)]
    return replace(grid, numbers=kept, encoding=encoding, widths=widths), delimiter


def _width(row: list[Any]) -> int:
    """Return how many cells a line has up to its last filled one."""
    for place in range(len(row), 0, -1):
        if row[place - 1] is not None:
            return place
    return 0


def _text_value(value: str) -> str | None:
    """Return a cell of a text file.

    The mark that keeps = + - @ from being a formula is none, and ="024" is the text it spells.
    """
    first = value[:1]
    if first and first not in "'=" and not first.isspace():
        # As most are.
        return value.rstrip("\t")
    bare = value.strip()
    wrapped = _TEXT_FORMULA.match(bare)
    if wrapped:
        return wrapped.group(1).replace('""', '"') or None
    if bare[:1] == "'" and bare[1:2] in {"=", "+", "-", "@"}:
        return bare[1:]
    return value.strip("\t") if bare else None


def _delimiter(text: str) -> str:
    """Return the separator that cuts the lines into the most columns of one width.

    ``sep=;`` in the first line says it. Separators inside the cells of another (tabs after the
    cells of a CSV, thousands between tabs) tell that it is the other.
    """
    lines = [line for line in text.splitlines()[:200] if line.strip()]
    stated = _STATED.match(lines[0].lstrip("\ufeff")) if lines else None
    if stated:
        return "\t" if stated.group(1) == "\\t" else stated.group(1)
    best, best_score = ",", 0.0
    for delimiter in (",", "\t", ";", "|"):
        rows = list(csv.reader(lines, delimiter=delimiter))
        widths = [len(row) for row in rows]
        if not widths:
            continue
        common = max(set(widths), key=widths.count)
        odd = sum(any(_holds_another(cell, delimiter) for cell in row) for row in rows)
        score = (common - 1) * widths.count(common) * (0.01 if odd * 2 > len(rows) else 1.0)
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _holds_another(cell: str, delimiter: str) -> bool:
    """Return whether a cell looks cut at the wrong separator."""
    if delimiter != "\t" and "\t" in cell.strip():
        return True
    return delimiter == "\t" and cell.startswith((",", ";")) and len(cell) > 1
