"""Tables with several rows a unit, brought to one: rows chosen, made wide, or summed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from regionkit.errors import TableError
from regionkit.tables.grammar.cell import is_blank, parse_number, plain_text
from regionkit.tables.grammar.units import is_unit, split_unit
from regionkit.tables.joined import uncomputed_faults
from regionkit.tables.match import ACCEPTED
from regionkit.tables.read import find_column
from regionkit.tables.values import parse_column
from regionkit.words.message import Option, msg

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from regionkit.errors import Fault
    from regionkit.tables.match import RowMatch
    from regionkit.tables.read import SheetTable
    from regionkit.words.message import Words

__all__ = ["choose_rows", "parting_columns", "sum_rows", "widen"]

_MOST_SHOWN = 12
_UNIT_HEADINGS = {"单位", "计量单位", "unit"}


def choose_rows(table: SheetTable, where: Mapping[str, object]) -> SheetTable:
    """Return the rows of a table in which each column has the value, or one of the values, given.

    Raises
    ------
    TableError
        No such column, or no row has the value; those there are are listed.

    Examples
    --------
    >>> from regionkit.tables.read import read_table
    >>> long = pd.DataFrame({"县": ["康平县"] * 2, "年份": [2022, 2023], "值": [1, 2]})
    >>> choose_rows(read_table(long), {"年份": 2023}).frame["值"].tolist()
    [2]
    """
    for name, wanted in where.items():
        column = find_column(table, name)
        values = wanted if isinstance(wanted, list | tuple | set | frozenset) else [wanted]
        words = {_comparable(value) for value in values}
        said = table.frame[column].map(_comparable)
        kept = said.isin(words)
        if not kept.any():
            there = list(dict.fromkeys(plain_text(cell) for cell in table.frame[column]))
            listed = [word for word in there[:_MOST_SHOWN] if word]
            more = ["..."] if len(there) > _MOST_SHOWN else []
            what = msg("no row has {values}.", values=tuple(values))
            mend = msg("Its values are {values}.", values=listed + more)
            raise TableError(
                msg("The table cannot be joined:"), [table.fault(0, column, what, mend)]
            )
        note = msg(
            "of {n} rows those with {column} = {values} are taken ({taken})",
            n=len(kept),
            column=column,
            values=tuple(values),
            taken=int(kept.sum()),
        )
        table = replace(table, frame=table.frame[kept], notes=(*table.notes, note))
    return table


def _comparable(value: object) -> str:
    text = "".join(plain_text(value).split()).casefold()
    # 2023 and 2023年 are one year.
    return text[:-1] if text.endswith("年") and text[:-1].isdecimal() else text


def widen(
    table: SheetTable, pivot: str, names: Sequence[str], value: str | Sequence[str] | None
) -> SheetTable:
    """Return a long table with a column for each indicator, and one row a unit.

    Parameters
    ----------
    table : SheetTable
    pivot : str
        Column of the indicators.
    names : sequence of str
        Columns that name the unit of a row.
    value : str or sequence of str, optional
        The column of the values; found where one alone holds numbers.

    Raises
    ------
    TableError
        A unit has an indicator twice, or the column of values is not certain.
    """
    by = find_column(table, pivot)
    unit_column = next((c for c in table.frame if c in _UNIT_HEADINGS and c != by), "")
    source = _value_column(table, [by, unit_column, *names], value)
    made: dict[tuple[str, ...], dict[str, object]] = {}
    units: dict[str, str] = {}
    origins: dict[tuple[int, str], int] = {}
    first_rows: dict[tuple[str, ...], int] = {}
    faults: list[Fault] = []
    shared, uncomputed = {}, set()
    for row, cells in table.frame.iterrows():
        key = tuple(plain_text(cells[name]) for name in names)
        heading, unit = split_unit(plain_text(cells[by]))
        if unit_column and is_unit(plain_text(cells[unit_column])):
            unit = unit or plain_text(cells[unit_column])
        heading = heading or plain_text(cells[by])
        if not heading:
            faults.append(table.fault(int(row), by, msg("is blank."), msg("Write the indicator.")))
            continue
        first = first_rows.setdefault(key, int(row))
        of_unit = made.setdefault(key, {name: cells[name] for name in names})
        if heading in of_unit:
            other = origins.get((first, heading), first)
            faults.append(
                table.fault(
                    int(row),
                    by,
                    msg(
                        "{heading} of {units} stands in row {row} too.",
                        heading=heading,
                        units=key,
                        row=other,
                    ),
                    msg(
                        "Choose the rows of one year or kind with {option}.",
                        option=Option("where"),
                    ),
                )
            )
            continue
        if units.setdefault(heading, unit) != unit:
            faults.append(
                table.fault(
                    int(row),
                    by,
                    msg(
                        "{heading} is in {unit}, in other rows in {other}.",
                        heading=heading,
                        unit=unit or msg("no unit"),
                        other=units[heading] or msg("no unit"),
                    ),
                    msg("Bring an indicator to one unit."),
                )
            )
        of_unit[heading] = cells[source]
        origins[first, heading] = int(row)
        if (row, source) in table.shared:
            shared[int(row), heading] = table.shared[row, source]
        if (row, source) in table.uncomputed:
            uncomputed.add((int(row), heading))
    if faults:
        raise TableError(msg("The table cannot be made wide:"), faults)
    frame = pd.DataFrame(
        list(made.values()), index=pd.Index(list(first_rows.values()), name="row"), dtype=object
    )
    note = msg(
        "the long table was made wide: a column for each {by} of {values} ({n}), {rows} rows to "
        "{made}",
        by=by,
        values=source,
        n=len(units),
        rows=len(table.frame),
        made=len(frame),
    )
    return replace(
        table,
        frame=frame,
        typed={c: table.typed.get(c, c) for c in frame},
        units={heading: unit for heading, unit in units.items() if unit}
        | {heading: table.units[source] for heading in units if source in table.units},
        shared=shared,
        uncomputed=frozenset(uncomputed),
        origins=origins,
        notes=(*table.notes, note),
    )


def _value_column(
    table: SheetTable, others: Sequence[str], value: str | Sequence[str] | None
) -> str:
    """Return the column of a long table that holds the values."""
    if value is not None:
        listed = [value] if isinstance(value, str) else list(value)
        if len(listed) == 1:
            return find_column(table, listed[0])
    left = [c for c in table.frame if c not in others]
    varied: list[str] = [
        c for c in left if _is_of_numbers(table.frame[c]) and c not in {"年份", "年度", "年"}
    ]
    if len(varied) == 1:
        return varied[0]
    raise TableError(
        msg("The table cannot be made wide:"),
        [
            table.fault(
                0,
                "",
                msg("the column of values is not certain ({columns}).", columns=varied or left),
                msg("Name it with {option}.", option=Option("value")),
            )
        ],
    )


def _is_of_numbers(cells: pd.Series) -> bool:
    read = [parse_number(cell) for cell in cells if not is_blank(cell)]
    return sum(not pd.isna(number.value) for number in read) * 2 > len(read)


def sum_rows(
    table: SheetTable, matches: Sequence[RowMatch], columns: Sequence[str]
) -> tuple[SheetTable, list[RowMatch], list[Fault]]:
    """Return a table with one row a unit: its numbers summed, its rows counted in 行数.

    A blank is unknown: a sum over rows of which some have no value is told. Columns of text are
    left out and told.
    """
    accepted = [i for i, match in enumerate(matches) if match.status in ACCEPTED]
    rest = [i for i, match in enumerate(matches) if match.status not in ACCEPTED]
    groups: dict[str, list[int]] = {}
    for i in accepted:
        place = matches[i].place
        groups.setdefault(place.adcode if place else "", []).append(i)
    heads = [places[0] for places in groups.values()]
    rows = [int(row) for row in table.frame.index]
    faults: list[Fault] = []
    notes: list[Words] = []
    texts: list[str] = []
    made: dict[str, list[float]] = {}
    units = dict(table.units)
    for column in columns:
        cells = table.frame[column].iloc[accepted].tolist()
        if not _is_of_numbers(pd.Series(cells, dtype=object)) and column not in table.units:
            texts.append(column)
            continue
        read = parse_column(cells, [rows[i] for i in accepted], unit=table.units.get(column, ""))
        faults += [
            table.fault(row, column, what, mend) for row, what, mend in (*read.faults, *read.doubts)
        ]
        faults += uncomputed_faults(table, column, [rows[i] for i in accepted])
        notes += [msg("column {column}, {note}", column=column, note=note) for note in read.notes]
        by_row = dict(zip(accepted, read.numbers, strict=True))
        sums = []
        for places in groups.values():
            known = [by_row[i] for i in places if not pd.isna(by_row[i])]
            sums.append(_sum(known) if known else float("nan"))
            if known and len(known) < len(places):
                place = matches[places[0]].place
                notes.append(
                    msg(
                        "column {column}: the sum of {place} is over {n} of {all} rows (none in "
                        "row {rows})",
                        column=column,
                        place=place.name if place else "",
                        n=len(known),
                        all=len(places),
                        rows=[rows[i] for i in places if pd.isna(by_row[i])],
                    )
                )
        made[column] = sums
        if read.unit:
            units[column] = read.unit
    made["行数"] = [float(len(places)) for places in groups.values()]
    names = [c for c in table.frame if c not in columns]
    summed = table.frame.iloc[heads][names].assign(**made)
    others = table.frame.iloc[rest]
    frame = pd.concat([summed, others[[c for c in summed if c in others]]]).astype(object)
    notes.append(msg("{n} rows of {units} units were summed", n=len(accepted), units=len(groups)))
    if texts:
        notes.append(msg("text is left out: {columns}", columns=texts))
    wide = replace(
        table,
        frame=frame,
        typed={**table.typed, "行数": "行数"},
        units=units,
        uncomputed=frozenset(),
        notes=(*table.notes, *notes),
    )
    return wide, [matches[i] for i in (*heads, *rest)], faults


def _sum(values: list[float]) -> float:
    """Return a sum without the noise of binary fractions: 0.1 and 0.2 are 0.3."""
    from fractions import Fraction

    return float(sum(Fraction(repr(value)) for value in values))


def parting_columns(
    table: SheetTable, matches: Sequence[RowMatch], names: Sequence[str]
) -> list[tuple[str, list[str]]]:
    """Return the columns whose values tell the rows of one unit apart, with these values."""
    groups: dict[str, list[int]] = {}
    for i, match in enumerate(matches):
        if match.status == "duplicate" and match.place is not None:
            groups.setdefault(match.place.adcode, []).append(i)
    found = []
    for column in table.frame:
        if column in names:
            continue
        texts = [_comparable(cell) for cell in table.frame[column]]
        values = list(dict.fromkeys(text for text in texts if text))
        differs = [len({texts[i] for i in places}) > 1 for places in groups.values()]
        if groups and all(differs) and 1 < len(values) <= max(2, len(texts) // 2):
            found.append((column, values[:_MOST_SHOWN]))
    return found
