"""The choropleths of a region, where its pack has the facts for them: for page and sheets.

Titles, classes and palettes are set here alone, so that paper and screen show the same theme alike.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from regionkit.analysis.targets import describe_baseline, describe_target, format_number
from regionkit.maps.signs.citations import cite_values
from regionkit.maps.signs.classed import classed_layer
from regionkit.maps.signs.layers import category_layer
from regionkit.maps.signs.options import Caption, Classing
from regionkit.maps.signs.words import counted
from regionkit.maps.themes.targets import list_target_maps, target_layers
from regionkit.maps.themes.theme_layer import ThemeLayer
from regionkit.region.names import name_in, names_in
from regionkit.words.message import Message, join, msg, say

if TYPE_CHECKING:
    from collections.abc import Callable

    from regionkit.region import Region

__all__ = ["DEFAULT_LAYERS", "default_layers"]

# Diverges: one hue below the target, another above.
_ABOUT_TARGET = "PuOr"
# Indicators whose targets stand in one series with what is reported.
_WITH_STATISTICS = ("gdp", "urbanisation-rate")


def default_layers(region: Region, *, lang: str = "zh") -> list[ThemeLayer]:
    """Return the choropleths of a region that its pack has the facts for."""
    made: list[ThemeLayer] = []
    for build in DEFAULT_LAYERS.values():
        made.extend(build(region, lang))
    return made


def _industry(region: Region, lang: str) -> list[ThemeLayer]:
    table = region.county_industries
    frame = region.counties.join(table)
    if not frame["sector_id"].notna().any():
        return []
    sectors = region.sectors
    first = table.iloc[0]
    layer = category_layer(
        frame,
        "sector_id",
        colours=dict(sectors["colour"]),
        category_labels=dict(names_in(sectors, lang)),
        title=say("Leading industry of counties", lang=lang),
        value_labels=frame["industries"],
        missing_label=say("No industry named", lang=lang),
        layer_id="industry",
        lang=lang,
        source=region.cite(first["source_id"], _common_locator(table["locator"])),
        note=say("Coloured by our grouping (inferred) of the first industry named.", lang=lang),
        citations=_citations(region, table).reindex(frame.index),
    )
    return [
        ThemeLayer(
            layer,
            pointing_note=say(
                "Coloured by our grouping (inferred) of the first industry named; hover lists all.",
                lang=lang,
            ),
        )
    ]


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
    title: Message,
    indicator_id: str,
    level: str = "county",
    only_year: int | None = None,
    classing: Classing | None = None,
    note: str = "",
) -> list[ThemeLayer]:
    """Return a layer for each year that a statistic is reported for, classes alike."""
    made: list[ThemeLayer] = []
    classing = classing or Classing()
    series_title = title.render(lang)
    years = _has_statistic(region, indicator_id, level)
    years = [year for year in years if only_year in (None, year)]
    # The newest year sets the classes, so that maps of two years can be compared.
    for year in reversed(years):
        values = region.statistic(indicator_id, year=year, level=level)
        frame = (region.counties if level == "county" else region.cities).join(values)
        caption = Caption(
            f"{series_title} {year}",
            values.attrs["unit"],
            cite_values(region, values, lang),
            note,
        )
        if made and made[0].layer.classes is not None and classing.bins is None:
            limits = list(made[0].layer.classes.limits[1:])
            classing = replace(classing, scheme="userdefined", bins=limits)
        layer_id = f"{key}-{year}" if len(years) > 1 else key
        layer = classed_layer(frame, indicator_id, classing, caption, layer_id=layer_id, lang=lang)
        made.append(
            ThemeLayer(
                layer,
                series=key,
                series_title=series_title,
                year=year,
                nature="actual",
                is_main=not made,
            )
        )
    return made


def _population(region: Region, lang: str) -> list[ThemeLayer]:
    return _statistic_layers(
        region,
        lang,
        key="population",
        title=msg("Resident population"),
        indicator_id="resident-population",
    )


def _urbanisation(region: Region, lang: str) -> list[ThemeLayer]:
    targets = region.targets
    mine = targets[
        (targets["indicator_id"] == "urbanisation-rate") & (targets["scope_kind"] == "province")
    ]
    target = mine.iloc[-1] if len(mine) else None
    classing, note = Classing(), ""
    if target is not None and pd.notna(target["value"]):
        classing = Classing(bins=_about(float(target["value"])), cmap=_ABOUT_TARGET)
        note = _target_note(region, target, lang)
    made = _statistic_layers(
        region,
        lang,
        key="urbanisation",
        title=msg("Urbanisation rate, below and above the province's target"),
        indicator_id="urbanisation-rate",
        classing=classing,
        note=note,
    )
    if classing.bins is not None:
        planned = target_layers(
            region,
            "urbanisation-rate",
            lang=lang,
            series="urbanisation",
            name=name_in(region.indicators.loc["urbanisation-rate"], lang),
            bins=classing.bins,
            cmap=classing.cmap,
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
    baseline = describe_baseline(region, target, lang)
    return say(
        "The province's target for {year} is {target}{baseline} ({source}, stated): "
        "colours part there; it is not divided among counties.",
        lang=lang,
        year=int(target["target_year"]),
        target=describe_target(region, target, lang),
        baseline=counted("", baseline, lang) if baseline else "",
        source=region.cite(target["source_id"], target["locator"]),
    )


def _over_65(region: Region, lang: str) -> list[ThemeLayer]:
    return _age_layers(
        region,
        lang,
        key="over-65",
        title=msg("Share aged 65 and over"),
        indicator_id="share-65plus",
        cmap="YlOrBr",
    )


def _under_15(region: Region, lang: str) -> list[ThemeLayer]:
    return _age_layers(
        region,
        lang,
        key="under-15",
        title=msg("Share aged 0 to 14"),
        indicator_id="share-0-14",
        cmap="GnBu",
    )


def _age_layers(
    region: Region, lang: str, *, key: str, title: Message, indicator_id: str, cmap: str
) -> list[ThemeLayer]:
    """Return the layers of a share of ages, with that of the whole province beside it."""
    values = region.statistics
    mine = values[(values["indicator_id"] == indicator_id) & (values["adcode"] == region.adcode)]
    notes = [
        say(
            "The whole province: {value}{unit}.",
            lang=lang,
            value=format_number(row.value),
            unit=row.unit,
        )
        for row in mine.tail(1).itertuples()
    ]
    if indicator_id not in set(region.targets["indicator_id"]):
        notes.append(say("The plans set no target for it.", lang=lang))
    note = join(notes, "sentences").render(lang)
    return _statistic_layers(
        region,
        lang,
        key=key,
        title=title,
        indicator_id=indicator_id,
        classing=Classing(cmap=cmap),
        note=note,
    )


def _gdp(region: Region, lang: str) -> list[ThemeLayer]:
    if "gdp" in list_target_maps(region):
        return target_layers(
            region,
            "gdp",
            lang=lang,
            series="gdp",
            name=say("GDP", lang=lang),
            cmap="BuPu",
            main="actual",
        )
    return _statistic_layers(
        region,
        lang,
        key="gdp",
        title=msg("GDP"),
        indicator_id="gdp",
        level="city",
        classing=Classing(cmap="BuPu"),
    )


def _cluster_count(region: Region, lang: str) -> list[ThemeLayer]:
    frame = _clusters_by_city(region)
    if not frame["count"].any():
        return []
    layer = classed_layer(
        frame,
        "count",
        Classing(cmap="BuPu"),
        Caption(
            say("Industry clusters by city", lang=lang),
            say("number", lang=lang),
            _cluster_source(region),
            say("A cluster placed in several cities counts in each of them.", lang=lang),
        ),
        value_labels=_named_clusters(frame, lang),
        layer_id="cluster-count",
        lang=lang,
    )
    return [ThemeLayer(layer)]


def _named_clusters(frame: pd.DataFrame, lang: str) -> pd.Series:
    return pd.Series(
        [
            say("{count}: {names}", lang=lang, count=count, names=join(names).render(lang))
            if names
            else "0"
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


def _revenue_words(value: str, count: int, gap: int) -> Message:
    """Return the sum of the targets of a city's clusters, and how many state none."""
    if gap:
        return msg(
            "≤ {value} × 100 million CNY (sum of the whole targets of {count} clusters; {gap} more "
            "state none)",
            value=value,
            count=count,
            gap=gap,
        )
    return msg(
        "≤ {value} × 100 million CNY (sum of the whole targets of {count} clusters)",
        value=value,
        count=count,
    )


def _cluster_revenue(region: Region, lang: str) -> list[ThemeLayer]:
    frame = _clusters_by_city(region)
    if not frame["revenue"].notna().any():
        return []
    labels = pd.Series(
        [
            _revenue_words(format_number(value), count - gap, gap).render(lang)
            if pd.notna(value)
            else None
            for value, count, gap in zip(
                frame["revenue"], frame["count"], frame["unstated"], strict=True
            )
        ],
        index=frame.index,
    )
    layer = classed_layer(
        frame,
        "revenue",
        Classing(),
        Caption(
            say("2030 revenue targets of the clusters placed there (upper frame)", lang=lang),
            say("100 million CNY", lang=lang),
            _cluster_source(region),
            say(
                "Not a target of the city: a cluster's target is not divided among its cities. "
                "This is the sum of the targets of the clusters placed there (derived), an upper "
                "frame; the cities must not be added up.",
                lang=lang,
            ),
        ),
        value_labels=labels,
        layer_id="cluster-revenue",
        lang=lang,
    )
    return [ThemeLayer(layer)]


def _targets(region: Region, lang: str) -> list[ThemeLayer]:
    """Return the maps of every other indicator that two units or more have a target for."""
    made = []
    for indicator_id in list_target_maps(region):
        if indicator_id not in _WITH_STATISTICS:
            name = name_in(region.indicators.loc[indicator_id], lang)
            title = say("Target: {indicator}", lang=lang, indicator=name)
            made.extend(target_layers(region, indicator_id, lang=lang, name=title))
    return made


DEFAULT_LAYERS: dict[str, Callable[[Region, str], list[ThemeLayer]]] = {
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
