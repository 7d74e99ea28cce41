"""A page shown elsewhere: in an iframe, in a notebook, as a picture; and its limits."""

from __future__ import annotations

import base64
import gzip
import html
import io
import warnings
from typing import TYPE_CHECKING, Any

from regionkit.maps.signs.classify import SAFE_CMAPS
from regionkit.maps.signs.layers import AreaLayer, category_layer

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    import geopandas as gpd

    from regionkit.maps.paper.sheet import Sheet
    from regionkit.region import Region

__all__ = ["GZIP_LIMIT_BYTES", "SIZE_LIMIT_BYTES", "frame_html", "notebook_html", "page_sheet"]

# What a mail gateway and an old laptop take without complaint.
SIZE_LIMIT_BYTES = 760_000
GZIP_LIMIT_BYTES = 260_000


def frame_html(
    title: str, *, height: int, src: str = "", page: str = "", style: str = "width:100%"
) -> str:
    """Return an iframe of a page's address, or of the page itself.

    Examples
    --------
    >>> frame_html("Map", height=300, src="map.html")
    '<iframe src="map.html" title="Map" style="width:100%;height:300px;border:0"></iframe>'
    """
    what = f'src="{html.escape(src)}"' if src else f'srcdoc="{html.escape(page)}"'
    name = html.escape(title)
    return f'<iframe {what} title="{name}" style="{style};height:{height}px;border:0"></iframe>'


def notebook_html(title: str, sheet: Sheet, page: str, *, height: int = 560) -> str:
    """Return a page over a picture of it: an untrusted notebook drops the page alone."""
    buffer = io.BytesIO()
    try:
        sheet.figure.savefig(buffer, format="png", dpi=80, metadata={"Software": None})
    finally:
        close_sheet(sheet)
    picture = base64.b64encode(buffer.getvalue()).decode("ascii")
    over = "position:absolute;left:0;top:0;width:100%;background:#fff"
    return (
        f'<div style="position:relative;width:100%;min-height:{height}px">'
        f'<img alt="{html.escape(title)}" style="max-width:100%;max-height:{height}px" '
        f'src="data:image/png;base64,{picture}">'
        f"{frame_html(title, height=height, page=page, style=over)}</div>"
    )


def page_sheet(
    region: Region,
    layer: AreaLayer | None,
    *,
    title: str,
    overlays: Collection[str],
    projects: gpd.GeoDataFrame,
    lang: str,
) -> Sheet:
    """Return a page's open layer with what stands over it as a sheet of the static renderer."""
    from regionkit.maps.paper.one_map import layout

    common: dict[str, Any] = {
        "title": title,
        "zones": region.zones if "zones" in overlays else None,
        "projects": projects if "projects" in overlays and len(projects) else None,
        "cities": region.cities if "cities" in overlays else None,
        "labels_of": {
            name: region.labels("projects", name) for name in ("domain", "kind", "stage")
        },
        "lang": lang,
    }
    if layer is not None:
        return layout(layer, subtitle=layer.title, **common)
    ground = category_layer(
        region.cities,
        "name",
        title=title,
        colours=dict.fromkeys(region.cities["name"], "#f4f1ea"),
        lang=lang,
    )
    return layout(ground, source=region.boundaries_label, **common)


def close_sheet(sheet: Sheet) -> None:
    """Give back what a sheet's figure holds."""
    import matplotlib.pyplot as plt

    plt.close(sheet.figure)


def warn_palette(cmap: str, colours: Mapping[str, str] | None) -> None:
    """Warn of colours not known to be told apart by all."""
    if colours is None and cmap.removesuffix("_r") not in SAFE_CMAPS:
        warnings.warn(
            f"cmap={cmap!r} is not known to be safe for colour-blind readers. YlGnBu, viridis or "
            "cividis are.",
            UserWarning,
            stacklevel=3,
        )


def warn_size(data: bytes, name: str) -> None:
    """Warn of a page larger than the limits, and say what makes it smaller."""
    packed = len(gzip.compress(data, 6, mtime=0))
    if len(data) > SIZE_LIMIT_BYTES or packed > GZIP_LIMIT_BYTES:
        warnings.warn(
            f"{name} has {len(data) / 1000:.0f} KB ({packed / 1000:.0f} KB gzipped), more than "
            f"{SIZE_LIMIT_BYTES // 1000} and {GZIP_LIMIT_BYTES // 1000}. Pass columns=[...] with "
            "the few columns readers need, simplify the geometry first "
            "(gdf.simplify_coverage(0.001)), or leave layers out.",
            UserWarning,
            stacklevel=3,
        )
