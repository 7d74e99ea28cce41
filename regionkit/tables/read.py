"""A table of a spreadsheet: its header found, its cells in place, its remarks set aside."""

from __future__ import annotations

import gc
import re
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd

from regionkit.errors import Fault, TableError
from regionkit.limits import raise_limit
from regionkit.places.layer_file import read_layer
from regionkit.tables.cells import read_grids
from regionkit.tables.grammar.cell import is_blank, parse_number, plain_text
from regionkit.tables.grammar.units import is_unit, split_unit, unit_fits
from regionkit.tables.grid import Grid, column_letter, frame_grid, visible_grid
from regionkit.tables.header import (
    UNIT_LINE,
    column_names,
    corner_unit,
    fill_merged,
    filled_cells,
    first_data_row,
    follow_headers,
    header_rows,
    headless,
    is_ordinals,
)
from regionkit.words.message import Call, Option, Words, join, msg

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["SetAside", "SheetTable", "find_column", "read_table"]

# A remark (注：, and its text) fills two cells at most; a lone cell this long is a remark too.
_REMARK_CELLS = 2
_LAYERS = {".gpkg", ".shp", ".geojson", ".fgb"}
_REMARK_LENGTH = 25
_BARE = (int, float, type(None))
_YEAR_NAME = re.compile(r"(?:19|20)\d\d年?(?:末|底)?")
# Cells that tell whether a column names units, and names that are told of many.
_SAMPLE = 50
_NAMES_TOLD = 5
_UNREADABLE = msg("The table cannot be read:")
_UNUSABLE = msg("The table cannot be used:")
_OUTSIDE = msg("outside the table")
_NUMBERS = msg("numbers of the columns")
_FOOT = re.compile(
    r"^(?:[（(]?[注註]|备注[:：]|说明|资料来源|数据来源|来源|制表|填表|审核|单位负责人|统计负责人|"
    r"本表|续表|[*※①-⑳¹²³⁴-⁹]|note|source)",
    re.IGNORECASE,
)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Leave the memory unsearched for cycles: lists of a million cells hold none."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@dataclass(frozen=True)
class SetAside:
    """A row that is no row of data: where it stands, what it says, why it is left out."""

    row: int
    text: str
    why: Words


@dataclass(frozen=True)
class SheetTable:
    """A table as it stands in a file.

    Attributes
    ----------
    frame : DataFrame of cells
        Indexed by the row in the file; a column a column of the table.
    file : str or words
        Name of the file, or what stands for one.
    sheet : str
        "" for formats without sheets.
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
    origins : dict of (row, column) to int
        Row of the file a cell comes from, where it is not the row it stands in now.
    hides : bool
        Whether hidden rows of the sheet were read too.
    set_aside : tuple of SetAside
    notes : tuple of words
    """

    frame: pd.DataFrame = field(repr=False)
    file: Words | str
    sheet: str
    typed: dict[str, str]
    units: dict[str, str]
    title: str = ""
    header_rows: tuple[int, ...] = ()
    encoding: str = ""
    shared: dict[tuple[int, str], tuple[int, int]] = field(default_factory=dict, repr=False)
    uncomputed: frozenset[tuple[int, str]] = frozenset()
    origins: dict[tuple[int, str], int] = field(default_factory=dict, repr=False)
    hides: bool = False
    set_aside: tuple[SetAside, ...] = ()
    notes: tuple[Words, ...] = ()

    @property
    def label(self) -> Words:
        """Return the file, with its sheet, as messages name it."""
        return Grid(self.file, self.sheet, [], []).label

    def fault(self, row: int, column: str, what: Words | str, mend: Words | str = "") -> Fault:
        """Return a fault of a row and a column of the table; 0 and "" for the whole of it."""
        return Fault(self.file, row, column, what, mend, self.sheet)


@_uncollected()
def read_table(
    source: str | Path | pd.DataFrame,
    *,
    sheet: str | int | None = None,
    column: str | None = None,
    is_place: Callable[[str], bool] | None = None,
    visible_only: bool = False,
    layer: str | None = None,
    most_rows: int | None = None,
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
    visible_only : bool
        Whether rows and columns that the sheet hides, by hand or by a filter, are left out. If
        not, they are read and told in the notes.
    layer : str, optional
        Of a GeoPackage or another file of layers, whose attributes are the table.
    most_rows : int, optional
        What has more rows is refused before each of them is judged.

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
        grids = [frame_grid(source, msg("the DataFrame"))]
    elif layer is not None or Path(str(source).partition("#")[0]).suffix.lower() in _LAYERS:
        grids = [_layer_grid(Path(source), layer)]
    else:
        grids = read_grids(source, sheet)
    if most_rows is not None:
        _refuse_many(grids, most_rows, is_place)
    tables: list[SheetTable] = []
    faults: list[Fault] = []
    for grid in grids:
        try:
            table = _table_of(grid, is_place, visible_only=visible_only)
            if column is not None:
                find_column(table, column)
        except TableError as error:
            faults.extend(error.faults)
        else:
            tables.append(table)
    if not tables:
        raise TableError(_UNREADABLE, faults)
    if len(tables) > 1 and is_place is not None:
        named = [table for table in tables if _has_places(table, is_place)]
        tables = named or tables
    if len(tables) > 1:
        names = [msg("{name!r}", name=table.sheet) for table in tables]
        raise TableError(
            _UNREADABLE,
            [
                Fault(
                    Path(str(source)).name,
                    0,
                    "",
                    msg("has {n} sheets with a table: {names}.", n=len(tables), names=names),
                    msg("Name one with {option}.", option=Option("sheet")),
                )
            ],
        )
    return tables[0]


def _refuse_many(grids: list[Grid], most_rows: int, is_place: Callable[[str], bool] | None) -> None:
    """Refuse a table of far more rows than units, with the names that stand most often.

    Raises
    ------
    TableError
        Of every sheet that has more rows.
    """
    faults = []
    for grid in grids:
        if len(grid.rows) <= most_rows:
            continue
        often: list[tuple[Any, int]] = []
        for column in range(len(grid.rows[0])):
            cells = [row[column] for row in grid.rows]
            sample = [plain_text(cell) for cell in cells[:_SAMPLE]]
            if is_place and sum(map(is_place, sample)) * 2 > len(sample):
                counts = Counter(cell for cell in cells if isinstance(cell, str | int))
                often = [(name, n) for name, n in counts.most_common() if n > 1]
                break
        names = [f"{plain_text(name)[:_REMARK_LENGTH]} {n:,}" for name, n in often[:_NAMES_TOLD]]
        what = msg(
            "has {n:,} rows; a table of units may have {limit:,}.",
            n=len(grid.rows),
            limit=most_rows,
        )
        repeated = msg(
            "Names that stand more than once: {n:,} ({names}).",
            n=len(often),
            names=join(names, "clauses"),
        )
        mend = msg("Sum the rows of a unit with {sum_by}.", sum_by=Option("sum_by"))
        faults.append(
            Fault(
                grid.file,
                0,
                "",
                join([what, repeated] if often else [what], "sentences"),
                join([mend, raise_limit()], "sentences"),
                grid.sheet,
            )
        )
    if faults:
        raise TableError(_UNUSABLE, faults)


def _layer_grid(path: Path, layer: str | None) -> Grid:
    """Return the attributes of a layer as a grid, its shapes left out."""
    frame = read_layer(path, layer)
    if isinstance(frame, gpd.GeoDataFrame):
        frame = pd.DataFrame(frame.drop(columns=frame.geometry.name))
    return frame_grid(frame, f"{path.name}#{layer}" if layer else path.name)


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
        what = msg("{name!r} is the header of several: {columns}.", name=name, columns=found)
        raise TableError(_UNUSABLE, [table.fault(0, "", what, msg("Write the whole header."))])
    near = difflib.get_close_matches(
        wanted, [_comparable(column) for column in columns], n=3, cutoff=0.3
    )
    nearest = [column for column in columns if _comparable(column) in near]
    told = [msg("has no column {name!r}.", name=name)]
    if nearest:
        told.append(msg("Nearest: {names}.", names=nearest))
    raise TableError(
        _UNUSABLE,
        [
            table.fault(
                table.header_rows[-1] if table.header_rows else 0,
                "",
                join(told, "sentences"),
                msg("Columns are: {columns}.", columns=columns),
            )
        ],
    )


def _comparable(name: str) -> str:
    return "".join(plain_text(name).split()).casefold()


# One sheet as a table -------------------------------------------------------------------------


def _table_of(
    grid: Grid, is_place: Callable[[str], bool] | None, *, visible_only: bool
) -> SheetTable:
    notes: list[Words] = [grid.note] if isinstance(grid.note, Words) else []
    notes += _hidden_notes(grid, visible_only=visible_only)
    if visible_only:
        grid = visible_grid(grid)
        if not grid.rows:
            mend = msg("Leave {option} out.", option=Option("visible_only"))
            raise TableError(_UNREADABLE, [_fault(grid, 0, msg("shows no row."), mend)])
    start = 1 if grid.has_header else first_data_row(grid, is_place)
    header = [0] if grid.has_header else header_rows(grid, start)
    if not header:
        raise TableError(
            _UNREADABLE,
            [
                _fault(
                    grid,
                    grid.numbers[start],
                    headless(grid, start, is_place),
                    msg("Write the names of the columns in a row above the data."),
                )
            ],
        )
    _check_widths(grid, start, header)
    grid, followed = follow_headers(grid, start, header)
    _check_one_table(grid, start, header)
    notes += [
        msg(
            "row {row} repeats the header in another order, which was followed", row=grid.numbers[r]
        )
        for r in followed
    ]
    filled, shared_places = fill_merged(grid, start)
    names, typed, units = column_names(filled, header, grid.merged)
    title, line_unit, aside = _above(grid, header, start)
    rows, more = _data_rows(filled, grid, start, header)
    nameless = _name_the_nameless(names, filled, rows)
    kept_columns = [c for c, name in enumerate(names) if name]
    if not rows:
        raise TableError(
            _UNREADABLE,
            [
                _fault(
                    grid,
                    grid.numbers[header[-1]],
                    msg("has a header and no rows below it."),
                    msg("Is it the right sheet?"),
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
    if nameless:
        notes.append(msg("without a header, but with cells: {columns}", columns=nameless))
    of_title = split_unit(title)[1]
    years = [name for name in frame if _YEAR_NAME.fullmatch(name) and _mostly_numbers(frame[name])]
    if of_title and len(years) > 1 and not line_unit and not by_name:
        by_name = dict.fromkeys(years, of_title)
        notes.append(msg("the title of the series of years gives the unit {unit}", unit=of_title))
    if line_unit:
        notes.append(
            msg("the line above the table, or its corner, gives the unit {unit}", unit=line_unit)
        )
        if is_unit(line_unit):
            by_name |= dict.fromkeys(_columns_of_unit(frame, by_name, line_unit), line_unit)
            left = [
                name
                for name in frame
                if name not in by_name and not unit_fits(line_unit, name)
                if _mostly_numbers(frame[name])
            ]
            if left:
                notes.append(msg("that unit is not given to {columns}", columns=left))
    return SheetTable(
        frame=frame,
        file=grid.file,
        sheet=grid.sheet,
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
        hides=bool(grid.hidden_rows),
        set_aside=(
            *aside,
            *more,
            *(SetAside(row, text[:80], _OUTSIDE) for row, text in grid.below),
        ),
        notes=tuple(notes),
    )


def _check_one_table(grid: Grid, start: int, header: list[int]) -> None:
    """Refuse a second table below the first: its values would stand in the first one's columns."""
    known = [[plain_text(cell) for cell in grid.rows[r]] for r in header]
    names = known[-1]
    faults = []
    for r in _rows_with_a_name(grid, start, names):
        cells = grid.rows[r]
        texts = [plain_text(cell) for cell in cells]
        if texts in known:
            continue
        others = [c for c, t in enumerate(texts) if t and (c >= len(names) or t != names[c])]
        # A header has words only.
        if others and all(
            isinstance(cells[c], str) and parse_number(cells[c]).what for c in others
        ):
            what = msg(
                "is the header of another table ({columns}): what stands below it is none of the "
                "columns above.",
                columns=[texts[c] for c in others],
            )
            mend = msg("Put each table on a sheet of its own, or their columns side by side.")
            faults.append(_fault(grid, grid.numbers[r], what, mend))
    if faults:
        raise TableError(_UNREADABLE, faults)


def _rows_with_a_name(grid: Grid, start: int, names: list[str]) -> list[int]:
    """Return the places of the rows that hold the name of a column in that column."""
    found: set[int] = set()
    for c, name in enumerate(names):
        if not name:
            continue
        cells = ((r, grid.rows[r][c]) for r in range(start, len(grid.rows)))
        if not name.isascii():
            # No text of ASCII and no bare number comes out as one in Chinese: most cells by far.
            cells = (
                (r, cell)
                for r, cell in cells
                if not (cell.isascii() if type(cell) is str else type(cell) in _BARE)
            )
        found.update(r for r, cell in cells if plain_text(cell) == name)
    return sorted(found)


def _columns_of_unit(frame: pd.DataFrame, units: dict[str, str], unit: str) -> list[str]:
    """Return the columns that a unit named once for the table is that of."""
    return [
        name
        for name in frame
        if name not in units
        and unit_fits(unit, name)
        and _mostly_numbers(frame[name])
        and not any(parse_number(cell).unit for cell in frame[name])
    ]


def _hidden_notes(grid: Grid, *, visible_only: bool) -> list[Words]:
    """Return what the sheet hides, and whether it was read."""
    notes: list[Words] = []
    leave_out = Call("visible_only=True", command="--visible-only")
    done = (
        msg("left out")
        if visible_only
        else msg("read too; {option} leaves them out", option=leave_out)
    )
    if grid.hidden_rows:
        why = msg("hidden by a filter") if grid.is_filtered else msg("hidden")
        rows = sorted(grid.numbers[r] for r in grid.hidden_rows)
        listed: list[object] = [*rows[:20], *(["..."] if len(rows) > 20 else [])]
        notes.append(
            msg(
                "{n} rows of the sheet are {why} ({rows}) and were {done}",
                n=len(rows),
                why=why,
                rows=listed,
                done=done,
            )
        )
    if grid.hidden_columns:
        notes.append(
            msg(
                "{n} columns of the sheet are hidden ({columns}) and were {done}",
                n=len(grid.hidden_columns),
                columns=[column_letter(c) for c in sorted(grid.hidden_columns)],
                done=done,
            )
        )
    if grid.covered:
        r, c, text = grid.covered[0]
        notes.append(
            msg(
                "{n} cells that merged blocks cover hold values nobody sees, and were left out "
                "(row {row}, column {column}: {text})",
                n=len(grid.covered),
                row=grid.numbers[r],
                column=column_letter(c),
                text=text[:20],
            )
        )
    return notes


def _fault(grid: Grid, row: int, what: Words, mend: Words) -> Fault:
    return Fault(grid.file, row, "", what, mend, grid.sheet)


def _check_widths(grid: Grid, start: int, header: list[int]) -> None:
    """Refuse lines of a text file that have more cells than the header: a comma too many.

    Raises
    ------
    TableError
        With each such line.
    """
    if not grid.widths or len(grid.rows[0]) < 2:
        return
    width = max(grid.widths[r] for r in header)
    wide = [r for r in range(start, len(grid.rows)) if grid.widths[r] > width]
    if width < 2 or not wide:
        return
    raise TableError(
        _UNREADABLE,
        [
            _fault(
                grid,
                grid.numbers[r],
                msg(
                    "has {n} cells, the header {width}: a separator stands inside a value, such as "
                    "the comma of 275,000.",
                    n=grid.widths[r],
                    width=width,
                ),
                msg("Put such values in quotes, or save the table as .xlsx."),
            )
            for r in wide
        ],
    )


def _name_the_nameless(names: list[str], filled: list[list[Any]], rows: list[int]) -> list[str]:
    """Name columns that hold data below no header by their letter; return these names."""
    made = []
    for c, name in enumerate(names):
        if not name and any(c < len(filled[r]) and not is_blank(filled[r][c]) for r in rows):
            names[c] = f"未命名列{column_letter(c)}"
            made.append(names[c])
    return made


def _mostly_numbers(cells: pd.Series) -> bool:
    read = [parse_number(cell) for cell in cells if not is_blank(cell)]
    # A dash for no data speaks neither for numbers nor against them.
    read = [number for number in read if not number.mark]
    return sum(not pd.isna(number.value) for number in read) * 2 > len(read)


# What stands above and below ------------------------------------------------------------------


def _above(grid: Grid, header: list[int], start: int) -> tuple[str, str, list[SetAside]]:
    """Return the title, the unit given for the whole table, and the rows above as set aside."""
    title, unit, aside = "", "", []
    lines = [(row, [text], _OUTSIDE, False) for row, text in grid.above]
    for r in range(start):
        cells = [plain_text(cell) for cell in filled_cells(grid.rows[r])]
        if r in header:
            unit = unit or corner_unit(grid.rows[r])
        if r in header or not cells:
            continue
        numbers = is_ordinals(grid.rows[r])
        why = _NUMBERS if numbers else msg("above the header")
        lines.append((grid.numbers[r], cells, why, numbers))
    for row, cells, why, numbers in lines:
        for text in cells:
            match = UNIT_LINE.match(plain_text(text))
            if match:
                unit = match.group(1)
            elif not title and not numbers:
                title = text
        aside.append(SetAside(row, " ".join(cells)[:80], why))
    return title, unit, aside


def _data_rows(
    rows: list[list[Any]], grid: Grid, start: int, header: list[int]
) -> tuple[list[int], list[SetAside]]:
    """Return the places of the rows of data, and the remarks among and below them."""
    kept, aside = [], []
    headings = [{plain_text(cell) for cell in filled_cells(rows[h])} for h in header]
    known = set().union(*headings)
    for r in range(start, len(rows)):
        filled = [text for text in map(plain_text, rows[r]) if text]
        distinct = set(filled)
        # Most rows are told by how much they hold and by their first cell to be data.
        if len(distinct) > _REMARK_CELLS and filled[0] not in known and not is_ordinals(filled):
            kept.append(r)
            continue
        texts = list(dict.fromkeys(filled))
        if not texts:
            if any(row == r for row, _ in grid.uncomputed):
                kept.append(r)
            continue
        if is_ordinals(filled):
            why = _NUMBERS
        elif len(texts) > 1 and distinct in headings:
            why = msg("the header repeated")
        elif (len(texts) <= _REMARK_CELLS and _FOOT.match(texts[0])) or (
            len(texts) == 1 and len(rows[r]) > 1 and len(texts[0]) > _REMARK_LENGTH
        ):
            why = msg("remark")
        else:
            kept.append(r)
            continue
        aside.append(SetAside(grid.numbers[r], " ".join(texts)[:80], why))
    return kept, aside
