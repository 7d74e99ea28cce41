"""Everyday words: what a planner says for values, zones, places and indicators of a pack.

What is general stands in ``everyday.csv`` beside this module, what a province says in its pack's
table ``words``; the pack's word comes first. Both have the columns ``word, table, column, values,
note``; of the general words the note is in English, too.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from regionkit.places.names import normalise_name
from regionkit.words.facts import FactWords, fact_in
from regionkit.words.message import Joined, Words, join, msg

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd

__all__ = ["REGION", "Everyday", "Label", "Meaning"]

# Stands in the table for the region itself, whichever it is.
REGION = "region"
_GENERAL = Path(__file__).with_name("everyday.csv")
_NO_NOTE = FactWords("")


@dataclass(frozen=True)
class Label(Words):
    """A value of a pack: its Chinese label, or in English its name there, else its id.

    Examples
    --------
    >>> Label("new", "新建").render("zh"), Label("new", "新建").render("en")
    ('新建', 'new')
    """

    value: str
    chinese: str
    english: str = ""

    def _put(self, lang: str, door: str) -> str:
        del door
        return fact_in(lang, self.chinese, self.english or self.value)


@dataclass(frozen=True)
class Meaning:
    """What a word of a question means.

    Attributes
    ----------
    word : str
        As it was given.
    values : tuple of str
        Values of the column; a condition holds where one of them does.
    labels : tuple of Label
        The values in words, in the same order.
    note : FactWords
        What the table of everyday words says of it; in English "" where it says that in Chinese
        alone.
    is_everyday : bool
        Whether the word is none of the values and labels themselves, so that it has to be told
        how it was taken.
    """

    word: str
    values: tuple[str, ...]
    labels: tuple[Label, ...] = ()
    note: FactWords = _NO_NOTE
    is_everyday: bool = False

    def tell(self) -> Joined:
        """Return how the word was taken; nothing where it needs no telling.

        Examples
        --------
        >>> taken = Meaning("在建", ("new",), (Label("new", "新建"),), is_everyday=True)
        >>> taken.tell().render("zh")
        '“在建”取作新建。'
        """
        if not self.is_everyday:
            return join([])
        labels = join(self.labels or self.values)
        if str(self.note):
            told = msg(
                "{word!r} is taken as {labels} ({note}).",
                word=self.word,
                labels=labels,
                note=self.note,
            )
        else:
            told = msg("{word!r} is taken as {labels}.", word=self.word, labels=labels)
        return join([told])


class Everyday:
    """The everyday words of a region: its pack's, then those of all regions.

    Parameters
    ----------
    words : DataFrame, optional
        A pack's table ``words``.

    Examples
    --------
    >>> Everyday().find("projects", "stage", "在建")
    (('under construction', 'new', 'expansion'), FactWords(chinese='', english=''))
    """

    def __init__(self, words: pd.DataFrame | None = None) -> None:
        self._rows = dict(_general())
        if words is None:
            return
        for row in words.itertuples(index=False):
            note = FactWords(row.note) if isinstance(row.note, str) else _NO_NOTE
            key = (str(row.table), str(row.column), normalise_name(str(row.word)))
            self._rows[key] = (tuple(row.values), note)

    def find(self, table: str, column: str, word: str) -> tuple[tuple[str, ...], FactWords] | None:
        """Return the values that a word means in a column, and the note on it; None for none."""
        return self._rows.get((table, column, normalise_name(word)))

    def words_of(self, table: str, column: str) -> dict[str, tuple[str, ...]]:
        """Return the words for a column, each with its values."""
        return {
            word: values
            for (where, named, word), (values, _) in self._rows.items()
            if (where, named) == (table, column)
        }

    def meaning(
        self, table: str, column: str, word: str, labels: Mapping[str, str]
    ) -> Meaning | None:
        """Return what a word means among the values of a pack, None where it means none of them."""
        found = self.find(table, column, word)
        if found is None:
            return None
        values = tuple(value for value in found[0] if value in labels)
        if not values:
            return None
        return Meaning(word, values, _labels(values, labels), found[1], is_everyday=True)


def _labels(values: Iterable[str], labels: Mapping[str, str]) -> tuple[Label, ...]:
    return tuple(Label(value, labels[value]) for value in values)


@cache
def _general() -> dict[tuple[str, str, str], tuple[tuple[str, ...], FactWords]]:
    with _GENERAL.open(encoding="utf-8", newline="") as file:
        return {
            (row["table"], row["column"], normalise_name(row["word"])): (
                tuple(row["values"].split(";")),
                FactWords(row["note"], row["note_en"]),
            )
            for row in csv.DictReader(file)
        }
