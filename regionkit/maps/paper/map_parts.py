"""What a map on paper is of, beside its layer: ground, borders, zones, projects, names."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from regionkit.maps.paper.furniture import Furniture

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd

    from regionkit.maps.signs.base_layers import Base

__all__ = ["MapParts"]


@dataclass(frozen=True, eq=False)
class MapParts:
    """What :func:`~regionkit.maps.paper.compose.draw_map` draws beside the layer.

    Attributes
    ----------
    extent : GeoDataFrame or GeoSeries, optional
        What the map shows; the layer's units where not given.
    land, cities : GeoSeries, optional
        Pale ground under everything, and city borders over it.
    context : GeoDataFrame, optional
        Units about those shown, pale and named in grey where enough of them is seen; with the
        column ``name_column`` of the names.
    zones : GeoDataFrame, optional
        Zone outlines; dashed within the shapes of a column ``inferred``.
    zone_names : mapping of zone_id to str, optional
        Written in the zones, in their colours.
    fill_zones : GeoDataFrame, optional
        Counties with a column ``zone_ids``; fills the zones.
    projects, names : GeoDataFrame, optional
        Projects, and units whose names are written.
    older : GeoDataFrame, optional
        Projects that only older documents name: grey, small and without numbers, below the others.
    name_column : str
        Of the names.
    told : mapping of index value of a name to str, optional
        Written small below the names where there is room.
    seats : GeoDataFrame, optional
        As of ``Region.seats``: cities among the names are marked and named there.
    labels_of : mapping, optional
        Words for kinds of projects in lists on the map.
    numbers : mapping of project_id to str, optional
        Of the projects in the index beside the map.
    base : path, GeoDataFrame, sequence or mapping, optional
        The user's own rivers, railways, roads and areas.
    has_ground : bool
        Whether sea and neighbours are drawn about the units where they are known.
    furniture : Furniture
        Scale bar, north arrow, graticule, insets, locator.

    Examples
    --------
    >>> MapParts().furniture.scale_bar
    True
    """

    extent: gpd.GeoDataFrame | gpd.GeoSeries | None = None
    land: gpd.GeoSeries | None = None
    cities: gpd.GeoSeries | None = None
    context: gpd.GeoDataFrame | None = None
    zones: gpd.GeoDataFrame | None = None
    zone_names: Mapping[str, str] | None = None
    fill_zones: gpd.GeoDataFrame | None = None
    projects: gpd.GeoDataFrame | None = None
    older: gpd.GeoDataFrame | None = None
    names: gpd.GeoDataFrame | None = None
    name_column: str = "name"
    told: Mapping[Any, str] | None = None
    seats: gpd.GeoDataFrame | None = None
    labels_of: Mapping[str, Mapping[str, str]] | None = None
    numbers: Mapping[Any, str] | None = None
    base: Base | None = None
    has_ground: bool = True
    furniture: Furniture = field(default_factory=Furniture)
