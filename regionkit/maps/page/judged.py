"""How units stand to targets, said beside their value: target, value, difference and state."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from regionkit.analysis.progress import progress
from regionkit.analysis.states import STATES
from regionkit.analysis.targets import describe_target, format_number, format_quantity
from regionkit.maps.themes.listed import list_maps
from regionkit.region.names import whole_word
from regionkit.region.scopes import are_of_whole
from regionkit.words.message import say

if TYPE_CHECKING:
    from regionkit.maps.themes.theme_layer import ThemeLayer
    from regionkit.region import Region

__all__ = ["judged_words", "whole_figure"]

# A value can be set beside these; a growth or a sum of years is of another span.
_MEASURES = ("level", "share")


def judged_words(
    region: Region, made: ThemeLayer, level: str, lang: str = "zh"
) -> dict[str, list[str]]:
    """Return what is said of units' targets beside the value that a layer shows.

    A unit with a target of its own is judged by :func:`regionkit.progress`, and has its state in
    word and mark. One that the map holds against a target of the whole has the difference alone:
    the target is not its own, so it has no state.

    Parameters
    ----------
    region : Region
    made : ThemeLayer
    level : str
        What the layer colours.
    lang : {"zh", "en"}

    Returns
    -------
    dict of list of str by unit
        The parts of what is said, in their order.

    Examples
    --------
    >>> import regionkit as rk
    >>> from regionkit.maps.themes.plan import default_layers
    >>> ln = rk.load("liaoning")
    >>> made = {one.layer.layer_id: one for one in default_layers(ln)}
    >>> judged_words(ln, made["gdp-2024-target-city"], "city")["210200"]
    ['2024 年 9,516.9 亿元', '−483.1 亿元', '○ 未实现']
    >>> judged_words(ln, made["urbanisation"], "county")["210123"]
    ['2030 年全省目标75%左右', '−40.97 百分点']
    """
    if not made.indicator_id or made.nature not in {"target", "actual"}:
        return {}
    found = _own_words(region, made, level, lang)
    if made.nature == "actual":
        found = {**_whole_words(region, made, lang), **found}
    return found


def _own_words(region: Region, made: ThemeLayer, level: str, lang: str) -> dict[str, list[str]]:
    """Return what is said of the targets that units have themselves."""
    targets = region.targets
    mine = targets[
        (targets["indicator_id"] == made.indicator_id)
        & (targets["scope_kind"] == level)
        & targets["measure"].isin(_MEASURES)
        & targets["value"].notna()
        & (targets["target_year"] >= made.year)
    ]
    if made.nature == "target":
        mine = mine[mine["target_year"] == made.year]
    # The next target holds, and of two documents the newer one.
    issued = mine["source_id"].map(region.sources["issued_on"]).fillna("")
    order = mine.assign(issued=issued).sort_values(
        ["target_year", "issued"], ascending=[False, True]
    )
    mine = mine.loc[order.drop_duplicates("scope_id", keep="last").index]
    found: dict[str, list[str]] = {}
    for row in progress(mine, region.statistics).dropna(subset=["gap"]).itertuples():
        year, state = int(row.actual_year), STATES[row.state]
        value = say("{year}: {value}", lang=lang, year=year,
                    value=format_quantity(row.actual_value, row.unit))  # fmt: skip
        if made.nature == "actual":
            if year != made.year:
                continue
            target = region.targets.loc[row.Index]
            value = say("target for {year}: {target}", lang=lang, year=int(row.target_year),
                        target=describe_target(region, target, lang))  # fmt: skip
        found[str(row.scope_id)] = [
            value,
            _difference(row.gap, row.unit, lang),
            f"{state.mark} {state.word.render(lang)}",
        ]
    return found


def _whole_words(region: Region, made: ThemeLayer, lang: str) -> dict[str, list[str]]:
    """Return what is said of units that a map holds against the target of the whole."""
    one = next((one for one in list_maps(region) if one.map_id == made.series), None)
    if one is None or not one.target_id:
        return {}
    target = region.targets.loc[one.target_id]
    if target["unit"] != "%" or target["measure"] not in _MEASURES or pd.isna(target["value"]):
        return {}
    told = say(
        "target of {whole} for {year}: {target}",
        lang=lang,
        whole=whole_word(region.name, lang),
        year=int(target["target_year"]),
        target=describe_target(region, target, lang),
    )
    values = made.layer.values.dropna().astype(float)
    return {
        str(key): [told, _difference(value - float(target["value"]), "%", lang)]
        for key, value in values.items()
    }


def _difference(gap: float, unit: str, lang: str) -> str:
    number = format_number(abs(round(float(gap), 2)))
    sign = "" if gap == 0 else "+" if gap > 0 else "−"
    return f"{sign}{number} {say('percentage points', lang=lang) if unit == '%' else unit}"


def whole_figure(region: Region, target: pd.Series, year: int, lang: str = "zh") -> list[Any]:
    """Return the figure of the whole region beside those of its units.

    Returns
    -------
    list
        Its name with the year, the value, the difference in words, and whether it falls short (1
        or 0): of the units' year where it is reported, else the newest. [] where none is.

    Examples
    --------
    >>> import regionkit as rk
    >>> ln = rk.load("liaoning")
    >>> whole_figure(ln, ln.targets.loc["p26-liaoning-urbanisation-rate"], 2020)[1:]
    [72.14, '−2.86', 1]
    """
    rows = region.statistics
    rows = rows[
        (rows["indicator_id"] == target["indicator_id"])
        & (rows["adcode"] == region.adcode)
        & (rows["unit"] == target["unit"])
        & (rows["value"].notna())
    ].sort_values("year", kind="stable")
    if rows.empty or not are_of_whole(region).get(target.name, False):
        return []
    same = rows[rows["year"] == year]
    row = (same if len(same) else rows).iloc[-1]
    gap = round(float(row["value"]) - float(target["value"]), 2)
    name = whole_word(region.name, lang)
    name = name if len(same) else say("{word} ({year})", lang=lang, word=name, year=row["year"])
    is_short = gap > 0 if target["direction"] == "lower" else gap < 0
    return [name, float(row["value"]), _difference(gap, "", lang).strip(), int(is_short)]
