"""A bureau's own list of projects or tasks: planned dates, investment, progress."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from regionkit.analysis.periods import Period, parse_period, parse_span
from regionkit.analysis.units_of_measure import convert
from regionkit.errors import Fault, TableError
from regionkit.tables.grammar.cell import is_blank, parse_number, plain_text
from regionkit.tables.read import SheetTable, read_table
from regionkit.words.message import Words, msg

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Worklist", "is_worklist", "read_worklist"]

# A header says what a column is by one of these; the first that matches counts.
_BEGIN, _END = "(开工|启动|开始|动工)", "(竣工|完工|建成|投产|投用|完成)"
_PLANNED, _YEARLY = "(计划|拟|预计|应)", r"(本年|年度|当年|今年|年内|(19|20)\d\d年|\d+[-—~至]\d+月)"
_PATTERNS = {
    "span": r"建设(起止)?(年限|工期|期限|周期|时间)|起止(年限|时间|年月)|建设起止",
    "year_plan": rf"^(?!.*(完成|实际)){_YEARLY}.*投资|计划年度投资|year.?plan",
    "invested": r"(累计|已|开工以来|至今)(?!.*(本年|年度|当年|今年|年内)).*投资|完成总投资"
    r"|^invested",
    "year_done": rf"{_YEARLY}.*(完成|实际).*投资|{_YEARLY}.*投资.*(完成|实际)|year.?done",
    "investment": r"总投资|投资(总额|规模|估算)|^investment",
    "started_on": rf"^(?=.*实际).*{_BEGIN}|actual.?start",
    "done_on": rf"^(?=.*实际).*{_END}|{_END}验收(时间|日期)",
    "planned_start": rf"^(?=.*{_PLANNED}).*{_BEGIN}|planned.?start",
    "due": rf"^(?=.*{_PLANNED}).*{_END}(?!率|比)|(完成|办结)?时限|^due",
    "progress": r"(形象|工程|建设|完成|总体|实施|工作)?进度|完成(率|比例)|progress",
    "stage": r"(建设|项目|当前|目前|推进|实施|工程|工作)?(状态|阶段)|是否开工"
    r"|(推进|进展|完成)情况|^stage",
    "body": r"(责任|牵头|主管|实施|建设|业主)(单位|部门|主体)|项目(单位|业主|法人)|responsible",
    "place": r"建设(地点|地址|县区)|所在(地|县|区|市)|^县区$|^县市区$|^[市县]$|地区|属地",
    "name": r"^(重点|重大)?(建设)?(项目|任务|工程|工作)(名称)?$|^名称$|(项目|任务|工程|事项)名称"
    r"|^(重点|工作)任务$|^事项$|^name$",
}
_HEADERS = {key: re.compile(pattern, re.IGNORECASE) for key, pattern in _PATTERNS.items()}
# 开工时间 alone is what is planned, unless another column is.
_DATES = (
    (re.compile(f"{_BEGIN}(时间|日期|年月)"), ("planned_start", "started_on")),
    (re.compile(f"{_END}(时间|日期|年月|期限)"), ("due", "done_on")),
)
# A list of works has a name and one of these.
_PLANS = ("planned_start", "due", "span", "investment", "year_plan", "invested")
_MONEY = ("investment", "invested", "year_plan", "year_done")
# In this order: 即将竣工 and 主体完工 are no completion, 完成招标 no beginning.
_WORDS = {
    "dropped": r"取消|终止|调出|撤销|停建",
    "under way": r"(未|待|即将|计划|拟|预计|正在).{0,2}(完工|竣工|完成|建成|投产|交付|验收|办结)"
    r"|(主体|基础|基本|部分|单体).{0,2}(完工|竣工|完成|建成|投产|投用|施工)|在建|续建",
    "not begun": r"(未|待|即将|计划|拟|准备|预计)(开工|启动|开始|动工)|前期|谋划|拟建|储备|筹建"
    r"|招标|可研|立项|规划|^否$",
    "completed": r"竣工|完工|建成|完成|投产|投用|投入使用|办结|通过验收|交付",
    "begun": r"推进|开工|施工|建设中|进行|启动|实施|主体|试运行|^是$",
}
# A longer cell, or one with figures, is a report (完成投资5亿元) that no word of it sums up.
_LONGEST_WORD = 8
_STAGE_WORDS = {stage: re.compile(pattern) for stage, pattern in _WORDS.items()}
_AS_OF = re.compile(
    r"(?:截至|截止)(?:到)?(20\d\d)年(\d{1,2})月|(20\d\d)年.*(?:截至|截止|1[-—~至])(?:到)?(\d{1,2})月"
)
_BARE_YEAR = re.compile(r"^\d{4}年?度?$")
_STATE = re.compile(
    r"^(?:(?:未|已|尚未|正在|即将)(?:开工|启动|完工|竣工|完成|建成|投产|推进|建设|办结|施工)|在建|续建"
    r"|前期工作|推进中|建设中)$"
)
_MARKS = re.compile(r"[（(][^（）()]*[)）]|[\s*※/、]")


@dataclass(frozen=True)
class Worklist:
    """A list of projects or tasks, read.

    Attributes
    ----------
    works : DataFrame indexed by the row in the sheet
        ``name, body, place, planned_start, due, stage, investment, invested, year_plan, year_done,
        unit, progress, known_on``, as :func:`regionkit.analysis.works.project_progress` takes them.
    columns : dict of str to str
        Header that each was read from.
    label : words
        File and sheet.
    as_of : str
        Month that the list is of, as its title tells (2026年…截至6月底); "" where it does not.
    notes : tuple of words
        What the reader did.
    """

    works: pd.DataFrame
    columns: dict[str, str]
    label: Words
    as_of: str = ""
    notes: tuple[Words, ...] = ()


def _columns(table: SheetTable) -> dict[str, str]:
    """Return the header of each thing a list may tell."""
    found: dict[str, str] = {}
    texts = {
        header: _MARKS.sub("", plain_text(str(header))) or plain_text(str(header))
        for header in table.frame.columns
    }
    for header, text in texts.items():
        key = next((key for key, pattern in _HEADERS.items() if pattern.search(text)), None)
        if key is not None:
            found.setdefault(key, header)
    for header in texts.keys() - set(found.values()):
        for pattern, keys in _DATES:
            if pattern.search(texts[header]) and (free := [k for k in keys if k not in found]):
                found[free[0]] = header
    return found


def _is_of_data(text: str) -> bool:
    """Return whether a text stands in a row of data: a list may have no number in its first."""
    if _BARE_YEAR.match(text):
        # 2026年 may head a group of columns.
        return False
    return (
        bool(_STATE.match(text)) or parse_period(text) is not None or parse_span(text) is not None
    )


def is_worklist(source: str | Path | pd.DataFrame, *, sheet: str | None = None) -> bool:
    """Return whether a table is a list of works: it has names, and dates or investment.

    Examples
    --------
    >>> is_worklist(pd.DataFrame({"项目名称": ["甲"], "计划开工时间": ["2026年3月"]}))
    True
    >>> is_worklist(pd.DataFrame({"指标": ["森林覆盖率"], "2026年": [42]}))
    False
    """
    found = _columns(read_table(source, sheet=sheet, is_place=_is_of_data))
    return "name" in found and any(key in found for key in _PLANS)


def read_worklist(source: str | Path | pd.DataFrame, *, sheet: str | None = None) -> Worklist:
    """Return the projects or tasks of a bureau's own list.

    Columns are known by their headers, in any order: 项目名称, 责任单位, 计划开工时间,
    实际开工时间, 计划竣工时间 (or 建设年限 2024-2027, 完成时限), 总投资, 累计完成投资,
    年度计划投资, 本年完成投资, 形象进度, 建设状态.

    Raises
    ------
    TableError
        With every fault: no column of names or none of plans, a date that is no month, quarter or
        year, a number that is none or below zero, progress beyond 0 to 100 %, shares of one among
        percentages, units that cannot be converted, an end before the beginning, a project twice.

    Examples
    --------
    >>> table = pd.DataFrame(
    ...     {
    ...         "项目名称": ["甲铁路", "乙水库"],
    ...         "建设年限": ["2024-2027", "2025年3月至2026年底"],
    ...         "总投资（亿元）": [120, 8],
    ...         "累计完成投资（万元）": [600000, 0],
    ...     }
    ... )
    >>> read_worklist(table).works[["due", "invested", "stage"]].astype(str).to_numpy().tolist()
    [['2027', '60.0', 'begun'], ['2026', '0.0', 'not begun']]
    """
    table = read_table(source, sheet=sheet, is_place=_is_of_data)
    found = _columns(table)
    if "name" not in found or not any(key in found for key in _PLANS):
        what = msg("The table has no column of projects, or none of what is planned for them.")
        mend = msg(
            "Name the columns {columns}.",
            columns=("项目名称", "计划开工时间", "计划竣工时间", "总投资"),
        )
        raise TableError(
            msg("{table} is no list of projects.", table=table.label),
            [table.fault(0, "", what, mend)],
        )
    reader = _Reader(table, found)
    rows, index = [], []
    for row, cells in zip(table.frame.index, table.frame.to_dict("records"), strict=True):
        if is_blank(cells[found["name"]]):
            continue
        rows.append(reader.read(row, cells))
        index.append(row)
    works = pd.DataFrame(rows, index=pd.Index(index, name="row"))
    as_of = _month_told(table)
    works["known_on"] = as_of or None
    faults = [*reader.faults, *_shares_of_one(works, table, found), *_twice(works, table, found)]
    if faults:
        raise TableError(
            msg("{table} cannot be read as a list of projects.", table=table.label), faults
        )
    return Worklist(works, found, table.label, as_of, table.notes)


def _month_told(table: SheetTable) -> str:
    """Return the month that a title says a list is of, "" where it says none.

    It is the list's, and what is judged later is judged by what was known then.
    """
    match = _AS_OF.search(re.sub(r"\s", "", table.title))
    if match is None:
        return ""
    year, month = (match[1], match[2]) if match[1] else (match[3], match[4])
    return f"{year}-{int(month):02d}" if 1 <= int(month) <= 12 else ""


class _Reader:
    """Reads the rows of one table, and gathers what is wrong with them."""

    def __init__(self, table: SheetTable, found: dict[str, str]) -> None:
        self.table, self.found = table, found
        self.faults: list[Fault] = []

    def read(self, row: int, cells: dict[str, Any]) -> dict[str, Any]:
        made: dict[str, Any] = {key: self._text(cells, key) for key in ("name", "body", "place")}
        made["planned_start"], made["due"] = self._span(row, cells)
        for key in ("planned_start", "due"):
            made[key] = self._date(row, cells, key) or made[key]
        start, due = made["planned_start"], made["due"]
        if start is not None and due is not None and due.last < start.first:
            what = msg(
                "It ends ({end}) before it begins ({start}).", end=str(due), start=str(start)
            )
            self._tell(row, self.found.get("due", ""), what, msg("Correct one of the dates."))
        self._amounts(row, cells, made)
        made["progress"] = self._progress(row, cells)
        made["stage"] = self._stage(row, cells, made)
        return made

    def _tell(self, row: int, column: str, what: Words | str, mend: Words | str) -> None:
        self.faults.append(self.table.fault(row, column, what, mend))

    def _cell(self, cells: dict[str, Any], key: str) -> Any:
        cell = cells[self.found[key]] if key in self.found else None
        return None if is_blank(cell) or plain_text(cell) in {"-", "—", "/", "无"} else cell

    def _text(self, cells: dict[str, Any], key: str) -> str:
        cell = self._cell(cells, key)
        return "" if cell is None else plain_text(cell)

    def _date(self, row: int, cells: dict[str, Any], key: str) -> Period | None:
        cell = self._cell(cells, key)
        if cell is None:
            return None
        period = parse_period(cell) or parse_period(plain_text(cell)) if _is_date(cell) else None
        if period is None:
            what = msg("{value!r} is no month, quarter or year.", value=plain_text(cell))
            mend = msg(
                "Write it as 2026-03, 2026年一季度 or 2026; 2026.1 as a number may be October."
            )
            self._tell(row, self.found[key], what, mend)
        return period

    def _span(self, row: int, cells: dict[str, Any]) -> tuple[Period | None, Period | None]:
        cell = self._cell(cells, "span")
        if cell is None:
            return None, None
        text = plain_text(cell)
        if (span := parse_span(text)) is not None:
            return span
        if (one := parse_period(cell)) is not None:
            return one, one
        what = msg("{value!r} is no span of years or months.", value=text)
        self._tell(
            row, self.found["span"], what, msg("Write it as 2024-2027 or 2024年3月至2026年12月.")
        )
        return None, None

    def _amounts(self, row: int, cells: dict[str, Any], made: dict[str, Any]) -> None:
        """Put the amounts of money in one unit, that of the first which has one."""
        shared = ""
        for key in _MONEY:
            made[key] = math.nan
            cell = self._cell(cells, key)
            if cell is None:
                continue
            column = self.found[key]
            number = parse_number(cell)
            if number.what:
                self._tell(row, column, number.what, number.mend)
                continue
            if number.mark:
                continue
            value, unit = number.value, number.unit or self.table.units.get(column, "")
            if value < 0:
                what = msg("{value:g} is below zero.", value=value)
                self._tell(row, column, what, msg("Write 0 or more."))
            if unit and shared and unit != shared:
                changed = convert(value, unit, shared)
                if changed is None:
                    what = msg(
                        "{unit!r} cannot be converted to {wanted}.", unit=unit, wanted=shared
                    )
                    self._tell(row, column, what, msg("Write the value in {unit}.", unit=shared))
                else:
                    value = changed
            shared = shared or unit
            made[key] = value
        made["unit"] = shared

    def _progress(self, row: int, cells: dict[str, Any]) -> float:
        cell = self._cell(cells, "progress")
        if cell is None:
            return math.nan
        number = parse_number(cell)
        if number.what or number.mark or number.value is None:
            # 主体完工 is a word on how far it is, no number.
            return math.nan
        value = number.value
        if not 0 <= value <= 100:
            what = msg("A progress of {value:g} % lies outside 0 to 100.", value=value)
            self._tell(row, self.found["progress"], what, msg("Correct the cell."))
        return value

    def _stage(self, row: int, cells: dict[str, Any], made: dict[str, Any]) -> str | None:
        began, ended = (self._date(row, cells, key) for key in ("started_on", "done_on"))
        if ended is not None:
            return "completed"
        words = [self._text(cells, "stage")]
        if math.isnan(made["progress"]):
            words.append(self._text(cells, "progress"))
        for text in words:
            if len(text) > _LONGEST_WORD or re.search(r"\d", text):
                continue
            for stage, pattern in _STAGE_WORDS.items():
                if pattern.search(text):
                    return "begun" if stage == "under way" else stage
        if began is not None:
            return "begun"
        told = [v for v in (made["progress"], made["invested"]) if not math.isnan(v)]
        if told:
            return "begun" if max(told) > 0 else "not begun"
        return None


def _is_date(cell: object) -> bool:
    """Return whether a cell can be a date: of a bare number only a whole year can."""
    return not (type(cell) is float and not cell.is_integer())


def _shares_of_one(works: pd.DataFrame, table: SheetTable, found: dict[str, str]) -> list[Fault]:
    """Return the fault of progress that is written as shares of one."""
    column = found.get("progress", "")
    shares = works["progress"].dropna() if len(works) else pd.Series(dtype=float)
    small = shares[(shares > 0) & (shares <= 1)]
    signed = {row for row in small.index if parse_number(table.frame.loc[row, column]).unit == "%"}
    return [
        table.fault(
            int(row),
            column,
            msg("Whether {value:g} is {value:g} % or a share of one cannot be told.", value=value),
            msg("Write it with its sign, such as 65%."),
        )
        for row, value in small.items()
        if row not in signed
    ]


def _twice(works: pd.DataFrame, table: SheetTable, found: dict[str, str]) -> list[Fault]:
    if works.empty:
        return []
    rows = works[works.duplicated(["name", "place"], keep=False)]
    return [
        table.fault(
            int(group.index[1]),
            found["name"],
            msg(
                "{name} stands {n} times, first in row {row}.",
                name=name,
                n=len(group),
                row=int(group.index[0]),
            ),
            msg("Leave one of them, or tell them apart by their names."),
        )
        for (name, _), group in rows.groupby(["name", "place"], sort=False)
    ]
