"""The descriptor of a plan pack: its region, licence, words and the version of its schema.

What tables hold is not the pack's to say: that stands in :mod:`regionkit.pack.model`. Packs from
before there were versions carry a copy of the schema, of which only the labels are read.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from regionkit.errors import Fault, PackError
from regionkit.pack.migrate import first_kinds, first_paths, upgrade_raw
from regionkit.pack.model import KINDS, SCHEMA_VERSION, THEMES, Table, list_tables
from regionkit.pack.texts import parse_texts, read_contents
from regionkit.pack.workbook import ABOUT, is_workbook, read_workbook
from regionkit.places.units import COUNTRY, WHOLE, all_codes, list_units, outermost
from regionkit.words.message import Words, msg

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from regionkit.pack.workbook import Workbook

__all__ = [
    "DESCRIPTOR",
    "Descriptor",
    "describe_units",
    "describe_workbook",
    "embedded_packs",
    "find_pack",
    "parse_descriptor",
    "read_descriptor",
]

DESCRIPTOR = "datapackage.json"
_REGION = ("id", "adcode", "name")
# Of the form of every id in the tables, and short enough for the name of a file.
_REGION_ID = re.compile(r"(?=.{1,64}\Z)[a-z0-9]+(-[a-z0-9]+)*")
_MOST_SHOWN = 80
_LONGEST_PATH = 255
# A region of more units is called by the first of them.
_MOST_NAMED = 4
# In a wheel the packs stand inside the package, in a checkout beside it.
_PACK_ROOTS = (Path(__file__).parents[1] / "geodata", Path(__file__).parents[2] / "geodata")


@dataclass(frozen=True)
class Descriptor:
    """The descriptor of a pack.

    Attributes
    ----------
    folder : Path or None
        The folder or the workbook that the pack is; None for one that stands nowhere.
    raw : dict
        What ``datapackage.json`` holds, in today's form.
    version : int
        Version of the schema its files are written by; 0 from before there were versions.
    tables : dict of str to Table
        The tables of the schema, with the labels that the pack gives.
    original : dict
        What ``datapackage.json`` holds, in the form of its own version.
    """

    folder: Path | None
    raw: dict[str, Any]
    version: int
    tables: dict[str, Table]
    original: dict[str, Any]

    @property
    def region(self) -> dict[str, str]:
        """Return id, adcode and names of the region the pack is of.

        A region of several units has the code "900000", the country "100000".
        """
        told = {key: one for key, one in self.raw["region"].items() if isinstance(one, str)}
        if not told.get("adcode"):
            told["adcode"] = self.unit_codes[0] if len(self.unit_codes) == 1 else WHOLE
        return told

    @property
    def unit_codes(self) -> tuple[str, ...]:
        """Return the codes of the units the region is made of."""
        region = self.raw["region"]
        return tuple(sorted(outermost(region.get("units") or [region["adcode"]])))

    @property
    def units(self) -> pd.DataFrame:
        """Return the units of the region, as of :func:`regionkit.places.units.list_units`."""
        return list_units(self.unit_codes, name=str(self.raw["region"]["name"]))

    @property
    def named_plan(self) -> str:
        """Return the source_id of the plan in force, where the pack names it; "" where not."""
        return str(self.region.get("current_plan") or "")

    def labels(self, table: str, column: str) -> dict[str, str]:
        """Return the Chinese label of each value of an enumeration.

        Examples
        --------
        >>> read_descriptor("liaoning").labels("projects", "stage")["new"]
        '新建'
        """
        place = self.tables[table].words_of.get(column, f"{table}.{column}")
        table, column = place.split(".")
        return self.tables[table][column].labels

    def with_kinds(self, rows: list[dict[str, str]]) -> Descriptor:
        """Return the descriptor with domains and kinds labelled by rows of the table ``kinds``."""
        # Rows may lack a column here; the check tells of it.
        names = ("order", "domain", "kind", "label")
        cells = [tuple(row.get(name, "") for name in names) for row in rows]
        cells.sort(key=lambda row: (len(row[0]), row[0]))
        domains = {domain: label for _, domain, kind, label in cells if not kind}
        kinds = {kind: label for _, _, kind, label in cells if kind}
        named = {
            "projects": self.tables["projects"].with_labels({"domain": domains, "kind": kinds}),
            THEMES: self.tables[THEMES].with_labels({"domain": domains}),
        }
        return replace(self, tables=self.tables | named)


def describe_units(units: str | Sequence[str], name: str = "") -> dict[str, Any]:
    """Return what a descriptor says of a region made of units: id, adcode or units, and name.

    Examples
    --------
    >>> describe_units("220000")["name"], describe_units(["220000", "150400"])["name"]
    ('吉林省', '吉林省、赤峰市')
    """
    listed = [units] if isinstance(units, str) else list(units)
    codes = [code for code in listed if code in outermost(listed)]
    table = list_units(codes)
    if len(codes) == 1:
        told = str(table["name"].iloc[0])
        return {"id": codes[0], "adcode": codes[0], "name": name or told}
    names = table.loc[codes, "name"].tolist()
    few = len(names) <= _MOST_NAMED
    own = "、".join(names) if few else f"{'、'.join(names[:_MOST_NAMED])}等{len(names)}地"
    mark = sha256(" ".join(sorted(codes)).encode()).hexdigest()[:8]
    return {"id": f"units-{mark}", "name": name or own, "units": sorted(codes)}


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
    """Return the folder of an embedded pack's id, or the folder or workbook of a path.

    Raises
    ------
    PackError
        Neither an id nor a folder with a descriptor nor a workbook.
    """
    packs = embedded_packs()
    if str(pack) in packs:
        return packs[str(pack)]
    folder = Path(pack)
    if is_workbook(folder) and _is_file(folder):
        return folder
    if folder.name == DESCRIPTOR:
        folder = folder.parent
    if not _is_file(folder / DESCRIPTOR):
        raise PackError(
            msg(
                "{pack!r} is neither an embedded pack ({packs}) nor a folder with a {file}, nor a "
                "workbook of the form .xlsx.",
                pack=str(pack),
                packs=list(packs) or msg("none"),
                file=DESCRIPTOR,
            ),
            mend=msg("Make one with: regionkit new-pack PROVINCE"),
        )
    return folder


def _is_file(path: Path) -> bool:
    """Return whether there is such a file; a name that no file can have is none."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def read_descriptor(pack: str | Path) -> Descriptor:
    """Return the descriptor of a pack.

    Parameters
    ----------
    pack : str or Path
        Id of an embedded pack, or a folder.

    Raises
    ------
    PackError
        Not JSON, no region, words for what is no enumeration, a version that is not known, or a
        table whose file is outside the folder or remote.
    """
    folder = find_pack(pack)
    if is_workbook(folder):
        return describe_workbook(read_workbook(folder.read_bytes(), folder.name), folder)
    return parse_descriptor((folder / DESCRIPTOR).read_bytes(), folder)


def describe_workbook(book: Workbook, path: Path) -> Descriptor:
    """Return the descriptor of a workbook; raises as read_descriptor."""
    faults = [
        replace(fault, file=path.name, sheet=ABOUT, column=fault.column)
        for fault in _descriptor_faults(book.raw, path)
    ]
    if faults:
        raise PackError(msg("Faults in {path}: {n}.", path=path, n=len(faults)), faults)
    tables = _with_words(list_tables(), book.raw.get("words", {}))
    descriptor = Descriptor(path, book.raw, book.raw["schema_version"], tables, book.raw)
    return descriptor.with_kinds(book.texts[KINDS].records())


def parse_descriptor(content: bytes, folder: Path) -> Descriptor:
    """Return the descriptor of a folder from what its file holds; raises as read_descriptor."""
    path = folder / DESCRIPTOR
    try:
        raw = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise PackError(
            msg("{path} is not readable JSON ({error}).", path=path, error=str(error)),
            mend=msg("Compare it with the descriptor that `regionkit new-pack` writes."),
        ) from error
    faults = _descriptor_faults(raw, folder)
    if faults:
        raise PackError(msg("Faults in {path}: {n}.", path=path, n=len(faults)), faults)
    version = raw.get("schema_version", 0)
    today = raw if version else upgrade_raw(raw)
    tables = _with_words(list_tables(), today.get("words", {}))
    for name, file in {} if version else first_paths(raw).items():
        tables[name] = replace(tables[name], path=file)
    descriptor = Descriptor(folder, today, version, tables, raw)
    if not version:
        return descriptor.with_kinds(first_kinds(raw))
    texts = parse_texts({KINDS: tables[KINDS]}, read_contents(folder, [tables[KINDS].path]))
    return descriptor.with_kinds(texts[KINDS].records())


def _with_words(tables: dict[str, Table], words: dict[str, dict[str, str]]) -> dict[str, Table]:
    """Return the tables with the labels that a province has words of its own for."""
    changed = dict(tables)
    for place, own in words.items():
        table, column = place.split(".")
        labels = changed[table][column].labels | own
        changed[table] = changed[table].with_labels({column: labels})
    return changed


def _descriptor_faults(raw: Any, folder: Path) -> list[Fault]:
    """Return what is wrong with a descriptor: region, version, words, files it may not name."""
    if not isinstance(raw, dict):
        return [
            _fault(
                "",
                msg("is no object."),
                msg("Compare it with the descriptor that `regionkit new-pack` writes."),
            )
        ]
    faults = _region_faults(raw.get("region"))
    version = raw.get("schema_version")
    if version is None:
        return [*faults, *_first_faults(raw.get("resources"), folder)]
    if isinstance(version, bool) or not isinstance(version, int) or version < 1:
        faults.append(
            _fault(
                "schema_version",
                msg("is {version!r}, which is no version of the schema.", version=version),
                msg("Write {form}.", form=SCHEMA_VERSION),
            )
        )
    elif version > SCHEMA_VERSION:
        faults.append(
            _fault(
                "schema_version",
                msg(
                    "is {version}; this regionkit knows {known} and those before it.",
                    version=version,
                    known=SCHEMA_VERSION,
                ),
                msg("Update regionkit."),
            )
        )
    faults.extend(
        _fault(
            table.name,
            msg("{path} leads out of the pack's folder.", path=table.path),
            msg("Put the file itself there; links out of the folder are refused."),
        )
        for table in list_tables().values()
        if not _is_inside(table.path, folder)
    )
    return [*faults, *_word_faults(raw.get("words", {}))]


def _fault(column: str, what: Words, mend: Words) -> Fault:
    return Fault(DESCRIPTOR, 0, column, what, mend)


def _region_faults(region: Any) -> list[Fault]:
    needed = ("id", "name") if isinstance(region, dict) and "units" in region else _REGION
    is_told = isinstance(region, dict) and all(isinstance(region.get(key), str) for key in needed)
    if not is_told or not all(isinstance(one, str) for one in _listed(region.get("units"))):
        return [
            _fault(
                "region",
                msg("must give id, adcode and name; one of several units their codes as units."),
                msg(
                    "Example: {example}.",
                    example='{"id": "jilin", "adcode": "220000", "name": "吉林省"}',
                ),
            )
        ]
    if not _REGION_ID.fullmatch(region["id"]):
        # It names files that scripts and commands write for the region.
        return [
            _fault(
                "region",
                msg(
                    "has the id {id!r}, which is no name for files.", id=region["id"][:_MOST_SHOWN]
                ),
                msg("Write at most 64 small letters, digits and hyphens, such as coastal-belt."),
            )
        ]
    codes = region["units"] if "units" in region else [region["adcode"]]
    known = {COUNTRY, *all_codes()}
    adcode = region.get("adcode")
    if adcode is not None and str(adcode) not in {"", WHOLE, *known}:
        codes = [adcode]
    if not isinstance(codes, list) or not codes or not known.issuperset(map(str, codes)):
        listed = codes if isinstance(codes, list) else [codes]
        return [
            _fault(
                "region",
                msg(
                    "has the adcode {adcode!r}, which no unit has.",
                    adcode=next((str(one) for one in listed if str(one) not in known), ""),
                ),
                msg(
                    "Use the six digits of a province, city or county, such as 220000, or list "
                    "several: {example}.",
                    example='"units": ["220000", "150400"]',
                ),
            )
        ]
    return []


def _listed(units: Any) -> list[Any]:
    return units if isinstance(units, list) else []


def _word_faults(words: Any) -> list[Fault]:
    """Return what is wrong with a province's own words: what they are for must be enumerated."""
    mend = msg("Example: {example}.", example='{"zones.kind": {"strategic": "四大板块"}}')
    if not isinstance(words, dict):
        return [_fault("words", msg("is no object."), mend)]
    known = {
        f"{table.name}.{column.name}": column.labels
        for table in list_tables().values()
        for column in table.fields
        if column.labels
    }
    faults = []
    for place, labels in words.items():
        if place not in known or not isinstance(labels, dict):
            what = msg("has {place!r}, which is no table.column of fixed values.", place=place)
            faults.append(_fault("words", what, mend))
            continue
        faults.extend(
            _fault(
                "words",
                msg(
                    "gives {place} a word for {value!r}, which is none of its values.",
                    place=place,
                    value=value,
                ),
                msg("Its values are: {values}.", values=list(known[place])),
            )
            for value, label in labels.items()
            if value not in known[place] or not isinstance(label, str)
        )
    return faults


def _first_faults(resources: Any, folder: Path) -> list[Fault]:
    """Return what is wrong with the tables that a descriptor of version 0 names."""
    if not isinstance(resources, list):
        return [
            _fault(
                "schema_version",
                msg("is missing."),
                msg("Write {version}, as new-pack does.", version=SCHEMA_VERSION),
            )
        ]
    faults = []
    seen: set[str] = set()
    for number, resource in enumerate(resources, 1):
        place = f"resources[{number}]"
        if not isinstance(resource, dict) or not isinstance(resource.get("name"), str):
            faults.append(_fault(place, msg("has no name."), msg("Give each table a name.")))
            continue
        if resource["name"] in seen:
            faults.append(
                _fault(
                    place,
                    msg("is a second table {name!r}.", name=resource["name"]),
                    msg("Keep one table of a name."),
                )
            )
        seen.add(resource["name"])
        path = resource.get("path")
        if not isinstance(path, str) or not _is_inside(path, folder):
            faults.append(
                _fault(
                    f"{place}.path",
                    msg(
                        "is {path}, which is not a plain file inside the pack's folder.",
                        path=repr(path),
                    ),
                    msg(
                        "Name a CSV file that stands beside the descriptor; web addresses, "
                        "absolute paths, links and .. are refused."
                    ),
                )
            )
    return faults


def _is_inside(path: str, folder: Path) -> bool:
    """Return whether a path names a file of the folder itself, not through a link."""
    pure = PurePosixPath(path)
    if "://" in path or "\\" in path or pure.is_absolute() or ".." in pure.parts or ":" in path:
        return False
    if not path.isprintable() or not 0 < len(path.encode("utf-8", "replace")) <= _LONGEST_PATH:
        return False
    try:
        whole = (folder / path).resolve()
        # A pipe or a device would be read for ever; a link that is left over leads in a circle.
        is_plain = whole.is_file() or not (whole.exists() or whole.is_symlink())
    except (OSError, RuntimeError, ValueError):
        # A circle of links, or a name that no file can have.
        return False
    return is_plain and whole.is_relative_to(folder.resolve())
