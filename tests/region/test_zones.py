"""Who belongs to which zone, where the digits of the codes would mislead."""

import pandas as pd
import pytest

from regionkit.places.names import Resolver
from regionkit.places.units import list_outer_units, list_parts, list_provinces, list_units
from regionkit.region.zones import Zones


@pytest.fixture
def units():
    """A county directly under the province, and one whose code begins like another city's."""
    return pd.DataFrame(
        {
            "level": ["province", "city", "city", "county", "county", "county"],
            "name": ["某省", "甲市", "乙市", "子县", "丑县", "寅市"],
            "city_adcode": [None, "990100", "990200", "990100", "990200", "999001"],
        },
        index=pd.Index(["990000", "990100", "990200", "990101", "990102", "999001"], name="adcode"),
    )


@pytest.fixture
def zones(units):
    table = pd.DataFrame(
        {
            "zone_id": ["north", "south", "all", "none"],
            "kind": ["strategic", "strategic", "belt", "belt"],
            "order": [2, 1, 3, 4],
            "colour": ["#96bcd5", None, None, None],
        }
    )
    memberships = pd.DataFrame(
        [("north", "990200"), ("south", "990101"), ("south", "999001"), ("all", "990000")],
        columns=["zone_id", "adcode"],
    )
    return Zones(table, memberships, units, list_parts(units))


def test_parts_are_read_from_the_table(units):
    parts = list_parts(units)
    assert parts["990200"] == {"990200", "990102"}
    assert parts["990100"] == {"990100", "990101"}
    assert parts["999001"] == {"999001"}
    assert parts["990000"] == set(units.index)


def test_a_county_has_the_zones_of_its_city_and_its_own(zones):
    assert zones.strategic_ids == ("south", "north")
    assert zones.of_unit("990102") == ("north",)
    assert zones.of_unit("990101") == ("south",)
    assert zones.of_unit("999001") == ("south",)
    # Some of its counties are in a zone, and the city as a whole is not.
    assert zones.of_unit("990100") == ()
    assert zones.of_unit("990000") == ()
    assert zones.of_unit("990102", None) == ("north", "all")
    assert zones.of_unit("990102", "belt") == ("all",)


def test_counties_of_each_zone(zones):
    members = zones.county_members
    assert list(members.items()) == [
        ("990101", "all"),
        ("990101", "south"),
        ("990102", "all"),
        ("990102", "north"),
        ("999001", "all"),
        ("999001", "south"),
    ]
    assert zones.members_of("none") == ()


def test_names_within_a_city_are_those_of_its_counties(units):
    resolver = Resolver(units)
    assert [place.adcode for place in resolver.candidates("丑县", within="乙市")] == ["990102"]
    assert resolver.candidates("丑县", within="甲市") == []
    assert [place.adcode for place in resolver.candidates("乙市丑县")] == ["990102"]
    assert resolver.candidates("甲市丑县") == []
    assert [place.adcode for place in resolver.candidates("某省寅市")] == ["999001"]


@pytest.mark.parametrize(
    ("adcode", "outer"),
    [
        ("210000", ("210000",)),
        ("210100", ("210000", "210100")),
        ("210103", ("210000", "210100", "210103")),
        # 仙桃 and 东莞 have no city above them.
        ("429004", ("420000", "429004")),
        ("441900", ("440000", "441900")),
        ("110101", ("110000", "110101")),
    ],
)
def test_what_a_unit_lies_in(adcode, outer):
    assert list_outer_units(adcode) == outer


def test_no_county_of_china_lies_in_two_cities():
    for province in list_provinces().index:
        units = list_units(province)
        parts = list_parts(units)
        cities = [parts[code] for code in units.index[units["level"] == "city"]]
        assert sum(map(len, cities)) == len(frozenset().union(*cities)), province
        assert parts[province] == set(units.index)
        for code in units.index[units["level"] == "county"]:
            outer = list_outer_units(code)
            assert (outer[0], outer[-1]) == (province, code)
            assert all(code in parts[one] for one in outer)
