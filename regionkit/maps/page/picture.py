"""A picture of a page: what it opens on, by the static renderer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from regionkit.maps.signs.layers import AreaLayer, category_layer
from regionkit.maps.signs.theme import Theme
from regionkit.maps.signs.words import project_signs

if TYPE_CHECKING:
    from collections.abc import Collection

    import geopandas as gpd

    from regionkit.maps.paper.sheet import Sheet
    from regionkit.maps.signs.base_layers import Base
    from regionkit.region import Region

__all__ = ["close_sheet", "layer_sheet", "page_sheet"]


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


def layer_sheet(layer: AreaLayer, *, title: str, base: Base | None = None, lang: str) -> Sheet:
    """Return a layer of no region as a sheet of the static renderer."""
    from regionkit.maps.paper.layout import layout

    return layout(layer, title=title, subtitle=layer.title, base=base, lang=lang)


def close_sheet(sheet: Sheet) -> None:
    """Give back what a sheet's figure holds."""
    import matplotlib.pyplot as plt

    plt.close(sheet.figure)
