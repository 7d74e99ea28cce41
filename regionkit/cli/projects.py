"""Projects as tables of words, for the screen and for files."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from regionkit.region import Region

__all__ = ["project_layer", "project_table", "tell_rough"]

_LINKS = {"said": "文件载明", "touches": "地区相涉"}


def project_table(ln: Region, hits: pd.DataFrame, *, with_basis: bool = False) -> pd.DataFrame:
    """Return projects as a table of words with their provenance.

    Parameters
    ----------
    ln : Region
    hits : DataFrame or GeoDataFrame
    with_basis : bool
        Whether how the position is known stands in it: where it was judged by.
    """
    import pandas as pd

    labels = {c: ln.labels("projects", c) for c in ("domain", "kind", "stage")}
    names = ln.distinct_names.to_dict()
    table = pd.DataFrame(
        {
            "项目": hits["name"],
            "领域": hits["domain"].map(labels["domain"]),
            "类型": hits["kind"].map(labels["kind"]),
            "阶段": hits["stage"].map(labels["stage"]),
            "地区": ["、".join(names[code] for code in codes) for codes in hits["adcodes"]],
            "出处": [
                ln.cite(s, loc) for s, loc in zip(hits["source_id"], hits["locator"], strict=True)
            ],
        }
    )
    if "zone_link" in hits.columns:
        table.insert(5, "与分区", hits["zone_link"].map(_LINKS))
    if with_basis:
        table.insert(1, "定位依据", _basis(ln, hits))
    if "distance_km" in hits.columns:
        table.insert(1, "距离（km）", hits["distance_km"].round(1))
    return table


def tell_rough(hits: pd.DataFrame) -> str:
    """Return how many of projects stand on the map only roughly, "" for none."""
    from regionkit.query.summaries import APPROXIMATE

    counts = hits["location_basis"].value_counts()
    n_units = sum(int(counts.get(basis, 0)) for basis in APPROXIMATE)
    n_lines = int(counts.get("endpoints", 0))
    told = [f"{n_units} 项只知所在市县，以代表点定位"] if n_units else []
    told += [f"{n_lines} 项以起讫点间的直线定位"] if n_lines else []
    return f"其中{'，'.join(told)}。" if told else ""


def project_layer(ln: Region, hits: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return projects as a layer whose columns any format can hold."""
    table = project_table(ln, hits)
    table.insert(1, "编号", hits.index)
    table["定位依据"] = _basis(ln, hits)
    table["依据"] = hits["basis"].map(ln.labels("projects", "basis"))
    table["备注"] = hits["note"]
    layer = hits[["geometry"]].join(table)[[*table.columns, "geometry"]]
    # The name stands first, by which files call their rows; the id is a column of its own.
    return layer.reset_index(drop=True)


def _basis(ln: Region, hits: gpd.GeoDataFrame) -> pd.Series:
    return hits["location_basis"].map(ln.labels("projects", "location_basis"))
