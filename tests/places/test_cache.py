"""The cache folder: whole files or none, and no need to write."""

from pathlib import Path

import pytest

from regionkit.places import cache
from regionkit.places.cache import cache_folder, cached_file


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("REGIONKIT_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def test_made_once(folder):
    made = []

    def make(path):
        made.append(path)
        path.write_text("content")

    assert cached_file("a.txt", make) == folder / "a.txt"
    assert cached_file("a.txt", make).read_text() == "content"
    assert len(made) == 1
    assert [path.name for path in folder.iterdir()] == ["a.txt"]


def test_a_failure_leaves_nothing(folder):
    def make(path):
        path.write_text("half")
        path.with_suffix(".tmp").write_text("left by a driver")
        message = "no"
        raise ValueError(message)

    with pytest.raises(ValueError, match="no"):
        cached_file("a.txt", make)
    assert list(folder.iterdir()) == []


def test_a_folder_that_cannot_be_made_costs_time_only(folder):
    folder.write_text("a file where the folder should be")
    made = cached_file("a.txt", lambda path: path.write_text("content") and None)
    assert made.read_text() == "content"
    assert made.parent != folder
    assert folder.read_text() == "a file where the folder should be"


def test_the_users_folder_where_none_is_named(monkeypatch):
    monkeypatch.delenv("REGIONKIT_CACHE")
    monkeypatch.setattr(
        cache.platformdirs, "user_cache_dir", lambda name, appauthor: f"/home/{name}/{appauthor}"
    )
    assert cache_folder() == Path("/home/regionkit/False")
