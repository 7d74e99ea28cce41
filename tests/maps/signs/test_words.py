"""Sheets in English, and what joins and counts in both languages."""

import re

import geopandas as gpd
import numpy as np
import pyproj
import pytest
import shapely

import regionkit as rk
from regionkit.errors import InputError
from regionkit.maps.paper.sheet import Sheet
from regionkit.maps.signs.layer_items import zone_fill_items, zone_items
from regionkit.maps.signs.project_items import project_items
from regionkit.maps.signs.theme import get_theme
from regionkit.maps.signs.words import check_lang, counted, projection_words
from regionkit.maps.signs.wrap import wrap_text
from regionkit.places.projection import local_projection
from regionkit.words.message import join


def is_chinese(text):
    return any("\u4e00" <= char <= "\u9fff" for char in text)


def test_no_third_language():
    with pytest.raises(InputError, match=r'lang="fr" is not known\. Use one of zh, en'):
        check_lang("fr")
    with pytest.raises(InputError, match='lang="fr" is not known'):
        Sheet(title="x", lang="fr")


def test_numbers_and_lists():
    assert counted("Zone", "%", "en") == "Zone (%)"
    assert counted("分区", 3) == "分区（3）"
    assert join(["甲", "乙"], "sum").render("zh") == "甲＋乙"
    assert join(["a", "b"], "space").render("en") == "a  b"
    # The count keeps company in English too.
    assert wrap_text("Known only by county (12)", 9)[-1] != "(12)"


def test_the_projection_is_the_same_in_both(tiny):
    crs = local_projection(tiny)
    numbers = re.findall(r"[\d.]+", projection_words(crs))
    assert len(numbers) == 3
    assert re.findall(r"[\d.]+", projection_words(crs, "en")) == numbers
    assert projection_words(pyproj.CRS(4490), "en") == pyproj.CRS(4490).name


@pytest.fixture
def english(tiny, tiny_zones):
    frame = tiny.assign(name=["A", "B", "C", "D"], population=[1.0, 2.0, 3.0, np.nan], kind="x")
    zones = tiny_zones.assign(name=["West", "East"], short_name=["W", "E"])
    projects = gpd.GeoDataFrame(
        {
            "name": ["甲城至Yuan高铁", "plant", "school"],
            "kind": ["high-speed-railway", "nuclear", "school"],
            "domain": ["transport", "energy", "social"],
            "stage": ["new", "planned", None],
            "location_basis": ["endpoints", "site", "county"],
            "waypoint_names": [("甲城", "Yuan"), (), ()],
        },
        geometry=[
            shapely.LineString([(123.05, 41.05), (125.0, 41.6)]),
            shapely.Point(123.02, 41.02),
            shapely.Point(),
        ],
        crs="EPSG:4326",
    )
    return frame, zones, projects


def test_a_sheet_in_english_has_no_chinese_word_of_its_own(english):
    frame, zones, projects = english
    sheet = rk.layout(
        frame, "population", title="People", unit="persons", labels="name", lang="en",
        zones=zones, projects=projects, source="Census", north_arrow=True, graticule=True,
        labels_of={"kind": {"nuclear": "核电"}, "stage": {"new": "新建", "planned": "规划建设"}},
    )  # fmt: skip
    axes = [*sheet.axes, sheet.legend_axes]
    texts = [*sheet.figure.texts, *(text for ax in axes for text in ax.texts)]
    said = [text.get_text() for text in texts]
    assert [text for text in said if is_chinese(text)] == []
    for wanted in ("Source: Census", "Schematic map", "People (persons)", "No data (1)", "N",
                   "to Yuan", "Zones", "Group (number of projects)", "Stage (fill, dashes)",
                   "planned, not begun"):  # fmt: skip
        assert wanted in said, wanted


def test_legends_in_english(english):
    frame, zones, projects = english
    words = [item.label for item in zone_fill_items(zones, frame, get_theme("print"), lang="en")]
    assert words == [
        "Zones (county-level units, overlaps counted in each)", "West (3)", "East (2)",
        "Overlaps (county-level units)", "W + E (1)",
    ]  # fmt: skip
    words = [item.label for item in project_items(projects, {}, lang="en")]
    assert words[-1] == "1 more have no stated place and are not drawn."


def test_zones_have_their_english_name_or_their_own(english):
    _, zones, _ = english
    named = zones.assign(name=["西区", "东区"], name_en=["West zone", None])
    assert [item.label for item in zone_items(named, get_theme("print"), lang="en")] == [
        "West zone",
        "东区",
    ]
    assert [item.label for item in zone_items(named, get_theme("print"))] == ["西区", "东区"]


def test_a_choropleth_in_english(english):
    ax = rk.choropleth(english[0], "population", lang="en", unit="persons", title="People")
    words = [text.get_text() for text in ax.get_legend().get_texts()]
    assert words[-1] == "No data (1)"
    assert ax.get_legend().get_title().get_text() == "People (persons)"


def test_dots_in_english(english):
    ax = rk.dots(english[0], value="population", lang="en", label="people")
    assert ax.get_legend().texts[0].get_text() == "people: one dot is 1"
