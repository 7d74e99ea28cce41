"""Find the unit that a name means; never guess."""

from __future__ import annotations

import difflib
import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import pandas as pd

from regionkit.errors import AmbiguousPlaceError, InputError, UnknownPlaceError
from regionkit.places.former import list_former_codes, list_former_names
from regionkit.places.nationalities import list_short_names
from regionkit.places.place import Place
from regionkit.places.units import LEVELS as UNIT_LEVELS
from regionkit.places.units import list_levels, list_parts
from regionkit.words.message import Call, Option, join, msg

if TYPE_CHECKING:
    from collections.abc import Iterable

    from regionkit.places.former import FormerName

__all__ = ["NameMatch", "Resolver", "normalise_name"]

LEVELS = (*UNIT_LEVELS, "functional area", "site")
_SUFFIX = re.compile(r"(?:自治县|自治州|地区|市|县|区|省|盟|旗)$")
_CODE = re.compile(r"^(\d{6})(?:\d{3}|\d{6})?$")
# Shorter stems (县 of 义县) would make one character a name.
_MIN_STEM = 2
_NEAREST = 5
# Marks that one writer puts into a name and another does not.
_MARKS = dict.fromkeys(map(ord, "·•.'’-_\u200b\ufeff"))
_MOST_SPELLINGS = 64
_HOW_FORMER = ("former name", "former code")
_HOW = {"minority": "short name", "short": "short name", "other": "other name"}
_GENERIC = {"市": "city", "县": "county", "区": "district", "省": "province"}


@dataclass(frozen=True)
class NameMatch:
    """A place that a name can mean, and how the name leads to it.

    Attributes
    ----------
    place : Place
    how : str
        "adcode", "full name", "short name", "former name", "former code", "English name",
        "pinyin", "functional area", "other name".
    former : FormerName or None
    """

    place: Place
    how: str
    former: FormerName | None = None


def normalise_name(name: str) -> str:
    """Return a name as it is compared: half-width, without spaces and marks, lower case.

    Examples
    --------
    >>> normalise_name(" 喀　左 ")
    '喀左'
    """
    text = unicodedata.normalize("NFKC", str(name)).casefold()
    bare = "".join(text.split()).translate(_MARKS)
    # Letters that a space kept apart may now be one.
    return unicodedata.normalize("NFKC", bare)


class Resolver:
    """Finds the unit that a name, alias or code means.

    Parameters
    ----------
    units : DataFrame indexed by adcode
        As of :func:`regionkit.places.units.list_units`.
    aliases : DataFrame, optional
        Columns ``alias`` and ``adcode``; where they are there, ``kind``, ``valid_from``,
        ``valid_to``, ``area`` and ``note`` tell former names from others.
    areas : DataFrame, optional
        Functional areas and sites: ``place_id``, ``name``, ``kind``, ``adcode``, ``lon``,
        ``lat``, ``aliases``.
    zone_ids : dict of str to tuple, optional
        Zones by adcode, handed on to the Place.
    changes : DataFrame, optional
        Changes of units, as of ``Region.changes``: codes that units had before.

    Examples
    --------
    >>> from regionkit.places.units import list_units
    >>> resolver = Resolver(list_units("210000"))
    >>> resolver.resolve("康平").adcode
    '210123'
    >>> [place.adcode for place in resolver.candidates("朝阳")]
    ['211300', '211321']
    """

    def __init__(
        self,
        units: pd.DataFrame,
        aliases: pd.DataFrame | None = None,
        areas: pd.DataFrame | None = None,
        zone_ids: dict[str, tuple[str, ...]] | None = None,
        changes: pd.DataFrame | None = None,
    ) -> None:
        zones = zone_ids or {}
        self._places: dict[str, Place] = {}
        self._keys: dict[str, set[str]] = {}
        self._labels: dict[str, str] = {}
        self._how: dict[tuple[str, str], str] = {}
        self._former: dict[tuple[str, str], FormerName] = {}
        self._parts = list_parts(units)
        names = dict(zip(units.index, units["name"], strict=True))
        levels = list_levels(units)
        outer: dict[str, list[str]] = {str(code): [] for code in units.index}
        for code in units.index:
            for part in self._parts[code]:
                outer[part].append(str(code))
        for unit in units.itertuples():
            adcode = str(unit.Index)
            is_county = unit.level == "county" and unit.city_adcode != adcode
            self._places[adcode] = Place(
                adcode=adcode,
                name=str(unit.name),
                level=str(unit.level),
                city=str(names[unit.city_adcode]) if is_county else "",
                zone_ids=zones.get(adcode, ()),
                outer_adcodes=tuple(outer[adcode]),
                levels=levels[adcode],
            )
        for adcode, place in list(self._places.items()):
            self._add(place.name, adcode, "full name")
            stem = _SUFFIX.sub("", place.name)
            if len(stem) >= _MIN_STEM:
                self._add(stem, adcode, "short name")
            for short in list_short_names(place.name):
                self._add(short, adcode, "short name")
        if aliases is not None:
            self._add_aliases(aliases)
            if changes is not None:
                self._add_codes(changes, aliases)
        if areas is not None:
            self._add_areas(areas)
        # Names as they stand after a city's: 鞍山市铁西区, 鞍山铁西.
        self._city_prefixes = sorted(
            (
                (key, adcode)
                for key, adcodes in self._keys.items()
                for adcode in adcodes
                if {"city", "province"} & set(self._places[adcode].levels)
            ),
            key=lambda pair: -len(pair[0]),
        )

    def _add(self, name: str, key: str, how: str) -> None:
        normal = normalise_name(name)
        if normal:
            self._keys.setdefault(normal, set()).add(key)
            self._labels.setdefault(normal, str(name))
            self._how.setdefault((normal, key), how)

    def _add_aliases(self, aliases: pd.DataFrame) -> None:
        for alias in aliases.to_dict("records"):
            adcode = alias["adcode"]
            if adcode not in self._places:
                continue
            kind = _text(alias.get("kind"))
            how = {"former": "former name", "english": "English name"}.get(
                kind, _HOW.get(kind, kind or "other name")
            )
            self._add(alias["alias"], adcode, how)
        for old in list_former_names(aliases):
            self._former[normalise_name(old.name), old.adcode] = old

    def _add_codes(self, changes: pd.DataFrame, aliases: pd.DataFrame) -> None:
        for old in list_former_codes(changes, aliases):
            # A code that another unit has by now is that unit's.
            if old.adcode in self._places and old.name not in self._places:
                self._add(old.name, old.adcode, "former code")
                self._former[old.name, old.adcode] = old

    def _add_areas(self, areas: pd.DataFrame) -> None:
        for area in areas.itertuples():
            adcode = area.adcode if isinstance(area.adcode, str) else ""
            county = self._places.get(adcode)
            has_point = pd.notna(area.lon) and pd.notna(area.lat)
            self._places[area.place_id] = Place(
                adcode=adcode,
                name=area.name,
                level="functional area" if area.kind == "functional area" else "site",
                city=county.city if county else "",
                zone_ids=county.zone_ids if county else (),
                place_id=area.place_id,
                lon=float(area.lon) if has_point else None,
                lat=float(area.lat) if has_point else None,
                outer_adcodes=county.outer_adcodes if county else (),
            )
            for name in [area.name, *(area.aliases or ())]:
                self._add(name, area.place_id, self._places[area.place_id].level)

    def by_adcode(self, adcode: str) -> Place:
        """Return the unit with a code of 6, 9 or 12 digits."""
        match = _CODE.match(str(adcode).strip())
        code = match.group(1) if match else ""
        if code not in self._places:
            before = [old for (name, _), old in self._former.items() if code and name == code]
            if before:
                today = self._places[before[0].adcode]
                raise UnknownPlaceError(
                    msg(
                        "No unit has the adcode {adcode!r} today: {before}. Today it is {place}.",
                        adcode=adcode,
                        before=before[0],
                        place=today,
                    ),
                    [today.name],
                )
            near = difflib.get_close_matches(str(adcode)[:6], self._places, n=_NEAREST)
            places = join([self._places[key] for key in near] or [msg("none")], "clauses")
            raise UnknownPlaceError(
                msg("No unit has the adcode {adcode!r}.", adcode=adcode),
                [self._places[key].name for key in near],
                mend=msg("Nearest are: {places}.", places=places),
            )
        return self._places[code]

    def candidates(
        self, name: str, *, level: str | None = None, within: str | None = None
    ) -> list[Place]:
        """Return every place that a name can mean, in order of code; empty for none.

        Parameters
        ----------
        name : str
            Full, short or former name, alias, code, or city and county in one (鞍山铁西).
        level : {"nation", "region", "province", "city", "county", "functional area", "site"}
        within : str, optional
            Name or code of the city it lies in.
        """
        return [match.place for match in self.explain(name, level=level, within=within)]

    def explain(
        self, name: str, *, level: str | None = None, within: str | None = None
    ) -> list[NameMatch]:
        """Return every place that a name can mean with how the name leads to it.

        Parameters
        ----------
        name, level, within
            As of :meth:`candidates`.

        Examples
        --------
        >>> from regionkit.places.units import list_units
        >>> Resolver(list_units("210000")).explain("喀喇沁左翼蒙古族")[0].how
        'short name'
        """
        if level is not None and level not in LEVELS:
            raise InputError(
                msg("{option} is not known.", option=Option("level", level)),
                mend=msg("Use one of {choices}.", choices=LEVELS),
            )
        # Codes may be typed in full-width digits.
        normal = normalise_name(name)
        code = _CODE.match(normal)
        if code and code.group(1) in self._keys:
            # A unit's code of before, with the digits of a township behind it or not.
            normal = code.group(1)
        if code and normal not in self._keys:
            found = [NameMatch(self.by_adcode(normal), "adcode")]
        else:
            found = [self._match(key, used) for key, used in self._lookup(normal)]
        if level is not None:
            found = [match for match in found if match.place.stands_at(level)]
        if within is not None:
            inner = self._parts.get(self.resolve(within).adcode, frozenset())
            found = [match for match in found if match.place.adcode in inner]
        return sorted(found, key=lambda match: _order(match.place))

    def _match(self, key: str, normal: str) -> NameMatch:
        former = self._former.get((normal, key))
        # A functional area's name can be another unit's alias too.
        how = self._how.get((normal, key), "pinyin")
        return NameMatch(self._places[key], how, former if how in _HOW_FORMER else None)

    def _lookup(self, normal: str) -> list[tuple[str, str]]:
        """Return the keys of a normalised name, each with the name that led to it.

        The name may have its city, its province or both before it.
        """
        found = self._keys.get(normal, set())
        if normal.isascii() and not normal.isdigit():
            # The list of English names may know the city of a name and not the county.
            found = found | self._latin.get(normal, set())
        if found:
            # A full official name wins over another unit's alias.
            exact = {k for k in found if normalise_name(self._places[k].name) == normal}
            return [(key, normal) for key in sorted(exact or found)]
        for prefix, adcode in self._city_prefixes:
            if normal.startswith(prefix) and len(normal) > len(prefix):
                parts = self._parts[adcode] - {adcode}
                inner = [
                    (key, used)
                    for key, used in self._lookup(normal[len(prefix) :])
                    if self._places[key].adcode in parts
                ]
                if inner:
                    return inner
        return []

    @cached_property
    def _latin(self) -> dict[str, set[str]]:
        """Keys of each pinyin spelling, with and without the word for its kind of unit."""
        latin: dict[str, set[str]] = {}
        for key, place in self._places.items():
            if place.place_id:
                continue
            stem, kind = place.name, ""
            # 自治县 has no short word for its kind; the whole name is spelled.
            if stem[-1] in _GENERIC and not stem.endswith("自治县"):
                stem, kind = stem[:-1], stem[-1]
            names = {
                spelled + ending
                for spelled in _spellings(stem)
                for ending in ("", _GENERIC.get(kind, ""), *_spellings(kind))
            }
            for name in names:
                # ü is typed v, u or yu.
                for letter in ("v", "u", "yu"):
                    latin.setdefault(name.replace("v", letter), set()).add(key)
        return latin

    def resolve(self, name: str, *, level: str | None = None, within: str | None = None) -> Place:
        """Return the one place that a name means.

        Parameters
        ----------
        name, level, within
            As of :meth:`candidates`.

        Raises
        ------
        UnknownPlaceError
            None has that name; the message and ``nearest`` give the closest names.
        AmbiguousPlaceError
            Several have it; the message and ``candidates`` give them all.
        """
        found = self.candidates(name, level=level, within=within)
        if len(found) == 1:
            return found[0]
        if found:
            raise AmbiguousPlaceError(
                msg(
                    "{name!r} is the name of {n} places: {places}.",
                    name=name,
                    n=len(found),
                    places=join(found, "clauses"),
                ),
                found,
                mend=Call(
                    msg(
                        "Write the full name or the adcode, or pass {level} or {within}.",
                        level=Option("level"),
                        within=Option("within"),
                    ),
                    command=msg("Write the full name, the city's name before it, or the adcode."),
                ),
            )
        near = self.nearest_names(name)
        asked = [Option(w, v) for w, v in (("level", level), ("within", within)) if v]
        elsewhere = self.candidates(name) if asked else []
        if elsewhere:
            raise UnknownPlaceError(
                msg(
                    "No place is named {name!r} with {options}; there is {places}.",
                    name=name,
                    options=join(asked, "and"),
                    places=join(elsewhere, "clauses"),
                )
            )
        mend = msg("Check the spelling, or use the adcode.")
        raise UnknownPlaceError(
            msg("No place of the region is named {name!r}.", name=name),
            near,
            mend=join([msg("Nearest are: {places}.", places=near), mend], "sentences")
            if near
            else mend,
        )

    def nearest_names(self, name: str, n: int = _NEAREST) -> list[str]:
        """Return the known names most like a name, best first."""
        keys = difflib.get_close_matches(normalise_name(name), self._labels, n=n, cutoff=0.4)
        return list(dict.fromkeys(self._labels[key] for key in keys))

    def names(self) -> Iterable[tuple[str, Place]]:
        """Yield every known name with the place it means; an ambiguous one once a place."""
        for normal, keys in self._keys.items():
            for key in sorted(keys):
                yield self._labels[normal], self._places[key]


def _spellings(text: str) -> list[str]:
    """Return the pinyin spellings of a name: 朝 is chao and zhao, and no rule tells which."""
    from pypinyin import Style, pinyin

    readings = pinyin(text, style=Style.NORMAL, heteronym=True)
    spellings = [""]
    for of_one in readings:
        if len(spellings) * len(of_one) > _MOST_SPELLINGS:
            of_one = of_one[:1]  # noqa: PLW2901 - long names keep the likeliest reading
        spellings = [head + tail for head in spellings for tail in dict.fromkeys(of_one)]
    return spellings


def _text(value: object) -> str:
    """Return a cell of a table as text, "" for a missing one."""
    return "" if value is None or pd.isna(value) else str(value)


def _order(place: Place) -> tuple[str, str, str]:
    """Return what places are sorted by; positions may be missing and are no part of it."""
    return place.adcode, place.name, place.place_id
