"""Tables of a page in few bytes: by column, each text once."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import zopfli.zlib

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = [
    "cited",
    "pack_column",
    "pack_table",
    "to_packed_json",
    "to_script_json",
    "unpack_column",
]

# Browsers know whole numbers up to this one.
_MOST = 2**53
# Where fewer rows than this hold a value, only these are written, with their places.
_SPARSE = 0.4


def plain(value: Any) -> Any:  # noqa: PLR0911 - one return a kind reads best
    """Return a cell as JSON knows it: None for missing, whole floats as ints, tuples as lists.

    Whole numbers that a browser would round are text.
    """
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if value is None or value is pd.NA or value is pd.NaT:
        return None
    if isinstance(value, (bool, np.bool_)):
        return int(value)
    if isinstance(value, (int, np.integer)):
        return int(value) if abs(int(value)) <= _MOST else str(int(value))
    if isinstance(value, (float, np.floating)):
        number = float(value)
        if not np.isfinite(number):
            return None
        return int(number) if number.is_integer() else round(number, 6)
    return value if isinstance(value, str) else str(value)


def pack_column(values: Iterable[Any]) -> Any:
    """Return a column in the shortest of the forms that the page reads.

    Returns
    -------
    list or dict
        The cells as they are; or ``{"c": value}`` where all are the same, ``{"v": values, "i":
        numbers}`` where values repeat (-1 is missing), ``{"s": rows, "x": cells}`` where most
        are missing; ``{"n": rows}`` is missing throughout.

    Examples
    --------
    >>> pack_column(["a", "a", "a"]), pack_column([None] * 8)
    ({'c': 'a', 'n': 3}, {'n': 8})
    """
    cells = [plain(value) for value in values]
    here = [number for number, cell in enumerate(cells) if cell is not None]
    if not here:
        return {"n": len(cells)}
    if len(here) == len(cells) and all(cell == cells[0] for cell in cells):
        return {"c": cells[0], "n": len(cells)}
    forms: list[Any] = [cells]
    if len(here) < _SPARSE * len(cells):
        forms.append({"s": here, "x": pack_column([cells[n] for n in here]), "n": len(cells)})
    if not any(isinstance(cell, list) for cell in cells):
        distinct = list(dict.fromkeys(cell for cell in cells if cell is not None))
        place = {cell: number for number, cell in enumerate(distinct)}
        forms.append({"v": distinct, "i": [-1 if cell is None else place[cell] for cell in cells]})
    return min(forms, key=lambda form: len(to_json(form)))


def unpack_column(packed: Any) -> list[Any]:
    """Return the cells of :func:`pack_column`, as the page reads them.

    Examples
    --------
    >>> unpack_column({"c": "a", "n": 3}), unpack_column({"s": [1], "x": ["b"], "n": 2})
    (['a', 'a', 'a'], [None, 'b'])
    """
    if isinstance(packed, list):
        return packed
    if "v" in packed:
        return [None if place < 0 else packed["v"][place] for place in packed["i"]]
    cells = [packed.get("c")] * packed["n"]
    if "s" in packed:
        for row, value in zip(packed["s"], unpack_column(packed["x"]), strict=True):
            cells[row] = value
    return cells


def pack_table(columns: Mapping[str, Iterable[Any]]) -> dict[str, Any]:
    """Return a table as packed columns.

    Examples
    --------
    >>> pack_table({"x": [1, 2]})
    {'x': [1, 2]}
    """
    return {name: pack_column(values) for name, values in columns.items()}


def cited(frame: pd.DataFrame, columns: list[str]) -> dict[str, Any]:
    """Return the columns of a table with its document, place in it, and basis."""
    return pack_table({name: frame[name] for name in [*columns, "source_id", "locator", "basis"]})


def to_json(value: Any) -> str:
    """Return JSON without spaces, Chinese as it is."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def to_packed_json(value: Any) -> str:
    """Return JSON deflated, as letters: a third of the bytes, for what a page reads later.

    Chinese takes two bytes in GBK, not three, and every browser reads it; a character that GBK
    lacks is escaped as JSON does.

    Examples
    --------
    >>> to_packed_json([1, 2])
    'izbUMYoFAA=='
    """
    text = to_json(value)
    for letter in sorted(set(text)):
        try:
            letter.encode("gbk")
        except UnicodeEncodeError:
            text = text.replace(letter, json.dumps(letter)[1:-1])
    # A fourteenth smaller than zlib's own, for three quarters of a second. The page reads it
    # without the head and the sum that stand about it.
    data = zopfli.zlib.compress(text.encode("gbk"), numiterations=5)[2:-4]
    return base64.b64encode(data).decode("ascii")


def to_script_json(value: Any) -> str:
    r"""Return JSON that can stand in a script element: no text of a table can end it.

    Examples
    --------
    >>> to_script_json(["</script>"])
    '["\\u003c/script>"]'
    """
    text = to_json(value).replace("<", "\\u003c")
    return text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
