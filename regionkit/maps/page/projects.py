"""What a page knows of projects: where they are, what each document says, how they are drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from regionkit.maps.page.columns import cited, pack_table
from regionkit.maps.page.topology import POINT_SCALE, encode_line, to_grid
from regionkit.maps.signs.shapes import shape_points
from regionkit.maps.signs.stages import stage_fill
from regionkit.maps.signs.symbols import symbol_of
from regionkit.maps.signs.words import project_signs

if TYPE_CHECKING:
    import geopandas as gpd
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from regionkit.region import Region

__all__ = ["clip_ends", "mention_tables", "ordered_projects", "project_table", "symbol_table"]

# 700 m keeps a county's shape at the largest scale a briefing shows, in a tenth of the bytes.
TOLERANCE_M = 700.0
# How far a line to a place outside the region is drawn beyond its border, degrees.
STUB_DEG = 0.22


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
    routes = [
        clip_ends(shape, near) if shape.geom_type == "LineString" and not shape.is_empty else None
        for shape in geometry
    ]
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
        years=[" ".join(map(str, years)) or None for years in projects["years"]],
    )
    return cited(frame, [*columns, "at", "line", "cut"])


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

    xy: NDArray[np.float64] = shapely.get_coordinates(shape)
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


def symbol_table(region: Region, projects: pd.DataFrame) -> dict[str, Any]:
    """Return the shape and colour of each kind of project, and the fill of each stage."""
    pairs = sorted(
        {
            (str(kind), str(domain))
            for kind, domain in zip(projects["kind"], projects["domain"], strict=True)
        }
    )
    signs = project_signs(region)
    used = {f"{domain}/{kind}": symbol_of(kind, domain, signs) for kind, domain in pairs}
    return {
        "kinds": {key: [symbol.shape, symbol.colour] for key, symbol in used.items()},
        "shapes": {
            shape: [round(value, 2) for point in shape_points(shape) for value in point]
            for shape in sorted({symbol.shape for symbol in used.values()})
        },
        "fills": {stage: stage_fill(stage) for stage in signs["stage"]},
    }
