"""The facts of a place, gathered once and carried by all three forms of a briefing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from regionkit.analysis.summary import scope_names
from regionkit.analysis.targets import describe_target, format_number
from regionkit.briefing.boards import make_boards
from regionkit.briefing.charts import place_charts
from regionkit.briefing.desk import open_desk
from regionkit.briefing.headline import place_figures, place_message
from regionkit.briefing.map_view import cover_view, projects_view
from regionkit.briefing.model import Briefing, Column, Digest, Row, Section, Table
from regionkit.briefing.register import Register
from regionkit.briefing.sections_place import profile_section, zones_section
from regionkit.briefing.sections_plan import targets_section, tasks_section
from regionkit.briefing.sections_projects import projects_section
from regionkit.briefing.sections_statistics import statistics_section
from regionkit.briefing.subject import find_subject
from regionkit.briefing.tidy import presentable
from regionkit.maps.signs.words import check_lang
from regionkit.words.message import say

if TYPE_CHECKING:
    import geopandas as gpd
    from shapely.geometry.base import BaseGeometry

    from regionkit.briefing.desk import Desk
    from regionkit.briefing.own import OwnFigures
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


def _own_section(desk: Desk) -> Section | None:
    """Return the user's own figures and targets as tables, marked as own."""
    own, lang = desk.own, desk.lang
    if own is None or (own.statistics.empty and own.table.targets.empty):
        return None
    names, units = desk.names, desk.region.units["name"]
    heads = (
        Column(say("Place", lang=lang), 0.2),
        Column(say("Indicator", lang=lang), 0.4),
        Column(say("Year", lang=lang), 0.1),
        Column(say("Numeric value", lang=lang), 0.2, "right"),
        Column(say("Unit", lang=lang), 0.1),
    )
    figures = Table(
        "own-figures",
        say("Own figures: {label}", lang=lang, label=own.label),
        heads,
        tuple(_own_row(row, names, units) for row in own.statistics.itertuples()),
    )
    aims = desk.region.targets.loc[own.table.targets.index]
    scopes = scope_names(desk.region, lang)
    targets = Table(
        "own-aims",
        say("Own targets: {label}", lang=lang, label=own.label),
        (*heads[:3], Column(say("Target", lang=lang), 0.3)),
        tuple(
            Row(
                (
                    str(scopes.get(row.scope_id, row.scope_id)),
                    str(names[row.indicator_id]),
                    "" if pd.isna(row.target_year) else str(row.target_year),
                    describe_target(desk.region, row, lang),
                )
            )
            for row in aims.itertuples()
        ),
    )
    tables = tuple(table for table in (figures, targets) if table.rows)
    return Section("own", say("Own figures", lang=lang), (), tables)


def _own_row(row: Any, names: pd.Series, units: pd.Series) -> Row:
    value = format_number(float(row.value))
    unit = row.unit if isinstance(row.unit, str) else ""
    place = str(units.get(row.adcode, row.adcode))
    return Row((place, str(names[row.indicator_id]), str(row.year), value, unit))


def place_facts(
    region: Region,
    place: str | gpd.GeoDataFrame | BaseGeometry,
    *,
    title: str = "",
    own: OwnFigures | None = None,
    lang: str = "zh",
) -> Briefing:
    """Return what the catalogue holds of a place, each row with document, locator and basis.

    Sections without a fact are left out. Names of projects, tasks and industries stay as the
    documents print them in either language.

    Parameters
    ----------
    region : Region
    place : str, geometry or GeoDataFrame
        Name or id of a unit, zone, cluster, domain or port; a polygon in EPSG:4326; or projects, as
        a query of the region returns them.
    title : str
        Title of the briefing, or what a query or polygon is called.
    own : OwnFigures, optional
        The user's own figures, as of :func:`regionkit.briefing.own.read_own`.
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
    if own is not None:
        region = own.added_to(region)
    subject = find_subject(region, place, title=title, lang=lang)
    register = Register(region)
    built = [build(region, subject, register, lang) for build in _BUILDERS]
    desk = open_desk(region, subject, own, lang)
    sections = tuple(
        replace(section, tables=tuple(table.filled() for table in section.tables))
        for section in (*built, _own_section(desk))
        if section is not None
    )
    digest = Digest(
        called=subject.called,
        message=place_message(desk),
        figures=place_figures(desk),
        charts=place_charts(desk),
        cover=cover_view(desk, register),
        map=projects_view(desk, register),
        boards=make_boards(desk, sections),
    )
    heading = title.strip() or say("{name}: planning briefing", lang=lang, name=subject.name)
    if subject.kind in {"query", "area"}:
        heading = subject.name
    newest = register.newest
    subtitle = region.name + (
        " · " + say("Documents up to: {document}", lang=lang, document=newest) if newest else ""
    )
    made = Briefing(
        place_id=subject.place_id,
        kind=subject.kind,
        name=subject.name,
        title=heading,
        subtitle=subtitle,
        lang=lang,
        digest=digest,
        sections=sections,
        sources=register.sources(lang),
    )
    return presentable(made)
