"""Commands that list facts: history, targets, sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from regionkit.cli.answer import Answer, Outputs, answer_options, give, tell_if_lacking
from regionkit.cli.command import load_region, region_options
from regionkit.cli.conditions import Hits
from regionkit.cli.labels import labels_of
from regionkit.cli.nouns import find_noun
from regionkit.cli.options import YEAR, source_options, table_output
from regionkit.cli.show import add_codes, check_table_output, show_table
from regionkit.cli.spoken import argument, command, option
from regionkit.words.message import join, msg, say

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from regionkit.region import Region
    from regionkit.words.message import Words

__all__ = ["find_scope", "history_command", "sources_command", "targets_command"]

# What targets are set for, in the order in which a word is looked for.
_SCOPES = ("cluster", "unit", "place", "zone")


@command(
    "history",
    msg(
        """Tell what each document says of a project, by the year it speaks of.

PROJECT is an id, a name as people type it, or a part of a name that one project has.

Examples:
  regionkit history 徐大堡核电1-4号机组
  regionkit history --open-since 2016 --map 未建成.html
  regionkit history --dropped-after 2016 -o 不再提及.xlsx
  regionkit history --stalled 5"""
    ),
)
@argument("project", msg("PROJECT"), required=False)
@option(
    "--stalled",
    type=click.IntRange(min=0),
    default=None,
    metavar=msg("YEARS"),
    help=msg("Instead: projects named again after so many years and not yet under way."),
)
@option(
    "--open-since",
    type=YEAR,
    default=None,
    help=msg("Instead: projects named in that year or before, named since, and not yet built."),
)
@option(
    "--dropped-after",
    type=YEAR,
    default=None,
    help=msg("Instead: projects named in that year or before, and in no document since."),
)
@source_options
@answer_options("history")
@region_options
def history_command(
    project: str | None,
    stalled: int | None,
    open_since: int | None,
    dropped_after: int | None,
    source: tuple[str, ...],
    out: Outputs,
    pack: str,
    boundaries: str | None,
    boundaries_datum: str | None,
) -> None:
    """Tell what each document says of a project, or which projects stand still."""
    asked = (project, stalled, open_since, dropped_after)
    if sum(one is not None for one in asked) != 1:
        raise click.UsageError(
            say(
                "Name a project, or give --stalled YEARS, --open-since YEAR or --dropped-after "
                "YEAR: one of them."
            )
        )
    if project is None and source:
        raise click.UsageError(say("--source is said of one PROJECT; this compares all documents."))
    ln = load_region(pack, boundaries, boundaries_datum)
    if tell_if_lacking(ln, "projects"):
        return
    if stalled is not None:
        answer = _stalled(ln, stalled)
    elif open_since is not None:
        answer = _standing(ln, open_since, is_open=True)
    elif dropped_after is not None:
        answer = _standing(ln, dropped_after, is_open=False)
    else:
        answer = _one_history(ln, str(project), source)
    give(ln, answer, out)


def _hits(ln: Region, ids: pd.Index, title: str) -> Callable[[], Hits]:
    """Return what makes the map and the briefing of some projects."""

    def hits() -> Hits:
        projects = ln.projects
        return Hits(projects[projects.index.isin(ids)], title)

    return hits


def _one_history(ln: Region, project: str, source: tuple[str, ...]) -> Answer:
    import pandas as pd

    noun = find_noun(ln, project, ["project"])
    table, ids = _history(ln, noun.id, source)
    return Answer(
        table,
        noun.name,
        (),
        ids,
        none=msg("These documents do not name the project."),
        hits=_hits(ln, pd.Index([noun.id]), noun.name),
    )


def _standing(ln: Region, year: int, *, is_open: bool) -> Answer:
    """Return the projects that are open since a year, or dropped after it."""
    from regionkit.analysis.standstill import dropped_after, open_since

    found = open_since(ln, year) if is_open else dropped_after(ln, year)
    titles = ln.sources["short_title"]
    stages = labels_of(ln, "projects", "stage")
    table = found.assign(
        first_source_id=found["first_source_id"].map(titles),
        first_stage=found["first_stage"].map(stages),
        last_source_id=found["last_source_id"].map(titles),
        stage=found["stage"].map(stages).fillna(say("not told")),
    )
    columns = {
        "name": say("Project"),
        "first_year": say("First year"),
        "first_source_id": say("First document"),
        "first_stage": say("Stage then"),
        "last_year": say("Last year"),
        "last_source_id": say("Last document"),
        "stage": say("Stage"),
    }
    title = (
        say("Named in {year} or before and not yet built", year=year)
        if is_open
        else say("Named in {year} or before and no more since", year=year)
    )
    told: list[Words] = [msg("Projects: {n}.", n=len(found)), found.attrs["rule"]]
    n_untold = int((~found["is_stated"]).sum())
    if n_untold:
        told.insert(1, msg("Without a stage in the newest document: {n}.", n=n_untold))
    return Answer(
        add_codes(table[list(columns)].rename(columns=columns), {say("Id"): found.index}),
        title,
        told,
        [*found["first_source_id"], *found["last_source_id"]],
        none=msg("No project meets every condition."),
        of="projects",
        hits=_hits(ln, found.index, title),
    )


def _history(ln: Region, project: str, source: tuple[str, ...]) -> tuple[pd.DataFrame, list[str]]:
    """Return the history of a project in words, and the documents it is from."""
    rows = ln.project_history(project)
    if source:
        asked = [ln.resolve_source(word) for word in source]
        rows = rows[rows["source"].isin(ln.sources.loc[asked, "short_title"])].copy()
    ids = ln.sources.index[ln.sources["short_title"].isin(rows["source"])].tolist()
    stages = rows["stage"]
    rows["stage"] = stages.map(labels_of(ln, "mentions", "stage"))
    rows["match"] = rows["match"].map(labels_of(ln, "mentions", "match"))
    bounds = rows["not_before"].map(lambda date: say("{date} or later", date=date), "ignore")
    rows["issued_on"] = rows["issued_on"].fillna(bounds)
    columns = {
        "year": say("Year"),
        "source": say("Document"),
        "issued_on": say("Issued"),
        "locator": say("Place in it"),
        "named_as": say("Named as"),
        "stage": say("Stage"),
        "stage_as_stated": say("In its words"),
        "match": say("Match"),
        "note": say("Note"),
    }
    table = add_codes(rows[list(columns)].rename(columns=columns), {say("Stage"): stages})
    return table, ids


def _stalled(ln: Region, min_years: int) -> Answer:
    stages = labels_of(ln, "mentions", "stage")
    table = ln.stalled_projects(min_years=min_years)
    told: list[Words] = [
        msg("Projects: {n}.", n=len(table)),
        msg(
            "A project stands still if documents {n} years apart or more tell its stage, the last "
            "is no further than the first, and it is not under way ({stage}) yet. A mention counts "
            "in the year that it speaks of, else in its document's.",
            n=min_years,
            stage=labels_of(ln, "projects", "stage")["advancing"],
        ),
        msg(
            "Of {n_apart} projects that are named so many years apart, {n_unstated} have no stage "
            "at both ends, {n_under_way} are under way or completed, and {n_further} are further "
            "than they were.",
            n_apart=table.attrs["n_apart"],
            n_unstated=table.attrs["n_unstated"],
            n_under_way=table.attrs["n_under_way"],
            n_further=table.attrs["n_further"],
        ),
    ]
    shown = table.assign(
        first_stage=table["first_stage"].map(stages), last_stage=table["last_stage"].map(stages)
    ).rename(
        columns={
            "name": say("Project"),
            "first_year": say("First year"),
            "first_stage": say("Stage then"),
            "last_year": say("Last year"),
            "last_stage": say("Stage at last"),
            "years": say("Years between"),
        }
    )
    mentions = ln.mentions
    cited = mentions.loc[mentions["project_id"].isin(table.index), "source_id"]
    title = say("Projects that stand still")
    return Answer(
        add_codes(shown, {say("Id"): table.index}),
        title,
        told,
        list(cited),
        none=msg("No project meets every condition."),
        of="projects",
        hits=_hits(ln, table.index, title),
    )


@command(
    "targets",
    msg(
        """List the planned targets with baselines and sources, in the plan's own order.

Examples:
  regionkit targets --scope 辽西
  regionkit targets --nature 约束性 --box 专栏1
  regionkit targets --year 2030 --text 城镇化 -o targets.xlsx"""
    ),
)
@option(
    "--scope",
    default=None,
    help=msg("The whole, or a zone, city, county, port, area or cluster by name."),
)
@source_options
@option("--year", type=YEAR, default=None, help=msg("Target year."))
@option("--text", default=None, help=msg("Part of the indicator's name."))
@option("--theme", default=None, help=msg("Theme of the indicator: 经济发展, 绿色低碳 ..."))
@option("--nature", default=None, help=msg("约束性 (binding) or 预期性 (expected)."))
@option("--box", default=None, help=msg("Box or section of the document: 专栏1, 第九章."))
@answer_options("targets")
@region_options
def targets_command(
    scope: str | None,
    source: tuple[str, ...],
    year: int | None,
    text: str | None,
    theme: str | None,
    nature: str | None,
    box: str | None,
    out: Outputs,
    pack: str,
    boundaries: str | None,
    boundaries_datum: str | None,
) -> None:
    """List the planned targets with baselines and sources."""
    from regionkit.analysis.summary import target_table
    from regionkit.analysis.target_order import choose_targets

    ln = load_region(pack, boundaries, boundaries_datum)
    noun = None if scope is None else find_noun(ln, scope, _SCOPES)
    rows = choose_targets(
        ln,
        scope_id=None if noun is None else noun.id,
        source=[ln.resolve_source(word) for word in source] or None,
        year=year,
        text=text,
        theme=theme,
        nature=nature,
        box=box,
    )
    codes = {
        say("Indicator"): rows["indicator_id"],
        say("Scope"): rows["scope_id"],
        say("Source"): rows["source_id"],
        say("Id"): rows.index,
    }
    asked = [scope, *source, None if year is None else say("year {year}", year=year), theme, nature,
             box]  # fmt: skip
    named = [say("name with {text!r}", text=text)] if text else []
    conditions = str(join([*filter(None, asked), *named], "places"))
    told = [msg("Targets: {n}; as the documents have them, in the order of their boxes.",
                n=len(rows))]  # fmt: skip
    answer = Answer(
        add_codes(target_table(ln, rows), codes),
        say("Targets of {region}: {conditions}", region=ln.name,
            conditions=conditions or say("all targets")),
        told,
        list(rows["source_id"]),
        none=msg("No target meets every condition."),
        of="targets",
        subject=noun.id if noun is not None and noun.kind in {"unit", "zone"} else "",
    )  # fmt: skip
    give(ln, answer, out)


def find_scope(ln: Region, scope: str) -> str:
    """Return the id of what targets are set for."""
    return find_noun(ln, scope, _SCOPES).id


@command(
    "sources",
    msg(
        """List the documents and data the facts come from, with the ids that --source takes.

Examples:
  regionkit sources
  regionkit sources -o sources.xlsx
  regionkit sources --pack my-pack --plain"""
    ),
)
@table_output
@region_options
def sources_command(
    output: str | None, pack: str, boundaries: str | None, boundaries_datum: str | None
) -> None:
    """List the documents and data the facts come from, with the ids that --source takes."""
    import pandas as pd

    check_table_output(output)
    ln = load_region(pack, boundaries, boundaries_datum)
    sources = ln.sources
    if tell_if_lacking(ln, "sources"):
        return
    n_projects = ln.mentions.groupby("source_id")["project_id"].nunique()
    table = pd.DataFrame(
        {
            say("Id"): sources.index,
            say("Short title"): sources["short_title"],
            say("Title"): sources["title"],
            say("Issuer"): sources["issuer"],
            say("Issued on"): sources["issued_on"],
            say("Projects named"): n_projects.reindex(sources.index).fillna(0).astype(int),
        }
    )
    show_table(table, output)
