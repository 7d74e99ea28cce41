"""Where a table's data begin, which rows above name its columns, and what they name."""

from __future__ import annotations

import itertools
import re
import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from regionkit.tables.grammar.cell import is_blank, parse_number, plain_text
from regionkit.tables.grammar.units import bare_unit, is_unit, split_unit
from regionkit.words.message import msg

if TYPE_CHECKING:
    from collections.abc import Callable

    from regionkit.tables.grid import Grid
    from regionkit.words.message import Words

__all__ = [
    "UNIT_LINE",
    "column_names",
    "corner_unit",
    "fill_merged",
    "filled_cells",
    "first_data_row",
    "follow_headers",
    "header_rows",
    "headless",
    "is_ordinals",
]

_MAX_HEADER_ROWS = 5
_YEARS = range(1949, 2101)
_CJK = "\u4e00-\u9fff（）()、，/：:"
UNIT_LINE = re.compile(r"^[（(]?\s*(?:计量|金额|货币)?单位\s*[:：]\s*(.+?)\s*[)）]?$")
_SECTION = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十]{1,3}[)）])"
)
_SECTION_NUMBER = re.compile(r"^[（(]?[一二三四五六七八九十]{1,3}[)）]?[、.．]?$")
_TITLE_BLOCK = re.compile(
    r"^(?:编制|填报|填表|制表|报送|表号|表\s*[\d一二三四五六七八九十]|附[件表]|制定机关|批准|有效期|"
    r"文号|综合机关|续表|截至|数据截至)"
)
_ORDINALS = frozenset("甲乙丙丁AB") | {"栏次", "列次", "代码甲"}


def _is_year(cell: object) -> bool:
    text = plain_text(cell)
    return text.removesuffix("年").isdecimal() and int(text.removesuffix("年")) in _YEARS


def filled_cells(row: list[Any]) -> list[Any]:
    """Return the cells of a row that hold something."""
    return [cell for cell in row if not is_blank(cell)]


def is_ordinals(row: list[Any]) -> bool:
    """Return whether a row numbers the columns (甲 1 2 3, 甲 ① ②), as statistical forms do."""
    filled = filled_cells(row)
    # Most rows are told by their first cell.
    if not filled or ((first := _ordinal(filled[0])) != "1" and first not in _ORDINALS):
        return False
    texts = [_ordinal(cell) for cell in filled]
    numbers = [text for text in texts if text not in _ORDINALS]
    return len(texts) > len(numbers) > 0 and numbers == [str(i) for i in range(1, len(numbers) + 1)]


def _ordinal(cell: object) -> str:
    return unicodedata.normalize("NFKC", plain_text(cell)).strip("()（）.")


def _is_unit_line(row: list[Any]) -> bool:
    is_unit_there = any(UNIT_LINE.match(plain_text(cell)) for cell in filled_cells(row))
    return is_unit_there and not corner_unit(row)


def corner_unit(row: list[Any]) -> str:
    """Return the unit in the corner of a header, where yearbooks put it over the names; else "".

    Every other column has its heading: a line of its own leaves most of them open.

    Examples
    --------
    >>> corner_unit(["单位：万人", 2020, 2021]), corner_unit(["单位：万人", None, None])
    ('万人', '')
    """
    texts = [plain_text(cell) for cell in row]
    match = UNIT_LINE.match(texts[0]) if texts else None
    others = texts[1:]
    if match is None or not others or not all(others) or any(map(UNIT_LINE.match, others)):
        return ""
    return match.group(1)


def _is_data(row: list[Any], is_place: Callable[[str], bool] | None) -> bool:
    cells = filled_cells(row)
    if not cells or is_ordinals(row) or _is_unit_line(row):
        return False
    numbers = sum(not pd.isna(parse_number(cell).value) and not _is_year(cell) for cell in cells)
    if len(cells) == 1 and len(row) > 1:
        return False
    if numbers:
        return True
    return is_place is not None and any(is_place(plain_text(cell)) for cell in cells)


def first_data_row(grid: Grid, is_place: Callable[[str], bool] | None) -> int:
    """Return the place of the first row of data."""
    header_seen = False
    for number, row in enumerate(grid.rows):
        if _is_data(row, is_place):
            return number
        cells = filled_cells(row)
        # A county without any value yet; above the header a lone name is a title.
        if header_seen and len(cells) == 1 and is_place and is_place(plain_text(cells[0])):
            return number
        header_seen = header_seen or (len(cells) > 1 and not _is_unit_line(row))
    # All text and no place: the first row with two cells is the header.
    for number, row in enumerate(grid.rows[:-1]):
        if len({plain_text(cell) for cell in filled_cells(row)}) > 1 or len(row) == 1:
            return number + 1
    return len(grid.rows) - 1


def headless(grid: Grid, start: int, is_place: Callable[[str], bool] | None) -> Words:
    """Return why rows that begin with data have no header."""
    places = [
        plain_text(cell)
        for cell in grid.rows[start]
        if is_place is not None and is_place(plain_text(cell))
    ]
    if len(places) > 2:
        return msg(
            "the units run across ({places} ...), one a column. A table needs one row a unit: copy "
            "it and paste it transposed.",
            places=places[:3],
        )
    return msg("the table has no header row.")


def header_rows(grid: Grid, start: int) -> list[int]:
    """Return the places of the header's rows, top first."""
    filled, _ = fill_merged(grid, start)
    found: list[int] = []
    for number in range(start - 1, -1, -1):
        row = filled[number]
        texts = [plain_text(cell) for cell in row]
        distinct = {text for text in texts if text}
        if not distinct:
            if found:
                break
            continue
        if is_ordinals(row) or (not found and len(row) > 1 and _is_section(texts)):
            continue
        if not found and number and _is_lone_heading(texts, filled[number - 1]):
            continue
        only_units = all(is_unit(bare_unit(text)) for text in distinct)
        # Right above the data stands the header: 填报日期 is a column there, 填报单位：... is not.
        is_block = any(_TITLE_BLOCK.match(t) and (found or ":" in t) for t in distinct)
        is_title = is_block or _is_unit_line(row)
        is_wide = len(distinct) > 1 or len(row) == 1 or (only_units and not found)
        if is_title or not is_wide or len(found) == _MAX_HEADER_ROWS:
            break
        if found and not _is_needed(texts, [filled[r] for r in found]):
            break
        found.append(number)
        if len(row) == 1:
            break
    return found[::-1]


def _is_section(texts: list[str]) -> bool:
    """Return whether a row below the header is the heading of a group of rows.

    It says 一、经济发展 in one cell, or 一 in the column of numbers and 经济发展 beside it.
    """
    distinct = list(dict.fromkeys(text for text in texts if text))
    if len(distinct) == 1:
        return bool(_SECTION.match(distinct[0]))
    return len(distinct) == 2 < len(texts) and bool(_SECTION_NUMBER.match(distinct[0]))


def _is_lone_heading(texts: list[str], above: list[Any]) -> bool:
    """Return whether a row is the heading of a group without a number, under a header's names.

    It stands at the left, alone: 绿色生态.
    """
    distinct = {text for text in texts if text}
    if len(distinct) != 1 or not any(texts[:2]) or is_unit(bare_unit(next(iter(distinct)))):
        return False
    (text,) = distinct
    if UNIT_LINE.match(text) or _TITLE_BLOCK.match(text):
        return False
    return len({plain_text(cell) for cell in filled_cells(above)}) > 2


def _is_needed(texts: list[str], below: list[list[Any]]) -> bool:
    """Return whether a row names columns the rows below leave open, or spans groups of them."""
    open_below = [all(is_blank(row[c]) for row in below) for c in range(len(texts))]
    # A row of units under the names leaves nothing open and still says only half.
    only_units = all(
        is_unit(bare_unit(plain_text(cell))) for row in below for cell in row if not is_blank(cell)
    )
    fills = any(text and is_open for text, is_open in zip(texts, open_below, strict=True))
    covered = sum(1 for text in texts if text)
    return fills or only_units or covered * 2 >= len(texts)


def fill_merged(
    grid: Grid, start: int
) -> tuple[list[list[Any]], dict[tuple[int, int], tuple[int, int]]]:
    """Return the rows with merged text in each cell of its block.

    A number merged over several rows is one value for several units; it is not given to each,
    and its places are returned.
    """
    rows = [list(row) for row in grid.rows]
    shared = {}
    for top, left, bottom, right in grid.merged:
        value = rows[top][left]
        if is_blank(value):
            continue
        is_number = not pd.isna(parse_number(value).value) and not _is_year(value)
        if is_number and top >= start:
            if bottom > top:
                shared.update(
                    {
                        (r, c): (top, bottom)
                        for r in range(top, bottom + 1)
                        for c in range(left, right + 1)
                    }
                )
            continue
        for r in range(top, bottom + 1):
            for c in range(left, right + 1):
                rows[r][c] = value
    return rows, shared


def follow_headers(grid: Grid, start: int, header: list[int]) -> tuple[Grid, list[int]]:
    """Return the grid with the columns below a header repeated in another order put in place.

    Returns
    -------
    grid : Grid
    rows : list of int
        The places of the repeated headers that were followed.
    """
    names = [plain_text(cell) for cell in grid.rows[header[-1]]]
    filled = [name for name in names if name]
    if len(set(filled)) < len(filled) or len(filled) < 2:
        return grid, []
    rows = list(grid.rows)
    uncomputed = set(grid.uncomputed)
    followed: list[int] = []
    source: list[int] | None = None
    known = frozenset(names)
    for r in range(start, len(rows)):
        cells = grid.rows[r]
        # Most rows are told by their first cell to be no header.
        is_like = len(cells) == len(names) and plain_text(cells[0]) in known
        texts = [plain_text(cell) for cell in cells] if is_like else []
        if is_like and sorted(texts) == sorted(names):
            source = [texts.index(name) if name else c for c, name in enumerate(names)]
            if texts == names:
                source = None
            else:
                followed.append(r)
                rows[r] = list(grid.rows[header[-1]])
        elif source is not None:
            rows[r] = [grid.rows[r][c] for c in source]
            uncomputed -= {(r, c) for c in range(len(names))}
            uncomputed |= {(r, to) for to, c in enumerate(source) if (r, c) in grid.uncomputed}
    if not followed:
        return grid, []
    merged = [block for block in grid.merged if block[2] < followed[0]]
    return replace(grid, rows=rows, uncomputed=uncomputed, merged=merged), followed


# Names and units of the columns ---------------------------------------------------------------


def column_names(
    rows: list[list[Any]], header: list[int], merged: list[tuple[int, int, int, int]]
) -> tuple[list[str], list[str], list[str]]:
    """Return name, header as typed, and unit of each column; "" for a column without a header."""
    width = len(rows[header[0]])
    levels = [[_heading(cell) for cell in rows[r]] for r in header]
    for number, (upper, lower) in enumerate(itertools.pairwise(levels)):
        if any(
            top <= header[number] <= bottom and right > left for top, left, bottom, right in merged
        ):
            # Groups that are merged end where the merge ends.
            continue
        for c in range(1, width):
            # Centred over its group without merging: the blanks at its right belong to it.
            if not upper[c] and lower[c] and lower[c - 1] and upper[c - 1]:
                upper[c] = upper[c - 1]
    names, typed, units = [], [], []
    used: dict[str, int] = {}
    for c in range(width):
        parts = list(dict.fromkeys(level[c] for level in levels if level[c]))
        whole = "/".join(parts)
        unit = ""
        kept = []
        for part in parts:
            name, own = split_unit(part)
            unit = own or unit
            if name:
                kept.append(name)
        name = "/".join(kept) or whole
        if name:
            used[name] = used.get(name, 0) + 1
            if used[name] > 1:
                name = f"{name} ({used[name]})"
        names.append(name)
        typed.append(whole)
        units.append(unit)
    return names, typed, units


def _heading(cell: object) -> str:
    """Return a header cell as text; spaces that only spread Chinese characters are taken out."""
    text = plain_text(cell)
    text = re.sub(rf"(?<=[{_CJK}]) +(?=[{_CJK}])", "", text)
    return (
        text.replace("(", "（").replace(")", "）") if re.search("[\u4e00-\u9fff]", text) else text
    )
