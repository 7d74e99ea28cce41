"""Tables of a region as a notebook shows them: words for ids, in the reader's language."""

from __future__ import annotations

import sys
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING, Any

import pandas as pd

from regionkit.analysis.compare import CHANGE_LABELS, COMPARE_REASONS, PROJECT_CHANGES
from regionkit.analysis.states import REASONS, STATES, WORK_STAGES, WORK_STATES
from regionkit.analysis.summary import scope_names
from regionkit.places.place import level_words
from regionkit.query.overlaps import CERTAINTY_WORDS
from regionkit.query.projects import ZONE_LINKS
from regionkit.region.marks import region_of, table_of
from regionkit.region.names import RegionNames
from regionkit.tables.face import cell_text
from regionkit.words.facts import fact_in
from regionkit.words.html import html_rows
from regionkit.words.message import join, msg
from regionkit.words.voice import current_language

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from regionkit.region import Region
    from regionkit.words.message import Words

__all__ = ["show_in_notebooks", "table_html"]

# Of columns that no table of a pack has, and of those that tables call differently.
_HEADERS: dict[str, Words] = {
    "": msg("Name"),
    "actual_source_id": msg("Source of the value"),
    "actual_value": msg("Value now"),
    "actual_year": msg("Year of the value"),
    "adcode": msg("Adcode"),
    "adcodes": msg("Units"),
    "area_km2": msg("Area (km²)"),
    "bases": msg("Known by"),
    "capacity_unit": msg("Unit of the capacity"),
    "capacity_value": msg("Capacity"),
    "certainty": msg("Certainty"),
    "change": msg("Change"),
    "city": msg("City"),
    "comparability": msg("Comparability"),
    "common": msg("Industries in common"),
    "counterpart": msg("Target of the same aim"),
    "difference": msg("Difference"),
    "direction": msg("Direction"),
    "distance_km": msg("Distance (km)"),
    "distance_m": msg("Distance (m)"),
    "due": msg("Due"),
    "elapsed_share": msg("Share of the time gone"),
    "expected_value": msg("Expected by now"),
    "first_source_id": msg("First named in"),
    "first_stage": msg("Stage then"),
    "first_year": msg("First named"),
    "forecast_value": msg("Value at this pace"),
    "gap": msg("Still to go"),
    "geometry": msg("Geometry"),
    "indicator": msg("Indicator"),
    "industries": msg("Industries"),
    "is_capital": msg("Capital"),
    "is_comparable": msg("Comparable"),
    "is_in_current_plan": msg("In the current plan"),
    "is_partly_completed": msg("Partly completed"),
    "is_stated": msg("Stated"),
    "is_whole": msg("As a whole"),
    "issued_on": msg("Issued on"),
    "kind": msg("Kind"),
    "known_on": msg("Known on"),
    "last_source_id": msg("Last named in"),
    "last_year": msg("Last named"),
    "lead_orgs": msg("Led by"),
    "cooperating_orgs": msg("With"),
    "last_stage": msg("Last stage"),
    "length_km": msg("Length (km)"),
    "length_share": msg("Share of its length"),
    "level": msg("Level"),
    "member_adcodes": msg("Members"),
    "n_counties": msg("Counties"),
    "n_industries": msg("Industries"),
    "n_other": msg("Industries of the other"),
    "n_unplaced": msg("Stops without a position"),
    "name": msg("Name"),
    "months_late": msg("Months late"),
    "named_years": msg("Years between mentions"),
    "needed_yearly": msg("Needed a year"),
    "not_before": msg("Not before"),
    "note": msg("Note"),
    "other": msg("Other zone"),
    "other_name": msg("Other unit"),
    "partial_zone_ids": msg("Zones of parts"),
    "planned_start": msg("Planned start"),
    "project_id": msg("Project"),
    "rank": msg("Rank"),
    "reached_share": msg("Share reached"),
    "reason": msg("Reason"),
    "said_zone_ids": msg("Zones it is said of"),
    "sector": msg("Sector"),
    "sectors": msg("Sectors in common"),
    "source": msg("Source"),
    "source_id": msg("Source"),
    "source_ids": msg("Documents"),
    "stage": msg("Stage"),
    "state": msg("State"),
    "stage_source_id": msg("Stage said in"),
    "stage_year": msg("Year of the stage"),
    "structure": msg("Similarity"),
    "through": msg("Through"),
    "unit": msg("Unit"),
    "units": msg("Units"),
    "value": msg("Value"),
    "value_in_year": msg("Value in the target's year"),
    "waypoints": msg("Stops"),
    "waypoint_names": msg("Stops"),
    "year": msg("Year"),
    "year_elapsed": msg("Share of the year gone"),
    "year_reached": msg("Share of the year's plan"),
    "years": msg("Years"),
    "zone": msg("Zone"),
    "zone_id": msg("Zone"),
    "zone_ids": msg("Zones"),
    "zone_link": msg("Link to the zone"),
    "zones": msg("Zones"),
}
# What the values of results are called; those of the pack's own columns stand in its schema.
_LABELS: dict[str, dict[str, Words | str]] = {
    "certainty": dict(CERTAINTY_WORDS),
    "change": {**PROJECT_CHANGES, **CHANGE_LABELS},
    "level": {level: level_words(level) for level in ("province", "city", "county")},
    "reason": {**COMPARE_REASONS, **REASONS},
    "state": {key: state.word for key, state in WORK_STATES.items()},
    "work stage": dict(WORK_STAGES),
    "zone_link": dict(ZONE_LINKS),
    "target state": {key: state.word for key, state in STATES.items()},
}
# Columns of results whose values are those of a table of the pack.
_ELSEWHERE = {"direction": "indicators", "stage": "projects"}
# A column of ids is not shown where its words stand in another.
_TOLD_BY = {
    "adcode": "name",
    "adcodes": "units",
    "city_adcode": "city",
    "cooperating_org_ids": "cooperating_orgs",
    "indicator_id": "indicator",
    "lat": "geometry",
    "lead_org_ids": "lead_orgs",
    "lon": "geometry",
    "other_adcode": "other_name",
    "other_id": "other",
    "sector_id": "sector",
    "zone_id": "zone",
    "zone_ids": "zones",
}
# Ends of columns that two things compared have each.
_SIDES = ("_a", "_b")
_SHAPES = {
    "LineString": msg("line"),
    "MultiLineString": msg("line"),
    "Polygon": msg("area"),
    "MultiPolygon": msg("area"),
}


def show_in_notebooks() -> None:
    """Let a running notebook show tables of regions in words; elsewhere nothing happens.

    What a table holds does not change, only how it is shown. A table that is of no region is
    shown as before.
    """
    shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    formatter = getattr(shell, "display_formatter", None)
    if formatter is None:
        return
    html = formatter.formatters["text/html"]
    for kind in (pd.DataFrame, pd.Series):
        before = html.for_type(kind)
        if not hasattr(before, "is_of_regions"):
            html.for_type(kind, _Shown(before))


class _Shown:
    """Shows a table of a region in words, and any other as it was shown before."""

    is_of_regions = True

    def __init__(self, before: Callable[[Any], str | None] | None) -> None:
        self._before = before

    def __call__(self, table: pd.DataFrame | pd.Series) -> str | None:
        made = table_html(table)
        if made is not None:
            return made
        if self._before is not None:
            return self._before(table)
        plain = getattr(table, "_repr_html_", None)
        return plain() if plain is not None else None


def table_html(table: pd.DataFrame | pd.Series) -> str | None:
    """Return a table of a region in words, None for a table that is of none.

    Each header has the name of its column below it, as it is written in Python. So many rows are
    shown as ``pandas.options.display`` says. Below stands what is not shown, by name: columns
    without a value, and ids whose words are shown.

    Examples
    --------
    >>> import regionkit as rk
    >>> ln = rk.load("liaoning")
    >>> "庄河核电" in table_html(ln.projects_near("庄河市", km=20))
    True
    >>> table_html(pd.DataFrame({"a": [1]})) is None
    True
    """
    region = region_of(table)
    if region is None:
        return None
    is_series = isinstance(table, pd.Series)
    frame = table.to_frame(table.name or "value") if is_series else table
    frame.attrs = table.attrs
    if frame.index.nlevels > 1:
        frame = frame.reset_index()
    if not frame.columns.is_unique or frame.columns.nlevels > 1:
        return None
    return _Face(region, frame).html()


class _Face:
    """Makes the table that is shown: which columns, their headers, their cells."""

    def __init__(self, region: Region, frame: pd.DataFrame) -> None:
        self._region = region
        self._lang = current_language()
        self._names = RegionNames(region, self._lang)
        table = region.descriptor.tables.get(table_of(frame))
        self._table = "" if table is None else table.name
        self._titles = {} if table is None else {f.name: f.title for f in table.fields}
        self._frame = frame
        has_value = [c for c in frame.columns if not len(frame) or not _is_blank(frame[c])]
        self._blank = [c for c in frame.columns if c not in has_value]
        self._told = [c for c in has_value if self._told_by(str(c)) in has_value]
        self._shown = [c for c in has_value if c not in self._told]

    def html(self) -> str:
        """Return the table with its size and what it leaves out below."""
        top, bottom = _first_and_last(len(self._frame))
        frame = pd.concat([self._frame.iloc[:top], self._frame.iloc[len(self._frame) - bottom :]])
        named = {str(column): self._cells(str(column), frame[column]) for column in self._shown}
        if frame.index.name:
            named = {str(frame.index.name): [str(key) for key in frame.index], **named}
        if frame.index.name == "adcode" and "name" not in frame.columns:
            units = [self._names.unit(str(key)) for key in frame.index]
            named = {"adcode": named.pop("adcode"), "": units, **named}
        rows = [list(row) for row in zip(*named.values(), strict=True)]
        if top + bottom < len(self._frame):
            rows.insert(top, ["…"] * len(named))
        heads = [self._header(column) for column in named]
        return html_rows(heads, rows, below=list(named)) + self._size()

    def _told_by(self, column: str) -> str:
        """Return the column that has the words of a column of ids, "" for none."""
        # A thing that has a name of its own lies in the unit.
        is_of_a_thing = column == "adcode" and "name" in self._titles
        return "" if is_of_a_thing else _TOLD_BY.get(column, "")

    def _header(self, column: str) -> str:
        for end in _SIDES:
            if column.endswith(end):
                return f"{self._header(column.removesuffix(end))} {end[1:].upper()}"
        said = column.replace("_", " ").capitalize()
        said = _HEADERS[column].render(self._lang) if column in _HEADERS else said
        if column in self._titles:
            return fact_in(self._lang, self._titles[column], said)
        if column in _HEADERS:
            return said
        if column in self._names.indicators:
            return self._measure(column)
        tables = self._region.descriptor.tables.values()
        titles = {f.title for table in tables for f in table.fields if f.name == column}
        return fact_in(self._lang, titles.pop(), said) if len(titles) == 1 else column

    def _measure(self, indicator_id: str) -> str:
        """Return an indicator with the unit and the year that the values name."""
        told = self._frame.attrs
        name, unit, year = self._names.indicators[indicator_id], told.get("unit"), told.get("year")
        beside = join([str(one) for one in (unit, year) if one])
        if not (unit or year):
            return str(name)
        return msg("{name} ({beside})", name=name, beside=beside).render(self._lang)

    def _cells(self, column: str, values: pd.Series) -> list[str]:
        if values.dtype.name == "geometry":
            return [_shape(one).render(self._lang) for one in values]
        words = self._words(column)
        is_label = column.endswith(("year", "code"))
        return [self._cell(value, words, is_label=is_label) for value in values]

    def _cell(self, value: Any, words: Mapping[str, str], *, is_label: bool) -> str:
        if isinstance(value, tuple | list):
            return join([str(words.get(str(one), one)) for one in value]).render(self._lang)
        if type(value).__name__ in {"bool", "bool_"}:
            return (msg("yes") if value else msg("no")).render(self._lang)
        if isinstance(value, str):
            return str(words.get(value, value))
        return cell_text(value, is_label=is_label)

    def _words(self, column: str) -> Mapping[str, str]:
        """Return the word of each value of a column, empty for one that holds words itself."""
        for end in _SIDES:
            if column.endswith(end):
                return self._words(column.removesuffix(end))
        ids_of = next((kind for kind in self._ids if column.rstrip("s").endswith(kind)), "")
        if ids_of:
            return self._ids[ids_of]
        if column in self._titles:
            return self._region.labels(self._table, column, self._lang)
        kind = "stage" if column.endswith("stage") else column
        if kind in _ELSEWHERE and kind not in self._special:
            return self._region.labels(_ELSEWHERE[kind], kind, self._lang)
        words = _LABELS.get(self._special.get(column, column), {})
        return {key: str(word) for key, word in words.items()}

    @property
    def _special(self) -> dict[str, str]:
        """Columns whose words are others in this table."""
        return {"targets": {"state": "target state"}, "works": {"stage": "work stage"}}.get(
            table_of(self._frame), {}
        )

    @cached_property
    def _ids(self) -> dict[str, dict[str, str]]:
        """Names of things by the end of the columns that hold their ids."""
        region, names = self._region, self._names
        units, zones = dict(names.units), dict(names.zones)
        return {
            "adcode": units,
            "zone_id": zones,
            "source_id": dict(region.sources["short_title"]),
            "scope_id": scope_names(region, self._lang),
            "indicator_id": dict(names.indicators),
            "sector_id": dict(region.sectors["name"]),
        }

    def _size(self) -> str:
        """Return the line below: the size, and the columns that are not shown."""
        n_rows, n_columns = self._frame.shape
        told: list[Words] = [msg("{n} rows, {columns} columns", n=n_rows, columns=n_columns)]
        if self._blank:
            told.append(msg("without a value: {names}", names=join(self._blank)))
        if self._told:
            told.append(msg("ids whose words are shown: {names}", names=join(self._told)))
        return f"<p>{escape(join(told, 'clauses').render(self._lang))}</p>"


def _first_and_last(n: int) -> tuple[int, int]:
    """Return how many rows are shown from the top and from the end, as pandas is told to."""
    most = pd.get_option("display.max_rows") or n
    if n <= most:
        return n, 0
    few = min(pd.get_option("display.min_rows") or most, most)
    return (few + 1) // 2, few // 2


def _is_blank(values: pd.Series) -> bool:
    """Return whether a column has no value in any row; an empty list or text is none."""
    if values.dtype.name == "geometry":
        return bool((values.isna() | values.is_empty).all())
    return not any(len(v) if isinstance(v, str | tuple | list) else True for v in values.dropna())


def _shape(shape: Any) -> Words:
    """Return a geometry in words: where a point is, and what the others are."""
    if shape is None or shape.is_empty:
        return join([])
    if shape.geom_type == "Point":
        return join([f"{shape.x:.4f}, {shape.y:.4f}"])
    return join([_SHAPES.get(shape.geom_type, shape.geom_type)])
