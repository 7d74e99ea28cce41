"""Maps of targets say what describe_target says."""

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
