"""Provinces, cities and counties by the names people type: 吉林, 吉林省, jilin, 220000."""

from __future__ import annotations

import difflib
import re
from functools import cache
from typing import TYPE_CHECKING

from regionkit.errors import UnknownPlaceError
from regionkit.places.names import Resolver, normalise_name
from regionkit.places.units import COUNTRY, list_provinces, list_units
from regionkit.words.message import msg

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["find_province", "find_units", "short_name", "spell_province", "split_words"]

_COUNTRY_WORDS = {"全国", "中国", "中华人民共和国", "china", COUNTRY}
_BETWEEN = re.compile(r"[,，、;；+]")

_ENDINGS = ("特别行政区", "维吾尔自治区", "壮族自治区", "回族自治区", "自治区", "省", "市")
# 陕 is spelled with two a so that it is not 山西.
_SPELLED = {"陕西": "shaanxi"}


def find_province(word: str) -> tuple[str, str]:
    """Return adcode and name of the province that a name, short name, its pinyin or adcode means.

    Raises
    ------
    UnknownPlaceError
        No province has that name; the nearest names are given.

    Examples
    --------
    >>> find_province("吉林"), find_province("重庆市"), find_province("150000")
    (('220000', '吉林省'), ('500000', '重庆市'), ('150000', '内蒙古自治区'))
    >>> find_province("Shaanxi")
    ('610000', '陕西省')
    """
    known = list_provinces()["name"]
    wanted = normalise_name(word)
    # Pinyin is spelled for those who type it alone.
    spell = spell_province if wanted.isascii() and wanted.isalpha() else short_name
    for adcode, name in known.items():
        if wanted in {str(adcode), str(name), short_name(name), spell(name)}:
            return str(adcode), str(name)
    words = {text: name for name in known for text in (name, short_name(name), spell(name))}
    # Letters are alike more easily than Chinese characters.
    near = difflib.get_close_matches(wanted, words, n=5, cutoff=0.6 if wanted.isascii() else 0.3)
    nearest = list(dict.fromkeys(words[text] for text in near))
    raise UnknownPlaceError(
        msg("No province is named {word!r}.", word=word),
        nearest,
        mend=msg("Nearest are: {places}.", places=nearest)
        if nearest
        else msg("There are: {known}.", known=list(known)),
    )


def find_units(words: Iterable[str]) -> tuple[str, ...]:
    """Return the adcodes of the units that words mean; a province before a city of its name.

    Parameters
    ----------
    words : iterable of str
        Provinces, cities or counties by name, short name or adcode, or 全国.

    Raises
    ------
    UnknownPlaceError, AmbiguousPlaceError
        A word is no unit, or several; the nearest names, or all of them, are given.

    Examples
    --------
    >>> find_units(["吉林", "赤峰市", "220284"]), find_units(["全国"])
    (('220000', '150400', '220284'), ('100000',))
    """
    return tuple(_find_unit(word) for word in words)


def split_words(text: str) -> list[str]:
    """Return the names in a text, which commas part.

    Examples
    --------
    >>> split_words("辽宁，吉林、赤峰市")
    ['辽宁', '吉林', '赤峰市']
    """
    return [word for word in (part.strip() for part in _BETWEEN.split(text)) if word] or [text]


def _find_unit(word: str) -> str:
    if normalise_name(word) in _COUNTRY_WORDS:
        return COUNTRY
    try:
        return find_province(word)[0]
    except UnknownPlaceError as error:
        unknown = error
    found = _all_names().candidates(word) if _is_name(word) else []
    if not found:
        raise unknown
    return _all_names().resolve(word).adcode


def _is_name(word: str) -> bool:
    # Letters alone are a province's or a pack's: every county of China has some pinyin.
    return not word.isascii() or word in list_units(COUNTRY).index


@cache
def _all_names() -> Resolver:
    return Resolver(list_units(COUNTRY))


def short_name(name: str) -> str:
    """Return a province's name without its kind of unit.

    Examples
    --------
    >>> short_name("宁夏回族自治区"), short_name("上海市")
    ('宁夏', '上海')
    """
    return next((name.removesuffix(end) for end in _ENDINGS if name.endswith(end)), name)


def spell_province(name: str) -> str:
    """Return the pinyin of a province's short name, as an id.

    Examples
    --------
    >>> spell_province("吉林省"), spell_province("陕西省")
    ('jilin', 'shaanxi')
    """
    from pypinyin import lazy_pinyin

    stem = short_name(name)
    return _SPELLED.get(stem) or "".join(lazy_pinyin(stem))
