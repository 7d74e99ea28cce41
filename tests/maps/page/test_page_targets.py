"""The page says of a target what describe_target says, and nothing of its own."""

from pathlib import Path

import pytest

import regionkit.maps.page
from regionkit.analysis.targets import describe_baseline, describe_target
from regionkit.maps.page.columns import unpack_column
from regionkit.maps.page.webmap import webmap


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_target_on_the_page_has_the_words_of_describe_target(ln, lang):
    sent = webmap(ln, layers=[], lang=lang).document().tables["targets"]
    rows = list(ln.targets[~ln.targets["scope_kind"].isin(["nation", "region"])].itertuples())
    assert len(rows) > 300
    assert unpack_column(sent["words"]) == [describe_target(ln, row, lang) for row in rows]
    assert unpack_column(sent["baseline"]) == [
        describe_baseline(ln, row, lang) or None for row in rows
    ]


def test_the_script_has_no_rule_for_bounds():
    folder = Path(regionkit.maps.page.__file__).parent
    script = "\n".join(path.read_text(encoding="utf-8") for path in folder.glob("js/*.js"))
    for word in ("bound[", "is_to_be_set", "relative_to", "value_high", "toBeSet"):
        assert word not in script
