"""The states of targets, projects and tasks in words of evaluations, and their limits."""

from __future__ import annotations

import math
import os
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from regionkit.errors import Fault, InputError, TableError
from regionkit.words.message import msg

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from regionkit.words.message import Message

__all__ = [
    "REASONS",
    "STATES",
    "WORK_STAGES",
    "WORK_STATES",
    "State",
    "Thresholds",
    "read_thresholds",
]


@dataclass(frozen=True)
class State:
    """What is said of a target, a project or a task.

    Attributes
    ----------
    word : Message
        The word of an evaluation; ``label`` is it in the language of the moment.
    colour : str
        Fill of areas, bars and marks.
    mark : str
        A circle filled as far as the target is reached: it tells the state without colour.
    """

    word: Message
    colour: str
    mark: str

    @property
    def label(self) -> str:
        """The word in the language of the moment."""
        return str(self.word)


STATES = {
    "met early": State(msg("achieved early"), "#1B6770", "●"),
    "ahead": State(msg("ahead of expectations"), "#34808A", "◕"),
    "on track": State(msg("broadly as expected"), "#4F9AA0", "◐"),
    "behind": State(msg("behind schedule"), "#E3A64E", "◔"),
    "met": State(msg("achieved"), "#1B6770", "●"),
    "missed": State(msg("not achieved"), "#A63A1E", "○"),
    "no actual": State(msg("no current value"), "#E4E1DA", "–"),
    "undecided": State(msg("cannot be judged yet"), "#E4E1DA", "–"),
}

# Of projects and tasks; the colours and marks are those of targets.
WORK_STATES = {
    "completed": State(msg("completed"), "#1B6770", "●"),
    "ahead": State(msg("ahead of plan"), "#34808A", "◕"),
    "on plan": State(msg("as planned"), "#4F9AA0", "◐"),
    "behind": State(msg("behind the plan's pace"), "#E3A64E", "◔"),
    "not begun": State(msg("not begun in time"), "#A63A1E", "○"),
    "overdue": State(msg("overdue"), "#A63A1E", "○"),
    "stalled": State(msg("named for years, not begun"), "#A63A1E", "○"),
    "not due": State(msg("not to begin yet"), "#E4E1DA", "–"),
    "undecided": State(msg("cannot be judged yet"), "#E4E1DA", "–"),
}

# How far a work is, of which its state follows.
WORK_STAGES = {
    "not begun": msg("not begun"),
    "begun": msg("begun"),
    "completed": msg("completed"),
    "dropped": msg("given up"),
}

# Why nothing can be said yet.
REASONS = {
    "to be set": msg("the target has yet to be set"),
    "no value": msg("the target is no number"),
    "no direction": msg("whether more or less of it is wanted is not stated"),
    "no baseline": msg("no baseline to measure progress from"),
    "no year": msg("the target names no year"),
    "not newer": msg("the value is not newer than the baseline"),
    "target year missing": msg("no value of the target's year"),
    "unit differs": msg("the units cannot be converted"),
    "years missing": msg("years of the period are missing"),
    "no period": msg("the period's first year is not stated"),
    "current prices": msg("totals in current prices say nothing of growth at constant prices"),
    "no reference": msg("the indicator it is set against has no growth rates"),
    "unclear reference": msg("set against what is no indicator here"),
    "begun unknown": msg("whether it has begun is not stated"),
    "under way": msg("under way; no date, progress or plan of the year to measure it by"),
    "not begun": msg("not begun; no date of its beginning is planned"),
    "no news": msg("nothing newer than its date says how far it is"),
    "dropped": msg("given up"),
}

_WORK_SUBJECTS = ("start", "due", "year", "whole", "named")
_SUBJECTS = ("level", "sum", "growth", "in step", "about", *_WORK_SUBJECTS)
_BASES = {
    "level": {"points", "pace"},
    "sum": {"points", "pace"},
    "growth": {"points", "pace"},
    "in step": {"points"},
    "about": {"percent"},
    "start": {"months"},
    "due": {"months"},
    "year": {"points", "pace"},
    "whole": {"points", "pace"},
    "named": {"years"},
}
_COLUMNS = ("subject", "basis", "at_least", "state")


@dataclass(frozen=True)
class Thresholds:
    """Limits between states: the first row of a subject whose limit is reached gives the state.

    Attributes
    ----------
    name : str
        What maps and reports call these limits.
    rows : tuple of (subject, basis, at_least or None, state)
        ``basis`` is "points" (percentage points that the share reached is beyond the share of
        time elapsed; of growth and "in step", points of growth beyond what is wanted), "pace"
        (share reached by share of time, growth by growth wanted, in per cent) or "percent"
        (of "about": how far from the target still counts as reached). Of projects: "months" of
        the planned beginning ("start") and end ("due") that are still to come, below zero where
        they are gone; "points" and "pace" of the investment of the year beside the months gone
        ("year"), and of all that is done beside the time from beginning to end ("whole");
        "years" that documents have named it without its beginning ("named").
    """

    name: str
    rows: tuple[tuple[str, str, float | None, str], ...]

    def state_of(
        self, subject: str, *, points: float = math.nan, pace: float = math.nan, **more: float
    ) -> str:
        """Return the state of what stands so many points, or per cent of the pace, beyond.

        ``months`` and ``years`` are given as keywords, too.

        Examples
        --------
        >>> read_thresholds().state_of("level", points=-10.0, pace=80.0)
        'on track'
        >>> read_thresholds().state_of("level", points=-10.1, pace=80.0)
        'behind'
        >>> read_thresholds().state_of("due", months=-1)
        'overdue'
        """
        values = {"points": points, "pace": pace, **more}
        for mine, basis, limit, state in self.rows:
            # A hair's breadth is the arithmetic's, not the bureau's.
            if mine == subject and (limit is None or values[basis] >= limit - 1e-9):
                return state
        raise InputError(
            msg("The thresholds have no last row of {subject!r} without a limit.", subject=subject)
        )

    @property
    def tolerance(self) -> float:
        """Share of a target's value that "about" leaves on either side."""
        limits = [limit for subject, _, limit, _ in self.rows if subject == "about"]
        return (limits[0] or 0.0) / 100 if limits else 0.0


def read_thresholds(source: str | Path | pd.DataFrame | None = None) -> Thresholds:
    """Return the limits between states: the shipped ones, or a bureau's own.

    Parameters
    ----------
    source : path or DataFrame, optional
        Columns ``subject`` (of targets level, sum, growth, in step, about; of projects and tasks
        start, due, year, whole, named), ``basis`` (points, pace, percent, months, years),
        ``at_least`` (blank in a subject's last row), ``state`` (ahead, on track, behind, or their
        Chinese words). Subjects that are not named keep the shipped limits.

    Raises
    ------
    TableError
        With every fault of the table.

    Examples
    --------
    >>> own = pd.DataFrame(
    ...     {
    ...         "subject": ["level", "level"],
    ...         "basis": ["pace", "pace"],
    ...         "at_least": [80, None],
    ...         "state": ["基本符合预期", "滞后"],
    ...     }
    ... )
    >>> read_thresholds(own).state_of("level", points=-15.0, pace=81.0)
    'on track'
    """
    shipped = _shipped()
    if source is None:
        return shipped
    if isinstance(source, pd.DataFrame):
        table, name = source, "thresholds"
    else:
        name = os.fspath(source)
        table = pd.read_csv(source, dtype=str, keep_default_na=False)
    rows = _checked(table.astype(object).where(table.notna(), ""), Path(name).name)
    own = {subject for subject, *_ in rows}
    kept = tuple(row for row in shipped.rows if row[0] not in own)
    return Thresholds(Path(name).stem, (*rows, *kept))


def _state_key(text: str, states: Mapping[str, State]) -> str:
    """Return the key of a state that is named by it or by its word in either language."""
    words = {state.word.render(lang): key for key, state in states.items() for lang in ("zh", "en")}
    return text if text in states else words.get(text, text)


def _shipped() -> Thresholds:
    path = resources.files("regionkit.analysis") / "thresholds.csv"
    with path.open(encoding="utf-8") as file:
        table = pd.read_csv(file, dtype=str, keep_default_na=False)
    return Thresholds("regionkit", _checked(table, "thresholds.csv"))


def _checked(table: pd.DataFrame, name: str) -> tuple[tuple[str, str, float | None, str], ...]:
    missing = [column for column in _COLUMNS if column not in table.columns]
    if missing:
        fault = Fault(
            name,
            1,
            missing[0],
            msg("The column is missing."),
            msg("Add the columns {columns}.", columns=missing),
        )
        raise TableError(
            msg("{file} has no column {columns}.", file=name, columns=missing), [fault]
        )
    faults, rows = [], []
    last: dict[str, int] = {}

    def tell(number: int, column: str, value: str, choices: Iterable[str]) -> None:
        what = msg("{value!r} is not known.", value=value)
        mend = msg("Use one of {choices}.", choices=sorted(choices))
        faults.append(Fault(name, number, column, what, mend))

    for number, cells in enumerate(table[list(_COLUMNS)].itertuples(index=False, name=None), 2):
        subject, basis, limit, state = (str(cell).strip() for cell in cells)
        number_or_none: float | None = None
        if subject not in _SUBJECTS:
            tell(number, "subject", subject, _SUBJECTS)
            continue
        if basis not in _BASES[subject]:
            tell(number, "basis", basis, _BASES[subject])
        allowed = WORK_STATES if subject in _WORK_SUBJECTS else STATES
        state = _state_key(state, allowed)
        if state not in allowed:
            tell(number, "state", state, (one.label for one in allowed.values()))
        if limit:
            try:
                number_or_none = float(limit)
            except ValueError:
                what = msg("{value!r} is no number.", value=limit)
                faults.append(Fault(name, number, "at_least", what, msg("Write a number.")))
        if subject in last and last[subject] < 0:
            what = msg(
                "A row of {subject} stands below the one without a limit, and is never reached.",
                subject=subject,
            )
            faults.append(Fault(name, number, "subject", what, msg("Put the blank limit last.")))
        last[subject] = number if limit else -number
        rows.append((subject, basis, number_or_none, state))
    faults += [
        Fault(
            name,
            number,
            "at_least",
            msg("The last row of {subject} has a limit.", subject=subject),
            msg("Leave the cell blank."),
        )
        for subject, number in last.items()
        if number > 0 and subject != "about"
    ]
    if faults:
        raise TableError(msg("{file} cannot be used.", file=name), faults)
    return tuple(rows)
