"""Who does what, where: the tasks of the documents by those responsible, place and text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from regionkit.analysis.ranking import units_inside
from regionkit.words.message import msg

if TYPE_CHECKING:
    from collections.abc import Collection

    import pandas as pd

    from regionkit.region import Region
    from regionkit.words.message import Words

__all__ = ["list_tasks", "tell_tasks"]


def list_tasks(
    region: Region,
    *,
    lead: str | None = None,
    cooperating: str | None = None,
    place: str | None = None,
    zone: str | None = None,
    source: str | Collection[str] | None = None,
    text: str | None = None,
) -> pd.DataFrame:
    """Return the tasks that meet every condition, as ``region.tasks`` has them.

    Parameters
    ----------
    region : Region
    lead, cooperating : str, optional
        A body by its name, a short name (省发改委), its id or a part of a name that one has.
    place : str, optional
        City or county: tasks that name it or a unit in it.
    zone : str, optional
        Tasks said of the zone, or that name a unit of it; ``zone_link`` tells which.
    source : str or collection of str, optional
        Documents by id or title.
    text : str, optional
        A part of the title or the note.

    Raises
    ------
    UnknownPlaceError, AmbiguousPlaceError, InputError
        A word is not known, or means several things.

    Examples
    --------
    >>> import regionkit as rk
    >>> ln = rk.load("liaoning")
    >>> tasks = list_tasks(ln, lead="省交通厅", text="机场")
    >>> bool(tasks["lead_org_ids"].map(lambda ids: "ln-transport" in ids).all()), len(tasks) > 0
    (True, True)
    """
    tasks = region.tasks
    for word, column in ((lead, "lead_org_ids"), (cooperating, "cooperating_org_ids")):
        if word is not None:
            body = region.find(word, ["body"]).id
            tasks = tasks[[body in ids for ids in tasks[column]]]
    if place is not None:
        inside = units_inside(region, place=place)
        tasks = tasks[[not inside.isdisjoint(codes) for codes in tasks["adcodes"]]]
    if zone is not None:
        meant = set(region.look_up("zone", zone).values)
        inside = units_inside(region, zone=zone)
        said = np.array([not meant.isdisjoint(ids) for ids in tasks["zone_ids"]], dtype=bool)
        touches = np.array([not inside.isdisjoint(a) for a in tasks["adcodes"]], dtype=bool)
        links = np.where(said, "said", "touches")[said | touches]
        tasks = tasks[said | touches].assign(zone_link=links)
    if source is not None:
        words = [source] if isinstance(source, str) else source
        tasks = tasks[tasks["source_id"].isin([region.resolve_source(word) for word in words])]
    if text is not None:
        held = tasks["title"].str.contains(text, regex=False)
        held |= tasks["note"].fillna("").astype(str).str.contains(text, regex=False)
        tasks = tasks[held]
    return tasks


def tell_tasks(tasks: pd.DataFrame, *, place: bool = False) -> list[Words]:
    """Return what a reader of tasks has to know, in sentences."""
    told: list[Words] = [msg("Tasks: {n}.", n=len(tasks))]
    if place:
        told.append(
            msg(
                "Tasks whose document names no place are not among them, though they may be for it."
            )
        )
    n_unled = int((tasks["lead_orgs"] == "").sum()) if len(tasks) else 0
    if n_unled:
        told.append(msg("Without a stated lead: {n}.", n=n_unled))
    return told
