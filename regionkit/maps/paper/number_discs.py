"""Discs with the number that a project has in the index: at its place, and along its route."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from regionkit.maps.paper.axes import figure_of, to_data
from regionkit.maps.paper.point_symbols import draw_symbol
from regionkit.maps.signs.label_seats import box_about
from regionkit.maps.signs.shades import luminance
from regionkit.maps.signs.stages import symbol_face

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matplotlib.axes import Axes

    from regionkit.maps.signs.label_seats import Box
    from regionkit.maps.signs.symbols import Symbol

__all__ = ["DISC_PT", "draw_disc", "number_routes"]

# A disc of 3.2 mm with a number of 6.5 points.
DISC_PT, _NUMBER_PT = 9.07, 6.5
_WIDE_PT = 11.4
# What it costs a number to stand off the land that the map is of.
_OFF_LAND = 4.0
# A face of less luminance has a white number: contrast 4 and more.
_DARK = 0.21
# Places tried along a route, from its middle.
_TRIES = (0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.2, 0.8, 0.14, 0.86, 0.1, 0.9, 0.06, 0.94)


def draw_disc(
    ax: Axes,
    at: tuple[float, float],
    number: str,
    shape: str,
    colour: str,
    fill: str,
    *,
    gid: str = "",
    zorder: float = 6.2,
) -> None:
    """Draw a numbered disc in data coordinates: its fill is the stage."""
    size = DISC_PT if len(number) < 3 else _WIDE_PT
    draw_symbol(ax, *at, shape, colour, fill, size, gid=gid, zorder=zorder)
    face = symbol_face(colour, fill)
    ax.text(
        *at,
        number,
        fontsize=_NUMBER_PT,
        fontweight="bold",
        color="#ffffff" if luminance(face) < _DARK else "#1f2a33",
        ha="center",
        va="center_baseline",
        zorder=zorder + 5e-5,
        clip_on=True,
        gid="number",
    )


def number_routes(
    ax: Axes,
    routes: Mapping[Any, tuple[Any, Symbol, str]],
    numbers: Mapping[Any, str],
    taken: Sequence[Box],
    *,
    least_pt: float = 0.0,
    land: Any = None,
) -> list[Box]:
    """Set each route's number on it, where it covers least; return what the discs cover, pixels.

    Parameters
    ----------
    ax : Axes, settled
    routes : mapping of key to (LineString in data units, Symbol, fill)
        As drawn.
    numbers : mapping of key to str
    taken : sequence of Box
        What no disc should cover.
    least_pt : float
        Routes of which less is seen have no number here.
    land : polygon, optional, pixels
        What the map is of: a number stands on it where it can.
    """
    (west, east), (south, north) = ax.get_xlim(), ax.get_ylim()
    dot = figure_of(ax).dpi / 72
    size = DISC_PT * dot
    pad = size / abs(ax.transData.transform((1.0, 0.0))[0] - ax.transData.transform((0.0, 0.0))[0])
    frame = shapely.box(west + pad, south + pad, east - pad, north - pad)
    others = {
        key: shapely.transform(line, ax.transData.transform) for key, (line, *_) in routes.items()
    }
    boxes = np.array(taken, dtype=float).reshape(-1, 4)
    done: list[Box] = []
    # Short ones first: long ones have more places to choose from.
    seen = {key: line.intersection(frame) for key, (line, *_) in routes.items() if key in numbers}
    for key in sorted(seen, key=lambda one: (seen[one].length, str(one))):
        parts = [part for part in shapely.get_parts(seen[key]) if part.geom_type == "LineString"]
        if not parts:
            continue
        line = shapely.transform(max(parts, key=lambda part: part.length), ax.transData.transform)
        if line.length < least_pt * dot:
            continue
        best, least = None, np.inf
        for rank, share in enumerate(_TRIES):
            spot = line.interpolate(share, normalized=True)
            box = box_about(spot.x, spot.y, size * 1.06, size * 1.06)
            disc = shapely.box(*box)
            cost = 100.0 * _covered(box, boxes) / size**2 + 0.05 * rank
            cost += _OFF_LAND * (land is not None and not land.covers(spot))
            cost += sum(
                other.intersection(disc).length / size
                for one, other in others.items()
                if one != key
            )
            if cost < least - 1e-9:
                best, least = (spot.x, spot.y, box), cost
        if best is None:
            continue
        _, symbol, fill = routes[key]
        draw_disc(
            ax, to_data(ax, best[:2]), numbers[key], symbol.shape, symbol.colour, fill,
            gid="route-number",
        )  # fmt: skip
        boxes = np.vstack([boxes, best[2]])
        done.append(best[2])
    return done


def _covered(box: Box, others: np.ndarray) -> float:
    wide = np.minimum(box[2], others[:, 2]) - np.maximum(box[0], others[:, 0])
    high = np.minimum(box[3], others[:, 3]) - np.maximum(box[1], others[:, 1])
    return float((np.clip(wide, 0, None) * np.clip(high, 0, None)).sum())
