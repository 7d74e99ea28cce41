"""What documents said of a thing, in order of time."""

from __future__ import annotations

import pandas as pd

__all__ = ["MENTION_COLUMNS", "date_mentions", "list_mentions"]

#: What is told of a mention of anything.
MENTION_COLUMNS = [
    "issued_on",
    "not_before",
    "source",
    "locator",
    "named_as",
    "year",
    "match",
    "note",
]
_HISTORY = [
    "issued_on",
    "not_before",
    "source",
    "locator",
    "named_as",
    "stage",
    "stage_as_stated",
    "year",
    "match",
    "task_ids",
    "note",
]


def date_mentions(mentions: pd.DataFrame, sources: pd.DataFrame) -> pd.DataFrame:
    """Return mentions in order of time, with ``issued_on``, ``not_before`` and ``source``.

    A mention stands at the year that it speaks of, else at its document's date, else at what the
    document cannot be older than. Such a bound is told apart, in ``not_before``: it is no date, and
    follows what is dated in the same year or month. What nothing is known of comes first.

    Parameters
    ----------
    mentions : DataFrame
        With ``source_id``, ``year`` and ``locator``.
    sources : DataFrame indexed by source_id

    Examples
    --------
    >>> sources = pd.DataFrame(
    ...     {
    ...         "issued_on": ["2016-11", "2026-05", None],
    ...         "not_before": [None, None, "2016-11"],
    ...         "short_title": ["A", "B", "C"],
    ...     },
    ...     index=["a", "b", "c"],
    ... )
    >>> mentions = pd.DataFrame(
    ...     {
    ...         "source_id": ["b", "c", "a"],
    ...         "year": pd.array([None, None, 2016], dtype="Int64"),
    ...         "locator": "1",
    ...     }
    ... )
    >>> date_mentions(mentions, sources)["source"].tolist()
    ['A', 'C', 'B']
    """
    rows = mentions.copy()
    rows["issued_on"] = rows["source_id"].map(sources["issued_on"]).astype("str")
    rows["source"] = rows["source_id"].map(sources["short_title"])
    bound = rows["source_id"].map(sources["not_before"]).astype("str")
    # A mention with a year of its own, or a document with a date, needs no bound.
    rows["not_before"] = bound.where(rows["issued_on"].isna() & rows["year"].isna())
    date = rows["issued_on"].fillna(rows["not_before"]).fillna("")
    keys = pd.DataFrame(
        {
            "year": rows["year"].astype("str").fillna(date.str[:4]),
            "is_bound": rows["not_before"].notna(),
            "date": date,
            "locator": rows["locator"],
        }
    )
    order = keys.sort_values(list(keys.columns), kind="stable").index
    return rows.loc[order].reset_index(drop=True)


def list_mentions(project_id: str, mentions: pd.DataFrame, sources: pd.DataFrame) -> pd.DataFrame:
    """Return what each document says of a project, in order of time."""
    # A plan says on one day what is to be done in several years.
    return date_mentions(mentions[mentions["project_id"] == project_id], sources)[_HISTORY]
