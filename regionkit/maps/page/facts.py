"""What a page knows of a region: its units, zones, projects, targets, statistics and tasks.

Every row keeps its document, the place in it, and its basis.
"""

from __future__ import annotations

import string
from typing import TYPE_CHECKING, Any

from regionkit.analysis.messages import STAGE_GROUPS, stage_parts_word
from regionkit.analysis.targets import describe_baseline, describe_targets
from regionkit.maps.page.badges import (
    cluster_place_table,
    cluster_table,
    n_placeless_tasks,
    task_table,
)
from regionkit.maps.page.columns import cited, pack_table
from regionkit.maps.page.goals import target_states
from regionkit.maps.page.projects import (
    TOLERANCE_M,
    encode_points,
    mention_tables,
    ordered_projects,
    project_table,
    symbol_table,
)
from regionkit.maps.page.topology import encode_coverage
from regionkit.maps.page.zones import zone_table
from regionkit.maps.signs.colours import sector_colours
from regionkit.places.nationalities import list_short_names
from regionkit.places.provinces import short_name
from regionkit.region.names import called_units, names_in, unit_names
from regionkit.region.scopes import are_of_larger, are_of_whole
from regionkit.words.voice import other_language

if TYPE_CHECKING:
    from collections.abc import Iterable

    import geopandas as gpd

    from regionkit.region import Region

__all__ = ["pinyin_initials", "region_tables", "region_units"]

# Grid steps to the least bend of a border that is kept: of a step nobody sees the half.
_STEPS_A_BEND = 6
_DEGREE_M = 110_000
_ALIAS_KINDS = ("short", "former", "minority", "functional area")

# From so many provinces on the cities of a region are no names for its first view.
_MANY_PROVINCES = 5


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

    tolerance_m = TOLERANCE_M * region.scale
    counties = region.simplified("county", tolerance_m=tolerance_m)
    if shift is not None:
        array = shapely.transform(counties.to_numpy(), shift)
        counties = type(counties)(array, index=counties.index, crs=counties.crs)
    topology = encode_coverage(counties, least=int(_STEPS_A_BEND * _DEGREE_M / tolerance_m))
    cities = region.cities
    frame = region.counties
    city_place = {code: number for number, code in enumerate(cities.index)}
    points = region.counties.geometry.representative_point()
    city_points = cities.geometry.representative_point()
    named = called_units(region, lang)
    return {
        "topology": topology,
        "province": [region.adcode, named[region.adcode]],
        "counties": pack_table(
            {
                "id": frame.index,
                "name": frame.index.map(named),
                "city": [city_place.get(code, -1) for code in frame["city_adcode"]],
                "province": _province_places(region),
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
                "short": _short_names(region, cities.index, named),
                "rank": _ranks(region, cities.index),
                "seat": _seat_points(region, cities.index, shift),
                "capital": _capitals(region, cities.index),
            }
        ),
        "provinces": pack_table(_provinces(region, named, shift)),
        "borders": _province_arcs(region, topology["rings"]),
    }


def _province_arcs(region: Region, rings: list[list[list[int]]]) -> list[int]:
    """Return the arcs between the counties of two provinces, of a region of several."""
    provinces = region.units["province_adcode"].reindex(region.counties.index)
    sides: dict[int, set[str]] = {}
    for province, unit in zip(provinces, rings, strict=True):
        for arc in (arc for ring in unit for arc in ring):
            sides.setdefault(arc if arc >= 0 else ~arc, set()).add(str(province))
    return sorted(arc for arc, there in sides.items() if len(there) > 1)


def _province_places(region: Region) -> list[int]:
    """Return the row of each county's province among those of a region of several; -1 for none."""
    place = {code: number for number, code in enumerate(region.provinces.index)}
    codes = region.units["province_adcode"].reindex(region.counties.index)
    return [place.get(code, -1) if len(place) > 1 else -1 for code in codes]


def _provinces(region: Region, named: Any, shift: Any) -> dict[str, Any]:
    """Return the provinces of a region of several.

    The opening view of a wide one names them in place of its cities: only there they have a point.
    """
    codes = region.provinces.index if len(region.provinces) > 1 else region.provinces.index[:0]
    outlines = region.simplified("province", tolerance_m=TOLERANCE_M * region.scale)
    points = encode_points(outlines.reindex(codes).representative_point(), shift)
    return {
        "id": codes,
        "name": codes.map(named),
        # As maps of the country write them: 新疆, 广西, 香港.
        "short": [short_name(str(named[code])) for code in codes],
        "at": points if len(codes) >= _MANY_PROVINCES else [None] * len(codes),
    }


def _short_names(region: Region, codes: Iterable[str], named: Any) -> list[str]:
    """Return the short name of each unit, where it has one in the language of the others."""
    rows = region.aliases[region.aliases["kind"] == "short"]
    short = dict(zip(rows["adcode"], rows["alias"], strict=True))
    return [
        short[code] if code in short and not str(named[code]).isascii() else str(named[code])
        for code in codes
    ]


def _seat_points(region: Region, codes: Iterable[str], shift: Any) -> list[list[int] | None]:
    """Return where units are marked; None for those whose seat is not known."""
    seats = region.seats.geometry.reindex(list(codes))
    return encode_points(seats, shift)


def _capitals(region: Region, codes: Iterable[str]) -> list[int]:
    seats = region.seats
    capitals = set(seats.index[seats["is_capital"].astype(bool)])
    return [int(code in capitals) for code in codes]


def _ranks(region: Region, codes: Iterable[str]) -> list[int]:
    """Return which units are named first where few can be: those that most projects touch."""
    touched: dict[str, int] = {}
    cities = region.counties["city_adcode"]
    for units in region.projects["adcodes"]:
        for code in {cities.get(unit, unit) for unit in units}:
            touched[code] = touched.get(code, 0) + 1
    order = sorted(codes, key=lambda code: (-touched.get(code, 0), code))
    return [order.index(code) for code in codes]


def region_tables(
    region: Region, *, lang: str = "zh", shift: Any = None, projects: Any = None
) -> dict[str, Any]:
    """Return the tables that the page's panel, search and filters read."""
    chosen = ordered_projects(region, projects)
    mentions, plain_mentions = mention_tables(region, chosen)
    return {
        "sources": _sources(region),
        "labels": _labels(region, lang),
        "zones": zone_table(region, lang, shift),
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
                "name": names_in(region.sectors, lang),
                "colour": list(sector_colours(region.sectors).values()),
            }
        ),
        "clusters": cluster_table(region),
        "cluster_places": cluster_place_table(region),
        "projects": project_table(region, shift, chosen),
        "mentions": mentions,
        "plain_mentions": plain_mentions,
        "targets": target_table(region, lang, chosen),
        "statistics": statistic_tables(region, lang),
        "tasks": task_table(region),
        "elsewhere": {
            "tasks": n_placeless_tasks(region),
            "targets": int(are_of_larger(region).sum()),
        },
        "places": _named_places(region, shift),
        "symbols": symbol_table(region, chosen, lang),
        "search": {"initials": pinyin_initials(_searched_names(region))},
        "called": pack_table(everyday_names(region)),
    }


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
    found: dict[str, dict[str, str]] = {
        "group": {group: stage_parts_word(group, lang) for group in STAGE_GROUPS},
        "stage_group": {stage: group for group, stages in STAGE_GROUPS.items() for stage in stages},
    }
    for key, (table, column) in wanted.items():
        found[key] = region.labels(table, column, lang)
    return found


def _alias_columns(region: Region, lang: str) -> dict[str, Iterable[Any]]:
    mine = region.aliases[region.aliases["kind"].isin(_ALIAS_KINDS)]
    # Units are found by the name in the other language too.
    own = region.units["name"]
    other = unit_names(own, region.aliases, other_language(lang))
    known = set(zip(mine["alias"], mine["adcode"], strict=True))
    ruled = [
        (short, code)
        for code, name in own.items()
        for short in list_short_names(name)
        if (short, code) not in known
    ]
    return {
        "name": [*mine["alias"], *other, *(short for short, _ in ruled)],
        "adcode": [*mine["adcode"], *other.index, *(code for _, code in ruled)],
    }


def _named_places(region: Region, shift: Any) -> dict[str, Any]:
    """Return functional areas, ports and other named places, for the search."""
    places = region.places
    places = places[places["kind"] != "outside unit"]
    frame = places.assign(id=places.index, at=encode_points(places.geometry, shift))
    columns = ["id", "name", "kind", "adcode", "at", "location_basis", "location_source", "note"]
    return cited(frame, columns)


def everyday_names(region: Region) -> dict[str, list[str]]:
    """Return what things are called beside their names: the words that the command takes, too.

    Returns
    -------
    dict of list, of one length
        ``word``; ``kind``: "zone", "cluster", "place" or "target"; ``of``: the id of the thing, of
        a target the name of its indicator.

    Examples
    --------
    >>> import regionkit as rk
    >>> names = everyday_names(rk.load("liaoning"))
    >>> at = names["word"].index("石化集群")
    >>> names["kind"][at], names["of"][at]
    ('cluster', 'green-petrochemicals')
    """
    targeted = set(region.targets["indicator_id"])
    known = {
        "zones": ("zone", {key: str(key) for key in region.zones.index}),
        "clusters": ("cluster", {key: str(key) for key in region.clusters.index}),
        "places": ("place", {key: str(key) for key in region.places.index}),
        "indicators": (
            "target",
            {key: name for key, name in region.indicators["name"].items() if key in targeted},
        ),
    }
    rows = [
        (word, kind, ids[value])
        for table, (kind, ids) in known.items()
        for word, values in region.everyday_words(table).items()
        for value in values
        if value in ids
    ]
    rows += [
        (alias, "place", str(key))
        for key, aliases in region.places["aliases"].items()
        for alias in aliases or ()
    ]
    return {"word": [row[0] for row in rows], "kind": [row[1] for row in rows],
            "of": [row[2] for row in rows]}  # fmt: skip


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


def target_table(region: Region, lang: str, projects: gpd.GeoDataFrame) -> dict[str, Any]:
    """Return the targets of the places of a page."""
    # What a document sets for a larger region is no figure of a place on this page, and the page
    # knows the whole by one word, whatever it is.
    rows = region.targets
    kinds = rows["scope_kind"].mask(are_of_whole(region), "province")
    rows = rows.assign(scope_kind=kinds)[~are_of_larger(region)].reset_index()
    # The page knows a project by its row.
    place = {key: str(number) for number, key in enumerate(projects.index)}
    rows = rows.assign(
        indicator=rows["indicator_id"].map(names_in(region.indicators, lang)),
        words=describe_targets(region, rows, lang),
        baseline=[describe_baseline(region, row, lang) or None for row in rows.itertuples()],
        scope_id=rows["scope_id"].where(
            rows["scope_kind"] != "project", rows["scope_id"].map(place)
        ),
    )
    states = target_states(region, lang)
    told = [states.get(key, [None] * 3) for key in rows[region.targets.index.name or "index"]]
    rows = rows.assign(
        state=[one[0] for one in told],
        gap=[one[1] for one in told],
        state_colour=[one[2] for one in told],
    )
    return cited(
        rows,
        [
            "indicator",
            "scope_kind",
            "scope_id",
            "words",
            "baseline",
            "target_year",
            "nature",
            "state",
            "gap",
            "state_colour",
            "note",
        ],
    )


def statistic_tables(region: Region, lang: str) -> list[dict[str, Any]]:
    """Return reported values by series: units in order, those alike in one table."""
    names = names_in(region.indicators, lang)
    keys = ["indicator_id", "year", "unit", "source_id", "locator", "basis"]
    return [
        {
            "indicator": names.get(key[0], key[0]),
            "year": int(key[1]),
            "unit": key[2],
            "source_id": key[3],
            "locator": key[4],
            "basis": key[5],
            **pack_table({"adcode": rows["adcode"], "value": rows["value"], "note": rows["note"]}),
        }
        for key, rows in region.statistics.fillna({"locator": ""}).groupby(keys, sort=True)
    ]
