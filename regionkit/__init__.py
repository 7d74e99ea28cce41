"""regionkit: join a region's geometries to its plan, and map and question the result."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from regionkit.analysis.compare import compare_plans
    from regionkit.analysis.disparity import disparity, location_quotient
    from regionkit.analysis.progress import progress
    from regionkit.briefing import brief
    from regionkit.maps.page.webmap import webmap
    from regionkit.maps.paper.bivariate import bivariate
    from regionkit.maps.paper.dots import dots
    from regionkit.maps.paper.flows import flows
    from regionkit.maps.paper.multiples import small_multiples
    from regionkit.maps.paper.one_map import layout
    from regionkit.maps.paper.sheet import Sheet
    from regionkit.maps.paper.static import categorical, choropleth, symbols
    from regionkit.maps.signs.theme import theme
    from regionkit.region import Region, load

__version__ = "0.1.0"

# Name -> module. Loaded when first used, so that `import regionkit` is quick.
_HOMES = {
    "Region": "regionkit.region",
    "Sheet": "regionkit.maps.paper.sheet",
    "bivariate": "regionkit.maps.paper.bivariate",
    "brief": "regionkit.briefing",
    "categorical": "regionkit.maps.paper.static",
    "choropleth": "regionkit.maps.paper.static",
    "compare_plans": "regionkit.analysis.compare",
    "disparity": "regionkit.analysis.disparity",
    "dots": "regionkit.maps.paper.dots",
    "flows": "regionkit.maps.paper.flows",
    "layout": "regionkit.maps.paper.one_map",
    "load": "regionkit.region",
    "location_quotient": "regionkit.analysis.disparity",
    "progress": "regionkit.analysis.progress",
    "small_multiples": "regionkit.maps.paper.multiples",
    "symbols": "regionkit.maps.paper.static",
    "theme": "regionkit.maps.signs.theme",
    "webmap": "regionkit.maps.page.webmap",
}

__all__ = [
    "Region",
    "Sheet",
    "__version__",
    "bivariate",
    "brief",
    "categorical",
    "choropleth",
    "compare_plans",
    "disparity",
    "dots",
    "flows",
    "layout",
    "load",
    "location_quotient",
    "progress",
    "small_multiples",
    "symbols",
    "theme",
    "webmap",
]


def __getattr__(name: str) -> Any:
    """Load a public name from its module."""
    if name not in _HOMES:
        raise AttributeError(f"module 'regionkit' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    """Return the public names."""
    return __all__
