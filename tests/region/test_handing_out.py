"""A region makes each thing once, when it is asked for, and hands it out safely."""

import pickle
import subprocess
import sys

import geopandas as gpd
import pandas as pd
import pytest
import shapely

import regionkit as rk
from regionkit.pack.pack import Pack
from regionkit.region import Region

FRAMES = (
    "units", "zone_table", "distinct_names", "sources", "outline", "aliases", "changes",
    "memberships", "profiles", "sectors", "industries", "clusters", "cluster_places",
    "project_places", "waypoints", "mentions", "indicators", "targets", "statistics",
    "organizations", "tasks", "county_industries", "counties", "cities", "province", "zones",
    "places", "projects",
)  # fmt: skip


@pytest.mark.parametrize("name", FRAMES)
def test_a_users_change_stays_with_the_user(ln, name):
    mine = getattr(ln, name)
    before = mine.copy(deep=True)
    if isinstance(mine, pd.DataFrame):
        column = next(c for c in mine.columns if c != "geometry")
        mine.iloc[0, mine.columns.get_loc(column)] = mine[column].iloc[-1]
        mine[column] = None
        mine["mine"] = 1
        mine.attrs["mine"] = 1
        if isinstance(mine, gpd.GeoDataFrame):
            mine.loc[mine.index[0], "geometry"] = shapely.Point(0, 0)
    else:
        mine.iloc[0] = "mine"
    mine.index = range(len(mine))
    again = getattr(ln, name)
    assert again.equals(before)
    assert list(again.index) == list(before.index)
    assert again.attrs == before.attrs
    assert "mine" not in again.attrs


def test_words_and_kinship_are_handed_out_as_copies(ln):
    ln.labels("projects", "stage").clear()
    ln.unit_parts.clear()
    ln.tables.clear()
    assert ln.labels("projects", "stage")["new"] == "新建"
    assert ln.unit_parts["210103"] == {"210103"}
    assert "projects" in ln.tables


def test_simplified_outlines_are_handed_out_as_copies(ln):
    mine = ln.simplified("city")
    mine.iloc[0] = shapely.Point(0, 0)
    assert ln.simplified("city").geom_type.isin(["Polygon", "MultiPolygon"]).all()


def test_a_table_is_made_once(monkeypatch):
    made = []
    typed = Pack.table

    def counted(pack, name):
        made.append(name)
        return typed(pack, name)

    monkeypatch.setattr(Pack, "table", counted)
    region = rk.load("liaoning")
    for source_id in region.sources.index:
        region.cite(source_id, "1")
    assert made.count("sources") == 1
    assert region.sources.index.name == "source_id"
    assert made.count("sources") == 1


def test_a_region_pickles(ln):
    twin = pickle.loads(pickle.dumps(ln))  # noqa: S301
    assert repr(twin) == repr(ln)
    assert twin.boundaries_label == ln.boundaries_label
    assert twin.counties.equals(ln.counties)
    assert twin.projects.equals(ln.projects)
    assert twin.zones_of("210900") == ln.zones_of("210900")
    # What was made of it is made again, and not sent.
    assert len(pickle.dumps(ln)) < 5_000_000


def test_a_region_with_a_users_layer_pickles_with_it(ln):
    layer = gpd.GeoDataFrame(geometry=ln.simplified("county"), crs=4326).reset_index()
    mine = rk.load("liaoning", boundaries=layer)
    twin = pickle.loads(pickle.dumps(mine))  # noqa: S301
    assert twin.boundaries_label == "GeoDataFrame"
    assert twin.counties.equals(mine.counties)
    assert not twin.counties.geometry.equals(ln.counties.geometry)


def test_a_region_without_facts_has_every_table():
    region = Region(Pack.bare("220000"))
    assert repr(region) == "<Region 吉林省: 9 cities, 60 counties, 0 zones, 0 projects>"
    for name, table in region.tables.items():
        assert list(table.columns)
        assert table.empty or name == "kinds", name
    assert (region.zones.empty, region.projects.empty, region.targets.empty) == (True, True, True)
    assert region.resolve("德惠").adcode == "220183"
    assert (region.counties["zone_ids"] == ()).all()
    assert region.select_projects(place="长春市").empty
    assert region.place_at(125.32, 43.88).city == "长春市"


def test_one_outline_is_that_of_its_frame(ln):
    for zone_id in ("liaoxi", ln.groupings.index[ln.groupings["n_counties"] > 0][0]):
        frame = ln.zones if zone_id in ln.zones.index else ln.groupings
        assert ln.area_of(ln.zone_table.loc[zone_id, "name"]).equals(frame.geometry[zone_id])
    assert ln.locate_name("沈阳市").equals(ln.cities.geometry["210100"])


def test_outlines_of_two_layers_are_kept_apart(ln):
    # Both are kept in one folder; a layer that differs in one vertex is another.
    moved = ln.counties[["geometry"]].copy()
    moved.geometry = moved.geometry.translate(1e-4, 0)
    other = rk.load("liaoning", boundaries=moved.reset_index())
    for name in ("cities", "zones"):
        mine, theirs = getattr(ln, name).total_bounds, getattr(other, name).total_bounds
        assert theirs[0] - mine[0] == pytest.approx(1e-4, abs=1e-9), name
    west = ln.counties.total_bounds[0]
    mine = ln.simplified("county").total_bounds[0]
    assert other.simplified("county").total_bounds[0] - mine == pytest.approx(1e-4, abs=1e-7)
    assert west < other.counties.total_bounds[0]


def test_projects_without_geometry_are_the_same_rows(ln):
    whole = ln.select_projects(zone="liaoxi", domain="energy")
    plain = ln.select_projects(zone="liaoxi", domain="energy", with_geometry=False)
    assert not isinstance(plain, gpd.GeoDataFrame)
    # The names on a line go with its shape.
    assert plain.equals(pd.DataFrame(whole.drop(columns=["geometry", "waypoint_names"])))


@pytest.mark.parametrize(
    ("words", "absent"),
    [
        (["--help"], "pandas numpy geopandas shapely matplotlib"),
        (["sources"], "geopandas pyproj matplotlib openpyxl rich"),
        (["targets", "--scope", "辽西"], "geopandas pyproj matplotlib openpyxl rich"),
        (["targets"], "geopandas pyproj matplotlib"),
        (["history", "xudapu-nuclear-1-4"], "geopandas pyproj matplotlib"),
        (["history", "--stalled", "4"], "geopandas pyproj matplotlib"),
        (["profile", "喀左"], "geopandas pyproj matplotlib"),
        (["profile", "辽西"], "geopandas pyproj matplotlib"),
        (["query", "--zone", "辽西", "--domain", "能源"], "geopandas pyproj matplotlib"),
        (["query", "--domain", "能源", "--count-by", "city"], "geopandas pyproj matplotlib"),
        (["query", "--domain", "能源", "--sum-by", "county"], "geopandas pyproj matplotlib"),
        (["query", "--kind", "核电", "--without", "county"], "geopandas pyproj matplotlib"),
        (["query", "--zone-matrix"], "geopandas pyproj matplotlib"),
        (["query", "--near", "锦州港", "--km", "50"], "matplotlib scipy mapclassify pyogrio"),
        (["locate", "123.43,41.81"], "matplotlib pyogrio"),
    ],
    ids=" ".join,
)
def test_a_question_loads_no_more_than_it_needs(ln, words, absent):
    # The counties of points are found once, for which outlines are read.
    assert len(ln.project_places)
    code = (
        "import sys\nfrom regionkit.cli import main\n"
        f"try:\n    main({words!r})\nexcept SystemExit as stop:\n    assert not stop.code\n"
        "print('modules', *sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    loaded = done.stdout.splitlines()[-1].split()
    assert loaded[0] == "modules"
    assert not set(absent.split()) & set(loaded)
