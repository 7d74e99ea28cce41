"""A layer of areas from its options: how it is classed, what is written about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regionkit.maps.signs.layers import choropleth_layer
from regionkit.maps.signs.palette import check_palette

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from regionkit.maps.signs.layers import AreaLayer
    from regionkit.maps.signs.options import Caption, Classing

__all__ = ["classed_layer"]


def classed_layer(
    frame: gpd.GeoDataFrame,
    column: str,
    classing: Classing,
    caption: Caption,
    *,
    citations: pd.Series | None = None,
    value_labels: pd.Series | None = None,
    layer_id: str = "",
    has_own_colours: bool = False,
    lang: str = "zh",
) -> AreaLayer:
    """Return the layer of a numeric column by the options of paper and page.

    Parameters
    ----------
    frame : GeoDataFrame
    column : str
    classing : Classing
    caption : Caption
    citations, value_labels : Series, optional
        By unit: where its value stands, and its words in place of the number.
    layer_id : str
    has_own_colours : bool
        Whether the colormap is the caller's choice, who is warned where readers cannot tell its
        colours apart.
    lang : {"zh", "en"}

    Examples
    --------
    >>> import regionkit as rk
    >>> from regionkit.maps.signs.options import Caption, Classing
    >>> cities = rk.load("liaoning").cities
    >>> layer = classed_layer(cities, "area_km2", Classing(k=3), Caption("面积", "km²"))
    >>> layer.title, layer.unit, layer.classes.k
    ('面积', 'km²', 3)
    """
    layer = choropleth_layer(
        frame,
        column,
        title=caption.title,
        unit=caption.unit,
        scheme=classing.class_scheme,
        k=classing.k,
        bins=classing.bins,
        cmap=classing.cmap,
        to_be_set=classing.to_be_set,
        source=caption.source,
        note=caption.note,
        citations=citations,
        value_labels=value_labels,
        layer_id=layer_id,
        lang=lang,
    )
    if has_own_colours:
        check_palette(classing.cmap, layer.classes.k if layer.classes else classing.k)
    return layer
