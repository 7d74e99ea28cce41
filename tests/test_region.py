"""Liaoning as loaded: the facts that the documents name, and the laws between its tables."""

import geopandas as gpd
import pandas as pd
import pytest
import shapely

import regionkit as rk
from regionkit.errors import AmbiguousPlaceError, InputError, UnknownPlaceError

STRATEGIC = ["shenyang-metro", "coastal-belt", "liaoxi", "liaodong"]
# Named in the documents or in a county's own report.
CITIES_OF = {
    "shenyang-metro": ["210100", "210300", "210400", "210500", "210900", "211000", "211200"],
    "coastal-belt": ["210200", "210600", "210700", "210800", "211100", "211400"],
    "liaoxi": ["210900", "211300", "211400"],
}
GREEN_COUNTIES = ["桓仁", "宽甸", "凤城", "西丰", "新宾"]


def test_units(ln):
    assert (len(ln.counties), len(ln.cities)) == (100, 14)
    assert ln.counties.crs == ln.cities.crs == ln.zones.crs == "EPSG:4326"
    assert ln.counties["area_km2"].sum() == pytest.approx(148_190, abs=10)
    by_city = ln.counties.groupby("city_adcode")["area_km2"].sum()
    pd.testing.assert_series_equal(by_city, ln.cities["area_km2"], check_names=False)
    assert ln.counties.loc["210103", ["name", "city"]].tolist() == ["沈河区", "沈阳市"]


def test_zones_in_the_plans_order(ln):
    assert list(ln.zones.index) == STRATEGIC
    assert set(ln.groupings.index).isdisjoint(STRATEGIC)
    assert not ln.zones.geometry.is_empty.any()
    for zone, cities in CITIES_OF.items():
        assert set(cities) <= set(ln.zones.loc[zone, "member_adcodes"])
        own = [c for c in ln.cities.index if zone in ln.cities.loc[c, "zone_ids"]]
        assert own == cities
    for county in GREEN_COUNTIES:
        assert "liaodong" in ln.resolve(county).zone_ids


def test_zones_overlap_and_every_one_of_them_is_kept(ln):
    assert ln.zones_of("210900") == ln.zones_of("阜新市") == ("shenyang-metro", "liaoxi")
    assert ln.zones_of("211400") == ("coastal-belt", "liaoxi")
    # A county has its city's zones and its own.
    assert ln.zones_of(ln.resolve("新宾").adcode) == ("shenyang-metro", "liaodong")
    assert "liaodong" in ln.cities.loc["210400", "partial_zone_ids"]
    assert "liaodong" not in ln.cities.loc["210400", "zone_ids"]


def test_a_zone_is_its_counties(ln):
    for zone_id, zone in ln.zones.iterrows():
        mine = ln.counties[ln.counties["zone_ids"].map(lambda zones, z=zone_id: z in zones)]
        assert zone["n_counties"] == len(mine)
        assert zone["area_km2"] == pytest.approx(mine["area_km2"].sum(), rel=1e-9)
        assert zone.geometry.equals(shapely.coverage_union_all(mine.geometry.to_numpy()))


def test_zones_of_other_kinds(ln):
    every = ln.zones_of("210200", kind=None)
    assert set(ln.zones_of("210200")) < set(every)
    kinds = ln.table("zones").set_index("zone_id")["kind"]
    for kind in kinds.unique():
        assert all(kinds[zone] == kind for zone in ln.zones_of("210200", kind=kind))


def test_changes_of_units_since_1990(ln):
    changes = ln.changes
    dated = changes["date"].dropna()
    assert dated.min() >= "1990"
    # Every name that went out of use in these years is an alias of the unit of today.
    gone = changes[changes["kind"].isin(["renamed", "county to city", "to district"])]
    former = ln.aliases[ln.aliases["kind"] == "former"]
    pairs = set(zip(former["alias"], former["adcode"], strict=True))
    assert set(zip(gone["former_name"], gone["adcode"], strict=True)) <= pairs
    # What was found by comparing two lists, without a decision seen, is inferred.
    assert (changes.loc[changes["source_id"] == "nbs-divisions", "basis"] == "inferred").all()
    assert changes.loc[changes["date"].isna(), "basis"].isin(["inferred", "external"]).all()


def test_changes_of_a_unit(ln):
    mine = ln.changes_of("普兰店")
    assert mine["document"].dropna().tolist()[-1] == "辽政〔2016〕6号"
    assert mine["date"].is_monotonic_increasing
    received = ln.changes_of("金州区")
    assert set(mine.loc[mine["kind"] == "boundary", "change_id"]) <= set(received["change_id"])
    assert ln.changes_of("昌图县").empty
    # What 太子河区 gave to 白塔区 is no matter of 文圣区, to which it gave as well.
    for name, code in (("文圣区", "211003"), ("金州区", "210213")):
        rows = ln.changes_of(name)
        boundary = rows[rows["kind"] == "boundary"]
        assert ((boundary["adcode"] == code) | (boundary["former_code"] == code)).all()


@pytest.mark.parametrize("name", ["liaoxi", "辽西", "Liaoxi"])
def test_zones_by_id_and_name(ln, name):
    assert ln.resolve_zone(name) == "liaoxi"


def test_a_part_of_a_zones_name_means_it_where_only_one_has_it(ln):
    assert ln.find_zone("辽西先导区").is_exact
    for word, zone_id in (
        ("辽西", "liaoxi"),
        ("沿海", "coastal-belt"),
        ("都市圈", "shenyang-metro"),
    ):
        match = ln.find_zone(word)
        assert (match.zone_id, match.is_exact) == (zone_id, False)


def test_unknown_and_ambiguous_zones(ln):
    with pytest.raises(UnknownPlaceError, match=r"named '江南'.*own zones are: .*liaoxi"):
        ln.resolve_zone("江南")
    with pytest.raises(UnknownPlaceError, match=r"'辽喜'. Nearest are: 辽西先导区") as error:
        ln.resolve_zone("辽喜")
    assert len(str(error.value)) < 350
    for word in ("辽", "沈", "通道"):
        with pytest.raises(AmbiguousPlaceError, match=f"'{word}' stands in several zones' names"):
            ln.resolve_zone(word)


@pytest.mark.parametrize("word", ["沈阳", "锦州", "朝阳", "大连", "新民市"])
def test_a_units_name_is_no_zone(ln, word):
    with pytest.raises(UnknownPlaceError, match=f"No zone is named '{word}': it is .*place="):
        ln.resolve_zone(word)


@pytest.mark.parametrize(
    "give",
    [
        lambda ln, layer: ln.projects_overlapping(layer),
        lambda ln, layer: rk.webmap(ln, base=layer),
        lambda _, layer: rk.load("liaoning", boundaries=layer),
    ],
    ids=["overlaps", "base", "boundaries"],
)
def test_a_layer_that_names_no_crs_is_told_so_in_one_way(ln, give):
    with pytest.raises(rk.errors.CrsError) as refused:
        give(ln, ln.counties.set_crs(None, allow_override=True))
    told = str(refused.value).casefold()
    assert "names no coordinate reference system, so its place on earth is not known." in told
    assert "set it first: layer.set_crs('epsg:4490') for cgcs2000 degrees" in told


def test_areas_of_counties_are_kept_with_their_outlines(ln, tmp_path, monkeypatch):
    rows = ln.counties[["name", "city_adcode", "geometry"]]
    monkeypatch.setenv("REGIONKIT_CACHE", str(tmp_path))
    moved = rows.set_geometry(rows.translate(0.01))
    fresh, kept, others = (
        rk.load("liaoning", boundaries=layer).counties["area_km2"] for layer in (rows, rows, moved)
    )
    assert len(list(tmp_path.glob("areas-*.npy"))) == 2
    pd.testing.assert_series_equal(fresh, kept, check_exact=True)
    assert fresh.tolist() == pytest.approx(ln.counties["area_km2"].tolist())
    assert others.tolist() == pytest.approx(fresh.tolist(), rel=1e-3)


def test_an_area_by_a_units_name_is_the_unit(ln):
    assert ln.area_of("沈阳").equals(ln.cities.geometry["210100"])


def test_names_carry_the_city_where_several_counties_have_them(ln):
    names = ln.distinct_names
    assert names.is_unique
    assert names[["210106", "210303", "210100"]].tolist() == [
        "沈阳市铁西区",
        "鞍山市铁西区",
        "沈阳市",
    ]


@pytest.mark.parametrize(
    "word", ["liaoning-15fyp", "辽宁“十五五”规划纲要", '辽宁"十五五"规划纲要', "十五五"]
)
def test_sources_by_id_title_and_part(ln, word):
    assert ln.resolve_source(word) == "liaoning-15fyp"


def test_a_part_of_several_titles_is_no_source(ln):
    with pytest.raises(InputError, match=r"'十三五' stands in .* several sources: .*northeast"):
        ln.resolve_source("十三五")


def test_census(ln):
    people = ln.statistic("resident-population", year=2020)
    assert people.sum() == 42_591_407
    assert people.index.equals(ln.counties.index)
    assert people.attrs["unit"] == "人"
    assert people.attrs["year"] == 2020
    assert people.attrs["source_id"] in ln.sources.index
    cities = ln.statistic("resident-population", year=2020, level="city")
    pd.testing.assert_series_equal(
        people.groupby(ln.counties["city_adcode"]).sum(), cities, check_names=False
    )
    assert ln.statistic("resident-population", year=2020, level="province").tolist() == [42591407]


def test_statistics_that_are_not_there(ln):
    with pytest.raises(
        InputError, match=r"No statistic has the id 'people'. There are: .*resident"
    ):
        ln.statistic("people")
    with pytest.raises(InputError, match=r"not reported for county 1949. Years: 2"):
        ln.statistic("resident-population", year=1949)


def test_a_figure_of_another_level_says_which(ln):
    with pytest.raises(InputError, match=r"not reported by county, .*level=.city"):
        ln.statistic("gdp")


def test_the_newest_year_of_most_units_is_shown(ln):
    # GDP of 2024 is known of two cities; a map of it would be blank.
    assert ln.statistic("gdp", level="city").attrs["year"] == 2023


def test_profiles_of_all_counties_and_county_level_cities(ln):
    # Box 21 of the 2026 plan.
    rural = ln.counties[~ln.counties["name"].str.endswith("区")]
    assert len(rural) == 41
    assert set(rural.index) <= set(ln.profiles["adcode"])
    assert set(rural.index) <= set(ln.county_industries.index)
    assert set(ln.cities.index) <= set(ln.profiles["adcode"])


def test_industries_have_one_sector_each_with_its_colour(ln):
    assert ln.industries["sector_id"].isin(ln.sectors.index).all()
    assert ln.industries.groupby("industry")["sector_id"].nunique().max() == 1
    assert 15 <= len(ln.sectors) <= 25
    leading = ln.county_industries
    listed = ln.industries[ln.industries["role"] != "product"]
    first = listed.sort_values(["adcode", "role", "rank"]).drop_duplicates("adcode")
    assert leading["sector_id"].to_dict() == dict(
        zip(first["adcode"], first["sector_id"], strict=True)
    )
    assert (leading["sector"] == leading["sector_id"].map(ln.sectors["name"])).all()
    # Clusters name 沈阳 for products, but no document says what leads there.
    products = ln.industries[ln.industries["role"] == "product"]
    assert "210100" in set(products["adcode"])
    assert "210100" not in leading.index


def test_clusters(ln):
    # Boxes 2 to 4 of the 2026 plan; 20 of them state a revenue for 2030.
    assert len(ln.clusters) == 22
    assert ln.clusters["revenue_target_100m_cny"].notna().sum() == 20
    assert set(ln.cluster_places["cluster_id"]) == set(ln.clusters.index)


def test_bodies_can_be_searched_as_text(ln):
    for table in (ln.tasks, ln.targets):
        names = ln.organizations["name"]
        joined = ["、".join(names[one] for one in ids) for ids in table["lead_org_ids"]]
        assert table["lead_orgs"].tolist() == joined
    assert ln.tasks["lead_orgs"].str.contains("省").any()


def test_tables_by_name_and_those_not_there(ln):
    for name in ln.descriptor.tables:
        assert ln.table(name).equals(ln.tables[name])
    for name in ("outline", "organizations", "mentions", "waypoints", "project_zones", "tasks",
                 "indicators", "targets", "sectors", "sources", "aliases"):  # fmt: skip
        assert len(getattr(ln, name)) == len(ln.table(name))
    with pytest.raises(
        InputError, match=r"The pack has no table 'zone'. There are: sources, outline"
    ):
        ln.table("zone")


def test_words(ln):
    assert ln.resolve_word("projects", "domain", "能源") == "energy"
    assert ln.resolve_word("projects", "domain", "Energy") == "energy"
    with pytest.raises(
        InputError, match=r'domain="power" is not known. Use one of: .*能源 \(energy'
    ):
        ln.resolve_word("projects", "domain", "power")
    assert ln.cite("liaoning-15fyp", "专栏2").endswith(" 专栏2")
    assert ln.cite("liaoning-15fyp", float("nan")) == ln.cite("liaoning-15fyp")


# Projects ----------------------------------------------------------------------------------


def test_projects_are_where_they_say(ln):
    projects = ln.projects
    assert projects.index.is_unique
    kinds = projects.geometry.map(lambda g: "none" if g.is_empty else g.geom_type)
    assert set(kinds) == {"Point", "LineString", "none"}
    assert (kinds[projects["geometry_kind"] == "none"] == "none").all()
    sited = projects[projects["lon"].notna()]
    assert (sited.geometry.x == sited["lon"]).all()
    assert (sited.geometry.y == sited["lat"]).all()
    by_unit = projects[
        (projects["geometry_kind"] == "point") & (projects["location_basis"] == "county")
    ]
    for project_id, row in by_unit[by_unit["lon"].isna()].iterrows():
        county = ln.counties.geometry[row["adcodes"][0]]
        assert county.contains(row.geometry), project_id


def test_projects_know_every_zone_of_every_unit_they_touch(ln):
    columns = ("adcodes", "said_zone_ids", "zone_ids")
    for codes, said, zones in zip(*(ln.projects[name] for name in columns), strict=True):
        expected = {zone for code in codes if code != "210000" for zone in ln.zones_of(code)}
        expected |= {*said} & {*ln.zones.index}
        assert set(zones) == expected
        assert list(zones) == [zone for zone in STRATEGIC if zone in expected]


def test_select_projects_counts_no_project_twice(ln):
    both = ln.select_projects(zone=["liaoxi", "coastal-belt"])
    assert both.index.is_unique
    one = set(ln.select_projects(zone="liaoxi").index)
    other = set(ln.select_projects(zone="coastal-belt").index)
    assert set(both.index) == one | other
    assert one & other


def test_select_projects_by_words(ln):
    energy = ln.select_projects(zone="辽西", domain="能源", stage="续建")
    assert energy.equals(
        ln.select_projects(zone="liaoxi", domain="energy", stage="under construction")
    )
    assert "xudapu-nuclear-1-4" in energy.index
    assert ln.select_projects(text="徐大堡")["name"].str.contains("徐大堡").any()
    in_city = ln.select_projects(place="葫芦岛市")
    assert set(ln.select_projects(place="兴城市").index) <= set(in_city.index)
    with pytest.raises(
        InputError, match=r"No source has the id or title 'plan'. There are: .*liaoning-15fyp"
    ):
        ln.select_projects(source="plan")
    with pytest.raises(InputError, match='stage="done" is not known'):
        ln.select_projects(stage="done")


def test_select_projects_in_a_grouping(ln):
    grouping = ln.groupings.index[ln.groupings["n_counties"].between(1, 30)][0]
    members = list(ln.groupings.loc[grouping, "member_adcodes"])
    hits = ln.select_projects(zone=grouping)
    touching = hits[hits["zone_link"] == "touches"].drop(columns="zone_link")
    inside = ln.select_projects(place=members)
    assert touching.equals(inside[inside["said_zone_ids"].map(lambda mine: grouping not in mine)])


def test_projects_are_not_asked_of_what_they_are_not_recorded_for(ln):
    for place in ("沈抚示范区", "锦州港"):
        with pytest.raises(InputError, match=r"is a .* and no unit.*place=.*projects_near"):
            ln.select_projects(place=place)
    # A zone without members has what is said of it, which may be nothing.
    assert ln.select_projects(zone="辽中南城市群").empty


def test_what_has_no_inside_is_no_area(ln):
    with pytest.raises(InputError, match=r"锦州港 is a point and has no inside.*projects_near"):
        ln.area_of("锦州港")


def test_a_position_is_checked(ln):
    with pytest.raises(InputError, match=r"latitude 121, .*axes look swapped.*first: 121, 40.8"):
        ln.projects_near((40.8, 121), km=10)
    with pytest.raises(InputError, match="500, 40 is no position on Earth"):
        ln.projects_near((500, 40), km=10)
    with pytest.raises(InputError, match="None is no position"):
        ln.projects_near(None, km=10)
    with pytest.raises(InputError, match="The geometry is empty"):
        ln.projects_near(shapely.Point(), km=10)


def test_an_unknown_place_is_told_the_projects_with_the_word(ln):
    with pytest.raises(UnknownPlaceError, match=r"Projects with the word.*徐大堡核电1—4号机组"):
        ln.projects_near("徐大堡核电", km=10)


def test_projects_near_within_and_along(ln):
    near = ln.projects_near("锦州港", km=50)
    assert near["distance_km"].is_monotonic_increasing
    assert near["distance_km"].max() <= 50
    spot = ln.locate_name("锦州港")
    assert near.equals(ln.projects_near((spot.x, spot.y), km=50))
    assert near.head(3).equals(ln.projects_near("锦州港", k=3))
    inside = ln.projects_within("辽西")
    assert inside.geometry.intersects(ln.zones.geometry["liaoxi"]).all()
    assert ln.projects_within("葫芦岛市").index.isin(inside.index).all()
    lines = ln.projects[(ln.projects.geom_type == "LineString") & ~ln.projects.geometry.is_empty]
    along = ln.projects_along(lines.index[0], km=10)
    assert along["position"].is_monotonic_increasing
    assert lines.index[0] in along.index


def test_places_by_name(ln):
    assert ln.locate_name("沈阳市").equals(ln.cities.geometry["210100"])
    assert ln.locate_name("康平县").equals(ln.counties.geometry["210123"])
    assert ln.locate_name("辽宁省").area == pytest.approx(
        shapely.area(ln.counties.geometry.to_numpy()).sum()
    )
    nowhere = ln.projects.index[ln.projects.geometry.is_empty][0]
    for name in (nowhere, ln.projects.loc[nowhere, "name"]):
        with pytest.raises(
            UnknownPlaceError, match=f"The position of '{name}' is not known to the"
        ):
            ln.locate_name(name)


def test_history_of_a_project_is_in_order(ln):
    said = ln.mentions["project_id"].value_counts()
    project = said.index[0]
    history = ln.project_history(project)
    assert len(history) == said.iloc[0]
    assert history["year"].dropna().is_monotonic_increasing
    assert history["source"].isin(ln.sources["short_title"]).all()
    by_name = ln.project_history(ln.projects.loc[project, "name"])
    pd.testing.assert_frame_equal(by_name, history)


def test_unknown_and_ambiguous_projects(ln):
    with pytest.raises(UnknownPlaceError, match=r"No project is named '月球基地'."):
        ln.project_history("月球基地")
    with pytest.raises(AmbiguousPlaceError, match=r"'高速公路' can be \d+ projects: "):
        ln.project_history("高速公路")


# Points ------------------------------------------------------------------------------------


def test_points_to_counties(ln):
    found = ln.locate([123.42917, 123.39417, 121.60278, 100.0], [41.81667, 41.795, 39.01528, 30.0])
    assert found.tolist() == [
        "210103",
        "210102",
        "210211",
        pytest.approx(float("nan"), nan_ok=True),
    ]
    assert list(found.categories) == list(ln.counties.index)
    place = ln.place_at(123.42917, 41.81667)
    assert (place.name, place.city, place.zone_ids) == ("沈河区", "沈阳市", ("shenyang-metro",))
    assert ln.place_at(100.0, 30.0) is None


def test_every_county_holds_its_own_point(ln):
    points = ln.counties.representative_point()
    assert list(ln.locate(points.x, points.y)) == list(ln.counties.index)


# Simplified outlines -----------------------------------------------------------------------


def test_simplified_outlines_of_every_level_share_their_vertices(ln):
    counties = ln.simplified("county")
    vertices = {tuple(xy) for xy in shapely.get_coordinates(counties.to_numpy())}
    for level, frame in (("city", ln.cities), ("zone", ln.zones), ("grouping", ln.groupings)):
        shapes = ln.simplified(level)
        assert shapes.index.equals(frame.index), level
        assert {tuple(xy) for xy in shapely.get_coordinates(shapes.to_numpy())} <= vertices, level
    with pytest.raises(
        InputError, match=r'level="town" is not known. Use one of county, city, prov'
    ):
        ln.simplified("town")


def test_the_order_of_a_users_rows_does_not_matter(ln):
    frame = gpd.GeoDataFrame(geometry=ln.simplified("county"), crs=4326).reset_index()
    one = rk.load("liaoning", boundaries=frame)
    other = rk.load("liaoning", boundaries=frame.sample(frac=1, random_state=1))
    assert one.counties.equals(other.counties)
    assert one.zones.equals(other.zones)


@pytest.mark.parametrize("word", ["辽宁", "辽宁省", "210000", " 辽宁 "])
def test_a_province_with_a_pack_is_loaded_by_its_name(word, ln):
    region = rk.load(word)
    assert (region.id, len(region.projects)) == ("liaoning", len(ln.projects))


@pytest.mark.parametrize(
    ("word", "name", "n_counties", "inside", "county"),
    [
        ("吉林", "吉林省", 60, (125.324, 43.886), "南关区"),
        ("重庆", "重庆市", 38, (106.576, 29.557), "渝中区"),
    ],
)
def test_a_province_without_a_pack_is_a_bare_region(
    tmp_path, word, name, n_counties, inside, county
):
    region = rk.load(word)
    assert (region.name, len(region.counties)) == (name, n_counties)
    assert region.resolve(county).name == county
    assert region.place_at(*inside).name == county
    assert len(region.zones) == len(region.projects) == len(region.statistics) == 0
    assert list(region.zones.columns)[:2] == list(rk.load("liaoning").zones.columns)[:2]
    assert region.cities["area_km2"].sum() == pytest.approx(region.counties["area_km2"].sum())
    table = pd.DataFrame({"县": region.counties.index[:6], "产值（亿元）": [1, 2, 3, 5, 8, 13]})
    joined = region.join_table(table, value="产值")
    assert joined["产值"].notna().sum() == 6
    layer = rk.choropleth_layer(joined, "产值")
    assert len(rk.choropleth(joined, "产值").get_legend().get_texts()) == len(layer.entries)
    page = rk.webmap(region, layers=[layer]).save(tmp_path / "a.html")
    assert "产值" in page.read_text(encoding="utf-8")
    assert county in page.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("word", "words"),
    [
        ("吉", "'吉' is no embedded pack, no folder .* Nearest are: 吉林省"),
        ("liaonin", "Nearest are: liaoning.*regionkit new-pack PROVINCE FOLDER"),
        ("京津冀", "Nearest are: .*A group of units is named by its units: 北京,天津,河北"),
        ("", "There are: liaoning, 北京市"),
    ],
)
def test_a_word_that_is_nothing_is_told_the_nearest(word, words):
    with pytest.raises(rk.errors.UnknownPlaceError, match=words):
        rk.load(word)


def test_paths_are_paths(tmp_path, monkeypatch):
    for path in (tmp_path / "吉林", "./吉林", str(tmp_path / "none")):
        with pytest.raises(rk.errors.PackError, match="is neither an embedded pack"):
            rk.load(path)
    # A folder of that name without a pack is not in the way; one with a pack is it.
    monkeypatch.chdir(tmp_path)
    (tmp_path / "吉林").mkdir()
    assert rk.load("吉林").id == "220000"
    rk.new_pack("辽宁", "吉林")
    assert rk.load("吉林").name == "辽宁省"


def test_units_and_zones_of_projects_are_text_beside_the_tuples(ln):
    for projects in (ln.projects, ln.select_projects(with_geometry=False)):
        names, zones = ln.distinct_names, ln.zone_table["name"]
        for text, ids, known in (
            ("units", "adcodes", names),
            ("zones", "zone_ids", zones),
        ):
            told = ["、".join(known[one] for one in mine) for mine in projects[ids]]
            assert projects[text].tolist() == told
    assert projects["units"].str.contains("铁西区").any()
    assert (projects["zones"] == "").any()
