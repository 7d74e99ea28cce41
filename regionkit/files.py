"""Files seen whole or not at all: written aside, brought to the disk, then moved into place.

Every file of a user goes through here. The older file of that name stays as it was when a write
fails (a full disk, an interrupt), nothing is left behind, and a new file has the permissions that
the user's umask gives.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import shutil
import tempfile
import uuid
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from regionkit.errors import OutputError, RegionkitError
from regionkit.words.message import Call, msg

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = [
    "files_aside",
    "finish_moves",
    "prepare_folder",
    "replace_files",
    "write_aside",
    "write_new_folder",
    "written_aside",
]


# Parts that the others of their name are opened by.
_HEADS = {".shp"}
_HIDDEN = ".writing-"
# Names what a folder of files that are all whole is to replace, until they are moved.
_MOVING = ".moving"
# Folders are shared between machines, the numbers of processes are not.
_HOST = hashlib.blake2b(platform.node().encode(), digest_size=4).hexdigest()


def write_aside(path: str | os.PathLike[str], data: bytes | str) -> Path:
    """Write bytes, or text in UTF-8, to a file as a whole, and return its path.

    Raises
    ------
    OutputError
        The folder is missing or not writable, or the disk is full; an older file of that name
        stays as it was.

    Examples
    --------
    >>> import tempfile
    >>> folder = tempfile.mkdtemp()
    >>> write_aside(Path(folder) / "a.txt", "text").read_text()
    'text'
    """
    with written_aside(path) as aside:
        aside.write_bytes(data.encode("utf-8") if isinstance(data, str) else data)
    return Path(path)


@contextmanager
def written_aside(path: str | os.PathLike[str]) -> Iterator[Path]:
    """Yield a path to write to in a hidden folder; at the end the file there becomes the path.

    For a file that other code writes, under its own name, with whatever that leaves beside it. A
    reader sees the whole file or none, also when the process is killed in the middle, and of two
    writers of the same content it does not matter which one is last.

    Raises
    ------
    OutputError
        When the file cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "a.csv"
    >>> with written_aside(path) as aside:
    ...     _ = aside.write_text("1,2")
    >>> path.read_text()
    '1,2'
    """
    target = Path(path)
    with _hidden_folder(target, target.parent) as folder:
        aside = folder / target.name
        yield aside
        _bring_to_disk(aside)
        aside.replace(target)


@contextmanager
def files_aside(folder: str | os.PathLike[str]) -> Iterator[Path]:
    """Yield a hidden folder; at the end all its files stand in the folder, or none does.

    For files that belong together, such as the parts of a Shapefile. A folder that is missing is
    made of them; in one that exists they replace files of their names, and where one cannot be
    replaced, all the older ones are put back. The folder above must exist.

    Raises
    ------
    OutputError
        When a file cannot be written or replaced.

    Examples
    --------
    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp()) / "made"
    >>> with files_aside(folder) as aside:
    ...     _ = (aside / "a.txt").write_text("a")
    >>> [path.name for path in folder.iterdir()]
    ['a.txt']
    """
    target = Path(folder)
    # Inside a folder that exists: the one above may be somebody else's.
    with _hidden_folder(target, target if target.is_dir() else target.parent) as aside:
        yield aside
        made = sorted(aside.iterdir())
        for file in made:
            _bring_to_disk(file)
        if target.exists():
            _move_all(made, target)
        else:
            aside.replace(target)


def prepare_folder(folder: str | os.PathLike[str]) -> Path:
    """Return a folder, made where missing, that files can be written to.

    Raises
    ------
    OutputError
        It cannot be made or written.
    """
    folder = Path(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise OutputError(
            msg(
                "The folder {folder} cannot be written ({error}).", folder=folder, error=_why(error)
            ),
            mend=Call(msg("Choose another folder."), msg("Choose another with --out.")),
        ) from error
    return folder


def replace_files(folder: Path, files: Mapping[str, str]) -> None:
    """Write texts to files of a folder, in the order given, once all are safe on the disk.

    Raises
    ------
    OutputError
        One of them cannot be written; none was changed.
    """
    with _hidden_folder(folder, folder) as aside:
        _move_all([_write_text(aside / name, text) for name, text in files.items()], folder)


def write_new_folder(folder: Path, files: Mapping[str, str]) -> None:
    """Write texts to a folder that is missing or empty, all of them or none.

    Raises
    ------
    OutputError
        The folder holds something already, or cannot be written; nothing is left half made.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise OutputError(
            msg("{folder} is not an empty folder.", folder=folder),
            mend=msg("Choose another, or empty it first; nothing in it was changed."),
        )
    prepare_folder(folder.parent)
    with files_aside(folder) as aside:
        for name, text in files.items():
            _write_text(aside / name, text)


def _why(error: OSError) -> str:
    """Return why the system refuses, in its own words."""
    return str(error.strerror or error)


def _write_text(path: Path, text: str) -> Path:
    """Write a text with plain line ends, and wait until the disk has it."""
    path.write_text(text, encoding="utf-8", newline="\n")
    _bring_to_disk(path)
    return path


@contextmanager
def _hidden_folder(target: Path, home: Path) -> Iterator[Path]:
    """Yield a new folder on the disk of the target; it goes with all that is left in it."""
    # A short name of its own: the file's may be as long as the disk allows.
    folder = home / _hidden_name()
    try:
        _sweep(home)
        folder.mkdir()
        yield folder
    except RegionkitError:
        raise
    except OSError as error:
        raise OutputError(
            msg("{path} cannot be written ({error}).", path=target, error=_why(error)),
            mend=msg(
                "Nothing was changed. Choose a folder that exists and is writable, check the free "
                "space, and close the file where another program has it open."
            ),
        ) from error
    finally:
        # Moved away where all went well; here after a failure or an interrupt.
        shutil.rmtree(folder, ignore_errors=True)


def finish_moves(folder: str | os.PathLike[str]) -> None:
    """Put into place the files that a run was killed while moving: they were all on the disk.

    No system moves several files at once. A Shapefile whose writer is killed in the middle has no
    .shp, so that nobody pairs older parts with newer ones; who comes next puts it there. What
    somebody has changed since is left as it is.

    Examples
    --------
    >>> import tempfile
    >>> finish_moves(tempfile.mkdtemp())
    """
    with suppress(OSError):
        _sweep(Path(folder))


def _sweep(home: Path) -> None:
    """Finish what runs that were killed were moving, and take their hidden folders away.

    Only those of this machine, and of no process.
    """
    for left in home.glob(f"{_HIDDEN}*"):
        host, _, rest = left.name.removeprefix(_HIDDEN).partition("-")
        number = rest.partition("-")[0]
        if host != _HOST or not number.isdecimal() or _is_running(int(number)):
            continue
        # One process alone takes it up, under its own number: killed too, it leaves it to the next.
        mine = home / _hidden_name()
        with suppress(OSError):
            left.rename(mine)
            _finish_move(mine, home)
        shutil.rmtree(mine, ignore_errors=True)


def _hidden_name() -> str:
    return f"{_HIDDEN}{_HOST}-{os.getpid()}-{uuid.uuid4().hex[:8]}"


def _finish_move(aside: Path, home: Path) -> None:
    """Move what is left in a hidden folder, where all of it may still replace what stands there."""
    listed = aside / _MOVING
    if aside.is_symlink() or not listed.is_file():
        return
    try:
        before = json.loads(listed.read_text(encoding="utf-8"))
    except (ValueError, RecursionError):
        # Killed before it was listed, and before anything was moved.
        return
    # A list of somebody else's may name what lies elsewhere: only what is in the folder is moved.
    here = {file.name: file for file in aside.iterdir() if file.is_file() and not file.is_symlink()}
    left = [here[name] for name in before if name in here] if isinstance(before, dict) else []
    changed = [
        file
        for file in left
        if (now := _state(home / file.name)) != before[file.name]
        # Such a part is taken away before the others are moved.
        and not (now is None and file.suffix.lower() in _HEADS)
    ]
    for file in [] if changed else left:
        file.replace(home / file.name)


def _state(path: Path) -> list[int] | None:
    """Return what tells a file from a later one of its name, None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return [found.st_mtime_ns, found.st_size]


def _is_running(process: int) -> bool:
    """Return whether there is a process of that number; on Windows it cannot be asked safely."""
    if os.name == "nt" or process == os.getpid():
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        # Somebody else's.
        return True
    return True


def _bring_to_disk(path: Path) -> None:
    """Wait until a file's content is on the disk: a move may get there before what is moved."""
    # Windows flushes only what is open for writing.
    with path.open("r+b") as file:
        os.fsync(file.fileno())


def _move_all(files: list[Path], folder: Path) -> None:
    """Move files to a folder; put the older ones back where one cannot be moved."""
    older = files[0].parent / ".older" if files else folder
    moved: list[Path] = []
    # A Shapefile is opened by one of its parts: where that is gone first and comes last, no reader
    # pairs older parts with newer ones, also when the process is killed between them.
    heads = [file for file in files if file.suffix.lower() in _HEADS]
    order = [file for file in files if file not in heads] + heads
    listed = files[0].parent / _MOVING if files else folder
    try:
        if len(files) > 1:
            states = {file.name: _state(folder / file.name) for file in order}
            _write_text(listed, json.dumps(states))
        for file in [*heads, *order] if len(files) > 1 else []:
            target = folder / file.name
            if target.is_file():
                older.mkdir(exist_ok=True)
                shutil.copy2(target, older / file.name)
                if file in heads:
                    moved.append(target)
                    target.unlink()
        for file in order:
            target = folder / file.name
            file.replace(target)
            if target not in moved:
                moved.append(target)
    except BaseException:
        listed.unlink(missing_ok=True)
        for target in reversed(moved):
            kept = older / target.name
            if kept.exists():
                kept.replace(target)
            else:
                target.unlink(missing_ok=True)
        raise
