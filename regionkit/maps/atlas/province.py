"""The province's sheets of the atlas: zones, industries, projects, targets, population."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pandas as pd

from regionkit.analysis.targets import describe_target, format_number
from regionkit.maps.paper.areas import map_crs
from regionkit.maps.paper.compose import draw_map
from regionkit.maps.paper.sheet import Sheet
from regionkit.maps.signs.citations import cite_rows
from regionkit.maps.signs.layer_items import layer_items, zone_fill_items, zone_items
from regionkit.maps.signs.legend_item import LegendItem
from regionkit.maps.signs.project_items import project_items
from regionkit.maps.signs.styles import overlap_groups
from regionkit.maps.signs.theme import Theme, drawing
from regionkit.maps.signs.words import projection_words, short_names
from regionkit.maps.themes.plan import DEFAULT_LAYERS

if TYPE_CHECKING:
    from collections.abc import Callable

    import geopandas as gpd
    import pyproj

    from regionkit.maps.signs.layers import AreaLayer
    from regionkit.region import Region

__all__ = ["PROVINCE_SHEETS", "AtlasData", "draw_sheet", "is_drawable", "region_layers"]


@dataclass
class AtlasData:
    """A region's layers with geometry simplified once, for all sheets of an atlas."""

    region: Region
    theme: Theme
    tolerance_m: float = 400.0
    counties: gpd.GeoDataFrame = field(init=False, repr=False)
    cities: gpd.GeoDataFrame = field(init=False, repr=False)
    zones: gpd.GeoDataFrame = field(init=False, repr=False)
    crs: pyproj.CRS = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Simplify the outlines."""
        ln = self.region
        outline = ln.simplified("county", tolerance_m=self.tolerance_m)
        self.counties = ln.counties.set_geometry(outline)
        self.cities = ln.cities.set_geometry(ln.simplified("city", tolerance_m=self.tolerance_m))
        self.cities["short"] = self.cities["name"].str.removesuffix("市")
        self.zones = ln.zones.set_geometry(ln.simplified("zone", tolerance_m=self.tolerance_m))
        self.crs = map_crs(self.counties)

    @cached_property
    def layers(self) -> dict[str, AreaLayer]:
        """Layers by id, classed once for all sheets."""
        return region_layers(self.region, self.counties, self.cities)

    @property
    def project_labels(self) -> dict[str, dict[str, str]]:
        """Words for kinds, domains and stages of projects."""
        columns = ("kind", "domain", "stage")
        return {column: self.region.labels("projects", column) for column in columns}

    @property
    def boundary_source(self) -> str:
        """How the source line names the boundaries."""
        return f"行政区划边界：{self.region.boundaries_label}（换算至 WGS-84）"

    def sheet(self, title: str, subtitle: str, source: str, **options: Any) -> Sheet:
        """Return an open sheet with the source line that every map has."""
        return Sheet(
            title=title,
            subtitle=subtitle,
            theme=self.theme,
            source="；".join(part for part in (source, self.boundary_source) if part),
            **options,
        )

    def cite(self, frame: pd.DataFrame) -> str:
        """Return the sources of a table's rows, each document once with its parts."""
        return cite_rows(self.region, frame)


# Sheets' layers by the theme of the page that they are.
_THEMES = {
    "industries": "industry",
    "resident-population": "population",
    "urbanisation-rate": "urbanisation",
    "share-65plus": "over-65",
    "share-0-14": "under-15",
    "cluster-count": "cluster-count",
    "cluster-revenue": "cluster-revenue",
}


def region_layers(
    region: Region, counties: gpd.GeoDataFrame, cities: gpd.GeoDataFrame
) -> dict[str, AreaLayer]:
    """Return the layers that the sheets show, by id: titles, classes and colours of the page's.

    Parameters
    ----------
    region : Region
    counties, cities : GeoDataFrame
        The region's units, simplified or not.
    """
    layers: dict[str, AreaLayer] = {}
    for layer_id, theme in _THEMES.items():
        made = DEFAULT_LAYERS[theme](region, "zh")
        main = next((page.layer for page in made if page.is_main or not page.series), None)
        if main is None:
            continue
        units = counties if main.frame.index.isin(counties.index).all() else cities
        layers[layer_id] = replace(
            main,
            frame=main.frame.set_geometry(units.geometry.reindex(main.frame.index)),
            note=_paper_note(region, layer_id, main.note),
        )
    return layers


def _paper_note(region: Region, layer_id: str, note: str) -> str:
    """Return a layer's note for paper, where nothing can be pointed at."""
    if layer_id == "industries":
        return "颜色取所列第一项产业的门类（编者归类，推断）。"
    if layer_id in {"share-65plus", "share-0-14"}:
        values = region.statistics
        mine = values[(values["indicator_id"] == layer_id) & (values["adcode"] == region.adcode)]
        average = [f"全省 {format_number(r.value)}{r.unit}。" for r in mine.tail(1).itertuples()]
        return "".join([*average, "规划未就此设定目标。"])
    return note


# Sheets --------------------------------------------------------------------------------


def membership_notes(region: Region, rows: pd.DataFrame) -> list[LegendItem]:
    """Return which memberships of zones no document states, for a legend."""
    words = {"inferred": "编者推断的成员（文件未列）", "external": "据外部来源的成员"}
    notes = []
    for basis, word in words.items():
        members = region.units["name"].loc[rows.loc[rows["basis"] == basis, "adcode"].unique()]
        if len(members):
            notes.append(LegendItem(f"{word}：{'、'.join(members)}。", "note"))
    return notes


def zones_sheet(data: AtlasData) -> Sheet:
    """Return the sheet of the plan's zones, overlaps hatched."""
    ln = data.region
    sheet = data.sheet(
        "“一圈一带两区”分区",
        "斜纹表示同时属于两个分区的县（市、区）",
        data.cite(ln.memberships[ln.memberships["zone_id"].isin(ln.zones.index)]),
    )
    draw_map(
        sheet.axes[0],
        None,
        crs=data.crs,
        theme=data.theme,
        extent=data.counties,
        land=data.counties.geometry,
        cities=data.cities.geometry,
        zones=data.zones,
        fill_zones=data.counties,
        names=data.cities,
        name_column="short",
    )
    groups = overlap_groups(data.zones, data.counties)
    items = zone_fill_items(data.zones, data.counties, data.theme)
    inferred = ln.memberships[ln.memberships["zone_id"].isin(ln.zones.index)]
    items += membership_notes(ln, inferred)
    none = int((groups.map(len) == 0).sum())
    if none:
        items.append(LegendItem(f"{none} 个县级单位不属于任何分区。", "note"))
    sheet.add_legend(items)
    return sheet.finish(data.crs)


def _area_sheet(
    data: AtlasData,
    layer: AreaLayer,
    *,
    title: str,
    subtitle: str = "",
    names: gpd.GeoDataFrame | None = None,
    name_column: str = "short",
) -> Sheet:
    """Return a sheet of one layer with city borders and zone outlines."""
    sheet = data.sheet(title, subtitle, layer.source)
    draw_map(
        sheet.axes[0],
        layer,
        crs=data.crs,
        theme=data.theme,
        cities=data.cities.geometry,
        names=data.cities if names is None else names,
        name_column=name_column,
    )
    sheet.add_legend(layer_items(layer, data.theme, counted_as="县级单位数"))
    return sheet.finish(data.crs)


def industries_sheet(data: AtlasData) -> Sheet:
    """Return the sheet of the counties' leading industries."""
    ln = data.region
    named = data.counties[data.counties.index.isin(ln.county_industries.index)].copy()
    named["label"] = short_names(named["name"], ln.aliases, set(data.cities["short"]))
    return _area_sheet(
        data,
        data.layers["industries"],
        title="县域主导产业",
        subtitle="以规划所列首位产业的门类着色；各县全部产业见图集数据表 profiles.csv",
        names=named,
        name_column="label",
    )


def _project_sheet(data: AtlasData, domain: str, title: str) -> Sheet:
    ln = data.region
    projects = ln.select_projects(domain=domain, source="liaoning-15fyp")
    boxes = ln.mentions[
        ln.mentions["project_id"].isin(projects.index)
        & (ln.mentions["source_id"] == "liaoning-15fyp")
    ]
    sheet = data.sheet(title, f"“十五五”规划所列 {len(projects)} 项", data.cite(boxes))
    draw_map(
        sheet.axes[0],
        None,
        crs=data.crs,
        theme=data.theme,
        extent=data.counties,
        land=data.counties.geometry,
        cities=data.cities.geometry,
        zones=data.zones,
        projects=projects,
        labels_of=data.project_labels,
        names=data.cities,
        name_column="short",
    )
    sheet.add_legend(
        [
            *project_items(projects, data.project_labels, is_grey=data.theme.use_patterns),
            LegendItem("分区", "heading"),
            *zone_items(data.zones),
        ]
    )
    return sheet.finish(data.crs)


def transport_sheet(data: AtlasData) -> Sheet:
    """Return the sheet of transport projects."""
    return _project_sheet(data, "transport", "重大交通项目")


def energy_sheet(data: AtlasData) -> Sheet:
    """Return the sheet of energy projects."""
    return _project_sheet(data, "energy", "重大能源项目")


def _year_of(target: Any) -> str:
    return f"{target.target_year}年" if pd.notna(target.target_year) else ""


def zone_targets_sheet(data: AtlasData) -> Sheet:
    """Return the sheet of the zones' targets side by side, on one common scale where shared."""
    ln = data.region
    targets = ln.targets[
        (ln.targets["scope_kind"] == "zone")
        & ln.targets["scope_id"].isin(ln.zones.index)
        & (ln.targets["locator"] == "一/（四）")
    ]
    sheet = data.sheet(
        "分区发展目标",
        "2022—2024年三年行动方案确定的分区目标",
        data.cite(targets),
        n_maps=len(data.zones),
        legend_mm=0.0,
    )
    base = data.theme.base_size
    for ax, (zone_id, zone) in zip(sheet.axes, data.zones.iterrows(), strict=True):
        frame = data.zones.loc[[zone_id]]
        draw_map(
            ax,
            None,
            crs=data.crs,
            theme=data.theme,
            extent=data.counties,
            land=data.cities.geometry,
            zones=frame,
            fill_zones=data.counties.assign(
                zone_ids=data.counties["zone_ids"].map(
                    lambda mine, z=zone_id: (z,) if z in mine else ()
                )
            ),
            scale_bar=False,
        )
        # The map keeps to the left half of its panel; the words stand on the right.
        west, east = ax.get_xlim()
        ax.set_xlim(west, west + (east - west) * 2.15)
        ax.set_anchor("W")
        mine = targets[targets["scope_id"] == zone_id]
        lines = [
            f"{ln.indicators.loc[row.indicator_id, 'name']}\n    {_year_of(row)}"
            f"{describe_target(ln, row)}"
            for row in mine.itertuples()
        ]
        ax.text(
            0.50,
            0.97,
            zone["name"],
            transform=ax.transAxes,
            fontsize=base * 1.4,
            fontweight="bold",
            va="top",
        )
        ax.text(
            0.50,
            0.86,
            "\n".join(lines),
            transform=ax.transAxes,
            fontsize=base * 1.12,
            va="top",
            linespacing=1.4,
            gid=f"targets-{zone_id}",
        )
    return sheet.finish()


def _layer_sheet(layer_id: str, title: str) -> Callable[[AtlasData], Sheet]:
    def make(data: AtlasData) -> Sheet:
        return _area_sheet(data, data.layers[layer_id], title=title)

    make.__doc__ = f"Return the sheet of {layer_id}."
    return make


def cluster_sheet(data: AtlasData) -> Sheet:
    """Return the sheet of clusters: their number and revenue targets by city, side by side.

    Each map has its own legend beneath it.
    """
    pair = [data.layers["cluster-count"], data.layers["cluster-revenue"]]
    n_clusters = len(data.region.clusters)
    sheet = data.sheet(
        "重点产业集群",
        f"{n_clusters} 个重点产业集群的布局与营收目标",
        pair[0].source,
        n_maps=2,
        legend_mm=0.0,
    )
    legends = [layer_items(layer, data.theme, counted_as="市数") for layer in pair]
    legends[-1].append(LegendItem(projection_words(data.crs), "note"))
    sheet.add_legends_below(legends)
    for ax, layer in zip(sheet.axes, pair, strict=True):
        draw_map(ax, layer, crs=data.crs, theme=data.theme, names=data.cities, name_column="short")
        ax.set_title(layer.title, fontsize=data.theme.base_size * 1.1)
    return sheet.finish()


PROVINCE_SHEETS: dict[str, tuple[str, Callable[[AtlasData], Sheet]]] = {
    "zones": ("一圈一带两区", zones_sheet),
    "industries": ("县域主导产业", industries_sheet),
    "transport": ("重大交通项目", transport_sheet),
    "energy": ("重大能源项目", energy_sheet),
    "targets": ("分区发展目标", zone_targets_sheet),
    "clusters": ("重点产业集群", cluster_sheet),
    "urbanisation": (
        "常住人口城镇化率与全省目标",
        _layer_sheet("urbanisation-rate", "常住人口城镇化率与全省目标"),
    ),
    "ageing": ("65岁及以上人口占比", _layer_sheet("share-65plus", "65岁及以上人口占比")),
    "children": ("0—14岁人口占比", _layer_sheet("share-0-14", "0—14岁人口占比")),
}


def draw_sheet(data: AtlasData, sheet_id: str) -> Sheet:
    """Return one of the province's sheets by id."""
    with drawing(data.theme):
        return PROVINCE_SHEETS[sheet_id][1](data)


def is_drawable(region: Region, sheet_id: str) -> bool:
    """Return whether a pack holds the facts that a sheet shows."""
    needs = {
        "zones": not region.zones.empty,
        "industries": not region.industries.empty,
        "transport": (region.projects["domain"] == "transport").any(),
        "energy": (region.projects["domain"] == "energy").any(),
        "targets": (region.targets["scope_kind"] == "zone").any(),
        "clusters": not region.cluster_places.empty
        and region.clusters["revenue_target_100m_cny"].notna().any(),
        "urbanisation": (region.statistics["indicator_id"] == "urbanisation-rate").any(),
        "ageing": (region.statistics["indicator_id"] == "share-65plus").any(),
        "children": (region.statistics["indicator_id"] == "share-0-14").any(),
    }
    return bool(needs[sheet_id])
