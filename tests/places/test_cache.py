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
    assert sorted(path.name for path in folder.iterdir()) == ["a.txt", "a.txt.sum"]


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


def damages():
    """Return what a disk does to a file: by name, the content that is left of one."""
    return {
        "cut": lambda content: content[: len(content) // 2],
        "empty": lambda content: content[:0],
        "one bit": lambda content: content[:3] + bytes([content[3] ^ 1]) + content[4:],
        "longer": lambda content: content + b"x",
    }


@pytest.mark.parametrize("damage", damages())
def test_a_damaged_file_is_made_anew_with_a_word(folder, damage):
    def make(path):
        path.write_bytes(b"content")

    cached_file("a.txt", make)
    (folder / "a.txt").write_bytes(damages()[damage](b"content"))
    with pytest.warns(UserWarning, match=r"The cached file a.txt was damaged and has been made"):
        assert cached_file("a.txt", make).read_bytes() == b"content"
    # And that is all: the next time nothing is said.
    assert cached_file("a.txt", make).read_bytes() == b"content"


def test_a_file_without_its_checksum_is_made_anew_in_silence(folder):
    folder.mkdir()
    (folder / "a.txt").write_text("of an earlier version")
    assert cached_file("a.txt", lambda path: path.write_text("new") and None).read_text() == "new"


def test_a_damaged_checksum_is_made_anew(folder):
    cached_file("a.txt", lambda path: path.write_text("a") and None)
    (folder / "a.txt.sum").write_bytes(b"\xff")
    with pytest.warns(UserWarning, match="was damaged"):
        cached_file("a.txt", lambda path: path.write_text("a") and None)


def test_what_a_driver_leaves_beside_is_not_kept(folder):
    def make(path):
        path.write_text("a")
        path.with_name("a.aux").write_text("left")

    cached_file("a.txt", make)
    assert sorted(path.name for path in folder.iterdir()) == ["a.txt", "a.txt.sum"]
