"""Axes: new ones, their place on the page, and how pixels and points turn into data units."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy as np
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from numpy.typing import NDArray

__all__ = [
    "data_per_point",
    "figure_of",
    "fill_box",
    "new_axes",
    "settle",
    "to_data",
    "unmoved",
]


# Of a new figure, inches.
_FIGSIZE = (8.0, 7.0)


def settle(ax: Axes) -> None:
    """Give Axes the place they will have when drawn, so that pixels can be counted."""
    figure = figure_of(ax)
    if figure.get_layout_engine() is not None:
        # A layout engine moves Axes only when the figure is drawn.
        figure.draw_without_rendering()
    ax.apply_aspect()


def new_axes(figsize: tuple[float, float] | None = None) -> Axes:
    """Return Axes on a new figure of pyplot, as geopandas does, so that notebooks show it."""
    import matplotlib.pyplot as plt

    return plt.subplots(figsize=figsize or _FIGSIZE, layout="constrained")[1]


@contextmanager
def unmoved(ax: Axes | None) -> Iterator[None]:
    """Give a caller's Axes and their neighbours their places back after drawing.

    To place words by the pixel the layout is settled before the figure is drawn; matplotlib
    settles it again when it draws.
    """
    found = [] if ax is None else dict.fromkeys([*figure_of(ax).axes, ax])
    # Asking Axes for their place would settle them already; their box in pixels tells it.
    places = [
        (
            one,
            one.get_position(original=True),
            one.bbox.transformed(one.get_figure(root=False).transSubfigure.inverted()),  # type: ignore[union-attr]
            one.get_in_layout(),
        )
        for one in found
    ]
    try:
        yield
    finally:
        for one, original, active, in_layout in places:
            one.set_position(original, which="original")
            one.set_position(active, which="active")
            one.set_in_layout(in_layout)


def fill_box(ax: Axes) -> None:
    """Widen the limits of Axes of equal lengths until they fill their box on the page.

    Routes then run to the edge of the map's area, and the room beside the land can be used.
    """
    figure = figure_of(ax)
    box = ax.get_position(original=True)
    page_wide, page_high = figure.get_size_inches()
    wanted = (box.width * page_wide) / (box.height * page_high)
    (west, east), (south, north) = ax.get_xlim(), ax.get_ylim()
    wide, high = east - west, north - south
    if wide / high < wanted:
        more = (high * wanted - wide) / 2
        ax.set_xlim(west - more, east + more)
    else:
        more = (wide / wanted - high) / 2
        ax.set_ylim(south - more, north + more)


def figure_of(ax: Axes) -> Figure:
    """Return the figure that Axes stand on, also where they are an inset."""
    return cast("Figure", ax.get_figure(root=True))


def to_data(ax: Axes, pixel: Sequence[float] | NDArray[np.float64]) -> tuple[float, float]:
    """Return the place in data units of a pixel."""
    x, y = ax.transData.inverted().transform((float(pixel[0]), float(pixel[1])))
    return float(x), float(y)


def data_per_point(ax: Axes) -> float:
    """Return how many data units a typographic point is long on the Axes."""
    ax.apply_aspect()
    figure = figure_of(ax)
    (west, east) = ax.get_xlim()
    return float((east - west) / (ax.get_window_extent().width / figure.dpi * 72))
