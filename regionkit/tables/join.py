"""The planner's table joined to the units of a region, with a report of every row."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

import geopandas as gpd
import pandas as pd

from regionkit.errors import CrsError, InputError, TableError
from regionkit.limits import raised as raised_limit
from regionkit.places.place import level_words
from regionkit.tables.columns import (
    filled_down,
    find_parent_column,
    is_name_column,
    name_column,
    names_another,
    value_columns,
)
from regionkit.tables.grammar.cell import is_blank, plain_text
from regionkit.tables.joined import join_values
from regionkit.tables.match import ACCEPTED, RowMatch, match_names, names_a_unit, read_name
from regionkit.tables.read import SheetTable, find_column, read_table
from regionkit.tables.report import JoinResult, make_report
from regionkit.tables.reshape import choose_rows, parting_columns, sum_rows, widen
from regionkit.words.message import Call, Option, Words, join, msg

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from pathlib import Path

    from regionkit.errors import Fault
    from regionkit.places.place import Place
    from regionkit.tables.match import Former, UnitNames

__all__ = ["join_table"]

# So many units with several rows make a long table; one or two are a slip.
_FEWEST_OF_LONG = 2
# Rows of a table of units; what has more is to be summed first.
_MOST_ROWS = 100_000


def join_table(
    counties: gpd.GeoDataFrame,
    resolver: UnitNames,
    source: str | Path | pd.DataFrame,
    *,
    on: str | None = None,
    sheet: str | int | None = None,
    value: str | Sequence[str] | None = None,
    parent: str | None = None,
    level: str = "county",
    strict: bool = True,
    on_unmatched: Literal["raise", "keep"] = "raise",
    former: Former = "same area",
    where: Mapping[str, object] | None = None,
    pivot: str | None = None,
    sum_by: str | None = None,
    unit: Mapping[str, str] | None = None,
    visible_only: bool = False,
    accept: str | Sequence[str] = (),
    layer: str | None = None,
    partial: Collection[str] = (),
) -> JoinResult:
    """Return the units with the columns of a planner's table, and a report of every row.

    Parameters
    ----------
    counties : GeoDataFrame indexed by adcode
        The units of the level: counties, or cities for ``level="city"``.
    resolver : Resolver
    source : path or DataFrame
        .xlsx, .xls, .ods, .et, .csv, .tsv or .parquet, or a web page under such an ending;
        known by its content.
    on : str, optional
        Column of names or adcodes; found by itself where one column alone fits.
    sheet : str or int, optional
        Needed where several sheets have such a table.
    value : str or sequence of str, optional
        Columns to join; all others than names where it is not given.
    parent : str, optional
        Column of the cities that the units lie in.
    level : {"county", "city", "province", "zone"}
        For zones ``resolver`` is :class:`regionkit.tables.zone_names.ZoneNames`.
    strict : bool
        Whether any fault stops the join. If not, cells that are no numbers become missing and
        units with several rows get none, each told in the report.
    on_unmatched : {"raise", "keep"}
        What to do with rows that match no unit for certain; kept ones are in
        ``report.unmatched``.
    former : {"same area", "unchanged", "all", "none"}
        Which former names and codes are taken for the unit of today, as of
        :func:`regionkit.tables.match.match_names`; each is told in the report.
    where : mapping of column to value or values, optional
        Takes these rows only, such as ``{"年份": 2023}``.
    pivot : str, optional
        Column of indicators of a long table; each becomes a column.
    sum_by : str, optional
        Column of names whose rows are summed, such as the county of projects; 行数 counts them.
    unit : mapping of column to str, optional
        Units set by hand, over those of headers and the line above the table.
    visible_only : bool
        Whether rows and columns that the sheet hides are left out; they are told in any case.
    accept : str or sequence of str
        Columns taken as they are where :mod:`regionkit.tables.sense` would refuse a value; the
        report keeps the remark.
    layer : str, optional
        Of a GeoPackage, Shapefile, GeoJSON or FlatGeobuf, whose attributes are the table.
    partial : collection of str
        Units that are held in part only; the report tells those that got a row.

    Raises
    ------
    TableError
        With every fault: names unknown or ambiguous, units twice, cells that are no numbers.
    InputError, CrsError
        An argument is none of the known; the units have no CRS.

    Examples
    --------
    >>> import pandas as pd
    >>> from regionkit.places.boundaries import load_boundaries
    >>> from regionkit.places.names import Resolver
    >>> from regionkit.places.units import list_units
    >>> counties, resolver = load_boundaries("210000"), Resolver(list_units("210000"))
    >>> table = pd.DataFrame(
    ...     {"县": ["全省", "康平", "法库县"], "粮食（万吨）": [9, "1,234.5", "…"]}
    ... )
    >>> result = join_table(counties, resolver, table)
    >>> float(result.frame.loc["210123", "粮食"]), result.report.counts
    (1234.5, {'total': 1, 'matched': 2})
    """
    _check_arguments(counties, on_unmatched, pivot, sum_by)
    match_names([], resolver, level=level, former=former)
    table = read_table(
        source,
        sheet=sheet,
        column=on or sum_by,
        is_place=lambda text: names_a_unit(text, resolver),
        visible_only=visible_only,
        layer=layer,
        most_rows=None if sum_by else raised_limit(_MOST_ROWS),
    )
    named = on or sum_by
    on_column = find_column(table, named) if named else name_column(table, resolver, level)
    table, parent_column = _with_cities(table, on_column, parent, resolver, level)
    if where:
        table = choose_rows(table, where)
    if pivot:
        names = [column for column in (on_column, parent_column) if column]
        table, value = widen(table, pivot, names, value), None
    table = _with_units(table, unit or {})
    matches = match_names(
        table.frame[on_column].tolist(),
        resolver,
        level=level,
        parents=table.frame[parent_column].tolist() if parent_column else None,
        former=former,
        repeats=sum_by is not None,
    )
    table, matches = _drop_empty(table, matches, on_column, parent_column)
    others = [column for column in table.frame if column != on_column]
    _refuse_side_by_side(table, matches, on_column, others, resolver, level)
    matches = _check_codes(table, matches, on_column, others, resolver, level)
    outside = {m.place.adcode for m in matches if m.place is not None and m.status in ACCEPTED}
    matches = _only_known(matches, outside - set(counties.index.astype(str)))
    wanted = value_columns(table, value, {on_column, parent_column}, resolver, level)
    sum_faults: list[Fault] = []
    if sum_by:
        table, matches, sum_faults = sum_rows(table, matches, wanted)
        wanted = [column for column in (*wanted, "行数") if column in table.frame]
    taken = {find_column(table, c) for c in ([accept] if isinstance(accept, str) else accept)}
    frame, columns, cell_faults, more = join_values(counties, table, matches, wanted, accept=taken)
    cell_faults += sum_faults
    notes = [*table.notes, *more, *_partial_notes(matches, partial)]
    row_faults = _row_faults(table, matches, on_column, resolver, level)
    raised = [] if on_unmatched == "keep" else row_faults
    duplicate_faults = _duplicate_faults(table, matches, on_column, parent_column)
    if strict:
        raised = raised + duplicate_faults + cell_faults
    if raised:
        raise TableError(_headline(table, raised, matches), sorted(set(raised)))
    report = make_report(
        counties,
        table,
        matches,
        columns,
        on=on_column,
        parent=parent_column,
        faults=row_faults + duplicate_faults + cell_faults,
        notes=notes,
    )
    return JoinResult(frame, report)


def _partial_notes(matches: Sequence[RowMatch], partial: Collection[str]) -> list[Words]:
    """Return the note of figures of a whole unit that stand beside a part of it."""
    joined = [m.place for m in matches if m.place is not None and m.status in ACCEPTED]
    names = [place.name for place in joined if place.adcode in partial]
    if not names:
        return []
    told = msg(
        "only a part of {names} lies in the region: the figure of the whole stands beside it, "
        "unless the table is of that part",
        names=names,
    )
    return [told]


def _check_arguments(
    counties: gpd.GeoDataFrame, on_unmatched: str, pivot: str | None, sum_by: str | None
) -> None:
    if pivot and sum_by:
        raise InputError(
            msg("{pivot} makes a row a unit, so there is nothing to sum.", pivot=Option("pivot")),
            mend=msg(
                "Leave out {pivot} or {sum_by}.", pivot=Option("pivot"), sum_by=Option("sum_by")
            ),
        )
    if on_unmatched not in {"raise", "keep"}:
        raise InputError(
            msg("{option} is not known.", option=Option("on_unmatched", on_unmatched)),
            mend=msg("Use one of {choices}.", choices=("raise", "keep")),
        )
    if not isinstance(counties, gpd.GeoDataFrame):
        raise InputError(
            msg("A {kind} has no geometry.", kind=type(counties).__name__),
            mend=msg("Give a GeoDataFrame of units indexed by adcode, such as ln.counties."),
        )
    if counties.crs is None:
        raise CrsError(
            msg("The units have no CRS."),
            mend=msg("Set it: {call}.", call="counties.set_crs('EPSG:4326')"),
        )


def _with_cities(
    table: SheetTable, on: str, parent: str | None, resolver: UnitNames, level: str
) -> tuple[SheetTable, str]:
    """Return the table with its column of cities filled down, and that column, "" for none."""
    others = [column for column in table.frame if column != on]
    column = ""
    notes: list[Words] = []
    if parent:
        column = find_column(table, parent)
    elif level == "county":
        column, notes = find_parent_column(table, others, resolver, on)
    if not column:
        return table, ""
    cities, filled = filled_down(table.frame[column])
    frame = table.frame.copy()
    frame[column] = pd.Series(cities, index=frame.index, dtype=object)
    return replace(table, frame=frame, notes=(*table.notes, *notes, *filled)), column


def _with_units(table: SheetTable, units: Mapping[str, str]) -> SheetTable:
    """Return the table with the units that are set by hand, and a note of each."""
    named = {find_column(table, column): unit for column, unit in units.items()}
    notes = []
    for column, unit in named.items():
        header = table.units.get(column)
        if header and header != unit:
            told = msg(
                "column {column} is taken in {unit} instead of {header}, as said by hand",
                column=column,
                unit=unit,
                header=header,
            )
        else:
            told = msg(
                "column {column} is taken in {unit}, as said by hand", column=column, unit=unit
            )
        notes.append(told)
    return replace(table, units={**table.units, **named}, notes=(*table.notes, *notes))


def _drop_empty(
    table: SheetTable, matches: list[RowMatch], on: str, parent: str
) -> tuple[SheetTable, list[RowMatch]]:
    """Return table and matches without rows that hold nothing beside their city."""
    rest = table.frame.drop(columns=[c for c in (on, parent) if c])
    keep = [
        match.status != "no name" or (len(rest.columns) > 0 and not all(map(is_blank, cells)))
        for match, cells in zip(matches, rest.itertuples(index=False), strict=True)
    ]
    return (
        replace(table, frame=table.frame[keep]),
        [match for match, kept in zip(matches, keep, strict=True) if kept],
    )


def _refuse_side_by_side(
    table: SheetTable,
    matches: Sequence[RowMatch],
    on: str,
    others: list[str],
    resolver: UnitNames,
    level: str,
) -> None:
    """Refuse a table of two blocks beside each other: a row of it is of two units.

    Raises
    ------
    TableError
        A second column names other units than the first, in most rows.
    """
    by_code = {"adcode", "former code"}
    for column in others:
        # A name that its code contradicts is a fault of the row.
        cells = [cell for cell in table.frame[column] if not is_blank(cell)]
        if (
            not is_name_column(table.frame[column], resolver, level)
            or any(match.how in by_code for match in matches)
            or all(read_name(cell).isdecimal() for cell in cells)
            or names_another(column)
        ):
            continue
        strange = []
        for (row, cell), match in zip(table.frame[column].items(), matches, strict=True):
            said = {p.adcode for p in _candidates(cell, resolver) if p.level == level}
            if match.place is not None and said and match.place.adcode not in said:
                strange.append((int(row), match.place.name, plain_text(cell)))
        if len(strange) * 2 > len(matches):
            row, first, second = strange[0]
            raise TableError(
                msg("The table cannot be joined:"),
                [
                    table.fault(
                        row,
                        column,
                        msg(
                            "names {second} where column {column} names {first}: two tables seem "
                            "to stand side by side.",
                            second=second,
                            column=on,
                            first=first,
                        ),
                        msg(
                            "Move the second below the first, or join each with {on} and {value} "
                            "from a sheet of its own.",
                            on=Option("on"),
                            value=Option("value"),
                        ),
                    )
                ],
            )


def _candidates(cell: object, resolver: UnitNames) -> list[Place]:
    if is_blank(cell):
        return []
    try:
        return resolver.candidates(read_name(cell))
    except LookupError:
        return []


def _check_codes(
    table: SheetTable,
    matches: Sequence[RowMatch],
    on: str,
    others: list[str],
    resolver: UnitNames,
    level: str,
) -> list[RowMatch]:
    """Return the matches; where names and codes stand side by side, they must not differ.

    Codes are those of today or former ones of the same unit.
    """
    checked = list(matches)
    for column in others:
        cells = table.frame[column]
        if not is_name_column(cells, resolver, level):
            continue
        of_codes = all(read_name(cell).isdecimal() for cell in cells if not is_blank(cell))
        for number, (match, cell) in enumerate(zip(matches, cells, strict=True)):
            by_code = match.how in {"adcode", "former code"}
            if by_code == of_codes or match.place is None or is_blank(cell):
                continue
            said = {place.adcode for place in _candidates(cell, resolver)}
            if not said or match.place.adcode in said or match.status not in ACCEPTED:
                continue
            code, name = (
                (match.name, plain_text(cell)) if by_code else (plain_text(cell), match.name)
            )
            meant = match.place.name if by_code else _said(cell, resolver)
            checked[number] = RowMatch(
                match.name,
                match.parent,
                "code and name differ",
                match.how,
                match.place,
                detail=msg(
                    "the code {code} is {place}, but column {column} says {name!r}.",
                    code=code,
                    place=meant,
                    column=column if by_code else on,
                    name=name,
                ),
                mend=msg(
                    "Correct one of them (codes stand in {column}).",
                    column=on if by_code else column,
                ),
            )
    return checked


def _said(cell: object, resolver: UnitNames) -> Words:
    return join(place.name for place in _candidates(cell, resolver))


def _only_known(matches: Sequence[RowMatch], strange: set[str]) -> list[RowMatch]:
    """Return the matches; a unit that the layer has not is no match."""
    return [
        RowMatch(
            m.name,
            m.parent,
            "unknown",
            m.how,
            m.place,
            detail=msg("{place} is not in the layer of units.", place=m.place),
            mend=msg("Give the whole layer."),
        )
        if m.place is not None and m.place.adcode in strange and m.status in ACCEPTED
        else m
        for m in matches
    ]


def _row_faults(
    table: SheetTable, matches: Sequence[RowMatch], on: str, resolver: UnitNames, level: str
) -> list[Fault]:
    faults = [
        table.fault(int(row), on, match.detail, match.mend)
        for row, match in zip(table.frame.index, matches, strict=True)
        if match.status not in ACCEPTED | {"total", "duplicate"}
    ]
    if not _has_rows_of(matches, level):
        other = Counter(
            m.place.level
            for m in matches
            if m.place is not None and m.place.level in {"province", "city", "county"}
        )
        found = other.most_common(1)
        if found and found[0][0] != level:
            word = found[0][0]
            faults.insert(
                0,
                table.fault(
                    0,
                    on,
                    msg(
                        "no row is of a {level}; they are of level {other}.",
                        level=level_words(level),
                        other=level_words(word),
                    ),
                    msg("Pass {option}.", option=Option("level", word)),
                ),
            )
        elif not faults:
            near = resolver.nearest_names(read_name(table.frame[on].iloc[0]))
            faults.append(
                table.fault(
                    0,
                    on,
                    msg("no row names a {level}, only totals.", level=level_words(level)),
                    msg("Nearest to the first: {names}.", names=near) if near else "",
                )
            )
    return faults


def _has_rows_of(matches: Sequence[RowMatch], level: str) -> bool:
    """Return whether a table has rows of a level, which rows of totals do not outnumber.

    A unit that stands at the level of the totals too (台湾省 among provinces) is no row of it then.
    """
    accepted = [m for m in matches if m.status in ACCEPTED | {"duplicate"}]
    totals = Counter(m.place.level for m in matches if m.status == "total" and m.place is not None)
    if not accepted or sum(totals.values()) <= len(accepted):
        return bool(accepted)
    above = totals.most_common(1)[0][0]
    return above == level or not all(
        m.place is not None and m.place.stands_at(above) for m in accepted
    )


def _duplicate_faults(
    table: SheetTable, matches: Sequence[RowMatch], on: str, parent: str
) -> list[Fault]:
    """Return a fault of each unit's rows; one for a long table, with what parts its rows."""
    twice = [
        (int(row), match)
        for row, match in zip(table.frame.index, matches, strict=True)
        if match.status == "duplicate"
    ]
    parting = parting_columns(table, matches, [on, parent])
    units = {match.place.adcode for _, match in twice if match.place is not None}
    if len(units) < _FEWEST_OF_LONG or (not parting and not table.hides):
        add_up = msg(
            "Rows to add up, such as projects, are summed with {option}.",
            option=Option("sum_by", on),
        )
        return [
            table.fault(row, on, match.detail, join([match.mend, add_up], "sentences"))
            for row, match in twice
        ]
    row, match = twice[0]
    ways: list[Words] = []
    for column, values in parting:
        years = all(value[:4].isdecimal() and len(value) <= 7 for value in values)
        if years or not ways:
            one = values[-1] if years else values[0]
            ways.append(
                Call(
                    f'where={{"{column}": "{one}"}}',
                    command=Option("where", f"{column}={one}").render(door="command"),
                )
            )
        if not years and len(values) > 1:
            ways.append(
                msg(
                    "{option} (a column each of {values})",
                    option=Option("pivot", column),
                    values=values[:4],
                )
            )
    if table.hides:
        shown = Call("visible_only=True", command="--visible-only")
        ways.append(msg("{option}, which takes the rows the sheet shows", option=shown))
    what = msg(
        "{n} units have several rows ({rows} rows in all): {example}",
        n=len(units),
        rows=len(twice),
        example=match.detail,
    )
    mend = msg(
        "Choose with {ways}; rows to add up are summed with {option}.",
        ways=join(ways, "or"),
        option=Option("sum_by", on),
    )
    return [table.fault(row, on, what, mend)]


def _headline(table: SheetTable, faults: list[Fault], matches: Sequence[RowMatch]) -> Words:
    known = sum(m.status in ACCEPTED for m in matches)
    told = [
        msg("Faults in {table}: {n}; nothing is joined.", table=table.label, n=len(set(faults)))
    ]
    if not known and any(m.status == "unknown" for m in matches):
        told.append(msg("Not one name is known: is the table of another province?"))
    return join(told, "sentences")
