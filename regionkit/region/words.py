"""What the words of a question mean in a pack: values of enumerations, and sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regionkit.errors import InputError
from regionkit.places.names import normalise_name
from regionkit.words.message import Option, msg

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd

    from regionkit.words.message import Words

__all__ = ["find_source", "find_value"]

_QUOTES = dict.fromkeys(map(ord, '“”"「」《》'))


def find_value(labels: Mapping[str, str], column: str, word: str) -> str:
    """Return the value of an enumeration from itself or its Chinese label.

    Examples
    --------
    >>> find_value({"new": "新建", "planned": "规划建设"}, "stage", "新建")
    'new'
    """
    wanted = normalise_name(word)
    for value, label in labels.items():
        if wanted in {normalise_name(value), normalise_name(label)}:
            return value
    known = [msg("{name} ({id})", name=label, id=value) for value, label in labels.items()]
    raise InputError(
        msg("{option} is not known.", option=Option(column, word)),
        mend=msg("Use one of: {allowed}.", allowed=known),
    )


def find_source(sources: pd.DataFrame, word: str) -> str:
    """Return the source_id of a source's id, title or short title, or of a part one title has."""
    wanted = _bare(word)
    names = {
        str(source_id): {_bare(cell) for cell in (source_id, short, title) if isinstance(cell, str)}
        for source_id, short, title in zip(
            sources.index, sources["short_title"], sources["title"], strict=True
        )
    }
    found = [source_id for source_id, mine in names.items() if wanted in mine]
    # One character stands in many titles.
    if not found and len(wanted) > 1:
        found = [s for s, mine in names.items() if any(wanted in name for name in mine)]
    if len(found) == 1:
        return found[0]
    if found:
        raise InputError(
            msg(
                "{word!r} stands in the titles of {n} sources: {sources}.",
                word=word,
                n=len(found),
                sources=_listed(sources, found),
            ),
            mend=msg("Write the id of one."),
        )
    raise InputError(
        msg("No source has the id or title {word!r}.", word=word),
        mend=msg("There are: {known}.", known=_listed(sources, sources.index)),
    )


def _listed(sources: pd.DataFrame, ids: Iterable[str]) -> list[Words]:
    titles = sources["short_title"]
    return [msg("{name} ({id})", name=titles[one], id=one) for one in ids]


def _bare(title: str) -> str:
    """Return a title as it is compared: also without the quotes that keyboards differ in."""
    return normalise_name(title).translate(_QUOTES)
