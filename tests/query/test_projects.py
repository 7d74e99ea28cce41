"""Questions about projects, against answers found by hand or the slow way."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from regionkit.errors import CrsError, InputError
from regionkit.places.projection import GEOD
from regionkit.query.projects import (
    filter_projects,
    projects_along,
    projects_near,
    projects_within,
)
from regionkit.query.summaries import count_projects, pairs_within, stalled_projects, zone_matrix


@pytest.fixture
def projects():
    """Four projects in the counties of `tiny`: two points, a line over three, one nowhere."""
    return gpd.GeoDataFrame(
        {
            "name": ["Farm", "Wind park", "Railway", "Fund"],
            "note": [None, "offshore", None, "no place"],
            "domain": ["agriculture", "energy", "transport", "energy"],
            "adcodes": [("990101",), ("990102",), ("990101", "990102", "990202"), ("990000",)],
            "zone_ids": [("west",), ("west", "east"), ("west", "east"), ()],
            "source_ids": [("a",), ("a", "b"), ("b",), ()],
            "years": [(2026,), (), (2016, 2026), ()],
            "start_year": pd.array([None, 2026, None, None], dtype="Int64"),
            "end_year": pd.array([None, 2030, None, None], dtype="Int64"),
        },
        index=pd.Index(["farm", "wind", "rail", "fund"], name="project_id"),
        geometry=[
            shapely.Point(123.05, 41.05),
            shapely.Point(123.15, 41.05),
            shapely.LineString([(123.05, 41.05), (123.15, 41.05), (123.15, 41.15)]),
            shapely.Point(),
        ],
        crs="EPSG:4326",
    )


@pytest.mark.parametrize(
    ("conditions", "expected"),
    [
        ({}, ["farm", "wind", "rail", "fund"]),
        ({"adcodes": ["990101"]}, ["farm", "rail"]),
        # A unit is itself alone; those in it are named beside it.
        ({"adcodes": ["990100"]}, []),
        ({"adcodes": ["990000"]}, ["fund"]),
        ({"adcodes": ["990202", "990101"]}, ["farm", "rail"]),
        ({"zone_ids": ["east"]}, ["wind", "rail"]),
        ({"zone_ids": []}, []),
        ({"domain": ["energy"]}, ["wind", "fund"]),
        ({"source_ids": ["b"]}, ["wind", "rail"]),
        ({"year": 2026}, ["farm", "wind", "rail"]),
        ({"year": 2028}, ["wind"]),
        ({"text": "WIND"}, ["wind"]),
        ({"text": "place"}, ["fund"]),
        ({"text": "("}, []),
        ({"domain": None, "zone_ids": ["west"], "text": "r"}, ["farm", "wind", "rail"]),
    ],
)
def test_filter(projects, conditions, expected):
    assert list(filter_projects(projects, **conditions).index) == expected


def test_filter_by_an_unknown_column(projects):
    with pytest.raises(
        InputError, match=r"Projects have no column 'sector'. There are: name, note"
    ):
        filter_projects(projects, sector=["x"])


def test_near_in_kilometres_of_the_ellipsoid(projects):
    near = projects_near(projects, shapely.Point(123.05, 41.05), km=20)
    true = GEOD.inv(123.05, 41.05, 123.15, 41.05)[2] / 1000
    assert near["distance_km"].round(9).to_dict() == {
        "farm": 0.0,
        "rail": 0.0,
        "wind": round(true, 9),
    }
    assert near.attrs["n_unplaced"] == 1
    assert list(projects_near(projects, shapely.Point(123.15, 41.05), km=8)) == list(near)


def test_near_a_line_and_inside_a_polygon(projects, tiny):
    inside = projects_near(projects, tiny.geometry["990102"], km=0)
    assert set(inside.index) == {"wind", "rail"}
    line = shapely.LineString([(123.0, 41.06), (123.2, 41.06)])
    near = projects_near(projects, line, k=5)
    assert near["distance_km"].iloc[0] == 0
    assert near["distance_km"]["farm"] == pytest.approx(1.11, abs=0.01)


def test_the_nearest_few(projects):
    assert list(projects_near(projects, shapely.Point(123.14, 41.05), k=1).index) == ["rail"]
    assert len(projects_near(projects, shapely.Point(123.14, 41.05), k=9)) == 3


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({}, "Say how near: give km="),
        ({"km": -1}, "km=-1 is negative or no number"),
        ({"km": float("nan")}, "km=nan is negative or no number"),
        ({"k": -2}, "k=-2 is negative"),
    ],
)
def test_near_what(projects, options, words):
    with pytest.raises(InputError, match=words):
        projects_near(projects, shapely.Point(123, 41), **options)


def test_projects_in_another_crs_are_refused(projects):
    with pytest.raises(CrsError, match=r"The projects are in EPSG:4526.* Reproject and rerun"):
        projects_near(projects.to_crs(4526), shapely.Point(123, 41), km=1)
    with pytest.raises(CrsError, match="The projects are in no CRS, not EPSG:4326"):
        pairs_within(projects.set_crs(None, allow_override=True), km=1)


def test_within(projects, tiny):
    inside = projects_within(projects, tiny.geometry["990102"])
    assert set(inside.index) == {"wind", "rail"}
    assert inside.attrs["n_unplaced"] == 1
    # A border belongs to both sides.
    edge = shapely.box(123.05, 41.0, 123.06, 41.1)
    assert set(projects_within(projects, edge).index) == {"farm", "rail"}


def test_within_what(projects):
    with pytest.raises(InputError, match=r"A LineString has no inside. Give a Polygon"):
        projects_within(projects, shapely.LineString([(0, 0), (1, 1)]))
    bow_tie = shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])
    with pytest.raises(InputError, match=r"not valid \(Self-intersection.*make_valid"):
        projects_within(projects, bow_tie)


def test_along_in_order_of_the_line(projects):
    line = shapely.LineString([(123.2, 41.05), (123.0, 41.05)])
    along = projects_along(projects, line, km=1)
    # The middle of the railway is where the wind park stands.
    assert set(along.index[:2]) == {"wind", "rail"}
    assert along.index[2] == "farm"
    assert along["position"].between(0, 1).all()
    assert along["position"]["wind"] == pytest.approx(0.25)
    # A stroke of 17 km is straight in the projection, not along the parallel.
    assert along["distance_km"].max() == pytest.approx(0, abs=0.01)
    turned = projects_along(projects, line.reverse(), km=1)
    assert turned.index[0] == "farm"


def test_along_a_line_in_pieces(projects):
    pieces = shapely.MultiLineString(
        [[(123.0, 41.05), (123.1, 41.05)], [(123.1, 41.05), (123.2, 41.05)]]
    )
    assert projects_along(projects, pieces, km=1).index[0] == "farm"


@pytest.mark.parametrize("line", [shapely.Point(0, 0), shapely.LineString()])
def test_along_what(projects, line):
    with pytest.raises(InputError, match=f"A {line.geom_type} has no course. Give a LineString"):
        projects_along(projects, line, km=1)


def test_counts_say_double_what_touches_two(projects, tiny, tiny_zones, tiny_parts):
    counts = count_projects(projects, tiny, parts=tiny_parts)
    assert counts["projects"].to_dict() == {"990101": 2, "990102": 2, "990201": 0, "990202": 1}
    split = count_projects(projects, tiny, by="domain", parts=tiny_parts)
    assert split.loc["990102"].to_dict() == {"agriculture": 0, "energy": 1, "transport": 1}
    assert (split.sum(axis=1) == counts["projects"]).all()
    zones = count_projects(projects, tiny_zones)
    assert zones["projects"].to_dict() == {"west": 3, "east": 2}


def test_a_city_counts_its_counties_and_the_province_all(projects, tiny_parts):
    outer = pd.DataFrame(index=pd.Index(["990000", "990100", "990200"], name="adcode"))
    counts = count_projects(projects, outer, parts=tiny_parts)["projects"]
    # What is recorded for the province alone is in none of its cities.
    assert counts.to_dict() == {"990000": 4, "990100": 3, "990200": 1}


def test_counts_by_unit_ask_which_lie_in_which(projects, tiny):
    with pytest.raises(InputError, match=r"which units lie in which. Give parts=region.unit_parts"):
        count_projects(projects, tiny)


def test_matrix_of_zones(projects, tiny_zones):
    matrix = zone_matrix(projects, tiny_zones)
    assert matrix.to_numpy().tolist() == [[3, 2], [2, 2]]
    assert matrix.attrs["n_projects"] == 3


def test_pairs(projects):
    pairs = pairs_within(projects, km=20)
    assert set(zip(pairs["project_id"], pairs["other_id"], strict=True)) == {
        ("farm", "wind"),
        ("farm", "rail"),
        ("wind", "rail"),
    }
    assert pairs["distance_km"].is_monotonic_increasing
    assert len(pairs_within(projects, km=0)) == 2
    assert pairs_within(projects.iloc[:0], km=1).columns.tolist() == list(pairs.columns)
    with pytest.raises(InputError, match="km=-1 is negative or no number"):
        pairs_within(projects, km=-1)


def test_the_order_of_rows_does_not_matter(projects):
    turned = projects.iloc[::-1]
    origin = shapely.Point(123.0, 41.0)
    one, other = (projects_near(frame, origin, km=50) for frame in (projects, turned))
    assert one["distance_km"].to_dict() == other["distance_km"].to_dict()


def test_questions_leave_the_projects_as_they_are(projects):
    before = projects.copy()
    projects_near(projects, shapely.Point(123, 41), km=50)
    projects_along(projects, shapely.LineString([(123, 41), (124, 41)]), km=50)
    projects_within(projects, shapely.box(123, 41, 124, 42))
    pairs_within(projects, km=1)
    assert projects.equals(before)
    assert list(projects.columns) == list(before.columns)


LON, LAT = st.floats(118.8, 125.8), st.floats(38.7, 43.5)


@settings(max_examples=40)
@given(st.lists(st.tuples(LON, LAT), min_size=1, max_size=8), st.tuples(LON, LAT))
def test_distances_between_points_are_geodesics(positions, origin):
    points = gpd.GeoDataFrame(geometry=gpd.points_from_xy(*np.array(positions).T), crs="EPSG:4326")
    near = projects_near(points, shapely.Point(origin), km=5000)
    for row, distance in near["distance_km"].items():
        assert distance == pytest.approx(GEOD.inv(*positions[row], *origin)[2] / 1000, abs=1e-5)


def test_stalled_projects_keep_no_further_stage_after_years():
    said = pd.DataFrame(
        {
            "project_id": ["a", "a", "b", "b", "c", "c", "d", "d", "e", "e"],
            "match": ["same"] * 8 + ["same", "doubtful"],
            "year": [2016, 2026, 2016, 2026, 2022, 2026, 2016, 2018, 2016, 2026],
            "stage": [
                *("new", "preparatory"),  # back a step: stalled
                *("preparatory", "advancing"),  # under way: not
                *("study", "study"),  # four years in one place: stalled
                *("study", "study"),  # two years only: not
                *("study", "study"),  # the later one may be another project: not
            ],
        }
    )
    stalled = stalled_projects(said)
    assert stalled["years"].to_dict() == {"a": 10, "c": 4}
    with pytest.raises(InputError, match="min_years=-1 is negative"):
        stalled_projects(said, min_years=-1)


def test_a_railway_that_was_to_begin_in_2016_and_is_still_prepared_is_stalled(ln):
    stalled = ln.stalled_projects()
    row = stalled.loc["shenyang-dandong-railway-upgrade"]
    assert (row["first_year"], row["last_year"]) == (2016, 2026)
    assert "shenyang-taoxian-airport-runway-2" not in stalled.index
