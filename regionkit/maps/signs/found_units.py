"""The unit of a column as the table it came from states it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["found_unit"]


def found_unit(frame: pd.DataFrame, column: str) -> str:
    """Return the unit that a joined table or a statistic states for a column; "" for none.

    Parameters
    ----------
    frame : DataFrame
        As of ``Region.join_table``, whose report says what each column is in; or with the ``attrs``
        of ``Region.statistic``.
    column : str

    Examples
    --------
    >>> import pandas as pd
    >>> from regionkit.maps.signs.found_units import found_unit
    >>> values = pd.DataFrame({"gdp": [1.0]})
    >>> values.attrs.update(indicator_id="gdp", unit="亿元")
    >>> found_unit(values, "gdp"), found_unit(values, "other")
    ('亿元', '')
    """
    # What is no frame is refused where it is opened.
    told = getattr(frame, "attrs", {})
    if told.get("indicator_id") == column:
        return str(told.get("unit") or "")
    columns = getattr(told.get("report"), "columns", None)
    if columns is None or column not in getattr(columns, "index", ()):
        return ""
    return str(columns.loc[column, "unit"] or "")
