"""Numbers that name and do not count: years and codes, printed without marks at thousands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from regionkit.analysis.targets import format_quantity
from regionkit.tables.grammar.heading import names_codes, names_years
from regionkit.words.message import say

if TYPE_CHECKING:
    from typing import Any

__all__ = ["is_boolean", "is_naming", "quantity_label", "shown_cells", "yes_or_no"]

_FIRST_YEAR, _LAST_YEAR = 1000, 2999


def is_naming(values: pd.Series) -> bool:
    """Return whether a column's numbers are years or codes, as heading and values tell.

    Examples
    --------
    >>> is_naming(pd.Series([2026, 2030], name="建成年份"))
    True
    >>> is_naming(pd.Series([2026, 2030], name="2020年")), is_naming(pd.Series([2026], name="人口"))
    (False, False)
    """
    if not pd.api.types.is_numeric_dtype(values) or pd.api.types.is_bool_dtype(values):
        return False
    present = values.dropna()
    if present.empty or not (present % 1 == 0).all():
        return False
    heading = str(values.name)
    if names_codes(heading):
        return True
    return names_years(heading) and bool(present.between(_FIRST_YEAR, _LAST_YEAR).all())


def is_boolean(values: pd.Series) -> bool:
    """Return whether a column holds true and false alone, whatever its type.

    Examples
    --------
    >>> is_boolean(pd.Series([True, None])), is_boolean(pd.Series([1, 0]))
    (True, False)
    """
    present = values.dropna()
    if pd.api.types.is_bool_dtype(values):
        return True
    return bool(len(present)) and all(isinstance(value, bool | np.bool_) for value in present)


def yes_or_no(value: Any, lang: str) -> str:
    """Return a truth in words.

    Examples
    --------
    >>> yes_or_no(True, "zh"), yes_or_no(False, "en")
    ('是', 'no')
    """
    return say("yes", lang=lang) if value else say("no", lang=lang)


def quantity_label(value: float, unit: str, *, is_naming: bool) -> str:
    """Return a value with its unit as maps print it; a year or code as it is.

    Examples
    --------
    >>> quantity_label(2026, "", is_naming=True), quantity_label(2026, "亿元", is_naming=False)
    ('2026', '2,026 亿元')
    """
    return f"{int(value)}{unit}" if is_naming else format_quantity(value, unit)


def shown_cells(values: pd.Series, lang: str) -> pd.Series:
    """Return a column's cells as a reader is shown them: truths in words, years and codes as text.

    Examples
    --------
    >>> shown_cells(pd.Series([True, False]), "zh").tolist()
    ['是', '否']
    >>> shown_cells(pd.Series([2026.0, None], name="年份"), "zh").tolist()
    ['2026', None]
    """
    naming = is_naming(values)

    def shown(value: Any) -> Any:
        if isinstance(value, bool | np.bool_):
            return yes_or_no(value, lang)
        if naming:
            return None if pd.isna(value) else str(int(value))
        return value

    return pd.Series([shown(value) for value in values], values.index, dtype=object)
