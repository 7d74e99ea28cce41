"""The choropleths of a region, where its pack has the facts for them: for page and sheets.

Titles, classes and palettes are set here alone, so that paper and screen show the same theme alike.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from regionkit.analysis.targets import describe_target, format_number
from regionkit.maps.signs.layers import category_layer, choropleth_layer
from regionkit.maps.themes.series import PageLayer
from regionkit.maps.themes.targets import indicator_name, list_target_maps, target_layers

if TYPE_CHECKING:
    from collections.abc import Callable

    from regionkit.region import Region

__all__ = ["DEFAULT_LAYERS", "default_layers"]

# Diverges: one hue below the target, another above.
_ABOUT_TARGET = "PuOr"
# Indicators whose targets stand in one series with what is reported.
_WITH_STATISTICS = ("gdp", "urbanisation-rate")

_WORDS = {
    "industry": ("县域主导产业", "Leading industry of counties"),
    "no-profile": ("规划未列产业（市辖区）", "No industry named"),
    "population": ("常住人口", "Resident population"),
    "urbanisation": (
        "常住人口城镇化率（以全省目标为界）",
        "Urbanisation rate, below and above the province's target",
    ),
    "over-65": ("65岁及以上人口占比", "Share aged 65 and over"),
    "under-15": ("0—14岁人口占比", "Share aged 0 to 14"),
    "gdp": ("地区生产总值", "GDP"),
    "cluster-count": ("重点产业集群数（按市）", "Industry clusters by city"),
    "cluster-revenue": (
        "所在集群2030年营收目标合计（按市，上限）",
        "2030 revenue targets of the clusters placed there (upper frame)",
    ),
    "target": ("目标", "Target"),
}


def _word(key: str, lang: str) -> str:
    return _WORDS[key][lang == "en"]


def default_layers(region: Region, *, lang: str = "zh") -> list[PageLayer]:
    """Return the choropleths of a region that its pack has the facts for."""
    made: list[PageLayer] = []
    for build in DEFAULT_LAYERS.values():
        made.extend(build(region, lang))
    return made


def _industry(region: Region, lang: str) -> list[PageLayer]:
    table = region.county_industries
    frame = region.counties.join(table)
    if not frame["sector_id"].notna().any():
        return []
    sectors = region.sectors
    names = sectors["name_en" if lang == "en" else "name"]
    first = table.iloc[0]
    layer = category_layer(
        frame,
        "sector_id",
        colours=dict(sectors["colour"]),
        labels=dict(names),
        title=_word("industry", lang),
        value_labels=frame["industries"],
        missing_label=_word("no-profile", lang),
        layer_id="industry",
        lang=lang,
        source=region.cite(first["source_id"], _common_locator(table["locator"])),
        note="颜色取所列第一项产业的门类（编者归类，推断）；悬停见全部产业。"
        if lang == "zh"
        else "Coloured by our grouping (inferred) of the first industry named; hover lists all.",
        citations=_citations(region, table).reindex(frame.index),
    )
    return [PageLayer(layer)]


def _common_locator(locators: pd.Series) -> str:
    """Return the part of the document that all rows stand in."""
    heads = locators.dropna().str.split("/").str[0].unique()
    return str(heads[0]) if len(heads) == 1 else ""


def _citations(region: Region, rows: pd.DataFrame) -> pd.Series:
    return pd.Series(
        [
            region.cite(source, locator)
            for source, locator in zip(rows["source_id"], rows["locator"], strict=True)
        ],
        index=rows.index,
    )


def _has_statistic(region: Region, indicator_id: str, level: str) -> list[int]:
    """Return the years that most units of a level report."""
    rows = region.statistics[region.statistics["indicator_id"] == indicator_id]
    units = region.units.index[region.units["level"] == level]
    counts = rows[rows["adcode"].isin(units)]["year"].value_counts()
    return sorted(int(year) for year in counts.index[counts * 2 > len(units)])


def _statistic_layers(
    region: Region,
    lang: str,
    *,
    key: str,
    indicator_id: str,
    level: str = "county",
    only_year: int | None = None,
    **options: Any,
) -> list[PageLayer]:
    """Return a layer for each year that a statistic is reported for, classes alike."""
    made: list[PageLayer] = []
    years = _has_statistic(region, indicator_id, level)
    years = [year for year in years if only_year in (None, year)]
    # The newest year sets the classes, so that maps of two years can be compared.
    for year in reversed(years):
        values = region.statistic(indicator_id, year=year, level=level)
        frame = (region.counties if level == "county" else region.cities).join(values)
        unit = values.attrs["unit"]
        source = region.cite(values.attrs["source_id"])
        settings = dict(options)
        if made and made[0].layer.classes is not None and "bins" not in settings:
            settings.update(scheme="userdefined", bins=list(made[0].layer.classes.limits[1:]))
        layer = choropleth_layer(
            frame,
            indicator_id,
            unit=unit,
            layer_id=f"{key}-{year}" if len(years) > 1 else key,
            title=f"{_word(key, lang)} {year}",
            source=source,
            lang=lang,
            **settings,
        )
        made.append(
            PageLayer(
                layer,
                series=key,
                series_title=_word(key, lang),
                year=year,
                nature="actual",
                is_main=not made,
            )
        )
    return made


def _population(region: Region, lang: str) -> list[PageLayer]:
    return _statistic_layers(region, lang, key="population", indicator_id="resident-population")


def _urbanisation(region: Region, lang: str) -> list[PageLayer]:
    targets = region.targets
    mine = targets[
        (targets["indicator_id"] == "urbanisation-rate") & (targets["scope_kind"] == "province")
    ]
    target = mine.iloc[-1] if len(mine) else None
    options: dict[str, Any] = {}
    if target is not None and pd.notna(target["value"]):
        limit = float(target["value"])
        options["bins"] = _about(limit)
        options["cmap"] = _ABOUT_TARGET
        options["note"] = _target_note(region, target, lang)
    made = _statistic_layers(
        region, lang, key="urbanisation", indicator_id="urbanisation-rate", **options
    )
    if "bins" in options:
        planned = target_layers(
            region,
            "urbanisation-rate",
            lang=lang,
            series="urbanisation",
            name=indicator_name(region, "urbanisation-rate", lang),
            bins=options["bins"],
            cmap=options["cmap"],
            main=None,
        )
        made += [layer for layer in planned if layer.nature != "actual"]
    return made


def _about(limit: float) -> list[float]:
    """Return class limits of a share in per cent, three classes on either side of a target.

    Examples
    --------
    >>> _about(75.0)
    [45.0, 60.0, 75.0, 85.0, 95.0, 100.0]
    """
    above = [limit + (100.0 - limit) * share for share in (0.4, 0.8)]
    return [limit - 30.0, limit - 15.0, limit, *above, 100.0]


def _target_note(region: Region, target: Any, lang: str) -> str:
    """Return what the plan wants of the province, and that it is not a county's own target."""
    place = region.cite(target["source_id"], target["locator"])
    year, limit = int(target["target_year"]), format_number(float(target["value"]))
    if lang == "en":
        return (
            f"The province's target for {year} is about {limit}% ({place}, stated): colours part "
            "there; it is not divided among counties."
        )
    baseline = ""
    if pd.notna(target["baseline_value"]):
        value = format_number(target["baseline_value"])
        baseline = f"（{target['baseline_year']}年 {value}{target['unit']}）"
    return (
        f"{year}年全省目标：{describe_target(region, target)}{baseline}，以此为界分两色"
        f"（{place}，文件载明）；目标属全省，未分解到县。"
    )


def _over_65(region: Region, lang: str) -> list[PageLayer]:
    return _statistic_layers(
        region, lang, key="over-65", indicator_id="share-65plus", cmap="YlOrBr"
    )


def _under_15(region: Region, lang: str) -> list[PageLayer]:
    return _statistic_layers(region, lang, key="under-15", indicator_id="share-0-14", cmap="GnBu")


def _gdp(region: Region, lang: str) -> list[PageLayer]:
    if "gdp" in list_target_maps(region):
        return target_layers(
            region,
            "gdp",
            lang=lang,
            series="gdp",
            name=_word("gdp", lang),
            cmap="BuPu",
            main="actual",
        )
    return _statistic_layers(region, lang, key="gdp", indicator_id="gdp", level="city", cmap="BuPu")


def _cluster_count(region: Region, lang: str) -> list[PageLayer]:
    frame = _clusters_by_city(region)
    if not frame["count"].any():
        return []
    layer = choropleth_layer(
        frame,
        "count",
        title=_word("cluster-count", lang),
        unit="个" if lang == "zh" else "",
        cmap="BuPu",
        layer_id="cluster-count",
        lang=lang,
        source=_cluster_source(region),
        value_labels=_named_clusters(frame, "、" if lang == "zh" else ", "),
        note="按文件点名的布局统计；一个集群落在几个市就在几个市各计一次，各市之和大于集群总数。"
        if lang == "zh"
        else "A cluster placed in several cities counts in each of them.",
    )
    return [PageLayer(layer)]


def _named_clusters(frame: pd.DataFrame, comma: str) -> pd.Series:
    return pd.Series(
        [
            f"{count}：{comma.join(names)}" if names else "0"
            for count, names in zip(frame["count"], frame["clusters"], strict=True)
        ],
        index=frame.index,
    )


def _cluster_source(region: Region) -> str:
    rows = region.cluster_places
    return region.cite(str(rows["source_id"].iloc[0])) if len(rows) else ""


def _clusters_by_city(region: Region) -> pd.DataFrame:
    """Return the cities with the clusters that a document places there or in a county of it."""
    city_of = region.units["city_adcode"]
    pairs = region.cluster_places.assign(city=region.cluster_places["adcode"].map(city_of))
    pairs = pairs.dropna(subset=["city"]).drop_duplicates(["cluster_id", "city"])
    clusters = region.clusters
    order = clusters["order"]
    pairs = pairs.sort_values("cluster_id", key=lambda ids: ids.map(order))
    frame = region.cities.copy()
    mine = {city: list(rows["cluster_id"]) for city, rows in pairs.groupby("city")}
    ids = [mine.get(code, []) for code in frame.index]
    frame["clusters"] = [[str(clusters.loc[i, "name"]) for i in each] for each in ids]
    frame["count"] = [len(each) for each in ids]
    targets = clusters["revenue_target_100m_cny"]
    frame["revenue"] = [
        float(targets[each].sum()) if targets[each].notna().any() else None for each in ids
    ]
    frame["revenue"] = pd.to_numeric(frame["revenue"])
    frame["unstated"] = [int(targets[each].isna().sum()) for each in ids]
    return frame


def _cluster_revenue(region: Region, lang: str) -> list[PageLayer]:
    frame = _clusters_by_city(region)
    if not frame["revenue"].notna().any():
        return []
    labels = pd.Series(
        [
            f"≤ {format_number(value)} 亿元（{count - gap}个集群的全省目标之和"
            + (f"，另{gap}个未列目标" if gap else "")
            + "）"
            if pd.notna(value)
            else None
            for value, count, gap in zip(
                frame["revenue"], frame["count"], frame["unstated"], strict=True
            )
        ],
        index=frame.index,
    )
    if lang == "en":
        labels = None
    layer = choropleth_layer(
        frame,
        "revenue",
        title=_word("cluster-revenue", lang),
        unit="亿元" if lang == "zh" else "100 million CNY",
        cmap="YlGnBu",
        layer_id="cluster-revenue",
        lang=lang,
        source=_cluster_source(region),
        value_labels=labels,
        note="不是各市的目标：营收目标属于整个集群，文件没有分到市。此处把落在该市的各集群的"
        "全省目标相加（推算），只是上限；各市之和有重复，不可相加。"
        if lang == "zh"
        else "Not a target of the city: a cluster's target is not divided among its cities. "
        "This is the sum of the targets of the clusters placed there (derived), an upper frame; "
        "the cities must not be added up.",
    )
    return [PageLayer(layer)]


def _targets(region: Region, lang: str) -> list[PageLayer]:
    """Return the maps of every other indicator that two units or more have a target for."""
    made = []
    for indicator_id in list_target_maps(region):
        if indicator_id not in _WITH_STATISTICS:
            colon = ": " if lang == "en" else "："
            title = f"{_word('target', lang)}{colon}{indicator_name(region, indicator_id, lang)}"
            made.extend(target_layers(region, indicator_id, lang=lang, name=title))
    return made


DEFAULT_LAYERS: dict[str, Callable[[Region, str], list[PageLayer]]] = {
    "industry": _industry,
    "population": _population,
    "urbanisation": _urbanisation,
    "over-65": _over_65,
    "under-15": _under_15,
    "gdp": _gdp,
    "cluster-count": _cluster_count,
    "cluster-revenue": _cluster_revenue,
    "targets": _targets,
}
