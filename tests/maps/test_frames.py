"""Every function that takes a frame against every kind of frame that comes from a notebook."""

# ruff: noqa: ARG005 - calls of one signature in a table

import io
import subprocess
import sys

import geopandas as gpd
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
import shapely
from matplotlib.colors import to_rgb
from matplotlib.text import Text
from pypdf import PdfReader

import regionkit as rk
from regionkit.errors import CrsError, InputError, RegionkitError
from regionkit.maps.atlas.write import _without_main
from regionkit.maps.page.webmap import webmap

LOCAL = 'LOCAL_CS["x",UNIT["metre",1]]'
OFF = {"ground": False}


def _base(frame, given):
    return rk.choropleth(frame.frame, "v", base=given, k=2, **OFF)


# What takes a frame: the frame of a kind is given in place of the good one.
DOORS = {
    "choropleth": lambda t, f, c: rk.choropleth(f, c, k=2, **OFF),
    "categorical": lambda t, f, c: rk.categorical(f, c, **OFF),
    "bivariate": lambda t, f, c: rk.bivariate(f, c, "other", k=2, **OFF),
    "small_multiples": lambda t, f, c: rk.small_multiples(f, [c, "other"], k=2, **OFF),
    "layout": lambda t, f, c: rk.layout(f, c, title="图", k=2, **OFF),
    "dots": lambda t, f, c: rk.dots(f, value=c, **OFF),
    "symbols base=": lambda t, f, c: rk.symbols(t.projects, base=f, **OFF),
    "dots base=": lambda t, f, c: rk.dots(t.projects, base=f, **OFF),
    "zones=": lambda t, f, c: rk.choropleth(t.frame, "v", zones=f, k=2, **OFF),
    "base=": lambda t, f, c: _base(t, f),
    "webmap": lambda t, f, c: webmap(f, c),
    "add_layer": lambda t, f, c: webmap(t.frame, "v").add_layer(f, c, layer_id="mine"),
    "export_layer": lambda t, f, c: rk.export_layer(f, t.folder / "a.geojson"),
}
COLOURED = (
    *("choropleth", "categorical", "bivariate", "small_multiples", "layout", "dots"),
    *("webmap", "add_layer"),
)


class Scene:
    def __init__(self, tiny, folder):
        self.folder = folder
        self.frame = tiny[["name", "geometry"]].assign(v=[1.0, 2, 3, 4], other=[4.0, 1, 3, 2])
        self.projects = gpd.GeoDataFrame(
            {"name": ["港"], "kind": ["port"], "domain": "transport", "stage": ["new"]},
            geometry=[shapely.Point(123.05, 41.05)],
            crs=4326,
        ).assign(location_basis="site")


@pytest.fixture
def scene(tiny, tmp_path):
    return Scene(tiny, tmp_path)


# Frames that are as good as the usual one.
TAKEN = {
    "projected": lambda f: f.to_crs(4549),
    "renamed geometry": lambda f: f.rename(columns={"geometry": "形状"}),
    "lost geometry": pd.DataFrame,
    "alike columns": lambda f: pd.concat([f, f[["v"]]], axis=1),
    "many index": lambda f: f.set_index("name", append=True, drop=False),
    "second geometry": lambda f: f.assign(buffer=f.geometry),
}


@pytest.mark.parametrize("kind", TAKEN)
@pytest.mark.parametrize("door", DOORS)
def test_a_frame_is_understood(scene, door, kind):
    given = TAKEN[kind](scene.frame)
    before = given.copy()
    DOORS[door](scene, given, "v")
    pd.testing.assert_frame_equal(pd.DataFrame(given), pd.DataFrame(before))


REFUSED = {
    "no frame": (lambda f: [1], RegionkitError, None),
    "no CRS": (lambda f: f.set_crs(None, allow_override=True), CrsError, None),
    "local CRS": (lambda f: f.set_crs(LOCAL, allow_override=True), CrsError, "no place on Earth"),
    "metres": (
        lambda f: f.to_crs(3857).set_crs(4326, allow_override=True),
        InputError,
        "EPSG:3857|no position on Earth",
    ),
    "zone": (
        lambda f: f.to_crs(4528).set_crs(4549, allow_override=True),
        InputError,
        "EPSG:4528",
    ),
    "swapped": (
        lambda f: f.set_geometry(shapely.transform(f.geometry, lambda xy: xy[:, ::-1])),
        InputError,
        "swapped",
    ),
    "infinite": (
        lambda f: f.set_geometry(shapely.transform(f.geometry, lambda xy: xy * [np.inf, 1])),
        InputError,
        "no number or infinite",
    ),
}


@pytest.mark.filterwarnings("ignore:invalid value")
@pytest.mark.parametrize("kind", REFUSED)
@pytest.mark.parametrize("door", DOORS)
def test_a_frame_that_is_nowhere_is_refused(scene, door, kind):
    make, error, words = REFUSED[kind]
    with pytest.raises(error, match=words):
        DOORS[door](scene, make(scene.frame), "v")


COLUMNS = {
    "year": (lambda f: f.rename(columns={"v": 2024}), 2024),
    "two levels": (lambda f: f.rename(columns={"v": ("产值", "sum")}), ("产值", "sum")),
    "texts of numbers": (lambda f: f.assign(v=["1", "2", " ", "4"]), "v"),
    "categories": (lambda f: f.assign(v=pd.Categorical([1, 2, 2, 4])), "v"),
    "nullable": (lambda f: f.assign(v=pd.array([1, 2, None, 4], dtype="Int64")), "v"),
}


@pytest.mark.parametrize("kind", COLUMNS)
@pytest.mark.parametrize("door", COLOURED)
def test_a_column_is_drawn(scene, door, kind):
    make, column = COLUMNS[kind]
    DOORS[door](scene, make(scene.frame), column)


MOMENTS = {
    "dates": lambda f: f.assign(v=pd.date_range("2024", periods=4)),
    "days": lambda f: f.assign(v=[pd.Timestamp("2024-01-01").date()] * 4),
    "durations": lambda f: f.assign(v=pd.to_timedelta([1, 2, 3, 4], unit="D")),
    "truths": lambda f: f.assign(v=[True, False, True, True]),
    "lists": lambda f: f.assign(v=[["甲", "乙"]] * 4),
}


@pytest.mark.parametrize("kind", MOMENTS)
@pytest.mark.parametrize("door", COLOURED)
def test_what_is_no_number_is_a_kind_or_refused(scene, door, kind):
    try:
        DOORS[door](scene, MOMENTS[kind](scene.frame), "v")
    except RegionkitError as error:
        assert door not in {"categorical", "webmap", "add_layer"}
        assert "holds" in str(error)  # noqa: PT017


def legend(ax):
    return [text.get_text() for text in ax.get_legend().get_texts()]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ([1.0, 2.0, np.nan, 10.0], ["1（1）", "2（1）", "10（1）", "无数据（1）"]),
        ([True, False, True, True], ["否（1）", "是（3）"]),
        (pd.to_datetime(["2024-01-01"] * 4), ["2024-01-01（4）"]),
        (["甲", "", " ", None], ["甲（1）", "无数据（3）"]),
        (["甲\r\n乙", "甲\t乙", "a\x07", "a"], ["a（2）", "甲\n乙（1）", "甲 乙（1）"]),
    ],
)
def test_kinds_read_as_a_person_writes_them(scene, values, words):
    ax = rk.categorical(scene.frame.assign(v=values), "v", **OFF)
    assert sorted(legend(ax)) == sorted(words)


def test_a_colour_is_found_whatever_the_type_of_its_kind(scene):
    frame = scene.frame.assign(v=[1.0, 2.0, np.nan, 1.0])
    for colours in ({1: "#112233", 2: "#445566"}, {"1": "#112233", "2": "#445566"}):
        ax = rk.categorical(frame, "v", colours=colours, **OFF)
        assert legend(ax) == ["1（2）", "2（1）", "无数据（1）"]


def test_doubled_units_are_refused_by_every_map_of_areas(scene):
    doubled = pd.concat([scene.frame, scene.frame.iloc[:1]])
    for door in COLOURED:
        with pytest.raises(InputError, match="stand more than once"):
            DOORS[door](scene, doubled, "v")


def test_rows_without_a_shape_are_one_thing(scene):
    shapes = [None, shapely.Polygon(), *scene.frame.geometry[2:]]
    holes = scene.frame.set_geometry(gpd.GeoSeries(shapes, scene.frame.index, crs=4326))
    with pytest.warns(UserWarning, match="2 of 4 rows have no geometry and are left out"):
        ax = rk.choropleth(holes, "v", k=2, **OFF)
    assert len(legend(ax)) == 2
    page = webmap(holes, "v")
    assert "2行没有图形" in page.document().layers[0]["note"]
    rk.choropleth(holes[~(holes.geometry.isna() | holes.geometry.is_empty)], "v", k=2, **OFF)


def test_codes_that_are_numbers_are_said_to_match_none(ln):
    table = pd.DataFrame({"x": range(14)}, index=ln.cities.index.astype(int))
    with pytest.raises(InputError, match="Codes of units are texts here"):
        rk.choropleth(ln.cities.join(table), "x")
    page = webmap(ln, layers=[]).add_layer(ln.cities.set_axis(table.index, axis=0), "area_km2")
    assert page.document().layers[0]["level"] == "city"


def test_own_zones_have_names_and_colours(scene):
    own = gpd.GeoDataFrame(
        {"片区": ["东", "西"]}, geometry=list(scene.frame.geometry[:2]), crs=4326
    )
    assert legend(rk.choropleth(scene.frame, "v", k=2, zones=own, **OFF))[-2:] == ["东", "西"]
    with pytest.raises(InputError, match="zones= takes areas"):
        rk.choropleth(scene.frame, "v", zones=own.set_geometry(own.representative_point()))


def test_points_of_ones_own_are_drawn_and_areas_are_not(scene):
    points = scene.frame.set_geometry(scene.frame.representative_point())
    drawn = rk.symbols(points, base=scene.frame, label="own", **OFF)
    assert drawn.get_legend().get_texts()[0].get_text().startswith("own")
    with pytest.raises(InputError, match="rows are no points but"):
        rk.symbols(scene.frame)


def test_points_far_off_are_told(scene, ln):
    far = gpd.GeoDataFrame(
        {"名称": ["甲", "乙"]}, geometry=gpd.points_from_xy([113.3, 123.1], [23.1, 41.1])
    )
    far = far.set_crs(4326)
    with pytest.warns(UserWarning, match="1 of 2 rows lie far outside the map"):
        rk.dots(far, base=scene.frame, **OFF)
    with pytest.warns(UserWarning, match="1 of 2 rows lie far outside the map"):
        webmap(ln, layers=[]).add_layer(far)


# The page -------------------------------------------------------------------------------


@pytest.fixture
def plant():
    return gpd.GeoDataFrame(
        {"名称": ["甲厂"], "类": ["化工"]}, geometry=[shapely.Point(123.4, 41.8)], crs=4326
    )


def test_a_second_geometry_is_no_text_for_the_panel(ln, plant):
    plant["影响范围"] = shapely.buffer(plant.geometry.to_numpy(), 0.1)
    plant["开工"] = pd.Timestamp("2024-03-01")
    page = webmap(ln, layers=[]).add_layer(plant.set_geometry("geometry"))
    columns = dict(page.document().marks[0]["columns"])
    assert "POLYGON" not in str(columns)
    assert columns["开工"] == {"c": "2024-03-01", "n": 1}


@pytest.mark.parametrize("column", [None, "类"])
def test_a_cell_that_is_run_twice_is_told(ln, plant, column):
    page = webmap(ln, layers=[]).add_layer(plant, column)
    with pytest.raises(InputError, match="already"):
        page.add_layer(plant, column)
    areas = plant.set_geometry(shapely.buffer(plant.geometry.to_numpy(), 0.1), crs=4326)
    page = webmap(ln, layers=[]).add_layer(areas, column)
    with pytest.raises(InputError, match="already"):
        page.add_layer(areas, column)


def test_tiles_of_the_network_are_told(scene):
    import folium

    page = webmap(scene.frame, "v")
    page.map.add_child(folium.TileLayer("OpenStreetMap"))
    with pytest.warns(UserWarning, match=r"tiles from the network \(tile.openstreetmap.org\)"):
        page.to_html()


@pytest.mark.parametrize("src", ["a#b.html", "图?.html"])
def test_an_address_that_a_browser_cuts_short_is_refused(scene, src):
    with pytest.raises(InputError, match="a browser ends the address"):
        webmap(scene.frame, "v").embed(src=src)


# Words and the figure -------------------------------------------------------------------


@pytest.mark.parametrize("settings", [{}, {"text.parse_math": True}, {"text.usetex": True}])
def test_money_is_no_mathematics(scene, settings):
    frame = scene.frame.assign(name=["$x$ 与 $y$"] * 4)
    words = "进口（US$）与出口（US$）"
    with plt.rc_context(settings):
        ax = rk.choropleth(frame, "v", k=2, title=words, labels="name", unit="$ $", **OFF)
        kinds = rk.categorical(frame, "name", title=words, **OFF)
        sheet = rk.layout(frame, "v", title=words, subtitle=words, source=words, k=2, **OFF)
        several = rk.small_multiples(frame, ["v", "other"], titles={"v": words}, k=2, **OFF)
    for figure in (ax.figure, kinds.figure, sheet.figure, several.figure):
        for text in figure.findobj(Text):
            if "$" in text.get_text():
                assert not text.get_parse_math(), text.get_text()
                assert not text.get_usetex(), text.get_text()
    assert ax.get_title() == words


def test_a_title_over_ones_own_axes_has_the_maps_font(scene):
    _, ax = plt.subplots()
    rk.choropleth(scene.frame, "v", k=2, title="各市 $数值$", ax=ax, **OFF)
    # A glyph that is missing is a warning, and so an error here.
    ax.figure.savefig(io.BytesIO())
    assert not ax.title.get_parse_math()


@pytest.mark.parametrize("door", ["choropleth", "categorical", "bivariate", "dots"])
def test_a_legend_among_subplots_keeps_to_its_place(scene, door):
    figure, axes = plt.subplots(1, 2, figsize=(10, 4))
    draw = {
        "choropleth": lambda ax: rk.choropleth(scene.frame, "v", k=2, ax=ax, **OFF),
        "categorical": lambda ax: rk.categorical(scene.frame, "name", ax=ax, **OFF),
        "bivariate": lambda ax: rk.bivariate(scene.frame, "v", "other", k=2, ax=ax, **OFF),
        "dots": lambda ax: rk.dots(scene.frame, value="v", ax=ax, **OFF),
    }[door]
    draw(axes[0])
    figure.canvas.draw()
    cell = axes[0].get_position(original=True).transformed(figure.transFigure)
    legends = axes[0].child_axes or [axes[0].get_legend()]
    for one in legends:
        box = one.get_window_extent()
        assert cell.x0 <= box.x0
        assert box.x1 <= cell.x1 + 1
        # And the map keeps clear of it.
        right = axes[0].transData.transform((scene_right(scene), 0))[0]
        assert right <= box.x0 + 1


def scene_right(scene):
    from regionkit.places.projection import map_crs

    return scene.frame.to_crs(map_crs(scene.frame)).total_bounds[2]


@pytest.mark.parametrize("own", [False, True])
def test_words_are_read_on_a_dark_figure(scene, own):
    def light(colour):
        return sum(to_rgb(colour)) / 3

    with plt.style.context("dark_background"):
        ax = plt.subplots()[1] if own else None
        ax = rk.choropleth(scene.frame, "v", k=2, title="各市", ax=ax, **OFF)
    ground = light(ax.figure.get_facecolor())
    for text in (*ax.get_legend().get_texts(), ax.get_legend().get_title(), ax.title):
        assert abs(light(text.get_color()) - ground) > 0.4


def test_the_text_of_a_pdf_is_found_and_its_fonts_are_true_type(scene, tmp_path):
    sheet = rk.layout(scene.frame, "v", title="比重 1.0", k=2, labels="name", **OFF)
    path = sheet.save(tmp_path / "a.pdf")
    page = PdfReader(path).pages[0]
    assert "比重 1.0" in page.extract_text()
    fonts = [font.get_object() for font in page["/Resources"]["/Font"].values()]
    for font in fonts:
        assert font["/Subtype"] == "/Type0"
        inner = font["/DescendantFonts"][0].get_object()
        assert inner["/Subtype"] == "/CIDFontType2"
        data = inner["/FontDescriptor"]["/FontFile2"].get_object().get_data()
        assert data[:4] == b"\x00\x01\x00\x00"
    assert path.read_bytes() == sheet.save(tmp_path / "b.pdf").read_bytes()


# Running --------------------------------------------------------------------------------


def test_a_process_that_starts_runs_the_callers_script_no_more(tmp_path):
    """As write_atlas starts them: a script without its guard is not run again in each."""
    (tmp_path / "s.py").write_text(
        "import math, multiprocessing\n"
        "from concurrent.futures import ProcessPoolExecutor\n"
        "from regionkit.maps.atlas.write import _without_main\n"
        "print('line', flush=True)\n"
        "with ProcessPoolExecutor(2, multiprocessing.get_context('spawn')) as pool:\n"
        "    with _without_main():\n"
        "        made = pool.map(math.sqrt, [4, 9])\n"
        "    print(list(made), flush=True)\n",
        encoding="utf-8",
    )
    ran = subprocess.run(
        [sys.executable, "s.py"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=200,
    )
    assert ran.stdout.split("\n") == ["line", "[2.0, 3.0]", ""], ran.stderr


def test_the_callers_script_comes_back():
    main = sys.modules["__main__"]
    with _without_main():
        assert sys.modules["__main__"] is not main
    assert sys.modules["__main__"] is main


# The region -----------------------------------------------------------------------------

FRAMES = (
    *("projects", "counties", "cities", "zones", "groupings", "provinces", "places", "seats"),
    *("memberships", "profiles", "industries", "targets", "statistics", "sources", "units"),
    *("province", "aliases", "indicators", "tasks", "mentions", "zone_table", "clusters"),
)
CHANGES = {
    "drop": lambda f: f.drop(f.index[1:], inplace=True),  # noqa: PD002
    "rename": lambda f: f.rename(columns=lambda c: f"{c}?", inplace=True),  # noqa: PD002
    "reset_index": lambda f: f.reset_index(drop=True, inplace=True),  # noqa: PD002
    "to_crs": lambda f: hasattr(f, "to_crs") and f.to_crs(3857, inplace=True),
    "values": lambda f: f.__setitem__(f.columns[0], None),
    "cells": lambda f: f.iloc.__setitem__((0, 0), None),
    "column": lambda f: f.pop(f.columns[0]),
}


@pytest.mark.filterwarnings("ignore:The inplace keyword")
@pytest.mark.parametrize("change", CHANGES)
def test_what_is_done_to_a_frame_in_place_stays_with_it(ln, change):
    near = list(ln.projects_near("锦州港", km=50).index)
    for name in FRAMES:
        before = pd.DataFrame(getattr(ln, name)).copy()
        CHANGES[change](getattr(ln, name))
        pd.testing.assert_frame_equal(pd.DataFrame(getattr(ln, name)), before)
    assert list(ln.projects_near("锦州港", km=50).index) == near


@pytest.mark.parametrize(
    "ask",
    [
        lambda ln: ln.projects_near("锦州港", km="50"),
        lambda ln: ln.projects_near("锦州港", k="5"),
        lambda ln: ln.projects_near((41.1, 121.1), km=5),
        lambda ln: ln.projects_within(shapely.box(41, 122, 42, 123)),
        lambda ln: ln.projects_within(None),
        lambda ln: ln.projects_along(shapely.LineString([(41, 122), (42, 123)]), km=5),
        lambda ln: ln.projects_along(shapely.LineString([(122, 41), (123, 42)]), km="5"),
        lambda ln: ln.locate([41.8, 41.9], [123.4, 123.5]),
        lambda ln: ln.place_at(13736395, 5130685),
    ],
)
def test_a_question_about_no_place_is_refused(ln, ask):
    with pytest.raises(InputError):
        ask(ln)
