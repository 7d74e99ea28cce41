"""Find the zone that a word means: its name, or a part of a name that only one zone has."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from regionkit.errors import AmbiguousPlaceError, UnknownPlaceError
from regionkit.places.names import normalise_name
from regionkit.places.units import LEVELS
from regionkit.region.names import names_in
from regionkit.words.facts import FactWords
from regionkit.words.message import Option, join, msg

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from regionkit.places.place import Place
    from regionkit.words.message import Message, Words

__all__ = ["ZoneMatch", "find_zone", "own_zones"]

STRATEGIC = "strategic"
# One character begins the names of half the zones.
_MIN_PART = 2
_MOST_LISTED = 8
_NEAREST = 5


@dataclass(frozen=True)
class ZoneMatch:
    """The zone that a word means.

    Attributes
    ----------
    zone_id, name : str
    is_exact : bool
        Whether the word is its id, name, short name or English name, and not a part of one.
    """

    zone_id: str
    name: str
    is_exact: bool


def find_zone(
    zones: pd.DataFrame, word: str, places_of: Callable[[str], Sequence[Place]]
) -> ZoneMatch:
    """Return the zone that a word means.

    An id, name, short name or English name means its zone. A part of a name is enough where only
    one of the plan's own zones has it, or else only one of all, and the word names no unit.

    Parameters
    ----------
    zones : DataFrame
        The pack's table: ``zone_id, name, short_name, name_en, kind``.
    word : str
    places_of : callable
        What a word means as the name of a place; asked only where it is no zone's name.

    Raises
    ------
    UnknownPlaceError
        No zone has the name, or it is a city's or county's.
    AmbiguousPlaceError
        It is a part of several zones' names.

    Examples
    --------
    >>> import regionkit as rk
    >>> find_zone(rk.load("liaoning").table("zones"), "沈阳现代化", lambda word: ()).zone_id
    'shenyang-metro'
    """
    wanted = normalise_name(word)
    for column in ("zone_id", "name", "short_name", "name_en"):
        is_named = [_normal(cell) == wanted for cell in zones[column].tolist()]
        if sum(is_named) == 1:
            row = is_named.index(True)
            return ZoneMatch(str(zones["zone_id"].iloc[row]), str(zones["name"].iloc[row]), True)
    is_part = [
        bool(wanted) and (wanted in _normal(name) or wanted in _normal(short))
        for name, short in zip(zones["name"].tolist(), zones["short_name"].tolist(), strict=True)
    ]
    partly = _rows(zones, is_part)
    units = [place for place in places_of(word) if place.level in LEVELS]
    if units:
        raise _no_zone_but_unit(word, units, partly)
    own = partly[partly["kind"] == STRATEGIC]
    fits = own if len(own) else partly
    if len(fits) == 1 and len(wanted) >= _MIN_PART:
        return ZoneMatch(str(fits["zone_id"].iloc[0]), str(fits["name"].iloc[0]), False)
    if len(fits):
        listed = _listed(fits if len(fits) > 1 else partly)
        raise AmbiguousPlaceError(
            msg("{word!r} stands in several zones' names: {zones}.", word=word, zones=listed),
            mend=msg("Write one."),
        )
    raise _unknown(zones, word)


def _rows(zones: pd.DataFrame, wanted: list[bool]) -> pd.DataFrame:
    # Of a table without rows the list is empty, and would be taken for columns.
    return zones.loc[pd.Series(wanted, index=zones.index, dtype=bool)]


def _normal(cell: object) -> str:
    return normalise_name(cell) if isinstance(cell, str) else ""


def _listed(zones: pd.DataFrame) -> Words:
    # The plan's own first.
    zones = zones.sort_values("kind", key=lambda kind: kind != STRATEGIC, kind="stable")
    short, english = zones["short_name"], names_in(zones, "en")
    shown = [
        msg("{name} ({id})", name=FactWords(*names), id=zone_id)
        for *names, zone_id in zip(short, english, zones["zone_id"], strict=True)
    ]
    listed = join(shown[:_MOST_LISTED])
    more = len(shown) - _MOST_LISTED
    return msg("{shown} and {n} more", shown=listed, n=more) if more > 0 else listed


def _no_zone_but_unit(word: str, units: Sequence[Place], partly: pd.DataFrame) -> UnknownPlaceError:
    mends = [msg("For that unit use {option}.", option=Option("place", units[0].name))]
    if len(partly):
        mends.append(msg("Zones with the word in their names: {zones}.", zones=_listed(partly)))
    return UnknownPlaceError(
        msg("No zone is named {word!r}: it is {places}.", word=word, places=join(units, "clauses")),
        [place.name for place in units],
        mend=join(mends, "sentences"),
    )


def _unknown(zones: pd.DataFrame, word: str) -> UnknownPlaceError:
    names = {
        _normal(cell): str(cell)
        for column in ("short_name", "name", "zone_id")
        for cell in zones[column].dropna()
    }
    # A word of two characters is near to the beginning of a long name, and far from the whole.
    own = zones[zones["kind"] == STRATEGIC]
    heads = {_normal(name)[: len(word)]: str(name) for name in own["short_name"]}
    wanted = normalise_name(word)
    close = difflib.get_close_matches(wanted, heads, n=_NEAREST, cutoff=0.5)
    near = [heads[key] for key in close]
    close = difflib.get_close_matches(wanted, names, n=_NEAREST, cutoff=0.5)
    near = list(dict.fromkeys([*near, *(names[key] for key in close)]))[:_NEAREST]
    hint = [msg("Nearest are: {places}.", places=near)] if near else []
    return UnknownPlaceError(
        msg("No zone is named {word!r}.", word=word),
        near,
        mend=join([*hint, own_zones(zones)], "sentences"),
    )


def own_zones(zones: pd.DataFrame) -> Message:
    """Return which zones are the plan's own, in a sentence."""
    own = zones[zones["kind"] == STRATEGIC]
    if own.empty:
        return msg("The pack has none.")
    return msg("The plan's own zones are: {zones}.", zones=_listed(own))
