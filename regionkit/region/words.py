"""What the words of a question mean in a pack: values of enumerations, and sources."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from regionkit.errors import InputError
from regionkit.places.names import normalise_name
from regionkit.region.everyday import Label, Meaning
from regionkit.words.message import Option, join, msg

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd

    from regionkit.region.everyday import Everyday
    from regionkit.words.message import Message

__all__ = ["find_source", "find_values"]

_NEAREST = 5
# So many values are all listed.
_FEW = 15
_NAMES = {"domain": msg("domain"), "kind": msg("kind"), "stage": msg("stage")}
_QUOTES = dict.fromkeys(map(ord, '“”"「」《》'))


def find_values(
    everyday: Everyday,
    labels: Mapping[str, str],
    table: str,
    column: str,
    word: str,
    *,
    others: Mapping[str, Mapping[str, str]] | None = None,
) -> Meaning:
    """Return what a word means in an enumeration: a value, its label, or an everyday word.

    Parameters
    ----------
    everyday : Everyday
    labels : mapping of value to label
    table, column, word : str
    others : mapping of column to its labels, optional
        Other columns that the word may have been meant for.

    Raises
    ------
    InputError
        It means none; the message has the nearest words that would.

    Examples
    --------
    >>> from regionkit.region.everyday import Everyday
    >>> labels = {"new": "新建", "planned": "规划建设"}
    >>> find_values(Everyday(), labels, "projects", "stage", "新建").values
    ('new',)
    >>> find_values(Everyday(), labels, "projects", "stage", "在建").values
    ('new',)
    """
    wanted = normalise_name(word)
    for value, label in labels.items():
        if wanted in {normalise_name(value), normalise_name(label)}:
            return Meaning(word, (value,), (Label(value, label),))
    meant = everyday.meaning(table, column, word, labels)
    if meant is not None:
        return meant
    for other, theirs in (others or {}).items():
        try:
            elsewhere = find_values(everyday, theirs, table, other, word)
        except InputError:
            continue
        raise InputError(
            msg("{word!r} is no {column}, but {labels}.", word=word, column=_NAMES[column],
                labels=join(elsewhere.labels)),
            mend=msg("Give it so: {option}.", option=Option(other, word)),
        )  # fmt: skip
    listed = [msg("{name} ({code})", name=label, code=value) for value, label in labels.items()]
    near = _nearest(everyday.words_of(table, column), labels, wanted)
    mend = (
        msg("Nearest are: {places}.", places=near)
        if near and len(labels) > _FEW
        else msg("Use one of: {choices}.", choices=listed)
    )
    raise InputError(msg("{option} is not known.", option=Option(column, word)), mend=mend)


def _nearest(
    everyday: Mapping[str, tuple[str, ...]], labels: Mapping[str, str], wanted: str
) -> list[str]:
    """Return the words most like one that is not known: those that share a part come first."""
    known = {normalise_name(label): label for label in labels.values()}
    known |= {word: word for word, values in everyday.items() if set(values) & set(labels)}
    parts = [key for key in known if wanted and (wanted in key or key in wanted)]
    close = difflib.get_close_matches(wanted, known, n=_NEAREST, cutoff=0.4)
    return [known[key] for key in dict.fromkeys([*parts, *close])][:_NEAREST]


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
                "{word!r} stands in the titles of several sources: {sources}.",
                word=word,
                sources=_listed(sources, found),
            ),
            mend=msg("Write the id of one."),
        )
    raise InputError(
        msg("No source has the id or title {word!r}.", word=word),
        mend=msg("There are: {known}.", known=_listed(sources, sources.index)),
    )


def _listed(sources: pd.DataFrame, ids: Iterable[str]) -> list[Message]:
    titles = sources["short_title"]
    return [msg("{name} ({code})", name=titles[key], code=key) for key in ids]


def _bare(title: str) -> str:
    """Return a title as it is compared: also without the quotes that keyboards differ in."""
    return normalise_name(title).translate(_QUOTES)
