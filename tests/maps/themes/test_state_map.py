"""Maps of the states that targets are in."""

import pandas as pd
import pytest

import regionkit as rk
from regionkit.analysis.states import STATES
from regionkit.errors import InputError
from regionkit.maps.themes.state_map import state_layer, widest_indicator


@pytest.fixture(scope="module")
def judged(ln):
    codes = list(ln.cities.index)
    aims = ln.targets.loc[["p26-liaoning-urbanisation-rate"] * 14].assign(
        scope_id=codes, bound="at least", value=70.0, baseline_value=60.0, baseline_year=2025
    )
    values = [70.0, 66.1, 64.0, 60.5, *[63.5] * 8]
    actuals = pd.DataFrame(
        {
            "indicator_id": "urbanisation-rate",
            "adcode": codes[:12],
            "year": 2027,
            "value": values,
            "unit": "%",
        }
    )
    return rk.progress(aims, actuals, as_of=2028)


def test_the_map_is_of_what_is_judged_most(ln, judged):
    assert widest_indicator(ln, judged) == ("urbanisation-rate", "city")
    assert widest_indicator(ln, judged.head(2)) is None
    assert widest_indicator(ln, judged.head(2), fewest=1) == ("urbanisation-rate", "city")
    assert widest_indicator(ln, judged, level="county") is None


def test_colour_mark_word_and_gap_tell_a_state(ln, judged):
    layer = state_layer(ln, judged, "urbanisation-rate", "city", limits="本市口径", lang="zh")
    states = judged.set_index("scope_id")["state"].reindex(layer.frame.index)
    assert layer.colours.tolist() == [STATES[state].colour for state in states]
    first = layer.frame.index[0]
    assert layer.value_labels[first].startswith("● 提前实现 ")
    assert layer.frame.loc[first, "told"].startswith(layer.frame.loc[first, "name"] + "\n● ")
    assert [entry.count for entry in layer.entries] == [1, 1, 9, 1, 2]
    assert "状态限值：本市口径。" in layer.note
    assert "十五五" in layer.source
    # The frame that was given is the reader's own.
    assert "state" not in ln.cities


def test_units_without_a_target_have_no_colour_of_a_state(ln, judged):
    layer = state_layer(ln, judged.head(5), "urbanisation-rate", "city", limits="a", lang="en")
    assert layer.entries[-1].kind == "no-data"
    assert layer.entries[-1].label == "no target"
    with pytest.raises(InputError, match="has no target of any county"):
        state_layer(ln, judged, "urbanisation-rate", "county", limits="a")
