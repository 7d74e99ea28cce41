"""What projects, zones and tasks are linked to, and what every question makes of it."""

import pandas as pd
import pytest

from regionkit.query.projects import link_to_zones
from regionkit.query.summaries import count_projects, units_without, zone_matrix


@pytest.mark.parametrize(
    ("zone", "project_id"),
    [
        ("辽西", "liaoxi-clean-energy-base"),
        ("辽东", "liaodong-health-base"),
        ("沈阳都市圈", "metro-enclave-parks-bundle"),
    ],
)
def test_a_project_said_of_a_zone_is_in_it(ln, zone, project_id):
    hits = ln.select_projects(zone=zone, with_geometry=False)
    assert hits.loc[project_id, "zone_link"] == "said"
    assert set(hits["zone_link"]) == {"said", "touches"}
    zone_id = ln.resolve_zone(zone)
    said = ln.project_zones.loc[ln.project_zones["zone_id"] == zone_id, "project_id"]
    assert set(hits.index[hits["zone_link"] == "said"]) == set(said)
    # Nothing but members makes a project touch a zone.
    members = ln._selection.inside_zone(zone_id)
    for codes in hits.loc[hits["zone_link"] == "touches", "adcodes"]:
        assert members.intersection(codes)


def test_counts_by_zone_have_what_is_said_of_it(ln):
    projects = ln.projects
    one = projects.loc[["liaoxi-clean-energy-base"]]
    assert count_projects(one, ln.zones)["projects"].to_dict() == {
        zone: int(zone == "liaoxi") for zone in ln.zones.index
    }
    assert zone_matrix(one, ln.zones).loc["liaoxi", "liaoxi"] == 1
    for zone_id, name in ln.zones["name"].items():
        hits = ln.select_projects(zone=name, with_geometry=False)
        assert count_projects(projects, ln.zones).loc[zone_id, "projects"] == len(hits)


def test_counts_by_grouping_are_those_of_the_question(ln):
    groupings = ln.groupings
    counts = count_projects(ln.projects, groupings, parts=ln.unit_parts)["projects"]
    for zone_id in ("axis-jing-ha", "hydrogen-corridor", "sand-barrier-belt"):
        hits = ln.select_projects(zone=zone_id, with_geometry=False)
        assert counts[zone_id] == len(hits), zone_id
    assert counts["sand-barrier-belt"] > 0


def test_a_zone_without_members_has_what_is_said_of_it(ln):
    said = ln.project_zones.groupby("zone_id")["project_id"].agg(sorted)
    empty = ln.groupings.index[ln.groupings["n_counties"] == 0].intersection(said.index)
    assert len(empty)
    for zone_id in empty:
        hits = ln.select_projects(zone=zone_id, with_geometry=False)
        assert sorted(hits.index) == said[zone_id]
        assert (hits["zone_link"] == "said").all()


def test_said_comes_before_touches():
    projects = pd.DataFrame(
        {
            "adcodes": [("1",), ("2",), ("1",)],
            "zone_ids": [("a",), (), ("b",)],
            "said_zone_ids": [("a",), (), ("b",)],
        }
    )
    links = link_to_zones(projects, ["a"], lambda _: {"1"})
    assert links.tolist() == ["said", "", "touches"]


@pytest.mark.parametrize(
    ("place", "project_id"),
    [
        ("鲅鱼圈区", "yingkou-port"),
        ("东港市", "dandong-port"),
        ("甘井子区", "dalian-jinzhouwan-airport"),
        ("皇姑区", "liaoning-university"),
        ("于洪区", "shenyang-quansheng-chp"),
        ("太平区", "haizhou-open-pit-pumped-storage"),
        # Of a part of the project.
        ("建昌县", "shenyang-qinhuangdao-expressway"),
        ("朝阳县", "shenyang-qinhuangdao-expressway"),
        ("凌源市", "chifeng-suizhong-expressway"),
        ("抚顺市", "northeast-east-fast-railway"),
        ("抚顺市", "shenyang-tonghua-baihe-dunhua-hsr"),
    ],
)
def test_a_place_has_what_lies_in_it(ln, place, project_id):
    assert project_id in ln.select_projects(place=place, with_geometry=False).index
    adcode = ln.resolve(place).adcode
    rows = ln.project_places[ln.project_places["project_id"] == project_id]
    assert adcode in set(rows["adcode"])
    assert rows["order"].is_monotonic_increasing
    assert rows["order"].is_unique


def test_the_county_of_every_located_project_is_known(ln):
    projects = ln.projects
    located = projects[projects["lon"].notna()]
    counties = ln.locate(located["lon"], located["lat"])
    levels = ln.units["level"]
    n_derived = 0
    for (project_id, codes), county in zip(located["adcodes"].items(), counties, strict=True):
        recorded = {code for code in codes if levels[code] == "county"}
        assert recorded or not isinstance(county, str), project_id
        n_derived += county in recorded
    assert n_derived > 70
    derived = ln.project_places.query("basis == 'derived'")
    assert derived["note"].notna().all()
    assert derived["source_id"].isin(ln.sources.index).all()
    # The tables of the pack stay as they are written.
    assert len(ln.table("project_places")) < len(ln.project_places)


def port_in(ln, changed, adcode):
    """Return the units of 营口港, a point in 鲅鱼圈区, where one unit is recorded."""
    places = ln.table("project_places")
    is_port = places["project_id"] == "yingkou-port"
    alone = places[is_port].iloc[:1].assign(adcode=adcode, order=1)
    region = changed(project_places=pd.concat([places[~is_port], alone]))
    return region.projects.loc["yingkou-port", "adcodes"]


def test_the_county_of_a_point_is_derived_where_none_is_recorded(ln, changed):
    assert port_in(ln, changed, "210800") == ("210800", "210804")
    assert port_in(ln, changed, "210000") == ("210000", "210804")
    # A point a little outside the county that a document names.
    assert port_in(ln, changed, "210882") == ("210882",)
    # One outside its city is for the check to tell.
    assert port_in(ln, changed, "210200") == ("210200",)


def test_the_whole_has_the_places_of_the_parts_of_its_parts(ln, changed):
    projects = ln.table("projects").set_index("project_id")
    chain = ["yingkou-port", "dandong-port", "dalian-port"]
    projects.loc[chain[:2], "part_of"] = chain[1:]
    region = changed(projects=projects.reset_index())
    assert set(region.projects.loc["dalian-port", "adcodes"]) >= {"210804", "210681", "210800"}
    assert "210200" not in region.projects.loc["yingkou-port", "adcodes"]
    # A ring is for the check to tell; it must not hang.
    projects.loc["dalian-port", "part_of"] = "yingkou-port"
    ring = changed(projects=projects.reset_index())
    assert "210804" in ring.projects.loc["dalian-port", "adcodes"]


def test_a_county_beside_its_city_leaves_the_citys_other_counties_sure():
    parts = {"c": frozenset({"c", "1", "2"}), "1": frozenset({"1"}), "2": frozenset({"2"})}
    units = pd.DataFrame({"name": ["一", "二"]}, index=pd.Index(["1", "2"], name="adcode"))
    known = pd.DataFrame({"adcodes": [("c", "1")]})
    vague = pd.DataFrame({"adcodes": [("c",)]})
    assert units_without(known, units, parts=parts)["is_certain"].to_dict() == {"2": True}
    assert units_without(vague, units, parts=parts)["is_certain"].tolist() == [False, False]
