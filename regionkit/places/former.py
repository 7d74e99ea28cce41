"""Names and codes that units no longer have, and whether the unit of then is that of today."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from regionkit.words.message import Words, join, msg

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["FormerName", "list_former_codes", "list_former_names"]

# Townships that came or went leave a unit's code as it is.
_WITHOUT_CODE = frozenset({"boundary"})
_AREA_WORDS = {
    "changed": msg("townships have come or gone since"),
    "": msg("whether it had the area of today is not known"),
}


@dataclass(frozen=True)
class FormerName(Words):
    """A name or code that a unit no longer has.

    Attributes
    ----------
    name, adcode : str
        The name or code, and the unit of today.
    valid_from, valid_to : str
        Year or date, "" where it is not known.
    note : str
        What changed, and the source's number of the decision.
    area : {"same", "changed", "other", ""}
        Whether the unit of then has the area of today's: the same, renamed or raised in rank;
        changed by townships that came or went; another one, merged or divided, whose values are
        not those of today's unit. "" where it is not known.
    """

    name: str
    adcode: str
    valid_from: str = ""
    valid_to: str = ""
    note: str = ""
    area: str = ""

    def _put(self, lang: str, door: str) -> str:
        """Return the name with its years, what changed, and what that means for its values."""
        if self.valid_from:
            years = msg("{start} to {end}", start=self.valid_from, end=self.valid_to)
        elif self.valid_to:
            years = msg("until {end}", end=self.valid_to)
        else:
            years = msg("formerly")
        told: Words = join([self.name, years], "places")
        if self.note:
            told = msg("{word}: {text}", word=told, text=self.note)
        known = _AREA_WORDS.get(self.area)
        return join([told, known] if known else [told], "clauses").render(lang, door)


def list_former_names(aliases: pd.DataFrame) -> Iterator[FormerName]:
    """Yield the former names among aliases.

    Examples
    --------
    >>> aliases = pd.DataFrame(
    ...     {"alias": ["金县"], "adcode": ["210213"], "kind": ["former"], "valid_to": ["1987"]}
    ... )
    >>> print(next(list_former_names(aliases)))
    金县, until 1987; whether it had the area of today is not known
    """
    if "kind" not in aliases:
        return
    for alias in aliases[aliases["kind"] == "former"].to_dict("records"):
        yield FormerName(
            name=str(alias["alias"]),
            adcode=str(alias["adcode"]),
            valid_from=_text(alias.get("valid_from")),
            valid_to=_text(alias.get("valid_to")),
            note=_text(alias.get("note")),
            area=_text(alias.get("area")),
        )


def list_former_codes(changes: pd.DataFrame, aliases: pd.DataFrame) -> Iterator[FormerName]:
    """Yield the codes that units had before a change.

    Parameters
    ----------
    changes : DataFrame
        As of ``Region.changes``.
    aliases : DataFrame
        Tells of a former unit whether it had the area of today.
    """
    areas = {(old.name, old.adcode): old.area for old in list_former_names(aliases)}
    for change in changes.to_dict("records"):
        code = str(change["former_code"])
        if change["kind"] in _WITHOUT_CODE or code == change["adcode"]:
            continue
        name, adcode = str(change["former_name"]), str(change["adcode"])
        parts = (name, f"改{change['new_name']}", _text(change.get("document")))
        yield FormerName(
            name=code,
            adcode=adcode,
            valid_to=_text(change.get("date")),
            note="，".join(part for part in parts if part),
            area=areas.get((name, adcode), "same" if change.get("is_same_area") is True else ""),
        )


def _text(cell: object) -> str:
    return "" if cell is None or pd.isna(cell) else str(cell)
