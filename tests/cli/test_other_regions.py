"""Commands on other regions: far islands, another province, several provinces, one city."""

from pathlib import Path

import pytest

from regionkit.cli.drawing import find_indicator

PACKS = Path(__file__).parents[1] / "packs"
# A place of each region, and the level that it stands at.
REGIONS = {
    "hainan": ("海口市", "city"),
    "jilin": ("长春市", "city"),
    "northeast": ("赤峰市", "city"),
    "shenyang": ("沈河区", "county"),
}
COMMANDS = {
    "query": ["query"],
    "targets": ["targets"],
    "profile": ["profile", "{place}"],
    "sources": ["sources"],
    "join": ["join", "{table}", "--level", "{level}", "-o", "{out}/joined.csv"],
}
SLOW = {
    "export": ["export", "cities", "-o", "{out}/cities.geojson"],
    "map": ["map", "resident-population", "--level", "{level}", "-o", "{out}/map.png"],
    "page": ["map", "resident-population", "--level", "{level}", "-o", "{out}/map.html"],
    "brief": ["brief", "{place}", "-o", "{out}/brief.html"],
}


@pytest.fixture(scope="module")
def foreign(ln):
    """Words of the embedded pack's plan: names of its zones and documents."""
    own = ln.sources[ln.sources["kind"].isin(["plan", "action plan"])]
    own = own[own["issuer"].fillna("").str.contains("辽宁") | own.index.str.startswith("liaoning")]
    words = {ln.zone_system, *ln.zones["name"], *ln.zones["short_name"], *own["title"]}
    return words | {*own["short_title"], "三年行动"}


def told(path):
    return path.read_text(encoding="utf-8", errors="ignore")


@pytest.mark.parametrize("pack", REGIONS)
@pytest.mark.parametrize(
    "name", [*COMMANDS, *(pytest.param(one, marks=pytest.mark.slow) for one in SLOW)]
)
def test_every_command_follows(run, foreign, tmp_path, pack, name):
    if pack == "jilin" and name in {"map", "page"}:
        pytest.skip("no statistics are recorded of it")
    place, level = REGIONS[pack]
    table = tmp_path / "table.csv"
    table.write_text(f"名称,数值\n{place},1\n", encoding="utf-8")
    words = {"place": place, "level": level, "table": table, "out": tmp_path}
    command = [part.format(**words) for part in (COMMANDS | SLOW)[name]]
    status, out, err = run(*command, "--pack", PACKS / pack)
    assert status == 0, err
    written = [out, *(told(path) for path in tmp_path.rglob("*") if path.is_file())]
    if pack != "shenyang":
        assert [word for word in foreign if any(word in text for text in written)] == []


@pytest.mark.parametrize("pack", REGIONS)
def test_the_packs_are_sound(run, pack):
    status, _, err = run("check", PACKS / pack)
    assert status == 0, err


def test_the_whole_of_several_provinces_has_its_targets(run):
    status, out, err = run("targets", "--pack", PACKS / "northeast")
    assert status == 0, err
    assert out.count("东北地区") >= 5


def test_a_map_is_known_by_its_own_id(ln):
    assert find_indicator(ln, "over-65") == "share-65plus"


@pytest.mark.parametrize(
    "word",
    ["over-65", "65岁及以上人口占比", "老龄化", "ageing", "share-65plus", "aged 65", "65岁及以上"],
)
def test_an_indicator_is_known_by_every_name(ln, word):
    assert find_indicator(ln, word) == "share-65plus"


def test_a_name_of_no_indicator_is_told_the_nearest(run, tmp_path):
    status, _, err = run("map", "agein", "-o", tmp_path / "a.png")
    assert status == 2
    assert "Nearest are: ageing," in err


# A province without a pack: each command gives a true answer, or says in one sentence why not.
BARE = {
    "query": (["query", "--domain", "energy"], 0, "no plan pack, so it has no project. Make a"),
    "targets": (["targets"], 0, "no plan pack, so it has no target. Make a pack with regionkit"),
    "tasks": (["tasks"], 0, "fill in its table tasks.csv."),
    "zones": (["zones"], 0, "fill in its table zones.csv."),
    "overlap": (["zones", "--overlap"], 0, "fill in its table zones.csv."),
    "sources": (["sources"], 0, "fill in its table sources.csv."),
    "industries": (["industries"], 0, "fill in its table industries.csv."),
    "mentions": (["mentions", "银川市"], 0, "fill in its table sources.csv."),
    "progress": (["progress"], 0, "fill in its table targets.csv."),
    "works": (["progress", "--projects"], 0, "fill in its table projects.csv."),
    "compare": (["compare", "甲", "乙"], 0, "fill in its table sources.csv."),
    "profile": (["profile", "银川市"], 0, "银川市"),
    "stats": (["stats", "GDP"], 2, "has no statistics"),
    "map": (["map", "GDP", "-o", "{out}/m.png"], 2, "has no statistics"),
    "history": (["history", "京沈高铁"], 0, "fill in its table projects.csv."),
    "check": (
        ["check", "宁夏"],
        2,
        "cities: 5, county-level units: 22. Their outlines neither overlap nor leave gaps. "
        "宁夏回族自治区 has no plan pack, so there is nothing else to check. Make one with "
        "regionkit new-pack 宁夏回族自治区 DIR.",
    ),
    "join": (["join", "{table}", "--level", "city", "-o", "{out}/j.csv"], 0, "j.csv"),
}
BARE_SLOW = {
    "drawn": (
        ["join", "{table}", "--level", "city", "-o", "{out}/j.csv", "--map", "{out}/j.png"],
        0,
        "j.png",
    ),
    "page": (
        ["join", "{table}", "--level", "city", "-o", "{out}/j.csv", "--map", "{out}/j.html"],
        0,
        "j.html",
    ),
    "brief": (["brief", "全区", "-o", "{out}/b.html"], 0, "b.html"),
    "export": (["export", "cities", "-o", "{out}/c.geojson"], 0, "c.geojson"),
}


@pytest.mark.parametrize(
    "name", [*BARE, *(pytest.param(one, marks=pytest.mark.slow) for one in BARE_SLOW)]
)
def test_a_region_without_a_pack_answers_every_command(run, foreign, tmp_path, name):
    table = tmp_path / "table.csv"
    table.write_text("名称,数值\n银川市,1\n固原,2\n", encoding="utf-8")
    command, expected, words = (BARE | BARE_SLOW)[name]
    given = [part.format(table=table, out=tmp_path) for part in command]
    pack = () if name == "check" else ("--pack", "宁夏")
    status, out, err = run(*given, *pack)
    assert status == expected, err
    assert words in out + err
    assert "Traceback" not in err
    assert "No " not in out + err
    written = [out, err, *(told(path) for path in tmp_path.rglob("*") if path.is_file())]
    assert [word for word in foreign if any(word in text for text in written)] == []


def test_a_pack_whose_table_is_empty_says_how_to_fill_it(run):
    status, out, err = run("tasks", "--pack", PACKS / "northeast")
    assert (status, out) == (0, "")
    assert "The pack of 东北地区 has no task. Fill in its table tasks.csv to give it some." in err
    # A question that leaves all of some out has its own answer.
    _, _, err = run("tasks", "--text", "一无所有")
    assert "No task meets every condition" in err


def test_check_of_a_word_that_names_nothing_is_a_fault(run):
    status, _, err = run("check", "无此地")
    assert status == 2
    assert "neither an embedded pack" in err


@pytest.mark.slow
def test_a_brief_of_a_part_of_the_country_is_drawn(run, tmp_path):
    status, _, err = run("brief", "新疆", "-o", tmp_path / "b.docx", "--pack", "全国")
    assert status == 0, err
