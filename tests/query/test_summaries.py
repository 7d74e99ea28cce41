"""Counts, sums and pairs, on projects small enough to check by hand."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from regionkit.errors import InputError
from regionkit.query import summaries
from regionkit.query.projects import geodesic_km
from regionkit.query.summaries import (
    count_projects,
    newest_values,
    pairs_within,
    stalled_projects,
    sum_values,
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
        },
        index=list("abcd"),
        geometry=[shapely.Point()] * 4,
        crs=4326,
    )


def figures(*rows):
    """Return rows of project_values: project, measure, value, unit, year, document."""
    names = ["project_id", "measure", "value", "unit", "year", "source_id"]
    frame = pd.DataFrame(rows, columns=names)
    return frame.astype({"value": float, "year": "Int64"})


@pytest.fixture
def values():
    return figures(
        ("a", "installed", 100, "万千瓦", None, "new"),
        ("a", "total-investment", 30, "亿元", None, "new"),
        ("a", "yearly-investment", 4, "亿元", 2026, "new"),
        ("b", "installed", 50, "万千瓦", None, "new"),
        ("b", "yearly-investment", 5, "亿元", 2026, "new"),
        ("b", "yearly-investment", 6, "亿元", 2027, "new"),
        ("d", "size", 500, "千伏", None, "new"),
    )


def test_values_add_up_like_with_like(projects, values, tiny, tiny_parts):
    keys = ["unit_id", "kind", "measure", "unit", "year"]
    sums = sum_values(projects, values, tiny, parts=tiny_parts)
    total = {tuple(row[k] for k in keys if pd.notna(row[k])): (row["total"], row["n_projects"])
             for row in sums.to_dict("records")}  # fmt: skip
    here, there = ("990101", "wind"), ("990201", "wind")
    assert total == {
        (*here, "installed", "万千瓦"): (150, 2),
        (*here, "total-investment", "亿元"): (30, 1),
        (*here, "yearly-investment", "亿元", 2026): (9, 2),
        (*here, "yearly-investment", "亿元", 2027): (6, 1),
        # The project of two counties counts whole in each.
        (*there, "installed", "万千瓦"): (50, 1),
        (*there, "yearly-investment", "亿元", 2026): (5, 1),
        (*there, "yearly-investment", "亿元", 2027): (6, 1),
    }


def test_zones_sum_their_own_projects_and_tell_the_unstated(projects, values, tiny_zones):
    sums = sum_values(projects, values, tiny_zones)
    wind = sums[sums["measure"] == "installed"].set_index("unit_id")
    assert wind["total"].to_dict() == {"west": 150.0}
    assert wind.loc["west", "n_unstated"] == 1


@pytest.mark.parametrize("unit", ["千伏", "万吨级", "万千瓦级"])
def test_voltages_and_classes_are_listed_and_not_added(projects, tiny_zones, unit):
    three = [
        (name, "size", value, unit, None, "new")
        for name, value in zip("abd", (5, 5, 10), strict=True)
    ]
    sums = sum_values(projects, figures(*three), tiny_zones).set_index(["unit_id", "kind"])
    assert sums["total"].isna().all()
    assert sums.loc[("west", "wind"), "listed"] == "5 (2 projects)"
    assert sums.loc[("west", "transmission"), "listed"] == "10"
    both = sum_values(projects.assign(kind="x"), figures(*three), tiny_zones)
    assert both.loc[both["unit_id"] == "west", "listed"].tolist() == ["10, 5 (2 projects)"]
    added = sum_values(projects, figures(("a", "size", 5, "万吨", None, "new")), tiny_zones)
    assert added["total"].tolist() == [5.0]
    assert added["listed"].tolist() == [""]


def test_the_newest_of_several_figures_counts_once():
    issued = pd.Series({"old": "2016-05", "new": "2026-01", "undated": None})
    rows = figures(
        ("a", "size", 10, "公里", None, "new"),
        ("a", "size", 20, "公里", None, "old"),
        ("a", "size", 40, "公里", None, "undated"),
        # A figure of a year counts before one of none, a later before an earlier.
        ("b", "size", 1, "公里", 2025, "old"),
        ("b", "size", 2, "公里", 2024, "new"),
        ("b", "size", 3, "公里", None, "new"),
        # Another unit is another figure; each year of a yearly one stands.
        ("b", "size", 4, "座", None, "old"),
        ("b", "yearly-investment", 5, "亿元", 2025, "old"),
        ("b", "yearly-investment", 6, "亿元", 2026, "old"),
        ("b", "yearly-investment", 7, "亿元", 2026, "new"),
    )
    kept = newest_values(rows, issued)
    assert kept["value"].tolist() == [10, 1, 4, 5, 7]
    assert kept["year"].tolist() == [pd.NA, pd.NA, pd.NA, 2025, 2026]


def test_what_is_in_no_row_is_told_with_its_reason(projects, values, tiny, tiny_parts):
    sums = sum_values(projects, values, tiny, parts=tiny_parts)
    # c has no figure; d is recorded for a city only.
    assert (sums.attrs["n_unstated"], sums.attrs["n_elsewhere"]) == (1, 1)
    assert count_projects(projects, tiny, parts=tiny_parts).attrs["n_elsewhere"] == 1
    assert count_projects(projects, tiny, by="kind", parts=tiny_parts).attrs["n_elsewhere"] == 1


def test_pairs_of_guessed_points_can_be_left_out(projects):
    placed = projects.assign(location_basis=["site", "town", "county", "city"])
    placed = placed.set_geometry([shapely.Point(123.0, 41.0)] * 4, crs=4326)
    assert len(pairs_within(placed, km=1)) == 6
    sited = pairs_within(placed, km=1, with_approximate=False)
    assert sited[["project_id", "other_id"]].to_numpy().tolist() == [["a", "b"]]
    assert sited.attrs["n_approximate"] == 5


@pytest.mark.parametrize("km", [0, 1, 30, 400])
@pytest.mark.parametrize("corner", [(121.0, 41.0), (179.5, 66.0), (-3.0, 89.2)], ids=str)
def test_pairs_are_those_of_all_distances(corner, km):
    rng = np.random.default_rng(5)
    spots = np.array(corner) + rng.normal(0, [0.8, 0.2], (30, 2))
    spots[:, 0] = (spots[:, 0] + 180) % 360 - 180
    spots[:, 1] = np.minimum(spots[:, 1], 89.9)
    spots[7] = spots[3]
    shapes = [shapely.Point(spot) for spot in spots[:20]]
    # No line runs over the edge of the degrees.
    shapes += [
        shapely.LineString([spot, spot + step])
        for spot, step in zip(spots[20:], rng.normal(0, 0.05, (10, 2)), strict=True)
        if abs(spot[0]) < 179.5 and spot[1] < 89
    ]
    placed = gpd.GeoDataFrame(
        {"location_basis": "site"},
        index=pd.Index([f"p{n:02}" for n in range(len(shapes))], name="project_id"),
        geometry=shapes,
        crs=4326,
    )
    expected = {
        (one, other): distance
        for n, one in enumerate(placed.index)
        for other, distance in zip(
            placed.index[n + 1 :],
            geodesic_km(placed.geometry.iloc[n + 1 :], placed.geometry[one]),
            strict=True,
        )
        if distance <= km
    }
    pairs = pairs_within(placed, km=km)
    found = dict(
        zip(zip(pairs["project_id"], pairs["other_id"], strict=True), pairs["distance_km"],
            strict=True)
    )  # fmt: skip
    assert found == pytest.approx(expected, abs=1e-6)


def test_only_neighbours_are_measured(monkeypatch):
    asked = []

    def counted(others, origin):
        asked.append(len(others))
        return geodesic_km(others, origin)

    monkeypatch.setattr(summaries, "geodesic_km", counted)
    lines = [shapely.LineString([(110 + n, 40), (110.1 + n, 40)]) for n in range(60)]
    placed = gpd.GeoDataFrame(
        {"location_basis": "site"},
        index=[f"p{n}" for n in range(60)],
        geometry=[*lines[:30], *(shapely.Point(n + 110, 40.001) for n in range(30))],
        crs=4326,
    )
    assert len(pairs_within(placed, km=1)) == 30
    assert sum(asked) == 30


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
    assert sum_values(none, figures(), tiny, parts=tiny_parts).empty


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


def test_along_a_corridor_is_near_its_track_and_not_in_its_cities(ln):
    inside = ln.projects_within("沈大经济走廊")
    along = ln.projects_along("沈大经济走廊", km=5)
    assert along["distance_km"].max() <= 5
    assert set(inside.index) - set(along.index)
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
    alike = figures(*((key, "size", 10, unit, None, "new") for key in "ab"))
    sums = sum_values(projects, alike, tiny, parts=tiny_parts)
    row = sums[(sums["unit_id"] == "990101") & (sums["kind"] == "wind")].iloc[0]
    assert row["n_projects"] == 2
    if adds_up:
        assert (row["total"], row["listed"]) == (20.0, "")
    else:
        assert pd.isna(row["total"])
        assert row["listed"] == "10 (2 projects)"
