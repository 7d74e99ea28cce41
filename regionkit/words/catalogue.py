"""The catalogue of texts: English as they stand in the code, Chinese in a file of gettext.

A wheel carries the compiled ``regionkit.mo``, which its build makes. A checkout, also one that is
installed with ``pip install -e``, has the ``regionkit.po`` itself, which is read as it is: what a
translator changed holds at once.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["chinese_letters", "read_po", "translate"]

_FOLDER = Path(__file__).parent / "locale" / "zh_CN" / "LC_MESSAGES"


def translate(text: str, lang: str) -> str:
    """Return a text of the code in a language; the text itself where it is not translated.

    Examples
    --------
    >>> translate("Options", "zh")
    '选项'
    >>> translate("Options", "en")
    'Options'
    """
    # gettext keeps its header under the empty text.
    return text if lang == "en" or not text else _chinese()(text)


@cache
def _chinese() -> Callable[[str], str]:
    source = _FOLDER / "regionkit.po"
    if source.exists():
        texts = read_po(source.read_text(encoding="utf-8"))
        return lambda text: texts.get(text) or text
    from gettext import GNUTranslations

    with (_FOLDER / "regionkit.mo").open("rb") as file:
        return GNUTranslations(file).gettext


def chinese_letters() -> str:
    """Return the letters of all Chinese texts, each once: what a font for them must hold.

    Examples
    --------
    >>> set("选项") <= set(chinese_letters())
    True
    """
    source = _FOLDER / "regionkit.po"
    file = source if source.exists() else _FOLDER / "regionkit.mo"
    # A compiled catalogue holds the texts as they are, between numbers that are no letters.
    letters = set(file.read_bytes().decode("utf-8", errors="ignore"))
    return "".join(sorted(one for one in letters if one.isprintable() and not one.isascii()))


def read_po(source: str) -> dict[str, str]:
    r"""Return the translations in a .po file without contexts and plurals, as ours is.

    Examples
    --------
    >>> read_po('msgid "Two "\n"lines"\nmsgstr "两行"\n')
    {'Two lines': '两行'}
    """
    texts: dict[str, str] = {}
    fields = {"msgid": "", "msgstr": ""}
    field = ""
    for line in [*source.splitlines(), "msgid"]:
        word, _, rest = line.partition(" ")
        if word == "msgid":
            texts[fields["msgid"]] = fields["msgstr"]
            fields = {"msgid": "", "msgstr": ""}
        if word in fields:
            field = word
        elif line.startswith('"'):
            rest = line
        else:
            continue
        # The escapes of a .po are among those of JSON.
        fields[field] += json.loads(rest) if "\\" in rest else rest[1:-1]
    texts.pop("", None)
    return texts
