"""The map of a query: its projects, what was asked, and where they were looked for."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, Any

from regionkit.words.message import join, say

if TYPE_CHECKING:
    import geopandas as gpd

    from regionkit.cli.conditions import Hits
    from regionkit.cli.map_options import MapLook
    from regionkit.region import Region

__all__ = ["draw_hits"]

# The map's part of a window of a usual size, in pixels; it opens so that the hits fill it.
_WINDOW_PX = (580, 580)
_ZOOMS = (6.0, 13.0)


def draw_hits(ln: Region, hits: Hits, path: str, look: MapLook) -> Path:
    """Draw the projects of a query as a page or a sheet by the file's ending; return the path."""
    if path.lower().endswith(".html"):
        return _draw_page(ln, hits, path, look)
    return _draw_sheet(ln, hits, path, look)


def _count(hits: Hits, look: MapLook) -> str:
    return say("{n} projects", lang=look.lang, n=len(hits.projects))


def _search_area(hits: Hits, look: MapLook) -> dict[str, gpd.GeoDataFrame]:
    """Return what the projects are near and the line about it, by title; {} where none is."""
    import geopandas as gpd

    from regionkit.query.projects import area_within

    if hits.origin is None:
        return {}
    origin = hits.origin if hits.origin.geom_type == "Point" else hits.origin.boundary
    if hits.origin.geom_type in {"LineString", "MultiLineString"}:
        origin = hits.origin
    drawn = {say("Centre", lang=look.lang): origin}
    if hits.radius_km and math.isfinite(hits.radius_km):
        drawn[f"{hits.radius_km:.3g} km"] = area_within(hits.origin, hits.radius_km).boundary
    return {
        title: gpd.GeoDataFrame({"name": [title]}, geometry=[shape], crs="EPSG:4326")
        for title, shape in drawn.items()
    }


def _draw_page(ln: Region, hits: Hits, path: str, look: MapLook) -> Path:
    from regionkit.files import write_aside
    from regionkit.maps.page.webmap import webmap

    title = look.title or say(
        "{word}: {text}", lang=look.lang, word=hits.asked or ln.name, text=_count(hits, look)
    )
    page = webmap(
        ln,
        layers=(),
        projects=hits.projects,
        title=title,
        base=look.base or None,
        lang=look.lang,
    )
    area = _search_area(hits, look)
    for number, (title, frame) in enumerate(area.items(), 1):
        page.add_layer(frame, title=title, layer_id=f"asked-{number}", columns=())
    return write_aside(path, page.to_html(state=_opening(ln, hits, list(area.values()))))


def _opening(ln: Region, hits: Hits, area: list[gpd.GeoDataFrame]) -> str:
    """Return the address's part that opens the map on the hits; "" where none has a position."""
    import numpy as np

    # Routes that cross a circle run far out of it, and those that leave the region far out of that.
    places = hits.projects.geometry
    west, south, east, north = ln.counties.total_bounds
    seen = places.where(
        places.geom_type != "LineString", places.clip_by_rect(west, south, east, north)
    )
    bounds = np.array([frame.total_bounds for frame in area] or [seen.total_bounds])
    bounds = bounds[~np.isnan(bounds).any(axis=1)]
    if not len(bounds):
        return ""
    west, south = bounds[:, :2].min(axis=0)
    east, north = bounds[:, 2:].max(axis=0)
    lon, lat = (west + east) / 2, (south + north) / 2
    # At zoom 0 the globe is 256 pixels wide; a degree of latitude is longer on the map by the
    # cosine of the latitude.
    spans = (max(east - west, 1e-6), max(north - south, 1e-6) / math.cos(math.radians(lat)))
    zoom = min(math.log2(px * 360 / 256 / span) for px, span in zip(_WINDOW_PX, spans, strict=True))
    zoom = min(max(math.floor(zoom * 4) / 4, _ZOOMS[0]), _ZOOMS[1])
    return f"#v={lat:.3f},{lon:.3f},{zoom:g}"


def _draw_sheet(ln: Region, hits: Hits, path: str, look: MapLook) -> Path:
    from regionkit.cli.drawing import drawn_cities, map_source
    from regionkit.maps.paper.compose import draw_map
    from regionkit.maps.paper.map_parts import MapParts
    from regionkit.maps.paper.sheet import Sheet
    from regionkit.maps.signs.citations import credit_positions
    from regionkit.maps.signs.layer_items import zone_legend
    from regionkit.maps.signs.project_items import project_items
    from regionkit.maps.signs.theme import drawing, get_theme
    from regionkit.maps.signs.words import project_signs
    from regionkit.places.projection import map_crs

    theme = get_theme(look.theme)
    projects = hits.projects
    cities = drawn_cities(ln, look.lang)
    zones = ln.zones.set_geometry(ln.simplified("zone"))
    cited = [
        *ln.sources.loc[sorted(set(projects["source_id"])), "short_title"],
        credit_positions(ln, projects, lang=look.lang),
    ]
    with drawing(theme):
        sheet = Sheet(
            title=look.title or _count(hits, look),
            subtitle=hits.asked,
            size=look.size,
            theme=theme,
            lang=look.lang,
            source=map_source(
                ln, join(filter(None, cited), "clauses").render(look.lang), look.lang
            ),
        )
        crs = map_crs(cities)
        draw_map(
            sheet.axes[0],
            None,
            MapParts(
                extent=cities,
                land=cities.geometry,
                zones=zones,
                projects=projects,
                names=cities,
                seats=ln.seats,
                base=look.base or None,
                name_column="short",
            ),
            crs=crs,
            theme=theme,
            lang=look.lang,
        )
        for frame in _search_area(hits, look).values():
            _draw_outline(sheet.axes[0], frame.geometry.to_crs(crs).iloc[0])
        labels = project_signs(ln)
        sheet.add_legend(
            [
                *project_items(projects, labels, lang=look.lang),
                *zone_legend(zones, theme, lang=look.lang),
            ]
        )
        return Path(sheet.finish(crs).save(path))


def _draw_outline(ax: Any, shape: Any) -> None:
    """Draw a point as a cross and a line as a dashed one, without moving the map's limits."""
    import shapely

    for part in shapely.get_parts(shape):
        x, y = shapely.get_coordinates(part).T
        style = {"marker": "+", "markersize": 10} if part.geom_type == "Point" else {"ls": "--"}
        ax.plot(
            x, y, color="#aa3311", lw=1.0, zorder=9, scalex=False, scaley=False,
            gid="search-area", **style,
        )  # fmt: skip
