"""The short tables of a briefing: own targets before the region's, statistics, places, tasks."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from regionkit.analysis.judged import gap_words
from regionkit.analysis.messages import STAGE_GROUPS, group_of_stage, stage_parts_word
from regionkit.analysis.own_aims import OWN
from regionkit.analysis.states import STATES
from regionkit.analysis.targets import describe_target
from regionkit.briefing.charts import project_counts
from regionkit.briefing.desk import figure_words, rank_among
from regionkit.briefing.headline import main_targets, own_targets, whole_targets
from regionkit.briefing.model import Board, Column, Row, Table
from regionkit.briefing.register import text
from regionkit.briefing.sections_place import unit_name
from regionkit.briefing.sections_plan import newest_first
from regionkit.maps.signs.words import counted
from regionkit.region.names import name_in, whole_word
from regionkit.words.message import join, say

if TYPE_CHECKING:
    from regionkit.briefing.desk import Desk
    from regionkit.briefing.model import Section

__all__ = ["make_boards"]

_FEW_ROWS = 5
# A slide with fewer rows looks lost.
_LEAST_ROWS = 3
_FEW_PROJECTS = 3


def make_boards(desk: Desk, sections: tuple[Section, ...]) -> tuple[Board, ...]:
    """Return the boards that have facts, in the order in which they are shown."""
    found = {one.section_id: one for one in sections}
    profile = _section_board(desk, found.get("profile"), ("profiles", "clusters"))
    zones = _section_board(desk, found.get("zones"), ("zones", "members"))
    if profile and zones and len(zones.tables[0].rows) <= _FEW_ROWS:
        # A slide of a row or two looks lost.
        tables = (*zones.tables, *profile.tables)
        profile, zones = replace(profile, tables=tables), None
    made = [
        _projects_board(desk),
        _history_board(desk),
        _targets_board(desk),
        _statistics_board(desk),
        profile,
        zones,
        _section_board(desk, found.get("tasks"), ("tasks",)),
    ]
    return _folded(
        [
            replace(one, tables=tuple(table.filled() for table in one.tables))
            for one in made
            if one is not None
        ]
    )


def _folded(boards: list[Board]) -> tuple[Board, ...]:
    """Return the boards, those of a row or two on the page of a larger one, before its tables."""
    small = [sum(len(table.rows) for table in board.tables) < _LEAST_ROWS for board in boards]
    if all(small):
        # All on one page, if there are several.
        tables = tuple(table for board in boards for table in board.tables)
        return (replace(boards[0], tables=tables),) if boards else ()
    found: list[Board] = []
    waiting: tuple[Table, ...] = ()
    for board, is_small in zip(boards, small, strict=True):
        if is_small and found:
            found[-1] = replace(found[-1], tables=(*board.tables, *found[-1].tables))
        elif is_small:
            waiting = (*waiting, *board.tables)
        else:
            found.append(replace(board, tables=(*waiting, *board.tables)))
            waiting = ()
    return tuple(found)


def _history_board(desk: Desk) -> Board | None:
    """Return what each document says of a project, where there are few."""
    projects, lang, region = desk.subject.counted, desk.lang, desk.region
    if not desk.subject.is_of_projects or not 0 < len(projects) <= _FEW_PROJECTS:
        return None
    mentions = region.mentions[region.mentions["project_id"].isin(projects.index)]
    issued = mentions["source_id"].map(region.sources["issued_on"]).fillna("")
    mentions = mentions.assign(issued=issued).sort_values("issued", ascending=False, kind="stable")
    stages = region.labels("mentions", "stage", lang)
    rows = tuple(
        Row(
            (
                "" if pd.isna(row.year) else str(int(row.year)),
                str(region.sources["short_title"][row.source_id]),
                text(row.locator),
                text(row.named_as),
                text(row.stage_as_stated),
                stages.get(text(row.stage), ""),
            )
        )
        for row in mentions.itertuples()
    )
    if not rows:
        return None
    columns = (
        Column(say("Year", lang=lang), 1.0),
        Column(say("Document", lang=lang), 1.0),
        Column(say("Place in it", lang=lang), 1.0),
        Column(say("Named as", lang=lang), 1.0),
        Column(say("In its words", lang=lang), 1.0),
        Column(say("Stage", lang=lang), 1.0),
    )
    title = say("{name} in the documents", lang=lang, name=desk.subject.called)
    heading = say("What each document says", lang=lang)
    return Board("history", title, heading, (Table("history", heading, columns, rows),))


def _projects_board(desk: Desk) -> Board | None:
    """Return projects by domain and stage, then their names, those under way first."""
    projects, lang = desk.subject.counted, desk.lang
    if projects.empty:
        return None
    labels, rows = project_counts(desk)
    groups = [group for at, group in enumerate(STAGE_GROUPS) if any(row[at] for row in rows)]
    at = [list(STAGE_GROUPS).index(group) for group in groups]
    head = say("Kind", lang=lang) if desk.subject.kind == "domain" else say("Domain", lang=lang)
    columns = (
        Column(head, 1.0),
        *(Column(stage_parts_word(group, lang), 1.0, "right") for group in groups),
        Column(say("Total", lang=lang), 1.0, "right"),
    )
    whole = [say("Total", lang=lang), *(str(sum(row[n] for row in rows)) for n in at)]
    body = [
        (label, *(str(row[n] or "") for n in at), str(sum(row)))
        for label, row in zip(labels, rows, strict=True)
    ]
    if len(projects) <= _FEW_PROJECTS:
        # What can be seen at a glance is not counted beside it.
        return Board(
            "projects",
            _projects_title(desk),
            say("Major projects", lang=lang),
            (_names_table(desk),),
        )
    counts = Table(
        "counts",
        say("Number of projects by stage", lang=lang),
        columns,
        tuple(Row(cells) for cells in ((*whole, str(len(projects))), *body)),
    )
    return Board(
        "projects",
        _projects_title(desk),
        say("Major projects", lang=lang),
        (_names_table(desk), counts),
    )


def _projects_title(desk: Desk) -> str:
    projects, lang = desk.subject.counted, desk.lang
    under = sum(group_of_stage(stage) == "under way" for stage in projects["stage"])
    return say(
        "{name}: {k} of {n} projects are under way",
        lang=lang,
        name=desk.subject.called,
        k=under,
        n=len(projects),
    )


def _names_table(desk: Desk) -> Table:
    region, lang, projects = desk.region, desk.lang, desk.subject.counted
    stages = region.labels("projects", "stage", lang)
    # Of one domain the kind tells more.
    column = "kind" if desk.subject.kind == "domain" else "domain"
    labels = region.labels("projects", column, lang)
    order = {group: number for number, group in enumerate(STAGE_GROUPS)}
    ranked = projects.assign(
        group=[order[group_of_stage(stage)] for stage in projects["stage"]],
        many=-projects["domain"].map(projects["domain"].value_counts()),
    ).sort_values(["group", "many", "domain", "name"], kind="stable")
    rows = tuple(
        Row(
            (
                text(row.name),
                labels.get(getattr(row, column), getattr(row, column)),
                _places(desk, row.adcodes),
                stages.get(text(row.stage), say("not stated", lang=lang)),
            )
        )
        for row in ranked.itertuples()
    )
    columns = (
        Column(say("Project", lang=lang), 1.0),
        Column(say("Kind", lang=lang) if column == "kind" else say("Domain", lang=lang), 1.0),
        Column(say("Place", lang=lang), 1.0),
        Column(say("Stage", lang=lang), 1.0),
    )
    return Table("project-names", say("Projects, those under way first", lang=lang), columns, rows)


def _places(desk: Desk, codes: Any) -> str:
    names = [unit_name(desk.region, code, desk.subject) for code in codes]
    if len(names) > 3:
        return say("{name} and others, {n} places", lang=desk.lang, name=names[0], n=len(names))
    return join(names).render(desk.lang)


def _targets_board(desk: Desk) -> Board | None:
    """Return the targets of the place itself, then those of its zones, then the region's."""
    lang, subject, region = desk.lang, desk.subject, desk.region
    whole = whole_word(region.name, lang)
    is_whole = subject.place_id == region.adcode
    mine = whole_targets(desk) if is_whole else own_targets(desk)
    tables = []
    if len(mine):
        caption = say("Own targets of {name}", lang=lang, name=subject.called)
        rows = tuple(_target_row(desk, row) for row in _valued_first(desk, mine).itertuples())
        tables.append(_targets_table("own-targets", caption, rows, lang))
    if subject.kind in {"city", "county"}:
        zones = region.zones_of(subject.place_id)
        for zone_id in zones:
            of_zone = region.targets[
                (region.targets["scope_kind"] == "zone") & (region.targets["scope_id"] == zone_id)
            ]
            of_zone = newest_first(region, of_zone)
            if len(of_zone):
                name = name_in(region.zones.loc[zone_id], lang)
                caption = say("Targets of its zone {name}", lang=lang, name=name)
                rows = tuple(
                    _target_row(desk, row) for row in _valued_first(desk, of_zone).itertuples()
                )
                tables.append(_targets_table("zone-targets", caption, rows, lang))
    if subject.kind in {"city", "county", "zone"}:
        main = main_targets(desk)
        if len(main):
            caption = say("Main targets of {whole}, not broken down", lang=lang, whole=whole)
            rows = tuple(_target_row(desk, row) for row in _valued_first(desk, main).itertuples())
            tables.append(_targets_table("province-targets", caption, rows, lang))
    if not tables:
        return None
    has_zones = any(table.table_id == "zone-targets" for table in tables)
    return Board(
        "targets",
        _targets_title(desk, mine, has_zones=has_zones),
        say("Targets", lang=lang),
        tuple(tables),
    )


def _valued_first(desk: Desk, targets: pd.DataFrame) -> pd.DataFrame:
    """Return own targets, then those with a state, then with a value, the order kept else."""
    judged = desk.judged.loc[targets.index]
    order = pd.DataFrame(
        {
            "own": targets["source_id"] == OWN,
            "state": ~judged["state"].isin(["no actual", "undecided"]),
            "value": judged["actual_value"].notna() | targets["baseline_value"].notna(),
        }
    ).sort_values(["own", "state", "value"], ascending=False, kind="stable")
    return targets.loc[order.index]


def _targets_title(desk: Desk, mine: pd.DataFrame, *, has_zones: bool) -> str:
    lang, name = desk.lang, desk.subject.called
    if mine.empty and has_zones:
        return say("The documents set {name} no target of its own", lang=lang, name=name)
    if mine.empty:
        whole = whole_word(desk.region.name, lang)
        return say(
            "The documents set {name} no target of its own; these are of {whole}",
            lang=lang,
            name=name,
            whole=whole,
        )
    counts = Counter(desk.judged.loc[mine.index, "state"])
    parts = [f"{STATES[one].word.render(lang)} {counts[one]}" for one in STATES if counts[one]]
    words = {"name": name, "n": len(mine), "parts": join(parts).render(lang)}
    given = int((mine["source_id"] == OWN).sum())
    if given:
        return say(
            "{name} has {n} targets of its own, {given} by its own table: {parts}",
            lang=lang,
            given=given,
            **words,
        )
    return say("{name} has {n} targets of its own: {parts}", lang=lang, **words)


def _targets_table(table_id: str, caption: str, rows: tuple[Row, ...], lang: str) -> Table:
    columns = (
        Column(say("Indicator", lang=lang), 1.0),
        Column(say("Target", lang=lang), 1.0),
        Column(say("Due", lang=lang), 1.0),
        Column(say("Now", lang=lang), 1.0),
        Column(say("State", lang=lang), 1.0),
    )
    return Table(table_id, caption, columns, rows)


def _target_row(desk: Desk, target: Any) -> Row:
    region, lang = desk.region, desk.lang
    judged = desk.judged.loc[target.Index]
    now = ""
    if pd.notna(judged["actual_value"]):
        value = "".join(figure_words(judged["actual_value"], judged["unit"]))
        year = str(int(judged["actual_year"]))
        if judged["actual_source_id"] == OWN:
            year = f"{year} {say('own figure', lang=lang)}"
        now = counted(value, year, lang)
    elif pd.notna(target.baseline_value):
        value = "".join(figure_words(target.baseline_value, target.unit))
        start = say("start", lang=lang)
        year = "" if pd.isna(target.baseline_year) else f"{int(target.baseline_year)} "
        now = counted(value, f"{year}{start}", lang)
    state = STATES[judged["state"]]
    told = f"{state.mark} {state.word.render(lang)}"
    gap = gap_words(judged["gap"], judged["unit"], lang)
    if gap and judged["state"] not in {"no actual", "undecided"}:
        told = counted(told, gap, lang)
    name = name_in(region.indicators.loc[target.indicator_id], lang)
    if target.source_id == OWN:
        name = counted(name, say("own target", lang=lang), lang)
    return Row(
        (
            name,
            describe_target(region, target, lang),
            "" if pd.isna(target.target_year) else str(int(target.target_year)),
            now,
            told,
        )
    )


def _statistics_board(desk: Desk) -> Board | None:
    """Return the newest value of each indicator with the year before it and the rank."""
    subject, lang, region = desk.subject, desk.lang, desk.region
    if subject.kind not in {"province", "city", "county"}:
        return None
    newest = desk.newest(subject.place_id)
    if newest.empty:
        return None
    whole = whole_word(region.name, lang)
    rows = []
    for one, row in newest.iterrows():
        peers = desk.peers(str(one), int(row["year"]), subject.kind)
        rank = f"{rank_among(row['value'], peers)}/{len(peers)}" if len(peers) > 1 else ""
        table = desk.statistics
        of_whole = table[
            (table["indicator_id"] == one)
            & (table["adcode"] == region.adcode)
            & (table["year"] == row["year"])
        ]
        beside = (
            "".join(figure_words(of_whole["value"].iloc[0], row["unit"])) if len(of_whole) else ""
        )
        name = str(desk.names.get(one, one))
        if desk.is_own(row):
            name = counted(name, say("own figure", lang=lang), lang)
        value = "".join(figure_words(row["value"], row["unit"]))
        cells = (name, str(int(row["year"])), value)
        rows.append(Row(cells if subject.kind == "province" else (*cells, rank, beside)))
    columns = [
        Column(say("Indicator", lang=lang), 1.0),
        Column(say("Year", lang=lang), 1.0),
        Column(say("Numeric value", lang=lang), 1.0, "right"),
    ]
    if subject.kind != "province":
        columns += [
            Column(say("Rank from the highest", lang=lang), 1.0, "right"),
            Column(whole.capitalize(), 1.0, "right"),
        ]
    years = sorted({int(year) for year in newest["year"]})
    span = str(years[0]) if len(years) == 1 else f"{years[0]}—{years[-1]}"
    title = say(
        "{name} in {n} indicators, {span}", lang=lang, name=subject.called, n=len(rows), span=span
    )
    caption = say("Newest value of each indicator", lang=lang)
    table_ = Table("newest", caption, tuple(columns), tuple(rows))
    return Board("statistics", title, say("Statistics and rank", lang=lang), (table_,))


def _section_board(desk: Desk, section: Section | None, table_ids: tuple[str, ...]) -> Board | None:
    """Return the tables of a section without source and basis, which the workbook has."""
    if section is None:
        return None
    tables = []
    for table in section.tables:
        if table.table_id not in table_ids or not table.rows:
            continue
        n = len(table.rows[0].cells)
        rows = tuple(
            Row(tuple(_short(cell) for cell in row.cells))
            for row in _newest_of(desk, table)
            if any(row.cells[1:])
        )
        tables.append(Table(table.table_id, table.caption, table.columns[:n], rows))
    if not tables:
        return None
    title = say("{name}: {title}", lang=desk.lang, name=desk.subject.called, title=section.title)
    return Board(section.section_id, title, section.title, tuple(tables))


def _newest_of(desk: Desk, table: Table) -> list[Row]:
    """Return the rows of the newest documents first."""
    issued = desk.region.sources["issued_on"].fillna("")

    def when(row: Row) -> str:
        return "" if row.citation is None else str(issued.get(row.citation.source_id, ""))

    if table.table_id not in {"profiles", "tasks"}:
        return list(table.rows)
    return sorted(table.rows, key=when, reverse=True)


def _short(cell: str) -> str:
    """Return a cell with its lines in one, so that a row stays low."""
    return cell.replace("\n", "；") if cell.count("\n") > 1 else cell
