"""Where a name is on the map, and which project it means."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from regionkit.errors import AmbiguousPlaceError, InputError, UnknownPlaceError
from regionkit.places.names import normalise_name
from regionkit.words.message import Call, Option, join, msg

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd
    from shapely.geometry.base import BaseGeometry

    from regionkit.region.geography import Geography

__all__ = ["find_project", "locate_name", "near_call", "overlap_of"]

_NEAREST = 5
_NEAR_KM = 10
_MOST_LISTED = 20


def locate_name(
    name: str,
    names: pd.Series,
    geography: Geography,
    shape_of: Callable[[str], BaseGeometry],
) -> BaseGeometry:
    """Return the geometry of a project, unit, functional area or site by name.

    Parameters
    ----------
    name : str
    names : Series of str
        Names of the projects by project_id.
    geography : Geography
    shape_of : callable
        Geometry of a project by its id.

    Raises
    ------
    UnknownPlaceError
        Nothing has that name, or its position is not known.
    """
    if name in names.index:
        return _known(shape_of(name), name)
    wanted = normalise_name(name)
    named = [key for key, one in names.items() if normalise_name(one) == wanted]
    if len(named) == 1:
        return _known(shape_of(named[0]), name)
    try:
        place = geography.resolve(name)
    except UnknownPlaceError as error:
        raise _with_projects(error, wanted, names) from None
    if place.place_id:
        return _known(geography.places.geometry[place.place_id], name)
    return geography.outlines.of_unit(place.adcode, geography.parts[place.adcode])


def _with_projects(error: UnknownPlaceError, wanted: str, names: pd.Series) -> UnknownPlaceError:
    """Return an error of an unknown name with the projects whose names hold the word."""
    listed = [name for name in names if wanted in normalise_name(name)][:_NEAREST]
    if not wanted or not listed:
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


def find_project(project: str, names: pd.Series, mentions: pd.DataFrame) -> str:
    """Return the project_id of an id, a name, what a document calls it, or a part of one name.

    Raises
    ------
    UnknownPlaceError, AmbiguousPlaceError
        No project, or several, have that name.
    """
    if project in names.index:
        return project
    wanted = normalise_name(project)
    normal = {str(key): normalise_name(name) for key, name in names.items()}
    exact = [key for key, name in normal.items() if name == wanted]
    said = [
        key
        for key, name in zip(mentions["project_id"], mentions["named_as"], strict=True)
        if normalise_name(name) == wanted
    ]
    part = [key for key, name in normal.items() if wanted in name]
    for found in (exact, list(dict.fromkeys(said)), part):
        if len(found) == 1:
            return found[0]
        if len(found) > 1:
            listed = [msg("{name} ({id})", name=names[i], id=i) for i in found[:_MOST_LISTED]]
            raise AmbiguousPlaceError(
                msg(
                    "{project!r} can be {n} projects: {projects}.",
                    project=project,
                    n=len(found),
                    projects=join(listed, "clauses"),
                )
            )
    near = difflib.get_close_matches(project, names.tolist(), n=_NEAREST, cutoff=0.3)
    hint = [msg("Nearest are: {places}.", places=near)] if near else []
    give = msg("Give a part of its name or its id, or choose projects by place or zone.")
    raise UnknownPlaceError(
        msg("No project is named {project!r}.", project=project),
        near,
        mend=join([*hint, give], "sentences"),
    )
