"""A user's own areas as a choropleth of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from regionkit.maps.classify import sample_colours
from regionkit.maps.layers import category_layer, choropleth_layer
from regionkit.maps.web_layers import PageLayer
from regionkit.maps.web_own import OwnLayer, kind_colours

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["area_layer"]

_CONTINUOUS = "continuous"
_RAMP_STEPS = 24


def area_layer(
    own: OwnLayer,
    column: str | None,
    *,
    title: str,
    unit: str,
    scheme: str,
    k: int,
    bins: Sequence[float] | None,
    cmap: str,
    colours: Mapping[str, str] | None,
    to_be_set: pd.Series | None,
    columns: list[list[Any]],
    **common: Any,
) -> PageLayer:
    """Return areas classed by a column of numbers, coloured by one of kinds, or in one colour."""
    frame = own.frame
    if column is None:
        frame = frame.assign(**{title: title})
        column, colours = title, {title: "#8fb8de"}
    ramp: tuple[str, ...] = ()
    if OwnLayer(frame, own.names, own.repairs).is_kind(column):
        if colours is None:
            kinds = list(dict.fromkeys(frame[column].dropna().astype(str)))
            colours = dict(zip(kinds, kind_colours(len(kinds)), strict=True))
        frame = frame.assign(
            **{column: frame[column].map(lambda v: str(v) if pd.notna(v) else None)}
        )
        layer = category_layer(frame, column, title=title, colours=colours, **common)
    else:
        is_ramp = scheme == _CONTINUOUS
        layer = choropleth_layer(
            frame,
            column,
            title=title,
            unit=unit,
            scheme="equalinterval" if is_ramp else scheme,
            k=k,
            bins=bins,
            cmap=cmap,
            to_be_set=to_be_set,
            **common,
        )
        ramp = tuple(sample_colours(cmap, _RAMP_STEPS)) if is_ramp and layer.classes else ()
    return PageLayer(layer, ramp=ramp, extra={"columns": columns})
