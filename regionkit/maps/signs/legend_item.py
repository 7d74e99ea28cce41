"""One entry of a legend, before any medium draws it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

__all__ = ["LegendItem"]


@dataclass(frozen=True)
class LegendItem:
    """A line of a sheet's legend.

    Attributes
    ----------
    label : str
    kind : {"heading", "swatch", "symbol", "line", "stage", "note", "grid", "circle"}
        A stage has a symbol and a line side by side.
    colour : str
    shape, fill : str
        Of a symbol; the fill is also that of a route, whose dashes it sets.
    hatch, hatch_colour : str
        Of a swatch.
    style : str
        Of a line.
    is_site : bool
        Of a symbol: False draws the ring of a point known only by its unit.
    is_route : bool
        Whether the line is a kind of project, or the symbol's kind has lines as well, which are
        drawn behind it; black and white draws these by their own marks.
    zone_number : int
        Of a zone's line: its place, which a theme for black and white draws as a line style; -1
        for other lines.
    hatch_width : float
        Of a swatch, points.
    size : float
        Diameter of a circle or width of a line, points; 0 for the usual one.
    grid : tuple of tuple of str
        Colours of a two-way legend, rows from the bottom.
    axis_labels : (str, str)
        What a two-way legend's columns and rows show.
    """

    label: str
    kind: Literal["heading", "swatch", "symbol", "line", "stage", "note", "grid", "circle"] = (
        "swatch"
    )
    colour: str = "#000000"
    shape: str = "circle"
    fill: str = "solid"
    hatch: str = ""
    hatch_colour: str = "#555555"
    style: Any = "-"
    is_site: bool = True
    is_route: bool = False
    zone_number: int = -1
    hatch_width: float = 1.0
    size: float = 0.0
    grid: tuple[tuple[str, ...], ...] = ()
    axis_labels: tuple[str, str] = ("", "")
