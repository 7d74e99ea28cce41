"""Regions of any extent: a city, several provinces and parts of them, the country."""

import pandas as pd
import pytest

import regionkit as rk
from regionkit.errors import AmbiguousPlaceError, TableError
from regionkit.region.names import RegionNames

NORTHEAST = ["辽宁", "吉林", "黑龙江", "赤峰市", "通辽市", "呼伦贝尔市", "兴安盟", "锡林郭勒盟"]


@pytest.fixture(scope="module")
def northeast():
    return rk.load(NORTHEAST, name="东北地区")


def test_provinces_are_a_level(northeast):
    assert repr(northeast) == "<Region 东北地区: 41 cities, 334 counties, 0 zones, 0 projects>"
    provinces = northeast.provinces
    assert provinces["name"].tolist() == ["内蒙古自治区", "辽宁省", "吉林省", "黑龙江省"]
    assert northeast.partial_units == {"150000"}
    assert northeast.simplified("province").index.equals(provinces.index)
    counties = northeast.counties["area_km2"].sum()
    assert provinces["area_km2"].sum() == pytest.approx(counties)
    assert northeast.province["area_km2"].sum() == pytest.approx(counties)
    assert northeast.resolve("赤峰").adcode == "150400"
    with pytest.raises(AmbiguousPlaceError):
        northeast.resolve("铁西区")


def test_tables_join_by_province_and_city(northeast):
    table = pd.DataFrame({"省": ["辽宁省", "吉林", "黑龙江省"], "数值": [1, 2, 3]})
    joined = northeast.join_table(table, on="省", level="province")
    assert joined["数值"].dropna().to_dict() == {"210000": 1, "220000": 2, "230000": 3}
    cities = pd.DataFrame({"市": ["赤峰市", "沈阳市", "吉林市"], "数值": [1, 2, 3]})
    joined = northeast.join_table(cities, on="市", level="city")
    assert joined["数值"].dropna().to_dict() == {"150400": 1, "210100": 2, "220200": 3}


def test_a_city_alone():
    city = rk.load("沈阳市")
    assert (city.adcode, len(city.counties), len(city.cities), len(city.provinces)) == (
        "210100",
        13,
        1,
        0,
    )
    assert city.place_at(123.42917, 41.81667).name == "沈河区"
    assert city.resolve("铁西区").adcode == "210106"


@pytest.mark.parametrize("word", ["辽宁", "210000", ["辽宁省"], ["辽宁", "沈阳市"]])
def test_units_that_are_an_embedded_pack_open_it(word):
    assert rk.load(word).id == "liaoning"


@pytest.mark.parametrize(
    ("province", "n"), [("海南", 19), ("重庆", 38), ("上海", 16), ("广东", 21), ("新疆", 24)]
)
def test_every_city_is_there(province, n):
    region = rk.load(province)
    assert len(region.cities) == n == region.count_units("city")
    assert region.cities.index.equals(region.units_at("city"))


@pytest.mark.slow
def test_the_country(tmp_path):
    country = rk.load("全国")
    assert (country.count_units("province"), country.count_units("county")) == (34, 2874)
    assert "710000" in country.counties.index
    frame = country.provinces.set_geometry(country.simplified("province"))
    sheet = rk.layout(frame, "area_km2", title="面积", labels="name")
    assert [one.get_gid() for one in sheet.axes[0].child_axes] == ["far-islands"]
    page = rk.webmap(country, layers=[rk.choropleth_layer(frame, "area_km2")])
    # More than a mail gateway takes, which is told.
    with pytest.warns(UserWarning, match="more than 700 and 240"):
        path = page.save(tmp_path / "china.html")
    assert path.stat().st_size < 3_000_000


def test_a_unit_held_in_part_is_marked_and_its_figures_told(northeast):
    names = RegionNames(northeast, "zh")
    assert names.unit("150000") == "内蒙古自治区（部分）"
    assert RegionNames(northeast, "en").unit("150000").endswith("(part)")
    table = pd.DataFrame({"省": ["内蒙古", "吉林"], "数值": [1, 2]})
    report = northeast.join_table(table, on="省", level="province").attrs["report"]
    assert [str(note).split(" lies")[0] for note in report.notes] == ["only a part of 内蒙古自治区"]
    whole = northeast.join_table(table[1:], on="省", level="province").attrs["report"]
    assert not whole.notes


@pytest.mark.parametrize(
    ("units", "word", "adcode"),
    [("重庆", "全市", "500000"), ("宁夏", "全区", "640000"), ("全国", "全国", "100000")],
)
def test_the_whole_is_known_by_its_word(units, word, adcode):
    region = rk.load(units)
    assert region.resolve(word).adcode == adcode
    assert region.find(word, ["unit"]).id == adcode


def test_a_map_takes_the_zones_of_a_region_without_any():
    region = rk.load("宁夏")
    cities = region.cities.set_geometry(region.simplified("city"))
    ax = rk.choropleth(cities, "area_km2", k=3, zones=region.zones, ground=False)
    assert len(ax.get_legend().get_texts()) == 3


def test_a_table_of_provinces_is_none_of_counties_though_one_of_them_is_both():
    several = rk.load(["宁夏", "海南", "台湾"])
    table = pd.DataFrame({"省": ["宁夏", "海南省", "台湾省"], "数值": [1, 2, 3]})
    with pytest.raises(TableError, match="no row is of a county; they are of level province"):
        several.join_table(table, on="省")
    joined = several.join_table(table, on="省", level="province")
    assert joined["数值"].tolist() == [2, 1, 3]
