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
