"""Counts, sums and pairs of projects, and what they leave out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely

from regionkit.errors import InputError
from regionkit.pack.stages import STAGE_RANK
from regionkit.query.projects import geodesic_km, link_to_zones, placed_projects
from regionkit.words.message import Option, join, msg

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import geopandas as gpd
    from numpy.typing import NDArray

    # Each unit with all that lie in it, itself among them.
    Parts = Mapping[str, frozenset[str]]

__all__ = [
    "APPROXIMATE",
    "count_projects",
    "is_no_work",
    "newest_values",
    "pairs_within",
    "stalled_projects",
    "sum_values",
    "units_without",
    "zone_matrix",
]


# Bases of a location that put every project of a unit on one point.
APPROXIMATE = ("city", "county")
# Kinds of what is awarded or tried out, where nothing is built.
_NO_WORKS = ("designation", "pilot")
# Measures of which each year has its own figure.
_YEARLY = ("yearly-investment",)
# What the codes of provinces end in.
_PROVINCE = "0000"


def count_projects(
    projects: pd.DataFrame,
    units: pd.DataFrame,
    *,
    by: str | None = None,
    parts: Parts | None = None,
) -> pd.DataFrame:
    """Return how many projects touch each unit.

    Parameters
    ----------
    projects : DataFrame or GeoDataFrame
    units : DataFrame indexed by adcode (counties or cities) or by zone_id
    by : str, optional
        Column of projects to split the counts by, such as "domain".
    parts : mapping of str to set of str, optional
        Each unit with all that lie in it, as of ``Region.unit_parts``; the plan's own zones need
        none, and of other groupings those alone count that are said of them where it is missing.

    Returns
    -------
    DataFrame of int, indexed like units
        One column ``projects``, or one a value of ``by``. A project that touches several units
        counts in each, so the column may add up to more than there are projects; those recorded
        for none of them are told in ``attrs["n_elsewhere"]``.

    Raises
    ------
    InputError
        The units are indexed by adcode and no parts are given.
    """
    # A frame of a few columns, without shapes, is cut up sooner.
    needed = ["adcodes", "zone_ids", "said_zone_ids", *([by] if by else [])]
    narrow = pd.DataFrame({name: projects[name] for name in needed if name in projects})
    of_unit = dict(_by_unit(narrow, units, parts))
    counts = {
        unit: (mine[by].value_counts() if by else pd.Series({"projects": len(mine)}, dtype=int))
        for unit, mine in of_unit.items()
    }
    table = pd.DataFrame(counts).T.reindex(units.index).fillna(0).astype(int)
    if table.empty and not by:
        table = pd.DataFrame({"projects": 0}, index=units.index)
    table.attrs["n_elsewhere"] = _n_elsewhere(projects, of_unit)
    return table


def is_no_work(projects: pd.DataFrame) -> pd.Series:
    """Return of each project whether it is a designation or a pilot, which nobody builds.

    Examples
    --------
    >>> is_no_work(pd.DataFrame({"kind": ["port", "designation", "pilot"]})).tolist()
    [False, True, True]
    """
    return projects["kind"].isin(_NO_WORKS)


def _n_elsewhere(projects: pd.DataFrame, of_unit: dict[str, pd.DataFrame]) -> int:
    """Return how many projects are in none of the units."""
    counted = {project for mine in of_unit.values() for project in mine.index}
    return len(projects) - len(counted)


def sum_values(
    projects: pd.DataFrame,
    values: pd.DataFrame,
    units: pd.DataFrame,
    *,
    by: str = "kind",
    parts: Parts | None = None,
) -> pd.DataFrame:
    """Return the figures of the projects of each unit, added up like with like.

    Parameters
    ----------
    projects : DataFrame or GeoDataFrame
    values : DataFrame
        Figures of projects, one each of a measure: see :func:`newest_values`.
    units : DataFrame indexed by adcode or by zone_id
    by : str
        Column of projects that tells what may be added, such as "kind".
    parts : mapping of str to set of str, optional
        As of :func:`count_projects`.

    Returns
    -------
    DataFrame
        One row a unit, value of ``by``, measure, unit of measure and, of what is measured by the
        year, year: ``unit_id``, ``by``, ``measure``, ``unit``, ``year``, ``total``,
        ``n_projects`` (with that figure) and ``n_unstated`` (of that unit and ``by``, without any
        figure). A project that touches several units counts whole in each. Voltages and sizes of
        a class (千伏, 万吨级) do not add up: their ``total`` is missing, and ``listed`` has each
        value with how many projects have it. ``attrs`` tell how many projects are in no row and
        why: ``n_elsewhere`` (recorded for none of the units) and ``n_unstated`` (no figure).
    """
    of_unit = dict(_by_unit(projects, units, parts))
    mine_of = dict(iter(values.groupby("project_id")))
    rows = []
    for unit_id, mine in of_unit.items():
        for value, group in mine.groupby(by, sort=True):
            stated = [mine_of[project] for project in group.index if project in mine_of]
            if not stated:
                continue
            figures = pd.concat(stated)
            keys = ["measure", "unit", "year"]
            for key, like in figures.groupby(keys, sort=True, dropna=False):
                total = float(like["value"].sum()) if _adds_up(key[1]) else float("nan")
                listed = "" if _adds_up(key[1]) else _list_values(like["value"])
                n_unstated = len(group) - len(stated)
                rows.append((unit_id, value, *key, total, listed, len(like), n_unstated))
    columns = ["unit_id", by, "measure", "unit", "year", "total", "listed"]
    sums = pd.DataFrame(rows, columns=[*columns, "n_projects", "n_unstated"])
    sums["year"] = sums["year"].astype("Int64")
    sums.attrs["n_unstated"] = int((~projects.index.isin(list(mine_of))).sum())
    sums.attrs["n_elsewhere"] = _n_elsewhere(projects, of_unit)
    return sums


def newest_values(values: pd.DataFrame, issued_on: pd.Series) -> pd.DataFrame:
    """Return one figure a project and measure: of several, the newest document's.

    What is measured by the year has one a year; of anything else the newest year counts first.

    Parameters
    ----------
    values : DataFrame
        Rows of the pack's ``project_values``.
    issued_on : Series of str, indexed by source_id
        When each document was issued.
    """
    is_yearly = values["measure"].isin(_YEARLY)
    rows = values.assign(
        _newest=values["year"].fillna(0), _issued=values["source_id"].map(issued_on).fillna("")
    )
    rows = rows.sort_values(["_newest", "_issued"], kind="stable")
    rows["year"] = rows["year"].where(is_yearly)
    keys = ["project_id", "measure", "unit", "year"]
    kept = rows.drop_duplicates(keys, keep="last").drop(columns=["_newest", "_issued"])
    return kept.sort_index()


def _list_values(values: pd.Series) -> str:
    """Return what cannot be added as a list: each value, and how often."""
    counts = values.value_counts().sort_index(ascending=False)
    listed = (
        msg("{value:g} ({n} projects)", value=value, n=n) if n > 1 else f"{value:g}"
        for value, n in counts.items()
    )
    return str(join(listed))


def _adds_up(unit: str) -> bool:
    """Return whether amounts in a unit of measure may be added."""
    return unit != "千伏" and not unit.endswith("级")


def units_without(projects: pd.DataFrame, units: pd.DataFrame, *, parts: Parts) -> pd.DataFrame:
    """Return the units that none of the projects touches.

    A project recorded only for a city may stand in any of its counties, so a county whose city
    has one comes back with ``is_certain`` False. One recorded for a province alone says nothing of
    a single city: it makes none uncertain and is counted apart.

    Parameters
    ----------
    projects : DataFrame or GeoDataFrame
        Those of one kind, say.
    units : DataFrame indexed by adcode
    parts : mapping of str to set of str
        As of :func:`count_projects`.

    Returns
    -------
    DataFrame
        The units without a project, with a column ``is_certain``. ``attrs["n_provincewide"]`` tells
        how many projects are recorded for a province alone.
    """
    recorded = {code for codes in projects["adcodes"] for code in codes}
    without = units[[recorded.isdisjoint(parts[str(unit)]) for unit in units.index]].copy()
    # Of a city with a county of it beside, the county is where.
    vague = {
        outer
        for codes in projects["adcodes"]
        for outer in codes
        if not any(inner in parts.get(outer, ()) for inner in codes if inner != outer)
    }
    wide = {outer for outer in vague if outer.endswith(_PROVINCE)}
    vague -= wide
    doubtful = {inner for outer in vague for inner in parts.get(outer, ())}
    without["is_certain"] = [str(unit) not in doubtful for unit in without.index]
    n_wide = sum(bool(codes) and wide.issuperset(codes) for codes in projects["adcodes"])
    without.attrs["n_provincewide"] = n_wide
    return without


def _by_unit(
    projects: pd.DataFrame, units: pd.DataFrame, parts: Parts | None
) -> Iterator[tuple[str, pd.DataFrame]]:
    """Yield each unit or zone with the projects that touch it."""
    is_zone = units.index.name == "zone_id"
    if parts is None and not is_zone:
        raise InputError(
            msg("Counting by unit needs to know which units lie in which."),
            mend=msg("Give parts=region.unit_parts."),
        )
    for unit in map(str, units.index):
        if is_zone:
            hits = link_to_zones(projects, [unit], lambda zone: _members(units, zone, parts)) != ""
        else:
            inside = (parts or {})[unit]
            hits = projects["adcodes"].map(lambda mine, at=inside: not at.isdisjoint(mine))
        yield unit, projects[hits.astype(bool)]


def _members(units: pd.DataFrame, zone_id: str, parts: Parts | None) -> set[str]:
    """Return all that lies in a zone's members, where they and what lies in them are given."""
    if parts is None or "member_adcodes" not in units.columns:
        return set()
    return {code for member in units.loc[zone_id, "member_adcodes"] for code in parts[member]}


def zone_matrix(projects: pd.DataFrame, zones: pd.DataFrame) -> pd.DataFrame:
    """Return how many projects touch each pair of zones; the diagonal counts each zone's own.

    A project in an overlap counts in every zone it touches. The number of distinct projects is
    in ``attrs["n_projects"]``, so that double membership can be stated beside the table.
    """
    touched = [set(mine) for mine in projects["zone_ids"]]
    ids = list(zones.index)
    matrix = pd.DataFrame(
        [[sum(a in mine and b in mine for mine in touched) for b in ids] for a in ids], ids, ids
    )
    matrix.attrs["n_projects"] = sum(bool(mine & set(ids)) for mine in touched)
    return matrix


def pairs_within(
    projects: gpd.GeoDataFrame, *, km: float, with_approximate: bool = True
) -> pd.DataFrame:
    """Return the pairs of projects that lie within a distance of each other.

    Parameters
    ----------
    projects : GeoDataFrame
    km : float
    with_approximate : bool
        Whether pairs count of which a partner is known by its city or county only, and stands at
        that unit's one point.

    Returns
    -------
    DataFrame with columns ``project_id``, ``other_id``, ``distance_km``, nearest first
        ``attrs["n_approximate"]`` tells how many of such pairs are left out.
    """
    if not km >= 0:
        raise InputError(
            msg("{option} is negative or no number.", option=Option("km", km)),
            mend=msg("Give 0 or more."),
        )
    placed = placed_projects(projects)
    one, other, distance = _near_pairs(placed.geometry.to_numpy(), km)
    ids = placed.index.astype("str")
    pairs = pd.DataFrame(
        {"project_id": ids[one], "other_id": ids[other], "distance_km": distance}
    ).sort_values("distance_km", kind="stable", ignore_index=True)
    if with_approximate:
        return pairs
    rough = placed.index[placed["location_basis"].isin(APPROXIMATE)]
    is_sited = ~(pairs["project_id"].isin(rough) | pairs["other_id"].isin(rough))
    sited = pairs[is_sited].reset_index(drop=True)
    sited.attrs["n_approximate"] = len(pairs) - len(sited)
    return sited


# Geometries whose neighbours are sought at a time: all pairs of a large pack would fill the memory.
_AT_A_TIME = 500
# The shortest degree of latitude, and what curves and rounding may take off it.
_KM_PER_DEGREE = 110.57 * 0.98
_EARTH_KM = 6371.0


def _near_pairs(
    shapes: NDArray[np.object_], km: float
) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.float64]]:
    """Return the positions of the pairs of geometries within a distance, and how far each is.

    Boxes say which can be so near; only those are measured.
    """
    from regionkit.places.projection import GEOD

    bends = _bends(shapes)
    boxes = shapely.bounds(shapes).reshape(-1, 4) + bends[:, None] * [-1, -1, 1, 1]
    tree = shapely.STRtree(shapely.box(*boxes.T))
    is_point = shapely.get_type_id(shapes) == 0
    xy = shapely.get_coordinates(shapely.point_on_surface(shapes))
    # In no projection do two part that share a vertex.
    ends = [frozenset(map(tuple, shapely.get_coordinates(shape).tolist())) for shape in shapes]
    found = [(np.empty(0, np.intp), np.empty(0, np.intp), np.empty(0))]
    for start in range(0, len(shapes), _AT_A_TIME):
        one, other = _candidates(boxes[start : start + _AT_A_TIME], start, tree, km)
        bend = bends[one] + bends[other]
        is_near = ~(bend > 0) | _may_be_near(shapes[one], shapes[other], km, bend)
        one, other = one[is_near], other[is_near]
        distance = np.asarray(GEOD.inv(*xy[one].T, *xy[other].T)[2]) / 1000.0
        # Of a line or an area it is the nearest part that counts; most that are so near meet.
        rest = np.flatnonzero(~(is_point[one] & is_point[other]))
        touches = np.array(
            [not ends[a].isdisjoint(ends[b]) for a, b in zip(one[rest], other[rest], strict=True)],
            dtype=bool,
        )
        distance[rest[touches]] = 0.0
        rest = rest[~touches]
        for mine in np.split(rest, np.flatnonzero(np.diff(one[rest])) + 1):
            if mine.size:
                distance[mine] = geodesic_km(shapes[other[mine]], shapes[one[mine[0]]])
        is_near = distance <= km
        found.append((one[is_near], other[is_near], distance[is_near]))
    one, other, distance = (np.concatenate(parts) for parts in zip(*found, strict=True))
    return one, other, distance


def _bends(shapes: NDArray[np.object_]) -> NDArray[np.float64]:
    """Return how far the straight lines of geometries may bend in another projection, degrees."""
    boxes = shapely.bounds(shapes).reshape(-1, 4)
    long_km = np.hypot(boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]) * _KM_PER_DEGREE
    steep = np.tan(np.radians(np.minimum(np.abs(boxes[:, [1, 3]]).max(axis=1), 89.0)))
    bends: NDArray[np.float64] = (
        long_km**2 / (8 * _EARTH_KM) * np.maximum(1.0, steep) / _KM_PER_DEGREE
    )
    return bends


def _may_be_near(
    one: NDArray[np.object_], other: NDArray[np.object_], km: float, bend: NDArray[np.float64]
) -> NDArray[np.bool_]:
    """Return which pairs lie so near, or may: told in plain degrees, with room for what they err.

    A pair near the line at 180 degrees or near a pole is always told to be.
    """
    boxes = np.stack([shapely.bounds(one), shapely.bounds(other)]).reshape(2, -1, 4)
    up, aside = _reach(boxes[..., 1].min(axis=0), boxes[..., 3].max(axis=0), km)
    is_at_edge = boxes[..., 0].min(axis=0) - aside - bend < -180
    is_at_edge |= boxes[..., 2].max(axis=0) + aside + bend > 180
    near: NDArray[np.bool_] = is_at_edge | shapely.dwithin(
        one, other, np.hypot(up, np.minimum(aside, 360.0)) + bend
    )
    return near


def _reach(
    south: NDArray[np.float64], north: NDArray[np.float64], km: float
) -> tuple[float, NDArray[np.float64]]:
    """Return how many degrees of latitude and of longitude a distance is at most."""
    up = km / _KM_PER_DEGREE
    top = np.radians(np.minimum(np.maximum(np.abs(south), np.abs(north)) + up, 90.0))
    # A circle about a point is widest a little nearer to the pole than its middle.
    ratio = np.sin(np.radians(min(up, 90.0))) / np.maximum(np.cos(top), 1e-9)
    return up, np.where(ratio < 1, np.degrees(np.arcsin(np.minimum(ratio, 1.0))), 360.0)


def _candidates(
    boxes: NDArray[np.float64], start: int, tree: shapely.STRtree, km: float
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the pairs, in order, of boxes and of later ones of the tree that can be so near."""
    west, south, east, north = boxes.T
    up, aside = _reach(south, north, km)
    wide = np.column_stack([west - aside, south - up, east + aside, north + up])
    # Beyond the line at 180 degrees the others stand a turn away.
    turns = (np.array([turn, 0, turn, 0]) for turn in (0, -360, 360))
    asked = [tree.query(shapely.box(*(wide + turn).T)) for turn in turns]
    one, other = np.unique(np.concatenate(asked, axis=1), axis=1)
    one = one + start
    is_later = other > one
    return one[is_later], other[is_later]


_UNDER_WAY = 4


def stalled_projects(
    mentions: pd.DataFrame, *, min_years: int = 4, issued: pd.Series | None = None
) -> pd.DataFrame:
    """Return the projects that documents years apart name without their getting under way.

    Parameters
    ----------
    mentions : DataFrame
        As of ``Region.mentions``; doubtful matches and parts do not count.
    min_years : int
        Least number of years between the first and the last mention with a stage.
    issued : Series of str, indexed by source_id, optional
        When each document was issued: the year of a mention that speaks of none.

    Returns
    -------
    DataFrame indexed by project_id
        ``first_year, first_stage, last_year, last_stage, years``; longest first. The last stage
        is no further than the first and not yet under way. ``attrs`` tell of the projects that are
        named so many years apart how many there are (``n_apart``), and why others are not listed:
        ``n_unstated`` (a stage is not told at both ends), ``n_under_way`` (it is under way or
        completed), ``n_further`` (it is further than it was).

    Examples
    --------
    >>> said = pd.DataFrame(
    ...     {
    ...         "project_id": ["a", "a", "b", "b"],
    ...         "match": ["same"] * 4,
    ...         "year": [2016, 2026, 2016, 2026],
    ...         "stage": ["preparatory", "study", "preparatory", "under construction"],
    ...     }
    ... )
    >>> stalled_projects(said)["years"].to_dict()
    {'a': 10}
    """
    if min_years < 0:
        raise InputError(
            msg(
                "{option} is negative or no number.",
                option=Option("min_years", min_years, "--stalled"),
            ),
            mend=msg("Give 0 or more."),
        )
    dated = mentions[mentions["match"] == "same"].copy()
    if issued is not None:
        years = pd.to_numeric(issued.astype("str").str[:4], errors="coerce").astype("Int64")
        dated["year"] = dated["year"].astype("Int64").fillna(dated["source_id"].map(years))
    dated = dated[dated["year"].notna()]
    told = dated[dated["stage"].isin(list(STAGE_RANK))].copy()
    told["rank"] = told["stage"].map(STAGE_RANK)
    # What a document of one year says twice counts as the further of the two.
    told = told.sort_values(["project_id", "year", "rank"], kind="stable")
    last = told.groupby("project_id").tail(1).set_index("project_id")
    first = told.groupby(["project_id", "year"]).tail(1).groupby("project_id").head(1)
    first = first.set_index("project_id").reindex(last.index)
    table = pd.DataFrame(
        {
            "first_year": first["year"].astype(int),
            "first_stage": first["stage"],
            "last_year": last["year"].astype(int),
            "last_stage": last["stage"],
            "years": (last["year"] - first["year"]).astype(int),
        }
    )
    is_apart = table["years"] >= min_years
    is_under_way = last["rank"] >= _UNDER_WAY
    is_further = ~is_under_way & (last["rank"] > first["rank"])
    stalled = is_apart & ~is_under_way & ~is_further
    found = table[stalled].sort_values(["years", "first_year"], ascending=[False, True])
    spans = dated.groupby("project_id")["year"].agg(["min", "max"])
    n_apart = int((spans["max"] - spans["min"] >= min_years).sum())
    found.attrs.update(
        n_apart=n_apart,
        n_unstated=n_apart - int(is_apart.sum()),
        n_under_way=int((is_apart & is_under_way).sum()),
        n_further=int((is_apart & is_further).sum()),
    )
    return found
