"""The nouns of a question, found by the region's one resolver and told as they were taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regionkit.cli.conditions import tell_place, tell_zone
from regionkit.cli.terminal import tell
from regionkit.words.message import msg

if TYPE_CHECKING:
    from collections.abc import Sequence

    from regionkit.region import Region
    from regionkit.region.nouns import Noun

__all__ = ["find_noun", "find_unit", "subject_of", "tell_noun"]


def find_noun(ln: Region, word: str, kinds: Sequence[str]) -> Noun:
    """Return the thing that a word names, and say on standard error what it is taken for.

    Raises
    ------
    UnknownPlaceError, AmbiguousPlaceError
        Nothing of these kinds, or several things, have the name.
    """
    noun = ln.find(word, kinds)
    tell_noun(ln, word, noun)
    return noun


def find_unit(ln: Region, word: str, level: str) -> Noun:
    """Return the unit that a word names, of several the one of a level; say which it is taken for.

    Raises
    ------
    UnknownPlaceError, AmbiguousPlaceError
        No unit has the name, or several do and none or more than one of them is of that level.
    """
    found = ln.find_all(word, ["unit"])
    mine = [noun for noun in found if noun.place is not None and noun.place.level == level]
    if len(found) == 1 or len(mine) != 1:
        return find_noun(ln, word, ["unit"])
    others = [noun.name for noun in found if noun.id != mine[0].id]
    tell(
        msg(
            "{word!r} is taken as {name}, not {others}: --level tells them apart.",
            word=word,
            name=mine[0].name,
            others=others,
        ),
        err=True,
    )
    return mine[0]


def subject_of(ln: Region, *, zone: str | None, place: str | None) -> str:
    """Return the id of what an answer is of, for its briefing: the place, else the zone."""
    if place is not None:
        return ln.find(place, ["unit"]).id
    return ln.look_up("zone", zone).values[0] if zone is not None else ""


def tell_noun(ln: Region, word: str, noun: Noun) -> None:
    """Say on standard error what a word is taken for, where it is not the thing's own name."""
    from regionkit.places.names import normalise_name

    if noun.kind == "zone":
        tell_zone(ln, word)
    elif noun.kind in {"unit", "place"}:
        tell_place(ln, word)
    elif normalise_name(word) not in {normalise_name(noun.name), normalise_name(noun.id)}:
        tell(msg("{word!r} is taken as {labels}.", word=word, labels=noun.name), err=True)
