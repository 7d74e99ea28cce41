"""The interactive map: a folium map, saved as one page that needs no network."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
from pyproj import CRS, Transformer

from regionkit.errors import InputError
from regionkit.files import write_aside
from regionkit.imprint import current_imprint
from regionkit.maps.page.areas import layer_spec, main_layers, shape_spec
from regionkit.maps.page.base import page_base
from regionkit.maps.page.basemap import find_basemap
from regionkit.maps.page.columns import unpack_column
from regionkit.maps.page.document import (
    PageDocument,
    empty_tables,
    empty_units,
    page_grid,
)
from regionkit.maps.page.embed import check_address, frame_html, notebook_html
from regionkit.maps.page.facts import region_tables, region_units
from regionkit.maps.page.folium_parts import read_folium, regionkit_element
from regionkit.maps.page.goals import gap_layers
from regionkit.maps.page.ground import padded_bounds, page_ground
from regionkit.maps.page.judged import judged_words
from regionkit.maps.page.limits import warn_size
from regionkit.maps.page.marks import mark_spec
from regionkit.maps.page.page_signs import page_signs
from regionkit.maps.page.page_words import page_words
from regionkit.maps.page.picture import close_sheet, layer_sheet, page_sheet, zones_sheet
from regionkit.maps.page.presets import page_presets
from regionkit.maps.page.standing import layer_picture, standing_block, zones_picture
from regionkit.maps.page.story import default_story, read_story, with_covers
from regionkit.maps.page.write import page_header, write_page
from regionkit.maps.paper.far_islands import far_frame
from regionkit.maps.signs.citations import credit_positions
from regionkit.maps.signs.colours import SEQUENTIAL
from regionkit.maps.signs.found_units import found_unit
from regionkit.maps.signs.layers import AreaLayer
from regionkit.maps.signs.naming_numbers import shown_cells
from regionkit.maps.signs.options import Caption, Classing
from regionkit.maps.signs.palette import warn_near_no_data
from regionkit.maps.signs.words import check_lang
from regionkit.maps.themes.levels import layer_level, level_units
from regionkit.maps.themes.listed import list_maps
from regionkit.maps.themes.own import area_layer, prepare_own, warn_palette
from regionkit.maps.themes.pairs import ready_pairs
from regionkit.maps.themes.plan import COLOURED_MAPS, default_layers, map_layers
from regionkit.maps.themes.targets import target_layers
from regionkit.maps.themes.theme_layer import NATURES, ThemeLayer
from regionkit.places.extent import find_extent
from regionkit.places.frames import column_name
from regionkit.region.names import called_units, names_in
from regionkit.region.zone_names import STRATEGIC
from regionkit.words.message import Option, msg, say
from regionkit.words.voice import language_tag

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    import folium

    from regionkit.maps.paper.sheet import Sheet
    from regionkit.maps.signs.base_layers import Base
    from regionkit.region import Region

__all__ = ["WebMap", "webmap"]

# Ramp of points and lines: apart from those of the areas below them.
_MARK_CMAP = "RdPu"
_PANELS = ("all", "legend", "none")
_OVERLAYS = ("zones", "counties", "cities", "projects", "clusters", "tasks")


@dataclass(frozen=True)
class _Look:
    """What a page shows beside its layers.

    ``overlays`` and ``domains`` are drawn at first; ``projects`` are some of the region's;
    ``basemap`` are tiles below the map; ``buttons`` are domains with a button; ``base`` are the
    user's own rivers and roads; ``is_open``: nothing was asked for, so that the page opens on its
    first view.
    """

    overlays: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    projects: gpd.GeoDataFrame | None = None
    basemap: Mapping[str, Any] | None = None
    buttons: tuple[str, ...] = ()
    base: Base | None = None
    is_open: bool = False


def webmap(
    region: Region | gpd.GeoDataFrame,
    column: str | None = None,
    *,
    title: str | None = None,
    layers: Sequence[str | AreaLayer | ThemeLayer] | None = None,
    lang: str = "zh",
    overlays: Collection[str] | None = None,
    projects: gpd.GeoDataFrame | None = None,
    domains: Collection[str] | None = None,
    open_layer: str | None = None,
    basemap: str | None = None,
    tianditu_key: str | None = None,
    base: Base | None = None,
) -> WebMap:
    """Return an interactive map of a region, or of any GeoDataFrame.

    Parameters
    ----------
    region : Region or GeoDataFrame
        As of ``rk.load``; or areas, points or lines of your own, of which the page has the
        legend, the panel and the table.
    column : str, optional
        Of a GeoDataFrame: the column it is coloured by. ``add_layer`` has more options.
    title : str, optional
    layers : sequence of str, AreaLayer or ThemeLayer, optional
        Choropleths, of which the page shows one at a time: ids of ``region.themes`` or layers
        made with ``choropleth_layer`` and ``category_layer``. Those that the themes put on the
        page where not given; none for ().
    lang : {"zh", "en"}
        Language of the interface.
    overlays : collection of str, optional
        What is drawn at first: zones, counties, cities, projects, clusters, tasks. Where neither
        this nor ``layers``, ``projects``, ``domains`` or ``open_layer`` is given, the page opens
        on the zones, filled and named, and projects are a button away.
    projects : GeoDataFrame, optional
        Some of the region's projects, as of ``select_projects``; all where not given.
    domains : collection of str, optional
        Domains of projects drawn at first, all for (). Where not given, those that the themes put
        on the page, or every domain of ``projects``.
    open_layer : str, optional
        Id of the choropleth shown at first.
    basemap : {"tianditu", "amap"}, optional
        Tiles from the network below the map; without it the page asks for nothing.
    tianditu_key : str, optional
        The user's own key of 天地图.
    base : path, GeoDataFrame, GeoSeries, a sequence of them or a mapping of kind to one, optional
        Your own rivers, railways, roads and areas, drawn over the units as sheets draw them; the
        kind of a row is the mapping's key, else what a column ``kind``, the file's name or the
        shape tells. They stand in the page, thinned to what it shows.

    Raises
    ------
    InputError
        Neither a region nor a GeoDataFrame, an option out of its range, or a base of points.
    CrsError
        The GeoDataFrame or the base names no CRS.
    BoundaryError
        A file of the base cannot be read.

    Examples
    --------
    >>> import regionkit as rk
    >>> ln = rk.load("liaoning")
    >>> webmap(ln, layers=["industry"]).layer_ids
    ('industry',)
    >>> webmap(ln.cities, "area_km2")
    <WebMap area_km2: 1 layers>
    """
    from regionkit.region import Region as RegionClass

    check_lang(lang)
    tiles = find_basemap(basemap, tianditu_key)
    if isinstance(region, pd.DataFrame | gpd.GeoSeries):
        column = None if column is None else column_name(column)
        if projects is not None or layers is not None or domains is not None:
            raise InputError(
                msg(
                    "layers=, projects= and domains= are of a Region's facts; a GeoDataFrame "
                    "has none."
                ),
                mend=msg("Pass column=, or add layers with webmap(gdf).add_layer(...)."),
            )
        own = WebMap(
            None,
            title=title or column or say("Map", lang=lang),
            lang=lang,
            look=_Look(basemap=tiles, base=base),
        )
        own.add_layer(region, column, title=title)
        return own if open_layer is None else own.open_on(open_layer)
    if not isinstance(region, RegionClass):
        raise InputError(
            msg(
                "webmap needs a Region or a GeoDataFrame, not {kind}.",
                kind=type(region).__name__,
            ),
            mend=msg("Load a region with rk.load()."),
        )
    if column is not None:
        raise InputError(
            msg("{option} is of a GeoDataFrame.", option=Option("column", column)),
            mend=msg("Add a table to a region's map with webmap(region).add_layer(gdf, column)."),
        )
    is_open = overlays is layers is projects is domains is open_layer is None
    if overlays is None:
        overlays = ("zones", "counties", "cities", *(("projects",) if not is_open else ()))
    unknown = sorted(set(overlays) - set(_OVERLAYS))
    if unknown:
        raise InputError(
            msg("There is no overlay {choices}.", choices=tuple(unknown)),
            mend=msg("Use: {known}.", known=tuple(sorted(_OVERLAYS))),
        )
    if projects is not None:
        _check_projects(region, projects)
        domains = () if domains is None else domains
    mine = [one for one in list_maps(region) if one.shows == "projects" and one.is_on_page]
    buttons = tuple(one.domain for one in mine)
    if domains is None:
        domains = buttons
    page = WebMap(
        region,
        title=title or _page_title(region, lang),
        lang=lang,
        look=_Look(tuple(overlays), tuple(domains), projects, tiles, buttons, base, is_open),
    )
    for layer in _chosen_layers(region, layers, lang):
        page.add_theme_layer(layer)
    page.take_listed(layers)
    if open_layer is not None:
        page.open_on(open_layer)
    return page


def _check_projects(region: Region, projects: gpd.GeoDataFrame) -> None:
    strange = [key for key in projects.index if key not in region.projects.index]
    if strange:
        raise InputError(
            msg(
                "{n} rows of projects are none of {name}'s: {choices}.",
                n=len(strange),
                name=region.name,
                choices=tuple(map(str, strange[:5])),
            ),
            mend=msg(
                "Choose them with region.select_projects(...); add points of your own with "
                "add_layer."
            ),
        )


def _chosen_layers(
    region: Region, layers: Sequence[str | AreaLayer | ThemeLayer] | None, lang: str
) -> list[ThemeLayer]:
    if layers is None:
        return default_layers(region, lang=lang)
    made: list[ThemeLayer] = []
    maps = [one for one in list_maps(region) if one.shows in COLOURED_MAPS]
    for layer in layers:
        if isinstance(layer, ThemeLayer):
            made.append(layer)
        elif isinstance(layer, AreaLayer):
            made.append(ThemeLayer(layer))
        elif mine := [one for one in maps if layer in {one.map_id, one.theme_id}]:
            for one in mine:
                made.extend(map_layers(region, one, lang=lang))
        else:
            raise InputError(
                msg("There is no layer {layer!r}.", layer=layer),
                mend=msg(
                    "Use: {choices}; or an AreaLayer.",
                    choices=tuple(one.map_id for one in maps) or msg("none"),
                ),
            )
    return made


def _page_title(region: Region, lang: str) -> str:
    names = called_units(region, lang)
    return say("{name}: planning map", lang=lang, name=names[region.adcode])


# Degrees of what a page shows at least: 200 m.
_LEAST_SPAN = 0.002


class WebMap:
    """An interactive map: made by :func:`webmap`, shown in a notebook, saved as one file.

    A cell that ends in a WebMap shows it; ``save`` writes it as one offline page or a picture,
    ``embed`` gives an iframe. Layers are added with ``add_layer``, ``add_targets`` and
    ``add_theme_layer``, each of which returns the map itself.

    Attributes
    ----------
    region : Region, optional
        None for a map of a GeoDataFrame alone.
    title : str
    lang : {"zh", "en"}
    map : folium.Map
        Any folium layer can be added to it.

    Examples
    --------
    >>> import regionkit as rk
    >>> ln = rk.load("liaoning")
    >>> page = webmap(ln, layers=["over-65"]).add_layer(ln.counties, "area_km2", title="面积")
    >>> page.open_on("area_km2")
    <WebMap 辽宁省规划地图: 2 layers of 辽宁省>
    """

    def __init__(self, region: Region | None, *, title: str, lang: str, look: _Look) -> None:
        import folium

        self.region = region
        self.title = str(title)
        self.lang = lang
        self._look = look
        # Ids of the points and lines of the user's, which are drawn at first.
        self._drawn: list[str] = []
        self._boxes: list[Any] = [] if region is None else [find_extent(region.counties).bounds]
        self._layers: list[tuple[ThemeLayer, str, pd.Index]] = []
        self._own: dict[str, dict[str, Any]] = {}
        self._marks: list[dict[str, Any]] = []
        self._added: set[tuple[str, bytes]] = set()
        self._open: str | None = None
        # Ids of the maps that the pack lists.
        self._listed: set[str] = set()
        self._gaps: list[tuple[ThemeLayer, dict[str, Any], str, str]] = []
        self._parts: dict[str, Any] = {}
        self._story: list[dict[str, str]] | None = None
        south, west, north, east = (0, 0, 0, 0) if region is None else np.ravel(self._bounds())
        self.map: folium.Map = folium.Map(
            location=[(south + north) / 2, (west + east) / 2],
            zoom_start=7,
            tiles=None,
        )
        if region is not None:
            # Its faults are told where it is given.
            self._once("under", self._under)
        self.map.add_child(regionkit_element(lambda: page_header(self.document())))

    def __repr__(self) -> str:
        """Return the title with the layers."""
        where = f" of {self.region.name}" if self.region is not None else ""
        return f"<WebMap {self.title}: {len(self._layers) + len(self._marks)} layers{where}>"

    @property
    def layer_ids(self) -> tuple[str, ...]:
        """Ids of the choropleths, in the page's order."""
        return tuple(layer.layer.layer_id for layer, _, _ in self._layers)

    def open_on(self, layer_id: str) -> WebMap:
        """Show a choropleth first; return the map itself.

        Raises
        ------
        InputError
            There is no such layer.
        """
        if layer_id not in self.layer_ids:
            raise InputError(
                msg("There is no layer {layer_id!r}.", layer_id=layer_id),
                mend=msg("There are: {choices}.", choices=tuple(self.layer_ids)),
            )
        self._open = layer_id
        return self

    def add_theme_layer(self, layer: ThemeLayer) -> WebMap:
        """Add a choropleth of the region's units; return the map itself.

        Raises
        ------
        InputError
            Its id is taken, or it is not indexed by the region's units.
        """
        region = self._need_region("add_theme_layer")
        level = layer_level(region, layer.layer.frame)
        if level is None:
            raise InputError(
                msg(
                    "Layer {layer_id!r} is not indexed by adcode or zone_id of {name}.",
                    layer_id=layer.layer.layer_id,
                    name=region.name,
                ),
                mend=msg("Use add_layer(gdf), which also draws areas of your own."),
            )
        self._append(layer, level, level_units(region, level).index)
        return self

    def _need_region(self, what: str) -> Region:
        if self.region is None:
            raise InputError(
                msg("{what} takes a region's units, and this map has none.", what=what),
                mend=msg("Begin with webmap(rk.load())."),
            )
        return self.region

    def _append(self, layer: ThemeLayer, level: str, ids: pd.Index) -> None:
        self._refuse_id(layer.layer.layer_id)
        self._layers.append((layer, level, ids))

    def _refuse_id(self, layer_id: str) -> None:
        """Refuse a layer whose id another has, of areas, points or lines alike."""
        if layer_id in self.layer_ids or any(mark["id"] == layer_id for mark in self._marks):
            raise InputError(
                msg("There is a layer {layer_id!r} already.", layer_id=layer_id),
                mend=msg("Give another layer_id."),
            )

    def _refuse_again(self, geometry: gpd.GeoSeries, title: str) -> None:
        """Refuse shapes that were added before under the same title: a cell run a second time."""
        content = (title, b"".join(geometry.to_wkb()))
        if content in self._added:
            raise InputError(
                msg("These shapes are a layer of the map already."),
                mend=msg("Begin the cell with webmap(...), or give another layer_id."),
            )
        self._added.add(content)

    def add_layer(
        self,
        gdf: gpd.GeoDataFrame,
        column: str | None = None,
        *,
        title: str | None = None,
        name: str | None = None,
        unit: str = "",
        scheme: str = "fisherjenks",
        k: int = 5,
        bins: Sequence[float] | None = None,
        cmap: str | None = None,
        colours: Mapping[str, str] | None = None,
        source: str = "",
        note: str = "",
        layer_id: str | None = None,
        datum: str | None = None,
        columns: Sequence[str] | None = None,
        to_be_set: pd.Series | None = None,
        series: str = "",
        year: int | None = None,
        nature: str = "",
    ) -> WebMap:
        """Add any GeoDataFrame as a layer; return the map itself.

        Areas become a choropleth, of which the page shows one at a time: the first that is added
        is what it opens on, unless ``open_layer`` or ``open_on`` says otherwise. Points and lines
        become an overlay in a ramp apart from that of the areas below. Areas indexed by adcode or
        zone_id take the region's own outlines.

        Parameters
        ----------
        gdf : GeoDataFrame, in any CRS
        column : str, optional
            Numbers are classed, text is coloured by kind; one colour where not given.
        title, unit, source, note : str
            The unit is that which the joined table states where not given.
        name : str, optional
            Column of the rows' names; ``name`` or 名称 where there is one, else the index.
        scheme, k, bins, cmap
            As of ``rk.choropleth``; scheme="continuous" gives a continuous scale.
        colours : mapping of value to "#rrggbb", optional
            For kinds.
        layer_id : str, optional
        datum : {"WGS-84", "CGCS2000", "GCJ-02", "BD-09"}, optional
            What the coordinates are in.
        columns : sequence of str, optional
            Columns shown in the panel and the table; all where not given, () for none.
        to_be_set : Series of bool, optional
            Rows whose value has yet to be set.
        series : str, optional
            Name of a series: its layers show one thing in several years, the slider moves in it,
            and two of them can be compared. Give all the same ``bins``.
        year : int, optional
            Of a layer in a series.
        nature : {"", "target", "baseline", "actual"}
            Of a layer in a series: planned, what the plan starts from, or reported.

        Raises
        ------
        CrsError
            The frame names no CRS.
        InputError
            No rows, no such column, a column of the wrong kind, points that fit their stated
            county only when read as GCJ-02.

        Examples
        --------
        >>> import regionkit as rk
        >>> ln = rk.load("liaoning")
        >>> page = webmap(ln, layers=[])
        >>> page.add_layer(ln.counties, "area_km2", title="面积", unit="km²").layer_ids
        ('area_km2',)
        """
        if bool(series) != (year is not None):
            raise InputError(
                msg(
                    "{option} and {other}: a layer of a series needs both.",
                    option=Option("series", series),
                    other=Option("year", year),
                ),
                mend=msg("Give a name and a year, or neither."),
            )
        if nature not in NATURES:
            known = ", ".join(repr(one) for one in NATURES)
            raise InputError(
                msg("{option} is not known.", option=Option("nature", nature)),
                mend=msg("Use one of {choices}.", choices=known),
            )
        number = len(self._layers) + len(self._marks) + 1
        unit = unit or ("" if column is None else found_unit(gdf, column_name(column)))
        column = None if column is None else column_name(column)
        title = None if title is None else str(title)
        own = prepare_own(gdf, column, region=self.region, name=name, datum=datum, lang=self.lang)
        caption = Caption(
            title=title or column or say("Layer {number}", lang=self.lang, number=number),
            unit=unit,
            source=source,
            note=" ".join(part for part in (note, *own.repairs) if part),
        )
        cmap = cmap or (SEQUENTIAL if own.is_area else _MARK_CMAP)
        classing = Classing(scheme, k, bins, cmap, colours, to_be_set)
        if colours is None:
            warn_palette(cmap)
        elif column is not None:
            warn_near_no_data(colours, own.frame[column])
        if self.region is None:
            self._boxes.append(find_extent(own.frame.to_crs(4326)).bounds)
            self._parts["under"] = self._under()
        shown = {key: shown_cells(cells, self.lang) for key, cells in own.shown(columns).items()}
        key = layer_id or column or f"layer-{number}"
        if layer_id is None and column is None:
            self._refuse_again(own.frame.geometry, caption.title if title else "")
        if not own.is_area:
            self._refuse_id(key)
            self._marks.append(
                mark_spec(
                    own,
                    column,
                    key=key,
                    caption=caption,
                    classing=classing,
                    columns=shown,
                    shift=self._shift,
                    lang=self.lang,
                )
            )
            self._drawn.append(key)
            return self
        page_layer = area_layer(
            own,
            column,
            caption=caption,
            classing=classing,
            columns=shown,
            layer_id=key,
            lang=self.lang,
        )
        page_layer = replace(
            page_layer, series=series, series_title=series, year=year, nature=nature
        )
        if self.region is not None and layer_level(self.region, page_layer.layer.frame):
            # The region's own units have a panel of their own.
            self.add_theme_layer(replace(page_layer, columns={}))
            self._open = self._open or key
            return self
        level = f"own-{len(self._own) + 1}"
        self._append(page_layer, level, page_layer.layer.frame.index)
        self._own[level] = shape_spec(own, self._shift)
        self._open = self._open or key
        return self

    def add_targets(self, *indicator_ids: str) -> WebMap:
        """Add the plan's targets of indicators, a map for each year; return the map itself.

        The slider moves through baseline, targets and reported values, and each series can be
        compared side by side.

        Parameters
        ----------
        *indicator_ids : str
            As of ``region.indicators``.

        Raises
        ------
        InputError
            The region has no target of an indicator that a map could show.

        Examples
        --------
        >>> import regionkit as rk
        >>> webmap(rk.load("liaoning"), layers=[]).add_targets("forest-coverage").layer_ids
        ('target-forest-coverage-2025-baseline-province', 'target-forest-coverage')
        """
        region = self._need_region("add_targets")
        for indicator_id in indicator_ids:
            for layer in target_layers(region, indicator_id, lang=self.lang):
                self.add_theme_layer(layer)
        return self

    def story(self, chapters: str | Path | pd.DataFrame) -> WebMap:
        """Tell a story of your own on the page; return the map itself.

        Without it the page tells one made from the pack: the zones, each of them, the domains,
        the targets.

        Parameters
        ----------
        chapters : path of a .csv or .xlsx, or DataFrame
            A row a chapter: ``title``, ``sentence``, ``theme`` (id of a view or a choropleth),
            ``zone``, ``domain``, ``stage``, ``place``, ``view`` ("lat,lon,zoom"); only the title
            is needed.

        Raises
        ------
        InputError
            A column or a cell is not known; all faults at once.

        Examples
        --------
        >>> import pandas as pd
        >>> import regionkit as rk
        >>> told = pd.DataFrame({"title": ["能源"], "theme": ["energy"], "zone": ["辽西"]})
        >>> webmap(rk.load("liaoning"), layers=[]).story(told)
        <WebMap 辽宁省规划地图: 0 layers of 辽宁省>
        """
        region = self._need_region("story")
        presets = page_presets(
            region,
            [layer for layer, _, _ in self._layers],
            self._look.buttons,
            self._gaps,
            lang=self.lang,
        )
        self._story = read_story(chapters, region, presets, self.layer_ids)
        return self

    def take_listed(self, layers: Sequence[str | AreaLayer | ThemeLayer] | None) -> None:
        """Note which layers are the pack's own maps; of all of them the gaps belong to it."""
        own = layers is not None and any(not isinstance(layer, str) for layer in layers)
        self._listed = set() if own else set(self.layer_ids)
        if layers is None:
            self.add_gaps()

    def add_gaps(self) -> WebMap:
        """Add maps of how far units are from the targets that themes name; return the map itself.

        Examples
        --------
        >>> import regionkit as rk
        >>> webmap(rk.load("liaoning"), layers=[]).add_gaps().layer_ids
        ('gap-urbanisation',)
        """
        self._gaps = gap_layers(self._need_region("add_gaps"), self.lang)
        for layer, *_ in self._gaps:
            self.add_theme_layer(layer)
        return self

    @property
    def _is_moved(self) -> bool:
        """Whether the base map is in GCJ-02."""
        return self._look.basemap is not None and self._look.basemap["id"] == "amap"

    @property
    def _shift(self) -> Any:
        """What moves coordinates to the datum of the base map; None for WGS-84."""
        if not self._is_moved:
            return None
        from regionkit.places.datum import wgs84_to_gcj02

        return lambda xy: np.column_stack(wgs84_to_gcj02(xy[:, 0], xy[:, 1]))

    # The page ---------------------------------------------------------------------------

    def document(self) -> PageDocument:
        """Return all that the page shows, as it stands."""
        region = self.region
        level = "province" if region is None else str(region.units.loc[region.adcode, "level"])
        words = page_words(self.lang, whole=level)
        layers = [layer for layer, _, _ in self._layers]
        mains = main_layers(layers)
        goals = {made.layer.layer_id: goal for made, goal, *_ in self._gaps}
        drawn = "" if region is None else region.drawn_boundaries(self.lang)
        parts = [say("Boundaries: {label}", lang=self.lang, label=drawn)] if drawn else []
        # The page finds every named place, so it names whose positions they are.
        parts += [] if region is None else [credit_positions(region, lang=self.lang)]
        imprint = current_imprint()
        parts += [imprint.mark(self.lang), *imprint.signature(self.lang)]
        parts += [words["gcj"]] if self._is_moved else []
        return PageDocument(
            title=self.title,
            lang=language_tag(self.lang),
            words=words,
            source=" · ".join(part for part in parts if part),
            boundaries="" if region is None else region.boundaries_label,
            bounds=self._bounds(),
            far=self._once("far", self._far),
            region=region is not None,
            units=self._once("units", self._units),
            layers=[
                layer_spec(
                    *entry,
                    is_main=entry[0].layer.layer_id in mains,
                    lang=self.lang,
                    goal=goals.get(entry[0].layer.layer_id),
                    is_listed=entry[0].layer.layer_id in self._listed,
                    judged=self._judged(*entry[:2]),
                )
                for entry in self._layers
            ],
            marks=self._marks,
            shapes=self._own,
            pairs=ready_pairs(layers, region, lang=self.lang),
            overlays=[*self._look.overlays, *self._drawn],
            domains=list(self._look.domains),
            open=self._open,
            basemap=self._look.basemap,
            grid=page_grid(),
            signs=page_signs(),
            presets=self._once("presets", self._presets),
            view=self._view(),
            story=self._chapters(),
            plan=self._plan(),
            ground=self._once("ground", self._ground),
            under=self._once("under", self._under),
            zone_kind=STRATEGIC,
            tables=self._once("tables", self._tables),
        )

    def _judged(self, made: ThemeLayer, level: str) -> dict[str, list[str]]:
        return {} if self.region is None else judged_words(self.region, made, level, self.lang)

    def _bounds(self) -> list[list[float]]:
        """Return the south-west and the north-east corner, as Leaflet has them."""
        boxes = np.array(self._boxes, dtype=float)
        # A box without a size has no zoom: a parcel or a single point is shown with its vicinity.
        if (boxes[:, 2:].max(axis=0) - boxes[:, :2].min(axis=0)).max() < _LEAST_SPAN:
            boxes = boxes + np.array([-1, -1, 1, 1]) * _LEAST_SPAN
        west, south = boxes[:, :2].min(axis=0).round(3).tolist()
        east, north = boxes[:, 2:].max(axis=0).round(3).tolist()
        return [[south, west], [north, east]]

    def _far(self) -> list[list[float]] | None:
        """Return the corners of the inset of far islands, of what :meth:`_bounds` leaves out."""
        if self.region is None or self._look.basemap is not None:
            return None
        found = far_frame(self.region.cities, CRS(3857))
        if found is None:
            return None
        back = Transformer.from_crs(3857, 4326, always_xy=True)
        west, south, east, north = np.round(back.transform_bounds(*found), 3).tolist()
        return [[south, west], [north, east]]

    def _units(self) -> dict[str, Any]:
        if self.region is None:
            return empty_units()
        return region_units(self.region, self._shift, lang=self.lang)

    def _tables(self) -> dict[str, Any]:
        if self.region is None:
            return empty_tables()
        return region_tables(
            self.region, lang=self.lang, shift=self._shift, projects=self._look.projects
        )

    def _presets(self) -> list[dict[str, Any]]:
        if self.region is None:
            return []
        layers = [layer for layer, _, _ in self._layers]
        known = {layer.layer.layer_id for layer in layers}
        gaps = [one for one in self._gaps if one[0].layer.layer_id in known]
        return page_presets(self.region, layers, self._look.buttons, gaps, lang=self.lang)

    def _chapters(self) -> list[dict[str, str]]:
        if self.region is None:
            return []
        presets = self._once("presets", self._presets)
        told = self._story
        if told is None:
            told = default_story(self.region, presets, self.lang)
        message = str(presets[0]["message"]) if presets else ""
        view = next((one["id"] for one in presets if one["body"] == "zones"), "")
        return with_covers(told, title=self.title, message=message, view=view, lang=self.lang)

    def _view(self) -> str:
        """Return the view that the page opens on: the first, where nothing else was asked for."""
        presets = self._once("presets", self._presets)
        return presets[0]["id"] if presets and self._look.is_open and self._open is None else ""

    def _plan(self) -> str:
        plan = None if self.region is None else self.region.current_plan
        return (
            ""
            if self.region is None or plan is None
            else str(self.region.sources.loc[plan, "short_title"])
        )

    def _ground(self) -> dict[str, Any] | None:
        # A base map of the network has its own.
        if self.region is None or self._look.basemap is not None:
            return None
        return page_ground(self.region.cities.geometry, lang=self.lang)

    def _under(self) -> list[dict[str, Any]]:
        if self._look.base is None:
            return []
        (south, west), (north, east) = self._bounds()
        frame = padded_bounds((west, south, east, north))
        return page_base(self._look.base, frame, self._shift)

    def _once(self, key: str, make: Any) -> Any:
        if key not in self._parts:
            self._parts[key] = make()
        return self._parts[key]

    def to_html(self, *, assets: Mapping[str, str | Path] | None = None, state: str = "") -> str:
        """Return the page as text; the same map gives the same text."""
        document = self.document()
        parts = read_folium(self.map, assets or {})
        return write_page(document, parts, standing=self._standing(document), state=state)

    def _standing(self, document: PageDocument) -> str:
        """Return the words and the picture that the page shows without its script."""
        message, lines, picture = "", [layer["title"] for layer in document.layers], ""
        if document.view:
            message = document.presets[0]["message"]
        if document.view == "zones" and self.region is not None:
            names = names_in(self.region.zones, self.lang)
            cards = unpack_column(document.tables["zones"]["card"])
            lines = [
                say("{label}: {text}", lang=self.lang, label=name, text=card)
                for name, card in zip(names, cards, strict=False)
            ]
            picture = zones_picture(self.region, self.lang)
        elif self._layers:
            shown = self._shown_layer()
            message, picture = shown.title, layer_picture(shown)
        return standing_block(self.title, message, lines, picture, lang=self.lang)

    def _shown_layer(self) -> AreaLayer:
        """Return the choropleth that is shown first."""
        return next(
            (layer.layer for layer, _, _ in self._layers if layer.layer.layer_id == self._open),
            self._layers[0][0].layer,
        )

    def save(
        self, path: str | Path, *, assets: Mapping[str, str | Path] | None = None, dpi: int = 200
    ) -> Path:
        """Write the map: one offline page for ``.html``, a picture of its opening for ``.png``.

        Parameters
        ----------
        path : path
            Ends in .html, .htm, .png, .pdf or .svg.
        assets : mapping of address to path, optional
            Local copies of files that a folium layer added to ``.map`` asks for.
        dpi : int
            Of a picture.

        Raises
        ------
        OutputError
            The file cannot be written.
        InputError
            Another file ending, or a layer needs the network.
        """
        path = Path(path)
        ending = path.suffix.lower()
        if ending in {".png", ".pdf", ".svg"}:
            sheet = self._sheet()
            if sheet is None:
                raise InputError(
                    msg("{name}: a map of points or lines alone has no picture.", name=path.name),
                    mend=msg("Save it as .html, or add a layer of areas."),
                )
            try:
                return Path(sheet.save(path, dpi=dpi))
            finally:
                close_sheet(sheet)
        if ending not in {".html", ".htm"}:
            raise InputError(
                msg(
                    "{name}: a web map is saved as .html, or as a picture .png, .pdf or .svg.",
                    name=path.name,
                )
            )
        data = self.to_html(assets=assets).encode("utf-8")
        written = write_aside(path, data)
        warn_size(data, path.name)
        return written

    def embed(
        self,
        *,
        height: int = 560,
        src: str | None = None,
        state: str = "",
        panels: str = "all",
    ) -> str:
        """Return an iframe to paste into a page.

        Parameters
        ----------
        height : int, pixels
        src : str, optional
            Address of the saved file; without it the whole page stands in the iframe.
        state : str
            What the page's address holds after ``#``: view, layer and filters.
        panels : {"all", "legend", "none"}
            What stands about the map: bar and panel with the legend, the legend alone, nothing.

        Raises
        ------
        InputError
            The height is no number of pixels, or panels is another word.
        """
        if panels not in _PANELS:
            raise InputError(
                msg("{option} is not known.", option=Option("panels", panels)),
                mend=msg("Use one of {choices}.", choices=_PANELS),
            )
        if not isinstance(height, int) or isinstance(height, bool) or height < 1:
            raise InputError(
                msg("{option} is no number of pixels.", option=Option("height", height)),
                mend=msg("Give a whole number."),
            )
        state = state.removeprefix("#")
        if panels != "all":
            state = f"{state}&panels={panels}" if state else f"panels={panels}"
        if src is not None:
            check_address(src)
            return frame_html(self.title, height=height, src=f"{src}#{state}" if state else src)
        page = self.to_html(state=f"#{state}" if state else "")
        return frame_html(self.title, height=height, page=page)

    def _repr_html_(self) -> str:
        """Show the page in a notebook; where scripts are not trusted, a picture of it."""
        return notebook_html(self.title, self._sheet(), self.to_html())

    def _sheet(self) -> Sheet | None:
        """Return what the page opens on as a sheet of the static renderer; None without areas."""
        chosen = self._shown_layer() if self._layers else None
        if self.region is None:
            if chosen is None:
                return None
            return layer_sheet(chosen, title=self.title, base=self._look.base, lang=self.lang)
        look = self._look
        if self._view() == "zones":
            return zones_sheet(
                self.region,
                title=self.title,
                message=self._once("presets", self._presets)[0]["message"],
                base=look.base,
                lang=self.lang,
            )
        projects = self.region.projects if look.projects is None else look.projects
        if look.domains:
            projects = projects[projects["domain"].isin(look.domains)]
        return page_sheet(
            self.region,
            chosen,
            title=self.title,
            overlays=look.overlays,
            projects=projects,
            base=look.base,
            lang=self.lang,
        )
