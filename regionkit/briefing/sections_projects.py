"""Sections on projects: by stage, with what each document said of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from regionkit.analysis.targets import format_number
from regionkit.briefing.model import Column, Row, Section, Table
from regionkit.briefing.register import text
from regionkit.briefing.sections_place import source_columns, unit_name

if TYPE_CHECKING:
    from regionkit.briefing.model import Citation
    from regionkit.briefing.register import Register
    from regionkit.briefing.subject import Subject
    from regionkit.briefing.words import Words
    from regionkit.region import Region

__all__ = ["projects_section"]

_SUMMARY_FROM = 8


def projects_section(
    region: Region, subject: Subject, register: Register, words: Words
) -> Section | None:
    """Return the projects, a table a stage, each with its history."""
    projects = subject.projects
    if projects.empty:
        return None
    stages = {
        stage: label if words.is_zh else stage
        for stage, label in region.labels("projects", "stage").items()
    }
    mentions = region.mentions[region.mentions["project_id"].isin(projects.index)]
    history = dict(list(mentions.groupby("project_id")))
    has_distance = "distance_km" in projects.columns
    tables = [_summary_table(region, subject, stages, words)]
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
                words,
                row,
                history.get(str(row.Index)),
                has_distance=has_distance,
            )
            for row in mine.sort_values(order, kind="stable").itertuples()
        )
        label = words("no_stage") if stage is None else stages[stage]
        columns = [
            Column(words("project"), 0.20),
            Column(words("type"), 0.09),
            Column(words("unit_col"), 0.13),
        ]
        if has_distance:
            columns.append(Column(words("distance"), 0.08, "right"))
        columns += [Column(words("scale"), 0.09), Column(words("history"), 0.30)]
        caption = words.pick(f"{label}项目（{len(rows)} 项）", f"Projects: {label} ({len(rows)})")
        tables.append(
            Table(
                f"projects-{stage or 'unknown'}", caption, (*columns, *source_columns(words)), rows
            )
        )
    return Section(
        "projects",
        words("s_projects"),
        _lead(region, subject, stages, words),
        tuple(table for table in tables if table is not None),
    )


def _lead(
    region: Region, subject: Subject, stages: dict[str, str], words: Words
) -> tuple[str, ...]:
    projects = subject.projects
    counts = [(label, int((projects["stage"] == stage).sum())) for stage, label in stages.items()]
    counts.append((words("no_stage"), int(projects["stage"].isna().sum())))
    listed = words.join([f"{label} {n}" for label, n in counts if n])
    lead = [
        words.pick(
            f"目录收录 {len(projects)} 项：{listed}。阶段取最近一份写明阶段的文件。",
            f"The catalogue lists {len(projects)} projects: {listed}. The stage is "
            "that of the newest document that gives one.",
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
                words.pick(
                    f"另有 {at_city} 项只载明到{name}，未列到县，不在此列。",
                    f"{at_city} more are recorded for {name} as a whole only.",
                )
            )
    return tuple(lead)


def _summary_table(
    region: Region, subject: Subject, stages: dict[str, str], words: Words
) -> Table | None:
    """Return how many projects of each domain stand at each stage."""
    projects = subject.projects
    if len(projects) < _SUMMARY_FROM:
        return None
    domains = region.labels("projects", "domain")
    present = [s for s in stages if (projects["stage"] == s).any()]
    masks = [(stages[s], projects["stage"] == s) for s in present]
    if projects["stage"].isna().any():
        masks.append((words("no_stage"), projects["stage"].isna()))
    columns = [Column(words("domain"), 0.16)]
    columns += [Column(label, 0.74 / len(masks), "right") for label, _ in masks]
    columns.append(Column(words("total"), 0.10, "right"))
    rows = []
    for domain, label in domains.items():
        mine = projects["domain"] == domain
        if mine.any():
            cells = [str(int((mine & mask).sum()) or "") for _, mask in masks]
            rows.append(Row((label if words.is_zh else domain, *cells, str(int(mine.sum())))))
    sums = [str(int(mask.sum())) for _, mask in masks]
    rows.append(Row((words("total"), *sums, str(len(projects)))))
    caption = words.pick(
        "项目数（按领域与阶段，由后表逐项计得）",
        "Number of projects by domain and stage, counted from the tables below",
    )
    return Table("project-counts", caption, tuple(columns), tuple(rows))


def _project_row(
    region: Region,
    subject: Subject,
    register: Register,
    words: Words,
    project: Any,
    said: pd.DataFrame | None,
    *,
    has_distance: bool,
) -> Row:
    citation = register.cite_row(project)
    kinds = region.labels("projects", "kind")
    kind = project.kind
    places = [unit_name(region, code, subject) for code in project.adcodes]
    cells = [
        text(project.name),
        kinds.get(kind, kind) if words.is_zh else kind,
        words.join(places),
    ]
    if has_distance:
        cells.append(f"{project.distance_km:.1f}")
    cells.append(_size_and_years(project, words))
    cells.append(_history(region, register, words, project, said, citation))
    return Row(tuple(cells), citation, text(project.note))


def _size_and_years(project: Any, words: Words) -> str:
    lines = []
    if pd.notna(project.capacity_value):
        lines.append(f"{format_number(project.capacity_value)}{text(project.capacity_unit)}")
    start, end = project.start_year, project.end_year
    span = year_span(start, end, words)
    return "\n".join([*lines, span] if span else lines)


def year_span(start: Any, end: Any, words: Words) -> str:
    """Return two years as a span, "" where neither is known."""
    years = ["" if pd.isna(y) else str(int(y)) for y in (start, end)]
    if not any(years):
        return ""
    if years[0] == years[1] or not years[1]:
        span = (
            years[0] if years[0] == years[1] else words.pick(f"{years[0]}年起", f"from {years[0]}")
        )
        return span + ("年" if words.is_zh and years[0] == years[1] else "")
    if not years[0]:
        return words.pick(f"至{years[1]}年", f"to {years[1]}")
    return words.pick(f"{years[0]}—{years[1]}年", f"{years[0]}-{years[1]}")


def _history(
    region: Region,
    register: Register,
    words: Words,
    project: Any,
    said: pd.DataFrame | None,
    own: Citation,
) -> str:
    """Return a line a mention, oldest first: year, the document's word, where."""
    if said is None:
        return ""
    issued = said["source_id"].map(region.sources["issued_on"]).fillna("")
    said = said.assign(issued=issued)
    said = said.assign(when=said["year"].astype(float).fillna(9999))
    stages = region.labels("mentions", "stage")
    lines = []
    for row in said.sort_values(["when", "issued", "locator"]).itertuples():
        year = "" if pd.isna(row.year) else words.pick(f"{int(row.year)}年", f"{int(row.year)}:")
        stage = text(row.stage)
        label = stages.get(stage, "") if words.is_zh else stage
        word = text(row.stage_as_stated)
        if word and label and label not in word:
            word = f"“{word}”（{label}）"
        elif word:
            word = f"“{word}”"
        line = f"{year}{'' if words.is_zh else ' '}{word or label or words('listed')}"
        if text(row.named_as) and text(row.named_as) != text(project.name):
            line += words.pick(f"，称“{row.named_as}”", f", named “{row.named_as}”")
        citation = register.cite(row.source_id, row.locator)
        if str(citation) != str(own):
            line += f" {citation}"
        remarks = [words(row.match)] if row.match in {"doubtful", "part"} else []
        remarks += [text(row.note)] if text(row.note) else []
        if remarks:
            line += f"（{words.pick('；', '; ').join(remarks)}）"
        lines.append(line.strip())
    return "\n".join(lines)
