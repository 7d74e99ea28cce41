"""Where a name is on the map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regionkit.errors import InputError, UnknownPlaceError
from regionkit.words.message import Call, Option, join, msg

if TYPE_CHECKING:
    from collections.abc import Callable

    from shapely.geometry.base import BaseGeometry

    from regionkit.region.geography import Geography
    from regionkit.region.nouns import Nouns

__all__ = ["locate_name", "near_call", "origin_of", "overlap_of"]

_NEAR_KM = 10


def locate_name(
    name: str,
    nouns: Nouns,
    geography: Geography,
    shape_of: Callable[[str], BaseGeometry],
) -> BaseGeometry:
    """Return the geometry of a project, unit, functional area or site by name.

    Parameters
    ----------
    name : str
    nouns : Nouns
    geography : Geography
    shape_of : callable
        Geometry of a project by its id.

    Raises
    ------
    UnknownPlaceError
        Nothing has that name, or its position is not known.
    """
    named = [noun for noun in nouns.candidates(name, ["project"]) if noun.is_exact]
    if len(named) == 1:
        return _known(shape_of(named[0].id), name)
    try:
        place = geography.resolve(name)
    except UnknownPlaceError as error:
        raise _with_projects(error, nouns.projects.holding(name)) from None
    if place.place_id:
        return _known(geography.places.geometry[place.place_id], name)
    return geography.outlines.of_unit(place.adcode, geography.parts[place.adcode])


def origin_of(
    name: str,
    nouns: Nouns,
    geography: Geography,
    locate: Callable[[str], BaseGeometry],
    measured_from: str,
) -> tuple[BaseGeometry, str]:
    """Return what distances from a name are measured from, and how: see ``Region.origin_of``."""
    if measured_from not in {"seat", "border"}:
        raise InputError(
            msg("{option} is not known.", option=Option("measured_from", measured_from, "--from")),
            mend=msg("Use one of {choices}.", choices=("seat", "border")),
        )
    is_named = any(noun.is_exact for noun in nouns.candidates(name, ["project"]))
    units = [] if is_named else nouns.candidates(name, ["unit", "place"])
    if len(units) != 1 or units[0].kind != "unit":
        return locate(name), ""
    if measured_from == "border":
        return locate(name), "border"
    adcode = units[0].id
    point = geography.unit_point(adcode)
    if point.is_empty:
        return locate(name), "border"
    return point, "seat" if adcode in geography.seats.index else "point"


def _with_projects(error: UnknownPlaceError, listed: list[str]) -> UnknownPlaceError:
    """Return an error of an unknown name with the projects whose names hold the word."""
    if not listed:
        return error
    return UnknownPlaceError(
        error.what,
        [*error.nearest, *listed],
        where=error.where,
        mend=join(
            [
                *([error.mend] if error.mend else []),
                msg("Projects with the word in their names: {projects}.", projects=listed),
            ],
            "sentences",
        ),
    )


def _known(geometry: BaseGeometry, name: str) -> BaseGeometry:
    if geometry.is_empty:
        raise UnknownPlaceError(
            msg("The position of {name!r} is not known to the catalogue.", name=name),
            mend=msg("Give a point (longitude and latitude) instead."),
        )
    return geometry


def near_call(name: str) -> Call:
    """Return how to ask what lies near a place."""
    command = msg(
        "regionkit query {near} {km}", near=Option("near", name), km=Option("km", _NEAR_KM)
    )
    return Call(f"region.projects_near({name!r}, km={_NEAR_KM})", command)


def overlap_of(name: str, area_of: Callable[[str], BaseGeometry]) -> BaseGeometry:
    """Return the area that names joined by ``+`` have in common.

    Parameters
    ----------
    name : str
    area_of : callable
        Area of one name.

    Raises
    ------
    InputError
        No name is given, one has no inside, or they do not overlap.
    """
    import shapely

    parts = [part.strip() for part in name.split("+") if part.strip()]
    areas = [area_of(part) for part in parts]
    if not areas:
        raise InputError(
            msg("{name!r} names no area.", name=name), mend=msg("Give a zone, city or county.")
        )
    common = areas[0]
    for area in areas[1:]:
        common = common.intersection(area)
    # Neighbours share a line, which is no overlap.
    polygons = [part for part in shapely.get_parts(common) if part.area > 0]
    for part, area in zip(parts, areas, strict=True):
        if not area.area:
            raise InputError(
                msg("{name} is a point and has no inside.", name=part)
                if area.geom_type == "Point"
                else msg("{name} is a line and has no inside.", name=part),
                mend=msg(
                    "Name a zone, city or county, or ask what lies near it: {call}.",
                    call=near_call(part),
                ),
            )
    if not polygons:
        raise InputError(msg("{names} do not overlap.", names=join(parts, "and")))
    return shapely.union_all(polygons)
