"""Sections on targets and on tasks with those responsible."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from regionkit.analysis.own_aims import OWN
from regionkit.analysis.targets import describe_baseline, describe_target
from regionkit.briefing.model import Column, Row, Section, Table
from regionkit.briefing.register import text
from regionkit.briefing.sections_place import source_columns, unit_name
from regionkit.briefing.sections_projects import year_span
from regionkit.maps.signs.words import counted
from regionkit.region.names import name_in, names_in, whole_word
from regionkit.words.message import join, say

if TYPE_CHECKING:
    from regionkit.briefing.register import Register
    from regionkit.briefing.subject import Subject
    from regionkit.region import Region

__all__ = ["newest_first", "newest_targets", "targets_section", "tasks_section"]


def targets_section(
    region: Region, subject: Subject, register: Register, lang: str
) -> Section | None:
    """Return the targets that bind the place, its own first, the province's marked as such."""
    targets = region.targets
    scopes = _scopes(region, subject, lang)
    by_scope = dict(list(targets.groupby(["scope_kind", "scope_id"])))
    own = [(label, by_scope[scope]) for scope, label in scopes.items() if scope in by_scope]
    whole = whole_word(region.name, lang)
    tables = []
    if own:
        rows = tuple(
            _target_row(region, register, lang, label, row)
            for label, mine in own
            for row in newest_first(region, mine.sort_values("locator")).itertuples()
        )
        caption = {
            "zone": say("Targets of the zone", lang=lang),
            **dict.fromkeys(
                ("query", "domain", "place", "area"), say("Targets of these projects", lang=lang)
            ),
            "province": say("Targets of {whole}", lang=lang, whole=whole),
        }.get(subject.kind, say("Own targets and those of its zones", lang=lang))
        tables.append(_targets_table("targets", caption, rows, lang))
    lead: tuple[str, ...] = ()
    if subject.kind in {"city", "county", "zone"}:
        rows, total = _province_rows(region, register, lang)
        if rows:
            caption = say(
                "Main targets of {whole} (not broken down to this place)", lang=lang, whole=whole
            )
            tables.append(_targets_table("province-targets", caption, rows, lang))
            lead = (
                say(
                    "Of {whole} only the {n} main targets, marked expected or binding, are listed; "
                    "{rest} more are in the catalogue.",
                    lang=lang,
                    whole=whole,
                    n=len(rows),
                    rest=total - len(rows),
                ),
            )
    return Section("targets", say("Targets", lang=lang), lead, tuple(tables)) if tables else None


def _scopes(region: Region, subject: Subject, lang: str) -> dict[tuple[str, str], str]:
    """Return each scope whose targets bind the place, with its label."""
    scopes: dict[tuple[str, str], str] = {}
    if not subject.is_of_projects:
        scopes[subject.kind, subject.place_id] = subject.name
    if subject.kind in {"city", "county"}:
        city = str(region.units.loc[subject.place_id, "city_adcode"])
        table = region.table("zones").set_index("zone_id").sort_values("order", kind="stable")
        if subject.kind == "city":
            for code in subject.counties:
                scopes["county", code] = str(region.units.loc[code, "name"])
        elif city == subject.place_id:
            scopes["city", city] = subject.name
        else:
            scopes["city", city] = counted(
                str(region.units.loc[city, "name"]), say("its city", lang=lang), lang
            )
        whole = {subject.place_id, city, region.adcode}
        members = region.memberships
        zone_names = names_in(table, lang, column="short_name")
        for zone_id in table.index:
            units = set(members.loc[members["zone_id"] == zone_id, "adcode"])
            name = zone_names[zone_id]
            if whole & units:
                scopes["zone", str(zone_id)] = say("Zone: {name}", lang=lang, name=name)
            elif parts := [c for c in subject.counties if c in units]:
                only = join([str(region.units.loc[c, "name"]) for c in parts]).render(lang)
                scopes["zone", str(zone_id)] = say(
                    "Zone: {name} (only {only})", lang=lang, name=name, only=only
                )
        places = region.places
        for place in places[
            places["adcode"].isin([subject.place_id, *subject.counties])
        ].itertuples():
            scopes["place", str(place.Index)] = say(
                "Functional area: {name}", lang=lang, name=place.name
            )
    for project in subject.projects.itertuples():
        scopes["project", str(project.Index)] = say("Project: {name}", lang=lang, name=project.name)
    return scopes


def newest_first(region: Region, targets: pd.DataFrame) -> pd.DataFrame:
    """Return the user's own targets, then those of newer documents, main ones and later years."""
    order = targets.assign(
        _own=targets["source_id"] == OWN,
        _issued=targets["source_id"].map(region.sources["issued_on"]).fillna(""),
        _main=targets["nature"].notna(),
    )
    by = ["_own", "_issued", "target_year", "_main"]
    order = order.sort_values(by, ascending=False, kind="stable", na_position="last")
    return targets.loc[order.index]


def newest_targets(region: Region) -> pd.DataFrame:
    """Return the targets that its newest document sets for the whole region."""
    targets = region.targets
    mine = targets[targets["scope_id"] == region.adcode]
    issued = mine["source_id"].map(region.sources["issued_on"]).fillna("")
    return mine[issued == issued.max()]


def _province_rows(region: Region, register: Register, lang: str) -> tuple[tuple[Row, ...], int]:
    """Return the main targets of the newest plan for the province, and how many it has."""
    newest = newest_targets(region)
    main = newest[newest["nature"].notna()].reset_index()
    main = main.assign(name=main["indicator_id"].map(region.indicators["name"]))
    label = say("Target of {whole}", lang=lang, whole=whole_word(region.name, lang))
    rows = tuple(
        _target_row(region, register, lang, label, row)
        for row in main.sort_values(["locator", "target_id"]).itertuples()
    )
    return rows, len(newest)


def _targets_table(table_id: str, caption: str, rows: tuple[Row, ...], lang: str) -> Table:
    columns = (
        Column(say("Scope", lang=lang), 0.18),
        Column(say("Indicator", lang=lang), 0.25),
        Column(say("Target", lang=lang), 0.15),
        Column(say("Baseline", lang=lang), 0.11),
        Column(say("Due", lang=lang), 0.06),
        Column(say("Nature", lang=lang), 0.08),
    )
    return Table(table_id, caption, (*columns, *source_columns(lang)), rows)


def _target_row(region: Region, register: Register, lang: str, scope: str, target: Any) -> Row:
    name = name_in(region.indicators.loc[target.indicator_id], lang)
    natures = region.labels("targets", "nature", lang)
    nature = text(target.nature)
    year = target.target_year
    return Row(
        (
            scope,
            name,
            describe_target(region, target, lang),
            describe_baseline(region, target, lang),
            "" if pd.isna(year) else str(int(year)),
            natures.get(nature, ""),
        ),
        register.cite_row(target),
        text(target.note),
    )


def tasks_section(
    region: Region, subject: Subject, register: Register, lang: str
) -> Section | None:
    """Return the tasks that name the place or its government, with those responsible."""
    tasks = region.tasks
    if subject.is_of_projects or subject.kind in {"province", "cluster"} or tasks.empty:
        return None
    lead: tuple[str, ...] = ()
    if subject.kind == "zone":
        mine = tasks[tasks["zone_ids"].map(lambda ids: subject.place_id in ids)]
    else:
        units = {subject.place_id, *subject.counties}
        organs = region.organizations
        organs = set(organs.index[organs["adcode"].isin(units)])
        mine = tasks[
            tasks["adcodes"].map(lambda codes: not units.isdisjoint(codes))
            | tasks["lead_org_ids"].map(lambda ids: not organs.isdisjoint(ids))
            | tasks["cooperating_org_ids"].map(lambda ids: not organs.isdisjoint(ids))
        ]
        lead = _zone_task_lead(region, subject, mine, lang)
    if mine.empty:
        return None
    names = region.organizations["name"]
    mine = mine.assign(issued=mine["source_id"].map(region.sources["issued_on"]).fillna(""))
    rows = tuple(
        Row(
            (
                text(row.title),
                _task_units(region, subject, row, lang),
                year_span(row.start_year, row.end_year, lang),
                join([str(names.get(i, i)) for i in row.lead_org_ids]).render(lang),
                join([str(names.get(i, i)) for i in row.cooperating_org_ids]).render(lang),
            ),
            register.cite_row(row),
            text(row.note),
        )
        for row in mine.sort_index()
        .sort_values("issued", ascending=False, kind="stable")
        .itertuples()
    )
    columns = (
        Column(say("Task", lang=lang), 0.24),
        Column(say("Place", lang=lang), 0.10),
        Column(say("Years", lang=lang), 0.09),
        Column(say("Lead organisation", lang=lang), 0.19),
        Column(say("Cooperating", lang=lang), 0.19),
    )
    caption = say("Tasks ({n})", lang=lang, n=len(rows))
    return Section(
        "tasks",
        say("Tasks and those responsible", lang=lang),
        lead,
        (Table("tasks", caption, (*columns, *source_columns(lang)), rows),),
    )


def _task_units(region: Region, subject: Subject, task: Any, lang: str) -> str:
    """Return the units a task names, at most six in a line."""
    codes = list(task.adcodes)
    names = [unit_name(region, code, subject) for code in codes]
    return join(names).render(lang)


def _zone_task_lead(
    region: Region, subject: Subject, mine: pd.DataFrame, lang: str
) -> tuple[str, ...]:
    """Return how many more tasks the documents give the place's zones as a whole."""
    parts = []
    for zone_id in region.zones_of(subject.place_id):
        whole = region.tasks["zone_ids"].map(lambda ids, z=zone_id: z in ids)
        more = region.tasks.index[whole].difference(mine.index)
        if len(more):
            name = name_in(region.zones.loc[zone_id], lang)
            parts.append(say("{name} {n}", lang=lang, name=name, n=len(more)))
    if not parts:
        return ()
    return (
        say(
            "Only tasks that name the place; its zones have more: {parts}.", lang=lang, parts=parts
        ),
    )
