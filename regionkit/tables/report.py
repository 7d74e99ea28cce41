"""What became of each row and column of a joined table."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING, Any, Self

import pandas as pd

from regionkit.tables.match import ACCEPTED
from regionkit.words.html import html_rows
from regionkit.words.message import Words, join, msg, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    import geopandas as gpd

    from regionkit.errors import Fault
    from regionkit.tables.match import RowMatch
    from regionkit.tables.read import SheetTable

__all__ = ["JoinReport", "JoinResult", "Report", "make_report", "remark_lines"]

# What the report calls the statuses of rows.
_STATUSES = {
    "matched": msg("matched"),
    "former name": msg("former name"),
    "total": msg("total"),
    "no name": msg("no name"),
    "ambiguous": msg("ambiguous"),
    "unknown": msg("unknown name"),
    "other level": msg("other level"),
    "other parent": msg("other parent"),
    "functional area": msg("functional area"),
    "township": msg("township"),
    "former unit": msg("former unit"),
    "code and name differ": msg("code and name differ"),
    "duplicate": msg("duplicate"),
}
_ROW_COLUMNS = ["name", "parent", "status", "how", "within", "adcode", "unit", "detail"]


class Report(str):  # noqa: SLOT000 - its tables are what it adds
    """A report in words that carries its tables.

    It stands in ``attrs`` of a frame: as text it is compared, copied and written into the
    metadata of a file like any other, which tables are not. That text is in the language of the
    moment the report was made; shown, it speaks the language of the moment it is shown.
    """

    words: Words

    def __new__(cls, words: Words, **fields: Any) -> Self:
        """Make the report of its words and its tables."""
        report = super().__new__(cls, words.render())
        report.__dict__.update(fields, words=words)
        return report

    def render(self, lang: str | None = None, door: str | None = None) -> str:
        """Return the words in a language, for Python or for the command.

        Parameters
        ----------
        lang : {"zh", "en"}, optional
            The language spoken at the moment where it is not given.
        door : {"python", "command"}, optional
        """
        return self.words.render(lang, door)

    def __str__(self) -> str:
        """Return the words of the moment."""
        return self.render()

    def __format__(self, spec: str) -> str:
        """Return the words of the moment, padded as asked."""
        return format(self.render(), spec)

    def __reduce__(self) -> tuple[Any, ...]:
        """Return how a pickle makes the report again."""
        fields = dict(self.__dict__)
        return _restore, (type(self), fields.pop("words"), fields)

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
    label : words
        File and sheet.
    heading : str
        The line above the header.
    on, parent : str
        Columns of names and of cities ("" for none).
    rows : DataFrame indexed by row of the file
        Columns ``name, parent, status, how, within, adcode, unit, detail``; status "matched" and
        "former name" gave values to a unit, "total" (also a part 其中 of the row above) was set
        aside, any other did not match.
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
    notes : tuple of words
    """

    label: Words
    heading: str
    on: str
    parent: str
    rows: pd.DataFrame
    columns: pd.DataFrame
    set_aside: pd.DataFrame
    missing: pd.Series
    unmatched: pd.DataFrame
    faults: tuple[Fault, ...]
    notes: tuple[Words, ...]

    @property
    def counts(self) -> dict[str, int]:
        """Number of rows of each status."""
        return dict(Counter(self.rows["status"]))

    @property
    def units(self) -> dict[str, str]:
        """Units of measure by column, of the columns that have one."""
        units = self.columns["unit"]
        return dict(units[units != ""])

    @property
    def value_columns(self) -> list[str]:
        """The columns of numbers."""
        return list(self.columns.index[self.columns["kind"] == "number"])


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


def _restore(kind: type[Report], words: Words, fields: dict[str, Any]) -> Report:
    return kind(words, **fields)


def _in_words(
    *,
    label: Words,
    on: str,
    parent: str,
    rows: pd.DataFrame,
    columns: pd.DataFrame,
    set_aside: pd.DataFrame,
    missing: pd.Series,
    notes: tuple[Words, ...],
    faults: tuple[Fault, ...],
    **_others: object,
) -> Words:
    """Return the report in words, a line a row that is not plainly matched."""
    counts = [
        msg("{n} {status}", n=n, status=_STATUSES[status])
        for status, n in Counter(rows["status"]).items()
    ]
    lines: list[Words] = [
        msg(
            "{table}: {n} rows by column {column} ({counts}).",
            table=label,
            n=len(rows),
            column=on,
            counts=counts,
        )
    ]
    if parent:
        lines.append(msg("City from column {column}.", column=parent))
    lines += [_column_line(str(column), info) for column, info in columns.iterrows()]
    for row, info in rows[rows["status"] != "matched"].iterrows():
        told = [_STATUSES[info["status"]], *([info["detail"]] if info["detail"] else [])]
        lines.append(
            msg(
                "Row {row}, {name}: {what}",
                row=row,
                name=info["name"] or msg("(no name)"),
                what=join(told, "clauses"),
            )
        )
    lines += [
        msg("Row {row}, {text}: set aside, {why}.", row=row, text=info["text"], why=info["why"])
        for row, info in set_aside.iterrows()
    ]
    if len(missing):
        names = [f"{name} {code}" for code, name in missing.items()]
        lines.append(msg("{n} units have no row: {names}.", n=len(missing), names=names))
    return join([*lines, *remark_lines(notes, faults)], "lines")


# What a column is that holds no numbers.
_KINDS = {"text": msg("text"), "date": msg("dates"), "truth": msg("yes or no")}


def _column_line(column: str, info: pd.Series) -> Words:
    """Return what a column is, and how many values it gave."""
    if info["kind"] in _KINDS:
        kind = _KINDS[info["kind"]]
    elif info["unit"]:
        kind = msg("in {unit}", unit=info["unit"])
    else:
        kind = msg("no unit named")
    n_missing: object = info["n_missing"]
    if info["marks"]:
        n_missing = msg("{n} missing ({marks})", n=n_missing, marks=info["marks"])
    else:
        n_missing = msg("{n} missing", n=n_missing)
    return msg(
        "Column {column}, {kind}: {n} values, {missing}.",
        column=column,
        kind=kind,
        n=info["n_values"],
        missing=n_missing,
    )


def remark_lines(notes: Sequence[Words], faults: Sequence[Fault]) -> list[Words]:
    """Return the lines of a report that tell its notes and its faults."""
    return [*map(_Note, notes), *(msg("Fault: {fault}", fault=fault) for fault in faults)]


@dataclass(frozen=True)
class _Note(Words):
    """A note as a line: with a full stop, where it does not end with a mark of its own."""

    note: Words

    def _put(self, lang: str, door: str) -> str:
        text = self.note.render(lang, door)
        line = msg("Note: {note}", note=text)
        if not text.endswith((".", "?", "。", "？")):
            line = msg("Note: {note}.", note=text)
        return line.render(lang, door)


def make_report(
    units: gpd.GeoDataFrame,
    table: SheetTable,
    matches: Sequence[RowMatch],
    columns: pd.DataFrame,
    *,
    on: str,
    parent: str,
    faults: Sequence[Fault],
    notes: Sequence[Words],
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
            "within": m.within,
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
