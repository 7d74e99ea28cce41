"""What a table itself says of the datum of its coordinates: in a column, or in its headings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from regionkit.tables.grammar.cell import plain_text
from regionkit.words.message import msg

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["OLDER", "OLDER_MEND", "datum_of_headings", "datum_of_word", "is_datum_heading"]

# Stands for Beijing 1954, Xi'an 1980 and what else lies on an older ellipsoid.
OLDER = "an older datum"
OLDER_MEND = msg(
    "Xi'an 1980 and Beijing 1954 lie up to 150 m off, and no public transformation leads out of "
    "them. Convert to CGCS2000 first, with the parameters of your surveying authority."
)
_HEADING = re.compile(r"^(?:坐标系|坐标系统|坐标类型|datum|crs)$", re.IGNORECASE)
_IN_HEADING = {
    "GCJ-02": re.compile("高德|腾讯|火星|gcj|amap", re.IGNORECASE),
    "BD-09": re.compile("百度|bd-?_?09|baidu|^bd_|_bd$", re.IGNORECASE),
    "CGCS2000": re.compile("2000|cgcs", re.IGNORECASE),
    "WGS-84": re.compile("wgs|gps", re.IGNORECASE),
    OLDER: re.compile("西安80|西安1980|北京54|北京1954|xi'?an|beijing", re.IGNORECASE),
}
_OLDER_WORD = re.compile("西安|北京|xian|beijing|1980|1954|^80$|^54$", re.IGNORECASE)
_WORDS = {
    "WGS-84": ("wgs84", "wgs-84", "gps", "epsg:4326"),
    "CGCS2000": ("cgcs2000", "国家2000", "2000", "2000国家大地坐标系", "大地2000", "epsg:4490"),
    "GCJ-02": ("gcj02", "gcj-02", "火星", "火星坐标", "火星坐标系", "高德", "腾讯", "gcj"),
    "BD-09": ("bd09", "bd-09", "百度", "百度坐标", "bd09ll"),
}


def is_datum_heading(column: str) -> bool:
    """Return whether a column says the datum of each row.

    Examples
    --------
    >>> is_datum_heading("坐标系"), is_datum_heading("坐标")
    (True, False)
    """
    return _HEADING.match("".join(column.split())) is not None


def datum_of_word(cell: object) -> str:
    """Return the datum that a cell names, ``OLDER`` for one of the older ones, "" for none known.

    Examples
    --------
    >>> datum_of_word("GCJ02 坐标系"), datum_of_word("西安80"), datum_of_word("?")
    ('GCJ-02', 'an older datum', '')
    """
    word = plain_text(cell).casefold().replace(" ", "").removesuffix("坐标系")
    names = [name for name, words in _WORDS.items() if word in words]
    if names:
        return names[0]
    return OLDER if _OLDER_WORD.search(word) else ""


def datum_of_headings(headings: Iterable[str]) -> str:
    """Return the one datum that the headings of coordinates name, "" for none or several.

    Examples
    --------
    >>> datum_of_headings(["高德经度", "高德纬度"]), datum_of_headings(["经度", "纬度"])
    ('GCJ-02', '')
    """
    said = {
        name
        for heading in headings
        for name, pattern in _IN_HEADING.items()
        if pattern.search(heading)
    }
    return said.pop() if len(said) == 1 else ""
