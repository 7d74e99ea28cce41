"""The atlas's sheets of one zone or city: its counties, profiles, projects and targets."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pandas as pd

from regionkit.analysis.targets import describe_target
from regionkit.maps.atlas.data import LANG
from regionkit.maps.atlas.documents import project_documents
from regionkit.maps.atlas.entry import AtlasSheet
from regionkit.maps.atlas.province import membership_notes
from regionkit.maps.paper.compose import draw_map
from regionkit.maps.paper.furniture import Furniture
from regionkit.maps.paper.map_parts import MapParts
from regionkit.maps.signs.layer_items import layer_items
from regionkit.maps.signs.legend_item import LegendItem
from regionkit.maps.signs.project_items import project_items
from regionkit.maps.signs.theme import drawing
from regionkit.places.projection import map_crs
from regionkit.query.projects import named_now
from regionkit.region.names import called_units
from regionkit.words.message import join, say

if TYPE_CHECKING:
    import geopandas as gpd

    from regionkit.maps.atlas.data import AtlasData
    from regionkit.maps.paper.sheet import Sheet
    from regionkit.maps.signs.layers import AreaLayer
    from regionkit.region import Region

__all__ = ["draw_city_sheet", "draw_zone_sheet", "place_sheets"]

_MAX_TARGETS = 8


def place_sheets(region: Region) -> list[AtlasSheet]:
    """Return the sheets of a region's zones and cities."""
    zones = [
        AtlasSheet(
            f"zone-{zone_id}", str(zone["name"]), "zone", partial(draw_zone_sheet, zone_id=zone_id)
        )
        for zone_id, zone in region.zones.iterrows()
    ]
    called = called_units(region, LANG)
    cities = [
        AtlasSheet(
            f"city-{adcode}", str(called[adcode]), "city", partial(draw_city_sheet, adcode=adcode)
        )
        for adcode in region.cities.index
    ]
    return [*zones, *cities]


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
        say("Zones it belongs to: {zones}", lang=LANG, zones=zones) if zones else "",
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
    targets = ln.targets[(ln.targets["scope_kind"] == kind) & (ln.targets["scope_id"] == scope_id)]
    # Those that only older documents name are counted, and are in the atlas table of projects.
    n_all, projects = len(projects), named_now(projects)
    n_older = n_all - len(projects)
    mentions = ln.mentions[ln.mentions["project_id"].isin(projects.index)]
    if ln.current_plan is not None:
        mentions = mentions[mentions["source_id"] == ln.current_plan]
    more = say("{n} more only in older documents, not drawn", lang=LANG, n=n_older)
    older = more if n_older else ""
    whole = data.industry_layer
    layer = None if whole is None else _within(whole, counties)
    labels = data.project_labels
    with drawing(data.theme):
        crs = map_crs(counties)
        legend = [*items, *_target_items(ln, targets)]
        if layer is not None:
            legend.append(
                LegendItem(
                    say("Leading industry of counties (county-level units)", lang=LANG), "heading"
                )
            )
            shown = zip(layer_items(layer, data.theme)[1:], layer.entries, strict=False)
            legend += [item for item, entry in shown if entry.count]
        legend.append(
            LegendItem(say("Beyond what the map is of", lang=LANG), "swatch", data.theme.rest)
        )
        legend += notes or []
        if len(projects):
            legend += project_items(projects, labels, is_grey=data.theme.use_patterns)
        sheet = data.sheet(
            title,
            join(
                [part for part in (subtitle, project_documents(ln, mentions), older) if part],
                "clauses",
            ).render(LANG),
            data.cite(pd.concat([*facts, targets, mentions])[["source_id", "locator"]]),
            projects=projects,
            items=legend,
        )
        draw_map(
            sheet.axes[0],
            layer,
            MapParts(
                extent=counties,
                land=counties.geometry if layer is None else None,
                cities=data.cities.geometry[data.cities.index.isin(counties["city_adcode"])],
                context=data.cities,
                projects=projects,
                labels_of=labels,
                names=counties,
                seats=ln.seats,
                furniture=Furniture(locator=data.cities),
            ),
            crs=crs,
            theme=data.theme,
        )
        return sheet.finish(crs)


def _target_items(ln: Region, targets: pd.DataFrame) -> list[LegendItem]:
    """Return a place's own targets for its legend, the first of them in words."""
    if targets.empty:
        return []
    items = [LegendItem(say("Targets", lang=LANG), "heading")]
    for row in targets.head(_MAX_TARGETS).itertuples():
        year = say("{year}", lang=LANG, year=row.target_year) if pd.notna(row.target_year) else ""
        name = ln.indicators.loc[row.indicator_id, "name"]
        items.append(LegendItem(f"{name}：{year}{describe_target(ln, row)}", "note"))
    rest = len(targets) - _MAX_TARGETS
    if rest > 0:
        items.append(
            LegendItem(
                say("{n} more are in the atlas table targets.csv.", lang=LANG, n=rest), "note"
            )
        )
    return items


def _within(layer: AreaLayer, counties: gpd.GeoDataFrame) -> AreaLayer:
    """Return a layer cut to some units, its counts taken anew."""
    from dataclasses import replace

    keep = layer.frame.index.isin(counties.index)
    codes = layer.codes[keep]
    entries = tuple(
        replace(entry, count=int((codes == number).sum()))
        for number, entry in enumerate(layer.entries)
    )
    return replace(
        layer,
        frame=layer.frame[keep],
        codes=codes,
        entries=entries,
        value_labels=layer.value_labels[keep],
        values=layer.values[keep],
    )
