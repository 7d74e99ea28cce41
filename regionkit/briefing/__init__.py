"""Briefings about a zone, city, county or a query: PowerPoint, Word, or an offline page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from regionkit.errors import InputError
from regionkit.words.message import msg

if TYPE_CHECKING:
    from collections.abc import Callable

    import geopandas as gpd
    import pandas as pd
    from shapely.geometry.base import BaseGeometry

    from regionkit.briefing.own import OwnFigures
    from regionkit.region import Region
    from regionkit.words.message import Words

__all__ = ["FORMS", "brief", "write_briefing"]

FORMS = (".pptx", ".docx", ".html")


def write_briefing(
    region: Region,
    place: str | gpd.GeoDataFrame | BaseGeometry,
    path: str | Path,
    *,
    title: str = "",
    template: str | Path | None = None,
    own: str | Path | pd.DataFrame | None = None,
    tell: Callable[[Words], object] | None = None,
    lang: str = "zh",
) -> Path:
    """Return the path of a briefing, written as .pptx, .docx or .html by the path's ending.

    It begins with a message made of facts, five numbers and a map; two charts, a map of numbered
    projects and short tables follow: at most twelve slides or six pages. Every table in full, with
    source and basis, is in a workbook beside it (``NAME-tables.xlsx``); a page has them below. The
    same input gives the same bytes.

    Parameters
    ----------
    region : Region
    place : str, geometry or GeoDataFrame
        Name or id of a city, county, zone, cluster, domain of projects, port or other place; a
        polygon in EPSG:4326; or projects, as a query of the region returns them.
    path : str or Path
    title : str
        Title of the briefing; for a query, what it is called.
    template : str or Path, optional
        The user's own .pptx (.potx) or .docx (.dotx). Its master, layouts, styles and fonts are
        kept; what slides or paragraphs it holds are left out, and its links to elsewhere.
    own : path or DataFrame, optional
        The user's own table of statistics or targets by name and year: its figures stand beside
        the plan's, marked as own.
    tell : callable, optional
        Is told what else was written, read or left out.
    lang : {"zh", "en"}
        Language of headings and labels; names stay as the documents print them.

    Raises
    ------
    UnknownPlaceError, AmbiguousPlaceError
        No unit or zone, or several, have that name.
    InputError
        The ending, language, template or query cannot be used.
    MissingDependencyError
        python-pptx or python-docx is not installed.
    OutputError
        The file cannot be written; an older one stays as it was.

    Examples
    --------
    >>> import tempfile
    >>> import regionkit as rk
    >>> folder = Path(tempfile.mkdtemp())
    >>> write_briefing(rk.load("liaoning"), "喀左", folder / "brief.html").name
    'brief.html'
    """
    from regionkit.briefing.facts import place_facts
    from regionkit.briefing.office import check_output, drop_external_links, open_template
    from regionkit.files import write_aside

    path = Path(path)
    form = path.suffix.lower()
    if form not in FORMS:
        raise InputError(
            msg("{name!r} ends in none of {choices}.", name=path.name, choices=tuple(FORMS)),
            mend=msg("The ending chooses the form of the briefing: name the file so."),
        )
    check_output(path)
    document = open_template(form, template)
    say_so = tell if tell is not None else _silent
    if template is not None:
        links = drop_external_links(document)
        if links:
            say_so(msg("Links of the template left out: {links}.", links=links))
    figures = None
    if own is not None:
        figures = _own_figures(region, place, own)
        say_so(figures.told())
    facts = place_facts(region, place, title=title, own=figures, lang=lang)
    if form == ".html":
        from regionkit.briefing.html import render_html

        return write_aside(path, render_html(facts))
    from regionkit.briefing.workbook import render_workbook

    beside = path.with_name(f"{path.stem}-tables.xlsx")
    check_output(beside)
    if form == ".pptx":
        from regionkit.briefing.pptx import render_pptx

        content = render_pptx(facts, document, own=template is not None, beside=beside.name)
    else:
        from regionkit.briefing.docx import render_docx

        content = render_docx(facts, document, own=template is not None, beside=beside.name)
    written = write_aside(path, content)
    write_aside(beside, render_workbook(facts))
    say_so(msg("All tables: {path}", path=beside))
    return written


def _silent(_words: Words) -> None:
    """Say nothing."""


def _own_figures(region: Region, place: object, own: str | Path | pd.DataFrame) -> OwnFigures:
    """Return the user's figures; a table without a column of units is of the briefing's unit."""
    from regionkit.briefing.own import read_own
    from regionkit.errors import RegionkitError

    unit = None
    if isinstance(place, str):
        try:
            unit = region.resolve(place).adcode
        except RegionkitError:
            # A zone, cluster or domain: the table names its units.
            unit = None
    return read_own(own, region, place=unit)


brief = write_briefing
