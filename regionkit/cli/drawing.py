"""Commands that draw: atlas, map, brief."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from regionkit.briefing import FORMS
from regionkit.cli.command import load_region, region_options
from regionkit.cli.labels import names_of
from regionkit.cli.map_options import (
    MAP_ENDINGS,
    ClassOptions,
    MapLook,
    check_map_output,
    classing_options,
    imprint_options,
    look_options,
    theme_option,
)
from regionkit.cli.options import YEAR, level_choice, source_options
from regionkit.cli.spoken import argument, command, option
from regionkit.cli.terminal import tell
from regionkit.errors import AmbiguousPlaceError, InputError
from regionkit.words.message import join, msg, say
from regionkit.words.voice import LANGUAGES, current_language

if TYPE_CHECKING:
    import geopandas as gpd

    from regionkit.maps.signs.layers import AreaLayer
    from regionkit.region import Region
    from regionkit.words.message import Words


@command(
    "atlas",
    msg(
        """Write the whole atlas: index page, interactive map, sheets, tables, one PDF.

Examples:
  regionkit atlas
  regionkit atlas --out maps --theme bw
  regionkit atlas --only zone-liaoxi --size A3"""
    ),
)
@option(
    "-o",
    "--out",
    default="maps",
    show_default=True,
    type=click.Path(file_okay=False),
    help=msg("Folder to write to; made where it is missing."),
)
@theme_option
@option(
    "--processes",
    default=2,
    show_default=True,
    type=click.IntRange(1, 16),
    help=msg("Sheets are drawn in so many processes."),
)
@option(
    "--only",
    multiple=True,
    metavar="SHEET",
    help=msg(
        "Only this sheet, by its id or title, as picture and PDF; may be given several times."
    ),
)
@option(
    "--older",
    is_flag=True,
    help=msg(
        "Show the projects that only older documents name too: in grey, listed and counted apart."
    ),
)
@option(
    "--size",
    type=click.Choice(("A4", "A3")),
    default="A4",
    show_default=True,
    help=msg("Size of the sheets."),
)
@option("--quiet", is_flag=True, help=msg("No progress bar."))
@imprint_options
@region_options
def atlas_command(
    out: str,
    theme: str,
    processes: int,
    only: tuple[str, ...],
    older: bool,  # noqa: FBT001
    size: str,
    quiet: bool,  # noqa: FBT001
    pack: str,
    boundaries: str | None,
    boundaries_datum: str | None,
) -> None:
    """Write the whole atlas: index page, interactive map, sheets, tables, one PDF."""
    from regionkit.maps.atlas.write import write_atlas

    region = load_region(pack, boundaries, boundaries_datum)
    index = write_atlas(
        region,
        out,
        theme=theme,
        n_processes=1 if only else processes,
        progress=not quiet,
        size=size,
        only=only,
        older=older,
    )
    tell(index)


@command(
    "map",
    msg(
        """Map an indicator of the statistics, by its id or name.

Examples:
  regionkit map 常住人口城镇化率 -o urbanisation.pdf
  regionkit map gdp --level 市 -o gdp.html
  regionkit map 常住人口 --year 2010 --labels -o population.png"""
    ),
)
@argument("indicator", msg("INDICATOR"))
@option(
    "-o",
    "--output",
    required=True,
    type=click.Path(dir_okay=False),
    help=msg("Draw the result: {endings}.", endings=MAP_ENDINGS),
)
@option("--year", type=YEAR, default=None, help=msg("The newest where not given."))
@option(
    "--level", type=level_choice("county", "city", "province"), default="county", show_default=True
)
@option("--unit", default=None, help=msg("Unit of the values; as recorded where not given."))
@source_options
@classing_options
@look_options
@region_options
def map_command(
    indicator: str,
    output: str,
    year: int | None,
    level: str,
    unit: str | None,
    source: tuple[str, ...],
    classing: ClassOptions,
    look: MapLook,
    pack: str,
    boundaries: str | None,
    boundaries_datum: str | None,
) -> None:
    """Map an INDICATOR of the statistics, such as resident-population or 常住人口."""
    check_map_output(output)
    from regionkit.maps.signs.citations import cite_values, name_changed

    region = load_region(pack, boundaries, boundaries_datum)
    indicator_id = find_indicator(region, indicator)
    sources = [region.resolve_source(word) for word in source]
    values = region.statistic(indicator_id, year=year, level=level, source=sources or None)
    name = _indicator_title(region, indicator_id, values.attrs["year"], look.lang)
    layer = value_layer(
        drawn_units(region, level, look.lang).join(values),
        indicator_id,
        classing,
        look,
        title=name,
        unit=values.attrs["unit"] if unit is None else unit,
        source=cite_values(region, values, look.lang),
        note=name_changed(region, values, look.lang),
    )
    tell(draw_layer(region, layer, output, look))


def drawn_units(region: Region, level: str, lang: str) -> gpd.GeoDataFrame:
    """Return the units of a level as a map draws them, called as the language calls them."""
    from regionkit.maps.themes.levels import level_units
    from regionkit.region.names import called_units

    frame = level_units(region, level)
    if level != "province":
        frame = frame.set_geometry(region.simplified(level))
    frame["name"] = called_units(region, lang).reindex(frame.index)
    return frame


def drawn_cities(region: Region, lang: str) -> gpd.GeoDataFrame:
    """Return the cities as a sheet of points draws them, with their short names as ``short``."""
    from regionkit.region.names import short_cities

    cities = region.cities.set_geometry(region.simplified("city"))
    return cities.assign(short=short_cities(region, lang))


def value_layer(
    frame: gpd.GeoDataFrame,
    column: str,
    classing: ClassOptions,
    look: MapLook,
    *,
    title: str,
    unit: str,
    source: str,
    note: str = "",
) -> AreaLayer:
    """Return the layer of a column of numbers, classed and coloured as the options say."""
    from regionkit.maps.signs.classed import classed_layer
    from regionkit.maps.signs.options import Caption, Classing
    from regionkit.maps.signs.theme import get_theme

    cmap = classing.cmap or get_theme(look.theme).cmap
    return classed_layer(
        frame,
        column,
        Classing(classing.scheme, classing.k, cmap=cmap),
        Caption(title, unit, source, note),
        lang=look.lang,
    )


def draw_layer(
    region: Region, layer: AreaLayer, path: str, look: MapLook, *, has_zones: bool = True
) -> Path:
    """Draw a layer as a page or a sheet by the file's ending; return the path.

    Parameters
    ----------
    region : Region
    layer : AreaLayer
    path : str
    look : MapLook
    has_zones : bool
        Whether a sheet has the outlines of the plan's own zones.
    """
    title = look.title or layer.title
    if path.lower().endswith(".html"):
        from regionkit.maps.page.webmap import webmap

        page = webmap(region, layers=[layer], title=title, base=look.base or None, lang=look.lang)
        return Path(page.save(path))
    from regionkit.maps.paper.layout import layout

    sheet = layout(
        layer,
        title=title,
        size=look.size,
        theme=look.theme,
        zones=region.zones.set_geometry(region.simplified("zone")) if has_zones else None,
        labels=_label_column(layer) if look.labels else None,
        source=map_source(region, layer.source, look.lang),
        seats=region.seats,
        base=look.base or None,
        lang=look.lang,
    )
    return Path(sheet.save(path))


def map_source(region: Region, source: str, lang: str) -> str:
    """Return the source line of a map: what is shown, and whose outlines, less what is left out."""
    drawn = msg("Boundaries: {label}", label=region.drawn_boundaries(lang))
    return join([source, drawn] if source else [drawn], "clauses").render(lang)


def _label_column(layer: AreaLayer) -> str | None:
    """Return the column that is written on the map: of states it has mark and gap, too."""
    return next((name for name in ("told", "name") if name in layer.frame), None)


def _indicator_title(region: Region, indicator_id: str, year: int, lang: str) -> str:
    """Return an indicator's name with the year its values are of."""
    from regionkit.region.names import name_in

    name = name_in(region.indicators.loc[indicator_id], lang)
    return say("{name} ({year})", lang=lang, name=name, year=year)


def find_indicator(region: Region, word: str) -> str:
    """Return the id of an indicator of the statistics by id or name, or a map's id of the pack."""
    from regionkit.cli.nouns import tell_noun
    from regionkit.region.lacking import tell_lacking

    indicators = region.indicators
    known = indicators.loc[indicators.index.isin(region.statistics["indicator_id"])]
    found = [noun for noun in region.find_all(word, ["indicator"]) if noun.id in known.index]
    if len(found) == 1:
        tell_noun(region, word, found[0])
        return found[0].id
    if found:
        raise AmbiguousPlaceError(
            msg(
                "{word!r} can be {n} things: {names}.",
                word=word,
                n=len(found),
                names=join([noun.tell() for noun in found], "clauses"),
            ),
            mend=msg("Write the whole name or the id of one."),
        )
    lacking = tell_lacking(region, "statistics")
    if lacking is not None:
        raise InputError(lacking)
    names = names_of(region).indicators
    listed = {i: msg("{name} ({code})", name=names[i], code=i) for i in known.index}
    called = {one: i for i in known.index for one in (names[i], known.loc[i, "name"], i)}
    # Of what is like it, what has values to map: names with their ids, everyday words as they are.
    near = list(
        dict.fromkeys(
            listed[called[one]] if one in called else one
            for one in region.nearest(word, ["indicator"])
            if one in called
            or any(noun.id in known.index for noun in region.find_all(one, ["indicator"]))
        )
    )
    mend: Words = msg("Nearest are: {places}.", places=near)
    if not near:
        mend = msg("There are: {known}.", known=list(listed.values()))
    if (indicators["name"] == word).any():
        targets = msg("The plan sets targets for it: regionkit targets --text {word}.", word=word)
        mend = join([targets, mend], "sentences")
    raise InputError(msg("No statistic is named {word!r}.", word=word), mend=mend)


@command(
    "brief",
    msg(
        """Write a briefing: twelve slides or six pages at most, all tables in a workbook.

PLACE is a city, county, zone, cluster, domain of projects, port or other place, or a polygon file.

Examples:
  regionkit brief 铁岭市 -o brief.pptx
  regionkit brief 能源 -o energy.docx
  regionkit brief 大连市 --with 监测表.xlsx -o dalian.pptx"""
    ),
)
@argument("place", msg("PLACE"))
@option(
    "-o",
    "--output",
    required=True,
    type=click.Path(dir_okay=False),
    help=msg("{endings}.", endings=FORMS),
)
@option(
    "--template",
    type=click.Path(dir_okay=False),
    default=None,
    help=msg("Your own .pptx/.potx or .docx/.dotx; its master, styles and fonts are kept."),
)
@option(
    "--with",
    "own",
    type=click.Path(exists=True, dir_okay=False),
    default=None,
    help=msg("Your own table of statistics or targets by name and year; marked as own."),
)
@option("--title", default="", help=msg("Title of the briefing."))
@option(
    "--lang",
    type=click.Choice(LANGUAGES),
    default=current_language,
    help=msg("Language of the briefing, and of messages; that of your system where not given."),
)
@imprint_options
@region_options
def brief_command(
    place: str,
    output: str,
    template: str | None,
    own: str | None,
    title: str,
    lang: str,
    pack: str,
    boundaries: str | None,
    boundaries_datum: str | None,
) -> None:
    """Write a briefing about a PLACE: a unit, zone, cluster, domain, port or polygon."""
    from regionkit.briefing import write_briefing
    from regionkit.cli.conditions import geometry_of_file

    region = load_region(pack, boundaries, boundaries_datum)
    area = geometry_of_file(place)
    if area is not None:
        title = title or Path(place).stem
    path = write_briefing(
        region,
        place if area is None else area,
        output,
        title=title,
        template=template,
        own=own,
        tell=lambda words: tell(words, err=True),
        lang=lang,
    )
    tell(path)
