"""Rows of themes that no map could be made of are told, each with its column and mend."""

import shutil
from pathlib import Path

import pandas as pd
import pytest

import regionkit as rk
from regionkit.errors import PackError
from regionkit.pack.check import check_pack
from regionkit.pack.model import list_tables
from regionkit.pack.stages import current_plan

JILIN = Path(__file__).parents[1] / "packs" / "jilin"
COLUMNS = list_tables()["themes"].columns


@pytest.fixture
def pack(tmp_path):
    return Path(shutil.copytree(JILIN, tmp_path / "jilin"))


def put(pack, **cells):
    path = pack / "themes.csv"
    row = {"theme_id": "mine", "order": "99", "is_on_page": "是", "note": ""} | cells
    with path.open("a", encoding="utf-8") as file:
        file.write(",".join(row.get(name, "") for name in COLUMNS) + "\n")


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"shows": "统计", "is_on_page": ""}, "column sheet: is empty, and the page does not"),
        ({"shows": "分区", "sheet": "project"}, "column sheet: is that of another map"),
        ({"shows": "分区", "indicator_id": "风电装机"}, "column indicator_id: is of no use to a"),
        ({"shows": "统计", "domain": "能源"}, "column domain: is of no use to a map of statistic"),
        ({"shows": "项目", "domain": "月球"}, 'column domain: "月球" '),
        ({"shows": "项目", "locator": "专栏12"}, "column source_id: is empty beside a part"),
        ({"shows": "统计", "against_year": "2010"}, "column against_year: is given without"),
        (
            {"shows": "统计", "indicator_id": "新能源装机", "target_id": "west-new-energy-2025"},
            "column target_id: west-new-energy-2025 is no share of the whole region",
        ),
        ({"shows": "图"}, 'column shows: "图" is none of its values'),
        ({"shows": "统计", "colours": "彩虹"}, 'column colours: "彩虹" is none of its values'),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_map_is_told(pack, cells, words):
    put(pack, **cells)
    faults = [str(fault) for fault in check_pack(pack)]
    assert any("themes.csv" in fault and words in fault for fault in faults), faults


def test_chinese_words_and_names_do(pack):
    put(pack, shows="项目", domain="能源", source_id="东北振兴“十三五”规划", sheet="power")
    assert check_pack(pack) == []
    assert rk.load(pack).themes.loc["mine", ["shows", "domain", "source_id"]].tolist() == [
        "projects", "energy", "northeast-13fyp",
    ]  # fmt: skip


def test_a_pack_may_name_the_plan_in_force(pack):
    assert rk.load(pack).current_plan == "jilin-plan-2022"
    path = pack / "datapackage.json"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace('"name_en": "Jilin"', '"name_en": "Jilin", "current_plan": "northeast-13fyp"'),
        encoding="utf-8",
    )
    region = rk.load(pack)
    assert region.current_plan == "northeast-13fyp"
    assert region.projects.loc["taonan-wind", "is_in_current_plan"]
    path.write_text(path.read_text(encoding="utf-8").replace("northeast-13fyp", "x"), "utf-8")
    with pytest.raises(PackError, match=r"region\.current_plan: 'x' is no source of the pack"):
        rk.load(pack)


def test_a_plan_that_no_source_is_does_not_count():
    sources = pd.DataFrame(
        {"source_id": ["a"], "kind": ["plan"], "issued_on": ["2021"], "not_before": [None]}
    )
    assert current_plan(sources, "b") == "a"
