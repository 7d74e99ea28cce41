"""Files that other code writes, seen whole or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
import uuid
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from regionkit.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = [
    "prepare_folder",
    "replace_files",
    "write_aside",
    "write_new_folder",
    "written_aside",
]


@contextmanager
def written_aside(path: str | os.PathLike[str]) -> Iterator[Path]:
    """Yield a temporary name beside the path; at the end it becomes the path, or vanishes.

    A reader sees the whole file or none, also when the process is killed in the middle, and
    of two writers of the same content it does not matter which one is last.

    Raises
    ------
    OutputError
        When the file cannot be written.
    """
    target = Path(path)
    aside = target.with_name(f".{target.name}.{uuid.uuid4().hex}")
    try:
        yield aside
        aside.replace(target)
    except OSError as error:
        msg = f"{target}: cannot be written ({error}). Choose a folder that exists and is yours."
        raise OutputError(msg) from error
    finally:
        aside.unlink(missing_ok=True)


def write_aside(path: str | Path, data: bytes | str) -> Path:
    """Write a file under a temporary name beside its place, then move it there.

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
    path = Path(path)
    content = data.encode("utf-8") if isinstance(data, str) else data
    name = ""
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        # mkstemp makes files private; a result is to be shared.
        umask = os.umask(0)
        os.umask(umask)
        Path(name).chmod(0o666 & ~umask)
        Path(name).replace(path)
    except OSError as error:
        raise OutputError(
            f"{path} cannot be written ({error.strerror or error}). Nothing was changed. Choose "
            "a folder that exists and is writable, and check the free space."
        ) from error
    finally:
        # Moved away where all went well; here after a failure or an interrupt.
        if name:
            Path(name).unlink(missing_ok=True)
    return path


def prepare_folder(folder: str | Path) -> Path:
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
            f"The folder {folder} cannot be written ({error.strerror or error}). Choose another "
            "with --out."
        ) from error
    return folder


def replace_files(folder: Path, files: Mapping[str, str]) -> None:
    """Write files of a folder, in the order given, once all of them are safe on the disk.

    Raises
    ------
    OutputError
        One of them cannot be written; none was changed.
    """
    try:
        with tempfile.TemporaryDirectory(prefix=".writing-", dir=folder) as aside:
            for name, text in files.items():
                _write_through(Path(aside) / name, text)
            for name in files:
                (Path(aside) / name).replace(folder / name)
    except OSError as error:
        raise OutputError(
            f"{folder} cannot be written ({error.strerror or error}). Check that the folder is "
            "writable, and the free space."
        ) from error


def write_new_folder(folder: Path, files: Mapping[str, str]) -> None:
    """Write a folder under a temporary name beside its place, then move it there.

    Raises
    ------
    OutputError
        The folder holds something already, or cannot be written; nothing is left half made.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise OutputError(
            f"{folder} is not an empty folder. Choose another, or empty it first; nothing in it "
            "was changed."
        )
    aside = None
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
        for name, text in files.items():
            _write_through(aside / name, text)
        # mkdtemp makes folders private; what is written is to be shared.
        umask = os.umask(0)
        os.umask(umask)
        aside.chmod(0o777 & ~umask)
        if folder.exists():
            # It may be somebody's working folder, which must not be replaced by another.
            for path in sorted(aside.iterdir()):
                path.replace(folder / path.name)
        else:
            aside.replace(folder)
    except OSError as error:
        raise OutputError(
            f"{folder} cannot be written ({error.strerror or error}). Nothing was changed. "
            "Choose a folder that is writable, and check the free space."
        ) from error
    finally:
        if aside is not None:
            shutil.rmtree(aside, ignore_errors=True)


def _write_through(path: Path, text: str) -> None:
    """Write a file and wait until the disk has it."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
