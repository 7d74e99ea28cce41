"""A few sheets as pictures: what a reader sees does not change unnoticed.

A change that is meant is taken over with ``REGIONKIT_BASELINES=renew pytest
tests/maps/paper/test_baselines.py``; look at the new pictures before they are committed.
"""

import io
import os
from pathlib import Path

import geopandas as gpd
import mpl_font
import numpy as np
import pandas as pd
import pytest
import shapely
from matplotlib import font_manager
from PIL import Image, ImageFilter

from regionkit.maps.paper.compose import draw_map
from regionkit.maps.paper.layout import layout
from regionkit.maps.paper.map_parts import MapParts
from regionkit.maps.paper.sheet import Sheet
from regionkit.maps.signs.layer_items import zone_fill_items, zone_items
from regionkit.maps.signs.legend_item import LegendItem
from regionkit.maps.signs.project_items import project_items
from regionkit.maps.signs.theme import drawing, theme
from regionkit.places.projection import map_crs

FOLDER = Path(__file__).parent / "baselines"
FAMILY = "regionkit baseline"
PAGE = (178, 120)
# What another build of the font renderer may change: the mean difference of 0 to 255, and the
# share of pixels that differ clearly.
MOST_MEAN, MOST_SHARE, CHANGED = 0.5, 0.0005, 32


@pytest.fixture(scope="module", autouse=True)
def _font():
    """One font on all machines, whatever is installed: that of mpl-font under its own name."""
    folder = Path(next(iter(mpl_font.__path__))) / "fonts" / "noto"
    entries = [
        font_manager.FontEntry(
            fname=str(folder / f"NotoSansCJKsc-{word}.otf"), name=FAMILY, weight=weight
        )
        for word, weight in (("Regular", 400), ("Bold", 700))
    ]
    font_manager.fontManager.ttflist.extend(entries)
    yield
    for entry in entries:
        font_manager.fontManager.ttflist.remove(entry)


def corner(column, row):
    """A corner of the made-up counties: off the grid by a rule, so that neighbours still meet."""
    return (
        122.0 + 0.22 * (column + 0.22 * np.sin(2.1 * row + 1.3 * column)),
        41.0 + 0.2 * (row + 0.22 * np.cos(1.7 * column - 0.9 * row)),
    )


@pytest.fixture(scope="module")
def land():
    """Twenty made-up counties in four cities, two of the three zones overlapping."""
    places = [(column, row) for row in range(4) for column in range(5)]
    shapes = [
        shapely.Polygon([corner(c, r), corner(c + 1, r), corner(c + 1, r + 1), corner(c, r + 1)])
        for c, r in places
    ]
    zone_ids = [
        tuple(
            zone
            for zone, is_in in (("north", r >= 2), ("south", r <= 2 and c < 3), ("east", c >= 3))
            if is_in
        )
        for c, r in places
    ]
    return gpd.GeoDataFrame(
        {
            "name": [f"{'甲乙丙丁'[r]}{'东西南北中'[c]}县" for c, r in places],
            "city": [f"{'金木水火'[(c > 2) + 2 * (r > 1)]}城市" for c, r in places],
            "zone_ids": zone_ids,
            "value": [np.nan if (c, r) == (4, 0) else 3 + 2.5 * c + 1.4 * r * r for c, r in places],
        },
        index=pd.Index([f"99{r:02}{c:02}" for c, r in places], name="adcode"),
        geometry=shapes,
        crs="EPSG:4326",
    )


@pytest.fixture(scope="module")
def cities(land):
    return land.dissolve("city").assign(name=lambda frame: frame.index)[["name", "geometry"]]


@pytest.fixture(scope="module")
def zones(land):
    ids = ["north", "south", "east"]
    return gpd.GeoDataFrame(
        {
            "name": ["北部生态区", "南部都市圈", "东部经济带"],
            "short_name": ["生态区", "都市圈", "经济带"],
            "colour": ["#3fb08f", "#ee8866", "#77aadd"],
        },
        index=pd.Index(ids, name="zone_id"),
        geometry=[
            shapely.union_all(land.geometry[[z in mine for mine in land["zone_ids"]]].to_numpy())
            for z in ids
        ],
        crs="EPSG:4326",
    )


@pytest.fixture(scope="module")
def projects():
    rows = [
        ("核电站", "nuclear", "energy", "under construction", "site", (122.9, 41.1)),
        ("风电场", "wind", "energy", "new", "site", (122.3, 41.6)),
        ("光伏", "solar", "energy", "planned", "county", (122.55, 41.5)),
        ("机场", "airport", "transport", "study", "site", (122.7, 41.35)),
        ("港口", "port", "transport", "expansion", "site", (122.1, 41.1)),
        ("金城至远州高铁", "high-speed-railway", "transport", "planned", "endpoints",
         [(122.2, 41.2), (122.6, 41.45), (124.6, 41.9)]),
        ("木城铁路", "railway", "transport", "under construction", "endpoints",
         [(122.1, 41.7), (122.95, 41.2)]),
        ("水城高速公路", "expressway", "transport", "study", "endpoints",
         [(122.4, 41.05), (122.75, 41.7)]),
        *[(f"园区{n}", "park", "industry", "new", "city", (122.45, 41.28)) for n in range(9)],
        *[(f"医院{n}", "hospital", "social", "planned", "city", (122.45, 41.28)) for n in range(8)],
    ]  # fmt: skip
    columns = ["name", "kind", "domain", "stage", "location_basis", "geometry"]
    table = pd.DataFrame(rows, columns=columns)
    ends = {"金城至远州高铁": ("金城", "远州")}
    table["waypoint_names"] = [ends.get(name, ()) for name in table["name"]]
    table["geometry"] = [
        shapely.LineString(at) if isinstance(at, list) else shapely.Point(at)
        for at in table["geometry"]
    ]
    return gpd.GeoDataFrame(table, geometry="geometry", crs="EPSG:4326")


def look(name, **changes):
    return theme(name, font=FAMILY, **changes)


def zones_sheet(land, cities, zones, *, colour=None):
    style = look("print")
    shown = zones if colour is None else zones.assign(colour=[colour, *zones["colour"][1:]])
    crs = map_crs(land)
    with drawing(style):
        sheet = Sheet(title="分区", subtitle="阴影表示重叠", size=PAGE, theme=style, source="甲")
        draw_map(
            sheet.axes[0],
            None,
            MapParts(
                extent=land,
                land=land.geometry,
                cities=cities.geometry,
                zones=shown,
                fill_zones=land,
                names=cities,
            ),
            crs=crs,
            theme=style,
        )
        sheet.add_legend(zone_fill_items(shown, land, style))
        return sheet.finish(crs)


def value_sheet(land, zones, *, name="print", labels="name", frame=None):
    return layout(
        land if frame is None else frame,
        "value",
        title="人口密度",
        subtitle="2020年",
        unit="人/平方公里",
        size=PAGE,
        k=4,
        zones=zones,
        labels=labels,
        source="统计年鉴",
        date="2026年",
        institution="某规划院",
        north_arrow=True,
        graticule=True,
        theme=look(name),
    )


def project_sheet(land, cities, zones, projects, *, name="print"):
    style = look(name)
    crs = map_crs(land)
    labels = {
        "kind": {"nuclear": "核电", "wind": "风电", "solar": "光伏", "airport": "机场",
                 "port": "港口", "high-speed-railway": "高速铁路", "railway": "铁路",
                 "expressway": "高速公路"},
        "domain": {"industry": "产业", "social": "社会事业"},
        "stage": {"under construction": "续建", "new": "新建", "expansion": "改扩建",
                  "planned": "规划建设", "study": "研究论证"},
    }  # fmt: skip
    with drawing(style):
        sheet = Sheet(title="重大项目", size=PAGE, theme=style, source="规划纲要")
        draw_map(
            sheet.axes[0],
            None,
            MapParts(
                extent=land,
                land=land.geometry,
                cities=cities.geometry,
                zones=zones,
                projects=projects,
                names=cities,
            ),
            crs=crs,
            theme=style,
        )
        items = project_items(projects, labels, is_grey=style.use_patterns)
        sheet.add_legend(
            [*items, LegendItem("分区", "heading"), *zone_items(zones, style, is_quiet=True)]
        )
        return sheet.finish(crs)


def picture(sheet, tmp_path):
    return Image.open(io.BytesIO(sheet.save(tmp_path / "now.png", dpi=100).read_bytes())).convert(
        "RGB"
    )


def difference(one, other):
    """Mean difference of two pictures, and the share of pixels that differ clearly."""
    assert one.size == other.size
    soft = [
        np.asarray(image.filter(ImageFilter.GaussianBlur(1)), dtype=float) for image in (one, other)
    ]
    apart = np.abs(soft[0] - soft[1])
    return apart.mean(), (apart.max(axis=2) > CHANGED).mean()


def is_alike(one, other):
    mean, share = difference(one, other)
    return mean <= MOST_MEAN and share <= MOST_SHARE


def baseline(name):
    with Image.open(FOLDER / f"{name}.png") as image:
        return image.convert("RGB")


@pytest.mark.parametrize("name", ["zones", "choropleth", "projects", "projects-bw"])
def test_sheets_look_as_they_did(name, land, cities, zones, projects, tmp_path):
    sheet = {
        "zones": lambda: zones_sheet(land, cities, zones),
        "choropleth": lambda: value_sheet(land, zones),
        "projects": lambda: project_sheet(land, cities, zones, projects),
        "projects-bw": lambda: project_sheet(land, cities, zones, projects, name="bw"),
    }[name]()
    now = picture(sheet, tmp_path)
    if os.environ.get("REGIONKIT_BASELINES") == "renew":
        now.save(FOLDER / f"{name}.png", optimize=True)
        pytest.skip(f"{name}.png is renewed: look at it")
    mean, share = difference(now, baseline(name))
    assert mean <= MOST_MEAN, f"{name}: mean difference {mean:.2f}"
    assert share <= MOST_SHARE, f"{name}: {share:.2%} of the pixels differ"


def test_a_colour_that_moves_is_seen(land, cities, zones, tmp_path):
    now = picture(zones_sheet(land, cities, zones, colour="#2f8fb0"), tmp_path)
    assert not is_alike(now, baseline("zones"))


def test_a_hatch_that_is_lost_is_seen(land, cities, zones, tmp_path):
    sheet = zones_sheet(land, cities, zones)
    for drawn in sheet.axes[0].collections:
        drawn.set_hatch(None)
    assert not is_alike(picture(sheet, tmp_path), baseline("zones"))


def test_a_label_that_moves_is_seen(land, zones, tmp_path):
    sheet = value_sheet(land, zones)
    (label,) = [text for text in sheet.axes[0].texts if text.get_text() == "乙南县"]
    x, y = label.get_position()
    label.set_position((x + 3000, y + 1500))
    assert not is_alike(picture(sheet, tmp_path), baseline("choropleth"))


def test_one_county_in_another_class_is_seen(land, zones, tmp_path):
    frame = land.assign(value=land["value"].where(land.index != "990101", 20.0))
    assert not is_alike(picture(value_sheet(land, zones, frame=frame), tmp_path),
                        baseline("choropleth"))  # fmt: skip


def test_a_tone_and_a_stray_pixel_are_let_pass():
    one = baseline("zones")
    other = one.point(lambda tone: max(tone - 0.3, 0))
    other.putpixel((300, 200), (0, 0, 0))
    assert is_alike(one, other)
    # A third of a pixel: how glyphs move where text is hinted otherwise.
    shifted = one.transform(one.size, Image.Transform.AFFINE, (1, 0, 0.1, 0, 1, 0), 2)
    assert is_alike(one, shifted)
