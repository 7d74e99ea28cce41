"""Briefings about a zone, city, county or a query: PowerPoint, Word, or an offline page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from regionkit.errors import InputError
from regionkit.words.message import msg

if TYPE_CHECKING:
    import geopandas as gpd

    from regionkit.region import Region

__all__ = ["FORMS", "brief", "write_briefing"]

FORMS = (".pptx", ".docx", ".html")


def write_briefing(
    region: Region,
    place: str | gpd.GeoDataFrame,
    path: str | Path,
    *,
    title: str = "",
    template: str | Path | None = None,
    lang: str = "zh",
) -> Path:
    """Return the path of a briefing, written as .pptx, .docx or .html by the path's ending.

    All forms carry the same facts: map, positioning and industries, zones, projects by stage with
    their history, targets with baselines, statistics with rank, tasks with those responsible,
    sources. A section without facts is left out. The same input gives the same bytes.

    Parameters
    ----------
    region : Region
    place : str or GeoDataFrame
        Name or id of a city, county or zone; or projects, as a query of the region returns them.
    path : str or Path
    title : str
        Title of the briefing; for a query, what it is called.
    template : str or Path, optional
        The user's own .pptx (.potx) or .docx (.dotx). Its master, layouts, styles and fonts are
        kept; what slides or paragraphs it holds are left out.
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
    from regionkit.briefing.office import check_output, open_template
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
    facts = place_facts(region, place, title=title, lang=lang)
    if form == ".html":
        from regionkit.briefing.html import render_html

        return write_aside(path, render_html(facts))
    if form == ".pptx":
        from regionkit.briefing.pptx import render_pptx

        return write_aside(path, render_pptx(facts, document, own=template is not None))
    from regionkit.briefing.docx import render_docx

    return write_aside(path, render_docx(facts, document, own=template is not None))


brief = write_briefing
