"""Names of 6,000 letters, control characters and turned letters, and zones without a colour."""

import re
import shutil
import warnings
from pathlib import Path

import pandas as pd
import pytest
from pypdf import PdfReader

import regionkit as rk
from regionkit.maps.atlas.write import write_atlas
from regionkit.maps.paper.index_columns import flow_items
from regionkit.maps.signs.legend_item import LegendItem

PACK = Path(__file__).parents[2] / "packs" / "jilin"
ODD = ["长" * 6000, "甲\x01\x07\x1b[31m乙", "\u202e右到左\u202c\u200f名", "L" * 6000]
UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f\u200e\u200f\u202a-\u202e]")


@pytest.fixture(scope="module")
def odd(tmp_path_factory):
    """Return a region whose names are odd, and whose zones have no colour."""
    folder = tmp_path_factory.mktemp("odd") / "pack"
    shutil.copytree(PACK, folder)
    for table, columns in {
        "zones": ["name", "short_name"],
        "projects": ["name"],
        "sectors": ["name"],
        "clusters": ["name"],
        "sources": ["title"],
    }.items():
        path = folder / f"{table}.csv"
        rows = pd.read_csv(path, dtype=str, keep_default_na=False)
        for column in columns:
            rows[column] = [f"{ODD[n % 4]}{n}" for n in range(len(rows))]
        if "colour" in rows:
            rows["colour"] = ""
        rows.to_csv(path, index=False)
    return rk.load(folder)


@pytest.mark.parametrize("sheet", ["zones", "project-energy"])
def test_a_sheet_of_odd_names_is_drawn_and_ends(odd, tmp_path, sheet):
    with warnings.catch_warnings():
        # A letter that no font has a sign for is a warning.
        warnings.simplefilter("error")
        write_atlas(odd, tmp_path, only=[sheet], n_processes=1)
    pages = PdfReader(tmp_path / "sheets" / f"{sheet}.pdf").pages
    text = "".join(page.extract_text() for page in pages)
    assert len(pages) <= 2
    assert "…" in text
    assert not UNSEEN.search(text.replace("\n", ""))
    assert "长" * 10 in text.replace("\n", "")
    assert "右到左" in text


def test_a_page_of_odd_names_is_made_and_its_zones_have_colours(odd, tmp_path):
    path = tmp_path / "a.html"
    rk.webmap(odd).save(path)
    page = path.read_text(encoding="utf-8")
    assert not UNSEEN.search(page.replace("\n", ""))
    colours = odd.zones["colour"]
    assert (colours.isna() | (colours == "")).all() or colours.str.fullmatch("#[0-9a-f]{6}").all()


@pytest.mark.parametrize("kind", ["note", "swatch", "heading"])
def test_an_entry_higher_than_any_column_is_cut_and_not_tried_for_ever(kind):
    items = [LegendItem("长" * 6000, kind), LegendItem("短", "note")]
    placed, rest = flow_items(items, [(0.0, 30.0, 20.0, 30.0)], 8.0)
    assert len(placed) >= 1
    assert placed[0][0].height <= 30.0 + 1e-6
    assert len(rest) < len(items)
