"""The two charts of a briefing: population and its structure, projects by domain and stage."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from regionkit.analysis.messages import STAGE_GROUPS, group_of_stage, stage_parts_word
from regionkit.briefing.model import Chart, Series
from regionkit.maps.signs.words import counted
from regionkit.region.names import whole_word
from regionkit.words.message import join, msg, say

if TYPE_CHECKING:
    from regionkit.briefing.desk import Desk

__all__ = ["STAGE_COLOURS", "place_charts", "project_counts"]

STAGE_COLOURS = {
    "under way": "#0b4a86",
    "to come": "#8fb3d1",
    "built": "#6a7076",
    "unstated": "#d9d4c8",
}
_STRONG, _WHOLE, _OTHER = "#4489a0", "#c9c4b8", "#e3a64e"
# More bars than these are too thin for a slide.
_MOST_BARS = 14
_MOST_DOMAINS = 9
_MOST_SHARES = 4


def place_charts(desk: Desk) -> tuple[Chart, ...]:
    """Return the charts that the facts allow, at most two."""
    kind = desk.subject.kind
    if kind in {"city", "county"}:
        first = _structure_chart(desk)
    elif kind in {"province", "zone", "cluster"}:
        first = _units_chart(desk)
    else:
        first = _cities_chart(desk)
    made = [first, _projects_chart(desk), _neighbours_chart(desk)]
    # One bar alone says no more than its number.
    return tuple(one for one in made if one is not None and len(one.labels) > 1)[:2]


def _neighbours_chart(desk: Desk) -> Chart | None:
    """Return a city among all cities, or a county among those of its city."""
    region, subject = desk.region, desk.subject
    if subject.kind == "city":
        units = list(region.units_at("city"))
    elif subject.kind == "county":
        cities = region.counties["city_adcode"]
        units = list(cities.index[cities == cities.get(subject.place_id)])
    else:
        return None
    for one in _shares(desk):
        year = desk.fullest_year(one, units)
        if year is not None:
            peers = desk.peers(one, year, subject.kind)
            values = peers[peers.index.isin(units)].sort_values(ascending=False)
            return _against_whole(desk, one, year, values)
    return None


def _shares(desk: Desk) -> list[str]:
    """Return the mapped indicators in per cent, the structure of the population."""
    units = desk.region.indicators["unit"]
    return [one for one in desk.mapped if units.get(one) == "%"][:_MOST_SHARES]


def _structure_chart(desk: Desk) -> Chart | None:
    """Return the place's shares beside those of the region, of the newest year both have."""
    region, lang, subject = desk.region, desk.lang, desk.subject
    table = desk.statistics
    found: list[tuple[str, int, float, float, bool]] = []
    for one in _shares(desk):
        rows = table[table["indicator_id"] == one]
        mine = rows[rows["adcode"] == subject.place_id].set_index("year")
        whole = rows[rows["adcode"] == region.adcode].set_index("year")
        both = mine.index.intersection(whole.index)
        if len(both):
            year = int(both.max())
            own = desk.is_own(mine.loc[year]) if isinstance(mine.loc[year], pd.Series) else False
            found.append((one, year, float(mine["value"][year]), float(whole["value"][year]), own))
    if not found:
        return None
    names, years = desk.names, {year for _, year, *_ in found}
    labels = [
        counted(str(names[one]), say("own figure", lang=lang), lang)
        if own
        else (str(names[one]) if len(years) == 1 else f"{names[one]} {year}")
        for one, year, _, _, own in found
    ]
    one, year, mine, whole, _ = max(found, key=lambda row: abs(row[2] - row[3]))
    whole_name = whole_word(region.name, lang)
    words = {
        "indicator": str(names[one]),
        "year": year,
        "value": f"{round(mine, 2):g}%",
        "gap": f"{abs(mine - whole):.1f}",
        "whole": whole_word(region.name, lang),
    }
    title = (
        say("{indicator} {value}, {gap} points above {whole} ({year})", lang=lang, **words)
        if mine > whole
        else say("{indicator} {value}, {gap} points below {whole} ({year})", lang=lang, **words)
    )
    series = [
        Series(subject.called, tuple(round(row[2], 2) for row in found), _STRONG),
        Series(whole_name, tuple(round(row[3], 2) for row in found), _WHOLE),
    ]
    note = say("{year}", lang=lang, year=str(max(years))) if len(years) == 1 else ""
    return Chart(title, tuple(labels), tuple(series), "%", False, note)


def _units_chart(desk: Desk) -> Chart | None:
    """Return the first share of the subject's cities, or counties, beside that of the region."""
    region, subject = desk.region, desk.subject
    cities = [one for one in subject.members if one in set(region.units_at("city"))]
    inner = region.counties["city_adcode"].reindex(list(subject.counties)).dropna().unique()
    level, units = ("city", cities or list(inner))
    if len(units) < 2 and len(subject.counties) > 1:
        level, units = "county", list(subject.counties)
    for one in _shares(desk):
        year = desk.fullest_year(one, units)
        if year is None:
            continue
        peers = desk.peers(one, year, level)
        values = peers[peers.index.isin(units)].sort_values(ascending=False)
        if len(values) < 2:
            continue
        return _against_whole(desk, one, year, values)
    return None


def _against_whole(desk: Desk, one: str, year: int, values: pd.Series) -> Chart:
    region, lang = desk.region, desk.lang
    table = desk.statistics
    whole = table[
        (table["indicator_id"] == one)
        & (table["adcode"] == region.adcode)
        & (table["year"] == year)
    ]["value"]
    name, word = str(desk.names[one]), whole_word(region.name, lang)
    words = {"indicator": name, "year": year, "n": len(values), "whole": word}
    shown = values.iloc[:_MOST_BARS]
    left = len(values) - len(shown)
    labels = [str(region.units["name"].get(code, code)) for code in shown.index]
    bars = [round(float(value), 2) for value in shown]
    strong: tuple[float | None, ...] = tuple(bars)
    series = [Series(name, strong, _STRONG)]
    if len(whole):
        limit = float(whole.iloc[0])
        below = int((values < limit).sum())
        told = (
            msg("{indicator}: all {n} below {whole} ({year})", **words)
            if 1 < below == len(values)
            else msg("{indicator}: {k} of {n} below {whole} ({year})", k=below, **words)
        )
        title = told.render(lang)
        at = sum(value >= limit for value in bars)
        labels.insert(at, word)
        series = [
            Series(name, (*bars[:at], None, *bars[at:]), _STRONG),
            Series(
                word,
                tuple(round(limit, 2) if n == at else None for n in range(len(labels))),
                _WHOLE,
            ),
        ]
    else:
        title = say("{indicator}: highest in {name} ({year})", lang=lang, name=labels[0], **words)
    note = say("{n} more are in the tables", lang=lang, n=left) if left else ""
    return Chart(title, tuple(labels), tuple(series), "%", True, note)


def _cities_chart(desk: Desk) -> Chart | None:
    """Return how many of the projects touch each city, or county where they are of one city."""
    region, lang = desk.region, desk.lang
    counts: dict[str, list[str]] = {}
    for cities, stage in zip(desk.cities_touched(), desk.subject.counted["stage"], strict=True):
        for city in cities:
            counts.setdefault(city, []).append(group_of_stage(stage))
    if not counts:
        return None
    order = sorted(counts, key=lambda code: (-len(counts[code]), code))[:_MOST_BARS]
    labels = tuple(str(region.units["name"][code]) for code in order)
    title = say("{name} has most, {n}", lang=lang, name=labels[0], n=len(counts[order[0]]))
    if len(counts) == 1:
        title = say(
            "All that name a city are in {name}: {n}",
            lang=lang,
            name=labels[0],
            n=len(counts[order[0]]),
        )
    note = say("what touches several cities counts in each", lang=lang) if len(counts) > 1 else ""
    rows = [[counts[code].count(group) for group in STAGE_GROUPS] for code in order]
    return _stacked(desk, title, labels, rows, note)


def _stacked(
    desk: Desk, title: str, labels: tuple[str, ...], rows: list[list[int]], note: str
) -> Chart:
    series = [
        Series(
            stage_parts_word(group, desk.lang),
            tuple(float(row[at]) if row[at] else None for row in rows),
            STAGE_COLOURS[group],
        )
        for at, group in enumerate(STAGE_GROUPS)
        if any(row[at] for row in rows)
    ]
    return Chart(title, labels, tuple(series), "", True, note)


def project_counts(desk: Desk) -> tuple[list[str], list[list[int]]]:
    """Return the domains, or of one domain the kinds, with their numbers by group of stages.

    The fullest first; the numbers add up to the projects that the headline counts.
    """
    projects, lang = desk.subject.counted, desk.lang
    column = "kind" if desk.subject.kind == "domain" else "domain"
    words = desk.region.labels("projects", column, lang)
    counts: dict[str, list[int]] = {}
    groups = list(STAGE_GROUPS)
    for value, stage in zip(projects[column], projects["stage"], strict=True):
        row = counts.setdefault(str(value), [0] * len(groups))
        row[groups.index(group_of_stage(stage))] += 1
    order = sorted(counts, key=lambda one: (-sum(counts[one]), one))
    return [words.get(one, one) for one in order], [counts[one] for one in order]


def _projects_chart(desk: Desk) -> Chart | None:
    labels, rows = project_counts(desk)
    if not labels:
        return _revenue_chart(desk)
    lang, n = desk.lang, len(desk.subject.counted)
    title = (
        say("{label}: {n} projects, most of all", lang=lang, label=labels[0], n=sum(rows[0]))
        if len(labels) > 1
        else say("{label}: {n} projects", lang=lang, label=labels[0], n=sum(rows[0]))
    )
    rest = rows[_MOST_DOMAINS:]
    note = say("{n} in all", lang=lang, n=n)
    if rest:
        note = say(
            "{k} more kinds with {m}; {n} in all",
            lang=lang,
            k=len(rest),
            m=sum(map(sum, rest)),
            n=n,
        )
    return _stacked(desk, title, tuple(labels[:_MOST_DOMAINS]), rows[:_MOST_DOMAINS], note)


def _revenue_chart(desk: Desk) -> Chart | None:
    """Return the revenue targets of all clusters, this one set apart."""
    if desk.subject.kind != "cluster":
        return None
    clusters = desk.region.clusters.dropna(subset=["revenue_target_100m_cny"])
    if clusters.empty:
        return None
    clusters = clusters.sort_values("revenue_target_100m_cny", ascending=False)
    place = clusters.index.get_indexer([desk.subject.place_id])[0]
    # The cluster itself is there, whatever its rank.
    kept = [*range(min(len(clusters), _MOST_BARS))]
    if place >= _MOST_BARS:
        kept[-1] = place
    left = len(clusters) - len(kept)
    clusters = clusters.iloc[kept]
    is_it = clusters.index == desk.subject.place_id
    values = [float(one) for one in clusters["revenue_target_100m_cny"]]
    unit = say("100m CNY", lang=desk.lang)
    year = join(sorted({str(int(y)) for y in clusters["target_year"]})).render(desk.lang)
    title = say("Revenue targets of the clusters, {year}", lang=desk.lang, year=year)
    return Chart(
        title,
        tuple(str(one) for one in clusters["name"]),
        (
            Series(
                desk.subject.called,
                tuple(v if i else None for v, i in zip(values, is_it, strict=True)),
                _OTHER,
            ),
            Series(
                say("other clusters", lang=desk.lang),
                tuple(None if i else v for v, i in zip(values, is_it, strict=True)),
                _WHOLE,
            ),
        ),
        unit,
        True,
        say("{n} more are in the tables", lang=desk.lang, n=left) if left else "",
    )
