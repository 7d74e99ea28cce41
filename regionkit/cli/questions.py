"""Commands that list facts: history, targets, sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from regionkit.cli.command import load_region, region_options
from regionkit.cli.options import YEAR, table_output
from regionkit.cli.show import check_table_output, show_table
from regionkit.errors import UnknownPlaceError

if TYPE_CHECKING:
    import pandas as pd

    from regionkit.region import Region

# The words of a document for the whole of its region.
_WHOLE = ("全省", "省", "全区")


@click.command("history")
@click.argument("project", required=False)
@click.option(
    "--stalled",
    type=click.IntRange(min=0),
    default=None,
    metavar="YEARS",
    help="Instead: projects named again after so many years and not yet under way.",
)
@table_output
@region_options
def history_command(
    project: str | None,
    stalled: int | None,
    output: str | None,
    pack: str,
    boundaries: str | None,
    boundaries_datum: str | None,
) -> None:
    """Tell what each document says of a PROJECT, by the year it speaks of.

    PROJECT is an id, a name, or a part of a name that one project has.
    """
    if (project is None) == (stalled is None):
        raise click.UsageError("Name a project, or give --stalled YEARS: one of the two.")
    check_table_output(output)
    ln = load_region(pack, boundaries, boundaries_datum)
    table = _stalled(ln, stalled) if stalled is not None else _history(ln, str(project))
    show_table(table, output)


def _history(ln: Region, project: str) -> pd.DataFrame:
    rows = ln.project_history(project)
    rows["stage"] = rows["stage"].map(ln.labels("mentions", "stage"))
    rows["match"] = rows["match"].map(ln.labels("mentions", "match"))
    rows["issued_on"] = rows["issued_on"].fillna(rows["not_before"] + "以后")
    columns = {
        "year": "年份",
        "source": "文件",
        "issued_on": "发布",
        "locator": "出处",
        "named_as": "原文名称",
        "stage": "阶段",
        "stage_as_stated": "原文用词",
        "match": "匹配",
        "note": "备注",
    }
    return rows[list(columns)].rename(columns=columns)


def _stalled(ln: Region, min_years: int) -> pd.DataFrame:
    stages = ln.labels("mentions", "stage")
    table = ln.stalled_projects(min_years=min_years)
    return table.assign(
        first_stage=table["first_stage"].map(stages), last_stage=table["last_stage"].map(stages)
    ).rename(
        columns={
            "name": "项目",
            "first_year": "最早年份",
            "first_stage": "当时阶段",
            "last_year": "最近年份",
            "last_stage": "最近阶段",
            "years": "相隔年数",
        }
    )


@click.command("targets")
@click.option(
    "--scope", default=None, help="全省, or a zone, city, county, port, area or cluster by name."
)
@click.option("--source", default=None, help="A document by id or title: see regionkit sources.")
@click.option("--year", type=YEAR, default=None, help="Target year.")
@click.option("--text", default=None, help="Part of the indicator's name.")
@click.option("--theme", default=None, help="Theme of the indicator: 经济发展, 绿色低碳 ...")
@table_output
@region_options
def targets_command(
    scope: str | None,
    source: str | None,
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
        rows = rows[rows["scope_id"] == _scope_id(ln, scope)]
    if source is not None:
        rows = rows[rows["source_id"] == ln.resolve_source(source)]
    if year is not None:
        rows = rows[(rows["target_year"] == year).fillna(value=False).astype(bool)]
    if text is not None:
        names = rows["indicator_id"].map(ln.indicators["name"]).astype(str)
        rows = rows[names.str.contains(text, regex=False)]
    if theme is not None:
        themes = rows["indicator_id"].map(ln.indicators["theme"])
        rows = rows[themes == ln.resolve_word("indicators", "theme", theme)]
    if rows.empty:
        unwritten = "，未写文件" if output else ""
        click.echo(f"没有目标符合全部条件{unwritten}。", err=True)
        return
    show_table(target_table(ln, rows), output)


def _scope_id(ln: Region, scope: str) -> str:
    """Return the id of what targets are set for."""
    from regionkit.cli.conditions import tell_zone

    clusters = ln.clusters["name"]
    if (clusters == scope).any():
        return str(clusters.index[clusters == scope][0])
    if scope in _WHOLE:
        return ln.adcode
    try:
        place = ln.resolve(scope)
    except UnknownPlaceError as error:
        try:
            zone_id = ln.resolve_zone(scope)
        except UnknownPlaceError:
            raise error from None
        tell_zone(ln, scope)
        return zone_id
    return place.place_id or place.adcode


@click.command("sources")
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
            "编号": sources.index,
            "简称": sources["short_title"],
            "全称": sources["title"],
            "发布机构": sources["issuer"],
            "发布日期": sources["issued_on"],
            "提到的项目": n_projects.reindex(sources.index).fillna(0).astype(int),
        }
    )
    show_table(table, output)
