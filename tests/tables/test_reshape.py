"""Tables with several rows a unit, and with rows that are parts of others."""

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from regionkit.errors import BoundaryError, InputError, TableError
from regionkit.tables.join import join_table
from regionkit.tables.zone_names import ZoneNames

KANGPING, FAKU = "210123", "210124"
LONG = pd.DataFrame(
    {
        "县（市）": ["康平县", "康平县", "法库县", "法库县"] * 2,
        "年份": [2022] * 4 + [2023] * 4,
        "指标": ["人口（万人）", "地区生产总值（亿元）"] * 4,
        "数值": [27.9, 118, 33, 95, 27.5, 120, 32.1, "98"],
    }
)


@pytest.fixture
def cities(region):
    def run(source, **options):
        return join_table(region.cities, region.resolver, source, level="city", **options)

    return run


def filled(result, column):
    return result.frame[column].dropna().to_dict()


def test_a_long_table_is_one_fault_that_says_how(join):
    with pytest.raises(TableError) as caught:
        join(LONG)
    (fault,) = caught.value.faults
    assert "2 units have several rows (8 rows in all)" in str(fault)
    assert 'where={"年份": "2023"}' in str(fault)
    assert 'pivot="指标" (a column each of 人口(万人), 地区生产总值(亿元))' in str(fault)


def test_a_long_table_is_made_wide(join):
    result = join(LONG, where={"年份": 2023}, pivot="指标")
    assert filled(result, "人口") == {KANGPING: 27.5, FAKU: 32.1}
    assert filled(result, "地区生产总值") == {KANGPING: 120, FAKU: 98}
    assert result.report.columns["unit"].to_dict() == {"人口": "万人", "地区生产总值": "亿元"}
    report = str(result.report)
    assert "of 8 rows those with 年份 = 2023 are taken (4)" in report
    assert "4 rows to 2" in report


def test_faults_of_a_long_table_name_the_row_of_the_file(join):
    broken = LONG.copy()
    broken.loc[7, "数值"] = "约98"
    with pytest.raises(TableError, match="row 9, column 地区生产总值: '约98' is no plain number"):
        join(broken, where={"年份": "2023年"}, pivot="指标")
    with pytest.raises(
        TableError, match=r"人口 of 康平县 stands in row 2 too\. Choose the rows of"
    ):
        join(LONG, pivot="指标")
    with pytest.raises(TableError, match=r"no row has 2024\. Its values are 2022, 2023\."):
        join(LONG, where={"年份": 2024})
    mixed = LONG.assign(指标=["人口（万人）", "GDP"] * 2 + ["人口（人）", "GDP"] * 2)
    with pytest.raises(TableError, match="人口 is in 人, in other rows in 万人"):
        join(mixed.drop(index=[0, 1, 6, 7]), pivot="指标")
    with pytest.raises(TableError, match="the column of values is not certain"):
        join(LONG.assign(另=1), where={"年份": 2023}, pivot="指标")
    with pytest.raises(InputError, match="pivot= makes a row a unit"):
        join(LONG, pivot="指标", sum_by="县（市）")


def test_the_unit_of_a_long_table_may_stand_in_a_column(join):
    table = pd.DataFrame(
        {
            "地区": ["康平县", "康平县", "法库县"],
            "指标": ["人口", "GDP", "人口"],
            "计量单位": ["万人", "亿元", "万人"],
            "数值": [27.5, 120, 32.1],
        }
    )
    result = join(table, pivot="指标")
    assert result.report.columns["unit"].to_dict() == {"人口": "万人", "GDP": "亿元"}
    assert filled(result, "GDP") == {KANGPING: 120}


def test_rows_of_projects_are_summed(join):
    table = pd.DataFrame(
        {
            "项目": ["甲", "乙", "丙", "丁"],
            "县": ["康平县", "康平", "法库县", "康平县"],
            "总投资（亿元）": [0.1, 0.2, "3.5", None],
        }
    )
    result = join(table, sum_by="县")
    # And not 0.30000000000000004.
    assert filled(result, "总投资") == {KANGPING: 0.3, FAKU: 3.5}
    assert filled(result, "行数") == {KANGPING: 3, FAKU: 1}
    assert result.report.columns.loc["总投资", "unit"] == "亿元"
    report = str(result.report)
    assert "the sum of 康平县 is over 2 of 3 rows (none in row 5)" in report
    assert "text is left out: 项目" in report
    with pytest.raises(TableError, match=r"row 2.*has 3 rows.*summed with sum_by=.县."):
        join(table.drop(columns="项目"))
    with pytest.raises(TableError, match="row 3, column 总投资: '约2' is no plain number"):
        join(table.assign(**{"总投资（亿元）": [1, "约2", 3, 4]}), sum_by="县")


def test_parts_of_cities_are_set_aside_and_told(cities):
    table = pd.DataFrame(
        {
            "地区": ["沈阳市", "其中：浑南区", "沈北新区", "其中：高新区", "大连市", "金普新区"],
            "值": [10, 1, 2, 3, 20, 4],
        }
    )
    result = cities(table)
    assert filled(result, "值") == {"210100": 10, "210200": 20}
    assert list(result.report.rows["status"]) == ["matched", *["total"] * 3, "matched", "total"]
    assert "浑南区: total; a part of 沈阳市, which has a row of its own" in str(result.report)


def test_the_fourteen_cities_by_their_short_names(cities, region):
    names = region.cities["name"].str.removesuffix("市")
    result = cities(pd.DataFrame({"市": names.to_list(), "值": range(14)}))
    assert result.report.counts == {"matched": 14}
    assert result.frame["值"].tolist() == list(range(14))


def test_a_column_of_other_cities_is_not_taken_for_the_city(join):
    table = pd.DataFrame(
        {
            "县区": ["铁西区", "铁西区", "立山区"],
            "结对城市": ["鞍山市", "沈阳市", "沈阳市"],
            "所属市": ["沈阳市", "鞍山市", "鞍山市"],
            "值": [1, 2, 3],
        }
    )
    assert filled(join(table), "值") == {"210106": 1, "210303": 2, "210304": 3}
    # Whatever it is called, the certain names bear one out.
    other = table.rename(columns={"结对城市": "市一", "所属市": "市二"})
    result = join(other)
    assert filled(result, "值") == {"210106": 1, "210303": 2, "210304": 3}
    assert "the cities are those of column 市二, not of 市一" in str(result.report)


def test_other_cities_are_text(cities):
    table = pd.DataFrame(
        {"市": ["沈阳市", "大连市"], "结对城市": ["大连市", "鞍山市"], "值": [1, 2]}
    )
    result = cities(table)
    assert filled(result, "结对城市") == {"210100": "大连市", "210200": "鞍山市"}


def test_names_and_codes_one_row_off(join):
    codes = pd.DataFrame({"代码": ["210124", "210123"], "名称": ["康平县", "法库县"], "值": [1, 2]})
    with pytest.raises(
        TableError, match="the code 210124 is 法库县, but column 名称 says '康平县'"
    ):
        join(codes)
    with pytest.raises(
        TableError, match="the code 210124 is 法库县, but column 名称 says '康平县'"
    ):
        join(codes, on="名称")
    # A former code of the same unit is no contradiction: 普兰店市 210282 is 普兰店区 today.
    former = pd.DataFrame(
        {"名称": ["普兰店区", "辽中区"], "代码": ["210282", "210122"], "值": [1, 2]}
    )
    assert filled(join(former, on="名称"), "值") == {"210214": 1, "210115": 2}
    assert filled(join(former, on="代码"), "值") == {"210214": 1, "210115": 2}


def test_functional_areas_say_one_thing(join):
    with pytest.raises(
        TableError, match="浑南新区 is no unit of its own but a functional area in 浑南区"
    ):
        join(pd.DataFrame({"县": ["浑南新区", "康平县"], "值": [1, 2]}))


def test_tables_of_zones(region):
    table = pd.DataFrame({"区域": ["沈阳现代化都市圈", "沿海经济带"], "值（亿元）": [1, 2]})
    result = join_table(region.zones, ZoneNames(region.zones), table, level="zone")
    assert filled(result, "值") == {"shenyang-metro": 1, "coastal-belt": 2}
    bad = pd.DataFrame({"区域": ["沈阳现代化都市圈", "沿海带"], "值": [1, 2]})
    with pytest.raises(TableError, match=r"no unit is named '沿海带'\. Nearest: 沿海经济带"):
        join_table(region.zones, ZoneNames(region.zones), bad, level="zone")
    frame = region.join_table(table, level="zone")
    assert frame.loc["coastal-belt", "值"] == 2


def test_names_that_sum_up_elsewhere_are_units_in_other_provinces():
    from regionkit.places.names import Resolver
    from regionkit.places.units import list_units
    from regionkit.tables.match import match_names

    for province, name, parent, code in (
        ("140000", "城区", "晋城市", "140502"),
        ("440000", "城区", "汕尾市", "441502"),
        ("450000", "全州", "桂林市", "450324"),
    ):
        (row,) = match_names([name], Resolver(list_units(province)), parents=[parent])
        assert (row.status, row.place.adcode) == ("matched", code)


def test_units_by_hand(join):
    table = pd.DataFrame({"县": ["康平县"], "收入（亿元）": [3], "产量": [4]})
    result = join(table, unit={"收入": "万元", "产量": "万吨"})
    assert result.report.columns["unit"].to_dict() == {"收入": "万元", "产量": "万吨"}
    assert "收入 is taken in 万元 instead of 亿元, as said by hand" in str(result.report)


@pytest.mark.parametrize(
    ("column", "cells", "fault"),
    [
        ("城镇化率（%）", [51.2, 141], "row 3, column 城镇化率: is 141, but 城镇化率 cannot lie"),
        ("占比", [51.2, -1], "is -1, but 占比 cannot lie outside 0 to 100"),
        ("常住人口（万人）", [27.5, -3], "is -3, but 常住人口 cannot be below zero"),
        ("面积（平方公里）", [27.5, -3], "is -3, but 面积 cannot be below zero"),
        ("城镇化率（%）", [0.512, 0.41], "is 0.512 under %: it may be a share of one"),
        ("增速（%）", ["5.2%", 0.043], "is 0.043 without %"),
    ],
)
def test_what_a_name_makes_impossible_is_refused_or_accepted(join, column, cells, fault):
    table = pd.DataFrame({"县": ["康平县", "法库县"], column: cells})
    with pytest.raises(TableError, match=fault):
        join(table)
    name = column.partition("（")[0]
    result = join(table, accept=name)
    assert len(filled(result, name)) == 2
    assert "taken as it is" in str(result.report)
    loose = join(table, strict=False)
    assert len(filled(loose, name)) < 2


@pytest.mark.parametrize(
    ("column", "cells"),
    [
        ("增速（%）", [141, -20]),
        ("人口自然增长率（‰）", [-3.1, 1]),
        ("净迁入人口（万人）", [-3.1, 1]),
        ("粮食自给率（%）", [141, 20]),
        ("占比变化（%）", [-1, 2]),
        ("常住人口增速（%）", [-1, 2]),
        ("完成率（%）", [141, 20]),
        ("人口流入（万人）", [-1, 20]),
        ("常住人口比上年（万人）", [-1, 20]),
    ],
)
def test_growth_and_change_may_be_any_number(join, column, cells):
    result = join(pd.DataFrame({"县": ["康平县", "法库县"], column: cells}))
    assert list(filled(result, column.partition("（")[0]).values()) == cells


@pytest.mark.parametrize(
    ("column", "cells", "told"),
    [
        ("GDP（亿元）", [130.2, 98, 75, 1402000], "row 5 is 1402000, far above all others"),
        ("GDP（亿元）", [130.2, 98, 0.75, 140], "row 4 is 0.75, far below all others"),
        ("城镇化率（%）", [51.2, 0.41, 60, 55], "row 3 is 0.41 under % where the others are 51.2"),
        ("增速（%）", [0.05, 0.06, 0.07, 0.04], "all 4 values are 1 or less under %"),
    ],
)
def test_values_far_out_are_told(join, column, cells, told):
    names = ["康平县", "法库县", "海城市", "庄河市"]
    result = join(pd.DataFrame({"县": names, column: cells}))
    assert sorted(filled(result, column.partition("（")[0]).values()) == sorted(cells)
    assert told in str(result.report)


def test_values_of_one_size_are_not_remarked(join, region):
    areas = region.counties.to_crs(4508).area / 1e6
    table = pd.DataFrame({"县": ["康平县", "法库县", "海城市"], "GDP（亿元）": [20, 500, 90]})
    assert "far" not in str(join(table).report)
    table = pd.DataFrame({"代码": areas.index, "面积（平方公里）": areas.to_list()})
    assert "far" not in str(join(table).report)


def test_attributes_of_a_layer_are_a_table(tmp_path, join):
    path = tmp_path / "a.gpkg"
    shape = [shapely.box(0, 0, 1, 1)] * 2
    draft = {"代码": ["210123", "210124"], "人口（万人）": [1.0, 2.0]}
    gpd.GeoDataFrame(draft, geometry=shape, crs=4326).to_file(path, layer="草图")
    final = draft | {"人口（万人）": [27.5, 32.1]}
    gpd.GeoDataFrame(final, geometry=shape, crs=4326).to_file(path, layer="县界")
    result = join(path, layer="县界")
    assert filled(result, "人口") == {KANGPING: 27.5, FAKU: 32.1}
    assert str(result.report.label) == "a.gpkg#县界"
    assert filled(join(f"{path}#草图"), "人口") == {KANGPING: 1, FAKU: 2}
    with pytest.raises(BoundaryError, match=r"holds 2 layers: 草图、县界\. Name one"):
        join(path)
    shapefile = tmp_path / "b.shp"
    short = gpd.GeoDataFrame({"代码": ["210123"], "人口": [27.5]}, geometry=shape[:1], crs=4326)
    short.to_file(shapefile, encoding="gbk")
    assert filled(join(shapefile), "人口") == {KANGPING: 27.5}
