"""Commands that ask: query, history, targets, profile."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
import pandas as pd

from regionkit.cli.command import load_region, region_options
from regionkit.cli.show import show_table

if TYPE_CHECKING:
    import geopandas as gpd

    from regionkit.region import Region


def project_table(ln: Region, hits: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return projects as a table of words with their provenance."""
    labels = {c: ln.labels("projects", c) for c in ("domain", "kind", "stage")}
    units = ln.units["name"]
    table = pd.DataFrame(
        {
            "项目": hits["name"],
            "领域": hits["domain"].map(labels["domain"]),
            "类型": hits["kind"].map(labels["kind"]),
            "阶段": hits["stage"].map(labels["stage"]),
            "地区": hits["adcodes"].map(lambda codes: "、".join(units.reindex(list(codes)))),
            "出处": [
                ln.cite(s, loc) for s, loc in zip(hits["source_id"], hits["locator"], strict=True)
            ],
        }
    )
    if "distance_km" in hits.columns:
        table.insert(1, "距离（km）", hits["distance_km"].round(1))
    return table


@click.command("history")
@click.argument("project", required=False)
@click.option(
    "--stalled",
    type=int,
    default=None,
    metavar="YEARS",
    help="Instead: projects named again after so many years and not yet under way.",
)
@region_options
def history_command(
    project: str | None,
    stalled: int | None,
    pack: str,
    boundaries: str | None,
    boundaries_datum: str | None,
) -> None:
    """Tell what each document says of a PROJECT, oldest first."""
    ln = load_region(pack, boundaries, boundaries_datum)
    if stalled is not None:
        stages = ln.labels("mentions", "stage")
        table = ln.stalled_projects(min_years=stalled)
        table = table.assign(
            first_stage=table["first_stage"].map(stages), last_stage=table["last_stage"].map(stages)
        )
        show_table(
            table.rename(
                columns={
                    "name": "项目",
                    "first_year": "最早年份",
                    "first_stage": "当时阶段",
                    "last_year": "最近年份",
                    "last_stage": "最近阶段",
                    "years": "相隔年数",
                }
            )
        )
        return
    if project is None:
        raise click.UsageError("Name a project, or give --stalled YEARS.")
    rows = ln.project_history(project)
    rows["stage"] = rows["stage"].map(ln.labels("mentions", "stage"))
    rows["match"] = rows["match"].map(ln.labels("mentions", "match"))
    show_table(
        rows[
            ["year", "source", "locator", "named_as", "stage", "stage_as_stated", "match", "note"]
        ].rename(
            columns={
                "year": "年份",
                "source": "文件",
                "locator": "出处",
                "named_as": "原文名称",
                "stage": "阶段",
                "stage_as_stated": "原文用词",
                "match": "匹配",
                "note": "备注",
            }
        )
    )


@click.command("targets")
@click.option("--scope", default=None, help="Province, zone, city, county or cluster by name.")
@click.option("--source", default=None, help="source_id of a document.")
@click.option("--year", type=int, default=None, help="Target year.")
@click.option("--text", default=None, help="Part of the indicator's name.")
@click.option("-o", "--output", default=None, type=click.Path(dir_okay=False), help=".csv")
@region_options
def targets_command(
    scope: str | None,
    source: str | None,
    year: int | None,
    text: str | None,
    output: str | None,
    pack: str,
    boundaries: str | None,
    boundaries_datum: str | None,
) -> None:
    """List the planned targets with baselines and sources."""
    from regionkit.analysis.summary import summary_tables

    ln = load_region(pack, boundaries, boundaries_datum)
    table = summary_tables(ln)["targets"][1]
    rows = ln.targets
    keep = pd.Series(data=True, index=rows.index)
    if scope is not None:
        keep &= rows["scope_id"] == _scope_id(ln, scope)
    if source is not None:
        keep &= rows["source_id"] == source
    if year is not None:
        keep &= (rows["target_year"] == year).fillna(value=False).astype(bool)
    if text is not None:
        keep &= table["指标"].str.contains(text, regex=False)
    show_table(table[keep], output)


def _scope_id(ln: Region, scope: str) -> str:
    from regionkit.errors import RegionkitError

    clusters = ln.clusters["name"]
    if (clusters == scope).any():
        return str(clusters.index[clusters == scope][0])
    try:
        return ln.resolve(scope).adcode
    except RegionkitError as error:
        try:
            return ln.resolve_zone(scope)
        except RegionkitError:
            raise error from None


@click.command("profile")
@click.argument("place")
@region_options
def profile_command(
    place: str, pack: str, boundaries: str | None, boundaries_datum: str | None
) -> None:
    """Tell what the plan says of a PLACE: zones, positioning, industries, projects."""
    ln = load_region(pack, boundaries, boundaries_datum)
    found = ln.resolve(place)
    click.echo(f"{found.city}{found.name}（{found.adcode}）")
    zones = ln.zones["name"].reindex(list(found.zone_ids))
    click.echo(f"分区：{'、'.join(zones) or '无'}")
    for row in ln.profiles[ln.profiles["adcode"] == found.adcode].itertuples():
        click.echo(f"定位：{'；'.join(row.positioning)}  〔{ln.cite(row.source_id, row.locator)}〕")
    mine = ln.industries[ln.industries["adcode"] == found.adcode].sort_values(["role", "rank"])
    for (source_id, locator, role), rows in mine.groupby(["source_id", "locator", "role"]):
        word = ln.labels("industries", "role")[role]
        click.echo(f"{word}：{'、'.join(rows['industry'])}  〔{ln.cite(source_id, locator)}〕")
    kinds = ln.labels("changes", "kind")
    for row in ln.changes_of(found.adcode).itertuples():
        told = [row.date, f"{row.former_name}→{row.new_name}", kinds[row.kind], row.document]
        # Which townships moved, and what is in doubt, stands in the note.
        if row.kind == "boundary" or row.note.startswith("存疑"):
            told.append(row.note)
        words = "，".join(str(part) for part in told if pd.notna(part))
        click.echo(f"沿革：{words}  〔{ln.cite(row.source_id, row.locator)}〕")
    values = ln.statistics[ln.statistics["adcode"] == found.adcode]
    for row in values.itertuples():
        name = ln.indicators.loc[row.indicator_id, "name"]
        click.echo(
            f"{name}（{row.year}年）：{row.value:,.6g}{row.unit}"
            f"  〔{ln.cite(row.source_id, row.locator)}〕"
            if row.value < 1e6
            else f"{name}（{row.year}年）：{row.value:,.0f}{row.unit}"
            f"  〔{ln.cite(row.source_id, row.locator)}〕"
        )
    hits = ln.select_projects(place=found.adcode)
    if len(hits):
        show_table(project_table(ln, hits))
