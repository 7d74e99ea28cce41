"""Spread and specialisation: small cases by hand, and laws."""

import sys

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import regionkit as rk
from regionkit.errors import InputError, MissingDependencyError

AMOUNTS = st.lists(st.floats(0.5, 1e6), min_size=2, max_size=30)


def test_by_hand():
    values = pd.Series([1.0, 3.0], ["a", "b"])
    found = rk.disparity(values, population=pd.Series({"a": 3, "b": 1}))
    assert found["ratio"] == 3
    assert found["cv"] == 0.5
    assert found["gini"] == pytest.approx(0.25)
    # Weighted mean 1.5; sqrt(0.75 * 0.25 + 0.25 * 2.25) / 1.5.
    assert found["williamson"] == pytest.approx(np.sqrt(0.75) / 1.5)
    share = np.array([0.25, 0.75])
    assert found["theil"] == pytest.approx((share * np.log(share * 2)).sum())


@given(AMOUNTS)
def test_alike_units_have_no_disparity_and_scale_does_not_matter(amounts):
    values = pd.Series(amounts)
    flat = rk.disparity(pd.Series([values.iloc[0]] * len(values)))
    for name in ("cv", "gini", "theil"):
        assert flat[name] == pytest.approx(0, abs=1e-9)
    one, other = rk.disparity(values), rk.disparity(values * 7)
    assert one[["cv", "gini", "theil"]].tolist() == pytest.approx(
        other[["cv", "gini", "theil"]].tolist(), rel=1e-6, abs=1e-9
    )


@given(AMOUNTS, st.integers(1, 4))
def test_theil_is_the_sum_of_its_parts(amounts, n_groups):
    values = pd.Series(amounts)
    groups = pd.Series([f"g{i % n_groups}" for i in range(len(values))])
    found = rk.disparity(values, groups=groups)
    assert found["theil_between"] + found["theil_within"] == pytest.approx(
        found["theil"], rel=1e-6, abs=1e-9
    )


def test_counties_of_liaoning(ln):
    share = ln.statistic("share-65plus", year=2020)
    people = ln.statistic("resident-population", year=2020)
    found = rk.disparity(share, population=people, groups=ln.counties["city"])
    assert found["n"] == 100
    assert 0 < found["gini"] < 0.2
    assert found["theil_between"] > 0


@pytest.mark.parametrize(
    ("values", "options", "text"),
    [
        (pd.Series(["a", "b"]), {}, "holds no numbers"),
        (pd.Series([1.0, np.nan]), {}, r"values has too few values \(1\)"),
        (pd.Series([1.0, -1.0]), {}, "below zero"),
        (pd.Series([0.0, 0.0]), {}, r"values is zero throughout"),
        (
            pd.Series([1.0, 2.0]),
            {"population": pd.Series([1, 0])},
            r"Units without a population above zero: 1 \(1\)",
        ),
        (
            pd.Series([1.0, 2.0]),
            {"groups": pd.Series(["x", None])},
            r"Units without a group: 1 \(1\)",
        ),
    ],
)
def test_what_cannot_be_measured(values, options, text):
    with pytest.raises(InputError, match=text):
        rk.disparity(values, **options)


def test_without_the_extra(monkeypatch):
    monkeypatch.setitem(sys.modules, "inequality.gini", None)
    with pytest.raises(MissingDependencyError, match=r"pip install 'regionkit\[analysis\]'"):
        rk.disparity(pd.Series([1.0, 2.0]))


def test_location_quotient_by_hand():
    jobs = pd.DataFrame({"steel": [8, 2, 0], "food": [2, 8, 0]}, index=["a", "b", "none"])
    found = rk.location_quotient(jobs)
    assert found.loc["a"].tolist() == [1.6, 0.4]
    assert found.loc["none"].isna().all()
    nation = rk.location_quotient(jobs, reference=pd.Series({"food": 90, "steel": 10}))
    assert nation.loc["a", "steel"] == pytest.approx(8)


def test_a_unit_with_a_missing_figure_is_left_out_and_told():
    jobs = pd.DataFrame({"steel": [8, 2, np.nan], "food": [2, 8, 10]}, index=["甲", "乙", "丙"])
    with pytest.warns(UserWarning, match=r"lack a number and are left out: 1 of 3 \(丙\)"):
        found = rk.location_quotient(jobs)
    assert found["steel"].tolist()[:2] == [1.6, 0.4]
    assert found.loc["丙"].isna().all()
    assert found.attrs["incomplete"] == ["丙"]


def test_location_quotient_of_the_plan(ln):
    counts = pd.crosstab(ln.industries["adcode"], ln.industries["sector_id"])
    found = rk.location_quotient(counts)
    # Weighted by each unit's size the quotients of an industry average to 1.
    size = counts.sum(axis=1) / counts.to_numpy().sum()
    assert found.mul(size, axis=0).sum().tolist() == pytest.approx([1.0] * counts.shape[1])


@pytest.mark.parametrize(
    ("table", "options", "text"),
    [
        (pd.DataFrame({"a": ["x"]}), {}, "hold no numbers"),
        (pd.DataFrame({"a": [-1]}), {}, "Values below zero at 0"),
        (pd.DataFrame({"a": [1]}), {"reference": pd.Series({"b": 1})}, "has nothing for a"),
    ],
)
def test_quotients_that_cannot_be_made(table, options, text):
    with pytest.raises(InputError, match=text):
        rk.location_quotient(table, **options)


def test_units_of_two_zones_are_a_group_of_their_own_and_told():
    values = pd.Series([1.0, 2.0, 4.0, 8.0], list("abcd"))
    zones = pd.Series([("x",), ("x", "y"), ("y", "x"), ()], list("abcd"))
    found = rk.disparity(values, groups=zones)
    plain = rk.disparity(values, groups=pd.Series(["x", "xy", "xy", "none"], list("abcd")))
    assert found["n_overlapping"] == 2
    assert found["theil_between"] == pytest.approx(plain["theil_between"])
    assert found["theil_between"] + found["theil_within"] == pytest.approx(found["theil"])


def test_a_unit_that_stands_twice_is_refused():
    twice = pd.Series([1.0, 2.0, 2.0], ["a", "b", "b"])
    with pytest.raises(InputError, match=r"would count twice: 1 \(b\)\."):
        rk.disparity(twice)
    with pytest.raises(InputError, match=r"would count twice: 1 \(b\)\."):
        rk.similarity(pd.DataFrame({"steel": twice}))


JOBS = pd.DataFrame(
    {"steel": [8, 16, 2, 0], "food": [2, 4, 8, 0]}, index=["本溪", "twice", "朝阳", "none"]
)


@pytest.mark.parametrize(
    ("measure", "same", "other"),
    # Shares 0.8 and 0.2 beside 0.2 and 0.8: 0.32 / 0.68; |0.6| + |0.6|; both have both.
    [("structure", 1.0, 0.32 / 0.68), ("krugman", 0.0, 1.2), ("jaccard", 1.0, 1.0)],
)
def test_similarity_by_hand(measure, same, other):
    found = rk.similarity(JOBS, measure=measure)
    assert found.loc["本溪", "twice"] == pytest.approx(same)
    assert found.loc["朝阳", "本溪"] == pytest.approx(other)
    assert found.loc["none"].isna().all()


def test_similarity_of_planned_industries(ln):
    table = pd.crosstab(ln.industries["adcode"], ln.industries["sector_id"])
    found = rk.similarity(table, measure="jaccard")
    mine = set(ln.industries.loc[ln.industries["adcode"] == "211224", "sector_id"])
    theirs = set(ln.industries.loc[ln.industries["adcode"] == "211223", "sector_id"])
    expected = len(mine & theirs) / len(mine | theirs)
    assert found.loc["211224", "211223"] == pytest.approx(expected)


def test_similarity_refuses_what_it_cannot_compare():
    with pytest.raises(InputError, match=r"measure: 'cosine' is not known\. Use one of structure"):
        rk.similarity(JOBS, measure="cosine")
    with pytest.raises(InputError, match="Values below zero at 本溪"):
        rk.similarity(JOBS - 3)
