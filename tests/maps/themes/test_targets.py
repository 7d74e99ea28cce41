"""Maps of targets say what describe_target says."""

import pandas as pd
import pytest

from regionkit.analysis.targets import describe_target
from regionkit.maps.themes.targets import list_target_maps, target_layers


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_unit_of_a_target_map_has_the_words_of_its_target(ln, lang):
    targets = ln.targets
    said = 0
    for indicator_id in list_target_maps(ln):
        for made in target_layers(ln, indicator_id, lang=lang):
            if made.nature != "target":
                continue
            for unit, label in made.layer.value_labels.items():
                rows = targets[
                    (targets["indicator_id"] == indicator_id)
                    & (targets["scope_id"] == unit)
                    & (targets["target_year"] == made.year)
                    & (targets["value"].notna() | targets["is_to_be_set"])
                ]
                if len(rows):
                    words = [describe_target(ln, row, lang) for row in rows.itertuples()]
                    assert label in words
                    said += 1
    assert said > 10


def test_a_target_to_be_set_is_said_in_full(ln):
    made = target_layers(ln, "pm25-concentration")
    wanted = next(one for one in made if one.nature == "target")
    assert wanted.layer.value_labels.tolist() == ["待国家审核衔接后确定"]


def test_the_title_names_the_whole_in_the_language(ln):
    english = target_layers(ln, "forest-coverage", lang="en")
    assert any("2030 (target, Liaoning" in made.layer.title for made in english)


class _With:
    """A region with another table of targets."""

    def __init__(self, region, targets):
        self._region, self.targets = region, targets

    def __getattr__(self, name):
        return getattr(self._region, name)


@pytest.mark.parametrize("is_older_first", [True, False])
def test_of_two_documents_the_newer_one_is_drawn_wherever_its_row_stands(ln, is_older_first):
    indicator, year = "gdp", 2024
    rows = ln.targets[
        (ln.targets["indicator_id"] == indicator)
        & (ln.targets["scope_kind"] == "city")
        & (ln.targets["target_year"] == year)
    ]
    issued = ln.sources["issued_on"].dropna().sort_values()
    older, newer = issued.index[0], issued.index[-1]
    pair = [rows.assign(source_id=older, value=1.0), rows.assign(source_id=newer, value=2.0)]
    targets = pd.concat(pair if is_older_first else pair[::-1])
    (made,) = [
        one for one in target_layers(_With(ln, targets), indicator) if one.nature == "target"
    ]
    assert len(rows)
    assert set(made.layer.frame["value"].dropna()) == {2.0}
