"""Judged projects and tasks in words: their table and their headline."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from regionkit.analysis.states import REASONS, WORK_STATES
from regionkit.analysis.targets import format_number
from regionkit.words.message import join, msg, say

if TYPE_CHECKING:
    from collections.abc import Hashable

__all__ = ["judged_works_table", "works_headline"]


def judged_works_table(works: pd.DataFrame, judged: pd.DataFrame) -> pd.DataFrame:
    """Return judged projects or tasks in words, a row each.

    Parameters
    ----------
    works : DataFrame
        With ``name``, and where they are there ``body, planned_start, due``.
    judged : DataFrame indexed like works
        As of :func:`regionkit.analysis.works.project_progress`.

    Examples
    --------
    >>> from regionkit.analysis.works import project_progress
    >>> works = pd.DataFrame({"name": ["甲"], "stage": "begun", "due": ["2026-03"]})
    >>> judged_works_table(works, project_progress(works, as_of="2026-06"))["State"].tolist()
    ['○ overdue by 3 months']
    """
    rows = judged.to_dict("records")

    def column(name: str) -> list[str]:
        cells = works[name] if name in works else [None] * len(works)
        return ["" if cell is None or _is_missing(cell) else str(cell) for cell in cells]

    table = {
        say("Project"): column("name"),
        say("Responsible"): column("body"),
        say("Planned beginning"): column("planned_start"),
        say("Planned end"): column("due"),
        say("Share of the year gone"): [_share(row["year_elapsed"]) for row in rows],
        say("Share of the year's investment"): [_share(row["year_reached"]) for row in rows],
        say("Share of the time gone"): [_share(row["elapsed_share"]) for row in rows],
        say("Share done"): [_share(row["reached_share"]) for row in rows],
        say("State"): [_state(row) for row in rows],
        say("Why not judged"): [str(REASONS.get(row["reason"], "")) for row in rows],
    }
    made = pd.DataFrame(table, index=judged.index)
    kept = {say("Project"), say("State")}
    # A column that no project fills tells nothing.
    return made[[name for name in made if name in kept or (made[name] != "").any()]]


def _is_missing(cell: object) -> bool:
    return not isinstance(cell, tuple) and bool(pd.isna(cell))


def _state(row: dict[Hashable, object]) -> str:
    state = WORK_STATES[str(row["state"])]
    months = row["months_late"]
    if isinstance(months, float) and months > 0:
        if row["state"] == "overdue":
            told = say("overdue by {n} months", n=int(months))
            return f"{state.mark} {told}"
        if row["state"] == "not begun":
            told = say("not begun, {n} months late", n=int(months))
            return f"{state.mark} {told}"
    return f"{state.mark} {state.label}"


def _share(value: float) -> str:
    return "" if pd.isna(value) else f"{format_number(round(100 * float(value), 1))}%"


def works_headline(judged: pd.DataFrame) -> str:
    """Return one sentence of counts of states that add up to the whole; "" where there is none.

    Examples
    --------
    >>> works_headline(pd.DataFrame({"state": ["overdue", "on plan", "overdue"]}))
    'Of 3 projects: as planned 1, overdue 2.'
    """
    counts = judged["state"].value_counts()
    parts = [
        msg("{word} {n}", word=state.label, n=int(counts[key]))
        for key, state in WORK_STATES.items()
        if key in counts
    ]
    if not parts:
        return ""
    return say("Of {n} projects: {parts}.", n=len(judged), parts=join(parts, "places"))
