"""Which region a table is of: a mark in its attrs, by which a notebook finds the words."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar
from weakref import WeakValueDictionary

if TYPE_CHECKING:
    import pandas as pd

    from regionkit.region import Region

__all__ = ["mark", "mark_like", "region_of", "table_of"]

_Frame = TypeVar("_Frame", bound="pd.DataFrame | pd.Series")
_REGION, _TABLE = "region", "table"
# Regions whose tables were handed out, the newest last. What stands in attrs is text, for they are
# copied at each step and written into files.
_REGIONS: WeakValueDictionary[int, Region] = WeakValueDictionary()


def mark(frame: _Frame, region: Region, table: str = "") -> _Frame:
    """Return a table that names its region in ``attrs``.

    Parameters
    ----------
    frame : DataFrame or Series
        Is changed, so it must be the caller's own.
    region : Region
    table : str
        The pack's table whose columns it has, for their headers and labels.
    """
    _REGIONS.pop(id(region), None)
    _REGIONS[id(region)] = region
    frame.attrs[_REGION] = region.id
    if table:
        frame.attrs[_TABLE] = table
    return frame


def mark_like(frame: _Frame, other: pd.DataFrame) -> _Frame:
    """Return a table that is of the region, and has the columns, that another one names.

    Parameters
    ----------
    frame : DataFrame or Series
        Is changed, so it must be the caller's own.
    other : DataFrame
        What it was made from.
    """
    frame.attrs.update({key: other.attrs[key] for key in (_REGION, _TABLE) if key in other.attrs})
    return frame


def region_of(frame: pd.DataFrame | pd.Series) -> Region | None:
    """Return the region that a table is of, None where it names none or that is gone."""
    name = frame.attrs.get(_REGION)
    return next((one for one in reversed(list(_REGIONS.values())) if one.id == name), None)


def table_of(frame: pd.DataFrame | pd.Series) -> str:
    """Return the pack's table whose columns a table has, "" where none is named."""
    return str(frame.attrs.get(_TABLE, ""))
