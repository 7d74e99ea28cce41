"""One call for a finished sheet: a choropleth with all that stands around it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from regionkit.errors import InputError
from regionkit.imprint import Imprint
from regionkit.maps.paper.areas import seen_outlines
from regionkit.maps.paper.compose import draw_map
from regionkit.maps.paper.furniture import Furniture
from regionkit.maps.paper.map_names import label_column
from regionkit.maps.paper.map_parts import MapParts
from regionkit.maps.paper.sheet import Sheet
from regionkit.maps.signs.base_layers import base_about, base_items
from regionkit.maps.signs.classed import classed_layer
from regionkit.maps.signs.found_units import found_unit
from regionkit.maps.signs.layer_items import layer_items, zone_legend
from regionkit.maps.signs.layers import AreaLayer
from regionkit.maps.signs.options import Caption, Classing
from regionkit.maps.signs.own_zones import take_zones
from regionkit.maps.signs.project_items import check_project_columns, project_items
from regionkit.maps.signs.strokes import has_routes
from regionkit.maps.signs.theme import Theme, drawing, get_theme
from regionkit.places.frames import place_frame
from regionkit.places.projection import map_crs
from regionkit.words.message import msg

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import geopandas as gpd

    from regionkit.maps.signs.base_layers import Base

__all__ = ["layout"]


def layout(
    frame: gpd.GeoDataFrame | AreaLayer,
    column: str | None = None,
    *,
    title: str,
    subtitle: str = "",
    size: str | tuple[float, float] = "A4",
    scheme: str = "fisherjenks",
    k: int = 5,
    bins: Sequence[float] | None = None,
    cmap: str | None = None,
    unit: str = "",
    zones: gpd.GeoDataFrame | None = None,
    labels: str | None = None,
    source: str = "",
    date: str = "",
    approval_number: str = "",
    institution: str = "",
    north_arrow: bool = False,
    graticule: bool = False,
    inset: bool = True,
    locator: gpd.GeoDataFrame | gpd.GeoSeries | None = None,
    cities: gpd.GeoDataFrame | gpd.GeoSeries | None = None,
    projects: gpd.GeoDataFrame | None = None,
    labels_of: Mapping[str, Mapping[str, str]] | None = None,
    theme: str | Theme = "print",
    seats: gpd.GeoDataFrame | None = None,
    base: Base | None = None,
    ground: bool = True,
    lang: str = "zh",
) -> Sheet:
    """Return a finished sheet: a choropleth with title, legend, scale bar and source line.

    Parameters
    ----------
    frame : GeoDataFrame or AreaLayer
        With a layer, the classing options are not used.
    column : str
        A numeric column of the frame.
    title, subtitle, source, date, institution : str
        Printed on the sheet.
    size : {"A4", "A4-portrait", "A3", "A3-portrait", "16:9", "column"} or (width, height) in mm
    approval_number : str
        审图号; without one the sheet says 示意图.
    zones : GeoDataFrame, optional
        Outlines drawn over the units and told in the legend, such as ``ln.zones``.
    labels : str, optional
        Column of the units whose text is written at each.
    north_arrow, graticule : bool
    inset : bool
        Whether groups of units too small for their names are drawn larger where there is room.
    locator : GeoDataFrame or GeoSeries, optional
        A larger region, drawn small with the map's place in it.
    cities : GeoDataFrame or GeoSeries, optional
        Borders drawn darker.
    projects : GeoDataFrame, optional
        Drawn over the units, with their legend; ``labels_of`` as in :func:`symbols`.
    seats : GeoDataFrame, optional
        Cities are marked and named there, as of ``ln.seats``.
    base : path, GeoDataFrame, sequence of them, or mapping of kind to one, optional
        Your own rivers, railways, roads and areas, drawn quietly by kind: the mapping's key, else
        what a column ``kind`` or the file's name tells.
    ground : bool
        Whether sea, coast and neighbours are drawn about the units, where they are known.
    lang : {"zh", "en"}
        Of the sheet's own words. Names are those of the column given as ``labels``.

    Raises
    ------
    InputError, CrsError
        As of :func:`choropleth`; the page size is not known.

    Returns
    -------
    Sheet
        ``save("a.pdf")``, ``.svg`` or ``.png``.

    Examples
    --------
    >>> import regionkit as rk
    >>> ln = rk.load("liaoning")
    >>> counties = ln.counties.join(ln.statistic("share-65plus", year=2020))
    >>> sheet = rk.layout(counties, "share-65plus", title="65岁及以上人口比重", unit="%")
    >>> sheet.page_mm
    (297.0, 210.0)
    """
    theme = get_theme(theme)
    title, zones = str(title), take_zones(zones)
    if isinstance(frame, AreaLayer):
        layer = frame
    else:
        if column is None:
            raise InputError(msg("Say which column to draw: layout(frame, column, title=...)."))
        layer = classed_layer(
            frame,
            column,
            Classing(scheme, k, bins, cmap or theme.cmap),
            Caption(title, unit or found_unit(frame, column)),
            has_own_colours=cmap is not None,
            lang=lang,
        )
    layer = replace(layer, frame=seen_outlines(layer.frame))
    labels = label_column(layer.frame, labels)
    locator, cities = (None if one is None else place_frame(one) for one in (locator, cities))
    seats = None if seats is None else place_frame(seats)
    if projects is not None:
        projects = check_project_columns(projects)
    crs = map_crs(layer.frame.geometry)
    layers = [] if base is None else base_about(base, layer.frame.geometry)
    items = layer_items(layer, theme, lang=lang)
    if projects is not None:
        items += project_items(projects, labels_of, is_grey=theme.use_patterns, lang=lang)
    if zones is not None:
        items += zone_legend(zones, theme, is_quiet=has_routes(projects), lang=lang)
    items += base_items(layers, layer.frame.geometry, is_grey=theme.use_patterns, lang=lang)
    with drawing(theme):
        sheet = Sheet(
            title=title,
            subtitle=subtitle,
            size=size,
            theme=theme,
            source=source or layer.source,
            imprint=Imprint(approval_number, institution, date=date),
            lang=lang,
            items=items,
        )
        draw_map(
            sheet.axes[0],
            layer,
            MapParts(
                zones=zones,
                projects=projects,
                labels_of=labels_of,
                cities=cities.geometry if cities is not None else None,
                names=layer.frame if labels is not None else None,
                name_column=labels or "",
                seats=seats,
                base=layers or None,
                has_ground=ground,
                furniture=Furniture(
                    north_arrow=north_arrow, graticule=graticule, inset=inset, locator=locator
                ),
            ),
            crs=crs,
            theme=theme,
            lang=lang,
        )
        return sheet.finish(crs)
