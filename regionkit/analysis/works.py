"""How far projects and tasks are beside what is planned for them: begun, on time, overdue."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import astuple, dataclass, fields, replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from regionkit.analysis.periods import Period, month_of, parse_period
from regionkit.analysis.states import WORK_STAGES, Thresholds, read_thresholds
from regionkit.errors import Fault, InputError, TableError
from regionkit.region.marks import mark, mark_like
from regionkit.words.message import Words, msg

if TYPE_CHECKING:
    from pathlib import Path

    from regionkit.region import Region

__all__ = ["STAGES", "project_progress", "works_of_projects", "works_of_tasks"]

#: How far a work is, as far as its state needs it; "dropped" is given up.
STAGES = tuple(WORK_STAGES)
_AMOUNTS = ("investment", "invested", "year_plan", "year_done", "progress", "named_years")
_DATES = ("planned_start", "due", "known_on")
_NAN = math.nan
_STAGE_OF = {
    "study": "not begun",
    "preparatory": "not begun",
    "planned": "not begun",
    "new": "not begun",
    "under construction": "begun",
    "advancing": "begun",
    "completed": "completed",
}
_STAGE_OF_TASK = {
    "not begun": "not begun",
    "under way": "begun",
    "done": "completed",
    "dropped": "dropped",
}


@dataclass(frozen=True)
class _Work:
    """A project or task as far as judging needs it; shares are parts of one."""

    stage: str
    start: Period | None
    due: Period | None
    known_on: int
    done: float
    year_plan: float
    year_done: float
    named_years: float


@dataclass(frozen=True)
class _Standing:
    """Where a work stands: the columns of the result, in their order."""

    state: str
    reason: str = ""
    months_late: float = _NAN
    year_elapsed: float = _NAN
    year_reached: float = _NAN
    elapsed_share: float = _NAN
    reached_share: float = _NAN


def project_progress(
    works: pd.DataFrame,
    *,
    thresholds: str | Path | pd.DataFrame | Thresholds | None = None,
    as_of: int | str | None = None,
) -> pd.DataFrame:
    """Return where each project or task stands beside what is planned for it.

    What is completed is so. Else, in this order: its date is gone (overdue); it has not begun
    though its beginning is gone; the investment of the year beside the months gone of the year;
    all that is done (progress, else investment) beside the time from beginning to end. A date
    counts to the end of its month, quarter or year. Missing is never zero.

    Parameters
    ----------
    works : DataFrame
        Such as :func:`regionkit.analysis.worklist.read_worklist` gives, or your own: any of
        ``planned_start, due`` (2026-03, 2026年二季度, 2027), ``stage`` (one of ``STAGES``),
        ``investment, invested, year_plan, year_done`` (of one unit), ``progress`` (per cent),
        ``known_on`` (the date of what is known, where it is older than ``as_of``) and
        ``named_years`` (how long documents have named it).
    thresholds : path, DataFrame or Thresholds, optional
        As of :func:`regionkit.analysis.states.read_thresholds`.
    as_of : int or str, optional
        Last month that counts, as 2026-06; a year is its December. The month before this one
        where not given.

    Returns
    -------
    DataFrame, indexed like works
        ``state`` (as of ``WORK_STATES``), ``reason`` (as of ``REASONS``), ``months_late`` (beyond
        the planned beginning or end), ``year_elapsed`` and ``year_reached`` (shares of the year
        and of its investment), ``elapsed_share`` and ``reached_share`` (of all).

    Raises
    ------
    InputError
        ``as_of`` is no month, or the table has none of the columns.
    TableError
        A date, stage or amount cannot be used; every fault.

    Examples
    --------
    >>> works = pd.DataFrame(
    ...     {
    ...         "stage": ["not begun", "begun", "begun"],
    ...         "planned_start": ["2026-03", "2025", "2024"],
    ...         "due": ["2027", "2026-03", "2028"],
    ...         "year_plan": [None, None, 2.0],
    ...         "year_done": [None, None, 0.5],
    ...     }
    ... )
    >>> judged = project_progress(works, as_of="2026-06")
    >>> judged["state"].tolist(), judged["months_late"].tolist()[:2]
    (['not begun', 'overdue', 'behind'], [3.0, 3.0])
    """
    known = [name for name in ("stage", *_DATES, *_AMOUNTS) if name in works.columns]
    if not known:
        raise InputError(
            msg("The table of projects has none of the columns {columns}.", columns=_DATES[:2]),
            mend=msg("Read a list of projects with read_worklist, or name its columns so."),
        )
    limits = thresholds if isinstance(thresholds, Thresholds) else read_thresholds(thresholds)
    now = _month(as_of)
    faults: list[Fault] = []
    read = [
        _work(row, number, now, faults)
        for number, row in enumerate(works[known].to_dict("records"), 1)
    ]
    if faults:
        raise TableError(msg("The projects cannot be judged."), faults)
    rows = [astuple(_judge(work, now, limits)) for work in read]
    columns = [field.name for field in fields(_Standing)]
    return mark_like(pd.DataFrame(rows, columns=columns).set_axis(works.index), works)


def _month(as_of: int | str | None) -> int:
    if as_of is None:
        today = dt.datetime.now(tz=dt.UTC).date()
        return month_of(today.year, today.month) - 1
    period = parse_period(as_of)
    if period is None:
        raise InputError(
            msg("{value!r} is no month.", value=str(as_of)),
            mend=msg("Write a month such as 2026-06, or a year."),
        )
    return period.last


def _work(row: dict[str, Any], number: int, now: int, faults: list[Fault]) -> _Work:
    def tell(column: str, what: Words, mend: Words) -> None:
        faults.append(Fault("", number, column, what, mend))

    def amount(name: str) -> float:
        value = row.get(name)
        if value is None or pd.isna(value):
            return _NAN
        try:
            found = float(value)
        except (TypeError, ValueError):
            tell(name, msg("{value!r} is no number.", value=str(value)), msg("Write a number."))
            return _NAN
        if found < 0:
            tell(name, msg("{value:g} is below zero.", value=found), msg("Write 0 or more."))
        return found

    def date(name: str) -> Period | None:
        value = row.get(name)
        if value is None or isinstance(value, Period):
            return value
        if pd.isna(value):
            return None
        found = parse_period(value)
        if found is None:
            what = msg("{value!r} is no month, quarter or year.", value=str(value))
            tell(name, what, msg("Write it as 2026-03, 2026Q1 or 2026."))
        return found

    stage = row.get("stage")
    stage = stage if isinstance(stage, str) else ""
    if stage and stage not in STAGES:
        what = msg("{value!r} is not known.", value=stage)
        tell("stage", what, msg("Use one of {choices}.", choices=STAGES))
    whole, spent, share = amount("investment"), amount("invested"), amount("progress")
    done = share / 100
    if math.isnan(done) and whole > 0:
        done = spent / whole
    start, due = date("planned_start"), date("due")
    if start is not None and due is not None and due.last < start.first:
        what = msg("It ends ({end}) before it begins ({start}).", end=str(due), start=str(start))
        tell("due", what, msg("Correct one of the dates."))
    if not stage:
        # Money spent, or progress, says that it has begun; a plain 0 that it has not.
        told = [value for value in (share, spent) if not math.isnan(value)]
        if told:
            stage = "begun" if max(told) > 0 else "not begun"
    if share >= 100:
        stage = "completed"
    known = date("known_on")
    return _Work(
        stage=stage,
        start=start,
        due=due,
        known_on=now if known is None else min(known.last, now),
        done=done,
        year_plan=amount("year_plan"),
        year_done=amount("year_done"),
        named_years=amount("named_years"),
    )


def _judge(work: _Work, now: int, limits: Thresholds) -> _Standing:  # noqa: PLR0911 - one a rule
    if work.stage == "completed":
        return _Standing("completed", reached_share=work.done)
    if work.stage == "dropped":
        return _Standing("undecided", "dropped")
    made = _shares(work)
    # What is known is of its own date: a plan of 2016 does not say that 2020 was missed.
    if work.due is not None and work.due.last < now:
        if work.due.last >= work.known_on or not work.stage:
            return replace(made, state="undecided", reason="no news")
        late = float(work.known_on - work.due.last)
        state = limits.state_of("due", months=-late)
        if state == "overdue":
            return replace(made, state=state, months_late=late)
    if work.stage == "not begun":
        return _not_begun(work, now, limits, made)
    if not work.stage:
        return replace(made, state="undecided", reason="begun unknown")
    month = work.known_on % 12 + 1
    if work.year_plan > 0 and not math.isnan(work.year_done):
        gone, reached = month / 12, work.year_done / work.year_plan
        made = replace(made, year_elapsed=gone, year_reached=reached)
        points, pace = 100 * (reached - gone), 100 * reached / gone
        return replace(made, state=limits.state_of("year", points=points, pace=pace))
    if not math.isnan(made.elapsed_share) and not math.isnan(made.reached_share):
        gone, reached = made.elapsed_share, made.reached_share
        pace = 100 * reached / gone if gone else 100.0
        state = limits.state_of("whole", points=100 * (reached - gone), pace=pace)
        return replace(made, state=state)
    return replace(made, state="undecided", reason="under way")


def _shares(work: _Work) -> _Standing:
    elapsed = _NAN
    if work.start is not None and work.due is not None:
        # From the first day it may begin to the last it may end.
        span = work.due.last - work.start.first + 1
        elapsed = min(max(work.known_on - work.start.first + 1, 0) / span, 1.0)
    return _Standing("", elapsed_share=elapsed, reached_share=work.done)


def _not_begun(work: _Work, now: int, limits: Thresholds, made: _Standing) -> _Standing:
    if work.start is not None:
        if work.known_on <= work.start.last < now:
            return replace(made, state="undecided", reason="no news")
        late = float(work.known_on - work.start.last)
        state = limits.state_of("start", months=-late)
        return replace(made, state=state, months_late=late if late > 0 else _NAN)
    if not math.isnan(work.named_years):
        state = limits.state_of("named", years=work.named_years)
        if state != "undecided":
            return replace(made, state=state)
    return replace(made, state="undecided", reason="not begun")


def works_of_projects(region: Region) -> pd.DataFrame:
    """Return what the plan pack says of its projects, as :func:`project_progress` takes it.

    The stage is that of the newest document that names one (``region.projects``), known on that
    document's date or in the year it speaks of; dates are the project's own. ``named_years`` are
    those between the first and the last document with a stage, for projects not begun.

    Returns
    -------
    DataFrame indexed by project_id
        ``name, stage, planned_start, due, known_on, named_years, source_id``.

    Examples
    --------
    >>> import regionkit as rk
    >>> ln = rk.load("liaoning")
    >>> judged = project_progress(works_of_projects(ln), as_of=2026)
    >>> judged["state"].loc["fuxin-naiman-expressway"], judged["reason"].value_counts().index[0]
    ('undecided', 'begun unknown')
    """
    projects = region.select_projects(with_geometry=False)
    issued = region.sources["issued_on"].astype("str")
    stalled = region.stalled_projects(min_years=1)
    known = [
        issued.get(source) if pd.isna(year) else str(int(year))
        for source, year in zip(projects["stage_source_id"], projects["stage_year"], strict=True)
    ]
    works = pd.DataFrame(
        {
            "name": projects["name"],
            "stage": projects["stage"].map(_STAGE_OF),
            "planned_start": _years(projects["start_year"]),
            "due": _years(projects["end_year"]),
            "known_on": [one if isinstance(one, str) else None for one in known],
            "named_years": stalled["years"].reindex(projects.index).astype(float),
            "source_id": projects["stage_source_id"],
        },
        index=projects.index,
    )
    return mark(works, region, "works")


def works_of_tasks(region: Region) -> pd.DataFrame:
    """Return what the plan pack says of its tasks, as :func:`project_progress` takes it.

    Returns
    -------
    DataFrame indexed by task_id
        ``name, stage, planned_start, due, known_on, source_id``; ``due`` is the date where one is
        stated, else the task's last year.

    Examples
    --------
    >>> import regionkit as rk
    >>> works_of_tasks(rk.load("liaoning"))["due"].notna().sum() > 500
    np.True_
    """
    tasks = region.tasks
    due = tasks["due_on"].astype("str").where(tasks["due_on"].notna())
    issued = tasks["source_id"].map(region.sources["issued_on"].astype("str"))
    told_on = tasks["state_on"].astype("str").where(tasks["state_on"].notna())
    works = pd.DataFrame(
        {
            "name": tasks["title"],
            "stage": tasks["state"].map(_STAGE_OF_TASK),
            "planned_start": _years(tasks["start_year"]),
            "due": due.fillna(pd.Series(_years(tasks["end_year"]), tasks.index)),
            "known_on": told_on.fillna(issued),
            "source_id": tasks["state_source_id"].fillna(tasks["source_id"]),
        },
        index=tasks.index,
    )
    return mark(works, region, "works")


def _years(years: pd.Series) -> list[str | None]:
    return [None if pd.isna(year) else str(int(year)) for year in years]
