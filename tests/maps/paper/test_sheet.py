"""Finished sheets: the words on them, a true scale bar, files whole or not at all."""

import os

import numpy as np
import pyproj
import pytest
from matplotlib.patches import Rectangle
from PIL import Image
from pypdf import PdfReader

import regionkit as rk
from regionkit.errors import InputError, OutputError
from regionkit.maps.paper.sheet import PAGE_SIZES_MM, Sheet
from regionkit.places.projection import GEOD, map_crs, projection_label


def words(sheet):
    """All text of a sheet as one string; long lines are wrapped."""
    axes = [*sheet.axes, *([sheet.legend_axes] if sheet.legend_axes else [])]
    texts = [*sheet.figure.texts, *(text for ax in axes for text in ax.texts)]
    return "".join(text.get_text().replace("\n", "") for text in texts)


def bars(ax):
    return [p for p in ax.patches if isinstance(p, Rectangle) and p.get_gid() == "scale-bar"]


@pytest.fixture(scope="module")
def counties(ln):
    frame = ln.counties.join(ln.statistic("share-65plus", year=2020))
    frame.geometry = ln.simplified("county")
    return frame


def test_a_sheet_says_what_it_shows_where_from_and_how(counties):
    sheet = rk.layout(
        counties, "share-65plus", title="65岁及以上人口比重", subtitle="2020年", unit="%", k=4,
        source="第七次全国人口普查分县数据", date="2026年6月", institution="某市规划院",
    )  # fmt: skip
    said = words(sheet)
    for wanted in ("65岁及以上人口比重", "2020年", "资料来源：第七次全国人口普查分县数据",
                   "2026年6月", "某市规划院", "示意图", " km"):  # fmt: skip
        assert wanted in said
    assert projection_label(map_crs(counties)).render("zh") in said
    for item in sheet.items:
        assert item.label in said
    counts = [int(i.label.rsplit("（", 1)[1][:-1]) for i in sheet.items if i.kind == "swatch"]
    assert sum(counts) == 100


def test_an_approval_number_takes_the_place_of_the_word_schematic(tiny):
    said = words(rk.layout(tiny, "population", title="人口", approval_number="辽S（2026）001号"))
    assert "审图号：辽S（2026）001号" in said
    assert "示意图" not in said


def test_zones_are_in_the_legend_of_a_sheet(tiny, tiny_zones):
    said = words(rk.layout(tiny, "population", title="人口", zones=tiny_zones, labels="name"))
    assert "西区" in said
    assert "东区" in said
    assert "喀" not in said
    for name in tiny["name"]:
        assert name in said


@pytest.mark.parametrize("size", ["A4", "A3-portrait", "column"])
def test_the_scale_bar_is_as_long_as_it_says(counties, size):
    sheet = rk.layout(counties, "share-65plus", title="x", size=size)
    ax = sheet.axes[0]
    parts = bars(ax)
    x0, y0 = parts[0].get_xy()
    x1 = parts[-1].get_x() + parts[-1].get_width()
    labels = [t.get_text() for t in ax.texts if t.get_text().endswith(" km")]
    (said,) = labels
    back = pyproj.Transformer.from_crs(map_crs(counties), 4326, always_xy=True).transform
    metres = GEOD.inv(*back(x0, y0), *back(x1, y0))[2]
    assert metres / 1000 == pytest.approx(float(said.removesuffix(" km")), rel=0.002)
    # A round number.
    assert said.replace("0", "")[0] in "125"


@pytest.mark.parametrize("size", [*PAGE_SIZES_MM, (120, 90)])
def test_pages_are_as_large_as_they_are_called(size):
    sheet = Sheet(title="x", size=size)
    width, height = PAGE_SIZES_MM.get(size, size)
    assert sheet.figure.get_size_inches() * 25.4 == pytest.approx([width, height])
    assert len(sheet.axes) == 1


@pytest.mark.parametrize("count", [1, 2, 3, 4, 6, 9])
def test_several_maps_do_not_cover_one_another(count):
    sheet = Sheet(title="x", n_maps=count)
    assert len(sheet.axes) == count
    places = [ax.get_position() for ax in sheet.axes]
    for number, one in enumerate(places):
        assert 0 <= one.x0 < one.x1 <= 1
        assert 0 <= one.y0 < one.y1 <= 1
        for other in places[number + 1 :]:
            assert not one.padded(-1e-6).overlaps(other.padded(-1e-6))


@pytest.mark.parametrize(
    ("size", "words"),
    [
        ("A5", 'size="A5" is not known. Use one of A4, A4-portrait'),
        ((60, 50), r"size=\(60, 50\) is too small .* Give 88 by 68 mm or more, a theme with"),
        ((10, 500), r"size=\(10, 500\) is too small for a map with title, legend"),
        ((100,), r"size=\(100,\) is no page"),
    ],
)
def test_no_such_page(size, words):
    with pytest.raises(InputError, match=words):
        Sheet(title="x", size=size)


def test_files_of_each_kind(tiny, tmp_path):
    sheet = rk.layout(tiny, "population", title="人口分布", size="column")
    pdf = PdfReader(sheet.save(tmp_path / "a.pdf"))
    assert "人口分布" in pdf.pages[0].extract_text()
    assert float(pdf.pages[0].mediabox.width) == pytest.approx(150 / 25.4 * 72, abs=1)
    assert "人口分布" in sheet.save(tmp_path / "a.svg").read_text(encoding="utf-8")
    with Image.open(sheet.save(tmp_path / "a.png", dpi=100)) as picture:
        assert picture.size == pytest.approx((150 / 25.4 * 100, 120 / 25.4 * 100), abs=1)
        assert len(picture.convert("RGB").getcolors(maxcolors=10**6)) > 10
    assert sheet._repr_png_().startswith(b"\x89PNG")


@pytest.mark.parametrize("ending", [".pdf", ".svg", ".png"])
def test_the_same_map_is_the_same_file(tiny, tmp_path, ending):
    files = []
    for number in range(2):
        sheet = rk.layout(tiny, "population", title="人口", size="column")
        files.append(sheet.save(tmp_path / f"{number}{ending}", dpi=60))
    assert files[0].read_bytes() == files[1].read_bytes()


def test_files_that_cannot_be_written(tiny, tmp_path, monkeypatch):
    sheet = rk.layout(tiny, "population", title="人口", size="column")
    with pytest.raises(InputError, match=r"'a.jpg' ends in none of .pdf, .svg and .png"):
        sheet.save(tmp_path / "a.jpg")
    with pytest.raises(OutputError, match="cannot be written"):
        sheet.save(tmp_path / "none" / "a.png")
    older = tmp_path / "a.png"
    older.write_bytes(b"older")

    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError, match=r"a.png cannot be written \(No space left on device\)"):
        sheet.save(older, dpi=50)
    assert older.read_bytes() == b"older"
    assert [path.name for path in tmp_path.iterdir()] == ["a.png"]


def heading_columns(sheet):
    """The column of each legend heading, and that of each line beneath it."""
    columns, heading = {}, None
    for text in sheet.legend_axes.texts:
        x = round(text.get_position()[0] / (sheet.legend_axes.get_xlim()[1] / 3) - 0.2)
        if text.get_gid() == "legend-heading":
            heading = text.get_text()
        columns.setdefault(heading, set()).add(x)
    return columns


def test_the_strip_below_a_portrait_map_is_as_high_as_its_content(counties, ln):
    known = rk.layout(counties, "share-65plus", title="x", size="A4-portrait", zones=ln.zones)
    unknown = Sheet(title="x", size="A4-portrait")
    strip = known.legend_axes.get_position()
    assert strip.height < 0.16
    assert known.axes[0].get_position().height > unknown.axes[0].get_position().height + 0.05
    assert known.legend_shrink == 1.0
    # No section is parted.
    assert {len(columns) for columns in heading_columns(known).values()} == {1}
    renderer = known.figure.canvas.get_renderer()
    bottom = known.legend_axes.get_window_extent(renderer).y0
    assert all(t.get_window_extent(renderer).y0 > bottom - 2 for t in known.legend_axes.texts)


def test_a_legend_of_short_words_leaves_its_room_to_the_map(tiny):
    narrow = rk.layout(tiny, "population", title="x", size="column")
    open_sheet = Sheet(title="x", size="column")
    assert narrow.axes[0].get_position().width > open_sheet.axes[0].get_position().width


def test_names_do_not_hide_a_small_map(counties):
    sheet = rk.layout(counties, "share-65plus", title="x", size="column", labels="name")
    ax = sheet.axes[0]
    renderer = sheet.figure.canvas.get_renderer()
    names = [t for t in ax.texts if t.get_text() in set(counties["name"]) and t.get_visible()]
    assert 30 < len(names) < len(counties)
    ink = sum(t.get_window_extent(renderer).width * t.get_window_extent(renderer).height
              for t in names)  # fmt: skip
    window = ax.get_window_extent(renderer)
    assert ink < 0.2 * window.width * window.height
    # None stands far from its place.
    for line in ax.lines:
        if line.get_linewidth() == 0.4:
            ends = ax.transData.transform(np.column_stack(line.get_data()))
            assert np.hypot(*(ends[1] - ends[0])) < 20
