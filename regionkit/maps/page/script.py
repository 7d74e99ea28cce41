"""The page's script: its modules joined in the order of their imports, in one closed scope."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

__all__ = ["join_modules", "module_names", "page_script"]

_ENTRY = "page.js"
_IMPORT = re.compile(r'^import \{([^}]*)\} from "\./([\w.]+)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|const|let|class) )", re.MULTILINE)


def _read(name: str) -> str:
    return (resources.files("regionkit.maps.page") / "js" / name).read_text(encoding="utf-8")


def module_names() -> tuple[str, ...]:
    """Return the files of the script, each after those it imports.

    Examples
    --------
    >>> module_names()[0], module_names()[-1]
    ('dom.js', 'page.js')
    """
    order: dict[str, None] = {}

    def visit(name: str) -> None:
        for _, wanted in _IMPORT.findall(_read(name)):
            if wanted not in order:
                visit(wanted)
        order[name] = None

    visit(_ENTRY)
    return tuple(order)


def join_modules() -> str:
    """Return the modules as one script for a browser that knows none.

    Every module has named exports and names of its own at its top (a test holds it), so imports
    and the word ``export`` can be left out.
    """
    files = "\n".join(_EXPORT.sub("", _IMPORT.sub("", _read(name))) for name in module_names())
    return f"(function(){{\n'use strict';\n{files}\n}})();"


@cache
def page_script() -> str:
    """Return the joined script, comments and needless spaces gone."""
    import rjsmin

    made: str = rjsmin.jsmin(join_modules())
    return made
