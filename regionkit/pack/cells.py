"""What a person types into a cell, read as it is meant: words, dates, figures, yes and no."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from regionkit.pack.typed import BOOLEANS, is_of_type

if TYPE_CHECKING:
    from collections.abc import Mapping

    from regionkit.pack.model import Field

__all__ = ["DATE_PATTERN", "is_percentage", "read_cell", "read_word", "split_typed"]

#: Of columns that hold a day, a month or a year.
DATE_PATTERN = r"\d{4}(-\d{2}(-\d{2})?)?"
_MIDNIGHT = re.compile(r" 0{1,2}:00(:00)?$")
_DATE = re.compile(r"(\d{4})(?:年|[-/.年](\d{1,2})(?:月|[-/.月](\d{1,2})日?)?)?")
_YEAR = re.compile(r"(\d{4})年")
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?")
_YES_NO = dict.fromkeys("是√✓对y", "true") | dict.fromkeys("否×✗错n", "false")
_YES_NO |= {"yes": "true", "no": "false"}
_BETWEEN = re.compile(r"[;；、,，\n]+")


def read_cell(  # noqa: PLR0911 - one for each type
    cell: str, column: Field, words: Mapping[str, str]
) -> str:
    """Return a cell of a column as the schema writes it; what cannot be read stays as it is.

    Parameters
    ----------
    cell : str
    column : Field
    words : mapping of str to str
        Everyday words of an enumeration and their values; labels need not be among them.

    Examples
    --------
    >>> from regionkit.pack.model import Field
    >>> read_cell("2021年3月17日", Field("on", pattern=DATE_PATTERN), {})
    '2021-03-17'
    >>> read_cell("1,234.5", Field("value", "number"), {})
    '1234.5'
    >>> read_cell("新建", Field("stage", labels={"new": "新建"}), {})
    'new'
    """
    cell = cell.strip()
    if not cell:
        return ""
    if column.labels:
        return read_word(cell, column.labels, words) or cell
    if column.type in {"integer", "number"}:
        return _read_number(cell, column.type)
    if column.type == "boolean":
        return cell if cell in BOOLEANS else _YES_NO.get(cell.casefold(), cell)
    if column.type == "list":
        return cell.replace("；", column.delimiter)
    if column.pattern == DATE_PATTERN:
        return _read_date(cell)
    return cell


def read_word(cell: str, labels: Mapping[str, str], words: Mapping[str, str]) -> str:
    """Return the value of an enumeration that a word means; "" for none, or for several."""
    if cell in labels:
        return cell
    wanted = _plain(cell)
    meant = {value for value, label in labels.items() if wanted in {_plain(label), _plain(value)}}
    if not meant:
        meant = {value for word, value in words.items() if _plain(word) == wanted}
    return meant.pop() if len(meant) == 1 else ""


def is_percentage(cell: str) -> bool:
    """Return whether a figure is written with a percent sign.

    Examples
    --------
    >>> is_percentage("6.5 %"), is_percentage("6.5")
    (True, False)
    """
    return unicodedata.normalize("NFKC", cell).rstrip().endswith("%")


def split_typed(cell: str) -> list[str]:
    """Return the items of a list of units or ids, however they are set apart.

    Examples
    --------
    >>> split_typed("长春市、吉林市；四平市")
    ['长春市', '吉林市', '四平市']
    """
    return [item.strip() for item in _BETWEEN.split(cell) if item.strip()]


def _plain(word: str) -> str:
    return "".join(unicodedata.normalize("NFKC", word).casefold().split())


def _read_number(cell: str, kind: str) -> str:
    if is_of_type(cell, kind):
        return cell
    text = "".join(unicodedata.normalize("NFKC", cell).split()).replace("\u2212", "-")
    # 2030年 is how years are read out; 5.0 is how spreadsheets give whole numbers away.
    whole = _YEAR.sub(r"\1", text).removesuffix(".0")
    text = text.removesuffix("%") if kind == "number" else whole
    if _THOUSANDS.fullmatch(text):
        text = text.replace(",", "")
    return text if is_of_type(text, kind) else cell


def _read_date(cell: str) -> str:
    # Spreadsheets put a time behind a day.
    text = "".join(_MIDNIGHT.sub("", unicodedata.normalize("NFKC", cell)).split())
    found = _DATE.fullmatch(text)
    return "-".join(part.zfill(2) for part in found.groups() if part) if found else cell
