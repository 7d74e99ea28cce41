"""Stages of projects as they are drawn: how a symbol is filled, how a line is dashed.

The one home for paper, page and slide: each draws what stands here by its own means.
"""

from __future__ import annotations

from dataclasses import dataclass

from regionkit.maps.signs.shades import lighter

__all__ = [
    "FILLS",
    "STAGE_FILLS",
    "STAGE_STROKES",
    "UNKNOWN_FACE",
    "StageStroke",
    "flat_face",
    "stage_fill",
    "stage_strokes",
    "symbol_face",
]

STAGE_FILLS: dict[str, str] = {
    "completed": "done",
    "under construction": "solid",
    "advancing": "solid",
    "new": "half",
    "expansion": "half",
    "planned": "hollow",
    "preparatory": "hollow",
    "study": "dotted",
}
# In the order of a legend.
FILLS = ("done", "solid", "half", "hollow", "dotted", "unknown")
# What nothing is known of is grey, as units without data are.
UNKNOWN_FACE = "#d6d6d6"


@dataclass(frozen=True)
class StageStroke:
    """How a line of projects at a stage is drawn.

    Attributes
    ----------
    dashes : tuple of float
        Lengths of dash, gap, dash, gap ... in widths of the line; () for an unbroken one.
    share : float
        Width as a share of the usual one: what is built is wider.
    """

    dashes: tuple[float, ...] = ()
    share: float = 1.0


STAGE_STROKES: dict[str, StageStroke] = {
    "done": StageStroke(share=1.55),
    "solid": StageStroke(),
    "half": StageStroke((6.0, 1.5)),
    "hollow": StageStroke((3.0, 2.0)),
    "dotted": StageStroke((1.0, 2.0)),
    "unknown": StageStroke((5.0, 1.6, 1.0, 1.6)),
}


def stage_fill(stage: object) -> str:
    """Return how a stage fills a symbol: one of FILLS; "unknown" where none is stated.

    Examples
    --------
    >>> stage_fill("study"), stage_fill(None)
    ('dotted', 'unknown')
    """
    return STAGE_FILLS.get(stage, "unknown") if isinstance(stage, str) else "unknown"


def stage_strokes(width: float = 1.0) -> dict[str, dict[str, object]]:
    """Return the strokes by fill as plain data, for a page's script.

    Parameters
    ----------
    width : float
        Of the usual line, in the medium's own unit: dashes and widths come back in it.

    Examples
    --------
    >>> stage_strokes(2.0)["half"]
    {'dashes': [12.0, 3.0], 'width': 2.0}
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
    return {"solid": colour, "done": colour, "unknown": UNKNOWN_FACE}.get(fill, "#ffffff")


def flat_face(colour: str, fill: str) -> str:
    """Return one colour for a symbol's whole face where a medium cannot divide or mark it.

    Examples
    --------
    >>> flat_face("#a4133c", "solid"), flat_face("#000000", "half")
    ('#a4133c', '#8c8c8c')
    """
    tints = {"half": 0.55, "dotted": 0.88}
    return lighter(colour, tints[fill]) if fill in tints else symbol_face(colour, fill)
