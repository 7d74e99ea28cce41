"""Write a plan pack: a new folder, an older pack in today's form, a package for other tools."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from regionkit.errors import OutputError, PackError
from regionkit.files import replace_files, write_aside, write_new_folder
from regionkit.pack.check import find_faults
from regionkit.pack.contents import read_pack_texts
from regionkit.pack.migrate import first_paths
from regionkit.pack.model import SCHEMA_VERSION
from regionkit.pack.schema import DESCRIPTOR, describe_workbook
from regionkit.pack.settle import settle_texts
from regionkit.pack.sheets import pack_workbook
from regionkit.pack.stamp import STAMP, digest_of, is_embedded
from regionkit.pack.workbook import is_workbook, read_workbook
from regionkit.words.message import msg

if TYPE_CHECKING:
    from regionkit.pack.model import Field, Table
    from regionkit.pack.schema import Descriptor
    from regionkit.pack.texts import Texts

__all__ = [
    "convert_pack",
    "descriptor_text",
    "table_text",
    "tidy_pack",
    "update_pack",
    "write_self_contained",
    "write_workbook",
]


def descriptor_text(raw: dict[str, Any]) -> str:
    """Return a descriptor as it is written."""
    return json.dumps(raw, ensure_ascii=False, indent=2) + "\n"


class _PlainLines(io.StringIO):
    """Takes lines as they end in CSV, and ends them as the files of a pack do."""

    def write(self, text: str, /) -> int:
        return super().write(text.removesuffix("\r\n") + "\n")


def table_text(table: Table, texts: Texts) -> str:
    """Return a table as CSV, its columns in the order of the schema."""
    cells = texts.columns(table.columns)
    file = _PlainLines()
    # Only the characters of the line's end are quoted, so it has to be both of them.
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(table.columns)
    writer.writerows(zip(*cells.values(), strict=True))
    return file.getvalue()


def update_pack(pack: str | Path) -> list[str]:
    """Write a pack of an earlier version in today's form; return the files that were written.

    A pack of today's version is left as it is.

    Raises
    ------
    PackError
        The pack has faults: nothing is written.
    OutputError
        The folder cannot be written, or has another file where a new table would stand.
    """
    descriptor, texts = _read_sound(pack)
    folder = _folder_of(descriptor)
    written = []
    if descriptor.version != SCHEMA_VERSION:
        files = _pack_files(descriptor, texts)
        _refuse_strangers(folder, files, set(first_paths(descriptor.original).values()))
        written = _replace(folder, files)
    return written


def _stamp(folder: Path) -> list[str]:
    """Stamp an embedded pack, which is read as it stands from then on."""
    if not is_embedded(folder):
        return []
    _, _, contents = read_pack_texts(folder)
    return _replace(folder, {STAMP: digest_of(contents) + "\n"})


def tidy_pack(pack: str | Path) -> list[str]:
    """Write a pack as it was read: rows sorted, words as values, ids that were made; in UTF-8.

    Returns the names of the files that were written. An embedded pack is stamped as sound.

    Raises
    ------
    PackError
        The pack has faults: nothing is written.
    OutputError
        It cannot be written, or another file stands where a new table would.
    """
    descriptor, texts = _read_sound(pack)
    home = _folder_of(descriptor)
    if is_workbook(home):
        write_aside(home, _workbook_of(descriptor, texts))
        return [home.name]
    files = _pack_files(descriptor, texts)
    if not descriptor.version:
        _refuse_strangers(home, files, set(first_paths(descriptor.original).values()))
    return _replace(home, files) + _stamp(home)


def convert_pack(pack: str | Path, target: str | Path) -> Path:
    """Write a pack as a workbook or as a folder, and return where it stands.

    Every fact and every word of the pack goes along: read back, it is the same pack.

    Parameters
    ----------
    pack : str or Path
        Id of an embedded pack, a folder or a workbook.
    target : str or Path
        A new .xlsx file, or an empty or new folder.

    Raises
    ------
    PackError
        The pack has faults: nothing is written.
    OutputError
        The target exists, cannot be written, or cannot hold what the pack holds.

    Examples
    --------
    >>> import tempfile
    >>> from regionkit.pack.new import new_pack
    >>> with tempfile.TemporaryDirectory() as home:
    ...     made = new_pack("吉林", Path(home) / "jilin")
    ...     print(convert_pack(made, Path(home) / "吉林.xlsx").name)
    吉林.xlsx
    """
    descriptor, texts = _read_sound(pack)
    target = Path(target).resolve()
    if is_workbook(target):
        write_workbook(descriptor, texts, target)
    else:
        write_new_folder(target, _pack_files(descriptor, texts))
    return target


def write_workbook(descriptor: Descriptor, texts: dict[str, Texts], path: Path) -> None:
    """Write a pack as a new workbook.

    Raises
    ------
    OutputError
        The file is there already, cannot be written, or cannot hold what the pack holds.
    """
    if path.exists():
        raise OutputError(
            msg("{path} is there already, and may hold what somebody typed.", path=path),
            mend=msg("Name another file, or move it away first."),
        )
    content = _workbook_of(descriptor, texts)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_aside(path, content)


def _workbook_of(descriptor: Descriptor, texts: dict[str, Texts]) -> bytes:
    """Return a pack as a workbook, once it is seen to be read back as the same pack."""
    content = pack_workbook(descriptor, texts)
    book = read_workbook(content, "")
    back = settle_texts(describe_workbook(book, Path("pack.xlsx")), book.texts, book.register)
    for name, table in descriptor.tables.items():
        before, after = (one[name].columns(table.columns) for one in (texts, back))
        for column in table.columns:
            for was, is_now in zip(before[column], after[column], strict=True):
                if was != is_now:
                    raise OutputError(
                        msg(
                            "A workbook cannot hold {text!r} of {table}, {column}, unchanged.",
                            text=was[:40],
                            table=table.title,
                            column=table[column].title,
                        ),
                        mend=msg("Keep the pack as a folder, or change that text."),
                    )
    return content


def write_self_contained(pack: str | Path, folder: str | Path | None = None) -> Path:
    """Write a pack with the schema of every table in its descriptor, and return its folder.

    Such a pack is a Frictionless Data Package of its own, for tools that know no regionkit.
    regionkit reads it as it reads any pack: by the schema of its version.

    Parameters
    ----------
    pack : str or Path
    folder : str or Path, optional
        An empty or a new folder for the copy; the pack's own where none is given.

    Raises
    ------
    PackError
        The pack has faults: nothing is written.
    OutputError
        The folder holds something, or cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as home:
    ...     made = write_self_contained("liaoning", Path(home) / "copy")
    ...     raw = json.loads((made / "datapackage.json").read_text(encoding="utf-8"))
    ...     print(raw["resources"][0]["schema"]["primaryKey"])
    ['source_id']
    """
    descriptor, texts = _read_sound(pack)
    resources = [_resource(table) for table in descriptor.tables.values()]
    raw = {"profile": "data-package"} | descriptor.raw | {"resources": resources}
    files = _pack_files(descriptor, texts) | {DESCRIPTOR: descriptor_text(raw)}
    if folder is None:
        home = _folder_of(descriptor)
        if not descriptor.version:
            _refuse_strangers(home, files, set(first_paths(descriptor.original).values()))
        _replace(home, files)
        return home
    home = Path(folder).resolve()
    write_new_folder(home, files)
    return home


def _read_sound(pack: str | Path) -> tuple[Descriptor, dict[str, Texts]]:
    descriptor, texts, _ = read_pack_texts(pack)
    faults = find_faults(descriptor, texts, places=False)
    if faults:
        raise PackError(
            msg(
                "Faults of the pack in {folder}: {n}. Nothing was written.",
                folder=descriptor.folder,
                n=len(faults),
            ),
            faults,
            mend=msg("Mend them first:"),
        )
    return descriptor, texts


def _refuse_strangers(folder: Path, files: dict[str, str], own: set[str]) -> None:
    """Refuse to write over files that an older pack does not know as its tables."""
    for name, text in files.items():
        path = folder / name
        is_other = path.is_file() and path.read_bytes() != text.encode()
        if name != DESCRIPTOR and name not in own and is_other:
            raise OutputError(
                msg(
                    "{path} is no table of this pack, and a new table is to stand there.", path=path
                ),
                mend=msg("Move it away first; nothing was written."),
            )


def _folder_of(descriptor: Descriptor) -> Path:
    if descriptor.folder is None:
        raise OutputError(
            msg("This pack stands in no folder."), mend=msg("Name the folder to write to.")
        )
    return descriptor.folder


def _pack_files(descriptor: Descriptor, texts: dict[str, Texts]) -> dict[str, str]:
    """Return the files of a pack in today's form: the descriptor, then the tables."""
    files = {DESCRIPTOR: descriptor_text(descriptor.raw)}
    for name, table in descriptor.tables.items():
        files[f"{name}.csv"] = table_text(table, texts[name])
    return files


def _resource(table: Table) -> dict[str, Any]:
    """Return a table as a resource of a Frictionless Data Package."""
    keys = [
        {
            "fields": list(key.columns),
            "reference": {"resource": key.table, "fields": list(key.other_columns)},
        }
        for key in table.foreign_keys
    ]
    schema: dict[str, Any] = {
        "fields": [_field(one) for one in table.fields],
        "missingValues": [""],
        "primaryKey": list(table.primary_key),
    }
    return {
        "name": table.name,
        "type": "table",
        "title": table.title,
        "description": table.description,
        "path": f"{table.name}.csv",
        "scheme": "file",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema | ({"foreignKeys": keys} if keys else {}),
    }


def _field(column: Field) -> dict[str, Any]:
    """Return a column as a field of a Table Schema, with its labels beside what the format has."""
    limits = {
        "required": column.required,
        "pattern": column.pattern,
        "minimum": column.minimum,
        "maximum": column.maximum,
        "enum": list(column.labels),
    }
    described = {
        "name": column.name,
        "type": column.type,
        "title": column.title,
        "description": column.description,
        "constraints": {
            # Zero is a limit.
            key: value
            for key, value in limits.items()
            if value is not None and value is not False and value not in ("", [])
        },
        "labels": column.labels,
        "delimiter": column.delimiter if column.type == "list" else "",
    }
    return {key: value for key, value in described.items() if value}


def _replace(folder: Path, files: dict[str, str]) -> list[str]:
    """Replace the files that differ; return their names.

    What is new comes first, then the descriptor, then what was there: a run that is broken off
    leaves every fact in one form or the other.
    """
    changed = [
        name
        for name, text in files.items()
        if not (folder / name).is_file() or (folder / name).read_bytes() != text.encode()
    ]
    changed.sort(key=lambda name: ((folder / name).exists(), name != DESCRIPTOR, name))
    replace_files(folder, {name: files[name] for name in changed})
    return changed
