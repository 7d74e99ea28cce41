"""Count the facts that each document, chapter and box gave to a pack."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from regionkit.pack.pack import Pack

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["count_facts", "count_links"]

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
        ``文件``, ``出处`` and ``标题``, one column a table, ``合计``, and ``有地点``: how many of
        the facts name a unit, or stand at a project that does.

    Examples
    --------
    >>> counts = count_facts("liaoning", by="document")
    >>> "辽宁“十五五”规划纲要" in set(counts["文件"])
    True
    """
    opened = Pack.open(pack)
    tables = {name: opened.table(name) for name in opened.tables}
    placed_projects = set(tables["project_places"]["project_id"])
    pieces = []
    for name, frame in tables.items():
        if name == "outline" or not {"source_id", "locator"} <= set(frame.columns):
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
    counts = counts.rename(columns=titles)
    counts["合计"] = counts.sum(axis=1)
    counts["有地点"] = facts["has_place"].astype(int).groupby([facts[key] for key in keys]).sum()
    outline = tables["outline"].set_index(["source_id", "locator"])
    order = outline["order"].reindex(counts.index).fillna(10**6)
    counts["_order"] = order.to_numpy(dtype=int)
    counts = counts.sort_values("_order").sort_index(level=0, sort_remaining=False, kind="stable")
    counts.insert(0, "标题", outline["title"].reindex(counts.index).fillna("").to_numpy())
    counts = counts.drop(columns="_order").reset_index()
    short = tables["sources"].set_index("source_id")["short_title"]
    counts.insert(0, "文件", counts.pop("source_id").map(short))
    counts = counts.rename(columns={"part": "出处"})
    return counts if by == "part" else counts.drop(columns=["出处", "标题"])


def count_links(pack: str | Path) -> pd.DataFrame:
    """Return how much of a pack is linked: mentions, stages, zones, parts, tasks and positions.

    Parameters
    ----------
    pack : str or Path

    Returns
    -------
    DataFrame
        ``项``, ``细目`` and ``数``; the counts of one ``项`` add up to all there are of it.

    Examples
    --------
    >>> counts = count_links("liaoning")
    >>> counts.loc[counts["项"] == "项目提及", "细目"].tolist()
    ['同一项目', '存疑', '组成部分', '上级整体']
    """
    opened = Pack.open(pack)
    projects, zones = opened.table("projects"), opened.table("zones")
    short = opened.table("sources").set_index("source_id")["short_title"]
    in_tasks = opened.table("mentions")["task_ids"].map(len).gt(0)
    in_zones = projects["project_id"].isin(opened.table("project_zones")["project_id"])
    with_members = zones["zone_id"].isin(
        {*opened.table("memberships")["zone_id"], *opened.table("zone_places")["zone_id"]}
    )
    with_track = zones["zone_id"].isin(opened.table("zone_waypoints")["zone_id"])
    counted = [
        ("项目提及", _by_label(opened, "mentions", "match")),
        ("项目提及所在任务", _yes_or_no(in_tasks, "有任务", "无任务")),
        ("其他提及", _by_label(opened, "other_mentions", "named_kind")),
        ("项目阶段出处", projects["stage_source_id"].map(short).fillna("无阶段").value_counts()),
        ("项目所属整体", _yes_or_no(projects["part_of"].notna(), "有", "无")),
        ("项目涉及分区", _yes_or_no(in_zones, "文件载明", "未载明")),
        ("项目位置", _by_label(opened, "projects", "location_basis")),
        ("项目所在地依据", _by_label(opened, "project_places", "basis")),
        ("分区节点依据", _by_label(opened, "zone_waypoints", "basis")),
        ("分区范围", _extents(with_members, with_track)),
    ]
    rows = [(item, kind, int(n)) for item, counts in counted for kind, n in counts.items()]
    return pd.DataFrame(rows, columns=["项", "细目", "数"])


def _extents(with_members: pd.Series, with_track: pd.Series) -> pd.Series:
    return pd.Series(
        {
            "成员和走向": int((with_members & with_track).sum()),
            "只有成员": int((with_members & ~with_track).sum()),
            "只有走向": int((~with_members & with_track).sum()),
            "只有名称": int((~with_members & ~with_track).sum()),
        }
    )


def _yes_or_no(is_so: pd.Series, yes: str, no: str) -> pd.Series:
    return pd.Series({yes: int(is_so.sum()), no: int((~is_so).sum())})


def _by_label(pack: Pack, table: str, column: str) -> pd.Series:
    """Return how often each value of an enumeration stands in a table, in the schema's order."""
    labels = pack.labels(table, column)
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
