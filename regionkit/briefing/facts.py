"""The facts of a place, gathered once and carried by all three forms of a briefing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from regionkit.briefing.map_view import map_view
from regionkit.briefing.model import Briefing
from regionkit.briefing.register import Register
from regionkit.briefing.sections_place import profile_section, zones_section
from regionkit.briefing.sections_plan import targets_section, tasks_section
from regionkit.briefing.sections_projects import projects_section
from regionkit.briefing.sections_statistics import statistics_section
from regionkit.briefing.subject import find_subject
from regionkit.maps.signs.words import check_lang
from regionkit.words.message import say

if TYPE_CHECKING:
    import geopandas as gpd

    from regionkit.briefing.model import Section
    from regionkit.region import Region

__all__ = ["place_facts"]

_BUILDERS = (
    profile_section,
    zones_section,
    projects_section,
    targets_section,
    statistics_section,
    tasks_section,
)


def _compact(section: Section) -> Section:
    """Return a section without the columns in which no row has anything."""
    tables = []
    for table in section.tables:
        kept = [n for n in range(len(table.rows[0].cells)) if any(r.cells[n] for r in table.rows)]
        cited = range(len(table.rows[0].cells), len(table.columns))
        tables.append(
            replace(
                table,
                columns=tuple(table.columns[n] for n in (*kept, *cited)),
                rows=tuple(
                    replace(row, cells=tuple(row.cells[n] for n in kept)) for row in table.rows
                ),
            )
        )
    return replace(section, tables=tuple(tables))


def place_facts(
    region: Region, place: str | gpd.GeoDataFrame, *, title: str = "", lang: str = "zh"
) -> Briefing:
    """Return what the catalogue holds of a place, each row with document, locator and basis.

    Sections without a fact are left out. Names of projects, tasks and industries stay as the
    documents print them in either language.

    Parameters
    ----------
    region : Region
    place : str or GeoDataFrame
        Name or id of a city, county or zone; or projects, as a query of the region returns them.
    title : str
        Title of the briefing, or what a query is called.
    lang : {"zh", "en"}

    Raises
    ------
    UnknownPlaceError, AmbiguousPlaceError
        No unit or zone, or several, have that name.
    InputError
        The place is none that can be briefed on, or the language is not known.

    Examples
    --------
    >>> import regionkit as rk
    >>> facts = place_facts(rk.load("liaoning"), "铁岭市")
    >>> facts.kind, facts.title
    ('city', '铁岭市规划简报')
    >>> facts.section("profile").tables[0].rows[0].citation.source_id
    'liaoning-15fyp'
    """
    lang = check_lang(lang)
    subject = find_subject(region, place, title=title)
    register = Register(region)
    sections = [build(region, subject, register, lang) for build in _BUILDERS]
    view = map_view(region, subject, register, lang)
    heading = title.strip() or say("{name}: planning briefing", lang=lang, name=subject.name)
    if subject.kind == "query":
        heading = subject.name
    newest = register.newest
    subtitle = region.name + (
        " · " + say("Documents up to: {document}", lang=lang, document=newest) if newest else ""
    )
    return Briefing(
        place_id=subject.place_id,
        kind=subject.kind,
        name=subject.name,
        title=heading,
        subtitle=subtitle,
        lang=lang,
        map=view,
        sections=tuple(_compact(section) for section in sections if section is not None),
        sources=register.sources(lang),
    )
