"""The atlas's sheets of the whole region: those that its table of themes puts on sheets.

The code knows kinds of map; which maps there are, of what and in which order, is the pack's to say.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import pandas as pd

from regionkit.analysis.messages import projects_message
from regionkit.maps.atlas.data import FURNITURE, LANG
from regionkit.maps.atlas.documents import mentions_of, project_documents
from regionkit.maps.atlas.entry import AtlasSheet
from regionkit.maps.atlas.gap_page import draw_gap_page, gap_title
from regionkit.maps.atlas.list_pages import (
    draw_clusters_page,
    draw_layer_page,
    draw_targets_page,
)
from regionkit.maps.atlas.project_page import draw_project_page
from regionkit.maps.atlas.structure_page import draw_structure_page
from regionkit.maps.atlas.zones_page import draw_zones_page
from regionkit.maps.page.goals import list_gaps
from regionkit.maps.page.presets import layer_message
from regionkit.maps.paper.compose import draw_map
from regionkit.maps.paper.map_parts import MapParts
from regionkit.maps.signs.colours import NOT_LISTED
from regionkit.maps.signs.layer_items import layer_items
from regionkit.maps.signs.legend_item import LegendItem
from regionkit.maps.signs.words import projection_words
from regionkit.maps.themes.levels import layer_level
from regionkit.maps.themes.listed import (
    list_maps,
    map_projects,
    map_title,
    older_projects,
    project_source,
    zone_targets,
)
from regionkit.query.projects import named_now
from regionkit.words.message import join, msg, say

if TYPE_CHECKING:
    from collections.abc import Callable

    import geopandas as gpd

    from regionkit.maps.atlas.data import AtlasData
    from regionkit.maps.paper.sheet import Sheet
    from regionkit.maps.signs.layers import AreaLayer
    from regionkit.maps.signs.theme import Theme
    from regionkit.maps.themes.listed import ListedMap
    from regionkit.region import Region

__all__ = ["membership_notes", "province_sheets"]

_EACH = {
    "county": msg("each county"),
    "city": msg("each city"),
    "zone": msg("each zone"),
    "province": msg("each province"),
}
_UNIT_WORDS = {
    "county": msg("county-level units"),
    "city": msg("cities"),
    "zone": msg("zones"),
    "province": msg("provinces"),
}


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


def zones_sheet(data: AtlasData, maps: tuple[ListedMap, ...]) -> Sheet:
    """Return the sheet of the plan's zones, overlaps hatched."""
    return draw_zones_page(data, sheet_title(data.region, maps))


def structure_sheet(data: AtlasData, maps: tuple[ListedMap, ...]) -> Sheet:
    """Return the sheet of cores, axes, corridors, rings and channels, and of what has no place."""
    return draw_structure_page(data, maps[0], sheet_title(data.region, maps))


def _area_sheet(
    data: AtlasData,
    layer: AreaLayer,
    *,
    title: str,
    subtitle: str = "",
    names: gpd.GeoDataFrame | None = None,
    name_column: str = "short",
    theme: Theme | None = None,
) -> Sheet:
    """Return a sheet of one layer with city borders and zone outlines."""
    return draw_layer_page(
        data,
        layer,
        title,
        subtitle,
        layer_items(layer, theme or data.theme, counted_as=_counted_as(data, layer)),
        MapParts(
            furniture=FURNITURE,
            cities=data.cities.geometry,
            names=data.named if names is None else names,
            seats=data.region.seats,
            name_column=name_column,
        ),
        map_mm=205.0,
        theme=theme,
    )


def _counted_as(data: AtlasData, layer: AreaLayer) -> str:
    """Return what the numbers in the legend of a layer count."""
    return _UNIT_WORDS[layer_level(data.region, layer.frame) or "county"].render(LANG)


def industries_sheet(data: AtlasData, maps: tuple[ListedMap, ...]) -> Sheet:
    """Return the sheet of the counties' leading industries."""
    ln = data.region
    named = data.counties[data.counties.index.isin(ln.county_industries.index)].copy()
    short = data.short_counties[named.index]
    first = ln.industries[(ln.industries["rank"] == 1)].drop_duplicates("adcode")
    product = first.set_index("adcode")["industry"].reindex(named.index)
    # The colour is our group, the product stands in the county.
    named["label"] = (short + "\n" + product).fillna(short)
    made = data.theme_layer(maps[0].map_id)
    return _area_sheet(
        data,
        data.require_layer(maps[0].map_id),
        title=sheet_title(ln, maps),
        subtitle="" if made is None else layer_message(made, LANG),
        names=named,
        name_column="label",
        # What no plan lists is land, not a kind of its own.
        theme=None if data.theme.use_patterns else replace(data.theme, no_data=NOT_LISTED),
    )


def projects_sheet(data: AtlasData, maps: tuple[ListedMap, ...]) -> Sheet:
    """Return the sheet of the projects of one domain that a document names."""
    ln, (one,) = data.region, maps
    projects = map_projects(ln, one)
    older = older_projects(ln, one) if data.with_older else None
    source = project_source(ln, one)
    said = mentions_of(ln, projects)
    if source is not None:
        said = said[said["source_id"] == source]
    cited = said if older is None else pd.concat([said, mentions_of(ln, older)])
    sheet, _ = draw_project_page(
        data,
        sheet_title(ln, maps),
        projects_message(ln, one.domain, LANG)
        if projects.index.equals(_counted_now(ln, one.domain))
        else project_documents(ln, said),
        data.cite(cited),
        projects,
        replace(data.whole_parts, older=older),
        extent=data.counties,
        crs=data.crs,
    )
    return sheet


def _counted_now(region: Region, domain: str) -> pd.Index:
    """Return the projects of a domain that the message under its title counts."""
    now = named_now(region.projects)
    return now.index[now["domain"] == domain]


def zone_targets_sheet(data: AtlasData, maps: tuple[ListedMap, ...]) -> Sheet:
    """Return the sheet of the zones' targets with what is reached, those of one document."""
    ln, (one,) = data.region, maps
    return draw_targets_page(data, zone_targets(ln, one), sheet_title(ln, maps))


def clusters_sheet(data: AtlasData, maps: tuple[ListedMap, ...]) -> Sheet:
    """Return the sheet of the industry clusters."""
    layer = data.require_layer(maps[0].map_id)
    return draw_clusters_page(data, layer, sheet_title(data.region, maps))


def area_sheet(data: AtlasData, maps: tuple[ListedMap, ...]) -> Sheet:
    """Return the sheet of one coloured map: its title says place, measure and year."""
    layer = data.require_layer(maps[0].map_id)
    ln, (one, *_) = data.region, maps
    made = data.theme_layer(one.map_id)
    title = sheet_title(ln, maps)
    if made is not None and made.year is not None and not one.sheet_title:
        level = layer_level(ln, layer.frame) or "county"
        title = say(
            "{title} of {units} of {place}, {year}",
            lang=LANG,
            title=map_title(ln, one, LANG),
            units=_EACH[level].render(LANG),
            place=ln.name,
            year=made.year,
        )
    elif made is not None and made.year is not None:
        title = say("{title}, {year}", lang=LANG, title=title, year=made.year)
    return _area_sheet(
        data, layer, title=title, subtitle="" if made is None else layer_message(made, LANG)
    )


def side_by_side_sheet(data: AtlasData, maps: tuple[ListedMap, ...]) -> Sheet:
    """Return the sheet of several coloured maps, each with its own legend beneath it."""
    layers = [data.require_layer(one.map_id) for one in maps]
    ln = data.region
    n_clusters = len(ln.clusters)
    is_of_clusters = all(one.shows in {"clusters", "cluster targets"} for one in maps)
    sheet = data.sheet(
        sheet_title(ln, maps),
        say("Layout and revenue targets of {n} key industry clusters", lang=LANG, n=n_clusters)
        if is_of_clusters
        else "",
        join(dict.fromkeys(layer.source for layer in layers if layer.source), "clauses").render(
            LANG
        ),
        n_maps=len(layers),
        legend_mm=0.0,
    )
    legends = [
        layer_items(layer, data.theme, counted_as=_counted_as(data, layer)) for layer in layers
    ]
    legends[-1].append(LegendItem(projection_words(data.crs), "note"))
    sheet.add_legends_below(legends)
    for ax, layer in zip(sheet.axes, layers, strict=True):
        draw_map(
            ax,
            layer,
            MapParts(
                furniture=FURNITURE, names=data.named, seats=data.region.seats, name_column="short"
            ),
            crs=data.crs,
            theme=data.theme,
        )
        ax.set_title(layer.title, fontsize=data.theme.base_size * 1.1)
    return sheet.finish()


def sheet_title(region: Region, maps: tuple[ListedMap, ...]) -> str:
    """Return the title of a sheet: as its themes say, else that of its first map."""
    given = next((one.sheet_title for one in maps if one.sheet_title), "")
    return given or map_title(region, maps[0], LANG)


_SHEETS: dict[str, Callable[..., Sheet]] = {
    "zones": zones_sheet,
    "structure": structure_sheet,
    "industries": industries_sheet,
    "projects": projects_sheet,
    "zone targets": zone_targets_sheet,
    "clusters": clusters_sheet,
}


def province_sheets(region: Region) -> list[AtlasSheet]:
    """Return the sheets of the whole region that its themes ask for and its facts allow.

    Examples
    --------
    >>> import regionkit as rk
    >>> [sheet.sheet_id for sheet in province_sheets(rk.load("liaoning"))][:3]
    ['zones', 'structure', 'industries']
    """
    by_sheet: dict[str, list[ListedMap]] = {}
    for one in list_maps(region):
        if one.sheet:
            by_sheet.setdefault(one.sheet, []).append(one)
    gaps = [one.map_id for one in list_gaps(region) if one.sheet]
    first_gap = next(iter(gaps), "")
    sheets = []
    for sheet_id, maps in by_sheet.items():
        draw: Callable[..., Sheet] = _SHEETS.get(maps[0].shows, area_sheet)
        if len(maps) > 1:
            draw = side_by_side_sheet
        title = sheet_title(region, tuple(maps))
        sheets.append(AtlasSheet(sheet_id, title, "province", partial(draw, maps=tuple(maps))))
        sheets += [
            AtlasSheet(
                f"gap-{one.map_id}",
                gap_title(region, one),
                "province",
                partial(draw_gap_page, one=one, is_first=one.map_id == first_gap),
            )
            for one in maps
            if one.map_id in gaps
        ]
    return sheets
