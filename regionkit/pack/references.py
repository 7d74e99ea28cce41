"""Rules on what rows refer to: codes, ids and locators that exist, no twins."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from regionkit.errors import Fault
from regionkit.pack.rows import numbered_rows
from regionkit.places.names import normalise_name
from regionkit.places.units import at_level
from regionkit.words.message import msg

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from regionkit.pack.schema import Descriptor
    from regionkit.words.message import Words

    Tables = dict[str, pd.DataFrame]

__all__ = [
    "broken_orders",
    "circular_parts",
    "foreign_tasks",
    "own_successors",
    "twin_projects",
    "unknown_adcodes",
    "unknown_locators",
    "unknown_named",
    "unknown_scopes",
]


def _cell_rule(
    wanted: Callable[[str, str], bool],
    allowed: set[str],
    what: Callable[[str], Words],
    mend: Words,
) -> Callable[[Descriptor, Tables], Iterator[Fault]]:
    """Return a rule: every item of the columns wanted is one of the allowed."""

    def rule(descriptor: Descriptor, tables: Tables) -> Iterator[Fault]:
        for table in descriptor.tables.values():
            for field in table.fields:
                if not wanted(table.name, field.name):
                    continue
                for line, cell in enumerate(tables[table.name][field.name], 2):
                    items = cell if isinstance(cell, tuple) else (cell,)
                    for item in items:
                        if isinstance(item, str) and item not in allowed:
                            yield Fault(table.path, line, field.name, what(item), mend)

    return rule


def unknown_adcodes(descriptor: Descriptor, tables: Tables) -> Iterator[Fault]:
    """Yield adcodes that are no unit of the region."""
    units = descriptor.units
    yield from _cell_rule(
        lambda _, column: column in {"adcode", "adcodes"},
        set(units.index),
        lambda item: msg(
            '"{cell}" is no unit of {region}.', cell=item, region=descriptor.region["name"]
        ),
        msg("Use a six-digit adcode of the province, a city or a county."),
    )(descriptor, tables)


def unknown_scopes(descriptor: Descriptor, tables: Tables) -> Iterator[Fault]:
    """Yield targets whose scope the pack does not have."""
    units = descriptor.units
    by_kind = {level: set(at_level(units, level)) for level in ("province", "city", "county")}
    for kind, table, key in (
        ("zone", "zones", "zone_id"),
        ("cluster", "clusters", "cluster_id"),
        ("place", "places", "place_id"),
        ("project", "projects", "project_id"),
    ):
        by_kind[kind] = set(tables[table][key])
    for line, row in numbered_rows(tables["targets"]):
        allowed = by_kind.get(row["scope_kind"])
        if allowed is not None and row["scope_id"] not in allowed:
            yield Fault(
                descriptor.tables["targets"].path,
                line,
                "scope_id",
                msg(
                    '"{cell}" is no {kind} of the pack.',
                    cell=row["scope_id"],
                    kind=row["scope_kind"],
                ),
                msg("Correct the scope's kind or id."),
            )


def unknown_named(descriptor: Descriptor, tables: Tables) -> Iterator[Fault]:
    """Yield mentions of zones, places and memberships that the pack does not have."""
    members = tables["memberships"]
    known = {
        "zone": set(tables["zones"]["zone_id"]),
        "place": set(tables["places"]["place_id"]),
        "membership": set(members["zone_id"] + "/" + members["adcode"]),
    }
    for line, row in numbered_rows(tables["other_mentions"]):
        allowed = known.get(row["named_kind"])
        if allowed is not None and pd.notna(row["named_id"]) and row["named_id"] not in allowed:
            yield Fault(
                descriptor.tables["other_mentions"].path,
                line,
                "named_id",
                msg(
                    '"{cell}" is no {kind} of the pack.',
                    cell=row["named_id"],
                    kind=row["named_kind"],
                ),
                msg("Write a zone_id, a place_id, or zone_id/adcode of a membership."),
            )


def own_successors(descriptor: Descriptor, tables: Tables) -> Iterator[Fault]:
    """Yield bodies that are said to have succeeded themselves."""
    for line, row in numbered_rows(tables["organizations"]):
        if row["org_id"] in row["successor_org_ids"]:
            yield Fault(
                descriptor.tables["organizations"].path,
                line,
                "successor_org_ids",
                msg("names the body itself."),
                msg("Name the body that took over, or leave it empty."),
            )


def unknown_locators(descriptor: Descriptor, tables: Tables) -> Iterator[Fault]:
    """Yield facts whose locator does not begin with a part of the document's outline."""
    outline: dict[str, set[str]] = {}
    for source_id, locator in zip(
        tables["outline"]["source_id"], tables["outline"]["locator"], strict=True
    ):
        outline.setdefault(source_id, set()).add(locator)
    for table in descriptor.tables.values():
        frame = tables[table.name]
        if table.name == "outline" or not {"source_id", "locator"} <= set(frame.columns):
            continue
        pairs = zip(frame["source_id"], frame["locator"], strict=True)
        for line, (source_id, locator) in enumerate(pairs, 2):
            known = outline.get(source_id)
            if known is None or not isinstance(locator, str):
                continue
            parts = locator.split("/")
            heads = {"/".join(parts[:end]) for end in range(1, len(parts) + 1)}
            if not heads & known:
                yield Fault(
                    table.path,
                    line,
                    "locator",
                    msg('"{cell}" is no part of {source}.', cell=locator, source=source_id),
                    msg("Use a locator of outline.csv, or one that begins with it and a /."),
                )


def broken_orders(descriptor: Descriptor, tables: Tables) -> Iterator[Fault]:
    """Yield routes whose places are not numbered 1, 2, 3 ..."""
    for name, key in (
        ("project_places", "project_id"),
        ("waypoints", "project_id"),
        ("zone_waypoints", "zone_id"),
    ):
        first: dict[str, int] = {}
        numbers: dict[str, list[int]] = {}
        for line, row in numbered_rows(tables[name][[key, "order"]]):
            if pd.isna(row[key]):
                continue
            first.setdefault(row[key], line)
            numbers.setdefault(row[key], []).append(row["order"])
        for owner, given in numbers.items():
            order = sorted(number for number in given if pd.notna(number))
            if order != list(range(1, len(given) + 1)):
                yield Fault(
                    descriptor.tables[name].path,
                    first[owner],
                    "order",
                    msg("{owner} is numbered {numbers}.", owner=owner, numbers=order),
                    msg("Number the places along the route from 1 without gaps."),
                )


def circular_parts(descriptor: Descriptor, tables: Tables) -> Iterator[Fault]:
    """Yield projects that are, by whatever steps, a part of themselves."""
    projects = tables["projects"]
    whole_of = dict(zip(projects["project_id"], projects["part_of"], strict=True))
    for line, project in enumerate(projects["project_id"], 2):
        above, seen = whole_of.get(project), set()
        while isinstance(above, str) and above != project and above not in seen:
            seen.add(above)
            above = whole_of.get(above)
        if isinstance(above, str) and above == project:
            yield Fault(
                descriptor.tables["projects"].path,
                line,
                "part_of",
                msg("makes the project a part of itself."),
                msg("Name the whole that it belongs to, or leave it blank."),
            )


def foreign_tasks(descriptor: Descriptor, tables: Tables) -> Iterator[Fault]:
    """Yield mentions that are said to stand in a task of another document."""
    sources = dict(zip(tables["tasks"]["task_id"], tables["tasks"]["source_id"], strict=True))
    for line, row in numbered_rows(tables["mentions"][["source_id", "task_ids"]]):
        for task in row["task_ids"]:
            if sources.get(task, row["source_id"]) != row["source_id"]:
                yield Fault(
                    descriptor.tables["mentions"].path,
                    line,
                    "task_ids",
                    msg(
                        '"{task}" is no task of {source} but of {other}.',
                        task=task,
                        source=row["source_id"],
                        other=sources[task],
                    ),
                    msg("Name tasks of the document that the mention is of."),
                )


def twin_projects(descriptor: Descriptor, tables: Tables) -> Iterator[Fault]:
    """Yield projects whose name an earlier row has."""
    names = tables["projects"]["name"].dropna().map(normalise_name)
    for index in names.index[names.duplicated()]:
        twin = names.index[names == names[index]][0]
        other = tables["projects"].loc[twin, "project_id"]
        yield Fault(
            descriptor.tables["projects"].path,
            int(index) + 2,
            "name",
            msg(
                '"{cell}" is the name of {other} too.',
                cell=tables["projects"].loc[index, "name"],
                other=other,
            ),
            msg("Keep one row a project and record further sayings in mentions.csv."),
        )
