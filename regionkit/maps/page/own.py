"""The user's own areas and points as the page's layers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from regionkit.maps.page.topology import POINT_SCALE, encode_coverage, encode_line, to_grid
from regionkit.maps.signs.classify import classify
from regionkit.maps.signs.layers import NO_DATA_COLOUR
from regionkit.maps.signs.palette import kind_colours

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from regionkit.maps.themes.own import OwnLayer

__all__ = ["mark_spec", "shape_spec"]


def shape_spec(own: OwnLayer, shift: Any) -> dict[str, Any]:
    """Return areas of the user's as the page reads them."""
    geometry = own.frame.geometry
    if shift is not None:
        geometry = gpd.GeoSeries(shapely.transform(geometry.to_numpy(), shift), geometry.index)
    return {**encode_coverage(geometry), "names": own.names}


def mark_spec(
    own: OwnLayer,
    column: str | None,
    *,
    key: str,
    title: str,
    unit: str,
    cmap: str,
    k: int,
    scheme: str,
    bins: Sequence[float] | None,
    colours: Mapping[str, str] | None,
    columns: list[list[Any]],
    shift: Any,
) -> dict[str, Any]:
    """Return points or lines of the user's as the page reads them."""
    frame = own.frame
    shades = ["#0b5cad"] * len(frame)
    labels: list[str] = [""] * len(frame)
    if column is not None:
        values = frame[column]
        labels = ["" if pd.isna(v) else f"{v}{unit}" for v in values]
        if own.is_kind(column):
            kinds = list(dict.fromkeys(values.dropna().astype(str)))
            found = dict(colours or zip(kinds, kind_colours(len(kinds)), strict=True))
            shades = [found.get(str(v), NO_DATA_COLOUR) for v in values]
        else:
            classes = classify(
                values,
                scheme="equalinterval" if scheme == "continuous" else scheme,
                k=k,
                bins=bins,
                cmap=cmap,
            )
            shades = [classes.colours[c] if c >= 0 else NO_DATA_COLOUR for c in classes.codes]
    return {
        "id": key,
        "title": title,
        "names": own.names,
        "labels": labels,
        "colours": shades,
        "at": [_point(shape, shift) for shape in frame.geometry],
        "lines": [_lines(shape, shift) for shape in frame.geometry],
        "columns": columns,
    }


def _grid(shape: Any, shift: Any) -> Any:
    xy = shapely.get_coordinates(shape)
    return to_grid(np.asarray(xy if shift is None else shift(xy)), POINT_SCALE)


def _point(shape: Any, shift: Any) -> list[int] | None:
    if not shape.geom_type.endswith("Point"):
        return None
    row: list[int] = _grid(shape, shift)[0].tolist()
    return row


def _lines(shape: Any, shift: Any) -> list[str] | None:
    if "Line" not in shape.geom_type:
        return None
    return [encode_line(_grid(part, shift)) for part in shapely.get_parts(shape)]
