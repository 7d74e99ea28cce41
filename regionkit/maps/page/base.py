"""The user's own rivers, railways, roads and areas, as the page draws them over its units."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from regionkit.maps.page.topology import encode_line, to_grid
from regionkit.maps.signs.base_layers import BASE_STYLES, read_base
from regionkit.words.message import msg

if TYPE_CHECKING:
    from collections.abc import Sequence

    from regionkit.maps.signs.base_layers import Base, BaseLayer

__all__ = ["page_base"]

_PX_PER_MM = 96 / 25.4
# A base is drawn to this share of a page's longer side, about a pixel where it opens; one of more
# letters than are worth it is drawn more coarsely, each time by this much.
_GRAIN = 1 / 1200
_MOST_LETTERS = 90_000
_COARSER = 1.6
# Grid steps to the least bend that is kept.
_STEPS_A_BEND = 4


def page_base(base: Base, bounds: Sequence[float], shift: Any = None) -> list[dict[str, Any]]:
    """Return a user's own base by kind, each with its style and its lines as text.

    Parameters
    ----------
    base : path, GeoDataFrame, sequence or mapping
        As of :func:`~regionkit.maps.signs.base_layers.read_base`, which tells what it refuses.
    bounds : (west, south, east, north), degrees
        What lies outside is left out.
    shift : callable, optional
        Moves coordinates (n, 2) to the datum of a base map.

    Returns
    -------
    list of dict
        ``scale`` of coordinates; ``line``, ``fill``, ``width`` and ``dashes`` in px; ``lines`` and
        ``areas``, the rings of areas, holes among them.

    Examples
    --------
    >>> import geopandas as gpd
    >>> river = gpd.GeoSeries([shapely.LineString([(122, 41), (123, 42)])], crs="EPSG:4326")
    >>> (made,) = page_base({"河流": river}, (120, 40, 124, 43))
    >>> made["line"], len(made["lines"]), made["areas"]
    ('#9cbccb', 1, [])
    """
    layers = read_base(base, bounds)
    west, south, east, north = bounds
    first = grain = max(east - west, north - south) * _GRAIN
    while True:
        made = [_encode_layer(layer, grain, shift) for layer in layers]
        size = sum(len(line) for one in made for line in (*one["lines"], *one["areas"]))
        if size <= _MOST_LETTERS:
            break
        grain *= _COARSER
    if grain > first:
        text = msg(
            "The base is large: on the page it is thinned to what shows from {km:.1f} km on.",
            km=grain * 111,
        )
        warnings.warn(str(text), UserWarning, stacklevel=4)
    return made


def _encode_layer(layer: BaseLayer, grain: float, shift: Any) -> dict[str, Any]:
    style = BASE_STYLES[layer.kind]
    scale = int(np.ceil(_STEPS_A_BEND / grain))
    parts = shapely.get_parts(shapely.get_parts(layer.shapes.to_numpy()))
    is_area = shapely.get_type_id(parts) == shapely.GeometryType.POLYGON
    # Roads come in a piece a crossing: joined they are thinned as one.
    lines = shapely.line_merge(shapely.multilinestrings(_only_lines(parts[~is_area])))
    areas = parts[is_area]
    rings = shapely.get_rings(areas[shapely.area(areas) > grain**2])
    return {
        "scale": scale,
        "line": style.line,
        "fill": style.fill,
        "width": round(style.width_mm * _PX_PER_MM, 2),
        "dashes": [round(dash * _PX_PER_MM, 1) for dash in style.dashes_mm],
        "lines": _encode(shapely.get_parts(lines), grain, scale, shift, least=grain),
        "areas": _encode(rings, grain, scale, shift, least=0.0),
    }


def _only_lines(parts: Any) -> Any:
    """Return lines; where a cut meets a corner alone, it leaves a point."""
    return parts[shapely.get_dimensions(parts) == 1]


def _encode(lines: Any, grain: float, scale: int, shift: Any, *, least: float) -> list[str]:
    """Return lines as text, those shorter than a length left out."""
    found = []
    for line in shapely.simplify(lines[shapely.length(lines) >= least], grain):
        xy = shapely.get_coordinates(line)
        grid = to_grid(xy if shift is None else shift(xy), scale)
        moved = np.ones(len(grid), dtype=bool)
        moved[1:] = (np.diff(grid, axis=0) != 0).any(axis=1)
        if moved.sum() > 1:
            found.append(encode_line(grid[moved]))
    return found
