"""Targets beside what was reported, worked by hand, over all measures."""

import math

import pandas as pd
import pytest

import regionkit as rk
from regionkit.analysis.progress import progress
from regionkit.analysis.states import REASONS, STATES, read_thresholds
from regionkit.errors import InputError, TableError


def target(**changes):
    row = {
        "indicator_id": "a",
        "scope_id": "210000",
        "bound": "at least",
        "value": 50.0,
        "value_high": None,
        "unit": "%",
        "measure": "level",
        "relative_to": None,
        "direction": "higher",
        "baseline_value": 40.0,
        "baseline_year": 2025,
        "target_year": 2030,
        "is_to_be_set": False,
    }
    return pd.DataFrame([row | changes], index=["t"])


def reported(values, unit="%", indicator_id="a"):
    return pd.DataFrame(
        {
            "indicator_id": indicator_id,
            "adcode": "210000",
            "year": list(values),
            "value": list(values.values()),
            "unit": unit,
        }
    )


def judge(changes, values, unit="%", **options):
    options.setdefault("as_of", 2029)
    return progress(target(**changes), reported(values, unit), **options).iloc[0]


FALLING = {"bound": "at most", "value": 30.0}
RANK = {"bound": "at most", "value": 5.0, "unit": "位", "baseline_value": 9.0}
SUM = {"measure": "five-year sum", "baseline_value": None, "baseline_year": None, "unit": "万人"}
USED = SUM | {"bound": "at most"}
GROWTH = {"measure": "yearly growth", "value": 5.0, "baseline_value": None, "baseline_year": None}
STEP = GROWTH | {"bound": "in step", "value": None, "relative_to": "b"}


@pytest.mark.parametrize(
    ("changes", "values", "state", "reason"),
    [
        # A level from 40 in 2025 to 50 in 2030. In 2027 two fifths of the time are gone: 44 is due.
        # Ten points either way are a unit of value: 43 and 45 are the limits.
        ({}, {2027: 44.0}, "on track", ""),
        ({}, {2027: 45.0}, "ahead", ""),
        ({}, {2027: 44.9}, "on track", ""),
        ({}, {2027: 43.0}, "on track", ""),
        ({}, {2027: 42.9}, "behind", ""),
        ({}, {2027: 39.0}, "behind", ""),
        ({}, {2027: 50.0}, "met early", ""),
        ({"bound": "more than"}, {2027: 50.0}, "ahead", ""),
        ({"bound": "more than"}, {2030: 50.0}, "missed", ""),
        ({}, {2030: 50.0}, "met", ""),
        ({}, {2030: 49.9}, "missed", ""),
        # The target's year counts, not a later one.
        ({}, {2030: 50.0, 2031: 49.0}, "met", ""),
        ({}, {2031: 49.0}, "missed", ""),
        ({}, {2025: 41.0}, "undecided", "not newer"),
        ({"baseline_value": None}, {2027: 44.0}, "undecided", "no baseline"),
        ({"baseline_value": None}, {2027: 51.0}, "met early", ""),
        ({"baseline_measure": "yearly growth"}, {2027: 44.0}, "undecided", "no baseline"),
        ({"target_year": None}, {2027: 44.0}, "undecided", "no year"),
        ({"target_year": 2028}, {2027: 44.0}, "undecided", "target year missing"),
        ({}, {}, "no actual", ""),
        ({"is_to_be_set": True, "value": None}, {2027: 44.0}, "undecided", "to be set"),
        ({"value": None}, {2027: 44.0}, "undecided", "no value"),
        ({"unit": "万人"}, {2027: 44.0}, "undecided", "unit differs"),
        # A ceiling to come down to: 36 is due in 2027, 35 and 37 are the limits.
        (FALLING, {2027: 36.0}, "on track", ""),
        (FALLING, {2027: 35.0}, "ahead", ""),
        (FALLING, {2027: 37.0}, "on track", ""),
        (FALLING, {2027: 37.1}, "behind", ""),
        (FALLING, {2027: 30.0}, "met early", ""),
        # Less is better by the indicator, without "at most".
        ({"bound": "equal", "value": 30.0, "direction": "lower"}, {2027: 35.0}, "ahead", ""),
        ({"bound": "equal", "value": 30.0, "direction": "lower"}, {2030: 30.1}, "missed", ""),
        # A ceiling that was kept from the start, and one without a baseline, are to be held.
        ({"bound": "at most", "value": 45.0}, {2027: 44.0}, "on track", ""),
        ({"bound": "at most", "value": 45.0}, {2027: 45.1}, "behind", ""),
        ({"bound": "at most", "baseline_value": None}, {2027: 44.0}, "on track", ""),
        ({"value": 40.0}, {2027: 39.9}, "behind", ""),
        # "About" leaves a hundredth.
        ({"bound": "about"}, {2030: 49.5}, "met", ""),
        ({"bound": "about"}, {2030: 49.4}, "missed", ""),
        ({"bound": "about"}, {2027: 49.9}, "ahead", ""),
        ({"bound": "about", "baseline_value": 49.6}, {2027: 49.76}, "on track", ""),
        ({"bound": "about", "baseline_value": 49.6}, {2027: 49.7}, "behind", ""),
        ({"bound": "about", "value": 30.0, "direction": "lower"}, {2030: 30.3}, "met", ""),
        # A range, from below and from above.
        ({"value_high": 55.0}, {2030: 55.0}, "met", ""),
        ({"value_high": 55.0}, {2030: 55.1}, "missed", ""),
        ({"value_high": 55.0}, {2027: 44.0}, "on track", ""),
        ({"value_high": 55.0, "baseline_value": 65.0}, {2027: 61.0}, "on track", ""),
        # Ranks: from ninth to fifth, seventh is ahead in 2027 (1.6 places are due).
        (RANK, {2027: 7.0}, "undecided", "unit differs"),
    ],
)
def test_levels(changes, values, state, reason):
    row = judge(changes, values)
    assert (row["state"], row["reason"]) == (state, reason)


@pytest.mark.parametrize(
    ("changes", "values", "unit", "state", "reason"),
    [
        (RANK, {2027: 7.0}, "位", "ahead", ""),
        (RANK, {2027: 8.0}, "位", "behind", ""),
        (RANK, {2030: 5.0}, "位", "met", ""),
        (RANK, {2030: 6.0}, "位", "missed", ""),
        (RANK | {"baseline_value": None}, {2027: 4.0}, "位", "met early", ""),
        # Fifty in five years: ten a year are due.
        (SUM, {2026: 10.0, 2027: 10.0}, "万人", "on track", ""),
        (SUM, {2026: 12.0, 2027: 13.0}, "万人", "ahead", ""),
        (SUM, {2026: 12.0, 2027: 12.9}, "万人", "on track", ""),
        (SUM, {2026: 7.0, 2027: 8.0}, "万人", "on track", ""),
        (SUM, {2026: 7.0, 2027: 7.9}, "万人", "behind", ""),
        (SUM, {2026: 25.0, 2027: 25.0}, "万人", "met early", ""),
        (SUM, dict.fromkeys(range(2026, 2031), 10.0), "万人", "met", ""),
        (SUM, dict.fromkeys(range(2026, 2031), 9.9), "万人", "missed", ""),
        # A year without a value is not a year of nothing.
        (SUM, {2026: 10.0, 2028: 10.0}, "万人", "undecided", "years missing"),
        (SUM, {2024: 10.0, 2025: 10.0}, "万人", "no actual", ""),
        (SUM | {"measure": "period sum"}, {2026: 10.0}, "万人", "undecided", "no period"),
        (SUM, {2026: 100_000.0, 2027: 100_000.0}, "人", "on track", ""),
        # What is used up: half the allowance in two of five years is too much.
        (USED, {2026: 12.0, 2027: 13.0}, "万人", "on track", ""),
        (USED, {2026: 12.0, 2027: 13.1}, "万人", "behind", ""),
        (USED, {2026: 8.0, 2027: 7.0}, "万人", "ahead", ""),
        (USED, {2026: 30.0, 2027: 21.0}, "万人", "behind", ""),
        (USED, dict.fromkeys(range(2026, 2031), 10.0), "万人", "met", ""),
        # Five per cent a year; 4.5 and 5.5 are the limits of the pace.
        (GROWTH, {2026: 5.0, 2027: 5.0}, "%", "on track", ""),
        (GROWTH, {2026: 4.09}, "%", "behind", ""),
        (GROWTH, {2026: 4.5}, "%", "on track", ""),
        (GROWTH, {2026: 5.5}, "%", "ahead", ""),
        (GROWTH, {2026: -1.0}, "%", "behind", ""),
        (GROWTH, {2027: 5.0}, "%", "undecided", "years missing"),
        (GROWTH, dict.fromkeys(range(2026, 2031), 5.0), "%", "met", ""),
        (GROWTH, dict.fromkeys(range(2026, 2031), 4.99), "%", "missed", ""),
        # Totals of money hold prices; people can be counted.
        (GROWTH, {2025: 100.0, 2026: 110.0}, "亿元", "undecided", "current prices"),
        (GROWTH, {2025: 100.0, 2026: 105.0}, "万人", "on track", ""),
        (GROWTH, {2026: 105.0}, "万人", "undecided", "no baseline"),
    ],
)
def test_ranks_sums_and_growth(changes, values, unit, state, reason):
    row = judge(changes, values, unit)
    assert (row["state"], row["reason"]) == (state, reason)


@pytest.mark.parametrize(
    ("own", "other", "state", "reason"),
    [
        ({2026: 5.0}, {2026: 5.0}, "on track", ""),
        ({2026: 5.5}, {2026: 5.0}, "ahead", ""),
        ({2026: 4.5}, {2026: 5.0}, "on track", ""),
        ({2026: 4.4}, {2026: 5.0}, "behind", ""),
        ({2026: 5.0, 2027: 6.0}, {2026: 5.0}, "undecided", "no reference"),
        ({}, {2026: 5.0}, "no actual", ""),
        (dict.fromkeys(range(2026, 2031), 4.6), dict.fromkeys(range(2026, 2031), 5.0), "met", ""),
        (
            dict.fromkeys(range(2026, 2031), 4.4),
            dict.fromkeys(range(2026, 2031), 5.0),
            "missed",
            "",
        ),
    ],
)
def test_in_step_with_another_indicator(own, other, state, reason):
    actuals = pd.concat([reported(own), reported(other, indicator_id="b")])
    row = progress(target(**STEP), actuals, as_of=2029).iloc[0]
    assert (row["state"], row["reason"]) == (state, reason)


def test_in_step_with_what_is_no_indicator():
    row = judge(STEP | {"relative_to": "经济增速"}, {2026: 5.0})
    assert (row["state"], row["reason"]) == ("undecided", "unclear reference")


def test_the_numbers_of_a_level():
    row = judge({}, {2026: 41.0, 2027: 43.0})
    assert row["actual_value"] == 43.0
    assert row["actual_year"] == 2027
    assert row["gap"] == -7.0
    assert row["elapsed_share"] == pytest.approx(0.4)
    assert row["reached_share"] == pytest.approx(0.3)
    assert row["expected_value"] == pytest.approx(44.0)
    assert row["needed_yearly"] == pytest.approx(7 / 3)
    assert row["forecast_value"] == pytest.approx(47.5)


def test_the_numbers_of_a_sum():
    row = judge(SUM, {2026: 12.0, 2027: 8.0}, "万人")
    assert row["actual_value"] == 20.0
    assert row["value_in_year"] == 8.0
    assert row["reached_share"] == pytest.approx(0.4)
    assert row["needed_yearly"] == pytest.approx(10.0)
    assert row["forecast_value"] == pytest.approx(50.0)


def test_a_sum_of_cuts_is_compound():
    row = judge(SUM | {"unit": "%", "value": 10.0}, {2026: 3.0, 2027: 3.0})
    assert row["actual_value"] == pytest.approx(5.91)


def test_the_numbers_of_a_growth():
    row = judge(GROWTH, {2026: 4.0, 2027: 4.0})
    assert row["actual_value"] == pytest.approx(4.0)
    # 1.05 to the fifth over 1.04 squared, in three years.
    needed = 100 * ((1.05**5 / 1.04**2) ** (1 / 3) - 1)
    assert row["needed_yearly"] == pytest.approx(needed)
    assert needed == pytest.approx(5.672, abs=1e-3)


def test_a_growth_over_a_whole_period():
    changes = {"measure": "total growth", "value": 100.0, "baseline_value": None}
    row = judge(changes | {"baseline_year": 2020}, {2020: 50.0, 2026: 84.0}, "万人")
    assert row["actual_value"] == pytest.approx(68.0)
    assert row["elapsed_share"] == pytest.approx(0.6)
    assert row["state"] == "on track"
    row = judge(changes | {"baseline_year": 2020}, {2020: 50.0, 2026: 84.0}, "亿元")
    assert row["reason"] == "current prices"


def test_units_are_converted():
    changes = {"unit": "亿元", "value": 35_000.0, "baseline_value": 30_000.0}
    row = judge(changes, {2027: 3.2}, "万亿元")
    assert row["actual_value"] == 32_000.0
    assert row["state"] == "on track"


def test_a_missing_value_is_no_zero():
    assert judge({}, {2026: 44.0, 2027: math.nan})["actual_year"] == 2026
    assert judge({}, {2027: math.nan})["state"] == "no actual"


def test_values_to_a_year():
    assert judge({}, {2026: 42.0, 2028: 50.0}, year=2026)["state"] == "on track"


def test_two_values_of_one_thing_are_told():
    twice = pd.concat([reported({2027: 44.0}), reported({2027: 45.0})])
    with pytest.raises(InputError, match=r"twice that differ: 1, such as a of 210000 in 2027"):
        progress(target(), twice)
    assert len(progress(target(), pd.concat([reported({2027: 44.0})] * 2))) == 1


def test_missing_columns_are_named():
    with pytest.raises(InputError, match="targets has no column target_year"):
        progress(target().drop(columns="target_year"), reported({}))
    with pytest.raises(InputError, match="actuals has no column unit"):
        progress(target(), reported({2027: 1.0}).drop(columns="unit"))


OWN = pd.DataFrame(
    {
        "subject": ["level", "level", "level"],
        "basis": ["pace", "pace", "pace"],
        "at_least": [100, 80, None],
        "state": ["快于预期", "基本符合预期", "滞后"],
    }
)


@pytest.mark.parametrize(
    ("value", "state"),
    # Four of the way are due in 2027: 80 % of that are 3.2.
    [(44.0, "ahead"), (43.99, "on track"), (43.2, "on track"), (43.19, "behind")],
)
def test_a_bureau_has_its_own_limits(value, state, tmp_path):
    assert judge({}, {2027: value}, thresholds=OWN)["state"] == state
    path = tmp_path / "本市口径.csv"
    OWN.to_csv(path, index=False)
    assert judge({}, {2027: value}, thresholds=path)["state"] == state
    assert read_thresholds(path).name == "本市口径"
    # What the bureau does not name stays as shipped.
    assert judge(SUM, {2026: 12.0, 2027: 13.0}, "万人", thresholds=path)["state"] == "ahead"


def test_faulty_limits_are_told_at_once():
    wrong = pd.DataFrame(
        [
            ("levels", "pace", "80", "ahead"),
            ("level", "metres", "x", "fine"),
            ("level", "points", "", "behind"),
            ("level", "points", "5", "ahead"),
        ],
        columns=["subject", "basis", "at_least", "state"],
    )
    with pytest.raises(TableError) as told:
        read_thresholds(wrong)
    text = str(told.value)
    for what in (
        "'levels' is not known",
        "'metres'",
        "'x' is no number",
        "'fine'",
        "never reached",
    ):
        assert what in text
    with pytest.raises(TableError, match="has no column state"):
        read_thresholds(wrong.drop(columns="state"))


def test_every_target_of_the_pack_has_a_state():
    ln = rk.load("liaoning")
    found = progress(ln.targets, ln.statistics, as_of=2026)
    assert len(found) == len(ln.targets)
    assert set(found["state"]) <= set(STATES)
    assert set(found["reason"]) - {""} <= set(REASONS)
    assert not found.loc[found["actual_value"].isna(), "state"].isin({"met", "met early"}).any()
    urban = found.loc["p26-liaoning-urbanisation-rate"]
    assert (urban["state"], urban["reason"]) == ("undecided", "not newer")
    assert found.loc["z22-dalian-gdp", "state"] == "missed"


@pytest.mark.parametrize(
    ("year", "value"), [(None, 46.0), (2028, 46.0), (2027, 42.0), (2026, 42.0), (2025, None)]
)
@pytest.mark.parametrize("turned", [False, True])
def test_the_newest_value_counts_whatever_the_order_of_rows(year, value, turned):
    actuals = reported({2026: 42.0, 2028: 46.0})
    found = progress(target(), actuals[::-1] if turned else actuals, year=year, as_of=2029)
    actual = found["actual_value"].iloc[0]
    assert (None if math.isnan(actual) else actual) == value
