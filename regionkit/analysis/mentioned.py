"""Which documents name a thing, where in them, and as what."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from regionkit.region.marks import mark
from regionkit.words.message import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from regionkit.region import Region
    from regionkit.region.nouns import Noun

__all__ = ["find_mentions"]

_COLUMNS = ["source_id", "source", "locator", "table", "named_as", "year", "match", "note"]
_KINDS = ("zone", "unit", "place", "cluster", "project", "body", "indicator")
# Tables that name a thing of a kind, by which column, and the column that tells what is said there.
_TABLES_OF = {
    "unit": (
        ("memberships", "adcode", "zone_id"),
        ("profiles", "adcode", "positioning"),
        ("industries", "adcode", "industry"),
        ("cluster_places", "adcode", "cluster_id"),
        ("project_places", "adcode", "project_id"),
        ("targets", "scope_id", "indicator_id"),
        ("statistics", "adcode", "indicator_id"),
        ("places", "adcode", "name"),
    ),
    "zone": (
        ("project_zones", "zone_id", "project_id"),
        ("targets", "scope_id", "indicator_id"),
    ),
    "cluster": (("targets", "scope_id", "indicator_id"),),
    "indicator": (("targets", "indicator_id", "scope_id"),),
}
_NAMES = {
    "zone_id": ("zones", "name"),
    "cluster_id": ("clusters", "name"),
    "project_id": ("projects", "name"),
    "indicator_id": ("indicators", "name"),
}


def find_mentions(region: Region, word: str) -> pd.DataFrame:
    """Return where documents name a unit, zone, place, cluster, project, body or indicator.

    Parameters
    ----------
    region : Region
    word : str
        A name, as of :meth:`Region.find`.

    Returns
    -------
    DataFrame
        One row a place in a document: ``source_id, source, locator, table, named_as, year, match,
        note``; ``table`` is that of the facts (mentions, industries, tasks ...). Those of a
        project or zone in order of time, others in the order of the tables. ``attrs["noun"]`` is
        what the word names.

    Raises
    ------
    UnknownPlaceError, AmbiguousPlaceError
        Nothing, or several things, have the name.

    Examples
    --------
    >>> import regionkit as rk
    >>> found = find_mentions(rk.load("liaoning"), "大连港")
    >>> found["source_id"].iloc[-1], found.attrs["noun"].kind
    ('liaoning-15fyp', 'project')
    """
    noun = region.find(word, _KINDS)
    rows = list(_rows(region, noun))
    titles = region.sources["short_title"]
    table = pd.DataFrame(rows, columns=[name for name in _COLUMNS if name != "source"])
    table.insert(1, "source", table["source_id"].map(titles))
    table = table.drop_duplicates(["source_id", "locator", "table", "named_as"])
    table = table.reset_index(drop=True)
    table["year"] = table["year"].astype("Int64")
    table.attrs["noun"] = noun
    return mark(table, region, "mentions")


def _rows(region: Region, noun: Noun) -> Iterator[tuple[object, ...]]:
    """Yield source, locator, table, what it is called, year, match and note of each mention."""
    if noun.kind == "project":
        history = region.project_history(noun.id)
        ids = {title: key for key, title in region.sources["short_title"].items()}
        for row in history.itertuples():
            yield (ids[row.source], row.locator, "mentions", row.named_as, row.year, row.match,
                   row.note)  # fmt: skip
    if noun.kind in {"zone", "place"}:
        mentions = region.other_mentions
        is_mine = (mentions["named_kind"] == noun.kind) & (mentions["named_id"] == noun.id)
        for row in mentions[is_mine].itertuples():
            yield (row.source_id, row.locator, "other_mentions", row.named_as, row.year,
                   row.match, row.note)  # fmt: skip
    yield from _own_row(region, noun)
    for table, column, what in _TABLES_OF.get(noun.kind, ()):
        yield from _of_table(region, table, column, what, noun.id)
    if noun.kind in {"unit", "zone", "body"}:
        yield from _tasks(region, noun)


def _own_row(region: Region, noun: Noun) -> Iterator[tuple[object, ...]]:
    """Yield where the thing itself is recorded from."""
    tables = {"zone": "zones", "place": "places", "cluster": "clusters"}
    if noun.kind not in tables:
        return
    rows = region.table(tables[noun.kind])
    row = rows[rows[f"{noun.kind}_id"] == noun.id].iloc[0]
    yield row["source_id"], row["locator"], tables[noun.kind], row["name"], None, None, row["note"]


def _of_table(
    region: Region, table: str, column: str, what: str, key: str
) -> Iterator[tuple[object, ...]]:
    rows = region.table(table)
    names: dict[str, str] = {}
    if what in _NAMES:
        other, name = _NAMES[what]
        told = region.table(other)
        names = dict(zip(told[what], told[name], strict=True))
    for row in rows[rows[column] == key].to_dict("records"):
        text = row[what]
        text = "、".join(text) if isinstance(text, tuple) else names.get(text, text)
        year = row.get("year", row.get("target_year"))
        yield row["source_id"], row["locator"], table, text, year, None, row["note"]


def _tasks(region: Region, noun: Noun) -> Iterator[tuple[object, ...]]:
    columns = {
        "unit": {"adcodes": ""},
        "zone": {"zone_ids": ""},
        "body": {"lead_org_ids": say("lead"), "cooperating_org_ids": say("cooperating")},
    }[noun.kind]
    tasks = region.tasks
    for column, role in columns.items():
        for row in tasks[[noun.id in ids for ids in tasks[column]]].to_dict("records"):
            text = f"{row['title']} ({role})" if role else row["title"]
            yield row["source_id"], row["locator"], "tasks", text, None, None, row["note"]
