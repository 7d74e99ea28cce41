"""Commands that ask: query, history, targets, profile."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click
import pandas as pd

from regionkit.cli.command import load_region, region_options
from regionkit.cli.show import show_table, write_hits
from regionkit.errors import InputError

if TYPE_CHECKING:
    import geopandas as gpd

    from regionkit.region import Region


@click.command("query")
@click.option("--zone", multiple=True, help="Zone by id or name: liaoxi, 辽西.")
@click.option("--place", multiple=True, help="City or county by name or adcode.")
@click.option("--domain", multiple=True, help="energy, 能源, transport, 交通 ...")
@click.option("--kind", multiple=True, help="nuclear, 核电, expressway, 高速公路 ...")
@click.option("--stage", multiple=True, help="under construction, 续建, new, 新建 ...")
@click.option("--source", multiple=True, help="source_id of a document that names the project.")
@click.option("--year", type=int, default=None, help="A year a document ties to the project.")
@click.option("--text", default=None, help="Part of the name or note.")
@click.option("--near", default=None, help="Place, project, or LON,LAT; with --km or --nearest.")
@click.option("--km", type=float, default=None, help="Kilometres on the ellipsoid.")
@click.option("--nearest", type=int, default=None, help="The so many nearest.")
@click.option("--within", default=None, help="Zone, city, county, or a polygon file.")
@click.option("--along", default=None, help="A line project, or a line file; with --km.")
@click.option(
    "--count-by",
    type=click.Choice(["zone", "city", "county"]),
    default=None,
    help="Count instead of listing.",
)
@click.option("--zone-matrix", "matrix", is_flag=True, help="Count by pairs of zones.")
@click.option(
    "-o",
    "--output",
    default=None,
    type=click.Path(dir_okay=False),
    help=".xlsx, .csv, .geojson, .gpkg, .kml ...",
)
@click.option(
    "--map",
    "map_path",
    default=None,
    type=click.Path(dir_okay=False),
    help="Draw the result: .html, .png or .pdf.",
)
@region_options
def query_command(
    zone: tuple[str, ...],
    place: tuple[str, ...],
    domain: tuple[str, ...],
    kind: tuple[str, ...],
    stage: tuple[str, ...],
    source: tuple[str, ...],
    year: int | None,
    text: str | None,
    near: str | None,
    km: float | None,
    nearest: int | None,
    within: str | None,
    along: str | None,
    count_by: str | None,
    matrix: bool,  # noqa: FBT001
    output: str | None,
    map_path: str | None,
    pack: str,
    boundaries: str | None,
    boundaries_datum: str | None,
) -> None:
    r"""List the projects that meet every condition given.

    \b
    regionkit query --zone 辽西 --domain energy --near 锦州港 --km 50 -o hits.xlsx
    """
    from regionkit.query import projects as project_queries

    ln = load_region(pack, boundaries, boundaries_datum)
    hits = ln.select_projects(
        zone=zone or None,
        place=place or None,
        domain=domain or None,
        kind=kind or None,
        stage=stage or None,
        source=source or None,
        year=year,
        text=text,
    )
    unplaced = 0
    if near is not None:
        if km is None and nearest is None:
            raise click.UsageError("--near needs --km or --nearest.")
        hits = project_queries.projects_near(hits, _origin(ln, near), km=km, k=nearest)
        unplaced = hits.attrs["n_unplaced"]
    if within is not None:
        area = _geometry_file(within)
        if area is None:
            inside = ln.projects_within(within)
            hits = hits[hits.index.isin(inside.index)]
        else:
            hits = project_queries.projects_within(hits, area)
    if along is not None:
        if km is None:
            raise click.UsageError("--along needs --km.")
        line = _geometry_file(along)
        course = line if line is not None else ln.locate_name(along)
        hits = project_queries.projects_along(hits, course, km=km)
        unplaced = hits.attrs["n_unplaced"]
    if matrix:
        table = project_queries.zone_matrix(hits, ln.zones)
        named = table.rename(index=ln.zones["short_name"], columns=ln.zones["short_name"])
        show_table(named.reset_index(names="分区"))
        click.echo(
            f"{table.attrs['n_projects']} 个不同项目；跨区或位于重叠地区的，在各区分别计数。"
        )
        return
    if count_by is not None:
        _show_counts(ln, hits, count_by)
        return
    table = project_table(ln, hits)
    if hits.empty:
        unwritten = "，未写文件" if output or map_path else ""
        click.echo(f"没有项目符合全部条件{unwritten}。", err=True)
        return
    if output is not None:
        click.echo(write_hits(_flat(ln, hits), output, ln.sources))
    if map_path is not None:
        click.echo(_draw_hits(ln, hits, map_path))
    if output is None and map_path is None:
        show_table(table)
    click.echo(
        f"{len(hits)} 项。" + (f"另有 {unplaced} 项位置未知，未参与距离判断。" if unplaced else ""),
        err=True,
    )


def _origin(ln: Region, near: str) -> Any:
    import shapely

    parts = near.split(",")
    try:
        lon, lat = (float(part) for part in parts)
    except ValueError:
        return ln.locate_name(near)
    return shapely.Point(lon, lat)


def _geometry_file(name: str) -> Any:
    """Return the union of a file's geometries in EPSG:4326, None where it is no file."""
    from pathlib import Path

    if not Path(name).is_file():
        return None
    import geopandas as gpd

    layer = gpd.read_file(name)
    if layer.crs is None:
        raise InputError(
            f"{name} names no coordinate reference system. Set it, for example with "
            "GeoDataFrame.set_crs."
        )
    return layer.to_crs(4326).union_all()


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


def _flat(ln: Region, hits: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return projects as a layer whose columns any format can hold."""
    table = project_table(ln, hits)
    table.insert(0, "编号", hits.index)
    table["定位依据"] = hits["location_basis"].map(ln.labels("projects", "location_basis"))
    table["依据"] = hits["basis"].map(ln.labels("projects", "basis"))
    table["备注"] = hits["note"]
    return hits[["geometry"]].join(table)[[*table.columns, "geometry"]]


def _show_counts(ln: Region, hits: gpd.GeoDataFrame, count_by: str) -> None:
    from regionkit.query.projects import count_projects

    units = {"zone": ln.zones, "city": ln.cities, "county": ln.counties}[count_by]
    counts = count_projects(hits, units, by="domain")
    counts = counts.rename(columns=ln.labels("projects", "domain"))
    total = count_projects(hits, units)["projects"]
    counts.insert(0, "合计", total)
    counts.insert(0, "名称", units["name"])
    show_table(counts)
    click.echo(f"{len(hits)} 个不同项目；涉及多个单位的，在各单位分别计数。")


def _draw_hits(ln: Region, hits: gpd.GeoDataFrame, path: str) -> str:
    if path.lower().endswith(".html"):
        from regionkit.maps.webmap import webmap

        return str(webmap(ln, projects=hits, title=f"{ln.name}：{len(hits)} 个项目").save(path))
    from regionkit.maps.draw import map_crs
    from regionkit.maps.layout import LegendItem, Sheet
    from regionkit.maps.static import draw_map, project_items, zone_items
    from regionkit.maps.theme import drawing, get_theme

    theme = get_theme("print")
    cities = ln.cities.set_geometry(ln.simplified("city"))
    zones = ln.zones.set_geometry(ln.simplified("zone"))
    cities["short"] = cities["name"].str.removesuffix("市")
    with drawing(theme):
        sheet = Sheet(
            title=f"{len(hits)} 个项目",
            theme=theme,
            source="；".join(ln.sources.loc[sorted(set(hits["source_id"])), "short_title"]),
        )
        crs = map_crs(cities)
        draw_map(
            sheet.axes[0],
            None,
            crs=crs,
            theme=theme,
            extent=cities,
            land=cities.geometry,
            zones=zones,
            projects=hits,
            names=cities,
            name_column="short",
        )
        labels = {c: ln.labels("projects", c) for c in ("kind", "domain", "stage")}
        sheet.add_legend(
            [*project_items(hits, labels), LegendItem("分区", "heading"), *zone_items(zones)]
        )
        return str(sheet.finish(crs).save(path))


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
