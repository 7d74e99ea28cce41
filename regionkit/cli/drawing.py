"""Commands that draw: atlas, map, brief."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from regionkit.cli.command import load_region, region_options
from regionkit.cli.options import YEAR, level_choice
from regionkit.cli.show import check_output
from regionkit.errors import InputError

if TYPE_CHECKING:
    from regionkit.region import Region


# As of regionkit.maps, which is not imported for the sake of a help text.
SCHEMES = (
    "boxplot",
    "equalinterval",
    "fisherjenks",
    "headtailbreaks",
    "jenkscaspall",
    "maximumbreaks",
    "maxp",
    "naturalbreaks",
    "percentiles",
    "prettybreaks",
    "quantiles",
    "stdmean",
)
THEMES = ("print", "projector", "bw")
_MAP_ENDINGS = (".png", ".pdf", ".svg", ".html")

theme_option = click.option(
    "--theme",
    type=click.Choice(THEMES),
    default="print",
    show_default=True,
    help="For print, a projector, or in black and white.",
)


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
@click.option(
    "--scheme",
    type=click.Choice(SCHEMES),
    default="fisherjenks",
    show_default=True,
    metavar="SCHEME",
    help=f"Of mapclassify: {', '.join(SCHEMES)}.",
)
@click.option(
    "-k",
    "k",
    default=5,
    show_default=True,
    type=click.IntRange(2, 12),
    help="Number of classes.",
)
@click.option("--cmap", default=None, help="A matplotlib colormap.")
@click.option("--size", default="A4", show_default=True, help="Page: A4, A4-portrait, A3, 16:9 ...")
@click.option("--title", default=None, help="Title; the indicator's name where not given.")
@click.option("--approval-number", default="", help="审图号 of the base map.")
@theme_option
@click.option(
    "--lang",
    type=click.Choice(["zh", "en"]),
    default="zh",
    show_default=True,
    help="Language of the sheet's words.",
)
@region_options
def map_command(
    indicator: str,
    output: str,
    year: int | None,
    level: str,
    scheme: str,
    k: int,
    cmap: str | None,
    size: str,
    title: str | None,
    approval_number: str,
    theme: str,
    lang: str,
    pack: str,
    boundaries: str | None,
    boundaries_datum: str | None,
) -> None:
    """Map an INDICATOR of the statistics, such as resident-population or 常住人口."""
    check_output(output, _MAP_ENDINGS)
    from regionkit.maps.paper.one_map import layout
    from regionkit.maps.signs.layers import choropleth_layer
    from regionkit.maps.signs.theme import get_theme
    from regionkit.maps.signs.words import english_names

    region = load_region(pack, boundaries, boundaries_datum)
    indicator_id = find_indicator(region, indicator)
    values = region.statistic(indicator_id, year=year, level=level)
    frame = (region.counties if level == "county" else region.cities).set_geometry(
        region.simplified(level)
    )
    name = _indicator_title(region, indicator_id, values.attrs["year"], lang)
    if lang == "en":
        frame["name"] = english_names(frame["name"], region.aliases)
    rows = region.statistics[
        (region.statistics["indicator_id"] == indicator_id)
        & (region.statistics["year"] == values.attrs["year"])
    ]
    layer = choropleth_layer(
        frame.join(values),
        indicator_id,
        title=name,
        unit=values.attrs["unit"],
        scheme=scheme,
        k=k,
        cmap=cmap or get_theme(theme).cmap,
        source=region.cite(values.attrs["source_id"], rows["locator"].iloc[0]),
        lang=lang,
    )
    if output.lower().endswith(".html"):
        from regionkit.maps.page.webmap import webmap

        path = webmap(region, layers=[layer], title=title or layer.title, lang=lang).save(output)
    else:
        path = layout(
            layer,
            title=title or layer.title,
            size=size,
            theme=theme,
            zones=region.zones.set_geometry(region.simplified("zone")),
            approval_number=approval_number,
            lang=lang,
        ).save(output)
    click.echo(f"{path}")


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
