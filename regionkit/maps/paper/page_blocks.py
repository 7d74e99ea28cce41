"""Words, bars and a row of classes, set on a page in millimetres."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regionkit.maps.signs.styles import entry_style
from regionkit.maps.signs.wrap import wrap_text
from regionkit.words.message import say

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from regionkit.maps.signs.layers import AreaLayer
    from regionkit.maps.signs.theme import Theme

__all__ = ["LINE", "MM_PER_PT", "break_words", "draw_bar", "draw_ramp", "heading_mm", "write_words"]

MM_PER_PT = 0.353
#: Height of a line of words, in sizes of its letters.
LINE = 1.35


def write_words(
    ax: Axes,
    theme: Theme,
    x: float,
    top: float,
    wide: float,
    words: str,
    *,
    is_heading: bool = False,
) -> float:
    """Write words in lines from a height down; return where they end."""
    size = _size(theme, is_heading=is_heading)
    high = size * MM_PER_PT * LINE
    for line in break_words(words, wide, size):
        ax.text(
            x, top, line, fontsize=size, va="top", gid="heading" if is_heading else "note",
            color=theme.text if is_heading else theme.muted,
            fontweight="bold" if is_heading else "normal",
        )  # fmt: skip
        top -= high
    return top - high * 0.35


def _size(theme: Theme, *, is_heading: bool) -> float:
    return theme.base_size * 1.06 if is_heading else theme.small_size


def break_words(words: str, wide: float, size: float) -> list[str]:
    """Return words in lines of so many millimetres at a size in points."""
    return wrap_text(words, wide / (size * MM_PER_PT * 1.02))


def heading_mm(theme: Theme, words: str, wide: float) -> float:
    """Return how high a heading is with the room below it."""
    size = _size(theme, is_heading=True)
    return (len(break_words(words, wide, size)) + 0.35) * size * MM_PER_PT * LINE


def draw_ramp(
    ax: Axes, theme: Theme, layer: AreaLayer, left: float, top: float, wide: float, lang: str = "zh"
) -> None:
    """Draw the classes in a row below the map, each with its words and how many units it has."""
    entries = [entry for entry in layer.entries if entry.kind == "class"]
    part, high = wide / max(len(entries), 1), theme.base_size * MM_PER_PT
    for number, entry in enumerate(entries):
        x = left + number * part
        draw_bar(ax, x, top - high, part, high, entry_style(layer, number, theme))
        words = (
            (entry.label, theme.text),
            (say("{n} units", lang=lang, n=entry.count), theme.muted),
        )
        for row, (word, ink) in enumerate(words):
            ax.text(
                x + part / 2, top - high * (1.35 + row * LINE), word, fontsize=theme.small_size,
                ha="center", va="top", color=ink,
            )  # fmt: skip


def draw_bar(
    ax: Axes, x: float, y: float, wide: float, high: float, style: tuple[str, str, str]
) -> None:
    """Draw a box of a face, a pattern and its ink, from its lower left corner."""
    from matplotlib.patches import Rectangle

    face, pattern, ink = style
    ax.add_patch(
        Rectangle(
            (x, y),
            wide,
            high,
            facecolor=face,
            hatch=pattern or None,
            edgecolor=ink if pattern else "none",
            linewidth=0.0,
            gid="bar",
        )
    )
