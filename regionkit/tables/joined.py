"""The values of a planner's table as columns of the units."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pandas as pd

from regionkit.errors import Fault
from regionkit.tables.grid import excel_serial_date
from regionkit.tables.match import ACCEPTED
from regionkit.tables.values import (
    EXCEL_ERRORS,
    ColumnValues,
    is_blank,
    parse_column,
    parse_number,
    plain_text,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    import geopandas as gpd

    from regionkit.tables.match import RowMatch
    from regionkit.tables.read import SheetTable

__all__ = ["join_values"]

MATCH_COLUMN = "match"
_LIKELY = 0.5
_DATE_HEADING = re.compile("日期|时间|date", re.IGNORECASE)
_SERIAL_DAYS = (20_000, 70_000)


def join_values(
    counties: gpd.GeoDataFrame,
    table: SheetTable,
    matches: Sequence[RowMatch],
    columns: list[str],
) -> tuple[gpd.GeoDataFrame, pd.DataFrame, list[Fault], list[str]]:
    """Return the layer with the columns, what each column is, the faults, and notes."""
    frame = counties.copy()
    frame.attrs = dict(counties.attrs)
    kept = [m.status in ACCEPTED for m in matches]
    adcodes = [m.place.adcode for m in matches if m.place is not None and m.status in ACCEPTED]
    rows = [int(row) for row, keep in zip(table.frame.index, kept, strict=True) if keep]
    faults, notes, infos = [], [], {}
    joined: dict[str, pd.Series] = {}
    for column in columns:
        cells = table.frame.loc[kept, column].tolist()
        name = column
        if column in frame.columns or column in {MATCH_COLUMN, frame.index.name, "adcode"}:
            name = f"{column} (table)"
            notes.append(f"column {column} is called {name}, for the units have one of that name")
        if _is_numeric(table.frame[column].tolist(), table.units.get(column, "")):
            made, of_column = _numbers(table, column, cells, rows)
            faults += of_column
            notes += [f"column {column}, {note}" for note in made.notes]
            notes += _date_note(column, made.numbers)
            values, unit, kind = made.numbers, made.unit, "number"
            marks = "、".join(f"{mark} × {n}" for mark, n in made.marks.items())
        else:
            texts = [None if is_blank(c) else plain_text(c) for c in cells]
            faults += _uncomputed(table, column, rows)
            values, unit, kind, marks = pd.Series(texts, dtype="str"), "", "text", ""
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
    frame.attrs["units"] = {name: info["unit"] for name, info in infos.items() if info["unit"]}
    frame.attrs["value_columns"] = [n for n, info in infos.items() if info["kind"] == "number"]
    header = ["header", "unit", "kind", "n_values", "n_missing", "marks"]
    described = pd.DataFrame.from_dict(infos, orient="index", columns=header)
    described.index.name = "column"
    return frame.set_geometry(counties.geometry.name), described, faults, notes


def _is_numeric(cells: list[object], unit: str) -> bool:
    filled = [cell for cell in cells if not is_blank(cell)]
    parsed = [parse_number(cell) for cell in filled]
    good = sum(not pd.isna(number.value) for number in parsed)
    # A row of #REF! is a number that went wrong.
    filled = [c for c in filled if plain_text(c) not in EXCEL_ERRORS]
    marks = sum(bool(number.mark) for number in parsed)
    if unit:
        return True
    return good > _LIKELY * (len(filled) - marks) or (good == 0 and marks == len(filled) > 0)


def _numbers(
    table: SheetTable, column: str, cells: list[object], rows: list[int]
) -> tuple[ColumnValues, list[Fault]]:
    made = parse_column(cells, rows, unit=table.units.get(column, ""))
    faults = [Fault(table.label, row, column, what, mend) for row, what, mend in made.faults]
    values = made.numbers.copy()
    for place, row in enumerate(rows):
        if (row, column) in table.shared:
            first, last = table.shared[row, column]
            values.iloc[place] = float("nan")
            faults.append(
                Fault(
                    table.label,
                    row,
                    column,
                    f"is one merged cell over rows {first} to {last}: its "
                    "number is of all of these units together.",
                    "Split it, or leave it blank.",
                )
            )
    faults += _uncomputed(table, column, rows)
    return ColumnValues(values, made.unit, made.marks, made.notes, made.faults), faults


def _uncomputed(table: SheetTable, column: str, rows: list[int]) -> list[Fault]:
    """Return the cells that are formulas no program has calculated yet."""
    return [
        Fault(
            table.label,
            row,
            column,
            "is a formula whose result the file does not hold.",
            "Open it in a spreadsheet program, let it calculate, and save it.",
        )
        for row in rows
        if (row, column) in table.uncomputed
    ]


def _date_note(column: str, values: pd.Series) -> list[str]:
    low, high = _SERIAL_DAYS
    known = values.dropna()
    if not len(known) or not _DATE_HEADING.search(column) or not known.between(low, high).all():
        return []
    day = excel_serial_date(known.iloc[0])
    return [
        (
            f"column {column} holds dates as the spreadsheet's day numbers ({known.iloc[0]:.0f} is "
            f"{day.isoformat()}); they are left as they are"
        )
    ]
