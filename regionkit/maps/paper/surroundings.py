"""What lies about the units of a map: sea, shore, neighbours and their names, the rest of a land.

The units themselves are drawn by others over it, and their own outline is the only coast that they
have: what is read here stops short of them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import shapely

from regionkit.maps.paper.areas import draw_edges, draw_lines
from regionkit.maps.paper.axes import data_per_point, settle
from regionkit.maps.paper.axes_legend import legend_boxes
from regionkit.maps.paper.map_names import pixel_box, seat_within, text_room
from regionkit.places.ground import ground_about
from regionkit.places.lands import sea_names
from regionkit.words.facts import fact_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyproj
    from matplotlib.axes import Axes

    from regionkit.maps.signs.label_seats import Box
    from regionkit.maps.signs.theme import Theme
    from regionkit.places.ground import Ground

__all__ = ["Surroundings", "draw_surroundings", "name_surroundings", "surround"]

_PT_PER_MM = 72 / 25.4
_SHORE_MM, _COAST_MM, _EDGE_MM, _BORDER_MM, _FRAME_MM = 1.3, 0.22, 0.40, 0.20, 0.20
# Lengths of dash and gap of a border between neighbours, in widths of it.
_BORDER_DASHES = (6.0, 2.0)
# Beyond the frame, as a share of it: edges where lands are cut are not seen.
_MARGIN = 0.06
# How far an outline may stray on the page, millimetres: finer than its line is wide.
_GRAIN_MM = 0.05
# How far the name of a sea may stand from its point, as a share of the frame.
_STRAY = 0.12


@dataclass(frozen=True)
class Surroundings:
    """What was drawn about the units of a map, in the units of its Axes.

    Attributes
    ----------
    lands : GeoDataFrame
        What is seen of the lands about the units: ``name``, ``kind``.
    sea : shapely geometry
        Within the frame of the map; empty where there is none.
    """

    lands: gpd.GeoDataFrame
    sea: Any = field(repr=False)


def _frame_of(ax: Axes) -> tuple[float, float, float, float]:
    (west, east), (south, north) = ax.get_xlim(), ax.get_ylim()
    return west, south, east, north


def _degrees(frame: tuple[float, float, float, float], crs: pyproj.CRS) -> tuple[float, ...]:
    """Return the bounds of a frame in degrees, a margin about it."""
    west, south, east, north = frame
    pad = _MARGIN * max(east - west, north - south)
    box = shapely.segmentize(
        shapely.box(west - pad, south - pad, east + pad, north + pad), (east - west) / 12
    )
    outline = gpd.GeoSeries([box], crs=crs).to_crs(4326)
    return tuple(float(side) for side in outline.total_bounds)


def draw_surroundings(
    ax: Axes,
    shown: gpd.GeoDataFrame | gpd.GeoSeries,
    crs: pyproj.CRS,
    theme: Theme,
    *,
    context: gpd.GeoDataFrame | gpd.GeoSeries | None = None,
) -> Surroundings | None:
    """Draw sea, shore and neighbours beneath the units of a map; None where none are known.

    Parameters
    ----------
    ax : Axes
        With its limits set: all of its frame is filled.
    shown : GeoDataFrame or GeoSeries, in any CRS
        The units that the map is of.
    crs : CRS of the Axes
    theme : Theme
    context : GeoDataFrame or GeoSeries, optional
        Units that the caller draws about them, ``shown`` among them.
    """
    frame = _frame_of(ax)
    bounds = _degrees(frame, crs)
    if not np.isfinite(bounds).all():
        return None
    drawn = shown if context is None else context
    ground = ground_about(
        shown.geometry.to_crs(4326),
        bounds,
        context=None if context is None else context.geometry.to_crs(4326),
    )
    if ground is None:
        return None
    _draw(ax, ground, theme, crs)
    _draw_own(ax, drawn.geometry, ground, theme, crs)
    box = shapely.box(*frame)
    lands = ground.lands.to_crs(crs)
    land = gpd.GeoSeries([ground.land], crs=4326).to_crs(crs).make_valid().iloc[0]
    is_seen = lands.geometry.intersects(box)
    return Surroundings(lands[is_seen].assign(geometry=lands.make_valid()), box.difference(land))


def surround(
    ax: Axes,
    shown: gpd.GeoDataFrame | gpd.GeoSeries,
    crs: pyproj.CRS,
    theme: Theme,
    *,
    keep_out: Sequence[Box] = (),
    lang: str = "zh",
) -> None:
    """Draw what lies about the units of a map whose legend stands, and write its names.

    Parameters
    ----------
    ax, shown, crs, theme
        As of :func:`draw_surroundings`.
    keep_out, lang
        As of :func:`name_surroundings`.
    """
    settle(ax)
    about = draw_surroundings(ax, shown, crs, theme)
    if about is not None:
        kept = [*keep_out, *legend_boxes(ax)]
        name_surroundings(ax, about, crs, theme, keep_out=kept, lang=lang)


def _draw(ax: Axes, ground: Ground, theme: Theme, crs: pyproj.CRS) -> None:
    """Draw sea, shore band, lands, their coasts and borders."""
    from matplotlib.patches import Rectangle

    west, south, east, north = _frame_of(ax)
    for face, edge, zorder, gid in (
        (theme.water, "none", -3.0, "sea"),
        ("none", theme.city_edge, 9.0, "frame"),
    ):
        ax.add_patch(
            Rectangle(
                (west, south),
                east - west,
                north - south,
                facecolor=face,
                edgecolor=edge,
                linewidth=_FRAME_MM * _PT_PER_MM,
                zorder=zorder,
                clip_on=face != "none",
                gid=gid,
            )
        )
    mm = data_per_point(ax) * _PT_PER_MM
    land = gpd.GeoSeries([ground.land], crs=4326).to_crs(crs)
    # By place: geopandas 1.1 and 1.2 call the number of segments differently.
    band = land.simplify(0.1 * mm).buffer(_SHORE_MM * mm, 4)
    draw_edges(ax, band, crs, colour="none", width=0.0, fill=theme.shore, zorder=-2)
    is_own = ground.lands["is_own"]
    for mask, colour in ((~is_own, theme.neighbour), (is_own, theme.rest)):
        # With edges of their own colour, lands that were simplified apart leave no slit.
        shapes = ground.lands.geometry[mask].to_crs(crs).simplify(_GRAIN_MM * mm)
        if len(shapes):
            draw_edges(ax, shapes, crs, colour=colour, width=0.5, fill=colour, zorder=-1.5)
    _draw_lines(
        ax,
        ground.border,
        crs,
        theme.city_edge,
        _BORDER_MM,
        dashes=_BORDER_DASHES,
        gid="neighbour-border",
    )
    _draw_lines(ax, ground.coast, crs, theme.coast, _COAST_MM, gid="coast")


def _draw_own(
    ax: Axes, drawn: gpd.GeoSeries, ground: Ground, theme: Theme, crs: pyproj.CRS
) -> None:
    """Draw the outline of a map's own land: its coast, and over it where it borders on land."""
    areas = drawn.to_numpy()
    if shapely.coverage_is_valid(areas):
        whole = gpd.GeoSeries([shapely.coverage_union_all(areas)], crs=drawn.crs)
        _draw_lines(
            ax, whole.to_crs(4326).boundary.iloc[0], crs, theme.coast, _COAST_MM, 2.6,
            gid="own-coast",
        )  # fmt: skip
    _draw_lines(ax, ground.outer_border, crs, theme.city_edge, _COAST_MM, 2.65, gid="outer-border")
    _draw_lines(ax, ground.own_border, crs, theme.province_edge, _EDGE_MM, 2.7, gid="own-border")


def _draw_lines(
    ax: Axes,
    lines: Any,
    crs: pyproj.CRS,
    colour: str,
    width_mm: float,
    zorder: float = -1.0,
    *,
    dashes: tuple[float, ...] = (),
    gid: str,
) -> None:
    local = gpd.GeoSeries([lines], crs=4326).to_crs(crs)
    grain = _GRAIN_MM * data_per_point(ax) * _PT_PER_MM
    # What comes as thousands of strokes of two points is one line: its dashes run on along it.
    local = gpd.GeoSeries(shapely.simplify(shapely.line_merge(local.to_numpy()), grain), crs=crs)
    draw_lines(
        ax, local, colour=colour, width=width_mm * _PT_PER_MM, dashes=dashes, zorder=zorder, gid=gid
    )


def name_surroundings(
    ax: Axes,
    about: Surroundings,
    crs: pyproj.CRS,
    theme: Theme,
    *,
    keep_out: Sequence[Box] = (),
    lang: str = "zh",
) -> list[Box]:
    """Write the names of neighbours and seas where there is room; return what they cover, pixels.

    Parameters
    ----------
    ax : Axes
    about : Surroundings
    crs : CRS of the Axes
    theme : Theme
    keep_out : sequence of (left, bottom, right, top), pixels
    lang : {"zh", "en"}
    """
    size = theme.base_size
    # No name of a sea stands against the frame.
    whole = shapely.box(*_frame_of(ax))
    frame = whole.buffer(-size * data_per_point(ax), join_style="mitre")
    boxes = list(keep_out)
    lands = about.lands
    # A piece of land that no table names, such as an island of its own, has none.
    columns = lands[["name", "name_en"]].fillna("").astype(str)
    names = [fact_in(lang, "  ".join(own), english) for own, english in columns.to_numpy()]
    for name, shape, own in zip(names, lands.geometry, lands["is_own"], strict=True):
        part = shape.intersection(whole)
        if own or part.is_empty or not name:
            continue
        circle = shapely.maximum_inscribed_circle(part, tolerance=data_per_point(ax) * 4)
        _write(
            ax, name, circle.coords[0], part, boxes,
            size=size, colour=theme.neighbour_name, halo=theme.neighbour, gid="neighbour-name",
        )  # fmt: skip
    named: set[str] = set()
    (west, south, east, north) = whole.bounds
    stray = _STRAY * max(east - west, north - south)
    seas = sea_names(_degrees(_frame_of(ax), crs))
    points = gpd.GeoSeries.from_xy(
        [one.lon for one in seas], [one.lat for one in seas], crs=4326
    ).to_crs(crs)
    for one, point in zip(seas, points, strict=True):
        if one.name in named or about.sea.is_empty or not frame.contains(point):
            continue
        near = about.sea.intersection(point.buffer(stray)).intersection(frame)
        words = fact_in(lang, "　".join(one.name), one.name_en)
        if not near.is_empty and _write(
            ax, words, point.coords[0], near, boxes,
            size=size * 1.18, colour=theme.sea_name, halo=theme.water, gid="sea-name",
        ):  # fmt: skip
            named.add(one.name)
    return boxes[len(keep_out) :]


def _write(
    ax: Axes,
    words: str,
    ideal: Sequence[float],
    room: Any,
    boxes: list[Box],
    *,
    size: float,
    colour: str,
    halo: str,
    gid: str,
) -> bool:
    """Write words within a shape, as near to a point as nothing else stands; tell whether."""
    from regionkit.maps.paper.text_halo import add_halo_text

    space = text_room(ax, words, size)
    spot = seat_within(ax, room, space, (float(ideal[0]), float(ideal[1])), boxes)
    if spot is None:
        return False
    add_halo_text(
        ax,
        *spot,
        words,
        halo=halo,
        fontsize=size,
        color=colour,
        ha="center",
        va="center",
        zorder=3.5,
        gid=gid,
    )
    boxes.append(pixel_box(ax, spot, space))
    return True
