"""Place names on a map so that none covers another and none leaves the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from regionkit.maps.paper.free_space import figure_of, settle, to_data

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes
    from matplotlib.text import Text

__all__ = ["place_labels"]

_RINGS = (0.0, 0.8, 1.4, 2.1, 2.9, 3.8, 4.8, 6.0, 7.5, 9.0, 11.0, 13.5, 16.5)
_DIRECTIONS = 16


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
    keep_out: Sequence[tuple[float, float, float, float]] = (),
    has_leaders: bool = True,
) -> list[Text]:
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
    has_leaders : bool
        Whether a name may stand far from its point, tied to it by a line.

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
    boxes = [tuple(box) for box in keep_out]
    texts: list[Text] = []
    for number, (name, px, py) in enumerate(zip(names, x, y, strict=True)):
        text = add_halo_text(
            ax,
            px,
            py,
            name,
            halo=halo,
            halo_share=halo_share,
            fontsize=size,
            color=colour,
            ha="center",
            va="center",
            zorder=8,
            fontweight=weights[number] if weights else "normal",
        )
        extent = text.get_window_extent(renderer)
        width, height = extent.width, extent.height
        anchor = ax.transData.transform((px, py))
        seat = _free_seat(
            anchor, width, height, boxes, page.extents, _RINGS if has_leaders else _RINGS[:2]
        )
        if seat is None:
            # Two names on one another are both lost; the less important one gives way.
            text.set_visible(False)
            text.set_gid("label-omitted")
            texts.append(text)
            continue
        boxes.append(_box(seat, width, height))
        if np.hypot(*(seat - anchor)) > 1:
            text.set_position(to_data(ax, seat))
            end = _edge(seat, anchor, width, height)
            # Beside its own point a name needs no leader.
            if np.hypot(*(end - anchor)) > height * 1.1:
                ends = ax.transData.inverted().transform([anchor, end])
                ax.plot(ends[:, 0], ends[:, 1], color=colour, linewidth=0.4, zorder=7.5)
        texts.append(text)
    return texts


def _free_seat(
    anchor: np.ndarray,
    width: float,
    height: float,
    boxes: list[tuple[float, ...]],
    page: Sequence[float],
    rings: Sequence[float],
) -> np.ndarray | None:
    """Return the nearest position to an anchor at which a box is free and on the page."""
    for ring in rings:
        turns = [0.0] if ring == 0 else np.linspace(0, 2 * np.pi, _DIRECTIONS, endpoint=False)
        for turn in turns:
            offset = np.array(
                [
                    np.cos(turn) * (width * 0.5 + height * ring * 0.8),
                    np.sin(turn) * height * (0.5 + ring * 0.8),
                ]
            )
            seat = anchor + (offset if ring else 0.0)
            box = _box(seat, width, height)
            is_inside = (
                box[0] >= page[0] and box[1] >= page[1] and box[2] <= page[2] and box[3] <= page[3]
            )
            if is_inside and not any(_overlap(box, other) for other in boxes):
                return seat
    return None


def _box(seat: np.ndarray, width: float, height: float) -> tuple[float, float, float, float]:
    # A hair of air keeps neighbours from touching.
    half_w, half_h = width / 2 + 1.0, height / 2 * 0.95
    return (seat[0] - half_w, seat[1] - half_h, seat[0] + half_w, seat[1] + half_h)


def _overlap(a: tuple[float, ...], b: tuple[float, ...]) -> float:
    wide = min(a[2], b[2]) - max(a[0], b[0])
    high = min(a[3], b[3]) - max(a[1], b[1])
    return wide * high if wide > 0 and high > 0 else 0.0


def _edge(seat: np.ndarray, anchor: np.ndarray, width: float, height: float) -> np.ndarray:
    """Return where a line from the anchor meets the label's box."""
    direction = anchor - seat
    reach = max(abs(direction[0]) / (width / 2), abs(direction[1]) / (height / 2), 1.0)
    edge: np.ndarray = seat + direction / reach
    return edge
