"""What a page knows of a region: its units, zones, projects, targets, statistics and tasks.

Every row keeps its document, the place in it, and its basis.
"""

from __future__ import annotations

import string
from typing import TYPE_CHECKING, Any

import pandas as pd

from regionkit.maps.page.columns import cited, pack_table
from regionkit.maps.page.projects import (
    TOLERANCE_M,
    encode_points,
    mention_table,
    ordered_projects,
    project_table,
    symbol_table,
)
from regionkit.maps.page.topology import encode_coverage
from regionkit.maps.signs.words import english_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import geopandas as gpd

    from regionkit.region import Region

__all__ = ["pinyin_initials", "region_tables", "region_units", "split_facts"]

# What the first picture needs; all else is read when it is on the screen.
_EARLY = {
    "zones": ("id", "short", "kind", "colour", "counties"),
    "projects": ("domain", "kind", "stage", "location_basis", "at", "line", "cut"),
}
LARGER_SCOPES = ("nation", "region")
_ALIAS_KINDS = ("short", "former", "minority", "functional area")


def region_units(region: Region, shift: Any = None, *, lang: str = "zh") -> dict[str, Any]:
    """Return the units of a region with the geometry of its counties.

    Parameters
    ----------
    region : Region
    lang : {"zh", "en"}
        Language of the units' names; Chinese where the pack has no English one.
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
    named = region.units["name"]
    if lang == "en":
        named = english_names(named, region.aliases)
    return {
        "topology": topology,
        "province": [region.adcode, named[region.adcode]],
        "counties": pack_table(
            {
                "id": frame.index,
                "name": frame.index.map(named),
                "city": [city_place.get(code, -1) for code in frame["city_adcode"]],
                "at": encode_points(points, shift),
                "km2": frame["area_km2"].round().astype(int),
            }
        ),
        "cities": pack_table(
            {
                "id": cities.index,
                "name": cities.index.map(named),
                "at": encode_points(city_points, shift),
                "km2": cities["area_km2"].round().astype(int),
            }
        ),
    }


def region_tables(
    region: Region, *, lang: str = "zh", shift: Any = None, projects: Any = None
) -> dict[str, Any]:
    """Return the tables that the page's panel, search and filters read."""
    chosen = ordered_projects(region, projects)
    return {
        "sources": _sources(region),
        "labels": _labels(region, lang),
        "zones": _zones(region, lang),
        "memberships": cited(region.memberships, ["zone_id", "adcode", "role", "note"]),
        "aliases": pack_table(_alias_columns(region, lang)),
        "profiles": cited(region.profiles, ["adcode", "positioning", "note"]),
        "industries": cited(
            region.industries.sort_values(["adcode", "role", "rank"]),
            ["adcode", "industry", "sector_id", "role"],
        ),
        "sectors": pack_table(
            {
                "id": region.sectors.index,
                "name": region.sectors[name_column(lang, region.sectors)],
                "colour": region.sectors["colour"],
            }
        ),
        "clusters": cited(
            region.clusters.sort_values("order").reset_index(),
            ["cluster_id", "name", "tier", "revenue_target_100m_cny", "target_year", "note"],
        ),
        "cluster_places": cited(region.cluster_places, ["cluster_id", "adcode", "role", "note"]),
        "projects": project_table(region, shift, chosen),
        "mentions": mention_table(region, chosen),
        "targets": target_table(region, lang, chosen),
        "statistics": statistic_tables(region, lang),
        "tasks": _tasks(region),
        "n_other_targets": int(region.targets["scope_kind"].isin(LARGER_SCOPES).sum()),
        "n_other_tasks": int((~_has_place(region.tasks)).sum()),
        "places": _named_places(region, shift),
        "symbols": symbol_table(chosen, region.labels("projects", "stage")),
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
        "place_kind": ("places", "kind"),
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
    name = name_column(lang, table)
    return cited(
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


def _alias_columns(region: Region, lang: str) -> dict[str, Iterable[Any]]:
    mine = region.aliases[region.aliases["kind"].isin(_ALIAS_KINDS)]
    # Units are found by the name in the other language too.
    own = region.units["name"]
    other = own if lang == "en" else english_names(own, region.aliases)
    return {
        "name": [*mine["alias"], *other],
        "adcode": [*mine["adcode"], *other.index],
    }


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
    return cited(frame, ["title", "start_year", "end_year", "lead", "adcodes", "zone_ids", "note"])


def _named_places(region: Region, shift: Any) -> dict[str, Any]:
    """Return functional areas, ports and other named places, for the search."""
    places = region.places
    places = places[places["kind"] != "outside unit"]
    frame = places.assign(id=places.index, at=encode_points(places.geometry, shift))
    columns = ["id", "name", "kind", "adcode", "at", "location_basis", "location_source", "note"]
    return cited(frame, columns)


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
    yield from _alias_columns(region, "zh")["name"]


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


def name_column(lang: str, frame: pd.DataFrame) -> str:
    """Return the column that holds the names in a language."""
    return "name_en" if lang == "en" and "name_en" in frame.columns else "name"


def target_table(region: Region, lang: str, projects: gpd.GeoDataFrame) -> dict[str, Any]:
    """Return the targets of the places of a page."""
    indicators = region.indicators
    name = name_column(lang, indicators)
    rows = region.targets.reset_index()
    # What a document sets for a larger region is no figure of a place on this page.
    rows = rows[~rows["scope_kind"].isin(LARGER_SCOPES)]
    # The page knows a project by its row.
    place = {key: str(number) for number, key in enumerate(projects.index)}
    rows = rows.assign(
        indicator=rows["indicator_id"].map(indicators[name]),
        scope_id=rows["scope_id"].where(
            rows["scope_kind"] != "project", rows["scope_id"].map(place)
        ),
    )
    return cited(
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


def statistic_tables(region: Region, lang: str) -> list[dict[str, Any]]:
    """Return reported values by series: units in order, those alike in one table."""
    indicators = region.indicators
    name = name_column(lang, indicators)
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
