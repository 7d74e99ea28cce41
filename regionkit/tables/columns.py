"""Which columns of a planner's table name its units, their cities, and its values."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

import pandas as pd

from regionkit.errors import TableError
from regionkit.places.place import level_words
from regionkit.tables.grammar.cell import is_blank, parse_number, plain_text
from regionkit.tables.match import names_a_unit, read_name
from regionkit.tables.read import find_column
from regionkit.words.message import Option, Words, join, msg

if TYPE_CHECKING:
    from collections.abc import Sequence

    from regionkit.tables.match import UnitNames
    from regionkit.tables.read import SheetTable

__all__ = [
    "filled_down",
    "find_parent_column",
    "is_name_column",
    "name_column",
    "names_another",
    "value_columns",
]

_LIKELY = 0.5
_CITY_SHARE = 0.8
_OWN_CITY = re.compile("所属|所在|隶属|归属|上级")
_CITY_HEADING = re.compile("^(?:地级|省辖|各)?市$|地市|城市|市州|地区|市（州|市名")
_OTHER_CITY = re.compile("结对|对口|协作|帮扶|合作|友好|支援|投资方|来源|目的")


def name_column(table: SheetTable, resolver: UnitNames, level: str) -> str:
    """Return the column that names units of the level; of several the one that fits best."""
    hits = {
        column: sum(names_a_unit(cell, resolver, level) for cell in table.frame[column])
        for column in table.frame
    }
    best = max(hits.values())
    first: list[str] = [column for column, n in hits.items() if n == best]
    first.sort(key=names_another)
    # Codes say more than names.
    codes = [
        column
        for column in first
        if all(
            read_name(cell).isdecimal()
            for cell in table.frame[column]
            if names_a_unit(cell, resolver)
        )
    ]
    if best:
        return (codes or first)[0]
    other = next(
        (
            word
            for word in ("city", "county", "province")
            if word != level
            and any(
                names_a_unit(cell, resolver, word)
                for column in table.frame
                for cell in table.frame[column]
            )
        ),
        "",
    )
    likely = [column for column in table.frame if _mostly_text(table.frame[column])]
    sample = [plain_text(c) for c in table.frame[likely[0]].head(5)] if likely else []
    near = resolver.nearest_names(plain_text(table.frame[likely[0]].iloc[0])) if likely else []
    mend: list[Words] = []
    if other:
        mend.append(
            msg(
                "The rows are of level {level}: pass {option}.",
                level=level_words(other),
                option=Option("level", other),
            )
        )
    else:
        mend.append(
            msg(
                "Is it of another province? Else name the column with {option}, and correct the "
                "names.",
                option=Option("on"),
            )
        )
        if near:
            mend.append(msg("Nearest to the first: {names}.", names=near))
    word = level_words(level)
    what = (
        msg(
            "no column names a {level} of the region (values are {sample}).",
            level=word,
            sample=sample,
        )
        if sample
        else msg("no column names a {level} of the region.", level=word)
    )
    column = likely[0] if likely else ""
    raise TableError(
        msg("The table cannot be joined:"), [table.fault(0, column, what, join(mend, "sentences"))]
    )


def _mostly_text(cells: pd.Series) -> bool:
    filled = [cell for cell in cells if not is_blank(cell)]
    texts = sum(pd.isna(parse_number(cell).value) for cell in filled)
    return bool(filled) and texts * 2 > len(filled)


def names_another(column: str) -> bool:
    """Return whether a heading says that the units below it are others than the row's own.

    Examples
    --------
    >>> names_another("结对城市"), names_another("所属市")
    (True, False)
    """
    return bool(_OTHER_CITY.search(column))


def find_parent_column(
    table: SheetTable, others: list[str], resolver: UnitNames, on: str = ""
) -> tuple[str, list[Words]]:
    """Return the column of the cities that the units lie in, "" for none, and a note of others.

    Of several the one counts that the certain names bear out, then the one called 所属市 or 市. A
    column of other cities (结对城市, 对口协作市) is none.
    """
    fitting = []
    for place, column in enumerate(others):
        cells = [read_name(cell) for cell in table.frame[column] if not is_blank(cell)]
        cells = [cell for cell in cells if not cell.isdecimal()]
        hits = sum(names_a_unit(cell, resolver, "city") for cell in cells)
        if not cells or hits < _CITY_SHARE * len(cells) or names_another(column):
            continue
        strange = _contradictions(table, on, column, resolver) if on else 0
        rank = 0 if _OWN_CITY.search(column) else 1 if _CITY_HEADING.search(column) else 2
        fitting.append((strange, rank, place, column))
    if not fitting:
        return "", []
    strange, _, _, best = min(fitting)
    n_certain = len(table.frame)
    if strange * 2 > n_certain and len(fitting) > 1:
        return "", []
    left = [column for _, _, _, column in fitting if column != best]
    note = msg("the cities are those of column {best}, not of {others}", best=best, others=left)
    return best, [note] if left else []


def _contradictions(table: SheetTable, on: str, column: str, resolver: UnitNames) -> int:
    """Return how many rows name a unit that is certain, and lies in another city."""
    strange = 0
    for name, city in zip(table.frame[on], table.frame[column], strict=True):
        if is_blank(name) or is_blank(city):
            continue
        units = [p for p in resolver.candidates(read_name(name)) if p.stands_at("county")]
        cities = [p for p in resolver.candidates(read_name(city)) if p.stands_at("city")]
        inside = [u for u in units if any(u.lies_in(c) for c in cities)]
        strange += bool(units) and bool(cities) and not inside
    return strange


def filled_down(cells: pd.Series) -> tuple[list[object], list[Words]]:
    """Return a column of cities with each blank taken from above, and a note of it."""
    filled: list[object] = []
    taken = []
    last: object = None
    for row, cell in cells.items():
        if is_blank(cell):
            if last is not None:
                taken.append(str(row))
            filled.append(last)
        else:
            last = cell
            filled.append(cell)
    note = msg("blank cities taken from the row above in rows {rows}", rows=taken)
    return filled, [note] if taken else []


def value_columns(
    table: SheetTable,
    value: str | Sequence[str] | None,
    names: set[str],
    resolver: UnitNames,
    level: str,
) -> list[str]:
    """Return the columns to join: those asked for, else all that name no unit and count no row."""
    if value is not None:
        listed = [value] if isinstance(value, str) else list(value)
        return [find_column(table, column) for column in listed]
    return [
        column
        for column in table.frame
        if column not in names
        and (names_another(column) or not is_name_column(table.frame[column], resolver, level))
        and not _is_serial_number(column)
    ]


def _is_serial_number(column: str) -> bool:
    return column in {"序号", "编号", "No", "No.", "排名序号"}


def is_name_column(cells: pd.Series, resolver: UnitNames, level: str) -> bool:
    """Return whether most cells of a column name units of a level."""
    filled = [cell for cell in cells if not is_blank(cell)]
    # Names of a long table repeat: each is looked up once.
    counts = Counter(cell for cell in filled if isinstance(cell, str))
    hits = sum(n for cell, n in counts.items() if names_a_unit(cell, resolver, level))
    others = (cell for cell in filled if not isinstance(cell, str))
    hits += sum(names_a_unit(cell, resolver, level) for cell in others)
    return bool(filled) and hits > _LIKELY * len(filled)
