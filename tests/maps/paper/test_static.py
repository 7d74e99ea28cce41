"""One call a map: the colours, words and counts that stand on the Axes."""

import re

import geopandas as gpd
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
import shapely
from matplotlib.colors import to_hex

import regionkit as rk
from regionkit.errors import CrsError, InputError
from regionkit.maps.signs.badges import is_approximate
from regionkit.maps.signs.classify import classify


def drawn_areas(ax):
    return next(c for c in ax.collections if str(c.get_gid()).startswith("areas-"))


def face_colours(ax):
    return [to_hex(colour) for colour in drawn_areas(ax).get_facecolors()]


def legend_lines(ax):
    return [text.get_text() for text in ax.get_legend().get_texts()]


def legend_colours(ax):
    return [to_hex(handle.get_facecolor()) for handle in ax.get_legend().get_patches()]


def test_four_counties_by_hand(tiny):
    ax = rk.choropleth(tiny, "population", scheme="equalinterval", k=3, unit="人", title="人口")
    assert ax.get_title() == "人口"
    assert ax.get_legend().get_title().get_text() == "人口（人）"
    assert legend_lines(ax) == ["10–20（2）", "21–30（1）", "31–40（1）"]
    colours = legend_colours(ax)
    assert len(set(colours)) == 3
    assert face_colours(ax) == [colours[0], colours[0], colours[1], colours[2]]


@pytest.mark.parametrize("scheme", ["fisherjenks", "quantiles", "equalinterval"])
def test_the_provinces_counties_have_the_colour_of_their_class(ln, scheme):
    people = ln.statistic("resident-population", year=2020)
    counties = gpd.GeoDataFrame(
        {"people": people}, geometry=ln.simplified("county"), crs=4326
    ).sample(frac=1, random_state=0)
    ax = rk.choropleth(counties, "people", scheme=scheme, k=4)
    classes = classify(counties["people"], scheme=scheme, k=4)
    assert face_colours(ax) == [classes.colours[code] for code in classes.codes]
    shown = zip(classes.labels, classes.counts, strict=True)
    assert legend_lines(ax) == [f"{label}（{count}）" for label, count in shown]
    assert legend_colours(ax) == list(classes.colours)
    assert len(drawn_areas(ax).get_paths()) == 100


@pytest.mark.parametrize(
    ("given", "over"),
    [
        ({}, "population"),
        ({"title": ""}, ""),
        ({"title": "人口"}, "人口"),
        ({"title": 2020}, "2020"),
    ],
)
def test_a_map_without_a_title_bears_the_name_of_its_column(tiny, given, over):
    ax = rk.choropleth(tiny, "population", k=2, **given)
    assert ax.get_title() == over
    assert ax.get_legend().get_title().get_text().startswith(over or "population")


def test_areas_are_drawn_where_they_are(tiny):
    ax = rk.choropleth(tiny, "population")
    paths = drawn_areas(ax).get_paths()
    # In an equal-area projection four squares of a tenth of a degree are as large as on Earth.
    areas = [shapely.Polygon(path.vertices).area for path in paths]
    assert np.array(areas) / 1e6 == pytest.approx([93.2, 93.2, 93.1, 93.1], rel=0.002)
    (west, east), (south, north) = ax.get_xlim(), ax.get_ylim()
    for path in paths:
        (left, bottom), (right, top) = path.vertices.min(axis=0), path.vertices.max(axis=0)
        assert west < left < right < east
        assert south < bottom < top < north
    assert ax.get_aspect() == 1


def test_units_without_data_are_counted_and_grey(tiny):
    tiny["share"] = [1.0, None, 3.0, None]
    ax = rk.choropleth(tiny, "share", k=2)
    assert legend_lines(ax)[-1] == "无数据（2）"
    faces = face_colours(ax)
    assert faces[1] == faces[3] == legend_colours(ax)[-1]
    assert len(set(faces)) == 3
    english = rk.choropleth(tiny, "share", k=2, lang="en")
    assert legend_lines(english)[-1].startswith("No data")


def test_holes_are_cut_out(tiny):
    ring = shapely.box(123, 41, 123.3, 41.3) - shapely.box(123.1, 41.1, 123.2, 41.2)
    frame = gpd.GeoDataFrame({"x": [1]}, geometry=[ring], crs=4326)
    (path,) = drawn_areas(rk.choropleth(frame, "x")).get_paths()
    ends = path.codes == path.CLOSEPOLY
    assert ends.sum() == 2
    rings = np.split(path.vertices, np.flatnonzero(ends)[:-1] + 1)
    outer, inner = (shapely.LinearRing(ring) for ring in rings)
    # A hole turns the other way, or the renderer fills it.
    assert outer.is_ccw != inner.is_ccw
    del tiny


def test_zones_are_drawn_over_the_units_and_in_the_legend(tiny, tiny_zones):
    ax = rk.choropleth(tiny, "population", k=2, zones=tiny_zones)
    outlines = {c.get_gid(): c for c in ax.collections if str(c.get_gid()).startswith("zone-")}
    assert set(outlines) == {"zone-west", "zone-east"}
    assert legend_lines(ax)[-2:] == ["西区", "东区"]
    areas = drawn_areas(ax)
    colours = set()
    for outline in outlines.values():
        assert outline.get_zorder() > areas.get_zorder()
        # Inside its own border, so that two on one line are both seen.
        assert outline.get_clip_path() is not None
        colours.add(to_hex(outline.get_edgecolor()[0]))
    assert len(colours) == 2


def test_names_are_written(tiny):
    ax = rk.choropleth(tiny, "population", labels="name", legend=False)
    assert ax.get_legend() is None
    assert {text.get_text() for text in ax.texts} >= set(tiny["name"])


def test_drawn_into_axes_that_are_given(tiny):
    _, axes = plt.subplots(1, 2)
    assert rk.choropleth(tiny, "population", ax=axes[1]) is axes[1]
    assert len(axes[0].collections) == 0


def test_kinds(ln):
    leading = ln.county_industries["sector"].rename("sector")
    counties = ln.counties.join(leading).dropna(subset="sector")
    colours = {name: f"#{0x204060 + n * 0x0A0604:06x}" for n, name in enumerate(ln.sectors["name"])}
    ax = rk.categorical(counties, "sector", colours=colours)
    assert face_colours(ax) == [colours[name] for name in counties["sector"]]
    counts = counties["sector"].value_counts()
    assert legend_lines(ax) == [f"{name}（{counts[name]}）" for name in colours if name in counts]


def test_kinds_with_words_and_gaps(tiny):
    tiny["kind"] = ["a", "b", None, "a"]
    ax = rk.categorical(tiny, "kind", category_labels={"a": "甲"}, cmap="tab10")
    assert legend_lines(ax) == ["甲（2）", "b（1）", "无数据（1）"]
    faces = face_colours(ax)
    assert faces[0] == faces[3]
    assert len(set(faces)) == 3
    with pytest.raises(InputError, match='cmap="no-map" is no matplotlib colormap'):
        rk.categorical(tiny, "kind", cmap="no-map")


def test_projects_have_a_symbol_each_and_a_legend_that_counts(ln):
    energy = ln.select_projects(domain="energy")
    labels = {name: ln.labels("projects", name) for name in ("kind", "stage", "domain")}
    placed = energy[~energy.geometry.is_empty]
    ax = rk.symbols(energy, base=ln.cities, labels_of=labels)
    lines = [line.get_gid() for line in ax.lines if str(line.get_gid()).startswith("project-")]
    assert len(lines) == len(set(lines))
    assert {gid.removeprefix("project-") for gid in lines} <= set(placed.index)
    counted = [re.fullmatch(r"(.+)（(\d+)）", line) for line in legend_lines(ax)]
    total = sum(int(match[2]) for match in counted if match)
    rough = int(is_approximate(placed).sum())
    assert total == len(placed) - rough
    told = next(line for line in legend_lines(ax) if "只知所在市县" in line)
    assert str(rough) in told


def test_nothing_to_draw(ln, tiny):
    nowhere = ln.projects[ln.projects.geometry.is_empty].head(3)
    with pytest.raises(InputError, match="None of the 3 projects has a position"):
        rk.symbols(nowhere)
    with pytest.raises(InputError, match=r"There is no column 'populaton'. Did you mean"):
        rk.choropleth(tiny, "populaton")
    with pytest.raises(CrsError, match="has no CRS"):
        rk.choropleth(tiny.set_crs(None, allow_override=True), "population")
    with pytest.raises(InputError, match=r"Say which column to draw: layout\(frame, column"):
        rk.layout(tiny, title="人口")
    with pytest.raises(InputError, match='theme="dark" is not known'):
        rk.choropleth(tiny, "population", theme="dark")


def test_inputs_are_not_changed(tiny, tiny_zones):
    before, zones = tiny.copy(), tiny_zones.copy()
    rk.choropleth(tiny, "population", zones=tiny_zones, labels="name")
    rk.layout(tiny, "population", title="人口", zones=tiny_zones, labels="name")
    assert tiny.equals(before)
    assert tiny_zones.equals(zones)


def test_a_frame_of_strings_from_a_table_is_told_of(tiny):
    tiny["gdp"] = pd.Series(["1,200", "300", "n/a", ""], index=tiny.index)
    with pytest.raises(InputError, match="Column 'gdp' holds text, not numbers"):
        rk.choropleth(tiny, "gdp")


def test_outlines_finer_than_any_sheet_are_drawn_by_what_is_seen():
    boxes = [shapely.box(east, 41, east + 1, 42) for east in (121, 122)]
    fine = shapely.segmentize(boxes, 0.00001)
    frame = gpd.GeoDataFrame({"a": [1, 2]}, geometry=fine, crs=4326)
    paths = drawn_areas(rk.choropleth(frame, "a", k=2, ground=False)).get_paths()
    assert max(len(path.vertices) for path in paths) < 1000
    assert shapely.get_num_coordinates(frame.geometry).sum() > 600_000
    gap = frame.set_geometry([fine[0], shapely.transform(fine[1], lambda xy: xy - [0.01, 0])])
    paths = drawn_areas(rk.choropleth(gap, "a", k=2, ground=False)).get_paths()
    assert min(len(path.vertices) for path in paths) > 300_000
