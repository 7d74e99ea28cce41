"""Tables of a page in few bytes: by column, each text once."""

from __future__ import annotations

import base64
import json
from collections import Counter
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import zopfli.zlib

from regionkit.maps.page.topology import decode_numbers, encode_numbers
from regionkit.words.plain import without_turns

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

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
# Differences up to this one are read with the 32 bits of a browser's shifts.
_MOST_STEP = 2**29
# Letters beyond ASCII are numbered: the most frequent are one byte, the others two.
_ASCII = 128
_MOST_LETTERS = _ASCII * 256


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
        The cells as they are; or ``{"c": value}`` where all are the same, ``{"d": steps}`` of
        whole numbers, ``{"v": values, "i": steps}`` where values repeat (-1 is missing), ``{"s":
        steps, "x": cells}`` where most are missing; ``{"n": rows}`` is missing throughout. Steps
        are whole numbers as letters, each the difference from the one before it.

    Examples
    --------
    >>> pack_column(["a", "a", "a"]), pack_column([None] * 8), pack_column(range(5, 12))
    ({'c': 'a', 'n': 3}, {'n': 8}, {'d': 'KCCCCCC'})
    """
    cells = [plain(value) for value in values]
    here = [number for number, cell in enumerate(cells) if cell is not None]
    if not here:
        return {"n": len(cells)}
    if len(here) == len(cells) and all(cell == cells[0] for cell in cells):
        return {"c": cells[0], "n": len(cells)}
    forms: list[Any] = [cells]
    if all(isinstance(cell, int) and abs(cell) < _MOST_STEP // 2 for cell in cells):
        forms.append({"d": _encode_steps(cells)})
    if len(here) < _SPARSE * len(cells):
        rare = pack_column([cells[n] for n in here])
        forms.append({"s": _encode_steps(here), "x": rare, "n": len(cells)})
    if not any(isinstance(cell, list) for cell in cells):
        distinct = list(dict.fromkeys(cell for cell in cells if cell is not None))
        place = {cell: number for number, cell in enumerate(distinct)}
        rows = [-1 if cell is None else place[cell] for cell in cells]
        forms.append({"v": distinct, "i": _encode_steps(rows)})
    return min(forms, key=lambda form: len(to_json(form)))


def _encode_steps(numbers: Sequence[int]) -> str:
    return encode_numbers(np.diff(numbers, prepend=0).tolist())


def _decode_steps(text: str) -> list[int]:
    found: list[int] = np.cumsum(decode_numbers(text), dtype=int).tolist()
    return found


def unpack_column(packed: Any) -> list[Any]:
    """Return the cells of :func:`pack_column`, as the page reads them.

    Examples
    --------
    >>> unpack_column({"c": "a", "n": 3}), unpack_column({"s": "C", "x": ["b"], "n": 2})
    (['a', 'a', 'a'], [None, 'b'])
    """
    if isinstance(packed, list):
        return packed
    if "d" in packed:
        return _decode_steps(packed["d"])
    if "v" in packed:
        return [None if n < 0 else packed["v"][n] for n in _decode_steps(packed["i"])]
    cells = [packed.get("c")] * packed["n"]
    if "s" in packed:
        rows = _decode_steps(packed["s"])
        for row, value in zip(rows, unpack_column(packed["x"]), strict=True):
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
    """Return JSON without spaces, Chinese as it is, and without marks that turn its direction."""
    return without_turns(
        json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    )


def to_packed_json(value: Any) -> str:
    """Return JSON deflated, as letters: a third of the bytes, for what a page reads later.

    Letters beyond ASCII are numbered, and which they are stands before a point: their codes, each
    as the difference from the one before it. The most frequent are one byte in what is deflated,
    the others two; in UTF-8 they are three each.

    Examples
    --------
    >>> to_packed_json([1, 2])
    '.izbUMYoFAA=='
    >>> to_packed_json(["沈"]).partition(".")[0]
    'wo2B'
    """
    data, letters = _to_bytes(to_json(value))
    # A fourteenth smaller than zlib's own, for three quarters of a second. The page reads it
    # without the head and the sum that stand about it.
    packed = zopfli.zlib.compress(data, numiterations=5)[2:-4]
    codes = _encode_steps([ord(letter) for letter in letters])
    return f"{codes}.{base64.b64encode(packed).decode('ascii')}"


def _to_bytes(text: str) -> tuple[bytes, list[str]]:
    """Return a text as bytes, and its letters beyond ASCII by their number."""
    counts = Counter(letter for letter in text if ord(letter) >= _ASCII)
    # What is half a letter in UTF-16 is escaped, as JSON does it.
    whole = [one for one in counts if ord(one) <= 0xFFFF and not 0xD800 <= ord(one) < 0xE000]
    letters = sorted(whole, key=lambda letter: (-counts[letter], letter))[:_MOST_LETTERS]
    n_single = _ASCII - max(0, -(-(len(letters) - _ASCII) // 255))
    letters = [*letters[:n_single], *sorted(letters[n_single:])]
    table = {chr(code): bytes([code]) for code in range(_ASCII)}
    for number, letter in enumerate(letters):
        lead, low = divmod(number - n_single, 256)
        table[letter] = (
            bytes([_ASCII + number])
            if number < n_single
            else bytes([_ASCII + n_single + lead, low])
        )
    for letter in counts.keys() - table.keys():
        table[letter] = json.dumps(letter)[1:-1].encode("ascii")
    return b"".join(table[letter] for letter in text), letters


def to_script_json(value: Any) -> str:
    r"""Return JSON that can stand in a script element: no text of a table can end it.

    Examples
    --------
    >>> to_script_json(["</script>"])
    '["\\u003c/script>"]'
    """
    text = to_json(value).replace("<", "\\u003c")
    return text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
