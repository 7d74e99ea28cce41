"""Messages: English texts with named places, put into words when they are shown.

A message is a record. Which language it speaks, and whether a remedy is a Python argument or an
option of the command, is decided where it is shown; what went into it stays there as data.
"""

from __future__ import annotations

import json
import re
import string
from abc import abstractmethod
from dataclasses import dataclass
from functools import cache
from html import escape
from typing import TYPE_CHECKING, Any, Literal

from regionkit.words.catalogue import translate
from regionkit.words.voice import current_door, current_language

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Call", "Joined", "Message", "Option", "Words", "join", "msg", "say"]

Joint = Literal["list", "and", "or", "clauses", "sentences", "places", "lines", "sum", "space"]

# What stands between the parts, and before the last one.
_JOINTS: dict[str, dict[str, tuple[str, str]]] = {
    "en": {
        "list": (", ", ", "),
        "and": (", ", " and "),
        "or": (", ", " or "),
        "clauses": ("; ", "; "),
        "sentences": (" ", " "),
        "places": (", ", ", "),
        "lines": ("\n  ", "\n  "),
        "sum": (" + ", " + "),
        "space": ("  ", "  "),
    },
    "zh": {
        "list": ("、", "、"),
        "and": ("、", "和"),
        "or": ("、", "或"),
        "clauses": ("；", "；"),
        "sentences": ("", ""),
        "places": ("，", "，"),
        "lines": ("\n  ", "\n  "),
        "sum": ("＋", "＋"),
        "space": ("　", "　"),
    },
}


class Words:
    """What is put into words when it is shown."""

    def render(self, lang: str | None = None, door: str | None = None) -> str:
        """Return the words.

        Parameters
        ----------
        lang : {"zh", "en"}, optional
            The language spoken at the moment where it is not given.
        door : {"python", "command"}, optional
            The door of the moment where it is not given.
        """
        return self._put(lang or current_language(), door or current_door())

    @abstractmethod
    def _put(self, lang: str, door: str) -> str:
        """Return the words in a language, for a door."""

    def __str__(self) -> str:
        """Return the words of the moment."""
        return self.render()

    def __format__(self, spec: str) -> str:
        """Return the words of the moment, padded as asked."""
        return format(self.render(), spec)

    def _repr_html_(self) -> str:
        """Return the words of the moment for a notebook, a line each."""
        return "<p>" + "<br>".join(map(escape, self.render().split("\n"))) + "</p>"


@dataclass(frozen=True)
class Message(Words):
    """A text of the catalogue and what goes into its places; made by :func:`msg`.

    Attributes
    ----------
    text : str
        The English text, by which the catalogue knows it.
    values : tuple of (str, object)
        What stands in each place.
    """

    text: str
    values: tuple[tuple[str, object], ...] = ()

    def _put(self, lang: str, door: str) -> str:
        text = translate(self.text, lang)
        return _formatter(lang, door).vformat(text, (), dict(self.values))


def msg(text: str, /, **values: object) -> Message:
    """Return a message: a text with named places, and what goes into them.

    Texts have no plurals ("Rows without a match: {n}."). ``{name!r}`` quotes. A place takes text,
    a number with a format, a list, or other words: messages, options, errors.

    Parameters
    ----------
    text : str
        A literal: the catalogue is gathered from the sources.
    **values
        What goes into the places.

    Examples
    --------
    >>> said = msg("The folder {folder} does not exist.", folder="maps")
    >>> said.render("en")
    'The folder maps does not exist.'
    >>> said.render("zh")
    '文件夹 maps 不存在。'
    """
    # Tuples, so that two messages that say the same are equal and can stand in a set.
    held = ((k, tuple(v) if isinstance(v, list) else v) for k, v in values.items())
    return Message(text, tuple(held))


def say(text: str, /, *, lang: str | None = None, **values: object) -> str:
    """Return a message at once in words, for a label that is drawn or written here and now.

    Examples
    --------
    >>> say("Options", lang="zh")
    '选项'
    """
    return Message(text, tuple(values.items())).render(lang)


@dataclass(frozen=True)
class Joined(Words):
    """Parts that stand beside each other; made by :func:`join`."""

    parts: tuple[object, ...]
    joint: Joint

    def __bool__(self) -> bool:
        """Return whether there is anything to say."""
        return bool(self.parts)

    def _put(self, lang: str, door: str) -> str:
        first, *others = [_words(part, lang, door) for part in self.parts] or [""]
        between, before_last = _JOINTS[lang][self.joint]
        text = first
        for number, part in enumerate(others, 1):
            joint = before_last if number == len(others) else between
            text += _seam(text, joint, part) if lang == "zh" else joint
            text += part
        return text


def _seam(left: str, joint: str, right: str) -> str:
    """Return a Chinese joint with blanks beside what is not Chinese: .csv 或 .xlsx."""
    if joint in {"和", "或"} and left[-1:].isascii() and right[:1].isascii():
        return f" {joint} "
    # A sentence that is not translated.
    return joint or (" " if left and left[-1].isascii() else "")


def join(parts: Iterable[object], joint: Joint = "list") -> Joined:
    """Return parts joined as the language joins them.

    Parameters
    ----------
    parts : iterable of words, text or numbers
    joint : {"list", "and", "or", "clauses", "sentences", "places", "lines", "sum", "space"}

    Examples
    --------
    >>> join([".csv", ".xlsx", ".ods"], "or").render("en")
    '.csv, .xlsx or .ods'
    >>> join([".csv", ".xlsx", ".ods"], "or").render("zh")
    '.csv、.xlsx 或 .ods'
    """
    return Joined(tuple(parts), joint)


@dataclass(frozen=True)
class Option(Words):
    """An argument of Python, which is an option of the command.

    Attributes
    ----------
    name : str
        The argument's name.
    value : object
        What to give for it; None names the argument alone.
    option : str
        The option, where it is not the argument's name behind two hyphens.

    Examples
    --------
    >>> Option("level", "city").render(door="python")
    'level="city"'
    >>> Option("k", 5, "--nearest").render(door="command")
    '--nearest 5'
    """

    name: str
    value: object = None
    option: str = ""

    def _put(self, lang: str, door: str) -> str:
        del lang
        if door == "command":
            option = self.option or "--" + self.name.replace("_", "-")
            return option if self.value is None else f"{option} {_typed(str(self.value))}"
        if isinstance(self.value, str):
            return f"{self.name}={json.dumps(self.value, ensure_ascii=False)}"
        return f"{self.name}=" + ("" if self.value is None else repr(self.value))


@dataclass(frozen=True)
class Call(Words):
    """What to write in Python, and what to do by the command.

    Attributes
    ----------
    python, command : str or words
        Such as ``ln.zones`` and ``regionkit export zones``; or two messages.

    Examples
    --------
    >>> Call("ln.sources", command="regionkit sources").render(door="command")
    'regionkit sources'
    """

    python: str | Words
    command: str | Words

    def _put(self, lang: str, door: str) -> str:
        return _words(self.command if door == "command" else self.python, lang, door)


def _typed(value: str) -> str:
    """Return a value as it is typed on a command line."""
    return f'"{value}"' if re.search(r"[\s（）()&|;<>]", value) else value


def _words(value: object, lang: str, door: str) -> str:
    return value.render(lang, door) if isinstance(value, Words) else str(value)


class _Formatter(string.Formatter):
    """Puts values into the places of a text, as a language quotes and lists them."""

    def __init__(self, lang: str, door: str) -> None:
        self._lang, self._door = lang, door

    def convert_field(self, value: Any, conversion: str | None) -> Any:
        """Return the words of a value, quoted where that is asked."""
        if isinstance(value, (list, tuple)):
            value = join(value)
        if isinstance(value, Words):
            value = value.render(self._lang, self._door)
        if conversion == "r" and self._lang == "zh" and isinstance(value, str):
            return f"“{''.join(c if c.isprintable() else repr(c)[1:-1] for c in value)}”"
        return super().convert_field(value, conversion)  # type: ignore[arg-type, unused-ignore]


@cache
def _formatter(lang: str, door: str) -> _Formatter:
    return _Formatter(lang, door)
