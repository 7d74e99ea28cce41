"""Everyday words: what they mean, where they come from, and how the answer tells it."""

import csv

import pytest

from regionkit.errors import InputError, UnknownPlaceError
from regionkit.pack.schema import read_descriptor
from regionkit.region import everyday
from regionkit.region.everyday import Everyday
from regionkit.words.facts import FactWords

WORDS = [
    ("stage", "在建", {"under construction", "new", "expansion"}),
    ("kind", "高铁", {"high-speed-railway"}),
    ("kind", "海上风电", {"wind"}),
    ("kind", "续建", None),
    ("zone", "两区", {"liaodong", "liaoxi"}),
    ("zone", "一带", {"coastal-belt"}),
    ("place", "全省", {"210000"}),
]


def _general():
    with everyday._GENERAL.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(("condition", "word", "meant"), WORDS)
def test_words_of_the_trade(ln, condition, word, meant):
    if meant is None:
        with pytest.raises(InputError):
            ln.look_up(condition, word)
    else:
        assert set(ln.look_up(condition, word).values) == meant


def test_a_question_in_everyday_words_is_that_of_its_values(ln):
    everyday_ones = ln.select_projects(stage="在建", kind="铁路", with_geometry=False)
    values = ln.select_projects(
        stage=["under construction", "new", "expansion"],
        kind=["high-speed-railway", "railway", "intercity-railway"],
        with_geometry=False,
    )
    assert list(everyday_ones.index) == list(values.index) != []
    assert "taken as under construction, new, expansion." in everyday_ones.attrs["taken_as"][1]
    assert values.attrs["taken_as"] == ()


@pytest.mark.usefixtures("chinese")
def test_the_answer_tells_how_a_word_was_taken(ln):
    hits = ln.select_projects(stage="在建", with_geometry=False)
    assert hits.attrs["taken_as"] == ("“在建”取作续建、新建、改扩建。",)


@pytest.mark.usefixtures("chinese")
def test_a_word_for_another_condition_is_sent_there(ln):
    with pytest.raises(InputError, match=r"“电力”不是领域，而是核电、.*请这样给出：kind=\"电力\""):
        ln.select_projects(domain="电力")


@pytest.mark.usefixtures("chinese")
def test_a_word_that_fits_nothing_gets_the_nearest(ln):
    with pytest.raises(InputError, match=r"相近的有：高速铁路、高速公路"):
        ln.look_up("kind", "高路")


def test_everyday_names_of_places_and_indicators(ln):
    assert ln.resolve("桃仙机场").place_id == "shenyang-taoxian-airport"
    assert ln.resolve("全省").adcode == ln.adcode
    assert ln.meaning("indicators", "城镇化率").values == ("urbanisation-rate",)
    assert ln.meaning("indicators", "不是指标") is None
    with pytest.raises(UnknownPlaceError):
        ln.resolve("全国")


def test_general_words_mean_values_that_there_are():
    descriptor = read_descriptor("liaoning")
    seen = set()
    for row in _general():
        key = (row["word"], row["table"], row["column"])
        assert key not in seen
        seen.add(key)
        if row["table"] != "projects":
            continue
        labels = descriptor.labels("projects", row["column"])
        assert set(row["values"].split(";")) <= set(labels), row
        # A label is no everyday word: it means its own value.
        assert row["word"] not in labels.values(), row


def test_the_word_of_a_pack_comes_before_the_general_one(ln):
    own = ln.pack.table("words").iloc[:0].copy()
    own.loc[0] = ["在建", "projects", "stage", ("new",), None]
    assert Everyday(own).find("projects", "stage", "在建") == (("new",), FactWords(""))
    assert Everyday(own).find("projects", "kind", "高铁") == (
        ("high-speed-railway",),
        FactWords(""),
    )
