"""A bureau's monitoring table: reported values of indicators by name, years across or down."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pandas as pd

from regionkit.analysis.aim_words import read_aim
from regionkit.analysis.own_aims import OWN, OwnAim, settle_aims, without_the_plans
from regionkit.analysis.units_of_measure import convert
from regionkit.errors import Fault, RegionkitError, TableError, UnknownPlaceError
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
# What follows from the two is neither.
_DERIVED = re.compile(
    r"完成率|完成比例|完成情况.*(?:%|％)|完成.*(?:目标|计划|任务)|进度|同比|比上年|较上年|位次|排名|"
    r"差距|备注|说明|时限|责任|牵头|单位"
)
# Without a year only these words name targets: 任务 alone may be a text.
_UNDATED = re.compile(
    r"(?:^|/)(?:总体|规划|预期|考核|年度)?(?:目标|目标值|规划值|计划值|目标任务值)$|"
    r"^target(?: value)?$",
    re.IGNORECASE,
)
# 年均/累计 of a five-year plan's table, whose year is that of the plan.
_OVER_YEARS = re.compile(
    r"(?:^|/)[\[〔【]?(?:五年)?(?:年均|累计)[^/]*(?:/[\[〔【]?(?:年均|累计)[^/]*)?$"
)
_SPAN = re.compile(r"((?:19|20)\d{2})\s*年?\s*[—–\-－~～至到]{1,2}\s*((?:19|20)\d{2})")
# The last year of each five-year plan by its name.
_PLANS = {"十二五": 2015, "十三五": 2020, "十四五": 2025, "十五五": 2030, "十六五": 2035}
_AIM_YEAR = ("目标年份", "目标年", "完成年份", "target year")
_NATURE = ("指标属性", "属性", "性质", "指标性质", "nature")
_BODY = ("责任单位", "责任部门", "牵头单位", "牵头部门", "责任主体", "responsible")
# Of what is, whatever else the header says.
_IS = re.compile("实际|基期|基数|现状|实绩")
_OF_YEAR = re.compile("年度|当年|同比")
_RATE = re.compile("增速|增长率|降低$|下降$")
_ECONOMY = re.compile("^经济(?:增长|发展|增速)(?:速度)?$")
_OTHER_SCOPES = ("zone", "cluster", "place")
_NATURES = {"约束": "binding", "预期": "expected"}
_NUMBERING = re.compile(r"^\s*(?:[（(]?[0-9一二三四五六七八九十]{1,3}[)）.、．]\s*)+")
_SAME_WORDS = (
    (re.compile(r"GDP", re.IGNORECASE), "地区生产总值"),
    (re.compile(r"研发经费|R&D经费", re.IGNORECASE), "研发经费"),
    # 地区生产总值增长（%） is its rate; 增长 before a noun is not.
    (re.compile(r"(?:增长(?:率|速度)?|增幅)(?=$|[（(])"), "增速"),
    (re.compile(r"能源消耗"), "能耗"),
    (re.compile(r"(?:累计)?(?:下降|降低)(?:率|幅度)?(?=$|[（(])"), "降低"),
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
        ``row, name, nearest``: rows whose name is no indicator of the region; those with a
        target of their own are judged all the same.
    targets : DataFrame indexed by target_id
        The table's own targets, as of ``region.targets``, without those that a document sets just
        so; the source is "own".
    indicators : DataFrame
        Rows of the region's table for names that it does not know and that have a target.
    bodies : DataFrame
        ``indicator_id, scope_id, body``: who the table says is responsible.
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
    targets: pd.DataFrame = field(default_factory=pd.DataFrame)
    indicators: pd.DataFrame = field(default_factory=pd.DataFrame)
    bodies: pd.DataFrame = field(default_factory=pd.DataFrame)

    @property
    def unjudged_names(self) -> tuple[str, ...]:
        """Names that are no indicator of the region, and have no target of their own either."""
        mine = set() if self.indicators.empty else set(self.indicators["indicator_id"])
        ids = {name: f"{OWN}:{normalise_indicator(name)}" for name in self.unknown["name"]}
        return tuple(name for name, one in ids.items() if one not in mine)

    def added_to(self, region: Region) -> Region:
        """Return a region that has the table's own targets among its own, cited as own.

        Examples
        --------
        >>> import regionkit as rk
        >>> ln = rk.load("liaoning")
        >>> table = pd.DataFrame({"指标": ["高铁站数"], "单位": ["座"], "2030年目标": ["不少于3"]})
        >>> mine = read_monitoring(table, ln).added_to(ln)
        >>> len(mine.targets) - len(ln.targets), mine.targets["indicator"].iloc[-1]
        (1, '高铁站数')
        """
        if self.targets.empty:
            return region
        source = {"source_id": [OWN], "title": [str(self.label)]}
        source["short_title"] = [say("own table {label}", label=self.label)]
        return region.with_rows(
            {
                "sources": pd.DataFrame(source),
                "indicators": self.indicators,
                "targets": self.targets.reset_index(),
            }
        )

    def _repr_html_(self) -> str:
        """Return what was read as a table, for a notebook."""
        facts = [
            (say("Values read"), len(self.actuals)),
            (say("Own targets"), len(self.targets)),
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

    Three forms are read: a row an indicator with years across; a row a value, with 指标, 年份 and
    数值; a row a year with the indicators across. Columns such as 2030年目标 and 目标值 are the
    table's own targets, in a bureau's words (不低于34, 60以上, 5左右, 75—80, 年均5, 累计13.5).

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
    home = region.adcode if scope is None else _find_scope(region, scope)
    reader = _Reader(table, region, home)
    form = _form(table)
    aims = [aim for cell in _aim_cells(table, form) if (aim := reader.aim(cell)) is not None]
    rows = [row for cell in _cells(table, form) if (row := reader.actual(cell)) is not None]
    columns = ["indicator_id", "scope_id", "year", "value", "unit", "row"]
    actuals = pd.DataFrame(rows, columns=columns)
    targets = settle_aims(aims, region, reader.relative, reader.directions(aims, actuals))
    faults = [*reader.faults, *_aims_twice(targets, table), *_twice(actuals, table)]
    faults += _strange_units(actuals, pd.concat([region.targets, targets]), table)
    if faults:
        raise TableError(
            msg("{table} cannot be read as reported values.", table=table.label),
            list(dict.fromkeys(faults)),
        )
    targets, n_same = without_the_plans(targets, region.targets)
    aimed = [region.targets, targets]
    pairs_aimed = {
        pair
        for frame in aimed
        for pair in zip(frame["indicator_id"], frame["scope_id"], strict=True)
    }
    pairs = zip(actuals["indicator_id"], actuals["scope_id"], strict=True)
    is_aimed = pd.Series([pair in pairs_aimed for pair in pairs], index=actuals.index, dtype=bool)
    bodies = pd.DataFrame(reader.bodies, columns=["indicator_id", "scope_id", "body"])
    return Monitoring(
        actuals=actuals,
        untargeted=actuals[~is_aimed],
        unknown=pd.DataFrame(reader.unknown, columns=["row", "name", "nearest"]).drop_duplicates(
            ["row", "name"], ignore_index=True
        ),
        label=table.label,
        notes=(*table.notes, *form.notes, *_same_note(n_same)),
        targets=targets,
        indicators=reader.new_indicators(aims, actuals),
        bodies=bodies.drop_duplicates(["indicator_id", "scope_id"], ignore_index=True),
    )


def _find_scope(region: Region, word: str) -> str:
    """Return the id of a unit, else of the zone, cluster or place that has the name.

    Raises
    ------
    UnknownPlaceError, AmbiguousPlaceError
        None, or several, have it.
    """
    try:
        return region.resolve(word).adcode
    except UnknownPlaceError:
        if not region.find_all(word, _OTHER_SCOPES):
            raise
    return region.find(word, _OTHER_SCOPES).id


def _same_note(n: int) -> list[Words]:
    return [msg("Own targets that a document sets just so, told once: {n}.", n=n)] if n else []


class _Reader:
    """Resolves what the cells of a table say, and gathers what is wrong with them."""

    def __init__(self, table: SheetTable, region: Region, home: str) -> None:
        self.table, self.region, self.home = table, region, home
        self.faults: list[Fault] = []
        self.unknown: list[dict[str, Any]] = []
        self.bodies: list[tuple[str, str, str]] = []
        # Names that only the table knows, by their id.
        self.own: dict[str, str] = {}
        self.relative: dict[str, str] = {}

    def _fault(self, cell: _Cell, what: Words | RegionkitError | str, mend: Words | str) -> None:
        self.faults.append(_fault(self.table, cell.row, cell.column, what, mend))

    def _indicator(self, cell: _Cell, *, is_aim: bool) -> str | None:
        """Return the indicator of a cell; of a target that the region does not know its own."""
        own = f"{OWN}:{normalise_indicator(cell.name)}"
        if own in self.own:
            return own
        found, nearest = find_indicators(self.region.indicators, cell.name)
        if len(found) == 1:
            return found[0]
        if len(found) > 1:
            known = [f"{self.region.indicators['name'][one]}（{one}）" for one in found]
            what = msg("{name!r} is the name of several: {known}.", name=cell.name, known=known)
            self._fault(cell, what, msg("Write the id of one."))
            return None
        self.unknown.append({"row": cell.row, "name": cell.name, "nearest": "、".join(nearest)})
        if not is_aim:
            return None
        self.own[own] = _NUMBERING.sub("", plain_text(split_unit(cell.name)[0] or cell.name))
        return own

    def _scope(self, cell: _Cell) -> str | None:
        if not cell.scope:
            return self.home
        try:
            return _find_scope(self.region, cell.scope)
        except RegionkitError as error:
            self.faults.append(_fault(self.table, cell.row, "", error, ""))
            return None

    def _unit(self, cell: _Cell, indicator: str) -> str | None:
        """Return the unit of a row; 能源综合生产能力（亿吨标准煤） has it in its name alone."""
        named = split_unit(cell.name)[1]
        if named and cell.unit and not same_unit(named, cell.unit):
            what = msg(
                "The name says {named}, the column of units {unit}.", named=named, unit=cell.unit
            )
            self.faults.append(_fault(self.table, cell.row, "", what, msg("Correct one of them.")))
            return None
        usual = self.region.indicators["unit"].fillna("").get(indicator, "")
        return cell.unit or named or str(usual)

    def aim(self, cell: _Cell) -> OwnAim | None:
        """Return the target of a cell; None where it holds none, or is at fault."""
        aim = read_aim(cell.value, heading=cell.column)
        if aim is None:
            return None
        indicator = self._indicator(cell, is_aim=True)
        scope = None if indicator is None else self._scope(cell)
        unit = None if indicator is None else self._unit(cell, indicator)
        if aim.what:
            self._fault(cell, aim.what, aim.mend)
            return None
        if indicator is None or scope is None or unit is None:
            return None
        if aim.relative_to:
            words = _ECONOMY.sub("地区生产总值增速", aim.relative_to)
            found = find_indicators(self.region.indicators, words)[0]
            if len(found) == 1:
                self.relative[aim.relative_to] = found[0]
        if aim.measure == "growth" and not cell.is_of_year:
            self._fault(
                cell,
                msg("{text!r} does not say whether a year or in all.", text=plain_text(cell.value)),
                msg("Write 年均增长5%, 累计增长30% or 当年增长5%."),
            )
            return None
        return OwnAim(
            indicator_id=indicator,
            scope_id=scope,
            aim=aim,
            year=cell.year or None,
            first_year=cell.first_year,
            unit=unit,
            nature=next((key for word, key in _NATURES.items() if word in cell.nature), None),
            row=cell.row,
            column=cell.column,
            locator=str(msg("row {row}, column {column}", row=cell.row, column=cell.column)),
            is_of_year=cell.is_of_year,
        )

    def actual(self, cell: _Cell) -> dict[str, Any] | None:
        """Return the reported value of a cell; None where it holds none, or is at fault."""
        indicator = self._indicator(cell, is_aim=False)
        if indicator is None:
            return None
        number = parse_number(cell.value)
        if number.what:
            self._fault(cell, number.what, number.mend)
            return None
        if number.mark:
            # A mark for no data, such as …, is no value.
            return None
        scope = self._scope(cell)
        unit = None if scope is None else self._unit(cell, indicator)
        if scope is None or unit is None:
            return None
        if cell.body:
            self.bodies.append((indicator, scope, cell.body))
        return {
            "indicator_id": indicator,
            "scope_id": scope,
            "year": cell.year,
            "value": number.value,
            "unit": number.unit or unit,
            "row": cell.row,
        }

    def directions(self, aims: list[OwnAim], actuals: pd.DataFrame) -> dict[str, str]:
        """Return whether more or less is wanted of each indicator that only the table knows."""
        found: dict[str, str] = {}
        for one in aims:
            if one.indicator_id not in self.own:
                continue
            said = {"at least": "higher", "more than": "higher", "at most": "lower"}
            way = said.get(one.aim.bound) or _way(one, actuals)
            if found.get(one.indicator_id, "unknown") == "unknown":
                found[one.indicator_id] = way
        return found

    def new_indicators(self, aims: list[OwnAim], actuals: pd.DataFrame) -> pd.DataFrame:
        """Return rows of the region's table for the names that only this one knows."""
        directions = self.directions(aims, actuals)
        units = {one.indicator_id: one.aim.unit or one.unit for one in reversed(aims)}
        return pd.DataFrame(
            {
                "indicator_id": list(self.own),
                "name": list(self.own.values()),
                "unit": [units.get(one, "") for one in self.own],
                "direction": [directions.get(one, "unknown") for one in self.own],
            }
        )


def _way(one: OwnAim, actuals: pd.DataFrame) -> str:
    """Return on which side of its earliest value a target lies."""
    mine = actuals[
        (actuals["indicator_id"] == one.indicator_id) & (actuals["scope_id"] == one.scope_id)
    ]
    # One value alone may lie beyond the target already.
    if mine["year"].nunique() < 2 or pd.isna(one.aim.value):
        return "unknown"
    first = mine.sort_values("year").iloc[0]
    value = convert(float(first["value"]), str(first["unit"]), one.aim.unit or one.unit)
    if value is None or value == one.aim.value:
        return "unknown"
    return "higher" if one.aim.value > value else "lower"


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
    if "indicator" in wanted:
        # A rate of change has no way from one year's to another's.
        wanted = wanted[~wanted["indicator"].str.contains(_RATE)]
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
    """A reported value or a target as the table has it.

    ``year`` is 0 of a target without one, ``first_year`` that of a span, and ``is_of_year`` says
    whether a target is of a year's plan by its column.
    """

    row: int
    column: str
    name: str
    year: int
    value: Any
    unit: str
    scope: str
    body: str = ""
    nature: str = ""
    first_year: int | None = None
    is_of_year: bool = False


@dataclass(frozen=True)
class _Form:
    """Which columns of a table say what."""

    indicator: str | None
    year: str | None
    unit: str | None
    scope: str | None
    value: str | None
    nature: str | None
    body: str | None
    aim_year: str | None
    # Column of a reported value -> its year.
    dated: dict[str, int]
    # Column of a target -> first year of a span, and year.
    aims: dict[str, tuple[int | None, int]]
    notes: tuple[Words, ...]

    @property
    def named(self) -> set[str | None]:
        """Columns that say what a row is of."""
        return {
            self.indicator,
            self.year,
            self.unit,
            self.scope,
            self.nature,
            self.body,
            self.aim_year,
        }


def _column(table: SheetTable, names: tuple[str, ...]) -> str | None:
    """Return the column with one of some names; a level of its heading will do."""
    lowered = {plain_text(str(header)).lower(): header for header in table.frame.columns}
    parts = {part: header for name, header in lowered.items() for part in name.split("/")}
    return next((held[name] for held in (lowered, parts) for name in names if name in held), None)


def _form(table: SheetTable) -> _Form:
    roles = (_INDICATOR, _YEAR, _UNIT, _SCOPE, _VALUE, _NATURE, _BODY, _AIM_YEAR)
    found = [_column(table, names) for names in roles]
    indicator, year, unit, scope, value, nature, body, aim_year = found
    dated: dict[str, int] = {}
    aims: dict[str, tuple[int | None, int]] = {}
    derived, undated = [], []
    for column in table.frame.columns:
        heading = str(column)
        if column in found[:2] + found[2:4] + found[5:]:
            continue
        span, single = _SPAN.search(heading), _YEAR_IN_HEADER.search(heading)
        plan = next((last for name, last in _PLANS.items() if name in heading), 0)
        when = int(span[2]) if span else int(single[1]) if single else plan
        is_wanted = bool(_WANTED.search(heading)) and not _IS.search(heading)
        is_over = bool(_OVER_YEARS.search(heading)) or (span is not None and not is_wanted)
        if _DERIVED.search(heading):
            if when or is_wanted:
                derived.append(heading)
        elif is_wanted or (is_over and re.search("年均|累计", heading)):
            if when or is_over or _UNDATED.search(heading):
                aims[column] = (int(span[1]) if span else None, when)
                if not when:
                    undated.append(column)
        elif single:
            dated[column] = int(single[1])
    notes: list[Words] = []
    if derived:
        notes.append(msg("Columns left out, which follow from others: {names}.", names=derived))
    notes += _date_the_undated(aims, undated, is_by_row=bool(year or aim_year))
    return _Form(
        indicator, year, unit, scope, value, nature, body, aim_year, dated, aims, tuple(notes)
    )


def _date_the_undated(
    aims: dict[str, tuple[int | None, int]], undated: list[str], *, is_by_row: bool
) -> list[Words]:
    """Give 年均/累计 the plan's last year, and tell of targets whose year nothing says."""
    if is_by_row:
        return []
    last = max((when for _, when in aims.values()), default=0)
    notes: list[Words] = []
    for column in undated:
        if _OVER_YEARS.search(column) and last:
            aims[column] = (None, last)
            notes.append(
                msg(
                    "Column {column} names no year: taken for {year}, the last that is aimed at.",
                    column=column,
                    year=str(last),
                )
            )
        else:
            notes.append(
                msg(
                    "Column {column} names no year: its targets cannot be judged. Call it such as "
                    "2030年目标, or add a column 目标年份.",
                    column=column,
                )
            )
    return notes


def _text_of(cells: dict[str, Any], column: str | None) -> str:
    return "" if column is None or is_blank(cells[column]) else plain_text(cells[column])


def _aim_cells(table: SheetTable, form: _Form) -> Iterator[_Cell]:
    """Yield the filled cells of targets, of a table with a column of indicators."""
    if form.indicator is None:
        return
    frame = table.frame
    for row, cells in zip(frame.index, frame.to_dict("records"), strict=True):
        name = _text_of(cells, form.indicator)
        for column, (first, when) in form.aims.items():
            if not name or is_blank(cells[column]):
                continue
            own_year = when
            by_row = form.aim_year or form.year
            if not when and by_row is not None and not is_blank(cells[by_row]):
                own_year = _year(table, row, by_row, cells[by_row])
            yield _Cell(
                row,
                column,
                name,
                own_year,
                cells[column],
                _text_of(cells, form.unit) or table.units.get(column, ""),
                _text_of(cells, form.scope),
                nature=_text_of(cells, form.nature),
                first_year=first,
                # The last year of a five-year plan is the plan's.
                is_of_year=first is None
                and (
                    bool(_OF_YEAR.search(column) or _OF_YEAR.search(plain_text(cells[column])))
                    or (own_year > 0 and own_year not in _PLANS.values())
                ),
            )


def _cells(table: SheetTable, form: _Form) -> Iterator[_Cell]:
    """Yield the filled cells of reported values, whatever the form of the table.

    Raises
    ------
    TableError
        Neither a column nor a header says of which year the values are.
    """
    frame = table.frame
    indicator, year, value = form.indicator, form.year, form.value
    across = [
        column for column in frame.columns if column not in form.named and column not in form.aims
    ]
    is_only_aims = bool(form.aims) and (value is None or value in form.aims)
    for row, cells in zip(frame.index, frame.to_dict("records"), strict=True):
        own_unit, place = _text_of(cells, form.unit), _text_of(cells, form.scope)
        name, body = _text_of(cells, indicator), _text_of(cells, form.body)
        if indicator is not None and form.dated:
            for column, when in form.dated.items():
                if name and not is_blank(cells[column]):
                    unit = own_unit or table.units.get(column, "")
                    yield _Cell(row, column, name, when, cells[column], unit, place, body)
        elif indicator is not None and year is not None and value is not None:
            if name and not is_blank(cells[value]):
                when = _year(table, row, year, cells[year])
                unit = own_unit or table.units.get(value, "")
                yield _Cell(row, value, name, when, cells[value], unit, place, body)
        elif indicator is None and year is not None:
            when = _year(table, row, year, cells[year])
            for column in across:
                if not is_blank(cells[column]):
                    at = table.units.get(column, "")
                    yield _Cell(row, column, str(column), when, cells[column], at, place)
        elif not is_only_aims:
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


def _aims_twice(targets: pd.DataFrame, table: SheetTable) -> list[Fault]:
    """Return the faults of targets that a table sets twice for one year and measure."""
    key = ["indicator_id", "scope_id", "target_year", "measure"]
    rows = targets[targets.duplicated(key, keep=False) & targets["target_year"].notna()]
    return [
        _fault(
            table,
            int(group["row"].iloc[1]),
            str(group["column"].iloc[1]),
            msg(
                "A target of {indicator} for {year} is given {n} times, first in row {row}.",
                indicator=str(indicator).removeprefix(f"{OWN}:"),
                year=str(year),
                n=len(group),
                row=int(group["row"].iloc[0]),
            ),
            msg("Leave one of them."),
        )
        for (indicator, _, year, _), group in rows.groupby(key)
    ]


def _strange_units(actuals: pd.DataFrame, targets: pd.DataFrame, table: SheetTable) -> list[Fault]:
    """Return the faults of values that cannot be told in the unit of their target."""
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
