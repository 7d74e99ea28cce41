"""A user's own GeoDataFrame, made fit to draw; every repair counted and stated."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd
import shapely

from regionkit.errors import InputError
from regionkit.maps.signs.classed import classed_layer
from regionkit.maps.signs.layers import category_layer
from regionkit.maps.signs.naming_numbers import is_boolean, yes_or_no
from regionkit.maps.signs.own_zones import NAME_COLUMNS
from regionkit.maps.signs.palette import SAFE_CMAPS, kind_colours, kinds_in_order, sample_colours
from regionkit.maps.themes.theme_layer import ThemeLayer
from regionkit.places.boundaries import convert_datum
from regionkit.places.extent import find_extent
from regionkit.places.frames import (
    clean_column,
    column_name,
    holds_shapes,
    kind_text,
    need_column,
    place_frame,
    unplaced,
)
from regionkit.places.positions import warn_far
from regionkit.words.message import Option, msg, say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import geopandas as gpd

    from regionkit.maps.signs.options import Caption, Classing
    from regionkit.region import Region

__all__ = ["OwnLayer", "area_layer", "prepare_own", "warn_palette"]

_RAMP_STEPS = 24
# Areas without a column to be coloured by.
_ONE_COLOUR = "#8fb8de"

_MOMENTS = {"date", "datetime", "datetime64", "period", "timedelta", "timedelta64"}
_UNIT_COLUMNS = ("adcode", "county", "县区", "县（市）", "县", "区县")
# Fewer points than this say nothing about a datum.
_ENOUGH_POINTS = 3


@dataclass(frozen=True)
class OwnLayer:
    """A user's layer, ready to draw.

    Attributes
    ----------
    frame : GeoDataFrame, EPSG:4326
    names : list of str
    repairs : tuple of str
        What was mended or left out, and how many rows.
    """

    frame: gpd.GeoDataFrame
    names: list[str]
    repairs: tuple[str, ...]

    @property
    def is_area(self) -> bool:
        """Whether the rows are polygons."""
        return bool(self.frame.geometry.geom_type.isin(["Polygon", "MultiPolygon"]).all())

    def is_kind(self, column: str) -> bool:
        """Whether a column holds kinds, not numbers."""
        values = self.frame[column].dropna()
        if is_boolean(values) or isinstance(values.dtype, pd.CategoricalDtype):
            return True
        if values.dtype.kind in "mM" or pd.api.types.infer_dtype(values) in _MOMENTS:
            return True
        return not pd.api.types.is_numeric_dtype(values) and bool(
            len(values) == 0 or pd.to_numeric(values, errors="coerce").isna().all()
        )

    def shown(self, columns: Sequence[str] | None) -> dict[str, pd.Series]:
        """Return the columns that the panel and the table show."""
        # A second column of shapes, such as a buffer, is no text for the panel.
        listed = [c for c in self.frame.columns if not holds_shapes(self.frame[c])]
        wanted = listed if columns is None else [column_name(column) for column in columns]
        unknown = [c for c in wanted if c not in self.frame.columns]
        if unknown:
            raise InputError(
                msg("There is no column {choices}.", choices=tuple(map(repr, unknown))),
                mend=msg("Columns: {columns}.", columns=tuple(map(str, self.frame.columns))),
            )
        return {str(c): self.frame[c] for c in wanted}


def prepare_own(
    gdf: gpd.GeoDataFrame,
    column: str | None,
    *,
    region: Region | None,
    name: str | None,
    datum: str | None,
    lang: str = "zh",
) -> OwnLayer:
    """Return a user's layer with what cannot be drawn mended or left out, each counted.

    Raises
    ------
    CrsError, InputError
        As of :meth:`regionkit.maps.page.webmap.WebMap.add_layer`.
    """
    placed = place_frame(gdf)
    if placed.empty:
        raise InputError(msg("The GeoDataFrame has no rows, so there is nothing to draw."))
    if name is not None:
        name = need_column(placed, name, gdf)
    if column is not None:
        placed = clean_column(placed, need_column(placed, column, gdf))
    frame, repairs = _repair(placed, lang)
    if region is not None:
        frame = _with_codes(frame, region)
    if datum is not None:
        frame = frame.set_geometry(convert_datum(frame.geometry, datum))
    kinds = set(frame.geometry.geom_type.str.replace("Multi", ""))
    if len(kinds) > 1:
        raise InputError(
            msg("The GeoDataFrame mixes {choices}.", choices=tuple(sorted(kinds))),
            mend=msg("Give one layer a kind: gdf[gdf.geom_type == 'Point']."),
        )
    if region is not None:
        warn_far(frame.geometry, find_extent(region.counties).bounds)
    if kinds == {"Point"} and datum is None and region is not None:
        _check_datum(frame, region)
    return OwnLayer(frame, _names(frame, name), tuple(repairs))


def warn_palette(cmap: str) -> None:
    """Warn of a colormap that is not known to be told apart by all.

    Warns
    -----
    UserWarning
    """
    if cmap.removesuffix("_r") not in SAFE_CMAPS:
        warnings.warn(
            say(
                "{option} is not known to be safe for colour-blind readers. YlGnBu, viridis or "
                "cividis are.",
                option=Option("cmap", cmap),
            ),
            UserWarning,
            stacklevel=3,
        )


def _repair(gdf: gpd.GeoDataFrame, lang: str) -> tuple[gpd.GeoDataFrame, list[str]]:
    repairs = []
    gone = unplaced(gdf.geometry)
    frame = gdf[~gone]
    if gone.any():
        if gone.all():
            raise InputError(
                msg("None of the {n} rows has a geometry.", n=len(gdf)),
                mend=msg("Join the rows to places first, for example with ln.join_table(...)."),
            )
        repairs.append(
            say("{count} rows have no geometry, not drawn.", lang=lang, count=int(gone.sum()))
        )
    bad = ~frame.geometry.is_valid
    if bad.any():
        mended = frame.geometry.copy()
        mended[bad] = [_mend(shape) for shape in frame.geometry[bad]]
        frame = frame.set_geometry(mended)
        repairs.append(
            say(
                "{count} shapes crossed themselves and were mended.",
                lang=lang,
                count=int(bad.sum()),
            )
        )
    return frame, repairs


def _mend(shape: Any) -> Any:
    """Return a valid shape of the same kind."""
    made = shapely.make_valid(shape)
    if made.geom_type == "GeometryCollection":
        same = [part for part in made.geoms if part.geom_type.endswith("Polygon")]
        return shapely.union_all(same) if same else made
    return made


def _names(frame: gpd.GeoDataFrame, name: str | None) -> list[str]:
    column = name or next((c for c in NAME_COLUMNS if c in frame.columns), None)
    values = frame[column] if column else frame.index
    return [kind_text(value) for value in values]


def _with_codes(frame: gpd.GeoDataFrame, region: Region) -> gpd.GeoDataFrame:
    """Return a frame whose codes of units are texts, as a region's are, where they are numbers."""
    if not pd.api.types.is_integer_dtype(frame.index):
        return frame
    codes = frame.index.astype(str)
    return frame.set_axis(codes, axis=0) if codes.isin(region.units.index).all() else frame


def _check_datum(frame: gpd.GeoDataFrame, region: Region) -> None:
    """Refuse points that lie in their stated county only when read as GCJ-02."""
    stated = _stated_counties(frame, region)
    if stated is None or stated.notna().sum() < _ENOUGH_POINTS:
        return
    is_stated = stated.notna()
    known, points = stated[is_stated], frame.geometry[is_stated.to_numpy()]
    fits = _inside(points, known, region)
    moved = _inside(convert_datum(points, "GCJ-02"), known, region)
    if moved > fits and moved >= 0.9 * len(known):
        raise InputError(
            msg(
                "{n} of {total} points lie outside the county their row states, and read as "
                "GCJ-02 {moved} lie inside: they look shifted.",
                n=len(known) - fits,
                total=len(known),
                moved=moved,
            ),
            mend=msg(
                'Pass datum="GCJ-02" to convert them, or datum="WGS-84" to draw them as they are.'
            ),
        )


def _stated_counties(frame: gpd.GeoDataFrame, region: Region) -> pd.Series | None:
    from regionkit.errors import RegionkitError

    column = next((c for c in _UNIT_COLUMNS if c in frame.columns), None)
    if column is None:
        return None

    def find(value: Any) -> str | None:
        text = str(value)
        if text in region.counties.index:
            return text
        try:
            return region.resolve(text, level="county").adcode
        except RegionkitError:
            return None

    return pd.Series([find(v) for v in frame[column]], index=frame.index, dtype=object)


def _inside(points: gpd.GeoSeries, stated: pd.Series, region: Region) -> int:
    shapes = region.counties.geometry.loc[list(stated)].to_numpy()
    return int(shapely.intersects(shapes, points.to_numpy()).sum())


def area_layer(
    own: OwnLayer,
    column: str | None,
    *,
    caption: Caption,
    classing: Classing,
    columns: Mapping[str, pd.Series],
    layer_id: str,
    lang: str,
) -> ThemeLayer:
    """Return areas classed by a column of numbers, coloured by one of kinds, or in one colour."""
    frame, colours = own.frame, classing.colours
    if column is None:
        column = caption.title
        frame, colours = frame.assign(**{column: column}), {column: _ONE_COLOUR}
    ramp: tuple[str, ...] = ()
    is_truth = is_boolean(frame[column])
    if OwnLayer(frame, own.names, own.repairs).is_kind(column):
        words = {str(v): yes_or_no(v, lang) for v in (True, False)} if is_truth else None
        if colours is None:
            kinds = list(map(kind_text, kinds_in_order(frame[column])))
            colours = dict(zip(kinds, kind_colours(len(kinds)), strict=True))
        frame = frame.assign(
            **{
                column: [
                    kind_text(v) if pd.notna(v) else None for v in frame[column].astype(object)
                ]
            }
        )
        layer = category_layer(
            frame,
            column,
            colours=colours,
            category_labels=words,
            title=caption.title,
            source=caption.source,
            note=caption.note,
            layer_id=layer_id,
            lang=lang,
        )
    else:
        layer = classed_layer(frame, column, classing, caption, layer_id=layer_id, lang=lang)
        if classing.is_continuous and layer.classes:
            ramp = tuple(sample_colours(classing.cmap, _RAMP_STEPS))
    return ThemeLayer(layer, ramp=ramp, columns=columns)
