"""What stands in a page before its script has begun: words and a small picture.

They stay where scripts are blocked, or a browser is too old to read ours.
"""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from regionkit.maps.signs.colours import zone_look
from regionkit.region.names import names_in
from regionkit.words.message import say
from regionkit.words.plain import cut_text, drawn_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    import geopandas as gpd

    from regionkit.maps.signs.layers import AreaLayer
    from regionkit.region import Region

__all__ = ["layer_picture", "standing_block", "zones_picture"]

# Letters of a line, and of a name in the picture.
_LONGEST_LINE, _LONGEST_NAME = 400, 24
# Of the picture's longer side: finer is not seen at its size.
_GRAIN = 1 / 160
_WIDE = 640
_MOST_AREAS = 400
# Drawn only where the map is not there by then: else a browser that is quick would draw both. One
# that knows no animation (wkhtmltopdf) draws it at once.
_LATE = (
    "<style>@keyframes rk-late{from,to{visibility:hidden;content-visibility:hidden}}"
    "#rk-static{animation:rk-late .4s}</style>"
)
# Of a zone that has no colour.
_NO_COLOUR = "#c9ccc9"


def standing_block(
    title: str, message: str, lines: Sequence[str], picture: str, *, lang: str
) -> str:
    """Return the element with a page's title, its message, some lines and a picture.

    Parameters
    ----------
    title, message : str
    lines : sequence of str
        Of a list.
    picture : str
        SVG, "" for none.
    lang : {"zh", "en"}

    Examples
    --------
    >>> block = standing_block("图", "一句话。", ["甲"], "", lang="zh")
    >>> "<h1>图</h1>" in block, "浏览器" in block
    (True, True)
    """
    why = say(
        "The map is drawn by a script. If it does not appear, allow scripts or open the page in "
        "a newer browser (Chrome, Edge, 360 or Firefox of 2019 or later).",
        lang=lang,
    )
    items = "".join(f"<li>{_shown(line, _LONGEST_LINE)}</li>" for line in lines)
    return (
        f'{_LATE}<div id="rk-static" class="rk-static">'
        f"<h1>{_shown(title, _LONGEST_LINE)}</h1>"
        + (f"<p><b>{_shown(message, _LONGEST_LINE)}</b></p>" if message else "")
        + picture
        + (f"<ul>{items}</ul>" if items else "")
        + f"<p>{html.escape(why)}</p></div>"
    )


def _shown(text: str, most: int) -> str:
    """Return a text for HTML, without what cannot be shown and as long as there is room."""
    return html.escape(cut_text(drawn_text(text), most))


def zones_picture(region: Region, lang: str) -> str:
    """Return the zones of a region as a small picture; "" where it has none."""
    zones = region.zones[~region.zones.geometry.is_empty]
    if not len(zones):
        return ""
    colours = [
        zone_look(one).fill if isinstance(one, str) else _NO_COLOUR for one in zones["colour"]
    ]
    names = names_in(zones, lang, column="short_name")
    return _svg(zones.geometry, colours, opacity=0.75, names=list(names))


def layer_picture(layer: AreaLayer) -> str:
    """Return the areas of a layer in their colours as a small picture; "" for very many."""
    frame = layer.frame
    if len(frame) > _MOST_AREAS:
        return ""
    colours = [layer.entries[code].colour if code >= 0 else "none" for code in layer.codes]
    return _svg(frame.geometry, colours)


def _svg(
    shapes: gpd.GeoSeries, colours: Sequence[str], *, opacity: float = 1, names: Sequence[str] = ()
) -> str:
    where = shapes.to_crs(4326) if shapes.crs is not None else shapes
    west, south, east, north = where.total_bounds
    stretch = float(np.cos(np.radians((south + north) / 2)))
    scale = _WIDE / max((east - west) * stretch, (north - south), 1e-9)
    wide, high = (east - west) * stretch * scale, (north - south) * scale

    def to_picture(xy: Any) -> Any:
        return np.column_stack([(xy[:, 0] - west) * stretch * scale, (north - xy[:, 1]) * scale])

    grain = _GRAIN * max(east - west, north - south)
    parts: list[str] = []
    for shape, colour in zip(where, colours, strict=True):
        if shape is None or shape.is_empty or "Polygon" not in shape.geom_type:
            continue
        rings = [
            ring
            for part in shapely.get_parts(shapely.simplify(shape, grain))
            for ring in (part.exterior, *part.interiors)
            if part.area > grain * grain * 4
        ]
        path = "".join(_path(to_picture(shapely.get_coordinates(ring))) for ring in rings)
        if path:
            parts.append(
                f'<path d="{path}" fill="{html.escape(colour)}" fill-opacity="{opacity:g}" '
                'stroke="#5a554c" stroke-width=".8"/>'
            )
    for shape, name in zip(where, names, strict=False):
        x, y = to_picture(shapely.get_coordinates(shape.representative_point()))[0]
        parts.append(
            f'<text x="{x:.0f}" y="{y:.0f}" text-anchor="middle" font-size="16" '
            f'font-weight="700" fill="#1f2a33">{_shown(name, _LONGEST_NAME)}</text>'
        )
    if not parts:
        return ""
    return (
        f'<svg role="img" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide:.0f} {high:.0f}">'
        f"{''.join(parts)}</svg>"
    )


def _path(points: Any) -> str:
    rounded = np.round(points).astype(int)
    kept = [tuple(rounded[0])]
    for point in rounded[1:]:
        if tuple(point) != kept[-1]:
            kept.append(tuple(point))
    return "M" + "L".join(f"{x} {y}" for x, y in kept) + "Z" if len(kept) > 3 else ""
