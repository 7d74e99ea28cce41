"""Sheets whose lists say more than their maps: clusters by city, the targets of zones."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from regionkit.analysis.progress import progress
from regionkit.analysis.states import STATES
from regionkit.analysis.targets import describe_baseline, describe_target, format_number
from regionkit.maps.atlas.cluster_matrix import draw_cluster_matrix, has_room_for_matrix
from regionkit.maps.atlas.data import FURNITURE, LANG
from regionkit.maps.paper.columns_page import fill_columns
from regionkit.maps.paper.compose import draw_map
from regionkit.maps.paper.map_parts import MapParts
from regionkit.maps.signs.colours import zone_look
from regionkit.maps.signs.layer_items import layer_items
from regionkit.maps.signs.legend_item import LegendItem
from regionkit.maps.signs.theme import drawing
from regionkit.maps.signs.words import projection_words
from regionkit.region.names import names_in
from regionkit.words.message import join, msg, say

if TYPE_CHECKING:
    from regionkit.maps.atlas.data import AtlasData
    from regionkit.maps.paper.sheet import Sheet
    from regionkit.maps.signs.layers import AreaLayer
    from regionkit.maps.signs.theme import Theme
    from regionkit.region import Region

__all__ = ["draw_clusters_page", "draw_layer_page", "draw_targets_page", "target_words"]

# Of the page's width that the map has on a page of targets; most that it has beside two columns.
_MAP_SHARE, _MAP_MM, _GAP_MM = 0.63, 176.0, 5.0
_ROLES = {"core": msg("core ●"), "support": msg("support ○"), "site": msg("site •")}


def draw_layer_page(
    data: AtlasData,
    layer: AreaLayer,
    title: str,
    message: str,
    items: list[LegendItem],
    parts: MapParts,
    *,
    columns: int = 1,
    map_mm: float = 190.0,
    theme: Theme | None = None,
) -> Sheet:
    """Return a sheet of one coloured map, its legend and more in columns beside it.

    Parameters
    ----------
    data : AtlasData
    layer : AreaLayer
    title, message : str
    items : list of LegendItem
    parts : MapParts
    columns : int
    map_mm : float
        Most that the map is wide.
    theme : Theme, optional
        Of the map, where it is not the sheet's.
    """
    with drawing(data.theme):
        sheet = data.sheet(title, message, layer.source, legend_mm=0.0)
        left, bottom, right, top = sheet.body_mm
        wide = min(map_mm * (right - left) / 279.0, right - left - 60.0)
        sheet.place_map(left, bottom, wide, top - bottom)
        draw_map(sheet.axes[0], layer, parts, crs=data.crs, theme=theme or data.theme)
        sheet.items = [*items, LegendItem(projection_words(data.crs), "note")]
        x = left + wide + _GAP_MM
        each = (right - x - (columns - 1) * _GAP_MM) / columns
        fill_columns(
            sheet,
            sheet.items,
            [(x + n * (each + _GAP_MM), top, each, top - bottom) for n in range(columns)],
        )
        return sheet.finish()


def draw_clusters_page(data: AtlasData, layer: AreaLayer, title: str) -> Sheet:
    """Return the sheet of industry clusters: how many a city has, and where each is."""
    ln = data.region
    if has_room_for_matrix(ln):
        short = names_in(data.cities, LANG, column="short")
        return draw_cluster_matrix(data, layer, title, _clusters_message(ln, short))
    items = layer_items(layer, data.theme, counted_as=say("cities", lang=LANG))
    clusters = ln.clusters.sort_values("order")
    tiers = ln.labels("clusters", "tier")
    short = names_in(data.cities, LANG, column="short")
    for tier in clusters["tier"].drop_duplicates():
        mine = clusters[clusters["tier"] == tier]
        items.append(LegendItem(f"{tiers.get(tier, tier)} {len(mine)}", "heading"))
        for cluster_id, cluster in mine.iterrows():
            items.append(LegendItem(_cluster_words(ln, str(cluster_id), cluster, short), "note"))
    return draw_layer_page(
        data,
        layer,
        title,
        _clusters_message(ln, short),
        items,
        MapParts(furniture=FURNITURE, names=data.named, seats=ln.seats, name_column="short"),
        columns=2,
        map_mm=_MAP_MM * 0.92,
    )


def _cluster_words(ln: Region, cluster_id: str, cluster: Any, short: pd.Series) -> str:
    """Return a cluster's name with its cores, supports and sites; what is inferred is marked."""
    places = ln.cluster_places[ln.cluster_places["cluster_id"] == cluster_id]
    parts = []
    for role, words in _ROLES.items():
        rows = places[places["role"] == role]
        names = [
            _named(ln, row.adcode, short)
            + (say("(inferred)", lang=LANG) if row.basis == "inferred" else "")
            for row in rows.itertuples()
        ]
        if names:
            parts.append(f"{words.render(LANG)} {join(names).render(LANG)}")
    told = join(parts, "clauses").render(LANG)
    return say("{a}: {b}", lang=LANG, a=cluster["name"], b=told) if told else str(cluster["name"])


def _named(ln: Region, adcode: str, short: pd.Series) -> str:
    return str(short[adcode]) if adcode in short.index else str(ln.units.loc[adcode, "name"])


def _clusters_message(ln: Region, short: pd.Series) -> str:
    """Return which two cities are cores of most clusters, and how many clusters have a target."""
    cores = ln.cluster_places[ln.cluster_places["role"] == "core"]
    cores = cores[cores["adcode"].isin(short.index)]
    counts = cores.groupby("adcode")["cluster_id"].nunique().sort_values(ascending=False)
    years = ln.clusters["target_year"].dropna().unique()
    if len(counts) < 2 or len(years) != 1:
        return ""
    inferred = cores[cores["basis"] == "inferred"].groupby("adcode")["cluster_id"].nunique()
    first, second = counts.index[:2]
    return say(
        "{n} clusters: {first} is a core of {a} ({i} inferred), {second} of {b} ({j} inferred); "
        "{t} clusters have a target for {year}.",
        lang=LANG,
        n=len(ln.clusters),
        first=short[first],
        a=int(counts.iloc[0]),
        i=int(inferred.get(first, 0)),
        second=short[second],
        b=int(counts.iloc[1]),
        j=int(inferred.get(second, 0)),
        t=int(ln.clusters["revenue_target_100m_cny"].notna().sum()),
        year=int(years[0]),
    )


def draw_targets_page(data: AtlasData, targets: pd.DataFrame, title: str) -> Sheet:
    """Return the sheet of the zones' targets: what is reached beside what is aimed at."""
    ln = data.region
    documents = ln.sources.loc[targets["source_id"].unique(), "short_title"]
    judged = progress(targets, ln.statistics)
    judged = judged.join(targets[[name for name in targets if name not in judged]])
    with drawing(data.theme):
        sheet = data.sheet(
            title,
            _states_message(judged, join(documents).render(LANG)),
            data.cite(targets),
            legend_mm=0.0,
        )
        left, bottom, right, top = sheet.body_mm
        wide = _MAP_SHARE * (right - left)
        sheet.place_map(left, bottom, wide, top - bottom)
        draw_map(
            sheet.axes[0],
            None,
            replace(
                data.whole_parts,
                zones=data.zones,
                zone_names=names_in(data.zones, LANG, column="short_name"),
                fill_zones=data.counties,
            ),
            crs=data.crs,
            theme=data.theme,
        )
        items: list[LegendItem] = []
        for zone_id, zone in data.zones.iterrows():
            mine = judged[judged["scope_id"] == zone_id]
            if mine.empty:
                continue
            ink = data.theme.text
            if not data.theme.use_patterns:
                ink = zone_look(str(zone["colour"])).name
            items.append(LegendItem(f"{zone['name']} {len(mine)}", "heading", ink))
            items += [
                LegendItem(target_words(ln, row), "dot", STATES[row.state].colour, fill="solid")
                for row in mine.itertuples()
            ]
        items.append(LegendItem(say("State of a target", lang=LANG), "heading"))
        seen = [state for state in STATES if (judged["state"] == state).any()]
        items += [
            LegendItem(
                f"{STATES[state].mark} {STATES[state].word.render(LANG)}",
                "dot",
                STATES[state].colour,
            )
            for state in seen
        ]
        sheet.items = items
        x = left + wide + _GAP_MM
        fill_columns(sheet, items, [(x, top, right - x, top - bottom)])
        return sheet.finish()


def _states_message(judged: pd.DataFrame, documents: str) -> str:
    """Return how many targets stand how; parts without any go, and they add up."""
    counts = judged["state"].value_counts()
    told = [
        say("{n} {state}", lang=LANG, n=int(counts[state]), state=STATES[state].word.render(LANG))
        for state in STATES
        if counts.get(state, 0)
    ]
    return say(
        "{documents} sets {n} targets for the zones: {parts}.",
        lang=LANG,
        documents=documents,
        n=len(judged),
        parts=join(told).render(LANG),
    )


def target_words(ln: Region, row: Any) -> str:
    """Return a target with its year, what is reached with its year, and its state.

    Parameters
    ----------
    ln : Region
    row : row of :func:`regionkit.progress`, with the target's own columns
    """
    state = STATES[row.state]
    name = str(ln.indicators.loc[row.indicator_id, "name"])
    year = say("{year}", lang=LANG, year=row.target_year) if pd.notna(row.target_year) else ""
    wanted = year + describe_target(ln, row)
    aim = say("{a}: {b}", lang=LANG, a=name, b=wanted)
    told = [aim]
    if pd.notna(row.actual_value):
        told.append(
            say(
                "{year}: {value}{unit}",
                lang=LANG,
                year=int(row.actual_year),
                value=format_number(row.actual_value),
                unit=row.unit if isinstance(row.unit, str) else "",
            )
        )
    else:
        baseline = describe_baseline(ln, row, LANG)
        if baseline:
            told.append(say("from {baseline}", lang=LANG, baseline=baseline))
    told.append(f"{state.mark} {state.word.render(LANG)}")
    return join(told, "clauses").render(LANG)
