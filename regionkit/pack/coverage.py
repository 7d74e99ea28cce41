"""Count the facts that each document, chapter and box gave to a pack."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from regionkit.pack.model import THEMES
from regionkit.pack.pack import Pack
from regionkit.words.labels import labels_in
from regionkit.words.message import join, say
from regionkit.words.voice import current_language

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["count_facts", "count_links", "count_recall", "list_named_zones"]

# What is told about the documents, not by them, and how facts are shown.
_NO_FACTS = {"outline", "omissions", THEMES}
_PLACE_COLUMNS = ("adcode", "adcodes", "scope_id", "lon")


def count_facts(pack: str | Path, *, by: str = "part") -> pd.DataFrame:
    """Return how many facts of each table came from each part of each document.

    Parameters
    ----------
    pack : str or Path
    by : {"part", "document"}
        A row for each chapter and box, or one for each document.

    Returns
    -------
    DataFrame
        The document, the place in it and its heading, one column a table, the sum, and how many
        of the facts name a unit or stand at a project that does. Headers are in the language of
        the moment.

    Examples
    --------
    >>> from regionkit.words.voice import speaking
    >>> with speaking("zh"):
    ...     counts = count_facts("liaoning", by="document")
    >>> "辽宁“十五五”规划纲要" in set(counts["文件"])
    True
    """
    opened = Pack.open(pack)
    tables = {name: opened.table(name) for name in opened.tables}
    placed_projects = set(tables["project_places"]["project_id"])
    pieces = []
    for name, frame in tables.items():
        if name in _NO_FACTS or not {"source_id", "locator"} <= set(frame.columns):
            continue
        pieces.append(
            pd.DataFrame(
                {
                    "source_id": frame["source_id"],
                    "part": frame["locator"].str.split("/").str[0] if by == "part" else "",
                    "table": name,
                    "has_place": _has_place(frame, placed_projects),
                }
            )
        )
    facts = pd.concat(pieces)
    keys = ["source_id", "part"]
    counts = facts.pivot_table(index=keys, columns="table", aggfunc="size", fill_value=0)
    counts = counts[[name for name in tables if name in counts.columns]]
    titles = {name: opened.descriptor.tables[name].title for name in counts.columns}
    counts = counts.rename(columns=labels_in(titles, current_language()))
    counts[say("Total")] = counts.sum(axis=1)
    has_place = facts["has_place"].astype(int)
    counts[say("With a place")] = has_place.groupby([facts[key] for key in keys]).sum()
    told = _with_headings(counts, opened)
    return told if by == "part" else told.drop(columns=[say("Place in it"), say("Heading")])


def _with_headings(counts: pd.DataFrame, opened: Pack) -> pd.DataFrame:
    """Return counts by source_id and part in the order of the documents, with their words."""
    outline = opened.table("outline").set_index(["source_id", "locator"])
    order = outline["order"].reindex(counts.index).fillna(10**6).astype(int)
    told = counts.loc[sorted(counts.index, key=lambda key: (key[0], order[key]))]
    told.insert(0, say("Heading"), outline["title"].reindex(told.index).fillna("").to_numpy())
    told = told.reset_index()
    short = opened.table("sources").set_index("source_id")["short_title"]
    told.insert(0, say("Document"), told.pop("source_id").map(short))
    return told.rename(columns={"part": say("Place in it")})


def count_recall(pack: str | Path) -> pd.DataFrame:
    """Return what each part of each document gave, what was left out of it, and why.

    Parameters
    ----------
    pack : str or Path

    Returns
    -------
    DataFrame
        The document, the place in it and its heading, how many facts the pack has of it, how many
        of its figures and of its names no row holds, and the reasons with their counts. A row for
        each chapter and box with either; parts nobody counted have nothing left out.

    Examples
    --------
    >>> from regionkit.words.voice import speaking
    >>> with speaking("zh"):
    ...     recall = count_recall("liaoning")
    >>> recall.loc[recall["出处"] == "专栏31", ["略去数字", "略去理由"]].values.tolist()
    [[1, '别处已记 1']]
    """
    opened = Pack.open(pack)
    left = opened.table("omissions")
    left = left.assign(part=left["locator"].str.split("/").str[0])
    keys = ["source_id", "part"]
    facts = pd.concat(
        frame.assign(part=frame["locator"].str.split("/").str[0])[keys]
        for name, frame in ((name, opened.table(name)) for name in opened.tables)
        if name not in _NO_FACTS and {"source_id", "locator"} <= set(frame.columns)
    )
    counts = pd.DataFrame({say("Facts"): facts.groupby(keys).size()})
    for kind, title in (("figure", say("Figures left out")), ("name", say("Names left out"))):
        counts = counts.join(
            left[left["kind"] == kind].groupby(keys)["count"].sum().rename(title), how="outer"
        )
    counts = counts.fillna(0).astype(int)
    labels = labels_in(opened.labels("omissions", "reason"), current_language())
    reasons = left.groupby([*keys, "reason"])["count"].sum()
    counts[say("Why left out")] = [
        str(join(f"{labels[reason]} {n}" for reason, n in reasons.loc[key].items()))
        if key in set(zip(left["source_id"], left["part"], strict=True))
        else ""
        for key in counts.index
    ]
    return _with_headings(counts, opened)


def count_links(pack: str | Path) -> pd.DataFrame:
    """Return how much of a pack is linked: mentions, stages, zones, parts, tasks and positions.

    Parameters
    ----------
    pack : str or Path

    Returns
    -------
    DataFrame
        What is counted, its kinds, and how many, in the language of the moment; the counts of
        one item add up to all there are of it.

    Examples
    --------
    >>> from regionkit.words.voice import speaking
    >>> with speaking("zh"):
    ...     counts = count_links("liaoning")
    >>> counts.loc[counts["项"] == "项目提及", "细目"].tolist()
    ['同一项目', '存疑', '组成部分', '上级整体']
    """
    opened = Pack.open(pack)
    projects = opened.table("projects")
    short = opened.table("sources").set_index("source_id")["short_title"]
    in_tasks = opened.table("mentions")["task_ids"].map(len).gt(0)
    in_zones = projects["project_id"].isin(opened.table("project_zones")["project_id"])
    with_members, with_track = _known_extents(opened)
    counted = [
        (say("Mentions of projects"), _by_label(opened, "mentions", "match")),
        (
            say("Tasks that mention projects"),
            _yes_or_no(in_tasks, say("in a task"), say("in no task")),
        ),
        (say("Other mentions"), _by_label(opened, "other_mentions", "named_kind")),
        (
            say("Source of a project's stage"),
            projects["stage_source_id"].map(short).fillna(say("no stage stated")).value_counts(),
        ),
        (
            say("Whole that a project is part of"),
            _yes_or_no(projects["part_of"].notna(), say("part of one"), say("part of none")),
        ),
        (
            say("Zones that a project concerns"),
            _yes_or_no(in_zones, say("stated in the document"), say("not stated")),
        ),
        (say("Position of projects"), _by_label(opened, "projects", "location_basis")),
        (say("Basis of a project's units"), _by_label(opened, "project_places", "basis")),
        (say("Basis of a zone's waypoints"), _by_label(opened, "zone_waypoints", "basis")),
        (say("Extent of zones"), _extents(with_members, with_track)),
    ]
    rows = [(item, kind, int(n)) for item, counts in counted for kind, n in counts.items()]
    return pd.DataFrame(rows, columns=[say("Item"), say("Of which"), say("Number")])


def list_named_zones(pack: str | Path) -> list[str]:
    """Return the names of the zones that have neither members nor a route, in the plan's order.

    Examples
    --------
    >>> "中蒙俄经济走廊" in list_named_zones("liaoning")
    True
    """
    opened = Pack.open(pack)
    with_members, with_track = _known_extents(opened)
    zones = opened.table("zones")[~with_members & ~with_track]
    return [str(name) for name in zones.sort_values("order", kind="stable")["name"]]


def _known_extents(pack: Pack) -> tuple[pd.Series, pd.Series]:
    """Return of each zone whether it has members, and whether it has a route."""
    zone_ids = pack.table("zones")["zone_id"]
    members = {*pack.table("memberships")["zone_id"], *pack.table("zone_places")["zone_id"]}
    return zone_ids.isin(members), zone_ids.isin(pack.table("zone_waypoints")["zone_id"])


def _extents(with_members: pd.Series, with_track: pd.Series) -> pd.Series:
    return pd.Series(
        {
            say("members and a route"): int((with_members & with_track).sum()),
            say("members alone"): int((with_members & ~with_track).sum()),
            say("a route alone"): int((~with_members & with_track).sum()),
            say("a name alone"): int((~with_members & ~with_track).sum()),
        }
    )


def _yes_or_no(is_so: pd.Series, yes: str, no: str) -> pd.Series:
    return pd.Series({yes: int(is_so.sum()), no: int((~is_so).sum())})


def _by_label(pack: Pack, table: str, column: str) -> pd.Series:
    """Return how often each value of an enumeration stands in a table, in the schema's order."""
    labels = labels_in(pack.labels(table, column), current_language())
    counts = pack.table(table)[column].value_counts().reindex(list(labels)).fillna(0)
    return counts.rename(index=labels)


def _has_place(frame: pd.DataFrame, placed_projects: set[str]) -> pd.Series:
    if "project_id" in frame.columns:
        return frame["project_id"].isin(placed_projects)
    for column in _PLACE_COLUMNS:
        if column in frame.columns:
            return frame[column].map(
                lambda cell: bool(cell) if isinstance(cell, tuple) else pd.notna(cell)
            )
    return pd.Series(data=False, index=frame.index)
