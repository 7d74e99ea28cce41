"""A kind of layer: areas coloured by a value or a kind, as the page reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd
import shapely

from regionkit.analysis.targets import format_quantity
from regionkit.errors import InputError
from regionkit.maps.page.circles import circle_spec
from regionkit.maps.page.columns import pack_column, plain
from regionkit.maps.page.presets import layer_message
from regionkit.maps.page.topology import OWN_SCALE, encode_coverage
from regionkit.maps.signs.naming_numbers import is_naming
from regionkit.words.message import join, msg

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from regionkit.maps.signs.layers import AreaLayer
    from regionkit.maps.themes.own import OwnLayer
    from regionkit.maps.themes.theme_layer import ThemeLayer

__all__ = ["layer_spec", "main_layers", "shape_spec"]


# Share by which the area of a user's parcel, islet or hole may change on the page.
_MOST_OFF = 0.01


def shape_spec(own: OwnLayer, shift: Any) -> dict[str, Any]:
    """Return areas of the user's that are no units of the region: their names and outlines."""
    geometry = own.frame.geometry
    if shift is not None:
        geometry = gpd.GeoSeries(shapely.transform(geometry.to_numpy(), shift), geometry.index)
    return {**encode_coverage(geometry, most_off=_MOST_OFF, least=OWN_SCALE), "names": own.names}


def _own_labels(layer: AreaLayer) -> pd.Series:
    """Return the labels that the page could not make from value, unit and class itself."""
    numeric = pd.api.types.is_numeric_dtype(layer.values)
    made = [
        format_quantity(value, layer.unit)
        if numeric and pd.notna(value) and not isinstance(plain(value), str)
        else layer.entries[code].label
        for value, code in zip(layer.values, layer.codes, strict=True)
    ]
    return layer.value_labels.mask(layer.value_labels == pd.Series(made, layer.frame.index), None)


def _judged_labels(layer: AreaLayer, judged: Mapping[str, Sequence[str]], lang: str) -> pd.Series:
    """Return each unit's label with what is said of its target; None where nothing is."""
    told = [
        join([layer.value_labels[unit], *judged[unit]], "clauses").render(lang)
        if unit in judged
        else None
        for unit in layer.frame.index
    ]
    return pd.Series(told, layer.frame.index, dtype=object)


def _is_written(values: pd.Series) -> bool:
    """Return whether a column's numbers stand as they are: years, codes, too long for a browser."""
    if not pd.api.types.is_numeric_dtype(values):
        return False
    return is_naming(values) or any(isinstance(plain(value), str) for value in values)


def main_layers(layers: Sequence[ThemeLayer]) -> frozenset[str]:
    """Return the ids of the layers that stand for their series: the marked, or the newest."""
    series: dict[str, list[ThemeLayer]] = {}
    for made in layers:
        series.setdefault(made.series or f"/{made.layer.layer_id}", []).append(made)
    chosen = (max(mine, key=lambda one: (one.is_main, one.year or 0)) for mine in series.values())
    return frozenset(made.layer.layer_id for made in chosen)


def layer_spec(
    page_layer: ThemeLayer,
    level: str,
    ids: pd.Index,
    *,
    is_main: bool,
    lang: str = "zh",
    goal: dict[str, Any] | None = None,
    is_listed: bool = False,
    judged: Mapping[str, Sequence[str]] | None = None,
) -> dict[str, Any]:
    """Return a layer as the page reads it.

    Parameters
    ----------
    page_layer : ThemeLayer
    level : str
        What the layer colours: county, city, zone, province, or the id of a geometry of its own.
    ids : Index
        The units in the page's order; a unit the layer lacks is left blank.
    is_main : bool
        Whether it stands for its series in the list of layers.
    lang : {"zh", "en"}
    goal : dict, optional
        Limit, values and gaps of a layer that shows how far units are from a target.
    is_listed : bool
        Whether it is one of the pack's own maps, whose counts are circles.
    judged : mapping of unit to sequence of str, optional
        What is said of a unit's target beside its value.

    Raises
    ------
    InputError
        The layer has no unit of that level.
    """
    layer = page_layer.layer
    known = layer.frame.index.isin(ids)
    if not known.any():
        raise InputError(
            msg("Layer {layer_id!r} has none of the page's units.", layer_id=layer.layer_id),
            mend=msg("Index it by adcode or zone_id, or add it with webmap.add_layer."),
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
        "note": page_layer.pointing_note or layer.note,
        "series": page_layer.series,
        "name": page_layer.series_title,
        "year": page_layer.year,
        "nature": page_layer.nature,
        "main": is_main,
        "message": layer_message(page_layer, lang),
    }
    if judged:
        spec["judged"] = pack_column(_judged_labels(layer, judged, lang).reindex(ids))
    if goal is not None:
        spec["goal"] = goal
    # A user chooses how his own table is shown.
    if is_listed and (circles := circle_spec(layer)) is not None:
        spec["circles"] = circles
    if _is_written(layer.values):
        spec["written"] = True
    if layer.citations is not None:
        spec["cites"] = pack_column(layer.citations.reindex(ids))
    if page_layer.ramp and layer.classes is not None:
        low, high = layer.classes.limits[0], layer.classes.limits[-1]
        spec["ramp"] = {"colours": list(page_layer.ramp), "low": plain(low), "high": plain(high)}
    if page_layer.columns:
        spec["columns"] = [[key, pack_column(cells)] for key, cells in page_layer.columns.items()]
    return spec
