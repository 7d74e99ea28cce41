"""The index of units."""

import pandas as pd
import pytest

from regionkit.errors import UnknownPlaceError
from regionkit.places.units import list_provinces, list_units


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


def test_a_city_without_counties_is_a_county():
    # 东莞 stands in the index as a city and as its only county, under one code.
    assert list_units("440000").loc["441900", ["level", "city_adcode"]].tolist() == [
        "county",
        "441900",
    ]
    # 重庆 stands there as a province and as its only city.
    assert list_units("500000").loc["500000", "level"] == "province"


@pytest.mark.parametrize("adcode", ["990000", "210100", "", "辽宁"])
def test_unknown_province(adcode):
    with pytest.raises(UnknownPlaceError, match=f"No province has the adcode '{adcode}'.*辽宁省"):
        list_units(adcode)
