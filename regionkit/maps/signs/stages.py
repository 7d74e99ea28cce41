"""Stages of projects as they are drawn: how a disc is filled, how a line is dashed.

The one home for paper, page and slide: each draws what stands here by its own means. Of the stages
that documents speak of a map tells four apart; the plan's own word is in the table and the panel.
"""

from __future__ import annotations

from dataclasses import dataclass

from regionkit.maps.signs.shades import lighter
from regionkit.words.message import Words, msg

__all__ = [
    "DONE_COLOUR",
    "FILLS",
    "STAGE_FILLS",
    "STAGE_STROKES",
    "UNKNOWN_FACE",
    "StageStroke",
    "fill_words",
    "stage_fill",
    "stage_strokes",
    "symbol_edge",
    "symbol_face",
]

STAGE_FILLS: dict[str, str] = {
    "completed": "done",
    "under construction": "solid",
    "advancing": "solid",
    "new": "hollow",
    "expansion": "hollow",
    "planned": "hollow",
    "preparatory": "hollow",
    "study": "hollow",
}
# In the order of a legend.
FILLS = ("solid", "hollow", "done", "unknown")
_WORDS = {
    "solid": msg("in progress"),
    "hollow": msg("planned, not begun"),
    "done": msg("built"),
    "unknown": msg("stage not stated"),
}
DONE_COLOUR = "#6a7076"
# How far a colour is paled where no stage is stated: of a disc, of a line.
_PALE, _PALE_LINE = 0.5, 0.25
# Of a disc of no family in particular.
UNKNOWN_FACE = lighter(DONE_COLOUR, _PALE)


@dataclass(frozen=True)
class StageStroke:
    """How a line of projects at a stage is drawn.

    Attributes
    ----------
    dashes : tuple of float
        Lengths of dash, gap, dash, gap ... in widths of the line; () for an unbroken one.
    share : float
        Width as a share of the usual one: what is built is wider.
    core : float
        Width of a white line within it, as a share of its own; 0 for none.
    paled : float
        How far its colour is paled, from 0 to 1.
    """

    dashes: tuple[float, ...] = ()
    share: float = 1.0
    core: float = 0.0
    paled: float = 0.0


STAGE_STROKES: dict[str, StageStroke] = {
    "solid": StageStroke(),
    "hollow": StageStroke((4.4, 2.2)),
    "done": StageStroke(share=1.35, core=0.36),
    "unknown": StageStroke((1.4, 1.7), paled=_PALE_LINE),
}


def stage_fill(stage: object) -> str:
    """Return how a stage fills a symbol: one of FILLS; "unknown" where none is stated.

    Examples
    --------
    >>> stage_fill("study"), stage_fill(None)
    ('hollow', 'unknown')
    """
    return STAGE_FILLS.get(stage, "unknown") if isinstance(stage, str) else "unknown"


def fill_words(fill: str) -> Words:
    """Return what a fill says of a project.

    Examples
    --------
    >>> fill_words("solid").render("zh"), fill_words("hollow").render("zh")
    ('在建', '拟建')
    """
    return _WORDS[fill]


def stage_strokes(width: float = 1.0) -> dict[str, dict[str, object]]:
    """Return the strokes by fill as plain data, for a page's script.

    Parameters
    ----------
    width : float
        Of the usual line, in the medium's own unit: dashes and widths come back in it.

    Examples
    --------
    >>> stage_strokes(2.0)["hollow"]
    {'dashes': [8.8, 4.4], 'width': 2.0}
    """
    return {
        fill: {
            "dashes": [round(length * width * stroke.share, 3) for length in stroke.dashes],
            "width": round(width * stroke.share, 3),
        }
        for fill, stroke in STAGE_STROKES.items()
    }


def symbol_face(colour: str, fill: str) -> str:
    """Return the colour within a symbol's outline by its stage.

    Examples
    --------
    >>> symbol_face("#a4133c", "solid"), symbol_face("#a4133c", "hollow")
    ('#a4133c', '#ffffff')
    """
    faces = {"solid": colour, "done": DONE_COLOUR, "unknown": lighter(colour, _PALE)}
    return faces.get(fill, "#ffffff")


def symbol_edge(colour: str, fill: str) -> str:
    """Return the colour of a symbol's outline by its stage: its face's where it has none.

    Examples
    --------
    >>> symbol_edge("#a4133c", "hollow"), symbol_edge("#a4133c", "done")
    ('#a4133c', '#6a7076')
    """
    return colour if fill == "hollow" else symbol_face(colour, fill)
