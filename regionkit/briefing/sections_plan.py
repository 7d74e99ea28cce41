"""Sections on targets and on tasks with those responsible."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from regionkit.analysis.targets import describe_baseline, describe_target
from regionkit.briefing.model import Column, Row, Section, Table
from regionkit.briefing.register import text
from regionkit.briefing.sections_place import source_columns, unit_name
from regionkit.briefing.sections_projects import year_span
from regionkit.region.names import name_in, names_in

if TYPE_CHECKING:
    from regionkit.briefing.register import Register
    from regionkit.briefing.subject import Subject
    from regionkit.briefing.words import Words
    from regionkit.region import Region

__all__ = ["targets_section", "tasks_section"]


def targets_section(
    region: Region, subject: Subject, register: Register, words: Words
) -> Section | None:
    """Return the targets that bind the place, its own first, the province's marked as such."""
    targets = region.targets
    scopes = _scopes(region, subject, words)
    own = [
        (label, targets[(targets["scope_kind"] == kind) & (targets["scope_id"] == scope_id)])
        for (kind, scope_id), label in scopes.items()
    ]
    own = [(label, rows) for label, rows in own if not rows.empty]
    tables = []
    if own:
        rows = tuple(
            _target_row(region, register, words, label, row)
            for label, mine in own
            for row in mine.sort_values(["target_year", "locator"]).itertuples()
        )
        caption = {
            "zone": words.pick("本分区的目标", "Targets of the zone"),
            "query": words.pick("所列项目的目标", "Targets of these projects"),
            "province": words.pick("全省目标", "Targets of the province"),
        }.get(
            subject.kind, words.pick("本地与所属分区的目标", "Own targets and those of its zones")
        )
        tables.append(_targets_table("targets", caption, rows, words))
    lead: tuple[str, ...] = ()
    if subject.kind in {"city", "county", "zone"}:
        rows, total = _province_rows(region, register, words)
        if rows:
            caption = words.pick(
                "全省目标（主要指标，未分解到本地）",
                "Province-wide main targets (not broken down to this place)",
            )
            tables.append(_targets_table("province-targets", caption, rows, words))
            lead = (
                words.pick(
                    f"全省目标只列规划标明预期性或约束性的主要指标 {len(rows)} 项；"
                    f"目录另收录全省目标 {total - len(rows)} 项。",
                    f"Of the province's {total} targets only the {len(rows)} main ones, marked "
                    "expected or binding, are listed.",
                ),
            )
    return Section("targets", words("s_targets"), lead, tuple(tables)) if tables else None


def _scopes(region: Region, subject: Subject, words: Words) -> dict[tuple[str, str], str]:
    """Return each scope whose targets bind the place, with its label."""
    scopes: dict[tuple[str, str], str] = {}
    if subject.kind != "query":
        scopes[subject.kind, subject.place_id] = subject.name
    if subject.kind in {"city", "county"}:
        city = str(region.units.loc[subject.place_id, "city_adcode"])
        table = region.table("zones").set_index("zone_id").sort_values("order", kind="stable")
        if subject.kind == "city":
            for code in subject.counties:
                scopes["county", code] = str(region.units.loc[code, "name"])
        else:
            scopes["city", city] = f"{region.units.loc[city, 'name']}（{words('city_seat')}）"
        whole = {subject.place_id, city, region.adcode}
        members = region.memberships
        zone_names = names_in(table, words.lang, column="short_name")
        for zone_id in table.index:
            units = set(members.loc[members["zone_id"] == zone_id, "adcode"])
            name = zone_names[zone_id]
            if whole & units:
                scopes["zone", str(zone_id)] = f"{words('zone')}：{name}"
            elif parts := [c for c in subject.counties if c in units]:
                only = words.join([str(region.units.loc[c, "name"]) for c in parts])
                scopes["zone", str(zone_id)] = words.pick(
                    f"分区：{name}（仅{only}）", f"Zone: {name} (only {only})"
                )
        places = region.places
        for place in places[
            places["adcode"].isin([subject.place_id, *subject.counties])
        ].itertuples():
            scopes["place", str(place.Index)] = f"{words('place_target')}：{place.name}"
    for project in subject.projects.itertuples():
        scopes["project", str(project.Index)] = f"{words('project_target')}：{project.name}"
    return scopes


def _province_rows(region: Region, register: Register, words: Words) -> tuple[tuple[Row, ...], int]:
    """Return the main targets of the newest plan for the province, and how many it has."""
    targets = region.targets
    mine = targets[(targets["scope_kind"] == "province") & (targets["scope_id"] == region.adcode)]
    if mine.empty:
        return (), 0
    issued = mine["source_id"].map(region.sources["issued_on"]).fillna("")
    newest = mine[issued == issued.max()]
    main = newest[newest["nature"].notna()].reset_index()
    main = main.assign(name=main["indicator_id"].map(region.indicators["name"]))
    rows = tuple(
        _target_row(region, register, words, words("province_wide"), row)
        for row in main.sort_values(["locator", "target_id"]).itertuples()
    )
    return rows, len(newest)


def _targets_table(table_id: str, caption: str, rows: tuple[Row, ...], words: Words) -> Table:
    columns = (
        Column(words("scope"), 0.18),
        Column(words("indicator"), 0.25),
        Column(words("target"), 0.15),
        Column(words("baseline"), 0.11),
        Column(words("target_year"), 0.06),
        Column(words("nature"), 0.08),
    )
    return Table(table_id, caption, (*columns, *source_columns(words)), rows)


def _target_row(region: Region, register: Register, words: Words, scope: str, target: Any) -> Row:
    name = name_in(region.indicators.loc[target.indicator_id], words.lang)
    natures = region.labels("targets", "nature")
    nature = text(target.nature)
    year = target.target_year
    return Row(
        (
            scope,
            name,
            describe_target(region, target, words.lang),
            describe_baseline(region, target, words.lang),
            "" if pd.isna(year) else str(int(year)),
            natures.get(nature, "") if words.is_zh else nature,
        ),
        register.cite_row(target),
        text(target.note),
    )


def tasks_section(
    region: Region, subject: Subject, register: Register, words: Words
) -> Section | None:
    """Return the tasks that name the place or its government, with those responsible."""
    tasks = region.tasks
    if subject.kind in {"query", "province"} or tasks.empty:
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
        lead = _zone_task_lead(region, subject, mine, words)
    if mine.empty:
        return None
    names = region.organizations["name"]
    mine = mine.assign(issued=mine["source_id"].map(region.sources["issued_on"]).fillna(""))
    rows = tuple(
        Row(
            (
                text(row.title),
                _task_units(region, subject, row, words),
                year_span(row.start_year, row.end_year, words),
                words.join([str(names.get(i, i)) for i in row.lead_org_ids]),
                words.join([str(names.get(i, i)) for i in row.cooperating_org_ids]),
            ),
            register.cite_row(row),
            text(row.note),
        )
        for row in mine.sort_index()
        .sort_values("issued", ascending=False, kind="stable")
        .itertuples()
    )
    columns = (
        Column(words("task"), 0.24),
        Column(words("unit_col"), 0.10),
        Column(words("years"), 0.09),
        Column(words("lead"), 0.19),
        Column(words("cooperating"), 0.19),
    )
    caption = words.pick(f"任务分工（{len(rows)} 项）", f"Tasks ({len(rows)})")
    return Section(
        "tasks",
        words("s_tasks"),
        lead,
        (Table("tasks", caption, (*columns, *source_columns(words)), rows),),
    )


def _task_units(region: Region, subject: Subject, task: Any, words: Words) -> str:
    """Return the units a task names, at most six in a line."""
    codes = list(task.adcodes)
    names = [unit_name(region, code, subject) for code in codes]
    return words.join(names)


def _zone_task_lead(
    region: Region, subject: Subject, mine: pd.DataFrame, words: Words
) -> tuple[str, ...]:
    """Return how many more tasks the documents give the place's zones as a whole."""
    parts = []
    for zone_id in region.zones_of(subject.place_id):
        whole = region.tasks["zone_ids"].map(lambda ids, z=zone_id: z in ids)
        more = region.tasks.index[whole].difference(mine.index)
        if len(more):
            name = name_in(region.zones.loc[zone_id], words.lang)
            parts.append(words.pick(f"{name} {len(more)} 项", f"{name} {len(more)}"))
    if not parts:
        return ()
    return (
        words.pick(
            f"只列点名本地的任务；所属分区的其他任务另有：{words.join(parts)}。",
            f"Only tasks that name the place; its zones have more: {words.join(parts)}.",
        ),
    )
