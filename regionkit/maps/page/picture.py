"""A picture of a page: what it opens on, by the static renderer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from regionkit.maps.signs.citations import cite_rows
from regionkit.maps.signs.layer_items import zone_fill_items
from regionkit.maps.signs.layers import AreaLayer, category_layer
from regionkit.maps.signs.legend_item import LegendItem
from regionkit.maps.signs.theme import Theme, drawing
from regionkit.maps.signs.words import project_signs
from regionkit.maps.signs.zone_doubt import with_inferred
from regionkit.places.projection import map_crs
from regionkit.region.names import names_in, short_cities
from regionkit.words.message import join, say

if TYPE_CHECKING:
    from collections.abc import Collection

    import geopandas as gpd

    from regionkit.maps.paper.sheet import Sheet
    from regionkit.maps.signs.base_layers import Base
    from regionkit.region import Region

__all__ = ["close_sheet", "layer_sheet", "page_sheet", "zones_sheet"]


def page_sheet(
    region: Region,
    layer: AreaLayer | None,
    *,
    title: str,
    overlays: Collection[str],
    projects: gpd.GeoDataFrame,
    base: Base | None = None,
    lang: str,
) -> Sheet:
    """Return a page's open layer with what stands over it as a sheet of the static renderer."""
    from regionkit.maps.paper.layout import layout

    common: dict[str, Any] = {
        "title": title,
        "zones": region.zones if "zones" in overlays else None,
        "projects": projects if "projects" in overlays and len(projects) else None,
        "cities": region.cities if "cities" in overlays else None,
        "labels_of": project_signs(region),
        "base": base,
        "lang": lang,
    }
    if layer is not None:
        return layout(layer, subtitle=layer.title, **common)
    ground = category_layer(
        region.cities,
        "name",
        title=title,
        colours=dict.fromkeys(region.cities["name"], Theme().land),
        lang=lang,
    )
    return layout(ground, source=region.boundaries_label, **common)


def zones_sheet(
    region: Region, *, title: str, message: str, base: Base | None = None, lang: str
) -> Sheet:
    """Return the zones, filled and named, with their message, as a sheet of the static renderer."""
    from regionkit.maps.paper.areas import seen_outlines
    from regionkit.maps.paper.compose import draw_map
    from regionkit.maps.paper.map_parts import MapParts
    from regionkit.maps.paper.sheet import Sheet

    theme = Theme()
    zones, counties = region.zones, seen_outlines(region.counties)
    zones = with_inferred(region, zones, counties.geometry)
    members = region.memberships[region.memberships["zone_id"].isin(zones.index)]
    source = join([cite_rows(region, members, lang), region.boundaries_label], "clauses")
    items = zone_fill_items(zones, counties, theme, lang=lang)
    if not all(shape.is_empty for shape in zones["inferred"]):
        items.append(
            LegendItem(say("Edges are dashed where members are inferred.", lang=lang), "note")
        )
    crs = map_crs(counties.geometry)
    with drawing(theme):
        sheet = Sheet(
            title=title,
            subtitle=message,
            theme=theme,
            source=source.render(lang),
            lang=lang,
            items=items,
        )
        draw_map(
            sheet.axes[0],
            None,
            MapParts(
                extent=counties,
                land=counties.geometry,
                cities=region.cities.geometry,
                zones=zones,
                zone_names=names_in(zones, lang, column="short_name"),
                fill_zones=counties,
                names=region.cities.assign(short=short_cities(region, lang)),
                name_column="short",
                seats=region.seats,
                base=base,
            ),
            crs=crs,
            theme=theme,
            lang=lang,
        )
        return sheet.finish(crs)


def layer_sheet(layer: AreaLayer, *, title: str, base: Base | None = None, lang: str) -> Sheet:
    """Return a layer of no region as a sheet of the static renderer."""
    from regionkit.maps.paper.layout import layout

    return layout(layer, title=title, subtitle=layer.title, base=base, lang=lang)


def close_sheet(sheet: Sheet) -> None:
    """Give back what a sheet's figure holds."""
    import matplotlib.pyplot as plt

    plt.close(sheet.figure)
