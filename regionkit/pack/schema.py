"""The descriptor of a plan pack: which tables it has, and what their columns hold.

``datapackage.json`` is the only place where the schema is written down; this module reads it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from regionkit.errors import Fault, PackError
from regionkit.places.units import list_provinces

__all__ = ["Descriptor", "Field", "Table", "embedded_packs", "find_pack", "read_descriptor"]

DESCRIPTOR = "datapackage.json"
# In a wheel the packs stand inside the package, in a checkout beside it.
_PACK_ROOTS = (Path(__file__).parents[1] / "geodata", Path(__file__).parents[2] / "geodata")


@dataclass(frozen=True)
class Field:
    """A column of a table.

    Attributes
    ----------
    name, type, title, description : str
    labels : dict of str to str
        Chinese label of each value of an enumeration; empty for other columns.
    delimiter : str
        Between the items of a list.
    """

    name: str
    type: str = "string"
    title: str = ""
    description: str = ""
    labels: dict[str, str] = field(default_factory=dict)
    delimiter: str = ";"
    constraints: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Table:
    """A table of the pack: its file, columns and key."""

    name: str
    path: str
    title: str
    fields: tuple[Field, ...]
    primary_key: tuple[str, ...]

    def __getitem__(self, name: str) -> Field:
        """Return the column of that name."""
        return next(column for column in self.fields if column.name == name)


@dataclass(frozen=True)
class Descriptor:
    """The descriptor of a pack: the folder, the region and the tables by name."""

    folder: Path
    raw: dict[str, Any]
    tables: dict[str, Table]

    @property
    def region(self) -> dict[str, str]:
        """Return id, adcode and names of the region the pack is of."""
        return dict(self.raw["region"])

    def labels(self, table: str, column: str) -> dict[str, str]:
        """Return the Chinese label of each value of an enumeration.

        Examples
        --------
        >>> read_descriptor("liaoning").labels("projects", "stage")["new"]
        '新建'
        """
        return self.tables[table][column].labels


def embedded_packs() -> dict[str, Path]:
    """Return the packs that come with regionkit, by id."""
    return {
        folder.name: folder
        for root in reversed(_PACK_ROOTS)
        if root.is_dir()
        for folder in sorted(root.iterdir())
        if (folder / DESCRIPTOR).is_file()
    }


def find_pack(pack: str | Path) -> Path:
    """Return the folder of an embedded pack's id or of a path.

    Raises
    ------
    PackError
        Neither an id nor a folder with a descriptor.
    """
    packs = embedded_packs()
    if str(pack) in packs:
        return packs[str(pack)]
    folder = Path(pack)
    if folder.name == DESCRIPTOR:
        folder = folder.parent
    if not (folder / DESCRIPTOR).is_file():
        raise PackError(
            f"{str(pack)!r} is neither an embedded pack ({', '.join(packs) or 'none'}) nor a "
            f"folder with a {DESCRIPTOR}. Make one with: regionkit new-pack PROVINCE FOLDER"
        )
    return folder


def read_descriptor(pack: str | Path) -> Descriptor:
    """Return the descriptor of a pack.

    Parameters
    ----------
    pack : str or Path
        Id of an embedded pack, or a folder.

    Raises
    ------
    PackError
        Not JSON, not a data package, or a table whose file is outside the folder or remote.
    """
    folder = find_pack(pack)
    path = folder / DESCRIPTOR
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, OSError) as error:
        raise PackError(
            f"{path} is not readable JSON ({error}). Compare it with the descriptor that "
            "`regionkit new-pack` writes."
        ) from error
    faults = _descriptor_faults(raw, folder)
    if faults:
        raise PackError(f"{path} has {len(faults)} faults:", faults)
    return Descriptor(folder, raw, {r["name"]: _table(r) for r in raw["resources"]})


def _table(resource: dict[str, Any]) -> Table:
    schema = resource["schema"]
    key = schema.get("primaryKey", [])
    return Table(
        name=resource["name"],
        path=resource["path"],
        title=resource.get("title", resource["name"]),
        fields=tuple(
            Field(
                name=column["name"],
                type=column.get("type", "string"),
                title=column.get("title", column["name"]),
                description=column.get("description", ""),
                labels=column.get("labels", {}),
                delimiter=column.get("delimiter", ";"),
                constraints=column.get("constraints", {}),
            )
            for column in schema["fields"]
        ),
        primary_key=(key,) if isinstance(key, str) else tuple(key),
    )


def _descriptor_faults(raw: Any, folder: Path) -> list[Fault]:
    """Return what is wrong with a descriptor: shape, region, and files it may not name."""

    def fault(column: str, what: str, mend: str) -> Fault:
        return Fault(DESCRIPTOR, 0, column, what, mend)

    if not isinstance(raw, dict) or not isinstance(raw.get("resources"), list):
        return [fault("resources", "is missing or no list.", "Name the pack's tables there.")]
    faults = []
    region = raw.get("region")
    if not isinstance(region, dict) or not all(
        isinstance(region.get(key), str) for key in ("id", "adcode", "name")
    ):
        faults.append(
            fault(
                "region",
                "must give id, adcode and name.",
                'Example: {"id": "jilin", "adcode": "220000", "name": "吉林省"}.',
            )
        )
    elif region["adcode"] not in list_provinces().index:
        faults.append(
            fault(
                "region",
                f"has the adcode {region['adcode']!r}, which no province has.",
                "Use the six digits of a province, such as 220000.",
            )
        )
    seen: set[str] = set()
    for number, resource in enumerate(raw["resources"], 1):
        place = f"resources[{number}]"
        if not isinstance(resource, dict) or not isinstance(resource.get("name"), str):
            faults.append(fault(place, "has no name.", "Give each table a name."))
            continue
        if resource["name"] in seen:
            faults.append(
                fault(
                    place, f"is a second table {resource['name']!r}.", "Keep one table of a name."
                )
            )
        seen.add(resource["name"])
        faults.extend(
            fault(f"{place}.schema", what, mend)
            for what, mend in _schema_faults(resource.get("schema"))
        )
        path = resource.get("path")
        if not isinstance(path, str) or not _is_inside(path, folder):
            faults.append(
                fault(
                    f"{place}.path",
                    f"is {path!r}, which is not a plain file inside the pack's folder.",
                    "Name a CSV file that stands beside the descriptor; web addresses, absolute "
                    "paths, links and .. are refused.",
                )
            )
    return faults


def _schema_faults(schema: Any) -> list[tuple[str, str]]:
    """Return what is wrong with a table's schema, and how to mend it."""
    if not isinstance(schema, dict) or not isinstance(schema.get("fields"), list):
        return [("has no fields.", "Write the schema in the descriptor itself.")]
    names = [
        column["name"]
        for column in schema["fields"]
        if isinstance(column, dict) and isinstance(column.get("name"), str)
    ]
    if len(names) < len(schema["fields"]):
        return [("has a field without a name.", "Give each field a name.")]
    key = schema.get("primaryKey", [])
    key = [key] if isinstance(key, str) else key
    if not isinstance(key, list) or not key or not set(map(str, key)) <= set(names):
        return [
            (
                f"has the primary key {key!r}, which is none of its fields.",
                "Name the fields whose values tell the rows apart.",
            )
        ]
    return []


def _is_inside(path: str, folder: Path) -> bool:
    """Return whether a path names a file of the folder itself, not through a link."""
    pure = PurePosixPath(path)
    if "://" in path or "\\" in path or pure.is_absolute() or ".." in pure.parts or ":" in path:
        return False
    return (folder / path).resolve().is_relative_to(folder.resolve())
