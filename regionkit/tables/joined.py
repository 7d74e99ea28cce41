"""The values of a planner's table as columns of the units."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

import pandas as pd

from regionkit.tables.grammar.cell import (
    is_blank,
    is_identifier,
    is_spreadsheet_error,
    parse_number,
    plain_text,
)
from regionkit.tables.grammar.heading import names_codes
from regionkit.tables.grid import excel_serial_date
from regionkit.tables.match import ACCEPTED
from regionkit.tables.sense import judge_column
from regionkit.tables.values import ColumnValues, parse_column
from regionkit.words.message import Words, msg

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    import geopandas as gpd

    from regionkit.errors import Fault
    from regionkit.tables.match import RowMatch
    from regionkit.tables.read import SheetTable

__all__ = ["join_values", "uncomputed_faults"]

MATCH_COLUMN = "match"
_LIKELY = 0.5
_DATE_HEADING = re.compile(
    "日期|时间|年月|开工|竣工|建成|投产|完工|批复|批准|设立|成立|date", re.IGNORECASE
)
_DAY_HEADING = re.compile("日期|时间|date", re.IGNORECASE)
_RANK_HEADING = re.compile("排名|排序|名次|位次|比例|比分|得分")
_YEAR_MONTH = re.compile(r"^(?:19|20)\d{2}[.．/-](?:0?[1-9]|1[0-2])$")
_CUT_SHORT = re.compile(r"^\d(?:\.\d+)?E\+\d{2}$", re.IGNORECASE)
# A spreadsheet keeps fifteen digits of a number.
_DIGITS_KEPT = 15
_SERIAL_DAYS = (20_000, 70_000)


def join_values(
    counties: gpd.GeoDataFrame,
    table: SheetTable,
    matches: Sequence[RowMatch],
    columns: list[str],
    *,
    accept: Collection[str] = (),
) -> tuple[gpd.GeoDataFrame, pd.DataFrame, list[Fault], list[Words]]:
    """Return the layer with the columns, what each column is, the faults, and notes."""
    frame = counties.copy()
    frame.attrs = dict(counties.attrs)
    kept = [m.status in ACCEPTED for m in matches]
    adcodes = [m.place.adcode for m in matches if m.place is not None and m.status in ACCEPTED]
    own_rows = [int(row) for row, keep in zip(table.frame.index, kept, strict=True) if keep]
    faults: list[Fault] = []
    notes: list[Words] = []
    infos = {}
    joined: dict[str, pd.Series] = {}
    for column in columns:
        cells = table.frame.loc[kept, column].tolist()
        rows = [table.origins.get((row, column), row) for row in own_rows]
        name = column
        if column in frame.columns or column in {MATCH_COLUMN, frame.index.name, "adcode"}:
            name = f"{column} (table)"
            notes.append(
                msg(
                    "column {column} is called {name}, for the units have one of that name",
                    column=column,
                    name=name,
                )
            )
        unit = table.units.get(column, "")
        if _is_numeric(column, table.frame[column].tolist(), unit):
            made, of_column = _numbers(table, column, cells, rows, is_taken=column in accept)
            faults += of_column
            notes += [_of_column(column, note) for note in made.notes]
            notes += _date_note(column, made.numbers)
            values, unit, kind = made.numbers, made.unit, "number"
            marks = "、".join(f"{mark} × {n}" for mark, n in made.marks.items())
        else:
            made_texts, of_column, of_notes = _texts(table, column, cells, rows)
            faults += of_column
            notes += [_of_column(column, note) for note in of_notes]
            values, kind = (made_texts, "text") if of_column else _as_meant(made_texts, cells)
            unit, marks = "", ""
        values.index = pd.Index(adcodes, dtype=frame.index.dtype)
        joined[name] = values
        n_values = int(values.notna().sum())
        infos[name] = {
            "header": table.typed[column],
            "unit": unit,
            "kind": kind,
            "n_values": n_values,
            "n_missing": len(values) - n_values,
            "marks": marks,
        }
    for name, values in joined.items():
        frame[name] = values.reindex(frame.index)
    statuses = pd.Series(
        [m.status for m in matches if m.status in ACCEPTED],
        index=pd.Index(adcodes, dtype=frame.index.dtype),
        dtype="str",
    )
    frame[MATCH_COLUMN] = statuses.reindex(frame.index).fillna("no row")
    header = ["header", "unit", "kind", "n_values", "n_missing", "marks"]
    described = pd.DataFrame.from_dict(infos, orient="index", columns=header)
    described.index.name = "column"
    return frame.set_geometry(counties.geometry.name), described, faults, notes


def _of_column(column: str, note: Words) -> Words:
    return msg("column {column}, {note}", column=column, note=note)


def _is_numeric(name: str, cells: list[object], unit: str) -> bool:
    filled = [cell for cell in cells if not is_blank(cell)]
    if not unit and (names_codes(name) or _are_identifiers(filled)):
        return False
    if not unit and _is_year_months(name, filled):
        return False
    parsed = [parse_number(cell) for cell in filled]
    good = sum(not pd.isna(number.value) for number in parsed)
    # A row of #REF!, two numbers in a cell and 27,5 are numbers that went wrong.
    wrong = sum(
        is_spreadsheet_error(cell) or number.is_spoilt
        for cell, number in zip(filled, parsed, strict=True)
    )
    marks = sum(bool(number.mark) for number in parsed)
    if unit:
        return True
    if not good and not wrong:
        return marks == len(filled) > 0
    return good + wrong > _LIKELY * (len(filled) - marks)


def _are_identifiers(filled: list[object]) -> bool:
    n_codes = sum(map(is_identifier, filled))
    return n_codes > 0 and n_codes >= _LIKELY * len(filled)


def _is_year_months(name: str, filled: list[object]) -> bool:
    """Return whether cells are months such as 2023.10, which a number would make 2023.1."""
    texts = [plain_text(cell) for cell in filled if not parse_number(cell).mark]
    months = [text for text in texts if _YEAR_MONTH.match(text)]
    if _DATE_HEADING.search(name):
        return len(months) > _LIKELY * len(texts)
    # Whatever the heading says, 2023.10 beside 2023.9 is October.
    has_two_digits = any(re.search(r"\D(?:0\d|1[0-2])$", text) for text in months)
    return len(months) == len(texts) > 1 and has_two_digits


def _numbers(
    table: SheetTable, column: str, cells: list[object], rows: list[int], *, is_taken: bool
) -> tuple[ColumnValues, list[Fault]]:
    made = parse_column(cells, rows, unit=table.units.get(column, ""))
    sense = judge_column(column, made.unit, made.numbers, rows)
    notes = [*made.notes, *sense.remarks]
    doubts = [*made.doubts, *(() if made.doubts else sense.faults)]
    if is_taken:
        notes += [
            msg("row {row}: {what} It is taken as it is", row=row, what=what)
            for row, what, _ in doubts
        ]
        doubts = []
    faults = [table.fault(row, column, what, mend) for row, what, mend in (*made.faults, *doubts)]
    values = made.numbers.copy()
    codes = [row for row, cell in zip(rows, cells, strict=True) if is_identifier(cell)]
    faults += [
        table.fault(
            row,
            column,
            msg(
                "{text!r} is spelled like a code, and the column holds numbers.",
                text=plain_text(cell),
            ),
            msg("Write the number without the zero before it, or the whole column as text."),
        )
        for row, cell in zip(rows, cells, strict=True)
        if row in codes
    ]
    at_fault = {*codes, *(row for row, _, _ in doubts)}
    for place, row in enumerate(rows):
        if row in at_fault:
            values.iloc[place] = float("nan")
        if (row, column) in table.shared:
            first, last = table.shared[row, column]
            values.iloc[place] = float("nan")
            faults.append(
                table.fault(
                    row,
                    column,
                    msg(
                        "is one merged cell over rows {first} to {last}: its number is of all of "
                        "these units together.",
                        first=first,
                        last=last,
                    ),
                    msg("Split it, or leave it blank."),
                )
            )
    uncomputed = uncomputed_faults(table, column, rows)
    faults += uncomputed
    for fault in uncomputed:
        values.iloc[rows.index(fault.row)] = float("nan")
    return ColumnValues(values, made.unit, made.marks, tuple(notes), made.faults), faults


def _texts(
    table: SheetTable, column: str, cells: list[object], rows: list[int]
) -> tuple[pd.Series, list[Fault], list[Words]]:
    """Return a column as text, with what a spreadsheet did to it."""
    faults = uncomputed_faults(table, column, rows)
    texts: list[str | None] = [None if is_blank(c) else _spelled(c) for c in cells]
    notes: list[Words] = []
    dates = [
        (row, c)
        for row, c in zip(rows, cells, strict=True)
        if isinstance(c, dt.date | dt.time | dt.timedelta)
    ]
    others = sum(not is_blank(c) for c in cells) - len(dates)
    looks = sum(
        isinstance(c, str) and bool(re.match(r"^\s*\d{4}\D\d{1,2}\D\d{1,2}", c)) for c in cells
    )
    # 1:2 becomes a time of day.
    is_time = any(not isinstance(cell, dt.date) for _, cell in dates)
    is_turned = _RANK_HEADING.search(column) or is_time or (others and not looks)
    if dates and is_turned and not _DATE_HEADING.search(column):
        faults += [
            table.fault(
                row,
                column,
                msg(
                    "is the date or time {date}, and the column is none of dates: the spreadsheet "
                    "took a value such as 3/14, 1-2 or 1:2 for one.",
                    date=plain_text(cell),
                ),
                msg("Format the column as text and type the value again."),
            )
            for row, cell in dates
        ]
    elif dates and not _DATE_HEADING.search(column):
        notes.append(msg("its cells are dates of the spreadsheet"))
    is_code = names_codes(column)
    for row, cell in zip(rows, cells, strict=True):
        if is_spreadsheet_error(cell):
            faults.append(
                table.fault(
                    row,
                    column,
                    msg("{error} is an error of the spreadsheet.", error=str(cell).strip()),
                    msg("Mend the formula, or leave blank."),
                )
            )
        elif is_code and isinstance(cell, str) and _CUT_SHORT.match(cell.strip()):
            notes.append(
                msg(
                    "row {row}: the code {code} was cut short by a spreadsheet; its last digits "
                    "are lost",
                    row=row,
                    code=cell.strip(),
                )
            )
        elif (
            isinstance(cell, int | float)
            and not isinstance(cell, bool)
            and not is_blank(cell)
            and abs(cell) >= 10**_DIGITS_KEPT
        ):
            notes.append(
                msg(
                    "row {row}: {code} is stored as a number, of which a spreadsheet keeps {n} "
                    "digits; type it as text",
                    row=row,
                    code=plain_text(cell),
                    n=_DIGITS_KEPT,
                )
            )
    return pd.Series(texts, dtype="str"), faults, notes


def _as_meant(texts: pd.Series, cells: list[object]) -> tuple[pd.Series, str]:
    """Return a column of nothing but dates or truth values as such, and what it is; else its texts.

    A spreadsheet's own dates stay dates in what is written of the join.
    """
    filled = [cell for cell in cells if not is_blank(cell)]
    if filled and all(isinstance(cell, bool) for cell in filled):
        held = [cell if isinstance(cell, bool) else pd.NA for cell in cells]
        return pd.Series(held, dtype="boolean"), "truth"
    if filled and all(isinstance(cell, dt.date) for cell in filled):
        moments = [pd.Timestamp(c) if isinstance(c, dt.date) else pd.NaT for c in cells]
        if all(one is pd.NaT or one.tzinfo is None for one in moments):
            return pd.Series(moments, dtype="datetime64[ms]"), "date"
    return texts, "text"


def _spelled(cell: object) -> str:
    """Return a cell as a text of a column: a code that came as 210123.0 without the .0."""
    text = plain_text(cell)
    return re.sub(r"^(\d{6,})\.0$", r"\1", text)


def uncomputed_faults(table: SheetTable, column: str, rows: list[int]) -> list[Fault]:
    """Return the cells that are formulas no program has calculated yet."""
    return [
        table.fault(
            row,
            column,
            msg("is a formula whose result the file does not hold."),
            msg("Open it in a spreadsheet program, let it calculate, and save it."),
        )
        for row in rows
        if (row, column) in table.uncomputed
    ]


def _date_note(column: str, values: pd.Series) -> list[Words]:
    low, high = _SERIAL_DAYS
    known = values.dropna()
    if not len(known) or not _DAY_HEADING.search(column) or not known.between(low, high).all():
        return []
    day = excel_serial_date(known.iloc[0])
    return [
        msg(
            "column {column} holds dates as the spreadsheet's day numbers ({n:.0f} is {date}); "
            "they are left as they are",
            column=column,
            n=float(known.iloc[0]),
            date=day.isoformat(),
        )
    ]
