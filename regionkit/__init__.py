"""regionkit: join a region's geometries to its plan, and map and question the result.

Its names, and what each is for, are listed in the README; they are loaded when first used.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from regionkit import errors
    from regionkit.analysis.carry import carry_values
    from regionkit.analysis.compare import compare_plans
    from regionkit.analysis.disparity import disparity, location_quotient, similarity
    from regionkit.analysis.mentioned import find_mentions
    from regionkit.analysis.own_points import count_points, label_points, points_near, points_within
    from regionkit.analysis.planned_industries import compare_industries, list_industries
    from regionkit.analysis.progress import progress
    from regionkit.analysis.ranking import rank_units
    from regionkit.analysis.standstill import dropped_after, open_since
    from regionkit.analysis.target_order import choose_targets
    from regionkit.analysis.tasks import list_tasks
    from regionkit.analysis.works import project_progress
    from regionkit.analysis.zone_overlaps import list_zones_of, zone_overlaps
    from regionkit.briefing import brief
    from regionkit.export.layer import export_layer
    from regionkit.maps.atlas.write import write_atlas
    from regionkit.maps.page.webmap import WebMap, webmap
    from regionkit.maps.paper.area_maps import categorical, choropleth
    from regionkit.maps.paper.bivariate import bivariate
    from regionkit.maps.paper.dots import dots
    from regionkit.maps.paper.layout import layout
    from regionkit.maps.paper.multiples import small_multiples
    from regionkit.maps.paper.sheet import Sheet
    from regionkit.maps.paper.symbol_maps import symbols
    from regionkit.maps.signs.layers import AreaLayer, category_layer, choropleth_layer
    from regionkit.maps.signs.theme import Theme, theme
    from regionkit.pack.check import check_pack
    from regionkit.pack.new import new_pack
    from regionkit.places.place import Place
    from regionkit.region import Region
    from regionkit.region.load import load

__version__ = "0.2.0"

# Name -> module. Loaded when first used, so that `import regionkit` is quick.
_HOMES = {
    "AreaLayer": "regionkit.maps.signs.layers",
    "Place": "regionkit.places.place",
    "Region": "regionkit.region",
    "Sheet": "regionkit.maps.paper.sheet",
    "Theme": "regionkit.maps.signs.theme",
    "WebMap": "regionkit.maps.page.webmap",
    "bivariate": "regionkit.maps.paper.bivariate",
    "brief": "regionkit.briefing",
    "carry_values": "regionkit.analysis.carry",
    "categorical": "regionkit.maps.paper.area_maps",
    "category_layer": "regionkit.maps.signs.layers",
    "check_pack": "regionkit.pack.check",
    "choose_targets": "regionkit.analysis.target_order",
    "choropleth": "regionkit.maps.paper.area_maps",
    "choropleth_layer": "regionkit.maps.signs.layers",
    "compare_industries": "regionkit.analysis.planned_industries",
    "compare_plans": "regionkit.analysis.compare",
    "count_points": "regionkit.analysis.own_points",
    "disparity": "regionkit.analysis.disparity",
    "dots": "regionkit.maps.paper.dots",
    "dropped_after": "regionkit.analysis.standstill",
    "export_layer": "regionkit.export.layer",
    "find_mentions": "regionkit.analysis.mentioned",
    "label_points": "regionkit.analysis.own_points",
    "layout": "regionkit.maps.paper.layout",
    "list_industries": "regionkit.analysis.planned_industries",
    "list_tasks": "regionkit.analysis.tasks",
    "list_zones_of": "regionkit.analysis.zone_overlaps",
    "load": "regionkit.region.load",
    "location_quotient": "regionkit.analysis.disparity",
    "new_pack": "regionkit.pack.new",
    "open_since": "regionkit.analysis.standstill",
    "points_near": "regionkit.analysis.own_points",
    "points_within": "regionkit.analysis.own_points",
    "progress": "regionkit.analysis.progress",
    "project_progress": "regionkit.analysis.works",
    "rank_units": "regionkit.analysis.ranking",
    "similarity": "regionkit.analysis.disparity",
    "small_multiples": "regionkit.maps.paper.multiples",
    "symbols": "regionkit.maps.paper.symbol_maps",
    "theme": "regionkit.maps.signs.theme",
    "webmap": "regionkit.maps.page.webmap",
    "write_atlas": "regionkit.maps.atlas.write",
    "zone_overlaps": "regionkit.analysis.zone_overlaps",
}

__all__ = [
    "AreaLayer",
    "Place",
    "Region",
    "Sheet",
    "Theme",
    "WebMap",
    "__version__",
    "bivariate",
    "brief",
    "carry_values",
    "categorical",
    "category_layer",
    "check_pack",
    "choose_targets",
    "choropleth",
    "choropleth_layer",
    "compare_industries",
    "compare_plans",
    "count_points",
    "disparity",
    "dots",
    "dropped_after",
    "errors",
    "export_layer",
    "find_mentions",
    "label_points",
    "layout",
    "list_industries",
    "list_tasks",
    "list_zones_of",
    "load",
    "location_quotient",
    "new_pack",
    "open_since",
    "points_near",
    "points_within",
    "progress",
    "project_progress",
    "rank_units",
    "similarity",
    "small_multiples",
    "symbols",
    "theme",
    "webmap",
    "write_atlas",
    "zone_overlaps",
]


def __getattr__(name: str) -> Any:
    """Load a public name from its module."""
    if name == "errors":
        return import_module("regionkit.errors")
    if name not in _HOMES:
        raise AttributeError(f"module 'regionkit' has no attribute {name!r}")
    if name == "load" and "IPython" in sys.modules:
        import_module("regionkit.analysis.shown").show_in_notebooks()
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    """Return the public names."""
    return __all__
