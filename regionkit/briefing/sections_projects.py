"""Sections on projects: by stage, with what each document said of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from regionkit.analysis.targets import format_number
from regionkit.briefing.model import Column, Row, Section, Table
from regionkit.briefing.register import text
from regionkit.briefing.sections_place import source_columns, unit_name
from regionkit.maps.signs.words import counted
from regionkit.words.message import join, msg, say

if TYPE_CHECKING:
    from regionkit.briefing.model import Citation
    from regionkit.briefing.register import Register
    from regionkit.briefing.subject import Subject
    from regionkit.region import Region

__all__ = ["projects_section"]

_SUMMARY_FROM = 8
# What is remarked on a mention that may not be, or is only a part of, the project.
_MATCHES = {"doubtful": msg("may be another project"), "part": msg("a part of it")}


def projects_section(
    region: Region, subject: Subject, register: Register, lang: str
) -> Section | None:
    """Return the projects, a table a stage, each with its history."""
    projects = subject.projects
    if projects.empty:
        return None
    stages = region.labels("projects", "stage", lang)
    mentions = _in_order(
        region, region.mentions[region.mentions["project_id"].isin(projects.index)]
    )
    words = {
        "kind": region.labels("projects", "kind", lang),
        "stage": region.labels("mentions", "stage", lang),
    }
    # A frame a project would take longer than all else here.
    history: dict[str, list[Any]] = {}
    for mention in mentions.itertuples():
        history.setdefault(str(mention.project_id), []).append(mention)
    has_distance = "distance_km" in projects.columns
    tables = [_summary_table(region, subject, stages, lang)]
    for stage in (*stages, None):
        same = projects["stage"].isna() if stage is None else projects["stage"] == stage
        mine = projects[same]
        if mine.empty:
            continue
        order = ["distance_km"] if has_distance else ["domain", "kind", "name"]
        rows = tuple(
            _project_row(
                region,
                subject,
                register,
                lang,
                row,
                history.get(str(row.Index)),
                words,
                has_distance=has_distance,
            )
            for row in mine.sort_values(order, kind="stable").itertuples()
        )
        label = say("stage not stated", lang=lang) if stage is None else stages[stage]
        columns = [
            Column(say("Project", lang=lang), 0.20),
            Column(say("Type", lang=lang), 0.09),
            Column(say("Place", lang=lang), 0.13),
        ]
        if has_distance:
            columns.append(Column(say("Distance, km", lang=lang), 0.08, "right"))
        columns += [
            Column(say("Size, years", lang=lang), 0.09),
            Column(say("What each document says", lang=lang), 0.30),
        ]
        caption = say("Projects: {label} ({n})", lang=lang, label=label, n=len(rows))
        tables.append(
            Table(
                f"projects-{stage or 'unknown'}", caption, (*columns, *source_columns(lang)), rows
            )
        )
    return Section(
        "projects",
        say("Major projects", lang=lang),
        _lead(region, subject, stages, lang),
        tuple(table for table in tables if table is not None),
    )


def _lead(region: Region, subject: Subject, stages: dict[str, str], lang: str) -> tuple[str, ...]:
    projects = subject.projects
    counts = [(label, int((projects["stage"] == stage).sum())) for stage, label in stages.items()]
    counts.append((say("stage not stated", lang=lang), int(projects["stage"].isna().sum())))
    listed = join([f"{label} {n}" for label, n in counts if n]).render(lang)
    lead = [
        say(
            "The catalogue lists {n} projects: {listed}. The stage is that of the "
            "newest document that gives one.",
            lang=lang,
            n=len(projects),
            listed=listed,
        )
    ]
    if subject.kind == "county":
        city = str(region.units.loc[subject.place_id, "city_adcode"])
        at_city = int(
            region.projects["adcodes"]
            .map(lambda mine: city in mine and subject.place_id not in mine)
            .sum()
        )
        if at_city:
            name = region.units.loc[city, "name"]
            lead.append(
                say(
                    "{n} more are recorded for {name} as a whole only.",
                    lang=lang,
                    n=at_city,
                    name=name,
                )
            )
    return tuple(lead)


def _summary_table(
    region: Region, subject: Subject, stages: dict[str, str], lang: str
) -> Table | None:
    """Return how many projects of each domain stand at each stage."""
    projects = subject.projects
    if len(projects) < _SUMMARY_FROM:
        return None
    domains = region.labels("projects", "domain", lang)
    present = [s for s in stages if (projects["stage"] == s).any()]
    masks = [(stages[s], projects["stage"] == s) for s in present]
    if projects["stage"].isna().any():
        masks.append((say("stage not stated", lang=lang), projects["stage"].isna()))
    columns = [Column(say("Domain", lang=lang), 0.16)]
    columns += [Column(label, 0.74 / len(masks), "right") for label, _ in masks]
    columns.append(Column(say("Total", lang=lang), 0.10, "right"))
    rows = []
    for domain, label in domains.items():
        mine = projects["domain"] == domain
        if mine.any():
            cells = [str(int((mine & mask).sum()) or "") for _, mask in masks]
            rows.append(Row((label, *cells, str(int(mine.sum())))))
    sums = [str(int(mask.sum())) for _, mask in masks]
    rows.append(Row((say("Total", lang=lang), *sums, str(len(projects)))))
    caption = say(
        "Number of projects by domain and stage, counted from the tables below", lang=lang
    )
    return Table("project-counts", caption, tuple(columns), tuple(rows))


def _project_row(
    region: Region,
    subject: Subject,
    register: Register,
    lang: str,
    project: Any,
    said: list[Any] | None,
    words: dict[str, dict[str, str]],
    *,
    has_distance: bool,
) -> Row:
    citation = register.cite_row(project)
    kinds = words["kind"]
    kind = project.kind
    places = [unit_name(region, code, subject) for code in project.adcodes]
    cells = [
        text(project.name),
        kinds.get(kind, kind),
        join(places).render(lang),
    ]
    if has_distance:
        cells.append(f"{project.distance_km:.1f}")
    cells.append(_size_and_years(project, lang))
    cells.append(_history(words["stage"], register, lang, project, said, citation))
    return Row(tuple(cells), citation, text(project.note))


def _size_and_years(project: Any, lang: str) -> str:
    lines = []
    if pd.notna(project.capacity_value):
        lines.append(f"{format_number(project.capacity_value)}{text(project.capacity_unit)}")
    start, end = project.start_year, project.end_year
    span = year_span(start, end, lang)
    return "\n".join([*lines, span] if span else lines)


def year_span(start: Any, end: Any, lang: str) -> str:
    """Return two years as a span, "" where neither is known."""
    years = ["" if pd.isna(y) else str(int(y)) for y in (start, end)]
    if not any(years):
        return ""
    if years[0] == years[1]:
        return say("{year}", lang=lang, year=years[0])
    if not years[1]:
        return say("from {start}", lang=lang, start=years[0])
    if not years[0]:
        return say("to {end}", lang=lang, end=years[1])
    return say("{start}-{end}", lang=lang, start=years[0], end=years[1])


def _in_order(region: Region, mentions: pd.DataFrame) -> pd.DataFrame:
    """Return mentions with the oldest year first, then by date of issue and place."""
    issued = mentions["source_id"].map(region.sources["issued_on"]).fillna("")
    when = mentions["year"].astype(float).fillna(9999)
    ordered = mentions.assign(issued=issued, when=when)
    return ordered.sort_values(["when", "issued", "locator"])


def _history(
    stages: dict[str, str],
    register: Register,
    lang: str,
    project: Any,
    said: list[Any] | None,
    own: Citation,
) -> str:
    """Return a line a mention, oldest first: year, the document's word, where."""
    if said is None:
        return ""
    lines = []
    for row in said:
        stage = text(row.stage)
        label = stages.get(stage, "")
        word = text(row.stage_as_stated)
        if word and label and label not in word:
            word = counted(f"“{word}”", label, lang)
        elif word:
            word = f"“{word}”"
        line = word or label or say("listed", lang=lang)
        if pd.notna(row.year):
            line = say("{year}: {said}", lang=lang, year=int(row.year), said=line)
        if text(row.named_as) and text(row.named_as) != text(project.name):
            line += say(", named “{name}”", lang=lang, name=row.named_as)
        citation = register.cite(row.source_id, row.locator)
        if str(citation) != str(own):
            line += f" {citation}"
        remarks = [_MATCHES[row.match].render(lang)] if row.match in _MATCHES else []
        remarks += [text(row.note)] if text(row.note) else []
        if remarks:
            line = counted(line, join(remarks, "clauses"), lang)
        lines.append(line.strip())
    return "\n".join(lines)
