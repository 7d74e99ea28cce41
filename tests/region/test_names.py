"""Names in a language."""

import re

import pandas as pd
import pytest

from regionkit.region.names import name_in, names_in, unit_names


@pytest.mark.parametrize("table", ["zones", "groupings", "sectors", "indicators"])
def test_a_row_and_its_table_say_the_same(ln, table):
    frame = getattr(ln, table)
    for lang in ("zh", "en"):
        named = names_in(frame, lang)
        assert named.notna().all()
        assert named.tolist() == [name_in(row, lang) for _, row in frame.iterrows()]
    assert names_in(frame, "zh").tolist() == frame["name"].tolist()


def test_a_row_without_the_wanted_name_has_its_own():
    zones = pd.DataFrame({"name": ["甲", "乙"], "short_name": ["短", None], "name_en": [None, "B"]})
    assert names_in(zones, "zh", column="short_name").tolist() == ["短", "乙"]
    assert names_in(zones, "en", column="short_name").tolist() == ["短", "B"]
    assert names_in(zones[["name"]], "en").tolist() == ["甲", "乙"]


def test_units_have_their_english_name_or_their_own():
    aliases = pd.DataFrame(
        [("Jia County", "1", "english"), ("Jia", "1", "english"), ("J", "1", "short")],
        columns=["alias", "adcode", "kind"],
    )
    names = pd.Series({"1": "甲县", "2": "乙县"}, name="name")
    assert unit_names(names, aliases, "en").tolist() == ["Jia", "乙县"]


def test_every_county_of_the_province_has_an_english_name(ln):
    named = unit_names(ln.counties["name"], ln.aliases, "en")
    assert list(named.index) == list(ln.counties.index)
    assert not any(re.search(r"[\u4e00-\u9fff]", name) for name in named)
