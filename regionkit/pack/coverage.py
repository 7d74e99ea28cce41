"""Count the facts that each document, chapter and box gave to a pack."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from regionkit.pack.pack import Pack

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["count_facts"]

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


def _has_place(frame: pd.DataFrame, placed_projects: set[str]) -> pd.Series:
    if "project_id" in frame.columns:
        return frame["project_id"].isin(placed_projects)
    for column in _PLACE_COLUMNS:
        if column in frame.columns:
            return frame[column].map(
                lambda cell: bool(cell) if isinstance(cell, tuple) else pd.notna(cell)
            )
    return pd.Series(data=False, index=frame.index)
