"""The classes of a layer as data, for writers of files: what the map shows, and no rule with it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from regionkit.maps.signs.theme import get_theme

if TYPE_CHECKING:
    from regionkit.maps.signs.layers import AreaLayer, LegendEntry
    from regionkit.maps.signs.theme import Theme

__all__ = ["LayerClass", "LayerClasses", "layer_classes"]


@dataclass(frozen=True)
class LayerClass:
    """One class or kind of a layer, as its legend has it.

    Attributes
    ----------
    label, colour : str
    count : int
        Number of units in it.
    values : tuple
        Of a kind: the values it stands for; () for a class of numbers.
    lower, upper : float
        Of a class of numbers: it holds its upper limit, and only the first its lower one; NaN for
        a kind.
    """

    label: str
    colour: str
    count: int
    values: tuple[object, ...] = ()
    lower: float = math.nan
    upper: float = math.nan


@dataclass(frozen=True)
class LayerClasses:
    """How a column is coloured on the map.

    Attributes
    ----------
    column, title, unit : str
    is_graduated : bool
        Whether the classes are ranges of numbers.
    classes : tuple of LayerClass
        Those that hold values, in the order of the legend.
    no_data : LayerClass
        Label and colour of units without a value; its count may be 0.
    """

    column: str
    title: str
    unit: str
    is_graduated: bool
    classes: tuple[LayerClass, ...]
    no_data: LayerClass


def layer_classes(layer: AreaLayer, theme: str | Theme = "print") -> LayerClasses:
    """Return the classes of a layer with the limits, colours and words of its map.

    Parameters
    ----------
    layer : AreaLayer
        As of :func:`choropleth_layer` or :func:`category_layer`.
    theme : {"print", "projector", "bw"} or Theme
        Sets the colour of units without data.

    Examples
    --------
    >>> import regionkit as rk
    >>> from regionkit.maps.signs.layers import choropleth_layer
    >>> ln = rk.load("liaoning")
    >>> counties = ln.counties.join(ln.statistic("share-65plus", year=2020))
    >>> found = layer_classes(choropleth_layer(counties, "share-65plus", k=3))
    >>> found.column, found.is_graduated, len(found.classes)
    ('share-65plus', True, 3)
    """
    from regionkit.maps.signs.layers import no_data_entry

    missing = next((e for e in layer.entries if e.kind == "no-data"), no_data_entry(0))
    held = [(n, entry) for n, entry in enumerate(layer.entries) if entry.kind == "class"]
    return LayerClasses(
        column=str(layer.values.name),
        title=layer.title,
        unit=layer.unit,
        is_graduated=layer.classes is not None,
        classes=tuple(_class_of(layer, number, entry) for number, entry in held),
        no_data=LayerClass(missing.label, get_theme(theme).no_data, missing.count),
    )


def _class_of(layer: AreaLayer, number: int, entry: LegendEntry) -> LayerClass:
    """Return one class: its limits, or the values that its units have."""
    if layer.classes is not None:
        lower, upper = layer.classes.limits[number : number + 2]
        return LayerClass(entry.label, entry.colour, entry.count, lower=lower, upper=upper)
    values = layer.values[layer.codes == number].unique()
    return LayerClass(entry.label, entry.colour, entry.count, values=tuple(values))
