"""A bureau's monitoring table: reported values of indicators by name, years across or down."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pandas as pd

from regionkit.analysis.units_of_measure import convert
from regionkit.errors import Fault, RegionkitError, TableError
from regionkit.tables.grammar.cell import is_blank, parse_number, plain_text
from regionkit.tables.grammar.units import same_unit, split_unit
from regionkit.tables.read import SheetTable, read_table
from regionkit.words.html import html_facts
from regionkit.words.message import Words, join, msg, say

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from regionkit.region import Region

__all__ = ["Monitoring", "find_indicators", "read_monitoring", "take_baselines"]

# A plan of five years is measured from its last year before them.
_PLAN_YEARS = 5

_INDICATOR = ("指标名称", "指标", "监测指标", "主要指标", "名称", "项目", "indicator")
_UNIT = ("计量单位", "单位", "unit")
_SCOPE = (
    "地区",
    "范围",
    "区域",
    "县（市、区）",
    "县（市）",
    "县区",
    "市",
    "县",
    "单位名称",
    "scope",
)
_YEAR = ("年份", "年度", "年", "year")
_VALUE = ("实际值", "完成值", "现状值", "数值", "数据", "完成情况", "实绩", "值", "value")
_YEAR_IN_HEADER = re.compile(r"((?:19|20)\d{2})\s*年?")
# A column of what is wanted is no column of what is.
_WANTED = re.compile(r"目标|计划|规划|预期|任务|target|plan", re.IGNORECASE)
_NUMBERING = re.compile(r"^\s*(?:[（(]?[0-9一二三四五六七八九十]{1,3}[)）.、．]\s*)+")
_SAME_WORDS = (
    (re.compile(r"GDP", re.IGNORECASE), "地区生产总值"),
    (re.compile(r"研发经费|R&D经费", re.IGNORECASE), "研发经费"),
    # 地区生产总值增长（%） is its rate; 增长 before a noun is not.
    (re.compile(r"(?:增长(?:率|速度)?|增幅)(?=$|[（(])"), "增速"),
    (re.compile(r"[（(][^（）()]*[)）]|[%％‰\s“”\"'·—－-]"), ""),
    (re.compile(r"^(?:全省|全市|全县|全区|其中[:：]?)"), ""),
)
_YEARS = range(1949, 2100)


@dataclass(frozen=True)
class Monitoring:
    """A monitoring table, read.

    Attributes
    ----------
    actuals : DataFrame
        ``indicator_id, scope_id, year, value, unit, row`` (row in the sheet), as
        :func:`regionkit.analysis.progress.progress` takes them.
    untargeted : DataFrame
        Rows whose indicator the region knows and sets no target for at that scope.
    unknown : DataFrame
        ``row, name, nearest``: rows whose name is no indicator of the region.
    label : words
        File and sheet.
    notes : tuple of words
        What the reader did.
    """

    actuals: pd.DataFrame
    untargeted: pd.DataFrame
    unknown: pd.DataFrame
    label: Words
    notes: tuple[Words, ...] = field(default=())

    def _repr_html_(self) -> str:
        """Return what was read as a table, for a notebook."""
        facts = [
            (say("Values read"), len(self.actuals)),
            (say("Values without a target"), len(self.untargeted)),
            (say("Rows of no known indicator"), join(self.unknown["name"])),
            (say("Note"), join(self.notes, "clauses")),
        ]
        return html_facts(self.label, facts)


def normalise_indicator(name: str) -> str:
    """Return a name as indicators are compared by: no numbering, unit, brackets or blanks.

    Examples
    --------
    >>> normalise_indicator("1. 全省GDP（亿元）"), normalise_indicator("常住人口 城镇化率（%）")
    ('地区生产总值', '常住人口城镇化率')
    """
    text = _NUMBERING.sub("", plain_text(name)).strip()
    for pattern, word in _SAME_WORDS:
        text = pattern.sub(word, text)
    return text


def find_indicators(indicators: pd.DataFrame, name: str) -> tuple[list[str], list[str]]:
    """Return the indicators that a name means, and the nearest names where it means none.

    Parameters
    ----------
    indicators : DataFrame indexed by indicator_id
        As of ``region.indicators``.
    name : str
        An id, or a Chinese or English name; brackets, units and numbering do not count.

    Returns
    -------
    found, nearest : list of str
        Ids: one where the name is clear, several where it is not; names.

    Examples
    --------
    >>> import regionkit as rk
    >>> find_indicators(rk.load("liaoning").indicators, "二、森林覆盖率（%）")[0]
    ['forest-coverage']
    """
    if name in indicators.index:
        return [name], []
    wanted = normalise_indicator(name)
    known = {code: normalise_indicator(text) for code, text in indicators["name"].items()}
    found = [code for code, text in known.items() if text == wanted]
    if not found and "name_en" in indicators:
        english = indicators["name_en"].fillna("").str.casefold()
        found = list(indicators.index[english == name.strip().casefold()])
    if not found and len(wanted) > 2:
        # 城镇化率 is 常住人口城镇化率 where no other name ends so.
        found = [code for code, text in known.items() if text.endswith(wanted)]
        if len(found) != 1:
            found = []
    nearest = difflib.get_close_matches(wanted, list(known.values()), n=3, cutoff=0.5)
    near_codes = [code for text in nearest for code in known if known[code] == text]
    names = list(dict.fromkeys(str(indicators["name"][code]) for code in near_codes))
    return found, [] if found else names[:3]


def read_monitoring(
    source: str | Path | pd.DataFrame,
    region: Region,
    *,
    sheet: str | None = None,
    scope: str | None = None,
) -> Monitoring:
    """Return the reported values of a bureau's table.

    Three forms are read: a row an indicator with years across (columns of targets are left
    out); a row a value, with 指标, 年份 and 数值; a row a year with the indicators across.

    Parameters
    ----------
    source : path or DataFrame
    region : Region
        Its indicators and units are what names are resolved to.
    sheet : str, optional
    scope : str, optional
        Unit that the table is of, where it has no column of units: the region where not given.

    Raises
    ------
    TableError
        With every fault: no year, a name that several indicators have, a unit that is no part
        of the region, two values of one thing, a cell that is no number, units that cannot be
        converted to the target's.

    Examples
    --------
    >>> import regionkit as rk
    >>> table = pd.DataFrame(
    ...     {"指标": ["森林覆盖率"], "单位": ["%"], "2026年": [42.5], "2030年目标": [43]}
    ... )
    >>> found = read_monitoring(table, rk.load("liaoning"))
    >>> found.actuals[["indicator_id", "scope_id", "year", "value"]].to_numpy().tolist()
    [['forest-coverage', '210000', 2026, 42.5]]
    """
    table = read_table(source, sheet=sheet)
    faults: list[Fault] = []
    rows: list[dict[str, Any]] = []
    unknown: list[dict[str, Any]] = []
    home = region.adcode if scope is None else region.resolve(scope).adcode
    for cell in _cells(table):
        found, nearest = find_indicators(region.indicators, cell.name)
        if len(found) > 1:
            known = [f"{region.indicators['name'][one]}（{one}）" for one in found]
            what = msg("{name!r} is the name of several: {known}.", name=cell.name, known=known)
            faults.append(_fault(table, cell.row, cell.column, what, msg("Write the id of one.")))
            continue
        if not found:
            unknown.append({"row": cell.row, "name": cell.name, "nearest": "、".join(nearest)})
            continue
        number = parse_number(cell.value)
        if number.what:
            faults.append(_fault(table, cell.row, cell.column, number.what, number.mend))
            continue
        if number.mark:
            # A mark for no data, such as …, is no value.
            continue
        place = home
        if cell.scope:
            try:
                place = region.resolve(cell.scope).adcode
            except RegionkitError as error:
                faults.append(_fault(table, cell.row, "", error, ""))
                continue
        # 能源综合生产能力（亿吨标准煤）: the unit may stand in the name alone.
        named = split_unit(cell.name)[1]
        if named and cell.unit and not same_unit(named, cell.unit):
            what = msg(
                "The name says {named}, the column of units {unit}.", named=named, unit=cell.unit
            )
            mend = msg("Correct one of them.")
            faults.append(_fault(table, cell.row, "", what, mend))
            continue
        usual = str(region.indicators["unit"].fillna("").get(found[0], ""))
        unit = number.unit or cell.unit or named or usual
        rows.append(
            {
                "indicator_id": found[0],
                "scope_id": place,
                "year": cell.year,
                "value": number.value,
                "unit": unit,
                "row": cell.row,
            }
        )
    columns = ["indicator_id", "scope_id", "year", "value", "unit", "row"]
    actuals = pd.DataFrame(rows, columns=columns)
    faults += _twice(actuals, table) + _strange_units(actuals, region, table)
    if faults:
        raise TableError(
            msg("{table} cannot be read as reported values.", table=table.label),
            list(dict.fromkeys(faults)),
        )
    aims = set(zip(region.targets["indicator_id"], region.targets["scope_id"], strict=True))
    pairs = zip(actuals["indicator_id"], actuals["scope_id"], strict=True)
    is_aimed = pd.Series([pair in aims for pair in pairs], index=actuals.index, dtype=bool)
    return Monitoring(
        actuals=actuals,
        untargeted=actuals[~is_aimed],
        unknown=pd.DataFrame(unknown, columns=["row", "name", "nearest"]).drop_duplicates(
            ["row", "name"], ignore_index=True
        ),
        label=table.label,
        notes=table.notes,
    )


def take_baselines(
    targets: pd.DataFrame, actuals: pd.DataFrame
) -> tuple[pd.DataFrame, list[tuple[str, str, int]]]:
    """Return targets with a baseline from reported values, where the plan states none.

    It is the value of the newest year that lies five years or more before the target's, else of
    the earliest year; a later value has to be there to be judged against it.

    Parameters
    ----------
    targets : DataFrame
        As of ``region.targets``.
    actuals : DataFrame
        As of ``Monitoring.actuals``.

    Returns
    -------
    targets : DataFrame
    taken : list of (target_id, indicator_id, year)
        Which got one, and of which year.

    Examples
    --------
    >>> targets = pd.DataFrame(
    ...     {
    ...         "indicator_id": "x",
    ...         "scope_id": ["1"],
    ...         "value": 9.0,
    ...         "unit": "%",
    ...         "measure": "share",
    ...         "target_year": 2030,
    ...         "baseline_value": float("nan"),
    ...         "baseline_year": None,
    ...     }
    ... )
    >>> actuals = pd.DataFrame(
    ...     {
    ...         "indicator_id": "x",
    ...         "scope_id": "1",
    ...         "year": [2025, 2026],
    ...         "value": [5, 6],
    ...         "unit": "%",
    ...     }
    ... )
    >>> filled, taken = take_baselines(targets, actuals)
    >>> float(filled["baseline_value"][0]), taken
    (5.0, [(0, 'x', 2025)])
    """
    filled = targets.copy()
    taken = []
    known = dict(list(actuals.groupby(["indicator_id", "scope_id"])))
    wanted = targets[
        targets["baseline_value"].isna()
        & targets["baseline_year"].isna()
        & targets["measure"].isin(["level", "share"])
        & targets["value"].notna()
    ]
    for key, target in zip(wanted.index, wanted.to_dict("records"), strict=True):
        rows = known.get((target["indicator_id"], target["scope_id"]))
        if rows is None or pd.isna(target["target_year"]):
            continue
        rows = rows[rows["year"] < target["target_year"]].sort_values("year")
        if rows["year"].nunique() < 2:
            continue
        early = rows[rows["year"] <= target["target_year"] - _PLAN_YEARS]
        row = early.iloc[-1] if len(early) else rows.iloc[0]
        value = convert(float(row["value"]), str(row["unit"]), str(target["unit"]))
        if value is None or row["year"] == rows["year"].max():
            continue
        filled.loc[key, "baseline_value"] = value
        filled.loc[key, "baseline_year"] = int(row["year"])
        taken.append((key, str(target["indicator_id"]), int(row["year"])))
    return filled, taken


def _fault(
    table: SheetTable, row: int, column: str, what: Words | RegionkitError | str, mend: Words | str
) -> Fault:
    return table.fault(row, column, what, mend)


@dataclass(frozen=True)
class _Cell:
    """A reported value as the table has it."""

    row: int
    column: str
    name: str
    year: int
    value: Any
    unit: str
    scope: str


def _column(table: SheetTable, names: tuple[str, ...]) -> str | None:
    lowered = {plain_text(str(header)).lower(): header for header in table.frame.columns}
    return next((lowered[name] for name in names if name in lowered), None)


def _cells(table: SheetTable) -> Iterator[_Cell]:
    """Yield the filled cells of reported values, whatever the form of the table.

    Raises
    ------
    TableError
        Neither a column nor a header says of which year the values are.
    """
    frame = table.frame
    indicator, year = _column(table, _INDICATOR), _column(table, _YEAR)
    unit, scope = _column(table, _UNIT), _column(table, _SCOPE)
    dated = {
        column: int(match[1])
        for column in frame.columns
        if (match := _YEAR_IN_HEADER.search(str(column))) and not _WANTED.search(str(column))
    }
    value = _column(table, _VALUE)
    across = [column for column in frame.columns if column not in {year, scope, unit}]
    for row, cells in zip(frame.index, frame.to_dict("records"), strict=True):

        def text(column: str | None, cells: dict[str, Any] = cells) -> str:
            return "" if column is None or is_blank(cells[column]) else plain_text(cells[column])

        own_unit, place = text(unit), text(scope)
        if indicator is not None and dated:
            for column, when in dated.items():
                if text(indicator) and not is_blank(cells[column]):
                    at = table.units.get(column, "")
                    yield _Cell(
                        row, column, text(indicator), when, cells[column], own_unit or at, place
                    )
        elif indicator is not None and year is not None and value is not None:
            if text(indicator) and not is_blank(cells[value]):
                when = _year(table, row, year, cells[year])
                at = table.units.get(value, "")
                yield _Cell(row, value, text(indicator), when, cells[value], own_unit or at, place)
        elif indicator is None and year is not None:
            when = _year(table, row, year, cells[year])
            for column in across:
                if not is_blank(cells[column]):
                    at = table.units.get(column, "")
                    yield _Cell(row, column, str(column), when, cells[column], at, place)
        else:
            raise TableError(
                msg("{table} does not say of which year its values are.", table=table.label),
                [
                    _fault(
                        table,
                        0,
                        "",
                        msg("No header names a year, and there is no column 年份."),
                        msg("Name the columns 2026年, 2027年 …, or add a column 年份."),
                    )
                ],
            )


def _year(table: SheetTable, row: int, column: str, cell: Any) -> int:
    match = _YEAR_IN_HEADER.search(plain_text(cell))
    if match is None or int(match[1]) not in _YEARS:
        what = msg("{value!r} is no year.", value=plain_text(cell))
        raise TableError(
            msg("{table} has a row without a year.", table=table.label),
            [_fault(table, row, column, what, msg("Write one such as 2026."))],
        )
    return int(match[1])


def _twice(actuals: pd.DataFrame, table: SheetTable) -> list[Fault]:
    key = ["indicator_id", "scope_id", "year"]
    rows = actuals[actuals.duplicated(key, keep=False)]
    return [
        _fault(
            table,
            int(group["row"].iloc[1]),
            "",
            msg(
                "{indicator} of {scope} in {year} is given {n} times, first in row {row}.",
                indicator=indicator,
                scope=scope,
                year=str(year),
                n=len(group),
                row=int(group["row"].iloc[0]),
            ),
            msg("Leave one of them."),
        )
        for (indicator, scope, year), group in rows.groupby(key)
    ]


def _strange_units(actuals: pd.DataFrame, region: Region, table: SheetTable) -> list[Fault]:
    """Return the faults of values that cannot be told in the unit of their target."""
    targets = region.targets
    levels = targets[targets["measure"].isin(["level", "share"]) & targets["unit"].notna()]
    wanted = {(row.indicator_id, row.scope_id): row.unit for row in levels.itertuples() if row.unit}
    faults = []
    for row in actuals.itertuples():
        unit = wanted.get((row.indicator_id, row.scope_id))
        if unit is not None and convert(1.0, row.unit, unit) is None:
            what = msg(
                "{unit!r} cannot be converted to {wanted}, the unit of the target.",
                unit=row.unit,
                wanted=unit,
            )
            mend = msg("Write the value in {unit}.", unit=unit)
            faults.append(_fault(table, int(row.row), "", what, mend))
    return faults
