"""How far reported values have come towards the plan's targets."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pandas as pd

from regionkit.analysis.standing import Goal, Reported, Standing, stand
from regionkit.analysis.states import Thresholds, read_thresholds
from regionkit.errors import InputError
from regionkit.region.marks import mark_like
from regionkit.words.message import msg

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["progress"]

_NEEDED = ("indicator_id", "scope_id", "value", "unit", "target_year")
_KEPT = (
    "indicator_id",
    "scope_kind",
    "scope_id",
    "bound",
    "value",
    "value_high",
    "unit",
    "measure",
    "relative_to",
    "direction",
    "baseline_value",
    "baseline_year",
    "target_year",
    "nature",
    "source_id",
    "locator",
)
# Name of a column of the result -> field of a Standing.
_FIELDS = {
    "actual_value": "value",
    "actual_year": "year",
    "actual_source_id": "source_id",
    "value_in_year": "value_in_year",
    "gap": "gap",
    "elapsed_share": "elapsed",
    "reached_share": "reached",
    "expected_value": "expected",
    "needed_yearly": "needed_yearly",
    "forecast_value": "forecast",
    "state": "state",
    "reason": "reason",
}


def progress(
    targets: pd.DataFrame,
    actuals: pd.DataFrame,
    *,
    thresholds: str | Path | pd.DataFrame | Thresholds | None = None,
    year: int | None = None,
    as_of: int | None = None,
) -> pd.DataFrame:
    """Return where each target stands by the newest reported value, by the target's own measure.

    A level or share is set beside a straight line from baseline to target; a rank likewise,
    where less is better; a sum over years beside the share of the years gone; an average growth
    is the compound growth so far; "in step" is set beside the growth of the other indicator over
    the same years. A bound that the baseline kept already is to be held. Missing is never zero.

    Parameters
    ----------
    targets : DataFrame
        As of ``region.targets``: ``indicator_id, scope_id, value, unit, target_year``, and where
        they are there ``bound, value_high, measure, relative_to, direction, baseline_value,
        baseline_year, is_to_be_set``.
    actuals : DataFrame
        As of ``region.statistics``: ``indicator_id, year, value, unit`` and ``adcode`` (or
        ``scope_id``). A unit that differs is converted (万亿元 and 亿元) or told.
    thresholds : path, DataFrame or Thresholds, optional
        A bureau's own limits between the states, as of
        :func:`regionkit.analysis.states.read_thresholds`.
    year : int, optional
        Take values reported for this year or before.
    as_of : int, optional
        Year of the judgement; targets of earlier years are past. This year where not given.

    Returns
    -------
    DataFrame, indexed like targets
        The target's columns with ``actual_value, actual_year, actual_source_id`` (in the
        target's measure and unit: the sum or the average growth so far), ``value_in_year``,
        ``gap`` (actual less target), ``elapsed_share`` (序时进度), ``reached_share`` (of the way
        from baseline to target), ``expected_value``, ``needed_yearly`` (change a year that
        reaches the target; of growth the rate), ``forecast_value`` (if it goes on as so far),
        ``state`` (as of ``STATES``: "met early", "ahead", "on track", "behind", "met", "missed",
        "no actual", "undecided") and ``reason`` (as of ``REASONS``), why nothing can be said.

    Raises
    ------
    InputError
        A column is missing, or two values of one indicator, place, year and unit differ.
    TableError
        The thresholds cannot be used.

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
    >>> row = progress(targets, actuals, as_of=2027).iloc[0]
    >>> float(row["expected_value"]), row["state"]
    (74.4, 'ahead')
    """
    _check_columns(targets, _NEEDED, "targets", like="targets")
    place = "scope_id" if "scope_id" in actuals.columns else "adcode"
    _check_columns(
        actuals, ("indicator_id", place, "year", "value", "unit"), "actuals", like="statistics"
    )
    limits = thresholds if isinstance(thresholds, Thresholds) else read_thresholds(thresholds)
    reported = _by_place(actuals, place, year)
    judged_in = as_of or dt.datetime.now(tz=dt.UTC).year
    indicators = {*actuals["indicator_id"], *targets["indicator_id"]}
    rows = []
    for target in targets.to_dict("records"):
        relative = target.get("relative_to")
        reference = None
        if isinstance(relative, str) and relative in indicators:
            reference = reported.get((relative, target["scope_id"]), [])
        made = stand(
            Goal.from_row(target),
            reported.get((target["indicator_id"], target["scope_id"]), []),
            limits=limits,
            as_of=judged_in,
            reference=reference,
        )
        rows.append(_row(made))
    judged = pd.DataFrame(rows, columns=list(_FIELDS))
    judged["actual_year"] = judged["actual_year"].astype("Int64")
    kept = [name for name in _KEPT if name in targets.columns]
    # By position: a table may hold a target twice.
    beside = pd.concat([targets[kept].reset_index(drop=True), judged], axis=1)
    return mark_like(beside.set_axis(targets.index), targets)


def _row(made: Standing) -> dict[str, Any]:
    return {name: getattr(made, key) for name, key in _FIELDS.items()}


def _check_columns(frame: pd.DataFrame, needed: tuple[str, ...], what: str, *, like: str) -> None:
    missing = [name for name in needed if name not in frame.columns]
    if missing:
        raise InputError(
            msg("{table} has no column {columns}.", table=what, columns=missing),
            mend=msg(
                "It has: {known}. Give a table like region.{like}.",
                known=[str(column) for column in frame.columns],
                like=like,
            ),
        )


def _by_place(
    actuals: pd.DataFrame, place: str, year: int | None
) -> dict[tuple[str, str], list[Reported]]:
    """Return the reported values by indicator and place."""
    rows = actuals[actuals["value"].notna() & actuals["year"].notna()]
    if year is not None:
        rows = rows[rows["year"] <= year]
    key = ["indicator_id", place, "year", "unit"]
    counts = rows.drop_duplicates([*key, "value"]).groupby(key, dropna=False).size()
    twice = counts[counts > 1]
    if len(twice):
        first = twice.index[0]
        raise InputError(
            msg(
                "Values given twice that differ: {n}, such as {indicator} of {place} in {year}.",
                n=len(twice),
                indicator=first[0],
                place=first[1],
                year=str(first[2]),
            ),
            mend=msg("Leave one of each in the table."),
        )
    found: dict[tuple[str, str], list[Reported]] = {}
    for row in rows.drop_duplicates(key).to_dict("records"):
        unit, source = row["unit"], row.get("source_id")
        found.setdefault((row["indicator_id"], row[place]), []).append(
            Reported(
                int(row["year"]),
                float(row["value"]),
                unit if isinstance(unit, str) else "",
                source if isinstance(source, str) else "",
            )
        )
    return found
