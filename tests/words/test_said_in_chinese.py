"""Errors and faults of packs, questions, analyses and files, as a Chinese reader gets them."""

import re

import pandas as pd
import pytest
import shapely

import regionkit as rk
from regionkit.analysis.summary import target_table
from regionkit.errors import RegionkitError
from regionkit.files import write_new_folder
from regionkit.pack.schema import read_descriptor
from regionkit.places.provinces import find_province
from regionkit.query.coordinates import as_coordinates
from regionkit.query.parts import StreamOptions
from regionkit.query.summaries import stalled_projects

# What may stand in Latin letters: names of columns, options, files, commands and formats.
_SENTENCE = re.compile(r"[A-Za-z]+(?: [a-z]+){2,}")


@pytest.fixture(scope="module")
def ln():
    return rk.load("liaoning")


CASES = {
    "zone": (lambda ln, _: ln.select_projects(zone="辽喜"), "没有名为“辽喜”的分区。相近的有："),
    "unit for zone": (
        lambda ln, _: ln.select_projects(zone="锦州"),
        '没有名为“锦州”的分区；它是锦州市（210700，市级）。要查该单位，请用 place="锦州市"。',
    ),
    "domain": (
        lambda ln, _: ln.select_projects(domain="power"),
        'domain="power" 不在可用之列。请使用以下之一：交通（transport）、能源（energy）',
    ),
    "source": (lambda ln, _: ln.select_projects(source="没有"), "没有编号或名称为“没有”的来源。"),
    "project": (lambda ln, _: ln.project_history("不存在的项目"), "没有名为“不存在的项目”的项目。"),
    "table": (lambda ln, _: ln.table("zone"), "数据包中没有表“zone”。可用的有：sources、"),
    "statistic": (lambda ln, _: ln.statistic("gdpp"), "统计数据中没有编号为“gdpp”的指标。"),
    "province": (lambda *_: find_province("Ohio"), "没有名为“Ohio”的省级单位。可用的有：北京市、"),
    "pack": (lambda *_: rk.load("./nowhere"), "“./nowhere”既不是内置数据包（liaoning）"),
    "descriptor": (lambda _, at: _broken(at), "不是可读取的 JSON"),
    "folder": (lambda _, at: write_new_folder(at.parent, {}), "不是空文件夹。请另选一个或先清空"),
    "near": (
        lambda ln, _: ln.projects_near((40.8, 121.07), km=5),
        "经纬度似有颠倒。请把经度放在前面",
    ),
    "how near": (
        lambda ln, _: ln.projects_near((121.07, 40.8)),
        "请说明远近：给出 km=（千米）或 k=",
    ),
    "negative": (
        lambda *_: stalled_projects(pd.DataFrame(), min_years=-1),
        "min_years=-1 是负数或不是数字。请给出 0 或更大的数。",
    ),
    "inside": (
        lambda ln, _: rk.query.projects.projects_within(ln.projects, shapely.Point(1, 2)),
        "Point 没有内部范围。请给出 Polygon 或 MultiPolygon。",
    ),
    "coordinates": (lambda *_: as_coordinates([1, 2], [1]), "lon 有 2 个值，lat 有 1 个值。"),
    "options": (lambda *_: StreamOptions(result="x"), 'result="x" 不在可用之列。请使用以下之一：'),
    "ending": (
        lambda ln, at: rk.export_layer(ln.cities, at / "a.xyz"),
        "没有扩展名为“.xyz”的格式。",
    ),
    "empty": (
        lambda ln, at: rk.export_layer(ln.cities.iloc[:0], at / "a.gpkg"),
        "图层没有内容，无可写出。",
    ),
    "crs": (
        lambda ln, at: rk.export_layer(ln.cities, at / "a.gpkg", crs="EPSG:0"),
        'crs="EPSG:0" 不是坐标系。',
    ),
}


def _broken(folder):
    (folder / "datapackage.json").write_text("{", encoding="utf-8")
    read_descriptor(folder)


@pytest.mark.usefixtures("chinese")
@pytest.mark.parametrize("case", CASES)
def test_an_error_is_said_in_chinese(ln, tmp_path, case):
    make, words = CASES[case]
    with pytest.raises(RegionkitError) as raised:
        make(ln, tmp_path)
    told = str(raised.value)
    assert words in told
    # The reader of JSON gives its reason in words of its own.
    assert case == "descriptor" or not _SENTENCE.search(told)


def test_targets_that_share_a_name_are_told_apart_and_rates_read_as_rates(ln):
    table = target_table(ln, lang="zh")
    rows = table[table["指标"] == "重大项目数量"]
    assert len(rows) == 10
    assert rows["备注"].is_unique
    assert "原文未写年份" in rows["备注"].iloc[0]
    rates = table.loc[table["指标"] == "结核病发病率", "目标"]
    assert rates.tolist() == ["不超过43/10万"]
