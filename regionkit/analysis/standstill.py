"""What older documents planned and newer ones still plan, or name no more."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from regionkit.query.summaries import is_no_work
from regionkit.region.marks import mark
from regionkit.words.message import msg

if TYPE_CHECKING:
    from regionkit.region import Region
    from regionkit.words.message import Message

__all__ = ["dropped_after", "dropped_rule", "open_rule", "open_since"]

_BUILT = "completed"


def open_rule(year: int) -> Message:
    """Return the rule of :func:`open_since`, in sentences."""
    return msg(
        "A project stands here if a document names it in {year} or before, one names it after "
        "{year}, and none says that it is completed. A mention counts in the year that it speaks "
        "of, else in its document's; doubtful ones, designations and pilots do not count. Where "
        "the newest document gives no stage, whether it is built is not told.",
        year=year,
    )


def dropped_rule(year: int) -> Message:
    """Return the rule of :func:`dropped_after`, in sentences."""
    return msg(
        "A project stands here if documents name it in {year} or before and none after {year}, not "
        "as a part or a whole either, and none says that it is completed. A mention counts in the "
        "year that it speaks of, else in its document's; doubtful ones, designations and pilots do "
        "not count. Named no more is not given up: it may be built, or go by another name.",
        year=year,
    )


def open_since(region: Region, year: int) -> pd.DataFrame:
    """Return the projects named in a year or before that are named since and not yet built.

    Parameters
    ----------
    region : Region
    year : int

    Returns
    -------
    DataFrame indexed by project_id
        ``name, first_year, first_source_id, first_stage, last_year, last_source_id, stage`` (of
        today, missing where the newest document gives none) and ``is_stated`` (whether it does);
        the longest open first. ``attrs["rule"]`` tells the rule.

    Examples
    --------
    >>> import regionkit as rk
    >>> table = open_since(rk.load("liaoning"), 2016)
    >>> bool((table["first_year"] <= 2016).all() and (table["last_year"] > 2016).all())
    True
    """
    table = _named(region)
    table = table[(table["first_year"] <= year) & (table["last_year"] > year)]
    return mark(_told(table, open_rule(year)), region, "projects")


def dropped_after(region: Region, year: int) -> pd.DataFrame:
    """Return the projects that documents name in a year or before, and none after it.

    Parameters
    ----------
    region : Region
    year : int

    Returns
    -------
    DataFrame indexed by project_id
        As of :func:`open_since`; ``attrs["rule"]`` tells the rule.

    Examples
    --------
    >>> import regionkit as rk
    >>> ln = rk.load("liaoning")
    >>> gone = dropped_after(ln, 2016)
    >>> bool(ln.projects.loc[gone.index, "is_in_current_plan"].any())
    False
    """
    table = _named(region)
    table = table[table["last_year"] <= year]
    return mark(_told(table, dropped_rule(year)), region, "projects")


def _told(table: pd.DataFrame, rule: Message) -> pd.DataFrame:
    table = table.sort_values(["first_year", "last_year", "name"], kind="stable")
    table.attrs["rule"] = rule
    return table


def _named(region: Region) -> pd.DataFrame:
    """Return the projects that are not completed, with their first and last mention."""
    projects = region.select_projects(with_geometry=False)
    mentions = region.mentions
    mentions = mentions[mentions["match"] != "doubtful"].copy()
    sources = region.sources
    issued = sources["issued_on"].fillna(sources["not_before"]).astype("str").str[:4]
    issued = pd.to_numeric(issued, errors="coerce")
    # A plan speaks of years to come; it names a project in the year it is issued, at the latest.
    spoken, of_document = mentions["year"], mentions["source_id"].map(issued)
    years = [one.astype("Float64") for one in (spoken, of_document)]
    mentions["when"] = pd.concat(years, axis=1).min(axis=1)
    mentions = mentions.dropna(subset=["when"]).sort_values("when", kind="stable")
    built = set(mentions.loc[(mentions["stage"] == _BUILT) & (mentions["match"] == "same"),
                             "project_id"])  # fmt: skip
    by_project = mentions.groupby("project_id")
    first, last = (
        rows.set_index("project_id") for rows in (by_project.head(1), by_project.tail(1))
    )
    is_asked = ~is_no_work(projects) & ~projects.index.isin(list(built))
    is_asked &= (projects["stage"] != _BUILT).fillna(value=True) & projects.index.isin(first.index)
    mine = projects[is_asked]
    first, last = first.loc[mine.index], last.loc[mine.index]
    return pd.DataFrame(
        {
            "name": mine["name"],
            "first_year": first["when"].astype(int),
            "first_source_id": first["source_id"],
            "first_stage": first["stage"],
            "last_year": last["when"].astype(int),
            "last_source_id": last["source_id"],
            "stage": mine["stage"],
            "is_stated": mine["stage"].notna(),
        }
    )
