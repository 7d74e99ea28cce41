"""Zones that a user hands in to be drawn over a map: their outlines, names and colours."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shapely

from regionkit.errors import InputError
from regionkit.maps.signs.palette import KIND_COLOURS
from regionkit.places.frames import drop_unplaced, kind_text, place_frame
from regionkit.words.message import Option, join, msg

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["NAME_COLUMNS", "take_zones"]

# Where a user's frame may name its rows.
NAME_COLUMNS = ("name", "名称", "Name", "NAME", "县（市）", "县区")
_AREA = 2


def take_zones(zones: gpd.GeoDataFrame | None) -> gpd.GeoDataFrame | None:
    """Return zones as maps draw them; None for none, as of a region without a plan.

    Parameters
    ----------
    zones : GeoDataFrame of areas, optional
        ``name`` and ``colour`` where it has them, as ``ln.zones``; else the first column of texts
        names the zones, and colours are those of kinds.

    Returns
    -------
    GeoDataFrame, EPSG:4326
        Each zone once, with ``name`` and ``colour``.

    Raises
    ------
    InputError, CrsError
        As of :func:`regionkit.places.frames.place_frame`; it holds no areas, or a colour is none.

    Examples
    --------
    >>> import geopandas as gpd
    >>> own = gpd.GeoDataFrame({"片区": ["东"]}, geometry=[shapely.box(122, 41, 123, 42)], crs=4326)
    >>> take_zones(own)[["name", "colour"]].values.tolist()
    [['东', '#56b4e9']]
    """
    if zones is None:
        return None
    made = drop_unplaced(place_frame(zones, join([Option("zones")])))
    if zones.empty:
        # A region without a plan has none, and its maps none to draw.
        return None
    is_flat = shapely.get_dimensions(made.geometry.to_numpy()) < _AREA
    if made.empty or is_flat.any():
        kinds = join(sorted(set(made.geom_type[is_flat])), "and") if is_flat.any() else msg("none")
        raise InputError(
            msg(
                "{option} takes areas, whose outlines are drawn; these are: {kinds}.",
                option=Option("zones"),
                kinds=kinds,
            ),
            mend=msg("Give areas, or draw lines as a base: base=frame."),
        )
    if "name" not in made.columns:
        made = made.assign(name=_names(made))
    if "colour" not in made.columns:
        made = made.assign(colour=[KIND_COLOURS[n % len(KIND_COLOURS)] for n in range(len(made))])
    _check_colours(made)
    if not made.index.is_unique:
        made = made.reset_index(drop=True)
    return made


def _names(zones: gpd.GeoDataFrame) -> list[str]:
    """Return what names the zones: a column of names, the first of texts, else the index."""
    named = next((column for column in NAME_COLUMNS if column in zones.columns), None)
    texts = [
        column
        for column in zones.columns
        if column != zones.geometry.name
        and zones[column].notna().all()
        and all(isinstance(value, str) for value in zones[column])
    ]
    column = named or next(iter(texts), None)
    return [kind_text(value) for value in (zones.index if column is None else zones[column])]


def _check_colours(zones: gpd.GeoDataFrame) -> None:
    from matplotlib.colors import is_color_like

    bad = [colour for colour in zones["colour"] if not is_color_like(colour)]
    if bad:
        raise InputError(
            msg("{colour!r} is no colour.", colour=bad[0]),
            mend=msg("Write colours like '#1b6ca8'."),
        )
