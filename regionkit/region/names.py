"""What things are called in a language: the one rule for every map, page, slide and report."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pandas as pd

from regionkit.places.nationalities import bare_name
from regionkit.words.facts import fact_in
from regionkit.words.message import join, msg, say
from regionkit.words.voice import current_language

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from regionkit.region import Region

__all__ = [
    "RegionNames",
    "called_units",
    "name_in",
    "names_in",
    "short_cities",
    "unit_names",
    "whole_word",
]

# What the whole of a region is called, by the end of its name.
_WHOLES = {
    "省": msg("the whole province"),
    "市": msg("the whole municipality"),
    "区": msg("the whole autonomous region"),
    "国": msg("the whole country"),
}


def whole_word(name: str, lang: str) -> str:
    """Return the word for the whole of a region of that name, in a language.

    Examples
    --------
    >>> [
    ...     whole_word(name, "zh")
    ...     for name in ("吉林省", "重庆市", "宁夏回族自治区", "长三角", "中国")
    ... ]
    ['全省', '全市', '全区', '全域', '全国']
    """
    return _WHOLES.get(name[-1:], msg("the whole region")).render(lang)


def name_in(row: Mapping[str, Any] | pd.Series, lang: str) -> str:
    """Return the name of a row of the pack in a language; the Chinese one where it has no other.

    Parameters
    ----------
    row : mapping or Series
        With ``name`` and, for English, ``name_en``.
    lang : {"zh", "en"}

    Examples
    --------
    >>> name_in({"name": "西区", "name_en": "West"}, "en"), name_in({"name": "东区"}, "en")
    ('West', '东区')
    """
    english = row.get("name_en")
    return fact_in(lang, str(row["name"]), None if pd.isna(english) else str(english))


def names_in(table: pd.DataFrame, lang: str, *, column: str = "name") -> pd.Series:
    """Return the names of a table's rows in a language; the Chinese ones where it has no others.

    Parameters
    ----------
    table : DataFrame
        A table of the pack with ``name`` and, for English, ``name_en``.
    lang : {"zh", "en"}
    column : str
        The Chinese name that is wanted, such as ``short_name``; ``name`` where a row has none.

    Examples
    --------
    >>> zones = pd.DataFrame({"name": ["西区", "东区"], "name_en": ["West", None]})
    >>> names_in(zones, "en").tolist()
    ['West', '东区']
    """
    own = table[column].fillna(table["name"])
    english = table["name_en"].fillna(own) if "name_en" in table.columns else None
    return fact_in(lang, own, english)


def unit_names(
    names: pd.Series, aliases: pd.DataFrame, lang: str, *, partial: Collection[str] = ()
) -> pd.Series:
    """Return the name of each unit in a language: the shortest of its English aliases, or its own.

    Parameters
    ----------
    names : Series of str, indexed by adcode
    aliases : DataFrame
        Columns ``alias, adcode, kind``, as of ``Region.aliases``.
    lang : {"zh", "en"}
    partial : collection of str
        Codes of units that a region holds a part of only, which are marked so.

    Examples
    --------
    >>> aliases = pd.DataFrame(
    ...     {"alias": ["Anshan City", "Anshan"], "adcode": "210300", "kind": "english"}
    ... )
    >>> names = pd.Series({"210300": "鞍山市", "210100": "沈阳市"})
    >>> unit_names(names, aliases, "en").tolist()
    ['Anshan', '沈阳市']
    >>> unit_names(names, aliases, "zh", partial={"210100"}).tolist()
    ['鞍山市', '沈阳市（部分）']
    """
    english = aliases[aliases["kind"] == "english"]
    shortest = english.assign(length=english["alias"].str.len()).sort_values(
        ["length", "alias"], kind="stable"
    )
    best = shortest.drop_duplicates("adcode").set_index("adcode")["alias"]
    named = fact_in(lang, names, best.reindex(names.index).fillna(names))
    if not partial:
        return named
    marked = [
        say("{name} (part)", lang=lang, name=name) if code in partial else name
        for code, name in named.items()
    ]
    return pd.Series(marked, index=named.index, name=named.name, dtype="str")


def short_cities(region: Region, lang: str) -> pd.Series:
    """Return what maps write at each city of a region, by adcode; one held in part is marked so.

    Examples
    --------
    >>> import regionkit as rk
    >>> short_cities(rk.load("liaoning"), "zh").head(2).tolist()
    ['沈阳', '大连']
    """
    bare = region.cities["name"].map(bare_name)
    return unit_names(bare, region.aliases, lang, partial=region.partial_units)


def called_units(region: Region, lang: str) -> pd.Series:
    """Return what each unit of a region is called, by adcode; one held in part is marked so.

    Examples
    --------
    >>> import regionkit as rk
    >>> region = rk.load(["吉林省", "赤峰市"], name="吉林和赤峰")
    >>> called_units(region, "zh").loc[["150000", "150400"]].tolist()
    ['内蒙古自治区（部分）', '赤峰市']
    """
    own = region.units["name"]
    return unit_names(own, region.aliases, lang, partial=region.partial_units)


@dataclass(frozen=True, eq=False)
class RegionNames:
    """What a region's units, zones, indicators and clusters are called in a language.

    A thing that the pack names in Chinese alone keeps that name.

    Parameters
    ----------
    region : Region
    lang : {"zh", "en"}, optional
        The language spoken at the moment where it is not given.

    Examples
    --------
    >>> import regionkit as rk
    >>> names = RegionNames(rk.load("liaoning"), "en")
    >>> names.unit("210303"), names.zones["liaoxi"][:16]
    ('Tiexi District of Anshan', 'Western Liaoning')
    """

    region: Region
    lang: str = ""

    @cached_property
    def _lang(self) -> str:
        return self.lang or current_language()

    @cached_property
    def plain_units(self) -> pd.Series:
        """Names of the units by adcode, as they are; several counties may have one."""
        return called_units(self.region, self._lang)

    @cached_property
    def units(self) -> pd.Series:
        """Names of the units by adcode, with the city at those that several counties have."""
        units = self.region.units
        names = self.plain_units.copy()
        shared = units["name"].duplicated(keep=False) & (units["level"] == "county")
        for code, city in units.loc[shared, "city_adcode"].dropna().items():
            names[code] = self._within(names[code], names[city])
        return names

    def _within(self, name: str, city: str) -> str:
        return say("{county} of {city}", lang=self._lang, county=name, city=city)

    def unit(self, adcode: str) -> str:
        """Return the name of a unit as :attr:`units` has it, "" for an unknown one."""
        return str(self.units.get(adcode, ""))

    def full_unit(self, adcode: str) -> str:
        """Return the name of a unit with its city's, "" for an unknown one."""
        city = self.region.units["city_adcode"].get(adcode)
        name = str(self.plain_units.get(adcode, ""))
        if not isinstance(city, str) or city in {adcode, ""} or not name:
            return name
        return self._within(name, str(self.plain_units[city]))

    def list_units(self, adcodes: Iterable[str]) -> str:
        """Return the names of several units."""
        return join([self.unit(code) for code in adcodes]).render(self._lang)

    @cached_property
    def zones(self) -> pd.Series:
        """Names of the zones and groupings by zone_id."""
        return names_in(self.region.zone_table, self._lang)

    @cached_property
    def short_zones(self) -> pd.Series:
        """Short names of the zones and groupings by zone_id; in English the full ones."""
        return names_in(self.region.zone_table, self._lang, column="short_name")

    @cached_property
    def indicators(self) -> pd.Series:
        """Names of the indicators by indicator_id."""
        return names_in(self.region.indicators, self._lang)
