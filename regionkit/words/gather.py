"""Gather the texts of the code into the catalogue: ``python -m regionkit.words.gather``.

New texts are added without a translation and listed; texts that the code no longer has go.
"""

from __future__ import annotations

import sys
from pathlib import Path

from regionkit.words.catalogue import read_po

__all__ = ["find_texts", "write_po"]

PACKAGE = Path(__file__).parents[1]
CATALOGUE = PACKAGE / "words" / "locale" / "zh_CN" / "LC_MESSAGES" / "regionkit.po"
_IMPORT = "from regionkit.words.message import"
_HEADER = r"""# Chinese texts of regionkit. Terms: regionkit/words/GLOSSARY.md.
msgid ""
msgstr ""
"Language: zh_CN\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=utf-8\n"
"Content-Transfer-Encoding: 8bit\n"
"""


def find_texts() -> dict[str, set[str]]:
    """Return every text that the code gives to ``msg`` or ``say``, with the files it stands in."""
    from babel.messages.extract import extract_from_file

    texts: dict[str, set[str]] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        # Others may call something else by these names.
        if _IMPORT in path.read_text(encoding="utf-8"):
            for _line, text, *_ in extract_from_file("python", path, {"msg": None, "say": None}):
                texts.setdefault(str(text), set()).add(path.relative_to(PACKAGE).as_posix())
    return texts


def write_po(translations: dict[str, str]) -> str:
    """Return a .po in order of the texts, so that two branches rarely add at one place.

    Examples
    --------
    >>> print(write_po({"Options": "选项"}).splitlines()[-1])
    msgstr "选项"
    """
    return _HEADER + "".join(
        f"\nmsgid {_quoted(text)}\nmsgstr {_quoted(translations[text])}\n"
        for text in sorted(translations)
    )


def _quoted(text: str) -> str:
    """Return a text as a .po has it, a line of the file for each of its lines."""
    escaped = [
        line.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n").replace("\t", r"\t")
        for line in text.splitlines(keepends=True) or [""]
    ]
    return '"' + '"\n"'.join(["", *escaped] if len(escaped) > 1 else escaped) + '"'


def main() -> int:
    """Bring the catalogue up to the code; return how many texts wait for a translation."""
    known = read_po(CATALOGUE.read_text(encoding="utf-8"))
    texts = find_texts()
    CATALOGUE.write_text(
        write_po({text: known.get(text, "") for text in texts}), encoding="utf-8", newline="\n"
    )
    waiting = sorted(text for text in texts if not known.get(text))
    for text in waiting:
        print(f"{min(texts[text])}: {text}")  # noqa: T201
    print(f"{len(texts)} texts, {len(waiting)} without a translation")  # noqa: T201
    return len(waiting)


if __name__ == "__main__":
    sys.exit(1 if main() else 0)
