"""The names of a table's rows, matched to units; what is not certain is told, never guessed."""

from __future__ import annotations

import operator
import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, Protocol, get_args

import pandas as pd

from regionkit.errors import AmbiguousPlaceError, InputError, UnknownPlaceError
from regionkit.places.place import level_words
from regionkit.places.units import LEVELS
from regionkit.tables.grammar.cell import is_blank, plain_text
from regionkit.tables.grammar.marks import split_marks
from regionkit.words.message import Option, Words, join, msg

if TYPE_CHECKING:
    from collections.abc import Sequence

    from regionkit.places.names import NameMatch
    from regionkit.places.place import Place

__all__ = ["ACCEPTED", "RowMatch", "UnitNames", "match_names", "names_a_unit", "read_name"]

# Statuses of rows whose values go to a unit.
ACCEPTED = frozenset({"matched", "former name"})
_POINT_LEVELS = frozenset({"functional area", "site"})
_MARKS = re.compile(
    "[\u2460-\u24ff\u2776-\u2793\u3251-\u325f\u32b1-\u32bf*※#†‡]+|[(（]\\s*\\d{1,2}\\s*[)）]$"
)
_LEAD = re.compile(
    r"^(?:其\s*中|#)\s*[:：]?\s*|^(?:[一二三四五六七八九十]{1,3}[、．.]|[（(][一二三四五六七八九十]{1,3}[)）]|"
    r"[（(]\d{1,3}[)）]|\d{1,3}[、．.])\s*"
)
_PART = re.compile(r"^其\s*中")
# An adcode that passed through a program which takes it for a number.
_CODE_DIGITS = 6
_FLOAT_CODE = re.compile(r"^(\d{6,12})\.0+$")
# Parts a letter off a unit (城镇 and 北镇, 高新区 and 立新区, 出口 and 营口) that never mean it.
_PART_WORDS = frozenset({"城镇", "乡镇", "高新区", "新城区", "工业区", "经济区", "出口"})
_TOTAL = re.compile(
    r"^(?:全[省市县区国州]|合计|总计|小计|共计|累计|平均|总数|总量|市区|市辖区|城区|市本级|"
    r"省本级|县本级|区本级|本级|其他|其它|未分配|省直|省直管|.*(?:合计|小计|总计|平均|汇总|平均值|"
    r"平均数)|全[省市](?:（|\().*|各(?:市|县|区).*|sub-?total|total|average|mean|sum)$",
    re.IGNORECASE,
)
_PARENTHESIS = re.compile(r"^(.+?)[(（](.+)[)）]$")
_TOWNSHIP = re.compile(r"^(\d{6})(\d{3}|\d{6})$")

Former = Literal["same area", "unchanged", "all", "none"]

# Areas of former units whose values are not given to the unit of today.
_REFUSED = {"same area": {"other"}, "unchanged": {"other", "changed", ""}, "all": set()}
_WHY = {
    "other": msg("was a unit of another area"),
    "changed": msg("had another area than today's unit"),
}


class UnitNames(Protocol):
    """What finds the units that names mean: a ``Resolver``, or the names of zones."""

    def explain(self, name: str) -> list[NameMatch]:
        """Return every unit that a name can mean, and how."""

    def candidates(self, name: str) -> list[Place]:
        """Return every unit that a name can mean."""

    def nearest_names(self, name: str) -> list[str]:
        """Return the known names most like one."""

    def by_adcode(self, adcode: str) -> Place:
        """Return the unit with a code."""


@dataclass(frozen=True)
class RowMatch:
    """What the name of a row means.

    Attributes
    ----------
    name, parent : str
        As the table has them, half-width.
    status : str
        "matched", "former name"; or why not: "total", "no name", "ambiguous", "unknown",
        "other level", "other parent", "functional area", "township", "former unit",
        "code and name differ", "duplicate".
    how : str
        By what: "full name", "short name", "adcode", "English name", ...
    place : Place or None
    within : words or ""
        Where a city settled which of several units is meant: its column, or its row above.
    detail, mend : words or ""
        What there is to know about the match, or the fault and its remedy.
    """

    name: str
    parent: str
    status: str
    how: str = ""
    place: Place | None = None
    within: Words | str = ""
    detail: Words | str = ""
    mend: Words | str = ""


# Longer texts are read each time, so that what is kept stays small.
_KEPT_LENGTH = 200


def read_name(cell: object) -> str:
    """Return a cell as the name of a unit: without footnote marks and numbering.

    Examples
    --------
    >>> read_name("　3、普 兰 店 区①"), read_name("其中：市区"), read_name(210102.0)
    ('普 兰 店 区', '市区', '210102')
    """
    if is_blank(cell):
        return ""
    if not isinstance(cell, str):
        return _without_lead(plain_text(cell))
    return _read_text(cell) if len(cell) < _KEPT_LENGTH else _read_text.__wrapped__(cell)


@lru_cache(100_000)
def _read_text(cell: str) -> str:
    # A numbering 1、 is no mark, the raised 1 behind a name is.
    return _without_lead(plain_text(_MARKS.sub("", split_marks(cell)[0])))


def _without_lead(text: str) -> str:
    text = _FLOAT_CODE.sub(r"\1", text)
    while (shorter := _LEAD.sub("", text)) != text:
        text = shorter
    return text.strip(" :：;；,，")


def _compact(name: str) -> str:
    return "".join(name.split())


def match_names(
    names: Sequence[object],
    resolver: UnitNames,
    *,
    level: str = "county",
    parents: Sequence[object] | None = None,
    former: Former = "same area",
    repeats: bool = False,
) -> list[RowMatch]:
    """Return what each name of a column means.

    Parameters
    ----------
    names : sequence, length n
        Names or adcodes, top to bottom.
    resolver : Resolver
    level : {"county", "city", "province", "zone"}
        What the rows are.
    parents : sequence, length n, optional
        The city of each.
    former : {"same area", "unchanged", "all", "none"}
        Which former names and codes are taken for the unit of today: those of a unit that was
        renamed or raised in rank, though townships may have come or gone since (the row's detail
        tells it); only where none have; all, also of units merged or divided; or none.
    repeats : bool
        Whether a unit may have several rows.

    Returns
    -------
    list of RowMatch, length n
        A row of a city in a table of counties is a "total", and gives the rows below it their
        city where every certain one of them lies in it.

    Raises
    ------
    InputError
        ``level`` or ``former`` is none of the known.

    Examples
    --------
    >>> from regionkit.places.names import Resolver
    >>> from regionkit.places.units import list_units
    >>> resolver = Resolver(list_units("210000"))
    >>> rows = match_names(["鞍山市", "铁西区", "海城"], resolver)
    >>> [(row.status, row.place.adcode) for row in rows]
    [('total', '210300'), ('matched', '210303'), ('matched', '210381')]
    """
    if level not in {"county", "city", "province", "zone"}:
        raise InputError(
            msg("{option} is not known.", option=Option("level", level)),
            mend=msg("Use one of {choices}.", choices=("county", "city", "province", "zone")),
        )
    if former not in get_args(Former):
        raise InputError(
            msg("{option} is not known.", option=Option("former", former)),
            mend=msg("Use one of {choices}.", choices=get_args(Former)),
        )
    outer: Sequence[object] = parents if parents is not None else [None] * len(names)
    read = [(read_name(name), read_name(parent)) for name, parent in zip(names, outer, strict=True)]
    # What stands in many rows is looked up once.
    known = {pair: _match(*pair, resolver, level, former) for pair in dict.fromkeys(read)}
    found = [known[pair] for pair in read]
    found = [
        _as_part(row, resolver) if _PART.match(plain_text(cell)) else row
        for row, cell in zip(found, names, strict=True)
    ]
    if parents is None and level == "county":
        found = _with_city_rows(found, resolver, former)
    if level == "county":
        found = _cities_alone(found)
    if level == "city":
        found = _parts_of_cities(found)
    return found if repeats else _mark_duplicates(found)


def _cities_alone(found: list[RowMatch]) -> list[RowMatch]:
    """Refuse rows of cities, in a table that has units of both levels, without any of its counties.

    In a table of 海南's 19 cities and counties 海口 is no total of other rows.
    """
    accepted = [row.place for row in found if row.status in ACCEPTED and row.place]
    if not any(place.stands_at("city") for place in accepted):
        return found
    known = {code for row in found if row.place for code in _outer(row.place)}
    return [
        _no_county(row)
        if row.status == "total"
        and row.place is not None
        and row.place.stands_at("city")
        and row.place.adcode not in known
        else row
        for row in found
    ]


def _outer(place: Place) -> set[str]:
    return set(place.outer_adcodes) - {place.adcode} if place.level not in _POINT_LEVELS else set()


def _no_county(row: RowMatch) -> RowMatch:
    return replace(
        row,
        status="other level",
        detail=msg("{place} is no {level}.", place=row.place, level=level_words("county")),
        mend=msg("Leave the row out, or join with {option}.", option=Option("level", "city")),
    )


def _parts_of_cities(found: list[RowMatch]) -> list[RowMatch]:
    """Set aside counties and functional areas in a table of cities that has their city's row."""
    cities = {row.place.adcode: row.place for row in found if row.status in ACCEPTED and row.place}
    settled = []
    for row in found:
        is_part = row.place is not None and row.status in {"other level", "functional area"}
        outer = row.place.outer_adcodes if row.place is not None and is_part else ()
        city = next((cities[code] for code in outer if code in cities), None)
        settled.append(
            replace(
                row,
                status="total",
                detail=msg("a part of {city}, which has a row of its own", city=city.name),
                mend="",
            )
            if city
            else row
        )
    return settled


def _as_part(row: RowMatch, resolver: UnitNames) -> RowMatch:
    """Return a row 其中：… that is no unit as a part of the row above it.

    One letter off a unit's name, it is rather that unit mistyped, and stays unknown.
    """
    if row.status == "functional area":
        return replace(
            row, status="total", detail=msg("a part: {detail}", detail=row.detail), mend=""
        )
    if row.status != "unknown" or _find(row.name, resolver):
        return row
    name = _compact(row.name)
    for near in () if name in _PART_WORDS else resolver.nearest_names(name):
        if len(near) == len(name) and sum(map(operator.ne, near, name)) == 1:
            return row
    detail = msg("a part of the row above it")
    return replace(row, status="total", how="word", detail=detail, mend="")


def _match(name: str, parent: str, resolver: UnitNames, level: str, former: Former) -> RowMatch:
    bare = _compact(name)
    if not bare:
        return RowMatch(
            name,
            parent,
            "no name",
            detail=msg("has values but no name."),
            mend=msg("Write the unit's name, or delete the row."),
        )
    # 城区 is a district of 晋城, 全州 a county of 桂林; elsewhere they sum up.
    is_named = any(m.place.stands_at(level) for m in _find(name, resolver))
    if _TOTAL.match(bare) and not is_named:
        return RowMatch(name, parent, "total", how="word", detail=msg("total or sub-total"))
    township = _TOWNSHIP.match(bare)
    if township and township.group(2).strip("0"):
        return RowMatch(
            name,
            parent,
            "township",
            detail=msg("{code} is the code of a township or village, not of a county.", code=name),
            mend=msg("Sum up the table by the first six digits, if that is meant."),
        )
    matches = _find(name, resolver)
    if parent:
        return _in_parent(name, parent, matches, resolver, level, former)
    return _settle(name, "", matches, resolver, level, former)


def _find(name: str, resolver: UnitNames) -> list[NameMatch]:
    """Return what a name can mean; 县（市） in brackets behind a name must mean the same."""
    try:
        matches = resolver.explain(name)
    except UnknownPlaceError:
        return []
    split = _PARENTHESIS.match(_compact(name))
    if matches or split is None:
        return matches
    try:
        before, inside = resolver.explain(split.group(1)), resolver.explain(split.group(2))
    except UnknownPlaceError:
        return []
    if before and inside:
        keys = {match.place.adcode for match in inside}
        return [match for match in before if match.place.adcode in keys]
    return before if before and split.group(2) in {"县级", "县级市", "市", "县", "区"} else []


def _in_parent(
    name: str,
    parent: str,
    matches: list[NameMatch],
    resolver: UnitNames,
    level: str,
    former: Former,
) -> RowMatch:
    try:
        outer = resolver.explain(parent)
    except UnknownPlaceError:
        outer = []
    # 市 columns say 朝阳 and 铁岭 for the cities.
    cities = [m.place for m in outer if m.place.stands_at("city") or m.place.stands_at("province")]
    if len(cities) != 1:
        if _TOTAL.match(_compact(parent)):
            return _settle(name, parent, matches, resolver, level, former)
        return RowMatch(
            name,
            parent,
            "unknown",
            detail=_with_nearest(
                msg("its city {city!r} is none of the region.", city=parent),
                resolver.nearest_names(parent),
            ),
            mend=msg("Correct the city, or leave it blank."),
        )
    city = cities[0]
    inside = [m for m in matches if m.place.lies_in(city)]
    deeper = [m for m in inside if m.place.adcode != city.adcode]
    if matches and not inside:
        where = join([m.place for m in matches], "clauses")
        return RowMatch(
            name,
            parent,
            "other parent",
            detail=msg(
                "{name!r} is not in {city}; there is {places}.",
                name=name,
                city=city.name,
                places=where,
            ),
            mend=msg("Correct the name or the city."),
        )
    settled = _settle(name, parent, deeper or inside, resolver, level, former)
    if settled.status == "matched" and len(matches) > 1:
        return replace(settled, within=msg("within {city}", city=city.name))
    return settled


def _settle(
    name: str,
    parent: str,
    matches: list[NameMatch],
    resolver: UnitNames,
    level: str,
    former: Former,
) -> RowMatch:
    """Return the one meaning of a name at a level, or why there is none."""
    if not matches:
        return _unknown(name, parent, resolver)
    units = [
        m for m in matches if m.place.level not in _POINT_LEVELS and m.how != "functional area"
    ]
    if not units:
        place = matches[0].place
        is_unit_itself = place.level not in _POINT_LEVELS
        kind = level_words("functional area" if is_unit_itself else place.level)
        called = name if is_unit_itself else place.name
        return RowMatch(
            name,
            parent,
            "functional area",
            place=place,
            detail=(
                msg(
                    "{name} is no unit of its own but a {kind} in {county}; its values are not "
                    "those of a county.",
                    name=called,
                    kind=kind,
                    county=resolver.by_adcode(place.adcode).name,
                )
                if place.adcode
                else msg(
                    "{name} is no unit of its own but a {kind}; its values are not those of a "
                    "county.",
                    name=called,
                    kind=kind,
                )
            ),
            mend=msg("Leave the row out, or add it to the county it lies in yourself."),
        )
    at_level = [m for m in units if m.place.stands_at(level)]
    if len(units) > 1 and level in {"city", "province"} and len(at_level) == 1:
        # In a table of cities 抚顺 is the city, not the county of that name; 吉林 among provinces.
        units = at_level
    if len(units) > 1:
        places = [m.place for m in units]
        return RowMatch(
            name,
            parent,
            "ambiguous",
            detail=(
                msg(
                    "{name!r} is both {first} and {second}.",
                    name=name,
                    first=places[0],
                    second=places[1],
                )
                if len(places) == 2
                else msg("{name!r} is each of {places}.", name=name, places=join(places, "and"))
            ),
            mend=msg(
                "Write the full name or the adcode, or give the column of cities with {option}.",
                option=Option("parent"),
            ),
        )
    match = units[0]
    if not match.place.stands_at(level):
        return _other_level(name, parent, match, level)
    if match.former is not None:
        return _of_former(name, parent, match, former)
    return RowMatch(name, parent, "matched", match.how, match.place)


def _unknown(name: str, parent: str, resolver: UnitNames) -> RowMatch:
    if _compact(name).endswith("郊区"):
        return RowMatch(
            name,
            parent,
            "unknown",
            detail=msg(
                "{name!r} was a district of several cities, or sums up the rows about it; which is "
                "meant cannot be told.",
                name=name,
            ),
            mend=msg("Delete the row if it is a sub-total, else write the unit of today."),
        )
    return RowMatch(
        name,
        parent,
        "unknown",
        detail=_with_nearest(
            msg("no unit is named {name!r}.", name=name), resolver.nearest_names(name)
        ),
        mend=msg("Correct the name, or write the adcode."),
    )


def _with_nearest(what: Words, near: Sequence[str]) -> Words:
    return join([what, msg("Nearest: {names}.", names=near)], "sentences") if near else what


def _other_level(name: str, parent: str, match: NameMatch, level: str) -> RowMatch:
    order = (*LEVELS, "zone")
    if order.index(match.place.level) < order.index(level):
        return RowMatch(
            name,
            parent,
            "total",
            match.how,
            match.place,
            detail=msg("total of {place}", place=match.place.name),
        )
    return RowMatch(
        name,
        parent,
        "other level",
        match.how,
        match.place,
        detail=msg("{place} is no {level}.", place=match.place, level=level_words(level)),
        mend=msg(
            "Leave the row out, or join with {option}.", option=Option("level", match.place.level)
        ),
    )


def _of_former(name: str, parent: str, match: NameMatch, former: Former) -> RowMatch:
    old = match.former
    if old is None:
        return RowMatch(name, parent, "matched", match.how, match.place)
    if former == "none" or old.area in _REFUSED[former]:
        is_a = msg("is a former code") if match.how == "former code" else msg("is a former name")
        why = _WHY.get(old.area, is_a) if former != "none" else is_a
        return RowMatch(
            name,
            parent,
            "former unit",
            match.how,
            match.place,
            detail=msg(
                "{name!r} {why} ({former}); today there is {place}.",
                name=name,
                why=why,
                former=old,
                place=match.place.name,
            ),
            mend=msg(
                "Pass {option} if its values may stand for the unit of today.",
                option=Option("former", "all"),
            ),
        )
    return RowMatch(
        name,
        parent,
        "former name",
        match.how,
        match.place,
        detail=msg("{former}; taken for {place}", former=old, place=match.place.name),
    )


def _with_city_rows(found: list[RowMatch], resolver: UnitNames, former: Former) -> list[RowMatch]:
    """Settle ambiguous names by the row of their city above them, where the block bears it out."""
    settled = list(found)
    heads = [
        i
        for i, row in enumerate(found)
        if row.status == "total" and row.place is not None and row.place.stands_at("city")
    ]
    for head, end in zip(heads, [*heads[1:], len(found)], strict=False):
        city = found[head].place
        block = range(head + 1, end)
        certain = [found[i].place for i in block if found[i].status in ACCEPTED]
        is_block = bool(certain) and all(
            place is not None and city is not None and place.lies_in(city) for place in certain
        )
        for i in block:
            row = found[i]
            if row.status != "ambiguous" or city is None:
                continue
            inside = [
                m
                for m in _find(row.name, resolver)
                if m.place.lies_in(city) and m.place.stands_at("county")
            ]
            if is_block and len(inside) == 1:
                again = _settle(row.name, "", inside, resolver, "county", former)
                above = msg("below the row of {city}", city=city.name)
                settled[i] = replace(again, within=above)
    return settled


def _mark_duplicates(found: list[RowMatch]) -> list[RowMatch]:
    seen = pd.Series(
        [
            row.place.adcode if row.place is not None and row.status in ACCEPTED else None
            for row in found
        ],
        dtype=object,
    )
    counts = seen.value_counts()
    return [
        replace(
            row,
            status="duplicate",
            detail=msg("{place} has {n} rows.", place=row.place, n=int(counts[row.place.adcode])),
            mend=msg("Keep one row a unit. Of a table with a row a year, take one year first."),
        )
        if row.place is not None and row.status in ACCEPTED and counts[row.place.adcode] > 1
        else row
        for row in found
    ]


def names_a_unit(text: str, resolver: UnitNames, level: str | None = None) -> bool:
    """Return whether a text is the name or code of a unit, certain or not."""
    name = read_name(text)
    if not name or len(name) > 40:
        return False
    if len(name) < _CODE_DIGITS and name.lstrip("-").replace(".", "").isdecimal():
        # An amount, and shorter than any code.
        return False
    try:
        found = _find(name, resolver)
    except (UnknownPlaceError, AmbiguousPlaceError):
        return False
    return any(
        match.place.stands_at(level) if level else match.place.level not in _POINT_LEVELS
        for match in found
    )
