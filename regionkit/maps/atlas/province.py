"""The province's sheets of the atlas: zones, industries, projects, targets, population."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import pandas as pd

from regionkit.analysis.targets import describe_target
from regionkit.maps.atlas.data import LANG
from regionkit.maps.atlas.entry import AtlasSheet
from regionkit.maps.paper.compose import draw_map
from regionkit.maps.paper.furniture import Furniture
from regionkit.maps.paper.map_parts import MapParts
from regionkit.maps.signs.layer_items import layer_items, zone_fill_items, zone_items
from regionkit.maps.signs.legend_item import LegendItem
from regionkit.maps.signs.project_items import project_items
from regionkit.maps.signs.strokes import has_routes
from regionkit.maps.signs.styles import overlap_groups
from regionkit.maps.signs.words import projection_words, short_names
from regionkit.maps.themes.plan import DEFAULT_LAYERS
from regionkit.words.message import join, say

if TYPE_CHECKING:
    import geopandas as gpd

    from regionkit.maps.atlas.data import AtlasData
    from regionkit.maps.paper.sheet import Sheet
    from regionkit.maps.signs.layers import AreaLayer
    from regionkit.region import Region

__all__ = ["PROVINCE_SHEETS", "membership_notes"]


def membership_notes(region: Region, rows: pd.DataFrame) -> list[LegendItem]:
    """Return which memberships of zones no document states, for a legend."""
    words = {
        "inferred": say("Members inferred by the editors (no document lists them)", lang=LANG),
        "external": say("Members by external sources", lang=LANG),
    }
    notes = []
    for basis, word in words.items():
        members = region.units["name"].loc[rows.loc[rows["basis"] == basis, "adcode"].unique()]
        if len(members):
            notes.append(
                LegendItem(
                    say("{label}: {members}.", lang=LANG, label=word, members=join(members)), "note"
                )
            )
    return notes


def zones_sheet(data: AtlasData) -> Sheet:
    """Return the sheet of the plan's zones, overlaps hatched."""
    ln = data.region
    sheet = data.sheet(
        say("Zones of the plan: one circle, one belt, two areas", lang=LANG),
        say("Hatched counties belong to two zones", lang=LANG),
        data.cite(ln.memberships[ln.memberships["zone_id"].isin(ln.zones.index)]),
    )
    draw_map(
        sheet.axes[0],
        None,
        MapParts(
            extent=data.counties,
            land=data.counties.geometry,
            cities=data.cities.geometry,
            zones=data.zones,
            fill_zones=data.counties,
            names=data.cities,
            name_column="short",
        ),
        crs=data.crs,
        theme=data.theme,
    )
    groups = overlap_groups(data.zones, data.counties)
    items = zone_fill_items(data.zones, data.counties, data.theme)
    inferred = ln.memberships[ln.memberships["zone_id"].isin(ln.zones.index)]
    items += membership_notes(ln, inferred)
    none = int((groups.map(len) == 0).sum())
    if none:
        items.append(
            LegendItem(say("County-level units in no zone: {n}.", lang=LANG, n=none), "note")
        )
    sheet.add_legend(items)
    return sheet.finish(data.crs)


def _area_sheet(
    data: AtlasData,
    layer: AreaLayer,
    *,
    title: str,
    subtitle: str = "",
    names: gpd.GeoDataFrame | None = None,
    name_column: str = "short",
) -> Sheet:
    """Return a sheet of one layer with city borders and zone outlines."""
    sheet = data.sheet(title, subtitle, layer.source)
    draw_map(
        sheet.axes[0],
        layer,
        MapParts(
            cities=data.cities.geometry,
            names=data.cities if names is None else names,
            name_column=name_column,
        ),
        crs=data.crs,
        theme=data.theme,
    )
    sheet.add_legend(
        layer_items(layer, data.theme, counted_as=say("county-level units", lang=LANG))
    )
    return sheet.finish(data.crs)


def industries_sheet(data: AtlasData) -> Sheet:
    """Return the sheet of the counties' leading industries."""
    ln = data.region
    named = data.counties[data.counties.index.isin(ln.county_industries.index)].copy()
    named["label"] = short_names(named["name"], ln.aliases, set(data.cities["short"]))
    return _area_sheet(
        data,
        data.require_layer("industry"),
        title=say("Leading industry of counties", lang=LANG),
        subtitle=say(
            "Coloured by the sector of the first industry that the plans list; all industries "
            "are in the atlas table profiles.csv",
            lang=LANG,
        ),
        names=named,
        name_column="label",
    )


def _project_sheet(data: AtlasData, domain: str, title: str) -> Sheet:
    ln = data.region
    projects = ln.select_projects(domain=domain, source="liaoning-15fyp")
    boxes = ln.mentions[
        ln.mentions["project_id"].isin(projects.index)
        & (ln.mentions["source_id"] == "liaoning-15fyp")
    ]
    sheet = data.sheet(
        title,
        say("Projects listed by the 15th Five-Year Plan: {n}", lang=LANG, n=len(projects)),
        data.cite(boxes),
    )
    draw_map(
        sheet.axes[0],
        None,
        MapParts(
            extent=data.counties,
            land=data.counties.geometry,
            cities=data.cities.geometry,
            zones=data.zones,
            projects=projects,
            labels_of=data.project_labels,
            names=data.cities,
            name_column="short",
        ),
        crs=data.crs,
        theme=data.theme,
    )
    sheet.add_legend(
        [
            *project_items(projects, data.project_labels, is_grey=data.theme.use_patterns),
            LegendItem(say("Zones", lang=LANG), "heading"),
            *zone_items(data.zones, data.theme, is_quiet=has_routes(projects)),
        ]
    )
    return sheet.finish(data.crs)


def transport_sheet(data: AtlasData) -> Sheet:
    """Return the sheet of transport projects."""
    return _project_sheet(data, "transport", say("Major transport projects", lang=LANG))


def energy_sheet(data: AtlasData) -> Sheet:
    """Return the sheet of energy projects."""
    return _project_sheet(data, "energy", say("Major energy projects", lang=LANG))


def _year_of(target: Any) -> str:
    return say("{year}", lang=LANG, year=target.target_year) if pd.notna(target.target_year) else ""


def zone_targets_sheet(data: AtlasData) -> Sheet:
    """Return the sheet of the zones' targets side by side, on one common scale where shared."""
    ln = data.region
    targets = ln.targets[
        (ln.targets["scope_kind"] == "zone")
        & ln.targets["scope_id"].isin(ln.zones.index)
        & (ln.targets["locator"] == "一/（四）")
    ]
    sheet = data.sheet(
        say("Development targets of the zones", lang=LANG),
        say("Targets of the zones by the three-year action plan 2022-2024", lang=LANG),
        data.cite(targets),
        n_maps=len(data.zones),
        legend_mm=0.0,
    )
    base = data.theme.base_size
    for ax, (zone_id, zone) in zip(sheet.axes, data.zones.iterrows(), strict=True):
        frame = data.zones.loc[[zone_id]]
        draw_map(
            ax,
            None,
            MapParts(
                extent=data.counties,
                land=data.cities.geometry,
                zones=frame,
                fill_zones=data.counties.assign(
                    zone_ids=data.counties["zone_ids"].map(
                        lambda mine, z=zone_id: (z,) if z in mine else ()
                    )
                ),
                furniture=Furniture(scale_bar=False),
            ),
            crs=data.crs,
            theme=data.theme,
        )
        # The map keeps to the left half of its panel; the words stand on the right.
        west, east = ax.get_xlim()
        ax.set_xlim(west, west + (east - west) * 2.15)
        ax.set_anchor("W")
        mine = targets[targets["scope_id"] == zone_id]
        lines = [
            f"{ln.indicators.loc[row.indicator_id, 'name']}\n    {_year_of(row)}"
            f"{describe_target(ln, row)}"
            for row in mine.itertuples()
        ]
        ax.text(
            0.50,
            0.97,
            zone["name"],
            transform=ax.transAxes,
            fontsize=base * 1.4,
            fontweight="bold",
            va="top",
        )
        ax.text(
            0.50,
            0.86,
            "\n".join(lines),
            transform=ax.transAxes,
            fontsize=base * 1.12,
            va="top",
            linespacing=1.4,
            gid=f"targets-{zone_id}",
        )
    return sheet.finish()


def theme_sheet(data: AtlasData, theme_id: str, title: str) -> Sheet:
    """Return the sheet of one theme's layer."""
    return _area_sheet(data, data.require_layer(theme_id), title=title)


def cluster_sheet(data: AtlasData) -> Sheet:
    """Return the sheet of clusters: their number and revenue targets by city, side by side.

    Each map has its own legend beneath it.
    """
    pair = [data.require_layer("cluster-count"), data.require_layer("cluster-revenue")]
    n_clusters = len(data.region.clusters)
    sheet = data.sheet(
        say("Key industry clusters", lang=LANG),
        say("Layout and revenue targets of {n} key industry clusters", lang=LANG, n=n_clusters),
        pair[0].source,
        n_maps=2,
        legend_mm=0.0,
    )
    legends = [
        layer_items(layer, data.theme, counted_as=say("cities", lang=LANG)) for layer in pair
    ]
    legends[-1].append(LegendItem(projection_words(data.crs), "note"))
    sheet.add_legends_below(legends)
    for ax, layer in zip(sheet.axes, pair, strict=True):
        draw_map(
            ax,
            layer,
            MapParts(names=data.cities, name_column="short"),
            crs=data.crs,
            theme=data.theme,
        )
        ax.set_title(layer.title, fontsize=data.theme.base_size * 1.1)
    return sheet.finish()


def _has_zones(region: Region) -> bool:
    return not region.zones.empty


def _has_zone_targets(region: Region) -> bool:
    return bool((region.targets["scope_kind"] == "zone").any())


def _has_projects(region: Region, domain: str) -> bool:
    return bool((region.projects["domain"] == domain).any())


def _has_themes(region: Region, theme_ids: tuple[str, ...]) -> bool:
    return all(DEFAULT_LAYERS[theme_id](region, LANG) for theme_id in theme_ids)


def _has_industries(region: Region) -> bool:
    return _has_themes(region, ("industry",))


def _theme_entry(sheet_id: str, theme_id: str, title: str) -> AtlasSheet:
    return AtlasSheet(
        sheet_id,
        title,
        "province",
        draw=partial(theme_sheet, theme_id=theme_id, title=title),
        needs=partial(_has_themes, theme_ids=(theme_id,)),
    )


PROVINCE_SHEETS = (
    AtlasSheet(
        "zones",
        say("One circle, one belt, two areas", lang=LANG),
        "province",
        zones_sheet,
        _has_zones,
    ),
    AtlasSheet(
        "industries",
        say("Leading industry of counties", lang=LANG),
        "province",
        industries_sheet,
        _has_industries,
    ),
    AtlasSheet(
        "transport",
        say("Major transport projects", lang=LANG),
        "province",
        transport_sheet,
        partial(_has_projects, domain="transport"),
    ),
    AtlasSheet(
        "energy",
        say("Major energy projects", lang=LANG),
        "province",
        energy_sheet,
        partial(_has_projects, domain="energy"),
    ),
    AtlasSheet(
        "targets",
        say("Development targets of the zones", lang=LANG),
        "province",
        zone_targets_sheet,
        _has_zone_targets,
    ),
    AtlasSheet(
        "clusters",
        say("Key industry clusters", lang=LANG),
        "province",
        cluster_sheet,
        partial(_has_themes, theme_ids=("cluster-count", "cluster-revenue")),
    ),
    _theme_entry(
        "urbanisation",
        "urbanisation",
        say("Urbanisation rate and the province's target", lang=LANG),
    ),
    _theme_entry("ageing", "over-65", say("Share aged 65 and over", lang=LANG)),
    _theme_entry("children", "under-15", say("Share aged 0 to 14", lang=LANG)),
)
