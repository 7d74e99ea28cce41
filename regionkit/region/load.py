"""A region from a pack, a province, or units by name; with boundaries and routes of one's own."""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import TYPE_CHECKING

from regionkit.errors import InputError, UnknownPlaceError
from regionkit.pack.model import DEFAULT_PACK
from regionkit.pack.pack import Pack
from regionkit.pack.schema import DESCRIPTOR, embedded_packs, read_descriptor
from regionkit.places.names import Resolver
from regionkit.places.provinces import find_units, split_words
from regionkit.places.units import list_provinces, list_units, outermost
from regionkit.region import Region, alignments
from regionkit.words.message import Option, join, msg

if TYPE_CHECKING:
    from collections.abc import Sequence

    import geopandas as gpd

__all__ = ["load"]


def load(
    pack: str | Path | Sequence[str] = DEFAULT_PACK,
    *,
    name: str = "",
    boundaries: str | Path | gpd.GeoDataFrame | None = None,
    boundaries_datum: str | None = None,
    routes: str | Path | gpd.GeoDataFrame | None = None,
    routes_datum: str | None = None,
) -> Region:
    """Return a region: a plan pack joined to its boundaries.

    Parameters
    ----------
    pack : str, Path or sequence of str
        Id of an embedded pack, or a pack's folder; or a province, city or county by its full or
        short name or adcode (辽宁, 沈阳市, 500000), several of them in a list, or 全国: their
        embedded pack, or where there is none their counties and cities alone, with empty tables,
        for tables and points of one's own.
    name : str
        What several units are called together.
    boundaries : path or GeoDataFrame, optional
        The user's own county layer in place of the embedded one, matched by adcode, else by
        name.
    boundaries_datum : {"WGS-84", "CGCS2000", "GCJ-02", "BD-09"}, optional
        What the user's layer is in.
    routes : path or GeoDataFrame, optional
        The user's own alignments, lines in place of the schematic ones of ``projects``: a column
        holds the project's id or name. Several rows of one project are parts of its line.
    routes_datum : {"WGS-84", "CGCS2000", "GCJ-02", "BD-09"}, optional
        What these lines are in.

    Raises
    ------
    PackError
        There is no such pack, or it has faults; all of them are listed.
    UnknownPlaceError
        The word is no pack, folder or unit; the nearest names are given.
    AmbiguousPlaceError
        Several units have the name.
    BoundaryError, CrsError
        The boundary layer cannot be used.
    TableError
        Lines of ``routes`` match no project or lie outside the region; all of them are told. One
        that crosses the sea is warned of.

    Examples
    --------
    >>> ln = load("liaoning")
    >>> len(ln.counties), len(ln.cities), len(ln.zones)
    (100, 14, 4)
    >>> jilin = load("吉林")
    >>> jilin.resolve("延吉").name, len(jilin.zones)
    ('延吉市', 0)
    >>> load(["辽宁", "吉林", "黑龙江", "赤峰市"], name="东北地区")
    <Region 东北地区: 37 cities, 294 counties, 0 zones, 0 projects>
    """
    opened = _open(pack, name)
    _refuse_lone_datum("boundaries", boundaries, boundaries_datum)
    _refuse_lone_datum("routes", routes, routes_datum)
    counties, label = _read_own(boundaries, opened, boundaries_datum)
    region = Region(opened, counties, boundaries_label=label)
    if routes is None:
        return region
    own = alignments.read_alignments(
        routes,
        region.pack,
        region=region.province.geometry.iloc[0],
        schematic=dict(region.projects.geometry.items()),
        datum=routes_datum,
    )
    return Region(
        opened, counties, boundaries_label=label, routes=own, routes_label=_label_of(routes)
    )


def _label_of(layer: str | Path | gpd.GeoDataFrame) -> str:
    return Path(layer).name if isinstance(layer, str | Path) else "GeoDataFrame"


def _refuse_lone_datum(layer: str, given: object, datum: str | None) -> None:
    """Refuse the datum of a layer that is not given."""
    if given is None and datum is not None:
        raise InputError(
            msg(
                "{option} is given without {layer}.",
                option=Option(f"{layer}_datum"),
                layer=Option(layer),
            ),
            mend=msg(
                "What is embedded is in WGS-84 already; leave it out, or name your own layer."
            ),
        )


def _open(pack: str | Path | Sequence[str], name: str) -> Pack:
    """Return a pack, or that of the units which are named in its place."""
    if not isinstance(pack, str | Path):
        return _of_units(find_units(pack), name)
    packs = embedded_packs()
    named = str(pack)
    # A folder that holds no pack is no reason to refuse the province of its name.
    is_pack = isinstance(pack, Path) or named in packs or (Path(named) / DESCRIPTOR).is_file()
    if is_pack or any(mark in named for mark in "/\\.~"):
        return Pack.open(pack)
    words = split_words(named)
    try:
        codes = find_units(words)
    except UnknownPlaceError as error:
        if len(words) > 1:
            raise
        raise _unknown(named, list(packs), error) from None
    return _of_units(codes, name)


def _of_units(codes: Sequence[str], name: str) -> Pack:
    """Return the embedded pack of some units, or a bare one where there is none."""
    wanted = outermost(codes)
    listed = [code for code in dict.fromkeys(codes) if code in wanted]
    for one in embedded_packs():
        if frozenset(read_descriptor(one).unit_codes) == wanted:
            return Pack.open(one)
    return Pack.bare(listed, name=name)


def _unknown(named: str, packs: list[str], error: UnknownPlaceError) -> UnknownPlaceError:
    """Return the error of a word that is no pack, folder or province."""
    nearest = [*difflib.get_close_matches(named, packs, n=3), *error.nearest]
    known = [*packs, *list_provinces()["name"]]
    hint = (
        msg("Nearest are: {places}.", places=nearest)
        if nearest
        else msg("There are: {known}.", known=known)
    )
    group = msg("A group of units is named by its units: {example}.", example="北京,天津,河北")
    begin = msg("A pack of your own begins with: regionkit new-pack PROVINCE FOLDER")
    return UnknownPlaceError(
        msg(
            "{word!r} is no embedded pack, no folder with a {file} and no province, city or "
            "county.",
            word=named,
            file=DESCRIPTOR,
        ),
        nearest,
        mend=join([hint, group, begin], "sentences"),
    )


def _read_own(
    boundaries: str | Path | gpd.GeoDataFrame | None, pack: Pack, datum: str | None
) -> tuple[gpd.GeoDataFrame | None, str | None]:
    """Return the counties of a user's own layer and what it is called; None for none."""
    if boundaries is None:
        return None, None
    from regionkit.places.boundaries import read_boundaries

    resolver = Resolver(
        list_units(pack.unit_codes, name=pack.name),
        pack.table("aliases"),
        changes=pack.table("changes"),
    )
    counties = read_boundaries(boundaries, pack.unit_codes, resolver=resolver, datum=datum)
    return counties, _label_of(boundaries)
