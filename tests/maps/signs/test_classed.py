"""Options of a layer travel as records, from the public door to the layer."""

import ast
import warnings
from pathlib import Path

import pytest

import regionkit.maps
from regionkit.maps.signs.classed import classed_layer
from regionkit.maps.signs.options import Caption, Classing
from regionkit.maps.signs.palette import PaletteWarning


def test_a_layer_has_what_its_options_say(tiny):
    frame = tiny.assign(share=[1.0, 2.0, 3.0, 4.0])
    caption = Caption("比重", "%", "年鉴", "按常住人口")
    layer = classed_layer(frame, "share", Classing(bins=[2, 4]), caption, layer_id="own")
    assert (layer.layer_id, layer.title, layer.unit) == ("own", "比重", "%")
    assert (layer.source, layer.note) == ("年鉴", "按常住人口")
    assert layer.codes.tolist() == [0, 0, 1, 1]
    smooth = classed_layer(frame, "share", Classing("continuous", k=3), caption)
    assert smooth.classes.limits == pytest.approx((1, 2, 3, 4))


def test_only_colours_of_the_callers_choice_are_warned_of(tiny):
    frame = tiny.assign(share=[1.0, 2.0, 3.0, 4.0])
    classing = Classing(k=4, cmap="RdYlGn")
    with pytest.warns(PaletteWarning):
        classed_layer(frame, "share", classing, Caption("x"), has_own_colours=True)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        classed_layer(frame, "share", classing, Caption("x"))


def test_rooms_above_pass_classing_on_as_a_record():
    root = Path(regionkit.maps.__file__).parent
    calls = [
        f"{path.parent.name}/{path.name}:{node.lineno}"
        for room in ("themes", "paper", "page", "atlas")
        for path in sorted((root / room).glob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "choropleth_layer"
        and len({"scheme", "k", "bins", "cmap"} & {word.arg for word in node.keywords}) > 1
    ]
    assert calls == []
