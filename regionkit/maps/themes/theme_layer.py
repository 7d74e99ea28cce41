"""A layer made from facts, as paper and page both take it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from regionkit.maps.signs.layers import AreaLayer

__all__ = ["NATURES", "ThemeLayer"]

NATURES = ("", "target", "baseline", "actual")


@dataclass(frozen=True)
class ThemeLayer:
    """An area layer with its place in a series and what else a reader may ask of it.

    Attributes
    ----------
    layer : AreaLayer
    series, series_title : str
        Layers of one series show the same thing in different years; the slider moves in it.
    year : int, optional
    nature : {"", "target", "baseline", "actual"}
        Whether the values are planned, what the plan starts from, or reported. The slider shows
        a target until its year, and what was reported from its year on.
    is_main : bool
        Whether the series opens on this layer; on the newest where none is marked.
    ramp : tuple of str
        Colours of a continuous scale from the lowest value to the highest; () for classes.
    columns : mapping of str to Series
        Further columns that a panel shows of a unit, by heading.
    indicator_id : str
        Of which the layer shows values or targets, so that one can be held against the other.
    pointing_note : str
        The layer's note where a unit can be pointed at, as on the page; "" where it is the same.
    """

    layer: AreaLayer
    series: str = ""
    series_title: str = ""
    year: int | None = None
    nature: str = ""
    is_main: bool = False
    ramp: tuple[str, ...] = ()
    columns: Mapping[str, pd.Series] = field(default_factory=dict, repr=False)
    indicator_id: str = ""
    pointing_note: str = ""
