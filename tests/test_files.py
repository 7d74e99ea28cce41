"""Files whole or not at all."""

import os
import stat
from pathlib import Path

import pytest

from regionkit.errors import OutputError
from regionkit.files import prepare_folder, write_aside


def test_written_and_shared(tmp_path):
    path = write_aside(tmp_path / "a.txt", "文")
    assert path.read_bytes() == "文".encode()
    write_aside(path, b"new")
    assert path.read_bytes() == b"new"
    umask = os.umask(0)
    os.umask(umask)
    assert stat.S_IMODE(path.stat().st_mode) == 0o666 & ~umask
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.txt"]


@pytest.mark.parametrize("step", ["fsync", "fdopen"])
def test_a_full_disk_leaves_the_older_file(tmp_path, monkeypatch, step):
    path = tmp_path / "a.txt"
    path.write_text("older")

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, step, full)
    with pytest.raises(
        OutputError, match=r"a.txt cannot be written \(No space left on device\). Nothing was ch"
    ):
        write_aside(path, "newer")
    assert path.read_text() == "older"
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.txt"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_disk_that_is_really_full(monkeypatch, tmp_path):
    # The temporary file is made on a device where every write fails.
    import tempfile

    monkeypatch.setattr(
        tempfile, "mkstemp", lambda **_: (os.open("/dev/full", os.O_WRONLY), str(tmp_path / "t"))
    )
    with pytest.raises(OutputError, match="No space left on device"):
        write_aside(tmp_path / "a.txt", "x" * 100_000)
    assert list(tmp_path.iterdir()) == []


def test_an_interrupt_leaves_nothing(tmp_path, monkeypatch):
    def interrupted(_):
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_aside(tmp_path / "a.txt", "x")
    assert list(tmp_path.iterdir()) == []


def test_no_folder(tmp_path):
    with pytest.raises(OutputError, match=r"a.txt cannot be written \(No such file or directory\)"):
        write_aside(tmp_path / "none" / "a.txt", "x")
    (tmp_path / "folder").mkdir()
    with pytest.raises(OutputError, match="folder cannot be written"):
        write_aside(tmp_path / "folder", "x")
    assert [entry.name for entry in tmp_path.iterdir()] == ["folder"]


def test_folders_are_made_or_refused(tmp_path, monkeypatch):
    made = prepare_folder(tmp_path / "a" / "b")
    assert made.is_dir()
    assert list(made.iterdir()) == []
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match=r"The folder .*file cannot be written \(.*--out"):
        prepare_folder(tmp_path / "file")

    def denied(**_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("tempfile.TemporaryFile", denied)
    with pytest.raises(OutputError, match=r"cannot be written \(Permission denied\). Choose anoth"):
        prepare_folder(made)
