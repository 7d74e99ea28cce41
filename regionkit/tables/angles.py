"""Coordinates as people type them: degrees, minutes and seconds, metres with a zone before them."""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from regionkit.tables.grammar.cell import is_blank, parse_number
from regionkit.words.message import Words, msg

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

__all__ = ["Angle", "parse_angle", "plain_degrees", "unpack_angles"]

_LETTERS = {
    "东经": "E",
    "西经": "W",
    "北纬": "N",
    "南纬": "S",
    "E": "E",
    "W": "W",
    "N": "N",
    "S": "S",
}
_LETTER = re.compile(r"^(东经|西经|北纬|南纬|[EWNS])?(.*?)([EWNS])?$", re.IGNORECASE)
_SEXAGESIMAL = re.compile(
    r"^(?P<sign>-)?(?P<d>\d{1,3})(?:°|º|度|d|:|-|\s)\s*"
    r"(?P<m>\d{1,2}(?:\.\d+)?)(?:′|'|’|‘|分|m|:|-|\s|$)\s*"
    r"(?:(?P<s>\d{1,2}(?:\.\d+)?)\s*(?:″|\"|”|“|''|′′|’’|秒|s)?)?$",
    re.IGNORECASE,
)
_SPELLED = re.compile(r"^-?\d{1,3}\s*d\s*[\d.]+\s*m\s*(?:[\d.]+\s*s)?$", re.IGNORECASE)
# What most cells are: told without a look at letters and marks.
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]{0,2})(?:\.[0-9]{1,15})?")
_DEGREES = re.compile(r"^(-?\d{1,3}(?:\.\d+)?)(?:°|º|度)$")
_SIXTY = 60.0


@dataclass(frozen=True)
class Angle:
    """A coordinate as read.

    Attributes
    ----------
    value : float
        Degrees or metres; NaN where it is blank or at fault.
    axis : {"lon", "lat", ""}
        What its letter says it is.
    what : words or ""
        The fault, "" for none.
    """

    value: float = math.nan
    axis: str = ""
    what: Words | str = ""


def parse_angle(cell: object) -> Angle:  # noqa: PLR0911 - one a notation
    """Return a coordinate of a cell: decimal degrees, degrees-minutes-seconds, or metres.

    Parameters
    ----------
    cell : object

    Examples
    --------
    >>> parse_angle("东经123°25′45″").value, parse_angle("东经123°25′45″").axis
    (123.42916666666667, 'lon')
    >>> print(parse_angle("41-48-60").what)
    '41-48-60' has 60 seconds.
    """
    if is_blank(cell):
        return Angle()
    if not isinstance(cell, str):
        number = parse_number(cell)
        return Angle(number.value, what=number.what)
    if _DECIMAL.fullmatch(cell):
        return Angle(float(cell))
    # Half-width turns ″ into two ′ and º into o, so these are named first.
    text = unicodedata.normalize(
        "NFKC", cell.replace("″", '"').replace("º", "°").replace("＂", '"')
    ).strip()
    # The s of 123d25m45s is of seconds, not of south.
    split = None if _SPELLED.match(text) else _LETTER.match(text)
    head, body, tail = split.groups() if split else (None, text, None)
    letter = _LETTERS.get(
        (head or tail or "").upper() if head is None or head.isascii() else head, ""
    )
    axis = {"E": "lon", "W": "lon", "N": "lat", "S": "lat"}.get(letter, "")
    sign = -1.0 if letter in {"W", "S"} else 1.0
    body = body.strip(" :：")
    plain = _DEGREES.match(body)
    if plain:
        return Angle(sign * float(plain.group(1)), axis)
    parts = _SEXAGESIMAL.match(body)
    if parts is None:
        number = parse_number(body)
        if number.what or number.unit:
            return Angle(what=msg("{text!r} is no coordinate.", text=cell.strip()))
        return Angle(sign * number.value, axis)
    minutes, seconds = float(parts["m"]), float(parts["s"] or 0)
    if minutes >= _SIXTY:
        return Angle(what=msg("{text!r} has {n:g} minutes.", text=cell.strip(), n=minutes))
    if seconds >= _SIXTY:
        return Angle(what=msg("{text!r} has {n:g} seconds.", text=cell.strip(), n=seconds))
    value = float(parts["d"]) + minutes / 60 + seconds / 3600
    return Angle(-sign * value if parts["sign"] else sign * value, axis)


def plain_degrees(cells: Iterable[object]) -> NDArray[np.float64]:
    """Return coordinates of cells that are bare numbers; NaN for what is to be parsed one by one.

    Parameters
    ----------
    cells : iterable of object
        A column; most hold nothing but degrees and decimals.

    Examples
    --------
    >>> plain_degrees(["123.4", 41.8, "123°24′", None]).tolist()
    [123.4, 41.8, nan, nan]
    """
    bare = (
        cell
        if type(cell) is float and math.isfinite(cell)
        else float(cell)
        if type(cell) is str and _DECIMAL.fullmatch(cell)
        else math.nan
        for cell in cells
    )
    return np.fromiter(bare, dtype=float)


def unpack_angles(values: NDArray[np.float64], *, point_after_degrees: bool) -> NDArray[np.float64]:
    """Return degrees of packed degrees, minutes and seconds; NaN where it can be none.

    Parameters
    ----------
    values : ndarray of float
        1232324 (DDDMMSS), or with ``point_after_degrees`` 123.2324 (DDD.MMSS).
    point_after_degrees : bool

    Examples
    --------
    >>> unpack_angles(np.array([1232324.0, 1236324.0]), point_after_degrees=False)
    array([123.39,    nan])
    >>> unpack_angles(np.array([123.2324]), point_after_degrees=True).round(6)
    array([123.39])
    """
    packed = np.round(values * 1e4, 6) if point_after_degrees else values
    degrees, rest = np.divmod(packed, 1e4)
    minutes, seconds = np.divmod(rest, 100)
    is_angle = (minutes < _SIXTY) & (seconds < _SIXTY)
    return np.where(is_angle, degrees + minutes / 60 + seconds / 3600, np.nan)
