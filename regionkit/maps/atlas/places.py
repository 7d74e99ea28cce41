"""The atlas's sheets of one zone or city: its counties, profiles, projects and targets."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import pandas as pd
import shapely

from regionkit.analysis.messages import place_message
from regionkit.analysis.progress import progress
from regionkit.analysis.states import STATES
from regionkit.analysis.targets import describe_target
from regionkit.maps.atlas.data import FURNITURE, LANG
from regionkit.maps.atlas.documents import mentions_of, project_documents
from regionkit.maps.atlas.entry import AtlasSheet
from regionkit.maps.atlas.list_pages import target_words
from regionkit.maps.atlas.project_page import draw_project_page
from regionkit.maps.atlas.province import membership_notes
from regionkit.maps.paper.map_parts import MapParts
from regionkit.maps.signs.legend_item import LegendItem
from regionkit.maps.signs.project_index import part_projects
from regionkit.places.projection import map_crs
from regionkit.query.projects import named_now
from regionkit.region.names import called_units
from regionkit.words.message import join, say

if TYPE_CHECKING:
    import geopandas as gpd
    import pyproj

    from regionkit.maps.atlas.data import AtlasData
    from regionkit.maps.paper.sheet import Sheet
    from regionkit.region import Region

__all__ = ["draw_city_sheet", "draw_zone_sheet", "place_sheets", "untold_cities"]

_MAX_TARGETS = 8
_SEVERAL = 2
_MOST_INDUSTRIES = 4
# More on one map hide one another: it is drawn once for each group of domains.
_MOST_PROJECTS = 150
# Outlines are simplified, and a route ends at a border as another document draws it.
_AT_BORDER_M = 3000.0


def place_sheets(region: Region, *, with_untold: bool = False) -> list[AtlasSheet]:
    """Return the sheets of a region's zones and cities.

    Parameters
    ----------
    region : Region
    with_untold : bool
        Whether cities that the pack says nothing of are among them, as those of
        :func:`untold_cities` else are not.
    """
    zones = [
        AtlasSheet(
            f"zone-{zone_id}", str(zone["name"]), "zone", partial(draw_zone_sheet, zone_id=zone_id)
        )
        for zone_id, zone in region.zones.iterrows()
    ]
    called = called_units(region, LANG)
    left_out = [] if with_untold else untold_cities(region)
    cities = [
        AtlasSheet(
            f"city-{adcode}", str(called[adcode]), "city", partial(draw_city_sheet, adcode=adcode)
        )
        for adcode in region.cities.index
        if with_untold or adcode not in left_out
    ]
    return [*zones, *cities]


def untold_cities(region: Region) -> list[str]:
    """Return the adcodes of cities that have no sheet, as it would be an empty one.

    The pack has no project, profile, industry, membership or target of theirs, but some of other
    cities. Where it has none of any city of a province, an outline of each is all that an atlas
    can show; of several provinces it would be hundreds of them.

    Examples
    --------
    >>> import regionkit as rk
    >>> untold_cities(rk.load("liaoning"))
    []
    """
    own_targets = region.targets.loc[region.targets["scope_kind"] == "city", "scope_id"]
    zoned = region.memberships["zone_id"].isin(region.zones.index)
    told = {
        *region.profiles["adcode"],
        *region.industries["adcode"],
        *region.memberships.loc[zoned, "adcode"],
        *own_targets,
    }
    untold = [
        city
        for city in region.cities.index
        if told.isdisjoint((city, *region.unit_parts[city]))
        and region.select_projects(place=city).empty
    ]
    is_bare = len(untold) == len(region.cities) and len(region.provinces) < _SEVERAL
    return [] if is_bare else untold


def draw_city_sheet(data: AtlasData, adcode: str) -> Sheet:
    """Return the sheet of a city: counties by leading industry, projects, profile, targets."""
    ln = data.region
    name = str(called_units(ln, LANG)[adcode])
    counties = data.counties[data.counties["city_adcode"] == adcode]
    projects = ln.select_projects(place=adcode)
    profiles = _newest(ln, ln.profiles[ln.profiles["adcode"] == adcode])
    industries = ln.industries[ln.industries["adcode"] == adcode]
    inside = ln.industries[ln.industries["adcode"].isin(ln.unit_parts[adcode])]
    items = _words(
        say("Positioning", lang=LANG), [item for each in profiles["positioning"] for item in each]
    )
    for role, heading in (
        ("advantage", say("Advantage industries", lang=LANG)),
        ("emerging", say("Emerging industries", lang=LANG)),
    ):
        items += _words(heading, industries.loc[industries["role"] == role, "industry"].tolist())
    members = _zone_rows(ln, [adcode, *counties.index])
    zones = _zones_of_city(ln, adcode)
    return _place_sheet(
        data,
        name,
        zones,
        counties,
        projects,
        items,
        scope=("city", adcode),
        facts=[profiles, inside, members],
        notes=membership_notes(ln, members),
    )


def _newest(ln: Region, profiles: pd.DataFrame) -> pd.DataFrame:
    """Return what the newest document says a place is to be: older ones may say otherwise."""
    issued = profiles["source_id"].map(ln.sources["issued_on"]).fillna("")
    return profiles[issued == issued.max()]


def _zones_of_city(ln: Region, adcode: str) -> str:
    """Return the zones that hold a city, then those that hold counties of it."""
    words = join(ln.zones.loc[list(ln.zones_of(adcode)), "short_name"]).render(LANG)
    partial = ln.cities.loc[adcode, "partial_zone_ids"]
    if partial:
        extra = join(ln.zones.loc[list(partial), "short_name"])
        words += say("; some counties belong to {zones}", lang=LANG, zones=extra)
    return words


def _zone_rows(ln: Region, adcodes: list[str]) -> pd.DataFrame:
    """Return the memberships of units in the plan's zones, groupings left out."""
    rows = ln.memberships
    return rows[rows["adcode"].isin(adcodes) & rows["zone_id"].isin(ln.zones.index)]


def draw_zone_sheet(data: AtlasData, zone_id: str) -> Sheet:
    """Return the sheet of a zone: its counties by leading industry, projects, targets."""
    ln = data.region
    zone = data.zones.loc[zone_id]
    counties = data.counties[data.counties["zone_ids"].map(lambda mine: zone_id in mine)]
    members = ln.memberships[ln.memberships["zone_id"] == zone_id]
    shared = counties["zone_ids"].map(len).gt(1).sum()
    subtitle = say("{n} county-level units", lang=LANG, n=len(counties))
    if shared:
        subtitle = say(
            "{n} county-level units, {shared} of them also in another zone",
            lang=LANG,
            n=len(counties),
            shared=shared,
        )
    return _place_sheet(
        data,
        str(zone["name"]),
        subtitle,
        counties,
        ln.select_projects(zone=zone_id),
        [],
        scope=("zone", zone_id),
        facts=[members],
        notes=membership_notes(ln, members),
    )


def _words(heading: str, words: list[str]) -> list[LegendItem]:
    return (
        [LegendItem(heading, "heading"), LegendItem(join(words).render(LANG), "note")]
        if words
        else []
    )


def _place_sheet(
    data: AtlasData,
    title: str,
    subtitle: str,
    counties: gpd.GeoDataFrame,
    projects: gpd.GeoDataFrame,
    items: list[LegendItem],
    *,
    scope: tuple[str, str],
    facts: list[pd.DataFrame],
    notes: list[LegendItem] | None = None,
) -> Sheet:
    ln = data.region
    kind, scope_id = scope
    told = _industry_words(ln, counties) if kind == "city" else {}
    targets = ln.targets[(ln.targets["scope_kind"] == kind) & (ln.targets["scope_id"] == scope_id)]
    targets = _newest_first(ln, targets)
    # Those that only older documents name are counted, and are in the atlas table of projects.
    # Where the plan in force names no project of the region, those of every document are drawn,
    # as on the sheets of the region itself.
    has_plan = ln.current_plan is not None and len(named_now(ln.projects)) > 0
    everything, projects = projects, named_now(projects) if has_plan else projects
    older = everything[~everything.index.isin(projects.index)]
    mentions = mentions_of(ln, projects)
    if has_plan:
        mentions = mentions[mentions["source_id"] == ln.current_plan]
    asked = older if data.with_older else None
    named = None if asked is None else mentions_of(ln, asked)
    after: list[LegendItem] = []
    if len(older) and not data.with_older:
        more = say("{n} more only in older documents, not drawn", lang=LANG, n=len(older))
        after.append(LegendItem(more, "note"))
    crs = map_crs(counties)
    message = place_message(ln, subtitle, projects, LANG) or project_documents(ln, mentions)
    source = data.cite(pd.concat([*facts, targets, mentions, named])[["source_id", "locator"]])
    map_parts = MapParts(
        extent=counties,
        land=counties.geometry,
        cities=data.cities.geometry[data.cities.index.isin(counties["city_adcode"])],
        context=data.cities,
        names=counties,
        told=told,
        seats=ln.seats,
        furniture=replace(FURNITURE, locator=data.cities),
    )
    before = [*items, *_target_items(ln, targets)]
    parts = part_projects(projects, data.project_labels, most=_MOST_PROJECTS, lang=LANG)
    after = [*after, *(notes or [])]
    sheets: list[Sheet] = []
    carried: list[LegendItem] = []
    for number, (part, mine) in enumerate(parts, 1):
        is_last = number == len(parts)
        words = [message, *([_part_words(len(mine))] if part else [])]
        sheet, carried = draw_project_page(
            data,
            title,
            join(words, "sentences").render(LANG),
            source,
            mine,
            replace(map_parts, older=asked if is_last else None),
            extent=counties,
            crs=crs,
            part=part,
            crossing=_running_on(mine, counties, crs),
            before=before if number == 1 else [],
            after=after if is_last else [],
            carried=carried,
            is_last=is_last,
        )
        sheets.append(sheet)
    first, *others = sheets
    for sheet in others:
        first.more += sheet.pages
        first.index += sheet.index
    return first


def _part_words(n: int) -> str:
    return say("{n} of them on this map.", lang=LANG, n=n)


def _running_on(
    projects: gpd.GeoDataFrame, counties: gpd.GeoDataFrame, crs: pyproj.CRS
) -> list[Any]:
    """Return the routes that run on beyond some counties by more than outlines may be off."""
    lines = projects[projects.geom_type == "LineString"].geometry.to_crs(crs)
    land = shapely.union_all(counties.geometry.to_crs(crs).to_numpy()).buffer(_AT_BORDER_M)
    return list(lines.index[~lines.within(land)])


def _newest_first(ln: Region, targets: pd.DataFrame) -> pd.DataFrame:
    """Return targets with those of the newest document first."""
    issued = targets["source_id"].map(ln.sources["issued_on"]).fillna("")
    order = issued.sort_values(ascending=False, kind="stable").index
    return targets.loc[order]


def _industry_words(ln: Region, counties: gpd.GeoDataFrame) -> dict[Any, str]:
    """Return the industries that documents name for counties, the foremost first."""
    rows = ln.industries[ln.industries["adcode"].isin(counties.index)]
    rows = rows.sort_values("rank", kind="stable").drop_duplicates(["adcode", "industry"])
    return {
        adcode: join(mine["industry"].head(_MOST_INDUSTRIES)).render(LANG)
        for adcode, mine in rows.groupby("adcode")
    }


def _target_items(ln: Region, targets: pd.DataFrame) -> list[LegendItem]:
    """Return a place's own targets for its legend, the first of them in words.

    Those with a value say it and how they stand; they come first in their document.
    """
    if targets.empty:
        return []
    items = [LegendItem(say("Targets", lang=LANG), "heading")]
    judged = progress(targets, ln.statistics)
    judged = judged.join(targets[[name for name in targets if name not in judged]])
    is_known = judged["actual_value"].notna()
    judged = judged.loc[is_known.sort_values(ascending=False, kind="stable").index]
    for row in judged.head(_MAX_TARGETS).itertuples():
        if pd.notna(row.actual_value):
            items.append(
                LegendItem(target_words(ln, row), "dot", STATES[row.state].colour, fill="solid")
            )
            continue
        year = say("{year}", lang=LANG, year=row.target_year) if pd.notna(row.target_year) else ""
        name = ln.indicators.loc[row.indicator_id, "name"]
        items.append(LegendItem(f"{name}：{year}{describe_target(ln, row)}", "note"))
    rest = len(targets) - _MAX_TARGETS
    if rest > 0:
        items.append(
            LegendItem(
                say("{n} more are in the atlas's table of targets.", lang=LANG, n=rest), "note"
            )
        )
    return items
