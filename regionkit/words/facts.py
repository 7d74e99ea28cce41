"""Facts that a pack has in two languages: data of the pack, and no texts of the catalogue."""

from __future__ import annotations

from typing import TypeVar

__all__ = ["fact_in"]

Fact = TypeVar("Fact")


def fact_in(lang: str, chinese: Fact, english: Fact | None) -> Fact:
    """Return a fact as a language has it: the English one where it is asked for and there is one.

    Examples
    --------
    >>> fact_in("en", "西区", "West"), fact_in("en", "东区", None), fact_in("zh", "西区", "West")
    ('West', '东区', '西区')
    """
    return english if lang == "en" and english is not None else chinese
