"""How far units stand from a target of the whole region: a map of gaps for the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from regionkit.analysis.messages import gap_message
from regionkit.analysis.progress import progress
from regionkit.analysis.states import STATES
from regionkit.analysis.targets import format_number
from regionkit.maps.page.judged import whole_figure
from regionkit.maps.signs.colours import GAP_COLOURS, GAP_LIMITS
from regionkit.maps.signs.layers import category_layer
from regionkit.maps.signs.naming_numbers import quantity_label
from regionkit.maps.themes.levels import level_units
from regionkit.maps.themes.listed import list_maps
from regionkit.maps.themes.theme_layer import ThemeLayer
from regionkit.region.names import name_in, whole_word
from regionkit.region.scopes import are_of_whole
from regionkit.words.message import say

if TYPE_CHECKING:
    from regionkit.maps.themes.listed import ListedMap
    from regionkit.region import Region

__all__ = [
    "compared_targets",
    "gap_layer",
    "gap_layers",
    "list_gaps",
    "signed_number",
    "target_states",
]

_LEVELS = ("city", "county")
# A sum, a growth over years or a rank of the whole says nothing of its units.
_MEASURES = ("level", "share")


def gap_layers(
    region: Region, lang: str = "zh"
) -> list[tuple[ThemeLayer, dict[str, Any], str, str]]:
    """Return a layer of gaps for each map that names a target in per cent to be held against.

    Returns
    -------
    list of tuple
        The layer; its goal (``limit``, ``unit``, and by place ``values`` and ``gaps``);
        its message and its note. Nothing is coloured by counts: only shares are compared so.

    Examples
    --------
    >>> import regionkit as rk
    >>> [
    ...     (made.layer.layer_id, goal["limit"])
    ...     for made, goal, _, _ in gap_layers(rk.load("liaoning"))
    ... ]
    [('gap-urbanisation', 75.0)]
    """
    return [gap_layer(region, one, lang) for one in list_gaps(region) if one.is_on_page]


def list_gaps(region: Region) -> list[ListedMap]:
    """Return the maps that name a target in per cent, of units that have values to hold against it.

    Examples
    --------
    >>> import regionkit as rk
    >>> [one.map_id for one in list_gaps(rk.load("liaoning"))]
    ['urbanisation']
    """
    return [one for one in list_maps(region) if one.target_id and _gap_level(region, one)]


def _gap_level(region: Region, one: ListedMap) -> str:
    """Return the level of units that a map's target is held against; "" where none can be."""
    if not _is_shared(region.targets.loc[[one.target_id]]).iloc[0]:
        return ""
    return next((level for level in _LEVELS if _reported(region, one.indicator_id, level)), "")


def _is_shared(targets: pd.DataFrame) -> pd.Series:
    """Return which targets of a whole its units can be held against, if they have values."""
    return (
        targets["unit"].eq("%")
        & targets["measure"].isin(_MEASURES)
        & targets["value"].notna()
        & targets["direction"].ne("within")
    )


def compared_targets(region: Region) -> tuple[list[str], list[str], int]:
    """Return which targets of the whole region its units can be held against, and which not.

    Of the plan in force, with a number. Only a share or rate in per cent is the same for the whole
    and for its units; a total, or a growth over several years, is not.

    Returns
    -------
    comparable, other : list of target_id
        Those that most cities or counties report a value of.
    n_unreported : int
        The rest.

    Examples
    --------
    >>> import regionkit as rk
    >>> comparable, other, n_unreported = compared_targets(rk.load("liaoning"))
    >>> comparable, other
    (['p26-liaoning-urbanisation-rate'], ['p26-liaoning-gdp-growth'])
    """
    targets = region.targets
    mine = targets[are_of_whole(region) & targets["value"].notna()]
    if region.current_plan is not None:
        mine = mine[mine["source_id"] == region.current_plan]
    table = region.statistics[region.statistics["indicator_id"].isin(mine["indicator_id"])]
    reported = {
        one
        for one in table["indicator_id"].unique()
        if any(_reported(region, one, level) for level in _LEVELS)
    }
    known = mine[mine["indicator_id"].isin(reported)]
    is_shared = _is_shared(known)
    return list(known.index[is_shared]), list(known.index[~is_shared]), len(mine) - len(known)


def _reported(region: Region, indicator_id: str, level: str) -> bool:
    rows = region.statistics[region.statistics["indicator_id"] == indicator_id]
    units = region.units_at(level)
    counts = rows[rows["adcode"].isin(units)]["year"].value_counts()
    return bool((counts * 2 > len(units)).any())


def gap_layer(
    region: Region, one: ListedMap, lang: str = "zh"
) -> tuple[ThemeLayer, dict[str, Any], str, str]:
    """Return the layer of gaps of one of :func:`list_gaps`, as of :func:`gap_layers`."""
    map_id, target, level = one.map_id, region.targets.loc[one.target_id], _gap_level(region, one)
    values = region.statistic(target["indicator_id"], level=level)
    year, limit = int(values.attrs["year"]), float(target["value"])
    frame = level_units(region, level)
    values = values.reindex(frame.index)
    # Above is better, or below: the sign says which side of the target a unit is on.
    gaps = (values - limit).round(2)
    short = -gaps if target["direction"] != "lower" else gaps
    kinds = short.map(_class_of).astype("string").astype(object)
    points = say("percentage points", lang=lang)
    name = name_in(region.indicators.loc[target["indicator_id"]], lang)
    labels = {str(number): _class_words(number, lang) for number in range(len(GAP_COLOURS))}
    colours = {str(number): colour for number, colour in enumerate(GAP_COLOURS)}
    whole = whole_word(region.name, lang)
    layer = category_layer(
        frame.assign(gap_class=kinds.where(values.notna(), None)),
        "gap_class",
        colours=colours,
        category_labels=labels,
        title=say(
            "{name} {year}: gap to {limit}{unit}, {points}",
            lang=lang,
            name=name,
            year=year,
            limit=format_number(limit),
            unit=target["unit"],
            points=points,
        ),
        value_labels=pd.Series(
            [
                say("No data", lang=lang)
                if pd.isna(value)
                else say(
                    "{value} ({gap} {points})",
                    lang=lang,
                    value=quantity_label(value, "%", is_naming=False),
                    gap=signed_number(gap),
                    points=points,
                )
                for value, gap in zip(values, gaps, strict=True)
            ],
            frame.index,
        ),
        source=region.cite(values.attrs.get("source_id", "")) if values.attrs else "",
        layer_id=f"gap-{map_id}",
        lang=lang,
    )
    base = target["baseline_value"]
    message = gap_message(
        year,
        n=int(values.notna().sum()),
        below=int((short > 0).sum()),
        level=level,
        whole=whole,
        target=(int(target["target_year"]), f"{format_number(limit)}%"),
        base=None
        if pd.isna(base) or pd.isna(target["baseline_year"])
        else (
            int(target["baseline_year"]),
            f"{format_number(float(base))}%",
            f"{format_number(round(abs(limit - float(base)), 2))} {points}",
        ),
        lang=lang,
    )
    note = say(
        "{year}: reported; {target_year}: target of the whole region ({cite}), not of its units.",
        lang=lang,
        year=year,
        target_year=int(target["target_year"]),
        cite=region.cite(target["source_id"], target["locator"]),
    )
    goal = {
        "whole": whole_figure(region, target, year, lang),
        "limit": limit,
        "unit": "%",
        "values": [None if pd.isna(value) else float(value) for value in values],
        "gaps": ["" if pd.isna(gap) else signed_number(gap) for gap in gaps],
        "isShort": [int(bool(one > 0)) for one in short],
    }
    return ThemeLayer(layer, year=year), goal, message, note


def _class_of(short: float) -> str | None:
    if pd.isna(short):
        return None
    return str(
        next((number for number, limit in enumerate(GAP_LIMITS) if short > limit), len(GAP_LIMITS))
    )


def _class_words(number: int, lang: str) -> str:
    limits = [format_number(limit) for limit in GAP_LIMITS]
    if number == 0:
        return say("short by more than {n}", lang=lang, n=limits[0])
    if number == len(limits):
        return say("at the target or beyond", lang=lang)
    return say("short by {low} to {high}", lang=lang, low=limits[number], high=limits[number - 1])


def signed_number(gap: float) -> str:
    """Return a difference with its sign, in two digits.

    Examples
    --------
    >>> signed_number(-483.1), signed_number(0.0)
    ('−483.1', '0')
    """
    text = format_number(abs(round(float(gap), 2)))
    return text if gap == 0 else f"{'+' if gap > 0 else '−'}{text}"


def target_states(region: Region, lang: str = "zh") -> dict[str, list[str]]:
    """Return what is said of each target that can be judged: mark and word, gap, colour.

    Examples
    --------
    >>> import regionkit as rk
    >>> target_states(rk.load("liaoning"))["z22-dalian-gdp"]
    ['○ 未实现', '−483.1 亿元', '#A63A1E']
    """
    numbers = region.targets.dropna(subset=["value"])
    judged = progress(region.targets.loc[numbers.index], region.statistics)
    found: dict[str, list[str]] = {}
    for target_id, row in judged.iterrows():
        if row["state"] in {"no actual", "undecided"}:
            continue
        state = STATES[str(row["state"])]
        unit = say("percentage points", lang=lang) if row["unit"] == "%" else row["unit"]
        gap = "" if pd.isna(row["gap"]) else f"{signed_number(row['gap'])} {unit}"
        found[str(target_id)] = [f"{state.mark} {state.word.render(lang)}", gap, state.colour]
    return found
