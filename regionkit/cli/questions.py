"""Commands that list facts: history, targets, sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from regionkit.cli.command import load_region, region_options
from regionkit.cli.labels import labels_of
from regionkit.cli.nouns import find_noun
from regionkit.cli.options import YEAR, source_options, table_output
from regionkit.cli.show import add_codes, check_table_output, show_table
from regionkit.cli.spoken import argument, command, option
from regionkit.cli.terminal import tell
from regionkit.words.message import join, msg, say

if TYPE_CHECKING:
    import pandas as pd

    from regionkit.region import Region

__all__ = ["find_scope", "history_command", "sources_command", "targets_command"]

# What targets are set for, in the order in which a word is looked for.
_SCOPES = ("cluster", "unit", "place", "zone")


@command(
    "history",
    msg(
        """Tell what each document says of a project, by the year it speaks of.

PROJECT is an id, a name, or a part of a name that one project has.

Examples:
  regionkit history 桃仙机场第二跑道
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
@source_options
@table_output
@region_options
def history_command(
    project: str | None,
    stalled: int | None,
    source: tuple[str, ...],
    output: str | None,
    pack: str,
    boundaries: str | None,
    boundaries_datum: str | None,
) -> None:
    """Tell what each document says of a project, or which projects stand still."""
    if (project is None) == (stalled is None):
        raise click.UsageError(say("Name a project, or give --stalled YEARS: one of the two."))
    if stalled is not None and source:
        raise click.UsageError(
            say("--source is said of one PROJECT; --stalled compares all documents.")
        )
    check_table_output(output)
    ln = load_region(pack, boundaries, boundaries_datum)
    table = _stalled(ln, stalled) if stalled is not None else _history(ln, str(project), source)
    if table.empty and source:
        unwritten = msg("No file was written.") if output else ""
        said = filter(None, [msg("These documents do not name the project."), unwritten])
        tell(join(said, "sentences"), err=True)
        return
    title = say("Projects that stand still") if stalled is not None else str(project)
    show_table(table, output, title=title, sources=ln.sources)


def _history(ln: Region, project: str, source: tuple[str, ...]) -> pd.DataFrame:
    rows = ln.project_history(project)
    if source:
        asked = [ln.resolve_source(word) for word in source]
        rows = rows[rows["source"].isin(ln.sources.loc[asked, "short_title"])].copy()
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
    return add_codes(rows[list(columns)].rename(columns=columns), {say("Stage"): stages})


def _stalled(ln: Region, min_years: int) -> pd.DataFrame:
    stages = labels_of(ln, "mentions", "stage")
    table = ln.stalled_projects(min_years=min_years)
    return table.assign(
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


@command(
    "targets",
    msg(
        """List the planned targets with baselines and sources.

Examples:
  regionkit targets --scope 辽西
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
@table_output
@region_options
def targets_command(
    scope: str | None,
    source: tuple[str, ...],
    year: int | None,
    text: str | None,
    theme: str | None,
    output: str | None,
    pack: str,
    boundaries: str | None,
    boundaries_datum: str | None,
) -> None:
    """List the planned targets with baselines and sources."""
    from regionkit.analysis.summary import target_table

    check_table_output(output)
    ln = load_region(pack, boundaries, boundaries_datum)
    rows = ln.targets
    if scope is not None:
        rows = rows[rows["scope_id"] == find_scope(ln, scope)]
    if source:
        rows = rows[rows["source_id"].isin([ln.resolve_source(word) for word in source])]
    if year is not None:
        rows = rows[(rows["target_year"] == year).fillna(value=False).astype(bool)]
    if text is not None:
        names = rows["indicator_id"].map(ln.indicators["name"]).astype(str)
        rows = rows[names.str.contains(text, regex=False)]
    if theme is not None:
        themes = rows["indicator_id"].map(ln.indicators["theme"])
        rows = rows[themes == ln.resolve_word("indicators", "theme", theme)]
    if rows.empty:
        unwritten = msg("No file was written.") if output else ""
        said = filter(None, [msg("No target meets every condition."), unwritten])
        tell(join(said, "sentences"), err=True)
        return
    table = target_table(ln, rows)
    codes = {
        say("Indicator"): rows["indicator_id"],
        say("Scope"): rows["scope_id"],
        say("Source"): rows["source_id"],
        say("Id"): rows.index if rows.index.name else rows["target_id"],
    }
    cited = ln.sources.loc[ln.sources.index.isin(rows["source_id"])]
    show_table(
        add_codes(table, codes),
        output,
        title=say("Targets of {region}", region=ln.name),
        notes={say("Conditions"): _told(scope, source, year, text) or say("all targets")},
        sources=cited,
    )


def _told(scope: str | None, source: tuple[str, ...], year: int | None, text: str | None) -> str:
    """Return the conditions on targets in words."""
    said = [scope, *source, None if year is None else msg("year {year}", year=year)]
    named = [msg("name with {text!r}", text=text)] if text else []
    return str(join([*filter(None, said), *named], "places"))


def find_scope(ln: Region, scope: str) -> str:
    """Return the id of what targets are set for."""
    return find_noun(ln, scope, _SCOPES).id


@command(
    "sources",
    msg("List the documents and data the facts come from, with the ids that --source takes."),
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
