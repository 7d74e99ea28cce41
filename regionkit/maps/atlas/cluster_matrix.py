"""The sheet of industry clusters: a matrix of clusters and cities beside a map of counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from regionkit.analysis.targets import format_number
from regionkit.maps.atlas.data import FURNITURE, LANG
from regionkit.maps.paper.compose import draw_map
from regionkit.maps.paper.map_parts import MapParts
from regionkit.maps.paper.page_blocks import (
    LINE,
    MM_PER_PT,
    break_words,
    draw_bar,
    draw_ramp,
    heading_mm,
    write_words,
)
from regionkit.maps.signs.colours import RAMPS, SEQUENTIAL
from regionkit.maps.signs.layer_items import layer_items
from regionkit.maps.signs.legend_item import LegendItem
from regionkit.maps.signs.theme import drawing
from regionkit.maps.signs.words import projection_words
from regionkit.region.names import names_in
from regionkit.words.message import msg, say

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from regionkit.maps.atlas.data import AtlasData
    from regionkit.maps.paper.sheet import Sheet
    from regionkit.maps.signs.layers import AreaLayer
    from regionkit.maps.signs.theme import Theme
    from regionkit.region import Region

__all__ = ["draw_cluster_matrix", "has_room_for_matrix"]

# Of the page: the map's column; the words and the target before the marks.
_MAP_SHARE, _GAP_MM, _NAME_SHARE, _TARGET_SHARE = 0.32, 6.0, 0.27, 0.07
# A row is at least so high, a city's column so wide.
_LEAST_ROW_MM, _LEAST_COLUMN_MM, _ROWS_MM = 4.6, 6.0, 150.0
# Of a place with several roles the first tells; size of its mark in points, and whether it is full.
_ROLES: dict[str, tuple[Any, float, bool]] = {
    "core": (msg("core: named as core, leading or centre"), 8.2, True),
    "support": (msg("support: named as supporting"), 7.4, False),
    "site": (msg("site: named as a place or park of it"), 3.6, True),
}
_INFERRED = "#9d4325"
# Of the tiers, in their order.
_TIERS = (RAMPS[SEQUENTIAL][4][1], RAMPS[SEQUENTIAL][3][1], "#6a7076")


def has_room_for_matrix(region: Region) -> bool:
    """Return whether a region's clusters and cities have room in one matrix on a page.

    Examples
    --------
    >>> import regionkit as rk
    >>> has_room_for_matrix(rk.load("liaoning"))
    True
    """
    rows = len(region.clusters) + region.clusters["tier"].nunique() + 2
    return rows * _LEAST_ROW_MM <= _ROWS_MM and 1 < len(region.cities) * _LEAST_COLUMN_MM <= 120


def draw_cluster_matrix(data: AtlasData, layer: AreaLayer, title: str, message: str) -> Sheet:
    """Return the sheet of industry clusters.

    A row a cluster with its target, a column a city by how many clusters it has; a mark says
    whether the city, or a county of it, is core, support or site, and whether that is inferred.

    Parameters
    ----------
    data : AtlasData
    layer : AreaLayer
        Of the counts by city.
    title, message : str
    """
    ln, theme = data.region, data.theme
    short = names_in(data.cities, LANG, column="short")
    marks = _marks(ln)
    order = (
        marks.groupby("city")["cluster_id"].nunique().sort_values(ascending=False, kind="stable")
    )
    cities = [*order.index, *(code for code in data.cities.index if code not in order.index)]
    cores = marks[marks["role"] == "core"].groupby("city")["cluster_id"].nunique()
    counts = {
        code: say(
            "{n} ({cores})", lang=LANG, n=int(order.get(code, 0)), cores=int(cores.get(code, 0))
        )
        for code in cities
    }
    with drawing(theme):
        sheet = data.sheet(title, message, layer.source, legend_mm=0.0)
        left, bottom, right, top = sheet.body_mm
        wide = (right - left) * _MAP_SHARE
        line = theme.base_size * MM_PER_PT * LINE
        heading = say("Clusters of each city, in brackets those it is a core of", lang=LANG)
        head = heading_mm(theme, heading, wide)
        high = min(wide * 1.02, (top - bottom) * 0.6)
        names = data.cities.assign(label=short + "\n" + pd.Series(counts))
        sheet.place_map(left, top - head - high, wide, high)
        draw_map(
            sheet.axes[0],
            layer,
            MapParts(furniture=FURNITURE, names=names, name_column="label"),
            crs=data.crs,
            theme=theme,
        )
        ax = sheet.columns_axes()
        write_words(ax, theme, left, top, wide, heading, is_heading=True)
        at = top - head - high - 1.0
        draw_ramp(ax, theme, layer, left, at, wide, LANG)
        at = _draw_keys(ax, theme, left, at - 3.4 * line, wide)
        for words in (_sum_words(ln), layer.note, projection_words(data.crs)):
            if words and at - line * len(break_words(words, wide, theme.small_size)) > bottom:
                at = write_words(ax, theme, left, at, wide, words)
        x = left + wide + _GAP_MM
        _draw_matrix(ax, data, marks, cities, (x, bottom, right - x, top - bottom), counts, short)
        sheet.items = [
            *layer_items(layer, theme, counted_as=say("cities", lang=LANG)),
            *(LegendItem(str(name), "note") for name in ln.clusters["name"]),
        ]
        return sheet.finish()


def _marks(region: Region) -> pd.DataFrame:
    """Return the foremost role of each city in each cluster: its own, or that of a county of it."""
    rows = region.cluster_places
    city_of = region.units["city_adcode"]
    rank = {role: number for number, role in enumerate(_ROLES)}
    rows = rows.assign(
        city=rows["adcode"].map(city_of), rank=rows["role"].map(rank).fillna(len(rank))
    ).dropna(subset=["city"])
    rows = rows.sort_values(["rank", "basis"], ascending=[True, False], kind="stable")
    return rows.drop_duplicates(["cluster_id", "city"])


def _draw_keys(ax: Axes, theme: Theme, left: float, top: float, wide: float) -> float:
    """Draw what the marks say; return where they end."""
    at = write_words(
        ax, theme, left, top, wide, say("How to read the table", lang=LANG), is_heading=True
    )
    step = theme.base_size * MM_PER_PT * 1.7
    for words, size, is_full in _ROLES.values():
        middle = at - step * 0.45
        _draw_mark(ax, left + 2.0, middle, size, theme.text, is_full=is_full)
        ax.text(left + 5.5, middle, words.render(LANG), fontsize=theme.small_size, va="center",
                color=theme.text)  # fmt: skip
        at -= step
    middle = at - step * 0.45
    _draw_inferred(ax, theme, left + 1.0, middle)
    words = say("inferred by the editors: the document says it otherwise", lang=LANG)
    ax.text(left + 5.5, middle, words, fontsize=theme.small_size, va="center", color=theme.text)
    return at - step * 1.3


def _draw_mark(ax: Axes, x: float, y: float, size: float, ink: str, *, is_full: bool) -> None:
    ax.plot(
        [x], [y], linestyle="none", marker="o", markersize=size, gid="cluster-mark",
        markerfacecolor=ink if is_full else "#ffffff", markeredgecolor=ink,
        markeredgewidth=0.0 if is_full else 1.3,
    )  # fmt: skip


def _draw_inferred(ax: Axes, theme: Theme, x: float, y: float) -> None:
    ax.text(
        x, y, say("inf.", lang=LANG), fontsize=theme.base_size * 0.8125, fontweight="bold",
        va="center", color=theme.text if theme.use_patterns else _INFERRED, gid="inferred",
    )  # fmt: skip


def _sum_words(region: Region) -> str:
    """Return the sum of the clusters' targets, where they are of one year."""
    stated = region.clusters.dropna(subset=["revenue_target_100m_cny"])
    years = stated["target_year"].dropna().unique()
    if len(years) != 1:
        return ""
    return say(
        "Revenue targets for {year}: {n} clusters, {total} × 100 million CNY in all (our sum).",
        lang=LANG,
        year=int(years[0]),
        n=len(stated),
        total=format_number(float(stated["revenue_target_100m_cny"].sum())),
    )


def _draw_matrix(
    ax: Axes,
    data: AtlasData,
    marks: pd.DataFrame,
    cities: list[str],
    box: tuple[float, float, float, float],
    counts: dict[str, str],
    short: pd.Series,
) -> None:
    """Draw clusters by their tiers, and what each city is in them."""
    ln, theme = data.region, data.theme
    left, bottom, wide, high = box
    top = bottom + high
    body, small = theme.base_size * 0.94, theme.small_size
    name_mm, target_mm = wide * _NAME_SHARE, wide * _TARGET_SHARE
    each = (wide - name_mm - target_mm - 2.0) / len(cities)
    column = {
        code: left + name_mm + target_mm + 2.0 + (number + 0.5) * each
        for number, code in enumerate(cities)
    }
    clusters = ln.clusters.sort_values("order")
    tiers = list(clusters["tier"].drop_duplicates())
    heads = 4 * theme.base_size * MM_PER_PT * 1.25
    step = (high - heads) / (len(clusters) + len(tiers) + 1)
    for code, x in column.items():
        ax.text(x, top - heads + 1.0, "\n".join(str(short[code])), fontsize=body, ha="center",
                va="bottom", fontweight="bold", linespacing=1.05, color=theme.text)  # fmt: skip
    years = clusters["target_year"].dropna().unique()
    if len(years) == 1:
        words = say("100m CNY, {year}", lang=LANG, year=int(years[0]))
        ax.text(left + name_mm + target_mm, top - heads + 1.0, words, fontsize=small, ha="right",
                va="bottom", color=theme.muted)  # fmt: skip
    labels = ln.labels("clusters", "tier")
    y = top - heads
    role_of = marks.set_index(["cluster_id", "city"])
    for number, tier in enumerate(tiers):
        mine = clusters[clusters["tier"] == tier]
        ink = theme.text if theme.use_patterns else _TIERS[min(number, len(_TIERS) - 1)]
        draw_bar(ax, left, y - step * 0.92, wide, step * 0.84, ("#f0efe9", "", ""))
        ax.text(left + 1.0, y - step * 0.5, f"{labels.get(tier, tier)} {len(mine)}", color=ink,
                fontsize=body, fontweight="bold", va="center")  # fmt: skip
        y -= step
        for cluster_id, cluster in mine.iterrows():
            middle = y - step * 0.5
            name = break_words(str(cluster["name"]), name_mm - 1.0, body)
            ax.text(left + 1.0, middle, "\n".join(name), fontsize=body, va="center",
                    linespacing=1.0, color=theme.text, gid="cluster")  # fmt: skip
            target = cluster["revenue_target_100m_cny"]
            told = say("none given", lang=LANG) if pd.isna(target) else format_number(target)
            ax.text(left + name_mm + target_mm, middle, told, fontsize=body, ha="right",
                    va="center", fontweight="normal" if pd.isna(target) else "bold",
                    color=theme.muted if pd.isna(target) else theme.text)  # fmt: skip
            for code, x in column.items():
                if (cluster_id, code) not in role_of.index:
                    continue
                row = role_of.loc[(cluster_id, code)]
                _, size, is_full = _ROLES.get(str(row["role"]), _ROLES["site"])
                _draw_mark(ax, x, middle, size, ink, is_full=is_full)
                if row["basis"] == "inferred":
                    _draw_inferred(ax, theme, x + size * MM_PER_PT * 0.5 + 0.2, middle + 1.1)
            ax.plot([left, left + wide], [y - step] * 2, color="#e4e1da", linewidth=0.4)
            y -= step
    words = say("Clusters (as a core)", lang=LANG)
    ax.text(left + 1.0, y - step * 0.5, words, fontsize=body, va="center", fontweight="bold",
            color=theme.text)  # fmt: skip
    for code, x in column.items():
        # Two lines: a column is narrower than both numbers.
        ax.text(x, y - step * 0.5, counts[code].replace("（", "\n（"),
                fontsize=theme.base_size * 0.8125, ha="center", va="center", linespacing=1.0,
                fontweight="bold", color=theme.text)  # fmt: skip
