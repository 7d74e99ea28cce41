"""The user's own base: rivers, railways, roads and areas under what a map is of, styled by kind."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import geopandas as gpd
import pandas as pd
import shapely

from regionkit.errors import InputError
from regionkit.maps.signs.legend_item import LegendItem
from regionkit.maps.signs.strokes import Stroke
from regionkit.places.frames import open_frame
from regionkit.places.layer_file import check_crs, read_layer
from regionkit.places.positions import in_degrees
from regionkit.words.message import Option, msg

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    from numpy.typing import NDArray

__all__ = [
    "BASE_STYLES",
    "GREY_BASE",
    "Base",
    "BaseLayer",
    "BaseStyle",
    "base_about",
    "base_items",
    "read_base",
]

Base: TypeAlias = str | Path | gpd.GeoDataFrame | gpd.GeoSeries | Mapping[str, Any] | Sequence[Any]

# Lines and rings of more corners than this are thinned to what the map can show.
_MOST_CORNERS = 60_000
# In black and white.
GREY_BASE = "#9a9a9a"
# Thinner a line in a legend is not seen.
_LEAST_PT = 0.6
# A map shows about so many steps across.
_STEPS = 4000


@dataclass(frozen=True)
class BaseStyle:
    """How a kind of base is drawn: quietly, since it is not what the map is of.

    Attributes
    ----------
    line : str
        Colour of lines and of the edges of areas.
    width_mm : float
    fill : str
        Of areas; "none" for none.
    dashes_mm : tuple of float
        Lengths of dash and gap; () for an unbroken line.
    words : tuple of str
        What names of layers, files and values of a column ``kind`` hold of it.
    """

    line: str
    width_mm: float
    fill: str
    dashes_mm: tuple[float, ...] = ()
    words: tuple[str, ...] = ()


BASE_STYLES = {
    "river": BaseStyle(
        "#9cbccb", 0.25, "#d3e4ec",
        words=("river", "water", "stream", "canal", "lake", "reservoir", "河", "水", "湖", "渠"),
    ),
    "railway": BaseStyle(
        "#8d8a86", 0.25, "none", (1.2, 0.5), words=("rail", "metro", "铁", "轨道"),
    ),
    "road": BaseStyle(
        "#c9bfae", 0.22, "none",
        words=("road", "highway", "motorway", "street", "公路", "高速", "道路", "路网"),
    ),
    "area": BaseStyle(
        "#c8ccba", 0.12, "#e6e9dc",
        words=("forest", "park", "landuse", "area", "reserve", "林", "公园", "用地", "保护"),
    ),
    "line": BaseStyle("#b5b0a6", 0.20, "none"),
}  # fmt: skip
_WORDS = {
    "river": msg("Rivers and lakes"),
    "railway": msg("Railways"),
    "road": msg("Roads"),
    "area": msg("Woods, parks and other areas"),
    "line": msg("Other lines of the base"),
}
_PT_PER_MM = 72 / 25.4
# Columns that may tell the kind of a row.
_KIND_COLUMNS = ("kind", "类型", "fclass", "waterway", "railway", "highway", "landuse", "类别")


@dataclass(frozen=True, eq=False)
class BaseLayer:
    """One kind of a base.

    Attributes
    ----------
    kind : str
        A key of :data:`BASE_STYLES`.
    shapes : GeoSeries, in any CRS
    """

    kind: str
    shapes: gpd.GeoSeries


def read_base(base: Base, bounds: Sequence[float]) -> list[BaseLayer]:
    """Return the kinds of a user's own base, cut to a frame and thinned to what it can show.

    Parameters
    ----------
    base : path, GeoDataFrame or GeoSeries, a sequence of them, or a mapping of kind to one
        Lines and areas. The kind of a row is the mapping's key, else what a column ``kind``, the
        file's name or the shape tells.
    bounds : (west, south, east, north), degrees

    Raises
    ------
    InputError
        It holds points alone, or is none of these.
    CrsError
        A layer names no CRS.
    BoundaryError
        A file cannot be read.

    Examples
    --------
    >>> lines = gpd.GeoSeries([shapely.LineString([(122, 41), (123, 42)])], crs="EPSG:4326")
    >>> [layer.kind for layer in read_base({"河流": lines}, (120, 40, 124, 43))]
    ['river']
    """
    box = shapely.box(*bounds)
    made: list[BaseLayer] = []
    for name, given in _each(base, gpd.GeoSeries([box], crs=4326)):
        layer = open_frame(given) if isinstance(given, pd.DataFrame) else given
        # Layers that were put together have rows of one label.
        layer = layer.reset_index(drop=True)
        shapes = _cut(name, layer, box)
        rows = zip(_told(layer, shapes), shapes, strict=True)
        kinds = [_kind_of(name, row, shape) for row, shape in rows]
        for kind in BASE_STYLES:
            mine = shapes[[one == kind for one in kinds]]
            if len(mine):
                made.append(BaseLayer(kind, mine))
    return made


def base_about(base: Base, shapes: gpd.GeoSeries) -> list[BaseLayer]:
    """Return a user's own base as far as a map of some shapes may reach, read once.

    Parameters
    ----------
    base : path, GeoDataFrame, sequence or mapping
        As of :func:`read_base`, which takes what comes of this as well.
    shapes : GeoSeries with a CRS
        What the map is of.
    """
    west, south, east, north = shapes.to_crs(4326).total_bounds
    # A sheet may be of another shape than the land on it.
    room = max(east - west, north - south) / 2
    return read_base(base, (west - room, south - room, east + room, north + room))


def base_items(
    layers: Sequence[BaseLayer], shapes: gpd.GeoSeries, *, is_grey: bool = False, lang: str = "zh"
) -> list[LegendItem]:
    """Return the legend lines of the kinds of a base that lie about the shapes of a map.

    Parameters
    ----------
    layers : sequence of BaseLayer
    shapes : GeoSeries with a CRS
        What the map is of.
    is_grey : bool
        Whether the map is in black and white.
    lang : {"zh", "en"}

    Examples
    --------
    >>> lines = gpd.GeoSeries([shapely.LineString([(122, 41), (123, 42)])], crs="EPSG:4326")
    >>> [item.label for item in base_items(base_about({"河流": lines}, lines), lines, lang="en")]
    ['Rivers and lakes']
    """
    box = shapely.box(*shapes.to_crs(4326).total_bounds)
    items = []
    for layer in layers:
        mine = layer.shapes[layer.shapes.intersects(box)]
        if mine.empty:
            continue
        style, label = BASE_STYLES[layer.kind], _WORDS[layer.kind].render(lang)
        is_area = mine.geom_type.str.endswith("Polygon").all()
        if is_area and style.fill != "none" and not is_grey:
            items.append(LegendItem(label, "swatch", style.fill))
            continue
        width = max(style.width_mm * _PT_PER_MM, _LEAST_PT)
        dashes = tuple(length * _PT_PER_MM / width for length in style.dashes_mm)
        stroke = Stroke(GREY_BASE if is_grey else style.line, width_pt=width, dashes=dashes)
        items.append(LegendItem(label, "line", stroke=stroke))
    return items


def _each(base: Any, frame: gpd.GeoSeries) -> Iterator[tuple[str, Any]]:
    """Yield each layer with what names it."""
    if isinstance(base, Mapping):
        for name, one in base.items():
            yield from ((str(name), layer) for _, layer in _each(one, frame))
    elif isinstance(base, pd.DataFrame | gpd.GeoSeries):
        yield "", base
    elif isinstance(base, str | Path):
        yield Path(base).stem, read_layer(Path(base), within=frame)
    elif isinstance(base, BaseLayer):
        yield base.kind, base.shapes
    elif isinstance(base, Sequence):
        for one in base:
            yield from _each(one, frame)
    else:
        raise InputError(
            msg("{option} is no layer.", option=Option("base", type(base).__name__)),
            mend=msg("Give a file's path, a GeoDataFrame, or a mapping of kind to one."),
        )


def _cut(name: str, layer: Any, box: Any) -> gpd.GeoSeries:
    """Return the lines and areas of a layer within a frame, thinned where they are many."""
    label = name or msg("the GeoDataFrame")
    check_crs(layer, label)
    shapes = layer.geometry
    shapes = shapes[~(shapes.isna() | shapes.is_empty)]
    is_point = shapes.geom_type.isin(("Point", "MultiPoint"))
    if len(shapes) and is_point.all():
        raise InputError(
            msg("{layer} holds points, which are no base.", layer=label),
            mend=msg("Draw them with rk.dots or rk.symbols, or give lines and areas."),
        )
    if is_point.any():
        text = msg("{layer}: {n} points are left out of the base.", layer=label, n=is_point.sum())
        warnings.warn(str(text), UserWarning, stacklevel=4)
    shapes = in_degrees(shapes[~is_point], label)
    inside = shapes[shapes.intersects(box)]
    cut = gpd.GeoSeries(_clip(inside.to_numpy(), box), inside.index, crs=4326)
    if shapely.get_num_coordinates(cut.to_numpy()).sum() > _MOST_CORNERS:
        west, south, east, north = box.bounds
        cut = cut.simplify(max(east - west, north - south) / _STEPS, preserve_topology=False)
    return cut[~cut.is_empty]


def _clip(shapes: NDArray[np.object_], box: Any) -> NDArray[np.object_]:
    """Return what of shapes lies in a frame; lines that cross themselves stay whole."""
    clipped = shapes.copy()
    is_area = shapely.get_dimensions(shapes) == 2
    clipped[is_area] = shapely.make_valid(shapes[is_area])
    crosses = ~shapely.contains(box, clipped)
    lines, areas = crosses & ~is_area, crosses & is_area
    clipped[lines] = shapely.clip_by_rect(clipped[lines], *box.bounds)
    clipped[areas] = shapely.intersection(clipped[areas], box)
    return clipped


def _told(layer: Any, shapes: gpd.GeoSeries) -> list[str]:
    """Return what a column says of the kind of each shape."""
    columns = [] if isinstance(layer, gpd.GeoSeries) else [str(c) for c in layer.columns]
    column = next((name for name in _KIND_COLUMNS if name in columns), None)
    if column is None:
        return [""] * len(shapes)
    cells = layer.loc[shapes.index, column]
    # A column of OpenStreetMap tells by its name what its values are of.
    prefix = "" if column in {"kind", "类型", "fclass", "类别"} else column
    return [f"{prefix} {cell}" if isinstance(cell, str) else "" for cell in cells]


def _kind_of(name: str, told: str, shape: Any) -> str:
    """Return the kind of a shape: as its row says, its layer's name, or its form."""
    for text in (told.lower(), name.lower()):
        for kind, style in BASE_STYLES.items():
            if text and (text == kind or any(word in text for word in style.words)):
                return kind
    return "area" if shape.geom_type.endswith("Polygon") else "line"
