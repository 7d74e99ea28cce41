"""The words that sheets and legends say of themselves, in Chinese and in English."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from regionkit.errors import InputError
from regionkit.maps.signs.symbols import kind_families
from regionkit.pack.model import known_labels, list_tables
from regionkit.places.nationalities import list_short_names
from regionkit.places.projection import projection_label
from regionkit.words.labels import labels_in
from regionkit.words.message import Option, msg, say
from regionkit.words.voice import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    import pyproj

    from regionkit.region import Region

__all__ = [
    "check_lang",
    "counted",
    "project_signs",
    "project_words",
    "projection_words",
    "short_names",
]

_COLUMNS = ("kind", "domain", "stage")
# Beside the Chinese words of a column those that a pack has in English.
_ENGLISH = {column: f"{column}_en" for column in _COLUMNS}


def check_lang(lang: str) -> str:
    """Return a language that sheets can be written in.

    Raises
    ------
    InputError
        It is another.
    """
    if lang not in LANGUAGES:
        raise InputError(
            msg("{option} is not known.", option=Option("lang", lang)),
            mend=msg("Use one of {choices}.", choices=LANGUAGES),
        )
    return lang


def counted(label: str, count: object, lang: str = "zh") -> str:
    """Return a label with a number or a unit in brackets after it.

    Examples
    --------
    >>> counted("沈阳都市圈", 54), counted("Zone", 54, "en")
    ('沈阳都市圈（54）', 'Zone (54)')
    """
    return say("{label} ({count})", lang=check_lang(lang), label=label, count=count)


def project_signs(region: Region) -> dict[str, dict[str, str]]:
    """Return a region's words for kinds, domains, stages and families, and its kinds' families.

    Examples
    --------
    >>> import regionkit as rk
    >>> signs = project_signs(rk.load("liaoning"))
    >>> signs["kind"]["nuclear"], signs["family_of"]["energy/nuclear"]
    ('核电', 'nuclear-thermal')
    """
    words = {column: region.labels("projects", column) for column in _COLUMNS}
    english = {_ENGLISH[c]: region.pack.english_labels("projects", c) for c in _COLUMNS}
    families = region.labels("kinds", "family")
    family_of = kind_families(region.table("kinds"))
    return {**words, **english, "family": families, "family_of": family_of}


def project_words(
    labels_of: Mapping[str, Mapping[str, str]] | None = None, lang: str = "zh"
) -> dict[str, dict[str, str]]:
    """Return the words for kinds, domains and stages of projects.

    Parameters
    ----------
    labels_of : mapping, optional
        ``{"kind": {...}, "domain": {...}, "stage": {...}}``; what it leaves out has the words of
        every pack. Its entries "kind_en", "domain_en" and "stage_en" are English words; entries
        "family_of" and "row" stay as they are.
    lang : {"zh", "en"}
        In English the ids, which are English, are the words where there are no others.

    Examples
    --------
    >>> project_words()["kind"]["nuclear"], project_words(lang="en")["kind"]["oil-gas-field"]
    ('核电', 'Oil gas field')
    """
    given = labels_of or {}
    words = {column: {**own, **given.get(column, {})} for column, own in _schema_words().items()}
    told = {
        column: labels_in(
            own, check_lang(lang), as_phrase=True, english=given.get(_ENGLISH.get(column, ""))
        )
        for column, own in words.items()
    }
    kept = {name: dict(given[name]) for name in ("family_of", "row") if name in given}
    return {**told, **kept}


@cache
def _schema_words() -> dict[str, dict[str, str]]:
    """Return the words that every pack knows."""
    words = {column: known_labels(column) for column in _COLUMNS}
    return {**words, "family": list_tables()["kinds"]["family"].labels}


def projection_words(crs: pyproj.CRS, lang: str = "zh") -> str:
    """Return how a map states its projection.

    Examples
    --------
    >>> import pyproj
    >>> conic = {"proj": "aea", "lat_1": 39.5, "lat_2": 42.7, "lon_0": 122.3}
    >>> projection_words(pyproj.CRS.from_dict(conic), "en")
    'Albers equal-area conic (standard parallels 39.50°N and 42.70°N, central meridian 122.30°E)'
    """
    return projection_label(crs).render(check_lang(lang))


def short_names(names: pd.Series, aliases: pd.DataFrame, taken: set[str]) -> pd.Series:
    """Return names for a map: long ones by an alias, unless that would read as another place.

    Parameters
    ----------
    names : Series of str, indexed by adcode
    aliases : DataFrame
        Columns ``alias, adcode, kind``, as of ``Region.aliases``.
    taken : set of str
        Names that stand for other places, such as the cities' short ones.

    Examples
    --------
    >>> import pandas as pd
    >>> aliases = pd.DataFrame(
    ...     {"alias": ["阜新", "喀左"], "adcode": ["210921", "211324"], "kind": "short"}
    ... )
    >>> names = pd.Series({"210921": "阜新蒙古族自治县", "211324": "喀喇沁左翼蒙古族自治县"})
    >>> short_names(names, aliases, {"阜新"}).tolist()
    ['阜新县', '喀左']
    >>> short_names(pd.Series({"220184": "长白朝鲜族自治县"}), aliases, set()).tolist()
    ['长白县']
    """
    rows = aliases[aliases["kind"].isin(["short", "minority"])]
    best = rows.drop_duplicates("adcode").set_index("adcode")["alias"].reindex(names.index)
    ruled = names.map(lambda name: next(iter(list_short_names(name)[1:]), None))
    best = best.mask(best.isin(taken), best + "县").fillna(ruled)
    return names.where(names.str.len() < 5, best).fillna(names)
