"""Draw layers on matplotlib Axes: areas, outlines, zones, routes and symbols."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import shapely

from regionkit.errors import InputError
from regionkit.maps.paper.axes import data_per_point, figure_of
from regionkit.maps.paper.routes import line_style
from regionkit.maps.signs.look import Look
from regionkit.maps.signs.strokes import zone_stroke
from regionkit.maps.signs.styles import (
    ZONE_HATCH_PT,
    entry_style,
    overlap_groups,
    zone_face,
    zone_hatch,
    zone_hatch_colour,
)
from regionkit.places.extent import find_extent, follow_extent
from regionkit.places.simplify import simplify_coverage
from regionkit.places.units import all_codes, list_outer_units

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pyproj
    from matplotlib.axes import Axes
    from matplotlib.path import Path

    from regionkit.maps.signs.layers import AreaLayer
    from regionkit.maps.signs.strokes import Stroke
    from regionkit.maps.signs.theme import Theme

__all__ = [
    "draw_areas",
    "draw_edges",
    "draw_lines",
    "draw_province_borders",
    "draw_zones",
    "fill_zones",
    "frame_axes",
    "seen_outlines",
]

# A zone's edge as seen, its inner half: the first zone's, and how much less each next one's is.
_ZONE_EDGE_MM, _ZONE_STEP_MM, _LEAST_EDGE_MM = 0.60, 0.09, 0.33
# Of the edge of a zone whose members no document lists: dash and gap, millimetres.
_INFERRED_MM = (2.6, 1.5)
_PT_PER_MM = 72 / 25.4
_PROVINCE_MM = 0.40
# More vertices than a province has; and corners and islands that no sheet of one shows.
_MANY_VERTICES, _UNSEEN_M, _UNSEEN_KM2 = 600_000, 500.0, 0.5


def seen_outlines(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return areas without the vertices and islets that no sheet shows; few are left as they are.

    Borders stay shared: areas that are no coverage stay as they are.
    """
    if shapely.get_num_coordinates(frame.geometry.to_numpy()).sum() <= _MANY_VERTICES:
        return frame
    areas = frame.geometry.to_crs(4326)
    grain_m = _UNSEEN_M * follow_extent(areas)
    try:
        simple = simplify_coverage(
            areas, tolerance_m=grain_m, min_part_km2=_UNSEEN_KM2 * grain_m / _UNSEEN_M
        )
    except InputError:
        return frame
    return frame.set_geometry(simple.to_crs(frame.crs))


def frame_axes(ax: Axes, frame: gpd.GeoDataFrame | gpd.GeoSeries, crs: pyproj.CRS) -> None:
    """Set the limits of Axes to a layer's main land with a margin, lengths equal both ways."""
    west, south, east, north = find_extent(frame.to_crs(crs)).bounds
    pad = 0.03 * max(east - west, north - south)
    ax.set_xlim(west - pad, east + pad)
    ax.set_ylim(south - pad, north + pad)
    ax.set_aspect("equal")
    ax.set_axis_off()


def _patches(geometry: Iterable[Any], **style: Any) -> Any:
    """Return polygons as one collection of paths, a path a unit."""
    from matplotlib.collections import PathCollection

    return PathCollection([_polygon_path(shape) for shape in geometry], **style)


def _polygon_path(shape: Any) -> Path:
    """Return a polygon or multipolygon as one compound path, holes cut out."""
    from matplotlib.path import Path

    vertices, codes = [], []
    for part in shapely.get_parts(shape):
        if part.geom_type != "Polygon":
            continue
        outer = shapely.get_coordinates(shapely.normalize(part).exterior)
        for ring in (outer, *(shapely.get_coordinates(hole) for hole in part.interiors)):
            vertices.append(ring)
            kinds = np.full(len(ring), Path.LINETO, dtype=np.uint8)
            kinds[0], kinds[-1] = Path.MOVETO, Path.CLOSEPOLY
            codes.append(kinds)
    if not vertices:
        return Path(np.empty((0, 2)))
    return Path(np.concatenate(vertices), np.concatenate(codes))


def draw_areas(
    ax: Axes, layer: AreaLayer, theme: Theme, crs: pyproj.CRS, look: Look | None = None
) -> Any:
    """Draw the units of a layer in their classes' colours; return the collection."""
    geometry = layer.frame.geometry.to_crs(crs)
    faces = [entry_style(layer, number, theme)[0] for number in range(len(layer.entries))]
    colours = [faces[code] for code in layer.codes]
    look = look or Look()
    # On fills white tells units apart; among patterns it would not be seen.
    edge, width = (theme.county_edge, 0.35) if theme.use_patterns else ("#ffffff", 0.5)
    filled = _patches(
        geometry,
        facecolor=colours,
        edgecolor=edge if look.edgecolor is None else look.edgecolor,
        linewidth=width if look.linewidth is None else look.linewidth,
        alpha=look.alpha if look.alpha < 1 else None,
        zorder=1,
    )
    filled.set_gid(f"areas-{layer.layer_id}")
    ax.add_collection(filled)
    for number in range(len(layer.entries)):
        _, pattern, ink = entry_style(layer, number, theme)
        if pattern:
            members = geometry[layer.codes == number]
            ax.add_collection(
                _patches(
                    members,
                    facecolor="none",
                    edgecolor=ink,
                    hatch=pattern,
                    linewidth=0.0,
                    zorder=1.5,
                )
            )
    return filled


def draw_edges(
    ax: Axes,
    geometry: gpd.GeoSeries,
    crs: pyproj.CRS,
    *,
    colour: str,
    width: float,
    fill: str = "none",
    zorder: float = 2.0,
) -> None:
    """Draw the outlines of units."""
    ax.add_collection(
        _patches(
            geometry.to_crs(crs), facecolor=fill, edgecolor=colour, linewidth=width, zorder=zorder
        )
    )


def draw_lines(
    ax: Axes,
    geometry: gpd.GeoSeries,
    *,
    colour: str,
    width: float,
    dashes: tuple[float, ...] = (),
    zorder: float = 2.0,
    gid: str = "",
) -> None:
    """Draw lines that are in the Axes' units; dashes in millimetres on the page."""
    from matplotlib.collections import LineCollection

    parts = shapely.get_parts(geometry.to_numpy())
    lines = [shapely.get_coordinates(part) for part in parts if part.geom_type.endswith("String")]
    if not lines:
        return
    share = _PT_PER_MM / width
    drawn = LineCollection(
        lines,
        colors=colour,
        linewidths=width,
        linestyles=(0, tuple(length * share for length in dashes)) if dashes else "solid",
        capstyle="butt" if dashes else "round",
        joinstyle="round",
        zorder=zorder,
    )
    drawn.set_gid(gid or None)
    ax.add_collection(drawn, autolim=False)


def draw_province_borders(
    ax: Axes, units: gpd.GeoDataFrame | gpd.GeoSeries, crs: pyproj.CRS, theme: Theme
) -> None:
    """Draw where the units of one province border on those of another, over their own borders.

    Parameters
    ----------
    units : GeoDataFrame or GeoSeries, indexed by adcode
        Of others no province is known, and none is drawn.
    """
    known = all_codes()
    provinces = np.array([list_outer_units(c)[0] if c in known else "" for c in units.index])
    shapes = units.geometry.to_numpy()
    wholes = [shapely.union_all(shapes[provinces == one]) for one in set(provinces) - {""}]
    lines = [
        shapely.line_merge(shapely.union_all(parts[shapely.get_dimensions(parts) == 1]))
        for one, other in combinations(shapely.boundary(wholes), 2)
        if one.intersects(other)
        for parts in [shapely.get_parts(shapely.intersection(one, other))]
    ]
    if lines:
        local = gpd.GeoSeries(lines, crs=units.crs).to_crs(crs)
        width = _PROVINCE_MM * _PT_PER_MM
        draw_lines(
            ax, local, colour=theme.province_edge, width=width, zorder=2.55, gid="province-border"
        )


def draw_zones(
    ax: Axes,
    zones: gpd.GeoDataFrame,
    crs: pyproj.CRS,
    theme: Theme,
    *,
    fill: bool = False,
    counties: gpd.GeoDataFrame | None = None,
    is_quiet: bool = False,
) -> None:
    """Draw zones: outlines inside their borders so that two at one both show; filled on request.

    Filled, a county of two zones has the colour of the first and hatching in that of the second.

    Parameters
    ----------
    zones : GeoDataFrame with a column ``colour``
        Where it has a column ``inferred`` of shapes, the outline is dashed in these.
    counties : GeoDataFrame with a column ``zone_ids``, for filling
    is_quiet : bool
        Whether outlines in black and white are grey, so that routes stand out.
    """
    if fill and counties is not None:
        fill_zones(ax, zones, counties, crs, theme)
    inferred = None
    if "inferred" in zones:
        inferred = zones.set_geometry("inferred", crs=zones.crs).geometry.to_crs(crs)
    for number, (zone_id, shape) in enumerate(zones.geometry.to_crs(crs).items()):
        if shape is None or shape.is_empty:
            continue
        stroke = zone_stroke(zones.loc[zone_id, "colour"], number, theme, is_quiet=is_quiet)
        if theme.use_patterns:
            _draw_dashed_zone(ax, shape, number, stroke, gid=f"zone-{zone_id}")
            continue
        # A line clipped to its own zone shows its inner half only, and each next zone's is
        # thinner, so that two zones with one border are both seen.
        seen = max(_ZONE_EDGE_MM - _ZONE_STEP_MM * (number % 4), _LEAST_EDGE_MM)
        width = 2 * seen * _PT_PER_MM * _line_scale(ax)
        edges = [(shape, stroke.colour, False)]
        if inferred is not None and not inferred.loc[zone_id].is_empty:
            guessed = inferred.loc[zone_id]
            edges = [
                (shape.difference(guessed), stroke.colour, False),
                (guessed, "#ffffff", False),
                (guessed, stroke.colour, True),
            ]
        for part, colour, is_dashed in edges:
            if part.is_empty:
                continue
            drawn = _patches(
                [shape],
                facecolor="none",
                edgecolor=colour,
                linewidth=width,
                zorder=3 + 0.01 * number,
            )
            if is_dashed:
                share = _PT_PER_MM / width
                drawn.set_linestyle((0, tuple(length * share for length in _INFERRED_MM)))
                drawn.set_capstyle("butt")
            if colour == stroke.colour:
                drawn.set_gid(f"zone-{zone_id}")
            ax.add_collection(drawn)
            drawn.set_clip_path(_polygon_path(part), ax.transData)


def fill_zones(
    ax: Axes,
    zones: gpd.GeoDataFrame,
    counties: gpd.GeoDataFrame,
    crs: pyproj.CRS,
    theme: Theme,
) -> None:
    """Fill counties with the colours of their zones, as of :func:`draw_zones`."""
    groups = overlap_groups(zones, counties)
    shapes = counties.geometry.to_crs(crs)
    for mine in sorted(set(groups)):
        if not mine:
            continue
        union = shapely.union_all(shapes[groups == mine].to_numpy())
        ax.add_collection(
            _patches(
                [union],
                facecolor=zone_face(zones, mine[0], theme),
                edgecolor="none",
                zorder=0.5,
            )
        )
        for second in mine[1:]:
            hatched = _patches(
                [union],
                facecolor="none",
                edgecolor=zone_hatch_colour(zones, second, theme),
                hatch=zone_hatch(zones, second),
                linewidth=0.0,
                zorder=0.6,
            )
            hatched.set_hatch_linewidth(1.0 if theme.use_patterns else ZONE_HATCH_PT)
            ax.add_collection(hatched)


def _draw_dashed_zone(ax: Axes, shape: Any, number: int, stroke: Stroke, *, gid: str) -> None:
    """Draw a zone's outline in its line style, each next zone's a little further inside."""
    per_point = data_per_point(ax)
    offset = per_point * _line_scale(ax) * (1.0 + 1.9 * (number % 4))
    inside = shapely.simplify(shape, per_point).buffer(-offset, join_style="round")
    for colour, width in (("#ffffff", 3.0), (stroke.colour, 1.5)):
        drawn = _patches(
            [inside],
            facecolor="none",
            edgecolor=colour,
            linewidth=width * _line_scale(ax),
            zorder=3 + 0.01 * number,
        )
        if colour == stroke.colour:
            drawn.set_linestyle(line_style(stroke))
            drawn.set_gid(gid)
        ax.add_collection(drawn)


def _line_scale(ax: Axes) -> float:
    """Return how thick zone lines are on a map of this size; 1 from about 17 cm of width."""
    ax.apply_aspect()
    width_pt = ax.get_window_extent().width / figure_of(ax).dpi * 72
    return float(min(max(width_pt / 480, 0.4), 1.0))
