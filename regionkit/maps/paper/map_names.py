"""Names of units on a map, and where they stand on units that its edge cuts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import shapely

from regionkit.errors import InputError
from regionkit.maps.paper.axes import data_per_point, figure_of
from regionkit.maps.paper.labels import place_labels
from regionkit.maps.signs.layers import check_frame
from regionkit.maps.signs.wrap import text_width
from regionkit.words.message import Option, msg

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyproj
    from matplotlib.axes import Axes

    from regionkit.maps.signs.label_seats import Box
    from regionkit.maps.signs.theme import Theme

__all__ = ["check_labels", "seen_parts", "write_names"]

# Share of a map that names may cover.
_MOST_INK = 0.15


def check_labels(units: gpd.GeoDataFrame | None, labels: str | None) -> None:
    """Refuse a column of labels without the units it is of.

    Raises
    ------
    InputError
        There are no units, or they have no such column.
    """
    if labels is None:
        return
    if units is None:
        raise InputError(
            msg(
                "{option} is a column of the units beneath, and none are given.",
                option=Option("labels", labels),
            ),
            mend=msg("Give them as base=, such as base=ln.cities."),
        )
    check_frame(units, labels)


def write_names(
    ax: Axes,
    frame: gpd.GeoDataFrame,
    column: str,
    crs: pyproj.CRS,
    theme: Theme,
    *,
    scale: float = 0.9,
    weight: str = "normal",
    colour: str = "",
    has_leaders: bool = True,
    keep_out: Sequence[Box] = (),
) -> list[Box]:
    """Write a column's text at the units, largest first; return what the names cover, in pixels.

    Units without text are passed over.
    """
    named = check_frame(frame, column).to_crs(crs)
    named = named[named[column].notna()]
    named = named.assign(_area=named.area).sort_values("_area", ascending=False, kind="stable")
    points = named.representative_point()
    size = theme.base_size * scale
    # On a small map all the names would hide it: only those that fit are written.
    window = ax.get_window_extent()
    ink = named[column].astype(str).map(text_width).sum() * (size * figure_of(ax).dpi / 72) ** 2
    is_full = ink > _MOST_INK * window.width * window.height
    texts = place_labels(
        ax,
        named[column].astype(str).tolist(),
        points.x.tolist(),
        points.y.tolist(),
        size=size,
        colour=colour or theme.text,
        weights=[weight] * len(named),
        keep_out=keep_out,
        has_leaders=has_leaders and not is_full,
        # Among patterns a name needs clear ground.
        halo_share=0.6 if theme.use_patterns else 0.22,
    )
    extents = [text.get_window_extent() for text in texts if text.get_visible()]
    return [(float(e.x0), float(e.y0), float(e.x1), float(e.y1)) for e in extents]


def seen_parts(ax: Axes, frame: gpd.GeoDataFrame, column: str, theme: Theme) -> gpd.GeoDataFrame:
    """Return where units cut by the edge of a map are widest, if their names have room there.

    Parameters
    ----------
    ax : Axes
    frame : GeoDataFrame, in the Axes' units
    column : str
        Of the names.
    theme : Theme
    """
    (west, east), (south, north) = ax.get_xlim(), ax.get_ylim()
    window = shapely.box(west, south, east, north)
    per_point = data_per_point(ax)
    words, shapes = [], []
    for word, shape in zip(frame[column], frame.intersection(window), strict=True):
        if shape.is_empty:
            continue
        circle = shapely.maximum_inscribed_circle(shape, tolerance=per_point * 2)
        if 2 * shapely.length(circle) > text_width(str(word)) * theme.base_size * per_point:
            words.append(word)
            # The name stands where the part that is seen is widest.
            shapes.append(shapely.Point(circle.coords[0]).buffer(per_point))
    return gpd.GeoDataFrame({column: words}, geometry=shapes, crs=frame.crs)
