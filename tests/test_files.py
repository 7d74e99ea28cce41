"""Files whole or not at all."""

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from regionkit import files
from regionkit.errors import InputError, OutputError
from regionkit.files import files_aside, prepare_folder, write_aside, written_aside


def write_one(path):
    """Write by each of the ways that stand open."""
    write_aside(path, "newer")


def write_by_others(path):
    with written_aside(path) as aside:
        aside.write_text("newer")


def write_texts(folder, texts):
    with files_aside(folder) as aside:
        for name, text in texts.items():
            (aside / name).write_text(text)


def write_several(path):
    write_texts(path.parent, {path.name: "newer", "b.txt": "beside"})


WAYS = [write_one, write_by_others, write_several]


def names(folder):
    return sorted(entry.name for entry in folder.iterdir())


@pytest.fixture
def umask():
    found = os.umask(0o027)
    yield 0o027
    os.umask(found)


@pytest.mark.parametrize("way", WAYS)
def test_written_and_shared(tmp_path, way, umask):
    path = tmp_path / "a.txt"
    write_aside(path, "文")
    assert path.read_bytes() == "文".encode()
    way(path)
    assert path.read_bytes() == b"newer"
    for written in tmp_path.iterdir():
        assert stat.S_IMODE(written.stat().st_mode) == 0o666 & ~umask
    assert set(names(tmp_path)) <= {"a.txt", "b.txt"}


def test_a_folder_is_made_and_shared(tmp_path, umask):
    with files_aside(tmp_path / "made") as aside:
        (aside / "a.txt").write_text("a")
        assert names(tmp_path) == [aside.name]
    assert names(tmp_path) == ["made"]
    assert stat.S_IMODE((tmp_path / "made").stat().st_mode) == 0o777 & ~umask
    with files_aside(tmp_path / "empty"):
        pass
    assert names(tmp_path / "empty") == []


@pytest.mark.parametrize("way", WAYS)
def test_a_full_disk_leaves_the_older_file(tmp_path, monkeypatch, way):
    path = tmp_path / "a.txt"
    path.write_text("older")

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(
        OutputError, match=r"cannot be written \(No space left on device\). Nothing was changed"
    ):
        way(path)
    assert path.read_text() == "older"
    assert names(tmp_path) == ["a.txt"]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_an_interrupt_leaves_nothing(tmp_path, monkeypatch, way, step):
    path = tmp_path / "a.txt"
    path.write_text("older")

    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(*((os, "fsync") if step == "fsync" else (Path, "replace")), interrupted)
    with pytest.raises(KeyboardInterrupt):
        way(path)
    assert path.read_text() == "older"
    assert names(tmp_path) == ["a.txt"]


def test_no_reader_pairs_older_parts_of_a_shapefile_with_newer_ones(tmp_path, monkeypatch):
    parts = {f"a{ending}": "older" for ending in (".cpg", ".dbf", ".prj", ".shp", ".shx")}
    for name, text in parts.items():
        (tmp_path / name).write_text(text)
    replace, unlink, seen = Path.replace, Path.unlink, []

    def look():
        seen.append({p.name: p.read_text() for p in tmp_path.iterdir() if p.is_file()})

    def replaced(self, target):
        look()
        made = replace(self, target)
        look()
        return made

    def unlinked(self, **options):
        look()
        unlink(self, **options)
        look()

    monkeypatch.setattr(Path, "replace", replaced)
    monkeypatch.setattr(Path, "unlink", unlinked)
    write_texts(tmp_path, dict.fromkeys(parts, "newer"))
    assert len(seen) > len(parts)
    assert seen[-1] == dict.fromkeys(parts, "newer")
    for state in seen:
        assert "a.shp" not in state or len(set(state.values())) == 1


KILLED = """
import os, signal, shutil, sys
from pathlib import Path
from regionkit.files import files_aside
left = int(sys.argv[2])
def killing(does):
    def step(*args, **options):
        global left
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        left -= 1
        return does(*args, **options)
    return step
with files_aside(sys.argv[1]) as aside:
    for ending in (".cpg", ".dbf", ".prj", ".shp", ".shx"):
        (aside / f"a{ending}").write_text("newer and longer")
    os.fsync, shutil.copy2 = killing(os.fsync), killing(shutil.copy2)
    Path.replace, Path.unlink, Path.write_text = map(
        killing, (Path.replace, Path.unlink, Path.write_text)
    )
"""
ENDINGS = (".cpg", ".dbf", ".prj", ".shp", ".shx")


def killed_at(step, folder):
    """Move the parts of a Shapefile and be killed at a step; return the parts that stand then."""
    for ending in ENDINGS:
        (folder / f"a{ending}").write_text("older")
    done = subprocess.run([sys.executable, "-c", KILLED, folder, str(step)], check=False)
    assert done.returncode in {0, -9}
    return done.returncode == 0, {p.name: p.read_text() for p in folder.glob("a.*")}


@pytest.mark.skipif(os.name == "nt", reason="nobody is killed so on Windows")
@pytest.mark.parametrize("heal", ["reader", "writer"])
def test_a_shapefile_killed_at_any_step_is_older_or_newer_for_who_comes_next(tmp_path, heal):
    whole, n_without, n_newer = False, 0, 0
    for step in range(100):
        folder = tmp_path / str(step)
        folder.mkdir()
        whole, parts = killed_at(step, folder)
        # Whoever reads in between sees no older part beside a newer .shp, or the other way round.
        assert "a.shp" not in parts or len(set(parts.values())) == 1
        n_without += "a.shp" not in parts
        if heal == "reader":
            files.finish_moves(folder)
        else:
            write_aside(folder / "b.txt", "beside")
            (folder / "b.txt").unlink()
        assert names(folder) == [f"a{ending}" for ending in ENDINGS]
        texts = {(folder / f"a{ending}").read_text() for ending in ENDINGS}
        assert len(texts) == 1
        n_newer += texts == {"newer and longer"}
        if whole:
            break
    assert whole
    assert step > 15
    assert n_without >= 5
    assert n_newer > n_without


@pytest.mark.skipif(os.name == "nt", reason="nobody is killed so on Windows")
def test_what_somebody_wrote_since_is_not_replaced_by_a_killed_run(tmp_path):
    without = next(s for s in range(100) if "a.shp" not in killed_at(s, tmp_path)[1])
    assert without
    for ending in ENDINGS:
        (tmp_path / f"a{ending}").write_text("written since by another program")
    write_aside(tmp_path / "b.txt", "beside")
    assert names(tmp_path) == sorted([*(f"a{ending}" for ending in ENDINGS), "b.txt"])
    assert (tmp_path / "a.shp").read_text() == "written since by another program"


@pytest.mark.parametrize("kind", [OSError, KeyboardInterrupt])
def test_files_that_belong_together_change_together(tmp_path, monkeypatch, kind):
    for name in ("a.dbf", "a.shp"):
        (tmp_path / name).write_text("older")
    replace, seen = Path.replace, []

    def third_fails(self, target):
        seen.append(target)
        if len(seen) == 3:
            raise kind(13, "Permission denied")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", third_fails)
    error = OutputError if kind is OSError else kind
    with pytest.raises(error):
        write_texts(tmp_path, {"a.dbf": "newer", "a.prj": "newer", "a.shp": "newer"})
    assert len(seen) > 3, "the older files were not put back"
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {
        "a.dbf": "older",
        "a.shp": "older",
    }


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_device_that_is_full(tmp_path):
    def fill(aside):
        aside.symlink_to("/dev/full")
        aside.write_text("x" * 100_000)

    with pytest.raises(OutputError, match="No space left"), written_aside(tmp_path / "a") as aside:
        fill(aside)
    with pytest.raises(OutputError, match="No space left"), files_aside(tmp_path) as aside:
        fill(aside / "a")
    assert names(tmp_path) == []


def test_a_disk_that_is_really_full(small_disk):
    path = small_disk / "a.txt"
    write_aside(path, "older")
    large = "x" * 100_000
    with pytest.raises(OutputError, match="No space left on device"):
        write_aside(path, large)
    with pytest.raises(OutputError, match="No space left"), written_aside(path) as aside:
        aside.write_text(large)
    with pytest.raises(OutputError, match="No space left"):
        write_texts(small_disk, {"a.txt": "newer", "b.txt": large})
    assert path.read_text() == "older"
    assert names(small_disk) == ["a.txt"]


def test_no_folder(tmp_path):
    with pytest.raises(OutputError, match=r"a.txt cannot be written \(No such file or directory\)"):
        write_aside(tmp_path / "none" / "a.txt", "x")
    (tmp_path / "folder").mkdir()
    with pytest.raises(OutputError, match="folder cannot be written"):
        write_aside(tmp_path / "folder", "x")
    assert names(tmp_path) == ["folder"]


def test_the_longest_name_is_written(tmp_path):
    name = "县" * 83 + ".csv"
    assert write_aside(tmp_path / name, "x").read_text() == "x"
    assert names(tmp_path) == [name]


def test_an_error_of_the_content_is_told_as_it_is(tmp_path):
    def refuse():
        with written_aside(tmp_path / "a"):
            message = "no columns"
            raise InputError(message)

    with pytest.raises(InputError, match=r"^no columns$"):
        refuse()
    assert names(tmp_path) == []


def test_folders_are_made_or_refused(tmp_path, monkeypatch):
    made = prepare_folder(tmp_path / "a" / "b")
    assert made.is_dir()
    assert list(made.iterdir()) == []
    (tmp_path / "file").write_text("")
    with pytest.raises(
        OutputError, match=r"The folder .*file cannot be written \(.*Choose another folder"
    ):
        prepare_folder(tmp_path / "file")

    def denied(**_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("tempfile.TemporaryFile", denied)
    with pytest.raises(OutputError, match=r"cannot be written \(Permission denied\). Choose anoth"):
        prepare_folder(made)


def _end_at_once():
    """Return the number of a process that is no more."""
    code = "import os; print(os.getpid())"
    ended = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    return int(ended.stdout)


def test_what_a_killed_run_left_is_swept_by_the_next(tmp_path):
    dead, host = _end_at_once(), files._HOST
    (tmp_path / f".writing-{host}-{dead}-0123abcd").mkdir()
    (tmp_path / f".writing-{host}-{dead}-0123abcd" / "half.png").write_text("half")
    kept = [
        # Of a process that runs, of another machine, of a form that is not ours.
        f".writing-{host}-{os.getppid()}-0123abcd",
        f".writing-00000000-{dead}-0123abcd",
        ".writing-notes",
    ]
    for name in kept:
        (tmp_path / name).mkdir()
    write_aside(tmp_path / "a.txt", "text")
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([*kept, "a.txt"])


@pytest.mark.parametrize("how", ["outside", "absolute", "link", "list", "deep", "folder"])
def test_a_folder_of_somebody_elses_moves_nothing_in_from_outside(tmp_path, how):
    secret, home = tmp_path / "secret.txt", tmp_path / "home"
    secret.write_text("mine")
    left = home / f".writing-{files._HOST}-{_end_at_once()}-0123abcd"
    listed = {"../../secret.txt": None}
    if how == "folder":
        home.mkdir()
        own = tmp_path / "own"
        own.mkdir()
        secret = secret.rename(own / "secret.txt")
        (own / ".moving").write_text(json.dumps({"secret.txt": None}))
        left.symlink_to(own)
    else:
        left.mkdir(parents=True)
        if how == "absolute":
            listed = {str(secret): None}
        if how == "link":
            (left / "secret.txt").symlink_to(secret)
            listed = {"secret.txt": None}
        text = {"list": "[1, 2]", "deep": "[" * 100_000}.get(how, json.dumps(listed))
        (left / ".moving").write_text(text)
    files.finish_moves(home)
    assert secret.read_text() == "mine"
    assert not (home / "secret.txt").exists()
