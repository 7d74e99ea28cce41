"""Place names on a map so that none covers another and none leaves the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from regionkit.maps.paper.axes import figure_of, settle, to_data
from regionkit.maps.signs.label_seats import REACH, box_about, find_seat

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

    from regionkit.maps.paper.text_halo import HaloText
    from regionkit.maps.signs.label_seats import Box

__all__ = ["place_labels"]

# A hair of air keeps neighbours from touching: width in pixels, height as a share.
_AIR_PX, _AIR_SHARE = 2.0, -0.05
# Of the distances that a name may take, those beside its point.
_BESIDE = 2
# Of a name from a ring at its point, in heights of it.
_CLOSE = 0.4


def place_labels(
    ax: Axes,
    names: Sequence[str],
    x: Sequence[float],
    y: Sequence[float],
    *,
    size: float,
    colour: str = "#1b1b1b",
    weights: Sequence[str] | None = None,
    halo: str = "#ffffff",
    halo_share: float = 0.22,
    keep_out: Sequence[Box] = (),
    soft: Sequence[Box] = (),
    has_leaders: bool = True,
    sizes: Sequence[float] | None = None,
    is_beside: Sequence[bool] | None = None,
    inks: Sequence[tuple[str, str] | None] = (),
) -> list[HaloText]:
    """Write names at their points, moved aside with a leader where they would collide.

    Parameters
    ----------
    ax : Axes
        With its limits set and its legend drawn, so that it moves no more.
    names, x, y : sequences, shape (n,)
        In order of importance; positions in data units.
    size : float, points
    halo, halo_share : str, float
        Colour of the halo, and its width as a share of the size.
    keep_out : sequence of (left, bottom, right, top), pixels
        Boxes that no name may cover.
    soft : sequence of Box, pixels
        Boxes that a name covers where nothing else is free.
    has_leaders : bool
        Whether a name may stand far from its point, tied to it by a line.
    sizes : sequence of float, optional
        Of each name, in place of ``size``.
    is_beside : sequence of bool, optional
        Which names stand beside their points, where something is drawn, and not on them.
    inks : sequence of (colour, halo) or None, optional
        Of a name that stays at its point, in place of the common ones.

    Returns
    -------
    list of Text, in the order given
        A name without a free place anywhere near its point is not visible (gid
        ``label-omitted``).
    """
    from regionkit.maps.paper.text_halo import add_halo_text

    figure = figure_of(ax)
    renderer = figure.canvas.get_renderer()  # type: ignore[attr-defined]
    # Until Axes of equal lengths are settled their pixels are not those of the finished page.
    settle(ax)
    page = ax.get_window_extent(renderer)
    # A placed box as (left, bottom, right, top), pixels.
    boxes: list[Box] = list(keep_out)
    texts: list[HaloText] = []
    for number, (name, px, py) in enumerate(zip(names, x, y, strict=True)):
        text = add_halo_text(
            ax,
            px,
            py,
            name,
            halo=halo,
            halo_share=halo_share,
            fontsize=size if sizes is None else sizes[number],
            color=colour,
            ha="center",
            va="center",
            zorder=8,
            fontweight=weights[number] if weights else "normal",
        )
        extent = text.get_window_extent(renderer)
        width, height = extent.width, extent.height
        anchor = ax.transData.transform((px, py))
        air = (_AIR_PX, _AIR_SHARE * height)
        beside = bool(is_beside and is_beside[number])
        # Off the routes only as far as beside the point; else on them rather than far away.
        for taken, leaders in ((([*boxes, *soft]), False), (boxes, has_leaders)):
            seat = find_seat(
                (anchor[0], anchor[1]),
                width,
                height,
                page=(page.x0, page.y0, page.x1, page.y1),
                taken=taken,
                reach=_reach(has_leaders=leaders, is_beside=beside),
                air=air,
            )
            if seat.is_free:
                break
        if not seat.is_free:
            # Two names on one another are both lost; the less important one gives way.
            text.set_visible(False)
            text.set_gid("label-omitted")
            texts.append(text)
            continue
        boxes.append(box_about(seat.x, seat.y, width + air[0], height + air[1]))
        at = np.array([seat.x, seat.y])
        ink = inks[number] if inks else None
        if ink is not None and np.hypot(*(at - anchor)) <= 1:
            text.set_color(ink[0])
            text.halo = ink[1]
        if np.hypot(*(at - anchor)) > 1:
            text.set_position(to_data(ax, at))
            end = _edge(at, anchor, width, height)
            # Beside its own point a name needs no leader.
            if np.hypot(*(end - anchor)) > height * 1.1:
                ends = ax.transData.inverted().transform([anchor, end])
                ax.plot(ends[:, 0], ends[:, 1], color=colour, linewidth=0.4, zorder=7.5)
        texts.append(text)
    return texts


def _reach(*, has_leaders: bool, is_beside: bool) -> tuple[float, ...]:
    reach = REACH if has_leaders else REACH[:_BESIDE]
    return (_CLOSE, *reach[1:]) if is_beside else reach


def _edge(seat: np.ndarray, anchor: np.ndarray, width: float, height: float) -> np.ndarray:
    """Return where a line from the anchor meets the label's box."""
    direction = anchor - seat
    reach = max(abs(direction[0]) / (width / 2), abs(direction[1]) / (height / 2), 1.0)
    edge: np.ndarray = seat + direction / reach
    return edge
