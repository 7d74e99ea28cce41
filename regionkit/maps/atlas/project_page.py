"""A sheet of projects: the map in its own shape, the index beside it and on what pages it needs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from regionkit.maps.atlas.data import LANG
from regionkit.maps.paper.compose import draw_map
from regionkit.maps.paper.index_columns import draw_columns, flow_items, items_height
from regionkit.maps.paper.told_below import TOLD
from regionkit.maps.signs.badges import is_approximate
from regionkit.maps.signs.legend_item import LegendItem
from regionkit.maps.signs.project_index import index_older, index_projects
from regionkit.maps.signs.project_items import project_items
from regionkit.maps.signs.strokes import OLDER_STROKE
from regionkit.maps.signs.theme import drawing
from regionkit.maps.signs.words import projection_words
from regionkit.region.names import called_units
from regionkit.words.message import say

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    import geopandas as gpd
    import pyproj

    from regionkit.maps.atlas.data import AtlasData
    from regionkit.maps.paper.index_columns import Column
    from regionkit.maps.paper.legend import LegendRow
    from regionkit.maps.paper.map_parts import MapParts
    from regionkit.maps.paper.sheet import Sheet

__all__ = ["draw_project_page", "seat_names"]

# Words of an index, in sizes of body text: as large as there is room, never under 6.5 points.
_SIZES = (0.875, 0.8125)
# Between the map and the columns, and between two columns, millimetres.
_GAP_MM, _COLUMN_GAP_MM = 5.0, 2.5
_COLUMN_MM = 45.5
_MOST_COLUMN_MM = 84.0
# A map at least so wide for its land, and no wider than this many times its shape.
_LEAST_MAP_MM, _ROOMY = 128.0, 1.28
# From this shape on a map leaves room below it; up to that one three columns stand beside it.
_FLAT, _TALL = 1.25, 0.95
_LEAST_STRIP_MM = 24.0
# Of the height that a map may have, where a few lines of its index stand below it.
_LOWER = (0.88, 0.82, 0.76)
# Heights of a page's columns that are tried for what is over, so that they end level.
_LEVELS = (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
_PAD = 1.06
# Of words about the map, as the legend in it.
_IN_MAP = {"heading", "symbol", "line", "stage", "badge", "swatch"}


def seat_names(data: AtlasData, projects: gpd.GeoDataFrame) -> dict[tuple[float, float], str]:
    """Return the names of what projects known by a unit alone are in, by where they stand.

    These are the region's seats; where the pack has none of a unit, a point in it.
    """
    region = data.region
    # A district's seat may be its city's too: the city is named.
    seats = region.seats.sort_values("level", key=lambda levels: levels == "city")
    rough = projects[is_approximate(projects) & ~projects.geometry.is_empty]
    called = called_units(region, LANG)
    units = [next(code for code in codes if code != region.adcode) for codes in rough["adcodes"]]
    points = [*rough.geometry, *seats.geometry]
    return {
        (round(point.x, 4), round(point.y, 4)): str(name)
        for name, point in zip([*called[units], *seats["name"]], points, strict=True)
    }


def draw_project_page(
    data: AtlasData,
    title: str,
    message: str,
    source: str,
    projects: gpd.GeoDataFrame,
    parts: MapParts,
    *,
    extent: gpd.GeoDataFrame,
    crs: pyproj.CRS,
    part: str = "",
    crossing: Collection[Any] = (),
    before: Sequence[LegendItem] = (),
    after: Sequence[LegendItem] = (),
    carried: Sequence[LegendItem] = (),
    is_last: bool = True,
) -> tuple[Sheet, list[LegendItem]]:
    """Return a sheet whose projects are numbered on the map and named in the index.

    Parameters
    ----------
    data : AtlasData
    title, message, source : str
    projects : GeoDataFrame
        All of the sheet, drawn or not.
    parts : MapParts
        Of the map, without projects.
    extent : GeoDataFrame
        What the map is of.
    crs : CRS
    part : str
        What it shows of what the title names, where several sheets do; "" for all of it.
    crossing : collection of project_id
        Routes that run on beyond it.
    before, after : sequence of LegendItem
        Of the columns, above and below the index.
    carried : sequence of LegendItem
        What the sheets before it had no room for.
    is_last : bool
        Whether what is over goes on to a page of its own, which all of them share; else it comes
        back beside the sheet, to be carried to the next.
    """
    whole = say("{title}: {part}", lang=LANG, title=title, part=part) if part else title
    with drawing(data.theme):
        sheet, rest, size = _draw(
            data, whole, message, source, projects, parts, extent, crs, crossing,
            [list(before), list(after)], goes_on_last=not is_last,
        )  # fmt: skip
        if carried or not is_last:
            named = _named_after(part, rest) if rest else []
            # What is told of all the maps is told once.
            rest = [*(one for one in carried if one.kind != "note" or one not in named), *named]
        if not is_last:
            return sheet, rest
        shared = title if carried else whole
        sheet.more += _further(data, shared, source, projects, extent, rest, size)
        return sheet, []


def _named_after(part: str, items: list[LegendItem]) -> list[LegendItem]:
    """Return what goes on to a page that several maps share; its first heading says of which."""
    first, *others = items
    if first.kind != "heading":
        return [LegendItem(part, "heading"), *items]
    words = say("{title}: {part}", lang=LANG, title=part, part=first.label)
    return [replace(first, label=words), *others]


def _draw(
    data: AtlasData,
    title: str,
    message: str,
    source: str,
    projects: gpd.GeoDataFrame,
    parts: MapParts,
    extent: gpd.GeoDataFrame,
    crs: pyproj.CRS,
    crossing: Collection[Any],
    words: list[list[LegendItem]],
    *,
    goes_on_last: bool = False,
) -> tuple[Sheet, list[LegendItem], float]:
    """Return the sheet, what of its index had no room, and the size of the words, points."""
    theme, labels = data.theme, data.project_labels
    before, after = words
    index = index_projects(
        projects,
        labels,
        crossing=crossing,
        places=seat_names(data, projects),
        is_grey=theme.use_patterns,
        lang=LANG,
    )
    told = project_items(projects, labels, is_grey=theme.use_patterns, has_index=True)
    in_map = [item for item in told if item.kind in _IN_MAP]
    notes = [item for item in told if item.kind == "note" and item.label.startswith(_schematic())]
    head = [LegendItem(say("Projects", lang=LANG), "heading")] if before else []
    has_older = parts.older is not None and len(parts.older)
    older = index_older(parts.older, LANG) if has_older else []
    in_map += [replace(item, kind="symbol", stroke=OLDER_STROKE) for item in older[:1]]
    items = [
        *before,
        *head,
        *index.items,
        *older,
        *after,
        *notes,
        LegendItem(projection_words(crs), "note"),
    ]
    sheet = data.sheet(title, message, source, projects=projects, extent=extent, legend_mm=0.0)
    sheet.index = (*index.keys, *([] if parts.older is None else parts.older.index))
    west, south, east, north = extent.to_crs(crs).total_bounds
    box, columns = _arrange(sheet, (east - west) / (north - south), items, in_map)
    sheet.place_map(*box)
    furniture = replace(parts.furniture, legend=tuple(in_map))
    parts = replace(
        parts, projects=projects, labels_of=labels, numbers=index.numbers, furniture=furniture
    )
    has_legend = draw_map(sheet.axes[0], None, parts, crs=crs, theme=theme)
    untold = _untold(sheet, parts)
    items = [*before, *untold, *items[len(before) :]]
    sheet.items = in_map + items
    if not has_legend:
        items = [*in_map, *items]
    size, rest = theme.base_size * _SIZES[0], items
    for share in _SIZES:
        size = theme.base_size * share
        placed, rest = flow_items(items, columns, size)
        if not rest:
            break
    if rest:
        # A second page takes what is over: no need for the smaller words.
        size = theme.base_size * _SIZES[0]
        placed, rest = flow_items(items, columns, size)
    placed = _below_the_map(_going_on(placed, rest, is_last=goes_on_last), box)
    draw_columns(sheet.columns_axes(), placed, size, theme)
    return sheet.finish(), _continued(placed, rest), size


def _further(
    data: AtlasData,
    title: str,
    source: str,
    projects: gpd.GeoDataFrame,
    extent: gpd.GeoDataFrame,
    rest: list[LegendItem],
    size: float,
) -> list[Sheet]:
    """Return the pages of what an index had no room for; the last is filled evenly."""
    pages = []
    while rest:
        page = data.sheet(
            say("{title} (continued)", lang=LANG, title=title), "", source,
            projects=projects, extent=extent, legend_mm=0.0, is_map=False,
        )  # fmt: skip
        placed, rest, used = _fill_page(rest, _whole_page(page), size, data.theme.base_size)
        draw_columns(page.columns_axes(), _going_on(placed, rest), used, data.theme)
        rest = _continued(placed, rest)
        pages.append(page.finish())
    return pages


def _fill_page(
    items: list[LegendItem], columns: list[Column], size: float, largest: float
) -> tuple[list[tuple[LegendRow, float, float]], list[LegendItem], float]:
    """Return rows, what is over and the size of the words: what has room is large and level."""
    for used in (largest, size):
        for share in _LEVELS:
            level = [(x, top, wide, high * share) for x, top, wide, high in columns]
            placed, rest = flow_items(items, level, used)
            if not rest:
                return placed, rest, used
    return *flow_items(items, columns, size), size


def _untold(sheet: Sheet, parts: MapParts) -> list[LegendItem]:
    """Return what is told of units that had no room for it on the map."""
    if not parts.told or parts.names is None:
        return []
    told = {text.get_gid() for text in sheet.axes[0].texts}
    rest = [unit for unit in parts.told if f"{TOLD}{unit}" not in told]
    names = parts.names[parts.name_column]
    lines = [
        LegendItem(say("{a}: {b}", lang=LANG, a=names[unit], b=parts.told[unit]), "note")
        for unit in rest
        if unit in names.index
    ]
    if not lines:
        return []
    return [LegendItem(say("Industries of counties", lang=LANG), "heading"), *lines]


def _schematic() -> str:
    return say(
        "Routes are schematic: through the places named, between them the shortest way over land.",
        lang=LANG,
    )


def _going_on(
    placed: list[tuple[LegendRow, float, float]],
    rest: list[LegendItem],
    *,
    is_last: bool = False,
) -> list[tuple[LegendRow, float, float]]:
    """Return rows of a page; the heading of a list that ends on the next page, or last, says so."""
    made = []
    for row, x, y in placed:
        lines = row.lines
        if rest and row.item is rest[0]:
            words = (
                say("{title} (goes on on the last page)", lang=LANG, title=lines[-1])
                if is_last
                else say("{title} (goes on overleaf)", lang=LANG, title=lines[-1])
            )
            lines = [*lines[:-1], words]
        made.append((replace(row, lines=lines), x, y))
    return made


def _below_the_map(
    placed: list[tuple[LegendRow, float, float]], box: tuple[float, float, float, float]
) -> list[tuple[LegendRow, float, float]]:
    """Return rows of a page; the heading of a list that goes on below the map says so."""
    left, bottom, wide, _ = box
    under = [y < bottom and x < left + wide for _, x, y in placed]
    if True not in under or placed[under.index(True)][0].item.kind == "heading":
        return placed
    first = under.index(True)
    headings = [n for n in range(first) if placed[n][0].item.kind == "heading"]
    if not headings:
        return placed
    row, x, y = placed[headings[-1]]
    words = say("{title} (goes on below the map)", lang=LANG, title=row.lines[-1])
    made = (replace(row, lines=[*row.lines[:-1], words]), x, y)
    return [*placed[: headings[-1]], made, *placed[headings[-1] + 1 :]]


def _continued(
    placed: list[tuple[LegendRow, float, float]], rest: list[LegendItem]
) -> list[LegendItem]:
    """Return what goes over to a next page; a heading that stands on this one too says so."""
    if not any(row.item is rest[0] for row, _, _ in placed if rest):
        return rest
    first, *others = rest
    if first.kind != "heading":
        return rest
    words = say("{title} (continued)", lang=LANG, title=first.label)
    return [replace(first, label=words), *others]


def _arrange(
    sheet: Sheet, shape: float, items: list[LegendItem], in_map: list[LegendItem]
) -> tuple[tuple[float, float, float, float], list[Column]]:
    """Return the box of the map, by its shape, and the columns about it, millimetres."""
    left, bottom, right, top = sheet.body_mm
    wide, high = right - left, top - bottom
    size = sheet.theme.base_size * _SIZES[0]
    most = 3 if shape < _TALL else 2
    scale = sheet.theme.base_size / 8.0
    for count in range(1, most + 1):
        least = count * _COLUMN_MM * scale + (count - 1) * _COLUMN_GAP_MM
        if count == 1:
            least *= 1.35
        map_wide = min(wide - _GAP_MM - least, max(shape * high * _ROOMY, _LEAST_MAP_MM))
        map_high = high
        if shape > _FLAT:
            map_high = min(high, map_wide / shape * _PAD)
            if high - map_high < _LEAST_STRIP_MM:
                map_high = high
        x = left + map_wide + _GAP_MM
        each = min((right - x - (count - 1) * _COLUMN_GAP_MM) / count, _MOST_COLUMN_MM)
        columns = [
            (x + number * (each + _COLUMN_GAP_MM), top, each, high) for number in range(count)
        ]
        columns += _below(left, bottom, map_wide, high - map_high - _GAP_MM, scale)
        if count == most or not flow_items(items, columns, size)[1]:
            break
    if map_high == high and flow_items(items, columns, size)[1]:
        # A little that is over stands below the map rather than alone on a page; so does the
        # legend, where the map has no room for it.
        whole, least = [*in_map, *items], sheet.theme.base_size * _SIZES[-1]
        for share in _LOWER:
            below = _below(left, bottom, map_wide, high * (1 - share) - _GAP_MM, scale)
            if not flow_items(whole, [*columns, *below], least)[1]:
                return (left, top - high * share, map_wide, high * share), [*columns, *below]
    if len(columns) > 1 and items_height(items, size, columns[0][2]) < high * 0.9:
        columns = columns[:1]
    return (left, top - map_high, map_wide, map_high), columns


def _below(left: float, bottom: float, wide: float, high: float, scale: float) -> list[Column]:
    """Return the columns of a strip below a map, millimetres; none where it is no strip."""
    if high <= 0:
        return []
    count = max(int(wide // (_COLUMN_MM * scale + _COLUMN_GAP_MM)), 1)
    each = (wide - (count - 1) * _COLUMN_GAP_MM) / count
    return [
        (left + number * (each + _COLUMN_GAP_MM), bottom + high, each, high)
        for number in range(count)
    ]


def _whole_page(sheet: Sheet) -> list[Column]:
    """Return the columns of a page without a map."""
    left, bottom, right, top = sheet.body_mm
    scale = sheet.theme.base_size / 8.0
    count = max(int((right - left) // (_COLUMN_MM * 1.15 * scale + _COLUMN_GAP_MM)), 1)
    each = (right - left - (count - 1) * _COLUMN_GAP_MM) / count
    return [
        (left + number * (each + _COLUMN_GAP_MM), top, each, top - bottom)
        for number in range(count)
    ]
