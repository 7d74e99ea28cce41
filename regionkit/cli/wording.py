"""Messages of the library in the words of the command: options in place of Python arguments."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["for_command"]

# What an argument is called where the option has another name.
_OPTIONS = {
    "k": "nearest",
    "boundaries_datum": "boundaries-datum",
    "on_unmatched": "keep-unmatched",
}
_ARGUMENTS = (
    "boundaries",
    "boundaries_datum",
    "crs",
    "domain",
    "former",
    "k",
    "kind",
    "km",
    "level",
    "on",
    "parent",
    "place",
    "scheme",
    "sheet",
    "size",
    "source",
    "stage",
    "theme",
    "value",
    "zone",
)


def _option(match: re.Match[str]) -> str:
    name, value = match["name"], match["value"].strip("'\"")
    option = f"--{_OPTIONS.get(name, name)}"
    if not value:
        return option
    return f'{option} "{value}"' if re.search(r"\s", value) else f"{option} {value}"


# A whole phrase stands before the argument in it.
_RULES: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (
        re.compile(r"Write the full name or the adcode, or pass level= or within=\."),
        "Write the full name, the city's name before it, or the adcode.",
    ),
    (
        re.compile(r"(?:give the projects near it|ask): region\.projects_near"),
        "ask what lies near it: projects_near",
    ),
    (
        re.compile(r"(?:\w+\.)?projects_near\((['\"])(?P<name>.+?)\1, km=(?P<km>[\d.]+)\)"),
        r"regionkit query --near \g<name> --km \g<km>",
    ),
    (
        re.compile(r"StreamOptions\(columns=\(['\"](.+?)['\"], ['\"](.+?)['\"]\)\)"),
        r"--columns \1,\2",
    ),
    (
        re.compile(r", for example with shapely\.make_valid\(polygon\)"),
        ', for example in QGIS with "Fix geometries"',
    ),
    (
        re.compile(r"Use rk\.categorical for kinds, or turn it into numbers with pandas\S+"),
        "Name a column of numbers with --value.",
    ),
    (
        re.compile(r"Set it(?: first)?(?::| with) (?:layer|gdf)\.set_crs\([^)]*\)"),
        "Save it with one, in QGIS under Export, Save Features As",
    ),
    (
        re.compile(
            rf"(?<![\w.-])(?P<name>{'|'.join(_ARGUMENTS)})="
            r"(?P<value>'[^']*'|\"[^\"]*\"|[-+]?[\w:.]*\w|)"
        ),
        _option,
    ),
)


def for_command(message: str) -> str:
    """Return a message of the library with the command's options in it.

    Examples
    --------
    >>> for_command("'锦州' is 锦州市. For that unit use place='锦州市'.")
    "'锦州' is 锦州市. For that unit use --place 锦州市."
    >>> for_command("Ask what lies near it: projects_near('锦州港', km=10).")
    'Ask what lies near it: regionkit query --near 锦州港 --km 10.'
    """
    for pattern, replacement in _RULES:
        message = pattern.sub(replacement, message)
    return message
