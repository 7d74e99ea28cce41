"""What `regionkit progress` says of projects and tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from regionkit.analysis.periods import parse_period
from regionkit.cli.show import show_table
from regionkit.cli.terminal import tell
from regionkit.words.message import msg, say

if TYPE_CHECKING:
    import pandas as pd

    from regionkit.analysis.states import Thresholds
    from regionkit.region import Region

__all__ = ["MONTH", "judge_list", "judge_pack", "show_works"]


class _Month(click.ParamType[str]):
    """A year or a month, as 2026 or 2026-06."""

    name = "month"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return it as it was written; refuse what is neither."""
        period = parse_period(value)
        if period is None:
            self.fail(
                say("{value!r} is no year or month. Write 2026 or 2026-06.", value=value),
                param,
                ctx,
            )
        return str(value)


MONTH = _Month()


def judge_list(
    path: str, sheet: str | None, limits: Thresholds, as_of: str | None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the projects of one's own list and where they stand, and tell what was read."""
    from regionkit.analysis.worklist import read_worklist
    from regionkit.analysis.works import project_progress

    found = read_worklist(path, sheet=sheet)
    tell(msg("Projects read from {table}: {n}.", table=found.label, n=len(found.works)), err=True)
    for note in found.notes:
        tell(note, err=True)
    if found.as_of:
        tell(msg("The list is of {month}, as its title says.", month=found.as_of), err=True)
    when = as_of or found.as_of or None
    return found.works, project_progress(found.works, thresholds=limits, as_of=when)


def show_works(
    works: pd.DataFrame,
    judged: pd.DataFrame,
    limits: Thresholds,
    output: str | None,
    *,
    judged_only: bool,
) -> None:
    """Print judged projects or write them, with the counts of their states."""
    from regionkit.analysis.judged_works import judged_works_table, works_headline

    told = works_headline(judged)
    named = say("Limits between the states: {name}.", name=limits.name)
    if judged_only:
        judged = judged[judged["state"] != "undecided"]
        works = works.loc[judged.index]
    if len(judged) or output is not None:
        table = judged_works_table(works, judged)
        show_table(table, output, notes={say("Summary"): told, say("Limits"): named})
    tell(told, err=output is not None)
    tell(named, err=output is not None)


def judge_pack(
    ln: Region, limits: Thresholds, as_of: str | None, *, tasks: bool
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the pack's projects, or its tasks, and where they stand."""
    from regionkit.analysis.works import project_progress, works_of_projects, works_of_tasks

    works = works_of_tasks(ln) if tasks else works_of_projects(ln)
    return works, project_progress(works, thresholds=limits, as_of=as_of)
