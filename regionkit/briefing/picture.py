"""The map of a briefing as a picture, drawn by the static renderer."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import geopandas as gpd

from regionkit.maps.paper.compose import draw_map
from regionkit.maps.paper.furniture import Furniture
from regionkit.maps.paper.map_parts import MapParts
from regionkit.maps.paper.sheet import Sheet
from regionkit.maps.signs.theme import drawing, get_theme
from regionkit.places.projection import map_crs

if TYPE_CHECKING:
    from regionkit.briefing.model import MapView

__all__ = ["map_picture"]

_DPI = 220


def map_picture(view: MapView, size_mm: tuple[float, float]) -> bytes:
    """Return the map with its legend as a PNG.

    Parameters
    ----------
    view : MapView
    size_mm : (float, float)
        Width and height on the page.
    """
    theme = get_theme("print")
    crs = map_crs(view.layer.frame)
    names = gpd.GeoDataFrame(
        {"label": list(view.labels)}, geometry=list(view.label_points), crs=view.label_points.crs
    )
    with drawing(theme):
        sheet = Sheet(title=view.caption, size=size_mm, theme=theme)
        draw_map(
            sheet.axes[0],
            view.layer,
            MapParts(
                land=view.ground if len(view.ground) else None,
                cities=view.outline,
                projects=view.projects if len(view.projects) else None,
                names=names,
                name_column="label",
                furniture=Furniture(inset=False),
            ),
            crs=crs,
            theme=theme,
        )
        sheet.add_legend(list(view.legend))
        sheet.finish()
        buffer = io.BytesIO()
        sheet.figure.savefig(buffer, format="png", dpi=_DPI, metadata={"Title": view.caption})
    return buffer.getvalue()
