"""What a caller sets of a map's look by geopandas' own names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from regionkit.errors import InputError
from regionkit.words.message import Option, msg

if TYPE_CHECKING:
    from matplotlib.typing import ColorType

__all__ = ["Look", "check_colour"]


def check_colour(colour: ColorType | None, name: str = "colour") -> None:
    """Refuse what matplotlib knows as no colour.

    Raises
    ------
    InputError
        It is none.

    Examples
    --------
    >>> check_colour("#1b6ca8")
    """
    from matplotlib.colors import is_color_like

    if not is_color_like(colour):
        raise InputError(
            msg("{option} is no colour.", option=Option(name, colour)),
            mend=msg("Write it like '#1b6ca8'."),
        )


@dataclass(frozen=True)
class Look:
    """Edges and transparency of what is drawn, and the size of a new figure.

    Attributes
    ----------
    edgecolor : colour, optional
        The theme's where not given.
    linewidth : float, optional
        Of edges, points.
    alpha : float
        From 0 to 1.
    figsize : (float, float), optional
        Of a new figure, inches; not used with ``ax``.

    Raises
    ------
    InputError
        The colour is none, or a number is out of range.

    Examples
    --------
    >>> Look(alpha=0.5).alpha
    0.5
    """

    edgecolor: ColorType | None = None
    linewidth: float | None = None
    alpha: float = 1.0
    figsize: tuple[float, float] | None = None

    def __post_init__(self) -> None:
        """Refuse what matplotlib would fail on later."""
        if self.edgecolor not in (None, "none"):
            check_colour(self.edgecolor, "edgecolor")
        if self.linewidth is not None and not self.linewidth >= 0:
            raise InputError(
                msg("{option} is no width.", option=Option("linewidth", self.linewidth)),
                mend=msg("Give 0 or more points."),
            )
        if not 0 <= self.alpha <= 1:
            raise InputError(
                msg("{option} is out of range.", option=Option("alpha", self.alpha)),
                mend=msg("Give 0 to 1."),
            )
        if self.figsize is not None and not (
            len(self.figsize) == 2 and all(side > 0 for side in self.figsize)
        ):
            raise InputError(
                msg("{option} is no size.", option=Option("figsize", self.figsize)),
                mend=msg("Give (width, height) in inches."),
            )
