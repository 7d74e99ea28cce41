"""The options of a map, the same for every command that draws one."""

import sqlite3
from contextlib import closing

import pandas as pd
import pytest
from lxml import etree

import regionkit as rk
from regionkit.cli.drawing import map_command
from regionkit.cli.files import export_command, join_command
from regionkit.cli.map_options import MAP_ENDINGS
from regionkit.cli.query import query_command
from regionkit.export.formats import LAYER_FORMATS
from regionkit.maps.signs.symbols import symbol_of

LOOK = {"size", "title", "approval_number", "theme", "lang"}
CLASSING = {"scheme", "k", "cmap"}


def options_of(command):
    return {option.name: option for option in command.params}


def test_commands_draw_by_the_same_options():
    drawing, joining, asking = map(options_of, (map_command, join_command, query_command))
    for name in LOOK | CLASSING:
        assert drawing[name].help == joining[name].help
        assert drawing[name].default == joining[name].default
    assert {name: asking[name].help for name in LOOK} == {name: drawing[name].help for name in LOOK}
    # Projects are of kinds, not of classes.
    assert all(asking[name].hidden for name in CLASSING)


@pytest.mark.parametrize("command", [join_command, export_command])
def test_the_help_lists_every_format(command):
    text = options_of(command)["output"].help
    assert all(f"{ending}" in text for ending in LAYER_FORMATS)


@pytest.fixture
def table(tmp_path, ln):
    path = tmp_path / "a.csv"
    values = [1.5**n for n in range(len(ln.counties))]
    pd.DataFrame({"代码": ln.counties.index, "产值": values}).to_csv(path, index=False)
    return path


def test_a_join_is_drawn_and_written_in_the_same_classes(run, tmp_path, ln, table):
    picture, layer = tmp_path / "a.svg", tmp_path / "a.gpkg"
    status, out, err = run(
        "join", table, "--map", picture, "-o", layer, "--scheme", "quantiles", "-k", "3",
        "--title", "各县产值", "--approval-number", "辽S(2026)001号",
    )  # fmt: skip
    assert (status, err) == (0, "")
    assert out.splitlines()[-1] == str(picture)
    with closing(sqlite3.connect(layer)) as db:
        ((text,),) = db.execute("SELECT styleQML FROM layer_styles").fetchall()
    db.close()
    ranges = etree.fromstring(text.split("\n", 1)[1].encode()).findall(".//ranges/range")
    joined = ln.join_table(table)
    drawn = rk.choropleth_layer(joined, "产值", scheme="quantiles", k=3)
    assert [float(one.get("upper")) for one in ranges] == list(drawn.classes.limits[1:])
    assert [one.get("label") for one in ranges] == list(drawn.classes.labels)
    shown = picture.read_text(encoding="utf-8")
    assert all(colour in shown for colour in drawn.classes.colours)


def test_a_map_that_cannot_be_drawn_is_refused_before_the_join(run, tmp_path, table):
    for option in ("--map", "-o"):
        status, out, err = run("join", table, option, tmp_path / "a.bmp")
        assert (status, out) == (2, "")
        assert "a.bmp does not end in" in err
    assert all(ending in run("join", table, "--map", "a.bmp")[2] for ending in MAP_ENDINGS)


def test_options_of_a_map_that_is_not_asked_for_are_refused(run, table):
    for asked in (("join", table, "--cmap", "Blues"), ("query", "--size", "A3")):
        status, out, err = run(*asked)
        assert (status, out) == (2, "")
        assert f"{asked[-2]} says how a map is drawn, and none is. Add --map FILE." in err


def test_the_map_of_a_query_has_title_language_and_size(run, tmp_path):
    path = tmp_path / "a.html"
    status, _, _ = run(
        "query", "--domain", "energy", "--map", path, "--title", "Energy", "--lang", "en"
    )
    assert status == 0
    text = path.read_text(encoding="utf-8")
    assert "<title>Energy</title>" in text
    assert '<html lang="en"' in text


@pytest.mark.parametrize(
    ("command", "column", "energy"),
    [
        (("query", "--domain", "energy"), "Domain", "energy"),
        (("export", "projects"), "domain", "energy"),
    ],
)
def test_projects_have_the_colours_of_their_symbols(run, tmp_path, command, column, energy):
    path = tmp_path / "p.gpkg"
    status, _, err = run(*command, "-o", path)
    assert status == 0, err
    with closing(sqlite3.connect(path)) as db:
        texts = db.execute("SELECT styleQML FROM layer_styles").fetchall()
    db.close()
    assert texts
    for (text,) in texts:
        renderer = etree.fromstring(text.split("\n", 1)[1].encode()).find("renderer-v2")
        assert renderer.get("attr") == column
        (place,) = renderer.xpath(f".//category[@value='{energy}']/@symbol")
        (colour,) = renderer.xpath(
            f"symbols/symbol[@name='{place}']//Option[@name='color' or @name='line_color']/@value"
        )
        red, green, blue, _ = map(int, colour.split(","))
        assert f"#{red:02x}{green:02x}{blue:02x}" == symbol_of("other", "energy").colour


@pytest.mark.parametrize("option", ["--scheme", "-k", "--cmap", "--unit"])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_map_of_projects_refuses_classes_in_one_sentence(run, tmp_path, option, lang):
    path = tmp_path / "a.html"
    status, out, err = run("query", "--map", path, "--lang", lang, option, "3")
    assert (status, out) == (2, "")
    told = {"en": f"{option} is of values in classes", "zh": f"{option} 针对分级的数值"}
    assert told[lang] in err.splitlines()[0]
    assert not path.exists()
    assert f" {option} " not in run("query", "--help")[1]


@pytest.mark.parametrize(
    "asked",
    [
        ("map", "常住人口", "-o", "a.png"),
        ("query",),
        ("targets",),
        ("history", "桃仙机场第二跑道"),
    ],
    ids=lambda asked: asked[0],
)
def test_every_command_takes_documents_alike(run, asked):
    status, out, err = run(*asked, "--all-sources", "--source", "liaoning-15fyp")
    assert (status, out) == (2, "")
    assert "--source and --all-sources cannot be combined. Give one of them." in err
    status, _, err = run(*asked, "--source", "liaoning-15fyp", "--source", "火星规划")
    assert status == 2
    assert "No source has the id or title '火星规划'" in err


def test_documents_choose_what_a_command_tells(run, ln):
    history = ("history", "桃仙机场第二跑道")
    every = run(*history, "--plain", "--all-sources")[1].splitlines()
    assert every == run(*history, "--plain")[1].splitlines()
    own = run(*history, "--plain", "--source", "liaoning-15fyp")[1].splitlines()
    assert 1 < len(own) < len(every)
    title = ln.sources.loc["liaoning-15fyp", "short_title"]
    assert own[1:] == [line for line in every[1:] if line.split("\t")[1] == title]
    status, _, err = run("history", "--stalled", "5", "--source", "liaoning-15fyp")
    assert status == 2
    assert "--source is said of one PROJECT" in err
    count = {
        words: len(run("targets", "--plain", *words)[1].splitlines())
        for words in (
            ("--source", "liaoning-15fyp"),
            ("--source", "liaoning-zones-2022"),
            ("--source", "liaoning-15fyp", "--source", "liaoning-zones-2022"),
        )
    }
    first, second, both = count.values()
    assert both - 1 == (first - 1) + (second - 1)


def test_a_map_is_of_the_values_of_the_documents_asked_for(run, tmp_path, ln):
    status, _, err = run(
        "map", "常住人口", "--source", "liaoning-zones-2022", "-o", tmp_path / "a.png"
    )
    assert status == 2
    assert "is not reported by liaoning-zones-2022. Sources: " in err
    values = ln.statistic("resident-population", year=2020)
    own = ln.statistic("resident-population", year=2020, source=[values.attrs["source_id"]])
    assert own.equals(values)


def test_the_level_that_a_map_advises_is_one_it_takes(run, tmp_path):
    status, _, err = run("map", "gdp", "-o", tmp_path / "gdp.svg")
    assert (status, "--level city" in err) == (2, True)
    # A figure of the whole alone.
    status, _, err = run("map", "life-expectancy", "-o", tmp_path / "life.svg")
    assert (status, "--level province" in err) == (2, True)
    status, out, err = run("map", "life-expectancy", "--level", "省", "-o", tmp_path / "life.svg")
    assert (status, out.strip().endswith("life.svg")) == (0, True), err
