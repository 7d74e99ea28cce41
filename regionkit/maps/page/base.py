"""The user's own rivers, railways, roads and areas, as the page draws them over its units."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from regionkit.errors import InputError
from regionkit.maps.page.topology import encode_line, to_grid
from regionkit.maps.signs.base_layers import BASE_STYLES, read_base
from regionkit.words.message import msg

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from regionkit.maps.signs.base_layers import Base, BaseLayer

__all__ = ["page_base"]

_PX_PER_MM = 96 / 25.4
# A base is drawn to this share of a page's longer side, about a pixel where it opens; one of more
# corners than are worth it is drawn more coarsely, each time by this much, down to what no one
# would know again.
_GRAIN, _COARSEST = 1 / 1200, 1 / 150
_MOST_CORNERS = 20_000
_COARSER = 1.6
# Grid steps to the least bend that is kept.
_STEPS_A_BEND = 4


@dataclass(frozen=True, eq=False)
class _Shapes:
    """Lines and rings of one kind."""

    kind: str
    lines: NDArray[np.object_]
    rings: NDArray[np.object_]

    def thinned(self, grain: float) -> _Shapes:
        lines = self.lines[shapely.length(self.lines) >= grain]
        large = shapely.area(shapely.polygons(self.rings)) > grain**2
        # Lines may cross where they did not: they are drawn alone, and kept apart they stay long.
        thin = shapely.simplify(lines, grain, preserve_topology=False)
        return _Shapes(self.kind, thin, shapely.simplify(self.rings[large], grain))

    def n_corners(self) -> int:
        both = (self.lines, self.rings)
        return sum(int(shapely.get_num_coordinates(part).sum()) for part in both)


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
    west, south, east, north = bounds
    longer = max(east - west, north - south)
    grain = longer * _GRAIN
    shapes = [_read(layer).thinned(grain) for layer in read_base(base, bounds)]
    while (n_corners := sum(one.n_corners() for one in shapes)) > _MOST_CORNERS:
        grain *= _COARSER
        if grain > longer * _COARSEST:
            raise InputError(
                msg("The base is too large for a page: {n:,} corners where it is coarsest.",
                    n=n_corners),
                mend=msg("Give the main rivers, railways or roads alone, or draw it on a sheet."),
            )  # fmt: skip
        shapes = [one.thinned(grain) for one in shapes]
    if grain > longer * _GRAIN:
        text = msg(
            "The base is large: on the page it is thinned to what shows from {km:.1f} km on.",
            km=grain * 111,
        )
        warnings.warn(str(text), UserWarning, stacklevel=4)
    return [_encode_shapes(one, grain, shift) for one in shapes]


def _read(layer: BaseLayer) -> _Shapes:
    parts = shapely.get_parts(shapely.get_parts(layer.shapes.to_numpy()))
    is_area = shapely.get_type_id(parts) == shapely.GeometryType.POLYGON
    # Where a cut meets a corner alone, it leaves a point. Roads come in a piece a crossing: joined
    # they are thinned as one.
    lines = shapely.multilinestrings(parts[shapely.get_dimensions(parts) == 1])
    return _Shapes(
        layer.kind, shapely.get_parts(shapely.line_merge(lines)), shapely.get_rings(parts[is_area])
    )


def _encode_shapes(shapes: _Shapes, grain: float, shift: Any) -> dict[str, Any]:
    style = BASE_STYLES[shapes.kind]
    scale = int(np.ceil(_STEPS_A_BEND / grain))
    return {
        "scale": scale,
        "line": style.line,
        "fill": style.fill,
        "width": round(style.width_mm * _PX_PER_MM, 2),
        "dashes": [round(dash * _PX_PER_MM, 1) for dash in style.dashes_mm],
        "lines": _encode(shapes.lines, scale, shift),
        "areas": _encode(shapes.rings, scale, shift),
    }


def _encode(lines: NDArray[np.object_], scale: int, shift: Any) -> list[str]:
    found = []
    for line in lines:
        xy = shapely.get_coordinates(line)
        grid = to_grid(xy if shift is None else shift(xy), scale)
        moved = np.ones(len(grid), dtype=bool)
        moved[1:] = (np.diff(grid, axis=0) != 0).any(axis=1)
        if moved.sum() > 1:
            found.append(encode_line(grid[moved]))
    return found
