"""Commands that judge: how far targets are reached, and what became of one plan in another."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from regionkit.cli.answer import tell_if_lacking
from regionkit.cli.command import load_region, region_options
from regionkit.cli.drawing import draw_layer
from regionkit.cli.judged_works import MONTH, judge_list, judge_pack, show_works
from regionkit.cli.labels import labels_of, names_of
from regionkit.cli.map_options import MAP_ENDINGS, MapLook, check_map_output, look_options
from regionkit.cli.options import YEAR, level_choice, table_output, told_source_options
from regionkit.cli.questions import find_scope
from regionkit.cli.show import check_output, check_table_output, show_table
from regionkit.cli.spoken import argument, command, option
from regionkit.cli.terminal import tell
from regionkit.errors import InputError, UnknownPlaceError
from regionkit.tables.write import TABLE_FORMATS
from regionkit.words.message import join, msg, say
from regionkit.words.voice import current_language

if TYPE_CHECKING:
    import pandas as pd

    from regionkit.analysis.monitoring import Monitoring
    from regionkit.region import Region
    from regionkit.words.message import Words

# A table in any form, or the draft of an evaluation.
_ENDINGS = (*dict.fromkeys([*TABLE_FORMATS, ".docx"]),)


@command(
    "progress",
    msg(
        """Judge the targets by reported values: which are reached, on time or behind.

TABLE is your own monitoring table: indicators by name with years across, or a row a value
(指标, 年份, 数值), or a row a year; without it the values are those of the pack. A target of an
earlier year is past. -o takes a table, or .docx: the draft of an evaluation, of the plan in force
where no --source is given.

TABLE may also be your list of projects (项目名称, 计划开工时间, 计划竣工时间, 总投资, 年度计划投资,
本年完成投资, 形象进度): which have not begun in time, which lag behind, which are overdue.
--projects and --tasks judge those of the pack by what its documents say.

Examples:
  regionkit progress --scope 全省
  regionkit progress 监测表.xlsx --as-of 2028 -o 中期评估.docx --project-list 项目.xlsx
  regionkit progress --as-of 2026 --map 各市.png --indicator 地区生产总值 --level 市
  regionkit progress 项目表.xlsx --as-of 2026-06
  regionkit progress --source 一圈一带两区行动方案 --thresholds 本市口径.csv -o 评估.xlsx"""
    ),
)
@argument("table", msg("TABLE"), required=False)
@option("--sheet", default=None, help=msg("Sheet of TABLE."))
@option(
    "--of",
    "of_unit",
    default=None,
    help=msg("Unit that TABLE is of, where it has no column of units."),
)
@option(
    "--scope",
    default=None,
    help=msg("The whole, or a zone, city, county, port, area or cluster by name."),
)
@told_source_options(msg("Every document, also in a .docx, which else is of the plan in force."))
@option("--projects", is_flag=True, help=msg("Judge projects instead of targets."))
@option("--tasks", is_flag=True, help=msg("Judge tasks instead of targets."))
@option(
    "--project-list",
    type=click.Path(dir_okay=False),
    default=None,
    help=msg("Your own list of projects, for the chapter of projects in a .docx."),
)
@option(
    "--year", type=YEAR, default=None, help=msg("Take values reported for this year or before.")
)
@option(
    "--as-of",
    type=MONTH,
    default=None,
    help=msg(
        "Year of the judgement, this year where not given; of projects the last month that counts."
    ),
)
@option(
    "--thresholds",
    type=click.Path(dir_okay=False),
    default=None,
    help=msg("Your own limits between the states, a .csv: subject, basis, at_least, state."),
)
@option(
    "--judged-only",
    is_flag=True,
    help=msg("Leave out targets without a value and those that cannot be judged."),
)
@option(
    "-o",
    "--output",
    default=None,
    type=click.Path(dir_okay=False),
    help=msg("Write a {endings} instead of printing.", endings=join(_ENDINGS, "or")),
)
@option(
    "--map",
    "map_path",
    type=click.Path(dir_okay=False),
    default=None,
    help=msg("Draw the states of one indicator unit by unit: {endings}.", endings=MAP_ENDINGS),
)
@option(
    "--indicator",
    default=None,
    help=msg("Of --map, by name; the one judged for most units where not given."),
)
@option(
    "--level",
    type=level_choice("county", "city", "zone"),
    default=None,
    help=msg("Of --map; the one with most units where not given."),
)
@look_options
@region_options
def progress_command(
    table: str | None,
    sheet: str | None,
    of_unit: str | None,
    scope: str | None,
    source: tuple[str, ...],
    year: int | None,
    as_of: str | None,
    thresholds: str | None,
    output: str | None,
    project_list: str | None,
    map_path: str | None,
    indicator: str | None,
    level: str | None,
    look: MapLook,
    pack: str,
    boundaries: str | None,
    boundaries_datum: str | None,
    *,
    judged_only: bool,
    all_sources: bool,
    projects: bool,
    tasks: bool,
) -> None:
    """Judge the targets by reported values, or projects and tasks by what is planned for them."""
    import pandas as pd

    from regionkit.analysis.judged import headline, judged_table
    from regionkit.analysis.progress import progress
    from regionkit.analysis.states import read_thresholds
    from regionkit.analysis.worklist import is_worklist

    check_output(output, _ENDINGS)
    check_map_output(map_path)
    is_draft = output is not None and output.lower().endswith(".docx")
    if table is None and (sheet is not None or of_unit is not None):
        raise click.UsageError(say("--sheet and --of are said of a TABLE. Give one."))
    if map_path is None and (indicator is not None or level is not None):
        raise click.UsageError(say("--indicator and --level are of a map. Add --map FILE."))
    if project_list is not None and not is_draft:
        raise click.UsageError(
            say("--project-list is for a .docx. Give the list as TABLE, or add -o FILE.docx.")
        )
    is_list = table is not None and is_worklist(table, sheet=sheet)
    limits = read_thresholds(thresholds)
    if projects or tasks or is_list:
        of_targets = {
            "--scope": scope,
            "--source": source or None,
            "--of": of_unit,
            "--year": year,
            "--map": map_path,
        }
        given = [name for name, value in of_targets.items() if value is not None]
        if given or is_draft:
            given += [f"-o {output}"] if is_draft else []
            raise click.UsageError(
                say("{options}: of targets, and projects are judged. Leave it out.", options=given)
            )
        if table is not None:
            works, states = judge_list(table, sheet, limits, as_of)
        else:
            ln = load_region(pack, boundaries, boundaries_datum)
            if tell_if_lacking(ln, "tasks" if tasks else "projects"):
                return
            works, states = judge_pack(ln, limits, as_of, tasks=tasks)
        show_works(works, states, limits, output, judged_only=judged_only)
        return
    ln = load_region(pack, boundaries, boundaries_datum)
    targets = ln.targets
    if source:
        targets = targets[targets["source_id"].isin([ln.resolve_source(one) for one in source])]
    elif is_draft and not all_sources:
        targets = _of_current_plan(ln, targets)
    own = None if table is None else _own_values(ln, table, sheet, of_unit)
    if own is not None:
        ln = own.added_to(ln)
        # The table's own targets first: they are what its bureau asks about.
        targets = pd.concat([ln.targets.loc[own.targets.index], targets])
    if scope is not None:
        targets = targets[targets["scope_id"] == find_scope(ln, scope)]
    if targets.empty:
        if not tell_if_lacking(ln, "targets"):
            tell(msg("No target meets every condition."), err=True)
        return
    actuals = ln.statistics if own is None else own.actuals
    taken: tuple[Words, ...] = ()
    if own is not None:
        targets, taken = _with_baselines(ln, targets, own)
        taken = (*taken, *_contradictions(ln, own))
        for words in taken:
            tell(words, err=True)
    when = int(as_of[:4]) if as_of else dt.datetime.now(tz=dt.UTC).year
    judged = progress(targets, actuals, thresholds=limits, year=year, as_of=when)
    told = headline(judged)
    if map_path is not None:
        _draw_states(ln, judged, map_path, indicator, level, limits.name, look)
    if output is not None and is_draft:
        from regionkit.briefing.evaluation import Evaluation, write_evaluation

        unknown = () if own is None else own.unjudged_names
        label = "" if table is None else Path(table).name
        listed = None
        if project_list is not None:
            listed = judge_list(project_list, None, limits, as_of)
        bodies = None if own is None else own.bodies
        made = Evaluation(
            judged, when, label, limits.name, unknown, listed, notes=taken, bodies=bodies
        )
        tell(write_evaluation(ln, made, output, lang=current_language()))
        tell(told, err=True)
        return
    named = say("Limits between the states: {name}.", name=limits.name)
    if judged_only:
        judged = judged[~judged["state"].isin(["no actual", "undecided"])]
    notes = {say("Summary"): told, say("Limits"): named}
    if (len(judged) and map_path is None) or output is not None:
        show_table(judged_table(ln, judged), output, notes=notes)
    tell(told, err=output is not None)
    tell(named, err=output is not None)


def _of_current_plan(ln: Region, targets: pd.DataFrame) -> pd.DataFrame:
    """Return the targets of the plan in force, all where it sets none of them, and say so."""
    plan = ln.current_plan
    mine = targets[targets["source_id"] == plan]
    if plan is None or mine.empty or len(mine) == len(targets):
        return targets
    tell(
        msg(
            "Targets of the plan in force, {plan}: {n} of {all}. For others give --source or "
            "--all-sources.",
            plan=ln.cite(plan),
            n=len(mine),
            all=len(targets),
        ),
        err=True,
    )
    return mine


def _draw_states(
    ln: Region,
    judged: pd.DataFrame,
    path: str,
    indicator: str | None,
    level: str | None,
    limits: str,
    look: MapLook,
) -> None:
    """Draw the map of the states of one indicator, and say which where it was not chosen."""
    from regionkit.analysis.monitoring import find_indicators
    from regionkit.maps.themes.state_map import state_layer, widest_indicator

    chosen = judged
    if indicator is not None:
        found, nearest = find_indicators(ln.indicators, indicator)
        if len(found) != 1:
            raise UnknownPlaceError(
                msg("{name!r} is no indicator.", name=indicator)
                if not found
                else msg("{name!r} is the name of several: {known}.", name=indicator, known=found),
                mend=msg("Nearest: {names}.", names=nearest) if nearest else "",
            )
        chosen = judged[judged["indicator_id"] == found[0]]
    best = widest_indicator(ln, chosen, level=level, fewest=3 if indicator is None else 1)
    if best is None:
        raise InputError(
            msg("No indicator is judged for enough units to draw a map."),
            mend=msg(
                "Give a TABLE with values of cities or counties, or choose --indicator and "
                "--level among those with targets: see regionkit targets."
            ),
        )
    layer = state_layer(ln, judged, *best, limits=limits, lang=look.lang)
    tell(draw_layer(ln, layer, path, replace(look, labels=True)))


def _with_baselines(
    ln: Region, targets: pd.DataFrame, own: Monitoring
) -> tuple[pd.DataFrame, tuple[Words, ...]]:
    """Return the targets with baselines from the table where the plan has none, and what to say."""
    from regionkit.analysis.monitoring import take_baselines

    targets, taken = take_baselines(targets, own.actuals)
    names = names_of(ln).indicators
    by_year: dict[int, list[str]] = {}
    for target_id, indicator_id, year in taken:
        # Of an own target the table is where its baseline stands.
        if target_id not in own.targets.index:
            by_year.setdefault(year, []).append(str(names[indicator_id]))
    return targets, tuple(
        msg(
            "Baseline of {year} taken from the table, since the plan states none: {names}.",
            year=str(year),
            names=join(dict.fromkeys(named)),
        )
        for year, named in sorted(by_year.items())
    )


def _contradictions(ln: Region, own: Monitoring) -> list[Words]:
    from regionkit.analysis.own_aims import tell_contradictions

    return tell_contradictions(ln, own.targets)


def _own_values(ln: Region, table: str, sheet: str | None, of_unit: str | None) -> Monitoring:
    """Return the values of a monitoring table, and say which rows fit nothing."""
    from regionkit.analysis.monitoring import read_monitoring

    found = read_monitoring(table, ln, sheet=sheet, scope=of_unit)
    tell(msg("Values read from {table}: {n}.", table=found.label, n=len(found.actuals)), err=True)
    for note in found.notes:
        tell(note, err=True)
    if len(found.targets):
        tell(msg("Own targets in the table: {n}.", n=len(found.targets)), err=True)
    judged = set(found.unknown["name"]) - set(found.unjudged_names)
    for row in found.unknown.to_dict("records"):
        what = msg("Row {row}: {name!r} is no indicator.", row=row["row"], name=row["name"])
        if row["name"] in judged:
            what = msg(
                "Row {row}: {name!r} is no indicator of the catalogue, and is judged by its own "
                "target.",
                row=row["row"],
                name=row["name"],
            )
        near = msg("Nearest: {names}.", names=row["nearest"]) if row["nearest"] else ""
        tell(join(filter(None, [what, near]), "sentences"), err=True)
    names = names_of(ln).indicators
    idle = found.untargeted.drop_duplicates(["indicator_id", "scope_id"])
    if len(idle):
        told = [names[one] for one in idle["indicator_id"].drop_duplicates()]
        tell(msg("No target of that unit is set for {names}.", names=told), err=True)
    return found


@command(
    "compare",
    msg(
        """Tell what became of one plan in another, or what changed between two packs.

A and B are documents of the pack, the earlier one first, or the folders of two packs.

Examples:
  regionkit compare 三年行动方案 liaoning-15fyp
  regionkit compare liaoning-rolling-2016 liaoning-15fyp --projects
  regionkit compare 去年的数据包 今年的数据包 -o 变化.xlsx"""
    ),
)
@argument("a", msg("A"))
@argument("b", msg("B"))
@option("--projects", is_flag=True, help=msg("Compare the projects that the documents name."))
@table_output
@region_options
def compare_command(
    a: str,
    b: str,
    output: str | None,
    pack: str,
    boundaries: str | None,
    boundaries_datum: str | None,
    *,
    projects: bool,
) -> None:
    """Tell what became of one plan in another."""
    check_table_output(output)
    if Path(a).is_dir() and Path(b).is_dir():
        if projects:
            raise click.UsageError(say("--projects compares two documents, not two packs."))
        table = _packs(a, b)
    else:
        ln = load_region(pack, boundaries, boundaries_datum)
        if tell_if_lacking(ln, "sources"):
            return
        older, newer = ln.resolve_source(a), ln.resolve_source(b)
        table = _projects(ln, older, newer) if projects else _targets(ln, older, newer)
    changed = say("Change")
    counts = table[changed].value_counts()
    told = str(join([f"{word} {n}" for word, n in counts.items()], "places"))
    if len(table) or output is not None:
        show_table(table, output, notes={say("Summary"): told})
    tell(told or msg("Nothing changed."), err=output is not None)


def _targets(ln: Region, older: str, newer: str) -> pd.DataFrame:
    import pandas as pd

    from regionkit.analysis.compare import CHANGE_LABELS, COMPARE_REASONS, compare_plans
    from regionkit.analysis.summary import scope_names
    from regionkit.analysis.targets import describe_targets
    from regionkit.region.scopes import scope_parts

    targets = ln.targets
    sides = [targets[targets["source_id"] == source] for source in (older, newer)]
    for source, mine in zip((older, newer), sides, strict=True):
        if mine.empty:
            raise UnknownPlaceError(
                msg("{document} sets no target.", document=ln.cite(source)),
                mend=msg("See the documents with {line}.", line="regionkit sources"),
            )
    found = compare_plans(*sides, indicators=ln.indicators, parts=scope_parts(ln)).reset_index()
    # What both plans say comes first.
    order = ["raised", "lowered", "kept", "not comparable", "dropped", "new"]
    found = found.sort_values("change", key=lambda c: c.map(order.index), kind="stable")
    key = ["indicator_id", "scope_kind", "scope_id"]
    words = []
    for mine in sides:
        last = mine.sort_values("target_year", kind="stable").drop_duplicates(key, keep="last")
        told = describe_targets(ln, last, current_language())
        words.append(dict(zip(zip(*(last[one] for one in key), strict=True), told, strict=True)))
    keys = list(zip(*(found[one] for one in key), strict=True))
    names, scopes = names_of(ln).indicators, scope_names(ln)
    return pd.DataFrame(
        {
            say("Indicator"): found["indicator_id"].map(names),
            say("Scope"): found["scope_id"].map(scopes).fillna(found["scope_id"]),
            ln.cite(older): [words[0].get(one, "") for one in keys],
            ln.cite(newer): [words[1].get(one, "") for one in keys],
            say("Change"): [str(CHANGE_LABELS[change]) for change in found["change"]],
            say("Why not compared"): [str(COMPARE_REASONS.get(one, "")) for one in found["reason"]],
            say("Target of the same aim"): [
                _counterpart(text, names, scopes) for text in found["counterpart"]
            ],
        }
    )


def _counterpart(text: str, names: pd.Series, scopes: dict[str, str]) -> str:
    """Return the addresses of targets in words."""
    pairs = [one.split("@") for one in text.split("；") if one]
    told = [
        msg("{word}: {text}", word=scopes.get(scope, scope), text=names.get(code, code))
        for code, scope in pairs
    ]
    return str(join(told, "clauses"))


def _projects(ln: Region, older: str, newer: str) -> pd.DataFrame:
    import pandas as pd

    from regionkit.analysis.compare import PROJECT_CHANGES, compare_projects

    plain = ln.select_projects(with_geometry=False)
    found = compare_projects(plain, ln.mentions, [older], [newer])
    stages = labels_of(ln, "mentions", "stage")
    domains = labels_of(ln, "projects", "domain")
    first, second = ln.cite(older), ln.cite(newer)
    return pd.DataFrame(
        {
            say("Project"): found["name"],
            say("Domain"): found["domain"].map(domains),
            say("Change"): [str(PROJECT_CHANGES[change]) for change in found["change"]],
            say("Name in {document}", document=first): found["named_as_a"],
            say("Stage in {document}", document=first): found["stage_a"].map(stages),
            say("Name in {document}", document=second): found["named_as_b"],
            say("Stage in {document}", document=second): found["stage_b"].map(stages),
        }
    )


def _packs(a: str, b: str) -> pd.DataFrame:
    from regionkit.analysis.compare import compare_packs
    from regionkit.pack.pack import Pack

    found = compare_packs(Pack.open(a), Pack.open(b))
    words = {"added": say("added"), "removed": say("removed"), "changed": say("changed")}
    columns = {
        "table": say("Table"),
        "key": say("Row"),
        "column": say("Column"),
        "old": say("Before"),
        "new": say("After"),
        "change": say("Change"),
    }
    return found.assign(change=found["change"].map(words)).rename(columns=columns)
