"""The interactive map as data: sizes, stability, layers, faults."""

import gzip
import html
import re
import warnings
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace

import folium
import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

import regionkit as rk
from regionkit.errors import CrsError, InputError, OutputError
from regionkit.maps.page import webmap as webmap_module
from regionkit.maps.page.columns import to_script_json, unpack_column
from regionkit.maps.page.document import empty_units
from regionkit.maps.page.facts import region_units
from regionkit.maps.page.ground import page_ground
from regionkit.maps.page.leaflet import leaflet_version
from regionkit.maps.page.limits import GZIP_LIMIT_BYTES, SIZE_LIMIT_BYTES
from regionkit.maps.page.page_words import page_words
from regionkit.maps.page.picture import close_sheet, zones_sheet
from regionkit.maps.page.webmap import WebMap, webmap
from regionkit.maps.signs.layers import choropleth_layer


@pytest.fixture(scope="module")
def page(ln):
    return webmap(ln)


@pytest.fixture(scope="module")
def text(page):
    return page.to_html()


def small(ln):
    return webmap(ln, layers=[])


def test_catalogue_keeps_the_size_limit(text):
    data = text.encode()
    assert len(data) <= SIZE_LIMIT_BYTES == 700_000
    # Words that come later find room.
    assert len(gzip.compress(data, 9)) <= GZIP_LIMIT_BYTES - 5_000 == 235_000


def test_the_base_is_a_small_part_of_the_page(page):
    """Units with their borders, and the ground about them, as they stand in the page."""
    document = page.document()
    base = [len(to_script_json(part).encode()) for part in (document.units, document.ground)]
    assert sum(base) <= 70_000


def test_two_maps_give_the_same_bytes(ln, page, text):
    assert page.to_html() == text
    assert webmap(ln).to_html() == text


class _Addresses(HTMLParser):
    """Collects what a page's elements would fetch, and the text of its scripts and styles."""

    def __init__(self):
        super().__init__()
        self.found, self.code = [], []
        self._inside = None

    def handle_starttag(self, tag, attrs):
        for name, value in attrs:
            if name in {"src", "srcset", "data", "poster", "background"} or (
                name == "href" and tag in {"link", "image", "use", "base"}
            ):
                self.found.append(value or "")
            if name == "style":
                self.code.append(value or "")
        self._inside = tag if tag in {"script", "style"} else None

    def handle_endtag(self, tag):
        if tag == self._inside:
            self._inside = None

    def handle_data(self, data):
        if self._inside:
            self.code.append(data)


def fetched(text):
    """Return the addresses outside of a page that it could ask for."""
    parser = _Addresses()
    parser.feed(text)
    code = "\n".join(parser.code)
    found = parser.found + re.findall(r"url\(\s*['\"]?([^'\")\s]+)", code)
    found += re.findall(r"@import\s+['\"]([^'\"]+)", code)
    found += re.findall(r"sourceMappingURL=(\S+)", code)
    found += re.findall(r"(?:fetch|importScripts|import)\(\s*['\"]([^'\"]+)", code)
    found += re.findall(r"\.open\(\s*['\"]GET['\"]\s*,\s*['\"]([^'\"]+)", code)
    # Drawings of the page's own are named by "#id", and Leaflet's hidden VML is for old browsers.
    return [a for a in found if a and not a.startswith(("data:", "#"))]


def test_page_fetches_nothing(text):
    assert fetched(text) == []


@pytest.mark.parametrize(
    "planted",
    [
        '<script src="https://cdn.example/x.js"></script>',
        '<link rel="stylesheet" href="//cdn.example/x.css">',
        '<img src="x.png">',
        "<style>@font-face{src:url(https://f.example/a.woff)}</style>",
        "<style>@import 'x.css';</style>",
        "<script>fetch('/api')</script>",
        "<script>//# sourceMappingURL=x.map</script>",
    ],
)
def test_a_planted_address_is_found(text, planted):
    assert len(fetched(text.replace("</body>", planted + "</body>"))) == 1


def test_leaflet_is_the_version_folium_names():
    urls = dict(folium.folium._default_js)
    assert f"leaflet@{leaflet_version()}/" in urls["leaflet"]


def test_map_is_a_folium_map_that_takes_folium_layers(ln):
    page = small(ln)
    assert isinstance(page.map, folium.Map)
    folium.Marker([41.8, 123.4], popup="here", icon=folium.Icon(color="red")).add_to(page.map)
    folium.GeoJson(ln.cities.geometry.iloc[[0]].simplify(0.05)).add_to(page.map)
    made = page.to_html()
    assert "L.marker(" in made
    assert "window.$=" in made
    assert "L.AwesomeMarkers={" in made
    assert not re.search(r"[0-9a-f]{32}", made.split("regionkit.start")[1])


def test_plugin_that_needs_the_network_is_refused_by_name(ln, tmp_path):
    from folium.plugins import Fullscreen

    page = small(ln)
    Fullscreen().add_to(page.map)
    with pytest.raises(InputError, match=r"2 files from the network.*Control\.FullScreen.*assets="):
        page.to_html()
    local = tmp_path / "any"
    local.write_text("/* local */", encoding="utf-8")
    urls = {url for _, url in [*Fullscreen.default_js, *Fullscreen.default_css]}
    assert "/* local */" in page.to_html(assets=dict.fromkeys(urls, local))


def test_targets_of_an_indicator_are_a_series(ln):
    page = small(ln).add_targets("pm25-concentration", "tech-sme-count")
    layers = {layer["id"]: layer for layer in page.document().layers}
    awaited = layers["target-pm25-concentration"]
    assert (awaited["year"], awaited["nature"], awaited["level"]) == (2030, "target", "province")
    assert [entry[:1] + entry[2:] for entry in awaited["entries"]][-1] == ["待定", 1, "////"]
    # What stands for 46,000 in the province is not set beside 6,000 in a city.
    assert {layer["level"] for layer in layers.values() if "tech" in layer["id"]} == {"city"}
    with pytest.raises(InputError, match=r"no target of 'pm25'\. Nearest are: pm25-reduction"):
        page.add_targets("pm25")
    with pytest.raises(InputError, match="'fdi-growth' is a number of a unit"):
        page.add_targets("fdi-growth")


def test_own_layers_of_two_years_make_a_pair(ln):
    counties = ln.counties.assign(plan=range(100), count=range(1, 101))
    page = small(ln)
    for column, nature in (("plan", "target"), ("count", "actual")):
        page.add_layer(counties, column, bins=[50, 120], series="人口", year=2030, nature=nature)
    pairs = [pair for pair in page.document().pairs if "left" in pair]
    assert pairs == [{"title": "人口：2030年目标与2030年实际", "left": "plan", "right": "count"}]
    with pytest.raises(InputError, match="needs both"):
        page.add_layer(counties, "plan", layer_id="x", series="人口")
    with pytest.raises(InputError, match='nature="goal" is not known'):
        page.add_layer(counties, "plan", layer_id="x", nature="goal")


def test_layers_have_legends_that_count_every_unit(page):
    sizes = {"county": 100, "city": 14, "zone": 4, "province": 1}
    for layer in page.document().layers:
        shown = sum(1 for code in layer["codes"] if code >= 0)
        assert shown == sizes[layer["level"]]
        assert sum(entry[2] for entry in layer["entries"]) == shown, layer["id"]
        assert layer["source"]


def test_class_limits_join_without_gap_or_overlap(page):
    layer = next(x for x in page.document().layers if x["id"] == "over-65")
    labels = [entry[0] for entry in layer["entries"]]
    uppers = [label.split(" – ")[1] for label in labels]
    lowers = [label.split(" – ")[0].removeprefix("> ") for label in labels]
    assert uppers[:-1] == lowers[1:]


def test_urbanisation_has_the_target_as_a_limit_and_says_whose_it_is(page):
    layer = next(x for x in page.document().layers if x["id"] == "urbanisation")
    assert any("75" in entry[0] for entry in layer["entries"])
    assert "未分解到市县" in layer["note"]


def test_cluster_revenue_says_it_is_an_upper_frame(page):
    layer = next(x for x in page.document().layers if x["id"] == "cluster-revenue")
    assert "不是各市的目标" in layer["note"]


def test_choose_layers_by_name_or_object(ln):
    frame = ln.cities.assign(x=range(14))
    own = choropleth_layer(frame, "x", layer_id="mine")
    page = webmap(ln, layers=["over-65", own], open_layer="mine")
    assert page.layer_ids == ("over-65", "mine")
    assert page.document().open == "mine"
    assert "2 layers" in repr(page)
    with pytest.raises(InputError, match="a layer 'mine' already"):
        page.add_theme_layer(type(page._layers[0][0])(own))
    with pytest.raises(InputError, match=r"no layer 'nothing'\. There are: over-65, mine"):
        page.open_on("nothing")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"lang": "fr"}, r'lang="fr" is not known\. Use one of zh, en'),
        ({"layers": ["nope"]}, r"no layer 'nope'\. Use: industry"),
        ({"overlays": ["rivers"]}, "no overlay rivers"),
        ({"basemap": "google"}, 'basemap="google" is not known'),
        ({"basemap": "tianditu"}, "needs your own key"),
        ({"basemap": "tianditu", "tianditu_key": "a&b"}, "letters and digits only"),
    ],
)
def test_options_out_of_range_are_named(ln, options, message):
    with pytest.raises(InputError, match=message):
        webmap(ln, **{"layers": [], **options})


def test_webmap_needs_a_region(ln):
    with pytest.raises(InputError, match="A DataFrame has no geometry"):
        webmap(ln.targets)


def test_projects_can_be_chosen(ln):
    hits = ln.projects.head(7)
    page = webmap(ln, layers=[], projects=hits)
    assert len(page.document().tables["projects"]["name"]) == 7
    with pytest.raises(InputError, match="1 rows of projects are none of 辽宁省's"):
        webmap(ln, layers=[], projects=hits.rename(index={hits.index[0]: "strange"}))


def test_layer_of_strange_units_is_refused(ln):
    frame = ln.cities.assign(x=range(14)).set_index("name", drop=False)
    with pytest.raises(InputError, match="not indexed by adcode or zone_id of 辽宁省"):
        webmap(ln, layers=[choropleth_layer(frame, "x")])


# Layers of the user's ---------------------------------------------------------------------------


def squares(**columns):
    count = len(next(iter(columns.values())))
    return gpd.GeoDataFrame(
        columns,
        geometry=[shapely.box(122 + i, 41, 123 + i, 42) for i in range(count)],
        crs="EPSG:4326",
    )


def test_own_areas_points_and_lines(ln):
    page = small(ln)
    page.add_layer(squares(name=["甲", "乙"], v=[1.0, 2.0]), "v", title="值", unit="亿元")
    page.add_layer(squares(name=["甲", "乙"], kind=["a", "b"]), "kind")
    points = gpd.GeoDataFrame(
        {"name": ["p", "q"], "v": [1, None]},
        geometry=gpd.points_from_xy([123, 124], [41, 42]),
        crs=4326,
    )
    page.add_layer(points, "v", title="点", layer_id="points")
    line = gpd.GeoDataFrame(geometry=[shapely.LineString([(122, 41), (123, 42)])], crs=4326)
    page.add_layer(line)
    spec = page.document()
    assert page.layer_ids == ("v", "kind")
    assert spec.shapes["own-1"]["names"] == ["甲", "乙"]
    steps = spec.marks[0]["steps"]
    assert spec.marks[0]["at"] == [[[123 * steps, 41 * steps]], [[124 * steps, 42 * steps]]]
    assert spec.marks[1]["lines"][0]
    assert spec.overlays[-2:] == ["points", "layer-4"]


def test_ordered_categories_keep_their_order_on_the_page(ln):
    levels = pd.CategoricalDtype(["1级", "2级", "10级"], ordered=True)
    frame = squares(level=pd.Series(["10级", "2级", "1级", None, "2级"], dtype=levels))
    page = small(ln)
    page.add_layer(frame, "level")
    page.add_layer(frame.set_geometry(frame.representative_point()), "level", layer_id="p")
    spec = page.document()
    for layer in (spec.layers[0], spec.marks[0]):
        texts = [entry[0] for entry in layer["entries"]]
        assert texts == ["1级", "2级", "10级", texts[-1]]


def named_numbers():
    return squares(
        name=["甲", "乙"],
        地块编号=[112101230012345678, 112101230012345679],
        大数=[2**53 + 1, 3],
        建成年份=[2026, 2030],
        是否开工=[True, False],
        已批=pd.Series([True, None], dtype=object),
    )


def at_points(frame):
    return frame.set_geometry(frame.representative_point())


@pytest.mark.parametrize("make", [named_numbers, lambda: at_points(named_numbers())])
def test_cells_reach_the_page_as_they_are_written(ln, make):
    page = small(ln)
    page.add_layer(make(), None)
    spec = page.document()
    owner = (spec.layers or spec.marks)[0]
    cells = {name: unpack_column(packed) for name, packed in owner["columns"]}
    assert cells["地块编号"] == ["112101230012345678", "112101230012345679"]
    assert cells["大数"] == [str(2**53 + 1), 3]
    assert cells["建成年份"] == ["2026", "2030"]
    assert cells["是否开工"] == ["是", "否"]
    assert cells["已批"] == ["是", None]


def test_labels_of_years_codes_and_truths(ln):
    for make in (named_numbers, lambda: at_points(named_numbers())):
        page = small(ln)
        for column in ("建成年份", "大数", "是否开工", "已批"):
            page.add_layer(make(), column, k=2)
        spec = page.document()
        years, large, truths, some = spec.layers or spec.marks
        assert all("," not in entry[0] for entry in years["entries"])
        assert {entry[0] for entry in truths["entries"]} == {"是", "否"}
        assert some["entries"][0][0] == "是"
        labels = [
            one["labels"] if spec.marks else unpack_column(one["labels"]) for one in (years, large)
        ]
        assert labels[0] == ["2026", "2030"]
        assert labels[1][0] == "9,007,199,254,740,993"


def test_own_areas_in_another_crs_are_moved(ln):
    page = small(ln)
    page.add_layer(squares(v=[1.0, 2.0]).to_crs(4490).to_crs(32651), "v")
    assert page.document().shapes["own-1"]["rings"]


def test_county_table_takes_the_regions_outlines(ln):
    page = small(ln)
    page.add_layer(ln.counties, "area_km2")
    spec = page.document()
    assert spec.layers[0]["level"] == "county"
    assert spec.shapes == {}


def test_continuous_scale(ln):
    page = small(ln)
    page.add_layer(ln.counties, "area_km2", scheme="continuous")
    ramp = page.document().layers[0]["ramp"]
    assert len(ramp["colours"]) == 24
    assert ramp["low"] == pytest.approx(ln.counties["area_km2"].min())


def test_to_be_set_and_no_data_are_classes_of_their_own(ln):
    page = small(ln)
    values = pd.Series(range(100), index=ln.counties.index, dtype=float)
    values.iloc[:5] = np.nan
    waiting = pd.Series(data=False, index=values.index)
    waiting.iloc[:2] = True
    page.add_layer(ln.counties.assign(v=values), "v", to_be_set=waiting)
    entries = {entry[0]: entry[2] for entry in page.document().layers[0]["entries"]}
    assert entries["待定"] == 2
    assert entries["无数据"] == 3


def test_no_crs_is_refused(ln):
    with pytest.raises(CrsError, match="has no CRS"):
        small(ln).add_layer(squares(v=[1]).set_crs(None, allow_override=True), "v")


def test_wrong_frames_are_refused(ln):
    page = small(ln)
    with pytest.raises(InputError, match="no column 'w'"):
        page.add_layer(squares(v=[1]), "w")
    with pytest.raises(InputError, match="has no geometry"):
        page.add_layer(pd.DataFrame({"v": [1]}), "v")
    with pytest.raises(InputError, match="no column 'title'"):
        page.add_layer(squares(v=[1]), "v", name="title")
    with pytest.raises(InputError, match="no column 'z'"):
        page.add_layer(squares(v=[1]), "v", columns=["z"])
    with pytest.raises(InputError, match="holds text, not numbers"):
        page.add_layer(squares(v=["1", "many"]), "v")
    mixed = pd.concat(
        [squares(v=[1]), squares(v=[2]).set_geometry([shapely.Point(122, 41)], crs=4326)]
    )
    with pytest.raises(InputError, match="mixes Point, Polygon"):
        page.add_layer(mixed, "v")
    with pytest.raises(InputError, match="None of the 2 rows has a geometry"):
        page.add_layer(squares(v=[1, 2]).set_geometry([None, None], crs=4326), "v")


def test_empty_and_invalid_geometry_is_mended_and_counted(ln):
    frame = squares(v=[1.0, 2.0, 3.0])
    bow = shapely.Polygon([(122, 41), (123, 42), (123, 41), (122, 42)])
    frame.geometry = [frame.geometry.iloc[0], shapely.Polygon(), bow]
    page = small(ln).add_layer(frame, "v")
    assert page.document().layers[0]["note"] == ("1行没有图形，未画。 1个图形自相交，已修复。")


def test_points_shifted_against_their_county_are_refused(ln):
    from regionkit.places.datum import wgs84_to_gcj02

    # Just inside the eastern border of counties, so that the shift carries them out.
    rows = []
    for code in ln.counties.index[:60]:
        shape = ln.counties.geometry[code]
        east = shape.boundary.intersection(shapely.box(*shape.bounds))
        xy = shapely.get_coordinates(east)
        at = shapely.Point(xy[xy[:, 0].argmax()] - [0.001, 0])
        if shape.contains(at):
            rows.append((code, at))
    codes, points = zip(*rows, strict=True)
    x, y = wgs84_to_gcj02([p.x for p in points], [p.y for p in points])
    frame = gpd.GeoDataFrame({"adcode": codes}, geometry=gpd.points_from_xy(x, y), crs=4326)
    with pytest.raises(InputError, match=r"look shifted\. Pass datum=\"GCJ-02\""):
        small(ln).add_layer(frame)
    page = small(ln).add_layer(frame, datum="GCJ-02")
    mark = page.document().marks[0]
    steps = mark["steps"]
    assert mark["at"][0][0] == [round(points[0].x * steps), round(points[0].y * steps)]


def test_unsafe_palette_warns(ln):
    with pytest.warns(UserWarning, match='cmap="jet" is not known to be safe'):
        small(ln).add_layer(ln.counties, "area_km2", cmap="jet")


def test_large_file_warns_and_says_what_to_do(ln, tmp_path):
    page = small(ln)
    noise = np.random.default_rng(1).random(40_000)
    points = gpd.GeoDataFrame(
        {"v": noise}, geometry=gpd.points_from_xy(122 + noise, 41 + noise), crs=4326
    )
    page.add_layer(points)
    with pytest.warns(UserWarning, match=r"gzipped\), more than 700 and 240\. Pass columns="):
        page.save(tmp_path / "large.html")


# Files and snippets -----------------------------------------------------------------------------


def test_save_picture_and_page(ln, tmp_path):
    page = webmap(ln, layers=["over-65"])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert page.save(tmp_path / "a.html").read_text(encoding="utf-8") == page.to_html()
    picture = page.save(tmp_path / "a.png", dpi=50).read_bytes()
    assert picture[:4] == b"\x89PNG"
    bare = webmap(ln, layers=["over-65"], overlays=["zones", "cities"])
    assert bare.save(tmp_path / "b.png", dpi=50).read_bytes() != picture
    with pytest.raises(InputError, match=r"a\.docx: a web map is saved as \.html"):
        page.save(tmp_path / "a.docx")
    with pytest.raises(OutputError, match="cannot be written"):
        page.save(tmp_path / "missing" / "a.html")


@pytest.mark.parametrize(
    ("lang", "told"), [("zh", "沈阳现代化都市圈（54）"), ("en", "Coastal Economic Belt")]
)
def test_a_page_that_opens_on_the_zones_has_them_as_its_picture(ln, lang, told):
    sheet = zones_sheet(ln, title="T", message="M.", lang=lang)
    try:
        texts = [item.label for item in sheet.items]
        assert any(told in text for text in texts)
        drawn = {str(one.get_gid()) for one in sheet.axes[0].collections}
        assert {f"zone-{zone_id}" for zone_id in ln.zones.index} <= drawn
        assert "M." in [text.get_text() for text in sheet.figure.texts]
    finally:
        close_sheet(sheet)


def test_an_untrusted_notebook_has_the_picture_of_what_the_page_opens_on(ln, monkeypatch):
    asked = []
    monkeypatch.setattr(
        "regionkit.maps.page.webmap.zones_sheet", lambda _, **how: asked.append(how)
    )
    shown = webmap(ln)._repr_html_()
    assert asked[0]["message"].startswith("4 个分区覆盖辽宁省")
    assert "<iframe" in shown


def test_embed_and_notebook(ln):
    page = webmap(ln, layers=["over-65"], title='<b>"')
    made = page.embed(height=300, src="map.html", state="#l=over-65&o=zones")
    assert 'src="map.html#l=over-65&amp;o=zones"' in made
    assert 'title="&lt;b&gt;&quot;"' in made
    assert "height:300px" in made
    assert "srcdoc=" in page.embed()
    shown = page._repr_html_()
    assert shown.index("data:image/png;base64,") < shown.index("<iframe")
    assert "Trust Notebook" in shown
    with pytest.raises(InputError, match='height="tall" is no number of pixels'):
        page.embed(height="tall")


def test_amap_overlay_is_shifted_and_says_so(ln):
    plain, moved = small(ln), webmap(ln, layers=[], basemap="amap")
    assert plain.document().units != moved.document().units
    assert "GCJ-02" in moved.document().source
    assert plain.document().basemap is None


def test_tianditu_holds_the_key(ln):
    spec = webmap(ln, layers=[], basemap="tianditu", tianditu_key="abc123").document()
    assert all(tile.endswith("tk=abc123") for tile in spec.basemap["tiles"])
    assert "{z}" in spec.basemap["tiles"][0]


def test_english_page_has_english_words(ln):
    page = webmap(ln, layers=["over-65"], lang="en")
    assert page.document().words["legend"] == "Legend"
    assert '<html lang="en">' in page.to_html()


def test_the_script_has_every_word_it_names_in_both_languages():
    folder = Path(webmap_module.__file__).parent / "js"
    script = "".join(path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.js")))
    named = set(re.findall(r"\bwords\.(\w+)", script)) | set(
        re.findall(r'(?<!\w)say\("(\w+)"', script)
    )
    assert len(named) > 90
    for lang in ("zh", "en"):
        words = page_words(lang)
        assert named - set(words) == set()
        assert all(words.values())


def test_webmap_type(page):
    assert isinstance(page, WebMap)


# A page of no region -----------------------------------------------------------------------------


def own_points():
    return gpd.GeoDataFrame(
        {"name": ["p", "q", "r"], "v": [1.5, 2.5, None], "kind": ["a", "b", "a"]},
        geometry=gpd.points_from_xy([101, 102, 103], [31, 32, 33]),
        crs=4326,
    )


def test_any_frame_of_areas_makes_a_page():
    page = webmap(squares(name=["甲", "乙"], v=[1.0, 2.0]).to_crs(3857), "v")
    document = page.document()
    assert (document.title, document.region, document.overlays) == ("v", False, [])
    assert document.bounds == [[41.0, 122.0], [42.0, 124.0]]
    assert document.shapes["own-1"]["names"] == ["甲", "乙"]
    assert [entry[2] for entry in document.layers[0]["entries"]] == [1, 1]
    assert document.pairs == []
    assert repr(page) == "<WebMap v: 1 layers>"


def test_any_frame_of_points_makes_a_page_with_a_legend():
    mark = webmap(own_points(), "v", lang="en").document().marks[0]
    assert [entry[2] for entry in mark["entries"]] == [1, 1, 1]
    assert mark["entries"][-1][0] == "No data"
    assert mark["labels"] == ["1.5", "2.5", ""]
    mark = webmap(own_points(), "kind").document().marks[0]
    assert [[entry[0], entry[2]] for entry in mark["entries"]] == [["a", 2], ["b", 1]]
    assert [entry[1] for entry in mark["entries"]] == mark["colours"][:2]


def test_a_page_of_no_region_is_saved_and_says_what_it_cannot(tmp_path):
    areas = webmap(squares(v=[1.0, 2.0]), "v")
    assert areas.save(tmp_path / "a.png", dpi=40).read_bytes()[:4] == b"\x89PNG"
    points = webmap(own_points())
    assert "<iframe" in points._repr_html_()
    with pytest.raises(InputError, match="points or lines alone has no picture"):
        points.save(tmp_path / "b.png")
    with pytest.raises(InputError, match="add_targets takes a region's units"):
        points.add_targets("gdp")
    with pytest.raises(InputError, match="a GeoDataFrame has none"):
        webmap(own_points(), layers=["gdp"])
    with pytest.raises(CrsError, match="has no CRS"):
        webmap(own_points().set_crs(None, allow_override=True))


def test_column_is_of_a_frame_alone(ln):
    with pytest.raises(InputError, match='column="gdp" is of a GeoDataFrame'):
        webmap(ln, "gdp")


# folium's own display ----------------------------------------------------------------------------


def test_folium_shows_the_map_by_itself_and_the_page_stays_the_same(ln):
    page = webmap(ln, layers=["over-65"])
    written = page.to_html()
    shown = page.map.get_root().render()
    assert shown.count('id="rk-base"') == shown.count('id="rk-facts"') == 1
    start = re.search(r"regionkit\.start\((map_\w+)\);", shown)
    assert f"var {start[1]} = L.map(" in shown
    assert "regionkit.start(" in html.unescape(page.map._repr_html_())
    # In a figure of the user's own, too.
    figure = folium.Figure(width=400, height=300)
    figure.add_child(page.map)
    assert figure.render().count('id="rk-base"') == 1
    assert page.to_html() == written
    assert written.count('id="rk-base"') == 1


def test_a_page_opens_on_the_first_areas_added_with_their_title_and_unit(ln):
    frame = ln.counties[["name", "area_km2", "geometry"]].copy()
    frame.attrs["report"] = SimpleNamespace(
        columns=pd.DataFrame({"unit": ["平方千米"]}, index=["area_km2"])
    )
    page = webmap(ln).add_layer(frame, "area_km2", title="面积")
    page.add_layer(frame, "area_km2", title="面积二", layer_id="again")
    document = page.document()
    assert (document.open, document.view) == ("area_km2", "")
    (mine,) = [one for one in document.layers if one["id"] == "area_km2"]
    assert (mine["title"], mine["unit"]) == ("面积", "平方千米")
    assert page.open_on("over-65").document().open == "over-65"


def test_points_of_ones_own_stand_apart_from_the_areas_below(ln):
    points = ln.cities.set_geometry(ln.cities.representative_point())
    page = webmap(ln, layers=["over-65"]).add_layer(points, "area_km2", layer_id="points")
    document = page.document()
    below = {entry.colour for entry in page._layers[0][0].layer.entries}
    (mark,) = document.marks
    assert mark["id"] in document.overlays
    assert not below & {colour for _, colour, _ in mark["entries"]}
    assert document.open is None


def test_a_region_of_many_provinces_names_these_in_its_first_view(ln):
    wide = rk.load(["宁夏", "海南", "台湾", "香港", "澳门"])
    provinces = region_units(wide)["provinces"]
    assert unpack_column(provinces["short"]) == ["海南", "宁夏", "台湾", "香港", "澳门"]
    assert unpack_column(provinces["name"])[:2] == ["海南省", "宁夏回族自治区"]
    assert len(unpack_column(provinces["at"])) == 5
    assert unpack_column(region_units(ln)["provinces"]["name"]) == []


def test_borders_of_provinces_are_told_by_their_arcs(ln):
    units = region_units(rk.load(["海南", "吉林", "辽宁"], name="三省"))
    rows = unpack_column(units["counties"]["province"])
    rings = units["topology"]["rings"]
    arcs = [{n if n >= 0 else ~n for ring in unit for n in ring} for unit in rings]
    both = list(zip(rows, arcs, strict=True))
    sides = {n: {row for row, mine in both if n in mine} for n in units["borders"]}
    # 吉林 borders on 辽宁, and 海南 on neither.
    names = unpack_column(units["provinces"]["short"])
    assert {tuple(sorted(names[p] for p in mine)) for mine in sides.values()} == {("吉林", "辽宁")}
    assert region_units(ln)["borders"] == []


def test_bays_and_straits_are_no_names_of_a_wide_view():
    wide = rk.load(["宁夏", "海南", "台湾"])
    assert "琼州海峡" not in {name for name, *_ in page_ground_names(wide)}
    assert "琼州海峡" in {name for name, *_ in page_ground_names(rk.load("海南"))}


def page_ground_names(region):
    return page_ground(region.simplified("county"), lang="zh")["names"]


def test_a_page_of_no_region_has_the_tables_of_one(ln):
    bare, whole = empty_units(), region_units(ln)
    assert bare.keys() == whole.keys()
    for name in ("counties", "cities", "provinces"):
        assert set(bare[name]) == set(whole[name])
