"""Read a pack's tables as the person meant who typed them.

Words of fixed values, dates and figures are brought to the form of the schema; units and rows of
other tables may be named instead of coded; ids and numbers in an order are made where they are
blank; rows stand in any order. What can be read in two ways is left blank, with the doubt, which
the check tells: nothing is guessed. Tables that are in that form already stay as they are.
"""

from __future__ import annotations

import difflib
from collections import defaultdict
from functools import partial
from typing import TYPE_CHECKING

from regionkit.pack.cells import is_percentage, read_cell, split_typed
from regionkit.pack.draft import Draft
from regionkit.pack.ids import fill_ids, fill_orders
from regionkit.pack.model import everyday_words, list_tables
from regionkit.pack.register import spread_register
from regionkit.pack.row_names import Names
from regionkit.pack.unit_names import UnitNames
from regionkit.words.message import msg

if TYPE_CHECKING:
    from collections.abc import Callable

    from regionkit.pack.schema import Descriptor
    from regionkit.pack.texts import Doubt, Texts

__all__ = ["SCOPES", "UNIT_SCOPES", "settle_texts"]

# In these a cell may name several units: a row for each.
_SPREAD = ("memberships", "project_places", "cluster_places")
_PERCENT = {"%", "％"}
# Short forms that are the full one where none is given.
_SHORT = (("sources", "short_title", "title"), ("zones", "short_name", "name"))
# Their ids are made from ids of other rows.
_NAMED_LAST = {"targets", "themes"}
UNIT_SCOPES = {"province", "city", "county"}
SCOPES = {
    "zone": "zones",
    "cluster": "clusters",
    "place": "places",
    "project": "projects",
}


def settle_texts(
    descriptor: Descriptor, texts: dict[str, Texts], register: Texts | None = None
) -> dict[str, Texts]:
    """Return the tables in the form of the schema, sorted by their keys.

    Parameters
    ----------
    descriptor : Descriptor
    texts : dict of str to Texts
        As typed, their columns called as in the schema.
    register : Texts, optional
        The sheet 登记, spread over the tables.
    """
    units = UnitNames(descriptor.unit_codes, texts["aliases"], name=descriptor.region["name"])
    if register is not None:
        texts = spread_register(texts, register, units)
    drafts = {
        name: _spread_units(Draft(table, texts[name]))
        for name, table in descriptor.tables.items()
        if not texts[name].problem
    }
    for draft in drafts.values():
        _read_percentages(draft)
        for column in draft.table.fields:
            words = _words_of(draft.table.name, column.name)
            draft.change(column.name, partial(read_cell, column=column, words=words))
            if column.type == "boolean" and column.required and column.name in draft:
                # A box that is not ticked.
                for index, cell in enumerate(draft.column(column.name)):
                    if not cell:
                        draft.put(index, column.name, "false")
    for table, short, full in _SHORT:
        _copy_blanks(drafts, table, short, full)
    _fill_domains(drafts)
    for draft in drafts.values():
        _read_units(draft, units)
        fill_orders(draft)
        if draft.table.name not in _NAMED_LAST:
            fill_ids(draft)
    named = Names(drafts)
    for draft in drafts.values():
        _read_references(draft, named)
    if "targets" in drafts:
        _read_scopes(drafts["targets"], units, named)
    for name in _NAMED_LAST & set(drafts):
        fill_ids(drafts[name])
    return texts | {name: draft.finish() for name, draft in drafts.items()}


def _words_of(table: str, column: str) -> dict[str, str]:
    """Return words for values beside the pack's own labels: the schema's, and everyday ones."""
    labels = list_tables()[table][column].labels
    return {label: value for value, label in labels.items()} | everyday_words(table, column)


def _spread_units(draft: Draft) -> Draft:
    """Return a table with a row for each unit, where a cell names several."""
    if draft.table.name not in _SPREAD or not any(
        len(split_typed(cell)) > 1 for cell in set(draft.column("adcode"))
    ):
        return draft
    pieces: list[tuple[int, dict[str, str]]] = []
    for index, cell in enumerate(draft.column("adcode")):
        units = split_typed(cell)
        order = draft.get(index, "order")
        for number, unit in enumerate(units):
            cells = {"adcode": unit}
            if order.isdecimal():
                cells["order"] = str(int(order) + number)
            pieces.append((index, cells))
        if not units:
            pieces.append((index, {}))
    return draft.spread(pieces)


def _read_percentages(draft: Draft) -> None:
    """Hold percent signs in figures against the unit beside them."""
    numbers = [one.name for one in draft.table.fields if one.type == "number"]
    if "unit" not in draft:
        return
    draft.change("unit", lambda cell: "%" if cell.strip() in _PERCENT else cell)
    for name in numbers:
        for index, cell in enumerate(draft.column(name)):
            if not cell or not is_percentage(cell):
                continue
            unit = draft.get(index, "unit")
            if not unit:
                draft.put(index, "unit", "%")
            elif unit != "%":
                what = msg(
                    "{cell!r} is a percentage, and the unit beside it is {unit}.",
                    cell=cell,
                    unit=unit,
                )
                draft.doubt(index, name, (what, msg("Correct one of the two.")))


def _copy_blanks(drafts: dict[str, Draft], table: str, short: str, full: str) -> None:
    draft = drafts.get(table)
    for index, cell in enumerate(draft.column(short) if draft and short in draft else ()):
        if draft and not cell:
            draft.put(index, short, draft.get(index, full))


def _fill_domains(drafts: dict[str, Draft]) -> None:
    """Give projects the domain of their kind, where one alone has it."""
    if not {"projects", "kinds"} <= set(drafts):
        return
    projects, kinds = drafts["projects"], drafts["kinds"]
    domains = defaultdict(set)
    for domain, kind in zip(kinds.column("domain"), kinds.column("kind"), strict=True):
        domains[kind].add(domain)
    labels = projects.table["kind"].labels
    for index, (domain, kind) in enumerate(
        zip(projects.column("domain"), projects.column("kind"), strict=True)
    ):
        if kind and kind not in domains and not (kind.isascii() and domain):
            near = difflib.get_close_matches(kind, labels.values(), 3, 0.4)
            projects.doubt(
                index,
                "kind",
                (
                    msg("{kind!r} is none of the kinds of projects.", kind=kind),
                    msg("Nearest are: {near}.", near=near)
                    if near
                    else msg("Add it to the kinds of projects."),
                ),
            )
        elif kind and not domain and len(domains[kind]) == 1:
            projects.put(index, "domain", next(iter(domains[kind])))
        elif kind and not domain and len(domains[kind]) > 1:
            several = projects.table["domain"].labels
            listed = [several.get(one, one) for one in sorted(domains[kind])]
            what = msg("is empty, and {kind!r} is of several.", kind=labels.get(kind, kind))
            projects.doubt(index, "domain", (what, msg("Use one of: {listed}.", listed=listed)))


def _read_units(draft: Draft, units: UnitNames) -> None:
    """Read units by name or code."""
    if draft.table.name == "aliases":
        # A code is what an alias is of; other aliases would lead in a circle.
        units = units.without_aliases()
    draft.change("adcode", units.find)
    draft.change("adcodes", _each(units.find))


def _each(read: Callable[[str], str | Doubt]) -> Callable[[str], str | Doubt]:
    """Return what reads a list by its items; the first doubt is the list's."""

    def read_list(cell: str) -> str | Doubt:
        items = []
        for item in split_typed(cell):
            found = read(item)
            if not isinstance(found, str):
                return found
            items.append(found)
        return ";".join(items)

    return read_list


def _read_references(draft: Draft, named: Names) -> None:
    """Read rows of other tables by what they are called."""
    for column in draft.table.fields:
        if not column.references:
            continue
        table = column.references.split(".")[0]
        find = partial(named.find, table=table)
        draft.change(column.name, _each(find) if column.type == "list" else find)


def _read_scopes(draft: Draft, units: UnitNames, named: Names) -> None:
    """Read what targets are of: a unit, or a row of a table, by name or id."""
    if not {"scope_kind", "scope_id"} <= draft.header:
        return
    for index, (kind, scope) in enumerate(
        zip(draft.column("scope_kind"), draft.column("scope_id"), strict=True)
    ):
        if not scope:
            continue
        found: str | Doubt = scope
        if kind in UNIT_SCOPES:
            found = units.find(scope, kind)
        elif kind in SCOPES:
            found = named.find(scope, SCOPES[kind])
        elif kind in {"nation", "region"}:
            found = _find_larger(scope, kind, units)
        elif not kind and not draft.is_doubted(index, "scope_kind"):
            kind, found = _find_scope(scope, units, named)  # noqa: PLW2901 - what was blank
            draft.put(index, "scope_kind", kind)
        if not isinstance(found, str):
            draft.doubt(index, "scope_id", found)
        elif found != scope:
            draft.put(index, "scope_id", found)


def _find_larger(scope: str, kind: str, units: UnitNames) -> str:
    """Return the code of the pack's own region where it is meant; the word of what is larger."""
    found = units.find("中国" if scope == "全国" else scope)
    if isinstance(found, str) and units.level_of(found) == kind:
        return found
    return "china" if kind == "nation" and scope in {"全国", "中国"} else scope


def _find_scope(scope: str, units: UnitNames, named: Names) -> tuple[str, str | Doubt]:
    """Return kind and id of the one thing that is called so; a doubt for none or several."""
    found: list[tuple[str, str]] = []
    unit = units.find(scope)
    if isinstance(unit, str) and units.level_of(unit):
        found.append((units.level_of(unit), unit))
    for kind, table in SCOPES.items():
        found += [(kind, one) for one in sorted(named.meant(table, scope))]
    if len(found) == 1 and (isinstance(unit, str) or not units.is_ambiguous(scope)):
        return found[0]
    if not found:
        return "", unit if not isinstance(unit, str) else _no_scope(scope)
    listed = [f"{kind} {one}" for kind, one in found]
    what = msg("{scope!r} may mean several things: {listed}.", scope=scope, listed=listed)
    return "", (what, msg("Say which kind of scope it is, or write the id."))


def _no_scope(scope: str) -> Doubt:
    what = msg(
        "{scope!r} is no unit, and no zone, cluster, place or project of the pack.", scope=scope
    )
    return what, msg("Correct the name or the id.")
