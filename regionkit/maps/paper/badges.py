"""Badges: how many projects are known to be of a city or county, at its seat."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regionkit.maps.paper.axes import figure_of, to_data
from regionkit.maps.signs.badges import BADGE_COLOUR
from regionkit.maps.signs.label_seats import box_about, find_seat
from regionkit.maps.signs.wrap import text_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    import geopandas as gpd
    from matplotlib.axes import Axes

    from regionkit.maps.signs.label_seats import Box

__all__ = ["LEAST_BADGE_PT", "draw_badge", "draw_badges"]

# Of the number, in sizes of a symbol; height and air beside the number in sizes of the number.
_WORDS, _HIGH, _AIR = 1.24, 1.5, 0.8
# No print is smaller, points.
LEAST_BADGE_PT = 6.5
# Distances from the seat that are tried, in heights of the badge.
_REACH = (0.75, 1.2, 1.8, 2.6, 3.6)
# Half of what the ring of a seat takes, points.
_SEAT_PT = 3.4


def draw_badges(
    ax: Axes,
    badges: gpd.GeoDataFrame,
    size_pt: float,
    taken: Sequence[Box],
    *,
    colour: str = BADGE_COLOUR,
) -> list[Box]:
    """Draw badges beside their seats, a line to each; return what they cover, in pixels.

    Parameters
    ----------
    ax : Axes, settled
    badges : GeoDataFrame
        As of ``gather_badges``, in the Axes' units.
    size_pt : float
        Of a symbol, points.
    taken : sequence of (left, bottom, right, top), pixels
        What no badge may cover.
    colour : str
    """
    window = ax.get_window_extent()
    page = (window.x0, window.y0, window.x1, window.y1)
    dot = figure_of(ax).dpi / 72
    size = max(size_pt * _WORDS, LEAST_BADGE_PT)
    # A seat keeps its ring, and its badge is off it.
    half = _SEAT_PT * dot
    seats = [ax.transData.transform((point.x, point.y)) for point in badges.geometry]
    done: list[Box] = []
    rings = [box_about(float(x), float(y), 2 * half, 2 * half) for x, y in seats]
    for count, (x, y) in zip(badges["count"], seats, strict=True):
        if not (page[0] <= x <= page[2] and page[1] <= y <= page[3]):
            continue
        words = f"+{count}"
        wide = (text_width(words) + _AIR) * size * dot
        high = _HIGH * size * dot
        seat = find_seat(
            (float(x), float(y)), wide, high, page=page,
            taken=[*rings, *done], soft=taken, reach=_REACH, air=(1.5 * dot, 1.5 * dot),
        )  # fmt: skip
        at, end = to_data(ax, (seat.x, seat.y)), to_data(ax, (float(x), float(y)))
        ax.plot(
            [at[0], end[0]],
            [at[1], end[1]],
            color=colour,
            linewidth=0.57,
            marker="o",
            markevery=[1],
            markersize=1.1,
            zorder=6.0,
            gid="badge-leader",
        )
        draw_badge(ax, at, words, size, colour=colour)
        done.append(box_about(seat.x, seat.y, wide, high))
    return done


def draw_badge(
    ax: Axes, at: tuple[float, float], words: str, size: float, *, colour: str = BADGE_COLOUR
) -> None:
    """Write a number in a dark box with round corners, its middle at a place in data units."""
    ax.text(
        *at,
        words,
        fontsize=size,
        fontweight="bold",
        color="#ffffff",
        ha="center",
        va="center_baseline",
        zorder=6.1,
        gid="badge",
        clip_on=True,
        bbox={
            "boxstyle": "round,pad=0.22,rounding_size=0.3",
            "facecolor": colour,
            "edgecolor": "#ffffff",
            "linewidth": 0.4,
        },
    )
