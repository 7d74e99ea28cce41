"""What goes into a file: a layer with plain columns, its colours, and the tables beside it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from regionkit.errors import InputError
from regionkit.words.message import msg

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd

    from regionkit.export.style import LayerStyle
    from regionkit.words.message import Words

__all__ = ["Content", "Written", "parts_by_kind", "plain_columns"]

_KINDS = {
    "Point": "point",
    "MultiPoint": "point",
    "LineString": "line",
    "MultiLineString": "line",
    "Polygon": "polygon",
    "MultiPolygon": "polygon",
}


@dataclass(frozen=True)
class Content:
    """What a writer of a format is given.

    Attributes
    ----------
    layer : GeoDataFrame
        In the CRS of the file, its columns plain.
    style : LayerStyle
    units : mapping of column to unit of measure
    tables : mapping of name to DataFrame
        Go with the layer, such as its sources.
    """

    layer: gpd.GeoDataFrame
    style: LayerStyle
    units: Mapping[str, str] = field(default_factory=dict)
    tables: Mapping[str, pd.DataFrame] = field(default_factory=dict)


@dataclass(frozen=True)
class Written:
    """What a writer tells: columns that a format forced another name on, and notes."""

    field_names: dict[str, str] = field(default_factory=dict)
    notes: tuple[Words, ...] = ()


def plain_columns(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return a layer with its index as a column, lists as text, and no second geometry."""
    layer = frame.copy()
    if layer.index.name is not None and layer.index.name not in layer.columns:
        layer = layer.reset_index()
    other = [
        c for c in layer.columns if c != layer.geometry.name and layer[c].dtype.name == "geometry"
    ]
    layer = layer.drop(columns=other)
    layer.columns = [str(column) for column in layer.columns]
    for column in layer.columns.drop(layer.geometry.name):
        if layer[column].dtype == object or isinstance(layer[column].dtype, pd.CategoricalDtype):
            values = layer[column].astype(object)
            known = values.dropna()
            if len(known) and known.map(lambda v: isinstance(v, bool | np.bool_)).all():
                layer[column] = values.astype("boolean")
                continue
            layer[column] = pd.Series(
                [_plain(value) for value in values],
                index=layer.index,
                dtype=None
                if values.dropna().map(lambda v: isinstance(v, int | float)).all()
                else "str",
            )
    # A report in attrs is no part of a file, and GeoParquet cannot hold it.
    layer.attrs = {}
    return layer


def _plain(value: object) -> object:
    if isinstance(value, list | tuple | set | frozenset):
        return "、".join(str(item) for item in value)
    if value is None or (not isinstance(value, str) and pd.isna(value)):
        return None
    return value if isinstance(value, int | float | str) else str(value)


def parts_by_kind(layer: gpd.GeoDataFrame) -> dict[str, gpd.GeoDataFrame]:
    """Return the parts of a layer by kind of geometry: polygon, line, point, "" for none."""
    empty = layer.geometry.isna() | layer.geometry.is_empty
    kinds = layer.geometry.geom_type.map(_KINDS).where(~empty, "")
    strange = layer.geometry.geom_type[kinds.isna()]
    if len(strange):
        raise InputError(
            msg("A {kind} cannot be written.", kind=strange.iloc[0]),
            mend=msg("Explode it: frame.explode()."),
        )
    return {
        str(kind): layer[kinds == kind]
        for kind in ("polygon", "line", "point", "")
        if (kinds == kind).any()
    }
