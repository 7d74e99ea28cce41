"""Classes as data: a writer of files shows what the map shows."""

import math

import pandas as pd
import pytest

from regionkit.maps.signs.layer_classes import layer_classes
from regionkit.maps.signs.layers import category_layer, choropleth_layer
from regionkit.maps.signs.theme import theme


def class_of(found, value):
    """The class a writer puts a number in, by the limits alone."""
    for number, one in enumerate(found.classes):
        if value <= one.upper and (value > one.lower or (number == 0 and value >= one.lower)):
            return number
    return None


@pytest.mark.parametrize("scheme", ["fisherjenks", "quantiles", "equalinterval"])
def test_classes_of_numbers_are_those_of_the_map(ln, scheme):
    counties = ln.counties.join(ln.statistic("resident-population", year=2020))
    layer = choropleth_layer(counties, "resident-population", scheme=scheme, k=5, unit="人")
    found = layer_classes(layer)
    assert (found.column, found.unit, found.is_graduated) == ("resident-population", "人", True)
    assert [one.colour for one in found.classes] == list(layer.classes.colours)
    assert [one.label for one in found.classes] == list(layer.classes.labels)
    assert [class_of(found, value) for value in layer.values] == layer.codes.tolist()
    assert sum(one.count for one in found.classes) == len(counties)


def test_kinds_carry_their_value_and_missing_units_their_colour(tiny):
    frame = tiny.assign(kind=pd.Series(["b", None, "a", "b"], index=tiny.index, dtype=object))
    colours = {"a": "#cc3311", "b": "#0077bb", "c": "#009988"}
    layer = category_layer(frame, "kind", colours=colours, category_labels={"a": "甲类"})
    found = layer_classes(layer, theme("print", no_data="#123456"))
    assert not found.is_graduated
    assert [(c.values, c.label, c.colour, c.count) for c in found.classes] == [
        (("a",), "甲类", "#cc3311", 1),
        (("b",), "b", "#0077bb", 2),
    ]
    assert all(math.isnan(one.upper) for one in found.classes)
    assert (found.no_data.label, found.no_data.colour, found.no_data.count) == (
        "无数据", "#123456", 1)  # fmt: skip


def test_values_yet_to_be_set_are_no_class_of_numbers(tiny):
    frame = tiny.assign(share=[1.0, 2.0, None, None])
    awaited = pd.Series([False, False, True, False], index=tiny.index)
    layer = choropleth_layer(frame, "share", bins=[1.0, 2.0], to_be_set=awaited)
    found = layer_classes(layer)
    assert [one.count for one in found.classes] == [1, 1]
    assert found.no_data.count == 1


def test_layers_of_the_package_can_be_written(ln):
    """Each has a column, and every unit is in one class, awaited or without data."""
    from regionkit.maps.themes.plan import default_layers

    for made in default_layers(ln):
        found = layer_classes(made.layer)
        assert found.column != "None", made.layer.layer_id
        awaited = sum(e.count for e in made.layer.entries if e.kind == "to-be-set")
        total = sum(one.count for one in found.classes) + found.no_data.count + awaited
        assert total == len(made.layer.frame)
