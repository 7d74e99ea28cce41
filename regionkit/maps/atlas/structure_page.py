"""The sheet of a plan's spatial structure: thin named tracks, rings about cores, tints of wings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import shapely

from regionkit.analysis.messages import structure_message
from regionkit.maps.atlas.data import LANG
from regionkit.maps.paper.areas import draw_edges
from regionkit.maps.paper.axes import data_per_point, settle
from regionkit.maps.paper.columns_page import fill_columns
from regionkit.maps.paper.compose import draw_map
from regionkit.maps.paper.line_labels import LineLabels
from regionkit.maps.paper.number_discs import draw_disc, number_routes
from regionkit.maps.paper.routes import line_style, set_beside
from regionkit.maps.signs.colours import STRUCTURE
from regionkit.maps.signs.label_seats import box_about
from regionkit.maps.signs.legend_item import LegendItem
from regionkit.maps.signs.monochrome import GREY
from regionkit.maps.signs.strokes import Stroke
from regionkit.maps.signs.symbols import Symbol
from regionkit.maps.signs.words import counted, projection_words
from regionkit.maps.themes.listed import structure_zones
from regionkit.places.shape_cache import cached_shapes, content_of
from regionkit.places.ways import trace_way, ways_content
from regionkit.words.message import join, say

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from regionkit.maps.atlas.data import AtlasData
    from regionkit.maps.paper.sheet import Sheet
    from regionkit.maps.signs.label_seats import Box
    from regionkit.maps.themes.listed import ListedMap

__all__ = ["draw_structure_page"]

_PT_PER_MM = 72 / 25.4
# A track is thin and pale: it joins places that are named, and is no road.
_TRACK_MM, _ALPHA = 0.9, 0.6
# Rings about a place, of cores and of rings.
_CORE_MM, _RING_MM = 4.2, 3.0
_WING = "#e3e6f0"
# Of the page's width that the map has; millimetres beside it and between columns.
_MAP_SHARE, _GAP_MM, _COLUMN_GAP_MM = 0.656, 5.0, 2.5


def draw_structure_page(data: AtlasData, one: ListedMap, title: str) -> Sheet:
    """Return the sheet of what a plan orders space by.

    What has a course is a track that keeps to the land, named along itself; a core a ring about its
    seat; a wing a tint of its members. What has members alone, or neither, is listed by name.

    Parameters
    ----------
    data : AtlasData
    one : ListedMap
        Of the structure.
    title : str
    """
    ln = data.region
    rows = structure_zones(ln, one)
    has_line = ~shapely.is_empty(rows["line"].to_numpy())
    has_members = rows["member_adcodes"].map(len).to_numpy() > 0
    is_about = rows["kind"].isin(("core", "ring", "wing")).to_numpy() & has_members & ~has_line
    tracks, about = rows[has_line], rows[is_about]
    known = rows[has_members & ~has_line & ~is_about]
    bare = rows[~has_members & ~has_line]
    drawn = rows[has_line | is_about]
    numbers = {key: str(number) for number, key in enumerate(drawn.index, 1)}
    sheet = data.sheet(
        title,
        structure_message(len(drawn), len(bare), len(known), LANG),
        data.cite(rows),
        legend_mm=0.0,
    )
    left, bottom, right, top = sheet.body_mm
    wide = _MAP_SHARE * (right - left)
    sheet.place_map(left, bottom, wide, top - bottom)
    ax = sheet.axes[0]
    draw_map(
        ax,
        None,
        data.whole_parts,
        crs=data.crs,
        theme=data.theme,
    )
    settle(ax)
    view = ax.get_xlim(), ax.get_ylim()
    taken: list[Box] = []
    for text in ax.texts:
        box = text.get_window_extent()
        taken.append((box.x0, box.y0, box.x1, box.y1))
    discs = _draw_about(ax, data, about, numbers)
    _draw_tracks(ax, data, tracks, numbers, [*taken, *discs])
    ax.set_xlim(view[0])
    ax.set_ylim(view[1])
    items = [
        *_drawn_items(data, drawn, numbers),
        *_listed_items(data, known, say("By their members only {n}", lang=LANG, n=len(known))),
        *_listed_items(data, bare, say("Without a course or members {n}", lang=LANG, n=len(bare))),
        LegendItem(
            say(
                "Tracks join the places that the plans name, the shortest way over land; they are "
                "no roads.",
                lang=LANG,
            ),
            "note",
        ),
        LegendItem(projection_words(data.crs), "note"),
    ]
    sheet.items = items
    x = left + wide + _GAP_MM
    column = (right - x - _COLUMN_GAP_MM) / 2
    rest = fill_columns(
        sheet,
        items,
        [(at, top, column, top - bottom) for at in (x, x + column + _COLUMN_GAP_MM)],
    )
    if rest:
        page = data.sheet(
            say("{title} (continued)", lang=LANG, title=title), "", data.cite(rows),
            legend_mm=0.0, is_map=False,
        )  # fmt: skip
        left, bottom, right, top = page.body_mm
        fill_columns(page, rest, [(left, top, column, top - bottom)])
        sheet.more.append(page.finish())
    return sheet.finish()


def _colour(data: AtlasData, kind: str) -> str:
    return GREY if data.theme.use_patterns else STRUCTURE[kind].colour


def _stroke(data: AtlasData, kind: str) -> Stroke:
    return Stroke(
        _colour(data, kind), width_pt=_TRACK_MM * _PT_PER_MM, dashes=STRUCTURE[kind].dashes_mm
    )


def _draw_tracks(
    ax: Axes, data: AtlasData, tracks: pd.DataFrame, numbers: dict[str, str], taken: list[Box]
) -> None:
    """Draw tracks side by side, their numbers on them and their names along them."""
    if tracks.empty:
        return
    content = content_of(tracks["line"])
    ways = cached_shapes(
        f"tracks-{ways_content()}-{content}",
        lambda: {
            str(key): trace_way([shapely.Point(at) for at in line.coords])
            for key, line in tracks["line"].items()
        },
    )
    lines = gpd.GeoSeries([ways[str(key)] for key in tracks.index], tracks.index, crs=4326)
    lines = set_beside(ax, lines.to_crs(data.crs))
    routes: dict[Any, tuple[Any, Symbol, str]] = {}
    for key, line in lines.items():
        kind = tracks.loc[key, "kind"]
        stroke = _stroke(data, kind)
        ax.plot(
            *np.asarray(line.coords).T,
            color=stroke.colour,
            linewidth=stroke.width_pt,
            linestyle=line_style(stroke),
            solid_capstyle="butt",
            alpha=_ALPHA,
            zorder=4,
            gid=f"track-{key}",
        )
        routes[key] = (line, Symbol("circle", stroke.colour), "solid")
    boxes = [*taken, *number_routes(ax, routes, numbers, taken)]
    frame = shapely.box(ax.get_xlim()[0], ax.get_ylim()[0], ax.get_xlim()[1], ax.get_ylim()[1])
    pixels = {
        key: shapely.transform(line.intersection(frame), ax.transData.transform)
        for key, line in lines.items()
    }
    labels = LineLabels(ax, boxes, pixels, data.theme.small_size)
    for key, line in sorted(pixels.items(), key=lambda pair: pair[1].length):
        parts = [part for part in shapely.get_parts(line) if part.geom_type == "LineString"]
        if parts:
            longest = max(parts, key=lambda part: part.length)
            colour = _colour(data, tracks.loc[key, "kind"])
            labels.write(key, _short(tracks.loc[key]), longest, colour, inner=True)


def _short(row: pd.Series) -> str:
    """Return a name as it is written on the map: what stands behind the order it belongs to."""
    name = row["short_name"] if isinstance(row["short_name"], str) else row["name"]
    return str(name).rpartition("之")[2]


def _draw_about(
    ax: Axes, data: AtlasData, about: pd.DataFrame, numbers: dict[str, str]
) -> list[Box]:
    """Draw rings about seats and tints of members, with numbers; return what these cover."""
    mm = data_per_point(ax) * _PT_PER_MM
    seats = data.region.seats.geometry.to_crs(data.crs)
    boxes: list[Box] = []
    turns: dict[str, int] = {}
    for key, row in about.iterrows():
        kind, colour = row["kind"], _colour(data, row["kind"])
        members = list(row["member_adcodes"])
        spots = [seats[code] for code in members if code in seats.index]
        if kind == "wing":
            units = _units(data, members)
            if units.empty:
                continue
            draw_edges(ax, units, data.crs, colour="none", width=0.0, fill=_WING, zorder=0.35)
            whole = shapely.union_all(units.to_crs(data.crs).to_numpy())
            at = shapely.maximum_inscribed_circle(whole, tolerance=mm).coords[0]
        elif not spots:
            continue
        else:
            radius = (_CORE_MM if kind == "core" else _RING_MM) * mm
            for spot in spots:
                circle = spot.buffer(radius)
                ax.plot(
                    *np.asarray(circle.exterior.coords).T,
                    color=colour,
                    linewidth=_TRACK_MM * _PT_PER_MM * 0.6,
                    linestyle=line_style(_stroke(data, kind)),
                    zorder=4.2,
                    gid=f"ring-{key}",
                )
            # Numbers of rings about one place stand apart on them.
            where = members[0] if len(members) == 1 else "several"
            turn = turns.get(where, 0)
            turns[where] = turn + 1
            angle = np.pi * (0.75 - 0.5 * turn) if len(members) > 1 else -np.pi * (0.25 + turn)
            at = (
                spots[0].x + radius * float(np.cos(angle)),
                spots[0].y + radius * float(np.sin(angle)),
            )
        draw_disc(ax, (at[0], at[1]), numbers[key], "circle", colour, "solid")
        px, py = ax.transData.transform((at[0], at[1]))
        boxes.append(box_about(float(px), float(py), 22.0, 22.0))
    return boxes


def _units(data: AtlasData, adcodes: list[str]) -> gpd.GeoSeries:
    """Return the outlines of cities and counties."""
    found = [frame.geometry[frame.index.isin(adcodes)] for frame in (data.cities, data.counties)]
    return gpd.GeoSeries([*found[0], *found[1]], crs=data.counties.crs)


def _drawn_items(data: AtlasData, drawn: pd.DataFrame, numbers: dict[str, str]) -> list[LegendItem]:
    """Return what is on the map, by kind: its line, then its numbers and names."""
    ln, labels = data.region, data.region.labels("zones", "kind")
    inferred = ln.zone_lines["basis"].reindex(drawn.index) == "inferred"
    items: list[LegendItem] = []
    for kind, mine in drawn.groupby("kind", sort=False):
        heading = f"{labels[str(kind)]} {len(mine)}"
        if kind == "wing":
            items.append(LegendItem(heading, "swatch", _WING))
        else:
            items.append(LegendItem(heading, "line", stroke=_stroke(data, str(kind))))
        for key, row in mine.iterrows():
            name = str(row["name"])
            if inferred[key]:
                name = counted(name, say("course inferred in part", lang=LANG), LANG)
            items.append(
                LegendItem(name, "disc", _colour(data, row["kind"]), number=numbers[str(key)])
            )
    return items


def _listed_items(data: AtlasData, rows: pd.DataFrame, heading: str) -> list[LegendItem]:
    """Return what is not on the map by name, with its members where these are known."""
    if rows.empty:
        return []
    names = data.region.units["name"]
    items = [LegendItem(heading, "heading")]
    for row in rows.itertuples():
        members = [str(names[code]) for code in row.member_adcodes if code in names.index]
        told = counted(str(row.name), join(members).render(LANG), LANG) if members else row.name
        items.append(LegendItem(str(told), "dot", _colour(data, str(row.kind))))
    return items
