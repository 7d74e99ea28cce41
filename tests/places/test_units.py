"""The index of units."""

import pandas as pd
import pytest

from regionkit.errors import UnknownPlaceError
from regionkit.places.units import (
    COUNTRY,
    LEVELS,
    WHOLE,
    at_level,
    list_levels,
    list_partial,
    list_parts,
    list_provinces,
    list_units,
    outermost,
)


def test_liaoning():
    units = list_units("210000")
    assert units["level"].value_counts().to_dict() == {"county": 100, "city": 14, "province": 1}
    assert pd.isna(units.loc["210000", "city_adcode"])
    assert units.loc["210103", ["name", "city_adcode"]].tolist() == ["沈河区", "210100"]
    counties = units[units["level"] == "county"]
    assert counties["city_adcode"].isin(units.index[units["level"] == "city"]).all()


def test_every_province_has_units_of_one_code_each():
    provinces = list_provinces()
    assert len(provinces) == 34
    for adcode in provinces.index:
        units = list_units(adcode)
        assert units.index.is_unique, adcode
        below = units[units["level"] != "province"]
        assert below["city_adcode"].isin(units.index).all(), adcode
        assert (units["province_adcode"] == adcode).all()


@pytest.mark.parametrize(
    ("province", "n_cities", "n_counties", "n_both"),
    [
        ("210000", 14, 100, 0),
        ("410000", 18, 157, 1),
        ("420000", 17, 103, 4),
        ("440000", 21, 124, 2),
        ("460000", 19, 26, 16),
        ("620000", 14, 87, 1),
        ("650000", 24, 106, 10),
        # Their counties stand directly below the province.
        ("110000", 16, 16, 16),
        ("310000", 16, 16, 16),
        ("500000", 38, 38, 38),
        ("820000", 8, 8, 8),
        # It has no counties in the data, and is one unit at every level.
        ("710000", 1, 1, 1),
    ],
)
def test_a_unit_directly_under_the_province_is_city_and_county(
    province, n_cities, n_counties, n_both
):
    units = list_units(province)
    cities, counties = at_level(units, "city"), at_level(units, "county")
    assert (len(cities), len(counties)) == (n_cities, n_counties)
    assert len(cities.intersection(counties)) == n_both
    assert at_level(units, "province").tolist() == [province]
    # What stands at a level parts the province without rest.
    parts = list_parts(units)
    assert sorted(c for city in cities for c in parts[city] & set(counties)) == sorted(counties)


def test_levels_of_units():
    levels = list_levels(list_units("440000"))
    assert levels["441900"] == ("city", "county")
    assert levels["440100"] == ("city",)
    assert levels["440103"] == ("county",)
    assert levels["440000"] == ("province",)
    assert list_levels(list_units("710000"))["710000"] == ("province", "city", "county")


def test_a_region_over_provinces():
    codes = ["210000", "220000", "230000", "150400", "150500", "150700", "152200", "152500"]
    units = list_units(codes, name="东北地区")
    counts = {level: len(at_level(units, level)) for level in LEVELS}
    assert counts == {"nation": 0, "region": 1, "province": 4, "city": 41, "county": 334}
    assert units.loc[WHOLE, "name"] == "东北地区"
    assert list_partial(units) == {"150000"}
    parts = list_parts(units)
    assert parts[WHOLE] == set(units.index)
    assert "150402" in parts["150000"]
    assert "150102" not in units.index


def test_a_region_inside_of_a_province_has_none():
    units = list_units("210100")
    assert units.loc["210100", "level"] == "city"
    assert at_level(units, "province").empty
    assert list_partial(units) == set()
    # Of two counties of a city and one of another the cities are there, in part.
    some = list_units(["210381", "210321", "210202"])
    assert sorted(list_partial(some)) == ["210000", "210200", "210300"]
    assert at_level(some, "city").tolist() == ["210200", "210300"]


def test_the_country():
    units = list_units(COUNTRY)
    assert len(at_level(units, "province")) == 34
    counties = at_level(units, "county")
    assert (units.loc[counties, "level"] == "county").sum() == 2874
    assert counties.difference(units.index[units["level"] == "county"]).tolist() == ["710000"]
    assert list_partial(units) == set()


def test_what_lies_in_another_is_listed_once():
    assert outermost(["210000", "210100", "150400"]) == {"210000", "150400"}
    assert outermost(["210000", COUNTRY]) == {COUNTRY}
    assert list_units(["210000", "210100"]).equals(list_units("210000"))


@pytest.mark.parametrize("adcode", ["990000", "", "辽宁"])
def test_unknown_unit(adcode):
    said = f"No province, city or county has the adcode '{adcode}'.*辽宁省"
    with pytest.raises(UnknownPlaceError, match=said):
        list_units(adcode)


def test_a_region_of_nothing():
    with pytest.raises(UnknownPlaceError, match="has the adcode ''"):
        list_units([])
