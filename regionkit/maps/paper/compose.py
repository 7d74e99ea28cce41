"""Put a map together: ground, areas, zones, projects, names, scale bar, insets, in their order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import shapely

from regionkit.errors import InputError
from regionkit.maps.paper.areas import (
    draw_areas,
    draw_edges,
    draw_province_borders,
    draw_zones,
    fill_zones,
    frame_axes,
)
from regionkit.maps.paper.axes import figure_of, fill_box, settle
from regionkit.maps.paper.base import draw_base
from regionkit.maps.paper.edge_labels import label_exits
from regionkit.maps.paper.far_islands import draw_far_islands, draw_maritime_line, make_room
from regionkit.maps.paper.free_space import FreeSpace
from regionkit.maps.paper.furniture import (
    draw_graticule,
    draw_north_arrow,
    draw_scale_bar,
)
from regionkit.maps.paper.insets import Inset, fill_insets, inset_boxes, open_insets
from regionkit.maps.paper.legend_box import draw_box_legend
from regionkit.maps.paper.locator import draw_locator
from regionkit.maps.paper.map_names import city_seats, seen_parts, write_names, write_zone_names
from regionkit.maps.paper.map_parts import MapParts
from regionkit.maps.paper.marks import DrawnProjects, draw_older, draw_projects
from regionkit.maps.paper.surroundings import draw_surroundings, name_surroundings
from regionkit.maps.paper.told_below import write_below
from regionkit.maps.signs.label_seats import box_about
from regionkit.maps.signs.strokes import has_routes
from regionkit.places.extent import find_extent
from regionkit.words.message import msg

if TYPE_CHECKING:
    import geopandas as gpd
    import pyproj
    from matplotlib.axes import Axes

    from regionkit.maps.signs.label_seats import Box
    from regionkit.maps.signs.layers import AreaLayer
    from regionkit.maps.signs.theme import Theme

__all__ = ["draw_ground", "draw_map"]

_NO_PARTS = MapParts()
# What names keep off along a route, points.
_ROUTE_STEP_PT = 3.0


def draw_ground(
    ax: Axes,
    extent: gpd.GeoDataFrame | gpd.GeoSeries,
    crs: pyproj.CRS,
    theme: Theme,
    *,
    base: gpd.GeoDataFrame | None = None,
    zones: gpd.GeoDataFrame | None = None,
) -> None:
    """Set Axes to an extent and draw what symbols, routes and dots stand on."""
    frame_axes(ax, extent, crs)
    if base is not None:
        edge = theme.county_edge
        draw_edges(ax, base.geometry, crs, colour=edge, width=0.4, fill=theme.land, zorder=0.4)
    if zones is not None:
        draw_zones(ax, zones, crs, theme)


def draw_map(
    ax: Axes,
    layer: AreaLayer | None,
    parts: MapParts = _NO_PARTS,
    *,
    crs: pyproj.CRS,
    theme: Theme,
    lang: str = "zh",
) -> bool:
    """Draw a map's parts in their order on prepared Axes; return whether its legend found room.

    The only map on its page fills its box, so that routes run to the edge and there is room
    beside the land for what is added.

    Parameters
    ----------
    layer : AreaLayer, optional
    parts : MapParts
        What is drawn beside the layer: ground, borders, zones, projects, names.
    lang : {"zh", "en"}
        Of the words on the map: where routes go, titles of insets and lists.

    Raises
    ------
    InputError
        There is nothing to draw.
    """
    land, cities, context, zones = parts.land, parts.cities, parts.context, parts.zones
    projects, names, furniture = parts.projects, parts.names, parts.furniture
    shown = parts.extent
    if shown is None:
        shown = layer.frame if layer is not None else land
    if shown is None:
        raise InputError(msg("There is nothing to draw: give a layer, land or an extent."))
    frame_axes(ax, shown, crs)
    make_room(ax, shown, crs)
    figure = figure_of(ax)
    is_alone = len(figure.axes) == 1 and figure.get_layout_engine() is None
    if is_alone:
        fill_box(ax)
    settle(ax)
    ground_about = None
    if parts.has_ground:
        ground_about = draw_surroundings(ax, shown, crs, theme, context=context)
    if land is not None:
        draw_edges(ax, land, crs, colour=theme.county_edge, width=0.3, fill=theme.land, zorder=0.3)
    if layer is not None:
        draw_areas(ax, layer, theme, crs)
    if parts.base is not None:
        draw_base(ax, parts.base, crs, is_grey=theme.use_patterns)
    if context is not None:
        edge = theme.city_edge
        draw_edges(ax, context.geometry, crs, colour=edge, width=0.57, fill=theme.rest, zorder=0.2)
    if cities is not None:
        draw_edges(ax, cities, crs, colour=theme.city_edge, width=0.7, zorder=2.5)
    within = layer.frame if cities is None and layer is not None else cities
    if within is not None:
        draw_province_borders(ax, within, crs, theme)
    if zones is not None:
        draw_zones(
            ax,
            zones,
            crs,
            theme,
            fill=parts.fill_zones is not None,
            counties=parts.fill_zones,
            is_quiet=has_routes(projects),
        )
    if furniture.graticule:
        draw_graticule(ax, crs, theme)
    ground = shown.geometry.to_crs(crs)
    whole = shapely.union_all(ground.to_numpy())
    space = FreeSpace(ax, ground)
    # A legend and a locator cover neither land nor routes, whatever else there is.
    clear = space.copy()
    for label in ax.texts:
        if label.get_gid() == "graticule-label":
            extent = label.get_window_extent()
            space.block((extent.x0, extent.y0, extent.x1, extent.y1))
    if cities is not None:
        space.block_shapes(cities.to_crs(crs).boundary, is_soft=True)
    if context is not None:
        space.block_shapes(context.geometry.to_crs(crs), is_soft=True)
    if projects is not None:
        lines = projects[projects.geom_type == "LineString"]
        space.block_shapes(lines.geometry.to_crs(crs), is_soft=True)
    draw_maritime_line(ax, crs, theme)
    if projects is not None:
        clear.block_shapes(projects.geometry.to_crs(crs))

    def open_all() -> list[Inset]:
        if not furniture.inset or not is_alone or names is None:
            return []
        return open_insets(
            ax, names, parts.name_column, crs, theme, space, lang,
            is_large=parts.numbers is not None,
        )  # fmt: skip

    far = draw_far_islands(ax, shown, crs, theme, layer=layer, space=space)
    if far is not None and zones is not None and parts.fill_zones is not None:
        fill_zones(far, zones, parts.fill_zones, crs, theme)
    insets: list[Inset] = []
    if parts.numbers is not None:
        # What is crowded is seen before anything else takes the room beside the land.
        insets = open_all()
        for box in inset_boxes(ax, theme):
            clear.block(box)
    legend = draw_box_legend(ax, furniture.legend, theme, clear) if furniture.legend else None
    if legend is not None:
        space.block(legend)
    if furniture.scale_bar:
        bar = draw_scale_bar(ax, crs, theme, space=space)
        if bar is not None:
            clear.block(bar)
    arrow = None
    if furniture.north_arrow is not False:
        only_in_room = furniture.north_arrow is None
        arrow = draw_north_arrow(ax, theme, crs, space=space, only_in_room=only_in_room, lang=lang)
        if arrow is not None:
            clear.block(arrow)
    if furniture.locator is not None:
        spot = draw_locator(ax, furniture.locator, shown, crs, theme, clear)
        if spot is not None:
            space.block(spot)
    if parts.numbers is None:
        insets = open_all()
    seated = None
    if (
        (parts.numbers is not None or parts.zone_names is not None)
        and names is not None
        and parts.seats is not None
    ):
        seated = city_seats(parts.seats, names, parts.name_column, ground)
    if parts.older is not None:
        draw_older(ax, parts.older, crs, size_pt=theme.base_size * 0.72)
    drawn = DrawnProjects()
    if projects is not None:
        drawn = draw_projects(
            ax,
            projects,
            crs,
            size_pt=theme.base_size * 0.72,
            space=space if is_alone else None,
            is_grey=theme.use_patterns,
            labels_of=parts.labels_of,
            numbers=parts.numbers,
            enlarged=[inset.frame for inset in insets],
            seats=None if seated is None else seated.geometry,
        )
    in_insets: set[Any] = set()
    if insets and names is not None:
        in_insets = fill_insets(
            insets,
            layer,
            names,
            parts.name_column,
            projects,
            drawn,
            crs,
            theme,
            parts.numbers,
            parts.seats,
        )
    keep_out = drawn.boxes + inset_boxes(ax, theme)
    keep_out += [box for box in (legend, arrow) if box is not None]
    routes = _pixel_boxes(ax, drawn)
    if seated is not None and len(seated):
        # Seats are named before numbers and counties, off the lines where they can be.
        keep_out += write_names(
            ax, seated, parts.name_column, crs, theme, halo=theme.land,
            seats=parts.seats, keep_out=keep_out, soft=routes,
        )  # fmt: skip
    if parts.numbers is not None:
        frames = [_pixel_frame(ax, inset.frame) for inset in insets]
        land_px = shapely.transform(_land(ground), ax.transData.transform)
        shapely.prepare(land_px)
        keep_out += drawn.number_routes(ax, parts.numbers, [*keep_out, *frames], land=land_px)
    if projects is not None:
        keep_out += label_exits(
            ax,
            drawn.with_routes(projects.to_crs(crs)),
            crs,
            keep_out,
            size=theme.small_size,
            land=_land(ground if context is None else context.geometry.to_crs(crs)),
            is_grey=theme.use_patterns,
            labels_of=parts.labels_of,
            lang=lang,
        )
    if zones is not None and parts.zone_names is not None:
        keep_out += write_zone_names(ax, zones, parts.zone_names, crs, theme, keep_out=keep_out)
    if names is not None:
        # A unit named in an inset is not named twice.
        done = [] if seated is None else seated.index
        there = names[~names.index.isin([*in_insets, *done])]
        if len(there):
            is_filled = layer is not None or parts.fill_zones is not None
            keep_out += write_names(
                ax,
                there,
                parts.name_column,
                crs,
                theme,
                weight="bold",
                halo="#ffffff" if is_filled else theme.land,
                seats=parts.seats,
                area=None if parts.seats is None else whole,
                keep_out=keep_out,
                has_cities=seated is None,
                soft=routes,
                grounds=None if layer is None or theme.use_patterns else layer.colours,
            )
        if parts.told:
            keep_out += write_below(
                ax, names.to_crs(crs), parts.name_column, parts.told, theme,
                keep_out=[*keep_out, *routes],
            )  # fmt: skip
    if context is not None:
        local = context.to_crs(crs)
        about = local.set_geometry(local.difference(whole))
        seen = seen_parts(ax, about, parts.name_column, theme)
        if len(seen):
            keep_out += write_names(
                ax,
                seen,
                parts.name_column,
                crs,
                theme,
                colour=theme.muted,
                has_leaders=False,
                keep_out=keep_out,
            )
    if ground_about is not None:
        name_surroundings(ax, ground_about, crs, theme, keep_out=keep_out, lang=lang)
    return legend is not None


def _pixel_boxes(ax: Axes, drawn: DrawnProjects) -> list[Box]:
    """Return the routes on a map as rows of small boxes, pixels."""
    if drawn.routes is None:
        return []
    step = _ROUTE_STEP_PT * figure_of(ax).dpi / 72
    window = ax.get_window_extent()
    boxes: list[Box] = []
    for line in drawn.routes:
        pixels = shapely.transform(line, ax.transData.transform)
        boxes += [
            box_about(float(x), float(y), step, step)
            for x, y in shapely.get_coordinates(shapely.segmentize(pixels, step))
            if window.contains(x, y)
        ]
    return boxes


def _pixel_frame(ax: Axes, frame: Any) -> Box:
    """Return a box in data units as pixels."""
    west, south, east, north = frame.bounds
    low, up = ax.transData.transform([(west, south), (east, north)])
    return (float(low[0]), float(low[1]), float(up[0]), float(up[1]))


def _land(ground: gpd.GeoSeries) -> Any:
    """Return what a map is of as one shape, a little wider, so that its coast belongs to it."""
    west, _, east, _ = find_extent(ground).bounds
    tolerance = 0.004 * (east - west)
    shapes = shapely.simplify(ground.to_numpy(), tolerance)
    return shapely.union_all(shapely.buffer(shapes, 4 * tolerance))
