"""Geometries kept in the cache folder."""

import shutil
from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from regionkit.places import boundaries, lands, units
from regionkit.places.boundaries import load_boundaries
from regionkit.places.lands import lands_about
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


@pytest.fixture
def installed(tmp_path, monkeypatch):
    """Return a folder of outlines that stands for the installed one, to be changed."""
    root = tmp_path / "installed"
    home = root / "datasets" / "administrative"
    for kind in ("amap", "cn-neighbors", "world-countries"):
        shutil.copytree(
            units.DATA_ROOT / "datasets" / "administrative" / kind / "land",
            home / kind / "land",
            copy_function=lambda one, other: Path(other).symlink_to(one),
        )
    (root / "index").symlink_to(units.DATA_ROOT / "index")
    monkeypatch.setattr(units, "DATA_ROOT", root)
    monkeypatch.setattr(boundaries, "_LAND", home / "amap" / "land")
    monkeypatch.setattr(lands, "_ROOT", home)
    yield home / "amap" / "land"
    forget()


def forget():
    """Forget what a process knows of its files, as the next one does."""
    for known in (units._outlines_state, lands._land_state, lands.land_content):
        known.cache_clear()


def swap(folder, one, other):
    """Swap two outlines, each with the time it was written at."""
    paths = [folder / f"{code}.geojson" for code in (one, other)]
    targets = [path.resolve() for path in paths]
    for path, target in zip(paths, reversed(targets), strict=True):
        path.unlink()
        path.symlink_to(target)
    forget()


def test_swapped_outlines_do_not_outlive_the_swap(installed):
    forget()
    right = load_boundaries("210900").geometry
    swap(installed, "210921", "210922")
    wrong = load_boundaries("210900").geometry
    assert wrong["210921"].equals(right["210922"])
    swap(installed, "210921", "210922")
    assert load_boundaries("210900").geometry.equals(right)


def test_swapped_lands_do_not_outlive_the_swap(installed):
    forget()
    frame = (119.0, 38.0, 127.0, 45.0)
    content, right = lands.land_content(), lands_about(frame).geometry
    swap(installed, "210000", "220000")
    assert lands.land_content() != content
    assert not lands_about(frame).geometry["210000"].equals(right["210000"])
    swap(installed, "210000", "220000")
    assert lands.land_content() == content
    assert lands_about(frame).geometry.equals(right)
