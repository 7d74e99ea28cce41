"""Lists of crowds: a row for each drawing, named, its stages counted."""

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from matplotlib.figure import Figure

from regionkit.maps.paper.declutter import draw_crowd, find_crowds
from regionkit.maps.paper.free_space import FreeSpace
from regionkit.maps.signs.words import project_words


@pytest.fixture
def points():
    rows = [("hospital", "social")] * 6 + [("school", "social")] * 5 + [("mine", "industry")] * 4
    frame = pd.DataFrame(rows, columns=["kind", "domain"]).assign(
        stage=["new", None, "planned"] * 5, location_basis="city"
    )
    return gpd.GeoDataFrame(frame, geometry=[shapely.Point(5.0, 5.0)] * len(rows))


def drawn(points, *, size=(8, 6), is_grey=False):
    ax = Figure(figsize=size).add_axes((0, 0, 1, 1))
    ax.set_xlim(0, 10)
    ax.set_ylim(0, 7.5)
    space = FreeSpace(ax, [])
    box = draw_crowd(ax, points, 2, 5.8, space, project_words(), is_grey=is_grey, lang="zh")
    return ax, box


def words(ax, gid):
    return [text.get_text() for text in ax.texts if text.get_gid() == gid]


def test_kinds_are_named_and_stages_counted(points):
    assert find_crowds(points) == [list(points.index)]
    assert find_crowds(points.assign(location_basis="site")) == []
    ax, _ = drawn(points)
    assert words(ax, "crowd-title") == ["2　位置仅知到市县：15 项"]
    assert words(ax, "crowd-kind") == ["矿山", "医疗", "教育"]
    assert sum(map(int, words(ax, "crowd-count"))) == len(points)
    assert words(ax, "crowd-number") == ["2"]


def test_in_black_and_white_kinds_of_a_domain_are_one_row(points):
    ax, _ = drawn(points, is_grey=True)
    assert words(ax, "crowd-kind") == ["矿山", "社会事业"]
    assert sum(map(int, words(ax, "crowd-count"))) == len(points)


def test_without_room_for_names_the_list_has_symbols_alone(points):
    ax, box = drawn(points, size=(1.8, 0.68))
    assert box is not None
    assert words(ax, "crowd-kind") == []
    assert sum(map(int, words(ax, "crowd-count"))) == len(points)
    assert drawn(points, size=(0.4, 0.4))[1] is None
