"""Where projects stand, and which meet the conditions, at the edges of each rule."""

import pandas as pd
import pytest
import shapely

from regionkit.errors import InputError, RegionkitError
from regionkit.places.ways import SEA_KM, sea_length_km
from regionkit.query.projects import filter_projects


def test_a_line_runs_through_its_waypoints_in_their_order(ln, changed):
    lines = ln.projects.geometry[ln.projects.geom_type == "LineString"]
    lines = lines[~lines.is_empty]
    stops = ln.waypoints.sort_values("order", ascending=False)
    n_seen = 0
    for project_id, course in lines.items():
        # The last row of the order turned round is the first stop.
        first = stops[stops["project_id"] == project_id].iloc[-1]
        place = ln.places.geometry.get(first["place_id"])
        if place is not None and not place.is_empty:
            assert shapely.Point(course.coords[0]).equals(place), project_id
            n_seen += 1
    assert n_seen > 5
    # The rows of a file may stand in any order.
    turned = changed(waypoints=ln.table("waypoints").iloc[::-1])
    assert turned.projects.geometry.equals(ln.projects.geometry)


def test_waypoints_the_other_way_round_are_another_line(ln, changed):
    table = ln.table("waypoints")
    turned = changed(waypoints=table.assign(order=-table["order"])).projects.geometry
    lines = ln.projects.geometry[ln.projects.geom_type == "LineString"]
    lines = lines[~lines.is_empty]
    assert len(lines) > 10
    for project_id, course in lines.items():
        assert list(turned[project_id].coords) == list(course.coords)[::-1]


def test_no_route_crosses_the_sea_but_those_that_say_so(ln, changed):
    lines = ln.projects.geometry[ln.projects.geom_type == "LineString"]
    over_sea = set(ln.waypoints.loc[ln.waypoints["is_at_sea"], "project_id"])
    assert len(lines) > 60
    crossing = {key for key, line in lines.items() if sea_length_km(line) > SEA_KM}
    assert crossing <= over_sea
    # Drawn straight, seven of them cross up to 170 km: the test can tell.
    straight = ln.waypoints.assign(is_at_sea=ln.waypoints["order"] > 1)
    lines = changed(waypoints=straight).projects.geometry[lines.index]
    assert sum(sea_length_km(line) > SEA_KM for line in lines) >= 5


def test_a_stop_named_by_its_unit_is_at_the_units_seat(ln):
    line = ln.projects.geometry["tieda-oil-pipeline-upgrade"]
    seats = ln.table("seats").set_index("adcode")
    for code, end in (("211200", 0), ("210200", -1)):
        assert line.coords[end] == (seats.loc[code, "lon"], seats.loc[code, "lat"])


def test_a_project_of_the_whole_province_is_in_it_and_in_no_city(ln):
    wide = ln.select_projects(with_geometry=False)
    wide = wide.index[wide["adcodes"] == (ln.adcode,)]
    assert len(wide) > 5
    assert set(wide) <= set(ln.select_projects(place="辽宁省").index)
    for city in ln.cities.index:
        assert set(wide).isdisjoint(ln.select_projects(place=city).index)


def test_a_citys_projects_are_those_of_its_counties_and_its_own(ln):
    found = ln.select_projects(place="沈阳市", with_geometry=False)
    mine = {"210100", *ln.counties.index[ln.counties["city_adcode"] == "210100"]}
    assert set(found.index) == {
        project_id
        for project_id, codes in ln.projects["adcodes"].items()
        if mine.intersection(codes)
    }


def test_a_grouping_and_a_place_are_both_asked(ln):
    # Of a corridor recorded by its cities, a county in one of them.
    corridor = ln.select_projects(zone="沈大经济走廊")
    county = ln.select_projects(place="海城市")
    both = ln.select_projects(zone="沈大经济走廊", place="海城市")
    assert set(both.index) == set(corridor.index) & set(county.index)
    assert 0 < len(both) < len(corridor)


@pytest.fixture
def planned():
    """From 2026 to 2030, in no year, and in one that a document names."""
    return pd.DataFrame(
        {
            "name": ["a", "b", "c"],
            "note": [None, None, None],
            "stage": ["new", None, "planned"],
            "start_year": pd.array([2026, None, None], dtype="Int64"),
            "end_year": pd.array([2030, None, None], dtype="Int64"),
            "years": [(), (), (2016,)],
        },
        index=["span", "never", "named"],
    )


@pytest.mark.parametrize(
    ("year", "found"),
    [
        (2015, []),
        (2016, ["named"]),
        (2017, []),
        (2025, []),
        (2026, ["span"]),
        (2030, ["span"]),
        (2031, []),
    ],
)
def test_the_first_and_the_last_year_of_a_plan_are_in_it(planned, year, found):
    assert list(filter_projects(planned, year=year).index) == found


def test_a_project_without_a_stage_has_none_of_them(planned):
    every = ["new", "planned", "under construction", "study"]
    assert list(filter_projects(planned, stage=every).index) == ["span", "named"]
    assert list(filter_projects(planned, stage=["new"]).index) == ["span"]


def test_a_word_is_looked_up_without_the_projects(changed, ln):
    region = changed(projects=None, mentions=None)
    assert region.look_up("zone", "辽西").values == ("liaoxi",)
    assert region.look_up("place", "喀左").values == ("211324",)
    assert region.look_up("kind", "核电").values == ("nuclear",)
    assert region.look_up("source", "十五五").values == ("liaoning-15fyp",)
    for condition, word in (("source", "某书"), ("place", "锦州港"), ("stage", "完")):
        with pytest.raises(RegionkitError) as by_word:
            region.look_up(condition, word)
        with pytest.raises(InputError) as by_question:
            ln.select_projects(**{condition: word})
        assert str(by_word.value) == str(by_question.value)
