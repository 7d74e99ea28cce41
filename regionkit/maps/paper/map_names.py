"""Names of units on a map, and where they stand on units that its edge cuts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from regionkit.errors import InputError
from regionkit.maps.paper.axes import data_per_point, figure_of
from regionkit.maps.paper.labels import place_labels
from regionkit.maps.signs.colours import zone_look
from regionkit.maps.signs.layers import check_frame
from regionkit.maps.signs.shades import luminance
from regionkit.maps.signs.wrap import text_width
from regionkit.places.frames import (
    kind_text,
    leave_out_unplaced,
    need_column,
    open_frame,
    place_frame,
)
from regionkit.words.message import Option, msg

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pyproj
    from matplotlib.axes import Axes
    from shapely.geometry.base import BaseGeometry

    from regionkit.maps.signs.label_seats import Box
    from regionkit.maps.signs.theme import Theme

__all__ = [
    "city_seats",
    "draw_seat",
    "label_column",
    "pixel_box",
    "seat_within",
    "seen_parts",
    "take_units",
    "text_room",
    "write_names",
    "write_zone_names",
]

# Dimensions of an area.
_AREA = 2
# Share of a map that names may cover.
_MOST_INK = 0.15
# Of the names of a capital and of cities at their seats, in sizes of body text.
_SEAT_SIZES = {0: 1.19, 1: 1.06}
_ZONE_SIZE = 1.44
# Between the name of a zone and one beside it, in sizes of its letters.
_ZONE_GAP = 0.5
_PT_PER_MM = 72 / 25.4
# Places tried for a name along the longer side of where it may stand.
_TRIES = 26
# Contrast of words with their ground; white has as much on a fill of less luminance.
_LEAST_CONTRAST, _DARK = 4.5, 0.183


def label_column(units: gpd.GeoDataFrame, labels: str | None) -> str | None:
    """Return the name of a column of labels, None for none.

    Raises
    ------
    InputError
        The units have no such column.
    """
    return None if labels is None else need_column(open_frame(units), labels, units)


def take_units(
    units: gpd.GeoDataFrame | None, labels: str | None
) -> tuple[gpd.GeoDataFrame | None, str | None]:
    """Return the units beneath a map in EPSG:4326, and the name of their column of labels.

    Raises
    ------
    InputError, CrsError
        There are labels and no units, they have no such column, or are none that can be drawn.
    """
    if units is None and labels is None:
        return None, None
    if units is None:
        raise InputError(
            msg(
                "{option} is a column of the units beneath, and none are given.",
                option=Option("labels", labels),
            ),
            mend=msg("Give them as base=, such as base=ln.cities."),
        )
    made = leave_out_unplaced(place_frame(units))
    is_flat = shapely.get_dimensions(made.geometry.to_numpy()) < _AREA
    if made.empty or is_flat.any():
        raise InputError(
            msg(
                "{option} takes areas, and {n} of {total} rows are none.",
                option=Option("base"),
                n=int(is_flat.sum()),
                total=len(made),
            ),
            mend=msg("Give the units beneath, such as base=ln.cities."),
        )
    return made, None if labels is None else need_column(made, labels, units)


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
    halo: str = "#ffffff",
    has_leaders: bool = True,
    seats: gpd.GeoDataFrame | None = None,
    area: BaseGeometry | None = None,
    keep_out: Sequence[Box] = (),
    soft: Sequence[Box] = (),
    has_cities: bool = True,
    grounds: pd.Series | None = None,
) -> list[Box]:
    """Write a column's text at the units; return what names and rings cover, in pixels.

    A city whose seat is known has a ring there and its name beside it; others have their names
    within them where there is room, else beside, largest first. Units without text are passed
    over.

    Parameters
    ----------
    halo : str
        Colour about the letters: that of the ground.
    seats : GeoDataFrame, optional
        As of ``Region.seats``; cities whose seat lies in the area are named among counties, too.
    area : polygon, optional, in the Axes' units
        What the map is of; the units named where not given.
    soft : sequence of Box, pixels
        What names keep off where they can, such as routes.
    has_cities : bool
        Whether the cities of counties are named among them.
    grounds : Series of str, optional
        Colours that units are filled with: a name within its unit is read on that, whatever
        ``colour`` and ``halo`` are.
    """
    named = check_frame(frame, column).to_crs(crs)
    named = named[named[column].notna()]
    named = named.assign(_area=named.area, _rank=2)
    if seats is not None and has_cities:
        whole = named.union_all() if area is None else area
        named = _with_cities(named, column, seats.to_crs(crs), whole)
    points = named.representative_point()
    if seats is not None:
        local = seats[seats.index.isin(named.index)].to_crs(crs)
        points.loc[local.index] = local.geometry
        cities = local.index[local["level"] == "city"]
        named.loc[cities, "_rank"] = 1
        named.loc[local.index[local["is_capital"]], "_rank"] = 0
    named = named.sort_values(["_rank", "_area"], ascending=[True, False], kind="stable")
    points = points.loc[named.index]
    is_seat = (named["_rank"] < 2).tolist()
    size = theme.base_size * scale
    sizes = [theme.base_size * _SEAT_SIZES.get(rank, scale) for rank in named["_rank"]]
    # Lines stay: a unit may have its name above what is told of it.
    words = [
        "\n".join(" ".join(line.split()) for line in kind_text(value).splitlines() if line.strip())
        for value in named[column]
    ]
    # On a small map all the names would hide it: only those that fit are written.
    window = ax.get_window_extent()
    ink = sum(map(text_width, words)) * (size * figure_of(ax).dpi / 72) ** 2
    is_full = ink > _MOST_INK * window.width * window.height
    rings = [
        draw_seat(ax, point.x, point.y, theme, is_capital=rank == 0)
        for point, rank in zip(points, named["_rank"], strict=True)
        if rank < 2
    ]
    taken = [*keep_out, *rings]
    at = []
    inks: list[tuple[str, str] | None] = []
    for key, word, shape, point, one, beside in zip(
        named.index, words, named.geometry, points, sizes, is_seat, strict=True
    ):
        room = text_room(ax, word, one)
        spot = (
            None
            if beside or shape.area == 0
            else seat_within(ax, shape, room, (point.x, point.y), taken)
        )
        at.append((point.x, point.y) if spot is None else spot)
        ground = None if spot is None or grounds is None else grounds.get(key)
        inks.append(None if ground is None else _ink_on(ground, colour or theme.text))
        if spot is not None:
            taken.append(pixel_box(ax, spot, room))
    texts = place_labels(
        ax,
        words,
        [x for x, _ in at],
        [y for _, y in at],
        size=size,
        sizes=sizes,
        is_beside=is_seat,
        colour=colour or theme.text,
        weights=["bold" if beside else weight for beside in is_seat],
        keep_out=[*keep_out, *rings],
        soft=soft,
        has_leaders=has_leaders and not is_full,
        halo=halo,
        # Among patterns a name needs clear ground.
        halo_share=0.6 if theme.use_patterns else 0.24,
        inks=inks,
    )
    extents = [text.get_window_extent() for text in texts if text.get_visible()]
    return [*rings, *((float(e.x0), float(e.y0), float(e.x1), float(e.y1)) for e in extents)]


def _ink_on(ground: str, colour: str) -> tuple[str, str] | None:
    """Return what a name is written in on a fill, and its halo; None for the map's own.

    Dark on the fill itself where that can be read, white on a dark one.
    """
    light = luminance(ground)
    if light < _DARK:
        return "#ffffff", ground
    is_read = (light + 0.05) / (luminance(colour) + 0.05) >= _LEAST_CONTRAST
    return (colour, ground) if is_read else None


def write_zone_names(
    ax: Axes,
    zones: gpd.GeoDataFrame,
    names: Mapping[str, str],
    crs: pyproj.CRS,
    theme: Theme,
    *,
    keep_out: Sequence[Box] = (),
) -> list[Box]:
    """Write the names of zones within what is theirs alone, else within them; return their pixels.

    Parameters
    ----------
    zones : GeoDataFrame
        With a column ``colour``.
    names : mapping of zone_id to str
    keep_out : sequence of Box, pixels
    """
    from regionkit.maps.paper.text_halo import add_halo_text

    shapes = zones.geometry.to_crs(crs)
    size = theme.base_size * _ZONE_SIZE
    done: list[Box] = []
    for zone_id, shape in shapes.items():
        others = shapely.union_all(shapes.drop(zone_id).to_numpy())
        room = text_room(ax, names[zone_id], size)
        for part in (shape.difference(others), shape):
            if part.is_empty:
                continue
            at = shapely.maximum_inscribed_circle(part, tolerance=room[1] / 4).coords[0]
            spot = seat_within(ax, part, room, (at[0], at[1]), [*keep_out, *done])
            if spot is not None:
                break
        else:
            continue
        look = zone_look(str(zones.loc[zone_id, "colour"]))
        add_halo_text(
            ax, *spot, names[zone_id], halo="#ffffff", halo_share=0.27, fontsize=size,
            fontweight="bold", color=theme.text if theme.use_patterns else look.name,
            ha="center", va="center", zorder=8, gid="zone-name",
        )  # fmt: skip
        # Names of units that are put down later keep a letter off.
        gap = _ZONE_GAP * size * data_per_point(ax)
        done.append(pixel_box(ax, spot, (room[0] + 2 * gap, room[1])))
    return done


def city_seats(
    seats: gpd.GeoDataFrame, names: gpd.GeoDataFrame | None, column: str, ground: gpd.GeoSeries
) -> gpd.GeoDataFrame:
    """Return the cities whose seats lie in a map's land, named as among its units.

    Parameters
    ----------
    seats : GeoDataFrame
        As of ``Region.seats``.
    names : GeoDataFrame, optional
        The units of the map with their names in ``column``; the seats' own where not given.
    ground : GeoSeries
        What the map is of, in its CRS.
    """
    cities = seats[seats["level"] == "city"].to_crs(ground.crs)
    cities = cities[cities.within(shapely.union_all(ground.to_numpy()))]
    words = cities["name"].str.removesuffix("市")
    if names is not None:
        words = names[column].reindex(cities.index).fillna(words)
    return gpd.GeoDataFrame({column: words}, geometry=cities.geometry, crs=ground.crs)


def _with_cities(
    named: gpd.GeoDataFrame, column: str, seats: gpd.GeoDataFrame, area: BaseGeometry
) -> gpd.GeoDataFrame:
    """Return units with the cities whose seats lie in an area, where the units are counties."""
    cities = seats[(seats["level"] == "city") & ~seats.index.isin(named.index)]
    if not named.index.isin(seats.index).any():
        return named
    cities = cities[cities.within(area)]
    if cities.empty:
        return named
    short = cities["name"].str.removesuffix("市")
    more = gpd.GeoDataFrame(
        {column: short, "_area": 0.0, "_rank": 1}, geometry=cities.geometry, crs=named.crs
    )
    return gpd.GeoDataFrame(pd.concat([named, more]), crs=named.crs)


def draw_seat(ax: Axes, x: float, y: float, theme: Theme, *, is_capital: bool = False) -> Box:
    """Draw the ring of a seat, a capital's with a dot; return what it covers, in pixels."""
    radius_mm = 0.95 if is_capital else 0.7
    style: dict[str, Any] = {"linestyle": "none", "marker": "o", "zorder": 7.2}
    ax.plot(
        [x],
        [y],
        markersize=2 * radius_mm * _PT_PER_MM,
        markerfacecolor="#ffffff",
        markeredgecolor=theme.text,
        markeredgewidth=0.8,
        gid="seat-capital" if is_capital else "seat",
        **style,
    )
    if is_capital:
        ax.plot(
            [x],
            [y],
            markersize=0.75 * _PT_PER_MM,
            markerfacecolor=theme.text,
            markeredgewidth=0.0,
            gid="seat-dot",
            **style,
        )
    px, py = ax.transData.transform((x, y))
    half = (radius_mm * _PT_PER_MM + 0.8) * figure_of(ax).dpi / 72
    return (float(px - half), float(py - half), float(px + half), float(py + half))


def text_room(ax: Axes, words: str, size: float) -> tuple[float, float]:
    """Return width and height of words in the Axes' units."""
    per_point = data_per_point(ax)
    lines = words.split("\n")
    wide = max(map(text_width, lines))
    return wide * size * per_point, 1.25 * len(lines) * size * per_point


def pixel_box(ax: Axes, at: tuple[float, float], room: tuple[float, float]) -> Box:
    """Return the pixels of a box of so much room about a place in the Axes' units."""
    low = ax.transData.transform((at[0] - room[0] / 2, at[1] - room[1] / 2))
    up = ax.transData.transform((at[0] + room[0] / 2, at[1] + room[1] / 2))
    return (float(low[0]), float(low[1]), float(up[0]), float(up[1]))


def seat_within(
    ax: Axes,
    shape: BaseGeometry,
    room: tuple[float, float],
    ideal: tuple[float, float],
    taken: Sequence[Box],
) -> tuple[float, float] | None:
    """Return where in a shape, nearest to a point, so much room is free; None where it is not.

    Parameters
    ----------
    ax : Axes
    shape : polygon, in the Axes' units
    room : (width, height), in the Axes' units
    ideal : (x, y), in the Axes' units
    taken : sequence of Box, pixels
    """
    wide, high = room
    west, south, east, north = shape.bounds
    if east - west < wide or north - south < high:
        return None
    step = max(east - west, north - south) / _TRIES
    x = np.append(np.arange(west + wide / 2, east - wide / 2 + step, step), ideal[0])
    y = np.append(np.arange(south + high / 2, north - high / 2 + step, step), ideal[1])
    at = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)
    half = np.array([wide, high]) / 2
    low, up = at - half, at + half
    low_px, up_px = ax.transData.transform(low), ax.transData.transform(up)
    free = np.ones(len(at), dtype=bool)
    for left, bottom, right, top in taken:
        free &= ~(
            (low_px[:, 0] < right)
            & (up_px[:, 0] > left)
            & (low_px[:, 1] < top)
            & (up_px[:, 1] > bottom)
        )
    if not free.any():
        return None
    shapely.prepare(shape)
    low, up, at = low[free], up[free], at[free]
    fits = shapely.contains(shape, shapely.box(low[:, 0], low[:, 1], up[:, 0], up[:, 1]))
    if not fits.any():
        return None
    far = np.hypot(*(at - np.asarray(ideal)).T)
    best = at[int(np.argmin(np.where(fits, far, np.inf)))]
    return (float(best[0]), float(best[1]))


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
    words, shapes, index = [], [], []
    for key, word, shape in zip(
        frame.index, frame[column], frame.intersection(window), strict=True
    ):
        if shape.is_empty:
            continue
        circle = shapely.maximum_inscribed_circle(shape, tolerance=per_point * 2)
        if 2 * shapely.length(circle) > text_width(str(word)) * theme.base_size * per_point:
            words.append(word)
            # The name stands where the part that is seen is widest.
            shapes.append(shapely.Point(circle.coords[0]).buffer(per_point))
            index.append(key)
    return gpd.GeoDataFrame({column: words}, geometry=shapes, index=index, crs=frame.crs)
