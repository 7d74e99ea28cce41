"""Find every fault of a plan pack: file, row, column, mend.

Frictionless checks the tables against the descriptor (types, enumerations, keys, foreign
keys); what a schema cannot say is checked by the rules of :mod:`regionkit.pack.rules`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from regionkit.errors import Fault
from regionkit.pack.points import point_faults
from regionkit.pack.read import read_header, read_tables_leniently
from regionkit.pack.rules import RULES
from regionkit.pack.schema import DESCRIPTOR, read_descriptor

if TYPE_CHECKING:
    from pathlib import Path

    from regionkit.pack.schema import Descriptor

__all__ = ["check_pack"]

_NO_LIMIT = 10**9
# The pack whose descriptor says which tables and columns a Region reads.
_MODEL = "liaoning"
_MENDS = {
    "constraint-error": "Use a value that the descriptor allows.",
    "type-error": "Write it in the type that the descriptor gives; leave unknown cells empty.",
    "primary-key": "Remove or rename the second row.",
    "unique-error": "Remove or rename the second row.",
    "foreign-key": "Add the missing row to that table, or correct the id.",
    "missing-label": "Add the column to the header.",
    "extra-label": "Remove the column, or describe it in the descriptor.",
    "incorrect-label": "Name the columns as the descriptor does, in its order.",
    "missing-cell": "Give the row as many cells as the header.",
    "extra-cell": "Quote cells that hold commas.",
    "blank-row": "Remove the empty row.",
    "encoding-error": "Save the file as UTF-8.",
}


def check_pack(pack: str | Path, *, places: bool = True) -> list[Fault]:
    """Return every fault of a pack, in order of file and row; none means the pack is sound.

    Parameters
    ----------
    pack : str or Path
        Id of an embedded pack, or a folder.
    places : bool
        Whether to test points against boundaries as well, which takes a second.

    Raises
    ------
    PackError
        The descriptor itself cannot be used.

    Examples
    --------
    >>> check_pack("liaoning")
    []
    """
    descriptor = read_descriptor(pack)
    faults = _missing_parts(descriptor)
    if faults:
        # The rules below look at these tables and columns.
        return sorted(set(faults))
    faults = _header_faults(descriptor) + _schema_faults(descriptor)
    tables, broken = read_tables_leniently(descriptor)
    for rule, needed in RULES.items():
        # A table that is not there would make every id that points to it a fault.
        if broken.isdisjoint(needed):
            faults.extend(rule(descriptor, tables))
    if places and not faults:
        faults.extend(point_faults(descriptor, tables))
    return sorted(set(faults))


def _missing_parts(descriptor: Descriptor) -> list[Fault]:
    """Return the tables and columns that a Region reads and the descriptor does not have."""
    faults = []
    for wanted in read_descriptor(_MODEL).tables.values():
        table = descriptor.tables.get(wanted.name)
        if table is None:
            faults.append(
                Fault(
                    DESCRIPTOR,
                    0,
                    "resources",
                    f"has no table {wanted.name!r}.",
                    "Add it, as `regionkit new-pack` writes it; it may have no rows.",
                )
            )
            continue
        types = {column.name: column.type for column in table.fields}
        faults.extend(
            Fault(
                DESCRIPTOR,
                0,
                wanted.name,
                f"has no field {column.name!r} of type {column.type}.",
                "Describe it as `regionkit new-pack` does.",
            )
            for column in wanted.fields
            if types.get(column.name) != column.type
        )
    return faults


def _header_faults(descriptor: Descriptor) -> list[Fault]:
    """Return the columns that a file's header lacks, has twice or should not have."""
    faults: list[Fault] = []
    for table in descriptor.tables.values():
        header = read_header(descriptor.folder / table.path)
        if not header:
            # Frictionless tells of a file that is missing, empty or not in UTF-8.
            continue
        wanted = [column.name for column in table.fields]
        faults.extend(
            Fault(table.path, 1, name, "is missing.", "Add the column to the header.")
            for name in wanted
            if name not in header
        )
        faults.extend(
            Fault(
                table.path,
                1,
                name,
                "is no column of the descriptor.",
                "Remove the column, or describe it in the descriptor.",
            )
            for name in header
            if name not in wanted
        )
        faults.extend(
            Fault(table.path, 1, name, "stands twice in the header.", "Remove one of them.")
            for name in sorted(set(header))
            if header.count(name) > 1
        )
    return faults


def _plain_package(descriptor: Descriptor) -> dict[str, Any]:
    """Return the descriptor without what could lead out of the folder: profiles, dialects."""
    return {
        "name": "pack",
        "resources": [
            {
                "name": resource["name"],
                "type": "table",
                "path": resource["path"],
                "scheme": "file",
                "format": "csv",
                "encoding": "utf-8-sig",
                "schema": _fitted_schema(
                    resource["schema"], read_header(descriptor.folder / resource["path"])
                ),
            }
            for resource in descriptor.raw["resources"]
        ],
    }


def _fitted_schema(schema: dict[str, Any], header: list[str]) -> dict[str, Any]:
    """Return a schema with its fields in a file's order, without those the file lacks.

    Frictionless matches by position: one column too few would make all that follow it wrong.
    """
    kept = ("fields", "missingValues", "primaryKey", "foreignKeys")
    plain = {key: schema[key] for key in kept if key in schema}
    if len(set(header)) < len(header) or "" in header or not header:
        return plain
    by_name = {field["name"]: field for field in schema["fields"]}
    plain["fields"] = [by_name.get(name, {"name": name, "type": "any"}) for name in header]
    if not set(_listed(schema["primaryKey"])) <= set(header):
        del plain["primaryKey"]
    if "foreignKeys" in plain:
        plain["foreignKeys"] = [
            key for key in schema["foreignKeys"] if set(_listed(key["fields"])) <= set(header)
        ]
    return plain


def _listed(names: str | list[str]) -> list[str]:
    return [names] if isinstance(names, str) else names


def _schema_faults(descriptor: Descriptor) -> list[Fault]:
    """Return what Frictionless finds against the descriptor."""
    # Frictionless takes half a second to import.
    from frictionless import FrictionlessException, Package

    try:
        package = Package(_plain_package(descriptor), basepath=str(descriptor.folder))
    except FrictionlessException as refusal:
        reasons = refusal.reasons or [refusal.error]
        return [
            Fault(DESCRIPTOR, 0, "", reason.message, "Correct the descriptor.")
            for reason in reasons
        ]
    report = package.validate(limit_errors=_NO_LIMIT)
    faults = [
        Fault(DESCRIPTOR, 0, "", error.message, "Correct the descriptor.")
        for error in report.errors
    ]
    by_path = {table.path: table for table in descriptor.tables.values()}
    for task in report.tasks:
        name = str(task.place)
        for error in task.errors:
            row = int(getattr(error, "row_number", 0) or 0)
            columns = getattr(error, "field_names", None)
            if error.type == "primary-key" and name in by_path:
                columns = by_path[name].primary_key
            column = getattr(error, "field_name", "") or getattr(error, "label", "")
            if columns:
                column = ", ".join(columns)
            faults.append(
                Fault(name, row, str(column), _say(error), _MENDS.get(error.type, "Correct it."))
            )
    return faults


def _say(error: object) -> str:
    """Return what a Frictionless error says, with the cell before its bare note."""
    cell = getattr(error, "cell", "")
    note = str(getattr(error, "note", "") or getattr(error, "message", ""))
    return f'"{cell}": {note}.' if cell else f"{note}."
