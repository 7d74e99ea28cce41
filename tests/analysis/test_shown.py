"""Results show themselves in a notebook as tables of words, in the reader's language."""

import json
import re

import pandas as pd
import pytest

import regionkit as rk
from regionkit.analysis.compare import compare_projects
from regionkit.analysis.shown import show_in_notebooks, table_html
from regionkit.analysis.works import works_of_projects
from regionkit.words.voice import speaking

OWN = pd.DataFrame({"indicator_id": ["urbanisation-rate"], "adcode": ["210000"], "year": [2027],
                    "value": [74.5], "unit": ["%"]})  # fmt: skip
RESULTS = {
    "projects": lambda ln: ln.projects,
    "near": lambda ln: ln.projects_near("庄河市", km=20),
    "selected": lambda ln: ln.select_projects(zone="liaoxi", domain="energy", with_geometry=False),
    "overlapping": lambda ln: ln.projects_overlapping(ln.counties.loc[["210781"]], name="name"),
    "history": lambda ln: ln.project_history("庄河抽水蓄能电站"),
    "stalled": lambda ln: ln.stalled_projects(),
    "open": lambda ln: rk.open_since(ln, 2016),
    "dropped": lambda ln: rk.dropped_after(ln, 2016),
    "planned works": works_of_projects,
    "works": lambda ln: rk.project_progress(works_of_projects(ln), as_of=2026),
    "targets": lambda ln: ln.targets,
    "progress": lambda ln: rk.progress(ln.targets, OWN, as_of=2027),
    "plans": lambda ln: rk.compare_plans(*(ln.targets[ln.targets["source_id"] == one] for one in (
        "liaoning-zones-2022", "liaoning-15fyp"))),
    "plan projects": lambda ln: compare_projects(
        ln.projects, ln.mentions, ["liaoning-rolling-2016"], ["liaoning-15fyp"]),
    "tasks": lambda ln: rk.list_tasks(ln, place="大连市"),
    "industries": lambda ln: rk.list_industries(ln, text="菱镁"),
    "alike": lambda ln: rk.compare_industries(ln, ["铁岭市", "抚顺市"]),
    "mentions": lambda ln: rk.find_mentions(ln, "大连港"),
    "zones": lambda ln: ln.zones,
    "zones of": lambda ln: rk.list_zones_of(ln, "阜新市"),
    "two zones": rk.zone_overlaps,
    "cities": lambda ln: ln.cities,
    "counties": lambda ln: ln.counties,
    "lines": lambda ln: ln.zone_lines,
    "seats": lambda ln: ln.seats,
    "ranked": lambda ln: rk.rank_units(ln, "resident-population"),
    "statistic": lambda ln: ln.statistic("resident-population"),
    "leading": lambda ln: ln.county_industries,
}  # fmt: skip


def heads_of(page):
    """Return the headers, without units and the columns' own names below them."""
    heads = re.findall("<th>(.*?)</th>", page)
    return [re.sub(r"<br><small>.*?</small>| \(.*\)", "", one) for one in heads]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", RESULTS)
def test_a_result_is_headed_in_the_readers_language(ln, name, lang):
    table = RESULTS[name](ln)
    assert len(table)
    with speaking(lang):
        page = table_html(table)
    heads = heads_of(page)
    foreign = "[a-z]{3}|_" if lang == "zh" else "[一-鿿]|_"
    assert len(heads) > 1
    assert not [one for one in heads if re.search(foreign, one)]


@pytest.mark.usefixtures("chinese")
@pytest.mark.parametrize(
    ("name", "words", "ids"),
    [
        ("near", ["庄河核电", "能源", "具体位置", "辽宁“十五五”规划纲要", "庄河市"], ["energy"]),
        ("progress", ["常住人口城镇化率", "滞后", "辽宁省"], ["urbanisation-rate", "behind"]),
        ("plans", ["新增", "不低于", "水平值"], ["at least", "level"]),
        ("open", ["推进建设", "续建"], ["in progress"]),
        ("overlapping", ["示意线", "凌海市"], ["schematic line"]),
        ("works", ["尚无法判断"], ["undecided"]),
        ("statistic", ["和平区", "常住人口（人、2020）", "730,785"], []),
        ("two zones", ["辽东绿色经济区"], ["liaodong"]),
    ],
)
def test_ids_are_told_in_words(ln, name, words, ids):
    table = RESULTS[name](ln)
    with pd.option_context("display.max_rows", None):
        page = table_html(table)
    cells = set(re.findall("<td>(.*?)</td>", page))
    text = " ".join(cells) + " ".join(heads_of(page))
    assert [word for word in words if word not in text] == []
    assert cells.isdisjoint(ids)


@pytest.mark.usefixtures("chinese")
def test_what_is_not_shown_is_named(ln):
    table = ln.projects_near("庄河市", km=20)
    page = table_html(table)
    names = re.findall("<small>(.*?)</small>", page)
    below = page.rpartition("<p>")[2]
    assert f"{len(table)} 行 {table.shape[1]} 列" in below
    assert sorted(names) == sorted(
        {"project_id", *table.columns} - {c for c in table.columns if re.search(rf"\b{c}\b", below)}
    )
    assert "part_of" in below


def test_long_tables_are_cut_as_pandas_is_told_to(ln):
    with pd.option_context("display.max_rows", 20, "display.min_rows", 6):
        page = table_html(ln.projects)
    assert page.count("<tr>") == 1 + 6 + 1
    assert "<td>…</td>" in page
    assert f"{len(ln.projects)} rows" in page
    with pd.option_context("display.max_rows", None):
        assert table_html(ln.projects).count("<tr>") == 1 + len(ln.projects)


def test_what_a_user_made_of_a_table_is_shown_as_it_is(ln):
    mine = ln.cities[["name"]].assign(**{"<b>本地": ["<script>"] * 14, "blank": [None] * 14})
    page = table_html(mine)
    assert "<th>&lt;b&gt;本地<br><small>&lt;b&gt;本地</small></th>" in page
    assert "<td>&lt;script&gt;</td>" in page
    assert "without a value: blank" in page
    twice = pd.concat([ln.cities[["name"]]] * 2, axis=1)
    assert table_html(twice) is None
    assert table_html(pd.DataFrame({"name": [1]})) is None


def test_a_table_outlives_its_region():
    table = rk.load("宁夏").cities
    # Of a region that is gone a table is shown as any other.
    table.attrs["region"] = "no-such-region"
    assert table_html(table) is None


def test_what_stands_in_attrs_can_be_written(ln, tmp_path):
    near = ln.projects_near("庄河市", km=20)
    json.dumps(near.attrs)
    near.drop(columns="years").to_parquet(tmp_path / "a.parquet")
    assert ln.cities.attrs == {"region": "liaoning"}
    assert ln.targets.head(3).attrs == {"region": "liaoning", "table": "targets"}


def test_a_notebook_shows_tables_of_regions_in_words_and_others_as_before(ln):
    interactive = pytest.importorskip("IPython.core.interactiveshell")
    before = pd.DataFrame({"a": [1]})
    show_in_notebooks()
    shell = interactive.InteractiveShell.instance()
    try:
        show_in_notebooks()
        show_in_notebooks()
        shown = {
            name: shell.display_formatter.format(one)[0].get("text/html")
            for name, one in {
                "ours": ln.cities,
                "series": ln.statistic("resident-population"),
                "other": before,
                "plain series": before["a"],
            }.items()
        }
    finally:
        interactive.InteractiveShell.clear_instance()
    assert shown["ours"] == table_html(ln.cities)
    assert "Resident population" in shown["series"]
    assert shown["other"] == before._repr_html_()
    assert shown["plain series"] is None
