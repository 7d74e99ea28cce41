"""The map as shapes: inside its box, every county once, no name over another."""

import pytest

import regionkit as rk
from regionkit.briefing.facts import place_facts
from regionkit.briefing.scene import build_scene


@pytest.fixture(scope="module", params=["铁岭市", "liaoxi", "喀左"])
def view(request):
    return place_facts(rk.load("liaoning"), request.param).map


def test_every_county_once_and_inside(view):
    scene = build_scene(view, 180.0, 130.0)
    assert sorted(a.unit_id for a in scene.areas) == sorted(view.layer.frame.index)
    assert scene.width <= 180.001
    assert scene.height <= 130.001
    for area in scene.areas:
        for ring in area.rings:
            assert all(0 <= x <= scene.width and 0 <= y <= scene.height for x, y in ring)


def test_names_do_not_cover_each_other(view):
    labels = build_scene(view, 180.0, 130.0, font_pt=9.0).labels
    assert len(labels) == len(view.labels)
    for number, a in enumerate(labels):
        for b in labels[number + 1 :]:
            apart = (
                abs(a.x - b.x) >= (a.width + b.width) / 2 - 1e-6
                or abs(a.y - b.y) >= (a.height + b.height) / 2 - 1e-6
            )
            assert apart, (a.text, b.text)


def test_marks_are_as_many_as_placed_points(view):
    scene = build_scene(view, 180.0, 130.0)
    points = view.projects[view.projects.geom_type == "Point"]
    assert len(scene.marks) == len(points)
    assert all(0 <= m.x <= scene.width and 0 <= m.y <= scene.height for m in scene.marks)


def test_legend_counts_add_up(view):
    assert sum(entry.count for entry in view.layer.entries) == len(view.layer.frame)
