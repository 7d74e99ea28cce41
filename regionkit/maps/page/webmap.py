"""The interactive map: a folium map, saved as one page that needs no network."""

from __future__ import annotations

import html
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from regionkit.errors import InputError
from regionkit.files import write_aside
from regionkit.maps.page.assemble import assemble_page, page_element, page_words
from regionkit.maps.page.basemap import find_basemap
from regionkit.maps.page.columns import pack_column
from regionkit.maps.page.facts import region_tables, region_units
from regionkit.maps.page.own import mark_spec, shape_spec
from regionkit.maps.page.show import (
    close_sheet,
    frame_html,
    notebook_html,
    page_sheet,
    warn_palette,
    warn_size,
)
from regionkit.maps.page.spec import layer_spec
from regionkit.maps.signs.layers import AreaLayer
from regionkit.maps.themes.own import area_layer, prepare_own
from regionkit.maps.themes.pairs import ready_pairs
from regionkit.maps.themes.plan import DEFAULT_LAYERS, default_layers
from regionkit.maps.themes.series import NATURES, PageLayer, layer_level, level_units
from regionkit.maps.themes.targets import target_layers

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    import folium
    import geopandas as gpd
    import pandas as pd

    from regionkit.maps.paper.sheet import Sheet
    from regionkit.region import Region

__all__ = ["WebMap", "webmap"]


def webmap(
    region: Region,
    *,
    title: str | None = None,
    layers: Sequence[str | AreaLayer | PageLayer] | None = None,
    lang: str = "zh",
    overlays: Collection[str] = ("zones", "counties", "cities", "projects"),
    projects: gpd.GeoDataFrame | None = None,
    domains: Collection[str] | None = None,
    open_layer: str | None = None,
    basemap: str | None = None,
    tianditu_key: str | None = None,
) -> WebMap:
    """Return an interactive map of a region.

    Parameters
    ----------
    region : Region
        As of ``rk.load``.
    title : str, optional
    layers : sequence of str, AreaLayer or PageLayer, optional
        Choropleths, of which the page shows one at a time: names of ``DEFAULT_LAYERS`` or layers
        made with ``choropleth_layer`` and ``category_layer``. All that the pack has facts for
        where not given; none for ().
    lang : {"zh", "en"}
        Language of the interface.
    overlays : collection of str
        What is drawn at first: zones, counties, cities, projects, clusters, tasks.
    projects : GeoDataFrame, optional
        Some of the region's projects, as of ``select_projects``; all where not given.
    domains : collection of str, optional
        Domains of projects drawn at first, all for (). Where not given, transport and energy of
        the whole catalogue, or every domain of ``projects``.
    open_layer : str, optional
        Id of the choropleth shown at first.
    basemap : {"tianditu", "amap"}, optional
        Tiles from the network below the map; without it the page asks for nothing.
    tianditu_key : str, optional
        The user's own key of 天地图.

    Raises
    ------
    InputError
        Not a region, or an option out of its range.

    Examples
    --------
    >>> import regionkit as rk
    >>> page = webmap(rk.load("liaoning"), layers=["industry"])
    >>> page.layer_ids
    ('industry',)
    """
    from regionkit.region import Region as RegionClass

    if not isinstance(region, RegionClass):
        raise InputError(
            f"webmap needs a Region, not {type(region).__name__}. Load one with "
            'rk.load("liaoning") and add a table of your own with webmap(region).add_layer(gdf).'
        )
    if lang not in {"zh", "en"}:
        raise InputError(f'lang={lang!r} is not known. Use "zh" or "en".')
    shown = {"zones", "counties", "cities", "projects", "clusters", "tasks"}
    unknown = sorted(set(overlays) - shown)
    if unknown:
        raise InputError(
            f"There is no overlay {', '.join(unknown)}. Use: {', '.join(sorted(shown))}."
        )
    if projects is not None:
        _check_projects(region, projects)
        domains = () if domains is None else domains
    if domains is None:
        known = set(region.projects["domain"])
        domains = [domain for domain in ("transport", "energy") if domain in known]
    page = WebMap(
        region,
        title=title or f"{region.name}规划地图",
        lang=lang,
        overlays=tuple(overlays),
        domains=tuple(domains),
        basemap=find_basemap(basemap, tianditu_key),
        projects=projects,
    )
    for layer in _chosen_layers(region, layers, lang):
        page.add_page_layer(layer)
    if open_layer is not None:
        page.open_on(open_layer)
    return page


def _check_projects(region: Region, projects: gpd.GeoDataFrame) -> None:
    strange = [key for key in projects.index if key not in region.projects.index]
    if strange:
        raise InputError(
            f"{len(strange)} rows of projects are none of {region.name}'s: "
            f"{', '.join(map(str, strange[:5]))}. Choose them with region.select_projects(...); "
            "add points of your own with add_layer."
        )


def _chosen_layers(
    region: Region, layers: Sequence[str | AreaLayer | PageLayer] | None, lang: str
) -> list[PageLayer]:
    if layers is None:
        return default_layers(region, lang=lang)
    made: list[PageLayer] = []
    for layer in layers:
        if isinstance(layer, PageLayer):
            made.append(layer)
        elif isinstance(layer, AreaLayer):
            made.append(PageLayer(layer))
        elif layer in DEFAULT_LAYERS:
            made.extend(DEFAULT_LAYERS[layer](region, lang))
        else:
            raise InputError(
                f"There is no layer {layer!r}. Use: {', '.join(DEFAULT_LAYERS)}; or an AreaLayer."
            )
    return made


class WebMap:
    """An interactive map: made by :func:`webmap`, shown in a notebook, saved as one file.

    Attributes
    ----------
    map : folium.Map
        Any folium layer can be added to it.
    """

    def __init__(
        self,
        region: Region,
        *,
        title: str,
        lang: str,
        overlays: tuple[str, ...],
        domains: tuple[str, ...],
        basemap: dict[str, Any] | None,
        projects: gpd.GeoDataFrame | None = None,
    ) -> None:
        import folium

        self.region = region
        self.title = str(title)
        self.lang = lang
        self._overlays = list(overlays)
        self._domains = domains
        self._projects = projects
        self._basemap = basemap
        self._layers: list[tuple[PageLayer, str, pd.Index]] = []
        self._own: dict[str, dict[str, Any]] = {}
        self._marks: list[dict[str, Any]] = []
        self._open: str | None = None
        self._parts: dict[str, Any] = {}
        west, south, east, north = region.counties.total_bounds
        self.map: folium.Map = folium.Map(
            location=[(south + north) / 2, (west + east) / 2],
            zoom_start=7,
            tiles=None,
        )
        self.map.add_child(page_element(lambda: (self.specification(), self.facts())))

    def __repr__(self) -> str:
        """Return the title with the layers."""
        return f"<WebMap {self.title}: {len(self._layers)} layers of {self.region.name}>"

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
                f"There is no layer {layer_id!r}. There are: {', '.join(self.layer_ids)}."
            )
        self._open = layer_id
        return self

    def add_page_layer(self, layer: PageLayer) -> WebMap:
        """Add a choropleth of the region's units; return the map itself.

        Raises
        ------
        InputError
            Its id is taken, or it is not indexed by the region's units.
        """
        level = layer_level(self.region, layer.layer.frame)
        if level is None:
            raise InputError(
                f"Layer {layer.layer.layer_id!r} is not indexed by adcode or zone_id of "
                f"{self.region.name}. Use add_layer(gdf), which also draws areas of your own."
            )
        self._append(layer, level, level_units(self.region, level).index)
        return self

    def _append(self, layer: PageLayer, level: str, ids: pd.Index) -> None:
        if layer.layer.layer_id in self.layer_ids:
            raise InputError(
                f"There is a layer {layer.layer.layer_id!r} already. Give another layer_id."
            )
        self._layers.append((layer, level, ids))

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
        cmap: str = "YlGnBu",
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

        Areas become a choropleth, of which the page shows one at a time; points and lines an
        overlay. Areas indexed by adcode or zone_id take the region's own outlines.

        Parameters
        ----------
        gdf : GeoDataFrame, in any CRS
        column : str, optional
            Numbers are classed, text is coloured by kind; one colour where not given.
        title, unit, source, note : str
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
                f"series={series!r} and year={year!r}: a layer of a series needs both. Give a "
                "name and a year, or neither."
            )
        if nature not in NATURES:
            known = ", ".join(repr(one) for one in NATURES)
            raise InputError(f"nature={nature!r} is not known. Use one of: {known}.")
        number = len(self._layers) + len(self._marks) + 1
        own = prepare_own(gdf, column, region=self.region, name=name, datum=datum)
        heading = title or column or (f"图层{number}" if self.lang == "zh" else f"Layer {number}")
        note = " ".join(part for part in (note, *own.repairs) if part)
        warn_palette(cmap, colours)
        extra_columns = [[key, pack_column(cells)] for key, cells in own.shown(columns).items()]
        key = layer_id or column or f"layer-{number}"
        if not own.is_area:
            self._marks.append(
                mark_spec(
                    own,
                    column,
                    key=key,
                    title=heading,
                    unit=unit,
                    cmap=cmap,
                    k=k,
                    scheme=scheme,
                    bins=bins,
                    colours=colours,
                    columns=extra_columns,
                    shift=self._shift,
                )
            )
            self._overlays.append(key)
            return self
        page_layer = area_layer(
            own,
            column,
            title=heading,
            unit=unit,
            scheme=scheme,
            k=k,
            bins=bins,
            cmap=cmap,
            colours=colours,
            to_be_set=to_be_set,
            columns=extra_columns,
            source=source,
            note=note,
            layer_id=key,
            lang=self.lang,
        )
        page_layer = replace(
            page_layer, series=series, series_title=series, year=year, nature=nature
        )
        level = layer_level(self.region, page_layer.layer.frame)
        if level is not None:
            # The region's own units have a panel of their own.
            self.add_page_layer(replace(page_layer, extra={}))
            return self
        level = f"own-{len(self._own) + 1}"
        self._append(page_layer, level, page_layer.layer.frame.index)
        self._own[level] = shape_spec(own, self._shift)
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
        for indicator_id in indicator_ids:
            for layer in target_layers(self.region, indicator_id, lang=self.lang):
                self.add_page_layer(layer)
        return self

    @property
    def _shift(self) -> Any:
        """What moves coordinates to the datum of the base map; None for WGS-84."""
        if self._basemap is None or self._basemap["id"] != "amap":
            return None
        from regionkit.places.datum import wgs84_to_gcj02

        return lambda xy: np.column_stack(wgs84_to_gcj02(xy[:, 0], xy[:, 1]))

    # The page ---------------------------------------------------------------------------

    def specification(self) -> dict[str, Any]:
        """Return what the page draws, as JSON knows it: units, layers and options."""
        words = page_words(self.lang)
        west, south, east, north = self.region.counties.total_bounds
        parts = [f"{words['boundary']}：{self.region.boundaries_label}", words["sketch"]]
        if self._basemap and self._basemap["id"] == "amap":
            parts.append(words["gcj"])
        units = self._once("units", lambda: region_units(self.region, self._shift, lang=self.lang))
        return {
            "title": self.title,
            "lang": self.lang,
            "words": words,
            "source": " · ".join(parts),
            "boundaries": self.region.boundaries_label,
            "bounds": [[round(south, 3), round(west, 3)], [round(north, 3), round(east, 3)]],
            "units": units,
            "layers": [layer_spec(*entry) for entry in self._layers],
            "pairs": ready_pairs(
                [layer for layer, _, _ in self._layers],
                self.region.mentions,
                self.region.sources,
                lang=self.lang,
            ),
            "shapes": self._own,
            "marks": self._marks,
            "overlays": self._overlays,
            "domains": list(self._domains),
            "open": self._open,
            "basemap": self._basemap,
        }

    def facts(self) -> dict[str, Any]:
        """Return the tables of the page: projects, targets, statistics and the others."""
        made: dict[str, Any] = self._once(
            "facts",
            lambda: region_tables(
                self.region, lang=self.lang, shift=self._shift, projects=self._projects
            ),
        )
        return made

    def _once(self, key: str, make: Any) -> Any:
        if key not in self._parts:
            self._parts[key] = make()
        return self._parts[key]

    def to_html(self, *, assets: Mapping[str, str | Path] | None = None, state: str = "") -> str:
        """Return the page as text; the same map gives the same text."""
        layers = "、".join(layer.layer.title for layer, _, _ in self._layers)
        fallback = (
            f"<h1>{html.escape(self.title)}</h1><p>{html.escape(layers)}</p>"
            "<p>这一页需要浏览器允许运行脚本。 This page needs scripts to be allowed.</p>"
        )
        return assemble_page(
            self.map,
            title=self.title,
            lang=self.lang,
            fallback=fallback,
            assets=assets,
            state=state,
        )

    def save(
        self, path: str | Path, *, assets: Mapping[str, str | Path] | None = None, dpi: int = 200
    ) -> Path:
        """Write the map: one offline page for ``.html``, a picture of the open layer for ``.png``.

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
            try:
                return Path(sheet.save(path, dpi=dpi))
            finally:
                close_sheet(sheet)
        if ending not in {".html", ".htm"}:
            raise InputError(
                f"{path.name}: a web map is saved as .html, or as a picture .png, .pdf or .svg."
            )
        data = self.to_html(assets=assets).encode("utf-8")
        written = write_aside(path, data)
        warn_size(data, path.name)
        return written

    def embed(self, *, height: int = 560, src: str | None = None, state: str = "") -> str:
        """Return an iframe to paste into a page.

        Parameters
        ----------
        height : int, pixels
        src : str, optional
            Address of the saved file; without it the whole page stands in the iframe.
        state : str
            What the page's address holds after ``#``: view, layer and filters.
        """
        if not isinstance(height, int) or isinstance(height, bool) or height < 1:
            raise InputError(f"height={height!r} is no number of pixels. Give a whole number.")
        state = state.removeprefix("#")
        if src is not None:
            return frame_html(self.title, height=height, src=f"{src}#{state}" if state else src)
        page = self.to_html(state=f"#{state}" if state else "")
        return frame_html(self.title, height=height, page=page)

    def _repr_html_(self) -> str:
        """Show the page in a notebook; where scripts are not trusted, a picture of it."""
        return notebook_html(self.title, self._sheet(), self.to_html())

    def _sheet(self) -> Sheet:
        """Return the open layer as a finished sheet, by the static renderer."""
        chosen = next(
            (layer.layer for layer, _, _ in self._layers if layer.layer.layer_id == self._open),
            self._layers[0][0].layer if self._layers else None,
        )
        projects = self.region.projects if self._projects is None else self._projects
        if self._domains:
            projects = projects[projects["domain"].isin(self._domains)]
        return page_sheet(
            self.region,
            chosen,
            title=self.title,
            overlays=self._overlays,
            projects=projects,
            lang=self.lang,
        )
