"""Geometries kept in the cache folder."""

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from regionkit.places.shape_cache import cached_shapes, content_of


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("REGIONKIT_CACHE", str(tmp_path))
    return tmp_path


def test_shapes_come_back_exact_and_of_their_kind():
    shapes = {
        "乙": shapely.Point(0.1 + 0.2, 1 / 3),
        "甲": shapely.Polygon([(0, 0), (1, 0), (1, 1)], [[(0.5, 0.1), (0.9, 0.1), (0.9, 0.5)]]),
        "none": shapely.LineString(),
        "many": shapely.MultiPolygon([shapely.box(0, 0, 1, 1), shapely.box(2, 2, 3, 3)]),
    }
    made = []

    def make():
        made.append(1)
        return shapes

    for _ in range(2):
        again = cached_shapes("some", make)
        assert list(again) == list(shapes)
        for key, shape in shapes.items():
            assert again[key].geom_type == shape.geom_type
            assert shapely.to_wkb(again[key]) == shapely.to_wkb(shape)
    assert made == [1]


def test_no_shapes_are_kept_as_none():
    assert cached_shapes("none", dict) == {}
    assert cached_shapes("none", dict) == {}


def test_a_name_is_of_its_content(folder):
    cached_shapes("a", lambda: {"x": shapely.Point(0, 0)})
    cached_shapes("b", lambda: {"x": shapely.Point(1, 1)})
    assert sorted(path.name for path in folder.iterdir()) == [
        "a.npz", "a.npz.sum", "b.npz", "b.npz.sum",
    ]  # fmt: skip
    assert cached_shapes("b", dict)["x"].equals(shapely.Point(1, 1))


@given(st.lists(st.text(max_size=3), max_size=4), st.lists(st.text(max_size=3), max_size=4))
def test_other_words_have_another_digest(one, other):
    assert (content_of((), *one) == content_of((), *other)) == (one == other)


def test_the_least_digit_makes_another_digest():
    near = np.nextafter(1.0, 2.0)
    assert content_of([shapely.Point(1.0, 0)]) != content_of([shapely.Point(near, 0)])
