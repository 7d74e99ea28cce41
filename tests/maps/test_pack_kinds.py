"""A kind of project that a province adds to its pack is drawn and named without code."""

import csv
import json
import shutil
from pathlib import Path

import matplotlib.pyplot as plt
import pytest

import regionkit as rk
from regionkit.briefing.facts import place_facts
from regionkit.briefing.scene import build_scene
from regionkit.maps.page.facts import region_tables
from regionkit.maps.paper.marks import draw_projects
from regionkit.maps.signs.project_items import project_items
from regionkit.maps.signs.stages import stage_fill, symbol_face
from regionkit.maps.signs.symbols import FAMILIES, symbol_of
from regionkit.maps.signs.words import project_signs

PACK = Path(__file__).parents[2] / "geodata" / "liaoning"
CHANGED = {
    "dongdaihe-transfer-centre": ("space", "launch-site"),
    "huludao-cross-border-ecommerce-zone": ("transport", "spaceport"),
}
KINDS = [
    ["space", "", "航天", "", "industry", "14"],
    ["space", "launch-site", "航天发射场", "", "", "70"],
    ["transport", "spaceport", "航天港", "", "air-hub", "71"],
]


def _change(path, change):
    with path.open(encoding="utf-8", newline="") as file:
        head, *rows = csv.reader(file)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([head, *sorted(change(head, rows))])


def _with_new_kinds(head, rows):
    domain, kind = head.index("domain"), head.index("kind")
    for row in rows:
        row[domain], row[kind] = CHANGED.get(row[0], (row[domain], row[kind]))
    return rows


@pytest.fixture(scope="module")
def region(tmp_path_factory):
    folder = tmp_path_factory.mktemp("own") / "liaoning"
    shutil.copytree(PACK, folder)
    _change(folder / "kinds.csv", lambda _, rows: [*rows, *KINDS])
    _change(folder / "projects.csv", _with_new_kinds)
    return rk.load(folder)


@pytest.fixture(scope="module")
def signs(region):
    return project_signs(region)


@pytest.fixture(scope="module")
def changed(region):
    return region.projects.loc[list(CHANGED)]


def test_a_legend_names_their_families(changed, signs):
    here = changed.assign(location_basis="site")
    labels = [item.label for item in project_items(here, signs)]
    assert {"交通物流（1）", "产业创新开放（1）"} <= set(labels)
    ports = here[here["domain"] == "transport"]
    assert "航空和枢纽（1）" in [item.label for item in project_items(ports, signs)]


def test_a_map_draws_them(changed, signs):
    figure, ax = plt.subplots()
    local = changed.to_crs("EPSG:4479").to_crs("EPSG:4524")
    ax.set_xlim(local.geometry.x.min() - 1e4, local.geometry.x.max() + 1e4)
    ax.set_ylim(local.geometry.y.min() - 1e4, local.geometry.y.max() + 1e4)
    draw_projects(ax, changed.assign(location_basis="site"), local.crs, labels_of=signs)
    colours = {
        line.get_gid().removeprefix("project-"): line.get_markerfacecolor()
        for line in ax.lines
        if str(line.get_gid()).startswith("project-")
    }
    plt.close(figure)
    assert colours == {
        name: symbol_face(symbol_of(row.kind, row.domain, signs).colour, stage_fill(row.stage))
        for name, row in changed.iterrows()
    }


def test_a_page_draws_and_names_them(region):
    tables = json.loads(json.dumps(region_tables(region), default=str))
    kinds, families = tables["symbols"]["kinds"], tables["symbols"]["families"]
    assert kinds["space/launch-site"] == ["industry", "industry"]
    assert kinds["transport/spaceport"][0] == "transport-logistics"
    for family in ("industry", "transport-logistics"):
        assert families[family][1] == FAMILIES[family]
    assert tables["labels"]["kind"]["launch-site"] == "航天发射场"


def test_a_briefing_counts_and_names_them(region):
    facts = place_facts(region, "葫芦岛市")
    scene = build_scene(facts.digest.map, 180.0, 130.0)
    assert [disc for disc in scene.discs if disc.is_badge]
    assert any("产业" in label for chart in facts.digest.charts for label in chart.labels)
