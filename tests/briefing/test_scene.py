"""The maps as shapes: inside their box, every county once, no name over another."""

import pytest

import regionkit as rk
from regionkit.briefing.facts import place_facts
from regionkit.briefing.scene import build_scene


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
