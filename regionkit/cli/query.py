"""The command that asks which projects lie where."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

import click

from regionkit.cli.command import load_region, region_options
from regionkit.cli.conditions import Conditions, Hits, choose_projects
from regionkit.cli.derived import Derived, derive
from regionkit.cli.options import YEAR, WordOption, crs_option, level_choice, single
from regionkit.cli.projects import project_layer, project_table, tell_rough
from regionkit.cli.show import TABLE_ENDINGS, check_output, show_table
from regionkit.errors import RegionkitError

if TYPE_CHECKING:
    from regionkit.region import Region

# \b keeps click from joining the lines.
_HELP = """List the projects that meet every condition given.

--zone, --place, --domain, --kind, --stage and --source may be repeated: a project then meets one of
the words. --zone and --place ask where the documents record a project; --within, --near and
--along ask where it stands on the map, and leave out those whose position is unknown.

\b
Examples:
  regionkit query --zone 辽西 --domain 能源 --near 锦州港 --km 50 -o hits.xlsx
  regionkit query --place 大连市 --place 营口市 --kind 港口码头
  regionkit query --within 辽西+沈阳都市圈 --map overlap.html
  regionkit query --domain 能源 --count-by city -o counts.csv
"""


@click.command("query", help=_HELP)
@click.option("--zone", multiple=True, help="Zone by id or name: liaoxi, 辽西. May be repeated.")
@click.option("--place", multiple=True, help="City or county by name or adcode. May be repeated.")
@click.option("--domain", multiple=True, cls=WordOption, help="May be repeated. One of")
@click.option("--stage", multiple=True, cls=WordOption, help="May be repeated. One of")
@click.option("--kind", multiple=True, cls=WordOption, help="May be repeated. One of")
@click.option(
    "--source",
    multiple=True,
    help="A document that names the project, by id or title: see regionkit sources. May be "
    "repeated.",
)
@single("--year", type=YEAR, help="A year a document ties to the project.")
@single("--text", help="Part of the name or note.")
@single("--near", help="Place, project, or LON,LAT in degrees WGS-84; with --km or --nearest.")
@single("--km", type=click.FloatRange(min=0), help="Of --near or --along, on the ellipsoid.")
@single("--nearest", type=click.IntRange(min=1), help="Of --near: the so many nearest.")
@single(
    "--within",
    help="Zone, city, county, or a polygon file; several names joined by + for their overlap.",
)
@single("--along", help="A line project, a corridor, or a line file; with --km.")
@single("--count-by", type=level_choice("zone", "city", "county"), help="Count, not list.")
@click.option("--zone-matrix", "matrix", is_flag=True, help="Count by pairs of zones.")
@single(
    "--sum-by",
    type=level_choice("zone", "city", "county"),
    help="Add up stated sizes, powers and investments, like with like.",
)
@single(
    "--without",
    type=level_choice("city", "county"),
    help="List the units that none of these projects touches.",
)
@single("--pairs", type=click.FloatRange(min=0), metavar="KM", help="List pairs that lie so near.")
@click.option(
    "--with-approximate",
    is_flag=True,
    help="Of --pairs: also those of which one is known by its city or county only.",
)
@single(
    "-o",
    "--output",
    type=click.Path(dir_okay=False),
    help=".xlsx, .csv, .geojson, .gpkg, .shp, .kml, .kmz ...; .xlsx or .csv of counts and sums.",
)
@single(
    "--map",
    "map_path",
    type=click.Path(dir_okay=False),
    help="Draw the result: .html, .png, .pdf or .svg.",
)
@crs_option
@region_options
def query_command(
    pack: str,
    boundaries: str | None,
    boundaries_datum: str | None,
    output: str | None,
    map_path: str | None,
    crs: str | None,
    **options: Any,
) -> None:
    """List the projects that meet every condition given."""
    asked = Conditions(**_of(Conditions, options))
    wanted = Derived(**_of(Derived, options))
    _check(asked, wanted, output, map_path, crs)
    ln = load_region(pack, boundaries, boundaries_datum)
    needs_positions = output or map_path or wanted.pairs is not None
    hits = choose_projects(ln, asked, with_geometry=bool(needs_positions))
    if wanted.options:
        table, note = derive(ln, hits.projects, wanted)
        told = {"条件": hits.asked or "全部项目", "说明": note, "行政区划": ln.boundaries_label}
        # The note says why nothing is in it.
        if len(table) or output is not None:
            show_table(table, output, notes=told)
        click.echo(note, err=output is not None)
    else:
        _list(ln, hits, output, map_path, crs)


def _of(kind: type, options: dict[str, Any]) -> dict[str, Any]:
    return {field.name: options[field.name] for field in fields(kind)}


def _check(
    asked: Conditions,
    wanted: Derived,
    output: str | None,
    map_path: str | None,
    crs: str | None,
) -> None:
    """Refuse options that do not fit together, all at once and before anything is written."""
    faults = [
        *asked.faults(),
        *wanted.faults(has_map=map_path is not None, has_crs=crs is not None),
    ]
    if crs is not None and output is None:
        faults.append("--crs needs -o: it says what a file is written in.")
    for path, find_endings in (
        (output, _table_endings if wanted.options else _layer_endings),
        (map_path, _map_endings),
    ):
        try:
            # Asked for only where a file is to be written: the writers are slow to load.
            check_output(path, find_endings() if path is not None else ())
        except RegionkitError as error:
            faults.append(str(error))
    if faults:
        raise click.UsageError("\n  ".join(faults))


def _table_endings() -> tuple[str, ...]:
    return TABLE_ENDINGS


def _layer_endings() -> tuple[str, ...]:
    from regionkit.tables.export import FORMATS

    return tuple(FORMATS)


def _map_endings() -> tuple[str, ...]:
    from regionkit.cli.hits_map import MAP_ENDINGS

    return tuple(MAP_ENDINGS)


def _list(
    ln: Region, hits: Hits, output: str | None, map_path: str | None, crs: str | None
) -> None:
    """Print, write or draw the projects, and tell how many there are."""
    unplaced = f"另有 {hits.n_unplaced} 项位置未知，未参与位置判断。" if hits.n_unplaced else ""
    if hits.projects.empty:
        unwritten = "，未写文件" if output or map_path else ""
        click.echo(f"没有项目符合全部条件{unwritten}。{unplaced}", err=True)
        return
    if output is not None:
        from regionkit.tables.export import export_layer

        layer = project_layer(ln, hits.projects)
        click.echo(str(export_layer(layer, output, crs=crs, sources=ln.sources)))
    if map_path is not None:
        from regionkit.cli.hits_map import draw_hits

        click.echo(f"{draw_hits(ln, hits, map_path)}")
    if output is None and map_path is None:
        show_table(project_table(ln, hits.projects, with_basis=hits.n_unplaced is not None))
    rough = tell_rough(hits.projects) if hits.n_unplaced is not None else ""
    n_nowhere = int(hits.projects.geometry.is_empty.sum()) if output or map_path else 0
    nowhere = f"其中 {n_nowhere} 项位置未知，没有图形。" if n_nowhere else ""
    click.echo(f"{len(hits.projects)} 项。{rough}{nowhere}{unplaced}", err=True)
