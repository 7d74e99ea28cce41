"""A pack's tables as DataFrames with the types of the schema."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from regionkit.pack.model import Field, Table
    from regionkit.pack.texts import Texts

__all__ = ["BOOLEANS", "is_of_type", "split_list", "type_table"]

# As the Table Schema has them; spreadsheets write TRUE.
BOOLEANS = {
    **dict.fromkeys(("true", "True", "TRUE", "1"), True),
    **dict.fromkeys(("false", "False", "FALSE", "0"), False),
}
_INTEGER = re.compile(r"[+-]?[0-9]{1,18}")
_NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{1,3})?")


def is_of_type(cell: str, kind: str) -> bool:
    """Return whether a text is of a column's type.

    Examples
    --------
    >>> is_of_type("1.5", "number"), is_of_type("1.5", "integer")
    (True, False)
    """
    if kind == "integer":
        return _INTEGER.fullmatch(cell) is not None
    if kind == "number":
        return _NUMBER.fullmatch(cell) is not None
    return kind != "boolean" or cell in BOOLEANS


def split_list(cell: str, delimiter: str) -> tuple[str, ...]:
    """Return the items of a list, without the blanks around them.

    Examples
    --------
    >>> split_list("210100; 210281;", ";")
    ('210100', '210281')
    """
    return tuple(item.strip() for item in cell.split(delimiter) if item.strip())


def type_table(texts: Texts, table: Table) -> pd.DataFrame:
    """Return a table with the types of its columns; what is of another type is missing.

    Columns are ``str`` (missing is NaN), ``Int64``, ``float``, ``bool`` or, for lists, tuples of
    str; rows stand in the order of the file.
    """
    cells = texts.columns(table.columns)
    return pd.DataFrame({one.name: _typed(cells[one.name], one) for one in table.fields})


def _typed(cells: list[str], column: Field) -> object:
    if column.type == "number":
        return np.array([float(x) if _NUMBER.fullmatch(x) else np.nan for x in cells], dtype=float)
    if column.type == "integer":
        whole = [int(x) if _INTEGER.fullmatch(x) else None for x in cells]
        return pd.array(whole, dtype="Int64")
    if column.type == "boolean":
        return np.array([BOOLEANS.get(x, False) for x in cells], dtype=bool)
    if column.type == "list":
        lists = [split_list(x, column.delimiter) for x in cells]
        return pd.Series(lists, dtype=object)
    return pd.array([x or None for x in cells], dtype="str")
