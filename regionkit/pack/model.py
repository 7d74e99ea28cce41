"""The schema of plan packs: which tables there are, and what their columns hold.

It is written down once for all packs, in ``versions/1.json``; a pack names the version it was
made by. The kinds of project and the maps that a new pack begins with stand beside it in
``kinds.csv`` and ``themes.csv``; everyday words for fixed values, and help for those who type, in
``typing.json``.
"""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

__all__ = [
    "DEFAULT_PACK",
    "KINDS",
    "SCHEMA_VERSION",
    "THEMES",
    "Field",
    "ForeignKey",
    "Table",
    "everyday_words",
    "help_text",
    "known_kinds",
    "known_labels",
    "list_tables",
    "schema_files",
    "starting_kinds",
    "starting_themes",
]

#: Id of the embedded pack that is read where none is named.
DEFAULT_PACK = "liaoning"
#: The version of the schema that packs are written in.
SCHEMA_VERSION = 1
#: The table of domains and kinds of projects.
KINDS = "kinds"
#: The table of the maps that a region has.
THEMES = "themes"
# Of a known kind: whether a new pack begins with it.
_STARTS = "starts"
_FOLDER = Path(__file__).parent / "versions"


@dataclass(frozen=True)
class Field:
    """A column of a table.

    Attributes
    ----------
    name, title, description : str
    type : {"string", "integer", "number", "boolean", "list"}
    required : bool
        Whether every row must have a value.
    pattern : str
        A regular expression that the whole of a text has to match; "" for any.
    minimum, maximum : float, optional
    labels : dict of str to str
        Chinese label of each value of an enumeration; empty for other columns.
    references : str
        ``table.column`` that has the value, or each item of a list; "" for none.
    delimiter : str
        Between the items of a list.
    """

    name: str
    type: str = "string"
    title: str = ""
    description: str = ""
    required: bool = False
    pattern: str = ""
    minimum: float | None = None
    maximum: float | None = None
    labels: dict[str, str] = field(default_factory=dict)
    references: str = ""
    delimiter: str = ";"


@dataclass(frozen=True)
class ForeignKey:
    """Columns of a table whose values stand together in a row of another table."""

    columns: tuple[str, ...]
    table: str
    other_columns: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A table of a pack: its file, columns and key.

    ``words_of`` names the enumeration, ``table.column``, that a column has its values from which
    is computed and stands in no file. A table that ``is_optional`` may be left out. Columns that
    are ``retired``, by name with their title, may stand in a file and are not read.
    """

    name: str
    path: str
    title: str
    fields: tuple[Field, ...]
    primary_key: tuple[str, ...]
    description: str = ""
    foreign_keys: tuple[ForeignKey, ...] = ()
    words_of: dict[str, str] = field(default_factory=dict)
    is_optional: bool = False
    retired: dict[str, str] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Field:
        """Return the column of that name."""
        return next(column for column in self.fields if column.name == name)

    @property
    def columns(self) -> list[str]:
        """Names of the columns, in order."""
        return [column.name for column in self.fields]

    def with_labels(self, labels: dict[str, dict[str, str]]) -> Table:
        """Return the table with the labels of some columns, by name, changed."""
        fields = tuple(
            replace(one, labels=labels[one.name]) if one.name in labels else one
            for one in self.fields
        )
        return replace(self, fields=fields)


@cache
def list_tables() -> dict[str, Table]:
    """Return the tables of the schema by name, in the order in which they are filled in.

    Examples
    --------
    >>> list_tables()["memberships"]["zone_id"].references
    'zones.zone_id'
    """
    raw = json.loads((_FOLDER / f"{SCHEMA_VERSION}.json").read_text(encoding="utf-8"))
    shared = {column["name"]: column for column in raw["shared"]}
    return {table["name"]: _table(table, shared) for table in raw["tables"]}


def _table(raw: dict[str, Any], shared: dict[str, Any]) -> Table:
    # A name alone is a column that many tables share.
    columns = [shared[one] if isinstance(one, str) else one for one in raw["fields"]]
    fields = tuple(Field(**column) for column in columns)
    single = (
        ForeignKey((one.name,), *_target(one.references))
        for one in fields
        if one.references and one.type != "list"
    )
    several = (
        ForeignKey(tuple(key["fields"]), key["table"], tuple(key["fields"]))
        for key in raw.get("foreign_keys", ())
    )
    return Table(
        name=raw["name"],
        path=f"{raw['name']}.csv",
        title=raw["title"],
        description=raw["description"],
        fields=fields,
        primary_key=tuple(raw["primary_key"]),
        foreign_keys=(*single, *several),
        words_of=raw.get("words_of", {}),
        is_optional=raw.get("optional", False),
        retired=raw.get("retired", {}),
    )


def _target(references: str) -> tuple[str, tuple[str, ...]]:
    table, column = references.split(".")
    return table, (column,)


def known_kinds() -> list[dict[str, str]]:
    """Return the domains and kinds of projects that have a symbol without a pack's saying.

    Examples
    --------
    >>> len(known_kinds()) > len(starting_kinds())
    True
    """
    rows = _starting_rows(KINDS)
    return [{name: row[name] for name in row if name != _STARTS} for row in rows]


def known_labels(column: str) -> dict[str, str]:
    """Return the labels of domains, kinds or stages of projects without a pack's saying.

    Parameters
    ----------
    column : {"domain", "kind", "stage"}

    Examples
    --------
    >>> known_labels("kind")["wind"], known_labels("stage")["new"]
    ('风电', '新建')
    """
    if column == "stage":
        return list_tables()["mentions"]["stage"].labels
    rows = sorted(known_kinds(), key=lambda row: int(row["order"]))
    is_kind = column == "kind"
    return {row[column]: row["label"] for row in rows if bool(row["kind"]) == is_kind}


def starting_kinds() -> list[dict[str, str]]:
    """Return the domains and kinds of projects that a new pack begins with: those of any plan.

    Examples
    --------
    >>> starting_kinds()[0]["label"]
    '农业'
    """
    starting = [row[_STARTS] == "true" for row in _starting_rows(KINDS)]
    return [row for row, is_first in zip(known_kinds(), starting, strict=True) if is_first]


def starting_themes() -> list[dict[str, str]]:
    """Return the maps that a pack has which says nothing of them, where its facts allow them.

    Examples
    --------
    >>> [row["shows"] for row in starting_themes()][-1]
    'zones'
    """
    return _starting_rows(THEMES)


def _starting_rows(table: str) -> list[dict[str, str]]:
    text = schema_files()[f"{table}.csv"].decode("utf-8")
    return list(csv.DictReader(io.StringIO(text, newline="")))


@cache
def _typing() -> dict[str, dict[str, Any]]:
    """Return what ``typing.json`` holds: by table and column, or by column where all share it."""
    raw: dict[str, dict[str, Any]] = json.loads((_FOLDER / "typing.json").read_text("utf-8"))
    return raw


def everyday_words(table: str, column: str) -> dict[str, str]:
    """Return everyday words for the values of an enumeration, beside its labels.

    Examples
    --------
    >>> everyday_words("mentions", "stage")["在建"]
    'under construction'
    """
    words = _typing()["everyday"]
    return dict(words.get(f"{table}.{column}") or words.get(column, {}))


def help_text(table: str, column: str) -> str:
    """Return what to type into a column, in Chinese; "" where its title says it.

    Examples
    --------
    >>> help_text("zones", "adcode")
    '单位名称或六位代码'
    """
    helps = _typing()["help"]
    return str(helps.get(f"{table}.{column}") or helps.get(column, ""))


def schema_files() -> dict[str, bytes]:
    """Return the files that say what a pack may hold, by name: the schema and the first rows."""
    names = (f"{SCHEMA_VERSION}.json", "kinds.csv", "themes.csv", "typing.json")
    return {name: (_FOLDER / name).read_bytes() for name in names}
