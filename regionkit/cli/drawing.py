"""Commands that draw: atlas, map, brief."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from regionkit.cli.command import load_region, region_options
from regionkit.cli.map_options import (
    Classing,
    MapLook,
    check_map_output,
    classing_options,
    look_options,
    theme_option,
)
from regionkit.cli.options import YEAR, level_choice
from regionkit.errors import InputError

if TYPE_CHECKING:
    import geopandas as gpd

    from regionkit.maps.signs.layers import AreaLayer
    from regionkit.region import Region


@click.command("atlas")
@click.option(
    "-o",
    "--out",
    default="maps",
    show_default=True,
    type=click.Path(file_okay=False),
    help="Folder to write to; made where it is missing.",
)
@theme_option
@click.option(
    "--processes",
    default=2,
    show_default=True,
    type=click.IntRange(1, 16),
    help="Sheets are drawn in so many processes.",
)
@click.option("--quiet", is_flag=True, help="No progress bar.")
@region_options
def atlas_command(
    out: str,
    theme: str,
    processes: int,
    quiet: bool,  # noqa: FBT001
    pack: str,
    boundaries: str | None,
    boundaries_datum: str | None,
) -> None:
    """Write the whole atlas: index page, interactive map, sheets, tables, one PDF."""
    from regionkit.maps.atlas.write import write_atlas

    region = load_region(pack, boundaries, boundaries_datum)
    index = write_atlas(region, out, theme=theme, n_processes=processes, progress=not quiet)
    click.echo(f"{index}")


@click.command("map")
@click.argument("indicator")
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(dir_okay=False),
    help=".png, .pdf or .svg for a sheet, .html for an interactive page.",
)
@click.option("--year", type=YEAR, default=None, help="The newest where not given.")
@click.option("--level", type=level_choice("county", "city"), default="county", show_default=True)
@classing_options
@look_options
@region_options
def map_command(
    indicator: str,
    output: str,
    year: int | None,
    level: str,
    classing: Classing,
    look: MapLook,
    pack: str,
    boundaries: str | None,
    boundaries_datum: str | None,
) -> None:
    """Map an INDICATOR of the statistics, such as resident-population or 常住人口."""
    check_map_output(output)
    from regionkit.maps.signs.words import english_names

    region = load_region(pack, boundaries, boundaries_datum)
    indicator_id = find_indicator(region, indicator)
    values = region.statistic(indicator_id, year=year, level=level)
    frame = (region.counties if level == "county" else region.cities).set_geometry(
        region.simplified(level)
    )
    name = _indicator_title(region, indicator_id, values.attrs["year"], look.lang)
    if look.lang == "en":
        frame["name"] = english_names(frame["name"], region.aliases)
    rows = region.statistics[
        (region.statistics["indicator_id"] == indicator_id)
        & (region.statistics["year"] == values.attrs["year"])
    ]
    layer = value_layer(
        frame.join(values),
        indicator_id,
        classing,
        look,
        title=name,
        unit=values.attrs["unit"],
        source=region.cite(values.attrs["source_id"], rows["locator"].iloc[0]),
    )
    click.echo(f"{draw_layer(region, layer, output, look)}")


def value_layer(
    frame: gpd.GeoDataFrame,
    column: str,
    classing: Classing,
    look: MapLook,
    *,
    title: str,
    unit: str,
    source: str,
) -> AreaLayer:
    """Return the layer of a column of numbers, classed and coloured as the options say."""
    from regionkit.maps.signs.layers import choropleth_layer
    from regionkit.maps.signs.theme import get_theme

    return choropleth_layer(
        frame,
        column,
        scheme=classing.scheme,
        k=classing.k,
        cmap=classing.cmap or get_theme(look.theme).cmap,
        lang=look.lang,
        title=title,
        unit=unit,
        source=source,
    )


def draw_layer(region: Region, layer: AreaLayer, path: str, look: MapLook) -> Path:
    """Draw a layer as a page or a sheet by the file's ending; return the path."""
    title = look.title or layer.title
    if path.lower().endswith(".html"):
        from regionkit.maps.page.webmap import webmap

        return Path(webmap(region, layers=[layer], title=title, lang=look.lang).save(path))
    from regionkit.maps.paper.one_map import layout

    sheet = layout(
        layer,
        title=title,
        size=look.size,
        theme=look.theme,
        zones=region.zones.set_geometry(region.simplified("zone")),
        approval_number=look.approval_number,
        lang=look.lang,
    )
    return Path(sheet.save(path))


def _indicator_title(region: Region, indicator_id: str, year: int, lang: str) -> str:
    """Return an indicator's name with the year its values are of."""
    row = region.indicators.loc[indicator_id]
    if lang == "en":
        name = row["name_en"] if isinstance(row["name_en"], str) else row["name"]
        return f"{name} ({year})"
    return f"{row['name']}（{year}年）"


def find_indicator(region: Region, word: str) -> str:
    """Return the id of an indicator of the statistics by id or Chinese name."""
    from regionkit.places.names import normalise_name

    indicators = region.indicators
    known = indicators.loc[indicators.index.isin(region.statistics["indicator_id"])]
    for indicator_id, name in known["name"].items():
        if normalise_name(word) in {normalise_name(str(indicator_id)), normalise_name(name)}:
            return str(indicator_id)
    if known.empty:
        raise InputError(f"The pack of {region.name} has no statistics, so there is none to map.")
    listed = "、".join(f"{name} ({i})" for i, name in known["name"].items())
    raise InputError(f"No statistic is named {word!r}. There are: {listed}.")


@click.command("brief")
@click.argument("place")
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(dir_okay=False),
    help=".pptx, .docx or .html.",
)
@click.option(
    "--template",
    type=click.Path(dir_okay=False),
    default=None,
    help="Your own .pptx/.potx or .docx/.dotx; its master, styles and fonts are kept.",
)
@click.option("--title", default="", help="Title of the briefing.")
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True)
@region_options
def brief_command(
    place: str,
    output: str,
    template: str | None,
    title: str,
    lang: str,
    pack: str,
    boundaries: str | None,
    boundaries_datum: str | None,
) -> None:
    """Write a briefing about a PLACE: a city, county or zone."""
    from regionkit.briefing import write_briefing

    region = load_region(pack, boundaries, boundaries_datum)
    path = write_briefing(region, place, output, title=title, template=template, lang=lang)
    click.echo(f"{path}")
