"""What a page knows of projects: where they are, what each document says, how they are drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from regionkit.maps.page.columns import cited, pack_table
from regionkit.maps.page.topology import POINT_SCALE, encode_line, to_grid
from regionkit.maps.signs.lanes import lay_beside
from regionkit.maps.signs.stages import FILLS, fill_words, stage_fill, symbol_edge, symbol_face
from regionkit.maps.signs.strokes import route_stroke
from regionkit.maps.signs.symbols import (
    FAMILIES,
    OLDER_COLOUR,
    REST,
    REST_COLOUR,
    Symbol,
    families_of_map,
)
from regionkit.maps.signs.words import project_signs
from regionkit.places.lands import lands_about
from regionkit.query.projects import named_now
from regionkit.words.labels import labels_in
from regionkit.words.message import say

if TYPE_CHECKING:
    import geopandas as gpd
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from regionkit.region import Region

__all__ = ["clip_ends", "mention_tables", "ordered_projects", "project_table", "symbol_table"]

# Of the bends of a route, degrees.
_ROUTE_GRAIN = 0.004
# 700 m keeps a county's shape at the largest scale a briefing shows, in a tenth of the bytes.
TOLERANCE_M = 700.0
# How far a line to a place outside the region is drawn beyond its border, degrees.
STUB_DEG = 0.22
# Gaps between routes side by side that the region is wide or high: about five pixels each where a
# page opens. Nearer by they part more, as what is schematic may.
_GAPS = 180.0


def encode_points(points: gpd.GeoSeries, shift: Any) -> list[list[int] | None]:
    """Return points as whole numbers of grid steps; None for an empty one."""
    import numpy as np

    xy = np.column_stack([points.x.fillna(0), points.y.fillna(0)])
    grid = to_grid(xy if shift is None else shift(xy), POINT_SCALE)
    empty = points.is_empty | points.isna()
    return [None if gone else row for row, gone in zip(grid.tolist(), empty, strict=True)]


def ordered_projects(region: Region, chosen: Any = None) -> gpd.GeoDataFrame:
    """Return the projects in the order of the page: by document and place in it.

    Neighbouring rows are then alike, which packs well, and a list reads as the document does.
    """
    projects = region.projects
    if chosen is not None:
        projects = projects[projects.index.isin(chosen.index)]
    return projects.sort_values(["source_id", "domain", "kind", "locator"], kind="stable")


def names_said(region: Region) -> dict[str, list[str]]:
    """Return each project's name and, after it, the other names that documents give it."""
    names = {key: [name] for key, name in region.projects["name"].items()}
    rows = region.mentions
    for project, said in zip(rows["project_id"], rows["named_as"], strict=True):
        mine = names.get(project)
        if mine is not None and isinstance(said, str) and said not in mine:
            mine.append(said)
    return names


def project_table(region: Region, shift: Any, projects: gpd.GeoDataFrame) -> dict[str, Any]:
    """Return projects with their places and with every name that documents give them."""
    import shapely

    geometry = projects.geometry
    points = geometry.where(geometry.geom_type == "Point", shapely.Point())
    near = shapely.union_all(
        region.simplified("county", tolerance_m=TOLERANCE_M * region.scale).to_numpy()
    ).buffer(STUB_DEG)
    shapely.prepare(near)
    # A route that lies wholly outside is in the list, not on the map.
    cuts = {
        key: clip_ends(shape, near)
        for key, shape in geometry.items()
        if shape.geom_type == "LineString" and near.intersects(shape)
    }
    is_exact = projects["location_basis"].eq("site").to_dict()
    beside = _set_beside({key: cut[0] for key, cut in cuts.items()}, is_exact)
    routes = [(beside[key], cuts[key][1]) if key in cuts else None for key in projects.index]
    columns = [
        "name",
        "domain",
        "kind",
        "stage",
        "start_year",
        "end_year",
        "capacity_value",
        "capacity_unit",
        "location_basis",
        "location_source",
        "note",
        "current",
        "adcodes",
        "said",
        "years",
    ]
    names = names_said(region)
    frame = projects.reset_index().assign(
        at=encode_points(points, shift),
        line=[None if route is None else _encode_route(route[0], shift) for route in routes],
        cut=[None if route is None else route[1] or None for route in routes],
        name=["\n".join(names[key]) for key in projects.index],
        adcodes=projects["adcodes"].map(" ".join).to_numpy(),
        # Zones that a document says it of; those that its units lie in follow from the units.
        said=[" ".join(zones) or None for zones in projects["said_zone_ids"]],
        # What the current plan does not name is a set of its own.
        current=projects.index.isin(named_now(projects).index),
        years=[" ".join(map(str, years)) or None for years in projects["years"]],
    )
    return cited(frame, [*columns, "at", "line", "cut"])


def _set_beside(lines: dict[str, Any], is_exact: dict[str, bool]) -> dict[str, Any]:
    """Return schematic routes side by side at the opening scale; exact ones stay where they are."""
    import numpy as np
    import shapely

    if not lines:
        return {}
    west, south, east, north = shapely.total_bounds(list(lines.values()))
    # As wide as high, as on the screen.
    flat = np.array([np.cos(np.radians((south + north) / 2)), 1.0])
    gap = max((east - west) * flat[0], north - south) / _GAPS
    plane = {key: shapely.transform(line, lambda xy: xy * flat) for key, line in lines.items()}
    # The first ones keep their place.
    plane = {key: plane[key] for key in sorted(plane, key=lambda one: not is_exact[one])}
    land = shapely.union_all(lands_about((west, south, east, north)).geometry.to_numpy())
    sea = shapely.box(west, south, east, north).difference(land)
    sea = shapely.transform(sea, lambda xy: xy * flat)
    fixed = {key for key, exact in is_exact.items() if exact}
    shown = {}
    for key, moved in lay_beside(plane, gap, sea=sea, fixed=fixed).items():
        is_moved = moved is not plane[key]
        shown[key] = (
            shapely.transform(moved.simplify(gap / 20), lambda xy: xy / flat)
            if is_moved
            else lines[key]
        )
    return shown


def clip_ends(line: Any, near: Any) -> tuple[Any, int]:
    """Return a line without its ends far outside an area, and which ends were cut.

    A straight stroke across half of the map to a far city says less than a short one that
    leads out; what lies between two places of the area stays whole.

    Parameters
    ----------
    line : LineString
    near : Polygon or MultiPolygon

    Returns
    -------
    tuple of LineString and int
        The int has bit 1 set where the start was cut, bit 2 where the end was.

    Examples
    --------
    >>> import shapely
    >>> line = shapely.LineString([(0, 0), (1, 0), (9, 0)])
    >>> clip_ends(line, shapely.box(-1, -1, 2, 1))
    (<LINESTRING (0 0, 1 0, 2 0)>, 2)
    """
    import shapely
    from shapely.ops import substring

    inside = line.intersection(near)
    if inside.is_empty or near.covers(line):
        return line, 0
    at = shapely.line_locate_point(line, shapely.points(shapely.get_coordinates(inside)))
    first, last = float(at.min()), float(at.max())
    tiny = 1e-6
    cut = (first > tiny) | ((last < line.length - tiny) << 1)
    return substring(line, first, last), int(cut)


def _encode_route(shape: Any, shift: Any) -> str:
    import shapely

    # Schematic as they are: half a kilometre less of a bend is not seen.
    xy: NDArray[np.float64] = shapely.get_coordinates(shapely.simplify(shape, _ROUTE_GRAIN))
    return encode_line(to_grid(xy if shift is None else shift(xy), POINT_SCALE))


def mention_tables(
    region: Region, projects: gpd.GeoDataFrame
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what each document says of each project, in two tables.

    A mention that says no more than the project's own row is not written out: the second table
    holds the projects that have one.
    """
    place = {key: number for number, key in enumerate(projects.index)}
    names = names_said(region)
    rows = region.mentions[region.mentions["project_id"].isin(place)]
    own = projects.loc[rows["project_id"], ["name", "source_id", "locator", "stage"]]
    own.index = rows.index
    same = (
        (rows["named_as"] == own["name"])
        & (rows["source_id"] == own["source_id"])
        & (rows["locator"].fillna("") == own["locator"].fillna(""))
        & (rows["stage"].fillna("") == own["stage"].fillna(""))
        & rows[["stage_as_stated", "note"]].isna().all(axis=1)
        & (rows["match"] == "same")
        & ~rows["project_id"].duplicated()
    )
    plain = rows[same]
    rows = rows[~same].assign(at=rows["project_id"].map(place)).sort_values("at", kind="stable")
    return (
        pack_table(
            {
                "project": rows["at"].astype(int).diff().fillna(rows["at"]).astype(int),
                "named_as": [
                    names[p].index(said) or None if isinstance(said, str) else None
                    for p, said in zip(rows["project_id"], rows["named_as"], strict=True)
                ],
                "stage": rows["stage"],
                "said": rows["stage_as_stated"],
                "year": rows["year"],
                "match": rows["match"].mask(rows["match"] == "same", None),
                "note": rows["note"],
                "source_id": rows["source_id"],
                "locator": rows["locator"],
            }
        ),
        pack_table({"project": plain["project_id"].map(place), "year": plain["year"]}),
    )


def symbol_table(region: Region, projects: pd.DataFrame, lang: str) -> dict[str, Any]:
    """Return how projects are drawn: families of kinds, and the colours of each at each stage.

    Returns
    -------
    dict
        ``kinds``: the family of each "domain/kind" on a map of all domains, and on one of its own
        domain; ``families``: for each its word, colour and looks; ``older`` and ``sample``: looks
        of what the current plan does not name, and of a legend's samples; ``fills``: the fill of
        each stage; ``words`` of the fills. Looks are face, edge and line by fill.
    """
    signs = project_signs(region)
    words = labels_in(signs["family"], lang)
    whole = families_of_map(projects, signs)["row"] if len(projects) else {}
    own: dict[str, str] = {}
    for _, mine in projects.groupby("domain", sort=True):
        own.update(families_of_map(mine, signs)["row"])
    used = [name for name in (*FAMILIES, REST) if name in {*whole.values(), *own.values()}]
    other = say("Other", lang=lang)
    return {
        "kinds": {key: [family, own.get(key, family)] for key, family in sorted(whole.items())},
        "families": {
            family: [
                words.get(family, other),
                FAMILIES.get(family, REST_COLOUR),
                _looks(FAMILIES.get(family, REST_COLOUR)),
            ]
            for family in used
        },
        "older": _looks(OLDER_COLOUR),
        "sample": _looks(REST_COLOUR),
        "fills": {stage: stage_fill(stage) for stage in signs["stage"]},
        "words": {fill: fill_words(fill).render(lang) for fill in FILLS},
    }


def _looks(colour: str) -> dict[str, list[str]]:
    """Return face, edge and line of a colour by fill."""
    symbol = Symbol("circle", colour)
    return {
        fill: [
            symbol_face(colour, fill),
            symbol_edge(colour, fill),
            route_stroke(symbol, fill).colour,
        ]
        for fill in FILLS
    }
