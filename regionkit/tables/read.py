"""A table of a spreadsheet: its header found, its cells in place, its remarks set aside."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from regionkit.errors import Fault, TableError
from regionkit.tables.cells import Grid, frame_grid, read_grids
from regionkit.tables.values import is_blank, is_unit, parse_number, plain_text

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["SetAside", "SheetTable", "find_column", "read_table"]

_MAX_HEADER_ROWS = 5
# A remark (注：, and its text) fills two cells at most; a lone cell this long is a remark too.
_REMARK_CELLS = 2
_REMARK_LENGTH = 25
_YEARS = range(1949, 2101)
_CJK = "\u4e00-\u9fff（）()、，/：:"
_UNIT_LINE = re.compile(r"^[（(]?\s*(?:计量|金额|货币)?单位\s*[:：]\s*(.+?)\s*[)）]?$")
_TITLE_BLOCK = re.compile(
    r"^(?:编制|填报|填表|制表|报送|表号|表\s*[\d一二三四五六七八九十]|附[件表]|制定机关|批准|有效期|"
    r"文号|综合机关|续表|截至|数据截至)"
)
_FOOT = re.compile(
    r"^(?:[（(]?[注註]|备注[:：]|说明|资料来源|数据来源|来源|制表|填表|审核|单位负责人|统计负责人|"
    r"本表|续表|[*※①②③]|note|source)",
    re.IGNORECASE,
)
_ORDINALS = frozenset("甲乙丙丁AB") | {"栏次", "列次", "代码甲"}
_BRACKET = re.compile(r"[（(]\s*(?:单位\s*[:：])?([^()（）]*)[)）]\s*$")
_TAIL = re.compile(r"(?:[，,/:：]|单位[:：])\s*([^，,/:：()（）]+)$")


@dataclass(frozen=True)
class SetAside:
    """A row that is no row of data: where it stands, what it says, why it is left out."""

    row: int
    text: str
    why: str


@dataclass(frozen=True)
class SheetTable:
    """A table as it stands in a file.

    Attributes
    ----------
    frame : DataFrame of cells
        Indexed by the row in the file; a column a column of the table.
    label : str
        File and sheet, as messages name them.
    typed : dict of str to str
        Header of each column as it is typed.
    units : dict of str to str
        Unit of each column whose header, or the line above the table, gives one.
    title : str
    header_rows : tuple of int
    encoding : str
    shared : dict of (row, column) to (first row, last row)
        Numbers in a cell that is merged over several rows.
    uncomputed : set of (row, column)
        Formulas without a stored result.
    set_aside : tuple of SetAside
    notes : tuple of str
    """

    frame: pd.DataFrame = field(repr=False)
    label: str
    typed: dict[str, str]
    units: dict[str, str]
    title: str = ""
    header_rows: tuple[int, ...] = ()
    encoding: str = ""
    shared: dict[tuple[int, str], tuple[int, int]] = field(default_factory=dict, repr=False)
    uncomputed: frozenset[tuple[int, str]] = frozenset()
    set_aside: tuple[SetAside, ...] = ()
    notes: tuple[str, ...] = ()


def read_table(
    source: str | Path | pd.DataFrame,
    *,
    sheet: str | int | None = None,
    column: str | None = None,
    is_place: Callable[[str], bool] | None = None,
) -> SheetTable:
    """Return the table of a spreadsheet: header found, merged cells filled, remarks set aside.

    Parameters
    ----------
    source : path or DataFrame
    sheet : str or int, optional
        Needed where several sheets hold tables that would do.
    column : str, optional
        A column that the table must have.
    is_place : callable, optional
        Says whether a text names a unit; finds where the data begin.

    Raises
    ------
    TableError
        No spreadsheet, no header, several sheets to choose from, or not that column.

    Examples
    --------
    >>> table = read_table(pd.DataFrame({"县（市）": ["康平县"], "人口（万人）": ["27.5"]}))
    >>> list(table.frame), table.units
    (['县（市）', '人口'], {'人口': '万人'})
    """
    if isinstance(source, pd.DataFrame):
        grids = [frame_grid(source, "the DataFrame")]
    else:
        grids = read_grids(source, sheet)
    tables: list[SheetTable] = []
    faults: list[Fault] = []
    for grid in grids:
        try:
            table = _table_of(grid, is_place)
            if column is not None:
                find_column(table, column)
        except TableError as error:
            faults.extend(error.faults)
        else:
            tables.append(table)
    if not tables:
        raise TableError("The table cannot be read:", faults)
    if len(tables) > 1 and is_place is not None:
        named = [table for table in tables if _has_places(table, is_place)]
        tables = named or tables
    if len(tables) > 1:
        names = "、".join(table.label.partition("sheet ")[2] for table in tables)
        raise TableError(
            "The table cannot be read:",
            [
                Fault(
                    Path(str(source)).name,
                    0,
                    "",
                    f"has {len(tables)} sheets with a table: {names}.",
                    "Name one with sheet=.",
                )
            ],
        )
    return tables[0]


def _has_places(table: SheetTable, is_place: Callable[[str], bool]) -> bool:
    return any(is_place(plain_text(cell)) for cell in table.frame.to_numpy().ravel()[:5000])


def find_column(table: SheetTable, name: str) -> str:
    """Return the column of a name: as it came out, or as the header has it, unit and all.

    Raises
    ------
    TableError
        None has that name (the nearest are told), or several.
    """
    import difflib

    wanted = _comparable(name)
    found: list[str] = [
        column
        for column in table.frame
        if wanted in {_comparable(column), _comparable(table.typed[column])}
    ]
    if not found:
        # The leaf of a header in several rows, if only one has it.
        found = [
            column
            for column in table.frame
            if wanted in {_comparable(part) for part in column.split("/")}
        ]
    if len(found) == 1:
        return found[0]
    columns = [str(column) for column in table.frame]
    if found:
        what = f"{name!r} is the header of several: {'、'.join(found)}."
        raise TableError(
            "The table cannot be used:",
            [Fault(table.label, 0, "", what, "Write the whole header.")],
        )
    near = difflib.get_close_matches(
        wanted, [_comparable(column) for column in columns], n=3, cutoff=0.3
    )
    nearest = [column for column in columns if _comparable(column) in near]
    hint = f" Nearest: {'、'.join(nearest)}." if nearest else ""
    raise TableError(
        "The table cannot be used:",
        [
            Fault(
                table.label,
                table.header_rows[-1] if table.header_rows else 0,
                "",
                f"has no column {name!r}.{hint}",
                f"Columns are: {'、'.join(columns)}.",
            )
        ],
    )


def _comparable(name: str) -> str:
    return "".join(plain_text(name).split()).casefold()


# Where the data begin -------------------------------------------------------------------------


def _table_of(grid: Grid, is_place: Callable[[str], bool] | None) -> SheetTable:
    start = 1 if grid.has_header else _first_data_row(grid, is_place)
    header = [0] if grid.has_header else _header_rows(grid, start)
    if not header:
        raise TableError(
            "The table cannot be read:",
            [
                Fault(
                    grid.label,
                    grid.numbers[start],
                    "",
                    _headless(grid, start, is_place),
                    "Write the names of the columns in a row above the data.",
                )
            ],
        )
    filled, shared_places = _fill_merged(grid, start)
    names, typed, units = _column_names(filled, header)
    kept_columns = [c for c, name in enumerate(names) if name]
    title, line_unit, aside = _above(grid, header, start)
    rows, more = _data_rows(filled, grid, start, header)
    if not rows:
        raise TableError(
            "The table cannot be read:",
            [
                Fault(
                    grid.label,
                    grid.numbers[header[-1]],
                    "",
                    "has a header and no rows below it.",
                    "Is it the right sheet?",
                )
            ],
        )
    frame = pd.DataFrame(
        [[filled[r][c] for c in kept_columns] for r in rows],
        index=pd.Index([grid.numbers[r] for r in rows], name="row"),
        columns=[names[c] for c in kept_columns],
        dtype=object,
    )
    by_name = {names[c]: units[c] for c in kept_columns if units[c]}
    notes = []
    if line_unit:
        notes.append(f"the line above the table gives the unit {line_unit}")
        if is_unit(line_unit):
            by_name = {
                name: by_name.get(name, line_unit)
                for name in frame
                if name in by_name or _mostly_numbers(frame[name])
            }
    return SheetTable(
        frame=frame,
        label=grid.label,
        typed={names[c]: typed[c] for c in kept_columns},
        units=by_name,
        title=title,
        header_rows=tuple(grid.numbers[r] for r in header),
        encoding=grid.encoding,
        shared={
            (grid.numbers[r], names[c]): (grid.numbers[span[0]], grid.numbers[span[1]])
            for (r, c), span in shared_places.items()
            if names[c]
        },
        uncomputed=frozenset(
            (grid.numbers[r], names[c]) for r, c in grid.uncomputed if c < len(names) and names[c]
        ),
        set_aside=(*aside, *more),
        notes=tuple(notes),
    )


def _mostly_numbers(cells: pd.Series) -> bool:
    filled = [cell for cell in cells if not is_blank(cell)]
    good = sum(not pd.isna(parse_number(cell).value) for cell in filled)
    return good * 2 > len(filled)


def _is_year(cell: object) -> bool:
    text = plain_text(cell)
    return text.removesuffix("年").isdecimal() and int(text.removesuffix("年")) in _YEARS


def _filled(row: list[Any]) -> list[Any]:
    return [cell for cell in row if not is_blank(cell)]


def _is_ordinals(row: list[Any]) -> bool:
    """Return whether a row numbers the columns (甲 1 2 3), as statistical forms do."""
    texts = [plain_text(cell).strip("()（）") for cell in _filled(row)]
    numbers = [text for text in texts if text not in _ORDINALS]
    return len(texts) > len(numbers) > 0 and numbers == [str(i) for i in range(1, len(numbers) + 1)]


def _is_unit_line(row: list[Any]) -> bool:
    return any(_UNIT_LINE.match(plain_text(cell)) for cell in _filled(row))


def _is_data(row: list[Any], is_place: Callable[[str], bool] | None) -> bool:
    cells = _filled(row)
    if not cells or _is_ordinals(row) or _is_unit_line(row):
        return False
    numbers = sum(not pd.isna(parse_number(cell).value) and not _is_year(cell) for cell in cells)
    if len(cells) == 1 and len(row) > 1:
        return False
    if numbers:
        return True
    return is_place is not None and any(is_place(plain_text(cell)) for cell in cells)


def _first_data_row(grid: Grid, is_place: Callable[[str], bool] | None) -> int:
    """Return the place of the first row of data."""
    header_seen = False
    for number, row in enumerate(grid.rows):
        if _is_data(row, is_place):
            return number
        cells = _filled(row)
        # A county without any value yet; above the header a lone name is a title.
        if header_seen and len(cells) == 1 and is_place and is_place(plain_text(cells[0])):
            return number
        header_seen = header_seen or (len(cells) > 1 and not _is_unit_line(row))
    # All text and no place: the first row with two cells is the header.
    for number, row in enumerate(grid.rows[:-1]):
        if len({plain_text(cell) for cell in _filled(row)}) > 1 or len(row) == 1:
            return number + 1
    return len(grid.rows) - 1


def _headless(grid: Grid, start: int, is_place: Callable[[str], bool] | None) -> str:
    places = [
        plain_text(cell)
        for cell in grid.rows[start]
        if is_place is not None and is_place(plain_text(cell))
    ]
    if len(places) > 2:
        return (
            f"the units run across ({'、'.join(places[:3])} ...), one a column. A table needs one "
            "row a unit: copy it and paste it transposed."
        )
    return "the table has no header row."


def _header_rows(grid: Grid, start: int) -> list[int]:
    """Return the places of the header's rows, top first."""
    filled, _ = _fill_merged(grid, start)
    found: list[int] = []
    for number in range(start - 1, -1, -1):
        row = filled[number]
        texts = [plain_text(cell) for cell in row]
        distinct = {text for text in texts if text}
        if not distinct:
            if found:
                break
            continue
        if _is_ordinals(row):
            continue
        only_units = all(is_unit(_bare_unit(text)) for text in distinct)
        is_title = any(_TITLE_BLOCK.match(text) for text in distinct) or _is_unit_line(row)
        is_wide = len(distinct) > 1 or len(row) == 1 or (only_units and not found)
        if is_title or not is_wide or len(found) == _MAX_HEADER_ROWS:
            break
        if found and not _is_needed(texts, [filled[r] for r in found]):
            break
        found.append(number)
        if len(row) == 1:
            break
    return found[::-1]


def _bare_unit(text: str) -> str:
    return text.strip("()（） ")


def _is_needed(texts: list[str], below: list[list[Any]]) -> bool:
    """Return whether a row names columns the rows below leave open, or spans groups of them."""
    open_below = [all(is_blank(row[c]) for row in below) for c in range(len(texts))]
    # A row of units under the names leaves nothing open and still says only half.
    only_units = all(
        is_unit(_bare_unit(plain_text(cell))) for row in below for cell in row if not is_blank(cell)
    )
    fills = any(text and is_open for text, is_open in zip(texts, open_below, strict=True))
    covered = sum(1 for text in texts if text)
    return fills or only_units or covered * 2 >= len(texts)


def _fill_merged(
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


# Names and units of the columns ---------------------------------------------------------------


def _column_names(
    rows: list[list[Any]], header: list[int]
) -> tuple[list[str], list[str], list[str]]:
    """Return name, header as typed, and unit of each column; "" for a column without a header."""
    width = len(rows[header[0]])
    levels = [[_heading(cell) for cell in rows[r]] for r in header]
    for upper, lower in itertools.pairwise(levels):
        # Centred over its group without merging: the blanks at its right belong to it.
        for c in range(1, width):
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
            name, own = _split_unit(part)
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


def _split_unit(part: str) -> tuple[str, str]:
    """Return a heading without its unit, and the unit."""
    if is_unit(_bare_unit(part)):
        return "", _bare_unit(part)
    for pattern in (_BRACKET, _TAIL):
        match = pattern.search(part)
        if match and is_unit(match.group(1).strip()):
            return part[: match.start()].strip(), match.group(1).strip()
    return part, ""


# What stands above and below ------------------------------------------------------------------


def _above(grid: Grid, header: list[int], start: int) -> tuple[str, str, list[SetAside]]:
    """Return the title, the unit given for the whole table, and the rows above as set aside."""
    title, unit, aside = "", "", []
    for r in range(start):
        if r in header:
            continue
        cells = [plain_text(cell) for cell in _filled(grid.rows[r])]
        if not cells:
            continue
        for text in cells:
            match = _UNIT_LINE.match(text)
            if match:
                unit = match.group(1)
            elif not title and not _is_ordinals(grid.rows[r]):
                title = text
        why = "numbers of the columns" if _is_ordinals(grid.rows[r]) else "above the header"
        aside.append(SetAside(grid.numbers[r], " ".join(cells)[:80], why))
    return title, unit, aside


def _data_rows(
    rows: list[list[Any]], grid: Grid, start: int, header: list[int]
) -> tuple[list[int], list[SetAside]]:
    """Return the places of the rows of data, and the remarks among and below them."""
    kept, aside = [], []
    headings = [{plain_text(cell) for cell in _filled(rows[h])} for h in header]
    for r in range(start, len(rows)):
        texts = list(dict.fromkeys(plain_text(cell) for cell in _filled(rows[r])))
        if not texts:
            if any(row == r for row, _ in grid.uncomputed):
                kept.append(r)
            continue
        if _is_ordinals(rows[r]):
            why = "numbers of the columns"
        elif len(texts) > 1 and set(texts) in headings:
            why = "the header repeated"
        elif (len(texts) <= _REMARK_CELLS and _FOOT.match(texts[0])) or (
            len(texts) == 1 and len(rows[r]) > 1 and len(texts[0]) > _REMARK_LENGTH
        ):
            why = "remark"
        else:
            kept.append(r)
            continue
        aside.append(SetAside(grid.numbers[r], " ".join(texts)[:80], why))
    return kept, aside
