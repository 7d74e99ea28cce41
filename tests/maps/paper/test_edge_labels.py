"""Routes that leave the map: each says where it goes, and none passes without a word."""

import geopandas as gpd
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
import shapely

from regionkit.maps.paper.axes import data_per_point
from regionkit.maps.paper.edge_labels import route_ends
from regionkit.maps.paper.layout import layout
from regionkit.maps.paper.marks import draw_projects
from regionkit.maps.signs.shades import darker
from regionkit.maps.signs.symbols import FAMILIES
from regionkit.places.projection import map_crs


def sheet_of(tiny, name, line, stops=()):
    routes = gpd.GeoDataFrame(
        pd.DataFrame(
            {"name": [name], "kind": ["railway"], "domain": ["transport"], "stage": ["new"],
             "location_basis": ["endpoints"], "waypoint_names": [tuple(stops)]}
        ),
        geometry=[shapely.LineString(line)],
        crs="EPSG:4326",
    )  # fmt: skip
    return layout(tiny, "population", title="人口", projects=routes)


def exits(sheet):
    return [text for text in sheet.axes[0].texts if text.get_gid() == "route-exit"]


# Past the upper left corner of the map, beside the land.
CORNER = [(122.8, 40.9667), (123.1, 41.3667)]


@pytest.mark.parametrize(
    ("name", "stops", "line", "words"),
    [
        # Its waypoints tell its ends, whatever its name does.
        ("甲城铁路", ("甲城", "远州"), [(123.05, 41.05), (126.0, 41.3)], ["至远州"]),
        ("甲城至近州铁路", ("甲", "乙", "远州"), [(123.05, 41.05), (126.0, 41.3)], ["至远州"]),
        # Its ends are not recorded: it is named itself.
        ("京沈高铁", (), [(123.05, 41.05), (126.0, 41.3)], ["京沈高铁"]),
        # A long name is left out where one end is on the map ...
        ("某某地区跨省综合运输大通道工程", (), [(123.05, 41.05), (126.0, 41.3)], []),
        # ... and never where both ends are beyond it.
        ("某某地区跨省综合运输大通道（一期）", (), CORNER, ["某某地区跨省综合运输大通道"]),
        ("甲城至乙城铁路", ("甲城", "乙城"), [(123.05, 41.05), (123.15, 41.15)], []),
    ],
)
def test_routes_say_where_they_go(tiny, name, stops, line, words):
    assert [text.get_text() for text in exits(sheet_of(tiny, name, line, stops))] == words


def test_every_line_of_the_pack_tells_the_ends_it_is_drawn_to(ln):
    """By its waypoints: the ends of the stroke stand at the places that are named."""
    lines = ln.projects[(ln.projects.geom_type == "LineString") & ~ln.projects.is_empty]
    assert len(lines) > 60
    stops = ln.waypoints.sort_values("order")
    for row in lines.itertuples():
        mine = stops[stops["project_id"] == row.Index].set_index("name")
        for word, end in zip(route_ends(row), (0, -1), strict=True):
            stop = mine.loc[[word]].iloc[end]
            place = ln._geography.stop_point(stop["place_id"], stop["adcode"])
            assert shapely.Point(row.geometry.coords[end]).equals(place), (row.Index, word)


def test_ends_that_names_hide_or_mistake(ln):
    ends = {key: route_ends(row) for key, row in ln.projects.iterrows()}
    assert ends["fuxin-panjin-railway"] == ("阜新", "盘锦")
    assert ends["dalian-khorgos-europe-corridor"] == ("大连", "霍尔果斯")
    assert ends["xingan-dalian-methanol-pipeline"] == ("兴安盟", "大连")


def test_a_passing_route_tells_an_end_or_its_name(tiny):
    found = exits(sheet_of(tiny, "远州至近州铁路", CORNER, ("远州", "近州")))
    assert found
    assert {text.get_text() for text in found} <= {"至远州", "至近州", "远州至近州铁路"}


def test_a_route_beyond_the_map_is_passed_over(tiny):
    assert exits(sheet_of(tiny, "远州至近州铁路", [(121.0, 40.0), (126.0, 40.0)])) == []


def test_words_stand_along_their_own_line_in_its_colour(tiny):
    line = [(123.05, 41.05), (126.0, 41.3)]
    sheet = sheet_of(tiny, "甲城至远州铁路", line, ("甲城", "远州"))
    ax = sheet.axes[0]
    (text,) = exits(sheet)
    (line,) = [line for line in ax.lines if line.get_gid() == "project-0"]
    pixels = ax.transData.transform(np.column_stack(line.get_data()))
    path = shapely.LineString(pixels)
    dx, dy = pixels[-1] - pixels[0]
    assert text.get_rotation() == pytest.approx(np.degrees(np.arctan2(dy, dx)), abs=0.5)
    assert text.get_color() == darker(FAMILIES["rail"], 0.8)
    middle = shapely.Point(ax.transData.transform(text.get_position()))
    high = text.get_fontsize() * sheet.figure.dpi / 72
    assert 0.5 * high < middle.distance(path) < 1.6 * high
    page = ax.get_window_extent()
    box = text.get_window_extent(sheet.figure.canvas.get_renderer())
    assert page.x0 <= box.x0 <= box.x1 <= page.x1


def test_a_word_without_room_by_its_line_is_left_out(tiny):
    routes = [("甲城至远州铁路", [(123.05, 41.05 + 0.001 * n), (126.0, 41.3)]) for n in range(25)]
    frame = gpd.GeoDataFrame(
        {"name": [name for name, _ in routes], "kind": "railway", "domain": "transport",
         "stage": "new", "location_basis": "endpoints"},
        geometry=[shapely.LineString(line) for _, line in routes],
        crs="EPSG:4326",
    )  # fmt: skip
    frame["waypoint_names"] = [("甲城", f"远{'一二三四五六七八九十'[n % 10]}州") for n in range(25)]
    assert len(exits(layout(tiny, "population", title="人口", projects=frame))) < 10


def test_a_line_that_ends_on_blank_paper_says_where(tiny):
    """Within the page, beyond the land."""
    words = [t.get_text() for t in exits(sheet_of(tiny, "甲城至近州铁路",
                                                  [(123.1, 41.1), (123.27, 41.1)],
                                                  ("甲城", "近州")))]  # fmt: skip
    assert words == ["至近州"]


def test_two_routes_of_one_corridor_are_both_seen(ln):
    """Each has its own stroke on the sheet, a line's width apart and more."""
    stops = ["阜新", "沈阳"]
    line = shapely.LineString([(121.65, 42.0), (123.4, 41.8)])
    frame = gpd.GeoDataFrame(
        {"name": ["甲", "乙"], "kind": "expressway", "domain": "transport", "stage": "new",
         "location_basis": "endpoints", "waypoint_names": [tuple(stops), tuple(stops[::-1])]},
        index=["a", "b"], geometry=[line, line.reverse()], crs=4326,
    )  # fmt: skip
    crs = map_crs(ln.counties)
    figure, ax = plt.subplots()
    west, south, east, north = ln.province.to_crs(crs).total_bounds
    ax.set_xlim(west, east)
    ax.set_ylim(south, north)
    drawn = draw_projects(ax, frame, crs)
    millimetre = 72 / 25.4 * data_per_point(ax)
    one, two = drawn.routes
    assert one.interpolate(0.5, normalized=True).distance(two) == pytest.approx(
        1.15 * millimetre, rel=0.05
    )
    assert drawn.with_routes(frame.to_crs(crs)).geometry["b"].equals(two)
    plt.close(figure)
