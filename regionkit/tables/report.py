"""What became of each row and column of a joined table."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING, Any, Self

import pandas as pd

from regionkit.tables.match import ACCEPTED
from regionkit.words.html import html_rows
from regionkit.words.message import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    import geopandas as gpd

    from regionkit.errors import Fault
    from regionkit.tables.match import RowMatch
    from regionkit.tables.read import SheetTable

__all__ = ["JoinReport", "JoinResult", "Report", "make_report"]

_ROW_COLUMNS = ["name", "parent", "status", "how", "adcode", "unit", "detail"]


class Report(str):  # noqa: SLOT000 - its tables are what it adds
    """A report in words that carries its tables.

    It stands in ``attrs`` of a frame: as text it is compared, copied and written into the
    metadata of a file like any other, which tables are not.
    """

    def __new__(cls, text: str, **fields: Any) -> Self:
        """Make the report of its words and its tables."""
        report = super().__new__(cls, text)
        report.__dict__.update(fields)
        return report

    def __reduce__(self) -> tuple[Any, ...]:
        """Return how a pickle makes the report again."""
        return _restore, (type(self), str(self), dict(self.__dict__))

    def __deepcopy__(self, _memo: object) -> Self:
        """Return itself: pandas copies attrs at every step, and reports do not change."""
        return self

    def _repr_html_(self) -> str:
        """Return the report for a notebook: its words, and the rows that matched nothing."""
        words = "<br>".join(escape(line) for line in self.split("\n"))
        rows = self.__dict__.get("unmatched", getattr(self, "unmatched", None))
        if rows is None or not len(rows):
            return f"<p>{words}</p>"
        shown = rows.reset_index().astype(object).where(rows.reset_index().notna(), "")
        headers = [say("Row"), *rows.columns]
        return f"<p>{words}</p>" + html_rows(headers, shown.itertuples(index=False))

    def __copy__(self) -> Self:
        """Return itself."""
        return self


class JoinReport(Report):
    """What became of each row and column of a table.

    Attributes
    ----------
    label, heading : str
        File and sheet, and the line above the header.
    on, parent : str
        Columns of names and of cities ("" for none).
    rows : DataFrame indexed by row of the file
        Columns ``name, parent, status, how, adcode, unit, detail``; status "matched" and "former
        name" gave values to a unit, "total" (also a part 其中 of the row above) was set aside,
        any other did not match.
    columns : DataFrame indexed by column
        ``header, unit, kind`` (number or text), ``n_values, n_missing, marks``.
    set_aside : DataFrame indexed by row of the file
        Titles, remarks and repeated headers: ``text, why``.
    missing : Series of str indexed by adcode
        Units of the region without a row, by name.
    unmatched : DataFrame indexed by row of the file
        Cells of the rows that gave nothing, totals apart.
    faults : tuple of Fault
        What was not raised, for ``strict=False`` or ``on_unmatched="keep"``.
    notes : tuple of str
    """

    label: str
    heading: str
    on: str
    parent: str
    rows: pd.DataFrame
    columns: pd.DataFrame
    set_aside: pd.DataFrame
    missing: pd.Series
    unmatched: pd.DataFrame
    faults: tuple[Fault, ...]
    notes: tuple[str, ...]

    @property
    def counts(self) -> dict[str, int]:
        """Number of rows of each status."""
        return dict(Counter(self.rows["status"]))


@dataclass(frozen=True, eq=False)
class JoinResult:
    """A joined layer and the report of the join.

    Attributes
    ----------
    frame : GeoDataFrame
        The units, all of them, with the table's columns and a column ``match``: "matched",
        "former name", or "no row".
    report : JoinReport
    """

    frame: gpd.GeoDataFrame = field(repr=False)
    report: JoinReport = field(repr=False)


def _restore(kind: type[Report], text: str, fields: dict[str, Any]) -> Report:
    return kind(text, **fields)


def _in_words(
    *,
    label: str,
    on: str,
    parent: str,
    rows: pd.DataFrame,
    columns: pd.DataFrame,
    set_aside: pd.DataFrame,
    missing: pd.Series,
    notes: tuple[str, ...],
    faults: tuple[Fault, ...],
    **_others: object,
) -> str:
    """Return the report in words, a line a row that is not plainly matched."""
    counts = ", ".join(f"{n} {status}" for status, n in Counter(rows["status"]).items())
    lines = [f"{label}: {len(rows)} rows by column {on} ({counts})."]
    if parent:
        lines.append(f"  City from column {parent}.")
    for column, info in columns.iterrows():
        unit = f", in {info['unit']}" if info["unit"] else ", no unit named"
        marks = f" ({info['marks']})" if info["marks"] else ""
        kind = unit if info["kind"] == "number" else ", text"
        lines.append(
            f"  Column {column}{kind}: {info['n_values']} values, "
            f"{info['n_missing']} missing{marks}."
        )
    for row, info in rows[rows["status"] != "matched"].iterrows():
        lines.append(
            f"  Row {row}, {info['name'] or '(no name)'}: {info['status']}"
            + (f"; {info['detail']}" if info["detail"] else "")
        )
    for row, info in set_aside.iterrows():
        lines.append(f"  Row {row}, {info['text']}: set aside, {info['why']}.")
    if len(missing):
        names = "、".join(f"{name} {code}" for code, name in missing.items())
        lines.append(f"  {len(missing)} units have no row: {names}.")
    lines += [f"  Note: {note.rstrip('.')}{'' if note.endswith('?') else '.'}" for note in notes]
    lines += [f"  Fault: {fault}" for fault in faults]
    return "\n".join(lines)


def make_report(
    units: gpd.GeoDataFrame,
    table: SheetTable,
    matches: Sequence[RowMatch],
    columns: pd.DataFrame,
    *,
    on: str,
    parent: str,
    faults: Sequence[Fault],
    notes: Sequence[str],
) -> JoinReport:
    """Return the report of a join, from what was read, matched and found at fault."""
    fields: dict[str, Any] = {
        "label": table.label,
        "heading": table.title,
        "on": on,
        "parent": parent,
        "rows": _rows_frame(table, matches),
        "columns": columns,
        "set_aside": _aside_frame(table),
        "missing": _missing(units, matches),
        "unmatched": _unmatched(table, matches),
        "faults": tuple(sorted(set(faults))),
        "notes": tuple(notes),
    }
    return JoinReport(_in_words(**fields), **fields)


def _rows_frame(table: SheetTable, matches: Sequence[RowMatch]) -> pd.DataFrame:
    index = table.frame.index
    rows = [
        {
            "name": m.name,
            "parent": m.parent,
            "status": m.status,
            "how": m.how,
            "adcode": m.place.adcode if m.place else "",
            "unit": m.place.name if m.place else "",
            "detail": m.detail,
        }
        for m in matches
    ]
    return pd.DataFrame(rows, columns=_ROW_COLUMNS, index=index)


def _aside_frame(table: SheetTable) -> pd.DataFrame:
    return pd.DataFrame(
        {"text": [a.text for a in table.set_aside], "why": [a.why for a in table.set_aside]},
        index=pd.Index([a.row for a in table.set_aside], name="row", dtype="int64"),
    )


def _missing(units: gpd.GeoDataFrame, matches: Sequence[RowMatch]) -> pd.Series:
    have = {m.place.adcode for m in matches if m.place and m.status in ACCEPTED}
    names = units["name"] if "name" in units else units.index.to_series()
    return names[~units.index.isin(have)].rename("name").astype("str")


def _unmatched(table: SheetTable, matches: Sequence[RowMatch]) -> pd.DataFrame:
    bad = [m.status not in ACCEPTED | {"total"} for m in matches]
    return table.frame[bad]
