"""Packs written by an earlier version of the schema, brought to today's on reading.

Version 0 is from before there were versions: each pack carried a copy of the schema, kinds of
projects were an enumeration in it, and a project had one capacity.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from regionkit.pack.model import KINDS, SCHEMA_VERSION, known_kinds, list_tables
from regionkit.pack.texts import Texts

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["first_kinds", "first_paths", "upgrade_raw", "upgrade_texts"]

_KEPT = ("name", "title", "description", "licenses", "region")
# Kinds of which a power is by its meaning the installed one.
_GENERATING = {"nuclear", "thermal", "pumped-storage", "wind", "solar", "biomass"}


def _first_fields(resource: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the columns that a table of version 0 describes, however poorly."""
    schema = resource.get("schema")
    fields = schema.get("fields") if isinstance(schema, dict) else None
    return [one for one in fields if isinstance(one, dict)] if isinstance(fields, list) else []


def _first_columns(resource: dict[str, Any]) -> list[object]:
    return [one.get("name") for one in _first_fields(resource)]


def _first_labels(raw: dict[str, Any]) -> dict[tuple[str, str], dict[str, str]]:
    """Return the labels in a descriptor of version 0 by table and column."""
    found = {}
    for resource in raw["resources"]:
        for one in _first_fields(resource):
            labels = one.get("labels")
            if isinstance(labels, dict):
                place = (str(resource.get("name")), str(one.get("name")))
                found[place] = {str(value): str(label) for value, label in labels.items()}
    return found


def first_paths(raw: dict[str, Any]) -> dict[str, str]:
    """Return the files that a descriptor of version 0 names, by table."""
    known = list_tables()
    return {r["name"]: r["path"] for r in raw["resources"] if r["name"] in known}


def upgrade_raw(raw: dict[str, Any]) -> dict[str, Any]:
    """Return a descriptor of version 0 in today's form."""
    tables = list_tables()
    words: dict[str, dict[str, str]] = {}
    for (table, column), labels in _first_labels(raw).items():
        if table not in tables or column not in tables[table].columns:
            continue
        ours = tables[table][column].labels
        own = {value: label for value, label in labels.items() if ours.get(value, label) != label}
        if own:
            words[f"{table}.{column}"] = own
    kept = {key: raw[key] for key in _KEPT if key in raw}
    return kept | {"words": words, "schema_version": SCHEMA_VERSION}


def first_kinds(raw: dict[str, Any], pairs: Iterable[tuple[str, str]] = ()) -> list[dict[str, str]]:
    """Return the rows of ``kinds`` for a pack of version 0.

    Parameters
    ----------
    raw : dict
        Its descriptor.
    pairs : iterable of (domain, kind)
        Those that its projects have.
    """
    labels = _first_labels(raw)
    domains = labels.get(("projects", "domain"), {})
    kinds = labels.get(("projects", "kind"), {})
    rows = {}
    for row in known_kinds():
        own = kinds if row["kind"] else domains
        rows[row["domain"], row["kind"]] = row | {
            "label": own.get(row["kind"] or row["domain"], row["label"])
        }
    orders = {kind: row["order"] for (_, kind), row in rows.items() if kind}
    named = {kind: row["label"] for (_, kind), row in rows.items() if kind} | kinds
    for number, (domain, label) in enumerate(domains.items(), 1):
        rows.setdefault((domain, ""), _kind_row(domain, "", label, number))
    for number, kind in enumerate(kinds, 1):
        orders.setdefault(kind, str(number))
    for domain, kind in pairs:
        # Ids that its own schema did not have stay faults.
        if (domain, "") in rows and kind in named:
            rows.setdefault((domain, kind), _kind_row(domain, kind, named[kind], orders[kind]))
    return [rows[key] for key in sorted(rows)]


def _kind_row(domain: str, kind: str, label: str, order: object) -> dict[str, str]:
    row = dict.fromkeys(list_tables()[KINDS].columns, "")
    family = "" if kind else "society"
    return row | {
        "domain": domain, "kind": kind, "label": label, "family": family, "order": str(order),
    }  # fmt: skip


def upgrade_texts(raw: dict[str, Any], texts: dict[str, Texts]) -> dict[str, Texts]:
    """Return the tables of a pack of version 0, as texts, in today's form.

    Tables and columns that its descriptor does not have are empty. What came of another column
    is told as that column in faults.
    """
    described = {resource["name"]: _first_columns(resource) for resource in raw["resources"]}
    upgraded = {}
    for name, table in list_tables().items():
        if name not in described:
            upgraded[name] = Texts(table.path, list(table.columns))
        else:
            added = [one for one in table.columns if one not in described[name]]
            upgraded[name] = _with_columns(texts[name], added)
    projects = texts["projects"]
    cells = projects.columns(("domain", "kind"))
    pairs = zip(cells["domain"], cells["kind"], strict=True)
    upgraded[KINDS] = _kinds_texts(first_kinds(raw, pairs))
    upgraded["project_values"] = _first_values(projects)
    upgraded["mentions"] = _staged_mentions(upgraded["mentions"], projects)
    upgraded["projects"] = _without_columns(
        upgraded["projects"], ("capacity_value", "capacity_unit", "stage")
    )
    if "source_id" not in described["project_places"]:
        upgraded["project_places"] = _sourced_places(upgraded["project_places"], projects)
    return upgraded


def _staged_mentions(mentions: Texts, projects: Texts) -> Texts:
    """Return mentions with the stage of their project, where no mention of it has one.

    A project had a stage of its own, which is computed from its mentions today.
    """
    if mentions.problem or projects.problem:
        return mentions
    given = projects.columns(("project_id", "source_id", "stage"))
    stages = {
        (project, source): stage
        for project, source, stage in zip(
            given["project_id"], given["source_id"], given["stage"], strict=True
        )
    }
    cells = mentions.columns(("project_id", "source_id", "stage", "match"))
    told = {one for one, stage in zip(cells["project_id"], cells["stage"], strict=True) if stage}
    rows = [list(row) for row in mentions.rows]
    at = mentions.header.index("stage")
    pairs = zip(cells["project_id"], cells["source_id"], cells["match"], strict=True)
    for row, (project, source, match) in zip(rows, pairs, strict=True):
        stage = stages.get((project, source), "")
        if stage and project not in told and match == "same" and len(row) > at:
            told.add(project)
            row[at] = stage
    return Texts(mentions.file, mentions.header, rows, mentions.lines)


def _sourced_places(places: Texts, projects: Texts) -> Texts:
    """Return the places of projects with the source of their project, which they had none of."""
    if places.problem or projects.problem:
        return places
    given = projects.columns(("project_id", "source_id", "locator"))
    sources = {
        project: (source, locator)
        for project, source, locator in zip(
            given["project_id"], given["source_id"], given["locator"], strict=True
        )
    }
    at = {name: places.header.index(name) for name in ("project_id", "source_id", "locator")}
    rows = []
    for row in places.rows:
        mine = list(row)
        if len(mine) == len(places.header):
            source, locator = sources.get(mine[at["project_id"]], ("", ""))
            mine[at["source_id"]], mine[at["locator"]] = source, locator
        rows.append(mine)
    return Texts(places.file, places.header, rows, places.lines)


def _with_columns(texts: Texts, names: list[str]) -> Texts:
    """Return a table with empty columns added at its end."""
    missing = [name for name in names if name not in texts.header]
    if texts.problem or not missing:
        return texts
    width, blank = len(texts.header), [""] * len(missing)
    # A row too short or too long stays so, for the check to tell.
    rows = [[*row, *blank] if len(row) == width else row for row in texts.rows]
    return Texts(texts.file, [*texts.header, *missing], rows, texts.lines)


def _without_columns(texts: Texts, names: tuple[str, ...]) -> Texts:
    """Return a table without some of its columns."""
    at = [i for i, name in enumerate(texts.header) if name not in names]
    width = len(texts.header)
    rows = [[row[i] for i in at] if len(row) == width else row for row in texts.rows]
    return Texts(texts.file, [texts.header[i] for i in at], rows, texts.lines, texts.problem)


def _kinds_texts(rows: list[dict[str, str]]) -> Texts:
    columns = list_tables()[KINDS].columns
    return Texts(list_tables()[KINDS].path, columns, [[row[c] for c in columns] for row in rows])


def _first_values(projects: Texts) -> Texts:
    """Return the capacities of projects as rows of ``project_values``."""
    columns = list_tables()["project_values"].columns
    names = ("project_id", "kind", "capacity_value", "capacity_unit")
    provenance = ("source_id", "locator", "basis")
    cells = projects.columns((*names, *provenance))
    rows = []
    for i, value in enumerate(cells["capacity_value"]):
        unit = cells["capacity_unit"][i]
        if not value and not unit:
            continue
        is_installed = unit == "万千瓦" and cells["kind"][i] in _GENERATING
        given = {name: cells[name][i] for name in ("project_id", *provenance)}
        given |= {"measure": "installed" if is_installed else "size", "value": value, "unit": unit}
        rows.append(([given.get(name, "") for name in columns], projects.line_of(i)))
    rows.sort(key=lambda row: row[0][0])
    return Texts(
        projects.file,
        columns,
        [row for row, _ in rows],
        [line for _, line in rows],
        said_as={"value": "capacity_value", "unit": "capacity_unit"},
    )
