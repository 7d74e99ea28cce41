"""What the records of an .xls sheet say that xlrd does not: formulas without a result, filters."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from typing import Any

__all__ = ["SheetRecords", "read_records"]

_BIFF5 = 50
_BEGINNINGS = {0x0809, 0x0409, 0x0209, 0x0009}
_EOF, _FORMULA, _STRING, _SHARED, _FILTERMODE = 0x000A, 0x0006, 0x0207, 0x04BC, 0x009B
# Results that are a text, and an empty text; others that are no number are booleans and errors.
_TEXT_RESULT, _EMPTY_RESULT = 0, 3
# Tokens of a formula in reverse Polish: a text, the joining of texts, calls of functions.
_TEXT_TOKEN, _JOIN_TOKEN = 0x17, 0x08
_CALLS, _CALLS_OF_MANY = {0x21, 0x41, 0x61}, {0x22, 0x42, 0x62}
# IF, LOOKUP, INDEX, REPT, MID, TEXT, CHOOSE, HLOOKUP, VLOOKUP, LEFT, RIGHT, TRIM, SUBSTITUTE,
# CONCATENATE: what they give may be a text.
_MAY_GIVE_TEXT = {1, 28, 29, 30, 31, 48, 100, 101, 102, 115, 116, 118, 120, 336}

Place = tuple[int, int]


@dataclass
class SheetRecords:
    """What the records of a sheet say.

    Attributes
    ----------
    zeros : dict of (row, column) to bool
        Formulas with a result, and whether it is zero or an empty text.
    uncomputed : set of (row, column)
        Formulas whose result the file does not hold.
    is_filtered : bool
    """

    zeros: dict[Place, bool] = field(default_factory=dict)
    uncomputed: set[Place] = field(default_factory=set)
    is_filtered: bool = False


def read_records(book: Any, number: int) -> SheetRecords:
    """Return what the records of a sheet of an xlrd book, opened on demand, say."""
    found = SheetRecords()
    if book.biff_version < _BIFF5:
        # Formulas of Excel 4 and before stand in records of another form.
        return found
    # Zero where a text may be: LibreOffice writes no text of a formula into .xls.
    doubtful: dict[Place, bool] = {}
    shared: list[tuple[int, int, int, int]] = []
    place, end = book._sh_abs_posn[number], len(book.mem)  # noqa: SLF001 - told nowhere else
    waiting: Place | None = None
    depth = 0
    while place + 4 <= end:
        code, length = struct.unpack("<HH", book.mem[place : place + 4])
        start = place + 4
        place = start + length
        if code in _BEGINNINGS:
            # A chart in a sheet has a beginning and an end of its own.
            depth += 1
        elif code == _EOF:
            depth -= 1
            if depth <= 0:
                break
        elif code == _FILTERMODE:
            found.is_filtered = True
        elif code == _STRING and waiting is not None:
            found.uncomputed.discard(waiting)
            found.zeros[waiting] = False
            waiting = None
        elif code == _SHARED and length >= 10:
            data = bytes(book.mem[start:place])
            first, last, left, right = struct.unpack("<HHBB", data[:6])
            if _may_give_text(data[10:]):
                shared.append((first, last, left, right))
        elif code == _FORMULA and length >= 22 and depth == 1:
            data = bytes(book.mem[start:place])
            cell = struct.unpack("<HH", data[:4])
            result = data[6:14]
            waiting = None
            if result[6:] != b"\xff\xff":
                found.zeros[cell] = result == bytes(8)
                doubtful[cell] = _may_give_text(data[22:])
            elif result[0] == _TEXT_RESULT:
                # Its text follows; where none does, nobody calculated it.
                waiting = cell
                found.uncomputed.add(cell)
            else:
                found.zeros[cell] = result[0] == _EMPTY_RESULT
    for first, last, left, right in shared:
        doubtful |= {(r, c): True for r, c in doubtful if first <= r <= last and left <= c <= right}
    for column in {c for (_, c), may_be in doubtful.items() if may_be}:
        cells = [cell for cell, may_be in doubtful.items() if may_be and cell[1] == column]
        if all(found.zeros[cell] for cell in cells):
            found.uncomputed |= set(cells)
    return found


def _may_give_text(tokens: bytes) -> bool:
    """Return whether a formula may give a text: it holds one, joins some, or looks one up."""
    for i, token in enumerate(tokens[:-3]):
        if token == _TEXT_TOKEN:
            size, is_wide = tokens[i + 1], tokens[i + 2]
            if size and is_wide in {0, 1} and i + 3 + size * (1 + is_wide) <= len(tokens):
                return True
    if tokens.endswith(bytes([_JOIN_TOKEN])):
        return True
    if len(tokens) >= 3 and tokens[-3] in _CALLS:
        return int(struct.unpack("<H", tokens[-2:])[0]) in _MAY_GIVE_TEXT
    if len(tokens) >= 4 and tokens[-4] in _CALLS_OF_MANY:
        return int(struct.unpack("<H", tokens[-2:])[0]) & 0x7FFF in _MAY_GIVE_TEXT
    return False
