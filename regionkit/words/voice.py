"""In which language, and to whom, regionkit speaks at this moment.

The language is the one asked for (``--lang``), else that of ``REGIONKIT_LANG``, else the user's
locale: Chinese where it is Chinese, not set, C or POSIX; English where it is another. The door is
how the reader came in: from Python, where a remedy is ``level="city"``, or by the command, where
it is ``--level city``.
"""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = [
    "LANGUAGES",
    "current_door",
    "current_language",
    "language_tag",
    "other_language",
    "speaking",
]

LANGUAGES = ("zh", "en")
_language: ContextVar[str | None] = ContextVar("language", default=None)
_door: ContextVar[str] = ContextVar("door", default="python")


def current_language() -> str:
    """Return the language to speak now: "zh" or "en".

    Examples
    --------
    >>> with speaking("zh"):
    ...     current_language()
    'zh'
    """
    return _language.get() or _users_language(os.environ)


def current_door() -> str:
    """Return how the reader came in: "python" or "command"."""
    return _door.get()


def language_tag(lang: str, *, with_country: bool = False) -> str:
    """Return a language as files are tagged with it; PowerPoint wants a country for English too.

    Examples
    --------
    >>> language_tag("zh"), language_tag("en")
    ('zh-CN', 'en')
    """
    english = "en-US" if with_country else "en"
    return "zh-CN" if lang == "zh" else english


def other_language(lang: str) -> str:
    """Return the other of the two languages."""
    return LANGUAGES[1 - LANGUAGES.index(lang)]


@contextmanager
def speaking(lang: str | None = None, *, door: str | None = None) -> Iterator[None]:
    """Speak a language, and to a door, for a while.

    Parameters
    ----------
    lang : {"zh", "en"}, optional
    door : {"python", "command"}, optional
        What is not given stays as it is.

    Examples
    --------
    >>> from regionkit.words.message import Option
    >>> with speaking("en", door="command"):
    ...     print(Option("level", "city"))
    --level city
    """
    language, entry = _language.set(lang or _language.get()), _door.set(door or _door.get())
    try:
        yield
    finally:
        _language.reset(language)
        _door.reset(entry)


def _users_language(environment: Mapping[str, str]) -> str:
    """Return the language that a user's settings ask for."""
    if environment.get("REGIONKIT_LANG"):
        return _of_locale(environment["REGIONKIT_LANG"])
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        locale = environment.get(variable)
        if locale:
            # As gettext has it, a list of languages counts where there is a locale at all.
            preferred = environment.get("LANGUAGE", "").split(":")[0]
            return _of_locale(locale if _is_neutral(locale) else preferred or locale)
    return _windows_language() if sys.platform == "win32" else "zh"


def _is_neutral(locale: str) -> bool:
    return locale.partition(".")[0].upper() in {"C", "POSIX"}


def _of_locale(locale: str) -> str:
    is_chinese = locale.lower().startswith(("zh", "chinese"))
    return "zh" if is_chinese or _is_neutral(locale) else "en"


def _windows_language() -> str:
    """Return the language of the Windows desktop, which sets no variables."""
    import ctypes

    # The low ten bits name the language: 4 is Chinese.
    number = ctypes.windll.kernel32.GetUserDefaultUILanguage()  # type: ignore[attr-defined, unused-ignore]
    return "zh" if number & 0x3FF == 4 else "en"
