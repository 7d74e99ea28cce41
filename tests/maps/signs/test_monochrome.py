"""Black and white: every kind has a shape or mark of its own, and no colour is left."""

import itertools

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from matplotlib.colors import to_rgb

from regionkit.maps.paper.layout import layout
from regionkit.maps.signs.layers import category_layer
from regionkit.maps.signs.monochrome import grey_route, grey_symbol
from regionkit.maps.signs.project_items import project_items
from regionkit.maps.signs.shapes import SHAPES, shape_points
from regionkit.maps.signs.styles import entry_style
from regionkit.maps.signs.symbols import FAMILIES, Symbol
from regionkit.maps.signs.theme import get_theme
from regionkit.places.projection import map_crs

FIVE = ["transport-logistics", "energy", "nature", "industry", "society"]
FOUR = ["rail", "road", "water", "air-hub"]


def overlap(one, other):
    a, b = (shapely.Polygon(shape_points(shape)).buffer(0) for shape in (one, other))
    return a.intersection(b).area / a.union(b).area


@pytest.mark.parametrize("families", [FIVE, FOUR])
def test_no_two_families_of_a_map_share_a_shape_or_a_route(families):
    symbols = [Symbol("circle", FAMILIES[family]) for family in families]
    assert len({grey_symbol(symbol).shape for symbol in symbols}) == len(families)
    assert len({grey_route(symbol) for symbol in symbols}) == len(families)


def test_shapes_differ_to_the_eye():
    worst = max((overlap(a, b), a, b) for a, b in itertools.combinations(sorted(SHAPES), 2))
    assert worst[0] < 0.93, worst


@pytest.fixture
def scene(tiny, tiny_zones):
    rows = [
        ("高铁", "high-speed-railway", "transport", "new", [(123.0, 41.0), (123.2, 41.2)]),
        ("铁路", "railway", "transport", "planned", [(123.0, 41.2), (123.2, 41.0)]),
        ("高速", "expressway", "transport", "study", [(123.0, 41.1), (123.2, 41.1)]),
        ("互通", "expressway", "transport", "study", (123.05, 41.15)),
        ("核电", "nuclear", "energy", "new", (123.15, 41.05)),
        ("医院", "hospital", "social", "planned", (123.05, 41.05)),
    ]
    projects = gpd.GeoDataFrame(
        pd.DataFrame([row[:4] for row in rows], columns=["name", "kind", "domain", "stage"]).assign(
            location_basis="site"
        ),
        geometry=[
            shapely.LineString(row[4]) if isinstance(row[4], list) else shapely.Point(row[4])
            for row in rows
        ],
        crs="EPSG:4326",
    )
    return tiny, tiny_zones, projects


def test_a_sheet_in_black_and_white_has_no_colour(scene, tmp_path):
    from PIL import Image

    frame, zones, projects = scene
    sheet = layout(frame, "population", title="人口", zones=zones, projects=projects, theme="bw",
                   size="column", locator=frame)  # fmt: skip
    with Image.open(sheet.save(tmp_path / "a.png", dpi=80)) as image:
        pixels = np.asarray(image.convert("RGB")).astype(int)
    assert np.ptp(pixels, axis=2).max() <= 2
    gids = [line.get_gid() for line in sheet.axes[0].lines]
    assert sum(str(gid).startswith("project-") for gid in gids) == len(projects)
    # A family of lines and points shows its line behind its symbol.
    (mixed,) = [item for item in sheet.items if item.label.startswith("交通物流")]
    assert mixed.kind == "symbol"
    assert mixed.stroke is not None


def test_zones_are_grey_where_routes_are_drawn(scene):
    frame, zones, projects = scene

    def ink(**options):
        sheet = layout(frame, "population", title="人口", zones=zones, theme="bw", **options)
        (line,) = [c for c in sheet.axes[0].collections if c.get_gid() == "zone-west"]
        return tuple(line.get_edgecolor()[0][:3])

    assert ink(projects=projects) == pytest.approx(to_rgb("#808080"))
    assert ink() == pytest.approx(to_rgb(get_theme("bw").text))


def test_in_colour_nothing_changes(scene):
    frame, _, projects = scene
    sheet = layout(frame, "population", title="人口", projects=projects)
    gids = {line.get_gid() for line in sheet.axes[0].lines}
    assert not gids & {"route-core", "route-mark"}
    lines = projects[projects.geom_type == "LineString"]
    colours = {item.stroke.colour for item in project_items(lines) if item.kind == "line"}
    assert {FAMILIES["rail"], FAMILIES["road"]} <= colours


def test_a_family_is_one_row(scene):
    *_, projects = scene
    care = projects.iloc[[-1]].assign(kind="care")
    both = pd.concat([projects, care], ignore_index=True)

    def rows(**options):
        items = project_items(both, **options)
        stop = next(n for n, item in enumerate(items) if n and item.kind == "heading")
        return [item.label for item in items[1:stop]]

    assert rows() == rows(is_grey=True) == ["交通物流（4）", "能源（1）", "民生文旅城建（2）"]


def test_dots_are_dark(scene):
    import regionkit as rk

    frame, _, projects = scene
    ax = rk.dots(projects, base=frame, theme="bw")
    (dots,) = [line for line in ax.lines if line.get_gid() == "dots"]
    assert np.ptp(to_rgb(dots.get_markerfacecolor())) == 0


def test_only_what_has_no_value_is_plain_white():
    bw = get_theme("bw")
    n = 26
    frame = gpd.GeoDataFrame(
        {"kind": [*map(str, range(n)), None], "name": "x"},
        geometry=[shapely.box(120 + i, 40, 121 + i, 41) for i in range(n + 1)],
        crs="EPSG:4326",
    )
    layer = category_layer(frame, "kind", colours={str(i): "#123456" for i in range(n)})
    styles = [entry_style(layer, number, bw)[:2] for number in range(n + 1)]
    assert styles[-1] == ("#ffffff", "")
    assert len(set(styles)) == n + 1
    assert map_crs(frame).is_projected
