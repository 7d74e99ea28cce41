"""A user's own lines stand in place of schematic routes; what does not fit is told by name."""

import pickle
import warnings

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

import regionkit as rk
from regionkit.errors import CrsError, InputError, RegionkitError, TableError
from regionkit.places.datum import wgs84_to_gcj02

LINE = shapely.LineString([(123.45, 41.8), (124.0, 41.9), (125.9, 41.7)])
FUSHUN = [(123.45, 41.8), (123.9, 41.87)]


def layer(rows, **more):
    """Return a layer of lines by what names them."""
    frame = gpd.GeoDataFrame(
        {"名称": [name for name, _ in rows]}, geometry=[shape for _, shape in rows], crs=4326
    )
    return frame.assign(**more)


@pytest.mark.parametrize("kind", ["frame", ".gpkg", ".geojson", ".shp"])
@pytest.mark.parametrize("name", ["沈白高铁", "shen-bai-hsr"])
def test_a_line_is_found_by_id_or_name(tmp_path, kind, name):
    routes = layer([(name, LINE)])
    if kind != "frame":
        path = tmp_path / f"lines{kind}"
        routes.to_file(path)
        routes = path
    own = rk.load("liaoning", routes=routes)
    project = own.projects.loc["shen-bai-hsr"]
    assert project.geometry.equals_exact(LINE, 1e-9)
    assert project["location_basis"] == "site"
    assert project["location_source"] == ("GeoDataFrame" if kind == "frame" else f"lines{kind}")
    plain = own.select_projects(text="沈白高铁", with_geometry=False)
    assert plain.loc["shen-bai-hsr", "location_basis"] == "site"


def test_it_is_that_of_every_question_and_no_other_project_changes(ln):
    own = rk.load("liaoning", routes=layer([("沈白高铁", LINE)]))
    rest = ln.projects.index.drop("shen-bai-hsr")
    assert own.projects.loc[rest].equals(ln.projects.loc[rest])
    spot = shapely.Point(124.0, 41.9).buffer(0.01)
    assert "shen-bai-hsr" in own.projects_within(spot).index
    assert "shen-bai-hsr" not in ln.projects_within(spot).index
    again = pickle.loads(pickle.dumps(own))  # noqa: S301
    assert again.projects.equals(own.projects)


def test_parts_are_joined_whatever_their_order_and_direction():
    xy = [(123.45, 41.8), (123.9, 41.87), (124.5, 41.75), (125.9, 41.7)]
    first, second, third = (shapely.LineString(xy[n : n + 2]) for n in range(3))
    routes = layer([("沈白高铁", second.reverse()), ("shen-bai-hsr", first), ("沈白高铁", third)])
    line = rk.load("liaoning", routes=routes).projects.geometry["shen-bai-hsr"]
    assert line.geom_type == "LineString"
    assert line.normalize().equals(shapely.LineString(xy).normalize())
    one = layer([("沈白高铁", shapely.MultiLineString([third, first, second]))])
    joined = rk.load("liaoning", routes=one).projects.geometry["shen-bai-hsr"]
    assert joined.normalize().equals(line.normalize())


def test_a_small_gap_between_parts_is_closed():
    parts = shapely.MultiLineString([FUSHUN, [(123.91, 41.87), (124.5, 41.75)]])
    line = rk.load("liaoning", routes=layer([("沈白高铁", parts)])).projects.geometry[
        "shen-bai-hsr"
    ]
    assert len(line.coords) == 4


def test_every_row_that_does_not_fit_is_told_by_name():
    routes = layer(
        [
            ("沈白高铁路", LINE),
            ("京沈高铁", shapely.MultiLineString([FUSHUN, [(124.2, 41.87), (124.5, 41.75)]])),
            ("沈白高铁", shapely.LineString([(126.5, 43.8), (127, 43.9)])),
            ("丹东至通化高铁", shapely.Point(124, 41)),
            ("秦沈高铁第二通道", None),
        ]
    )
    with pytest.raises(TableError) as error:
        rk.load("liaoning", routes=routes)
    told = [str(fault) for fault in error.value.faults]
    assert [fault.row for fault in error.value.faults] == [1, 2, 3, 4, 5]
    assert "'沈白高铁路' is no project" in told[0]
    assert "Nearest are: 沈白高铁" in told[0]
    assert "the parts of 京沈高铁 lie 2" in told[1]
    assert "沈白高铁 lies wholly outside the region, in 吉林省" in told[2]
    assert "is Point, no line" in told[3]
    assert "is empty, no line" in told[4]


def test_a_name_of_several_projects_is_not_guessed(ln, changed):
    from regionkit.region.alignments import read_alignments

    region = changed(
        mentions=pd.concat(
            [
                ln.mentions,
                ln.mentions.iloc[[0, 0]].assign(
                    project_id=["shen-bai-hsr", "jing-shen-hsr"], named_as="两线", match="same"
                ),
            ]
        )
    )
    with pytest.raises(TableError, match=r"is several projects: .*jing-shen-hsr.*shen-bai-hsr"):
        read_alignments(
            layer([("两线", LINE)]), region.pack, region=shapely.box(118, 38, 126, 44), schematic={}
        )


def test_a_line_over_the_sea_is_warned_of_by_name():
    wet = layer([("秦沈高铁第二通道", shapely.LineString([(119.6, 39.94), (123.43, 41.8)]))])
    with pytest.warns(UserWarning, match=r"cross the sea: 秦沈高铁第二通道 8\d\.\d km"):
        own = rk.load("liaoning", routes=wet)
    assert len(own.projects.geometry["qin-shen-hsr-2"].coords) == 2
    # One that says so is not.
    cable = layer(
        [("dalian-korea-submarine-cable", shapely.LineString([(121.6, 38.9), (126.6, 37.5)]))]
    )
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        rk.load("liaoning", routes=cable)


def test_the_datum_of_the_lines_is_taken():
    lon, lat = wgs84_to_gcj02(*np.array(LINE.coords).T)
    moved = layer([("沈白高铁", shapely.LineString(np.column_stack([lon, lat])))])
    line = rk.load("liaoning", routes=moved, routes_datum="GCJ-02").projects.geometry[
        "shen-bai-hsr"
    ]
    assert line.equals_exact(LINE, 1e-7)
    with pytest.raises(InputError, match="routes_datum= is given without routes="):
        rk.load("liaoning", routes_datum="GCJ-02")


@pytest.mark.parametrize(
    ("routes", "error", "words"),
    [
        (layer([("沈白高铁", LINE)]).set_crs(None, allow_override=True), CrsError, "names no"),
        (layer([("沈白高铁", shapely.LineString([(41.8, 123.4), (41.7, 125.9)]))]), RegionkitError,
         "axes swapped"),
        (layer([]), InputError, "has no lines"),
        ("nowhere.gpkg", RegionkitError, "nowhere.gpkg does not exist"),
    ],
)  # fmt: skip
def test_a_layer_that_cannot_be_used_says_why(routes, error, words):
    with pytest.raises(error, match=words):
        rk.load("liaoning", routes=routes)
