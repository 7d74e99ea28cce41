"""Counts, sums and pairs, on projects small enough to check by hand."""

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from regionkit.errors import InputError
from regionkit.query.summaries import (
    count_projects,
    pairs_within,
    stalled_projects,
    sum_capacity,
    units_without,
)


@pytest.fixture
def projects():
    """Wind of 100 and 50 in one county, of unknown size in another, and a line of 500 kV."""
    return gpd.GeoDataFrame(
        {
            "name": ["a", "b", "c", "d"],
            "kind": ["wind", "wind", "wind", "transmission"],
            "adcodes": [("990101",), ("990101", "990201"), ("990102",), ("990200",)],
            "zone_ids": [("west",), ("west",), ("west", "east"), ("west", "east")],
            "capacity_value": [100.0, 50.0, None, 500.0],
            "capacity_unit": ["万千瓦", "万千瓦", None, "千伏"],
        },
        index=list("abcd"),
        geometry=[shapely.Point()] * 4,
        crs=4326,
    )


def test_capacities_add_up_like_with_like(projects, tiny, tiny_parts):
    sums = sum_capacity(projects, tiny, parts=tiny_parts).set_index(["unit_id", "kind"])
    assert sums.loc[("990101", "wind"), "capacity"] == 150.0
    assert sums.loc[("990101", "wind"), "n_projects"] == 2
    # The project of two counties counts whole in each.
    assert sums.loc[("990201", "wind"), "capacity"] == 50.0
    # No capacity is stated there, so there is no sum.
    assert ("990102", "wind") not in sums.index
    # Voltages do not add up.
    assert "transmission" not in sums.index.get_level_values("kind")


def test_zones_sum_their_own_projects_and_tell_the_unstated(projects, tiny_zones):
    sums = sum_capacity(projects, tiny_zones).set_index("unit_id")
    assert sums.loc["west", "capacity"] == 150.0
    assert sums.loc["west", "n_unstated"] == 1
    assert "east" not in sums.index


def test_what_is_in_no_row_is_told_with_its_reason(projects, tiny, tiny_parts):
    sums = sum_capacity(projects, tiny, parts=tiny_parts)
    told = (sums.attrs["n_unstated"], sums.attrs["n_classes"], sums.attrs["n_elsewhere"])
    # c states no capacity; d is of 500 kV, and recorded for a city only.
    assert told == (1, 1, 1)
    assert count_projects(projects, tiny, parts=tiny_parts).attrs["n_elsewhere"] == 1
    assert count_projects(projects, tiny, by="kind", parts=tiny_parts).attrs["n_elsewhere"] == 1


def test_pairs_of_guessed_points_can_be_left_out(projects):
    placed = projects.assign(location_basis=["site", "town", "county", "city"])
    placed = placed.set_geometry([shapely.Point(123.0, 41.0)] * 4, crs=4326)
    assert len(pairs_within(placed, km=1)) == 6
    sited = pairs_within(placed, km=1, with_approximate=False)
    assert sited[["project_id", "other_id"]].to_numpy().tolist() == [["a", "b"]]
    assert sited.attrs["n_approximate"] == 5


def test_units_without_tell_a_county_whose_city_has_one(projects, tiny, tiny_parts):
    lines = projects[projects["kind"] == "transmission"]
    without = units_without(lines, tiny, parts=tiny_parts)
    # Recorded for city 990200 only: it may stand in either of its counties.
    assert without["is_certain"].to_dict() == {
        "990101": True,
        "990102": True,
        "990201": False,
        "990202": False,
    }


def test_no_projects_leave_every_unit_without(projects, tiny, tiny_parts):
    none = projects.iloc[:0]
    assert list(units_without(none, tiny, parts=tiny_parts).index) == list(tiny.index)
    assert sum_capacity(none, tiny, parts=tiny_parts).empty


def test_the_overlap_of_two_zones_is_an_area(ln):
    overlap = ln.area_of("辽西+沈阳都市圈")
    assert overlap.symmetric_difference(ln.cities.geometry["210900"]).area < 1e-9
    hits = ln.projects_within("辽西+沈阳都市圈")
    assert (hits.intersects(ln.cities.geometry["210900"])).all()
    with pytest.raises(InputError, match="辽西 and 辽东绿色经济区 do not overlap"):
        ln.area_of("辽西+辽东绿色经济区")
    with pytest.raises(InputError, match="names no area"):
        ln.area_of(" + ")


def test_a_grouping_without_members_has_no_area(ln):
    empty = ln.groupings[ln.groupings["n_counties"] == 0]
    with pytest.raises(InputError, match="no recorded members"):
        ln.area_of(empty["name"].iloc[0])


def test_along_a_corridor_is_in_it_or_near_it(ln):
    inside = ln.projects_within("沈大经济走廊")
    along = ln.projects_along("沈大经济走廊", km=5)
    assert set(inside.index) <= set(along.index)
    assert along["distance_km"].max() <= 5
    assert isinstance(along, pd.DataFrame)


# Thresholds --------------------------------------------------------------------------------


def said(*rows):
    """Return mentions of one project: year, stage."""
    return pd.DataFrame(
        [("p", "same", year, stage) for year, stage in rows],
        columns=["project_id", "match", "year", "stage"],
    )


STAGES = ["study", "preparatory", "planned", "new"]


@pytest.mark.parametrize("first", STAGES)
@pytest.mark.parametrize("last", STAGES)
def test_stalled_is_what_is_no_further_than_it_was(first, last):
    stalled = stalled_projects(said((2016, first), (2026, last)))
    assert len(stalled) == (STAGES.index(last) <= STAGES.index(first))


@pytest.mark.parametrize("stage", ["advancing", "under construction", "completed"])
def test_what_is_under_way_is_not_stalled(stage):
    assert stalled_projects(said((2016, stage), (2026, stage))).empty


def test_advancing_and_under_construction_are_as_far():
    # Neither is further than the other, and both are under way.
    for stages in (("advancing", "under construction"), ("under construction", "advancing")):
        assert stalled_projects(said((2016, stages[0]), (2026, stages[1]))).empty
    assert len(stalled_projects(said((2016, "advancing"), (2026, "new")))) == 1
    assert stalled_projects(said((2016, "new"), (2026, "advancing"))).empty


@pytest.mark.parametrize(("years", "is_stalled"), [(3, False), (4, True), (5, True)])
def test_stalled_from_so_many_years_on(years, is_stalled):
    table = stalled_projects(said((2020, "study"), (2020 + years, "study")), min_years=4)
    assert len(table) == is_stalled


@pytest.mark.parametrize("turned", [False, True])
def test_of_two_stages_in_a_year_the_further_counts(turned):
    rows = [(2016, "new"), (2016, "study"), (2026, "planned"), (2026, "study")]
    row = stalled_projects(said(*(rows[::-1] if turned else rows))).iloc[0]
    assert (row["first_stage"], row["last_stage"]) == ("new", "planned")
    rows = [(2016, "study"), (2026, "study"), (2026, "under construction")]
    assert stalled_projects(said(*(rows[::-1] if turned else rows))).empty


def test_a_mention_without_stage_or_of_an_expansion_tells_no_stage():
    # The stage of 2022 is the last one told.
    rows = [(2016, "study"), (2022, "study"), (2026, None), (2025, "expansion")]
    assert stalled_projects(said(*rows))["last_year"].tolist() == [2022]
    assert stalled_projects(said((2016, "study"), (2026, None))).empty
    assert stalled_projects(said((2016, None), (2026, "study"))).empty


@pytest.mark.parametrize(
    ("unit", "adds_up"),
    [("万吨", True), ("万吨级", False), ("千伏", False), ("万千伏安", True), ("4F级", False)],
)
def test_sizes_of_a_class_do_not_add_up(projects, tiny, tiny_parts, unit, adds_up):
    berths = projects.assign(capacity_value=10.0, capacity_unit=unit)
    sums = sum_capacity(berths, tiny, parts=tiny_parts)
    assert sums.attrs["n_classes"] == (0 if adds_up else 4)
    assert sums.empty != adds_up
    if adds_up:
        wind = sums[(sums["unit_id"] == "990101") & (sums["kind"] == "wind")]
        assert wind["capacity"].tolist() == [20.0]
