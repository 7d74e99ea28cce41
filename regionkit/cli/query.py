"""The command that asks which projects lie where."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

import click

from regionkit.cli.answer import BRIEF_ENDINGS, tell_if_lacking
from regionkit.cli.command import load_region, region_options
from regionkit.cli.conditions import Conditions, Hits, choose_projects, read_areas, units_asked
from regionkit.cli.derived import Derived, derive
from regionkit.cli.labels import labels_of
from regionkit.cli.map_options import MAP_ENDINGS, MapLook, look_options, without_classes
from regionkit.cli.options import (
    YEAR,
    Distance,
    WordChoice,
    WordOption,
    codes_option,
    crs_option,
    level_choice,
    single,
    source_options,
)
from regionkit.cli.projects import project_layer, project_table, tell_no_works, tell_rough
from regionkit.cli.show import check_output, show_table
from regionkit.cli.spoken import command, option
from regionkit.cli.terminal import tell
from regionkit.errors import RegionkitError
from regionkit.export.formats import LAYER_FORMATS
from regionkit.tables.write import TABLE_FORMATS, check_table_format
from regionkit.words.message import join, msg, say

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from regionkit.region import Region
    from regionkit.words.message import Words

_HELP = msg(
    """List the projects that meet every condition given.

--zone, --place, --domain, --kind, --stage and --source may be repeated: a project then meets one of
the words. --zone and --place ask where the documents record a project; --within, --near and
--along ask where it stands on the map, and leave out those whose position is unknown.

Examples:
  regionkit query --zone 辽西 --domain 能源 --near 锦州港 --km 50 -o hits.xlsx
  regionkit query --place 大连市 --place 营口市 --kind 港口码头
  regionkit query --within 辽西+沈阳都市圈 --map overlap.html
  regionkit query --domain 能源 --count-by city -o counts.csv
  regionkit query --along 京沈高铁 --km 10 --count-by county
  regionkit query --overlaps 红线.gpkg --buffer 100m --map 压占.html"""
)


@command("query", _HELP)
@option("--zone", multiple=True, help=msg("Zone by id or name: liaoxi, 辽西. May be repeated."))
@option("--place", multiple=True, help=msg("City or county by name or adcode. May be repeated."))
@option("--domain", multiple=True, cls=WordOption, help=msg("May be repeated."))
@option("--stage", multiple=True, cls=WordOption, help=msg("May be repeated."))
@option("--kind", multiple=True, cls=WordOption, help=msg("May be repeated."))
@source_options
@single("--year", type=YEAR, help=msg("A year a document ties to the project."))
@single("--text", help=msg("Part of the name or note."))
@single("--near", help=msg("Place, project, or LON,LAT in degrees WGS-84; with --km or --nearest."))
@single("--km", type=click.FloatRange(min=0), help=msg("Of --near or --along, on the ellipsoid."))
@single("--nearest", type=click.IntRange(min=1), help=msg("Of --near: the so many nearest."))
@single(
    "--within",
    help=msg("Zone, city, county, or a polygon file; several names joined by + for their overlap."),
)
@single(
    "--from",
    "measured_from",
    type=WordChoice({"seat": ("驻地",), "border": ("边界",)}),
    help=msg("Of --near a city or county: from its seat, or from its border; the seat."),
)
@option("--across", is_flag=True, help=msg("Projects in two cities or more."))
@single("--along", help=msg("A line project, a corridor, or a line file; with --km."))
@single(
    "--count-by",
    type=level_choice("zone", "province", "city", "county"),
    help=msg("Count, not list."),
)
@option("--zone-matrix", "matrix", is_flag=True, help=msg("Count by pairs of zones."))
@single(
    "--sum-by",
    type=level_choice("zone", "province", "city", "county"),
    help=msg("Add up stated sizes, powers and investments, like with like."),
)
@single(
    "--without",
    type=level_choice("city", "county"),
    help=msg("List the units that none of these projects touches."),
)
@single(
    "--pairs",
    type=click.FloatRange(min=0),
    metavar=msg("KM"),
    help=msg("List pairs that lie so near."),
)
@option(
    "--with-approximate",
    is_flag=True,
    help=msg("Of --pairs: also those of which one is known by its city or county only."),
)
@single(
    "--overlaps",
    type=click.Path(dir_okay=False),
    help=msg("Which projects touch the control lines or areas of a file, and how surely."),
)
@single(
    "--buffer",
    type=Distance(),
    help=msg("Of --overlaps: kept clear about the areas, such as 100m or 1km."),
)
@single(
    "-o",
    "--output",
    type=click.Path(dir_okay=False),
    help=msg(
        "{endings}; {tables} of counts and sums.",
        endings=(*LAYER_FORMATS, ".docx"),
        tables=join(TABLE_FORMATS, "or"),
    ),
)
@single(
    "--map",
    "map_path",
    type=click.Path(dir_okay=False),
    help=msg("Draw the result: {endings}.", endings=MAP_ENDINGS),
)
@single(
    "--brief",
    "brief_path",
    type=click.Path(dir_okay=False),
    help=msg("Write a briefing of it: {endings}.", endings=BRIEF_ENDINGS),
)
@codes_option
@look_options
@without_classes
@crs_option
@region_options
def query_command(
    pack: str,
    boundaries: str | None,
    boundaries_datum: str | None,
    output: str | None,
    map_path: str | None,
    brief_path: str | None,
    crs: str | None,
    look: MapLook,
    **options: Any,
) -> None:
    """List the projects that meet every condition given."""
    options["measured_from"] = options["measured_from"] or "seat"
    asked = Conditions(**_of(Conditions, options))
    wanted = Derived(**_of(Derived, options))
    _check(asked, wanted, output, map_path, crs, brief_path)
    ln = load_region(pack, boundaries, boundaries_datum)
    files = output or map_path or brief_path
    needs_positions = files or wanted.pairs is not None or wanted.overlaps is not None
    needs_units = bool(wanted.count_by or wanted.sum_by or wanted.without)
    hits = choose_projects(ln, asked, with_geometry=bool(needs_positions), with_area=needs_units)
    if wanted.options:
        inside = units_asked(ln, asked, hits) if needs_units else None
        table, note = derive(ln, hits.projects, wanted, inside)
        unplaced = _unplaced(hits)
        note = str(join(filter(None, [note, unplaced, *hits.how]), "sentences"))
        told = {
            say("Conditions"): hits.asked or say("all projects"),
            say("How to read it"): note,
            say("Boundaries"): ln.boundaries_label,
        }
        if map_path is not None and len(table):
            tell(_draw_derived(ln, hits, wanted, inside, map_path, look))
        # The note says why nothing is in it.
        if (len(table) and map_path is None) or output is not None:
            show_table(
                table,
                output,
                title=hits.asked or say("all projects"),
                notes=told,
                sources=cited_sources(ln, hits.projects),
            )
        tell(note, err=output is not None)
    else:
        if brief_path is not None and len(hits.projects):
            _write_brief(ln, hits, brief_path, look)
            if output is None and map_path is None:
                return
        _list(ln, hits, output, map_path, crs, look)


def _unplaced(hits: Hits) -> Words | str:
    """Return how many could not be judged by their position; "" for none."""
    if not hits.n_unplaced:
        return ""
    return msg("Without a known position, and left out: {n}.", n=hits.n_unplaced)


def _draw_derived(
    ln: Region,
    hits: Hits,
    wanted: Derived,
    inside: frozenset[str] | None,
    path: str,
    look: MapLook,
) -> Path:
    """Draw a count by unit, or the projects that touch areas; return the path."""
    if wanted.overlaps is not None:
        from regionkit.cli.hits_map import draw_hits
        from regionkit.query.overlaps import projects_overlapping

        areas = read_areas(wanted.overlaps)
        found = projects_overlapping(hits.projects, areas, buffer_m=wanted.buffer or 0.0)
        touching = hits.projects[hits.projects.index.isin(found["project_id"])]
        shown = replace(hits, projects=touching, origin=areas.union_all(), radius_km=None)
        return draw_hits(ln, shown, path, look)
    from regionkit.cli.drawing import draw_layer, drawn_units, value_layer
    from regionkit.cli.map_options import few_classes
    from regionkit.query.summaries import count_projects

    level = str(wanted.count_by)
    units = ln.units.loc[ln.units_at(level)]
    units = units if inside is None else units[units.index.isin(inside)]
    counts = count_projects(hits.projects, units, parts=ln.unit_parts)["projects"]
    title = say("{word}: projects", lang=look.lang, word=hits.asked or ln.name)
    named = cited_sources(ln, hits.projects)["short_title"]
    layer = value_layer(
        drawn_units(ln, level, look.lang).join(counts),
        "projects",
        few_classes(counts),
        look,
        title=title,
        unit=say("projects", lang=look.lang),
        source=join(named).render(look.lang),
    )
    return draw_layer(ln, layer, path, look)


def _write_brief(ln: Region, hits: Hits, path: str, look: MapLook) -> None:
    """Write a briefing on the projects, called by what was asked."""
    from regionkit.briefing import write_briefing

    title = look.title or str(hits.asked) or say("all projects")
    written = write_briefing(
        ln,
        hits.projects,
        path,
        title=title,
        tell=lambda words: tell(words, err=True),
        lang=look.lang,
    )
    tell(written)


def cited_sources(ln: Region, hits: pd.DataFrame) -> pd.DataFrame:
    """Return the documents that name some projects, and whose positions they have."""
    from regionkit.maps.signs.citations import position_sources

    named = {source for sources in hits["source_ids"] for source in sources}
    named |= set(position_sources(ln, hits))
    return ln.sources[ln.sources.index.isin(named)]


def _of(kind: type, options: dict[str, Any]) -> dict[str, Any]:
    return {field.name: options[field.name] for field in fields(kind)}


def _check(
    asked: Conditions,
    wanted: Derived,
    output: str | None,
    map_path: str | None,
    crs: str | None,
    brief_path: str | None,
) -> None:
    """Refuse options that do not fit together, all at once and before anything is written."""
    faults: list[Words] = [
        *asked.faults(),
        *wanted.faults(has_map=map_path is not None, has_crs=crs is not None),
    ]
    if crs is not None and output is None:
        faults.append(msg("--crs needs -o: it says what a file is written in."))
    endings = tuple(TABLE_FORMATS) if wanted.options else (*LAYER_FORMATS, ".docx")
    if brief_path is not None and wanted.options:
        faults.append(
            msg(
                "{option} cannot be combined with {table}, which is no list of projects: -o "
                "FILE.docx writes it for a report.",
                option="--brief",
                table=wanted.options[0],
            )
        )
    paths = ((output, endings), (map_path, MAP_ENDINGS), (brief_path, BRIEF_ENDINGS))
    for path, known in paths:
        try:
            check_output(path, known)
            if path is not None and path.lower().endswith(".docx"):
                check_table_format(path)
        except RegionkitError as error:
            faults.append(error)
    if faults:
        raise click.UsageError(str(join(faults, "lines")))


def _list(
    ln: Region,
    hits: Hits,
    output: str | None,
    map_path: str | None,
    crs: str | None,
    look: MapLook,
) -> None:
    """Print, write or draw the projects, and tell how many there are."""
    unplaced = _unplaced(hits)
    if hits.projects.empty:
        unwritten = msg("No file was written.") if output or map_path else ""
        if not tell_if_lacking(ln, "projects"):
            _tell_all(msg("No project meets every condition."), unwritten, unplaced)
        return
    if output is not None:
        from regionkit.export.layer import export_layer
        from regionkit.export.map_style import style_of_domains

        layer = project_layer(ln, hits.projects)
        style = style_of_domains(say("Domain"), labels_of(ln, "projects", "domain"))
        if output.lower().endswith(".docx"):
            _write_document(ln, hits, output)
        else:
            sources = cited_sources(ln, hits.projects)
            tell(export_layer(layer, output, crs=crs, sources=sources, style=style))
    if map_path is not None:
        from regionkit.cli.hits_map import draw_hits

        tell(draw_hits(ln, hits, map_path, look))
    if output is None and map_path is None:
        show_table(project_table(ln, hits.projects, with_basis=hits.n_unplaced is not None))
    rough = tell_rough(hits.projects) if hits.n_unplaced is not None else ""
    n_nowhere = int(hits.projects.geometry.is_empty.sum()) if output or map_path else 0
    nowhere = msg("Without a known position, and without a shape: {n}.", n=n_nowhere)
    _tell_all(
        msg("Projects: {n}.", n=len(hits.projects)),
        tell_no_works(hits.projects),
        rough,
        nowhere if n_nowhere else "",
        unplaced,
        *hits.how,
    )


def _write_document(ln: Region, hits: Hits, output: str) -> None:
    """Write the projects as a table without positions."""
    show_table(
        project_table(ln, hits.projects, with_basis=hits.n_unplaced is not None),
        output,
        title=hits.asked or say("all projects"),
        notes={say("Boundaries"): ln.boundaries_label},
        sources=cited_sources(ln, hits.projects),
    )


def _tell_all(*said: Words | str) -> None:
    """Print sentences on standard error, which is no part of a table in a pipe."""
    tell(join(filter(None, said), "sentences"), err=True)
