"""A bureau's own targets: rows like those of the pack, and where they say otherwise than it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from regionkit.analysis.targets import describe_target
from regionkit.analysis.units_of_measure import convert
from regionkit.words.message import Words, msg
from regionkit.words.voice import current_language

if TYPE_CHECKING:
    from collections.abc import Mapping

    from regionkit.analysis.aim_words import Aim
    from regionkit.region import Region

__all__ = ["OWN", "OwnAim", "settle_aims", "tell_contradictions", "without_the_plans"]

#: Source of what the user's own table says.
OWN = "own"
_PLAN_YEARS = 5
# Measures that a target is judged by over several years: its document says which.
_OVER_YEARS = ("yearly growth", "total growth", "five-year sum", "period sum")
# Bounds that say no more than the number does.
_PLAIN = ("equal", "none", "at least")


@dataclass(frozen=True)
class OwnAim:
    """A target of a table, as it stands there.

    Attributes
    ----------
    indicator_id, scope_id : str
    aim : Aim
    year, first_year : int or None
        Year aimed at, and where the column names a span its first year.
    unit : str
        Of the row, where the cell has none.
    nature : str or None
        As of ``region.targets``.
    row : int
    column : str
    locator : str
    is_of_year : bool
        Whether it is a year's target, not that of a plan of several.
    """

    indicator_id: str
    scope_id: str
    aim: Aim
    year: int | None
    first_year: int | None
    unit: str
    nature: str | None
    row: int
    column: str
    locator: str
    is_of_year: bool = False


def settle_aims(
    aims: list[OwnAim], region: Region, relative: Mapping[str, str], directions: Mapping[str, str]
) -> pd.DataFrame:
    """Return own targets as rows of ``region.targets``, with the row and column of the table.

    A growth or a sum over years is what the words say, else what the pack's targets of the same
    indicator and year are; a number alone is a level.

    Parameters
    ----------
    aims : list of OwnAim
    region : Region
    relative : mapping of str to str
        Indicator by the words that a target is set against.
    directions : mapping of str to str
        Of indicators that the region does not know.
    """
    kinds = dict.fromkeys(region.clusters.index, "cluster")
    kinds |= dict.fromkeys(region.places.index, "place")
    kinds |= region.units["level"].to_dict()
    planned = region.targets
    rows = []
    for number, one in enumerate(aims, 1):
        aim = one.aim
        same = planned[planned["indicator_id"] == one.indicator_id]
        if one.year is not None:
            same = same[same["target_year"] == one.year]
        if (same["scope_id"] == one.scope_id).any():
            same = same[same["scope_id"] == one.scope_id]
        unit = aim.unit or ("%" if aim.measure in _GROWTHS else one.unit)
        measure, start = _measure(one, same, unit)
        rows.append(
            {
                "target_id": f"{OWN}-{one.row}-{number}",
                "indicator_id": one.indicator_id,
                "scope_kind": kinds.get(one.scope_id, "zone"),
                "scope_id": one.scope_id,
                "bound": aim.bound,
                "value": aim.value,
                "value_high": aim.high,
                "unit": unit,
                "measure": measure,
                "relative_to": relative.get(aim.relative_to, aim.relative_to or None),
                "baseline_year": start,
                "target_year": one.year,
                "nature": one.nature,
                "is_to_be_set": aim.is_to_be_set,
                "lead_org_ids": (),
                "source_id": OWN,
                "locator": one.locator,
                "basis": "external",
                "direction": directions.get(one.indicator_id)
                or region.indicators["direction"].get(one.indicator_id),
                "row": one.row,
                "column": one.column,
            }
        )
    frame = pd.DataFrame(rows, columns=_COLUMNS)
    return frame.astype({"baseline_year": "Int64", "target_year": "Int64"}).set_index("target_id")


_GROWTHS = ("yearly growth", "total growth", "growth")
_COLUMNS = [
    *("target_id", "indicator_id", "scope_kind", "scope_id", "bound", "value", "value_high"),
    *("unit", "measure", "relative_to", "baseline_year", "target_year", "nature", "is_to_be_set"),
    *("lead_org_ids", "source_id", "locator", "basis", "direction", "row", "column"),
]


def _measure(  # noqa: PLR0911 - one a way of saying it
    one: OwnAim, same: pd.DataFrame, unit: str
) -> tuple[str, int | None]:
    """Return the measure of an own target, and the year before its first where it is known."""
    said, year = one.aim.measure, one.year
    before = None if one.first_year is None else one.first_year - 1
    if said == "sum":
        if before is None or (year is not None and year - before == _PLAN_YEARS):
            return "five-year sum", before
        return "period sum", before
    if said == "growth":
        # 增长5% in the column of a year is that year's growth.
        return "yearly growth", None if year is None else year - 1
    if said and one.is_of_year:
        return said, None if year is None else year - 1
    if said:
        return said, before
    if before is not None:
        return "period sum", before
    measures = set(same["measure"])
    if len(measures) == 1 and measures <= set(_OVER_YEARS):
        wanted = str(same["unit"].iloc[0])
        if convert(1.0, unit, wanted) is not None:
            starts = set(same["baseline_year"].dropna())
            return measures.pop(), int(starts.pop()) if len(starts) == 1 else None
    return "level", None


def _key(target: Mapping[str, Any]) -> tuple[object, ...]:
    return target["indicator_id"], target["scope_id"], target["target_year"]


def _says_the_same(own: Mapping[str, Any], plan: Mapping[str, Any]) -> bool:
    """Return whether an own target says what the plan's does."""

    def value(name: str) -> float | None:
        if pd.isna(own[name]):
            return math.nan
        return convert(float(own[name]), str(own["unit"]), str(plan["unit"]))

    for name in ("value", "value_high"):
        mine, theirs = value(name), plan[name]
        if mine is None or math.isnan(mine) != pd.isna(theirs):
            return False
        if not math.isnan(mine) and not math.isclose(mine, float(theirs), rel_tol=1e-9):
            return False
    measures = {own["measure"], plan["measure"]}
    if len(measures) > 1 and measures != {"level", "share"}:
        return False
    is_plain = own["bound"] in {"equal", "none"}
    return bool(
        is_plain
        or own["bound"] == plan["bound"]
        or (own["bound"] in _PLAIN and plan["bound"] in _PLAIN)
    )


def without_the_plans(own: pd.DataFrame, planned: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    """Return own targets without those that a document sets just so, and how many those are."""
    by_key: dict[tuple[object, ...], list[dict[str, Any]]] = {}
    for target in planned.to_dict("records"):
        by_key.setdefault(_key(target), []).append({str(k): v for k, v in target.items()})
    is_same = [
        any(_says_the_same(row, plan) for plan in by_key.get(_key(row), ()))
        for row in own.to_dict("records")
    ]
    return own[~pd.Series(is_same, index=own.index, dtype=bool)], sum(is_same)


def tell_contradictions(region: Region, own: pd.DataFrame) -> list[Words]:
    """Return what is to be told of own targets that say otherwise than a document's.

    Parameters
    ----------
    region : Region
        With the own targets among its own: see ``Monitoring.added_to``.
    own : DataFrame indexed by target_id
        The own targets that no document sets just so.
    """
    lang = current_language()
    planned = region.targets[region.targets["source_id"] != OWN]
    told: list[Words] = []
    for target in region.targets.loc[own.index].itertuples():
        others = planned[
            (planned["indicator_id"] == target.indicator_id)
            & (planned["scope_id"] == target.scope_id)
            & (planned["target_year"] == target.target_year)
        ]
        told += [
            msg(
                "{indicator}, {year}: own target {own}, {document} {plan}. Both are judged.",
                indicator=target.indicator,
                year=str(target.target_year),
                own=describe_target(region, target, lang),
                document=region.cite(other.source_id, other.locator),
                plan=describe_target(region, other, lang),
            )
            for other in others.itertuples()
        ]
    return told
