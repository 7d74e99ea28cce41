"""The coloured maps of a region, as its table of themes lists them: for page and sheets.

Titles, classes and palettes are set here alone, so that paper and screen show the same map alike.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import pandas as pd

from regionkit.analysis.targets import describe_baseline, describe_target, format_number
from regionkit.maps.signs.citations import cite_values, name_changed
from regionkit.maps.signs.classed import classed_layer
from regionkit.maps.signs.classify import classify
from regionkit.maps.signs.colours import DIVERGING, SEQUENTIAL
from regionkit.maps.signs.layers import category_layer
from regionkit.maps.signs.options import Caption, Classing
from regionkit.maps.signs.words import counted
from regionkit.maps.themes.industry_groups import industry_groups
from regionkit.maps.themes.levels import LEVELS, level_units
from regionkit.maps.themes.listed import list_maps, map_title, statistic_years
from regionkit.maps.themes.targets import can_map_targets, list_target_maps, target_layers
from regionkit.maps.themes.theme_layer import ThemeLayer
from regionkit.region.names import names_in, whole_word
from regionkit.region.scopes import are_of_whole
from regionkit.words.message import Message, join, msg, say

if TYPE_CHECKING:
    from collections.abc import Callable

    from regionkit.maps.themes.listed import ListedMap
    from regionkit.region import Region

__all__ = ["COLOURED_MAPS", "default_layers", "map_layers"]

# Diverges: one hue below the target, another above.
_ABOUT_TARGET = DIVERGING
_CLUSTER_CMAPS = dict.fromkeys(("clusters", "cluster targets"), SEQUENTIAL)
_TARGET_CMAP = SEQUENTIAL
# On either side of no change.
_CHANGE_CLASSES = 3


def default_layers(region: Region, *, lang: str = "zh") -> list[ThemeLayer]:
    """Return the coloured maps that a region's page shows."""
    return [
        layer
        for one in list_maps(region)
        if one.is_on_page
        for layer in map_layers(region, one, lang=lang)
    ]


def map_layers(region: Region, one: ListedMap, *, lang: str = "zh") -> list[ThemeLayer]:
    """Return the coloured layers of a map: one for each year it has, none where it colours none."""
    build = _BUILDERS.get(one.shows)
    return [] if build is None else build(region, one, lang)


def _industry(region: Region, one: ListedMap, lang: str) -> list[ThemeLayer]:
    table = region.county_industries
    frame = region.counties.join(table)
    if not frame["sector_id"].notna().any():
        return []
    first = table.iloc[0]
    groups = industry_groups(region, lang)
    layer = category_layer(
        frame.assign(group=frame["sector_id"].map(groups.of_sector)),
        "group",
        colours=groups.colours,
        category_labels=groups.labels,
        title=map_title(region, one, lang),
        value_labels=frame["industries"],
        missing_label=say("No industry named", lang=lang),
        layer_id=one.map_id,
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


def _classing(one: ListedMap, cmap: str = "") -> dict[str, Any]:
    """Return the options of classes that a map's row gives."""
    given = {"scheme": one.scheme, "k": one.k, "cmap": one.colours or cmap}
    return {name: value for name, value in given.items() if value}


def _statistic_layers(
    region: Region, one: ListedMap, lang: str, *, note: str = "", **options: Any
) -> list[ThemeLayer]:
    """Return a layer for each year that a statistic is reported for, classes alike."""
    made: list[ThemeLayer] = []
    series_title = map_title(region, one, lang)
    level, years = statistic_years(region, one.indicator_id, one.level)
    years = [year for year in years if one.year in (None, year)]
    options = {**_classing(one), **options}
    # The newest year sets the classes, so that maps of two years can be compared.
    for year in reversed(years):
        values = region.statistic(one.indicator_id, year=year, level=level)
        settings = dict(options)
        if made and made[0].layer.classes is not None and "bins" not in settings:
            settings.update(scheme="userdefined", bins=list(made[0].layer.classes.limits[1:]))
        caption = Caption(
            f"{series_title} {year}",
            values.attrs["unit"],
            cite_values(region, values, lang),
            join([*filter(None, [note, name_changed(region, values, lang)])], "sentences").render(
                lang
            ),
        )
        layer = classed_layer(
            level_units(region, level).join(values),
            one.indicator_id,
            Classing(**settings),
            caption,
            layer_id=f"{one.map_id}-{year}" if len(years) > 1 else one.map_id,
            lang=lang,
        )
        made.append(
            ThemeLayer(
                layer,
                series=one.map_id,
                series_title=series_title,
                year=year,
                nature="actual",
                is_main=not made,
                indicator_id=one.indicator_id,
            )
        )
    return made


def _statistic(region: Region, one: ListedMap, lang: str) -> list[ThemeLayer]:
    if one.against_year is not None:
        return _change_layers(region, one, lang)
    target = _whole_target(region, one) if one.target_id else None
    if target is not None:
        return _statistic_layers(region, one, lang, **_about_target(region, one, target, lang))
    note = _share_note(region, one, lang)
    return _statistic_layers(region, one, lang, **({"note": note} if note else {}))


def _share_note(region: Region, one: ListedMap, lang: str) -> str:
    """Return the share of the whole region beside those of its units, and that no target is set."""
    values = region.statistics
    mine = values[(values["indicator_id"] == one.indicator_id) & (values["unit"] == "%")]
    if mine.empty:
        return ""
    notes = [
        say(
            "In {whole}: {value}{unit}.",
            lang=lang,
            whole=whole_word(region.name, lang),
            value=format_number(row.value),
            unit=row.unit,
        )
        for row in mine[mine["adcode"] == region.adcode].tail(1).itertuples()
    ]
    targets = region.targets
    # Where none of a plan's targets is recorded, it is not known what the plan sets.
    is_known = bool((targets["source_id"] == region.current_plan).any())
    if is_known and one.indicator_id not in set(targets["indicator_id"]):
        notes.append(say("The plans set no target for it.", lang=lang))
    return join(notes, "sentences").render(lang)


def _change_layers(region: Region, one: ListedMap, lang: str) -> list[ThemeLayer]:
    """Return the layer of the change of a statistic since the year it is set against."""
    level, years = statistic_years(region, one.indicator_id, one.level)
    later = [year for year in years if one.year in (None, year) and year != one.against_year]
    if one.against_year not in years or not later:
        return []
    now = region.statistic(one.indicator_id, year=later[-1], level=level)
    before = region.statistic(one.indicator_id, year=one.against_year, level=level)
    is_share = now.attrs["unit"] == "%"
    change = now - before if is_share else (now / before.where(before > 0) - 1) * 100
    present = change.dropna()
    if present.empty:
        return []
    options = _classing(one)
    if present.min() < 0 < present.max():
        above = classify(present.abs(), k=_CHANGE_CLASSES).limits[1:]
        inside = [-limit for limit in reversed(above[:-1]) if -limit > present.min()]
        bins = [*inside, 0.0, *(limit for limit in above[:-1] if limit < present.max())]
        options = {"bins": [*bins, float(present.max())], "cmap": one.colours or _ABOUT_TARGET}
    caption = Caption(
        say(
            "{title}: change {since}–{year}",
            lang=lang,
            title=map_title(region, one, lang),
            since=one.against_year,
            year=now.attrs["year"],
        ),
        say("percentage points", lang=lang) if is_share else "%",
        join(
            dict.fromkeys(region.cite(each.attrs["source_id"]) for each in (now, before)), "clauses"
        ).render(lang),
        join(
            [
                say(
                    "Derived from the two years; units that either does not report show as no "
                    "data.",
                    lang=lang,
                ),
                *filter(None, [name_changed(region, before, lang)]),
            ],
            "sentences",
        ).render(lang),
    )
    layer = classed_layer(
        level_units(region, level).join(change.rename("change")),
        "change",
        Classing(**options),
        caption,
        layer_id=one.map_id,
        lang=lang,
    )
    return [ThemeLayer(layer)]


def _both(region: Region, one: ListedMap, lang: str) -> list[ThemeLayer]:
    target = _whole_target(region, one)
    if target is None:
        reported = _statistic(region, one, lang)
        if not can_map_targets(region, one.indicator_id):
            return reported
        if not reported or one.indicator_id in list_target_maps(region):
            return _targets(region, one, lang, main="actual")
        # The region alone has a target: the map is of what its units report.
        planned = _targets(region, one, lang, main=None)
        return reported + [layer for layer in planned if layer.nature != "actual"]
    options = _about_target(region, one, target, lang)
    made = _statistic_layers(region, one, lang, **options)
    planned = target_layers(
        region,
        one.indicator_id,
        lang=lang,
        series=one.map_id,
        name=names_in(region.indicators, lang)[one.indicator_id],
        classing=Classing(bins=options["bins"], cmap=options["cmap"]),
        main=None if made else "target",
    )
    return made + [layer for layer in planned if not made or layer.nature != "actual"]


def _whole_target(region: Region, one: ListedMap) -> Any | None:
    """Return the target of the whole region that units are held against: a share in per cent.

    Where the map's row names none it is the newest of the plan in force, if there is one.
    """
    targets = region.targets
    if one.target_id:
        return targets.loc[one.target_id]
    mine = targets[
        (targets["indicator_id"] == one.indicator_id)
        & are_of_whole(region)
        & (targets["unit"] == "%")
        & targets["measure"].isin(["level", "share"])
        & targets["value"].between(0, 100, inclusive="neither")
        & (targets["source_id"] == region.current_plan)
    ]
    # Parts that have targets of their own are held against these.
    own = targets[(targets["indicator_id"] == one.indicator_id) & ~are_of_whole(region)]
    if mine.empty or own["scope_kind"].isin(LEVELS).any():
        return None
    return mine.sort_values("target_year", kind="stable").iloc[-1]


def _about_target(region: Region, one: ListedMap, target: Any, lang: str) -> dict[str, Any]:
    return {
        "bins": _about(float(target["value"])),
        "cmap": one.colours or _ABOUT_TARGET,
        "note": _target_note(region, target, lang),
    }


def _about(limit: float) -> list[float]:
    """Return class limits of a share in per cent, three classes on either side of a target.

    Examples
    --------
    >>> _about(75.0)
    [45.0, 60.0, 75.0, 85.0, 95.0, 100.0]
    """
    above = [limit + (100.0 - limit) * share for share in (0.4, 0.8)]
    below = [limit - step for step in (30.0, 15.0) if limit > step]
    return [*below, limit, *above, 100.0]


def _target_note(region: Region, target: Any, lang: str) -> str:
    """Return what the plan wants of the whole, and that it is no unit's own target."""
    baseline = describe_baseline(region, target, lang)
    return say(
        "The target of {whole} for {year} is {target}{baseline} ({source}, stated): colours part "
        "there; it is not divided among its units.",
        lang=lang,
        whole=whole_word(region.name, lang),
        year=int(target["target_year"]),
        target=describe_target(region, target, lang),
        baseline=counted("", baseline, lang) if baseline else "",
        source=region.cite(target["source_id"], target["locator"]),
    )


def _cluster_count(region: Region, one: ListedMap, lang: str) -> list[ThemeLayer]:
    frame = _clusters_by_city(region)
    if not frame["count"].any():
        return []
    caption = Caption(
        map_title(region, one, lang),
        say("number", lang=lang),
        _cluster_source(region),
        say("A cluster placed in several cities counts in each of them.", lang=lang),
    )
    layer = classed_layer(
        frame,
        "count",
        Classing(**_classing(one, _CLUSTER_CMAPS[one.shows])),
        caption,
        value_labels=_named_clusters(frame, lang),
        layer_id=one.map_id,
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


def _cluster_revenue(region: Region, one: ListedMap, lang: str) -> list[ThemeLayer]:
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
    caption = Caption(
        map_title(region, one, lang),
        say("100 million CNY", lang=lang),
        _cluster_source(region),
        say(
            "Not a target of the city: a cluster's target is not divided among its cities. "
            "This is the sum of the targets of the clusters placed there (derived), an upper "
            "frame; the cities must not be added up.",
            lang=lang,
        ),
    )
    layer = classed_layer(
        frame,
        "revenue",
        Classing(**_classing(one, _CLUSTER_CMAPS[one.shows])),
        caption,
        value_labels=labels,
        layer_id=one.map_id,
        lang=lang,
    )
    return [ThemeLayer(layer)]


def _targets(
    region: Region,
    one: ListedMap,
    lang: str,
    *,
    main: Literal["target", "actual"] | None = "target",
) -> list[ThemeLayer]:
    """Return the maps of an indicator's targets, with what is reported beside them."""
    return target_layers(
        region,
        one.indicator_id,
        lang=lang,
        series=one.map_id,
        name=map_title(region, one, lang),
        level=one.level if one.shows == "target" else "",
        classing=Classing(**_classing(one, _TARGET_CMAP)),
        main=main,
    )


_BUILDERS: dict[str, Callable[[Region, ListedMap, str], list[ThemeLayer]]] = {
    "industries": _industry,
    "clusters": _cluster_count,
    "cluster targets": _cluster_revenue,
    "statistic": _statistic,
    "target": _targets,
    "both": _both,
}
#: Kinds of map that colour units, which page and sheet both show.
COLOURED_MAPS = frozenset(_BUILDERS)
