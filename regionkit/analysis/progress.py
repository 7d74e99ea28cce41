"""How far reported values have come towards the plan's targets."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import pandas as pd

from regionkit.errors import InputError
from regionkit.words.message import join, msg

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["STATUS_LABELS", "progress"]

STATUS_LABELS = {
    "met": "已达到",
    "on path": "进度相符",
    "behind": "进度滞后",
    "missed": "到期未达",
    "not yet met": "尚未达到",
    "no actual": "无统计",
    "to be set": "目标待定",
    "no value": "目标无数值",
    "unit differs": "单位不同",
    "sum over years": "多年累计",
}
_SUMS = {"five-year sum", "period sum", "total growth"}
_TARGET_COLUMNS = (
    "indicator_id",
    "scope_kind",
    "scope_id",
    "bound",
    "value",
    "value_high",
    "unit",
    "measure",
    "baseline_value",
    "baseline_year",
    "target_year",
)
_OPTIONAL = {"value_high", "measure", "baseline_value", "baseline_year", "scope_kind", "bound"}


def progress(
    targets: pd.DataFrame,
    actuals: pd.DataFrame,
    *,
    indicators: pd.DataFrame | None = None,
    year: int | None = None,
) -> pd.DataFrame:
    """Return each target beside the newest reported value of its unit, and what that says.

    Parameters
    ----------
    targets : DataFrame
        As of ``region.targets``: ``indicator_id, scope_id, value, unit, target_year``, and where
        they are there ``bound, value_high, measure, baseline_value, baseline_year,
        is_to_be_set``.
    actuals : DataFrame
        As of ``region.statistics``: ``indicator_id, year, value, unit`` and ``adcode`` (or
        ``scope_id``).
    indicators : DataFrame, optional
        As of ``region.indicators``; ``direction`` tells whether "about" and "equal" are reached
        from below (higher is better, as without it) or from above (lower).
    year : int, optional
        Take values reported for this year or before.

    Returns
    -------
    DataFrame, indexed like targets
        The target's columns with ``actual_value, actual_year``, ``gap`` (actual less target, in
        the target's unit), ``share_of_path`` (of the way from baseline to target, 1 at the
        target; missing without a baseline), ``expected_value`` (on a straight line from baseline
        to target in the actual's year) and ``status``:

        - "met": the value keeps the target's bound
        - "on path", "behind": before the target year, against the straight line
        - "not yet met": before the target year, no baseline to draw the line from
        - "missed": the value is of the target year or later and does not keep the bound
        - "no actual", "to be set", "no value", "unit differs", "sum over years" (a sum of
          several years is not judged by one): nothing to compare

        ``STATUS_LABELS`` names them in Chinese.

    Raises
    ------
    InputError
        A column is missing.

    Examples
    --------
    >>> targets = pd.DataFrame(
    ...     {
    ...         "indicator_id": "urbanisation-rate",
    ...         "scope_id": ["210000"],
    ...         "bound": "at least",
    ...         "value": 75.0,
    ...         "unit": "%",
    ...         "target_year": 2030,
    ...         "baseline_value": 74.0,
    ...         "baseline_year": 2025,
    ...     }
    ... )
    >>> actuals = pd.DataFrame(
    ...     {
    ...         "indicator_id": "urbanisation-rate",
    ...         "adcode": ["210000"],
    ...         "year": 2027,
    ...         "value": 74.5,
    ...         "unit": "%",
    ...     }
    ... )
    >>> row = progress(targets, actuals).iloc[0]
    >>> float(row["expected_value"]), row["status"]
    (74.4, 'on path')
    """
    needed = [name for name in _TARGET_COLUMNS if name not in _OPTIONAL]
    _check_columns(targets, needed, "targets", like="targets")
    place = "scope_id" if "scope_id" in actuals.columns else "adcode"
    _check_columns(
        actuals, ["indicator_id", place, "year", "value", "unit"], "actuals", like="statistics"
    )
    newest = _newest(actuals, place, year)
    falling = (
        set() if indicators is None else set(indicators.index[indicators["direction"] == "lower"])
    )
    rows = [
        _judge(target, newest.get((target["indicator_id"], target["scope_id"]), {}), falling)
        for target in targets.to_dict("records")
    ]
    columns = ["actual_value", "actual_year", "gap", "share_of_path", "expected_value", "status"]
    judged = pd.DataFrame(rows, columns=columns, index=targets.index)
    judged["actual_year"] = judged["actual_year"].astype("Int64")
    kept = [name for name in _TARGET_COLUMNS if name in targets.columns]
    return targets[kept].join(judged)


def _check_columns(frame: pd.DataFrame, needed: list[str], what: str, *, like: str) -> None:
    missing = [name for name in needed if name not in frame.columns]
    if missing:
        raise InputError(
            msg("{table} has no column {columns}.", table=what, columns=missing),
            mend=join(
                [
                    msg("It has: {columns}.", columns=list(frame.columns)),
                    msg("Give a table like {table}.", table="region." + like),
                ],
                "sentences",
            ),
        )


def _newest(
    actuals: pd.DataFrame, place: str, year: int | None
) -> dict[tuple[str, str], dict[str, Any]]:
    """Return the newest value by indicator, place and unit."""
    known = actuals[actuals["value"].notna()]
    if year is not None:
        known = known[known["year"] <= year]
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for row in known.sort_values("year", kind="stable").to_dict("records"):
        found.setdefault((row["indicator_id"], row[place]), {})[row["unit"]] = row
    return found


def _judge(
    target: Mapping[str, Any], reported: Mapping[str, Any], falling: set[str]
) -> dict[str, Any]:
    """Return what the reported values, by unit, say of a target."""
    status = _cannot_judge(target, reported)
    if status:
        return {"status": status}
    actual = reported[target["unit"]]
    value, year = float(actual["value"]), int(actual["year"])
    goal = target["value"]
    start = target.get("baseline_value", math.nan)
    since = target.get("baseline_year", math.nan)
    share = expected = math.nan
    if pd.notna(start) and pd.notna(since) and goal != start:
        share = (value - start) / (goal - start)
        until = target["target_year"]
        if pd.notna(until) and since < year < until:
            expected = start + (goal - start) * (year - since) / (until - since)
    is_down = target.get("bound") == "at most" or target["indicator_id"] in falling
    return {
        "actual_value": value,
        "actual_year": year,
        "gap": value - goal,
        "share_of_path": share,
        "expected_value": expected,
        "status": _status(target, value, year, expected, is_down=is_down),
    }


def _cannot_judge(target: Mapping[str, Any], reported: Mapping[str, Any]) -> str:
    """Return why a target has nothing to be compared with, "" where it has."""
    if target.get("is_to_be_set") is True:
        return "to be set"
    if pd.isna(target["value"]):
        return "no value"
    if target.get("measure") in _SUMS:
        return "sum over years"
    if not reported:
        return "no actual"
    return "" if target["unit"] in reported else "unit differs"


def _status(
    target: Mapping[str, Any], value: float, year: int, expected: float, *, is_down: bool
) -> str:
    if _keeps(target, value, is_down=is_down):
        return "met"
    if pd.notna(target["target_year"]) and year >= target["target_year"]:
        return "missed"
    if math.isnan(expected):
        return "not yet met"
    is_good = value <= expected if is_down else value >= expected
    return "on path" if is_good else "behind"


def _keeps(target: Mapping[str, Any], value: float, *, is_down: bool) -> bool:
    """Return whether a value keeps the bound of a target."""
    goal, high = target["value"], target.get("value_high")
    if high is not None and pd.notna(high):
        return bool(goal <= value <= high)
    if target.get("bound") == "more than":
        return bool(value > goal)
    return bool(value <= goal if is_down else value >= goal)
