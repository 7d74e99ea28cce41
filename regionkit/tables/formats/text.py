"""Tables as text: separated by commas, tabs, semicolons or bars, in whatever encoding."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from regionkit.tables.grid import FORMATS, Grid, refuse, trim_grid

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["decode_text", "read_text"]


def decode_text(content: bytes) -> tuple[str, str]:
    """Return the text of a file and its encoding.

    A byte-order mark decides; else UTF-8 where it reads, for text in GBK all but never does;
    else GB18030, of which GBK and GB2312 are parts.

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
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return content.decode("gb18030"), "gb18030"


def read_text(path: Path) -> tuple[Grid, str]:
    """Return the table of a text file, and what separates its columns."""
    content = path.read_bytes()
    is_utf16 = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    if not is_utf16 and b"\x00" in content:
        raise refuse(path.name, "holds bytes that no text has; it is no spreadsheet.", FORMATS)
    try:
        text, encoding = decode_text(content)
    except UnicodeDecodeError as error:
        raise refuse(
            path.name,
            f"is neither UTF-8 nor GB18030 (byte {error.start}).",
            "Save it as .xlsx, or as CSV in UTF-8.",
        ) from error
    control = any(c < " " and c not in "\t\r\n\f" for c in text[:20_000])
    if control:
        raise refuse(path.name, "holds control characters; it is no table of text.", FORMATS)
    delimiter = _delimiter(text)
    csv.field_size_limit(10_000_000)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows: list[list[Any]] = []
    numbers = []
    line = 1
    for row in reader:
        rows.append([_text_value(value) for value in row])
        numbers.append(line)
        line = reader.line_num + 1
    grid = trim_grid(path.name, "", rows, [], set())
    kept = numbers[: len(grid.rows)]
    return replace(grid, numbers=kept, encoding=encoding), delimiter


def _text_value(value: str) -> str | None:
    """Return a cell of a text file; the mark that keeps = + - @ from being a formula is none."""
    if value[:1] == "'" and value[1:2] in {"=", "+", "-", "@"}:
        return value[1:]
    return value if value.strip() else None


def _delimiter(text: str) -> str:
    """Return the separator that cuts the lines into the most columns of one width."""
    lines = [line for line in text.splitlines()[:200] if line.strip()]
    best, best_score = ",", 0.0
    for delimiter in (",", "\t", ";", "|"):
        widths = [len(row) for row in csv.reader(lines, delimiter=delimiter)]
        if not widths:
            continue
        common = max(set(widths), key=widths.count)
        score = (common - 1) * widths.count(common)
        if score > best_score:
            best, best_score = delimiter, score
    return best
