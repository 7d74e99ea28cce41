"""The atlas's sheets of the whole region: those that its table of themes puts on sheets.

The code knows kinds of map; which maps there are, of what and in which order, is the pack's to say.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from regionkit.analysis.targets import describe_target
from regionkit.maps.atlas.data import LANG
from regionkit.maps.atlas.documents import project_documents
from regionkit.maps.atlas.entry import AtlasSheet
from regionkit.maps.paper.compose import draw_map
from regionkit.maps.paper.furniture import Furniture
from regionkit.maps.paper.map_parts import MapParts
from regionkit.maps.signs.colours import STRUCTURE
from regionkit.maps.signs.layer_items import layer_items, zone_fill_items, zone_legend
from regionkit.maps.signs.legend_item import LegendItem
from regionkit.maps.signs.palette import kind_colours
from regionkit.maps.signs.project_items import project_items
from regionkit.maps.signs.strokes import Stroke, has_routes
from regionkit.maps.signs.styles import overlap_groups
from regionkit.maps.signs.words import projection_words, short_names
from regionkit.maps.themes.levels import layer_level
from regionkit.maps.themes.listed import (
    list_maps,
    map_projects,
    map_title,
    project_source,
    structure_lines,
    zone_targets,
)
from regionkit.words.message import join, msg, say

if TYPE_CHECKING:
    from collections.abc import Callable

    import geopandas as gpd

    from regionkit.maps.atlas.data import AtlasData
    from regionkit.maps.paper.sheet import Sheet
    from regionkit.maps.signs.layers import AreaLayer
    from regionkit.maps.themes.listed import ListedMap
    from regionkit.region import Region

__all__ = ["membership_notes", "province_sheets"]

# So many targets of a zone are listed beside its map.
_MOST_TARGETS = 6
_TRACK_PT = 2.4
# Of tracks in black and white, whose numbers tell them apart.
_GREYS = ("#111111", "#666666", "#999999", "#444444")
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
    ln = data.region
    groups = overlap_groups(data.zones, data.counties)
    has_overlaps = bool((groups.map(len) > 1).any())
    sheet = data.sheet(
        sheet_title(ln, maps),
        say("Hatched counties belong to two zones", lang=LANG) if has_overlaps else "",
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
            seats=data.region.seats,
            name_column="short",
        ),
        crs=data.crs,
        theme=data.theme,
    )
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


def structure_sheet(data: AtlasData, maps: tuple[ListedMap, ...]) -> Sheet:
    """Return the sheet of axes, corridors, rings and channels: a line for each that has a track."""
    ln, (one,) = data.region, maps
    tracks = structure_lines(ln, one)
    facts = ln.zone_table.loc[tracks.index]
    sheet = data.sheet(
        sheet_title(ln, maps),
        say("Lines join the places that the plans name, straight from one to the next", lang=LANG),
        data.cite(facts),
    )
    ax = sheet.axes[0]
    draw_map(
        ax,
        None,
        MapParts(
            extent=data.counties,
            land=data.counties.geometry,
            cities=data.cities.geometry,
            names=data.cities,
            seats=ln.seats,
            name_column="short",
        ),
        crs=data.crs,
        theme=data.theme,
    )
    kinds = tracks["kind"].drop_duplicates().tolist()
    palette = _GREYS if data.theme.use_patterns else kind_colours(len(kinds))
    colours = dict(zip(kinds, palette, strict=False))
    if not data.theme.use_patterns:
        colours |= {kind: STRUCTURE[kind].colour for kind in kinds if kind in STRUCTURE}
    labels = ln.labels("zones", "kind")
    view = ax.get_xlim(), ax.get_ylim()
    items = []
    for kind in kinds:
        mine = tracks[tracks["kind"] == kind].to_crs(data.crs)
        stroke = Stroke(colours[kind], width_pt=_TRACK_PT)
        items.append(LegendItem(labels[kind], "line", stroke=stroke))
        for number, (zone_id, line) in enumerate(mine.geometry.items(), 1):
            # Lines of one kind may share places: a number tells them apart, the legend their names.
            xy = np.asarray(line.coords)
            ax.plot(
                *xy.T, color=colours[kind], linewidth=_TRACK_PT, zorder=6, gid=f"track-{zone_id}"
            )
            stands = line.interpolate(0.5, normalized=True)
            ax.text(
                stands.x,
                stands.y,
                str(number),
                color="white",
                fontsize=data.theme.base_size * 0.9,
                ha="center",
                va="center",
                zorder=7,
                bbox={"boxstyle": "circle,pad=0.25", "fc": colours[kind], "ec": "white"},
                clip_on=True,
            )
            name = facts.loc[zone_id, "name"]
            items.append(
                LegendItem(say("{number} {name}", lang=LANG, number=number, name=name), "note")
            )
    ax.set_xlim(view[0])
    ax.set_ylim(view[1])
    inferred = int((tracks["basis"] == "inferred").sum())
    if inferred:
        items.append(
            LegendItem(say("Tracks inferred in part: {n}.", lang=LANG, n=inferred), "note")
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
            seats=data.region.seats,
            name_column=name_column,
        ),
        crs=data.crs,
        theme=data.theme,
    )
    sheet.add_legend(layer_items(layer, data.theme, counted_as=_counted_as(data, layer)))
    return sheet.finish(data.crs)


def _counted_as(data: AtlasData, layer: AreaLayer) -> str:
    """Return what the numbers in the legend of a layer count."""
    return _UNIT_WORDS[layer_level(data.region, layer.frame) or "county"].render(LANG)


def industries_sheet(data: AtlasData, maps: tuple[ListedMap, ...]) -> Sheet:
    """Return the sheet of the counties' leading industries."""
    ln = data.region
    named = data.counties[data.counties.index.isin(ln.county_industries.index)].copy()
    named["label"] = short_names(named["name"], ln.aliases, set(data.cities["short"]))
    return _area_sheet(
        data,
        data.require_layer(maps[0].map_id),
        title=sheet_title(ln, maps),
        subtitle=say(
            "Coloured by the sector of the first industry that the plans list; all industries "
            "are in the atlas table profiles.csv",
            lang=LANG,
        ),
        names=named,
        name_column="label",
    )


def projects_sheet(data: AtlasData, maps: tuple[ListedMap, ...]) -> Sheet:
    """Return the sheet of the projects of one domain that a document names."""
    ln, (one,) = data.region, maps
    projects = map_projects(ln, one)
    source = project_source(ln, one)
    said = ln.mentions[ln.mentions["project_id"].isin(projects.index)]
    if source is not None:
        said = said[said["source_id"] == source]
    sheet = data.sheet(
        sheet_title(ln, maps),
        project_documents(ln, said),
        data.cite(said),
        projects=projects,
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
            seats=data.region.seats,
            name_column="short",
        ),
        crs=data.crs,
        theme=data.theme,
    )
    sheet.add_legend(
        [
            *project_items(projects, data.project_labels, is_grey=data.theme.use_patterns),
            *zone_legend(data.zones, data.theme, is_quiet=has_routes(projects)),
        ]
    )
    return sheet.finish(data.crs)


def _year_of(target: Any) -> str:
    return say("{year}", lang=LANG, year=target.target_year) if pd.notna(target.target_year) else ""


def zone_targets_sheet(data: AtlasData, maps: tuple[ListedMap, ...]) -> Sheet:
    """Return the sheet of the zones' targets side by side, those of one document."""
    ln, (one,) = data.region, maps
    targets = zone_targets(ln, one)
    documents = ln.sources.loc[targets["source_id"].unique(), "short_title"]
    sheet = data.sheet(
        sheet_title(ln, maps),
        say("Targets that {documents} set", lang=LANG, documents=join(documents)),
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
                # The panel is widened for its words, beyond what would be drawn.
                has_ground=False,
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
            for row in mine.head(_MOST_TARGETS).itertuples()
        ]
        if len(mine) > _MOST_TARGETS:
            rest = len(mine) - _MOST_TARGETS
            lines.append(say("{n} more are in the atlas table targets.csv.", lang=LANG, n=rest))
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


def area_sheet(data: AtlasData, maps: tuple[ListedMap, ...]) -> Sheet:
    """Return the sheet of one coloured map."""
    layer = data.require_layer(maps[0].map_id)
    return _area_sheet(data, layer, title=sheet_title(data.region, maps))


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
            MapParts(names=data.cities, seats=data.region.seats, name_column="short"),
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
    sheets = []
    for sheet_id, maps in by_sheet.items():
        draw: Callable[..., Sheet] = _SHEETS.get(maps[0].shows, area_sheet)
        if len(maps) > 1:
            draw = side_by_side_sheet
        title = sheet_title(region, tuple(maps))
        sheets.append(AtlasSheet(sheet_id, title, "province", partial(draw, maps=tuple(maps))))
    return sheets
