"""What the sheets of an atlas are drawn from: the region in simplified outlines, its layers."""

from __future__ import annotations

import datetime as dt
import os
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from regionkit.errors import InputError
from regionkit.imprint import Imprint, current_imprint
from regionkit.maps.paper.furniture import Furniture
from regionkit.maps.paper.map_parts import MapParts
from regionkit.maps.paper.sheet import Sheet
from regionkit.maps.paper.text_fonts import add_text_fonts
from regionkit.maps.signs.citations import cite_rows, credit_positions
from regionkit.maps.signs.words import project_signs, short_names
from regionkit.maps.themes.levels import layer_level
from regionkit.maps.themes.listed import list_maps
from regionkit.maps.themes.plan import map_layers
from regionkit.places.projection import map_crs
from regionkit.region.names import short_cities, unit_names
from regionkit.words.message import join, msg, say

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd
    import pyproj

    from regionkit.maps.signs.layers import AreaLayer
    from regionkit.maps.signs.theme import Theme
    from regionkit.maps.themes.listed import ListedMap
    from regionkit.maps.themes.theme_layer import ThemeLayer
    from regionkit.region import Region

__all__ = ["FURNITURE", "LANG", "AtlasData"]

# The atlas is drawn in Chinese: names and documents are.
LANG = "zh"
# Maps of an atlas point north where they have room for it.
FURNITURE = Furniture(north_arrow=None)


def _month(epoch: str | None) -> str:
    """Return the month of a moment in words: that of a reproducible build, else now.

    Examples
    --------
    >>> _month("1798000000")
    '2026年12月制图'
    """
    day = (
        dt.datetime.now(tz=dt.UTC)
        if epoch is None
        else dt.datetime.fromtimestamp(int(epoch), dt.UTC)
    )
    return say("drawn in {year}-{month}", lang=LANG, year=day.year, month=day.strftime("%m"))


@dataclass
class AtlasData:
    """A region's layers with geometry simplified once, for all sheets of an atlas."""

    region: Region
    theme: Theme
    tolerance_m: float = 400.0
    size: str = "A4"
    # Sheets are drawn in processes of their own, which know it only from here.
    imprint: Imprint = field(default_factory=current_imprint)
    # Printed where the imprint has no date; once for all sheets.
    drawn_on: str = field(default_factory=lambda: _month(os.environ.get("SOURCE_DATE_EPOCH")))
    # Whether projects that only older documents name are shown too, in grey.
    with_older: bool = False
    # Of :func:`regionkit.maps.paper.text_fonts.make_text_fonts`; without them the theme's own.
    font_files: tuple[str, ...] = ()
    counties: gpd.GeoDataFrame = field(init=False, repr=False)
    cities: gpd.GeoDataFrame = field(init=False, repr=False)
    # What sheets of the region name: its cities; of a city alone its counties.
    named: gpd.GeoDataFrame = field(init=False, repr=False)
    zones: gpd.GeoDataFrame = field(init=False, repr=False)
    crs: pyproj.CRS = field(init=False, repr=False)
    _layers: dict[str, ThemeLayer | None] = field(init=False, repr=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Simplify the outlines."""
        ln = self.region
        if self.font_files:
            self.theme = replace(self.theme, font=add_text_fonts(self.font_files))
        tolerance_m = self.tolerance_m * ln.scale
        outline = ln.simplified("county", tolerance_m=tolerance_m)
        self.counties = ln.counties.set_geometry(outline)
        self.cities = ln.cities.set_geometry(ln.simplified("city", tolerance_m=tolerance_m))
        self.cities["short"] = short_cities(ln, LANG)
        self.named = self.cities
        if len(self.cities) == 1:
            names = unit_names(self.counties["name"], ln.aliases, LANG)
            self.named = self.counties.assign(short=names)
        self.zones = ln.zones.set_geometry(ln.simplified("zone", tolerance_m=tolerance_m))
        self.crs = map_crs(self.counties)

    def __setstate__(self, state: dict[str, Any]) -> None:
        """Take the state of another process, whose fonts this one must come to know."""
        self.__dict__.update(state)
        if self.font_files:
            add_text_fonts(self.font_files)

    @cached_property
    def maps(self) -> dict[str, ListedMap]:
        """The maps that the region has, by id, in order."""
        return {one.map_id: one for one in list_maps(self.region)}

    @cached_property
    def short_counties(self) -> pd.Series:
        """The counties' names as maps write them."""
        return short_names(self.counties["name"], self.region.aliases, set(self.cities["short"]))

    @property
    def whole_parts(self) -> MapParts:
        """What a map of the whole region shows before anything of its own: land, cities, names."""
        return MapParts(
            furniture=FURNITURE,
            extent=self.counties,
            land=self.counties.geometry,
            cities=self.cities.geometry,
            names=self.named,
            seats=self.region.seats,
            name_column="short",
        )

    def theme_layer(self, map_id: str) -> ThemeLayer | None:
        """Return a map's layer as the page opens on it, in these outlines; None without facts."""
        if map_id not in self._layers:
            mine = self.maps.get(map_id)
            made = [] if mine is None else map_layers(self.region, mine, lang=LANG)
            main = next((one for one in made if one.is_main or not one.series), None)
            self._layers[map_id] = (
                None if main is None else replace(main, layer=self.outlined(main.layer))
            )
        return self._layers[map_id]

    def layer(self, map_id: str) -> AreaLayer | None:
        """Return the layer of areas of :meth:`theme_layer`."""
        made = self.theme_layer(map_id)
        return None if made is None else made.layer

    @property
    def industry_layer(self) -> AreaLayer | None:
        """The layer of leading industries; None where the region has no such map."""
        mine = next((one for one in self.maps.values() if one.shows == "industries"), None)
        return None if mine is None else self.layer(mine.map_id)

    def require_layer(self, map_id: str) -> AreaLayer:
        """Return a map's layer for a sheet that is drawn only where the pack has its facts.

        Raises
        ------
        InputError
            It has none.
        """
        layer = self.layer(map_id)
        if layer is None:
            raise InputError(
                msg(
                    "{name} has no facts for the theme {theme_id!r}, so its sheet cannot be drawn.",
                    name=self.region.name,
                    theme_id=map_id,
                ),
                mend=msg("Sheets that a pack has facts for are listed by list_sheets(region)."),
            )
        return layer

    def outlined(self, layer: AreaLayer) -> AreaLayer:
        """Return a layer in the simplified outlines of its level."""
        level = layer_level(self.region, layer.frame) or "city"
        simple = self.region.simplified(level, tolerance_m=self.tolerance_m * self.region.scale)
        outlines = simple.reindex(layer.frame.index)
        return replace(layer, frame=layer.frame.set_geometry(outlines))

    @property
    def project_labels(self) -> dict[str, dict[str, str]]:
        """Words for kinds, domains and stages of projects, and the kinds' symbols."""
        return project_signs(self.region)

    def boundary_source(self, extent: gpd.GeoDataFrame | None = None) -> str:
        """Return how a source line names the boundaries, and what a sheet leaves out of them.

        Parameters
        ----------
        extent : GeoDataFrame, optional
            What the sheet is of; the whole region where not given.
        """
        source = say(
            "Administrative boundaries: {label} (converted to WGS-84)",
            lang=LANG,
            label=self.region.boundaries_label,
        )
        west, south, east, north = (self.counties if extent is None else extent).total_bounds
        n = len(self.region.islands_left_out.cx[west:east, south:north])
        if not n:
            return source
        left_out = say("{n} islands under 1 km² on this sheet are not drawn", lang=LANG, n=n)
        return join([source, left_out], "clauses").render(LANG)

    def sheet(
        self,
        title: str,
        subtitle: str,
        source: str,
        *,
        projects: gpd.GeoDataFrame | None = None,
        extent: gpd.GeoDataFrame | None = None,
        **options: Any,
    ) -> Sheet:
        """Return an open sheet with the source line that every map has.

        Projects drawn on it name whose positions they have; ``extent`` is what it is of, where
        that is less than the region.
        """
        credit = "" if projects is None else credit_positions(self.region, projects, lang=LANG)
        return Sheet(
            title=title,
            subtitle=subtitle,
            theme=self.theme,
            size=self.size,
            imprint=Imprint(date="" if current_imprint().date else self.drawn_on),
            source=join(
                [part for part in (source, credit, self.boundary_source(extent)) if part], "clauses"
            ).render(LANG),
            **options,
        )

    def cite(self, frame: pd.DataFrame) -> str:
        """Return the sources of a table's rows, each document once with its parts."""
        return cite_rows(self.region, frame)
