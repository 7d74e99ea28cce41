"""The command in the language of its user: help, errors, reports and tables."""

import re
import warnings

import click
import pandas as pd
import pytest

from regionkit.cli.command import regionkit
from regionkit.cli.map_options import MapLook
from regionkit.region.load import load
from regionkit.words.voice import speaking

COMMANDS = regionkit.list_commands(None)
# Two English words in a row that are no command, option, file, name of a thing or example.
_SENTENCE = re.compile(r"\b[a-z]{2,} [a-z]{2,}\b")
_NAMES = re.compile(
    r"regionkit [a-z-]+|same area|under construction|Google Earth|[a-z-]+\|[a-z|-]+|tcp://\S+"
    r"|--[a-z-]+( [a-z]+)?|PACKAGE",
)


def _english(text):
    return [found for found in _SENTENCE.findall(_NAMES.sub("", text)) if found != "same area"]


@pytest.mark.usefixtures("chinese")
@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_is_chinese(run, command):
    status, out, _ = run(*command.split(), "--help")
    assert status == 0
    assert out.startswith("用法：regionkit")
    assert "选项：\n" in out
    assert _english(out) == []


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_is_english(run, command):
    status, out, _ = run(*command.split(), "--help")
    assert status == 0
    assert out.startswith("Usage: regionkit")
    assert "--lang" in out
    assert max(map(len, out.splitlines())) <= 80


@pytest.mark.parametrize(
    "arguments",
    [["--lang", "zh", "sources"], ["sources", "--lang", "zh"], ["sources", "--lang=zh"]],
)
def test_the_language_may_be_said_anywhere(run, arguments):
    _, out, _ = run(*arguments)
    assert "发布机构" in out
    assert "Issuer" in run("sources")[1]


def test_a_language_that_is_not_spoken_is_refused(run):
    status, _, err = run("sources", "--lang", "fr")
    assert status == 2
    assert "'fr' is not one of 'zh', 'en'" in err


@pytest.mark.usefixtures("chinese")
@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["no-such"], "没有“no-such”这个命令。"),
        (["sources", "--colour"], "没有 --colour 这个选项。"),
        (["profile"], "缺少：'地名'。"),
        (["targets", "--year", "18"], "18 不在范围 1949<=x<=2100 内。"),
        (["query", "--km", "5"], "--km 须与 --near 或 --along 同用"),
        (["query", "--near", "a", "--km", "x"], "“x”不是有效的数值"),
        (["query", "--zone-matrix", "--pairs", "1"], "--zone-matrix 和 --pairs 不能同用"),
        (["history"], "请给出项目，或 --stalled 年数、--open-since 年份"),
        (["profile", "朝阳"], "“朝阳”可指 2 个地方：朝阳市（211300，市级）；"),
        (["profile", "朝阳"], "请写全称、在前面加上所在市的名称，或写行政区划代码。"),
        (
            ["sources", "-o", "a.pdf"],
            "a.pdf 的扩展名不是 .csv、.xlsx 或 .docx。请改用这样的文件名。",
        ),
        (["sources", "-o", "no/a.csv"], "文件夹 no 不存在。请先建好。"),
        (["query", "--within", "a.geojson"], "文件 a.geojson 不存在。请核对路径。"),
        (["locate", "abc"], "“abc”既不是文件，也不是坐标。"),
        (["locate", "0,0"], "0.0, 0.0 不在辽宁省的任何县（市、区）内。"),
    ],
)
def test_errors_are_chinese(run, arguments, words):
    status, out, err = run(*arguments)
    assert (status, out) == (2, "")
    assert words in err
    assert err.startswith("regionkit: ")


@pytest.mark.parametrize(("lang", "told"), [("zh", "提醒：锦州"), ("en", "note: 锦州")])
def test_warnings_have_no_line_of_code(monkeypatch, run, lang, told):
    def warn(_ctx):
        warnings.simplefilter("always")
        warnings.warn("锦州", stacklevel=1)
        return []

    monkeypatch.setattr(regionkit, "list_commands", warn)
    assert run("--lang", lang, "--help")[2] == f"regionkit: {told}\n"


@pytest.mark.parametrize(
    ("lang", "columns"),
    [("zh", ["项目", "领域", "类型", "阶段"]), ("en", ["Project", "Domain", "Kind", "Stage"])],
)
def test_columns_and_their_words_are_in_the_language(run, tmp_path, lang, columns):
    path = tmp_path / "a.csv"
    run("query", "--kind", "nuclear", "-o", str(path), "--lang", lang)
    table = pd.read_csv(path)
    assert [column for column in table.columns if column in columns] == columns
    assert set(table[columns[1]]) == {"能源" if lang == "zh" else "energy"}


@pytest.mark.parametrize(
    "words",
    [
        "query --count-by zone",
        "query --count-by city",
        "query --zone-matrix",
        "query --without county --domain 能源",
        "query --sum-by zone --kind 新能源",
        "locate 123.43,41.8",
    ],
)
def test_english_tables_have_english_names_where_the_pack_has_them(run, words):
    status, out, err = run(*words.split())
    assert status == 0, err
    # The word that was asked for stands as it was typed; units of measure have no English.
    told = out.replace("万千瓦", "").replace("亿立方米/年", "")
    assert not re.search("[一-鿿]{3}", told), told


def test_how_a_word_is_taken_is_told_in_english(run):
    _, _, err = run("query", "--kind", "新能源", "--zone", "辽西")
    assert "(without nuclear power and pumped storage)" in err
    assert "Western Liaoning Pilot Area" in err


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_map_speaks_the_language_of_the_messages(lang):
    with speaking(lang):
        assert MapLook().lang == lang
        for name in ("map", "brief", "join", "query"):
            command = regionkit.get_command(click.Context(regionkit), name)
            chosen = next(one for one in command.params if one.name == "lang")
            assert chosen.get_default(click.Context(command)) == lang


def test_progress_takes_several_documents(run):
    def rows(*words):
        return [line for line in run("progress", "--plain", *words)[1].splitlines() if "\t" in line]

    plans = [("--source", plan) for plan in ("liaoning-15fyp", "liaoning-zones-2022")]
    each = [rows(*plan)[1:] for plan in plans]
    assert all(each)
    assert sorted(rows(*plans[0], *plans[1])[1:]) == sorted([*each[0], *each[1]])


def test_a_map_is_asked_for_by_the_english_name(run):
    status, _, err = run("map", "resident peoples", "-o", "a.png")
    assert status == 2
    assert "Resident population (resident-population)" in err
    from regionkit.cli.drawing import find_indicator

    assert find_indicator(load("liaoning"), "Resident population") == "resident-population"
