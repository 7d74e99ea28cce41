"""Values of former units, carried to today's where the area is the same."""

import pandas as pd
import pytest

import regionkit as rk
from regionkit.errors import InputError, TableError


@pytest.mark.parametrize(
    ("name", "year", "today", "rule"),
    [
        # Raised in rank, renamed, moved as a whole.
        ("新民县", 1992, "210181", "same area"),
        ("铁法市", 2001, "211281", "same area"),
        ("岫岩满族自治县", 1991, "210323", "same unit"),
        # A code of then.
        ("210121", 1992, "210181", "same area"),
        # Townships went after the year of the value, or before it.
        ("盖县", 1991, "210881", "area changed"),
        ("盖州市", 2003, "210881", "area changed"),
        ("盖州市", 2005, "210881", "same unit"),
        # The unit that received them changed, too.
        ("金州区", 2012, "210213", "area changed"),
        ("金州区", 2017, "210213", "same unit"),
        # A change without a date may be later.
        ("新城子区", 2003, "210113", "not known"),
    ],
)
def test_a_value_goes_over_whole_or_not_at_all(ln, name, year, today, rule):
    row = rk.carry_values(pd.Series({name: 7.5}), ln, year=year).loc[today]
    assert row["rule"] == rule
    assert row["carried_from"] == name
    is_carried = rule in {"same unit", "same area"}
    assert pd.notna(row["value"]) == is_carried
    kept = rk.carry_values(pd.Series({name: 7.5}), ln, year=year, keep_changed=True)
    assert kept.loc[today, "value"] == 7.5


def test_two_units_of_then_are_not_added_up(ln):
    old = pd.Series({"普兰店市": 1.0, "普兰店区": 2.0})
    row = rk.carry_values(old, ln, year=2018, keep_changed=True).loc["210214"]
    assert row["rule"] == "several units"
    assert row["carried_from"] == "普兰店市、普兰店区"
    assert pd.isna(row["value"])


def test_cities_and_the_decision_that_says_so(ln):
    row = rk.carry_values(pd.Series({"锦西市": 3}), ln, year=1993, level="city").loc["211400"]
    assert (row["name"], row["value"], row["rule"]) == ("葫芦岛市", 3, "same area")
    assert "国函〔1994〕97号" in row["changes"]


def test_every_name_that_is_not_clear_is_told(ln):
    with pytest.raises(TableError) as caught:
        rk.carry_values(pd.Series({"铁西区": 1, "新民县": 2, "没有县": 3}), ln, year=1990)
    told = str(caught.value)
    assert "row 1: " in told
    assert "row 3: " in told
    assert "210106" in told
    with pytest.raises(InputError, match="'town' is no level"):
        rk.carry_values(pd.Series({"新民县": 2}), ln, year=1990, level="town")
