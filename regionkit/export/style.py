"""Colours of a layer as data: what a writer of a file is told."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from regionkit.errors import InputError
from regionkit.words.message import msg

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["LayerStyle", "StyleClass", "category_style", "graduated_style"]


@dataclass(frozen=True)
class StyleClass:
    """A class of a style: its label and colour, and the value or the limits it stands for."""

    label: str
    colour: str
    value: str = ""
    lower: float = math.nan
    upper: float = math.nan


@dataclass(frozen=True)
class LayerStyle:
    """How a layer is coloured.

    Attributes
    ----------
    column : str
        Column that decides the colour, "" for one colour.
    classes : tuple of StyleClass
    title : str
    opacity : float
        From 0 to 1; below 1 where areas overlap.
    no_data : str
        Colour of what has no value.
    """

    column: str
    classes: tuple[StyleClass, ...]
    title: str = ""
    opacity: float = 1.0
    no_data: str = "#dad6cd"

    @property
    def is_graduated(self) -> bool:
        """Whether classes are ranges of numbers."""
        return any(not math.isnan(one.upper) for one in self.classes)

    def class_of(self, value: object) -> int | None:
        """Return the number of the class a value belongs to, None for none."""
        for number, one in enumerate(self.classes):
            if not self.column:
                return number
            if not self.is_graduated:
                if not pd.isna(value) and str(value) == one.value:
                    return number
            elif (
                isinstance(value, int | float)
                and value <= one.upper
                and (value > one.lower or (number == 0 and value >= one.lower))
            ):
                return number
        return None


def graduated_style(
    column: str,
    limits: Sequence[float],
    colours: Sequence[str],
    labels: Sequence[str] | None = None,
    *,
    title: str = "",
) -> LayerStyle:
    """Return a style by ranges of a number: the limits, colours and labels of a legend.

    Parameters
    ----------
    column : str
    limits : sequence of float, length k + 1
        Ascending; a class holds its upper limit.
    colours : sequence of str, length k
        "#rrggbb".
    labels : sequence of str, length k, optional
    title : str

    Raises
    ------
    InputError
        Lengths do not fit.

    Examples
    --------
    >>> graduated_style("gdp", [0, 10, 20], ["#ffffff", "#000000"]).class_of(10)
    0
    """
    named = labels or [f"{low:g} – {high:g}" for low, high in itertools.pairwise(limits)]
    if not len(limits) - 1 == len(colours) == len(named):
        raise InputError(
            msg(
                "{n_limits} limits need {n} colours and labels, not {n_colours} and {n_labels}.",
                n_limits=len(limits),
                n=len(limits) - 1,
                n_colours=len(colours),
                n_labels=len(named),
            ),
            mend=msg("Give one colour a class."),
        )
    return LayerStyle(
        column,
        tuple(
            StyleClass(label, colour, lower=float(low), upper=float(high))
            for label, colour, low, high in zip(
                named, colours, limits[:-1], limits[1:], strict=True
            )
        ),
        title,
    )


def category_style(
    column: str,
    colours: Mapping[str, str],
    labels: Mapping[str, str] | None = None,
    *,
    title: str = "",
    opacity: float = 1.0,
) -> LayerStyle:
    """Return a style by kinds: the colour of each value of a column.

    Examples
    --------
    >>> category_style("domain", {"energy": "#fc8d62"}, {"energy": "能源"}).classes[0].label
    '能源'
    """
    words = labels or {}
    return LayerStyle(
        column,
        tuple(
            StyleClass(words.get(value, value), colour, value) for value, colour in colours.items()
        ),
        title,
        opacity,
    )
