"""The map of the planner's own points, as a page or a sheet."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from regionkit.words.message import say

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from regionkit.cli.map_options import MapLook
    from regionkit.region import Region

__all__ = ["PointsLook", "draw_points"]

# Diameters in points: of every point, or of the least and the greatest value.
_PLAIN_PT = 4.5
_SIZES_PT = (3.0, 20.0)
_NO_KIND = "#7f4f24"


@dataclass(frozen=True)
class PointsLook:
    """What points are drawn by.

    Attributes
    ----------
    size, by : str or None
        Columns of numbers and of kinds.
    label : str
        What the points are called.
    """

    size: str | None
    by: str | None
    label: str


def draw_points(
    ln: Region, points: gpd.GeoDataFrame, path: str, asked: PointsLook, look: MapLook
) -> Path:
    """Draw points as a page or a sheet by the file's ending; return the path."""
    placed = points[~(points.geometry.is_empty | points.geometry.isna())]
    if path.lower().endswith(".html"):
        return _draw_page(ln, placed, path, asked, look)
    return _draw_sheet(ln, placed, path, asked, look)


def _title(points: gpd.GeoDataFrame, asked: PointsLook, look: MapLook) -> str:
    name = Path(asked.label).stem
    told = say("{n} points", lang=look.lang, n=len(points))
    return look.title or say("{word}: {text}", lang=look.lang, word=name, text=told)


def _draw_page(
    ln: Region, points: gpd.GeoDataFrame, path: str, asked: PointsLook, look: MapLook
) -> Path:
    from regionkit.maps.page.webmap import webmap

    title = _title(points, asked, look)
    page = webmap(ln, layers=(), title=title, base=look.base or None, lang=look.lang)
    shown = points.drop(columns=["county_adcode"])
    page.add_layer(shown, asked.by, title=asked.by or Path(asked.label).stem, layer_id="points",
                   source=asked.label)  # fmt: skip
    return Path(page.save(path))


def _diameters(values: pd.Series | None, points: gpd.GeoDataFrame) -> pd.Series:
    """Return the diameter of each point: its area is in proportion to its value."""
    import numpy as np
    import pandas as pd

    if values is None:
        return pd.Series(_PLAIN_PT, index=points.index)
    greatest = float(values.max())
    share = (values.fillna(0).clip(lower=0) / greatest) if greatest > 0 else values * 0
    return pd.Series(np.sqrt(share) * _SIZES_PT[1], index=points.index).clip(lower=_SIZES_PT[0])


def _draw_sheet(
    ln: Region, points: gpd.GeoDataFrame, path: str, asked: PointsLook, look: MapLook
) -> Path:
    from regionkit.cli.drawing import drawn_cities, map_source
    from regionkit.maps.paper.compose import draw_map
    from regionkit.maps.paper.map_parts import MapParts
    from regionkit.maps.paper.sheet import Sheet
    from regionkit.maps.signs.legend_item import LegendItem
    from regionkit.maps.signs.palette import colours_by_kind
    from regionkit.maps.signs.theme import drawing, get_theme
    from regionkit.places.projection import map_crs

    theme = get_theme(look.theme)
    cities = drawn_cities(ln, look.lang)
    values = None if asked.size is None else points[asked.size]
    diameters = _diameters(values, points)
    kinds = None if asked.by is None else points[asked.by].fillna(say("not stated", lang=look.lang))
    colours = {} if kinds is None else colours_by_kind(kinds.astype(str))
    with drawing(theme):
        sheet = Sheet(
            title=_title(points, asked, look),
            size=look.size,
            theme=theme,
            lang=look.lang,
            source=map_source(ln, asked.label, look.lang),
        )
        crs = map_crs(cities)
        parts = MapParts(
            extent=cities, land=cities.geometry, cities=cities.geometry, names=cities,
            seats=ln.seats, base=look.base or None, name_column="short",
        )  # fmt: skip
        draw_map(sheet.axes[0], None, parts, crs=crs, theme=theme, lang=look.lang)
        there = points.geometry.to_crs(crs)
        # The greater ones lie beneath.
        for row in diameters.sort_values(ascending=False, kind="stable").index:
            colour = colours.get(str(kinds[row]), _NO_KIND) if kinds is not None else _NO_KIND
            sheet.axes[0].plot(
                [there[row].x], [there[row].y], marker="o", markersize=diameters[row],
                markerfacecolor=colour, markeredgecolor="white", markeredgewidth=0.6, alpha=0.85,
                linestyle="none", zorder=8, scalex=False, scaley=False, gid="own-point",
            )  # fmt: skip
        items = [LegendItem(label, "symbol", colour=colour) for label, colour in colours.items()]
        if kinds is not None:
            items.insert(0, LegendItem(str(asked.by), "heading"))
        if values is not None:
            items.append(LegendItem(str(asked.size), "heading"))
            items += [
                LegendItem(f"{value:,.6g}", "circle", colour=_NO_KIND, size=size)
                for value, size in _steps(values)
            ]
        if not items:
            items = [LegendItem(Path(asked.label).stem, "symbol", colour=_NO_KIND)]
        sheet.add_legend(items)
        return Path(sheet.finish(crs).save(path))


def _steps(values: pd.Series) -> list[tuple[float, float]]:
    """Return values for the legend with their diameters, the greatest first."""
    import math

    greatest = float(values.max())
    if not greatest > 0:
        return []
    top = float(f"{greatest:.1g}")
    top = top if top <= greatest else top * 0.5
    return [
        (value, max(math.sqrt(value / greatest) * _SIZES_PT[1], _SIZES_PT[0]))
        for value in (top, top / 4)
    ]
