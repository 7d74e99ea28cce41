"""The command that asks which projects lie where."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click
import pandas as pd

from regionkit.cli.command import load_region, region_options
from regionkit.cli.questions import project_table
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
    "--sum-by",
    type=click.Choice(["zone", "city", "county"]),
    default=None,
    help="Add up stated capacities, like with like.",
)
@click.option(
    "--without",
    type=click.Choice(["city", "county"]),
    default=None,
    help="List the units that none of these projects touches.",
)
@click.option(
    "--pairs", type=float, default=None, metavar="KM", help="List pairs that lie so near."
)
@click.option(
    "-o",
    "--output",
    default=None,
    type=click.Path(dir_okay=False),
    help=".xlsx, .csv, .geojson, .gpkg, .kml, .kmz ...",
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
    sum_by: str | None,
    without: str | None,
    pairs: float | None,
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
        hits = project_queries.projects_within(hits, ln.area_of(within) if area is None else area)
    if along is not None:
        if km is None:
            raise click.UsageError("--along needs --km.")
        line = _geometry_file(along)
        near_line = ln.projects_along(along if line is None else line, km=km)
        unplaced = near_line.attrs["n_unplaced"]
        hits = near_line[near_line.index.isin(hits.index)]
    if _show_summary(
        ln, hits, matrix=matrix, count_by=count_by, sum_by=sum_by, without=without, pairs=pairs
    ):
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

    from regionkit.places.kml import KML_ENDINGS, read_kml_layer

    path = Path(name)
    is_kml = path.suffix.lower() in KML_ENDINGS
    layer = read_kml_layer(path) if is_kml else gpd.read_file(path)
    if layer.crs is None:
        raise InputError(
            f"{name} names no coordinate reference system. Set it, for example with "
            "GeoDataFrame.set_crs."
        )
    return layer.to_crs(4326).union_all()


def _flat(ln: Region, hits: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return projects as a layer whose columns any format can hold."""
    table = project_table(ln, hits)
    table.insert(0, "编号", hits.index)
    table["定位依据"] = hits["location_basis"].map(ln.labels("projects", "location_basis"))
    table["依据"] = hits["basis"].map(ln.labels("projects", "basis"))
    table["备注"] = hits["note"]
    return hits[["geometry"]].join(table)[[*table.columns, "geometry"]]


def _show_summary(
    ln: Region,
    hits: gpd.GeoDataFrame,
    *,
    matrix: bool,
    count_by: str | None,
    sum_by: str | None,
    without: str | None,
    pairs: float | None,
) -> bool:
    """Print the summary that was asked for; return whether one was."""
    from regionkit.query import summaries

    levels = {"zone": ln.zones, "city": ln.cities, "county": ln.counties}
    if matrix:
        table = summaries.zone_matrix(hits, ln.zones)
        short = ln.zones["short_name"]
        show_table(table.rename(index=short, columns=short).reset_index(names="分区"))
        total = table.attrs["n_projects"]
        click.echo(f"{total} 个不同项目；跨区或位于重叠地区的，在各区分别计数。")
    elif count_by is not None:
        units = levels[count_by]
        counts = summaries.count_projects(hits, units, by="domain")
        counts = counts.rename(columns=ln.labels("projects", "domain"))
        counts.insert(0, "合计", summaries.count_projects(hits, units)["projects"])
        counts.insert(0, "名称", units["name"])
        show_table(counts)
        click.echo(f"{len(hits)} 个不同项目；涉及多个单位的，在各单位分别计数。")
    elif sum_by is not None:
        units = levels[sum_by]
        sums = summaries.sum_capacity(hits, units)
        sums["unit_id"] = sums["unit_id"].map(units["name"])
        sums["kind"] = sums["kind"].map(ln.labels("projects", "kind"))
        sums.columns = pd.Index(["名称", "类型", "单位", "规模合计", "项目数", "未载明规模"])
        show_table(sums)
        click.echo("只加总文件载明的规模，电压和等级不加总；涉及多个单位的项目在各单位全额计入。")
    elif without is not None:
        lacking = summaries.units_without(hits, levels[without])
        show_table(
            pd.DataFrame(
                {
                    "名称": lacking["name"],
                    "所在市": lacking["city"] if "city" in lacking else lacking["name"],
                    "把握": [
                        "确定" if sure else "所在市有、县未载明" for sure in lacking["is_certain"]
                    ],
                }
            )
        )
        click.echo(f"{len(lacking)} 个单位没有这 {len(hits)} 个项目中的任何一个。")
    elif pairs is not None:
        near = summaries.pairs_within(hits, km=pairs)
        show_table(
            pd.DataFrame(
                {
                    "项目": near["project_id"].map(hits["name"]),
                    "另一项目": near["other_id"].map(hits["name"]),
                    "距离（km）": near["distance_km"].round(1),
                }
            )
        )
    else:
        return False
    return True


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
