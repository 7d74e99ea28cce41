"""Which maps a region has: the rows of its pack's table of themes that it has facts for."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any

import pandas as pd
import shapely

from regionkit.maps.themes.targets import can_map_targets, list_target_maps
from regionkit.pack.stages import document_order
from regionkit.pack.themes import INDICATOR_MAPS, STATISTIC_MAPS
from regionkit.query.projects import named_now
from regionkit.region.names import name_in
from regionkit.words.facts import fact_in
from regionkit.words.labels import labels_in
from regionkit.words.message import Message, msg, say

if TYPE_CHECKING:
    import geopandas as gpd

    from regionkit.region import Region

__all__ = [
    "ListedMap",
    "list_maps",
    "map_projects",
    "map_title",
    "older_projects",
    "project_source",
    "statistic_years",
    "structure_zones",
    "zone_targets",
]

# What a map is called whose row leaves it open.
_TITLES: dict[str, Message] = {
    "structure": msg("Spatial structure"),
    "industries": msg("Leading industry of counties"),
    "clusters": msg("Industry clusters by city"),
    "zone targets": msg("Development targets of the zones"),
}
_LEVELS = ("county", "city")
# Groupings that are lines by their nature.
_STRUCTURE = ("axis", "corridor", "ring", "channel")
# All that a plan orders space by, as a sheet lists it.
_ORDERING = ("core", "wing", *_STRUCTURE, "ecological")


@dataclass(frozen=True)
class ListedMap:
    """A map that a region has: a row of its themes, of one indicator or domain.

    Attributes
    ----------
    map_id : str
        The row's theme_id; with the indicator or domain behind it where the row names none.
    theme_id, title, title_en, shows, indicator_id, domain, source_id, locator : str
    level, scheme, colours, target_id, sheet, sheet_title : str
        As of ``Region.themes``; "" for what the row leaves open.
    k, year, against_year : int or None
    is_on_page : bool
    """

    map_id: str
    theme_id: str
    title: str
    title_en: str
    shows: str
    indicator_id: str
    domain: str
    source_id: str
    locator: str
    level: str
    scheme: str
    colours: str
    target_id: str
    sheet: str
    sheet_title: str
    k: int | None
    year: int | None
    against_year: int | None
    is_on_page: bool


_WHOLE = {"k", "year", "against_year"}


def list_maps(region: Region) -> tuple[ListedMap, ...]:
    """Return the maps of a region that its pack has facts for, in the order of its themes.

    A row without an indicator is a map of each indicator, one of projects without a domain of each
    domain, that no other row names.

    Examples
    --------
    >>> import regionkit as rk
    >>> [one.map_id for one in list_maps(rk.load("liaoning")) if one.shows == "projects"]
    ['transport', 'energy']
    """
    rows = [_read_row(str(theme_id), row) for theme_id, row in region.themes.iterrows()]
    named: dict[str, set[str]] = {
        "domain": {row.domain for row in rows if row.shows == "projects"} - {""},
        "statistic": {row.indicator_id for row in rows if row.shows in STATISTIC_MAPS} - {""},
        "target": {row.indicator_id for row in rows if row.shows in {"target", "both"}} - {""},
    }
    listed: list[ListedMap] = []
    for row in rows:
        listed.extend(one for one in _spread(region, row, named) if _has_facts(region, one))
    return tuple(listed)


def _read_row(theme_id: str, row: pd.Series) -> ListedMap:
    cells: dict[str, Any] = {"map_id": theme_id, "theme_id": theme_id}
    for field in fields(ListedMap):
        if field.name not in cells:
            cell = row[field.name]
            if field.name in _WHOLE:
                cells[field.name] = None if pd.isna(cell) else int(cell)
            elif field.name == "is_on_page":
                cells[field.name] = bool(cell)
            else:
                cells[field.name] = cell if isinstance(cell, str) else ""
    return ListedMap(**cells)


def _spread(region: Region, row: ListedMap, named: dict[str, set[str]]) -> list[ListedMap]:
    """Return a row's maps: itself, or one of each subject that it leaves open."""
    if row.shows == "projects" and not row.domain:
        domains = [one for one in region.labels("projects", "domain") if one not in named["domain"]]
        return [_of_subject(row, domain=one) for one in domains]
    if row.shows not in INDICATOR_MAPS or row.indicator_id:
        return [row]
    if row.shows == "target":
        found = [one for one in list_target_maps(region) if one not in named["target"]]
        named["target"] |= set(found)
    else:
        reported = region.statistics["indicator_id"].drop_duplicates()
        found = [
            one
            for one in reported
            if one not in named["statistic"] and statistic_years(region, one, row.level)[1]
        ]
        named["statistic"] |= set(found)
        if row.shows == "both":
            named["target"] |= set(found)
    return [_of_subject(row, indicator_id=one) for one in found]


def _of_subject(row: ListedMap, *, indicator_id: str = "", domain: str = "") -> ListedMap:
    ending = indicator_id or domain
    return replace(
        row,
        map_id=f"{row.theme_id}-{ending}",
        sheet=f"{row.sheet}-{ending}" if row.sheet else "",
        indicator_id=indicator_id,
        domain=domain,
    )


def _has_facts(  # noqa: PLR0911 - one for each kind of map
    region: Region, one: ListedMap
) -> bool:
    """Return whether a map has anything to show."""
    if one.shows == "zones":
        return not region.zones.empty
    if one.shows == "structure":
        return _has_structure(region, one)
    if one.shows == "industries":
        return bool(region.county_industries["sector_id"].notna().any())
    if one.shows == "clusters":
        return not region.cluster_places.empty
    if one.shows == "cluster targets":
        placed = region.clusters.index.isin(region.cluster_places["cluster_id"])
        return bool(region.clusters.loc[placed, "revenue_target_100m_cny"].notna().any())
    if one.shows == "zone targets":
        return not zone_targets(region, one).empty
    if one.shows == "projects":
        return not map_projects(region, one).empty
    years = set(statistic_years(region, one.indicator_id, one.level)[1])
    if one.against_year is not None:
        return one.against_year in years and bool(
            (years - {one.against_year}) & {one.year or max(years)}
        )
    is_reported = bool(years if one.year is None else years & {one.year})
    is_planned = can_map_targets(region, one.indicator_id, one.level)
    if one.shows == "both":
        return is_reported or is_planned
    return is_planned if one.shows == "target" else is_reported


def statistic_years(region: Region, indicator_id: str, level: str = "") -> tuple[str, list[int]]:
    """Return the level of units that a statistic is mapped by, and the years most of them report.

    Without a level it is the smallest that the facts allow.
    """
    rows = region.statistics[region.statistics["indicator_id"] == indicator_id]
    cities = region.units_at("city")
    for one in [level] if level else _LEVELS:
        units = region.units_at(one)
        mine = rows["adcode"][rows["adcode"].isin(units)]
        if one == "county" and not level and mine.isin(cities).all():
            # What counties directly under the province alone report is a figure by city.
            continue
        counts = rows[rows["adcode"].isin(units)]["year"].value_counts()
        years = sorted(int(year) for year in counts.index[counts * 2 > len(units)])
        if years:
            return one, years
    return level or _LEVELS[0], []


def project_source(region: Region, one: ListedMap) -> str | None:
    """Return the document that a map of projects is of: its row's, else the plan in force.

    None for every document, where no plan is in force or it names no project of the domain.
    """
    if one.source_id:
        return one.source_id
    mine = region.projects[region.projects["domain"] == one.domain]
    return region.current_plan if mine["is_in_current_plan"].any() else None


def _has_structure(region: Region, one: ListedMap) -> bool:
    """Return whether a map of the structure has a line to show."""
    lines = structure_zones(region, one)["line"]
    return bool((~shapely.is_empty(lines.to_numpy())).any())


def structure_zones(region: Region, one: ListedMap) -> pd.DataFrame:
    """Return all that the document of a map of the structure orders space by, by zone_id.

    Cores, wings, axes, corridors, rings, channels and ecological areas, in this order; rows of
    ``Region.zone_table`` with ``line`` (lon/lat, empty where no course is known) and
    ``member_adcodes``.
    """
    table = region.zone_table
    table = table[table["kind"].isin(_ORDERING)]
    lines = region.zone_lines.geometry
    source = one.source_id or region.current_plan
    if source is not None:
        said = region.other_mentions
        said = said[(said["named_kind"] == "zone") & (said["source_id"] == source)]
        mine = table[(table["source_id"] == source) | table.index.isin(said["named_id"])]
        if one.source_id or mine.index.isin(lines.index).any():
            table = mine
    members = region.groupings["member_adcodes"].reindex(table.index)
    table = table.assign(
        line=[lines.get(key, shapely.LineString()) for key in table.index],
        member_adcodes=[one if isinstance(one, tuple) else () for one in members],
        _rank=table["kind"].map(_ORDERING.index),
    )
    return table.sort_values("_rank", kind="stable").drop(columns="_rank")


def map_projects(region: Region, one: ListedMap) -> gpd.GeoDataFrame:
    """Return the projects that a map shows: those of its domain that its document names."""
    source = project_source(region, one)
    projects = region.projects[region.projects["domain"] == one.domain]
    if source is None:
        return projects
    if source == region.current_plan and not one.locator:
        return named_now(projects)
    mentions = region.mentions[region.mentions["source_id"] == source]
    mentions = mentions[_is_in_part(mentions["locator"], one.locator)]
    return projects[projects.index.isin(mentions["project_id"])]


def older_projects(region: Region, one: ListedMap) -> gpd.GeoDataFrame:
    """Return the projects of a map's domain that only older documents name.

    There are none of a map that shows another document than the plan in force.
    """
    projects = region.projects[region.projects["domain"] == one.domain]
    is_of_plan = not one.locator and project_source(region, one) == region.current_plan
    return projects[~projects.index.isin(named_now(projects).index) & is_of_plan]


def zone_targets(region: Region, one: ListedMap) -> pd.DataFrame:
    """Return the targets of the plan's zones that a map lists: those of one document."""
    targets = region.targets
    mine = targets[(targets["scope_kind"] == "zone") & targets["scope_id"].isin(region.zones.index)]
    source = one.source_id
    if not source:
        # One target of one zone in a newer document does not stand for all zones.
        counts = mine.groupby("source_id")["scope_id"].nunique()
        several = counts.index[counts == counts.max()]
        order = document_order(region.table("sources"))
        source = max(several, key=lambda key: (order[key], key), default="")
    mine = mine[(mine["source_id"] == source) & _is_in_part(mine["locator"], one.locator)]
    places = region.outline[region.outline["source_id"] == source].set_index("locator")["order"]
    order_of = {str(key): int(number) for key, number in places.items()}
    return mine.sort_values(
        "locator", key=lambda cells: cells.map(lambda cell: _place(cell, order_of)), kind="stable"
    )


def _place(locator: str, order: dict[str, int]) -> int:
    """Return where a fact stands in its document: at the nearest part that the outline has."""
    parts = locator.split("/")
    heads = ["/".join(parts[:end]) for end in range(len(parts), 0, -1)]
    return next((order[head] for head in heads if head in order), len(order) + 1)


def _is_in_part(locators: pd.Series, part: str) -> pd.Series:
    if not part:
        return pd.Series(data=True, index=locators.index, dtype=bool)
    return (locators == part) | locators.str.startswith(f"{part}/", na=False)


def map_title(region: Region, one: ListedMap, lang: str) -> str:
    """Return what a map is called: as its row says, else by its subject."""
    if one.title:
        return fact_in(lang, one.title, one.title_en or None)
    if one.shows == "zones":
        return fact_in(lang, region.zone_system, say("Zones of the plan", lang="en"))
    if one.shows == "projects":
        domains = labels_in(region.labels("projects", "domain"), lang)
        return say("Major projects: {domain}", lang=lang, domain=domains[one.domain])
    if one.shows in INDICATOR_MAPS:
        name = name_in(region.indicators.loc[one.indicator_id], lang)
        return (
            say("Target: {indicator}", lang=lang, indicator=name) if one.shows == "target" else name
        )
    title = _cluster_title(region) if one.shows == "cluster targets" else _TITLES[one.shows]
    return title.render(lang)


def _cluster_title(region: Region) -> Message:
    years = region.clusters["target_year"].dropna().unique()
    if len(years) == 1:
        return msg(
            "{year} revenue targets of the clusters placed there (upper frame)", year=int(years[0])
        )
    return msg("Revenue targets of the clusters placed there (upper frame)")
