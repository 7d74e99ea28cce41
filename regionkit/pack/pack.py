"""A plan pack in memory: its tables, typed when first asked for, and its words."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import pandas as pd

from regionkit.errors import InputError, PackError
from regionkit.pack.migrate import upgrade_texts
from regionkit.pack.model import KINDS, SCHEMA_VERSION, list_tables, starting_kinds
from regionkit.pack.schema import (
    DESCRIPTOR,
    Descriptor,
    describe_workbook,
    find_pack,
    parse_descriptor,
)
from regionkit.pack.settle import settle_texts
from regionkit.pack.stamp import digest_of, is_stamped
from regionkit.pack.texts import Texts, parse_texts, read_contents
from regionkit.pack.typed import type_table
from regionkit.pack.workbook import is_workbook, read_workbook
from regionkit.places.cache import cached_file
from regionkit.places.units import list_units

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Pack", "read_pack_texts"]

_MOST_SHOWN = 50


class Pack:
    """A plan pack: facts in tables, and the words a province uses.

    Made by :meth:`open` and :meth:`bare`. Tables are read-only by agreement: copy one before
    changing it.

    Parameters
    ----------
    descriptor : Descriptor
    texts : dict of str to Texts
        The tables of today's schema, as texts.

    Examples
    --------
    >>> pack = Pack.open("liaoning")
    >>> pack.name, len(pack.table("clusters"))
    ('辽宁省', 22)
    """

    def __init__(self, descriptor: Descriptor, texts: dict[str, Texts]) -> None:
        self.descriptor = descriptor
        self._texts = texts
        self._typed: dict[str, pd.DataFrame] = {}

    @classmethod
    def open(cls, pack: str | Path) -> Pack:
        """Return a pack from its folder or workbook, or an embedded pack from its id.

        A pack that has not been found sound before, with this very content, is checked first.

        Raises
        ------
        PackError
            There is no such pack, or it has faults; they are listed.
        """
        descriptor, texts, contents = read_pack_texts(pack)
        digest = digest_of(contents)
        if not is_stamped(descriptor.folder, digest):
            _ensure_sound(descriptor, texts, digest)
        return cls(descriptor, texts)

    @classmethod
    def bare(cls, adcode: str) -> Pack:
        """Return the pack of a region without one: every table empty, with its columns.

        Parameters
        ----------
        adcode : str
            Six digits of a province.

        Raises
        ------
        UnknownPlaceError
            No province has that code.

        Examples
        --------
        >>> pack = Pack.bare("220000")
        >>> pack.name, len(pack.table("zones")), pack.labels("projects", "kind")["wind"]
        ('吉林省', 0, '风电')
        """
        name = str(list_units(adcode).loc[adcode, "name"])
        raw = {
            "region": {"id": adcode, "adcode": adcode, "name": name, "name_en": ""},
            "schema_version": SCHEMA_VERSION,
        }
        tables = list_tables()
        kinds = starting_kinds()
        descriptor = Descriptor(None, raw, SCHEMA_VERSION, dict(tables), raw).with_kinds(kinds)
        texts = {one.name: Texts(one.path, list(one.columns)) for one in tables.values()}
        texts[KINDS] = Texts(
            tables[KINDS].path, tables[KINDS].columns, [list(row.values()) for row in kinds]
        )
        return cls(descriptor, texts)

    def __repr__(self) -> str:
        """Return the name with the folder."""
        return f"<Pack {self.name}: {self.folder or 'no facts'}>"

    def __getstate__(self) -> dict[str, Any]:
        """Return the pack without what is made again from its texts."""
        return {"descriptor": self.descriptor, "_texts": self._texts, "_typed": {}}

    @property
    def id(self) -> str:
        """Id of the region, such as "liaoning"."""
        return self.descriptor.region["id"]

    @property
    def adcode(self) -> str:
        """Adcode of the province."""
        return self.descriptor.region["adcode"]

    @property
    def name(self) -> str:
        """Chinese name of the province."""
        return self.descriptor.region["name"]

    @property
    def folder(self) -> Path | None:
        """Folder or workbook that the pack is; None for a bare one."""
        return self.descriptor.folder

    @property
    def tables(self) -> tuple[str, ...]:
        """Names of the tables."""
        return tuple(self.descriptor.tables)

    def table(self, name: str) -> pd.DataFrame:
        """Return a table by name: the same object whenever it is asked for.

        Columns are ``str`` (missing is NaN), ``Int64``, ``float``, ``bool`` or, for lists, tuples
        of str; rows stand in the order of the file. ``projects`` has the columns
        ``capacity_value`` and ``capacity_unit`` beside those of its file: of the project's size,
        else its installed capacity, else its throughput in ``project_values``, the newest of
        several.

        Raises
        ------
        InputError
            The pack has no such table.
        """
        if name not in self.descriptor.tables:
            raise InputError(f"The pack has no table {name!r}. It has: {', '.join(self.tables)}.")
        if name not in self._typed:
            frame = type_table(self._texts[name], self.descriptor.tables[name])
            if name == "projects":
                frame = _with_capacity(frame, self.table("project_values"))
            self._typed[name] = frame
        return self._typed[name]

    def labels(self, table: str, column: str, lang: str = "zh") -> dict[str, str]:
        """Return the label of each value of an enumeration, Chinese or English.

        Examples
        --------
        >>> Pack.open("liaoning").labels("projects", "stage")["new"]
        '新建'
        >>> Pack.open("liaoning").labels("projects", "kind", "en")["oil-gas-field"]
        'Oil gas field'
        """
        chinese = self.descriptor.labels(table, column)
        if lang == "zh":
            return chinese
        own = self._english_kinds if (table, column) in _OF_KINDS else {}
        return {value: own.get(value) or value.replace("-", " ").capitalize() for value in chinese}

    @cached_property
    def _english_kinds(self) -> dict[str, str]:
        kinds = self.table(KINDS).dropna(subset=["label_en"])
        return dict(zip(kinds["kind"].fillna(kinds["domain"]), kinds["label_en"], strict=True))


_OF_KINDS = {("projects", "domain"), ("projects", "kind")}


def read_pack_texts(
    pack: str | Path,
) -> tuple[Descriptor, dict[str, Texts], dict[str, bytes | None]]:
    """Return a pack's descriptor, its tables as texts in today's form, and its files' bytes.

    Raises
    ------
    PackError
        There is no such pack, or its descriptor cannot be used.
    """
    folder = find_pack(pack)
    if is_workbook(folder):
        content = folder.read_bytes()
        book = read_workbook(content, folder.name)
        descriptor = describe_workbook(book, folder)
        return (
            descriptor,
            settle_texts(descriptor, book.texts, book.register),
            {folder.name: content},
        )
    contents = read_contents(folder, [DESCRIPTOR])
    descriptor = parse_descriptor(contents[DESCRIPTOR] or b"", folder)
    contents |= read_contents(folder, [table.path for table in descriptor.tables.values()])
    texts = parse_texts(descriptor.tables, contents)
    if not descriptor.version:
        texts = upgrade_texts(descriptor.original, texts)
        descriptor = descriptor.with_kinds(texts[KINDS].records())
    # A pack that is stamped was written in the form of the schema.
    if not is_stamped(folder, digest_of(contents)):
        texts = settle_texts(descriptor, texts)
    return descriptor, texts, contents


def _ensure_sound(descriptor: Descriptor, texts: dict[str, Texts], digest: str) -> None:
    """Refuse a pack with faults. A pack found sound is remembered by its content."""

    def make(path: Path) -> None:
        # Most packs have been checked before.
        from regionkit.pack.check import find_faults

        faults = find_faults(descriptor, texts, places=False)
        if faults:
            shown = faults[:_MOST_SHOWN]
            more = f" The first {len(shown)}:" if len(faults) > len(shown) else ""
            raise PackError(
                f"The pack in {descriptor.folder} has {len(faults)} faults; nothing is read "
                f"from it until they are mended.{more}",
                shown,
            )
        path.write_text("sound\n", encoding="utf-8")

    cached_file(f"checked-{digest}", make)


def _with_capacity(projects: pd.DataFrame, values: pd.DataFrame) -> pd.DataFrame:
    """Return projects with the one capacity that lists and panels show."""
    rank = values["measure"].map({"size": 1, "installed": 2, "throughput": 3})
    order = pd.DataFrame({"rank": rank, "year": -values["year"].fillna(0).astype(int)}).dropna()
    sizes = values.loc[order.sort_values(["rank", "year"], kind="stable").index]
    sizes = sizes.drop_duplicates("project_id").set_index("project_id")
    at = projects.columns.get_loc("end_year") + 1
    frame = projects.copy()
    frame.insert(at, "capacity_value", projects["project_id"].map(sizes["value"]).astype(float))
    frame.insert(at + 1, "capacity_unit", projects["project_id"].map(sizes["unit"]).astype("str"))
    return frame
