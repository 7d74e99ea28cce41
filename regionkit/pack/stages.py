"""How far each project is: the one rule by which its stage follows from its mentions.

Of the mentions that are certain, those of the newest document count, which is the last one in the
project's history: first what it says of the project itself (``same``), else what it says of the
whole that the project belongs to (``whole``). Where that document gives no stage there is none, for
an older document's is no stage of today. Of several stages in it the latest year's counts, of one
year the furthest; 推进 yields to a word that says how far. What is said of a part makes no whole
completed; a part that is completed is told beside the stage. A doubtful mention counts for nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["STAGE_RANK", "current_plan", "document_order", "with_stages"]

#: How far along a stage is. Expansion of a standing thing says nothing of how far it is.
STAGE_RANK = {
    "study": 0,
    "preparatory": 1,
    "planned": 2,
    "new": 3,
    "advancing": 4,
    "under construction": 4,
    "completed": 5,
}
# In one document: 推进 is said of anything from a study to a building site.
_SPECIFIC = STAGE_RANK | {"advancing": -1, "expansion": -2}
_COMPLETED = "completed"
_PLAN = "plan"


class _Said(NamedTuple):
    """What a mention says of a project."""

    source_id: str
    match: str
    stage: str | None
    year: int | None


class _Stage(NamedTuple):
    """The stage of a project, and who says so."""

    stage: str | None = None
    year: int | None = None
    source_id: str | None = None
    is_partly_completed: bool = False


def with_stages(
    projects: pd.DataFrame, mentions: pd.DataFrame, sources: pd.DataFrame, *, plan: str = ""
) -> pd.DataFrame:
    """Return projects with their stage, as their mentions give it.

    Parameters
    ----------
    projects, mentions, sources : DataFrame
        Tables of a pack.
    plan : str, optional
        The plan in force, as of :func:`current_plan`.

    Returns
    -------
    DataFrame
        After ``kind``: ``stage``, ``stage_year`` (that the mention speaks of), ``stage_source_id``,
        ``is_partly_completed`` (a part of it is, and the whole not yet) and
        ``is_in_current_plan`` (the plan in force names it, or a part or the whole of it; without
        a plan no project is set apart from others).
    """
    plan_id = current_plan(sources, plan)
    order = document_order(sources)
    said: dict[str, list[_Said]] = {}
    # As plain lists: thousands of calls for single cells take longer than all that follows.
    years = mentions["year"]
    years = years.astype(object).where(years.notna(), None)
    for project_id, source_id, match, stage, year in zip(
        *(mentions[name].tolist() for name in ("project_id", "source_id", "match", "stage")),
        years.tolist(),
        strict=True,
    ):
        told = _Said(source_id, match, _text(stage), None if year is None else int(year))
        said.setdefault(project_id, []).append(told)
    mine = [[m for m in said.get(key, ()) if m.match != "doubtful"] for key in projects[_KEY]]
    stages = [_stage_of(told, order) for told in mine]
    columns = {
        "stage": pd.array([one.stage for one in stages], dtype="str"),
        "stage_year": pd.array([one.year for one in stages], dtype="Int64"),
        "stage_source_id": pd.array([one.source_id for one in stages], dtype="str"),
        "is_partly_completed": [one.is_partly_completed for one in stages],
        "is_in_current_plan": [
            plan_id is None or any(m.source_id == plan_id for m in told) for told in mine
        ],
    }
    frame = projects.copy()
    at = int(frame.columns.get_indexer(["kind"])[0]) + 1
    for number, (name, values) in enumerate(columns.items()):
        frame.insert(at + number, name, values)
    frame["is_partly_completed"] = frame["is_partly_completed"].astype(bool)
    frame["is_in_current_plan"] = frame["is_in_current_plan"].astype(bool)
    return frame


_KEY = "project_id"


def _stage_of(said: list[_Said], order: dict[str, tuple[str, bool]]) -> _Stage:
    """Return the stage that mentions of one project, none of them doubtful, give it."""
    by_document: dict[str, list[_Said]] = {}
    for mention in said:
        by_document.setdefault(mention.source_id, []).append(mention)
    naming = {
        source: max(_time_of(m, order[source]) for m in mine if m.match != "part")
        for source, mine in by_document.items()
        if any(m.match != "part" for m in mine)
    }
    newest = by_document[max(naming, key=lambda one: (naming[one], one))] if naming else []
    told = _furthest(newest, "same") or _furthest(newest, "whole")
    is_partly = any(m.match == "part" and m.stage == _COMPLETED for m in said)
    if told is None:
        return _Stage(is_partly_completed=is_partly)
    return _Stage(told.stage, told.year, told.source_id, is_partly and told.stage != _COMPLETED)


def _time_of(mention: _Said, date: tuple[str, bool]) -> tuple[str, bool, str]:
    """Return what a mention is put in order by, as in a project's history."""
    issued, is_bound = date
    if mention.year is None:
        return issued[:4], is_bound, issued
    return str(mention.year), False, issued


def _furthest(said: Iterable[_Said], match: str) -> _Said | None:
    """Return the mention of the latest year, of one year the furthest along, that has a stage."""
    told = [m for m in said if m.match == match and m.stage is not None]
    return max(told, key=lambda m: (m.year or 0, _SPECIFIC.get(m.stage or "", -1)), default=None)


def document_order(sources: pd.DataFrame) -> dict[str, tuple[str, bool]]:
    """Return what documents are put in order by, the newest last.

    A document without a date stands after what it cannot be older than (``not_before``), and one
    of which not even that is known before all others.

    Examples
    --------
    >>> sources = pd.DataFrame(
    ...     {
    ...         "source_id": ["a", "b", "c"],
    ...         "issued_on": ["2016-11", None, "2016-10-30"],
    ...         "not_before": [None, "2016-11", None],
    ...     }
    ... )
    >>> order = document_order(sources)
    >>> sorted(order, key=order.get)
    ['c', 'a', 'b']
    """
    found = {}
    for source_id, issued_on, not_before in zip(
        sources["source_id"], sources["issued_on"], sources["not_before"], strict=True
    ):
        issued, after = _text(issued_on), _text(not_before)
        found[source_id] = (issued or after or "", issued is None and after is not None)
    return found


def current_plan(sources: pd.DataFrame, named: str = "") -> str | None:
    """Return the source_id of the plan in force: the newest document of the kind plan.

    Parameters
    ----------
    sources : DataFrame
        Table of a pack.
    named : str, optional
        What the pack's descriptor names instead, as where a plan of one trade is newer.

    Examples
    --------
    >>> import regionkit as rk
    >>> current_plan(rk.load("liaoning").table("sources"))
    'liaoning-15fyp'
    """
    if named in set(sources["source_id"]):
        return named
    order = document_order(sources)
    plans = sources.loc[(sources["kind"] == _PLAN) & sources["issued_on"].notna(), "source_id"]
    return max(plans, key=lambda source: (order[source], source), default=None)


def _text(cell: object) -> str | None:
    return cell if isinstance(cell, str) else None
