"""Every example of the help of every command runs, in both languages."""

import shlex
import shutil
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
import shapely

import regionkit as rk
from regionkit.cli.command import regionkit
from regionkit.words.voice import speaking

PACK = Path(rk.__file__).parents[1] / "geodata" / "liaoning"
# Whole atlases, pages, briefings and packs are made with -m slow.
_LONG = ("atlas", "brief", "convert", "new-pack")
_LONG_FILES = (".html", ".pptx", ".docx", ".pdf", "去年的数据包", "三年行动方案", "--with")


def _examples():
    found = {}
    for lang in ("zh", "en"):
        with speaking(lang, door="command"):
            for name in regionkit.list_commands(None):
                for line in (regionkit.get_command(None, name).help or "").splitlines():
                    if line.strip().startswith("regionkit "):
                        found.setdefault(line.strip(), name)
    return found


EXAMPLES = _examples()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_help_of_every_command_has_three_examples(lang):
    counts = {}
    with speaking(lang, door="command"):
        for name in regionkit.list_commands(None):
            lines = regionkit.get_command(None, name).help.splitlines()
            counts[name] = sum(line.strip().startswith(f"regionkit {name}") for line in lines)
    assert {name: n for name, n in counts.items() if n < 3} == {}


def _works():
    return pd.DataFrame(
        {
            "项目名称": ["甲", "乙"],
            "县": ["康平县", "法库县"],
            "计划开工时间": ["2026年3月", "2024年"],
            "计划竣工时间": ["2028年", "2026年3月"],
            "项目状态": ["未开工", "在建"],
            "总投资（亿元）": [3, 5],
        }
    )


def _points():
    return pd.DataFrame(
        {
            "名称": ["甲", "乙"],
            "经度": [121.1, 123.43],
            "纬度": [40.9, 41.81],
            "总投资": [3, 5],
            "类型": ["港口", "园区"],
        }
    )


def _monitoring():
    return pd.DataFrame({"指标": ["常住人口城镇化率"], "单位": ["%"], "2026年": [74.5]})


def _long():
    rows = [("康平县", "GDP", 2023, 1), ("法库县", "GDP", 2023, 2), ("康平县", "GDP", 2022, 3)]
    return pd.DataFrame(rows, columns=["县", "指标", "年份", "数值"])


def _counties():
    return pd.DataFrame({"县（市）": ["康平县", "法库县"], "生产总值": [1.5, 2.5]})


MADE = {
    "监测表.xlsx": lambda path: _monitoring().to_excel(path, index=False),
    "项目.xlsx": lambda path: _works().to_excel(path, index=False),
    "项目表.xlsx": lambda path: _works().to_excel(path, index=False),
    "项目点.xlsx": lambda path: _points().to_excel(path, index=False),
    "项目点.csv": lambda path: _points().to_csv(path, index=False),
    "points.parquet": lambda path: (
        _points().rename(columns={"经度": "lon", "纬度": "lat"}).to_parquet(path)
    ),
    "县域经济.xlsx": lambda path: _counties().to_excel(path, index=False),
    "长表.xlsx": lambda path: _long().to_excel(path, index=False),
    "本市口径.csv": lambda path: path.write_text(
        "subject,basis,at_least,state\nlevel,pace,80,on track\nlevel,pace,,behind\n",
        encoding="utf-8",
    ),
    "红线.gpkg": lambda path: gpd.GeoDataFrame(
        {"name": ["甲"]}, geometry=[shapely.box(123, 41.5, 123.5, 42)], crs=4326
    ).to_file(path),
    "吉林数据包": lambda path: shutil.copytree(PACK, path),
    "my-pack": lambda path: shutil.copytree(PACK, path),
    "去年的数据包": lambda path: shutil.copytree(PACK, path),
    "今年的数据包": lambda path: shutil.copytree(PACK, path),
}


@pytest.mark.parametrize(
    "example",
    [
        pytest.param(
            line,
            marks=pytest.mark.slow
            if name in _LONG or any(word in line for word in _LONG_FILES)
            else [],
        )
        for line, name in EXAMPLES.items()
        # That one is what .ci/run calls where nothing else is installed.
        if line != "regionkit atlas"
    ],
)
def test_an_example_of_the_help_runs(run, tmp_path, monkeypatch, example):
    monkeypatch.chdir(tmp_path)
    command, *words = shlex.split(example)[1:]
    for word in words:
        is_target = command == "new-pack" or (command == "convert" and word == words[1])
        if word in MADE and not is_target:
            MADE[word](tmp_path / word)
    if command == "convert" and words[0].endswith(".xlsx"):
        MADE[words[1]](tmp_path / words[1])
        assert run("convert", words[1], words[0])[0] == 0
        shutil.rmtree(tmp_path / words[1])
    status, out, err = run(command, *words)
    assert status == 0, err
    written = [words[i + 1] for i, word in enumerate(words[:-1]) if word in {"-o", "--map", "--to"}]
    assert all((tmp_path / name).is_file() for name in written), err
    assert out.strip() or written
