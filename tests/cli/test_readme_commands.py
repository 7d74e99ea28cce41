"""Every command that the README shows runs as it stands there, and writes what it names."""

import re
import shlex
from pathlib import Path

import pandas as pd
import pytest

ROOT = Path(__file__).parents[2]


def commands(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    lines = re.findall(r"^regionkit .*$", text, flags=re.MULTILINE)
    told = [shlex.split(re.sub(r"(?<=\S)#", r"\\#", line), comments=True) for line in lines]
    return [words[1:] for words in told]


LINES = commands("README.md")
# Options that name what is written; an answer without one stands on the terminal.
OUTPUTS = ("-o", "--map", "--to")


@pytest.fixture
def desk(tmp_path, monkeypatch, ln):
    """A folder with the files that the lines read."""
    monkeypatch.chdir(tmp_path)
    county = pd.DataFrame(
        {"县（市）": ["瓦房店市", "庄河市", "海城市"], "GDP（亿元）": [1012.5, 700, 560]}
    )
    county.to_excel("县域经济.xlsx", index=False)
    points = pd.DataFrame({"lon": [121.6, 123.4], "lat": [39.0, 41.8]})
    points.to_parquet("points.parquet")
    long = [
        (place, indicator, year, value + year - 2022)
        for place, value in (("庄河市", 700), ("北票市", 240))
        for indicator in ("地区生产总值（亿元）", "工业增加值（亿元）")
        for year in (2022, 2023)
    ]
    pd.DataFrame(long, columns=["县", "指标", "年份", "数值"]).to_excel("长表.xlsx", index=False)
    works = {
        "项目": ["甲", "乙", "丙"],
        "县": ["庄河市", "庄河市", "北票市"],
        "投资（亿元）": [5, 7, 3],
    }
    pd.DataFrame(works).to_excel("项目.xlsx", index=False)
    pd.DataFrame({"县": ["庄河市", "北票市"], "收入": [50.5, 30]}).to_excel(
        "筛选.xlsx", index=False
    )
    Path("分区.csv").write_text("分区,投资（亿元）\n辽宁沿海经济带,120\n", encoding="utf-8")
    for layer, frame in (("县界", ln.counties), ("市界", ln.cities)):
        frame.head(2)[["name", "geometry"]].to_file("区划.gpkg", layer=layer, driver="GPKG")
    return tmp_path


@pytest.mark.parametrize("words", LINES, ids=" ".join)
def test_a_line_runs(desk, run, words):
    if "my-pack" in words[1:2] and words[0] != "new-pack":
        assert run("new-pack", "吉林", "my-pack")[0] == 0
    if "吉林.xlsx" in words[1:2]:
        assert run("new-pack", "吉林", "吉林.xlsx")[0] == 0
    there = set(desk.iterdir())
    status, out, err = run(*words)
    assert (status, "Traceback" in out + err) == (0, False), err
    written = [word for word, before in zip(words[1:], words, strict=False) if before in OUTPUTS]
    assert all((desk / name).stat().st_size for name in written)
    assert out.strip() or written or set(desk.iterdir()) > there


def test_both_readmes_show_the_same_lines():
    assert commands("README.zh-CN.md") == LINES != []
