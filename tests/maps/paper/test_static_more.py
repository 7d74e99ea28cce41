"""What is drawn: classes and colours, scale bar, names, insets, lists of crowds, page furniture."""

from __future__ import annotations

import re

import geopandas as gpd
import numpy as np
import pandas as pd
import pyproj
import pytest
import shapely
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from pypdf import PdfReader

from regionkit.errors import FontError, InputError, OutputError
from regionkit.maps.paper.area_maps import categorical, choropleth
from regionkit.maps.paper.areas import frame_axes
from regionkit.maps.paper.axes import fill_box
from regionkit.maps.paper.compose import draw_map
from regionkit.maps.paper.furniture import draw_graticule, draw_north_arrow, scale_bar_km
from regionkit.maps.paper.insets import crowded_groups
from regionkit.maps.paper.layout import layout
from regionkit.maps.paper.map_parts import MapParts
from regionkit.maps.paper.marks import draw_projects
from regionkit.maps.paper.sheet import PAGE_SIZES_MM, Sheet
from regionkit.maps.paper.symbol_maps import symbols
from regionkit.maps.signs import palette as palettes
from regionkit.maps.signs.layer_items import (
    layer_items,
    size_items,
    symbol_sizes_pt,
    zone_fill_items,
)
from regionkit.maps.signs.layers import category_layer, choropleth_layer
from regionkit.maps.signs.legend_item import LegendItem
from regionkit.maps.signs.styles import entry_style, zone_hatch
from regionkit.maps.signs.theme import Theme, drawing, get_theme, theme
from regionkit.maps.signs.wrap import wrap_text
from regionkit.places.projection import GEOD, map_crs


@pytest.fixture(scope="module")
def counties(ln):
    outline = ln.simplified("county", tolerance_m=400)
    return ln.counties.set_geometry(outline).join(ln.statistic("share-65plus", year=2020))


@pytest.fixture
def squares():
    """Four square counties of 0.1 degree, two overlapping zones."""
    boxes = [
        shapely.box(
            122 + 0.1 * (i % 2), 41 + 0.1 * (i // 2), 122.1 + 0.1 * (i % 2), 41.1 + 0.1 * (i // 2)
        )
        for i in range(4)
    ]
    return gpd.GeoDataFrame(
        {
            "name": ["甲县", "乙县", "丙县", "丁县"],
            "v": [1.0, 2.0, 3.0, np.nan],
            "zone_ids": [("a",), ("a", "b"), ("b",), ()],
        },
        geometry=boxes,
        crs=4326,
        index=["1", "2", "3", "4"],
    )


@pytest.fixture
def zones(squares):
    return gpd.GeoDataFrame(
        {"name": ["东区", "西区"], "short_name": ["东", "西"], "colour": ["#ef8a62", "#67a9cf"]},
        geometry=[squares.geometry.iloc[:2].union_all(), squares.geometry.iloc[1:3].union_all()],
        crs=4326,
        index=["a", "b"],
    )


def points_of(n, basis="county", kind="nuclear"):
    return gpd.GeoDataFrame(
        {
            "name": [f"项目{i}" for i in range(n)],
            "kind": kind,
            "domain": "energy",
            "stage": ["new", "study"] * (n // 2) + ["new"] * (n % 2),
            "location_basis": basis,
        },
        geometry=[shapely.Point(122.05, 41.05)] * n,
        crs=4326,
        index=[f"p{i}" for i in range(n)],
    )


def visible_boxes(ax, gids=()):
    figure = ax.get_figure(root=True)
    figure.draw_without_rendering()
    renderer = figure.canvas.get_renderer()
    return [
        (text.get_text(), text.get_window_extent(renderer))
        for text in ax.texts
        if text.get_visible()
        and text.get_text()
        and (text.get_gid() is None or text.get_gid() in gids)
    ]


def overlaps(boxes):
    pairs = []
    for i, (first, a) in enumerate(boxes):
        for second, b in boxes[i + 1 :]:
            wide = min(a.x1, b.x1) - max(a.x0, b.x0)
            high = min(a.y1, b.y1) - max(a.y0, b.y0)
            # A box of text is higher than its glyphs by its line gap.
            if wide > 0.5 and high > 0.14 * min(a.height, b.height):
                pairs.append((first, second))
    return pairs


# Classes and colours ---------------------------------------------------------------------


def test_each_county_has_its_class_colour(squares):
    ax = choropleth(squares, "v", scheme="equalinterval", k=2, cmap="Blues")
    drawn = ax.collections[0].get_facecolor()
    layer = choropleth_layer(squares, "v", scheme="equalinterval", k=2, cmap="Blues")
    from matplotlib.colors import to_rgba

    assert layer.codes.tolist() == [0, 0, 1, 2]
    np.testing.assert_allclose(drawn, [to_rgba(layer.entries[c].colour) for c in layer.codes])
    words = [text.get_text() for text in ax.get_legend().get_texts()]
    assert words == ["1–2（2）", "3（1）", "无数据（1）"]


@pytest.mark.parametrize(
    ("column", "values", "message"),
    [
        ("t", ["a", "b", "c", "d"], "holds text, not numbers"),
        ("i", [1.0, np.inf, 2.0, 3.0], "is infinite at 2"),
        ("m", [np.nan] * 4, "has no values at all"),
    ],
)
def test_columns_that_cannot_be_classed(squares, column, values, message):
    for draw in (choropleth, lambda f, c: layout(f, c, title="图")):
        with pytest.raises(InputError, match=message):
            draw(squares.assign(**{column: values}), column)


def test_equal_values_and_too_many_classes_still_draw(squares):
    same = choropleth_layer(squares.assign(v=7.0), "v", k=5)
    assert [(entry.label, entry.count) for entry in same.entries] == [("7", 4)]
    assert len(choropleth_layer(squares, "v", k=9).classes.colours) == 3


def test_unknown_scheme_and_colormap(squares):
    with pytest.raises(InputError, match='scheme="jenk" is not known'):
        choropleth(squares, "v", scheme="jenk")
    with pytest.raises(InputError, match="no matplotlib colormap"):
        choropleth(squares, "v", cmap="Bluess")


def test_categorical_takes_safe_colours_and_refuses_nothing(squares):
    layer_colours = {
        p.get_facecolor()[:3] for p in categorical(squares, "name").get_legend().get_patches()
    }
    assert len(layer_colours) == 4
    with pytest.raises(InputError, match="has no values at all"):
        categorical(squares.assign(g=pd.Series([None] * 4, index=squares.index, dtype=object)), "g")


# Palettes --------------------------------------------------------------------------------


def test_palette_faults_are_of_the_deficiency():
    faults = palettes.palette_faults(["#8c8c00", "#b06a00"])
    assert [fault.deficiency for fault in faults] == ["deuteranopia"]
    assert faults[0].distance < 9
    with pytest.raises(InputError, match="'nocolour' is no colour"):
        palettes.palette_faults(["nocolour"])


def test_colours_of_kinds_are_told_apart_by_all_readers():
    colours = palettes.kind_colours(16)
    assert len(set(colours)) == 16
    assert palettes.palette_faults(colours) == []
    with pytest.warns(palettes.PaletteWarning, match="Kinds: 17"):
        assert palettes.kind_colours(17)[16] == colours[0]
    linear = palettes._linear(np.array([to_rgb(colour) for colour in colours]))
    seen = [linear] + [
        np.clip(linear @ np.array(matrix).T, 0, 1) for matrix in palettes._DEFICIENCIES.values()
    ]
    for view in seen:
        distances = palettes._distances(palettes._lab(view))
        assert distances[np.triu_indices(16, 1)].min() > 13.9


def test_simulated_greys_stay_grey():
    # Every row of the matrices sums to one: what has no hue has none for any reader.
    for matrix in palettes._DEFICIENCIES.values():
        np.testing.assert_allclose(np.sum(matrix, axis=1), 1.0, atol=2e-6)


def test_unsafe_colormaps_warn(squares):
    with pytest.warns(palettes.PaletteWarning, match="colour-blind readers cannot tell apart"):
        choropleth(
            squares.assign(v=[1.0, 2.0, 3.0, 4.0]), "v", cmap="RdYlGn", k=4, scheme="equalinterval"
        )
    assert "from dark to light and back" in str(palettes.palette_warning("gist_ncar", k=2))
    assert palettes.palette_warning("viridis", k=9) is None
    assert palettes.palette_warning(["#8c8c00", "#b06a00"]).render("zh").startswith("所给颜色")


# Themes ----------------------------------------------------------------------------------


def test_an_institutions_theme(squares, tmp_path):
    ours = theme("print", cmap="Blues", institution="某市规划院", base_size=9)
    sheet = layout(squares, "v", title="图", theme=ours)
    assert any(t.get_text() == "某市规划院" for t in sheet.figure.texts)
    with pytest.raises(InputError, match="A theme has no colour_of_sea"):
        theme(colour_of_sea="#fff")
    with pytest.raises(InputError, match='land="greenish" is no colour'):
        theme(land="greenish")
    with pytest.raises(InputError, match='cmap="Bluess" is no matplotlib colormap'):
        theme(cmap="Bluess")
    with pytest.raises(InputError, match="base_size=99"):
        theme(base_size=99.0)
    with pytest.raises(FontError, match="is not installed"):
        theme(font="No Such Font")
    with pytest.raises(FontError, match="cannot be read"):
        theme(font=str(tmp_path / "none.ttf"))
    with pytest.raises(InputError, match='theme="poster" is not known'):
        get_theme("poster")


def test_black_and_white_tells_classes_by_grey_and_pattern(squares, zones):
    bw = get_theme("bw")
    layer = choropleth_layer(squares, "v", scheme="equalinterval", k=3)
    styles = [entry_style(layer, number, bw) for number in range(len(layer.entries))]
    assert len({style[:2] for style in styles[:3]}) == 3
    assert len({pattern for _, pattern, _ in styles[:3]}) == 3
    for colour, _, _ in styles:
        assert colour[1:3] == colour[3:5] == colour[5:7]
    items = layer_items(layer, bw)[1:]
    assert [(i.colour, i.hatch) for i in items] == [style[:2] for style in styles]
    kinds = category_layer(squares, "name", colours=dict.fromkeys(squares["name"], "#ff0000"))
    assert len({entry_style(kinds, n, bw)[:2] for n in range(4)}) == 4
    sheet = layout(squares, "v", title="图", theme="bw", zones=zones)
    dashes = {str(line.get_linestyle()) for line in sheet.legend_axes.lines}
    assert len(dashes) == 2


def test_a_zone_is_hatched_one_way_wherever_it_comes_second(zones):
    ways = [zone_hatch(zones, zone_id) for zone_id in zones.index]
    assert len(set(ways[:2])) == 2
    assert all(set(way) <= set("/\\") for way in ways)


def test_overlapping_zones_show_both_colours(squares, zones):
    print_theme = get_theme("print")
    sheet = Sheet(title="图")
    with drawing(print_theme):
        draw_map(
            sheet.axes[0],
            None,
            MapParts(extent=squares, zones=zones, fill_zones=squares),
            crs=map_crs(squares),
            theme=print_theme,
        )
    from matplotlib.colors import to_hex

    hatched = [c for c in sheet.axes[0].collections if c.get_hatch()]
    assert [to_hex(c.get_edgecolor()[0]) for c in hatched] == ["#67a9cf"]
    items = zone_fill_items(zones, squares, print_theme)
    assert [item.label for item in items] == [
        "分区（县级单位数，重叠部分分别计入）",
        "东区（2）",
        "西区（2）",
        "重叠（县级单位数）",
        "东＋西（1）",
    ]
    assert (items[-1].colour, items[-1].hatch_colour) == ("#ef8a62", "#67a9cf")


# The page --------------------------------------------------------------------------------


@pytest.mark.parametrize("size", list(PAGE_SIZES_MM))
def test_every_page_keeps_its_words(counties, size):
    sheet = layout(
        counties,
        "share-65plus",
        title="65岁及以上人口比重",
        subtitle="普查",
        unit="%",
        size=size,
        source="第七次全国人口普查分县资料" * 4,
        date="2026年3月",
        institution="某省国土空间规划研究院",
    )
    assert sheet.page_mm == PAGE_SIZES_MM[size]
    sheet.figure.draw_without_rendering()
    renderer = sheet.figure.canvas.get_renderer()
    page = sheet.figure.bbox
    words = [*sheet.figure.texts, *sheet.legend_axes.texts, *sheet.axes[0].texts]
    boxes = [(t, t.get_window_extent(renderer)) for t in words if t.get_visible()]
    assert [
        t.get_text()
        for t, box in boxes
        if box.x0 < page.x0 or box.x1 > page.x1 or box.y0 < page.y0 or box.y1 > page.y1
    ] == []
    foot = [(t.get_text(), box) for t, box in boxes if t.get_gid() in {"source", "approval"}]
    assert overlaps(foot) == []
    assert any(text == "示意图" for text, _ in foot)


def test_a_long_title_is_made_smaller_then_wrapped(squares):
    sheet = layout(squares, "v", title="很长的标题" * 12, size="column")
    title = next(t for t in sheet.figure.texts if t.get_gid() == "title")
    assert "\n" in title.get_text()
    assert title.get_window_extent(sheet.figure.canvas.get_renderer()).x1 < sheet.figure.bbox.x1


def test_pages_that_do_not_exist():
    for size in ("A5", (10.0, 20.0), (float("nan"), 100.0)):
        with pytest.raises(InputError, match="size="):
            Sheet(title="图", size=size)


def test_scale_bar_is_true_and_off_the_land(counties):
    sheet = layout(counties, "share-65plus", title="图")
    ax = sheet.axes[0]
    crs = map_crs(counties)
    parts = [p for p in ax.patches if p.get_gid() == "scale-bar"]
    x0, y0 = parts[0].get_xy()
    x1 = parts[-1].get_x() + parts[-1].get_width()
    back = pyproj.Transformer.from_crs(crs, 4326, always_xy=True).transform
    (lon0, lat0), (lon1, lat1) = back(x0, y0), back(x1, y0)
    km = GEOD.inv(lon0, lat0, lon1, lat1)[2] / 1000
    words = [t.get_text() for t in ax.texts if t.get_gid() == "scale-bar-label"]
    assert words[-1] == f"{round(km):g} km"
    assert km == pytest.approx(round(km), rel=2e-3)
    land = counties.to_crs(crs).union_all()
    assert not land.intersects(shapely.box(x0, y0, x1, y0 + parts[0].get_height()))
    assert scale_bar_km(ax, crs)[0] in {1, 2, 5, 10, 20, 50, 100, 200}


@pytest.mark.parametrize("size", ["A4", "A3"])
def test_a_hundred_names_do_not_touch_and_none_is_lost(counties, size):
    sheet = layout(counties, "share-65plus", title="图", labels="name", size=size)
    ax = sheet.axes[0]
    named = visible_boxes(ax)
    assert overlaps(named) == []
    page = sheet.figure.bbox
    assert all(box.x0 >= page.x0 and box.x1 <= page.x1 for _, box in named)
    everywhere = {name for name, _ in named}
    for small in ax.child_axes:
        boxes = visible_boxes(small)
        assert overlaps(boxes) == []
        everywhere |= {name for name, _ in boxes}
    assert set(counties["name"]) - everywhere == set()


def test_small_districts_are_drawn_larger(counties):
    shenyang = counties[counties["city_adcode"] == "210100"]
    sheet = layout(shenyang, "share-65plus", title="沈阳市", labels="name")
    insets = [c for c in sheet.axes[0].child_axes if c.get_gid() == "inset"]
    assert len(insets) == 1
    assert {"和平区", "沈河区"} <= {text.get_text() for text in insets[0].texts}
    assert re.match(r"A　放大 \d\.\d 倍", insets[0].get_title(loc="left"))
    land = shenyang.to_crs(map_crs(shenyang)).union_all()
    box = insets[0].get_window_extent()
    corners = sheet.axes[0].transData.inverted().transform([(box.x0, box.y0), (box.x1, box.y1)])
    assert not land.intersects(shapely.box(*corners.ravel()))
    without = layout(shenyang, "share-65plus", title="沈阳市", labels="name", inset=False)
    assert without.axes[0].child_axes == []


def test_locator_marks_the_place(ln, counties):
    cities = ln.cities.set_geometry(ln.simplified("city", tolerance_m=800))
    dalian = counties[counties["city_adcode"] == "210200"]
    sheet = layout(dalian, "share-65plus", title="大连市", locator=cities)
    assert [c.get_gid() for c in sheet.axes[0].child_axes] == ["locator"]


def test_no_groups_where_names_fit(squares):
    ax = Figure(figsize=(8, 8)).add_subplot()
    local = squares.to_crs(map_crs(squares))
    west, south, east, north = local.total_bounds
    ax.set_xlim(west, east)
    ax.set_ylim(south, north)
    ax.set_aspect("equal")
    ax.apply_aspect()
    assert crowded_groups(ax, local, "name", 8.0) == []
    ax.set_xlim(west, west + 400 * (east - west))
    ax.set_ylim(south, south + 400 * (north - south))
    assert crowded_groups(ax, local, "name", 8.0) == [["1", "2", "3", "4"]]


def test_graticule_and_north_arrow(counties):
    sheet = layout(counties, "share-65plus", title="图", graticule=True, north_arrow=True)
    ax = sheet.axes[0]
    degrees = {t.get_text() for t in ax.texts if t.get_gid() == "graticule-label"}
    assert {"122°E", "42°N"} <= degrees
    crs = map_crs(counties)
    to_local = pyproj.Transformer.from_crs(4326, crs, always_xy=True).transform
    meridian = next(line for line in ax.lines if line.get_gid() == "graticule")
    lon = pyproj.Transformer.from_crs(crs, 4326, always_xy=True).transform(*meridian.get_data())[0]
    assert np.ptp(lon) < 1e-6
    assert np.isfinite(to_local(122, 41)).all()
    words = [t for t in ax.texts if t.get_gid() == "north-arrow" and t.get_text()]
    assert [t.get_text() for t in words] == ["北"]
    alone = Figure().add_subplot()
    draw_north_arrow(alone, Theme(), lang="en")
    assert any(t.get_text() == "N" for t in alone.texts)
    draw_graticule(ax, crs, Theme())


# Files -----------------------------------------------------------------------------------


def test_files_hold_text_and_are_the_same_each_time(squares, tmp_path):
    def make():
        return layout(squares, "v", title="四县图", labels="name", source="某来源", unit="人")

    for kind in ("pdf", "svg", "png"):
        first = make().save(tmp_path / f"a.{kind}", dpi=80).read_bytes()
        assert first == make().save(tmp_path / f"b.{kind}", dpi=80).read_bytes()
    text = PdfReader(tmp_path / "a.pdf").pages[0].extract_text()
    for word in ("四县图", "甲县", "某来源", "示意图", "人"):
        assert word in text
    svg = (tmp_path / "a.svg").read_text(encoding="utf-8")
    assert ">四县图</text>" in svg
    # A halo does not turn a name into outlines.
    assert svg.count(">甲县</text>") == 1


def test_png_is_300_dots_an_inch(squares, tmp_path):
    from PIL import Image

    path = layout(squares, "v", title="图", size="column").save(tmp_path / "a.png")
    with Image.open(path) as picture:
        assert picture.size == pytest.approx((150 / 25.4 * 300, 120 / 25.4 * 300), abs=1)


def test_unwritable_paths_leave_nothing(squares, tmp_path):
    sheet = layout(squares, "v", title="图")
    with pytest.raises(OutputError, match="cannot be written"):
        sheet.save(tmp_path / "none" / "a.pdf")
    with pytest.raises(InputError, match="ends in none of"):
        sheet.save(tmp_path / "a.gif")
    (tmp_path / "b.pdf").mkdir()
    with pytest.raises(OutputError, match="cannot be written"):
        sheet.save(tmp_path / "b.pdf")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["b.pdf"]


# Legend ----------------------------------------------------------------------------------


def test_counts_never_stand_alone_on_a_line():
    for width in range(4, 24):
        lines = wrap_text("辽西融入京津冀协同发展战略先导区（20）", width)
        assert not any(re.fullmatch(r"（\d+）", line) for line in lines)
        assert "".join(lines) == "辽西融入京津冀协同发展战略先导区（20）"


def test_long_legends_pair_short_lines_before_they_shrink():
    sheet = Sheet(title="图")
    sheet.add_legend(
        [
            LegendItem("类型（项目数）", "heading"),
            *[LegendItem(f"类型{i}（{i}）", "symbol") for i in range(50)],
        ]
    )
    sheet.finish()
    assert sheet.legend_shrink == 1.0
    left = {round(t.get_position()[0], 3) for t in sheet.legend_axes.texts}
    assert len(left) == 3
    # The left column is read down before the right one.
    rows = [t for t in sheet.legend_axes.texts if t.get_text().startswith("类型") and "数" not in
            t.get_text()]  # fmt: skip
    rows.sort(key=lambda t: (round(t.get_position()[0]), -t.get_position()[1]))
    assert [t.get_text() for t in rows] == [f"类型{i}（{i}）" for i in range(50)]
    low = min(
        t.get_window_extent(sheet.figure.canvas.get_renderer()).y0 for t in sheet.legend_axes.texts
    )
    assert low >= sheet.legend_axes.get_window_extent().y0 - 1


# Projects --------------------------------------------------------------------------------


def test_projects_known_by_unit_only_are_one_badge_at_its_seat(squares):
    crowd = points_of(30)
    figure = Figure(figsize=(8, 6))
    ax = figure.add_axes((0, 0, 1, 1))
    crs = map_crs(squares)
    frame_axes(ax, squares, crs)
    fill_box(ax)
    with drawing(Theme()):
        drawn = draw_projects(ax, crowd, crs)
    assert [t.get_text() for t in ax.texts if t.get_gid() == "badge"] == ["+30"]
    assert sorted(drawn.badged) == sorted(crowd.index)
    assert not [line for line in ax.lines if str(line.get_gid()).startswith("project-")]
    # A line ties it to where the unit's seat is.
    (leader,) = [line for line in ax.lines if line.get_gid() == "badge-leader"]
    seat = crowd.to_crs(crs).geometry.iloc[0]
    assert leader.get_xydata()[-1] == pytest.approx((seat.x, seat.y))
    (box,) = drawn.boxes
    px, py = ax.transData.transform((seat.x, seat.y))
    assert not (box[0] < px < box[2] and box[1] < py < box[3])
    # At known sites each keeps a symbol of its own.
    with drawing(Theme()):
        sited = draw_projects(ax, points_of(30, basis="site"), crs)
    assert len(sited.places) == len(sited.boxes) == 30


@pytest.mark.parametrize(("n", "is_full"), [(300, False), (6000, True)])
def test_more_symbols_than_a_map_has_room_for_keep_their_spots(squares, n, is_full):
    west, south, east, north = squares.total_bounds
    rng = np.random.default_rng(4)
    crowd = points_of(n, basis="site")
    x, y = rng.uniform(west, east, n), rng.uniform(south, north, n)
    crowd = crowd.set_geometry(gpd.points_from_xy(x, y, crs=crowd.crs))
    ax = Figure(figsize=(8, 6)).add_axes((0, 0, 1, 1))
    crs = map_crs(squares)
    frame_axes(ax, squares, crs)
    fill_box(ax)
    with drawing(Theme()):
        drawn = draw_projects(ax, crowd, crs)
    assert len(drawn.boxes) == n
    wide = np.array([box[2] - box[0] for box in drawn.boxes])
    places = {key: (px, py) for key, px, py in drawn.places}
    there = crowd.to_crs(crs).geometry
    moved = sum(
        abs(places[key][0] - at.x) + abs(places[key][1] - at.y) > 1e-6 for key, at in there.items()
    )
    assert (moved == 0) == is_full
    assert wide.max() > 0


def test_names_keep_out_of_symbols(squares):
    sheet = Sheet(title="图")
    with drawing(Theme()):
        draw_map(
            sheet.axes[0],
            None,
            MapParts(
                extent=squares,
                land=squares.geometry,
                projects=points_of(6, basis="site"),
                names=squares,
            ),
            crs=map_crs(squares),
            theme=Theme(),
        )
    ax = sheet.axes[0]
    dots = [
        ax.transData.transform(line.get_xydata()[0])
        for line in ax.lines
        if str(line.get_gid()).startswith("project-p")
    ]
    assert len(dots) == 6
    for name, box in visible_boxes(ax):
        assert not any(box.contains(*dot) for dot in dots), name


def test_routes_that_leave_the_map_say_where_they_go(squares):
    line = gpd.GeoDataFrame(
        {
            "name": ["甲县至远方高铁"],
            "kind": "high-speed-railway",
            "domain": "transport",
            "stage": "new",
            "location_basis": "endpoints",
            "waypoint_names": [("甲县", "远方")],
        },
        geometry=[shapely.LineString([(122.05, 41.05), (130.0, 45.0)])],
        crs=4326,
        index=["r"],
    )
    sheet = Sheet(title="图")
    with drawing(Theme()):
        draw_map(
            sheet.axes[0],
            None,
            MapParts(extent=squares, land=squares.geometry, projects=line),
            crs=map_crs(squares),
            theme=Theme(),
        )
    assert [t.get_text() for t in sheet.axes[0].texts if t.get_gid() == "route-exit"] == ["至远方"]


def test_symbols_in_proportion(squares):
    projects = points_of(3, basis="site").assign(size=[100.0, 25.0, np.nan])
    sizes = symbol_sizes_pt(projects, "size", Theme())
    assert sizes["p0"] == pytest.approx(2 * sizes["p1"])
    words = [item.label for item in size_items(projects["size"], "装机（MW）", Theme())]
    # Few different values stand for themselves: no circle shows what is not on the map.
    assert words == ["装机（MW）", "100", "25"]
    many = [item.label for item in size_items(pd.Series([100.0, 90, 60, 25]), "装机", Theme())]
    assert many == ["装机", "100", "20"]
    same = [item.label for item in size_items(pd.Series([5.0, 5.0]), "装机", Theme())]
    assert same == ["装机", "5"]
    ax = symbols(projects, size="size", base=squares)
    drawn = {
        line.get_gid(): line.get_markersize()
        for line in ax.lines
        if str(line.get_gid()).startswith("project-")
    }
    assert drawn["project-p0"] == pytest.approx(2 * drawn["project-p1"])
    for column, values, message in (
        ("x", None, "no column 'x' to size"),
        ("n", [-1.0, 1, 2], "is negative at p0"),
        ("e", [np.nan] * 3, "has no values at all"),
    ):
        frame = projects if values is None else projects.assign(**{column: values})
        with pytest.raises(InputError, match=message):
            symbols(frame, size=column, base=squares)


def test_nothing_to_draw(squares):
    with pytest.raises(InputError, match="nothing to draw"):
        draw_map(Figure().add_subplot(), None, crs=map_crs(squares), theme=Theme())
    with pytest.raises(InputError, match="Say which column"):
        layout(squares, title="图")
    with pytest.raises(InputError, match="no column 'nam'"):
        layout(squares, "v", title="图", labels="nam")
    with pytest.raises(InputError, match="has a position"):
        symbols(points_of(2).set_geometry([shapely.Point()] * 2, crs=4326))
