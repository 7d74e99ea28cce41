"""Choropleths of the plan's targets: one for each year that a document or a count speaks of."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import pandas as pd

from regionkit.analysis.targets import describe_targets, format_number
from regionkit.errors import InputError
from regionkit.maps.signs.classed import classed_layer
from regionkit.maps.signs.classify import classify
from regionkit.maps.signs.options import Caption, Classing
from regionkit.maps.themes.levels import LEVELS, is_of_whole, level_units
from regionkit.maps.themes.theme_layer import ThemeLayer
from regionkit.region.names import called_units, name_in
from regionkit.words.message import join, msg, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from regionkit.maps.signs.layers import AreaLayer
    from regionkit.region import Region

__all__ = ["can_map_targets", "list_target_maps", "target_layers"]

Nature = Literal["target", "baseline", "actual"]

# With so few different values each is a class of its own, named by it.
_MOST_NAMED = 6
_CMAP = "PuBuGn"
# Of one year what is reported comes first, then what the plan starts from and what it wants.
_ORDER = ("actual", "baseline", "target")
_NATURES = {
    "target": msg("target"),
    "baseline": msg("baseline"),
    "actual": msg("actual"),
}
_LEVELS = {
    "zone": msg("by zone"),
    "city": msg("by city"),
    "county": msg("by county"),
    "province": msg("by province"),
}
_WHOLE_NOTE = msg("The value is that of the whole; it is not divided among its parts.")


@dataclass(frozen=True)
class _Reading:
    """What is planned or reported of an indicator for one year at one level.

    ``rows`` is indexed by unit and has ``value``, ``unit``, ``source_id``, ``locator``, and of
    targets ``bound`` and ``is_to_be_set``.
    """

    year: int
    nature: Nature
    level: str
    rows: pd.DataFrame


def list_target_maps(region: Region) -> tuple[str, ...]:
    """Return the indicators that two zones, counties, cities or provinces have a target for.

    Examples
    --------
    >>> import regionkit as rk
    >>> "manufacturing-share-of-gdp" in list_target_maps(rk.load("liaoning"))
    True
    """
    targets = region.targets
    parts = [level for level in LEVELS if not is_of_whole(region, level)]
    units = {code for level in parts for code in level_units(region, level).index}
    mine = targets[
        targets["scope_kind"].isin(parts)
        & targets["scope_id"].isin(units)
        & (targets["value"].notna() | targets["is_to_be_set"])
    ]
    years = ["indicator_id", "scope_kind", "target_year"]
    counts = mine.groupby(years, sort=False)["scope_id"].nunique()
    several = set(counts[counts > 1].index.get_level_values(0))
    return tuple(one for one in targets["indicator_id"].drop_duplicates() if one in several)


def can_map_targets(region: Region, indicator_id: str, level: str = "") -> bool:
    """Return whether an indicator has a target that a map can show, at a level where one is given.

    Examples
    --------
    >>> import regionkit as rk
    >>> can_map_targets(rk.load("liaoning"), "forest-coverage")
    True
    """
    readings = _at_level(_planned(region, indicator_id), level)
    return any(reading.rows["value"].notna().any() for reading in readings)


def _at_level(readings: list[_Reading], level: str) -> list[_Reading]:
    return [reading for reading in readings if level in {"", reading.level}]


def target_layers(
    region: Region,
    indicator_id: str,
    *,
    lang: str = "zh",
    series: str = "",
    name: str = "",
    level: str = "",
    classing: Classing | None = None,
    main: Nature | None = "target",
) -> list[ThemeLayer]:
    """Return a choropleth for each year of an indicator: baseline, targets, reported values.

    All have the same classes, so that the slider and two maps side by side can be compared.

    Parameters
    ----------
    region : Region
    indicator_id : str
    lang : {"zh", "en"}
    series, name : str, optional
        Id and title of the series.
    level : {"county", "city", "zone", "province"}, optional
        Of the units that are shown; all levels where it is not given.
    classing : Classing, optional
        How values become classes; natural breaks where it is not given.
    main : {"target", "actual"}, optional
        Which the series opens on: of these the map with most units, and of those the newest.
        None where the series has another map to open on.

    Raises
    ------
    InputError
        The region has no target of that indicator that a map could show.

    Examples
    --------
    >>> import regionkit as rk
    >>> [layer.year for layer in target_layers(rk.load("liaoning"), "forest-coverage")]
    [2025, 2030]
    """
    classing = classing or Classing(cmap=_CMAP)
    readings = _at_level(_planned(region, indicator_id), level)
    if not readings:
        raise InputError(_no_target(region, indicator_id))
    readings += _reported(region, indicator_id, readings)
    readings.sort(key=lambda r: (r.year, _ORDER.index(r.nature), LEVELS.index(r.level)))
    values = pd.concat([reading.rows["value"] for reading in readings]).dropna().astype(float)
    if values.empty:
        raise InputError(_no_target(region, indicator_id))
    bins = classing.bins
    if bins is None:
        limits = sorted(set(values))
        is_named = len(limits) <= _MOST_NAMED
        made_of = classify(values, scheme=classing.scheme, k=classing.k)
        bins = limits if is_named else made_of.limits[1:]
    else:
        is_named = False
    title = name or name_in(region.indicators.loc[indicator_id], lang)
    key = series or f"target-{indicator_id}"
    wanted = [reading for reading in readings if reading.nature == main] or readings
    opens = max(wanted, key=lambda reading: (len(reading.rows), reading.year)) if main else None
    made = []
    for reading in readings:
        own = f"{key}-{reading.year}-{reading.nature}-{reading.level}"
        layer = _layer(
            region,
            reading,
            layer_id=key if reading is opens else own,
            title=title,
            bins=bins,
            cmap=classing.cmap,
            lang=lang,
        )
        made.append(
            ThemeLayer(
                _name_by_value(layer, bins) if is_named else layer,
                series=key,
                series_title=title,
                year=reading.year,
                nature=reading.nature,
                is_main=reading is opens,
                indicator_id=indicator_id,
            )
        )
    return made


def _no_target(region: Region, indicator_id: str) -> str:
    import difflib

    known = region.targets["indicator_id"].drop_duplicates().tolist()
    near = difflib.get_close_matches(indicator_id, known, n=5, cutoff=0.4)
    if indicator_id in known:
        return (
            f"No target of {indicator_id!r} is a number of a unit of {region.name}, so there is "
            "nothing to draw."
        )
    return (
        f"{region.name} has no target of {indicator_id!r}. Nearest are: {', '.join(near) or 'none'}"
        ". region.targets lists all."
    )


def _planned(region: Region, indicator_id: str) -> list[_Reading]:
    """Return targets and baselines of an indicator that a choropleth can show."""
    targets = region.targets
    mine = targets[(targets["indicator_id"] == indicator_id) & targets["scope_kind"].isin(LEVELS)]
    # Of two documents the newer one holds.
    issued = mine["source_id"].map(region.sources["issued_on"]).fillna("")
    mine = mine.assign(issued=issued).sort_values("issued", kind="stable")
    found = []
    for (level, year), rows in mine.groupby(["scope_kind", "target_year"]):
        own = rows[rows["value"].notna() | rows["is_to_be_set"]]
        found.append(_reading(region, int(year), "target", level, own))
    based = mine[mine["baseline_value"].notna() & mine["baseline_measure"].isna()]
    for (level, year), rows in based.groupby(["scope_kind", "baseline_year"]):
        own = rows.assign(value=rows["baseline_value"], is_to_be_set=False, bound="equal")
        found.append(_reading(region, int(year), "baseline", level, own))
    kept = [reading for reading in found if len(reading.rows)]
    # Totals of the whole dwarf those of its parts; shares compare.
    of_whole = {level for level in LEVELS if is_of_whole(region, level)}
    if any(reading.level not in of_whole for reading in kept):
        kept = [r for r in kept if r.level not in of_whole or (r.rows["unit"] == "%").all()]
    return kept


def _reading(region: Region, year: int, nature: Nature, level: str, rows: pd.DataFrame) -> _Reading:
    own = rows.drop_duplicates("scope_id", keep="last").set_index("scope_id")
    return _Reading(year, nature, level, own[own.index.isin(level_units(region, level).index)])


def _reported(region: Region, indicator_id: str, planned: list[_Reading]) -> list[_Reading]:
    """Return reported values of units that have a target: of its year, and of most units."""
    statistics = region.statistics
    mine = statistics[statistics["indicator_id"] == indicator_id]
    found = []
    targets = [reading for reading in planned if reading.nature == "target"]
    for level in sorted({reading.level for reading in targets}):
        units = level_units(region, level)
        planned_ids = {key for r in targets if r.level == level for key in r.rows.index}
        years = {reading.year for reading in targets if reading.level == level}
        unit = next(r.rows["unit"].iloc[0] for r in targets if r.level == level)
        at_level = mine[mine["adcode"].isin(units.index) & (mine["unit"] == unit)]
        for year, rows in at_level.groupby("year"):
            own = rows.drop_duplicates("adcode", keep="last").set_index("adcode")
            is_most = len(own) * 2 > len(units)
            if is_most or (year in years and planned_ids & set(own.index)):
                own = own.assign(bound="equal", is_to_be_set=False)
                found.append(_Reading(int(year), "actual", level, own))
    return found


def _layer(
    region: Region,
    reading: _Reading,
    *,
    layer_id: str,
    title: str,
    bins: Sequence[float],
    cmap: str,
    lang: str,
) -> AreaLayer:
    rows, level = reading.rows, reading.level
    unit = str(rows["unit"].iloc[0]) if isinstance(rows["unit"].iloc[0], str) else ""
    frame = level_units(region, level)[["name", "geometry"]].join(rows["value"].astype(float))
    cited = [region.cite(s, p) for s, p in zip(rows["source_id"], rows["locator"], strict=True)]
    citations = pd.Series(cited, index=rows.index)
    is_whole = is_of_whole(region, level)
    where = _whole_name(region, lang) if is_whole else _LEVELS[level].render(lang)
    notes = [_WHOLE_NOTE.render(lang)] if is_whole else []
    if level == "zone":
        notes.append(say("Overlaps are striped.", lang=lang))
    if len(rows) < len(frame):
        notes.append(say("Units without a figure show as no data.", lang=lang))
    caption = Caption(
        title=say(
            "{title} {year} ({nature}, {level})",
            lang=lang,
            title=title,
            year=reading.year,
            nature=_NATURES[reading.nature].render(lang),
            level=where,
        ),
        unit=unit,
        source="; ".join(dict.fromkeys(cited[:3])) + (" …" if len(set(cited)) > 3 else ""),
        note=join(notes, "sentences").render(lang),
    )
    words, to_be_set = None, None
    if reading.nature == "target":
        words = describe_targets(region, rows, lang)
        to_be_set = rows["is_to_be_set"].reindex(frame.index).fillna(value=False)
    return classed_layer(
        frame,
        "value",
        Classing("userdefined", bins=bins, cmap=cmap, to_be_set=to_be_set),
        caption,
        citations=citations.reindex(frame.index),
        value_labels=words,
        layer_id=layer_id,
        lang=lang,
    )


def _whole_name(region: Region, lang: str) -> str:
    """Return what the whole region is called."""
    names = called_units(region, lang)
    return str(names[region.adcode])


def _name_by_value(layer: AreaLayer, values: Sequence[float]) -> AreaLayer:
    """Return a layer whose classes hold one value each, named by that value."""
    named = [
        replace(entry, label=format_number(float(value)))
        for entry, value in zip(layer.entries, values, strict=False)
    ]
    return replace(layer, entries=(*named, *layer.entries[len(named) :]))
