"""Facts that a pack has in two languages: data of the pack, and no texts of the catalogue."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from regionkit.words.message import Words

__all__ = ["FactWords", "fact_in"]

Fact = TypeVar("Fact")


def fact_in(lang: str, chinese: Fact, english: Fact | None) -> Fact:
    """Return a fact as a language has it: the English one where it is asked for and there is one.

    Examples
    --------
    >>> fact_in("en", "西区", "West"), fact_in("en", "东区", None), fact_in("zh", "西区", "West")
    ('West', '东区', '西区')
    """
    return english if lang == "en" and english is not None else chinese


@dataclass(frozen=True)
class FactWords(Words):
    """Words of a pack: the Chinese ones, and the English ones, "" where there are none to say.

    Examples
    --------
    >>> FactWords("新建", "new").render("zh"), FactWords("新建", "new").render("en")
    ('新建', 'new')
    """

    chinese: str
    english: str = ""

    def _put(self, lang: str, door: str) -> str:
        del door
        return fact_in(lang, self.chinese, self.english)
