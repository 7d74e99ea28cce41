"""Text with a pale halo that stays text in PDF and SVG.

Imports matplotlib: import it inside functions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from matplotlib import patheffects
from matplotlib.text import Text

from regionkit.words.plain import cut_text, drawn_text

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.backend_bases import RendererBase

__all__ = ["HaloText", "add_halo_text"]

# Letters that a name on a map may have.
_LONGEST = 60


class HaloText(Text):
    """A text drawn twice: its outline as a halo, then itself.

    matplotlib turns text with path effects into outlines, which cannot be searched or selected;
    the second pass writes the words.
    """

    halo: str = "#ffffff"
    halo_share: float = 0.22

    def draw(self, renderer: RendererBase) -> None:
        """Draw the halo, then the words."""
        if not self.get_visible():
            return
        gid = self.get_gid()
        self.set_gid(None)
        self.set_path_effects(
            [
                patheffects.Stroke(
                    linewidth=float(self.get_fontsize()) * self.halo_share, foreground=self.halo
                )
            ]
        )
        super().draw(renderer)
        self.set_gid(gid)
        self.set_path_effects([])
        super().draw(renderer)


def add_halo_text(
    ax: Axes,
    x: float,
    y: float,
    words: str,
    *,
    halo: str = "#ffffff",
    halo_share: float = 0.22,
    **style: Any,
) -> HaloText:
    """Add a text with a halo to Axes, in data units; return it."""
    text = HaloText(x, y, cut_text(drawn_text(words), _LONGEST), **style)
    text.halo, text.halo_share = halo, halo_share
    text.set_transform(ax.transData)
    ax.add_artist(text)
    # Names may stand beyond the land, yet never beyond the page: their places are chosen so.
    text.set_clip_on(False)
    return text
