"""One entry of a legend, before any medium draws it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from regionkit.words.plain import cut_text, drawn_text

if TYPE_CHECKING:
    from regionkit.maps.signs.strokes import Stroke

__all__ = ["LegendItem"]

_LONGEST_LABEL, _LONGEST_NOTE = 160, 800


@dataclass(frozen=True)
class LegendItem:
    r"""An entry of a legend with its look as decided for the map: a medium draws it, no more.

    Attributes
    ----------
    label : str
    kind : {"heading", "swatch", "symbol", "line", "stage", "badge", "note", "grid", "circle", \
            "disc", "dot"}
        A stage has a symbol and a line side by side; a disc and a dot are those of an index.
    colour : str
    shape, fill : str
        Of a symbol.
    hatch, hatch_colour, hatch_width : str, str, float
        Of a swatch; the width in points.
    alpha : float
        Of a swatch or symbol, 0 to 1.
    stroke : Stroke, optional
        Of a line or stage; behind a symbol the line of a kind that has lines as well; across a
        swatch the outline of its zone.
    size : float
        Diameter of a circle, points.
    grid : tuple of tuple of str
        Colours of a two-way legend, rows from the bottom.
    number : str
        In a disc.
    axis_labels : (str, str)
        What a two-way legend's columns and rows show.
    """

    label: str
    kind: Literal[
        "heading",
        "swatch",
        "symbol",
        "line",
        "stage",
        "badge",
        "note",
        "grid",
        "circle",
        "disc",
        "dot",
    ] = "swatch"
    colour: str = "#000000"
    shape: str = "circle"
    fill: str = "solid"
    hatch: str = ""
    hatch_colour: str = "#555555"
    hatch_width: float = 1.0
    alpha: float = 1.0
    stroke: Stroke | None = None
    size: float = 0.0
    number: str = ""
    grid: tuple[tuple[str, ...], ...] = ()
    axis_labels: tuple[str, str] = ("", "")

    def __post_init__(self) -> None:
        """Take out of the words what cannot be drawn, and what no legend has room for."""
        most = _LONGEST_NOTE if self.kind == "note" else _LONGEST_LABEL
        object.__setattr__(self, "label", cut_text(drawn_text(self.label), most))
