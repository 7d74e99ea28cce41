"""Tables derived from the projects of a query: counts, sums, units without, pairs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from regionkit.cli.projects import tell_rough

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from regionkit.region import Region

__all__ = ["Derived", "derive"]


@dataclass(frozen=True)
class Derived:
    """Which table is asked for; an attribute an option of the command."""

    count_by: str | None = None
    matrix: bool = False
    sum_by: str | None = None
    without: str | None = None
    pairs: float | None = None
    with_approximate: bool = False

    @property
    def options(self) -> list[str]:
        """The options given, of which there may be one."""
        given = {
            "--count-by": self.count_by is not None,
            "--zone-matrix": self.matrix,
            "--sum-by": self.sum_by is not None,
            "--without": self.without is not None,
            "--pairs": self.pairs is not None,
        }
        return [option for option, is_given in given.items() if is_given]

    def faults(self, *, has_map: bool, has_crs: bool) -> list[str]:
        """Return what does not fit together."""
        found = []
        if len(self.options) > 1:
            found.append(f"{' and '.join(self.options)} cannot be combined. Give one of them.")
        for option, is_given in (("--map", has_map), ("--crs", has_crs)):
            if self.options and is_given:
                found.append(
                    f"{option} cannot be combined with {self.options[0]}, whose table has no "
                    "positions. Leave one of them out."
                )
        if self.with_approximate and self.pairs is None:
            found.append("--with-approximate needs --pairs.")
        return found


def derive(ln: Region, hits: pd.DataFrame, wanted: Derived) -> tuple[pd.DataFrame, str]:
    """Return the table that is asked for, in words, and what a reader of it has to know."""
    if wanted.count_by is not None:
        return _counts(ln, hits, wanted.count_by)
    if wanted.sum_by is not None:
        return _sums(ln, hits, wanted.sum_by)
    if wanted.without is not None:
        return _without(ln, hits, wanted.without)
    if wanted.pairs is not None:
        return _pairs(ln, hits, wanted.pairs, with_approximate=wanted.with_approximate)
    return _zone_matrix(ln, hits)


def _units(ln: Region, level: str) -> tuple[pd.DataFrame, pd.Series]:
    """Return the units of a level, and their names; no outline is asked for."""
    if level == "zone":
        zones = own_zones(ln)
        return zones, zones["name"]
    return ln.units[ln.units["level"] == level], ln.distinct_names


def own_zones(ln: Region) -> pd.DataFrame:
    """Return the plan's own zones, in order, without their outlines."""
    zones = ln.zone_table
    return zones[zones["kind"] == "strategic"]


def _elsewhere(n: int, level: str) -> str:
    """Return how many projects are in no row, and why."""
    why = {"zone": "不在任何分区，或未载明市县", "city": "未载明所在市", "county": "未载明所在县区"}
    return f"其中 {n} 个{why[level]}，不在表中。" if n else ""


def _zone_matrix(ln: Region, hits: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    from regionkit.query.summaries import zone_matrix

    zones = own_zones(ln)
    table = zone_matrix(hits, zones)
    short = zones["short_name"]
    n_elsewhere = len(hits) - table.attrs["n_projects"]
    return (
        table.rename(index=short, columns=short).reset_index(names="分区"),
        f"{len(hits)} 个不同项目；跨区或位于重叠地区的，在各区分别计数。"
        + _elsewhere(n_elsewhere, "zone"),
    )


def _counts(ln: Region, hits: pd.DataFrame, level: str) -> tuple[pd.DataFrame, str]:
    from regionkit.query.summaries import count_projects

    units, names = _units(ln, level)
    counts = count_projects(hits, units, by="domain", parts=ln.unit_parts)
    n_elsewhere = counts.attrs["n_elsewhere"]
    counts = counts.rename(columns=ln.labels("projects", "domain"))
    counts.insert(0, "合计", count_projects(hits, units, parts=ln.unit_parts)["projects"])
    counts.insert(0, "名称", names.reindex(units.index))
    note = f"{len(hits)} 个不同项目；涉及多个单位的，在各单位分别计数。"
    return counts, note + _elsewhere(n_elsewhere, level)


def _sums(ln: Region, hits: pd.DataFrame, level: str) -> tuple[pd.DataFrame, str]:
    from regionkit.query.summaries import newest_values, sum_values

    units, names = _units(ln, level)
    values = newest_values(ln.table("project_values"), ln.sources["issued_on"])
    sums = sum_values(hits, values, units, parts=ln.unit_parts)
    told = sums.attrs
    sums["unit_id"] = sums["unit_id"].map(names)
    sums["kind"] = sums["kind"].map(ln.labels("projects", "kind"))
    sums["measure"] = sums["measure"].map(ln.labels("project_values", "measure"))
    sums = sums.rename(columns=_SUM_COLUMNS)
    # Columns that hold nothing here would only crowd the table.
    empty = [name for name in ("年份", "合计", "逐值") if sums[name].replace("", None).isna().all()]
    sums = sums.drop(columns=empty)
    n_stated = len(hits) - told["n_unstated"]
    if not n_stated:
        return sums, f"{len(hits)} 个项目都未载明数值，没有可加总的。"
    note = (
        f"{len(hits)} 个项目中，{n_stated} 个载明数值，{told['n_unstated']} 个未载明。"
        "电压和等级不加总，逐值列出；涉及多个单位的项目在各单位全额计入。"
    )
    return sums, note + _elsewhere(told["n_elsewhere"], level)


_SUM_COLUMNS = {
    "unit_id": "名称",
    "kind": "类型",
    "measure": "指标",
    "unit": "单位",
    "year": "年份",
    "total": "合计",
    "listed": "逐值",
    "n_projects": "项目数",
    "n_unstated": "未载明",
}


def _without(ln: Region, hits: pd.DataFrame, level: str) -> tuple[pd.DataFrame, str]:
    import pandas as pd

    from regionkit.query.summaries import units_without

    units, _ = _units(ln, level)
    lacking = units_without(hits, units, parts=ln.unit_parts)
    table = pd.DataFrame(
        {
            "名称": lacking["name"],
            "所在市": lacking["city_adcode"].map(ln.units["name"]),
            "把握": ["确定" if sure else "所在市有、县未载明" for sure in lacking["is_certain"]],
        }
    )
    return table, f"{len(lacking)} 个单位没有这 {len(hits)} 个项目中的任何一个。"


def _pairs(
    ln: Region, hits: gpd.GeoDataFrame, km: float, *, with_approximate: bool
) -> tuple[pd.DataFrame, str]:
    import pandas as pd

    from regionkit.query.projects import placed_projects
    from regionkit.query.summaries import pairs_within

    near = pairs_within(hits, km=km, with_approximate=with_approximate)
    basis = hits["location_basis"].map(ln.labels("projects", "location_basis"))
    table = pd.DataFrame(
        {
            "项目": near["project_id"].map(hits["name"]),
            "定位依据": near["project_id"].map(basis),
            "另一项目": near["other_id"].map(hits["name"]),
            "另一项目定位依据": near["other_id"].map(basis),
            "距离（km）": near["distance_km"].round(1),
        }
    )
    paired = hits[hits.index.isin([*near["project_id"], *near["other_id"]])]
    n_unplaced = len(hits) - len(placed_projects(hits))
    note = f"{len(table)} 对，共 {len(paired)} 个项目。{tell_rough(paired)}"
    if near.attrs.get("n_approximate"):
        note += (
            f"另有 {near.attrs['n_approximate']} 对，其中有项目只知所在市县、以代表点定位，"
            "距离不可信，未列；--with-approximate 一并列出。"
        )
    return table, note + (f"{n_unplaced} 项位置未知，未参与距离判断。" if n_unplaced else "")
