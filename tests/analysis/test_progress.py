"""Targets beside what was reported, by hand."""

import pandas as pd
import pytest

import regionkit as rk
from regionkit.analysis.progress import STATUS_LABELS
from regionkit.errors import InputError

ACTUALS = pd.DataFrame(
    {
        "indicator_id": ["a", "a", "a", "b"],
        "adcode": ["210000", "210000", "210100", "210000"],
        "year": [2026, 2028, 2031, 2028],
        "value": [40.0, 46.0, 9.0, 31.0],
        "unit": "%",
    }
)


def target(**changes):
    row = {
        "indicator_id": "a",
        "scope_id": "210000",
        "bound": "at least",
        "value": 50.0,
        "value_high": None,
        "unit": "%",
        "measure": "level",
        "baseline_value": 40.0,
        "baseline_year": 2025,
        "target_year": 2030,
        "is_to_be_set": False,
    }
    return pd.DataFrame([row | changes], index=["t"])


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        # By 2028 three fifths of the way are due: 46.
        ({}, "on path"),
        ({"value": 60.0}, "behind"),
        ({"value": 46.0}, "met"),
        ({"value": 46.0, "bound": "more than"}, "on path"),
        ({"value": 44.0, "value_high": 48.0}, "met"),
        ({"value": 47.0, "value_high": 48.0}, "on path"),
        ({"bound": "at most"}, "met"),
        # A ceiling: it rises too fast; it falls fast enough.
        ({"bound": "at most", "value": 45.0}, "behind"),
        ({"bound": "at most", "value": 45.0, "baseline_value": 60.0}, "on path"),
        ({"baseline_value": None}, "not yet met"),
        ({"target_year": 2028}, "missed"),
        ({"scope_id": "210100", "value": 9.5}, "missed"),
        ({"scope_id": "210200"}, "no actual"),
        ({"is_to_be_set": True, "value": None}, "to be set"),
        ({"value": None}, "no value"),
        ({"unit": "万人"}, "unit differs"),
        ({"measure": "five-year sum"}, "sum over years"),
    ],
)
def test_status(changes, status):
    found = rk.progress(target(**changes), ACTUALS)
    assert found.loc["t", "status"] == status
    assert status in STATUS_LABELS


def test_figures():
    row = rk.progress(target(), ACTUALS).loc["t"]
    assert (row["actual_value"], row["actual_year"]) == (46.0, 2028)
    assert row["gap"] == -4
    assert row["share_of_path"] == pytest.approx(0.6)
    assert row["expected_value"] == pytest.approx(46)
    # An earlier year can be asked for.
    assert rk.progress(target(), ACTUALS, year=2027).loc["t", "actual_value"] == 40
    assert rk.progress(target(), ACTUALS, year=2020).loc["t", "status"] == "no actual"


def test_lower_is_better_where_the_indicator_says_so():
    indicators = pd.DataFrame({"direction": ["lower"]}, index=["b"])
    goal = target(indicator_id="b", bound="about", value=30.0, baseline_value=32.0)
    assert rk.progress(goal, ACTUALS, indicators=indicators).loc["t", "status"] == "behind"
    assert rk.progress(goal, ACTUALS).loc["t", "status"] == "met"


def test_plan_of_liaoning(ln):
    found = rk.progress(ln.targets, ln.statistics, indicators=ln.indicators)
    assert found.index.equals(ln.targets.index)
    # Both cities were to pass a trillion in 2024; 沈阳 and 大连 reported less and more.
    gdp = found[(found["indicator_id"] == "gdp") & (found["target_year"] == 2024)]
    reported = ln.statistics[
        (ln.statistics["indicator_id"] == "gdp") & (ln.statistics["year"] == 2024)
    ].set_index("adcode")["value"]
    for row in gdp.itertuples():
        actual = reported[row.scope_id]
        assert row.actual_value == actual
        passes = actual > row.value if row.bound == "more than" else actual >= row.value
        assert row.status == ("met" if passes else "missed")
    assert set(found["status"]) <= set(STATUS_LABELS)


def test_missing_columns_are_named():
    with pytest.raises(InputError, match=r"targets has no column unit\. .*region\.targets"):
        rk.progress(target().drop(columns="unit"), ACTUALS)
    with pytest.raises(InputError, match=r"actuals has no column adcode\."):
        rk.progress(target(), ACTUALS.drop(columns="adcode"))


@pytest.mark.parametrize(
    ("year", "value"), [(None, 46.0), (2028, 46.0), (2027, 40.0), (2026, 40.0), (2025, None)]
)
@pytest.mark.parametrize("turned", [False, True])
def test_the_newest_value_counts_whatever_the_order_of_rows(year, value, turned):
    reported = ACTUALS.iloc[::-1] if turned else ACTUALS
    row = rk.progress(target(), reported, year=year).iloc[0]
    assert row["status"] == {None: "no actual", 40.0: "behind", 46.0: "on path"}[value]
    assert value is None or row["actual_value"] == value
