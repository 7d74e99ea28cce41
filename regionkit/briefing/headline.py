"""The message of a briefing and its five numbers: rules, not prose; each number is of a table."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pandas as pd

from regionkit.analysis.judged import gap_words
from regionkit.analysis.messages import group_of_stage, stage_parts
from regionkit.analysis.own_aims import OWN
from regionkit.analysis.targets import describe_target, format_number
from regionkit.briefing.desk import figure_words, rank_among
from regionkit.briefing.model import Figure
from regionkit.briefing.register import text
from regionkit.briefing.sections_plan import newest_first, newest_targets
from regionkit.briefing.sections_statistics import zone_sums
from regionkit.maps.signs.words import counted
from regionkit.query.projects import named_now
from regionkit.region.names import whole_word
from regionkit.words.message import join, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from regionkit.briefing.desk import Desk

__all__ = [
    "main_targets",
    "own_targets",
    "place_figures",
    "place_message",
    "plan_word",
    "whole_targets",
]

_MOST = 5
_APART_KM = 0.1
_LEVELS = ("city", "county")


def plan_word(desk: Desk) -> str:
    """Return the short title of the plan that headlines count, "" where the pack has none."""
    plan = desk.region.current_plan
    return "" if plan is None else str(desk.region.sources.loc[plan, "short_title"])


def place_message(desk: Desk) -> str:
    """Return what a briefing's first page says of its place."""
    if desk.subject.kind == "cluster":
        return _cluster_message(desk)
    projects, lang = desk.subject.counted, desk.lang
    if len(projects) == 1 and desk.subject.is_of_projects:
        return _one_project_message(desk)
    parts = [_project_words(desk)]
    if len(projects) and desk.subject.kind != "domain":
        domains = desk.region.labels("projects", "domain", lang)
        (domain, n), *_ = _ordered(Counter(projects["domain"]))
        if n < len(projects):
            parts.append(
                say("most are {domain}, {n}", lang=lang, domain=domains.get(domain, domain), n=n)
            )
    elif len(projects):
        found = _busiest(desk)
        if found:
            parts.append(say("{name} has most, {n}", lang=lang, name=found[0], n=found[1]))
    told = join(parts, "clauses").render(lang)
    return say("{label}: {text}", lang=lang, label=desk.subject.called, text=told)


def _one_project_message(desk: Desk) -> str:
    """Return how often and since when documents name a project, its stage and its places."""
    (project,) = desk.subject.counted.itertuples()
    lang, stages = desk.lang, desk.region.labels("projects", "stage", desk.lang)
    parts = [
        say(
            "named in {n} documents, {years}",
            lang=lang,
            n=len(project.source_ids),
            years=_span_of(project.years),
        )
        if project.years
        else say("named in {n} documents", lang=lang, n=len(project.source_ids)),
        stages.get(text(project.stage), say("stage not stated", lang=lang)),
    ]
    names = desk.region.units["name"]
    if project.adcodes:
        parts.append(_some([str(names.get(code, code)) for code in project.adcodes], lang))
    told = join(parts, "clauses").render(lang)
    return say("{label}: {text}", lang=lang, label=desk.subject.called, text=told)


def _span_of(years: Sequence[int]) -> str:
    first, last = min(years), max(years)
    return str(first) if first == last else f"{first}—{last}"


def _one_project_figures(desk: Desk) -> list[Figure]:
    """Return what is counted of one project: documents, mentions, tasks, size, places."""
    (project,) = desk.subject.counted.itertuples()
    region, lang = desk.region, desk.lang
    mentions = region.mentions[region.mentions["project_id"] == project.Index]
    tasks = {task for tasks in mentions["task_ids"] for task in tasks}
    names = region.units["name"]
    figures = [
        Figure(
            str(len(project.source_ids)),
            say("documents", lang=lang),
            say("Documents that name it", lang=lang),
            _span_of(project.years) if project.years else "",
        ),
        Figure(
            str(len(mentions)),
            say("places", lang=lang),
            say("Places in documents that name it", lang=lang),
            "",
        ),
    ]
    if pd.notna(project.capacity_value):
        figures.append(
            Figure(
                format_number(project.capacity_value),
                text(project.capacity_unit),
                say("Size", lang=lang),
                "",
            )
        )
    if tasks:
        figures.append(
            Figure(
                str(len(tasks)), say("tasks", lang=lang), say("Tasks that name it", lang=lang), ""
            )
        )
    if project.adcodes:
        told = _some([str(names.get(code, code)) for code in project.adcodes], lang)
        n = str(len(project.adcodes))
        figures.append(
            Figure(
                n, say("places", lang=lang), say("Cities and counties it touches", lang=lang), told
            )
        )
    alike = named_now(region.projects)
    alike = alike[alike["kind"] == project.kind]
    if len(alike) > 1:
        kind = region.labels("projects", "kind", lang).get(project.kind, str(project.kind))
        figures.append(
            Figure(
                str(len(alike)),
                say("projects", lang=lang),
                say("Of its kind in {whole}: {kind}", lang=lang,
                    whole=whole_word(region.name, lang), kind=kind),
                stage_parts(alike["stage"], lang),
            )
        )  # fmt: skip
    return figures


def _project_words(desk: Desk) -> str:
    projects, plan, lang = desk.subject.counted, plan_word(desk), desk.lang
    if projects.empty:
        if not plan:
            return say("no project is recorded", lang=lang)
        return say("{plan} lists no project here", lang=lang, plan=plan)
    words = {"n": len(projects), "parts": stage_parts(projects["stage"], lang)}
    if plan and desk.subject.kind != "query":
        return say("{plan} lists {n} projects, {parts}", lang=lang, plan=plan, **words)
    return say("{n} projects, {parts}", lang=lang, **words)


def _ordered(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def _busiest(desk: Desk) -> tuple[str, int] | None:
    """Return the city that most of the projects touch."""
    touched = Counter(city for cities in desk.cities_touched() for city in cities)
    if not touched:
        return None
    code, n = _ordered(touched)[0]
    return str(desk.region.units["name"][code]), n


def _cluster_message(desk: Desk) -> str:
    region, lang, cluster_id = desk.region, desk.lang, desk.subject.place_id
    mine = region.cluster_places[region.cluster_places["cluster_id"] == cluster_id]
    roles = region.labels("cluster_places", "role", lang)
    names = region.units["name"]
    parts = [
        say(
            "{label}: {text}",
            lang=lang,
            label=counted(label, len(same), lang),
            text=_some([str(names.get(one, one)) for one in same["adcode"]], lang),
        )
        for role, label in roles.items()
        for same in [mine[mine["role"] == role]]
        if len(same)
    ]
    told = join(parts, "clauses").render(lang)
    return say("{label}: {text}", lang=lang, label=desk.subject.called, text=told)


def _some(names: list[str], lang: str) -> str:
    """Return the first of some names, and that there are more."""
    told = join(names[:4]).render(lang)
    return say("{names} and others", lang=lang, names=told) if len(names) > 4 else told


def own_targets(desk: Desk) -> pd.DataFrame:
    """Return the targets set for the subject itself: the user's own, then the newest first."""
    subject, targets = desk.subject, desk.region.targets
    is_own = (targets["scope_kind"] == subject.kind) & (targets["scope_id"] == subject.place_id)
    return newest_first(desk.region, targets[is_own])


def main_targets(desk: Desk) -> pd.DataFrame:
    """Return the region's main targets: those of its newest document marked expected or binding."""
    newest = newest_targets(desk.region)
    main = newest[newest["nature"].notna()]
    return main if len(main) else newest


def whole_targets(desk: Desk) -> pd.DataFrame:
    """Return the user's own targets for the whole region, then the region's main ones."""
    mine = own_targets(desk)
    return pd.concat([mine[mine["source_id"] == OWN], main_targets(desk)])


def place_figures(desk: Desk) -> tuple[Figure, ...]:
    """Return at most five numbers of the place, each with year and rank or target."""
    kind = desk.subject.kind
    if kind == "zone":
        figures = [*_own_figures(desk), *_zone_figures(desk), _count_figure(desk)]
    elif kind == "cluster":
        figures = _cluster_figures(desk)
    elif desk.subject.is_of_projects:
        figures = _project_figures(desk)
    else:
        figures = [*_unit_figures(desk), _count_figure(desk)]
    return tuple(figures[:_MOST])


def _labelled(desk: Desk, indicator_id: str, year: int) -> str:
    name = str(desk.names.get(indicator_id, indicator_id))
    return say("{indicator}, {year}", lang=desk.lang, indicator=name, year=int(year))


def _figure(desk: Desk, indicator_id: str, row: pd.Series, remark: str) -> Figure:
    value, unit = figure_words(row["value"], row["unit"])
    own = desk.is_own(row)
    label = _labelled(desk, indicator_id, int(row["year"]))
    if own:
        label = counted(label, say("own figure", lang=desk.lang), desk.lang)
    return Figure(value, unit, label, remark, own)


def _unit_figures(desk: Desk) -> list[Figure]:
    """Return mapped indicators with rank, of a province the targets' with the way to go."""
    newest = desk.newest(desk.subject.place_id)
    mapped = [one for one in newest.index if one in desk.mapped or desk.is_own(newest.loc[one])]
    aimed = [
        one
        for one in _aims(desk)["indicator_id"].drop_duplicates()
        if one in newest.index and one not in mapped
    ]
    others = [one for one in newest.index if one not in {*mapped, *aimed}]
    if desk.subject.kind == "province":
        mapped = mapped[:3] if len(aimed) > 1 else mapped
    return [
        _figure(desk, one, newest.loc[one], _standing(desk, one, newest.loc[one]))
        for one in [*mapped, *aimed, *others][: _MOST - 1]
    ]


def _aims(desk: Desk) -> pd.DataFrame:
    return whole_targets(desk) if desk.subject.kind == "province" else own_targets(desk)


def _standing(desk: Desk, indicator_id: str, row: pd.Series) -> str:
    """Return how far the target is, else the rank among units of the level, else who leads."""
    parts = [_gap(desk, indicator_id)]
    level = desk.subject.kind
    if level in _LEVELS:
        parts.append(_rank(desk, indicator_id, row, level))
    elif not parts[0]:
        parts.append(_leader(desk, indicator_id))
    return join([one for one in parts if one], "clauses").render(desk.lang)


def _rank(desk: Desk, indicator_id: str, row: pd.Series, level: str) -> str:
    peers = desk.peers(indicator_id, int(row["year"]), level)
    if len(peers) < 3:
        return ""
    words = {"place": rank_among(row["value"], peers), "among": len(peers)}
    if level == "city":
        return say("{place} of {among} cities, from the highest", lang=desk.lang, **words)
    return say("{place} of {among} counties, from the highest", lang=desk.lang, **words)


def _gap(desk: Desk, indicator_id: str) -> str:
    """Return the newest target of the place itself and the way to it."""
    aims = _aims(desk)
    aims = aims[(aims["indicator_id"] == indicator_id) & aims["target_year"].notna()]
    if aims.empty:
        return ""
    if (aims["source_id"] == OWN).any():
        aims = aims[aims["source_id"] == OWN]
    aim = aims.sort_values("target_year").iloc[-1]
    is_own = aim["source_id"] == OWN
    told = int(aim["target_year"]), describe_target(desk.region, aim, desk.lang)
    judged = desk.judged.loc[aim.name]
    gap = judged["gap"]
    is_level = not isinstance(aim["measure"], str) or aim["measure"] in {"level", "share"}
    if not is_level:
        # What is missing of a sum or an average is not missing of one year's value.
        return _target_words(desk, *told, own=is_own)
    if pd.isna(gap):
        newest = desk.newest(desk.subject.place_id).loc[indicator_id]
        if newest["unit"] != aim["unit"] or pd.isna(aim["value"]):
            return _target_words(desk, *told, own=is_own)
        gap = newest["value"] - aim["value"]
    if float(gap) < 0:
        way = gap_words(float(gap), aim["unit"], desk.lang).lstrip("-−")
        return _target_words(desk, *told, way, own=is_own)
    return _target_words(desk, *told, own=is_own)


def _target_words(desk: Desk, year: int, target: str, gap: str = "", *, own: bool) -> str:
    """Return a target of a year, and the way to it where there is one."""
    words = {"year": year, "target": target}
    if gap and own:
        return say("own target for {year}: {target}, {gap} to go", lang=desk.lang, gap=gap, **words)
    if gap:
        return say("target for {year}: {target}, {gap} to go", lang=desk.lang, gap=gap, **words)
    if own:
        return say("own target for {year}: {target}", lang=desk.lang, **words)
    return say("target for {year}: {target}", lang=desk.lang, **words)


def _leader(desk: Desk, indicator_id: str) -> str:
    """Return the city with most in the newest year that most cities report."""
    table, cities = desk.statistics, desk.region.units_at("city")
    year = desk.fullest_year(indicator_id, cities)
    if year is None:
        return ""
    peers = desk.peers(indicator_id, year, "city")
    if len(peers) < 3:
        return ""
    is_of_cities = (table["indicator_id"] == indicator_id) & table["adcode"].isin(cities)
    unit = table.loc[is_of_cities, "unit"].iloc[0]
    value = "".join(figure_words(peers.max(), unit))
    return say(
        "highest: {name} {value} ({year})",
        lang=desk.lang,
        name=desk.region.units["name"][peers.idxmax()],
        value=value,
        year=year,
    )


def _own_figures(desk: Desk) -> list[Figure]:
    mine = desk.statistics[
        (desk.statistics["source_id"] == OWN) & (desk.statistics["adcode"] == desk.subject.place_id)
    ]
    return [_figure(desk, row["indicator_id"], row, "") for _, row in mine.iterrows()]


def _zone_figures(desk: Desk) -> list[Figure]:
    """Return sums over the zone's units of what adds up, the newest year of each."""
    lang, whole = desk.lang, whole_word(desk.region.name, desk.lang)
    sums = {one.indicator_id: one for one in zone_sums(desk.region, desk.subject)}
    ordered = sorted(sums, key=lambda one: desk.mapped.index(one) if one in desk.mapped else 99)
    figures = []
    for one in ordered[:3]:
        made = sums[one]
        value, unit = figure_words(made.value, made.unit)
        remark = (
            say("{share} of {whole}", lang=lang, share=made.share, whole=whole)
            if made.share
            else ""
        )
        label = _labelled(desk, one, made.year)
        if desk.subject.kind == "cluster":
            label = counted(label, say("its cities and counties", lang=lang), lang)
        figures.append(Figure(value, unit, label, remark))
    n = len(desk.subject.counties)
    if n:
        figures.append(
            Figure(
                str(n),
                "",
                say("Counties, cities and districts in it", lang=lang),
                say("of {n} in {whole}", lang=lang, n=len(desk.region.counties), whole=whole),
            )
        )
    return figures


def _count_figure(desk: Desk) -> Figure:
    """Return the number of projects, with the rank among units of the level."""
    projects, lang = desk.subject.counted, desk.lang
    plan = plan_word(desk)
    label = (
        say("Projects that {plan} lists", lang=lang, plan=plan)
        if plan
        else say("Projects recorded", lang=lang)
    )
    return Figure(
        str(len(projects)), say("projects", lang=lang), label, stage_parts(projects["stage"], lang)
    )


def _cluster_figures(desk: Desk) -> list[Figure]:
    region, lang = desk.region, desk.lang
    cluster = region.clusters.loc[desk.subject.place_id]
    figures = []
    if pd.notna(cluster["revenue_target_100m_cny"]):
        targets = region.clusters["revenue_target_100m_cny"].dropna()
        place = rank_among(cluster["revenue_target_100m_cny"], targets)
        figures.append(
            Figure(
                format_number(cluster["revenue_target_100m_cny"]),
                say("100m CNY", lang=lang),
                say(
                    "Revenue target of the whole cluster, {year}",
                    lang=lang,
                    year=int(cluster["target_year"]),
                ),
                say(
                    "{place} of {among} clusters with a target",
                    lang=lang,
                    place=place,
                    among=len(targets),
                ),
            )
        )
    mine = region.cluster_places[region.cluster_places["cluster_id"] == desk.subject.place_id]
    for role, label in region.labels("cluster_places", "role", lang).items():
        same = mine[mine["role"] == role]
        if len(same):
            inferred = int((same["basis"] == "inferred").sum())
            remark = say("{n} of them inferred", lang=lang, n=inferred) if inferred else ""
            figures.append(Figure(str(len(same)), say("places", lang=lang), label, remark))
    return [*figures, *_zone_figures(desk)]


def _project_figures(desk: Desk) -> list[Figure]:
    """Return the count and its parts by stage, where most of them are, what is on the map."""
    projects, lang = desk.subject.counted, desk.lang
    if len(projects) == 1:
        return _one_project_figures(desk)
    figures = [_count_figure(desk)]
    if projects.empty:
        return figures
    counts = Counter(map(group_of_stage, projects["stage"]))
    whole = len(projects)
    for group, label in (
        ("under way", say("Under way", lang=lang)),
        ("to come", say("To come", lang=lang)),
    ):
        if not counts[group]:
            continue
        share = f"{100 * counts[group] / whole:.0f}%"
        share = say("{share} of the {n}", lang=lang, share=share, n=whole)
        figures.append(Figure(str(counts[group]), say("projects", lang=lang), label, share))
    found = _busiest(desk)
    if found:
        figures.append(
            Figure(
                str(found[1]),
                say("projects", lang=lang),
                say("In {name}, more than in any other city", lang=lang, name=found[0]),
                say("what touches several cities counts in each", lang=lang),
            )
        )
        touched = len(set().union(*desk.cities_touched()))
        figures.append(
            Figure(
                str(touched),
                "",
                say("Cities that have some of them", lang=lang),
                say(
                    "of {n} in {whole}",
                    lang=lang,
                    n=len(desk.region.units_at("city")),
                    whole=whole_word(desk.region.name, lang),
                ),
            )
        )
    if "distance_km" in projects.columns:
        # The place itself may be one of them.
        apart = projects[projects["distance_km"] >= _APART_KM].sort_values("distance_km")
        if len(apart):
            nearest = apart.iloc[0]
            figures.append(
                Figure(
                    f"{nearest['distance_km']:.1f}",
                    "km",
                    say("To the nearest", lang=lang),
                    str(nearest["name"]),
                )
            )
    return figures
