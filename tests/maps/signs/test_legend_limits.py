"""Legends print the values that they stand for, and colours stand for one thing."""

import warnings
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import regionkit as rk
from regionkit.errors import InputError
from regionkit.maps.signs.classify import classify
from regionkit.maps.signs.layer_items import layer_items
from regionkit.maps.signs.layers import category_layer, choropleth_layer
from regionkit.maps.signs.palette import (
    KIND_COLOURS,
    NO_DATA_COLOUR,
    SAFE_CMAPS,
    PaletteWarning,
    colours_by_kind,
    kind_colours,
    nears_no_data,
    sample_colours,
)
from regionkit.maps.signs.theme import get_theme

CITIES = Path(__file__).parent / "coverage-of-cities.csv"


def rgb(colours):
    from matplotlib.colors import to_rgb

    return np.array([to_rgb(colour) for colour in colours])


def test_a_class_of_one_value_prints_it_on_the_map(ln):
    table = pd.read_csv(CITIES)
    cities = ln.cities.join(table.set_index("市"), on="name")
    layer = choropleth_layer(cities, "覆盖率（%）")
    texts = [item.label for item in layer_items(layer, get_theme("print"), lang="en")]
    assert texts[1].startswith("3.2 "), texts
    assert texts[2].startswith("> 3.2 – "), texts


@pytest.mark.parametrize(
    ("values", "labels"),
    [
        ([3.2, 45.1, 96.3], ("3.2", "> 3.2 – 45.1", "> 45.1 – 96.3")),
        ([0.004, 45.0, 96.0], ("0.004", "> 0.004 – 45", "> 45 – 96")),
        ([-3.25, 45.0, 96.0], ("−3.25", "> −3.25 ～ 45", "> 45 ～ 96")),
        ([0.0, 45.5, 96.0], ("0", "> 0 – 45.5", "> 45.5 – 96")),
    ],
)
def test_values_that_are_a_class_each_print_as_they_are(values, labels):
    assert classify(pd.Series(values)).labels == labels


def test_edges_of_equal_intervals_carry_no_noise():
    classes = classify(pd.Series([0, 0.1, 0.2, 0.3]), scheme="equalinterval", k=3)
    assert classes.limits == (0.0, 0.1, 0.2, 0.3)
    assert classes.counts == (2, 1, 1)
    assert classes.labels == ("0.0 – 0.1", "> 0.1 – 0.2", "> 0.2 – 0.3")


@pytest.mark.parametrize("k", range(2, 12))
@pytest.mark.parametrize("step", [0.1, 0.7, 1e-5, 1e6 / 7])
@pytest.mark.parametrize("scheme", ["equalinterval", "quantiles"])
def test_evenly_spaced_values_fall_evenly(k, step, scheme):
    # k + 1 values with k equal steps: the lowest shares the first class.
    classes = classify(pd.Series(np.arange(k + 1) * step), scheme=scheme, k=k)
    assert classes.counts == (2, *[1] * (k - 1))


@pytest.mark.parametrize("least", [1e-7, 1e-5, 1e-10])
def test_small_values_have_labels_that_differ(least):
    classes = classify(pd.Series([least, 10 * least]), k=5)
    assert len(set(classes.labels)) == 2
    low, high = classes.printed_limits[1:]
    assert float(low) == pytest.approx(least)
    assert float(high) == pytest.approx(10 * least)
    parts = classify(pd.Series(np.linspace(least, 10 * least, 9)), k=2)
    assert len(set(parts.printed_limits)) == 3


def test_ordered_categories_keep_their_order_in_legend_and_map(tiny):
    levels = [f"{n}级" for n in range(1, 12)]
    dtype = pd.CategoricalDtype(levels, ordered=True)
    values = pd.Series(["11级", "2级", "10级", "1级"], index=tiny.index[:4]).astype(dtype)
    assert list(colours_by_kind(values)) == ["1级", "2级", "10级", "11级"]
    frame = tiny.iloc[:4].assign(level=values)
    layer = category_layer(frame, "level", colours=colours_by_kind(frame["level"]))
    assert [entry.label for entry in layer.entries] == ["1级", "2级", "10级", "11级"]
    assert [layer.entries[code].label for code in layer.codes] == list(values)


def test_more_kinds_than_colours_are_warned_of():
    values = pd.Series([chr(97 + n) for n in range(26)])
    with pytest.warns(PaletteWarning, match="Kinds: 26; colours that can be told apart: 16"):
        colours_by_kind(values)
    with pytest.warns(PaletteWarning, match="26"):
        kind_colours(26)
    with pytest.warns(PaletteWarning, match="26"):
        colours_by_kind(values, "tab10")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        kind_colours(16)


@pytest.mark.parametrize("cmap", [*sorted(SAFE_CMAPS), "RdBu_r", "Greys_r", "Set3", "tab20"])
def test_no_class_has_a_colour_near_that_of_no_data(cmap):
    for k in range(1, 10):
        colours = sample_colours(cmap, k)
        assert len(set(colours)) == k
        assert not nears_no_data(rgb(colours)).any(), (k, colours)
    kinds = colours_by_kind(pd.Series(list("abcdefghi")), cmap)
    assert not nears_no_data(rgb(kinds.values())).any()


def test_the_colours_of_kinds_are_none_near_no_data():
    assert nears_no_data(rgb([NO_DATA_COLOUR])).all()
    assert not nears_no_data(rgb(KIND_COLOURS)).any()


def test_a_colour_of_ones_own_like_that_of_no_data_is_told(ln):
    frame = ln.cities.assign(kind=["a"] * 6 + ["b"] * 6 + [None] * 2)
    with pytest.warns(PaletteWarning, match=f"look like {NO_DATA_COLOUR}.*: b #dddddd"):
        rk.categorical(frame, "kind", colours={"a": "#0072b2", "b": "#dddddd"})
    # Where every unit has a value nothing can be taken for none; what is far from it is no fault.
    whole = frame.fillna({"kind": "b"})
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        rk.categorical(whole, "kind", colours={"a": "#0072b2", "b": "#dddddd"})
        rk.categorical(frame, "kind", colours={"a": "#0072b2", "b": "#e69f00"})
    page = rk.webmap(ln, layers=[])
    with pytest.warns(PaletteWarning, match="look like"):
        page.add_layer(frame, "kind", colours={"a": "#e0e0e0", "b": "#e69f00"})
    with pytest.raises(InputError, match="'greenish' is no colour"):
        rk.categorical(frame, "kind", colours={"a": "greenish", "b": "#e69f00"})
