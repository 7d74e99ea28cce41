"""A choropleth of a page, and any layer as the page reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from regionkit.analysis.targets import format_number
from regionkit.errors import InputError
from regionkit.maps.page.columns import pack_column, plain

if TYPE_CHECKING:
    from regionkit.maps.signs.layers import AreaLayer
    from regionkit.maps.themes.series import PageLayer

__all__ = ["layer_spec"]


def _own_labels(layer: AreaLayer) -> pd.Series:
    """Return the labels that the page could not make from value, unit and class itself."""
    space = " " if layer.unit and layer.unit != "%" else ""
    numeric = pd.api.types.is_numeric_dtype(layer.values)
    made = [
        f"{format_number(float(value))}{space}{layer.unit}"
        if numeric and pd.notna(value)
        else layer.entries[code].label
        for value, code in zip(layer.values, layer.codes, strict=True)
    ]
    return layer.value_labels.mask(layer.value_labels == pd.Series(made, layer.frame.index), None)


def layer_spec(page_layer: PageLayer, level: str, ids: pd.Index) -> dict[str, Any]:
    """Return a layer as the page reads it.

    Parameters
    ----------
    page_layer : PageLayer
    level : str
        What the layer colours: county, city, zone, province, or the id of a geometry of its own.
    ids : Index
        The units in the page's order; a unit the layer lacks is left blank.

    Raises
    ------
    InputError
        The layer has no unit of that level.
    """
    layer = page_layer.layer
    known = layer.frame.index.isin(ids)
    if not known.any():
        raise InputError(
            f"Layer {layer.layer_id!r} has none of the page's units. Index it by adcode or "
            "zone_id, or add it with webmap.add_layer."
        )
    codes = layer.codes.reindex(ids)
    spec: dict[str, Any] = {
        "id": layer.layer_id,
        "title": layer.title,
        "unit": layer.unit,
        "level": level,
        "codes": [-1 if pd.isna(code) else int(code) for code in codes],
        "values": pack_column(layer.values.reindex(ids)),
        "labels": pack_column(_own_labels(layer).reindex(ids)),
        "entries": [[e.label, e.colour, e.count, e.hatch] for e in layer.entries],
        "source": layer.source,
        "note": layer.note,
        "series": page_layer.series,
        "name": page_layer.series_title,
        "year": page_layer.year,
        "nature": page_layer.nature,
        "main": page_layer.is_main,
        "scheme": layer.classes.scheme if layer.classes is not None else "",
    }
    if layer.citations is not None:
        spec["cites"] = pack_column(layer.citations.reindex(ids))
    if page_layer.ramp and layer.classes is not None:
        low, high = layer.classes.limits[0], layer.classes.limits[-1]
        spec["ramp"] = {"colours": list(page_layer.ramp), "low": plain(low), "high": plain(high)}
    return spec | page_layer.extra
