"""Texts of a briefing as a page can hold them: no control characters, no name as long as a page."""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING, Any

import pandas as pd

from regionkit.briefing.model import Briefing, Chart, Digest, Figure, Table
from regionkit.briefing.office import legal_xml

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["presentable", "shortened"]

_STOPS = re.compile(r"[；;。，,、]")
# A name that turns the direction of its letters turns those after it as well.
_TURNS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_DOTS = "……"
# Letters that a page has room for: of a title, a label of a bar or map, a number's words, a cell.
_TITLE, _LABEL, _WORDS, _CELL, _NOTE = 90, 30, 60, 90, 240
_EARLIEST_STOP = 12


def shortened(text: str, most: int) -> str:
    """Return a long text up to a stop, with dots.

    Examples
    --------
    >>> shortened("沈阳市、大连市、鞍山市、抚顺市、本溪市", 18), shortened("沈阳市", 18)
    ('沈阳市、大连市、鞍山市、抚顺市……', '沈阳市')
    """
    if len(text) <= most:
        return text
    stops = [found.start() for found in _STOPS.finditer(text) if found.start() > _EARLIEST_STOP]
    stops = [stop for stop in stops if stop < most]
    return text[: stops[-1] if stops else most] + _DOTS


def presentable(facts: Briefing) -> Briefing:
    """Return a briefing whose texts can be written: the few pages' ones short, all others whole.

    Parameters
    ----------
    facts : Briefing
    """
    return dataclasses.replace(
        facts,
        name=_short(_TITLE)(facts.name),
        title=_short(_TITLE)(facts.title),
        subtitle=_short(_TITLE)(facts.subtitle),
        digest=_digest(facts.digest),
        sections=_each_text(facts.sections, _clean),
        sources=_each_text(facts.sources, _clean),
    )


def _clean(text: str) -> str:
    """Return a text without control characters, those that turn its direction among them."""
    return _TURNS.sub("", legal_xml(text))


def _digest(digest: Digest) -> Digest:
    parts = {one.name: getattr(digest, one.name) for one in dataclasses.fields(digest)}
    return dataclasses.replace(digest, **{name: _brief(part) for name, part in parts.items()})


def _short(most: int) -> Callable[[str], str]:
    return lambda text: shortened(_clean(text), most)


def _brief(part: Any) -> Any:  # noqa: PLR0911 - one a kind of part
    """Return a part of the few pages with short texts."""
    if isinstance(part, tuple):
        return tuple(_brief(one) for one in part)
    if isinstance(part, Chart):
        labels = _each_text(part.labels, _short(_LABEL))
        return dataclasses.replace(_each_text(part, _short(_TITLE)), labels=labels)
    if isinstance(part, Figure):
        return _each_text(part, _short(_WORDS))
    if isinstance(part, Table):
        caption = _short(_TITLE)(part.caption)
        return dataclasses.replace(_each_text(part, _short(_CELL)), caption=caption)
    if dataclasses.is_dataclass(part) and not isinstance(part, type):
        fields = {one.name: _brief(getattr(part, one.name)) for one in dataclasses.fields(part)}
        return dataclasses.replace(part, **fields)
    if isinstance(part, pd.DataFrame) and "name" in part.columns:
        return part.assign(name=[_each_text(one, _short(_LABEL)) for one in part["name"]])
    # The source of a map names all that it must.
    return _short(_NOTE)(part) if isinstance(part, str) else part


def _each_text(value: Any, change: Callable[[str], str]) -> Any:
    """Return a value with each text in it changed."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, tuple):
        return tuple(_each_text(one, change) for one in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {
            one.name: _each_text(getattr(value, one.name), change)
            for one in dataclasses.fields(value)
        }
        return dataclasses.replace(value, **fields)
    return value
