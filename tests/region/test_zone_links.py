"""What is known of zones beside their area, and what documents said, in order of time."""

import pandas as pd
import pytest
import shapely

from regionkit.errors import InputError, UnknownPlaceError
from regionkit.query.projects import geodesic_km


def test_a_zone_with_waypoints_has_a_line_through_them(ln):
    lines = ln.zone_lines
    assert set(lines.index) == set(ln.table("zone_waypoints")["zone_id"])
    axis = lines.loc["axis-jing-ha"]
    assert (axis["waypoints"][0], axis["bases"][0]) == ("北京", "stated")
    assert axis["basis"] == "inferred"
    assert set(axis["bases"]) == {"stated", "inferred"}
    assert len(axis["waypoints"]) == len(axis["geometry"].coords) + axis["n_unplaced"]
    beijing = ln.places.geometry["beijing"]
    assert shapely.Point(axis["geometry"].coords[0]).equals(beijing)


def test_the_order_of_the_rows_does_not_matter_and_that_of_the_nodes_does(ln, changed):
    stops = ln.table("zone_waypoints")
    turned = changed(zone_waypoints=stops.iloc[::-1]).zone_lines
    assert turned.geometry.equals(ln.zone_lines.geometry)
    back = changed(zone_waypoints=stops.assign(order=-stops["order"])).zone_lines
    for zone_id, line in ln.zone_lines.geometry.items():
        assert list(back.geometry[zone_id].coords) == list(line.coords)[::-1]


def test_a_waypoint_stands_at_its_own_position_first(ln, changed):
    stops = ln.table("zone_waypoints")
    first = (stops["zone_id"] == "axis-jing-ha") & (stops["order"] == 1)
    own = stops.assign(lon=stops["lon"].mask(first, 116.5), lat=stops["lat"].mask(first, 40.0))
    line = changed(zone_waypoints=own).zone_lines.geometry["axis-jing-ha"]
    assert line.coords[0] == (116.5, 40.0)
    lost = stops.assign(place_id=stops["place_id"].mask(first), adcode=stops["adcode"].mask(first))
    axis = changed(zone_waypoints=lost).zone_lines.loc["axis-jing-ha"]
    assert axis["n_unplaced"] == 1
    assert len(axis["geometry"].coords) == len(axis["waypoints"]) - 1


def test_a_city_on_a_track_stands_where_maps_write_its_name(ln):
    seats = ln.table("seats").set_index("adcode")
    _, benxi = ln.zone_lines.geometry["shen-ben-corridor"].coords
    # The seat moved out of the old town, which is what 沈本 means.
    assert benxi == tuple(seats.loc["210500", ["label_lon", "label_lat"]].astype(float))
    start = ln.zone_lines.geometry["shen-da-corridor"].coords[0]
    assert start == tuple(seats.loc["210100", ["lon", "lat"]].astype(float))


@pytest.mark.parametrize("name", ["沈大走廊", "京哈主轴"])
def test_along_a_corridor_is_measured_from_its_line(ln, name):
    line = ln.zone_lines.geometry[ln.resolve_zone(name)]
    hits = ln.projects_along(name, km=20)
    assert (hits["distance_km"] <= 20).all()
    assert geodesic_km(hits.geometry, line) == pytest.approx(hits["distance_km"], abs=1e-6)
    assert hits["position"].is_monotonic_increasing
    # The area of its members, whole cities, holds more.
    far = ln.projects_within(name).index.difference(hits.index)
    assert len(far) > 10
    assert geodesic_km(ln.projects.geometry[far], line).min() > 20


def test_along_a_zone_without_a_line_is_measured_from_its_area(ln):
    assert "liaoxi" not in ln.zone_lines.index
    hits = ln.projects_along("辽西", km=0)
    assert set(hits.index) == set(ln.projects_within("辽西").index)


def test_zones_of_which_only_the_name_is_known_are_listed(ln):
    names = ln.unplaced_zones
    assert "辽中南城市群" in set(names["name"])
    assert names["source_id"].isin(ln.sources.index).all()
    for zone_id in names.index:
        told = ln.zone_facts(zone_id)
        assert (told.members, told.places, told.waypoints) == ((), (), ())
    assert set(names.index).isdisjoint(ln.zone_lines.index)
    for name in names["name"].iloc[:3]:
        with pytest.raises(InputError, match="has no recorded members"):
            ln.area_of(name)


def test_a_zone_without_members_answers_with_what_is_known(ln):
    told = ln.zone_facts("辽中南城市群")
    assert (told.zone_id, told.name, told.kind) == ("liaozhongnan", "辽中南城市群", "other")
    assert told.members == ()
    assert len(told.mentions) == len(
        ln.other_mentions.query("named_kind == 'zone' and named_id == 'liaozhongnan'")
    )
    with pytest.raises(UnknownPlaceError):
        ln.zone_facts("某某区")


def test_zoning_is_told_through_time(ln):
    told = ln.zone_facts("沈阳都市圈")
    assert "沈抚改革创新示范区" in told.places
    assert {"210100", "211200"} <= set(told.members)
    zones = told.mentions[told.mentions["named_kind"] == "zone"]
    assert zones["issued_on"].dropna().is_monotonic_increasing
    assert {"2022-01-31", "2026-05"} <= set(zones["issued_on"].dropna())
    members = told.mentions[told.mentions["named_kind"] == "membership"]
    assert members["named_id"].str.startswith("shenyang-metro/").all()


def test_what_is_not_before_stands_apart_from_what_is_in(ln):
    rows = ln.project_history("liaoning-ftz")
    undated = rows[rows["source"] == "东北振兴“十三五”任务分工"]
    assert len(undated) == 1
    at = undated.index[0]
    assert pd.isna(undated.loc[at, "issued_on"])
    assert pd.isna(undated.loc[at, "year"])
    assert undated.loc[at, "not_before"] == "2016-11"
    assert rows.loc[at - 1, "issued_on"] == "2016-11"
    assert rows.loc[at + 1, "issued_on"] == "2022-01-31"
    dated = rows.drop(index=at)
    assert dated["not_before"].isna().all()
    assert dated["year"].is_monotonic_increasing


def test_a_mention_without_a_year_stands_at_its_documents_date(ln, changed):
    mentions = ln.table("mentions")
    is_2022 = (mentions["project_id"] == "xudapu-nuclear-1-4") & (
        mentions["source_id"] == "liaoning-zones-2022"
    )
    region = changed(mentions=mentions.assign(year=mentions["year"].mask(is_2022)))
    rows = region.project_history("xudapu-nuclear-1-4")
    assert rows["issued_on"].is_monotonic_increasing
    assert rows["issued_on"].iloc[-1] == "2026-05"
    assert rows["year"].isna().sum() == is_2022.sum() > 0


def test_projects_and_tasks_are_linked_both_ways(ln):
    tasks = ln.tasks_of("liaoning-ftz")
    assert list(tasks.index) == [
        "rolling-2016-027", "l13-100", "z22-3-5-3", "z22-4-1-2-p1", "p26-093", "p26-094",
    ]  # fmt: skip
    assert "liaoning-ftz" in ln.projects_of_task("l13-100").index
    assert "ftz-dalian" in ln.projects_of_task("p26-093").index
    assert ln.projects_of_task("p26-094").index.tolist().count("liaoning-ftz") == 1
    with pytest.raises(InputError, match="No task has the id 'p99'"):
        ln.projects_of_task("p99")


def test_the_plan_in_force(ln):
    assert ln.current_plan == "liaoning-15fyp"
    named = ln.mentions.query("source_id == 'liaoning-15fyp' and match != 'doubtful'")
    projects = ln.projects
    assert set(projects.index[projects["is_in_current_plan"]]) == set(named["project_id"])
