"""The conditions of a query: read from the options, applied, and told in words."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from regionkit.cli.labels import labels_of, names_of
from regionkit.cli.terminal import tell
from regionkit.errors import InputError, RegionkitError
from regionkit.words.message import join, msg

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd
    from shapely.geometry.base import BaseGeometry

    from regionkit.region import Region
    from regionkit.region.everyday import Meaning
    from regionkit.words.message import Words

__all__ = [
    "Conditions",
    "Hits",
    "choose_projects",
    "geometry_of_file",
    "read_areas",
    "tell_place",
    "tell_taken",
    "tell_zone",
    "units_asked",
]

_WORDS = ("zone", "place", "domain", "kind", "stage", "source")
_POSITIONS = ("near", "within", "along")
_LAYER_ENDINGS = (
    ".geojson",
    ".json",
    ".gpkg",
    ".shp",
    ".fgb",
    ".parquet",
    ".kml",
    ".kmz",
    ".gml",
    ".zip",
)
_OTHER_ENDINGS = (".dxf", ".xlsx", ".xls", ".csv", ".txt", ".tab")


@dataclass(frozen=True)
class Conditions:
    """What projects are asked for; an attribute an option of the command."""

    zone: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    domain: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    stage: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    year: int | None = None
    text: str | None = None
    near: str | None = None
    km: float | None = None
    nearest: int | None = None
    within: str | None = None
    along: str | None = None
    measured_from: str = "seat"
    across: bool = False

    @property
    def is_positional(self) -> bool:
        """Whether where a project stands is asked."""
        return any(getattr(self, name) is not None for name in _POSITIONS)

    def faults(self) -> list[Words]:
        """Return what does not fit together."""
        found: list[Words] = []
        if self.near is not None and self.km is None and self.nearest is None:
            found.append(msg("--near needs --km or --nearest."))
        if self.along is not None and self.km is None:
            found.append(msg("--along needs --km."))
        if self.km is not None and self.near is None and self.along is None:
            found.append(msg("--km needs --near or --along: say what the distance is from."))
        if self.nearest is not None and self.near is None:
            found.append(msg("--nearest needs --near: say what the projects are nearest to."))
        if self.near is not None and self.along is not None and self.km is not None:
            found.append(msg("--near and --along both take --km. Give one of them."))
        if self.measured_from != "seat" and self.near is None:
            found.append(msg("--from needs --near: say what the distance is from."))
        return found


@dataclass(frozen=True)
class Hits:
    """The projects found, and what a reader of them has to know.

    Attributes
    ----------
    projects : DataFrame or GeoDataFrame
    asked : str
        The conditions in words, "" for none.
    n_unplaced : int or None
        How many could not be judged by position; None where none was asked.
    origin : geometry or None
        What they are near.
    radius_km : float or None
    area : geometry or None
        Where they were looked for by position.
    how : tuple of words
        How borders, points and straight lines were taken, in sentences.
    """

    projects: pd.DataFrame
    asked: str
    n_unplaced: int | None = None
    origin: BaseGeometry | None = None
    radius_km: float | None = None
    area: BaseGeometry | None = None
    how: tuple[Words, ...] = ()


def choose_projects(
    ln: Region, asked: Conditions, *, with_geometry: bool = True, with_area: bool = True
) -> Hits:
    """Return the projects that meet every condition.

    Parameters
    ----------
    ln : Region
    asked : Conditions
    with_geometry : bool
        Whether their positions are needed; they are as well where a condition asks for them.
    with_area : bool
        Whether the area is needed that they were looked for in.

    Raises
    ------
    InputError
        With every word that is not known, a line each.
    """
    _check_words(ln, asked)
    for name in ("place", "domain", "kind", "stage"):
        for word in getattr(asked, name):
            tell_taken(ln, ln.look_up(name, word))
    for word in asked.zone:
        meant = ln.look_up("zone", word)
        if len(meant.values) > 1:
            tell_taken(ln, meant)
        else:
            tell_zone(ln, word)
    hits = ln.select_projects(
        **{name: getattr(asked, name) or None for name in _WORDS},
        year=asked.year,
        text=asked.text,
        across=asked.across,
        with_geometry=with_geometry or asked.is_positional,
    )
    words = _tell(ln, asked)
    how = _how(asked)
    if not asked.is_positional:
        return Hits(hits, words, how=how)
    from regionkit.query import projects as queries

    n_unplaced = len(hits) - len(queries.placed_projects(hits))
    origin = radius = None
    searched: list[BaseGeometry] = []
    if asked.near is not None:
        origin, taken = _origin(ln, asked.near, asked.measured_from)
        hits = queries.projects_near(hits, origin, km=asked.km, k=asked.nearest)
        radius = asked.km if asked.km is not None else hits["distance_km"].max()
        how = (*how, _how_near(asked.near, taken))
        if with_area and len(hits):
            searched.append(queries.area_within(origin, float(radius)))
    if asked.within is not None:
        area = geometry_of_file(asked.within)
        area = _area(ln, asked.within) if area is None else area
        hits = queries.projects_within(hits, area)
        searched.append(area)
    if asked.along is not None and asked.km is not None:
        line = geometry_of_file(asked.along)
        along = ln.projects_along(asked.along if line is None else line, km=asked.km)
        hits = along[along.index.isin(hits.index)]
        if with_area:
            course = ln.course_of(asked.along) if line is None else line
            searched.append(queries.area_within(course, asked.km))
    area = None
    for one in searched:
        area = one if area is None else area.intersection(one)
    return Hits(hits, words, n_unplaced, origin, radius, area, how)


def units_asked(ln: Region, asked: Conditions, hits: Hits) -> frozenset[str] | None:
    """Return the units that a question is about, by zone, place and position; None for all.

    A larger unit is one of them where a part of it is.
    """
    parts = ln.unit_parts
    wanted: set[str] | None = None
    if asked.zone:
        rows = ln.memberships
        meant = [key for word in asked.zone for key in ln.look_up("zone", word).values]
        members = rows.loc[rows["zone_id"].isin(meant), "adcode"]
        wanted = {code for member in members for code in parts[member]}
    if asked.place:
        places = {c for word in asked.place for c in parts[ln.look_up("place", word).values[0]]}
        wanted = places if wanted is None else wanted & places
    if hits.area is not None:
        counties = ln.counties
        # Neighbours share a line with the area, which is no part of them.
        touched = counties.index[counties.intersects(hits.area) & ~counties.touches(hits.area)]
        wanted = set(touched) if wanted is None else wanted & set(touched)
    if wanted is None:
        return None
    return frozenset(code for code, inner in parts.items() if not inner.isdisjoint(wanted))


def _how(asked: Conditions) -> tuple[Words, ...]:
    """Return how borders and points are taken, a sentence for each kind of condition."""
    told: list[Words] = []
    if asked.zone:
        told.append(
            msg(
                "In a zone are projects that a document says of it, and those recorded for a unit "
                "in it."
            )
        )
    if asked.across:
        told.append(msg("Across cities are projects recorded for units of two cities or more."))
    if asked.within is not None:
        told.append(
            msg(
                "Within takes the border as inside, and a line of which a part is inside; what is "
                "known by its city or county stands at that unit's point."
            )
        )
    if asked.along is not None:
        told.append(
            msg(
                "Along is measured in a straight line on the ellipsoid, from the nearest point of "
                "the line; what is known by its city or county stands at that unit's point."
            )
        )
    return tuple(told)


def _how_near(near: str, taken: str) -> Words:
    """Return how the distance from a place is measured."""
    begins: dict[str, Words] = {
        "seat": msg("from the seat of {place} (--from border takes its border)", place=near),
        "point": msg("from a point in {place}, whose seat is not known", place=near),
        "border": msg("from the border of {place}, in which all is at 0", place=near),
    }
    start = begins.get(taken, msg("from {place}", place=near))
    return msg(
        "Distances run in a straight line on the ellipsoid {start}, to the nearest point of a "
        "line; what is known by its city or county stands at that unit's point.",
        start=start,
    )


def _check_words(ln: Region, asked: Conditions) -> None:
    """Refuse words that are not known, all at once."""
    faults: list[Words] = []
    for name in _WORDS:
        for word in getattr(asked, name):
            try:
                ln.look_up(name, word)
            except RegionkitError as error:
                faults.append(error)
    if faults:
        raise InputError(join(faults, "lines"))


def tell_zone(ln: Region, word: str) -> None:
    """Say on standard error which zone a word is taken for, where it is no zone's whole name."""
    match = ln.find_zone(word)
    if not match.is_exact:
        name = names_of(ln).zones[match.zone_id]
        zone = msg("{name} ({code})", name=name, code=match.zone_id)
        tell(msg("{word!r} is taken as {zone}.", word=word, zone=zone), err=True)


def tell_taken(ln: Region, meant: Meaning) -> None:
    """Say on standard error how an everyday word is taken."""
    told = meant.tell()
    if told:
        tell(told, err=True)
    else:
        tell_place(ln, meant.word)


def tell_place(ln: Region, word: str) -> None:
    """Say on standard error which place an everyday word is taken for."""
    name = ln.full_name(word)
    if name != word:
        tell(msg("{word!r} is taken as {labels}.", word=word, labels=name), err=True)


def _origin(ln: Region, near: str, measured_from: str) -> tuple[Any, str]:
    """Return the geometry of a place, a project or LON,LAT, and how a unit was taken."""
    from regionkit.query.projects import check_position

    point = _point(near)
    if point is not None:
        check_position(point)
        return point, ""
    if _looks_like_file(near):
        raise InputError(
            msg("--near takes a place, a project or LON,LAT, and no file: {path}.", path=near),
            mend=msg("Use --within or --along for a file."),
        )
    found = ln.origin_of(near, measured_from=measured_from)  # type: ignore[arg-type]
    tell_place(ln, near)
    return found


def _point(text: str) -> Any:
    """Return the point that two numbers mean, None for other words."""
    import shapely

    parts = unicodedata.normalize("NFKC", text).replace("、", " ").replace(",", " ").split()
    try:
        lon, lat = (float(part) for part in parts)
    except ValueError:
        return None
    return shapely.Point(lon, lat)


def _area(ln: Region, within: str) -> BaseGeometry:
    area = ln.area_of(within)
    for part in filter(None, (part.strip() for part in within.split("+"))):
        try:
            tell_zone(ln, part)
        except RegionkitError:
            # A city or county, which is told by its name.
            continue
    return area


def _looks_like_file(name: str) -> bool:
    return name.lower().endswith(_LAYER_ENDINGS + _OTHER_ENDINGS) or "/" in name or "\\" in name


def read_areas(path: str) -> gpd.GeoDataFrame:
    """Return the layer of a file in EPSG:4326, with its columns.

    Raises
    ------
    InputError
        The file does not exist, holds no geometry, or has its axes swapped.
    CrsError
        It names no coordinate reference system.
    """
    layer = _layer_file(path)
    if layer is None:
        raise InputError(
            msg("The file {path} does not exist.", path=path), mend=msg("Check its path.")
        )
    return layer


def geometry_of_file(name: str) -> Any:
    """Return the union of a file's geometries in EPSG:4326, None where it is no file."""
    layer = _layer_file(name)
    return None if layer is None else layer.union_all()


def _layer_file(name: str) -> Any:
    """Return a file's layer in EPSG:4326, None where it is no file."""
    # districts.gpkg#县界 names a layer of a file.
    if not Path(name).is_file() and not Path(name.rpartition("#")[0] or name).is_file():
        if _looks_like_file(name.partition("#")[0]):
            raise InputError(
                msg("The file {path} does not exist.", path=name), mend=msg("Check its path.")
            )
        return None
    import geopandas as gpd

    from regionkit.places.layer_file import are_swapped, check_crs, check_datum, read_layer

    layer = read_layer(Path(name))
    if not isinstance(layer, gpd.GeoDataFrame) or layer.geometry.is_empty.all():
        raise InputError(
            msg("{path} holds no geometry.", path=name),
            mend=msg("Use GeoPackage, Shapefile, GeoJSON, FlatGeobuf or GeoParquet."),
        )
    check_crs(layer, name)
    check_datum(layer.crs, name)
    degrees = layer.to_crs(4326)
    if are_swapped(degrees.total_bounds):
        west, south, east, north = (f"{edge:.2f}" for edge in degrees.total_bounds)
        raise InputError(
            msg(
                "{path} has its axes swapped: x runs from {west} to {east} and y from {south} to "
                "{north}, which are latitudes and longitudes.",
                path=name,
                west=west,
                east=east,
                south=south,
                north=north,
            ),
            mend=msg("Save it with the longitude first."),
        )
    return degrees


def _tell(ln: Region, asked: Conditions) -> str:
    """Return conditions in words, for a title."""
    called = names_of(ln)
    zones = called.short_zones
    names = [called.unit(ln.resolve(word).adcode) for word in asked.place]
    zone_ids = [key for word in asked.zone for key in ln.look_up("zone", word).values]
    parts: list[Words] = [join(zones[key] for key in zone_ids), join(names)]
    for name in ("domain", "kind", "stage"):
        labels = labels_of(ln, "projects", name)
        words = getattr(asked, name)
        values = dict.fromkeys(v for word in words for v in ln.look_up(name, word).values)
        parts.append(join(labels[value] for value in values))
    parts.append(join(ln.cite(ln.resolve_source(word)) for word in asked.source))
    if asked.year is not None:
        parts.append(msg("year {year}", year=asked.year))
    if asked.text is not None:
        parts.append(msg("name or note with {text!r}", text=asked.text))
    if asked.near is not None:
        parts.append(_tell_near(asked))
    if asked.within is not None:
        path = Path(asked.within)
        parts.append(msg("within {area}", area=path.name if "/" in asked.within else asked.within))
    if asked.along is not None and asked.km is not None:
        parts.append(msg("{km:g} km along {line}", km=asked.km, line=Path(asked.along).name))
    if asked.across:
        parts.append(msg("across cities"))
    return str(join(filter(None, parts), "places"))


def _tell_near(asked: Conditions) -> Words:
    """Return what is said of the place that projects are near."""
    if asked.km is None:
        return msg("the {n} nearest to {place}", n=asked.nearest, place=asked.near)
    if asked.nearest is None:
        return msg("within {km:g} km of {place}", km=asked.km, place=asked.near)
    return msg(
        "within {km:g} km of {place}, the {n} nearest",
        km=asked.km,
        place=asked.near,
        n=asked.nearest,
    )
