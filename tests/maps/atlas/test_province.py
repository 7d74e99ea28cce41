"""Sheets of the province: the page's themes, colours apart, legends by their maps."""

import re

import numpy as np
import pytest
from matplotlib.colors import to_rgb

from regionkit.analysis.summary import summary_tables
from regionkit.analysis.targets import describe_target
from regionkit.maps.atlas.data import AtlasData
from regionkit.maps.atlas.province import province_sheets
from regionkit.maps.atlas.write import (
    _CONTENTS_ROWS,
    _contents_page,
    _index_page,
    list_sheets,
)
from regionkit.maps.paper.axes import data_per_point
from regionkit.maps.signs.colours import INDUSTRY_GROUPS
from regionkit.maps.signs.palette import NO_DATA_COLOUR, _distances, _lab, _linear
from regionkit.maps.signs.theme import get_theme
from regionkit.maps.themes.plan import default_layers


@pytest.fixture(scope="module")
def data(ln):
    return AtlasData(ln, get_theme("print"))


def draw_sheet(data, sheet_id):
    (entry,) = [sheet for sheet in province_sheets(data.region) if sheet.sheet_id == sheet_id]
    return entry.make(data)


def test_sheets_and_page_show_a_theme_alike(ln, data):
    page = [made for made in default_layers(ln) if made.is_main or not made.series]
    themes = ("industry", "urbanisation", "over-65", "under-15", "cluster-count", "cluster-revenue")
    for theme in themes:
        mine = data.layer(theme)
        (theirs,) = [made.layer for made in page if made.layer.layer_id.startswith(theme)]
        assert (mine.title, mine.entries, mine.note) == (theirs.title, theirs.entries, theirs.note)


def test_urbanisation_parts_its_colours_at_the_target(data):
    layer = data.layer("urbanisation")
    assert layer.classes.limits[3] == 75.0
    warm = [to_rgb(colour)[0] > to_rgb(colour)[2] for colour in layer.classes.colours]
    assert warm == [True, True, True, False, False, False]


def test_legends_say_what_their_numbers_count(data):
    heading = draw_sheet(data, "urbanisation").items[0]
    assert heading.kind == "heading"
    assert "县级单位数" in heading.label


def test_the_zones_are_named_on_the_map_and_sums_that_overlap_say_so(ln, data):
    sheet = draw_sheet(data, "zones")
    names = {text.get_text() for text in sheet.axes[0].texts if text.get_gid() == "zone-name"}
    assert names == set(ln.zones["short_name"])
    assert any(item.label.startswith("重叠部分在各区分别计入：") for item in sheet.items)


def test_notes_do_not_promise_what_the_map_does_not_show(data):
    for sheet_id in ("ageing", "children"):
        notes = " ".join(item.label for item in draw_sheet(data, sheet_id).items)
        assert "规划未就此设定目标。" in notes
        assert "比较" not in notes


def test_colours_of_industries_are_apart():
    rgb = np.array([to_rgb(colour) for colour in [*INDUSTRY_GROUPS.values(), NO_DATA_COLOUR]])
    apart = _distances(_lab(_linear(rgb)))[np.triu_indices(len(rgb), 1)]
    assert apart.min() > 14


def test_counties_are_not_named_like_cities(data):
    sheet = draw_sheet(data, "industries")
    words = {text.get_text() for text in sheet.axes[0].texts}
    named = {word.split("\n")[0] for word in words if "\n" in word}
    assert {"阜新县", "本溪县"} <= named
    assert not named & set(data.cities["short"])
    # The product stands in the county, and the sentence counts our groups of them.
    assert "庄河市\n清洁能源（风光火核储）" in words
    assert "个以原材料居首" in sheet.subtitle


def test_the_sheet_of_clusters_names_each_with_its_cores(ln, data):
    sheet = draw_sheet(data, "clusters")
    labels = [item.label for item in sheet.items]
    for name in ln.clusters["name"]:
        assert any(label.startswith(f"{name}：") or label == name for label in labels), name
    assert f"{len(ln.clusters)} 个集群中，沈阳是" in sheet.subtitle
    assert "6–7（6）" in labels
    assert len(sheet.axes) == 1


def test_the_matrix_of_clusters_marks_each_city_by_its_role_and_what_is_inferred(ln, data):
    sheet = draw_sheet(data, "clusters")
    places = ln.cluster_places.assign(city=ln.cluster_places["adcode"].map(ln.units["city_adcode"]))
    places = places.dropna(subset=["city"])
    pairs = places.drop_duplicates(["cluster_id", "city"])
    columns = sheet.legend_axes
    keys = 3
    marks = [line for line in columns.lines if line.get_gid() == "cluster-mark"]
    assert len(marks) == len(pairs) + keys
    inferred = [text for text in columns.texts if text.get_gid() == "inferred"]
    alone = places.groupby(["cluster_id", "city"])["basis"].agg(
        lambda mine: set(mine) == {"inferred"}
    )
    assert len(inferred) == int(alone.sum()) + 1
    names = [
        text.get_text().replace("\n", "") for text in columns.texts if text.get_gid() == "cluster"
    ]
    assert sorted(names) == sorted(ln.clusters["name"])
    numbers = places.drop_duplicates(["cluster_id", "city"])["city"].value_counts()
    told = {text.get_text() for text in sheet.axes[0].texts}
    assert any(one.startswith(f"大连\n{numbers['210200']}（") for one in told)


def test_titles_of_statistics_say_place_measure_and_year(data):
    sheet = draw_sheet(data, "ageing")
    assert sheet.title == "辽宁省各县65岁及以上人口占比，2020年"
    assert sheet.subtitle.startswith("2020 年")


def test_targets_read_as_they_are_said(ln):
    said = {key: describe_target(ln, row) for key, row in ln.targets.assign(
        Index=ln.targets.index).iterrows()}  # fmt: skip
    words = set(said.values())
    assert "前5位" in words
    assert "不低于100%" not in words
    assert not any(word.startswith("左右") for word in words)


def test_the_index_counts_the_inferred_members_of_the_zones_alone(ln):
    rows = ln.memberships[ln.memberships["basis"] == "inferred"]
    in_zones = rows["zone_id"].isin(ln.zones.index).sum()
    text = _index_page(ln, list_sheets(ln), summary_tables(ln, lang="zh"))
    assert f"4 个分区的成员中有 {in_zones} 条为编者推断（另有 {len(rows) - in_zones} 条" in text


def test_the_contents_name_every_plan_and_number_pages(ln):
    import io

    from pypdf import PdfReader

    (page,) = PdfReader(io.BytesIO(_contents_page(ln, list_sheets(ln)))).pages
    text = page.extract_text()
    text = text.replace("\n", "")
    for title in ln.sources.loc[ln.sources["kind"] == "plan", "title"]:
        assert title in text
    assert "2  一圈一带两区" in text
    assert f"等 {len(ln.sources)} 种" in text


def test_long_contents_flow_over_pages_and_lose_no_entry(ln):
    import io
    from dataclasses import replace

    from pypdf import PdfReader

    (first, *_), cities = list_sheets(ln)[:1], [s for s in list_sheets(ln) if s.group == "city"]
    many = [
        first,
        *(replace(cities[0], sheet_id=f"city-{n}", title=f"第{n}个地级市") for n in range(1, 61)),
    ]
    pages = PdfReader(io.BytesIO(_contents_page(ln, many))).pages
    assert len(pages) == 2
    text = "".join(page.extract_text() for page in pages).replace("\n", "")
    # The first sheet stands behind the pages of contents.
    assert "3  一圈一带两区" in text
    assert all(f"{n + 3}  第{n}个地级市" in text for n in range(1, 61))
    # The last entry of a column stands above the foot of the page.
    assert 0.88 - (_CONTENTS_ROWS - 1) * 0.055 > 0


def test_the_structure_sheet_draws_or_lists_all_that_the_plan_orders_space_by(ln, data):
    from regionkit.maps.themes.listed import list_maps, structure_zones

    (one,) = [each for each in list_maps(ln) if each.shows == "structure"]
    rows = structure_zones(ln, one)
    sheet = draw_sheet(data, "structure")
    told = [item.label for item in sheet.items if item.kind in {"disc", "dot"}]
    assert len(told) == len(rows)
    missing = [name for name in rows["name"] if not any(name in label for label in told)]
    assert not missing
    numbers = [item.number for item in sheet.items if item.kind == "disc"]
    assert numbers == [str(number) for number in range(1, len(numbers) + 1)]


def test_tracks_of_the_structure_keep_to_the_land(data):
    import geopandas as gpd
    import shapely

    from regionkit.places.ways import sea_length_km

    sheet = draw_sheet(data, "structure")
    tracks = {
        line.get_gid(): shapely.LineString(line.get_xydata())
        for line in sheet.axes[0].lines
        if str(line.get_gid()).startswith("track-")
    }
    # It runs beside the gulf between four cities: straight lines would cross it.
    coast = gpd.GeoSeries([tracks["track-channel-coast"]], crs=data.crs).to_crs(4326).iloc[0]
    assert sea_length_km(coast) < 3
    axes = [line for line in sheet.axes[0].lines if line.get_gid() == "track-axis-shen-da"]
    assert axes[0].get_alpha() < 1
    assert axes[0].get_linewidth() < 3


@pytest.mark.parametrize("domain", ["transport", "energy"])
def test_no_number_lies_under_the_ring_of_a_seat(data, domain):
    ax = draw_sheet(data, domain).axes[0]
    rings = [line for line in ax.lines if str(line.get_gid()).startswith("seat")]
    assert len(rings) > 14
    spots = np.array([line.get_xydata()[0] for line in rings])
    per_mm = 72 / 25.4 * data_per_point(ax)
    named = {
        str(line.get_gid()).removeprefix("project-"): line.get_xydata()
        for line in ax.lines
        if str(line.get_gid()).startswith("project-")
    }
    discs = [at[0] for at in named.values() if len(at) == 1]
    assert len(discs) > 10
    for at in discs:
        assert np.hypot(*(spots - at).T).min() > 2.5 * per_mm


def test_the_message_of_a_domain_counts_the_lines_that_its_index_counts(data):
    sheet = draw_sheet(data, "transport")
    (lead,) = [item.label for item in sheet.items if "项＝线路" in item.label]
    n = int(re.search(r"线路 (\d+)", lead)[1])
    assert re.search(rf"{n} 条线路中 \d+ 条连沈阳市", sheet.subtitle)


def test_edges_of_zones_are_dashed_where_members_are_inferred_and_nowhere_else(ln, data):
    sheet = draw_sheet(data, "zones")
    drawn = sheet.axes[0].collections
    dashed = {
        zone: [one.get_linestyle()[0][1] is not None for one in drawn if one.get_gid() == key]
        for zone, key in ((zone, f"zone-{zone}") for zone in ln.zones.index)
    }
    # Liaoxi by inference alone, Liaodong in part; the page draws the same.
    assert dashed == {
        "shenyang-metro": [False],
        "coastal-belt": [False],
        "liaoxi": [True],
        "liaodong": [False, True],
    }
    assert "分区边线为虚线处，成员由编者推断。" in [item.label for item in sheet.items]


@pytest.mark.parametrize("sheet_id", ["zones", "structure", "targets"])
def test_a_map_grows_with_its_page(ln, data, sheet_id):
    large = draw_sheet(AtlasData(ln, get_theme("print"), size="A3"), sheet_id)
    small = draw_sheet(data, sheet_id)
    shares = [one.axes[0].get_position().width for one in (large, small)]
    assert shares[0] == pytest.approx(shares[1], rel=0.04)
