"""The maps as shapes: inside their box, every county once, no name over another."""

import pytest
import shapely

import regionkit as rk
from regionkit.briefing.facts import place_facts
from regionkit.briefing.scene import build_scene
from regionkit.maps.signs.stages import stage_fill
from regionkit.maps.signs.symbols import symbol_of


@pytest.fixture(scope="module", params=["铁岭市", "liaoxi", "喀左"])
def digest(request):
    return place_facts(rk.load("liaoning"), request.param).digest


@pytest.fixture
def view(digest):
    return digest.map


def test_every_county_once_and_inside(view):
    scene = build_scene(view, 180.0, 130.0)
    counties = [a.unit_id for a in scene.areas if a.name and a.unit_id in view.areas.index]
    assert sorted(counties) == sorted(view.areas.index)
    for area in scene.areas:
        for ring in area.rings:
            assert all(-0.01 <= x <= 180.01 and -0.01 <= y <= 130.01 for x, y in ring)


def test_names_cover_neither_each_other_nor_numbers(view):
    scene = build_scene(view, 180.0, 130.0, font_pt=9.0)
    boxes = [(one.text, one.x, one.y, one.width, one.height) for one in scene.labels]
    boxes += [(one.text, one.x, one.y, one.size, one.size) for one in scene.discs]
    n_names = len(scene.labels)
    for number, a in enumerate(boxes[:n_names]):
        for b in boxes[number + 1 :]:
            apart = (
                abs(a[1] - b[1]) >= (a[3] + b[3]) / 2 - 0.02
                or abs(a[2] - b[2]) >= (a[4] + b[4]) / 2 - 0.02
            )
            assert apart, (a, b)


def test_numbers_are_those_of_the_list_and_badges_beside_them(view):
    scene = build_scene(view, 180.0, 130.0)
    numbers = [disc.text for disc in scene.discs if not disc.is_badge]
    assert numbers == [str(spot.number) for spot in view.spots]
    badges = [int(disc.text.lstrip("+")) for disc in scene.discs if disc.is_badge]
    assert sorted(badges) == sorted(view.badges["count"])
    assert all(0 <= d.x <= 180 and 0 <= d.y <= 130 for d in scene.discs)


def test_a_project_has_one_number(view):
    ids = [one for spot in view.spots for one in spot.project_ids]
    assert len(ids) == len(set(ids))


def test_the_country_is_drawn_in_provinces_with_the_line_of_the_south_china_sea():
    region = rk.load(["海南", "台湾", "广东", "广西", "福建", "湖南", "江西", "浙江"], name="南方")
    assert len(region.counties) > 600
    digest = place_facts(region, "南方").digest
    for view in (digest.cover, digest.map):
        scene = build_scene(view, 180.0, 130.0)
        assert sorted(view.areas["name"]) == sorted(region.provinces["name"])
        assert sum(line.width_mm == 0.4 for line in scene.lines) >= 9


def test_rings_of_seats_are_covered_by_no_name(digest):
    for view in (digest.cover, digest.map):
        scene = build_scene(view, 150.0, 130.0, font_pt=14.0)
        assert scene.dots
        for dot in scene.dots:
            for one in scene.labels:
                apart = (
                    abs(dot.x - one.x) >= (dot.size + one.width) / 2
                    or abs(dot.y - one.y) >= (dot.size + one.height) / 2
                )
                assert apart, (dot.name, one.text)


def test_a_seats_name_stands_nearest_to_its_own_ring(digest):
    scene = build_scene(digest.cover, 150.0, 130.0, font_pt=14.0)
    for one in scene.labels:
        if one.text not in {dot.name for dot in scene.dots}:
            continue

        def away(dot, one=one):
            across = max(abs(dot.x - one.x) - one.width / 2, 0.0)
            along = max(abs(dot.y - one.y) - one.height / 2, 0.0)
            return across**2 + along**2

        assert min(scene.dots, key=away).name == one.text


def test_names_of_zones_stand_in_what_is_theirs_alone_where_there_is_room():
    ln = rk.load("liaoning")
    view = place_facts(ln, "辽宁省").digest.cover
    scene = build_scene(view, 110.0, 112.0, font_pt=14.0)
    names = ln.zones["short_name"]
    shown = {one.text: one for one in scene.labels if one.text in set(names)}
    assert len(shown) == len(names)
    fills = ln.zones.set_index("short_name")["colour"]
    for name in ("辽西先导区", "沿海经济带", "沈阳都市圈"):
        label = shown[name]
        beneath = [
            area.fill
            for area in scene.areas
            if shapely.Polygon(area.rings[0]).contains(shapely.Point(label.x, label.y))
        ]
        assert beneath[-1] == fills[name]


def test_a_route_is_drawn_by_its_stage_and_colours_are_told(ln):
    view = place_facts(ln, "辽西").digest.map
    lines = [spot for spot in view.spots if spot.geometry.geom_type.eq("LineString").all()]
    assert lines
    scene = build_scene(view, 180.0, 130.0)
    for spot in lines:
        drawn = [line for line in scene.lines if line.name == spot.text]
        (stage,) = {stage_fill(ln.projects.loc[one, "stage"]) for one in spot.project_ids}
        assert spot.fill == stage
        assert all(bool(line.dashes) == (stage in {"hollow", "unknown"}) for line in drawn)
    told = " ".join(view.notes)
    assert "橙为能源" in told
    assert "蓝为交通物流" in told
    # A spot of several has the colour of the one that is named.
    words = {ln.projects.loc[spot.project_ids[0], "domain"] for spot in view.spots}
    assert len(words) > 1
    (fuxin,) = [spot for spot in view.spots if spot.text.startswith("阜新发电")]
    assert fuxin.colour == symbol_of("thermal", "energy").colour
