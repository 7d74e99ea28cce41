"""Ids and places in an order that a person left blank: made from names, and from how rows stand."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from regionkit.pack.typed import is_of_type

if TYPE_CHECKING:
    from regionkit.pack.draft import Draft

__all__ = ["fill_ids", "fill_orders", "make_id"]

# What an id is made from; every other cell of it is given before ids are.
_FROM = {
    "sources": ("short_title",),
    "places": ("name",),
    "zones": ("name",),
    "sectors": ("name",),
    "clusters": ("name",),
    "projects": ("name",),
    "indicators": ("name",),
    "organizations": ("name",),
    "tasks": ("title",),
    "changes": ("former_name", "new_name", "date"),
    "themes": ("shows", "indicator_id", "domain"),
    "targets": ("indicator_id", "scope_id", "target_year"),
}
_ORDERS = ("order", "rank")
_WORD = re.compile(r"[a-z0-9]+")


def make_id(*parts: str) -> str:
    """Return an id made from names: Chinese by its pinyin; "" where nothing can be spelled.

    Examples
    --------
    >>> make_id("沈白高铁")
    'shen-bai-gao-tie'
    >>> make_id("G1 京哈高速", "2030")
    'g1-jing-ha-gao-su-2030'
    """
    from pypinyin import lazy_pinyin

    spelled = [piece for part in parts for piece in lazy_pinyin(part)]
    return "-".join(word for piece in spelled for word in _WORD.findall(piece.casefold()))


def fill_ids(draft: Draft) -> None:
    """Make the ids that are blank. An id that is there is never changed."""
    name = draft.table.primary_key[0]
    columns = _FROM.get(draft.table.name, ())
    ids = draft.column(name)
    if not columns or all(ids):
        return
    taken = {one for one in ids if one}
    for index, given in enumerate(ids):
        parts = [draft.get(index, column) for column in columns]
        # Without a name there is nothing to make it from; the check tells of both.
        if given or not parts[0] or draft.is_doubted(index, name):
            continue
        base = made = make_id(*parts)
        number = 2
        while made in taken:
            made = f"{base}-{number}"
            number += 1
        taken.add(made)
        draft.put(index, name, made)


def fill_orders(draft: Draft) -> None:
    """Give a number to rows whose place in an order is blank, after the last of their group.

    Examples
    --------
    >>> from regionkit.pack.draft import Draft
    >>> from regionkit.pack.model import list_tables
    >>> from regionkit.pack.texts import Texts
    >>> rows = [["a", "2", "x"], ["a", "", "y"], ["b", "", "z"]]
    >>> draft = Draft(list_tables()["waypoints"], Texts("", ["project_id", "order", "name"], rows))
    >>> fill_orders(draft)
    >>> draft.column("order")
    ['2', '3', '1']
    """
    for name in _ORDERS:
        cells = draft.column(name)
        if name not in draft or all(cells):
            continue
        owners = _owners(draft)
        last: dict[tuple[str, ...], int] = defaultdict(int)
        for owner, cell in zip(owners, cells, strict=True):
            if is_of_type(cell, "integer"):
                last[owner] = max(last[owner], int(cell))
        for index, (owner, cell) in enumerate(zip(owners, cells, strict=True)):
            if not cell and not draft.is_doubted(index, name):
                last[owner] += 1
                draft.put(index, name, str(last[owner]))


def _owners(draft: Draft) -> list[tuple[str, ...]]:
    """Return what the order of each row is within: what its key has beside the thing ordered."""
    within = {
        "outline": ("source_id",),
        "industries": ("adcode", "source_id"),
        "project_places": ("project_id",),
        "waypoints": ("project_id",),
        "zone_waypoints": ("zone_id",),
    }.get(draft.table.name, ())
    columns = [draft.column(name) for name in within]
    return list(zip(*columns, strict=True)) if columns else [()] * len(draft)
