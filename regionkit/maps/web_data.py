"""What a page knows of a region: its units, zones, projects, targets, statistics and tasks.

Every row keeps its document, the place in it, and its basis.
"""

from __future__ import annotations

import string
from typing import TYPE_CHECKING, Any

import pandas as pd

from regionkit.maps.symbols import shape_points, stage_fill, symbol_of
from regionkit.maps.web_columns import pack_column, pack_table
from regionkit.maps.web_topology import encode_coverage, encode_line, to_grid

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import geopandas as gpd
    import numpy as np
    from numpy.typing import NDArray

    from regionkit.region import Region

__all__ = ["POINT_SCALE", "pinyin_initials", "region_tables", "region_units", "split_facts"]

# 700 m keeps a county's shape at the largest scale a briefing shows, in a tenth of the bytes.
TOLERANCE_M = 700.0
# Steps of a point's grid to a degree: 11 m.
POINT_SCALE = 10_000
# How far a line to a place outside the region is drawn beyond its border, degrees.
STUB_DEG = 0.22
# What the first picture needs; all else is read when it is on the screen.
_EARLY = {
    "zones": ("id", "short", "kind", "colour", "counties"),
    "projects": ("domain", "kind", "stage", "location_basis", "at", "line", "cut"),
}
_LARGER_SCOPES = ("nation", "region")
_ALIAS_KINDS = ("short", "former", "minority", "functional area")


def region_units(region: Region, shift: Any = None) -> dict[str, Any]:
    """Return the units of a region with the geometry of its counties.

    Parameters
    ----------
    region : Region
    shift : callable, optional
        Moves coordinates (n, 2) to the datum of a base map.
    """
    import shapely

    counties = region.simplified("county", tolerance_m=TOLERANCE_M)
    if shift is not None:
        array = shapely.transform(counties.to_numpy(), shift)
        counties = type(counties)(array, index=counties.index, crs=counties.crs)
    topology = encode_coverage(counties)
    cities = region.cities
    frame = region.counties
    city_place = {code: number for number, code in enumerate(cities.index)}
    points = region.counties.geometry.representative_point()
    city_points = cities.geometry.representative_point()
    return {
        "topology": topology,
        "province": [region.adcode, region.name],
        "counties": pack_table(
            {
                "id": frame.index,
                "name": frame["name"],
                "city": [city_place.get(code, -1) for code in frame["city_adcode"]],
                "at": _encode_points(points, shift),
                "km2": frame["area_km2"].round().astype(int),
            }
        ),
        "cities": pack_table(
            {
                "id": cities.index,
                "name": cities["name"],
                "at": _encode_points(city_points, shift),
                "km2": cities["area_km2"].round().astype(int),
            }
        ),
    }


def _encode_points(points: gpd.GeoSeries, shift: Any) -> list[list[int] | None]:
    import numpy as np

    xy = np.column_stack([points.x.fillna(0), points.y.fillna(0)])
    grid = to_grid(xy if shift is None else shift(xy), POINT_SCALE)
    empty = points.is_empty | points.isna()
    return [None if gone else row for row, gone in zip(grid.tolist(), empty, strict=True)]


def region_tables(
    region: Region, *, lang: str = "zh", shift: Any = None, projects: Any = None
) -> dict[str, Any]:
    """Return the tables that the page's panel, search and filters read."""
    chosen = ordered_projects(region, projects)
    return {
        "sources": _sources(region),
        "labels": _labels(region, lang),
        "zones": _zones(region, lang),
        "memberships": _cited(region.memberships, ["zone_id", "adcode", "role", "note"]),
        "aliases": pack_table(_alias_columns(region)),
        "profiles": _cited(region.profiles, ["adcode", "positioning", "note"]),
        "industries": _cited(
            region.industries.sort_values(["adcode", "role", "rank"]),
            ["adcode", "industry", "sector_id", "role"],
        ),
        "sectors": pack_table(
            {
                "id": region.sectors.index,
                "name": region.sectors[_name_column(lang, region.sectors)],
                "colour": region.sectors["colour"],
            }
        ),
        "clusters": _cited(
            region.clusters.sort_values("order").reset_index(),
            ["cluster_id", "name", "tier", "revenue_target_100m_cny", "target_year", "note"],
        ),
        "cluster_places": _cited(region.cluster_places, ["cluster_id", "adcode", "role", "note"]),
        "projects": _projects(region, shift, chosen),
        "mentions": _mentions(region, chosen),
        "targets": _targets(region, lang, chosen),
        "statistics": _statistics(region, lang),
        "tasks": _tasks(region),
        "n_other_targets": int(region.targets["scope_kind"].isin(_LARGER_SCOPES).sum()),
        "n_other_tasks": int((~_has_place(region.tasks)).sum()),
        "places": _named_places(region, shift),
        "symbols": _symbols(chosen, region.labels("projects", "stage")),
        "initials": pinyin_initials(_searched_names(region)),
    }


def split_facts(facts: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the facts that the first picture needs, and the others.

    Examples
    --------
    >>> split_facts({"symbols": {}, "zones": {"id": [1], "note": [2]}, "tasks": {}})
    ({'zones': {'id': [1]}, 'symbols': {}}, {'zones': {'note': [2]}, 'tasks': {}})
    """
    early: dict[str, Any] = {
        table: {name: facts[table][name] for name in names if name in facts[table]}
        for table, names in _EARLY.items()
        if table in facts
    }
    early["symbols"] = facts["symbols"]
    late = {
        table: {k: v for k, v in value.items() if k not in early[table]}
        if table in _EARLY
        else value
        for table, value in facts.items()
        if table != "symbols"
    }
    return early, late


def _name_column(lang: str, frame: pd.DataFrame) -> str:
    return "name_en" if lang == "en" and "name_en" in frame.columns else "name"


def _sources(region: Region) -> dict[str, Any]:
    sources = region.sources
    return pack_table(
        {
            "id": sources.index,
            "name": sources["short_title"],
            "title": sources["title"],
            "issued_on": sources["issued_on"],
        }
    )


def _labels(region: Region, lang: str) -> dict[str, dict[str, str]]:
    """Return the words of each enumeration that the page prints."""
    wanted = {
        "domain": ("projects", "domain"),
        "kind": ("projects", "kind"),
        "stage": ("projects", "stage"),
        "location_basis": ("projects", "location_basis"),
        "bound": ("targets", "bound"),
        "measure": ("targets", "measure"),
        "nature": ("targets", "nature"),
        "scope_kind": ("targets", "scope_kind"),
        "zone_kind": ("zones", "kind"),
        "member_role": ("memberships", "role"),
        "industry_role": ("industries", "role"),
        "tier": ("clusters", "tier"),
        "cluster_role": ("cluster_places", "role"),
        "match": ("mentions", "match"),
    }
    found = {}
    for key, (table, column) in wanted.items():
        labels = region.labels(table, column)
        found[key] = {v: v for v in labels} if lang == "en" else labels
    return found


def _zones(region: Region, lang: str) -> dict[str, Any]:
    """Return strategic zones, then every other grouping, with their counties as places."""
    counties = {code: number for number, code in enumerate(region.counties.index)}
    members: dict[str, list[int]] = {}
    for code, number in counties.items():
        for zone in region.zones_of(code, kind=None):
            members.setdefault(zone, []).append(number)
    table = pd.concat([region.zones, region.groupings])
    name = _name_column(lang, table)
    return _cited(
        table.reset_index().assign(
            id=table.index,
            name=table[name].fillna(table["name"]).to_numpy(),
            short=table["name_en" if name == "name_en" else "short_name"]
            .fillna(table["name"])
            .to_numpy(),
            counties=[members.get(zone, []) for zone in table.index],
            km2=table["area_km2"].fillna(0).round().astype(int).to_numpy(),
        ),
        ["id", "name", "short", "kind", "colour", "counties", "km2", "note"],
    )


def _cited(frame: pd.DataFrame, columns: list[str]) -> dict[str, Any]:
    """Return the columns of a table with its document, place in it, and basis."""
    return pack_table({name: frame[name] for name in [*columns, "source_id", "locator", "basis"]})


def _alias_columns(region: Region) -> dict[str, Iterable[Any]]:
    mine = region.aliases[region.aliases["kind"].isin(_ALIAS_KINDS)]
    return {"name": mine["alias"], "adcode": mine["adcode"]}


def ordered_projects(region: Region, chosen: Any = None) -> gpd.GeoDataFrame:
    """Return the projects in the order of the page: by document and place in it.

    Neighbouring rows are then alike, which packs well, and a list reads as the document does.
    """
    projects = region.projects
    if chosen is not None:
        projects = projects[projects.index.isin(chosen.index)]
    return projects.sort_values(["source_id", "domain", "kind", "locator"], kind="stable")


def _names_said(region: Region) -> dict[str, list[str]]:
    """Return each project's name and, after it, the other names that documents give it."""
    names = {key: [name] for key, name in region.projects["name"].items()}
    rows = region.mentions
    for project, said in zip(rows["project_id"], rows["named_as"], strict=True):
        mine = names.get(project)
        if mine is not None and isinstance(said, str) and said not in mine:
            mine.append(said)
    return names


def _projects(region: Region, shift: Any, projects: gpd.GeoDataFrame) -> dict[str, Any]:
    import shapely

    geometry = projects.geometry
    points = geometry.where(geometry.geom_type == "Point", shapely.Point())
    near = shapely.union_all(
        region.simplified("county", tolerance_m=TOLERANCE_M).to_numpy()
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
        "years",
    ]
    names = _names_said(region)
    frame = projects.reset_index().assign(
        at=_encode_points(points, shift),
        line=[None if route is None else _encode_route(route[0], shift) for route in routes],
        cut=[None if route is None else route[1] or None for route in routes],
        name=["\n".join(names[key]) for key in projects.index],
        adcodes=projects["adcodes"].map(" ".join).to_numpy(),
        years=[" ".join(map(str, years)) or None for years in projects["years"]],
    )
    return _cited(frame, [*columns, "at", "line", "cut"])


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


def _mentions(region: Region, projects: gpd.GeoDataFrame) -> dict[str, Any]:
    """Return what each document says of each project.

    A mention that says no more than the project's own row is marked there instead: ``plain``
    holds the projects that have one.
    """
    place = {key: number for number, key in enumerate(projects.index)}
    names = _names_said(region)
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
    return {
        "plain": {
            "at": plain["project_id"].map(place).tolist(),
            "year": pack_column(plain["year"]),
        },
        **pack_table(
            {
                "project": rows["at"].diff().fillna(rows["at"]).astype(int),
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
    }


def _targets(region: Region, lang: str, projects: gpd.GeoDataFrame) -> dict[str, Any]:
    indicators = region.indicators
    name = _name_column(lang, indicators)
    rows = region.targets.reset_index()
    # What a document sets for a larger region is no figure of a place on this page.
    rows = rows[~rows["scope_kind"].isin(_LARGER_SCOPES)]
    # The page knows a project by its row.
    place = {key: str(number) for number, key in enumerate(projects.index)}
    rows = rows.assign(
        indicator=rows["indicator_id"].map(indicators[name]),
        scope_id=rows["scope_id"].where(
            rows["scope_kind"] != "project", rows["scope_id"].map(place)
        ),
    )
    return _cited(
        rows,
        [
            "indicator",
            "scope_kind",
            "scope_id",
            "bound",
            "value",
            "value_high",
            "unit",
            "measure",
            "relative_to",
            "baseline_value",
            "baseline_year",
            "target_year",
            "nature",
            "is_to_be_set",
            "note",
        ],
    )


def _statistics(region: Region, lang: str) -> list[dict[str, Any]]:
    """Return reported values by series: units in order, those alike in one table."""
    indicators = region.indicators
    name = _name_column(lang, indicators)
    keys = ["indicator_id", "year", "unit", "source_id", "locator", "basis"]
    return [
        {
            "indicator": indicators[name].get(key[0], key[0]),
            "id": key[0],
            "year": int(key[1]),
            "unit": key[2],
            "source_id": key[3],
            "locator": key[4],
            "basis": key[5],
            **pack_table({"adcode": rows["adcode"], "value": rows["value"], "note": rows["note"]}),
        }
        for key, rows in region.statistics.fillna({"locator": ""}).groupby(keys, sort=True)
    ]


def _has_place(tasks: pd.DataFrame) -> pd.Series:
    return (tasks["adcodes"].map(len) > 0) | (tasks["zone_ids"].map(len) > 0)


def _tasks(region: Region) -> dict[str, Any]:
    """Return the tasks that name a place or a zone; the others belong on no map."""
    names = region.organizations["name"]
    tasks = region.tasks
    tasks = tasks[_has_place(tasks)]

    def listed(ids: Any) -> str | None:
        return "、".join(str(names.get(i, i)) for i in ids) or None

    frame = tasks.assign(
        adcodes=tasks["adcodes"].map(lambda codes: " ".join(codes) or None),
        zone_ids=tasks["zone_ids"].map(lambda codes: " ".join(codes) or None),
        lead=tasks["lead_org_ids"].map(listed),
    )
    return _cited(frame, ["title", "start_year", "end_year", "lead", "adcodes", "zone_ids", "note"])


def _named_places(region: Region, shift: Any) -> dict[str, Any]:
    """Return functional areas, ports and other named places, for the search."""
    places = region.places
    places = places[places["kind"] != "outside unit"]
    return pack_table(
        {
            "id": places.index,
            "name": places["name"],
            "adcode": places["adcode"],
            "at": _encode_points(places.geometry, shift),
        }
    )


def _symbols(projects: pd.DataFrame, stages: Iterable[str]) -> dict[str, Any]:
    """Return the shape and colour of each kind of project, and the fill of each stage."""
    pairs = sorted(
        {
            (str(kind), str(domain))
            for kind, domain in zip(projects["kind"], projects["domain"], strict=True)
        }
    )
    used = {f"{domain}/{kind}": symbol_of(kind, domain) for kind, domain in pairs}
    return {
        "kinds": {key: [symbol.shape, symbol.colour] for key, symbol in used.items()},
        "shapes": {
            shape: [round(value, 2) for point in shape_points(shape) for value in point]
            for shape in sorted({symbol.shape for symbol in used.values()})
        },
        "fills": {stage: stage_fill(stage) for stage in stages},
    }


def _searched_names(region: Region) -> Iterable[str]:
    for frame in (
        region.counties,
        region.cities,
        region.zones,
        region.groupings,
        region.projects,
        region.places,
        region.clusters,
    ):
        yield from frame["name"].astype(str)
    yield region.name
    yield from _alias_columns(region)["name"]


def pinyin_initials(names: Iterable[str]) -> dict[str, str]:
    """Return the characters of names by the first letter of their reading in them.

    A character with several readings stands under each: 朝 of 朝阳 is often taken for zhāo.

    Examples
    --------
    >>> pinyin_initials(["朝阳"])
    {'c': '朝', 'y': '阳', 'z': '朝'}
    """
    from pypinyin import Style, pinyin

    found: dict[str, set[str]] = {}
    for letter in sorted({letter for name in names for letter in name if not letter.isascii()}):
        for reading in pinyin(letter, style=Style.FIRST_LETTER, heteronym=True, errors="ignore"):
            for first in reading:
                if first and first[0] in string.ascii_lowercase:
                    found.setdefault(first[0], set()).add(letter)
    return {first: "".join(sorted(letters)) for first, letters in sorted(found.items())}
