"""Provinces by the names people type: 吉林, 吉林省, 220000."""

from __future__ import annotations

import difflib

from regionkit.errors import UnknownPlaceError
from regionkit.places.names import normalise_name
from regionkit.places.units import list_provinces
from regionkit.words.message import msg

__all__ = ["find_province", "short_name"]

_ENDINGS = ("特别行政区", "维吾尔自治区", "壮族自治区", "回族自治区", "自治区", "省", "市")


def find_province(word: str) -> tuple[str, str]:
    """Return adcode and name of the province that a name, short name or adcode means.

    Raises
    ------
    UnknownPlaceError
        No province has that name; the nearest names are given.

    Examples
    --------
    >>> find_province("吉林"), find_province("重庆市"), find_province("150000")
    (('220000', '吉林省'), ('500000', '重庆市'), ('150000', '内蒙古自治区'))
    """
    known = list_provinces()["name"]
    wanted = normalise_name(word)
    for adcode, name in known.items():
        if wanted in {str(adcode), str(name), short_name(name)}:
            return str(adcode), str(name)
    words = {text: name for name in known for text in (name, short_name(name))}
    near = difflib.get_close_matches(wanted, words, n=5, cutoff=0.3)
    nearest = list(dict.fromkeys(words[text] for text in near))
    raise UnknownPlaceError(
        msg("No province is named {word!r}.", word=word),
        nearest,
        mend=msg("Nearest are: {places}.", places=nearest)
        if nearest
        else msg("There are: {known}.", known=list(known)),
    )


def short_name(name: str) -> str:
    """Return a province's name without its kind of unit.

    Examples
    --------
    >>> short_name("宁夏回族自治区"), short_name("上海市")
    ('宁夏', '上海')
    """
    return next((name.removesuffix(end) for end in _ENDINGS if name.endswith(end)), name)
