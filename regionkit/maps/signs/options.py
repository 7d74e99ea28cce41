"""How a layer is classed, and what is written about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from regionkit.maps.signs.colours import SEQUENTIAL

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

__all__ = ["CONTINUOUS", "Caption", "Classing"]

CONTINUOUS = "continuous"


@dataclass(frozen=True)
class Classing:
    """How the values of a layer become colours.

    Attributes
    ----------
    scheme, k, bins, cmap
        As of ``rk.choropleth``; scheme="continuous" gives a continuous scale.
    colours : mapping of value to "#rrggbb", optional
        For kinds.
    to_be_set : Series of bool, optional
        Rows whose value has yet to be set.
    """

    scheme: str = "fisherjenks"
    k: int = 5
    bins: Sequence[float] | None = None
    cmap: str = SEQUENTIAL
    colours: Mapping[str, str] | None = None
    to_be_set: pd.Series | None = None

    @property
    def is_continuous(self) -> bool:
        """Whether colours run on without classes."""
        return self.scheme == CONTINUOUS

    @property
    def class_scheme(self) -> str:
        """The scheme that classes are made by; equal ones stand below a continuous scale."""
        return "equalinterval" if self.is_continuous else self.scheme


@dataclass(frozen=True)
class Caption:
    """What is written about a layer.

    Attributes
    ----------
    title, unit, source, note : str
    """

    title: str
    unit: str = ""
    source: str = ""
    note: str = ""
