"""The atlas's sheets of one zone or city: its counties, profiles, projects and targets."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from regionkit.analysis.targets import describe_target
from regionkit.maps.draw import map_crs
from regionkit.maps.layout import LegendItem
from regionkit.maps.static import draw_map, layer_items, project_items
from regionkit.maps.theme import drawing

if TYPE_CHECKING:
    import geopandas as gpd

    from regionkit.maps.atlas_sheets import AtlasData
    from regionkit.maps.layers import AreaLayer
    from regionkit.maps.layout import Sheet

__all__ = ["draw_city_sheet", "draw_zone_sheet"]

_MAX_TARGETS = 8


def draw_city_sheet(data: AtlasData, adcode: str) -> Sheet:
    """Return the sheet of a city: counties by leading industry, projects, profile, targets."""
    ln = data.region
    name = str(ln.units.loc[adcode, "name"])
    counties = data.counties[data.counties["city_adcode"] == adcode]
    projects = ln.select_projects(place=adcode)
    positioning = [
        item
        for row in ln.profiles[ln.profiles["adcode"] == adcode].itertuples()
        for item in row.positioning
    ]
    industries = ln.industries[ln.industries["adcode"] == adcode]
    items = _words("定位", positioning)
    for role, heading in (("advantage", "优势产业"), ("emerging", "培育产业")):
        items += _words(heading, industries.loc[industries["role"] == role, "industry"].tolist())
    zones = "、".join(ln.zones.loc[list(ln.zones_of(adcode)), "short_name"])
    partial = ln.cities.loc[adcode, "partial_zone_ids"]
    if partial:
        extra = "、".join(ln.zones.loc[list(partial), "short_name"])
        zones += f"；部分县属{extra}"
    return _place_sheet(
        data,
        name,
        zones and f"所属分区：{zones}",
        counties,
        projects,
        items,
        scope=("city", adcode),
        facts=[
            ln.profiles[ln.profiles["adcode"] == adcode],
            ln.industries[ln.industries["adcode"].str[:4] == adcode[:4]],
        ],
    )


def draw_zone_sheet(data: AtlasData, zone_id: str) -> Sheet:
    """Return the sheet of a zone: its counties by leading industry, projects, targets."""
    ln = data.region
    zone = data.zones.loc[zone_id]
    counties = data.counties[data.counties["zone_ids"].map(lambda mine: zone_id in mine)]
    members = ln.memberships[ln.memberships["zone_id"] == zone_id]
    shared = counties["zone_ids"].map(len).gt(1).sum()
    subtitle = f"{len(counties)} 个县级单位，其中 {shared} 个同属另一分区"
    return _place_sheet(
        data,
        str(zone["name"]),
        subtitle,
        counties,
        ln.select_projects(zone=zone_id, source="liaoning-15fyp"),
        [],
        scope=("zone", zone_id),
        facts=[members],
    )


def _words(heading: str, words: list[str]) -> list[LegendItem]:
    return [LegendItem(heading, "heading"), LegendItem("、".join(words), "note")] if words else []


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
) -> Sheet:
    ln = data.region
    kind, scope_id = scope
    targets = ln.targets[(ln.targets["scope_kind"] == kind) & (ln.targets["scope_id"] == scope_id)]
    with drawing(data.theme):
        crs = map_crs(counties)
        whole = data.layers.get("industries")
        layer = None if whole is None else _within(whole, counties)
        source = data.cite(
            pd.concat(
                [*facts, targets, ln.mentions[ln.mentions["project_id"].isin(projects.index)]]
            )[["source_id", "locator"]]
        )
        sheet = data.sheet(title, subtitle, source)
        labels = data.project_labels
        names = counties.assign(short=counties["name"])
        draw_map(
            sheet.axes[0],
            layer,
            crs=crs,
            theme=data.theme,
            extent=counties,
            land=counties.geometry if layer is None else None,
            cities=data.cities.geometry[data.cities.index.isin(counties["city_adcode"])],
            projects=projects,
            labels_of=labels,
            names=names,
            name_column="short",
            locator=data.cities,
        )
        legend = list(items)
        if not targets.empty:
            legend.append(LegendItem("目标", "heading"))
            for row in targets.head(_MAX_TARGETS).itertuples():
                year = f"{row.target_year}年" if pd.notna(row.target_year) else ""
                legend.append(
                    LegendItem(
                        f"{ln.indicators.loc[row.indicator_id, 'name']}：{year}"
                        f"{describe_target(ln, row)}",
                        "note",
                    )
                )
            if len(targets) > _MAX_TARGETS:
                legend.append(
                    LegendItem(f"另有 {len(targets) - _MAX_TARGETS} 项，见目录页表格。", "note")
                )
        if layer is not None:
            legend.append(LegendItem("县域主导产业", "heading"))
            shown = zip(layer_items(layer, data.theme)[1:], layer.entries, strict=False)
            legend += [item for item, entry in shown if entry.count]
        if len(projects):
            legend += project_items(projects, labels, is_grey=data.theme.use_patterns)
        sheet.add_legend(legend)
        return sheet.finish(crs)


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
