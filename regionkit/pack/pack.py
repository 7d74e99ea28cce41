"""A plan pack in memory: its tables, typed when first asked for, and its words."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import pandas as pd
from pandas.api.types import is_bool_dtype

from regionkit.errors import InputError, PackError
from regionkit.pack.contents import read_pack_texts
from regionkit.pack.model import (
    KINDS,
    SCHEMA_VERSION,
    THEMES,
    list_tables,
    starting_kinds,
    starting_themes,
)
from regionkit.pack.schema import Descriptor, describe_units
from regionkit.pack.stages import with_stages
from regionkit.pack.stamp import digest_of, is_stamped
from regionkit.pack.texts import Texts
from regionkit.pack.typed import type_table
from regionkit.places.cache import cached_file
from regionkit.words.labels import labels_in
from regionkit.words.message import msg

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

__all__ = ["Pack"]

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
        self._added: dict[str, pd.DataFrame] = {}
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
    def bare(cls, units: str | Sequence[str], *, name: str = "") -> Pack:
        """Return the pack of a region without one: every table empty, with its columns.

        Parameters
        ----------
        units : str or sequence of str
            Six digits of a province, city or county, or of several.
        name : str
            What several are called together; their own names where it is not given.

        Raises
        ------
        UnknownPlaceError
            No unit has that code.

        Examples
        --------
        >>> pack = Pack.bare("220000")
        >>> pack.name, len(pack.table("zones")), pack.labels("projects", "kind")["wind"]
        ('吉林省', 0, '风电')
        """
        raw = {
            "region": {"name_en": "", **describe_units(units, name)},
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
        return {
            "descriptor": self.descriptor,
            "_texts": self._texts,
            "_added": self._added,
            "_typed": {},
        }

    def with_rows(self, rows: Mapping[str, pd.DataFrame]) -> Pack:
        """Return a pack with rows of the user's own below those of its tables.

        Parameters
        ----------
        rows : mapping of str to DataFrame
            By the name of the table, with columns of it; the others are missing.

        Examples
        --------
        >>> import pandas as pd
        >>> pack = Pack.bare("220000")
        >>> mine = pd.DataFrame({"indicator_id": ["own-1"], "name": ["高铁站数"], "unit": ["座"]})
        >>> pack.with_rows({"indicators": mine}).table("indicators")["name"].tolist()
        ['高铁站数']
        >>> len(pack.table("indicators"))
        0
        """
        more = Pack(self.descriptor, self._texts)
        more._added = {**self._added}
        for name, frame in rows.items():
            known = self.table(name)
            mine = frame.reindex(columns=known.columns)
            for column, kind in known.dtypes.items():
                filled = mine[column].isin([True]) if is_bool_dtype(kind) else mine[column]
                mine[column] = filled.astype(kind)
            more._added[name] = pd.concat(
                [table for table in (self._added.get(name), mine) if table is not None],
                ignore_index=True,
            )
        return more

    @property
    def id(self) -> str:
        """Id of the region, such as "liaoning"."""
        return self.descriptor.region["id"]

    @property
    def adcode(self) -> str:
        """Adcode of the region; "900000" of one of several units."""
        return self.descriptor.region["adcode"]

    @property
    def name(self) -> str:
        """Chinese name of the region."""
        return self.descriptor.region["name"]

    @property
    def unit_codes(self) -> tuple[str, ...]:
        """Codes of the units that the region is made of."""
        return self.descriptor.unit_codes

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
        of str; rows stand in the order of their keys. ``projects`` has the columns
        ``capacity_value`` and ``capacity_unit`` beside those of its file: of the project's size,
        else its installed capacity, else its throughput in ``project_values``, the newest of
        several; and those on its stage that :func:`regionkit.pack.stages.with_stages` computes.

        Raises
        ------
        InputError
            The pack has no such table.
        """
        if name not in self.descriptor.tables:
            raise InputError(
                msg("The pack has no table {name!r}.", name=name),
                mend=msg("There are: {known}.", known=list(self.tables)),
            )
        if name not in self._typed:
            frame = type_table(self._texts[name], self.descriptor.tables[name])
            if name in self._added:
                frame = pd.concat([frame, self._added[name]], ignore_index=True)
            if name == "projects":
                frame = _with_capacity(frame, self.table("project_values"))
                frame = with_stages(
                    frame,
                    self.table("mentions"),
                    self.table("sources"),
                    plan=self.descriptor.named_plan,
                )
            self._typed[name] = frame
        return self._typed[name]

    @cached_property
    def themes(self) -> pd.DataFrame:
        """The maps that the region has, in order: the pack's rows, else those of a new pack.

        Examples
        --------
        >>> Pack.bare("220000").themes["shows"].tolist()[:2]
        ['zones', 'structure']
        """
        table = self.descriptor.tables[THEMES]
        texts = self._texts[THEMES]
        if not texts.rows:
            rows = [list(row.values()) for row in starting_themes()]
            texts = Texts(table.path, table.columns, rows)
        return type_table(texts, table).sort_values(["order", "theme_id"], kind="stable")

    def labels(self, table: str, column: str, lang: str = "zh") -> dict[str, str]:
        """Return the label of each value of an enumeration, Chinese or English.

        Examples
        --------
        >>> Pack.open("liaoning").labels("projects", "stage")["new"]
        '新建'
        >>> Pack.open("liaoning").labels("projects", "kind", "en")["oil-gas-field"]
        'Oil gas field'
        """
        own = self.english_labels(table, column)
        chinese = self.descriptor.labels(table, column)
        return labels_in(chinese, lang, as_phrase=True, english=own)

    def english_labels(self, table: str, column: str) -> dict[str, str]:
        """Return the English label of each value that the pack gives one."""
        return dict(self._english_kinds) if (table, column) in _OF_KINDS else {}

    @cached_property
    def _english_kinds(self) -> dict[str, str]:
        kinds = self.table(KINDS).dropna(subset=["label_en"])
        return dict(zip(kinds["kind"].fillna(kinds["domain"]), kinds["label_en"], strict=True))


_OF_KINDS = {("projects", "domain"), ("projects", "kind")}


def _ensure_sound(descriptor: Descriptor, texts: dict[str, Texts], digest: str) -> None:
    """Refuse a pack with faults. A pack found sound is remembered by its content."""

    def make(path: Path) -> None:
        # Most packs have been checked before.
        from regionkit.pack.check import find_faults

        faults = find_faults(descriptor, texts, places=False)
        if faults:
            shown = faults[:_MOST_SHOWN]
            raise PackError(
                msg(
                    "Faults of the pack in {folder}: {n}. Nothing is read from it until they are "
                    "mended.",
                    folder=descriptor.folder,
                    n=len(faults),
                ),
                shown,
                mend=msg("The first {n}:", n=len(shown)) if len(faults) > len(shown) else "",
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
