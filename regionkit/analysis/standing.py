"""Where one target stands, by its measure: a level, a sum over years, a growth, a comparison."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from regionkit.analysis.units_of_measure import convert, is_money

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from regionkit.analysis.states import Thresholds

__all__ = ["Goal", "Reported", "Standing", "stand"]

_NAN = math.nan
# A five-year plan's figures are of its last year and the four before it.
_PLAN_YEARS = 5


@dataclass(frozen=True)
class Reported:
    """A reported value in the target's unit, or in one that it cannot be converted from."""

    year: int
    value: float
    unit: str
    source_id: str = ""


@dataclass(frozen=True)
class Goal:
    """A target as far as judging needs it.

    Attributes
    ----------
    value, high : float
        Missing where the document gives none.
    is_down : bool
        Whether less is better.
    start, start_year, year : float or int
        Baseline, its year, and the year aimed at; missing where not stated.
    is_open : bool
        Whether nobody says if more or less is wanted.
    """

    measure: str
    bound: str
    value: float
    high: float
    unit: str
    is_down: bool
    start: float
    start_year: float
    year: float
    is_to_be_set: bool
    is_open: bool = False

    @classmethod
    def from_row(cls, row: Mapping[str, Any]) -> Goal:
        """Return the goal of a row of ``region.targets``."""

        def number(name: str) -> float:
            value = row.get(name)
            return _NAN if value is None or pd.isna(value) else float(value)

        unit = row.get("unit")
        unit = unit if isinstance(unit, str) else ""
        measure = row.get("measure")
        measure = measure if isinstance(measure, str) and measure else "level"
        bound = row.get("bound")
        bound = bound if isinstance(bound, str) and bound else "equal"
        # A baseline of another measure is no point on the way.
        other = row.get("baseline_measure")
        is_same = not isinstance(other, str) or other == measure
        return cls(
            measure=measure,
            bound=bound,
            value=number("value"),
            high=number("value_high"),
            unit=unit,
            # Of two ranks the smaller is the better one.
            is_down=bound == "at most" or row.get("direction") == "lower" or unit == "位",
            start=number("baseline_value") if is_same else _NAN,
            start_year=number("baseline_year"),
            year=number("target_year"),
            is_to_be_set=row.get("is_to_be_set") is True,
            is_open=row.get("direction") == "unknown",
        )

    def keeps(self, value: float, tolerance: float) -> bool:
        """Return whether a value keeps the goal's bound."""
        # Sums of decimals are not exact.
        hair = 1e-9 * max(1.0, abs(self.value))
        if not math.isnan(self.high):
            return self.value - hair <= value <= self.high + hair
        if self.bound == "about":
            slack = abs(self.value) * tolerance
            goal = self.value + slack if self.is_down else self.value - slack
        else:
            goal = self.value
        if self.bound == "more than":
            return value < goal - hair if self.is_down else value > goal + hair
        return value <= goal + hair if self.is_down else value >= goal - hair

    def nearest(self, value: float) -> float:
        """Return the end of a range that a value has still to come to; the value of the goal."""
        if not math.isnan(self.high) and value > self.high:
            return self.high
        return self.value


@dataclass(frozen=True)
class Standing:
    """Where a target stands. Numbers are missing where there is nothing to reckon them from.

    Attributes
    ----------
    value, year, source_id
        The reported value in the target's measure and unit: a level, the sum so far, the average
        growth so far.
    value_in_year : float
        Of growth and sums, what the last year alone gave.
    gap : float
        Value less target.
    elapsed, reached : float
        Shares of the time and of the way from baseline to target.
    expected : float
        Value on a straight line in that year.
    needed_yearly : float
        Change a year (of growth: rate a year) from now that reaches the target.
    forecast : float
        Value of the target's year if it goes on as so far.
    state, reason : str
        As of ``STATES`` and ``REASONS``.
    """

    state: str
    reason: str = ""
    value: float = _NAN
    year: int | None = None
    source_id: str = ""
    value_in_year: float = _NAN
    gap: float = _NAN
    elapsed: float = _NAN
    reached: float = _NAN
    expected: float = _NAN
    needed_yearly: float = _NAN
    forecast: float = _NAN
    years: tuple[int, ...] = field(default=(), repr=False)


def stand(
    goal: Goal,
    reported: Sequence[Reported],
    *,
    limits: Thresholds,
    as_of: int,
    reference: Sequence[Reported] | None = None,
) -> Standing:
    """Return where a target stands.

    Parameters
    ----------
    goal : Goal
    reported : sequence of Reported
        Values of the target's indicator and scope, any order.
    limits : Thresholds
    as_of : int
        The year of the judgement: a target of an earlier year is past.
    reference : sequence of Reported, optional
        Yearly growth of the indicator that an "in step" target is set against; None where it is
        set against what is no indicator.
    """
    if goal.is_to_be_set:
        return Standing("undecided", "to be set")
    if goal.bound == "in step" or (math.isnan(goal.value) and reference is not None):
        return _in_step(goal, _in_unit(goal.unit, reported), reference, limits, as_of)
    if math.isnan(goal.value):
        return Standing("undecided", "no value")
    if not reported:
        return Standing("no actual")
    if goal.is_open:
        return Standing("undecided", "no direction")
    rule = _RULES.get(goal.measure, _level)
    return rule(goal, reported, limits, as_of)


def _in_unit(unit: str, reported: Sequence[Reported]) -> list[Reported]:
    """Return the values that can be told in a unit, oldest first."""
    found = []
    for one in reported:
        value = convert(one.value, one.unit, unit)
        if value is not None:
            found.append(Reported(one.year, value, unit, one.source_id))
    return sorted(found, key=lambda one: one.year)


def _judge(
    made: Standing,
    limits: Thresholds,
    *,
    subject: str,
    is_kept: bool,
    is_past: bool,
    points: float,
    pace: float,
) -> Standing:
    """Return a standing with its state."""
    if is_past:
        state, reason = ("met" if is_kept else "missed"), ""
    elif math.isnan(points) and math.isnan(pace):
        state, reason = "undecided", "no baseline"
    else:
        state, reason = limits.state_of(subject, points=points, pace=pace), ""
    return replace(made, state=state, reason=reason)


def _level(  # noqa: PLR0911 - one return a reason reads best
    goal: Goal, reported: Sequence[Reported], limits: Thresholds, as_of: int
) -> Standing:
    known = _in_unit(goal.unit, reported)
    if not known:
        return Standing("undecided", "unit differs")
    if math.isnan(goal.year):
        newest = known[-1]
        return Standing(
            "undecided",
            "no year",
            newest.value,
            newest.year,
            newest.source_id,
            gap=newest.value - goal.nearest(newest.value),
        )
    aimed = int(goal.year)
    # Once the target's year has been counted, later values tell nothing of it.
    now = next((one for one in known if one.year == aimed), known[-1])
    value, aim = now.value, goal.nearest(now.value)
    # On the way "about" is no excuse: its slack is for the target's year.
    is_kept = goal.keeps(value, limits.tolerance if now.year >= aimed else 0.0)
    made: dict[str, Any] = {
        "value": value,
        "year": now.year,
        "source_id": now.source_id,
        "gap": value - aim,
    }
    has_start = not (math.isnan(goal.start) or math.isnan(goal.start_year))
    is_hold = has_start and goal.keeps(goal.start, 0.0)
    points = pace = _NAN
    if has_start and goal.start_year < now.year:
        span = aimed - goal.start_year
        gone = now.year - goal.start_year
        made["elapsed"] = min(gone / span, 1.0) if span > 0 else _NAN
        made["forecast"] = goal.start + (value - goal.start) * span / gone
        if not is_hold and span > 0:
            way = goal.nearest(goal.start) - goal.start
            made["reached"] = (value - goal.start) / way
            made["expected"] = goal.start + way * made["elapsed"]
            points = 100 * (made["reached"] - made["elapsed"])
            pace = 100 * made["reached"] / made["elapsed"]
    if now.year < aimed and not is_kept:
        made["needed_yearly"] = (aim - value) / (aimed - now.year)
    if now.year < aimed < as_of:
        return Standing("undecided", "target year missing", **made)
    if now.year >= aimed:
        return Standing("met" if is_kept else "missed", **made)
    if has_start and now.year <= goal.start_year:
        return Standing("undecided", "not newer", **made)
    if is_hold:
        # A bound that was kept from the start is to be held, not reached.
        return Standing("on track" if is_kept else "behind", **made)
    if is_kept:
        # A ceiling without a baseline is held to the end; a floor is reached once.
        is_ceiling = goal.bound == "at most" and not has_start and goal.unit != "位"
        return Standing("on track" if is_ceiling else "met early", **made)
    return _judge(
        Standing("", **made),
        limits,
        subject="level",
        is_kept=is_kept,
        is_past=False,
        points=points,
        pace=pace,
    )


def _first_year(goal: Goal) -> int | None:
    """Return the first year that a sum or an average growth counts."""
    if not math.isnan(goal.start_year):
        return int(goal.start_year) + 1
    if goal.measure in {"five-year sum", "yearly growth"} and not math.isnan(goal.year):
        return int(goal.year) - _PLAN_YEARS + 1
    return None


def _whole_years(
    known: Sequence[Reported], first: int, last: int
) -> tuple[list[Reported], tuple[int, ...]]:
    """Return one value a year from the first year on, and the years that are missing between."""
    by_year = {one.year: one for one in known if first <= one.year <= last}
    if not by_year:
        return [], ()
    until = max(by_year)
    missing = tuple(year for year in range(first, until + 1) if year not in by_year)
    return [by_year[year] for year in sorted(by_year)], missing


def _sum(  # noqa: PLR0911 - one return a reason reads best
    goal: Goal, reported: Sequence[Reported], limits: Thresholds, as_of: int
) -> Standing:
    known = _in_unit(goal.unit, reported)
    if not known:
        return Standing("undecided", "unit differs")
    first = _first_year(goal)
    if first is None or math.isnan(goal.year):
        return Standing("undecided", "no period" if not math.isnan(goal.year) else "no year")
    aimed = int(goal.year)
    years, missing = _whole_years(known, first, aimed)
    if not years:
        return Standing("no actual")
    if missing:
        return Standing("undecided", "years missing", years=missing)
    n, span = len(years), aimed - first + 1
    if goal.unit == "%":
        # Cuts of 3 % in each of two years are 5.91 %, not 6.
        so_far = 100 * (1 - math.prod(1 - one.value / 100 for one in years))
    else:
        so_far = math.fsum(one.value for one in years)
    is_past = years[-1].year >= aimed
    is_kept = goal.keeps(so_far, limits.tolerance if is_past else 0.0)
    made: dict[str, Any] = {
        "value": so_far,
        "year": years[-1].year,
        "source_id": years[-1].source_id,
        "value_in_year": years[-1].value,
        "gap": so_far - goal.nearest(so_far),
        "elapsed": n / span,
        "reached": so_far / goal.value if goal.value else _NAN,
        "expected": goal.value * n / span,
        "forecast": so_far / n * span,
    }
    if not is_past:
        made["needed_yearly"] = max(goal.nearest(so_far) - so_far, 0.0) / (span - n)
        if aimed < as_of:
            return Standing("undecided", "target year missing", **made)
        if goal.bound == "at most" and not is_kept:
            # What is used up does not come back.
            return Standing("behind", **made)
        if goal.bound != "at most" and is_kept:
            return Standing("met early", **made)
    sign = -1 if goal.bound == "at most" else 1
    points = sign * 100 * (made["reached"] - made["elapsed"])
    pace = 100 * (made["reached"] / made["elapsed"]) ** sign if made["reached"] else _NAN
    return _judge(
        Standing("", **made),
        limits,
        subject="sum",
        is_kept=is_kept,
        is_past=is_past,
        points=points,
        pace=pace,
    )


def _growth(  # noqa: PLR0911 - one return a reason reads best
    goal: Goal, reported: Sequence[Reported], limits: Thresholds, as_of: int
) -> Standing:
    """Judge an average growth by rates of the years, or by levels that are no money."""
    first = _first_year(goal)
    if first is None:
        return Standing("undecided", "no year")
    aimed = int(goal.year)
    rates = _in_unit("%", reported)
    if rates:
        years, missing = _whole_years(rates, first, aimed)
        if not years:
            return Standing("no actual")
        if missing:
            return Standing("undecided", "years missing", years=missing)
        n = len(years)
        factor = math.prod(1 + one.value / 100 for one in years)
        last, in_year = years[-1], years[-1].value
    else:
        if all(is_money(one.unit) for one in reported):
            return Standing("undecided", "current prices")
        same = sorted(
            (one for one in reported if one.unit == reported[0].unit), key=lambda one: one.year
        )
        levels = {one.year: one for one in same if first - 1 <= one.year <= aimed}
        if first - 1 not in levels:
            return Standing("undecided", "no baseline")
        last = levels[max(levels)]
        n = last.year - first + 1
        if n < 1:
            return Standing("undecided", "not newer")
        if levels[first - 1].value <= 0 or last.value <= 0:
            return Standing("undecided", "no baseline")
        factor = last.value / levels[first - 1].value
        before = levels.get(last.year - 1)
        in_year = 100 * (last.value / before.value - 1) if before and before.value else _NAN
    average = 100 * (factor ** (1 / n) - 1)
    span = aimed - first + 1
    is_past = last.year >= aimed
    is_kept = goal.keeps(average, limits.tolerance)
    made: dict[str, Any] = {
        "value": average,
        "year": last.year,
        "source_id": last.source_id,
        "value_in_year": in_year,
        "gap": average - goal.nearest(average),
        "elapsed": n / span,
        "expected": goal.value,
        "forecast": average,
    }
    if not is_past:
        whole = (1 + goal.nearest(average) / 100) ** span
        made["needed_yearly"] = 100 * ((whole / factor) ** (1 / (span - n)) - 1)
        if aimed < as_of:
            return Standing("undecided", "target year missing", **made)
    sign = -1 if goal.is_down else 1
    points = sign * (average - goal.nearest(average))
    pace = 100 * (average / goal.value) ** sign if goal.value and average > 0 else 0.0
    if goal.is_down and average <= 0 < goal.value:
        pace = math.inf
    return _judge(
        Standing("", **made),
        limits,
        subject="growth",
        is_kept=is_kept,
        is_past=is_past,
        points=points,
        pace=pace,
    )


def _total_growth(
    goal: Goal, reported: Sequence[Reported], limits: Thresholds, as_of: int
) -> Standing:
    """Judge a growth over a whole period by levels at its beginning and now."""
    if math.isnan(goal.start_year):
        return Standing("undecided", "no period")
    if math.isnan(goal.year):
        return Standing("undecided", "no year")
    levels = [one for one in reported if one.unit != "%"]
    if not levels:
        # A rate of one year and one of the whole period look alike.
        return Standing("undecided", "unit differs")
    if all(is_money(one.unit) for one in levels):
        return Standing("undecided", "current prices")
    begin = next((one for one in levels if one.year == int(goal.start_year)), None)
    if begin is None or begin.value <= 0:
        return Standing("undecided", "no baseline")
    grown = [
        Reported(one.year, 100 * (one.value / begin.value - 1), "%", one.source_id)
        for one in levels
        if one.unit == begin.unit
    ]
    # The way of a growth begins at nothing.
    return _level(replace(goal, start=0.0, measure="level"), grown, limits, as_of)


def _in_step(  # noqa: PLR0911 - one return a reason reads best
    goal: Goal,
    known: Sequence[Reported],
    reference: Sequence[Reported] | None,
    limits: Thresholds,
    as_of: int,
) -> Standing:
    """Judge a growth by that of another indicator over the same years."""
    if not known:
        return Standing("no actual")
    if reference is None:
        return Standing("undecided", "unclear reference")
    first = _first_year(goal)
    if first is None:
        return Standing("undecided", "no year")
    aimed = int(goal.year)
    years, missing = _whole_years(known, first, aimed)
    if not years:
        return Standing("no actual")
    others = {one.year: one.value for one in _in_unit("%", reference)}
    lacking = tuple(one.year for one in years if one.year not in others)
    if missing:
        return Standing("undecided", "years missing", years=missing)
    if lacking:
        return Standing("undecided", "no reference", years=lacking)
    n = len(years)

    def average(rates: Sequence[float]) -> float:
        return float(100 * (math.prod(1 + rate / 100 for rate in rates) ** (1 / n) - 1))

    own = average([one.value for one in years])
    other = average([others[one.year] for one in years])
    points = other - own if goal.is_down else own - other
    is_past = years[-1].year >= aimed
    # At the end "in step" means what it meant on the way; "more than" means more.
    if goal.bound == "more than":
        is_kept = points > 0
    else:
        is_kept = limits.state_of("in step", points=points, pace=_NAN) != "behind"
    made = Standing(
        "",
        value=own,
        year=years[-1].year,
        source_id=years[-1].source_id,
        value_in_year=years[-1].value,
        gap=own - other,
        elapsed=n / (aimed - first + 1),
        expected=other,
        forecast=own,
    )
    if not is_past and aimed < as_of:
        return replace(made, state="undecided", reason="target year missing")
    return _judge(
        made,
        limits,
        subject="in step",
        is_kept=is_kept,
        is_past=is_past,
        points=points,
        pace=_NAN,
    )


_RULES: dict[str, Callable[[Goal, Sequence[Reported], Thresholds, int], Standing]] = {
    "level": _level,
    "share": _level,
    "five-year sum": _sum,
    "period sum": _sum,
    "yearly growth": _growth,
    "total growth": _total_growth,
}
