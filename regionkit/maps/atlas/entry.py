"""One sheet of an atlas: what it is called, what it needs, how it is drawn, where it is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from regionkit.maps.signs.theme import drawing

if TYPE_CHECKING:
    from collections.abc import Callable

    from regionkit.maps.atlas.data import AtlasData
    from regionkit.maps.paper.sheet import Sheet

__all__ = ["AtlasSheet"]


@dataclass(frozen=True)
class AtlasSheet:
    """A sheet of an atlas. It travels to other processes, so its functions stand in modules.

    Attributes
    ----------
    sheet_id, title : str
    group : {"province", "zone", "city"}
    draw : callable
        Takes the atlas's data, returns the finished sheet.
    """

    sheet_id: str
    title: str
    group: str
    draw: Callable[[AtlasData], Sheet]

    def make(self, data: AtlasData) -> Sheet:
        """Return the sheet, drawn with the theme's fonts and sizes."""
        with drawing(data.theme):
            return self.draw(data)

    @property
    def png(self) -> str:
        """Path of the picture, from the atlas's folder."""
        return f"sheets/{self.sheet_id}.png"

    @property
    def pdf(self) -> str:
        """Path of the PDF page."""
        return f"sheets/{self.sheet_id}.pdf"

    @property
    def thumbnail(self) -> str:
        """Path of the small picture on the index page."""
        return f"sheets/{self.sheet_id}-small.png"
